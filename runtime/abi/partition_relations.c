/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What records say of one another: slices belong to their domain, nothing is given twice, ranges
 * that must be apart are, links fit into their windows. Every record is sound by itself here.
 */
#include "ipc/abi/vring.h"
#include "runtime/abi/partition_check.h"

static int fail(struct pm_check *c, int error, const char *record, uint32_t index,
		const char *field)
{
	return pm_check_fail(c, error, record, index, field);
}

static bool same_text(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

static bool overlap(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
	return a <= b ? b - a < a_size : a - b < b_size;
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

static int check_domain(struct pm_check *c, uint32_t d)
{
	const struct pm_table *t = c->table;
	const struct pm_domain *domain = pm_table_domain(t, d);

	for (uint32_t i = 0; i < d; i++)
		if (same_text(pm_table_text(t, domain->name),
			      pm_table_text(t, pm_table_domain(t, i)->name)))
			return fail(c, PM_TABLE_TWICE, "domain", d, "name");
	if (!is_own_region(t, d, domain->console_region, PM_REGION_CONSOLE))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", d, "console_region");
	if (domain->console_irq != PM_NONE && pm_table_irq(t, domain->console_irq)->domain != d)
		return fail(c, PM_TABLE_BAD_INDEX, "domain", d, "console_irq");
	if (!is_own_region(t, d, domain->trace, PM_REGION_MEMORY))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", d, "trace");
	if (!is_own_region(t, d, domain->slot, PM_REGION_SLOT))
		return fail(c, PM_TABLE_BAD_INDEX, "domain", d, "slot");
	return check_ownership(c, d);
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

static int check_irqs(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	for (uint32_t i = 0; i < t->irqs.count; i++)
		for (uint32_t k = 0; k < i; k++)
			if (clashes(pm_table_irq(t, i), pm_table_irq(t, k)))
				return fail(c, PM_TABLE_TWICE, "irq", i, "intid");
	return PM_TABLE_OK;
}

/* Physical memory that two may have: both ends of a link, and what is marked as shared. */
static bool may_share(const struct pm_region *a, const struct pm_region *b)
{
	if ((a->flags | b->flags) & PM_REGION_VIRTUAL)
		return true;
	if (a->kind == PM_REGION_WINDOW && b->kind == PM_REGION_WINDOW)
		return a->link == b->link && a->domain != b->domain;
	return a->kind == PM_REGION_SHARED && b->kind == PM_REGION_SHARED;
}

static int check_regions(struct pm_check *c)
{
	const struct pm_table *t = c->table;

	for (uint32_t i = 0; i < t->regions.count; i++) {
		const struct pm_region *a = pm_table_region(t, i);

		for (uint32_t k = 0; k < i; k++) {
			const struct pm_region *b = pm_table_region(t, k);

			if (!may_share(a, b) && overlap(a->phys, a->size, b->phys, b->size))
				return fail(c, PM_TABLE_OVERLAP, "region", i, "phys");
			if (a->domain == b->domain && a->domain != PM_NONE &&
			    overlap(a->guest, a->size, b->guest, b->size))
				return fail(c, PM_TABLE_OVERLAP, "region", i, "guest");
		}
	}
	return PM_TABLE_OK;
}

/* --- links --- */

struct part {
	const char *field;
	uint64_t offset, size;
};

static bool is_power_of_two(uint32_t n)
{
	return n && !(n & (n - 1));
}

static bool ring_is_sound(const struct pm_link *l, unsigned r)
{
	return is_power_of_two(l->ring_num[r]) && l->ring_num[r] <= IPC_VRING_NUM_MAX &&
	       l->ring[r] % l->ring_align == 0 && l->buffer_count[r] <= l->ring_num[r];
}

static int check_parts(struct pm_check *c, uint32_t index, const struct part *parts, size_t n,
		       uint64_t window)
{
	for (size_t i = 0; i < n; i++) {
		if (parts[i].offset > window || parts[i].size > window - parts[i].offset)
			return fail(c, PM_TABLE_BAD_LINK, "link", index, parts[i].field);
		for (size_t k = 0; k < i; k++)
			if (parts[i].size && parts[k].size &&
			    overlap(parts[i].offset, parts[i].size, parts[k].offset, parts[k].size))
				return fail(c, PM_TABLE_BAD_LINK, "link", index, parts[i].field);
	}
	return PM_TABLE_OK;
}

static int check_layout(struct pm_check *c, uint32_t i, const struct pm_link *l, uint64_t window)
{
	const bool has_table = l->table != PM_NONE;
	struct part parts[4];

	if (!is_power_of_two(l->ring_align) || l->ring_align > IPC_VRING_ALIGN_MAX)
		return fail(c, PM_TABLE_BAD_LINK, "link", i, "ring_align");
	for (unsigned r = 0; r < 2; r++)
		if (!ring_is_sound(l, r))
			return fail(c, PM_TABLE_BAD_LINK, "link", i, "ring_num");
	if (has_table != (l->table_size != 0) || has_table != (l->pristine != PM_NONE))
		return fail(c, PM_TABLE_BAD_LINK, "link", i, "table_size");
	if (has_table && (l->pristine > c->table->bytes.count ||
			  l->table_size > c->table->bytes.count - l->pristine))
		return fail(c, PM_TABLE_BAD_NAME, "link", i, "pristine");
	parts[0] = (struct part){ "table", has_table ? l->table : 0, l->table_size };
	for (unsigned r = 0; r < 2; r++)
		parts[1 + r] = (struct part){ "ring", l->ring[r],
					      ipc_vring_size(l->ring_num[r], l->ring_align) };
	parts[3] = (struct part){ "buffers", l->buffers,
				  (uint64_t)l->buffer_size[0] * l->buffer_count[0] +
					  (uint64_t)l->buffer_size[1] * l->buffer_count[1] };
	return check_parts(c, i, parts, sizeof(parts) / sizeof(parts[0]), window);
}

static bool is_window(const struct pm_table *t, uint32_t region, uint32_t domain, uint32_t link,
		      uint32_t kind)
{
	const struct pm_region *r = pm_table_region(t, region);

	return r->kind == kind && r->domain == domain && r->link == link;
}

static int check_link(struct pm_check *c, uint32_t i)
{
	const struct pm_table *t = c->table;
	const struct pm_link *l = pm_table_link(t, i);
	const struct pm_region *here = pm_table_region(t, l->host_window);
	const struct pm_region *there = pm_table_region(t, l->remote_window);

	if (!is_window(t, l->host_window, l->host, i, PM_REGION_WINDOW))
		return fail(c, PM_TABLE_BAD_INDEX, "link", i, "host_window");
	if (!is_window(t, l->remote_window, l->remote, i, PM_REGION_WINDOW))
		return fail(c, PM_TABLE_BAD_INDEX, "link", i, "remote_window");
	if (!is_window(t, l->host_doorbell, l->host, i, PM_REGION_DOORBELL))
		return fail(c, PM_TABLE_BAD_INDEX, "link", i, "host_doorbell");
	if (!is_window(t, l->remote_doorbell, l->remote, i, PM_REGION_DOORBELL))
		return fail(c, PM_TABLE_BAD_INDEX, "link", i, "remote_doorbell");
	if (pm_table_irq(t, l->host_irq)->domain != l->host)
		return fail(c, PM_TABLE_BAD_INDEX, "link", i, "host_irq");
	if (pm_table_irq(t, l->remote_irq)->domain != l->remote)
		return fail(c, PM_TABLE_BAD_INDEX, "link", i, "remote_irq");
	if (here->phys != there->phys || here->size != there->size || here->type != l->type ||
	    there->type != l->type)
		return fail(c, PM_TABLE_BAD_LINK, "link", i, "remote_window");
	return check_layout(c, i, l, here->size);
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
		error = check_regions(c);
	for (uint32_t i = 0; !error && i < t->links.count; i++)
		error = check_link(c, i);
	return error;
}
