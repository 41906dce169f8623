/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What dtc will number when it reads back what was printed: explicit numbers first, then, reference
 * by reference, the next number that nobody states.
 */
#include "lopper-c/dts/print.h"

#include <string.h>

#include "lopper-c/tree/resolve.h"

struct count {
	const struct lop_tree *tree;
	struct lop_map stated;	 /* (number, "") -> node that states it */
	struct lop_map numbered; /* (node, "") -> node: has its number by now */
	uint32_t next;
};

static const void *as_scope(uint32_t number)
{
	return (const void *)(uintptr_t)number;
}

static bool is_reference(const struct lop_prop *prop)
{
	for (const struct lop_marker *m = prop->value.markers; m; m = m->next)
		if (m->kind == LOP_MARK_REF_PHANDLE)
			return true;
	return false;
}

/* The number that the printed node states; 0: none. */
static uint32_t stated_by(const struct lop_tree *tree, const struct lop_node *node)
{
	static const char *const names[] = { "phandle", "linux,phandle" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct lop_prop *prop = lop_prop_find(tree, node, names[i]);

		if (prop && !lop_phandle_is_automatic(prop) && !is_reference(prop))
			return lop_value_cell(&prop->value, 0);
	}
	return 0;
}

static void collect_stated(struct count *c)
{
	struct lop_node *root = c->tree->root;

	for (struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		uint32_t number = stated_by(c->tree, n);

		if (!number)
			continue;
		lop_map_put(&c->stated, as_scope(number), "", n);
		lop_map_put(&c->numbered, n, "", n);
	}
}

static bool number_agrees(struct count *c, struct lop_node *node)
{
	if (lop_map_get(&c->numbered, node, ""))
		return true;
	while (lop_map_get(&c->stated, as_scope(c->next), ""))
		c->next++;
	lop_map_put(&c->numbered, node, "", node);
	return node->phandle == c->next++;
}

/* Every number left out must come back, and at the end of its node. */
static bool all_come_back(const struct count *c)
{
	struct lop_node *root = c->tree->root;

	for (struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		const struct lop_prop *prop = lop_prop_find(c->tree, n, "phandle");

		if (!prop || !lop_phandle_is_automatic(prop))
			continue;
		if (prop->next || prop->labels || prop->value.len != 4 ||
		    lop_value_cell(&prop->value, 0) != n->phandle ||
		    !lop_map_get(&c->numbered, n, ""))
			return false;
	}
	return true;
}

bool lop_print_numbers_agree(const struct lop_printer *p)
{
	struct count c = { .tree = p->tree, .next = 1 };
	size_t n = p->targets.len / sizeof(struct lop_node *);
	bool agree = true;

	collect_stated(&c);
	for (size_t i = 0; agree && i < n; i++) {
		struct lop_node *node;

		memcpy(&node, p->targets.data + i * sizeof(node), sizeof(node));
		agree = number_agrees(&c, node);
	}
	agree = agree && all_come_back(&c);
	lop_map_free(&c.stated);
	lop_map_free(&c.numbered);
	return agree;
}
