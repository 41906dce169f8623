/* SPDX-License-Identifier: BSD-3-Clause */
/* Severity and switches, limits, duplicates, labels; the table of codes and its pages. */
#include "lopper-c/diag/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lopper-c/base/str.h"

struct fixture {
	struct lop_arena arena;
	struct lop_sources sources;
	struct lop_diags diags;
};

static const struct lop_span nowhere;

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f)
		return -1;
	f->sources.arena = &f->arena;
	f->diags.arena = &f->arena;
	f->diags.sources = &f->sources;
	lop_sources_add(&f->sources, "a.yaml", "some text", 9, NULL);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	lop_arena_free(&f->arena);
	free(f);
	return 0;
}

static struct lop_span at(uint32_t offset)
{
	return (struct lop_span){ .text = 1, .offset = offset, .len = 1 };
}

static void assert_counts(const struct fixture *f, size_t errors, size_t warnings)
{
	assert_int_equal(f->diags.errors, errors);
	assert_int_equal(f->diags.warnings, warnings);
}

static void test_severity_by_default(void **state)
{
	struct fixture *f = *state;

	lop_report(&f->diags, LOP_MEM_OVERLAP, at(0), "x");
	lop_report(&f->diags, LOP_DTS_SYNTAX, at(0), "x");
	lop_report(&f->diags, LOP_MEM_SHARED, at(0), "x");
	lop_report(&f->diags, LOP_READING, at(0), "off by default");
	assert_counts(f, 2, 1);
	assert_int_equal(f->diags.first->severity, LOP_ERROR);
	assert_int_equal(f->diags.last->severity, LOP_WARNING);
	assert_int_equal(f->diags.downgraded, 0);
}

static void test_switched_off(void **state)
{
	struct fixture *f = *state;
	struct lop_diag *d;

	f->diags.disabled[LOP_MEM_SHARED] = true;
	f->diags.disabled[LOP_MEM_OVERLAP] = true;
	d = lop_report(&f->diags, LOP_MEM_SHARED, at(0), "x");
	assert_non_null(d);
	lop_diag_label(d, at(1), "%s", "forgotten");
	lop_diag_help(d, "%s", "forgotten");
	lop_report(&f->diags, LOP_MEM_OVERLAP, at(0), "x");
	assert_counts(f, 0, 0);
	assert_null(f->diags.first);
	assert_null(d->labels);
	assert_null(d->helps);
}

static void test_fatal_errors_have_no_switch(void **state)
{
	struct fixture *f = *state;

	f->diags.disabled[LOP_DTS_SYNTAX] = true;
	f->diags.compat_lopper = true;
	lop_report(&f->diags, LOP_DTS_SYNTAX, at(0), "x");
	assert_counts(f, 1, 0);
	assert_int_equal(f->diags.downgraded, 0);
}

static void test_switched_on(void **state)
{
	struct fixture *f = *state;

	f->diags.enabled[LOP_READING] = true;
	lop_report(&f->diags, LOP_READING, at(0), "x");
	assert_counts(f, 0, 1);
}

static void test_promoted(void **state)
{
	struct fixture *f = *state;

	f->diags.promoted[LOP_MEM_SHARED] = true;
	f->diags.promoted[LOP_READING] = true;
	lop_report(&f->diags, LOP_MEM_SHARED, at(0), "x");
	lop_report(&f->diags, LOP_READING, at(0), "x");
	lop_report(&f->diags, LOP_IRQ_UNROUTED, at(0), "x");
	assert_counts(f, 2, 1);
}

static void test_werror(void **state)
{
	struct fixture *f = *state;

	f->diags.werror = true;
	f->diags.disabled[LOP_CPU_LEVEL] = true;
	lop_report(&f->diags, LOP_MEM_SHARED, at(0), "x");
	lop_report(&f->diags, LOP_READING, at(0), "still off");
	lop_report(&f->diags, LOP_CPU_LEVEL, at(0), "still off");
	assert_counts(f, 1, 0);
}

static void test_compat(void **state)
{
	struct fixture *f = *state;
	struct lop_diag *d;

	f->diags.compat_lopper = true;
	f->diags.werror = true; /* does not undo it */
	f->diags.promoted[LOP_CPU_MASK] = true;
	d = lop_report(&f->diags, LOP_UNKNOWN_DEVICE, at(0), "x");
	assert_int_equal(d->severity, LOP_WARNING);
	assert_true(d->downgraded);
	d = lop_report(&f->diags, LOP_STALE_SYNTAX, at(0), "x");
	assert_int_equal(d->severity, LOP_ERROR);
	assert_false(d->downgraded);
	d = lop_report(&f->diags, LOP_CPU_MASK, at(0), "x");
	assert_int_equal(d->severity, LOP_ERROR);
	assert_counts(f, 2, 1);
	assert_int_equal(f->diags.downgraded, 1);
}

static void test_full(void **state)
{
	struct fixture *f = *state;

	assert_true(lop_diags_full(&f->diags, LOP_READING)); /* off */
	f->diags.disabled[LOP_MEM_SHARED] = true;
	assert_true(lop_diags_full(&f->diags, LOP_MEM_SHARED));
	for (uint32_t i = 0; i < LOP_DIAG_MAX; i++) {
		assert_false(lop_diags_full(&f->diags, LOP_DTS_REF));
		lop_report(&f->diags, LOP_DTS_REF, at(i), "x");
	}
	assert_true(lop_diags_full(&f->diags, LOP_DTS_REF));
	assert_false(lop_diags_full(&f->diags, LOP_IRQ_UNROUTED));
}

static void test_once_is_enough(void **state)
{
	struct fixture *f = *state;

	lop_report(&f->diags, LOP_DTS_REF, at(0), "no %s", "gic");
	lop_diag_label(lop_report(&f->diags, LOP_DTS_REF, at(0), "no %s", "gic"), at(3), "lost");
	lop_report(&f->diags, LOP_DTS_REF, at(1), "no %s", "gic");
	lop_report(&f->diags, LOP_DTS_REF, at(0), "no %s", "uart");
	lop_report(&f->diags, LOP_DTS_NAME, at(0), "no %s", "gic");
	lop_report(&f->diags, LOP_DTS_REF, nowhere, "no %s", "gic");
	lop_report(&f->diags, LOP_DTS_REF, nowhere, "no %s", "gic");
	assert_counts(f, 5, 0);
	assert_null(f->diags.first->labels->next);
}

static void test_a_flood_is_counted_not_kept(void **state)
{
	struct fixture *f = *state;
	size_t kept = 0;

	for (int i = 0; i < 1000; i++) {
		lop_report(&f->diags, LOP_DTS_SYNTAX, at(0), "error %d", i);
		lop_report(&f->diags, LOP_MEM_SHARED, at(0), "warning %d", i);
	}
	assert_counts(f, 1000, 1000);
	for (const struct lop_diag *d = f->diags.first; d; d = d->next)
		kept++;
	assert_int_equal(kept, 2 * LOP_DIAG_MAX);
}

static void test_labels(void **state)
{
	struct fixture *f = *state;
	struct lop_diag *d = lop_report(&f->diags, LOP_DTS_REF, at(2), "x");

	assert_string_equal(d->labels->text, "");
	lop_diag_label(d, at(2), "first %d", 1); /* the report's own span gets its text */
	lop_diag_label(d, at(2), "second");
	lop_diag_label(d, at(5), "third");
	lop_diag_label(d, nowhere, "nowhere");
	assert_string_equal(d->labels->text, "first 1");
	assert_string_equal(d->labels->next->text, "second");
	assert_string_equal(d->labels->next->next->text, "third");
	assert_null(d->labels->next->next->next);
}

static void test_the_primary_place_comes_first(void **state)
{
	struct fixture *f = *state;
	struct lop_diag *d = lop_report(&f->diags, LOP_DTS_REF, at(2), "x");

	lop_diag_label(d, at(5), "other");
	lop_diag_label(d, at(2), "own");
	assert_int_equal(d->labels->span.offset, 2);
	assert_string_equal(d->labels->text, "own");
	assert_string_equal(d->labels->next->text, "other");
}

static void test_no_place_no_label(void **state)
{
	struct fixture *f = *state;
	struct lop_diag *d = lop_report(&f->diags, LOP_NO_DOMAINS, nowhere, "x");

	assert_null(d->labels);
	lop_diag_label(d, nowhere, "x");
	assert_null(d->labels);
	lop_diag_help(d, "one");
	lop_diag_help(d, "%s", "two");
	assert_string_equal(d->helps->text, "one");
	assert_string_equal(d->helps->next->text, "two");
}

static void test_every_code_has_a_row_and_a_page(void **state)
{
	(void)state;
	for (int i = 0; i < LOP_CODE_COUNT; i++) {
		const struct lop_code_row *row = &lop_codes[i];
		const char *page = lop_code_explain((enum lop_code)i);

		assert_non_null(row->name);
		assert_non_null(row->title);
		assert_int_equal(strspn(row->name, "abcdefghijklmnopqrstuvwxyz-"),
				 strlen(row->name));
		assert_false(lop_str_starts(row->name, "no-") && i != LOP_NO_DOMAINS);
		assert_true(strlen(row->title) <= 72);
		assert_int_equal(lop_code_by_name(row->name), i);
		assert_false(row->warning && row->lopper_passes);
		assert_false(row->off && !row->warning);
		if (strlen(page) < 200 || page == row->title)
			fail_msg("the page of %s is too short", row->name);
	}
}

/* 80 columns, no blanks at ends of lines, one newline at the end of the page. */
static void test_pages_are_well_formed(void **state)
{
	(void)state;
	for (int i = 0; i < LOP_CODE_COUNT; i++) {
		const char *page = lop_code_explain((enum lop_code)i), *line = page, *end;

		for (; (end = strchr(line, '\n')); line = end + 1) {
			if (end - line > 80 || (end > line && end[-1] == ' '))
				fail_msg("%s: `%.*s`", lop_codes[i].name, (int)(end - line), line);
		}
		assert_string_equal(line, "");
		assert_false(lop_str_ends(page, "\n\n"));
	}
}

static void test_unknown_names(void **state)
{
	(void)state;
	assert_int_equal(lop_code_by_name(""), LOP_CODE_COUNT);
	assert_int_equal(lop_code_by_name("mem"), LOP_CODE_COUNT);
	assert_int_equal(lop_code_by_name("mem-overlap "), LOP_CODE_COUNT);
	assert_int_equal(lop_code_by_name("MEM-OVERLAP"), LOP_CODE_COUNT);
	assert_int_equal(lop_code_by_name("no-mem-overlap"), LOP_CODE_COUNT);
}

#define DIAG_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DIAG_TEST(test_severity_by_default),
		DIAG_TEST(test_switched_off),
		DIAG_TEST(test_fatal_errors_have_no_switch),
		DIAG_TEST(test_switched_on),
		DIAG_TEST(test_promoted),
		DIAG_TEST(test_werror),
		DIAG_TEST(test_compat),
		DIAG_TEST(test_once_is_enough),
		DIAG_TEST(test_full),
		DIAG_TEST(test_a_flood_is_counted_not_kept),
		DIAG_TEST(test_labels),
		DIAG_TEST(test_the_primary_place_comes_first),
		DIAG_TEST(test_no_place_no_label),
		cmocka_unit_test(test_every_code_has_a_row_and_a_page),
		cmocka_unit_test(test_pages_are_well_formed),
		cmocka_unit_test(test_unknown_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
