/* SPDX-License-Identifier: BSD-3-Clause */
/* What is in a boot image as JSON, schema sdtgen-boot-1. Images keep their order and so their
 * index. */
#include "lopper-c/diag/jsonw.h"
#include "lopper-c/emit/inspect.h"
#include "lopper-c/emit/table_words.h"

static void put_image(struct lop_jsonw *j, const struct pm_directory *d, uint32_t i)
{
	const struct pm_table *table = pm_directory_table(d);
	const struct pm_image *image = pm_table_image(table, i);
	const struct pm_entry *e = pm_directory_entry(d, i);

	lop_jsonw_open(j, NULL, '{', true);
	lop_jsonw_text(j, "name", pm_table_text(table, image->name));
	lop_jsonw_text(j, "domain", lop_pm_owner(table, image->domain));
	lop_jsonw_text(j, "kind", lop_pm_image(image->kind));
	lop_jsonw_text(j, "format", lop_pm_format(e->format));
	lop_jsonw_hex(j, "offset", e->offset);
	lop_jsonw_number(j, "size", e->size);
	lop_jsonw_hex(j, "load", e->load);
	lop_jsonw_number(j, "span", e->span);
	if (e->entry)
		lop_jsonw_hex(j, "entry", e->entry);
	else
		lop_jsonw_null(j, "entry");
	lop_jsonw_hex(j, "checksum", e->checksum);
	lop_jsonw_close(j, '}');
}

static void put_directory(struct lop_jsonw *j, const struct pm_directory *d)
{
	lop_jsonw_open(j, "directory", '{', true);
	lop_jsonw_number(j, "version", d->version);
	lop_jsonw_hex(j, "checksum", d->checksum);
	lop_jsonw_hex(j, "load", d->load);
	lop_jsonw_number(j, "total", d->total);
	lop_jsonw_number(j, "table", d->table);
	lop_jsonw_number(j, "table_size", d->table_size);
	lop_jsonw_hex(j, "table_checksum", d->table_checksum);
	lop_jsonw_close(j, '}');
}

void lop_emit_boot_json(const struct lop_boot *boot, struct lop_buf *out)
{
	const struct pm_directory *d = boot->directory;
	const struct pm_table *table = pm_directory_table(d);
	struct lop_jsonw writer = { .out = out }, *j = &writer;

	lop_jsonw_open(j, NULL, '{', true);
	lop_jsonw_text(j, "schema", LOP_BOOT_SCHEMA);
	lop_jsonw_text(j, "file", boot->path);
	lop_jsonw_number(j, "size", boot->size);
	lop_jsonw_text(j, "name", pm_table_text(table, table->name));
	lop_jsonw_text(j, "isa", lop_pm_isa(table->isa));
	lop_jsonw_hex(j, "load", boot->load);
	lop_jsonw_hex(j, "text_offset", boot->text_offset);
	lop_jsonw_number(j, "image_size", boot->image_size);
	put_directory(j, d);
	lop_jsonw_open(j, "images", '[', true);
	for (uint32_t i = 0; i < d->count; i++)
		put_image(j, d, i);
	lop_jsonw_close(j, ']');
	lop_jsonw_close(j, '}');
}
