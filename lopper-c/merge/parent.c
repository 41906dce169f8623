/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where each domain belongs: `parent:` against the nesting in the file, circles, depth; then its
 * node is made there, or moved there if the tree had it elsewhere.
 */
#include <string.h>

#include "lopper-c/merge/state.h"

#define MAX_NESTING LOP_YAML_MAX_DEPTH

static const struct lop_yaml *parent_key(const struct lop_entity *e)
{
	const struct lop_yaml *value = e->map ? lop_yaml_get(e->map, "parent") : NULL;

	return value && value->kind == LOP_YAML_SCALAR ? value : NULL;
}

static void report_missing(struct lop_merger *m, const struct lop_entity *e,
			   const struct lop_yaml *value)
{
	struct lop_diag *d =
		lop_report(m->diags, LOP_PARENT_MISSING, value->span,
			   "parent `%s` of domain `%s` does not exist", value->text, e->name);
	const char *last = strrchr(value->text, '/');
	const char *best = lop_entity_nearest(m, last ? last + 1 : value->text, false);

	lop_diag_label(d, value->span, "no domain of this name");
	if (best && last)
		lop_diag_help(d, "did you mean a path that ends in `%s`?", best);
	else
		lop_merge_did_you_mean(d, best, "name a domain, a group or the path of one");
}

static void report_many(struct lop_merger *m, const struct lop_entity *e,
			const struct lop_yaml *value, const struct lop_entity *one)
{
	struct lop_diag *d = lop_report(m->diags, LOP_AMBIGUOUS_NAME, value->span,
					"parent `%s` of domain `%s` may be several domains",
					value->text, e->name);

	lop_diag_label(d, value->span, "which one?");
	lop_entities_list(d, one);
	lop_diag_help(d, "write the path, as in `/domains/%s`", value->text);
}

static bool is_top(const char *text)
{
	return strcmp(text, "/") == 0 || strcmp(text, "/domains") == 0;
}

static void find_parent(struct lop_merger *m, struct lop_entity *e)
{
	const struct lop_yaml *value = parent_key(e);
	struct lop_entity *parent;
	bool many;

	if (!e->in_tree)
		e->parent = e->outer;
	if (!value || strcmp(value->text, "auto") == 0)
		return;
	if (is_top(value->text)) {
		e->parent = NULL;
		e->moved = true;
		return;
	}
	parent = lop_entity_find(m, value->text, &many);
	if (many) {
		report_many(m, e, value, parent);
		return;
	}
	if (!parent) {
		report_missing(m, e, value);
		return;
	}
	e->pool = parent;
	if (parent->inventory || parent->group)
		return;
	e->parent = parent;
	e->moved = true;
}

static struct lop_span place_of(const struct lop_entity *e)
{
	const struct lop_yaml *value = parent_key(e);

	return value ? value->span : e->span;
}

static void report_cycle(struct lop_merger *m, const struct lop_entity *e)
{
	struct lop_diag *d = lop_report(m->diags, LOP_PARENT_CYCLE, place_of(e),
					"domain `%s` is its own ancestor", e->name);

	lop_diag_label(d, place_of(e), "`%s` is a part of `%s`", e->name, e->parent->name);
	for (const struct lop_entity *p = e->parent; p != e; p = p->parent)
		lop_diag_label(d, place_of(p), "`%s` is a part of `%s`", p->name, p->parent->name);
	lop_diag_help(d, "remove one of these `parent:`");
}

static void report_depth(struct lop_merger *m, const struct lop_entity *e)
{
	struct lop_diag *d = lop_report(m->diags, LOP_LIMIT, place_of(e),
					"domains nested more than %d levels deep", MAX_NESTING);

	lop_diag_label(d, place_of(e), "`%s` is level %d", e->name, MAX_NESTING + 1);
	lop_diag_help(d, "put it beside `%s` instead of below it", e->parent->name);
}

/* Follows the parents of one domain; cuts where they lead back, or too far down. */
static void check_chain(struct lop_merger *m, struct lop_entity *start, unsigned mark)
{
	unsigned depth = 0;
	struct lop_entity *e = start;

	while (e && e->mark != mark && depth++ < MAX_NESTING) {
		e->mark = mark;
		e = e->parent;
	}
	if (!e)
		return;
	if (e->mark == mark) {
		report_cycle(m, e);
		while (e) {
			struct lop_entity *next = e->parent;

			e->parent = e->pool = NULL; /* none of the circle is a part of another */
			e->moved = false;
			e = next;
		}
		return;
	}
	report_depth(m, start);
	start->parent = start->pool = NULL;
	start->moved = false;
}

/* --- nodes --- */

static void report_taken(struct lop_merger *m, const struct lop_entity *e,
			 const struct lop_node *other)
{
	struct lop_diag *d =
		lop_report(m->diags, LOP_DUPLICATE_NAME, e->span,
			   "two domains or groups called `%s` stand in one place", e->name);

	lop_diag_label(d, e->span, "this one");
	lop_diag_label(d, other->span, "has the name already");
	lop_diag_help(d, "rename one of them");
}

/* Nested domains count their memory in the cells of the domain around them. */
static void give_cells(struct lop_merger *m, const struct lop_entity *outer, struct lop_span span)
{
	if (outer->in_tree)
		return;
	if (!lop_prop_find(m->tree, outer->node, "#address-cells"))
		lop_merge_set_cell(m, outer->node, "#address-cells", 2, span);
	if (!lop_prop_find(m->tree, outer->node, "#size-cells"))
		lop_merge_set_cell(m, outer->node, "#size-cells", 2, span);
}

static void place_one(struct lop_merger *m, struct lop_entity *e)
{
	struct lop_node *parent = e->parent ? e->parent->node : m->domains;
	struct lop_node *other;

	if (!parent || (e->node && e->node->parent == parent))
		return;
	if (e->node && !e->moved)
		return; /* of the tree, in a container without compatible */
	other = lop_node_child(m->tree, parent, e->node ? e->node->name : e->name);
	if (other) {
		report_taken(m, e, other);
		return;
	}
	if (e->node) {
		lop_node_move(m->tree, e->node, parent);
		return;
	}
	e->node = lop_merge_new_node(m, parent, e->name, e->span);
	if (lop_label_valid(e->name))
		lop_node_add_label(m->tree, e->node, e->name, e->span);
	if (e->parent)
		give_cells(m, e->parent, e->span);
}

/* Parents first; chains are no longer than MAX_NESTING by now. */
static void place(struct lop_merger *m, struct lop_entity *e)
{
	if (e->placed)
		return;
	e->placed = true;
	if (e->parent)
		place(m, e->parent);
	place_one(m, e);
}

void lop_entities_place(struct lop_merger *m)
{
	unsigned mark = 0;

	for (struct lop_entity *e = m->entities; e; e = e->next)
		find_parent(m, e);
	for (struct lop_entity *e = m->entities; e; e = e->next)
		check_chain(m, e, ++mark);
	for (struct lop_entity *e = m->entities; e; e = e->next)
		place(m, e);
}

struct lop_entity *lop_merge_domain(struct lop_merger *m, const struct lop_yaml *name,
				    const char *what)
{
	struct lop_entity *e;
	struct lop_diag *d;
	bool many;

	if (!lop_merge_want(m, name, LOP_YAML_SCALAR, what))
		return NULL;
	e = lop_entity_find(m, name->text, &many);
	if (e && e->node && !many && !e->group && !e->inventory)
		return e;
	d = lop_report(m->diags, many ? LOP_AMBIGUOUS_NAME : LOP_UNKNOWN_DOMAIN, name->span,
		       many ? "`%s` is the name of several domains" : "there is no domain `%s`",
		       name->text);
	lop_diag_label(d, name->span, "named by %s", what);
	if (many) {
		lop_entities_list(d, e);
		lop_diag_help(d, "write the path, as in `/domains/%s`", name->text);
		return NULL;
	}
	lop_merge_did_you_mean(d, lop_entity_nearest(m, name->text, false),
			       "name a domain of these files or of /domains");
	return NULL;
}
