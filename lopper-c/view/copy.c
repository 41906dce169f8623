/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Copies kept nodes and their properties into the domain's tree. References to nodes that are not
 * there go with their whole entry, cells and name included (`clocks` and `clock-names`). While
 * copying, markers point into the merged tree; lop_cut_copy_tree turns them over at the end.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

/* --- values --- */

/* A value of its own: the markers will be turned over to the new tree. */
static struct lop_value copy_value(struct lop_cut *cut, const struct lop_value *value)
{
	struct lop_value copy = *value;
	struct lop_marker **tail = &copy.markers;

	for (const struct lop_marker *m = value->markers; m; m = m->next) {
		*tail = lop_arena_dup(cut->out->arena, m, sizeof(*m));
		tail = &(*tail)->next;
	}
	*tail = NULL;
	return copy;
}

void lop_cut_set(struct lop_cut *cut, struct lop_node *node, const char *name,
		 struct lop_value value, struct lop_span span)
{
	lop_prop_set(cut->out, node, name, copy_value(cut, &value), span);
}

/* --- nodes --- */

struct lop_node *lop_cut_add(struct lop_cut *cut, struct lop_node *parent, const char *name,
			     const struct lop_node *from)
{
	struct lop_node *copy;

	if (lop_node_child(cut->out, parent,
			   name)) /* moved onto another's address: keep the old name */
		name = from->name;
	copy = lop_node_child(cut->out, parent, name);
	if (!copy)
		copy = lop_node_add(cut->out, parent, name, from->span);
	for (const struct lop_label *l = from->labels; l; l = l->next)
		lop_node_add_label(cut->out, copy, l->name, l->span);
	cut->copy[from->index] = copy;
	return copy;
}

static const char *name_of(struct lop_cut *cut, const struct lop_node *node)
{
	if (cut->class[node->index] == LOP_CLASS_CLUSTER)
		return lop_cut_cpu_map_name(cut, node);
	if (cut->class[node->index] == LOP_CLASS_MEMORY)
		return lop_cut_memory_name(cut, node);
	return lop_cut_name(cut, node);
}

static void copy_nodes(struct lop_cut *cut)
{
	const struct lop_node *root = cut->tree->root;

	cut->copy[root->index] = cut->out->root;
	for (const struct lop_node *n = lop_cut_next(cut, root); n; n = lop_cut_next(cut, n)) {
		struct lop_node *parent = cut->copy[n->parent->index];

		if (!cut->keep[n->index] || !parent)
			continue;
		if (cut->class[n->index] == LOP_CLASS_CLUSTER && lop_cut_cluster(cut, n))
			continue;
		lop_cut_add(cut, parent, name_of(cut, n), n);
	}
}

/* --- properties --- */

/* Which entries of a property stay; false: it has no references at all. */
static bool judge(struct lop_cut *cut, const struct lop_node *from, const struct lop_prop *prop,
		  size_t *n_lost)
{
	*n_lost = 0;
	cut->refs.count = 0;
	lop_refs_scan(cut->tree, from, prop, &cut->refs);
	for (size_t i = 0; i < cut->refs.count; i++)
		if (!lop_cut_has_ref(cut, &cut->refs.items[i]) && cut->refs.items[i].phandle)
			++*n_lost;
	return cut->refs.count > 0;
}

/* A value without the entries whose target is not in the domain's tree. */
static struct lop_value without_lost(struct lop_cut *cut, const struct lop_prop *prop)
{
	const struct lop_refs *refs = &cut->refs;
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };

	for (size_t i = 0; i < refs->count; i++) {
		const struct lop_ref *ref = &refs->items[i];

		if (!lop_cut_has_ref(cut, ref) && ref->phandle)
			continue;
		if (!lop_value_n_cells(&prop->value) || ref->is_path)
			continue;
		lop_val_copy(&cells, &prop->value, ref->start, ref->len);
	}
	return lop_val_take(&cells);
}

void lop_cut_copy_names(struct lop_cut *cut, const struct lop_node *from, const char *name,
			const bool *stays, size_t n)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, from, name);
	struct lop_val names = { .arena = cut->out->arena, .diags = cut->diags };
	uint32_t at = 0;
	const char *s;

	for (size_t i = 0; prop && (s = lop_value_next_str(&prop->value, &at)); i++)
		if (i >= n || stays[i])
			lop_val_string(&names, s, prop->span);
	if (names.data.len)
		lop_cut_set(cut, cut->copy[from->index], name, lop_val_take(&names), prop->span);
	lop_val_drop(&names);
}

/* The property whose entries this one names, if it loses some; its references are in cut->refs. */
static bool names_a_loss(struct lop_cut *cut, const struct lop_node *from, const char *names)
{
	char name[128];
	size_t n_lost;

	for (const struct lop_prop *p = from->props; p; p = p->next)
		if (lop_refs_names_prop(p->name, name, sizeof(name)) && !strcmp(name, names) &&
		    judge(cut, from, p, &n_lost) && n_lost)
			return true;
	return false;
}

static bool copy_entry_names(struct lop_cut *cut, const struct lop_node *from,
			     const struct lop_prop *prop)
{
	bool *stays;
	size_t n = 0;

	if (!lop_str_ends(prop->name, "-names") || !names_a_loss(cut, from, prop->name))
		return false;
	for (size_t i = 0; i < cut->refs.count; i++)
		if (cut->refs.items[i].entry >= n)
			n = cut->refs.items[i].entry + 1;
	stays = lop_xmalloc(n * sizeof(*stays));
	memset(stays, true, n);
	for (size_t i = 0; i < cut->refs.count; i++)
		if (cut->refs.items[i].phandle && !lop_cut_has_ref(cut, &cut->refs.items[i]))
			stays[cut->refs.items[i].entry] = false;
	lop_cut_copy_names(cut, from, prop->name, stays, n);
	free(stays);
	return true;
}

/* Belongs to the System Device Tree, not to one operating system's. */
static bool is_system_only(const struct lop_prop *prop)
{
	static const char *const names[] = { "bus-master-id",	   "#firewall-cells",
					     "address-map",	   "#ranges-address-cells",
					     "#ranges-size-cells", "#cpus-mask-cells",
					     "secure-address-map", "lopper,no-ref-required" };

	if (!strchr("b#asf", prop->name[0]) && prop->name[0] != 'l')
		return false; /* most */
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(prop->name, names[i]))
			return true;
	return lop_str_starts(prop->name, "firewall-") ||
	       lop_str_starts(prop->name, "firewallconf");
}

/* Phandle numbers that resolve gave out are given out anew; the old name says nothing more. */
static bool is_automatic_phandle(const struct lop_prop *prop)
{
	return (!prop->span.text && !strcmp(prop->name, "phandle")) ||
	       !strcmp(prop->name, "linux,phandle");
}

static void report_contender(struct lop_cut *cut, const struct lop_node *from,
			     const struct lop_prop *prop, const struct lop_node *target)
{
	const struct lop_domain *other = lop_cut_contender(cut, target);
	struct lop_diag *d;

	if (!other)
		return;
	d = lop_report(cut->diags, LOP_REF_DROPPED, lop_prop_value_span(prop),
		       other->is_default || other->access_all
			       ? "`%s` of `%s` in `%s` loses `%s`, which `%s` has"
			       : "`%s` of `%s` in `%s` loses `%s`, which `%s` needs as well",
		       prop->name, from->name, cut->domain->name, target->name, other->name);
	lop_diag_label(d, other->span, "%s",
		       other->is_default || other->access_all ? "has what nobody else was given"
							      : "refers to it, too");
	lop_diag_label(d, target->span, "given to nobody");
	lop_diag_help(d,
		      "give `%s` to one of them (`access`), or to both as `shared`; only clocks, "
		      "power domains and other providers go where they are needed",
		      target->name);
}

void lop_cut_report_drop(struct lop_cut *cut, const struct lop_node *from,
			 const struct lop_prop *prop, const struct lop_node *target)
{
	struct lop_giver giver;
	struct lop_diag *d;

	if (cut->claim[target->index] != LOP_CLAIM_OTHER) {
		report_contender(cut, from, prop, target);
		return;
	}
	giver = lop_cut_giver(cut, target);
	if (!giver.domain)
		return;
	d = lop_report(cut->diags, LOP_REF_DROPPED, lop_prop_value_span(prop),
		       "`%s` of `%s` loses `%s`, which `%s` has", prop->name, from->name,
		       target->name, giver.domain->name);
	lop_diag_label(d, giver.span, "given to `%s`", giver.domain->name);
	lop_diag_help(d, "give both to one domain, or leave the entry out");
}

/* Cells in front of the first reference of a property that no table knows: where entries end is
 * anybody's guess, so it goes as a whole. */
static bool is_opaque(const struct lop_cut *cut)
{
	const struct lop_ref *first = cut->refs.items;

	return cut->refs.count && first->kind == LOP_REF_UNKNOWN && first->start > 0;
}

static void report_lost(struct lop_cut *cut, const struct lop_node *from,
			const struct lop_prop *prop)
{
	for (size_t i = 0; i < cut->refs.count; i++)
		if (cut->refs.items[i].target && !lop_cut_has_ref(cut, &cut->refs.items[i]))
			lop_cut_report_drop(cut, from, prop, cut->refs.items[i].target);
}

void lop_cut_copy_prop(struct lop_cut *cut, const struct lop_node *from,
		       const struct lop_prop *prop)
{
	struct lop_node *copy = cut->copy[from->index];
	size_t n_lost;

	if (is_system_only(prop) || is_automatic_phandle(prop))
		return;
	if (!strcmp(prop->name, "reg") && cut->class[from->index] != LOP_CLASS_CLUSTER) {
		lop_cut_copy_reg(cut, from, prop);
		return;
	}
	if (!strcmp(prop->name, "ranges") && lop_cut_copy_ranges(cut, from, prop))
		return;
	if (!strcmp(prop->name, "dma-ranges") && lop_cut_copy_dma_ranges(cut, from))
		return;
	if ((!strcmp(prop->name, "ranges") || !strcmp(prop->name, "dma-ranges")) &&
	    prop->value.len) {
		struct lop_value whole = lop_cut_whole_ranges(cut, from, prop);

		if (whole.len)
			lop_cut_set(cut, copy, prop->name, whole, prop->span);
		return;
	}
	if (!strcmp(prop->name, "alloc-ranges") && cut->class[from->index] == LOP_CLASS_RESERVED) {
		lop_cut_copy_alloc_ranges(cut, from, prop);
		return;
	}
	if (!strcmp(prop->name, "reg-names") &&
	    (lop_prop_find(cut->out, copy, "reg-names") || lop_cut_loses_reg(cut, from)))
		return;
	if (lop_cut_copy_irq(cut, from, prop) || copy_entry_names(cut, from, prop))
		return;
	if (!judge(cut, from, prop, &n_lost) || !n_lost) {
		lop_cut_set(cut, copy, prop->name, prop->value, prop->span);
		return;
	}
	report_lost(cut, from, prop);
	if (n_lost < cut->refs.count && !is_opaque(cut))
		lop_cut_set(cut, copy, prop->name, without_lost(cut, prop), prop->span);
}

#define BLOCK UINT64_C(0x80000000) /* fits into one size cell */

/* The blocks that what is kept of the bus stands in, by address and each once; malloc memory. */
static uint64_t *blocks_of(struct lop_cut *cut, const struct lop_node *bus, size_t *n)
{
	struct lop_range child, *ranges = NULL;
	size_t n_ranges = 0;
	uint64_t *blocks;

	for (const struct lop_node *c = bus->children; c; c = c->next)
		for (size_t i = 0; cut->keep[c->index] && i < lop_reg_count(cut->tree, c); i++)
			if (lop_cut_reg(cut, c, i, &child)) {
				/* the one that it begins in, and the next if it ends there */
				bool more = child.base % BLOCK + child.size > BLOCK;

				child.base /= BLOCK;
				child.size = more ? 2 : 1;
				*LOP_APPEND(cut->arena, ranges, n_ranges) = child;
			}
	n_ranges = lop_ranges_join(ranges, n_ranges);
	for (size_t i = *n = 0; i < n_ranges; i++)
		*n += ranges[i].size;
	blocks = lop_xmalloc((*n + 1) * sizeof(*blocks));
	for (size_t i = *n = 0; i < n_ranges; i++)
		for (uint64_t k = 0; k < ranges[i].size; k++)
			blocks[(*n)++] = (ranges[i].base + k) * BLOCK;
	return blocks;
}

/* Passes on 1:1. An empty `ranges` says so only where the cells are those of the bus above. */
static void add_ranges(struct lop_cut *cut, const struct lop_node *bus)
{
	uint32_t ca = lop_address_cells(cut->tree, bus), sc = lop_size_cells(cut->tree, bus);
	uint32_t pa = lop_address_cells(cut->tree, bus->parent);
	struct lop_val cells = { .arena = cut->out->arena };
	uint64_t *blocks;
	size_t n = 0;

	if (sc && (ca != pa || sc != lop_size_cells(cut->tree, bus->parent))) {
		blocks = blocks_of(cut, bus, &n);
		for (size_t i = 0; i < n; i++) {
			lop_val_mark(&cells, LOP_MARK_U32, NULL, bus->span);
			lop_val_number(&cells, blocks[i], ca);
			lop_val_number(&cells, blocks[i], pa);
			lop_val_number(&cells, BLOCK, sc);
		}
		free(blocks);
	}
	lop_cut_set(cut, cut->copy[bus->index], "ranges", lop_val_take(&cells), bus->span);
}

/* An indirect-bus that the cluster reaches is an ordinary bus to it. */
static void plain_bus(struct lop_cut *cut, const struct lop_node *from)
{
	struct lop_node *copy = cut->copy[from->index];
	const struct lop_prop *compatible = lop_prop_find(cut->tree, from, "compatible");

	lop_cut_set(cut, copy, "compatible", lop_value_string(cut->out->arena, "simple-bus"),
		    compatible->span);
	if (!lop_prop_find(cut->out, copy, "ranges"))
		add_ranges(cut, from);
}

void lop_cut_copy_props(struct lop_cut *cut, const struct lop_node *from)
{
	for (const struct lop_prop *p = from->props; p; p = p->next)
		lop_cut_copy_prop(cut, from, p);
	if (lop_node_is_indirect_bus(cut->tree, from))
		plain_bus(cut, from);
}

/* --- turning references over --- */

static void turn_over(struct lop_cut *cut)
{
	for (struct lop_node *n = cut->out->root; n; n = lop_node_next(n, cut->out->root))
		for (struct lop_prop *p = n->props; p; p = p->next)
			for (struct lop_marker *m = p->value.markers; m; m = m->next)
				if (m->target)
					m->target = cut->copy[m->target->index];
}

static void name_references(struct lop_cut *cut)
{
	for (struct lop_node *n = cut->out->root; n; n = lop_node_next(n, cut->out->root))
		for (struct lop_prop *p = n->props; p; p = p->next)
			for (struct lop_marker *m = p->value.markers; m; m = m->next)
				if (m->target)
					m->name = lop_node_label(m->target)
							  ? lop_node_label(m->target)
							  : lop_node_path_dup(cut->out->arena,
									      m->target);
}

void lop_cut_copy_tree(struct lop_cut *cut)
{
	const struct lop_node *root = cut->tree->root;

	lop_cut_plan_buses(cut);
	copy_nodes(cut);
	for (const struct lop_node *n = root; n; n = lop_cut_next(cut, n))
		if (cut->copy[n->index] && cut->class[n->index] == LOP_CLASS_DEVICE)
			lop_cut_copy_props(cut, n);
	lop_cut_cpus(cut);
	lop_cut_memory(cut);
	lop_cut_reserved(cut);
	lop_cut_chosen(cut);
	lop_cut_aliases(cut);
	turn_over(cut);
	lop_cut_finish_irqs(cut);
	lop_cut_report_reg_cut(cut);
	name_references(cut);
}
