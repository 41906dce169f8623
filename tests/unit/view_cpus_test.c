/* SPDX-License-Identifier: BSD-3-Clause */
/* /cpus of a domain, what belongs to CPUs (cpu-map, timers, PMU, PSCI), and several clusters. */
#include "tests/unit/view_text.h"

#define CPU(label, unit, more) \
	label ": cpu@" #unit " { device_type = \"cpu\"; reg = <" #unit ">;" more "};"
#define CLUSTER(label, name, more)                                                \
	label ": " name " { compatible = \"cpus,cluster\"; #address-cells = <1>;" \
	      "#size-cells = <0>;" more "};"
#define A53 "compatible = \"arm,cortex-a53\"; enable-method = \"psci\";"
#define R5  "compatible = \"arm,cortex-r5\";"
#define ROOT(nodes, domains)                                                                     \
	"#address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;"                    \
	"gic: gic@1000 { interrupt-controller; #interrupt-cells = <3>; reg = <0x1000 0x100>;"    \
	"}; mem: memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x1000000>; };"   \
	"dev: dev@3000 { compatible = \"x\"; reg = <0x3000 0x100>; };" nodes "domains {" domains \
	"};"
/* Not the default domain: somebody else on the first cluster lists nothing either. */
#define TWO DOMAIN("o", "&c 8 1", "")

static const char map[] = "cpu-map { cluster0 { core0 { cpu = <&c0>; }; core1 { cpu = <&c1>; };"
			  "core2 { cpu = <&c2>; }; }; };";

static struct lop_view *with_map(void **state, const char *mask)
{
	struct fixture *f = *state;
	const char *body = ROOT(
		CLUSTER("c", "cpus", "%s" CPU("c0", 0, A53) CPU("c1", 1, A53) CPU("c2", 2, A53)),
		DOMAIN("d", "&c %s 1", ""));

	return cut(f, lop_arena_printf(&f->arena, body, map, mask), "d");
}

static void a_core_goes_with_its_cpu(void **state)
{
	struct lop_view *v = with_map(state, "3");

	assert_leads(v, "/cpus/cpu-map/cluster0/core1", "cpu", 0, "/cpus/cpu@1");
	assert_false(has(v, "/cpus/cpu-map/cluster0/core2"));
	drop(*state, v);
}

/* Linux stops at the first number that is missing. */
static void cores_are_numbered_anew(void **state)
{
	struct lop_view *v = with_map(state, "6");

	assert_leads(v, "/cpus/cpu-map/cluster0/core0", "cpu", 0, "/cpus/cpu@1");
	assert_leads(v, "/cpus/cpu-map/cluster0/core1", "cpu", 0, "/cpus/cpu@2");
	assert_false(has(v, "/cpus/cpu-map/cluster0/core2"));
	assert_false(has(v, "/cpus/cpu@0"));
	drop(*state, v);
}

static void a_core_may_name_its_cpu_by_number(void **state)
{
	struct lop_view *v = cut(*state,
				 ROOT(CLUSTER("c", "cpus",
					      "cpu-map { cluster0 { core0 { cpu = <0x70>; };"
					      "core1 { cpu = <0x71>; }; core2 { }; }; };" CPU(
						      "c0", 0, A53 "phandle = <0x70>;")
						      CPU("c1", 1, A53 "phandle = <0x71>;")),
				      DOMAIN("d", "&c 2 1", "")),
				 "d");

	ASSERT_CELLS(v, "/cpus/cpu-map/cluster0/core0", "cpu", 0x71);
	assert_false(has(v, "/cpus/cpu-map/cluster0/core1"));
	drop(*state, v);
}

static void what_is_in_a_cpu_comes_along(void **state)
{
	struct lop_view *v = cut(
		*state,
		ROOT(CLUSTER("c", "cpus",
			     CPU("c0", 0, A53 "l1: cache { level = <1>; };") CPU(
				     "c1", 1,
				     A53
				     "next-level-cache = <&l2>;") "l2: cache { cache-level = <2>; };"),
		     DOMAIN("d", "&c 2 1", "")),
		"d");

	assert_leads(v, "/cpus/cpu@1", "next-level-cache", 0, "/cpus/cache");
	assert_false(has(v, "/cpus/cpu@0/cache"));
	drop(*state, v);
}

static void a_cluster_that_is_off_is_on_for_its_domain(void **state)
{
	struct lop_view *v = cut(
		*state,
		ROOT(CLUSTER("c", "cpus-x@0",
			     "status = \"disabled\"; reg = <0>; acme,x = <1>;" CPU("c0", 0, A53)),
		     DOMAIN("d", "&c 1 1", "")),
		"d");

	assert_false(has_prop(v, "/cpus", "status"));
	assert_false(has_prop(v, "/cpus", "reg"));
	assert_false(has_prop(v, "/cpus", "compatible"));
	ASSERT_CELLS(v, "/cpus", "acme,x", 1);
	drop(*state, v);
}

/* --- several clusters --- */

static void a_second_cluster_joins(void **state)
{
	struct lop_view *v = cut(*state,
				 ROOT(CLUSTER("c", "cpus", CPU("c0", 0, A53))
					      CLUSTER("e", "cpus-e", CPU("e1", 1, A53)),
				      DOMAIN("d", "&c 1 1>, <&e 2 1", "")),
				 "d");

	assert_true(has(v, "/cpus/cpu@0"));
	assert_true(has(v, "/cpus/cpu@1"));
	assert_ptr_equal(lop_tree_by_label(v->tree, "e"), node_at(v->tree, "/cpus"));
	assert_silent(*state);
	drop(*state, v);
}

static void cpus_of_one_address_do_not_fit(void **state)
{
	struct lop_view *v = cut(*state,
				 ROOT(CLUSTER("c", "cpus", CPU("c0", 0, A53))
					      CLUSTER("e", "cpus-e", CPU("e0", 0, A53)),
				      DOMAIN("d", "&c 1 1>, <&e 1 1", "")),
				 "d");

	assert_true(has(v, "/cpus/cpu@0"));
	assert_true(has(v, "/cpus-e/cpu@0"));
	assert_string_equal(text_at(v, "/cpus-e", "compatible"), "cpus,cluster");
	assert_reported(*state, LOP_MULTI_CLUSTER, "CPUs of `d` do not fit into one /cpus");
	drop(*state, v);
}

static void cpus_of_another_kind_do_not_fit(void **state)
{
	struct lop_view *v = cut(*state,
				 ROOT(CLUSTER("c", "cpus", CPU("c0", 0, A53))
					      CLUSTER("e", "cpus-e", CPU("e1", 1, R5)),
				      DOMAIN("d", "&c 1 1>, <&e 2 0", "")),
				 "d");

	assert_true(has(v, "/cpus-e/cpu@1"));
	assert_reported(*state, LOP_MULTI_CLUSTER, "do not fit");
	drop(*state, v);
}

static void another_clusters_node_is_not_there(void **state)
{
	struct lop_view *v = cut(*state,
				 ROOT(CLUSTER("c", "cpus", CPU("c0", 0, A53))
					      CLUSTER("e", "cpus-e", CPU("e1", 1, R5)),
				      DOMAIN("d", "&e 2 0", "access = <&dev>;")),
				 "d");

	assert_true(has(v, "/cpus/cpu@1"));
	assert_false(has(v, "/cpus/cpu@0"));
	assert_false(has(v, "/cpus-e"));
	drop(*state, v);
}

/* --- parts of the CPUs --- */

#define PARTS                                                                           \
	"timer { compatible = \"arm,armv8-timer\"; interrupts = <1 13 8>, <1 14 8>; };" \
	"psci { compatible = \"arm,psci-1.0\"; method = \"smc\"; };"                    \
	"pmu { compatible = \"arm,cortex-a53-pmu\"; interrupts = <0 143 4>, <0 144 4>;" \
	"interrupt-affinity = <&c0>, <&c1>; };"

static struct lop_view *parts_on(void **state, const char *core, const char *mask)
{
	struct fixture *f = *state;
	const char *body = ROOT(
		CLUSTER("c", "cpus", CPU("c0", 0, "%s") CPU("c1", 1, "%s") CPU("c3", 3, "")) PARTS,
		TWO DOMAIN("d", "&c %s 1", "access = <&dev>;"));

	return cut(f, lop_arena_printf(&f->arena, body, core, core, mask), "d");
}

static void every_domain_has_the_timer_and_psci(void **state)
{
	struct lop_view *v = parts_on(state, A53, "3");

	assert_true(has(v, "/timer"));
	assert_true(has(v, "/psci"));
	ASSERT_CELLS(v, "/pmu", "interrupts", 0, 143, 4, 0, 144, 4);
	assert_leads(v, "/pmu", "interrupt-affinity", 1, "/cpus/cpu@1");
	assert_silent(*state);
	drop(*state, v);
}

static void an_interrupt_goes_with_its_cpu(void **state)
{
	struct lop_view *v = parts_on(state, A53, "2");

	ASSERT_CELLS(v, "/pmu", "interrupts", 0, 144, 4);
	assert_int_equal(value_at(v->tree, "/pmu", "interrupt-affinity")->len, 4);
	assert_leads(v, "/pmu", "interrupt-affinity", 0, "/cpus/cpu@1");
	assert_silent(*state);
	drop(*state, v);
}

static void psci_needs_cpus_that_use_it(void **state)
{
	struct lop_view *v = parts_on(state,
				      "compatible = \"arm,cortex-a53\";"
				      "enable-method = \"spin-table\";",
				      "3");

	assert_true(has(v, "/timer"));
	assert_false(has(v, "/psci"));
	drop(*state, v);
}

static void the_pmu_is_of_the_core(void **state)
{
	struct lop_view *v = parts_on(state, "compatible = \"arm,cortex-a5\";", "3");

	assert_false(has(v, "/pmu"));
	drop(*state, v);
}

static void other_families_have_none(void **state)
{
	struct lop_view *v = parts_on(state, R5, "3");

	assert_false(has(v, "/timer"));
	assert_false(has(v, "/psci"));
	assert_false(has(v, "/pmu"));
	drop(*state, v);
}

static void a_part_that_another_domain_lists(void **state)
{
	struct lop_view *v =
		cut(*state,
		    ROOT(CLUSTER("c", "cpus",
				 CPU("c0", 0, A53) CPU("c1", 1, A53) CPU("c3", 3, A53)) "t: " PARTS,
			 TWO DOMAIN("d", "&c 1 1", "access = <&dev>;")
				 DOMAIN("e", "&c 2 1", "access = <&t>;")),
		    "d");

	assert_false(has(v, "/timer"));
	assert_true(has(v, "/psci"));
	drop(*state, v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_core_goes_with_its_cpu),
		TEST(cores_are_numbered_anew),
		TEST(a_core_may_name_its_cpu_by_number),
		TEST(what_is_in_a_cpu_comes_along),
		TEST(a_cluster_that_is_off_is_on_for_its_domain),
		TEST(a_second_cluster_joins),
		TEST(cpus_of_one_address_do_not_fit),
		TEST(cpus_of_another_kind_do_not_fit),
		TEST(another_clusters_node_is_not_there),
		TEST(every_domain_has_the_timer_and_psci),
		TEST(an_interrupt_goes_with_its_cpu),
		TEST(psci_needs_cpus_that_use_it),
		TEST(the_pmu_is_of_the_core),
		TEST(other_families_have_none),
		TEST(a_part_that_another_domain_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
