/* SPDX-License-Identifier: BSD-3-Clause */
/* Maps: what is free, what contains what, and which neighbours must not have met. */
#include "lopper-c/place/place.h"
#include "lopper-c/report/forms.h"
#include "tests/unit/merge_text.h"

#define DOMAINS(linux0, rtos0)                                                                    \
	"domains:\n"                                                                              \
	"  linux0: {id: 1, \"os,type\": linux, cpus: [{cluster: a53, cpumask: 1}], " linux0 "}\n" \
	"  rtos0: {id: 2, \"os,type\": zephyr, cpus: [{cluster: r5, cpumask: 1}], " rtos0 "}\n"

static struct lop_report reported(struct fixture *f, const char *yaml)
{
	struct lop_tree *tree = merged(f, yaml);
	struct lop_system *system;
	struct lop_report report;

	lop_tree_number(tree);
	system = lop_system_build(tree, &f->diags);
	lop_place(system);
	lop_report_begin(&report, system);
	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_view *view = lop_view_build(system, system->domains[i], &f->diags);

		lop_report_add_view(&report, view);
		lop_view_drop_tree(view);
	}
	lop_report_finish(&report);
	return report;
}

static const struct lop_map_row *row_at(const struct lop_bus_map *map, enum lop_fact_kind kind,
					uint64_t base)
{
	for (size_t i = 0; i < map->n_rows; i++)
		if (map->rows[i].region->kind == kind && map->rows[i].range.base == base)
			return &map->rows[i];
	fail_msg("no row of kind %d at 0x%llx", (int)kind, (unsigned long long)base);
	return NULL;
}

static void what_nobody_has_is_free(void **state)
{
	struct lop_report r = reported(*state, DOMAINS("memory: [{start: 0x1000, size: 0x1000}]",
						       "memory: [{start: 0x4000, size: 0x1000}]"));
	const struct lop_bus_map *map = &r.maps[0];

	assert_int_equal(row_at(map, LOP_FACT_FREE, 0)->range.size, 0x1000);
	assert_int_equal(row_at(map, LOP_FACT_FREE, 0x2000)->range.size, 0x2000);
	assert_int_equal(row_at(map, LOP_FACT_FREE, 0x5000)->range.size, 0x3ed40000 - 0x5000);
	assert_int_equal(row_at(map, LOP_FACT_FREE, 0x3ed84000)->range.size,
			 0x80000000 - 0x3ed84000);
	assert_int_equal(map->n_overlaps, 0);
}

static void rows_are_in_order_and_hold_their_parts(void **state)
{
	struct lop_report r = reported(
		*state,
		DOMAINS("memory: [{start: 0, size: 1G}]",
			"trace: 4K, memory: [{start: 0x50000000, size: 64K}]") "links: { data: { host: linux0, remote: rtos0 } }\n");
	const struct lop_bus_map *map = &r.maps[0];

	for (size_t i = 1; i < map->n_rows; i++)
		assert_true(map->rows[i - 1].range.base <= map->rows[i].range.base);
	assert_int_equal(row_at(map, LOP_FACT_RESERVED, 0x3ed40000)->depth, 1);
	assert_int_equal(row_at(map, LOP_FACT_TRACE, 0x5000f000)->depth, 1);
	assert_int_equal(row_at(map, LOP_FACT_TABLE, r.system->links[0]->table.base)->depth, 1);
	assert_int_equal(row_at(map, LOP_FACT_RING, r.system->links[0]->ring[1].base)->depth, 1);
	assert_int_equal(map->n_overlaps, 0);
}

static void two_owners_of_one_place_overlap(void **state)
{
	struct lop_report r = reported(*state, DOMAINS("memory: [{start: 0, size: 0x3000}]",
						       "memory: [{start: 0x2000, size: 0x2000}]"));
	const struct lop_bus_map *map = &r.maps[0];

	assert_int_equal(map->n_overlaps, 1);
	assert_int_equal(map->overlaps[0].range.base, 0x2000);
	assert_int_equal(map->overlaps[0].range.size, 0x1000);
	assert_true(row_at(map, LOP_FACT_MEMORY, 0)->overlaps);
	assert_true(row_at(map, LOP_FACT_MEMORY, 0x2000)->overlaps);
	assert_false(row_at(map, LOP_FACT_FREE, 0x4000)->overlaps);
}

static void a_window_in_memory_of_a_third_overlaps(void **state)
{
	struct lop_report r = reported(
		*state,
		DOMAINS("memory: [{start: 0, size: 0x100000}]",
			"memory: [{start: 0x200000, size: 0x1000}]") "  third: {id: 3, cpus: [{cluster: a53, cpumask: 2}],"
								     " memory: [{start: 0x400000, size: 0x100000}]}\n"
								     "links: { data: { host: linux0, remote: rtos0,"
								     " window: { start: 0x400000, size: 0x80000 } } }\n");

	assert_true(row_at(&r.maps[0], LOP_FACT_WINDOW, 0x400000)->overlaps);
	assert_true(r.maps[0].n_overlaps >= 1);
}

static void registers_behind_another_bus_do_not_meet(void **state)
{
	static const char buses[] =
		"bus@0 { compatible = \"indirect-bus\"; ranges; #address-cells = <2>;"
		"#size-cells = <2>; own: dev@ff000000 { compatible = \"x\";"
		"reg = <0 0xff000000 0 0x1000>; }; };"
		"bus@1 { compatible = \"simple-bus\"; ranges; #address-cells = <2>;"
		"#size-cells = <2>; twin: dev@ff010000 { compatible = \"x\";"
		"reg = <0 0xff010000 0 0x1000>; }; };";
	struct fixture *f = *state;
	struct lop_tree *tree = merge_into(f, buses,
					   DOMAINS("access: [{dev: uart0}, {dev: uart1}]",
						   "access: [{dev: own}, {dev: twin}]"),
					   NULL);
	struct lop_report r;

	lop_tree_number(tree);
	lop_report_begin(&r, lop_system_build(tree, &f->diags));
	lop_report_finish(&r);
	assert_int_equal(r.maps[0].n_overlaps, 1);
	assert_string_equal(r.maps[0].overlaps[0].a->name, "uart1");
	assert_string_equal(r.maps[0].overlaps[0].b->name, "twin");
}

static void a_device_says_who_has_it(void **state)
{
	struct lop_report r =
		reported(*state, DOMAINS("access: [{dev: uart0}]", "access: [{dev: uart1}]"));
	const struct lop_map_row *row = row_at(&r.maps[0], LOP_FACT_DEVICE, 0xff010000);

	assert_string_equal(row->region->name, "uart1");
	assert_string_equal(row->region->owner->domain->name, "rtos0");
	assert_null(row->region->owner->next);
	assert_true(r.domains[0].uses[0]->given);
	assert_true(r.domains[0].uses[0]->placed);
	assert_int_equal(r.domains[0].uses[0]->range.base, 0xff000000);
}

static void clusters_that_see_the_same_are_not_repeated(void **state)
{
	struct lop_report r = reported(*state, DOMAINS("", ""));

	assert_int_equal(r.n_maps, 3);
	assert_false(r.maps[0].same_as_root);
	assert_true(r.maps[1].same_as_root);
	assert_int_equal(r.maps[1].n_rows, 0);
}

static void a_report_without_views_says_what_was_asked_for(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = merged(f, DOMAINS("memory: [{start: 0, size: 0x1000}], "
						  "access: [{dev: uart0}]",
						  "memory: [{start: 0, size: 0x2000}]"));
	struct lop_report r;

	lop_tree_number(tree);
	lop_report_begin(&r, lop_system_build(tree, &f->diags));
	lop_report_finish(&r);
	assert_int_equal(r.maps[0].n_overlaps, 1);
	assert_int_equal(r.n_devices, 1);
	assert_false(r.devices[0]->placed);
}

static void ten_thousand_rows_at_one_address_end(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };
	struct lop_report r;
	struct lop_tree *tree;

	for (unsigned i = 0; i < 10000; i++)
		lop_buf_printf(&text, "d%u: dev@%x { reg = <0 0xff000000 0 0x1000>; };", i, i);
	tree = parse_root(f, lop_arena_printf(&f->arena,
					      "#address-cells = <2>; #size-cells = <2>;"
					      "soc { compatible = \"simple-bus\"; ranges;"
					      "#address-cells = <2>; #size-cells = <2>; %s };",
					      lop_buf_cstr(&text)));
	lop_buf_free(&text);
	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	lop_report_begin(&r, lop_system_build(tree, &f->diags));
	lop_report_finish(&r);
	assert_int_equal(r.maps[0].n_rows, 10000);
	assert_true(r.maps[0].cut);
}

static void json_escapes_what_its_readers_refuse(void **state)
{
	struct lop_buf out = { 0 };
	struct lop_report r = reported(*state, DOMAINS("", ""));

	r.title = "a\"\\\x01\x7f\xc2\x85\xe2\x80\xa8\xef\xbb\xbf\xff<&";
	lop_report_json(&r, true, &out);
	assert_non_null(strstr(lop_buf_cstr(&out),
			       "a\\\"\\\\\\u0001\\u007f\\u0085\\u2028\\ufeff\xef\xbf\xbd<&\""));
	lop_buf_free(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_nobody_has_is_free),
		TEST(rows_are_in_order_and_hold_their_parts),
		TEST(two_owners_of_one_place_overlap),
		TEST(a_window_in_memory_of_a_third_overlaps),
		TEST(registers_behind_another_bus_do_not_meet),
		TEST(a_device_says_who_has_it),
		TEST(clusters_that_see_the_same_are_not_repeated),
		TEST(a_report_without_views_says_what_was_asked_for),
		TEST(ten_thousand_rows_at_one_address_end),
		TEST(json_escapes_what_its_readers_refuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
