/* SPDX-License-Identifier: BSD-3-Clause */
/* The tree: adding, finding, deleting, hiding, labels, paths, the walk. */
#include "lopper-c/tree/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct lop_span nowhere;

struct world {
	struct lop_arena arena;
	struct lop_tree *tree;
};

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	w->tree = lop_tree_new(&w->arena);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	lop_tree_free(w->tree);
	lop_arena_free(&w->arena);
	free(w);
	return 0;
}

static struct lop_node *add(struct world *w, struct lop_node *parent, const char *name)
{
	return lop_node_add(w->tree, parent ? parent : w->tree->root, name, nowhere);
}

static void set(struct world *w, struct lop_node *node, const char *name, uint32_t cell)
{
	lop_prop_set(w->tree, node, name, lop_value_cells(&w->arena, &cell, 1), nowhere);
}

/* "a b c": the children in order. */
static void assert_children(const struct lop_node *node, const char *names)
{
	char text[256] = "";
	const struct lop_node *last = NULL;

	for (const struct lop_node *n = node->children; n; n = n->next) {
		assert_ptr_equal(n->prev, last);
		assert_ptr_equal(n->parent, node);
		last = n;
		if (text[0])
			strcat(text, " ");
		strcat(text, n->name);
	}
	assert_ptr_equal(node->last_child, last);
	assert_string_equal(text, names);
}

static void assert_props(const struct lop_node *node, const char *names)
{
	char text[256] = "";
	const struct lop_prop *last = NULL;

	for (const struct lop_prop *p = node->props; p; p = p->next) {
		assert_ptr_equal(p->prev, last);
		last = p;
		if (text[0])
			strcat(text, " ");
		strcat(text, p->name);
	}
	assert_ptr_equal(node->last_prop, last);
	assert_string_equal(text, names);
}

static void assert_labels(const struct lop_node *node, const char *names)
{
	char text[256] = "";

	for (const struct lop_label *l = node->labels; l; l = l->next) {
		if (text[0])
			strcat(text, " ");
		strcat(text, l->name);
	}
	assert_string_equal(text, names);
}

static void test_empty_tree(void **state)
{
	struct world *w = *state;

	assert_string_equal(w->tree->root->name, "");
	assert_null(lop_node_child(w->tree, w->tree->root, ""));
	assert_null(lop_tree_by_label(w->tree, "x"));
	assert_null(lop_tree_by_phandle(w->tree, 0));
	assert_null(lop_tree_by_phandle(w->tree, 1));
	assert_null(lop_node_next(w->tree->root, w->tree->root));
	lop_tree_sweep(w->tree);
	lop_prop_del(w->tree, w->tree->root, "nothing");
}

static void test_children_are_found_by_exact_name(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a@1"), *b = add(w, a, "a@1");

	assert_ptr_equal(lop_node_child(w->tree, w->tree->root, "a@1"), a);
	assert_ptr_equal(lop_node_child(w->tree, a, "a@1"), b);
	assert_null(lop_node_child(w->tree, b, "a@1"));
	assert_null(lop_node_child(w->tree, w->tree->root, "a"));
	assert_null(lop_node_child(w->tree, w->tree->root, "a@10"));
	assert_null(lop_node_child(w->tree, w->tree->root, ""));
}

static void test_names_have_a_base_and_a_unit(void **state)
{
	struct world *w = *state;
	struct lop_node *with = add(w, NULL, "uart@ff00,1"), *without = add(w, NULL, "cpus");

	assert_int_equal(lop_node_base_len(with), 4);
	assert_string_equal(lop_node_unit(with), "ff00,1");
	assert_int_equal(lop_node_base_len(without), 4);
	assert_null(lop_node_unit(without));
}

static void test_deleting_takes_everything_below(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a"), *b = add(w, a, "b"), *c = add(w, NULL, "c");

	assert_true(lop_node_add_label(w->tree, b, "lb", nowhere));
	lop_node_set_phandle(w->tree, b, 7);
	add(w, NULL, "d");
	lop_node_del(w->tree, a);
	assert_children(w->tree->root, "c d");
	assert_null(lop_tree_by_path(w->tree, "/a"));
	assert_null(lop_tree_by_path(w->tree, "/a/b"));
	assert_null(lop_tree_by_label(w->tree, "lb"));
	assert_null(lop_tree_by_phandle(w->tree, 7));
	lop_node_del(w->tree, w->tree->root->last_child);
	lop_node_del(w->tree, c);
	assert_children(w->tree->root, "");
	a = add(w, NULL, "a");
	assert_null(a->children);
}

static void test_labels_are_unique_and_newest_first(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a"), *b = add(w, NULL, "b");

	assert_null(lop_node_label(a));
	assert_true(lop_node_add_label(w->tree, a, "x", nowhere));
	assert_true(lop_node_add_label(w->tree, a, "y", nowhere));
	assert_true(lop_node_add_label(w->tree, a, "x", nowhere));
	assert_false(lop_node_add_label(w->tree, b, "x", nowhere));
	assert_labels(a, "y x");
	assert_labels(b, "");
	assert_string_equal(lop_node_label(a), "y");
	lop_node_del(w->tree, a);
	assert_true(lop_node_add_label(w->tree, b, "x", nowhere));
	assert_ptr_equal(lop_tree_by_label(w->tree, "x"), b);
}

static void test_paths(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a"), *b = add(w, a, "b@0");

	assert_string_equal(lop_node_path_dup(&w->arena, w->tree->root), "/");
	assert_string_equal(lop_node_path_dup(&w->arena, b), "/a/b@0");
	assert_ptr_equal(lop_tree_by_path(w->tree, "/"), w->tree->root);
	assert_ptr_equal(lop_tree_by_path(w->tree, "/a"), a);
	assert_ptr_equal(lop_tree_by_path(w->tree, "/a/b@0"), b);
	assert_ptr_equal(lop_tree_by_path(w->tree, "//a///b@0/"), b);
	assert_null(lop_tree_by_path(w->tree, ""));
	assert_null(lop_tree_by_path(w->tree, "a"));
	assert_null(lop_tree_by_path(w->tree, "/b@0"));
	assert_null(lop_tree_by_path(w->tree, "/a/b"));
	assert_null(lop_tree_by_path(w->tree, "/a/b@0/c"));
}

static void test_references(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a"), *b = add(w, a, "b@0");

	lop_node_add_label(w->tree, a, "la", nowhere);
	assert_ptr_equal(lop_tree_by_ref(w->tree, "la"), a);
	assert_ptr_equal(lop_tree_by_ref(w->tree, "la/b@0"), b);
	assert_ptr_equal(lop_tree_by_ref(w->tree, "/a/b@0"), b);
	assert_null(lop_tree_by_ref(w->tree, "l"));
	assert_null(lop_tree_by_ref(w->tree, "lab"));
	assert_null(lop_tree_by_ref(w->tree, "la/c"));
	assert_null(lop_tree_by_ref(w->tree, "lb/b@0"));
	assert_null(lop_tree_by_ref(w->tree, ""));
}

static void test_phandles(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a"), *b = add(w, NULL, "b");

	lop_node_set_phandle(w->tree, a, 5);
	assert_ptr_equal(lop_tree_by_phandle(w->tree, 5), a);
	lop_node_set_phandle(w->tree, b, 5);
	assert_ptr_equal(lop_tree_by_phandle(w->tree, 5), a);
	lop_node_set_phandle(w->tree, b, 0xfffffffe);
	assert_ptr_equal(lop_tree_by_phandle(w->tree, 0xfffffffe), b);
	assert_ptr_equal(lop_tree_by_phandle(w->tree, 5), a);
	lop_node_set_phandle(w->tree, a, 0);
	assert_null(lop_tree_by_phandle(w->tree, 5));
	assert_int_equal(a->phandle, 0);
}

static void test_walk_stays_below_its_top(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a"), *b = add(w, a, "b"), *c = add(w, b, "c");
	struct lop_node *d = add(w, a, "d"), *e = add(w, NULL, "e");

	assert_ptr_equal(lop_node_next(w->tree->root, w->tree->root), a);
	assert_ptr_equal(lop_node_next(a, a), b);
	assert_ptr_equal(lop_node_next(b, a), c);
	assert_ptr_equal(lop_node_next(c, a), d);
	assert_null(lop_node_next(d, a));
	assert_null(lop_node_next(c, b));
	assert_ptr_equal(lop_node_next(d, w->tree->root), e);
	assert_null(lop_node_next(e, w->tree->root));
	lop_tree_number(w->tree);
	assert_int_equal(w->tree->n_nodes, 6);
	assert_int_equal(w->tree->root->index, 0);
	assert_int_equal(c->index, 3);
	assert_int_equal(e->index, 5);
	assert_true(lop_node_below(c, a));
	assert_true(lop_node_below(a, a));
	assert_false(lop_node_below(a, c));
	assert_false(lop_node_below(e, a));
}

static void test_setting_again_keeps_the_place(void **state)
{
	struct world *w = *state;
	struct lop_node *n = add(w, NULL, "n");

	set(w, n, "a", 1);
	set(w, n, "b", 2);
	set(w, n, "a", 3);
	assert_props(n, "a b");
	assert_int_equal(lop_value_cell(&lop_prop_find(w->tree, n, "a")->value, 0), 3);
	lop_prop_del(w->tree, n, "a");
	assert_null(lop_prop_find(w->tree, n, "a"));
	set(w, n, "a", 4);
	assert_props(n, "b a");
	lop_prop_del(w->tree, n, "a");
	lop_prop_del(w->tree, n, "b");
	assert_props(n, "");
	assert_null(lop_prop_find(w->tree, n, ""));
}

static void test_long_lists_are_found_too(void **state)
{
	struct world *w = *state;
	struct lop_node *n = add(w, NULL, "n");
	enum { COUNT = 500 };

	for (uint32_t i = 0; i < COUNT; i++)
		set(w, n, lop_arena_printf(&w->arena, "p%u", i), i);
	for (uint32_t i = 0; i < COUNT; i += 3)
		lop_prop_del(w->tree, n, lop_arena_printf(&w->arena, "p%u", i));
	for (uint32_t i = 0; i < COUNT; i++) {
		struct lop_prop *p =
			lop_prop_find(w->tree, n, lop_arena_printf(&w->arena, "p%u", i));

		if (i % 3 == 0)
			assert_null(p);
		else
			assert_int_equal(lop_value_cell(&p->value, 0), i);
	}
	assert_null(lop_prop_find(w->tree, n, "p"));
	assert_null(lop_prop_find(w->tree, w->tree->root, "p1"));
}

static void test_what_was_hidden_returns_to_its_place(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a");

	add(w, a, "x");
	add(w, NULL, "b");
	set(w, a, "p", 1);
	set(w, a, "q", 2);
	lop_node_hide(w->tree, a);
	assert_null(lop_node_child(w->tree, w->tree->root, "a"));
	assert_null(lop_tree_by_path(w->tree, "/a/x"));
	assert_ptr_equal(add(w, NULL, "a"), a);
	assert_null(lop_prop_find(w->tree, a, "p"));
	assert_null(lop_node_child(w->tree, a, "x"));
	set(w, a, "r", 3);
	set(w, a, "p", 4);
	lop_tree_sweep(w->tree);
	assert_children(w->tree->root, "a b");
	assert_children(a, "");
	assert_props(a, "p r");
}

static void test_what_stays_hidden_is_swept(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a"), *b = add(w, a, "b");

	add(w, b, "c");
	add(w, NULL, "d");
	set(w, w->tree->root, "p", 1);
	lop_prop_hide(w->tree, lop_prop_find(w->tree, w->tree->root, "p"));
	lop_node_hide(w->tree, a);
	lop_node_hide(w->tree, a);
	lop_tree_sweep(w->tree);
	assert_children(w->tree->root, "d");
	assert_props(w->tree->root, "");
	assert_false(w->tree->hidden);
	assert_null(add(w, NULL, "a")->children);
	assert_children(w->tree->root, "d a");
}

static void test_labels_of_hidden_nodes_are_free(void **state)
{
	struct world *w = *state;
	struct lop_node *a = add(w, NULL, "a"), *b = add(w, NULL, "b"), *c = add(w, NULL, "c");

	lop_node_add_label(w->tree, a, "one", nowhere);
	lop_node_add_label(w->tree, a, "two", nowhere);
	lop_node_add_label(w->tree, c, "lost", nowhere);
	lop_node_hide(w->tree, a);
	lop_node_hide(w->tree, c);
	assert_null(lop_tree_by_label(w->tree, "one"));
	assert_true(lop_node_add_label(w->tree, b, "two", nowhere));
	add(w, NULL, "a");
	add(w, NULL, "c");
	assert_true(lop_node_add_label(w->tree, a, "three", nowhere));
	assert_true(lop_node_add_label(w->tree, a, "one", nowhere));
	lop_tree_sweep(w->tree);
	assert_labels(a, "three one");
	assert_labels(b, "two");
	assert_labels(c, "");
	assert_false(a->lost_labels);
	assert_true(c->lost_labels);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(test_empty_tree),
		TEST(test_children_are_found_by_exact_name),
		TEST(test_names_have_a_base_and_a_unit),
		TEST(test_deleting_takes_everything_below),
		TEST(test_labels_are_unique_and_newest_first),
		TEST(test_paths),
		TEST(test_references),
		TEST(test_phandles),
		TEST(test_walk_stays_below_its_top),
		TEST(test_setting_again_keeps_the_place),
		TEST(test_long_lists_are_found_too),
		TEST(test_what_was_hidden_returns_to_its_place),
		TEST(test_what_stays_hidden_is_swept),
		TEST(test_labels_of_hidden_nodes_are_free),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
