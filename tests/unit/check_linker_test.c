/* SPDX-License-Identifier: BSD-3-Clause */
/* Linker policies as trees have them: what is read, what the rules let pass and what not. */
#include "lopper-c/model/linker.h"
#include "lopper-c/model/system.h"
#include "tests/unit/check_text.h"

#define MINE	"memory = <0x80000000 0x100000>; cpus = <&a 1 1>; reserved-memory = <&r0 &r1>;"
#define P(more) D("p", MINE more)

static void a_policy_that_is_sound(void **state)
{
	check(*state,
	      SDT(P("linker_file_output_name = \"sub/p.ld\"; linker-entry = \"_reset\";"
		    "linker-user-content = \"more.ld\"; linker_memories = <&ddr &r0>;"
		    "linker-section-vector-table = <&ddr>; linker-section-vector-table-offset = <0>;"
		    "linker-section-resource-table = <&r0>;"
		    "linker-section-resource-table-offset = <0x0 0x1000>;"
		    "linker-custom-sections = \"log\"; linker-custom-section-log-region = <&r0>;"
		    "linker-custom-section-log-input-sections = \".log\", \".log.*\";"
		    "linker-custom-section-log-alignment = <64>;"
		    "linker-custom-section-log-keep; linker-custom-section-log-noload;")));
	assert_silent(*state);
}

static void what_is_read(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree =
		parse_root(f, SDT(P("linker_memories = <&ddr &r0>; linker-section-heap = <&r0>;"
				    "linker-custom-sections = \"log\", \"more\";"
				    "linker-custom-section-more-offset = <0x20>;"
				    "linker-custom-section-more-region = <&ddr>;")));
	const struct lop_linker *l;

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	l = lop_system_build(tree, &f->diags)->domains[0]->linker;
	assert_non_null(l);
	assert_int_equal(l->n_memories, 2);
	assert_string_equal(l->sections[LOP_HEAP].region->name, "r@88000000");
	assert_null(l->sections[LOP_STACK].region);
	assert_int_equal(l->n_custom, 2);
	assert_false(l->custom[0].place.has_offset);
	assert_true(l->custom[1].place.has_offset);
	assert_int_equal(l->custom[1].place.offset, 0x20);
	assert_null(l->file);
}

static void a_misspelt_section(void **state)
{
	judge(state, P("linker-section-txet = <&ddr>;"));
	assert_reported(*state, LOP_UNKNOWN_KEY, "`linker-section-txet`");
}

static void a_number_that_is_none(void **state)
{
	judge(state, P("linker-section-text = <&ddr>; linker-section-text-offset = <1 2 3>;"));
	assert_reported(*state, LOP_BAD_CELLS, "`linker-section-text-offset`");
}

/* One domain for each text, which all must be refused, by a message that has the text in it. */
static void refuse(struct fixture *f, const char *const *texts, size_t n, const char *props)
{
	const char *domains = "";

	for (size_t i = 0; i < n; i++)
		domains = lop_arena_printf(
			&f->arena,
			"%sp%zu { compatible = \"openamp,domain-v1\"; memory = <0x80000000 0x1000>;"
			"%s = \"%s\"; };",
			domains, i, props, texts[i]);
	judge((void **)&f, domains);
	for (size_t i = 0; i < n; i++) {
		const char *end = lop_arena_printf(&f->arena, "`p%zu` cannot be `%s`", i, texts[i]);
		const struct lop_diag *d = f->diags.first;

		while (d && !(d->code == LOP_LINKER_NAME && strstr(d->message, end)))
			d = d->next;
		if (!d)
			fail_msg("`%s` is let pass", texts[i]);
	}
}

static void names_that_lead_away(void **state)
{
	static const char *const names[] = { "../x", "/x", "a/../x",	 "a//x",   "x/",
					     ".x",   "",   "domain.dtb", "rsc-x.c" };

	refuse(*state, names, sizeof(names) / sizeof(names[0]), "linker_file_output_name");
}

static void patterns_that_take_others(void **state)
{
	static const char *const patterns[] = { ".text", ".data.x", "*",     ".*",
						"log",	 ".a)b",    ".bss*", ".resource_table",
						".a b" };

	refuse(*state, patterns, sizeof(patterns) / sizeof(patterns[0]),
	       "linker-custom-sections = \"log\"; linker-custom-section-log-region = <&ddr>;"
	       "linker-custom-section-log-input-sections");
}

static void a_custom_section_without_all(void **state)
{
	judge(state, P("linker-custom-sections = \"log\";"));
	assert_reported(*state, LOP_MISSING_VALUE, "no `input_sections`");
	assert_int_equal(count_reports(*state, LOP_MISSING_VALUE), 2);
}

static void memories_of_others(void **state)
{
	judge(state, D("p", "cpus = <&a 1 1>; linker-section-text = <&ddr>;")
			     D("q", "memory = <0x80000000 0x1000>;"));
	assert_reported(*state, LOP_LINKER_REGION, "which the domain does not have");
}

static void no_memory(void **state)
{
	judge(state, P("linker-section-text = <&a>;"));
	assert_reported(*state, LOP_LINKER_REGION, "which is no memory");
}

static void offsets(void **state)
{
	judge(state, P("linker-section-text = <&r1>; linker-section-text-offset = <0x1000>;"
		       "linker-section-data = <&r1>; linker-section-data-offset = <0>;"
		       "linker-section-resource-table-offset = <0>;"));
	assert_reported(*state, LOP_LINKER_OFFSET, "`text` of domain `p` begins outside");
	assert_int_equal(count_reports(*state, LOP_LINKER_OFFSET), 3);
}

static void powers_of_two(void **state)
{
	uint64_t base, size;

	(void)state;
	assert_true(lop_pmsav7_grow(0x9800000, 0x60000, &base, &size));
	assert_int_equal(base, 0x9800000);
	assert_int_equal(size, 0x80000);
	assert_true(lop_pmsav7_grow(0x9830000, 0x20000, &base, &size));
	assert_int_equal(base, 0x9800000);
	assert_int_equal(size, 0x80000);
	assert_true(lop_pmsav7_grow(0x1000, 1, &base, &size));
	assert_int_equal(size, 32);
	assert_true(lop_pmsav7_grow(0, UINT64_C(1) << 32, &base, &size));
	assert_false(lop_pmsav7_grow(0xffff0000, 0x20000, &base, &size));
	assert_false(lop_pmsav7_grow(UINT64_MAX, 2, &base, &size));
	assert_false(lop_pmsav7_grow(0x1000, 0, &base, &size));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_policy_that_is_sound),
		TEST(what_is_read),
		TEST(a_misspelt_section),
		TEST(a_number_that_is_none),
		TEST(names_that_lead_away),
		TEST(patterns_that_take_others),
		TEST(a_custom_section_without_all),
		TEST(memories_of_others),
		TEST(no_memory),
		TEST(offsets),
		TEST(powers_of_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
