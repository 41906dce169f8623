/* SPDX-License-Identifier: BSD-3-Clause */
/* access: names of devices, flags, patterns and pools. */
#include "tests/unit/merge_text.h"

#define UART0 "/axi/serial@ff000000"
#define UART1 "/axi/serial@ff010000"
#define CAN0  "/axi/can@ff020000"

static struct lop_tree *access_list(struct fixture *f, const char *list)
{
	return merged(f, lop_arena_printf(&f->arena, "domains:\n  d:\n    access: %s\n", list));
}

static size_t n_devices(const struct lop_tree *t, const char *path)
{
	const struct lop_prop *prop = lop_prop_find(t, node_at(t, path), "access");

	return prop ? lop_value_n_cells(&prop->value) /
			       (1 + cell_at(t, path, "#access-flags-cells", 0))
		    : 0;
}

static bool has_device(const struct lop_tree *t, const char *path, const char *device)
{
	const struct lop_prop *prop = lop_prop_find(t, node_at(t, path), "access");

	for (const struct lop_marker *m = prop ? prop->value.markers : NULL; m; m = m->next)
		if (m->target == node_at(t, device))
			return true;
	return false;
}

static void devices_by_any_name(void **state)
{
	struct lop_tree *t =
		access_list(*state, "[{dev: serial@ff000000}, {dev: uart1}, {dev: can},\n"
				    "      {dev: /axi/tcm@ffe00000}, vring0]");

	assert_silent(*state);
	CELLS(t, "/domains/d", "#access-flags-cells", 1);
	assert_int_equal(n_devices(t, "/domains/d"), 5);
	assert_ref(t, "/domains/d", "access", 0, UART0);
	assert_ref(t, "/domains/d", "access", 2, UART1);
	assert_ref(t, "/domains/d", "access", 4, CAN0);
	assert_ref(t, "/domains/d", "access", 6, "/axi/tcm@ffe00000");
	assert_false(has_prop(t, "/domains/d", "access-flags-names"));
}

static void labels_decide(void **state)
{
	struct lop_tree *t =
		access_list(*state, "[{dev: child@0, label: c1}, {dev: child@0, label: c0}]");

	assert_silent(*state);
	assert_ref(t, "/domains/d", "access", 0, "/axi/mailbox@ff310000/child@0");
	assert_ref(t, "/domains/d", "access", 2, "/axi/mailbox@ff300000/child@0");
}

static void an_ampersand_means_a_label(void **state)
{
	struct lop_tree *t = access_list(*state, "[{dev: '&c1'}]");

	assert_silent(*state);
	assert_ref(t, "/domains/d", "access", 0, "/axi/mailbox@ff310000/child@0");
}

static void flags_are_bits_and_names(void **state)
{
	struct lop_tree *t = access_list(
		*state,
		"[{dev: uart0, flags: {timeshare: true, read-only: true, requested: false}},\n"
		"      {dev: uart1, flags: {shared: true, requested_full_access: true}},\n"
		"      {dev: can0, flags: 0x70}]");

	assert_silent(*state);
	assert_int_equal(cell_at(t, "/domains/d", "access", 1), 0x11);
	assert_int_equal(cell_at(t, "/domains/d", "access", 3), 0);
	assert_int_equal(cell_at(t, "/domains/d", "access", 5), 0x70);
	assert_text(t, "/domains/d", "access-flags-names", 0, "timeshare,read-only");
	assert_text(t, "/domains/d", "access-flags-names", 1, "shared,requested_full_access");
	assert_text(t, "/domains/d", "access-flags-names", 2, "");
}

static void wide_flags_take_two_cells(void **state)
{
	struct lop_tree *t = access_list(
		*state,
		"[{dev: uart0, flags: {coherent: true}}, {dev: uart1, flags: {requested: true}}]");

	assert_silent(*state);
	CELLS(t, "/domains/d", "#access-flags-cells", 2);
	assert_int_equal(cell_at(t, "/domains/d", "access", 1), 0x20);
	assert_int_equal(cell_at(t, "/domains/d", "access", 2), 0);
	assert_ref(t, "/domains/d", "access", 3, UART1);
	assert_int_equal(cell_at(t, "/domains/d", "access", 5), 0x40);
}

static void old_lists_of_devices(void **state)
{
	struct lop_tree *t =
		access_list(*state, "[{dev: [uart0, uart0, can0], flags: [0, 0, 0x40]}, {}]");

	assert_silent(*state);
	assert_int_equal(n_devices(t, "/domains/d"), 2);
	assert_int_equal(cell_at(t, "/domains/d", "access", 3), 0x40);
}

static void one_device_twice_is_one(void **state)
{
	struct lop_tree *t = access_list(*state, "[{dev: uart0}, {dev: serial@ff000000}]");

	assert_silent(*state);
	assert_int_equal(n_devices(t, "/domains/d"), 1);
}

/* --- patterns --- */

#define POOL                                                                                   \
	"domains:\n  p:\n    access:\n      - {dev: serial@ff000000, flags: {shared: true}}\n" \
	"      - dev: serial@ff010000\n      - dev: can@ff020000\n"

static void patterns_move_devices(void **state)
{
	struct lop_tree *t =
		merged(*state, POOL
		       "    domains:\n      c:\n        access:\n          - dev: '*serial*'\n");

	assert_silent(*state);
	assert_int_equal(n_devices(t, "/domains/p"), 1);
	assert_true(has_device(t, "/domains/p", CAN0));
	assert_int_equal(n_devices(t, "/domains/p/c"), 2);
	assert_ref(t, "/domains/p/c", "access", 0, UART0);
	assert_text(t, "/domains/p/c", "access-flags-names", 0, "shared,from-pool");
}

static void moved_entries_point_at_the_pattern(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *t = merged(
		f, POOL "    domains:\n      c:\n        access:\n          - dev: '*can*'\n");
	const struct lop_marker *m = lop_value_ref_at(value_at(t, "/domains/p/c", "access"), 0);

	assert_int_equal(lop_sources_resolve(&f->sources, m->span).line, 10);
}

static void neighbours_names_win_over_patterns(void **state)
{
	struct lop_tree *t =
		merged(*state, POOL "    domains:\n      c:\n        access: [{dev: '*serial*'}]\n"
				    "      e:\n        access: [{dev: uart0}]\n");

	assert_silent(*state);
	assert_int_equal(n_devices(t, "/domains/p/c"), 1);
	assert_ref(t, "/domains/p/c", "access", 0, UART1);
	assert_true(has_device(t, "/domains/p", UART0));
}

static void parent_names_the_pool(void **state)
{
	struct lop_tree *t =
		merged(*state, POOL "  c:\n    parent: p\n    access: [{dev: 'can@*'}]\n");

	assert_silent(*state);
	assert_ref(t, "/domains/p/c", "access", 0, CAN0);
}

static void the_nearest_list_is_the_pool(void **state)
{
	struct lop_tree *t =
		merged(*state, POOL
		       "    domains:\n      q:\n        id: 1\n        domains:\n          c:\n"
		       "            parent: auto\n            access: [{dev: '*'}]\n");

	assert_silent(*state);
	assert_int_equal(n_devices(t, "/domains/p/q/c"), 3);
	assert_int_equal(n_devices(t, "/domains/p"), 0);
}

static void inventories_are_pools(void **state)
{
	struct lop_tree *t = merged(
		*state,
		"domains:\n  all:\n    compatible: openamp,domain-v1,devices\n    access:\n"
		"      - dev: uart0\n      - dev: uart1\n    memory:\n      - dev: 'linux,cma'\n"
		"  box:\n    domains:\n      a:\n        access: [{dev: '*'}]\n"
		"      b:\n        access: [{dev: uart1}]\n");

	assert_silent(*state);
	assert_int_equal(n_devices(t, "/domains/box/a"), 1);
	assert_ref(t, "/domains/box/a", "access", 0, UART0);
	assert_text(t, "/domains/all", "compatible", 0, "openamp,domain-v1,devices");
	assert_null(lop_value_str(value_at(t, "/domains/all", "compatible"), 1));
	assert_false(has_prop(t, "/domains/all", "memory"));
}

static void lists_of_the_tree_are_pools(void **state)
{
	struct lop_tree *t = merge_into(
		*state,
		"domains { p { os,type = \"linux\"; #access-flags-cells = <1>;"
		"access = <&uart0 5>, <&can0 0>; }; };",
		"domains:\n  p:\n    domains:\n      c:\n        access: [{dev: 'serial*'}]\n",
		NULL);

	assert_silent(*state);
	assert_ref(t, "/domains/p/c", "access", 0, UART0);
	assert_int_equal(cell_at(t, "/domains/p/c", "access", 1), 5);
	assert_int_equal(n_devices(t, "/domains/p"), 1);
	assert_ref(t, "/domains/p", "access", 0, CAN0);
}

static void a_star_without_a_pool_keeps_all(void **state)
{
	struct lop_tree *t = access_list(*state, "[{dev: '*'}]");

	assert_silent(*state);
	CELLS(t, "/domains/d", "lopper,access-keep-all", 1);
	assert_false(has_prop(t, "/domains/d", "access"));
}

static void mistakes(void **state)
{
	static const struct {
		const char *list;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "[{dev: serial@ff000001}]", LOP_UNKNOWN_DEVICE, "serial@ff000001" },
		{ "[{dev: /axi/none}]", LOP_UNKNOWN_DEVICE, "/axi/none" },
		{ "[{dev: none, label: uart0}]", LOP_UNKNOWN_DEVICE, "none" },
		{ "[{dev: d}]", LOP_UNKNOWN_DEVICE, "`d`" },
		{ "[{dev: child@0}]", LOP_AMBIGUOUS_NAME, "child@0" },
		{ "[{dev: child@0, label: c7}]", LOP_AMBIGUOUS_NAME, "child@0" },
		{ "[{dev: serial}]", LOP_AMBIGUOUS_NAME, "serial" },
		{ "[{dev: a53}]", LOP_WRONG_NODE, "a53" },
		{ "[{dev: r5_0}]", LOP_WRONG_NODE, "r5_0" },
		{ "[{dev: /}]", LOP_WRONG_NODE, "`/`" },
		{ "[{label: uart0}]", LOP_MISSING_VALUE, "dev" },
		{ "[{dev: {x: 1}}]", LOP_YAML_TYPE, "`dev`" },
		{ "[[uart0]]", LOP_YAML_TYPE, "an entry in `access`" },
		{ "{dev: uart0}", LOP_YAML_TYPE, "`access`" },
		{ "[{dev: uart0, flag: 0}]", LOP_UNKNOWN_KEY, "flag" },
		{ "[{dev: uart0, flags: {shard: true}}]", LOP_UNKNOWN_FLAG, "shard" },
		{ "[{dev: uart0, flags: {shared: 2}}]", LOP_YAML_TYPE, "shared" },
		{ "[{dev: uart0, flags: 0x1G}]", LOP_BAD_NUMBER, "flags" },
		{ "[{dev: uart0, flags: 1}, {dev: uart0, flags: 2}]", LOP_YAML_CONFLICT, "twice" },
		{ "[{dev: '*serial*'}]", LOP_GLOB_EMPTY, "no pool" },
		{ "[{dev: 'serial?ff000000'}]", LOP_GLOB_EMPTY, "no pool" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fixture;

		set_up(&fixture);
		access_list(fixture, rows[i].list);
		assert_only(fixture, rows[i].code, rows[i].words);
		tear_down(&fixture);
	}
}

static void the_label_beside_says_where_it_is(void **state)
{
	access_list(*state, "[{dev: serial@ff00, label: uart1}]");
	assert_helped(*state, LOP_UNKNOWN_DEVICE, UART1);
}

static void patterns_must_match(void **state)
{
	refuse(*state, POOL "  c:\n    parent: p\n    access: [{dev: '*spi*'}]\n", LOP_GLOB_EMPTY,
	       "matches nothing");
}

static void what_is_taken_is_said(void **state)
{
	refuse(*state,
	       POOL "    domains:\n      c:\n        access: [{dev: '*can*'}]\n"
		    "      e:\n        access: [{dev: can*}]\n",
	       LOP_GLOB_EMPTY, "`can*`");
	assert_helped(*state, LOP_GLOB_EMPTY, "another domain");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(devices_by_any_name),
		T(labels_decide),
		T(an_ampersand_means_a_label),
		T(flags_are_bits_and_names),
		T(wide_flags_take_two_cells),
		T(old_lists_of_devices),
		T(one_device_twice_is_one),
		T(patterns_move_devices),
		T(moved_entries_point_at_the_pattern),
		T(neighbours_names_win_over_patterns),
		T(parent_names_the_pool),
		T(the_nearest_list_is_the_pool),
		T(inventories_are_pools),
		T(lists_of_the_tree_are_pools),
		T(a_star_without_a_pool_keeps_all),
		cmocka_unit_test(mistakes),
		T(the_label_beside_says_where_it_is),
		T(patterns_must_match),
		T(what_is_taken_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
