/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a domain sees memory: at the guest-address of an entry of its own, which the stage-2 tables
 * of a manager translate, else where its cluster does.
 */
#include "lopper-c/model/build.h"

/* --- as the tree has it: <hi lo> for each range, all ones where there is none --- */

static bool has_cells(struct lop_system *system, const struct lop_domain *domain,
		      const struct lop_prop *prop, size_t n)
{
	struct lop_diag *d;

	if (prop->value.len == n * 8)
		return true;
	d = lop_report(system->diags, LOP_BAD_CELLS, lop_prop_value_span(prop),
		       "`%s` of domain `%s` has %u bytes for %zu ranges", prop->name, domain->name,
		       prop->value.len, n);
	lop_diag_help(d, "write two cells for each range, all ones where it has no guest-address");
	return false;
}

const struct lop_guest *lop_read_guests(struct lop_system *system, const struct lop_domain *domain,
					const struct lop_node *node, const char *name, size_t n)
{
	const struct lop_prop *prop = name ? lop_prop_find(system->tree, node, name) : NULL;
	struct lop_guest *guests;

	if (!prop || !has_cells(system, domain, prop, n))
		return NULL;
	guests = lop_arena_alloc(system->arena, (n + 1) * sizeof(*guests));
	for (size_t i = 0; i < n; i++)
		guests[i] = (struct lop_guest){ lop_value_number(&prop->value, 2 * i, 2),
						lop_cell_span(system, prop, 2 * i) };
	return guests;
}

void lop_take_guest(const struct lop_guest *guests, size_t i, struct lop_memory_use *use)
{
	if (!guests || guests[i].address == UINT64_MAX)
		return;
	use->moved = true;
	use->guest = guests[i].address;
	use->guest_span = guests[i].span;
}

/* --- what a domain sees --- */

struct lop_range lop_use_guest(const struct lop_memory_use *use)
{
	return (struct lop_range){ use->guest, use->range.size };
}

const struct lop_memory_use *lop_domain_moved(const struct lop_domain *domain, uint64_t root)
{
	for (size_t i = 0; i < domain->n_memory && domain->moves; i++)
		if (domain->memory[i].moved &&
		    lop_range_contains_addr(domain->memory[i].range, root))
			return &domain->memory[i];
	return NULL;
}

const struct lop_memory_use *lop_domain_guest(const struct lop_domain *domain,
					      struct lop_range view)
{
	for (size_t i = 0; i < domain->n_memory && domain->moves; i++)
		if (domain->memory[i].moved &&
		    lop_range_overlaps(lop_use_guest(&domain->memory[i]), view))
			return &domain->memory[i];
	return NULL;
}

static void cut_at(uint64_t base, uint64_t *size, uint64_t border)
{
	if (border > base && border - base < *size)
		*size = border - base;
}

/* Cuts a range where moved memory begins: at its own address, and where the domain sees it. */
static void cut_at_moved(const struct lop_domain *domain, uint64_t root, struct lop_range *view)
{
	for (size_t i = 0; i < domain->n_memory && domain->moves; i++) {
		if (!domain->memory[i].moved)
			continue;
		cut_at(root, &view->size, domain->memory[i].range.base);
		cut_at(view->base, &view->size, domain->memory[i].guest);
	}
}

bool lop_domain_sees_memory(const struct lop_system *system, const struct lop_domain *domain,
			    struct lop_range root, bool sram, struct lop_range *view)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);
	const struct lop_memory_use *use = sram ? NULL : lop_domain_moved(domain, root.base);
	bool seen = true;

	*view = root;
	if (use) {
		uint64_t offset = root.base - use->range.base;

		view->base = use->guest + offset;
		view->size = lop_range_intersect(use->range, root).size;
		return true;
	}
	if (cluster)
		seen = lop_cluster_sees_memory(system, cluster, root, sram, view);
	if (!seen)
		*view = root;
	use = seen ? lop_domain_guest(domain, (struct lop_range){ view->base, 1 }) : NULL;
	if (use)
		view->size = lop_range_intersect(*view, lop_use_guest(use)).size;
	cut_at_moved(domain, root.base, view);
	return seen && !use;
}

bool lop_domain_address(const struct lop_system *system, const struct lop_domain *domain,
			struct lop_range root, uint64_t *address)
{
	const struct lop_physical *home =
		lop_system_home(system, lop_domain_cluster(domain), root.base, false);
	struct lop_range view;

	if (!lop_domain_sees_memory(system, domain, root, home && home->sram, &view))
		return false;
	*address = view.base;
	return true;
}

bool lop_link_address(const struct lop_system *system, const struct lop_link *link,
		      enum lop_end end, struct lop_range part, uint64_t *address)
{
	if (!part.size)
		return false;
	if (link->guest[end] == UINT64_MAX)
		return lop_domain_address(system, link->end[end], part, address);
	*address = link->guest[end] + (part.base - link->window.base);
	return true;
}
