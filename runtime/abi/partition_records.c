/* SPDX-License-Identifier: BSD-3-Clause */
/* The fields of each record: defined values, indices that exist, ranges that do not wrap. */
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
	int error = check_domain_values(c, i, d);

	if (!error)
		error = check_domain_slices(c, i, d);
	if (error)
		return error;
	if (!is_index(d->console_region, t->regions.count))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "console_region");
	if (!is_index(d->console_irq, t->irqs.count))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "console_irq");
	if (d->console == PM_CONSOLE_VIRTUAL && d->console_region == PM_NONE)
		return fail(c, PM_TABLE_BAD_INDEX, "domain", i, "console_region");
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

static bool wraps(uint64_t base, uint64_t size)
{
	return size - 1 > UINT64_MAX - base;
}

static int check_region(struct pm_check *c, uint32_t i)
{
	const struct pm_table *t = c->table;
	const struct pm_region *r = pm_table_region(t, i);
	bool of_link = r->kind == PM_REGION_WINDOW || r->kind == PM_REGION_DOORBELL;

	if (!r->size || wraps(r->guest, r->size) || wraps(r->phys, r->size))
		return fail(c, PM_TABLE_BAD_RANGE, "region", i, "size");
	if (r->kind > PM_REGION_INTC)
		return fail(c, PM_TABLE_BAD_VALUE, "region", i, "kind");
	if (r->flags & ~(PM_REGION_RIGHTS | PM_REGION_VIRTUAL))
		return fail(c, PM_TABLE_BAD_VALUE, "region", i, "flags");
	if (r->type > PM_TYPE_DEVICE)
		return fail(c, PM_TABLE_BAD_VALUE, "region", i, "type");
	if (r->type == PM_TYPE_DEVICE && r->flags & PM_REGION_EXECUTE)
		return fail(c, PM_TABLE_BAD_VALUE, "region", i, "flags");
	if (r->flags & PM_REGION_VIRTUAL && r->phys)
		return fail(c, PM_TABLE_BAD_VALUE, "region", i, "phys");
	if (!is_index(r->domain, t->domains.count))
		return fail(c, PM_TABLE_BAD_INDEX, "region", i, "domain");
	if (of_link ? r->link >= t->links.count : r->link != PM_NONE)
		return fail(c, PM_TABLE_BAD_INDEX, "region", i, "link");
	if (!pm_check_name(c, r->name))
		return fail(c, PM_TABLE_BAD_NAME, "region", i, "name");
	return PM_TABLE_OK;
}

static int check_irq(struct pm_check *c, uint32_t i)
{
	const struct pm_irq *irq = pm_table_irq(c->table, i);

	if (irq->flags & ~(PM_IRQ_EDGE | PM_IRQ_PRIVATE | PM_IRQ_VIRTUAL))
		return fail(c, PM_TABLE_BAD_VALUE, "irq", i, "flags");
	if (irq->domain >= c->table->domains.count)
		return fail(c, PM_TABLE_BAD_INDEX, "irq", i, "domain");
	if (!pm_check_name(c, irq->name))
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
	} kinds[] = {
		{ t->domains.count, check_domain }, { t->cpus.count, check_cpu },
		{ t->regions.count, check_region }, { t->irqs.count, check_irq },
		{ t->links.count, check_link },	    { t->images.count, check_image },
		{ t->rights.count, check_right },
	};

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		for (uint32_t i = 0; i < kinds[k].count; i++) {
			int error = kinds[k].check(c, i);

			if (error)
				return error;
		}
	}
	return PM_TABLE_OK;
}
