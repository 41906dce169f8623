/* SPDX-License-Identifier: BSD-3-Clause */
/* Interrupt multiplexers: which controller takes their place, and what a specifier is there. */
#include "tests/unit/view_text.h"

/* A second multiplexed controller beside the board's two: `mux` with this map and more properties.
 */
#define MUX(map, more)                                                               \
	"mux: mux { compatible = \"interrupt-multiplexer\"; #interrupt-cells = <3>;" \
	"#address-cells = <0>; interrupt-map = " map ";" more "};"
#define DEVICE(interrupts)                                                     \
	"u: u@10002000 { reg = <0x10002000 0x100>; interrupt-parent = <&mux>;" \
	"interrupts = " interrupts "; interrupt-names = \"a\", \"b\"; };"
#define TO_GIC(kind, from, to, flags) "<" #kind " " #from " 4 &gic " #kind " " #to " " #flags ">"
#define TO_NVIC(from, to)	      "<0 " #from " 4 &nvic " #to " 1>"

static struct lop_view *on(void **state, const char *nodes, const char *cluster)
{
	struct fixture *f = *state;
	const char *board = SDT("%s", "%s");
	const char *domain =
		lop_arena_printf(&f->arena,
				 "d: d { compatible = \"openamp,domain-v1\"; cpus = <&%s 1 0>;"
				 "access = <&u>; };",
				 cluster);

	return cut(f, lop_arena_printf(&f->arena, board, nodes, domain), "d");
}

static void a_map_gives_the_number_at_the_controller(void **state)
{
	struct lop_view *v = on(state, MUX(TO_GIC(0, 1, 33, 4), "") DEVICE("<0 1 4>"), "a");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 0, 33, 4);
	assert_false(has(v, "/soc/mux"));
	assert_leads(v, "/", "interrupt-parent", 0, "/soc/interrupt-controller@10000000");
	assert_silent(*state);
	drop(*state, v);
}

static void each_cluster_has_its_own_controller(void **state)
{
	static const char nodes[] =
		MUX(TO_NVIC(1, 7) ", " TO_GIC(0, 1, 33, 4), "") DEVICE("<0 1 4>");
	struct lop_view *v = on(state, nodes, "a");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 0, 33, 4);
	assert_false(has(v, "/private"));
	drop(*state, v);
	v = on(state, nodes, "b");
	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 7, 1);
	assert_leads(v, "/soc/u@10002000", "interrupt-parent", 0,
		     "/private/interrupt-controller@e000e000");
	drop(*state, v);
}

/* Cluster b sees the other one on the common bus as well. */
static void a_private_controller_comes_first(void **state)
{
	struct lop_view *v =
		on(state, MUX(TO_GIC(0, 1, 33, 4) ", " TO_NVIC(1, 7), "") DEVICE("<0 1 4>"), "b");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 7, 1);
	assert_leads(v, "/soc/u@10002000", "interrupt-parent", 0,
		     "/private/interrupt-controller@e000e000");
	drop(*state, v);
}

static void what_others_get_is_left_out(void **state)
{
	struct lop_view *v =
		on(state,
		   MUX(TO_GIC(0, 1, 33, 4) ", " TO_NVIC(2, 7), "") DEVICE("<0 1 4>, <0 2 4>"), "a");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 0, 33, 4);
	assert_string_equal(text_at(v, "/soc/u@10002000", "interrupt-names"), "a");
	assert_int_equal(value_at(v->tree, "/soc/u@10002000", "interrupt-names")->len, 2);
	assert_reported(*state, LOP_IRQ_UNROUTED, "interrupts of 1 device of `d`");
	drop(*state, v);
}

static void what_the_map_does_not_mention_passes(void **state)
{
	struct lop_view *v =
		on(state, MUX(TO_GIC(0, 1, 33, 4), "") DEVICE("<0 9 4>, <0 1 4>"), "a");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 0, 9, 4, 0, 33, 4);
	assert_silent(*state);
	drop(*state, v);
}

static void the_mask_leaves_bits_out(void **state)
{
	struct lop_view *v = on(state,
				MUX(TO_GIC(0, 1, 33, 4), "interrupt-map-mask = <0 0xff 0>;")
					DEVICE("<0 0x101 1>"),
				"a");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 0, 33, 4);
	drop(*state, v);
}

static void pass_thru_takes_bits_from_the_child(void **state)
{
	struct lop_view *v = on(state,
				MUX(TO_GIC(0, 1, 33, 4), "interrupt-map-mask = <0 0xff 0>;"
							 "interrupt-map-pass-thru = <0 0 0xf>;")
					DEVICE("<0 1 1>"),
				"a");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 0, 33, 1);
	drop(*state, v);
}

static void a_private_interrupt_is_never_made_a_shared_one(void **state)
{
	struct lop_view *v =
		on(state,
		   MUX(TO_GIC(0, 1, 33, 4), "interrupt-map-mask = <0 0xff 0>;") DEVICE("<1 1 4>"),
		   "a");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 1, 1, 4);
	drop(*state, v);
}

static void the_first_of_two_entries_that_is_seen_wins(void **state)
{
	struct lop_view *v = on(state,
				MUX(TO_NVIC(1, 7) ", " TO_GIC(0, 1, 40, 4) ", " TO_GIC(0, 1, 41, 4),
				    "") DEVICE("<0 1 4>"),
				"a");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 0, 40, 4);
	drop(*state, v);
}

/* --- multiplexers in a row --- */

#define INNER(more)                                                                      \
	"inner: inner { compatible = \"interrupt-multiplexer\"; #interrupt-cells = <3>;" \
	"#address-cells = <0>; " more " };"

static void two_in_a_row(void **state)
{
	struct lop_view *v =
		on(state,
		   MUX("<0 1 4 &inner 0 2 4>", "") INNER("interrupt-map = " TO_GIC(0, 2, 50, 4) ";")
			   DEVICE("<0 1 4>"),
		   "a");

	ASSERT_CELLS(v, "/soc/u@10002000", "interrupts", 0, 50, 4);
	drop(*state, v);
}

static void a_circle_ends(void **state)
{
	struct lop_view *v =
		on(state,
		   MUX("<0 1 4 &inner 0 1 4>", "") INNER("interrupt-map = <0 1 4 &mux 0 1 4>;")
			   DEVICE("<0 1 4>"),
		   "a");

	assert_false(has_prop(v, "/soc/u@10002000", "interrupts"));
	assert_reported(*state, LOP_IRQ_UNROUTED, "interrupts of 1 device of `d`");
	drop(*state, v);
}

static void one_that_names_itself(void **state)
{
	struct lop_view *v = on(state, MUX("<0 1 4 &mux 0 1 4>", "") DEVICE("<0 1 4>"), "a");

	assert_false(has_prop(v, "/soc/u@10002000", "interrupts"));
	drop(*state, v);
}

static void a_dangling_entry_is_nobodys(void **state)
{
	struct lop_view *v =
		on(state, MUX("<0 1 4 0x7777 0 5 4>, " TO_GIC(0, 1, 33, 4), "") DEVICE("<0 1 4>"),
		   "a");

	/* the cells of an unknown controller cannot be counted: nothing behind it is believed */
	assert_true(has(v, "/soc/u@10002000"));
	drop(*state, v);
}

static void a_torn_map(void **state)
{
	struct lop_view *v = on(state, MUX("<0 1 4 &gic 0>", "") DEVICE("<0 1 4>"), "a");

	assert_true(has(v, "/soc/u@10002000"));
	drop(*state, v);
}

static void an_empty_map(void **state)
{
	struct lop_view *v =
		on(state,
		   "mux: mux { compatible = \"interrupt-multiplexer\"; #interrupt-cells = <3>;"
		   "#address-cells = <0>; interrupt-map; };" DEVICE("<0 1 4>"),
		   "a");

	assert_false(has_prop(v, "/soc/u@10002000", "interrupts"));
	assert_reported(*state, LOP_IRQ_UNROUTED, "do not reach its CPUs");
	drop(*state, v);
}

/* --- interrupts-extended --- */

static void an_extended_entry_is_routed_by_itself(void **state)
{
	struct lop_view *v =
		on(state,
		   MUX(TO_GIC(0, 1, 33, 4),
		       "") "u: u@10002000 { reg = <0x10002000 0x100>;"
			   "interrupts-extended = <&gic 0 5 4>, <&mux 0 1 4>, <&nvic 3 1>;"
			   "interrupt-names = \"x\", \"y\", \"z\"; };",
		   "a");

	assert_leads(v, "/soc/u@10002000", "interrupts-extended", 0,
		     "/soc/interrupt-controller@10000000");
	assert_leads(v, "/soc/u@10002000", "interrupts-extended", 4,
		     "/soc/interrupt-controller@10000000");
	assert_int_equal(cell_at(v->tree, "/soc/u@10002000", "interrupts-extended", 6), 33);
	assert_int_equal(value_at(v->tree, "/soc/u@10002000", "interrupts-extended")->len, 32);
	assert_int_equal(value_at(v->tree, "/soc/u@10002000", "interrupt-names")->len, 4);
	drop(*state, v);
}

/* Both controllers within reach of one domain: the short form cannot say where each goes. */
static void two_controllers_need_the_long_form(void **state)
{
	struct lop_view *v =
		on(state,
		   MUX(TO_GIC(0, 1, 33, 4) ", <0 2 4 &second 8>",
		       "") "second: second@10005000 { interrupt-controller; #interrupt-cells = <1>;"
			   "reg = <0x10005000 0x100>; };" DEVICE("<0 1 4>, <0 2 4>"),
		   "a");

	assert_false(has_prop(v, "/soc/u@10002000", "interrupts"));
	assert_leads(v, "/soc/u@10002000", "interrupts-extended", 0,
		     "/soc/interrupt-controller@10000000");
	assert_leads(v, "/soc/u@10002000", "interrupts-extended", 4, "/soc/second@10005000");
	assert_int_equal(cell_at(v->tree, "/soc/u@10002000", "interrupts-extended", 5), 8);
	drop(*state, v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_map_gives_the_number_at_the_controller),
		TEST(each_cluster_has_its_own_controller),
		TEST(a_private_controller_comes_first),
		TEST(what_others_get_is_left_out),
		TEST(what_the_map_does_not_mention_passes),
		TEST(the_mask_leaves_bits_out),
		TEST(pass_thru_takes_bits_from_the_child),
		TEST(a_private_interrupt_is_never_made_a_shared_one),
		TEST(the_first_of_two_entries_that_is_seen_wins),
		TEST(two_in_a_row),
		TEST(a_circle_ends),
		TEST(one_that_names_itself),
		TEST(a_dangling_entry_is_nobodys),
		TEST(a_torn_map),
		TEST(an_empty_map),
		TEST(an_extended_entry_is_routed_by_itself),
		TEST(two_controllers_need_the_long_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
