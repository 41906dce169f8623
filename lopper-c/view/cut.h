/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside view/: the state of one cut through the merged tree, and its steps in the order in which
 * view.c takes them. Arrays are indexed by lop_node.index of the merged tree.
 */
#ifndef LOP_VIEW_CUT_H
#define LOP_VIEW_CUT_H

#include "lopper-c/tree/refs.h"
#include "lopper-c/tree/val.h"
#include "lopper-c/view/view.h"

enum lop_keep {
	LOP_KEEP_NOT,
	LOP_KEEP_PATH,	 /* something below it is kept */
	LOP_KEEP_DEPEND, /* something kept refers to it */
	LOP_KEEP_GIVEN,	 /* assigned to the domain */
};

/* What a node is to the cut; below the first four everything is of the same class. */
enum lop_class {
	LOP_CLASS_DEVICE,
	LOP_CLASS_DOMAINS,  /* /domains */
	LOP_CLASS_CLUSTER,  /* a CPU cluster and what is in it */
	LOP_CLASS_RESERVED, /* /reserved-memory */
	LOP_CLASS_MEMORY,   /* this node is physical memory */
	LOP_CLASS_HOLE,	    /* a reserved region of somebody else inside the domain's memory */
	LOP_CLASS_META,	    /* /chosen, /aliases, /__symbols__, fixups */
};

enum lop_claim { LOP_CLAIM_NONE, LOP_CLAIM_MINE, LOP_CLAIM_OTHER };

/* One address of the root, and where the cluster sees it. */
struct lop_shown {
	uint64_t root, view;
};

struct lop_bus_map; /* ranges.c's own */

/* A range of memory the domain gets, and the node that stands for it. */
struct lop_piece {
	const struct lop_physical *physical; /* NULL: the tree has no memory there */
	struct lop_range root, view;
	struct lop_span span;
};

#define LOP_IRQ_CELLS 16u /* of an interrupt specifier; more are not translated */

struct lop_irq_spec {
	uint32_t cells[LOP_IRQ_CELLS];
	uint32_t n;
};

/* An interrupt multiplexer, taken apart; see mux.c. */
struct lop_mux {
	const struct lop_node *node;
	const struct lop_node *controller; /* what takes its place in the domain; NULL: nothing */
	const struct lop_prop *map, *mask, *pass; /* interrupt-map and friends; NULL: none */
	struct lop_refs refs;			  /* the entries of map */
	bool broken;		  /* its map or a mask fits no cells: nothing gets through */
	uint32_t n_unit, n_cells; /* cells of a child's unit address and of its specifier */
	struct lop_mux_key {
		uint64_t hash; /* of the masked child specifier */
		size_t entry;
	} * keys; /* sorted */
	struct lop_mux *next;
};

/* Who names a node, or what it stands in. */
struct lop_giver {
	const struct lop_domain *domain; /* NULL: nobody */
	struct lop_span span;
};

struct lop_cut {
	const struct lop_system *base;	  /* without conditions: it has the places and the links */
	const struct lop_system *system;  /* under the domain's condition */
	const struct lop_tree *tree;	  /* of the system */
	const struct lop_domain *domain;  /* in it */
	const struct lop_node *domains;	  /* /domains; NULL: none */
	const struct lop_domain *written; /* the same in base */
	const struct lop_needs *needs;	  /* NULL: this cut is made to find them */
	bool *wanted;			  /* then: needed, though no provider; else NULL */
	const struct lop_giver *givers;	  /* see lop_cut_giver; NULL: not made yet */
	const struct lop_cluster
		*cluster; /* whose view addresses are in; NULL: domain has no CPUs */
	struct lop_diags *diags;
	struct lop_arena *arena;
	bool everything; /* default domain or "*": what nobody else has */

	unsigned char *class;  /* enum lop_class */
	unsigned char *claim;  /* enum lop_claim, inherited from the nearest claimed ancestor */
	unsigned char *keep;   /* enum lop_keep */
	unsigned char *walked; /* enum lop_keep: with all below */
	bool *forced;	       /* given, but out of reach (reported): kept as the root has it */
	const struct lop_node **work; /* kept nodes whose references are still to be followed */
	size_t n_work;
	struct lop_refs refs; /* scratch */

	struct lop_tree *out;
	struct lop_node **copy; /* in out; NULL: not there */
	struct lop_piece *pieces;
	size_t n_pieces;
	const unsigned char *region_uses; /* reserved.c's own */
	struct lop_range *others;	  /* memory of unrelated domains, by address */
	size_t n_others;
	struct lop_bus_map **buses; /* NULL: `ranges` as they are */
	struct lop_mux *muxes;	    /* those met so far */
	unsigned mux_depth;	    /* muxes being taken apart for one another */
	unsigned route_left;	    /* mux.c's own: entries that a route may still look at */
	size_t unrouted;	    /* devices whose interrupt does not reach the domain */
	const struct lop_node *first_unrouted, *last_unrouted;
	const struct lop_node **machine; /* of out: what a manager plays; see made.h */
	size_t n_machine;
	const struct lop_node **reg_cut; /* devices that lost registers */
	size_t n_reg_cut;
};

/* view.c */
/* Fills a cut that has an arena and diags, for a domain of the system as it is written. */
void lop_cut_begin(struct lop_cut *cut, const struct lop_system *system,
		   const struct lop_domain *domain);
void lop_cut_end(struct lop_cut *cut); /* frees what is no arena's, but for `out` */

/* The walk through the tree, in document order, past what stands below /domains. */
const struct lop_node *lop_cut_next(const struct lop_cut *cut, const struct lop_node *node);

/* claim.c: whose a device is */
void lop_cut_find_claims(struct lop_cut *cut);
struct lop_giver lop_cut_giver(struct lop_cut *cut, const struct lop_node *node);
/* Another domain that has, or needs, what nobody names; NULL: the domain may have it. */
const struct lop_domain *lop_cut_contender(const struct lop_cut *cut, const struct lop_node *node);
/* The domain needs a node that it refers to. */
void lop_cut_want(struct lop_cut *cut, const struct lop_node *node, enum lop_ref_kind kind);
const struct lop_needs *lop_needs_of(const struct lop_system *system);

/* select.c: what is kept */
void lop_cut_classify(struct lop_cut *cut);
void lop_cut_select(struct lop_cut *cut);
void lop_cut_keep(struct lop_cut *cut, const struct lop_node *node, enum lop_keep keep);
/* Keeps what a property of the node refers to, as if the node were kept. */
void lop_cut_follow_named(struct lop_cut *cut, const struct lop_node *node, const char *name);
bool lop_cut_reaches(const struct lop_cut *cut, const struct lop_node *node);
bool lop_cut_has_cpu(const struct lop_cut *cut, const struct lop_node *cpu);
/* Would a reference of this kind to target stay in the domain's tree? */
bool lop_cut_may_have(const struct lop_cut *cut, const struct lop_node *target,
		      enum lop_ref_kind kind);
/* During the copy: is what the entry refers to there? */
bool lop_cut_has_ref(const struct lop_cut *cut, const struct lop_ref *ref);

/* irq.c: where interrupts go */
/* The node that gives the meaning of `interrupts` of node (Linux's search); NULL: none. */
const struct lop_node *lop_cut_irq_parent(const struct lop_cut *cut, const struct lop_node *node);
bool lop_cut_is_mux(const struct lop_cut *cut, const struct lop_node *node);
/* The controller that takes the place of parent in the domain: itself, or behind a multiplexer. */
const struct lop_node *lop_cut_controller(struct lop_cut *cut, const struct lop_node *parent);
/* Keeps the controllers that an interrupt property of a kept node leads to. */
void lop_cut_follow_irq(struct lop_cut *cut, const struct lop_node *node,
			const struct lop_prop *prop);
/* Copies one interrupt property of node into out; false: it is none, copy it as any other. */
bool lop_cut_copy_irq(struct lop_cut *cut, const struct lop_node *node,
		      const struct lop_prop *prop);
/* After the copy: interrupt-parent where inheritance leads elsewhere than before. */
void lop_cut_finish_irqs(struct lop_cut *cut);

/* mux.c */
uint32_t lop_irq_cells(const struct lop_cut *cut, const struct lop_node *node);
const struct lop_mux *lop_cut_mux(struct lop_cut *cut, const struct lop_node *node);
/*
 * The controller at which an interrupt that is `in` at parent arrives in the domain, and its
 * specifier there; NULL: nowhere. Through a multiplexer its map decides, specifier by specifier;
 * what the map does not mention for anybody (private interrupts of a CPU, maps that list only some)
 * passes unchanged.
 */
const struct lop_node *lop_cut_route(struct lop_cut *cut, const struct lop_node *parent,
				     const struct lop_irq_spec *in, struct lop_irq_spec *out);
void lop_cut_drop_muxes(struct lop_cut *cut);

/* address.c: reg and names in the cluster's view */
/* Appends an address or a size of node (of either tree); LOP_ADDRESS_OVERFLOW: it has more bits. */
void lop_cut_put(struct lop_cut *cut, struct lop_val *cells, const struct lop_node *node,
		 uint64_t number, uint32_t n_cells);
struct lop_prop *lop_cut_copy_reg(struct lop_cut *cut, const struct lop_node *node,
				  const struct lop_prop *reg);
/* Does it have a reg, and the cluster sees none of it? */
bool lop_cut_loses_reg(struct lop_cut *cut, const struct lop_node *node);
void lop_cut_add_reg_cut(struct lop_cut *cut, const struct lop_node *node);
void lop_cut_report_reg_cut(struct lop_cut *cut);
const char *lop_cut_name(struct lop_cut *cut, const struct lop_node *node);
/* Does the i-th reg entry of node reach the cluster? *child is in the parent's child space. */
bool lop_cut_reg(struct lop_cut *cut, const struct lop_node *node, size_t i,
		 struct lop_range *child);
/* False: its alloc-ranges are all outside the domain's memory. */
bool lop_cut_may_allocate(const struct lop_cut *cut, const struct lop_node *node);
/* Copies alloc-ranges of a reserved region: what lies in the domain's memory. */
void lop_cut_copy_alloc_ranges(struct lop_cut *cut, const struct lop_node *node,
			       const struct lop_prop *prop);
/* The parts of a root range in the domain's memory, in its view; at most cut->n_pieces of them. */
#define LOP_PARTS_MAX 65536u /* of one property, or of all memory reservations; then LOP_LIMIT */
size_t lop_cut_clip(const struct lop_cut *cut, struct lop_range root, bool sram,
		    struct lop_range *out);
/* Says that there are more; what: "`reg` of `x` falls". */
void lop_cut_report_parts(struct lop_cut *cut, struct lop_span span, const char *what);

/* ranges.c: `ranges` in the cluster's view */
void lop_cut_plan_buses(struct lop_cut *cut); /* once it is known what is kept */
/* Can it stand elsewhere on its bus than in the system? */
bool lop_cut_is_elsewhere(const struct lop_cut *cut, struct lop_shown at);
/*
 * The address on bus, in the domain's tree, of what has child there in the system and shows as at.
 * Can add to the `ranges` of buses until the first property is copied. False: there is none.
 */
bool lop_cut_place(struct lop_cut *cut, const struct lop_node *bus, struct lop_range child,
		   struct lop_shown at, uint64_t *base);
/* Says that there is none. */
void lop_cut_report_place(struct lop_cut *cut, const struct lop_node *node, struct lop_shown at);
/* False: nothing moves, copy it as any other. */
bool lop_cut_copy_ranges(struct lop_cut *cut, const struct lop_node *bus,
			 const struct lop_prop *ranges);

/* dma.c: `dma-ranges` of a bus to where the cluster sees memory. False: nothing moves. */
bool lop_cut_copy_dma_ranges(struct lop_cut *cut, const struct lop_node *bus);

/* memory.c and reserved.c */
void lop_cut_mark_memory(struct lop_cut *cut);
void lop_cut_mark_reserved(struct lop_cut *cut); /* after mark_memory */
void lop_cut_plan_memory(struct lop_cut *cut);	 /* places it on its buses, before the copy */
void lop_cut_mark_holes(struct lop_cut *cut);	 /* once all references have been followed */
/* Of a hole in memory that is not where the machine has it. */
const char *lop_cut_hole_name(struct lop_cut *cut, const struct lop_node *node);
const char *lop_cut_memory_name(struct lop_cut *cut, const struct lop_node *node);
/* Else a memory is there because something refers to it, with the registers it has. */
bool lop_cut_has_piece(const struct lop_cut *cut, const struct lop_node *node);
void lop_cut_memory(struct lop_cut *cut);
void lop_cut_reserved(struct lop_cut *cut);

/* guest.c: once the tree is made */
void lop_cut_check_guest(struct lop_cut *cut);

/* cpus.c */
void lop_cut_mark_cpus(struct lop_cut *cut);
/* The name of a node in a cluster: below cpu-map clusters, cores and threads count from 0 again. */
const char *lop_cut_cpu_map_name(struct lop_cut *cut, const struct lop_node *node);
/* The node that a cluster becomes, made on first use; NULL: none of the domain's. */
struct lop_node *lop_cut_cluster(struct lop_cut *cut, const struct lop_node *node);
void lop_cut_cpus(struct lop_cut *cut);

/* whole.c: values whose length fits no entry; whole ones stay as they are */
struct lop_value lop_cut_whole(struct lop_cut *cut, const struct lop_prop *prop, size_t stride);
struct lop_value lop_cut_whole_reg(struct lop_cut *cut, const struct lop_node *node,
				   const struct lop_prop *reg);
struct lop_value lop_cut_whole_ranges(struct lop_cut *cut, const struct lop_node *bus,
				      const struct lop_prop *ranges);

/* copy.c */
struct lop_node *lop_cut_add(struct lop_cut *cut, struct lop_node *parent, const char *name,
			     const struct lop_node *from);
void lop_cut_copy_props(struct lop_cut *cut, const struct lop_node *from);
void lop_cut_copy_prop(struct lop_cut *cut, const struct lop_node *from,
		       const struct lop_prop *prop);
void lop_cut_set(struct lop_cut *cut, struct lop_node *node, const char *name,
		 struct lop_value value, struct lop_span span);
/* The strings of a names property (`reg-names`) whose i-th entry stays; those beyond n stay. */
void lop_cut_copy_names(struct lop_cut *cut, const struct lop_node *from, const char *name,
			const bool *stays, size_t n);
/* Says that prop of a device given by name loses target, if that is another domain's. */
void lop_cut_report_drop(struct lop_cut *cut, const struct lop_node *from,
			 const struct lop_prop *prop, const struct lop_node *target);
void lop_cut_copy_tree(struct lop_cut *cut);

/* chosen.c */
void lop_cut_mark_chosen(struct lop_cut *cut);
void lop_cut_chosen(struct lop_cut *cut);
void lop_cut_aliases(struct lop_cut *cut);

#endif
