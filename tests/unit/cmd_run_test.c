/* SPDX-License-Identifier: BSD-3-Clause */
/* A run from outside of its stages: switches, exit codes, the end with its outputs, and the clock.
 */
#include "lopper-c/cmd/run.h"

#include "tests/unit/cmd_text.h"

static struct lop_diag *say(struct command *c, enum lop_code code)
{
	struct lop_span nowhere = { 0 };

	return lop_report(&c->run.diags, code, nowhere, "said %s", lop_codes[code].name);
}

/* --- switches: one warning, one error that lopper lets pass, one that nobody does --- */

struct outcome {
	const char *words;
	const char *warning, *lenient, *strict; /* "E", "W" or "" */
};

static const struct outcome outcomes[] = {
	{ "", "W", "E", "E" },
	{ "-w", "", "E", "E" },
	{ "-Werror", "E", "E", "E" },
	{ "-Werror -Wno-error=dts-dangling", "W", "E", "E" },
	{ "-Werror -Wno-error", "W", "E", "E" },
	{ "-Werror=dts-dangling", "E", "E", "E" },
	{ "-Werror=mem-shared", "W", "E", "E" },
	{ "-Wno-dts-dangling", "", "E", "E" },
	{ "-Wno-dts-dangling -Wdts-dangling", "W", "E", "E" },
	{ "--compat=lopper", "W", "W", "E" },
	{ "--compat=lopper -w", "", "", "E" },
	{ "--compat=lopper -Werror=unknown-key", "W", "E", "E" },
	{ "--compat=lopper -w -Werror=unknown-key", "", "E", "E" },
	{ "--compat=lopper -Wno-unknown-key", "W", "", "E" },
};

/* What was kept, and as what. */
static const char *shown(const struct command *c, enum lop_code code)
{
	for (const struct lop_diag *d = c->run.diags.first; d; d = d->next)
		if (d->code == code)
			return d->severity == LOP_ERROR ? "E" : "W";
	return "";
}

static void switches_decide_what_is_said(void **state)
{
	struct command *c = *state;

	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++) {
		const struct outcome *o = &outcomes[i];
		char words[128], got[8], want[8];

		snprintf(words, sizeof(words), "check %s x.dts", o->words);
		begin(c, words);
		say(c, LOP_DTS_DANGLING);
		say(c, LOP_UNKNOWN_KEY);
		say(c, LOP_DTS_SYNTAX);
		snprintf(want, sizeof(want), "%s|%s|%s", o->warning, o->lenient, o->strict);
		snprintf(got, sizeof(got), "%s|%s|%s", shown(c, LOP_DTS_DANGLING),
			 shown(c, LOP_UNKNOWN_KEY), shown(c, LOP_DTS_SYNTAX));
		end(c, LOP_EXIT_OK);
		if (strcmp(got, want) != 0)
			fail_msg("%s: %s instead of %s", o->words, got, want);
		assert_int_equal(c->code, LOP_EXIT_ERRORS);
	}
}

/* --- exit codes --- */

static int exit_after(struct command *c, enum lop_code code, int own)
{
	begin(c, "check x.dts");
	if (code != LOP_CODE_COUNT)
		say(c, code);
	end(c, own);
	return c->code;
}

static void reports_raise_the_exit_code(void **state)
{
	struct command *c = *state;

	assert_int_equal(exit_after(c, LOP_CODE_COUNT, LOP_EXIT_OK), 0);
	assert_int_equal(exit_after(c, LOP_CODE_COUNT, LOP_EXIT_ERRORS), 1);
	assert_int_equal(exit_after(c, LOP_DTS_DANGLING, LOP_EXIT_OK), 0);
	assert_int_equal(exit_after(c, LOP_DTS_SYNTAX, LOP_EXIT_OK), 1);
	assert_int_equal(exit_after(c, LOP_IO, LOP_EXIT_OK), 3);
}

static void a_mistake_of_usage_says_nothing_else(void **state)
{
	struct command *c = *state;

	assert_int_equal(exit_after(c, LOP_DTS_SYNTAX, LOP_EXIT_USAGE), LOP_EXIT_USAGE);
	assert_int_equal(c->err.len, 0);
}

static void forms_of_reports(void **state)
{
	struct command *c = *state;

	begin(c, "check x.dts --format=json");
	end(c, LOP_EXIT_OK);
	assert_says(err_of(c), "[");
	begin(c, "help --color=always");
	end(c, LOP_EXIT_OK);
	assert_int_equal(c->err.len, 0);
	begin(c, "check x.dts --color=always");
	say(c, LOP_DTS_SYNTAX);
	end(c, LOP_EXIT_OK);
	assert_says(err_of(c), "\033[");
	begin(c, "check x.dts");
	say(c, LOP_DTS_SYNTAX);
	end(c, LOP_EXIT_OK);
	assert_says_not(err_of(c), "\033[");
}

/* --- the end --- */

static int commit(struct command *c, const char *words, bool in_place)
{
	struct lop_outputs outs = { .arena = &c->run.arena };
	int code;

	begin(c, words);
	lop_buf_puts(&lop_outputs_add(&outs, "one")->data, "1");
	lop_buf_puts(&lop_outputs_add(&outs, "sub/two")->data, "2");
	if (exists("input"))
		lop_sources_add(&c->run.sources, "input", "", 0, NULL);
	if (exists("bad"))
		say(c, LOP_DTS_SYNTAX);
	code = lop_run_commit(&c->run, &outs, in_place);
	end(c, code);
	return c->code;
}

static void outputs_are_listed_only_when_asked_for(void **state)
{
	struct command *c = *state;

	assert_int_equal(commit(c, "dtb -n x.dts", false), LOP_EXIT_OK);
	assert_string_equal(out_of(c), "would write one\nwould write sub/two\n");
	assert_false(exists("one"));
	assert_int_equal(commit(c, "dtb x.dts", false), LOP_EXIT_OK);
	assert_string_equal(out_of(c), "");
	assert_true(exists("sub/two"));
	commit(c, "dtb -n x.dts", false);
	assert_string_equal(out_of(c), "nothing would change\n");
	unlink("one");
	commit(c, "gen -v x.dts", false);
	assert_string_equal(out_of(c), "wrote one\nunchanged sub/two\n");
	commit(c, "gen -v --format=json x.dts", false);
	assert_string_equal(out_of(c), "");
}

static void after_an_error_nothing_is_written(void **state)
{
	struct command *c = *state;

	put("bad", "");
	assert_int_equal(commit(c, "dtb x.dts", false), LOP_EXIT_ERRORS);
	assert_false(exists("one"));
	assert_false(exists("sub"));
}

static void an_input_is_not_overwritten(void **state)
{
	struct command *c = *state;

	put("input", "precious");
	assert_int_equal(link("input", "one"), 0);
	assert_int_equal(commit(c, "dtb x.dts", false), LOP_EXIT_USAGE);
	assert_says(err_of(c), "the output 'one' would overwrite an input; choose another place");
	assert_false(exists("sub"));
	assert_int_equal(commit(c, "fmt x.dts", true), LOP_EXIT_OK);
	assert_true(exists("sub/two"));
}

static void what_cannot_be_written_is_an_io_error(void **state)
{
	struct command *c = *state;

	put("sub", "a file");
	assert_int_equal(commit(c, "dtb x.dts", false), LOP_EXIT_FAILURE);
	assert_says(err_of(c), "error[io]: cannot write `sub/two`: Not a directory");
	assert_false(exists("one"));
}

/* --- timing --- */

static void stages_add_up(void **state)
{
	struct lop_timing t = { 0 };

	(void)state;
	lop_timing_start(&t);
	lop_timing_mark(&t, "read");
	lop_timing_mark(&t, "view");
	lop_timing_mark(&t, "emit");
	lop_timing_mark(&t, "view");
	assert_int_equal(t.count, 3);
	assert_string_equal(t.stages[1].stage, "view");
	for (size_t i = 0; i < t.count; i++) {
		assert_true(t.stages[i].wall >= 0 && t.stages[i].cpu >= 0);
		assert_true(t.stages[i].peak_kib > 0);
	}
	assert_true(t.stages[0].wall + t.stages[1].wall + t.stages[2].wall <=
		    t.last.wall - t.start.wall + 1e-9);
	lop_timing_start(&t);
	assert_int_equal(t.count, 0);
}

static void stages_beyond_the_limit_are_forgotten(void **state)
{
	static char names[LOP_TIMING_MAX + 4][8];
	struct lop_timing t = { 0 };

	(void)state;
	lop_timing_start(&t);
	for (size_t i = 0; i < LOP_TIMING_MAX + 4; i++) {
		snprintf(names[i], sizeof(names[i]), "s%zu", i);
		lop_timing_mark(&t, names[i]);
	}
	assert_int_equal(t.count, LOP_TIMING_MAX);
	lop_timing_mark(&t, "s0");
	assert_int_equal(t.count, LOP_TIMING_MAX);
	assert_string_equal(t.stages[LOP_TIMING_MAX - 1].stage, "s15");
}

static void times_are_printed_in_columns(void **state)
{
	const struct lop_timing t = {
		.start = { .wall = 10, .cpu = 1 },
		.last = { .wall = 12.5, .cpu = 2.25, .peak_kib = 4096 },
		.stages = { { .stage = "read", .wall = 0.5, .cpu = 0.25, .peak_kib = 1024 } },
		.count = 1,
	};
	struct lop_buf out = { 0 };

	(void)state;
	lop_timing_print(&t, &out);
	assert_string_equal(
		lop_buf_cstr(&out),
		"timing: read      0.500000 s wall  0.250000 s cpu     1024 KiB peak\n"
		"timing: total     2.500000 s wall  1.250000 s cpu     4096 KiB peak\n");
	lop_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(switches_decide_what_is_said),
		TEST(reports_raise_the_exit_code),
		TEST(a_mistake_of_usage_says_nothing_else),
		TEST(forms_of_reports),
		TEST(outputs_are_listed_only_when_asked_for),
		TEST(after_an_error_nothing_is_written),
		TEST(an_input_is_not_overwritten),
		TEST(what_cannot_be_written_is_an_io_error),
		TEST(stages_add_up),
		TEST(stages_beyond_the_limit_are_forgotten),
		TEST(times_are_printed_in_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
