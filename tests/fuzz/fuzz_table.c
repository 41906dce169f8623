/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any bytes as a partition table, as they are and then with magic, size, sections and
 * checksum made good, so that the records are what is looked at. What the validator takes is used
 * as a manager uses it, without a second look, and shown.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "ipc/abi/resource_table.h"
#include "lopper-c/emit/inspect.h"
#include "runtime/abi/partition.h"

/* Gives the sections their places; counts stay, but for what does not fit. */
static void repair(struct pm_table *t, uint32_t size)
{
	const struct {
		struct pm_section *section;
		size_t record;
	} rows[] = {
		{ &t->domains, sizeof(struct pm_domain) }, { &t->cpus, sizeof(struct pm_cpu) },
		{ &t->regions, sizeof(struct pm_region) }, { &t->irqs, sizeof(struct pm_irq) },
		{ &t->links, sizeof(struct pm_link) },	   { &t->images, sizeof(struct pm_image) },
		{ &t->rights, sizeof(struct pm_right) },
	};
	uint32_t at = sizeof(*t);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t room = (size - at) / (uint32_t)rows[i].record;

		rows[i].section->offset = at;
		if (rows[i].section->count > room)
			rows[i].section->count = room;
		at += rows[i].section->count * (uint32_t)rows[i].record;
	}
	t->bytes = (struct pm_section){ at, size - at };
	if (size > at)
		((char *)t)[size - 1] = '\0';
	t->magic = PM_TABLE_MAGIC;
	t->version = PM_TABLE_VERSION;
	t->size = size;
	t->checksum = pm_table_checksum(t);
}

static uint64_t use_text(const struct pm_table *t, uint32_t offset)
{
	return strlen(pm_table_text(t, offset));
}

static void use_region(const struct pm_table *t, const struct pm_region *r)
{
	const uint64_t low = pm_granule(t->isa) - 1;

	if (((r->guest | r->phys | r->size) & low) || r->guest + (r->size - 1) < r->guest)
		abort();
	use_text(t, r->name);
}

/* Copies the pristine table to where the manager would put it. */
static void use_link(const struct pm_table *t, const struct pm_link *l)
{
	const struct pm_region *window = pm_table_region(t, l->host_window);
	unsigned char copy[4096];

	if (window->phys != pm_table_region(t, l->remote_window)->phys ||
	    l->ring[0] >= window->size || l->ring[1] >= window->size)
		abort();
	if (l->table == PM_NONE)
		return;
	if (l->table + (uint64_t)l->table_size > window->size)
		abort();
	if (l->table_size <= sizeof(copy))
		memcpy(copy, pm_table_text(t, l->pristine), l->table_size);
}

static void use_domain(const struct pm_table *t, uint32_t d)
{
	const struct pm_domain *domain = pm_table_domain(t, d);

	use_text(t, domain->name);
	for (uint32_t i = 0; i < domain->n_regions; i++)
		if (pm_table_region(t, domain->region + i)->domain != d)
			abort();
	for (uint32_t i = 0; i < domain->n_irqs; i++)
		use_text(t, pm_table_irq(t, domain->irq + i)->name);
	for (uint32_t i = 0; i < domain->n_images; i++)
		use_text(t, pm_table_image(t, domain->image + i)->name);
	if (domain->slot != PM_NONE && pm_table_region(t, domain->slot)->domain != PM_NONE)
		abort();
}

static void show(const struct pm_table *t)
{
	struct lop_buf out = { 0 };

	lop_emit_table_text(t, "fuzz.bin", &out);
	lop_emit_table_json(t, "fuzz.bin", &out);
	lop_buf_free(&out);
}

static void use(const struct pm_table *t)
{
	use_text(t, t->name);
	use_region(t, pm_table_region(t, t->memory));
	for (uint32_t i = 0; i < t->regions.count; i++)
		use_region(t, pm_table_region(t, i));
	for (uint32_t i = 0; i < t->domains.count; i++)
		use_domain(t, i);
	for (uint32_t i = 0; i < t->links.count; i++)
		use_link(t, pm_table_link(t, i));
	show(t);
}

static void try(const struct pm_table *t, size_t size)
{
	struct pm_table_place where = { 0 };
	int error = pm_table_check(t, size, &where);

	if (!error)
		use(t);
	else if (where.record == NULL || where.field == NULL ||
		 pm_table_strerror(error) == pm_table_strerror(1))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_table *copy = malloc(size ? size : 1);

	if (copy == NULL)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	try(copy, size);
	if (size >= sizeof(*copy)) {
		repair(copy, (uint32_t)size & ~(PM_TABLE_ALIGN - 1));
		try(copy, size);
	}
	free(copy);
	return 0;
}
