/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The hardware that keeps what runs on a cluster apart from the rest, and what it asks of a region:
 * stage 2 of a manager at EL2, physical memory protection, or a protection unit that the cluster's
 * own software programs.
 */
#ifndef LOP_MODEL_ISOLATION_H
#define LOP_MODEL_ISOLATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/range.h"

struct lop_cluster;
struct lop_tree;

/*
 * A region's base is a multiple of align (of the region's own size, if natural), its size is one,
 * too (a power of two, if natural).
 */
struct lop_granule {
	uint64_t align; /* bytes */
	bool natural;
	const char *hardware;	  /* "stage-2 pages", for messages */
	unsigned subregions;	  /* equal parts of a region that can be left out; 0: none */
	uint64_t subregions_from; /* bytes: of a region this large, or larger */
	unsigned regions;	  /* that the hardware has; 0: as many as are wanted */
	unsigned per_range; /* regions that express any aligned range, at most; 0: no such form */
};

struct lop_granule lop_granule_of(const struct lop_cluster *cluster);

/* The same, with the number of regions that the tree says the CPUs have. */
struct lop_granule lop_granule_in(const struct lop_tree *tree, const struct lop_cluster *cluster);

/* Regions that it takes to express a range; 0: none can. */
size_t lop_granule_count(const struct lop_granule *granule, struct lop_range range);

#endif
