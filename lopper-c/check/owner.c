/* SPDX-License-Identifier: BSD-3-Clause */
/* Who was given what, and whether two may have one device. */
#include "lopper-c/check/owner.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/tree/bus.h"

bool lop_below_top(const struct lop_system *system, const struct lop_node *node, const char *top)
{
	const struct lop_node *t = lop_node_child(system->tree, system->tree->root, top);

	return t && lop_node_below(node, t);
}

/* Both ends of a relation name its mailbox, timer and carveouts. */
bool lop_given_may_share(const struct lop_given *a, const struct lop_given *b)
{
	const uint64_t shared = LOP_FLAG_SHARED | LOP_FLAG_TIMESHARE;

	if (lop_domain_related(a->domain, b->domain))
		return true;
	if (a->group && a->group == b->group)
		return true; /* that is what a resource group is for */
	if (a->flags & b->flags & shared)
		return true;
	return lop_domain_relates(a->domain, b->domain, a->node) ||
	       lop_domain_relates(b->domain, a->domain, a->node);
}

bool lop_given_is_carrier(const struct lop_system *system, const struct lop_node *node)
{
	const struct lop_tree *tree = system->tree;

	if (!node->parent || lop_node_compatible(tree, node, "simple-bus") ||
	    lop_node_is_indirect_bus(tree, node) || lop_system_is_memory(system, node))
		return false;
	return !lop_node_is_bus(tree, node) || lop_reg_count(tree, node);
}

const char *lop_given_share_help(const struct lop_diags *diags, struct lop_span span)
{
	return lop_sources_is_yaml(diags->sources, span)
		       ? "give it to one of them, or write `flags: { shared: true }` at both"
		       : "give it to one of them, or write `access-flags-names = \"shared\";`, a "
			 "string per entry, at both";
}

void lop_given_label(struct lop_diag *d, const struct lop_given *given)
{
	const struct lop_span *rest = &given->domain->rest_span;

	if (given->span.text == rest->text && given->span.offset == rest->offset)
		lop_diag_label(d, given->span, "`%s` has what nobody names", given->domain->name);
	else
		lop_diag_label(d, given->span, "given to `%s`", given->domain->name);
}

static void report_twice(struct lop_diags *diags, const struct lop_given *a,
			 const struct lop_given *b)
{
	struct lop_diag *d = lop_report(diags, LOP_DEVICE_TWICE, b->span,
					"device `%s` is given to `%s` and to `%s`", b->node->name,
					a->domain->name, b->domain->name);

	lop_diag_label(d, b->span, "given to `%s`", b->domain->name);
	lop_diag_label(d, a->span, "given to `%s`", a->domain->name);
	lop_diag_label(d, b->node->span, "the device");
	lop_diag_help(d, "%s", lop_given_share_help(diags, b->span));
}

struct lop_given lop_given_get(const struct lop_domain *domain, size_t i)
{
	if (i < domain->n_access) {
		const struct lop_access *a = &domain->access[i];

		return (struct lop_given){ domain, a->node, a->group, a->flags, a->span };
	}
	return (struct lop_given){ .domain = domain,
				   .node = domain->named[i - domain->n_access].node,
				   .span = domain->named[i - domain->n_access].span };
}

bool lop_given_is_device(const struct lop_system *system, const struct lop_node *node)
{
	return !lop_below_top(system, node, "reserved-memory") &&
	       !lop_system_is_memory(system, node);
}

struct lop_given *lop_given_table(const struct lop_system *system, struct lop_diags *diags)
{
	size_t size = (system->tree->n_nodes + 1) * sizeof(struct lop_given);
	struct lop_given *table = memset(lop_xmalloc(size), 0, size);

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < domain->n_access + domain->n_named; k++) {
			struct lop_given here = lop_given_get(domain, k);
			struct lop_given *first = &table[here.node->index];

			if (!lop_given_is_device(system, here.node))
				continue;
			if (!first->domain || lop_domain_related(first->domain, domain))
				*first = here;
			else if (diags && !lop_given_may_share(first, &here))
				report_twice(diags, first, &here);
		}
	}
	return table;
}

struct lop_given *lop_given_heirs(const struct lop_system *system)
{
	struct lop_given *table = lop_given_table(system, NULL);
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root))
		if (!table[n->index].domain)
			table[n->index] = table[n->parent->index];
	return table;
}

static bool is_no_device_tree(const struct lop_tree *tree, const struct lop_node *top)
{
	static const char *const names[] = { "domains",		"reserved-memory",  "chosen",
					     "aliases",		"__symbols__",	    "__fixups__",
					     "resource_groups", "__local_fixups__", "cpus" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(top->name, names[i]))
			return true;
	return lop_node_compatible(tree, top, "pm,links-v1");
}

bool *lop_given_devices(const struct lop_system *system)
{
	const struct lop_node *root = system->tree->root;
	size_t n_nodes = system->tree->n_nodes;
	bool *device = lop_xmalloc(n_nodes * sizeof(*device));

	memset(device, true, n_nodes * sizeof(*device));
	for (size_t i = 0; i < system->n_clusters; i++)
		device[system->clusters[i].node->index] = false;
	for (const struct lop_node *n = root->children; n; n = n->next)
		device[n->index] &= !is_no_device_tree(system->tree, n);
	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root))
		device[n->index] &= device[n->parent->index];
	for (size_t i = 0; i < system->n_physical; i++)
		device[system->physical[i].node->index] = false;
	device[root->index] = false;
	return device;
}

bool lop_given_reaches(const struct lop_system *system, const struct lop_domain *domain,
		       const struct lop_node *node)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);
	struct lop_range view;

	for (size_t i = 0; i < lop_reg_count(system->tree, node); i++) {
		struct lop_where where = lop_reg_to_root(system->tree, node, i);

		if (!where.mapped)
			return false;
		if (!cluster || lop_cluster_sees(system, cluster, node, where.range, &view))
			return true;
	}
	return false;
}
