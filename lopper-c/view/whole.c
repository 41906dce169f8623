/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values whose length does not fit their cells. They are errors (check/cells.c); where --compat
 * lets one pass, only its whole entries reach a domain: the rest could be read as an address or an
 * interrupt that nobody wrote.
 */
#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

static bool has_string(const struct lop_value *value)
{
	for (const struct lop_marker *m = value->markers; m; m = m->next)
		if (m->kind == LOP_MARK_STRING || m->kind == LOP_MARK_REF_PATH)
			return true;
	return false;
}

struct lop_value lop_cut_whole(struct lop_cut *cut, const struct lop_prop *prop, size_t stride)
{
	const struct lop_value *value = &prop->value;
	struct lop_val cells = { .arena = cut->out->arena };
	size_t bytes = stride * 4;

	if (!value->len || (bytes && value->len % bytes == 0 && !has_string(value)))
		return *value;
	if (!bytes || has_string(value) || value->len < bytes)
		return (struct lop_value){ .data = NULL };
	lop_val_copy(&cells, value, 0, (uint32_t)(value->len / bytes * bytes));
	return lop_val_take(&cells);
}

struct lop_value lop_cut_whole_reg(struct lop_cut *cut, const struct lop_node *node,
				   const struct lop_prop *reg)
{
	const struct lop_node *bus = node->parent;

	if (!bus || !lop_node_is_bus(cut->tree, bus))
		return reg->value; /* the number of a channel or the like: no address */
	return lop_cut_whole(cut, reg,
			     (size_t)lop_address_cells(cut->tree, bus) +
				     lop_size_cells(cut->tree, bus));
}

struct lop_value lop_cut_whole_ranges(struct lop_cut *cut, const struct lop_node *bus,
				      const struct lop_prop *ranges)
{
	if (!bus->parent)
		return ranges->value;
	return lop_cut_whole(cut, ranges,
			     (size_t)lop_address_cells(cut->tree, bus) +
				     lop_address_cells(cut->tree, bus->parent) +
				     lop_size_cells(cut->tree, bus));
}
