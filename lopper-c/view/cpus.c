/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The domain's CPUs as /cpus. One cluster becomes /cpus under its own label. CPUs of further
 * clusters join it where their unit addresses are free; else such a cluster stays a node of its
 * own, with a warning: no single operating system boots on it.
 */
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

/* cpu-map names CPUs; its cores stay with their CPU (cpu-topology binding). */
static void mark_cpu_map(struct lop_cut *cut, const struct lop_node *map)
{
	for (const struct lop_node *n = lop_node_next(map, map); n; n = lop_node_next(n, map)) {
		const struct lop_prop *cpu = lop_prop_find(cut->tree, n, "cpu");
		const struct lop_marker *ref = cpu ? lop_value_ref_at(&cpu->value, 0) : NULL;
		const struct lop_node *target =
			ref   ? ref->target
			: cpu ? lop_tree_by_phandle(cut->tree, lop_value_cell(&cpu->value, 0))
			      : NULL;

		if (target && lop_cut_has_cpu(cut, target))
			lop_cut_keep(cut, n, LOP_KEEP_DEPEND);
	}
}

static bool in_cpu_map(const struct lop_node *node)
{
	for (const struct lop_node *n = node->parent; n; n = n->parent)
		if (!strcmp(n->name, "cpu-map"))
			return true;
	return false;
}

/* Linux stops at the first number that is missing (cpu-topology binding: names are in sequence). */
const char *lop_cut_cpu_map_name(struct lop_cut *cut, const struct lop_node *node)
{
	size_t len = strcspn(node->name, "0123456789");
	const struct lop_node *parent = cut->copy[node->parent->index];
	unsigned n = 0;

	if (!in_cpu_map(node) || !node->name[len])
		return node->name;
	for (const struct lop_node *c = parent->children; c; c = c->next)
		n += strcspn(c->name, "0123456789") == len && !strncmp(c->name, node->name, len);
	return lop_arena_printf(cut->out->arena, "%.*s%u", (int)len, node->name, n);
}

void lop_cut_mark_cpus(struct lop_cut *cut)
{
	for (size_t i = 0; i < cut->domain->n_cpus; i++) {
		const struct lop_cpu_use *use = &cut->domain->cpus[i];
		const struct lop_node *map =
			lop_node_child(cut->tree, use->cluster->node, "cpu-map");

		for (size_t k = 0; k < use->cluster->n_cpus; k++) {
			const struct lop_node *cpu = use->cluster->cpus[k].node;

			if (!(use->set >> k & 1))
				continue;
			for (const struct lop_node *n = cpu; n; n = lop_node_next(n, cpu))
				lop_cut_keep(cut, n, LOP_KEEP_GIVEN);
		}
		lop_cut_keep(cut, use->cluster->node, LOP_KEEP_PATH);
		if (map)
			mark_cpu_map(cut, map);
	}
}

/* Could all kept children of a cluster join /cpus? */
static bool fits(const struct lop_cut *cut, const struct lop_node *cluster,
		 const struct lop_node *cpus)
{
	for (const struct lop_node *n = cluster->children; n; n = n->next)
		if (cut->keep[n->index] && lop_node_child(cut->out, cpus, n->name))
			return false;
	return true;
}

static struct lop_node *join(struct lop_cut *cut, const struct lop_node *cluster,
			     struct lop_node *cpus)
{
	for (const struct lop_label *l = cluster->labels; l; l = l->next)
		lop_node_add_label(cut->out, cpus, l->name, l->span);
	cut->copy[cluster->index] = cpus;
	return cpus;
}

static bool is_my_cluster(const struct lop_cut *cut, const struct lop_node *node)
{
	for (size_t i = 0; i < cut->domain->n_cpus; i++)
		if (cut->domain->cpus[i].cluster->node == node)
			return true;
	return false;
}

/* One operating system runs on CPUs of one family. */
static bool same_kind(const struct lop_cut *cut, const struct lop_node *node)
{
	for (size_t i = 0; i < cut->domain->n_cpus; i++)
		if (cut->domain->cpus[i].cluster->node == node)
			return cut->domain->cpus[i].cluster->family ==
			       cut->domain->cpus[0].cluster->family;
	return false;
}

/* A CPU that stands in the root by itself still gets a /cpus around it. */
static struct lop_node *wrap_cpu(struct lop_cut *cut, const struct lop_node *node)
{
	static const uint32_t one = 1, zero = 0;
	struct lop_tree *out = cut->out;
	struct lop_node *cpus = lop_node_child(out, out->root, "cpus");

	if (!cpus) {
		cpus = lop_node_add(out, out->root, "cpus", node->span);
		lop_cut_set(cut, cpus, "#address-cells", lop_value_cells(out->arena, &one, 1),
			    node->span);
		lop_cut_set(cut, cpus, "#size-cells", lop_value_cells(out->arena, &zero, 1),
			    node->span);
	}
	return lop_cut_add(cut, cpus, node->name, node);
}

struct lop_node *lop_cut_cluster(struct lop_cut *cut, const struct lop_node *node)
{
	struct lop_node *cpus = lop_node_child(cut->out, cut->out->root, "cpus");
	struct lop_diag *d;

	if (!is_my_cluster(cut, node))
		return NULL;
	if (lop_cut_has_cpu(cut, node))
		return wrap_cpu(cut, node);
	if (!cpus)
		return lop_cut_add(cut, cut->out->root, "cpus", node);
	if (same_kind(cut, node) && fits(cut, node, cpus))
		return join(cut, node, cpus);
	d = lop_report(cut->diags, LOP_MULTI_CLUSTER, cut->domain->span,
		       "CPUs of `%s` do not fit into one /cpus", cut->domain->name);
	lop_diag_label(d, node->span, "%s",
		       same_kind(cut, node)
			       ? "its CPUs have the unit addresses of another cluster's"
			       : "its CPUs are of another kind");
	lop_diag_help(d, "give each cluster a domain of its own; the second one stays a "
			 "`cpus,cluster` node");
	return lop_cut_add(cut, cut->out->root, node->name, node);
}

static void copy_cluster_props(struct lop_cut *cut, const struct lop_node *cluster)
{
	struct lop_node *copy = cut->copy[cluster->index];
	bool as_cpus = !strcmp(copy->name, "cpus");

	for (const struct lop_prop *p = cluster->props; p; p = p->next) {
		bool mark = !strcmp(p->name, "compatible") || !strcmp(p->name, "reg") ||
			    !strcmp(p->name, "status");

		if (as_cpus && (mark || lop_prop_find(cut->out, copy, p->name)))
			continue;
		lop_cut_copy_prop(cut, cluster, p);
	}
}

void lop_cut_cpus(struct lop_cut *cut)
{
	const struct lop_node *root = cut->tree->root;

	for (const struct lop_node *n = root; n; n = lop_cut_next(cut, n)) {
		if (cut->class[n->index] != LOP_CLASS_CLUSTER || !cut->copy[n->index])
			continue;
		if (is_my_cluster(cut, n))
			copy_cluster_props(cut, n);
		else if (n->parent != root)
			lop_cut_copy_props(cut, n);
	}
}
