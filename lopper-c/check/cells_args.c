/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rules about the cells that go with references: `clocks` and its like, interrupt-map and its masks
 * (Devicetree Specification 2.4.3 and 2.5). What an entry is, tree/refs.c knows.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/refs.h"

/* --- interrupt-map-mask, interrupt-map-pass-thru --- */

/* Cells of a child's unit address and specifier in front of each phandle of the map; 0: unknown. */
static uint32_t child_cells(const struct lop_tree *tree, const struct lop_node *node,
			    struct lop_refs *refs)
{
	const struct lop_prop *map = lop_prop_find(tree, node, "interrupt-map");

	refs->count = 0;
	if (map)
		lop_refs_scan(tree, node, map, refs);
	if (!refs->count || refs->ragged)
		return 0;
	return (refs->items[0].ref - refs->items[0].start) / 4;
}

static struct lop_diag *check_mask(const struct lop_tree *tree, struct lop_diags *diags,
				   const struct lop_node *node, const char *name, uint32_t cells)
{
	const struct lop_prop *mask = lop_prop_find(tree, node, name);
	const struct lop_prop *decides = lop_prop_find(tree, node, "#interrupt-cells");
	struct lop_diag *d;

	if (!mask || mask->value.len == cells * 4)
		return NULL;
	d = lop_report(diags, LOP_BAD_CELLS, lop_prop_value_span(mask),
		       "`%s` of `%s` has %u bytes, not %u cells", mask->name, node->name,
		       mask->value.len, cells);
	if (decides)
		lop_diag_label(d, lop_prop_value_span(decides), "#interrupt-cells of `%s`",
			       node->name);
	return d;
}

static void check_masks(const struct lop_tree *tree, struct lop_diags *diags,
			const struct lop_node *node, struct lop_refs *refs)
{
	uint32_t cells = lop_node_cell(tree, node, "#interrupt-cells", 0);
	uint32_t lead = child_cells(tree, node, refs);
	struct lop_diag *d;

	d = lead ? check_mask(tree, diags, node, "interrupt-map-mask", lead) : NULL;
	if (d)
		lop_diag_help(d,
			      "one cell for each of the %u in front of a phandle in interrupt-map: "
			      "%u of a unit address and %u of an interrupt",
			      lead, lead > cells ? lead - cells : 0, cells);
	d = cells ? check_mask(tree, diags, node, "interrupt-map-pass-thru", cells) : NULL;
	if (d)
		lop_diag_help(d, "one cell for each of the %u of an interrupt at `%s`", cells,
			      node->name);
}

void lop_rule_interrupt_map_cells(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_node *root = system->tree->root;
	struct lop_refs refs = { 0 };

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root))
		if (lop_prop_find(system->tree, n, "interrupt-map"))
			check_masks(system->tree, diags, n, &refs);
	free(refs.items);
}

/* --- entries with references --- */

/* What deciding property the message points at: of the node that the entry names. */
static void label_provider(const struct lop_tree *tree, struct lop_diag *d,
			   const struct lop_misfit *m)
{
	const struct lop_prop *cells;

	if (!m->target || !m->cells)
		return;
	cells = lop_prop_find(tree, m->target, m->cells);
	if (cells)
		lop_diag_label(d, lop_prop_value_span(cells), "%s of `%s`", m->cells,
			       m->target->name);
	else if (m->kind == LOP_MISFIT_NO_CELLS)
		lop_diag_label(d, m->target->span, "`%s` has no %s", m->target->name, m->cells);
	else
		lop_diag_label(d, m->target->span, "no %s here", m->cells);
}

static struct lop_diag *report_misfit(struct lop_diags *diags, const struct lop_node *node,
				      const struct lop_prop *prop, const struct lop_misfit *m)
{
	struct lop_span span = lop_value_span_at(&prop->value, m->at, lop_prop_value_span(prop));
	const char *target = m->target ? m->target->name : "nothing";

	switch (m->kind) {
	case LOP_MISFIT_NO_CELLS:
		return lop_report(diags, LOP_BAD_CELLS, span,
				  "`%s` of `%s` refers to `%s`, which has no %s", prop->name,
				  node->name, target, m->cells ? m->cells : "cells");
	case LOP_MISFIT_SHORT:
	case LOP_MISFIT_INNER:
		return lop_report(diags, LOP_BAD_CELLS, span,
				  "`%s` of `%s` has too few cells behind `%s`: %u are needed",
				  prop->name, node->name, target, m->wanted);
	case LOP_MISFIT_NO_PHANDLE:
		break;
	}
	if (m->at + 4 > prop->value.len)
		return lop_report(diags, LOP_BAD_CELLS, span,
				  "`%s` of `%s` ends in the middle of an entry", prop->name,
				  node->name);
	return lop_report(diags, LOP_BAD_CELLS, span,
			  "`%s` of `%s` has 0x%x where a reference has to stand", prop->name,
			  node->name, lop_value_cell(&prop->value, m->at / 4));
}

static void explain_map(const struct lop_tree *tree, struct lop_diag *d,
			const struct lop_node *node)
{
	static const char *const names[] = { "#address-cells", "#interrupt-cells" };

	for (size_t i = 0; i < 2; i++) {
		const struct lop_prop *cells = lop_prop_find(tree, node, names[i]);

		if (cells)
			lop_diag_label(d, lop_prop_value_span(cells), "%s of `%s`", names[i],
				       node->name);
	}
	lop_diag_help(d,
		      "an entry is a unit address (%u cells) and an interrupt (%u) of `%s`, a "
		      "reference, and the same two in the cells of the node it names",
		      lop_address_cells(tree, node),
		      lop_node_cell(tree, node, "#interrupt-cells", 0), node->name);
}

/* The #-cells property itself is wrong: `cells-sane` has said so. */
static bool is_known(const struct lop_tree *tree, const struct lop_misfit *m)
{
	const struct lop_prop *cells =
		m->target && m->cells ? lop_prop_find(tree, m->target, m->cells) : NULL;

	return cells && (cells->value.len != 4 || lop_value_cell(&cells->value, 0) > LOP_MAX_CELLS);
}

static void check_args(const struct lop_tree *tree, struct lop_diags *diags,
		       const struct lop_node *node, const struct lop_prop *prop,
		       struct lop_refs *refs)
{
	const struct lop_misfit *m = &refs->misfit;
	struct lop_diag *d;

	refs->count = 0;
	lop_refs_scan(tree, node, prop, refs);
	if (!refs->ragged || !m->sure || is_known(tree, m))
		return;
	d = report_misfit(diags, node, prop, m);
	label_provider(tree, d, m);
	if (m->kind == LOP_MISFIT_NO_PHANDLE && !strcmp(prop->name, "interrupt-map"))
		explain_map(tree, d, node);
	else if (m->kind == LOP_MISFIT_NO_CELLS)
		lop_diag_help(d, "give `%s` a %s, or refer to the provider that was meant",
			      m->target ? m->target->name : "it", m->cells ? m->cells : "count");
	else if (m->cells)
		lop_diag_help(d,
			      "an entry is a reference and as many cells as the %s of the node "
			      "it names: correct one of the two",
			      m->cells);
	else
		lop_diag_help(d, "write references (&label) only");
}

void lop_rule_phandle_args(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_node *root = system->tree->root;
	struct lop_refs refs = { 0 };

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root))
		for (const struct lop_prop *p = n->props; p; p = p->next)
			check_args(system->tree, diags, n, p, &refs);
	free(refs.items);
}
