/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory of the manager and of the domains, image slots, trace buffers, the order of starting.
 * Memory is placed on blocks of 2 MiB where it is that large, so that page tables stay small.
 */
#include "lopper-c/place/sight.h"
#include "lopper-c/place/steps.h"

#define BLOCK	       UINT64_C(0x200000)
#define MANAGER_MEMORY UINT64_C(0x2000000) /* where nothing is said: 32 MiB */

static struct lop_granule block_granule(const struct lop_cluster *cluster, uint64_t size)
{
	struct lop_granule granule = lop_granule_of(cluster);

	if (!granule.natural && size >= BLOCK && granule.align < BLOCK)
		granule.align = BLOCK;
	return granule;
}

/* Where memory of the machine begins, as boot loaders count: at a whole block. */
static uint64_t boot_origin(const struct lop_system *system)
{
	uint64_t lowest = UINT64_MAX;

	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_physical *physical = &system->physical[i];

		if (physical->typed && !physical->sram && physical->range.base < lowest)
			lowest = physical->range.base;
	}
	return lowest > UINT64_MAX - BLOCK ? lowest : (lowest + (BLOCK - 1)) / BLOCK * BLOCK;
}

/* QEMU has a boot loader of its own in the first page, where an Image cannot be. */
static bool is_bootable(const void *context, struct lop_range range, uint64_t *next)
{
	const uint64_t origin = boot_origin(context);

	*next = origin + LOP_LINK_PAGE;
	return range.base >= origin && range.base - origin >= LOP_LINK_PAGE;
}

/* Not at the start of memory, if it has room elsewhere. */
void lop_place_manager(struct lop_system *system, struct lop_free *free)
{
	struct lop_manager *manager = system->manager;
	struct lop_want want = { .last = UINT64_MAX, .fits = is_bootable, .context = system };

	if (!manager || manager->memory.size)
		return;
	want.size = manager->memory_size ? manager->memory_size : MANAGER_MEMORY;
	want.granule = block_granule(NULL, want.size);
	if (lop_free_find(free, &want, &manager->memory))
		return;
	want.fits = NULL;
	if (!lop_free_find(free, &want, &manager->memory))
		lop_place_report(system, free, &want, manager->memory_span,
				 "the memory of the manager");
}

/* Does the cluster see all of it, in one piece, and the domain nothing else there? */
static bool is_seen(const void *context, struct lop_range range, uint64_t *next)
{
	return lop_sight_shows(context, range, next);
}

static void place_use(struct lop_system *system, struct lop_free *free,
		      const struct lop_domain *domain, struct lop_memory_use *use)
{
	const struct lop_sight sight = { system, lop_domain_cluster(domain),
					 use->moved ? NULL : domain, UINT64_MAX };
	struct lop_want want = {
		.size = use->range.size,
		.granule = block_granule(lop_domain_cluster(domain), use->range.size),
		.last = UINT64_MAX,
		.fits = is_seen,
		.context = &sight,
	};

	if (lop_free_find(free, &want, &use->range))
		return;
	lop_place_report(system, free, &want, use->span,
			 lop_arena_printf(system->arena, "memory of domain `%s`", domain->name));
	use->range.size = 0;
}

void lop_place_memory(struct lop_system *system, struct lop_free *free)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_domain *d = system->domains[i];

		for (size_t k = 0; k < d->n_memory; k++)
			if (d->memory[k].automatic)
				place_use(system, free, d, &d->memory[k]);
	}
}

void lop_place_slots(struct lop_system *system, struct lop_free *free)
{
	for (size_t i = 0; i < system->n_domains && system->manager; i++) {
		const struct lop_domain *d = system->domains[i];
		struct lop_want want = { .size = d->life->slot_size, .last = UINT64_MAX };

		if (!want.size)
			continue;
		want.granule = block_granule(NULL, want.size);
		if (!lop_free_find(free, &want, &d->life->slot))
			lop_place_report(system, free, &want, d->life->span,
					 lop_arena_printf(system->arena,
							  "the image slot of domain `%s`",
							  d->name));
	}
}

/* The last pages of the domain's largest range of memory. */
void lop_place_traces(struct lop_system *system)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *d = system->domains[i];
		uint64_t size =
			(d->life->trace_size + LOP_LINK_PAGE - 1) / LOP_LINK_PAGE * LOP_LINK_PAGE;
		struct lop_range largest = { 0 };

		for (size_t k = 0; k < d->n_memory; k++)
			if (d->memory[k].range.size > largest.size)
				largest = d->memory[k].range;
		if (!size)
			continue;
		if (size < largest.size) {
			d->life->trace =
				(struct lop_range){ largest.base + (largest.size - size), size };
			continue;
		}
		lop_diag_help(
			lop_report(system->diags, LOP_MEM_FULL, d->life->span,
				   "no room for the trace buffer of domain `%s`: 0x%llx bytes",
				   d->name, (unsigned long long)size),
			"it is a part of the domain's memory: make it smaller");
	}
}

/*
 * A domain starts after those it names: its order is one more than the highest of theirs. In a
 * circle nobody is first; the check reports it, here the walk ends by its bound.
 */
void lop_place_order(struct lop_system *system)
{
	bool changed = true;

	for (size_t round = 0; changed && round <= system->n_domains; round++) {
		changed = false;
		for (size_t i = 0; i < system->n_domains; i++) {
			struct lop_life *life = system->domains[i]->life;

			for (size_t k = 0; k < life->n_after; k++) {
				uint32_t before = life->after[k].domain->life->order;

				if (life->order > before)
					continue;
				life->order = before + 1;
				changed = true;
			}
		}
	}
}
