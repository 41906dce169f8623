/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen rsc: the resource table of a program, shown and checked. */
#include "lopper-c/check/rsc.h"

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/show.h"
#include "lopper-c/emit/inspect.h"

int lop_cmd_rsc(struct lop_run *run)
{
	int code = lop_show_check_usage(run, "firmware.elf");
	struct lop_rsc rsc;
	const void *data;
	size_t size;

	if (code)
		return code;
	data = lop_show_read(run, &size);
	if (!data || !lop_rsc_find(&rsc, &run->diags, lop_show_name(run), data, size))
		return LOP_EXIT_OK;
	lop_rsc_lint(&rsc, &run->diags);
	lop_timing_mark(&run->timing, "check");
	if (run->options.quiet)
		return LOP_EXIT_OK;
	if (run->options.format == LOP_FORMAT_JSON)
		lop_emit_rsc_json(&rsc, &run->out);
	else
		lop_emit_rsc_text(&rsc, &run->out);
	return LOP_EXIT_OK;
}
