/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory nodes hold exactly what the domain was assigned, in its cluster's view; /reserved-memory
 * holds the regions the domain uses and, as plain holes, those of others inside its memory.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

/* --- pieces of memory --- */

static void push(struct lop_cut *cut, const struct lop_piece *piece)
{
	*LOP_APPEND(cut->arena, cut->pieces, cut->n_pieces) = *piece;
	if (piece->physical)
		lop_cut_keep(cut, piece->physical->node, LOP_KEEP_GIVEN);
}

/* The parts of a range that the cluster has windows to. */
static bool add_seen(struct lop_cut *cut, const struct lop_physical *p, struct lop_range root,
		     struct lop_span span)
{
	struct lop_range left = root, part, view;
	bool any = false;

	while (lop_cluster_next_part(cut->system, cut->cluster, p, &left, &part, &view)) {
		push(cut, &(struct lop_piece){ p, part, view, span });
		any = true;
	}
	return any;
}

/* Where the next physical memory above an address begins; false: nowhere. */
static bool next_physical(const struct lop_cut *cut, uint64_t addr, uint64_t *start)
{
	bool found = false;

	for (size_t i = 0; i < cut->system->n_physical; i++) {
		uint64_t base = cut->system->physical[i].range.base;

		if (base <= addr || (found && base >= *start))
			continue;
		*start = base;
		found = true;
	}
	return found;
}

/*
 * A range may lie across memories that touch: each holds its part, every byte is given once.
 * Returns whether the cluster sees any of it; seen: only what it sees.
 */
static bool add_parts(struct lop_cut *cut, const struct lop_memory_use *use, bool sram, bool seen)
{
	struct lop_range left = use->range;
	bool any = false;

	while (left.size) {
		const struct lop_physical *p =
			lop_system_home(cut->system, cut->cluster, left.base, sram);
		struct lop_range part = p ? lop_range_intersect(p->range, left) : left;
		struct lop_range view;
		uint64_t next = 0;

		if (!p && next_physical(cut, left.base, &next) && next - left.base < left.size)
			part.size = next - left.base; /* no memory here: reported by check */
		view.base = use->moved ? use->guest + (part.base - use->range.base) : part.base;
		view.size = part.size;
		if (p && seen && !use->moved)
			any |= add_seen(cut, p, part, use->span);
		else if (p || part.size == use->range.size)
			push(cut, &(struct lop_piece){ p, part, view, use->span });
		any |= p && use->moved;
		left.base += part.size;
		left.size -= part.size;
	}
	return any;
}

/* What is asked for but not seen at all (reported by check) is taken to be where the root has it.
 */
static void add_use(struct lop_cut *cut, const struct lop_memory_use *use, bool sram)
{
	size_t before = cut->n_pieces;

	if (add_parts(cut, use, sram, true))
		return;
	cut->n_pieces = before;
	add_parts(cut, use, sram, false);
}

/* --- what nobody else has --- */

static bool is_reserved(const struct lop_system *system, struct lop_range range)
{
	for (size_t i = 0; i < system->n_reserved; i++)
		if (lop_range_contains(system->reserved[i].range, range))
			return true;
	return false;
}

/* What is given already, by address: the domain's own, and that of unrelated ones. */
static void find_others(struct lop_cut *cut)
{
	const struct lop_system *system = cut->system;

	cut->others = lop_arena_alloc(cut->arena, (system->n_taken + 1) * sizeof(*cut->others));
	for (size_t i = 0; i < system->n_taken; i++)
		if (system->taken[i].domain == cut->domain ||
		    !lop_domain_related(system->taken[i].domain, cut->domain))
			cut->others[cut->n_others++] = system->taken[i].range;
}

static void add_part(struct lop_cut *cut, const struct lop_physical *p, struct lop_range part,
		     bool seen)
{
	if (seen)
		add_seen(cut, p, part, p->node->span);
	else
		push(cut, &(struct lop_piece){ p, part, part, p->node->span });
}

/*
 * A memory without what is given of it already. whole: but for reserved regions, which become
 * holes. seen: only what the cluster sees, else all, as the root has it.
 */
static void add_rest(struct lop_cut *cut, const struct lop_physical *p, bool whole, bool seen)
{
	struct lop_range left = p->range;

	for (size_t i = 0; i < cut->n_others && left.size; i++) {
		struct lop_range other = cut->others[i], part[2];
		size_t parts;

		if (!lop_range_overlaps(left, other) || (whole && is_reserved(cut->system, other)))
			continue;
		parts = lop_range_subtract(left, other, part);
		if (parts && part[0].base < other.base) /* below it: nobody's */
			add_part(cut, p, part[0], seen);
		left = parts && part[parts - 1].base > other.base ? part[parts - 1]
								  : (struct lop_range){ 0, 0 };
	}
	if (left.size)
		add_part(cut, p, left, seen);
}

/*
 * Given as a device, and nothing in it as memory: then it is the domain's as a whole, but for what
 * other domains were given of it as memory. Where that is a reserved region it becomes a hole.
 */
static bool takes_whole(const struct lop_cut *cut, const struct lop_physical *p, size_t n_assigned)
{
	if (cut->claim[p->node->index] != LOP_CLAIM_MINE)
		return false;
	for (size_t i = 0; i < n_assigned; i++)
		if (cut->pieces[i].physical && cut->pieces[i].physical->node == p->node)
			return false;
	return true;
}

static bool takes_rest(const struct lop_cut *cut, const struct lop_physical *p)
{
	const struct lop_domain *d = cut->domain;

	if (cut->claim[p->node->index] == LOP_CLAIM_OTHER)
		return false;
	if (p->sram)
		return cut->everything && !d->n_sram && !d->sram_all;
	return d->is_default && !d->n_memory && !d->memory_all;
}

void lop_cut_mark_memory(struct lop_cut *cut)
{
	const struct lop_domain *d = cut->domain;
	const struct lop_system *system = cut->system;
	size_t n_assigned;

	find_others(cut);
	for (size_t i = 0; i < d->n_memory; i++)
		add_use(cut, &d->memory[i], false);
	for (size_t i = 0; i < d->n_sram; i++)
		add_use(cut, &d->sram[i], true);
	n_assigned = cut->n_pieces;
	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_physical *p = &system->physical[i];

		if (cut->class[p->node->index] == LOP_CLASS_META)
			continue; /* a bank that it loads for a remote */
		if (takes_whole(cut, p, n_assigned))
			add_rest(cut, p, true,
				 !cut->cluster || lop_cluster_names(cut->cluster, p->node));
		else if (takes_rest(cut, p))
			add_rest(cut, p, false, true);
	}
}

/* A piece in the child address space of the bus that its node stands on, in the domain's tree. */
static struct lop_range piece_in_bus(struct lop_cut *cut, const struct lop_piece *piece)
{
	const struct lop_node *node = piece->physical->node;
	const struct lop_shown at = { piece->root.base, piece->view.base };
	struct lop_range r = piece->view;

	for (size_t i = 0; i < lop_reg_count(cut->tree, node); i++) {
		struct lop_where where = lop_reg_to_root(cut->tree, node, i);

		if (!where.mapped || where.range.base != piece->physical->range.base)
			continue;
		r.base = lop_reg_get(cut->tree, node, i).base + (at.root - where.range.base);
		if (lop_cut_is_elsewhere(cut, at) &&
		    !lop_cut_place(cut, node->parent, r, at, &r.base))
			lop_cut_report_place(cut, node, at);
		break;
	}
	return r;
}

void lop_cut_plan_memory(struct lop_cut *cut)
{
	for (size_t i = 0; i < cut->n_pieces; i++)
		if (cut->pieces[i].physical)
			piece_in_bus(cut, &cut->pieces[i]);
}

const char *lop_cut_memory_name(struct lop_cut *cut, const struct lop_node *node)
{
	for (size_t i = 0; i < cut->n_pieces && lop_node_unit(node); i++) {
		if (!cut->pieces[i].physical || cut->pieces[i].physical->node != node)
			continue;
		if (piece_in_bus(cut, &cut->pieces[i]).base == lop_reg_get(cut->tree, node, 0).base)
			return node->name;
		return lop_arena_printf(
			cut->out->arena, "%.*s@%llx", (int)lop_node_base_len(node), node->name,
			(unsigned long long)piece_in_bus(cut, &cut->pieces[i]).base);
	}
	return lop_cut_name(cut, node);
}

bool lop_cut_has_piece(const struct lop_cut *cut, const struct lop_node *node)
{
	for (size_t i = 0; i < cut->n_pieces; i++)
		if (cut->pieces[i].physical && cut->pieces[i].physical->node == node)
			return true;
	return false;
}

static void copy_memory(struct lop_cut *cut, const struct lop_node *node)
{
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };
	uint32_t ac = lop_address_cells(cut->tree, node->parent);
	uint32_t sc = lop_size_cells(cut->tree, node->parent);
	struct lop_span span = node->span;

	for (size_t i = 0; i < cut->n_pieces; i++) {
		const struct lop_piece *piece = &cut->pieces[i];
		struct lop_range r;

		if (!piece->physical || piece->physical->node != node)
			continue;
		r = piece_in_bus(cut, piece);
		if (!cells.data.len)
			span = piece->span;
		lop_val_mark(&cells, LOP_MARK_U32, NULL, piece->span);
		lop_cut_put(cut, &cells, node, r.base, ac);
		lop_cut_put(cut, &cells, node, r.size, sc);
	}
	for (const struct lop_prop *p = node->props; p; p = p->next) {
		if (strcmp(p->name, "reg") || !lop_cut_has_piece(cut, node))
			lop_cut_copy_prop(cut, node, p);
		else if (cells.data.len)
			lop_cut_set(cut, cut->copy[node->index], "reg", lop_val_take(&cells), span);
	}
	lop_val_drop(&cells);
}

/* Assigned, but the tree has no memory there (an error by default): said as it was assigned. */
static void add_homeless(struct lop_cut *cut, const struct lop_piece *piece)
{
	struct lop_tree *out = cut->out;
	const char *name =
		lop_arena_printf(out->arena, "memory@%llx", (unsigned long long)piece->view.base);
	struct lop_node *node = lop_node_child(out, out->root, name);
	struct lop_val cells = { .arena = out->arena, .diags = cut->diags };

	if (node)
		return;
	node = lop_node_add(out, out->root, name, piece->span);
	lop_val_mark(&cells, LOP_MARK_U32, NULL, piece->span);
	lop_cut_put(cut, &cells, node, piece->view.base,
		    lop_address_cells(cut->tree, cut->tree->root));
	lop_cut_put(cut, &cells, node, piece->view.size,
		    lop_size_cells(cut->tree, cut->tree->root));
	lop_cut_set(cut, node, "device_type", lop_value_string(out->arena, "memory"), piece->span);
	lop_cut_set(cut, node, "reg", lop_val_take(&cells), piece->span);
}

void lop_cut_memory(struct lop_cut *cut)
{
	const struct lop_node *root = cut->tree->root;

	for (const struct lop_node *n = root; n; n = lop_cut_next(cut, n))
		if (cut->class[n->index] == LOP_CLASS_MEMORY && cut->copy[n->index])
			copy_memory(cut, n);
	for (size_t i = 0; i < cut->n_pieces; i++)
		if (!cut->pieces[i].physical)
			add_homeless(cut, &cut->pieces[i]);
}
