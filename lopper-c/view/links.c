/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ends of links in a domain's tree: the parts of each window as reserved-memory, by the names that
 * Linux's remoteproc looks for, and in a supervised system a node that a driver binds to. Regions
 * that the tree had already (relations of the wild) are there anyway.
 */
#include <stdio.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"
#include "lopper-c/view/made.h"

enum { TABLE, RING_0, RING_1, POOL, N_PARTS };

static struct lop_range part_of(const struct lop_link *link, unsigned part)
{
	switch (part) {
	case TABLE:
		return link->table;
	case POOL:
		return link->pool;
	default:
		return link->ring[part - RING_0];
	}
}

/* rsc-table, vdev0vring0, vdev0vring1, vdev0buffer */
static void part_name(const struct lop_link *link, unsigned part, char *out, size_t size)
{
	if (part == TABLE)
		snprintf(out, size, "rsc-table");
	else if (part == POOL)
		snprintf(out, size, "vdev%ubuffer", link->vdev);
	else
		snprintf(out, size, "vdev%uvring%u", link->vdev, part - RING_0);
}

/* /reserved-memory, made where the domain has none, with the root's cells and addresses. */
static struct lop_node *reserved(struct lop_cut *cut, struct lop_span span)
{
	struct lop_node *root = cut->out->root;
	struct lop_node *top = lop_node_child(cut->out, root, "reserved-memory");
	struct lop_value none = { 0 };

	if (top)
		return top;
	top = lop_made_node(cut, root, "reserved-memory", span);
	lop_made_cell(cut, top, "#address-cells", lop_address_cells(cut->out, root), span);
	lop_made_cell(cut, top, "#size-cells", lop_size_cells(cut->out, root), span);
	lop_prop_set(cut->out, top, "ranges", none, span);
	return top;
}

static bool runs_linux(const struct lop_cut *cut)
{
	return cut->domain->os_type && strncmp(cut->domain->os_type, "linux", 5) == 0;
}

/* One part as a node; NULL: it has no place, or the end does not see it (reported by a check). */
static struct lop_node *add_part(struct lop_cut *cut, const struct lop_link *link, enum lop_end end,
				 unsigned part)
{
	struct lop_range range = part_of(link, part);
	struct lop_value none = { 0 };
	struct lop_node *node;
	char base[32];

	if (!range.size || !lop_link_address(cut->system, link, end, range, &range.base))
		return NULL;
	range.size = (range.size + LOP_LINK_PAGE - 1) / LOP_LINK_PAGE * LOP_LINK_PAGE;
	part_name(link, part, base, sizeof(base));
	node = lop_made_at(cut, reserved(cut, link->span), base, range.base, link->span);
	lop_made_reg(cut, node, range, link->span);
	if (part == POOL && end == LOP_HOST && runs_linux(cut))
		lop_made_string(cut, node, "compatible", "shared-dma-pool", link->span);
	lop_prop_set(cut->out, node, "no-map", none, link->span);
	return node;
}

static void add_regions(struct lop_cut *cut, const struct lop_link *link, enum lop_end end,
			struct lop_val *refs)
{
	for (unsigned part = 0; part < N_PARTS; part++) {
		struct lop_node *node = add_part(cut, link, end, part);

		if (!node)
			continue;
		lop_val_mark(refs, LOP_MARK_U32, NULL, link->span);
		lop_val_target(refs, node, link->span);
	}
}

/* What a driver binds to: where it is rung, where it rings, which memory. */
static void add_driver(struct lop_cut *cut, const struct lop_link *link, enum lop_end end,
		       struct lop_val *refs)
{
	const char *remoteproc = end == LOP_HOST && runs_linux(cut) ? "remoteproc" : "link";
	struct lop_node *node = lop_made_node(
		cut, cut->out->root, lop_arena_printf(cut->arena, "%s-%s", remoteproc, link->name),
		link->span);
	uint32_t index = 0;

	while (cut->system->links[index] != link)
		index++;
	lop_made_string(cut, node, "compatible", *remoteproc == 'r' ? "pm,rproc" : "pm,link",
			link->span);
	lop_made_string(cut, node, "pm,role", end == LOP_HOST ? "host" : "remote", link->span);
	lop_made_string(cut, node, "pm,peer", link->end[!end]->name, link->span);
	lop_made_cell(cut, node, "pm,link", index, link->span);
	lop_made_address(cut, node, "pm,doorbell", link->doorbell[end], link->span);
	lop_made_irq(cut, node, link->irq[end], true, link->span);
	lop_prop_set(cut->out, node, "memory-region", lop_val_take(refs), link->span);
	lop_made_machine(cut, node);
}

/* Links of the base system: placed once, the same under every condition. */
void lop_cut_links(struct lop_cut *cut, const struct lop_domain *domain)
{
	for (size_t i = 0; i < cut->base->n_links; i++) {
		const struct lop_link *link = cut->base->links[i];

		for (unsigned end = 0; end < 2; end++) {
			struct lop_val refs = { .arena = cut->arena };

			if (link->end[end] != domain || !link->node)
				continue;
			add_regions(cut, link, (enum lop_end)end, &refs);
			if (cut->base->manager && link->doorbell[end])
				add_driver(cut, link, (enum lop_end)end, &refs);
			lop_val_drop(&refs);
		}
	}
}
