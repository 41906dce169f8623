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

/* --- who has which node, what stands in a named one included --- */

struct map {
	const struct lop_system *system;
	struct lop_holder *holders; /* by node; domain NULL: nobody names it */
	bool *other;		    /* by node: no device */
};

static void mark_other(struct map *map)
{
	static const char *const tops[] = { "domains", "reserved-memory", "chosen", "aliases",
					    "__symbols__" };
	const struct lop_system *system = map->system;

	for (size_t i = 0; i < system->n_clusters; i++)
		map->other[system->clusters[i].node->index] = true;
	for (size_t i = 0; i < system->n_physical; i++)
		map->other[system->physical[i].node->index] = true;
	for (size_t i = 0; i < sizeof(tops) / sizeof(tops[0]); i++) {
		const struct lop_node *top =
			lop_node_child(system->tree, system->tree->root, tops[i]);

		if (top)
			map->other[top->index] = true;
	}
}

static struct map make_map(const struct lop_system *system)
{
	const struct lop_node *root = system->tree->root;
	size_t n = system->tree->n_nodes + 1;
	struct map map = { system, lop_xmalloc(n * sizeof(*map.holders)),
			   lop_xmalloc(n * sizeof(*map.other)) };

	memset(map.holders, 0, n * sizeof(*map.holders));
	memset(map.other, 0, n * sizeof(*map.other));
	mark_other(&map);
	for (size_t i = 0; i < system->n_domains; i++)
		for (size_t k = 0; k < lop_holder_count(system->domains[i]); k++) {
			struct lop_holder here = lop_holder_nth(system->domains[i], k);
			struct lop_holder *first = &map.holders[here.node->index];

			if (!first->domain || lop_domain_related(first->domain, here.domain))
				*first = here;
		}
	for (const struct lop_node *node = lop_node_next(root, root); node;
	     node = lop_node_next(node, root)) {
		map.other[node->index] |= map.other[node->parent->index];
		if (!map.holders[node->index].domain)
			map.holders[node->index] = map.holders[node->parent->index];
	}
	return map;
}

static void free_map(struct map *map)
{
	free(map->holders);
	free(map->other);
}

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

/* Whose it is: a default domain has what nobody names and is not switched off. */
static struct lop_holder holder_of(const struct map *map, const struct lop_node *node)
{
	const struct lop_domain *rest = map->system->default_domain;
	struct lop_holder holder = map->holders[node->index];

	if (!holder.domain && rest && lop_node_enabled(map->system->tree, node))
		holder = (struct lop_holder){ .domain = rest, .node = node, .span = rest->span };
	return holder;
}

/* A mailbox's channel: its registers are those of the other end, which is another's. */
static bool is_channel(const struct lop_tree *tree, const struct lop_node *node)
{
	return lop_prop_find(tree, node, "#mbox-cells") && node->parent &&
	       lop_reg_count(tree, node->parent);
}

static struct block *find_blocks(const struct map *map, size_t *n)
{
	const struct lop_tree *tree = map->system->tree;
	struct lop_buf blocks = { 0 };

	for (const struct lop_node *node = tree->root; node;
	     node = lop_node_next(node, tree->root)) {
		struct lop_holder holder = { .domain = NULL };

		if (!map->other[node->index] && !lop_node_is_bus(tree, node) &&
		    !is_channel(tree, node))
			holder = holder_of(map, node);
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

static void label_block(struct lop_diag *d, const struct block *b)
{
	if (b->holder.node == b->node && b->holder.span.text == b->holder.domain->span.text &&
	    b->holder.span.offset == b->holder.domain->span.offset)
		lop_diag_label(d, b->holder.span, "the default domain has what nobody names");
	else
		lop_diag_label(d, b->holder.span, "given to `%s`", b->holder.domain->name);
}

static void report_overlap(struct lop_diags *diags, const struct block *a, const struct block *b)
{
	char text[LOP_RANGE_TEXT];
	struct lop_diag *d = lop_report(
		diags, LOP_REG_OVERLAP, b->holder.span,
		"registers of `%s` (domain `%s`) and `%s` (domain `%s`) overlap: %s", a->node->name,
		a->holder.domain->name, b->node->name, b->holder.domain->name,
		lop_range_text(lop_range_intersect(a->range, b->range), text));

	label_block(d, b);
	label_block(d, a);
	lop_diag_label(d, a->node->span, "registers %s", lop_range_text(a->range, text));
	lop_diag_label(d, b->node->span, "registers %s", lop_range_text(b->range, text));
	lop_diag_help(d, "give both to one domain, mark both as shared, or correct `reg`");
}

#define ACTIVE_MAX 64u /* blocks that reach an address; more are not compared */

void lop_rule_registers_apart(const struct lop_system *system, struct lop_diags *diags)
{
	struct map map = make_map(system);
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
	free_map(&map);
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
static const struct lop_node *in_both(const struct map *map, const struct lop_domain *a,
				      const struct lop_domain *b)
{
	const struct lop_system *system = map->system;
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		struct lop_where where;

		if (map->other[n->index] || map->holders[n->index].domain ||
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

static void compare_takers(const struct map *map, struct lop_diags *diags,
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
	struct map map = make_map(system);
	size_t n = 0;

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		if (!takes_rest(domain))
			continue;
		compare_takers(&map, diags, takers, n, domain);
		if (n < TAKERS_MAX)
			takers[n++] = domain;
	}
	free_map(&map);
}
