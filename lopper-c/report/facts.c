/* SPDX-License-Identifier: BSD-3-Clause */
/* Devices of the domains, taken from their views; see facts.h. */
#include "lopper-c/report/facts.h"

#include <string.h>

#include "lopper-c/report/steps.h"
#include "lopper-c/tree/bus.h"

static const char *title_of(const struct lop_tree *tree)
{
	const struct lop_prop *prop = lop_prop_find(tree, tree->root, "model");
	const char *text = prop ? lop_value_str(&prop->value, 0) : NULL;

	if (text && *text)
		return text;
	prop = lop_prop_find(tree, tree->root, "compatible");
	text = prop ? lop_value_str(&prop->value, 0) : NULL;
	return text && *text ? text : "System";
}

static size_t folder_of_all(const struct lop_sources *sources)
{
	const char *const *files;
	size_t n = lop_sources_files(sources, &files), common = n ? strlen(files[0]) : 0;

	for (size_t i = 1; i < n; i++) {
		size_t k = 0;

		while (k < common && files[i][k] == files[0][k])
			k++;
		common = k;
	}
	while (common && files[0][common - 1] != '/')
		common--;
	return common;
}

void lop_report_begin(struct lop_report *report, const struct lop_system *system)
{
	size_t *index;

	memset(report, 0, sizeof(*report));
	report->arena = system->arena;
	report->system = system;
	report->title = title_of(system->tree);
	report->common = folder_of_all(system->diags->sources);
	report->domains =
		lop_arena_zalloc(report->arena, (system->n_domains + 1) * sizeof(*report->domains));
	index = lop_arena_zalloc(report->arena, (system->tree->n_nodes + 1) * sizeof(*index));
	for (size_t i = 0; i < system->n_domains; i++) {
		report->domains[i].domain = system->domains[i];
		index[system->domains[i]->node->index] = i;
	}
	report->domain_index = index;
	report->first_use = lop_arena_zalloc(
		report->arena, (system->tree->n_nodes + 1) * sizeof(struct lop_device_use *));
	report->access = lop_arena_zalloc(report->arena, (system->tree->n_nodes + 1) *
								 sizeof(struct lop_access *));
}

/* --- one domain's devices --- */

struct adding {
	struct lop_report *report;
	struct lop_domain_facts *facts;
	const struct lop_node *root; /* of the tree that nodes of the view are in */
};

static bool count_irq(const struct lop_irq *irq, void *context)
{
	size_t *n = context;

	(void)irq;
	++*n;
	return true;
}

static bool add_irq(const struct lop_irq *irq, void *context)
{
	struct lop_irq **next = context;

	*(*next)++ = *irq;
	return true;
}

/* Where a copy in a domain's own tree is, and what interrupts it. The tree will be gone: so is the
 * controller. */
static void look_at(struct lop_report *report, struct lop_device_use *use,
		    const struct lop_tree *tree, const struct lop_node *copy)
{
	struct lop_irq *irqs, *next;

	for (size_t i = 0; i < lop_reg_count(tree, copy) && !use->placed; i++) {
		struct lop_where where = lop_reg_to_root(tree, copy, i);

		use->placed = where.mapped && where.range.size;
		use->range = where.range;
	}
	lop_irqs_of(tree, copy, count_irq, &use->n_irqs);
	irqs = next = lop_arena_alloc(report->arena, (use->n_irqs + 1) * sizeof(*irqs));
	lop_irqs_of(tree, copy, add_irq, &next);
	for (size_t i = 0; i < use->n_irqs; i++)
		irqs[i].controller = NULL;
	use->irqs = irqs;
}

/* The node of the system's own tree: views under a condition have a tree of their own. */
static const struct lop_node *home(const struct adding *adding, const struct lop_node *node)
{
	const struct lop_tree *tree = adding->report->system->tree;

	if (adding->root == tree->root)
		return node;
	return lop_tree_by_path(tree, lop_node_path_dup(adding->report->arena, node));
}

static struct lop_device_use *add_use(struct adding *adding, const struct lop_node *node,
				      bool given)
{
	struct lop_report *report = adding->report;
	struct lop_device_use *use = lop_arena_zalloc(report->arena, sizeof(*use));
	const struct lop_node *own = home(adding, node);

	use->node = own ? own : node;
	use->domain = (size_t)(adding->facts - report->domains);
	use->given = given;
	use->span = node->span;
	if (own && report->access[own->index])
		use->span = report->access[own->index]->span;
	if (own) {
		struct lop_device_use **last = &report->first_use[own->index];

		use->next_use = *last;
		*last = use;
	}
	*LOP_APPEND(report->arena, adding->facts->uses, adding->facts->n_uses) = use;
	return use;
}

/* on: notes what gave each device to the domain; else takes the notes back. */
static void note_access(struct lop_report *report, const struct lop_domain *domain, bool on)
{
	for (size_t i = 0; i < domain->n_access; i++)
		report->access[domain->access[i].node->index] = on ? &domain->access[i] : NULL;
}

static const struct lop_node *top_of(const struct lop_view *view, const struct lop_tree *tree)
{
	const struct lop_node *node = view->n_devices	? view->devices[0]
				      : view->n_depends ? view->depends[0]
							: tree->root;

	while (node->parent)
		node = node->parent;
	return node;
}

void lop_report_add_view(struct lop_report *report, const struct lop_view *view)
{
	struct adding adding = { .report = report };
	size_t i;

	while (report->domains[report->next].domain != view->domain)
		report->next = (report->next + 1) % report->system->n_domains;
	adding.facts = &report->domains[report->next];
	adding.facts->view = view;
	adding.root = top_of(view, report->system->tree);
	note_access(report, view->domain, true);
	if (!view->tree->facts)
		lop_bus_learn(view->tree);
	for (i = 0; i < view->n_devices; i++)
		look_at(report, add_use(&adding, view->devices[i], true), view->tree,
			view->copies[i]);
	for (i = 0; i < view->n_depends; i++)
		look_at(report, add_use(&adding, view->depends[i], false), view->tree,
			view->copies[view->n_devices + i]);
	note_access(report, view->domain, false);
}

/* What it asked for, where nobody could say what it gets. */
static void add_asked(struct lop_report *report, struct lop_domain_facts *facts)
{
	struct adding adding = { .report = report, .facts = facts };

	adding.root = report->system->tree->root;
	note_access(report, facts->domain, true);
	for (size_t i = 0; i < facts->domain->n_access; i++) {
		const struct lop_node *node = facts->domain->access[i].node;

		if (report->access[node->index] == &facts->domain->access[i])
			add_use(&adding, node, true);
	}
	note_access(report, facts->domain, false);
}

static void put_sources(struct lop_report *report, struct lop_domain_facts *facts)
{
	for (size_t i = 0; i < facts->n_uses; i++) {
		struct lop_device_use *use = facts->uses[i];

		use->source = lop_report_source(report, use->span);
		use->node_source = memcmp(&use->span, &use->node->span, sizeof(use->span))
					   ? lop_report_source(report, use->node->span)
					   : use->source;
	}
}

/* --- all of them --- */

/* Lists were built newest first. */
static struct lop_device_use *reversed(struct lop_device_use *use)
{
	struct lop_device_use *out = NULL;

	while (use) {
		struct lop_device_use *next = use->next_use;

		use->next_use = out;
		out = use;
		use = next;
	}
	return out;
}

void lop_report_finish(struct lop_report *report)
{
	const struct lop_system *system = report->system;

	for (size_t i = 0; i < system->n_domains; i++)
		if (!report->domains[i].view)
			add_asked(report, &report->domains[i]);
	for (size_t i = 0; i < system->n_domains; i++)
		put_sources(report, &report->domains[i]);
	for (size_t i = 0; i < system->tree->n_nodes; i++) {
		report->first_use[i] = reversed(report->first_use[i]);
		if (report->first_use[i])
			*LOP_APPEND(report->arena, report->devices, report->n_devices) =
				report->first_use[i];
	}
	lop_report_regions(report);
	lop_report_maps(report);
}
