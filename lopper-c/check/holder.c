/* SPDX-License-Identifier: BSD-3-Clause */
/* Who is given a device; see holder.h. */
#include "lopper-c/check/holder.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/tree/bus.h"

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
	return a->node && (lop_domain_relates(a->domain, b->domain, a->node) ||
			   lop_domain_relates(b->domain, a->domain, a->node));
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

/* --- by node --- */

static void mark_other(struct lop_holders *holders)
{
	static const char *const tops[] = { "domains", "reserved-memory", "chosen", "aliases",
					    "__symbols__" };
	const struct lop_system *system = holders->system;

	for (size_t i = 0; i < system->n_clusters; i++)
		holders->other[system->clusters[i].node->index] = true;
	for (size_t i = 0; i < system->n_physical; i++)
		holders->other[system->physical[i].node->index] = true;
	for (size_t i = 0; i < sizeof(tops) / sizeof(tops[0]); i++) {
		const struct lop_node *top =
			lop_node_child(system->tree, system->tree->root, tops[i]);

		if (top)
			holders->other[top->index] = true;
	}
}

static void mark_named(struct lop_holders *holders, const struct lop_domain *domain)
{
	for (size_t i = 0; i < lop_holder_count(domain); i++) {
		struct lop_holder here = lop_holder_nth(domain, i);
		struct lop_holder *first = &holders->named[here.node->index];

		if (!first->domain || lop_domain_related(first->domain, domain))
			*first = here;
	}
}

struct lop_holders lop_holders_make(const struct lop_system *system)
{
	const struct lop_node *root = system->tree->root;
	size_t n = system->tree->n_nodes + 1;
	struct lop_holders h = { system, lop_xmalloc(n * sizeof(*h.named)),
				 lop_xmalloc(n * sizeof(*h.other)) };

	memset(h.named, 0, n * sizeof(*h.named));
	memset(h.other, 0, n * sizeof(*h.other));
	mark_other(&h);
	for (size_t i = 0; i < system->n_domains; i++)
		mark_named(&h, system->domains[i]);
	for (const struct lop_node *node = lop_node_next(root, root); node;
	     node = lop_node_next(node, root)) {
		h.other[node->index] |= h.other[node->parent->index];
		if (!h.named[node->index].domain)
			h.named[node->index] = h.named[node->parent->index];
	}
	return h;
}

void lop_holders_free(struct lop_holders *holders)
{
	free(holders->named);
	free(holders->other);
}

struct lop_holder lop_holders_of(const struct lop_holders *holders, const struct lop_node *node)
{
	const struct lop_domain *rest = holders->system->default_domain;
	struct lop_holder holder = holders->named[node->index];

	if (!holder.domain && rest && lop_node_enabled(holders->system->tree, node))
		holder = (struct lop_holder){ .domain = rest, .span = rest->span };
	return holder;
}

void lop_holder_label(struct lop_diag *d, const struct lop_holder *holder)
{
	if (holder->node)
		lop_diag_label(d, holder->span, "given to `%s`", holder->domain->name);
	else
		lop_diag_label(d, holder->span, "the default domain has what nobody names");
}
