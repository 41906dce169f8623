/* SPDX-License-Identifier: BSD-3-Clause */
/* What the lexer is made of: digits, numbers, escapes, quotes, blanks, and tokens in messages. */
#include "lopper-c/dts/scan.h"

#include "tests/unit/tree_text.h"

static struct lop_lexer lex;

static void start(struct fixture *f, const char *text)
{
	f->diags.first = f->diags.last = NULL;
	f->diags.errors = 0;
	lex = (struct lop_lexer){ .input = { .arena = &f->arena, .diags = &f->diags } };
	lop_input_init(&lex.input, "test.dts", NULL, text, strlen(text));
	lop_lexer_init(&lex);
}

static void digits(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++) {
		const char *hex = "0123456789abcdef", *at;
		int lower = c >= 'A' && c <= 'F' ? c + 32 : c;

		at = lower ? strchr(hex, lower) : NULL;
		assert_int_equal(lop_scan_hex((char)c), at ? at - hex : -1);
	}
}

static uint64_t number(void **state, const char *text)
{
	start(*state, text);
	return lop_scan_number(&lex, lex.input.top->start, lex.input.top->end);
}

static void numbers(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
	} rows[] = {
		{ "0", 0 },
		{ "10", 10 },
		{ "010", 8 },
		{ "0x1F", 31 },
		{ "0Xff", 255 },
		{ "1U", 1 },
		{ "1L", 1 },
		{ "1UL", 1 },
		{ "1LL", 1 },
		{ "0x1ULL", 1 },
		{ "00", 0 },
		{ "0777", 511 },
		{ "0xfL", 15 },
		{ "18446744073709551615", UINT64_MAX },
		{ "0xffffffffffffffff", UINT64_MAX },
		{ "01777777777777777777777", UINT64_MAX },
		{ "0x000000000000000000001", 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(number(state, rows[i].text) == rows[i].value);
		assert_silent(*state);
	}
}

static void what_is_no_number(void **state)
{
	static const char *const rows[] = { "0x", "0xg", "08",	 "1a",	"1LU", "1LLL", "1UU",
					    "1u", "0xL", "1UL1", "0b1", "0xU", "1ULLL" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (number(state, rows[i]) != 0)
			fail_msg("%s has a value", rows[i]);
		assert_reported(*state, LOP_DTS_SYNTAX, "malformed number");
	}
	number(state, "0x");
	assert_helped(*state, LOP_DTS_SYNTAX, "hexadecimal digits follow `0x`");
	number(state, "09");
	assert_helped(*state, LOP_DTS_SYNTAX, "octal: its digits are 0 to 7");
	number(state, "12abc");
	assert_helped(*state, LOP_DTS_SYNTAX, "the suffixes are U, L, UL, LL and ULL");
}

static void beyond_64_bits(void **state)
{
	static const char *const rows[] = { "18446744073709551616", "0x10000000000000000",
					    "02000000000000000000000",
					    "99999999999999999999999999999999999999" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(number(state, rows[i]) == 0);
		assert_reported(*state, LOP_DTS_EXPRESSION, "a number beyond 64 bits");
	}
}

/* --- escapes --- */

static void assert_unescaped(const char *text, const char *bytes, size_t len, bool good)
{
	struct lop_buf out = { 0 };

	assert_int_equal(lop_lexer_unescape(text, strlen(text), &out), good);
	assert_int_equal(out.len, len);
	if (len)
		assert_memory_equal(out.data, bytes, len);
	lop_buf_free(&out);
}

static void escapes(void **state)
{
	(void)state;
	assert_unescaped("", "", 0, true);
	assert_unescaped("plain", "plain", 5, true);
	assert_unescaped("\\a\\b\\t\\n\\v\\f\\r", "\a\b\t\n\v\f\r", 7, true);
	assert_unescaped("\\\\\\\"\\'\\q", "\\\"'q", 4, true);
	assert_unescaped("\\0\\12\\1234",
			 "\0\12\123"
			 "4",
			 4, true);
	assert_unescaped("\\377\\777\\8",
			 "\377\377"
			 "8",
			 3, true);
	assert_unescaped("\\x4\\x41\\x414\\xFf",
			 "\x04"
			 "A"
			 "A4\xff",
			 5, true);
}

static void escapes_that_are_none(void **state)
{
	(void)state;
	assert_unescaped("a\\xg", "ag", 2, false);
	assert_unescaped("\\x", "", 0, false);
	assert_unescaped("a\\", "a", 1, true);
}

static void quotes(void **state)
{
	static const char text[] = "a\\\"b\" rest";

	(void)state;
	assert_ptr_equal(lop_scan_quote(text, text + 10, '"'), text + 4);
	assert_null(lop_scan_quote(text, text + 4, '"'));
	assert_null(lop_scan_quote(text + 1, text + 2, '"')); /* a backslash alone */
	assert_ptr_equal(lop_scan_line_end(text, text + 10), text + 10);
}

/* --- blanks --- */

static char after_blanks(void **state, const char *text)
{
	start(*state, text);
	lex.p = lex.input.top->start;
	lop_lexer_skip_blanks(&lex);
	return lex.p < lex.input.top->end ? *lex.p : '\0';
}

static void blanks_and_comments(void **state)
{
	assert_int_equal(after_blanks(state, " \t\r\n\v\fx"), 'x');
	assert_int_equal(after_blanks(state, "/* / * **/x"), 'x');
	assert_int_equal(after_blanks(state, "// y\n/**/x"), 'x');
	assert_int_equal(after_blanks(state, "/ x"), '/');
	assert_int_equal(after_blanks(state, "// to the end"), '\0');
	assert_int_equal(after_blanks(state, ""), '\0');
	assert_silent(*state);
}

static void a_comment_that_is_not_closed(void **state)
{
	static const char *const rows[] = { "/* x", "/*", "/*/", "/* *", "/**" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(after_blanks(state, rows[i]), '\0');
		assert_true(lex.cut_off);
		assert_reported(*state, LOP_DTS_SYNTAX, "a comment is not closed");
	}
}

static void line_markers(void **state)
{
	assert_int_equal(after_blanks(state, "# 12 \"a.dts\" 1 3\nx"), 'x');
	assert_int_equal(after_blanks(state, "#line 7 \"b\\\"c\"\nx"), 'x');
	assert_int_equal(after_blanks(state, "# 99999999999999999999 \"a\"\nx"), 'x');
	assert_int_equal(after_blanks(state, " # 12 \"a.dts\"\nx"), '#');
	assert_int_equal(after_blanks(state, "# 12 \"open\nx"), '#');
	assert_int_equal(after_blanks(state, "# 12a \"a\"\nx"), '#');
	assert_int_equal(after_blanks(state, "#size-cells"), '#');
	assert_int_equal(after_blanks(state, "#"), '#');
	assert_silent(*state);
}

static void directives_that_cpp_did_not_see(void **state)
{
	assert_int_equal(after_blanks(state, "#include <x.h>\n# define A 1\n#if 0\nx"), 'x');
	assert_reported(*state, LOP_DTS_SYNTAX, "a preprocessor line that the preprocessor never");
	assert_int_equal(((struct fixture *)*state)->diags.errors, 1);
	assert_int_equal(after_blanks(state, "#include-path = <1>;"), '#');
	assert_int_equal(after_blanks(state, "#elsewhere"), '#');
	assert_silent(*state);
}

/* --- tokens in messages --- */

static void assert_shown(void **state, const char *text, const char *shown)
{
	char buffer[LOP_TOKEN_SHOWN];
	struct lop_token token;

	start(*state, text);
	lex.mode = LOP_LEX_VALUE;
	lop_lexer_next(&lex, &token);
	assert_string_equal(lop_token_show(&lex, &token, buffer), shown);
}

static void tokens_are_shown_short_and_printable(void **state)
{
	assert_shown(state, "\"ok\"", "`\"ok\"`");
	assert_shown(state, "", "the end of the file");
	assert_shown(state, "\"a\nb\"", "`\"a...`");
	assert_shown(state, "\"a\033[0m\"", "`\"a...`");
	assert_shown(state, "\"\xc3\xa9\"", "`\"...`");
	assert_shown(state, "\"0123456789012345678901234567890123456789\"",
		     "`\"0123456789012345678901234567890...`");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(digits),
		TEST(numbers),
		TEST(what_is_no_number),
		TEST(beyond_64_bits),
		TEST(escapes),
		TEST(escapes_that_are_none),
		TEST(quotes),
		TEST(blanks_and_comments),
		TEST(a_comment_that_is_not_closed),
		TEST(line_markers),
		TEST(directives_that_cpp_did_not_see),
		TEST(tokens_are_shown_short_and_printable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
