/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stands in for the manager in a boot image: takes directory, table and images as a manager does,
 * by the same validators, and prints the table in the words of `sdtgen table`, shortened. Runs at
 * EL2 with the MMU off, so every access is aligned (-mstrict-align). No libc.
 */
#include "runtime/abi/directory.h"

extern const char end[]; /* of the linker script */

void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n);
int manage(const void *dtb, uint64_t loaded, uint64_t linked);

void *memcpy(void *to, const void *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((volatile char *)to)[i] = ((const char *)from)[i];
	return to;
}

void *memset(void *to, int c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((volatile char *)to)[i] = (char)c;
	return to;
}

static volatile uint32_t *uart = (volatile uint32_t *)0x9000000; /* until the table says where */

static void put(const char *text)
{
	for (; *text; text++) {
		while (uart[0x18 / 4] & 1u << 5) /* PL011 UARTFR.TXFF */
			;
		uart[0] = (unsigned char)*text;
	}
}

static void put_number(uint64_t v, unsigned base)
{
	char text[24], *at = text + sizeof(text);

	*--at = '\0';
	do {
		*--at = "0123456789abcdef"[v % base];
		v /= base;
	} while (v);
	put(at);
}

static void put_hex(uint64_t v)
{
	put("0x");
	put_number(v, 16);
}

/* --- the table --- */

static void put_region(const struct pm_region *r)
{
	static const char *const kinds[] = { "memory",	"device", "window", "doorbell",
					     "console", "shared", "slot",   "intc" };

	put("  ");
	put(kinds[r->kind]);
	put(" [");
	put_hex(r->guest);
	put("..");
	put_hex(r->guest + r->size - 1);
	put("]\n");
}

static void put_cpus(const struct pm_table *t, const struct pm_domain *d)
{
	put("  CPUs ");
	for (uint32_t i = 0; i < d->n_cpus; i++) {
		put(i ? ", " : "");
		put_hex(pm_table_cpu(t, d->cpu + i)->hwid);
	}
	put("\n");
}

static void put_domain(const struct pm_table *t, const struct pm_domain *d)
{
	put("domain ");
	put(pm_table_text(t, d->name));
	put("\n");
	put_cpus(t, d);
	for (uint32_t i = 0; i < d->n_regions; i++)
		put_region(pm_table_region(t, d->region + i));
	for (uint32_t i = 0; i < d->n_irqs; i++) {
		put("  interrupt ");
		put_number(pm_table_irq(t, d->irq + i)->intid, 10);
		put("\n");
	}
	for (uint32_t i = 0; i < d->n_images; i++) {
		put("  image `");
		put(pm_table_text(t, pm_table_image(t, d->image + i)->name));
		put("`\n");
	}
}

static void put_table(const struct pm_table *t)
{
	put("manager\n");
	for (uint32_t i = 0; i < t->regions.count; i++)
		if (pm_table_region(t, i)->domain == PM_NONE)
			put_region(pm_table_region(t, i));
	for (uint32_t i = 0; i < t->domains.count; i++)
		put_domain(t, pm_table_domain(t, i));
	for (uint32_t i = 0; i < t->links.count; i++) {
		put("link ");
		put(pm_table_text(t, pm_table_link(t, i)->name));
		put("\n");
	}
}

/* --- the directory --- */

static int fail(const char *what, const char *why, const struct pm_table_place *where)
{
	put(what);
	put(why);
	put(" (");
	put(where->record);
	put(" ");
	put_number(where->index, 10);
	put(", ");
	put(where->field);
	put(")\n");
	return 1;
}

static int check_images(const struct pm_directory *d)
{
	struct pm_table_place where;

	for (uint32_t i = 0; i < d->count; i++) {
		int error = pm_directory_check_image(d, i, NULL, NULL, &where);

		if (error)
			return fail("image: ", pm_directory_strerror(error), &where);
	}
	put("images: ");
	put_number(d->count, 10);
	put(" sound\n");
	return 0;
}

static unsigned exception_level(void)
{
	uint64_t level;

	__asm__ volatile("mrs %0, CurrentEL" : "=r"(level));
	return level >> 2 & 3;
}

int manage(const void *dtb, uint64_t loaded, uint64_t linked)
{
	const struct pm_directory *d = (const void *)(uintptr_t)pm_directory_align((uintptr_t)end);
	struct pm_table_place where;
	const struct pm_table *table;
	uint64_t size;
	int error;

	put("EL");
	put_number(exception_level(), 10);
	put(dtb ? ", device tree given\n" : ", no device tree\n");
	if (loaded != linked) {
		put("loaded at ");
		put_hex(loaded);
		put(", belongs at ");
		put_hex(linked);
		put("\n");
		return 1;
	}
	/* What boot loaders were told that it takes. */
	size = *(const uint64_t *)(linked + PM_LINUX_SIZE);
	error = pm_directory_check(d, linked + size - (uintptr_t)d, &where);
	if (error)
		return fail("directory: ", pm_directory_strerror(error), &where);
	if (d->load != (uintptr_t)d) {
		put("directory: it belongs elsewhere\n");
		return 1;
	}
	table = pm_directory_table(d);
	uart = (volatile uint32_t *)pm_table_region(table, table->uart)->phys;
	put_table(table);
	return check_images(d);
}
