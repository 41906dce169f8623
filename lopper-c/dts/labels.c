/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Labels: on nodes, properties and values they are one name space, and each may stand on one thing
 * only. Two nodes may claim a label for a while, until one of them is deleted. Knows nothing of how
 * bodies are read.
 */
#include "lopper-c/dts/parser.h"

#include <string.h>

#define MAX_CONFLICTS 100 /* label claims kept open; the next ones are errors at once */

struct lop_parser_label *lop_parser_labels(struct lop_parser *p)
{
	struct lop_parser_label *last = NULL;

	while (p->tok.kind == LOP_TOK_LABEL) {
		struct lop_parser_label *label = lop_arena_alloc(p->arena, sizeof(*label));

		label->name = lop_parser_text(p);
		label->span = p->tok.span;
		label->next = last;
		last = label;
		lop_parser_advance(p);
	}
	return last;
}

static void report_twice(struct lop_parser *p, const char *label, struct lop_span span,
			 struct lop_span first)
{
	struct lop_diag *d = lop_report(p->diags, LOP_DTS_DUPLICATE, span,
					"two things have the label `%s`", label);

	lop_diag_label(d, span, "given here");
	lop_diag_label(d, first, "and here");
	lop_diag_help(d, "a label names one thing: rename one of the two");
}

static struct lop_span node_label_span(const struct lop_node *node, const char *label)
{
	for (const struct lop_label *l = node->labels; l; l = l->next)
		if (strcmp(l->name, label) == 0)
			return l->span;
	return node->span;
}

void lop_parser_add_label(struct lop_parser *p, struct lop_node *node, const char *label,
			  struct lop_span span)
{
	struct lop_parser_conflict *conflict;

	if (lop_node_add_label(p->tree, node, label, span))
		return;
	if (p->n_conflicts >= MAX_CONFLICTS) {
		report_twice(p, label, span,
			     node_label_span(lop_tree_by_label(p->tree, label), label));
		return;
	}
	conflict = lop_arena_zalloc(p->arena, sizeof(*conflict));
	*conflict = (struct lop_parser_conflict){ node, label, span, p->conflicts };
	p->conflicts = conflict;
	p->n_conflicts++;
}

/* A label that a deleted node had goes to the other node that claims it. */
static void settle_conflicts(struct lop_parser *p)
{
	struct lop_parser_conflict **link = &p->conflicts;

	while (*link) {
		struct lop_parser_conflict *c = *link;

		if (c->node->hidden || lop_node_add_label(p->tree, c->node, c->label, c->span)) {
			*link = c->next;
			p->n_conflicts--;
		} else {
			link = &c->next;
		}
	}
}

void lop_parser_hide(struct lop_parser *p, struct lop_node *node)
{
	struct lop_diag *d;

	if (p->hide_work > LOP_PARSER_MAX_HIDE)
		return;
	p->hide_work += lop_node_hide(p->tree, node);
	settle_conflicts(p);
	if (p->hide_work <= LOP_PARSER_MAX_HIDE)
		return;
	d = lop_report(p->diags, LOP_LIMIT, p->prev.span,
		       "the same nodes are deleted and added again and again");
	lop_diag_label(d, p->prev.span, "from here on nothing more is deleted");
	lop_diag_help(d, "delete each node once, behind all bodies that add to it");
}

/* dtc gives labels to a new node from the last to the first, to an old one from first to last. */
void lop_parser_label_node(struct lop_parser *p, struct lop_node *node,
			   struct lop_parser_label *labels, bool fresh)
{
	struct lop_parser_label *in_order = NULL;

	for (struct lop_parser_label *l = labels, *next; l && !fresh; l = next) {
		next = l->next;
		l->next = in_order;
		in_order = l;
	}
	for (struct lop_parser_label *l = fresh ? labels : in_order; l; l = l->next)
		lop_parser_add_label(p, node, l->name, l->span);
}

void lop_parser_label_prop(struct lop_parser *p, struct lop_prop *prop,
			   struct lop_parser_label *labels)
{
	for (; labels; labels = labels->next) {
		struct lop_label *label = lop_arena_zalloc(p->arena, sizeof(*label));

		*label = (struct lop_label){ labels->name, labels->span, prop->labels };
		prop->labels = label;
		p->value_labels = true;
	}
}

static void report_conflicts(struct lop_parser *p)
{
	for (struct lop_parser_conflict *c = p->conflicts; c; c = c->next) {
		struct lop_node *holder = lop_tree_by_label(p->tree, c->label);

		if (!c->node->hidden)
			report_twice(p, c->label, c->span, node_label_span(holder, c->label));
	}
}

/* Notes a label of a property or value in seen (label -> struct lop_span). */
static void note_label(struct lop_parser *p, struct lop_map *seen, const char *label,
		       const struct lop_span *span)
{
	const struct lop_node *node = lop_tree_by_label(p->tree, label);
	const struct lop_span *first = lop_map_get(seen, NULL, label);

	if (node)
		report_twice(p, label, *span, node_label_span(node, label));
	else if (first)
		report_twice(p, label, *span, *first);
	else
		lop_map_put(seen, NULL, label, (void *)(uintptr_t)span);
}

static void check_value_labels(struct lop_parser *p)
{
	const struct lop_node *root = p->tree->root;
	struct lop_map seen = { 0 };

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root))
		for (const struct lop_prop *prop = n->props; prop; prop = prop->next) {
			for (const struct lop_label *l = prop->labels; l; l = l->next)
				note_label(p, &seen, l->name, &l->span);
			for (const struct lop_marker *m = prop->value.markers; m; m = m->next)
				if (m->kind == LOP_MARK_LABEL)
					note_label(p, &seen, m->name, &m->span);
		}
	lop_map_free(&seen);
}

void lop_parser_check_labels(struct lop_parser *p)
{
	report_conflicts(p);
	if (p->value_labels)
		check_value_labels(p);
}
