/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rules about what the isolation hardware can express: pages of a manager's stage 2, or the regions
 * of the unit that protects a cluster.
 */
#include "lopper-c/model/isolation.h"

#include "lopper-c/check/rules.h"

/* --- one range --- */

static void check_granule(const struct lop_system *system, struct lop_diags *diags,
			  const struct lop_domain *domain, const struct lop_memory_use *use,
			  const struct lop_granule *granule)
{
	char text[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (!use->range.size || use->moved || lop_granule_count(granule, use->range))
		return;
	d = lop_report(diags, system->manager ? LOP_ISOLATION : LOP_ISOLATION_REGIONS, use->span,
		       "%s cannot express memory of `%s`: %s", granule->hardware, domain->name,
		       lop_range_text(use->range, text));
	lop_diag_label(d, use->span, "`%s` runs on `%s`", domain->name,
		       lop_domain_cluster(domain)->name);
	lop_diag_help(d, "write a start and a size that are multiples of %s",
		      lop_size_text(granule->align, size));
}

/* --- all of them --- */

/* The domain's memory and its windows, joined; arena memory. */
static struct lop_range *ranges_of(const struct lop_system *system, const struct lop_domain *domain,
				   size_t *n)
{
	size_t count = lop_domain_n_uses(domain);
	struct lop_range *ranges =
		lop_arena_alloc(system->arena, (count + system->n_links + 1) * sizeof(*ranges));

	*n = 0;
	for (size_t i = 0; i < count; i++)
		ranges[(*n)++] = lop_domain_use(domain, i)->range;
	for (size_t i = 0; i < system->n_links; i++)
		if (system->links[i]->end[0] == domain || system->links[i]->end[1] == domain)
			ranges[(*n)++] = system->links[i]->window;
	*n = lop_ranges_join(ranges, *n);
	return ranges;
}

static void check_count(const struct lop_system *system, struct lop_diags *diags,
			const struct lop_domain *domain, const struct lop_granule *granule)
{
	size_t n, regions = 0;
	const struct lop_range *ranges = ranges_of(system, domain, &n);
	struct lop_diag *d;

	for (size_t i = 0; i < n; i++)
		regions += lop_granule_count(granule, ranges[i]);
	if (regions <= granule->regions)
		return;
	d = lop_report(diags, LOP_ISOLATION_REGIONS, domain->span,
		       "memory and windows of `%s` take %zu %s, and `%s` has %u", domain->name,
		       regions, granule->hardware, lop_domain_cluster(domain)->name,
		       granule->regions);
	lop_diag_label(d, domain->span, "%zu range%s", n, n == 1 ? "" : "s");
	lop_diag_help(d, granule->natural ? "take fewer ranges, each a power of two and aligned to "
					    "its own size"
					  : "take fewer ranges: join those that can be");
}

/* Stage 2 counts in systems with a manager; the other units are programmed by who runs there. */
void lop_rule_isolation_regions(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		const struct lop_cluster *cluster = lop_domain_cluster(domain);
		struct lop_granule granule;

		if (!cluster || !domain->n_cpus)
			continue;
		granule = lop_granule_in(system->tree, cluster);
		if (!granule.regions && !system->manager)
			continue;
		for (size_t k = 0; k < lop_domain_n_uses(domain); k++)
			if (!lop_domain_use(domain, k)->all)
				check_granule(system, diags, domain, lop_domain_use(domain, k),
					      &granule);
		if (granule.regions)
			check_count(system, diags, domain, &granule);
	}
}
