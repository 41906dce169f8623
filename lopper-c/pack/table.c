/* SPDX-License-Identifier: BSD-3-Clause */
/* A partition table, as a manager would take it. */
#include <inttypes.h>
#include <string.h>

#include "lopper-c/pack/steps.h"

/* "header, `checksum`", "entry 4, `offset`" */
const char *lop_table_place(struct lop_arena *arena, const struct pm_table_place *where)
{
	if (!strcmp(where->record, "header") || !strcmp(where->record, "directory"))
		return lop_arena_printf(arena, "%s, `%s`", where->record, where->field);
	return lop_arena_printf(arena, "%s %" PRIu32 ", `%s`", where->record, where->index,
				where->field);
}

static void help_table(struct lop_diag *d, int error)
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

const struct pm_table *lop_table_read(struct lop_diags *diags, const struct lop_pack_file *file)
{
	struct pm_table_place where;
	int error = pm_table_check(file->data, file->size, &where);

	if (!error)
		return file->data;
	help_table(lop_report(diags, LOP_TABLE_FORMAT, file->span,
			      "`%s` is not a sound partition table: %s (%s)", file->path,
			      pm_table_strerror(error), lop_table_place(diags->arena, &where)),
		   error);
	return NULL;
}

bool lop_pack_table(struct lop_pack *pack, const struct lop_pack_file *file)
{
	pack->table_file = *file;
	pack->table = lop_table_read(pack->diags, file);
	if (pack->table)
		pack->images = lop_arena_zalloc(pack->arena, (pack->table->images.count + 1) *
								     sizeof(*pack->images));
	return pack->table;
}
