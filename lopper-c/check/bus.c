/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about buses. */
#include <string.h>

#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

static void report_ranges(struct lop_diags *diags, const struct lop_node *node,
			  const struct lop_prop *prop, uint64_t child, uint64_t parent,
			  uint64_t size)
{
	struct lop_diag *d = lop_report(diags, LOP_ADDRESS_OVERFLOW, lop_prop_value_span(prop),
					"an entry of `%s` of `%s` runs past the end of the "
					"address space",
					prop->name, node->name);

	lop_diag_label(d, lop_prop_value_span(prop), "0x%llx and 0x%llx plus 0x%llx",
		       (unsigned long long)child, (unsigned long long)parent,
		       (unsigned long long)size);
	lop_diag_help(d, "an entry is (address on the bus, address on the bus above, size): make "
			 "the size smaller, or give more cells to the addresses");
}

/* The highest address of so many cells. */
static uint64_t last_of(uint32_t cells)
{
	return cells == 1 ? UINT32_MAX : UINT64_MAX;
}

static void check_ranges(const struct lop_system *system, struct lop_diags *diags,
			 const struct lop_node *node, const char *name)
{
	struct lop_ranges ranges;

	if (!lop_ranges_read(system->tree, node, name, &ranges))
		return;
	for (size_t i = 0; i < ranges.n; i++) {
		struct lop_ranges_entry e = lop_ranges_get(&ranges, i);
		uint64_t size = lop_value_number(&ranges.prop->value,
						 e.cell + ranges.ca + ranges.pa, ranges.sc);

		if (!size || (size - 1 <= last_of(ranges.ca) - e.child.base &&
			      size - 1 <= last_of(ranges.pa) - e.parent))
			continue;
		report_ranges(diags, node, ranges.prop, e.child.base, e.parent, size);
		return;
	}
}

/* dma-ranges of boards in use are larger than the bus above them, which cuts them. */
void lop_rule_ranges(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root))
		check_ranges(system, diags, n, "ranges");
}

/* --- reg --- */

static void report_reg(const struct lop_system *system, struct lop_diags *diags,
		       const struct lop_node *node, struct lop_range range)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, "reg");
	struct lop_span span = prop ? lop_prop_value_span(prop) : node->span;
	uint32_t cells = lop_address_cells(system->tree, node->parent);
	char size[LOP_RANGE_TEXT];
	struct lop_diag *d = lop_report(diags, LOP_ADDRESS_OVERFLOW, span,
					"an entry of `reg` of `%s` runs past the end of the "
					"address space",
					node->name);

	lop_diag_label(d, span, "0x%llx plus %s", (unsigned long long)range.base,
		       lop_size_text(range.size, size));
	lop_diag_help(
		d,
		"addresses of %u cell%s end at 0x%llx (#address-cells of `%s`): make the size "
		"smaller%s",
		cells, cells == 1 ? "" : "s", (unsigned long long)last_of(cells),
		lop_node_shown(node->parent),
		cells == 1 ? ", or give addresses two cells there" : "");
}

/* Where reg is an address and no number of the device's own. */
static bool has_addresses(const struct lop_system *system, const struct lop_node *parent)
{
	return lop_node_is_bus(system->tree, parent) || !strcmp(parent->name, "reserved-memory");
}

static void check_reg(const struct lop_system *system, struct lop_diags *diags,
		      const struct lop_node *node)
{
	uint32_t cells = lop_address_cells(system->tree, node->parent);

	for (size_t i = 0; i < lop_reg_count(system->tree, node); i++) {
		struct lop_range range = lop_reg_get(system->tree, node, i);

		/* all ones: trees of vendor tools say so that it has no address */
		if (!range.size || range.base == last_of(cells) ||
		    range.size - 1 <= last_of(cells) - range.base)
			continue;
		report_reg(system, diags, node, range);
		return;
	}
}

void lop_rule_reg_fits(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root))
		if (has_addresses(system, n->parent))
			check_reg(system, diags, n);
}
