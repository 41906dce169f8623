/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which domains, resource groups and inventories there are: those of the tree, and those of the
 * files, nested through `domains:` or directly. What is said of one in several files is combined.
 * Where each one belongs is decided in parent.c.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"

/* Groups have names of their own: scope of entity_at. */
static const char group_scope;

const char *lop_entity_text(struct lop_merger *m, const struct lop_entity *e)
{
	return lop_arena_printf(m->arena, "%s `%s`",
				e->group       ? "resource group"
				: e->inventory ? "inventory"
					       : "domain",
				e->name);
}

static const void *scope_of(const struct lop_merger *m, const struct lop_entity *outer)
{
	return outer ? (const void *)outer : (const void *)m;
}

static void add_name(struct lop_merger *m, struct lop_entity *e, const char *name)
{
	struct lop_entity *first = lop_map_get(&m->entity_name, NULL, name);

	if (!first) {
		lop_map_put(&m->entity_name, NULL, name, e);
		return;
	}
	e->same_name = first->same_name;
	first->same_name = e;
}

static struct lop_entity *new_entity(struct lop_merger *m, const void *scope,
				     struct lop_entity *outer, const char *name,
				     struct lop_span span)
{
	struct lop_entity *e = lop_arena_zalloc(m->arena, sizeof(*e));

	e->name = name;
	e->span = span;
	e->outer = outer;
	lop_map_put(&m->entity_at, scope, name, e);
	add_name(m, e, name);
	*m->last_entity = e;
	m->last_entity = &e->next;
	return e;
}

/* --- the tree's own --- */

static bool node_is_entity(const struct lop_merger *m, const struct lop_node *node)
{
	return (lop_kinds_of_node(m->tree, node) & LOP_KINDS_NAMED) || lop_node_runs(m->tree, node);
}

static void set_kinds(struct lop_entity *e, unsigned kinds)
{
	e->group = e->group || (kinds & LOP_KIND_GROUP);
	e->inventory = e->inventory || (kinds & LOP_KIND_INVENTORY);
}

static struct lop_entity *entity_of_node(struct lop_merger *m, struct lop_node *node,
					 struct lop_entity *outer)
{
	struct lop_entity *e = new_entity(m, scope_of(m, outer), outer, node->name, node->span);

	e->node = node;
	e->name = lop_node_label(node) ? lop_node_label(node) : node->name;
	e->in_tree = true;
	e->parent = outer;
	e->listed = lop_prop_find(m->tree, node, "access") != NULL;
	set_kinds(e, lop_kinds_of_node(m->tree, node));
	for (const struct lop_label *l = node->labels; l; l = l->next) {
		if (strcmp(l->name, node->name) == 0)
			continue;
		lop_map_put(&m->entity_at, scope_of(m, outer), l->name, e);
		if (!lop_map_get(&m->entity_name, NULL, l->name))
			lop_map_put(&m->entity_name, NULL, l->name, e);
	}
	return e;
}

/* Depth is that of the tree's readers. */
static void walk_tree(struct lop_merger *m, struct lop_node *top, struct lop_entity *outer)
{
	for (struct lop_node *n = top->children; n; n = n->next) {
		if (n->hidden)
			continue;
		walk_tree(m, n, node_is_entity(m, n) ? entity_of_node(m, n, outer) : outer);
	}
}

void lop_entities_from_tree(struct lop_merger *m)
{
	m->domains = lop_node_child(m->tree, m->tree->root, "domains");
	if (m->domains)
		walk_tree(m, m->domains, NULL);
}

/* --- the files' --- */

static void make_domains_node(struct lop_merger *m, struct lop_span span)
{
	if (m->domains)
		return;
	m->domains = lop_merge_new_node(m, m->tree->root, "domains", span);
	lop_merge_set_cell(m, m->domains, "#address-cells", 2, span);
	lop_merge_set_cell(m, m->domains, "#size-cells", 2, span);
}

static unsigned kinds_of_yaml(const struct lop_yaml *value)
{
	unsigned kinds = 0;

	if (!value)
		return 0;
	if (value->kind == LOP_YAML_SCALAR)
		return lop_kinds_of_text(value->text);
	for (const struct lop_yaml *v = value->first; value->kind == LOP_YAML_LIST && v;
	     v = v->next)
		if (v->kind == LOP_YAML_SCALAR)
			kinds |= lop_kinds_of_text(v->text);
	return kinds;
}

/* Is a mapping inside a domain another domain, nested without `domains:`? */
static bool is_nested(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	if (value->kind != LOP_YAML_MAP || lop_key_find(LOP_IN_DOMAIN, value->key))
		return false;
	return (kinds_of_yaml(lop_yaml_get(value, "compatible")) & LOP_KINDS_NAMED) ||
	       lop_yaml_get(value, "cpus") || lop_yaml_get(value, "os,type") ||
	       lop_map_get(&m->entity_at, e, value->key);
}

static struct lop_yaml *empty_map(struct lop_merger *m, const struct lop_yaml *like)
{
	struct lop_yaml *map = lop_arena_zalloc(m->arena, sizeof(*map));

	map->kind = LOP_YAML_MAP;
	map->span = like->span;
	map->key = like->key;
	map->key_span = like->key_span;
	return map;
}

static void append_copy(struct lop_merger *m, struct lop_yaml *map, const struct lop_yaml *value)
{
	lop_yaml_push(map, lop_arena_dup(m->arena, value, sizeof(*value)));
}

static void collect_container(struct lop_merger *m, struct lop_entity *outer,
			      const struct lop_yaml *map);

static bool name_is_usable(struct lop_merger *m, const struct lop_yaml *value, const char *what)
{
	struct lop_diag *d;

	if (lop_node_name_valid(value->key))
		return true;
	d = lop_report(m->diags, LOP_DTS_NAME, value->key_span, "`%s` cannot be the name of a %s",
		       value->key, what);
	lop_diag_label(d, value->key_span, "a character that names must not have");
	lop_merge_help_name(d, value->key, false);
	return false;
}

static void collect_entity(struct lop_merger *m, struct lop_entity *outer,
			   const struct lop_yaml *value)
{
	struct lop_entity *e = lop_map_get(&m->entity_at, scope_of(m, outer), value->key);
	struct lop_yaml *own = empty_map(m, value);

	if (!name_is_usable(m, value, "domain"))
		return;
	if (!e)
		e = new_entity(m, scope_of(m, outer), outer, value->key, value->key_span);
	for (const struct lop_yaml *v = value->first; v; v = v->next) {
		if (v->kind == LOP_YAML_MAP && strcmp(v->key, "domains") == 0)
			collect_container(m, e, v);
		else if (is_nested(m, e, v))
			collect_entity(m, e, v);
		else
			append_copy(m, own, v);
	}
	e->map = lop_combine(m, e->map, own);
	e->listed = e->listed || lop_yaml_get(own, "access");
	set_kinds(e, kinds_of_yaml(lop_yaml_get(own, "compatible")));
}

/* Beside the domains /domains has few properties of its own. */
static bool is_property_name(const char *key)
{
	return key[0] == '#' || strchr(key, ',') || strcmp(key, "compatible") == 0 ||
	       strcmp(key, "ranges") == 0;
}

static void collect_container(struct lop_merger *m, struct lop_entity *outer,
			      const struct lop_yaml *map)
{
	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		if (v->kind == LOP_YAML_MAP || v->kind == LOP_YAML_NULL)
			collect_entity(m, outer, v);
		else if (!outer && is_property_name(v->key))
			lop_collect_change(m, m->domains, v, NULL);
		else
			lop_merge_want(m, v, LOP_YAML_MAP,
				       lop_arena_printf(m->arena, "domain `%s`", v->key));
	}
}

void lop_collect_domains(struct lop_merger *m, const struct lop_yaml *map)
{
	make_domains_node(m, map->key_span);
	collect_container(m, NULL, map);
}

void lop_collect_groups(struct lop_merger *m, const struct lop_yaml *map)
{
	make_domains_node(m, map->key_span);
	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		struct lop_entity *e = lop_map_get(&m->entity_at, &group_scope, v->key);
		const char *what = lop_arena_printf(m->arena, "resource group `%s`", v->key);

		if (!lop_merge_want(m, v, LOP_YAML_MAP, what) ||
		    !name_is_usable(m, v, "resource group"))
			continue;
		if (!e)
			e = new_entity(m, &group_scope, NULL, v->key, v->key_span);
		e->group = true;
		e->map = lop_combine(m, e->map, v);
	}
}

/* --- finding --- */

/* "/domains/a/b", with or without the containers between. */
static struct lop_entity *find_path(struct lop_merger *m, const char *path)
{
	const struct lop_entity *at = NULL;
	struct lop_entity *found = NULL;
	size_t len;

	for (path += strspn(path, "/"); *path; path += strspn(path, "/")) {
		struct lop_entity *next;

		len = strcspn(path, "/");
		next = lop_map_get_n(&m->entity_at, scope_of(m, at), path, len);
		if (!next && (len != 7 || strncmp(path, "domains", 7) != 0))
			return NULL;
		if (next)
			at = found = next;
		path += len;
	}
	return found;
}

struct lop_entity *lop_entity_find(struct lop_merger *m, const char *name, bool *many)
{
	struct lop_entity *e;

	*many = false;
	if (name[0] == '/')
		return find_path(m, name);
	e = lop_map_get(&m->entity_name, NULL, name);
	*many = e && e->same_name;
	return e;
}

#define MAX_LISTED 8

void lop_entities_list(struct lop_diag *d, const struct lop_entity *e)
{
	size_t n = 0;

	for (; e && d->arena; e = e->same_name)
		if (n++ < MAX_LISTED)
			lop_diag_label(d, e->span, "one of them");
	if (n > MAX_LISTED)
		lop_diag_help(d, "... and %zu more", n - MAX_LISTED);
}

const char *lop_entity_nearest(struct lop_merger *m, const char *name, bool groups)
{
	struct lop_nearest nearest = { .word = name };

	if (!lop_merge_may_suggest(m))
		return NULL;
	for (const struct lop_entity *e = m->entities; e; e = e->next)
		if (e->group == groups)
			lop_nearest_add(&nearest, e->name);
	return nearest.best;
}
