/* SPDX-License-Identifier: BSD-3-Clause */
/* tree/symbols.c and tree/fixups.c: what dtc -@ and /plugin/ add, and labels read back from it. */
#include "tests/unit/tree_text.h"

static struct lop_tree *compiled(struct fixture *f, const char *text)
{
	struct lop_tree *tree = parse(f, text);

	lop_tree_compile(tree, &f->diags, true);
	return tree;
}

static const char *string_at(const struct lop_tree *tree, const char *path, const char *name,
			     size_t i)
{
	const char *s = lop_value_str(value_at(tree, path, name), i);

	return s ? s : "(none)";
}

static void test_every_label_is_a_symbol(void **state)
{
	struct lop_tree *tree = compiled(*state, "/dts-v1/; / { a: b: x { c: y@1 { }; }; };");

	assert_silent(*state);
	assert_string_equal(string_at(tree, "/__symbols__", "a", 0), "/x");
	assert_string_equal(string_at(tree, "/__symbols__", "b", 0), "/x");
	assert_string_equal(string_at(tree, "/__symbols__", "c", 0), "/x/y@1");
	assert_string_equal(node_at(tree, "/__symbols__")->props->name, "a");
	assert_int_equal(cell_at(tree, "/x", "phandle", 0), 1);
	assert_int_equal(cell_at(tree, "/x/y@1", "phandle", 0), 2);
}

static void test_no_labels_no_symbols(void **state)
{
	struct lop_tree *tree = compiled(*state, "/dts-v1/; / { x { }; };");

	assert_null(lop_tree_by_path(tree, "/__symbols__"));
}

static void test_symbols_of_the_source_stay(void **state)
{
	struct lop_tree *tree = compiled(*state, "/dts-v1/; / { a: x { }; b: y { };"
						 "__symbols__ { a = \"/other\"; }; };");

	assert_string_equal(string_at(tree, "/__symbols__", "a", 0), "/other");
	assert_string_equal(string_at(tree, "/__symbols__", "b", 0), "/y");
}

static void test_symbols_keep_numbers_free(void **state)
{
	struct fixture *f = *state;
	uint32_t numbers[] = { 1, 2 };
	struct lop_phandle_set set = { .numbers = numbers, .count = 2 };
	struct lop_tree *tree = parse_root(f, "a: x { };");

	lop_tree_resolve(tree, &f->diags, &set);
	lop_tree_add_symbols(tree);
	assert_int_equal(cell_at(tree, "/x", "phandle", 0), 3);
}

static void test_number_of_an_omitted_node_is_not_given_again(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse_root(
		f, "/omit-if-no-ref/ x { phandle = <1>; }; a: y { }; b: z { r = <&a>; };");

	lop_tree_compile(tree, &f->diags, true);
	assert_int_equal(cell_at(tree, "/y", "phandle", 0), 2);
	assert_int_equal(cell_at(tree, "/z", "phandle", 0), 3);
}

static void test_a_lost_label_still_gives_a_number(void **state)
{
	struct lop_tree *tree = compiled(*state, "/dts-v1/; / { a: x { }; }; /delete-node/ &a;"
						 "/ { x { }; y { }; };");

	assert_int_equal(cell_at(tree, "/x", "phandle", 0), 1);
	assert_int_equal(node_at(tree, "/y")->phandle, 0);
	assert_null(node_at(tree, "/__symbols__")->props);
}

/* --- fixups --- */

static void test_open_references_become_fixups(void **state)
{
	struct lop_tree *tree = compiled(*state, "/dts-v1/; /plugin/; &uart { r = <0 &clk>; };"
						 "&{/soc} { s = <&uart>, \"x\", <&clk>; };");

	assert_silent(*state);
	assert_string_equal(string_at(tree, "/__fixups__", "uart", 0), "/fragment@0:target:0");
	assert_string_equal(string_at(tree, "/__fixups__", "uart", 1),
			    "/fragment@1/__overlay__:s:0");
	assert_string_equal(string_at(tree, "/__fixups__", "clk", 0),
			    "/fragment@0/__overlay__:r:4");
	assert_string_equal(string_at(tree, "/__fixups__", "clk", 1),
			    "/fragment@1/__overlay__:s:6");
	assert_int_equal(cell_at(tree, "/fragment@0/__overlay__", "r", 1), 0xffffffff);
	assert_null(lop_tree_by_path(tree, "/__local_fixups__"));
}

static void test_bound_references_become_local_fixups(void **state)
{
	struct lop_tree *tree = compiled(*state, "/dts-v1/; /plugin/; / { a: x { y { r = <1 &a 2>,"
						 "<&a>; }; }; };");

	assert_int_equal(cell_at(tree, "/__local_fixups__/x/y", "r", 0), 4);
	assert_int_equal(cell_at(tree, "/__local_fixups__/x/y", "r", 1), 12);
	assert_int_equal(value_at(tree, "/__local_fixups__/x/y", "r")->len, 8);
	assert_null(lop_tree_by_path(tree, "/__fixups__"));
}

static void test_no_plugin_no_fixups(void **state)
{
	struct lop_tree *tree = compiled(*state, "/dts-v1/; / { a: x { r = <&a>; }; };");

	assert_null(lop_tree_by_path(tree, "/__local_fixups__"));
	assert_null(lop_tree_by_path(tree, "/__fixups__"));
}

static void test_path_reference_of_a_plugin_must_exist(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse(f, "/dts-v1/; /plugin/; &uart { s = &clk; };");

	lop_tree_compile(tree, &f->diags, false);
	assert_reported(f, LOP_DTS_REF, "`clk`");
}

static void test_many_fixups_of_one_label(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };
	struct lop_tree *tree;

	lop_buf_puts(&text, "/dts-v1/; /plugin/; &uart { r = <");
	for (int i = 0; i < 20000; i++)
		lop_buf_puts(&text, "&clk ");
	lop_buf_puts(&text, ">; };");
	tree = compiled(f, lop_buf_cstr(&text));
	assert_string_equal(string_at(tree, "/__fixups__", "clk", 19999),
			    "/fragment@0/__overlay__:r:79996");
	lop_buf_free(&text);
}

/* --- and back --- */

/* The blob of a compiled source, read again. */
static struct lop_tree *reread(struct fixture *f, const char *text)
{
	struct lop_buf blob = { 0 };
	struct lop_tree *tree;

	lop_dtb_write(compiled(f, text), &blob);
	tree = keep_tree(f, lop_dtb_parse(&f->arena, &f->diags, "test.dtb", blob.data, blob.len));
	lop_buf_free(&blob);
	return tree;
}

static void test_labels_come_back_in_order(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = reread(f, "/dts-v1/; / { a: b: x { r = <&a &y>; }; y: y { }; };");

	lop_tree_take_symbols(tree, &f->diags);
	lop_tree_resolve(tree, &f->diags, NULL);
	assert_silent(f);
	assert_null(lop_tree_by_path(tree, "/__symbols__"));
	assert_ptr_equal(lop_tree_by_label(tree, "b"), node_at(tree, "/x"));
	assert_string_equal(node_at(tree, "/x")->labels->name, "a");
	assert_string_equal(node_at(tree, "/x")->labels->next->name, "b");
	assert_ptr_equal(lop_tree_by_phandle(tree, cell_at(tree, "/x", "r", 1)),
			 node_at(tree, "/y"));
}

static void test_fixups_go_with_the_symbols(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = reread(f, "/dts-v1/; /plugin/; &u { a: x { r = <&a &v>; }; };");

	assert_non_null(lop_tree_by_path(tree, "/__fixups__"));
	assert_non_null(lop_tree_by_path(tree, "/__local_fixups__"));
	lop_tree_take_symbols(tree, &f->diags);
	assert_null(lop_tree_by_path(tree, "/__fixups__"));
	assert_null(lop_tree_by_path(tree, "/__local_fixups__"));
	assert_silent(f);
}

static void test_bad_symbols_are_dropped(void **state)
{
	static const char *const cases[][2] = {
		{ "a = \"/nowhere\";", "names no node" },
		{ "a = \"x\";", "names no node" },
		{ "a = \"/x\", \"/x\";", "names no node" },
		{ "a = [2f 78];", "names no node" },
		{ "a;", "names no node" },
		{ "a = \"/__symbols__\";", "names no node" },
		{ "not-a-label = \"/x\";", "cannot be a label" },
		{ "1a = \"/x\";", "cannot be a label" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct lop_tree *tree;

		tree = parse_root(
			f, lop_arena_printf(&f->arena, "x { }; __symbols__ { %s };", cases[i][0]));
		f->diags.first = f->diags.last = NULL;
		lop_tree_take_symbols(tree, &f->diags);
		assert_reported(f, LOP_DTS_DANGLING, cases[i][1]);
		assert_null(node_at(tree, "/x")->labels);
		assert_null(lop_tree_by_path(tree, "/__symbols__"));
		lop_tree_free(tree);
		f->n_trees--;
	}
}

static void test_phandle_of_symbols_is_no_symbol(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse_root(f, "x { }; __symbols__ { phandle = <1>; a = \"/x\"; };");

	lop_tree_take_symbols(tree, &f->diags);
	assert_silent(f);
	assert_string_equal(lop_node_label(node_at(tree, "/x")), "a");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_every_label_is_a_symbol),
		TEST(test_no_labels_no_symbols),
		TEST(test_symbols_of_the_source_stay),
		TEST(test_symbols_keep_numbers_free),
		TEST(test_number_of_an_omitted_node_is_not_given_again),
		TEST(test_a_lost_label_still_gives_a_number),
		TEST(test_open_references_become_fixups),
		TEST(test_bound_references_become_local_fixups),
		TEST(test_no_plugin_no_fixups),
		TEST(test_path_reference_of_a_plugin_must_exist),
		TEST(test_many_fixups_of_one_label),
		TEST(test_labels_come_back_in_order),
		TEST(test_fixups_go_with_the_symbols),
		TEST(test_bad_symbols_are_dropped),
		TEST(test_phandle_of_symbols_is_no_symbol),
	};

	return cmocka_run_group_tests_name("symbols", tests, NULL, NULL);
}
