/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rules about the length of what consists of whole entries: reg, ranges, interrupts (Devicetree
 * Specification 2.3.6, 2.3.8, 2.4.1). Once per property, with the #-cells that decide. Properties
 * with references are cells_args.c's.
 */
#include <string.h>

#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/irq.h"

/* Nodes whose properties are names of other things, so that any of them can be called `reg`. */
static bool is_list_of_names(const struct lop_tree *tree, const struct lop_node *node)
{
	static const char *const names[] = { "aliases", "__symbols__", "__fixups__",
					     "__local_fixups__" };

	for (size_t i = 0; node->parent == tree->root && i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(node->name, names[i]))
			return true;
	return false;
}

/* The next node of the walk through the tree, without the lists of names. */
static const struct lop_node *next_node(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_node *next = lop_node_next(node, tree->root);

	while (next && is_list_of_names(tree, next)) {
		while (next->last_child)
			next = next->last_child;
		next = lop_node_next(next, tree->root);
	}
	return next;
}

static bool has_string(const struct lop_value *value)
{
	for (const struct lop_marker *m = value->markers; m; m = m->next)
		if (m->kind == LOP_MARK_STRING || m->kind == LOP_MARK_REF_PATH)
			return true;
	return false;
}

/* Whole entries of so many cells? */
static bool fits(const struct lop_value *value, size_t stride)
{
	if (has_string(value) || value->len % 4 || !value->len)
		return false;
	return stride && lop_value_n_cells(value) % stride == 0;
}

static struct lop_diag *report(struct lop_diags *diags, const struct lop_node *node,
			       const struct lop_prop *prop, size_t stride)
{
	struct lop_span span = lop_prop_value_span(prop);
	size_t n = lop_value_n_cells(&prop->value);

	if (has_string(&prop->value))
		return lop_report(diags, LOP_BAD_CELLS, span, "`%s` of `%s` is text, not cells",
				  prop->name, lop_node_shown(node));
	if (prop->value.len % 4)
		return lop_report(diags, LOP_BAD_CELLS, span,
				  "`%s` of `%s` has %u bytes, not whole cells", prop->name,
				  node->name, prop->value.len);
	if (!stride)
		return lop_report(diags, LOP_BAD_CELLS, span,
				  "`%s` of `%s` has %zu cell%s, and an entry has none", prop->name,
				  node->name, n, n == 1 ? "" : "s");
	return lop_report(diags, LOP_BAD_CELLS, span, "`%s` of `%s` has %zu cell%s, not %s of %zu",
			  prop->name, node->name, n, n == 1 ? "" : "s",
			  n > stride ? "whole entries" : "an entry", stride);
}

/* Where the cells are said, or that they are not. */
static void label_cells(struct lop_diag *d, const struct lop_tree *tree,
			const struct lop_node *node, const char *name, uint32_t cells)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, name);

	if (prop)
		lop_diag_label(d, lop_prop_value_span(prop), "%s of `%s`", name,
			       lop_node_shown(node));
	else
		lop_diag_label(d, node->span, "no %s here, which means %u", name, cells);
}

/* Beyond what any binding has: `cells-sane` has said so already. */
static bool insane(const struct lop_tree *tree, const struct lop_node *node, const char *name)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, name);

	return prop && (prop->value.len != 4 || lop_value_cell(&prop->value, 0) > LOP_MAX_CELLS);
}

static bool bus_insane(const struct lop_tree *tree, const struct lop_node *bus)
{
	return insane(tree, bus, "#address-cells") || insane(tree, bus, "#size-cells");
}

/* --- reg --- */

/*
 * A number that is no address whatever the cells are: of a CPU, or of a channel of a device that is
 * no bus. Trees that tools make leave #size-cells = <0> out above these, and nothing is lost.
 */
static bool is_number(const struct lop_tree *tree, const struct lop_node *node,
		      const struct lop_value *reg)
{
	const struct lop_prop *type = lop_prop_find(tree, node, "device_type");

	if (reg->len != 4 || has_string(reg))
		return false;
	return !lop_node_is_bus(tree, node->parent) ||
	       (type && lop_value_has_str(&type->value, "cpu"));
}

static void check_reg(const struct lop_tree *tree, struct lop_diags *diags,
		      const struct lop_node *node)
{
	const struct lop_prop *reg = lop_prop_find(tree, node, "reg");
	const struct lop_node *bus = node->parent;
	uint32_t ac, sc;
	struct lop_diag *d;

	if (!reg || !bus || bus_insane(tree, bus))
		return;
	ac = lop_address_cells(tree, bus);
	sc = lop_size_cells(tree, bus);
	if (fits(&reg->value, (size_t)ac + sc) || is_number(tree, node, &reg->value))
		return;
	d = report(diags, node, reg, (size_t)ac + sc);
	label_cells(d, tree, bus, "#address-cells", ac);
	label_cells(d, tree, bus, "#size-cells", sc);
	lop_diag_help(d,
		      "an entry is an address of %u cell%s and a size of %u, as `%s` says: "
		      "complete the entry, or correct the cells there",
		      ac, ac == 1 ? "" : "s", sc, lop_node_shown(bus));
}

void lop_rule_reg_cells(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_tree *tree = system->tree;

	for (const struct lop_node *n = tree->root; n; n = next_node(tree, n))
		check_reg(tree, diags, n);
}

/* --- ranges --- */

static void check_ranges(const struct lop_tree *tree, struct lop_diags *diags,
			 const struct lop_node *bus, const char *name)
{
	const struct lop_prop *ranges = lop_prop_find(tree, bus, name);
	uint32_t child, parent, size;
	struct lop_diag *d;

	if (!ranges || !ranges->value.len || !bus->parent || bus_insane(tree, bus) ||
	    insane(tree, bus->parent, "#address-cells"))
		return;
	child = lop_address_cells(tree, bus);
	parent = lop_address_cells(tree, bus->parent);
	size = lop_size_cells(tree, bus);
	if (fits(&ranges->value, (size_t)child + parent + size))
		return;
	d = report(diags, bus, ranges, (size_t)child + parent + size);
	label_cells(d, tree, bus, "#address-cells", child);
	label_cells(d, tree, bus->parent, "#address-cells", parent);
	label_cells(d, tree, bus, "#size-cells", size);
	lop_diag_help(d,
		      "an entry is an address on the bus, one above it and a size: %u + %u + %u "
		      "cells; complete the entry, or correct the cells",
		      child, parent, size);
}

void lop_rule_ranges_cells(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_tree *tree = system->tree;

	for (const struct lop_node *n = tree->root; n; n = next_node(tree, n)) {
		check_ranges(tree, diags, n, "ranges");
		check_ranges(tree, diags, n, "dma-ranges");
	}
}

/* --- interrupts --- */

static void check_interrupts(const struct lop_tree *tree, struct lop_diags *diags,
			     const struct lop_node *node)
{
	const struct lop_prop *irqs = lop_prop_find(tree, node, "interrupts");
	const struct lop_node *parent;
	uint32_t n;
	struct lop_diag *d;

	if (!irqs || lop_prop_find(tree, node, "interrupts-extended"))
		return; /* nobody reads the short form beside the long one */
	parent = lop_irq_parent(tree, node);
	if (!parent || insane(tree, parent, "#interrupt-cells"))
		return;
	n = lop_node_cell(tree, parent, "#interrupt-cells", 0);
	if (fits(&irqs->value, n))
		return;
	d = report(diags, node, irqs, n);
	label_cells(d, tree, parent, "#interrupt-cells", n);
	lop_diag_help(d,
		      "an interrupt at `%s` has %u cell%s: complete it, or name another "
		      "interrupt-parent",
		      parent->name, n, n == 1 ? "" : "s");
}

void lop_rule_interrupts_cells(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_tree *tree = system->tree;

	for (const struct lop_node *n = tree->root; n; n = next_node(tree, n))
		check_interrupts(tree, diags, n);
}
