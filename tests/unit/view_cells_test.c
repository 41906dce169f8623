/* SPDX-License-Identifier: BSD-3-Clause */
/* What of values whose length fits no cells reaches a domain: whole entries, and no guesses. */
#include "lopper-c/view/view.h"

#include "tests/unit/tree_text.h"

/* A cluster behind a multiplexer with one controller, a bus, and what a test puts on it. */
#define SDT(mux, devices)                                                                    \
	"#address-cells = <1>; #size-cells = <1>; interrupt-parent = <&mux>;"                \
	"a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"  \
	"cpu@0 { device_type = \"cpu\"; reg = <0>; }; };"                                    \
	"ddr: memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x10000000>; };" \
	"mux: mux { compatible = \"interrupt-multiplex\"; #address-cells = <0>;"             \
	"#interrupt-cells = <2>; " mux " };"                                                 \
	"soc: soc { compatible = \"simple-bus\"; #address-cells = <1>; #size-cells = <1>; "  \
	"ranges; clk: clk { #clock-cells = <0>; };"                                          \
	"gic: gic@10000000 { #interrupt-cells = <2>; interrupt-controller;"                  \
	"reg = <0x10000000 0x1000>; };" devices "};"                                         \
	"domains { d { compatible = \"openamp,domain-v1\"; cpus = <&a 1 0>; }; };"

#define MASK "interrupt-map-mask = <0 0>;"
#define PASS "interrupt-map-pass-thru = <0xffffffff 0xffffffff>;"
#define MAP  "interrupt-map = <0 0 &gic 0 0>;"

static struct lop_view *cut(struct fixture *f, const char *body)
{
	struct lop_tree *tree = parse_root(f, body);
	struct lop_system *system;

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	system = lop_system_build(tree, &f->diags);
	return lop_view_build(system, lop_system_domain(system, "d"), &f->diags);
}

static size_t cells(const struct lop_view *view, const char *name)
{
	const struct lop_node *dev = node_at(view->tree, "/soc/dev@10001000");
	const struct lop_prop *prop = lop_prop_find(view->tree, dev, name);

	return prop ? lop_value_n_cells(&prop->value) : 0;
}

#define DEV(props) "dev@10001000 { compatible = \"x\"; " props " };"

static void a_reg_is_cut_to_whole_entries(void **state)
{
	struct lop_view *v =
		cut(*state, SDT(MASK PASS MAP, DEV("reg = <0x10001000 0x1000 0x10002000>;")));

	assert_int_equal(cells(v, "reg"), 2);
	lop_view_drop_tree(v);
	v = cut(*state, SDT(MASK PASS MAP, DEV("reg = <0x10001000>;")));
	assert_int_equal(cells(v, "reg"), 0);
	lop_view_drop_tree(v);
	v = cut(*state, SDT(MASK PASS MAP, DEV("reg = \"1234567\";")));
	assert_int_equal(cells(v, "reg"), 0);
	lop_view_drop_tree(v);
}

static void ranges_are_cut_to_whole_entries(void **state)
{
	struct lop_view *v =
		cut(*state, SDT(MASK PASS MAP,
				DEV("#address-cells = <1>; #size-cells = <1>; reg = <0x10001000 4>;"
				    "ranges = <0 0x10001000 4 5>; dma-ranges = <1 2>;")));

	assert_int_equal(cells(v, "ranges"), 3);
	assert_int_equal(cells(v, "dma-ranges"), 0);
	lop_view_drop_tree(v);
}

static void interrupts_are_cut_to_whole_entries(void **state)
{
	struct lop_view *v = cut(
		*state, SDT(MASK PASS MAP, DEV("interrupt-parent = <&gic>; interrupts = <3 4 5>;"
					       "reg = <0x10001000 0x1000>;")));

	assert_int_equal(cells(v, "interrupts"), 2);
	lop_view_drop_tree(v);
}

static void a_sound_multiplexer_routes(void **state)
{
	struct lop_view *v = cut(*state, SDT(MASK PASS MAP, DEV("interrupts = <3 4>;")));

	assert_int_equal(cells(v, "interrupts"), 2);
	lop_view_drop_tree(v);
}

/* Too short a mask would make interrupt 0 of every interrupt. */
static void a_broken_multiplexer_routes_nothing(void **state)
{
	static const char *const muxes[] = {
		SDT(MASK "interrupt-map-pass-thru = <0xffffffff>;" MAP, DEV("interrupts = <3 4>;")),
		SDT(PASS "interrupt-map-mask = <0>;" MAP, DEV("interrupts = <3 4>;")),
		SDT(MASK PASS "interrupt-map = <0 0 &gic 0>;", DEV("interrupts = <3 4>;")),
	};

	for (size_t i = 0; i < sizeof(muxes) / sizeof(muxes[0]); i++) {
		struct lop_view *v = cut(*state, muxes[i]);

		assert_int_equal(cells(v, "interrupts"), 0);
		lop_view_drop_tree(v);
	}
}

static void a_map_that_fits_no_cells_goes(void **state)
{
	struct lop_view *v =
		cut(*state, SDT(MASK PASS MAP, DEV("#address-cells = <0>; #interrupt-cells = <1>;"
						   "interrupt-map = <0 1 &gic 3 4>;"
						   "interrupts-extended = <&gic 5>;")));

	assert_int_equal(cells(v, "interrupt-map"), 0);
	assert_int_equal(cells(v, "interrupts-extended"), 0);
	lop_view_drop_tree(v);
}

/* The first automatic phandle is 1: `<&clk 1>` is no reference to whoever got it. */
static void an_extra_cell_is_no_reference(void **state)
{
	struct lop_view *v = cut(*state, SDT(MASK PASS MAP, DEV("clocks = <&clk 1 2 3 4>;")));

	assert_int_equal(cells(v, "clocks"), 5);
	lop_view_drop_tree(v);
}

/* Sixty ways to itself, eight levels deep: more than anybody can try. */
static void a_circle_of_maps_ends(void **state)
{
#define FIVE "<0 0 &mux 0 0>, <0 0 &mux 0 0>, <0 0 &mux 0 0>, <0 0 &mux 0 0>, <0 0 &mux 0 0>, "
	struct lop_view *v =
		cut(*state, SDT(MASK PASS "interrupt-map = " FIVE FIVE FIVE FIVE FIVE FIVE FIVE FIVE
					FIVE FIVE FIVE FIVE "<0 0 &mux 0 0>;",
				DEV("interrupts = <3 4>;")));

	assert_int_equal(cells(v, "interrupts"), 0);
	lop_view_drop_tree(v);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_reg_is_cut_to_whole_entries),	   TEST(ranges_are_cut_to_whole_entries),
		TEST(interrupts_are_cut_to_whole_entries), TEST(a_sound_multiplexer_routes),
		TEST(a_broken_multiplexer_routes_nothing), TEST(a_map_that_fits_no_cells_goes),
		TEST(an_extra_cell_is_no_reference),	   TEST(a_circle_of_maps_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
