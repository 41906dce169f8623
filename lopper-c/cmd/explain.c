/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen explain: the codes, and the page of each. */
#include "lopper-c/cmd/explain.h"

#include "lopper-c/base/str.h"
#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/run.h"
#include "lopper-c/diag/code.h"

static const char *severity_of(const struct lop_code_row *row)
{
	if (row->off)
		return "off";
	return row->warning ? "warning" : "error";
}

void lop_explain_list(struct lop_buf *out)
{
	for (int i = 0; i < LOP_CODE_COUNT; i++) {
		const struct lop_code_row *row = &lop_codes[i];

		lop_buf_printf(out, "  %-20s %-7s %c %s\n", row->name, severity_of(row),
			       row->lopper_passes ? '*' : ' ', row->title);
	}
	lop_buf_puts(out, "\n* --compat=lopper makes it a warning.\n");
}

static int fail_unknown(struct lop_run *run, const char *name)
{
	struct lop_nearest nearest = { .word = name };

	for (int i = 0; i < LOP_CODE_COUNT; i++)
		lop_nearest_add(&nearest, lop_codes[i].name);
	if (nearest.best)
		return lop_run_usage(run, "no diagnostic is named '%s'; did you mean '%s'?", name,
				     nearest.best);
	return lop_run_usage(run, "no diagnostic is named '%s'; `sdtgen explain` lists them", name);
}

static void add_page(enum lop_code code, struct lop_buf *out)
{
	const struct lop_code_row *row = &lop_codes[code];

	lop_buf_printf(out, "%s[%s]: %s\n\n", row->warning ? "warning" : "error", row->name,
		       row->title);
	lop_buf_puts(out, lop_code_explain(code));
	if (out->data[out->len - 1] != '\n')
		lop_buf_putc(out, '\n');
	if (row->off)
		lop_buf_printf(out, "\nOff unless -W%s asks for it.\n", row->name);
	if (row->lopper_passes)
		lop_buf_puts(out, "\nlopper lets this pass; with --compat=lopper it is a "
				  "warning.\n");
}

int lop_cmd_explain(struct lop_run *run)
{
	const struct lop_words *words = &run->options.inputs;

	if (!words->count) {
		lop_explain_list(&run->out);
		lop_buf_puts(&run->out, "`sdtgen explain CODE` shows the page of one.\n");
	}
	for (size_t i = 0; i < words->count; i++) {
		enum lop_code code = lop_code_by_name(words->items[i]);

		if (code == LOP_CODE_COUNT) {
			run->out.len = 0;
			return fail_unknown(run, words->items[i]);
		}
		if (i)
			lop_buf_putc(&run->out, '\n');
		add_page(code, &run->out);
	}
	return LOP_EXIT_OK;
}
