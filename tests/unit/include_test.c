/* SPDX-License-Identifier: BSD-3-Clause */
/* /include/ and /incbin/: anywhere, missing, in circles, too deep, too many. */
#include "tests/unit/tree_text.h"

#include <stdio.h>
#include <unistd.h>

#define HEAD "/dts-v1/;\n"

static const char *write_file(struct fixture *f, const char *name, const char *text)
{
	const char *path = lop_arena_printf(&f->arena, "%s", name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return path;
}

static char folder[64];

static void enter_folder(void)
{
	strcpy(folder, "/tmp/include_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
}

static void leave_folder(void)
{
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(folder), 0);
}

static struct lop_tree *read_file(struct fixture *f, const char *path)
{
	return keep_tree(f, lop_dts_read(&f->arena, &f->diags, path, NULL));
}

static void test_include_anywhere(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree;
	struct lop_place place;

	enter_folder();
	write_file(f, "cells", "2 3");
	write_file(f, "node.dtsi", "n { p; };\n");
	write_file(f, "bin", "0123456789");
	write_file(
		f, "a.dts",
		HEAD
		"/ { a = <1 /include/ \"cells\" 4>; b = /incbin/(\"bin\", 2, 3), /incbin/(\"bin\");\n"
		"c = /incbin/(\"bin\", 8, 100); d = /incbin/(\"bin\", 11, 1);\n"
		"e = /incbin/(\"bin\", 0x7fffffffffffffff, 0xffffffffffffffff);\n"
		"/include/ \"node.dtsi\"\n};\n");
	tree = read_file(f, "a.dts");
	assert_silent(f);
	assert_int_equal(cell_at(tree, "/", "a", 2), 3);
	assert_int_equal(value_at(tree, "/", "a")->len, 16);
	assert_memory_equal(value_at(tree, "/", "b")->data, "2340123456789", 13);
	assert_int_equal(value_at(tree, "/", "c")->len, 2);
	assert_int_equal(value_at(tree, "/", "d")->len, 0);
	assert_int_equal(value_at(tree, "/", "e")->len, 0);
	place = lop_sources_resolve(&f->sources,
				    lop_prop_find(tree, node_at(tree, "/n"), "p")->span);
	assert_string_equal(place.file, "node.dtsi");
	assert_int_equal(place.include->line, 5);
	remove("cells"), remove("node.dtsi"), remove("bin"), remove("a.dts");
	leave_folder();
}

static void test_cyclic_includes(void **state)
{
	struct fixture *f = *state;

	enter_folder();
	write_file(f, "self.dts", HEAD "/include/ \"self.dts\"\n/ { };\n");
	write_file(f, "a.dts", HEAD "/include/ \"b.dtsi\"\n/ { };\n");
	write_file(f, "b.dtsi", "/include/ \"./a.dts\"\n");
	read_file(f, "self.dts");
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_DTS_INCLUDE, "includes itself");
	read_file(f, "a.dts");
	assert_int_equal(f->diags.errors, 2);
	assert_int_equal(f->diags.last->code, LOP_DTS_INCLUDE);
	remove("self.dts"), remove("a.dts"), remove("b.dtsi");
	leave_folder();
}

static void test_include_bombs(void **state)
{
	struct fixture *f = *state;

	enter_folder();
	for (unsigned int i = 0; i < 20; i++)
		write_file(f, lop_arena_printf(&f->arena, "b%u", i),
			   lop_arena_printf(&f->arena, "/include/ \"b%u\"\n/include/ \"b%u\"\n",
					    i + 1, i + 1));
	write_file(f, "b20", "/ { };\n");
	write_file(f, "a.dts", HEAD "/include/ \"b0\"\n");
	read_file(f, "a.dts");
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_LIMIT, "more than can be included");
	for (unsigned int i = 0; i <= 20; i++)
		remove(lop_arena_printf(&f->arena, "b%u", i));
	remove("a.dts");
	leave_folder();
}

static void test_deep_includes(void **state)
{
	struct fixture *f = *state;

	enter_folder();
	for (unsigned int i = 0; i < 300; i++)
		write_file(f, lop_arena_printf(&f->arena, "d%u", i),
			   lop_arena_printf(&f->arena, "/include/ \"d%u\"\n", i + 1));
	write_file(f, "d300", "");
	write_file(f, "a.dts", HEAD "/include/ \"d0\"\n/ { };\n");
	read_file(f, "a.dts");
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_LIMIT, "levels deep");
	for (unsigned int i = 0; i <= 300; i++)
		remove(lop_arena_printf(&f->arena, "d%u", i));
	remove("a.dts");
	leave_folder();
}

static void test_a_directive_behind_include_is_refused(void **state)
{
	struct fixture *f = *state;

	enter_folder();
	write_file(f, "a.dts", HEAD "/include/ \"b.dtsi\"\n/ { };\n");
	write_file(f, "b.dtsi", "#include <x.h>\n#define X 1\n");
	read_file(f, "a.dts");
	assert_int_equal(f->diags.errors, 1);
	assert_reported(f, LOP_DTS_SYNTAX, "preprocessor");
	remove("a.dts"), remove("b.dtsi");
	leave_folder();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(test_include_anywhere),
		TEST(test_cyclic_includes),
		TEST(test_include_bombs),
		TEST(test_deep_includes),
		TEST(test_a_directive_behind_include_is_refused),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
