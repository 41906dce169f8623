/* SPDX-License-Identifier: BSD-3-Clause */
/* The three renderers: exact text, hostile bytes, and JSON and SARIF of the right form. */
#include "lopper-c/diag/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	struct lop_arena arena;
	struct lop_sources sources;
	struct lop_diags diags;
	struct lop_buf out;
};

static const struct lop_span nowhere;

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f)
		return -1;
	f->sources.arena = &f->arena;
	f->diags.arena = &f->arena;
	f->diags.sources = &f->sources;
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	lop_buf_free(&f->out);
	lop_arena_free(&f->arena);
	free(f);
	return 0;
}

/* A file of the test; the place of a piece of it. */
struct file {
	uint32_t index;
	const char *text;
};

static struct file add(struct fixture *f, const char *name, const char *text,
		       const struct lop_include *include)
{
	return (struct file){ lop_sources_add(&f->sources, name, text, strlen(text), include),
			      text };
}

static struct lop_span find(struct file file, const char *piece)
{
	const char *p = strstr(file.text, piece);

	assert_non_null(p);
	return (struct lop_span){ .text = file.index,
				  .offset = (uint32_t)(p - file.text),
				  .len = (uint32_t)strlen(piece) };
}

static const char *render(struct fixture *f, enum lop_format format, bool color)
{
	f->out.len = 0;
	lop_diags_render(&f->diags, format, color, &f->out);
	return lop_buf_cstr(&f->out);
}

static void assert_text(struct fixture *f, const char *expected)
{
	assert_string_equal(render(f, LOP_FORMAT_TEXT, false), expected);
}

static void test_nothing_to_say(void **state)
{
	assert_text(*state, "");
}

/* The example of the style guide. */
static void test_two_files(void **state)
{
	struct fixture *f = *state;
	struct file yaml = add(f, "domains.yaml",
			       "domains:\n\n\n\n\n\n\n\n\n  rtos0:\n    compatible: x\n"
			       "    id: 1\n    memory:\n      - start: 0x48000000\n",
			       NULL);
	struct file dts = add(f, "board.dts",
			      "/ {\n\tv@0 {\n\t\treg = <0x0 0x48400000 0x0 0x400000>;\n", NULL);
	struct lop_diag *d = lop_report(&f->diags, LOP_MEM_OVERLAP, find(yaml, "0x48000000"),
					"memory of `%s` overlaps `/v@0`", "rtos0");

	lop_diag_label(d, find(yaml, "0x48000000"),
		       "rtos0 asks for [0x48000000..0x487fffff] (8 MiB)");
	lop_diag_label(d, find(dts, "reg = <0x0 0x48400000 0x0 0x400000>;"),
		       "reserved here, 4 MiB");
	lop_diag_help(d, "the next free 8 MiB hole is 0x49000000; or write `start: auto`");
	assert_text(
		f,
		"error[mem-overlap]: memory of `rtos0` overlaps `/v@0`\n"
		"  --> domains.yaml:14:16\n"
		"   |\n"
		"14 |       - start: 0x48000000\n"
		"   |                ^^^^^^^^^^ rtos0 asks for [0x48000000..0x487fffff] (8 MiB)\n"
		"   |\n"
		"  ::: board.dts:3:3\n"
		" 3 | \t\treg = <0x0 0x48400000 0x0 0x400000>;\n"
		"   | \t\t------------------------------------ reserved here, 4 MiB\n"
		"   = help: the next free 8 MiB hole is 0x49000000; or write `start: auto`\n"
		"\n"
		"sdtgen: 1 error\n"
		"sdtgen: lopper lets it pass; --compat=lopper makes it a warning\n");
}

static void test_labels_on_one_line(void **state)
{
	struct fixture *f = *state;
	struct file dts = add(f, "a.dts", "x {\n\treg = <1 2>; size = <3>;\n\n};", NULL);
	struct lop_diag *d = lop_report(&f->diags, LOP_DTS_SYNTAX, find(dts, "<1 2>"), "x");

	lop_diag_label(d, find(dts, "<1 2>"), "two cells");
	lop_diag_label(d, find(dts, "reg"), "of this");
	lop_diag_label(d, find(dts, "<3>"), "one cell");
	lop_diag_label(d, find(dts, "x {"), "in here");
	lop_diag_label(d, find(dts, "}"), "%s", "");
	assert_text(f, "error[dts-syntax]: x\n"
		       " --> a.dts:2:8\n"
		       "  |\n"
		       "1 | x {\n"
		       "  | --- in here\n"
		       "2 | \treg = <1 2>; size = <3>;\n"
		       "  | \t---   ^^^^^         --- one cell\n"
		       "  | \t|     |\n"
		       "  | \t|     two cells\n"
		       "  | \tof this\n"
		       "...\n"
		       "4 | };\n"
		       "  | -\n"
		       "\n"
		       "sdtgen: 1 error\n");
}

static void test_labels_that_start_together(void **state)
{
	struct fixture *f = *state;
	struct file dts = add(f, "a", "abcdef", NULL);
	struct lop_diag *d = lop_report(&f->diags, LOP_DTS_SYNTAX, find(dts, "abc"), "x");

	lop_diag_label(d, find(dts, "abc"), "short");
	lop_diag_label(d, find(dts, "abcdef"), "wide");
	assert_text(f, "error[dts-syntax]: x\n"
		       " --> a:1:1\n"
		       "  |\n"
		       "1 | abcdef\n"
		       "  | ^^^--- short\n"
		       "  | |\n"
		       "  | wide\n"
		       "\n"
		       "sdtgen: 1 error\n");
}

static void test_include_chain(void **state)
{
	struct fixture *f = *state;
	struct lop_include outer = { .file = "board.dts", .line = 3 };
	struct lop_include inner = { .file = "soc.dtsi", .line = 12, .outer = &outer };
	struct file dtsi = add(f, "mem.dtsi", "memory;\n", &inner);
	struct file yaml = add(f, "d.yaml", "a: b", NULL);
	struct lop_diag *d = lop_report(&f->diags, LOP_DTS_SYNTAX, find(dtsi, ";"), "one");

	lop_diag_label(d, find(dtsi, "memory"), "two in the same file");
	d = lop_report(&f->diags, LOP_YAML_TYPE, find(yaml, "b"), "two");
	lop_diag_label(d, find(dtsi, "memory"), "this");
	assert_text(f, "error[dts-syntax]: one\n"
		       " --> mem.dtsi:1:7\n"
		       "  |\n"
		       "1 | memory;\n"
		       "  | ------^ two in the same file\n"
		       "  = note: included from soc.dtsi:12\n"
		       "  = note: included from board.dts:3\n"
		       "\n"
		       "error[yaml-type]: two\n"
		       " --> d.yaml:1:4\n"
		       "  |\n"
		       "1 | a: b\n"
		       "  |    ^\n"
		       "  |\n"
		       " ::: mem.dtsi:1:1\n"
		       "1 | memory;\n"
		       "  | ------ this\n"
		       "  = note: mem.dtsi included from soc.dtsi:12\n"
		       "  = note: included from board.dts:3\n"
		       "\n"
		       "sdtgen: 2 errors\n");
}

static void test_places_without_lines(void **state)
{
	struct fixture *f = *state;
	uint32_t blob = lop_sources_add(&f->sources, "a.dtb", NULL, 0, NULL);
	uint32_t pp = lop_sources_add(&f->sources, "cpp", "x", 1, NULL);
	struct lop_span in_blob = { .text = blob }, gone = { .text = pp, .len = 1 };

	lop_sources_map_line(&f->sources, pp, 0, "gone.dts", 7, NULL);
	lop_diag_label(lop_report(&f->diags, LOP_DTB_FORMAT, in_blob, "cut"), in_blob,
		       "at offset %d", 56);
	lop_diag_label(lop_report(&f->diags, LOP_DTS_SYNTAX, gone, "bad"), gone, "here");
	lop_diag_help(lop_report(&f->diags, LOP_NO_DOMAINS, nowhere, "nothing"), "write one");
	assert_text(f, "error[dtb-format]: cut\n"
		       " --> a.dtb\n"
		       "  = note: at offset 56\n"
		       "\n"
		       "error[dts-syntax]: bad\n"
		       " --> gone.dts:7:1\n"
		       "  = note: here\n"
		       "\n"
		       "error[no-domains]: nothing\n"
		       "  = help: write one\n"
		       "\n"
		       "sdtgen: 3 errors\n");
}

static void test_empty_places_and_ends_of_lines(void **state)
{
	struct fixture *f = *state;
	struct file dts = add(f, "a", "reg = <0>\nx {\n   \n}", NULL);
	struct lop_span end = { .text = dts.index, .offset = 9 };
	struct lop_span blank = { .text = dts.index, .offset = 14, .len = 3 };

	lop_report(&f->diags, LOP_DTS_SYNTAX, end, "`;` is missing");
	lop_report(&f->diags, LOP_DTS_SYNTAX, blank, "blank");
	lop_report(&f->diags, LOP_DTS_SYNTAX, find(dts, "x {\n   \n}"), "three lines");
	assert_text(f, "error[dts-syntax]: `;` is missing\n"
		       " --> a:1:10\n"
		       "  |\n"
		       "1 | reg = <0>\n"
		       "  |          ^\n"
		       "\n"
		       "error[dts-syntax]: blank\n"
		       " --> a:3:1\n"
		       "  |\n"
		       "3 |\n"
		       "  | ^\n"
		       "\n"
		       "error[dts-syntax]: three lines\n"
		       " --> a:2:1\n"
		       "  |\n"
		       "2 | x {\n"
		       "  | ^^^\n"
		       "\n"
		       "sdtgen: 3 errors\n");
}

static void test_long_lines_are_clipped(void **state)
{
	struct fixture *f = *state;
	char *line = lop_arena_alloc(&f->arena, 100001);
	struct file dts;
	struct lop_diag *d;
	const char *text;

	memset(line, '.', 100000);
	line[100000] = '\0';
	memcpy(line + 50000, "NEEDLE", 6);
	memcpy(line + 90000, "THREAD", 6);
	dts = add(f, "min.dts", line, NULL);
	d = lop_report(&f->diags, LOP_DTS_SYNTAX, find(dts, "NEEDLE"), "x");
	lop_diag_label(d, find(dts, "NEEDLE"), "this");
	lop_diag_label(d, find(dts, "THREAD"), "and that");
	text = render(f, LOP_FORMAT_TEXT, false);
	assert_true(strlen(text) < 700);
	assert_non_null(strstr(text, " --> min.dts:1:50001\n"));
	assert_non_null(strstr(text, "\n1 | ......"));
	assert_non_null(strstr(text, "NEEDLE"));
	assert_non_null(strstr(text, "^^^^^^ this\n1 | ..."));
	assert_non_null(strstr(text, "THREAD"));
	assert_non_null(strstr(text, "------ and that\n"));
}

/* The caret stands under its character whatever window was cut. */
static void test_carets_of_clipped_lines_line_up(void **state)
{
	struct fixture *f = *state;
	char *line = lop_arena_alloc(&f->arena, 1001);
	struct file dts;

	memset(line, '.', 1000);
	line[1000] = '\0';
	memcpy(line + 480, "\xe2\x82\xac\xe2\x82\xac\t", 7);
	line[500] = '#';
	dts = add(f, "min.dts", line, NULL);
	lop_report(&f->diags, LOP_DTS_SYNTAX, find(dts, "#"), "x");
	assert_non_null(
		strstr(render(f, LOP_FORMAT_TEXT, false),
		       "1 | .......................\xe2\x82\xac\xe2\x82\xac\t.............#"));
	assert_non_null(strstr(render(f, LOP_FORMAT_TEXT, false),
			       "  |                          \t             ^\n"));
}

static void test_hostile_bytes_do_not_reach_the_terminal(void **state)
{
	struct fixture *f = *state;
	struct file a = add(f, "\33[2Ja", "x\33[31m\x7f\xff\xc2\x9b y", NULL);
	struct lop_diag *d = lop_report(&f->diags, LOP_DTS_NAME, find(a, "y"), "m\33[1m\n\xffz");

	lop_diag_label(d, find(a, "y"), "l\r\n");
	lop_diag_help(d, "h\33");
	assert_text(f, "error[dts-name]: m\xef\xbf\xbd[1m\xef\xbf\xbd\xef\xbf\xbdz\n"
		       " --> \xef\xbf\xbd[2Ja:1:12\n"
		       "  |\n"
		       "1 | x\xef\xbf\xbd[31m\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd y\n"
		       "  |           ^ l\xef\xbf\xbd\xef\xbf\xbd\n"
		       "  = help: h\xef\xbf\xbd\n"
		       "\n"
		       "sdtgen: 1 error\n");
}

static void test_too_many_labels(void **state)
{
	struct fixture *f = *state;
	struct file a = add(f, "a", "x\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\n", NULL);
	struct lop_diag *d = NULL;
	const char *text;

	for (uint32_t i = 0; i < 18; i++) {
		struct lop_span span = { .text = a.index, .offset = 2 * i, .len = 1 };

		if (!d)
			d = lop_report(&f->diags, LOP_AMBIGUOUS_NAME, span, "x");
		else
			lop_diag_label(d, span, "candidate");
	}
	text = render(f, LOP_FORMAT_TEXT, false);
	assert_non_null(strstr(text, "16 | x\n   | - candidate\n"));
	assert_null(strstr(text, "17 | x\n"));
	assert_non_null(strstr(text, "   = note: and 2 more places\n"));
}

static void test_endless_include_chain(void **state)
{
	struct fixture *f = *state;
	struct lop_include chain[1000] = { 0 };
	struct file a;
	const char *text;

	for (size_t i = 0; i < 1000; i++)
		chain[i] = (struct lop_include){ .file = "f",
						 .line = 1,
						 .outer = i ? &chain[i - 1] : NULL };
	a = add(f, "a", "x", &chain[999]);
	lop_report(&f->diags, LOP_LIMIT, find(a, "x"), "too deep");
	text = render(f, LOP_FORMAT_TEXT, false);
	assert_true(strlen(text) < 700);
	assert_non_null(strstr(text, "  = note: included from further files\n\n"));
}

static void test_summary(void **state)
{
	struct fixture *f = *state;

	f->diags.compat_lopper = true;
	lop_report(&f->diags, LOP_MEM_OVERLAP, nowhere, "a");
	lop_report(&f->diags, LOP_CPU_TWICE, nowhere, "b");
	lop_report(&f->diags, LOP_DTS_SYNTAX, nowhere, "c");
	assert_text(f, "warning[mem-overlap]: a\n\n"
		       "warning[cpu-twice]: b\n\n"
		       "error[dts-syntax]: c\n\n"
		       "sdtgen: 1 error, 2 warnings\n"
		       "sdtgen: --compat=lopper let 2 errors pass as warnings\n");
}

static void test_summary_of_a_flood(void **state)
{
	struct fixture *f = *state;
	const char *text;

	for (int i = 0; i < 300; i++)
		lop_report(&f->diags, LOP_DTS_SYNTAX, nowhere, "%d", i);
	text = render(f, LOP_FORMAT_TEXT, false);
	assert_non_null(strstr(text, "[dts-syntax]: 199\n"));
	assert_null(strstr(text, "[dts-syntax]: 200\n"));
	assert_non_null(strstr(text, "sdtgen: 300 errors, of which the first 200 of each are "
				     "shown\n"));
}

static void test_color(void **state)
{
	struct fixture *f = *state;
	struct file a = add(f, "a", "x y", NULL);

	lop_diag_label(lop_report(&f->diags, LOP_MEM_SHARED, find(a, "y"), "m"), find(a, "x"), "l");
	assert_string_equal(
		render(f, LOP_FORMAT_TEXT, true),
		"\33[1;33mwarning[mem-shared]\33[0m\33[1m: m\33[0m\n"
		" \33[1;34m-->\33[0m a:1:3\n"
		"  \33[1;34m|\33[0m\n"
		"\33[1;34m1 |\33[0m x y\n"
		"  \33[1;34m|\33[0m \33[1;34m-\33[0m \33[1;33m^\33[0m \33[1;34ml\33[0m\n"
		"\n"
		"sdtgen: 1 warning\n");
}

static void test_json(void **state)
{
	struct fixture *f = *state;
	struct lop_include include = { .file = "b.dts", .line = 4 };
	struct file a = add(f, "a\"\\.dtsi", "x\n  y z\n", &include);
	struct lop_diag *d =
		lop_report(&f->diags, LOP_DTS_REF, find(a, "y"), "tab\t \"q\" \33\xff");

	lop_diag_label(d, find(a, "z"), "two\nlines");
	lop_diag_help(d, "h1");
	lop_diag_help(d, "h2");
	lop_report(&f->diags, LOP_MEM_SHARED, nowhere, "none");
	assert_string_equal(
		render(f, LOP_FORMAT_JSON, false),
		"[\n"
		"{\"code\": \"dts-ref\", \"severity\": \"error\", "
		"\"message\": \"tab\\t \\\"q\\\" \\u001b\xef\xbf\xbd\", \"downgraded\": false, "
		"\"places\": [{\"file\": \"a\\\"\\\\.dtsi\", \"line\": 2, \"column\": 3, "
		"\"end_line\": 2, \"end_column\": 4, \"label\": \"\"}, "
		"{\"file\": \"a\\\"\\\\.dtsi\", \"line\": 2, \"column\": 5, "
		"\"end_line\": 2, \"end_column\": 6, \"label\": \"two\\nlines\"}], "
		"\"includes\": [{\"file\": \"b.dts\", \"line\": 4}], "
		"\"helps\": [\"h1\", \"h2\"]},\n"
		"{\"code\": \"mem-shared\", \"severity\": \"warning\", \"message\": \"none\", "
		"\"downgraded\": false, \"places\": [], \"includes\": [], \"helps\": []}\n"
		"]\n");
}

static void test_empty_json(void **state)
{
	assert_string_equal(render(*state, LOP_FORMAT_JSON, false), "[\n]\n");
}

static void test_sarif(void **state)
{
	struct fixture *f = *state;
	struct file a = add(f, "dir/a b%.yaml", "\xc3\xa9: x\n", NULL);
	struct file b = add(f, "/abs.dts", "x", NULL);
	struct lop_diag *d = lop_report(&f->diags, LOP_IO, find(a, "x"), "m");
	const char *text;

	lop_diag_label(d, find(a, "x"), "own");
	lop_diag_label(d, find(b, "x"), "other");
	lop_diag_help(d, "try");
	text = render(f, LOP_FORMAT_SARIF, false);
	assert_non_null(strstr(text, "\"version\": \"2.1.0\""));
	assert_non_null(strstr(text, "\n{\"id\": \"io\", \"shortDescription\": "));
	assert_non_null(
		strstr(text, "\n{\"ruleId\": \"io\", \"ruleIndex\": 0, \"level\": \"error\", "
			     "\"message\": {\"text\": \"m\\nhelp: try\"}, "
			     "\"locations\": [{\"physicalLocation\": {\"artifactLocation\": "
			     "{\"uri\": \"dir/a%20b%25.yaml\"}, \"region\": {\"startLine\": 1, "
			     "\"startColumn\": 4, \"endLine\": 1, \"endColumn\": 5}}, "
			     "\"message\": {\"text\": \"own\"}}], "
			     "\"relatedLocations\": [{\"physicalLocation\": {\"artifactLocation\": "
			     "{\"uri\": \"file:///abs.dts\"}, \"region\": {\"startLine\": 1, "
			     "\"startColumn\": 1, \"endLine\": 1, \"endColumn\": 2}}, "
			     "\"message\": {\"text\": \"other\"}}]}\n]\n}]\n}\n"));
}

/* Rules stand in the order of the table, so that ruleIndex is right. */
static void test_sarif_rules(void **state)
{
	const char *text = render(*state, LOP_FORMAT_SARIF, false);

	for (int i = 0; i < LOP_CODE_COUNT; i++) {
		char id[64];

		snprintf(id, sizeof(id), "\n{\"id\": \"%s\", ", lop_codes[i].name);
		text = strstr(text, id);
		assert_non_null(text);
	}
	assert_non_null(strstr(text, "\"results\": [\n]\n}]\n}\n"));
}

#define RENDER_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		RENDER_TEST(test_nothing_to_say),
		RENDER_TEST(test_two_files),
		RENDER_TEST(test_labels_on_one_line),
		RENDER_TEST(test_labels_that_start_together),
		RENDER_TEST(test_include_chain),
		RENDER_TEST(test_places_without_lines),
		RENDER_TEST(test_empty_places_and_ends_of_lines),
		RENDER_TEST(test_long_lines_are_clipped),
		RENDER_TEST(test_carets_of_clipped_lines_line_up),
		RENDER_TEST(test_hostile_bytes_do_not_reach_the_terminal),
		RENDER_TEST(test_too_many_labels),
		RENDER_TEST(test_endless_include_chain),
		RENDER_TEST(test_summary),
		RENDER_TEST(test_summary_of_a_flood),
		RENDER_TEST(test_color),
		RENDER_TEST(test_json),
		RENDER_TEST(test_empty_json),
		RENDER_TEST(test_sarif),
		RENDER_TEST(test_sarif_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
