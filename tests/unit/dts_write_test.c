/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * dts/dts_write.c and its parts: the look of the text, and the law that dtc (and our own reader)
 * make of it the blob that the tree itself gives.
 */
#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "lopper-c/base/file.h"
#include "tests/unit/tree_text.h"

#define GOLDEN "tests/golden/dtb"

static char *printed_in(struct fixture *f, const struct lop_tree *tree,
			const struct lop_dts_style *style)
{
	struct lop_buf out = { 0 };
	char *text;

	lop_dts_write(tree, style, &out);
	text = lop_arena_strndup(&f->arena, out.data, out.len);
	lop_buf_free(&out);
	return text;
}

static char *printed(struct fixture *f, const struct lop_tree *tree)
{
	static const struct lop_dts_style plain;

	return printed_in(f, tree, &plain);
}

/* Reads text again: the blob must be that of the tree. */
static void assert_reads_back(struct fixture *f, const struct lop_tree *tree, const char *text)
{
	static const struct lop_dts_options none;
	struct lop_tree *again =
		lop_dts_parse(&f->arena, &f->diags, "printed.dts", text, strlen(text), &none);
	struct lop_buf expected = { 0 }, blob = { 0 };

	lop_tree_compile(again, &f->diags, false);
	if (f->diags.errors)
		fail_msg("%s\n%s", f->diags.last->message, text);
	lop_dtb_write(tree, &expected);
	lop_dtb_write(again, &blob);
	if (blob.len != expected.len || memcmp(blob.data, expected.data, blob.len))
		fail_msg("not the same tree:\n%s", text);
	lop_buf_free(&expected);
	lop_buf_free(&blob);
	lop_tree_free(again);
}

/* The text of a body, as it stands in the printed root. */
static char *body_of(struct fixture *f, const char *body)
{
	struct lop_tree *tree = parse_root(f, body);
	char *text;

	lop_tree_compile(tree, &f->diags, false);
	assert_silent(f);
	text = printed(f, tree);
	assert_reads_back(f, tree, text);
	assert_memory_equal(text, "/dts-v1/;\n\n/ {\n", 15);
	text += 15;
	if (strlen(text) > 3)
		text[strlen(text) - 3] = '\0';
	return text;
}

static void assert_body(struct fixture *f, const char *body, const char *expected)
{
	assert_string_equal(body_of(f, body), expected);
}

/* --- the look --- */

static void test_empty_tree(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(printed(f, parse(f, "/dts-v1/; / { };")), "/dts-v1/;\n\n/ {\n};\n");
}

static void test_nodes_and_blank_lines(void **state)
{
	assert_body(*state, "p; q; a { x; b { }; }; c { };",
		    "\tp;\n\tq;\n\n\ta {\n\t\tx;\n\n\t\tb {\n\t\t};\n\t};\n\n\tc {\n\t};\n");
	assert_body(*state, "a { };", "\ta {\n\t};\n");
}

static void test_groups_stay(void **state)
{
	assert_body(*state, "r = <0 0x10>, <2>; s = <0 16 2>;",
		    "\tr = <0x0 0x10>, <0x2>;\n\ts = <0x0 0x10 0x2>;\n");
	assert_body(*state, "m = <1>, [ab cd], \"s\", /bits/ 16 <2 3>, /bits/ 64 <4>;",
		    "\tm = <0x1>, [ab cd], \"s\", /bits/ 16 <0x2 0x3>, /bits/ 64 <0x4>;\n");
	assert_body(*state, "b = /bits/ 8 <1 2>;", "\tb = [01 02];\n");
	assert_body(*state, "e = <>, <1>, [], <>;", "\te = <0x1>;\n");
}

static void test_references(void **state)
{
	assert_body(*state, "r = <0 &b 0>, <&{/c}>; p = &a, &{/c}; a: b: a { }; c { };",
		    "\tr = <0x0 &b 0x0>, <&{/c}>;\n\tp = &a, &{/c};\n\n"
		    "\ta: b: a {\n\t};\n\n\tc {\n\t};\n");
}

static void test_strings(void **state)
{
	assert_body(*state, "s = \"a\\\"b\\\\c\\n\\t\\x01\\x7f\\xe9\";",
		    "\ts = \"a\\\"b\\\\c\\n\\t\\x01\\x7f\\xe9\";\n");
	assert_body(*state, "s = \"a\\0001\", \"\";", "\ts = \"a\", \"1\", \"\";\n");
}

static void test_labels(void **state)
{
	assert_body(*state, "l: p = <a: 1 b: 2 c:> d:, e: \"x\" f:; m: n;",
		    "\tl: p = <a: 0x1 b: 0x2>, c: d: e: \"x\" f:;\n\tm: n;\n");
	assert_body(*state, "p = <l:>;", "\tp = <l:>;\n");
	assert_body(*state, "p = &a, <l: m:>; a: a { };", "\tp = &a l: m:;\n\n\ta: a {\n\t};\n");
	assert_body(*state, "p = <1>, <l:>;", "\tp = <0x1> l:;\n");
}

static void test_root_labels(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse(f, "/dts-v1/; / { }; a: &{/} { }; b: &{/} { };");
	const char *text = printed(f, tree);

	assert_string_equal(text, "/dts-v1/;\n\n/ {\n};\n\na: &{/} {\n};\n\nb: &{/} {\n};\n");
	lop_tree_add_symbols(tree);
	lop_tree_add_symbols(parse(f, text));
	assert_reads_back(f, tree, printed(f, tree));
}

static void test_reservations(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse(f, "/dts-v1/; /memreserve/ 1 2; l: /memreserve/ 0 (1 << 40);"
					 "/ { };");
	const char *text = printed(f, tree);

	assert_string_equal(text, "/dts-v1/;\n\n/memreserve/ 0x1 0x2;\n"
				  "l: /memreserve/ 0x0 0x10000000000;\n\n/ {\n};\n");
	assert_reads_back(f, tree, text);
}

static void test_long_lists_break_by_group(void **state)
{
	assert_body(
		*state,
		"reg = <0 0x10000000 0 0x1000>, <0 0x20000000 0 0x1000>, <0 0x30000000 0 0x12345>;",
		"\treg = <0x0 0x10000000 0x0 0x1000>,\n"
		"\t      <0x0 0x20000000 0x0 0x1000>,\n"
		"\t      <0x0 0x30000000 0x0 0x12345>;\n");
}

static void test_long_groups_break_inside(void **state)
{
	assert_body(
		*state,
		"r = <0x11111111 0x22222222 0x33333333 0x44444444 0x55555555 0x66666666 0x77777777 "
		"0x8888888 0x9>;",
		"\tr = <0x11111111 0x22222222 0x33333333 0x44444444 0x55555555 0x66666666 0x77777777\n"
		"\t     0x8888888 0x9>;\n");
}

#define LONG_LABEL "a_label_that_takes_nearly_all_the_rest_of_a_line_as_some_of_them_do"

static void test_a_cell_longer_than_the_rest_of_the_line(void **state)
{
	assert_body(*state, "a-name-of-a-property = <&" LONG_LABEL " 0x1>; " LONG_LABEL ": n { };",
		    "\ta-name-of-a-property = <\n"
		    "\t\t&" LONG_LABEL " 0x1\n"
		    "\t>;\n"
		    "\n"
		    "\t" LONG_LABEL ": n {\n"
		    "\t};\n");
}

static void test_no_line_is_long_without_need(void **state)
{
	struct fixture *f = *state;
	struct lop_buf body = { 0 };
	const char *text;

	lop_buf_puts(&body, "a { b { bytes = [");
	for (int i = 0; i < 400; i++)
		lop_buf_printf(&body, "%02x", i & 0xff);
	lop_buf_puts(&body, "]; cells = <");
	for (int i = 0; i < 400; i++)
		lop_buf_printf(&body, "%d ", i * i);
	lop_buf_puts(&body, ">; }; };");
	text = body_of(f, lop_buf_cstr(&body));
	while (*text) {
		size_t len = strcspn(text, "\n"), column = 0;

		for (size_t i = 0; i < len; i++)
			column = text[i] == '\t' ? (column / 8 + 1) * 8 : column + 1;
		assert_true(column <= LOP_DTS_WIDTH);
		text += len + (text[len] == '\n');
	}
	lop_buf_free(&body);
}

/* --- values without markers --- */

static struct lop_tree *with_bytes(struct fixture *f, const char *name, const char *data,
				   uint32_t len)
{
	struct lop_tree *tree = keep_tree(f, lop_tree_new(&f->arena));
	struct lop_value value = { .data = (const unsigned char *)data, .len = len };

	lop_prop_set(tree, tree->root, name, value, (struct lop_span){ 0 });
	return tree;
}

static void test_bytes_are_shown_by_their_look(void **state)
{
	static const struct {
		const char *name, *data;
		uint32_t len;
		const char *text;
	} cases[] = {
		{ "p", "text", 5, "p = \"text\";" },
		{ "p", "a\0b", 4, "p = \"a\", \"b\";" },
		{ "p", "a\0\0", 4, "p = <0x61000000>;" },
		{ "p", "\0\0\0", 4, "p = <0x0>;" },
		{ "p", "\0", 1, "p = [00];" },
		{ "p", "abc", 3, "p = [61 62 63];" },
		{ "p", "\1\2\3\4\5\6\7\x8", 8, "p = <0x1020304 0x5060708>;" },
		{ "p", "a\x80z", 4, "p = <0x61807a00>;" },
		{ "p", "a\tb\n", 5, "p = \"a\\tb\\n\";" },
		{ "reg", "abc", 4, "reg = <0x61626300>;" },
		{ "#x", "abc", 4, "#x = <0x61626300>;" },
		{ "p", "", 0, "p;" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct lop_tree *tree = with_bytes(f, cases[i].name, cases[i].data, cases[i].len);
		const char *text = printed(f, tree);

		if (!strstr(text, cases[i].text))
			fail_msg("expected %s in\n%s", cases[i].text, text);
		assert_reads_back(f, tree, text);
		lop_tree_free(tree);
		f->n_trees--;
	}
}

/* Markers that do not fit their bytes must not change what is printed. */
static void test_wrong_markers_do_no_harm(void **state)
{
	static const struct {
		enum lop_marker_kind kind;
		uint32_t offset;
	} cases[] = {
		{ LOP_MARK_U32, 0 },	{ LOP_MARK_U32, 1 },	     { LOP_MARK_U64, 0 },
		{ LOP_MARK_STRING, 0 }, { LOP_MARK_U16, 3 },	     { LOP_MARK_LABEL, 2 },
		{ LOP_MARK_STRING, 7 }, { LOP_MARK_REF_PHANDLE, 4 }, { LOP_MARK_REF_PHANDLE, 1 },
		{ LOP_MARK_U8, 6 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct lop_tree *tree = with_bytes(f, "p", "\1\2\3\4\5\6", 7);
		struct lop_marker marker = { .kind = cases[i].kind,
					     .offset = cases[i].offset,
					     .name = "mark" };

		tree->root->props->value.markers = &marker;
		assert_reads_back(f, tree, printed(f, tree));
		lop_tree_free(tree);
		f->n_trees--;
	}
}

static void test_label_inside_a_string(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = with_bytes(f, "p", "abcdefg", 8);
	struct lop_marker label = { .kind = LOP_MARK_LABEL, .offset = 4, .name = "l" };
	struct lop_marker string = { .kind = LOP_MARK_STRING, .next = &label };

	tree->root->props->value.markers = &string;
	assert_non_null(strstr(printed(f, tree), "[61 62 63 64 l: 65 66 67 00]"));
	assert_reads_back(f, tree, printed(f, tree));
}

/* --- phandles --- */

static void test_automatic_numbers_are_left_out(void **state)
{
	struct fixture *f = *state;

	assert_null(strstr(body_of(f, "a: a { r = <&b>; }; b: b { r = <&a>; };"), "phandle"));
}

static void test_numbers_of_the_input_are_printed(void **state)
{
	assert_body(*state, "a: a { phandle = <7>; }; r { r = <&a>; };",
		    "\ta: a {\n\t\tphandle = <0x7>;\n\t};\n\n\tr {\n\t\tr = <&a>;\n\t};\n");
	assert_body(*state, "a: a { phandle = <&a>; };", "\ta: a {\n\t\tphandle = <&a>;\n\t};\n");
}

static void test_numbers_that_dtc_would_not_give_are_printed(void **state)
{
	struct fixture *f = *state;
	uint32_t numbers[] = { 1 };
	struct lop_phandle_set set = { .numbers = numbers, .count = 1 };
	struct lop_tree *tree = parse_root(f, "a: a { }; r { r = <&a>; };");
	const char *text;

	lop_tree_resolve(tree, &f->diags, &set);
	text = printed(f, tree);
	assert_non_null(strstr(text, "phandle = <0x2>;"));
	assert_reads_back(f, tree, text);
}

static void test_number_that_is_not_last_is_printed(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse_root(f, "a: a { }; r { r = <&a>; };");
	const char *text;

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_prop_set(tree, node_at(tree, "/a"), "late", lop_value_string(&f->arena, "x"),
		     (struct lop_span){ 0 });
	text = printed(f, tree);
	assert_non_null(strstr(text, "phandle = <0x1>;"));
	assert_reads_back(f, tree, text);
}

static void test_symbols_print_with_their_numbers(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse_root(f, "a: a { }; b: b { r = <&b>; };");
	const char *text;

	lop_tree_compile(tree, &f->diags, true);
	text = printed(f, tree);
	assert_non_null(strstr(text, "__symbols__ {"));
	assert_reads_back(f, tree, text);
}

/* Nodes go, the numbers start again: the printed tree and the blob must still agree. */
static void test_cut_trees(void **state)
{
	static const char source[] =
		"a: a { r = <&d &c>; }; b: b { r = <&e>; s = <&c 1>; };"
		"c: c { phandle = <2>; r = <&e>; }; d: d { p = &a; }; e: e { phandle = <&e>; };";
	struct fixture *f = *state;
	const char *const names[] = { "a", "b", "c", "d", "e" };

	for (unsigned int cut = 0; cut < 32; cut++) {
		struct lop_tree *tree = parse_root(f, source);
		struct lop_tree *all = tree;

		lop_tree_resolve(tree, &f->diags, NULL);
		for (unsigned int i = 0; i < 5; i++) {
			struct lop_node *node = lop_tree_by_label(all, names[i]);

			/* only what nobody left refers to */
			if (!(cut >> i & 1))
				continue;
			for (struct lop_node *n = tree->root->children; n; n = n->next)
				for (struct lop_prop *p = n->props; p; p = p->next)
					for (struct lop_marker *m = p->value.markers; m;
					     m = m->next)
						if (m->target == node && n != node)
							node = NULL;
			if (node)
				lop_node_del(tree, node);
		}
		lop_tree_forget_phandles(tree);
		lop_tree_resolve(tree, &f->diags, NULL);
		assert_silent(f);
		assert_reads_back(f, tree, printed(f, tree));
		lop_tree_free(tree);
		f->n_trees--;
	}
}

/* --- plugins --- */

static void test_plugin(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse(f, "/dts-v1/; /plugin/; &u { a: a { r = <&a &v 1>; }; };");
	const char *text;

	lop_tree_compile(tree, &f->diags, false);
	text = printed(f, tree);
	assert_string_equal(text,
			    "/dts-v1/;\n/plugin/;\n\n/ {\n\tfragment@0 {\n\t\ttarget = <&u>;\n\n"
			    "\t\t__overlay__ {\n\t\t\ta: a {\n\t\t\t\tr = <&a &v 0x1>;\n"
			    "\t\t\t};\n\t\t};\n\t};\n};\n");
	assert_reads_back(f, tree, text);
}

static void test_plugin_with_fixups_of_its_own(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse(f, "/dts-v1/; /plugin/; / { a: a { r = <&a &v>; };"
					 "__fixups__ { v = \"/x:y:0\"; }; };");
	const char *text;

	lop_tree_compile(tree, &f->diags, false);
	text = printed(f, tree);
	assert_null(strstr(text, "/plugin/"));
	assert_non_null(strstr(text, "v = \"/x:y:0\", \"/a:r:4\";"));
	assert_reads_back(f, tree, text);
}

/* --- comments --- */

static void test_provenance(void **state)
{
	struct fixture *f = *state;
	struct lop_dts_style style = { .sources = &f->sources, .provenance = true };
	struct lop_tree *tree = parse(f, "/dts-v1/;\n/ {\n\tp;\n\ta: a {\n\t\tq = <1>, <2>;\n"
					 "\t};\n};\n");
	const char *text;

	lop_prop_set(tree, node_at(tree, "/a"), "made", (struct lop_value){ 0 },
		     (struct lop_span){ 0 });
	text = printed_in(f, tree, &style);
	assert_non_null(strstr(text, "\tp; /* test.dts:3 */\n"));
	assert_non_null(strstr(text, "\ta: a { /* test.dts:4 */\n"));
	assert_non_null(strstr(text, "\tq = <0x1>, <0x2>; /* test.dts:5 */\n"));
	assert_non_null(strstr(text, "\tmade; /* made by the tool */\n"));
	assert_reads_back(f, tree, text);
}

static void test_comments_cannot_be_closed_from_inside(void **state)
{
	struct fixture *f = *state;
	struct lop_dts_style style = { .sources = &f->sources,
				       .provenance = true,
				       .header = "head */ x\n\n*/\nend **/" };
	static const struct lop_dts_options none;
	static const char source[] = "/dts-v1/; / { p; };";
	struct lop_tree *tree = keep_tree(f, lop_dts_parse(&f->arena, &f->diags, "a*/b\n.dts",
							   source, strlen(source), &none));
	const char *text = printed_in(f, tree, &style);

	assert_null(strstr(text, "head */"));
	assert_reads_back(f, tree, text);
}

static void test_header_of_one_line(void **state)
{
	struct fixture *f = *state;
	struct lop_dts_style style = { .header = "made by sdtgen" };
	const char *text = printed_in(f, parse(f, "/dts-v1/; / { };"), &style);

	assert_memory_equal(text, "/* made by sdtgen */\n/dts-v1/;\n", 31);
}

/* --- the sample files, with dtc as the judge --- */

static void write_file(const char *path, const void *data, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	fclose(file);
}

static void assert_dtc_agrees(struct fixture *f, const struct lop_tree *tree, const char *name)
{
	static const char dts[] = "/tmp/dts_write_test.XXXXXX";
	char *path = lop_arena_strdup(&f->arena, dts);
	const char *text = printed(f, tree);
	const char *blob_path;
	struct lop_buf expected = { 0 }, blob = { 0 };
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	write_file(path, text, strlen(text));
	blob_path = lop_arena_printf(&f->arena, "%s.dtb", path);
	if (system(lop_arena_printf(&f->arena, "dtc -qq -I dts -O dtb -o %s %s", blob_path, path)))
		fail_msg("dtc refuses what was printed of %s:\n%s", name, text);
	assert_int_equal(lop_file_read(blob_path, &blob), 0);
	unlink(path);
	unlink(blob_path);
	lop_dtb_write(tree, &expected);
	if (blob.len != expected.len || memcmp(blob.data, expected.data, blob.len))
		fail_msg("dtc makes another tree of %s:\n%s", name, text);
	lop_buf_free(&expected);
	lop_buf_free(&blob);
}

/* What a DTS cannot say: a boot CPU that is not the first one's number. */
static bool is_beyond_source(const char *name)
{
	return strcmp(name, "boot-cpu-deleted.dts") == 0;
}

static void check_golden(struct fixture *f, const char *name, bool symbols)
{
	static const char *const dirs[] = { GOLDEN };
	static const struct lop_dts_options options = { .include_dirs = dirs, .n_include_dirs = 1 };
	const char *path = lop_arena_printf(&f->arena, GOLDEN "/%s", name);
	struct lop_tree *tree = lop_dts_read(&f->arena, &f->diags, path, &options);

	lop_tree_compile(tree, &f->diags, symbols);
	if (f->diags.errors)
		fail_msg("%s: %s", name, f->diags.first->message);
	assert_reads_back(f, tree, printed(f, tree));
	assert_dtc_agrees(f, tree, name);
	lop_tree_free(tree);
}

/* A blob has no markers left: everything is guessed, and must still be the same. */
static void check_golden_blob(struct fixture *f, const char *name)
{
	static const char *const dirs[] = { GOLDEN };
	static const struct lop_dts_options options = { .include_dirs = dirs, .n_include_dirs = 1 };
	const char *path = lop_arena_printf(&f->arena, GOLDEN "/%s", name);
	struct lop_tree *tree = lop_dts_read(&f->arena, &f->diags, path, &options);
	struct lop_buf blob = { 0 };
	struct lop_tree *again;

	lop_tree_compile(tree, &f->diags, true);
	lop_dtb_write(tree, &blob);
	again = lop_dtb_parse(&f->arena, &f->diags, name, blob.data, blob.len);
	lop_tree_resolve(again, &f->diags, NULL);
	assert_int_equal(f->diags.errors, 0);
	assert_dtc_agrees(f, again, name);
	lop_buf_free(&blob);
	lop_tree_free(again);
	lop_tree_free(tree);
}

static void each_golden(struct fixture *f, void (*check)(struct fixture *, const char *))
{
	DIR *dir = opendir(GOLDEN);
	size_t n = 0;

	assert_non_null(dir);
	for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
		size_t len = strlen(e->d_name);

		if (len < 5 || strcmp(e->d_name + len - 4, ".dts") || is_beyond_source(e->d_name))
			continue;
		check(f, e->d_name);
		n++;
	}
	closedir(dir);
	assert_true(n >= 30);
}

static void check_both_ways(struct fixture *f, const char *name)
{
	check_golden(f, name, false);
	check_golden(f, name, true);
}

static void test_samples_through_dtc(void **state)
{
	if (system("dtc --version >/dev/null 2>&1"))
		skip();
	each_golden(*state, check_both_ways);
}

static void test_sample_blobs_through_dtc(void **state)
{
	if (system("dtc --version >/dev/null 2>&1"))
		skip();
	each_golden(*state, check_golden_blob);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_empty_tree),
		TEST(test_nodes_and_blank_lines),
		TEST(test_groups_stay),
		TEST(test_references),
		TEST(test_strings),
		TEST(test_labels),
		TEST(test_root_labels),
		TEST(test_reservations),
		TEST(test_long_lists_break_by_group),
		TEST(test_long_groups_break_inside),
		TEST(test_a_cell_longer_than_the_rest_of_the_line),
		TEST(test_no_line_is_long_without_need),
		TEST(test_bytes_are_shown_by_their_look),
		TEST(test_wrong_markers_do_no_harm),
		TEST(test_label_inside_a_string),
		TEST(test_automatic_numbers_are_left_out),
		TEST(test_numbers_of_the_input_are_printed),
		TEST(test_numbers_that_dtc_would_not_give_are_printed),
		TEST(test_number_that_is_not_last_is_printed),
		TEST(test_symbols_print_with_their_numbers),
		TEST(test_cut_trees),
		TEST(test_plugin),
		TEST(test_plugin_with_fixups_of_its_own),
		TEST(test_provenance),
		TEST(test_comments_cannot_be_closed_from_inside),
		TEST(test_header_of_one_line),
		TEST(test_samples_through_dtc),
		TEST(test_sample_blobs_through_dtc),
	};

	return cmocka_run_group_tests_name("dts_write", tests, NULL, NULL);
}
