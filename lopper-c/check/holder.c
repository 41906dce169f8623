/* SPDX-License-Identifier: BSD-3-Clause */
/* Who is given a device; see holder.h. Reports nothing. */
#include "lopper-c/check/holder.h"

size_t lop_holder_count(const struct lop_domain *domain)
{
	return domain->n_access + domain->n_named;
}

struct lop_holder lop_holder_nth(const struct lop_domain *domain, size_t i)
{
	if (i < domain->n_access) {
		const struct lop_access *a = &domain->access[i];

		return (struct lop_holder){ domain, a->node, a->group, a->flags, a->span };
	}
	return (struct lop_holder){ .domain = domain,
				    .node = domain->named[i - domain->n_access].node,
				    .span = domain->named[i - domain->n_access].span };
}

bool lop_holders_may_share(const struct lop_holder *a, const struct lop_holder *b)
{
	const uint64_t shared = LOP_FLAG_SHARED | LOP_FLAG_TIMESHARE;

	if (lop_domain_related(a->domain, b->domain))
		return true;
	if (a->group && a->group == b->group)
		return true; /* that is what a resource group is for */
	if (a->flags & b->flags & shared)
		return true;
	/* both ends of a relation name its mailbox, timer and carveouts */
	return lop_domain_relates(a->domain, b->domain, a->node) ||
	       lop_domain_relates(b->domain, a->domain, a->node);
}

bool lop_node_below_top(const struct lop_system *system, const struct lop_node *node,
			const char *top)
{
	const struct lop_node *t = lop_node_child(system->tree, system->tree->root, top);

	return t && lop_node_below(node, t);
}

const char *lop_holder_share_help(const struct lop_diags *diags, struct lop_span span)
{
	return lop_sources_is_yaml(diags->sources, span)
		       ? "give it to one of them, or write `flags: { shared: true }` at both"
		       : "give it to one of them, or write `access-flags-names = \"shared\";`, a "
			 "string per entry, at both";
}
