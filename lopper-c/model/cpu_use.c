/* SPDX-License-Identifier: BSD-3-Clause */
/* cpus = <&cluster mask mode> ... of a domain, taken apart; see model/system.h. */
#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"

static struct lop_cluster *cluster_of_node(struct lop_system *system, const struct lop_node *node,
					   uint64_t *cpu_set)
{
	*cpu_set = 0;
	for (size_t i = 0; i < system->n_clusters; i++) {
		struct lop_cluster *c = &system->clusters[i];

		for (size_t k = 0; node && k < c->n_cpus; k++) {
			if (c->cpus[k].node != node)
				continue;
			*cpu_set = UINT64_C(1) << k; /* a CPU named in the cluster's place */
			return c;
		}
		if (c->node == node)
			return c;
	}
	return NULL;
}

static void list_clusters(const struct lop_system *system, struct lop_diag *d)
{
	struct lop_buf text = { 0 };

	for (size_t i = 0; i < system->n_clusters; i++)
		lop_buf_printf(&text, "%s`%s`", i ? ", " : "", system->clusters[i].name);
	lop_diag_help(d, "the clusters of this system: %s",
		      system->n_clusters ? lop_buf_cstr(&text) : "none");
	lop_buf_free(&text);
}

static void add_cpu_use(struct lop_system *system, struct lop_domain *domain,
			const struct lop_prop *prop, size_t cell)
{
	const struct lop_node *node = lop_cell_target(system, prop, cell);
	struct lop_span span = lop_cell_span(system, prop, cell);
	struct lop_cpu_use *use;
	struct lop_cluster *cluster;
	uint64_t named;

	cluster = cluster_of_node(system, node, &named);
	if (!cluster) {
		struct lop_diag *d =
			lop_report(system->diags, node ? LOP_WRONG_NODE : LOP_UNKNOWN_CLUSTER, span,
				   "`cpus` of domain `%s` names `%s`, which is no CPU cluster",
				   domain->name, node ? lop_node_shown(node) : "nothing");
		list_clusters(system, d);
		return;
	}
	use = LOP_APPEND(system->arena, domain->cpus, domain->n_cpus);
	*use = (struct lop_cpu_use){ .cluster = cluster,
				     .span = lop_entry_span(system, prop, cell),
				     .mode_span = lop_cell_place(system, prop, cell, 2) };
	use->mask = lop_value_cell(&prop->value, cell + 1);
	use->mode = lop_value_cell(&prop->value, cell + 2);
	use->secure = use->mode & LOP_MODE_SECURE;
	use->lockstep = use->mode & LOP_MODE_LOCKSTEP;
	use->el = use->mode & LOP_MODE_EL;
	use->set = named; /* by a mask: see cpu_mask.c */
}

void lop_build_cpus(struct lop_system *system, struct lop_domain *domain)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, domain->node, "cpus");
	size_t n = lop_whole_cells(system, domain, prop);

	if (prop && !prop->value.len && !lop_sources_is_yaml(system->diags->sources, prop->span))
		lop_diag_help(lop_report(system->diags, LOP_MISSING_VALUE, prop->span,
					 "`cpus` of domain `%s` names no CPUs", domain->name),
			      "write `cpus = <&cluster cpumask mode>;`, or no `cpus` for a domain "
			      "that has none");
	if (n % 3) {
		struct lop_diag *d =
			lop_report(system->diags, LOP_BAD_CELLS, prop->span,
				   "`cpus` of domain `%s` has %zu cells, not a multiple of 3",
				   domain->name, n);
		lop_diag_help(d, "an entry is <&cluster cpumask mode>");
	}
	for (size_t c = 0; c + 3 <= n; c += 3)
		add_cpu_use(system, domain, prop, c);
}
