/* SPDX-License-Identifier: BSD-3-Clause */
/* Interrupt properties without a multiplexer: parents, the long form, PCI maps, RISC-V contexts. */
#include "tests/unit/view_text.h"

#define D(more)	  DOMAIN("d", "&a 1 1", "access = <&u>;" more) DOMAIN("o", "&a 2 1", "")
#define GIC	  "/soc/interrupt-controller@10000000"
#define U	  "/soc/u@10002000"
#define DEV(more) "u: u@10002000 { reg = <0x10002000 0x100>;" more "};"

static struct lop_view *device(void **state, const char *props)
{
	struct fixture *f = *state;
	const char *body = SDT(DEV("%s"), D(""));

	return cut(f, lop_arena_printf(&f->arena, body, props), "d");
}

static void an_inherited_parent_stays_inherited(void **state)
{
	struct lop_view *v = device(state, "interrupts = <0 1 4>;");

	ASSERT_CELLS(v, U, "interrupts", 0, 1, 4);
	assert_false(has_prop(v, U, "interrupt-parent"));
	assert_leads(v, "/", "interrupt-parent", 0, GIC);
	drop(*state, v);
}

static void a_parent_of_its_own_stays(void **state)
{
	struct lop_view *v = device(state, "interrupt-parent = <&gic>; interrupts = <0 1 4>;");

	assert_leads(v, U, "interrupt-parent", 0, GIC);
	drop(*state, v);
}

static void a_parent_out_of_reach_goes(void **state)
{
	struct lop_view *v = device(state, "interrupt-parent = <&nvic>;");

	assert_false(has_prop(v, U, "interrupt-parent"));
	assert_silent(*state);
	drop(*state, v);
}

static void names_go_with_their_interrupts(void **state)
{
	struct lop_view *v = device(state, "interrupts-extended = <&gic 0 1 4>, <&nvic 2 0>,"
					   "<&gic 0 3 4>; interrupt-names = \"x\", \"y\", \"zz\";");
	const struct lop_value *names = value_at(v->tree, U, "interrupt-names");

	assert_int_equal(value_at(v->tree, U, "interrupts-extended")->len, 32);
	assert_int_equal(cell_at(v->tree, U, "interrupts-extended", 6), 3);
	assert_string_equal(lop_value_str(names, 0), "x");
	assert_string_equal(lop_value_str(names, 1), "zz");
	assert_silent(*state);
	drop(*state, v);
}

static void all_gone_is_reported(void **state)
{
	struct lop_view *v =
		device(state, "interrupts-extended = <&nvic 2 0>; interrupt-names = \"x\";");

	assert_false(has_prop(v, U, "interrupts-extended"));
	assert_false(has_prop(v, U, "interrupt-names"));
	assert_reported(*state, LOP_IRQ_UNROUTED, "interrupts of 1 device of `d`");
	drop(*state, v);
}

static void several_devices_are_one_report(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT("bus: bus { compatible = \"simple-bus\"; #address-cells = <1>;"
			"#size-cells = <1>; ranges; interrupt-parent = <&nvic>;"
			"x@10003000 { reg = <0x10003000 4>; interrupts = <1 0>; };"
			"y@10003100 { reg = <0x10003100 4>; interrupts = <2 0>; }; };",
			DOMAIN("d", "&a 1 1", "access = <&bus>;") DOMAIN("o", "&a 2 1", "")),
		    "d");

	assert_reported(*state, LOP_IRQ_UNROUTED, "interrupts of 2 devices of `d`");
	assert_null(first_diag(*state, LOP_IRQ_UNROUTED)->next);
	drop(*state, v);
}

static void names_without_interrupts_are_left_alone(void **state)
{
	struct lop_view *v = device(state, "interrupt-names = \"x\"; interrupt-acme = <1>;");

	assert_string_equal(text_at(v, U, "interrupt-names"), "x");
	ASSERT_CELLS(v, U, "interrupt-acme", 1);
	drop(*state, v);
}

/* --- hostile --- */

static void parents_in_a_circle(void **state)
{
	struct lop_view *v = cut(
		*state,
		SDT(DEV("interrupt-parent = <&x>; interrupts = <1>;") "x: x { interrupt-parent = <&y>; };"
								      "y: y { interrupt-parent = <&x>; };",
		    D("")),
		"d");

	assert_false(has_prop(v, U, "interrupts"));
	assert_reported(*state, LOP_IRQ_UNROUTED, "interrupts of 1 device");
	drop(*state, v);
}

static void a_part_of_a_specifier(void **state)
{
	struct lop_view *v = device(state, "interrupts = <0 1>;");

	assert_false(has_prop(v, U, "interrupts"));
	assert_reported(*state, LOP_IRQ_UNROUTED, "interrupts of 1 device");
	drop(*state, v);
}

static void specifiers_of_no_cells_and_of_too_many(void **state)
{
	static const char *const cells[] = { "<0>", "<17>", "<0xffffffff>" };

	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		struct fixture *f = *state;
		const char *body = SDT(
			DEV("interrupt-parent = <&odd>; interrupts = <0 1 4>;") "odd: odd@10004000 { reg = <0x10004000 4>;"
										"interrupt-controller; #interrupt-cells = %s; };",
			D(""));
		struct lop_view *v = cut(f, lop_arena_printf(&f->arena, body, cells[i]), "d");

		assert_false(has_prop(v, U, "interrupts"));
		drop(f, v);
	}
}

/* --- interrupt-map of a PCI host --- */

#define PCI(map)                                                              \
	"u: pcie@10002000 { device_type = \"pci\"; reg = <0x10002000 0x100>;" \
	"#address-cells = <3>; #size-cells = <2>; #interrupt-cells = <1>;"    \
	"interrupt-map-mask = <0xf800 0 0 7>; interrupt-map = " map "; };"

static void a_pci_map_stays(void **state)
{
	struct lop_view *v =
		cut(*state, SDT(PCI("<0 0 0 1 &gic 0 10 4>, <0 0 0 2 &gic 0 11 4>"), D("")), "d");

	assert_int_equal(value_at(v->tree, "/soc/pcie@10002000", "interrupt-map")->len, 64);
	assert_leads(v, "/soc/pcie@10002000", "interrupt-map", 4, GIC);
	assert_leads(v, "/soc/pcie@10002000", "interrupt-map", 12, GIC);
	ASSERT_CELLS(v, "/soc/pcie@10002000", "interrupt-map-mask", 0xf800, 0, 0, 7);
	ASSERT_CELLS(v, "/soc/pcie@10002000", "#interrupt-cells", 1);
	drop(*state, v);
}

static void a_pci_map_loses_what_does_not_arrive(void **state)
{
	struct lop_view *v =
		cut(*state, SDT(PCI("<0 0 0 1 &nvic 3 1>, <0 0 0 2 &gic 0 11 4>"), D("")), "d");

	assert_int_equal(value_at(v->tree, "/soc/pcie@10002000", "interrupt-map")->len, 32);
	assert_int_equal(cell_at(v->tree, "/soc/pcie@10002000", "interrupt-map", 3), 2);
	assert_int_equal(cell_at(v->tree, "/soc/pcie@10002000", "interrupt-map", 6), 11);
	drop(*state, v);
}

static void a_pci_map_through_a_multiplexer(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT("mux: mux { compatible = \"interrupt-multiplexer\"; #interrupt-cells = <3>;"
			"#address-cells = <0>; interrupt-map = <0 10 4 &gic 0 99 4>; };" PCI(
				"<0 0 0 1 &mux 0 10 4>"),
			D("")),
		    "d");

	assert_leads(v, "/soc/pcie@10002000", "interrupt-map", 4, GIC);
	assert_int_equal(cell_at(v->tree, "/soc/pcie@10002000", "interrupt-map", 6), 99);
	drop(*state, v);
}

/* --- RISC-V: the place of an entry is the number of a context --- */

#define HART(n)                                                                       \
	"cpu@" #n " { device_type = \"cpu\"; compatible = \"riscv\"; reg = <" #n ">;" \
	"i" #n ": interrupt-controller { interrupt-controller; #interrupt-cells = <1>; }; };"
#define RISCV(intc)                                                                               \
	"#address-cells = <1>; #size-cells = <1>;"                                                \
	"c: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;" HART( \
		0) HART(1) "};"                                                                   \
			   "p: intc@c000000 { compatible = \"" intc                               \
			   "\"; reg = <0xc000000 0x1000>;"                                        \
			   "interrupt-controller; #interrupt-cells = <1>;"                        \
			   "interrupts-extended = <&i0 11>, <&i0 9>, <&i1 11>, <&i1 9>; };"       \
			   "domains {" DOMAIN("d", "&c 2 0", "access = <&p>;")                    \
				   DOMAIN("o", "&c 1 0", "") "};"

static void contexts_of_others_are_filled(void **state)
{
	struct lop_view *v = cut(*state, RISCV("riscv,plic0"), "d");
	const char *plic = "/intc@c000000";

	assert_int_equal(value_at(v->tree, plic, "interrupts-extended")->len, 32);
	for (size_t i = 0; i < 4; i++)
		assert_leads(v, plic, "interrupts-extended", 2 * i,
			     "/cpus/cpu@1/interrupt-controller");
	assert_int_equal(cell_at(v->tree, plic, "interrupts-extended", 1), 0xffffffff);
	assert_int_equal(cell_at(v->tree, plic, "interrupts-extended", 3), 0xffffffff);
	assert_int_equal(cell_at(v->tree, plic, "interrupts-extended", 5), 11);
	assert_int_equal(cell_at(v->tree, plic, "interrupts-extended", 7), 9);
	drop(*state, v);
}

static void other_controllers_lose_them(void **state)
{
	struct lop_view *v = cut(*state, RISCV("acme,intc"), "d");

	assert_int_equal(value_at(v->tree, "/intc@c000000", "interrupts-extended")->len, 16);
	assert_int_equal(cell_at(v->tree, "/intc@c000000", "interrupts-extended", 1), 11);
	drop(*state, v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_inherited_parent_stays_inherited),
		TEST(a_parent_of_its_own_stays),
		TEST(a_parent_out_of_reach_goes),
		TEST(names_go_with_their_interrupts),
		TEST(all_gone_is_reported),
		TEST(several_devices_are_one_report),
		TEST(names_without_interrupts_are_left_alone),
		TEST(parents_in_a_circle),
		TEST(a_part_of_a_specifier),
		TEST(specifiers_of_no_cells_and_of_too_many),
		TEST(a_pci_map_stays),
		TEST(a_pci_map_loses_what_does_not_arrive),
		TEST(a_pci_map_through_a_multiplexer),
		TEST(contexts_of_others_are_filled),
		TEST(other_controllers_lose_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
