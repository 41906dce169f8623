/* SPDX-License-Identifier: BSD-3-Clause */
/* dts/read.c: one tree from either kind of file, with labels and resolved references. */
#include <stdio.h>
#include <unistd.h>

#include "tests/unit/tree_text.h"

static const char source[] = "/dts-v1/;\n/ {\n\ta: b: x@1 {\n\t\tr = <&y 1>;\n\t};\n\n"
			     "\ty: y {\n\t\tp = &a;\n\t};\n};\n";

/* A file with this content, until the test ends. */
static const char *file_of(struct fixture *f, const void *data, size_t len)
{
	char *path = lop_arena_strdup(&f->arena, "/tmp/read_test.XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, len), (ssize_t)len);
	close(fd);
	return path;
}

static struct lop_tree *read_file(struct fixture *f, const char *path)
{
	static const struct lop_dts_options none;

	return keep_tree(f, lop_tree_read(&f->arena, &f->diags, path, &none));
}

static struct lop_tree *read_bytes(struct fixture *f, const void *data, size_t len)
{
	const char *path = file_of(f, data, len);
	struct lop_tree *tree = read_file(f, path);

	unlink(path);
	return tree;
}

static struct lop_buf blob_of(struct fixture *f)
{
	struct lop_tree *tree = parse(f, source);
	struct lop_buf blob = { 0 };

	lop_tree_compile(tree, &f->diags, true);
	lop_dtb_write(tree, &blob);
	return blob;
}

/* What source and blob must both give. */
static void assert_sample(const struct fixture *f, const struct lop_tree *tree)
{
	const struct lop_node *x = node_at(tree, "/x@1");

	assert_silent(f);
	assert_ptr_equal(lop_tree_by_label(tree, "b"), x);
	assert_string_equal(x->labels->name, "a");
	assert_string_equal(x->labels->next->name, "b");
	assert_ptr_equal(lop_tree_by_phandle(tree, cell_at(tree, "/x@1", "r", 0)),
			 node_at(tree, "/y"));
	assert_string_equal(lop_value_str(value_at(tree, "/y", "p"), 0), "/x@1");
	assert_null(lop_tree_by_path(tree, "/__symbols__"));
}

static void test_source(void **state)
{
	assert_sample(*state, read_bytes(*state, source, strlen(source)));
}

static void test_blob(void **state)
{
	struct lop_buf blob = blob_of(*state);

	assert_sample(*state, read_bytes(*state, blob.data, blob.len));
	lop_buf_free(&blob);
}

static void test_blob_from_standard_input(void **state)
{
	struct fixture *f = *state;
	struct lop_buf blob = blob_of(f);
	const char *path = file_of(f, blob.data, blob.len);

	assert_non_null(freopen(path, "rb", stdin));
	assert_sample(f, read_file(f, "-"));
	unlink(path);
	lop_buf_free(&blob);
}

static void test_source_from_standard_input(void **state)
{
	struct fixture *f = *state;
	const char *path = file_of(f, source, strlen(source));

	assert_non_null(freopen(path, "rb", stdin));
	assert_sample(f, read_file(f, "-"));
	unlink(path);
}

static void test_missing_file(void **state)
{
	struct lop_tree *tree = read_file(*state, "/nonexistent/board.dts");

	assert_reported(*state, LOP_IO, "cannot read `/nonexistent/board.dts`");
	assert_null(tree->root->children);
}

static void test_folder(void **state)
{
	read_file(*state, "/tmp");
	assert_reported(*state, LOP_IO, "`/tmp`");
}

static void test_empty_file(void **state)
{
	struct fixture *f = *state;

	read_bytes(f, "", 0);
	assert_true(f->diags.errors > 0);
}

static void test_half_a_magic_number(void **state)
{
	struct fixture *f = *state;

	read_bytes(f, "\xd0\x0d\xfe", 3);
	assert_true(f->diags.errors > 0);
}

static void test_truncated_blob(void **state)
{
	struct fixture *f = *state;
	struct lop_buf blob = blob_of(f);

	read_bytes(f, blob.data, blob.len / 2);
	assert_reported(f, LOP_DTB_FORMAT, "ends too early");
	lop_buf_free(&blob);
}

static void test_unresolved_source(void **state)
{
	static const char bad[] = "/dts-v1/; / { r = <&nobody>; };";

	read_bytes(*state, bad, strlen(bad));
	assert_reported(*state, LOP_DTS_REF, "`nobody`");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_source),
		TEST(test_blob),
		TEST(test_blob_from_standard_input),
		TEST(test_source_from_standard_input),
		TEST(test_missing_file),
		TEST(test_folder),
		TEST(test_empty_file),
		TEST(test_half_a_magic_number),
		TEST(test_truncated_blob),
		TEST(test_unresolved_source),
	};

	return cmocka_run_group_tests_name("read", tests, NULL, NULL);
}
