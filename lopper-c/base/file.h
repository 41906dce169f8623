/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Files: bounded reading, and writing that is all or nothing.
 *
 * A set of outputs is collected in memory, written to temporary files beside their destination and
 * renamed only when every one of them has been written. A file whose content would not change is
 * not touched, so its mtime stays. A manifest in the output folder names what earlier runs wrote;
 * names that are no longer produced are removed, nothing else ever is.
 */
#ifndef LOP_BASE_FILE_H
#define LOP_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "lopper-c/base/arena.h"
#include "lopper-c/base/buf.h"

#define LOP_FILE_MAX ((size_t)256 << 20) /* bytes; larger inputs are refused */

/* Reads a whole file, "-" for standard input. 0, or -errno (-EFBIG beyond LOP_FILE_MAX). */
int lop_file_read(const char *path, struct lop_buf *out);

/* All of it into an open file; 0 or -errno. */
int lop_file_write(int fd, const char *data, size_t len);

struct lop_output {
	const char *path;
	struct lop_buf data;
	bool unlisted; /* set by the caller: not in the manifest, never removed as stale */
	bool named;    /* set by the caller: the user chose the name, of a pipe or device perhaps */
	bool changed;  /* set by commit: the file was (or, in a dry run, would be) written */
	struct lop_output *next;
};

struct lop_outputs {
	struct lop_arena *arena;
	const char *dir; /* where the manifest stands; NULL: no manifest, no stale removal */
	struct lop_output *first, *last;
	const char *failed; /* after a failed commit: the path that failed, */
	const char *why;    /* and the reason in words */
	const char **stale; /* after a commit: what it removed, or in a dry run would remove */
	size_t n_stale;
};

/* A new empty output; the caller fills data. The path is copied; "-" is standard output. */
struct lop_output *lop_outputs_add(struct lop_outputs *outs, const char *path);
/*
 * Writes them all or none. 0 or -errno with outs->failed and outs->why set. Frees the data; the
 * list stays, for its paths and changed flags. Refused before anything is written are: two outputs
 * of one path and a pipe or device that is not `named` (-EEXIST), a symbolic link below dir
 * (-ELOOP) unless `named`, a file where a folder must be and the other way round. dir itself may be
 * a link to a folder. Pipes, devices and "-" are written into, after everything else.
 */
int lop_outputs_commit(struct lop_outputs *outs, bool dry_run);
void lop_outputs_free(struct lop_outputs *outs);

#endif
