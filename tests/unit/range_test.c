/* SPDX-License-Identifier: BSD-3-Clause */
/* Address ranges: borders, emptiness, the top of the 64-bit space, texts. */
#include "lopper-c/base/range.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define TOP UINT64_MAX

static struct lop_range range(uint64_t base, uint64_t size)
{
	return (struct lop_range){ .base = base, .size = size };
}

static void test_valid(void **state)
{
	(void)state;
	assert_true(lop_range_valid(range(0, 0)));
	assert_true(lop_range_valid(range(TOP, 0)));
	assert_true(lop_range_valid(range(TOP, 1)));
	assert_true(lop_range_valid(range(0, TOP)));
	assert_true(lop_range_valid(range(1, TOP)));
	assert_false(lop_range_valid(range(TOP, 2)));
	assert_false(lop_range_valid(range(2, TOP)));
}

static void test_last(void **state)
{
	(void)state;
	assert_int_equal(lop_range_last(range(0x1000, 0x1000)), 0x1fff);
	assert_int_equal(lop_range_last(range(0x1000, 0)), 0x1000);
	assert_true(lop_range_last(range(TOP - 3, 4)) == TOP);
	assert_true(lop_range_last(range(TOP - 3, 100)) == TOP);
}

static void test_overlap_needs_a_common_byte(void **state)
{
	(void)state;
	assert_true(lop_range_overlaps(range(0, 0x1000), range(0xfff, 1)));
	assert_true(lop_range_overlaps(range(0x1000, 0x1000), range(0, TOP)));
	assert_false(lop_range_overlaps(range(0, 0x1000), range(0x1000, 0x1000)));
	assert_false(lop_range_overlaps(range(0x1000, 0x1000), range(0, 0x1000)));
	assert_false(lop_range_overlaps(range(0, 0x1000), range(0x10, 0)));
	assert_false(lop_range_overlaps(range(0x10, 0), range(0x10, 0)));
	assert_true(lop_range_overlaps(range(TOP, 1), range(TOP - 1, 2)));
	assert_false(lop_range_overlaps(range(TOP, 1), range(0, 1)));
	assert_true(lop_range_overlaps(range(TOP - 1, 50), range(TOP, 1)));
}

static void test_contains(void **state)
{
	(void)state;
	assert_true(lop_range_contains(range(0, 0x1000), range(0, 0x1000)));
	assert_true(lop_range_contains(range(0, 0x1000), range(0xfff, 1)));
	assert_false(lop_range_contains(range(0, 0x1000), range(0xfff, 2)));
	assert_false(lop_range_contains(range(0x10, 0x10), range(0xf, 2)));
	assert_false(lop_range_contains(range(0, 0x1000), range(0, 0)));
	assert_false(lop_range_contains(range(0, 0), range(0, 1)));
	assert_false(lop_range_contains(range(0, TOP), range(TOP - 1, 5)));
	assert_true(lop_range_contains_addr(range(0x10, 1), 0x10));
	assert_false(lop_range_contains_addr(range(0x10, 1), 0x11));
	assert_false(lop_range_contains_addr(range(0x10, 0), 0x10));
	assert_true(lop_range_contains_addr(range(TOP, 1), TOP));
}

static void test_intersect(void **state)
{
	struct lop_range r = lop_range_intersect(range(0, 0x2000), range(0x1000, 0x2000));

	(void)state;
	assert_int_equal(r.base, 0x1000);
	assert_int_equal(r.size, 0x1000);
	assert_int_equal(lop_range_intersect(range(0, 1), range(1, 1)).size, 0);
	assert_int_equal(lop_range_intersect(range(0, 10), range(5, 0)).size, 0);
	r = lop_range_intersect(range(TOP - 1, 9), range(TOP, 1));
	assert_true(r.base == TOP && r.size == 1);
}

static void test_subtract(void **state)
{
	struct lop_range out[2];

	(void)state;
	assert_int_equal(lop_range_subtract(range(0, 0x30), range(0x10, 0x10), out), 2);
	assert_int_equal(out[0].base, 0);
	assert_int_equal(out[0].size, 0x10);
	assert_int_equal(out[1].base, 0x20);
	assert_int_equal(out[1].size, 0x10);
	assert_int_equal(lop_range_subtract(range(0x10, 0x10), range(0, 0x18), out), 1);
	assert_int_equal(out[0].base, 0x18);
	assert_int_equal(out[0].size, 8);
	assert_int_equal(lop_range_subtract(range(0x10, 0x10), range(0x10, 0x10), out), 0);
	assert_int_equal(lop_range_subtract(range(0x10, 0x10), range(0, TOP), out), 0);
	assert_int_equal(lop_range_subtract(range(0, 0), range(0, 1), out), 0);
	assert_int_equal(lop_range_subtract(range(0x10, 0x10), range(0x40, 1), out), 1);
	assert_int_equal(out[0].size, 0x10);
	assert_int_equal(lop_range_subtract(range(TOP - 1, 2), range(TOP, 1), out), 1);
	assert_true(out[0].base == TOP - 1 && out[0].size == 1);
}

static void test_range_text(void **state)
{
	char text[LOP_RANGE_TEXT];

	(void)state;
	assert_string_equal(lop_range_text(range(0x48000000, 0x800000), text),
			    "[0x48000000..0x487fffff]");
	assert_string_equal(lop_range_text(range(0, TOP), text), "[0x0..0xfffffffffffffffe]");
	assert_string_equal(lop_range_text(range(TOP, 9), text),
			    "[0xffffffffffffffff..0xffffffffffffffff]");
	assert_string_equal(lop_range_text(range(0x10, 0), text), "[0x10, empty]");
}

static void test_size_text(void **state)
{
	char text[LOP_RANGE_TEXT];

	(void)state;
	assert_string_equal(lop_size_text(0, text), "0 bytes");
	assert_string_equal(lop_size_text(1, text), "1 byte");
	assert_string_equal(lop_size_text(12, text), "12 bytes");
	assert_string_equal(lop_size_text(1023, text), "1023 bytes");
	assert_string_equal(lop_size_text(65536, text), "64 KiB");
	assert_string_equal(lop_size_text(8 << 20, text), "8 MiB");
	assert_string_equal(lop_size_text((8 << 20) + 1024, text), "8193 KiB");
	assert_string_equal(lop_size_text(UINT64_C(6) << 30, text), "6 GiB");
	assert_string_equal(lop_size_text(UINT64_C(1) << 60, text), "1 EiB");
	assert_string_equal(lop_size_text(TOP, text), "18446744073709551615 bytes");
}

static void test_move(void **state)
{
	uint64_t out;

	(void)state;
	assert_true(lop_range_move(0x1000, 0x5000, 0x4000, &out) && out == 0);
	assert_false(lop_range_move(0x1000, 0x5000, 0x3fff, &out));
	assert_true(lop_range_move(TOP - 1, 0, 1, &out) && out == TOP);
	assert_false(lop_range_move(TOP, 0, 1, &out));
}

static void test_room(void **state)
{
	(void)state;
	assert_true(lop_range_room(0, TOP) == TOP);
	assert_true(lop_range_room(1, TOP) == TOP);
	assert_true(lop_range_room(2, TOP) == TOP - 1);
	assert_true(lop_range_room(TOP, 5) == 1);
	assert_true(lop_range_room(TOP, 0) == 0);
}

static void test_join(void **state)
{
	struct lop_range r[] = { range(0x30, 0x10), range(0, 0x10),    range(0x10, 0x10),
				 range(0x35, 1),    range(TOP - 1, 2), range(0x50, 0) };
	size_t n = lop_ranges_join(r, 6);

	(void)state;
	assert_int_equal(n, 3);
	assert_true(r[0].base == 0 && r[0].size == 0x20);
	assert_true(r[1].base == 0x30 && r[1].size == 0x10);
	assert_true(lop_range_last(r[2]) == TOP);
	assert_int_equal(lop_ranges_find(r, n, 0x1f), 0);
	assert_int_equal(lop_ranges_find(r, n, 0x20), 1);
	assert_int_equal(lop_ranges_find(r, n, TOP), 2);
	assert_int_equal(lop_ranges_find(r, 2, 0x40), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_last),
		cmocka_unit_test(test_overlap_needs_a_common_byte),
		cmocka_unit_test(test_contains),
		cmocka_unit_test(test_intersect),
		cmocka_unit_test(test_subtract),
		cmocka_unit_test(test_move),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_range_text),
		cmocka_unit_test(test_size_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
