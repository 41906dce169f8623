/* SPDX-License-Identifier: BSD-3-Clause */
/* Interrupts of devices as numbers; garbage in specifiers and maps. */
#include "lopper-c/tree/irq.h"

#include "tests/unit/tree_text.h"

#define GIC \
	"gic: gic { compatible = \"arm,gic-v3\"; #interrupt-cells = <3>; #address-cells = <0>; };"

struct seen {
	struct lop_irq irqs[16];
	size_t n, stop;
};

static bool note(const struct lop_irq *irq, void *context)
{
	struct seen *seen = context;

	seen->irqs[seen->n++] = *irq;
	return seen->n != seen->stop && seen->n < 16;
}

static struct seen see(struct fixture *f, const char *body, const char *path, bool map, size_t stop)
{
	struct lop_tree *tree = parse_root(f, body);
	struct seen seen = { .stop = stop };

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	if (map)
		lop_irqs_of_map(tree, node_at(tree, path), note, &seen);
	else
		lop_irqs_of(tree, node_at(tree, path), note, &seen);
	return seen;
}

static void a_gic_numbers_from_16_and_32(void **state)
{
	struct seen s = see(*state,
			    "interrupt-parent = <&gic>;" GIC
			    "d { interrupts = <0 1 4>, <1 13 8>, <0 2 1>; };",
			    "/d", false, 0);

	assert_int_equal(s.n, 3);
	assert_int_equal(s.irqs[0].number, 33);
	assert_int_equal(s.irqs[0].kind, LOP_IRQ_SHARED);
	assert_false(s.irqs[0].edge);
	assert_int_equal(s.irqs[1].number, 29);
	assert_int_equal(s.irqs[1].kind, LOP_IRQ_PRIVATE);
	assert_true(s.irqs[2].edge);
}

static void extended_names_each_controller(void **state)
{
	struct seen s = see(*state,
			    GIC "plic: plic { #interrupt-cells = <1>; };"
				"d { interrupts-extended = <&gic 0 5 4>, <&plic 9>; };",
			    "/d", false, 0);

	assert_int_equal(s.n, 2);
	assert_int_equal(s.irqs[0].number, 37);
	assert_int_equal(s.irqs[1].number, 9);
	assert_string_equal(s.irqs[1].controller->name, "plic");
}

static void the_nearest_parent_counts(void **state)
{
	struct seen s = see(*state,
			    "interrupt-parent = <&gic>;" GIC
			    "x { #interrupt-cells = <1>; d { interrupts = <7>; }; };",
			    "/x/d", false, 0);

	assert_int_equal(s.n, 1);
	assert_int_equal(s.irqs[0].number, 7);
	assert_string_equal(s.irqs[0].controller->name, "x");
}

static void what_is_cut_is_left_out(void **state)
{
	static const char *const bodies[] = {
		"d { };",
		"d { interrupts = <1 2 3>; };",				       /* no controller */
		"interrupt-parent = <&gic>;" GIC "d { interrupts = <0 1>; };", /* too short */
		GIC "d { interrupts-extended = <&gic 0 5>; };",
		GIC "d { interrupts-extended = <0x77 0 5 4>; };",
		"interrupt-parent = <&z>; z: z { }; d { interrupts = <1>; };",
	};

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		assert_int_equal(see(*state, bodies[i], "/d", false, 0).n, 0);
}

static void maps_lead_to_lines(void **state)
{
	struct seen s = see(*state,
			    GIC "p { #address-cells = <3>; #interrupt-cells = <1>;"
				"interrupt-map-mask = <0 0 0 7>;"
				"interrupt-map = <0 0 0 1 &gic 0 3 4>, <0 0 0 2 &gic 0 4 4>; };",
			    "/p", true, 0);

	assert_int_equal(s.n, 2);
	assert_int_equal(s.irqs[0].number, 35);
	assert_int_equal(s.irqs[1].number, 36);
}

static void the_walk_can_be_ended(void **state)
{
	assert_int_equal(see(*state,
			     "interrupt-parent = <&gic>;" GIC
			     "d { interrupts = <0 1 4>, <0 2 4>, <0 3 4>; };",
			     "/d", false, 2)
				 .n,
			 2);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_gic_numbers_from_16_and_32), TEST(extended_names_each_controller),
		TEST(the_nearest_parent_counts),    TEST(what_is_cut_is_left_out),
		TEST(maps_lead_to_lines),	    TEST(the_walk_can_be_ended),
	};

	return cmocka_run_group_tests_name("irq", tests, NULL, NULL);
}
