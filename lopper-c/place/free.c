/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of free ranges: built once, cut down as places are given out. */
#include "lopper-c/place/free.h"

#include <assert.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
	const struct lop_range *x = a, *y = b;

	return x->base < y->base ? -1 : x->base > y->base;
}

/* Memory nodes can overlap (aliases of one another): each byte is free once. */
static void add_physical(struct lop_free *free, const struct lop_system *system)
{
	struct lop_range *all =
		lop_arena_alloc(system->arena, (system->n_physical + 1) * sizeof(*all));
	size_t n = 0;

	for (size_t i = 0; i < system->n_physical; i++)
		if (system->physical[i].typed && !system->physical[i].sram)
			all[n++] = system->physical[i].range;
	qsort(all, n, sizeof(*all), compare);
	for (size_t i = 0; i < n; i++) {
		struct lop_range rest[2] = { all[i] };
		size_t parts = 1;

		if (free->n)
			parts = lop_range_subtract(all[i], free->ranges[free->n - 1], rest);
		if (parts)
			*LOP_APPEND(free->arena, free->ranges, free->n) = rest[parts - 1];
	}
}

struct lop_free lop_free_build(const struct lop_system *system)
{
	struct lop_free free = { .arena = system->arena };

	add_physical(&free, system);
	for (size_t i = 0; i < system->n_reserved; i++)
		lop_free_take(&free, system->reserved[i].range);
	for (const struct lop_memreserve *m = system->tree->memreserves; m; m = m->next)
		lop_free_take(&free, m->range);
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *d = system->domains[i];

		for (size_t k = 0; k < d->n_memory; k++)
			if (!d->memory[k].automatic && !d->memory[k].all)
				lop_free_take(&free, d->memory[k].range);
	}
	for (size_t i = 0; i < system->n_links; i++)
		lop_free_take(&free, system->links[i]->window);
	if (system->manager)
		lop_free_take(&free, system->manager->memory);
	return free;
}

void lop_free_take(struct lop_free *free, struct lop_range range)
{
	struct lop_range *old = free->ranges;
	size_t n = free->n;

	if (!range.size)
		return;
	free->ranges = NULL;
	free->n = 0;
	for (size_t i = 0; i < n; i++) {
		struct lop_range rest[2];
		size_t parts = lop_range_subtract(old[i], range, rest);

		for (size_t k = 0; k < parts; k++)
			*LOP_APPEND(free->arena, free->ranges, free->n) = rest[k];
	}
}

/* Base rounded up, false where that is beyond the range. */
static bool round_up(struct lop_range hole, uint64_t align, uint64_t *base)
{
	uint64_t over = hole.base % align;

	*base = hole.base;
	if (over && hole.base > UINT64_MAX - (align - over))
		return false;
	if (over)
		*base += align - over;
	return *base <= lop_range_last(hole);
}

#define OBSTACLES 4096 /* in one hole that are jumped over */

/* In one hole: at its start, then behind each obstacle that the caller knows of. */
static bool find_in(const struct lop_want *want, struct lop_range hole, uint64_t size,
		    uint64_t align, struct lop_range *out)
{
	struct lop_range at = { 0, size }, rest = hole;
	uint64_t next;

	for (unsigned i = 0; i < OBSTACLES; i++) {
		if (!round_up(rest, align, &at.base) || !lop_range_contains(hole, at) ||
		    lop_range_last(at) > want->last)
			return false;
		if (!want->fits || want->fits(want->context, at, &next)) {
			*out = at;
			return true;
		}
		assert(next > at.base);
		if (next > lop_range_last(hole))
			return false;
		rest = (struct lop_range){ next, lop_range_last(hole) - next + 1 };
	}
	return false;
}

bool lop_free_find(struct lop_free *free, const struct lop_want *want, struct lop_range *out)
{
	uint64_t align = want->granule.align, size = want->size;

	if (want->granule.natural) {
		size = lop_power_of_two_above(size > align ? size : align);
		align = size;
	} else if (size % align) {
		size += align - size % align;
	}
	for (size_t i = 0; i < free->n; i++) {
		if (!find_in(want, free->ranges[i], size, align, out))
			continue;
		lop_free_take(free, *out);
		return true;
	}
	return false;
}

struct lop_range lop_free_largest(const struct lop_free *free)
{
	struct lop_range largest = { 0 };

	for (size_t i = 0; i < free->n; i++)
		if (free->ranges[i].size > largest.size)
			largest = free->ranges[i];
	return largest;
}
