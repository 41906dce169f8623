/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON and SARIF of hostile texts: quoting, UTF-8, columns in characters, addresses of files. */
#include "lopper-c/diag/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	struct lop_arena arena;
	struct lop_sources sources;
	struct lop_diags diags;
	struct lop_buf out;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->sources.arena = f->diags.arena = &f->arena;
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

static void assert_json(struct fixture *f, const char *text, const char *quoted)
{
	f->out.len = 0;
	lop_json_string(&f->out, text);
	assert_string_equal(lop_buf_cstr(&f->out), quoted);
}

static void assert_clean(struct fixture *f, const char *text, size_t len, const char *cleaned)
{
	f->out.len = 0;
	lop_text_clean(&f->out, text, len);
	assert_string_equal(lop_buf_cstr(&f->out), cleaned);
}

#define BAD "\xef\xbf\xbd"

static void strings_are_quoted(void **state)
{
	assert_json(*state, "", "\"\"");
	assert_json(*state, "a\"b\\c/d", "\"a\\\"b\\\\c/d\"");
	assert_json(*state, "\n\t\r\b\f", "\"\\n\\t\\r\\b\\f\"");
	assert_json(*state, "\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"");
}

static void utf8_stays(void **state)
{
	assert_json(*state, "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
		    "\"\xc3\xa9\xe2\x82\xac"
		    "\xf0\x9f\x98\x80\"");
}

static void what_is_no_utf8_is_replaced(void **state)
{
	assert_json(*state, "\xff", "\"" BAD "\"");
	assert_json(*state, "\xc3", "\"" BAD "\"");
	assert_json(*state, "\xc3(", "\"" BAD "(\"");
	assert_json(*state, "\xc0\x80", "\"" BAD BAD "\"");	    /* overlong */
	assert_json(*state, "\xed\xa0\x80", "\"" BAD BAD BAD "\""); /* half of a pair */
	assert_json(*state, "\xf4\x90\x80\x80", "\"" BAD BAD BAD BAD "\"");
	assert_json(*state, "\xe2\x82", "\"" BAD BAD "\"");
}

static void terminals_get_no_controls(void **state)
{
	assert_clean(*state, "a\033[31mb", 7, "a" BAD "[31mb");
	assert_clean(*state, "a\0b", 3, "a" BAD "b");
	assert_clean(*state, "\x7f\r", 2, BAD BAD);
	assert_clean(*state, "\xc2\x9b", 2, BAD); /* CSI in one character */
	assert_clean(*state, "\xc2\xa0", 2, "\xc2\xa0");
	assert_clean(*state, "\xff\xc3", 2, BAD BAD);
	assert_clean(*state, "\xc3\xa9", 1, BAD);
}

/* --- whole documents --- */

static struct lop_span span_of(struct fixture *f, const char *name, const char *text,
			       uint32_t offset, uint32_t len, const struct lop_include *include)
{
	return (struct lop_span){
		.text = lop_sources_add(&f->sources, name, text, strlen(text), include),
		.offset = offset,
		.len = len,
	};
}

static void assert_says(struct fixture *f, enum lop_format format, const char *words)
{
	f->out.len = 0;
	lop_diags_render(&f->diags, format, true, &f->out);
	if (!strstr(lop_buf_cstr(&f->out), words))
		fail_msg("%s\ndoes not say %s", lop_buf_cstr(&f->out), words);
}

static void sarif_counts_characters(void **state)
{
	struct fixture *f = *state;

	lop_report(&f->diags, LOP_DTS_SYNTAX,
		   span_of(f, "a", "\xc3\xa9\xe2\x82\xac\xffx\n", 6, 1, NULL), "m");
	assert_says(f, LOP_FORMAT_SARIF, "\"startColumn\": 4, \"endLine\": 1, \"endColumn\": 5}");
	assert_says(f, LOP_FORMAT_JSON, "\"column\": 7, \"end_line\": 1, \"end_column\": 8");
}

static void names_of_files_are_encoded(void **state)
{
	struct fixture *f = *state;

	lop_report(&f->diags, LOP_DTS_SYNTAX, span_of(f, "a \"%\\#?\xc3\xa9.dts", "x", 0, 1, NULL),
		   "m");
	assert_says(f, LOP_FORMAT_SARIF, "\"uri\": \"a%20%22%25%5C%23%3F%C3%A9.dts\"");
}

static void the_include_chain_is_related(void **state)
{
	struct fixture *f = *state;
	const struct lop_include outer = { .file = "top.dts", .line = 9 };
	const struct lop_include inner = { .file = "mid.dtsi", .line = 4, .outer = &outer };

	lop_report(&f->diags, LOP_DTS_SYNTAX, span_of(f, "a", "x", 0, 1, &inner), "m");
	assert_says(f, LOP_FORMAT_SARIF,
		    "\"uri\": \"mid.dtsi\"}, \"region\": {\"startLine\": 4, \"startColumn\": 1, "
		    "\"endLine\": 4, \"endColumn\": 1}}, \"message\": {\"text\": \"included from "
		    "here\"}}, ");
	assert_says(f, LOP_FORMAT_SARIF, "\"uri\": \"top.dts\"}, \"region\": {\"startLine\": 9, ");
	assert_says(f, LOP_FORMAT_JSON,
		    "\"includes\": [{\"file\": \"mid.dtsi\", \"line\": 4}, "
		    "{\"file\": \"top.dts\", \"line\": 9}]");
}

static void without_a_place_there_is_none(void **state)
{
	struct fixture *f = *state;
	const struct lop_span nowhere = { 0 };

	lop_diag_help(lop_report(&f->diags, LOP_IO, nowhere, "m"), "h\"");
	assert_says(f, LOP_FORMAT_SARIF,
		    "\"message\": {\"text\": \"m\\nhelp: h\\\"\"}, \"locations\": [], "
		    "\"relatedLocations\": []}");
	assert_says(f, LOP_FORMAT_JSON, "\"places\": [], \"includes\": [], \"helps\": [\"h\\\"\"]");
}

static void what_lopper_passes_is_told(void **state)
{
	struct fixture *f = *state;

	f->diags.compat_lopper = true;
	lop_report(&f->diags, LOP_UNKNOWN_KEY, span_of(f, "a", "x", 0, 1, NULL), "m");
	assert_says(f, LOP_FORMAT_JSON,
		    "\"severity\": \"warning\", \"message\": \"m\", \"downgraded\": true");
	assert_says(f, LOP_FORMAT_SARIF, "\"level\": \"warning\"");
}

static void documents_have_no_colour(void **state)
{
	struct fixture *f = *state;

	lop_report(&f->diags, LOP_DTS_SYNTAX, span_of(f, "a", "x", 0, 1, NULL), "m\033[0m");
	for (int i = LOP_FORMAT_JSON; i <= LOP_FORMAT_SARIF; i++) {
		f->out.len = 0;
		lop_diags_render(&f->diags, (enum lop_format)i, true, &f->out);
		assert_null(strchr(lop_buf_cstr(&f->out), '\033'));
	}
}

static void severities_have_names(void **state)
{
	(void)state;
	assert_string_equal(lop_severity_name(LOP_ERROR), "error");
	assert_string_equal(lop_severity_name(LOP_WARNING), "warning");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(strings_are_quoted),	    TEST(utf8_stays),
		TEST(what_is_no_utf8_is_replaced),  TEST(terminals_get_no_controls),
		TEST(sarif_counts_characters),	    TEST(names_of_files_are_encoded),
		TEST(the_include_chain_is_related), TEST(without_a_place_there_is_none),
		TEST(what_lopper_passes_is_told),   TEST(documents_have_no_colour),
		TEST(severities_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
