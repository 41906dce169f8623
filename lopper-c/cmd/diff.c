/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen diff: two reports, compared by meaning. */
#include "lopper-c/report/diff.h"

#include <string.h>
#include <sys/stat.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/run.h"

/* A folder stands for the report in it. */
static const char *report_in(struct lop_run *run, const char *path)
{
	struct stat st;

	if (strcmp(path, "-") && !stat(path, &st) && S_ISDIR(st.st_mode))
		return lop_arena_printf(&run->arena, "%s/report.json", path);
	return path;
}

static int refuse(struct lop_run *run, const char *path, const struct lop_diags *diags,
		  const struct lop_yaml *report)
{
	const struct lop_diag *d = diags->first;
	struct lop_place place = { 0 };

	if (!diags->errors)
		return lop_run_usage(run, "'%s' is no report: %s", path, lop_diff_refuse(report));
	if (d && d->labels)
		place = lop_sources_resolve(&run->sources, d->labels->span);
	if (!place.line)
		return lop_run_usage(run, "'%s' is no report: %s", path,
				     d ? d->message : "it cannot be read");
	return lop_run_usage(run, "'%s' is no report: %u:%u: %s", path, place.line, place.column,
			     d->message);
}

/* JSON is YAML, and the reader of YAML has limits. 0, or the exit code after a message. */
static int read_report(struct lop_run *run, const char *word, const struct lop_yaml **report)
{
	struct lop_diags diags = { .arena = &run->arena, .sources = &run->sources };
	const char *path = report_in(run, word);

	*report = lop_yaml_read(&run->arena, &diags, path);
	if (lop_diags_have(&diags, LOP_IO)) {
		run->diags.first = run->diags.last = diags.first;
		run->diags.errors = diags.errors;
		run->options.format = LOP_FORMAT_TEXT;
		return LOP_EXIT_FAILURE;
	}
	if (diags.errors || lop_diff_refuse(*report))
		return refuse(run, path, &diags, *report);
	return LOP_EXIT_OK;
}

int lop_cmd_diff(struct lop_run *run)
{
	const struct lop_words *words = &run->options.inputs;
	struct lop_diff diff = { .arena = &run->arena };
	const struct lop_yaml *reports[2] = { NULL, NULL };

	if (words->count != 2)
		return lop_run_usage(run,
				     "two reports are compared, or two folders that gen wrote: "
				     "sdtgen diff old new");
	if (!strcmp(words->items[0], "-") && !strcmp(words->items[1], "-"))
		return lop_run_usage(run, "standard input can be read only once");
	if (run->options.format == LOP_FORMAT_SARIF)
		return lop_run_usage(run, "'--format=sarif': differences come as text or json");
	for (size_t i = 0; i < 2; i++) {
		int code = read_report(run, words->items[i], &reports[i]);

		if (code)
			return code;
	}
	lop_diff_reports(&diff, reports[0], reports[1]);
	if (run->options.format == LOP_FORMAT_JSON)
		lop_diff_json(&diff, &run->out);
	else if (!run->options.quiet)
		lop_diff_text(&diff, &run->out);
	return diff.n ? LOP_EXIT_ERRORS : LOP_EXIT_OK;
}
