/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Addresses on buses: #address-cells, reg, ranges (Devicetree Specification 2.3.5, 2.3.6, 2.3.8).
 * Knows nothing of clusters and domains.
 */
#ifndef LOP_TREE_BUS_H
#define LOP_TREE_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/range.h"
#include "lopper-c/tree/tree.h"

/*
 * Looks every node up once, so that the questions below are cheap. For a numbered tree that does
 * not change any more; lop_tree_number forgets it.
 */
void lop_bus_learn(struct lop_tree *tree);

/* What the node says of its children: its property, else the specification's default (2 and 1). */
uint32_t lop_address_cells(const struct lop_tree *tree, const struct lop_node *node);
uint32_t lop_size_cells(const struct lop_tree *tree, const struct lop_node *node);
/* No binding has more cells in an address, a size or a specifier. */
#define LOP_MAX_CELLS 16u
/* A #-cells property: at most LOP_MAX_CELLS; def if it is missing or not one cell long. */
uint32_t lop_node_cell(const struct lop_tree *tree, const struct lop_node *node, const char *name,
		       uint32_t def);

/* For what the node counts itself: its parent's property, else the root's (a domain's memory). */
uint32_t lop_node_cell_around(const struct lop_tree *tree, const struct lop_node *node,
			      const char *name, uint32_t def);

/*
 * reg taken apart: number of whole (address, size) entries, and the i-th one in the address space
 * of the parent. Cells beyond 64 bits (PCI's first of three) are not numbers: such a bus has 0
 * entries.
 */
size_t lop_reg_count(const struct lop_tree *tree, const struct lop_node *node);
struct lop_range lop_reg_get(const struct lop_tree *tree, const struct lop_node *node, size_t i);

/* Where a range of a bus's child address space lies in the root's. */
struct lop_where {
	bool mapped;		/* false: not memory mapped, or outside every ranges entry */
	struct lop_range range; /* in the root's address space; cut at the end of a ranges entry */
	const struct lop_node *indirect; /* innermost indirect-bus on the way, or NULL */
};

/*
 * range is in the address space that bus gives its children. Without ranges an indirect-bus maps
 * 1:1 here (only address-maps lead to it), and so does a simple-bus (trees in the wild mean that);
 * anything else without ranges maps nothing.
 */
struct lop_where lop_bus_to_root(const struct lop_tree *tree, const struct lop_node *bus,
				 struct lop_range range);
/* The same for the i-th reg entry of a node. */
struct lop_where lop_reg_to_root(const struct lop_tree *tree, const struct lop_node *node,
				 size_t i);

/* `ranges` or `dma-ranges` of a bus whose addresses are numbers; PCI's first of three is kept. */
struct lop_ranges {
	const struct lop_prop *prop;
	uint32_t ca, pa, sc; /* cells: address on the bus (1..3), on the bus above, size (1..2) */
	size_t stride, n;    /* cells of an entry, entries */
};
struct lop_ranges_entry {
	struct lop_range child; /* of three cells the last two; cut where the addresses end */
	uint64_t parent;
	size_t cell; /* where it begins in the property */
};
/* False: there is none, it is empty (1:1), or it is no whole entries of numbers. */
bool lop_ranges_read(const struct lop_tree *tree, const struct lop_node *bus, const char *name,
		     struct lop_ranges *ranges);
struct lop_ranges_entry lop_ranges_get(const struct lop_ranges *ranges, size_t i);

bool lop_node_compatible(const struct lop_tree *tree, const struct lop_node *node, const char *s);
bool lop_node_is_indirect_bus(const struct lop_tree *tree, const struct lop_node *node);
/* Passes addresses on to its children: the root, a simple-bus or indirect-bus, anything with
 * ranges. */
bool lop_node_is_bus(const struct lop_tree *tree, const struct lop_node *node);
/*
 * Stands in front of the interrupt controllers of several clusters: says so, or is a bus with
 * pass-through cells. A PCI host has an interrupt-map too, but specifiers of its own.
 */
bool lop_node_is_irq_mux(const struct lop_tree *tree, const struct lop_node *node);
/* By its compatible a part of the CPUs themselves: an Arm timer, PMU or PSCI. */
bool lop_node_is_cpu_part(const struct lop_tree *tree, const struct lop_node *node);
/* status is missing, "okay" or "ok". */
bool lop_node_enabled(const struct lop_tree *tree, const struct lop_node *node);

#endif
