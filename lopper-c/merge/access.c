/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * access of domains, groups and inventories: the devices an entry means, and the property
 * <&device flags> that comes of it. Patterns are worked out in between, by glob.c.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/kinds.h"

static void report_twice(struct lop_merger *m, const struct lop_entity *e,
			 const struct lop_grant *first, const struct lop_grant *again)
{
	struct lop_diag *d = lop_report(m->diags, LOP_YAML_CONFLICT, again->span,
					"%s lists `%s` twice, with different flags",
					lop_entity_text(m, e), again->dev);

	lop_diag_label(d, again->span, "not used");
	lop_diag_label(d, first->span, "these flags are used");
	lop_diag_help(d, "remove one of the two, or give both the same flags");
}

void lop_add_grant(struct lop_merger *m, struct lop_entity *e, const struct lop_grant *grant)
{
	struct lop_grant *first = grant->node ? lop_map_get(&m->claims, grant->node, e->tag) : NULL;
	struct lop_grant *copy;

	if (first) {
		if (first->flags != grant->flags || strcmp(first->flag_names, grant->flag_names))
			report_twice(m, e, first, grant);
		return;
	}
	copy = lop_arena_dup(m->arena, grant, sizeof(*grant));
	copy->next = NULL;
	if (e->grants.last)
		e->grants.last->next = copy;
	else
		e->grants.first = copy;
	e->grants.last = copy;
	if (copy->node)
		lop_map_put(&m->claims, copy->node, e->tag, copy);
}

/* --- what a name means --- */

static void report_unknown(struct lop_merger *m, const struct lop_entity *e,
			   const struct lop_yaml *dev, const char *label)
{
	const struct lop_node *labelled = label ? lop_tree_by_label(m->tree, label) : NULL;
	struct lop_diag *d = lop_report(m->diags, LOP_UNKNOWN_DEVICE, dev->span,
					"%s has access to `%s`, which does not exist",
					lop_entity_text(m, e), dev->text);

	lop_diag_label(d, dev->span, "no such node or label");
	if (labelled)
		lop_diag_help(d, "write `dev: %s`: the label beside it is on %s", label,
			      lop_node_path_of(d, labelled));
	else
		lop_merge_did_you_mean(d, lop_names_nearest(m, dev->text),
				       "name a node of the tree by label, name or path");
}

static void report_many(struct lop_merger *m, const struct lop_entity *e,
			const struct lop_yaml *dev, const struct lop_yaml *label,
			const struct lop_name_hit *hits)
{
	struct lop_diag *d = lop_report(m->diags, LOP_AMBIGUOUS_NAME, dev->span,
					"%s has access to `%s`, which may be several nodes",
					lop_entity_text(m, e), dev->text);

	lop_diag_label(d, dev->span, "which one?");
	if (label)
		lop_diag_label(d, label->span, "none of them has this label");
	lop_names_list(m, d, dev->text, hits);
	lop_diag_help(d, "add `label:`, or write `'&label'` or a path as `dev`");
}

static struct lop_node *find_device(struct lop_merger *m, const struct lop_entity *e,
				    const struct lop_yaml *dev, const struct lop_yaml *label)
{
	const struct lop_name_hit *hits;
	struct lop_node *node;
	struct lop_diag *d;

	if (label && label->kind != LOP_YAML_SCALAR)
		label = NULL;
	switch (lop_names_find(m, dev->text, label ? label->text : NULL, &node, &hits)) {
	case LOP_NOT_FOUND:
		report_unknown(m, e, dev, label ? label->text : NULL);
		return NULL;
	case LOP_MANY:
		report_many(m, e, dev, label, hits);
		return NULL;
	case LOP_FOUND:
		break;
	}
	if (!lop_node_is_cpu(m->tree, node) && !lop_node_is_cluster(m->tree, node) && node->parent)
		return node;
	d = lop_report(m->diags, LOP_WRONG_NODE, dev->span,
		       "%s has access to `%s`, which is no device", lop_entity_text(m, e),
		       dev->text);
	lop_diag_label(d, dev->span, "this is %s", lop_node_path_of(d, node));
	lop_diag_label(d, node->span, "a CPU, a cluster or the root");
	lop_diag_help(d, "leave the entry out: CPUs are given in `cpus`");
	return NULL;
}

/* --- entries --- */

static void add_device(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *dev,
		       const struct lop_yaml *label, const struct lop_yaml *flags)
{
	struct lop_grant grant = { .dev = dev->text, .span = dev->span };

	if (!lop_merge_want(m, dev, LOP_YAML_SCALAR, "`dev`"))
		return;
	lop_read_flags(m, flags, &grant.flags, &grant.flag_names);
	if (!lop_glob_is_pattern(dev->text)) {
		grant.node = find_device(m, e, dev, label);
		if (!grant.node)
			return;
	}
	lop_add_grant(m, e, &grant);
}

/* Older files give several devices in one entry, with as many flags. */
static void add_devices(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *devs,
			const struct lop_yaml *flags)
{
	bool paired = flags && flags->kind == LOP_YAML_LIST && flags->count == devs->count;
	const struct lop_yaml *flag = paired ? flags->first : flags;

	for (const struct lop_yaml *dev = devs->first; dev; dev = dev->next) {
		add_device(m, e, dev, NULL, flag);
		if (paired)
			flag = flag->next;
	}
}

static void add_entry(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *entry)
{
	const char *what =
		lop_arena_printf(m->arena, "an entry in `access` of %s", lop_entity_text(m, e));
	const struct lop_yaml *dev, *label, *flags;
	struct lop_diag *d;

	if (entry->kind == LOP_YAML_NULL || (entry->kind == LOP_YAML_MAP && !entry->count))
		return;
	if (entry->kind == LOP_YAML_SCALAR) {
		add_device(m, e, entry, NULL, NULL);
		return;
	}
	if (!lop_merge_want(m, entry, LOP_YAML_MAP, what))
		return;
	dev = lop_yaml_get(entry, "dev");
	if (!lop_check_keys(m, entry, LOP_IN_ACCESS, what) && !dev)
		return;
	label = lop_yaml_get(entry, "label");
	flags = lop_yaml_get(entry, "flags");
	if (!dev || dev->kind == LOP_YAML_NULL) {
		d = lop_report(m->diags, LOP_MISSING_VALUE, entry->span, "%s has no `dev`", what);
		lop_diag_label(d, entry->span, "which device?");
		lop_diag_help(d, "write `dev: %s`",
			      label && label->kind == LOP_YAML_SCALAR ? label->text
								      : "NAME, LABEL or PATH");
	} else if (dev->kind == LOP_YAML_LIST) {
		add_devices(m, e, dev, flags);
	} else {
		add_device(m, e, dev, label, flags);
	}
}

/* --- a list that stands in the tree, for the patterns of nested domains --- */

/* Walks the markers of a value along with its cells. */
struct marker_walk {
	const struct lop_marker *next;
	struct lop_span span; /* of the last one that has a place */
};

/* The node that a cell refers to; cells are asked for in order. */
static struct lop_node *target_of(const struct lop_merger *m, const struct lop_value *value,
				  size_t cell, struct marker_walk *walk)
{
	const char *name = NULL;

	for (; walk->next && walk->next->offset <= cell * 4; walk->next = walk->next->next) {
		if (walk->next->span.text)
			walk->span = walk->next->span;
		if (walk->next->offset == cell * 4 && walk->next->kind == LOP_MARK_REF_PHANDLE)
			name = walk->next->name;
	}
	if (name)
		return lop_tree_by_ref(m->tree, name);
	return lop_tree_by_phandle(m->tree, lop_value_cell(value, cell));
}

static void collect_from_tree(struct lop_merger *m, struct lop_entity *e)
{
	const struct lop_prop *prop = lop_prop_find(m->tree, e->node, "access");
	uint32_t flag_cells = lop_node_cell(m->tree, e->node, "#access-flags-cells", 0);
	size_t n = prop ? lop_value_n_cells(&prop->value) : 0;
	struct marker_walk walk = { 0 };

	if (!prop || flag_cells > 2)
		return;
	walk = (struct marker_walk){ .next = prop->value.markers, .span = prop->span };
	for (size_t c = 0; c + flag_cells < n; c += 1 + flag_cells) {
		struct lop_grant grant = { .node = target_of(m, &prop->value, c, &walk),
					   .flag_names = "" };

		if (!grant.node)
			continue;
		grant.dev = grant.node->name;
		grant.flags = lop_value_number(&prop->value, c + 1, flag_cells);
		grant.span = walk.span;
		lop_add_grant(m, e, &grant);
	}
}

void lop_collect_access(struct lop_merger *m, struct lop_entity *e)
{
	const struct lop_yaml *value = e->map ? lop_yaml_get(e->map, "access") : NULL;

	if (!value) {
		collect_from_tree(m, e);
		return;
	}
	if (value->kind == LOP_YAML_SCALAR)
		add_entry(m, e, value);
	else if (value->kind == LOP_YAML_MAP)
		lop_merge_want(m, value, LOP_YAML_LIST,
			       lop_arena_printf(m->arena, "`access` of %s", lop_entity_text(m, e)));
	for (const struct lop_yaml *v = value->kind == LOP_YAML_LIST ? value->first : NULL; v;
	     v = v->next)
		add_entry(m, e, v);
}

/* --- the property --- */

static bool is_kept(const struct lop_grant *grant)
{
	return grant->node && !grant->moved;
}

/* `from-pool` tells later stages that a pattern took the device from its pool. */
static const char *names_of(const struct lop_merger *m, const struct lop_grant *grant)
{
	if (!grant->globbed)
		return grant->flag_names;
	return lop_arena_printf(m->arena, "%s%sfrom-pool", grant->flag_names,
				*grant->flag_names ? "," : "");
}

/* `*` without a pool, and the words of its flags. */
static void write_rest(struct lop_merger *m, const struct lop_entity *e)
{
	const struct lop_grant *rest = e->rest;
	bool timeshare = rest->flags & LOP_FLAG_TIMESHARE;
	const char *words = lop_arena_printf(m->arena, "%s%s%s", rest->flag_names,
					     timeshare && *rest->flag_names ? "," : "",
					     timeshare ? "timeshare" : "");

	lop_merge_set_cell(m, e->node, "lopper,access-keep-all", 1, rest->span);
	if (*words)
		lop_merge_set_string(m, e->node, "lopper,access-keep-all-names", words, rest->span,
				     rest->span);
}

void lop_write_access(struct lop_merger *m, struct lop_entity *e)
{
	const struct lop_yaml *value = e->map ? lop_yaml_get(e->map, "access") : NULL;
	struct lop_val cells = { .arena = m->arena, .diags = m->diags };
	struct lop_val names = { .arena = m->arena, .diags = m->diags };
	struct lop_span key_span = value ? value->key_span : e->span;
	bool any_names = false, any = false;
	unsigned width = 1;

	for (const struct lop_grant *g = e->grants.first; g; g = g->next) {
		any = any || is_kept(g);
		any_names = any_names || (is_kept(g) && (*g->flag_names || g->globbed));
		if (is_kept(g) && g->flags >> 32)
			width = 2;
	}
	for (const struct lop_grant *g = e->grants.first; g; g = g->next) {
		if (!is_kept(g))
			continue;
		lop_val_mark(&cells, LOP_MARK_U32, NULL, g->span);
		lop_val_node(m, &cells, g->node, g->span);
		lop_val_number(&cells, g->flags, width);
		lop_val_string(&names, names_of(m, g), g->span);
	}
	if (e->keep_all)
		write_rest(m, e);
	if (any)
		lop_merge_set_cell(m, e->node, "#access-flags-cells", width, key_span);
	if (any || e->lost_some)
		lop_merge_set(m, e->node, "access", lop_val_take(&cells), key_span,
			      value ? value->span : key_span);
	if (any_names)
		lop_merge_set(m, e->node, "access-flags-names", lop_val_take(&names), key_span,
			      value ? value->span : key_span);
	else if (any)
		lop_prop_del(m->tree, e->node, "access-flags-names"); /* of the list before */
	lop_buf_free(&cells.data);
	lop_buf_free(&names.data);
}
