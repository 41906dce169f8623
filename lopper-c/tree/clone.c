/* SPDX-License-Identifier: BSD-3-Clause */
/* Conditional copies of a tree; see clone.h. */
#include "lopper-c/tree/clone.h"

#include <string.h>

bool lop_tree_is_conditional(const struct lop_tree *tree)
{
	for (const struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		if (n->variants || n->condition)
			return true;
	return false;
}

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static const struct lop_prop *props_under(const struct lop_node *node, const char *condition)
{
	for (const struct lop_variant *v = node->variants; v; v = v->next)
		if (same(v->condition, condition))
			return v->props;
	return node->props;
}

static void clone_props(struct lop_tree *copy, struct lop_node *to, const struct lop_prop *props)
{
	for (const struct lop_prop *p = props; p; p = p->next) {
		struct lop_value value = p->value;
		struct lop_marker **tail = &value.markers;
		struct lop_prop *q;

		for (const struct lop_marker *m = p->value.markers; m; m = m->next) {
			*tail = lop_arena_dup(copy->arena, m, sizeof(*m));
			tail = &(*tail)->next;
		}
		*tail = NULL;
		q = lop_prop_set(copy, to, p->name, value, p->span);
		q->labels = p->labels;
		q->value_span = p->value_span;
	}
}

static void clone_node(struct lop_tree *copy, struct lop_node *to, const struct lop_node *from,
		       const char *condition)
{
	for (const struct lop_label *l = from->labels; l; l = l->next)
		lop_node_add_label(copy, to, l->name, l->span);
	lop_node_set_phandle(copy, to, from->phandle);
	to->span = from->span;
	to->omit_if_no_ref = from->omit_if_no_ref;
	clone_props(copy, to, props_under(from, condition));
}

struct lop_tree *lop_tree_clone(const struct lop_tree *tree, const char *condition)
{
	struct lop_tree *copy = lop_tree_new(tree->arena);
	struct lop_node **map =
		lop_arena_zalloc(tree->arena, tree->n_nodes * sizeof(struct lop_node *));

	copy->memreserves = tree->memreserves;
	copy->boot_cpu = tree->boot_cpu;
	copy->plugin = tree->plugin;
	map[tree->root->index] = copy->root;
	clone_node(copy, copy->root, tree->root, condition);
	for (const struct lop_node *n = lop_node_next(tree->root, tree->root); n;
	     n = lop_node_next(n, tree->root)) {
		struct lop_node *parent = map[n->parent->index];

		if (!parent || (n->condition && !same(n->condition, condition)))
			continue;
		map[n->index] = lop_node_add(copy, parent, n->name, n->span);
		clone_node(copy, map[n->index], n, condition);
	}
	for (struct lop_node *n = copy->root; n; n = lop_node_next(n, copy->root))
		for (struct lop_prop *p = n->props; p; p = p->next)
			for (struct lop_marker *m = p->value.markers; m; m = m->next)
				m->target = m->target ? map[m->target->index] : NULL;
	lop_tree_number(copy);
	return copy;
}
