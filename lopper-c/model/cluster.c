/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * CPU clusters and their CPUs (System Device Tree specification, "CPU clusters"). Knows no domains.
 */
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
	for (uint32_t at = 0; prop && (s = lop_value_next_str(&prop->value, &at));) {
		set_family(cluster, s);
		if (cluster->family != LOP_CPU_OTHER)
			return;
	}
}

unsigned lop_cpu_set_size(uint64_t set)
{
	unsigned n = 0;

	for (; set; set &= set - 1)
		n++;
	return n;
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
	find_family(system, cluster);
}

/* --- finding them --- */

static void add_cluster(struct lop_system *system, const struct lop_node *node)
{
	struct lop_cluster *c = LOP_APPEND(system->arena, system->clusters, system->n_clusters);

	*c = (struct lop_cluster){ .node = node };
	c->name = lop_node_label(node) ? lop_node_label(node) : node->name;
	c->is_default = node->parent == system->tree->root && !strcmp(node->name, "cpus");
	add_cpus(system, c);
	lop_build_map(system, c);
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

const struct lop_cpu *lop_system_next_a64(const struct lop_system *system,
					  const struct lop_cpu *cpu)
{
	const struct lop_cluster *c = cpu ? cpu->cluster : system->clusters;
	const struct lop_cluster *end = system->clusters + system->n_clusters;

	if (cpu && cpu + 1 < c->cpus + c->n_cpus)
		return cpu + 1;
	for (c += cpu ? 1 : 0; c < end; c++)
		if (c->family == LOP_CPU_ARM_A64 && c->n_cpus)
			return c->cpus;
	return NULL;
}
