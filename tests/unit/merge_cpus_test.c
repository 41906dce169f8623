/* SPDX-License-Identifier: BSD-3-Clause */
/* cpus of a domain: names of clusters, masks, modes. */
#include "tests/unit/merge_text.h"

#define SECURE	 0x80000000u
#define LOCKSTEP 0x40000000u

static struct lop_tree *cpus(struct fixture *f, const char *entries)
{
	return merged(f, lop_arena_printf(&f->arena, "domains:\n  d:\n    cpus:\n%s", entries));
}

static void assert_triplet(const struct lop_tree *t, size_t i, const char *cluster, uint32_t mask,
			   uint32_t mode)
{
	assert_ref(t, "/domains/d", "cpus", 3 * i, cluster);
	assert_int_equal(cell_at(t, "/domains/d", "cpus", 3 * i + 1), mask);
	assert_int_equal(cell_at(t, "/domains/d", "cpus", 3 * i + 2), mode);
}

static size_t n_triplets(const struct lop_tree *t)
{
	return value_at(t, "/domains/d", "cpus")->len / 12;
}

static void numbers_mean_the_same_with_and_without_quotes(void **state)
{
	struct lop_tree *t =
		cpus(*state, "      - {cluster: a53, cpumask: 0x3, mode: {el: 0x2}}\n"
			     "      - {dev: r5, cpumask: '0x1', mode: {el: '1', secure: true}}\n");

	assert_silent(*state);
	assert_triplet(t, 0, "/cpus", 3, 2);
	assert_triplet(t, 1, "/cpus-r5@0", 1, SECURE | 1);
}

static void levels_are_encoded_as_they_are(void **state)
{
	(void)state;
	for (uint32_t el = 0; el < 4; el++) {
		void *fixture;
		struct lop_tree *t;

		set_up(&fixture);
		t = cpus(fixture,
			 lop_arena_printf(&((struct fixture *)fixture)->arena,
					  "      - {cluster: a53, cpumask: 1, mode: {el: %u}}\n",
					  el));
		assert_triplet(t, 0, "/cpus", 1, el);
		tear_down(&fixture);
	}
}

static void clusters_by_any_name(void **state)
{
	struct lop_tree *t =
		cpus(*state, "      - {cluster: /cpus, cpumask: 1}\n"
			     "      - {cluster: cpus-r5, cpumask: 1, mode: {secure: true}}\n"
			     "      - {cluster: cpus-r5@0, cpumask: 1, mode: {lockstep: true}}\n");

	assert_silent(*state);
	assert_triplet(t, 0, "/cpus", 1, 0);
	assert_triplet(t, 1, "/cpus-r5@0", 1, SECURE);
	assert_triplet(t, 2, "/cpus-r5@0", 1, LOCKSTEP);
}

static void entries_of_one_mode_are_joined(void **state)
{
	struct lop_tree *t =
		cpus(*state, "      - {cluster: a53, cpumask: '0x1', mode: {el: '0x3'}}\n"
			     "      - {cluster: a53, cpumask: '0x2', mode: {el: 3}}\n"
			     "      - {cluster: a53, cpumask: 0x1, mode: {el: 1}}\n");

	assert_silent(*state);
	assert_int_equal(n_triplets(t), 2);
	assert_triplet(t, 0, "/cpus", 3, 3);
	assert_triplet(t, 1, "/cpus", 1, 1);
}

static void old_forms_of_mode(void **state)
{
	struct lop_tree *t =
		cpus(*state, "      - {cluster: a53, cpumask: 1, mode: 0x1, secure: true}\n"
			     "      - {}\n      -\n"
			     "      - {cluster: r5, cpumask: 1, mode: {}, spec_name: RPU0}\n");

	assert_silent(*state);
	assert_int_equal(n_triplets(t), 2);
	assert_triplet(t, 0, "/cpus", 1, SECURE | 1);
	assert_triplet(t, 1, "/cpus-r5@0", 1, 0);
}

static void a_cpu_may_stand_for_its_cluster(void **state)
{
	struct lop_tree *t = cpus(*state, "      - {cluster: r5_0}\n");

	assert_silent(*state);
	assert_triplet(t, 0, "/cpus-r5@0/cpu@0", 0, 0);
}

static void nothing_gives_no_property(void **state)
{
	struct lop_tree *t = merged(*state, "domains:\n  d:\n    cpus: []\n  e:\n    cpus:\n");

	assert_silent(*state);
	assert_false(has_prop(t, "/domains/d", "cpus"));
	assert_false(has_prop(t, "/domains/e", "cpus"));
}

static void entries_know_where_they_stand(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *t = cpus(f, "      - {cluster: a53, cpumask: 0x3}\n");
	const struct lop_marker *m = value_at(t, "/domains/d", "cpus")->markers;

	assert_int_equal(m->kind, LOP_MARK_U32);
	assert_int_equal(lop_sources_resolve(&f->sources, m->span).column, 33);
	assert_int_equal(lop_sources_resolve(&f->sources, m->next->span).column, 19);
}

static void mistakes(void **state)
{
	static const struct {
		const char *entry;
		enum lop_code code;
		const char *words;
	} rows[] = {
		{ "{cluster: cpus_a72, cpumask: 1}", LOP_UNKNOWN_CLUSTER, "cpus_a72" },
		{ "{cluster: axi, cpumask: 1}", LOP_WRONG_NODE, "`axi`" },
		{ "{cluster: uart0, cpumask: 1}", LOP_WRONG_NODE, "uart0" },
		{ "{cluster: d, cpumask: 1}", LOP_WRONG_NODE, "`d`" },
		{ "{cluster: /cpus/none, cpumask: 1}", LOP_UNKNOWN_CLUSTER, "/cpus/none" },
		{ "{cpumask: 1}", LOP_MISSING_VALUE, "names no cluster" },
		{ "{cluster: [a53], cpumask: 1}", LOP_MISSING_VALUE, "names no cluster" },
		{ "{cluster: a53}", LOP_MISSING_VALUE, "cpumask" },
		{ "{cluster: a53, cpumask: }", LOP_MISSING_VALUE, "cpumask" },
		{ "{cluster: a53, cpumask: both}", LOP_BAD_NUMBER, "both" },
		{ "{cluster: a53, cpumask: [1]}", LOP_BAD_NUMBER, "list" },
		{ "{cluster: a53, cpumask: 0x100000000}", LOP_ADDRESS_OVERFLOW, "32 bits" },
		{ "{cluster: a53, cpumask: 1, mode: {el: 4}}", LOP_CPU_MODE, "level 4" },
		{ "{cluster: a53, cpumask: 1, mode: {el: high}}", LOP_BAD_NUMBER, "high" },
		{ "{cluster: a53, cpumask: 1, mode: {secure: maybe}}", LOP_YAML_TYPE, "secure" },
		{ "{cluster: a53, cpumask: 1, mode: {sekure: true}}", LOP_UNKNOWN_KEY, "sekure" },
		{ "{cluster: a53, cpumask: 1, mode: [1]}", LOP_BAD_NUMBER, "list" },
		{ "{cluster: a53, cpu_mask: 1}", LOP_UNKNOWN_KEY, "cpu_mask" },
		{ "a53", LOP_YAML_TYPE, "an entry in `cpus`" },
		{ "[a53]", LOP_YAML_TYPE, "an entry in `cpus`" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		void *fixture;

		set_up(&fixture);
		cpus(fixture, lop_arena_printf(&((struct fixture *)fixture)->arena, "      - %s\n",
					       rows[i].entry));
		assert_only(fixture, rows[i].code, rows[i].words);
		tear_down(&fixture);
	}
}

static void unknown_clusters_list_the_known_ones(void **state)
{
	cpus(*state, "      - {cluster: a54, cpumask: 1}\n");
	assert_helped(*state, LOP_UNKNOWN_CLUSTER, "did you mean `a53`");
	assert_helped(*state, LOP_UNKNOWN_CLUSTER, "`a53`, `r5`");
}

static void cpus_must_be_a_list(void **state)
{
	refuse(*state, "domains:\n  d:\n    cpus: {cluster: a53}\n", LOP_YAML_TYPE, "`cpus`");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(numbers_mean_the_same_with_and_without_quotes),
		T(levels_are_encoded_as_they_are),
		T(clusters_by_any_name),
		T(entries_of_one_mode_are_joined),
		T(old_forms_of_mode),
		T(a_cpu_may_stand_for_its_cluster),
		T(nothing_gives_no_property),
		T(entries_know_where_they_stand),
		cmocka_unit_test(mistakes),
		T(unknown_clusters_list_the_known_ones),
		T(cpus_must_be_a_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
