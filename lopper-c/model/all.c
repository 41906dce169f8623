/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * `memory: ['*']`: all physical memory that the domain's cluster sees and that no other domain
 * names, as entries like any other; then who has what. Needs the lists of all domains.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/model/build.h"

struct ranges {
	struct lop_range *items; /* malloc memory; sorted, apart from each other */
	size_t n;
};

static size_t add_named(struct lop_range *out, const struct lop_memory_use *uses, size_t n,
			bool placed)
{
	size_t added = 0;

	for (size_t i = 0; i < n; i++)
		if (!uses[i].all && (placed || !uses[i].automatic))
			out[added++] = uses[i].range;
	return added;
}

/* What it names itself, and what those do that are no relatives. */
static struct ranges find_named(const struct lop_system *system, const struct lop_domain *domain,
				bool placed)
{
	struct ranges r = { 0 };
	size_t most = 0;

	for (size_t i = 0; i < system->n_domains; i++)
		most += system->domains[i]->n_memory + system->domains[i]->n_sram;
	r.items = lop_xmalloc((most + 1) * sizeof(*r.items));
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *e = system->domains[i];

		if (e != domain && lop_domain_related(e, domain))
			continue;
		r.n += add_named(&r.items[r.n], e->memory, e->n_memory, placed);
		r.n += add_named(&r.items[r.n], e->sram, e->n_sram, placed);
	}
	r.n = lop_ranges_join(r.items, r.n);
	return r;
}

struct list {
	struct lop_memory_use **uses;
	size_t *n;
	struct lop_span span;
	uint64_t end; /* what lies below has been added, as another node's: they can be aliases */
};

static void add_seen(struct lop_system *system, const struct lop_cluster *cluster,
		     const struct lop_physical *p, struct lop_range left, struct list *list)
{
	struct lop_range part, view;

	while (lop_cluster_next_part(system, cluster, p, &left, &part, &view))
		*LOP_APPEND(system->arena, *list->uses, *list->n) =
			(struct lop_memory_use){ .range = part, .all = true, .span = list->span };
}

static void add_rest(struct lop_system *system, const struct lop_cluster *cluster,
		     const struct lop_physical *p, const struct ranges *named, struct list *list)
{
	struct lop_range left = p->range;
	size_t before = *list->n, lo;

	if (list->end > left.base) {
		if (list->end > lop_range_last(left))
			return;
		left.size -= list->end - left.base;
		left.base = list->end;
	}
	lo = lop_ranges_find(named->items, named->n, left.base);
	for (; left.size && lo < named->n && named->items[lo].base <= lop_range_last(left); lo++) {
		struct lop_range hole = named->items[lo], parts[2];
		size_t n = lop_range_subtract(left, hole, parts);

		if (n && parts[0].base < hole.base)
			add_seen(system, cluster, p, parts[0], list);
		left = n && parts[n - 1].base > hole.base ? parts[n - 1]
							  : (struct lop_range){ 0, 0 };
	}
	add_seen(system, cluster, p, left, list);
	if (*list->n > before && lop_range_last(p->range) != UINT64_MAX)
		list->end = lop_range_last(p->range) + 1;
}

static int by_place(const void *a, const void *b)
{
	const struct lop_physical *x = *(const struct lop_physical *const *)a;
	const struct lop_physical *y = *(const struct lop_physical *const *)b;

	if (x->range.base != y->range.base)
		return x->range.base < y->range.base ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void expand(struct lop_system *system, struct lop_domain *domain, bool sram, bool placed)
{
	const char *prop = sram ? "lopper,sram-keep-all" : "lopper,memory-keep-all";
	const struct lop_prop *all = lop_prop_find(system->tree, domain->node, prop);
	const struct lop_physical **sorted =
		lop_xmalloc((system->n_physical + 1) * sizeof(*sorted));
	struct ranges named = find_named(system, domain, placed);
	struct list list = { sram ? &domain->sram : &domain->memory,
			     sram ? &domain->n_sram : &domain->n_memory,
			     all ? lop_prop_value_span(all) : domain->span, 0 };
	size_t n = 0;

	for (size_t i = 0; i < system->n_physical; i++)
		if (system->physical[i].sram == sram)
			sorted[n++] = &system->physical[i];
	if (n)
		qsort(sorted, n, sizeof(*sorted), by_place);
	for (size_t i = 0; i < n; i++)
		add_rest(system, lop_domain_cluster(domain), sorted[i], &named, &list);
	free(sorted);
	free(named.items);
}

static int by_address(const void *a, const void *b)
{
	const struct lop_taken *x = a, *y = b;

	if (x->range.base != y->range.base)
		return x->range.base < y->range.base ? -1 : 1;
	if (x->domain != y->domain)
		return x->domain->node->index < y->domain->node->index ? -1 : 1;
	return x->range.size < y->range.size ? -1 : x->range.size > y->range.size;
}

static void add_taken(struct lop_system *system, const struct lop_domain *domain,
		      const struct lop_memory_use *uses, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*LOP_APPEND(system->arena, system->taken, system->n_taken) =
			(struct lop_taken){ uses[i].range, domain };
}

static void sort_taken(struct lop_system *system)
{
	system->taken = NULL;
	system->n_taken = 0;
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *d = system->domains[i];

		add_taken(system, d, d->memory, d->n_memory);
		add_taken(system, d, d->sram, d->n_sram);
	}
	if (system->n_taken)
		qsort(system->taken, system->n_taken, sizeof(*system->taken), by_address);
}

static void drop_all(const struct lop_memory_use *uses, size_t *n)
{
	while (*n && uses[*n - 1].all) /* they come last */
		--*n;
}

static void share(struct lop_system *system, bool placed)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		drop_all(system->domains[i]->memory, &system->domains[i]->n_memory);
		drop_all(system->domains[i]->sram, &system->domains[i]->n_sram);
	}
	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_domain *d = system->domains[i];

		if (d->memory_all)
			expand(system, d, false, placed);
		if (d->sram_all)
			expand(system, d, true, placed);
	}
	sort_taken(system);
}

void lop_build_all_memory(struct lop_system *system)
{
	share(system, false);
}

void lop_system_share_rest(struct lop_system *system)
{
	share(system, true);
}
