/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * /reserved-memory holds the regions the domain uses and, as plain holes, those of others inside
 * its memory. Needs the pieces of memory.c.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

static bool in_my_memory(const struct lop_cut *cut, struct lop_range range)
{
	for (size_t i = 0; i < cut->n_pieces; i++)
		if (lop_range_overlaps(cut->pieces[i].root, range))
			return true;
	return false;
}

/* Is a range of the domain's memory inside? */
static bool has_memory_in(const struct lop_domain *e, struct lop_range range)
{
	for (size_t i = 0; i < e->n_memory; i++)
		if (lop_range_contains(range, e->memory[i].range))
			return true;
	for (size_t i = 0; i < e->n_sram; i++)
		if (lop_range_contains(range, e->sram[i].range))
			return true;
	return false;
}

static bool others_have_memory_in(const struct lop_cut *cut, struct lop_range range)
{
	size_t lo = 0, hi = cut->n_others;

	while (lo < hi) { /* the first that begins in it */
		size_t mid = lo + (hi - lo) / 2;

		if (cut->others[mid].base < range.base)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < cut->n_others && lop_range_contains_addr(range, cut->others[lo].base); lo++)
		if (lop_range_contains(range, cut->others[lo]))
			return true;
	return false;
}

enum use { MINE = 1, OTHERS = 2 };

/* By node: who names a region, or has a device that uses it. */
static const unsigned char *find_uses(const struct lop_cut *cut)
{
	unsigned char *uses = lop_arena_zalloc(cut->arena, cut->tree->n_nodes);

	for (size_t i = 0; i < cut->system->n_naming; i++) {
		const struct lop_domain *e = cut->system->naming[i];

		if (e == cut->domain)
			for (size_t k = 0; k < e->n_regions; k++)
				uses[e->regions[k].node->index] |= MINE;
		else if (!lop_domain_related(e, cut->domain))
			for (size_t k = 0; k < e->n_all_regions; k++)
				uses[e->regions[k].node->index] |= OTHERS;
	}
	return uses;
}

static bool others_use(const struct lop_cut *cut, const struct lop_reserved *r)
{
	return (cut->region_uses[r->node->index] & OTHERS) || others_have_memory_in(cut, r->range);
}

static bool visible(const struct lop_cut *cut, const struct lop_reserved *r)
{
	struct lop_range view;

	return !r->range.size ||
	       lop_domain_sees_memory(cut->system, cut->domain, r->range, false, &view);
}

/* Partly in memory that was moved: what is in there is a hole, the rest is nothing to the domain.
 */
static bool is_half_moved(const struct lop_cut *cut, struct lop_range range)
{
	for (size_t i = 0; i < cut->domain->n_memory; i++) {
		const struct lop_memory_use *use = &cut->domain->memory[i];

		if (use->moved && lop_range_overlaps(use->range, range) &&
		    !lop_range_contains(use->range, range))
			return true;
	}
	return false;
}

/* What it names and does not see (reported by check) is taken to be where the root has it. */
static void mark(struct lop_cut *cut, const struct lop_reserved *r)
{
	bool named = cut->region_uses[r->node->index] & MINE;
	bool always = lop_prop_find(cut->tree, r->node, "lopper,no-ref-required") ||
		      (r->domain_memory && (cut->everything || in_my_memory(cut, r->range)));

	if (!named && (!visible(cut, r) || !lop_cut_may_allocate(cut, r->node)))
		return;
	if (!named && is_half_moved(cut, r->range))
		return;
	if (!always && !named && !(cut->everything && !others_use(cut, r)))
		return;
	/* a region that is the domain's memory is not reserved from it, unless it says so */
	if (has_memory_in(cut->domain, r->range) && (r->domain_memory || !named))
		return;
	cut->forced[r->node->index] = true;
	lop_cut_keep(cut, r->node, LOP_KEEP_GIVEN);
}

void lop_cut_mark_reserved(struct lop_cut *cut)
{
	cut->region_uses = find_uses(cut);
	for (size_t i = 0; i < cut->system->n_reserved; i++)
		mark(cut, &cut->system->reserved[i]);
}

/* The operating system allocates from it as it likes; nobody else is in there. */
static bool is_pool(const struct lop_cut *cut, const struct lop_node *region)
{
	return lop_node_compatible(cut->tree, region, "shared-dma-pool") ||
	       lop_node_compatible(cut->tree, region, "restricted-dma-pool") ||
	       lop_prop_find(cut->tree, region, "reusable");
}

/*
 * Regions that are not the domain's inside its memory: other domains', and those that nobody names
 * (a firmware's, say). The operating system must keep off. A pool that nobody names is ordinary
 * memory.
 */
void lop_cut_mark_holes(struct lop_cut *cut)
{
	for (size_t i = 0; i < cut->system->n_reserved; i++) {
		const struct lop_reserved *r = &cut->system->reserved[i];

		if (cut->keep[r->node->index] || !r->range.size || !in_my_memory(cut, r->range) ||
		    has_memory_in(cut->domain, r->range) ||
		    (is_pool(cut, r->node) && !others_use(cut, r)))
			continue;
		cut->class[r->node->index] = LOP_CLASS_HOLE;
		lop_cut_keep(cut, r->node, LOP_KEEP_PATH);
	}
}

/*
 * A hole in memory that is not where the machine has it: the parts in the domain's memory, however
 * far it reaches beyond. In the child address space of /reserved-memory; arena memory.
 */
static size_t parts_of_hole(struct lop_cut *cut, const struct lop_node *node,
			    struct lop_range **parts)
{
	size_t n_regs = lop_reg_count(cut->tree, node), n = 0;

	*parts = lop_arena_alloc(cut->arena, (n_regs * cut->n_pieces + 1) * sizeof(**parts));
	for (size_t i = 0; i < n_regs; i++) {
		struct lop_where where = lop_reg_to_root(cut->tree, node, i);
		uint64_t offset = lop_reg_get(cut->tree, node, i).base - where.range.base;
		size_t end =
			where.mapped ? n + lop_cut_clip(cut, where.range, true, *parts + n) : n;

		for (; n < end; n++)
			(*parts)[n].base += offset;
	}
	return n;
}

const char *lop_cut_hole_name(struct lop_cut *cut, const struct lop_node *node)
{
	struct lop_range *parts;

	if (!parts_of_hole(cut, node, &parts))
		return node->name;
	return lop_arena_printf(cut->out->arena, "%.*s@%llx", (int)lop_node_base_len(node),
				node->name, (unsigned long long)parts[0].base);
}

static void copy_parts(struct lop_cut *cut, const struct lop_node *node, const struct lop_prop *reg)
{
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };
	struct lop_range *parts;
	size_t n = parts_of_hole(cut, node, &parts);

	for (size_t i = 0; i < n; i++) {
		lop_val_mark(&cells, LOP_MARK_U32, NULL, reg->span);
		lop_cut_put(cut, &cells, node, parts[i].base,
			    lop_address_cells(cut->tree, node->parent));
		lop_cut_put(cut, &cells, node, parts[i].size,
			    lop_size_cells(cut->tree, node->parent));
	}
	lop_cut_set(cut, cut->copy[node->index], "reg", lop_val_take(&cells), reg->span);
}

static void copy_hole(struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_prop *reg = lop_prop_find(cut->tree, node, "reg");
	struct lop_value empty = { 0 };

	if (cut->domain->moves)
		copy_parts(cut, node, reg);
	else
		lop_cut_copy_reg(cut, node, reg);
	lop_cut_set(cut, cut->copy[node->index], "no-map", empty, reg->span);
}

/* --- regions written inside the domain's own node, with addresses of the root --- */

static struct lop_range own_region(struct lop_cut *cut, const struct lop_node *node, size_t i)
{
	struct lop_range root = lop_reg_get(cut->tree, node, i), view = root;

	if (root.size)
		lop_domain_sees_memory(cut->system, cut->domain, root, false, &view);
	return view;
}

static const char *own_name(struct lop_cut *cut, const struct lop_node *node)
{
	const char *unit = lop_node_unit(node);
	uint64_t old, now;

	if (!unit || !lop_reg_count(cut->tree, node))
		return node->name;
	old = lop_reg_get(cut->tree, node, 0).base;
	now = own_region(cut, node, 0).base;
	if (now == old || strtoull(unit, NULL, 16) != old)
		return node->name;
	return lop_arena_printf(cut->out->arena, "%.*s@%llx", (int)lop_node_base_len(node),
				node->name, (unsigned long long)now);
}

static void check_own_region(struct lop_cut *cut, const struct lop_node *node,
			     const struct lop_prop *reg)
{
	struct lop_range root, view;
	char text[LOP_RANGE_TEXT];
	struct lop_diag *d;

	for (size_t i = 0; cut->cluster && i < lop_reg_count(cut->tree, node); i++) {
		root = lop_reg_get(cut->tree, node, i);
		if (!root.size ||
		    lop_domain_sees_memory(cut->system, cut->domain, root, false, &view))
			continue;
		d = lop_report(cut->diags, LOP_MEM_UNREACHABLE, lop_prop_value_span(reg),
			       "cluster `%s` does not see `%s` of `%s`: %s", cut->cluster->name,
			       node->name, cut->domain->name, lop_range_text(root, text));
		lop_diag_label(d, cut->cluster->node->span, "its address-map shows nothing of it");
		lop_diag_help(d, "reg has addresses of the root, as in /reserved-memory: choose "
				 "memory that the cluster sees, or add it to the address-map");
		return;
	}
}

static void copy_own_reg(struct lop_cut *cut, const struct lop_node *node,
			 const struct lop_prop *reg)
{
	uint32_t ac = lop_address_cells(cut->tree, node->parent);
	uint32_t sc = lop_size_cells(cut->tree, node->parent);
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };
	struct lop_span_walk spans = lop_span_walk(&reg->value, reg->span);

	check_own_region(cut, node, reg);
	for (size_t i = 0; i < lop_reg_count(cut->tree, node); i++) {
		struct lop_range view = own_region(cut, node, i);

		lop_val_mark(&cells, LOP_MARK_U32, NULL,
			     lop_span_walk_to(&spans, (uint32_t)(i * (ac + sc) * 4)));
		lop_cut_put(cut, &cells, node, view.base, ac);
		lop_cut_put(cut, &cells, node, view.size, sc);
	}
	if (cells.data.len)
		lop_cut_set(cut, cut->copy[node->index], "reg", lop_val_take(&cells), reg->span);
	lop_val_drop(&cells);
}

static void copy_own_region(struct lop_cut *cut, struct lop_node *top, const struct lop_node *node)
{
	lop_cut_add(cut, top, own_name(cut, node), node);
	for (const struct lop_prop *p = node->props; p; p = p->next) {
		if (!strcmp(p->name, "reg"))
			copy_own_reg(cut, node, p);
		else if (!strcmp(p->name, "alloc-ranges"))
			lop_cut_copy_alloc_ranges(cut, node, p);
		else
			lop_cut_copy_prop(cut, node, p);
	}
}

/* Both lists become one node, which has one kind of cells. */
static bool same_cells(struct lop_cut *cut, const struct lop_node *own, const struct lop_node *top)
{
	struct lop_diag *d;

	if (lop_address_cells(cut->tree, own) == lop_address_cells(cut->out, top) &&
	    lop_size_cells(cut->tree, own) == lop_size_cells(cut->out, top))
		return true;
	d = lop_report(cut->diags, LOP_UNSUPPORTED, own->span,
		       "reserved-memory of `%s` has other #address-cells or #size-cells than "
		       "/reserved-memory",
		       cut->domain->name);
	lop_diag_label(d, top->span, "its regions would stand here");
	lop_diag_help(d, "write `#address-cells = <%u>; #size-cells = <%u>;` in it",
		      lop_address_cells(cut->out, top), lop_size_cells(cut->out, top));
	return false;
}

static void add_own_regions(struct lop_cut *cut)
{
	const struct lop_node *own =
		lop_node_child(cut->tree, cut->domain->node, "reserved-memory");
	struct lop_node *top = lop_node_child(cut->out, cut->out->root, "reserved-memory");

	if (!own || !own->children)
		return;
	if (!top) {
		top = lop_node_add(cut->out, cut->out->root, "reserved-memory", own->span);
		cut->copy[own->index] = top;
		lop_cut_copy_props(cut, own);
	}
	if (!same_cells(cut, own, top))
		return;
	for (const struct lop_node *n = own->children; n; n = n->next)
		copy_own_region(cut, top, n);
}

void lop_cut_reserved(struct lop_cut *cut)
{
	const struct lop_node *top = lop_node_child(cut->tree, cut->tree->root, "reserved-memory");

	if (top && cut->copy[top->index]) {
		lop_cut_copy_props(cut, top);
		for (const struct lop_node *n = lop_node_next(top, top); n;
		     n = lop_node_next(n, top)) {
			if (!cut->copy[n->index])
				continue;
			if (cut->class[n->index] == LOP_CLASS_HOLE)
				copy_hole(cut, n);
			else
				lop_cut_copy_props(cut, n);
		}
	}
	add_own_regions(cut);
}
