/* SPDX-License-Identifier: BSD-3-Clause */
/* Everything that stands at an address of the machine, and whose it is; see facts.h. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/report/steps.h"
#include "lopper-c/tree/bus.h"

static struct lop_fact_region *add(struct lop_report *report, enum lop_fact_kind kind,
				   struct lop_range range, const char *name, struct lop_span span)
{
	struct lop_fact_region *region =
		LOP_APPEND(report->arena, report->regions, report->n_regions);

	*region = (struct lop_fact_region){
		.kind = kind, .range = range, .name = name, .span = span
	};
	return region;
}

/* Newest first; the domain that was added last is not added twice. */
static void add_owner(struct lop_report *report, struct lop_owner **list,
		      const struct lop_domain *domain)
{
	struct lop_owner *owner;

	if (!domain || (*list && (*list)->domain == domain))
		return;
	owner = lop_arena_alloc(report->arena, sizeof(*owner));
	*owner = (struct lop_owner){ domain, *list };
	*list = owner;
}

static const struct lop_node *indirect_bus(const struct lop_report *report,
					   const struct lop_node *node)
{
	for (node = node ? node->parent : NULL; node; node = node->parent)
		if (lop_node_is_indirect_bus(report->system->tree, node))
			return node;
	return NULL;
}

/* --- memory of domains --- */

static void add_use(struct lop_report *report, const struct lop_domain *domain,
		    const struct lop_memory_use *use, bool sram)
{
	struct lop_fact_region *region;

	if (!use->range.size)
		return;
	region = add(report, sram ? LOP_FACT_SRAM : LOP_FACT_MEMORY, use->range,
		     use->node ? lop_node_title(use->node) : "", use->span);
	region->shared = use->flags & LOP_FLAG_SHARED;
	region->given = true;
	region->node = use->node;
	region->bus = indirect_bus(report, use->node);
	add_owner(report, &region->owner, domain);
}

/* The use that a piece is a part of; the uses stand in the order of the pieces. */
static const struct lop_memory_use *use_of(const struct lop_domain *domain, size_t *next,
					   struct lop_range piece)
{
	for (; *next < domain->n_memory + domain->n_sram; ++*next) {
		const struct lop_memory_use *use =
			*next < domain->n_memory ? &domain->memory[*next]
						 : &domain->sram[*next - domain->n_memory];

		if (lop_range_contains(use->range, piece))
			return use;
	}
	return NULL;
}

static void add_pieces(struct lop_report *report, const struct lop_view *view)
{
	size_t next = 0;

	for (size_t i = 0; i < view->n_memory; i++) {
		const struct lop_view_memory *m = &view->memory[i];
		const struct lop_memory_use *use = use_of(view->domain, &next, m->root);
		struct lop_fact_region *region;

		if (!m->root.size)
			continue;
		region = add(report, m->sram ? LOP_FACT_SRAM : LOP_FACT_MEMORY, m->root,
			     m->node ? lop_node_title(m->node) : "", m->span);
		region->node = m->node;
		region->bus = indirect_bus(report, m->node);
		region->given = use;
		region->shared = use && use->flags & LOP_FLAG_SHARED;
		add_owner(report, &region->owner, view->domain);
	}
}

static void add_memory(struct lop_report *report)
{
	for (size_t i = 0; i < report->system->n_domains; i++) {
		const struct lop_domain *d = report->domains[i].domain;
		struct lop_fact_region *trace;

		if (report->domains[i].view)
			add_pieces(report, report->domains[i].view);
		for (size_t k = 0; k < d->n_memory && !report->domains[i].view; k++)
			add_use(report, d, &d->memory[k], false);
		for (size_t k = 0; k < d->n_sram && !report->domains[i].view; k++)
			add_use(report, d, &d->sram[k], true);
		if (!d->life->trace.size)
			continue;
		trace = add(report, LOP_FACT_TRACE, d->life->trace, "trace", d->life->span);
		add_owner(report, &trace->owner, d);
	}
}

/* --- reserved regions --- */

static void own_uses(struct lop_report *report, struct lop_owner **owners,
		     const struct lop_node_use *uses, size_t n, const struct lop_domain *domain)
{
	for (size_t i = 0; i < n; i++)
		if (uses[i].node)
			add_owner(report, &owners[uses[i].node->index], domain);
}

/* Whoever names a region has it; what a relation names is of both ends. */
static void find_owners(struct lop_report *report, struct lop_owner **owners)
{
	for (size_t i = 0; i < report->system->n_domains; i++) {
		const struct lop_domain *d = report->system->domains[i];

		own_uses(report, owners, d->reserved, d->n_reserved, d);
		for (size_t k = 0; k < d->n_relations; k++) {
			const struct lop_relation *r = &d->relations[k];

			own_uses(report, owners, r->carveouts, r->n_carveouts, d);
			own_uses(report, owners, r->elfload, r->n_elfload, d);
			own_uses(report, owners, r->carveouts, r->n_carveouts, r->peer);
		}
	}
}

/* The list in the order of domains, each once. */
static struct lop_owner *tidy(struct lop_owner *list)
{
	struct lop_owner *out = NULL;

	while (list) {
		struct lop_owner *owner = list, *o = out;

		list = list->next;
		for (size_t n = 0; o && o->domain != owner->domain && n < 16; n++)
			o = o->next;
		if (o && o->domain == owner->domain)
			continue;
		owner->next = out;
		out = owner;
	}
	return out;
}

static struct lop_span reg_span(const struct lop_report *report, const struct lop_node *node)
{
	const struct lop_prop *reg = lop_prop_find(report->system->tree, node, "reg");

	return reg ? lop_prop_value_span(reg) : node->span;
}

static void add_reserved(struct lop_report *report)
{
	const struct lop_system *system = report->system;
	struct lop_owner **owners =
		lop_arena_zalloc(report->arena, (system->tree->n_nodes + 1) * sizeof(*owners));

	find_owners(report, owners);
	for (size_t i = 0; i < system->n_reserved; i++) {
		const struct lop_reserved *r = &system->reserved[i];
		struct lop_fact_region *region;

		if (!i || r->node != system->reserved[i - 1].node)
			owners[r->node->index] = tidy(owners[r->node->index]);
		if (!r->range.size)
			continue;
		region = add(report, LOP_FACT_RESERVED, r->range, lop_node_title(r->node),
			     reg_span(report, r->node));
		region->node = r->node;
		region->holds_others = r->domain_memory;
		region->owner = owners[r->node->index];
	}
}

/* --- links and the manager --- */

static void add_part(struct lop_report *report, const struct lop_link *link,
		     enum lop_fact_kind kind, struct lop_range range, const char *name)
{
	struct lop_fact_region *region;

	if (!range.size)
		return;
	region = add(report, kind, range, name,
		     link->window_span.text ? link->window_span : link->span);
	region->link = link;
	add_owner(report, &region->owner, link->end[LOP_REMOTE]);
	add_owner(report, &region->owner, link->end[LOP_HOST]);
}

/* A link of relations has regions of reserved-memory instead, which are listed as such. */
static void add_links(struct lop_report *report)
{
	for (size_t i = 0; i < report->system->n_links; i++) {
		const struct lop_link *link = report->system->links[i];

		if (!link->window.size)
			continue;
		add_part(report, link, LOP_FACT_WINDOW, link->window, link->name);
		add_part(report, link, LOP_FACT_TABLE, link->table, "resource table");
		add_part(report, link, LOP_FACT_RING, link->ring[LOP_TO_HOST], "ring to host");
		add_part(report, link, LOP_FACT_RING, link->ring[LOP_TO_REMOTE], "ring to remote");
		add_part(report, link, LOP_FACT_BUFFERS, link->pool, "buffers");
	}
}

static void add_manager(struct lop_report *report)
{
	const struct lop_manager *manager = report->system->manager;

	if (manager && manager->memory.size)
		add(report, LOP_FACT_MANAGER, manager->memory, "manager", manager->memory_span)
			->manager = true;
	for (size_t i = 0; i < report->system->n_domains; i++) {
		const struct lop_domain *d = report->system->domains[i];

		if (d->life->slot.size)
			add(report, LOP_FACT_SLOT, d->life->slot, d->name, d->life->span)->manager =
				true;
	}
}

/* --- devices --- */

static bool is_memory(const struct lop_report *report, const bool *memory,
		      const struct lop_node *node)
{
	const struct lop_node *root = report->system->tree->root;

	if (memory[node->index])
		return true;
	return node->parent == root &&
	       (!strcmp(node->name, "reserved-memory") || !strcmp(node->name, "domains"));
}

static void add_registers(struct lop_report *report, const struct lop_node *node,
			  struct lop_owner *owner)
{
	const struct lop_system *system = report->system;
	struct lop_span span = reg_span(report, node);

	for (size_t i = 0; i < lop_reg_count(system->tree, node); i++) {
		struct lop_where where = lop_reg_to_root(system->tree, node, i);
		struct lop_fact_region *region;

		if (!where.mapped || !where.range.size)
			continue;
		region = add(report, LOP_FACT_DEVICE, where.range, lop_node_title(node), span);
		region->node = node;
		region->bus = where.indirect;
		region->inner = !report->first_use[node->index];
		region->owner = owner;
		region->manager = !owner && system->manager && system->manager->uart == node;
	}
}

static struct lop_owner *owners_of_uses(struct lop_report *report, const struct lop_device_use *use)
{
	struct lop_owner *list = NULL;

	for (; use; use = use->next_use)
		add_owner(report, &list, report->domains[use->domain].domain);
	return tidy(list);
}

/* A manager gives nobody the ITS of the interrupt controller that everybody has. */
static bool is_kept_back(const struct lop_system *system, const struct lop_node *node)
{
	return system->manager && lop_node_compatible(system->tree, node, "arm,gic-v3-its");
}

/* What stands in a domain's device, or on its bus, is the domain's too. */
static void add_devices(struct lop_report *report)
{
	const struct lop_system *system = report->system;
	const struct lop_node *root = system->tree->root;
	size_t n = system->tree->n_nodes + 1;
	struct lop_owner **owners = lop_arena_zalloc(report->arena, n * sizeof(*owners));
	bool *skip = lop_arena_zalloc(report->arena, n);

	for (size_t i = 0; i < system->n_physical; i++)
		skip[system->physical[i].node->index] = true;
	for (const struct lop_node *node = lop_node_next(root, root); node;
	     node = lop_node_next(node, root)) {
		owners[node->index] =
			is_kept_back(system, node) ? NULL : owners[node->parent->index];
		if (report->first_use[node->index])
			owners[node->index] =
				owners_of_uses(report, report->first_use[node->index]);
		skip[node->index] = skip[node->parent->index] || is_memory(report, skip, node);
		if (!skip[node->index] && lop_node_is_bus(system->tree, node->parent))
			add_registers(report, node, owners[node->index]);
	}
}

/* --- what the checks let pass --- */

static int by_base(const void *a, const void *b)
{
	const struct lop_reserved *x = *(const struct lop_reserved *const *)a;
	const struct lop_reserved *y = *(const struct lop_reserved *const *)b;

	return x->range.base < y->range.base ? -1 : x->range.base > y->range.base;
}

static int region_by_base(const void *a, const void *b)
{
	const struct lop_fact_region *x = *(struct lop_fact_region *const *)a;
	const struct lop_fact_region *y = *(struct lop_fact_region *const *)b;

	return x->range.base < y->range.base ? -1 : x->range.base > y->range.base;
}

/* Of the reserved regions that begin at or below a region the one that reaches furthest decides. */
static void mark_carved(struct lop_report *report)
{
	const struct lop_system *system = report->system;
	const struct lop_reserved **reserved =
		lop_arena_alloc(report->arena, (system->n_reserved + 1) * sizeof(*reserved));
	struct lop_fact_region **sorted =
		lop_arena_alloc(report->arena, (report->n_regions + 1) * sizeof(*sorted));
	const struct lop_reserved *furthest = NULL;
	size_t next = 0;

	for (size_t i = 0; i < system->n_reserved; i++)
		reserved[i] = &system->reserved[i];
	for (size_t i = 0; i < report->n_regions; i++)
		sorted[i] = &report->regions[i];
	qsort(reserved, system->n_reserved, sizeof(struct lop_reserved *), by_base);
	qsort(sorted, report->n_regions, sizeof(struct lop_fact_region *), region_by_base);
	for (size_t i = 0; i < report->n_regions; i++) {
		for (; next < system->n_reserved &&
		       reserved[next]->range.base <= sorted[i]->range.base;
		     next++)
			if (!furthest ||
			    lop_range_last(reserved[next]->range) > lop_range_last(furthest->range))
				furthest = reserved[next];
		sorted[i]->carved =
			furthest && lop_range_contains(furthest->range, sorted[i]->range);
	}
}

void lop_report_regions(struct lop_report *report)
{
	add_memory(report);
	add_reserved(report);
	add_links(report);
	add_manager(report);
	add_devices(report);
	mark_carved(report);
	for (size_t i = 0; i < report->n_regions; i++)
		report->regions[i].source = lop_report_source(report, report->regions[i].span);
}
