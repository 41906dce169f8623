/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Whose a device is. What a domain names, in its access list or in a relation, is its own. What
 * nobody names is the default domain's, else the one domain's that needs it: what two need goes to
 * neither, as two operating systems cannot run one DMA controller. Only providers (clocks, power
 * domains, interrupt controllers and their like) are in every tree that needs them.
 *
 * Who needs what is found by selecting for every domain once, before the first one is cut.
 */
#include <stdlib.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

/* --- what is named --- */

/* Taken by a pattern from the domain's own pool: it has moved down, see `glob-moved`. */
static bool moved_down(const struct lop_cut *cut, const struct lop_domain *e,
		       const struct lop_access *access)
{
	if (!access->from_pool || e == cut->domain)
		return false;
	for (const struct lop_domain *d = e->parent; d; d = d->parent)
		if (d == cut->domain)
			return true;
	return false;
}

static void claim(struct lop_cut *cut, const struct lop_domain *e, const struct lop_node *node,
		  bool moved)
{
	unsigned char *claim = &cut->claim[node->index];

	if (e == cut->domain)
		*claim = LOP_CLAIM_MINE;
	else if (!*claim && (moved || !lop_domain_related(e, cut->domain)))
		*claim = LOP_CLAIM_OTHER;
}

void lop_cut_find_claims(struct lop_cut *cut)
{
	const struct lop_system *system = cut->system;
	const struct lop_node *root = cut->tree->root;

	for (size_t i = 0; i < system->n_naming; i++) {
		const struct lop_domain *e = system->naming[i];

		for (size_t k = 0; k < e->n_access; k++)
			claim(cut, e, e->access[k].node, moved_down(cut, e, &e->access[k]));
		for (size_t k = 0; k < e->n_named; k++)
			claim(cut, e, e->named[k].node, false);
	}
	for (const struct lop_node *n = lop_cut_next(cut, root); n; n = lop_cut_next(cut, n))
		if (!cut->claim[n->index])
			cut->claim[n->index] = cut->claim[n->parent->index];
}

static void give(struct lop_giver *giver, const struct lop_domain *e, struct lop_span span)
{
	if (!giver->domain)
		*giver = (struct lop_giver){ e, span };
}

/* By node, made when the first report needs it. */
static void find_givers(struct lop_cut *cut)
{
	const struct lop_node *root = cut->tree->root;
	struct lop_giver *givers =
		lop_arena_zalloc(cut->arena, cut->tree->n_nodes * sizeof(*givers));

	for (size_t i = 0; i < cut->system->n_naming; i++) {
		const struct lop_domain *e = cut->system->naming[i];
		bool related = lop_domain_related(e, cut->domain);

		for (size_t k = 0; k < e->n_access; k++)
			if (!related || moved_down(cut, e, &e->access[k]))
				give(&givers[e->access[k].node->index], e, e->access[k].span);
		for (size_t k = 0; k < e->n_named && !related; k++)
			give(&givers[e->named[k].node->index], e, e->named[k].span);
	}
	for (const struct lop_node *n = lop_cut_next(cut, root); n; n = lop_cut_next(cut, n))
		if (!givers[n->index].domain)
			givers[n->index] = givers[n->parent->index];
	cut->givers = givers;
}

struct lop_giver lop_cut_giver(struct lop_cut *cut, const struct lop_node *node)
{
	if (!cut->givers)
		find_givers(cut);
	return cut->givers[node->index];
}

/* --- what is needed --- */

/* Of one node of the system as it is written, whatever conditions change. */
struct need {
	const struct lop_domain *taker;		 /* has it because nobody was given it */
	const struct lop_domain *first, *second; /* need it, and are no relatives */
};

struct lop_needs {
	struct need *of; /* by node */
};

static uint32_t origin_of(const struct lop_system *system, const struct lop_node *node)
{
	return system->origin ? system->origin[node->index] : node->index;
}

/* A chip, a port or a cell is in the device that it is a part of. */
static const struct lop_node *device_of(const struct lop_cut *cut, const struct lop_node *node)
{
	while (node->parent && !lop_node_is_bus(cut->tree, node->parent))
		node = node->parent;
	return node;
}

static bool is_plain_bus(const struct lop_cut *cut, const struct lop_node *node)
{
	return !node->parent || lop_node_compatible(cut->tree, node, "simple-bus") ||
	       lop_node_is_indirect_bus(cut->tree, node);
}

/* Can only one domain have it? Then the node that stands for it, else NULL. */
static const struct lop_node *contested(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_node *device = device_of(cut, node);

	if (cut->class[node->index] != LOP_CLASS_DEVICE || cut->claim[node->index] ||
	    cut->claim[device->index] || is_plain_bus(cut, device))
		return NULL;
	return device;
}

void lop_cut_want(struct lop_cut *cut, const struct lop_node *node, enum lop_ref_kind kind)
{
	const struct lop_node *device = contested(cut, node);

	if (cut->wanted && device && kind != LOP_REF_PROVIDER && kind != LOP_REF_SYSCON)
		cut->wanted[device->index] = true;
}

const struct lop_domain *lop_cut_contender(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_node *device = cut->needs ? contested(cut, node) : NULL;
	const struct need *need;

	if (!device || cut->everything)
		return NULL;
	need = &cut->needs->of[origin_of(cut->system, device)];
	if (need->taker && !lop_domain_related(need->taker, cut->written))
		return need->taker;
	if (need->first && !lop_domain_related(need->first, cut->written))
		return need->first;
	if (need->second && !lop_domain_related(need->second, cut->written))
		return need->second;
	return NULL;
}

/* A nested domain stands for those around it: they have it with it. */
static void add_need(struct need *need, const struct lop_domain *domain)
{
	if (!need->first || lop_domain_related(need->first, domain))
		need->first = domain;
	else if (!need->second || lop_domain_related(need->second, domain))
		need->second = domain;
}

static void collect(struct lop_needs *needs, const struct lop_cut *cut)
{
	const struct lop_node *root = cut->tree->root;

	for (const struct lop_node *n = lop_cut_next(cut, root); n; n = lop_cut_next(cut, n)) {
		struct need *need = &needs->of[origin_of(cut->system, n)];

		if (cut->claim[n->index] || cut->class[n->index] != LOP_CLASS_DEVICE)
			continue;
		if (cut->everything && cut->keep[n->index] == LOP_KEEP_GIVEN) {
			if (!need->taker)
				need->taker = cut->written;
		} else if (cut->wanted[n->index]) {
			add_need(need, cut->written);
		}
	}
}

/* What there is to say is said when the domain is cut. */
static void rehearse(struct lop_needs *needs, const struct lop_system *system,
		     const struct lop_domain *domain)
{
	struct lop_arena arena = { 0 };
	struct lop_diags quiet = { .arena = &arena, .sources = system->diags->sources };
	struct lop_cut cut = { .diags = &quiet, .arena = &arena };

	lop_cut_begin(&cut, system, domain);
	cut.wanted = lop_arena_zalloc(&arena, cut.tree->n_nodes * sizeof(*cut.wanted));
	lop_cut_classify(&cut);
	lop_cut_select(&cut);
	collect(needs, &cut);
	lop_cut_end(&cut);
	lop_tree_free(cut.out);
	lop_arena_free(&arena);
}

const struct lop_needs *lop_needs_of(const struct lop_system *system)
{
	struct lop_needs *needs = system->needs;

	if (needs)
		return needs;
	needs = lop_arena_zalloc(system->arena, sizeof(*needs));
	needs->of = lop_arena_zalloc(system->arena, system->tree->n_nodes * sizeof(*needs->of));
	for (size_t i = 0; i < system->n_domains && system->n_domains > 1; i++)
		rehearse(needs, system, system->domains[i]);
	((struct lop_system *)system)->needs = needs; /* a cache */
	return needs;
}
