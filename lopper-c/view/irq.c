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
#include "lopper-c/tree/irq.h"
#include "lopper-c/view/cut.h"

const struct lop_node *lop_cut_irq_parent(const struct lop_cut *cut, const struct lop_node *node)
{
	return lop_irq_parent(cut->tree, node);
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

static struct lop_irq_spec spec_at(const struct lop_prop *prop, size_t cell, uint32_t n)
{
	struct lop_irq_spec spec = { .n = n < LOP_IRQ_CELLS ? n : LOP_IRQ_CELLS };

	for (uint32_t i = 0; i < spec.n; i++)
		spec.cells[i] = lop_value_cell(&prop->value, cell + i);
	return spec;
}

/* Where the e-th entry of `interrupts` arrives. */
static const struct lop_node *route_of(struct lop_cut *cut, const struct lop_node *parent,
				       const struct lop_prop *prop, size_t e,
				       struct lop_irq_spec *out)
{
	uint32_t n = lop_irq_cells(cut, parent);
	struct lop_irq_spec in = spec_at(prop, e * n, n);

	return lop_cut_route(cut, parent, &in, out);
}

/* Where an entry of interrupts-extended or interrupt-map arrives: its specifier is its end. */
static const struct lop_node *route_of_entry(struct lop_cut *cut, const struct lop_prop *prop,
					     const struct lop_ref *ref, struct lop_irq_spec *out)
{
	uint32_t n = ref->target ? lop_irq_cells(cut, ref->target) : 0;
	uint32_t end = (ref->start + ref->len) / 4;
	struct lop_irq_spec in = spec_at(prop, n <= end ? end - n : 0, n);

	return n <= end ? lop_cut_route(cut, ref->target, &in, out) : NULL;
}

static size_t count_interrupts(const struct lop_cut *cut, const struct lop_node *parent,
			       const struct lop_prop *prop)
{
	uint32_t n = parent ? lop_irq_cells(cut, parent) : 0;

	return n && n <= LOP_IRQ_CELLS ? lop_value_n_cells(&prop->value) / n : 0;
}

/* The fourth cell of a GICv3 can say of which CPUs a private interrupt is: a node below it. */
static const struct lop_node *partition_of(const struct lop_cut *cut, const struct lop_node *parent,
					   const struct lop_prop *prop, size_t e)
{
	uint32_t n = lop_irq_cells(cut, parent);
	const struct lop_node *target;

	if (n < 4)
		return NULL;
	target = lop_value_target(cut->tree, &prop->value, (uint32_t)(e * n + 3) * 4);
	return target && target != parent && lop_node_below(target, parent) ? target : NULL;
}

static bool is_of_my_cpus(const struct lop_cut *cut, const struct lop_node *partition)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, partition, "affinity");
	struct lop_refs cpus = { 0 };
	bool mine = !prop;

	if (prop)
		lop_refs_scan(cut->tree, partition, prop, &cpus);
	for (size_t i = 0; i < cpus.count && !mine; i++)
		mine = cpus.items[i].target && lop_cut_has_cpu(cut, cpus.items[i].target);
	free(cpus.items);
	return mine;
}

static void follow_interrupts(struct lop_cut *cut, const struct lop_node *node,
			      const struct lop_prop *prop)
{
	const struct lop_node *parent = lop_cut_irq_parent(cut, node);
	struct lop_irq_spec spec;

	for (size_t e = 0; e < count_interrupts(cut, parent, prop); e++) {
		const struct lop_node *partition = partition_of(cut, parent, prop, e);

		if (partition && !is_of_my_cpus(cut, partition))
			continue;
		keep_controller(cut, route_of(cut, parent, prop, e, &spec));
		keep_controller(cut, partition);
	}
}

void lop_cut_follow_irq(struct lop_cut *cut, const struct lop_node *node,
			const struct lop_prop *prop)
{
	struct lop_irq_spec spec;

	if (!strcmp(prop->name, "interrupts"))
		follow_interrupts(cut, node, prop);
	if (lop_cut_is_mux(cut, node) ||
	    (strcmp(prop->name, "interrupts-extended") && strcmp(prop->name, "interrupt-map")))
		return;
	cut->refs.count = 0;
	lop_refs_scan(cut->tree, node, prop, &cut->refs);
	for (size_t i = 0; i < cut->refs.count && !cut->refs.ragged; i++)
		keep_controller(cut, route_of_entry(cut, prop, &cut->refs.items[i], &spec));
}

static void unrouted(struct lop_cut *cut, const struct lop_node *node)
{
	if (cut->last_unrouted == node) /* by another property */
		return;
	if (!cut->unrouted++)
		cut->first_unrouted = node;
	cut->last_unrouted = node;
}

/* --- copying the properties --- */

/*
 * interrupt-affinity of a PMU (arm,pmu binding): with as many CPUs as there are interrupts, the
 * i-th interrupt is that of the i-th CPU; else each of them comes to all those CPUs (a PPI).
 */
struct affinity {
	struct lop_refs cpus; /* to be freed */
	bool paired;
	bool gone; /* all those CPUs are */
};

static bool has_cpu(const struct lop_cut *cut, const struct lop_ref *ref)
{
	return !ref->target || cut->copy[ref->target->index];
}

static struct affinity find_affinity(const struct lop_cut *cut, const struct lop_node *node,
				     size_t n_interrupts)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, node, "interrupt-affinity");
	struct affinity affinity = { .paired = false };

	if (!prop)
		return affinity;
	lop_refs_scan(cut->tree, node, prop, &affinity.cpus);
	affinity.paired = n_interrupts && affinity.cpus.count == n_interrupts;
	affinity.gone = affinity.cpus.count > 0;
	for (size_t i = 0; i < affinity.cpus.count; i++)
		affinity.gone &= !has_cpu(cut, &affinity.cpus.items[i]);
	return affinity;
}

static bool cpu_is_gone(const struct lop_cut *cut, const struct affinity *affinity, size_t i)
{
	return affinity->paired ? !has_cpu(cut, &affinity->cpus.items[i]) : affinity->gone;
}

/* Beside interrupts of which these stay. Not paired, it is copied as any other property. */
static void copy_affinity(struct lop_cut *cut, const struct lop_node *node,
			  const struct affinity *affinity, const bool *stays)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, node, "interrupt-affinity");
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };

	for (size_t i = 0; affinity->paired && i < affinity->cpus.count; i++) {
		const struct lop_ref *ref = &affinity->cpus.items[i];

		if (stays[i])
			lop_val_copy(&cells, &prop->value, ref->start, ref->len);
	}
	if (cells.data.len)
		lop_cut_set(cut, cut->copy[node->index], prop->name, lop_val_take(&cells),
			    prop->span);
	lop_val_drop(&cells);
}

/* The interrupts that count where there are both properties (interrupt-controller binding). */
static size_t count_own(struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_prop *extended = lop_prop_find(cut->tree, node, "interrupts-extended");
	const struct lop_prop *plain = lop_prop_find(cut->tree, node, "interrupts");

	if (!extended)
		return plain ? count_interrupts(cut, lop_cut_irq_parent(cut, node), plain) : 0;
	cut->refs.count = 0;
	lop_refs_scan(cut->tree, node, extended, &cut->refs);
	return cut->refs.ragged ? 0 : cut->refs.count;
}

static bool affinity_is_paired(struct lop_cut *cut, const struct lop_node *node)
{
	struct affinity affinity = find_affinity(cut, node, count_own(cut, node));

	free(affinity.cpus.items);
	return affinity.paired;
}

struct routed {
	const struct lop_node *controller; /* NULL: left out */
	const struct lop_node *partition;  /* in the fourth cell; NULL: a number */
	struct lop_irq_spec spec;
};

/* `interrupts` where all arrive at the controller that stands for the parent, else the long form.
 */
static void write_interrupts(struct lop_cut *cut, const struct lop_node *node,
			     const struct lop_prop *prop, const struct routed *to, size_t n)
{
	const struct lop_node *expected = lop_cut_controller(cut, lop_cut_irq_parent(cut, node));
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };
	bool plain = true;

	for (size_t e = 0; e < n; e++)
		plain &= !to[e].controller || to[e].controller == expected;
	for (size_t e = 0; e < n; e++) {
		if (!to[e].controller)
			continue;
		lop_val_mark(&cells, LOP_MARK_U32, NULL, prop->span);
		if (!plain)
			lop_val_target(&cells, to[e].controller, prop->span);
		for (uint32_t i = 0; i < to[e].spec.n; i++)
			if (i == 3 && to[e].partition)
				lop_val_target(&cells, to[e].partition, prop->span);
			else
				lop_val_number(&cells, to[e].spec.cells[i], 1);
	}
	lop_cut_set(cut, cut->copy[node->index], plain ? "interrupts" : "interrupts-extended",
		    lop_val_take(&cells), prop->span);
}

static void copy_interrupts(struct lop_cut *cut, const struct lop_node *node,
			    const struct lop_prop *prop)
{
	const struct lop_node *parent = lop_cut_irq_parent(cut, node);
	size_t n = count_interrupts(cut, parent, prop), kept = 0, gone = 0;
	struct routed *to = lop_xmalloc((n + 1) * sizeof(*to));
	bool *stays = lop_xmalloc(n + 1);
	struct affinity affinity = find_affinity(cut, node, n);
	/* then that one counts, and names and affinity are its */
	bool extended = lop_prop_find(cut->tree, node, "interrupts-extended"), divided = false;

	for (size_t e = 0; e < n; e++) {
		bool cpu_gone = cpu_is_gone(cut, &affinity, e);

		to[e].controller = route_of(cut, parent, prop, e, &to[e].spec);
		to[e].partition = partition_of(cut, parent, prop, e);
		divided |= to[e].partition != NULL;
		cpu_gone |= to[e].partition && !is_of_my_cpus(cut, to[e].partition);
		gone += cpu_gone;
		if (cpu_gone || (to[e].controller && !cut->copy[to[e].controller->index]))
			to[e].controller = NULL;
		stays[e] = to[e].controller != NULL;
		kept += stays[e];
	}
	if (!extended && (kept + gone < n || !n))
		unrouted(cut, node);
	if (kept == n && n && !lop_cut_is_mux(cut, parent) && !divided)
		lop_cut_set(cut, cut->copy[node->index], prop->name,
			    extended ? prop->value
				     : lop_cut_whole(cut, prop, lop_irq_cells(cut, parent)),
			    prop->span);
	else if (kept && !extended)
		write_interrupts(cut, node, prop, to, n);
	if (kept && !extended) {
		lop_cut_copy_names(cut, node, "interrupt-names", stays, n);
		copy_affinity(cut, node, &affinity, stays);
	}
	free(affinity.cpus.items);
	free(stays);
	free(to);
}

/* The phandle and specifier of one entry of interrupts-extended or interrupt-map, at the domain's
 * controller. */
static bool copy_target(struct lop_cut *cut, const struct lop_prop *prop, const struct lop_ref *ref,
			struct lop_val *cells)
{
	struct lop_irq_spec spec;
	const struct lop_node *controller = route_of_entry(cut, prop, ref, &spec);

	if (!controller || !cut->copy[controller->index])
		return false;
	if (controller == ref->target) {
		lop_val_copy(cells, &prop->value, ref->ref, ref->start + ref->len - ref->ref);
		return true;
	}
	lop_val_target(cells, controller, prop->span);
	if (ref->ref > ref->start) /* in a map: the parent's unit address comes first */
		lop_val_number(cells, 0, lop_node_cell(cut->tree, controller, "#address-cells", 0));
	for (uint32_t i = 0; i < spec.n; i++)
		lop_val_number(cells, spec.cells[i], 1);
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
 * The place of an entry in the list of a RISC-V PLIC, APLIC, IMSIC or ACLINT is the number of its
 * context or hart: entries of CPUs that are not here become "no interrupt" (0xffffffff) instead of
 * going away (riscv,plic0 binding).
 */
static bool is_plic(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, node, "compatible");
	const char *s;

	for (uint32_t at = 0; prop && (s = lop_value_next_str(&prop->value, &at));)
		if (strstr(s, "plic") || strstr(s, "imsics") || strstr(s, "aclint"))
			return true;
	return false;
}

static void copy_entries(struct lop_cut *cut, const struct lop_node *node,
			 const struct lop_prop *prop)
{
	const struct lop_node *filler;
	struct lop_refs refs = { 0 };
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };
	struct lop_span_walk spans = lop_span_walk(&prop->value, prop->span);
	struct affinity affinity = { .paired = false };
	bool extended = !strcmp(prop->name, "interrupts-extended");
	size_t kept = 0, gone = 0;
	bool *stays;

	lop_refs_scan(cut->tree, node, prop, &refs);
	if (refs.ragged) { /* where an entry ends is anybody's guess */
		unrouted(cut, node);
		free(refs.items);
		return;
	}
	if (extended)
		affinity = find_affinity(cut, node, refs.count);
	stays = lop_xmalloc(refs.count + 1);
	filler = is_plic(cut, node) ? kept_cpu_intc(cut, &refs) : NULL;
	for (size_t i = 0; i < refs.count; i++) {
		const struct lop_ref *ref = &refs.items[i];
		size_t before = cells.data.len;
		struct lop_marker *last = cells.last;

		lop_val_mark(&cells, LOP_MARK_U32, NULL, lop_span_walk_to(&spans, ref->start));
		if (ref->ref > ref->start)
			lop_val_copy(&cells, &prop->value, ref->start, ref->ref - ref->start);
		gone += cpu_is_gone(cut, &affinity, i);
		stays[i] = !cpu_is_gone(cut, &affinity, i) && copy_target(cut, prop, ref, &cells);
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
	if (!kept && gone < refs.count)
		unrouted(cut, node);
	if (kept || !refs.count)
		lop_cut_set(cut, cut->copy[node->index], prop->name,
			    refs.count ? lop_val_take(&cells) : prop->value, prop->span);
	if (kept && extended) {
		lop_cut_copy_names(cut, node, "interrupt-names", stays, refs.count);
		copy_affinity(cut, node, &affinity, stays);
	}
	lop_val_drop(&cells);
	free(affinity.cpus.items);
	free(refs.items);
	free(stays);
}

static void copy_parent(struct lop_cut *cut, const struct lop_node *node,
			const struct lop_prop *prop)
{
	const struct lop_node *controller =
		lop_cut_controller(cut, lop_value_target(cut->tree, &prop->value, 0));
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };

	if (!controller || !cut->copy[controller->index])
		return;
	lop_val_mark(&cells, LOP_MARK_U32, NULL, prop->span);
	lop_val_target(&cells, controller, prop->span);
	lop_cut_set(cut, cut->copy[node->index], prop->name, lop_val_take(&cells), prop->span);
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
	else if (!strcmp(prop->name, "interrupt-affinity"))
		return affinity_is_paired(cut, node);
	else
		return !strcmp(prop->name, "interrupt-names") &&
		       (lop_prop_find(cut->tree, node, "interrupts") ||
			lop_prop_find(cut->tree, node, "interrupts-extended"));
	return true;
}

/* --- afterwards --- */

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
	lop_diag_help(d,
		      "let the address-map of `%s` show the controller, or the interrupt-map lead "
		      "to one that it shows; the properties are left out",
		      cut->cluster ? cut->cluster->name : "its cluster");
}

void lop_cut_finish_irqs(struct lop_cut *cut)
{
	const struct lop_node *root = cut->tree->root;

	for (const struct lop_node *n = root; n; n = lop_cut_next(cut, n)) {
		struct lop_node *copy = cut->copy[n->index];
		const struct lop_node *controller;
		struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };

		if (!copy ||
		    (!lop_cut_is_mux(cut, n) && !lop_prop_find(cut->out, copy, "interrupts")))
			continue;
		controller = lop_cut_controller(
			cut, lop_cut_is_mux(cut, n) ? n : lop_cut_irq_parent(cut, n));
		if (!controller || !cut->copy[controller->index] ||
		    lop_irq_parent(cut->out, copy) == cut->copy[controller->index])
			continue;
		lop_val_mark(&cells, LOP_MARK_U32, NULL, n->span);
		lop_val_target(&cells, cut->copy[controller->index], n->span);
		lop_cut_set(cut, copy, "interrupt-parent", lop_val_take(&cells), n->span);
	}
	report_unrouted(cut);
}
