/* SPDX-License-Identifier: BSD-3-Clause */
/* Which regions of /reserved-memory a domain names, and which its devices use. */
#include "lopper-c/base/map.h"
#include "lopper-c/model/build.h"

struct regions {
	const struct lop_node *top; /* /reserved-memory */
	struct lop_map known;	    /* (region, "") */
	struct lop_node_use *uses;
	size_t n;
};

static void add(const struct lop_system *system, struct regions *r, const struct lop_node *node,
		struct lop_span span)
{
	if (!lop_node_below(node, r->top) || node == r->top || lop_map_get(&r->known, node, ""))
		return;
	lop_map_put(&r->known, node, "", r);
	*LOP_APPEND(system->arena, r->uses, r->n) = (struct lop_node_use){ node, span };
}

static void add_uses(const struct lop_system *system, struct regions *r,
		     const struct lop_node_use *uses, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(system, r, uses[i].node, uses[i].span);
}

static void add_named(const struct lop_system *system, struct regions *r,
		      const struct lop_domain *domain)
{
	add_uses(system, r, domain->reserved, domain->n_reserved);
	for (size_t i = 0; i < domain->n_access; i++)
		add(system, r, domain->access[i].node, domain->access[i].span);
	for (size_t i = 0; i < domain->n_relations; i++) {
		const struct lop_relation *rel = &domain->relations[i];

		add_uses(system, r, rel->carveouts, rel->n_carveouts);
		add_uses(system, r, rel->elfload, rel->n_elfload);
	}
}

static void add_of_device(const struct lop_system *system, struct regions *r,
			  const struct lop_node *device)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, device, "memory-region");

	for (size_t c = 0; prop && c < lop_value_n_cells(&prop->value); c++) {
		const struct lop_node *node = lop_cell_target(system, prop, c);

		if (node)
			add(system, r, node, lop_cell_span(system, prop, c));
	}
}

void lop_build_regions(struct lop_system *system, struct lop_domain *domain)
{
	struct regions r = {
		.top = lop_node_child(system->tree, system->tree->root, "reserved-memory"),
	};

	if (!r.top)
		return;
	add_named(system, &r, domain);
	domain->n_regions = r.n;
	for (size_t i = 0; i < domain->n_access; i++)
		add_of_device(system, &r, domain->access[i].node);
	domain->regions = r.uses;
	domain->n_all_regions = r.n;
	lop_map_free(&r.known);
}
