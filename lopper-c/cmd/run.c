/* SPDX-License-Identifier: BSD-3-Clause */
/* Start, end and output of a run. What happens in between is the subcommand's business. */
#include "lopper-c/cmd/run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lopper-c/base/map.h"
#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/inputs.h"

/*
 * A standard stream that the caller closed must not become the number of the next file opened: it
 * is filled with something that cannot be used the way the stream would be.
 */
static void fill_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void lop_run_start(struct lop_run *run)
{
	struct sigaction ignore = { 0 };

	memset(run, 0, sizeof(*run));
	fill_standard_streams();
	ignore.sa_handler = SIG_IGN; /* a closed pipe is an error of write(), with a message */
	sigaction(SIGPIPE, &ignore, NULL);
	run->sources.arena = &run->arena;
	run->diags.arena = &run->arena;
	run->diags.sources = &run->sources;
	lop_timing_start(&run->timing);
}

/* -Wno-error=<name> makes exceptions, which diags knows only the other way round. */
static bool any_error_off(const struct lop_options *options)
{
	for (int i = 0; i < LOP_CODE_COUNT; i++)
		if (options->error[i] == LOP_SWITCH_OFF)
			return true;
	return false;
}

/* Would a report of this code be a warning, were it not for -w? */
static bool would_warn(const struct lop_options *options, int code)
{
	const struct lop_code_row *row = &lop_codes[code];

	return row->warning || (options->compat_lopper && row->lopper_passes &&
				options->error[code] != LOP_SWITCH_ON);
}

static void configure_code(struct lop_diags *diags, const struct lop_options *options, int code)
{
	const struct lop_code_row *row = &lop_codes[code];
	bool silent = options->no_warnings && would_warn(options, code);

	diags->disabled[code] = silent || options->warn[code] == LOP_SWITCH_OFF;
	diags->enabled[code] = options->warn[code] == LOP_SWITCH_ON || options->all_warnings;
	diags->promoted[code] = options->error[code] == LOP_SWITCH_ON;
	if (options->werror && !diags->werror && row->warning &&
	    (!row->off || diags->enabled[code]))
		diags->promoted[code] = options->error[code] != LOP_SWITCH_OFF;
}

void lop_run_configure(struct lop_run *run)
{
	const struct lop_options *options = &run->options;

	run->diags.compat_lopper = options->compat_lopper;
	run->diags.verbose = options->verbose;
	run->diags.werror = options->werror && !any_error_off(options);
	for (int i = 0; i < LOP_CODE_COUNT; i++)
		configure_code(&run->diags, options, i);
}

bool lop_run_failed(const struct lop_run *run)
{
	return run->diags.errors > 0;
}

int lop_run_usage(struct lop_run *run, const char *fmt, ...)
{
	const struct lop_command *command = run->options.command;
	struct lop_buf text = { 0 };
	va_list ap;

	va_start(ap, fmt);
	lop_buf_vprintf(&text, fmt, ap);
	va_end(ap);
	fprintf(stderr, "sdtgen: %s\n", lop_buf_cstr(&text));
	fprintf(stderr, "Try 'sdtgen %s%s--help'.\n", command ? command->name : "",
		command ? " " : "");
	lop_buf_free(&text);
	return LOP_EXIT_USAGE;
}

static bool use_color(const struct lop_options *options)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (options->color != LOP_COLOR_AUTO)
		return options->color == LOP_COLOR_ALWAYS;
	if ((no_color && *no_color) || (term && !strcmp(term, "dumb")))
		return false;
	return isatty(STDERR_FILENO);
}

/* A reader of JSON or SARIF gets a document even where there is nothing to report. */
static void show_diags(struct lop_run *run, struct lop_buf *err)
{
	const struct lop_options *options = &run->options;
	bool quiet = !run->diags.first && !run->diags.errors && !run->diags.warnings;
	bool reports = options->command && options->command->bit & LOP_FOR_READ;

	if (options->format == LOP_FORMAT_TEXT ? quiet : !reports)
		return;
	lop_diags_render(&run->diags, options->format, use_color(options), err);
}

static int exit_code(const struct lop_run *run, int code)
{
	if (!lop_run_failed(run))
		return code;
	for (const struct lop_diag *d = run->diags.first; d; d = d->next)
		if (d->code == LOP_IO && d->severity == LOP_ERROR)
			return LOP_EXIT_FAILURE;
	return LOP_EXIT_ERRORS;
}

int lop_run_finish(struct lop_run *run, int code)
{
	struct lop_buf err = { 0 };
	int failed;

	if (code != LOP_EXIT_USAGE) {
		show_diags(run, &err);
		code = exit_code(run, code);
	}
	lop_file_write(STDERR_FILENO, err.data, err.len);
	failed = lop_file_write(STDOUT_FILENO, run->out.data, run->out.len);
	if (failed) {
		fprintf(stderr, "sdtgen: standard output: %s\n", strerror(-failed));
		code = LOP_EXIT_FAILURE;
	}
	if (run->options.timing) {
		err.len = 0;
		lop_timing_print(&run->timing, &err);
		lop_file_write(STDERR_FILENO, err.data, err.len);
	}
	lop_buf_free(&err);
	lop_buf_free(&run->out);
	lop_arena_free(&run->arena);
	return code;
}

/* An existing output that is also one of the files read; NULL: none. */
static const struct lop_output *find_overwriting(struct lop_run *run,
						 const struct lop_outputs *outs)
{
	const char *const *files;
	size_t n = lop_sources_files(&run->sources, &files);
	const struct lop_output *o;
	struct lop_map inputs = { 0 };

	for (size_t i = 0; i < n; i++)
		lop_map_put(&inputs, NULL, lop_inputs_identity(&run->arena, files[i]), run);
	for (o = outs->first; o; o = o->next)
		if (strcmp(o->path, "-") &&
		    lop_map_get(&inputs, NULL, lop_inputs_identity(&run->arena, o->path)))
			break;
	lop_map_free(&inputs);
	return o;
}

static int refuse_overwriting(struct lop_run *run, const struct lop_outputs *outs)
{
	const struct lop_output *output = find_overwriting(run, outs);

	if (!output)
		return LOP_EXIT_OK;
	return lop_run_usage(run,
			     "the output '%s' would overwrite an input; choose another place "
			     "with -o",
			     output->path);
}

static void list_outputs(struct lop_run *run, const struct lop_outputs *outs)
{
	const struct lop_options *options = &run->options;
	const char *verb = options->dry_run ? "would write" : "wrote";
	bool says = options->dry_run || options->verbose, any = false;

	if (options->format != LOP_FORMAT_TEXT)
		return;
	for (const struct lop_output *o = outs->first; o && says; o = o->next) {
		any = any || o->changed;
		if (!strcmp(o->path, "-"))
			continue;
		if (o->changed)
			lop_buf_printf(&run->out, "%s %s\n", verb, o->path);
		else if (options->verbose)
			lop_buf_printf(&run->out, "unchanged %s\n", o->path);
	}
	for (size_t i = 0; i < outs->n_stale && (says || !options->quiet); i++)
		lop_buf_printf(&run->out, "%s %s\n", options->dry_run ? "would remove" : "removed",
			       outs->stale[i]);
	if (options->dry_run && !any && !outs->n_stale)
		lop_buf_puts(&run->out, "nothing would change\n");
}

static const char *name_of(struct lop_run *run, const char *path)
{
	return strcmp(path, "-") ? lop_arena_printf(&run->arena, "`%s`", path) : "standard output";
}

static void commit(struct lop_run *run, struct lop_outputs *outs)
{
	int err = lop_outputs_commit(outs, run->options.dry_run);

	if (err)
		lop_diag_help_write(lop_report(&run->diags, LOP_IO, (struct lop_span){ 0 },
					       "cannot write %s: %s", name_of(run, outs->failed),
					       outs->why),
				    err);
	else
		list_outputs(run, outs);
	lop_timing_mark(&run->timing, "write");
}

int lop_run_commit(struct lop_run *run, struct lop_outputs *outs, bool in_place)
{
	int code = LOP_EXIT_OK;

	if (!lop_run_failed(run) && !in_place)
		code = refuse_overwriting(run, outs);
	if (!lop_run_failed(run) && !code)
		commit(run, outs);
	lop_outputs_free(outs);
	return code;
}

int lop_run_commit_anyway(struct lop_run *run, struct lop_outputs *outs)
{
	int code = refuse_overwriting(run, outs);

	if (!code)
		commit(run, outs);
	lop_outputs_free(outs);
	return code;
}
