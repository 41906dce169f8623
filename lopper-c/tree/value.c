/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values: making them and reading them. Owns the byte order and the bounds; knows no property.
 */
#include "lopper-c/tree/tree.h"

#include <string.h>

static struct lop_marker *group_marker(struct lop_arena *arena, enum lop_marker_kind kind)
{
	struct lop_marker *marker = lop_arena_zalloc(arena, sizeof(*marker));

	marker->kind = kind;
	return marker;
}

struct lop_value lop_value_string(struct lop_arena *arena, const char *s)
{
	size_t size = strlen(s) + 1;

	return (struct lop_value){
		.data = lop_arena_dup(arena, s, size),
		.len = (uint32_t)size,
		.markers = group_marker(arena, LOP_MARK_STRING),
	};
}

struct lop_value lop_value_cells(struct lop_arena *arena, const uint32_t *cells, size_t n)
{
	unsigned char *data = n ? lop_arena_alloc(arena, n * 4) : NULL;

	for (size_t i = 0; i < n; i++)
		for (unsigned int byte = 0; byte < 4; byte++)
			data[4 * i + byte] = (unsigned char)(cells[i] >> (24 - 8 * byte));
	return (struct lop_value){
		.data = data,
		.len = (uint32_t)(n * 4),
		.markers = group_marker(arena, LOP_MARK_U32),
	};
}

size_t lop_value_n_cells(const struct lop_value *value)
{
	return value->len / 4;
}

uint32_t lop_value_cell(const struct lop_value *value, size_t index)
{
	if (index >= lop_value_n_cells(value))
		return 0;

	const unsigned char *p = value->data + index * 4;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

uint64_t lop_value_number(const struct lop_value *value, size_t cell, size_t n_cells)
{
	size_t have = lop_value_n_cells(value);
	uint64_t number = 0;

	if (cell > have || n_cells > have - cell)
		return 0;
	if (n_cells > 2) {
		cell += n_cells - 2;
		n_cells = 2;
	}
	for (size_t i = 0; i < n_cells; i++)
		number = number << 32 | lop_value_cell(value, cell + i);
	return number;
}

const char *lop_value_next_str(const struct lop_value *value, uint32_t *offset)
{
	if (*offset >= value->len || value->data[value->len - 1] != '\0')
		return NULL;

	const char *s = (const char *)value->data + *offset;

	*offset += (uint32_t)strlen(s) + 1;
	return s;
}

const char *lop_value_str(const struct lop_value *value, size_t i)
{
	uint32_t at = 0;
	const char *s = lop_value_next_str(value, &at);

	while (s && i-- > 0)
		s = lop_value_next_str(value, &at);
	return s;
}

bool lop_value_has_str(const struct lop_value *value, const char *s)
{
	const char *have;

	for (uint32_t at = 0; (have = lop_value_next_str(value, &at));)
		if (strcmp(have, s) == 0)
			return true;
	return false;
}

const struct lop_marker *lop_value_ref_at(const struct lop_value *value, uint32_t offset)
{
	for (const struct lop_marker *m = value->markers; m && m->offset <= offset; m = m->next)
		if (m->offset == offset &&
		    (m->kind == LOP_MARK_REF_PHANDLE || m->kind == LOP_MARK_REF_PATH))
			return m;
	return NULL;
}

struct lop_span lop_value_span_at(const struct lop_value *value, uint32_t offset,
				  struct lop_span fallback)
{
	for (const struct lop_marker *m = value->markers; m && m->offset <= offset; m = m->next)
		if (m->span.text)
			fallback = m->span;
	return fallback;
}

struct lop_span_walk lop_span_walk(const struct lop_value *value, struct lop_span fallback)
{
	return (struct lop_span_walk){ value, fallback, value->markers, fallback, 0 };
}

struct lop_span lop_span_walk_to(struct lop_span_walk *walk, uint32_t offset)
{
	if (offset < walk->offset)
		*walk = lop_span_walk(walk->value, walk->fallback);
	for (; walk->next && walk->next->offset <= offset; walk->next = walk->next->next)
		if (walk->next->span.text)
			walk->span = walk->next->span;
	walk->offset = offset;
	return walk->span;
}
