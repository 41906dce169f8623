/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * CPU clusters, their CPUs and address-maps (System Device Tree specification, "CPU clusters" and
 * "address-map"). Knows no domains.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/kinds.h"

#define MAX_CPUS 64u /* bits of a cpumask as far as this model goes */

static const struct {
	const char *prefix;
	enum lop_cpu_family family;
	unsigned max_el;
} families[] = {
	/* longer prefixes first */
	{ "arm,cortex-r52", LOP_CPU_ARM_R52, 2 },     { "arm,cortex-r82", LOP_CPU_ARM_A64, 2 },
	{ "arm,cortex-r", LOP_CPU_ARM_R5, 0 },	      { "arm,cortex-m", LOP_CPU_ARM_M, 0 },
	{ "arm,cortex-a12", LOP_CPU_ARM_A32, 3 },     { "arm,cortex-a15", LOP_CPU_ARM_A32, 3 },
	{ "arm,cortex-a17", LOP_CPU_ARM_A32, 3 },     { "arm,cortex-a32", LOP_CPU_ARM_A32, 3 },
	{ "arm,cortex-a34", LOP_CPU_ARM_A64, 3 },     { "arm,cortex-a35", LOP_CPU_ARM_A64, 3 },
	{ "arm,cortex-a5", LOP_CPU_ARM_A64, 3 }, /* A53, A55, A57, A510; A5 itself is below */
	{ "arm,cortex-a7", LOP_CPU_ARM_A64, 3 }, /* A72..A78, A710; A7 itself is below */
	{ "arm,cortex-a8", LOP_CPU_ARM_A32, 3 },      { "arm,cortex-a9", LOP_CPU_ARM_A32, 3 },
	{ "arm,cortex-", LOP_CPU_ARM_A64, 3 },	      { "arm,neoverse", LOP_CPU_ARM_A64, 3 },
	{ "arm,armv8", LOP_CPU_ARM_A64, 3 },	      { "riscv", LOP_CPU_RISCV, 3 },
	{ "xlnx,microblaze", LOP_CPU_MICROBLAZE, 0 }, { "pmc-microblaze", LOP_CPU_MICROBLAZE, 0 },
};

static void set_family(struct lop_cluster *cluster, const char *compatible)
{
	if (!strcmp(compatible, "arm,cortex-a5") || !strcmp(compatible, "arm,cortex-a7")) {
		cluster->family = LOP_CPU_ARM_A32;
		cluster->max_el = 3;
		return;
	}
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		if (!lop_str_starts(compatible, families[i].prefix))
			continue;
		cluster->family = families[i].family;
		cluster->max_el = families[i].max_el;
		return;
	}
}

static void find_family(const struct lop_system *system, struct lop_cluster *cluster)
{
	const struct lop_prop *prop;
	const char *s;

	cluster->family = LOP_CPU_OTHER;
	cluster->max_el = 3; /* unknown: whatever the two bits can say */
	if (!cluster->n_cpus)
		return;
	prop = lop_prop_find(system->tree, cluster->cpus[0].node, "compatible");
	for (size_t i = 0; prop && (s = lop_value_str(&prop->value, i)); i++) {
		set_family(cluster, s);
		if (cluster->family != LOP_CPU_OTHER)
			return;
	}
}

size_t lop_cluster_cpu_of_bit(const struct lop_cluster *cluster, unsigned bit)
{
	for (size_t i = 0; i < cluster->n_cpus; i++)
		if (cluster->cpus[i].reg == bit)
			return i;
	return bit < cluster->n_cpus ? bit : cluster->n_cpus;
}

static void add_cpu(struct lop_system *system, struct lop_cluster *cluster,
		    const struct lop_node *node)
{
	const struct lop_prop *reg = lop_prop_find(system->tree, node, "reg");
	size_t ordinal = cluster->n_cpus;
	struct lop_cpu *cpu = LOP_APPEND(system->arena, cluster->cpus, cluster->n_cpus);

	*cpu = (struct lop_cpu){ .node = node, .reg = ordinal };
	if (reg)
		cpu->reg = lop_value_number(&reg->value, 0,
					    lop_value_n_cells(&reg->value) > 1 ? 2 : 1);
}

static void add_cpus(struct lop_system *system, struct lop_cluster *cluster)
{
	if (lop_node_is_cpu(system->tree, cluster->node)) /* stands in the root by itself */
		add_cpu(system, cluster, cluster->node);
	for (struct lop_node *n = cluster->node->children; n; n = n->next) {
		if (!lop_node_is_cpu(system->tree, n))
			continue;
		if (cluster->n_cpus == MAX_CPUS) {
			struct lop_diag *d = lop_report(system->diags, LOP_UNSUPPORTED, n->span,
							"cluster `%s` has more than %u CPUs",
							cluster->name, MAX_CPUS);
			lop_diag_help(d, "a cpumask has %u bits here; split the cluster", MAX_CPUS);
			break;
		}
		add_cpu(system, cluster, n);
	}
	for (unsigned bit = 0; bit < MAX_CPUS; bit++)
		if (lop_cluster_cpu_of_bit(cluster, bit) < cluster->n_cpus)
			cluster->mask |= UINT64_C(1) << bit;
	find_family(system, cluster);
}

/* --- address-map: (node-address, ref-node, root-node-address, length) ... --- */

struct map_shape {
	uint32_t view_cells, root_cells, size_cells;
};

static size_t shape_stride(const struct map_shape *shape)
{
	return (size_t)shape->view_cells + 1 + shape->root_cells + shape->size_cells;
}

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
	return true;
}

static void add_windows(struct lop_system *system, struct lop_cluster *cluster,
			const struct lop_prop *map, const struct map_shape *shape)
{
	size_t stride = shape_stride(shape);
	size_t n = lop_value_n_cells(&map->value) / stride;

	cluster->windows = lop_arena_zalloc(system->arena, n * sizeof(*cluster->windows));
	for (size_t i = 0; i < n; i++) {
		size_t c = i * stride;
		struct lop_window *w = &cluster->windows[cluster->n_windows];

		w->view = lop_value_number(&map->value, c, shape->view_cells);
		c += shape->view_cells;
		w->ref = lop_cell_target(system, map, c);
		w->span = lop_cell_span(system, map, c);
		w->root = lop_value_number(&map->value, c + 1, shape->root_cells);
		w->size =
			lop_value_number(&map->value, c + 1 + shape->root_cells, shape->size_cells);
		if (w->ref)
			cluster->n_windows++;
	}
}

static int by_ref_index(const void *a, const void *b)
{
	const struct lop_window *x = *(const struct lop_window *const *)a;
	const struct lop_window *y = *(const struct lop_window *const *)b;

	if (x->ref->index != y->ref->index)
		return x->ref->index < y->ref->index ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void sort_windows(struct lop_system *system, struct lop_cluster *cluster)
{
	cluster->by_ref =
		lop_arena_alloc(system->arena, cluster->n_windows * sizeof(*cluster->by_ref) + 1);
	for (size_t i = 0; i < cluster->n_windows; i++)
		cluster->by_ref[i] = &cluster->windows[i];
	if (cluster->n_windows)
		qsort(cluster->by_ref, cluster->n_windows, sizeof(*cluster->by_ref), by_ref_index);
}

static void report_misfit(struct lop_system *system, const struct lop_cluster *cluster,
			  const struct lop_prop *map, const struct map_shape *wild,
			  const struct map_shape *spec)
{
	struct lop_diag *d =
		lop_report(system->diags, LOP_ADDRESS_MAP, map->span,
			   "the address-map of cluster `%s` cannot be taken apart", cluster->name);

	lop_diag_label(d, map->span, "%zu cells, neither in entries of %zu nor of %zu",
		       lop_value_n_cells(&map->value), shape_stride(wild), shape_stride(spec));
	lop_diag_help(d,
		      "an entry is (address in the cluster, &node, root address, length): "
		      "#ranges-address-cells = <%u> and #ranges-size-cells = <%u> of the cluster, "
		      "root address in as many cells as the first field or as the root node's "
		      "#address-cells",
		      wild->view_cells, wild->size_cells);
}

static void report_cells(struct lop_system *system, const struct lop_cluster *cluster,
			 const struct lop_prop *map, uint32_t ac, uint32_t sc)
{
	struct lop_diag *d =
		lop_report(system->diags, LOP_BAD_CELLS, map->span,
			   "address-map of cluster `%s` with %u address and %u size cells",
			   cluster->name, ac, sc);

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

/* Both readings of the third field are tried; see `sdtgen explain address-map`. */
static void add_map(struct lop_system *system, struct lop_cluster *cluster)
{
	const struct lop_tree *tree = system->tree;
	const struct lop_prop *map = lop_prop_find(tree, cluster->node, "address-map");
	uint32_t root_ac = lop_address_cells(tree, tree->root);
	uint32_t ac = lop_node_cell(tree, cluster->node, "#ranges-address-cells", root_ac);
	uint32_t sc = lop_node_cell(tree, cluster->node, "#ranges-size-cells",
				    lop_size_cells(tree, tree->root));
	struct map_shape wild = { ac, ac, sc }, spec = { ac, root_ac, sc };
	size_t wild_bad, spec_bad;
	bool wild_fits, spec_fits;

	if (!map)
		return;
	cluster->has_map = true;
	if (!map->value.len)
		return;
	if (ac < 1 || ac > 2 || sc < 1 || sc > 2 || root_ac < 1 || root_ac > 2) {
		report_cells(system, cluster, map, ac, sc);
		return;
	}
	wild_fits = shape_fits(system, map, &wild, &wild_bad);
	spec_fits = shape_fits(system, map, &spec, &spec_bad);
	if (!wild_fits && !spec_fits) {
		report_misfit(system, cluster, map, &wild, &spec);
		return;
	}
	if (wild_fits && (!spec_fits || wild_bad <= spec_bad)) {
		if (ac != root_ac && spec_fits && spec_bad == wild_bad)
			take_reading(system, cluster, map, false, root_ac);
		add_windows(system, cluster, map, &wild);
	} else {
		take_reading(system, cluster, map, true, root_ac);
		add_windows(system, cluster, map, &spec);
	}
}

/* --- finding them --- */

static void add_cluster(struct lop_system *system, const struct lop_node *node)
{
	struct lop_cluster *c = LOP_APPEND(system->arena, system->clusters, system->n_clusters);

	*c = (struct lop_cluster){ .node = node };
	c->name = lop_node_label(node) ? lop_node_label(node) : node->name;
	c->is_default = node->parent == system->tree->root && !strcmp(node->name, "cpus");
	add_cpus(system, c);
	add_map(system, c);
	sort_windows(system, c);
}

void lop_build_clusters(struct lop_system *system)
{
	const struct lop_tree *tree = system->tree;

	for (struct lop_node *n = tree->root->children; n; n = n->next) {
		if (lop_node_is_cluster(tree, n) || lop_node_is_cpu(tree, n))
			add_cluster(system, n);
		if (strcmp(n->name, "cpus"))
			continue;
		for (struct lop_node *m = n->children; m; m = m->next)
			if (lop_node_is_cluster(tree, m))
				add_cluster(system, m);
	}
	for (size_t i = 0; i < system->n_clusters; i++)
		for (size_t k = 0; k < system->clusters[i].n_cpus; k++)
			system->clusters[i].cpus[k].cluster = &system->clusters[i];
}
