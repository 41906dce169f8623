/* SPDX-License-Identifier: BSD-3-Clause */
/* The growable buffer: growth, byte order, formatted text at the edge of its room. */
#include "lopper-c/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_empty(void **state)
{
	struct lop_buf buf = { 0 };

	(void)state;
	lop_buf_add(&buf, NULL, 0);
	lop_buf_puts(&buf, "");
	lop_buf_fill(&buf, 'x', 0);
	assert_null(buf.data);
	assert_string_equal(lop_buf_cstr(&buf), "");
	assert_int_equal(buf.len, 0);
	lop_buf_free(&buf);
	lop_buf_free(&buf);
	assert_null(buf.data);
}

static void test_bytes_survive_growth(void **state)
{
	struct lop_buf buf = { 0 };

	(void)state;
	for (int i = 0; i < 100000; i++)
		lop_buf_putc(&buf, (char)(i % 251));
	assert_int_equal(buf.len, 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(buf.data[i], (char)(i % 251));
	lop_buf_free(&buf);
}

static void test_zero_bytes_are_data(void **state)
{
	struct lop_buf buf = { 0 };

	(void)state;
	lop_buf_add(&buf, "a\0b", 3);
	lop_buf_putc(&buf, '\0');
	lop_buf_fill(&buf, '-', 3);
	assert_int_equal(buf.len, 7);
	assert_memory_equal(buf.data, "a\0b\0---", 7);
	lop_buf_free(&buf);
}

static void test_big_endian(void **state)
{
	struct lop_buf buf = { 0 };

	(void)state;
	lop_buf_be32(&buf, 0xd00dfeed);
	lop_buf_be64(&buf, 0x0123456789abcdef);
	assert_int_equal(buf.len, 12);
	assert_memory_equal(buf.data, "\xd0\x0d\xfe\xed\x01\x23\x45\x67\x89\xab\xcd\xef", 12);
	lop_buf_free(&buf);
}

static void test_cstr_does_not_count_its_end(void **state)
{
	struct lop_buf buf = { 0 };

	(void)state;
	lop_buf_fill(&buf, 'x', 256); /* the first capacity, exactly */
	assert_int_equal(strlen(lop_buf_cstr(&buf)), 256);
	assert_int_equal(buf.len, 256);
	lop_buf_putc(&buf, 'y');
	assert_int_equal(strlen(lop_buf_cstr(&buf)), 257);
	lop_buf_free(&buf);
}

static void test_printf_at_every_fill_level(void **state)
{
	(void)state;
	for (size_t level = 240; level < 270; level++) {
		struct lop_buf buf = { 0 };

		lop_buf_fill(&buf, '.', level);
		lop_buf_printf(&buf, "%s=%d", "cells", 12);
		assert_int_equal(buf.len, level + 8);
		assert_memory_equal(buf.data + level, "cells=12", 8);
		lop_buf_free(&buf);
	}
}

static void test_printf_longer_than_any_room(void **state)
{
	struct lop_buf buf = { 0 };

	(void)state;
	lop_buf_printf(&buf, "%10000d", 7);
	assert_int_equal(buf.len, 10000);
	assert_int_equal(buf.data[9999], '7');
	lop_buf_printf(&buf, "%s", "");
	assert_int_equal(buf.len, 10000);
	lop_buf_free(&buf);
}

static void test_reserve_keeps_length(void **state)
{
	struct lop_buf buf = { 0 };

	(void)state;
	lop_buf_puts(&buf, "abc");
	lop_buf_reserve(&buf, 100000);
	assert_int_equal(buf.len, 3);
	assert_true(buf.cap >= 100003);
	assert_memory_equal(buf.data, "abc", 3);
	lop_buf_free(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_bytes_survive_growth),
		cmocka_unit_test(test_zero_bytes_are_data),
		cmocka_unit_test(test_big_endian),
		cmocka_unit_test(test_cstr_does_not_count_its_end),
		cmocka_unit_test(test_printf_at_every_fill_level),
		cmocka_unit_test(test_printf_longer_than_any_room),
		cmocka_unit_test(test_reserve_keeps_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
