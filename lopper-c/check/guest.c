/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rules about guest-address: somebody translates it, stage 2 can say it, and a domain sees one
 * thing at an address. What stands at the addresses of devices is judged where its tree is
 * (view/guest.c).
 */
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"
#include "runtime/abi/partition.h"

/* --- one by one --- */

static void report_unmanaged(struct lop_diags *diags, const struct lop_domain *domain,
			     const struct lop_memory_use *use)
{
	struct lop_diag *d = lop_report(diags, LOP_GUEST_ADDRESS, use->guest_span,
					"memory of `%s` has a guest-address in a system without "
					"a manager",
					domain->name);

	lop_diag_label(d, use->guest_span, "nothing translates this to 0x%llx",
		       (unsigned long long)use->range.base);
	lop_diag_help(d, "leave it out, or add `manager:`, whose stage-2 tables show memory "
			 "elsewhere");
}

static void check_pages(struct lop_diags *diags, const struct lop_domain *domain,
			const struct lop_memory_use *use)
{
	const uint64_t granule = pm_granule(PM_ISA_ARM64);
	const struct {
		const char *what;
		uint64_t number;
		struct lop_span span;
	} rows[] = {
		{ "the guest-address", use->guest, use->guest_span },
		{ "the start", use->range.base, use->span },
		{ "the size", use->range.size, use->span },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lop_diag *d;

		if (rows[i].number % granule == 0)
			continue;
		d = lop_report(diags, LOP_GUEST_ADDRESS, rows[i].span,
			       "%s of memory of `%s` is not a whole number of pages: 0x%llx",
			       rows[i].what, domain->name, (unsigned long long)rows[i].number);
		lop_diag_label(d, use->guest_span, "the manager translates this, page by page");
		lop_diag_help(d, "stage 2 has pages of 4 KiB: write a multiple of 0x%llx",
			      (unsigned long long)granule);
		return;
	}
}

/* The last address that stage 2 has, and that the domain's tree can say. */
static uint64_t last_address(const struct lop_system *system)
{
	uint64_t top = pm_last_address(PM_ISA_ARM64);

	return lop_address_cells(system->tree, system->tree->root) < 2 && top > UINT32_MAX
		       ? UINT32_MAX
		       : top;
}

static void check_fits(const struct lop_system *system, struct lop_diags *diags,
		       const struct lop_domain *domain, const struct lop_memory_use *use)
{
	const uint64_t last = last_address(system);
	char size[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (use->guest <= last && use->range.size - 1 <= last - use->guest)
		return;
	d = lop_report(diags, LOP_GUEST_ADDRESS, use->guest_span,
		       "memory of `%s` runs past the last address: %s at 0x%llx", domain->name,
		       lop_size_text(use->range.size, size), (unsigned long long)use->guest);
	lop_diag_label(d, use->guest_span, "the last address is 0x%llx", (unsigned long long)last);
	lop_diag_help(d, last == UINT32_MAX
				 ? "give the root #address-cells = <2>, or take a lower address"
				 : "stage 2 translates addresses of 48 bits: take a lower one");
}

/* Of the moved memory of a supervised system that has a place. */
static void for_each_moved(const struct lop_system *system, struct lop_diags *diags,
			   void (*each)(const struct lop_system *system, struct lop_diags *diags,
					const struct lop_domain *domain,
					const struct lop_memory_use *use))
{
	for (size_t i = 0; i < system->n_domains && system->manager; i++)
		for (size_t k = 0; k < system->domains[i]->n_memory; k++) {
			const struct lop_memory_use *use = &system->domains[i]->memory[k];

			if (use->moved && use->range.size)
				each(system, diags, system->domains[i], use);
		}
}

static void check_one(const struct lop_system *system, struct lop_diags *diags,
		      const struct lop_domain *domain, const struct lop_memory_use *use)
{
	check_pages(diags, domain, use);
	check_fits(system, diags, domain, use);
}

void lop_rule_guest_address(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains && !system->manager; i++)
		for (size_t k = 0; k < system->domains[i]->n_memory; k++)
			if (system->domains[i]->memory[k].moved)
				report_unmanaged(diags, system->domains[i],
						 &system->domains[i]->memory[k]);
	for_each_moved(system, diags, check_one);
}

/* --- beside each other --- */

/* Something that a domain sees, or of which it sees a part. */
struct thing {
	struct lop_range view;
	struct lop_span span;
	const char *what;
};

/* What is compared: something that the manager shows elsewhere, with all else of its domain. */
struct job {
	const struct lop_system *system;
	struct lop_diags *diags;
	const struct lop_domain *domain;
	struct thing moved;
};

static void compare(const struct job *job, const struct thing *other)
{
	const struct thing *moved = &job->moved;
	struct lop_range both = lop_range_intersect(moved->view, other->view);
	char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (!both.size)
		return;
	d = lop_report(job->diags, LOP_GUEST_ADDRESS, moved->span,
		       "`%s` would see %s and %s in %s (%s)", job->domain->name, moved->what,
		       other->what, lop_range_text(both, range), lop_size_text(both.size, size));
	lop_diag_label(d, moved->span, "seen at %s", lop_range_text(moved->view, range));
	lop_diag_label(d, other->span, "seen at %s", lop_range_text(other->view, range));
	lop_diag_help(d, "take a guest-address where the domain sees nothing else");
}

#define PIECES_MAX 64 /* windows that a range is seen through, one after the other */

/* Where its cluster sees a range that is not moved. */
static void compare_seen(const struct job *job, struct lop_range root, const struct thing *like)
{
	const struct lop_cluster *cluster = lop_domain_cluster(job->domain);
	struct thing other = *like;

	for (unsigned i = 0; i < PIECES_MAX && root.size; i++) {
		other.view = root;
		if (cluster &&
		    !lop_cluster_sees_memory(job->system, cluster, root, false, &other.view) &&
		    !lop_cluster_sees_memory(job->system, cluster, root, true, &other.view))
			return;
		compare(job, &other);
		root.base += other.view.size;
		root.size -= other.view.size;
	}
}

/* All memory that is not moved, and the moved entries before end (NULL: none). */
static void compare_memory(const struct job *job, const struct lop_memory_use *end)
{
	const struct lop_domain *domain = job->domain;
	struct thing other = { .what = "other memory of its own" };

	if (!end)
		other.what = "its memory";
	for (size_t i = 0; i < domain->n_memory + domain->n_sram; i++) {
		const struct lop_memory_use *use = i < domain->n_memory
							   ? &domain->memory[i]
							   : &domain->sram[i - domain->n_memory];

		other.view = lop_use_guest(use);
		other.span = use->moved ? use->guest_span : use->span;
		if (!use->moved)
			compare_seen(job, use->range, &other);
		else if (end && use < end)
			compare(job, &other);
	}
}

static struct thing window_of(const struct lop_system *system, const struct lop_link *link,
			      unsigned end)
{
	return (struct thing){
		.view = { link->guest[end], link->window.size },
		.span = link->window_span.text ? link->window_span : link->span,
		.what = lop_arena_printf(system->arena, "the window of link `%s`", link->name),
	};
}

/* Windows that are not moved, and the moved ones before an end of a link. */
static void compare_windows(const struct job *job, size_t before)
{
	for (size_t i = 0; i < 2 * job->system->n_links; i++) {
		const struct lop_link *link = job->system->links[i / 2];
		const struct thing other = window_of(job->system, link, i % 2);

		if (link->end[i % 2] != job->domain || !link->window.size)
			continue;
		if (link->guest[i % 2] == UINT64_MAX)
			compare_seen(job, link->window, &other);
		else if (i < before)
			compare(job, &other);
	}
}

static void report_half(const struct job *job, const struct lop_memory_use *use,
			const struct lop_node *region, struct lop_range range)
{
	const char *domain = job->domain->name;
	char a[LOP_RANGE_TEXT], b[LOP_RANGE_TEXT];
	struct lop_diag *d = lop_report(job->diags, LOP_GUEST_ADDRESS, use->guest_span,
					"`%s` is not all in the memory of `%s` that is moved",
					region->name, domain);

	lop_diag_label(d, use->guest_span, "moves %s", lop_range_text(use->range, a));
	lop_diag_label(d, region->span, "used by `%s`: %s", domain, lop_range_text(range, b));
	lop_diag_help(d, "a region goes with the memory around it: make the memory larger, or the "
			 "region smaller");
}

/* Regions that are not in moved memory; use: of which none may have a part (NULL: of any). */
static void compare_regions(const struct job *job, const struct lop_memory_use *use)
{
	for (size_t i = 0; i < job->domain->n_all_regions; i++) {
		const struct lop_node *node = job->domain->regions[i].node;
		struct thing other = { .span = node->span };

		other.what = lop_arena_printf(job->system->arena, "`%s`", node->name);
		for (size_t k = 0; k < lop_reg_count(job->system->tree, node); k++) {
			struct lop_where where = lop_reg_to_root(job->system->tree, node, k);

			if (!where.mapped || (use && lop_range_contains(use->range, where.range)))
				continue;
			if (use && lop_range_overlaps(use->range, where.range))
				report_half(job, use, node, where.range);
			else if (!lop_domain_moved(job->domain, where.range.base))
				compare_seen(job, where.range, &other);
		}
	}
}

static void compare_use(const struct lop_system *system, struct lop_diags *diags,
			const struct lop_domain *domain, const struct lop_memory_use *use)
{
	const struct job job = {
		system, diags, domain, { lop_use_guest(use), use->guest_span, "its memory" }
	};

	compare_memory(&job, use);
	compare_windows(&job, 2 * system->n_links);
	compare_regions(&job, use);
}

/* The window of an end of a link; moved memory has been compared with it. */
static void compare_window(const struct lop_system *system, struct lop_diags *diags, size_t i)
{
	const struct lop_link *link = system->links[i / 2];
	const struct job job = { system, diags, link->end[i % 2], window_of(system, link, i % 2) };

	if (link->guest[i % 2] == UINT64_MAX || !link->window.size)
		return;
	compare_memory(&job, NULL);
	compare_windows(&job, i);
	compare_regions(&job, NULL);
}

void lop_rule_guest_apart(const struct lop_system *system, struct lop_diags *diags)
{
	for_each_moved(system, diags, compare_use);
	for (size_t i = 0; i < 2 * system->n_links && system->manager; i++)
		compare_window(system, diags, i);
}
