/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bodies: properties, child nodes and deletions between `{` and `}`, merged into the tree as they
 * are read. Owns dtc's rules for what a second body changes; knows nothing of values.
 *
 * dtc builds each body apart and merges it afterwards, where the node exists already. What it never
 * merges (the first body of a node: fresh here) may hold nothing twice, and its deletions delete
 * nothing of that same body.
 */
#include "lopper-c/dts/parser.h"

#include <string.h>

#include "lopper-c/base/str.h"

/* One body that is being read. */
struct body {
	struct lop_node *node;
	struct lop_span open; /* its `{` */
	bool fresh;
	bool children; /* a child has been read: properties come too late now */
	bool late;     /* one has come and is reported */
};

/* A node or property whose name has been read. */
struct item {
	const char *name;
	struct lop_span span;
	struct lop_parser_label *labels;
	bool omit_if_no_ref;
};

/* ---- names ---- */

static void refuse_name(struct lop_parser *p, const struct item *item, const char *what,
			const char *bad)
{
	struct lop_diag *d;

	d = lop_report(p->diags, LOP_DTS_NAME, item->span, "`%c` cannot stand in the name of a %s",
		       *bad, what);
	lop_diag_label(d, item->span, "in this name");
	lop_diag_help(d, "%s",
		      *bad == '@'
			      ? "leave the `@` out: only nodes have a unit address"
			      : "a node is called by letters, digits and , . _ + -, with the unit "
				"address behind an `@`");
}

static void check_length(struct lop_parser *p, const struct item *item)
{
	struct lop_diag *d;

	if (strlen(item->name) <= LOP_PARSER_MAX_NAME)
		return;
	d = lop_report(p->diags, LOP_DTS_NAME, item->span, "a name of more than %d characters",
		       LOP_PARSER_MAX_NAME);
	lop_diag_label(d, item->span, "too long");
	lop_diag_help(d, "shorten it to %d characters: it has %zu", LOP_PARSER_MAX_NAME,
		      strlen(item->name));
}

static void check_node_name(struct lop_parser *p, const struct item *item)
{
	const char *bad = strpbrk(item->name, "*#?");
	const char *at = strchr(item->name, '@');

	check_length(p, item);
	if (bad) {
		refuse_name(p, item, "node", bad);
	} else if (at && strchr(at + 1, '@')) {
		struct lop_diag *d = lop_report(p->diags, LOP_DTS_NAME, item->span,
						"the name `%s` has more than one `@`", item->name);

		lop_diag_label(d, item->span, "one `@` stands before the unit address");
		lop_diag_help(d, "keep the `@` before the unit address and remove the others");
	}
}

static void check_prop_name(struct lop_parser *p, const struct item *item)
{
	const char *at = strchr(item->name, '@');

	check_length(p, item);
	if (at)
		refuse_name(p, item, "property", at);
	if (strcmp(item->name, "name") == 0)
		p->name_props = true;
}

/* ---- properties ---- */

static void refuse_late_property(struct lop_parser *p, struct body *body, const struct item *item)
{
	struct lop_diag *d;

	if (!body->children || body->late)
		return;
	body->late = true;
	d = lop_report(p->diags, LOP_DTS_SYNTAX, item->span,
		       "property `%s` stands behind a child node", item->name);
	lop_diag_label(d, item->span, "too late here");
	if (body->node->last_child)
		lop_diag_label(d, body->node->last_child->span, "this child comes before it");
	lop_diag_help(d, "in a body all properties stand before the first child node, "
			 "/delete-node/ included");
}

/* In a fresh body nothing may stand twice, and what was deleted has left no place. */
static void prepare_fresh(struct lop_parser *p, struct lop_node *node, const struct item *item)
{
	struct lop_prop *old = lop_prop_find(p->tree, node, item->name);
	struct lop_diag *d;

	if (!old) {
		if (p->tree->hidden)
			lop_prop_del(p->tree, node, item->name);
		return;
	}
	d = lop_report(p->diags, LOP_DTS_DUPLICATE, item->span,
		       "property `%s` stands twice in one body", item->name);
	lop_diag_label(d, item->span, "again here");
	lop_diag_label(d, old->span, "first here");
	lop_diag_help(d,
		      "remove one of the two; a later body, as in `&label { };`, may give it anew");
}

/* The `=` is there, or was forgotten before something that can only be a value. */
static bool at_value(struct lop_parser *p, const struct item *item)
{
	struct lop_span gap = lop_parser_gap(p);
	struct lop_diag *d;

	if (lop_parser_accept(p, '='))
		return true;
	if (p->tok.kind != LOP_TOK_STRING && p->tok.kind != '<' && p->tok.kind != '[')
		return false;
	d = lop_report(p->diags, LOP_DTS_SYNTAX, gap, "missing `=` after `%s`", item->name);
	lop_diag_label(d, gap, "`=` belongs here");
	lop_diag_help(d, "write `%s = ` before the value", item->name);
	return true;
}

static void read_property(struct lop_parser *p, struct body *body, const struct item *item)
{
	struct lop_value value = { 0 };
	struct lop_span value_span = { 0 };
	struct lop_prop *prop;
	bool has_value, good = true;

	check_prop_name(p, item);
	refuse_late_property(p, body, item);
	has_value = at_value(p, item);
	if (has_value)
		good = lop_parser_value(p, &value, &value_span);
	if (body->fresh)
		prepare_fresh(p, body->node, item);
	prop = lop_prop_set(p->tree, body->node, item->name, value, item->span);
	prop->value_span = value_span;
	lop_parser_label_prop(p, prop, item->labels);
	if (!good)
		lop_parser_sync(p);
	else if (has_value)
		lop_parser_semicolon(p, "the value of `%s`", item->name);
	else
		lop_parser_semicolon(p, "`%s`", item->name);
}

static bool expect_name(struct lop_parser *p, struct item *item, const char *wanted,
			const char *help)
{
	if (p->tok.kind != LOP_TOK_NAME) {
		lop_parser_unexpected(p, wanted, help);
		lop_parser_sync(p);
		return false;
	}
	item->name = lop_parser_text(p);
	item->span = p->tok.span;
	lop_parser_advance(p);
	return true;
}

static void delete_property(struct lop_parser *p, struct body *body)
{
	struct item item = { 0 };
	struct lop_prop *prop;

	lop_parser_advance(p);
	if (!expect_name(p, &item, "the name of a property", "write `/delete-property/ NAME;`"))
		return;
	refuse_late_property(p, body, &item);
	prop = lop_prop_find(p->tree, body->node, item.name);
	/* dtc keeps the place of what a fresh body deletes, for a later body to fill */
	if (!prop && body->fresh)
		prop = lop_prop_set(p->tree, body->node, item.name, (struct lop_value){ 0 },
				    item.span);
	else if (body->fresh)
		prop = NULL;
	if (prop)
		lop_prop_hide(p->tree, prop);
	lop_parser_semicolon(p, "`%s`", item.name);
}

/* ---- child nodes ---- */

static void refuse_depth(struct lop_parser *p, const struct item *item)
{
	struct lop_diag *d = lop_report(p->diags, LOP_LIMIT, item->span,
					"nodes nested more than %d levels deep", LOP_DTS_MAX_DEPTH);

	lop_diag_label(d, item->span, "too deep here");
	lop_diag_help(d, "is a `};` missing further up? Trees of real boards nest ten levels");
	lop_parser_sync(p);
}

static void report_duplicate(struct lop_parser *p, const struct lop_node *old,
			     const struct item *item)
{
	struct lop_diag *d = lop_report(p->diags, LOP_DTS_DUPLICATE, item->span,
					"node `%s` stands twice in one body", item->name);

	lop_diag_label(d, item->span, "again here");
	lop_diag_label(d, old->span, "first here");
	lop_diag_help(d, "join the two bodies, or give one another name or unit address");
}

/* The child of that name, new, merged into or brought back. Sets fresh to whether it is new. */
static struct lop_node *enter_child(struct lop_parser *p, struct body *body,
				    const struct item *item, bool *fresh)
{
	struct lop_node *node = lop_node_child(p->tree, body->node, item->name);

	*fresh = false;
	if (node) {
		if (body->fresh)
			report_duplicate(p, node, item);
		return node;
	}
	node = lop_node_add(p->tree, body->node, item->name, item->span);
	if (body->fresh && node->was_hidden) {
		lop_node_del(p->tree, node);
		node = lop_node_add(p->tree, body->node, item->name, item->span);
	}
	*fresh = !node->was_hidden;
	return node;
}

static void read_child(struct lop_parser *p, struct body *body, const struct item *item)
{
	struct lop_node *node;
	bool fresh;

	check_node_name(p, item);
	body->children = true;
	if (p->depth > LOP_DTS_MAX_DEPTH) {
		refuse_depth(p, item);
		return;
	}
	node = enter_child(p, body, item, &fresh);
	if (fresh)
		node->omit_if_no_ref = item->omit_if_no_ref;
	lop_parser_label_node(p, node, item->labels, fresh);
	lop_parser_body(p, node, fresh);
}

static void refuse_vain_delete(struct lop_parser *p, const struct lop_node *node,
			       const struct item *item)
{
	struct lop_diag *d =
		lop_report(p->diags, LOP_DTS_DUPLICATE, item->span,
			   "node `%s` is deleted in the body that adds it", item->name);

	lop_diag_label(d, item->span, "deleted here");
	lop_diag_label(d, node->span, "added here");
	lop_diag_help(d, "remove both; what an earlier body adds a later one may delete");
}

static void delete_child(struct lop_parser *p, struct body *body)
{
	struct item item = { 0 };
	struct lop_node *node;

	lop_parser_advance(p);
	body->children = true;
	if (p->tok.kind == LOP_TOK_REF || p->tok.kind == LOP_TOK_PATH_REF) {
		lop_parser_unexpected(p, "the name of a child node",
				      "/delete-node/ with a reference stands outside all nodes");
		lop_parser_sync(p);
		return;
	}
	if (!expect_name(p, &item, "the name of a child node",
			 "write `/delete-node/ NAME;`, with the unit address"))
		return;
	node = lop_node_child(p->tree, body->node, item.name);
	/* dtc keeps the place of what a fresh body deletes, for a later body to fill */
	if (!node && body->fresh) {
		node = lop_node_add(p->tree, body->node, item.name, item.span);
	} else if (body->fresh) {
		refuse_vain_delete(p, node, &item);
		node = NULL;
	}
	if (node)
		lop_parser_hide(p, node);
	lop_parser_semicolon(p, "`%s`", item.name);
}

static void read_omit(struct lop_parser *p, struct body *body, struct item *item)
{
	static const char omit_help[] = "write `/omit-if-no-ref/ NAME { };`";
	struct lop_parser_label *labels;

	while (lop_parser_accept(p, LOP_TOK_OMIT_NO_REF)) /* dtc takes any number of them */
		;
	labels = lop_parser_labels(p);
	if (labels)
		item->labels = labels;
	item->omit_if_no_ref = true;
	if (!expect_name(p, item, "a child node", omit_help))
		return;
	if (p->tok.kind == '{') {
		read_child(p, body, item);
		return;
	}
	lop_parser_unexpected(p, "`{`", omit_help);
	lop_parser_sync(p);
}

/* ---- bodies ---- */

static void refuse_label(struct lop_parser *p, const struct item *item)
{
	struct lop_diag *d = lop_report(p->diags, LOP_DTS_SYNTAX, item->span,
					"`%s` cannot be a label", item->name);
	char name[64];

	lop_str_ident(item->name, name, sizeof(name));
	lop_diag_label(d, item->span, "labels are letters, digits and `_`, not a digit first");
	lop_diag_help(d, "call it `%s:`", name);
	lop_parser_advance(p);
	lop_lexer_restart(&p->lexer, p->lexer.input.top->start + p->tok.span.offset, LOP_LEX_NAME);
	lop_lexer_next(&p->lexer, &p->tok);
}

static void read_named(struct lop_parser *p, struct body *body, struct item *item)
{
	if (!expect_name(p, item, "a name", "write the name of a property or node"))
		return;
	if (p->tok.kind == '{')
		read_child(p, body, item);
	else if (p->tok.kind == ':')
		refuse_label(p, item);
	else
		read_property(p, body, item);
}

/* `/ {` or `&label {`, which belong outside: a `}` is missing somewhere before. */
static bool is_misplaced_node(const struct lop_parser *p)
{
	int kind = p->tok.kind;

	return (kind == '/' || kind == LOP_TOK_REF || kind == LOP_TOK_PATH_REF) &&
	       lop_lexer_peek(&p->lexer) == '{';
}

static void refuse_misplaced_node(struct lop_parser *p, const struct body *body)
{
	const char *start = p->lexer.input.top->start + p->tok.span.offset;
	struct lop_diag *d;

	d = lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span,
		       "`%.*s {` stands inside the node `%s`", (int)p->tok.span.len, start,
		       lop_node_shown(body->node));
	lop_diag_label(d, p->tok.span, "stands outside all nodes");
	lop_diag_label(d, body->open, "this `{` is still open");
	lop_diag_help(d, "a `};` is missing before this line");
	p->unwinding = true;
}

static void read_other(struct lop_parser *p, struct body *body)
{
	if (is_misplaced_node(p)) {
		refuse_misplaced_node(p, body);
		return;
	}
	if (p->tok.kind == ';') {
		struct lop_diag *d =
			lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span, "a `;` too many");

		lop_diag_label(d, p->tok.span, "ends nothing");
		lop_diag_help(d, "remove it");
		lop_parser_advance(p);
		return;
	}
	lop_parser_unexpected(p, "a property, a node or `}`",
			      "write `NAME;`, `NAME = VALUE;`, `NAME { };` or, at the end, `};`");
	lop_parser_sync(p);
}

static void read_item(struct lop_parser *p, struct body *body)
{
	struct item item = { .labels = lop_parser_labels(p) };

	switch (p->tok.kind) {
	case LOP_TOK_NAME:
		read_named(p, body, &item);
		break;
	case LOP_TOK_DEL_PROP:
		delete_property(p, body);
		break;
	case LOP_TOK_DEL_NODE:
		delete_child(p, body);
		break;
	case LOP_TOK_OMIT_NO_REF:
		read_omit(p, body, &item);
		break;
	default:
		read_other(p, body);
	}
}

static void close_body(struct lop_parser *p, const struct body *body)
{
	struct lop_diag *d;

	if (lop_parser_accept(p, '}')) {
		lop_parser_semicolon(p, "the `}` of `%s`", lop_node_shown(body->node));
		return;
	}
	if (p->tok.kind != LOP_TOK_EOF || p->at_end || p->unwinding || p->lexer.cut_off)
		return;
	p->at_end = true;
	d = lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span, "the node `%s` is not closed",
		       lop_node_shown(body->node));
	lop_diag_label(d, p->tok.span, "the file ends, `};` is missing");
	lop_diag_label(d, body->open, "opened here");
	lop_diag_help(d, "write `};` where the body of `%s` ends", lop_node_shown(body->node));
}

void lop_parser_body(struct lop_parser *p, struct lop_node *node, bool fresh)
{
	struct body body = { .node = node, .open = p->tok.span, .fresh = fresh };

	lop_parser_advance(p);
	p->depth++;
	while (p->tok.kind != '}' && p->tok.kind != LOP_TOK_EOF && !p->unwinding)
		read_item(p, &body);
	p->depth--;
	close_body(p, &body);
}
