/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen table: a partition table, shown if a manager would take it. */
#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/show.h"
#include "lopper-c/emit/inspect.h"
#include "lopper-c/pack/pack.h"

static const struct pm_table *read_table(struct lop_run *run)
{
	struct lop_pack_file file = { .path = lop_show_name(run) };

	file.data = lop_show_read(run, &file.size);
	if (!file.data)
		return NULL;
	file.span.text = lop_sources_add(&run->sources, file.path, NULL, 0, NULL);
	return lop_table_read(&run->diags, &file);
}

int lop_cmd_table(struct lop_run *run)
{
	int code = lop_show_check_usage(run, "partitions.bin");
	const struct pm_table *table;

	if (code)
		return code;
	table = read_table(run);
	if (!table || run->options.quiet)
		return LOP_EXIT_OK;
	if (run->options.format == LOP_FORMAT_JSON)
		lop_emit_table_json(table, lop_show_name(run), &run->out);
	else
		lop_emit_table_text(table, lop_show_name(run), &run->out);
	return LOP_EXIT_OK;
}
