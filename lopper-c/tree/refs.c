/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Takes properties apart into references. Owns the rules by which a value is cut into entries; the
 * names are in refs_table.c. Knows nothing of what a reference is good for.
 *
 * A value is first read by its row of the table. That reading holds if every entry fits, every
 * marker lies inside an entry, and every number where a phandle must stand is one. Otherwise the
 * markers alone decide.
 */
#include "lopper-c/tree/refs.h"

#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/phandle.h"
#include "lopper-c/tree/refs_table.h"

#define NO_FIT UINT32_MAX

struct scan {
	const struct lop_tree *tree;
	const struct lop_node *node;
	const struct lop_prop *prop;
	const struct lop_refs_row *row; /* NULL: none */
	enum lop_ref_kind kind;
	const struct lop_marker *mark; /* first reference not yet passed */
	bool marked;		       /* the value has references by marker */
	uint32_t lead;		       /* bytes of an entry before its phandle */
	bool no_unit;		       /* interrupt-map without the parents' unit addresses */
	bool strict;		       /* every number must be a phandle */
	bool loose;		       /* last resort: what does not fit ends at the next one */
	uint32_t entry;
	const struct lop_node *last; /* target of the entry before */
	struct lop_refs *refs;
};

static bool is_ref(const struct lop_marker *mark)
{
	return mark->kind == LOP_MARK_REF_PHANDLE || mark->kind == LOP_MARK_REF_PATH;
}

static const struct lop_marker *next_ref(const struct lop_marker *mark)
{
	while (mark && !is_ref(mark))
		mark = mark->next;
	return mark;
}

static uint32_t cell_at(const struct scan *s, uint32_t offset)
{
	const unsigned char *p = s->prop->value.data + offset;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void push(struct scan *s, const struct lop_ref *ref)
{
	struct lop_refs *refs = s->refs;

	if (refs->count == refs->cap) {
		refs->cap = refs->cap ? refs->cap * 2 : 16;
		refs->items = lop_xrealloc(refs->items, refs->cap * sizeof(*refs->items));
	}
	refs->items[refs->count++] = *ref;
}

/*
 * The node with a number. Beside references the number of a node that never had one written is an
 * argument that happens to be equal: whoever wrote the value cannot have known it.
 */
static struct lop_node *by_number(const struct scan *s, uint32_t number)
{
	struct lop_node *node = lop_tree_by_phandle(s->tree, number);
	const struct lop_prop *prop =
		node && s->marked ? lop_prop_find(s->tree, node, "phandle") : NULL;

	return prop && lop_phandle_is_automatic(prop) ? NULL : node;
}

/* The reference at offset, by its marker if it has one; passes that marker. */
static struct lop_ref ref_at(struct scan *s, uint32_t offset)
{
	struct lop_ref ref = {
		.prop = s->prop, .kind = s->kind, .ref = offset, .start = offset, .len = 4
	};

	ref.phandle = cell_at(s, offset);
	if (s->mark && s->mark->offset == offset) {
		ref.target = s->mark->target;
		s->mark = next_ref(s->mark->next);
	}
	if (!ref.target && ref.phandle)
		ref.target = by_number(s, ref.phandle);
	return ref;
}

/* By the table */

/* Cells from an unresolved reference to the next one: its marker, or its own number once more. */
static uint32_t args_by_distance(const struct scan *s, const struct lop_ref *ref)
{
	uint32_t len = s->prop->value.len, at = ref->ref + 4;

	while (len - at >= 4) {
		if (s->mark && s->mark->offset <= at)
			break;
		if (cell_at(s, at) == ref->phandle)
			break;
		at += 4;
	}
	if (len - at < 4)
		return (len - ref->ref - 4) / 4;
	return at - ref->ref - 4 < s->lead ? NO_FIT : (at - ref->ref - 4 - s->lead) / 4;
}

static uint32_t args_by_cells(const struct scan *s, const struct lop_ref *ref)
{
	uint32_t fallback = s->row->count < 0 ? NO_FIT : (uint32_t)s->row->count;

	if (ref->target)
		return lop_node_cell(s->tree, ref->target, s->row->cells, fallback);
	return ref->phandle ? args_by_distance(s, ref) : 0;
}

static uint32_t args_of_interrupt_map(const struct scan *s, const struct lop_ref *ref)
{
	uint32_t address, interrupt;

	if (!ref->target)
		return ref->phandle ? args_by_distance(s, ref) : NO_FIT;
	address = s->no_unit ? 0 : lop_node_cell(s->tree, ref->target, "#address-cells", 0);
	interrupt = lop_node_cell(s->tree, ref->target, "#interrupt-cells", NO_FIT);
	return address > s->prop->value.len || interrupt > s->prop->value.len ? NO_FIT
									      : address + interrupt;
}

static uint32_t args_of_tail(const struct scan *s, const struct lop_ref *ref)
{
	uint32_t end = s->mark ? s->mark->offset : s->prop->value.len;

	return (end - ref->ref - 4) / 4;
}

/* Cells behind the phandle that belong to its entry. */
static uint32_t n_args(const struct scan *s, const struct lop_ref *ref)
{
	switch (s->row->layout) {
	case LOP_REFS_CELLS:
	case LOP_REFS_PAIRS:
	case LOP_REFS_NESTED:
	case LOP_REFS_NEXUS:
		return args_by_cells(s, ref);
	case LOP_REFS_FIXED:
		return (uint32_t)s->row->count;
	case LOP_REFS_TAIL:
		return args_of_tail(s, ref);
	case LOP_REFS_MAP:
		return 2;
	case LOP_REFS_INTERRUPT_MAP:
		return args_of_interrupt_map(s, ref);
	case LOP_REFS_LIST:
	case LOP_REFS_PINS:
	case LOP_REFS_MARKERS:
		break;
	}
	return 0;
}

/* Remembers the reading that came furthest; false, for the caller to return. */
static bool misfit(struct scan *s, struct lop_misfit what)
{
	struct lop_misfit *m = &s->refs->misfit;

	if (m->cells && m->at >= what.at)
		return false;
	*m = what;
	m->cells = s->row->layout == LOP_REFS_INTERRUPT_MAP ? "#interrupt-cells" : s->row->cells;
	m->sure = s->row->sure;
	return false;
}

static bool no_phandle(struct scan *s, uint32_t at)
{
	return misfit(s, (struct lop_misfit){
				 .kind = LOP_MISFIT_NO_PHANDLE, .at = at, .target = s->last });
}

static bool entry_at(struct scan *s, uint32_t at, struct lop_ref *out)
{
	uint32_t left = s->prop->value.len - at, args;
	bool marked;

	if (left < 4 || left - 4 < s->lead)
		return no_phandle(s, at);
	if (s->mark && s->mark->offset < at + s->lead)
		return no_phandle(s, at);
	marked = s->mark && s->mark->offset == at + s->lead;
	*out = ref_at(s, at + s->lead);
	if (!marked && out->phandle && !out->target && (s->marked || !s->row->sure || s->strict))
		return no_phandle(s, at + s->lead);
	args = n_args(s, out);
	if (args == NO_FIT && s->loose)
		args = args_by_distance(s, out);
	if (args > (left - s->lead - 4) / 4 && s->loose)
		args = (left - s->lead - 4) / 4;
	if (args > (left - s->lead - 4) / 4)
		return misfit(s, (struct lop_misfit){ .kind = args == NO_FIT ? LOP_MISFIT_NO_CELLS
									     : LOP_MISFIT_SHORT,
						      .at = at + s->lead,
						      .target = out->target,
						      .wanted = args });
	if (s->row->layout == LOP_REFS_CELLS && s->mark &&
	    s->mark->offset < at + s->lead + 4 + args * 4)
		return misfit(s, (struct lop_misfit){ .kind = LOP_MISFIT_INNER,
						      .at = at + s->lead,
						      .target = out->target,
						      .wanted = args });
	s->last = out->target;
	out->start = at;
	out->len = s->lead + 4 + args * 4;
	return true;
}

/* Is there a reference among the arguments of outer? */
static bool is_nested(const struct scan *s, const struct lop_node *outer, uint32_t offset)
{
	const struct lop_node *inner;

	if (s->mark && s->mark->offset == offset)
		return true;
	if (s->row->layout != LOP_REFS_NESTED || !outer)
		return false;
	inner = lop_tree_by_phandle(s->tree, cell_at(s, offset));
	return inner && inner->parent == outer;
}

/* Pushes an entry; references among its arguments cut it into pieces of one ordinal. */
static void push_entry(struct scan *s, struct lop_ref ref)
{
	const struct lop_node *outer = ref.target;
	uint32_t end = ref.start + ref.len, at;

	ref.entry = s->row->layout == LOP_REFS_PAIRS ? s->entry / 2 : s->entry;
	s->entry++;
	for (at = ref.ref + 4; at < end; at += 4) {
		struct lop_ref inner;

		if (!is_nested(s, outer, at))
			continue;
		inner = ref_at(s, at);
		inner.entry = ref.entry;
		inner.len = end - at;
		ref.len = at - ref.start;
		push(s, &ref);
		ref = inner;
	}
	push(s, &ref);
}

static bool by_table(struct scan *s)
{
	uint32_t at = 0, len = s->prop->value.len;
	struct lop_ref ref;

	while (at < len) {
		if (!entry_at(s, at, &ref))
			return false;
		push_entry(s, ref);
		at += ref.len;
	}
	return !s->mark;
}

/* By markers */

static uint32_t path_len(const struct lop_value *value, uint32_t offset)
{
	const void *nul = memchr(value->data + offset, '\0', value->len - offset);

	return nul ? (uint32_t)((const unsigned char *)nul - value->data) + 1 - offset
		   : value->len - offset;
}

/* Every entry has its lead cells before the phandle, if there is room for them everywhere. */
static bool lead_fits(const struct scan *s)
{
	const struct lop_marker *mark;
	uint32_t free_from = 0;

	for (mark = s->mark; mark; mark = next_ref(mark->next)) {
		if (mark->offset < free_from || mark->offset - free_from < s->lead)
			return false;
		free_from = mark->offset + 4;
	}
	return true;
}

static void push_path(struct scan *s)
{
	const struct lop_marker *mark = s->mark;
	struct lop_ref ref = {
		.prop = s->prop, .kind = s->kind, .target = mark->target, .is_path = true
	};

	ref.start = ref.ref = mark->offset;
	ref.len = path_len(&s->prop->value, mark->offset);
	ref.entry = s->entry++;
	push(s, &ref);
	s->mark = next_ref(mark->next);
}

static void by_markers(struct scan *s)
{
	uint32_t lead = s->row && lead_fits(s) ? s->lead : 0, end, len = s->prop->value.len;
	struct lop_ref ref;

	while (s->mark) {
		if (s->mark->kind == LOP_MARK_REF_PATH && s->mark->offset < len) {
			push_path(s);
			continue;
		}
		if (len < 4 || s->mark->offset > len - 4)
			return;
		ref = ref_at(s, s->mark->offset);
		end = s->mark && s->mark->offset <= len ? s->mark->offset - lead : len;
		ref.start = ref.ref - lead;
		ref.len = end - ref.start;
		ref.entry = s->entry++;
		push(s, &ref);
	}
}

/* Which way */

/* Below /domains phandles have layouts of their own, which model/ knows. */
static bool in_domains(const struct lop_node *node)
{
	for (; node && node->parent; node = node->parent) {
		if (!node->parent->parent)
			return strcmp(node->name, "domains") == 0;
		if (strcmp(node->name, "chosen") == 0 || strcmp(node->name, "reserved-memory") == 0)
			return false; /* a domain's own: what they mean at the top */
	}
	return false;
}

/* Names that mean something else in some places. */
static bool row_applies(const struct scan *s)
{
	const char *name = s->prop->name;

	if (s->row->layout == LOP_REFS_MARKERS)
		return false;
	if (strcmp(name, "gpios") == 0) /* of a hog: lines of its parent */
		return !lop_prop_find(s->tree, s->node, "gpio-hog");
	if (strcmp(name, "ethernet") == 0) /* of a switch port; elsewhere a number */
		return s->marked || lop_str_starts(s->node->name, "port");
	if (strcmp(name, "dma-masters") == 0) /* of a router; elsewhere a number */
		return s->marked || lop_str_starts(s->node->name, "dma-router");
	return true;
}

/* Cells, as far as the source tells. */
static bool holds_cells(const struct lop_value *value)
{
	const struct lop_marker *mark;

	for (mark = value->markers; mark; mark = mark->next)
		if (mark->kind != LOP_MARK_LABEL && mark->kind != LOP_MARK_REF_PHANDLE &&
		    mark->kind != LOP_MARK_U32 && mark->kind != LOP_MARK_PLACE)
			return false;
	return value->len % 4 == 0;
}

/* Printable and NUL terminated: a blob does not tell strings from cells. */
static bool looks_like_text(const struct lop_value *value)
{
	uint32_t i;

	if (value->len == 0 || value->data[0] == '\0' || value->data[value->len - 1] != '\0')
		return false;
	for (i = 0; i < value->len; i++)
		if (value->data[i] != '\0' && (value->data[i] < 0x20 || value->data[i] > 0x7e))
			return false;
	return true;
}

static bool try_table(struct scan *s, uint64_t lead_cells)
{
	const struct lop_marker *mark = s->mark;
	size_t first = s->refs->count;

	if (lead_cells > s->prop->value.len / 4)
		return false;
	s->lead = (uint32_t)lead_cells * 4;
	s->entry = 0;
	s->last = NULL;
	if (by_table(s))
		return true;
	s->refs->count = first;
	s->mark = mark;
	s->entry = 0;
	return false;
}

/*
 * The specification's layout first. Multiplexers of System Device Trees and some bindings leave out
 * the unit address of the child, of the parent, or both: then the reading in which everything
 * fits. Numbers that no node has are looked for last.
 */
static bool by_interrupt_map(struct scan *s)
{
	uint32_t unit = lop_address_cells(s->tree, s->node);
	uint32_t cells = lop_node_cell(s->tree, s->node, "#interrupt-cells", 1);
	unsigned reading;

	for (reading = 0; reading < 8; reading++) {
		s->strict = reading < 4;
		s->no_unit = reading & 1;
		if (try_table(s, (uint64_t)cells + (reading & 2 ? 0 : unit)))
			return true;
	}
	s->lead = 0;
	if ((uint64_t)unit + cells <= s->prop->value.len / 4)
		s->lead = (unit + cells) * 4;
	return false;
}

static bool by_layout(struct scan *s)
{
	enum lop_refs_layout layout = s->row->layout;

	if (layout == LOP_REFS_INTERRUPT_MAP)
		return by_interrupt_map(s);
	if (layout == LOP_REFS_NEXUS)
		return try_table(s, lop_node_cell(s->tree, s->node, s->row->cells, 0));
	return try_table(s, layout == LOP_REFS_MAP ? 1 : layout == LOP_REFS_PINS ? 3 : 0);
}

static bool read_by_table(struct scan *s)
{
	bool cells = holds_cells(&s->prop->value);

	if (!s->marked && looks_like_text(&s->prop->value))
		return true;
	if (cells && by_layout(s))
		return true;
	s->refs->ragged = s->marked || s->row->sure;
	s->loose =
		!s->marked && s->row->sure && (s->lead || s->row->layout != LOP_REFS_INTERRUPT_MAP);
	return s->loose && cells && try_table(s, s->lead / 4);
}

void lop_refs_scan(const struct lop_tree *tree, const struct lop_node *node,
		   const struct lop_prop *prop, struct lop_refs *refs)
{
	struct scan s = { .tree = tree, .node = node, .prop = prop, .refs = refs };

	refs->ragged = false;
	refs->misfit = (struct lop_misfit){ .cells = NULL };
	s.mark = next_ref(prop->value.markers);
	s.marked = s.mark != NULL;
	if (!s.marked && (prop->value.len < 4 || prop->name[0] == '#'))
		return;
	s.row = lop_refs_row(prop->name);
	if (!s.row && !s.marked)
		return;
	s.kind = s.row ? s.row->kind : LOP_REF_UNKNOWN;
	if (in_domains(node)) {
		s.kind = LOP_REF_DOMAIN;
		s.row = NULL;
	}
	if (s.row && row_applies(&s) && read_by_table(&s))
		return;
	by_markers(&s);
}

bool lop_refs_names_prop(const char *prop, char *name, size_t size)
{
	const struct lop_refs_row *row = lop_refs_row(prop);
	size_t len;

	if (!row || !row->names)
		return false;
	len = strlen(row->names);
	if (len >= size)
		return false;
	memcpy(name, row->names, len + 1);
	return true;
}

bool lop_refs_is_typed(const char *prop)
{
	const struct lop_refs_row *row = lop_refs_row(prop);

	return row && row->layout != LOP_REFS_MARKERS;
}
