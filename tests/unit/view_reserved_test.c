/* SPDX-License-Identifier: BSD-3-Clause */
/* /reserved-memory of a domain: regions it uses, holes of others, and what is plain memory. */
#include "tests/unit/view_text.h"

#define RESERVED(regions) \
	"reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges;" regions "};"
#define REGION(label, at, more) label ": " label "@" #at " { reg = <0x" #at " 0x1000>;" more "};"
#define MEMORY			"memory = <0x80000000 0x1000000>;" /* 16 MiB, in reach of both clusters */
#define OTHERS			"memory = <0x88000000 0x1000>;"
/* Beside d: one more on its cluster, so that d is not the default domain, and another. */
#define E(more) DOMAIN("o", "&a 2 1", "") DOMAIN("e", "&b 1 0", OTHERS more)

static const char *const at = "/reserved-memory/r@80100000";

static struct lop_view *with(void **state, const char *regions, const char *mine,
			     const char *others)
{
	struct fixture *f = *state;
	const char *board = SDT("dev: dev@10002000 { reg = <0x10002000 0x100>;"
				"memory-region = <&r>; };",
				"%s%s") RESERVED("%s");

	return cut(f, lop_arena_printf(&f->arena, board, mine, others, regions), "d");
}

static void a_region_it_names(void **state)
{
	struct lop_view *v = with(state, REGION("r", 80100000, "no-map; acme,x = <7>;"),
				  DOMAIN("d", "&a 1 1", MEMORY "reserved-memory = <&r>;"), E(""));

	ASSERT_CELLS(v, at, "reg", 0x80100000, 0x1000);
	ASSERT_CELLS(v, at, "acme,x", 7);
	assert_true(has_prop(v, at, "no-map"));
	assert_true(has_prop(v, "/reserved-memory", "ranges"));
	drop(*state, v);
}

static void a_region_of_another_is_a_hole(void **state)
{
	struct lop_view *v =
		with(state, REGION("r", 80100000, "acme,secret = <7>; compatible = \"x\";"),
		     DOMAIN("d", "&a 1 1", MEMORY), E("reserved-memory = <&r>;"));

	ASSERT_CELLS(v, at, "reg", 0x80100000, 0x1000);
	assert_true(has_prop(v, at, "no-map"));
	assert_false(has_prop(v, at, "acme,secret"));
	assert_false(has_prop(v, at, "compatible"));
	drop(*state, v);
}

static void a_region_of_nobody_is_a_hole(void **state)
{
	struct lop_view *v =
		with(state, REGION("r", 80100000, ""), DOMAIN("d", "&a 1 1", MEMORY), E(""));

	assert_true(has_prop(v, at, "no-map"));
	drop(*state, v);
}

static void outside_of_its_memory_there_is_nothing(void **state)
{
	struct lop_view *v = with(state, REGION("r", 89000000, ""), DOMAIN("d", "&a 1 1", MEMORY),
				  E("reserved-memory = <&r>;"));

	assert_false(has(v, "/reserved-memory"));
	drop(*state, v);
}

static void a_pool_of_nobody_is_plain_memory(void **state)
{
	static const char *const pools[] = { "compatible = \"shared-dma-pool\";",
					     "compatible = \"restricted-dma-pool\";", "reusable;" };

	for (size_t i = 0; i < sizeof(pools) / sizeof(pools[0]); i++) {
		struct fixture *f = *state;
		struct lop_view *v = with(
			state, lop_arena_printf(&f->arena, REGION("r", 80100000, "%s"), pools[i]),
			DOMAIN("d", "&a 1 1", MEMORY), E(""));

		assert_false(has(v, at));
		drop(f, v);
	}
}

static void a_pool_of_another_is_a_hole(void **state)
{
	struct lop_view *v = with(state, REGION("r", 80100000, "reusable;"),
				  DOMAIN("d", "&a 1 1", MEMORY), E("access = <&dev>;"));

	assert_true(has_prop(v, at, "no-map"));
	assert_false(has_prop(v, at, "reusable"));
	drop(*state, v);
}

static void a_device_brings_its_region(void **state)
{
	struct lop_view *v = with(state, REGION("r", 80100000, "reusable;"),
				  DOMAIN("d", "&a 1 1", MEMORY "access = <&dev>;"), E(""));

	assert_true(has_prop(v, at, "reusable"));
	assert_leads(v, "/soc/dev@10002000", "memory-region", 0, at);
	drop(*state, v);
}

static void a_number_in_memory_region_is_as_good(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v =
		cut(f,
		    SDT("dev: dev@10002000 { reg = <0x10002000 0x100>;"
			"memory-region = <0x99>; };",
			DOMAIN("d", "&a 1 1", MEMORY) E("access = <&dev>;"))
			    RESERVED(REGION("r", 80100000, "reusable; phandle = <0x99>;")),
		    "d");

	assert_true(has_prop(v, at, "no-map"));
	drop(f, v);
}

static void its_own_memory_is_not_reserved_from_it(void **state)
{
	struct lop_view *v = with(state, REGION("r", 80100000, "no-map;"),
				  DOMAIN("d", "&a 1 1", "memory = <0x80100000 0x1000>;"), E(""));

	assert_false(has(v, at));
	ASSERT_CELLS(v, "/memory@80100000", "reg", 0x80100000, 0x1000);
	drop(*state, v);
}

static void unless_it_names_the_region(void **state)
{
	struct lop_view *v = with(state, REGION("r", 80100000, "no-map;"),
				  DOMAIN("d", "&a 1 1",
					 "memory = <0x80100000 0x1000>;"
					 "reserved-memory = <&r>;"),
				  E(""));

	assert_true(has(v, at));
	drop(*state, v);
}

static void one_that_asks_for_no_reference(void **state)
{
	struct lop_view *v = with(state, REGION("r", 80100000, "lopper,no-ref-required; x = <1>;"),
				  DOMAIN("d", "&a 1 1", MEMORY), E(""));

	ASSERT_CELLS(v, at, "x", 1);
	assert_false(has_prop(v, at, "no-map"));
	drop(*state, v);
}

static void the_memory_of_a_domain_hides_from_others(void **state)
{
	struct lop_view *v = with(
		state, REGION("r", 80100000, "compatible = \"openamp,domain-memory-v1\";"),
		DOMAIN("d", "&a 1 1", MEMORY),
		DOMAIN("o", "&a 2 1", "") DOMAIN("e", "&b 1 0", "memory = <0x80100000 0x1000>;"));

	assert_string_equal(text_at(v, at, "compatible"), "openamp,domain-memory-v1");
	drop(*state, v);
}

static void the_default_domain_has_what_nobody_uses(void **state)
{
	struct lop_view *v =
		with(state, REGION("r", 80100000, "x = <1>;") REGION("s", 80200000, "x = <2>;"),
		     DOMAIN("d", "&a 1 1", ""), DOMAIN("e", "&b 1 0", "reserved-memory = <&s>;"));

	ASSERT_CELLS(v, at, "x", 1);
	assert_false(has_prop(v, "/reserved-memory/s@80200000", "x"));
	drop(*state, v);
}

static void a_window_moves_a_region(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v =
		cut(f,
		    SDT("", DOMAIN("d", "&b 1 0",
				   "memory = <0x80000000 0x200000>;"
				   "reserved-memory = <&r>;")) RESERVED(REGION("r", 80100000, "")),
		    "d");

	ASSERT_CELLS(v, "/reserved-memory/r@100000", "reg", 0x100000, 0x1000);
	drop(f, v);
}

static void a_region_that_the_cluster_does_not_see(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v =
		cut(f,
		    SDT("", DOMAIN("d", "&b 1 0",
				   "memory = <0x80000000 0x200000>;"
				   "reserved-memory = <&r>;")) RESERVED(REGION("r", 88000000, "")),
		    "d");

	/* reported by check */
	ASSERT_CELLS(v, "/reserved-memory/r@88000000", "reg", 0x88000000, 0x1000);
	drop(f, v);
}

static void a_size_without_an_address(void **state)
{
	struct lop_view *v = with(state, "r: r { size = <0x1000>; alignment = <0x1000>; };",
				  DOMAIN("d", "&a 1 1", MEMORY "reserved-memory = <&r>;"), E(""));

	ASSERT_CELLS(v, "/reserved-memory/r", "size", 0x1000);
	drop(*state, v);
}

static void regions_inside_the_domain(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v =
		cut(f,
		    SDT("", DOMAIN("d", "&a 1 1",
				   MEMORY "reserved-memory { #address-cells = <1>;"
					  "#size-cells = <1>; ranges;"
					  "own@80300000 { reg = <0x80300000 0x1000>; no-map; };"
					  "};")),
		    "d");

	ASSERT_CELLS(v, "/reserved-memory/own@80300000", "reg", 0x80300000, 0x1000);
	assert_true(has_prop(v, "/reserved-memory", "ranges"));
	drop(f, v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_region_it_names),
		TEST(a_region_of_another_is_a_hole),
		TEST(a_region_of_nobody_is_a_hole),
		TEST(outside_of_its_memory_there_is_nothing),
		TEST(a_pool_of_nobody_is_plain_memory),
		TEST(a_pool_of_another_is_a_hole),
		TEST(a_device_brings_its_region),
		TEST(a_number_in_memory_region_is_as_good),
		TEST(its_own_memory_is_not_reserved_from_it),
		TEST(unless_it_names_the_region),
		TEST(one_that_asks_for_no_reference),
		TEST(the_memory_of_a_domain_hides_from_others),
		TEST(the_default_domain_has_what_nobody_uses),
		TEST(a_window_moves_a_region),
		TEST(a_region_that_the_cluster_does_not_see),
		TEST(a_size_without_an_address),
		TEST(regions_inside_the_domain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
