/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rules about what two domains get without either naming it twice: registers that two nodes
 * describe, and what is left where two domains take all that nobody names.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/check/holder.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

/* --- registers that two nodes describe --- */

struct block {
	struct lop_range range; /* of the root */
	const struct lop_node *node;
	struct lop_holder holder;
};

static int by_base(const void *a, const void *b)
{
	const struct block *x = a, *y = b;

	if (x->range.base != y->range.base)
		return x->range.base < y->range.base ? -1 : 1;
	return x->node->index < y->node->index ? -1 : x->node->index > y->node->index;
}

/* A mailbox's channel: its registers are those of the other end, which is another's. */
static bool is_channel(const struct lop_tree *tree, const struct lop_node *node)
{
	return lop_prop_find(tree, node, "#mbox-cells") && node->parent &&
	       lop_reg_count(tree, node->parent);
}

static struct block *find_blocks(const struct lop_holders *map, size_t *n)
{
	const struct lop_tree *tree = map->system->tree;
	struct lop_buf blocks = { 0 };

	for (const struct lop_node *node = tree->root; node;
	     node = lop_node_next(node, tree->root)) {
		struct lop_holder holder = { .domain = NULL };

		if (!map->other[node->index] && !lop_node_is_bus(tree, node) &&
		    !is_channel(tree, node))
			holder = lop_holders_of(map, node);
		for (size_t i = 0; holder.domain && i < lop_reg_count(tree, node); i++) {
			struct lop_where where = lop_reg_to_root(tree, node, i);
			struct block block = { where.range, node, holder };

			if (where.mapped && where.range.size)
				lop_buf_add(&blocks, &block, sizeof(block));
		}
	}
	*n = blocks.len / sizeof(struct block);
	if (*n)
		qsort(blocks.data, *n, sizeof(struct block), by_base);
	return (struct block *)(void *)blocks.data;
}

static bool must_not_meet(const struct block *a, const struct block *b)
{
	return lop_range_overlaps(a->range, b->range) &&
	       !lop_holders_may_share(&a->holder, &b->holder) &&
	       !lop_node_below(a->node, b->node) && !lop_node_below(b->node, a->node);
}

static void report_overlap(struct lop_diags *diags, const struct block *a, const struct block *b)
{
	char text[LOP_RANGE_TEXT];
	struct lop_diag *d = lop_report(
		diags, LOP_REG_OVERLAP, b->holder.span,
		"registers of `%s` (domain `%s`) and `%s` (domain `%s`) overlap: %s", a->node->name,
		a->holder.domain->name, b->node->name, b->holder.domain->name,
		lop_range_text(lop_range_intersect(a->range, b->range), text));

	lop_holder_label(d, &b->holder);
	lop_holder_label(d, &a->holder);
	lop_diag_label(d, a->node->span, "registers %s", lop_range_text(a->range, text));
	lop_diag_label(d, b->node->span, "registers %s", lop_range_text(b->range, text));
	lop_diag_help(d, "give both to one domain, mark both as shared, or correct `reg`");
}

#define ACTIVE_MAX 64u /* blocks that reach an address; more are not compared */

void lop_rule_registers_apart(const struct lop_system *system, struct lop_diags *diags)
{
	struct lop_holders map = lop_holders_make(system);
	const struct block *active[ACTIVE_MAX];
	size_t n, n_active = 0;
	struct block *blocks = find_blocks(&map, &n);

	for (size_t i = 0; i < n; i++) {
		size_t kept = 0;

		for (size_t k = 0; k < n_active; k++)
			if (lop_range_last(active[k]->range) >= blocks[i].range.base)
				active[kept++] = active[k];
		n_active = kept;
		for (size_t k = 0; k < n_active; k++)
			if (must_not_meet(active[k], &blocks[i])) {
				report_overlap(diags, active[k], &blocks[i]);
				break;
			}
		if (n_active < ACTIVE_MAX)
			active[n_active++] = &blocks[i];
	}
	free(blocks);
	lop_holders_free(&map);
}

/* --- two domains that take the rest --- */

static bool takes_rest(const struct lop_domain *domain)
{
	return domain->is_default || domain->access_all;
}

/* Clocks, power domains, interrupts: those come along with whoever needs them. */
static bool provides(const struct lop_node *node)
{
	for (const struct lop_prop *p = node->props; p; p = p->next)
		if (p->name[0] == '#' && lop_str_ends(p->name, "-cells") &&
		    strcmp(p->name, "#address-cells") && strcmp(p->name, "#size-cells"))
			return true;
	return false;
}

static bool sees(const struct lop_system *system, const struct lop_domain *domain,
		 const struct lop_node *node, struct lop_range range)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);
	struct lop_range view;

	return cluster && lop_cluster_sees(system, cluster, node, range, &view);
}

/* A device that nobody names and both see; NULL: none. */
static const struct lop_node *in_both(const struct lop_holders *map, const struct lop_domain *a,
				      const struct lop_domain *b)
{
	const struct lop_system *system = map->system;
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		struct lop_where where;

		if (map->other[n->index] || map->named[n->index].domain ||
		    lop_node_is_bus(system->tree, n) || !lop_reg_count(system->tree, n) ||
		    !lop_node_enabled(system->tree, n) || provides(n))
			continue;
		where = lop_reg_to_root(system->tree, n, 0);
		if (where.mapped && where.range.size && sees(system, a, n, where.range) &&
		    sees(system, b, n, where.range))
			return n;
	}
	return NULL;
}

static struct lop_span span_of_rest(const struct lop_system *system,
				    const struct lop_domain *domain)
{
	const struct lop_prop *all =
		lop_prop_find(system->tree, domain->node, "lopper,access-keep-all");

	return all ? all->span : domain->span;
}

static void report_rest(const struct lop_system *system, struct lop_diags *diags,
			const struct lop_domain *a, const struct lop_domain *b,
			const struct lop_node *device)
{
	struct lop_diag *d = lop_report(diags, LOP_DEVICE_TWICE, span_of_rest(system, b),
					"`%s` and `%s` both take what nobody names, as `%s`",
					a->name, b->name, device->name);

	lop_diag_label(d, span_of_rest(system, b), "%s",
		       b->access_all ? "`*` of one domain" : "the default domain");
	lop_diag_label(d, span_of_rest(system, a), "%s",
		       a->access_all ? "`*` of the other" : "the default domain");
	lop_diag_label(d, device->span, "this device, for one");
	lop_diag_help(d, "list the devices of one of them in its `access`, and leave `*` to the "
			 "other");
}

#define TAKERS_MAX 16u /* domains that take the rest; more are compared with these only */

static void compare_takers(const struct lop_holders *map, struct lop_diags *diags,
			   const struct lop_domain *const *takers, size_t n,
			   const struct lop_domain *domain)
{
	for (size_t i = 0; i < n; i++) {
		const struct lop_node *device;

		if (lop_domain_related(takers[i], domain))
			continue;
		device = in_both(map, takers[i], domain);
		if (!device)
			continue;
		report_rest(map->system, diags, takers[i], domain, device);
		return;
	}
}

void lop_rule_rest_is_ones(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_domain *takers[TAKERS_MAX];
	struct lop_holders map = lop_holders_make(system);
	size_t n = 0;

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		if (!takes_rest(domain))
			continue;
		compare_takers(&map, diags, takers, n, domain);
		if (n < TAKERS_MAX)
			takers[n++] = domain;
	}
	lop_holders_free(&map);
}
