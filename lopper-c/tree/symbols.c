/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * /__symbols__: labels as they survive in a blob, written as dtc -@ does and read back. Knows
 * nothing of fixups but that they go when symbols are read.
 */
#include "lopper-c/tree/phandle.h"

#include <string.h>

#include "lopper-c/tree/names.h"

/* dtc counts a node that lost its labels by a deletion. */
static bool is_labelled(const struct lop_node *node)
{
	return node->labels || node->lost_labels;
}

static bool has_labels(const struct lop_tree *tree)
{
	for (const struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		if (is_labelled(n))
			return true;
	return false;
}

static void add_entries(struct lop_tree *tree, struct lop_node *symbols, struct lop_node *node)
{
	const char *path = NULL;

	for (const struct lop_label *l = node->labels; l; l = l->next) {
		if (lop_prop_find(tree, symbols, l->name))
			continue;
		if (!path)
			path = lop_node_path_dup(tree->arena, node);
		lop_prop_set(tree, symbols, l->name, lop_value_string(tree->arena, path),
			     (struct lop_span){ 0 });
	}
	lop_phandle_give(tree, node);
}

void lop_tree_add_symbols(struct lop_tree *tree)
{
	struct lop_node *symbols;

	if (lop_resolver_of(tree)->too_big || !has_labels(tree))
		return;
	symbols = lop_node_child(tree, tree->root, "__symbols__");
	if (!symbols)
		symbols = lop_node_add(tree, tree->root, "__symbols__", (struct lop_span){ 0 });
	for (struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		if (is_labelled(n))
			add_entries(tree, symbols, n);
}

/* The node that an entry of /__symbols__ names, outside of /__symbols__. */
static struct lop_node *entry_node(const struct lop_tree *tree, const struct lop_node *symbols,
				   const struct lop_prop *entry)
{
	const char *path = lop_value_str(&entry->value, 0);
	struct lop_node *node;

	if (!path || strlen(path) + 1 != entry->value.len)
		return NULL;
	node = lop_tree_by_path(tree, path);
	return node && !lop_node_below(node, symbols) ? node : NULL;
}

static void take_entry(struct lop_tree *tree, const struct lop_node *symbols,
		       const struct lop_prop *entry, struct lop_diags *diags)
{
	struct lop_node *node = entry_node(tree, symbols, entry);

	if (strcmp(entry->name, "phandle") == 0 || strcmp(entry->name, "linux,phandle") == 0)
		return;
	if (!node) {
		struct lop_diag *d =
			lop_report(diags, LOP_DTS_DANGLING, entry->span,
				   "symbol `%s` names no node of this tree", entry->name);

		lop_diag_help(d, "the blob was changed after dtc made it: compile it again with "
				 "`dtc -@`, or go without the label");
		return;
	}
	if (!lop_label_valid(entry->name) ||
	    !lop_node_add_label(tree, node, entry->name, entry->span))
		lop_diag_help(lop_report(diags, LOP_DTS_DANGLING, entry->span,
					 "symbol `%s` cannot be a label; it is dropped",
					 entry->name),
			      "rename it in the source: letters, digits and `_`, on one node only");
}

static void drop_child(struct lop_tree *tree, const char *name)
{
	struct lop_node *node = lop_node_child(tree, tree->root, name);

	if (node)
		lop_node_del(tree, node);
}

void lop_tree_take_symbols(struct lop_tree *tree, struct lop_diags *diags)
{
	struct lop_node *symbols = lop_node_child(tree, tree->root, "__symbols__");

	/* From the end, because the newest label stands first in a node's list. */
	for (struct lop_prop *p = symbols ? symbols->last_prop : NULL; p; p = p->prev)
		take_entry(tree, symbols, p, diags);
	drop_child(tree, "__symbols__");
	drop_child(tree, "__fixups__");
	drop_child(tree, "__local_fixups__");
}
