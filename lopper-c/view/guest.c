/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Devices of a domain are where they are, whatever a manager moves: nothing of what stands in its
 * tree (devices, the interrupt controller, the virtual UART) may be where it sees moved memory, or
 * a window of a link.
 */
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

/* Something that the manager shows elsewhere. */
struct moved {
	struct lop_range view; /* size 0: nothing */
	struct lop_span span;
	const char *what;
};

/* What is moved to where a range is. */
static struct moved moved_to(const struct lop_cut *cut, struct lop_range range)
{
	const struct lop_memory_use *use = lop_domain_guest(cut->domain, range);
	struct moved none = { 0 };

	if (use)
		return (struct moved){ lop_use_guest(use), use->guest_span, "its memory" };
	for (size_t i = 0; i < 2 * cut->base->n_links; i++) {
		const struct lop_link *link = cut->base->links[i / 2];
		const struct lop_range view = { link->guest[i % 2], link->window.size };

		if (link->end[i % 2] == cut->written && link->guest[i % 2] != UINT64_MAX &&
		    lop_range_overlaps(view, range))
			return (struct moved){
				view, link->window_span.text ? link->window_span : link->span,
				lop_arena_printf(cut->system->arena, "the window of link `%s`",
						 link->name)
			};
	}
	return none;
}

static void report(struct lop_cut *cut, const struct moved *moved, const struct lop_node *node,
		   struct lop_range range)
{
	struct lop_range both = lop_range_intersect(moved->view, range);
	char text[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	struct lop_diag *d =
		lop_report(cut->diags, LOP_GUEST_ADDRESS, moved->span,
			   "`%s` would see %s and `%s` in %s (%s)", cut->domain->name, moved->what,
			   node->name, lop_range_text(both, text), lop_size_text(both.size, size));

	lop_diag_label(d, moved->span, "seen at %s", lop_range_text(moved->view, text));
	lop_diag_label(d, node->span, "seen at %s", lop_range_text(range, text));
	lop_diag_help(d, "devices stay where they are: take a guest-address where the domain has "
			 "none");
}

static void check_node(struct lop_cut *cut, const struct lop_node *node)
{
	for (size_t i = 0; i < lop_reg_count(cut->out, node); i++) {
		struct lop_where where = lop_reg_to_root(cut->out, node, i);
		struct moved moved = { 0 };

		if (where.mapped)
			moved = moved_to(cut, where.range);
		if (!moved.view.size)
			continue;
		report(cut, &moved, node, where.range);
		return;
	}
}

/* Memory has rules of its own. */
static bool is_memory(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_prop *type = lop_prop_find(cut->out, node, "device_type");

	for (size_t i = 0; i < cut->n_pieces; i++) {
		const struct lop_physical *p = cut->pieces[i].physical;

		if (p && cut->copy[p->node->index] == node)
			return true;
	}
	return type && lop_value_has_str(&type->value, "memory");
}

/* What is reserved has them, too; CPUs have numbers. */
static bool is_other(const struct lop_node *top)
{
	return !strcmp(top->name, "reserved-memory") || !strcmp(top->name, "cpus");
}

static bool moves_any(const struct lop_cut *cut)
{
	bool any = cut->domain->moves;

	for (size_t i = 0; i < 2 * cut->base->n_links && !any; i++)
		any = cut->base->links[i / 2]->end[i % 2] == cut->written &&
		      cut->base->links[i / 2]->guest[i % 2] != UINT64_MAX;
	return any;
}

void lop_cut_check_guest(struct lop_cut *cut)
{
	const struct lop_node *root = cut->out->root;

	if (!cut->system->manager || !moves_any(cut))
		return;
	for (const struct lop_node *top = root->children; top; top = top->next) {
		if (is_other(top))
			continue;
		for (const struct lop_node *n = top; n; n = lop_node_next(n, top))
			if (lop_node_is_bus(cut->out, n->parent) && !is_memory(cut, n))
				check_node(cut, n);
	}
}
