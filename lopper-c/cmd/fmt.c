/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen fmt: files through the formatter and back in place, all or none. */
#define _XOPEN_SOURCE 700 /* realpath(); POSIX has it, too, but glibc shows it only so */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lopper-c/base/map.h"
#include "lopper-c/base/str.h"
#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/inputs.h"
#include "lopper-c/cmd/run.h"
#include "lopper-c/dts/dts.h"
#include "lopper-c/dts/format.h"

/* What formats as a DTS is not always one: YAML would lose its indentation. The name decides. */
static bool is_source_name(const char *path)
{
	static const char *const endings[] = { ".dts", ".dtsi", ".dtso", ".overlay" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (lop_str_ends(path, endings[i]))
			return true;
	return !strcmp(path, "-");
}

/* False after a report. The text becomes the arena's: spans point into it. */
static bool read_source(struct lop_run *run, const char *path, struct lop_buf *text)
{
	struct lop_span nowhere = { 0 };
	int err = 0;

	if (is_source_name(path))
		err = lop_file_read(path, text);
	if (!is_source_name(path))
		lop_diag_help(lop_report(&run->diags, LOP_UNSUPPORTED, nowhere,
					 "`%s` is no device tree source by its name", path),
			      "fmt takes .dts, .dtsi, .dtso and .overlay files; others through "
			      "standard input: `sdtgen fmt -`");
	else if (err)
		lop_diag_help_read(lop_report(&run->diags, LOP_IO, nowhere, "cannot read `%s`: %s",
					      path, strerror(-err)),
				   err);
	else if (lop_is_blob(text->data, text->len))
		lop_diag_help(lop_report(&run->diags, LOP_UNSUPPORTED, nowhere,
					 "`%s` is a blob; `sdtgen fmt` formats source", path),
			      "`dtc -I dtb -O dts %s` makes source of it", path);
	else
		return true;
	return false;
}

/* Where to write: a rename onto a link would replace the link by a file. */
static const char *target_name(struct lop_arena *arena, const char *path)
{
	struct stat st;
	char *real;
	const char *name;

	if (!strcmp(path, "-") || lstat(path, &st) || !S_ISLNK(st.st_mode))
		return path;
	real = realpath(path, NULL);
	name = real ? lop_arena_strdup(arena, real) : path;
	free(real);
	return name;
}

/* Formats one file; unformatted counts those that differ. */
static void format_one(struct lop_run *run, const char *path, struct lop_outputs *outs,
		       size_t *unformatted)
{
	struct lop_buf text = { 0 };
	struct lop_buf out = { 0 };
	const char *data;
	uint32_t index;

	if (!read_source(run, path, &text)) {
		lop_buf_free(&text);
		return;
	}
	data = lop_arena_dup(&run->arena, text.data, text.len);
	index = lop_sources_add(&run->sources, path, data, text.len, NULL);
	if (!lop_dts_format(&run->diags, index, data, text.len, &out)) {
		lop_buf_free(&out);
	} else if (out.len != text.len || (out.len && memcmp(out.data, data, out.len))) {
		(*unformatted)++;
		if (run->options.check && !run->options.quiet)
			lop_buf_printf(&run->out, "%s\n", path);
	}
	lop_outputs_add(outs, target_name(&run->arena, path))->data = out;
	lop_buf_free(&text);
}

int lop_cmd_fmt(struct lop_run *run)
{
	const struct lop_words *words = &run->options.inputs;
	struct lop_outputs outs = { .arena = &run->arena };
	struct lop_map seen = { 0 };
	size_t unformatted = 0;

	if (!words->count)
		return lop_run_usage(run, "no input; give files, or - for standard input: sdtgen "
					  "fmt board.dts");
	for (size_t i = 0; i < words->count; i++) {
		const char *identity = lop_inputs_identity(&run->arena, words->items[i]);

		if (lop_map_get(&seen, NULL, identity))
			continue;
		lop_map_put(&seen, NULL, identity, run);
		format_one(run, words->items[i], &outs, &unformatted);
	}
	lop_map_free(&seen);
	lop_timing_mark(&run->timing, "format");
	if (!run->options.check)
		return lop_run_commit(run, &outs, true);
	lop_outputs_free(&outs);
	return unformatted ? LOP_EXIT_ERRORS : LOP_EXIT_OK;
}
