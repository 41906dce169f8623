/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mappings that are nodes of the tree: finds or makes each node, gives it its labels, and writes
 * down its properties for prop.c. Knows no domain.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"
#include "lopper-c/tree/bus.h"

static bool made_here(const struct lop_merger *m, const struct lop_node *node)
{
	return lop_map_get(&m->made, node, "") != NULL;
}

struct lop_node *lop_merge_new_node(struct lop_merger *m, struct lop_node *parent, const char *name,
				    struct lop_span span)
{
	struct lop_node *node = lop_node_add(m->tree, parent, name, span);

	lop_map_put(&m->made, node, "", m);
	lop_merge_child_added(m, node);
	return node;
}

struct lop_node *lop_merge_reserved(struct lop_merger *m, struct lop_span span)
{
	struct lop_node *root = m->tree->root;

	if (!m->reserved)
		m->reserved = lop_node_child(m->tree, root, "reserved-memory");
	if (m->reserved)
		return m->reserved;
	m->reserved = lop_merge_new_node(m, root, "reserved-memory", span);
	lop_merge_set_cell(m, m->reserved, "#address-cells", lop_address_cells(m->tree, root),
			   span);
	lop_merge_set_cell(m, m->reserved, "#size-cells", lop_size_cells(m->tree, root), span);
	lop_merge_set(m, m->reserved, "ranges", (struct lop_value){ 0 }, span, span);
	return m->reserved;
}

static bool has_key(const struct lop_yaml *map, const char *key)
{
	return lop_yaml_get(map, key) != NULL;
}

/*
 * Does this mapping define a node, or only change one? A name with a unit address or directly below
 * the root says nothing new without an address of its own: that is a misspelt name.
 */
static bool defines_node(const struct lop_node *parent, const char *name,
			 const struct lop_yaml *map)
{
	if (has_key(map, "start") || has_key(map, "reg"))
		return true;
	if (!parent->parent)
		return false;
	return has_key(map, "size") || (has_key(map, "compatible") && !strchr(name, '@'));
}

/* At the top of a file also labels anywhere, and the keys of a file. */
static const char *nearest_top(struct lop_merger *m, const char *name)
{
	const char *key = lop_key_nearest(LOP_IN_TOP, name);
	const char *child = lop_merge_nearest_child(m, m->tree->root, name);

	if (key || child)
		return key ? key : child;
	return lop_names_nearest(m, name);
}

static void report_unknown(struct lop_merger *m, struct lop_node *parent, const char *name,
			   const struct lop_yaml *value)
{
	struct lop_node *elsewhere = lop_tree_by_label(m->tree, name);
	const char *where = lop_node_path_for(m->diags, LOP_UNKNOWN_NODE, parent);
	struct lop_diag *d = lop_report(m->diags, LOP_UNKNOWN_NODE, value->key_span,
					"`%s` has no node `%s`", where, name);

	lop_diag_label(d, value->key_span, "no such name or label");
	if (elsewhere)
		lop_diag_help(d, "the label `%s` is on %s", name, lop_node_path_of(d, elsewhere));
	else
		lop_merge_did_you_mean(d,
				       parent->parent ? lop_merge_nearest_child(m, parent, name)
						      : nearest_top(m, name),
				       NULL);
	lop_diag_help(d, "a new node needs its address: `start` and `size`, or `reg`");
}

static void report_many(struct lop_merger *m, const char *name, const struct lop_yaml *value,
			const struct lop_node *one, const struct lop_node *other)
{
	struct lop_diag *d = lop_report(m->diags, LOP_AMBIGUOUS_NAME, value->key_span,
					"`%s` may be several nodes", name);

	lop_diag_label(d, value->key_span, "which one?");
	lop_diag_label(d, one->span, "this one");
	lop_diag_label(d, other->span, "or this one");
	lop_diag_help(d, "write the whole name, as in `%s`, or a label", one->name);
}

static void report_name(struct lop_merger *m, const char *name, const struct lop_yaml *value,
			const char *what)
{
	struct lop_diag *d = lop_report(m->diags, LOP_DTS_NAME, value->key_span,
					"`%s` cannot be the name of a %s", name, what);

	lop_diag_label(d, value->key_span, "a character that names must not have");
	lop_merge_help_name(d, name, strcmp(what, "property") == 0);
}

static const struct lop_conditions *join_conditions(struct lop_merger *m,
						    const struct lop_conditions *a,
						    const struct lop_conditions *b)
{
	for (; a; a = a->next) {
		struct lop_conditions *c = lop_arena_alloc(m->arena, sizeof(*c));

		*c = (struct lop_conditions){ .name = a->name, .next = b };
		b = c;
	}
	return b;
}

/* Below /domains nothing depends on a condition: one system is read for all of them. */
static bool in_domains(const struct lop_merger *m, const struct lop_node *node)
{
	return m->domains && lop_node_below(node, m->domains);
}

static struct lop_node *make_child(struct lop_merger *m, struct lop_node *parent,
				   const struct lop_sigil *sigil,
				   const struct lop_conditions *conditions,
				   const struct lop_yaml *value, const struct lop_yaml *map)
{
	struct lop_node *node;

	if (!made_here(m, parent) && !defines_node(parent, sigil->name, map)) {
		report_unknown(m, parent, sigil->name, value);
		return NULL;
	}
	if (!lop_node_name_valid(sigil->name)) {
		report_name(m, sigil->name, value, "node");
		return NULL;
	}
	if (conditions && in_domains(m, parent)) {
		lop_report_conditional(m, value, sigil->name);
		return NULL;
	}
	if (conditions && conditions->next) {
		lop_diag_help(lop_report(m->diags, LOP_UNSUPPORTED, value->key_span,
					 "new node `%s` stands under several conditions",
					 sigil->name),
			      "write it once for each condition");
		return NULL;
	}
	node = lop_merge_new_node(m, parent, sigil->name, value->key_span);
	node->condition = conditions ? conditions->name : NULL;
	return node;
}

static void report_node_scheme(struct lop_merger *m, const struct lop_yaml *value, const char *name)
{
	lop_diag_help(lop_report(m->diags, LOP_UNSUPPORTED, value->key_span,
				 "node `%s` cannot be appended to or deleted: only "
				 "properties can",
				 name),
		      "write `%s:` and, below it, the scheme at each property", name);
}

/* value carries the key; map is its content. */
static void collect_child(struct lop_merger *m, struct lop_node *parent,
			  const struct lop_yaml *value, const struct lop_yaml *map,
			  const struct lop_conditions *outer)
{
	const struct lop_conditions *conditions;
	struct lop_node *node, *many;
	struct lop_sigil sigil;

	if (!lop_sigil_parse(m, value->key, value->key_span, &sigil))
		return;
	if (sigil.has_scheme) {
		report_node_scheme(m, value, sigil.name);
		return;
	}
	conditions = join_conditions(m, sigil.conditions, outer);
	node = lop_merge_child(m, parent, sigil.name, &many);
	if (many) {
		report_many(m, sigil.name, value, node, many);
		return;
	}
	if (!node) {
		node = make_child(m, parent, &sigil, conditions, value, map);
		if (node)
			lop_collect_node(m, node, map, NULL);
		return;
	}
	lop_collect_node(m, node, map, conditions);
}

static void set_label(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *value)
{
	struct lop_node *holder;
	struct lop_diag *d;

	if (value->kind != LOP_YAML_SCALAR || !lop_label_valid(value->text))
		return;
	holder = lop_tree_by_label(m->tree, value->text);
	if (lop_node_add_label(m->tree, node, value->text, value->span))
		return;
	d = lop_report(m->diags, LOP_DTS_DUPLICATE, value->span, "label `%s` is on two nodes",
		       value->text);
	lop_diag_label(d, value->span, "asked for here");
	lop_diag_label(d, holder->span, "but it is on this node");
	lop_diag_help(d, "a label names one node: write another one, or leave `label` out");
}

/* Is `label: text` only the node's label, or (too) a property of that name? */
static bool only_label(const struct lop_merger *m, const struct lop_node *node,
		       const struct lop_yaml *value)
{
	return strcmp(value->key, "label") == 0 && value->kind == LOP_YAML_SCALAR &&
	       lop_label_valid(value->text) && !lop_prop_find(m->tree, node, "label");
}

static void record(struct lop_merger *m, struct lop_change *change)
{
	struct lop_change *old = NULL;

	if (!change->conditions && change->scheme == LOP_REPLACE)
		old = lop_map_get(&m->change_of, change->node, change->name);
	if (old) {
		lop_report_conflict(m, change->name, old->value, change->value);
		if (change->value->kind != LOP_YAML_NULL) {
			old->value = change->value;
			old->key_span = change->key_span;
		}
		return;
	}
	*m->last_change = change;
	m->last_change = &change->next;
	if (!change->conditions && change->scheme == LOP_REPLACE)
		lop_map_put(&m->change_of, change->node, change->name, change);
}

void lop_collect_change(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *value,
			const struct lop_conditions *outer)
{
	const struct lop_conditions *conditions;
	struct lop_change *change;
	struct lop_sigil sigil;

	if (!lop_sigil_parse(m, value->key, value->key_span, &sigil))
		return;
	if (!lop_prop_name_valid(sigil.name)) {
		if (sigil.has_scheme && lop_node_name_valid(sigil.name))
			report_node_scheme(m, value, sigil.name);
		else
			report_name(m, sigil.name, value, "property");
		return;
	}
	if (strcmp(value->key, "label") == 0 && !outer)
		set_label(m, node, value);
	if (only_label(m, node, value))
		return;
	conditions = join_conditions(m, sigil.conditions, outer);
	if (conditions && in_domains(m, node)) {
		lop_report_conditional(m, value, sigil.name);
		return;
	}
	change = lop_arena_zalloc(m->arena, sizeof(*change));
	change->node = node;
	change->name = sigil.name;
	change->value = value;
	change->key_span = value->key_span;
	change->scheme = sigil.scheme;
	change->conditions = conditions;
	record(m, change);
}

/* `name: [ { start, size, ... } ]`, as `<<+` of a list makes it below /reserved-memory. */
static const struct lop_yaml *wrapped_region(const struct lop_merger *m,
					     const struct lop_node *node,
					     const struct lop_yaml *value)
{
	const struct lop_yaml *only = value->first;

	if (node != m->reserved || value->kind != LOP_YAML_LIST || value->count != 1)
		return NULL;
	return only->kind == LOP_YAML_MAP && has_key(only, "start") ? only : NULL;
}

static bool names_child(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *value)
{
	struct lop_node *many;

	return value->kind == LOP_YAML_NULL && lop_merge_child(m, node, value->key, &many);
}

static void report_no_map(struct lop_merger *m, const struct lop_yaml *value)
{
	struct lop_diag *d = lop_report(m->diags, LOP_YAML_TYPE, value->span,
					"`%s` is a node, and this is no mapping", value->key);

	lop_diag_label(d, value->span, "%s", lop_yaml_kind_text(value));
	lop_diag_help(d, "write its properties below it, as `%s: { status: okay }`", value->key);
}

void lop_collect_node(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *map,
		      const struct lop_conditions *outer)
{
	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		const struct lop_yaml *region = wrapped_region(m, node, v);

		if (v->kind == LOP_YAML_MAP && strcmp(v->key, "reg") != 0)
			collect_child(m, node, v, v, outer);
		else if (region)
			collect_child(m, node, v, region, outer);
		else if (lop_node_child(m->tree, node, v->key) && v->kind != LOP_YAML_NULL)
			report_no_map(m, v);
		else if (!names_child(m, node, v))
			lop_collect_change(m, node, v, outer);
	}
}

void lop_collect_free(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *map)
{
	lop_map_put(&m->made, node, "", m);
	lop_collect_node(m, node, map, NULL);
}
