/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Building, changing and searching the device tree. Owns the links between nodes and properties and
 * the three maps; knows nothing of source text, of blobs, or of what a property means.
 */
#include "lopper-c/tree/tree.h"

#include <string.h>

/* Property lists up to this length are searched one by one, longer ones through tree->names. */
#define SHORT_LIST 12

struct lop_tree *lop_tree_new(struct lop_arena *arena)
{
	struct lop_tree *tree = lop_arena_zalloc(arena, sizeof(*tree));

	tree->arena = arena;
	tree->root = lop_arena_zalloc(arena, sizeof(*tree->root));
	tree->root->name = "";
	return tree;
}

void lop_tree_free(struct lop_tree *tree)
{
	lop_map_free(&tree->names);
	lop_map_free(&tree->labels);
	lop_map_free(&tree->phandles);
	lop_map_free(&tree->bases);
}

static const void *phandle_scope(uint32_t phandle)
{
	return (const void *)(uintptr_t)phandle;
}

void lop_node_set_phandle(struct lop_tree *tree, struct lop_node *node, uint32_t phandle)
{
	if (node->phandle && lop_tree_by_phandle(tree, node->phandle) == node)
		lop_map_put(&tree->phandles, phandle_scope(node->phandle), "", NULL);
	node->phandle = phandle;
	if (phandle && !lop_tree_by_phandle(tree, phandle))
		lop_map_put(&tree->phandles, phandle_scope(phandle), "", node);
}

static struct lop_node *revive(struct lop_node *node, struct lop_span span)
{
	node->hidden = false;
	node->span = span;
	return node;
}

/* As the last child. */
static void link_node(struct lop_tree *tree, struct lop_node *node, struct lop_node *parent)
{
	node->parent = parent;
	node->prev = parent->last_child;
	if (parent->last_child)
		parent->last_child->next = node;
	else
		parent->children = node;
	parent->last_child = node;
	lop_map_put(&tree->names, parent, node->name, node);
}

struct lop_node *lop_node_add(struct lop_tree *tree, struct lop_node *parent, const char *name,
			      struct lop_span span)
{
	struct lop_node *node = lop_map_get(&tree->names, parent, name);

	if (node && node->hidden)
		return revive(node, span);

	node = lop_arena_zalloc(tree->arena, sizeof(*node));
	node->name = name;
	node->span = span;
	link_node(tree, node, parent);
	return node;
}

static struct lop_node *child_n(const struct lop_tree *tree, const struct lop_node *parent,
				const char *name, size_t len)
{
	struct lop_node *node = lop_map_get_n(&tree->names, parent, name, len);

	return node && !node->hidden ? node : NULL;
}

struct lop_node *lop_node_child(const struct lop_tree *tree, const struct lop_node *parent,
				const char *name)
{
	return child_n(tree, parent, name, strlen(name));
}

static void unlink_node(struct lop_node *node)
{
	struct lop_node *parent = node->parent;

	if (node->prev)
		node->prev->next = node->next;
	else
		parent->children = node->next;
	if (node->next)
		node->next->prev = node->prev;
	else
		parent->last_child = node->prev;
	node->next = node->prev = NULL;
}

/* Takes the labels and the phandle of a node out of the maps. */
static void forget_names(struct lop_tree *tree, struct lop_node *node)
{
	for (struct lop_label *l = node->labels; l; l = l->next)
		if (lop_map_get(&tree->labels, NULL, l->name) == node)
			lop_map_put(&tree->labels, NULL, l->name, NULL);
	lop_node_set_phandle(tree, node, 0);
}

void lop_node_del(struct lop_tree *tree, struct lop_node *node)
{
	for (struct lop_node *n = node; n; n = lop_node_next(n, node))
		forget_names(tree, n);
	if (!node->parent)
		return;
	lop_map_put(&tree->names, node->parent, node->name, NULL);
	unlink_node(node);
	node->parent = NULL;
}

void lop_node_move(struct lop_tree *tree, struct lop_node *node, struct lop_node *parent)
{
	lop_map_put(&tree->names, node->parent, node->name, NULL);
	unlink_node(node);
	link_node(tree, node, parent);
}

bool lop_node_below(const struct lop_node *node, const struct lop_node *ancestor)
{
	while (node && node != ancestor)
		node = node->parent;
	return node != NULL;
}

size_t lop_node_base_len(const struct lop_node *node)
{
	return strcspn(node->name, "@");
}

const char *lop_node_shown(const struct lop_node *node)
{
	return node->name[0] ? node->name : "/";
}

const char *lop_node_unit(const struct lop_node *node)
{
	const char *at = strchr(node->name, '@');

	return at ? at + 1 : NULL;
}

/* The next node of a pre-order walk that is not below this one. */
static struct lop_node *next_beside(const struct lop_node *node, const struct lop_node *top)
{
	for (; node != top; node = node->parent)
		if (node->next)
			return node->next;
	return NULL;
}

struct lop_node *lop_node_next(const struct lop_node *node, const struct lop_node *top)
{
	return node->children ? node->children : next_beside(node, top);
}

const char *lop_node_label(const struct lop_node *node)
{
	return node->labels ? node->labels->name : NULL;
}

bool lop_node_add_label(struct lop_tree *tree, struct lop_node *node, const char *label,
			struct lop_span span)
{
	const struct lop_node *holder = lop_map_get(&tree->labels, NULL, label);
	struct lop_label *l = NULL;

	if (holder)
		return holder == node;
	if (node->was_hidden)
		l = lop_map_get(&tree->names, &node->labels, label);
	if (!l) {
		l = lop_arena_zalloc(tree->arena, sizeof(*l));
		l->name = label;
		l->next = node->labels;
		node->labels = l;
	}
	l->span = span;
	lop_map_put(&tree->labels, NULL, label, node);
	return true;
}

/* Walks path from node; path is empty or starts with '/'. */
static struct lop_node *walk(const struct lop_tree *tree, struct lop_node *node, const char *path)
{
	while (node) {
		path += strspn(path, "/");
		if (!*path)
			break;

		size_t len = strcspn(path, "/");

		node = child_n(tree, node, path, len);
		path += len;
	}
	return node;
}

struct lop_node *lop_tree_by_path(const struct lop_tree *tree, const char *path)
{
	return path[0] == '/' ? walk(tree, tree->root, path) : NULL;
}

struct lop_node *lop_tree_by_label(const struct lop_tree *tree, const char *label)
{
	return lop_map_get(&tree->labels, NULL, label);
}

struct lop_node *lop_tree_by_ref(const struct lop_tree *tree, const char *ref)
{
	size_t len = strcspn(ref, "/");

	if (len == 0)
		return lop_tree_by_path(tree, ref);
	return walk(tree, lop_map_get_n(&tree->labels, NULL, ref, len), ref + len);
}

struct lop_node *lop_tree_by_phandle(const struct lop_tree *tree, uint32_t phandle)
{
	return phandle ? lop_map_get(&tree->phandles, phandle_scope(phandle), "") : NULL;
}

void lop_tree_number(struct lop_tree *tree)
{
	uint32_t index = 0;

	for (struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		n->index = index++;
	tree->n_nodes = index;
	tree->facts = NULL; /* of other indices */
	lop_map_free(&tree->bases);
}

/* One of 64 bits of a name. */
static uint64_t name_bit(const char *name)
{
	uint32_t hash = 0;

	for (const char *c = name; *c; c++)
		hash = hash * 31 + (unsigned char)*c;
	return UINT64_C(1) << ((hash * UINT32_C(0x9e3779b1)) >> 26);
}

/* Hidden properties too. */
static struct lop_prop *find_any(const struct lop_tree *tree, const struct lop_node *node,
				 const char *name)
{
	if (!(node->name_bits & name_bit(name)))
		return NULL;
	if (node->n_props > SHORT_LIST)
		return lop_map_get(&tree->names, &node->props, name);
	for (struct lop_prop *p = node->props; p; p = p->next)
		if (p->name[0] == name[0] && strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

struct lop_prop *lop_prop_find(const struct lop_tree *tree, const struct lop_node *node,
			       const char *name)
{
	struct lop_prop *prop = find_any(tree, node, name);

	return prop && !prop->hidden ? prop : NULL;
}

struct lop_span lop_prop_value_span(const struct lop_prop *prop)
{
	return prop->value_span.text ? prop->value_span : prop->span;
}

static struct lop_prop *append_prop(struct lop_tree *tree, struct lop_node *node, const char *name)
{
	struct lop_prop *prop = lop_arena_zalloc(tree->arena, sizeof(*prop));

	prop->name = name;
	prop->prev = node->last_prop;
	if (node->last_prop)
		node->last_prop->next = prop;
	else
		node->props = prop;
	node->last_prop = prop;
	node->name_bits |= name_bit(name);
	if (++node->n_props > SHORT_LIST + 1) {
		lop_map_put(&tree->names, &node->props, name, prop);
		return prop;
	}
	if (node->n_props == SHORT_LIST + 1)
		for (struct lop_prop *p = node->props; p; p = p->next)
			lop_map_put(&tree->names, &node->props, p->name, p);
	return prop;
}

struct lop_prop *lop_prop_set(struct lop_tree *tree, struct lop_node *node, const char *name,
			      struct lop_value value, struct lop_span span)
{
	struct lop_prop *prop = find_any(tree, node, name);

	if (!prop)
		prop = append_prop(tree, node, name);
	prop->hidden = false;
	prop->value = value;
	prop->span = span;
	prop->value_span = (struct lop_span){ 0 };
	return prop;
}

static void unlink_prop(struct lop_node *node, struct lop_prop *prop)
{
	if (prop->prev)
		prop->prev->next = prop->next;
	else
		node->props = prop->next;
	if (prop->next)
		prop->next->prev = prop->prev;
	else
		node->last_prop = prop->prev;
}

static void drop_prop(struct lop_tree *tree, struct lop_node *node, struct lop_prop *prop)
{
	if (node->n_props > SHORT_LIST)
		lop_map_put(&tree->names, &node->props, prop->name, NULL);
	unlink_prop(node, prop);
}

void lop_prop_del(struct lop_tree *tree, struct lop_node *node, const char *name)
{
	struct lop_prop *prop = find_any(tree, node, name);

	if (prop)
		drop_prop(tree, node, prop);
}

void lop_prop_hide(struct lop_tree *tree, struct lop_prop *prop)
{
	prop->hidden = true;
	prop->labels = NULL;
	tree->hidden = true;
}

static size_t hide_one(struct lop_tree *tree, struct lop_node *node)
{
	size_t seen = 1;

	forget_names(tree, node);
	for (struct lop_label *l = node->labels; l; l = l->next, seen++)
		lop_map_put(&tree->names, &node->labels, l->name, l);
	for (struct lop_prop *p = node->props; p; p = p->next, seen++)
		if (!p->hidden)
			lop_prop_hide(tree, p);
	node->hidden = node->was_hidden = true;
	return seen;
}

size_t lop_node_hide(struct lop_tree *tree, struct lop_node *node)
{
	struct lop_node *next;
	size_t seen = 0;

	tree->hidden = true;
	for (struct lop_node *n = node; n; n = next) {
		next = n->hidden ? next_beside(n, node) : lop_node_next(n, node);
		seen += n->hidden ? 1 : hide_one(tree, n);
	}
	return seen;
}

/* Labels that a hidden node lost and did not get back. */
static void sweep_labels(struct lop_tree *tree, struct lop_node *node)
{
	struct lop_label **link = &node->labels;
	bool had = node->labels != NULL;

	while (*link) {
		if (lop_map_get(&tree->labels, NULL, (*link)->name) == node)
			link = &(*link)->next;
		else
			*link = (*link)->next;
	}
	node->lost_labels = had && !node->labels;
	node->was_hidden = false;
}

static void sweep_node(struct lop_tree *tree, struct lop_node *node)
{
	if (node->was_hidden)
		sweep_labels(tree, node);
	for (struct lop_prop *p = node->props; p; p = p->next)
		if (p->hidden)
			drop_prop(tree, node, p);
}

void lop_tree_sweep(struct lop_tree *tree)
{
	struct lop_node *next;

	if (!tree->hidden)
		return;
	for (struct lop_node *n = tree->root; n; n = next) {
		if (n->hidden) {
			next = next_beside(n, tree->root);
			lop_node_del(tree, n);
			continue;
		}
		sweep_node(tree, n);
		next = lop_node_next(n, tree->root);
	}
	tree->hidden = false;
}

uint32_t lop_tree_guess_boot_cpu(const struct lop_tree *tree)
{
	const struct lop_node *cpus = lop_tree_by_path(tree, "/cpus");
	const struct lop_prop *reg;

	if (!cpus || !cpus->children)
		return 0;
	reg = lop_prop_find(tree, cpus->children, "reg");
	return reg && reg->value.len == 4 ? lop_value_cell(&reg->value, 0) : 0;
}

static void find_bases(struct lop_tree *tree)
{
	for (struct lop_node *n = tree->root->children; n; n = lop_node_next(n, tree->root)) {
		const char *base;

		if (n->hidden || !lop_node_unit(n))
			continue;
		base = lop_arena_strndup(tree->arena, n->name, lop_node_base_len(n));
		if (!lop_map_get(&tree->bases, n->parent, base))
			lop_map_put(&tree->bases, n->parent, base, n);
	}
}

/* The first child of that name, whatever its unit address. */
static struct lop_node *child_of_base(const struct lop_tree *tree, const struct lop_node *parent,
				      const char *name, size_t len)
{
	if (!tree->bases.count)
		find_bases((struct lop_tree *)tree); /* a cache */
	return lop_map_get_n(&tree->bases, parent, name, len);
}

struct lop_node *lop_tree_by_loose_path(const struct lop_tree *tree, const char *path, size_t len)
{
	struct lop_node *node = len && path[0] == '/' ? tree->root : NULL;
	const char *end = path + len;

	while (node && path < end) {
		const struct lop_node *parent = node;
		size_t n = 0;

		path += *path == '/';
		while (path + n < end && path[n] != '/')
			n++;
		if (!n)
			continue;
		node = child_n(tree, parent, path, n);
		if (!node && !memchr(path, '@', n))
			node = child_of_base(tree, parent, path, n);
		path += n;
	}
	return node;
}

struct lop_node *lop_tree_by_console(const struct lop_tree *tree, const char *s)
{
	const struct lop_node *aliases = lop_node_child(tree, tree->root, "aliases");
	const size_t len = strcspn(s, ":");
	const struct lop_prop *alias;
	const char *path;
	char name[256];

	if (s[0] == '/')
		return lop_tree_by_loose_path(tree, s, len);
	if (len >= sizeof(name))
		return NULL;
	memcpy(name, s, len);
	name[len] = '\0';
	alias = aliases ? lop_prop_find(tree, aliases, name) : NULL;
	path = alias ? lop_value_str(&alias->value, 0) : NULL;
	return path ? lop_tree_by_loose_path(tree, path, strlen(path)) : NULL;
}
