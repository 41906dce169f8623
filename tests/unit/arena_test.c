/* SPDX-License-Identifier: BSD-3-Clause */
/* The region allocator: alignment, growth, big objects, copies. */
#include "lopper-c/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_free_of_an_empty_arena(void **state)
{
	struct lop_arena arena = { 0 };

	(void)state;
	lop_arena_free(&arena);
	lop_arena_free(&arena);
	assert_null(arena.head);
	assert_int_equal(arena.total, 0);
}

static void test_every_size_is_aligned_and_apart(void **state)
{
	struct lop_arena arena = { 0 };
	unsigned char *previous = NULL;

	(void)state;
	for (size_t size = 0; size < 300; size++) {
		unsigned char *p = lop_arena_alloc(&arena, size);

		assert_non_null(p);
		assert_ptr_not_equal(p, previous);
		assert_int_equal((uintptr_t)p % 16, 0);
		memset(p, 0xa5, size);
		previous = p;
	}
	lop_arena_free(&arena);
}

static void test_objects_keep_their_bytes_over_many_chunks(void **state)
{
	enum { COUNT = 20000 };
	static uint32_t *objects[COUNT];
	struct lop_arena arena = { 0 };

	(void)state;
	for (uint32_t i = 0; i < COUNT; i++) {
		objects[i] = lop_arena_alloc(&arena, 40);
		for (size_t k = 0; k < 10; k++)
			objects[i][k] = i;
	}
	for (uint32_t i = 0; i < COUNT; i++)
		for (size_t k = 0; k < 10; k++)
			assert_int_equal(objects[i][k], i);
	assert_true(arena.total >= COUNT * 40U);
	assert_true(arena.total < COUNT * 48U + (3U << 20));
	lop_arena_free(&arena);
}

static void test_a_big_object_does_not_end_the_chunk_in_use(void **state)
{
	struct lop_arena arena = { 0 };
	char *before = lop_arena_alloc(&arena, 16), *after;

	(void)state;
	memset(lop_arena_alloc(&arena, 8U << 20), 1, 8U << 20);
	after = lop_arena_alloc(&arena, 16);
	assert_ptr_equal(after, before + 16);
	lop_arena_free(&arena);
}

static void test_a_big_object_first(void **state)
{
	struct lop_arena arena = { 0 };

	(void)state;
	memset(lop_arena_alloc(&arena, 3U << 20), 1, 3U << 20);
	memset(lop_arena_alloc(&arena, 100), 2, 100);
	memset(lop_arena_alloc(&arena, 3U << 20), 3, 3U << 20);
	lop_arena_free(&arena);
}

static void test_zalloc_zeroes_used_memory(void **state)
{
	struct lop_arena arena = { 0 };

	(void)state;
	for (int round = 0; round < 100; round++) {
		unsigned char *p = lop_arena_zalloc(&arena, 1000);

		for (size_t i = 0; i < 1000; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, 1000);
	}
	lop_arena_free(&arena);
}

static void test_copies(void **state)
{
	struct lop_arena arena = { 0 };
	const char data[] = { 'a', '\0', 'b' };

	(void)state;
	assert_memory_equal(lop_arena_dup(&arena, data, sizeof(data)), data, sizeof(data));
	assert_non_null(lop_arena_dup(&arena, NULL, 0));
	assert_string_equal(lop_arena_strdup(&arena, ""), "");
	assert_string_equal(lop_arena_strdup(&arena, "cpus_a53"), "cpus_a53");
	assert_string_equal(lop_arena_strndup(&arena, "cpus_a53", 4), "cpus");
	assert_string_equal(lop_arena_strndup(&arena, "cpus", 100), "cpus");
	assert_string_equal(lop_arena_strndup(&arena, data, 0), "");
	lop_arena_free(&arena);
}

static void test_printf_of_any_length(void **state)
{
	struct lop_arena arena = { 0 };
	char *text = lop_arena_printf(&arena, "%s@%x", "uart", 0x1000);
	char *wide = lop_arena_printf(&arena, "%5000s|", "x");

	(void)state;
	assert_string_equal(text, "uart@1000");
	assert_int_equal(strlen(wide), 5001);
	assert_string_equal(lop_arena_printf(&arena, "%s", ""), "");
	lop_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_free_of_an_empty_arena),
		cmocka_unit_test(test_every_size_is_aligned_and_apart),
		cmocka_unit_test(test_objects_keep_their_bytes_over_many_chunks),
		cmocka_unit_test(test_a_big_object_does_not_end_the_chunk_in_use),
		cmocka_unit_test(test_a_big_object_first),
		cmocka_unit_test(test_zalloc_zeroes_used_memory),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_printf_of_any_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
