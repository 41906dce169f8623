/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about names, ids, keys, cells and references. */
#include "tests/unit/check_text.h"

static void judge_names(void **state, const char *domains, const char *nodes)
{
	struct fixture *f = *state;
	const char *body = SDT(OWNER "%s") "%s";

	f->diags.disabled[LOP_CPUS_MISSING] = true;
	check(f, lop_arena_printf(&f->arena, body, domains, nodes));
}

static void ids_that_differ(void **state)
{
	judge_names(state, D("d", "id = <1>;") D("e", "id = <0>;") D("f", ""), "");
	assert_silent(*state);
}

static void every_second_owner_of_an_id(void **state)
{
	judge_names(state, D("d", "id = <0x1c>;") D("e", "id = <0x1c>;") D("f", "id = <0x1c>;"),
		    "");
	assert_int_equal(count_reports(*state, LOP_DUPLICATE_ID), 2);
	assert_reported(*state, LOP_DUPLICATE_ID, "domains `d` and `e` have the same id 0x1c");
}

static void one_name_in_two_nestings(void **state)
{
	judge_names(state,
		    "p { compatible = \"openamp,domain-v1\"; x {"
		    "compatible = \"openamp,domain-v1\"; }; };"
		    "x { compatible = \"openamp,domain-v1\"; };",
		    "");
	assert_only(*state, LOP_DUPLICATE_NAME, "two domains are called `x`");
}

static void a_domain_named_as_a_file(void **state)
{
	judge_names(state, "system.dts { compatible = \"openamp,domain-v1\"; };", "");
	assert_only(*state, LOP_DTS_NAME, "a domain cannot be called `system.dts`");
}

/* --- keys --- */

static void keys_that_are_known(void **state)
{
	judge_names(
		state,
		D("d",
		  "reg = <1>; acme,own = <1>; #acme,x = <1>; #cpus-mask-cells = <1>; memory-flags-names = \"x\";"
		  "access-implicit-default = <0>; linker-section-text = <&ram>;"),
		"");
	assert_null(first_diag(*state, LOP_UNKNOWN_KEY));
}

static void a_misspelt_key(void **state)
{
	judge_names(state, D("d", "acess = <&uart>;"), "");
	assert_only(*state, LOP_UNKNOWN_KEY, "domain `d` has a property `acess`");
	assert_helped(*state, LOP_UNKNOWN_KEY, "did you mean `access`?");
	assert_helped(*state, LOP_UNKNOWN_KEY, "`acme,acess`");
}

static void a_key_like_none(void **state)
{
	judge_names(state, D("d", "zzzzzzzz = <1>;"), "");
	assert_only(*state, LOP_UNKNOWN_KEY, "`zzzzzzzz`");
	assert_int_equal(count_reports(*state, LOP_UNKNOWN_KEY), 1);
	assert_null(first_diag(*state, LOP_UNKNOWN_KEY)->helps->next);
}

/* --- os,type --- */

static void systems_that_are_known(void **state)
{
	static const char *const names[] = { "linux",  "baremetal",	"zephyr,3.5", "xen",
					     "x-acme", "x-acme-os,1,2", "custom",     "freertos" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct fixture *f = *state;

		judge_names(state,
			    lop_arena_printf(&f->arena, D("d", "os,type = \"%s\";"), names[i]), "");
		if (f->diags.first)
			fail_msg("%s: %s", names[i], f->diags.first->message);
		lop_tree_free(f->trees[0]);
		f->n_trees = 0;
	}
}

static void a_misspelt_system(void **state)
{
	judge_names(state, D("d", "os,type = \"linus\";"), "");
	assert_only(*state, LOP_UNKNOWN_OS, "os,type `linus` of domain `d` is not known");
	assert_helped(*state, LOP_UNKNOWN_OS, "did you mean `linux`?");
}

static void a_vendor_without_a_name(void **state)
{
	judge_names(state, D("d", "os,type = \"x-,1\";"), "");
	assert_only(*state, LOP_UNKNOWN_OS, "`x-,1`");
}

static void a_prefix_is_not_the_name(void **state)
{
	judge_names(state, D("d", "os,type = \"lin,1\";"), "");
	assert_only(*state, LOP_UNKNOWN_OS, "`lin,1`");
}

/* --- cells --- */

static void cells_within_bounds(void **state)
{
	judge_names(state, D("d", ""),
		    "x { #address-cells = <0>; #clock-cells = <16>; #x = <99>; };");
	assert_silent(*state);
}

static void cells_beyond(void **state)
{
	judge_names(state, D("d", ""), "x { #acme-cells = <0xffffffff>; };");
	assert_only(*state, LOP_BAD_CELLS, "`#acme-cells` of `x` is 0xffffffff");
	assert_helped(*state, LOP_BAD_CELLS, "more than");
}

/* --- references --- */

static void numbers_that_are_phandles(void **state)
{
	judge_names(state, D("d", ""),
		    "x { phandle = <0x55>; #clock-cells = <1>; };"
		    "y { clocks = <0x55 1>; };");
	assert_silent(*state);
}

static void numbers_that_mean_nothing(void **state)
{
	judge_names(state, D("d", ""), "y { clocks = <0>; resets = <0xffffffff 1>; };");
	assert_silent(*state);
}

static void a_dangling_number_is_told_once(void **state)
{
	judge_names(state, D("d", ""), "y { clocks = <0x55 1>, <0x56 1>; };");
	assert_only(*state, LOP_DTS_DANGLING, "`clocks` of `y` refers to phandle 0x55");
}

static void the_root_has_a_name_in_messages(void **state)
{
	struct fixture *f = *state;
	const char *body = "interrupt-parent = <0x77>; " SDT(OWNER);

	check(f, body);
	assert_only(f, LOP_DTS_DANGLING, "`interrupt-parent` of `/` refers to phandle 0x77");
}

/* --- consoles --- */

#define CHOSEN(path) D("d", "chosen { stdout-path = " path "; };")
#define ALIASES	     "aliases { serial0 = &uart; };"

static void consoles_that_exist(void **state)
{
	static const char *const paths[] = { "\"/uart@1000\"", "\"/uart@1000:115200\"", "&uart",
					     "\"serial0\"", "\"serial0:9600n8\"" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct fixture *f = *state;

		judge_names(state, lop_arena_printf(&f->arena, CHOSEN("%s"), paths[i]), ALIASES);
		if (f->diags.first)
			fail_msg("%s: %s", paths[i], f->diags.first->message);
	}
}

static void a_misspelt_alias(void **state)
{
	judge_names(state, CHOSEN("\"serial1\""), ALIASES);
	assert_only(*state, LOP_UNKNOWN_NODE,
		    "`stdout-path` of domain `d` names no node: `serial1`");
	assert_helped(*state, LOP_UNKNOWN_NODE, "did you mean the alias `serial0`?");
}

static void a_label_in_quotes(void **state)
{
	judge_names(state, CHOSEN("\"uart\""), "");
	assert_only(*state, LOP_UNKNOWN_NODE, "names no node: `uart`");
	assert_helped(*state, LOP_UNKNOWN_NODE, "that is a label: write `&uart`");
}

static void a_path_that_leads_nowhere(void **state)
{
	judge_names(state, CHOSEN("\"/uart@1001\""), "");
	assert_only(*state, LOP_UNKNOWN_NODE, "names no node: `/uart@1001`");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ids_that_differ),
		TEST(every_second_owner_of_an_id),
		TEST(one_name_in_two_nestings),
		TEST(a_domain_named_as_a_file),
		TEST(keys_that_are_known),
		TEST(a_misspelt_key),
		TEST(a_key_like_none),
		TEST(systems_that_are_known),
		TEST(a_misspelt_system),
		TEST(a_vendor_without_a_name),
		TEST(a_prefix_is_not_the_name),
		TEST(cells_within_bounds),
		TEST(cells_beyond),
		TEST(numbers_that_are_phandles),
		TEST(numbers_that_mean_nothing),
		TEST(a_dangling_number_is_told_once),
		TEST(the_root_has_a_name_in_messages),
		TEST(consoles_that_exist),
		TEST(a_misspelt_alias),
		TEST(a_label_in_quotes),
		TEST(a_path_that_leads_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
