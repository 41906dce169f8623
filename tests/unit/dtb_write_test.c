/* SPDX-License-Identifier: BSD-3-Clause */
/* dts/dtb_write.c: the layout of a blob, word by word, and its string table. */
#include <libfdt.h>
#include <stdio.h>

#include "tests/unit/tree_text.h"

static struct lop_buf blob_of(struct fixture *f, const char *text)
{
	struct lop_tree *tree = parse(f, text);
	struct lop_buf blob = { 0 };

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_dtb_write(tree, &blob);
	return blob;
}

static uint32_t word(const struct lop_buf *blob, size_t index)
{
	const unsigned char *p = (const unsigned char *)blob->data + 4 * index;

	assert_true(4 * index + 4 <= blob->len);
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void test_empty_tree(void **state)
{
	static const uint32_t expected[] = { 0xd00dfeed, 72, 56, 72, 40, 17, 16, 0, 0,
					     16,	 0,  0,	 0,  0,	 1,  0,	 2, 9 };
	struct lop_buf blob = blob_of(*state, "/dts-v1/; / { };");

	assert_int_equal(blob.len, sizeof(expected));
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		assert_int_equal(word(&blob, i), expected[i]);
	lop_buf_free(&blob);
}

static void test_values_are_padded(void **state)
{
	struct lop_buf blob = blob_of(*state, "/dts-v1/; / { a = [01 02 03 04 05]; abcd { }; };");

	/* BEGIN "" PROP 5 0 value BEGIN "abcd" END_NODE END_NODE END */
	assert_int_equal(word(&blob, 16), 3);
	assert_int_equal(word(&blob, 17), 5);
	assert_int_equal(word(&blob, 18), 0);
	assert_int_equal(word(&blob, 19), 0x01020304);
	assert_int_equal(word(&blob, 20), 0x05000000);
	assert_int_equal(word(&blob, 21), 1);
	assert_int_equal(word(&blob, 22), 0x61626364);
	assert_int_equal(word(&blob, 23), 0);
	assert_int_equal(word(&blob, 24), 2);
	assert_memory_equal(blob.data + blob.len - 2, "a", 2);
	lop_buf_free(&blob);
}

static void test_reservations(void **state)
{
	struct lop_buf blob = blob_of(*state, "/dts-v1/; /memreserve/ 0x123456789abc 0x1000;"
					      "/memreserve/ 0 0; / { };");

	assert_int_equal(word(&blob, 2), 40 + 3 * 16);
	assert_int_equal(word(&blob, 10), 0x1234);
	assert_int_equal(word(&blob, 11), 0x56789abc);
	assert_int_equal(word(&blob, 13), 0x1000);
	for (size_t i = 14; i < 22; i++)
		assert_int_equal(word(&blob, i), 0);
	lop_buf_free(&blob);
}

static void test_boot_cpu(void **state)
{
	struct lop_buf blob = blob_of(*state, "/dts-v1/; / { cpus { cpu@7 { reg = <7>; }; }; };");

	assert_int_equal(word(&blob, 7), 7);
	lop_buf_free(&blob);
}

static void assert_strings(struct fixture *f, const char *body, const char *strings, size_t size)
{
	struct lop_buf blob = blob_of(f, lop_arena_printf(&f->arena, "/dts-v1/; / { %s };", body));

	assert_int_equal(word(&blob, 8), size);
	assert_memory_equal(blob.data + word(&blob, 3), strings, size);
	lop_buf_free(&blob);
}

static void test_names_share_their_ends(void **state)
{
	static const char once[] = "size-cells\0#size-cells";
	static const char tails[] = "abcd\0xcd";

	assert_strings(*state, "abc; bc; c; abc { bc; };", "abc", 4);
	assert_strings(*state, "size-cells; #size-cells; ells;", once, sizeof(once));
	assert_strings(*state, "abcd; xcd; cd; d;", tails, sizeof(tails));
}

static void test_the_first_place_counts(void **state)
{
	struct lop_buf blob = blob_of(*state, "/dts-v1/; / { xab; yab; b; ab; };");

	/* four empty properties: PROP 0 nameoff */
	assert_int_equal(word(&blob, 18), 0);
	assert_int_equal(word(&blob, 21), 4);
	assert_int_equal(word(&blob, 24), 2);
	assert_int_equal(word(&blob, 27), 1);
	lop_buf_free(&blob);
}

/* Enough names for the table to grow several times; every one must be found again where it is. */
static void test_many_names(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 }, blob;
	int len;

	lop_buf_puts(&text, "/dts-v1/; / {\n");
	for (int i = 0; i < 5000; i++)
		lop_buf_printf(&text, "name-%d-of-many = <%d>;\n", i * 7919, i);
	for (int i = 0; i < 5000; i++)
		lop_buf_printf(&text, "%d-of-many = <%d>;\n", i * 7919, i);
	lop_buf_puts(&text, "};");
	blob = blob_of(f, lop_buf_cstr(&text));
	assert_int_equal(fdt_check_full(blob.data, blob.len), 0);
	for (int i = 0; i < 5000; i += 501) {
		char name[64];
		const fdt32_t *cell;

		snprintf(name, sizeof(name), "%d-of-many", i * 7919);
		cell = fdt_getprop(blob.data, 0, name, &len);
		assert_non_null(cell);
		assert_int_equal(fdt32_to_cpu(*cell), i);
	}
	lop_buf_free(&text);
	lop_buf_free(&blob);
}

static void test_libfdt_accepts_it(void **state)
{
	struct lop_buf blob = blob_of(*state, "/dts-v1/; /memreserve/ 1 2; / { a: a@1 { r = <&a>;"
					      "b { c { d; }; }; }; e { p = &a; }; };");

	assert_int_equal(fdt_check_full(blob.data, blob.len), 0);
	assert_int_equal(fdt_totalsize(blob.data), blob.len);
	assert_true(fdt_path_offset(blob.data, "/a@1/b/c") > 0);
	lop_buf_free(&blob);
}

static void test_appends_to_what_is_there(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse(f, "/dts-v1/; / { };");
	struct lop_buf out = { 0 };

	lop_buf_puts(&out, "head");
	lop_dtb_write(tree, &out);
	assert_int_equal(out.len, 4 + 72);
	assert_memory_equal(out.data, "head\xd0\x0d\xfe\xed", 8);
	lop_buf_free(&out);
}

/* None of the bytes are looked at: they are counted first. */
static void test_more_than_libfdt_reads(void **state)
{
	static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i" };
	struct fixture *f = *state;
	struct lop_tree *tree = parse(f, "/dts-v1/; / { };");
	struct lop_value value = { .data = (const unsigned char *)"", .len = 256u << 20 };
	struct lop_buf out = { 0 };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		lop_prop_set(tree, tree->root, names[i], value, (struct lop_span){ 0 });
	assert_false(lop_dtb_write(tree, &out));
	assert_int_equal(out.len, 0);
	lop_dtb_report_size(&f->diags, tree);
	assert_reported(f, LOP_LIMIT, "larger than 2047 MiB");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_empty_tree),
		TEST(test_values_are_padded),
		TEST(test_reservations),
		TEST(test_boot_cpu),
		TEST(test_names_share_their_ends),
		TEST(test_the_first_place_counts),
		TEST(test_many_names),
		TEST(test_libfdt_accepts_it),
		TEST(test_appends_to_what_is_there),
		TEST(test_more_than_libfdt_reads),
	};

	return cmocka_run_group_tests_name("dtb_write", tests, NULL, NULL);
}
