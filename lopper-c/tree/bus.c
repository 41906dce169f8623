/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses on buses; see bus.h. */
#include "lopper-c/tree/bus.h"

#include <string.h>

#define CELL 4u

/* Beyond it is reported by check; here it only must not become a size. */
static uint32_t bounded(uint32_t cells)
{
	return cells > LOP_MAX_CELLS ? LOP_MAX_CELLS : cells;
}

uint32_t lop_node_cell(const struct lop_tree *tree, const struct lop_node *node, const char *name,
		       uint32_t def)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, name);

	if (!prop || prop->value.len != CELL)
		return def;
	return bounded(lop_value_cell(&prop->value, 0));
}

/* What is asked about a node again and again. */
struct lop_bus_facts {
	uint32_t address_cells, size_cells;
	const struct lop_prop *reg, *ranges; /* NULL: none */
	bool indirect, simple;		     /* bus, by its compatible */
	bool irq_mux, cpu_part;
};

static bool has_part(const struct lop_value *value, const char *part)
{
	const char *s;

	for (uint32_t at = 0; (s = lop_value_next_str(value, &at));)
		if (strstr(s, part))
			return true;
	return false;
}

/* The architected timer, a PMU, PSCI. */
static bool says_cpu_part(const struct lop_value *compatible)
{
	const char *s;

	for (uint32_t at = 0; (s = lop_value_next_str(compatible, &at));)
		if (!strncmp(s, "arm,armv8-timer", 15) || !strncmp(s, "arm,armv7-timer", 15) ||
		    !strncmp(s, "arm,psci", 8) || strstr(s, "-pmu"))
			return true;
	return false;
}

static void look_at(struct lop_bus_facts *facts, const struct lop_prop *prop)
{
	const char *name = prop->name;

	if (!strcmp(name, "reg")) {
		facts->reg = prop;
	} else if (!strcmp(name, "ranges")) {
		facts->ranges = prop;
	} else if (!strcmp(name, "compatible")) {
		facts->indirect = lop_value_has_str(&prop->value, "indirect-bus");
		facts->simple = lop_value_has_str(&prop->value, "simple-bus");
		facts->cpu_part = says_cpu_part(&prop->value);
		facts->irq_mux |= has_part(&prop->value, "interrupt-multiplex");
	} else if (!strcmp(name, "interrupt-map-pass-thru")) {
		facts->irq_mux = true;
	} else if (!strcmp(name, "#address-cells") && prop->value.len == CELL) {
		facts->address_cells = bounded(lop_value_cell(&prop->value, 0));
	} else if (!strcmp(name, "#size-cells") && prop->value.len == CELL) {
		facts->size_cells = bounded(lop_value_cell(&prop->value, 0));
	}
}

/* One walk through the properties. */
static struct lop_bus_facts look(const struct lop_node *node)
{
	struct lop_bus_facts facts = { .address_cells = 2, .size_cells = 1 };

	for (const struct lop_prop *p = node->props; p; p = p->next)
		if (strchr("rci#", p->name[0]))
			look_at(&facts, p);
	return facts;
}

void lop_bus_learn(struct lop_tree *tree)
{
	struct lop_bus_facts *facts = lop_arena_alloc(tree->arena, tree->n_nodes * sizeof(*facts));

	for (const struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		facts[n->index] = look(n);
	tree->facts = facts;
}

static struct lop_bus_facts facts_of(const struct lop_tree *tree, const struct lop_node *node)
{
	return tree->facts ? tree->facts[node->index] : look(node);
}

uint32_t lop_address_cells(const struct lop_tree *tree, const struct lop_node *node)
{
	return tree->facts ? tree->facts[node->index].address_cells
			   : lop_node_cell(tree, node, "#address-cells", 2);
}

uint32_t lop_size_cells(const struct lop_tree *tree, const struct lop_node *node)
{
	return tree->facts ? tree->facts[node->index].size_cells
			   : lop_node_cell(tree, node, "#size-cells", 1);
}

/* Cells of one reg entry of a child of bus; 0 where the entries are no plain numbers. */
static uint32_t reg_stride(const struct lop_tree *tree, const struct lop_node *bus)
{
	uint32_t ac = lop_address_cells(tree, bus);
	uint32_t sc = lop_size_cells(tree, bus);

	return ac >= 1 && ac <= 2 && sc <= 2 ? ac + sc : 0;
}

static const struct lop_prop *reg_of(const struct lop_tree *tree, const struct lop_node *node)
{
	return tree->facts ? tree->facts[node->index].reg : lop_prop_find(tree, node, "reg");
}

size_t lop_reg_count(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *reg = reg_of(tree, node);
	uint32_t stride = node->parent ? reg_stride(tree, node->parent) : 0;

	if (!reg || !stride)
		return 0;
	return lop_value_n_cells(&reg->value) / stride;
}

struct lop_range lop_reg_get(const struct lop_tree *tree, const struct lop_node *node, size_t i)
{
	const struct lop_prop *reg = reg_of(tree, node);
	uint32_t ac, sc;
	struct lop_range r = { 0, 0 };

	if (i >= lop_reg_count(tree, node))
		return r;
	ac = lop_address_cells(tree, node->parent);
	sc = lop_size_cells(tree, node->parent);
	r.base = lop_value_number(&reg->value, i * (ac + sc), ac);
	r.size = lop_value_number(&reg->value, i * (ac + sc) + ac, sc);
	return r;
}

/* One step towards the root: from the child space of bus to the space bus itself stands in. */
bool lop_ranges_read(const struct lop_tree *tree, const struct lop_node *bus, const char *name,
		     struct lop_ranges *ranges)
{
	const struct lop_prop *prop = bus->parent ? lop_prop_find(tree, bus, name) : NULL;
	struct lop_ranges r = { .prop = prop };

	if (!prop || !prop->value.len)
		return false;
	r.ca = lop_address_cells(tree, bus);
	r.pa = lop_address_cells(tree, bus->parent);
	r.sc = lop_size_cells(tree, bus);
	r.stride = (size_t)r.ca + r.pa + r.sc;
	if (r.ca < 1 || r.ca > 3 || r.pa < 1 || r.pa > 2 || r.sc < 1 || r.sc > 2 ||
	    prop->value.len % (CELL * r.stride))
		return false;
	r.n = prop->value.len / (CELL * r.stride);
	*ranges = r;
	return true;
}

struct lop_ranges_entry lop_ranges_get(const struct lop_ranges *ranges, size_t i)
{
	const struct lop_value *v = &ranges->prop->value;
	struct lop_ranges_entry e = { .cell = i * ranges->stride };
	uint64_t size = lop_value_number(v, e.cell + ranges->ca + ranges->pa, ranges->sc);

	e.child.base = lop_value_number(v, e.cell, ranges->ca);
	e.parent = lop_value_number(v, e.cell + ranges->ca, ranges->pa);
	e.child.size = lop_range_room(e.parent, lop_range_room(e.child.base, size));
	return e;
}

static bool ranges_step(const struct lop_tree *tree, const struct lop_node *bus,
			struct lop_range *range)
{
	const struct lop_bus_facts facts = facts_of(tree, bus);
	const struct lop_prop *ranges = facts.ranges;
	uint32_t ca = facts.address_cells;
	uint32_t pa = lop_address_cells(tree, bus->parent);
	uint32_t sc = facts.size_cells;
	size_t stride = (size_t)ca + pa + sc;

	if (!ranges) /* trees assembled by tools leave it out of a simple-bus and mean 1:1 */
		return facts.indirect || facts.simple;
	if (!ranges->value.len)
		return true;
	if (ca < 1 || ca > 2 || pa < 1 || pa > 2 || sc < 1 || sc > 2)
		return false;
	for (size_t c = 0; c + stride <= lop_value_n_cells(&ranges->value); c += stride) {
		struct lop_range child = { lop_value_number(&ranges->value, c, ca),
					   lop_value_number(&ranges->value, c + ca + pa, sc) };
		uint64_t offset = range->base - child.base;

		if (!lop_range_contains_addr(child, range->base))
			continue;
		if (range->size > child.size - offset)
			range->size = child.size - offset;
		/* beyond 64 bits is reported by check */
		if (!lop_range_move(range->base, child.base,
				    lop_value_number(&ranges->value, c + ca, pa), &range->base))
			return false;
		range->size = lop_range_room(range->base, range->size);
		return true;
	}
	return false;
}

struct lop_where lop_bus_to_root(const struct lop_tree *tree, const struct lop_node *bus,
				 struct lop_range range)
{
	struct lop_where where = { .mapped = true, .range = range };

	for (; bus->parent; bus = bus->parent) {
		if (!where.indirect && lop_node_is_indirect_bus(tree, bus))
			where.indirect = bus;
		if (!ranges_step(tree, bus, &where.range)) {
			where.mapped = false;
			return where;
		}
	}
	return where;
}

struct lop_where lop_reg_to_root(const struct lop_tree *tree, const struct lop_node *node, size_t i)
{
	struct lop_where nowhere = { .mapped = false };

	if (i >= lop_reg_count(tree, node))
		return nowhere;
	return lop_bus_to_root(tree, node->parent, lop_reg_get(tree, node, i));
}

bool lop_node_compatible(const struct lop_tree *tree, const struct lop_node *node, const char *s)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "compatible");

	return prop && lop_value_has_str(&prop->value, s);
}

bool lop_node_is_indirect_bus(const struct lop_tree *tree, const struct lop_node *node)
{
	return tree->facts ? tree->facts[node->index].indirect
			   : lop_node_compatible(tree, node, "indirect-bus");
}

bool lop_node_is_bus(const struct lop_tree *tree, const struct lop_node *node)
{
	struct lop_bus_facts facts = facts_of(tree, node);

	return !node->parent || facts.ranges || facts.simple || facts.indirect;
}

uint32_t lop_node_cell_around(const struct lop_tree *tree, const struct lop_node *node,
			      const char *name, uint32_t def)
{
	return lop_node_cell(tree, node->parent, name, lop_node_cell(tree, tree->root, name, def));
}

bool lop_node_enabled(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "status");
	const char *s = prop ? lop_value_str(&prop->value, 0) : NULL;

	return !s || !strcmp(s, "okay") || !strcmp(s, "ok");
}

bool lop_node_is_irq_mux(const struct lop_tree *tree, const struct lop_node *node)
{
	return facts_of(tree, node).irq_mux;
}

bool lop_node_is_cpu_part(const struct lop_tree *tree, const struct lop_node *node)
{
	return facts_of(tree, node).cpu_part;
}
