/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * `interrupts` and `interrupts-extended` taken apart. Only controllers whose specifiers are known
 * give numbers a meaning: GIC (3 cells: kind, number, flags), PLIC and NVIC (the number first).
 */
#include "lopper-c/tree/irq.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/refs.h"

#define GIC_CELLS    3u
#define GIC_SPI_BASE 32u
#define GIC_PPI_BASE 16u

#define MAX_STEPS 64u /* interrupt-parent hops; more is a cycle */

const struct lop_node *lop_value_target(const struct lop_tree *tree, const struct lop_value *value,
					uint32_t offset)
{
	const struct lop_marker *ref = lop_value_ref_at(value, offset);

	if (ref && ref->target)
		return ref->target;
	return lop_tree_by_phandle(tree, lop_value_cell(value, offset / 4));
}

const struct lop_node *lop_irq_parent(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_node *n = node;

	for (unsigned step = 0; n && step < MAX_STEPS; step++) {
		const struct lop_prop *prop = lop_prop_find(tree, n, "interrupt-parent");

		n = prop ? lop_value_target(tree, &prop->value, 0) : n->parent;
		if (n && lop_prop_find(tree, n, "#interrupt-cells"))
			return n;
	}
	return NULL;
}

static bool is_gic(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "compatible");
	const char *s;

	for (uint32_t at = 0; prop && (s = lop_value_next_str(&prop->value, &at));)
		if (lop_str_starts(s, "arm,gic") || strstr(s, "-gic") ||
		    strcmp(s, "arm,pl390") == 0)
			return true;
	return false;
}

/* Trigger of a GIC specifier: 1 and 2 are edges, 4 and 8 levels. */
static void read_gic(const struct lop_value *value, uint32_t cell, struct lop_irq *irq)
{
	uint32_t kind = lop_value_cell(value, cell), number = lop_value_cell(value, cell + 1);

	irq->edge = lop_value_cell(value, cell + 2) & 3;
	irq->kind = kind == 0 ? LOP_IRQ_SHARED : kind == 1 ? LOP_IRQ_PRIVATE : LOP_IRQ_OTHER;
	irq->number = number + (kind == 0 ? GIC_SPI_BASE : kind == 1 ? GIC_PPI_BASE : 0);
}

static struct lop_irq read_spec(const struct lop_tree *tree, const struct lop_node *controller,
				const struct lop_value *value, uint32_t cell, uint32_t n)
{
	struct lop_irq irq = { .controller = controller, .kind = LOP_IRQ_OTHER };

	/* a multiplexer stands for the controllers of several clusters and has their specifiers */
	if (n >= GIC_CELLS && (is_gic(tree, controller) || lop_node_is_irq_mux(tree, controller))) {
		read_gic(value, cell, &irq);
		return irq;
	}
	if (n)
		irq.number = lop_value_cell(value, cell);
	if (n == 2)
		irq.second = lop_value_cell(value, cell + 1);
	if (n == 1 || n == 2)
		irq.kind = LOP_IRQ_SHARED;
	return irq;
}

static void walk_extended(const struct lop_tree *tree, const struct lop_prop *prop,
			  bool (*each)(const struct lop_irq *irq, void *context), void *context)
{
	uint32_t cells = (uint32_t)lop_value_n_cells(&prop->value);

	for (uint32_t c = 0; c < cells;) {
		const struct lop_node *controller = lop_value_target(tree, &prop->value, c * 4);
		struct lop_irq irq;
		uint32_t n;

		if (!controller)
			return;
		n = lop_node_cell(tree, controller, "#interrupt-cells", 0);
		if (n > cells - c - 1)
			return;
		irq = read_spec(tree, controller, &prop->value, c + 1, n);
		if (!each(&irq, context))
			return;
		c += 1 + n;
	}
}

void lop_irqs_of(const struct lop_tree *tree, const struct lop_node *node,
		 bool (*each)(const struct lop_irq *irq, void *context), void *context)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "interrupts-extended");
	const struct lop_node *controller;
	uint32_t n;

	if (prop) {
		walk_extended(tree, prop, each, context);
		return;
	}
	prop = lop_prop_find(tree, node, "interrupts");
	controller = prop ? lop_irq_parent(tree, node) : NULL;
	n = controller ? lop_node_cell(tree, controller, "#interrupt-cells", 0) : 0;
	for (uint32_t c = 0; n && c + n <= lop_value_n_cells(&prop->value); c += n) {
		struct lop_irq irq = read_spec(tree, controller, &prop->value, c, n);

		if (!each(&irq, context))
			return;
	}
}

void lop_irqs_of_map(const struct lop_tree *tree, const struct lop_node *node,
		     bool (*each)(const struct lop_irq *irq, void *context), void *context)
{
	const struct lop_prop *map = lop_prop_find(tree, node, "interrupt-map");
	struct lop_refs refs = { 0 };
	bool more = true;

	if (!map)
		return;
	lop_refs_scan(tree, node, map, &refs);
	for (size_t i = 0; i < refs.count && more; i++) {
		const struct lop_ref *ref = &refs.items[i];
		uint32_t n, cell = ref->ref / 4 + 1;
		struct lop_irq irq;

		if (!ref->target)
			continue;
		cell += lop_node_cell(tree, ref->target, "#address-cells", 0);
		n = lop_node_cell(tree, ref->target, "#interrupt-cells", 0);
		if (n && cell + n <= lop_value_n_cells(&map->value)) {
			irq = read_spec(tree, ref->target, &map->value, cell, n);
			more = each(&irq, context);
		}
	}
	free(refs.items);
}
