/* SPDX-License-Identifier: BSD-3-Clause */
/* tree/plain.c: references that a blob holds as numbers get their markers back. */
#include "tests/unit/tree_text.h"

/* What a blob of this source reads as, symbols and all. */
static struct lop_tree *from_blob(struct fixture *f, const char *body)
{
	struct lop_tree *tree = parse_root(f, body);
	struct lop_buf blob = { 0 };

	lop_tree_compile(tree, &f->diags, true);
	assert_true(lop_dtb_write(tree, &blob));
	tree = keep_tree(f, lop_dtb_parse(&f->arena, &f->diags, "a.dtb", blob.data, blob.len));
	lop_buf_free(&blob);
	lop_tree_take_symbols(tree, &f->diags);
	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_bind_numbers(tree);
	return tree;
}

static void references_come_back(void **state)
{
	struct lop_tree *t = from_blob(*state, "c: clk { #clock-cells = <1>; };"
					       "u { clocks = <&c 3 &c 4>; reg = <1>; };");
	const struct lop_value *clocks = value_at(t, "/u", "clocks");

	assert_int_equal(clocks->markers->kind, LOP_MARK_U32);
	assert_ptr_equal(lop_value_ref_at(clocks, 0)->target, node_at(t, "/clk"));
	assert_null(lop_value_ref_at(clocks, 4));
	assert_ptr_equal(lop_value_ref_at(clocks, 8)->target, node_at(t, "/clk"));
	assert_null(value_at(t, "/u", "reg")->markers);
}

static void what_does_not_fit_stays(void **state)
{
	struct lop_tree *t = from_blob(*state, "c: clk { #clock-cells = <3>; };"
					       "u { clocks = <&c 3>; resets = <99>; };"
					       "n: v { pinctrl-0 = <&n>, [01 02]; };");

	assert_null(value_at(t, "/u", "clocks")->markers);
	assert_null(value_at(t, "/u", "resets")->markers);
	assert_null(value_at(t, "/v", "pinctrl-0")->markers);
}

static void source_prints_with_labels(void **state)
{
	static const struct lop_dts_style plain;
	struct lop_tree *t =
		from_blob(*state, "c: clk { #clock-cells = <0>; }; u { clocks = <&c>; };");
	struct lop_buf text = { 0 };

	lop_dts_write(t, &plain, &text);
	assert_non_null(strstr(lop_buf_cstr(&text), "clocks = <&c>;"));
	lop_buf_free(&text);
}

static void only_plain_numbers_are_kept_free(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *t = parse_root(f, "c: clk { #clock-cells = <0>; phandle = <7>; };"
					   "u { clocks = <&c>; }; v { clocks = <9>; };"
					   "w { clocks = <7>; }; x { clocks = <7>; };");
	struct lop_phandle_set set;

	lop_tree_resolve(t, &f->diags, NULL);
	set = lop_tree_plain_numbers(t, &f->arena);
	assert_int_equal(set.count, 2);
	assert_int_equal(set.numbers[0], 7);
	assert_int_equal(set.numbers[1], 9);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(references_come_back),
		TEST(what_does_not_fit_stays),
		TEST(source_prints_with_labels),
		TEST(only_plain_numbers_are_kept_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
