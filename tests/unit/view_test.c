/* SPDX-License-Identifier: BSD-3-Clause */
/* The tree of one domain: what is kept, what goes, where addresses and interrupts end up. */
#include "tests/unit/view_text.h"

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

/* Whose registers a device uses beside its own: comes along, unless it was given to another. */
static void a_syscon_comes_along_or_is_another_domains(void **state)
{
	static const char *const others[] = { "<&clk>", "<&clk &sys>" };

	for (int i = 0; i < 2; i++) {
		struct fixture *f = *state;
		const char *text =
			SDT("sys: syscon@10003000 { reg = <0x10003000 0x100>; };"
			    "u: u@10002000 { reg = <0x10002000 0x100>; acme,syscon = <&sys 4>; };",
			    DOMAIN("d", "&a 1 1", "access = <&u>;")
				    DOMAIN("e", "&a 2 1", "access = %s;"));
		struct lop_view *v = cut(f, lop_arena_printf(&f->arena, text, others[i]), "d");

		assert_true(has(v, "/soc/syscon@10003000") == !i);
		assert_true(has_prop(v, "/soc/u@10002000", "acme,syscon") == !i);
		if (i)
			assert_reported(f, LOP_REF_DROPPED, "loses `syscon@10003000`");
		drop(f, v);
	}
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

static void interrupts_extended_counts(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v = cut(f,
				 SDT("u: u@10002000 { reg = <0x10002000 0x100>;"
				     "interrupts = <0 1 4>; interrupts-extended = <&nvic 1 2>; };",
				     DOMAIN("d", "&b 1 0", "access = <&u>;")),
				 "d");

	assert_null(first_diag(f, LOP_IRQ_UNROUTED));
	assert_int_equal(cell_at(v->tree, "/soc/u@10002000", "interrupts-extended", 2), 2);
	drop(f, v);
}

static void a_device_out_of_reach_is_reported(void **state)
{
	struct lop_view *v = cut(*state, SDT("", DOMAIN("d", "&a 1 1", "access = <&nvic>;")), "d");

	assert_reported(*state, LOP_DEVICE_UNREACHABLE, "out of reach of cluster `a`");
	drop(*state, v);
}

static void what_is_out_of_reach_stays_where_the_root_has_it(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v;

	f->diags.compat_lopper = true;
	v = cut(f, SDT("", DOMAIN("d", "&a 1 1", "access = <&nvic>;")), "d");
	assert_int_equal(cell_at(v->tree, "/private/interrupt-controller@e000e000", "reg", 0),
			 0xe000e000);
	assert_int_equal(f->diags.downgraded, 1);
	drop(f, v);
}

static void a_condition_cannot_unmake_a_domain(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree =
		parse_root(f, SDT("", DOMAIN("d", "&a 1 1", "lopper,activate = \"foo\";")));
	struct lop_variant bare = { .condition = "foo" };
	struct lop_system *system;
	struct lop_view *v;

	node_at(tree, "/domains/d")->variants = &bare;
	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	system = lop_system_build(tree, &f->diags);
	v = lop_view_build(system, lop_system_domain(system, "d"), &f->diags);
	keep_tree(f, v->tree);
	assert_reported(f, LOP_UNSUPPORTED, "makes it no domain");
	assert_true(has(v, "/cpus/cpu@0"));
	drop(f, v);
	lop_system_free(system);
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

/* dtc takes it for a phandle of its own, which the blob would not have. */
static void the_old_name_of_a_phandle_goes(void **state)
{
	struct lop_view *v = cut(*state,
				 SDT("u: u@10002000 { reg = <0x10002000 0x100>;"
				     "linux,phandle = <&u>; };",
				     DOMAIN("d", "&a 1 1", "access = <&u>;")),
				 "d");

	assert_false(lop_prop_find(v->tree, node_at(v->tree, "/soc/u@10002000"), "linux,phandle"));
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

/* --- buses with `ranges` of their own --- */

/* One cluster with this address-map, memory, nodes; everything is given to d. */
#define BUSES(map, nodes)                                                                          \
	"#address-cells = <1>; #size-cells = <1>;"                                                 \
	"b: cpus-b { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"      \
	"#ranges-address-cells = <1>; #ranges-size-cells = <1>; address-map = " map ";"            \
	"cpu@0 { device_type = \"cpu\"; reg = <0>; }; };"                                          \
	"ddr: memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x10000000>; };" nodes \
	"domains {" DOMAIN("d", "&b 1 0", "access = <&bus>; memory = <0x80100000 0x100000>;") "};"

#define BUS(ranges, nodes)                                                                 \
	"bus: bus { compatible = \"simple-bus\"; #address-cells = <1>; #size-cells = <1>;" \
	"ranges = " ranges ";" nodes "};"

#define SERIAL "serial@2000 { compatible = \"u\"; reg = <0x2000 0x1000>; };"

static void a_window_moves_the_ranges_of_a_bus(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x40000000 &bus 0x2f000000 0x100000>",
				       BUS("<0 0x2f000000 0x1000000>", SERIAL)),
				 "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0, 0x40000000, 0x100000);
	ASSERT_CELLS(v, "/bus/serial@2000", "reg", 0x2000, 0x1000);
	assert_silent(*state);
	drop(*state, v);
}

static void ranges_move_down(void **state)
{
	struct lop_view *v =
		cut(*state,
		    BUSES("<0x1000000 &bus 0x2f000000 0x1000000>",
			  BUS("<0x10000 0x2f010000 0x10000>, <0 0x2f000000 0x10000>", SERIAL)),
		    "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0x10000, 0x1010000, 0x10000, 0, 0x1000000, 0x10000);
	ASSERT_CELLS(v, "/bus/serial@2000", "reg", 0x2000, 0x1000);
	drop(*state, v);
}

static void a_window_inside_an_entry_leaves_its_part(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x40000000 &bus 0x2f001000 0x2000>,"
				       "<0x50000000 &bus 0x2f008000 0x1000>",
				       BUS("<0 0x2f000000 0x1000000>",
					   SERIAL "gone@4000 { reg = <0x4000 0x100>; };")),
				 "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0x1000, 0x40000000, 0x2000, 0x8000, 0x50000000, 0x1000);
	assert_true(has(v, "/bus/serial@2000"));
	assert_false(has(v, "/bus/gone@4000"));
	drop(*state, v);
}

static void unmoved_ranges_stay_as_they_are(void **state)
{
	struct lop_view *v =
		cut(*state,
		    BUSES("<0x2f000000 &bus 0x2f000000 0x1000000>",
			  BUS("<0 0x2f000000 0x1000>, <0x1000 0x2f001000 0x9000>", SERIAL)),
		    "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0, 0x2f000000, 0x1000, 0x1000, 0x2f001000, 0x9000);
	drop(*state, v);
}

static void ranges_stay_where_only_devices_have_entries(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x2f002000 &u 0x2f002000 0x1000>",
				       BUS("<0 0x2f000000 0x1000000>", "u: " SERIAL)),
				 "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0, 0x2f000000, 0x1000000);
	ASSERT_CELLS(v, "/bus/serial@2000", "reg", 0x2000, 0x1000);
	drop(*state, v);
}

#define INNER(nodes)                                                         \
	"in: in@100000 { compatible = \"simple-bus\"; #address-cells = <1>;" \
	"#size-cells = <1>; ranges = <0 0x100000 0x8000>; reg = <0x100000 0x100>;" nodes "};"

static void an_inner_bus_moves_with_the_outer(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x40000000 &bus 0x2f000000 0x1000000>",
				       BUS("<0 0x2f000000 0x1000000>", INNER(SERIAL))),
				 "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0, 0x40000000, 0x1000000);
	ASSERT_CELLS(v, "/bus/in@100000", "ranges", 0, 0x100000, 0x8000);
	assert_true(has(v, "/bus/in@100000/serial@2000"));
	drop(*state, v);
}

/* A bus with `ranges;` passes on what it gets: its own reg and its children's move. */
static void an_inner_bus_moves_through_an_identity(void **state)
{
	struct lop_view *v =
		cut(*state,
		    BUSES("<0x40000000 &in 0x100000 0x8000>",
			  "bus: bus { compatible = \"simple-bus\"; #address-cells = <1>;"
			  "#size-cells = <1>; ranges;" INNER(SERIAL) "};"),
		    "d");

	ASSERT_CELLS(v, "/bus/in@40000000", "ranges", 0, 0x40000000, 0x8000);
	ASSERT_CELLS(v, "/bus/in@40000000", "reg", 0x40000000, 0x100);
	ASSERT_CELLS(v, "/bus/in@40000000/serial@2000", "reg", 0x2000, 0x1000);
	drop(*state, v);
}

static void an_inner_bus_with_an_entry_of_its_own(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x40000000 &bus 0x2f000000 0x10000>,"
				       "<0x70000000 &in 0x2f100000 0x8000>",
				       BUS("<0 0x2f000000 0x1000000>", INNER(SERIAL))),
				 "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0, 0x40000000, 0x10000, 0x100000, 0x70000000, 0x8000);
	ASSERT_CELLS(v, "/bus/in@100000", "ranges", 0, 0x100000, 0x8000);
	drop(*state, v);
}

/* What the outer bus passes on begins inside the entry of the inner one. */
static void an_inner_bus_beyond_the_outer(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x40000000 &bus 0x2f010000 0x10000>",
				       BUS("<0x10000 0x2f010000 0x10000>",
					   "in: in { compatible = \"simple-bus\";"
					   "#address-cells = <1>; #size-cells = <1>;"
					   "ranges = <0 0 0x1000000>;"
					   "y@10200 { reg = <0x10200 0x100>; }; };")),
				 "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0x10000, 0x40000000, 0x10000);
	ASSERT_CELLS(v, "/bus/in", "ranges", 0x10000, 0x10000, 0x10000);
	assert_true(has(v, "/bus/in/y@10200"));
	drop(*state, v);
}

static void a_device_with_an_entry_of_its_own(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x40000000 &bus 0x2f000000 0x10000>,"
				       "<0x70000000 &u 0x2f002000 0x800>",
				       BUS("<0 0x2f000000 0x1000000>",
					   "u: " SERIAL "w@4000 { reg = <0x4000 0x100>; };")),
				 "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0, 0x40000000, 0x10000, 0x30000000, 0x70000000, 0x800);
	ASSERT_CELLS(v, "/bus/serial@30000000", "reg", 0x30000000, 0x800);
	assert_true(has(v, "/bus/w@4000"));
	drop(*state, v);
}

static void a_device_whose_place_is_taken(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x40000000 &bus 0x2f000000 0x1000000>,"
				       "<0x40100000 &u 0x2f002000 0x800>,"
				       "<0x30000000 &w 0x2f004000 0x100>",
				       BUS("<0 0x2f000000 0x1000000>",
					   "u: " SERIAL "w: w@4000 { reg = <0x4000 0x100>; };")),
				 "d");

	/* 0x40100000 is the bus's too: the same place under another of its addresses */
	assert_true(has(v, "/bus/serial@100000"));
	/* 0x4000 - 0x10000000 is below 0 on the bus: behind what the bus has */
	ASSERT_CELLS(v, "/bus/w@1000000", "reg", 0x1000000, 0x100);
	ASSERT_CELLS(v, "/bus", "ranges", 0, 0x40000000, 0x1000000, 0x1000000, 0x30000000, 0x100);
	assert_int_equal((*(struct fixture **)state)->diags.errors, 0);
	drop(*state, v);
}

static void a_bus_without_room_for_a_device(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x40000000 &bus 0x2f000000 0x1000000>,"
				       "<0x50000000 &u 0x2f004000 0x100>",
				       BUS("<0xff000000 0x2f000000 0x1000000>",
					   "u: w@ff004000 { reg = <0xff004000 0x100>; };")),
				 "d");

	assert_reported(*state, LOP_UNSUPPORTED, "`w@ff004000` at 0x50000000");
	assert_int_equal((*(struct fixture **)state)->diags.errors, 1);
	assert_non_null(first_diag(*state, LOP_UNSUPPORTED)->labels->next);
	drop(*state, v);
}

static void ranges_of_a_pci_host_move_on_the_cpu_side(void **state)
{
	struct lop_view *v = cut(
		*state,
		BUSES("<0xa0000000 &bus 0xb0000000 0x1000>, <0xc0000000 &bus 0xd0000000 0x1000000>,"
		      "<0 &ddr 0x80000000 0x1000000>",
		      "bus: pcie@b0000000 { device_type = \"pci\"; reg = <0xb0000000 0x1000>;"
		      "#address-cells = <3>; #size-cells = <2>;"
		      "ranges = <0x02000000 0 0xe0000000 0xd0000000 0 0x1000000>;"
		      "dma-ranges = <0x02000000 0 0 0x80000000 0 0x1000000>;"
		      "pci@0 { reg = <0x800 0 0 0 0>; ranges; #address-cells = <3>;"
		      "#size-cells = <2>; }; };"),
		"d");

	ASSERT_CELLS(v, "/pcie@a0000000", "reg", 0xa0000000, 0x1000);
	ASSERT_CELLS(v, "/pcie@a0000000", "ranges", 0x02000000, 0, 0xe0000000, 0xc0000000, 0,
		     0x1000000);
	ASSERT_CELLS(v, "/pcie@a0000000", "dma-ranges", 0x02000000, 0, 0, 0, 0, 0x1000000);
	ASSERT_CELLS(v, "/pcie@a0000000/pci@0", "reg", 0x800, 0, 0, 0, 0);
	drop(*state, v);
}

#define DMA(ranges, nodes) \
	BUS("<0 0x2f000000 0x1000000>; dma-ranges = " ranges, "x@0 { reg = <0 4>; };" nodes)

/* Two windows and a hole between them: one entry becomes two. */
static void dma_ranges_follow_the_memory(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x2f000000 &bus 0x2f000000 0x1000000>,"
				       "<0 &ddr 0x80000000 0x200000>,"
				       "<0x10000000 &ddr 0x80400000 0x100000>",
				       DMA("<0 0x80000000 0x10000000>", "")),
				 "d");

	ASSERT_CELLS(v, "/bus", "dma-ranges", 0, 0, 0x200000, 0x400000, 0x10000000, 0x100000);
	assert_silent(*state);
	drop(*state, v);
}

static void dma_ranges_of_an_inner_bus_stay_below_those_of_the_outer(void **state)
{
	struct lop_view *v =
		cut(*state,
		    BUSES("<0x2f000000 &bus 0x2f000000 0x1000000>, <0 &ddr 0x80000000 0x200000>",
			  DMA("<0 0x80000000 0x400000>",
			      "in { compatible = \"simple-bus\"; #address-cells = <1>;"
			      "#size-cells = <1>; ranges; dma-ranges = <0x1000 0 0x400000>;"
			      "y@100 { reg = <0x100 4>; }; };")),
		    "d");

	ASSERT_CELLS(v, "/bus", "dma-ranges", 0, 0, 0x200000);
	ASSERT_CELLS(v, "/bus/in", "dma-ranges", 0x1000, 0, 0x200000);
	drop(*state, v);
}

static void dma_ranges_stay_where_the_root_has_the_memory(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x2f000000 &bus 0x2f000000 0x1000000>,"
				       "<0x80000000 &ddr 0x80000000 0x200000>",
				       DMA("<0 0 0xc0000000>", "")),
				 "d");

	ASSERT_CELLS(v, "/bus", "dma-ranges", 0, 0, 0xc0000000);
	drop(*state, v);
}

static void ranges_that_do_not_divide_are_cut(void **state)
{
	struct lop_view *v = cut(*state,
				 BUSES("<0x40000000 &bus 0x2f000000 0x1000000>",
				       BUS("<0 0x2f000000 0x1000000 5>", "")),
				 "d");

	ASSERT_CELLS(v, "/bus", "ranges", 0, 0x2f000000, 0x1000000);
	drop(*state, v);
}

/* --- addresses of memory --- */

/* A bus that a cluster sees in n pieces, none beside the one before. */
static struct lop_view *in_pieces(struct fixture *f, unsigned n)
{
	struct lop_buf text = { 0 };
	struct lop_view *v;

	lop_buf_puts(&text,
		     "#address-cells = <1>; #size-cells = <1>;"
		     "b: cpus-b { compatible = \"cpus,cluster\"; #address-cells = <1>;"
		     "#size-cells = <0>; #ranges-address-cells = <1>; #ranges-size-cells = <1>;"
		     "address-map = ");
	for (unsigned i = 0; i < n; i++)
		lop_buf_printf(&text, "%s<0x%x &soc 0x%x 0x10>", i ? "," : "",
			       0x40000000 + i * 0x20, 0x10000000 + i * 0x10);
	lop_buf_puts(&text, "; cpu@0 { device_type = \"cpu\"; reg = <0>; }; };"
			    "soc: soc { compatible = \"simple-bus\"; #address-cells = <1>;"
			    "#size-cells = <1>; ranges = <0x0 0x10000000 0x100000>;"
			    "t: timer@20 { compatible = \"x\"; reg = <0x20 0x10>; }; };"
			    "domains { " DOMAIN("d", "&b 1 0", "access = <&t>;") "};");
	v = cut(f, lop_arena_strdup(&f->arena, lop_buf_cstr(&text)), "d");
	lop_buf_free(&text);
	return v;
}

static void as_many_entries_of_ranges_as_there_may_be(void **state)
{
	struct lop_view *v = in_pieces(*state, 4096);

	assert_silent(*state);
	assert_int_equal(lop_value_n_cells(value_at(v->tree, "/soc", "ranges")), 3 * 4096);
	ASSERT_CELLS(v, "/soc/timer@20", "reg", 0x20, 0x10);
	drop(*state, v);
}

static void one_entry_of_ranges_too_many(void **state)
{
	struct lop_view *v = in_pieces(*state, 4097);

	assert_reported(*state, LOP_LIMIT, "`ranges` of `soc` would have more than 4096 entries");
	drop(*state, v);
}

static void alloc_ranges_are_those_of_the_domains_memory(void **state)
{
	struct lop_view *v = cut(
		*state,
		BUSES("<0 &ddr 0x80000000 0x1000000>, <0x2f000000 &bus 0x2f000000 0x1000>",
		      BUS("<0 0x2f000000 0x1000>",
			  "x@0 { reg = <0 4>;"
			  "memory-region = <&dyn>, <&out>; };") "reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges;"
								"dyn: dyn { size = <0x1000>; alloc-ranges = <0x80000000 0x180000>,"
								"<0x90000000 0x1000>; };"
								"out: out { size = <0x1000>; alloc-ranges = <0x80400000 0x1000>; }; };"),
		"d");

	ASSERT_CELLS(v, "/reserved-memory/dyn", "alloc-ranges", 0x100000, 0x80000);
	assert_null(
		lop_prop_find(v->tree, node_at(v->tree, "/reserved-memory/out"), "alloc-ranges"));
	drop(*state, v);
}

static void memreserves_are_those_of_the_domains_memory(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = parse(
		f, "/dts-v1/;\n/memreserve/ 0x80000000 0x101000;\n/memreserve/ 0x90000000 4;\n"
		   "/ {" BUSES("<0 &ddr 0x80000000 0x1000000>", BUS("<0 0x2f000000 4>", "")) "};");
	struct lop_system *system;
	struct lop_view *v;

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	system = lop_system_build(tree, &f->diags);
	v = lop_view_build(system, lop_system_domain(system, "d"), &f->diags);
	keep_tree(f, v->tree);
	assert_true(v->tree->memreserves->range.base == 0x100000);
	assert_true(v->tree->memreserves->range.size == 0x1000);
	assert_null(v->tree->memreserves->next);
	drop(f, v);
}

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
		TEST(a_syscon_comes_along_or_is_another_domains),
		TEST(an_interrupt_at_another_controller_is_left_out),
		TEST(interrupts_extended_counts),
		TEST(a_device_out_of_reach_is_reported),
		TEST(what_is_out_of_reach_stays_where_the_root_has_it),
		TEST(a_condition_cannot_unmake_a_domain),
		TEST(the_default_domain_has_what_nobody_else_has),
		TEST(the_old_name_of_a_phandle_goes),
		TEST(references_lead_into_the_view),
		TEST(a_window_moves_the_ranges_of_a_bus),
		TEST(ranges_move_down),
		TEST(a_window_inside_an_entry_leaves_its_part),
		TEST(unmoved_ranges_stay_as_they_are),
		TEST(ranges_stay_where_only_devices_have_entries),
		TEST(an_inner_bus_moves_with_the_outer),
		TEST(an_inner_bus_moves_through_an_identity),
		TEST(an_inner_bus_with_an_entry_of_its_own),
		TEST(an_inner_bus_beyond_the_outer),
		TEST(a_device_with_an_entry_of_its_own),
		TEST(a_device_whose_place_is_taken),
		TEST(a_bus_without_room_for_a_device),
		TEST(ranges_of_a_pci_host_move_on_the_cpu_side),
		TEST(dma_ranges_follow_the_memory),
		TEST(dma_ranges_of_an_inner_bus_stay_below_those_of_the_outer),
		TEST(dma_ranges_stay_where_the_root_has_the_memory),
		TEST(ranges_that_do_not_divide_are_cut),
		TEST(as_many_entries_of_ranges_as_there_may_be),
		TEST(one_entry_of_ranges_too_many),
		TEST(alloc_ranges_are_those_of_the_domains_memory),
		TEST(memreserves_are_those_of_the_domains_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
