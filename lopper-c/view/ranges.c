/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * `ranges` of buses in the view of the domain's cluster: an address-map entry for a bus moves what
 * the bus passes on, so its `ranges` move and its children keep their addresses. What has an entry
 * of its own, to another place, needs another address on its bus and an entry in its `ranges`.
 * Knows nothing of reg.
 *
 * All is worked out by lop_cut_plan_buses, before the first node is copied: a child can add to the
 * `ranges` of a bus above it, and names follow from reg.
 */
#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

#define ENTRIES_MAX 4096u /* of one bus */

/* One entry of `ranges` in the domain's tree. */
struct entry {
	struct lop_range child; /* of PCI's three cells the last two */
	uint64_t parent;	/* where the bus stands, in the domain's tree */
	uint64_t root, view;	/* what it shows */
	size_t cell;		/* of the entry it comes from */
	bool unseen;		/* no address-map entry shows it: as it is in the system */
};

struct lop_bus_map {
	struct lop_ranges ranges; /* in the system */
	struct entry *entries;
	size_t n;
	size_t n_own; /* the rest is for children with address-map entries of their own */
	bool changed, full;
};

/* An entry as the system has it; parent is where it stood there. */
static struct entry entry_at(const struct lop_bus_map *map, size_t i)
{
	struct lop_ranges_entry e = lop_ranges_get(&map->ranges, i);

	return (struct entry){ .child = e.child, .parent = e.parent, .cell = e.cell };
}

static void push(struct lop_cut *cut, const struct lop_node *bus, struct lop_bus_map *map,
		 const struct entry *e)
{
	if (map->n == ENTRIES_MAX) {
		if (!map->full)
			lop_diag_help(lop_report(cut->diags, LOP_LIMIT, bus->span,
						 "`ranges` of `%s` would have more than %u entries",
						 bus->name, ENTRIES_MAX),
				      "join neighbours in its `ranges` and in the address-map of "
				      "`%s`",
				      cut->cluster->name);
		map->full = true;
		return;
	}
	*LOP_APPEND(cut->arena, map->entries, map->n) = *e;
}

static struct lop_bus_map *map_of(struct lop_cut *cut, const struct lop_node *bus);

/* An SRAM is a bus to its partitions. */
static bool may_pass_on(const struct lop_cut *cut, const struct lop_node *node)
{
	return cut->class[node->index] == LOP_CLASS_DEVICE ||
	       cut->class[node->index] == LOP_CLASS_MEMORY;
}

/* --- addresses of children --- */

/* The bus has it there already, by an entry of its own. */
static bool stays(struct lop_cut *cut, const struct lop_node *bus, const struct entry *e,
		  struct lop_range child, struct lop_shown at)
{
	uint64_t offset = child.base - e->child.base, parent;
	struct lop_range up = { e->parent + offset, child.size };

	if (!lop_range_contains_addr(e->child, child.base))
		return false;
	if (!e->unseen)
		return e->root + offset == at.root && e->view + offset == at.view;
	return lop_cut_place(cut, bus->parent, up, at, &parent) && parent == up.base;
}

static bool is_free(const struct lop_bus_map *map, struct lop_range child)
{
	uint64_t top = map->ranges.ca == 1 ? UINT32_MAX : UINT64_MAX;

	if (!lop_range_valid(child) || lop_range_last(child) > top)
		return false;
	for (size_t i = 0; i < map->n; i++)
		if (lop_range_overlaps(map->entries[i].child, child))
			return false;
	return true;
}

#define PAGE UINT64_C(0x1000)

/* The first page behind all entries; false: there is none. */
static bool behind_all(const struct lop_bus_map *map, uint64_t *base)
{
	uint64_t last = 0;

	for (size_t i = 0; i < map->n; i++)
		if (lop_range_last(map->entries[i].child) > last)
			last = lop_range_last(map->entries[i].child);
	if (last > UINT64_MAX - PAGE)
		return false;
	*base = (last / PAGE + 1) * PAGE;
	return true;
}

/* How far the entry that has the address moves it. */
static uint64_t moved_by(const struct lop_bus_map *map, uint64_t child)
{
	for (size_t i = 0; i < map->n_own; i++)
		if (lop_range_contains_addr(map->entries[i].child, child))
			return map->entries[i].view - map->entries[i].root;
	return 0;
}

/* Continues the entry before it, seamlessly. */
static bool extends(const struct entry *last, const struct entry *e)
{
	uint64_t size = last->child.size;

	return last->cell == e->cell && last->child.base + size == e->child.base &&
	       last->root + size == e->root && last->view + size == e->view &&
	       last->parent + size == e->parent;
}

/* One more entry, so that the bus shows the range where its own address-map entry has it. */
static bool add_entry(struct lop_cut *cut, const struct lop_node *bus, struct lop_bus_map *map,
		      struct lop_range child, struct lop_shown at, uint64_t *base)
{
	struct entry old = { .cell = 0 }, new = { .root = at.root, .view = at.view };
	struct lop_range up = { .size = child.size };
	uint64_t now;
	size_t i = 0;

	for (; i < map->ranges.n; i++) {
		old = entry_at(map, i);
		if (lop_range_contains_addr(old.child, child.base))
			break;
	}
	if (i == map->ranges.n || !lop_range_move(old.parent, old.child.base, child.base, &up.base))
		return false;
	new.cell = old.cell;
	new.child = child;
	if (!new.child.size)
		new.child.size = 1;
	now = at.root + moved_by(map, child.base);
	if (!is_free(map, new.child) && /* then beside what has its place */
	    (!lop_range_move(child.base, now, at.view, &new.child.base) ||
	     !is_free(map, new.child)) &&
	    !behind_all(map, &new.child.base))
		return false;
	if (!is_free(map, new.child) || !lop_cut_place(cut, bus->parent, up, at, &new.parent) ||
	    (map->ranges.pa == 1 && new.parent > UINT32_MAX))
		return false;
	if (map->n > map->n_own && extends(&map->entries[map->n - 1], &new))
		map->entries[map->n - 1].child.size += new.child.size;
	else
		push(cut, bus, map, &new);
	map->changed = true;
	*base = new.child.base;
	return true;
}

bool lop_cut_is_elsewhere(const struct lop_cut *cut, struct lop_shown at)
{
	return at.root != at.view || (cut->cluster && cut->cluster->n_windows);
}

bool lop_cut_place(struct lop_cut *cut, const struct lop_node *bus, struct lop_range child,
		   struct lop_shown at, uint64_t *base)
{
	struct lop_bus_map *map = NULL;

	while (cut->cluster && bus->parent && may_pass_on(cut, bus) && !(map = map_of(cut, bus)))
		bus = bus->parent; /* passes on as it is */
	if (!map)
		return lop_range_move(child.base, at.root, at.view, base);
	for (size_t i = 0; i < map->n_own; i++) {
		*base = child.base;
		if (stays(cut, bus, &map->entries[i], child, at))
			return true;
	}
	for (size_t i = 0; i < map->n; i++) {
		const struct entry *e = &map->entries[i];

		if (!e->unseen &&
		    lop_range_contains_addr((struct lop_range){ e->view, e->child.size }, at.view))
			return lop_range_move(e->child.base, e->view, at.view, base);
	}
	return add_entry(cut, bus, map, child, at, base);
}

/* --- entries of a bus --- */

/* Where the entries of the bus above begin to pass addresses on; false: no further. */
static bool next_passed(struct lop_cut *cut, const struct lop_node *bus, uint64_t addr,
			uint64_t *start)
{
	const struct lop_bus_map *map = NULL;
	bool found = false;

	while (bus->parent && !(map = map_of(cut, bus)))
		bus = bus->parent;
	for (size_t i = 0; map && i < map->n_own; i++) {
		uint64_t base = map->entries[i].child.base;

		if (base <= addr || (found && base >= *start))
			continue;
		*start = base;
		found = true;
	}
	return found;
}

static void add_part(struct lop_cut *cut, const struct lop_node *bus, struct lop_bus_map *map,
		     struct entry e)
{
	struct lop_range up = { e.parent, e.child.size };

	if (!lop_cut_place(cut, bus->parent, up, (struct lop_shown){ e.root, e.view }, &e.parent) ||
	    (map->ranges.pa == 1 && e.parent > UINT32_MAX)) {
		lop_cut_report_place(cut, bus, (struct lop_shown){ e.root, e.view });
		return;
	}
	if (map->n && extends(&map->entries[map->n - 1], &e))
		map->entries[map->n - 1].child.size += e.child.size;
	else
		push(cut, bus, map, &e);
}

/* The parts of an entry that the cluster sees; none of it: the entry as it is. */
static void add_parts(struct lop_cut *cut, const struct lop_node *bus, struct lop_bus_map *map,
		      struct entry whole)
{
	size_t before = map->n;
	struct entry left = whole;

	while (left.child.size && !map->full) {
		struct lop_where where = lop_bus_to_root(
			cut->tree, bus->parent, (struct lop_range){ left.parent, left.child.size });
		struct lop_range root = where.range, view;
		uint64_t next = 0, step;

		if (!where.mapped) {
			if (!next_passed(cut, bus->parent, left.parent, &next))
				break;
			step = next - left.parent;
		} else {
			if (lop_cluster_next_window(cut->cluster, bus, root.base, &next) &&
			    next - root.base < root.size)
				root.size = next - root.base;
			step = root.size;
			if (lop_cluster_sees(cut->system, cut->cluster, bus, root, &view) &&
			    view.size) {
				struct entry part = left;

				part.root = root.base;
				part.view = view.base;
				part.child.size = step = view.size;
				add_part(cut, bus, map, part);
			}
		}
		if (step > left.child.size)
			step = left.child.size;
		left.child.base += step;
		left.parent += step;
		left.child.size -= step;
	}
	if (map->n == before) {
		whole.unseen = true;
		push(cut, bus, map, &whole);
	}
}

/* Where the bus has address-map entries, what they do not show is not there. */
static void drop_unseen(struct lop_bus_map *map)
{
	size_t n = 0;

	for (size_t i = 0; i < map->n; i++)
		if (!map->entries[i].unseen)
			map->entries[n++] = map->entries[i];
	if (n)
		map->n = n;
}

static bool same(const struct lop_bus_map *map)
{
	if (map->n != map->ranges.n)
		return false;
	for (size_t i = 0; i < map->n; i++) {
		const struct entry *now = &map->entries[i];
		struct entry old = entry_at(map, i);

		if (old.child.base != now->child.base || old.child.size != now->child.size ||
		    old.parent != now->parent)
			return false;
	}
	return true;
}

/* NULL: no `ranges` in numbers, or none that move. Depth is that of the tree. */
static struct lop_bus_map *map_of(struct lop_cut *cut, const struct lop_node *bus)
{
	struct lop_bus_map map = { .entries = NULL };
	struct lop_bus_map *made = cut->buses[bus->index];

	if (made || !may_pass_on(cut, bus) ||
	    !lop_ranges_read(cut->tree, bus, "ranges", &map.ranges))
		return made;
	made = lop_arena_dup(cut->arena, &map, sizeof(map));
	cut->buses[bus->index] = made;
	for (size_t i = 0; i < made->ranges.n; i++)
		add_parts(cut, bus, made, entry_at(made, i));
	drop_unseen(made);
	made->n_own = made->n;
	made->changed = !same(made);
	return made;
}

/* --- the steps --- */

void lop_cut_plan_buses(struct lop_cut *cut)
{
	const struct lop_node *root = cut->tree->root;
	struct lop_range child;

	cut->buses = lop_arena_zalloc(cut->arena, cut->tree->n_nodes * sizeof(*cut->buses));
	if (!cut->cluster || !cut->cluster->n_windows) {
		lop_cut_plan_memory(cut);
		return;
	}
	for (const struct lop_node *n = lop_cut_next(cut, root); n; n = lop_cut_next(cut, n)) {
		if (!cut->keep[n->index] || !may_pass_on(cut, n))
			continue;
		map_of(cut, n);
		if (cut->class[n->index] == LOP_CLASS_MEMORY && lop_cut_has_piece(cut, n))
			continue;
		for (size_t i = 0; i < lop_reg_count(cut->tree, n); i++)
			lop_cut_reg(cut, n, i, &child);
	}
	lop_cut_plan_memory(cut);
}

bool lop_cut_copy_ranges(struct lop_cut *cut, const struct lop_node *bus,
			 const struct lop_prop *ranges)
{
	const struct lop_bus_map *map = cut->buses[bus->index];
	struct lop_val cells = { .arena = cut->out->arena, .diags = cut->diags };
	struct lop_span_walk spans = lop_span_walk(&ranges->value, ranges->span);

	if (!map || !map->changed)
		return false;
	for (size_t i = 0; i < map->n; i++) {
		const struct entry *e = &map->entries[i];

		lop_val_mark(&cells, LOP_MARK_U32, NULL,
			     lop_span_walk_to(&spans, (uint32_t)e->cell * 4));
		if (map->ranges.ca == 3) /* PCI's kind of space */
			lop_val_number(&cells, lop_value_cell(&ranges->value, e->cell), 1);
		lop_val_number(&cells, e->child.base, map->ranges.ca == 3 ? 2 : map->ranges.ca);
		lop_val_number(&cells, e->parent, map->ranges.pa);
		lop_val_number(&cells, e->child.size, map->ranges.sc);
	}
	lop_cut_set(cut, cut->copy[bus->index], "ranges", lop_val_take(&cells), ranges->span);
	return true;
}

/* The address-map entry that shows it there. */
static const struct lop_window *window_of(const struct lop_cluster *cluster, struct lop_shown at)
{
	for (size_t i = 0; i < cluster->n_windows; i++) {
		const struct lop_window *w = &cluster->windows[i];

		if (lop_range_contains_addr((struct lop_range){ w->root, w->size }, at.root) &&
		    w->view + (at.root - w->root) == at.view)
			return w;
	}
	return NULL;
}

void lop_cut_report_place(struct lop_cut *cut, const struct lop_node *node, struct lop_shown at)
{
	const struct lop_window *w = window_of(cut->cluster, at);
	struct lop_diag *d =
		lop_report(cut->diags, LOP_UNSUPPORTED, node->span,
			   "`%s` at 0x%llx, where cluster `%s` sees it, cannot be "
			   "expressed by the `ranges` of the buses above it",
			   node->name, (unsigned long long)at.view, cut->cluster->name);

	lop_diag_label(d, node->span, "stands at 0x%llx", (unsigned long long)at.root);
	if (w)
		lop_diag_label(d, w->span, "moved by this entry");
	lop_diag_help(d, "give the entry an address that the bus has free, or move the whole bus");
}
