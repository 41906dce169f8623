/* SPDX-License-Identifier: BSD-3-Clause */
/* The layout rules of the DTS formatter, one by one; tests/golden/fmt shows them together. */
#include "lopper-c/dts/format.h"

#include "tests/unit/format_text.h"

static void test_empty(void **state)
{
	(void)state;
	expect("", "");
	expect(" \n\t\r\n", "");
	expect("// only", "// only\n");
	expect("\xef\xbb\xbf / { };", "\xef\xbb\xbf/ {\n};\n");
}

static void test_blanks(void **state)
{
	(void)state;
	expect("a=<1>;", "a = <1>;\n");
	expect("a  =  < 1  2 > ;", "a = <1 2>;\n");
	expect("a=\"x\",\"y\";", "a = \"x\", \"y\";\n");
	expect("a = < >;", "a = <>;\n");
	expect("a=/bits/ 8<1>;", "a = /bits/ 8 <1>;\n");
	expect("a=/incbin/(\"f\",0,4);", "a = /incbin/(\"f\",0,4);\n");
	expect("a =<&b  &{/c  d}>;", "a = <&b &{/c  d}>;\n");
	expect("x:y:a;", "x: y: a;\n");
	expect("a = x:<y: 1 z:> w:;", "a = x: <y: 1 z:> w:;\n");
	expect("a  ;", "a;\n");
}

static void test_text_is_kept(void **state)
{
	(void)state;
	expect_same("a = \"  <1>  /* no */ // no {\";\n");
	expect_same("a = \"over\n  two lines\\\" \r\n\";\n");
	expect_same("a = [ 00  11\n  22/* ] */ 33 ];\n");
	expect_same("a = <'\\'' '\"' ' '>;\n");
	expect_same("a = <0XaB 010 0b1 12UL>;\n");
	expect_same("vendor,a.b+c*d?e#f-g_h;\n");
	expect_same("\\memory;\n");
}

static void test_expressions(void **state)
{
	(void)state;
	expect("a=<(1|2)   ( 3  |  4 )>;", "a = <(1|2) ( 3 | 4 )>;\n");
	expect_same("a = <(1 > 2) (1 >> 2) (3 >= 4) (1 << 2) (1 < 2 ? 5 : 6)>;\n");
	expect_same("a = <M(1,2) M(1, 2)>, N(\"x\" , 3);\n");
	expect("a = <(1 |\n 2)>;", "a = <(1 | 2)>;\n");
	expect_same("a = A,B;\n");
}

static void test_nodes(void **state)
{
	(void)state;
	expect("/{};", "/ {\n};\n");
	expect("a@1{b{c;};};", "a@1 {\n\tb {\n\t\tc;\n\t};\n};\n");
	expect("&a{b;}\n;", "&a {\n\tb;\n};\n");
	expect("&{/a/b@0}{};", "&{/a/b@0} {\n};\n");
	expect("l:\nk: a\n{\n}  ;", "l: k: a {\n};\n");
	expect_same("/omit-if-no-ref/\na: b {\n};\n");
	expect_same("/omit-if-no-ref/ a: b {\n};\n");
}

static void test_statements(void **state)
{
	(void)state;
	expect("/dts-v1/ ;/plugin/;", "/dts-v1/;\n/plugin/;\n");
	expect("/memreserve/  0x1   (1+2);", "/memreserve/ 0x1 (1+2);\n");
	expect("/include/  \"a\"\n/include/ \"b\" c;", "/include/ \"a\"\n/include/ \"b\"\nc;\n");
	expect("/delete-node/  &a ;/delete-property/ b,c;",
	       "/delete-node/ &a;\n/delete-property/ b,c;\n");
	expect("a ;; b;", "a;\n;\nb;\n");
}

static void test_macro_statements(void **state)
{
	(void)state;
	expect_same("a {\n\tM(1,  2)\n\tM\n\tN(x,\n  y);\n\tb;\n};\n");
	expect("M(1)\n  b = <1>;", "M(1)\nb = <1>;\n");
	expect("M\n/* c */\nb;", "M\n/* c */\nb;\n");
	expect("a\n= <1>;", "a = <1>;\n");
	expect("M(1) {b;};", "M(1) {\n\tb;\n};\n");
	expect("a { M }", "a {\n\tM\n}\n");
}

#define X16 "0x11111111 0x22222222 0x33333333 0x44444444"

static void test_width(void **state)
{
	(void)state;
	expect("longer-names = <" X16 ">, <" X16 ">;",
	       "longer-names = <" X16 ">,\n\t       <" X16 ">;\n");
	/* exactly 100 columns, and 101 */
	expect_same("abcd = <" X16 ">, <" X16 ">;\n");
	expect("abcde = <" X16 ">, <" X16 ">;", "abcde = <" X16 ">,\n\t<" X16 ">;\n");
	expect_same("a = <" X16 " " X16 " " X16 ">;\n");
}

static void test_groups(void **state)
{
	(void)state;
	expect("a = <1>, <2>,\n<3>;", "a = <1>,\n    <2>,\n    <3>;\n");
	expect("a = <1>\n, <2>;", "a = <1>,\n    <2>;\n");
	expect("a =\n<1>,\n<2>;", "a = <1>,\n    <2>;\n");
	expect("a = <1\n2>;", "a = <1 2>;\n");
	expect("a =\n<1>\n;", "a = <1>;\n");
	expect("a = <1>,\n\n\n<2>;", "a = <1>,\n\n    <2>;\n");
	expect("n { ab = \"x\",\n\"y\"; };", "n {\n\tab = \"x\",\n\t     \"y\";\n};\n");
}

static void test_string_rows(void **state)
{
	(void)state;
	expect("a = \"1\",\"2\",\n\"3\",\"4\",\n\"5\",\"6\";",
	       "a = \"1\", \"2\",\n    \"3\", \"4\",\n    \"5\", \"6\";\n");
	expect("a = \"1\",\"2\",\n\"3\",\"4\";",
	       "a = \"1\",\n    \"2\",\n    \"3\",\n    \"4\";\n");
	expect("a =\n/* A */ \"1\",\"2\",\n/* B */ \"3\",\"4\",\n/* C */ \"5\",\"6\";",
	       "a =\n\t/* A */ \"1\", \"2\",\n\t/* B */ \"3\", \"4\",\n\t/* C */ \"5\", \"6\";\n");
}

static void test_tables(void **state)
{
	(void)state;
	expect("p = <\n1  2\n3 4>;", "p = <\n\t1 2\n\t3 4\n>;\n");
	expect("p = <\n1 2\n>;", "p = <1 2>;\n");
	expect("p = <\n1 2 // c\n>;", "p = <\n\t1 2 // c\n>;\n");
	expect("p = < /* head */\n1\n2>;", "p = < /* head */\n\t1\n\t2\n>;\n");
	expect("p = <\n\n1\n\n\n2\n\n>;", "p = <\n\t1\n\n\t2\n>;\n");
	expect("p = <\n1\n#if A\n2\n#endif\n>;", "p = <\n\t1\n#if A\n\t2\n#endif\n>;\n");
}

static void test_comments(void **state)
{
	(void)state;
	expect("a;//x\n", "a; //x\n");
	expect("n {\n//x\n};", "n {\n\t//x\n};\n");
	expect("n { // x\na; };", "n { // x\n\ta;\n};\n");
	expect("a = <1>, /* x */\n<2>; /* y */", "a = <1>, /* x */\n    <2>; /* y */\n");
	expect("a = </*x*/1/*y*/>/*z*/;", "a = </*x*/ 1 /*y*/> /*z*/;\n");
	expect("/* x */ a; /* y */ b;", "/* x */ a; /* y */\nb;\n");
	expect("// x \\\n y\na;", "// x \\\n y\na;\n");
	expect("n { } /* x */ ;", "n {\n} /* x */;\n");
}

static void test_block_comments(void **state)
{
	(void)state;
	expect("n {\n/* a\n* b\n*\n*/\n};", "n {\n\t/* a\n\t * b\n\t *\n\t */\n};\n");
	expect("n {\n/* a\n     b  \n\nc */\n};", "n {\n\t/* a\n\t     b\n\n\tc */\n};\n");
	expect("a; /* b\n * c */", "a; /* b\n    * c */\n");
	expect("\t\t/* a\n\tb */", "/* a\nb */\n");
}

static void test_blank_lines(void **state)
{
	(void)state;
	expect("\n\na;\n\n\n\nb;\n\n", "a;\n\nb;\n");
	expect("n {\n\n\na;\n\n};", "n {\n\ta;\n};\n");
	expect("n { a; m { }; m { }; };", "n {\n\ta;\n\n\tm {\n\t};\n\n\tm {\n\t};\n};\n");
	expect("a;\n// c\n// d\nm { };", "a;\n\n// c\n// d\nm {\n};\n");
	expect("a;\n// c\n\nm { };", "a;\n// c\n\nm {\n};\n");
	expect("a; // c\nm { };", "a; // c\n\nm {\n};\n");
	expect("a;\n#if A\nm { };\n#endif\n", "a;\n#if A\nm {\n};\n#endif\n");
	expect("m { };\na;\n", "m {\n};\na;\n");
}

static void test_directives(void **state)
{
	(void)state;
	expect_same("  #  define A(x)  x \\\n\t  + 1 /* c\n d */ 2\na;\n");
	expect("n {\n  #include \"a\"\n#include<b>\n};",
	       "n {\n  #include \"a\"\n#include<b>\n};\n");
	expect("#address-cells=<1>;", "#address-cells = <1>;\n");
	expect("n {#size-cells=<1>;};", "n {\n\t#size-cells = <1>;\n};\n");
	expect_same("#if-cells;\n#include-x = <1>;\n");
	expect("/* a */ #define B\nb;", "/* a */\n#define B\nb;\n");
	expect_same("#error don't \"stop\n#\n# 1 \"file.dts\" 2\na;\n");
	expect_same("#define A \\\n\nb;\n");
	expect("#define A \\\r\n 1\r\n", "#define A \\\n 1\n");
}

static void test_conditions(void **state)
{
	(void)state;
	expect_same("#ifdef A\na {\n#else\nb {\n#endif\n\tc;\n};\n");
	expect_same("#if 0\n } don't ( /*\n#endif\n*/\n#if 1\n#endif\n#else\na;\n#endif\n");
	expect_same("#if 0\n{\n#else\na {\n#endif\n};\n");
	expect("a = <1\n#if A\n2>;\n#else\n3>,\n<b,c>;\n#endif\n",
	       "a = <1\n#if A\n     2>;\n#else\n\t3>,\n\t<b,c>;\n#endif\n");
}

static void test_regions(void **state)
{
	(void)state;
	expect_same("/* dts-format off */\n a=<1  2>;\r\n\t{ \n /*dts-format on*/\n};\n");
}

static void test_region_ends(void **state)
{
	(void)state;
	expect("a=<1>;\n// dts-format off\nb=<1>;\n\n", "a = <1>;\n// dts-format off\nb=<1>;\n\n");
	expect("/* dts-format off */ a=<1>; /* dts-format on */ b=<1>;",
	       "/* dts-format off */ a=<1>; /* dts-format on */ b = <1>;\n");
	expect("/* dts-format offline */ a=<1>;", "/* dts-format offline */ a = <1>;\n");
	expect("a = <\n/* dts-format off */\n1   2\n/* dts-format on */\n3   4>;",
	       "a = <\n\t/* dts-format off */\n1   2\n/* dts-format on */\n\t3 4\n>;\n");
}

static void test_line_ends(void **state)
{
	(void)state;
	expect("a;\r\n/* b\r\n * c */\r\n// d\r\n", "a;\n/* b\n * c */\n// d\n");
	expect("a = <1>, \\\n <2>;", "a = <1>, \\\n    <2>;\n");
}

static void test_output_is_appended(void **state)
{
	struct lop_buf out = { 0 };
	struct run r;

	(void)state;
	run_format(&r, "a;", 2);
	lop_buf_puts(&out, "x");
	assert_true(lop_dts_format(&r.diags, 1, "a;", 2, &out));
	assert_string_equal(lop_buf_cstr(&out), "xa;\n");
	assert_false(lop_dts_format(&r.diags, 1, "a;}", 3, &out));
	assert_string_equal(lop_buf_cstr(&out), "xa;\n");
	lop_buf_free(&out);
	run_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_blanks),
		cmocka_unit_test(test_text_is_kept),
		cmocka_unit_test(test_expressions),
		cmocka_unit_test(test_nodes),
		cmocka_unit_test(test_statements),
		cmocka_unit_test(test_macro_statements),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_string_rows),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_block_comments),
		cmocka_unit_test(test_blank_lines),
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_regions),
		cmocka_unit_test(test_region_ends),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_output_is_appended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
