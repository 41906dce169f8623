/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The node that Linux's driver of a remote processor binds to: made (AMD), or one of the tree,
 * completed with the memory that the two share. What lacks has been reported by a check, and where
 * it is essential there is no node.
 */
#include "lopper-c/model/rproc.h"

#include "lopper-c/base/map.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"
#include "lopper-c/view/made.h"

/* --- memory-region --- */

struct regions {
	struct lop_cut *cut;
	const struct lop_rproc *rproc;
	struct lop_val refs;
	struct lop_map seen; /* nodes of the domain's tree that are listed */
};

static struct lop_node *copy_of(const struct lop_cut *cut, const struct lop_node *node)
{
	return node ? cut->copy[node->index] : NULL;
}

static void add_ref(struct regions *r, struct lop_node *target, struct lop_span span)
{
	if (!target || lop_map_get(&r->seen, target, ""))
		return;
	lop_map_put(&r->seen, target, "", target);
	lop_val_mark(&r->refs, LOP_MARK_U32, NULL, span);
	lop_val_target(&r->refs, target, span);
}

/* A region of the tree that holds the range; NULL: none that the domain has. */
static struct lop_node *region_around(const struct lop_cut *cut, struct lop_range range)
{
	for (size_t i = 0; i < cut->system->n_reserved; i++) {
		const struct lop_reserved *r = &cut->system->reserved[i];

		if (copy_of(cut, r->node) && lop_range_contains(r->range, range))
			return copy_of(cut, r->node);
	}
	return NULL;
}

/* Memory of the remote as a region: programs are loaded there. */
static void add_memory(struct regions *r, const struct lop_domain *remote,
		       const struct lop_memory_use *use, const char *kind)
{
	struct lop_cut *cut = r->cut;
	struct lop_range range = use->range;
	struct lop_value none = { 0 };
	struct lop_node *node = range.size ? region_around(cut, range) : NULL;

	if (!node && range.size &&
	    lop_domain_address(cut->base, cut->written, range, &range.base)) {
		node = lop_made_at(cut, lop_made_reserved(cut, use->span),
				   lop_arena_printf(cut->arena, "%s-%s", remote->name, kind),
				   range.base, use->span);
		lop_made_reg(cut, node, range, use->span);
		lop_prop_set(cut->out, node, "no-map", none, use->span);
	}
	add_ref(r, node, use->span);
}

/* The remote's memory as it is written and placed; SRAM where the driver asks for it. */
static void add_uses(struct regions *r, size_t from, size_t to)
{
	const struct lop_domain *remote = lop_system_domain(r->cut->base, r->rproc->remote->name);
	const size_t n_sram = remote && r->rproc->flavour->lists_sram ? remote->n_sram : 0;

	for (size_t i = from; remote && i < to && i < n_sram + remote->n_memory; i++)
		if (i < n_sram)
			add_memory(r, remote, &remote->sram[i], "sram");
		else
			add_memory(r, remote, &remote->memory[i - n_sram], "memory");
}

/* What programs are loaded to: of elfload, else the remote's memory. */
static void add_programs(struct regions *r, size_t from, size_t to)
{
	const struct lop_rproc *rproc = r->rproc;

	for (size_t i = from; i < to && i < rproc->n_firmware; i++)
		add_ref(r, copy_of(r->cut, rproc->firmware[i]->node), rproc->firmware[i]->span);
	if (!rproc->n_firmware)
		add_uses(r, from, to);
}

/* The link in the system as it is written, which has the places; the order is the same there. */
static const struct lop_link *as_written(const struct lop_cut *cut, const struct lop_link *link)
{
	const struct lop_link *written =
		link->index < cut->base->n_links ? cut->base->links[link->index] : NULL;

	return written && !strcmp(written->name, link->name) ? written : NULL;
}

/* A region of the tree: Linux takes buffers out of a DMA pool only. */
static void add_region(struct regions *r, const struct lop_link *link, enum lop_link_part part)
{
	struct lop_node *node = copy_of(r->cut, link->part[part]);

	if (node && part == LOP_PART_POOL && !lop_prop_find(r->cut->out, node, "compatible"))
		lop_made_string(r->cut, node, "compatible", "shared-dma-pool", link->span);
	add_ref(r, node, link->span);
}

static void add_link_part(struct regions *r, const struct lop_link *link, enum lop_link_part part)
{
	const struct lop_link *written = link->node ? as_written(r->cut, link) : NULL;

	if (written)
		add_ref(r, lop_cut_link_part(r->cut, written, LOP_HOST, part), link->span);
	else if (part <= LOP_PART_POOL && link->part[part])
		add_region(r, link, part);
}

/* What the node of the tree lists already comes last. */
static void add_listed(struct regions *r)
{
	const struct lop_node *node = r->rproc->node;
	const struct lop_prop *prop =
		node ? lop_prop_find(r->cut->tree, node, "memory-region") : NULL;

	if (!prop)
		return;
	r->cut->refs.count = 0;
	lop_refs_scan(r->cut->tree, node, prop, &r->cut->refs);
	for (size_t i = 0; i < r->cut->refs.count; i++)
		add_ref(r, copy_of(r->cut, r->cut->refs.items[i].target), prop->span);
}

static void set_regions(struct lop_cut *cut, const struct lop_rproc *rproc, struct lop_node *node)
{
	struct regions r = { cut, rproc, { .arena = cut->out->arena }, { 0 } };
	const struct lop_flavour *flavour = rproc->flavour;

	if (flavour->program_first)
		add_programs(&r, 0, 1);
	for (size_t i = 0; i < rproc->n_links; i++)
		for (unsigned k = 0; k < flavour->n_parts; k++)
			add_link_part(&r, rproc->links[i], (enum lop_link_part)flavour->parts[k]);
	add_programs(&r, 0, SIZE_MAX);
	for (size_t i = 0; i < rproc->n_links; i++)
		add_link_part(&r, rproc->links[i], LOP_PART_TABLE);
	add_listed(&r);
	if (r.refs.data.len)
		lop_prop_set(cut->out, node, "memory-region", lop_val_take(&r.refs), rproc->span);
	lop_val_drop(&r.refs);
	lop_map_free(&r.seen);
}

/* --- AMD: a node for both CPUs of a pair, made of their banks of TCM --- */

/* Both CPUs see their own banks at the same addresses: the upper cell is the CPU's number. */
static uint64_t child_address(const struct lop_rproc *rproc, const struct lop_bank *bank)
{
	return (uint64_t)lop_rproc_core(rproc) << 32 | bank->local;
}

static void set_cells(struct lop_cut *cut, struct lop_node *node, const char *name,
		      struct lop_val *val, struct lop_span span)
{
	if (val->data.len)
		lop_prop_set(cut->out, node, name, lop_val_take(val), span);
	lop_val_drop(val);
}

static void set_banks(struct lop_cut *cut, const struct lop_rproc *rproc, struct lop_node *core)
{
	struct lop_val reg = { .arena = cut->out->arena }, names = reg;

	for (size_t i = 0; i < rproc->n_banks; i++) {
		const struct lop_bank *bank = &rproc->banks[i];

		lop_val_mark(&reg, LOP_MARK_U32, NULL, bank->node->span);
		lop_val_number(&reg, child_address(rproc, bank), 2);
		lop_val_number(&reg, bank->root.size, 2);
		lop_val_string(&names,
			       lop_arena_printf(cut->arena, "%ctcm%u", bank->letter, bank->ordinal),
			       bank->node->span);
	}
	set_cells(cut, core, "reg", &reg, rproc->span);
	set_cells(cut, core, "reg-names", &names, rproc->span);
}

/* The first entry of a node's power-domains. */
static void add_power(struct lop_cut *cut, const struct lop_node *node, struct lop_val *val)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, node, "power-domains");
	const struct lop_ref *ref;

	cut->refs.count = 0;
	if (prop)
		lop_refs_scan(cut->tree, node, prop, &cut->refs);
	ref = cut->refs.items;
	if (!cut->refs.count || !copy_of(cut, ref->target))
		return;
	lop_val_mark(val, LOP_MARK_U32, NULL, prop->span);
	lop_val_target(val, copy_of(cut, ref->target), prop->span);
	for (uint32_t at = ref->ref + 4; at + 4 <= ref->start + ref->len; at += 4)
		lop_val_number(val, lop_value_cell(&prop->value, at / 4), 1);
}

static void set_power(struct lop_cut *cut, const struct lop_rproc *rproc, struct lop_node *core)
{
	struct lop_val val = { .arena = cut->out->arena };

	add_power(cut, rproc->cpu->node, &val);
	for (size_t i = 0; i < rproc->n_banks; i++)
		add_power(cut, rproc->banks[i].node, &val);
	set_cells(cut, core, "power-domains", &val, rproc->span);
}

static void set_mboxes(struct lop_cut *cut, const struct lop_rproc *rproc, struct lop_node *core)
{
	static const char *const channels[] = { "tx", "rx" };
	const struct lop_node *mbox = copy_of(cut, lop_rproc_mbox(cut->system, rproc));
	struct lop_val val = { .arena = cut->out->arena }, names = val;

	for (unsigned i = 0; mbox && i < 2; i++) {
		lop_val_mark(&val, LOP_MARK_U32, NULL, rproc->span);
		lop_val_target(&val, mbox, rproc->span);
		lop_val_number(&val, i, 1);
		lop_val_string(&names, channels[i], rproc->span);
	}
	set_cells(cut, core, "mboxes", &val, rproc->span);
	set_cells(cut, core, "mbox-names", &names, rproc->span);
}

static void add_core(struct lop_cut *cut, const struct lop_rproc *rproc, struct lop_node *pair)
{
	struct lop_node *core =
		lop_made_at(cut, pair, rproc->flavour->child, lop_rproc_core(rproc), rproc->span);

	lop_made_string(cut, core, "compatible", rproc->flavour->core, rproc->span);
	set_banks(cut, rproc, core);
	set_power(cut, rproc, core);
	set_mboxes(cut, rproc, core);
	set_regions(cut, rproc, core);
}

static void add_ranges(struct lop_cut *cut, const struct lop_rproc *rproc, struct lop_val *val)
{
	uint32_t ac = lop_address_cells(cut->out, cut->out->root);

	for (size_t i = 0; i < rproc->n_banks; i++) {
		const struct lop_bank *bank = &rproc->banks[i];

		lop_val_mark(val, LOP_MARK_U32, NULL, bank->node->span);
		lop_val_number(val, child_address(rproc, bank), 2);
		lop_cut_put(cut, val, bank->node, bank->host, ac);
		lop_val_number(val, bank->root.size, 2);
	}
}

static uint64_t lowest(const struct lop_rproc *rproc)
{
	uint64_t base = UINT64_MAX;

	for (size_t i = 0; i < rproc->n_banks; i++)
		if (rproc->banks[i].host < base)
			base = rproc->banks[i].host;
	return base;
}

static void make_amd(struct lop_cut *cut, const struct lop_rproc *rproc)
{
	const struct lop_rproc *mate = rproc->mate && !rproc->mate->incomplete ? rproc->mate : NULL;
	const struct lop_rproc *first = mate && lop_rproc_core(mate) == 0 ? mate : rproc;
	const struct lop_rproc *second = first == rproc ? mate : rproc;
	struct lop_val ranges = { .arena = cut->out->arena };
	bool lockstep = rproc->lockstep || (mate && mate->lockstep);
	uint64_t base = mate && lowest(mate) < lowest(rproc) ? lowest(mate) : lowest(rproc);
	struct lop_node *pair = lop_made_at(cut, cut->out->root, "remoteproc", base, rproc->span);

	if (lop_prop_find(cut->out, pair, "compatible"))
		return; /* made for its mate */
	lop_made_string(cut, pair, "compatible", rproc->flavour->compatible, rproc->span);
	lop_made_cell(cut, pair, "#address-cells", 2, rproc->span);
	lop_made_cell(cut, pair, "#size-cells", 2, rproc->span);
	lop_made_cell(cut, pair, "xlnx,cluster-mode", lockstep, rproc->span);
	if (rproc->flavour->has_tcm_mode)
		lop_made_cell(cut, pair, "xlnx,tcm-mode", lockstep, rproc->span);
	add_ranges(cut, first, &ranges);
	if (second)
		add_ranges(cut, second, &ranges);
	set_cells(cut, pair, "ranges", &ranges, rproc->span);
	add_core(cut, first, pair);
	if (second)
		add_core(cut, second, pair);
}

/* --- a node of the tree --- */

static void complete_node(struct lop_cut *cut, const struct lop_rproc *rproc)
{
	if (copy_of(cut, rproc->node))
		set_regions(cut, rproc, copy_of(cut, rproc->node));
}

/* --- by flavour --- */

static void (*const makers[])(struct lop_cut *cut, const struct lop_rproc *rproc) = {
	[LOP_RPROC_AMD] = make_amd,
	[LOP_RPROC_NODE] = complete_node,
};

static bool is_mine(const struct lop_cut *cut, const struct lop_rproc *rproc)
{
	return rproc->host == cut->domain && rproc->flavour && !rproc->incomplete;
}

/* Does the domain's own list name it? */
static bool is_given(const struct lop_domain *domain, const struct lop_node *node)
{
	for (size_t i = 0; i < domain->n_access; i++)
		if (domain->access[i].node == node)
			return true;
	return false;
}

/*
 * Banks are the remote's memory: a driver of SRAM would take them from the one that loads them.
 * Whoever lists one gets it.
 */
void lop_cut_classify_rprocs(struct lop_cut *cut)
{
	for (size_t i = 0; i < cut->system->n_rprocs; i++) {
		const struct lop_rproc *rproc = cut->system->rprocs[i];

		for (size_t k = 0; is_mine(cut, rproc) && k < rproc->n_banks; k++)
			if (!is_given(cut->domain, rproc->banks[k].node))
				cut->class[rproc->banks[k].node->index] = LOP_CLASS_META;
	}
}

/* The power domains that a made node refers to. */
void lop_cut_follow_rprocs(struct lop_cut *cut)
{
	for (size_t i = 0; i < cut->system->n_rprocs; i++) {
		const struct lop_rproc *rproc = cut->system->rprocs[i];

		if (!is_mine(cut, rproc) || rproc->flavour->kind != LOP_RPROC_AMD)
			continue;
		lop_cut_follow_named(cut, rproc->cpu->node, "power-domains");
		for (size_t k = 0; k < rproc->n_banks; k++)
			lop_cut_follow_named(cut, rproc->banks[k].node, "power-domains");
	}
}

void lop_cut_rprocs(struct lop_cut *cut)
{
	for (size_t i = 0; i < cut->system->n_rprocs; i++) {
		const struct lop_rproc *rproc = cut->system->rprocs[i];

		if (is_mine(cut, rproc) && makers[rproc->flavour->kind])
			makers[rproc->flavour->kind](cut, rproc);
	}
}
