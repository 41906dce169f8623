/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about buses. */
#include "lopper-c/tree/bus.h"
#include "lopper-c/check/rules.h"

static void report_ranges(struct lop_diags *diags, const struct lop_node *node,
			  const struct lop_prop *prop, uint64_t child, uint64_t parent,
			  uint64_t size)
{
	struct lop_diag *d = lop_report(diags, LOP_ADDRESS_OVERFLOW, lop_prop_value_span(prop),
					"an entry of `ranges` of `%s` runs past the end of the "
					"address space",
					node->name);

	lop_diag_label(d, lop_prop_value_span(prop), "0x%llx and 0x%llx plus 0x%llx",
		       (unsigned long long)child, (unsigned long long)parent,
		       (unsigned long long)size);
	lop_diag_help(d, "an entry is (address on the bus, address on the bus above, size): make "
			 "the size smaller");
}

static void check_ranges(const struct lop_system *system, struct lop_diags *diags,
			 const struct lop_node *node, const struct lop_prop *prop)
{
	uint32_t ca = lop_address_cells(system->tree, node);
	uint32_t pa = lop_address_cells(system->tree, node->parent);
	uint32_t sc = lop_size_cells(system->tree, node);
	size_t stride = (size_t)ca + pa + sc, n = lop_value_n_cells(&prop->value);

	if (ca < 1 || ca > 3 || pa < 1 || pa > 2 || sc < 1 || sc > 2 || n % stride)
		return;
	for (size_t c = 0; c < n; c += stride) {
		uint64_t child = lop_value_number(&prop->value, c, ca);
		uint64_t parent = lop_value_number(&prop->value, c + ca, pa);
		uint64_t size = lop_value_number(&prop->value, c + ca + pa, sc);

		if (lop_range_room(parent, lop_range_room(child, size)) == size)
			continue;
		report_ranges(diags, node, prop, child, parent, size);
		return;
	}
}

void lop_rule_ranges(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root)) {
		const struct lop_prop *prop = lop_prop_find(system->tree, n, "ranges");

		if (prop)
			check_ranges(system, diags, n, prop);
	}
}
