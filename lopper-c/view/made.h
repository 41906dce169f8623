/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside view/: nodes that no input has, and their properties. */
#ifndef LOP_VIEW_MADE_H
#define LOP_VIEW_MADE_H

#include <string.h>

#include "lopper-c/view/cut.h"

/* A child of parent; where the name is taken, the node that has it. */
struct lop_node *lop_made_node(struct lop_cut *cut, struct lop_node *parent, const char *name,
			       struct lop_span span);
/* The same as base@address. */
struct lop_node *lop_made_at(struct lop_cut *cut, struct lop_node *parent, const char *base,
			     uint64_t address, struct lop_span span);
/* reg of one entry, in the cells of the node's parent. */
void lop_made_reg(struct lop_cut *cut, struct lop_node *node, struct lop_range range,
		  struct lop_span span);
void lop_made_cell(struct lop_cut *cut, struct lop_node *node, const char *name, uint32_t cell,
		   struct lop_span span);
/* <hi lo> */
void lop_made_address(struct lop_cut *cut, struct lop_node *node, const char *name,
		      uint64_t address, struct lop_span span);
void lop_made_string(struct lop_cut *cut, struct lop_node *node, const char *name, const char *text,
		     struct lop_span span);
/* interrupt-parent and interrupts: an SPI, by its INTID, of the manager's GIC. */
void lop_made_irq(struct lop_cut *cut, struct lop_node *node, uint32_t intid, bool edge,
		  struct lop_span span);
/* Notes that the manager plays this node: its interrupts and pages are no device's. */
void lop_made_machine(struct lop_cut *cut, const struct lop_node *node);

/* /reserved-memory, made where the domain has none, with the root's cells and addresses. */
struct lop_node *lop_made_reserved(struct lop_cut *cut, struct lop_span span);
/* A part of a window as a region; NULL: no place yet, or the end does not see it (reported). */
struct lop_node *lop_cut_link_part(struct lop_cut *cut, const struct lop_link *link,
				   enum lop_end end, enum lop_link_part part);

/* rproc.c: banks of remotes are left out, what made nodes need is kept, and the nodes */
void lop_cut_classify_rprocs(struct lop_cut *cut);
void lop_cut_follow_rprocs(struct lop_cut *cut);
void lop_cut_rprocs(struct lop_cut *cut);

/* links.c, machine.c: after everything has been copied, before references are resolved */
void lop_cut_links(struct lop_cut *cut, const struct lop_domain *domain);
void lop_cut_machine(struct lop_cut *cut, const struct lop_domain *domain);
/* What is in no domain's tree: links as they are written, and what the manager keeps for itself. */
void lop_cut_classify_manager(struct lop_cut *cut);

#endif
