/* SPDX-License-Identifier: BSD-3-Clause */
/* What cpp says, as diagnostics: whatever it says, and however often. */
#include "lopper-c/dts/cpp.h"

#include <stdio.h>
#include <unistd.h>

#include "tests/unit/tree_text.h"

static size_t report(void **state, const char *text, bool *fatal)
{
	struct fixture *f = *state;

	f->diags.first = f->diags.last = NULL;
	f->diags.errors = 0;
	*fatal = false;
	return lop_cpp_report(&f->diags, text, strlen(text), fatal);
}

static struct lop_place place(void **state)
{
	const struct fixture *f = *state;

	assert_non_null(f->diags.first);
	assert_non_null(f->diags.first->labels);
	return lop_sources_resolve(&((struct fixture *)*state)->sources,
				   f->diags.first->labels->span);
}

static void an_error_has_its_words(void **state)
{
	bool fatal;

	assert_int_equal(report(state, "gone.dts:3:2: error: #error stop\n", &fatal), 1);
	assert_false(fatal);
	assert_reported(*state, LOP_CPP, "the C preprocessor says: #error stop");
	assert_string_equal(place(state).file, "gone.dts");
}

static void without_a_column_and_without_a_newline(void **state)
{
	bool fatal;

	assert_int_equal(report(state, "gone.dts:3: fatal error: no", &fatal), 1);
	assert_true(fatal);
	assert_reported(*state, LOP_CPP, "says: no");
}

static void a_colon_in_the_name(void **state)
{
	bool fatal;

	assert_int_equal(report(state, "a:b: c:7:1: error: x\n", &fatal), 1);
	assert_string_equal(place(state).file, "a:b: c");
}

static void without_a_file(void **state)
{
	bool fatal;

	assert_int_equal(report(state, "cpp: fatal error: no input files\n", &fatal), 1);
	assert_true(fatal);
	assert_reported(*state, LOP_CPP, "says: no input files");
}

static void prose_is_no_error(void **state)
{
	static const char *const rows[] = { "",
					    "\n\n\n",
					    "a.dts:1:1: note: x\n",
					    "compilation terminated.\n",
					    "error: x\n",
					    "a.dts:1:x: error\n",
					    "a.dts:1:1:error: y\n",
					    "a.dts: error\n",
					    ":::::\n" };
	bool fatal;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (report(state, rows[i], &fatal) != 0)
			fail_msg("%s is an error", rows[i]);
		assert_silent(*state);
		assert_false(fatal);
	}
}

static void warnings_are_no_errors(void **state)
{
	struct fixture *f = *state;
	bool fatal;

	assert_int_equal(report(state, "a.dts:1:1: warning: #warning x [-Wcpp]\n", &fatal), 0);
	assert_false(fatal);
	assert_int_equal(f->diags.errors, 0);
	assert_reported(f, LOP_CPP_WARNING, "says: #warning x");
	assert_null(strstr(f->diags.first->message, "-Wcpp"));
}

static void missing_files_of_both_compilers(void **state)
{
	static const char *const rows[] = {
		"a:1:1: fatal error: x.h: No such file or directory\n",
		"a:1:1: fatal error: 'x.h' file not found\n",
		"a:1:1: error: no include path in which to search for x.h\n",
	};
	bool fatal;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(report(state, rows[i], &fatal), 1);
		assert_reported(*state, LOP_CPP, "cannot find the file `x.h`");
		assert_helped(*state, LOP_CPP, "give the folder it is in with -I");
	}
}

static void too_deep_is_a_limit(void **state)
{
	bool fatal;

	report(state, "a:1:1: fatal error: #include nested depth 201 exceeds maximum of 200\n",
	       &fatal);
	assert_reported(*state, LOP_LIMIT, "files include one another too deep");
}

static void wild_numbers(void **state)
{
	bool fatal;

	assert_int_equal(report(state,
				"a:99999999999999999999:99999999999999999999: error: x\n"
				"b:0:0: error: y\n",
				&fatal),
			 2);
	assert_int_equal(((struct fixture *)*state)->diags.errors, 2);
}

static void a_flood_is_cut(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };
	bool fatal = false;

	for (int i = 0; i < 500; i++)
		lop_buf_printf(&text, "a:%d:1: error: %d\n", i + 1, i);
	assert_int_equal(lop_cpp_report(&f->diags, text.data, text.len, &fatal), 50);
	assert_int_equal(f->diags.errors, 50);
	lop_buf_free(&text);
}

static void endless_chains_end(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };
	bool fatal = false;

	lop_buf_puts(&text, "In file included from x:1,\n");
	for (int i = 0; i < 1000; i++)
		lop_buf_puts(&text, "                 from y:2,\n");
	lop_buf_puts(&text, "z:1:1: error: deep\n");
	assert_int_equal(lop_cpp_report(&f->diags, text.data, text.len, &fatal), 1);
	assert_string_equal(place(state).include->file, "x");
	lop_buf_free(&text);
}

static void a_step_without_a_chain_is_prose(void **state)
{
	bool fatal;

	assert_int_equal(report(state, "                 from y:2,\nz:1:1: error: x\n", &fatal), 1);
	assert_null(place(state).include);
}

/* --- places in files that are there --- */

static void assert_at(void **state, const char *message, uint32_t line, uint32_t column,
		      uint32_t end_column)
{
	struct lop_place p;
	bool fatal;

	assert_int_equal(report(state, message, &fatal), 1);
	p = place(state);
	assert_int_equal(p.line, line);
	assert_int_equal(p.column, column);
	assert_int_equal(p.end_column, end_column);
}

static void the_token_is_marked(void **state)
{
	char name[] = "/tmp/sdtgen-cpp-test-XXXXXX", text[128];
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "one\n#include \"x y.h\" z\n#include <q.h>\nlast", 41), 41);
	close(fd);
	snprintf(text, sizeof(text), "%s:2:10: error: m\n", name);
	assert_at(state, text, 2, 10, 17);
	snprintf(text, sizeof(text), "%s:3:10: error: m\n", name);
	assert_at(state, text, 3, 10, 15);
	snprintf(text, sizeof(text), "%s:2:99: error: m\n", name); /* behind the name */
	assert_at(state, text, 2, 10, 17);
	snprintf(text, sizeof(text), "%s:1:2: error: m\n", name);
	assert_at(state, text, 1, 2, 4);
	unlink(name);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_error_has_its_words),
		TEST(without_a_column_and_without_a_newline),
		TEST(a_colon_in_the_name),
		TEST(without_a_file),
		TEST(prose_is_no_error),
		TEST(warnings_are_no_errors),
		TEST(missing_files_of_both_compilers),
		TEST(too_deep_is_a_limit),
		TEST(wild_numbers),
		TEST(a_flood_is_cut),
		TEST(endless_chains_end),
		TEST(a_step_without_a_chain_is_prose),
		TEST(the_token_is_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
