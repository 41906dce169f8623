/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Devices of a domain are where they are, whatever a manager moves: nothing of what stands in its
 * tree (devices, the interrupt controller, the virtual UART) may be where it sees moved memory.
 */
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

static void report(struct lop_cut *cut, const struct lop_memory_use *use,
		   const struct lop_node *node, struct lop_range range)
{
	struct lop_range both = lop_range_intersect(lop_use_guest(use), range);
	char text[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	struct lop_diag *d =
		lop_report(cut->diags, LOP_GUEST_ADDRESS, use->guest_span,
			   "`%s` would see its memory and `%s` in %s (%s)", cut->domain->name,
			   node->name, lop_range_text(both, text), lop_size_text(both.size, size));

	lop_diag_label(d, use->guest_span, "memory at %s",
		       lop_range_text(lop_use_guest(use), text));
	lop_diag_label(d, node->span, "seen at %s", lop_range_text(range, text));
	lop_diag_help(d, "devices stay where they are: take a guest-address where the domain has "
			 "none");
}

static void check_node(struct lop_cut *cut, const struct lop_node *node)
{
	for (size_t i = 0; i < lop_reg_count(cut->out, node); i++) {
		struct lop_where where = lop_reg_to_root(cut->out, node, i);
		const struct lop_memory_use *use =
			where.mapped ? lop_domain_guest(cut->domain, where.range) : NULL;

		if (!use)
			continue;
		report(cut, use, node, where.range);
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

void lop_cut_check_guest(struct lop_cut *cut)
{
	const struct lop_node *root = cut->out->root;

	if (!cut->system->manager || !cut->domain->moves)
		return;
	for (const struct lop_node *top = root->children; top; top = top->next) {
		if (is_other(top))
			continue;
		for (const struct lop_node *n = top; n; n = lop_node_next(n, top))
			if (lop_node_is_bus(cut->out, n->parent) && !is_memory(cut, n))
				check_node(cut, n);
	}
}
