/* SPDX-License-Identifier: BSD-3-Clause */
/* Tokens: names against values, numbers, literals, references, line markers, stray bytes. */
#include "lopper-c/dts/lexer.h"

#include "lopper-c/dts/scan.h"
#include "lopper-c/tree/names.h"
#include "tests/unit/tree_text.h"

static struct lop_lexer lex;

static void start_n(struct fixture *f, const char *text, size_t len, enum lop_lexer_mode mode)
{
	lex = (struct lop_lexer){ .input = { .arena = &f->arena, .diags = &f->diags } };
	lop_input_init(&lex.input, "test.dts", NULL, text, len);
	lop_lexer_init(&lex);
	lex.mode = mode;
}

static void start(struct fixture *f, const char *text, enum lop_lexer_mode mode)
{
	start_n(f, text, strlen(text), mode);
}

static struct lop_token next(void)
{
	struct lop_token token;

	lop_lexer_next(&lex, &token);
	return token;
}

static void expect(int kind, const char *text)
{
	struct lop_token token = next();

	assert_int_equal(token.kind, kind);
	assert_int_equal(token.len, strlen(text));
	assert_memory_equal(token.text, text, token.len);
}

static void expect_number(uint64_t number)
{
	struct lop_token token = next();

	assert_true(token.kind == LOP_TOK_NUMBER || token.kind == LOP_TOK_CHAR ||
		    token.kind == LOP_TOK_BYTE);
	assert_int_equal(token.number, number);
}

static void expect_end(void)
{
	assert_int_equal(next().kind, LOP_TOK_EOF);
	assert_int_equal(next().kind, LOP_TOK_EOF);
}

static void test_names_where_names_stand(void **state)
{
	struct fixture *f = *state;

	start(f, "{ #address-cells; a.b+c?d_e*,-@1,0 ; 1wire; \\esc; in:f: x", LOP_LEX_VALUE);
	expect('{', "{");
	expect(LOP_TOK_NAME, "#address-cells");
	expect(';', ";");
	expect(LOP_TOK_NAME, "a.b+c?d_e*,-@1,0");
	expect(';', ";");
	expect(LOP_TOK_NAME, "1wire");
	expect(';', ";");
	expect(LOP_TOK_NAME, "esc");
	expect(';', ";");
	expect(LOP_TOK_LABEL, "in");
	expect(LOP_TOK_LABEL, "f");
	expect(LOP_TOK_NAME, "x");
	expect_end();
	assert_silent(f);
}

static void test_words_where_values_stand(void **state)
{
	struct fixture *f = *state;

	start(f, "okay fail-x lab: a:b", LOP_LEX_VALUE);
	expect(LOP_TOK_WORD, "okay");
	expect(LOP_TOK_WORD, "fail");
	expect('-', "-");
	expect(LOP_TOK_WORD, "x");
	expect(LOP_TOK_LABEL, "lab");
	expect(LOP_TOK_LABEL, "a");
	expect(LOP_TOK_WORD, "b");
	expect_end();
}

static void test_keywords_need_their_last_slash(void **state)
{
	struct fixture *f = *state;

	start(f,
	      "/dts-v1/ /plugin/ /bits/ /delete-node/ x /delete-property/ y /omit-if-no-ref/ z "
	      "/memreserve/ /incbin/ /bits",
	      LOP_LEX_VALUE);
	expect(LOP_TOK_DTS_V1, "/dts-v1/");
	expect(LOP_TOK_PLUGIN, "/plugin/");
	expect(LOP_TOK_BITS, "/bits/");
	expect(LOP_TOK_DEL_NODE, "/delete-node/");
	expect(LOP_TOK_NAME, "x");
	expect(LOP_TOK_DEL_PROP, "/delete-property/");
	expect(LOP_TOK_NAME, "y");
	expect(LOP_TOK_OMIT_NO_REF, "/omit-if-no-ref/");
	expect(LOP_TOK_NAME, "z");
	expect(LOP_TOK_MEMRESERVE, "/memreserve/");
	expect(LOP_TOK_INCBIN, "/incbin/");
	expect('/', "/");
	expect(LOP_TOK_WORD, "bits");
	expect_end();
}

static void test_numbers(void **state)
{
	struct fixture *f = *state;

	start(f, "0 10 0x1F 0Xab 017 1U 2L 3UL 4LL 5ULL 0xffffffffffffffff 18446744073709551615",
	      LOP_LEX_VALUE);
	expect_number(0);
	expect_number(10);
	expect_number(0x1f);
	expect_number(0xab);
	expect_number(15);
	for (unsigned int i = 1; i <= 5; i++)
		expect_number(i);
	expect_number(UINT64_MAX);
	expect_number(UINT64_MAX);
	expect_end();
	assert_silent(f);
}

static void test_what_is_no_number(void **state)
{
	static const char *const bad[] = { "08",  "0x",	  "0xg", "1u",	 "1LU", "1LLL",
					   "12a", "0b11", "1UU", "0x1h", "1_" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		size_t before = f->diags.errors;

		start(f, bad[i], LOP_LEX_VALUE);
		expect_number(0);
		expect_end();
		assert_int_equal(f->diags.errors, before + 1);
		assert_int_equal(f->diags.last->code, LOP_DTS_SYNTAX);
	}
}

static void test_numbers_beyond_64_bits(void **state)
{
	static const char *const bad[] = { "0x10000000000000000", "18446744073709551616",
					   "02000000000000000000000" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		start(f, bad[i], LOP_LEX_VALUE);
		expect_number(0);
		assert_int_equal(f->diags.errors, i + 1);
		assert_int_equal(f->diags.last->code, LOP_DTS_EXPRESSION);
	}
}

static void test_character_literals(void **state)
{
	struct fixture *f = *state;

	start(f, "'a' '\\n' '\\x41' '\\101' '\\'' '\"' '\\\\' '\\0' '\xe9'", LOP_LEX_VALUE);
	expect_number('a');
	expect_number('\n');
	expect_number('A');
	expect_number('A');
	expect_number('\'');
	expect_number('"');
	expect_number('\\');
	expect_number(0);
	expect_number(0xe9);
	expect_end();
	assert_silent(f);
}

static void test_bad_character_literals(void **state)
{
	static const char *const bad[] = { "''", "'ab'", "'\\x'", "'a\n", "'" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		start(f, bad[i], LOP_LEX_VALUE);
		next();
		assert_int_equal(f->diags.errors, i + 1);
	}
}

static void test_strings_and_escapes(void **state)
{
	static const char text[] = "a\\tb\\x4\\101\\7\\0z\\\"\\q";
	static const char want[] = "a\tb\4A\7\0z\"q";
	struct lop_buf out = { 0 };

	(void)state;
	assert_true(lop_lexer_unescape(text, sizeof(text) - 1, &out));
	assert_int_equal(out.len, sizeof(want) - 1);
	assert_memory_equal(out.data, want, out.len);
	out.len = 0;
	assert_false(lop_lexer_unescape("\\xg", 3, &out));
	out.len = 0;
	assert_true(lop_lexer_unescape("a\\", 2, &out));
	assert_int_equal(out.len, 1);
	lop_buf_free(&out);
}

static void test_a_string_may_span_lines(void **state)
{
	struct fixture *f = *state;

	start(f, "\"a\nb\\\"\" ;", LOP_LEX_VALUE);
	expect(LOP_TOK_STRING, "a\nb\\\"");
	expect(';', ";");
	assert_silent(f);
}

static void test_an_unclosed_string_ends_at_its_semicolon(void **state)
{
	struct fixture *f = *state;

	start(f, "\"okay;\n", LOP_LEX_VALUE);
	expect(LOP_TOK_STRING, "okay");
	expect(';', ";");
	expect_end();
	assert_reported(f, LOP_DTS_SYNTAX, "string is not closed");
}

static void test_references(void **state)
{
	struct fixture *f = *state;

	start(f, "&lab &_1 &{/} &{/a/b@0,1} &{lab/x} & && &1", LOP_LEX_VALUE);
	expect(LOP_TOK_REF, "lab");
	expect(LOP_TOK_REF, "_1");
	expect(LOP_TOK_PATH_REF, "/");
	expect(LOP_TOK_PATH_REF, "/a/b@0,1");
	expect(LOP_TOK_PATH_REF, "lab/x");
	expect('&', "&");
	expect(LOP_TOK_AND, "&&");
	expect('&', "&");
	expect_number(1);
	expect_end();
	assert_silent(f);
}

static void test_bad_path_references(void **state)
{
	static const char *const bad[] = { "&{", "&{}", "&{lab}", "&{/a", "&{/a b}", "&{a,b/c}" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		size_t before = f->diags.errors;

		start(f, bad[i], LOP_LEX_VALUE);
		while (next().kind != LOP_TOK_EOF)
			;
		assert_true(f->diags.errors > before);
	}
}

static void test_bytes(void **state)
{
	struct fixture *f = *state;

	start(f, "[00 ff1A l: abc: 0] 12", LOP_LEX_VALUE);
	expect('[', "[");
	expect_number(0);
	expect_number(0xff);
	expect_number(0x1a);
	expect(LOP_TOK_LABEL, "l");
	expect(LOP_TOK_LABEL, "abc");
	assert_int_equal(next().kind, LOP_TOK_NUMBER);
	expect(']', "]");
	expect_number(12);
	expect_end();
}

static void test_operators(void **state)
{
	static const int kinds[] = { LOP_TOK_SHL, LOP_TOK_SHR, LOP_TOK_LE, LOP_TOK_GE,
				     LOP_TOK_EQ,  LOP_TOK_NE,  LOP_TOK_OR, '<',
				     '>',	  '!',	       '|',	   '~' };
	struct fixture *f = *state;

	start(f, "<< >> <= >= == != || < > ! | ~", LOP_LEX_VALUE);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		assert_int_equal(next().kind, kinds[i]);
	expect_end();
}

static void test_comments(void **state)
{
	struct fixture *f = *state;

	start(f, "a/*x*/b/**/c /***/ d // e\nf //", LOP_LEX_VALUE);
	expect(LOP_TOK_WORD, "a");
	expect(LOP_TOK_WORD, "b");
	expect(LOP_TOK_WORD, "c");
	expect(LOP_TOK_WORD, "d");
	expect(LOP_TOK_WORD, "f");
	expect_end();
	assert_silent(f);
	start(f, "a /* b", LOP_LEX_VALUE);
	expect(LOP_TOK_WORD, "a");
	expect_end();
	assert_reported(f, LOP_DTS_SYNTAX, "comment is not closed");
}

static void test_line_markers_move_the_place(void **state)
{
	struct fixture *f = *state;
	struct lop_place place;

	start(f, "a\n# 7 \"x.dtsi\" 1\nb\n#line 3 \"test.dts\"\nc\n# 9 no\n", LOP_LEX_VALUE);
	assert_int_equal(lop_sources_resolve(&f->sources, next().span).line, 1);
	place = lop_sources_resolve(&f->sources, next().span);
	assert_string_equal(place.file, "x.dtsi");
	assert_int_equal(place.line, 7);
	assert_int_equal(place.include->line, 2);
	place = lop_sources_resolve(&f->sources, next().span);
	assert_string_equal(place.file, "test.dts");
	assert_int_equal(place.line, 3);
	assert_silent(f);
	assert_int_equal(next().kind, '#');
}

static void test_line_markers_stand_at_the_start_of_a_line(void **state)
{
	struct fixture *f = *state;

	start(f, " # 7 \"x\"\n", LOP_LEX_VALUE);
	expect('#', "#");
	expect_number(7);
	expect(LOP_TOK_STRING, "x");
	expect_end();
}

static void test_stray_bytes_are_reported_once_per_run(void **state)
{
	static const char text[] = "a \0\0\1 b \x80\xff c \x7f";
	struct fixture *f = *state;

	start_n(f, text, sizeof(text) - 1, LOP_LEX_VALUE);
	expect(LOP_TOK_WORD, "a");
	expect(LOP_TOK_WORD, "b");
	expect(LOP_TOK_WORD, "c");
	expect_end();
	assert_int_equal(f->diags.errors, 3);
	assert_reported(f, LOP_DTS_SYNTAX, "byte 0x00");
}

static void test_nul_in_a_string_is_refused(void **state)
{
	struct fixture *f = *state;

	start_n(f, "\"a\0b\"", 5, LOP_LEX_VALUE);
	assert_int_equal(next().kind, LOP_TOK_STRING);
	assert_reported(f, LOP_DTS_SYNTAX, "NUL");
}

static void test_a_byte_order_mark_is_skipped(void **state)
{
	struct fixture *f = *state;

	start(f, "\xef\xbb\xbf/dts-v1/", LOP_LEX_VALUE);
	expect(LOP_TOK_DTS_V1, "/dts-v1/");
	assert_silent(f);
}

static void test_skipping_a_statement(void **state)
{
	struct fixture *f = *state;

	start(f, "a \"};\" { b; { c; } d; }; e } f", LOP_LEX_VALUE);
	lop_lexer_skip_statement(&lex);
	expect(LOP_TOK_NAME, "e");
	lop_lexer_skip_statement(&lex);
	expect('}', "}");
	start(f, "a b; c", LOP_LEX_VALUE);
	lop_lexer_skip_statement(&lex);
	expect(LOP_TOK_NAME, "c");
	lop_lexer_skip_statement(&lex);
	expect_end();
}

static void test_include_needs_a_name(void **state)
{
	static const char *const bad[] = { "/include/ x", "/include/ \"", "/include/ \"\"",
					   "/include/ \"no\nfile\"", "/include/" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		size_t before = f->diags.errors;

		start(f, bad[i], LOP_LEX_VALUE);
		while (next().kind != LOP_TOK_EOF)
			;
		assert_true(f->diags.errors > before);
	}
	start(f, "/include/ \"/nonexistent/file\"", LOP_LEX_VALUE);
	expect_end();
	assert_reported(f, LOP_DTS_INCLUDE, "/nonexistent/file");
}

/* Two ways to write one set. */
static void classes_are_those_of_names(void **state)
{
	(void)state;
	for (int c = 1; c < 128; c++) {
		bool prop = strchr(LOP_CHARS_PROP, c), label = strchr(LOP_CHARS_LABEL, c);

		assert_int_equal(lop_scan_in(&lop_name_chars, (char)c), prop || c == '@');
		assert_int_equal(lop_scan_in(&lop_path_chars, (char)c),
				 prop || c == '@' || c == '/');
		assert_int_equal(lop_scan_in(&lop_ident_chars, (char)c), label);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(classes_are_those_of_names),
		TEST(test_names_where_names_stand),
		TEST(test_words_where_values_stand),
		TEST(test_keywords_need_their_last_slash),
		TEST(test_numbers),
		TEST(test_what_is_no_number),
		TEST(test_numbers_beyond_64_bits),
		TEST(test_character_literals),
		TEST(test_bad_character_literals),
		TEST(test_strings_and_escapes),
		TEST(test_a_string_may_span_lines),
		TEST(test_an_unclosed_string_ends_at_its_semicolon),
		TEST(test_references),
		TEST(test_bad_path_references),
		TEST(test_bytes),
		TEST(test_operators),
		TEST(test_comments),
		TEST(test_line_markers_move_the_place),
		TEST(test_line_markers_stand_at_the_start_of_a_line),
		TEST(test_stray_bytes_are_reported_once_per_run),
		TEST(test_nul_in_a_string_is_refused),
		TEST(test_a_byte_order_mark_is_skipped),
		TEST(test_skipping_a_statement),
		TEST(test_include_needs_a_name),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
