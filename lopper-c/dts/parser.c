/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The outermost level of DTS source: header, /memreserve/, `/ { }`, `&label { }`, deletions. Owns
 * what a plugin makes of references it cannot resolve; what stands in a body is body.c's.
 */
#include "lopper-c/dts/parser.h"

static bool is_reference(int kind)
{
	return kind == LOP_TOK_REF || kind == LOP_TOK_PATH_REF;
}

/* `/dts-v1/;`, several times if need be, each followed by `/plugin/;` or none. */
static void read_header(struct lop_parser *p)
{
	struct lop_diag *d;

	if (p->tok.kind != LOP_TOK_DTS_V1) {
		d = lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span,
			       "the source does not begin with `/dts-v1/;`");
		lop_diag_label(d, p->tok.span, "`/dts-v1/;` belongs before this");
		lop_diag_help(d, "make `/dts-v1/;` the first statement of the file");
	}
	for (bool first = true; p->tok.kind == LOP_TOK_DTS_V1; first = false) {
		struct lop_span span = p->tok.span;
		bool plugin = false;

		lop_parser_advance(p);
		lop_parser_semicolon(p, "`/dts-v1/`");
		if (lop_parser_accept(p, LOP_TOK_PLUGIN)) {
			plugin = true;
			lop_parser_semicolon(p, "`/plugin/`");
		}
		if (first) {
			p->tree->plugin = plugin;
		} else if (plugin != p->tree->plugin) {
			d = lop_report(p->diags, LOP_DTS_SYNTAX, span,
				       "some `/dts-v1/;` are followed by `/plugin/;`, some not");
			lop_diag_label(d, span, "unlike the first one");
			lop_diag_help(d, "%s",
				      plugin ? "remove this `/plugin/;`, or write it behind the "
					       "first `/dts-v1/;` too"
					     : "write `/plugin/;` behind this `/dts-v1/;` too");
		}
	}
}

static void refuse_header(struct lop_parser *p)
{
	char shown[LOP_TOKEN_SHOWN];
	const char *what = lop_token_show(&p->lexer, &p->tok, shown);
	struct lop_diag *d =
		lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span, "%s comes too late", what);

	lop_diag_label(d, p->tok.span, "only at the very beginning");
	lop_diag_help(d, "%s",
		      p->tok.kind == LOP_TOK_PLUGIN
			      ? "/plugin/; follows right behind /dts-v1/;"
			      : "remove it if the file begins with one, or else move it there");
	lop_parser_advance(p);
	lop_parser_semicolon(p, "%s", what);
}

static void read_memreserve(struct lop_parser *p, struct lop_parser_label *labels)
{
	static const char help[] = "write `/memreserve/ ADDRESS SIZE;`, two numbers without < >";
	struct lop_memreserve *reserve = lop_arena_zalloc(p->arena, sizeof(*reserve));
	struct lop_span start = p->tok.span;

	if (p->tree_begun) {
		struct lop_diag *d = lop_report(p->diags, LOP_DTS_SYNTAX, start,
						"`/memreserve/` comes too late");

		lop_diag_label(d, start, "only before the first node");
		lop_diag_help(d, "move it up, to behind `/dts-v1/;`");
	}
	lop_parser_advance(p);
	if (p->tok.kind != LOP_TOK_NUMBER && p->tok.kind != LOP_TOK_CHAR && p->tok.kind != '(') {
		lop_parser_unexpected(p, "an address", help);
		lop_parser_sync(p);
		return;
	}
	lop_parser_integer(p, &reserve->range.base);
	if (p->tok.kind != LOP_TOK_NUMBER && p->tok.kind != LOP_TOK_CHAR && p->tok.kind != '(') {
		lop_parser_unexpected(p, "a size", help);
		lop_parser_sync(p);
		return;
	}
	lop_parser_integer(p, &reserve->range.size);
	reserve->span = lop_parser_since(p, start);
	for (; labels; labels = labels->next) {
		struct lop_label *label = lop_arena_zalloc(p->arena, sizeof(*label));

		*label = (struct lop_label){ labels->name, labels->span, reserve->labels };
		reserve->labels = label;
	}
	*p->reserve_end = reserve;
	p->reserve_end = &reserve->next;
	lop_parser_semicolon(p, "`/memreserve/`");
}

static void refuse_labels(struct lop_parser *p, const struct lop_parser_label *labels,
			  const char *what, const char *help)
{
	struct lop_diag *d;

	if (!labels)
		return;
	d = lop_report(p->diags, LOP_DTS_SYNTAX, labels->span, "%s cannot have a label", what);
	lop_diag_label(d, labels->span, "the label `%s`", labels->name);
	lop_diag_help(d, "%s", help);
}

static void read_root(struct lop_parser *p)
{
	bool fresh = !p->tree_begun;
	struct lop_span span = p->tok.span;

	lop_parser_advance(p);
	if (p->tok.kind != '{') {
		lop_parser_unexpected(p, "`{`",
				      "the root node is `/ { };`, another node is `&{/path} { };`");
		lop_parser_sync(p);
		return;
	}
	if (fresh)
		p->tree->root->span = span;
	p->tree_begun = true;
	lop_parser_body(p, p->tree->root, fresh);
}

/* What stands for a reference to a node outside this plugin: `target`, or `target-path`. */
static void set_target(struct lop_parser *p, struct lop_node *fragment, const char *ref,
		       struct lop_span span)
{
	static const uint32_t unresolved = UINT32_MAX;
	struct lop_value value;
	struct lop_marker *marker;

	if (ref[0] == '/') {
		value = lop_value_string(p->arena, ref);
		value.markers->span = span;
		lop_prop_set(p->tree, fragment, "target-path", value, span)->value_span = span;
		return;
	}
	value = lop_value_cells(p->arena, &unresolved, 1);
	marker = value.markers;
	marker->kind = LOP_MARK_REF_PHANDLE;
	marker->name = ref;
	marker->span = span;
	lop_prop_set(p->tree, fragment, "target", value, span)->value_span = span;
}

/* `&label { }` of a plugin becomes fragment@N { target = <&label>; __overlay__ { }; }. */
static void read_fragment(struct lop_parser *p, const char *ref, struct lop_span span)
{
	const char *name = lop_arena_printf(p->arena, "fragment@%u", p->n_fragments++);
	struct lop_node *fragment = lop_node_child(p->tree, p->tree->root, name);
	struct lop_node *overlay;

	if (fragment) {
		struct lop_diag *d =
			lop_report(p->diags, LOP_DTS_DUPLICATE, span,
				   "this becomes `%s`, and there is one already", name);

		lop_diag_label(d, span, "becomes `%s`", name);
		lop_diag_label(d, fragment->span, "the other one");
		lop_diag_help(d, "write the other one as `&label { };` too, or call it otherwise: "
				 "these become fragment@0, fragment@1, ...");
		overlay = p->lost;
	} else {
		fragment = lop_node_add(p->tree, p->tree->root, name, span);
		set_target(p, fragment, ref, span);
		overlay = lop_node_add(p->tree, fragment, "__overlay__", span);
	}
	p->depth = 2;
	lop_parser_body(p, overlay, overlay != p->lost);
	p->depth = 0;
}

/* How deep a node stands, for the limit on what its body may add. */
static unsigned int depth_of(const struct lop_node *node)
{
	unsigned int depth = 0;

	for (; node->parent; node = node->parent)
		depth++;
	return depth;
}

static void extend(struct lop_parser *p, struct lop_node *node,
		   const struct lop_parser_label *label)
{
	if (label)
		lop_parser_add_label(p, node, label->name, label->span);
	p->depth = depth_of(node);
	lop_parser_body(p, node, false);
	p->depth = 0;
}

/* [label:] &label { } and &{/path} { } */
static void read_extension(struct lop_parser *p, struct lop_parser_label *labels)
{
	bool is_path = p->tok.kind == LOP_TOK_PATH_REF;
	const char *ref = lop_parser_text(p);
	struct lop_span span = p->tok.span;
	struct lop_node *node = NULL;

	if (labels && labels->next)
		refuse_labels(p, labels->next, "a reference behind another label",
			      "write one label here, and the other at the node itself");
	lop_parser_advance(p);
	if (p->tok.kind != '{') {
		lop_parser_unexpected(p, "`{`", "write `&label { };` or `&{/path} { };`");
		lop_parser_sync(p);
		return;
	}
	if (!p->tree->plugin || !is_path || labels)
		node = lop_tree_by_ref(p->tree, ref);
	if (!node && p->tree->plugin && !labels) {
		p->tree_begun = true;
		read_fragment(p, ref, span);
		return;
	}
	if (!node)
		lop_parser_no_target(p, ref, span);
	p->tree_begun = true;
	extend(p, node ? node : p->lost, node ? labels : NULL);
}

/* The node that the reference ahead names, for /delete-node/ and /omit-if-no-ref/. */
static struct lop_node *read_target(struct lop_parser *p, const char *keyword)
{
	struct lop_node *node;
	const char *ref;

	lop_parser_advance(p);
	if (!is_reference(p->tok.kind)) {
		const char *help = lop_arena_printf(
			p->arena, "outside all nodes %s takes &label or &{/path}", keyword);

		lop_parser_unexpected(p, "a reference", help);
		lop_parser_sync(p);
		return NULL;
	}
	ref = lop_parser_text(p);
	node = lop_tree_by_ref(p->tree, ref);
	if (!node)
		lop_parser_no_target(p, ref, p->tok.span);
	lop_parser_advance(p);
	lop_parser_semicolon(p, "`%s`", keyword);
	return node;
}

static void delete_node(struct lop_parser *p)
{
	struct lop_span span = p->tok.span;
	struct lop_node *node = read_target(p, "/delete-node/");

	if (!node)
		return;
	if (node == p->tree->root) {
		struct lop_diag *d = lop_report(p->diags, LOP_DTS_SYNTAX, span,
						"the root node cannot be deleted");

		lop_diag_label(d, span, "names `/`");
		lop_diag_help(d, "remove the line, or name the children that are to go");
		return;
	}
	lop_parser_hide(p, node);
}

static void omit_node(struct lop_parser *p)
{
	struct lop_node *node = read_target(p, "/omit-if-no-ref/");

	if (node)
		node->omit_if_no_ref = true;
}

static void refuse_close(struct lop_parser *p)
{
	struct lop_diag *d = lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span, "a `}` too many");

	lop_diag_label(d, p->tok.span, "closes nothing");
	lop_diag_help(d, "remove it, or the `};` further up that closes a node too early");
	lop_parser_advance(p);
	lop_parser_accept(p, ';');
}

static void refuse_item(struct lop_parser *p)
{
	lop_parser_unexpected(p, "`/ {` or `&label {`",
			      p->tok.kind == LOP_TOK_NAME
				      ? "properties and child nodes stand inside a node"
				      : "write nodes here, as `/ { };` or `&label { };`");
	if (p->tok.kind == ';')
		lop_parser_advance(p);
	else
		lop_parser_sync(p);
}

static void read_item(struct lop_parser *p)
{
	struct lop_parser_label *labels = lop_parser_labels(p);

	switch (p->tok.kind) {
	case LOP_TOK_DTS_V1:
	case LOP_TOK_PLUGIN:
		refuse_header(p);
		break;
	case LOP_TOK_MEMRESERVE:
		read_memreserve(p, labels);
		break;
	case '/':
		refuse_labels(p, labels, "the root node", "remove it: `&{/}` refers to the root");
		read_root(p);
		break;
	case LOP_TOK_REF:
	case LOP_TOK_PATH_REF:
		read_extension(p, labels);
		break;
	case LOP_TOK_DEL_NODE:
		delete_node(p);
		break;
	case LOP_TOK_OMIT_NO_REF:
		omit_node(p);
		break;
	case '}':
		refuse_close(p);
		break;
	default:
		refuse_item(p);
	}
}

static void require_tree(struct lop_parser *p)
{
	struct lop_diag *d;

	if (p->tree_begun || p->diags->errors > 0)
		return;
	d = lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span, "the source has no node");
	lop_diag_label(d, p->tok.span, "`/ { };` is missing");
	lop_diag_help(d, "write `/ { };` with the nodes of the board in it");
}

void lop_parser_source(struct lop_parser *p)
{
	lop_parser_advance(p);
	p->prev = p->tok;
	read_header(p);
	while (p->tok.kind != LOP_TOK_EOF) {
		p->unwinding = false;
		p->depth = 0;
		read_item(p);
	}
	require_tree(p);
	lop_parser_finish(p);
}
