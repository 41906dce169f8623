/* SPDX-License-Identifier: BSD-3-Clause */
/* Mistakes of the command line that concern files, and what a name or its first bytes say. */
#include "lopper-c/cmd/inputs.h"

#include "tests/unit/cmd_text.h"

/* The verdict of one judge of inputs.h over a command line, and what it said. */
static int judge(struct command *c, const char *words, int (*judge_words)(struct lop_run *run))
{
	int code;

	begin(c, words);
	code = judge_words(&c->run);
	end(c, code);
	return code;
}

static void refuse(void **state, const char *words, int (*judge_words)(struct lop_run *run),
		   const char *message)
{
	struct command *c = *state;

	if (judge(c, words, judge_words) != LOP_EXIT_USAGE)
		fail_msg("%s: accepted", words);
	assert_says(err_of(c), message);
}

static void accept(void **state, const char *words, int (*judge_words)(struct lop_run *run))
{
	struct command *c = *state;

	if (judge(c, words, judge_words) != LOP_EXIT_OK)
		fail_msg("%s: %s", words, err_of(c));
	assert_int_equal(c->err.len, 0);
}

static void one_tree_then_domain_files(void **state)
{
	accept(state, "gen a.dts", lop_inputs_check_system);
	accept(state, "gen a.dtb b.yaml c.yml d.txt", lop_inputs_check_system);
	accept(state, "gen - b.yaml", lop_inputs_check_system);
	accept(state, "check a b", lop_inputs_check_system);
}

static void order_and_number(void **state)
{
	refuse(state, "gen", lop_inputs_check_system,
	       "no input; give a System Device Tree: sdtgen gen system.dts domains.yaml");
	refuse(state, "check b.yaml a.dts", lop_inputs_check_system,
	       "'b.yaml' is a domain file; the System Device Tree comes first: sdtgen check "
	       "system.dts b.yaml");
	refuse(state, "gen a.dts b.yaml c.dtsi", lop_inputs_check_system,
	       "'c.dtsi' is a second tree");
	refuse(state, "gen a.dts b.dtbo", lop_inputs_check_system, "'b.dtbo' is a second tree");
}

static void one_file_twice(void **state)
{
	put("b.yaml", "");
	assert_int_equal(symlink("b.yaml", "c.yaml"), 0);
	refuse(state, "gen a.dts b.yaml b.yaml", lop_inputs_check_system,
	       "'b.yaml' is given twice");
	refuse(state, "gen a.dts b.yaml c.yaml", lop_inputs_check_system,
	       "'c.yaml' is given twice");
	refuse(state, "gen a.dts b.yaml ./b.yaml", lop_inputs_check_system,
	       "'./b.yaml' is given twice");
	refuse(state, "gen - -", lop_inputs_check_system, "standard input can be read only once");
	refuse(state, "gen a.dts gone.yaml gone.yaml", lop_inputs_check_system,
	       "'gone.yaml' is given twice");
}

static void identity_is_of_the_file(void **state)
{
	struct lop_arena arena = { 0 };
	const char *gone = "gone";

	(void)state;
	put("x", "");
	put("y", "");
	assert_int_equal(link("x", "z"), 0);
	assert_string_equal(lop_inputs_identity(&arena, "x"), lop_inputs_identity(&arena, "./x"));
	assert_string_equal(lop_inputs_identity(&arena, "x"), lop_inputs_identity(&arena, "z"));
	assert_string_not_equal(lop_inputs_identity(&arena, "x"), lop_inputs_identity(&arena, "y"));
	assert_ptr_equal(lop_inputs_identity(&arena, gone), gone);
	assert_string_equal(lop_inputs_identity(&arena, "-"), "-");
	lop_arena_free(&arena);
}

/* --- -M --- */

static int depend_to_folder(struct lop_run *run)
{
	return lop_inputs_check_depend(run, "out");
}

static int depend_to_stdout(struct lop_run *run)
{
	return lop_inputs_check_depend(run, "-");
}

static void options_that_need_md(void **state)
{
	refuse(state, "gen a.dts -MF x", depend_to_folder, "'-MF' only means something together");
	refuse(state, "gen a.dts -MP", depend_to_folder, "'-MP' only means something together");
	refuse(state, "gen a.dts -MT x", depend_to_folder, "'-MT' only means something together");
	refuse(state, "gen a.dts -MQ x", depend_to_folder, "'-MT' only means something together");
	accept(state, "gen a.dts -MD -MF x -MP -MT y", depend_to_folder);
	accept(state, "gen a.dts", depend_to_stdout);
}

static void a_rule_needs_a_target_and_a_place(void **state)
{
	refuse(state, "dtb a.dts -MD", depend_to_stdout, "name one with '-MT TARGET'");
	refuse(state, "dtb a.dts -MD -MF x", depend_to_stdout, "name one with '-MT TARGET'");
	refuse(state, "dtb a.dts -MD -MT x", depend_to_stdout, "'-MD' needs '-MF FILE'");
	refuse(state, "dtb a.dts -MD -MT x -MF -", depend_to_stdout,
	       "'-MF -' and '-o -' would mix");
	accept(state, "dtb a.dts -MD -MT x -MF y", depend_to_stdout);
}

/* --- -o --- */

static int output_folder(struct lop_run *run)
{
	return lop_inputs_check_output(run, run->options.output, true);
}

static int output_file(struct lop_run *run)
{
	return lop_inputs_check_output(run, run->options.output, false);
}

static void folders_and_files(void **state)
{
	put("file", "");
	assert_int_equal(mkdir("folder", 0777), 0);
	accept(state, "gen a.dts -o folder", output_folder);
	accept(state, "gen a.dts -o new/folder", output_folder);
	accept(state, "dtb a.dts -o file", output_file);
	accept(state, "dtb a.dts -o new", output_file);
	accept(state, "dtb a.dts -o -", output_file);
	refuse(state, "gen a.dts -o file", output_folder,
	       "'-o file': a file of that name is in the way of the output folder");
	refuse(state, "gen a.dts -o -", output_folder, "'-o -': sdtgen gen writes a folder");
	refuse(state, "dtb a.dts -o folder", output_file, "'-o folder' is a folder");
}

/* --- blobs --- */

static void the_first_bytes_make_a_blob(void **state)
{
	(void)state;
	put("blob", "\xd0\x0d\xfe\xed...");
	put("short", "\xd0\x0d\xfe");
	put("source", "/dts-v1/;");
	put("empty", "");
	assert_true(lop_inputs_is_blob("blob"));
	assert_false(lop_inputs_is_blob("short"));
	assert_false(lop_inputs_is_blob("source"));
	assert_false(lop_inputs_is_blob("empty"));
	assert_false(lop_inputs_is_blob("missing"));
	assert_false(lop_inputs_is_blob("."));
	assert_false(lop_inputs_is_blob("-"));
}

/* Opening a pipe would wait for a writer, and eat what it wrote. */
static void a_pipe_is_not_opened(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_false(lop_inputs_is_blob("pipe"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_tree_then_domain_files),
		TEST(order_and_number),
		TEST(one_file_twice),
		TEST(identity_is_of_the_file),
		TEST(options_that_need_md),
		TEST(a_rule_needs_a_target_and_a_place),
		TEST(folders_and_files),
		TEST(the_first_bytes_make_a_blob),
		TEST(a_pipe_is_not_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
