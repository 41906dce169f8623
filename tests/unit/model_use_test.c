/* SPDX-License-Identifier: BSD-3-Clause */
/* What a domain's properties may name, in every form and with every mistake; conditions. */
#include "lopper-c/model/system.h"

#include "tests/unit/tree_text.h"

#define SDT(domain)                                                                         \
	"#address-cells = <1>; #size-cells = <1>;"                                          \
	"a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;" \
	"c0: cpu@0 { device_type = \"cpu\"; reg = <0>; };"                                  \
	"c1: cpu@1 { device_type = \"cpu\"; reg = <1>; }; };"                               \
	"m: memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x10000>; };"     \
	"u: u@1000 { reg = <0x1000 0x100>; };"                                              \
	"domains { d: d { compatible = \"openamp,domain-v1\"; " domain " };"                \
	"e: e { compatible = \"openamp,domain-v1\"; }; };"

static struct lop_system *build(struct fixture *f, const char *body)
{
	struct lop_tree *tree = parse_root(f, body);

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	return lop_system_build(tree, &f->diags);
}

static const struct lop_domain *domain_of(void **state, const char *props)
{
	struct fixture *f = *state;
	const char *body = SDT("%s");

	return lop_system_domain(build(f, lop_arena_printf(&f->arena, body, props)), "d");
}

static void a_cpu_in_the_place_of_its_cluster(void **state)
{
	const struct lop_domain *d = domain_of(state, "cpus = <&c1 1 1>;");

	assert_int_equal(d->n_cpus, 1);
	assert_string_equal(d->cpus[0].cluster->name, "a");
	assert_true(d->cpus[0].set == 2);
}

static void relations_name_nodes(void **state)
{
	const struct lop_domain *d = domain_of(
		state, "domain-to-domain { compatible = \"openamp,domain-to-domain-v1\"; r {"
		       "compatible = \"libmetal,ipc-v1\"; x { remote = <&e>; carveouts = <&u 0x99>;"
		       "mbox = <&u>; timer = <&u &u>; }; }; };");

	assert_int_equal(d->n_relations, 1);
	assert_int_equal(d->relations[0].kind, LOP_REL_LIBMETAL);
	assert_string_equal(d->relations[0].peer->name, "e");
	assert_true(d->relations[0].peer_is_remote);
	assert_int_equal(d->relations[0].n_carveouts, 1);
	assert_int_equal(d->relations[0].n_timers, 2);
	assert_reported(*state, LOP_UNKNOWN_CARVEOUT, "`carveouts` of relation `x` names no node");
}

static void firewalls_in_cells(void **state)
{
	const struct lop_domain *d = domain_of(
		state, "firewallconf = <&e 1 7>, <&u 0 0xffffffff>; firewallconf-default = <2 3>;");

	assert_silent(*state);
	assert_int_equal(d->n_firewalls, 3);
	assert_string_equal(d->firewalls[0].target->name, "e");
	assert_int_equal(d->firewalls[0].action, 1);
	assert_int_equal(d->firewalls[0].priority, 7);
	assert_int_equal(d->firewalls[1].priority, 0xffffffff);
	assert_null(d->firewalls[2].target);
	assert_int_equal(d->firewalls[2].priority, 3);
}

static void cells_that_make_no_sense(void **state)
{
	static const struct {
		const char *props;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "firewallconf = <&e 1>;", LOP_BAD_CELLS,
		  "`firewallconf` of domain `d` has 2 cells, not entries of 3" },
		{ "firewallconf = <&e 3 0>;", LOP_BAD_NUMBER,
		  "`firewallconf` of domain `d` has action 3" },
		{ "firewallconf = <0x99 1 0>;", LOP_UNKNOWN_DOMAIN,
		  "`firewallconf` of domain `d` names no domain or bus master" },
		{ "firewallconf-default = <1>;", LOP_BAD_CELLS, "has 1 cells, not entries of 2" },
		{ "include = <0x99>;", LOP_UNKNOWN_GROUP, "`include` of domain `d` names no node" },
		{ "reserved-memory = <0x99>;", LOP_UNKNOWN_CARVEOUT,
		  "`reserved-memory` of domain `d` names no node" },
		{ "cpus = [00 01];", LOP_BAD_CELLS, "`cpus` of domain `d`" },
		{ "cpus = <0x99 1 0>;", LOP_UNKNOWN_CLUSTER,
		  "names `nothing`, which is no CPU cluster" },
		{ "cpus = <&{/} 1 0>;", LOP_WRONG_NODE, "names `/`, which is no CPU cluster" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture *f = *state;

		domain_of(state, rows[i].props);
		assert_reported(f, rows[i].code, rows[i].words);
		assert_non_null(first_diag(f, rows[i].code)->helps);
		f->diags.first = f->diags.last = NULL;
		f->diags.errors = 0;
		lop_tree_free(f->trees[0]);
		f->n_trees = 0;
	}
}

static void more_cpus_than_a_mask_has_bits(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };
	struct lop_system *system;

	lop_buf_puts(&text, "cpus { compatible = \"cpus,cluster\"; #address-cells = <1>;"
			    "#size-cells = <0>;");
	for (int i = 0; i < 70; i++)
		lop_buf_printf(&text, "cpu@%x { device_type = \"cpu\"; reg = <%d>; };", i, i);
	lop_buf_puts(&text, "};");
	system = build(f, lop_buf_cstr(&text));
	assert_reported(f, LOP_UNSUPPORTED, "cluster `cpus` has more than 64 CPUs");
	assert_int_equal(system->clusters[0].n_cpus, 64);
	assert_true(system->clusters[0].mask == UINT64_MAX);
	lop_buf_free(&text);
}

static void a_map_of_wide_cells(void **state)
{
	build(*state, "#address-cells = <1>; #size-cells = <1>;"
		      "x: cpus-x { compatible = \"cpus,cluster\"; #address-cells = <1>;"
		      "#size-cells = <0>; #ranges-address-cells = <3>; #ranges-size-cells = <1>;"
		      "address-map = <0 0 0 &m 0 1>; cpu@0 { reg = <0>; }; };"
		      "m: memory@0 { device_type = \"memory\"; reg = <0 1>; };");
	assert_reported(*state, LOP_BAD_CELLS, "cluster `x`");
	assert_helped(*state, LOP_BAD_CELLS, "#ranges-address-cells");
}

/* --- conditions --- */

static void a_plain_system_is_its_own(void **state)
{
	struct lop_system *system = build(*state, SDT(""));

	assert_ptr_equal(lop_system_under(system, "linux"), system);
	assert_ptr_equal(lop_system_under(system, NULL), system);
	lop_system_free(system);
}

static void each_condition_is_built_once(void **state)
{
	struct fixture *f = *state;
	struct lop_system *system = build(f, SDT("access = <&u>;"));
	const struct lop_system *linux_one, *other;

	node_at(system->tree, "/u@1000")->condition = "linux";
	linux_one = lop_system_under(system, "linux");
	other = lop_system_under(system, "zephyr");
	assert_ptr_not_equal(linux_one, system);
	assert_ptr_not_equal(linux_one, other);
	assert_ptr_equal(lop_system_under(system, "linux"), linux_one);
	assert_ptr_equal(lop_system_under(system, NULL), lop_system_under(system, ""));
	assert_non_null(lop_tree_by_path(linux_one->tree, "/u@1000"));
	assert_null(lop_tree_by_path(other->tree, "/u@1000"));
	assert_int_equal(linux_one->domains[0]->n_access, 1);
	assert_ptr_equal(linux_one->domains[0]->access[0].node,
			 node_at(linux_one->tree, "/u@1000"));
	assert_int_equal(other->domains[0]->n_access, 0);
	lop_system_free(system);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_cpu_in_the_place_of_its_cluster),
		TEST(relations_name_nodes),
		TEST(firewalls_in_cells),
		TEST(cells_that_make_no_sense),
		TEST(more_cpus_than_a_mask_has_bits),
		TEST(a_map_of_wide_cells),
		TEST(a_plain_system_is_its_own),
		TEST(each_condition_is_built_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
