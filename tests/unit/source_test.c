/* SPDX-License-Identifier: BSD-3-Clause */
/* Places: plain texts, texts from the C preprocessor, include chains, lines from disk, limits. */
#include "lopper-c/diag/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	struct lop_arena arena;
	struct lop_sources sources;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f)
		return -1;
	f->sources.arena = &f->arena;
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	lop_arena_free(&f->arena);
	free(f);
	return 0;
}

static uint32_t add(struct fixture *f, const char *name, const char *text)
{
	return lop_sources_add(&f->sources, name, text, strlen(text), NULL);
}

static struct lop_span span(uint32_t text, size_t offset, size_t len)
{
	return (struct lop_span){ text, (uint32_t)offset, (uint32_t)len };
}

static void assert_place(struct lop_place p, const char *file, uint32_t line, uint32_t column,
			 uint32_t end_line, uint32_t end_column)
{
	assert_non_null(p.file);
	assert_string_equal(p.file, file);
	assert_int_equal(p.line, line);
	assert_int_equal(p.column, column);
	assert_int_equal(p.end_line, end_line);
	assert_int_equal(p.end_column, end_column);
}

static void assert_line(struct fixture *f, const char *file, uint32_t line, const char *text)
{
	size_t len;
	const char *s = lop_sources_line(&f->sources, file, line, &len);

	if (!text) {
		assert_null(s);
		return;
	}
	assert_non_null(s);
	assert_int_equal(len, strlen(text));
	assert_memory_equal(s, text, len);
}

static void test_no_place(void **state)
{
	struct fixture *f = *state;
	struct lop_place p = lop_sources_resolve(&f->sources, span(0, 5, 5));

	assert_null(p.file);
	assert_int_equal(p.line, 0);
	assert_null(lop_sources_resolve(&f->sources, span(1, 0, 1)).file); /* never registered */
	assert_null(lop_sources_resolve(&f->sources, span(UINT32_MAX, 0, 1)).file);
}

static void test_plain_text(void **state)
{
	struct fixture *f = *state;
	uint32_t t = add(f, "a.yaml", "one\n two\n\nfour");

	assert_place(lop_sources_resolve(&f->sources, span(t, 0, 3)), "a.yaml", 1, 1, 1, 4);
	assert_place(lop_sources_resolve(&f->sources, span(t, 5, 3)), "a.yaml", 2, 2, 2, 5);
	assert_place(lop_sources_resolve(&f->sources, span(t, 9, 0)), "a.yaml", 3, 1, 3, 1);
	assert_place(lop_sources_resolve(&f->sources, span(t, 10, 4)), "a.yaml", 4, 1, 4, 5);
	assert_place(lop_sources_resolve(&f->sources, span(t, 1, 6)), "a.yaml", 1, 2, 2, 4);
}

static void test_spans_beyond_the_text(void **state)
{
	struct fixture *f = *state;
	uint32_t t = add(f, "a", "ab\ncd"), empty = add(f, "empty", "");

	assert_place(lop_sources_resolve(&f->sources, span(t, 3, 1000)), "a", 2, 1, 2, 3);
	assert_place(lop_sources_resolve(&f->sources, span(t, 1000, 1)), "a", 2, 3, 2, 3);
	assert_place(lop_sources_resolve(&f->sources, span(t, 3, UINT32_MAX)), "a", 2, 1, 2, 3);
	assert_place(lop_sources_resolve(&f->sources, span(empty, 0, 1)), "empty", 1, 1, 1, 1);
}

static void test_a_blob_has_no_lines(void **state)
{
	struct fixture *f = *state;
	uint32_t t = lop_sources_add(&f->sources, "a.dtb", NULL, 0, NULL);

	assert_place(lop_sources_resolve(&f->sources, span(t, 0, 0)), "a.dtb", 0, 0, 0, 0);
	assert_line(f, "a.dtb", 1, NULL);
}

static void test_lines_of_a_registered_text(void **state)
{
	struct fixture *f = *state;

	add(f, "-", "one\r\ntwo\n");
	assert_line(f, "<stdin>", 1, "one");
	assert_line(f, "-", 2, "two");
	assert_line(f, "<stdin>", 3, "");
	assert_line(f, "<stdin>", 4, NULL);
	assert_line(f, "<stdin>", 0, NULL);
	assert_line(f, "never heard of", 1, NULL);
}

static void test_stdin_has_a_name(void **state)
{
	struct fixture *f = *state;
	uint32_t t = add(f, "-", "x");

	assert_string_equal(lop_sources_resolve(&f->sources, span(t, 0, 1)).file, "<stdin>");
}

static void test_lines_are_read_from_disk(void **state)
{
	struct fixture *f = *state;
	char name[] = "/tmp/sdtgen-source-test-XXXXXX";
	int fd = mkstemp(name);
	uint32_t t;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "first\nsecond\n", 13), 13);
	close(fd);
	t = add(f, "out of cpp", "second\n");
	lop_sources_map_line(&f->sources, t, 0, name, 2, NULL);
	assert_place(lop_sources_resolve(&f->sources, span(t, 0, 6)), name, 2, 1, 2, 7);
	assert_line(f, name, 2, "second");
	assert_int_equal(unlink(name), 0);
	assert_line(f, name, 1, "first"); /* once */
	assert_line(f, "/dev", 1, NULL);
	assert_line(f, "/dev/zero", 1, NULL);
}

/*
 * A user's line and what cpp made of it, with [ ] around the piece that is looked for in pp and
 * around where it must be found in user. The brackets are not part of the lines.
 */
static void check_align(const char *pp_marked, const char *user_marked)
{
	struct fixture f = { .sources = { .arena = &f.arena } };
	char pp[300], user[300];
	size_t from[2] = { 0 }, to[2] = { 0 }, n = 0, at = 0;
	struct lop_place p;
	uint32_t t;

	for (const char *s = pp_marked; *s; s++)
		if (*s == '[' || *s == ']')
			from[at++] = n;
		else
			pp[n++] = *s;
	pp[n] = '\0';
	at = n = 0;
	for (const char *s = user_marked; *s; s++)
		if (*s == '[' || *s == ']')
			to[at++] = n;
		else
			user[n++] = *s;
	user[n] = '\0';
	add(&f, "user.dts", user);
	t = add(&f, "cpp", pp);
	lop_sources_map_line(&f.sources, t, 0, "user.dts", 1, NULL);
	p = lop_sources_resolve(&f.sources, span(t, from[0], from[1] - from[0]));
	if (p.column != to[0] + 1 || p.end_column != to[1] + 1)
		fail_msg("`%s` in `%s`: found at %u..%u", pp_marked, user_marked, p.column,
			 p.end_column);
	lop_arena_free(&f.arena);
}

static void test_columns_without_change(void **state)
{
	(void)state;
	check_align("\treg = <0 [0] 0>;", "\treg = <0 [0] 0>;");
	check_align("[]", "[]");
}

static void test_columns_through_blanks_and_comments(void **state)
{
	(void)state;
	check_align(" reg = <0x0 [0x10]>;", "\treg   =\t<0x0\t[0x10]>; // two cells");
	check_align(" a = <1 [1] 1>;", "\t/* 1 1 1 */ a = <1 [1] 1>;");
	check_align(" reg = [<0x0 0x10>];", "\t\treg  =  [<0x0   0x10>] ;");
	check_align(" x = \"a  /* b */\"; [y];", "\tx = \"a  /* b */\"; /* y */ [y];");
}

static void test_columns_through_macros(void **state)
{
	(void)state;
	check_align(" interrupts = <[0] 5 4>;", "\tinterrupts = <[GIC_SPI] 5 IRQ_HIGH>;");
	check_align(" interrupts = <0 [5] 4>;", "\tinterrupts = <GIC_SPI [5] IRQ_HIGH>;");
	check_align(" interrupts = <0 5 [4]>;", "\tinterrupts = <GIC_SPI 5 [IRQ_HIGH]>;");
	check_align(" a = <[0] 0>;", "\ta = <[ZERO] 0>;");
	check_align(" a = <(1 [<<] 4)>, <1>;", "\ta = <[BIT(4)]>, <1>;");
	check_align(" a = <(1 << (2 [+] 3)) 7>;", "\ta = <[BIT((2 + 3))] 7>;");
	check_align(" a = <(1 << 4) [7]>;", "\ta = <BIT(4) [7]>;");
	check_align(" a = <1 [2]>;", "\ta = <[PAIR(1,]");
	check_align(" [reg = <0 1 2 3>];", "\t[reg = <ALL(0,3)>];");
	check_align(" serial@[ff] { };", "\tserial@[UART_BASE] { };");
}

static void test_columns_that_cannot_be_found(void **state)
{
	(void)state;
	check_align("[x]", "   [hidden()]  ");
	check_align("a [b] c", "\t[a c]"); /* nothing between a and c */
	check_align("[x]", "[]");	   /* an empty line */
}

static void test_an_empty_place_stays_behind_its_token(void **state)
{
	(void)state;
	check_align(" reg = <0>[]", "\treg  =  <0>[]   /* ; */");
	check_align(" a = <0>[] b;", "\ta = <0>[]  /* x */  b;");
	check_align(" a []b;", "\ta   []b;");
}

static void test_long_lines_are_compared_by_column(void **state)
{
	enum { LEN = 5000 };
	struct fixture *f = *state;
	char *pp = lop_arena_alloc(&f->arena, LEN + 1), *user;
	uint32_t t;

	for (size_t i = 0; i < LEN; i++)
		pp[i] = i % 2 ? ' ' : 'x';
	pp[LEN] = '\0';
	user = lop_arena_strdup(&f->arena, pp);
	user[4001] = '\t';
	add(f, "user", user);
	t = add(f, "cpp", pp);
	lop_sources_map_line(&f->sources, t, 0, "user", 1, NULL);
	assert_place(lop_sources_resolve(&f->sources, span(t, 3000, 1)), "user", 1, 3001, 1, 3002);
	assert_place(lop_sources_resolve(&f->sources, span(t, 4000, 3)), "user", 1, 1, 1, LEN);
}

static void test_line_markers(void **state)
{
	struct fixture *f = *state;
	const char *pp =
		"# 1 \"b.dts\"\nfirst\n# 1 \"c.dtsi\" 1\ninner\n# 3 \"b.dts\" 2\nthird\n4th";
	struct lop_include include = { .file = "b.dts", .line = 2 };
	uint32_t t = add(f, "b.dts", pp);
	struct lop_place p;

	lop_sources_map_line(&f->sources, t, 12, "b.dts", 1, NULL);
	lop_sources_map_line(&f->sources, t, 33, "c.dtsi", 1, &include);
	lop_sources_map_line(&f->sources, t, 53, "b.dts", 3, NULL);
	assert_place(lop_sources_resolve(&f->sources, span(t, 12, 5)), "b.dts", 1, 1, 1, 6);
	p = lop_sources_resolve(&f->sources, span(t, 33, 5));
	assert_place(p, "c.dtsi", 1, 1, 1, 6);
	assert_ptr_equal(p.include, &include);
	p = lop_sources_resolve(&f->sources, span(t, 59, 3));
	assert_place(p, "b.dts", 4, 1, 4, 4);
	assert_null(p.include);
	/* a span that runs into another file ends with its first line */
	assert_place(lop_sources_resolve(&f->sources, span(t, 13, 30)), "b.dts", 1, 2, 1, 6);
	assert_place(lop_sources_resolve(&f->sources, span(t, 54, 8)), "b.dts", 3, 2, 4, 4);
}

static void test_two_markers_in_a_row(void **state)
{
	struct fixture *f = *state;
	uint32_t t = add(f, "cpp", "x\n");

	lop_sources_map_line(&f->sources, t, 0, "<built-in>", 1, NULL);
	lop_sources_map_line(&f->sources, t, 0, "b.dts", 7, NULL);
	assert_string_equal(lop_sources_resolve(&f->sources, span(t, 0, 1)).file, "b.dts");
	assert_int_equal(lop_sources_resolve(&f->sources, span(t, 0, 1)).line, 7);
}

static void test_a_marker_with_a_wild_line_number(void **state)
{
	struct fixture *f = *state;
	uint32_t t = add(f, "cpp", "x\ny\n");

	lop_sources_map_line(&f->sources, t, 0, "b.dts", UINT32_MAX, NULL);
	assert_int_equal(lop_sources_resolve(&f->sources, span(t, 2, 1)).line, UINT32_MAX);
}

static void test_files(void **state)
{
	struct fixture *f = *state;
	const char *const *files;
	uint32_t t;

	assert_int_equal(lop_sources_files(&f->sources, &files), 0);
	t = add(f, "b.dts", "x");
	lop_sources_map_line(&f->sources, t, 0, "<built-in>", 1, NULL);
	lop_sources_map_line(&f->sources, t, 0, "c.dtsi", 1, NULL);
	lop_sources_map_line(&f->sources, t, 0, "b.dts", 1, NULL);
	add(f, "-", "y");
	add(f, "d.yaml", "z");
	add(f, "c.dtsi", "again");
	lop_sources_line(&f->sources, "only asked for", 1, &(size_t){ 0 });
	assert_int_equal(lop_sources_files(&f->sources, &files), 3);
	assert_string_equal(files[0], "b.dts");
	assert_string_equal(files[1], "c.dtsi");
	assert_string_equal(files[2], "d.yaml");
}

static void test_many_files_and_markers(void **state)
{
	enum { COUNT = 20000 };
	struct fixture *f = *state;
	char *pp = lop_arena_alloc(&f->arena, 2 * COUNT + 1);
	const char *const *files;
	uint32_t t;

	for (size_t i = 0; i < COUNT; i++)
		memcpy(pp + 2 * i, "x\n", 2);
	pp[2 * COUNT] = '\0';
	t = add(f, "cpp", pp);
	for (uint32_t i = 0; i < COUNT; i++)
		lop_sources_map_line(&f->sources, t, 2 * i,
				     lop_arena_printf(&f->arena, "file%u", i), i + 1, NULL);
	assert_int_equal(lop_sources_files(&f->sources, &files), COUNT + 1);
	for (uint32_t i = 0; i < COUNT; i++) {
		struct lop_place p = lop_sources_resolve(&f->sources, span(t, 2 * i, 1));

		assert_int_equal(p.line, i + 1);
		assert_string_equal(p.file, files[i + 1]);
	}
}

#define SOURCE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SOURCE_TEST(test_no_place),
		SOURCE_TEST(test_plain_text),
		SOURCE_TEST(test_spans_beyond_the_text),
		SOURCE_TEST(test_a_blob_has_no_lines),
		SOURCE_TEST(test_lines_of_a_registered_text),
		SOURCE_TEST(test_stdin_has_a_name),
		SOURCE_TEST(test_lines_are_read_from_disk),
		cmocka_unit_test(test_columns_without_change),
		cmocka_unit_test(test_columns_through_blanks_and_comments),
		cmocka_unit_test(test_columns_through_macros),
		cmocka_unit_test(test_columns_that_cannot_be_found),
		cmocka_unit_test(test_an_empty_place_stays_behind_its_token),
		SOURCE_TEST(test_long_lines_are_compared_by_column),
		SOURCE_TEST(test_line_markers),
		SOURCE_TEST(test_two_markers_in_a_row),
		SOURCE_TEST(test_a_marker_with_a_wild_line_number),
		SOURCE_TEST(test_files),
		SOURCE_TEST(test_many_files_and_markers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
