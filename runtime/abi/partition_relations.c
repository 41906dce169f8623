/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What records say of one another: slices belong to their domain, nothing is given twice, ranges
 * that must be apart are. Every record is sound by itself here.
 *
 * Without a heap some of it takes time that grows with the square of the number of records, which
 * PM_RECORDS_MAX and PM_LINKS_MAX bound.
 */
#include "runtime/abi/partition_check.h"

static int fail(struct pm_check *c, int error, const char *record, uint32_t index,
		const char *field)
{
	return pm_check_fail(c, error, record, index, field);
}

/* --- domains --- */

/* Records with owner d lie in the slice of d, and only they. */
static bool owns(uint32_t owner, uint32_t d, uint32_t i, uint32_t first, uint32_t count)
{
	return (owner == d) == (i >= first && i - first < count);
}

static int check_ownership(struct pm_check *c, uint32_t d)
{
	const struct pm_table *t = c->table;
	const struct pm_domain *domain = pm_table_domain(t, d);

	for (uint32_t i = 0; i < t->cpus.count; i++)
		if (!owns(pm_table_cpu(t, i)->domain, d, i, domain->cpu, domain->n_cpus))
			return fail(c, PM_TABLE_BAD_INDEX, "cpu", i, "domain");
	for (uint32_t i = 0; i < t->regions.count; i++)
		if (!owns(pm_table_region(t, i)->domain, d, i, domain->region, domain->n_regions))
			return fail(c, PM_TABLE_BAD_INDEX, "region", i, "domain");
	for (uint32_t i = 0; i < t->irqs.count; i++)
		if (!owns(pm_table_irq(t, i)->domain, d, i, domain->irq, domain->n_irqs))
			return fail(c, PM_TABLE_BAD_INDEX, "irq", i, "domain");
	for (uint32_t i = 0; i < t->images.count; i++)
		if (!owns(pm_table_image(t, i)->domain, d, i, domain->image, domain->n_images))
			return fail(c, PM_TABLE_BAD_INDEX, "image", i, "domain");
	for (uint32_t i = 0; i < t->rights.count; i++)
		if (!owns(pm_table_right(t, i)->domain, d, i, domain->right, domain->n_rights))
			return fail(c, PM_TABLE_BAD_INDEX, "right", i, "domain");
	return PM_TABLE_OK;
}

/* A region of this domain, or the slot that the manager keeps for it, of this kind. */
static bool is_own_region(const struct pm_table *t, uint32_t d, uint32_t region, uint32_t kind)
{
	const struct pm_region *r;

	if (region == PM_NONE)
		return true;
	r = pm_table_region(t, region);
	return r->kind == kind && r->domain == (kind == PM_REGION_SLOT ? PM_NONE : d);
}

/* Does an address lie in a region of domain d that is memory and has these rights? */
static bool is_in_memory(const struct pm_table *t, uint32_t d, uint64_t address, uint32_t rights)
{
	const struct pm_domain *domain = pm_table_domain(t, d);

	for (uint32_t i = domain->region; i - domain->region < domain->n_regions; i++) {
		const struct pm_region *r = pm_table_region(t, i);

		if (r->kind == PM_REGION_MEMORY && (r->flags & rights) == rights &&
		    address >= r->guest && address - r->guest < r->size)
			return true;
	}
	return false;
}

static int check_doubles(struct pm_check *c, uint32_t d, const struct pm_domain *domain)
{
	const struct pm_table *t = c->table;

	for (uint32_t i = 0; i < d; i++) {
		const struct pm_domain *other = pm_table_domain(t, i);

		if (pm_same_text(pm_table_text(t, domain->name), pm_table_text(t, other->name)))
			return fail(c, PM_TABLE_TWICE, "domain", d, "name");
		if (domain->slot != PM_NONE && domain->slot == other->slot)
			return fail(c, PM_TABLE_TWICE, "domain", d, "slot");
	}
	return PM_TABLE_OK;
}

static bool is_console_irq(const struct pm_table *t, uint32_t d, uint32_t irq)
{
	const struct pm_irq *i;

	if (irq == PM_NONE)
		return true;
	i = pm_table_irq(t, irq);
	return i->domain == d && i->flags & PM_IRQ_VIRTUAL;
}

static int check_domain(struct pm_check *c, uint32_t d)
{
	const struct pm_table *t = c->table;
	const struct pm_domain *domain = pm_table_domain(t, d);
	int error = check_doubles(c, d, domain);

	if (!error)
		error = check_ownership(c, d);
	if (error)
		return error;
	if (!is_own_region(t, d, domain->console_region, PM_REGION_CONSOLE))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", d, "console_region");
	if (!is_console_irq(t, d, domain->console_irq))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", d, "console_irq");
	if (!is_own_region(t, d, domain->trace, PM_REGION_MEMORY))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", d, "trace");
	if (!is_own_region(t, d, domain->slot, PM_REGION_SLOT))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", d, "slot");
	if (domain->entry && !is_in_memory(t, d, domain->entry, PM_REGION_EXECUTE))
		return fail(c, PM_TABLE_BAD_RANGE, "domain", d, "entry");
	if (domain->dtb && !is_in_memory(t, d, domain->dtb, 0))
		return fail(c, PM_TABLE_BAD_RANGE, "domain", d, "dtb");
	return PM_TABLE_OK;
}

/* --- what may be given once only --- */

static int check_cpus(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	for (uint32_t i = 0; i < t->cpus.count; i++)
		for (uint32_t k = 0; k < i; k++)
			if (pm_table_cpu(t, i)->hwid == pm_table_cpu(t, k)->hwid)
				return fail(c, PM_TABLE_TWICE, "cpu", i, "hwid");
	return PM_TABLE_OK;
}

/* In one domain a number means one thing; a shared interrupt of the machine has one owner. */
static bool clashes(const struct pm_irq *a, const struct pm_irq *b)
{
	const uint32_t own = PM_IRQ_PRIVATE | PM_IRQ_VIRTUAL;

	if (a->intid != b->intid)
		return false;
	return a->domain == b->domain || !((a->flags | b->flags) & own);
}

/* What a device raises for the manager. */
static bool is_the_managers(const struct pm_table *t, const struct pm_irq *irq)
{
	return !(irq->flags & PM_IRQ_VIRTUAL) &&
	       (irq->intid == t->uart_irq || irq->intid == t->maintenance_irq);
}

static int check_irqs(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	for (uint32_t i = 0; i < t->irqs.count; i++) {
		if (is_the_managers(t, pm_table_irq(t, i)))
			return fail(c, PM_TABLE_TWICE, "irq", i, "intid");
		for (uint32_t k = 0; k < i; k++)
			if (clashes(pm_table_irq(t, i), pm_table_irq(t, k)))
				return fail(c, PM_TABLE_TWICE, "irq", i, "intid");
	}
	return PM_TABLE_OK;
}

static int check_images(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	for (uint32_t i = 0; i < t->images.count; i++) {
		const struct pm_image *image = pm_table_image(t, i);
		bool once = image->kind != PM_IMAGE_RAW;

		for (uint32_t k = 0; once && k < i; k++)
			if (pm_table_image(t, k)->domain == image->domain &&
			    pm_table_image(t, k)->kind == image->kind)
				return fail(c, PM_TABLE_TWICE, "image", i, "kind");
		if (image->load && !is_in_memory(t, image->domain, image->load, 0))
			return fail(c, PM_TABLE_BAD_RANGE, "image", i, "load");
	}
	return PM_TABLE_OK;
}

static int check_rights(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	for (uint32_t i = 0; i < t->rights.count; i++)
		for (uint32_t k = 0; k < i; k++)
			if (pm_table_right(t, i)->domain == pm_table_right(t, k)->domain &&
			    pm_table_right(t, i)->target == pm_table_right(t, k)->target)
				return fail(c, PM_TABLE_TWICE, "right", i, "target");
	return PM_TABLE_OK;
}

/* --- regions --- */

/* Physical memory that two may have: both ends of a link, and what is marked as shared and of one
 * memory type, as the caches want it. */
static bool may_share(const struct pm_region *a, const struct pm_region *b)
{
	if ((a->flags | b->flags) & PM_REGION_VIRTUAL)
		return true;
	if (a->kind == PM_REGION_WINDOW && b->kind == PM_REGION_WINDOW)
		return a->link == b->link && a->domain != b->domain;
	return a->kind == PM_REGION_SHARED && b->kind == PM_REGION_SHARED && a->type == b->type;
}

/* Windows, doorbells and consoles exist only as what a link or a domain names. */
static bool is_named(const struct pm_table *t, uint32_t i, const struct pm_region *r)
{
	const struct pm_link *l = r->link == PM_NONE ? NULL : pm_table_link(t, r->link);

	switch (r->kind) {
	case PM_REGION_WINDOW:
		return i == l->host_window || i == l->remote_window;
	case PM_REGION_DOORBELL:
		return i == l->host_doorbell || i == l->remote_doorbell;
	case PM_REGION_CONSOLE:
		return i == pm_table_domain(t, r->domain)->console_region;
	default:
		return true;
	}
}

static int check_regions(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	for (uint32_t i = 0; i < t->regions.count; i++) {
		const struct pm_region *a = pm_table_region(t, i);

		if (!is_named(t, i, a))
			return fail(c, PM_TABLE_BAD_INDEX, "region", i,
				    a->kind == PM_REGION_CONSOLE ? "domain" : "link");
		for (uint32_t k = 0; k < i; k++) {
			const struct pm_region *b = pm_table_region(t, k);

			if (!may_share(a, b) && pm_overlap(a->phys, a->size, b->phys, b->size))
				return fail(c, PM_TABLE_OVERLAP, "region", i, "phys");
			if (a->domain == b->domain && a->domain != PM_NONE &&
			    pm_overlap(a->guest, a->size, b->guest, b->size))
				return fail(c, PM_TABLE_OVERLAP, "region", i, "guest");
		}
	}
	return PM_TABLE_OK;
}

int pm_check_relations(struct pm_check *c)
{
	const struct pm_table *t = c->table;
	int error = check_cpus(c);

	for (uint32_t i = 0; !error && i < t->domains.count; i++)
		error = check_domain(c, i);
	if (!error)
		error = check_irqs(c);
	if (!error)
		error = check_images(c);
	if (!error)
		error = check_rights(c);
	return error ? error : check_regions(c);
}
