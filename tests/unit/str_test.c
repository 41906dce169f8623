/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers as people write them, globs, nearest names, UTF-8, identifiers. */
#include "lopper-c/base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define N(a) (sizeof(a) / sizeof((a)[0]))

static void test_starts_and_ends(void **state)
{
	(void)state;
	assert_true(lop_str_starts("cpus_a53", "cpus"));
	assert_true(lop_str_starts("cpus", ""));
	assert_false(lop_str_starts("cpu", "cpus"));
	assert_true(lop_str_ends("board.dts", ".dts"));
	assert_true(lop_str_ends(".dts", ".dts"));
	assert_false(lop_str_ends("dts", ".dts"));
	assert_false(lop_str_ends("board.dtsi", ".dts"));
}

static void test_numbers(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
	} good[] = {
		{ "0", 0 },
		{ "007", 7 },
		{ "4096", 4096 },
		{ "18446744073709551615", UINT64_MAX },
		{ "0x0", 0 },
		{ "0X1c000000", 0x1c000000 },
		{ "0x50000000000", 0x50000000000 },
		{ "0xffffffffffffffff", UINT64_MAX },
		{ "0x00000000000000000001", 1 },
		{ "64K", 65536 },
		{ "64k", 65536 },
		{ "2MiB", 2 << 20 },
		{ "8 KB", 8192 },
		{ "512M", 512 << 20 },
		{ "6G", UINT64_C(6) << 30 },
		{ "1T", UINT64_C(1) << 40 },
		{ "12B", 12 },
		{ "15E", UINT64_C(15) << 60 },
	};

	(void)state;
	for (size_t i = 0; i < N(good); i++) {
		uint64_t value = 42;

		assert_true(lop_str_number(good[i].text, &value));
		assert_true(value == good[i].value);
	}
}

static void test_no_numbers(void **state)
{
	static const char *const bad[] = {
		"",	  " ",	    "-1",    "+1",   "0x",    "0xg",
		"0x1K",	  "1.5M",   "K",     "64 ",  "64KK",  "64iB",
		"64Kib2", "64 K B", "12 34", "beef", "1e3",   "0x10000000000000000",
		"16E",	  "1,000",  "1_000", " 1",   "0b101", "18446744073709551616",
		"x10",	  "64Ki",   "9Q",    "0x 1", "1\n",
	};

	(void)state;
	for (size_t i = 0; i < N(bad); i++) {
		uint64_t value = 42;

		if (lop_str_number(bad[i], &value))
			fail_msg("'%s' was read as a number", bad[i]);
		assert_int_equal(value, 42);
	}
}

static void test_globs(void **state)
{
	(void)state;
	assert_true(lop_glob_is_pattern("*serial*"));
	assert_true(lop_glob_is_pattern("cpu?"));
	assert_false(lop_glob_is_pattern("serial@ff000000"));
	assert_true(lop_glob_match("*serial*", "serial@ff000000"));
	assert_true(lop_glob_match("*", ""));
	assert_true(lop_glob_match("**", "x"));
	assert_true(lop_glob_match("serial@ff0?0000", "serial@ff010000"));
	assert_true(lop_glob_match("*ab*abc", "abababc"));
	assert_false(lop_glob_match("serial", "serial@ff000000"));
	assert_false(lop_glob_match("*serial", "serial@ff000000"));
	assert_false(lop_glob_match("?", ""));
	assert_false(lop_glob_match("", "x"));
	assert_false(lop_glob_match("a[bc]", "ab")); /* brackets are ordinary characters */
	assert_false(lop_glob_match("*?*?*?", "ab"));
}

/* Exponential matchers do not come back from this one. */
static void test_glob_bomb(void **state)
{
	char pattern[201], text[2001];

	(void)state;
	for (size_t i = 0; i < 200; i++)
		pattern[i] = i % 2 ? 'a' : '*';
	pattern[200] = '\0';
	memset(text, 'a', 2000);
	text[1999] = 'b';
	text[2000] = '\0';
	assert_false(lop_glob_match(pattern, text));
}

static const char *nearest(const char *word, const char *const *candidates, size_t n)
{
	struct lop_nearest best = { .word = word };

	for (size_t i = 0; i < n; i++)
		lop_nearest_add(&best, candidates[i]);
	return best.best;
}

static void test_nearest(void **state)
{
	static const char *const keys[] = { "cpus", "memory", "access", "sram", "os,type" };
	static const char *const devices[] = { "serial@ff000000", "serial@ff010000",
					       "ethernet@ff0b0000" };

	(void)state;
	assert_string_equal(nearest("acess", keys, N(keys)), "access");
	assert_string_equal(nearest("mmeory", keys, N(keys)), "memory");
	assert_string_equal(nearest("cpu", keys, N(keys)), "cpus");
	assert_string_equal(nearest("OS,Type", keys, N(keys)), "os,type");
	assert_string_equal(nearest("serial@ff01000", devices, N(devices)), "serial@ff010000");
}

static void test_nothing_near(void **state)
{
	static const char *const keys[] = { "cpus", "memory", "access", "", NULL };
	char wide[1000];

	(void)state;
	memset(wide, 'x', sizeof(wide) - 1);
	wide[sizeof(wide) - 1] = '\0';
	assert_null(nearest("firewallconf", keys, N(keys)));
	assert_null(nearest("xx", keys, N(keys)));
	assert_null(nearest(wide, keys, N(keys)));
	assert_null(nearest("cpus", (const char *[]){ wide }, 1));
	assert_null(nearest("cpus", NULL, 0));
	assert_null(nearest(NULL, keys, N(keys)));
}

static void test_the_first_of_equals_wins(void **state)
{
	static const char *const names[] = { "uart2", "uart1", "uart0" };

	(void)state;
	assert_string_equal(nearest("uart9", names, N(names)), "uart2");
	assert_string_equal(nearest("uart0", names, N(names)), "uart0");
}

static void test_utf8(void **state)
{
	(void)state;
	assert_int_equal(lop_utf8_length("a", 1), 1);
	assert_int_equal(lop_utf8_length("\xc3\xa9", 2), 2);
	assert_int_equal(lop_utf8_length("\xe2\x82\xac", 3), 3);
	assert_int_equal(lop_utf8_length("\xf0\x9f\x98\x80", 4), 4);
	assert_int_equal(lop_utf8_length("\xe2\x82\xac", 2), 0);     /* cut */
	assert_int_equal(lop_utf8_length("\x80", 1), 0);	     /* continuation */
	assert_int_equal(lop_utf8_length("\xc0\x80", 2), 0);	     /* overlong */
	assert_int_equal(lop_utf8_length("\xe0\x80\x80", 3), 0);     /* overlong */
	assert_int_equal(lop_utf8_length("\xed\xa0\x80", 3), 0);     /* surrogate */
	assert_int_equal(lop_utf8_length("\xf4\x90\x80\x80", 4), 0); /* above U+10FFFF */
	assert_int_equal(lop_utf8_length("\xf5\x80\x80\x80", 4), 0);
	assert_int_equal(lop_utf8_length("\xff", 1), 0);
	assert_int_equal(lop_utf8_length("\xc3(", 2), 0);
}

static void test_identifiers(void **state)
{
	char out[8];

	(void)state;
	lop_str_ident("rpu-0.a", out, sizeof(out));
	assert_string_equal(out, "rpu_0_a");
	lop_str_ident("0abc", out, sizeof(out));
	assert_string_equal(out, "_0abc");
	lop_str_ident("0123456789", out, sizeof(out));
	assert_string_equal(out, "_012345");
	lop_str_ident("", out, sizeof(out));
	assert_string_equal(out, "");
	lop_str_ident("abc", out, 1);
	assert_string_equal(out, "");
	lop_str_ident("\xc3\xa9", out, sizeof(out));
	assert_string_equal(out, "__");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_starts_and_ends),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_no_numbers),
		cmocka_unit_test(test_globs),
		cmocka_unit_test(test_glob_bomb),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_nothing_near),
		cmocka_unit_test(test_the_first_of_equals_wins),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_identifiers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
