/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tree that one domain's operating system may see: its CPUs as /cpus, its memory, its devices
 * with what they depend on, addresses as its cluster sees them, interrupts at its own controller,
 * nothing of anybody else. Reads the system, builds a new tree, changes neither.
 */
#ifndef LOP_VIEW_VIEW_H
#define LOP_VIEW_VIEW_H

#include "lopper-c/model/system.h"

/* A range of memory the domain has. */
struct lop_view_memory {
	struct lop_range range; /* as its CPUs see it */
	bool sram;
	const struct lop_node *node; /* of the merged tree; NULL: the tree has no memory there */
	struct lop_range root;	     /* the same as the machine has it */
	struct lop_span span;
};

struct lop_view {
	const struct lop_domain *domain;
	struct lop_tree *tree;	/* resolved; nodes carry the spans of where they came from */
	struct lop_arena arena; /* the tree's; what else is here is the system's arena's */
	/* Devices in the view, in document order, for reports: nodes of the merged tree. */
	const struct lop_node *
		*devices; /* what the domain was given (or, by default, nobody else was) */
	const struct lop_node **depends;      /* what came along because those refer to it */
	const struct lop_node **copies;	      /* of devices, then of depends; gone with the tree */
	const struct lop_view_memory *memory; /* in the order of assignment */
	size_t n_devices, n_depends, n_memory;
	const struct lop_node **machine; /* of tree: devices that the manager plays */
	size_t n_machine;
};

/* Does the manager play this node of the view's tree? */
bool lop_view_is_machine(const struct lop_view *view, const struct lop_node *node);

/* Never NULL. Reports LOP_IRQ_UNROUTED, LOP_DEVICE_UNREACHABLE, LOP_MULTI_CLUSTER,
 * LOP_GUEST_ADDRESS. */
struct lop_view *lop_view_build(const struct lop_system *system, const struct lop_domain *domain,
				struct lop_diags *diags);
/* Frees the tree (NULL afterwards); the rest of the view stays. */
void lop_view_drop_tree(struct lop_view *view);

#endif
