/* SPDX-License-Identifier: BSD-3-Clause */
/* What the header says of the machine and of the manager's own things. */
#include "runtime/abi/partition_check.h"

#define BIT(n) (1u << (n))

static int bad(struct pm_check *c, int error, const char *field)
{
	return pm_check_fail(c, error, "header", 0, field);
}

uint32_t pm_granule(uint32_t isa)
{
	switch (isa) {
	case PM_ISA_RISCV64:
		return 8; /* NAPOT; a word less than 8 bytes has a form of its own that nothing
			     needs */
	case PM_ISA_ARMV8M:
		return 32;
	default:
		return 4096;
	}
}

/* --- kinds --- */

/* The interrupt controllers that go with an instruction set. */
static const uint32_t intcs_of[] = {
	[PM_ISA_ARM64] = BIT(PM_INTC_NONE) | BIT(PM_INTC_GICV2) | BIT(PM_INTC_GICV3),
	[PM_ISA_RISCV64] = BIT(PM_INTC_NONE) | BIT(PM_INTC_PLIC),
	[PM_ISA_ARMV8M] = BIT(PM_INTC_NONE) | BIT(PM_INTC_NVIC),
};

int pm_check_kinds(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	if (t->isa < PM_ISA_ARM64 || t->isa > PM_ISA_ARMV8M)
		return bad(c, PM_TABLE_BAD_VALUE, "isa");
	if (t->uart_kind > PM_UART_CMSDK)
		return bad(c, PM_TABLE_BAD_VALUE, "uart_kind");
	if (t->intc_kind > PM_INTC_NVIC || !(intcs_of[t->isa] & BIT(t->intc_kind)))
		return bad(c, PM_TABLE_BAD_VALUE, "intc_kind");
	return PM_TABLE_OK;
}

/* First and last number, of one CPU and of all; nothing where the last is below the first. */
struct intids {
	uint32_t private_first, private_last, first, last;
};

static const struct intids intids_of[] = {
	[PM_INTC_NONE] = { 1, 0, 0, 1019 }, /* virtual ones only */
	[PM_INTC_GICV2] = { 16, 31, 32, 1019 }, [PM_INTC_GICV3] = { 16, 31, 32, 1019 },
	[PM_INTC_PLIC] = { 1, 0, 1, 1023 },	[PM_INTC_NVIC] = { 1, 0, 0, 479 },
};

bool pm_check_intid(const struct pm_table *table, uint32_t intid, bool private_irq)
{
	const struct intids *row = &intids_of[table->intc_kind];

	if (private_irq)
		return intid >= row->private_first && intid <= row->private_last;
	return intid >= row->first && intid <= row->last;
}

/* --- what the manager has --- */

static bool is_own(const struct pm_table *t, uint32_t region, uint32_t kind, uint32_t rights)
{
	const struct pm_region *r;

	if (region >= t->regions.count)
		return false;
	r = pm_table_region(t, region);
	return r->domain == PM_NONE && r->kind == kind && (r->flags & rights) == rights;
}

struct device {
	const char *field;
	uint32_t region;
	bool there, may_be; /* does its kind need the region, may it have one? */
};

static int check_devices(struct pm_check *c, const struct device *devices, size_t n)
{
	const uint32_t rights = PM_REGION_READ | PM_REGION_WRITE;

	for (size_t i = 0; i < n; i++) {
		uint32_t region = devices[i].region;

		if (region == PM_NONE && !devices[i].there)
			continue;
		if (!devices[i].may_be || !is_own(c->table, region, PM_REGION_DEVICE, rights))
			return bad(c, PM_TABLE_BAD_INDEX, devices[i].field);
		for (size_t k = 0; k < i; k++)
			if (devices[k].region == region)
				return bad(c, PM_TABLE_TWICE, devices[i].field);
	}
	return PM_TABLE_OK;
}

/* The manager runs and writes in its memory. */
static int check_memory(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	if (!is_own(t, t->memory, PM_REGION_MEMORY, PM_REGION_RIGHTS))
		return bad(c, PM_TABLE_BAD_INDEX, "memory");
	if (pm_table_region(t, t->memory)->type != PM_TYPE_WRITE_BACK)
		return bad(c, PM_TABLE_BAD_VALUE, "memory");
	if (t->ram > pm_table_region(t, t->memory)->phys)
		return bad(c, PM_TABLE_BAD_RANGE, "ram");
	return PM_TABLE_OK;
}

/* Frames of a GICv3's redistributor are 64 KiB each, two of them a CPU, or four (GICv4). */
static int check_redist(struct pm_check *c)
{
	const struct pm_table *t = c->table;
	const uint32_t frame = 0x10000;

	if (t->intc_kind != PM_INTC_GICV3)
		return t->redist_stride ? bad(c, PM_TABLE_BAD_VALUE, "redist_stride") : PM_TABLE_OK;
	if (t->redist_stride < 2 * frame || t->redist_stride % frame ||
	    t->redist_stride > pm_table_region(t, t->redist)->size)
		return bad(c, PM_TABLE_BAD_VALUE, "redist_stride");
	return PM_TABLE_OK;
}

static int check_irqs(struct pm_check *c)
{
	const struct pm_table *t = c->table;
	bool none = t->uart_kind == PM_UART_NONE || t->intc_kind == PM_INTC_NONE;

	if (t->uart_irq != PM_NONE && (none || !pm_check_intid(t, t->uart_irq, false)))
		return bad(c, PM_TABLE_BAD_VALUE, "uart_irq");
	if (t->maintenance_irq != PM_NONE && !pm_check_intid(t, t->maintenance_irq, true))
		return bad(c, PM_TABLE_BAD_VALUE, "maintenance_irq");
	return PM_TABLE_OK;
}

int pm_check_manager(struct pm_check *c)
{
	const struct pm_table *t = c->table;
	const bool uart = t->uart_kind != PM_UART_NONE, intc = t->intc_kind != PM_INTC_NONE;
	const bool gicv3 = t->intc_kind == PM_INTC_GICV3;
	const struct device devices[] = {
		{ "uart", t->uart, uart, uart },
		{ "intc", t->intc, intc, intc },
		{ "redist", t->redist, gicv3, gicv3 || t->isa == PM_ISA_RISCV64 },
	};
	int error;

	if (!pm_check_text(c, t->name))
		return bad(c, PM_TABLE_BAD_NAME, "name");
	if (t->cpu >= t->cpus.count)
		return bad(c, PM_TABLE_BAD_INDEX, "cpu");
	error = check_memory(c);
	if (!error)
		error = check_devices(c, devices, sizeof(devices) / sizeof(devices[0]));
	if (!error)
		error = check_redist(c);
	return error ? error : check_irqs(c);
}
