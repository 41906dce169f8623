/* SPDX-License-Identifier: BSD-3-Clause */
/* dts/dtb_read.c: sound blobs become trees, everything else becomes a diagnostic. */
#include <libfdt.h>

#include "tests/unit/tree_text.h"

/* A blob under construction by libfdt, which allows what no DTS does. */
struct image {
	char data[64 << 10];
};

static struct image *begin(void)
{
	struct image *image = calloc(1, sizeof(*image));

	assert_int_equal(fdt_create(image->data, sizeof(image->data)), 0);
	assert_int_equal(fdt_finish_reservemap(image->data), 0);
	assert_int_equal(fdt_begin_node(image->data, ""), 0);
	return image;
}

static void node(struct image *image, const char *name)
{
	assert_int_equal(fdt_begin_node(image->data, name), 0);
}

static void end(struct image *image)
{
	assert_int_equal(fdt_end_node(image->data), 0);
}

static void prop(struct image *image, const char *name, const char *value, int len)
{
	assert_int_equal(fdt_property(image->data, name, value, len), 0);
}

static struct lop_tree *read_blob(struct fixture *f, const void *blob, size_t size)
{
	return keep_tree(f, lop_dtb_parse(&f->arena, &f->diags, "test.dtb", blob, size));
}

/* Closes the root, reads, frees. */
static struct lop_tree *finish(struct fixture *f, struct image *image)
{
	struct lop_tree *tree;

	end(image);
	assert_int_equal(fdt_finish(image->data), 0);
	tree = read_blob(f, image->data, fdt_totalsize(image->data));
	free(image);
	return tree;
}

static struct lop_buf sample(struct fixture *f)
{
	struct lop_tree *tree = parse(f, "/dts-v1/; /memreserve/ 0x1000 0x20; / { model = \"m\"; e;"
					 "cpus { cpu@3 { reg = <3>; }; }; a: a@1 { r = <&a 1>;"
					 "b { x = [01 02 03]; }; }; };");
	struct lop_buf blob = { 0 };

	lop_tree_compile(tree, &f->diags, true);
	lop_dtb_write(tree, &blob);
	return blob;
}

static void test_reads_what_was_written(void **state)
{
	struct fixture *f = *state;
	struct lop_buf blob = sample(f), again = { 0 };
	struct lop_tree *tree = read_blob(f, blob.data, blob.len);

	assert_silent(f);
	assert_string_equal(lop_value_str(value_at(tree, "/", "model"), 0), "m");
	assert_int_equal(value_at(tree, "/", "e")->len, 0);
	assert_int_equal(value_at(tree, "/a@1/b", "x")->len, 3);
	assert_int_equal(tree->boot_cpu, 3);
	assert_int_equal(tree->memreserves->range.base, 0x1000);
	assert_int_equal(tree->memreserves->range.size, 0x20);
	assert_null(tree->memreserves->next);
	lop_dtb_write(tree, &again);
	assert_int_equal(again.len, blob.len);
	assert_memory_equal(again.data, blob.data, blob.len);
	lop_buf_free(&blob);
	lop_buf_free(&again);
}

static void test_spans_name_the_file(void **state)
{
	struct fixture *f = *state;
	struct lop_buf blob = sample(f);
	struct lop_tree *tree = read_blob(f, blob.data, blob.len);
	struct lop_place place =
		lop_sources_resolve(&f->sources, node_at(tree, "/a@1")->props->span);

	assert_string_equal(place.file, "test.dtb");
	assert_int_equal(place.line, 0);
	lop_buf_free(&blob);
}

static void test_the_blob_need_not_live_on(void **state)
{
	struct fixture *f = *state;
	struct lop_buf blob = sample(f);
	struct lop_tree *tree = read_blob(f, blob.data, blob.len);

	memset(blob.data, 0xaa, blob.len);
	lop_buf_free(&blob);
	assert_string_equal(lop_value_str(value_at(tree, "/", "model"), 0), "m");
	assert_string_equal(node_at(tree, "/a@1/b")->name, "b");
}

static void test_bytes_behind_the_blob_are_ignored(void **state)
{
	struct fixture *f = *state;
	struct lop_buf blob = sample(f);

	lop_buf_puts(&blob, "trailing");
	read_blob(f, blob.data, blob.len);
	assert_silent(f);
	lop_buf_free(&blob);
}

static void test_nops_are_skipped(void **state)
{
	struct fixture *f = *state;
	struct lop_buf blob = sample(f);
	struct lop_tree *tree;

	assert_int_equal(fdt_nop_node(blob.data, fdt_path_offset(blob.data, "/a@1/b")), 0);
	assert_int_equal(fdt_nop_property(blob.data, 0, "model"), 0);
	tree = read_blob(f, blob.data, blob.len);
	assert_silent(f);
	assert_null(lop_tree_by_path(tree, "/a@1/b"));
	assert_null(lop_prop_find(tree, tree->root, "model"));
	lop_buf_free(&blob);
}

static void test_right_name_property_is_left_out(void **state)
{
	struct fixture *f = *state;
	struct image *image = begin();
	struct lop_tree *tree;

	node(image, "a@1");
	prop(image, "name", "a", 2);
	end(image);
	tree = finish(f, image);
	assert_silent(f);
	assert_null(node_at(tree, "/a@1")->props);
}

/* --- damage --- */

static void test_nothing_at_all(void **state)
{
	struct lop_tree *tree = read_blob(*state, "", 0);

	assert_reported(*state, LOP_DTB_FORMAT, "shorter than a header");
	assert_non_null(tree->root);
}

/* Every prefix of a blob is refused, and none reads beyond its end. */
static void test_every_truncation(void **state)
{
	struct fixture *f = *state;
	struct lop_buf blob = sample(f);

	for (size_t len = 0; len < blob.len; len++) {
		char *cut = malloc(len + 1);

		memcpy(cut, blob.data, len);
		f->diags.errors = 0;
		f->diags.first = f->diags.last = NULL;
		cut = realloc(cut, len ? len : 1);
		lop_tree_free(read_blob(f, cut, len));
		f->n_trees--;
		assert_int_equal(f->diags.errors, 1);
		free(cut);
	}
	lop_buf_free(&blob);
}

/* One byte after the other is changed: a tree or a diagnostic, never a crash. */
static void test_every_changed_byte(void **state)
{
	static const unsigned char flips[] = { 0x01, 0x80, 0xff };
	struct fixture *f = *state;
	struct lop_buf blob = sample(f);

	for (size_t at = 0; at < blob.len; at++)
		for (size_t i = 0; i < sizeof(flips); i++) {
			blob.data[at] = (char)(blob.data[at] ^ flips[i]);
			lop_tree_free(read_blob(f, blob.data, blob.len));
			f->n_trees--;
			blob.data[at] = (char)(blob.data[at] ^ flips[i]);
		}
	lop_buf_free(&blob);
}

/* Overwrites a word of the header. */
static void assert_refused(struct fixture *f, size_t index, uint32_t value, enum lop_code code,
			   const char *words)
{
	struct lop_buf blob = sample(f);
	struct lop_buf cell = { 0 };

	lop_buf_be32(&cell, value);
	memcpy(blob.data + 4 * index, cell.data, 4);
	read_blob(f, blob.data, blob.len);
	assert_reported(f, code, words);
	lop_buf_free(&blob);
	lop_buf_free(&cell);
}

static void test_bad_magic(void **state)
{
	assert_refused(*state, 0, 0xd00dfeee, LOP_DTB_FORMAT, "0xd00dfeed");
}

static void test_too_large_total(void **state)
{
	assert_refused(*state, 1, 0x7fffffff, LOP_DTB_FORMAT, "ends too early");
}

static void test_structure_offset_beyond_the_end(void **state)
{
	assert_refused(*state, 2, 0xfffffff0, LOP_DTB_FORMAT, "not a sound");
}

static void test_strings_offset_beyond_the_end(void **state)
{
	assert_refused(*state, 3, 0xffffff00, LOP_DTB_FORMAT, "not a sound");
}

static void test_old_version(void **state)
{
	assert_refused(*state, 5, 3, LOP_UNSUPPORTED, "version 3");
}

static void test_future_version(void **state)
{
	assert_refused(*state, 6, 18, LOP_DTB_FORMAT, "version is unknown");
}

static void test_garbage(void **state)
{
	struct fixture *f = *state;
	unsigned char noise[512];
	uint32_t x = 1;

	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (unsigned char)((x = x * 1664525 + 1013904223) >> 24);
	memcpy(noise, "\xd0\x0d\xfe\xed", 4);
	read_blob(f, noise, sizeof(noise));
	assert_true(f->diags.errors > 0);
}

/* --- what libfdt lets pass --- */

static void test_bad_node_names(void **state)
{
	static const char *const names[] = {
		"a/b", "a b", "a@1@2", "sn\xc3\xb6", "a\nb", "#a", ""
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct image *image = begin();
		struct lop_tree *tree;

		f->diags.errors = 0;
		f->diags.first = f->diags.last = NULL;
		node(image, "good");
		node(image, names[i]);
		node(image, "below");
		prop(image, "p", "", 0);
		end(image);
		end(image);
		node(image, "after");
		end(image);
		end(image);
		tree = finish(f, image);
		assert_reported(f, LOP_DTB_FORMAT, "`/good` has a child with a bad name");
		assert_int_equal(f->diags.errors, 1);
		assert_null(node_at(tree, "/good")->children->next);
		node_at(tree, "/good/after");
		lop_tree_free(tree);
		f->n_trees--;
	}
}

static void test_bad_property_names(void **state)
{
	static const char *const names[] = { "a@b", "a/b", "a b", "\x1b[31m", "" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct image *image = begin();
		struct lop_tree *tree;

		f->diags.errors = 0;
		f->diags.first = f->diags.last = NULL;
		prop(image, names[i], "x", 2);
		prop(image, "good", "x", 2);
		tree = finish(f, image);
		assert_reported(f, LOP_DTB_FORMAT, "property with a bad name");
		assert_null(strchr(f->diags.first->message, '\x1b'));
		assert_string_equal(tree->root->props->name, "good");
		lop_tree_free(tree);
		f->n_trees--;
	}
}

static void test_wrong_name_property(void **state)
{
	struct fixture *f = *state;
	struct image *image = begin();

	node(image, "a@1");
	prop(image, "name", "b", 2);
	end(image);
	finish(f, image);
	assert_reported(f, LOP_DTB_FORMAT, "is not the node's name");
}

static void test_twins(void **state)
{
	struct fixture *f = *state;
	struct image *image = begin();
	struct lop_tree *tree;

	prop(image, "p", "1", 2);
	prop(image, "p", "2", 2);
	node(image, "a");
	end(image);
	node(image, "a");
	prop(image, "lost", "", 0);
	end(image);
	tree = finish(f, image);
	assert_reported(f, LOP_DTB_FORMAT, "property `p` twice");
	assert_int_equal(f->diags.errors, 2);
	assert_null(node_at(tree, "/a")->props);
}

static void test_depth_is_bounded(void **state)
{
	struct fixture *f = *state;
	struct image *image = begin();

	for (int i = 0; i < 1000; i++)
		node(image, "n");
	for (int i = 0; i < 1000; i++)
		end(image);
	finish(f, image);
	assert_reported(f, LOP_LIMIT, "deeper than 200");
	assert_int_equal(f->diags.errors, 1);
}

static void test_long_property_name(void **state)
{
	struct fixture *f = *state;
	struct image *image = begin();
	char name[2000];

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	prop(image, name, "", 0);
	finish(f, image);
	assert_reported(f, LOP_LIMIT, "1024");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reads_what_was_written),
		TEST(test_spans_name_the_file),
		TEST(test_the_blob_need_not_live_on),
		TEST(test_bytes_behind_the_blob_are_ignored),
		TEST(test_nops_are_skipped),
		TEST(test_right_name_property_is_left_out),
		TEST(test_nothing_at_all),
		TEST(test_every_truncation),
		TEST(test_every_changed_byte),
		TEST(test_bad_magic),
		TEST(test_too_large_total),
		TEST(test_structure_offset_beyond_the_end),
		TEST(test_strings_offset_beyond_the_end),
		TEST(test_old_version),
		TEST(test_future_version),
		TEST(test_garbage),
		TEST(test_bad_node_names),
		TEST(test_bad_property_names),
		TEST(test_wrong_name_property),
		TEST(test_twins),
		TEST(test_depth_is_bounded),
		TEST(test_long_property_name),
	};

	return cmocka_run_group_tests_name("dtb_read", tests, NULL, NULL);
}
