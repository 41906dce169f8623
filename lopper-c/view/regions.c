/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The memories of a domain's linker script: what it has, without what lies in there for others, the
 * regions it uses, its trace buffer, the shared memory of its links. Names are unique.
 */
#include "lopper-c/view/regions.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/map.h"
#include "lopper-c/base/str.h"
#include "lopper-c/tree/bus.h"

struct builder {
	const struct lop_layout_job *job;
	struct lop_arena *arena;
	struct lop_layout *layout;
	struct lop_region *found; /* in the order of the script, names not unique yet */
	size_t n_found;
	struct lop_range *holes; /* in memory of the domain, for something else */
	size_t n_holes;
	unsigned n_unnamed;
};

static struct lop_region *add(struct builder *b, const char *name, struct lop_range range,
			      enum lop_region_kind kind)
{
	struct lop_region *r = LOP_APPEND(b->arena, b->found, b->n_found);

	*r = (struct lop_region){ .name = lop_arena_strdup(b->arena, name),
				  .range = range,
				  .kind = kind,
				  .rights = LOP_MAY_READ | LOP_MAY_WRITE };
	return r;
}

static bool overlaps_any(const struct builder *b, struct lop_range range)
{
	for (size_t i = 0; i < b->n_found; i++)
		if (lop_range_overlaps(b->found[i].range, range))
			return true;
	return false;
}

static void add_hole(struct builder *b, struct lop_range range)
{
	if (range.size)
		*LOP_APPEND(b->arena, b->holes, b->n_holes) = range;
}

/* --- addresses of the domain's CPUs --- */

static bool node_seen(const struct builder *b, const struct lop_node *node, struct lop_range root,
		      struct lop_range *seen)
{
	const struct lop_cluster *cluster = lop_domain_cluster(b->job->own);

	if (cluster && !lop_domain_moved(b->job->own, root.base) &&
	    lop_cluster_names(cluster, node) &&
	    lop_cluster_sees(b->job->active, cluster, node, root, seen))
		return true;
	return lop_domain_sees_memory(b->job->active, b->job->own, root, false, seen) ||
	       lop_domain_sees_memory(b->job->active, b->job->own, root, true, seen);
}

static bool uses_region(const struct lop_domain *domain, const struct lop_node *node)
{
	for (size_t i = 0; i < domain->n_reserved; i++)
		if (domain->reserved[i].node == node)
			return true;
	for (size_t i = 0; i < domain->n_relations; i++)
		for (size_t k = 0; k < domain->relations[i].n_carveouts; k++)
			if (domain->relations[i].carveouts[k].node == node)
				return true;
	return false;
}

/* --- what lies in the domain's memory --- */

static bool trace_of(const struct builder *b, struct lop_range *range)
{
	*range = b->job->domain->life->trace;
	return range->size &&
	       lop_domain_address(b->job->system, b->job->domain, *range, &range->base);
}

/* Every part of a link that has a place, as this end sees it. */
static size_t parts_of(const struct builder *b, const struct lop_link *link, enum lop_end end,
		       struct lop_range out[4])
{
	const struct lop_range parts[4] = { link->ring[0], link->ring[1], link->pool, link->table };
	size_t n = 0;

	out[0] = link->window;
	if (link->window.size)
		return lop_link_address(b->job->system, link, end, link->window, &out[0].base);
	for (size_t i = 0; i < 4; i++) {
		out[n] = parts[i];
		n += lop_link_address(b->job->system, link, end, parts[i], &out[n].base);
	}
	return n;
}

/* A region of the machine that memory elsewhere has a part of, or several. */
static void add_clipped(struct builder *b, struct lop_range root)
{
	for (size_t i = 0; i < b->job->view->n_memory; i++) {
		const struct lop_view_memory *m = &b->job->view->memory[i];
		struct lop_range part = lop_range_intersect(m->root, root);

		part.base += m->range.base - m->root.base;
		add_hole(b, part);
	}
}

static void find_reserved(struct builder *b)
{
	const struct lop_system *active = b->job->active;
	struct lop_range seen;

	for (size_t i = 0; i < active->n_reserved; i++) {
		const struct lop_reserved *r = &active->reserved[i];

		if (b->job->own->moves)
			add_clipped(b, r->range);
		else if (r->range.size && node_seen(b, r->node, r->range, &seen))
			add_hole(b, seen);
	}
}

static void find_holes(struct builder *b)
{
	const struct lop_system *system = b->job->system;
	struct lop_range range, parts[4];

	if (trace_of(b, &range))
		add_hole(b, range);
	for (size_t i = 0; i < system->n_links; i++) {
		for (unsigned end = 0; end < 2; end++) {
			if (system->links[i]->end[end] != b->job->domain)
				continue;
			for (size_t k = parts_of(b, system->links[i], (enum lop_end)end, parts); k;
			     k--)
				add_hole(b, parts[k - 1]);
		}
	}
	add_hole(b, b->job->blob);
	find_reserved(b);
}

/* --- memory --- */

static unsigned rights_of(const struct builder *b, const struct lop_node *node, unsigned otherwise)
{
	struct lop_policy policy = lop_policy_of(b->job->active->tree, node);

	return policy.given ? policy.rights : otherwise;
}

static void add_memory(struct builder *b, const char *name, struct lop_range range,
		       const struct lop_node *node, bool sram)
{
	struct lop_region *r = add(b, name, range, LOP_REGION_MEMORY);

	r->rights = node ? rights_of(b, node, LOP_MAY_ALL) : LOP_MAY_ALL;
	r->node = node;
	r->sram = sram;
}

static int by_base(const void *a, const void *b)
{
	const struct lop_range *x = a, *y = b;

	return x->base < y->base ? -1 : x->base > y->base;
}

/* The range without its holes. One around all of it is what hides it from others, and no hole. */
static void add_pieces(struct builder *b, const struct lop_view_memory *m, const char *name)
{
	struct lop_range left = m->range;

	for (size_t i = 0; i < b->n_holes && left.size; i++) {
		struct lop_range hole = b->holes[i], rest[2];
		size_t n;

		if (lop_range_contains(hole, m->range) || !lop_range_overlaps(left, hole))
			continue;
		n = lop_range_subtract(left, hole, rest);
		if (n && rest[0].base < hole.base)
			add_memory(b, name, rest[0], m->node, m->sram);
		left = n && rest[n - 1].base > hole.base ? rest[n - 1] : (struct lop_range){ 0 };
	}
	if (left.size)
		add_memory(b, name, left, m->node, m->sram);
}

/* MEMORYn where the tree has no name for it. */
static const char *name_of(struct builder *b, const struct lop_node *node)
{
	char name[LOP_LINKER_NAME_MAX] = "";

	if (node)
		lop_linker_name(b->job->active->tree, node, name);
	return *name ? lop_arena_strdup(b->arena, name)
		     : lop_arena_printf(b->arena, "MEMORY%u", b->n_unnamed++);
}

/* A range that is just one of the regions it uses is called as that. */
static const struct lop_node *node_of(const struct builder *b, const struct lop_view_memory *m)
{
	const struct lop_system *active = b->job->active;
	struct lop_range seen;

	for (size_t i = 0; i < b->job->own->n_reserved; i++) {
		const struct lop_node *node = b->job->own->reserved[i].node;
		struct lop_where where = { .mapped = false };

		if (lop_reg_count(active->tree, node))
			where = lop_reg_to_root(active->tree, node, 0);
		if (where.mapped && node_seen(b, node, where.range, &seen) &&
		    seen.base == m->range.base && seen.size == m->range.size)
			return node;
	}
	return m->node;
}

static void add_memories(struct builder *b)
{
	const struct lop_view *view = b->job->view;

	if (b->n_holes)
		qsort(b->holes, b->n_holes, sizeof(*b->holes), by_base);
	for (size_t i = 0; i < view->n_memory; i++) {
		struct lop_view_memory m = view->memory[i];

		m.node = node_of(b, &m);
		add_pieces(b, &m, name_of(b, m.node));
	}
}

/* A node whose first registers are memory that the domain uses. */
static void add_node(struct builder *b, const struct lop_node *node, enum lop_region_kind kind)
{
	struct lop_where where = { .mapped = false };
	struct lop_region *r;
	struct lop_range seen;

	if (lop_reg_count(b->job->active->tree, node))
		where = lop_reg_to_root(b->job->active->tree, node, 0);
	if (!where.mapped || !where.range.size || !node_seen(b, node, where.range, &seen) ||
	    overlaps_any(b, seen))
		return;
	r = add(b, name_of(b, node), seen, kind);
	r->rights = rights_of(b, node, kind == LOP_REGION_MEMORY ? LOP_MAY_ALL : r->rights);
	r->node = node;
}

/* What a host loads a program to is memory of the remote. */
static void add_loaded(struct builder *b)
{
	const struct lop_system *active = b->job->active;

	for (size_t i = 0; i < active->n_domains; i++) {
		const struct lop_domain *host = active->domains[i];

		for (size_t k = 0; k < host->n_relations; k++) {
			const struct lop_relation *r = &host->relations[k];

			if (r->peer != b->job->own || !r->peer_is_remote)
				continue;
			for (size_t e = 0; e < r->n_elfload; e++)
				add_node(b, r->elfload[e].node, LOP_REGION_MEMORY);
		}
	}
}

/* --- the rest --- */

static void add_reserved(struct builder *b)
{
	const struct lop_system *active = b->job->active;

	for (size_t i = 0; i < active->n_reserved; i++)
		if (uses_region(b->job->own, active->reserved[i].node))
			add_node(b, active->reserved[i].node, LOP_REGION_RESERVED);
}

static void add_links(struct builder *b)
{
	const struct lop_system *system = b->job->system;
	struct lop_range parts[4];

	for (size_t i = 0; i < system->n_links; i++) {
		const struct lop_link *link = system->links[i];
		char name[LOP_LINKER_NAME_MAX];

		for (unsigned end = 0; end < 2; end++) {
			if (link->end[end] != b->job->domain)
				continue;
			lop_str_ident(lop_arena_printf(b->arena, "LINK_%s", link->name), name,
				      sizeof(name));
			for (char *c = name; *c; c++)
				if (*c >= 'a' && *c <= 'z')
					*c = (char)(*c - 'a' + 'A');
			for (size_t k = 0, n = parts_of(b, link, (enum lop_end)end, parts); k < n;
			     k++)
				if (!overlaps_any(b, parts[k]))
					add(b, name, parts[k], LOP_REGION_LINK);
		}
	}
}

/* The second of a name has its address in it, the third of that one `_` besides. */
static void name_uniquely(struct builder *b)
{
	struct lop_map names = { 0 };

	for (size_t i = 0; i < b->n_found; i++) {
		struct lop_region *r = &b->found[i];

		if (lop_map_get(&names, NULL, r->name))
			r->name = lop_arena_printf(b->arena, "%s_%llX", r->name,
						   (unsigned long long)r->range.base);
		while (lop_map_get(&names, NULL, r->name))
			r->name = lop_arena_printf(b->arena, "%s_", r->name);
		lop_map_put(&names, NULL, r->name, r);
	}
	lop_map_free(&names);
}

/* A policy that lists memories means these, and what nothing is put into by itself. */
static bool is_listed(const struct builder *b, const struct lop_region *r)
{
	const struct lop_linker *policy = b->layout->policy;

	if (!policy || !policy->n_memories || r->kind == LOP_REGION_TRACE ||
	    r->kind == LOP_REGION_BLOB || r->kind == LOP_REGION_LINK)
		return true;
	for (size_t i = 0; i < policy->n_memories; i++)
		if (policy->memories[i].node == r->node)
			return true;
	return false;
}

const struct lop_region *lop_layout_region_of(const struct lop_layout *layout,
					      const struct lop_node *node)
{
	for (size_t i = 0; node && i < layout->n_regions; i++)
		if (layout->regions[i]->node == node)
			return layout->regions[i];
	return NULL;
}

void lop_layout_regions(const struct lop_layout_job *job)
{
	struct builder b = { .job = job, .arena = job->system->arena, .layout = job->layout };
	struct lop_range trace;

	find_holes(&b);
	add_memories(&b);
	add_loaded(&b);
	add_reserved(&b);
	if (trace_of(&b, &trace))
		add(&b, "TRACE", trace, LOP_REGION_TRACE);
	if (job->blob.size)
		add(&b, "DTB", job->blob, LOP_REGION_BLOB);
	add_links(&b);
	name_uniquely(&b);
	for (size_t i = 0; i < b.n_found; i++) {
		if (!is_listed(&b, &b.found[i]))
			continue;
		*LOP_APPEND(b.arena, b.layout->regions, b.layout->n_regions) = &b.found[i];
		if (b.found[i].kind == LOP_REGION_TRACE)
			b.layout->trace = &b.found[i];
	}
}
