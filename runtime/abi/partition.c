/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Taking a partition table: header, checksum, sections, texts. What the records say is in the other
 * files of this folder.
 */
#include "runtime/abi/partition.h"

#include "runtime/abi/partition_check.h"

static const char *const texts[] = {
	[-PM_TABLE_OK] = "no error",
	[-PM_TABLE_TRUNCATED] = "the table ends too early",
	[-PM_TABLE_BAD_MAGIC] = "not a partition table",
	[-PM_TABLE_BAD_VERSION] = "a version this reader does not know",
	[-PM_TABLE_BAD_SIZE] = "an impossible size",
	[-PM_TABLE_BAD_CHECKSUM] = "the checksum does not match: the table is damaged",
	[-PM_TABLE_MISALIGNED] = "the table lies at an odd address",
	[-PM_TABLE_BAD_SECTION] = "a section is not where it must be",
	[-PM_TABLE_BAD_NAME] = "no text at this offset, or one with control characters",
	[-PM_TABLE_BAD_INDEX] = "no such record, or one of somebody else",
	[-PM_TABLE_BAD_VALUE] = "a value that is not defined",
	[-PM_TABLE_BAD_RANGE] = "an address range that is empty, wraps or lies where it cannot",
	[-PM_TABLE_OVERLAP] = "overlaps another one",
	[-PM_TABLE_TWICE] = "given twice",
	[-PM_TABLE_BAD_LINK] = "does not fit into the window of the link",
	[-PM_TABLE_BAD_RSC] = "the resource table is unsound, or says something else",
};

const char *pm_table_strerror(int error)
{
	if (error > 0 || error < PM_TABLE_BAD_RSC)
		return "unknown error";
	return texts[-error];
}

uint32_t pm_crc32(uint32_t crc, const void *data, size_t len)
{
	/* Half a byte at a time: 64 bytes of table, two steps a byte. */
	static const uint32_t step[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
		0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	const unsigned char *b = data;

	crc = ~crc;
	for (size_t i = 0; i < len; i++) {
		crc ^= b[i];
		crc = crc >> 4 ^ step[crc & 15];
		crc = crc >> 4 ^ step[crc & 15];
	}
	return ~crc;
}

/* --- records --- */

static const void *record(const struct pm_table *table, struct pm_section section, uint32_t index,
			  size_t size)
{
	return (const unsigned char *)table + section.offset + index * size;
}

const struct pm_domain *pm_table_domain(const struct pm_table *table, uint32_t index)
{
	return record(table, table->domains, index, sizeof(struct pm_domain));
}

const struct pm_cpu *pm_table_cpu(const struct pm_table *table, uint32_t index)
{
	return record(table, table->cpus, index, sizeof(struct pm_cpu));
}

const struct pm_region *pm_table_region(const struct pm_table *table, uint32_t index)
{
	return record(table, table->regions, index, sizeof(struct pm_region));
}

const struct pm_irq *pm_table_irq(const struct pm_table *table, uint32_t index)
{
	return record(table, table->irqs, index, sizeof(struct pm_irq));
}

const struct pm_link *pm_table_link(const struct pm_table *table, uint32_t index)
{
	return record(table, table->links, index, sizeof(struct pm_link));
}

const struct pm_image *pm_table_image(const struct pm_table *table, uint32_t index)
{
	return record(table, table->images, index, sizeof(struct pm_image));
}

const struct pm_right *pm_table_right(const struct pm_table *table, uint32_t index)
{
	return record(table, table->rights, index, sizeof(struct pm_right));
}

const char *pm_table_text(const struct pm_table *table, uint32_t offset)
{
	return (const char *)table + table->bytes.offset + offset;
}

/* --- header and sections --- */

int pm_check_fail(struct pm_check *c, int error, const char *name, uint32_t index,
		  const char *field)
{
	if (c->where)
		*c->where = (struct pm_table_place){ name, index, field };
	return error;
}

static int bad_header(struct pm_check *c, int error, const char *field)
{
	return pm_check_fail(c, error, "header", 0, field);
}

uint32_t pm_table_checksum(const struct pm_table *table)
{
	const unsigned char *bytes = (const unsigned char *)table;
	const size_t at = offsetof(struct pm_table, checksum), after = at + sizeof(uint32_t);
	static const unsigned char zero[sizeof(uint32_t)];
	uint32_t crc = pm_crc32(0, bytes, at);

	crc = pm_crc32(crc, zero, sizeof(zero));
	return pm_crc32(crc, bytes + after, table->size - after);
}

static int check_header(struct pm_check *c, size_t size)
{
	const struct pm_table *t = c->table;

	if (((uintptr_t)t & (PM_TABLE_ALIGN - 1)))
		return bad_header(c, PM_TABLE_MISALIGNED, "magic");
	if (size < sizeof(*t))
		return bad_header(c, PM_TABLE_TRUNCATED, "size");
	if (t->magic != PM_TABLE_MAGIC)
		return bad_header(c, PM_TABLE_BAD_MAGIC, "magic");
	if (t->version != PM_TABLE_VERSION)
		return bad_header(c, PM_TABLE_BAD_VERSION, "version");
	if (t->size < sizeof(*t) || t->size % PM_TABLE_ALIGN || t->size > PM_TABLE_MAX)
		return bad_header(c, PM_TABLE_BAD_SIZE, "size");
	if (t->size > size)
		return bad_header(c, PM_TABLE_TRUNCATED, "size");
	if (t->checksum != pm_table_checksum(t))
		return bad_header(c, PM_TABLE_BAD_CHECKSUM, "checksum");
	return t->reserved ? bad_header(c, PM_TABLE_BAD_VALUE, "reserved") : PM_TABLE_OK;
}

/* Sections follow one another: each begins where the one before ends. */
static int check_sections(struct pm_check *c)
{
	const struct pm_table *t = c->table;
	const struct {
		const char *name;
		const struct pm_section *section;
		uint32_t size, max;
	} rows[] = {
		{ "domains", &t->domains, sizeof(struct pm_domain), PM_DOMAINS_MAX },
		{ "cpus", &t->cpus, sizeof(struct pm_cpu), PM_RECORDS_MAX },
		{ "regions", &t->regions, sizeof(struct pm_region), PM_RECORDS_MAX },
		{ "irqs", &t->irqs, sizeof(struct pm_irq), PM_RECORDS_MAX },
		{ "links", &t->links, sizeof(struct pm_link), PM_LINKS_MAX },
		{ "images", &t->images, sizeof(struct pm_image), PM_RECORDS_MAX },
		{ "rights", &t->rights, sizeof(struct pm_right), PM_RECORDS_MAX },
		{ "bytes", &t->bytes, 1, PM_TABLE_MAX },
	};
	uint32_t at = sizeof(*t);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct pm_section *s = rows[i].section;

		if (s->offset != at || s->count > rows[i].max ||
		    s->count > (t->size - at) / rows[i].size)
			return bad_header(c, PM_TABLE_BAD_SECTION, rows[i].name);
		at += s->count * rows[i].size;
	}
	return at == t->size ? PM_TABLE_OK : bad_header(c, PM_TABLE_BAD_SECTION, "bytes");
}

/* A text that runs on ends with the last byte of all. */
static int check_bytes(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	if (!t->bytes.count || pm_table_text(t, t->bytes.count - 1)[0])
		return bad_header(c, PM_TABLE_BAD_NAME, "bytes");
	return PM_TABLE_OK;
}

bool pm_check_text(const struct pm_check *c, uint32_t offset)
{
	uint32_t count = c->table->bytes.count;

	for (uint32_t i = 0; i < PM_TEXT_MAX && offset < count && i < count - offset; i++) {
		unsigned char ch = (unsigned char)pm_table_text(c->table, offset)[i];

		if (!ch)
			return true;
		if (ch < 0x20 || ch == 0x7f)
			return false;
	}
	return false;
}

bool pm_check_name(const struct pm_check *c, uint32_t offset)
{
	return pm_check_text(c, offset) && pm_table_text(c->table, offset)[0];
}

int pm_table_check(const void *data, size_t size, struct pm_table_place *where)
{
	struct pm_check c = { data, where };
	int error = check_header(&c, size);

	if (!error)
		error = check_sections(&c);
	if (!error)
		error = check_bytes(&c);
	if (!error)
		error = pm_check_kinds(&c);
	if (!error)
		error = pm_check_records(&c);
	if (!error)
		error = pm_check_manager(&c);
	if (!error)
		error = pm_check_relations(&c);
	if (!error)
		error = pm_check_links(&c);
	return error;
}
