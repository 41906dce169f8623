/* SPDX-License-Identifier: BSD-3-Clause */
/* memory and sram of a domain: ranges, names, flags, cells. */
#include "tests/unit/merge_text.h"

static struct lop_tree *memory(struct fixture *f, const char *list)
{
	return merged(f, lop_arena_printf(&f->arena, "domains:\n  d:\n    memory: %s\n", list));
}

static void ranges_in_every_spelling(void **state)
{
	struct lop_tree *t =
		memory(*state, "[{start: '0x50000000000', size: 8G}, {},\n"
			       "      {dev: anything, start: 0x40000000, size: '0x1000'}]");

	assert_silent(*state);
	CELLS(t, "/domains/d", "memory", 0x500, 0, 2, 0, 0, 0x40000000, 0, 0x1000);
	assert_false(has_prop(t, "/domains/d", "memory-flags-names"));
}

static void names_give_their_ranges(void **state)
{
	struct lop_tree *t =
		merged(*state, "domains:\n  d:\n    sram: [tcm]\n    memory:\n"
			       "      - dev: ddr\n      - dev: memory@0\n        size: 0x1000\n");

	assert_silent(*state);
	CELLS(t, "/domains/d", "sram", 0, 0xffe00000, 0, 0x10000);
	CELLS(t, "/domains/d", "memory", 0, 0, 0, 0x80000000, 0, 0, 0, 0x1000);
}

static void names_are_translated_to_the_root(void **state)
{
	struct lop_tree *t = merge_into(
		*state,
		"bus { compatible = \"simple-bus\"; #address-cells = <1>; #size-cells = <1>;"
		"ranges = <0 0x5 0x10000000 0x1000000>;"
		"ocm: sram@2000 { reg = <0x2000 0x100>; }; };",
		"domains:\n  d:\n    sram: [ocm]\n", NULL);

	assert_silent(*state);
	CELLS(t, "/domains/d", "sram", 5, 0x10002000, 0, 0x100);
}

static void a_star_keeps_all(void **state)
{
	struct lop_tree *t =
		merged(*state, "domains:\n  d:\n    memory: ['*']\n    sram:\n      - dev: '*'\n");

	assert_silent(*state);
	CELLS(t, "/domains/d", "lopper,memory-keep-all", 1);
	CELLS(t, "/domains/d", "lopper,sram-keep-all", 1);
	assert_false(has_prop(t, "/domains/d", "memory"));
}

static void flags_stand_beside(void **state)
{
	struct lop_tree *t =
		memory(*state, "[{start: 0, size: 1, flags: {read-only: true, shared: true}},\n"
			       "      {start: 4, size: 1, flags: {shared: false}}]");

	assert_silent(*state);
	assert_text(t, "/domains/d", "memory-flags-names", 0, "read-only,shared");
	assert_text(t, "/domains/d", "memory-flags-names", 1, "");
}

static void the_cells_are_those_around_the_domain(void **state)
{
	struct lop_tree *t =
		merge_into(*state, "domains { #address-cells = <1>; #size-cells = <1>; };",
			   "domains:\n  d:\n    memory: [{start: 0x1000, size: 0x2000}]\n", NULL);

	assert_silent(*state);
	CELLS(t, "/domains/d", "memory", 0x1000, 0x2000);
}

static void one_range_twice_is_one(void **state)
{
	struct lop_tree *t = merge_into(
		*state, "", "domains:\n  d:\n    memory: [{start: 1, size: 2}]\n",
		"domains:\n  d:\n    memory: [{start: 1, size: 2}, {start: 8, size: 2}]\n");

	assert_silent(*state);
	CELLS(t, "/domains/d", "memory", 0, 1, 0, 2, 0, 8, 0, 2);
}

static void empty_lists_are_fine(void **state)
{
	struct lop_tree *t = merged(*state, "domains:\n  d:\n    memory:\n    sram: []\n");

	assert_silent(*state);
	assert_false(has_prop(t, "/domains/d", "memory"));
	assert_false(has_prop(t, "/domains/d", "sram"));
}

static void mistakes(void **state)
{
	static const struct {
		const char *list;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "[{start: 0}]", LOP_MISSING_VALUE, "`size`" },
		{ "[{start: 0, size: }]", LOP_MISSING_VALUE, "`size`" },
		{ "[{start: 0, size: 0}]", LOP_MISSING_VALUE, "size 0" },
		{ "[{flags: {}}]", LOP_MISSING_VALUE, "`start`" },
		{ "[{size: 0}]", LOP_MISSING_VALUE, "size 0" },
		{ "[{start: auto, size: much}]", LOP_BAD_NUMBER, "much" },
		{ "[{start: nowhere, size: 64M}]", LOP_BAD_NUMBER, "nowhere" },
		{ "[{start: 1f000, size: 64M}]", LOP_BAD_NUMBER, "1f000" },
		{ "[{start: 0, size: -1}]", LOP_BAD_NUMBER, "-1" },
		{ "[{start: 0, size: {x: 1}}]", LOP_BAD_NUMBER, "mapping" },
		{ "[{start: 0xffffffffffffff00, size: 4K}]", LOP_ADDRESS_OVERFLOW, "64 bits" },
		{ "[{start: 0x10000000000000000, size: 4K}]", LOP_ADDRESS_OVERFLOW, "64 bits" },
		{ "[{start: 0, size: 4K, guest-address: -1}]", LOP_BAD_NUMBER, "-1" },
		{ "[{dev: '*', guest-address: 0}]", LOP_GUEST_ADDRESS, "all memory there is" },
		{ "[{start: 0, size: 4K, guest-address: 0xffffffffffffffff}]", LOP_GUEST_ADDRESS,
		  "the last byte" },
		{ "[{dev: nothing}]", LOP_UNKNOWN_DEVICE, "nothing" },
		{ "[{dev: 'linux,cma'}]", LOP_MISSING_VALUE, "linux,cma" },
		{ "[{dev: child@0}]", LOP_AMBIGUOUS_NAME, "child@0" },
		{ "[tcn]", LOP_UNKNOWN_DEVICE, "tcn" },
		{ "['tcm*']", LOP_UNSUPPORTED, "pattern" },
		{ "[[1, 2]]", LOP_YAML_TYPE, "an entry in `memory`" },
		{ "[{begin: 0, size: 5}]", LOP_UNKNOWN_KEY, "begin" },
		{ "[{start: 0, size: 5, flags: {sharde: true}}]", LOP_UNKNOWN_FLAG, "sharde" },
		{ "[{start: 0, size: 5, flags: {shared: 'yes'}}]", LOP_YAML_TYPE, "shared" },
		{ "{'os,type': linux, memory: []}", LOP_STALE_SYNTAX, "mapping" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fixture;

		set_up(&fixture);
		memory(fixture, rows[i].list);
		assert_only(fixture, rows[i].code, rows[i].words);
		tear_down(&fixture);
	}
}

static void sizes_alone_are_kept_for_placement(void **state)
{
	struct lop_tree *tree = merged(
		*state,
		"domains:\n  d:\n    memory: [{size: 64M}, {start: 0, size: 4K}, {start: auto, "
		"size: 5G}]\n");

	CELLS(tree, "/domains/d", "memory", 0, 0, 0, 0x1000);
	CELLS(tree, "/domains/d", "memory-auto", 0, 0x4000000, 1, 0x40000000);
}

static void guest_addresses_stand_beside(void **state)
{
	struct lop_tree *t =
		memory(*state, "[{start: 0x40000000, size: 4K},\n"
			       "      {start: 0, size: 4K, guest-address: 0x150000000},\n"
			       "      {dev: ddr, guest-address: 0},\n"
			       "      {size: 4K, guest-address: 64K}, {size: 8K}]");

	assert_silent(*state);
	CELLS(t, "/domains/d", "memory-guest-address", 0xffffffff, 0xffffffff, 1, 0x50000000, 0, 0);
	CELLS(t, "/domains/d", "memory-auto-guest-address", 0, 0x10000, 0xffffffff, 0xffffffff);
}

static void one_range_at_two_guest_addresses_is_two(void **state)
{
	struct lop_tree *t = memory(*state, "[{start: 0, size: 4K, guest-address: 0x1000},\n"
					    "      {start: 0, size: 4K, guest-address: 0x1000},\n"
					    "      {start: 0, size: 4K, guest-address: 0x2000}]");

	CELLS(t, "/domains/d", "memory-guest-address", 0, 0x1000, 0, 0x2000);
}

static void a_later_list_has_its_own_guest_addresses(void **state)
{
	struct lop_tree *t = merge_into(
		*state,
		"domains { d { compatible = \"openamp,domain-v1\"; memory = <0 0 0 0x1000>;"
		"memory-guest-address = <0 0x1000>; }; };",
		"domains:\n  d:\n    memory: [{start: 0x4000, size: 4K}]\n", NULL);

	CELLS(t, "/domains/d", "memory", 0, 0x4000, 0, 0x1000);
	assert_false(has_prop(t, "/domains/d", "memory-guest-address"));
}

static void ranges_must_fit_the_cells(void **state)
{
	merge_into(*state, "domains { #address-cells = <1>; #size-cells = <1>; };",
		   "domains:\n  d:\n    memory: [{start: 0x100000000, size: 1}]\n", NULL);
	assert_only(*state, LOP_ADDRESS_OVERFLOW, "cells");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(sizes_alone_are_kept_for_placement),
		T(guest_addresses_stand_beside),
		T(one_range_at_two_guest_addresses_is_two),
		T(a_later_list_has_its_own_guest_addresses),
		T(ranges_in_every_spelling),
		T(names_give_their_ranges),
		T(names_are_translated_to_the_root),
		T(a_star_keeps_all),
		T(flags_stand_beside),
		T(the_cells_are_those_around_the_domain),
		T(one_range_twice_is_one),
		T(empty_lists_are_fine),
		cmocka_unit_test(mistakes),
		T(ranges_must_fit_the_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
