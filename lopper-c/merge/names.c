/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a name written in YAML means: children of a node in forgiving spelling, devices anywhere in
 * the tree, the nearest name to a misspelt one. Names are indexed once, look-ups cost the same in a
 * tree of any size.
 */
#include <ctype.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/state.h"

/* Scopes of m->names. */
static const char full_scope, base_scope;

/* The name with its unit address in lower case and without leading zeros; itself if it is so. */
static const char *fold(struct lop_merger *m, const char *name)
{
	const char *unit = strchr(name, '@');
	const char *digits;
	char *folded;

	if (!unit)
		return name;
	digits = ++unit;
	while (digits[0] == '0' && isxdigit((unsigned char)digits[1]))
		digits++;
	if (digits == unit && digits[strcspn(digits, "ABCDEF")] == '\0')
		return name;
	folded = lop_arena_printf(m->arena, "%.*s%s", (int)(unit - name), name, digits);
	for (char *c = folded + (unit - name); *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return folded;
}

static void add_hit(struct lop_merger *m, struct lop_map *map, const void *scope, const char *key,
		    struct lop_node *node)
{
	struct lop_name_hit *hit = lop_arena_alloc(m->arena, sizeof(*hit));
	struct lop_name_hit *first = lop_map_get(map, scope, key);

	*hit = (struct lop_name_hit){ .node = node, .tail = hit };
	if (!first) {
		lop_map_put(map, scope, key, hit);
		return;
	}
	first->tail->next = hit;
	first->tail = hit;
}

static const char *base_name(struct lop_merger *m, const struct lop_node *node)
{
	if (!strchr(node->name, '@'))
		return node->name;
	return lop_arena_strndup(m->arena, node->name, lop_node_base_len(node));
}

/* --- children; full names are in the scope of the node, base names in that of its name --- */

static const void *child_base_scope(const struct lop_node *parent)
{
	return (const char *)parent + 1;
}

void lop_merge_child_added(struct lop_merger *m, struct lop_node *node)
{
	if (!lop_map_get(&m->children, node->parent, ""))
		return; /* not indexed yet */
	add_hit(m, &m->children, node->parent, fold(m, node->name), node);
	add_hit(m, &m->children, child_base_scope(node->parent), base_name(m, node), node);
}

static void index_children(struct lop_merger *m, struct lop_node *parent)
{
	if (lop_map_get(&m->children, parent, ""))
		return;
	lop_map_put(&m->children, parent, "", m);
	for (struct lop_node *n = parent->children; n; n = n->next)
		if (!n->hidden)
			lop_merge_child_added(m, n);
}

static struct lop_node *child_by_label(struct lop_merger *m, const struct lop_node *parent,
				       const char *key)
{
	size_t len = strcspn(key, "@");
	struct lop_node *node = lop_map_get_n(&m->tree->labels, NULL, key, len);
	const char *unit;

	if (!node || node == parent || !lop_node_below(node, parent))
		return NULL;
	unit = strchr(fold(m, node->name), '@');
	if (!key[len] || (unit && strcmp(unit, strchr(fold(m, key), '@')) == 0))
		return node;
	return NULL;
}

struct lop_node *lop_merge_child(struct lop_merger *m, struct lop_node *parent, const char *key,
				 struct lop_node **many)
{
	struct lop_node *node = lop_node_child(m->tree, parent, key);
	const struct lop_name_hit *hit;

	*many = NULL;
	if (node)
		return node;
	if (key[0] == '/')
		return parent->parent ? NULL : lop_tree_by_path(m->tree, key);
	index_children(m, parent);
	hit = lop_map_get(&m->children, parent, fold(m, key));
	if (hit)
		return hit->node;
	node = child_by_label(m, parent, key);
	if (node)
		return node;
	hit = lop_map_get(&m->children, child_base_scope(parent), key);
	if (!hit)
		return NULL;
	if (hit->next)
		*many = hit->next->node;
	return hit->node;
}

struct lop_node *lop_merge_region(struct lop_merger *m, const char *name)
{
	struct lop_node *many, *node;

	if (!m->reserved)
		return NULL;
	node = lop_merge_child(m, m->reserved, name, &many);
	return many ? NULL : node;
}

/* --- devices --- */

static bool is_device_area(const struct lop_node *node)
{
	static const char *const outside[] = { "domains",     "aliases",    "chosen",
					       "__symbols__", "__fixups__", "__local_fixups__" };

	if (!node->parent || node->parent->parent)
		return true;
	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
		if (strcmp(node->name, outside[i]) == 0)
			return false;
	return true;
}

static const struct lop_node *last_below(const struct lop_node *node)
{
	while (node->last_child)
		node = node->last_child;
	return node;
}

void lop_names_build(struct lop_merger *m)
{
	struct lop_node *root = m->tree->root;

	for (struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		if (!is_device_area(n)) {
			n = (struct lop_node *)last_below(n);
			continue;
		}
		if (n == root || n->hidden)
			continue;
		add_hit(m, &m->names, &full_scope, fold(m, n->name), n);
		if (strchr(n->name, '@'))
			add_hit(m, &m->names, &base_scope, base_name(m, n), n);
	}
}

/* Is the node one of the hits of this name? */
static bool is_hit(struct lop_merger *m, const struct lop_node *node, const void *scope,
		   const char *name)
{
	const struct lop_node *top = node;

	while (top->parent && top->parent->parent)
		top = top->parent;
	if (!node->parent || !is_device_area(top))
		return false;
	if (scope == &full_scope)
		return strcmp(fold(m, node->name), fold(m, name)) == 0;
	return strlen(name) == lop_node_base_len(node) &&
	       strncmp(node->name, name, strlen(name)) == 0;
}

static enum lop_found pick(struct lop_merger *m, const struct lop_name_hit *hits, const void *scope,
			   const char *name, const char *hint, struct lop_node **node)
{
	struct lop_node *labelled = hint ? lop_tree_by_label(m->tree, hint) : NULL;

	*node = hits->node;
	if (!hits->next)
		return LOP_FOUND;
	if (!labelled || (strcmp(hint, name) != 0 && !is_hit(m, labelled, scope, name)))
		return LOP_MANY;
	*node = labelled;
	return LOP_FOUND;
}

static struct lop_node *device_by_label(struct lop_merger *m, const char *label)
{
	struct lop_node *node = lop_tree_by_label(m->tree, label);

	return node && m->domains && lop_node_below(node, m->domains) ? NULL : node;
}

/* The hits of a name, with the node that has it as its label if that is another one: nothing
 * decides between a name and a label. */
static const struct lop_name_hit *with_label(struct lop_merger *m, const struct lop_name_hit *hits,
					     const char *name)
{
	struct lop_node *labelled = device_by_label(m, name);
	struct lop_name_hit *more;

	if (!labelled)
		return hits;
	for (const struct lop_name_hit *h = hits; h; h = h->next)
		if (h->node == labelled)
			return hits;
	more = lop_arena_zalloc(m->arena, sizeof(*more));
	more->node = labelled;
	more->next = (struct lop_name_hit *)(uintptr_t)hits;
	return more;
}

enum lop_found lop_names_find(struct lop_merger *m, const char *name, const char *hint,
			      struct lop_node **node, const struct lop_name_hit **hits)
{
	*hits = NULL;
	if (name[0] == '&') { /* as a DTS writes a label */
		*node = device_by_label(m, name + 1);
		return *node ? LOP_FOUND : LOP_NOT_FOUND;
	}
	if (name[0] == '/') {
		*node = lop_tree_by_path(m->tree, name);
		return *node ? LOP_FOUND : LOP_NOT_FOUND;
	}
	*hits = lop_map_get(&m->names, &full_scope, fold(m, name));
	if (*hits) {
		*hits = with_label(m, *hits, name);
		return pick(m, *hits, &full_scope, name, hint, node);
	}
	*node = device_by_label(m, name);
	if (*node)
		return LOP_FOUND;
	*node = child_by_label(m, m->tree->root, name); /* label@unit */
	if (*node && (!m->domains || !lop_node_below(*node, m->domains)))
		return LOP_FOUND;
	*hits = lop_map_get(&m->names, &base_scope, name);
	return *hits ? pick(m, *hits, &base_scope, name, hint, node) : LOP_NOT_FOUND;
}

#define MAX_LISTED 8

void lop_names_list(struct lop_merger *m, struct lop_diag *d, const char *name,
		    const struct lop_name_hit *hits)
{
	size_t n = 0;

	for (; hits && d->arena; hits = hits->next, n++) {
		const char *label = lop_node_label(hits->node);

		if (n >= MAX_LISTED)
			continue;
		lop_diag_help(d, "`%s` may be %s%s%s", name,
			      lop_node_path_dup(m->arena, hits->node), label ? ", label " : "",
			      label ? label : "");
	}
	if (n > MAX_LISTED)
		lop_diag_help(d, "... and %zu more", n - MAX_LISTED);
}

/* --- nearest names --- */

bool lop_merge_may_suggest(struct lop_merger *m)
{
	return m->suggestions++ < LOP_DIAG_MAX;
}

const char *lop_names_nearest(struct lop_merger *m, const char *name)
{
	struct lop_nearest nearest = { .word = name };

	if (!lop_merge_may_suggest(m))
		return NULL;
	for (size_t i = 0; i < m->names.count; i++) {
		const struct lop_map_entry *e = &m->names.entries[i];

		if (e->scope == &full_scope)
			lop_nearest_add(&nearest, e->key);
	}
	for (size_t i = 0; i < m->tree->labels.count; i++)
		if (m->tree->labels.entries[i].value)
			lop_nearest_add(&nearest, m->tree->labels.entries[i].key);
	return nearest.best;
}

const char *lop_merge_nearest_child(struct lop_merger *m, const struct lop_node *parent,
				    const char *name)
{
	struct lop_nearest nearest = { .word = name };

	if (!lop_merge_may_suggest(m))
		return NULL;
	for (const struct lop_node *n = parent->children; n; n = n->next) {
		lop_nearest_add(&nearest, n->name);
		for (const struct lop_label *l = n->labels; l; l = l->next)
			lop_nearest_add(&nearest, l->name);
	}
	return nearest.best;
}

void lop_merge_did_you_mean(struct lop_diag *d, const char *best, const char *otherwise)
{
	if (best)
		lop_diag_help(d, "did you mean `%s`?", best);
	else if (otherwise)
		lop_diag_help(d, "%s", otherwise);
}
