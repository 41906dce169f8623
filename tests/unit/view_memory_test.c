/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory of a domain: pieces, windows, what is left for the default domain, what is nowhere. */
#include "tests/unit/view_text.h"

#define CPUS(label, name, more)                                                          \
	label ": " name " { compatible = \"cpus,cluster\"; #address-cells = <1>;"        \
	      "#size-cells = <0>; " more " cpu@0 { device_type = \"cpu\"; reg = <0>; };" \
	      "cpu@1 { device_type = \"cpu\"; reg = <1>; }; };"
#define MAP(map) "#ranges-address-cells = <1>; #ranges-size-cells = <1>; address-map = " map ";"
#define RAM(label, at, size) \
	label ": memory@" #at " { device_type = \"memory\"; reg = <0x" #at " " #size ">; };"
#define SRAM(label, at, size) \
	label ": sram@" #at " { compatible = \"mmio-sram\"; reg = <0x" #at " " #size ">; };"
#define ROOT(nodes, domains)                                                  \
	"#address-cells = <1>; #size-cells = <1>;" CPUS("a", "cpus", "")      \
		nodes RAM("m", 80000000, 0x10000) RAM("n", 80010000, 0x10000) \
			SRAM("s", 1000, 0x1000) "domains {" domains "};"
#define O DOMAIN("o", "&a 2 1", "") DOMAIN("q", "&a 2 1", "")

static void assert_piece(const struct lop_view *v, size_t i, uint64_t base, uint64_t size,
			 bool sram)
{
	assert_true(i < v->n_memory);
	assert_true(v->memory[i].range.base == base);
	assert_true(v->memory[i].range.size == size);
	assert_int_equal(v->memory[i].sram, sram);
}

static void a_range_over_two_nodes_is_two_pieces(void **state)
{
	struct lop_view *v = cut(
		*state, ROOT("", DOMAIN("d", "&a 1 1", "memory = <0x80008000 0x10000>;") O), "d");

	assert_int_equal(v->n_memory, 2);
	assert_piece(v, 0, 0x80008000, 0x8000, false);
	assert_piece(v, 1, 0x80010000, 0x8000, false);
	ASSERT_CELLS(v, "/memory@80008000", "reg", 0x80008000, 0x8000);
	ASSERT_CELLS(v, "/memory@80010000", "reg", 0x80010000, 0x8000);
	drop(*state, v);
}

static void two_ranges_in_one_node_are_one_node(void **state)
{
	struct lop_view *v =
		cut(*state,
		    ROOT("", DOMAIN("d", "&a 1 1",
				    "memory = <0x80000000 0x1000 0x80004000 0x1000>;") O),
		    "d");

	ASSERT_CELLS(v, "/memory@80000000", "reg", 0x80000000, 0x1000, 0x80004000, 0x1000);
	assert_ptr_equal(lop_tree_by_label(v->tree, "m"), node_at(v->tree, "/memory@80000000"));
	assert_false(has(v, "/memory@80010000"));
	drop(*state, v);
}

static void windows_cut_a_range_in_pieces(void **state)
{
	struct lop_view *v = cut(*state,
				 ROOT(CPUS("b", "cpus-b",
					   MAP("<0x100000 &m 0x80000000 0x1000>,"
					       "<0x200000 &m 0x80002000 0x1000>")),
				      DOMAIN("d", "&b 1 0", "memory = <0x80000000 0x4000>;")),
				 "d");

	assert_int_equal(v->n_memory, 2);
	assert_piece(v, 0, 0x100000, 0x1000, false);
	assert_piece(v, 1, 0x200000, 0x1000, false);
	ASSERT_CELLS(v, "/memory@100000", "reg", 0x100000, 0x1000, 0x200000, 0x1000);
	drop(*state, v);
}

/* Reported by check; the view shows it where the root has it. */
static void memory_that_is_not_seen_stays_where_it_is(void **state)
{
	struct lop_view *v = cut(*state,
				 ROOT(CPUS("b", "cpus-b", MAP("<0x100000 &m 0x80000000 0x1000>")),
				      DOMAIN("d", "&b 1 0", "memory = <0x80010000 0x1000>;")),
				 "d");

	assert_int_equal(v->n_memory, 1);
	assert_piece(v, 0, 0x80010000, 0x1000, false);
	ASSERT_CELLS(v, "/memory@80010000", "reg", 0x80010000, 0x1000);
	drop(*state, v);
}

static void memory_that_is_not_there_has_a_node_of_its_own(void **state)
{
	struct lop_view *v = cut(
		*state, ROOT("", DOMAIN("d", "&a 1 1", "memory = <0x40000000 0x1000>;") O), "d");

	assert_int_equal(v->n_memory, 1);
	assert_null(v->memory[0].node);
	assert_string_equal(text_at(v, "/memory@40000000", "device_type"), "memory");
	ASSERT_CELLS(v, "/memory@40000000", "reg", 0x40000000, 0x1000);
	drop(*state, v);
}

static void a_range_that_begins_before_the_memory(void **state)
{
	struct lop_view *v = cut(
		*state, ROOT("", DOMAIN("d", "&a 1 1", "memory = <0x7fff0000 0x11000>;") O), "d");

	ASSERT_CELLS(v, "/memory@80000000", "reg", 0x80000000, 0x1000);
	drop(*state, v);
}

static void sram_is_a_device_with_its_part(void **state)
{
	struct lop_view *v =
		cut(*state, ROOT("", DOMAIN("d", "&a 1 1", "sram = <0x1800 0x400>;") O), "d");

	assert_piece(v, 0, 0x1800, 0x400, true);
	assert_string_equal(v->memory[0].node->name, "sram@1000");
	ASSERT_CELLS(v, "/sram@1800", "reg", 0x1800, 0x400);
	assert_string_equal(text_at(v, "/sram@1800", "compatible"), "mmio-sram");
	drop(*state, v);
}

/* --- the rest --- */

#define E(more) DOMAIN("e", "&b 1 0", more)
#define B	CPUS("b", "cpus-b", "")

#define PARTED                                                                 \
	"t: sram@4000 { compatible = \"mmio-sram\"; reg = <0x4000 0x1000>;"    \
	"#address-cells = <1>; #size-cells = <1>; ranges = <0 0x4000 0x1000>;" \
	"part@0 { reg = <0 0x400>; }; x: part@400 { reg = <0x400 0x400>; };"   \
	"part@800 { reg = <0x800 0x800>; }; };"

static void partitions_come_along_with_their_part(void **state)
{
	struct lop_view *v = cut(*state,
				 ROOT(PARTED, DOMAIN("d", "&a 1 1", "sram = <0x4000 0xc00>;")
						      DOMAIN("e", "&a 2 1", "access = <&x>;") O),
				 "d");

	assert_true(has(v, "/sram@4000/part@0"));
	assert_false(has(v, "/sram@4000/part@400")); /* another domain's */
	assert_false(has(v, "/sram@4000/part@800")); /* half of it is nobody's */
	drop(*state, v);
}

static void the_default_domain_has_the_rest(void **state)
{
	struct lop_view *v = cut(*state,
				 ROOT(B, DOMAIN("d", "&a 3 1", "")
						 E("memory = <0x80004000 0x1000 0x80001000 0x1000>;"
						   "sram = <0x1000 0x800>;")),
				 "d");

	ASSERT_CELLS(v, "/memory@80000000", "reg", 0x80000000, 0x1000, 0x80002000, 0x2000,
		     0x80005000, 0xb000);
	ASSERT_CELLS(v, "/memory@80010000", "reg", 0x80010000, 0x10000);
	drop(*state, v);
}

static void a_list_of_its_own_is_all_it_has(void **state)
{
	struct lop_view *v = cut(
		*state, ROOT(B, DOMAIN("d", "&a 3 1", "memory = <0x80000000 0x1000>;") E("")), "d");

	assert_int_equal(v->memory[0].range.size, 0x1000);
	assert_false(has(v, "/memory@80010000"));
	drop(*state, v);
}

static void nothing_is_left(void **state)
{
	struct lop_view *v =
		cut(*state,
		    ROOT(B, DOMAIN("d", "&a 3 1", "")
				    E("memory = <0x80000000 0x20000>; sram = <0x1000 0x1000>;")),
		    "d");

	assert_int_equal(v->n_memory, 0);
	assert_false(has(v, "/memory@80000000"));
	assert_false(has(v, "/memory@80010000"));
	drop(*state, v);
}

/* --- a CPU that stands in the root by itself --- */

static void a_lone_cpu_gets_a_node_around_it(void **state)
{
	struct lop_view *v = cut(
		*state,
		"#address-cells = <1>; #size-cells = <1>;"
		"lone: cpu@5 { compatible = \"cpus,cluster\", \"arm,cortex-m4\"; device_type = \"cpu\";"
		"reg = <5>; };" RAM("m", 80000000, 0x10000) "domains {" DOMAIN(
			"d", "&lone 0x20 0", "memory = <0x80000000 0x1000>;") "};",
		"d");

	ASSERT_CELLS(v, "/cpus/cpu@5", "reg", 5);
	ASSERT_CELLS(v, "/cpus", "#address-cells", 1);
	ASSERT_CELLS(v, "/cpus", "#size-cells", 0);
	assert_false(has(v, "/cpu@5"));
	drop(*state, v);
}

/* --- holes that relations make --- */

static void a_carveout_of_a_stranger_is_a_hole(void **state)
{
	static const char system[] = ROOT(
		B,
		DOMAIN("d", "&a 3 1", "memory = <0x80000000 0x10000>;") E(
			"domain-to-domain { compatible = \"openamp,domain-to-domain-v1\"; rel {"
			"compatible = \"openamp,rpmsg-v1\"; relation0 { host = <&f>;"
			"carveouts = <&r>; elfload = <&x>; }; }; };")
			DOMAIN("f", "&b 2 0",
			       "")) "reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges;"
				    "r: r@80001000 { reg = <0x80001000 0x1000>; acme,x = <1>; };"
				    "x: x@80002000 { reg = <0x80002000 0x1000>; acme,x = <1>; }; };";
	struct lop_view *v = cut(*state, system, "d");

	assert_true(has_prop(v, "/reserved-memory/r@80001000", "no-map"));
	assert_false(has_prop(v, "/reserved-memory/r@80001000", "acme,x"));
	assert_false(has_prop(v, "/reserved-memory/x@80002000", "acme,x"));
	drop(*state, v);
	v = cut(*state, system, "e");
	ASSERT_CELLS(v, "/reserved-memory/r@80001000", "acme,x", 1);
	ASSERT_CELLS(v, "/reserved-memory/x@80002000", "acme,x", 1);
	drop(*state, v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_range_over_two_nodes_is_two_pieces),
		TEST(two_ranges_in_one_node_are_one_node),
		TEST(windows_cut_a_range_in_pieces),
		TEST(memory_that_is_not_seen_stays_where_it_is),
		TEST(memory_that_is_not_there_has_a_node_of_its_own),
		TEST(a_range_that_begins_before_the_memory),
		TEST(sram_is_a_device_with_its_part),
		TEST(partitions_come_along_with_their_part),
		TEST(the_default_domain_has_the_rest),
		TEST(a_list_of_its_own_is_all_it_has),
		TEST(nothing_is_left),
		TEST(a_lone_cpu_gets_a_node_around_it),
		TEST(a_carveout_of_a_stranger_is_a_hole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
