/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * YAML values as property values of any node, and the properties that were written down applied to
 * the tree: `#...-cells` first, so that `start` and `size` find the cells they need. Knows no
 * domain.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/state.h"
#include "lopper-c/tree/bus.h"

/* In these a name without `&` is a reference too. */
static const char *const reference_props[] = {
	"interrupt-parent", "interrupts-extended",
	"memory-region",    "clocks",
	"resets",	    "power-domains",
	"mboxes",	    "dmas",
	"iommus",	    "phys",
};
/* In these 1 means what true means. */
static const char *const flag_props[] = { "no-map", "reusable", "linux,cma-default",
					  "linux,dma-default" };

#define IN(name, list) in_list((name), (list), sizeof(list) / sizeof((list)[0]))

static bool in_list(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}

/* One conversion. */
struct conversion {
	struct lop_merger *m;
	const struct lop_node *node;
	const char *name;
	struct lop_val cells;
	const char *what; /* the node in a message; NULL until needed */
	bool bad;
};

static bool is_plain(const struct lop_yaml *value, const char *text)
{
	return value->kind == LOP_YAML_SCALAR && !value->quoted && strcmp(value->text, text) == 0;
}

/* Only true and false: yes, no, on and off are text here, LEDs have `default-state: on`. */
static bool truth_of(const struct lop_yaml *value, bool *out)
{
	*out = is_plain(value, "true") || is_plain(value, "True") || is_plain(value, "TRUE");
	return *out || is_plain(value, "false") || is_plain(value, "False") ||
	       is_plain(value, "FALSE");
}

/* Digits as YAML writes integers; sizes such as 64K are text outside start and size. */
static bool is_integer(const struct lop_yaml *value)
{
	const char *s = value->text;

	if (value->kind != LOP_YAML_SCALAR || value->quoted)
		return false;
	if (s[0] == '-' && s[1])
		return s[1 + strspn(s + 1, "0123456789")] == '\0';
	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		return s[2] && s[2 + strspn(s + 2, "0123456789abcdefABCDEF")] == '\0';
	return *s && s[strspn(s, "0123456789")] == '\0';
}

static bool is_reference(const struct conversion *c, const struct lop_yaml *value)
{
	if (value->kind != LOP_YAML_SCALAR)
		return false;
	return (value->text[0] == '&' && value->text[1]) ||
	       (IN(c->name, reference_props) && !is_integer(value));
}

static void add_integer(struct conversion *c, const struct lop_yaml *value)
{
	const char *what = lop_arena_printf(c->m->arena, "`%s`", c->name);
	uint64_t number;

	if (value->text[0] == '-') {
		struct lop_yaml positive = *value;

		positive.text++;
		if (!lop_merge_number(c->m, &positive, 31, what, &number))
			c->bad = true;
		else
			lop_val_number(&c->cells, (uint32_t)(0 - number), 1);
		return;
	}
	if (!lop_merge_number(c->m, value, 64, what, &number))
		c->bad = true;
	else
		lop_val_number(&c->cells, number, number >> 32 ? 2 : 1);
}

static void add_named_ref(struct conversion *c, const struct lop_yaml *value)
{
	const struct lop_name_hit *hits;
	struct lop_node *node;
	struct lop_diag *d;

	switch (lop_names_find(c->m, value->text, NULL, &node, &hits)) {
	case LOP_FOUND:
		lop_val_node(c->m, &c->cells, node, value->span);
		return;
	case LOP_MANY:
		d = lop_report(c->m->diags, LOP_AMBIGUOUS_NAME, value->span,
			       "`%s` may be several nodes", value->text);
		lop_diag_label(d, value->span, "which one?");
		lop_names_list(c->m, d, value->text, hits);
		break;
	case LOP_NOT_FOUND:
		d = lop_report(c->m->diags, LOP_UNKNOWN_NODE, value->span,
			       "`%s` refers to `%s`, which no node is called", c->name,
			       value->text);
		lop_diag_label(d, value->span, "no such name or label");
		lop_merge_did_you_mean(d, lop_names_nearest(c->m, value->text),
				       "name a node of the tree by label, name or path");
		break;
	}
	c->bad = true;
}

static void add_reference(struct conversion *c, const struct lop_yaml *value)
{
	const char *text = value->text;

	if (text[0] != '&') {
		add_named_ref(c, value);
		return;
	}
	text++;
	if (text[0] == '{') /* "&{/path}" */
		text = lop_arena_strndup(c->m->arena, text + 1, strcspn(text + 1, "}"));
	lop_val_ref(&c->cells, text, value->span);
}

static void report_type(struct conversion *c, const struct lop_yaml *value, const char *why,
			const char *help)
{
	struct lop_span span = value->span.len ? value->span : value->key_span;
	struct lop_diag *d = lop_report(c->m->diags, LOP_YAML_TYPE, span,
					"`%s` cannot become a property", c->name);

	lop_diag_label(d, span, "%s", why);
	lop_diag_help(d, "%s", help);
	c->bad = true;
}

static void report_mappings(struct conversion *c, const struct lop_yaml *value)
{
	struct lop_diag *d =
		lop_report(c->m->diags, LOP_UNSUPPORTED, value->span,
			   "`%s` is a list of mappings, which has no device tree form", c->name);

	lop_diag_label(d, value->span, "a mapping");
	lop_diag_help(d, "lists hold numbers, strings or \"&label\" references; mappings with a "
			 "name are nodes");
	c->bad = true;
}

/* --- reg: [ { start, size } ] --- */

static void add_cells_of(struct conversion *c, const struct lop_yaml *value, uint64_t number,
			 uint32_t n_cells, const char *cells_prop)
{
	const struct lop_node *parent = c->node->parent;
	struct lop_diag *d;

	if (n_cells >= 2 || number >> (32 * n_cells) == 0) {
		lop_val_number(&c->cells, number, n_cells);
		return;
	}
	d = lop_report(c->m->diags, LOP_ADDRESS_OVERFLOW, value->span,
		       "0x%llx does not fit into %u cell%s", (unsigned long long)number, n_cells,
		       n_cells == 1 ? "" : "s");
	lop_diag_label(d, value->span, "`%s` of %s is %u", cells_prop, lop_node_path_of(d, parent),
		       n_cells);
	if (n_cells)
		lop_diag_help(d,
			      "write 0xffffffff at most, or make `%s` of the parent 2 in the tree",
			      cells_prop);
	else
		lop_diag_help(d, "leave it out, or make `%s` of the parent 1 or 2 in the tree",
			      cells_prop);
	c->bad = true;
}

/* One entry; start or size may be NULL where the parent has no cells for it. */
static void add_range(struct conversion *c, const struct lop_yaml *entry,
		      const struct lop_yaml *start, const struct lop_yaml *size)
{
	uint32_t ac = lop_address_cells(c->m->tree, c->node->parent);
	uint32_t sc = lop_size_cells(c->m->tree, c->node->parent);
	struct lop_range range = { 0 };

	lop_val_mark(&c->cells, LOP_MARK_U32, NULL, start ? start->span : entry->span);
	if (!sc && !size) {
		if (!start || !lop_merge_number(c->m, start, 64, "`start`", &range.base))
			c->bad = true;
		else
			add_cells_of(c, start, range.base, ac, "#address-cells");
		return;
	}
	if (!c->what)
		c->what = lop_arena_printf(c->m->arena, "`%s`",
					   lop_node_path_dup(c->m->arena, c->node));
	if (!lop_merge_start_size(c->m, entry, start, size, c->what, &range)) {
		c->bad = true;
		return;
	}
	add_cells_of(c, start, range.base, ac, "#address-cells");
	add_cells_of(c, size, range.size, sc, "#size-cells");
}

static void add_range_map(struct conversion *c, const struct lop_yaml *entry)
{
	for (const struct lop_yaml *v = entry->first; v; v = v->next)
		if (strcmp(v->key, "start") != 0 && strcmp(v->key, "size") != 0)
			lop_diag_help(lop_report(c->m->diags, LOP_UNKNOWN_KEY, v->key_span,
						 "`%s` is no part of a `reg` entry", v->key),
				      "an entry is `{ start: .., size: .. }`");
	if (c->node->parent) {
		add_range(c, entry, lop_yaml_get(entry, "start"), lop_yaml_get(entry, "size"));
		return;
	}
	lop_diag_help(lop_report(c->m->diags, LOP_WRONG_NODE, entry->span,
				 "the root of the tree has no `reg`"),
		      "write it below the node that it belongs to");
	c->bad = true;
}

/* --- lists --- */

static bool is_cell_item(const struct conversion *c, const struct lop_yaml *item)
{
	return is_integer(item) || is_reference(c, item);
}

static void add_item(struct conversion *c, const struct lop_yaml *item, bool cells)
{
	bool truth;

	if (item->kind == LOP_YAML_MAP && strcmp(c->name, "reg") == 0)
		add_range_map(c, item);
	else if (item->kind == LOP_YAML_MAP)
		report_mappings(c, item);
	else if (item->kind != LOP_YAML_SCALAR)
		report_type(c, item, "a list or nothing inside a list",
			    "write all values in one list, without inner brackets and gaps");
	else if (truth_of(item, &truth))
		report_type(c, item, "true and false cannot stand in a list",
			    "write 1 and 0 for numbers, \"true\" and \"false\" for text");
	else if (cells != is_cell_item(c, item))
		report_type(c, item, "numbers and text in one list",
			    "write numbers and references only, or text only (numbers in quotes)");
	else if (!cells)
		lop_val_string(&c->cells, item->text, item->span);
	else if (is_reference(c, item))
		add_reference(c, item);
	else
		add_integer(c, item);
}

static void add_list(struct conversion *c, const struct lop_yaml *list, bool nested)
{
	const struct lop_yaml *first = list->first;
	bool cells = first && is_cell_item(c, first);

	if (cells)
		lop_val_mark(&c->cells, LOP_MARK_U32, NULL, first->span);
	for (const struct lop_yaml *v = first; v && !c->bad; v = v->next) {
		if (v->kind == LOP_YAML_LIST && !nested)
			add_list(c, v, true);
		else
			add_item(c, v, cells);
	}
}

/* --- scalars --- */

static bool refers_by_path(const struct lop_node *node)
{
	return strcmp(node->name, "aliases") == 0 || strcmp(node->name, "chosen") == 0;
}

static enum lop_converted add_scalar(struct conversion *c, const struct lop_yaml *value)
{
	bool truth, is_flag = IN(c->name, flag_props);

	if (truth_of(value, &truth) || (is_flag && is_integer(value))) {
		if (is_plain(value, "0"))
			return LOP_OMIT;
		return truth || is_plain(value, "1") ? LOP_SET : LOP_OMIT;
	}
	if (value->text[0] == '&' && value->text[1] && refers_by_path(c->node)) {
		lop_val_mark(&c->cells, LOP_MARK_REF_PATH, value->text + 1, value->span);
	} else if (is_reference(c, value)) {
		lop_val_mark(&c->cells, LOP_MARK_U32, NULL, value->span);
		add_reference(c, value);
	} else if (is_integer(value)) {
		lop_val_mark(&c->cells, LOP_MARK_U32, NULL, value->span);
		add_integer(c, value);
	} else {
		lop_val_string(&c->cells, value->text, value->span);
	}
	return LOP_SET;
}

enum lop_converted lop_merge_convert(struct lop_merger *m, const struct lop_node *node,
				     const char *name, const struct lop_yaml *value,
				     struct lop_value *out)
{
	struct conversion c = { .m = m,
				.node = node,
				.name = name,
				.cells = { .arena = m->arena, .diags = m->diags } };
	enum lop_converted result = LOP_SET;

	if (value->kind == LOP_YAML_SCALAR)
		result = add_scalar(&c, value);
	else if (value->kind == LOP_YAML_LIST)
		add_list(&c, value, false);
	else if (value->kind == LOP_YAML_MAP && strcmp(name, "reg") == 0)
		add_range_map(&c, value);
	else if (value->kind == LOP_YAML_MAP)
		report_type(&c, value, "a mapping", "write one value, or a list of values");
	*out = lop_val_take(&c.cells);
	return c.bad ? LOP_POISON : result;
}

/* --- applying --- */

static bool is_cells_name(const char *name)
{
	return strcmp(name, "#address-cells") == 0 || strcmp(name, "#size-cells") == 0;
}

static const struct lop_node *child_with_reg(const struct lop_merger *m,
					     const struct lop_node *node)
{
	for (const struct lop_node *n = node->children; n; n = n->next)
		if (!lop_map_get(&m->made, n, "") && lop_prop_find(m->tree, n, "reg"))
			return n;
	return NULL;
}

/*
 * Other cells would give every reg that the tree already has another meaning. YAML gives addresses
 * as numbers, so the tree's cells serve as well.
 */
static bool keeps_cells(struct lop_merger *m, const struct lop_change *change)
{
	const struct lop_prop *old = lop_prop_find(m->tree, change->node, change->name);
	const struct lop_node *child = child_with_reg(m, change->node);
	uint64_t number;
	struct lop_diag *d;

	if (!old || !child || !is_cells_name(change->name))
		return false;
	if (lop_yaml_number(change->value, &number) && number == lop_value_cell(&old->value, 0))
		return true;
	d = lop_report(m->diags, LOP_YAML_CONFLICT, change->key_span,
		       "`%s` of %s stays what the tree says", change->name,
		       lop_node_path_for(m->diags, LOP_YAML_CONFLICT, change->node));
	lop_diag_label(d, change->key_span, "would change what `reg` below means");
	lop_diag_label(d, old->span, "%u here", lop_value_cell(&old->value, 0));
	lop_diag_help(d, "leave it out: addresses in YAML take the cells of the tree");
	return true;
}

static void apply_plain(struct lop_merger *m, const struct lop_change *change)
{
	struct lop_value value;

	switch (lop_merge_convert(m, change->node, change->name, change->value, &value)) {
	case LOP_SET:
		lop_merge_set(m, change->node, change->name, value, change->key_span,
			      change->value->span);
		break;
	case LOP_OMIT:
		lop_prop_del(m->tree, change->node, change->name);
		break;
	case LOP_POISON:
		break;
	}
}

/* `start` and `size` of a node are its reg. */
static void apply_reg(struct lop_merger *m, const struct lop_change *start,
		      const struct lop_change *size)
{
	struct conversion c = { .m = m,
				.node = start->node,
				.name = "reg",
				.cells = { .arena = m->arena, .diags = m->diags } };
	struct lop_yaml entry = { .kind = LOP_YAML_MAP, .span = start->key_span };
	struct lop_value value;

	add_range(&c, &entry, start->value, size ? size->value : NULL);
	value = lop_val_take(&c.cells);
	if (!c.bad)
		lop_merge_set(m, start->node, "reg", value, start->key_span, start->value->span);
}

/* A region that the operating system places: `size` alone stays a property, in the parent's cells.
 */
static void apply_size(struct lop_merger *m, const struct lop_change *change)
{
	struct conversion c = { .m = m,
				.node = change->node,
				.name = "size",
				.cells = { .arena = m->arena, .diags = m->diags } };
	uint64_t number;
	struct lop_value value;

	if (!lop_merge_number(m, change->value, 64, "`size`", &number))
		return;
	lop_val_mark(&c.cells, LOP_MARK_U32, NULL, change->value->span);
	add_cells_of(&c, change->value, number, lop_size_cells(m->tree, change->node->parent),
		     "#size-cells");
	value = lop_val_take(&c.cells);
	if (!c.bad)
		lop_merge_set(m, change->node, "size", value, change->key_span,
			      change->value->span);
}

static void apply(struct lop_merger *m, const struct lop_change *change)
{
	bool has_parent = change->node->parent != NULL;

	if (strcmp(change->name, "start") == 0 && has_parent)
		apply_reg(m, change, lop_map_get(&m->change_of, change->node, "size"));
	else if (strcmp(change->name, "size") == 0 && has_parent) {
		if (!lop_map_get(&m->change_of, change->node, "start"))
			apply_size(m, change);
	} else {
		apply_plain(m, change);
	}
}

void lop_apply_changes(struct lop_merger *m)
{
	for (const struct lop_change *c = m->changes; c; c = c->next)
		if (!c->conditions && c->scheme == LOP_REPLACE && c->name[0] == '#' &&
		    !keeps_cells(m, c))
			apply_plain(m, c);
	for (const struct lop_change *c = m->changes; c; c = c->next)
		if (!c->conditions && c->scheme == LOP_REPLACE && c->name[0] != '#')
			apply(m, c);
}
