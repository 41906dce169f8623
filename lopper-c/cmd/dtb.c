/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen dtb: one plain device tree source to the blob that dtc makes of it. */
#include <string.h>
#include <unistd.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/depfile.h"
#include "lopper-c/cmd/inputs.h"
#include "lopper-c/cmd/run.h"
#include "lopper-c/cmd/split.h"
#include "lopper-c/dts/dts.h"
#include "lopper-c/dts/write.h"
#include "lopper-c/tree/resolve.h"

static int check_usage(struct lop_run *run, const char *output)
{
	const struct lop_words *words = &run->options.inputs;
	int code;

	if (!words->count)
		return lop_run_usage(run,
				     "no input; give one file: sdtgen dtb board.dts -o board.dtb");
	if (words->count > 1)
		return lop_run_usage(run, "one file at a time; '%s' is a second one",
				     words->items[1]);
	if (!run->options.output && !run->options.dry_run && isatty(STDOUT_FILENO))
		return lop_run_usage(run, "a blob is nothing for a terminal; name a file with "
					  "'-o FILE.dtb'");
	code = lop_inputs_check_output(run, output, false);
	return code ? code : lop_inputs_check_depend(run, output);
}

static void compile(struct lop_run *run, struct lop_tree *tree, struct lop_buf *blob)
{
	lop_tree_compile(tree, &run->diags, run->options.symbols);
	lop_timing_mark(&run->timing, "resolve");
	if (lop_run_failed(run))
		return;
	if (!lop_dtb_write(tree, blob))
		lop_dtb_report_size(&run->diags, tree);
	lop_timing_mark(&run->timing, "emit");
}

static int refuse_blob(struct lop_run *run, const char *path)
{
	struct lop_span nowhere = { 0 };
	struct lop_diag *d =
		lop_report(&run->diags, LOP_UNSUPPORTED, nowhere,
			   "`%s` is a blob already; `sdtgen dtb` compiles source", path);

	lop_diag_help(d, "`sdtgen gen %s` splits a system given as a blob", path);
	return LOP_EXIT_OK;
}

int lop_cmd_dtb(struct lop_run *run)
{
	const char *output = run->options.output ? run->options.output : "-";
	struct lop_dts_options dts = lop_split_dts_options(&run->options);
	struct lop_outputs outs = { .arena = &run->arena };
	struct lop_output *blob;
	struct lop_tree *tree;
	int code = check_usage(run, output);

	if (code)
		return code;
	if (lop_inputs_is_blob(run->options.inputs.items[0]))
		return refuse_blob(run, run->options.inputs.items[0]);
	tree = lop_dts_read(&run->arena, &run->diags, run->options.inputs.items[0], &dts);
	lop_timing_mark(&run->timing, "read");
	blob = lop_outputs_add(&outs, output);
	blob->named = true;
	compile(run, tree, &blob->data);
	lop_depfile_add(&run->options, &run->sources, lop_depfile_default(&run->arena, output),
			&outs);
	code = lop_run_commit(run, &outs, false);
	lop_tree_free(tree);
	return code;
}
