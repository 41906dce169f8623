/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any bytes as a boot image, as they are and then with every checksum made good, so
 * that entries and images are what is looked at. What is taken is loaded as a manager loads it,
 * without a second look, and shown. The same bytes are a manager and a program to be packed, too.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/emit/inspect.h"
#include "lopper-c/pack/pack.h"
#include "tests/unit/good_boot.h"

enum { MANAGER_SIZE = 4096 };

/* Every byte that would be copied is in the file, and goes to memory of the domain. */
static void load(const struct pm_image_file *file)
{
	for (uint32_t i = 0; i < file->n_parts; i++) {
		const struct pm_image_part part = pm_image_part(file, i);
		volatile unsigned char byte;

		if (part.filesz > part.size || part.offset + part.filesz > file->size ||
		    !pm_image_memory(file->table, file->image->domain, part.address, part.size))
			abort();
		for (uint64_t k = 0; k < part.filesz; k += 64)
			byte = file->bytes[part.offset + k];
		(void)byte;
	}
}

static void use(const struct pm_directory *d)
{
	for (uint32_t i = 0; i < d->count; i++) {
		struct pm_image_file file;
		struct pm_table_place where = { 0 };

		if (!pm_directory_check_image(d, i, &file, NULL, &where))
			load(&file);
		else if (where.record == NULL || where.field == NULL)
			abort();
	}
}

static void open_boot(struct fuzz_run *run, const unsigned char *bytes, size_t size)
{
	const struct lop_pack_file file = { .path = "boot.img", .data = bytes, .size = size };
	struct lop_boot boot;

	if (size > MANAGER_SIZE &&
	    !pm_directory_check(bytes + MANAGER_SIZE, size - MANAGER_SIZE, NULL))
		use((const void *)(bytes + MANAGER_SIZE));
	if (lop_pack_open(&boot, &run->diags, &file)) {
		struct lop_buf out = { 0 };

		lop_emit_boot_text(&boot, &out);
		lop_emit_boot_json(&boot, &out);
		lop_buf_free(&out);
	}
}

/* Of what leads somewhere. */
static void repair(unsigned char *bytes, size_t size)
{
	struct good_boot *b = (struct good_boot *)(void *)(bytes + MANAGER_SIZE);
	const size_t room = size - MANAGER_SIZE;

	b->header.magic = PM_DIRECTORY_MAGIC;
	b->header.version = PM_DIRECTORY_VERSION;
	b->header.count = N_IMAGES;
	b->header.size = b->header.table = offsetof(struct good_boot, table);
	b->header.table_size = b->table.header.size = sizeof(b->table);
	for (uint32_t i = 0; i < N_IMAGES; i++)
		if (b->entries[i].offset <= room &&
		    b->entries[i].size <= room - b->entries[i].offset)
			b->entries[i].checksum = pm_crc32(0, good_file(b, i), b->entries[i].size);
	b->table.header.checksum = pm_table_checksum(&b->table.header);
	b->header.table_checksum = b->table.header.checksum;
	b->header.checksum = pm_directory_checksum(&b->header);
}

/* As manager, then as each of the images of a sound table. */
static void pack(struct fuzz_run *run, const unsigned char *bytes, size_t size)
{
	const struct lop_pack_file any = { .path = "any", .data = bytes, .size = size };
	struct good_table *table = lop_arena_alloc(&run->arena, sizeof(*table));
	const struct lop_pack_file sound = { "partitions.bin", table, sizeof(*table), { 0 } };

	good_table_make(table);
	for (uint32_t i = 0; i < N_IMAGES; i++) {
		struct lop_pack p = { .arena = &run->arena, .diags = &run->diags, .manager = any };
		struct lop_buf out = { 0 };

		table->images[LINUX_KERNEL].load = i % 2 ? 0x50200000 : 0;
		table->header.checksum = pm_table_checksum(&table->header);
		if (!lop_pack_table(&p, &sound))
			abort();
		p.images[i] = any;
		lop_pack_join(&p, &out);
		lop_buf_free(&out);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char *copy = malloc(size ? size : 1);
	struct fuzz_run run;

	if (copy == NULL)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	fuzz_begin(&run);
	pack(&run, copy, size);
	open_boot(&run, copy, size);
	if (size >= MANAGER_SIZE + offsetof(struct good_boot, files)) {
		repair(copy, size);
		open_boot(&run, copy, size);
	}
	fuzz_render(&run);
	fuzz_end(&run);
	free(copy);
	return 0;
}
