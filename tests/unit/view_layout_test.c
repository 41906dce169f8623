/* SPDX-License-Identifier: BSD-3-Clause */
/* The memories of linker scripts, their names, and what goes where. */
#include "lopper-c/view/layout.h"
#include "tests/unit/view_text.h"

#define BOARD                                                                                 \
	"#address-cells = <1>; #size-cells = <1>;"                                            \
	"a: cpus-r { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;" \
	"cpu@0 { device_type = \"cpu\"; compatible = \"arm,cortex-r5\"; reg = <0>; }; };"     \
	"memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x1000000>; };"        \
	"reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges;"                  \
	"r0: r@80010000 { reg = <0x80010000 0x1000>; };"                                      \
	"r1: r@80020000 { reg = <0x80020000 0x1000>; };"                                      \
	"all: all@80000000 { reg = <0x80000000 0x100000>; }; };"                              \
	"t0: tcm@10000000 { compatible = \"mmio-sram\"; reg = <0x10000000 0x1000>;"           \
	"};"                                                                                  \
	"t1: tcm@10010000 { compatible = \"mmio-sram\"; reg = <0x10010000 0x1000>; };"

static const struct lop_layout *layout_of(void **state, const char *props)
{
	struct fixture *f = *state;
	const char *body = BOARD "domains { d: d { compatible = \"openamp,domain-v1\";"
				 "cpus = <&a 1 1>; %s }; };";
	struct lop_tree *tree = parse_root(f, lop_arena_printf(&f->arena, body, props));
	struct lop_system *system;
	struct lop_layout *layout;
	struct lop_view *view;

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	system = lop_system_build(tree, &f->diags);
	view = lop_view_build(system, system->domains[0], &f->diags);
	layout = lop_layout_build(system, view, 0);
	lop_view_drop_tree(view);
	return layout;
}

static void assert_region(const struct lop_layout *layout, size_t i, const char *name,
			  uint64_t base, uint64_t size)
{
	assert_true(i < layout->n_regions);
	assert_string_equal(layout->regions[i]->name, name);
	assert_int_equal(layout->regions[i]->range.base, base);
	assert_int_equal(layout->regions[i]->range.size, size);
}

static const struct lop_placed *placed(const struct lop_layout *layout, enum lop_section section)
{
	for (size_t i = 0; i < layout->n_sections; i++)
		if (layout->sections[i].section == section)
			return &layout->sections[i];
	fail_msg("no %s", lop_section_names[section]);
	return NULL;
}

static void regions_of_others_are_holes(void **state)
{
	const struct lop_layout *l =
		layout_of(state, "memory = <0x80000000 0x100000>; reserved-memory = <&r1>;");

	assert_int_equal(l->n_regions, 4);
	assert_region(l, 0, "MEMORY0", 0x80000000, 0x10000);
	assert_region(l, 1, "MEMORY0_80011000", 0x80011000, 0xf000);
	assert_region(l, 2, "MEMORY0_80021000", 0x80021000, 0xdf000);
	assert_region(l, 3, "R1", 0x80020000, 0x1000);
	assert_int_equal(l->regions[3]->kind, LOP_REGION_RESERVED);
}

static void names_are_unique(void **state)
{
	const struct lop_layout *l = layout_of(
		state, "memory = <0x80100000 0x1000>, <0x80200000 0x1000>; sram = <0x10000000 "
		       "0x1000>, <0x10010000 0x1000>;");

	assert_region(l, 0, "MEMORY0", 0x80100000, 0x1000);
	assert_region(l, 1, "MEMORY1", 0x80200000, 0x1000);
	assert_region(l, 2, "T0", 0x10000000, 0x1000);
	assert_region(l, 3, "T1", 0x10010000, 0x1000);
	assert_true(l->regions[2]->sram);
}

static void dram_comes_first(void **state)
{
	const struct lop_layout *l =
		layout_of(state, "memory = <0x80100000 0x1000>; sram = <0x10000000 0x1000>;");

	for (size_t i = 0; i < l->n_sections; i++)
		assert_ptr_equal(l->sections[i].region, l->regions[0]);
	assert_int_equal(l->sections[0].section, LOP_VECTOR_TABLE);
	assert_int_equal(l->n_segments, 3);
	assert_int_equal(l->granule, 32);
	assert_string_equal(l->entry, "_start");
	assert_string_equal(l->file, "linker.ld");
}

static void else_on_chip_memory(void **state)
{
	const struct lop_layout *l = layout_of(state, "sram = <0x10000000 0x1000>;");

	assert_ptr_equal(l->sections[0].region, l->regions[0]);
}

static void nothing_without_memory(void **state)
{
	assert_null(layout_of(state, ""));
}

static void a_policy_moves_some(void **state)
{
	const struct lop_layout *l = layout_of(
		state,
		"memory = <0x80100000 0x1000>; sram = <0x10000000 0x1000>, <0x10010000 "
		"0x1000>; linker-section-data = <&t1>; linker-section-resource-table = <&t0>;"
		"linker-section-resource-table-offset = <0x100>;"
		"linker_file_output_name = \"x.ld\"; linker-entry = \"go\";");

	assert_string_equal(placed(l, LOP_DATA)->region->name, "T1");
	assert_string_equal(placed(l, LOP_BSS)->region->name, "MEMORY0");
	assert_string_equal(placed(l, LOP_RESOURCE_TABLE)->region->name, "T0");
	assert_int_equal(placed(l, LOP_RESOURCE_TABLE)->offset, 0x100);
	assert_true(placed(l, LOP_RESOURCE_TABLE) > placed(l, LOP_NOINIT));
	assert_ptr_not_equal(placed(l, LOP_DATA)->segment, placed(l, LOP_BSS)->segment);
	assert_null(placed(l, LOP_NOINIT)->segment);
	assert_string_equal(l->file, "x.ld");
	assert_string_equal(l->entry, "go");
}

static void memories_that_a_policy_lists(void **state)
{
	const struct lop_layout *l = layout_of(
		state, "memory = <0x80100000 0x1000>; sram = <0x10000000 0x1000>, <0x10010000 "
		       "0x1000>; linker_memories = <&t1>;");

	assert_int_equal(l->n_regions, 1);
	assert_string_equal(placed(l, LOP_TEXT)->region->name, "T1");
}

/* A segment does not reach across another one. */
static void a_table_at_the_start(void **state)
{
	const struct lop_layout *l = layout_of(
		state, "memory = <0x80100000 0x1000>; linker-section-resource-table-offset = <0>;");

	assert_int_equal(l->sections[0].section, LOP_RESOURCE_TABLE);
	assert_ptr_not_equal(placed(l, LOP_RESOURCE_TABLE)->segment, placed(l, LOP_DATA)->segment);
	assert_string_equal(placed(l, LOP_DATA)->segment->name, "data2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(regions_of_others_are_holes),
		TEST(names_are_unique),
		TEST(dram_comes_first),
		TEST(else_on_chip_memory),
		TEST(nothing_without_memory),
		TEST(a_policy_moves_some),
		TEST(memories_that_a_policy_lists),
		TEST(a_table_at_the_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
