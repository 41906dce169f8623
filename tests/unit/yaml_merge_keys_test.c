/* SPDX-License-Identifier: BSD-3-Clause */
/* The merge keys <<, <<+ and <<*, in mappings and in lists. */
#include "lopper-c/yaml/yaml.h"

#include "tests/unit/merge_text.h"

static struct lop_yaml *get(struct fixture *f, const char *text, const char *key)
{
	return lop_yaml_get(read_yaml(f, "test.yaml", text), key);
}

static void plain_merge_adds_what_is_missing(void **state)
{
	struct lop_yaml *map = get(*state, "base: &b {x: 1, y: 2}\nm:\n  <<: *b\n  y: 3\n", "m");

	assert_silent(*state);
	assert_int_equal(map->count, 2);
	assert_string_equal(lop_yaml_get(map, "x")->text, "1");
	assert_string_equal(lop_yaml_get(map, "y")->text, "3");
}

static void own_keys_win_wherever_they_stand(void **state)
{
	struct lop_yaml *map = get(*state, "base: &b {y: 2}\nm:\n  y: 3\n  <<: *b\n", "m");

	assert_silent(*state);
	assert_string_equal(lop_yaml_get(map, "y")->text, "3");
}

static void plain_merge_takes_a_list(void **state)
{
	struct lop_yaml *map =
		get(*state, "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nm:\n  <<: [*a, *b]\n", "m");

	assert_silent(*state);
	assert_string_equal(lop_yaml_get(map, "x")->text, "1");
	assert_string_equal(lop_yaml_get(map, "y")->text, "3");
}

static void extended_merge_of_one_is_plain(void **state)
{
	struct lop_yaml *map = get(*state, "a: &a {x: 1}\nm:\n  <<+: *a\n  z: 2\n", "m");

	assert_silent(*state);
	assert_string_equal(lop_yaml_get(map, "x")->text, "1");
	assert_string_equal(lop_yaml_get(map, "z")->text, "2");
}

static void star_behaves_as_plus(void **state)
{
	struct lop_yaml *map = get(*state, "a: &a {x: 1}\nm:\n  <<*: *a\n", "m");

	assert_silent(*state);
	assert_string_equal(lop_yaml_get(map, "x")->text, "1");
}

static void equal_keys_become_children(void **state)
{
	struct lop_yaml *map = get(*state,
				   "a: &a {start: 1}\nb: &b {start: 2}\nc: &c {other: 3}\n"
				   "m:\n  <<+: [*a, *b, *c]\n",
				   "m");

	assert_silent(*state);
	assert_int_equal(map->count, 3);
	assert_string_equal(lop_yaml_get(lop_yaml_get(map, "a"), "start")->text, "1");
	assert_string_equal(lop_yaml_get(lop_yaml_get(map, "b"), "start")->text, "2");
	assert_string_equal(lop_yaml_get(map, "other")->text, "3");
}

static void lists_become_children_of_maps(void **state)
{
	struct lop_yaml *map =
		get(*state, "r: &ring\n  - start: 1\nm:\n  ranges: true\n  <<+: [ *ring ]\n", "m");

	assert_silent(*state);
	assert_int_equal(lop_yaml_get(map, "ring")->kind, LOP_YAML_LIST);
	assert_int_equal(map->count, 2);
}

static void lists_are_joined_in_place(void **state)
{
	struct lop_yaml *list = get(*state,
				    "a: &a [x, y]\nb: &b [z]\n"
				    "m:\n  - first\n  - <<+: *a\n  - middle\n  - <<+: [*b, *a]\n",
				    "m");
	static const char *const want[] = { "first", "x", "y", "middle", "z", "x", "y" };
	const struct lop_yaml *v = list->first;

	assert_silent(*state);
	assert_int_equal(list->count, 7);
	for (size_t i = 0; i < 7; i++, v = v->next)
		assert_string_equal(v->text, want[i]);
	assert_null(v);
}

static void a_map_in_a_list_stays_one_item(void **state)
{
	struct lop_yaml *list =
		get(*state, "a: &a {dev: x}\nm:\n  - <<+: *a\n  - <<: *a\n    flags: 0\n", "m");

	assert_silent(*state);
	assert_int_equal(list->count, 2);
	assert_string_equal(lop_yaml_get(list->first, "dev")->text, "x");
	assert_string_equal(lop_yaml_get(list->last, "flags")->text, "0");
}

static void quoted_keys_do_not_merge(void **state)
{
	struct lop_yaml *map = get(*state, "m:\n  '<<': 5\n", "m");

	assert_silent(*state);
	assert_string_equal(lop_yaml_get(map, "<<")->text, "5");
}

static void originals_stay_as_they_are(void **state)
{
	struct lop_yaml *list = get(*state, "a: &a [x]\nm: [ {<<+: *a}, {<<+: *a} ]\n", "a");

	assert_int_equal(list->count, 1);
	assert_null(list->first->next);
}

static void scalars_cannot_be_merged(void **state)
{
	get(*state, "a: &a 5\nm:\n  <<: *a\n", "m");
	assert_only(*state, LOP_YAML_MERGE, "a scalar");
}

static void plain_merge_wants_mappings(void **state)
{
	get(*state, "a: &a [1]\nm:\n  <<: *a\n", "m");
	assert_only(*state, LOP_YAML_MERGE, "a list");
	assert_helped(*state, LOP_YAML_MERGE, "<<+");
}

static void extended_merge_wants_a_value(void **state)
{
	get(*state, "m:\n  <<+:\n  x: 1\n", "m");
	assert_only(*state, LOP_YAML_MERGE, "nothing");
}

static void inline_values_have_no_name(void **state)
{
	get(*state, "m:\n  <<+: [ {x: 1}, {x: 2} ]\n", "m");
	assert_reported(*state, LOP_YAML_MERGE, "no anchor");
}

static void a_typo_in_the_alias_is_one_error(void **state)
{
	get(*state, "a: &abc [1]\nm:\n  - <<+: *abd\n", "m");
	assert_only(*state, LOP_YAML_MERGE, "abd");
	assert_helped(*state, LOP_YAML_MERGE, "*abc");
}

static void two_merge_keys_in_one_mapping_both_count(void **state)
{
	struct lop_yaml *map =
		get(*state, "a: &a {x: 1}\nb: &b {y: 2}\nm:\n  <<: *a\n  <<+: *b\n", "m");

	assert_silent(*state);
	assert_int_equal(map->count, 2);
}

static void merges_count_into_the_limit(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };

	lop_buf_puts(&text, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
	for (int i = 1; i < 20; i++) {
		lop_buf_printf(&text, "a%d: &a%d\n", i, i);
		for (int k = 0; k < 10; k++)
			lop_buf_printf(&text, "  - <<+: *a%d\n", i - 1);
	}
	assert_null(read_yaml(f, "x", lop_buf_cstr(&text)));
	assert_only(f, LOP_LIMIT, "1000000");
	lop_buf_free(&text);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(plain_merge_adds_what_is_missing),
		T(own_keys_win_wherever_they_stand),
		T(plain_merge_takes_a_list),
		T(extended_merge_of_one_is_plain),
		T(star_behaves_as_plus),
		T(equal_keys_become_children),
		T(lists_become_children_of_maps),
		T(lists_are_joined_in_place),
		T(a_map_in_a_list_stays_one_item),
		T(quoted_keys_do_not_merge),
		T(originals_stay_as_they_are),
		T(scalars_cannot_be_merged),
		T(plain_merge_wants_mappings),
		T(extended_merge_wants_a_value),
		T(inline_values_have_no_name),
		T(a_typo_in_the_alias_is_one_error),
		T(two_merge_keys_in_one_mapping_both_count),
		T(merges_count_into_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
