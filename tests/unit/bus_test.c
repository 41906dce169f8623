/* SPDX-License-Identifier: BSD-3-Clause */
/* reg, ranges and what is no address. */
#include "lopper-c/tree/bus.h"

#include "tests/unit/tree_text.h"

static struct lop_where where(const struct lop_tree *tree, const char *path, size_t i)
{
	return lop_reg_to_root(tree, node_at(tree, path), i);
}

static void cells_default_to_two_and_one(void **state)
{
	struct lop_tree *tree = parse_root(*state, "bus { };");

	assert_int_equal(lop_address_cells(tree, tree->root), 2);
	assert_int_equal(lop_size_cells(tree, tree->root), 1);
	assert_int_equal(lop_node_cell(tree, tree->root, "#missing", 7), 7);
}

static void a_cell_property_of_two_cells_is_none(void **state)
{
	struct lop_tree *tree = parse_root(*state, "#address-cells = <1 2>;");

	assert_int_equal(lop_address_cells(tree, tree->root), 2);
}

static void reg_is_taken_apart(void **state)
{
	struct lop_tree *tree =
		parse_root(*state, "#address-cells = <2>; #size-cells = <1>;"
				   "dev@100000000 { reg = <1 0 0x1000>, <0 0x20 0x10>; };");
	const struct lop_node *dev = node_at(tree, "/dev@100000000");

	assert_int_equal(lop_reg_count(tree, dev), 2);
	assert_true(lop_reg_get(tree, dev, 0).base == UINT64_C(0x100000000));
	assert_true(lop_reg_get(tree, dev, 1).size == 0x10);
	assert_true(lop_reg_get(tree, dev, 2).size == 0);
}

static void three_cell_addresses_are_no_numbers(void **state)
{
	struct lop_tree *tree = parse_root(*state, "pci { #address-cells = <3>; #size-cells = <2>;"
						   "dev@0 { reg = <0 0 0 0 0>; }; };");

	assert_int_equal(lop_reg_count(tree, node_at(tree, "/pci/dev@0")), 0);
}

static void empty_ranges_map_one_to_one(void **state)
{
	struct lop_tree *tree =
		parse_root(*state, "#address-cells = <1>; #size-cells = <1>;"
				   "bus { #address-cells = <1>; #size-cells = <1>; ranges;"
				   "dev@1000 { reg = <0x1000 0x100>; }; };");
	struct lop_where w = where(tree, "/bus/dev@1000", 0);

	assert_true(w.mapped);
	assert_true(w.range.base == 0x1000 && w.range.size == 0x100);
	assert_null(w.indirect);
}

static void ranges_move_and_cut(void **state)
{
	struct lop_tree *tree = parse_root(
		*state, "#address-cells = <2>; #size-cells = <2>;"
			"bus { #address-cells = <1>; #size-cells = <1>;"
			"ranges = <0x0 0x1 0x40000000 0x1000>, <0x8000 0x0 0x8000 0x1000>;"
			"a@800 { reg = <0x800 0x1000>; }; b@8000 { reg = <0x8000 0x10>; };"
			"c@2000 { reg = <0x2000 0x10>; }; };");
	struct lop_where a = where(tree, "/bus/a@800", 0);

	assert_true(a.mapped && a.range.base == UINT64_C(0x140000800));
	assert_true(a.range.size == 0x800); /* the window ends there */
	assert_true(where(tree, "/bus/b@8000", 0).range.base == 0x8000);
	assert_false(where(tree, "/bus/c@2000", 0).mapped);
}

static void a_device_without_ranges_maps_nothing(void **state)
{
	struct lop_tree *tree =
		parse_root(*state, "#address-cells = <1>; #size-cells = <1>;"
				   "i2c@1000 { reg = <0x1000 0x100>; #address-cells = <1>;"
				   "#size-cells = <0>; chip@50 { reg = <0x50>; }; };");

	assert_false(where(tree, "/i2c@1000/chip@50", 0).mapped);
	assert_true(where(tree, "/i2c@1000", 0).mapped);
}

static void an_indirect_bus_is_named(void **state)
{
	struct lop_tree *tree =
		parse_root(*state, "#address-cells = <1>; #size-cells = <1>;"
				   "bus { compatible = \"indirect-bus\"; #address-cells = <1>;"
				   "#size-cells = <1>; dev@1000 { reg = <0x1000 0x100>; }; };");
	struct lop_where w = where(tree, "/bus/dev@1000", 0);

	assert_true(w.mapped);
	assert_ptr_equal(w.indirect, node_at(tree, "/bus"));
}

static void a_range_at_the_top_does_not_wrap(void **state)
{
	struct lop_tree *tree = parse_root(
		*state, "#address-cells = <2>; #size-cells = <2>;"
			"bus { #address-cells = <2>; #size-cells = <2>;"
			"ranges = <0xffffffff 0xfffff000 0 0 0 0x1000>;"
			"dev@fffffffffffff800 { reg = <0xffffffff 0xfffff800 0 0x1000>; }; };");
	struct lop_where w = where(tree, "/bus/dev@fffffffffffff800", 0);

	assert_true(w.mapped && w.range.base == 0x800 && w.range.size == 0x800);
}

static void status_decides_enabled(void **state)
{
	struct lop_tree *tree = parse_root(*state, "a { }; b { status = \"okay\"; };"
						   "c { status = \"disabled\"; };");

	assert_true(lop_node_enabled(tree, node_at(tree, "/a")));
	assert_true(lop_node_enabled(tree, node_at(tree, "/b")));
	assert_false(lop_node_enabled(tree, node_at(tree, "/c")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cells_default_to_two_and_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_cell_property_of_two_cells_is_none, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(reg_is_taken_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(three_cell_addresses_are_no_numbers, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(empty_ranges_map_one_to_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ranges_move_and_cut, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_device_without_ranges_maps_nothing, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(an_indirect_bus_is_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_range_at_the_top_does_not_wrap, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(status_decides_enabled, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
