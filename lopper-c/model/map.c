/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The address-map of a cluster (System Device Tree specification, "address-map"): which of its two
 * readings holds, and the windows it has. An entry without a sense is reported and left out. Knows
 * no domains; what a window shows is window.c's.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"

/* (node-address, ref-node, root-node-address, length) ... */
struct map_shape {
	uint32_t view_cells, root_cells, size_cells;
};

static size_t shape_stride(const struct map_shape *shape)
{
	return (size_t)shape->view_cells + 1 + shape->root_cells + shape->size_cells;
}

/* Whole entries, most of them to nodes: else the numbers stand elsewhere than this shape says. */
static bool shape_fits(const struct lop_system *system, const struct lop_prop *map,
		       const struct map_shape *shape, size_t *unresolved)
{
	size_t n = lop_value_n_cells(&map->value);
	size_t stride = shape_stride(shape);

	*unresolved = 0;
	if (!n || map->value.len % 4 || n % stride)
		return false;
	for (size_t c = shape->view_cells; c < n; c += stride)
		if (!lop_cell_target(system, map, c))
			++*unresolved;
	return *unresolved <= n / stride / 2;
}

/* --- entries --- */

static bool below_top(const struct lop_tree *tree, const struct lop_node *node, const char *top)
{
	const struct lop_node *t = lop_node_child(tree, tree->root, top);

	return t && lop_node_below(node, t);
}

/* What cannot stand behind a window; NULL: memory, a device or a bus. */
static const char *no_target(const struct lop_tree *tree, const struct lop_node *node)
{
	for (const struct lop_node *n = node; n; n = n->parent)
		if (lop_node_compatible(tree, n, "cpus,cluster"))
			return "a CPU cluster or a part of one";
	if (below_top(tree, node, "cpus"))
		return "a CPU cluster or a part of one";
	if (below_top(tree, node, "domains"))
		return "a domain or a part of one";
	if (below_top(tree, node, "chosen") || below_top(tree, node, "aliases"))
		return "no device";
	return NULL;
}

static bool leads_somewhere(struct lop_system *system, struct lop_cluster *cluster,
			    const struct lop_window *w)
{
	const char *what = no_target(system->tree, w->ref);
	struct lop_diag *d;

	if (!what)
		return true;
	cluster->map_lost = true;
	d = lop_report(system->diags, LOP_WRONG_NODE, w->span,
		       "address-map of cluster `%s` names `%s`, which is %s", cluster->name,
		       w->ref->name, what);
	lop_diag_label(d, w->ref->span, "this is %s", what);
	lop_diag_help(d, "an entry shows memory, a device or a bus");
	return false;
}

/* The last address that so many cells can say. */
static uint64_t last_of_cells(uint32_t cells)
{
	return cells < 2 ? UINT32_MAX : UINT64_MAX;
}

/* Cuts the window where its addresses end, so that what is beyond is not seen. */
static void check_end(struct lop_system *system, struct lop_cluster *cluster, struct lop_window *w,
		      const struct map_shape *shape, struct lop_span span)
{
	uint64_t view_left = last_of_cells(shape->view_cells) - w->view;
	uint32_t root_cells = lop_address_cells(system->tree, system->tree->root);
	uint64_t root_end = last_of_cells(root_cells);
	bool beyond = w->root > root_end; /* all of it */
	uint64_t root_left = beyond ? 0 : root_end - w->root;
	bool in_view = !beyond && view_left < root_left;
	uint64_t left = in_view ? view_left : root_left;
	struct lop_diag *d;
	char size[LOP_RANGE_TEXT];

	if (!w->size || (!beyond && w->size - 1 <= left))
		return;
	d = lop_report(system->diags, LOP_ADDRESS_OVERFLOW, span,
		       "address-map of cluster `%s` runs past the end of the %s address space",
		       cluster->name, in_view ? "cluster's" : "root's");
	lop_diag_label(d, span, "0x%llx plus %s", (unsigned long long)(in_view ? w->view : w->root),
		       lop_size_text(w->size, size));
	if (in_view)
		lop_diag_help(d,
			      "addresses of %u cell%s end at 0x%llx (#ranges-address-cells of the "
			      "cluster): make the length at most 0x%llx",
			      shape->view_cells, shape->view_cells == 1 ? "" : "s",
			      (unsigned long long)last_of_cells(shape->view_cells),
			      (unsigned long long)left + 1);
	else
		lop_diag_help(d,
			      "addresses of %u cell%s end at 0x%llx (#address-cells of the root): "
			      "check address and length",
			      root_cells, root_cells == 1 ? "" : "s", (unsigned long long)root_end);
	w->size = beyond ? 0 : left + 1;
	cluster->map_lost = true;
}

static void report_unresolved(struct lop_system *system, const struct lop_cluster *cluster,
			      const struct lop_prop *map, size_t cell, size_t n)
{
	struct lop_span span = lop_cell_span(system, map, cell);
	struct lop_diag *d = lop_report(system->diags, LOP_ADDRESS_MAP, span,
					"address-map of cluster `%s` refers to phandle 0x%x, which "
					"no node has",
					cluster->name, lop_value_cell(&map->value, cell));

	lop_diag_label(d, span, "the second field of an entry%s",
		       n > 1 ? ", for one of several" : "");
	lop_diag_help(d, "write a reference (&label) to the memory, device or bus, or leave the "
			 "entry out");
}

static void add_windows(struct lop_system *system, struct lop_cluster *cluster,
			const struct lop_prop *map, const struct map_shape *shape,
			size_t unresolved)
{
	size_t stride = shape_stride(shape), n = lop_value_n_cells(&map->value) / stride;
	bool reported = false;

	cluster->windows = lop_arena_zalloc(system->arena, n * sizeof(*cluster->windows));
	for (size_t i = 0; i < n; i++) {
		size_t start = i * stride, c = start + shape->view_cells;
		struct lop_window *w = &cluster->windows[cluster->n_windows];

		w->view = lop_value_number(&map->value, start, shape->view_cells);
		w->ref = lop_cell_target(system, map, c);
		w->span = lop_cell_span(system, map, c);
		w->root = lop_value_number(&map->value, c + 1, shape->root_cells);
		w->size =
			lop_value_number(&map->value, c + 1 + shape->root_cells, shape->size_cells);
		if (!w->ref) {
			cluster->map_lost = true;
			if (!reported)
				report_unresolved(system, cluster, map, c, unresolved);
			reported = true;
			continue;
		}
		check_end(system, cluster, w, shape, lop_entry_span(system, map, start));
		if (leads_somewhere(system, cluster, w))
			cluster->n_windows++;
	}
}

static int by_ref_index(const void *a, const void *b)
{
	const struct lop_window *x = *(const struct lop_window *const *)a;
	const struct lop_window *y = *(const struct lop_window *const *)b;

	if (x->ref->index != y->ref->index)
		return x->ref->index < y->ref->index ? -1 : 1;
	if (x->root != y->root)
		return x->root < y->root ? -1 : 1;
	return x < y ? -1 : x > y;
}

static int by_address(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static bool ends_further(const struct lop_window *a, const struct lop_window *b)
{
	uint64_t last_a = lop_range_last((struct lop_range){ a->root, a->size });
	uint64_t last_b = lop_range_last((struct lop_range){ b->root, b->size });

	if (!a->size || !b->size)
		return a->size != 0;
	return last_a != last_b ? last_a > last_b : a < b;
}

/* So that what shows an address is found by bisection: trees have an entry for each device. */
static void index_windows(struct lop_system *system, struct lop_cluster *cluster)
{
	size_t n = cluster->n_windows;

	cluster->by_ref = lop_arena_alloc(system->arena, (n + 1) * sizeof(*cluster->by_ref));
	cluster->furthest = lop_arena_alloc(system->arena, (n + 1) * sizeof(*cluster->furthest));
	cluster->starts = lop_arena_alloc(system->arena, (n + 1) * sizeof(*cluster->starts));
	for (size_t i = 0; i < n; i++) {
		cluster->by_ref[i] = &cluster->windows[i];
		cluster->starts[i] = cluster->windows[i].root;
	}
	qsort(cluster->by_ref, n, sizeof(*cluster->by_ref), by_ref_index);
	qsort(cluster->starts, n, sizeof(*cluster->starts), by_address);
	for (size_t i = 0; i < n; i++) {
		const struct lop_window *w = cluster->by_ref[i];
		bool same = i && cluster->by_ref[i - 1]->ref == w->ref;
		uint32_t before = same ? cluster->furthest[i - 1] : (uint32_t)i;

		cluster->furthest[i] =
			ends_further(w, cluster->by_ref[before]) ? (uint32_t)i : before;
	}
}

/* --- the two readings --- */

static void report_misfit(struct lop_system *system, const struct lop_cluster *cluster,
			  const struct lop_prop *map, const struct map_shape *wild,
			  const struct map_shape *spec)
{
	size_t n = lop_value_n_cells(&map->value);
	bool whole = n % shape_stride(wild) == 0 || n % shape_stride(spec) == 0;
	struct lop_diag *d =
		lop_report(system->diags, LOP_ADDRESS_MAP, map->span,
			   "the address-map of cluster `%s` cannot be taken apart", cluster->name);

	lop_diag_label(d, map->span, "%zu cells, neither in entries of %zu nor of %zu%s", n,
		       shape_stride(wild), shape_stride(spec), whole ? " with a node in each" : "");
	lop_diag_help(d,
		      "an entry is (address in the cluster, &node, root address, length): "
		      "#ranges-address-cells = <%u> and #ranges-size-cells = <%u> of the cluster, "
		      "root address in as many cells as the first field or as the root node's "
		      "#address-cells",
		      wild->view_cells, wild->size_cells);
}

static void report_cells(struct lop_system *system, struct lop_cluster *cluster,
			 const struct lop_prop *map, uint32_t ac, uint32_t sc)
{
	struct lop_diag *d =
		lop_report(system->diags, LOP_BAD_CELLS, map->span,
			   "address-map of cluster `%s` with %u address and %u size cells",
			   cluster->name, ac, sc);

	cluster->map_lost = true;
	lop_diag_label(d, map->span, "1 or 2 cells each are supported");
	lop_diag_help(d, "give the cluster #ranges-address-cells and #ranges-size-cells of <1> or "
			 "<2>, and the root #address-cells");
}

static void take_reading(struct lop_system *system, struct lop_cluster *cluster,
			 const struct lop_prop *map, bool spec, uint32_t root_cells)
{
	struct lop_diag *d;

	cluster->third_is_root_cells = spec;
	d = lop_report(system->diags, LOP_READING, map->span,
		       "address-map of cluster `%s`: the root address is read with %s",
		       cluster->name,
		       spec ? "the root node's #address-cells" : "#ranges-address-cells");
	lop_diag_label(d, map->span, "the specification and files in the wild differ here");
	lop_diag_help(d,
		      "write the map with #ranges-address-cells = <%u>, as #address-cells of "
		      "the root: then both readings are one",
		      root_cells);
}

static void read_map(struct lop_system *system, struct lop_cluster *cluster,
		     const struct lop_prop *map, uint32_t ac, uint32_t sc)
{
	uint32_t root_ac = lop_address_cells(system->tree, system->tree->root);
	struct map_shape wild = { ac, ac, sc }, spec = { ac, root_ac, sc };
	size_t wild_bad, spec_bad;
	bool wild_fits = shape_fits(system, map, &wild, &wild_bad);
	bool spec_fits = shape_fits(system, map, &spec, &spec_bad);

	if (!wild_fits && !spec_fits) {
		cluster->map_lost = true;
		report_misfit(system, cluster, map, &wild, &spec);
	} else if (wild_fits && (!spec_fits || wild_bad <= spec_bad)) {
		if (ac != root_ac && spec_fits && spec_bad == wild_bad)
			take_reading(system, cluster, map, false, root_ac);
		add_windows(system, cluster, map, &wild, wild_bad);
	} else {
		take_reading(system, cluster, map, true, root_ac);
		add_windows(system, cluster, map, &spec, spec_bad);
	}
}

/* Both readings of the third field are tried; see `sdtgen explain address-map`. */
void lop_build_map(struct lop_system *system, struct lop_cluster *cluster)
{
	const struct lop_tree *tree = system->tree;
	const struct lop_prop *map = lop_prop_find(tree, cluster->node, "address-map");
	uint32_t root_ac = lop_address_cells(tree, tree->root);
	uint32_t ac = lop_node_cell(tree, cluster->node, "#ranges-address-cells", root_ac);
	uint32_t sc = lop_node_cell(tree, cluster->node, "#ranges-size-cells",
				    lop_size_cells(tree, tree->root));

	cluster->has_map = map != NULL;
	if (!map || !map->value.len)
		return;
	if (ac >= 1 && ac <= 2 && sc >= 1 && sc <= 2 && root_ac >= 1 && root_ac <= 2)
		read_map(system, cluster, map, ac, sc);
	else
		report_cells(system, cluster, map, ac, sc);
	index_windows(system, cluster);
}

void lop_build_memory_windows(struct lop_system *system)
{
	size_t n_nodes = system->tree->n_nodes + 1;
	bool *is_memory = memset(lop_xmalloc(n_nodes), 0, n_nodes);

	for (size_t i = 0; i < system->n_physical; i++)
		is_memory[system->physical[i].node->index] = true;
	for (size_t i = 0; i < system->n_clusters; i++) {
		struct lop_cluster *c = &system->clusters[i];

		for (size_t k = 0; k < c->n_windows; k++)
			if (is_memory[c->windows[k].ref->index])
				*LOP_APPEND(system->arena, c->to_memory, c->n_to_memory) =
					&c->windows[k];
	}
	free(is_memory);
}
