/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about access to devices. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/holder.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

static const char *other_kind(const struct lop_system *system, const struct lop_node *node)
{
	if (!node->parent)
		return "the root of the tree";
	if (lop_node_below_top(system, node, "domains"))
		return "a domain";
	for (size_t i = 0; i < system->n_clusters; i++)
		if (lop_node_below(node, system->clusters[i].node))
			return "a CPU cluster or a part of one";
	if (lop_node_below_top(system, node, "chosen") ||
	    lop_node_below_top(system, node, "aliases"))
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

static void report_twice(struct lop_diags *diags, const struct lop_holder *a,
			 const struct lop_holder *b)
{
	struct lop_diag *d = lop_report(diags, LOP_DEVICE_TWICE, b->span,
					"device `%s` is given to `%s` and to `%s`", b->node->name,
					a->domain->name, b->domain->name);

	lop_diag_label(d, b->span, "given to `%s`", b->domain->name);
	lop_diag_label(d, a->span, "given to `%s`", a->domain->name);
	lop_diag_label(d, b->node->span, "the device");
	lop_diag_help(d, "%s", lop_holder_share_help(diags, b->span));
}

/* --- one owner of what it is on --- */

/* Has registers that one driver runs; what simple-mfd holds are devices of their own. */
static bool is_controller(const struct lop_system *system, const struct lop_node *node)
{
	return !lop_node_is_bus(system->tree, node) && !lop_system_is_memory(system, node) &&
	       lop_reg_count(system->tree, node) && lop_reg_to_root(system->tree, node, 0).mapped &&
	       !lop_node_compatible(system->tree, node, "simple-mfd");
}

static void report_carrier(struct lop_diags *diags, const struct lop_node *carrier,
			   const struct lop_holder *up, const struct lop_holder *here)
{
	struct lop_diag *d;

	if (up->node == carrier)
		d = lop_report(diags, LOP_DEVICE_TWICE, here->span,
			       "`%s`, given to `%s`, is on `%s`, which is given to `%s`",
			       here->node->name, here->domain->name, carrier->name,
			       up->domain->name);
	else
		d = lop_report(diags, LOP_DEVICE_TWICE, here->span,
			       "`%s`, given to `%s`, and `%s`, given to `%s`, are both on `%s`",
			       up->node->name, up->domain->name, here->node->name,
			       here->domain->name, carrier->name);
	lop_diag_label(d, here->span, "given to `%s`", here->domain->name);
	lop_diag_label(d, up->span, "given to `%s`", up->domain->name);
	lop_diag_label(d, carrier->span, "the device %s on",
		       up->node == carrier ? "it is" : "they are");
	lop_diag_help(d, "give both to one of them: two drivers cannot run one controller");
}

/*
 * A chip on a bus controller needs the controller's driver: that is one domain's, too. carriers: by
 * node, who has it or, where nobody is given it, the first that has something on it.
 */
static void check_carriers(const struct lop_system *system, struct lop_diags *diags,
			   struct lop_holder *carriers, const struct lop_holder *here)
{
	for (const struct lop_node *n = here->node->parent; n; n = n->parent) {
		struct lop_holder *up = &carriers[n->index];

		if (!up->domain && is_controller(system, n)) {
			*up = *here;
		} else if (up->domain && up->node != here->node &&
			   !lop_node_is_bus(system->tree, n) && !lop_holders_may_share(up, here)) {
			report_carrier(diags, n, up, here);
			return;
		}
	}
}

static void find_owners(const struct lop_system *system, struct lop_diags *diags,
			struct lop_holder *owners)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < lop_holder_count(domain); k++) {
			struct lop_holder here = lop_holder_nth(domain, k);
			struct lop_holder *first = &owners[here.node->index];

			if (lop_node_below_top(system, here.node, "reserved-memory") ||
			    lop_system_is_memory(system, here.node))
				continue;
			if (!first->domain || lop_domain_related(first->domain, domain))
				*first = here;
			else if (!lop_holders_may_share(first, &here))
				report_twice(diags, first, &here);
		}
	}
}

void lop_rule_device_exclusive(const struct lop_system *system, struct lop_diags *diags)
{
	size_t size = (system->tree->n_nodes + 1) * sizeof(struct lop_holder);
	struct lop_holder *owners = memset(lop_xmalloc(size), 0, size);

	find_owners(system, diags, owners);
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < lop_holder_count(domain); k++) {
			struct lop_holder here = lop_holder_nth(domain, k);

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
