/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen schema: what a domain file may hold, for editors. */
#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/help.h"
#include "lopper-c/cmd/inputs.h"
#include "lopper-c/cmd/run.h"
#include "lopper-c/emit/json_schema.h"

int lop_cmd_schema(struct lop_run *run)
{
	const char *path = run->options.output ? run->options.output : "-";
	struct lop_outputs outs = { .arena = &run->arena };
	struct lop_output *output;
	int code;

	if (run->options.inputs.count)
		return lop_run_usage(run, "sdtgen schema reads nothing, not even '%s'",
				     run->options.inputs.items[0]);
	code = lop_inputs_check_output(run, path, false);
	if (code)
		return code;
	output = lop_outputs_add(&outs, path);
	output->unlisted = output->named = true;
	if (run->options.man)
		lop_man_keys(&output->data);
	else
		lop_emit_json_schema(&output->data);
	return lop_run_commit(run, &outs, false);
}
