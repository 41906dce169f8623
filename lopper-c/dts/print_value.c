/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One value as DTS source. Markers say how it was written; bytes without markers are shown by what
 * they look like. Owns grouping and guessing, not line breaks; whatever the markers say, what is
 * printed means the bytes.
 */
#include "lopper-c/dts/print.h"

#include <stdlib.h>
#include <string.h>

/* The bytes between two group markers, and the markers that stand in them. */
struct group {
	enum lop_marker_kind kind;
	uint32_t start, end;
	const struct lop_marker *path; /* a path reference */
	const struct lop_marker *first, *stop;
};

static bool is_starter(const struct lop_marker *m)
{
	return m->kind != LOP_MARK_LABEL && m->kind != LOP_MARK_REF_PHANDLE &&
	       m->kind != LOP_MARK_PLACE;
}

/* If only labels stand between m and the start of a group at the same byte: that start. */
static const struct lop_marker *starter_at(const struct lop_marker *m, uint32_t offset)
{
	while (m && m->offset == offset && m->kind == LOP_MARK_LABEL)
		m = m->next;
	return m && m->offset == offset && is_starter(m) ? m : NULL;
}

/* Where the next group behind pos starts; the end of the value if there is none. */
static uint32_t next_start(const struct lop_marker *m, uint32_t pos, uint32_t len)
{
	while (m && (!is_starter(m) || m->offset < pos))
		m = m->next;
	return m && m->offset < len ? m->offset : len;
}

/* --- guessing --- */

/* Names whose values are cells, even when the bytes could be letters. */
static bool is_cell_name(const char *name)
{
	static const char *const names[] = { "reg",	   "ranges",  "dma-ranges",
					     "interrupts", "phandle", "linux,phandle" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return name[0] == '#';
}

static bool is_text_byte(unsigned char c)
{
	return (c >= ' ' && c < 0x7f) || (c >= '\a' && c <= '\r');
}

/* Terminated strings, none of them empty. */
static bool looks_like_text(const unsigned char *data, size_t len)
{
	unsigned char before = '\0';

	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\0' ? before == '\0' : !is_text_byte(data[i]))
			return false;
		before = data[i];
	}
	return len > 0 && before == '\0';
}

static bool labels_fit(const struct group *g, uint32_t width)
{
	for (const struct lop_marker *m = g->first; m != g->stop; m = m->next)
		if ((m->offset - g->start) % width)
			return false;
	return true;
}

static bool has_inner_marker(const struct group *g)
{
	for (const struct lop_marker *m = g->first; m != g->stop; m = m->next)
		if (m->kind == LOP_MARK_REF_PHANDLE || m->offset < g->end)
			return true;
	return false;
}

static enum lop_marker_kind guess(const struct lop_prop *prop, const struct group *g)
{
	bool cells = (g->end - g->start) % 4 == 0 && labels_fit(g, 4);

	if (cells && is_cell_name(prop->name))
		return LOP_MARK_U32;
	if (looks_like_text(prop->value.data + g->start, g->end - g->start) && !has_inner_marker(g))
		return LOP_MARK_STRING;
	return cells ? LOP_MARK_U32 : LOP_MARK_U8;
}

static uint32_t width_of(enum lop_marker_kind kind)
{
	switch (kind) {
	case LOP_MARK_U16:
		return 2;
	case LOP_MARK_U32:
		return 4;
	case LOP_MARK_U64:
		return 8;
	default:
		return 1;
	}
}

/* The kind as printed: bytes, where the group is not what its marker says. */
static enum lop_marker_kind kind_of(const struct lop_prop *prop, const struct group *g)
{
	uint32_t width = width_of(g->kind);

	if (g->kind == LOP_MARK_STRING)
		return prop->value.data[g->end - 1] == '\0' && !has_inner_marker(g)
			       ? LOP_MARK_STRING
			       : LOP_MARK_U8;
	return (g->end - g->start) % width == 0 && labels_fit(g, width) ? g->kind : LOP_MARK_U8;
}

/* --- parts --- */

/* A part begins where the one before ends: labels printed in between are its own. */
static size_t claimed(const struct lop_printer *p)
{
	const struct lop_print_part *parts =
		(const struct lop_print_part *)(const void *)p->parts.data;
	size_t n = p->parts.len / sizeof(*parts);

	return n ? parts[n - 1].end : 0;
}

static struct lop_print_part *open_part(struct lop_printer *p)
{
	struct lop_print_part part = { .start = claimed(p) };

	lop_buf_add(&p->parts, &part, sizeof(part));
	return (struct lop_print_part *)(void *)(p->parts.data + p->parts.len - sizeof(part));
}

static void close_part(struct lop_printer *p, struct lop_print_part *part)
{
	part->end = p->text.len;
}

static void put_label(struct lop_printer *p, const struct lop_marker *m)
{
	lop_buf_printf(&p->text, "%s: ", m->name);
}

/* Labels behind the last byte of a part. */
static void put_end_labels(struct lop_printer *p, const struct group *g)
{
	for (const struct lop_marker *m = g->first; m != g->stop; m = m->next)
		if (m->kind == LOP_MARK_LABEL && m->offset == g->end)
			lop_buf_printf(&p->text, " %s:", m->name);
}

static void put_text_byte(struct lop_buf *out, unsigned char c)
{
	static const char *const escapes[] = { "\\a", "\\b", "\\t", "\\n", "\\v", "\\f", "\\r" };

	if (c >= '\a' && c <= '\r')
		lop_buf_puts(out, escapes[c - '\a']);
	else if (c == '"' || c == '\\')
		lop_buf_printf(out, "\\%c", c);
	else if (c >= ' ' && c < 0x7f)
		lop_buf_putc(out, (char)c);
	else
		lop_buf_printf(out, "\\x%02x", c);
}

static void put_strings(struct lop_printer *p, const unsigned char *data, const struct group *g)
{
	uint32_t at = g->start;

	while (at < g->end) {
		struct lop_print_part *part = open_part(p);

		lop_buf_putc(&p->text, '"');
		for (; data[at] != '\0'; at++)
			put_text_byte(&p->text, data[at]);
		lop_buf_putc(&p->text, '"');
		at++;
		if (at == g->end)
			put_end_labels(p, g);
		close_part(p, part);
	}
}

static bool states_phandle(const struct lop_tree *tree, const struct lop_node *node)
{
	return lop_prop_find(tree, node, "phandle") || lop_prop_find(tree, node, "linux,phandle");
}

/* Is this cell printed as a reference? */
static bool prints_as_ref(struct lop_printer *p, const struct lop_prop *prop,
			  const struct lop_marker *m, uint32_t number)
{
	if (!m->target)
		return p->plugin && m->name && number == UINT32_C(0xffffffff);
	if (number != m->target->phandle || !states_phandle(p->tree, m->target))
		return false;
	return !p->all_phandles ||
	       (strcmp(prop->name, "phandle") != 0 && strcmp(prop->name, "linux,phandle") != 0);
}

static void put_number(struct lop_buf *out, const unsigned char *data, uint32_t width)
{
	uint64_t number = 0;

	for (uint32_t i = 0; i < width; i++)
		number = number << 8 | data[i];
	lop_buf_printf(out, width == 1 ? "%02llx" : "0x%llx", (unsigned long long)number);
}

static void put_cell(struct lop_printer *p, const struct lop_prop *prop, const struct lop_marker *m,
		     uint32_t offset)
{
	const unsigned char *data = prop->value.data + offset;
	uint32_t number = (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 |
			  (uint32_t)data[2] << 8 | data[3];

	if (!m || !prints_as_ref(p, prop, m, number)) {
		p->lost_ref |= m != NULL;
		put_number(&p->text, data, 4);
		return;
	}
	lop_buf_putc(&p->text, '&');
	lop_print_ref(&p->text, m);
	if (m->target)
		lop_buf_add(&p->targets, &m->target, sizeof(m->target));
}

static void put_numbers(struct lop_printer *p, const struct lop_prop *prop, const struct group *g,
			enum lop_marker_kind kind)
{
	uint32_t width = width_of(kind);
	const struct lop_marker *m = g->first;
	struct lop_print_part *part = open_part(p);

	if (kind == LOP_MARK_U16 || kind == LOP_MARK_U64)
		lop_buf_printf(&p->text, "/bits/ %u ", width * 8);
	lop_buf_putc(&p->text, kind == LOP_MARK_U8 ? '[' : '<');
	part->inner = p->text.len;
	for (uint32_t at = g->start; at < g->end; at += width) {
		const struct lop_marker *ref = NULL;

		if (at != g->start)
			lop_buf_putc(&p->text, ' ');
		for (; m != g->stop && m->offset == at; m = m->next) {
			if (m->kind == LOP_MARK_LABEL)
				put_label(p, m);
			else
				ref = m;
		}
		if (kind == LOP_MARK_U32)
			put_cell(p, prop, ref, at);
		else
			put_number(&p->text, prop->value.data + at, width);
	}
	part->closed = p->text.len;
	lop_buf_putc(&p->text, kind == LOP_MARK_U8 ? ']' : '>');
	put_end_labels(p, g);
	close_part(p, part);
}

static void put_path(struct lop_printer *p, const struct group *g)
{
	struct lop_print_part *part = open_part(p);

	lop_buf_putc(&p->text, '&');
	lop_print_ref(&p->text, g->path);
	put_end_labels(p, g);
	close_part(p, part);
}

/* The label that the source used, if the node still has it; else its first; NULL: none. */
static const char *label_for(const struct lop_marker *marker)
{
	const struct lop_label *l = marker->target->labels;

	for (; l && marker->name; l = l->next)
		if (strcmp(l->name, marker->name) == 0)
			return l->name;
	return lop_node_label(marker->target);
}

void lop_print_ref(struct lop_buf *out, const struct lop_marker *marker)
{
	const char *name = marker->target ? label_for(marker) : marker->name;

	if (name && !strchr(name, '/')) {
		lop_buf_puts(out, name);
		return;
	}
	lop_buf_putc(out, '{');
	if (marker->target)
		lop_node_path(marker->target, out);
	else
		lop_buf_puts(out, name);
	lop_buf_putc(out, '}');
}

/* --- groups --- */

static uint32_t path_end(const struct lop_value *value, const struct lop_marker *m)
{
	const void *nul = NULL;

	if (m->target && m->offset < value->len)
		nul = memchr(value->data + m->offset, '\0', value->len - m->offset);
	return nul ? (uint32_t)((const unsigned char *)nul - value->data) + 1 : m->offset;
}

/* Takes the group at pos off the list of markers; its labels in front are printed already. */
static struct group take_group(const struct lop_value *value, uint32_t pos,
			       const struct lop_marker **m)
{
	const struct lop_marker *s = starter_at(*m, pos);
	struct group g = { .start = pos };

	if (s) {
		*m = s->next;
		if (s->kind == LOP_MARK_STRING && *m && (*m)->kind == LOP_MARK_REF_PATH &&
		    (*m)->offset == pos) {
			s = *m;
			*m = s->next;
		}
		g.kind = s->kind;
		g.path = s->kind == LOP_MARK_REF_PATH ? s : NULL;
	} else {
		g.kind = LOP_MARK_LABEL; /* none stated */
	}
	g.end = next_start(*m, pos, value->len);
	if (g.path && path_end(value, g.path) < g.end)
		g.end = path_end(value, g.path);
	g.first = *m;
	while (*m && !is_starter(*m) && (*m)->offset <= g.end &&
	       !((*m)->offset == g.end && starter_at(*m, g.end)))
		*m = (*m)->next;
	g.stop = *m;
	return g;
}

static void put_group(struct lop_printer *p, const struct lop_prop *prop, struct group *g)
{
	if (g->path) {
		put_path(p, g);
		return;
	}
	if (g->start == g->end) {
		for (const struct lop_marker *m = g->first; m != g->stop; m = m->next)
			put_label(p, m);
		return;
	}
	if (g->kind == LOP_MARK_LABEL)
		g->kind = guess(prop, g);
	g->kind = kind_of(prop, g);
	if (g->kind == LOP_MARK_STRING)
		put_strings(p, prop->value.data, g);
	else
		put_numbers(p, prop, g, g->kind);
}

/* Labels that no part follows. */
static void put_last_labels(struct lop_printer *p)
{
	size_t start = claimed(p);
	struct lop_print_part *part;
	char *labels;

	if (p->text.len == start)
		return;
	if (start) {
		/* "l: " becomes " l:" */
		memmove(p->text.data + start + 1, p->text.data + start, p->text.len - start - 1);
		p->text.data[start] = ' ';
		part = (struct lop_print_part *)(void *)(p->parts.data + p->parts.len -
							 sizeof(*part));
		part->end = p->text.len;
		return;
	}
	p->text.data[p->text.len - 1] = '>';
	labels = lop_xmalloc(p->text.len);
	memcpy(labels, p->text.data, p->text.len);
	part = open_part(p);
	lop_buf_putc(&p->text, '>');
	p->text.data[0] = '<';
	memcpy(p->text.data + 1, labels, p->text.len - 1);
	part->end = p->text.len;
	free(labels);
}

static void put_groups(struct lop_printer *p, const struct lop_prop *prop)
{
	const struct lop_marker *m = prop->value.markers;
	uint32_t pos = 0;

	while (m || pos < prop->value.len) {
		const struct lop_marker *starter = starter_at(m, pos);
		struct group g;

		for (; starter && m != starter; m = m->next)
			put_label(p, m);
		g = take_group(&prop->value, pos, &m);
		put_group(p, prop, &g);
		pos = g.end;
		/* out of order or beyond the end: not a place in this value */
		while (m && (m->offset < pos || m->offset > prop->value.len))
			m = m->next;
	}
	put_last_labels(p);
}

void lop_print_value(struct lop_printer *p, const struct lop_prop *prop)
{
	p->text.len = p->parts.len = 0;
	put_groups(p, prop);
	if (p->parts.len == 0)
		return;
	lop_buf_puts(&p->out, " = ");
	lop_print_parts(p);
}
