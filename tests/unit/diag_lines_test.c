/* SPDX-License-Identifier: BSD-3-Clause */
/* The line index of a text, and columns through the preprocessor, at their limits. */
#include "lopper-c/diag/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct lop_arena arena;

static int free_arena(void **state)
{
	(void)state;
	lop_arena_free(&arena);
	return 0;
}

static struct lop_lines lines_of(const char *text, size_t len)
{
	struct lop_lines lines;

	lop_lines_init(&lines, &arena, text, len);
	return lines;
}

static void assert_line(const struct lop_lines *lines, size_t line, const char *text)
{
	size_t len;
	const char *s = lop_lines_get(lines, line, &len);

	assert_non_null(s);
	assert_int_equal(len, strlen(text));
	assert_memory_equal(s, text, len);
}

static void lines_of_both_ends(void **state)
{
	struct lop_lines lines = lines_of("one\ntwo\r\n\nlast", 14);

	(void)state;
	assert_int_equal(lines.count, 4);
	assert_line(&lines, 0, "one");
	assert_line(&lines, 1, "two");
	assert_line(&lines, 2, "");
	assert_line(&lines, 3, "last");
}

static void a_newline_at_the_end_makes_an_empty_line(void **state)
{
	struct lop_lines lines = lines_of("x\n", 2);

	(void)state;
	assert_int_equal(lines.count, 2);
	assert_line(&lines, 1, "");
}

static void an_empty_text_has_one_line(void **state)
{
	struct lop_lines lines = lines_of("", 0);
	size_t len = 9;

	(void)state;
	assert_int_equal(lines.count, 1);
	assert_line(&lines, 0, "");
	assert_null(lop_lines_get(&lines, 1, &len));
	assert_int_equal(len, 0);
	assert_null(lop_lines_get(&lines, SIZE_MAX, &len));
}

static void a_return_is_cut_once_and_only_at_the_end(void **state)
{
	struct lop_lines lines = lines_of("\r\r\na\rb\n\r", 8);

	(void)state;
	assert_line(&lines, 0, "\r");
	assert_line(&lines, 1, "a\rb");
	assert_line(&lines, 2, "");
}

static void every_byte_is_found(void **state)
{
	struct lop_lines lines = lines_of("ab\n\ncd\n", 7);
	static const size_t want[] = { 0, 0, 0, 1, 2, 2, 2, 3, 3 };

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_int_equal(lop_lines_find(&lines, i), want[i]);
	assert_int_equal(lop_lines_find(&lines, SIZE_MAX), 3);
}

static void nul_bytes_are_bytes(void **state)
{
	struct lop_lines lines = lines_of("a\0b\nc", 5);
	size_t len;

	(void)state;
	assert_int_equal(lines.count, 2);
	lop_lines_get(&lines, 0, &len);
	assert_int_equal(len, 3);
}

/* --- lop_align --- */

static void assert_piece(const char *pp, const char *user, struct lop_piece piece, size_t start,
			 size_t end)
{
	lop_align(pp, strlen(pp), user, strlen(user), &piece);
	if (piece.start != start || piece.end != end)
		fail_msg("%s -> %s: [%zu, %zu) instead of [%zu, %zu)", pp, user, piece.start,
			 piece.end, start, end);
}

static void a_line_that_did_not_change(void **state)
{
	(void)state;
	assert_piece("a = <1>;", "a = <1>;", (struct lop_piece){ 5, 6 }, 5, 6);
	assert_piece("", "", (struct lop_piece){ 0, 0 }, 0, 0);
}

static void a_part_of_a_token_stays_a_part(void **state)
{
	(void)state;
	assert_piece("abcdef = X;", "  abcdef  =  X;", (struct lop_piece){ 2, 4 }, 4, 6);
}

static void a_macro_stands_for_what_came_of_it(void **state)
{
	(void)state;
	assert_piece("a = <1 2 3>;", "a = <TRIPLE(1, 2)>;", (struct lop_piece){ 7, 8 }, 5, 17);
	assert_piece("a = < >;", "a = <NOTHING>;", (struct lop_piece){ 6, 7 }, 12, 13);
}

static void a_place_of_blanks_is_the_token_behind_it(void **state)
{
	(void)state;
	assert_piece("a      bcdef;", "a bcdef;", (struct lop_piece){ 2, 3 }, 2, 7);
	assert_piece("a b    cdefg;", "a /**/ b cdefg;", (struct lop_piece){ 2, 5 }, 7, 8);
}

static void no_place_is_the_whole_line(void **state)
{
	(void)state;
	assert_piece("x y", "  z \t", (struct lop_piece){ 0, 1 }, 2, 3);
	assert_piece("x", "   ", (struct lop_piece){ 0, 1 }, 0, 0);
	assert_piece("x", "", (struct lop_piece){ 0, 1 }, 0, 0);
}

static void torn_tokens_end_with_the_line(void **state)
{
	(void)state;
	assert_piece("a \"open", " a \"open", (struct lop_piece){ 2, 7 }, 3, 8);
	assert_piece("b", "f(((( b /* open", (struct lop_piece){ 0, 1 }, 0, 15);
	assert_piece("a b", "a /* c */ b // d", (struct lop_piece){ 2, 3 }, 10, 11);
	assert_piece("a \"x\\", "a  \"x\\", (struct lop_piece){ 2, 5 }, 3, 6);
}

/* More tokens than the table holds, and more in the middle than are aligned one by one. */
static void long_lines_stay_within_the_line(void **state)
{
	static char pp[2048], user[2048];
	struct lop_piece piece;

	(void)state;
	for (size_t n = 90; n <= 700; n += 61) {
		memset(pp, 'x', n);
		memset(user, 'y', n);
		for (size_t i = 1; i < n; i += 2)
			pp[i] = user[i] = ' ';
		for (size_t at = 0; at < n; at += 13) {
			piece = (struct lop_piece){ at, at + 1 };
			lop_align(pp, n, user, n, &piece);
			assert_true(piece.start <= piece.end && piece.end <= n);
		}
	}
}

/* Whatever the bytes are, the answer lies within the user's line. */
static void noise_stays_within_the_line(void **state)
{
	static const char alphabet[] = "ab1 ()\"\\/*\t,;<\r";
	char pp[40], user[40];
	uint32_t seed = 1;

	(void)state;
	for (size_t round = 0; round < 20000; round++) {
		size_t n = round % 40, m = round / 40 % 40;
		struct lop_piece piece;

		for (size_t i = 0; i < 40; i++) {
			seed = seed * 1664525u + 1013904223u;
			pp[i] = alphabet[(seed >> 24) % (sizeof(alphabet) - 1)];
			user[i] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		piece.start = n ? seed % n : 0;
		piece.end = piece.start + (n ? (seed >> 8) % (n - piece.start) : 0);
		lop_align(pp, n, user, m, &piece);
		assert_true(piece.start <= piece.end);
		assert_true(piece.end <= m);
	}
}

#define TEST(name) cmocka_unit_test_teardown(name, free_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_of_both_ends),
		TEST(a_newline_at_the_end_makes_an_empty_line),
		TEST(an_empty_text_has_one_line),
		TEST(a_return_is_cut_once_and_only_at_the_end),
		TEST(every_byte_is_found),
		TEST(nul_bytes_are_bytes),
		TEST(a_line_that_did_not_change),
		TEST(a_part_of_a_token_stays_a_part),
		TEST(a_macro_stands_for_what_came_of_it),
		TEST(a_place_of_blanks_is_the_token_behind_it),
		TEST(no_place_is_the_whole_line),
		TEST(torn_tokens_end_with_the_line),
		TEST(long_lines_stay_within_the_line),
		TEST(noise_stays_within_the_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
