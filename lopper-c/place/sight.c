/* SPDX-License-Identifier: BSD-3-Clause */
/* Jumps behind what is in the way instead of trying each page; see sight.h. */
#include "lopper-c/place/sight.h"

/* Start and end of a range, if above addr and below what next is. */
static void borders(struct lop_range range, uint64_t addr, uint64_t *next)
{
	uint64_t last = lop_range_last(range);

	if (!range.size)
		return;
	if (range.base > addr && range.base < *next)
		*next = range.base;
	if (last >= addr && last < *next)
		*next = last + 1;
}

/* What a cluster sees changes where a window or a memory begins or ends. */
static uint64_t next_border(const struct lop_sight *sight, uint64_t addr)
{
	const struct lop_cluster *cluster = sight->cluster;
	uint64_t next = UINT64_MAX;

	for (size_t i = 0; cluster && i < cluster->n_windows; i++)
		borders((struct lop_range){ cluster->windows[i].root, cluster->windows[i].size },
			addr, &next);
	for (size_t i = 0; i < sight->system->n_physical; i++)
		borders(sight->system->physical[i].range, addr, &next);
	return next;
}

bool lop_sight_shows(const struct lop_sight *sight, struct lop_range range, uint64_t *next)
{
	const struct lop_memory_use *moved;
	struct lop_range view = range;
	uint64_t behind;

	*next = next_border(sight, range.base);
	if (sight->cluster &&
	    (!lop_cluster_sees_memory(sight->system, sight->cluster, range, false, &view) ||
	     view.size < range.size))
		return false;
	if (lop_range_last(view) > sight->last)
		return false;
	moved = sight->domain ? lop_domain_guest(sight->domain, view) : NULL;
	if (!moved)
		return true;
	behind = lop_range_last(lop_use_guest(moved)) - view.base;
	if (behind < *next - range.base)
		*next = range.base + behind + 1;
	return false;
}
