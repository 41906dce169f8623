/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen check: all of gen but the writing; --list: what is checked. */
#include "lopper-c/check/check.h"

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/depfile.h"
#include "lopper-c/cmd/explain.h"
#include "lopper-c/cmd/inputs.h"
#include "lopper-c/cmd/run.h"
#include "lopper-c/cmd/split.h"
#include "lopper-c/emit/emit.h"

static int list(struct lop_run *run)
{
	lop_buf_puts(&run->out, "Rules, all of which run every time:\n");
	for (const struct lop_check *check = lop_checks; check->name; check++)
		lop_buf_printf(&run->out, "  %-20s %s\n", check->name, check->title);
	lop_buf_puts(&run->out, "\nDiagnostics, of these rules and of reading:\n");
	lop_explain_list(&run->out);
	return LOP_EXIT_OK;
}

int lop_cmd_check(struct lop_run *run)
{
	const struct lop_emit_options nowhere = { 0 };
	struct lop_outputs outs = { .arena = &run->arena };
	struct lop_split split = { 0 };
	int code;

	if (run->options.list)
		return list(run);
	code = lop_inputs_check_system(run);
	if (code)
		return code;
	code = lop_inputs_check_depend(run, NULL);
	if (code)
		return code;
	lop_split_run(run, &split);
	if (run->options.verbose && !lop_run_failed(run) && run->options.format == LOP_FORMAT_TEXT)
		lop_emit_summary(split.system, split.views, &nowhere, true, &run->out);
	lop_split_free(&split);
	if (!run->options.depend)
		return LOP_EXIT_OK;
	lop_depfile_add(&run->options, &run->sources, run->options.depfile, &outs);
	return lop_run_commit(run, &outs, false);
}
