/* SPDX-License-Identifier: BSD-3-Clause */
/* What is in a boot image, as people read it: the manager, then the images domain by domain. */
#include <inttypes.h>
#include <string.h>

#include "lopper-c/base/range.h"
#include "lopper-c/diag/render.h"
#include "lopper-c/emit/inspect.h"
#include "lopper-c/emit/table_words.h"

static void put_text(struct lop_buf *out, const char *text)
{
	lop_text_clean(out, text, strlen(text));
}

static void put_range(struct lop_buf *out, uint64_t base, uint64_t size)
{
	char range[LOP_RANGE_TEXT], text[LOP_RANGE_TEXT];

	lop_buf_printf(out, "%s (%s)", lop_range_text((struct lop_range){ base, size }, range),
		       lop_size_text(size, text));
}

static void put_manager(const struct lop_boot *boot, struct lop_buf *out)
{
	const struct pm_directory *d = boot->directory;

	lop_buf_puts(out, "\nmanager\n  takes     ");
	put_range(out, boot->load, boot->image_size);
	lop_buf_printf(out, "\n  loaded    at 0x%" PRIx64 ", text_offset 0x%" PRIx64 "\n",
		       boot->load, boot->text_offset);
	lop_buf_printf(out,
		       "  directory at 0x%" PRIx64 ", version %" PRIu32 ", checksum 0x%08" PRIx32
		       "\n",
		       d->load, d->version, d->checksum);
	lop_buf_printf(
		out, "  table     at 0x%" PRIx64 ", %" PRIu32 " bytes, checksum 0x%08" PRIx32 "\n",
		d->load + d->table, d->table_size, d->table_checksum);
}

static void put_image(const struct pm_directory *d, uint32_t i, struct lop_buf *out)
{
	const struct pm_table *table = pm_directory_table(d);
	const struct pm_image *image = pm_table_image(table, i);
	const struct pm_entry *e = pm_directory_entry(d, i);
	char size[LOP_RANGE_TEXT];

	lop_buf_printf(out, "  %-9s `", lop_pm_image(image->kind));
	put_text(out, pm_table_text(table, image->name));
	lop_buf_printf(out, "` (%s, %s)\n            to ", lop_pm_format(e->format),
		       lop_size_text(e->size, size));
	put_range(out, e->load, e->span);
	if (e->entry)
		lop_buf_printf(out, ", entry 0x%" PRIx64, e->entry);
	lop_buf_printf(out, "\n            from 0x%" PRIx64 ", checksum 0x%08" PRIx32 "\n",
		       d->load + e->offset, e->checksum);
}

static void put_domain(const struct pm_directory *d, uint32_t i, struct lop_buf *out)
{
	const struct pm_table *table = pm_directory_table(d);
	const struct pm_domain *domain = pm_table_domain(table, i);

	lop_buf_puts(out, "\ndomain ");
	put_text(out, pm_table_text(table, domain->name));
	lop_buf_putc(out, '\n');
	if (!domain->n_images)
		lop_buf_puts(out, "  no image\n");
	for (uint32_t k = 0; k < domain->n_images; k++)
		put_image(d, domain->image + k, out);
}

void lop_emit_boot_text(const struct lop_boot *boot, struct lop_buf *out)
{
	const struct pm_directory *d = boot->directory;
	const struct pm_table *table = pm_directory_table(d);
	char size[LOP_RANGE_TEXT];

	put_text(out, boot->path);
	lop_buf_puts(out, ": boot image of `");
	put_text(out, pm_table_text(table, table->name));
	lop_buf_printf(out, "`, %s, %s\n", lop_pm_isa(table->isa), lop_size_text(boot->size, size));
	put_manager(boot, out);
	for (uint32_t i = 0; i < table->domains.count; i++)
		put_domain(d, i, out);
}
