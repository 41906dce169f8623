/* SPDX-License-Identifier: BSD-3-Clause */
/* Conditional keys: variants of a node, schemes, conditional nodes. */
#include "tests/unit/merge_text.h"

#define UART "/axi/serial@ff000000"

static const struct lop_value *variant(const struct lop_tree *t, const char *path,
				       const char *condition, const char *name)
{
	for (const struct lop_variant *v = node_at(t, path)->variants; v; v = v->next)
		for (const struct lop_prop *p = v->props; p; p = p->next)
			if (!strcmp(v->condition, condition) && !strcmp(p->name, name))
				return &p->value;
	return NULL;
}

static void assert_variant(const struct lop_tree *t, const char *condition, const char *name,
			   size_t i, const char *text)
{
	const struct lop_value *value = variant(t, UART, condition, name);

	assert_non_null(value);
	assert_non_null(lop_value_str(value, i));
	assert_string_equal(lop_value_str(value, i), text);
}

static void a_condition_makes_a_variant(void **state)
{
	struct lop_tree *t = merged(*state, "uart0:\n  compatible!linux: uio\n");

	assert_silent(*state);
	assert_text(t, UART, "compatible", 0, "arm,pl011");
	assert_variant(t, "linux", "compatible", 0, "uio");
	assert_non_null(variant(t, UART, "linux", "reg"));
	assert_null(variant(t, UART, "zephyr", "reg"));
}

static void several_conditions_make_several(void **state)
{
	struct lop_tree *t = merged(*state, "uart0:\n  compatible!linux!xen!replace: uio\n");

	assert_silent(*state);
	assert_variant(t, "linux", "compatible", 0, "uio");
	assert_variant(t, "xen", "compatible", 0, "uio");
}

static void lists_are_extended(void **state)
{
	struct lop_tree *t = merged(*state, "uart0:\n  compatible!a!append: [x, y]\n"
					    "  compatible!prepend!b: x\n  new!a!append: [1, 2]\n");

	assert_silent(*state);
	assert_variant(t, "a", "compatible", 0, "arm,pl011");
	assert_variant(t, "a", "compatible", 2, "y");
	assert_variant(t, "b", "compatible", 0, "x");
	assert_variant(t, "b", "compatible", 1, "arm,pl011");
	assert_int_equal(lop_value_cell(variant(t, UART, "a", "new"), 1), 2);
}

static void the_base_is_the_merged_tree(void **state)
{
	struct lop_tree *t = merge_into(*state, "", "uart0:\n  compatible!a!append: z\n",
					"uart0:\n  compatible: other\n");

	assert_silent(*state);
	assert_variant(t, "a", "compatible", 0, "other");
	assert_variant(t, "a", "compatible", 1, "z");
}

static void bootargs_are_one_string(void **state)
{
	struct lop_tree *t = merge_into(*state, "chosen { bootargs = \"quiet\"; };",
					"chosen:\n  bootargs!linux!append: ro\n"
					"  bootargs!zephyr!prepend: rw\n",
					NULL);
	const struct lop_value *linux_args = variant(t, "/chosen", "linux", "bootargs");

	assert_silent(*state);
	assert_string_equal(lop_value_str(linux_args, 0), "quiet ro");
	assert_null(lop_value_str(linux_args, 1));
	assert_string_equal(lop_value_str(variant(t, "/chosen", "zephyr", "bootargs"), 0),
			    "rw quiet");
}

static void a_scheme_alone_applies_at_once(void **state)
{
	struct lop_tree *t = merged(*state, "uart0:\n  compatible!append: second\n"
					    "  reg!delete:\n");

	assert_silent(*state);
	assert_text(t, UART, "compatible", 1, "second");
	assert_false(has_prop(t, UART, "reg"));
	assert_null(node_at(t, UART)->variants);
}

static void delete_and_false_take_away(void **state)
{
	struct lop_tree *t = merged(*state, "uart0:\n  compatible!a!delete: x\n  reg!b: false\n");

	assert_silent(*state);
	assert_null(variant(t, UART, "a", "compatible"));
	assert_non_null(variant(t, UART, "a", "reg"));
	assert_null(variant(t, UART, "b", "reg"));
}

static void references_in_variants_resolve(void **state)
{
	struct lop_tree *t = merged(*state, "uart0:\n  memory-region!linux: [cma]\n");
	const struct lop_value *value = variant(t, UART, "linux", "memory-region");

	assert_silent(*state);
	assert_int_equal(lop_value_cell(value, 0),
			 node_at(t, "/reserved-memory/linux,cma")->phandle);
	assert_int_not_equal(lop_value_cell(value, 0), 0);
}

static void a_new_node_may_be_conditional(void **state)
{
	struct lop_tree *t = merged(*state, "axi:\n  uio@5000!linux: {start: 0x5000, size: 1}\n");

	assert_silent(*state);
	assert_string_equal(node_at(t, "/axi/uio@5000")->condition, "linux");
}

static void conditions_on_a_known_node_are_its_properties(void **state)
{
	struct lop_tree *t = merged(*state, "axi:\n  serial@ff000000!linux:\n    status: okay\n");

	assert_silent(*state);
	assert_null(node_at(t, UART)->condition);
	assert_false(has_prop(t, UART, "status"));
	assert_variant(t, "linux", "status", 0, "okay");
}

static void bad_sigils(void **state)
{
	static const struct {
		const char *yaml;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "uart0:\n  '!linux': 1\n", LOP_YAML_TYPE, "!linux" },
		{ "uart0:\n  a!!b: 1\n", LOP_YAML_TYPE, "a!!b" },
		{ "uart0:\n  a!: 1\n", LOP_YAML_TYPE, "a!" },
		{ "uart0:\n  a!append!replace: 1\n", LOP_YAML_TYPE, "a!append" },
		{ "axi:\n  serial@ff000000!append: {a: 1}\n", LOP_UNSUPPORTED, "serial" },
		{ "axi:\n  n!a!b: {start: 1, size: 1}\n", LOP_UNSUPPORTED, "several" },
		{ "uart0:\n  start!linux: 5\n", LOP_UNSUPPORTED, "start" },
		{ "domains:\n  d:\n    cpus!linux: []\n", LOP_UNSUPPORTED, "cpus" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fixture;

		set_up(&fixture);
		refuse(fixture, rows[i].yaml, rows[i].code, rows[i].words);
		tear_down(&fixture);
	}
}

static void conditions_are_bounded(void **state)
{
	struct lop_buf text = { 0 };

	lop_buf_puts(&text, "uart0:\n");
	for (int i = 0; i < 100; i++)
		lop_buf_printf(&text, "  a!c%d: 1\n", i);
	merged(*state, lop_buf_cstr(&text));
	assert_reported(*state, LOP_LIMIT, "conditions");
	lop_buf_free(&text);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_condition_makes_a_variant),
		T(several_conditions_make_several),
		T(lists_are_extended),
		T(the_base_is_the_merged_tree),
		T(bootargs_are_one_string),
		T(a_scheme_alone_applies_at_once),
		T(delete_and_false_take_away),
		T(references_in_variants_resolve),
		T(a_new_node_may_be_conditional),
		T(conditions_on_a_known_node_are_its_properties),
		cmocka_unit_test(bad_sigils),
		T(conditions_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
