/* SPDX-License-Identifier: BSD-3-Clause */
/* Mappings that are nodes, and values of any property. Domains have tests of their own. */
#include "tests/unit/merge_text.h"

static void properties_are_patched(void **state)
{
	struct lop_tree *t = merged(*state, "axi:\n  can@ff020000:\n    status: okay\n"
					    "    n: 5\n    big: 0x500000000\n    neg: -1\n");

	assert_silent(*state);
	assert_text(t, "/axi/can@ff020000", "status", 0, "okay");
	CELLS(t, "/axi/can@ff020000", "n", 5);
	CELLS(t, "/axi/can@ff020000", "big", 5, 0);
	CELLS(t, "/axi/can@ff020000", "neg", 0xffffffff);
	assert_non_null(lop_prop_find(t, node_at(t, "/axi/can@ff020000"), "reg"));
}

static void nodes_are_found_by_every_name(void **state)
{
	struct lop_tree *t =
		merged(*state, "amba:\n  can:\n    a: 1\n  can0:\n    b: 2\n  can@FF020000:\n"
			       "    c: 3\n  can@0ff020000:\n    d: 4\n  can0@ff020000:\n    e: 5\n"
			       "can0:\n  f: 6\n/axi/can@ff020000:\n  g: 7\n");

	assert_silent(*state);
	for (char name[] = "a"; name[0] <= 'g'; name[0]++)
		CELLS(t, "/axi/can@ff020000", name, (uint32_t)(name[0] - 'a' + 1));
}

static void values_take_their_form(void **state)
{
	struct lop_tree *t =
		merged(*state, "uart0:\n  s: text\n  q: '5'\n  l: [a, b]\n  c: [1, 2]\n"
			       "  e: true\n  no-map: 1\n  n: 1\n  size-text: 64K\n"
			       "  empty:\n  led: on\n  v: '4.3'\n");
	const char *uart = "/axi/serial@ff000000";

	assert_silent(*state);
	assert_text(t, uart, "s", 0, "text");
	assert_text(t, uart, "q", 0, "5");
	assert_text(t, uart, "l", 1, "b");
	CELLS(t, uart, "c", 1, 2);
	assert_int_equal(value_at(t, uart, "e")->len, 0);
	assert_int_equal(value_at(t, uart, "no-map")->len, 0);
	CELLS(t, uart, "n", 1);
	assert_text(t, uart, "size-text", 0, "64K");
	assert_int_equal(value_at(t, uart, "empty")->len, 0);
	assert_text(t, uart, "led", 0, "on");
	assert_text(t, uart, "v", 0, "4.3");
}

static void false_removes(void **state)
{
	struct lop_tree *t = merged(*state, "can0:\n  status: false\n"
					    "reserved-memory:\n  vring0:\n    no-map: 0\n");

	assert_silent(*state);
	assert_false(has_prop(t, "/axi/can@ff020000", "status"));
	assert_false(has_prop(t, "/reserved-memory/vring0@3ed40000", "no-map"));
}

static void references_become_phandles(void **state)
{
	struct lop_tree *t = merged(*state, "uart0:\n  memory-region: ['&cma', vring0]\n"
					    "  x: '&uart1'\n  y: ['&uart1', 5, '&can0', 6]\n"
					    "  interrupt-parent: m0\n  z: '&{/axi/can@ff020000}'\n"
					    "aliases:\n  serial0: '&uart0'\n");
	const char *uart = "/axi/serial@ff000000";

	assert_silent(*state);
	assert_ref(t, uart, "memory-region", 0, "/reserved-memory/linux,cma");
	assert_ref(t, uart, "memory-region", 1, "/reserved-memory/vring0@3ed40000");
	assert_ref(t, uart, "x", 0, "/axi/serial@ff010000");
	assert_ref(t, uart, "y", 2, "/axi/can@ff020000");
	assert_int_equal(cell_at(t, uart, "y", 3), 6);
	assert_ref(t, uart, "interrupt-parent", 0, "/axi/mailbox@ff300000");
	assert_ref(t, uart, "z", 0, "/axi/can@ff020000");
	assert_text(t, "/aliases", "serial0", 0, uart);
}

static void new_nodes_take_the_cells_of_their_place(void **state)
{
	struct lop_tree *t = merged(*state, "axi:\n  narrow:\n    compatible: simple-bus\n"
					    "    '#address-cells': 1\n    '#size-cells': 1\n"
					    "    a@1000: {start: 0x1000, size: 4K}\n"
					    "  wide@500000000: {start: 0x500000000, size: 8K}\n");

	assert_silent(*state);
	CELLS(t, "/axi/narrow/a@1000", "reg", 0x1000, 0x1000);
	CELLS(t, "/axi/wide@500000000", "reg", 5, 0, 0, 0x2000);
}

static void reg_may_be_a_list_of_ranges(void **state)
{
	struct lop_tree *t = merged(
		*state, "can0:\n  reg: [{start: 0x1000, size: 16}, {start: 0x2000, size: 32}]\n"
			"  interrupts: [[0, 5, 4], [0, 6, 4]]\n");

	assert_silent(*state);
	CELLS(t, "/axi/can@ff020000", "reg", 0, 0x1000, 0, 16, 0, 0x2000, 0, 32);
	CELLS(t, "/axi/can@ff020000", "interrupts", 0, 5, 4, 0, 6, 4);
}

static void regions_are_made_where_there_are_none(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *t = parse_root(f, "#address-cells = <1>; #size-cells = <1>;");
	struct lop_yaml *file = read_yaml(
		f, "x", "reserved-memory:\n  log@1000: {start: 0x1000, size: 4K, no-map: 1}\n");

	lop_merge(t, &f->diags, &file, 1);
	assert_silent(f);
	CELLS(t, "/reserved-memory", "#address-cells", 1);
	CELLS(t, "/reserved-memory/log@1000", "reg", 0x1000, 0x1000);
	assert_true(has_prop(t, "/reserved-memory", "ranges"));
	assert_true(has_prop(t, "/reserved-memory/log@1000", "no-map"));
}

static void a_region_the_system_places_keeps_its_size(void **state)
{
	struct lop_tree *t =
		merged(*state, "reserved-memory:\n  pool: {size: 1M, reusable: true}\n");

	assert_silent(*state);
	CELLS(t, "/reserved-memory/pool", "size", 0, 0x100000);
}

static void label_sets_the_label(void **state)
{
	struct lop_tree *t = merged(*state, "axi:\n  serial@ff000000:\n    label: console\n"
					    "console:\n  x: 1\n");

	assert_silent(*state);
	assert_ptr_equal(lop_tree_by_label(t, "console"), node_at(t, "/axi/serial@ff000000"));
	assert_false(has_prop(t, "/axi/serial@ff000000", "label"));
	CELLS(t, "/axi/serial@ff000000", "x", 1);
}

static void text_labels_are_properties(void **state)
{
	struct lop_tree *t =
		merge_into(*state, "led { label = \"old\"; };",
			   "led:\n  label: disk\nuart0:\n  label: 'green:user'\n", NULL);

	assert_silent(*state);
	assert_text(t, "/led", "label", 0, "disk");
	assert_text(t, "/axi/serial@ff000000", "label", 0, "green:user");
}

static void values_know_where_they_stand(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *t = merged(f, "uart0:\n  status: okay\n");
	const struct lop_prop *prop =
		lop_prop_find(t, node_at(t, "/axi/serial@ff000000"), "status");

	assert_string_equal(lop_sources_resolve(&f->sources, prop->span).file, "one.yaml");
	assert_int_equal(lop_sources_resolve(&f->sources, prop->value_span).column, 11);
}

static void file_headers_and_definitions_are_no_nodes(void **state)
{
	struct lop_tree *t = merged(*state, "compatible: openamp,domain-v1\n"
					    "definitions:\n  a: &a [x]\nuart0:\n  l: *a\n");

	assert_silent(*state);
	assert_false(has_prop(t, "/", "compatible"));
	assert_null(lop_tree_by_path(t, "/definitions"));
	assert_text(t, "/axi/serial@ff000000", "l", 0, "x");
}

static void later_files_extend(void **state)
{
	struct lop_tree *t = merge_into(*state, "", "uart0:\n  a: 1\n  b: 2\n",
					"axi:\n  serial@ff000000:\n    b: 2\n    c: 3\n");

	assert_silent(*state);
	CELLS(t, "/axi/serial@ff000000", "a", 1);
	CELLS(t, "/axi/serial@ff000000", "c", 3);
}

static void changes_of_later_files_are_reported(void **state)
{
	struct lop_tree *t =
		merge_into(*state, "", "uart0:\n  a: 1\n", "axi:\n  serial@ff000000:\n    a: 2\n");

	assert_only(*state, LOP_YAML_CONFLICT, "`a`");
	CELLS(t, "/axi/serial@ff000000", "a", 2);
}

static void cells_of_the_tree_stay(void **state)
{
	struct lop_tree *t = merged(*state, "axi:\n  '#size-cells': 1\n  '#address-cells': 2\n"
					    "  new@5000: {start: 0x5000, size: 1}\n");

	assert_only(*state, LOP_YAML_CONFLICT, "#size-cells");
	CELLS(t, "/axi", "#size-cells", 2);
	CELLS(t, "/axi/new@5000", "reg", 0, 0x5000, 0, 1);
}

static void mistakes(void **state)
{
	static const struct {
		const char *yaml;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "axi:\n  serial@ff00000: {compatible: uio}\n", LOP_UNKNOWN_NODE,
		  "serial@ff00000" },
		{ "axi:\n  vring0: {x: 1}\n", LOP_UNKNOWN_NODE, "vring0" },
		{ "axj:\n  a: 1\n", LOP_UNKNOWN_NODE, "axj" },
		{ "uart9: {compatible: uio}\n", LOP_UNKNOWN_NODE, "uart9" },
		{ "axi:\n  serial: {a: 1}\n", LOP_AMBIGUOUS_NAME, "serial" },
		{ "colour: red\n", LOP_UNKNOWN_KEY, "colour" },
		{ "- a\n", LOP_YAML_TYPE, "domain file" },
		{ "domains: [a]\n", LOP_YAML_TYPE, "domains" },
		{ "uart0:\n  x: [1, a]\n", LOP_YAML_TYPE, "`x`" },
		{ "uart0:\n  x: [true]\n", LOP_YAML_TYPE, "`x`" },
		{ "uart0:\n  x: [[[1]]]\n", LOP_YAML_TYPE, "`x`" },
		{ "uart0:\n  x: [{a: 1}]\n", LOP_UNSUPPORTED, "`x`" },
		{ "uart0:\n  memory-region: cna\n", LOP_UNKNOWN_NODE, "cna" },
		{ "uart0:\n  memory-region: '&cna'\n", LOP_DTS_REF, "cna" },
		{ "uart0:\n  interrupt-parent: child@0\n", LOP_AMBIGUOUS_NAME, "child@0" },
		{ "uart0:\n  label: uart1\n", LOP_DTS_DUPLICATE, "uart1" },
		{ "uart0:\n  'a b': 1\n", LOP_DTS_NAME, "a b" },
		{ "axi:\n  'n n': {start: 1, size: 1}\n", LOP_DTS_NAME, "n n" },
		{ "axi:\n  n@1: {start: 1}\n", LOP_MISSING_VALUE, "size" },
		{ "axi:\n  n@1: {start: 1, size: 0}\n", LOP_MISSING_VALUE, "empty" },
		{ "axi:\n  n@1: {start: here, size: 1}\n", LOP_BAD_NUMBER, "here" },
		{ "axi:\n  n@1: {start: [1], size: 1}\n", LOP_BAD_NUMBER, "list" },
		{ "axi:\n  n@1: {start: 0xffffffffffffffff, size: 2}\n", LOP_ADDRESS_OVERFLOW,
		  "64 bits" },
		{ "axi:\n  n@1: {start: auto, size: 2}\n", LOP_UNSUPPORTED, "automatically" },
		{ "uart0:\n  x: 0x10000000000000000\n", LOP_ADDRESS_OVERFLOW, "`x`" },
		{ "uart0:\n  reg: [{start: 1, size: 2, end: 3}]\n", LOP_UNKNOWN_KEY, "end" },
		{ "reserved-memory: 5\n", LOP_YAML_TYPE, "reserved-memory" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fixture;

		(void)state;
		set_up(&fixture);
		refuse(fixture, rows[i].yaml, rows[i].code, rows[i].words);
		tear_down(&fixture);
	}
}

static void addresses_must_fit_their_bus(void **state)
{
	merged(*state, "axi:\n  narrow:\n    compatible: simple-bus\n    '#address-cells': 1\n"
		       "    '#size-cells': 1\n    a@0: {start: 0x100000000, size: 1}\n");
	assert_only(*state, LOP_ADDRESS_OVERFLOW, "1 cell");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(properties_are_patched),
		T(nodes_are_found_by_every_name),
		T(values_take_their_form),
		T(false_removes),
		T(references_become_phandles),
		T(new_nodes_take_the_cells_of_their_place),
		T(reg_may_be_a_list_of_ranges),
		T(regions_are_made_where_there_are_none),
		T(a_region_the_system_places_keeps_its_size),
		T(label_sets_the_label),
		T(text_labels_are_properties),
		T(values_know_where_they_stand),
		T(file_headers_and_definitions_are_no_nodes),
		T(later_files_extend),
		T(changes_of_later_files_are_reported),
		T(cells_of_the_tree_stay),
		cmocka_unit_test(mistakes),
		T(addresses_must_fit_their_bus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
