/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sources: Armv8-A architecture (D8, stage 2: pages of 4 KiB); PMSAv7 (Armv7-R, B5: regions of 32
 * bytes or more, eight subregions from 256 bytes on); PMSAv8-32 (Armv8-R: 64 bytes); SAU (Armv8-M:
 * 32 bytes, 8 regions); PMP (RISC-V privileged specification, 3.7: 16 entries, NAPOT, or two of
 * them as top-of-range).
 */
#include "lopper-c/model/isolation.h"

#include "lopper-c/model/system.h"
#include "lopper-c/tree/bus.h"

struct lop_granule lop_granule_of(const struct lop_cluster *cluster)
{
	switch (cluster ? cluster->family : LOP_CPU_OTHER) {
	case LOP_CPU_ARM_R5:
		return (struct lop_granule){ .align = 32,
					     .natural = true,
					     .hardware = "MPU regions (PMSAv7)",
					     .subregions = 8,
					     .subregions_from = 256,
					     .regions = 16 };
	case LOP_CPU_ARM_R52:
		return (struct lop_granule){ .align = 64,
					     .hardware = "MPU regions (PMSAv8)",
					     .regions = 16 };
	case LOP_CPU_ARM_M:
		return (struct lop_granule){ .align = 32, .hardware = "SAU regions", .regions = 8 };
	case LOP_CPU_RISCV:
		return (struct lop_granule){ .align = 4096,
					     .natural = true,
					     .hardware = "PMP NAPOT entries",
					     .regions = 16,
					     .per_range = 2 };
	default:
		return (struct lop_granule){ .align = 4096, .hardware = "stage-2 pages" };
	}
}

struct lop_granule lop_granule_in(const struct lop_tree *tree, const struct lop_cluster *cluster)
{
	struct lop_granule granule = lop_granule_of(cluster);

	for (size_t i = 0; granule.regions && i < cluster->n_cpus; i++) {
		uint32_t said = lop_node_cell(tree, cluster->cpus[i].node, "riscv,pmpregions",
					      granule.regions);

		granule.regions = said < granule.regions || !i ? said : granule.regions;
	}
	return granule;
}

/* Bytes that one region can cover of `left` bytes from an address on; 0: none begins there. */
static uint64_t cover(const struct lop_granule *granule, uint64_t from, uint64_t left)
{
	uint64_t best = 0;

	for (uint64_t size = granule->align; size; size <<= 1) {
		const bool parted = granule->subregions && size >= granule->subregions_from;
		const uint64_t step = parted ? size / granule->subregions : size;
		const uint64_t room = size - from % size;
		const uint64_t bytes = room < left ? room : left / step * step;

		if (from % step)
			break;
		best = bytes > best ? bytes : best;
		if (room > left)
			break;
	}
	return best;
}

size_t lop_granule_count(const struct lop_granule *granule, struct lop_range range)
{
	size_t n = 0;

	if (range.base % granule->align || range.size % granule->align)
		return 0;
	if (!granule->natural)
		return range.size ? 1 : 0;
	while (range.size) {
		const uint64_t bytes = cover(granule, range.base, range.size);

		range.base += bytes;
		range.size -= bytes;
		n++;
	}
	return granule->per_range && n > granule->per_range ? granule->per_range : n;
}
