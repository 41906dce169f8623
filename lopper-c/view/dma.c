/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * `dma-ranges` in the view of the domain's cluster. They name memory, so what moves is the parent's
 * side of the outermost bus that has them: its devices keep their bus addresses, and the operating
 * system finds its memory behind these. Buses below are only split where that one is.
 * Knows nothing of `ranges` and reg.
 */
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

#define STEPS_MAX 4096u /* parts of one property that are looked at */

/* A part of an entry. */
struct part {
	struct lop_range child; /* of PCI's three cells the last two */
	uint64_t parent, root, view;
	size_t cell; /* of the entry it comes from */
};

struct job {
	struct lop_cut *cut;
	const struct lop_node *bus;
	struct lop_ranges ranges;
	bool below; /* a bus above has some, too: that one moves */
	bool moved; /* some of what is seen is elsewhere than in the root */
	struct part *parts;
	size_t n;
	unsigned steps;
};

static bool read(const struct lop_tree *tree, const struct lop_node *bus, struct lop_ranges *ranges)
{
	return lop_ranges_read(tree, bus, "dma-ranges", ranges);
}

/* One step towards the root. False: not passed on; the size is then what is not, up to an entry. */
static bool step_up(const struct lop_ranges *ranges, struct lop_range *range)
{
	uint64_t gap = range->size;

	for (size_t i = 0; i < ranges->n; i++) {
		struct lop_ranges_entry e = lop_ranges_get(ranges, i);
		uint64_t offset = range->base - e.child.base;

		if (e.child.base > range->base && e.child.base - range->base < gap)
			gap = e.child.base - range->base;
		if (!lop_range_contains_addr(e.child, range->base))
			continue;
		if (range->size > e.child.size - offset)
			range->size = e.child.size - offset;
		range->base = e.parent + offset;
		return true;
	}
	range->size = gap;
	return false;
}

/* From what bus gives its children to the root; buses without `dma-ranges` pass on 1:1. */
static bool to_root(const struct lop_tree *tree, const struct lop_node *bus,
		    struct lop_range *range)
{
	struct lop_ranges ranges;

	for (; bus->parent; bus = bus->parent)
		if (read(tree, bus, &ranges) && !step_up(&ranges, range))
			return false;
	return true;
}

/* Where the cluster sees the start of a root range; *range is cut to how far this holds. */
static bool seen_at(const struct lop_cut *cut, struct lop_range *range, uint64_t *at)
{
	struct lop_range view, unseen;
	uint64_t next;
	bool seen = lop_domain_sees_memory(cut->system, cut->domain, *range, false, &view);

	if (!seen) {
		unseen = view;
		seen = lop_domain_sees_memory(cut->system, cut->domain, *range, true, &view);
		if (unseen.size < range->size && !seen)
			range->size = unseen.size;
	}
	seen = seen && view.size;
	if (seen)
		range->size = view.size;
	if ((!seen || view.base == range->base) &&
	    lop_cluster_next_window(cut->cluster, NULL, range->base, &next) &&
	    next - range->base < range->size)
		range->size = next - range->base;
	if (seen)
		*at = view.base;
	return seen;
}

static void report_fit(struct job *job, const struct part *part)
{
	lop_diag_help(lop_report(job->cut->diags, LOP_ADDRESS_OVERFLOW,
				 lop_prop_value_span(job->ranges.prop),
				 "memory at 0x%llx as cluster `%s` sees it does not fit into "
				 "`dma-ranges` of `%s`",
				 (unsigned long long)part->view, job->cut->cluster->name,
				 job->bus->name),
		      "give the bus above it #address-cells = <2>");
}

static bool extends(const struct part *last, const struct part *p)
{
	uint64_t size = last->child.size;

	return last->cell == p->cell && last->child.base + size == p->child.base &&
	       last->parent + size == p->parent && last->view + size == p->view;
}

static void push(struct job *job, const struct part *part)
{
	uint64_t last = part->view + (part->child.size - 1);

	job->moved |= part->view != part->root;
	if (!job->below && job->ranges.pa == 1 && (last > UINT32_MAX || last < part->view))
		report_fit(job, part);
	else if (job->n && extends(&job->parts[job->n - 1], part))
		job->parts[job->n - 1].child.size += part->child.size;
	else
		*LOP_APPEND(job->cut->arena, job->parts, job->n) = *part;
}

/* The parts of an entry that the cluster sees. */
static void add_entry(struct job *job, size_t i)
{
	struct lop_ranges_entry entry = lop_ranges_get(&job->ranges, i);
	struct part left = { entry.child, .parent = entry.parent, .cell = entry.cell };
	uint64_t room = (uint64_t)UINT32_MAX + 1 - (uint32_t)entry.parent;

	if (job->ranges.pa == 1 && left.child.size > room)
		left.child.size = room; /* the rest has no address on the bus above */

	while (left.child.size && job->steps++ < STEPS_MAX) {
		struct lop_range range = { left.parent, left.child.size };
		struct part here = left;

		if (to_root(job->cut->tree, job->bus->parent, &range)) {
			here.root = range.base;
			if (seen_at(job->cut, &range, &here.view)) {
				here.child.size = range.size;
				push(job, &here);
			}
		}
		left.child.base += range.size;
		left.parent += range.size;
		left.child.size -= range.size;
	}
}

static void report_steps(struct job *job)
{
	lop_diag_help(lop_report(job->cut->diags, LOP_LIMIT, lop_prop_value_span(job->ranges.prop),
				 "`dma-ranges` of `%s` falls into more than %u parts as cluster "
				 "`%s` sees it",
				 job->bus->name, STEPS_MAX, job->cut->cluster->name),
		      "join neighbours in it and in the address-map of `%s`",
		      job->cut->cluster->name);
}

static void set_parts(struct job *job)
{
	struct lop_cut *cut = job->cut;
	const struct lop_ranges *ranges = &job->ranges;
	const struct lop_value *old = &ranges->prop->value;
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };
	struct lop_span_walk spans = lop_span_walk(old, ranges->prop->span);

	for (size_t i = 0; i < job->n; i++) {
		const struct part *p = &job->parts[i];

		lop_val_mark(&cells, LOP_MARK_U32, NULL,
			     lop_span_walk_to(&spans, (uint32_t)p->cell * 4));
		if (ranges->ca == 3) /* PCI's kind of space */
			lop_val_number(&cells, lop_value_cell(old, p->cell), 1);
		lop_val_number(&cells, p->child.base, ranges->ca == 3 ? 2 : ranges->ca);
		lop_val_number(&cells, job->below ? p->parent : p->view, ranges->pa);
		lop_val_number(&cells, p->child.size, ranges->sc);
	}
	if (job->n)
		lop_cut_set(cut, cut->copy[job->bus->index], "dma-ranges", lop_val_take(&cells),
			    ranges->prop->span);
}

bool lop_cut_copy_dma_ranges(struct lop_cut *cut, const struct lop_node *bus)
{
	struct job job = { .cut = cut, .bus = bus };
	struct lop_ranges above;

	if (!cut->cluster || (!cut->cluster->n_windows && !cut->domain->moves) ||
	    !read(cut->tree, bus, &job.ranges))
		return false;
	for (const struct lop_node *n = bus->parent; n->parent; n = n->parent)
		job.below |= read(cut->tree, n, &above);
	for (size_t i = 0; i < job.ranges.n; i++)
		add_entry(&job, i);
	if (job.steps > STEPS_MAX)
		report_steps(&job);
	if (!job.moved)
		return false;
	set_parts(&job);
	return true;
}
