/* SPDX-License-Identifier: BSD-3-Clause */
/* What to do about a file that cannot be read or written, by the system's error. Knows no file. */
#include <errno.h>
#include <string.h>

#include "lopper-c/diag/diag.h"

static const char *about_path(int err)
{
	switch (err) {
	case -ENOENT:
		return "check the name; a relative one starts in the folder that sdtgen runs in";
	case -ENOTDIR:
		return "correct the path: a part of it that must be a folder is a file";
	case -ENAMETOOLONG:
		return "use a shorter path";
	case -ELOOP:
		return "name the file itself: the links on the way lead in a circle";
	case -ENOMEM:
		return "give sdtgen more memory (`ulimit -v`)";
	case -EMFILE:
	case -ENFILE:
		return "close files that others hold open, or raise `ulimit -n`";
	default:
		return NULL;
	}
}

void lop_diag_help_read(struct lop_diag *d, int err)
{
	const char *help = about_path(err);

	if (err == -EACCES || err == -EPERM)
		help = "allow reading it, as with `chmod u+r`, and entering the folders on the way";
	else if (err == -EISDIR)
		help = "name a file in this folder";
	else if (err == -EINVAL || err == -ENXIO)
		help = "name a file: this is a folder, a pipe or a device";
	else if (err == -EFBIG)
		help = "an input is at most 256 MiB: split it";
	lop_diag_help(d, "%s", help ? help : "check the disk or the server that the file is on");
}

void lop_diag_help_write(struct lop_diag *d, int err)
{
	const char *help = about_path(err);

	if (err == -EACCES || err == -EPERM || err == -EROFS)
		help = "allow writing there, as with `chmod u+w`, or name another output";
	else if (err == -ENOSPC || err == -EDQUOT)
		help = "make room on the disk, or name an output on another one";
	else if (err == -EEXIST)
		help = "give every output a name of its own that nothing else has";
	else if (err == -EISDIR || err == -ENOTDIR)
		help = "move away what is there, or name another output";
	else if (err == -ENOENT)
		help = "make the folder that the name leads to";
	else if (err == -ELOOP)
		help = "remove the link, or name the place that it leads to";
	else if (err == -EPIPE)
		help = "keep the reader of the pipe running to its end";
	lop_diag_help(d, "%s",
		      help ? help
			   : "check the disk or the server it is on, or name another output");
}

void lop_report_read(struct lop_diags *diags, const char *path, int err)
{
	struct lop_span span = { .text = lop_sources_add(diags->sources, path, NULL, 0, NULL) };

	lop_diag_help_read(lop_report(diags, err == -EFBIG ? LOP_LIMIT : LOP_IO, span,
				      "cannot read `%s`: %s", path, strerror(-err)),
			   err);
}
