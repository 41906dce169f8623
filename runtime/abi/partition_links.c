/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Links: that windows, doorbells and interrupts are those of the two ends, that everything fits
 * into the window, and that the resource table says the same as the link.
 */
#include "ipc/abi/resource_table.h"
#include "ipc/abi/rpmsg.h"
#include "ipc/abi/vring.h"
#include "runtime/abi/partition_check.h"

static int fail(struct pm_check *c, int error, uint32_t index, const char *field)
{
	return pm_check_fail(c, error, "link", index, field);
}

/* --- both ends --- */

static bool is_end(const struct pm_table *t, uint32_t region, uint32_t domain, uint32_t link,
		   uint32_t kind)
{
	const struct pm_region *r = pm_table_region(t, region);

	return r->kind == kind && r->domain == domain && r->link == link;
}

static bool is_bell(const struct pm_table *t, uint32_t irq, uint32_t domain)
{
	const struct pm_irq *i = pm_table_irq(t, irq);

	return i->domain == domain && i->flags & PM_IRQ_VIRTUAL && !(i->flags & PM_IRQ_PRIVATE);
}

static int check_ends(struct pm_check *c, uint32_t i, const struct pm_link *l)
{
	const struct pm_table *t = c->table;

	if (!is_end(t, l->host_window, l->host, i, PM_REGION_WINDOW))
		return fail(c, PM_TABLE_BAD_INDEX, i, "host_window");
	if (!is_end(t, l->remote_window, l->remote, i, PM_REGION_WINDOW))
		return fail(c, PM_TABLE_BAD_INDEX, i, "remote_window");
	if (!is_end(t, l->host_doorbell, l->host, i, PM_REGION_DOORBELL))
		return fail(c, PM_TABLE_BAD_INDEX, i, "host_doorbell");
	if (!is_end(t, l->remote_doorbell, l->remote, i, PM_REGION_DOORBELL))
		return fail(c, PM_TABLE_BAD_INDEX, i, "remote_doorbell");
	if (!is_bell(t, l->host_irq, l->host))
		return fail(c, PM_TABLE_BAD_INDEX, i, "host_irq");
	if (!is_bell(t, l->remote_irq, l->remote))
		return fail(c, PM_TABLE_BAD_INDEX, i, "remote_irq");
	return PM_TABLE_OK;
}

/* The windows are one piece of memory. */
static int check_windows(struct pm_check *c, uint32_t i, const struct pm_link *l)
{
	const struct pm_region *here = pm_table_region(c->table, l->host_window);
	const struct pm_region *there = pm_table_region(c->table, l->remote_window);

	if (here->type != l->type)
		return fail(c, PM_TABLE_BAD_LINK, i, "host_window");
	if (here->phys != there->phys || here->size != there->size || there->type != l->type)
		return fail(c, PM_TABLE_BAD_LINK, i, "remote_window");
	return PM_TABLE_OK;
}

/* --- what is in the window --- */

static bool is_power_of_two(uint32_t n)
{
	return n && !(n & (n - 1));
}

/* Rings begin where both ends find their used ring at the same place. */
static bool is_aligned(const struct pm_table *t, const struct pm_link *l, uint32_t offset)
{
	const uint64_t low = (l->ring_align - 1) | (IPC_VRING_DESC_ALIGN - 1);
	const struct pm_region *here = pm_table_region(t, l->host_window);
	const struct pm_region *there = pm_table_region(t, l->remote_window);

	return !((here->guest + offset) & low) && !((there->guest + offset) & low);
}

static int check_ring(struct pm_check *c, uint32_t i, const struct pm_link *l, unsigned r)
{
	if (!is_power_of_two(l->ring_num[r]) || l->ring_num[r] > IPC_VRING_NUM_MAX)
		return fail(c, PM_TABLE_BAD_LINK, i, "ring_num");
	if (!is_aligned(c->table, l, l->ring[r]))
		return fail(c, PM_TABLE_BAD_LINK, i, "ring");
	if (l->buffer_size[r] % 4 || l->buffer_size[r] <= sizeof(struct ipc_rpmsg_header))
		return fail(c, PM_TABLE_BAD_LINK, i, "buffer_size");
	if (!l->buffer_count[r] || l->buffer_count[r] > l->ring_num[r])
		return fail(c, PM_TABLE_BAD_LINK, i, "buffer_count");
	return PM_TABLE_OK;
}

static int check_values(struct pm_check *c, uint32_t i, const struct pm_link *l)
{
	const bool has_table = l->table != PM_NONE;
	int error = PM_TABLE_OK;

	if (!is_power_of_two(l->ring_align) || l->ring_align < IPC_VRING_ALIGN_MIN ||
	    l->ring_align > IPC_VRING_ALIGN_MAX)
		return fail(c, PM_TABLE_BAD_LINK, i, "ring_align");
	for (unsigned r = 0; !error && r < 2; r++)
		error = check_ring(c, i, l, r);
	if (error)
		return error;
	if (l->buffers % PM_TABLE_ALIGN)
		return fail(c, PM_TABLE_BAD_LINK, i, "buffers");
	if (has_table && l->table % PM_TABLE_ALIGN)
		return fail(c, PM_TABLE_BAD_LINK, i, "table");
	if (has_table != (l->table_size != 0))
		return fail(c, PM_TABLE_BAD_LINK, i, "table_size");
	if (has_table != (l->pristine != PM_NONE))
		return fail(c, PM_TABLE_BAD_LINK, i, "pristine");
	return PM_TABLE_OK;
}

struct part {
	const char *field;
	uint64_t offset, size;
};

static int check_parts(struct pm_check *c, uint32_t index, const struct part *parts, size_t n,
		       uint64_t window)
{
	for (size_t i = 0; i < n; i++) {
		const struct part *p = &parts[i];

		if (p->offset > window || p->size > window - p->offset)
			return fail(c, PM_TABLE_BAD_LINK, index, p->field);
		for (size_t k = 0; k < i; k++)
			if (pm_overlap(p->offset, p->size, parts[k].offset, parts[k].size))
				return fail(c, PM_TABLE_BAD_LINK, index, p->field);
	}
	return PM_TABLE_OK;
}

static uint64_t buffer_bytes(const struct pm_link *l)
{
	return (uint64_t)l->buffer_size[0] * l->buffer_count[0] +
	       (uint64_t)l->buffer_size[1] * l->buffer_count[1];
}

/* No part is empty; the table is left out where there is none. */
static int check_layout(struct pm_check *c, uint32_t i, const struct pm_link *l)
{
	const struct part parts[] = {
		{ "buffers", l->buffers, buffer_bytes(l) },
		{ "ring", l->ring[0], ipc_vring_size(l->ring_num[0], l->ring_align) },
		{ "ring", l->ring[1], ipc_vring_size(l->ring_num[1], l->ring_align) },
		{ "table", l->table, l->table_size },
	};

	return check_parts(c, i, parts, l->table == PM_NONE ? 3 : 4,
			   pm_table_region(c->table, l->host_window)->size);
}

/* --- pairs --- */

static bool same_pair(const struct pm_link *a, const struct pm_link *b)
{
	return a->host == b->host && a->remote == b->remote;
}

static bool rings_twice(const struct pm_link *a, const struct pm_link *b)
{
	return a->host_irq == b->host_irq || a->host_irq == b->remote_irq ||
	       a->remote_irq == b->host_irq || a->remote_irq == b->remote_irq;
}

/* The link of the pair that has the table, or NULL. */
static const struct pm_link *table_of(const struct pm_table *t, const struct pm_link *l)
{
	for (uint32_t i = 0; i < t->links.count; i++) {
		const struct pm_link *other = pm_table_link(t, i);

		if (same_pair(l, other) && other->table != PM_NONE)
			return other;
	}
	return NULL;
}

static int check_against(struct pm_check *c, uint32_t i, const struct pm_link *l,
			 const struct pm_link *earlier)
{
	const struct pm_table *t = c->table;

	if (pm_same_text(pm_table_text(t, l->name), pm_table_text(t, earlier->name)))
		return fail(c, PM_TABLE_TWICE, i, "name");
	if (rings_twice(l, earlier))
		return fail(c, PM_TABLE_TWICE, i, "host_irq");
	if (!same_pair(l, earlier))
		return PM_TABLE_OK;
	if (l->vdev == earlier->vdev)
		return fail(c, PM_TABLE_TWICE, i, "vdev");
	if (l->table != PM_NONE && earlier->table != PM_NONE)
		return fail(c, PM_TABLE_TWICE, i, "table");
	return PM_TABLE_OK;
}

static int check_doubles(struct pm_check *c, uint32_t i, const struct pm_link *l)
{
	const struct pm_table *t = c->table;
	int error = PM_TABLE_OK;

	if (l->host_irq == pm_table_domain(t, l->host)->console_irq)
		return fail(c, PM_TABLE_TWICE, i, "host_irq");
	if (l->remote_irq == pm_table_domain(t, l->remote)->console_irq)
		return fail(c, PM_TABLE_TWICE, i, "remote_irq");
	for (uint32_t k = 0; !error && k < i; k++)
		error = check_against(c, i, l, pm_table_link(t, k));
	return error;
}

/* --- the resource table --- */

static bool is_bytes(const struct pm_table *t, uint32_t offset, uint32_t size)
{
	return offset <= t->bytes.count && size <= t->bytes.count - offset;
}

static int check_pristine(struct pm_check *c, uint32_t i, const struct pm_link *l)
{
	if (l->table == PM_NONE)
		return PM_TABLE_OK;
	if (!is_bytes(c->table, l->pristine, l->table_size))
		return fail(c, PM_TABLE_BAD_NAME, i, "pristine");
	if (ipc_rsc_check(pm_table_text(c->table, l->pristine), l->table_size, NULL, NULL))
		return fail(c, PM_TABLE_BAD_RSC, i, "pristine");
	return PM_TABLE_OK;
}

/* The offset of the n-th vdev of a sound table, 0 if there is none. */
static uint32_t vdev_at(const void *rsc, uint32_t n)
{
	const uint32_t entries = ipc_rsc_get_header(rsc).num;

	for (uint32_t i = 0; i < entries; i++) {
		uint32_t type, at = ipc_rsc_entry(rsc, i, &type);

		if (type == IPC_RSC_VDEV && !n--)
			return at;
	}
	return 0;
}

static int check_agreement(struct pm_check *c, uint32_t i, const struct pm_link *l)
{
	const struct pm_table *t = c->table;
	const uint64_t window = pm_table_region(t, l->remote_window)->guest;
	const struct pm_link *holder = table_of(t, l);
	const char *rsc;
	uint32_t at;

	if (!holder)
		return fail(c, PM_TABLE_BAD_LINK, i, "table");
	rsc = pm_table_text(t, holder->pristine);
	at = vdev_at(rsc, l->vdev);
	if (!at || ipc_rsc_get_vdev(rsc, at).id != IPC_VIRTIO_ID_RPMSG)
		return fail(c, PM_TABLE_BAD_RSC, i, "vdev");
	for (unsigned r = 0; r < 2; r++) {
		const struct ipc_rsc_vring ring = ipc_rsc_get_vring(rsc, at, r);

		if (ring.num != l->ring_num[r])
			return fail(c, PM_TABLE_BAD_RSC, i, "ring_num");
		if (ring.align != l->ring_align)
			return fail(c, PM_TABLE_BAD_RSC, i, "ring_align");
		if (ring.da != window + l->ring[r])
			return fail(c, PM_TABLE_BAD_RSC, i, "ring");
	}
	return PM_TABLE_OK;
}

static int check_link(struct pm_check *c, uint32_t i)
{
	const struct pm_link *l = pm_table_link(c->table, i);
	int error = check_ends(c, i, l);

	if (!error)
		error = check_windows(c, i, l);
	if (!error)
		error = check_values(c, i, l);
	if (!error)
		error = check_layout(c, i, l);
	if (!error)
		error = check_doubles(c, i, l);
	return error ? error : check_pristine(c, i, l);
}

int pm_check_links(struct pm_check *c)
{
	const struct pm_table *t = c->table;
	int error = PM_TABLE_OK;

	for (uint32_t i = 0; !error && i < t->links.count; i++)
		error = check_link(c, i);
	for (uint32_t i = 0; !error && i < t->links.count; i++)
		error = check_agreement(c, i, pm_table_link(t, i));
	return error;
}
