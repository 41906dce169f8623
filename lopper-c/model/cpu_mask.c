/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which CPU a bit of a cpumask is. The specification leaves it open: bit i can be the CPU whose reg
 * is i, or the i-th in document order. All masks of a cluster are read in one way, so that no two
 * bits are one CPU: by reg, unless a mask does not fit that and all of them fit the order.
 */
#include "lopper-c/model/build.h"

#define BITS 64u

/* A CPU whose reg is too large to be a bit has that of its place, if this is no other's reg. */
static size_t by_reg(const struct lop_cluster *cluster, unsigned bit)
{
	for (size_t i = 0; i < cluster->n_cpus; i++)
		if (cluster->cpus[i].reg == bit)
			return i;
	return bit < cluster->n_cpus && cluster->cpus[bit].reg >= BITS ? bit : cluster->n_cpus;
}

static size_t by_place(const struct lop_cluster *cluster, unsigned bit)
{
	return bit < cluster->n_cpus ? bit : cluster->n_cpus;
}

size_t lop_cluster_cpu_of_bit(const struct lop_cluster *cluster, unsigned bit)
{
	return cluster->by_place ? by_place(cluster, bit) : by_reg(cluster, bit);
}

uint64_t lop_cluster_read_mask(const struct lop_cluster *cluster, uint64_t mask, bool place,
			       uint64_t *set)
{
	uint64_t beyond = 0;

	*set = 0;
	for (unsigned bit = 0; bit < BITS; bit++) {
		size_t cpu = place ? by_place(cluster, bit) : by_reg(cluster, bit);

		if (!(mask >> bit & 1))
			continue;
		if (cpu < cluster->n_cpus)
			*set |= UINT64_C(1) << cpu;
		else
			beyond |= UINT64_C(1) << bit;
	}
	return beyond;
}

static uint64_t masks_of(const struct lop_system *system, const struct lop_cluster *cluster)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < system->n_domains; i++)
		for (size_t k = 0; k < system->domains[i]->n_cpus; k++)
			if (system->domains[i]->cpus[k].cluster == cluster &&
			    !system->domains[i]->cpus[k].set) /* else it names a CPU */
				mask |= system->domains[i]->cpus[k].mask;
	return mask;
}

static void choose(const struct lop_system *system, struct lop_cluster *cluster)
{
	uint64_t set, all = masks_of(system, cluster);

	cluster->by_place = lop_cluster_read_mask(cluster, all, false, &set) &&
			    !lop_cluster_read_mask(cluster, all, true, &set);
	for (unsigned bit = 0; bit < BITS; bit++)
		if (lop_cluster_cpu_of_bit(cluster, bit) < cluster->n_cpus)
			cluster->mask |= UINT64_C(1) << bit;
}

void lop_build_masks(struct lop_system *system)
{
	for (size_t i = 0; i < system->n_clusters; i++)
		choose(system, &system->clusters[i]);
	for (size_t i = 0; i < system->n_domains; i++)
		for (size_t k = 0; k < system->domains[i]->n_cpus; k++) {
			struct lop_cpu_use *use = &system->domains[i]->cpus[k];

			if (!use->set)
				lop_cluster_read_mask(use->cluster, use->mask,
						      use->cluster->by_place, &use->set);
		}
}
