/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen help and --help. Says only what the tables say. */
#include "lopper-c/cmd/help.h"

#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/cmd/options.h"
#include "lopper-c/cmd/run.h"

#define OPTION_COLUMN 28

static const char intro[] = "sdtgen splits a System Device Tree into one device tree per domain.\n";

void lop_help_short(struct lop_buf *out)
{
	lop_buf_puts(out, intro);
	lop_buf_puts(out, "\n"
			  "  sdtgen system.dts domains.yaml          write generated/<domain>/\n"
			  "  sdtgen check system.dts domains.yaml    only say what is wrong\n"
			  "\n"
			  "`sdtgen --help` shows all commands and options.\n");
}

/* "-o, --output=PATH" */
static void add_spelling(const struct lop_option *row, struct lop_buf *out)
{
	const char *open = row->value == LOP_VALUE_OPTIONAL ? "[=" : "=";
	const char *close = row->value == LOP_VALUE_OPTIONAL ? "]" : "";

	if (row->show) {
		lop_buf_puts(out, row->show);
		return;
	}
	if (row->letter)
		lop_buf_printf(out, "-%s", row->letter);
	if (row->letter && row->name)
		lop_buf_puts(out, ", ");
	if (row->name)
		lop_buf_printf(out, "--%s", row->name);
	if (row->arg && row->name)
		lop_buf_printf(out, "%s%s%s", open, row->arg, close);
	else if (row->arg)
		lop_buf_printf(out, " %s", row->arg);
}

static void add_option(const struct lop_option *row, struct lop_buf *out)
{
	size_t start = out->len;
	size_t width;

	lop_buf_puts(out, "  ");
	add_spelling(row, out);
	width = out->len - start;
	if (width >= OPTION_COLUMN) {
		lop_buf_putc(out, '\n');
		width = 0;
	}
	lop_buf_fill(out, ' ', OPTION_COLUMN - width);
	lop_buf_printf(out, "%s\n", row->help);
}

static void add_options(unsigned commands, struct lop_buf *out)
{
	const char *group = NULL;

	for (const struct lop_option *row = lop_option_table; row->letter || row->name; row++) {
		if (!row->group || !(row->commands & commands))
			continue;
		if (!group || strcmp(group, row->group))
			lop_buf_printf(out, "\n%s:\n", row->group);
		group = row->group;
		add_option(row, out);
	}
}

static void add_exit_codes(struct lop_buf *out)
{
	lop_buf_puts(out, "\nExit code: 0 clean, 1 errors reported and nothing written, 2 usage,\n"
			  "3 a file cannot be read or written.\n");
}

void lop_help_all(struct lop_buf *out)
{
	const struct lop_command *row;

	lop_buf_puts(out, intro);
	lop_buf_puts(out, "\nUsage:\n");
	for (row = lop_commands; row->name; row++) {
		lop_buf_printf(out, "  sdtgen %s %s\n", row->name, row->usage);
		lop_buf_printf(out, "      %s\n", row->title);
	}
	add_options(LOP_FOR_ALL, out);
	lop_buf_puts(out, "\nExamples:\n");
	for (row = lop_commands; row->name; row++)
		lop_buf_puts(out, row->examples);
	add_exit_codes(out);
}

void lop_help_command(const struct lop_command *command, struct lop_buf *out)
{
	lop_buf_printf(out, "sdtgen %s: %s\n", command->name, command->title);
	lop_buf_printf(out, "\nUsage:\n  sdtgen %s %s\n", command->name, command->usage);
	if (*command->details)
		lop_buf_printf(out, "\n%s", command->details);
	lop_buf_printf(out, "\nExamples:\n%s", command->examples);
	add_options(command->bit, out);
	add_exit_codes(out);
}

int lop_cmd_help(struct lop_run *run)
{
	const struct lop_words *words = &run->options.inputs;
	struct lop_nearest nearest = { 0 };
	const struct lop_command *command;

	if (run->options.man) {
		lop_man_options(&run->out);
		return LOP_EXIT_OK;
	}
	if (!words->count) {
		lop_help_all(&run->out);
		return LOP_EXIT_OK;
	}
	command = lop_command_by_name(words->items[0]);
	if (command) {
		lop_help_command(command, &run->out);
		return LOP_EXIT_OK;
	}
	nearest.word = words->items[0];
	for (command = lop_commands; command->name; command++)
		lop_nearest_add(&nearest, command->name);
	if (nearest.best)
		return lop_run_usage(run, "no command is named '%s'; did you mean '%s'?",
				     words->items[0], nearest.best);
	return lop_run_usage(run, "no command is named '%s'", words->items[0]);
}
