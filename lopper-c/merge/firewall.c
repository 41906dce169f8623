/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * firewallconf of a domain: <&target action priority> per entry, <action priority> for the entry
 * without a target. A priority blocks with that priority, `always` is (block, 0), `never` (allow,
 * 0).
 */
#include <string.h>

#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"

#define ACTION_BLOCK 0
#define ACTION_ALLOW 1

static void report_target(struct lop_merger *m, const struct lop_entity *e,
			  const struct lop_yaml *name)
{
	struct lop_diag *d = lop_report(m->diags, LOP_UNKNOWN_DOMAIN, name->span,
					"firewall of %s is set against `%s`, which does not exist",
					lop_entity_text(m, e), name->text);

	lop_diag_label(d, name->span, "neither a domain nor a bus master");
	lop_merge_did_you_mean(d, lop_entity_nearest(m, name->text, false),
			       "name a domain, or the device that is the bus master");
}

static const struct lop_node *find_target(struct lop_merger *m, const struct lop_entity *e,
					  const struct lop_yaml *name)
{
	const struct lop_name_hit *hits;
	const struct lop_entity *other;
	struct lop_node *node;
	bool many;

	if (!lop_merge_want(m, name, LOP_YAML_SCALAR, "`domain` of a firewall entry"))
		return NULL;
	other = lop_entity_find(m, name->text, &many);
	if (other && other->node && !many)
		return other->node;
	if (lop_names_find(m, name->text, NULL, &node, &hits) == LOP_FOUND)
		return node;
	report_target(m, e, name);
	return NULL;
}

static bool read_block(struct lop_merger *m, const struct lop_yaml *entry, uint32_t *action,
		       uint32_t *priority)
{
	const struct lop_yaml *block = lop_yaml_get(entry, "block");
	struct lop_diag *d;
	uint64_t number;

	*action = ACTION_BLOCK;
	*priority = 0;
	if (!block || block->kind != LOP_YAML_SCALAR) {
		d = lop_report(m->diags, LOP_MISSING_VALUE, entry->span,
			       "a firewall entry has no `block`");
		lop_diag_label(d, entry->span, "block whom, how?");
		lop_diag_help(d, "write `block: always`, `block: never` or a priority");
		return false;
	}
	if (strcmp(block->text, "always") == 0)
		return true;
	if (strcmp(block->text, "never") == 0) {
		*action = ACTION_ALLOW;
		return true;
	}
	if (!lop_merge_number(m, block, 32, "`block`", &number))
		return false;
	*priority = (uint32_t)number;
	return true;
}

struct firewall {
	struct lop_val rules, all;
};

static void read_entry(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *entry,
		       struct firewall *f)
{
	const struct lop_yaml *name;
	const struct lop_node *target = NULL;
	struct lop_val *cells;
	uint32_t action, priority;

	if (!lop_merge_want(m, entry, LOP_YAML_MAP, "an entry of `firewallconf`"))
		return;
	lop_check_keys(m, entry, LOP_IN_FIREWALL, "an entry of `firewallconf`");
	name = lop_yaml_get(entry, "domain");
	if (name) {
		target = find_target(m, e, name);
		if (!target)
			return;
	}
	if (!read_block(m, entry, &action, &priority))
		return;
	cells = target ? &f->rules : &f->all;
	lop_val_mark(cells, LOP_MARK_U32, NULL, name ? name->span : entry->span);
	if (target)
		lop_val_node(m, cells, target, name->span);
	lop_val_number(cells, action, 1);
	lop_val_number(cells, priority, 1);
}

static void set(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value,
		const char *name, struct lop_val *cells)
{
	bool any = cells->data.len > 0;
	struct lop_value taken = lop_val_take(cells);

	if (any)
		lop_merge_set(m, e->node, name, taken, value->key_span, value->span);
}

void lop_apply_firewall(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	struct firewall f = { .rules = { .arena = m->arena, .diags = m->diags },
			      .all = { .arena = m->arena, .diags = m->diags } };

	if (value->kind == LOP_YAML_LIST)
		for (const struct lop_yaml *v = value->first; v; v = v->next)
			read_entry(m, e, v, &f);
	else
		read_entry(m, e, value, &f);
	set(m, e, value, "firewallconf", &f.rules);
	set(m, e, value, "firewallconf-default", &f.all);
}
