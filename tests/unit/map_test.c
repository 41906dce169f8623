/* SPDX-License-Identifier: BSD-3-Clause */
/* The hash map: scopes, removal and revival, order, growth. */
#include "lopper-c/base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static int one = 1, two = 2, three = 3;

static void test_empty(void **state)
{
	struct lop_map map = { 0 };

	(void)state;
	assert_null(lop_map_get(&map, NULL, "uart"));
	assert_null(lop_map_get(&map, NULL, ""));
	lop_map_put(&map, NULL, "uart", NULL); /* nothing to remove */
	assert_int_equal(map.count, 0);
	assert_null(lop_map_get(&map, NULL, "uart"));
	lop_map_free(&map);
	lop_map_free(&map);
}

static void test_names_that_nearly_match(void **state)
{
	struct lop_map map = { 0 };

	(void)state;
	lop_map_put(&map, NULL, "serial@1000", &one);
	assert_ptr_equal(lop_map_get(&map, NULL, "serial@1000"), &one);
	assert_null(lop_map_get(&map, NULL, "serial@100"));
	assert_null(lop_map_get(&map, NULL, "serial@10000"));
	assert_null(lop_map_get(&map, NULL, "Serial@1000"));
	assert_null(lop_map_get(&map, NULL, ""));
	assert_null(lop_map_get(&map, &one, "serial@1000"));
	lop_map_free(&map);
}

static void test_scopes_do_not_mix(void **state)
{
	struct lop_map map = { 0 };

	(void)state;
	lop_map_put(&map, &one, "cpu@0", &one);
	lop_map_put(&map, &two, "cpu@0", &two);
	lop_map_put(&map, NULL, "cpu@0", &three);
	assert_ptr_equal(lop_map_get(&map, &one, "cpu@0"), &one);
	assert_ptr_equal(lop_map_get(&map, &two, "cpu@0"), &two);
	assert_ptr_equal(lop_map_get(&map, NULL, "cpu@0"), &three);
	assert_null(lop_map_get(&map, &three, "cpu@0"));
	lop_map_free(&map);
}

static void test_get_by_length(void **state)
{
	struct lop_map map = { 0 };

	(void)state;
	lop_map_put(&map, NULL, "axi", &one);
	lop_map_put(&map, NULL, "", &two);
	assert_ptr_equal(lop_map_get_n(&map, NULL, "axi/serial", 3), &one);
	assert_ptr_equal(lop_map_get_n(&map, NULL, "axi", 0), &two);
	assert_null(lop_map_get_n(&map, NULL, "axi/serial", 4));
	assert_null(lop_map_get_n(&map, NULL, "axi", 2));
	lop_map_free(&map);
}

static void test_replace_and_remove(void **state)
{
	struct lop_map map = { 0 };

	(void)state;
	lop_map_put(&map, NULL, "a", &one);
	lop_map_put(&map, NULL, "b", &two);
	lop_map_put(&map, NULL, "a", &three);
	assert_int_equal(map.count, 2);
	assert_ptr_equal(lop_map_get(&map, NULL, "a"), &three);
	lop_map_put(&map, NULL, "a", NULL);
	assert_null(lop_map_get(&map, NULL, "a"));
	assert_ptr_equal(lop_map_get(&map, NULL, "b"), &two);
	lop_map_put(&map, NULL, "a", &one); /* comes back in its old place */
	assert_int_equal(map.count, 2);
	assert_string_equal(map.entries[0].key, "a");
	assert_ptr_equal(map.entries[0].value, &one);
	lop_map_free(&map);
}

static void test_many_names_in_order(void **state)
{
	enum { COUNT = 20000 };
	static char names[COUNT][16];
	struct lop_map map = { 0 };

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		snprintf(names[i], sizeof(names[i]), "node@%x", i);
		lop_map_put(&map, NULL, names[i], names[i]);
	}
	assert_int_equal(map.count, COUNT);
	for (int i = 0; i < COUNT; i++) {
		assert_ptr_equal(lop_map_get(&map, NULL, names[i]), names[i]);
		assert_ptr_equal(map.entries[i].value, names[i]);
	}
	for (int i = 0; i < COUNT; i += 2)
		lop_map_put(&map, NULL, names[i], NULL);
	for (int i = 0; i < COUNT; i++)
		assert_ptr_equal(lop_map_get(&map, NULL, names[i]), i % 2 ? names[i] : NULL);
	lop_map_free(&map);
}

static void test_one_name_in_many_scopes(void **state)
{
	enum { COUNT = 20000 };
	static int scopes[COUNT];
	struct lop_map map = { 0 };

	(void)state;
	for (int i = 0; i < COUNT; i++)
		lop_map_put(&map, &scopes[i], "reg", &scopes[i]);
	for (int i = 0; i < COUNT; i++)
		assert_ptr_equal(lop_map_get(&map, &scopes[i], "reg"), &scopes[i]);
	lop_map_free(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_names_that_nearly_match),
		cmocka_unit_test(test_scopes_do_not_mix),
		cmocka_unit_test(test_get_by_length),
		cmocka_unit_test(test_replace_and_remove),
		cmocka_unit_test(test_many_names_in_order),
		cmocka_unit_test(test_one_name_in_many_scopes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
