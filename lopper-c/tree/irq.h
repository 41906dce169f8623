/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupts of a device in a plain tree: specifiers at the controller that gives them a meaning,
 * and the number that software knows them by (the interrupt controller bindings of Linux).
 */
#ifndef LOP_TREE_IRQ_H
#define LOP_TREE_IRQ_H

#include "lopper-c/tree/tree.h"

enum lop_irq_kind {
	LOP_IRQ_SHARED,	 /* of the machine: an SPI, a source of a PLIC, an NVIC line */
	LOP_IRQ_PRIVATE, /* each CPU has its own: a PPI */
	LOP_IRQ_OTHER,	 /* message-signalled, or of a controller that is not known here */
};

struct lop_irq {
	const struct lop_node *controller;
	enum lop_irq_kind kind;
	uint32_t number; /* INTID of a GIC (SPI 1 is 33); else the first cell */
	uint32_t second; /* cell of another controller: flags, or a part of the number; else 0 */
	bool edge;
};

/* Calls each for every interrupt of a node, in order, until it returns false. */
void lop_irqs_of(const struct lop_tree *tree, const struct lop_node *node,
		 bool (*each)(const struct lop_irq *irq, void *context), void *context);

/* The same for what its interrupt-map leads to: lines that devices behind it will raise. */
void lop_irqs_of_map(const struct lop_tree *tree, const struct lop_node *node,
		     bool (*each)(const struct lop_irq *irq, void *context), void *context);

/* The node that a cell (by its byte offset) refers to, by marker, else by number; NULL: none. */
const struct lop_node *lop_value_target(const struct lop_tree *tree, const struct lop_value *value,
					uint32_t offset);
/*
 * The controller of `interrupts` of a node (Devicetree Specification 2.4): along interrupt-parent
 * and up the tree until a node has #interrupt-cells, as Linux searches. NULL: there is none.
 */
const struct lop_node *lop_irq_parent(const struct lop_tree *tree, const struct lop_node *node);

#endif
