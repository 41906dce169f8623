/* SPDX-License-Identifier: BSD-3-Clause */
/* tree/kinds.c and tree/names.c: what is a domain, a CPU, a cluster, a name. */
#include "lopper-c/tree/kinds.h"
#include "lopper-c/tree/names.h"
#include "tests/unit/tree_text.h"

static void compatible_strings_say_what_a_node_is(void **state)
{
	(void)state;
	assert_int_equal(lop_kinds_of_text("openamp,domain-v1"), LOP_KIND_DOMAIN);
	assert_int_equal(lop_kinds_of_text("xen,domain-v2"), LOP_KIND_DOMAIN);
	assert_int_equal(lop_kinds_of_text("xilinx,subsystem"), LOP_KIND_SUBSYSTEM);
	assert_int_equal(lop_kinds_of_text("acme,hypervisor-v1"), LOP_KIND_HYPERVISOR);
	assert_int_equal(lop_kinds_of_text("openamp,group-v1"), LOP_KIND_GROUP);
	assert_int_equal(lop_kinds_of_text("openamp,resourcegroup-v1"), LOP_KIND_GROUP);
	assert_int_equal(lop_kinds_of_text("acme,devices"), LOP_KIND_INVENTORY);
	assert_int_equal(lop_kinds_of_text("openamp,domain-to-domain-v1"), LOP_KIND_RELATION);
	assert_int_equal(lop_kinds_of_text("arm,pl011"), 0);
}

static void one_string_of_a_list_is_enough(void **state)
{
	struct lop_tree *t = parse_root(
		*state, "a { compatible = \"x\", \"xilinx,subsystem\", \"xen,domain-v1\"; }; b { };"
			"c { os,type = \"linux\"; };");

	assert_int_equal(lop_kinds_of_node(t, node_at(t, "/a")),
			 LOP_KIND_SUBSYSTEM | LOP_KIND_DOMAIN);
	assert_int_equal(lop_kinds_of_node(t, node_at(t, "/b")), 0);
	assert_false(lop_node_runs(t, node_at(t, "/b")));
	assert_true(lop_node_runs(t, node_at(t, "/c")));
}

static void cpus_and_clusters(void **state)
{
	struct lop_tree *t = parse_root(
		*state, "cpus { cpu@0 { }; big { device_type = \"cpu\"; }; map { }; };"
			"r5 { compatible = \"cpus,cluster\"; }; x { cpus { cpu@0 { }; }; };");

	assert_true(lop_node_is_cpu(t, node_at(t, "/cpus/cpu@0")));
	assert_true(lop_node_is_cpu(t, node_at(t, "/cpus/big")));
	assert_false(lop_node_is_cpu(t, node_at(t, "/cpus/map")));
	assert_true(lop_node_is_cluster(t, node_at(t, "/cpus")));
	assert_true(lop_node_is_cluster(t, node_at(t, "/r5")));
	assert_false(lop_node_is_cluster(t, node_at(t, "/x/cpus")));
}

static void names(void **state)
{
	(void)state;
	assert_true(lop_node_name_valid("serial@ff00"));
	assert_true(lop_node_name_valid("a,b.c_d+e-f"));
	assert_false(lop_node_name_valid("@0") || lop_node_name_valid("a@") ||
		     lop_node_name_valid("a@0@1") || lop_node_name_valid("a b") ||
		     lop_node_name_valid(""));
	assert_true(lop_node_name_readable("a@") && lop_node_name_readable("@0"));
	assert_false(lop_node_name_readable("a@0@1") || lop_node_name_readable("a/b") ||
		     lop_node_name_readable(""));
	assert_true(lop_prop_name_valid("#size-cells") && lop_prop_name_valid("a?*"));
	assert_false(lop_prop_name_valid("a@0") || lop_prop_name_valid(""));
	assert_true(lop_label_valid("_a1"));
	assert_false(lop_label_valid("1a") || lop_label_valid("a-b") || lop_label_valid(""));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(compatible_strings_say_what_a_node_is),
		TEST(one_string_of_a_list_is_enough),
		TEST(cpus_and_clusters),
		TEST(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
