/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about single properties of a domain. */
#include <string.h>

#include "lopper-c/check/rules.h"

static bool has_cells(const struct lop_prop *prop)
{
	const struct lop_marker *m = prop->value.markers;

	while (m && m->kind != LOP_MARK_U32)
		m = m->next;
	return m != NULL;
}

void lop_rule_domain_compatible(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		const struct lop_prop *prop =
			lop_prop_find(system->tree, domain->node, "compatible");
		struct lop_diag *d;

		if (!prop || (lop_node_says_domain(system->tree, domain->node) && !has_cells(prop)))
			continue;
		d = lop_report(diags, LOP_MISSING_VALUE, lop_prop_value_span(prop),
			       "`compatible` of domain `%s` does not say that it is a domain",
			       domain->name);
		lop_diag_help(d, "write `openamp,domain-v1`");
	}
}

void lop_rule_firewall_default(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		const struct lop_prop *prop =
			lop_prop_find(system->tree, domain->node, "firewallconf-default");
		struct lop_diag *d;

		if (!prop || prop->value.len == 8)
			continue;
		d = lop_report(diags, LOP_BAD_CELLS, lop_prop_value_span(prop),
			       "the firewall of domain `%s` has %zu cells for everybody else, not "
			       "one entry of 2",
			       domain->name, lop_value_n_cells(&prop->value));
		lop_diag_help(d, "leave one entry without `domain`: <action priority>");
	}
}

void lop_rule_relation_peer(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < domain->n_relations; k++) {
			const struct lop_relation *r = &domain->relations[k];
			struct lop_diag *d;

			if (r->peer != domain)
				continue;
			d = lop_report(diags, LOP_WRONG_NODE, r->span,
				       "a relation of domain `%s` names the domain itself",
				       domain->name);
			lop_diag_help(d, "name the domain at the other end");
		}
	}
}
