/* SPDX-License-Identifier: BSD-3-Clause */
/* One binary file in. */
#include "lopper-c/cmd/show.h"

#include <string.h>

#include "lopper-c/cmd/command.h"

int lop_show_check_usage(struct lop_run *run, const char *example)
{
	const struct lop_words *words = &run->options.inputs;

	if (!words->count)
		return lop_run_usage(run, "no input; give one file: sdtgen %s %s",
				     run->options.command->name, example);
	if (words->count > 1)
		return lop_run_usage(run, "one file at a time; '%s' is a second one",
				     words->items[1]);
	return LOP_EXIT_OK;
}

const char *lop_show_name(const struct lop_run *run)
{
	const char *path = run->options.inputs.items[0];

	return strcmp(path, "-") ? path : "<stdin>";
}

const void *lop_show_read(struct lop_run *run, size_t *size)
{
	const char *path = run->options.inputs.items[0];
	struct lop_span nowhere = { 0 };
	struct lop_buf buf = { 0 };
	int err = lop_file_read(path, &buf);
	const void *data = NULL;

	if (err)
		lop_diag_help_read(lop_report(&run->diags, LOP_IO, nowhere, "cannot read `%s`: %s",
					      path, strerror(-err)),
				   err);
	else
		data = lop_arena_dup(&run->arena, buf.data, buf.len);
	*size = buf.len;
	lop_buf_free(&buf);
	lop_timing_mark(&run->timing, "read");
	return data;
}
