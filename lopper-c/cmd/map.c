/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen map: the addresses of a system, whatever state its inputs are in. */
#include <string.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/inputs.h"
#include "lopper-c/cmd/run.h"
#include "lopper-c/cmd/split.h"
#include "lopper-c/report/forms.h"

struct mapping {
	struct lop_report report;
	bool begun;
};

static size_t add_view(const struct lop_split *split, const struct lop_view *view, void *context)
{
	struct mapping *mapping = context;

	if (!mapping->begun)
		lop_report_begin(&mapping->report, split->system);
	mapping->begun = true;
	lop_report_add_view(&mapping->report, view);
	return 0;
}

static void print(const struct lop_report *report, const struct lop_options *options,
		  struct lop_buf *out)
{
	switch (options->map_form) {
	case LOP_MAP_SVG:
		lop_report_map_svg(report, out);
		break;
	case LOP_MAP_HTML:
		lop_report_map_html(report, out);
		break;
	default:
		if (options->format == LOP_FORMAT_JSON)
			lop_report_json(report, true, out);
		else
			lop_report_map_text(report, out);
	}
}

static int write_map(struct lop_run *run, const struct lop_report *report)
{
	struct lop_outputs outs = { .arena = &run->arena };
	const char *path = run->options.output;
	struct lop_output *output;

	if (!path || !strcmp(path, "-")) {
		print(report, &run->options, &run->out);
		return LOP_EXIT_OK;
	}
	output = lop_outputs_add(&outs, path);
	output->unlisted = output->named = true;
	print(report, &run->options, &output->data);
	return lop_run_commit_anyway(run, &outs);
}

int lop_cmd_map(struct lop_run *run)
{
	struct mapping mapping = { .begun = false };
	struct lop_split split = { .insist = true, .each = add_view, .context = &mapping };
	int code = lop_inputs_check_system(run);

	if (!code && run->options.output)
		code = lop_inputs_check_output(run, run->options.output, false);
	if (code)
		return code;
	lop_split_run(run, &split);
	if (split.system && !mapping.begun)
		lop_report_begin(&mapping.report, split.system);
	if (split.system) {
		lop_report_finish(&mapping.report);
		lop_timing_mark(&run->timing, "report");
		code = write_map(run, &mapping.report);
	}
	lop_split_free(&split);
	return code;
}
