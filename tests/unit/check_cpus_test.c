/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about CPUs: each with a system that keeps it and one that does not. */
#include "tests/unit/check_text.h"

/* CPU 1 of the board is the owner's; CPU 0 is free. */
#define CPUS(list) D("d", "cpus = " list ";")

static void cpus_of_its_own(void **state)
{
	judge(state, CPUS("<&a 1 1>"));
	assert_silent(*state);
}

static void no_cpus(void **state)
{
	judge(state, D("d", ""));
	assert_only(*state, LOP_CPUS_MISSING, "domain `d` has no CPUs");
	assert_helped(*state, LOP_CPUS_MISSING, "cpus: [ { cluster: NAME, cpumask: 0x1 } ]");
}

static void a_domain_around_others_needs_none(void **state)
{
	judge(state, D("d", D("in", "cpus = <&a 1 1>;")));
	assert_silent(*state);
}

static void one_inside_has_its_parents(void **state)
{
	judge(state, D("d", "cpus = <&a 1 1>;" D("in", "")));
	assert_silent(*state);
}

/* --- masks --- */

static void a_mask_of_nothing(void **state)
{
	judge(state, CPUS("<&a 0 1>"));
	assert_only(*state, LOP_CPU_MASK,
		    "domain `d` gets no CPU of cluster `a`: its cpumask is 0");
	assert_helped(*state, LOP_CPU_MASK, "`a` has 0x3");
}

static void a_mask_beyond_the_cluster(void **state)
{
	judge(state, CPUS("<&a 0x11 1>"));
	assert_only(*state, LOP_CPU_MASK, "cpumask 0x11 of domain `d` names CPUs that cluster `a`");
	assert_labelled(*state, LOP_CPU_MASK, "0x10 is beyond it");
}

static void a_mask_of_nothing_but_beyond(void **state)
{
	judge(state, CPUS("<&a 0x80000000 1>"));
	assert_int_equal(count_reports(*state, LOP_CPU_MASK), 1);
	assert_reported(*state, LOP_CPU_MASK, "cpumask 0x80000000");
}

/* --- modes --- */

#define CLUSTER(name, core)                                                                      \
	name ": cpus-" name " { compatible = \"cpus,cluster\"; #address-cells = <1>;"            \
	     "#size-cells = <0>; cpu@0 { device_type = \"cpu\"; reg = <0>; compatible = \"" core \
	     "\"; };"                                                                            \
	     "cpu@1 { device_type = \"cpu\"; reg = <1>; compatible = \"" core "\"; }; };"

static void judge_on(void **state, const char *core, const char *cpus)
{
	struct fixture *f = *state;
	const char *body = SDT(OWNER D("d", "cpus = <%s>;")) CLUSTER("x", "%s");

	check(f, lop_arena_printf(&f->arena, body, cpus, core, core));
}

static void lockstep_of_a_pair(void **state)
{
	judge_on(state, "arm,cortex-r5", "&x 1 0x40000000");
	assert_silent(*state);
}

static void lockstep_of_two(void **state)
{
	judge_on(state, "arm,cortex-r5", "&x 3 0x40000000");
	assert_only(*state, LOP_CPU_MODE, "lockstep on more than one CPU of `x`");
	assert_helped(*state, LOP_CPU_MODE, "cpumask: 0x1");
}

static void lockstep_where_there_is_none(void **state)
{
	judge_on(state, "arm,cortex-a53", "&x 1 0x40000001");
	assert_only(*state, LOP_CPU_MODE, "lockstep, which CPUs of `x` do not have");
}

static void lockstep_of_an_unknown_core(void **state)
{
	judge_on(state, "acme,core", "&x 1 0x40000000");
	assert_null(first_diag(*state, LOP_CPU_MODE));
}

static void bits_without_a_meaning(void **state)
{
	judge_on(state, "arm,cortex-a53", "&x 1 0x21");
	assert_only(*state, LOP_CPU_MODE,
		    "mode 0x21 of domain `d` has bits without a meaning: 0x20");
}

static void levels_that_exist(void **state)
{
	static const struct {
		const char *core, *cpus;
	} rows[] = {
		{ "arm,cortex-a53", "&x 1 3" }, { "arm,cortex-a53", "&x 1 0x80000003" },
		{ "arm,cortex-r52", "&x 1 2" }, { "arm,cortex-r5", "&x 1 0x80000000" },
		{ "arm,cortex-m33", "&x 1 0" }, { "riscv", "&x 1 0" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture *f = *state;

		judge_on(state, rows[i].core, rows[i].cpus);
		if (f->diags.first)
			fail_msg("%s %s: %s", rows[i].core, rows[i].cpus, f->diags.first->message);
	}
}

static void levels_that_do_not(void **state)
{
	judge_on(state, "arm,cortex-r52", "&x 1 3");
	assert_only(*state, LOP_CPU_LEVEL, "execution level 3, CPUs of `x` have 2 as highest");
	assert_helped(*state, LOP_CPU_LEVEL, "write `el: 2`");
}

static void no_levels_at_all(void **state)
{
	judge_on(state, "arm,cortex-r5", "&x 1 1");
	assert_only(*state, LOP_CPU_LEVEL, "have 0 as highest");
	assert_helped(*state, LOP_CPU_LEVEL, "these CPUs have no levels");
}

/* --- one owner --- */

static void a_cpu_of_two(void **state)
{
	judge(state, CPUS("<&a 1 1>") D("e", "cpus = <&a 1 1>;"));
	assert_only(*state, LOP_CPU_TWICE, "CPU `cpu@0` of cluster `a` is given to `d` and to `e`");
}

static void one_report_for_two_cpus_of_two(void **state)
{
	judge(state, CPUS("<&a 3 1>"));
	assert_only(*state, LOP_CPU_TWICE, "CPU `cpu@1` of cluster `a` is given to `o` and to `d`");
}

static void a_cpu_twice_in_one_list(void **state)
{
	judge(state, CPUS("<&a 1 1>, <&a 1 1>"));
	assert_null(first_diag(*state, LOP_CPU_TWICE));
}

#define HYPERVISOR(props, guests) \
	"x: x { compatible = \"openamp,hypervisor-v1\"; cpus = <&a 1 2>;" props guests "};"
#define GUESTS D("d", "cpus = <&a 1 1>;") D("e", "cpus = <&a 1 1>;")

static void guests_take_turns(void **state)
{
	judge(state, HYPERVISOR("", GUESTS));
	assert_silent(*state);
}

static void so_do_domains_in_one_at_el2(void **state)
{
	judge(state, D("x", "cpus = <&a 1 2>;" GUESTS));
	assert_silent(*state);
}

static void but_not_in_one_at_el1(void **state)
{
	judge(state, D("x", "cpus = <&a 1 1>;" GUESTS));
	assert_only(*state, LOP_CPU_TWICE, "is given to `d` and to `e`");
}

static void a_stranger_takes_no_turns(void **state)
{
	judge(state, HYPERVISOR("", D("d", "cpus = <&a 1 1>;")) D("e", "cpus = <&a 1 1>;"));
	assert_int_equal(count_reports(*state, LOP_CPU_TWICE), 1);
	assert_reported(*state, LOP_CPU_TWICE, "and to `e`");
}

/* --- within the parent --- */

static void more_than_the_parent_has(void **state)
{
	judge(state, D("p", "cpus = <&a 1 1>;" D("d", "cpus = <&a 3 1>;")));
	assert_reported(*state, LOP_BEYOND_PARENT,
			"domain `d` has CPUs of `a` that its parent `p` does not have");
}

static void a_cluster_the_parent_does_not_have(void **state)
{
	struct fixture *f = *state;

	check(f, SDT(OWNER D("p", "cpus = <&a 1 1>;" D("d", "cpus = <&x 1 1>;")))
			 CLUSTER("x", "arm,cortex-a53"));
	assert_only(f, LOP_BEYOND_PARENT, "CPUs of `x`");
}

static void a_parent_without_cpus_is_passed_over(void **state)
{
	judge(state, D("p", "cpus = <&a 1 1>;" D("q", D("d", "cpus = <&a 1 1>;"))));
	assert_silent(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(cpus_of_its_own),
		TEST(no_cpus),
		TEST(a_domain_around_others_needs_none),
		TEST(one_inside_has_its_parents),
		TEST(a_mask_of_nothing),
		TEST(a_mask_beyond_the_cluster),
		TEST(a_mask_of_nothing_but_beyond),
		TEST(lockstep_of_a_pair),
		TEST(lockstep_of_two),
		TEST(lockstep_where_there_is_none),
		TEST(lockstep_of_an_unknown_core),
		TEST(bits_without_a_meaning),
		TEST(levels_that_exist),
		TEST(levels_that_do_not),
		TEST(no_levels_at_all),
		TEST(a_cpu_of_two),
		TEST(one_report_for_two_cpus_of_two),
		TEST(a_cpu_twice_in_one_list),
		TEST(guests_take_turns),
		TEST(so_do_domains_in_one_at_el2),
		TEST(but_not_in_one_at_el1),
		TEST(a_stranger_takes_no_turns),
		TEST(more_than_the_parent_has),
		TEST(a_cluster_the_parent_does_not_have),
		TEST(a_parent_without_cpus_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
