/* SPDX-License-Identifier: BSD-3-Clause */
/* The command: words in, one subcommand called, exit code out. */
#include <stdio.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/help.h"
#include "lopper-c/cmd/run.h"

/* Neither a word nor --help: a hint for who typed just the name. */
static int greet(void)
{
	struct lop_buf text = { 0 };

	lop_help_short(&text);
	fputs(lop_buf_cstr(&text), stderr);
	lop_buf_free(&text);
	return LOP_EXIT_USAGE;
}

static int dispatch(struct lop_run *run)
{
	const struct lop_options *options = &run->options;

	if (options->version) {
		lop_buf_puts(&run->out, "sdtgen " LOP_VERSION "\n");
		return LOP_EXIT_OK;
	}
	if (options->help && options->command)
		lop_help_command(options->command, &run->out);
	else if (options->help)
		lop_help_all(&run->out);
	else if (!options->command)
		return greet();
	else
		return options->command->run(run);
	return LOP_EXIT_OK;
}

int main(int argc, char *argv[])
{
	struct lop_buf error = { 0 };
	struct lop_run run;
	int code;

	lop_run_start(&run);
	if (lop_options_parse(&run.options, &run.arena, argc, argv, &error)) {
		lop_run_configure(&run);
		code = dispatch(&run);
	} else {
		code = lop_run_usage(&run, "%s", lop_buf_cstr(&error));
	}
	lop_buf_free(&error);
	return lop_run_finish(&run, code);
}
