/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about access to devices. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

static bool below_top(const struct lop_system *system, const struct lop_node *node, const char *top)
{
	const struct lop_node *t = lop_node_child(system->tree, system->tree->root, top);

	return t && lop_node_below(node, t);
}

static const char *other_kind(const struct lop_system *system, const struct lop_node *node)
{
	if (!node->parent)
		return "the root of the tree";
	if (below_top(system, node, "domains"))
		return "a domain";
	for (size_t i = 0; i < system->n_clusters; i++)
		if (lop_node_below(node, system->clusters[i].node))
			return "a CPU cluster or a part of one";
	if (below_top(system, node, "chosen") || below_top(system, node, "aliases"))
		return "no device";
	return NULL;
}

void lop_rule_device_kind(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < domain->n_access; k++) {
			const struct lop_access *a = &domain->access[k];
			const char *kind = other_kind(system, a->node);
			struct lop_diag *d;

			if (!kind)
				continue;
			d = lop_report(diags, LOP_WRONG_NODE, a->span,
				       "`access` of domain `%s` names `%s`, which is %s",
				       domain->name, lop_node_shown(a->node), kind);
			lop_diag_help(d, "access lists devices; CPUs go under `cpus`, memory under "
					 "`memory`");
		}
	}
}

/* --- one owner --- */

struct owner {
	const struct lop_domain *domain; /* NULL: nobody */
	const struct lop_node *node, *group;
	uint64_t flags;
	struct lop_span span;
};

/* Both ends of a relation name its mailbox, timer and carveouts. */
static bool may_share(const struct owner *a, const struct owner *b)
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

/* How to say that two domains may have a device, in the language of the entry. */
static const char *share_help(const struct lop_diags *diags, struct lop_span span)
{
	return lop_sources_is_yaml(diags->sources, span)
		       ? "give it to one of them, or write `flags: { shared: true }` at both"
		       : "give it to one of them, or write `access-flags-names = \"shared\";`, a "
			 "string per entry, at both";
}

static void report_twice(struct lop_diags *diags, const struct owner *a, const struct owner *b)
{
	struct lop_diag *d = lop_report(diags, LOP_DEVICE_TWICE, b->span,
					"device `%s` is given to `%s` and to `%s`", b->node->name,
					a->domain->name, b->domain->name);

	lop_diag_label(d, b->span, "given to `%s`", b->domain->name);
	lop_diag_label(d, a->span, "given to `%s`", a->domain->name);
	lop_diag_label(d, b->node->span, "the device");
	lop_diag_help(d, "%s", share_help(diags, b->span));
}

/* A chip on a bus controller needs the controller's driver: that is one domain's, too. */
static void check_carriers(const struct lop_system *system, struct lop_diags *diags,
			   const struct owner *owners, const struct owner *here)
{
	for (const struct lop_node *n = here->node->parent; n; n = n->parent) {
		const struct owner *up = &owners[n->index];
		struct lop_diag *d;

		if (!up->domain || lop_node_is_bus(system->tree, n) || may_share(up, here))
			continue;
		d = lop_report(diags, LOP_DEVICE_TWICE, here->span,
			       "`%s`, given to `%s`, is on `%s`, which is given to `%s`",
			       here->node->name, here->domain->name, n->name, up->domain->name);
		lop_diag_label(d, here->span, "given to `%s`", here->domain->name);
		lop_diag_label(d, up->span, "given to `%s`", up->domain->name);
		lop_diag_label(d, n->span, "the device it is on");
		lop_diag_help(d, "give both to one of them: two drivers cannot run one controller");
		return;
	}
}

/* The i-th that a domain is given, by its list or by a relation. */
static struct owner nth_owner(const struct lop_domain *domain, size_t i)
{
	if (i < domain->n_access) {
		const struct lop_access *a = &domain->access[i];

		return (struct owner){ domain, a->node, a->group, a->flags, a->span };
	}
	return (struct owner){ .domain = domain,
			       .node = domain->named[i - domain->n_access].node,
			       .span = domain->named[i - domain->n_access].span };
}

static void find_owners(const struct lop_system *system, struct lop_diags *diags,
			struct owner *owners)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < domain->n_access + domain->n_named; k++) {
			struct owner here = nth_owner(domain, k);
			struct owner *first = &owners[here.node->index];

			if (below_top(system, here.node, "reserved-memory") ||
			    lop_system_is_memory(system, here.node))
				continue;
			if (!first->domain || lop_domain_related(first->domain, domain))
				*first = here;
			else if (!may_share(first, &here))
				report_twice(diags, first, &here);
		}
	}
}

void lop_rule_device_exclusive(const struct lop_system *system, struct lop_diags *diags)
{
	size_t size = (system->tree->n_nodes + 1) * sizeof(struct owner);
	struct owner *owners = memset(lop_xmalloc(size), 0, size);

	find_owners(system, diags, owners);
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < domain->n_access + domain->n_named; k++) {
			struct owner here = nth_owner(domain, k);

			check_carriers(system, diags, owners, &here);
		}
	}
	free(owners);
}

/* --- within the parent --- */

/* Marks by node index what a domain's list gives it, what stands in a listed node included. */
static void mark_listed(const struct lop_system *system, const struct lop_domain *domain,
			bool *listed)
{
	const struct lop_node *root = system->tree->root;

	memset(listed, 0, system->tree->n_nodes * sizeof(*listed));
	for (size_t i = 0; i < domain->n_access; i++)
		listed[domain->access[i].node->index] = true;
	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root))
		listed[n->index] |= listed[n->parent->index];
}

void lop_rule_devices_within_parent(const struct lop_system *system, struct lop_diags *diags)
{
	bool *listed = lop_xmalloc(system->tree->n_nodes * sizeof(*listed));
	const struct lop_domain *last = NULL;

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		const struct lop_domain *parent = domain->parent;

		if (!parent || !parent->n_access || parent->access_all || parent->is_default)
			continue;
		if (parent != last) /* siblings follow each other */
			mark_listed(system, parent, listed);
		last = parent;
		for (size_t k = 0; k < domain->n_access; k++) {
			const struct lop_access *a = &domain->access[k];
			struct lop_diag *d;

			if (a->group || a->from_pool || listed[a->node->index])
				continue;
			d = lop_report(diags, LOP_BEYOND_PARENT, a->span,
				       "domain `%s` lists `%s`, its parent `%s` does not",
				       domain->name, a->node->name, parent->name);
			lop_diag_label(d, parent->span, "the parent");
			lop_diag_help(d, "what a nested domain has comes out of its parent's: list "
					 "the device there too");
		}
	}
	free(listed);
}
