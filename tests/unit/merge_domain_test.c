/* SPDX-License-Identifier: BSD-3-Clause */
/* Domains: where they stand, what they are called, parents, ids, groups, flags, unknown keys. */
#include "tests/unit/merge_text.h"

static void domains_are_made(void **state)
{
	struct lop_tree *t =
		merged(*state, "domains:\n  apu:\n    os,type: linux\n    id: '0x1c000000'\n"
			       "    acme,note: hi\n  empty:\n");

	assert_silent(*state);
	CELLS(t, "/domains", "#address-cells", 2);
	CELLS(t, "/domains", "#size-cells", 2);
	assert_text(t, "/domains/apu", "compatible", 0, "openamp,domain-v1");
	assert_text(t, "/domains/apu", "os,type", 0, "linux");
	assert_text(t, "/domains/apu", "acme,note", 0, "hi");
	CELLS(t, "/domains/apu", "id", 0x1c000000);
	assert_ptr_equal(lop_tree_by_label(t, "apu"), node_at(t, "/domains/apu"));
	node_at(t, "/domains/empty");
}

static void compatible_is_completed(void **state)
{
	struct lop_tree *t = merged(*state, "domains:\n  a: {compatible: 'xilinx,subsystem-v1'}\n"
					    "  b: {compatible: ['access-domain,domain-v1']}\n"
					    "  c: {compatible: 'openamp,hypervisor-v1'}\n"
					    "  d: {compatible: 'acme,box'}\n");

	assert_silent(*state);
	assert_null(lop_value_str(value_at(t, "/domains/a", "compatible"), 1));
	assert_null(lop_value_str(value_at(t, "/domains/b", "compatible"), 1));
	assert_text(t, "/domains/c", "compatible", 0, "openamp,hypervisor-v1");
	assert_null(lop_value_str(value_at(t, "/domains/c", "compatible"), 1));
	assert_text(t, "/domains/d", "compatible", 1, "openamp,domain-v1");
}

static void containers_are_flattened(void **state)
{
	struct lop_tree *t =
		merged(*state, "domains:\n  outer:\n    domains:\n      inner:\n        id: 1\n"
			       "    direct:\n      compatible: xen,domain-v2\n");

	assert_silent(*state);
	node_at(t, "/domains/outer/inner");
	node_at(t, "/domains/outer/direct");
	assert_null(lop_tree_by_path(t, "/domains/outer/domains"));
	CELLS(t, "/domains/outer", "#address-cells", 2);
	CELLS(t, "/domains/outer", "#size-cells", 2);
}

static void parents_move_domains(void **state)
{
	struct lop_tree *t =
		merged(*state, "domains:\n  a:\n    parent: c\n  b:\n    parent: /domains/c\n"
			       "  c:\n    domains:\n      d:\n        parent: auto\n"
			       "      e:\n        parent: /domains\n");

	assert_silent(*state);
	node_at(t, "/domains/c/a");
	node_at(t, "/domains/c/b");
	node_at(t, "/domains/c/d");
	node_at(t, "/domains/e");
	assert_text(t, "/domains/c/b", "parent", 0, "/domains/c");
}

static void domains_of_the_tree_move_too(void **state)
{
	struct lop_tree *t =
		merge_into(*state, "domains { x { os,type = \"linux\"; }; y: q { cpus = <>; }; };",
			   "domains:\n  x:\n    parent: y\n  q:\n    id: 3\n", NULL);

	assert_silent(*state);
	node_at(t, "/domains/q/x");
	CELLS(t, "/domains/q", "id", 3);
	assert_ptr_equal(node_at(t, "/domains/q")->children, node_at(t, "/domains/q/x"));
}

static void domains_of_the_tree_move_to_the_top(void **state)
{
	static const char dts[] =
		"domains { outer { os,type = \"linux\"; a { os,type = \"linux\"; };"
		"b { os,type = \"linux\"; }; }; };";
	struct lop_tree *t =
		merge_into(*state, dts,
			   "domains:\n  outer:\n    domains:\n      a: {parent: /domains}\n"
			   "      b: {parent: /}\n",
			   NULL);

	assert_silent(*state);
	node_at(t, "/domains/a");
	node_at(t, "/domains/b");
}

static void later_files_extend_domains(void **state)
{
	struct lop_tree *t = merge_into(
		*state, "", "domains:\n  a:\n    os,type: linux\n    access:\n      - dev: uart0\n",
		"domains:\n  a:\n    id: 4\n    access:\n      - dev: can0\n");

	assert_silent(*state);
	CELLS(t, "/domains/a", "id", 4);
	assert_text(t, "/domains/a", "os,type", 0, "linux");
	assert_ref(t, "/domains/a", "access", 0, "/axi/serial@ff000000");
	assert_ref(t, "/domains/a", "access", 2, "/axi/can@ff020000");
}

static void another_place_is_another_domain(void **state)
{
	struct lop_tree *t =
		merge_into(*state, "", "domains:\n  a:\n    domains:\n      x:\n        id: 1\n",
			   "domains:\n  x:\n    id: 2\n");

	assert_silent(*state);
	CELLS(t, "/domains/a/x", "id", 1);
	CELLS(t, "/domains/x", "id", 2);
}

static void changed_scalars_are_reported(void **state)
{
	struct lop_tree *t = merge_into(*state, "", "domains:\n  a:\n    os,type: linux\n",
					"domains:\n  a:\n    os,type: zephyr\n");

	assert_only(*state, LOP_YAML_CONFLICT, "os,type");
	assert_text(t, "/domains/a", "os,type", 0, "zephyr");
}

static void child_nodes_are_kept(void **state)
{
	struct lop_tree *t = merged(*state, "domains:\n  a:\n    chosen:\n      bootargs: quiet\n"
					    "      sub:\n        text: {region: tcm, offset: 0}\n");

	assert_silent(*state);
	assert_text(t, "/domains/a/chosen", "bootargs", 0, "quiet");
	assert_text(t, "/domains/a/chosen/sub/text", "region", 0, "tcm");
	CELLS(t, "/domains/a/chosen/sub/text", "offset", 0);
}

static void groups_are_included(void **state)
{
	struct lop_tree *t =
		merged(*state, "resource_groups:\n  io:\n    access:\n      - dev: uart0\n"
			       "    memory:\n      - {start: 0x1000, size: 4K}\n"
			       "domains:\n  a:\n    include: [io]\n  b:\n    include: io\n");

	assert_silent(*state);
	assert_text(t, "/domains/io", "compatible", 0, "openamp,group-v1");
	assert_ref(t, "/domains/io", "access", 0, "/axi/serial@ff000000");
	CELLS(t, "/domains/io", "memory", 0, 0x1000, 0, 0x1000);
	assert_ref(t, "/domains/a", "include", 0, "/domains/io");
	assert_ref(t, "/domains/b", "include", 0, "/domains/io");
}

static void flag_sets(void **state)
{
	struct lop_tree *t = merged(
		*state, "domains:\n  a:\n    flags:\n      default: {read-only: true}\n"
			"      x: {coherent: true}\n"
			"  s:\n    compatible: xilinx,subsystem-v1\n    flags:\n"
			"      y: {requested: true, allow-secure: true, wakeup: true, qos: 7}\n");

	assert_silent(*state);
	CELLS(t, "/domains/a", "flags-cells", 2);
	CELLS(t, "/domains/a", "flags", 0, 0x10, 0x20, 0x10);
	assert_text(t, "/domains/a", "flags-names", 1, "x");
	CELLS(t, "/domains/s", "flags", 0x50, 0xfffff, 0x4, 7);
}

static void flag_sets_take_the_defaults_they_do_not_mention(void **state)
{
	struct lop_tree *t = merged(
		*state,
		"domains:\n  a:\n    flags:\n      default: {read-only: true, coherent: true}\n"
		"      x: {read-only: false, requested: true}\n      y: {}\n");

	assert_silent(*state);
	CELLS(t, "/domains/a", "flags", 0x20, 0x10, 0x20, 0x40, 0x20, 0x10);
}

/* Every set would copy every default: each alone is a small file. */
static void flag_sets_are_bounded(void **state)
{
	struct lop_buf text = { 0 };

	lop_buf_puts(&text, "domains:\n  a:\n    flags:\n      default: {");
	for (int i = 0; i < 65; i++)
		lop_buf_printf(&text, "f%d: true, ", i);
	lop_buf_puts(&text, "}\n      x: {read-only: true}\n");
	merged(*state, lop_buf_cstr(&text));
	assert_only(*state, LOP_LIMIT, "more than 64 flags");
	lop_buf_free(&text);
}

static void implicit_defaults(void **state)
{
	struct lop_tree *t =
		merged(*state, "domains:\n  a:\n    access-implicit-default: {read-only: true}\n"
			       "    memory-implicit-default: {virtualized: true}\n");

	assert_silent(*state);
	CELLS(t, "/domains/a", "#access-implicit-default-cells", 1);
	CELLS(t, "/domains/a", "access-implicit-default", 0x10);
	CELLS(t, "/domains/a", "memory-implicit-default", 0x40, 0);
}

static void firewalls(void **state)
{
	struct lop_tree *t =
		merged(*state, "domains:\n  a:\n    firewallconf:\n      - {domain: b, block: 10}\n"
			       "      - {domain: b, block: never}\n      - {block: always}\n  b:\n"
			       "    firewallconf: {domain: uart0, block: always}\n");

	assert_silent(*state);
	assert_ref(t, "/domains/a", "firewallconf", 0, "/domains/b");
	assert_int_equal(cell_at(t, "/domains/a", "firewallconf", 2), 10);
	assert_int_equal(cell_at(t, "/domains/a", "firewallconf", 4), 1);
	CELLS(t, "/domains/a", "firewallconf-default", 0, 0);
	assert_ref(t, "/domains/b", "firewallconf", 0, "/axi/serial@ff000000");
}

static void mistakes(void **state)
{
	static const struct {
		const char *yaml;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "domains:\n  a:\n    acess: []\n", LOP_UNKNOWN_KEY, "acess" },
		{ "domains:\n  a:\n    nested: {x: 1}\n", LOP_UNKNOWN_KEY, "nested" },
		{ "domains:\n  a: linux\n", LOP_YAML_TYPE, "domain `a`" },
		{ "domains:\n  a:\n    domains:\n      b: [1]\n", LOP_YAML_TYPE, "domain `b`" },
		{ "domains:\n  'a b': {}\n", LOP_DTS_NAME, "a b" },
		{ "domains:\n  a:\n    id: x\n", LOP_BAD_NUMBER, "`id` of domain `a`" },
		{ "domains:\n  a:\n    id: [1]\n", LOP_BAD_NUMBER, "list" },
		{ "domains:\n  a:\n    id: 0x100000000\n", LOP_ADDRESS_OVERFLOW, "32 bits" },
		{ "domains:\n  a:\n    parent: b\n", LOP_PARENT_MISSING, "`b`" },
		{ "domains:\n  a:\n    parent: /domains/b\n", LOP_PARENT_MISSING, "b" },
		{ "domains:\n  a:\n    parent: a\n", LOP_PARENT_CYCLE, "a" },
		{ "domains:\n  a:\n    parent: b\n  b:\n    parent: c\n  c:\n    parent: a\n",
		  LOP_PARENT_CYCLE, "a" },
		{ "domains:\n  a:\n    domains:\n      b: {}\n    parent: b\n", LOP_PARENT_CYCLE,
		  "" },
		{ "domains:\n  a:\n    chosen: [x]\n", LOP_YAML_TYPE, "chosen" },
		{ "domains:\n  a:\n    os,type: {x: 1}\n", LOP_YAML_TYPE, "os,type" },
		{ "domains:\n  a:\n    include: [g]\n", LOP_UNKNOWN_GROUP, "`g`" },
		{ "domains:\n  a:\n    include: [b]\n  b:\n", LOP_UNKNOWN_GROUP, "`b`" },
		{ "domains:\n  a:\n    include: {x: 1}\n", LOP_YAML_TYPE, "include" },
		{ "domains:\n  a:\n    flags: [x]\n", LOP_YAML_TYPE, "flags" },
		{ "domains:\n  a:\n    flags: {x: {redonly: true}}\n", LOP_UNKNOWN_FLAG,
		  "redonly" },
		{ "domains:\n  a:\n    firewallconf: {domain: z, block: 1}\n", LOP_UNKNOWN_DOMAIN,
		  "z" },
		{ "domains:\n  a:\n    firewallconf: {domain: a}\n", LOP_MISSING_VALUE, "block" },
		{ "domains:\n  a:\n    firewallconf: [{block: maybe}]\n", LOP_BAD_NUMBER, "block" },
		{ "resource_groups:\n  a: {}\ndomains:\n  a: {}\n", LOP_DUPLICATE_NAME, "`a`" },
		{ "resource_groups:\n  a: 5\n", LOP_YAML_TYPE, "`a`" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fixture;

		set_up(&fixture);
		refuse(fixture, rows[i].yaml, rows[i].code, rows[i].words);
		tear_down(&fixture);
	}
}

static void a_comma_inside_braces_is_explained(void **state)
{
	merged(*state, "domains:\n  a: {os,type: linux}\n");
	assert_reported(*state, LOP_UNKNOWN_KEY, "`os`");
	assert_helped(*state, LOP_UNKNOWN_KEY, "\"os,type\"");
}

static void a_parent_of_a_common_name_is_ambiguous(void **state)
{
	refuse(*state,
	       "domains:\n  a:\n    domains:\n      x: {}\n  b:\n    domains:\n      x: {}\n"
	       "  c:\n    parent: x\n",
	       LOP_AMBIGUOUS_NAME, "several domains");
}

static void nesting_is_bounded(void **state)
{
	struct lop_buf text = { 0 };

	lop_buf_puts(&text, "domains:\n  d0: {}\n");
	for (int i = 1; i < 3000; i++)
		lop_buf_printf(&text, "  d%d: {parent: d%d}\n", i, i - 1);
	merged(*state, lop_buf_cstr(&text));
	assert_reported(*state, LOP_LIMIT, "64 levels");
	lop_buf_free(&text);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(domains_are_made),
		T(compatible_is_completed),
		T(containers_are_flattened),
		T(parents_move_domains),
		T(domains_of_the_tree_move_too),
		T(domains_of_the_tree_move_to_the_top),
		T(later_files_extend_domains),
		T(another_place_is_another_domain),
		T(changed_scalars_are_reported),
		T(child_nodes_are_kept),
		T(groups_are_included),
		T(flag_sets),
		T(flag_sets_take_the_defaults_they_do_not_mention),
		T(flag_sets_are_bounded),
		T(implicit_defaults),
		T(firewalls),
		cmocka_unit_test(mistakes),
		T(a_comma_inside_braces_is_explained),
		T(a_parent_of_a_common_name_is_ambiguous),
		T(nesting_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
