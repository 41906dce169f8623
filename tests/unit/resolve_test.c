/* SPDX-License-Identifier: BSD-3-Clause */
/* tree/resolve.c and tree/phandle.c: numbers in dtc's order, bytes of references, what is refused.
 */
#include "tests/unit/tree_text.h"

static struct lop_tree *resolved(struct fixture *f, const char *body)
{
	struct lop_tree *tree = parse_root(f, body);

	lop_tree_resolve(tree, &f->diags, NULL);
	return tree;
}

static const char *last_prop(const struct lop_tree *tree, const char *path)
{
	return node_at(tree, path)->last_prop->name;
}

/* --- numbers --- */

static void test_numbers_follow_references(void **state)
{
	struct lop_tree *tree = resolved(*state, "a: a { x = <1>; }; b: b { r = <&b &a &b>; };"
						 "c: c { }; d { r = <&c>; };");

	assert_silent(*state);
	assert_int_equal(node_at(tree, "/b")->phandle, 1);
	assert_int_equal(node_at(tree, "/a")->phandle, 2);
	assert_int_equal(node_at(tree, "/c")->phandle, 3);
	assert_int_equal(node_at(tree, "/d")->phandle, 0);
	assert_int_equal(cell_at(tree, "/b", "r", 1), 2);
	assert_int_equal(cell_at(tree, "/d", "r", 0), 3);
	assert_string_equal(last_prop(tree, "/a"), "phandle");
	assert_ptr_equal(lop_tree_by_phandle(tree, 3), node_at(tree, "/c"));
}

static void test_explicit_numbers_are_skipped(void **state)
{
	struct lop_tree *tree = resolved(
		*state, "a: a { }; b: b { }; c: c { phandle = <2>; x; }; r { r = <&a &b &c>; };"
			"d: d { linux,phandle = <1>; };");

	assert_silent(*state);
	assert_int_equal(cell_at(tree, "/r", "r", 0), 3);
	assert_int_equal(cell_at(tree, "/r", "r", 1), 4);
	assert_int_equal(cell_at(tree, "/r", "r", 2), 2);
	assert_int_equal(node_at(tree, "/d")->phandle, 1);
	assert_string_equal(last_prop(tree, "/c"), "x");
}

static void test_node_may_ask_for_a_number(void **state)
{
	struct lop_tree *tree = resolved(*state, "a: a { phandle = <&a>; x; };");

	assert_silent(*state);
	assert_int_equal(cell_at(tree, "/a", "phandle", 0), 1);
	assert_string_equal(last_prop(tree, "/a"), "x");
}

static void test_keep_free_is_kept_free(void **state)
{
	struct fixture *f = *state;
	uint32_t numbers[] = { 1, 3, 4, 9 };
	struct lop_phandle_set set = { .numbers = numbers, .count = 4 };
	struct lop_tree *tree = parse_root(f, "a: a { }; b: b { }; r { r = <&a &b>; };");

	lop_tree_resolve(tree, &f->diags, &set);
	assert_int_equal(cell_at(tree, "/r", "r", 0), 2);
	assert_int_equal(cell_at(tree, "/r", "r", 1), 5);
}

static void assert_same_blob(struct lop_tree *tree, const struct lop_buf *before)
{
	struct lop_buf blob = { 0 };

	lop_dtb_write(tree, &blob);
	assert_int_equal(blob.len, before->len);
	assert_memory_equal(blob.data, before->data, blob.len);
	lop_buf_free(&blob);
}

static const char mixed[] = "a: a { }; b: b { p = &a, l: \"x\", &{/a}, <&c>; phandle = <&b>; };"
			    "c: c { phandle = <7>; }; r { r = <&b &a>; s = &b; };";

static void test_resolving_twice_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = resolved(f, mixed);
	struct lop_buf blob = { 0 };

	lop_dtb_write(tree, &blob);
	lop_tree_resolve(tree, &f->diags, NULL);
	assert_silent(f);
	assert_same_blob(tree, &blob);
	lop_buf_free(&blob);
}

static void test_forgotten_numbers_come_back(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = resolved(f, mixed);
	struct lop_buf blob = { 0 };

	lop_dtb_write(tree, &blob);
	lop_tree_forget_phandles(tree);
	assert_null(lop_prop_find(tree, node_at(tree, "/a"), "phandle"));
	assert_int_equal(cell_at(tree, "/c", "phandle", 0), 7);
	lop_tree_resolve(tree, &f->diags, NULL);
	assert_silent(f);
	assert_same_blob(tree, &blob);
	lop_buf_free(&blob);
}

static void test_numbering_restarts_after_a_cut(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree =
		resolved(f, "a: a { }; b: b { }; q { r = <&a>; }; r { r = <&b>; };");

	lop_node_del(tree, node_at(tree, "/q"));
	lop_node_del(tree, node_at(tree, "/a"));
	lop_tree_forget_phandles(tree);
	lop_tree_resolve(tree, &f->diags, NULL);
	assert_int_equal(cell_at(tree, "/r", "r", 0), 1);
}

static void test_shared_bytes_are_not_written(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse_root(f, "a: a { }; r { r = <&a>; };");
	const unsigned char *before = value_at(tree, "/r", "r")->data;

	lop_tree_resolve(tree, &f->diags, NULL);
	assert_int_equal(before[3], 0xff);
	assert_int_equal(cell_at(tree, "/r", "r", 0), 1);
}

/* --- path references --- */

static void test_paths_are_put_in(void **state)
{
	struct lop_tree *tree =
		resolved(*state, "a: a@1 { b: b { }; }; r { p = &a, \"x\", &{/a@1/b}, <&a>; };");
	const struct lop_value *value = value_at(tree, "/r", "p");

	assert_silent(*state);
	assert_int_equal(value->len, 5 + 2 + 7 + 4);
	assert_string_equal(lop_value_str(&(struct lop_value){ .data = value->data, .len = 14 }, 2),
			    "/a@1/b");
	assert_non_null(lop_value_ref_at(value, 14));
	assert_int_equal(lop_value_ref_at(value, 14)->kind, LOP_MARK_REF_PHANDLE);
	assert_int_equal(value->data[17], 1);
}

static void test_root_path(void **state)
{
	struct lop_tree *tree = resolved(*state, "r { p = &{/}; };");

	assert_silent(*state);
	assert_string_equal(lop_value_str(value_at(tree, "/r", "p"), 0), "/");
}

static void test_path_follows_its_node(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = resolved(f, "a: a { }; r { p = &a, \"tail\"; };");

	node_at(tree, "/a")->name = "longer";
	lop_tree_resolve(tree, &f->diags, NULL);
	assert_string_equal(lop_value_str(value_at(tree, "/r", "p"), 0), "/longer");
	assert_string_equal(lop_value_str(value_at(tree, "/r", "p"), 1), "tail");
}

/* --- nodes that may go --- */

static void test_unused_node_goes(void **state)
{
	struct lop_tree *tree =
		resolved(*state, "/omit-if-no-ref/ a: a { x; b { }; };"
				 "/omit-if-no-ref/ c: c { }; /omit-if-no-ref/ d: d { };"
				 "r { r = <&c>; p = &d; };");

	assert_silent(*state);
	assert_null(lop_tree_by_path(tree, "/a"));
	assert_null(lop_tree_by_label(tree, "a"));
	assert_non_null(lop_tree_by_path(tree, "/c"));
	assert_non_null(lop_tree_by_path(tree, "/d"));
}

static void test_labelled_node_stays_with_symbols(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse_root(f, "/omit-if-no-ref/ a: a { }; /omit-if-no-ref/ b { };");

	lop_tree_compile(tree, &f->diags, true);
	assert_non_null(lop_tree_by_path(tree, "/a"));
	assert_null(lop_tree_by_path(tree, "/b"));
}

static void test_used_child_goes_with_its_parent(void **state)
{
	struct lop_tree *tree =
		resolved(*state, "/omit-if-no-ref/ a { b: b { }; }; r { r = <&b>; };");

	assert_reported(*state, LOP_DTS_DANGLING, "`b`");
	assert_null(lop_tree_by_path(tree, "/a"));
	assert_int_equal(cell_at(tree, "/r", "r", 0), 1);
	assert_null(lop_value_ref_at(value_at(tree, "/r", "r"), 0));
}

/* --- what is refused --- */

static void test_unknown_label(void **state)
{
	resolved(*state, "gic: gic { }; r { r = <&gicc>; };");
	assert_reported(*state, LOP_DTS_REF, "no node has the label `gicc`");
	assert_helped(*state, LOP_DTS_REF, "`&gic`");
}

static void test_unknown_label_without_neighbour(void **state)
{
	resolved(*state, "r { r = <&something>; };");
	assert_reported(*state, LOP_DTS_REF, "no node has the label `something`");
	assert_helped(*state, LOP_DTS_REF, "something:");
}

static void test_unknown_path(void **state)
{
	resolved(*state, "soc { uart@1000 { }; }; r { r = <&{/soc/uart@100}>; };");
	assert_reported(*state, LOP_DTS_REF, "there is no node `/soc/uart@100`");
	assert_helped(*state, LOP_DTS_REF, "did you mean `uart@1000`");
}

static void test_unknown_path_reference(void **state)
{
	struct lop_tree *tree = resolved(*state, "r { p = &nobody, \"x\"; };");

	assert_reported(*state, LOP_DTS_REF, "`nobody`");
	assert_string_equal(lop_value_str(value_at(tree, "/r", "p"), 0), "x");
}

static void test_every_missing_label_is_reported(void **state)
{
	struct fixture *f = *state;

	resolved(f, "r { r = <&a>, <&b &c>; s = <&d>; p = &e; };");
	assert_int_equal(f->diags.errors, 5);
}

static void test_bad_phandles(void **state)
{
	static const char *const cases[][2] = {
		{ "a { phandle = <0>; };", "is 0x0" },
		{ "a { phandle = <0xffffffff>; };", "is 0xffffffff" },
		{ "a { phandle = <1 2>; };", "has 8 bytes instead of 4" },
		{ "a { phandle; };", "has 0 bytes instead of 4" },
		{ "a { linux,phandle = [01 02]; };", "has 2 bytes instead of 4" },
		{ "a { phandle = <5>; }; b { phandle = <5>; };", "already that of `/a`" },
		{ "a { phandle = <5>; }; b { linux,phandle = <5>; };", "already that of `/a`" },
		{ "a { phandle = <5>; linux,phandle = <6>; };", "but its `phandle` is 0x5" },
		{ "a: a { }; b { phandle = <&a>; };", "refers to another node" },
		{ "b { phandle = <&nobody>; };", "refers to another node" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		f->diags.first = f->diags.last = NULL;
		f->diags.errors = 0;
		f->n_trees = 0;
		lop_tree_free(resolved(f, cases[i][0]));
		f->n_trees = 0;
		assert_reported(f, LOP_DTS_PHANDLE, cases[i][1]);
	}
}

static void test_path_bomb_is_refused(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse_root(f, "a: a { };");
	struct lop_node *node = node_at(tree, "/a");
	char *name = lop_arena_alloc(&f->arena, 1 << 20);

	memset(name, 'n', (1 << 20) - 1);
	name[(1 << 20) - 1] = '\0';
	node->name = name;
	for (int i = 0; i < 300; i++)
		lop_node_add_label(tree, node, lop_arena_printf(&f->arena, "l%d", i),
				   (struct lop_span){ 0 });
	lop_tree_compile(tree, &f->diags, true);
	assert_reported(f, LOP_LIMIT, "256 MiB");
	assert_null(lop_tree_by_path(tree, "/__symbols__"));
}

static void test_path_reference_bomb_is_refused(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };
	struct lop_tree *tree;
	char *name = lop_arena_alloc(&f->arena, 4 << 20);

	lop_buf_puts(&text, "a: a { }; r { p = &a");
	for (int i = 0; i < 100; i++)
		lop_buf_puts(&text, ", &a");
	lop_buf_puts(&text, "; };");
	tree = parse_root(f, lop_buf_cstr(&text));
	memset(name, 'n', (4 << 20) - 1);
	name[(4 << 20) - 1] = '\0';
	node_at(tree, "/a")->name = name;
	lop_tree_resolve(tree, &f->diags, NULL);
	assert_reported(f, LOP_LIMIT, "256 MiB");
	lop_buf_free(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_numbers_follow_references),
		TEST(test_explicit_numbers_are_skipped),
		TEST(test_node_may_ask_for_a_number),
		TEST(test_keep_free_is_kept_free),
		TEST(test_resolving_twice_changes_nothing),
		TEST(test_forgotten_numbers_come_back),
		TEST(test_numbering_restarts_after_a_cut),
		TEST(test_shared_bytes_are_not_written),
		TEST(test_paths_are_put_in),
		TEST(test_root_path),
		TEST(test_path_follows_its_node),
		TEST(test_unused_node_goes),
		TEST(test_labelled_node_stays_with_symbols),
		TEST(test_used_child_goes_with_its_parent),
		TEST(test_unknown_label),
		TEST(test_unknown_label_without_neighbour),
		TEST(test_unknown_path),
		TEST(test_unknown_path_reference),
		TEST(test_every_missing_label_is_reported),
		TEST(test_bad_phandles),
		TEST(test_path_bomb_is_refused),
		TEST(test_path_reference_bomb_is_refused),
	};

	return cmocka_run_group_tests_name("resolve", tests, NULL, NULL);
}
