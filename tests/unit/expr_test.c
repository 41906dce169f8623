/* SPDX-License-Identifier: BSD-3-Clause */
/* Integer expressions: every operator, precedence, 64-bit edges, widths, and what goes wrong. */
#include "tests/unit/tree_text.h"

#include <inttypes.h>
#include <stdio.h>

static uint64_t value_of(struct fixture *f, const char *expression)
{
	char *text = lop_arena_printf(&f->arena, "v = /bits/ 64 <(%s)>;", expression);
	struct lop_tree *tree = parse_root(f, text);
	uint64_t value = lop_value_number(value_at(tree, "/", "v"), 0, 2);

	lop_tree_free(tree);
	f->n_trees--;
	return value;
}

static void test_values(void **state)
{
	static const struct {
		const char *expression;
		uint64_t value;
	} rows[] = {
		{ "1", 1 },
		{ "1 + 2 * 3", 7 },
		{ "(1 + 2) * 3", 9 },
		{ "8 - 4 - 2", 2 },
		{ "64 / 4 / 2", 8 },
		{ "7 % 4", 3 },
		{ "1 << 2 << 3", 32 },
		{ "0xf0 >> 4", 15 },
		{ "1 << 63", UINT64_C(1) << 63 },
		{ "1 << 64", 0 },
		{ "1 << -1", 0 },
		{ "1 >> 64", 0 },
		{ "-1", UINT64_MAX },
		{ "-1 >> 1", UINT64_MAX >> 1 },
		{ "0 - 1", UINT64_MAX },
		{ "2 * 0x8000000000000001", 2 },
		{ "-5 / 2", (UINT64_MAX - 4) / 2 },
		{ "-1 > 0", 1 },
		{ "~0", UINT64_MAX },
		{ "!5", 0 },
		{ "!!3", 1 },
		{ "~~3", 3 },
		{ "- - 3", 3 },
		{ "1 < 2", 1 },
		{ "2 <= 2", 1 },
		{ "3 > 4", 0 },
		{ "4 >= 5", 0 },
		{ "1 == 1", 1 },
		{ "1 != 1", 0 },
		{ "1 < 2 == 1", 1 },
		{ "5 & 3", 1 },
		{ "5 | 3", 7 },
		{ "5 ^ 3", 6 },
		{ "1 | 2 ^ 3 & 4 == 4 < 5 << 1 + 2 * 3", 3 },
		{ "1 && 0", 0 },
		{ "2 && 3", 1 },
		{ "0 || 4", 1 },
		{ "1 || 0 && 0", 1 },
		{ "1 ? 2 : 3", 2 },
		{ "0 ? 2 : 3", 3 },
		{ "0 ? 2 : 0 ? 4 : 5", 5 },
		{ "1 ? 0 ? 2 : 3 : 4", 3 },
		{ "0 || 0 ? 1 : 2", 2 },
		{ "'a' + 1", 'b' },
		{ "0x10 + 010", 24 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t value = value_of(f, rows[i].expression);

		if (value != rows[i].value)
			fail_msg("%s is 0x%" PRIx64 ", not 0x%" PRIx64, rows[i].expression, value,
				 rows[i].value);
	}
}

/* The code of the one error in a property, LOP_CODE_COUNT if there is none. */
static enum lop_code error_of(struct fixture *f, const char *value)
{
	char *text = lop_arena_printf(&f->arena, "/dts-v1/;\n/ { v = %s; };\n", value);
	struct lop_diag *before = f->diags.last;
	struct lop_diag *first;

	lop_tree_free(lop_dts_parse(&f->arena, &f->diags, value, text, strlen(text), NULL));
	first = before ? before->next : f->diags.first;
	if (first && first->next)
		fail_msg("%s: two errors, \"%s\" and \"%s\"", value, first->message,
			 first->next->message);
	return first ? first->code : LOP_CODE_COUNT;
}

static void test_errors_are_one_each(void **state)
{
	static const struct {
		const char *value;
		enum lop_code code;
	} rows[] = {
		{ "<(1 / 0)>", LOP_DTS_EXPRESSION },
		{ "<(1 % 0)>", LOP_DTS_EXPRESSION },
		{ "<(0 ? 1 / 0 : 2)>", LOP_DTS_EXPRESSION },
		{ "<(1 / 0 + 2 / 0)>", LOP_DTS_EXPRESSION },
		{ "<()>", LOP_DTS_SYNTAX },
		{ "<(1 +)>", LOP_DTS_SYNTAX },
		{ "<(* 2)>", LOP_DTS_SYNTAX },
		{ "<(1 2)>", LOP_DTS_SYNTAX },
		{ "<(1 ? 2)>", LOP_DTS_SYNTAX },
		{ "<(1 : 2)>", LOP_DTS_SYNTAX },
		{ "<(FOO + BAR)>", LOP_DTS_SYNTAX },
		{ "<(&ref)>", LOP_DTS_SYNTAX },
		{ "<(\"x\")>", LOP_DTS_SYNTAX },
		{ "<((1)>", LOP_DTS_SYNTAX },
		{ "<(1))>", LOP_DTS_SYNTAX },
		{ "<1 + 2>", LOP_DTS_SYNTAX },
		{ "<-1>", LOP_DTS_SYNTAX },
		{ "<~0>", LOP_DTS_SYNTAX },
		{ "<(1 = 1)>", LOP_DTS_SYNTAX },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(error_of(f, rows[i].value), rows[i].code);
}

static void test_widths(void **state)
{
	static const struct {
		const char *value;
		bool fits;
	} rows[] = {
		{ "<0xffffffff>", true },
		{ "<0x100000000>", false },
		{ "<(-1)>", true },
		{ "<(-0x80000000)>", true },
		{ "<(-0x80000001)>", true },
		{ "<(-0x100000000)>", true },
		{ "<(-0x100000001)>", false },
		{ "/bits/ 8 <255>", true },
		{ "/bits/ 8 <256>", false },
		{ "/bits/ 8 <(-1)>", true },
		{ "/bits/ 8 <(-256)>", true },
		{ "/bits/ 8 <(-257)>", false },
		{ "/bits/ 16 <0xffff>", true },
		{ "/bits/ 16 <0x10000>", false },
		{ "/bits/ 64 <0xffffffffffffffff>", true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(error_of(f, rows[i].value),
				 rows[i].fits ? LOP_CODE_COUNT : LOP_DTS_EXPRESSION);
}

static char *repeat(struct fixture *f, const char *what, size_t n, const char *middle,
		    const char *after)
{
	struct lop_buf buf = { 0 };
	char *text;

	lop_buf_puts(&buf, "<(");
	for (size_t i = 0; i < n; i++)
		lop_buf_puts(&buf, what);
	lop_buf_puts(&buf, middle);
	for (size_t i = 0; i < n; i++)
		lop_buf_puts(&buf, after);
	lop_buf_puts(&buf, ")>");
	text = lop_arena_strndup(&f->arena, buf.data, buf.len);
	lop_buf_free(&buf);
	return text;
}

static void test_nesting_is_bounded(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(error_of(f, repeat(f, "(", 40, "1", ")")), LOP_CODE_COUNT);
	assert_int_equal(error_of(f, repeat(f, "(", 100000, "1", ")")), LOP_LIMIT);
	assert_int_equal(error_of(f, repeat(f, "-", 100000, "1", "")), LOP_LIMIT);
	assert_int_equal(error_of(f, repeat(f, "1?", 100000, "1", ":2")), LOP_LIMIT);
	assert_int_equal(error_of(f, repeat(f, "1?2:", 100000, "1", "")), LOP_LIMIT);
	assert_int_equal(error_of(f, repeat(f, "1+", 100000, "1", "")), LOP_CODE_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_values, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_errors_are_one_each, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_widths, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_nesting_is_bounded, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
