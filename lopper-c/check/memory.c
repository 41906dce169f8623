/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about memory and sram of domains. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/rules.h"

static size_t n_uses(const struct lop_domain *domain)
{
	return domain->n_memory + domain->n_sram;
}

static const struct lop_memory_use *nth_use(const struct lop_domain *domain, size_t i)
{
	return i < domain->n_memory ? &domain->memory[i] : &domain->sram[i - domain->n_memory];
}

/* --- it exists --- */

/* How far, from its start, a range is covered by physical memory (of whatever node). */
static uint64_t covered(const struct lop_system *system, struct lop_range range)
{
	struct lop_range left = range;
	bool more = true;

	while (more && left.size) {
		more = false;
		for (size_t i = 0; i < system->n_physical && left.size; i++) {
			struct lop_range part =
				lop_range_intersect(system->physical[i].range, left);

			if (!part.size || part.base != left.base)
				continue;
			left.base += part.size;
			left.size -= part.size;
			more = true;
		}
	}
	return range.size - left.size;
}

static const struct lop_physical *nearest_memory(const struct lop_system *system,
						 struct lop_range range)
{
	const struct lop_physical *best = NULL;
	uint64_t distance = UINT64_MAX;

	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_physical *p = &system->physical[i];
		uint64_t last = lop_range_last(p->range);
		uint64_t gap = range.base > last	    ? range.base - last
			       : p->range.base > range.base ? p->range.base - range.base
							    : 0;

		if (gap < distance) {
			distance = gap;
			best = p;
		}
	}
	return best;
}

static void report_outside(const struct lop_system *system, struct lop_diags *diags,
			   const struct lop_domain *domain, const struct lop_memory_use *use)
{
	char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	const struct lop_physical *p = nearest_memory(system, use->range);
	struct lop_diag *d =
		lop_report(diags, LOP_MEM_OUTSIDE, use->span,
			   "memory of `%s` is outside the machine's: %s (%s)", domain->name,
			   lop_range_text(use->range, range), lop_size_text(use->range.size, size));

	lop_diag_label(d, use->span, "`%s` asks for this", domain->name);
	if (p) {
		lop_diag_label(d, p->node->span, "the nearest memory: %s",
			       lop_range_text(p->range, range));
		lop_diag_help(d, "the machine has %s (%s) in `%s`", lop_range_text(p->range, range),
			      lop_size_text(p->range.size, size), p->node->name);
	} else {
		lop_diag_help(
			d,
			"the tree has no memory: add `memory@0 { device_type = \"memory\"; reg = <..>; };`");
	}
}

void lop_rule_memory_physical(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < n_uses(domain); k++)
			if (covered(system, nth_use(domain, k)->range) !=
			    nth_use(domain, k)->range.size)
				report_outside(system, diags, domain, nth_use(domain, k));
	}
}

/* Through however many windows; *seen is how much shows from the start. */
static bool sees_all(const struct lop_system *system, const struct lop_cluster *cluster,
		     const struct lop_memory_use *use, bool in_sram, uint64_t *seen)
{
	const struct lop_physical *home =
		lop_system_home(system, cluster, use->range.base, in_sram);
	struct lop_range left = use->range, view;

	while (left.size &&
	       lop_cluster_sees_memory(system, cluster, left, home ? home->sram : in_sram, &view) &&
	       view.size) {
		left.base += view.size;
		left.size -= view.size;
	}
	*seen = use->range.size - left.size;
	return !left.size;
}

void lop_rule_memory_visible(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		const struct lop_cluster *cluster = lop_domain_cluster(domain);

		for (size_t k = 0; cluster && !cluster->map_lost && k < n_uses(domain); k++) {
			const struct lop_memory_use *use = nth_use(domain, k);
			char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
			uint64_t seen = 0;
			struct lop_diag *d;

			if (covered(system, use->range) != use->range.size ||
			    sees_all(system, cluster, use, k >= domain->n_memory, &seen))
				continue;
			d = lop_report(diags, LOP_MEM_UNSEEN, use->span,
				       "cluster `%s` does not see all memory of `%s`: %s",
				       cluster->name, domain->name,
				       lop_range_text(use->range, range));
			lop_diag_label(d, cluster->node->span, "its address-map shows %s of it",
				       seen ? lop_size_text(seen, size) : "nothing");
			lop_diag_help(
				d,
				"add an entry to the address-map of `%s`; the memory is taken "
				"to be where the root has it",
				cluster->name);
		}
	}
}

/* --- it is one domain's --- */

struct piece {
	const struct lop_domain *domain;
	const struct lop_memory_use *use;
};

static int by_base(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->use->range.base != y->use->range.base)
		return x->use->range.base < y->use->range.base ? -1 : 1;
	return x->use < y->use ? -1 : x->use > y->use;
}

/* A reserved-memory region around one of the ranges: carved out of the other's memory. */
static bool carved_out(const struct lop_system *system, struct lop_range a, struct lop_range b)
{
	for (size_t i = 0; i < system->n_reserved; i++) {
		struct lop_range r = system->reserved[i].range;

		if (lop_range_contains(r, a) || lop_range_contains(r, b))
			return true;
	}
	return false;
}

static bool same_range(struct lop_range a, struct lop_range b)
{
	return a.base == b.base && a.size == b.size;
}

static void report_shared(const struct lop_system *system, struct lop_diags *diags,
			  const struct piece *a, const struct piece *b)
{
	char range[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if ((a->use->flags & b->use->flags & LOP_FLAG_SHARED) ||
	    (!lop_sources_is_yaml(system->diags->sources, a->use->span) &&
	     !lop_sources_is_yaml(system->diags->sources, b->use->span)))
		return;
	d = lop_report(diags, LOP_MEM_SHARED, b->use->span,
		       "`%s` and `%s` share memory %s without saying so", a->domain->name,
		       b->domain->name, lop_range_text(b->use->range, range));
	lop_diag_label(d, b->use->span, "memory of `%s`", b->domain->name);
	lop_diag_label(d, a->use->span, "memory of `%s`", a->domain->name);
	lop_diag_help(d, "write `flags: { shared: true }` at both, or change one");
}

static void report_overlap(struct lop_diags *diags, const struct piece *a, const struct piece *b)
{
	struct lop_range both = lop_range_intersect(a->use->range, b->use->range);
	char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	bool own = a->domain == b->domain;
	struct lop_diag *d =
		own ? lop_report(diags, LOP_MEM_OVERLAP, b->use->span,
				 "domain `%s` is given the same memory twice: %s (%s)",
				 b->domain->name, lop_range_text(both, range),
				 lop_size_text(both.size, size))
		    : lop_report(diags, LOP_MEM_OVERLAP, b->use->span,
				 "memory of `%s` overlaps memory of `%s` in %s (%s)",
				 b->domain->name, a->domain->name, lop_range_text(both, range),
				 lop_size_text(both.size, size));

	lop_diag_label(d, b->use->span, "`%s` asks for %s", b->domain->name,
		       lop_range_text(b->use->range, range));
	lop_diag_label(d, a->use->span, "`%s` has %s", a->domain->name,
		       lop_range_text(a->use->range, range));
	lop_diag_help(d,
		      own ? "leave one of the two entries out"
			  : "change one of the ranges; to share memory give both the same range, "
			    "or name a reserved-memory region");
}

static void compare(const struct lop_system *system, struct lop_diags *diags, const struct piece *a,
		    const struct piece *b)
{
	if (a->domain != b->domain && lop_domain_related(a->domain, b->domain))
		return;
	if (a->domain == b->domain)
		report_overlap(diags, a, b);
	else if (same_range(a->use->range, b->use->range))
		report_shared(system, diags, a, b);
	else if (!carved_out(system, a->use->range, b->use->range))
		report_overlap(diags, a, b);
}

void lop_rule_memory_overlap(const struct lop_system *system, struct lop_diags *diags)
{
	struct piece *pieces;
	size_t n = 0;

	for (size_t i = 0; i < system->n_domains; i++)
		n += n_uses(system->domains[i]);
	pieces = lop_xmalloc((n + 1) * sizeof(*pieces));
	n = 0;
	for (size_t i = 0; i < system->n_domains; i++)
		for (size_t k = 0; k < n_uses(system->domains[i]); k++)
			pieces[n++] = (struct piece){ system->domains[i],
						      nth_use(system->domains[i], k) };
	qsort(pieces, n, sizeof(*pieces), by_base);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1;
		     k < n && diags->errors < LOP_DIAG_MAX &&
		     lop_range_overlaps(pieces[i].use->range, pieces[k].use->range);
		     k++)
			compare(system, diags, &pieces[i], &pieces[k]);
	free(pieces);
}

/* --- it is the parent's --- */

/* Does the domain's memory, taken together, cover a range? */
static bool holds(const struct lop_domain *domain, struct lop_range range)
{
	bool more = true;

	while (more && range.size) {
		more = false;
		for (size_t i = 0; i < n_uses(domain) && range.size; i++) {
			struct lop_range part =
				lop_range_intersect(nth_use(domain, i)->range, range);

			if (!part.size || part.base != range.base)
				continue;
			range.base += part.size;
			range.size -= part.size;
			more = true;
		}
	}
	return !range.size;
}

static void check_within(const struct lop_domain *domain, const struct lop_domain *parent,
			 struct lop_diags *diags)
{
	char range[LOP_RANGE_TEXT];

	for (size_t i = 0; i < n_uses(domain); i++) {
		const struct lop_memory_use *use = nth_use(domain, i);
		struct lop_diag *d;

		if (holds(parent, use->range))
			continue;
		d = lop_report(diags, LOP_BEYOND_PARENT, use->span,
			       "memory of `%s` is not within that of its parent `%s`: %s",
			       domain->name, parent->name, lop_range_text(use->range, range));
		lop_diag_label(d, parent->n_memory ? parent->memory[0].span : parent->span,
			       "the parent's");
		lop_diag_help(
			d,
			"what a nested domain has comes out of its parent's: give the parent this memory too");
	}
}

void lop_rule_memory_within_parent(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *parent = system->domains[i]->parent;

		while (parent && !n_uses(parent))
			parent = parent->parent;
		if (parent && !parent->memory_all && !parent->sram_all)
			check_within(system->domains[i], parent, diags);
	}
}
