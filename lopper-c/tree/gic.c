/* SPDX-License-Identifier: BSD-3-Clause */
/* Which bytes of a GICv3 are a CPU's. Knows no CPUs: they come as numbers. */
#include "lopper-c/tree/gic.h"

#include "lopper-c/tree/bus.h"

uint64_t lop_gic_stride(const struct lop_tree *tree, const struct lop_node *gic)
{
	const struct lop_prop *prop = lop_prop_find(tree, gic, "redistributor-stride");

	if (!prop)
		return 2 * LOP_GIC_PAGE;
	return lop_value_number(&prop->value, 0, lop_value_n_cells(&prop->value));
}

size_t lop_gic_regions(const struct lop_tree *tree, const struct lop_node *gic)
{
	const struct lop_prop *prop = lop_prop_find(tree, gic, "#redistributor-regions");
	uint32_t n = prop ? lop_value_cell(&prop->value, 0) : 1;

	return n ? n : 1;
}

bool lop_gic_frame(const struct lop_tree *tree, const struct lop_node *gic, uint64_t n,
		   struct lop_gic_frame *frame)
{
	uint64_t stride = lop_gic_stride(tree, gic);
	size_t n_entries = lop_reg_count(tree, gic), n_regions = lop_gic_regions(tree, gic);

	for (size_t i = 1; i < n_entries && i <= n_regions; i++) {
		uint64_t frames = lop_reg_get(tree, gic, i).size / stride;

		if (n < frames) {
			*frame = (struct lop_gic_frame){ i, n * stride };
			return true;
		}
		n -= frames;
	}
	return false;
}
