/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Keys of a domain that say how it lives and need more than their kind: restart (policy, limit and
 * back-off), load (files beside the program), bootargs (which belongs to chosen).
 */
#include <string.h>

#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"

/* --- restart: a word, or { policy, limit, backoff } --- */

static void set_restart(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value,
			const char *name, const char *prop)
{
	struct lop_key key = *lop_key_find(LOP_IN_RESTART, name);

	key.name = prop; /* restart, restart-limit, restart-backoff */
	lop_merge_typed(m, e->node, &key, value, lop_entity_text(m, e));
}

void lop_apply_restart(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	static const struct {
		const char *key, *prop;
	} parts[] = { { "limit", "restart-limit" }, { "backoff", "restart-backoff" } };
	const char *what = lop_arena_printf(m->arena, "`restart` of %s", lop_entity_text(m, e));
	const struct lop_yaml *policy = value;

	if (value->kind == LOP_YAML_MAP) {
		lop_check_keys(m, value, LOP_IN_RESTART, what);
		policy = lop_yaml_get(value, "policy");
		for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
			const struct lop_yaml *v = lop_yaml_get(value, parts[i].key);

			if (v)
				set_restart(m, e, v, parts[i].key, parts[i].prop);
		}
	}
	if (policy && lop_merge_choice(m, policy, lop_key_find(LOP_IN_RESTART, "policy"), what))
		lop_merge_set_string(m, e->node, "restart", policy->text, value->key_span,
				     policy->span);
}

/* --- load: [{ file, address }] becomes load-files and load-addresses --- */

static const struct lop_yaml *needed(struct lop_merger *m, const struct lop_yaml *entry,
				     const char *key, const char *what)
{
	const struct lop_yaml *value = lop_yaml_get(entry, key);
	struct lop_diag *d;

	if (value && value->kind == LOP_YAML_SCALAR)
		return value;
	d = lop_report(m->diags, LOP_MISSING_VALUE, entry->span, "%s has no `%s`", what, key);
	lop_diag_label(d, entry->span, "in this entry");
	lop_diag_help(d, "write `{ file: NAME, address: 0x48000000 }`");
	return NULL;
}

void lop_apply_load(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	const char *what =
		lop_arena_printf(m->arena, "an entry in `load` of %s", lop_entity_text(m, e));
	struct lop_val files = { .arena = m->arena, .diags = m->diags };
	struct lop_val addresses = { .arena = m->arena, .diags = m->diags };

	if (!lop_merge_want(m, value, LOP_YAML_LIST, what))
		return;
	for (const struct lop_yaml *v = value->first; v; v = v->next) {
		const struct lop_yaml *file, *address;
		uint64_t number;

		if (!lop_merge_want(m, v, LOP_YAML_MAP, what))
			continue;
		lop_check_keys(m, v, LOP_IN_LOAD, what);
		file = needed(m, v, "file", what);
		address = needed(m, v, "address", what);
		if (!file || !address || !lop_merge_number(m, address, 64, what, &number))
			continue;
		lop_val_string(&files, file->text, file->span);
		lop_val_mark(&addresses, LOP_MARK_U32, NULL, address->span);
		lop_val_number(&addresses, number, 2);
	}
	if (!files.data.len)
		return;
	lop_merge_set(m, e->node, "load-files", lop_val_take(&files), value->key_span, value->span);
	lop_merge_set(m, e->node, "load-addresses", lop_val_take(&addresses), value->key_span,
		      value->span);
}

/* --- bootargs: of chosen --- */

void lop_apply_bootargs(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	const char *what = lop_arena_printf(m->arena, "`bootargs` of %s", lop_entity_text(m, e));
	struct lop_node *chosen = lop_node_child(m->tree, e->node, "chosen");
	const struct lop_prop *old = chosen ? lop_prop_find(m->tree, chosen, "bootargs") : NULL;
	struct lop_diag *d;

	if (!lop_merge_want(m, value, LOP_YAML_SCALAR, what))
		return;
	if (old) {
		d = lop_report(m->diags, LOP_YAML_CONFLICT, value->span,
			       "%s stands in its `chosen` too", what);
		lop_diag_label(d, value->span, "this one counts");
		lop_diag_label(d, old->span, "not this one");
		lop_diag_help(d, "take one of the two out");
	}
	if (!chosen)
		chosen = lop_merge_new_node(m, e->node, "chosen", value->key_span);
	lop_merge_set_string(m, chosen, "bootargs", value->text, value->key_span, value->span);
}
