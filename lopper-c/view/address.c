/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * reg, unit addresses and alloc-ranges in the view of the domain's cluster: moved where an
 * address-map moves them, cut where a window ends, left out where nothing shows. A reg changes by
 * what the buses above do not move by themselves; see ranges.c.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

#define NAMED_MAX 4u /* devices in a message */

static bool sees(const struct lop_cut *cut, const struct lop_node *node, struct lop_range root,
		 struct lop_range *view)
{
	if (cut->class[node->index] == LOP_CLASS_RESERVED ||
	    cut->class[node->index] == LOP_CLASS_HOLE) {
		if (lop_domain_sees_memory(cut->system, cut->domain, root, false, view))
			return true;
	} else if (!cut->cluster) {
		*view = root;
		return true;
	} else if (lop_cluster_sees(cut->system, cut->cluster, node, root, view)) {
		return true;
	}
	*view = root;
	return cut->forced[node->index];
}

bool lop_cut_reg(struct lop_cut *cut, const struct lop_node *node, size_t i,
		 struct lop_range *child)
{
	struct lop_where where = lop_reg_to_root(cut->tree, node, i);
	struct lop_range view;
	struct lop_shown at;
	uint64_t base;

	*child = lop_reg_get(cut->tree, node, i);
	if (!where.mapped)
		return true;
	if (!sees(cut, node, where.range, &view))
		return false;
	if (child->size > view.size)
		child->size = view.size;
	at = (struct lop_shown){ where.range.base, view.base };
	if (!lop_cut_is_elsewhere(cut, at))
		return true;
	if (lop_cut_place(cut, node->parent, *child, at, &base))
		child->base = base;
	else
		lop_cut_report_place(cut, node, at);
	return true;
}

void lop_cut_put(struct lop_cut *cut, struct lop_val *cells, const struct lop_node *node,
		 uint64_t number, uint32_t n_cells)
{
	if (n_cells == 1 && number > UINT32_MAX)
		lop_diag_help(lop_report(cut->diags, LOP_ADDRESS_OVERFLOW, node->span,
					 "0x%llx of `%s`, as `%s` sees it, does not fit into 1 "
					 "cell",
					 (unsigned long long)number, node->name, cut->domain->name),
			      "give what it stands on #address-cells and #size-cells of 2, or "
			      "choose a lower address");
	lop_val_number(cells, number, n_cells);
}

/* A region that is not all in memory that was moved: reported by a check. */
static bool is_half_moved(const struct lop_cut *cut, const struct lop_node *node)
{
	return cut->class[node->index] == LOP_CLASS_RESERVED && cut->domain->moves;
}

struct lop_prop *lop_cut_copy_reg(struct lop_cut *cut, const struct lop_node *node,
				  const struct lop_prop *reg)
{
	struct lop_node *copy = cut->copy[node->index];
	uint32_t ac = node->parent ? lop_address_cells(cut->tree, node->parent) : 0;
	uint32_t sc = node->parent ? lop_size_cells(cut->tree, node->parent) : 0;
	size_t n = lop_reg_count(cut->tree, node), kept = 0, changed = 0, shorter = 0;
	bool *stays = lop_xmalloc(n + 1);
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };
	struct lop_span_walk spans = lop_span_walk(&reg->value, reg->span);

	for (size_t i = 0; i < n; i++) {
		struct lop_range old = lop_reg_get(cut->tree, node, i), now;

		stays[i] = lop_cut_reg(cut, node, i, &now);
		if (!stays[i])
			continue;
		kept++;
		changed += now.base != old.base || now.size != old.size;
		shorter += now.size != old.size;
		lop_val_mark(&cells, LOP_MARK_U32, NULL,
			     lop_span_walk_to(&spans, (uint32_t)(i * (ac + sc) * 4)));
		lop_cut_put(cut, &cells, node, now.base, ac);
		lop_cut_put(cut, &cells, node, now.size, sc);
	}
	if ((kept < n || shorter) && !is_half_moved(cut, node))
		lop_cut_add_reg_cut(cut, node);
	if (!n || (kept == n && !changed)) {
		struct lop_value whole = lop_cut_whole_reg(cut, node, reg);

		if (whole.len)
			lop_cut_set(cut, copy, "reg", whole, reg->span);
		kept = n;
	} else if (kept) {
		lop_cut_set(cut, copy, "reg", lop_val_take(&cells), reg->span);
	}
	if (kept < n)
		lop_cut_copy_names(cut, node, "reg-names", stays, n);
	lop_val_drop(&cells);
	free(stays);
	return lop_prop_find(cut->out, copy, "reg");
}

bool lop_cut_loses_reg(struct lop_cut *cut, const struct lop_node *node)
{
	size_t n = lop_reg_count(cut->tree, node), i = 0;
	struct lop_range child;

	while (i < n && !lop_cut_reg(cut, node, i, &child))
		i++;
	return n && i == n;
}

void lop_cut_add_reg_cut(struct lop_cut *cut, const struct lop_node *node)
{
	*LOP_APPEND(cut->arena, cut->reg_cut, cut->n_reg_cut) = node;
}

/* By their paths: channels of mailboxes are all called alike. */
static void list_reg_cut(const struct lop_cut *cut, struct lop_diag *d)
{
	size_t n = cut->n_reg_cut, shown = cut->diags->verbose || n < NAMED_MAX ? n : NAMED_MAX;
	struct lop_buf text = { 0 };

	for (size_t i = 0; i < shown; i++) {
		lop_buf_puts(&text, i ? ", `" : "`");
		lop_node_path(cut->reg_cut[i], &text);
		lop_buf_puts(&text, "`");
	}
	if (shown < n)
		lop_buf_printf(&text, " and %zu more (-v names all)", n - shown);
	lop_diag_help(d, "they are %s", lop_buf_cstr(&text));
	lop_buf_free(&text);
}

/* Do the `ranges` above it end before its registers do? */
static bool cut_by_bus(const struct lop_cut *cut, const struct lop_node *node)
{
	for (size_t i = 0; i < lop_reg_count(cut->tree, node); i++) {
		struct lop_where where = lop_reg_to_root(cut->tree, node, i);

		if (where.mapped && where.range.size < lop_reg_get(cut->tree, node, i).size)
			return true;
	}
	return false;
}

void lop_cut_report_reg_cut(struct lop_cut *cut)
{
	const struct lop_node *first;
	struct lop_diag *d;
	bool by_map;

	if (!cut->n_reg_cut)
		return;
	first = cut->reg_cut[0];
	by_map = cut->cluster->has_map && !cut_by_bus(cut, first);
	d = lop_report(cut->diags, LOP_REG_CUT, cut->domain->span,
		       "registers of %zu device%s of `%s` are not all visible to its CPUs",
		       cut->n_reg_cut, cut->n_reg_cut == 1 ? "" : "s", cut->domain->name);
	lop_diag_label(d, first->span, "`%s`%s", first->name,
		       cut->n_reg_cut > 1 ? ", for one" : "");
	if (by_map)
		lop_diag_label(d, cut->cluster->node->span,
			       "its address-map does not show all of it");
	else
		lop_diag_label(d, first->parent->span, "this bus does not pass all of it on");
	if (cut->n_reg_cut > 1)
		list_reg_cut(cut, d);
	lop_diag_help(d, by_map ? "make the entry as large as the device, or add one; what is not "
				  "seen is left out"
				: "make the entry of its `ranges` as large as the device; what is "
				  "not seen is left out");
}

/* The name, with another unit address where the first reg entry that stays has moved. */
const char *lop_cut_name(struct lop_cut *cut, const struct lop_node *node)
{
	const char *unit = lop_node_unit(node);
	struct lop_range old = { 0, 0 }, now = { 0, 0 };
	size_t n = unit ? lop_reg_count(cut->tree, node) : 0;

	if (n && cut->class[node->index] == LOP_CLASS_HOLE && cut->domain->moves)
		return lop_cut_hole_name(cut, node);
	for (size_t i = 0; i < n; i++) {
		if (!lop_cut_reg(cut, node, i, &now))
			continue;
		old = lop_reg_get(cut->tree, node, 0);
		if (now.base == old.base || strtoull(unit, NULL, 16) != old.base)
			return node->name;
		return lop_arena_printf(cut->out->arena, "%.*s@%llx", (int)lop_node_base_len(node),
					node->name, (unsigned long long)now.base);
	}
	return node->name;
}

/* --- what lies in the domain's memory --- */

size_t lop_cut_clip(const struct lop_cut *cut, struct lop_range root, bool sram,
		    struct lop_range *out)
{
	size_t n = 0;

	for (size_t i = 0; i < cut->n_pieces; i++) {
		const struct lop_piece *piece = &cut->pieces[i];
		struct lop_range r = lop_range_intersect(piece->root, root);

		if (!r.size || (!sram && piece->physical && piece->physical->sram))
			continue;
		r.base += piece->view.base - piece->root.base;
		if (n && out[n - 1].base + out[n - 1].size == r.base)
			out[n - 1].size += r.size;
		else
			out[n++] = r;
	}
	return n;
}

bool lop_cut_may_allocate(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, node, "alloc-ranges");
	uint32_t ac = lop_address_cells(cut->tree, node->parent);
	uint32_t sc = lop_size_cells(cut->tree, node->parent);
	size_t stride = (size_t)ac + sc, n = prop ? lop_value_n_cells(&prop->value) : 0;

	if (!n || !stride)
		return true;
	for (size_t c = 0; c + stride <= n; c += stride) {
		struct lop_range r = { lop_value_number(&prop->value, c, ac),
				       lop_value_number(&prop->value, c + ac, sc) };

		for (size_t i = 0; i < cut->n_pieces; i++)
			if (lop_range_overlaps(cut->pieces[i].root, r))
				return true;
	}
	return false;
}

static void report_nowhere(struct lop_cut *cut, const struct lop_node *node,
			   const struct lop_prop *prop)
{
	struct lop_diag *d = lop_report(cut->diags, LOP_MEM_UNREACHABLE, prop->span,
					"`%s` of `%s` has nothing in the memory of `%s`",
					prop->name, node->name, cut->domain->name);

	lop_diag_label(d, cut->domain->span, "this domain uses the region");
	lop_diag_help(d, "let it begin in memory that `%s` has, or give `%s` memory there",
		      cut->domain->name, cut->domain->name);
}

/* Its addresses are the root's, also where /reserved-memory forgot its `ranges`. */
void lop_cut_copy_alloc_ranges(struct lop_cut *cut, const struct lop_node *node,
			       const struct lop_prop *prop)
{
	uint32_t ac = lop_address_cells(cut->tree, node->parent);
	uint32_t sc = lop_size_cells(cut->tree, node->parent);
	size_t stride = (size_t)ac + sc, n = lop_value_n_cells(&prop->value), total = 0;
	struct lop_range *parts = lop_xmalloc((cut->n_pieces + 1) * sizeof(*parts));
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };
	struct lop_span_walk spans = lop_span_walk(&prop->value, prop->span);

	for (size_t c = 0; stride && c + stride <= n; c += stride) {
		struct lop_range old = { lop_value_number(&prop->value, c, ac),
					 lop_value_number(&prop->value, c + ac, sc) };
		size_t n_parts = lop_cut_clip(cut, old, false, parts);

		total += n_parts;
		if (total > LOP_PARTS_MAX) {
			lop_cut_report_parts(cut, prop->span,
					     lop_arena_printf(cut->arena, "`%s` of `%s` falls",
							      prop->name, node->name));
			break;
		}
		for (size_t i = 0; i < n_parts; i++) {
			lop_val_mark(&cells, LOP_MARK_U32, NULL,
				     lop_span_walk_to(&spans, (uint32_t)c * 4));
			lop_cut_put(cut, &cells, node, parts[i].base, ac);
			lop_cut_put(cut, &cells, node, parts[i].size, sc);
		}
	}
	if (cells.data.len)
		lop_cut_set(cut, cut->copy[node->index], prop->name, lop_val_take(&cells),
			    prop->span);
	else if (cut->n_pieces && n)
		report_nowhere(cut, node, prop);
	lop_val_drop(&cells);
	free(parts);
}

void lop_cut_report_parts(struct lop_cut *cut, struct lop_span span, const char *what)
{
	lop_diag_help(lop_report(cut->diags, LOP_LIMIT, span,
				 "%s into more than %u parts of the memory of `%s`", what,
				 LOP_PARTS_MAX, cut->domain->name),
		      "give `%s` its memory in fewer and larger pieces", cut->domain->name);
}
