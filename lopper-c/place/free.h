/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside place/: the physical memory that nobody has yet. */
#ifndef LOP_PLACE_FREE_H
#define LOP_PLACE_FREE_H

#include "lopper-c/place/place.h"

struct lop_free {
	struct lop_arena *arena;
	struct lop_range *ranges; /* in address order, apart from one another */
	size_t n;
};

/* What is wanted of a place. */
struct lop_want {
	uint64_t size;
	struct lop_granule granule;
	uint64_t last; /* highest address it may reach */
	/* May it be here? If not, next: the lowest start above that may do. NULL: anywhere. */
	bool (*fits)(const void *context, struct lop_range range, uint64_t *next);
	const void *context;
};

/* DRAM of the machine without what domains, regions, windows and the manager have already. */
struct lop_free lop_free_build(const struct lop_system *system);
void lop_free_take(struct lop_free *free, struct lop_range range);
/* The lowest place that will do, taken at once; false: there is none. */
bool lop_free_find(struct lop_free *free, const struct lop_want *want, struct lop_range *out);
/* Size of the largest hole, for messages. */
struct lop_range lop_free_largest(const struct lop_free *free);

#endif
