/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies of a tree under a condition: variants in place, others gone, references within the copy.
 */
#include "lopper-c/tree/clone.h"

#include "tests/unit/tree_text.h"

static const char body[] = "l: a { x = <1>; ref = <&b>; path = &b; };"
			   "b: b { y = <2>; in { z = <3>; }; };";

static struct lop_tree *tree_of(struct fixture *f)
{
	struct lop_tree *tree = parse_root(f, body);

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	return tree;
}

static struct lop_tree *copy_of(struct fixture *f, const struct lop_tree *tree, const char *when)
{
	return keep_tree(f, lop_tree_clone(tree, when));
}

/* Under the condition the node has a copy of its properties, and one more. */
static void add_variant(struct fixture *f, struct lop_node *node, const char *when)
{
	struct lop_variant *v = lop_arena_zalloc(&f->arena, sizeof(*v));
	struct lop_prop *prop = lop_arena_zalloc(&f->arena, sizeof(*prop));
	const uint32_t seven = 7;

	prop->name = "only";
	prop->value = lop_value_cells(&f->arena, &seven, 1);
	v->condition = when;
	v->props = prop;
	v->next = node->variants;
	node->variants = v;
}

static void a_plain_tree_is_copied_whole(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = tree_of(f), *copy = copy_of(f, tree, NULL);
	struct lop_buf one = { 0 }, two = { 0 };

	assert_false(lop_tree_is_conditional(tree));
	lop_dtb_write(tree, &one);
	lop_dtb_write(copy, &two);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.data, two.data, one.len);
	lop_buf_free(&one);
	lop_buf_free(&two);
}

static void references_lead_into_the_copy(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = tree_of(f), *copy = copy_of(f, tree, NULL);
	const struct lop_marker *m = lop_value_ref_at(value_at(copy, "/a", "ref"), 0);

	assert_ptr_equal(m->target, node_at(copy, "/b"));
	assert_ptr_not_equal(m->target, node_at(tree, "/b"));
	for (m = value_at(copy, "/a", "path")->markers; m->kind != LOP_MARK_REF_PATH; m = m->next)
		assert_non_null(m->next);
	assert_ptr_equal(m->target, node_at(copy, "/b"));
	assert_int_equal(node_at(copy, "/b")->phandle, node_at(tree, "/b")->phandle);
	assert_ptr_equal(lop_tree_by_label(copy, "l"), node_at(copy, "/a"));
	assert_ptr_equal(lop_tree_by_phandle(copy, node_at(tree, "/b")->phandle),
			 node_at(copy, "/b"));
}

static void a_variant_takes_the_place_of_the_properties(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = tree_of(f), *copy;

	add_variant(f, node_at(tree, "/a"), "linux");
	assert_true(lop_tree_is_conditional(tree));
	copy = copy_of(f, tree, "linux");
	assert_false(lop_tree_is_conditional(copy));
	assert_int_equal(cell_at(copy, "/a", "only", 0), 7);
	assert_null(lop_prop_find(copy, node_at(copy, "/a"), "x"));
	assert_int_equal(cell_at(copy, "/b", "y", 0), 2);
	assert_int_equal(cell_at(tree, "/a", "x", 0), 1);
}

static void another_condition_has_the_nodes_own(void **state)
{
	static const char *const others[] = { NULL, "", "lin", "linux2", "LINUX" };
	struct fixture *f = *state;
	struct lop_tree *tree = tree_of(f);

	add_variant(f, node_at(tree, "/a"), "linux");
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct lop_tree *copy = copy_of(f, tree, others[i]);

		assert_int_equal(cell_at(copy, "/a", "x", 0), 1);
		assert_null(lop_prop_find(copy, node_at(copy, "/a"), "only"));
	}
}

static void each_condition_has_its_variant(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = tree_of(f);
	struct lop_node *a = node_at(tree, "/a");

	add_variant(f, a, "linux");
	add_variant(f, a, "zephyr");
	a->variants->props->name = "other";
	assert_int_equal(cell_at(copy_of(f, tree, "zephyr"), "/a", "other", 0), 7);
	assert_int_equal(cell_at(copy_of(f, tree, "linux"), "/a", "only", 0), 7);
}

static void a_node_of_another_condition_is_gone_with_all_below(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = tree_of(f), *copy;

	node_at(tree, "/b")->condition = "linux";
	copy = copy_of(f, tree, "zephyr");
	assert_null(lop_tree_by_path(copy, "/b"));
	assert_null(lop_tree_by_path(copy, "/b/in"));
	assert_null(lop_tree_by_label(copy, "b"));
	assert_null(lop_value_ref_at(value_at(copy, "/a", "ref"), 0)->target);
	copy = copy_of(f, tree, "linux");
	assert_int_equal(cell_at(copy, "/b/in", "z", 0), 3);
	assert_ptr_equal(lop_value_ref_at(value_at(copy, "/a", "ref"), 0)->target,
			 node_at(copy, "/b"));
}

static void the_copy_is_numbered(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = tree_of(f), *copy;
	uint32_t n = 0;

	node_at(tree, "/a")->condition = "linux";
	copy = copy_of(f, tree, NULL);
	for (const struct lop_node *node = copy->root; node; node = lop_node_next(node, copy->root))
		assert_int_equal(node->index, n++);
	assert_int_equal(copy->n_nodes, 3);
	assert_int_equal(n, 3);
}

static void what_belongs_to_the_whole_tree(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse(f, "/dts-v1/;\n/memreserve/ 0x1000 0x2000;\n/ { };\n");
	struct lop_tree *copy;

	tree->boot_cpu = 3;
	lop_tree_number(tree);
	copy = copy_of(f, tree, "x");
	assert_int_equal(copy->boot_cpu, 3);
	assert_true(copy->memreserves->range.size == 0x2000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_plain_tree_is_copied_whole),
		TEST(references_lead_into_the_copy),
		TEST(a_variant_takes_the_place_of_the_properties),
		TEST(another_condition_has_the_nodes_own),
		TEST(each_condition_has_its_variant),
		TEST(a_node_of_another_condition_is_gone_with_all_below),
		TEST(the_copy_is_numbered),
		TEST(what_belongs_to_the_whole_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
