/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a domain takes over from elsewhere by name: regions of /reserved-memory, and resource groups
 * (`include`). Older files write the regions themselves, as a mapping; those are made below
 * /reserved-memory.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/state.h"

/* --- regions written in the domain --- */

static bool is_region(const struct lop_yaml *value)
{
	const struct lop_yaml *only = value->first;

	if (value->kind == LOP_YAML_MAP)
		return true;
	return value->kind == LOP_YAML_LIST && value->count == 1 && only->kind == LOP_YAML_MAP;
}

static const char *region_name(struct lop_merger *m, const struct lop_yaml *value,
			       const struct lop_yaml *map)
{
	uint64_t start;

	if (strchr(value->key, '@') || !lop_yaml_number(lop_yaml_get(map, "start"), &start))
		return value->key;
	return lop_arena_printf(m->arena, "%s@%llx", value->key, (unsigned long long)start);
}

static void add_region(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	const struct lop_yaml *map = value->kind == LOP_YAML_LIST ? value->first : value;
	struct lop_node *parent = lop_merge_reserved(m, value->key_span);
	const char *name = region_name(m, value, map);
	struct lop_node *node = lop_node_child(m->tree, parent, name);
	struct lop_name_hit *hit;

	if (!lop_node_name_valid(name)) {
		lop_merge_help_name(lop_report(m->diags, LOP_DTS_NAME, value->key_span,
					       "`%s` cannot be the name of a region", name),
				    name, false);
		return;
	}
	if (!node) {
		node = lop_merge_new_node(m, parent, name, value->key_span);
		if (lop_label_valid(value->key))
			lop_node_add_label(m->tree, node, value->key, value->key_span);
	}
	lop_collect_node(m, node, map, NULL);
	hit = lop_arena_zalloc(m->arena, sizeof(*hit));
	hit->node = node;
	hit->span = value->key_span;
	if (e->regions)
		e->regions->tail->next = hit;
	else
		e->regions = hit;
	e->regions->tail = hit;
}

void lop_collect_regions(struct lop_merger *m, struct lop_entity *e)
{
	const struct lop_yaml *value = lop_yaml_get(e->map, "reserved-memory");
	struct lop_diag *d;

	if (!value || value->kind != LOP_YAML_MAP)
		return;
	for (const struct lop_yaml *v = value->first; v; v = v->next) {
		if (is_region(v)) {
			add_region(m, e, v);
		} else if (v->kind == LOP_YAML_LIST) {
			d = lop_report(m->diags, LOP_STALE_SYNTAX, v->key_span,
				       "region `%s` is a list of %zu ranges", v->key, v->count);
			lop_diag_label(d, v->key_span, "one region has one range");
			lop_diag_help(d, "define regions below the top-level `reserved-memory`, "
					 "and list their names here");
		}
	}
}

/* --- references --- */

static bool is_new(struct lop_merger *m, const struct lop_yaml *list, const struct lop_node *node)
{
	const char *key = lop_arena_printf(m->arena, "%p", (const void *)node);

	if (lop_map_get(&m->keys, list, key))
		return false;
	lop_map_put(&m->keys, list, key, m);
	return true;
}

static void report_region(struct lop_merger *m, const struct lop_entity *e,
			  const struct lop_yaml *name)
{
	struct lop_diag *d = lop_report(m->diags, LOP_UNKNOWN_CARVEOUT, name->span,
					"%s uses reserved memory `%s`, which does not exist",
					lop_entity_text(m, e), name->text);

	lop_diag_label(d, name->span, "no such region");
	if (m->reserved)
		lop_merge_did_you_mean(d, lop_merge_nearest_child(m, m->reserved, name->text),
				       NULL);
	lop_diag_help(d, "regions are the children of /reserved-memory, in the tree or at the top "
			 "of a domain file");
}

static void add_ref(struct lop_merger *m, struct lop_val *cells, const struct lop_yaml *list,
		    const struct lop_node *node, struct lop_span span)
{
	if (!is_new(m, list, node))
		return;
	lop_val_mark(cells, LOP_MARK_U32, NULL, span);
	lop_val_node(m, cells, node, span);
}

static void set_refs(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value,
		     struct lop_val *cells)
{
	bool any = cells->data.len > 0;
	struct lop_value refs = lop_val_take(cells);

	if (any)
		lop_merge_set(m, e->node, value->key, refs, value->key_span, value->span);
}

void lop_apply_reserved(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	const char *what = lop_arena_printf(m->arena, "an entry in `reserved-memory` of %s",
					    lop_entity_text(m, e));
	struct lop_val cells = { .arena = m->arena, .diags = m->diags };

	for (const struct lop_name_hit *h = e->regions; h; h = h->next)
		add_ref(m, &cells, value, h->node, h->span);
	if (value->kind == LOP_YAML_SCALAR)
		lop_merge_want(m, value, LOP_YAML_LIST, "`reserved-memory` of a domain");
	for (const struct lop_yaml *v = value->kind == LOP_YAML_LIST ? value->first : NULL; v;
	     v = v->next) {
		struct lop_node *node;

		if (v->kind == LOP_YAML_NULL || (v->kind == LOP_YAML_MAP && !v->count))
			continue;
		if (!lop_merge_want(m, v, LOP_YAML_SCALAR, what))
			continue;
		node = lop_merge_region(m, v->text);
		if (node)
			add_ref(m, &cells, value, node, v->span);
		else
			report_region(m, e, v);
	}
	set_refs(m, e, value, &cells);
}

/* --- include --- */

static struct lop_entity *find_group(struct lop_merger *m, const char *name)
{
	bool many;
	struct lop_entity *e = lop_entity_find(m, name, &many);

	for (; e; e = e->same_name)
		if (e->group && e->node)
			return e;
	return NULL;
}

static void report_group(struct lop_merger *m, const struct lop_entity *e,
			 const struct lop_yaml *name)
{
	struct lop_diag *d = lop_report(m->diags, LOP_UNKNOWN_GROUP, name->span,
					"%s includes `%s`, which is no resource group",
					lop_entity_text(m, e), name->text);

	lop_diag_label(d, name->span, "no such group");
	lop_merge_did_you_mean(d, lop_entity_nearest(m, name->text, true), NULL);
	lop_diag_help(d, "groups stand at the top of a file, below `resource_groups`");
}

static void include_one(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *list,
			const struct lop_yaml *name, struct lop_val *cells)
{
	const struct lop_entity *group;

	if (!lop_merge_want(m, name, LOP_YAML_SCALAR, "`include`"))
		return;
	group = find_group(m, name->text);
	if (group)
		add_ref(m, cells, list, group->node, name->span);
	else
		report_group(m, e, name);
}

void lop_apply_include(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	struct lop_val cells = { .arena = m->arena, .diags = m->diags };

	if (value->kind != LOP_YAML_LIST)
		include_one(m, e, value, value, &cells);
	for (const struct lop_yaml *v = value->kind == LOP_YAML_LIST ? value->first : NULL; v;
	     v = v->next)
		include_one(m, e, value, v, &cells);
	set_refs(m, e, value, &cells);
}
