/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Domains: which nodes below /domains are one, how they nest, what they are called, which of them
 * is the default domain. Their resources are taken apart in use.c and relation.c.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/model/build.h"
#include "lopper-c/tree/kinds.h"

bool lop_node_says_domain(const struct lop_tree *tree, const struct lop_node *node)
{
	return lop_kinds_of_node(tree, node) & LOP_KINDS_RUNNING;
}

bool lop_node_is_domain(const struct lop_tree *tree, const struct lop_node *node)
{
	unsigned kinds;

	if (lop_node_is_manager(tree, node))
		return false;
	kinds = lop_kinds_of_node(tree, node);
	if (kinds & (LOP_KIND_GROUP | LOP_KIND_INVENTORY | LOP_KIND_RELATION))
		return false;
	return (kinds & LOP_KINDS_RUNNING) || lop_node_runs(tree, node);
}

struct lop_domain *lop_domain_of_node(const struct lop_system *system, const struct lop_node *node)
{
	size_t lo = 0, hi = system->n_domains;

	while (lo < hi) { /* they are in document order */
		size_t mid = lo + (hi - lo) / 2;

		if (system->domains[mid]->node == node)
			return system->domains[mid];
		if (system->domains[mid]->node->index < node->index)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

const struct lop_domain *lop_system_domain(const struct lop_system *system, const char *name)
{
	for (size_t i = 0; i < system->n_domains; i++)
		if (!strcmp(system->domains[i]->name, name))
			return system->domains[i];
	return NULL;
}

bool lop_domain_related(const struct lop_domain *a, const struct lop_domain *b)
{
	for (const struct lop_domain *d = a; d; d = d->parent)
		if (d == b)
			return true;
	for (const struct lop_domain *d = b; d; d = d->parent)
		if (d == a)
			return true;
	return false;
}

bool lop_domain_has_cpu(const struct lop_domain *domain, const struct lop_cpu *cpu)
{
	for (size_t i = 0; i < domain->n_cpus; i++) {
		const struct lop_cpu_use *use = &domain->cpus[i];

		if (use->cluster == cpu->cluster && use->set >> (cpu - use->cluster->cpus) & 1)
			return true;
	}
	return false;
}

static const char *string_of(const struct lop_tree *tree, const struct lop_node *node,
			     const char *name)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, name);

	return prop ? lop_value_str(&prop->value, 0) : NULL;
}

static void read_id(struct lop_system *system, struct lop_domain *domain)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, domain->node, "id");

	if (!prop)
		return;
	if (prop->value.len != 4) {
		lop_diag_help(lop_report(system->diags, LOP_BAD_CELLS, prop->span,
					 "`id` of domain `%s` is not one cell", domain->name),
			      "write `id = <N>;`");
		return;
	}
	domain->id = lop_value_cell(&prop->value, 0);
	domain->has_id = true;
}

static enum lop_domain_kind kind_of(const struct lop_tree *tree, const struct lop_node *node)
{
	return lop_kinds_of_node(tree, node) & LOP_KIND_HYPERVISOR ? LOP_DOMAIN_HYPERVISOR
								   : LOP_DOMAIN;
}

static struct lop_domain *new_domain(struct lop_system *system, const struct lop_node *node,
				     struct lop_domain *parent)
{
	const struct lop_tree *tree = system->tree;
	struct lop_domain *d = lop_arena_zalloc(system->arena, sizeof(*d));
	struct lop_domain **slot = LOP_APPEND(system->arena, system->domains, system->n_domains);
	const char *activate = string_of(tree, node, "lopper,activate");

	*slot = d;
	d->node = node;
	d->parent = parent;
	d->name = lop_node_label(node) ? lop_node_label(node) : node->name;
	d->kind = kind_of(tree, node);
	d->os_type = string_of(tree, node, "os,type");
	d->condition = activate ? activate : d->os_type;
	d->chosen = lop_node_child(tree, node, "chosen");
	d->span = node->span;
	d->memory_all = lop_prop_find(tree, node, "lopper,memory-keep-all");
	d->sram_all = lop_prop_find(tree, node, "lopper,sram-keep-all");
	d->access_all = lop_prop_find(tree, node, "lopper,access-keep-all");
	read_id(system, d);
	return d;
}

/*
 * Domains in document order, parents first. Nodes that are no domain are searched too: containers
 * without a compatible occur. The tree's depth is bounded by its readers.
 */
static void walk(struct lop_system *system, const struct lop_node *top, struct lop_domain *parent)
{
	for (const struct lop_node *n = top->children; n; n = n->next) {
		if (lop_node_is_domain(system->tree, n))
			walk(system, n, new_domain(system, n, parent));
		else
			walk(system, n, parent);
	}
}

/* --- the default domain --- */

static bool on_default_cluster(const struct lop_domain *domain)
{
	for (size_t i = 0; i < domain->n_cpus; i++)
		if (domain->cpus[i].cluster->is_default)
			return true;
	return false;
}

static bool outermost(const struct lop_domain *domain)
{
	for (const struct lop_domain *d = domain->parent; d; d = d->parent)
		if (d->n_cpus)
			return false;
	return true;
}

/*
 * The specification's default domain runs on the default cluster. Where several do, it is the one
 * that asks for everything, then the one that lists nothing; else there is none.
 */
static struct lop_domain *pick_default(struct lop_system *system)
{
	struct lop_domain *all = NULL, *silent = NULL, *only = NULL;
	size_t n = 0, n_all = 0, n_silent = 0;

	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_domain *d = system->domains[i];

		if (!on_default_cluster(d) || !outermost(d))
			continue;
		n++;
		only = d;
		if (d->access_all)
			all = d, n_all++;
		else if (!d->n_access)
			silent = d, n_silent++;
	}
	if (n == 1)
		return only;
	if (n_all == 1)
		return all;
	return !n_all && n_silent == 1 ? silent : NULL;
}

/* Under a condition, what is wrong with a domain that is under another one is not to be said. */
static void build_uses(struct lop_system *system, struct lop_domain *d)
{
	struct lop_diags *diags = system->diags;
	struct lop_diags mute = { .arena = diags->arena, .sources = diags->sources };

	if (!lop_system_is_of(system, d))
		system->diags = &mute;
	lop_build_cpus(system, d);
	lop_build_ranges(system, d);
	lop_build_access(system, d);
	lop_build_relations(system, d);
	lop_build_regions(system, d);
	lop_build_firewalls(system, d);
	system->diags = diags;
}

bool lop_domain_runs_linux(const struct lop_domain *domain)
{
	return domain->os_type && strncmp(domain->os_type, "linux", 5) == 0;
}

void lop_build_domains(struct lop_system *system)
{
	const struct lop_node *top = lop_node_child(system->tree, system->tree->root, "domains");

	if (top)
		walk(system, top, NULL);
	for (size_t i = 0; i < system->n_domains; i++)
		build_uses(system, system->domains[i]);
	lop_build_masks(system);
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *d = system->domains[i];

		if (d->n_access || d->n_named || d->n_all_regions)
			*LOP_APPEND(system->arena, system->naming, system->n_naming) = d;
	}
	system->default_domain = pick_default(system);
	if (system->default_domain)
		system->default_domain->is_default = true;
}

size_t lop_domain_n_uses(const struct lop_domain *domain)
{
	return domain->n_memory + domain->n_sram;
}

const struct lop_memory_use *lop_domain_use(const struct lop_domain *domain, size_t i)
{
	return i < domain->n_memory ? &domain->memory[i] : &domain->sram[i - domain->n_memory];
}
