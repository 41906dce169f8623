/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Redistributors of a GICv3 (arm,gic-v3 binding): reg has the distributor, then
 * #redistributor-regions regions with frames of redistributor-stride bytes, one for each CPU.
 */
#ifndef LOP_TREE_GIC_H
#define LOP_TREE_GIC_H

#include "lopper-c/tree/tree.h"

#define LOP_GIC_PAGE UINT64_C(0x10000) /* frames are of two pages at least (GICv3, 12.10) */

/* Where the frame of a CPU is. */
struct lop_gic_frame {
	size_t entry;	 /* of reg */
	uint64_t offset; /* from its start */
};

/* Bytes from one CPU's frame to the next one's: redistributor-stride, else two pages. */
uint64_t lop_gic_stride(const struct lop_tree *tree, const struct lop_node *gic);
size_t lop_gic_regions(const struct lop_tree *tree, const struct lop_node *gic); /* one at least */
/* The n-th frame; false: the regions are too small. The stride is not 0. */
bool lop_gic_frame(const struct lop_tree *tree, const struct lop_node *gic, uint64_t n,
		   struct lop_gic_frame *frame);

#endif
