/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about CPUs. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/rules.h"

void lop_rule_has_cpus(const struct lop_system *system, struct lop_diags *diags)
{
	bool *nests = memset(lop_xmalloc(system->tree->n_nodes), 0, system->tree->n_nodes);

	for (size_t i = 0; i < system->n_domains; i++)
		if (system->domains[i]->parent)
			nests[system->domains[i]->parent->node->index] = true;
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		if (lop_domain_cluster(domain) ||
		    lop_prop_find(system->tree, domain->node, "cpus") || nests[domain->node->index])
			continue;
		lop_diag_help(lop_report(diags, LOP_CPUS_MISSING, domain->span,
					 "domain `%s` has no CPUs", domain->name),
			      "write `cpus: [ { cluster: NAME, cpumask: 0x1 } ]`");
	}
	free(nests);
}

/* The mask that names the CPUs of set in a reading. */
static uint64_t mask_of(const struct lop_cluster *cluster, uint64_t set, bool place)
{
	uint64_t mask = 0, one;

	for (unsigned bit = 0; bit < 64; bit++)
		if (!lop_cluster_read_mask(cluster, UINT64_C(1) << bit, place, &one) && one & set)
			mask |= UINT64_C(1) << bit;
	return mask;
}

static void list_cpus(const struct lop_cluster *cluster, struct lop_diag *d)
{
	lop_diag_label(d, cluster->node->span, "%zu CPU%s, mask 0x%llx", cluster->n_cpus,
		       cluster->n_cpus == 1 ? "" : "s", (unsigned long long)cluster->mask);
	lop_diag_help(d,
		      "bit i is the CPU whose reg is i: `%s` has 0x%llx; where all masks of a "
		      "cluster fit its order only, the i-th CPU: 0x%llx",
		      cluster->name, (unsigned long long)mask_of(cluster, UINT64_MAX, false),
		      (unsigned long long)mask_of(cluster, UINT64_MAX, true));
}

static const char *names_of(const struct lop_cluster *cluster, uint64_t set, struct lop_buf *text)
{
	text->len = 0;
	for (size_t i = 0; i < cluster->n_cpus; i++)
		if (set >> i & 1)
			lop_buf_printf(text, "%s`%s`", text->len ? ", " : "",
				       cluster->cpus[i].node->name);
	return lop_buf_cstr(text);
}

/* A mask that fits both readings, and means one thing by reg and another by order. */
static void check_order(const struct lop_domain *domain, const struct lop_cpu_use *use,
			struct lop_diags *diags)
{
	const struct lop_cluster *cluster = use->cluster;
	struct lop_buf text = { 0 };
	bool place = cluster->by_place;
	uint64_t by_reg, by_place, other;
	struct lop_diag *d;

	if (!use->mask || lop_cluster_read_mask(cluster, use->mask, false, &by_reg) ||
	    lop_cluster_read_mask(cluster, use->mask, true, &by_place) || by_reg == by_place ||
	    use->set != (place ? by_place : by_reg)) /* a CPU by name */
		return;
	other = place ? by_reg : by_place;
	d = lop_report(diags, LOP_CPU_ORDER, use->span,
		       "cpumask 0x%llx of domain `%s` can mean different CPUs of cluster `%s`",
		       (unsigned long long)use->mask, domain->name, cluster->name);
	lop_diag_label(d, use->span, "by %s, which is taken: %s", place ? "order" : "reg",
		       names_of(cluster, use->set, &text));
	lop_diag_label(d, cluster->node->span, "by %s: %s", place ? "reg" : "order",
		       names_of(cluster, other, &text));
	lop_diag_help(d, "for %s write 0x%llx; to keep what is taken, `-Wno-cpu-order`",
		      names_of(cluster, other, &text),
		      (unsigned long long)mask_of(cluster, other, place));
	lop_buf_free(&text);
}

static void check_mask(const struct lop_domain *domain, const struct lop_cpu_use *use,
		       struct lop_diags *diags)
{
	uint64_t beyond = use->mask & ~use->cluster->mask;
	struct lop_diag *d;

	check_order(domain, use, diags);
	if (!use->mask && !use->set) {
		d = lop_report(diags, LOP_CPU_MASK, use->span,
			       "domain `%s` gets no CPU of cluster `%s`: its cpumask is 0",
			       domain->name, use->cluster->name);
		list_cpus(use->cluster, d);
	}
	if (!beyond)
		return;
	d = lop_report(diags, LOP_CPU_MASK, use->span,
		       "cpumask 0x%llx of domain `%s` names CPUs that cluster `%s` does not have",
		       (unsigned long long)use->mask, domain->name, use->cluster->name);
	lop_diag_label(d, use->span, "0x%llx is beyond it", (unsigned long long)beyond);
	list_cpus(use->cluster, d);
}

void lop_rule_cpu_mask(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++)
		for (size_t k = 0; k < system->domains[i]->n_cpus; k++)
			check_mask(system->domains[i], &system->domains[i]->cpus[k], diags);
}

static void check_mode(const struct lop_domain *domain, const struct lop_cpu_use *use,
		       struct lop_diags *diags)
{
	const struct lop_cluster *cluster = use->cluster;
	uint32_t unknown = use->mode & UINT32_C(0x3ffffffc);
	struct lop_diag *d;

	if (use->lockstep && lop_cpu_set_size(use->mask) > 1) {
		d = lop_report(diags, LOP_CPU_MODE, use->mode_span,
			       "domain `%s` asks for lockstep on more than one CPU of `%s`",
			       domain->name, cluster->name);
		lop_diag_help(d, "in lockstep the cluster is one CPU: write `cpumask: 0x1`");
	}
	if (use->lockstep && cluster->family != LOP_CPU_ARM_R5 &&
	    cluster->family != LOP_CPU_ARM_R52 && cluster->family != LOP_CPU_OTHER) {
		d = lop_report(diags, LOP_CPU_MODE, use->mode_span,
			       "domain `%s` asks for lockstep, which CPUs of `%s` do not have",
			       domain->name, cluster->name);
		lop_diag_help(d,
			      "leave `lockstep` out: it is a mode of Cortex-R5 and R52 clusters");
	}
	if (unknown) {
		d = lop_report(diags, LOP_CPU_MODE, use->mode_span,
			       "mode 0x%x of domain `%s` has bits without a meaning: 0x%x",
			       use->mode, domain->name, unknown);
		lop_diag_help(d,
			      "bit 31 is secure, bit 30 lockstep, bits 1..0 the execution level");
	}
	if (use->el <= cluster->max_el)
		return;
	d = lop_report(diags, LOP_CPU_LEVEL, use->mode_span,
		       "domain `%s` asks for execution level %u, CPUs of `%s` have %u as highest",
		       domain->name, use->el, cluster->name, cluster->max_el);
	lop_diag_label(d, use->mode_span, "level %u is taken", cluster->max_el);
	lop_diag_help(d, "write `el: %u`%s", cluster->max_el,
		      cluster->max_el ? "" : ", or leave it out: these CPUs have no levels");
}

void lop_rule_cpu_mode(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++)
		for (size_t k = 0; k < system->domains[i]->n_cpus; k++)
			check_mode(system->domains[i], &system->domains[i]->cpus[k], diags);
}

/* The CPUs of one cluster that a domain has, and the use that gives them. */
static uint64_t set_of(const struct lop_domain *domain, const struct lop_cluster *cluster,
		       const struct lop_cpu_use **use)
{
	uint64_t set = 0;

	for (size_t i = 0; i < domain->n_cpus; i++) {
		if (domain->cpus[i].cluster != cluster)
			continue;
		if (!set)
			*use = &domain->cpus[i];
		set |= domain->cpus[i].set;
	}
	return set;
}

/* Guests of one hypervisor take turns on its CPUs. */
static bool scheduled(const struct lop_domain *a, const struct lop_domain *b,
		      const struct lop_cluster *cluster)
{
	for (const struct lop_domain *p = a->parent; p; p = p->parent) {
		const struct lop_cpu_use *use = NULL;

		if (!lop_domain_related(p, b) || p == b)
			continue;
		if (p->kind == LOP_DOMAIN_HYPERVISOR)
			return true;
		if (set_of(p, cluster, &use) && use->el == 2)
			return true;
	}
	return false;
}

static void report_twice(struct lop_diags *diags, const struct lop_domain *a,
			 const struct lop_cpu_use *ua, const struct lop_domain *b,
			 const struct lop_cpu_use *ub, uint64_t both)
{
	size_t cpu = 0;
	struct lop_diag *d;

	while (!(both >> cpu & 1))
		cpu++;
	d = lop_report(diags, LOP_CPU_TWICE, ub->span,
		       "CPU `%s` of cluster `%s` is given to `%s` and to `%s`",
		       ub->cluster->cpus[cpu].node->name, ub->cluster->name, a->name, b->name);
	lop_diag_label(d, ub->span, "given to `%s`", b->name);
	lop_diag_label(d, ua->span, "given to `%s`", a->name);
	lop_diag_help(d, "a CPU belongs to one domain; only guests nested in a hypervisor domain "
			 "may share");
}

static void check_cluster(const struct lop_system *system, const struct lop_cluster *cluster,
			  struct lop_diags *diags)
{
	/* who had each CPU first; competitors of it are found by looking at it alone */
	const struct lop_domain *owner[64] = { 0 };

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *b = system->domains[i];
		const struct lop_cpu_use *ub = NULL, *ua = NULL;
		uint64_t set = set_of(b, cluster, &ub);

		for (size_t cpu = 0; cpu < cluster->n_cpus; cpu++) {
			const struct lop_domain *a = owner[cpu];

			if (!(set >> cpu & 1))
				continue;
			if (!a || lop_domain_related(a, b)) {
				owner[cpu] = b;
				continue;
			}
			if (scheduled(a, b, cluster))
				continue;
			set_of(a, cluster, &ua);
			report_twice(diags, a, ua, b, ub, UINT64_C(1) << cpu);
			break;
		}
	}
}

void lop_rule_cpu_exclusive(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_clusters; i++)
		check_cluster(system, &system->clusters[i], diags);
}

void lop_rule_cpus_within_parent(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		const struct lop_domain *parent = domain->parent;

		while (parent && !parent->n_cpus)
			parent = parent->parent;
		for (size_t k = 0; parent && k < domain->n_cpus; k++) {
			const struct lop_cpu_use *use = &domain->cpus[k], *up = NULL;
			struct lop_diag *d;

			if (!(use->set & ~set_of(parent, use->cluster, &up)))
				continue;
			d = lop_report(diags, LOP_BEYOND_PARENT, use->span,
				       "domain `%s` has CPUs of `%s` that its parent `%s` does not "
				       "have",
				       domain->name, use->cluster->name, parent->name);
			lop_diag_label(d, use->span, "mask 0x%llx", (unsigned long long)use->mask);
			lop_diag_label(d, up ? up->span : parent->span, "the parent's");
			lop_diag_help(
				d,
				"what a nested domain has comes out of its parent's: give the parent these CPUs too");
		}
	}
}
