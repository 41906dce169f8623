/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The validator of partition tables: a good one, and one broken field after the other with the
 * error and the place it gets. What a manager relies on is a row here.
 */
#include "runtime/abi/partition.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/unit/good_table.h"

static struct good_table g;

static int setup(void **state)
{
	(void)state;
	good_table_make(&g);
	return 0;
}

/* The table as it stands, in memory without slack; size bytes of it. */
static int check(size_t size, struct pm_table_place *where)
{
	unsigned char *copy = exact(&g, size);
	int error = pm_table_check(copy, size, where);

	free(copy);
	return error;
}

static void fails(int error, const char *record, uint32_t index, const char *field)
{
	struct pm_table_place where = { "", 0, "" };

	g.header.checksum = pm_table_checksum(&g.header);
	assert_int_equal(check(sizeof(g), &where), error);
	assert_string_equal(where.record, record);
	assert_string_equal(where.field, field);
	assert_int_equal(where.index, index);
	assert_int_equal(check(sizeof(g), NULL), error);
}

static void passes(void)
{
	struct pm_table_place where = { "", 0, "" };

	g.header.checksum = pm_table_checksum(&g.header);
	check(sizeof(g), &where);
	assert_string_equal(where.record, "");
	assert_string_equal(where.field, "");
	assert_int_equal(check(sizeof(g), NULL), PM_TABLE_OK);
}

static void test_a_good_table(void **state)
{
	const struct pm_table *t = &g.header;

	(void)state;
	passes();
	assert_string_equal(pm_table_text(t, t->name), "demo");
	assert_string_equal(pm_table_text(t, pm_table_domain(t, RTOS)->name), "rtos");
	assert_int_equal(pm_table_cpu(t, 2)->hwid, 2);
	assert_int_equal(pm_table_region(t, RTOS_TRACE)->guest, 0x48500000);
	assert_int_equal(pm_table_irq(t, LINUX_IRQ_TIMER)->intid, 27);
	assert_int_equal(pm_table_link(t, 1)->buffer_count[1], 8);
	assert_int_equal(pm_table_image(t, LINUX_INITRD)->kind, PM_IMAGE_INITRD);
	assert_int_equal(pm_table_right(t, 1)->target, LINUX);
}

static void test_crc32(void **state)
{
	(void)state;
	assert_int_equal(pm_crc32(0, "123456789", 9), 0xcbf43926);
	assert_int_equal(pm_crc32(pm_crc32(0, "1234", 4), "56789", 5), 0xcbf43926);
	assert_int_equal(pm_crc32(0, "", 0), 0);
}

/* Every prefix is too short; more than the table is fine. */
static void test_truncation(void **state)
{
	unsigned char *longer;

	(void)state;
	for (size_t size = 0; size < sizeof(g); size++)
		assert_int_equal(check(size, NULL), PM_TABLE_TRUNCATED);
	longer = malloc(sizeof(g) + 100);
	assert_non_null(longer);
	memset(longer, 0xff, sizeof(g) + 100);
	memcpy(longer, &g, sizeof(g));
	assert_int_equal(pm_table_check(longer, sizeof(g) + 100, NULL), PM_TABLE_OK);
	free(longer);
}

/* One bit or one byte changed anywhere: refused, by the checksum but for what stands before it. */
static void test_corruption(void **state)
{
	unsigned char *copy = exact(&g, sizeof(g));
	const size_t checksum = offsetof(struct pm_table, checksum);

	(void)state;
	for (size_t at = 0; at < sizeof(g); at++) {
		for (unsigned k = 0; k < 9; k++) {
			int error;

			copy[at] ^= (unsigned char)(k < 8 ? 1u << k : 0xff);
			error = pm_table_check(copy, sizeof(g), NULL);
			assert_int_not_equal(error, PM_TABLE_OK);
			if (at >= checksum)
				assert_int_equal(error, PM_TABLE_BAD_CHECKSUM);
			copy[at] ^= (unsigned char)(k < 8 ? 1u << k : 0xff);
		}
	}
	free(copy);
}

/* The same with the checksum made anew, as by somebody who means it: passes or fails, no more. */
static void test_forgery(void **state)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	struct good_table *copy = (struct good_table *)exact(&g, sizeof(g));
	unsigned char *bytes = (unsigned char *)copy;

	(void)state;
	for (size_t at = 16; at < sizeof(g); at++) {
		for (size_t k = 0; k < sizeof(values); k++) {
			bytes[at] = values[k];
			copy->header.checksum = pm_table_checksum(&copy->header);
			pm_table_check(copy, sizeof(g), NULL);
		}
		bytes[at] = ((const unsigned char *)&g)[at];
	}
	free(copy);
}

static void test_misaligned(void **state)
{
	unsigned char *copy = malloc(sizeof(g) + 8);
	struct pm_table_place where;

	(void)state;
	assert_non_null(copy);
	memcpy(copy + 4, &g, sizeof(g));
	assert_int_equal(pm_table_check(copy + 4, sizeof(g), &where), PM_TABLE_MISALIGNED);
	assert_string_equal(where.record, "header");
	free(copy);
}

static void test_header(void **state)
{
	(void)state;
	g.header.magic = UINT32_C(0x504d5442); /* as a big endian machine reads it */
	fails(PM_TABLE_BAD_MAGIC, "header", 0, "magic");
	good_table_make(&g);
	g.header.version = PM_TABLE_VERSION + 1;
	fails(PM_TABLE_BAD_VERSION, "header", 0, "version");
	good_table_make(&g);
	g.header.checksum ^= 1;
	assert_int_equal(check(sizeof(g), NULL), PM_TABLE_BAD_CHECKSUM);
}

/* The size is looked at before the checksum, which depends on it. */
static void test_sizes(void **state)
{
	static const uint32_t bad[] = { 0, 128, sizeof(g) - 4, PM_TABLE_MAX + 8, UINT32_MAX };
	struct pm_table_place where;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		g.header.size = bad[i];
		assert_int_equal(check(sizeof(g), &where), PM_TABLE_BAD_SIZE);
		assert_string_equal(where.field, "size");
	}
	g.header.size = sizeof(g) + 8;
	assert_int_equal(check(sizeof(g), &where), PM_TABLE_TRUNCATED);
	assert_string_equal(where.field, "size");
	g.header.size = sizeof(g) - 8;
	fails(PM_TABLE_BAD_SECTION, "header", 0, "bytes");
}

/* --- one field at a time --- */

struct row {
	size_t at, size;
	uint64_t value;
	int error; /* PM_TABLE_OK: such a table passes */
	const char *record;
	uint32_t index;
	const char *field;
};

#define AT(member) offsetof(struct good_table, member), sizeof(((struct good_table *)0)->member)

static void try_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		good_table_make(&g);
		/* the table of a little endian machine, as its reader wants it */
		memcpy((unsigned char *)&g + rows[i].at, &rows[i].value, rows[i].size);
		if (rows[i].error == PM_TABLE_OK)
			passes();
		else
			fails(rows[i].error, rows[i].record, rows[i].index, rows[i].field);
	}
}

#define TRY(rows) try_rows((rows), sizeof(rows) / sizeof((rows)[0]))

enum {
	INDEX = PM_TABLE_BAD_INDEX,
	VALUE = PM_TABLE_BAD_VALUE,
	RANGE = PM_TABLE_BAD_RANGE,
	NAME = PM_TABLE_BAD_NAME,
	LINK = PM_TABLE_BAD_LINK,
	RSC = PM_TABLE_BAD_RSC,
	TWICE = PM_TABLE_TWICE,
	OVERLAP = PM_TABLE_OVERLAP,
	SECTION = PM_TABLE_BAD_SECTION,
};

static void test_sections(void **state)
{
	static const struct row rows[] = {
		{ AT(header.domains.offset), 0, SECTION, "header", 0, "domains" },
		{ AT(header.domains.count), PM_DOMAINS_MAX + 1, SECTION, "header", 0, "domains" },
		{ AT(header.domains.count), 1, SECTION, "header", 0, "cpus" },
		{ AT(header.cpus.count), UINT32_MAX, SECTION, "header", 0, "cpus" },
		{ AT(header.regions.offset), 8, SECTION, "header", 0, "regions" },
		{ AT(header.regions.count), 0x10000001, SECTION, "header", 0, "regions" },
		{ AT(header.irqs.count), 0, SECTION, "header", 0, "links" },
		{ AT(header.links.count), PM_LINKS_MAX + 1, SECTION, "header", 0, "links" },
		{ AT(header.images.offset), UINT32_MAX, SECTION, "header", 0, "images" },
		{ AT(header.rights.count), 100, SECTION, "header", 0, "rights" },
		{ AT(header.bytes.count), N_BYTES - 8, SECTION, "header", 0, "bytes" },
		{ AT(header.bytes.count), N_BYTES + 8, SECTION, "header", 0, "bytes" },
		{ AT(bytes[N_BYTES - 1]), 'x', NAME, "header", 0, "bytes" },
	};

	(void)state;
	TRY(rows);
}

static void test_manager(void **state)
{
	static const struct row rows[] = {
		{ AT(header.isa), 0, VALUE, "header", 0, "isa" },
		{ AT(header.isa), 4, VALUE, "header", 0, "isa" },
		{ AT(header.isa), PM_ISA_RISCV64, VALUE, "header", 0, "intc_kind" },
		{ AT(header.intc_kind), 5, VALUE, "header", 0, "intc_kind" },
		{ AT(header.uart_kind), 4, VALUE, "header", 0, "uart_kind" },
		{ AT(header.reserved), 1, VALUE, "header", 0, "reserved" },
		{ AT(header.name), N_BYTES, NAME, "header", 0, "name" },
		{ AT(header.cpu), N_CPUS, INDEX, "header", 0, "cpu" },
		{ AT(header.cpu), PM_NONE, INDEX, "header", 0, "cpu" },
		{ AT(header.memory), PM_NONE, INDEX, "header", 0, "memory" },
		{ AT(header.memory), N_REGIONS, INDEX, "header", 0, "memory" },
		{ AT(header.memory), LINUX_MEMORY, INDEX, "header", 0, "memory" },
		{ AT(header.memory), MANAGER_SLOT, INDEX, "header", 0, "memory" },
		{ AT(regions[MANAGER_MEMORY].flags), 3, INDEX, "header", 0, "memory" },
		{ AT(regions[MANAGER_MEMORY].type), 1, VALUE, "header", 0, "memory" },
		{ AT(header.ram), 0, PM_TABLE_OK, NULL, 0, NULL },
		{ AT(header.ram), 0x40001000, RANGE, "header", 0, "ram" },
		{ AT(header.ram), UINT64_MAX, RANGE, "header", 0, "ram" },
		{ AT(header.uart), PM_NONE, INDEX, "header", 0, "uart" },
		{ AT(header.uart), LINUX_RTC, INDEX, "header", 0, "uart" },
		{ AT(header.uart), MANAGER_MEMORY, INDEX, "header", 0, "uart" },
		{ AT(header.uart_kind), PM_UART_NONE, INDEX, "header", 0, "uart" },
		{ AT(regions[MANAGER_UART].flags), 1, INDEX, "header", 0, "uart" },
		{ AT(header.intc), PM_NONE, INDEX, "header", 0, "intc" },
		{ AT(header.intc), MANAGER_UART, TWICE, "header", 0, "intc" },
		{ AT(header.redist), PM_NONE, INDEX, "header", 0, "redist" },
		{ AT(header.redist_stride), 0, VALUE, "header", 0, "redist_stride" },
		{ AT(header.redist_stride), 0x10000, VALUE, "header", 0, "redist_stride" },
		{ AT(header.redist_stride), 0x20001, VALUE, "header", 0, "redist_stride" },
		{ AT(header.redist_stride), 0x1000000, VALUE, "header", 0, "redist_stride" },
		{ AT(header.redist_stride), 0x40000, PM_TABLE_OK, NULL, 0, NULL },
		{ AT(header.intc_kind), PM_INTC_GICV2, INDEX, "header", 0, "redist" },
		{ AT(header.uart_irq), 31, VALUE, "header", 0, "uart_irq" },
		{ AT(header.uart_irq), 1020, VALUE, "header", 0, "uart_irq" },
		{ AT(header.uart_irq), PM_NONE, PM_TABLE_OK, NULL, 0, NULL },
		{ AT(header.maintenance_irq), 32, VALUE, "header", 0, "maintenance_irq" },
		{ AT(header.maintenance_irq), 15, VALUE, "header", 0, "maintenance_irq" },
		{ AT(header.maintenance_irq), PM_NONE, PM_TABLE_OK, NULL, 0, NULL },
	};

	(void)state;
	TRY(rows);
}

static void test_domains(void **state)
{
	static const struct row rows[] = {
		{ AT(domains[1].name), N_BYTES, NAME, "domain", 1, "name" },
		{ AT(domains[1].name), UINT32_MAX, NAME, "domain", 1, "name" },
		{ AT(domains[1].name), N_BYTES - 1, NAME, "domain", 1, "name" },
		{ AT(domains[1].os), 3, VALUE, "domain", 1, "os" },
		{ AT(domains[1].flags), 2, VALUE, "domain", 1, "flags" },
		{ AT(domains[1].restart), 3, VALUE, "domain", 1, "restart" },
		{ AT(domains[1].console), 3, VALUE, "domain", 1, "console" },
		{ AT(domains[1].n_cpus), 0, INDEX, "domain", 1, "cpu" },
		{ AT(domains[1].n_cpus), UINT32_MAX, INDEX, "domain", 1, "cpu" },
		{ AT(domains[1].cpu), UINT32_MAX, INDEX, "domain", 1, "cpu" },
		{ AT(domains[1].region), UINT32_MAX, INDEX, "domain", 1, "region" },
		{ AT(domains[1].n_irqs), 100, INDEX, "domain", 1, "irq" },
		{ AT(domains[1].image), 5, INDEX, "domain", 1, "image" },
		{ AT(domains[1].n_rights), 2, INDEX, "domain", 1, "right" },
		{ AT(domains[1].console_region), PM_NONE, INDEX, "domain", 1, "console_region" },
		{ AT(domains[1].console_region), N_REGIONS, INDEX, "domain", 1, "console_region" },
		{ AT(domains[1].console_region), RTOS_TRACE, INDEX, "domain", 1, "console_region" },
		{ AT(domains[1].console), PM_CONSOLE_NONE, INDEX, "domain", 1, "console_region" },
		{ AT(domains[1].console_irq), N_IRQS, INDEX, "domain", 1, "console_irq" },
		{ AT(domains[1].console_irq), LINUX_IRQ_CONSOLE, INDEX, "domain", 1,
		  "console_irq" },
		{ AT(domains[1].console_irq), RTOS_IRQ_TIMER, INDEX, "domain", 1, "console_irq" },
		{ AT(domains[1].console_irq), PM_NONE, PM_TABLE_OK, NULL, 0, NULL },
		{ AT(domains[1].trace), N_REGIONS, INDEX, "domain", 1, "trace" },
		{ AT(domains[1].trace), LINUX_MEMORY, INDEX, "domain", 1, "trace" },
		{ AT(domains[1].trace), RTOS_WINDOW0, INDEX, "domain", 1, "trace" },
		{ AT(domains[1].slot), N_REGIONS, INDEX, "domain", 1, "slot" },
		{ AT(domains[1].slot), RTOS_MEMORY, INDEX, "domain", 1, "slot" },
		{ AT(domains[1].slot), MANAGER_MEMORY, INDEX, "domain", 1, "slot" },
		{ AT(domains[0].slot), MANAGER_SLOT, TWICE, "domain", 1, "slot" },
		{ AT(domains[1].entry), 0x47fffffc, RANGE, "domain", 1, "entry" },
		{ AT(domains[1].entry), 0x48400000, RANGE, "domain", 1, "entry" },
		{ AT(domains[1].entry), 0x48500000, RANGE, "domain", 1, "entry" },
		{ AT(domains[1].entry), 0, PM_TABLE_OK, NULL, 0, NULL },
		{ AT(domains[0].dtb), 0x4a000000, RANGE, "domain", 0, "dtb" },
		{ AT(domains[0].dtb), UINT64_MAX, RANGE, "domain", 0, "dtb" },
	};

	(void)state;
	TRY(rows);
}

/* What is somebody's lies in his slice, and nothing else does. */
static void test_ownership(void **state)
{
	static const struct row rows[] = {
		{ AT(cpus[1].domain), PM_NONE, INDEX, "cpu", 1, "domain" },
		{ AT(cpus[1].domain), RTOS, INDEX, "cpu", 1, "domain" },
		{ AT(cpus[3].domain), LINUX, INDEX, "cpu", 3, "domain" },
		{ AT(cpus[3].domain), N_DOMAINS, INDEX, "cpu", 3, "domain" },
		{ AT(cpus[3].reserved), 1, VALUE, "cpu", 3, "reserved" },
		{ AT(cpus[3].hwid), 0, TWICE, "cpu", 3, "hwid" },
		{ AT(domains[0].n_cpus), 1, INDEX, "cpu", 1, "domain" },
		{ AT(domains[0].n_cpus), 3, INDEX, "cpu", 2, "domain" },
		{ AT(regions[LINUX_MEMORY].domain), RTOS, INDEX, "region", LINUX_MEMORY, "domain" },
		{ AT(regions[RTOS_TRACE].domain), PM_NONE, INDEX, "region", RTOS_TRACE, "domain" },
		{ AT(irqs[0].domain), RTOS, INDEX, "irq", 0, "domain" },
		{ AT(irqs[0].domain), PM_NONE, INDEX, "irq", 0, "domain" },
		{ AT(images[0].domain), RTOS, INDEX, "image", 0, "domain" },
		{ AT(rights[0].domain), PM_NONE, INDEX, "right", 0, "domain" },
	};

	(void)state;
	TRY(rows);
}

static void test_regions(void **state)
{
	static const struct row rows[] = {
		{ AT(regions[5].size), 0, RANGE, "region", 5, "size" },
		{ AT(regions[5].size), 0x1001, RANGE, "region", 5, "size" },
		{ AT(regions[5].size), UINT64_C(0xfffffffffffff000), RANGE, "region", 5, "size" },
		{ AT(regions[5].guest), 0x50000800, RANGE, "region", 5, "guest" },
		{ AT(regions[5].guest), 0xfffff0000000, PM_TABLE_BAD_RANGE, "domain", 0, "dtb" },
		{ AT(regions[5].guest), 0xfffff0001000, RANGE, "region", 5, "guest" },
		{ AT(regions[5].guest), UINT64_C(0xfffffffffffff000), RANGE, "region", 5, "guest" },
		{ AT(regions[5].phys), 0x50000800, RANGE, "region", 5, "phys" },
		{ AT(regions[5].phys), UINT64_C(0xfffffffffffff000), RANGE, "region", 5, "phys" },
		{ AT(regions[5].phys), 0x90000000, PM_TABLE_OK, NULL, 0, NULL },
		{ AT(regions[MANAGER_UART].guest), 0x9001000, RANGE, "region", 1, "guest" },
		{ AT(regions[5].kind), 8, VALUE, "region", 5, "kind" },
		{ AT(regions[5].kind), UINT32_MAX, VALUE, "region", 5, "kind" },
		{ AT(regions[5].flags), 16, VALUE, "region", 5, "flags" },
		{ AT(regions[5].flags), 6, VALUE, "region", 5, "flags" },
		{ AT(regions[5].flags), 15, VALUE, "region", 5, "flags" },
		{ AT(regions[5].type), 3, VALUE, "region", 5, "type" },
		{ AT(regions[5].type), UINT32_MAX, VALUE, "region", 5, "type" },
		{ AT(regions[5].type), PM_TYPE_DEVICE, VALUE, "region", 5, "type" },
		{ AT(regions[5].domain), N_DOMAINS, INDEX, "region", 5, "domain" },
		{ AT(regions[5].link), 0, INDEX, "region", 5, "link" },
		{ AT(regions[5].name), N_BYTES, NAME, "region", 5, "name" },
		{ AT(regions[LINUX_RTC].type), 0, VALUE, "region", LINUX_RTC, "type" },
		{ AT(regions[LINUX_RTC].flags), 7, VALUE, "region", LINUX_RTC, "flags" },
		{ AT(regions[LINUX_RTC].flags), 2, VALUE, "region", LINUX_RTC, "flags" },
		{ AT(regions[LINUX_SHARED].domain), PM_NONE, INDEX, "region", LINUX_SHARED,
		  "domain" },
		{ AT(regions[MANAGER_SLOT].domain), 1, INDEX, "region", MANAGER_SLOT, "domain" },
		{ AT(regions[MANAGER_SLOT].flags), 7, VALUE, "region", MANAGER_SLOT, "flags" },
	};

	(void)state;
	TRY(rows);
	good_table_make(&g);
	g.regions[LINUX_SHARED].type = g.regions[RTOS_SHARED].type = PM_TYPE_DEVICE;
	passes();
	g.regions[LINUX_SHARED].flags = 7;
	fails(PM_TABLE_BAD_VALUE, "region", LINUX_SHARED, "flags");
}

static void test_windows_and_virtual_regions(void **state)
{
	static const struct row rows[] = {
		{ AT(regions[LINUX_WINDOW0].flags), 1, VALUE, "region", LINUX_WINDOW0, "flags" },
		{ AT(regions[LINUX_WINDOW0].flags), 7, VALUE, "region", LINUX_WINDOW0, "flags" },
		{ AT(regions[LINUX_WINDOW0].link), N_LINKS, INDEX, "region", LINUX_WINDOW0,
		  "link" },
		{ AT(regions[LINUX_WINDOW0].link), PM_NONE, INDEX, "region", LINUX_WINDOW0,
		  "link" },
		{ AT(regions[LINUX_WINDOW0].link), 1, INDEX, "region", LINUX_WINDOW0, "link" },
		{ AT(regions[LINUX_WINDOW0].domain), PM_NONE, INDEX, "region", LINUX_WINDOW0,
		  "domain" },
		{ AT(regions[LINUX_BELL0].flags), 3, VALUE, "region", LINUX_BELL0, "flags" },
		{ AT(regions[LINUX_BELL0].flags), 15, VALUE, "region", LINUX_BELL0, "flags" },
		{ AT(regions[LINUX_BELL0].phys), 0x1000, RANGE, "region", LINUX_BELL0, "phys" },
		{ AT(regions[LINUX_BELL0].size), 0x2000, RANGE, "region", LINUX_BELL0, "size" },
		{ AT(regions[LINUX_BELL0].link), 1, INDEX, "region", LINUX_BELL0, "link" },
		{ AT(regions[LINUX_CONSOLE].flags), 3, VALUE, "region", LINUX_CONSOLE, "flags" },
		{ AT(regions[RTOS_INTC].flags), 3, VALUE, "region", RTOS_INTC, "flags" },
		{ AT(regions[RTOS_INTC].kind), PM_REGION_CONSOLE, INDEX, "region", RTOS_INTC,
		  "domain" },
	};

	(void)state;
	TRY(rows);
}

/* A window that no link names would give a third party what two ends share. */
static void test_a_window_too_many(void **state)
{
	(void)state;
	g.regions[RTOS_TRACE] = g.regions[RTOS_WINDOW0];
	g.domains[RTOS].trace = PM_NONE;
	fails(PM_TABLE_BAD_INDEX, "region", RTOS_TRACE, "link");
}

static void test_overlaps(void **state)
{
	static const struct row rows[] = {
		{ AT(regions[RTOS_MEMORY].phys), 0x57fff000, OVERLAP, "region", RTOS_MEMORY,
		  "phys" },
		{ AT(regions[RTOS_MEMORY].phys), 0x4ffff000, OVERLAP, "region", RTOS_MEMORY,
		  "phys" },
		{ AT(regions[RTOS_MEMORY].phys), 0x40fff000, OVERLAP, "region", RTOS_MEMORY,
		  "phys" },
		{ AT(regions[LINUX_RTC].phys), 0x9000000, OVERLAP, "region", LINUX_RTC, "phys" },
		{ AT(regions[LINUX_RTC].guest), 0x0a000000, OVERLAP, "region", LINUX_RTC, "guest" },
		{ AT(regions[RTOS_SHARED].type), 1, OVERLAP, "region", RTOS_SHARED, "phys" },
		{ AT(regions[RTOS_SHARED].phys), 0x48500000, OVERLAP, "region", RTOS_SHARED,
		  "phys" },
		{ AT(regions[RTOS_WINDOW1].phys), 0x4a000000, OVERLAP, "region", RTOS_WINDOW1,
		  "phys" },
	};

	(void)state;
	TRY(rows);
}

static void test_irqs(void **state)
{
	static const struct row rows[] = {
		{ AT(irqs[0].flags), 8, VALUE, "irq", 0, "flags" },
		{ AT(irqs[0].intid), 31, VALUE, "irq", 0, "intid" },
		{ AT(irqs[0].intid), 1020, VALUE, "irq", 0, "intid" },
		{ AT(irqs[0].intid), 33, TWICE, "irq", 0, "intid" }, /* the manager's UART */
		{ AT(irqs[0].intid), 200, TWICE, "irq", 1, "intid" },
		{ AT(irqs[0].flags), PM_IRQ_PRIVATE, VALUE, "irq", 0, "intid" },
		{ AT(irqs[LINUX_IRQ_TIMER].intid), 25, TWICE, "irq", LINUX_IRQ_TIMER, "intid" },
		{ AT(irqs[LINUX_IRQ_TIMER].intid), 32, VALUE, "irq", LINUX_IRQ_TIMER, "intid" },
		{ AT(irqs[LINUX_IRQ_TIMER].intid), 15, VALUE, "irq", LINUX_IRQ_TIMER, "intid" },
		{ AT(irqs[0].name), N_BYTES, NAME, "irq", 0, "name" },
		{ AT(irqs[0].domain), N_DOMAINS, INDEX, "irq", 0, "domain" },
	};

	(void)state;
	TRY(rows);
	good_table_make(&g);
	g.irqs[RTOS_IRQ_TIMER] = (struct pm_irq){ 34, 0, RTOS, g.irqs[0].name };
	fails(PM_TABLE_TWICE, "irq", RTOS_IRQ_TIMER, "intid");
}

static void test_images_and_rights(void **state)
{
	static const struct row rows[] = {
		{ AT(images[0].name), N_BYTES, NAME, "image", 0, "name" },
		{ AT(images[0].name), N_BYTES - 1, NAME, "image", 0, "name" },
		{ AT(images[0].kind), 4, VALUE, "image", 0, "kind" },
		{ AT(images[0].domain), N_DOMAINS, INDEX, "image", 0, "domain" },
		{ AT(images[0].reserved), 1, VALUE, "image", 0, "reserved" },
		{ AT(images[0].load), 0x48000000, RANGE, "image", 0, "load" },
		{ AT(images[0].load), 0x60000000, RANGE, "image", 0, "load" },
		{ AT(images[LINUX_DTB].kind), PM_IMAGE_INITRD, TWICE, "image", LINUX_DTB, "kind" },
		{ AT(images[LINUX_INITRD].kind), PM_IMAGE_PROGRAM, TWICE, "image", LINUX_INITRD,
		  "kind" },
		{ AT(images[LINUX_DTB].kind), PM_IMAGE_RAW, PM_TABLE_OK, NULL, 0, NULL },
		{ AT(rights[0].target), N_DOMAINS, INDEX, "right", 0, "target" },
		{ AT(rights[0].target), LINUX, INDEX, "right", 0, "target" },
		{ AT(rights[0].rights), 0, VALUE, "right", 0, "rights" },
		{ AT(rights[0].rights), 16, VALUE, "right", 0, "rights" },
		{ AT(rights[0].reserved), 1, VALUE, "right", 0, "reserved" },
	};

	(void)state;
	TRY(rows);
	good_table_make(&g);
	g.rights[1] = g.rights[0];
	g.domains[LINUX].n_rights = 2;
	g.domains[RTOS].n_rights = 0;
	fails(PM_TABLE_TWICE, "right", 1, "target");
}

static void test_link_ends(void **state)
{
	static const struct row rows[] = {
		{ AT(links[1].name), N_BYTES, NAME, "link", 1, "name" },
		{ AT(links[1].host), N_DOMAINS, INDEX, "link", 1, "host" },
		{ AT(links[1].remote), PM_NONE, INDEX, "link", 1, "remote" },
		{ AT(links[1].remote), LINUX, INDEX, "link", 1, "remote" },
		{ AT(links[1].host_window), N_REGIONS, INDEX, "link", 1, "host_window" },
		{ AT(links[1].remote_window), PM_NONE, INDEX, "link", 1, "remote_window" },
		{ AT(links[1].host_irq), N_IRQS, INDEX, "link", 1, "host_irq" },
		{ AT(links[1].remote_irq), N_IRQS, INDEX, "link", 1, "remote_irq" },
		{ AT(links[1].host_irq), RTOS_IRQ1, INDEX, "link", 1, "host_irq" },
		{ AT(links[1].host_irq), LINUX_IRQ_RTC, INDEX, "link", 1, "host_irq" },
		{ AT(links[1].remote_irq), RTOS_IRQ_TIMER, INDEX, "link", 1, "remote_irq" },
		{ AT(links[1].host_irq), LINUX_IRQ_CONSOLE, TWICE, "link", 1, "host_irq" },
		{ AT(links[1].remote_irq), RTOS_IRQ_CONSOLE, TWICE, "link", 1, "remote_irq" },
		{ AT(links[1].host_irq), LINUX_IRQ0, TWICE, "link", 1, "host_irq" },
		{ AT(links[1].host_doorbell), N_REGIONS, INDEX, "link", 1, "host_doorbell" },
		{ AT(links[1].remote_doorbell), PM_NONE, INDEX, "link", 1, "remote_doorbell" },
		{ AT(links[1].type), 2, VALUE, "link", 1, "type" },
		{ AT(links[1].type), 1, LINK, "link", 1, "host_window" },
		{ AT(regions[RTOS_WINDOW1].type), 1, LINK, "link", 1, "remote_window" },
		{ AT(regions[RTOS_WINDOW1].size), 0x11000, LINK, "link", 1, "remote_window" },
		{ AT(regions[RTOS_WINDOW1].phys), 0x4a101000, LINK, "link", 1, "remote_window" },
	};

	(void)state;
	TRY(rows);
}

/* Regions that a link names, but that are none of its own: nobody's window stays without a link. */
static void test_swapped_ends(void **state)
{
	(void)state;
	g.links[0].host_window = LINUX_WINDOW1;
	g.links[1].host_window = LINUX_WINDOW0;
	fails(PM_TABLE_BAD_INDEX, "region", LINUX_WINDOW0, "link");
	good_table_make(&g);
	g.links[0].host_window = RTOS_WINDOW0;
	g.links[0].remote_window = LINUX_WINDOW0;
	fails(PM_TABLE_BAD_INDEX, "link", 0, "host_window");
	good_table_make(&g);
	g.links[1].remote_window = LINUX_WINDOW1;
	g.links[1].host_window = RTOS_WINDOW1;
	fails(PM_TABLE_BAD_INDEX, "link", 1, "host_window");
	good_table_make(&g);
	g.links[0].host_doorbell = RTOS_BELL0;
	g.links[0].remote_doorbell = LINUX_BELL0;
	fails(PM_TABLE_BAD_INDEX, "link", 0, "host_doorbell");
	good_table_make(&g);
	g.links[0].host = RTOS;
	g.links[0].remote = LINUX;
	g.links[0].host_window = RTOS_WINDOW0;
	g.links[0].remote_window = RTOS_WINDOW0;
	fails(PM_TABLE_BAD_INDEX, "region", LINUX_WINDOW0, "link");
}

/* One region for both ends. */
static void test_one_end_only(void **state)
{
	(void)state;
	g.links[0].remote_window = LINUX_WINDOW0;
	g.regions[RTOS_WINDOW0].kind = PM_REGION_MEMORY;
	g.regions[RTOS_WINDOW0].link = PM_NONE;
	g.regions[RTOS_WINDOW0].phys = 0x60000000;
	fails(PM_TABLE_BAD_INDEX, "link", 0, "remote_window");
	good_table_make(&g);
	g.links[0].remote_doorbell = LINUX_BELL0;
	g.regions[RTOS_BELL0].kind = PM_REGION_INTC;
	g.regions[RTOS_BELL0].link = PM_NONE;
	fails(PM_TABLE_BAD_INDEX, "link", 0, "remote_doorbell");
}

/* Two domains can be host and remote of each other: two pairs. */
static void test_the_other_way_round(void **state)
{
	struct pm_link *l = &g.links[1];

	(void)state;
	l->host = RTOS;
	l->remote = LINUX;
	l->host_window = RTOS_WINDOW1;
	l->remote_window = LINUX_WINDOW1;
	l->host_doorbell = RTOS_BELL1;
	l->remote_doorbell = LINUX_BELL1;
	l->host_irq = RTOS_IRQ1;
	l->remote_irq = LINUX_IRQ1;
	fails(PM_TABLE_BAD_LINK, "link", 1, "table");
	l->table = 0xc000;
	l->table_size = GOOD_RSC_SIZE;
	l->pristine = g.links[0].pristine;
	passes();
}

static void test_link_layout(void **state)
{
	static const struct row rows[] = {
		{ AT(links[1].ring_align), 0, LINK, "link", 1, "ring_align" },
		{ AT(links[1].ring_align), 2, LINK, "link", 1, "ring_align" },
		{ AT(links[1].ring_align), 24, LINK, "link", 1, "ring_align" },
		{ AT(links[1].ring_align), 0x20000, LINK, "link", 1, "ring_align" },
		{ AT(links[1].ring_num[0]), 0, LINK, "link", 1, "ring_num" },
		{ AT(links[1].ring_num[1]), 24, LINK, "link", 1, "ring_num" },
		{ AT(links[1].ring_num[1]), 65536, LINK, "link", 1, "ring_num" },
		{ AT(links[1].ring[0]), 8, LINK, "link", 1, "ring" },
		{ AT(links[1].ring[1]), UINT32_MAX, LINK, "link", 1, "ring" },
		{ AT(links[1].ring[1]), 0xfffffff0, LINK, "link", 1, "ring" },
		{ AT(links[1].ring[1]), 0x10, LINK, "link", 1, "ring" },
		{ AT(links[0].ring[1]), 0x3800, LINK, "link", 0, "ring" },
		{ AT(links[0].ring_align), 0x10000, LINK, "link", 0, "ring" },
		{ AT(links[1].buffer_size[0]), 16, LINK, "link", 1, "buffer_size" },
		{ AT(links[1].buffer_size[1]), 30, LINK, "link", 1, "buffer_size" },
		{ AT(links[1].buffer_size[1]), 0xfffffffc, LINK, "link", 1, "buffers" },
		{ AT(links[1].buffer_count[0]), 0, LINK, "link", 1, "buffer_count" },
		{ AT(links[1].buffer_count[0]), 17, LINK, "link", 1, "buffer_count" },
		{ AT(links[1].buffers), 0x404, LINK, "link", 1, "buffers" },
		{ AT(links[1].buffers), UINT32_MAX - 7, LINK, "link", 1, "buffers" },
		{ AT(links[1].buffers), 0xb800 + 8, LINK, "link", 1, "buffers" },
		{ AT(links[1].buffers), 0xb800, PM_TABLE_OK, NULL, 0, NULL },
		{ AT(links[1].buffers), 0x200, LINK, "link", 1, "ring" },
	};

	(void)state;
	TRY(rows);
}

static void test_link_tables(void **state)
{
	static const struct row rows[] = {
		{ AT(links[0].table), 4, LINK, "link", 0, "table" },
		{ AT(links[0].table), 0x1000, LINK, "link", 0, "table" },
		{ AT(links[0].table), 0x1fff8, LINK, "link", 0, "table" },
		{ AT(links[0].table), PM_NONE, LINK, "link", 0, "table_size" },
		{ AT(links[0].table_size), 0, LINK, "link", 0, "table_size" },
		{ AT(links[1].table), 0, LINK, "link", 1, "table_size" },
		{ AT(links[1].pristine), 0, LINK, "link", 1, "pristine" },
		{ AT(links[0].pristine), N_BYTES, NAME, "link", 0, "pristine" },
		{ AT(links[0].pristine), PM_NONE, LINK, "link", 0, "pristine" },
		{ AT(links[0].pristine), 0, RSC, "link", 0, "pristine" },
		{ AT(links[0].table_size), GOOD_RSC_SIZE - 1, RSC, "link", 0, "pristine" },
		{ AT(links[0].vdev), 2, RSC, "link", 0, "vdev" },
		{ AT(links[0].vdev), UINT32_MAX, RSC, "link", 0, "vdev" },
		{ AT(links[1].vdev), 0, TWICE, "link", 1, "vdev" },
		{ AT(links[1].ring_num[1]), 8, RSC, "link", 1, "ring_num" },
		{ AT(links[1].ring_align), 32, RSC, "link", 1, "ring_align" },
		{ AT(links[1].ring[1]), 0x210, RSC, "link", 1, "ring" },
		{ AT(regions[RTOS_WINDOW1].guest), 0x4b000000, RSC, "link", 1, "ring" },
		{ AT(regions[LINUX_WINDOW1].guest), 0x4b000000, PM_TABLE_OK, NULL, 0, NULL },
		{ AT(regions[RTOS_WINDOW1].guest), 0x14a100000, RSC, "link", 1, "ring" },
	};

	(void)state;
	TRY(rows);
	good_table_make(&g);
	put32(g.bytes + g.links[0].pristine + GOOD_VDEV1 + 4, 3); /* a console, not rpmsg */
	fails(PM_TABLE_BAD_RSC, "link", 1, "vdev");
}

static void test_one_table_for_a_pair(void **state)
{
	(void)state;
	g.links[1].table = 0xc000;
	g.links[1].table_size = GOOD_RSC_SIZE;
	g.links[1].pristine = g.links[0].pristine;
	fails(PM_TABLE_TWICE, "link", 1, "table");
	g.links[0].table = PM_NONE;
	g.links[0].table_size = 0;
	g.links[0].pristine = PM_NONE;
	passes(); /* either may have it, but one must */
	g.links[1].table = PM_NONE;
	g.links[1].table_size = 0;
	g.links[1].pristine = PM_NONE;
	fails(PM_TABLE_BAD_LINK, "link", 0, "table");
}

static void test_names(void **state)
{
	(void)state;
	g.domains[RTOS].name = g.domains[LINUX].name;
	fails(PM_TABLE_TWICE, "domain", 1, "name");
	good_table_make(&g);
	g.links[1].name = g.links[0].name;
	fails(PM_TABLE_TWICE, "link", 1, "name");
	good_table_make(&g);
	g.bytes[g.domains[LINUX].name] = 0x1b; /* what a terminal would act on */
	fails(PM_TABLE_BAD_NAME, "domain", 0, "name");
	g.bytes[g.domains[LINUX].name] = 0x7f;
	fails(PM_TABLE_BAD_NAME, "domain", 0, "name");
	g.bytes[g.domains[LINUX].name] = 0xc3; /* of a longer character */
	passes();
}

static void test_long_names(void **state)
{
	const size_t size = sizeof(g) + 2048;
	struct good_table *copy = malloc(size);
	struct pm_table_place where;

	(void)state;
	assert_non_null(copy);
	memset(copy, 'x', size);
	memcpy(copy, &g, sizeof(g));
	((char *)copy)[size - 1] = '\0';
	copy->header.bytes.count += 2048;
	copy->header.size += 2048;
	copy->regions[0].name = N_BYTES + 2048 - PM_TEXT_MAX;
	copy->header.checksum = pm_table_checksum(&copy->header);
	assert_int_equal(pm_table_check(copy, size, NULL), PM_TABLE_OK);
	copy->regions[0].name--;
	copy->header.checksum = pm_table_checksum(&copy->header);
	assert_int_equal(pm_table_check(copy, size, &where), PM_TABLE_BAD_NAME);
	assert_string_equal(where.record, "region");
	free(copy);
}

/* --- the other machines --- */

static void become_riscv(void)
{
	g.header.isa = PM_ISA_RISCV64;
	g.header.intc_kind = PM_INTC_PLIC;
	g.header.redist_stride = 0;
	g.header.maintenance_irq = PM_NONE;
	g.irqs[LINUX_IRQ_TIMER].flags = g.irqs[RTOS_IRQ_TIMER].flags = 0;
	g.irqs[LINUX_IRQ_TIMER].intid = 5;
	g.irqs[RTOS_IRQ_TIMER].intid = 6;
}

static void test_riscv(void **state)
{
	(void)state;
	become_riscv();
	passes();
	g.regions[LINUX_RTC].size = 0x100; /* protection is finer than a page */
	passes();
	g.regions[LINUX_RTC].size = 0x104;
	fails(PM_TABLE_BAD_RANGE, "region", LINUX_RTC, "size");
	g.regions[LINUX_RTC].size = 0x100;
	g.regions[RTOS_TRACE].phys += 0x1000; /* nothing translates */
	fails(PM_TABLE_BAD_RANGE, "region", RTOS_TRACE, "guest");
	g.regions[RTOS_TRACE].phys -= 0x1000;
	g.irqs[0].intid = 0;
	fails(PM_TABLE_BAD_VALUE, "irq", 0, "intid");
	g.irqs[0].intid = 34;
	g.irqs[LINUX_IRQ_TIMER].flags = PM_IRQ_PRIVATE;
	fails(PM_TABLE_BAD_VALUE, "irq", LINUX_IRQ_TIMER, "intid");
	g.irqs[LINUX_IRQ_TIMER].flags = 0;
	g.header.redist = PM_NONE;
	passes();
	g.header.redist_stride = 4;
	fails(PM_TABLE_BAD_VALUE, "header", 0, "redist_stride");
	g.header.redist_stride = 0;
	g.header.maintenance_irq = 9;
	fails(PM_TABLE_BAD_VALUE, "header", 0, "maintenance_irq");
}

static void test_armv8m(void **state)
{
	(void)state;
	become_riscv();
	g.header.isa = PM_ISA_ARMV8M;
	g.header.intc_kind = PM_INTC_NVIC;
	fails(PM_TABLE_BAD_INDEX, "header", 0, "redist");
	g.header.redist = PM_NONE;
	passes();
	g.regions[LINUX_RTC].guest = g.regions[LINUX_RTC].phys = 0x100000000;
	fails(PM_TABLE_BAD_RANGE, "region", LINUX_RTC, "guest");
	g.regions[LINUX_RTC].guest = g.regions[LINUX_RTC].phys = 0xfffffff0;
	fails(PM_TABLE_BAD_RANGE, "region", LINUX_RTC, "guest");
	g.regions[LINUX_RTC].guest = g.regions[LINUX_RTC].phys = 0xfffff000;
	passes();
}

static void test_without_an_interrupt_controller(void **state)
{
	(void)state;
	g.header.intc_kind = PM_INTC_NONE;
	g.header.intc = g.header.redist = PM_NONE;
	g.header.redist_stride = 0;
	fails(PM_TABLE_BAD_VALUE, "irq", 0, "flags");
	g.irqs[0].flags |= PM_IRQ_VIRTUAL;
	g.irqs[LINUX_IRQ_TIMER].flags = g.irqs[RTOS_IRQ_TIMER].flags = PM_IRQ_VIRTUAL;
	fails(PM_TABLE_BAD_VALUE, "header", 0, "uart_irq");
	g.header.uart_irq = PM_NONE;
	fails(PM_TABLE_BAD_VALUE, "header", 0, "maintenance_irq");
	g.header.maintenance_irq = PM_NONE;
	passes();
}

static void test_texts(void **state)
{
	(void)state;
	for (int error = 0; error >= PM_TABLE_BAD_RSC; error--) {
		assert_non_null(pm_table_strerror(error));
		assert_string_not_equal(pm_table_strerror(error), "unknown error");
	}
	assert_string_equal(pm_table_strerror(1), "unknown error");
	assert_string_equal(pm_table_strerror(PM_TABLE_BAD_RSC - 1), "unknown error");
	assert_string_equal(pm_table_strerror(INT32_MIN), "unknown error");
}

#define TEST(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_good_table),
		TEST(test_crc32),
		TEST(test_truncation),
		TEST(test_corruption),
		TEST(test_forgery),
		TEST(test_misaligned),
		TEST(test_header),
		TEST(test_sizes),
		TEST(test_sections),
		TEST(test_manager),
		TEST(test_domains),
		TEST(test_ownership),
		TEST(test_regions),
		TEST(test_windows_and_virtual_regions),
		TEST(test_a_window_too_many),
		TEST(test_overlaps),
		TEST(test_irqs),
		TEST(test_images_and_rights),
		TEST(test_link_ends),
		TEST(test_swapped_ends),
		TEST(test_one_end_only),
		TEST(test_the_other_way_round),
		TEST(test_link_layout),
		TEST(test_link_tables),
		TEST(test_one_table_for_a_pair),
		TEST(test_names),
		TEST(test_long_names),
		TEST(test_riscv),
		TEST(test_armv8m),
		TEST(test_without_an_interrupt_controller),
		TEST(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
