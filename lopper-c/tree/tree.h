/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The device tree in memory: nodes, properties, labels, references. Readers (DTS, DTB) build it,
 * the YAML merge changes it, everything later reads it.
 *
 * A value is bytes as they will stand in the blob plus markers, as in dtc: where a label, a typed
 * group (< >, /bits/, a string) or a reference stands. Reference bytes are 0xffffffff until
 * lop_tree_resolve.
 *
 * All memory is the tree's arena's. Names are not copied where the comment says "kept".
 *
 * Deleting in a DTS leaves a mark (hidden) until the whole source is read, because dtc does the
 * same: what comes back after a /delete-node/ stands where it stood before. Only the DTS parser
 * hides, and it sweeps at its end; nobody else ever meets a hidden node or property.
 */
#ifndef LOP_TREE_TREE_H
#define LOP_TREE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/arena.h"
#include "lopper-c/base/buf.h"
#include "lopper-c/base/map.h"
#include "lopper-c/base/range.h"
#include "lopper-c/diag/diag.h"

struct lop_node;
struct lop_bus_facts;
struct lop_resolver; /* see resolve.c */

enum lop_marker_kind {
	LOP_MARK_LABEL,	      /* name: label on this byte */
	LOP_MARK_REF_PHANDLE, /* name: "label" or "/path"; 4 bytes of phandle stand here */
	LOP_MARK_REF_PATH,    /* name: the same; the NUL terminated full path stands here */
	LOP_MARK_U8,	      /* a [ ] or /bits/ 8 < > group starts here */
	LOP_MARK_U16,
	LOP_MARK_U32, /* a < > group starts here */
	LOP_MARK_U64,
	LOP_MARK_STRING, /* a string starts here */
	LOP_MARK_PLACE, /* a cell that was written elsewhere than its group: only its span counts */
};

/* Sorted by offset; at one offset in order of appearance. */
struct lop_marker {
	enum lop_marker_kind kind;
	uint32_t offset;
	const char *name;	 /* NULL for group markers */
	struct lop_node *target; /* of a reference, set by lop_tree_resolve */
	struct lop_span span;
	struct lop_marker *next;
};

struct lop_value {
	const unsigned char *data; /* NULL when len is 0 */
	uint32_t len;
	struct lop_marker *markers;
};

struct lop_label {
	const char *name;
	struct lop_span span;
	struct lop_label *next;
};

struct lop_prop {
	const char *name;
	struct lop_value value;
	struct lop_label *labels;
	struct lop_span span;	    /* the name, in the source that set the value last */
	struct lop_span value_span; /* the value; text 0 if empty or made by the tool */
	struct lop_prop *next, *prev;
	bool hidden;
};

/* A property list that replaces the node's own where a condition is active (YAML `prop!cond`). */
struct lop_variant {
	const char *condition;
	struct lop_prop *props;
	struct lop_variant *next;
};

struct lop_node {
	const char *name; /* with unit address; "" for the root */
	struct lop_node *parent;
	struct lop_node *children, *last_child, *next, *prev;
	struct lop_prop *props, *last_prop;
	struct lop_label *labels; /* in dtc's order, which is that of __symbols__: newest first */
	struct lop_variant *variants;
	const char *condition; /* exists only where this condition is active; NULL: always */
	uint32_t phandle;      /* 0: none; set with lop_node_set_phandle */
	uint32_t index;	       /* dense, in document order; valid after lop_tree_number */
	struct lop_span span;  /* the name or reference that opened its first body */
	uint32_t n_props;      /* ever added; tree.c looks long lists up by hash */
	uint64_t name_bits; /* a bit for every property name ever added: most answers are "no such
			       property" */
	bool omit_if_no_ref;
	bool hidden, was_hidden;
	bool lost_labels; /* was deleted with its labels and came back without: dtc -@ counts it */
};

struct lop_memreserve {
	struct lop_range range;
	struct lop_label *labels;
	struct lop_span span;
	struct lop_memreserve *next;
};

struct lop_tree {
	struct lop_arena *arena;
	struct lop_node *root;
	struct lop_memreserve *memreserves;
	struct lop_map names;	 /* (node, child name) -> node, and more that is tree.c's own */
	struct lop_map labels;	 /* label -> node */
	struct lop_map phandles; /* (number as a pointer, "") -> node */
	struct lop_map
		bases;	   /* (node, child name without unit address) -> first; made when asked */
	uint32_t n_nodes;  /* after lop_tree_number */
	uint32_t boot_cpu; /* boot_cpuid_phys of the blob header */
	bool plugin;	   /* /plugin/ */
	bool unlabelled;   /* a blob without /__symbols__: its labels are lost */
	struct lop_bus_facts *facts;   /* bus.c's own; NULL before lop_bus_learn */
	struct lop_resolver *resolver; /* resolve.c's own; NULL before the first resolve */
	bool hidden;		       /* lop_tree_sweep has work */
};

struct lop_tree *lop_tree_new(struct lop_arena *arena);
/* Frees the maps, which are malloc memory; everything else is the arena's. */
void lop_tree_free(struct lop_tree *tree);

/* Nodes. name is kept. The caller has checked that the name is free. */
struct lop_node *lop_node_add(struct lop_tree *tree, struct lop_node *parent, const char *name,
			      struct lop_span span);
struct lop_node *lop_node_child(const struct lop_tree *tree, const struct lop_node *parent,
				const char *name); /* exact name, unit address included */
void lop_node_del(struct lop_tree *tree, struct lop_node *node); /* with all below; labels too */
/* With all below, to the end of the children of parent, where the name is free. */
void lop_node_move(struct lop_tree *tree, struct lop_node *node, struct lop_node *parent);
bool lop_node_below(const struct lop_node *node, const struct lop_node *ancestor); /* or equal */
size_t lop_node_base_len(const struct lop_node *node);	/* length of the name without "@unit" */
const char *lop_node_unit(const struct lop_node *node); /* after '@'; NULL if there is none */
const char *
lop_node_shown(const struct lop_node *node); /* its name in messages: the root's is "/" */
/* The next node of a walk over top and all below, parents first; NULL at the end. */
struct lop_node *lop_node_next(const struct lop_node *node, const struct lop_node *top);
void lop_node_path(const struct lop_node *node, struct lop_buf *out); /* appends "/a/b@0" */
const char *lop_node_path_dup(struct lop_arena *arena, const struct lop_node *node);
/*
 * The path for a message of this code, on the arena of diags; where no more of them are kept, the
 * name will do.
 */
const char *lop_node_path_for(struct lop_diags *diags, enum lop_code code,
			      const struct lop_node *node);
/* The path for a label or help of d, on its arena; of a diagnostic that is not kept, the name. */
const char *lop_node_path_of(const struct lop_diag *d, const struct lop_node *node);
/* The first label, or NULL. */
const char *lop_node_label(const struct lop_node *node);

/* Gives the node its number (replacing an earlier one); 0 takes it away. First holder wins. */
void lop_node_set_phandle(struct lop_tree *tree, struct lop_node *node, uint32_t phandle);
/* Adds a label; false (and nothing changed) if another node has it. Known label of node: true. */
bool lop_node_add_label(struct lop_tree *tree, struct lop_node *node, const char *label,
			struct lop_span span);

struct lop_node *lop_tree_by_path(const struct lop_tree *tree, const char *path);
struct lop_node *lop_tree_by_label(const struct lop_tree *tree, const char *label);
/* "label", "label/rest" or "/path": what follows the & of a reference. NULL if there is none. */
struct lop_node *lop_tree_by_ref(const struct lop_tree *tree, const char *ref);
/*
 * A path as /aliases and /chosen have it: a name may stand without its unit address, for the first
 * node of that name (libfdt and boot loaders read them so; a reference in a source may not). For a
 * tree that does not change any more; lop_tree_number forgets what was learnt.
 */
struct lop_node *lop_tree_by_loose_path(const struct lop_tree *tree, const char *path, size_t len);
/*
 * What stdout-path in /chosen names: a path or an alias, up to an optional ":115200n8" (Devicetree
 * Specification 3.6). NULL if there is no such node.
 */
struct lop_node *lop_tree_by_console(const struct lop_tree *tree, const char *s);
struct lop_node *lop_tree_by_phandle(const struct lop_tree *tree, uint32_t phandle);
void lop_tree_number(struct lop_tree *tree); /* sets index and n_nodes, in document order */

/* boot_cpuid_phys as dtc guesses it: `reg` of the first node in /cpus, even if that is deleted. */
uint32_t lop_tree_guess_boot_cpu(const struct lop_tree *tree);

/* Properties. name and the value's data and markers are kept. */
struct lop_prop *lop_prop_find(const struct lop_tree *tree, const struct lop_node *node,
			       const char *name);
/* Where its value is written, else where the property is: what a message points at. */
struct lop_span lop_prop_value_span(const struct lop_prop *prop);
/* Adds at the end, or replaces the value in place (as dtc does: the place in the list stays). */
struct lop_prop *lop_prop_set(struct lop_tree *tree, struct lop_node *node, const char *name,
			      struct lop_value value, struct lop_span span);
void lop_prop_del(struct lop_tree *tree, struct lop_node *node, const char *name);

/* For the DTS parser: deletion that keeps the place, undone by lop_node_add and lop_prop_set. */
/* With all below. Returns how many nodes and properties were looked at, hidden before or not. */
size_t lop_node_hide(struct lop_tree *tree, struct lop_node *node);
void lop_prop_hide(struct lop_tree *tree, struct lop_prop *prop);
void lop_tree_sweep(struct lop_tree *tree); /* now take away what is hidden */

/* Values. Readers never fail: what is too short reads as absent. */
struct lop_value lop_value_string(struct lop_arena *arena, const char *s);
struct lop_value lop_value_cells(struct lop_arena *arena, const uint32_t *cells, size_t n);
uint32_t lop_value_cell(const struct lop_value *value, size_t index); /* 0 beyond the end */
/* n_cells cells from cell on, most significant first; of more than two the last two count. */
uint64_t lop_value_number(const struct lop_value *value, size_t cell, size_t n_cells);
size_t lop_value_n_cells(const struct lop_value *value); /* len / 4 */
/* The i-th string of a string list; NULL beyond the end or where NULs do not fit. Linear. */
const char *lop_value_str(const struct lop_value *value, size_t i);
/*
 * The string at *offset, which moves behind it; NULL at the end. Starts at 0:
 *
 *	for (uint32_t at = 0; (s = lop_value_next_str(value, &at));)
 */
const char *lop_value_next_str(const struct lop_value *value, uint32_t *offset);
/* Does the string list hold s? */
bool lop_value_has_str(const struct lop_value *value, const char *s);
/* The reference marker at this byte, or NULL. Linear: to visit all of them walk the list. */
const struct lop_marker *lop_value_ref_at(const struct lop_value *value, uint32_t offset);
/* The span of the nearest marker at or before offset, else fallback. */
struct lop_span lop_value_span_at(const struct lop_value *value, uint32_t offset,
				  struct lop_span fallback);
/* The same for many offsets: in one pass, where they ascend. */
struct lop_span_walk {
	const struct lop_value *value;
	struct lop_span fallback;
	const struct lop_marker *next; /* begins with the value's first */
	struct lop_span span;	       /* begins with fallback */
	uint32_t offset;
};
struct lop_span_walk lop_span_walk(const struct lop_value *value, struct lop_span fallback);
struct lop_span lop_span_walk_to(struct lop_span_walk *walk, uint32_t offset);

#endif
