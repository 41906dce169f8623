/* SPDX-License-Identifier: BSD-3-Clause */
/* The fields of each record: defined values that go together, indices that exist, ranges that the
 * isolation hardware can express. */
#include "runtime/abi/partition_check.h"

static int fail(struct pm_check *c, int error, const char *record, uint32_t index,
		const char *field)
{
	return pm_check_fail(c, error, record, index, field);
}

/* Are first..first+count records of an array of total? */
static bool is_slice(uint32_t first, uint32_t count, uint32_t total)
{
	return first <= total && count <= total - first;
}

static bool is_index(uint32_t index, uint32_t total)
{
	return index == PM_NONE || index < total;
}

static int check_domain_values(struct pm_check *c, uint32_t i, const struct pm_domain *d)
{
	if (!pm_check_name(c, d->name))
		return fail(c, PM_TABLE_BAD_NAME, "domain", i, "name");
	if (d->os > PM_OS_RTOS)
		return fail(c, PM_TABLE_BAD_VALUE, "domain", i, "os");
	if (d->flags & ~PM_DOMAIN_AUTOSTART)
		return fail(c, PM_TABLE_BAD_VALUE, "domain", i, "flags");
	if (d->restart > PM_RESTART_ALWAYS)
		return fail(c, PM_TABLE_BAD_VALUE, "domain", i, "restart");
	if (d->console > PM_CONSOLE_PASSTHROUGH)
		return fail(c, PM_TABLE_BAD_VALUE, "domain", i, "console");
	return PM_TABLE_OK;
}

static int check_domain_slices(struct pm_check *c, uint32_t i, const struct pm_domain *d)
{
	const struct pm_table *t = c->table;

	if (!d->n_cpus || !is_slice(d->cpu, d->n_cpus, t->cpus.count))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "cpu");
	if (!is_slice(d->region, d->n_regions, t->regions.count))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "region");
	if (!is_slice(d->irq, d->n_irqs, t->irqs.count))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "irq");
	if (!is_slice(d->image, d->n_images, t->images.count))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "image");
	if (!is_slice(d->right, d->n_rights, t->rights.count))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "right");
	return PM_TABLE_OK;
}

static int check_domain(struct pm_check *c, uint32_t i)
{
	const struct pm_table *t = c->table;
	const struct pm_domain *d = pm_table_domain(t, i);
	const bool virtual = d->console == PM_CONSOLE_VIRTUAL;
	int error = check_domain_values(c, i, d);

	if (!error)
		error = check_domain_slices(c, i, d);
	if (error)
		return error;
	if (!is_index(d->console_region, t->regions.count) ||
	    virtual != (d->console_region != PM_NONE))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "console_region");
	if (!is_index(d->console_irq, t->irqs.count) || (!virtual && d->console_irq != PM_NONE))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "console_irq");
	if (!is_index(d->trace, t->regions.count))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "trace");
	if (!is_index(d->slot, t->regions.count))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "slot");
	return PM_TABLE_OK;
}

static int check_cpu(struct pm_check *c, uint32_t i)
{
	const struct pm_cpu *cpu = pm_table_cpu(c->table, i);

	if (!is_index(cpu->domain, c->table->domains.count))
		return fail(c, PM_TABLE_BAD_INDEX, "cpu", i, "domain");
	if (cpu->reserved)
		return fail(c, PM_TABLE_BAD_VALUE, "cpu", i, "reserved");
	return PM_TABLE_OK;
}

/* --- regions --- */

#define BIT(n) (1u << (n))
#define R      PM_REGION_READ
#define W      PM_REGION_WRITE
#define X      PM_REGION_EXECUTE
#define V      PM_REGION_VIRTUAL
#define NORMAL (BIT(PM_TYPE_WRITE_BACK) | BIT(PM_TYPE_NON_CACHEABLE))
#define ANY    (NORMAL | BIT(PM_TYPE_DEVICE))

/* What a region of a kind may be. */
struct kind {
	uint32_t must, may; /* flags */
	uint32_t types;	    /* bits of enum pm_memory_type */
	bool manager, domains, link;
};

static const struct kind kinds[] = {
	[PM_REGION_MEMORY] = { R, R | W | X, NORMAL, true, true, false },
	[PM_REGION_DEVICE] = { R, R | W, BIT(PM_TYPE_DEVICE), true, true, false },
	[PM_REGION_WINDOW] = { R | W, R | W, NORMAL, false, true, true },
	[PM_REGION_DOORBELL] = { V, V | R | W, ANY, false, true, true },
	[PM_REGION_CONSOLE] = { V, V | R | W, ANY, false, true, false },
	[PM_REGION_SHARED] = { R, R | W | X, ANY, false, true, false },
	[PM_REGION_SLOT] = { 0, R | W, NORMAL, true, false, false },
	[PM_REGION_INTC] = { V, V | R | W, ANY, false, true, false },
};

static int check_region_kind(struct pm_check *c, uint32_t i, const struct pm_region *r)
{
	const struct pm_table *t = c->table;
	const struct kind *kind = &kinds[r->kind];

	if ((r->flags & kind->must) != kind->must || r->flags & ~kind->may)
		return fail(c, PM_TABLE_BAD_VALUE, "region", i, "flags");
	if (r->type > PM_TYPE_DEVICE || !(kind->types & BIT(r->type)))
		return fail(c, PM_TABLE_BAD_VALUE, "region", i, "type");
	if (r->type == PM_TYPE_DEVICE && r->flags & X)
		return fail(c, PM_TABLE_BAD_VALUE, "region", i, "flags");
	if (r->domain == PM_NONE ? !kind->manager : !kind->domains || r->domain >= t->domains.count)
		return fail(c, PM_TABLE_BAD_INDEX, "region", i, "domain");
	if (kind->link ? r->link >= t->links.count : r->link != PM_NONE)
		return fail(c, PM_TABLE_BAD_INDEX, "region", i, "link");
	return PM_TABLE_OK;
}

/* The last address that the table's machine has: stage 2 of four levels, PMP, 32 bits. */
uint64_t pm_last_address(uint32_t isa)
{
	static const unsigned bits[] = {
		[PM_ISA_ARM64] = 48,
		[PM_ISA_RISCV64] = 56,
		[PM_ISA_ARMV8M] = 32,
	};

	return (UINT64_C(1) << bits[isa]) - 1;
}

/* Only stage 2 translates; the manager itself sees the bus. */
static bool translates(const struct pm_table *t, const struct pm_region *r)
{
	return t->isa == PM_ISA_ARM64 && r->domain != PM_NONE;
}

static int check_region_range(struct pm_check *c, uint32_t i, const struct pm_region *r)
{
	const uint64_t top = pm_last_address(c->table->isa), low = pm_granule(c->table->isa) - 1;
	const bool virtual = r->flags & PM_REGION_VIRTUAL;

	if (!r->size || r->size & low || r->size - 1 > top)
		return fail(c, PM_TABLE_BAD_RANGE, "region", i, "size");
	if (r->kind == PM_REGION_DOORBELL && r->size != PM_DOORBELL_SIZE)
		return fail(c, PM_TABLE_BAD_RANGE, "region", i, "size");
	if (r->guest & low || r->guest > top - (r->size - 1))
		return fail(c, PM_TABLE_BAD_RANGE, "region", i, "guest");
	if (r->phys & low || r->phys > top - (r->size - 1) || (virtual && r->phys))
		return fail(c, PM_TABLE_BAD_RANGE, "region", i, "phys");
	if (!virtual && !translates(c->table, r) && r->guest != r->phys)
		return fail(c, PM_TABLE_BAD_RANGE, "region", i, "guest");
	return PM_TABLE_OK;
}

static int check_region(struct pm_check *c, uint32_t i)
{
	const struct pm_region *r = pm_table_region(c->table, i);
	int error;

	if (r->kind > PM_REGION_INTC)
		return fail(c, PM_TABLE_BAD_VALUE, "region", i, "kind");
	error = check_region_kind(c, i, r);
	if (!error)
		error = check_region_range(c, i, r);
	if (!error && !pm_check_text(c, r->name))
		error = fail(c, PM_TABLE_BAD_NAME, "region", i, "name");
	return error;
}

/* --- the others --- */

static int check_irq(struct pm_check *c, uint32_t i)
{
	const struct pm_table *t = c->table;
	const struct pm_irq *irq = pm_table_irq(t, i);

	if (irq->flags & ~(PM_IRQ_EDGE | PM_IRQ_PRIVATE | PM_IRQ_VIRTUAL) ||
	    (t->intc_kind == PM_INTC_NONE && !(irq->flags & PM_IRQ_VIRTUAL)))
		return fail(c, PM_TABLE_BAD_VALUE, "irq", i, "flags");
	if (!pm_check_intid(t, irq->intid, irq->flags & PM_IRQ_PRIVATE))
		return fail(c, PM_TABLE_BAD_VALUE, "irq", i, "intid");
	if (irq->domain >= t->domains.count)
		return fail(c, PM_TABLE_BAD_INDEX, "irq", i, "domain");
	if (!pm_check_text(c, irq->name))
		return fail(c, PM_TABLE_BAD_NAME, "irq", i, "name");
	return PM_TABLE_OK;
}

static int check_image(struct pm_check *c, uint32_t i)
{
	const struct pm_image *image = pm_table_image(c->table, i);

	if (!pm_check_name(c, image->name))
		return fail(c, PM_TABLE_BAD_NAME, "image", i, "name");
	if (image->kind > PM_IMAGE_RAW)
		return fail(c, PM_TABLE_BAD_VALUE, "image", i, "kind");
	if (image->domain >= c->table->domains.count)
		return fail(c, PM_TABLE_BAD_INDEX, "image", i, "domain");
	return image->reserved ? fail(c, PM_TABLE_BAD_VALUE, "image", i, "reserved") : PM_TABLE_OK;
}

static int check_right(struct pm_check *c, uint32_t i)
{
	const struct pm_right *right = pm_table_right(c->table, i);

	if (right->domain >= c->table->domains.count)
		return fail(c, PM_TABLE_BAD_INDEX, "right", i, "domain");
	if (right->target >= c->table->domains.count || right->target == right->domain)
		return fail(c, PM_TABLE_BAD_INDEX, "right", i, "target");
	if (!right->rights || right->rights & ~PM_RIGHT_ALL)
		return fail(c, PM_TABLE_BAD_VALUE, "right", i, "rights");
	return right->reserved ? fail(c, PM_TABLE_BAD_VALUE, "right", i, "reserved") : PM_TABLE_OK;
}

static int check_link(struct pm_check *c, uint32_t i)
{
	const struct pm_table *t = c->table;
	const struct pm_link *l = pm_table_link(t, i);
	const struct {
		const char *name;
		uint32_t index, total;
	} rows[] = {
		{ "host", l->host, t->domains.count },
		{ "remote", l->remote, t->domains.count },
		{ "host_window", l->host_window, t->regions.count },
		{ "remote_window", l->remote_window, t->regions.count },
		{ "host_irq", l->host_irq, t->irqs.count },
		{ "remote_irq", l->remote_irq, t->irqs.count },
		{ "host_doorbell", l->host_doorbell, t->regions.count },
		{ "remote_doorbell", l->remote_doorbell, t->regions.count },
	};

	if (!pm_check_name(c, l->name))
		return fail(c, PM_TABLE_BAD_NAME, "link", i, "name");
	for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++)
		if (rows[k].index >= rows[k].total)
			return fail(c, PM_TABLE_BAD_INDEX, "link", i, rows[k].name);
	if (l->host == l->remote)
		return fail(c, PM_TABLE_BAD_INDEX, "link", i, "remote");
	if (l->type > PM_TYPE_NON_CACHEABLE)
		return fail(c, PM_TABLE_BAD_VALUE, "link", i, "type");
	return PM_TABLE_OK;
}

int pm_check_records(struct pm_check *c)
{
	const struct pm_table *t = c->table;
	const struct {
		uint32_t count;
		int (*check)(struct pm_check *c, uint32_t index);
	} steps[] = {
		{ t->domains.count, check_domain }, { t->cpus.count, check_cpu },
		{ t->regions.count, check_region }, { t->irqs.count, check_irq },
		{ t->links.count, check_link },	    { t->images.count, check_image },
		{ t->rights.count, check_right },
	};

	for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]); k++) {
		for (uint32_t i = 0; i < steps[k].count; i++) {
			int error = steps[k].check(c, i);

			if (error)
				return error;
		}
	}
	return PM_TABLE_OK;
}
