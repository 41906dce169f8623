/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The DTS parser: what a source means as a tree, dtc's rules of merging and deleting, spans, and
 * above all what is wrong, where it is said to be wrong, and that the rest is still read.
 */
#include "tests/unit/tree_text.h"

#define HEAD "/dts-v1/;\n"

/* ---- what it means ---- */

/* "a b(c d)": properties of a node, children in parentheses behind their names. */
static void describe(const struct lop_node *node, char *out)
{
	for (const struct lop_prop *p = node->props; p; p = p->next) {
		strcat(out, p->name);
		strcat(out, p->next || node->children ? " " : "");
	}
	for (const struct lop_node *n = node->children; n; n = n->next) {
		strcat(out, n->name);
		strcat(out, "(");
		describe(n, out);
		strcat(out, n->next ? ") " : ")");
	}
}

static void assert_tree(struct fixture *f, const char *text, const char *want)
{
	char got[1024] = "";

	describe(parse(f, text)->root, got);
	assert_string_equal(got, want);
}

static void assert_labels(const struct lop_tree *tree, const char *path, const char *want)
{
	char got[256] = "";

	for (const struct lop_label *l = node_at(tree, path)->labels; l; l = l->next) {
		strcat(got, l->name);
		strcat(got, l->next ? " " : "");
	}
	assert_string_equal(got, want);
}

static void test_bodies_merge(void **state)
{
	struct fixture *f = *state;

	assert_tree(f, HEAD "/ { a; n { x; }; };\n/ { b; n { y; x = <1>; }; m { }; };\n",
		    "a b n(x y) m()");
	assert_tree(f,
		    HEAD "/ { l: n { k { }; }; };\n&l { p; };\n&{/n/k} { q; };\n&{l/k} { r; };\n",
		    "n(p k(q r))");
}

static void test_deleted_things_return_to_their_place(void **state)
{
	struct fixture *f = *state;

	assert_tree(
		f,
		HEAD
		"/ { l: n { a; b; c; x { p; }; y { }; }; };\n"
		"&l { /delete-property/ a; /delete-node/ x; };\n&l { a; d; y { }; x { q; p; }; };\n",
		"n(a b c d x(p q) y())");
	assert_tree(f, HEAD "/ { l: n { a; }; m { }; };\n/delete-node/ &l;\n/ { n { b; a; }; };\n",
		    "n(a b) m()");
	assert_tree(f, HEAD "/ { l: n { /delete-property/ a; b; }; };\n&l { a; };\n", "n(a b)");
	assert_tree(f, HEAD "/ { l: n { /delete-node/ a; b { }; }; };\n&l { a { }; };\n",
		    "n(a() b())");
	assert_tree(f, HEAD "/ { n { }; };\n/ { /delete-node/ n; /delete-node/ none; };\n", "");
}

static void test_a_first_body_deletes_nothing_of_itself(void **state)
{
	struct fixture *f = *state;

	assert_tree(f, HEAD "/ { n { a; /delete-property/ a; }; };\n", "n(a)");
	assert_tree(f, HEAD "/ { n { /delete-property/ a; b; a; }; };\n", "n(b a)");
}

static void test_labels_in_the_order_of_dtc(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree;

	tree = parse(f, HEAD "/ { a: b: n { }; };\nc: &a { };\n/ { d: e: n { }; };\n");
	assert_labels(tree, "/n", "e d c a b");
	assert_ptr_equal(lop_tree_by_label(tree, "d"), node_at(tree, "/n"));
	tree = parse(f, HEAD "/ { x { a: n { }; }; a: m { }; };\n/delete-node/ &{/x/n};\n");
	assert_labels(tree, "/m", "a");
	tree = parse(f, HEAD "/ { a: n { }; };\n/delete-node/ &a;\n/ { n { }; };\n");
	assert_labels(tree, "/n", "");
}

static void test_values_and_their_markers(void **state)
{
	static const enum lop_marker_kind kinds[] = {
		LOP_MARK_LABEL,	 LOP_MARK_U32,	    LOP_MARK_LABEL, LOP_MARK_REF_PHANDLE,
		LOP_MARK_STRING, LOP_MARK_LABEL,    LOP_MARK_U8,    LOP_MARK_U16,
		LOP_MARK_STRING, LOP_MARK_REF_PATH,
	};
	static const uint32_t offsets[] = { 0, 0, 4, 4, 8, 11, 11, 13, 17, 17 };
	struct fixture *f = *state;
	struct lop_tree *tree = parse_root(
		f, "v = a: <1 b: &x>, \"hi\" c:, [ab cd], /bits/ 16 <2 (-2)>, &x;\nx: x { };");
	const struct lop_value *v = value_at(tree, "/", "v");
	const struct lop_marker *m = v->markers;

	assert_int_equal(v->len, 17);
	assert_memory_equal(v->data, "\0\0\0\1\xff\xff\xff\xffhi\0\xab\xcd\0\2\xff\xfe", 17);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++, m = m->next) {
		assert_non_null(m);
		assert_int_equal(m->kind, kinds[i]);
		assert_int_equal(m->offset, offsets[i]);
		assert_int_not_equal(m->span.text, 0);
		assert_null(m->target);
	}
	assert_null(m);
}

static void test_memreserve(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree =
		parse(f, HEAD "a: b: /memreserve/ 0x1000 (2 * 3);\n/memreserve/ 1 'a';\n/ { };\n");

	assert_int_equal(tree->memreserves->range.base, 0x1000);
	assert_int_equal(tree->memreserves->range.size, 6);
	assert_string_equal(tree->memreserves->labels->name, "a");
	assert_int_equal(tree->memreserves->next->range.size, 'a');
	assert_null(tree->memreserves->next->next);
}

static void test_omit_if_no_ref(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree =
		parse(f, HEAD "/ { /omit-if-no-ref/ a: a { }; b: b { }; c { }; };\n"
			      "/omit-if-no-ref/ &b;\n/ { /omit-if-no-ref/ c { }; };\n");

	assert_true(node_at(tree, "/a")->omit_if_no_ref);
	assert_true(node_at(tree, "/b")->omit_if_no_ref);
	assert_false(node_at(tree, "/c")->omit_if_no_ref);
}

static void test_plugin(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse(f, "/dts-v1/; /plugin/;\n&out { n: in { }; };\n&n { p; };\n"
					 "&{/soc} { q; };\n");
	const struct lop_value *target = value_at(tree, "/fragment@0", "target");

	assert_true(tree->plugin);
	assert_int_equal(target->len, 4);
	assert_int_equal(target->markers->kind, LOP_MARK_REF_PHANDLE);
	assert_string_equal(target->markers->name, "out");
	assert_int_equal(value_at(tree, "/fragment@0/__overlay__/in", "p")->len, 0);
	assert_string_equal(lop_value_str(value_at(tree, "/fragment@1", "target-path"), 0), "/soc");
	assert_int_equal(value_at(tree, "/fragment@1/__overlay__", "q")->len, 0);
	assert_null(lop_tree_by_path(tree, "/fragment@2"));
}

static void test_boot_cpu(void **state)
{
	static const char cpus[] =
		HEAD "/ { cpus { cpu@5 { reg = <5>; }; cpu@3 { reg = <3>; }; }; };\n%s";
	struct fixture *f = *state;

	assert_int_equal(parse(f, lop_arena_printf(&f->arena, cpus, ""))->boot_cpu, 5);
	assert_int_equal(
		parse(f, lop_arena_printf(&f->arena, cpus, "/delete-node/ &{/cpus/cpu@5};"))
			->boot_cpu,
		0);
}

static void test_name_property_that_repeats_the_name(void **state)
{
	struct fixture *f = *state;

	assert_tree(f, HEAD "/ { uart@0 { name = \"uart\"; a; }; };\n", "uart@0(a)");
}

static void test_spans(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree =
		parse(f, HEAD "/ {\n\tlab: node@1 {\n\t\treg = <1 2>,\n\t\t\t<3>;\n\t};\n};\n");
	struct lop_node *node = node_at(tree, "/node@1");
	struct lop_prop *reg = lop_prop_find(tree, node, "reg");
	struct lop_place place = lop_sources_resolve(&f->sources, node->span);

	assert_int_equal(place.line, 3);
	assert_int_equal(place.column, 7);
	assert_int_equal(place.end_column, 13);
	assert_int_equal(lop_sources_resolve(&f->sources, node->labels->span).column, 2);
	assert_int_equal(lop_sources_resolve(&f->sources, reg->span).end_column, 6);
	place = lop_sources_resolve(&f->sources, reg->value_span);
	assert_int_equal(place.column, 9);
	assert_int_equal(place.end_line, 5);
	assert_int_equal(place.end_column, 7);
	place = lop_sources_resolve(&f->sources, reg->value.markers->span);
	assert_int_equal(place.end_column, 14);
}

/* ---- what is wrong ---- */

static struct lop_tree *read_bad(struct fixture *f, const char *text)
{
	return keep_tree(f,
			 lop_dts_parse(&f->arena, &f->diags, "test.dts", text, strlen(text), NULL));
}

struct mistake {
	const char *text;
	enum lop_code code;
	const char *words;
	uint32_t line, column;
};

/* Each of these is exactly one error, at this place. */
static const struct mistake mistakes[] = {
	{ "", LOP_DTS_SYNTAX, "does not begin with", 1, 1 },
	{ HEAD, LOP_DTS_SYNTAX, "has no node", 2, 1 },
	{ "/ { };", LOP_DTS_SYNTAX, "does not begin with", 1, 1 },
	{ "/dts-v1/\n/ { };", LOP_DTS_SYNTAX, "missing `;` after `/dts-v1/`", 1, 9 },
	{ HEAD "/ { };\n/dts-v1/;", LOP_DTS_SYNTAX, "too late", 3, 1 },
	{ HEAD "/ { };\n/plugin/;", LOP_DTS_SYNTAX, "too late", 3, 1 },
	{ HEAD "/dts-v1/; /plugin/;\n/ { };", LOP_DTS_SYNTAX, "some not", 2, 1 },
	{ HEAD "/ { };\n/memreserve/ 1 2;", LOP_DTS_SYNTAX, "too late", 3, 1 },
	{ HEAD "/memreserve/ 1;\n/ { };", LOP_DTS_SYNTAX, "expected a size", 2, 15 },
	{ HEAD "/memreserve/ x 1;\n/ { };", LOP_DTS_SYNTAX, "expected an address", 2, 14 },
	{ HEAD "/ { a = <1> };", LOP_DTS_SYNTAX, "missing `;` after the value of `a`", 2, 12 },
	{ HEAD "/ { a\n b; };", LOP_DTS_SYNTAX, "missing `;` after `a`", 2, 6 },
	{ HEAD "/ { n { }\n a { }; };", LOP_DTS_SYNTAX, "after the `}` of `n`", 2, 10 },
	{ HEAD "/ { }", LOP_DTS_SYNTAX, "after the `}` of `/`", 2, 6 },
	{ HEAD "/ { a = <1>;", LOP_DTS_SYNTAX, "`/` is not closed", 2, 13 },
	{ HEAD "/ { n { a; };", LOP_DTS_SYNTAX, "`/` is not closed", 2, 14 },
	{ HEAD "/ { a = <1;\n b = <2>; };", LOP_DTS_SYNTAX, "missing `>`", 2, 11 },
	{ HEAD "/ { a = <1\n b = <2>; };", LOP_DTS_SYNTAX, "missing `>`", 2, 11 },
	{ HEAD "/ { a = [00;\n b = <2>; };", LOP_DTS_SYNTAX, "missing `]`", 2, 12 },
	{ HEAD "/ { a = [0]; };", LOP_DTS_SYNTAX, "expected a byte", 2, 10 },
	{ HEAD "/ { a = [0x1]; };", LOP_DTS_SYNTAX, "expected a byte", 2, 10 },
	{ HEAD "/ { a = \"x;\n b = \"y\"; };", LOP_DTS_SYNTAX, "string is not closed", 2, 9 },
	{ HEAD "/ { a = \"x\" \"y\"; };", LOP_DTS_SYNTAX, "missing `,`", 2, 12 },
	{ HEAD "/ { a = \"x\",; };", LOP_DTS_SYNTAX, "expected a value", 2, 13 },
	{ HEAD "/ { a = ; };", LOP_DTS_SYNTAX, "expected a value", 2, 9 },
	{ HEAD "/ { a = okay; };", LOP_DTS_SYNTAX, "expected a value, found `okay`", 2, 9 },
	{ HEAD "/ { a = 1; };", LOP_DTS_SYNTAX, "expected a value, found `1`", 2, 9 },
	{ HEAD "/ { a \"x\"; };", LOP_DTS_SYNTAX, "missing `=` after `a`", 2, 6 },
	{ HEAD "/ { a = <1, 2>; };", LOP_DTS_SYNTAX, "expected a number", 2, 11 },
	{ HEAD "/ { a = <FOO>; };", LOP_DTS_SYNTAX, "`FOO` is not a number", 2, 10 },
	{ HEAD "/ { a = <\"x\">; };", LOP_DTS_SYNTAX, "found `\"x\"`", 2, 10 },
	{ HEAD "/ { a = /bits/ 7 <1>; };", LOP_DTS_SYNTAX, "7 bits", 2, 16 },
	{ HEAD "/ { a = /bits/ <1>; };", LOP_DTS_SYNTAX, "expected 8, 16", 2, 16 },
	{ HEAD "/ { a = /bits/ 64 <&x>; x: x { }; };", LOP_DTS_SYNTAX, "32-bit", 2, 20 },
	{ HEAD "/ { a = \"\\x\"; };", LOP_DTS_SYNTAX, "without hexadecimal", 2, 9 },
	{ HEAD "/ { a;; };", LOP_DTS_SYNTAX, "too many", 2, 7 },
	{ HEAD "/ { }; };", LOP_DTS_SYNTAX, "`}` too many", 2, 8 },
	{ HEAD "/ { n { }; a; b; };", LOP_DTS_SYNTAX, "behind a child", 2, 12 },
	{ HEAD "/ { /delete-node/ n; a; };", LOP_DTS_SYNTAX, "behind a child", 2, 22 },
	{ HEAD "/ { l: n { a;\n};\n&l { };\n", LOP_DTS_SYNTAX, "stands inside the node `/`", 4, 1 },
	{ HEAD "/ { a-b: n { }; };", LOP_DTS_SYNTAX, "cannot be a label", 2, 5 },
	{ HEAD "/ { /delete-node/ &x; };", LOP_DTS_SYNTAX, "name of a child node", 2, 19 },
	{ HEAD "/ { /delete-node/; };", LOP_DTS_SYNTAX, "name of a child node", 2, 18 },
	{ HEAD "/ { /delete-property/; };", LOP_DTS_SYNTAX, "name of a property", 2, 22 },
	{ HEAD "/ { };\n/delete-node/ x;", LOP_DTS_SYNTAX, "expected a reference", 3, 15 },
	{ HEAD "/ { };\n/delete-node/ &{/};", LOP_DTS_SYNTAX, "root node cannot", 3, 1 },
	{ HEAD "/ { };\na;\n", LOP_DTS_SYNTAX, "expected `/ {`", 3, 1 },
	{ HEAD "/ { };\nn { a; };\n", LOP_DTS_SYNTAX, "expected `/ {`", 3, 1 },
	{ HEAD "/ { };\n/n { a; };\n", LOP_DTS_SYNTAX, "expected `{`", 3, 2 },
	{ HEAD "l: / { };\n", LOP_DTS_SYNTAX, "cannot have a label", 2, 1 },
	{ HEAD "/ { a: n { }; };\nb: c: &a { };", LOP_DTS_SYNTAX, "cannot have a label", 3, 1 },
	{ HEAD "/ { };\n&x { };", LOP_DTS_REF, "label `x` does not exist", 3, 1 },
	{ HEAD "/ { };\n&{/x} { };", LOP_DTS_REF, "node `/x` does not exist", 3, 1 },
	{ HEAD "/ { };\n/delete-node/ &x;", LOP_DTS_REF, "label `x`", 3, 15 },
	{ HEAD "/ { };\n/omit-if-no-ref/ &x;", LOP_DTS_REF, "label `x`", 3, 18 },
	{ HEAD "&x { };", LOP_DTS_REF, "label `x`", 2, 1 },
	{ "/dts-v1/; /plugin/;\nl: &x { };", LOP_DTS_REF, "label `x`", 2, 4 },
	{ HEAD "/ { p; p; };", LOP_DTS_DUPLICATE, "property `p` stands twice", 2, 8 },
	{ HEAD "/ { n { }; n { }; };", LOP_DTS_DUPLICATE, "node `n` stands twice", 2, 12 },
	{ HEAD "/ { n { }; /delete-node/ n; };", LOP_DTS_DUPLICATE, "is deleted in", 2, 26 },
	{ HEAD "/ { l: a { }; l: b { }; };", LOP_DTS_DUPLICATE, "label `l`", 2, 15 },
	{ HEAD "/ { l: p; l: b { }; };", LOP_DTS_DUPLICATE, "label `l`", 2, 5 },
	{ HEAD "/ { p = <l: 1 l: 2>; };", LOP_DTS_DUPLICATE, "label `l`", 2, 15 },
	{ "/dts-v1/; /plugin/;\n/ { fragment@0 { }; };\n&x { };", LOP_DTS_DUPLICATE, "fragment@0",
	  3, 1 },
	{ HEAD "/ { a?b { }; };", LOP_DTS_NAME, "`?` cannot stand", 2, 5 },
	{ HEAD "/ { a@1@2 { }; };", LOP_DTS_NAME, "more than one `@`", 2, 5 },
	{ HEAD "/ { a@1; };", LOP_DTS_NAME, "`@` cannot stand", 2, 5 },
	{ HEAD "/ { n { name = \"m\"; }; };", LOP_DTS_NAME, "is not its name", 2, 9 },
	{ HEAD "/ { a = /incbin/(\"/no/such\"); };", LOP_DTS_INCLUDE, "/no/such", 2, 18 },
	{ HEAD "/ { a = /incbin/(\"x\", 1); };", LOP_DTS_SYNTAX, "and a length", 2, 24 },
	{ HEAD "/ { a = /incbin/(\"/dev/null\", (1 << 63), 1); };", LOP_DTS_EXPRESSION,
	  "offset of 0x8000000000000000", 2, 31 },
	{ HEAD "/ { a = /incbin/(\"x\", 0xffffffffffffffff, 1); };", LOP_DTS_EXPRESSION,
	  "offset of 0xffffffffffffffff", 2, 23 },
	{ HEAD "/ { a = /incbin/ \"x\"; };", LOP_DTS_SYNTAX, "expected `(`", 2, 18 },
	{ HEAD "/include/ \"/no/such\"\n/ { };", LOP_DTS_INCLUDE, "/no/such", 2, 11 },
	{ HEAD "/ { a = /incbin/(\"/dev/null\"); };", LOP_IO, "/dev/null", 2, 18 },
};

static void check_mistake(struct fixture *f, const struct mistake *m)
{
	struct lop_place place;

	lop_tree_free(
		lop_dts_parse(&f->arena, &f->diags, "test.dts", m->text, strlen(m->text), NULL));
	if (f->diags.errors != 1)
		fail_msg("%zu errors in: %s\n%s", f->diags.errors, m->text,
			 f->diags.last ? f->diags.last->message : "");
	place = lop_sources_resolve(&f->sources, f->diags.first->labels->span);
	assert_reported(f, m->code, m->words);
	if (place.line != m->line || place.column != m->column)
		fail_msg("%u:%u, not %u:%u, in: %s", place.line, place.column, m->line, m->column,
			 m->text);
}

static void test_each_mistake_is_one_error_at_its_place(void **state)
{
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		struct fixture *f;

		(void)state;
		set_up((void **)&f);
		check_mistake(f, &mistakes[i]);
		tear_down((void **)&f);
	}
}

static void test_what_follows_a_mistake_is_read(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree =
		read_bad(f, HEAD "/ {\n a = <1>\n b = ;\n c = foo;\n d = <2>;\n n { x y; };\n"
				 " m { z = \"ok\"; }\n};\n&gone { p { q r; }; };\n/ { e; };\n");

	assert_int_equal(f->diags.errors, 7);
	assert_int_equal(cell_at(tree, "/", "a", 0), 1);
	assert_int_equal(cell_at(tree, "/", "d", 0), 2);
	assert_string_equal(lop_value_str(value_at(tree, "/m", "z"), 0), "ok");
	assert_non_null(lop_prop_find(tree, tree->root, "e"));
	assert_null(lop_tree_by_path(tree, "/p"));
}

static void test_a_lost_body_keeps_its_labels(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree =
		read_bad(f, HEAD "/ { };\n&gone { l: n { }; };\n&l { p; };\n/delete-node/ &l;\n");

	assert_int_equal(f->diags.errors, 1);
	assert_null(tree->root->children);
}

static void test_nearest_label(void **state)
{
	struct fixture *f = *state;

	read_bad(f, HEAD "/ { uart0: a { }; gpio0: b { }; };\n&uatr0 { };\n");
	assert_helped(f, LOP_DTS_REF, "&uart0");
}

static void test_second_labels(void **state)
{
	struct fixture *f = *state;
	const struct lop_diag *d;

	read_bad(f, HEAD "/ {\n n {\n a = <1\n;\n");
	d = f->diags.first;
	assert_reported(f, LOP_DTS_SYNTAX, "missing `>`");
	assert_string_equal(d->labels->next->text, "opened here");
	d = f->diags.last;
	assert_non_null(strstr(d->message, "`n` is not closed"));
	assert_int_equal(lop_sources_resolve(&f->sources, d->labels->next->span).line, 3);
}

static char *nested(struct fixture *f, size_t depth)
{
	struct lop_buf buf = { 0 };
	char *text;

	lop_buf_puts(&buf, HEAD "/ {");
	for (size_t i = 0; i < depth; i++)
		lop_buf_puts(&buf, " n {");
	for (size_t i = 0; i < depth; i++)
		lop_buf_puts(&buf, " };");
	lop_buf_puts(&buf, " };\n/ { after; };\n");
	text = lop_arena_strndup(&f->arena, buf.data, buf.len);
	lop_buf_free(&buf);
	return text;
}

static void test_depth_is_bounded(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree;

	parse(f, nested(f, LOP_DTS_MAX_DEPTH));
	tree = read_bad(f, nested(f, LOP_DTS_MAX_DEPTH + 1));
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_LIMIT, "levels deep");
	assert_non_null(lop_prop_find(tree, tree->root, "after"));
	read_bad(f, nested(f, 100000));
	assert_int_equal(f->diags.errors, 2);
}

static void test_depth_counts_from_the_root(void **state)
{
	struct fixture *f = *state;
	struct lop_buf buf = { 0 };

	lop_buf_puts(&buf, HEAD "/ { l0: n { }; };\n");
	for (unsigned int i = 0; i < 1000; i++)
		lop_buf_printf(&buf, "&l%u { l%u: n { }; };\n", i, i + 1);
	keep_tree(f, lop_dts_parse(&f->arena, &f->diags, "test.dts", buf.data, buf.len, NULL));
	assert_reported(f, LOP_LIMIT, "levels deep");
	lop_buf_free(&buf);
}

static void test_deleting_over_and_over_is_bounded(void **state)
{
	struct fixture *f = *state;
	struct lop_buf buf = { 0 };

	lop_buf_puts(&buf, HEAD "/ { x {");
	for (unsigned int i = 0; i < 20000; i++)
		lop_buf_printf(&buf, " n%u { };", i);
	lop_buf_puts(&buf, "}; };\n");
	for (unsigned int i = 0; i < 20000; i++)
		lop_buf_puts(&buf, "/ { /delete-node/ x; x { }; };\n");
	keep_tree(f, lop_dts_parse(&f->arena, &f->diags, "test.dts", buf.data, buf.len, NULL));
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_LIMIT, "again and again");
	lop_buf_free(&buf);
}

static void test_nul_bytes(void **state)
{
	static const char text[] = HEAD "/ { a;\0\0\0 };\n";
	struct fixture *f = *state;

	keep_tree(f, lop_dts_parse(&f->arena, &f->diags, "test.dts", text, sizeof(text) - 1, NULL));
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_DTS_SYNTAX, "0x00");
}

static void test_line_markers_inside_a_broken_string(void **state)
{
	struct fixture *f = *state;

	read_bad(f,
		 HEAD "/ {\n a = \"x;\n# 5 \"b\"\n c = \"y\n# 9 \"c\"\n d e f;\n# 1 \"d\"\n};\n");
	assert_true(f->diags.errors > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(test_bodies_merge),
		TEST(test_deleted_things_return_to_their_place),
		TEST(test_a_first_body_deletes_nothing_of_itself),
		TEST(test_labels_in_the_order_of_dtc),
		TEST(test_values_and_their_markers),
		TEST(test_memreserve),
		TEST(test_omit_if_no_ref),
		TEST(test_plugin),
		TEST(test_boot_cpu),
		TEST(test_name_property_that_repeats_the_name),
		TEST(test_spans),
		TEST(test_each_mistake_is_one_error_at_its_place),
		TEST(test_what_follows_a_mistake_is_read),
		TEST(test_a_lost_body_keeps_its_labels),
		TEST(test_nearest_label),
		TEST(test_second_labels),
		TEST(test_depth_is_bounded),
		TEST(test_depth_counts_from_the_root),
		TEST(test_deleting_over_and_over_is_bounded),
		TEST(test_nul_bytes),
		TEST(test_line_markers_inside_a_broken_string),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
