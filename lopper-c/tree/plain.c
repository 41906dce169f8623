/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * References that an input writes as plain numbers: which numbers they are, and, in a blob, whose.
 * Knows them by the table behind refs.h.
 */
#include <stdlib.h>

#include "lopper-c/tree/refs.h"
#include "lopper-c/tree/resolve.h"

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Sorts, drops doubles, moves to the arena. */
static struct lop_phandle_set make_set(struct lop_arena *arena, struct lop_buf *numbers)
{
	struct lop_phandle_set set = { 0 };
	size_t n = numbers->len / sizeof(uint32_t);

	set.numbers = lop_arena_dup(arena, numbers->data, numbers->len);
	if (n)
		qsort(set.numbers, n, sizeof(*set.numbers), compare_numbers);
	for (size_t i = 0; i < n; i++)
		if (!i || set.numbers[i] != set.numbers[i - 1])
			set.numbers[set.count++] = set.numbers[i];
	return set;
}

static bool is_number(const struct lop_ref *ref)
{
	return !ref->is_path && ref->phandle && ref->phandle != UINT32_MAX;
}

/* Both the entries and the markers are in order of bytes. */
static void collect_plain(const struct lop_refs *refs, const struct lop_marker *m,
			  struct lop_buf *numbers)
{
	for (size_t i = 0; i < refs->count; i++) {
		const struct lop_ref *ref = &refs->items[i];

		while (m && (m->offset < ref->ref ||
			     (m->offset == ref->ref && m->kind != LOP_MARK_REF_PHANDLE)))
			m = m->next;
		if (is_number(ref) && !(m && m->offset == ref->ref))
			lop_buf_add(numbers, &ref->phandle, sizeof(ref->phandle));
	}
}

struct lop_phandle_set lop_tree_plain_numbers(const struct lop_tree *tree, struct lop_arena *arena)
{
	struct lop_refs refs = { 0 };
	struct lop_buf numbers = { 0 };
	struct lop_phandle_set set;

	for (struct lop_node *node = tree->root; node; node = lop_node_next(node, tree->root)) {
		for (struct lop_prop *prop = node->props; prop; prop = prop->next) {
			refs.count = 0;
			if (!lop_refs_is_typed(prop->name))
				continue;
			lop_refs_scan(tree, node, prop, &refs);
			collect_plain(&refs, prop->value.markers, &numbers);
		}
	}
	set = make_set(arena, &numbers);
	lop_buf_free(&numbers);
	free(refs.items);
	return set;
}

static struct lop_marker *new_marker(struct lop_tree *tree, enum lop_marker_kind kind,
				     uint32_t offset, struct lop_span span)
{
	struct lop_marker *m = lop_arena_zalloc(tree->arena, sizeof(*m));

	m->kind = kind;
	m->offset = offset;
	m->span = span;
	return m;
}

/* What the source wrote as < > with references in it; nothing where no number is a node's. */
static struct lop_marker *markers_of(struct lop_tree *tree, const struct lop_refs *refs,
				     struct lop_span span)
{
	struct lop_marker *first = NULL, **link = &first;

	for (size_t i = 0; i < refs->count; i++) {
		const struct lop_ref *ref = &refs->items[i];

		if (!is_number(ref) || !ref->target)
			continue;
		if (!first) {
			first = new_marker(tree, LOP_MARK_U32, 0, span);
			link = &first->next;
		}
		*link = new_marker(tree, LOP_MARK_REF_PHANDLE, ref->ref, span);
		(*link)->target = ref->target;
		link = &(*link)->next;
	}
	return first;
}

void lop_tree_bind_numbers(struct lop_tree *tree)
{
	struct lop_refs refs = { 0 };

	for (struct lop_node *node = tree->root; node; node = lop_node_next(node, tree->root)) {
		for (struct lop_prop *prop = node->props; prop; prop = prop->next) {
			refs.count = 0;
			if (prop->value.markers || !lop_refs_is_typed(prop->name))
				continue;
			lop_refs_scan(tree, node, prop, &refs);
			if (!refs.ragged && prop->value.len % 4 == 0)
				prop->value.markers = markers_of(tree, &refs, prop->span);
		}
	}
	free(refs.items);
}
