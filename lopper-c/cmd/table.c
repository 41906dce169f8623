/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen table: a partition table, shown if a manager would take it. */
#include "runtime/abi/partition.h"

#include <string.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/show.h"
#include "lopper-c/emit/inspect.h"

static void help(struct lop_diag *d, int error)
{
	switch (error) {
	case PM_TABLE_BAD_MAGIC:
		lop_diag_help(d, "give the partitions.bin that sdtgen wrote for a supervised "
				 "system");
		break;
	case PM_TABLE_BAD_VERSION:
		lop_diag_help(d, "this sdtgen reads version %u; generate the table again with it",
			      PM_TABLE_VERSION);
		break;
	case PM_TABLE_TRUNCATED:
	case PM_TABLE_BAD_SIZE:
	case PM_TABLE_BAD_CHECKSUM:
		lop_diag_help(d, "copy the file again, as binary data, or generate it again");
		break;
	default:
		lop_diag_help(d, "generate the table again; if that does not help, its generator "
				 "is wrong");
	}
}

/* "header, `size`", "region 4, `phys`" */
static const char *place_text(struct lop_run *run, const struct pm_table_place *where)
{
	if (!strcmp(where->record, "header"))
		return lop_arena_printf(&run->arena, "header, `%s`", where->field);
	return lop_arena_printf(&run->arena, "%s %u, `%s`", where->record, where->index,
				where->field);
}

static bool is_sound(struct lop_run *run, const void *data, size_t size)
{
	const char *path = lop_show_name(run);
	struct lop_span span = { 0 };
	struct pm_table_place where;
	int error = pm_table_check(data, size, &where);

	if (!error)
		return true;
	span.text = lop_sources_add(&run->sources, path, NULL, 0, NULL);
	help(lop_report(&run->diags, LOP_TABLE_FORMAT, span,
			"`%s` is not a sound partition table: %s (%s)", path,
			pm_table_strerror(error), place_text(run, &where)),
	     error);
	return false;
}

int lop_cmd_table(struct lop_run *run)
{
	int code = lop_show_check_usage(run, "partitions.bin");
	const void *data;
	size_t size;

	if (code)
		return code;
	data = lop_show_read(run, &size);
	if (!data || !is_sound(run, data, size) || run->options.quiet)
		return LOP_EXIT_OK;
	if (run->options.format == LOP_FORMAT_JSON)
		lop_emit_table_json(data, lop_show_name(run), &run->out);
	else
		lop_emit_table_text(data, lop_show_name(run), &run->out);
	return LOP_EXIT_OK;
}
