/* SPDX-License-Identifier: BSD-3-Clause */
/* help and explain: what the tables say, and nothing left out. */
#include "lopper-c/cmd/help.h"

#include "lopper-c/check/check.h"
#include "lopper-c/cmd/explain.h"
#include "lopper-c/diag/code.h"
#include "tests/unit/cmd_text.h"

static void assert_narrow(const char *text)
{
	for (; *text; text += strcspn(text, "\n") + 1)
		if (strcspn(text, "\n") > 100)
			fail_msg("more than 100 columns: %.*s", (int)strcspn(text, "\n"), text);
}

static void every_command_is_there(void **state)
{
	struct command *c = *state;

	assert_int_equal(sdtgen(c, "help"), LOP_EXIT_OK);
	for (const struct lop_command *row = lop_commands; row->name; row++) {
		assert_says(out_of(c), row->usage);
		assert_says(out_of(c), row->title);
		assert_says(out_of(c), row->examples);
	}
	assert_int_equal(c->err.len, 0);
	assert_narrow(out_of(c));
}

static void every_option_is_there_but_the_hidden(void **state)
{
	struct command *c = *state;

	sdtgen(c, "help");
	for (const struct lop_option *row = lop_option_table; row->letter || row->name; row++)
		if (row->group)
			assert_says(out_of(c), row->help);
		else if (row->name)
			assert_says_not(out_of(c), row->help);
}

static void a_command_has_its_own_options_only(void **state)
{
	struct command *c = *state;

	assert_int_equal(sdtgen(c, "help fmt"), LOP_EXIT_OK);
	assert_int_equal(strncmp(out_of(c), "sdtgen fmt: canonical layout", 28), 0);
	assert_says(out_of(c), "--check");
	assert_says_not(out_of(c), "--provenance");
	assert_says(out_of(c), "Exit code: 0 clean");
}

static void every_command_fits_the_page(void **state)
{
	(void)state;
	for (const struct lop_command *row = lop_commands; row->name; row++) {
		struct lop_buf text = { 0 };

		lop_help_command(row, &text);
		assert_says(lop_buf_cstr(&text), row->details);
		assert_narrow(lop_buf_cstr(&text));
		lop_buf_free(&text);
	}
}

static void the_short_text_has_two_examples(void **state)
{
	struct lop_buf text = { 0 };

	(void)state;
	lop_help_short(&text);
	assert_says(lop_buf_cstr(&text), "  sdtgen system.dts domains.yaml ");
	assert_says(lop_buf_cstr(&text), "  sdtgen check system.dts");
	lop_buf_free(&text);
}

static void commands_that_do_not_exist(void **state)
{
	assert_usage(*state, "help chekc", "no command is named 'chekc'; did you mean 'check'?");
	assert_usage(*state, "help zzzzzzzz", "no command is named 'zzzzzzzz'\n");
}

/* --- explain --- */

static void every_code_is_listed(void **state)
{
	struct command *c = *state;

	assert_int_equal(sdtgen(c, "explain"), LOP_EXIT_OK);
	for (int i = 0; i < LOP_CODE_COUNT; i++) {
		char line[160];

		snprintf(line, sizeof(line), "  %-20s %-7s %c %s\n", lop_codes[i].name,
			 lop_codes[i].off	? "off"
			 : lop_codes[i].warning ? "warning"
						: "error",
			 lop_codes[i].lopper_passes ? '*' : ' ', lop_codes[i].title);
		assert_says(out_of(c), line);
	}
	assert_says(out_of(c), "* --compat=lopper makes it a warning.");
}

static void every_page_has_its_heading(void **state)
{
	struct command *c = *state;

	for (int i = 0; i < LOP_CODE_COUNT; i++) {
		char words[64], head[160];

		snprintf(words, sizeof(words), "explain %s", lop_codes[i].name);
		snprintf(head, sizeof(head), "%s[%s]: %s\n\n",
			 lop_codes[i].warning ? "warning" : "error", lop_codes[i].name,
			 lop_codes[i].title);
		assert_int_equal(sdtgen(c, words), LOP_EXIT_OK);
		assert_int_equal(strncmp(out_of(c), head, strlen(head)), 0);
		assert_says(out_of(c), lop_code_explain((enum lop_code)i));
		assert_int_equal(out_of(c)[c->out.len - 1], '\n');
		assert_narrow(out_of(c));
		assert_true((strstr(out_of(c), "Off unless -W") != NULL) == lop_codes[i].off);
		assert_true((strstr(out_of(c), "lopper lets this pass") != NULL) ==
			    lop_codes[i].lopper_passes);
	}
}

static void two_pages_have_a_line_between(void **state)
{
	struct command *c = *state;

	sdtgen(c, "explain mem-overlap dts-ref");
	assert_int_equal(strncmp(out_of(c), "error[mem-overlap]: ", 20), 0);
	assert_says(out_of(c), "\n\nerror[dts-ref]: ");
}

static void codes_that_do_not_exist(void **state)
{
	assert_usage(*state, "explain mem-overlp",
		     "no diagnostic is named 'mem-overlp'; did you mean "
		     "'mem-overlap'?");
	assert_usage(*state, "explain mem-overlap zzzzzzzz",
		     "no diagnostic is named 'zzzzzzzz'; `sdtgen explain` lists them");
}

static void the_list_of_rules(void **state)
{
	struct command *c = *state;

	assert_int_equal(sdtgen(c, "check --list"), LOP_EXIT_OK);
	for (const struct lop_check *row = lop_checks; row->name; row++) {
		assert_says(out_of(c), row->name);
		assert_says(out_of(c), row->title);
	}
	assert_says(out_of(c), "  mem-overlap ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_command_is_there),
		TEST(every_option_is_there_but_the_hidden),
		TEST(a_command_has_its_own_options_only),
		TEST(every_command_fits_the_page),
		TEST(the_short_text_has_two_examples),
		TEST(commands_that_do_not_exist),
		TEST(every_code_is_listed),
		TEST(every_page_has_its_heading),
		TEST(two_pages_have_a_line_between),
		TEST(codes_that_do_not_exist),
		TEST(the_list_of_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
