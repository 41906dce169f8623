/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Phandles and references: numbers are given out in dtc's order and every reference marker gets its
 * target and its bytes. Symbols and fixups are what dtc -@ and /plugin/ add to a tree.
 */
#ifndef LOP_TREE_RESOLVE_H
#define LOP_TREE_RESOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/diag/diag.h"
#include "lopper-c/tree/tree.h"

/* Numbers that no node may be given. */
struct lop_phandle_set {
	uint32_t *numbers; /* sorted, unique */
	size_t count;
};

/*
 * The paths of all labelled nodes and of all references together, in bytes: what symbols, fixups
 * and path references can add to a blob. A tree beyond it is refused (LOP_LIMIT).
 */
#define LOP_TREE_MAX_PATHS ((uint64_t)256 << 20)

/*
 * 1. reads explicit phandle properties (errors: LOP_DTS_PHANDLE); 2. walks all references in
 * document order, gives each target a phandle and fills in bytes (errors: LOP_DTS_REF with the
 * nearest label; in a plugin an unknown label stays for __fixups__); 3. drops /omit-if-no-ref/
 * nodes that nothing refers to. May be called again after changes: what is resolved stays, and a
 * marker that has a target keeps it (a path reference without a target has no bytes yet, one with a
 * target has the path, which is brought up to date).
 *
 * keep_free: numbers never to be given out because the input uses them as plain numbers where a
 * phandle stands (copied, and kept for later calls); NULL for dtc's exact behaviour.
 *
 * A phandle property made here is the node's last one and has a span with text 0; one from the
 * input has the input's span.
 */
void lop_tree_resolve(struct lop_tree *tree, struct lop_diags *diags,
		      const struct lop_phandle_set *keep_free);
/*
 * Everything that dtc does between reading and writing: resolve, then symbols (dtc -@), then the
 * fixups of a plugin. With symbols a labelled /omit-if-no-ref/ node stays, as with dtc -@.
 */
void lop_tree_compile(struct lop_tree *tree, struct lop_diags *diags, bool symbols);
/*
 * Takes back every number that lop_tree_resolve or lop_tree_add_symbols gave out; targets stay. The
 * next lop_tree_resolve then numbers as dtc would number this tree.
 */
void lop_tree_forget_phandles(struct lop_tree *tree);
/*
 * For a report that a path ("/a/b" or "label/a") leads nowhere: says where it ends and, with
 * search, which child of that node may be meant.
 */
void lop_tree_help_path(const struct lop_tree *tree, struct lop_diag *d, const char *path,
			bool search);
/*
 * plain.c: the numbers that the input writes where a phandle stands, without saying whose it is;
 * what keep_free is made for. The tree is resolved.
 */
struct lop_phandle_set lop_tree_plain_numbers(const struct lop_tree *tree, struct lop_arena *arena);
/*
 * Gives the values of a resolved tree that was a blob the markers of their references, as its
 * source had them. Bytes that do not fit the #-cells stay as they are.
 */
void lop_tree_bind_numbers(struct lop_tree *tree);
/* Was this phandle property made by the tool (and not by the input)? */
bool lop_phandle_is_automatic(const struct lop_prop *prop);

/*
 * The three below need a resolved tree, and do nothing after LOP_LIMIT.
 * Adds /__symbols__ (and phandles for every labelled node), as dtc -@ does.
 */
void lop_tree_add_symbols(struct lop_tree *tree);
/* Adds /__fixups__ and /__local_fixups__, as dtc does for a /plugin/. */
void lop_tree_add_fixups(struct lop_tree *tree);
/*
 * Turns /__symbols__ of a blob back into labels, removes it with /__fixups__ and /__local_fixups__.
 * Entries that name no node, or that no label can be made of: LOP_DTS_DANGLING.
 */
void lop_tree_take_symbols(struct lop_tree *tree, struct lop_diags *diags);

#endif
