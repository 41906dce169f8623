/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * `links` and `manager` at the top of a domain file. A link becomes a node of /links, the manager
 * the domain /domains/manager that is compatible with "pm,manager-v1". What a key's value becomes
 * is its kind's business (typed.c).
 */
#include <string.h>

#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"
#include "lopper-c/tree/bus.h"

#define LINKS_COMPATIBLE   "pm,links-v1"
#define MANAGER_COMPATIBLE "pm,manager-v1"

void lop_collect_links(struct lop_merger *m, const struct lop_yaml *map)
{
	m->links = lop_combine(m, m->links, map);
}

void lop_collect_manager(struct lop_merger *m, const struct lop_yaml *map)
{
	m->manager = lop_combine(m, m->manager, map);
}

static struct lop_node *child(struct lop_merger *m, struct lop_node *parent, const char *name,
			      struct lop_span span)
{
	struct lop_node *node = lop_node_child(m->tree, parent, name);

	return node ? node : lop_merge_new_node(m, parent, name, span);
}

/* The keys of a mapping that are properties by their kind; others have been reported. */
static void apply_typed(struct lop_merger *m, struct lop_node *node, enum lop_key_where where,
			const struct lop_yaml *map, const char *owner)
{
	lop_check_keys(m, map, where, owner);
	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		const struct lop_key *key = lop_key_find(where, v->key);

		if (lop_key_is_typed(key))
			lop_merge_typed(m, node, key, v, owner);
	}
}

/* --- vendor: [{ id, data }] becomes <id bytes>, [data, 0 up to a whole word] and so on --- */

static void put_bytes(struct lop_merger *m, struct lop_val *val, const struct lop_yaml *data,
		      const char *what)
{
	for (const struct lop_yaml *v = data->first; v; v = v->next) {
		uint64_t number = 0;

		if (lop_merge_number(m, v, 8, what, &number))
			lop_buf_putc(&val->data, (char)number);
	}
}

static void put_vendor(struct lop_merger *m, struct lop_val *val, const struct lop_yaml *entry,
		       const char *what)
{
	const struct lop_yaml *id = lop_yaml_get(entry, "id");
	const struct lop_yaml *data = lop_yaml_get(entry, "data");
	struct lop_val bytes = { .arena = m->arena, .diags = m->diags };
	struct lop_diag *d;
	uint64_t number;

	lop_check_keys(m, entry, LOP_IN_VENDOR, what);
	if (!id || !data) {
		d = lop_report(m->diags, LOP_MISSING_VALUE, entry->span, "%s has no `%s`", what,
			       id ? "data" : "id");
		lop_diag_label(d, entry->span, "in this entry");
		lop_diag_help(d, "write `{ id: 128, data: [0x01, 0x02] }`");
		return;
	}
	if (!lop_merge_number(m, id, 32, what, &number) ||
	    !lop_merge_want(m, data, LOP_YAML_LIST, what))
		return;
	put_bytes(m, &bytes, data, what);
	lop_val_mark(val, LOP_MARK_U32, NULL, id->span);
	lop_val_number(val, number, 1);
	lop_val_number(val, bytes.data.len, 1);
	if (bytes.data.len)
		lop_val_mark(val, LOP_MARK_U8, NULL, data->span);
	lop_buf_add(&val->data, bytes.data.data, bytes.data.len);
	lop_buf_fill(&val->data, '\0', -bytes.data.len & 3);
	lop_val_drop(&bytes);
}

static void apply_vendor(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *value,
			 const char *owner)
{
	const char *what = lop_arena_printf(m->arena, "an entry in `vendor` of %s", owner);
	struct lop_val val = { .arena = m->arena, .diags = m->diags };

	if (value->kind == LOP_YAML_NULL || !lop_merge_want(m, value, LOP_YAML_LIST, what))
		return;
	for (const struct lop_yaml *v = value->first; v; v = v->next)
		if (lop_merge_want(m, v, LOP_YAML_MAP, what))
			put_vendor(m, &val, v, what);
	if (val.data.len)
		lop_merge_set(m, node, "vendor", lop_val_take(&val), value->key_span, value->span);
	else
		lop_val_drop(&val);
}

/* --- links --- */

static void apply_link(struct lop_merger *m, struct lop_node *top, const struct lop_yaml *link)
{
	const char *owner = lop_arena_printf(m->arena, "link `%s`", link->key);
	const struct lop_yaml *vendor;
	struct lop_node *node;
	struct lop_diag *d;

	if (!lop_node_name_valid(link->key) || strchr(link->key, '@')) {
		d = lop_report(m->diags, LOP_DTS_NAME, link->key_span,
			       "`%s` cannot be the name of a link", link->key);
		lop_diag_label(d, link->key_span, "this becomes a node of the tree");
		lop_diag_help(d, "use letters, digits and any of `,._+-`");
		return;
	}
	if (!lop_merge_want(m, link, LOP_YAML_MAP, owner))
		return;
	node = child(m, top, link->key, link->key_span);
	apply_typed(m, node, LOP_IN_LINK, link, owner);
	vendor = lop_yaml_get(link, "vendor");
	if (vendor)
		apply_vendor(m, node, vendor, owner);
}

void lop_apply_links(struct lop_merger *m)
{
	struct lop_node *top;

	if (!m->links)
		return;
	top = child(m, m->tree->root, "links", m->links->key_span);
	lop_merge_set_string(m, top, "compatible", LINKS_COMPATIBLE, m->links->key_span,
			     m->links->key_span);
	for (const struct lop_yaml *v = m->links->first; v; v = v->next)
		apply_link(m, top, v);
}

/* Also compatible with what the specification calls a hypervisor. */
static void set_compatible(struct lop_merger *m, struct lop_node *node, struct lop_span span)
{
	struct lop_val val = { .arena = m->arena, .diags = m->diags };

	lop_val_string(&val, MANAGER_COMPATIBLE, span);
	lop_val_string(&val, "openamp,hypervisor-v1", span);
	lop_merge_set(m, node, "compatible", lop_val_take(&val), span, span);
}

static void report_taken(struct lop_merger *m, const struct lop_node *node)
{
	struct lop_diag *d = lop_report(m->diags, LOP_DUPLICATE_NAME, m->manager->key_span,
					"a domain has the name of the manager: `manager`");

	lop_diag_label(d, m->manager->key_span, "becomes /domains/manager");
	lop_diag_label(d, node->span, "which is this domain");
	lop_diag_help(d, "call the domain something else");
}

void lop_apply_manager(struct lop_merger *m)
{
	struct lop_node *node;

	if (!m->manager || !m->domains)
		return;
	node = child(m, m->domains, "manager", m->manager->key_span);
	if (lop_prop_find(m->tree, node, "compatible") &&
	    !lop_node_compatible(m->tree, node, MANAGER_COMPATIBLE)) {
		report_taken(m, node);
		return;
	}
	set_compatible(m, node, m->manager->key_span);
	apply_typed(m, node, LOP_IN_MANAGER, m->manager, "the manager");
}
