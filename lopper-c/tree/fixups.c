/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * /__fixups__ and /__local_fixups__: where an overlay's references stand, for whoever applies it.
 * __fixups__ lists by label what the overlay leaves open; __local_fixups__ repeats the shape of the
 * tree down to every property with a resolved reference, each holding the byte offsets.
 */
#include "lopper-c/tree/phandle.h"

#include <stdlib.h>
#include <string.h>

/* The growing value of one property of /__fixups__. */
struct entry {
	const char *name;
	struct lop_buf text;
	struct entry *next;
};

struct fixups {
	struct lop_tree *tree;
	struct lop_map by_name;
	struct entry *first, **last;
};

static bool is_open(const struct lop_marker *m)
{
	return m->kind == LOP_MARK_REF_PHANDLE && !m->target && m->name;
}

static bool is_bound(const struct lop_marker *m)
{
	return m->kind == LOP_MARK_REF_PHANDLE && m->target;
}

static bool has_bound(const struct lop_prop *prop)
{
	for (const struct lop_marker *m = prop->value.markers; m; m = m->next)
		if (is_bound(m))
			return true;
	return false;
}

static struct lop_node *child_of(struct lop_tree *tree, struct lop_node *parent, const char *name)
{
	struct lop_node *node = lop_node_child(tree, parent, name);

	return node ? node : lop_node_add(tree, parent, name, (struct lop_span){ 0 });
}

/* Appends markers to the end of a value's list, moved by the bytes that stand before them. */
static void append_markers(struct lop_value *value, struct lop_marker *more, uint32_t shift)
{
	struct lop_marker **end = &value->markers;

	while (*end)
		end = &(*end)->next;
	*end = more;
	for (; more; more = more->next)
		more->offset += shift;
}

static void append_value(struct lop_tree *tree, struct lop_node *node, const char *name,
			 struct lop_value more)
{
	struct lop_prop *prop = lop_prop_find(tree, node, name);
	struct lop_span span = prop ? prop->span : (struct lop_span){ 0 };
	struct lop_value value = prop ? prop->value : (struct lop_value){ 0 };
	unsigned char *data = lop_arena_alloc(tree->arena, (size_t)value.len + more.len + 1);

	if (value.len)
		memcpy(data, value.data, value.len);
	memcpy(data + value.len, more.data, more.len);
	append_markers(&value, more.markers, value.len);
	value.data = data;
	value.len += more.len;
	lop_prop_set(tree, node, name, value, span);
}

/* --- __fixups__ --- */

static struct entry *entry_of(struct fixups *f, const char *name)
{
	struct entry *e = lop_map_get(&f->by_name, NULL, name);

	if (e)
		return e;
	e = lop_arena_zalloc(f->tree->arena, sizeof(*e));
	e->name = name;
	*f->last = e;
	f->last = &e->next;
	lop_map_put(&f->by_name, NULL, name, e);
	return e;
}

static void collect_open(struct fixups *f, const struct lop_node *node, const struct lop_prop *prop)
{
	for (const struct lop_marker *m = prop->value.markers; m; m = m->next) {
		struct entry *e = is_open(m) ? entry_of(f, m->name) : NULL;

		if (!e)
			continue;
		lop_node_path(node, &e->text);
		lop_buf_printf(&e->text, ":%s:%u", prop->name, m->offset);
		lop_buf_putc(&e->text, '\0');
	}
}

/* One string marker for each text of the entry. */
static struct lop_value entry_value(struct lop_arena *arena, const struct lop_buf *text)
{
	struct lop_value value = { .data = lop_arena_dup(arena, text->data, text->len),
				   .len = (uint32_t)text->len };
	struct lop_marker **end = &value.markers;

	for (uint32_t at = 0; at < value.len;
	     at += (uint32_t)strlen((const char *)value.data + at) + 1) {
		*end = lop_arena_zalloc(arena, sizeof(**end));
		(*end)->kind = LOP_MARK_STRING;
		(*end)->offset = at;
		end = &(*end)->next;
	}
	return value;
}

static void add_open(struct lop_tree *tree)
{
	struct fixups f = { .tree = tree };
	struct lop_node *node;

	f.last = &f.first;
	for (struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		for (struct lop_prop *p = n->props; p; p = p->next)
			collect_open(&f, n, p);
	node = f.first ? child_of(tree, tree->root, "__fixups__") : NULL;
	for (struct entry *e = f.first; e; e = e->next) {
		append_value(tree, node, e->name, entry_value(tree->arena, &e->text));
		lop_buf_free(&e->text);
	}
	lop_map_free(&f.by_name);
}

/* --- __local_fixups__ --- */

static struct lop_value offsets_of(struct lop_arena *arena, const struct lop_prop *prop)
{
	size_t n = 0;
	uint32_t *offsets;
	struct lop_value value;

	for (const struct lop_marker *m = prop->value.markers; m; m = m->next)
		n += is_bound(m);
	offsets = lop_xmalloc((n + 1) * sizeof(*offsets));
	n = 0;
	for (const struct lop_marker *m = prop->value.markers; m; m = m->next)
		if (is_bound(m))
			offsets[n++] = m->offset;
	value = lop_value_cells(arena, offsets, n);
	free(offsets);
	return value;
}

/*
 * The node of /__local_fixups__ that stands for this one, made with all above it at first use. The
 * recursion is as deep as the tree, which readers bound.
 */
static struct lop_node *mirror_of(struct lop_tree *tree, const struct lop_node *node,
				  struct lop_node **mirrors)
{
	struct lop_node **mirror = &mirrors[node->index];

	if (*mirror)
		return *mirror;
	if (node->parent)
		*mirror = child_of(tree, mirror_of(tree, node->parent, mirrors), node->name);
	else
		*mirror = child_of(tree, tree->root, "__local_fixups__");
	return *mirror;
}

static void add_bound(struct lop_tree *tree)
{
	struct lop_node **mirrors;

	lop_tree_number(tree);
	mirrors = lop_xmalloc((size_t)tree->n_nodes * sizeof(*mirrors));
	memset(mirrors, 0, (size_t)tree->n_nodes * sizeof(*mirrors));
	for (struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		for (struct lop_prop *p = n->props; p; p = p->next)
			if (has_bound(p))
				append_value(tree, mirror_of(tree, n, mirrors), p->name,
					     offsets_of(tree->arena, p));
	free(mirrors);
}

void lop_tree_add_fixups(struct lop_tree *tree)
{
	if (lop_resolver_of(tree)->too_big)
		return;
	add_open(tree);
	add_bound(tree);
}
