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

static const unsigned char each_part[] = { LOP_PART_TABLE, LOP_PART_RING_0, LOP_PART_RING_1,
					   LOP_PART_POOL };
static const unsigned char one_pool[] = { LOP_PART_TABLE, LOP_PART_DMA };

static struct lop_range part_of(const struct lop_link *link, enum lop_link_part part)
{
	uint64_t first = link->ring[0].base, last = lop_range_last(link->pool);

	switch (part) {
	case LOP_PART_TABLE:
		return link->table;
	case LOP_PART_POOL:
		return link->pool;
	case LOP_PART_DMA:
		return (struct lop_range){ first, link->pool.size ? last - first + 1 : 0 };
	default:
		return link->ring[part];
	}
}

/* rsc-table, vdev0vring0, vdev0vring1, vdev0buffer */
static void part_name(const struct lop_link *link, enum lop_link_part part, char *out, size_t size)
{
	switch (part) {
	case LOP_PART_TABLE:
		snprintf(out, size, "rsc-table");
		break;
	case LOP_PART_POOL:
		snprintf(out, size, "vdev%ubuffer", link->vdev);
		break;
	case LOP_PART_DMA:
		snprintf(out, size, "vdev%udma", link->vdev);
		break;
	default:
		snprintf(out, size, "vdev%uvring%u", link->vdev, part);
	}
}

struct lop_node *lop_made_reserved(struct lop_cut *cut, struct lop_span span)
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

struct lop_node *lop_cut_link_part(struct lop_cut *cut, const struct lop_link *link,
				   enum lop_end end, enum lop_link_part part)
{
	struct lop_range range = part_of(link, part);
	struct lop_value none = { 0 };
	struct lop_node *node;
	char base[32];

	if (!range.size || !lop_link_address(cut->system, link, end, range, &range.base))
		return NULL;
	range.size = (range.size + LOP_LINK_PAGE - 1) / LOP_LINK_PAGE * LOP_LINK_PAGE;
	part_name(link, part, base, sizeof(base));
	node = lop_made_at(cut, lop_made_reserved(cut, link->span), base, range.base, link->span);
	lop_made_reg(cut, node, range, link->span);
	if ((part == LOP_PART_POOL || part == LOP_PART_DMA) && end == LOP_HOST &&
	    lop_domain_runs_linux(cut->domain))
		lop_made_string(cut, node, "compatible", "shared-dma-pool", link->span);
	lop_prop_set(cut->out, node, "no-map", none, link->span);
	return node;
}

static void add_regions(struct lop_cut *cut, const struct lop_link *link, enum lop_end end,
			struct lop_val *refs)
{
	const unsigned char *parts = link->host_places ? one_pool : each_part;
	size_t n = link->host_places ? sizeof(one_pool) : sizeof(each_part);

	for (size_t i = 0; i < n; i++) {
		struct lop_node *node =
			lop_cut_link_part(cut, link, end, (enum lop_link_part)parts[i]);

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
	const struct lop_rproc *rproc = end == LOP_HOST ? link->rproc : NULL;
	struct lop_node *node = lop_made_node(
		cut, cut->out->root,
		lop_arena_printf(cut->arena, "%s-%s", rproc ? "remoteproc" : "link", link->name),
		link->span);

	lop_made_string(cut, node, "compatible", rproc ? rproc->flavour->compatible : "pm,link",
			link->span);
	lop_made_string(cut, node, "pm,role", end == LOP_HOST ? "host" : "remote", link->span);
	lop_made_string(cut, node, "pm,peer", link->end[!end]->name, link->span);
	lop_made_cell(cut, node, "pm,link", link->index, link->span);
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
