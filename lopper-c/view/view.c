/* SPDX-License-Identifier: BSD-3-Clause */
/* The steps that cut one domain's tree out of the system; see view.h and cut.h. */
#include "lopper-c/view/view.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/resolve.h"
#include "lopper-c/view/cut.h"
#include "lopper-c/view/made.h"
#include "lopper-c/view/zephyr.h"

/* /memreserve/ of the firmware stays with whoever has the memory, where its cluster sees it. */
static void copy_memreserves(struct lop_cut *cut)
{
	struct lop_memreserve **tail = &cut->out->memreserves;
	struct lop_range *parts = lop_arena_alloc(cut->arena, (cut->n_pieces + 1) * sizeof(*parts));
	size_t total = 0;

	for (const struct lop_memreserve *m = cut->tree->memreserves; m; m = m->next) {
		size_t n = lop_cut_clip(cut, m->range, true, parts);

		total += n;
		if (total > LOP_PARTS_MAX) {
			lop_cut_report_parts(cut, m->span, "memory reservations fall");
			break;
		}
		for (size_t i = 0; i < n; i++) {
			*tail = lop_arena_dup(cut->out->arena, m, sizeof(*m));
			(*tail)->range = parts[i];
			if (i)
				(*tail)->labels = NULL;
			tail = &(*tail)->next;
		}
	}
	*tail = NULL;
}

/* Worth a line in a report: something with registers or a driver, not a bus, not a part of another.
 */
static bool is_device(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_tree *tree = cut->tree;

	if (cut->class[node->index] != LOP_CLASS_DEVICE || !node->parent || !cut->copy[node->index])
		return false;
	if (!lop_node_is_bus(tree, node->parent) || !lop_prop_find(tree, node, "compatible"))
		return false;
	return lop_prop_find(tree, node, "reg") || !lop_node_is_bus(tree, node);
}

static void list_copies(struct lop_cut *cut, struct lop_view *view)
{
	size_t n = 0;

	view->copies = lop_arena_alloc(cut->arena, (view->n_devices + view->n_depends + 1) *
							   sizeof(*view->copies));
	for (size_t i = 0; i < view->n_devices; i++)
		view->copies[n++] = cut->copy[view->devices[i]->index];
	for (size_t i = 0; i < view->n_depends; i++)
		view->copies[n++] = cut->copy[view->depends[i]->index];
}

/* A device that stands inside one that is listed already needs no line of its own. */
static void list_devices(struct lop_cut *cut, struct lop_view *view)
{
	const struct lop_node *root = cut->tree->root, *inside = NULL;
	size_t size = sizeof(*view->devices);

	view->devices = lop_arena_alloc(cut->arena, cut->tree->n_nodes * size);
	view->depends = lop_arena_alloc(cut->arena, cut->tree->n_nodes * size);
	for (const struct lop_node *n = lop_cut_next(cut, root); n; n = lop_cut_next(cut, n)) {
		bool named = cut->claim[n->index] == LOP_CLAIM_MINE &&
			     cut->claim[n->parent->index] != LOP_CLAIM_MINE;

		if (!cut->copy[n->index] || cut->class[n->index] != LOP_CLASS_DEVICE ||
		    (inside && lop_node_below(n, inside)) || (!named && !is_device(cut, n)))
			continue;
		inside = n;
		if (named || cut->keep[n->index] == LOP_KEEP_GIVEN)
			view->devices[view->n_devices++] = n;
		else
			view->depends[view->n_depends++] = n;
	}
	list_copies(cut, view);
	view->devices = lop_arena_dup(cut->system->arena, view->devices, view->n_devices * size);
	view->depends = lop_arena_dup(cut->system->arena, view->depends, view->n_depends * size);
}

static void list_memory(struct lop_cut *cut, struct lop_view *view)
{
	struct lop_view_memory *memory =
		lop_arena_zalloc(cut->system->arena, (cut->n_pieces + 1) * sizeof(*memory));

	for (size_t i = 0; i < cut->n_pieces; i++) {
		const struct lop_physical *p = cut->pieces[i].physical;

		memory[i] = (struct lop_view_memory){ cut->pieces[i].view, p && p->sram,
						      p ? p->node : NULL, cut->pieces[i].root,
						      cut->pieces[i].span };
	}
	view->memory = memory;
	view->n_memory = cut->n_pieces;
}

/* A condition may take away what makes the node a domain: then the system is as it is written. */
static void find_domain(struct lop_cut *cut, const struct lop_system *system)
{
	cut->system = lop_system_under(system, cut->written->condition);
	cut->domain = lop_system_same(cut->system, cut->written);
	if (cut->domain)
		return;
	lop_diag_help(lop_report(cut->diags, LOP_UNSUPPORTED, cut->written->span,
				 "condition `%s`, which `%s` is under, makes it no domain",
				 cut->written->condition, cut->written->name),
		      "a domain's own keys have no conditions: they choose what other nodes are");
	cut->system = system;
	cut->domain = cut->written;
}

const struct lop_node *lop_cut_next(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_node *next = lop_node_next(node, cut->tree->root);

	return next && next == cut->domains ? next->next : next;
}

void lop_cut_begin(struct lop_cut *cut, const struct lop_system *system,
		   const struct lop_domain *domain)
{
	size_t n;

	cut->base = system;
	cut->written = domain;
	find_domain(cut, system);
	cut->tree = cut->system->tree;
	cut->cluster = lop_domain_cluster(cut->domain);
	cut->domains = lop_node_child(cut->tree, cut->tree->root, "domains");
	n = cut->tree->n_nodes;
	cut->class = lop_arena_zalloc(cut->arena, n);
	cut->claim = lop_arena_zalloc(cut->arena, n);
	cut->keep = lop_arena_zalloc(cut->arena, n);
	cut->walked = lop_arena_zalloc(cut->arena, n);
	cut->forced = lop_arena_zalloc(cut->arena, n * sizeof(*cut->forced));
	cut->work = lop_arena_alloc(cut->arena, n * sizeof(*cut->work));
	cut->copy = lop_arena_zalloc(cut->arena, n * sizeof(*cut->copy));
	cut->out = lop_tree_new(cut->arena);
	cut->out->root->span = cut->tree->root->span;
	cut->everything = cut->domain->is_default || cut->domain->access_all;
}

void lop_cut_end(struct lop_cut *cut)
{
	free(cut->refs.items);
	lop_cut_drop_muxes(cut);
}

struct lop_view *lop_view_build(const struct lop_system *system, const struct lop_domain *domain,
				struct lop_diags *diags)
{
	struct lop_view *view = lop_arena_zalloc(system->arena, sizeof(*view));
	struct lop_cut cut = { .diags = diags, .arena = &view->arena };

	view->domain = domain;
	lop_cut_begin(&cut, system, domain);
	cut.needs = lop_needs_of(system);
	lop_cut_classify(&cut);
	lop_cut_classify_rprocs(&cut);
	lop_cut_select(&cut);
	lop_cut_copy_tree(&cut);
	copy_memreserves(&cut);
	lop_cut_machine(&cut, domain);
	lop_cut_links(&cut, domain);
	lop_cut_rprocs(&cut);
	view->machine = cut.machine;
	view->n_machine = cut.n_machine;
	view->tree = cut.out;
	cut.out->boot_cpu = lop_tree_guess_boot_cpu(cut.out);
	list_devices(&cut, view);
	list_memory(&cut, view);
	lop_cut_zephyr(&cut, view);
	lop_tree_resolve(view->tree, diags, NULL);
	lop_tree_number(view->tree);
	lop_cut_check_guest(&cut);
	lop_cut_end(&cut);
	return view;
}

bool lop_view_is_machine(const struct lop_view *view, const struct lop_node *node)
{
	for (size_t i = 0; i < view->n_machine; i++)
		if (view->machine[i] == node)
			return true;
	return false;
}

void lop_view_drop_tree(struct lop_view *view)
{
	if (view->tree)
		lop_tree_free(view->tree);
	lop_arena_free(&view->arena);
	view->tree = NULL;
	view->copies = NULL;
}
