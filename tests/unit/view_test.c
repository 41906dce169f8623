/* SPDX-License-Identifier: BSD-3-Clause */
/* The tree of one domain: what is kept, what goes, where addresses and interrupts end up. */
#include "lopper-c/view/view.h"

#include "lopper-c/tree/bus.h"
#include "tests/unit/tree_text.h"

/* Two clusters, a bus both see, a bus only the second sees, memory, and the domains given. */
#define SDT(devices, domains)                                                                      \
	"#address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;"                      \
	"a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"        \
	"c0: cpu@0 { device_type = \"cpu\"; reg = <0>; };"                                         \
	"c1: cpu@1 { device_type = \"cpu\"; reg = <1>; }; };"                                      \
	"b: cpus-b { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"      \
	"#ranges-address-cells = <1>; #ranges-size-cells = <1>;"                                   \
	"address-map = <0x10000000 &soc 0x10000000 0x8000>, <0x0 &ddr 0x80000000 0x1000000>,"      \
	"<0xe0000000 &private 0xe0000000 0x10000>, <0x40000000 &far 0x20000000 0x1000>;"           \
	"cpu@0 { device_type = \"cpu\"; reg = <0>; }; };"                                          \
	"ddr: memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x10000000>; };"       \
	"private: private { compatible = \"indirect-bus\"; #address-cells = <1>;"                  \
	"#size-cells = <1>; nvic: interrupt-controller@e000e000 { #interrupt-cells = <2>;"         \
	"interrupt-controller; reg = <0xe000e000 0x1000>; }; };"                                   \
	"soc: soc { compatible = \"simple-bus\"; #address-cells = <1>; #size-cells = <1>; ranges;" \
	"gic: interrupt-controller@10000000 { #interrupt-cells = <3>; interrupt-controller;"       \
	"reg = <0x10000000 0x1000>; };"                                                            \
	"clk: clock@10001000 { #clock-cells = <1>; reg = <0x10001000 0x1000>; };"                  \
	"far: far@20000000 { compatible = \"x\"; reg = <0x20000000 0x1000>; };" devices "};"       \
	"domains {" domains "};"

#define DOMAIN(name, cpus, more) \
	name ": " name " { compatible = \"openamp,domain-v1\"; cpus = <" cpus ">;" more "};"

static struct lop_view *cut(struct fixture *f, const char *body, const char *name)
{
	struct lop_tree *tree = parse_root(f, body);
	struct lop_system *system;
	struct lop_view *view;

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	system = lop_system_build(tree, &f->diags);
	view = lop_view_build(system, lop_system_domain(system, name), &f->diags);
	keep_tree(f, view->tree);
	return view;
}

/* The view's arena is not the fixture's: what a test looked at goes here. */
static void drop(struct fixture *f, struct lop_view *view)
{
	f->n_trees--;
	lop_view_drop_tree(view);
	assert_null(view->tree);
}

static bool has(const struct lop_view *view, const char *path)
{
	return lop_tree_by_path(view->tree, path) != NULL;
}

static void cpus_are_those_of_the_mask(void **state)
{
	struct lop_view *v = cut(*state, SDT("", DOMAIN("d", "&a 0x2 1", "")), "d");

	assert_false(has(v, "/cpus/cpu@0"));
	assert_true(has(v, "/cpus/cpu@1"));
	assert_false(has(v, "/cpus-b"));
	assert_false(has(v, "/domains"));
	assert_null(lop_prop_find(v->tree, node_at(v->tree, "/cpus"), "compatible"));
	drop(*state, v);
}

static void a_cluster_becomes_cpus_with_its_label(void **state)
{
	struct lop_view *v = cut(*state, SDT("", DOMAIN("d", "&b 0x1 0", "")), "d");

	assert_ptr_equal(lop_tree_by_label(v->tree, "b"), node_at(v->tree, "/cpus"));
	assert_null(lop_prop_find(v->tree, node_at(v->tree, "/cpus"), "address-map"));
	drop(*state, v);
}

static void a_window_moves_memory(void **state)
{
	struct lop_view *v =
		cut(*state, SDT("", DOMAIN("d", "&b 1 0", "memory = <0x80100000 0x1000>;")), "d");

	assert_int_equal(cell_at(v->tree, "/memory@100000", "reg", 0), 0x100000);
	assert_int_equal(cell_at(v->tree, "/memory@100000", "reg", 1), 0x1000);
	assert_int_equal(v->n_memory, 1);
	assert_true(v->memory[0].range.base == 0x100000);
	drop(*state, v);
}

static void a_window_moves_a_device_and_its_name(void **state)
{
	struct lop_view *v = cut(*state, SDT("", DOMAIN("d", "&b 1 0", "access = <&far>;")), "d");

	assert_int_equal(cell_at(v->tree, "/soc/far@40000000", "reg", 0), 0x40000000);
	drop(*state, v);
}

static void the_end_of_a_window_cuts(void **state)
{
	struct lop_view *v = cut(*state,
				 SDT("edge: edge@10007000 { reg = <0x10007000 0x2000>,"
				     "<0x10009000 0x1000>; reg-names = \"in\", \"out\"; };",
				     DOMAIN("d", "&b 1 0", "access = <&soc>;")),
				 "d");
	const struct lop_value *reg = value_at(v->tree, "/soc/edge@10007000", "reg");

	assert_int_equal(lop_value_n_cells(reg), 2);
	assert_int_equal(lop_value_cell(reg, 1), 0x1000);
	assert_int_equal(value_at(v->tree, "/soc/edge@10007000", "reg-names")->len, 3);
	drop(*state, v);
}

static void providers_come_along(void **state)
{
	struct lop_view *v = cut(*state,
				 SDT("u: u@10002000 { reg = <0x10002000 0x100>;"
				     "clocks = <&clk 1>; interrupts = <0 1 4>; };",
				     DOMAIN("d", "&a 1 1", "access = <&u>;")
					     DOMAIN("e", "&a 2 1", "access = <&clk>;")),
				 "d");

	assert_true(has(v, "/soc/clock@10001000"));
	assert_true(has(v, "/soc/interrupt-controller@10000000"));
	assert_int_equal(v->n_devices, 1);
	drop(*state, v);
}

static void another_domains_device_is_no_dependency(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT("dma: dma@10003000 { #dma-cells = <1>; reg = <0x10003000 0x100>; };"
			"own: own@10005000 { #dma-cells = <0>; reg = <0x10005000 0x100>; };"
			"u: u@10002000 { reg = <0x10002000 0x100>; dmas = <&dma 1>, <&own>;"
			"dma-names = \"tx\", \"rx\"; };",
			DOMAIN("d", "&a 1 1", "access = <&u>;")
				DOMAIN("e", "&a 2 1", "access = <&dma>;")),
		    "d");

	assert_false(has(v, "/soc/dma@10003000"));
	assert_int_equal(lop_value_n_cells(value_at(v->tree, "/soc/u@10002000", "dmas")), 1);
	assert_string_equal(lop_value_str(value_at(v->tree, "/soc/u@10002000", "dma-names"), 0),
			    "rx");
	drop(*state, v);
}

static void an_interrupt_at_another_controller_is_left_out(void **state)
{
	struct lop_view *v = cut(*state,
				 SDT("u: u@10002000 { reg = <0x10002000 0x100>;"
				     "interrupt-parent = <&nvic>; interrupts = <1 0>;"
				     "interrupt-names = \"x\"; };",
				     DOMAIN("d", "&a 1 1", "access = <&u>;")),
				 "d");

	assert_null(lop_prop_find(v->tree, node_at(v->tree, "/soc/u@10002000"), "interrupts"));
	assert_null(lop_prop_find(v->tree, node_at(v->tree, "/soc/u@10002000"), "interrupt-names"));
	assert_reported(*state, LOP_IRQ_UNROUTED, "interrupts of 1 device of `d`");
	drop(*state, v);
}

static void a_device_out_of_reach_is_reported(void **state)
{
	struct lop_view *v = cut(*state, SDT("", DOMAIN("d", "&a 1 1", "access = <&nvic>;")), "d");

	assert_reported(*state, LOP_DEVICE_UNREACHABLE, "out of reach of cluster `a`");
	drop(*state, v);
}

static void the_default_domain_has_what_nobody_else_has(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT("u: u@10002000 { reg = <0x10002000 0x100>; };"
			"w: w@10004000 { reg = <0x10004000 0x100>; };",
			DOMAIN("d", "&a 3 1", "") DOMAIN("e", "&b 1 0",
							 "access = <&u>;"
							 "memory = <0x80000000 0x1000>;")),
		    "d");

	assert_false(has(v, "/soc/u@10002000"));
	assert_true(has(v, "/soc/w@10004000"));
	assert_false(has(v, "/private"));
	assert_int_equal(cell_at(v->tree, "/memory@80001000", "reg", 0), 0x80001000);
	assert_int_equal(cell_at(v->tree, "/memory@80001000", "reg", 1), 0xffff000);
	drop(*state, v);
}

static void references_lead_into_the_view(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT("u: u@10002000 { reg = <0x10002000 0x100>; clocks = <&clk 1>; };",
			DOMAIN("d", "&a 1 1", "access = <&u>;")),
		    "d");
	const struct lop_node *clk = node_at(v->tree, "/soc/clock@10001000");

	assert_int_equal(cell_at(v->tree, "/soc/u@10002000", "clocks", 0), clk->phandle);
	assert_ptr_equal(
		lop_value_ref_at(value_at(v->tree, "/soc/u@10002000", "clocks"), 0)->target, clk);
	drop(*state, v);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(cpus_are_those_of_the_mask),
		TEST(a_cluster_becomes_cpus_with_its_label),
		TEST(a_window_moves_memory),
		TEST(a_window_moves_a_device_and_its_name),
		TEST(the_end_of_a_window_cuts),
		TEST(providers_come_along),
		TEST(another_domains_device_is_no_dependency),
		TEST(an_interrupt_at_another_controller_is_left_out),
		TEST(a_device_out_of_reach_is_reported),
		TEST(the_default_domain_has_what_nobody_else_has),
		TEST(references_lead_into_the_view),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
