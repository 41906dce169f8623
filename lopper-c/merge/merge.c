/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The steps of a merge, and what the top level of a file means. Knows the order of things; what
 * each key does stands in the file of that key.
 */
#include "lopper-c/merge/merge.h"

#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"

/* A child of the root that is made where it is missing. */
static void collect_own(struct lop_merger *m, const struct lop_yaml *value)
{
	struct lop_node *node = lop_node_child(m->tree, m->tree->root, value->key);

	if (!node)
		node = lop_merge_new_node(m, m->tree->root, value->key, value->key_span);
	lop_collect_node(m, node, value, NULL);
}

static void collect_regions(struct lop_merger *m, const struct lop_yaml *value)
{
	lop_collect_node(m, lop_merge_reserved(m, value->key_span), value, NULL);
}

static void ignore(struct lop_merger *m, const struct lop_yaml *value)
{
	(void)m;
	(void)value;
}

/* Keys of a file that are no names of nodes, or name nodes that are made where they are missing. */
static const struct {
	const char *name;
	void (*collect)(struct lop_merger *m, const struct lop_yaml *value);
} specials[] = {
	{ "domains", lop_collect_domains }, { "resource_groups", lop_collect_groups },
	{ "definitions", ignore },	    { "reserved-memory", collect_regions },
	{ "chosen", collect_own },	    { "aliases", collect_own },
	{ "links", lop_collect_links },	    { "manager", lop_collect_manager },
};

/* False: the key is a node or property like any other. */
static bool collect_special(struct lop_merger *m, const struct lop_yaml *value)
{
	if (strcmp(value->key, "compatible") == 0 && value->kind == LOP_YAML_SCALAR)
		return lop_str_starts(value->text, "openamp,"); /* the kind of this file */
	for (size_t i = 0; i < sizeof(specials) / sizeof(specials[0]); i++) {
		if (strcmp(specials[i].name, value->key) != 0)
			continue;
		if (value->kind != LOP_YAML_NULL && specials[i].collect != ignore &&
		    !lop_merge_want(m, value, LOP_YAML_MAP,
				    lop_arena_printf(m->arena, "`%s`", value->key)))
			return true;
		if (value->kind == LOP_YAML_MAP)
			specials[i].collect(m, value);
		return true;
	}
	return false;
}

/* The root takes properties that it has, or that could be nothing else. */
static bool is_root_prop(const struct lop_merger *m, const struct lop_yaml *value)
{
	if (strchr(value->key, ',') || value->key[0] == '#' ||
	    lop_prop_find(m->tree, m->tree->root, value->key))
		return true;
	for (const char *const *known = lop_key_root_props; *known; known++)
		if (strcmp(value->key, *known) == 0)
			return true;
	return false;
}

static void report_top(struct lop_merger *m, const struct lop_yaml *value)
{
	struct lop_diag *d = lop_report(m->diags, LOP_UNKNOWN_KEY, value->key_span,
					"`%s` is no key of a domain file", value->key);
	const char *best = lop_key_nearest(LOP_IN_TOP, value->key);

	lop_diag_label(d, value->key_span, "nothing reads this");
	lop_merge_did_you_mean(
		d, best ? best : lop_merge_nearest_child(m, m->tree->root, value->key), NULL);
	lop_diag_help(d, "at the top of a file stand nodes of the tree (by name or label), "
			 "`domains`, `reserved-memory`, `resource_groups` and `definitions`");
}

/* One entry as a map of its own, so that the root is collected like any node. */
static void collect_at_root(struct lop_merger *m, const struct lop_yaml *value)
{
	struct lop_yaml *copy = lop_arena_dup(m->arena, value, sizeof(*value));
	struct lop_yaml map = { .kind = LOP_YAML_MAP, .first = copy, .last = copy, .count = 1 };

	copy->next = NULL;
	if (value->kind != LOP_YAML_MAP && !strchr(value->key, '!') && !is_root_prop(m, value))
		report_top(m, value);
	else
		lop_collect_node(m, m->tree->root, &map, NULL);
}

static void collect_file(struct lop_merger *m, const struct lop_yaml *file)
{
	struct lop_node *many;

	if (file->kind != LOP_YAML_MAP) {
		lop_merge_want(m, file, LOP_YAML_MAP, "a domain file");
		return;
	}
	for (const struct lop_yaml *v = file->first; v; v = v->next) {
		if (collect_special(m, v))
			continue;
		if (v->kind == LOP_YAML_NULL && lop_merge_child(m, m->tree->root, v->key, &many))
			continue;
		collect_at_root(m, v);
	}
}

static void free_maps(struct lop_merger *m)
{
	struct lop_map *const maps[] = { &m->change_of,	    &m->entity_at, &m->entity_name,
					 &m->made,	    &m->children,  &m->names,
					 &m->claims,	    &m->keys,	   &m->conditions,
					 &m->variant_props, &m->ip_names };

	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
		lop_map_free(maps[i]);
}

void lop_merge(struct lop_tree *tree, struct lop_diags *diags, struct lop_yaml *const *files,
	       size_t n_files)
{
	struct lop_merger m = { .tree = tree, .arena = tree->arena, .diags = diags };

	m.last_change = &m.changes;
	m.last_entity = &m.entities;
	m.reserved = lop_node_child(tree, tree->root, "reserved-memory");
	lop_entities_from_tree(&m);
	for (size_t i = 0; i < n_files; i++)
		if (files[i])
			collect_file(&m, files[i]);
	lop_entities_place(&m);
	lop_collect_entities(&m);
	lop_names_build(&m);
	lop_apply_changes(&m);
	lop_apply_entities(&m);
	lop_apply_links(&m);
	lop_apply_manager(&m);
	lop_merge_variants(&m);
	free_maps(&m);
}
