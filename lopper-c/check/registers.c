/* SPDX-License-Identifier: BSD-3-Clause */
/* Registers that devices of two domains have in common, in root addresses. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/owner.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

/* Entries at one address that are compared; more than a real tree has there. */
#define ACTIVE_MAX 64

/* One reg entry of a device that a domain has. */
struct piece {
	struct lop_range range; /* root addresses */
	uint32_t bus;		/* index of the indirect-bus it is behind; 0: none */
	const struct lop_node *node;
	const struct lop_given *given;
};

struct pieces {
	struct piece *items; /* malloc memory */
	size_t n, room;
};

static void add_pieces(struct pieces *pieces, const struct lop_system *system,
		       const struct lop_node *node, const struct lop_given *given)
{
	for (size_t i = 0; i < lop_reg_count(system->tree, node); i++) {
		struct lop_where where = lop_reg_to_root(system->tree, node, i);

		if (!where.mapped || !where.range.size || !lop_range_valid(where.range))
			continue;
		if (pieces->n == pieces->room) {
			pieces->room = pieces->room ? pieces->room * 2 : 64;
			pieces->items =
				lop_xrealloc(pieces->items, pieces->room * sizeof(*pieces->items));
		}
		pieces->items[pieces->n++] =
			(struct piece){ where.range, where.indirect ? where.indirect->index : 0,
					node, given };
	}
}

static int by_place(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->bus != y->bus)
		return x->bus < y->bus ? -1 : 1;
	if (x->range.base != y->range.base)
		return x->range.base < y->range.base ? -1 : 1;
	return x->node->index < y->node->index ? -1 : x->node->index > y->node->index;
}

/* A mailbox's channel names the message buffers of both ends: they are there to be shared. */
static bool is_channel(const struct lop_system *system, const struct lop_node *node)
{
	return lop_prop_find(system->tree, node, "#mbox-cells") && node->parent &&
	       lop_given_is_carrier(system, node->parent);
}

static struct pieces find_pieces(const struct lop_system *system, const struct lop_given *given)
{
	const struct lop_node *root = system->tree->root;
	bool *device = lop_given_devices(system);
	struct pieces pieces = { 0 };

	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root))
		if (device[n->index] && given[n->index].domain && !is_channel(system, n))
			add_pieces(&pieces, system, n, &given[n->index]);
	free(device);
	if (pieces.n)
		qsort(pieces.items, pieces.n, sizeof(*pieces.items), by_place);
	return pieces;
}

/* A device on a controller that another domain has is `device-twice` already. */
static bool is_on(const struct lop_system *system, const struct lop_node *node,
		  const struct lop_node *up)
{
	return lop_node_below(node, up) && lop_given_is_carrier(system, up);
}

static bool may_meet(const struct lop_system *system, const struct piece *a, const struct piece *b)
{
	return a->node == b->node || lop_given_may_share(a->given, b->given) ||
	       is_on(system, a->node, b->node) || is_on(system, b->node, a->node);
}

static void report_overlap(struct lop_diags *diags, const struct piece *a, const struct piece *b)
{
	struct lop_range common = lop_range_intersect(a->range, b->range);
	const struct lop_domain *x = a->given->domain, *y = b->given->domain;
	char where[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	struct lop_diag *d;

	d = lop_report(diags, LOP_REG_OVERLAP, b->given->span,
		       "`%s` of `%s` has registers of `%s`, which `%s` has", b->node->name, y->name,
		       a->node->name, x->name);
	lop_given_label(d, b->given);
	lop_given_label(d, a->given);
	lop_diag_label(d, b->node->span, "both have %s (%s)", lop_range_text(common, where),
		       lop_size_text(common.size, size));
	lop_diag_label(d, a->node->span, "the other one");
	lop_diag_help(d, "%s",
		      lop_sources_is_yaml(diags->sources, b->given->span)
			      ? "give both to one of them, correct `reg`, or write "
				"`flags: { shared: true }` at both"
			      : "give both to one of them, correct `reg`, or write "
				"`access-flags-names = \"shared\";`, a string per entry, at both");
}

struct active {
	const struct piece *items[ACTIVE_MAX];
	size_t n;
};

static void retire(struct active *active, const struct piece *piece)
{
	size_t kept = 0;

	for (size_t i = 0; i < active->n; i++)
		if (active->items[i]->bus == piece->bus &&
		    lop_range_last(active->items[i]->range) >= piece->range.base)
			active->items[kept++] = active->items[i];
	active->n = kept;
}

/* Where there is no room, in the place of the one that ends first. */
static void add_active(struct active *active, const struct piece *piece)
{
	size_t first = 0;

	if (active->n < ACTIVE_MAX) {
		active->items[active->n++] = piece;
		return;
	}
	for (size_t i = 1; i < ACTIVE_MAX; i++)
		if (lop_range_last(active->items[i]->range) <
		    lop_range_last(active->items[first]->range))
			first = i;
	active->items[first] = piece;
}

/* One report for a device: its further entries mostly overlap the same. */
static void compare(const struct lop_system *system, struct lop_diags *diags,
		    const struct pieces *pieces, bool *told)
{
	struct active active = { .n = 0 };

	for (size_t i = 0; i < pieces->n; i++) {
		const struct piece *piece = &pieces->items[i];

		retire(&active, piece);
		for (size_t k = 0; k < active.n && !told[piece->node->index]; k++) {
			if (may_meet(system, active.items[k], piece))
				continue;
			told[piece->node->index] = true;
			report_overlap(diags, active.items[k], piece);
		}
		add_active(&active, piece);
	}
}

void lop_rule_registers_apart(const struct lop_system *system, struct lop_diags *diags)
{
	struct lop_given *given = lop_given_all(system);
	size_t size = system->tree->n_nodes * sizeof(bool);
	bool *told = memset(lop_xmalloc(size), 0, size);
	struct pieces pieces;

	pieces = find_pieces(system, given);
	compare(system, diags, &pieces, told);
	free(pieces.items);
	free(told);
	free(given);
}
