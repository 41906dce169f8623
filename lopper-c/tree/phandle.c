/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Phandle numbers. Owns which number a node has and which is given out next; knows nothing of who
 * refers to whom. Every look-up goes through the tree's map, so 50,000 nodes cost 50,000 look-ups.
 */
#include "lopper-c/tree/phandle.h"

#include <string.h>

#define NO_PHANDLE UINT32_C(0xffffffff)

struct lop_resolver *lop_resolver_of(struct lop_tree *tree)
{
	if (!tree->resolver) {
		tree->resolver = lop_arena_zalloc(tree->arena, sizeof(*tree->resolver));
		tree->resolver->next = 1;
	}
	return tree->resolver;
}

static bool is_valid(uint32_t number)
{
	return number != 0 && number != NO_PHANDLE;
}

bool lop_phandle_is_automatic(const struct lop_prop *prop)
{
	return prop->span.text == 0 && strcmp(prop->name, "phandle") == 0;
}

static bool in_set(const struct lop_phandle_set *set, uint32_t number)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (set->numbers[mid] == number)
			return true;
		if (set->numbers[mid] < number)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

uint32_t lop_phandle_give(struct lop_tree *tree, struct lop_node *node)
{
	struct lop_resolver *r = lop_resolver_of(tree);

	if (node->phandle)
		return node->phandle;
	while (lop_tree_by_phandle(tree, r->next) || in_set(&r->keep_free, r->next))
		r->next++;
	lop_node_set_phandle(tree, node, r->next);
	if (!lop_prop_find(tree, node, "phandle"))
		lop_prop_set(tree, node, "phandle", lop_value_cells(tree->arena, &r->next, 1),
			     (struct lop_span){ 0 });
	return node->phandle;
}

static const struct lop_marker *first_ref(const struct lop_prop *prop)
{
	const struct lop_marker *m = prop->value.markers;

	while (m && m->kind != LOP_MARK_REF_PHANDLE)
		m = m->next;
	return m;
}

/* `phandle = <&itself>`: asks for a number. What it holds once that has been given. */
static uint32_t self_number(const struct lop_tree *tree, const struct lop_node *node,
			    const struct lop_prop *prop, const struct lop_marker *ref,
			    struct lop_diags *diags)
{
	const struct lop_node *target =
		ref->target ? ref->target : lop_tree_by_ref(tree, ref->name);
	uint32_t number = lop_value_cell(&prop->value, 0);

	if (target == node)
		return ref->target && is_valid(number) ? number : 0;

	struct lop_diag *d = lop_report(diags, LOP_DTS_PHANDLE, ref->span,
					"`%s` of `%s` refers to another node, `%s`", prop->name,
					lop_node_path_for(diags, LOP_DTS_PHANDLE, node), ref->name);

	lop_diag_help(d, "a node's phandle is its own number: refer to the node itself or leave "
			 "the property out");
	return 0;
}

static bool is_text(const struct lop_prop *prop)
{
	const struct lop_marker *m = prop->value.markers;

	while (m && m->kind != LOP_MARK_STRING)
		m = m->next;
	return m != NULL;
}

/* The number that a phandle property states; 0 if there is none or it is not usable. */
static uint32_t stated_number(const struct lop_tree *tree, const struct lop_node *node,
			      const struct lop_prop *prop, struct lop_diags *diags)
{
	struct lop_diag *d;
	uint32_t number;

	if (!prop)
		return 0;
	if (is_text(prop)) {
		d = lop_report(diags, LOP_DTS_PHANDLE, prop->span, "`%s` of `%s` is text",
			       prop->name, lop_node_path_for(diags, LOP_DTS_PHANDLE, node));
		lop_diag_help(d, "a phandle is one cell, such as `<0x1>`; a name for references is "
				 "a label");
		return 0;
	}
	if (prop->value.len != 4) {
		d = lop_report(diags, LOP_DTS_PHANDLE, prop->span,
			       "`%s` of `%s` has %u bytes instead of 4", prop->name,
			       lop_node_path_for(diags, LOP_DTS_PHANDLE, node), prop->value.len);
		lop_diag_help(d, "a phandle is one cell, such as `<0x1>`");
		return 0;
	}
	if (first_ref(prop))
		return self_number(tree, node, prop, first_ref(prop), diags);
	number = lop_value_cell(&prop->value, 0);
	if (is_valid(number))
		return number;
	d = lop_report(diags, LOP_DTS_PHANDLE, prop->span, "`%s` of `%s` is 0x%x", prop->name,
		       lop_node_path_for(diags, LOP_DTS_PHANDLE, node), number);
	lop_diag_help(d, "0 and 0xffffffff mean no node; any other number will do");
	return 0;
}

static struct lop_span phandle_span(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "phandle");

	if (!prop)
		prop = lop_prop_find(tree, node, "linux,phandle");
	return prop ? prop->span : node->span;
}

static void report_duplicate(const struct lop_tree *tree, const struct lop_node *node,
			     const struct lop_node *other, uint32_t number, struct lop_diags *diags)
{
	struct lop_diag *d = lop_report(diags, LOP_DTS_PHANDLE, phandle_span(tree, node),
					"phandle 0x%x of `%s` is already that of `%s`", number,
					lop_node_path_for(diags, LOP_DTS_PHANDLE, node),
					lop_node_path_for(diags, LOP_DTS_PHANDLE, other));

	lop_diag_label(d, phandle_span(tree, node), "second node with 0x%x", number);
	lop_diag_label(d, phandle_span(tree, other), "first used here");
	lop_diag_help(d,
		      "give each node its own number, or write labels and leave the numbers out");
}

static void read_phandle(struct lop_tree *tree, struct lop_node *node, struct lop_diags *diags)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "phandle");
	const struct lop_prop *old = lop_prop_find(tree, node, "linux,phandle");
	uint32_t number = stated_number(tree, node, prop, diags);
	uint32_t old_number = stated_number(tree, node, old, diags);
	const struct lop_node *other;

	if (number && old_number && number != old_number) {
		struct lop_diag *d = lop_report(
			diags, LOP_DTS_PHANDLE, old->span,
			"`linux,phandle` of `%s` is 0x%x, but its `phandle` is 0x%x",
			lop_node_path_for(diags, LOP_DTS_PHANDLE, node), old_number, number);

		lop_diag_label(d, prop->span, "the present name");
		lop_diag_help(d, "remove `linux,phandle`, the name of long ago");
	}
	if (!number)
		number = old_number;
	if (!number)
		return;
	other = lop_tree_by_phandle(tree, number);
	if (other)
		report_duplicate(tree, node, other, number, diags);
	else
		lop_node_set_phandle(tree, node, number);
}

void lop_phandles_read(struct lop_tree *tree, struct lop_diags *diags)
{
	for (struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		if (n->phandle)
			lop_node_set_phandle(tree, n, 0);
	for (struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		if (n->props)
			read_phandle(tree, n, diags);
}

/* A phandle that asks for a number by reference gets its marker's bytes back. */
static void forget_self(struct lop_tree *tree, struct lop_prop *prop)
{
	static const uint32_t none = NO_PHANDLE;
	struct lop_marker *markers = prop->value.markers;

	if (prop->value.len != 4 || !first_ref(prop))
		return;
	prop->value = lop_value_cells(tree->arena, &none, 1);
	prop->value.markers = markers;
}

void lop_tree_forget_phandles(struct lop_tree *tree)
{
	lop_resolver_of(tree)->next = 1;
	for (struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root)) {
		struct lop_prop *prop = lop_prop_find(tree, n, "phandle");

		if (!prop)
			continue;
		if (lop_phandle_is_automatic(prop) && !first_ref(prop)) {
			lop_prop_del(tree, n, "phandle");
			lop_node_set_phandle(tree, n, 0);
		} else {
			forget_self(tree, prop);
		}
	}
}
