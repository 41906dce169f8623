/* SPDX-License-Identifier: BSD-3-Clause */
/* What may be where one has to see it: the `fits` of struct lop_want. */
#ifndef LOP_PLACE_SIGHT_H
#define LOP_PLACE_SIGHT_H

#include "lopper-c/model/system.h"

struct lop_sight {
	const struct lop_system *system;
	const struct lop_cluster *cluster; /* NULL: sees everything 1:1 */
	const struct lop_domain *domain;   /* whose moved memory is in the way; NULL: nobody's */
	uint64_t last;			   /* highest address that may be seen */
};

/*
 * Is all of the range seen in one piece, at addresses up to last, and no moved memory there? Where
 * not, next is the lowest start above that of the range that may do; UINT64_MAX: there is none.
 */
bool lop_sight_shows(const struct lop_sight *sight, struct lop_range range, uint64_t *next);

#endif
