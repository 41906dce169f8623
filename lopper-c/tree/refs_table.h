/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table behind refs.h: which property names are typed as phandles by the Devicetree
 * Specification, the schema of the bindings and the device trees in use. For refs.c and its test
 * only. Knows names, never values.
 */
#ifndef LOP_TREE_REFS_TABLE_H
#define LOP_TREE_REFS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/tree/refs.h"

enum lop_refs_layout {
	LOP_REFS_LIST,	 /* phandles and nothing else */
	LOP_REFS_CELLS,	 /* phandle, then as many cells as the target's property says */
	LOP_REFS_PAIRS,	 /* the same; two of them are one entry (source and sink) */
	LOP_REFS_NESTED, /* the same; a cell that is the phandle of a child of the target counts too
			  */
	LOP_REFS_FIXED,	 /* phandle, then count cells */
	LOP_REFS_TAIL,	 /* one phandle, everything behind it is its argument */
	LOP_REFS_MAP,	 /* id phandle base length (iommu-map, msi-map) */
	LOP_REFS_NEXUS,	 /* the node's own cells, then as CELLS (gpio-map) */
	LOP_REFS_PINS,	 /* bank pin function phandle */
	LOP_REFS_INTERRUPT_MAP,
	LOP_REFS_MARKERS, /* never taken apart by number */
};

/* In count: the target must have the cells property. */
#define LOP_REFS_NEEDED (-1)

struct lop_refs_row {
	const char *name; /* whole name; "" for the patterns */
	enum lop_ref_kind kind;
	enum lop_refs_layout layout;
	bool sure;    /* a number that no node has is a dangling reference, not something else */
	int8_t count; /* FIXED: cells; CELLS: what a target without the property means */
	const char *cells; /* CELLS: "#clock-cells" */
	const char *names; /* "clock-names" or NULL */
};

extern const struct lop_refs_row lop_refs_rows[]; /* sorted by name */
extern const size_t lop_refs_n_rows;

/* The row of a property, by whole name, else by pattern (`*-supply`, `pinctrl-N`, ...), or NULL. */
const struct lop_refs_row *lop_refs_row(const char *name);

#endif
