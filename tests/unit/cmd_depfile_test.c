/* SPDX-License-Identifier: BSD-3-Clause */
/* The rule for make: escaping, targets, files that are none, long lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lopper-c/cmd/depfile.h"

static void expect_escaped(const char *name, const char *escaped)
{
	struct lop_buf out = { 0 };

	lop_depfile_escape(name, &out);
	assert_string_equal(lop_buf_cstr(&out), escaped);
	lop_buf_free(&out);
}

static void test_escape(void **state)
{
	(void)state;
	expect_escaped("plain/name.dts", "plain/name.dts");
	expect_escaped("two words", "two\\ words");
	expect_escaped("tab\there", "tab\\\there");
	expect_escaped("back\\ blank", "back\\\\\\ blank");
	expect_escaped("back\\\\ blank", "back\\\\\\\\\\ blank");
	expect_escaped("only\\back", "only\\back");
	expect_escaped("$(shell x)", "$$(shell\\ x)");
	expect_escaped("a#b", "a\\#b");
	expect_escaped("c:d", "c\\:d");
	expect_escaped("", "");
}

static void test_default_name(void **state)
{
	struct lop_arena arena = { 0 };

	(void)state;
	assert_string_equal(lop_depfile_default(&arena, "out/a.dtb"), "out/a.d");
	assert_string_equal(lop_depfile_default(&arena, "a.b.dtb"), "a.b.d");
	assert_string_equal(lop_depfile_default(&arena, "plain"), "plain.d");
	assert_string_equal(lop_depfile_default(&arena, "dir.d/plain"), "dir.d/plain.d");
	assert_string_equal(lop_depfile_default(&arena, ".hidden"), ".hidden.d");
	assert_string_equal(lop_depfile_default(&arena, "x/.hidden"), "x/.hidden.d");
	lop_arena_free(&arena);
}

struct fixture {
	struct lop_arena arena;
	struct lop_sources sources;
	struct lop_options options;
	struct lop_outputs outs;
};

static void set_up(struct fixture *f, const char *const *files, const char *const *outputs)
{
	memset(f, 0, sizeof(*f));
	f->sources.arena = &f->arena;
	f->outs.arena = &f->arena;
	f->options.depend = true;
	lop_words_add(&f->options.inputs, &f->arena, files[0]);
	for (; *files; files++)
		lop_sources_add(&f->sources, *files, "", 0, NULL);
	for (; *outputs; outputs++)
		lop_outputs_add(&f->outs, *outputs);
}

static void expect_rule(struct fixture *f, const char *path, const char *rule)
{
	struct lop_buf *data = &f->outs.last->data;

	assert_string_equal(f->outs.last->path, path);
	assert_string_equal(lop_buf_cstr(data), rule);
	lop_outputs_free(&f->outs);
	lop_arena_free(&f->arena);
}

static const char *const three_files[] = { "a.dts", "in c/b.dtsi", "d.yaml", NULL };
static const char *const two_outputs[] = { "out/x.dts", "out/x.dtb", NULL };

static void test_rule(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, three_files, two_outputs);
	lop_depfile_add(&f.options, &f.sources, "out/sdtgen.d", &f.outs);
	expect_rule(&f, "out/sdtgen.d", "out/x.dts out/x.dtb: a.dts in\\ c/b.dtsi d.yaml\n");
}

static void test_not_asked(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, three_files, two_outputs);
	f.options.depend = false;
	lop_depfile_add(&f.options, &f.sources, "out/sdtgen.d", &f.outs);
	assert_string_equal(f.outs.last->path, "out/x.dtb");
	lop_outputs_free(&f.outs);
	lop_arena_free(&f.arena);
}

static void test_targets_and_phony(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, three_files, two_outputs);
	f.options.phony = true;
	f.options.depfile = "elsewhere.d";
	lop_words_add(&f.options.targets, &f.arena, "$(T)");
	lop_words_add(&f.options.targets, &f.arena, "u");
	lop_depfile_add(&f.options, &f.sources, "out/sdtgen.d", &f.outs);
	expect_rule(&f, "elsewhere.d",
		    "$(T) u: a.dts in\\ c/b.dtsi d.yaml\nin\\ c/b.dtsi:\nd.yaml:\n");
}

static void test_no_files(void **state)
{
	static const char *const files[] = { "-", "<stdin>", "<built-in>", "x.dtsi", NULL };
	static const char *const outputs[] = { "-", "y.dtb", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, files, outputs);
	f.options.phony = true;
	lop_depfile_add(&f.options, &f.sources, "y.d", &f.outs);
	expect_rule(&f, "y.d", "y.dtb: x.dtsi\nx.dtsi:\n");
}

static void test_long_lines(void **state)
{
	static const char *const files[] = {
		"a-name-of-forty-characters-in-a-row-0001",
		"a-name-of-forty-characters-in-a-row-0002",
		"a-name-of-forty-characters-in-a-row-0003",
		NULL,
	};
	static const char *const outputs[] = { "t", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, files, outputs);
	lop_depfile_add(&f.options, &f.sources, "t.d", &f.outs);
	expect_rule(&f, "t.d",
		    "t: a-name-of-forty-characters-in-a-row-0001 \\\n"
		    " a-name-of-forty-characters-in-a-row-0002 \\\n"
		    " a-name-of-forty-characters-in-a-row-0003\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_default_name),
		cmocka_unit_test(test_rule),
		cmocka_unit_test(test_not_asked),
		cmocka_unit_test(test_targets_and_phony),
		cmocka_unit_test(test_no_files),
		cmocka_unit_test(test_long_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
