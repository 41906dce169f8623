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

static void apply_link(struct lop_merger *m, struct lop_node *top, const struct lop_yaml *link)
{
	const char *owner = lop_arena_printf(m->arena, "link `%s`", link->key);
	struct lop_diag *d;

	if (!lop_node_name_valid(link->key) || strchr(link->key, '@')) {
		d = lop_report(m->diags, LOP_DTS_NAME, link->key_span,
			       "`%s` cannot be the name of a link", link->key);
		lop_diag_label(d, link->key_span, "this becomes a node of the tree");
		lop_diag_help(d, "use letters, digits and any of `,._+-`");
		return;
	}
	if (lop_merge_want(m, link, LOP_YAML_MAP, owner))
		apply_typed(m, child(m, top, link->key, link->key_span), LOP_IN_LINK, link, owner);
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
