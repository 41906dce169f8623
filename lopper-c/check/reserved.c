/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about reserved-memory and the carveouts of relations. */
#include <stdlib.h>

#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

static bool relation_has(const struct lop_relation *r, const struct lop_node *node)
{
	return lop_uses_have(r->carveouts, r->n_carveouts, node) ||
	       lop_uses_have(r->elfload, r->n_elfload, node);
}

static bool domain_has(const struct lop_domain *domain, const struct lop_node *node)
{
	for (size_t i = 0; i < domain->n_relations; i++)
		if (relation_has(&domain->relations[i], node))
			return true;
	return lop_uses_have(domain->reserved, domain->n_reserved, node);
}

/* Does one domain name both, or a relation one of them at each end? */
static bool belong_together(const struct lop_system *system, const struct lop_node *a,
			    const struct lop_node *b)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		if (domain_has(domain, a) && domain_has(domain, b))
			return true;
		for (size_t k = 0; k < domain->n_relations; k++) {
			const struct lop_relation *r = &domain->relations[k];

			if (relation_has(r, a) && r->peer && domain_has(r->peer, b))
				return true;
			if (relation_has(r, b) && r->peer && domain_has(r->peer, a))
				return true;
		}
	}
	return false;
}

/* One contains the other, and whoever names one names the other: a window over its parts. */
static bool is_container(const struct lop_system *system, const struct lop_reserved *a,
			 const struct lop_reserved *b)
{
	if (!lop_range_contains(a->range, b->range) && !lop_range_contains(b->range, a->range))
		return false;
	return a->domain_memory || b->domain_memory || belong_together(system, a->node, b->node);
}

static int by_base(const void *a, const void *b)
{
	const struct lop_reserved *x = *(const struct lop_reserved *const *)a;
	const struct lop_reserved *y = *(const struct lop_reserved *const *)b;

	if (x->range.base != y->range.base)
		return x->range.base < y->range.base ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void report(struct lop_diags *diags, const struct lop_reserved *a,
		   const struct lop_reserved *b)
{
	struct lop_range both = lop_range_intersect(a->range, b->range);
	char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	struct lop_diag *d = lop_report(diags, LOP_RESERVED_OVERLAP, b->node->span,
					"reserved-memory `%s` overlaps `%s` in %s (%s)",
					b->node->name, a->node->name, lop_range_text(both, range),
					lop_size_text(both.size, size));

	lop_diag_label(d, b->node->span, "%s", lop_range_text(b->range, range));
	lop_diag_label(d, a->node->span, "%s", lop_range_text(a->range, range));
	lop_diag_help(d, "change one; a region may contain others only where the same domain or "
			 "the same relation names them");
}

void lop_rule_reserved_overlap(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_reserved **sorted =
		lop_xmalloc((system->n_reserved + 1) * sizeof(*sorted));
	size_t n = 0;

	for (size_t i = 0; i < system->n_reserved; i++)
		if (system->reserved[i].range.size)
			sorted[n++] = &system->reserved[i];
	qsort(sorted, n, sizeof(*sorted), by_base);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && diags->errors < LOP_DIAG_MAX &&
				       lop_range_overlaps(sorted[i]->range, sorted[k]->range);
		     k++)
			if (!is_container(system, sorted[i], sorted[k]))
				report(diags, sorted[i], sorted[k]);
	free(sorted);
}

void lop_rule_carveout_kind(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < domain->n_relations; k++) {
			const struct lop_relation *r = &domain->relations[k];

			for (size_t c = 0; c < r->n_carveouts; c++) {
				const struct lop_node *node = r->carveouts[c].node;

				if (lop_reg_count(system->tree, node))
					continue;
				lop_diag_help(
					lop_report(diags, LOP_WRONG_NODE, r->carveouts[c].span,
						   "carveout `%s` of domain `%s` has no address",
						   node->name, domain->name),
					"a carveout is a reserved-memory region with reg, or a "
					"device with one");
			}
		}
	}
}
