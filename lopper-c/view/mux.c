/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupt multiplexers: the interrupt-map of one is taken apart once per cut and found by
 * specifier afterwards, as thousands of devices may stand behind it. Decides which controller takes
 * a multiplexer's place and what a specifier is there.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

#define SPI 0u /* first cell of a GIC specifier: shared, or private to a CPU (arm,gic binding) */
#define PPI 1u

#define MAX_DEPTH   8u	  /* multiplexers in a row */
#define MAX_ENTRIES 4096u /* of all maps on the way of one interrupt: circles have many ways */

static void report_limit(struct lop_cut *cut, const struct lop_node *mux, const char *what,
			 unsigned max)
{
	struct lop_diag *d =
		lop_report(cut->diags, LOP_LIMIT, mux->span,
			   "interrupts at `%s` lead through more than %u %s", mux->name, max, what);

	lop_diag_help(d, "let the interrupt-map lead to interrupt controllers, not to multiplexers "
			 "again");
}

uint32_t lop_irq_cells(const struct lop_cut *cut, const struct lop_node *node)
{
	return lop_node_cell(cut->tree, node, "#interrupt-cells", 0);
}

/* --- the table of one multiplexer --- */

static uint32_t masked(const struct lop_mux *mux, uint32_t cell, uint32_t i)
{
	uint32_t at = mux->n_unit + i;

	return mux->mask && at < lop_value_n_cells(&mux->mask->value)
		       ? cell & lop_value_cell(&mux->mask->value, at)
		       : cell;
}

static uint32_t child_cell(const struct lop_mux *mux, const struct lop_ref *entry, uint32_t i)
{
	return lop_value_cell(&mux->map->value, entry->start / 4 + mux->n_unit + i);
}

static uint64_t mix(uint64_t hash, uint32_t cell)
{
	return (hash ^ cell) * UINT64_C(0x9e3779b97f4a7c15);
}

static int by_key(const void *a, const void *b)
{
	const struct lop_mux_key *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static void index_entries(struct lop_cut *cut, struct lop_mux *mux)
{
	mux->keys = lop_arena_alloc(cut->arena, (mux->refs.count + 1) * sizeof(*mux->keys));
	for (size_t i = 0; i < mux->refs.count; i++) {
		uint64_t hash = 0;

		for (uint32_t c = 0; c < mux->n_cells; c++)
			hash = mix(hash, masked(mux, child_cell(mux, &mux->refs.items[i], c), c));
		mux->keys[i] = (struct lop_mux_key){ hash, i };
	}
	if (mux->refs.count)
		qsort(mux->keys, mux->refs.count, sizeof(*mux->keys), by_key);
}

/*
 * On a bus that only the clusters see which name it, as the specification has the controller of
 * each cluster. One that stands elsewhere may be another cluster's that is merely in sight.
 */
static bool is_private(const struct lop_cut *cut, const struct lop_node *controller)
{
	const struct lop_node *bus = controller->parent;

	while (bus && !lop_node_is_indirect_bus(cut->tree, bus))
		bus = bus->parent;
	return bus;
}

/*
 * First controller of the entries, else of a list in interrupt-parent, that the cluster sees;
 * rather a private one.
 */
static const struct lop_node *first_visible(struct lop_cut *cut, const struct lop_mux *mux,
					    const struct lop_refs *refs)
{
	const struct lop_node *found = NULL;

	for (size_t i = 0; i < refs->count; i++) {
		const struct lop_node *controller =
			refs->items[i].target != mux->node
				? lop_cut_controller(cut, refs->items[i].target)
				: NULL;

		if (controller && is_private(cut, controller))
			return controller;
		if (!found)
			found = controller;
	}
	return found;
}

static void find_controller(struct lop_cut *cut, struct lop_mux *mux)
{
	const struct lop_prop *list = lop_prop_find(cut->tree, mux->node, "interrupt-parent");
	struct lop_refs parents = { 0 };

	if (cut->mux_depth == MAX_DEPTH) {
		report_limit(cut, mux->node, "multiplexers", MAX_DEPTH);
		return;
	}
	cut->mux_depth++;
	mux->controller = first_visible(cut, mux, &mux->refs);
	if (!mux->controller && list) {
		lop_refs_scan(cut->tree, mux->node, list, &parents);
		mux->controller = first_visible(cut, mux, &parents);
	}
	cut->mux_depth--;
	free(parents.items);
}

/* A mask with another number of cells than what it masks. */
static bool misfits(const struct lop_prop *mask, uint32_t cells)
{
	return mask && cells && mask->value.len != cells * 4;
}

const struct lop_mux *lop_cut_mux(struct lop_cut *cut, const struct lop_node *node)
{
	struct lop_mux *mux;

	for (mux = cut->muxes; mux; mux = mux->next)
		if (mux->node == node)
			return mux;
	mux = lop_arena_zalloc(cut->arena, sizeof(*mux));
	mux->node = node;
	mux->map = lop_prop_find(cut->tree, node, "interrupt-map");
	mux->mask = lop_prop_find(cut->tree, node, "interrupt-map-mask");
	mux->pass = lop_prop_find(cut->tree, node, "interrupt-map-pass-thru");
	mux->n_cells = lop_irq_cells(cut, node);
	if (mux->map)
		lop_refs_scan(cut->tree, node, mux->map, &mux->refs);
	mux->broken = mux->refs.ragged;
	if (mux->refs.count) {
		uint32_t n_child = (mux->refs.items[0].ref - mux->refs.items[0].start) / 4;

		mux->n_unit = n_child > mux->n_cells ? n_child - mux->n_cells : 0;
	}
	mux->broken |=
		misfits(mux->mask, mux->n_unit + mux->n_cells) || misfits(mux->pass, mux->n_cells);
	index_entries(cut, mux);
	mux->next = cut->muxes;
	cut->muxes = mux; /* before the next step: multiplexers may name each other in a circle */
	find_controller(cut, mux);
	return mux;
}

void lop_cut_drop_muxes(struct lop_cut *cut)
{
	for (struct lop_mux *mux = cut->muxes; mux; mux = mux->next)
		free(mux->refs.items);
	cut->muxes = NULL;
}

/* --- translation --- */

/* The entry's parent specifier, with the bits that the pass-through mask takes from the child. */
static struct lop_irq_spec through_entry(const struct lop_cut *cut, const struct lop_mux *mux,
					 const struct lop_ref *entry, const struct lop_irq_spec *in)
{
	struct lop_irq_spec out = { .n = lop_irq_cells(cut, entry->target) };
	uint32_t end = (entry->start + entry->len) / 4;

	if (out.n > LOP_IRQ_CELLS)
		out.n = LOP_IRQ_CELLS;
	for (uint32_t i = 0; i < out.n; i++) {
		uint32_t cell = lop_value_cell(&mux->map->value, end - out.n + i);
		uint32_t m = mux->pass ? lop_value_cell(&mux->pass->value, i) : 0;

		out.cells[i] = (cell & ~m) | (i < in->n ? in->cells[i] & m : 0);
	}
	return out;
}

static bool matches(const struct lop_mux *mux, const struct lop_ref *entry,
		    const struct lop_irq_spec *in)
{
	for (uint32_t c = 0; c < in->n; c++)
		if (masked(mux, in->cells[c], c) != masked(mux, child_cell(mux, entry, c), c))
			return false;
	return true;
}

/* A mask over the number alone makes no shared interrupt of a CPU's private one. */
static bool changes_kind(const struct lop_irq_spec *in, const struct lop_irq_spec *out)
{
	return in->n == 3 && out->n == 3 && in->cells[0] == PPI && out->cells[0] == SPI;
}

static size_t first_key(const struct lop_mux *mux, uint64_t hash)
{
	size_t lo = 0, hi = mux->refs.count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (mux->keys[mid].hash < hash)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static const struct lop_node *route(struct lop_cut *cut, const struct lop_node *parent,
				    const struct lop_irq_spec *in, struct lop_irq_spec *out,
				    unsigned depth);

/*
 * An interrupt-map that stays (of a PCI host, of a bus) passes on what one of its entries gives to
 * a controller of the domain. Unit addresses are not compared: a host's children may be found
 * later.
 */
static bool leads_on(struct lop_cut *cut, const struct lop_node *nexus,
		     const struct lop_irq_spec *in, unsigned depth)
{
	const struct lop_mux *mux;
	uint64_t hash = 0;

	if (!lop_prop_find(cut->tree, nexus, "interrupt-map") ||
	    lop_prop_find(cut->tree, nexus, "interrupt-controller"))
		return true;
	mux = lop_cut_mux(cut, nexus);
	if (mux->broken)
		return false;
	for (uint32_t c = 0; c < in->n; c++)
		hash = mix(hash, masked(mux, in->cells[c], c));
	for (size_t k = first_key(mux, hash); k < mux->refs.count && mux->keys[k].hash == hash;
	     k++) {
		const struct lop_ref *entry = &mux->refs.items[mux->keys[k].entry];
		struct lop_irq_spec next, out;

		if (!entry->target || !matches(mux, entry, in))
			continue;
		next = through_entry(cut, mux, entry, in);
		if (route(cut, entry->target, &next, &out, depth + 1))
			return true;
	}
	return false;
}

/* Through the entries for a specifier, to a private controller rather. mentioned: there are some.
 */
static const struct lop_node *through_map(struct lop_cut *cut, const struct lop_mux *mux,
					  const struct lop_irq_spec *in, struct lop_irq_spec *out,
					  unsigned depth, bool *mentioned)
{
	const struct lop_node *found = NULL;
	uint64_t hash = 0;

	for (uint32_t c = 0; c < in->n; c++)
		hash = mix(hash, masked(mux, in->cells[c], c));
	for (size_t k = first_key(mux, hash); k < mux->refs.count && mux->keys[k].hash == hash;
	     k++) {
		const struct lop_ref *entry = &mux->refs.items[mux->keys[k].entry];
		const struct lop_node *controller;
		struct lop_irq_spec next, there;

		if (!entry->target || !matches(mux, entry, in))
			continue;
		next = through_entry(cut, mux, entry, in);
		if (changes_kind(in, &next))
			continue;
		*mentioned = true;
		controller = route(cut, entry->target, &next, &there, depth + 1);
		if (!controller || (found && !is_private(cut, controller)))
			continue;
		found = controller;
		*out = there;
		if (is_private(cut, controller))
			break;
	}
	return found;
}

static const struct lop_node *route(struct lop_cut *cut, const struct lop_node *parent,
				    const struct lop_irq_spec *in, struct lop_irq_spec *out,
				    unsigned depth)
{
	const struct lop_node *found;
	const struct lop_mux *mux;
	bool mentioned = false;

	*out = *in;
	if (!parent || depth == MAX_DEPTH)
		return NULL;
	if (!cut->route_left) {
		report_limit(cut, parent, "entries", MAX_ENTRIES);
		return NULL;
	}
	cut->route_left--;
	if (!lop_cut_is_mux(cut, parent))
		return leads_on(cut, parent, in, depth) ? lop_cut_controller(cut, parent) : NULL;
	mux = lop_cut_mux(cut, parent);
	if (mux->broken)
		return NULL;
	found = through_map(cut, mux, in, out, depth, &mentioned);
	if (found)
		return found;
	if (mentioned || !mux->controller || in->n != lop_irq_cells(cut, mux->controller))
		return NULL;
	return mux->controller;
}

const struct lop_node *lop_cut_route(struct lop_cut *cut, const struct lop_node *parent,
				     const struct lop_irq_spec *in, struct lop_irq_spec *out)
{
	cut->route_left = MAX_ENTRIES;
	return route(cut, parent, in, out, 0);
}
