/* SPDX-License-Identifier: BSD-3-Clause */
/* From a resolved tree to clusters, windows, memory and domains. */
#include "lopper-c/model/system.h"

#include "lopper-c/tree/bus.h"
#include "tests/unit/tree_text.h"

/* Two clusters of their own views, DDR, TCM, a device, and room for domains. */
#define SDT(cluster, domains)                                                                          \
	"#address-cells = <2>; #size-cells = <2>;"                                                     \
	"a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"            \
	"cpu@0 { compatible = \"arm,cortex-a53\"; device_type = \"cpu\"; reg = <0>; };"                \
	"cpu@1 { compatible = \"arm,cortex-a53\"; device_type = \"cpu\"; reg = <1>; }; };"             \
	"r: cpus-r5 { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;" cluster \
	"cpu@0 { compatible = \"arm,cortex-r5\"; device_type = \"cpu\"; reg = <0>; }; };"              \
	"ddr: memory@0 { device_type = \"memory\"; reg = <0 0 0 0x80000000>; };"                       \
	"tcm: tcm@ffe00000 { compatible = \"mmio-sram\"; reg = <0 0xffe00000 0 0x10000>; };"           \
	"uart: serial@ff000000 { reg = <0 0xff000000 0 0x1000>; };"                                    \
	"bus { compatible = \"indirect-bus\"; #address-cells = <2>; #size-cells = <2>;"                \
	"hidden: hidden@f9000000 { reg = <0 0xf9000000 0 0x1000>; }; };"                               \
	"domains { #address-cells = <2>; #size-cells = <2>;" domains "};"

#define WILD                                                     \
	"#ranges-address-cells = <1>; #ranges-size-cells = <1>;" \
	"address-map = <0x100000 &ddr 0x100000 0x7ff00000>, <0x0 &tcm 0xffe00000 0x8000>;"
#define SPEC                                                     \
	"#ranges-address-cells = <1>; #ranges-size-cells = <1>;" \
	"address-map = <0x100000 &ddr 0 0x100000 0x7ff00000>, <0x0 &tcm 0 0xffe00000 0x8000>;"

static struct lop_system *build(struct fixture *f, const char *body)
{
	struct lop_tree *tree = parse_root(f, body);

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	return lop_system_build(tree, &f->diags);
}

static const struct lop_cluster *cluster_at(const struct lop_system *system, const char *name)
{
	for (size_t i = 0; i < system->n_clusters; i++)
		if (!strcmp(system->clusters[i].name, name))
			return &system->clusters[i];
	fail_msg("no cluster %s", name);
	return NULL;
}

static void clusters_are_found(void **state)
{
	struct lop_system *s = build(*state, SDT(WILD, ""));

	assert_int_equal(s->n_clusters, 2);
	assert_true(cluster_at(s, "a")->is_default);
	assert_int_equal(cluster_at(s, "a")->family, LOP_CPU_ARM_A64);
	assert_int_equal(cluster_at(s, "a")->mask, 3);
	assert_int_equal(cluster_at(s, "r")->family, LOP_CPU_ARM_R5);
	assert_int_equal(cluster_at(s, "r")->n_windows, 2);
}

static void both_readings_of_a_map_give_the_same(void **state)
{
	struct lop_system *wild = build(*state, SDT(WILD, ""));
	struct lop_system *spec = build(*state, SDT(SPEC, ""));
	const struct lop_cluster *w = cluster_at(wild, "r"), *s = cluster_at(spec, "r");

	assert_false(w->third_is_root_cells);
	assert_true(s->third_is_root_cells);
	for (size_t i = 0; i < 2; i++) {
		assert_true(w->windows[i].view == s->windows[i].view);
		assert_true(w->windows[i].root == s->windows[i].root);
		assert_true(w->windows[i].size == s->windows[i].size);
	}
}

static void a_map_of_no_reading_is_an_error(void **state)
{
	build(*state, SDT("#ranges-address-cells = <1>; #ranges-size-cells = <1>;"
			  "address-map = <1 &ddr 2 3 4 5 6>;",
			  ""));
	assert_reported(*state, LOP_ADDRESS_MAP, "`r` cannot be taken apart");
}

static void a_window_moves_and_cuts(void **state)
{
	struct lop_system *s = build(*state, SDT(WILD, ""));
	const struct lop_node *tcm = node_at(s->tree, "/tcm@ffe00000");
	struct lop_range root = { 0xffe04000, 0x10000 }, view;

	assert_true(lop_cluster_sees(s, cluster_at(s, "r"), tcm, root, &view));
	assert_true(view.base == 0x4000 && view.size == 0x4000);
	root.base = 0xffe08000; /* past the window */
	assert_false(lop_cluster_sees(s, cluster_at(s, "r"), tcm, root, &view));
}

static void a_map_hides_what_it_does_not_name(void **state)
{
	struct lop_system *s = build(*state, SDT(WILD, ""));
	const struct lop_node *uart = node_at(s->tree, "/serial@ff000000");
	struct lop_range root = { 0xff000000, 0x1000 }, view;

	assert_false(lop_cluster_sees(s, cluster_at(s, "r"), uart, root, &view));
	assert_true(lop_cluster_sees(s, cluster_at(s, "a"), uart, root, &view));
}

static void the_default_cluster_sees_no_indirect_bus(void **state)
{
	struct lop_system *s = build(*state, SDT(WILD, ""));
	const struct lop_node *hidden = node_at(s->tree, "/bus/hidden@f9000000");
	struct lop_range root = { 0xf9000000, 0x1000 }, view;

	assert_false(lop_cluster_sees(s, cluster_at(s, "a"), hidden, root, &view));
}

/* One node, windows that nest, repeat and leave a gap, not in order. */
#define MANY                                                                           \
	"#ranges-address-cells = <1>; #ranges-size-cells = <1>;"                       \
	"address-map = <0x50000000 &uart 0xff000800 0x100>, <0x0 &uart 0xff000900 0>," \
	"<0x60000000 &uart 0xff000000 0x400>, <0x70000000 &uart 0xff000000 0x400>,"    \
	"<0x10000000 &uart 0xff000100 0x200>, <0x20000000 &ddr 0xff000600 0x10>;"

static void of_many_windows_the_one_that_ends_furthest(void **state)
{
	static const struct {
		uint64_t at, view, size; /* size 0: not seen */
	} expected[] = {
		{ 0xff000000, 0x60000000, 0x400 }, /* the first of two equals */
		{ 0xff000200, 0x60000200, 0x200 }, /* not the one that begins nearest */
		{ 0xff000300, 0x60000300, 0x100 },
		{ 0xff000400, 0, 0 },
		{ 0xff000600, 0, 0 }, /* another node's */
		{ 0xff000880, 0x50000080, 0x80 },
		{ 0xff000900, 0, 0 },
	};
	struct lop_system *s = build(*state, SDT(MANY, ""));
	const struct lop_node *uart = node_at(s->tree, "/serial@ff000000");

	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		struct lop_range root = { expected[i].at, 0x800 }, view = { 0, 0 };

		assert_int_equal(lop_cluster_sees(s, cluster_at(s, "r"), uart, root, &view),
				 expected[i].size != 0);
		assert_true(view.base == expected[i].view && view.size == expected[i].size);
	}
}

static void the_next_window_is_found(void **state)
{
	struct lop_system *s = build(*state, SDT(MANY, ""));
	const struct lop_cluster *c = cluster_at(s, "r");
	const struct lop_node *uart = node_at(s->tree, "/serial@ff000000");
	uint64_t start = 0;

	assert_true(lop_cluster_next_window(c, uart, 0xff000100, &start));
	assert_true(start == 0xff000800);
	assert_true(lop_cluster_next_window(c, NULL, 0xff000100, &start));
	assert_true(start == 0xff000600);
	assert_true(lop_cluster_next_window(c, uart, 0, &start));
	assert_true(start == 0xff000000);
	assert_false(lop_cluster_next_window(c, uart, 0xff000900, &start));
	assert_false(lop_cluster_next_window(cluster_at(s, "a"), NULL, 0, &start));
}

static void a_mask_bit_is_the_cpu_with_that_reg(void **state)
{
	struct lop_system *s =
		build(*state, "c: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>;"
			      "#size-cells = <0>;"
			      "cpu@2 { device_type = \"cpu\"; reg = <2>; };"
			      "cpu@0 { device_type = \"cpu\"; reg = <0>; };"
			      "cpu@100 { device_type = \"cpu\"; reg = <0x100>; }; };");
	const struct lop_cluster *c = &s->clusters[0];

	assert_int_equal(lop_cluster_cpu_of_bit(c, 0), 1);
	assert_int_equal(lop_cluster_cpu_of_bit(c, 2), 0);
	assert_int_equal(lop_cluster_cpu_of_bit(c, 1), c->n_cpus); /* the second CPU has bit 0 */
	assert_int_equal(lop_cluster_cpu_of_bit(c, 3), c->n_cpus);
	assert_int_equal(c->mask, 5); /* cpu@100 is in place 2, which is cpu@2's bit */
}

#define EVEN_CPUS                                                                                   \
	"c: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"         \
	"cpu@0 { device_type = \"cpu\"; reg = <0>; }; cpu@2 { device_type = \"cpu\"; reg = <2>; };" \
	"cpu@4 { device_type = \"cpu\"; reg = <4>; }; cpu@6 { device_type = \"cpu\"; reg = <6>; }; };"

#define DOMAIN(name, mask) name " { compatible = \"openamp,domain-v1\"; cpus = <&c " mask " 0>; };"

/* Two bits are never one CPU: all masks of a cluster are read alike. */
static void masks_of_a_cluster_are_read_alike(void **state)
{
	struct lop_system *s =
		build(*state, EVEN_CPUS "domains { " DOMAIN("a", "0x2") DOMAIN("b", "0x4") " };");

	assert_true(s->clusters[0].by_place); /* nobody has reg 1 */
	assert_int_equal(s->domains[0]->cpus[0].set, 2);
	assert_int_equal(s->domains[1]->cpus[0].set, 4);
	assert_int_equal(s->clusters[0].mask, 0xf);
	s = build(*state, EVEN_CPUS "domains { " DOMAIN("a", "0x14") DOMAIN("b", "0x1") " };");
	assert_false(s->clusters[0].by_place);
	assert_int_equal(s->domains[0]->cpus[0].set, 6);
	assert_int_equal(s->clusters[0].mask, 0x55);
}

static const char one_domain[] =
	SDT(WILD, "rt: domain@1 { compatible = \"openamp,domain-v1\"; id = <7>;"
		  "os,type = \"zephyr\"; cpus = <&r 0x1 0xc0000001>;"
		  "memory = <0 0x100000 0 0x1000>, <0 0x200000 0 0x2000>; sram = <&tcm>;"
		  "#access-flags-cells = <2>; access = <&uart 0x20 0x5>; };");

static void a_domain_is_taken_apart(void **state)
{
	struct lop_system *s = build(*state, one_domain);
	const struct lop_domain *d = lop_system_domain(s, "rt");

	assert_non_null(d);
	assert_true(d->has_id && d->id == 7);
	assert_string_equal(d->condition, "zephyr");
	assert_int_equal(d->n_cpus, 1);
	assert_true(d->cpus[0].secure && d->cpus[0].lockstep);
	assert_int_equal(d->cpus[0].el, 1);
	assert_int_equal(d->n_memory, 2);
	assert_true(d->memory[1].range.base == 0x200000 && d->memory[1].range.size == 0x2000);
	assert_int_equal(d->n_sram, 1);
	assert_true(d->sram[0].range.base == 0xffe00000);
	assert_int_equal(d->n_access, 1);
	assert_true(d->access[0].flags == UINT64_C(0x2000000005));
	assert_null(s->default_domain);
}

static void access_has_no_flags_by_default(void **state)
{
	struct lop_system *s = build(*state, SDT(WILD, "d { compatible = \"openamp,domain-v1\";"
						       "access = <&uart &tcm &hidden>; };"));

	assert_int_equal(s->domains[0]->n_access, 3);
	assert_silent(*state);
}

static void flags_without_their_cells_are_understood(void **state)
{
	struct lop_system *s = build(*state, SDT(WILD, "d { compatible = \"openamp,domain-v1\";"
						       "access = <&uart 0x0 &tcm 0x1>; };"));

	assert_int_equal(s->domains[0]->n_access, 2);
	assert_true(s->domains[0]->access[1].flags == 1);
}

static void a_cell_that_is_no_device_is_an_error(void **state)
{
	struct lop_system *s = build(*state, SDT(WILD, "d { compatible = \"openamp,domain-v1\";"
						       "access = <&uart 0x71 0x72>; };"));

	assert_int_equal(s->domains[0]->n_access, 1);
	assert_reported(*state, LOP_UNKNOWN_DEVICE, "names no node: 0x71");
}

static void cpus_of_two_cells_are_an_error(void **state)
{
	build(*state, SDT(WILD, "d { compatible = \"openamp,domain-v1\"; cpus = <&r 0x1>; };"));
	assert_reported(*state, LOP_BAD_CELLS, "not a multiple of 3");
}

static void cpus_must_name_a_cluster(void **state)
{
	struct lop_system *s = build(
		*state,
		SDT(WILD, "d { compatible = \"openamp,domain-v1\"; cpus = <&uart 0x1 0>; };"));

	assert_int_equal(s->domains[0]->n_cpus, 0);
	assert_reported(*state, LOP_WRONG_NODE, "which is no CPU cluster");
	assert_helped(*state, LOP_WRONG_NODE, "`a`, `r`");
}

static void memory_that_wraps_is_an_error(void **state)
{
	struct lop_system *s =
		build(*state, SDT(WILD, "d { compatible = \"openamp,domain-v1\";"
					"memory = <0xffffffff 0xfffff000 0 0x2000>; };"));

	assert_int_equal(s->domains[0]->n_memory, 0);
	assert_reported(*state, LOP_ADDRESS_OVERFLOW, "runs past the end");
}

static void memory_of_three_cells_is_an_error(void **state)
{
	build(*state, SDT(WILD, "d { compatible = \"openamp,domain-v1\"; memory = <0 1 2>; };"));
	assert_reported(*state, LOP_BAD_CELLS, "not whole entries");
}

static void an_empty_range_is_an_error(void **state)
{
	build(*state, SDT(WILD, "d { compatible = \"openamp,domain-v1\"; memory = <0 1 0 0>; };"));
	assert_reported(*state, LOP_MISSING_VALUE, "has no size");
}

static void nesting_is_kept(void **state)
{
	struct lop_system *s = build(
		*state, SDT(WILD, "outer { compatible = \"openamp,domain-v1\"; cpus = <&a 3 2>;"
				  "inner { compatible = \"openamp,domain-v1\"; cpus = <&a 1 1>; };"
				  "}; other { compatible = \"openamp,domain-v1\"; };"));
	const struct lop_domain *outer = lop_system_domain(s, "outer");
	const struct lop_domain *inner = lop_system_domain(s, "inner");

	assert_ptr_equal(inner->parent, outer);
	assert_true(lop_domain_related(inner, outer));
	assert_false(lop_domain_related(inner, lop_system_domain(s, "other")));
	assert_ptr_equal(s->default_domain, outer);
}

static void groups_and_inventories_are_no_domains(void **state)
{
	struct lop_system *s =
		build(*state,
		      SDT(WILD, "g: group { compatible = \"openamp,group-v1\"; access = <&uart>; };"
				"all { compatible = \"openamp,devices\"; access = <&uart>; };"
				"d { compatible = \"openamp,domain-v1\"; include = <&g>; };"));

	assert_int_equal(s->n_domains, 1);
	assert_int_equal(s->domains[0]->n_access, 1);
	assert_ptr_equal(s->domains[0]->access[0].group, node_at(s->tree, "/domains/group"));
}

static void relations_are_kept(void **state)
{
	struct lop_system *s = build(
		*state,
		SDT(WILD, "h { compatible = \"openamp,domain-v1\"; domain-to-domain {"
			  "r { compatible = \"openamp,rpmsg-v1\"; relation0 {"
			  "remote = <&peer>; carveouts = <&ddr &tcm>; mbox = <&uart>; }; }; }; };"
			  "peer: p { compatible = \"openamp,domain-v1\"; };"));
	const struct lop_domain *h = lop_system_domain(s, "h");

	assert_int_equal(h->n_relations, 1);
	assert_int_equal(h->relations[0].kind, LOP_REL_RPMSG);
	assert_true(h->relations[0].peer_is_remote);
	assert_ptr_equal(h->relations[0].peer, lop_system_domain(s, "peer"));
	assert_int_equal(h->relations[0].n_carveouts, 2);
}

static void a_relation_with_two_ends_is_an_error(void **state)
{
	build(*state, SDT(WILD, "h: h { compatible = \"openamp,domain-v1\"; domain-to-domain {"
				"r { compatible = \"openamp,rpmsg-v1\"; relation0 {"
				"remote = <&h>; host = <&h>; }; }; }; };"));
	assert_reported(*state, LOP_MISSING_VALUE, "either `remote` or `host`");
}

static void a_relation_to_no_domain_is_an_error(void **state)
{
	build(*state, SDT(WILD, "h { compatible = \"openamp,domain-v1\"; domain-to-domain {"
				"r { compatible = \"openamp,rpmsg-v1\"; relation0 {"
				"remote = <&uart>; }; }; }; };"));
	assert_reported(*state, LOP_UNKNOWN_DOMAIN, "names no domain");
}

static void an_unknown_relation_is_unsupported(void **state)
{
	build(*state, SDT(WILD, "h { compatible = \"openamp,domain-v1\"; domain-to-domain {"
				"r { compatible = \"acme,telepathy\"; }; }; };"));
	assert_reported(*state, LOP_UNSUPPORTED, "not supported");
}

static void firewalls_are_read_in_both_spellings(void **state)
{
	struct lop_system *s = build(
		*state, SDT(WILD, "d: d { compatible = \"openamp,domain-v1\";"
				  "firewallconf = <&d 1 0>; firewallconfig-default = <2 8>; };"));
	const struct lop_domain *d = s->domains[0];

	assert_int_equal(d->n_firewalls, 2);
	assert_ptr_equal(d->firewalls[0].target, d->node);
	assert_int_equal(d->firewalls[1].action, 2);
	assert_int_equal(d->firewalls[1].priority, 8);
}

static void physical_memory_is_found(void **state)
{
	struct lop_system *s = build(*state, SDT(WILD, ""));

	assert_int_equal(s->n_physical, 2);
	assert_false(s->physical[0].sram);
	assert_true(s->physical[1].sram);
	assert_ptr_equal(lop_system_home(s, NULL, 0x1000, false), &s->physical[0]);
	assert_ptr_equal(lop_system_home(s, NULL, 0x1000, true), &s->physical[0]);
	assert_ptr_equal(lop_system_home(s, NULL, 0xffe00000, true), &s->physical[1]);
	assert_null(lop_system_home(s, NULL, 0x80000000, false));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(clusters_are_found),
		TEST(both_readings_of_a_map_give_the_same),
		TEST(a_map_of_no_reading_is_an_error),
		TEST(a_window_moves_and_cuts),
		TEST(a_map_hides_what_it_does_not_name),
		TEST(the_default_cluster_sees_no_indirect_bus),
		TEST(of_many_windows_the_one_that_ends_furthest),
		TEST(the_next_window_is_found),
		TEST(a_mask_bit_is_the_cpu_with_that_reg),
		TEST(masks_of_a_cluster_are_read_alike),
		TEST(a_domain_is_taken_apart),
		TEST(access_has_no_flags_by_default),
		TEST(flags_without_their_cells_are_understood),
		TEST(a_cell_that_is_no_device_is_an_error),
		TEST(cpus_of_two_cells_are_an_error),
		TEST(cpus_must_name_a_cluster),
		TEST(memory_that_wraps_is_an_error),
		TEST(memory_of_three_cells_is_an_error),
		TEST(an_empty_range_is_an_error),
		TEST(nesting_is_kept),
		TEST(groups_and_inventories_are_no_domains),
		TEST(relations_are_kept),
		TEST(a_relation_with_two_ends_is_an_error),
		TEST(a_relation_to_no_domain_is_an_error),
		TEST(an_unknown_relation_is_unsupported),
		TEST(firewalls_are_read_in_both_spellings),
		TEST(physical_memory_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
