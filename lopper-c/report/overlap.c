/* SPDX-License-Identifier: BSD-3-Clause */
/* One pass over the rows of a map; the rows that reach the current address are kept in a list. */
#include "lopper-c/report/overlap.h"

#include "lopper-c/report/steps.h"

#define OWNERS_MAX 16 /* of one region that are compared */

/* Do they have an owner in common, or owners of whom one contains the other? */
static bool share_owner(const struct lop_fact_region *a, const struct lop_fact_region *b)
{
	const struct lop_owner *x = a->owner;

	if (a->manager && b->manager)
		return true;
	for (size_t i = 0; x && i < OWNERS_MAX; x = x->next, i++) {
		const struct lop_owner *y = b->owner;

		for (size_t k = 0; y && k < OWNERS_MAX; y = y->next, k++)
			if (lop_domain_related(x->domain, y->domain))
				return true;
	}
	return false;
}

static bool is_part(const struct lop_fact_region *r)
{
	return r->kind == LOP_FACT_TABLE || r->kind == LOP_FACT_RING ||
	       r->kind == LOP_FACT_BUFFERS || r->kind == LOP_FACT_TRACE;
}

static bool is_memory(const struct lop_fact_region *r)
{
	return r->kind == LOP_FACT_MEMORY || r->kind == LOP_FACT_SRAM;
}

/* As the rule memory-overlap has it: a region of reserved-memory around one carves it out. */
static bool memories_meet(const struct lop_fact_region *a, const struct lop_fact_region *b)
{
	bool same = a->range.base == b->range.base && a->range.size == b->range.size;

	if (a->owner && b->owner && a->owner->domain == b->owner->domain)
		return a->given && b->given;
	if (a->kind != b->kind && !(a->given && b->given))
		return false; /* a core's own memory at an address where the machine has DRAM */
	return !same && !share_owner(a, b) && !a->carved && !b->carved && !(a->shared && b->shared);
}

/* As the rule reserved-overlap has it: a region contains others of the same owner. */
static bool reserved_meet(const struct lop_fact_region *a, const struct lop_fact_region *b)
{
	bool nested =
		lop_range_contains(a->range, b->range) || lop_range_contains(b->range, a->range);

	return !nested || !(a->holds_others || b->holds_others || share_owner(a, b));
}

/* Two regions that have addresses in common: a mistake? */
static bool must_not_meet(const struct lop_fact_region *a, const struct lop_fact_region *b)
{
	bool owned = (a->owner || a->manager) && (b->owner || b->manager);

	if (a->kind == LOP_FACT_FREE || b->kind == LOP_FACT_FREE || is_part(a) || is_part(b))
		return false;
	if (a->bus != b->bus || a->inner || b->inner)
		return false;
	if (is_memory(a) && is_memory(b))
		return memories_meet(a, b);
	if (a->kind == LOP_FACT_RESERVED && b->kind == LOP_FACT_RESERVED)
		return reserved_meet(a, b);
	if (a->kind == LOP_FACT_WINDOW && b->kind == LOP_FACT_WINDOW)
		return true;
	if ((a->kind == LOP_FACT_RESERVED && is_memory(b)) ||
	    (b->kind == LOP_FACT_RESERVED && is_memory(a)))
		return false;
	return owned && !share_owner(a, b);
}

struct active {
	struct lop_map_row *rows[LOP_ACTIVE_MAX];
	size_t n;
};

static void note(struct lop_report *report, struct lop_bus_map *map, struct lop_map_row *a,
		 struct lop_map_row *b)
{
	a->overlaps = b->overlaps = true;
	if (map->n_overlaps == LOP_OVERLAPS_MAX) {
		map->cut = true;
		return;
	}
	*LOP_APPEND(report->arena, map->overlaps, map->n_overlaps) =
		(struct lop_map_overlap){ a->region, b->region,
					  lop_range_intersect(a->range, b->range) };
}

/* Keeps those that reach the row, in order. */
static void retire(struct active *active, const struct lop_map_row *row)
{
	size_t kept = 0;

	for (size_t i = 0; i < active->n; i++)
		if (lop_range_last(active->rows[i]->range) >= row->range.base)
			active->rows[kept++] = active->rows[i];
	active->n = kept;
}

void lop_map_compare(struct lop_report *report, struct lop_bus_map *map)
{
	struct active active = { .n = 0 };

	for (size_t i = 0; i < map->n_rows; i++) {
		struct lop_map_row *row = &map->rows[i];

		retire(&active, row);
		for (size_t k = 0; k < active.n; k++) {
			struct lop_map_row *other = active.rows[k];

			row->depth += lop_range_contains(other->range, row->range);
			if (other->region != row->region &&
			    must_not_meet(other->region, row->region))
				note(report, map, other, row);
		}
		if (active.n < LOP_ACTIVE_MAX)
			active.rows[active.n++] = row;
		else
			map->cut = true;
	}
}
