/* SPDX-License-Identifier: BSD-3-Clause */
/* Values: cells, numbers, strings, markers; most of all what is too short or damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lopper-c/tree/tree.h"

static struct lop_value bytes(const char *data, size_t len)
{
	return (struct lop_value){ .data = len ? (const unsigned char *)data : NULL,
				   .len = (uint32_t)len };
}

static void test_cells_are_big_endian(void **state)
{
	const uint32_t cells[] = { 0x01020304, 0xfffefdfc };
	struct lop_arena arena = { 0 };
	struct lop_value v = lop_value_cells(&arena, cells, 2);

	(void)state;
	assert_int_equal(v.len, 8);
	assert_memory_equal(v.data, "\x01\x02\x03\x04\xff\xfe\xfd\xfc", 8);
	assert_int_equal(v.markers->kind, LOP_MARK_U32);
	assert_int_equal(lop_value_n_cells(&v), 2);
	assert_int_equal(lop_value_cell(&v, 0), 0x01020304);
	assert_int_equal(lop_value_cell(&v, 1), 0xfffefdfc);
	assert_int_equal(lop_value_cell(&v, 2), 0);
	assert_int_equal(lop_value_cell(&v, SIZE_MAX), 0);
	lop_arena_free(&arena);
}

static void test_no_cells(void **state)
{
	struct lop_arena arena = { 0 };
	struct lop_value v = lop_value_cells(&arena, NULL, 0);

	(void)state;
	assert_int_equal(v.len, 0);
	assert_null(v.data);
	assert_int_equal(lop_value_cell(&v, 0), 0);
	assert_int_equal(lop_value_number(&v, 0, 1), 0);
	assert_null(lop_value_str(&v, 0));
	assert_false(lop_value_has_str(&v, ""));
	lop_arena_free(&arena);
}

static void test_numbers_of_one_two_and_three_cells(void **state)
{
	const uint32_t cells[] = { 1, 2, 3 };
	struct lop_arena arena = { 0 };
	struct lop_value v = lop_value_cells(&arena, cells, 3);

	(void)state;
	assert_int_equal(lop_value_number(&v, 0, 0), 0);
	assert_int_equal(lop_value_number(&v, 2, 1), 3);
	assert_int_equal(lop_value_number(&v, 0, 2), 0x100000002);
	assert_int_equal(lop_value_number(&v, 1, 2), 0x200000003);
	assert_int_equal(lop_value_number(&v, 0, 3), 0x200000003);
	assert_int_equal(lop_value_number(&v, 2, 2), 0);
	assert_int_equal(lop_value_number(&v, 3, 1), 0);
	assert_int_equal(lop_value_number(&v, 4, 0), 0);
	assert_int_equal(lop_value_number(&v, SIZE_MAX, 2), 0);
	assert_int_equal(lop_value_number(&v, 0, SIZE_MAX), 0);
	lop_arena_free(&arena);
}

static void test_odd_lengths_read_as_absent(void **state)
{
	struct lop_value v = bytes("\0\0\0\1\0\0\2", 7);

	(void)state;
	assert_int_equal(lop_value_n_cells(&v), 1);
	assert_int_equal(lop_value_cell(&v, 1), 0);
	assert_int_equal(lop_value_number(&v, 0, 2), 0);
	assert_int_equal(lop_value_number(&v, 0, 1), 1);
}

static void test_string_lists(void **state)
{
	struct lop_value v = bytes("ab\0\0c", 6);
	uint32_t at = 0;

	(void)state;
	assert_string_equal(lop_value_str(&v, 0), "ab");
	assert_string_equal(lop_value_str(&v, 1), "");
	assert_string_equal(lop_value_str(&v, 2), "c");
	assert_null(lop_value_str(&v, 3));
	assert_null(lop_value_str(&v, SIZE_MAX));
	assert_string_equal(lop_value_next_str(&v, &at), "ab");
	assert_string_equal(lop_value_next_str(&v, &at), "");
	assert_string_equal(lop_value_next_str(&v, &at), "c");
	assert_null(lop_value_next_str(&v, &at));
	assert_null(lop_value_next_str(&v, &at));
	assert_true(lop_value_has_str(&v, "c"));
	assert_true(lop_value_has_str(&v, ""));
	assert_false(lop_value_has_str(&v, "b"));
	assert_false(lop_value_has_str(&v, "abc"));
}

static void test_unterminated_strings_are_none(void **state)
{
	struct lop_value v = bytes("ab\0c", 4);

	(void)state;
	assert_null(lop_value_str(&v, 0));
	assert_null(lop_value_str(&v, 1));
	assert_false(lop_value_has_str(&v, "ab"));
}

static void test_made_strings(void **state)
{
	struct lop_arena arena = { 0 };
	struct lop_value v = lop_value_string(&arena, "okay"), empty = lop_value_string(&arena, "");

	(void)state;
	assert_int_equal(v.len, 5);
	assert_int_equal(v.markers->kind, LOP_MARK_STRING);
	assert_string_equal(lop_value_str(&v, 0), "okay");
	assert_int_equal(empty.len, 1);
	assert_string_equal(lop_value_str(&empty, 0), "");
	lop_arena_free(&arena);
}

static void test_markers_by_offset(void **state)
{
	struct lop_marker path = { .kind = LOP_MARK_REF_PATH, .offset = 8, .name = "p" };
	struct lop_marker ref = { .kind = LOP_MARK_REF_PHANDLE,
				  .offset = 4,
				  .name = "r",
				  .span = { 1, 20, 2 },
				  .next = &path };
	struct lop_marker label = { .kind = LOP_MARK_LABEL, .offset = 4, .next = &ref };
	struct lop_marker group = { .kind = LOP_MARK_U32, .span = { 1, 10, 30 }, .next = &label };
	struct lop_value v = { .data = (const unsigned char *)"", .len = 1, .markers = &group };
	struct lop_span fallback = { 7, 7, 7 };

	(void)state;
	assert_null(lop_value_ref_at(&v, 0));
	assert_ptr_equal(lop_value_ref_at(&v, 4), &ref);
	assert_null(lop_value_ref_at(&v, 5));
	assert_ptr_equal(lop_value_ref_at(&v, 8), &path);
	assert_null(lop_value_ref_at(&v, UINT32_MAX));
	assert_int_equal(lop_value_span_at(&v, 3, fallback).offset, 10);
	assert_int_equal(lop_value_span_at(&v, 4, fallback).offset, 20);
	assert_int_equal(lop_value_span_at(&v, 99, fallback).offset, 20);
	v.markers = NULL;
	assert_int_equal(lop_value_span_at(&v, 4, fallback).offset, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells_are_big_endian),
		cmocka_unit_test(test_no_cells),
		cmocka_unit_test(test_numbers_of_one_two_and_three_cells),
		cmocka_unit_test(test_odd_lengths_read_as_absent),
		cmocka_unit_test(test_string_lists),
		cmocka_unit_test(test_unterminated_strings_are_none),
		cmocka_unit_test(test_made_strings),
		cmocka_unit_test(test_markers_by_offset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
