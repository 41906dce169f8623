/* SPDX-License-Identifier: BSD-3-Clause */
/* Property values with their markers, piece by piece; see val.h. */
#include "lopper-c/tree/val.h"

#include <string.h>

void lop_value_report_size(struct lop_diags *diags, struct lop_span span)
{
	struct lop_diag *d =
		lop_report(diags, LOP_LIMIT, span, "the value of a property is larger than %zu MiB",
			   LOP_VALUE_MAX >> 20);

	lop_diag_label(d, span, "too large");
	lop_diag_help(d, "keep data of this size outside of the device tree");
}

/* Is there room for so many bytes more? */
static bool has_room(struct lop_val *val, size_t len)
{
	if (val->too_big || len > LOP_VALUE_MAX - val->data.len) {
		if (!val->too_big && val->diags)
			lop_value_report_size(val->diags,
					      val->last ? val->last->span : (struct lop_span){ 0 });
		val->too_big = true;
	}
	return !val->too_big;
}

static struct lop_marker *add_marker(struct lop_val *val, enum lop_marker_kind kind, size_t offset,
				     struct lop_span span)
{
	struct lop_marker *m = lop_arena_zalloc(val->arena, sizeof(*m));

	m->kind = kind;
	m->offset = (uint32_t)offset;
	m->span = span;
	if (val->last)
		val->last->next = m;
	else
		val->first = m;
	val->last = m;
	return m;
}

void lop_val_mark(struct lop_val *val, enum lop_marker_kind kind, const char *name,
		  struct lop_span span)
{
	add_marker(val, kind, val->data.len, span)->name = name;
}

void lop_val_number(struct lop_val *val, uint64_t number, unsigned n_cells)
{
	if (!has_room(val, (size_t)n_cells * 4))
		return;
	for (; n_cells > 2; n_cells--)
		lop_buf_be32(&val->data, 0);
	if (n_cells == 2)
		lop_buf_be64(&val->data, number);
	else if (n_cells == 1)
		lop_buf_be32(&val->data, (uint32_t)number);
}

void lop_val_string(struct lop_val *val, const char *s, struct lop_span span)
{
	if (!has_room(val, strlen(s) + 1))
		return;
	lop_val_mark(val, LOP_MARK_STRING, NULL, span);
	lop_buf_add(&val->data, s, strlen(s) + 1);
}

void lop_val_ref(struct lop_val *val, const char *name, struct lop_span span)
{
	if (!has_room(val, 4))
		return;
	lop_val_mark(val, LOP_MARK_REF_PHANDLE, name, span);
	lop_buf_be32(&val->data, UINT32_MAX);
}

void lop_val_target(struct lop_val *val, const struct lop_node *target, struct lop_span span)
{
	lop_val_ref(val, NULL, span);
	if (val->too_big)
		return;
	val->last->target = (struct lop_node *)target;
}

/* The first marker at or after start. */
static const struct lop_marker *first_from(struct lop_val *val, const struct lop_value *value,
					   uint32_t start)
{
	const struct lop_marker *m = value->markers;

	if (val->source == m && val->resume && val->resume->offset <= start)
		m = val->resume;
	val->source = value->markers;
	for (; m && m->offset < start; m = m->next)
		val->resume = m;
	return m;
}

void lop_val_copy(struct lop_val *val, const struct lop_value *value, uint32_t start, uint32_t len)
{
	size_t base = val->data.len;

	if (!has_room(val, len))
		return;
	for (const struct lop_marker *m = first_from(val, value, start);
	     m && m->offset - start < len; m = m->next) {
		struct lop_marker *copy =
			add_marker(val, m->kind, base + (m->offset - start), m->span);

		copy->name = m->name;
		copy->target = m->target;
	}
	if (len)
		lop_buf_add(&val->data, value->data + start, len);
}

void lop_val_rewind(struct lop_val *val, size_t len, struct lop_marker *last)
{
	val->data.len = len;
	val->last = last;
	if (last)
		last->next = NULL;
	else
		val->first = NULL;
}

struct lop_value lop_val_take(struct lop_val *val)
{
	struct lop_value value = { .len = (uint32_t)val->data.len, .markers = val->first };

	if (val->too_big)
		value = (struct lop_value){ 0 };
	if (value.len)
		value.data = lop_arena_dup(val->arena, val->data.data, value.len);
	lop_val_drop(val);
	return value;
}

void lop_val_drop(struct lop_val *val)
{
	lop_buf_free(&val->data);
	*val = (struct lop_val){ .arena = val->arena, .diags = val->diags };
}
