/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about memory and reserved memory: each with a system that keeps it and one that does not.
 */
#include "tests/unit/check_text.h"

#define CPU		      "cpus = <&a 1 1>;"
#define M(name, memory, more) D(name, "memory = " memory ";" more)

/* A cluster with windows, two memories side by side, and an SRAM. */
#define MORE                                                                                  \
	"w: cpus-w { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;" \
	"#ranges-address-cells = <1>; #ranges-size-cells = <1>;"                              \
	"address-map = <0 &ddr 0x80000000 0x100000>, <0x100000 &ddr 0x80100000 0x100000>;"    \
	"cpu@0 { device_type = \"cpu\"; reg = <0>; compatible = \"arm,cortex-r5\"; }; };"     \
	"next: memory@90000000 { device_type = \"memory\"; reg = <0x90000000 0x1000>; };"     \
	"sr: sram@2000 { compatible = \"mmio-sram\"; reg = <0x2000 0x1000>; };"

static void judge_memory(void **state, const char *domains)
{
	struct fixture *f = *state;
	const char *body = SDT(OWNER "%s") MORE;

	f->diags.disabled[LOP_CPUS_MISSING] = true;
	check(f, lop_arena_printf(&f->arena, body, domains));
}

/* --- it exists --- */

static void memory_of_the_machine(void **state)
{
	judge_memory(state, M("d", "<0x80000000 0x8000000>", "sram = <0x2000 0x1000>;"));
	assert_silent(*state);
}

static void memory_over_two_nodes(void **state)
{
	judge_memory(state, M("d", "<0x8f000000 0x1001000>", ""));
	assert_silent(*state);
}

static void one_byte_too_many(void **state)
{
	judge_memory(state, M("d", "<0x90000000 0x1001>", ""));
	assert_only(*state, LOP_MEM_OUTSIDE, "[0x90000000..0x90001000]");
	assert_helped(*state, LOP_MEM_OUTSIDE, "in `memory@90000000`");
}

static void one_byte_too_early(void **state)
{
	judge_memory(state, M("d", "<0x7fffffff 0x2>", ""));
	assert_only(*state, LOP_MEM_OUTSIDE, "[0x7fffffff..0x80000000] (2 bytes)");
	assert_helped(*state, LOP_MEM_OUTSIDE, "in `memory@80000000`");
}

static void sram_that_is_not_there(void **state)
{
	judge_memory(state, D("d", "sram = <0x4000 0x1000>;"));
	assert_only(*state, LOP_MEM_OUTSIDE, "memory of `d` is outside the machine's");
	assert_helped(*state, LOP_MEM_OUTSIDE, "[0x2000..0x2fff] (4 KiB) in `sram@2000`");
}

static void a_machine_without_memory(void **state)
{
	struct fixture *f = *state;

	check(f, "#address-cells = <1>; #size-cells = <1>;"
		 "a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"
		 "cpu@0 { device_type = \"cpu\"; reg = <0>; }; };"
		 "domains {" M("d", "<0x80000000 0x1000>", CPU) "};");
	assert_only(f, LOP_MEM_OUTSIDE, "outside the machine's");
	assert_helped(f, LOP_MEM_OUTSIDE, "the tree has no memory: add `memory@0");
}

static void the_end_of_the_address_space(void **state)
{
	judge_memory(state, M("d", "<0xfffff000 0x1000>", ""));
	assert_only(*state, LOP_MEM_OUTSIDE, "[0xfffff000..0xffffffff] (4 KiB)");
}

/* --- it is visible --- */

#define ON_W(memory) M("d", memory, "cpus = <&w 1 0>;")

static void memory_in_a_window(void **state)
{
	judge_memory(state, ON_W("<0x80000000 0x100000>"));
	assert_silent(*state);
}

static void memory_over_two_windows(void **state)
{
	judge_memory(state, ON_W("<0x80080000 0x100000>"));
	assert_silent(*state);
}

static void memory_beyond_the_windows(void **state)
{
	judge_memory(state, ON_W("<0x80100000 0x200000>"));
	assert_only(*state, LOP_MEM_UNSEEN, "cluster `w` does not see all memory of `d`");
	assert_labelled(*state, LOP_MEM_UNSEEN, "its address-map shows 1 MiB of it");
}

static void memory_in_no_window(void **state)
{
	judge_memory(state, ON_W("<0x80800000 0x1000>"));
	assert_only(*state, LOP_MEM_UNREACHABLE, "[0x80800000..0x80800fff]");
	assert_labelled(*state, LOP_MEM_UNREACHABLE, "its address-map shows nothing of it");
}

static void what_does_not_exist_is_not_called_unseen(void **state)
{
	judge_memory(state, ON_W("<0xa0000000 0x1000>"));
	assert_only(*state, LOP_MEM_OUTSIDE, "outside");
}

/* --- it is one domain's --- */

static void neighbours_do_not_overlap(void **state)
{
	judge_memory(state, M("d", "<0x80000000 0x1000>", "") M("e", "<0x80001000 0x1000>", ""));
	assert_silent(*state);
}

static void a_byte_in_common(void **state)
{
	judge_memory(state, M("d", "<0x80000000 0x1001>", "") M("e", "<0x80001000 0x1000>", ""));
	assert_only(*state, LOP_MEM_OVERLAP,
		    "memory of `e` overlaps memory of `d` in [0x80001000..0x80001000] (1 byte)");
}

static void one_within_the_other(void **state)
{
	judge_memory(state, M("d", "<0x80000000 0x4000>", "") M("e", "<0x80001000 0x1000>", ""));
	assert_only(*state, LOP_MEM_OVERLAP, "in [0x80001000..0x80001fff]");
	assert_helped(*state, LOP_MEM_OVERLAP, "or name a reserved-memory region");
}

static void twice_in_one_domain(void **state)
{
	judge_memory(state, M("d", "<0x80000000 0x2000 0x80001000 0x2000>", ""));
	assert_only(*state, LOP_MEM_OVERLAP, "domain `d` is given the same memory twice");
	assert_helped(*state, LOP_MEM_OVERLAP, "leave one of the two entries out");
}

static void sram_overlaps_as_memory_does(void **state)
{
	judge_memory(state, D("d", "sram = <0x2000 0x800>;") D("e", "sram = <0x2400 0x800>;"));
	assert_only(*state, LOP_MEM_OVERLAP, "in [0x2400..0x27ff] (1 KiB)");
}

static void parent_and_child_are_no_competitors(void **state)
{
	judge_memory(state, M("p", "<0x80000000 0x4000>", M("d", "<0x80001000 0x1000>", "")));
	assert_silent(*state);
}

static void two_children_are(void **state)
{
	judge_memory(state, M("p", "<0x80000000 0x4000>",
			      M("d", "<0x80001000 0x1000>", "") M("e", "<0x80001800 0x1000>", "")));
	assert_only(*state, LOP_MEM_OVERLAP, "memory of `e` overlaps memory of `d`");
}

/* --- it is the parent's --- */

static void over_two_of_the_parents(void **state)
{
	judge_memory(state, M("p", "<0x80001000 0x1000 0x80000000 0x1000>",
			      M("d", "<0x80000800 0x1000>", "")));
	assert_silent(*state);
}

static void a_parent_without_memory_is_passed_over(void **state)
{
	judge_memory(state,
		     M("p", "<0x80000000 0x1000>", D("q", M("d", "<0x80000800 0x1000>", ""))));
	assert_only(*state, LOP_BEYOND_PARENT, "is not within that of its parent `p`");
}

static void nobody_above_has_memory(void **state)
{
	judge_memory(state, D("p", M("d", "<0x80000800 0x1000>", "")));
	assert_silent(*state);
}

/* --- reserved memory --- */

static void judge_regions(void **state, const char *regions, const char *domains)
{
	struct fixture *f = *state;
	const char *body =
		"#address-cells = <1>; #size-cells = <1>;"
		"memory@0 { device_type = \"memory\"; reg = <0 0x100000>; };"
		"reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges; %s };"
		"domains { %s };";

	f->diags.disabled[LOP_CPUS_MISSING] = true;
	check(f, lop_arena_printf(&f->arena, body, regions, domains));
}

#define R(name, reg) name ": " name " { reg = <" reg ">; };"
#define REL(name, peer, use)                                                             \
	D(name, "domain-to-domain { compatible = \"openamp,domain-to-domain-v1\"; rel {" \
		"compatible = \"openamp,remoteproc-v2\"; relation0 { " peer ";" use "}; }; };")

static void regions_side_by_side(void **state)
{
	judge_regions(state, R("y", "0x1000 0x1000") R("x", "0 0x1000") R("dyn", "0 0"),
		      D("d", ""));
	assert_silent(*state);
}

static void regions_that_cross(void **state)
{
	judge_regions(state, R("y", "0x800 0x1000") R("x", "0 0x1000"),
		      D("d", "reserved-memory = <&x &y>;"));
	assert_only(*state, LOP_RESERVED_OVERLAP,
		    "reserved-memory `y` overlaps `x` in [0x800..0xfff] (2 KiB)");
}

static void a_container_of_one_domain(void **state)
{
	judge_regions(state, R("x", "0 0x4000") R("y", "0x800 0x1000"),
		      D("d", "reserved-memory = <&x &y>;"));
	assert_silent(*state);
}

static void a_container_of_two_domains(void **state)
{
	judge_regions(state, R("x", "0 0x4000") R("y", "0x800 0x1000"),
		      D("d", "reserved-memory = <&x>;") D("e", "reserved-memory = <&y>;"));
	assert_only(*state, LOP_RESERVED_OVERLAP, "`y` overlaps `x`");
	assert_helped(*state, LOP_RESERVED_OVERLAP, "the same domain or the same relation");
}

static void a_container_of_the_two_ends(void **state)
{
	judge_regions(state, R("x", "0 0x4000") R("y", "0x800 0x1000"),
		      REL("d", "remote = <&e>", "carveouts = <&x>;")
			      D("e", "reserved-memory = <&y>;"));
	assert_silent(*state);
}

static void memory_of_a_domain_may_hold_regions(void **state)
{
	judge_regions(state,
		      "x: x { compatible = \"openamp,domain-memory-v1\"; reg = <0 0x4000>; };" R(
			      "y", "0x800 0x1000"),
		      D("d", ""));
	assert_silent(*state);
}

static void carveouts_have_an_address(void **state)
{
	judge_regions(state, R("x", "0 0x1000") "y: y { size = <0x1000>; };",
		      REL("d", "remote = <&e>", "carveouts = <&x &y>;") D("e", ""));
	assert_only(*state, LOP_WRONG_NODE, "carveout `y` of domain `d` has no address");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(memory_of_the_machine),
		TEST(memory_over_two_nodes),
		TEST(one_byte_too_many),
		TEST(one_byte_too_early),
		TEST(sram_that_is_not_there),
		TEST(a_machine_without_memory),
		TEST(the_end_of_the_address_space),
		TEST(memory_in_a_window),
		TEST(memory_over_two_windows),
		TEST(memory_beyond_the_windows),
		TEST(memory_in_no_window),
		TEST(what_does_not_exist_is_not_called_unseen),
		TEST(neighbours_do_not_overlap),
		TEST(a_byte_in_common),
		TEST(one_within_the_other),
		TEST(twice_in_one_domain),
		TEST(sram_overlaps_as_memory_does),
		TEST(parent_and_child_are_no_competitors),
		TEST(two_children_are),
		TEST(over_two_of_the_parents),
		TEST(a_parent_without_memory_is_passed_over),
		TEST(nobody_above_has_memory),
		TEST(regions_side_by_side),
		TEST(regions_that_cross),
		TEST(a_container_of_one_domain),
		TEST(a_container_of_two_domains),
		TEST(a_container_of_the_two_ends),
		TEST(memory_of_a_domain_may_hold_regions),
		TEST(carveouts_have_an_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
