/* SPDX-License-Identifier: BSD-3-Clause */
/* Manager, directory, table and images, one behind the other. */
#include <inttypes.h>

#include "lopper-c/base/file.h"
#include "lopper-c/pack/steps.h"

static struct pm_entry entry_of(const struct lop_packed *image, uint64_t offset)
{
	const struct pm_image_file *f = &image->file;

	return (struct pm_entry){
		.offset = offset,
		.size = f->size,
		.load = f->load,
		.span = f->span,
		.entry = f->image->kind == PM_IMAGE_PROGRAM ? pm_image_entry(f) : 0,
		.format = f->format,
		.checksum = pm_crc32(0, f->bytes, f->size),
	};
}

/* Header and entries, in the arena; the last image ends at total. */
static struct pm_directory *make_directory(const struct lop_packing *p)
{
	const struct pm_table *table = p->pack->table;
	const uint32_t n = table->images.count;
	const size_t size = sizeof(struct pm_directory) + n * sizeof(struct pm_entry);
	struct pm_directory *d = lop_arena_zalloc(p->pack->arena, size);
	struct pm_entry *entries = (struct pm_entry *)(void *)(d + 1);

	d->magic = PM_DIRECTORY_MAGIC;
	d->version = PM_DIRECTORY_VERSION;
	d->size = (uint32_t)size;
	d->load = pm_directory_align(p->load + p->manager.len);
	d->count = n;
	d->table = (uint32_t)size;
	d->table_size = table->size;
	d->table_checksum = table->checksum;
	d->total = (uint64_t)d->table + d->table_size;
	for (uint32_t i = 0; i < n; i++) {
		entries[i] = entry_of(&p->images[i], pm_directory_align(d->total));
		d->total = entries[i].offset + entries[i].size;
	}
	d->checksum = pm_directory_checksum(d);
	return d;
}

static void help_sizes(const struct lop_packing *p, struct lop_diag *d, uint64_t need)
{
	char text[LOP_RANGE_TEXT];

	for (uint32_t i = 0; i < p->pack->table->images.count; i++)
		if (p->images[i].file.size >= need / 4)
			lop_diag_help(d, "`%s` takes %s", lop_pack_image(p, i),
				      lop_size_text(p->images[i].file.size, text));
}

/* The images stay where they are: a domain that restarts is loaded from there again. */
static bool fits(const struct lop_packing *p, const struct pm_directory *directory)
{
	const struct pm_table *table = p->pack->table;
	const struct pm_region *memory = pm_table_region(table, table->memory);
	const uint64_t end = directory->load + directory->total;
	const uint64_t room = memory->size, need = end - memory->phys;
	const uint64_t block = PM_LINUX_BASE;
	char have[LOP_RANGE_TEXT], want[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (need > room) {
		d = lop_report(p->pack->diags, LOP_IMAGE_MEMORY, p->pack->manager.span,
			       "the boot image ends at 0x%" PRIx64
			       ", outside the manager's memory %s",
			       end - 1, lop_pack_range(p, memory->phys, memory->size));
		help_sizes(p, d, need);
		lop_diag_help(d,
			      "write `memory: { size: %s }` of `manager` in the domain file (it "
			      "has %s) and generate again",
			      lop_size_text((need + block - 1) / block * block, want),
			      lop_size_text(room, have));
		return false;
	}
	if (end - p->load <= LOP_FILE_MAX)
		return true;
	lop_diag_help(lop_report(p->pack->diags, LOP_LIMIT, p->pack->manager.span,
				 "the boot image is larger than 256 MiB"),
		      "load large images later, from a domain that runs");
	return false;
}

static void put_at(struct lop_buf *out, size_t start, uint64_t offset, const void *data,
		   uint64_t size)
{
	lop_buf_fill(out, '\0', start + offset - out->len);
	lop_buf_add(out, data, size);
}

static void write_all(const struct lop_packing *p, const struct pm_directory *d,
		      struct lop_buf *out)
{
	const struct pm_entry *entries = pm_directory_entry(d, 0);
	const size_t start = out->len + (d->load - p->load);

	lop_buf_add(out, p->manager.data, p->manager.len);
	put_at(out, start, 0, d, d->size);
	put_at(out, start, d->table, p->pack->table, d->table_size);
	for (uint32_t i = 0; i < d->count; i++)
		put_at(out, start, entries[i].offset, p->images[i].file.bytes, entries[i].size);
}

static bool is_complete(const struct lop_packing *p)
{
	for (uint32_t i = 0; i < p->pack->table->images.count; i++)
		if (!p->images[i].sound)
			return false;
	return true;
}

static void read_all(struct lop_packing *p)
{
	lop_pack_read(p);
	lop_pack_compare_tables(p);
	lop_pack_place(p);
	lop_pack_finish_trees(p);
	lop_pack_judge(p);
}

bool lop_pack_join(struct lop_pack *pack, struct lop_buf *out)
{
	struct lop_packing p = { .pack = pack };
	const size_t errors = pack->diags->errors;
	const struct pm_directory *directory = NULL;
	bool sound;

	if (!lop_pack_is_supported(&p))
		return false;
	p.images =
		lop_arena_zalloc(pack->arena, (pack->table->images.count + 1) * sizeof(*p.images));
	sound = lop_pack_manager(&p);
	read_all(&p);
	if (sound && is_complete(&p) && pack->diags->errors == errors)
		directory = make_directory(&p);
	sound = directory && fits(&p, directory);
	if (sound)
		write_all(&p, directory, out);
	lop_buf_free(&p.manager);
	return sound;
}
