/* SPDX-License-Identifier: BSD-3-Clause */
/* The order in which a system is built, and what its parts share; see system.h and build.h. */
#include "lopper-c/model/system.h"

#include <string.h>

#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/clone.h"

struct cell {
	const struct lop_node *target; /* NULL: not by a reference */
	bool is_ref;
	struct lop_span span;
	struct lop_span group; /* of the < > group that starts here; text 0: none does */
	bool placed;	       /* span is the cell's own */
};

/*
 * The cells of the property that was asked about last, taken apart once: markers are a list, and an
 * access list can have 10,000 entries.
 */
struct lop_cell_cache {
	const struct lop_prop *prop;
	struct cell *cells;
	size_t n, max;
};

static void take_apart(const struct lop_system *system, struct lop_cell_cache *cache,
		       const struct lop_prop *prop)
{
	const struct lop_marker *m = prop->value.markers;
	struct lop_span span = lop_prop_value_span(prop);
	size_t n = lop_value_n_cells(&prop->value);

	if (n > cache->max) {
		cache->max = 2 * n;
		cache->cells = lop_arena_alloc(system->arena, cache->max * sizeof(*cache->cells));
	}
	for (size_t c = 0; c < n; c++) {
		struct cell *cell = &cache->cells[c];

		*cell = (struct cell){ .target = NULL };
		for (; m && m->offset <= c * 4; m = m->next) {
			if (m->span.text)
				span = m->span;
			if (m->kind == LOP_MARK_U32 && m->offset == c * 4)
				cell->group = m->span;
			if (m->kind == LOP_MARK_PLACE && m->offset == c * 4)
				cell->placed = true;
			if (m->kind != LOP_MARK_REF_PHANDLE || m->offset != c * 4)
				continue;
			cell->is_ref = true;
			cell->target = m->target;
		}
		cell->span = span;
	}
	cache->prop = prop;
	cache->n = n;
}

static const struct cell *cell_of(const struct lop_system *system, const struct lop_prop *prop,
				  size_t cell)
{
	struct lop_cell_cache *cache = system->cells;

	if (cache->prop != prop)
		take_apart(system, cache, prop);
	return cell < cache->n ? &cache->cells[cell] : NULL;
}

const struct lop_node *lop_cell_target(const struct lop_system *system, const struct lop_prop *prop,
				       size_t cell)
{
	const struct cell *c = cell_of(system, prop, cell);

	if (c && c->is_ref)
		return c->target;
	return lop_tree_by_phandle(system->tree, lop_value_cell(&prop->value, cell));
}

struct lop_span lop_cell_span(const struct lop_system *system, const struct lop_prop *prop,
			      size_t cell)
{
	const struct cell *c = cell_of(system, prop, cell);

	return c ? c->span : prop->span;
}

struct lop_span lop_entry_span(const struct lop_system *system, const struct lop_prop *prop,
			       size_t cell)
{
	const struct cell *c = cell_of(system, prop, cell);

	return c && c->group.text ? c->group : lop_cell_span(system, prop, cell);
}

struct lop_span lop_cell_place(const struct lop_system *system, const struct lop_prop *prop,
			       size_t entry, size_t cell)
{
	const struct cell *c = cell_of(system, prop, entry + cell);

	return c && c->placed ? c->span : lop_entry_span(system, prop, entry);
}

static const struct lop_map *find_conditions(const struct lop_tree *tree)
{
	struct lop_map *found = lop_arena_zalloc(tree->arena, sizeof(*found));

	if (!lop_tree_is_conditional(tree))
		return found;
	for (const struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root)) {
		if (n->condition)
			lop_map_put(found, NULL, n->condition, found);
		for (const struct lop_variant *v = n->variants; v; v = v->next)
			lop_map_put(found, NULL, v->condition, found);
	}
	return found;
}

/* NULL: none, or several. */
static const struct lop_domain *find_only_linux(const struct lop_system *system)
{
	const struct lop_domain *only = NULL;

	for (size_t i = 0; i < system->n_domains; i++) {
		const char *os = system->domains[i]->os_type;

		if (!os || strncmp(os, "linux", 5))
			continue;
		if (only)
			return NULL;
		only = system->domains[i];
	}
	return only;
}

static void build(struct lop_system *system, struct lop_tree *tree, struct lop_diags *diags)
{
	system->arena = tree->arena;
	system->diags = diags;
	system->tree = tree;
	system->cells = lop_arena_zalloc(tree->arena, sizeof(*system->cells));
	lop_bus_learn(tree);
	lop_build_clusters(system);
	lop_build_memory(system);
	lop_build_memory_windows(system);
	lop_build_domains(system);
	lop_build_lives(system);
	lop_build_linkers(system);
	lop_build_links(system);
	lop_build_rprocs(system);
	lop_build_resources(system);
	lop_build_all_memory(system);
	for (size_t i = 0; i < system->n_clusters; i++)
		system->n_cpus += system->clusters[i].n_cpus;
	system->only_linux = find_only_linux(system);
}

struct lop_system *lop_system_build(struct lop_tree *tree, struct lop_diags *diags)
{
	struct lop_system *system = lop_arena_zalloc(tree->arena, sizeof(*system));

	build(system, tree, diags);
	return system;
}

/* --- conditions --- */

struct lop_variants {
	const char *condition; /* "" for none */
	struct lop_system *system;
	struct lop_variants *next;
};

/* What place/ has chosen holds under every condition. */
static void copy_places(const struct lop_system *from, struct lop_system *to)
{
	for (size_t i = 0; i < to->n_domains; i++) {
		const struct lop_domain *placed = lop_system_domain(from, to->domains[i]->name);
		struct lop_domain *d = to->domains[i];

		for (size_t k = 0; placed && k < d->n_memory && k < placed->n_memory; k++)
			if (d->memory[k].automatic)
				d->memory[k].range = placed->memory[k].range;
	}
	lop_system_share_rest(to);
}

/* Both trees are in document order, one without the nodes of other conditions. */
static const uint32_t *find_origins(const struct lop_tree *written, const struct lop_tree *copy)
{
	uint32_t *origin = lop_arena_zalloc(copy->arena, copy->n_nodes * sizeof(*origin));
	const struct lop_node *c = copy->root, *n = written->root;

	while (c && n) {
		bool there =
			!n->parent || (c->parent && origin[c->parent->index] == n->parent->index &&
				       !strcmp(c->name, n->name));

		if (there) {
			origin[c->index] = n->index;
			c = lop_node_next(c, copy->root);
		}
		n = lop_node_next(n, written->root);
	}
	return origin;
}

/* "": it changes nothing, or is none. */
static const char *effective(const struct lop_system *written, const char *condition)
{
	return condition && lop_map_get(written->conditions, NULL, condition) ? condition : "";
}

static struct lop_system *make_variant(const struct lop_system *written, const char *condition)
{
	struct lop_tree *tree = lop_tree_clone(written->tree, condition);
	struct lop_system *system = lop_arena_zalloc(tree->arena, sizeof(*system));

	system->written = written;
	system->condition = condition;
	build(system, tree, written->diags);
	copy_places(written, system);
	system->origin = find_origins(written->tree, tree);
	return system;
}

const struct lop_system *lop_system_under(const struct lop_system *system, const char *condition)
{
	struct lop_variants **v = &((struct lop_system *)system)->variants; /* a cache */
	const char *name;

	if (!system->conditions) /* a cache, too */
		((struct lop_system *)system)->conditions = find_conditions(system->tree);
	if (!system->conditions->count)
		return system;
	name = effective(system, condition);
	while (*v && strcmp((*v)->condition, name))
		v = &(*v)->next;
	if (!*v) {
		*v = lop_arena_zalloc(system->arena, sizeof(**v));
		(*v)->condition = name;
		(*v)->system = make_variant(system, name);
	}
	return (*v)->system;
}

bool lop_system_is_of(const struct lop_system *system, const struct lop_domain *domain)
{
	return !system->written ||
	       !strcmp(effective(system->written, domain->condition), system->condition);
}

const struct lop_domain *lop_system_same(const struct lop_system *system,
					 const struct lop_domain *domain)
{
	size_t lo = 0, hi = system->n_domains;

	if (!system->origin)
		return domain;
	while (lo < hi) { /* they are in document order */
		size_t mid = lo + (hi - lo) / 2;
		uint32_t origin = system->origin[system->domains[mid]->node->index];

		if (origin == domain->node->index)
			return system->domains[mid];
		if (origin < domain->node->index)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

void lop_system_free(struct lop_system *system)
{
	for (struct lop_variants *v = system->variants; v; v = v->next) {
		lop_tree_free(v->system->tree);
		lop_system_free(v->system);
	}
	system->variants = NULL;
	if (system->conditions)
		lop_map_free((struct lop_map *)system->conditions);
	system->conditions = NULL;
}
