/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where domains stand and what several files make of one: parents, combining, pools of patterns,
 * regions, groups, and the older form of relations.
 */
#include "tests/unit/merge_text.h"

/* --- parents --- */

static void a_parent_by_name_label_and_path(void **state)
{
	struct lop_tree *t = merged(*state, "domains:\n  p: {}\n  a: {parent: p}\n"
					    "  b: {parent: /domains/p}\n  c: {parent: /domains/b}\n"
					    "  d: {parent: /}\n  e: {parent: auto}\n");

	assert_silent(*state);
	node_at(t, "/domains/p/a");
	node_at(t, "/domains/p/b/c");
	node_at(t, "/domains/d");
	node_at(t, "/domains/e");
}

static void a_parent_may_come_later(void **state)
{
	struct lop_tree *t =
		merged(*state, "domains:\n  c: {parent: b}\n  b: {parent: a}\n  a: {}\n");

	assert_silent(*state);
	node_at(t, "/domains/a/b/c");
	CELLS(t, "/domains/a", "#address-cells", 2);
	CELLS(t, "/domains/a/b", "#size-cells", 2);
	assert_false(has_prop(t, "/domains/a/b/c", "#size-cells"));
}

static void up_and_out_of_a_nesting(void **state)
{
	struct lop_tree *t = merged(*state, "domains:\n  p:\n    domains:\n      a: {parent: /}\n"
					    "      b: {parent: q}\n  q: {}\n");

	assert_silent(*state);
	node_at(t, "/domains/a");
	node_at(t, "/domains/q/b");
}

static void a_misspelt_parent(void **state)
{
	merged(*state, "domains:\n  hyper: {}\n  a: {parent: hypr}\n");
	assert_only(*state, LOP_PARENT_MISSING, "parent `hypr` of domain `a` does not exist");
	assert_helped(*state, LOP_PARENT_MISSING, "did you mean `hyper`?");
}

static void a_misspelt_path(void **state)
{
	merged(*state, "domains:\n  hyper: {}\n  a: {parent: /domains/hypr}\n");
	assert_only(*state, LOP_PARENT_MISSING, "`/domains/hypr`");
	assert_helped(*state, LOP_PARENT_MISSING, "a path that ends in `hyper`");
}

static void circles_of_every_length(void **state)
{
	for (int n = 1; n <= 70; n += 23) {
		struct lop_buf text = { 0 };
		void *fixture;

		(void)state;
		set_up(&fixture);
		lop_buf_puts(&text, "domains:\n");
		for (int i = 0; i < n; i++)
			lop_buf_printf(&text, "  d%d: {parent: d%d}\n", i, (i + 1) % n);
		lop_buf_puts(&text, "  outside: {parent: d0}\n");
		merged(fixture, lop_buf_cstr(&text));
		if (n < 64)
			assert_only(fixture, LOP_PARENT_CYCLE, "is its own ancestor");
		else
			assert_true(((struct fixture *)fixture)->diags.errors > 0);
		lop_buf_free(&text);
		tear_down(&fixture);
	}
}

static void two_of_a_name_in_one_place(void **state)
{
	merged(*state, "domains:\n  a: {}\n  p:\n    domains:\n      a: {parent: /}\n");
	assert_only(*state, LOP_DUPLICATE_NAME,
		    "two domains or groups called `a` stand in one place");
}

/* --- several files --- */

static struct lop_tree *two_files(void **state, const char *one, const char *two)
{
	return merge_into(*state, "", one, two);
}

static void lists_of_a_domain_are_joined(void **state)
{
	struct lop_tree *t = two_files(state,
				       "domains:\n  a:\n    access: [{dev: uart0}]\n"
				       "    memory: [{start: 0x1000, size: 0x1000}]\n",
				       "domains:\n  a:\n    access: [{dev: uart1}]\n"
				       "    memory: [{start: 0x4000, size: 0x1000}]\n");

	assert_silent(*state);
	assert_ref(t, "/domains/a", "access", 0, "/axi/serial@ff000000");
	assert_ref(t, "/domains/a", "access", 2, "/axi/serial@ff010000");
	CELLS(t, "/domains/a", "memory", 0, 0x1000, 0, 0x1000, 0, 0x4000, 0, 0x1000);
}

static void the_last_file_wins_and_it_is_said(void **state)
{
	struct lop_tree *t =
		two_files(state, "domains:\n  a: {id: 1}\n", "domains:\n  a: {id: 2}\n");

	assert_only(*state, LOP_YAML_CONFLICT, "`id` is changed by a later file");
	CELLS(t, "/domains/a", "id", 2);
}

static void the_same_again_is_no_conflict(void **state)
{
	two_files(state, "domains:\n  a: {id: 1, 'os,type': linux, chosen: {bootargs: x}}\n",
		  "domains:\n  a: {id: 1, 'os,type': linux, chosen: {bootargs: x}}\n");
	assert_silent(*state);
}

static void nothing_takes_nothing_away(void **state)
{
	struct lop_tree *t =
		two_files(state, "domains:\n  a: {id: 1}\n", "domains:\n  a: {id: }\n");

	CELLS(t, "/domains/a", "id", 1);
}

static void mappings_merge_at_every_depth(void **state)
{
	struct lop_tree *t = two_files(state, "domains:\n  a: {chosen: {one: 1, deep: {x: 1}}}\n",
				       "domains:\n  a: {chosen: {two: 2, deep: {y: 2}}}\n");

	assert_silent(*state);
	CELLS(t, "/domains/a/chosen", "one", 1);
	CELLS(t, "/domains/a/chosen", "two", 2);
	CELLS(t, "/domains/a/chosen/deep", "x", 1);
	CELLS(t, "/domains/a/chosen/deep", "y", 2);
}

static void kinds_that_differ_conflict(void **state)
{
	two_files(state, "domains:\n  a: {access: [{dev: uart0}]}\n",
		  "domains:\n  a: {access: uart1}\n");
	assert_reported(*state, LOP_YAML_CONFLICT, "`access` is changed by a later file");
}

/* --- patterns --- */

#define POOL                                                                            \
	"domains:\n  p:\n    access:\n      - {dev: uart0, flags: {read-only: true}}\n" \
	"      - {dev: uart1}\n      - {dev: can0}\n    domains:\n"

static void a_pattern_takes_with_the_pools_flags(void **state)
{
	struct lop_tree *t = merged(*state, POOL "      a: {access: [{dev: 'uart*'}]}\n");

	assert_int_equal(((struct fixture *)*state)->diags.errors, 0);
	assert_ref(t, "/domains/p/a", "access", 0, "/axi/serial@ff000000");
	assert_int_equal(cell_at(t, "/domains/p/a", "access", 1), 0x10);
	assert_ref(t, "/domains/p/a", "access", 2, "/axi/serial@ff010000");
	assert_int_equal(value_at(t, "/domains/p", "access")->len, 8);
	assert_ref(t, "/domains/p", "access", 0, "/axi/can@ff020000");
}

static void flags_at_the_pattern_replace_them(void **state)
{
	struct lop_tree *t = merged(
		*state, POOL "      a: {access: [{dev: 'uart0*', flags: {requested: true}}]}\n");

	assert_int_equal(cell_at(t, "/domains/p/a", "access", 1), 0x40);
}

static void two_patterns_the_first_takes(void **state)
{
	merged(*state,
	       POOL "      a: {access: [{dev: 'uart*'}]}\n      b: {access: [{dev: 'uar?0'}]}\n");
	assert_reported(*state, LOP_GLOB_EMPTY, "pattern `uar?0` of domain `b` matches nothing");
	assert_helped(*state, LOP_GLOB_EMPTY, "`uart0` matches, but another domain has it already");
}

static void a_pattern_without_a_pool(void **state)
{
	refuse(*state, "domains:\n  a: {access: [{dev: 'uart*'}]}\n", LOP_GLOB_EMPTY,
	       "pattern `uart*` of domain `a` has no pool to select from");
}

static void a_pattern_of_stars_is_not_slow(void **state)
{
	struct lop_buf text = { 0 };

	lop_buf_puts(&text, POOL "      a: {access: [{dev: '");
	for (int i = 0; i < 200; i++)
		lop_buf_puts(&text, "*a*");
	lop_buf_puts(&text, "b'}]}\n");
	refuse(*state, lop_buf_cstr(&text), LOP_GLOB_EMPTY, "matches nothing in its pool");
	lop_buf_free(&text);
}

/* --- regions and groups --- */

static void regions_by_every_name_and_once(void **state)
{
	struct lop_tree *t = merged(*state, "domains:\n  a:\n    reserved-memory: [vring0, big,"
					    " 'vring0@3ed40000', buffer, 'linux,cma', vring0]\n");
	const char *prop = "reserved-memory";

	assert_silent(*state);
	assert_int_equal(value_at(t, "/domains/a", prop)->len, 12);
	assert_ref(t, "/domains/a", prop, 0, "/reserved-memory/vring0@3ed40000");
	assert_ref(t, "/domains/a", prop, 1, "/reserved-memory/buffer@3ED80000");
	assert_ref(t, "/domains/a", prop, 2, "/reserved-memory/linux,cma");
}

static void regions_that_are_none(void **state)
{
	static const struct {
		const char *list;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "[vring1]", LOP_UNKNOWN_CARVEOUT, "uses reserved memory `vring1`" },
		{ "[[vring0]]", LOP_YAML_TYPE, "an entry in `reserved-memory` of domain `a`" },
		{ "vring0", LOP_YAML_TYPE, "`reserved-memory` of a domain" },
		{ "[uart0]", LOP_UNKNOWN_CARVEOUT, "`uart0`" },
		{ "{x: [{start: 1, size: 1}, {start: 4, size: 1}]}", LOP_STALE_SYNTAX,
		  "region `x` is a list of 2 ranges" },
		{ "{'a b': {start: 0x1000, size: 0x1000}}", LOP_DTS_NAME, "cannot be the name" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture *f;
		void *fixture;

		set_up(&fixture);
		f = fixture;
		merged(f, lop_arena_printf(&f->arena, "domains:\n  a:\n    reserved-memory: %s\n",
					   rows[i].list));
		assert_only(f, rows[i].code, rows[i].words);
		tear_down(&fixture);
	}
}

static void a_region_written_in_the_domain(void **state)
{
	struct lop_tree *t = merged(*state, "domains:\n  a:\n    reserved-memory:\n"
					    "      shm: {start: 0x10000000, size: 0x1000}\n");

	assert_silent(*state);
	assert_ref(t, "/domains/a", "reserved-memory", 0, "/reserved-memory/shm@10000000");
	CELLS(t, "/reserved-memory/shm@10000000", "reg", 0, 0x10000000, 0, 0x1000);
}

static void a_group_once_however_often(void **state)
{
	struct lop_tree *t =
		merged(*state, "resource_groups:\n  g: {access: [{dev: uart0}]}\n"
			       "domains:\n  a: {include: [g, g]}\n  b: {include: g}\n");

	assert_silent(*state);
	assert_int_equal(value_at(t, "/domains/a", "include")->len, 4);
	assert_int_equal(cell_at(t, "/domains/a", "include", 0),
			 cell_at(t, "/domains/b", "include", 0));
}

/* --- older relations --- */

static struct lop_tree *related(void **state, const char *relation)
{
	struct fixture *f = *state;

	return merged(f, lop_arena_printf(&f->arena,
					  "domains:\n  a:\n    domain-to-domain:\n      rel:\n"
					  "        compatible: openamp,remoteproc-v1\n%s"
					  "  b: {}\n  c: {}\n",
					  relation));
}

#define REL "/domains/a/domain-to-domain/rel"

static void two_peers_share_a_list(void **state)
{
	struct lop_tree *t = related(state, "        remote: [b, c]\n"
					    "        elfload: [vring0, big]\n");

	assert_int_equal(((struct fixture *)*state)->diags.errors, 0);
	assert_text(t, REL, "compatible", 0, "openamp,remoteproc-v2");
	assert_ref(t, REL "/relation0", "remote", 0, "/domains/b");
	assert_ref(t, REL "/relation0", "elfload", 0, "/reserved-memory/vring0@3ed40000");
	assert_ref(t, REL "/relation1", "remote", 0, "/domains/c");
	assert_ref(t, REL "/relation1", "elfload", 0, "/reserved-memory/buffer@3ED80000");
}

static void what_cannot_be_shared_out(void **state)
{
	related(state, "        remote: [b, c]\n        elfload: [vring0, big, 'linux,cma']\n");
	assert_only(*state, LOP_STALE_SYNTAX, "`elfload` cannot be shared out among 2 peers");
	assert_helped(*state, LOP_STALE_SYNTAX, "relation0: { remote: DOMAIN");
}

static void nobody_and_too_many(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };

	related(state, "        remote: []\n");
	assert_reported(f, LOP_STALE_SYNTAX, "`remote` cannot be shared out among 0 peers");
	f->diags.first = f->diags.last = NULL;
	f->diags.errors = 0;
	for (int i = 0; i < 65; i++)
		lop_buf_puts(&text, i ? ", b" : "        remote: [b");
	lop_buf_puts(&text, "]\n");
	related(state, lop_buf_cstr(&text));
	assert_reported(f, LOP_STALE_SYNTAX, "among 65 peers");
	lop_buf_free(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_parent_by_name_label_and_path),
		TEST(a_parent_may_come_later),
		TEST(up_and_out_of_a_nesting),
		TEST(a_misspelt_parent),
		TEST(a_misspelt_path),
		TEST(circles_of_every_length),
		TEST(two_of_a_name_in_one_place),
		TEST(lists_of_a_domain_are_joined),
		TEST(the_last_file_wins_and_it_is_said),
		TEST(the_same_again_is_no_conflict),
		TEST(nothing_takes_nothing_away),
		TEST(mappings_merge_at_every_depth),
		TEST(kinds_that_differ_conflict),
		TEST(a_pattern_takes_with_the_pools_flags),
		TEST(flags_at_the_pattern_replace_them),
		TEST(two_patterns_the_first_takes),
		TEST(a_pattern_without_a_pool),
		TEST(a_pattern_of_stars_is_not_slow),
		TEST(regions_by_every_name_and_once),
		TEST(regions_that_are_none),
		TEST(a_region_written_in_the_domain),
		TEST(a_group_once_however_often),
		TEST(two_peers_share_a_list),
		TEST(what_cannot_be_shared_out),
		TEST(nobody_and_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
