/* SPDX-License-Identifier: BSD-3-Clause */
/* Property values with their markers, piece by piece. Knows bytes and spans, no keys. */
#include <string.h>

#include "lopper-c/merge/state.h"

static void add_marker(struct lop_val *cells, struct lop_marker *marker)
{
	if (cells->last)
		cells->last->next = marker;
	else
		cells->first = marker;
	cells->last = marker;
}

void lop_val_mark(struct lop_val *cells, enum lop_marker_kind kind, const char *name,
		  struct lop_span span)
{
	struct lop_marker *marker = lop_arena_zalloc(cells->arena, sizeof(*marker));

	marker->kind = kind;
	marker->offset = (uint32_t)cells->data.len;
	marker->name = name;
	marker->span = span;
	add_marker(cells, marker);
}

void lop_val_number(struct lop_val *cells, uint64_t number, unsigned n_cells)
{
	for (; n_cells > 2; n_cells--)
		lop_buf_be32(&cells->data, 0);
	if (n_cells == 2)
		lop_buf_be64(&cells->data, number);
	else if (n_cells == 1)
		lop_buf_be32(&cells->data, (uint32_t)number);
}

void lop_val_ref(struct lop_val *cells, const char *name, struct lop_span span)
{
	lop_val_mark(cells, LOP_MARK_REF_PHANDLE, name, span);
	lop_buf_be32(&cells->data, UINT32_MAX);
}

const char *lop_ref_name(struct lop_merger *m, const struct lop_node *node)
{
	const char *label = lop_node_label(node);

	return label ? label : lop_node_path_dup(m->arena, node);
}

void lop_val_node(struct lop_merger *m, struct lop_val *cells, const struct lop_node *node,
		  struct lop_span span)
{
	lop_val_ref(cells, lop_ref_name(m, node), span);
}

void lop_val_string(struct lop_val *cells, const char *s, struct lop_span span)
{
	lop_val_mark(cells, LOP_MARK_STRING, NULL, span);
	lop_buf_add(&cells->data, s, strlen(s) + 1);
}

struct lop_value lop_val_take(struct lop_val *cells)
{
	struct lop_value value = { .len = (uint32_t)cells->data.len, .markers = cells->first };

	if (value.len)
		value.data = lop_arena_dup(cells->arena, cells->data.data, value.len);
	lop_buf_free(&cells->data);
	*cells = (struct lop_val){ .arena = cells->arena };
	return value;
}

static void add_value(struct lop_val *cells, const struct lop_value *value)
{
	uint32_t base = (uint32_t)cells->data.len;

	for (const struct lop_marker *m = value->markers; m; m = m->next) {
		struct lop_marker *copy = lop_arena_dup(cells->arena, m, sizeof(*m));

		copy->offset += base;
		copy->next = NULL;
		add_marker(cells, copy);
	}
	if (value->len)
		lop_buf_add(&cells->data, value->data, value->len);
}

struct lop_value lop_value_join(struct lop_arena *arena, const struct lop_value *first,
				const struct lop_value *second)
{
	struct lop_val cells = { .arena = arena };

	add_value(&cells, first);
	add_value(&cells, second);
	return lop_val_take(&cells);
}

void lop_merge_set(struct lop_merger *m, struct lop_node *node, const char *name,
		   struct lop_value value, struct lop_span key_span, struct lop_span value_span)
{
	lop_prop_set(m->tree, node, name, value, key_span)->value_span = value_span;
}

void lop_merge_set_string(struct lop_merger *m, struct lop_node *node, const char *name,
			  const char *text, struct lop_span key_span, struct lop_span span)
{
	lop_merge_set(m, node, name, lop_value_string(m->arena, text), key_span, span);
}

void lop_merge_set_cell(struct lop_merger *m, struct lop_node *node, const char *name,
			uint32_t cell, struct lop_span span)
{
	lop_merge_set(m, node, name, lop_value_cells(m->arena, &cell, 1), span, span);
}
