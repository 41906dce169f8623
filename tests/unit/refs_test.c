/* SPDX-License-Identifier: BSD-3-Clause */
/* References by table and by marker: layouts, ordinals, dangling and ragged values, false friends.
 */
#include "lopper-c/tree/refs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lopper-c/tree/refs_table.h"

#define NONE UINT32_MAX
#define N(a) (sizeof(a) / sizeof((a)[0]))

/* One tree for every test: a few providers and one device. */
struct fixture {
	struct lop_arena arena;
	struct lop_tree *tree;
	struct lop_node *clk, *plain, *gic, *mailbox, *channel, *dev;
	struct lop_refs refs;
};

static const struct lop_span nowhere;

static void set_cells(struct fixture *f, struct lop_node *node, const char *name,
		      const uint32_t *cells, size_t n)
{
	lop_prop_set(f->tree, node, name, lop_value_cells(&f->arena, cells, n), nowhere);
}

static void set_cell(struct fixture *f, struct lop_node *node, const char *name, uint32_t cell)
{
	set_cells(f, node, name, &cell, 1);
}

static struct lop_node *add(struct fixture *f, struct lop_node *parent, const char *name,
			    uint32_t phandle)
{
	struct lop_node *node = lop_node_add(f->tree, parent, name, nowhere);

	if (phandle)
		lop_node_set_phandle(f->tree, node, phandle);
	return node;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->tree = lop_tree_new(&f->arena);
	f->clk = add(f, f->tree->root, "clk", 1);
	set_cell(f, f->clk, "#clock-cells", 1);
	set_cell(f, f->clk, "#gpio-cells", 2);
	set_cell(f, f->clk, "#interconnect-cells", 1);
	f->plain = add(f, f->tree->root, "plain", 2);
	set_cell(f, f->plain, "#clock-cells", 0);
	f->gic = add(f, f->tree->root, "gic", 3);
	set_cell(f, f->gic, "#interrupt-cells", 3);
	f->mailbox = add(f, f->tree->root, "mailbox", 4);
	set_cell(f, f->mailbox, "#mbox-cells", 1);
	f->channel = add(f, f->mailbox, "channel", 5);
	f->dev = add(f, f->tree->root, "dev", 0);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	free(f->refs.items);
	lop_tree_free(f->tree);
	lop_arena_free(&f->arena);
	free(f);
	return 0;
}

/* Appends a marker; offsets must ascend. */
static void mark(struct fixture *f, const char *prop, enum lop_marker_kind kind, uint32_t offset,
		 struct lop_node *target)
{
	struct lop_marker *m = lop_arena_zalloc(&f->arena, sizeof(*m));
	struct lop_marker **end = &lop_prop_find(f->tree, f->dev, prop)->value.markers;

	while (*end)
		end = &(*end)->next;
	m->kind = kind;
	m->offset = offset;
	m->name = "x";
	m->target = target;
	*end = m;
}

static void scan_of(struct fixture *f, struct lop_node *node, const char *prop)
{
	f->refs.count = 0;
	lop_refs_scan(f->tree, node, lop_prop_find(f->tree, node, prop), &f->refs);
}

static void scan(struct fixture *f, const char *prop)
{
	scan_of(f, f->dev, prop);
}

static void scan_cells(struct fixture *f, const char *prop, const uint32_t *cells, size_t n)
{
	set_cells(f, f->dev, prop, cells, n);
	scan(f, prop);
}

static void expect(const struct fixture *f, size_t i, const struct lop_node *target, uint32_t start,
		   uint32_t len, uint32_t ref, uint32_t entry)
{
	const struct lop_ref *r = &f->refs.items[i];

	assert_true(i < f->refs.count);
	assert_ptr_equal(r->target, target);
	assert_int_equal(r->start, start);
	assert_int_equal(r->len, len);
	assert_int_equal(r->ref, ref);
	assert_int_equal(r->entry, entry);
}

static void table_is_sorted(void **state)
{
	size_t i;

	(void)state;
	for (i = 1; i < lop_refs_n_rows; i++)
		assert_true(strcmp(lop_refs_rows[i - 1].name, lop_refs_rows[i].name) < 0);
	for (i = 0; i < lop_refs_n_rows; i++)
		assert_ptr_equal(lop_refs_row(lop_refs_rows[i].name), &lop_refs_rows[i]);
}

static void names_that_are_typed(void **state)
{
	static const char *const typed[] = { "clocks",	    "shutdown-gpios",	"powerdown-gpios",
					     "vmmc-supply", "reset-gpios",	"cd-gpio",
					     "pinctrl-0",   "pinctrl-12",	"firewall-1",
					     "ti,syscon",   "foo-phandle",	"phy-handle",
					     "syscon-tcsr", "interrupt-parent", "xlnx,dp-snd-pcm" };
	size_t i;

	(void)state;
	for (i = 0; i < N(typed); i++)
		assert_true(lop_refs_is_typed(typed[i]));
}

static void names_that_are_not(void **state)
{
	static const char *const other[] = { "",
					     "reg",
					     "clock-names",
					     "pinctrl-names",
					     "pinctrl-",
					     "pinctrl-0a",
					     "pinctrl-single",
					     "firewall-",
					     "nr-gpios",
					     "snps,nr-gpios",
					     "ngpios",
					     "gpio-controller",
					     "gpio-hog",
					     "linux,phandle",
					     "phandle",
					     "address-map",
					     "access",
					     "#clock-cells",
					     "reg-io-width",
					     "interrupts",
					     "supply",
					     "syscon,foo",
					     "google,remote-bus",
					     "regulator-name" };
	size_t i;

	(void)state;
	for (i = 0; i < N(other); i++)
		assert_false(lop_refs_is_typed(other[i]));
}

static void names_properties(void **state)
{
	char name[32];

	(void)state;
	assert_true(lop_refs_names_prop("clocks", name, sizeof(name)));
	assert_string_equal(name, "clock-names");
	assert_true(lop_refs_names_prop("interconnects", name, sizeof(name)));
	assert_string_equal(name, "interconnect-names");
	assert_false(lop_refs_names_prop("assigned-clocks", name, sizeof(name)));
	assert_false(lop_refs_names_prop("pinctrl-0", name, sizeof(name)));
	assert_false(lop_refs_names_prop("reg", name, sizeof(name)));
	assert_false(lop_refs_names_prop("clocks", name, 11));
	assert_true(lop_refs_names_prop("clocks", name, 12));
}

static void cells_of_the_target(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 1, 7, 2, 0, 1, 8 };

	scan_cells(f, "clocks", cells, N(cells));
	assert_int_equal(f->refs.count, 4);
	assert_false(f->refs.ragged);
	expect(f, 0, f->clk, 0, 8, 0, 0);
	expect(f, 1, f->plain, 8, 4, 8, 1);
	expect(f, 2, NULL, 12, 4, 12, 2); /* <0>: none */
	expect(f, 3, f->clk, 16, 8, 16, 3);
	assert_int_equal(f->refs.items[2].phandle, 0);
	assert_int_equal(f->refs.items[0].kind, LOP_REF_PROVIDER);
}

static void scanning_appends(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 2, 2 };
	size_t i;

	set_cells(f, f->dev, "clocks", cells, N(cells));
	for (i = 0; i < 50; i++)
		lop_refs_scan(f->tree, f->dev, lop_prop_find(f->tree, f->dev, "clocks"), &f->refs);
	assert_int_equal(f->refs.count, 100);
	expect(f, 99, f->plain, 4, 4, 4, 1);
}

static void markers_before_resolution(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { NONE, 7, NONE };

	set_cells(f, f->dev, "clocks", cells, N(cells));
	mark(f, "clocks", LOP_MARK_U32, 0, NULL);
	mark(f, "clocks", LOP_MARK_REF_PHANDLE, 0, f->clk);
	mark(f, "clocks", LOP_MARK_REF_PHANDLE, 8, f->plain);
	scan(f, "clocks");
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, f->clk, 0, 8, 0, 0);
	expect(f, 1, f->plain, 8, 4, 8, 1);
}

static void dangling_number(void **state)
{
	struct fixture *f = *state;
	static const uint32_t twice[] = { 0x1f, 0, 0x1f, 1 }, list[] = { 0x1f, 2 };

	scan_cells(f, "mboxes", twice, N(twice));
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, NULL, 0, 8, 0, 0);
	expect(f, 1, NULL, 8, 8, 8, 1);
	assert_int_equal(f->refs.items[1].phandle, 0x1f);
	assert_false(f->refs.ragged);

	scan_cells(f, "vmmc-supply", list, N(list));
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, NULL, 0, 4, 0, 0);
	expect(f, 1, f->plain, 4, 4, 4, 1);
}

static void dangling_number_takes_the_rest(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 1, 7, 0x1f, 5, 6, 7 };

	scan_cells(f, "clocks", cells, N(cells));
	assert_int_equal(f->refs.count, 2);
	expect(f, 1, NULL, 8, 16, 8, 1);
}

static void unresolved_marker_ends_at_the_next(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { NONE, 5, 6, 1, 7 };

	set_cells(f, f->dev, "clocks", cells, N(cells));
	mark(f, "clocks", LOP_MARK_REF_PHANDLE, 0, NULL);
	mark(f, "clocks", LOP_MARK_REF_PHANDLE, 12, f->clk);
	scan(f, "clocks");
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, NULL, 0, 12, 0, 0);
	expect(f, 1, f->clk, 12, 8, 12, 1);
}

static void weak_names_need_a_node(void **state)
{
	struct fixture *f = *state;
	static const uint32_t good[] = { 1, 2 }, bad[] = { 1, 77 };

	scan_cells(f, "ports", good, N(good));
	assert_int_equal(f->refs.count, 2);
	scan_cells(f, "ports", bad, N(bad));
	assert_int_equal(f->refs.count, 0);
	assert_false(f->refs.ragged);
}

/* Wrong as they are, no number of theirs may be overlooked. */
static void ragged_numbers_are_cut_loosely(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 2, 1 }, wrong[] = { 2, 0, 2, 1 };

	scan_cells(f, "clocks", cells, N(cells)); /* clk wants one more cell */
	assert_true(f->refs.ragged);
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, f->plain, 0, 4, 0, 0);
	expect(f, 1, f->clk, 4, 4, 4, 1);

	scan_cells(f, "interrupts-extended", wrong, N(wrong)); /* plain is no controller */
	assert_true(f->refs.ragged);
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, f->plain, 0, 8, 0, 0);
	expect(f, 1, f->plain, 8, 8, 8, 1);

	scan_cells(f, "assigned-clocks", cells, 1);
	assert_int_equal(f->refs.count, 1);
	assert_false(f->refs.ragged);
	scan_cells(f, "io-backends", wrong, N(wrong)); /* weak: then it is something else */
	assert_int_equal(f->refs.count, 0);
	assert_false(f->refs.ragged);
}

static void ragged_marker_goes_by_markers(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 9, 1, 1, 7, 7, 1 };

	set_cells(f, f->dev, "clocks", cells, N(cells));
	mark(f, "clocks", LOP_MARK_REF_PHANDLE, 8, f->clk);
	mark(f, "clocks", LOP_MARK_REF_PHANDLE, 20, f->clk);
	scan(f, "clocks");
	assert_true(f->refs.ragged);
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, f->clk, 8, 12, 8, 0);
	expect(f, 1, f->clk, 20, 4, 20, 1);
	assert_int_equal(f->refs.items[0].kind, LOP_REF_PROVIDER);
}

static void length_that_is_no_cell(void **state)
{
	struct fixture *f = *state;
	static const unsigned char bytes[] = { 0, 0, 0, 1, 0, 0 };
	struct lop_value value = { .data = bytes, .len = 6 };

	lop_prop_set(f->tree, f->dev, "vmmc-supply", value, nowhere);
	scan(f, "vmmc-supply");
	assert_int_equal(f->refs.count, 0);
	assert_true(f->refs.ragged);
	value.len = 3;
	lop_prop_set(f->tree, f->dev, "vmmc-supply", value, nowhere);
	scan(f, "vmmc-supply");
	assert_int_equal(f->refs.count, 0);
	value.len = 0;
	value.data = NULL;
	lop_prop_set(f->tree, f->dev, "vmmc-supply", value, nowhere);
	scan(f, "vmmc-supply");
	assert_int_equal(f->refs.count, 0);
}

static void strings_and_bytes(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 1 };

	lop_prop_set(f->tree, f->dev, "power-supply", lop_value_string(&f->arena, "bat"), nowhere);
	scan(f, "power-supply");
	assert_int_equal(f->refs.count, 0);
	assert_false(f->refs.ragged);

	set_cells(f, f->dev, "backlight", cells, 1);
	mark(f, "backlight", LOP_MARK_U8, 0, NULL);
	scan(f, "backlight");
	assert_int_equal(f->refs.count, 0);
}

static void gpio_false_friends(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 1, 5, 0 }, count[] = { 1 };

	scan_cells(f, "reset-gpios", cells, N(cells));
	assert_int_equal(f->refs.count, 1);
	expect(f, 0, f->clk, 0, 12, 0, 0);
	assert_int_equal(f->refs.items[0].kind, LOP_REF_CONSUMER);
	scan_cells(f, "snps,nr-gpios", count, 1);
	assert_int_equal(f->refs.count, 0);
	scan_cells(f, "gpios", cells, N(cells));
	assert_int_equal(f->refs.count, 1);
	lop_prop_set(f->tree, f->dev, "gpio-hog", (struct lop_value){ 0 }, nowhere);
	scan(f, "gpios");
	assert_int_equal(f->refs.count, 0);
}

static void ethernet_is_a_port_or_a_number(void **state)
{
	struct fixture *f = *state;
	struct lop_node *port = add(f, f->dev, "port@5", 0);

	set_cell(f, f->dev, "ethernet", 1);
	scan(f, "ethernet");
	assert_int_equal(f->refs.count, 0);
	set_cell(f, f->dev, "dma-masters", 1);
	scan(f, "dma-masters");
	assert_int_equal(f->refs.count, 0);
	set_cell(f, port, "ethernet", 1);
	scan_of(f, port, "ethernet");
	assert_int_equal(f->refs.count, 1);
}

static void interrupt_map(void **state)
{
	struct fixture *f = *state;
	/* child: 3 + 1 cells; gic: no #address-cells, so 0 + 3 */
	static const uint32_t cells[] = { 0, 0, 0, 1, 3, 0, 9, 4, 0, 0, 0, 2, 3, 0, 10, 4 };

	set_cell(f, f->dev, "#address-cells", 3);
	set_cell(f, f->dev, "#interrupt-cells", 1);
	scan_cells(f, "interrupt-map", cells, N(cells));
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, f->gic, 0, 32, 16, 0);
	expect(f, 1, f->gic, 32, 32, 48, 1);
	assert_int_equal(f->refs.items[0].kind, LOP_REF_INTERRUPT);

	set_cell(f, f->gic, "#address-cells", 1); /* the map does as if it were not there */
	scan(f, "interrupt-map");
	assert_int_equal(f->refs.count, 2);
	expect(f, 1, f->gic, 32, 32, 48, 1);
	assert_false(f->refs.ragged);

	scan_cells(f, "interrupt-map", cells, N(cells) - 1);
	assert_true(f->refs.ragged);
	assert_int_equal(f->refs.count, 2);
	expect(f, 1, f->gic, 32, 28, 48, 1);
}

/* The form of a bus that serves several controllers: no unit address on either side. */
static void interrupt_map_of_a_shared_bus(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0 };
	struct lop_node *gic = add(f, f->tree->root, "gic_r5", 6);

	set_cell(f, gic, "#interrupt-cells", 3);
	set_cell(f, gic, "#address-cells", 2);
	set_cell(f, f->dev, "#address-cells", 2);
	set_cell(f, f->dev, "#interrupt-cells", 3);
	scan_cells(f, "interrupt-map", cells, N(cells));
	assert_int_equal(f->refs.count, 2);
	assert_false(f->refs.ragged);
	expect(f, 0, f->gic, 0, 28, 12, 0);
	expect(f, 1, gic, 28, 28, 40, 1);
}

static void interrupt_map_with_a_dangling_number(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 0, 1, 0x1f, 9, 4, 0, 0, 2, 0x1f, 9, 4, 0 };

	set_cell(f, f->dev, "#address-cells", 1);
	set_cell(f, f->dev, "#interrupt-cells", 1);
	scan_cells(f, "interrupt-map", cells, N(cells));
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, NULL, 0, 24, 8, 0);
	expect(f, 1, NULL, 24, 24, 32, 1);
	assert_int_equal(f->refs.items[1].phandle, 0x1f);
}

static void interrupt_map_by_markers(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 0, 1, 3, 9, 4, 0, 2, 3, 10, 4 };

	set_cell(f, f->dev, "#address-cells", 1);
	set_cell(f, f->dev, "#interrupt-cells", 1);
	set_cells(f, f->dev, "interrupt-map", cells, N(cells)); /* gic wants three */
	mark(f, "interrupt-map", LOP_MARK_REF_PHANDLE, 8, f->gic);
	mark(f, "interrupt-map", LOP_MARK_REF_PHANDLE, 28, f->gic);
	scan(f, "interrupt-map");
	assert_true(f->refs.ragged);
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, f->gic, 0, 20, 8, 0);
	expect(f, 1, f->gic, 20, 20, 28, 1);

	set_cell(f, f->dev, "#address-cells", 7); /* no room before the first */
	scan(f, "interrupt-map");
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, f->gic, 8, 20, 8, 0);
	expect(f, 1, f->gic, 28, 12, 28, 1);
}

static void interrupt_map_of_huge_cells(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 0, 1, 3, 9, 4 };

	set_cell(f, f->dev, "#address-cells", NONE);
	set_cell(f, f->dev, "#interrupt-cells", NONE);
	scan_cells(f, "interrupt-map", cells, N(cells));
	assert_int_equal(f->refs.count, 0);
	set_cell(f, f->dev, "#address-cells", 1);
	set_cell(f, f->dev, "#interrupt-cells", 1);
	set_cell(f, f->gic, "#interrupt-cells", NONE);
	set_cell(f, f->gic, "#address-cells", 2);
	scan(f, "interrupt-map");
	assert_true(f->refs.ragged);
	assert_int_equal(f->refs.count, 1);
	expect(f, 0, f->gic, 0, 20, 8, 0);
}

static void maps_have_the_phandle_second(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 0, 1, 0, 0x100, 0x100, 2, 0, 0x100 };

	scan_cells(f, "iommu-map", cells, N(cells));
	assert_int_equal(f->refs.count, 2);
	expect(f, 0, f->clk, 0, 16, 4, 0);
	expect(f, 1, f->plain, 16, 16, 20, 1);
	scan_cells(f, "msi-map", cells, 7);
	assert_true(f->refs.ragged);
	assert_int_equal(f->refs.count, 2);
	expect(f, 1, f->plain, 16, 12, 20, 1);
	scan_cells(f, "msi-map", cells, 5); /* no phandle in the second */
	assert_true(f->refs.ragged);
}

static void defaults_of_missing_cells(void **state)
{
	struct fixture *f = *state;
	static const uint32_t ranges[] = { 1, 0, 10, 4 }, cooling[] = { 1, NONE, NONE },
			      msi[] = { 3 };

	scan_cells(f, "gpio-ranges", ranges, N(ranges));
	assert_int_equal(f->refs.count, 1);
	expect(f, 0, f->clk, 0, 16, 0, 0);
	scan_cells(f, "cooling-device", cooling, N(cooling));
	assert_int_equal(f->refs.count, 1);
	assert_int_equal(f->refs.items[0].kind, LOP_REF_CPU);
	scan_cells(f, "msi-parent", msi, 1);
	assert_int_equal(f->refs.count, 1);
}

static void tail_takes_the_rest(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 1, 0x100, 0xff };

	scan_cells(f, "ti,syscon-dev", cells, N(cells));
	assert_int_equal(f->refs.count, 1);
	expect(f, 0, f->clk, 0, 12, 0, 0);
}

static void interconnects_pair_up(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 1, 10, 1, 11, 1, 12, 1, 13 };

	scan_cells(f, "interconnects", cells, N(cells));
	assert_int_equal(f->refs.count, 4);
	expect(f, 1, f->clk, 8, 8, 8, 0);
	expect(f, 2, f->clk, 16, 8, 16, 1);
	expect(f, 3, f->clk, 24, 8, 24, 1);
}

static void mailbox_children(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 4, 5, 4, 3 };

	scan_cells(f, "mboxes", cells, N(cells));
	assert_int_equal(f->refs.count, 3);
	expect(f, 0, f->mailbox, 0, 4, 0, 0);
	expect(f, 1, f->channel, 4, 4, 4, 0);
	expect(f, 2, f->mailbox, 8, 8, 8, 1); /* 3 is a node, but no child of the mailbox */

	mark(f, "mboxes", LOP_MARK_REF_PHANDLE, 0, f->mailbox);
	mark(f, "mboxes", LOP_MARK_REF_PHANDLE, 4, f->channel);
	mark(f, "mboxes", LOP_MARK_REF_PHANDLE, 8, f->mailbox);
	scan(f, "mboxes");
	assert_int_equal(f->refs.count, 3);
	expect(f, 1, f->channel, 4, 4, 4, 0);
}

static void unknown_property_by_marker(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 8, 1, 9, 9, 2 };

	scan_cells(f, "vendor,thing", cells, N(cells));
	assert_int_equal(f->refs.count, 0);
	mark(f, "vendor,thing", LOP_MARK_REF_PHANDLE, 4, f->clk);
	mark(f, "vendor,thing", LOP_MARK_REF_PHANDLE, 16, f->plain);
	scan(f, "vendor,thing");
	assert_int_equal(f->refs.count, 2);
	assert_false(f->refs.ragged);
	expect(f, 0, f->clk, 4, 12, 4, 0);
	expect(f, 1, f->plain, 16, 4, 16, 1);
	assert_int_equal(f->refs.items[0].kind, LOP_REF_UNKNOWN);
}

static void path_references(void **state)
{
	struct fixture *f = *state;

	lop_prop_set(f->tree, f->dev, "serial0", lop_value_string(&f->arena, "/clk"), nowhere);
	scan(f, "serial0");
	assert_int_equal(f->refs.count, 0);
	mark(f, "serial0", LOP_MARK_REF_PATH, 0, f->clk);
	scan(f, "serial0");
	assert_int_equal(f->refs.count, 1);
	expect(f, 0, f->clk, 0, 5, 0, 0);
	assert_true(f->refs.items[0].is_path);
}

static void markers_beyond_the_value(void **state)
{
	struct fixture *f = *state;
	static const uint32_t cells[] = { 1 };

	set_cells(f, f->dev, "clocks", cells, 1);
	mark(f, "clocks", LOP_MARK_REF_PHANDLE, 2, f->clk);
	mark(f, "clocks", LOP_MARK_REF_PHANDLE, 400, f->clk);
	scan(f, "clocks");
	assert_int_equal(f->refs.count, 0);
}

static void domains_are_left_to_the_model(void **state)
{
	struct fixture *f = *state;
	struct lop_node *domains = add(f, f->tree->root, "domains", 0);
	struct lop_node *domain = add(f, domains, "d", 0);
	static const uint32_t cells[] = { 1, 2 };

	set_cells(f, domain, "sram", cells, N(cells));
	scan_of(f, domain, "sram");
	assert_int_equal(f->refs.count, 0);
	set_cells(f, f->dev, "address-map", cells, N(cells));
	scan(f, "address-map");
	assert_int_equal(f->refs.count, 0);
	set_cells(f, f->dev, "access", cells, N(cells));
	mark(f, "access", LOP_MARK_REF_PHANDLE, 0, f->clk);
	scan(f, "access");
	assert_int_equal(f->refs.count, 1);
	assert_int_equal(f->refs.items[0].kind, LOP_REF_DOMAIN);
	expect(f, 0, f->clk, 0, 8, 0, 0);
}

#define ROW(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ROW(table_is_sorted),
		ROW(names_that_are_typed),
		ROW(names_that_are_not),
		ROW(names_properties),
		ROW(cells_of_the_target),
		ROW(scanning_appends),
		ROW(markers_before_resolution),
		ROW(dangling_number),
		ROW(dangling_number_takes_the_rest),
		ROW(unresolved_marker_ends_at_the_next),
		ROW(weak_names_need_a_node),
		ROW(ragged_numbers_are_cut_loosely),
		ROW(ragged_marker_goes_by_markers),
		ROW(length_that_is_no_cell),
		ROW(strings_and_bytes),
		ROW(gpio_false_friends),
		ROW(ethernet_is_a_port_or_a_number),
		ROW(interrupt_map),
		ROW(interrupt_map_of_a_shared_bus),
		ROW(interrupt_map_with_a_dangling_number),
		ROW(interrupt_map_by_markers),
		ROW(interrupt_map_of_huge_cells),
		ROW(maps_have_the_phandle_second),
		ROW(defaults_of_missing_cells),
		ROW(tail_takes_the_rest),
		ROW(interconnects_pair_up),
		ROW(mailbox_children),
		ROW(unknown_property_by_marker),
		ROW(path_references),
		ROW(markers_beyond_the_value),
		ROW(domains_are_left_to_the_model),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
