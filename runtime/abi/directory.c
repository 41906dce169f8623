/* SPDX-License-Identifier: BSD-3-Clause */
/* Taking an image directory: header, entries and table first, then one image after the other. */
#include "runtime/abi/directory.h"

#include "runtime/abi/partition_check.h"

static const char *const texts[] = {
	[-PM_DIRECTORY_OK] = "no error",
	[-PM_DIRECTORY_TRUNCATED] = "it ends too early",
	[-PM_DIRECTORY_BAD_MAGIC] = "no image directory",
	[-PM_DIRECTORY_BAD_VERSION] = "a version this reader does not know",
	[-PM_DIRECTORY_BAD_SIZE] = "an impossible size",
	[-PM_DIRECTORY_BAD_CHECKSUM] = "the checksum does not match: it is damaged",
	[-PM_DIRECTORY_MISALIGNED] = "it lies at an odd address",
	[-PM_DIRECTORY_BAD_TABLE] = "the partition table is not sound",
	[-PM_DIRECTORY_OTHER_TABLE] = "it belongs to another partition table",
	[-PM_DIRECTORY_BAD_OFFSET] = "a file is not where it must be",
	[-PM_DIRECTORY_BAD_IMAGE] = "an image that its domain cannot have",
	[-PM_DIRECTORY_BAD_VALUE] = "it says something else than the file",
	[-PM_DIRECTORY_OVERLAP] = "two images of a domain in one place",
};

const char *pm_directory_strerror(int error)
{
	if (error > 0 || error < PM_DIRECTORY_OVERLAP)
		return "unknown error";
	return texts[-error];
}

static int fail(struct pm_table_place *where, int error, const char *record, uint32_t index,
		const char *field)
{
	if (where)
		*where = (struct pm_table_place){ record, index, field };
	return error;
}

static int bad_header(struct pm_table_place *where, int error, const char *field)
{
	return fail(where, error, "directory", 0, field);
}

uint64_t pm_directory_align(uint64_t offset)
{
	return (offset + (PM_DIRECTORY_ALIGN - 1)) & ~(PM_DIRECTORY_ALIGN - 1);
}

uint32_t pm_directory_checksum(const struct pm_directory *directory)
{
	const unsigned char *bytes = (const unsigned char *)directory;
	const size_t at = offsetof(struct pm_directory, checksum), after = at + sizeof(uint32_t);
	static const unsigned char zero[sizeof(uint32_t)];
	uint32_t crc = pm_crc32(0, bytes, at);

	crc = pm_crc32(crc, zero, sizeof(zero));
	return pm_crc32(crc, bytes + after, directory->size - after);
}

const struct pm_table *pm_directory_table(const struct pm_directory *directory)
{
	return (const void *)((const unsigned char *)directory + directory->table);
}

const struct pm_entry *pm_directory_entry(const struct pm_directory *directory, uint32_t index)
{
	return (const struct pm_entry *)(const void *)(directory + 1) + index;
}

const void *pm_directory_file(const struct pm_directory *directory, uint32_t index)
{
	return (const unsigned char *)directory + pm_directory_entry(directory, index)->offset;
}

static int check_header(const struct pm_directory *d, size_t size, struct pm_table_place *where)
{
	if ((uintptr_t)d & (PM_TABLE_ALIGN - 1))
		return bad_header(where, PM_DIRECTORY_MISALIGNED, "magic");
	if (size < sizeof(*d))
		return bad_header(where, PM_DIRECTORY_TRUNCATED, "size");
	if (d->magic != PM_DIRECTORY_MAGIC)
		return bad_header(where, PM_DIRECTORY_BAD_MAGIC, "magic");
	if (d->version != PM_DIRECTORY_VERSION)
		return bad_header(where, PM_DIRECTORY_BAD_VERSION, "version");
	if (d->count > PM_RECORDS_MAX)
		return bad_header(where, PM_DIRECTORY_BAD_SIZE, "count");
	if (d->size != sizeof(*d) + d->count * sizeof(struct pm_entry))
		return bad_header(where, PM_DIRECTORY_BAD_SIZE, "size");
	if (d->size > size)
		return bad_header(where, PM_DIRECTORY_TRUNCATED, "size");
	if (d->checksum != pm_directory_checksum(d))
		return bad_header(where, PM_DIRECTORY_BAD_CHECKSUM, "checksum");
	if (d->load % PM_DIRECTORY_ALIGN)
		return bad_header(where, PM_DIRECTORY_BAD_VALUE, "load");
	return d->total > size ? bad_header(where, PM_DIRECTORY_TRUNCATED, "total")
			       : PM_DIRECTORY_OK;
}

/* Header and entries are multiples of PM_TABLE_ALIGN, so the table follows at once. */
static int check_table(const struct pm_directory *d, struct pm_table_place *where)
{
	const struct pm_table *table;

	if (d->table != d->size || d->table > d->total || d->table_size > d->total - d->table)
		return bad_header(where, PM_DIRECTORY_BAD_OFFSET, "table");
	table = pm_directory_table(d);
	if (pm_table_check(table, d->table_size, where))
		return PM_DIRECTORY_BAD_TABLE;
	if (table->size != d->table_size)
		return bad_header(where, PM_DIRECTORY_BAD_SIZE, "table_size");
	if (table->checksum != d->table_checksum)
		return bad_header(where, PM_DIRECTORY_OTHER_TABLE, "table_checksum");
	if (table->images.count != d->count)
		return bad_header(where, PM_DIRECTORY_OTHER_TABLE, "count");
	return PM_DIRECTORY_OK;
}

/* All of it lies in the manager's memory. */
static int check_place(const struct pm_directory *d, struct pm_table_place *where)
{
	const struct pm_table *table = pm_directory_table(d);
	const struct pm_region *r = pm_table_region(table, table->memory);

	if (d->load < r->phys || d->load - r->phys >= r->size)
		return bad_header(where, PM_DIRECTORY_BAD_VALUE, "load");
	return d->total > r->size - (d->load - r->phys)
		       ? bad_header(where, PM_DIRECTORY_BAD_VALUE, "total")
		       : PM_DIRECTORY_OK;
}

/* Files follow one another: each begins where the one before ends. */
static int check_entries(const struct pm_directory *d, struct pm_table_place *where)
{
	uint64_t end = (uint64_t)d->table + d->table_size;

	for (uint32_t i = 0; i < d->count; i++) {
		const struct pm_entry *e = pm_directory_entry(d, i);

		if (e->offset != pm_directory_align(end) || e->offset > d->total)
			return fail(where, PM_DIRECTORY_BAD_OFFSET, "entry", i, "offset");
		if (!e->size || e->size > d->total - e->offset)
			return fail(where, PM_DIRECTORY_BAD_OFFSET, "entry", i, "size");
		end = e->offset + e->size;
	}
	return end == d->total ? PM_DIRECTORY_OK
			       : bad_header(where, PM_DIRECTORY_BAD_SIZE, "total");
}

int pm_directory_check(const void *data, size_t size, struct pm_table_place *where)
{
	const struct pm_directory *d = data;
	int error = check_header(d, size, where);

	if (!error)
		error = check_table(d, where);
	if (!error)
		error = check_place(d, where);
	return error ? error : check_entries(d, where);
}

/* --- images --- */

static int open_image(const struct pm_directory *d, uint32_t index, struct pm_image_file *file)
{
	const struct pm_table *table = pm_directory_table(d);
	const struct pm_entry *e = pm_directory_entry(d, index);
	int error = pm_image_open(file, table, pm_table_image(table, index),
				  pm_directory_file(d, index), e->size);

	/* What has no address of its own was placed. */
	if (!error && !file->load && file->format != PM_FORMAT_ELF)
		file->load = e->load;
	return error ? error : pm_image_check(file, NULL);
}

/* Does the entry say of its file what is true? */
static int compare(const struct pm_entry *e, const struct pm_image_file *file, uint32_t index,
		   struct pm_table_place *where)
{
	const bool program = file->image->kind == PM_IMAGE_PROGRAM;

	if (e->format != file->format)
		return fail(where, PM_DIRECTORY_BAD_VALUE, "entry", index, "format");
	if (e->load != file->load)
		return fail(where, PM_DIRECTORY_BAD_VALUE, "entry", index, "load");
	if (e->span != file->span)
		return fail(where, PM_DIRECTORY_BAD_VALUE, "entry", index, "span");
	if (e->entry != (program ? pm_image_entry(file) : 0))
		return fail(where, PM_DIRECTORY_BAD_VALUE, "entry", index, "entry");
	return PM_DIRECTORY_OK;
}

/* The images of the same domain lie side by side in the table. */
static int check_others(const struct pm_directory *d, uint32_t index,
			const struct pm_image_file *file, struct pm_table_place *where)
{
	const struct pm_domain *domain =
		pm_table_domain(pm_directory_table(d), file->image->domain);
	struct pm_image_file other;
	uint32_t parts[2];

	for (uint32_t i = domain->image; i < index; i++)
		if (!open_image(d, i, &other) && pm_image_overlap(&other, file, parts))
			return fail(where, PM_DIRECTORY_OVERLAP, "entry", index, "load");
	return PM_DIRECTORY_OK;
}

int pm_directory_check_image(const struct pm_directory *directory, uint32_t index,
			     struct pm_image_file *file, int *error, struct pm_table_place *where)
{
	const struct pm_entry *e = pm_directory_entry(directory, index);
	struct pm_image_file own;
	int image_error, code;

	file = file ? file : &own;
	if (e->checksum != pm_crc32(0, pm_directory_file(directory, index), e->size))
		return fail(where, PM_DIRECTORY_BAD_CHECKSUM, "entry", index, "checksum");
	image_error = open_image(directory, index, file);
	if (error)
		*error = image_error;
	if (image_error)
		return fail(where, PM_DIRECTORY_BAD_IMAGE, "entry", index, "offset");
	code = compare(e, file, index, where);
	return code ? code : check_others(directory, index, file, where);
}
