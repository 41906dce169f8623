/* SPDX-License-Identifier: BSD-3-Clause */
/* Making nodes and properties in a domain's tree; knows nothing of what they are for. */
#include "lopper-c/view/made.h"

#include "lopper-c/tree/bus.h"

#define SPI_BASE 32u

struct lop_node *lop_made_node(struct lop_cut *cut, struct lop_node *parent, const char *name,
			       struct lop_span span)
{
	struct lop_node *node = lop_node_child(cut->out, parent, name);

	return node ? node
		    : lop_node_add(cut->out, parent, lop_arena_strdup(cut->out->arena, name), span);
}

struct lop_node *lop_made_at(struct lop_cut *cut, struct lop_node *parent, const char *base,
			     uint64_t address, struct lop_span span)
{
	return lop_made_node(
		cut, parent,
		lop_arena_printf(cut->arena, "%s@%llx", base, (unsigned long long)address), span);
}

static void set(struct lop_cut *cut, struct lop_node *node, const char *name, struct lop_val *val,
		struct lop_span span)
{
	lop_prop_set(cut->out, node, name, lop_val_take(val), span);
}

static struct lop_val cells(struct lop_cut *cut, struct lop_span span)
{
	struct lop_val val = { .arena = cut->out->arena };

	lop_val_mark(&val, LOP_MARK_U32, NULL, span);
	return val;
}

void lop_made_reg(struct lop_cut *cut, struct lop_node *node, struct lop_range range,
		  struct lop_span span)
{
	struct lop_val val = cells(cut, span);

	lop_cut_put(cut, &val, node, range.base, lop_address_cells(cut->out, node->parent));
	lop_cut_put(cut, &val, node, range.size, lop_size_cells(cut->out, node->parent));
	set(cut, node, "reg", &val, span);
}

void lop_made_cell(struct lop_cut *cut, struct lop_node *node, const char *name, uint32_t cell,
		   struct lop_span span)
{
	struct lop_val val = cells(cut, span);

	lop_val_number(&val, cell, 1);
	set(cut, node, name, &val, span);
}

void lop_made_address(struct lop_cut *cut, struct lop_node *node, const char *name,
		      uint64_t address, struct lop_span span)
{
	struct lop_val val = cells(cut, span);

	lop_val_number(&val, address, 2);
	set(cut, node, name, &val, span);
}

void lop_made_string(struct lop_cut *cut, struct lop_node *node, const char *name, const char *text,
		     struct lop_span span)
{
	struct lop_val val = { .arena = cut->out->arena };

	lop_val_string(&val, text, span);
	set(cut, node, name, &val, span);
}

void lop_made_irq(struct lop_cut *cut, struct lop_node *node, uint32_t intid, bool edge,
		  struct lop_span span)
{
	const struct lop_node *intc = cut->base->manager->intc;
	struct lop_node *gic = intc ? cut->copy[intc->index] : NULL;
	struct lop_val val = cells(cut, span);

	if (!gic || intid < SPI_BASE || intid == UINT32_MAX) {
		lop_val_drop(&val);
		return;
	}
	lop_val_target(&val, gic, span);
	set(cut, node, "interrupt-parent", &val, span);
	val = cells(cut, span);
	lop_val_number(&val, 0, 1);
	lop_val_number(&val, intid - SPI_BASE, 1);
	lop_val_number(&val, edge ? 1 : 4, 1);
	set(cut, node, "interrupts", &val, span);
}

void lop_made_machine(struct lop_cut *cut, const struct lop_node *node)
{
	*LOP_APPEND(cut->base->arena, cut->machine, cut->n_machine) = node;
}
