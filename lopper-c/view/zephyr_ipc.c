/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How Zephyr finds its end of a link: /chosen/zephyr,ipc_shm is one node with all of the shared
 * memory, /chosen/zephyr,ipc the device that rings. The domain's first rpmsg link has them.
 */
#include "lopper-c/tree/bus.h"
#include "lopper-c/view/made.h"
#include "lopper-c/view/zephyr.h"

/* What a node of the base system became in this domain's tree; NULL: it is not there. */
static struct lop_node *copy_of(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_node *here =
		node ? lop_tree_by_path(cut->tree, lop_node_path_dup(cut->arena, node)) : NULL;

	return here ? cut->copy[here->index] : NULL;
}

/* --- shared memory --- */

static bool follows(struct lop_range a, struct lop_range b)
{
	return a.size && b.size && a.base + a.size == b.base;
}

/* Rings and buffers of a relation, if nothing of anybody else lies between them. */
static struct lop_range together(const struct lop_link *link)
{
	const struct lop_range *first = &link->ring[0], *second = &link->ring[1];

	if (follows(*second, *first)) {
		first = &link->ring[1];
		second = &link->ring[0];
	}
	if (!follows(*first, *second) || !follows(*second, link->pool))
		return (struct lop_range){ 0 };
	return (struct lop_range){ first->base, first->size + second->size + link->pool.size };
}

/* On a Cortex-R nobody sees what the memory protection does not map. */
static bool is_mapped(const struct lop_cut *cut, struct lop_range range)
{
	uint64_t base, size;

	if (!lop_domain_is_zephyr_r(cut->domain))
		return false;
	if (cut->cluster->family != LOP_CPU_ARM_R5)
		return true;
	/* what has to grow would open what lies around it */
	return lop_pmsav7_grow(range.base, range.size, &base, &size) && size == range.size;
}

static void add_attributes(struct lop_cut *cut, struct lop_node *node, const struct lop_link *link)
{
	lop_made_string(cut, node, "zephyr,memory-region", "IPC_SHM", link->span);
	lop_made_cell(cut, node, "zephyr,memory-attr", lop_zephyr_ram(link->type == LOP_WRITE_BACK),
		      link->span);
}

static void set_compatible(struct lop_cut *cut, struct lop_node *node, bool region,
			   struct lop_span span)
{
	struct lop_val val = { .arena = cut->out->arena };

	if (region)
		lop_val_string(&val, "zephyr,memory-region", span);
	lop_val_string(&val, "mmio-sram", span);
	lop_cut_set(cut, node, "compatible", lop_val_take(&val), span);
}

static struct lop_node *add_memory(struct lop_cut *cut, const struct lop_link *link,
				   enum lop_end end)
{
	struct lop_range range = link->node ? link->window : together(link);
	struct lop_node *node;

	if (!range.size || !lop_link_address(cut->base, link, end, range, &range.base))
		return NULL;
	node = lop_made_at(cut, cut->out->root, "ipc_shm", range.base, link->span);
	set_compatible(cut, node, is_mapped(cut, range), link->span);
	lop_made_reg(cut, node, range, link->span);
	if (is_mapped(cut, range))
		add_attributes(cut, node, link);
	return node;
}

/* The one region that the domain's own relation names, else a node made for it. */
static struct lop_node *shared_memory(struct lop_cut *cut, const struct lop_link *link,
				      enum lop_end end)
{
	const struct lop_relation *own = link->relation[end];
	struct lop_node *copy =
		own && own->n_carveouts == 1 ? copy_of(cut, own->carveouts[0].node) : NULL;

	return copy ? copy : add_memory(cut, link, end);
}

/* --- mailbox --- */

static void put_channel(struct lop_val *val, const struct lop_node *mbox, uint32_t channel,
			uint32_t n_cells, struct lop_span span)
{
	lop_val_mark(val, LOP_MARK_U32, NULL, span);
	lop_val_target(val, mbox, span);
	if (n_cells)
		lop_val_number(val, channel, n_cells);
}

/* A mailbox that others take channels of needs a driver between it and the IPM interface. */
static struct lop_node *add_adapter(struct lop_cut *cut, const struct lop_node *mbox,
				    struct lop_span span)
{
	const uint32_t n_cells = lop_node_cell(cut->out, mbox, "#mbox-cells", 0);
	struct lop_node *node = lop_made_node(cut, cut->out->root, "mbox-ipm", span);
	struct lop_val val = { .arena = cut->out->arena };

	lop_made_string(cut, node, "compatible", "zephyr,mbox-ipm", span);
	put_channel(&val, mbox, 0, n_cells, span);
	put_channel(&val, mbox, 1, n_cells, span);
	lop_cut_set(cut, node, "mboxes", lop_val_take(&val), span);
	lop_val_string(&val, "tx", span);
	lop_val_string(&val, "rx", span);
	lop_cut_set(cut, node, "mbox-names", lop_val_take(&val), span);
	return node;
}

static struct lop_node *mailbox(struct lop_cut *cut, const struct lop_link *link, enum lop_end end)
{
	struct lop_node *copy = copy_of(cut, link->mbox[end]);

	if (copy && lop_prop_find(cut->out, copy, "#mbox-cells"))
		return add_adapter(cut, copy, link->span);
	return copy;
}

/* --- the domain --- */

static bool chosen_has(const struct lop_cut *cut, const char *name)
{
	const struct lop_node *chosen = lop_node_child(cut->out, cut->out->root, "chosen");

	return chosen && lop_prop_find(cut->out, chosen, name);
}

void lop_cut_zephyr_ipc(struct lop_cut *cut, const struct lop_domain *domain)
{
	for (size_t i = 0; i < cut->base->n_links; i++) {
		const struct lop_link *link = cut->base->links[i];
		const enum lop_end end = link->end[LOP_HOST] == domain ? LOP_HOST : LOP_REMOTE;

		if (link->end[end] != domain || link->kind != LOP_LINK_RPMSG)
			continue;
		if (!chosen_has(cut, "zephyr,ipc_shm"))
			lop_zephyr_choose(cut, "zephyr,ipc_shm", shared_memory(cut, link, end));
		if (!chosen_has(cut, "zephyr,ipc"))
			lop_zephyr_choose(cut, "zephyr,ipc", mailbox(cut, link, end));
		return;
	}
}
