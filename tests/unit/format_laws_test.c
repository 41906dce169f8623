/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the DTS formatter refuses, and where; and its laws: formatting twice changes nothing, blank
 * space is all that ever changes, time is linear.
 */
#include "lopper-c/dts/format.h"

#include <time.h>

#include "tests/unit/format_text.h"

/* Refused with one report of that code at the first place of mark in the text; no output. */
static void refuse_n(const char *text, size_t len, enum lop_code code, size_t offset)
{
	struct run r;

	run_format(&r, text, len);
	assert_false(r.ok);
	assert_int_equal(r.out.len, 0);
	assert_non_null(r.diags.first);
	assert_int_equal(r.diags.first->code, code);
	assert_int_equal(r.diags.first->labels ? r.diags.first->labels->span.offset : offset,
			 offset);
	assert_non_null(r.diags.first->helps);
	run_free(&r);
}

static void refuse(const char *text, const char *mark)
{
	refuse_n(text, strlen(text), LOP_DTS_SYNTAX, (size_t)(strstr(text, mark) - text));
}

static void test_refuses_brackets(void **state)
{
	(void)state;
	refuse("a { b { };", "{");
	refuse_n("a { };\n};", 9, LOP_DTS_SYNTAX, 7);
	refuse("}", "}");
	refuse("a = <1;\nb;", "<");
	refuse("a { b = <1 }", "<");
	refuse("a = <1", "<");
	refuse("a = <(1>;", "(");
	refuse("a = <1)>;", ")");
	refuse("M(1", "(");
	refuse("a)", ")");
	refuse("a = [00;", "[");
	refuse("&{/a\n} { };", "&{");
}

static void test_refuses_open_text(void **state)
{
	(void)state;
	refuse("a; /* b", "/*");
	refuse("a; /*/", "/*");
	refuse("a = \"b;\n", "\"");
	refuse("a = \"b\\\"", "\"");
	refuse("a = <'b>;\n'", "'");
	refuse("M(\"b)", "(");
	refuse("#define A /* b\n", "#");
}

static void test_refuses_conditions(void **state)
{
	(void)state;
	refuse("#if A\na;", "#if");
	refuse("#if 0\na;", "#if");
	refuse("#if 0\n#if 1\n#endif\na;", "#if");
	refuse("a;\n#else\n", "#else");
	refuse("a;\n#endif\n", "#endif");
	refuse("a; #if A\n", "#if");
	refuse("a = <1 # 2>;", "#");
	refuse("#if A\na {\n#else\nb;\n#endif\n", "{");
}

static void test_refuses_bytes(void **state)
{
	(void)state;
	refuse_n("a;\0b;", 5, LOP_DTS_SYNTAX, 2);
	refuse_n("/* \0 */", 7, LOP_DTS_SYNTAX, 3);
	refuse_n("\0", 1, LOP_DTS_SYNTAX, 0);
	refuse("a \xef\xbb\xbf;", "\xef");
	refuse("a \\\nb;", "\\");
	refuse("a = <1\\\n2>;", "\\");
	refuse("a = <\\2>;", "\\");
}

static void test_reports_all(void **state)
{
	const char *text = "a = <1;\nb = <2;\n}\n";
	struct run r;

	(void)state;
	run_format(&r, text, strlen(text));
	assert_false(r.ok);
	assert_int_equal(r.diags.errors, 3);
	run_free(&r);
}

static void test_limits(void **state)
{
	struct lop_buf text = { 0 };

	(void)state;
	for (int i = 0; i < 201; i++)
		lop_buf_puts(&text, "n{");
	for (int i = 0; i < 201; i++)
		lop_buf_puts(&text, "};");
	refuse_n(text.data, text.len, LOP_LIMIT, 401);
	text.len = 0;
	for (int i = 0; i < 201; i++)
		lop_buf_puts(&text, "#if A\n");
	refuse_n(text.data, text.len, LOP_LIMIT, 1200);
	lop_buf_free(&text);
}

static struct lop_buf without_blanks(const char *text, size_t len)
{
	struct lop_buf out = { 0 };

	for (size_t i = 0; i < len; i++)
		if (!strchr(" \t\r\n\f\v", text[i]))
			lop_buf_putc(&out, text[i]);
	return out;
}

/* The two laws for any text that is accepted. */
static bool obeys_laws(const char *text, size_t len)
{
	struct lop_buf before, after;
	struct run r;
	bool ok;

	run_format(&r, text, len);
	ok = r.ok;
	assert_true(ok || (r.out.len == 0 && r.diags.first));
	if (ok) {
		expect_n(r.out.data, r.out.len, lop_buf_cstr(&r.out), r.out.len);
		before = without_blanks(text, len);
		after = without_blanks(r.out.data, r.out.len);
		assert_int_equal(before.len, after.len);
		if (before.len)
			assert_memory_equal(before.data, after.data, after.len);
		lop_buf_free(&before);
		lop_buf_free(&after);
	}
	run_free(&r);
	return ok;
}

static void test_laws_on_any_tokens(void **state)
{
	static const char *const pieces[] = { " ",
					      " ",
					      "\n",
					      "\n",
					      "\n\n",
					      "\t",
					      "\r\n",
					      "{",
					      "};\n",
					      "}",
					      ";",
					      ";\n",
					      "=",
					      " = ",
					      "<",
					      ">",
					      ">;\n",
					      ">,\n",
					      ",",
					      ":",
					      "(",
					      ")",
					      "a",
					      "b,c",
					      "l:",
					      "&r",
					      "&{/p}",
					      "0x1",
					      "\"s\"",
					      "\"t\nu\"",
					      "[0 1]",
					      "'c'",
					      "/",
					      "|",
					      "<<",
					      "M(1,\n 2)",
					      "/bits/",
					      "/include/ \"i\"",
					      "/* c */",
					      "/* d\n * e */",
					      "/* f\n  g */",
					      "// h\n",
					      "// i \\\n j\n",
					      "\n#if A\n",
					      "\n#if 0\n",
					      "\n#else\n",
					      "\n#endif\n",
					      "\n#define X \\\n y\n",
					      "/* dts-format off */",
					      "/* dts-format on */",
					      "/omit-if-no-ref/\n",
					      "n {\n",
					      " = <1 2>, <3>;\n",
					      " = <\n1\n2>;\n",
					      ", \\\n " };
	const size_t n = sizeof(pieces) / sizeof(*pieces);
	struct lop_buf text = { 0 };
	uint32_t seed = 1;
	size_t accepted = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		text.len = 0;
		for (int i = 0; i < 1 + round % 14; i++) {
			seed = seed * 1664525 + 1013904223;
			lop_buf_puts(&text, pieces[(seed >> 8) % n]);
		}
		accepted += obeys_laws(text.data, text.len);
	}
	assert_true(accepted > 1000);
	lop_buf_free(&text);
}

static double seconds(const char *piece, size_t size)
{
	struct lop_buf text = { 0 };
	struct run r;
	clock_t start;
	double spent;

	while (text.len < size)
		lop_buf_puts(&text, piece);
	start = clock();
	run_format(&r, text.data, text.len);
	spent = (double)(clock() - start) / CLOCKS_PER_SEC;
	run_free(&r);
	lop_buf_free(&text);
	return spent;
}

/* Anything quadratic in a megabyte takes minutes. */
static void test_time_is_linear(void **state)
{
	static const char *const pieces[] = {
		"a = <1 2>;\n", "{",	"a ",	   "<",		  "(",	     "/* */", "// \n",
		"/*\n*/ ",	"\\ ",	"'",	   "# ",	  "#if 0\n", "a,",    "M(",
		"#define ' \"", "l:\n", "\"\",\n", "a\n/*\n*/\n", "\t#a\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++)
		assert_true(seconds(pieces[i], 1000000) < 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refuses_brackets),   cmocka_unit_test(test_refuses_open_text),
		cmocka_unit_test(test_refuses_conditions), cmocka_unit_test(test_refuses_bytes),
		cmocka_unit_test(test_reports_all),	   cmocka_unit_test(test_limits),
		cmocka_unit_test(test_laws_on_any_tokens), cmocka_unit_test(test_time_is_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
