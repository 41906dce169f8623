/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The C preprocessor: when it is needed, that it is run as Linux runs it, and its complaints at the
 * user's own file and line.
 */
#include "lopper-c/dts/cpp.h"

#include "tests/unit/tree_text.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "/dts-v1/;\n"

static bool needed(const char *text)
{
	return lop_cpp_is_needed(text, strlen(text));
}

static void test_plain_source_does_not_need_it(void **state)
{
	static const char *const plain[] = {
		"",
		HEAD "/ { #address-cells = <1>; #interrupt-cells = <2>; };\n",
		"#size-cells = <1>;\n#clock-cells;\n",
		"# 12 \"a.dts\" 2\n/ { };\n",
		"#12 \"a.dts\"\n",
		"__symbols__ { }; __overlay__ { }; a__b;\n",
		"\"a\\nb\\\\\" 'x' '\\\\'",
		"_x; __; _",
		"/* defines include */ // if\n",
		"5 % 3 %",
		"\\",
		"#",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (needed(plain[i]))
			fail_msg("not needed for: %s", plain[i]);
}

static void test_what_needs_it(void **state)
{
	static const char *const rows[] = {
		"#include <x>",
		"  #  include \"x\"\n",
		"a\n#define A 1\n",
		"#undef A",
		"#if 0\n#endif",
		"#ifdef A",
		"#ifndef A",
		"#elif 1",
		"#else",
		"#endif",
		"#error no",
		"#warning x",
		"#pragma once",
		"#line 5",
		"#line 5 \"x\"",
		"/**/ #include <x>",
		"#/**/include x",
		"# /* */ define A",
		"%:include <x>",
		"a \\\nb",
		"a \\ \t\nb",
		"a \\\r\nb",
		"x = <__LINE__>;",
		"__FILE__",
		"__DTS__",
		"__COUNTER__",
		"_Pragma(\"x\")",
		"#import <x>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!needed(rows[i]))
			fail_msg("needed for: %s", rows[i]);
}

/* ---- in a folder of its own ---- */

struct world {
	struct fixture fixture;
	char folder[64];
};

static int enter(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	w->fixture.sources.arena = &w->fixture.arena;
	w->fixture.diags.arena = &w->fixture.arena;
	w->fixture.diags.sources = &w->fixture.sources;
	strcpy(w->folder, "/tmp/cpp_test.XXXXXX");
	unsetenv("CPP");
	*state = w;
	return mkdtemp(w->folder) && chdir(w->folder) == 0 ? 0 : -1;
}

static int leave(void **state)
{
	static const char *const names[] = { "a.dts", "b.dtsi", "c.dtsi", "inc/d.h" };
	struct world *w = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		remove(names[i]);
	rmdir("inc");
	if (chdir("/") != 0 || rmdir(w->folder) != 0)
		return -1;
	for (size_t i = 0; i < w->fixture.n_trees; i++)
		lop_tree_free(w->fixture.trees[i]);
	lop_arena_free(&w->fixture.arena);
	free(w);
	return 0;
}

static void write_file(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static struct lop_tree *read_with(struct fixture *f, const struct lop_dts_options *options)
{
	return keep_tree(f, lop_dts_read(&f->arena, &f->diags, "a.dts", options));
}

static struct lop_place first_place(struct fixture *f)
{
	assert_non_null(f->diags.first);
	assert_non_null(f->diags.first->labels);
	return lop_sources_resolve(&f->sources, f->diags.first->labels->span);
}

static void test_macros_and_includes(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;
	struct lop_tree *tree;
	struct lop_place place;

	write_file("a.dts", HEAD
		   "#define TWO(x) (2 * (x))\n\n\n#include \"b.dtsi\"\n/ { a = <TWO(3)>; };\n");
	write_file("b.dtsi", "\n\n/ { b = <__LINE__>; };\n");
	tree = read_with(f, NULL);
	assert_silent(f);
	assert_int_equal(cell_at(tree, "/", "a", 0), 6);
	assert_int_equal(cell_at(tree, "/", "b", 0), 3);
	place = lop_sources_resolve(&f->sources, lop_prop_find(tree, tree->root, "b")->span);
	assert_string_equal(place.file, "b.dtsi");
	assert_int_equal(place.line, 3);
	assert_int_equal(place.column, 5);
	assert_string_equal(place.include->file, "a.dts");
	assert_int_equal(place.include->line, 5);
	assert_null(place.include->outer);
	place = lop_sources_resolve(&f->sources, lop_prop_find(tree, tree->root, "a")->span);
	assert_string_equal(place.file, "a.dts");
	assert_int_equal(place.line, 6);
	assert_null(place.include);
}

static void test_folders_and_defines(void **state)
{
	static const char *const dirs[] = { "inc" };
	static const char *const defines[] = { "ONE=1", "FLAG" };
	static const struct lop_dts_options options = {
		.include_dirs = dirs, .n_include_dirs = 1, .defines = defines, .n_defines = 2
	};
	struct world *w = *state;
	struct fixture *f = &w->fixture;
	struct lop_tree *tree;

	assert_int_equal(mkdir("inc", 0777), 0);
	write_file("inc/d.h", "#define D 4\n");
	write_file("a.dts", HEAD "#include <d.h>\n/ { a = <D ONE FLAG>; };\n");
	tree = read_with(f, &options);
	assert_silent(f);
	assert_int_equal(cell_at(tree, "/", "a", 0), 4);
	assert_int_equal(cell_at(tree, "/", "a", 1), 1);
	write_file("a.dts", HEAD "/ { a = <ONE>; };\n");
	tree = read_with(f, &options);
	assert_int_equal(cell_at(tree, "/", "a", 0), 1);
}

static void test_names_of_the_host_are_not_defined(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;

	write_file("a.dts", HEAD "#ifdef __DTS__\n/ { linux,x; unix; i386 { }; };\n#endif\n");
	assert_non_null(lop_tree_by_path(read_with(f, NULL), "/i386"));
	assert_silent(f);
}

static void test_every_file_is_listed(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;
	const char *const *files;

	write_file("a.dts", HEAD "#include \"b.dtsi\"\n/include/ \"c.dtsi\"\n/ { };\n");
	write_file("b.dtsi", "#define B\n");
	write_file("c.dtsi", "");
	read_with(f, NULL);
	assert_silent(f);
	assert_int_equal(lop_sources_files(&f->sources, &files), 3);
	assert_string_equal(files[0], "a.dts");
	assert_string_equal(files[1], "b.dtsi");
	assert_string_equal(files[2], "c.dtsi");
}

static void test_missing_include(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;
	struct lop_place place;

	write_file("a.dts", HEAD "#include \"b.dtsi\"\n/ { };\n");
	write_file("b.dtsi", "\n  #include \"nosuch.h\"\n");
	read_with(f, NULL);
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_CPP, "cannot find the file `nosuch.h`");
	place = first_place(f);
	assert_string_equal(place.file, "b.dtsi");
	assert_int_equal(place.line, 2);
	assert_int_equal(place.column, 12);
	assert_int_equal(place.end_column, 22);
	assert_string_equal(place.include->file, "a.dts");
	assert_int_equal(place.include->line, 2);
}

static void test_error_directive_and_syntax_in_one_run(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;

	write_file("a.dts", HEAD "#error not today\n/ { a = <1> };\n");
	read_with(f, NULL);
	assert_int_equal(f->diags.errors, 2);
	assert_reported(f, LOP_CPP, "not today");
	assert_reported(f, LOP_DTS_SYNTAX, "missing `;`");
	assert_int_equal(first_place(f).line, 2);
}

static void test_unbalanced_conditionals(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;

	write_file("a.dts", HEAD "/ { };\n#if 1\n");
	read_with(f, NULL);
	assert_int_equal(f->diags.errors, 1);
	assert_int_equal(f->diags.first->code, LOP_CPP);
	assert_int_equal(first_place(f).line, 3);
}

static void test_include_of_itself(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;

	write_file("a.dts", HEAD "#include \"a.dts\"\n/ { };\n");
	read_with(f, NULL);
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_LIMIT, "too deep");
}

static void test_too_much_output_is_refused(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;

	/* as the preprocessor, it writes until it is stopped */
	write_file("a.dts", "#define A\n");
	write_file("b.dtsi", "exec cat /dev/zero\n");
	assert_int_equal(setenv("CPP", "sh b.dtsi", 1), 0);
	read_with(f, NULL);
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_LIMIT, "MiB");
}

static void test_program_of_the_environment(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;

	write_file("a.dts", HEAD "#define A 7\n/ { a = <A>; };\n");
	assert_int_equal(setenv("CPP", "gcc  -E", 1), 0);
	assert_int_equal(cell_at(read_with(f, NULL), "/", "a", 0), 7);
	assert_silent(f);
	setenv("CPP", "  ", 1);
	assert_int_equal(cell_at(read_with(f, NULL), "/", "a", 0), 7);
	assert_silent(f);
	setenv("CPP", "/nonexistent/cpp -x", 1);
	read_with(f, NULL);
	assert_reported(f, LOP_CPP, "cannot run the C preprocessor `/nonexistent/cpp`");
	setenv("CPP", "false", 1);
	read_with(f, NULL);
	assert_int_equal(f->diags.errors, 2);
	assert_non_null(strstr(f->diags.last->message, "status 1"));
}

static void test_no_shell_is_involved(void **state)
{
	static const char *const defines[] = { "A=$(touch broken)", "B=`touch broken`;'\"" };
	static const struct lop_dts_options options = { .defines = defines, .n_defines = 2 };
	struct world *w = *state;
	struct fixture *f = &w->fixture;

	write_file("a.dts", HEAD "/ { };\n");
	read_with(f, &options);
	assert_silent(f);
	assert_int_not_equal(access("broken", F_OK), 0);
}

static void test_the_environment_adds_no_folder_and_no_file(void **state)
{
	static const char *const names[] = {
		"CPATH",
		"C_INCLUDE_PATH",
		"CPLUS_INCLUDE_PATH",
		"OBJC_INCLUDE_PATH",
		"DEPENDENCIES_OUTPUT",
		"SUNPRO_DEPENDENCIES",
		"GCC_EXEC_PREFIX",
		"COMPILER_PATH",
	};
	const size_t n = sizeof(names) / sizeof(names[0]);
	struct world *w = *state;
	struct fixture *f = &w->fixture;

	assert_int_equal(mkdir("inc", 0777), 0);
	write_file("inc/d.h", "#define D 4\n");
	for (size_t i = 0; i < n; i++)
		setenv(names[i], "inc", 1);
	setenv("DEPENDENCIES_OUTPUT", "written", 1);
	setenv("SUNPRO_DEPENDENCIES", "written", 1);
	write_file("a.dts", HEAD "#define A 7\n/ { a = <A>; };\n");
	assert_int_equal(cell_at(read_with(f, NULL), "/", "a", 0), 7);
	assert_silent(f);
	write_file("a.dts", HEAD "#include <d.h>\n/ { a = <D>; };\n");
	read_with(f, NULL);
	assert_reported(f, LOP_CPP, "d.h");
	for (size_t i = 0; i < n; i++)
		unsetenv(names[i]);
	assert_int_not_equal(access("written", F_OK), 0);
}

static void test_missing_file_and_folder(void **state)
{
	struct world *w = *state;
	struct fixture *f = &w->fixture;

	read_with(f, NULL);
	assert_reported(f, LOP_IO, "cannot read `a.dts`");
	keep_tree(f, lop_dts_read(&f->arena, &f->diags, ".", NULL));
	assert_int_equal(f->diags.errors, 2);
}

/* ---- its words ---- */

static void complain(struct fixture *f, const char *text, bool *fatal)
{
	*fatal = false;
	lop_cpp_report(&f->diags, text, strlen(text), fatal);
}

static void test_words_of_gcc(void **state)
{
	struct fixture *f = *state;
	const struct lop_include *include;
	bool fatal;

	complain(f,
		 "In file included from x/b.dtsi:7,\n                 from x/a.dts:3:\n"
		 "x/c.dtsi:12:10: fatal error: q.h: No such file or directory\n"
		 "   12 | #include <q.h>\n      |          ^~~~~\ncompilation terminated.\n",
		 &fatal);
	assert_true(fatal);
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_CPP, "`q.h`");
	include = first_place(f).include;
	assert_string_equal(include->file, "x/b.dtsi");
	assert_int_equal(include->line, 7);
	assert_string_equal(include->outer->file, "x/a.dts");
	assert_null(include->outer->outer);
}

static void test_words_of_clang(void **state)
{
	struct fixture *f = *state;
	const struct lop_include *include;
	bool fatal;

	complain(f,
		 "In file included from x/a.dts:3:\nIn file included from x/b.dtsi:7:\n"
		 "x/c.dtsi:12:10: fatal error: 'q.h' file not found\n#include <q.h>\n"
		 "         ^~~~~\n1 error generated.\n",
		 &fatal);
	assert_true(fatal);
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_CPP, "`q.h`");
	include = first_place(f).include;
	assert_string_equal(include->file, "x/b.dtsi");
	assert_string_equal(include->outer->file, "x/a.dts");
}

static void test_words_that_are_no_errors(void **state)
{
	struct fixture *f = *state;
	bool fatal;

	complain(f, "a.dts:1:2: warning: #warning x\n", &fatal);
	complain(f, "a.dts:1:2: note: here\n", &fatal);
	complain(f, "error", &fatal);
	complain(f, ":::::\n: 1: 2\n:1:\n:1:2:\n\n\n", &fatal);
	complain(f, "from x:1:\nIn file included from \n                 from ,\n", &fatal);
	assert_int_equal(f->diags.errors, 0);
	assert_false(fatal);
	complain(f, "cpp: fatal error: no input files\n", &fatal);
	assert_true(fatal);
	assert_int_equal(f->diags.errors, 1);
	complain(f, "a:99999999999:99999999999: error: x\n", &fatal);
	assert_int_equal(f->diags.errors, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define IN_FOLDER(name) cmocka_unit_test_setup_teardown(name, enter, leave)
#define TEST(name)	cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		cmocka_unit_test(test_plain_source_does_not_need_it),
		cmocka_unit_test(test_what_needs_it),
		IN_FOLDER(test_macros_and_includes),
		IN_FOLDER(test_folders_and_defines),
		IN_FOLDER(test_names_of_the_host_are_not_defined),
		IN_FOLDER(test_every_file_is_listed),
		IN_FOLDER(test_missing_include),
		IN_FOLDER(test_error_directive_and_syntax_in_one_run),
		IN_FOLDER(test_unbalanced_conditionals),
		IN_FOLDER(test_include_of_itself),
		IN_FOLDER(test_too_much_output_is_refused),
		IN_FOLDER(test_program_of_the_environment),
		IN_FOLDER(test_no_shell_is_involved),
		IN_FOLDER(test_the_environment_adds_no_folder_and_no_file),
		IN_FOLDER(test_missing_file_and_folder),
		TEST(test_words_of_gcc),
		TEST(test_words_of_clang),
		TEST(test_words_that_are_no_errors),
#undef TEST
#undef IN_FOLDER
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
