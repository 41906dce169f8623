/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The keys of domains, groups and inventories: which are handed to whom, which are properties like
 * any other, which nobody knows.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"

static void apply_access(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	(void)value; /* read before the patterns were worked out */
	lop_write_access(m, e);
}

/* Keys with a meaning beyond their text. The others become properties or child nodes. */
static const struct {
	const char *name;
	void (*apply)(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
	bool of_inventory; /* read in an inventory too; what else it lists, the tree says itself */
} handlers[] = {
	{ "access", apply_access, true },
	{ "cpus", lop_apply_cpus, false },
	{ "memory", lop_apply_memory, false },
	{ "sram", lop_apply_memory, false },
	{ "include", lop_apply_include, false },
	{ "reserved-memory", lop_apply_reserved, false },
	{ "flags", lop_apply_flags, false },
	{ "access-implicit-default", lop_apply_implicit, false },
	{ "memory-implicit-default", lop_apply_implicit, false },
	{ "sram-implicit-default", lop_apply_implicit, false },
	{ "firewallconf", lop_apply_firewall, false },
	{ "firewallconfig", lop_apply_firewall, false },
	{ "domain-to-domain", lop_apply_relations, false },
	{ "restart", lop_apply_restart, false },
	{ "load", lop_apply_load, false },
	{ "bootargs", lop_apply_bootargs, false },
	{ "linker", lop_apply_linker, false },
	{ "linker_memories", lop_apply_linker_memories, false },
};

#define N_HANDLERS (sizeof(handlers) / sizeof(handlers[0]))

static size_t handler_of(const char *key)
{
	size_t i = 0;

	while (i < N_HANDLERS && strcmp(handlers[i].name, key) != 0)
		i++;
	return i;
}

/* `{ os,type: linux }` is `os` and `type: linux` to YAML. */
static bool cut_at_comma(struct lop_merger *m, const struct lop_yaml *value,
			 enum lop_key_where where)
{
	const char *whole;

	if (value->kind != LOP_YAML_NULL || !value->next)
		return false;
	whole = lop_arena_printf(m->arena, "%s,%s", value->key, value->next->key);
	return lop_key_find(where, whole) != NULL;
}

static const char *list_keys(struct lop_merger *m, enum lop_key_where where)
{
	const char *list = "";

	for (const struct lop_key *k = lop_keys; k->name; k++)
		if (k->where == where && !strstr(k->text, "informative"))
			list = lop_arena_printf(m->arena, "%s%s`%s`", list, *list ? ", " : "",
						k->name);
	return lop_arena_printf(m->arena, "the keys are %s", list);
}

/* The value before, where `{ compatible: openamp,domain-v1 }` was cut into two keys; else NULL. */
static const struct lop_yaml *cut_value(const struct lop_yaml *map, const struct lop_yaml *value)
{
	const struct lop_yaml *before = map->first;
	struct lop_span end = value->key_span;

	if (value->kind != LOP_YAML_NULL || before == value)
		return NULL;
	while (before && before->next != value)
		before = before->next;
	if (!before || before->kind != LOP_YAML_SCALAR || before->quoted)
		return NULL;
	return before->span.text == end.text &&
			       before->span.offset + before->span.len + 1 == end.offset
		       ? before
		       : NULL;
}

/* `{ start 0x0 }`, `{ start:0x0 }`: a key and its value in one. */
static bool lacks_colon(struct lop_diag *d, const char *key, enum lop_key_where where)
{
	size_t n = strcspn(key, " :");
	const char *known = d->arena ? lop_arena_strndup(d->arena, key, n) : "";
	const char *rest = key + n + strspn(key + n, " :");

	if (!*rest || !lop_key_find(where, known))
		return false;
	lop_diag_help(d, "write `%s: %s`, with a blank behind the `:`", known, rest);
	return true;
}

static void report_unknown(struct lop_merger *m, const struct lop_yaml *map,
			   const struct lop_yaml *value, enum lop_key_where where, const char *what)
{
	const char *best = lop_key_nearest(where, value->key);
	const struct lop_yaml *before;
	struct lop_diag *d = lop_report(m->diags, LOP_UNKNOWN_KEY, value->key_span,
					"%s has a key `%s`, which nothing reads", what, value->key);

	lop_diag_label(d, value->key_span, "unknown key");
	before = d->arena ? cut_value(map, value) : NULL;
	if (before) {
		lop_diag_help(d, "inside { } a comma ends a value: write %s: \"%s,%s\", in quotes",
			      before->key, before->text, value->key);
		return;
	}
	if (cut_at_comma(m, value, where)) {
		lop_diag_help(d, "inside { } a comma ends a key: put \"%s,%s\" in quotes",
			      value->key, value->next->key);
		return;
	}
	if (lacks_colon(d, value->key, where))
		return;
	lop_merge_did_you_mean(
		d, best, best || where == LOP_IN_DOMAIN || !d->arena ? NULL : list_keys(m, where));
	if (where == LOP_IN_DOMAIN)
		lop_diag_help(d, "a property of your own has a vendor prefix, as in `acme,%s`",
			      value->key);
}

bool lop_check_keys(struct lop_merger *m, const struct lop_yaml *map, enum lop_key_where where,
		    const char *what)
{
	bool ok = true;

	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		if (strchr(v->key, ',') || lop_key_find(where, v->key))
			continue;
		report_unknown(m, map, v, where, what);
		ok = false;
	}
	return ok;
}

/* --- properties and child nodes, before anything is looked up --- */

/* What a compatible string that is nearly that of a domain was meant to be; NULL: something else.
 */
static const char *nearest_kind(const struct lop_prop *compatible)
{
	static const char *const kinds[] = {
		"openamp,domain-v1", "openamp,hypervisor-v1", "openamp,group-v1",
		"xilinx,subsystem",  "xilinx,subsystem-v1",   "xen,domain-v2",
	};
	struct lop_nearest nearest = { .word = lop_value_str(&compatible->value, 0) };

	for (size_t i = 0; nearest.word && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		lop_nearest_add(&nearest, kinds[i]);
	return nearest.best;
}

static void report_kind(struct lop_merger *m, const struct lop_entity *e,
			const struct lop_prop *compatible)
{
	const char *best = nearest_kind(compatible);
	struct lop_diag *d;

	if (!best)
		return; /* a vendor's own, beside which ours is written */
	d = lop_report(m->diags, LOP_MISSING_VALUE, lop_prop_value_span(compatible),
		       "`compatible` of %s is no kind of domain: `%s`", lop_entity_text(m, e),
		       lop_value_str(&compatible->value, 0));
	lop_diag_label(d, lop_prop_value_span(compatible), "nothing knows this");
	lop_diag_help(d, "did you mean `%s`?", best);
}

/* Whatever stands below /domains says what it is. */
static void complete_compatible(struct lop_merger *m, struct lop_entity *e)
{
	const struct lop_yaml *given = lop_yaml_get(e->map, "compatible");
	const char *kind = e->group ? "openamp,group-v1" : "openamp,domain-v1";
	const struct lop_prop *prop;
	struct lop_value value;

	if (given && lop_merge_convert(m, e->node, "compatible", given, &value) == LOP_SET)
		lop_merge_set(m, e->node, "compatible", value, given->key_span, given->span);
	prop = lop_prop_find(m->tree, e->node, "compatible");
	if (lop_kinds_of_node(m->tree, e->node) & LOP_KINDS_NAMED)
		return;
	if (prop)
		report_kind(m, e, prop);
	value = lop_value_string(m->arena, kind);
	if (prop)
		value = lop_value_join(m, &prop->value, &value);
	lop_merge_set(m, e->node, "compatible", value, prop ? prop->span : e->span,
		      prop ? prop->value_span : e->span);
}

static void set_id(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	const char *what = lop_arena_printf(m->arena, "`id` of %s", lop_entity_text(m, e));
	uint64_t id;
	uint32_t cell;

	if (!lop_merge_number(m, value, 32, what, &id))
		return;
	cell = (uint32_t)id;
	lop_merge_set(m, e->node, "id", lop_value_cells(m->arena, &cell, 1), value->key_span,
		      value->span);
}

static bool has_right_kind(struct lop_merger *m, const struct lop_entity *e,
			   const struct lop_yaml *value, const struct lop_key *key)
{
	const char *what =
		lop_arena_printf(m->arena, "`%s` of %s", value->key, lop_entity_text(m, e));

	if (!key || value->kind == LOP_YAML_NULL || key->kind == LOP_KEY_ANY)
		return true;
	if (key->kind == LOP_KEY_MAP)
		return lop_merge_want(m, value, LOP_YAML_MAP, what);
	if (key->kind == LOP_KEY_LIST || key->kind == LOP_KEY_TEXT)
		return value->kind != LOP_YAML_MAP ||
		       lop_merge_want(m, value,
				      key->kind == LOP_KEY_LIST ? LOP_YAML_LIST : LOP_YAML_SCALAR,
				      what);
	return lop_merge_want(m, value, LOP_YAML_SCALAR, what);
}

static void collect_child_node(struct lop_merger *m, struct lop_entity *e,
			       const struct lop_yaml *value)
{
	struct lop_node *node = lop_node_child(m->tree, e->node, value->key);

	if (!lop_node_name_valid(value->key)) {
		lop_merge_help_name(lop_report(m->diags, LOP_DTS_NAME, value->key_span,
					       "`%s` cannot be the name of a node", value->key),
				    value->key, false);
		return;
	}
	if (!node)
		node = lop_merge_new_node(m, e->node, value->key, value->key_span);
	lop_collect_free(m, node, value);
}

/* The name without sigil, for the table. */
static const char *plain_key(struct lop_merger *m, const char *key)
{
	size_t len = strcspn(key, "!");

	return key[len] ? lop_arena_strndup(m->arena, key, len) : key;
}

void lop_report_conditional(struct lop_merger *m, const struct lop_yaml *value, const char *name)
{
	struct lop_diag *d = lop_report(m->diags, LOP_UNSUPPORTED, value->key_span,
					"`%s` of a domain cannot depend on a condition", name);

	lop_diag_label(d, value->key_span, "what a domain has is always the same");
	lop_diag_help(d, "conditions select properties of nodes, as in `compatible!linux: uio`");
}

static void collect_key(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	const char *name = plain_key(m, value->key);
	const struct lop_key *key = lop_key_find(LOP_IN_DOMAIN, name);

	if (name != value->key &&
	    (handler_of(name) < N_HANDLERS || strcmp(name, "id") == 0 || lop_key_is_typed(key))) {
		lop_report_conditional(m, value, name);
	} else if (!key && !strchr(name, ',')) {
		report_unknown(m, e->map, value, LOP_IN_DOMAIN, lop_entity_text(m, e));
	} else if (handler_of(name) < N_HANDLERS || lop_key_is_typed(key) ||
		   strcmp(name, "compatible") == 0) {
		return;
	} else if (strcmp(name, "id") == 0) {
		set_id(m, e, value);
	} else if (has_right_kind(m, e, value, key)) {
		if (value->kind == LOP_YAML_MAP)
			collect_child_node(m, e, value);
		else
			lop_collect_change(m, e->node, value, NULL);
	}
}

void lop_collect_entities(struct lop_merger *m)
{
	for (struct lop_entity *e = m->entities; e; e = e->next) {
		if (!e->node || !e->map)
			continue;
		complete_compatible(m, e);
		for (const struct lop_yaml *v = e->map->first; v; v = v->next)
			collect_key(m, e, v);
		lop_collect_regions(m, e);
	}
}

/* --- keys with a meaning, when every name can be looked up --- */

static void apply_keys(struct lop_merger *m, struct lop_entity *e)
{
	for (const struct lop_yaml *v = e->map->first; v; v = v->next) {
		const struct lop_key *key = lop_key_find(LOP_IN_DOMAIN, v->key);
		size_t i = handler_of(v->key);

		if (i == N_HANDLERS && lop_key_is_typed(key) && !e->inventory)
			lop_merge_typed(m, e->node, key, v, lop_entity_text(m, e));
		else if (i < N_HANDLERS && v->kind != LOP_YAML_NULL &&
			 (!e->inventory || handlers[i].of_inventory))
			handlers[i].apply(m, e, v);
	}
}

void lop_apply_entities(struct lop_merger *m)
{
	unsigned n = 0;

	for (struct lop_entity *e = m->entities; e; e = e->next) {
		e->tag = lop_arena_printf(m->arena, "%u", n++);
		e->pool_tag = lop_arena_printf(m->arena, "pool %s", e->tag);
		if (e->node)
			lop_collect_access(m, e);
	}
	lop_resolve_globs(m);
	for (struct lop_entity *e = m->entities; e; e = e->next) {
		if (!e->node)
			continue;
		if (e->map)
			apply_keys(m, e);
		if (e->lost_some && !(e->map && lop_yaml_get(e->map, "access")))
			lop_write_access(m, e);
	}
}
