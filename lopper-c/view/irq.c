/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupts at the domain's own controller (System Device Tree specification, "interrupts routed
 * to several clusters"). A multiplexer in front of several controllers disappears: its children get
 * the one controller that the domain's cluster sees, and specifiers translated by the multiplexer's
 * map. A PCI host's interrupt-map stays, entry by entry.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

#define MAX_STEPS 64u /* interrupt-parent hops; more is a cycle */

static const struct lop_node *target_of(const struct lop_cut *cut, const struct lop_prop *prop,
					uint32_t offset)
{
	const struct lop_marker *ref = lop_value_ref_at(&prop->value, offset);

	if (ref)
		return ref->target;
	return lop_tree_by_phandle(cut->tree, lop_value_cell(&prop->value, offset / 4));
}

const struct lop_node *lop_cut_irq_parent(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_node *n = node;

	for (unsigned step = 0; n && step < MAX_STEPS; step++) {
		const struct lop_prop *prop = lop_prop_find(cut->tree, n, "interrupt-parent");

		n = prop ? target_of(cut, prop, 0) : n->parent;
		if (n && lop_prop_find(cut->tree, n, "#interrupt-cells"))
			return n;
	}
	return NULL;
}

bool lop_cut_is_mux(const struct lop_cut *cut, const struct lop_node *node)
{
	return lop_node_is_irq_mux(cut->tree, node);
}

const struct lop_node *lop_cut_controller(struct lop_cut *cut, const struct lop_node *parent)
{
	if (!parent)
		return NULL;
	if (lop_cut_is_mux(cut, parent))
		return lop_cut_mux(cut, parent)->controller;
	return lop_cut_may_have(cut, parent, LOP_REF_INTERRUPT) ? parent : NULL;
}

static void keep_controller(struct lop_cut *cut, const struct lop_node *controller)
{
	if (controller)
		lop_cut_keep(cut, controller, LOP_KEEP_DEPEND);
}

void lop_cut_follow_irq(struct lop_cut *cut, const struct lop_node *node,
			const struct lop_prop *prop)
{
	if (!strcmp(prop->name, "interrupts"))
		keep_controller(cut, lop_cut_controller(cut, lop_cut_irq_parent(cut, node)));
	if (lop_cut_is_mux(cut, node) ||
	    (strcmp(prop->name, "interrupts-extended") && strcmp(prop->name, "interrupt-map")))
		return;
	cut->refs.count = 0;
	lop_refs_scan(cut->tree, node, prop, &cut->refs);
	for (size_t i = 0; i < cut->refs.count; i++)
		keep_controller(cut, lop_cut_controller(cut, cut->refs.items[i].target));
}

static void unrouted(struct lop_cut *cut, const struct lop_node *node)
{
	if (!cut->unrouted++)
		cut->first_unrouted = node;
}

/* --- copying the properties --- */

/* A PMU has an interrupt per CPU; interrupt-affinity says which. The i-th goes with its CPU. */
static bool cpu_is_gone(const struct lop_cut *cut, const struct lop_node *node, size_t i)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, node, "interrupt-affinity");
	const struct lop_node *cpu;

	if (!prop || i >= lop_value_n_cells(&prop->value))
		return false;
	cpu = target_of(cut, prop, (uint32_t)i * 4);
	return cpu && !cut->copy[cpu->index];
}

static void copy_interrupts(struct lop_cut *cut, const struct lop_node *node,
			    const struct lop_prop *prop)
{
	const struct lop_node *parent = lop_cut_irq_parent(cut, node);
	const struct lop_node *controller = lop_cut_controller(cut, parent);
	uint32_t n = parent ? lop_irq_cells(cut, parent) : 0;
	size_t n_entries = n ? lop_value_n_cells(&prop->value) / n : 0;
	bool *stays = lop_xmalloc(n_entries + 1);
	struct lop_val cells = { .arena = cut->out->arena };
	size_t kept = 0, gone = 0;

	for (size_t e = 0; e < n_entries && n <= LOP_IRQ_CELLS; e++) {
		struct lop_irq_spec in = { .n = n }, out = { .n = n };

		for (uint32_t i = 0; i < n; i++)
			out.cells[i] = in.cells[i] = lop_value_cell(&prop->value, e * n + i);
		gone += cpu_is_gone(cut, node, e);
		stays[e] = controller && !cpu_is_gone(cut, node, e) &&
			   (controller == parent ||
			    lop_mux_translate(cut, parent, controller, &in, &out));
		if (!stays[e])
			continue;
		lop_val_mark(&cells, LOP_MARK_U32, NULL, prop->span);
		for (uint32_t i = 0; i < out.n; i++)
			lop_val_number(&cells, out.cells[i], 1);
		kept++;
	}
	if (kept + gone < n_entries || !n_entries)
		unrouted(cut, node);
	if (kept && controller == parent && kept == n_entries)
		lop_cut_set(cut, cut->copy[node->index], prop->name, prop->value, prop->span);
	else if (kept)
		lop_cut_set(cut, cut->copy[node->index], prop->name, lop_val_take(&cells),
			    prop->span);
	lop_val_drop(&cells);
	if (kept)
		lop_cut_copy_names(cut, node, "interrupt-names", stays, n_entries);
	free(stays);
}

/* The phandle and specifier of one entry of interrupts-extended or interrupt-map, at the domain's
 * controller. */
static bool copy_target(struct lop_cut *cut, const struct lop_prop *prop, const struct lop_ref *ref,
			struct lop_val *cells)
{
	const struct lop_node *controller = lop_cut_controller(cut, ref->target);
	uint32_t n = ref->target ? lop_irq_cells(cut, ref->target) : 0;
	uint32_t end = (ref->start + ref->len) / 4;
	struct lop_irq_spec in = { .n = n }, out;

	if (!controller || !cut->copy[controller->index])
		return false;
	if (controller == ref->target) {
		lop_val_copy(cells, &prop->value, ref->ref, ref->start + ref->len - ref->ref);
		return true;
	}
	if (n > LOP_IRQ_CELLS || n > end)
		return false;
	for (uint32_t i = 0; i < n; i++)
		in.cells[i] = lop_value_cell(&prop->value, end - n + i);
	if (!lop_mux_translate(cut, ref->target, controller, &in, &out))
		return false;
	lop_val_target(cells, controller, prop->span);
	if (ref->ref > ref->start) /* in a map: the parent's unit address comes first */
		for (uint32_t i = 0; i < lop_node_cell(cut->tree, controller, "#address-cells", 0);
		     i++)
			lop_val_number(cells, 0, 1);
	for (uint32_t i = 0; i < out.n; i++)
		lop_val_number(cells, out.cells[i], 1);
	return true;
}

static const struct lop_node *kept_cpu_intc(const struct lop_cut *cut, const struct lop_refs *refs)
{
	for (size_t i = 0; i < refs->count; i++)
		if (refs->items[i].target && cut->copy[refs->items[i].target->index])
			return refs->items[i].target;
	return NULL;
}

/*
 * The place of an entry in a RISC-V PLIC's list is the number of its context: entries of CPUs that
 * are not here become "no interrupt" (0xffffffff) instead of going away (riscv,plic0 binding).
 */
static bool is_plic(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, node, "compatible");
	const char *s;

	for (size_t i = 0; prop && (s = lop_value_str(&prop->value, i)); i++)
		if (strstr(s, "plic"))
			return true;
	return false;
}

static void copy_entries(struct lop_cut *cut, const struct lop_node *node,
			 const struct lop_prop *prop)
{
	const struct lop_node *filler;
	struct lop_refs refs = { 0 };
	struct lop_val cells = { .arena = cut->out->arena };
	size_t kept = 0;
	bool *stays;

	lop_refs_scan(cut->tree, node, prop, &refs);
	stays = lop_xmalloc(refs.count + 1);
	filler = is_plic(cut, node) ? kept_cpu_intc(cut, &refs) : NULL;
	for (size_t i = 0; i < refs.count; i++) {
		const struct lop_ref *ref = &refs.items[i];
		size_t before = cells.data.len;
		struct lop_marker *last = cells.last;

		lop_val_mark(&cells, LOP_MARK_U32, NULL,
			     lop_value_span_at(&prop->value, ref->start, prop->span));
		if (ref->ref > ref->start)
			lop_val_copy(&cells, &prop->value, ref->start, ref->ref - ref->start);
		stays[i] = copy_target(cut, prop, ref, &cells);
		if (!stays[i] && filler) {
			lop_val_target(&cells, filler, prop->span);
			lop_val_number(&cells, UINT32_MAX, 1);
			stays[i] = true;
		} else if (!stays[i]) {
			lop_val_rewind(&cells, before, last);
			continue;
		}
		kept++;
	}
	if (!kept && refs.count)
		unrouted(cut, node);
	if (kept || !refs.count)
		lop_cut_set(cut, cut->copy[node->index], prop->name,
			    refs.count ? lop_val_take(&cells) : prop->value, prop->span);
	if (kept && !strcmp(prop->name, "interrupts-extended"))
		lop_cut_copy_names(cut, node, "interrupt-names", stays, refs.count);
	lop_val_drop(&cells);
	free(refs.items);
	free(stays);
}

static void copy_parent(struct lop_cut *cut, const struct lop_node *node,
			const struct lop_prop *prop)
{
	const struct lop_node *controller = lop_cut_controller(cut, target_of(cut, prop, 0));
	struct lop_val cells = { .arena = cut->out->arena };

	if (!controller || !cut->copy[controller->index])
		return;
	lop_val_mark(&cells, LOP_MARK_U32, NULL, prop->span);
	lop_val_target(&cells, controller, prop->span);
	lop_cut_set(cut, cut->copy[node->index], prop->name, lop_val_take(&cells), prop->span);
	lop_val_drop(&cells);
}

/* The properties of a multiplexer that mean nothing on the bus that is left of it. */
static bool is_mux_only(const char *name)
{
	return !strcmp(name, "interrupt-map") || !strcmp(name, "interrupt-map-mask") ||
	       !strcmp(name, "interrupt-map-pass-thru") || !strcmp(name, "#interrupt-cells");
}

bool lop_cut_copy_irq(struct lop_cut *cut, const struct lop_node *node, const struct lop_prop *prop)
{
	if (lop_cut_is_mux(cut, node) && is_mux_only(prop->name))
		return true;
	if (strncmp(prop->name, "interrupt", 9))
		return false;
	if (!strcmp(prop->name, "interrupts"))
		copy_interrupts(cut, node, prop);
	else if (!strcmp(prop->name, "interrupt-parent"))
		copy_parent(cut, node, prop);
	else if (!strcmp(prop->name, "interrupts-extended") || !strcmp(prop->name, "interrupt-map"))
		copy_entries(cut, node, prop);
	else
		return !strcmp(prop->name, "interrupt-names") &&
		       (lop_prop_find(cut->tree, node, "interrupts") ||
			lop_prop_find(cut->tree, node, "interrupts-extended"));
	return true;
}

/* --- afterwards --- */

static const struct lop_node *inherited_parent(const struct lop_cut *cut,
					       const struct lop_node *node)
{
	const struct lop_node *n = node;

	for (unsigned step = 0; n && step < MAX_STEPS; step++) {
		const struct lop_prop *prop = lop_prop_find(cut->out, n, "interrupt-parent");
		const struct lop_marker *ref = prop ? lop_value_ref_at(&prop->value, 0) : NULL;

		if (prop && ref)
			n = ref->target;
		else if (prop)
			n = lop_tree_by_phandle(cut->out, lop_value_cell(&prop->value, 0));
		else
			n = n->parent;
		if (n && lop_prop_find(cut->out, n, "#interrupt-cells"))
			return n;
	}
	return NULL;
}

static void report_unrouted(struct lop_cut *cut)
{
	const struct lop_node *node = cut->first_unrouted;
	const struct lop_node *parent = node ? lop_cut_irq_parent(cut, node) : NULL;
	struct lop_diag *d;

	if (!node)
		return;
	d = lop_report(cut->diags, LOP_IRQ_UNROUTED, cut->domain->span,
		       "interrupts of %zu device%s of `%s` do not reach its CPUs", cut->unrouted,
		       cut->unrouted == 1 ? "" : "s", cut->domain->name);
	lop_diag_label(d, node->span, "`%s` interrupts at `%s`%s", node->name,
		       parent ? parent->name : "nothing", cut->unrouted > 1 ? ", for one" : "");
	lop_diag_help(d, "the cluster sees no such controller, or the interrupt-map gives the "
			 "interrupt to others only; the properties are left out");
}

void lop_cut_finish_irqs(struct lop_cut *cut)
{
	const struct lop_node *root = cut->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		struct lop_node *copy = cut->copy[n->index];
		const struct lop_node *controller;
		struct lop_val cells = { .arena = cut->out->arena };

		if (!copy ||
		    (!lop_cut_is_mux(cut, n) && !lop_prop_find(cut->out, copy, "interrupts")))
			continue;
		controller = lop_cut_controller(
			cut, lop_cut_is_mux(cut, n) ? n : lop_cut_irq_parent(cut, n));
		if (!controller || !cut->copy[controller->index] ||
		    inherited_parent(cut, copy) == cut->copy[controller->index])
			continue;
		lop_val_mark(&cells, LOP_MARK_U32, NULL, n->span);
		lop_val_target(&cells, cut->copy[controller->index], n->span);
		lop_cut_set(cut, copy, "interrupt-parent", lop_val_take(&cells), n->span);
		lop_val_drop(&cells);
	}
	report_unrouted(cut);
}
