/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * domain-to-domain: relation nodes with relation0, relation1, ... below them; names become
 * references. Forms of older files are put into the present one first (relation_old.c).
 */
#include <ctype.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"

/* Keys that name nodes, and what a name that is none of them is called. */
static const struct reference_key {
	const char *name;
	enum lop_code code;
	const char *what;
} reference_keys[] = {
	{ "elfload", LOP_UNKNOWN_CARVEOUT, "memory to load to" },
	{ "carveouts", LOP_UNKNOWN_CARVEOUT, "carveout" },
	{ "mbox", LOP_UNKNOWN_DEVICE, "mailbox" },
	{ "timer", LOP_UNKNOWN_DEVICE, "timer" },
};

static const struct reference_key *reference_key(const char *name)
{
	for (size_t i = 0; i < sizeof(reference_keys) / sizeof(reference_keys[0]); i++)
		if (strcmp(reference_keys[i].name, name) == 0)
			return &reference_keys[i];
	return NULL;
}

static bool is_relation_key(const char *key)
{
	size_t len = strlen("relation");

	return strncmp(key, "relation", len) == 0 && isdigit((unsigned char)key[len]) &&
	       key[len + strspn(key + len, "0123456789")] == '\0';
}

/* --- names --- */

static void report_name(struct lop_merger *m, const struct reference_key *key,
			const struct lop_yaml *name, const struct lop_name_hit *hits)
{
	const char *best = NULL;
	struct lop_diag *d;

	if (hits) {
		d = lop_report(m->diags, LOP_AMBIGUOUS_NAME, name->span,
			       "%s `%s` may be several nodes", key->what, name->text);
		lop_diag_label(d, name->span, "which one?");
		lop_names_list(m, d, name->text, hits);
		return;
	}
	d = lop_report(m->diags, key->code, name->span, "%s `%s` does not exist", key->what,
		       name->text);
	lop_diag_label(d, name->span, "no such node or label");
	if (key->code == LOP_UNKNOWN_CARVEOUT && m->reserved)
		best = lop_merge_nearest_child(m, m->reserved, name->text);
	lop_merge_did_you_mean(d, best ? best : lop_names_nearest(m, name->text),
			       "name a node of the tree by label, name or path");
}

static void add_name(struct lop_merger *m, const struct reference_key *key,
		     const struct lop_yaml *name, struct lop_val *cells)
{
	const struct lop_name_hit *hits = NULL;
	struct lop_node *node = NULL;
	enum lop_found found;

	if (!lop_merge_want(m, name, LOP_YAML_SCALAR,
			    lop_arena_printf(m->arena, "`%s`", key->name)))
		return;
	if (key->code == LOP_UNKNOWN_CARVEOUT)
		node = lop_merge_region(m, name->text);
	found = node ? LOP_FOUND : lop_names_find(m, name->text, NULL, &node, &hits);
	if (found != LOP_FOUND) {
		report_name(m, key, name, found == LOP_MANY ? hits : NULL);
		return;
	}
	lop_val_mark(cells, LOP_MARK_U32, NULL, name->span);
	lop_val_node(m, cells, node, name->span);
}

static void set_references(struct lop_merger *m, struct lop_node *node,
			   const struct reference_key *key, const struct lop_yaml *value)
{
	struct lop_val cells = { .arena = m->arena, .diags = m->diags };
	struct lop_value refs;

	if (value->kind == LOP_YAML_NULL)
		return;
	if (value->kind == LOP_YAML_LIST)
		for (const struct lop_yaml *v = value->first; v; v = v->next)
			add_name(m, key, v, &cells);
	else
		add_name(m, key, value, &cells);
	refs = lop_val_take(&cells);
	if (refs.len)
		lop_merge_set(m, node, key->name, refs, value->key_span, value->span);
}

/* --- peers --- */

static const struct lop_yaml *peer_key(const struct lop_yaml *map)
{
	const struct lop_yaml *peer = lop_yaml_get(map, "remote");

	return peer ? peer : lop_yaml_get(map, "host");
}

/* False: reported. */
static bool find_peer(struct lop_merger *m, const struct lop_yaml *peer,
		      const struct lop_entity **out)
{
	const struct lop_yaml *name =
		peer->kind == LOP_YAML_LIST && peer->count == 1 ? peer->first : peer;

	*out = lop_merge_domain(m, name, lop_arena_printf(m->arena, "`%s`", peer->key));
	return *out != NULL;
}

static void set_peer(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *peer,
		     const struct lop_entity *e)
{
	const struct lop_yaml *name = peer->kind == LOP_YAML_LIST ? peer->first : peer;
	struct lop_val cells = { .arena = m->arena, .diags = m->diags };

	lop_val_mark(&cells, LOP_MARK_U32, NULL, name->span);
	lop_val_node(m, &cells, e->node, name->span);
	lop_merge_set(m, node, peer->key, lop_val_take(&cells), peer->key_span, name->span);
}

/* --- nodes --- */

static struct lop_node *child(struct lop_merger *m, struct lop_node *parent, const char *name,
			      struct lop_span span)
{
	struct lop_node *node = lop_node_child(m->tree, parent, name);

	return node ? node : lop_merge_new_node(m, parent, name, span);
}

static void set_plain(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *value)
{
	struct lop_value converted;

	if (lop_merge_convert(m, node, value->key, value, &converted) == LOP_SET)
		lop_merge_set(m, node, value->key, converted, value->key_span, value->span);
}

static void report_peers(struct lop_merger *m, const struct lop_yaml *relation, bool both)
{
	struct lop_diag *d = lop_report(m->diags, LOP_MISSING_VALUE, relation->key_span,
					both ? "`%s` has both `remote` and `host`"
					     : "`%s` has neither `remote` nor `host`",
					relation->key);

	lop_diag_label(d, relation->key_span, "in this relation");
	lop_diag_help(d, "the host names its `remote`, the remote names its `host`");
}

static void apply_relation(struct lop_merger *m, struct lop_node *parent,
			   const struct lop_yaml *relation)
{
	const struct lop_yaml *peer;
	const struct lop_entity *e;
	struct lop_node *node;
	bool both;

	if (!lop_merge_want(m, relation, LOP_YAML_MAP, "a relation"))
		return;
	lop_check_keys(m, relation, LOP_IN_RELATION, "a relation");
	peer = peer_key(relation);
	both = lop_yaml_get(relation, "remote") && lop_yaml_get(relation, "host");
	if (!peer || both) {
		report_peers(m, relation, both);
		return;
	}
	if (!find_peer(m, peer, &e))
		return;
	node = child(m, parent, relation->key, relation->key_span);
	set_peer(m, node, peer, e);
	for (const struct lop_yaml *v = relation->first; v; v = v->next) {
		const struct reference_key *key = reference_key(v->key);

		if (key)
			set_references(m, node, key, v);
		else if (v != peer && strcmp(v->key, "openamp-xlnx-native") != 0)
			set_plain(m, node, v);
	}
}

static void report_key(struct lop_merger *m, const struct lop_yaml *value)
{
	struct lop_diag *d =
		lop_report(m->diags, LOP_UNKNOWN_KEY, value->key_span,
			   "a relation node has a key `%s`, which nothing reads", value->key);

	lop_diag_label(d, value->key_span, "unknown key");
	lop_diag_help(d, "below `compatible` stand `relation0`, `relation1`, ...");
}

/* One relation node: its kind, and the relations of that kind. */
static void apply_node(struct lop_merger *m, struct lop_node *parent, const struct lop_yaml *value)
{
	const struct lop_yaml *map = value;
	struct lop_node *node;
	struct lop_diag *d;

	if (!lop_yaml_get(value, "compatible")) {
		d = lop_report(m->diags, LOP_MISSING_VALUE, value->key_span,
			       "relation node `%s` has no `compatible`", value->key);
		lop_diag_label(d, value->key_span, "which kind of relation?");
		lop_diag_help(d, "openamp,remoteproc-v2, openamp,rpmsg-v1 or libmetal,ipc-v1");
		return;
	}
	if (peer_key(value)) {
		map = lop_relation_modern(m, value);
		if (!map)
			return;
	}
	node = child(m, parent, value->key, value->key_span);
	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		if (is_relation_key(v->key))
			apply_relation(m, node, v);
		else if (strcmp(v->key, "compatible") == 0 || strchr(v->key, ','))
			set_plain(m, node, v);
		else if (!lop_key_find(LOP_IN_RELATION, v->key) || v->kind == LOP_YAML_MAP)
			report_key(m, v);
		else if (strcmp(v->key, "openamp-xlnx-native") != 0)
			set_plain(m, node, v);
	}
}

void lop_apply_relations(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	struct lop_node *top;

	if (!lop_merge_want(
		    m, value, LOP_YAML_MAP,
		    lop_arena_printf(m->arena, "`domain-to-domain` of %s", lop_entity_text(m, e))))
		return;
	top = child(m, e->node, value->key, value->key_span);
	for (const struct lop_yaml *v = value->first; v; v = v->next) {
		if (v->kind == LOP_YAML_MAP && lop_node_name_valid(v->key))
			apply_node(m, top, v);
		else if (strcmp(v->key, "compatible") == 0 || strchr(v->key, ','))
			set_plain(m, top, v);
		else if (lop_key_find(LOP_IN_DOMAIN, v->key) && v->kind != LOP_YAML_MAP)
			set_plain(m, top, v); /* cluster_cpu and other notes */
		else if (v->kind != LOP_YAML_NULL)
			report_key(m, v);
	}
	if (!lop_prop_find(m->tree, top, "compatible"))
		lop_merge_set_string(m, top, "compatible", "openamp,domain-to-domain-v1",
				     value->key_span, value->span);
}
