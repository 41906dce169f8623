/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * cpus of a domain: entries of cluster, mask and mode become <&cluster mask mode> (System Device
 * Tree specification, openamp,domain-v1). Mode: bit 31 secure, bit 30 lockstep, bits 1..0 the
 * exception level as written, 0 where none is.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"
#include "lopper-c/tree/bus.h"

struct triplet {
	struct lop_node *node;
	uint32_t mask, mode;
	struct lop_span name_span, span, mode_span; /* mode_span: text 0 where there is none */
	struct triplet *next;
};

/* --- clusters --- */

static void find_clusters(struct lop_merger *m)
{
	struct lop_name_hit **link = &m->clusters;

	if (m->clusters)
		return;
	for (struct lop_node *n = m->tree->root; n; n = lop_node_next(n, m->tree->root)) {
		if (!lop_node_is_cluster(m->tree, n))
			continue;
		*link = lop_arena_zalloc(m->arena, sizeof(**link));
		(*link)->node = n;
		link = &(*link)->next;
	}
}

static bool is_called(const struct lop_node *node, const char *name)
{
	if (strcmp(node->name, name) == 0)
		return true;
	if (!strchr(name, '@') && strncmp(node->name, name, lop_node_base_len(node)) == 0 &&
	    strlen(name) == lop_node_base_len(node))
		return true;
	for (const struct lop_label *l = node->labels; l; l = l->next)
		if (strcmp(l->name, name) == 0)
			return true;
	return false;
}

static void list_clusters(const struct lop_merger *m, struct lop_diag *d)
{
	struct lop_buf text = { 0 };
	size_t n = 0;

	for (const struct lop_name_hit *c = m->clusters; c && n < 16; c = c->next, n++)
		lop_buf_printf(&text, "%s`%s`", n ? ", " : "",
			       lop_node_label(c->node) ? lop_node_label(c->node) : c->node->name);
	lop_diag_help(d, "the clusters of this system: %s", n ? lop_buf_cstr(&text) : "none");
	lop_buf_free(&text);
}

static const char *nearest_cluster(const struct lop_merger *m, const char *name)
{
	struct lop_nearest nearest = { .word = name };

	for (const struct lop_name_hit *c = m->clusters; c; c = c->next) {
		lop_nearest_add(&nearest, c->node->name);
		lop_nearest_add(&nearest, lop_node_label(c->node));
	}
	return nearest.best;
}

/* What a name that is no cluster is, for the message. */
static void report_no_cluster(struct lop_merger *m, const struct lop_entity *e,
			      const struct lop_yaml *name)
{
	const struct lop_name_hit *hits;
	struct lop_node *node = NULL;
	struct lop_diag *d;
	bool many, found;
	const struct lop_entity *other = lop_entity_find(m, name->text, &many);

	found = lop_names_find(m, name->text, NULL, &node, &hits) != LOP_NOT_FOUND;
	d = lop_report(m->diags, found || other ? LOP_WRONG_NODE : LOP_UNKNOWN_CLUSTER, name->span,
		       found || other ? "%s runs on `%s`, which is no CPU cluster"
				      : "%s runs on cluster `%s`, which does not exist",
		       lop_entity_text(m, e), name->text);
	if (found)
		lop_diag_label(d, name->span, "this is %s", lop_node_path_of(d, node));
	else if (other)
		lop_diag_label(d, name->span, "this is %s", lop_entity_text(m, other));
	else
		lop_diag_label(d, name->span, "no such label or name");
	if (found)
		lop_diag_label(d, node->span, "not compatible with \"cpus,cluster\"");
	lop_merge_did_you_mean(d, nearest_cluster(m, name->text), NULL);
	list_clusters(m, d);
}

static struct lop_node *find_cluster(struct lop_merger *m, const struct lop_entity *e,
				     const struct lop_yaml *name)
{
	const struct lop_name_hit *hits;
	struct lop_node *node;

	find_clusters(m);
	if (name->text[0] == '/') {
		node = lop_tree_by_path(m->tree, name->text);
		if (node && (lop_node_is_cluster(m->tree, node) || lop_node_is_cpu(m->tree, node)))
			return node;
	}
	for (const struct lop_name_hit *c = m->clusters; c; c = c->next)
		if (is_called(c->node, name->text))
			return c->node;
	if (lop_names_find(m, name->text, NULL, &node, &hits) == LOP_FOUND &&
	    lop_node_is_cpu(m->tree, node))
		return node;
	report_no_cluster(m, e, name);
	return NULL;
}

/* --- mode --- */

static void add_bit(struct lop_merger *m, const struct lop_yaml *map, const char *key, uint32_t bit,
		    uint32_t *mode)
{
	const struct lop_yaml *value = lop_yaml_get(map, key);
	bool on;

	if (!value || value->kind == LOP_YAML_NULL)
		return;
	if (lop_merge_bool(m, value, lop_arena_printf(m->arena, "`%s`", key), &on) && on)
		*mode |= bit;
}

static void add_level(struct lop_merger *m, const struct lop_yaml *value, uint32_t *mode)
{
	struct lop_diag *d;
	uint64_t el;

	if (!value || value->kind == LOP_YAML_NULL || !lop_merge_number(m, value, 64, "`el`", &el))
		return;
	if (el <= LOP_MODE_EL) {
		*mode |= (uint32_t)el;
		return;
	}
	d = lop_report(m->diags, LOP_CPU_MODE, value->span, "there is no exception level %llu",
		       (unsigned long long)el);
	lop_diag_label(d, value->span, "0 to 3");
	lop_diag_help(d, "write `el: %u`, the highest, or a lower one", LOP_MODE_EL);
}

/* The keys of mode; also accepted beside it. */
static void read_mode_keys(struct lop_merger *m, const struct lop_yaml *map, uint32_t *mode)
{
	add_bit(m, map, "secure", LOP_MODE_SECURE, mode);
	add_bit(m, map, "lockstep", LOP_MODE_LOCKSTEP, mode);
	add_level(m, lop_yaml_get(map, "el"), mode);
}

/* Of what tells the level, else of the mode. */
static struct lop_span mode_span(const struct lop_yaml *entry)
{
	const struct lop_yaml *mode = lop_yaml_get(entry, "mode");
	const struct lop_yaml *el = lop_yaml_get(entry, "el");

	if (mode && mode->kind == LOP_YAML_MAP && lop_yaml_get(mode, "el"))
		el = lop_yaml_get(mode, "el");
	if (el)
		return el->span;
	return mode ? mode->span : (struct lop_span){ 0 };
}

static uint32_t read_mode(struct lop_merger *m, const struct lop_yaml *entry)
{
	const struct lop_yaml *value = lop_yaml_get(entry, "mode");
	uint32_t mode = 0;
	uint64_t number;

	read_mode_keys(m, entry, &mode);
	if (!value || value->kind == LOP_YAML_NULL)
		return mode;
	if (value->kind == LOP_YAML_MAP) {
		lop_check_keys(m, value, LOP_IN_MODE, "`mode` of cpus");
		read_mode_keys(m, value, &mode);
	} else if (lop_merge_number(m, value, 32, "`mode`", &number)) {
		mode |= (uint32_t)number;
	}
	return mode;
}

/* --- entries --- */

static const struct lop_yaml *cluster_name(struct lop_merger *m, const struct lop_entity *e,
					   const struct lop_yaml *entry)
{
	const struct lop_yaml *name = lop_yaml_get(entry, "cluster");
	struct lop_diag *d;

	if (!name || name->kind == LOP_YAML_NULL)
		name = lop_yaml_get(entry, "dev");
	if (name && name->kind == LOP_YAML_SCALAR)
		return name;
	d = lop_report(m->diags, LOP_MISSING_VALUE, entry->span,
		       "an entry in `cpus` of %s names no cluster", lop_entity_text(m, e));
	lop_diag_label(d, entry->span, "in this entry");
	find_clusters(m);
	lop_diag_help(d, "write `cluster: LABEL`");
	list_clusters(m, d);
	return NULL;
}

/* `dev` is another word for `cluster`; in one entry both have to mean the same. */
static void check_other_name(struct lop_merger *m, const struct lop_entity *e,
			     const struct lop_yaml *entry, const struct lop_yaml *name,
			     const struct lop_node *node)
{
	const struct lop_yaml *dev = lop_yaml_get(entry, "dev");
	const struct lop_node *other;
	struct lop_diag *d;

	if (!dev || dev == name || dev->kind != LOP_YAML_SCALAR)
		return;
	other = find_cluster(m, e, dev);
	if (!other || lop_node_below(other, node))
		return;
	d = lop_report(m->diags, LOP_AMBIGUOUS_NAME, dev->span,
		       "an entry in `cpus` of %s names two clusters, `%s` and `%s`",
		       lop_entity_text(m, e), name->text, dev->text);
	lop_diag_label(d, dev->span, "not used");
	lop_diag_label(d, name->span, "this cluster is used");
	lop_diag_help(d, "leave `dev` out, or write an entry for each cluster");
}

static bool read_mask(struct lop_merger *m, const struct lop_entity *e,
		      const struct lop_yaml *entry, struct triplet *t)
{
	const struct lop_yaml *value = lop_yaml_get(entry, "cpumask");
	uint64_t mask;
	struct lop_diag *d;

	t->span = t->name_span;
	if (!value && lop_node_is_cpu(m->tree, t->node))
		return true;
	if (!value || value->kind == LOP_YAML_NULL) {
		d = lop_report(m->diags, LOP_MISSING_VALUE, t->name_span,
			       "an entry in `cpus` of %s has no `cpumask`", lop_entity_text(m, e));
		lop_diag_label(d, t->name_span, "which CPUs of this cluster?");
		lop_diag_help(d, "write `cpumask: 0x1`: bit n is the CPU whose reg is n");
		return false;
	}
	t->span = value->span;
	if (!lop_merge_number(m, value, 32, "`cpumask`", &mask))
		return false;
	t->mask = (uint32_t)mask;
	return true;
}

/* Different clusters and modes in one domain; hardware has a dozen at most. */
#define MAX_TRIPLETS 1024

static void add_triplet(struct lop_merger *m, struct triplet **list, const struct triplet *t)
{
	size_t n = 0;

	for (; *list; list = &(*list)->next, n++) {
		if ((*list)->node != t->node || (*list)->mode != t->mode)
			continue;
		(*list)->mask |= t->mask;
		return;
	}
	if (n < MAX_TRIPLETS)
		*list = lop_arena_dup(m->arena, t, sizeof(*t));
	else
		lop_diag_help(lop_report(m->diags, LOP_LIMIT, t->span,
					 "a domain with more than %d different entries in `cpus`",
					 MAX_TRIPLETS),
			      "give each cluster one mode, or split the domain");
}

static bool says_nothing(const struct lop_yaml *entry)
{
	return entry->kind == LOP_YAML_NULL || (entry->kind == LOP_YAML_MAP && !entry->count);
}

static bool is_incomplete(const struct lop_yaml *entry)
{
	return !lop_yaml_get(entry, "cpumask") ||
	       (!lop_yaml_get(entry, "cluster") && !lop_yaml_get(entry, "dev"));
}

static void read_entry(struct lop_merger *m, const struct lop_entity *e,
		       const struct lop_yaml *entry, struct triplet **list)
{
	const char *what =
		lop_arena_printf(m->arena, "an entry in `cpus` of %s", lop_entity_text(m, e));
	struct triplet t = { 0 };
	const struct lop_yaml *name;

	if (says_nothing(entry) || !lop_merge_want(m, entry, LOP_YAML_MAP, what))
		return;
	if (!lop_check_keys(m, entry, LOP_IN_CPU, what) && is_incomplete(entry))
		return;
	name = cluster_name(m, e, entry);
	if (!name)
		return;
	t.node = find_cluster(m, e, name);
	t.name_span = name->span;
	if (t.node)
		check_other_name(m, e, entry, name, t.node);
	t.mode = read_mode(m, entry);
	t.mode_span = mode_span(entry);
	if (t.node && read_mask(m, e, entry, &t))
		add_triplet(m, list, &t);
}

static bool is_empty(const struct lop_yaml *list)
{
	for (const struct lop_yaml *v = list->first; v; v = v->next)
		if (!says_nothing(v))
			return false;
	return true;
}

/* CPUs are written, though none can be used: an empty property keeps later stages silent. */
static void set_lost(struct lop_merger *m, const struct lop_entity *e, const struct lop_yaml *value)
{
	if (!lop_prop_find(m->tree, e->node, "cpus"))
		lop_merge_set(m, e->node, "cpus", (struct lop_value){ 0 }, value->key_span,
			      value->span);
}

void lop_apply_cpus(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	const char *what = lop_arena_printf(m->arena, "`cpus` of %s", lop_entity_text(m, e));
	struct lop_val cells = { .arena = m->arena, .diags = m->diags };
	struct triplet *list = NULL;

	if (!lop_merge_want(m, value, LOP_YAML_LIST, what)) {
		set_lost(m, e, value);
		return;
	}
	for (const struct lop_yaml *v = value->first; v; v = v->next)
		read_entry(m, e, v, &list);
	if (!list && !is_empty(value))
		set_lost(m, e, value);
	for (const struct triplet *t = list; t; t = t->next) {
		lop_val_mark(&cells, LOP_MARK_U32, NULL, t->span);
		lop_val_node(m, &cells, t->node, t->name_span);
		lop_val_number(&cells, t->mask, 1);
		if (t->mode_span.text)
			lop_val_mark(&cells, LOP_MARK_PLACE, NULL, t->mode_span);
		lop_val_number(&cells, t->mode, 1);
	}
	if (list)
		lop_merge_set(m, e->node, "cpus", lop_val_take(&cells), value->key_span,
			      value->span);
}
