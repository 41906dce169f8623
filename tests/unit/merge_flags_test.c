/* SPDX-License-Identifier: BSD-3-Clause */
/* Flags of entries, sets of flags, implicit defaults, firewalls: every bit, and what is none. */
#include <stdio.h>

#include "tests/unit/merge_text.h"

/* The flags of one access entry; the cells are 1 or 2 with the widest. */
static struct lop_tree *flagged(void **state, const char *flags)
{
	struct fixture *f = *state;

	f->diags.first = f->diags.last = NULL;
	f->diags.errors = 0;
	f->n_trees = 0;
	return merged(f, lop_arena_printf(&f->arena,
					  "domains:\n  a:\n    access:\n"
					  "      - {dev: uart0, flags: %s}\n",
					  flags));
}

static void done(void **state, struct lop_tree *tree)
{
	lop_tree_free(tree);
	((struct fixture *)*state)->n_trees = 0;
}

static void every_flag_has_its_bit(void **state)
{
	static const struct {
		const char *name;
		unsigned bit;
	} rows[] = {
		{ "timeshare", 0 },    { "allow-secure", 2 },	   { "read-only", 4 },
		{ "requested", 6 },    { "requested-secure", 36 }, { "coherent", 37 },
		{ "virtualized", 38 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[64];
		struct lop_tree *t;

		snprintf(text, sizeof(text), "{%s: true}", rows[i].name);
		t = flagged(state, text);
		assert_silent(*state);
		if (rows[i].bit < 32)
			CELLS(t, "/domains/a", "access", cell_at(t, "/domains/a", "access", 0),
			      1u << rows[i].bit);
		else
			CELLS(t, "/domains/a", "access", cell_at(t, "/domains/a", "access", 0),
			      1u << (rows[i].bit - 32), 0);
		assert_text(t, "/domains/a", "access-flags-names", 0, rows[i].name);
		done(state, t);
	}
}

static void flags_without_a_bit_are_names(void **state)
{
	struct lop_tree *t = flagged(state, "{shared: true, wakeup: on, qos: 0x10}");

	assert_silent(*state);
	assert_int_equal(cell_at(t, "/domains/a", "access", 1), 0);
	assert_text(t, "/domains/a", "access-flags-names", 0, "shared,wakeup,qos=16");
	done(state, t);
}

static void lists_scalars_and_numbers(void **state)
{
	struct lop_tree *t = flagged(state, "[read-only, requested]");

	assert_int_equal(cell_at(t, "/domains/a", "access", 1), 0x50);
	assert_text(t, "/domains/a", "access-flags-names", 0, "read-only,requested");
	done(state, t);
	t = flagged(state, "read-only");
	assert_int_equal(cell_at(t, "/domains/a", "access", 1), 0x10);
	done(state, t);
	t = flagged(state, "0x41");
	assert_int_equal(cell_at(t, "/domains/a", "access", 1), 0x41);
	assert_false(has_prop(t, "/domains/a", "access-flags-names"));
	done(state, t);
	assert_silent(*state);
}

static void false_is_not_set(void **state)
{
	struct lop_tree *t = flagged(state, "{read-only: false, requested: true}");

	assert_int_equal(cell_at(t, "/domains/a", "access", 1), 0x40);
	assert_text(t, "/domains/a", "access-flags-names", 0, "requested");
	done(state, t);
}

static void what_is_no_flag(void **state)
{
	static const struct {
		const char *flags;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "{redonly: true}", LOP_UNKNOWN_FLAG, "flag `redonly` is not known" },
		{ "[read-onli]", LOP_UNKNOWN_FLAG, "flag `read-onli` is not known" },
		{ "{read-only: maybe}", LOP_YAML_TYPE, "is neither true nor false" },
		{ "{read-only: [true]}", LOP_YAML_TYPE, "flag `read-only`" },
		{ "{qos: high}", LOP_BAD_NUMBER, "`qos`" },
		{ "{qos: 0x100000000}", LOP_ADDRESS_OVERFLOW, "`qos`" },
		{ "0x1zz", LOP_BAD_NUMBER, "`flags`" },
		{ "[[x]]", LOP_YAML_TYPE, "a flag" },
		{ "[{x: 1}]", LOP_YAML_TYPE, "a flag" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lop_tree *t = flagged(state, rows[i].flags);

		assert_only(*state, rows[i].code, rows[i].words);
		done(state, t);
	}
}

static void too_many_flags_are_none(void **state)
{
	struct lop_buf text = { 0 };
	struct lop_tree *t;

	for (int i = 0; i < 65; i++)
		lop_buf_printf(&text, "%s read-only", i ? "," : "[");
	lop_buf_putc(&text, ']');
	t = flagged(state, lop_buf_cstr(&text));
	assert_only(*state, LOP_LIMIT, "more than 64 flags in one entry");
	assert_int_equal(cell_at(t, "/domains/a", "access", 1), 0);
	done(state, t);
	lop_buf_free(&text);
}

/* --- sets --- */

static void a_default_set_fills_the_others(void **state)
{
	struct lop_tree *t = merged(
		*state,
		"domains:\n  a:\n    flags:\n      default: {read-only: true, requested: true}\n"
		"      one: {requested: false}\n      two: {virtualized: true}\n");

	assert_silent(*state);
	CELLS(t, "/domains/a", "flags-cells", 2);
	CELLS(t, "/domains/a", "flags", 0, 0x50, 0, 0x10, 0x40, 0x50);
	assert_text(t, "/domains/a", "flags-names", 0, "default");
	assert_text(t, "/domains/a", "flags-names", 2, "two");
}

static void a_default_that_is_no_map_is_none(void **state)
{
	struct lop_tree *t =
		merged(*state, "domains:\n  a:\n    flags: {default: 5, one: {read-only: true}}\n");

	assert_only(*state, LOP_YAML_TYPE, "a set of flags");
	CELLS(t, "/domains/a", "flags", 0, 0x10);
}

static void the_words_of_a_subsystem(void **state)
{
	struct lop_tree *t = merged(
		*state, "domains:\n  s:\n    compatible: xilinx,subsystem\n    flags:\n"
			"      none: {}\n      share: {timeshare: true, allow-secure: true}\n"
			"      all: {access: true, context: true, unusable: true, coherent: true,"
			" virtualized: true, read-only: true, qos: 9}\n");

	assert_silent(*state);
	CELLS(t, "/domains/s", "flags-cells", 4);
	CELLS(t, "/domains/s", "flags", 0x14, 0xfffff, 0, 0, 0x13, 0xfffff, 0, 0, 0x04, 0xfffff,
	      0x6b, 9);
}

static void unknown_flags_of_a_subsystem(void **state)
{
	merged(*state, "domains:\n  s:\n    compatible: xilinx,subsystem\n    flags:\n"
		       "      x: {acces: true}\n");
	assert_only(*state, LOP_UNKNOWN_FLAG, "flag `acces` is not known");
	assert_helped(*state, LOP_UNKNOWN_FLAG, "`access`");
}

static void implicit_flags_have_names(void **state)
{
	struct lop_tree *t = merged(
		*state, "domains:\n  a:\n    access-implicit-default: [shared, read-only]\n");

	CELLS(t, "/domains/a", "access-implicit-default", 0x10);
	assert_text(t, "/domains/a", "access-implicit-default-names", 0, "shared,read-only");
}

/* --- firewalls --- */

static struct lop_tree *walled(void **state, const char *entries)
{
	struct fixture *f = *state;

	return merged(f, lop_arena_printf(&f->arena, "domains:\n  a:\n    firewallconf: %s\n  b:\n",
					  entries));
}

static void always_never_and_priorities(void **state)
{
	struct lop_tree *t = walled(state, "[{domain: b, block: always}, {domain: b, block: never},"
					   "{domain: uart0, block: 0xffffffff}]");

	assert_silent(*state);
	assert_ref(t, "/domains/a", "firewallconf", 0, "/domains/b");
	assert_ref(t, "/domains/a", "firewallconf", 6, "/axi/serial@ff000000");
	CELLS(t, "/domains/a", "firewallconf", cell_at(t, "/domains/a", "firewallconf", 0), 0, 0,
	      cell_at(t, "/domains/a", "firewallconf", 0), 1, 0,
	      cell_at(t, "/domains/a", "firewallconf", 6), 0, 0xffffffff);
	assert_false(has_prop(t, "/domains/a", "firewallconf-default"));
}

static void entries_without_a_target_are_the_default(void **state)
{
	struct lop_tree *t = walled(state, "[{block: never}, {block: 5}]");

	CELLS(t, "/domains/a", "firewallconf-default", 1, 0, 0, 5);
	assert_false(has_prop(t, "/domains/a", "firewallconf"));
}

static void firewalls_that_are_none(void **state)
{
	static const struct {
		const char *entries;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "[always]", LOP_YAML_TYPE, "an entry of `firewallconf`" },
		{ "5", LOP_YAML_TYPE, "an entry of `firewallconf`" },
		{ "[{domain: [b], block: 1}]", LOP_YAML_TYPE, "`domain` of a firewall entry" },
		{ "[{domain: bb, block: 1}]", LOP_UNKNOWN_DOMAIN,
		  "firewall of domain `a` is set against `bb`" },
		{ "[{domain: b}]", LOP_MISSING_VALUE, "has no `block`" },
		{ "[{domain: b, block: {x: 1}}]", LOP_MISSING_VALUE, "has no `block`" },
		{ "[{domain: b, block: -1}]", LOP_BAD_NUMBER, "`block`" },
		{ "[{domain: b, block: 0x100000000}]", LOP_ADDRESS_OVERFLOW, "`block`" },
		{ "[{domian: b, block: 1}]", LOP_UNKNOWN_KEY, "`domian`" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fixture;
		struct lop_tree *t;

		set_up(&fixture);
		t = walled(&fixture, rows[i].entries);
		assert_only(fixture, rows[i].code, rows[i].words);
		assert_false(has_prop(t, "/domains/a", "firewallconf"));
		tear_down(&fixture);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_flag_has_its_bit),
		TEST(flags_without_a_bit_are_names),
		TEST(lists_scalars_and_numbers),
		TEST(false_is_not_set),
		TEST(what_is_no_flag),
		TEST(too_many_flags_are_none),
		TEST(a_default_set_fills_the_others),
		TEST(a_default_that_is_no_map_is_none),
		TEST(the_words_of_a_subsystem),
		TEST(unknown_flags_of_a_subsystem),
		TEST(implicit_flags_have_names),
		TEST(always_never_and_priorities),
		TEST(entries_without_a_target_are_the_default),
		TEST(firewalls_that_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
