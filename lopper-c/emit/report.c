/* SPDX-License-Identifier: BSD-3-Clause */
/* The report of a run, in each of its forms. */
#include "lopper-c/emit/emit.h"
#include "lopper-c/report/forms.h"

static struct lop_buf *add(const struct lop_report *report, const struct lop_emit_options *options,
			   const char *name, struct lop_outputs *outs)
{
	const char *path = lop_arena_printf(report->arena, "%s/%s", options->dir, name);

	return &lop_outputs_add(outs, path)->data;
}

void lop_emit_report(const struct lop_report *report, const struct lop_emit_options *options,
		     struct lop_outputs *outs)
{
	lop_report_text(report, add(report, options, "report.txt", outs));
	lop_report_html(report, add(report, options, "report.html", outs));
	lop_report_json(report, false, add(report, options, "report.json", outs));
}
