/* SPDX-License-Identifier: BSD-3-Clause */
/* tree/val.c: the limit of one value. What it builds, the tests of merge/ and view/ see. */
#include "lopper-c/tree/val.h"
#include "tests/unit/tree_text.h"

/* A value of this many bytes, none of which are ever looked at before the limit. */
static struct lop_value fake_value(uint32_t len)
{
	return (struct lop_value){ .data = (const unsigned char *)"", .len = len };
}

static void a_value_has_a_limit(void **state)
{
	struct fixture *f = *state;
	struct lop_val val = { .arena = &f->arena, .diags = &f->diags };
	struct lop_value much = fake_value(LOP_VALUE_MAX - 3), value;

	lop_val_number(&val, 1, 1);
	lop_val_copy(&val, &much, 0, much.len);
	lop_val_copy(&val, &much, 0, much.len);
	lop_val_string(&val, "more", (struct lop_span){ 0 });
	lop_val_ref(&val, "gic", (struct lop_span){ 0 });
	lop_val_target(&val, NULL, (struct lop_span){ 0 });
	value = lop_val_take(&val);
	assert_int_equal(value.len, 0);
	assert_null(value.markers);
	assert_reported(f, LOP_LIMIT, "larger than 256 MiB");
	assert_int_equal(f->diags.errors, 1);
	lop_val_number(&val, 1, 2);
	value = lop_val_take(&val);
	assert_int_equal(value.len, 8);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_value_has_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
