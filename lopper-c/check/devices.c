/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about access to devices. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/owner.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

static const char *other_kind(const struct lop_system *system, const struct lop_node *node)
{
	if (!node->parent)
		return "the root of the tree";
	if (lop_below_top(system, node, "domains"))
		return "a domain";
	for (size_t i = 0; i < system->n_clusters; i++)
		if (lop_node_below(node, system->clusters[i].node))
			return "a CPU cluster or a part of one";
	if (lop_below_top(system, node, "chosen") || lop_below_top(system, node, "aliases"))
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

/* A bus with registers of its own may do without its driver: its children have addresses. */
static enum lop_code carrier_code(const struct lop_system *system, const struct lop_node *carrier)
{
	return lop_node_is_bus(system->tree, carrier) ? LOP_REG_OVERLAP : LOP_DEVICE_TWICE;
}

static void report_on_owned(const struct lop_system *system, struct lop_diags *diags,
			    const struct lop_node *carrier, const struct lop_given *up,
			    const struct lop_given *here)
{
	struct lop_diag *d =
		lop_report(diags, carrier_code(system, carrier), here->span,
			   "`%s`, given to `%s`, is on `%s`, which is given to `%s`",
			   here->node->name, here->domain->name, carrier->name, up->domain->name);

	lop_diag_label(d, here->span, "given to `%s`", here->domain->name);
	lop_given_label(d, up);
	lop_diag_label(d, carrier->span, "the device it is on");
	lop_diag_help(d, "give both to one of them: two drivers cannot run one controller");
}

static void report_beside(const struct lop_system *system, struct lop_diags *diags,
			  const struct lop_node *carrier, const struct lop_given *first,
			  const struct lop_given *here)
{
	struct lop_diag *d = lop_report(
		diags, carrier_code(system, carrier), here->span,
		"`%s`, given to `%s`, and `%s`, given to `%s`, are both on `%s`", first->node->name,
		first->domain->name, here->node->name, here->domain->name, carrier->name);

	lop_diag_label(d, here->span, "given to `%s`", here->domain->name);
	lop_diag_label(d, first->span, "given to `%s`", first->domain->name);
	lop_diag_label(d, carrier->span, "comes along with each");
	lop_diag_help(d,
		      "give both to one of them: two drivers cannot run one controller; if they "
		      "take turns, say so with `%s` at both",
		      lop_sources_is_yaml(diags->sources, here->span)
			      ? "flags: { shared: true }"
			      : "access-flags-names = \"shared\";");
}

/* Of its own, that one driver runs; what simple-mfd holds are devices of their own. */
static bool has_registers(const struct lop_system *system, const struct lop_node *node)
{
	return lop_reg_count(system->tree, node) && lop_reg_to_root(system->tree, node, 0).mapped &&
	       !lop_node_compatible(system->tree, node, "simple-mfd");
}

/*
 * A chip on a bus controller needs the controller's driver: that is one domain's, too. users: by
 * node, the first who was given something on it.
 */
static void check_carriers(const struct lop_system *system, struct lop_diags *diags,
			   const struct lop_given *owners, struct lop_given *users,
			   const struct lop_given *here)
{
	for (const struct lop_node *n = here->node->parent; n; n = n->parent) {
		const struct lop_given *up = &owners[n->index];
		struct lop_given *first = &users[n->index];

		if (!lop_given_is_carrier(system, n))
			continue;
		if (up->domain && !lop_given_may_share(up, here)) {
			report_on_owned(system, diags, n, up, here);
			return;
		}
		if (up->domain || !has_registers(system, n))
			continue;
		if (!first->domain || lop_domain_related(first->domain, here->domain)) {
			*first = *here;
		} else if (first->node != here->node && !lop_given_may_share(first, here)) {
			report_beside(system, diags, n, first, here);
			return;
		}
	}
}

/* Nobody names the controller, so who takes everything has it, with what is on it for another. */
static void check_rest(const struct lop_system *system, struct lop_diags *diags,
		       const struct lop_domain *taker, const struct lop_given *users,
		       const bool *rest)
{
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		const struct lop_given *user = &users[n->index];
		struct lop_given up = { .domain = taker,
					.node = n,
					.flags = taker->rest_flags,
					.span = taker->rest_span };

		if (user->domain && rest[n->index] && lop_given_reaches(system, taker, n) &&
		    !lop_given_may_share(&up, user))
			report_on_owned(system, diags, n, &up, user);
	}
}

static void check_takers(const struct lop_system *system, struct lop_diags *diags,
			 const struct lop_given *users)
{
	bool *rest = lop_given_rest(system);

	for (size_t i = 0; i < system->n_domains; i++)
		if (system->domains[i]->access_all || system->domains[i]->is_default)
			check_rest(system, diags, system->domains[i], users, rest);
	free(rest);
}

void lop_rule_device_exclusive(const struct lop_system *system, struct lop_diags *diags)
{
	size_t size = (system->tree->n_nodes + 1) * sizeof(struct lop_given);
	struct lop_given *owners = lop_given_table(system, diags);
	struct lop_given *users = memset(lop_xmalloc(size), 0, size);

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < domain->n_access + domain->n_named; k++) {
			struct lop_given here = lop_given_get(domain, k);

			check_carriers(system, diags, owners, users, &here);
		}
	}
	check_takers(system, diags, users);
	free(users);
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
