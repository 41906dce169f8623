/* SPDX-License-Identifier: BSD-3-Clause */
/* Relations between domains, reserved memory of a domain, and the forms older files have for them.
 */
#include "tests/unit/merge_text.h"

#define REMOTES "  r0: {id: 1}\n  r1: {id: 2}\n"
#define RELATION(kind, body)                                                           \
	"domains:\n  h:\n    domain-to-domain:\n      rel:\n        compatible: " kind \
	"\n" body REMOTES
#define NODE "/domains/h/domain-to-domain/rel"

static void relations_refer_to_nodes(void **state)
{
	struct lop_tree *t =
		merged(*state, RELATION("openamp,rpmsg-v1",
					"        relation0:\n          remote: r0\n"
					"          carveouts: [vring0, buffer@3ed80000]\n"
					"          mbox: m0\n          timer: [uart0, can0]\n"
					"        relation1: {host: r1, mbox: c1}\n"));

	assert_silent(*state);
	assert_text(t, "/domains/h/domain-to-domain", "compatible", 0,
		    "openamp,domain-to-domain-v1");
	assert_text(t, NODE, "compatible", 0, "openamp,rpmsg-v1");
	assert_ref(t, NODE "/relation0", "remote", 0, "/domains/r0");
	assert_ref(t, NODE "/relation0", "carveouts", 0, "/reserved-memory/vring0@3ed40000");
	assert_ref(t, NODE "/relation0", "carveouts", 1, "/reserved-memory/buffer@3ED80000");
	assert_ref(t, NODE "/relation0", "mbox", 0, "/axi/mailbox@ff300000");
	assert_ref(t, NODE "/relation0", "timer", 1, "/axi/can@ff020000");
	assert_ref(t, NODE "/relation1", "host", 0, "/domains/r1");
}

static void carveouts_may_be_any_node(void **state)
{
	struct lop_tree *t = merged(
		*state, RELATION("openamp,remoteproc-v2",
				 "        relation0: {remote: r0, elfload: [tcm, vring0]}\n"));

	assert_silent(*state);
	assert_ref(t, NODE "/relation0", "elfload", 0, "/axi/tcm@ffe00000");
}

static void regions_of_a_domain(void **state)
{
	struct lop_tree *t = merge_into(
		*state, "", "domains:\n  d:\n    reserved-memory: [vring0@3ed40000, big]\n",
		"domains:\n  d:\n    reserved-memory: [vring0, 'linux,cma']\n");

	assert_silent(*state);
	assert_int_equal(value_at(t, "/domains/d", "reserved-memory")->len, 12);
	assert_ref(t, "/domains/d", "reserved-memory", 1, "/reserved-memory/buffer@3ED80000");
	assert_ref(t, "/domains/d", "reserved-memory", 2, "/reserved-memory/linux,cma");
}

/* --- older files --- */

static void regions_written_in_the_domain(void **state)
{
	struct lop_tree *t = merged(
		*state,
		"definitions:\n  a: &ring\n    - {start: 0x9860000, size: 0x4000, no-map: 1}\n"
		"  b: &2buf\n    - {start: 0x9868000, size: 0x8000}\n"
		"domains:\n  d:\n    reserved-memory:\n      ranges: true\n"
		"      <<+: [*ring, *2buf]\n"
		"  e:\n    reserved-memory:\n      <<+: *ring\n");

	assert_silent(*state);
	CELLS(t, "/reserved-memory/ring@9860000", "reg", 0, 0x9860000, 0, 0x4000);
	assert_true(has_prop(t, "/reserved-memory/ring@9860000", "no-map"));
	assert_ref(t, "/domains/d", "reserved-memory", 0, "/reserved-memory/ring@9860000");
	assert_ref(t, "/domains/d", "reserved-memory", 1, "/reserved-memory/2buf@9868000");
	assert_ref(t, "/domains/e", "reserved-memory", 0, "/reserved-memory/ring@9860000");
	assert_ptr_equal(lop_tree_by_label(t, "ring"), node_at(t, "/reserved-memory/ring@9860000"));
}

static void two_sizes_of_one_region_are_reported(void **state)
{
	merged(*state, "domains:\n  d:\n    reserved-memory:\n      r: {start: 0x1000, size: 1}\n"
		       "  e:\n    reserved-memory:\n      r: {start: 0x1000, size: 2}\n");
	assert_only(*state, LOP_YAML_CONFLICT, "`size`");
}

static void peers_in_a_list_get_their_shares(void **state)
{
	struct lop_tree *t = merged(*state, RELATION("openamp,remoteproc-v1",
						     "        openamp-xlnx-native: [false, false]\n"
						     "        remote: [r0, r1]\n"
						     "        elfload: [vring0, big, tcm, vring0]\n"
						     "        mbox: [m0, m1]\n"));

	assert_silent(*state);
	assert_text(t, NODE, "compatible", 0, "openamp,remoteproc-v2");
	assert_ref(t, NODE "/relation0", "remote", 0, "/domains/r0");
	assert_ref(t, NODE "/relation0", "elfload", 1, "/reserved-memory/buffer@3ED80000");
	assert_int_equal(value_at(t, NODE "/relation0", "elfload")->len, 8);
	assert_ref(t, NODE "/relation1", "elfload", 0, "/axi/tcm@ffe00000");
	assert_ref(t, NODE "/relation1", "mbox", 0, "/axi/mailbox@ff310000");
	assert_false(has_prop(t, NODE, "openamp-xlnx-native"));
}

static void lists_of_lists_are_shares_already(void **state)
{
	struct lop_tree *t =
		merged(*state, RELATION("openamp,remoteproc-v2",
					"        remote: [r0, r1]\n"
					"        elfload: [[tcm, big, vring0], [vring0]]\n"));

	assert_silent(*state);
	assert_int_equal(value_at(t, NODE "/relation0", "elfload")->len, 12);
	assert_int_equal(value_at(t, NODE "/relation1", "elfload")->len, 4);
}

static void one_peer_takes_all(void **state)
{
	struct lop_tree *t = merged(*state, RELATION("openamp,rpmsg-v1",
						     "        host: [r0]\n        mbox: [m0]\n"
						     "        carveouts: [vring0, big, cma]\n"));

	assert_silent(*state);
	assert_ref(t, NODE "/relation0", "host", 0, "/domains/r0");
	assert_int_equal(value_at(t, NODE "/relation0", "carveouts")->len, 12);
}

static void a_relation_to_nobody_is_left_out(void **state)
{
	struct lop_tree *t = merged(
		*state, RELATION("openamp,rpmsg-v1", "        relation0: {remote: r, mbox: m0}\n"));

	assert_only(*state, LOP_UNKNOWN_DOMAIN, "`r`");
	assert_null(lop_tree_by_path(t, NODE "/relation0"));
}

static void mistakes(void **state)
{
	static const struct {
		const char *body;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "relation0: {remote: h0}", LOP_UNKNOWN_DOMAIN, "h0" },
		{ "relation0: {remote: '0'}", LOP_UNKNOWN_DOMAIN, "`0`" },
		{ "relation0: {mbox: m0}", LOP_MISSING_VALUE, "neither" },
		{ "relation0: {remote: r0, host: r1}", LOP_MISSING_VALUE, "both" },
		{ "relation0: {remote: {x: 1}}", LOP_YAML_TYPE, "remote" },
		{ "relation0: {remote: r0, carveouts: [vring9]}", LOP_UNKNOWN_CARVEOUT, "vring9" },
		{ "relation0: {remote: r0, elfload: [tcn]}", LOP_UNKNOWN_CARVEOUT, "tcn" },
		{ "relation0: {remote: r0, mbox: m7}", LOP_UNKNOWN_DEVICE, "m7" },
		{ "relation0: {remote: r0, mbox: child@0}", LOP_AMBIGUOUS_NAME, "child@0" },
		{ "relation0: {remote: r0, timer: [[uart0]]}", LOP_YAML_TYPE, "timer" },
		{ "relation0: {remote: r0, carveout: [vring0]}", LOP_UNKNOWN_KEY, "carveout" },
		{ "relation0: [r0]", LOP_YAML_TYPE, "a relation" },
		{ "relations: {remote: r0}", LOP_UNKNOWN_KEY, "relations" },
		{ "remote: [r0, r1]\n        carveouts: [vring0, big, cma]", LOP_STALE_SYNTAX,
		  "carveouts" },
		{ "remote: [r0, r1]\n        elfload: [[tcm]]", LOP_STALE_SYNTAX, "elfload" },
		{ "remote: []", LOP_STALE_SYNTAX, "remote" },
		{ "remote: [r0, r2]", LOP_UNKNOWN_DOMAIN, "r2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fixture;

		set_up(&fixture);
		merged(fixture, lop_arena_printf(&((struct fixture *)fixture)->arena,
						 RELATION("openamp,rpmsg-v1", "        %s\n"),
						 rows[i].body));
		assert_only(fixture, rows[i].code, rows[i].words);
		tear_down(&fixture);
	}
}

static void mistakes_around(void **state)
{
	static const struct {
		const char *yaml;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "domain-to-domain: [x]", LOP_YAML_TYPE, "domain-to-domain" },
		{ "domain-to-domain: {rel: {relation0: {remote: d}}}", LOP_MISSING_VALUE,
		  "compatible" },
		{ "domain-to-domain: {rel: 5}", LOP_UNKNOWN_KEY, "rel" },
		{ "reserved-memory: [vring9]", LOP_UNKNOWN_CARVEOUT, "vring9" },
		{ "reserved-memory: [uart0]", LOP_UNKNOWN_CARVEOUT, "uart0" },
		{ "reserved-memory: vring0", LOP_YAML_TYPE, "reserved-memory" },
		{ "reserved-memory: [{start: 0, size: 1}]", LOP_YAML_TYPE, "an entry" },
		{ "reserved-memory: {a: [{start: 0, size: 1}, {start: 8, size: 1}]}",
		  LOP_STALE_SYNTAX, "2 ranges" },
		{ "reserved-memory: {a: {start: 0}}", LOP_MISSING_VALUE, "size" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fixture;

		set_up(&fixture);
		merged(fixture, lop_arena_printf(&((struct fixture *)fixture)->arena,
						 "domains:\n  d:\n    %s\n", rows[i].yaml));
		assert_only(fixture, rows[i].code, rows[i].words);
		tear_down(&fixture);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(relations_refer_to_nodes),
		T(carveouts_may_be_any_node),
		T(regions_of_a_domain),
		T(regions_written_in_the_domain),
		T(two_sizes_of_one_region_are_reported),
		T(peers_in_a_list_get_their_shares),
		T(lists_of_lists_are_shares_already),
		T(one_peer_takes_all),
		T(a_relation_to_nobody_is_left_out),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(mistakes_around),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
