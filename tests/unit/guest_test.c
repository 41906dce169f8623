/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory that a manager shows elsewhere: what a domain sees, what its tree and script have, what is
 * placed beside it. */
#include "lopper-c/check/check.h"
#include "lopper-c/emit/partition.h"
#include "lopper-c/place/place.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/view/layout.h"
#include "runtime/abi/partition.h"
#include "tests/unit/view_text.h"

#define BOARD(cells, nodes)                                                                   \
	"#address-cells = <" cells ">; #size-cells = <" cells ">; interrupt-parent = <&gic>;" \
	"a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"   \
	"cpu@0 { compatible = \"arm,cortex-a53\"; device_type = \"cpu\"; reg = <0>; };"       \
	"cpu@1 { compatible = \"arm,cortex-a53\"; device_type = \"cpu\"; reg = <1>; }; };"    \
	"bus { compatible = \"simple-bus\"; #address-cells = <1>; #size-cells = <1>; ranges;" \
	"gic: gic@8000000 { compatible = \"arm,gic-v3\"; #interrupt-cells = <3>;"             \
	"interrupt-controller; interrupts = <1 9 4>;"                                         \
	"reg = <0x8000000 0x10000>, <0x80a0000 0x40000>; };"                                  \
	"uart: serial@9000000 { compatible = \"arm,pl011\"; reg = <0x9000000 0x1000>;"        \
	"interrupts = <0 1 4>; };"                                                            \
	"dev: dev@9010000 { compatible = \"x\"; reg = <0x9010000 0x1000>; };"                 \
	"lots: lots@9020000 { compatible = \"x\"; reg = <0x9020000 0x1000>; }; };" nodes

#define RAM "ddr: memory@40000000 { device_type = \"memory\"; reg = <0x40000000 0x20000000>; };"
#define RESERVED(regions) \
	"reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges;" regions "};"
#define MANAGER "manager { compatible = \"pm,manager-v1\"; console = <&uart>; };"
#define ONE(props)                                                                   \
	"domains {" MANAGER "d: d { compatible = \"openamp,domain-v1\"; id = <1>;"   \
	"os,type = \"zephyr\"; cpus = <&a 1 1>;" props "};"                          \
	"e: e { compatible = \"openamp,domain-v1\"; id = <2>; os,type = \"zephyr\";" \
	"cpus = <&a 2 1>; memory = <0x5f000000 0x100000>; }; };"
/* Two ranges side by side, seen in the other order, and one that stays. */
#define SWAPPED                                                                     \
	"memory = <0x48000000 0x1000000 0x49000000 0x1000000 0x4c000000 0x100000>;" \
	"memory-guest-address = <0 0x50000000 0 0x4f000000 0xffffffff 0xffffffff>;"

static struct lop_system *placed(struct fixture *f, const char *body)
{
	struct lop_tree *tree = parse_root(f, body);
	struct lop_system *system;

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	system = lop_system_build(tree, &f->diags);
	lop_place(system);
	return system;
}

static struct lop_view *viewed(struct fixture *f, const struct lop_system *system)
{
	struct lop_view *view = lop_view_build(system, system->domains[0], &f->diags);

	keep_tree(f, view->tree);
	return view;
}

static void assert_seen(const struct lop_system *system, struct lop_range root, bool seen,
			uint64_t base, uint64_t size)
{
	struct lop_range view;

	assert_int_equal(lop_domain_sees_memory(system, system->domains[0], root, false, &view),
			 seen);
	assert_true(view.base == base && view.size == size);
}

static void a_domain_sees_what_is_moved(void **state)
{
	struct lop_system *s = placed(*state, BOARD("1", RAM) ONE(SWAPPED));
	uint64_t address;

	assert_silent(*state);
	assert_true(s->domains[0]->moves);
	assert_false(s->domains[1]->moves);
	assert_seen(s, (struct lop_range){ 0x48001000, 0x1000 }, true, 0x50001000, 0x1000);
	/* cut where the next begins, which is seen before it */
	assert_seen(s, (struct lop_range){ 0x48fff000, 0x2000 }, true, 0x50fff000, 0x1000);
	assert_seen(s, (struct lop_range){ 0x47fff000, 0x2000 }, true, 0x47fff000, 0x1000);
	assert_seen(s, (struct lop_range){ 0x4c000000, 0x1000 }, true, 0x4c000000, 0x1000);
	/* the rest is where it is, but for where moved memory is seen */
	assert_seen(s, (struct lop_range){ 0x4efff000, 0x2000 }, true, 0x4efff000, 0x1000);
	assert_seen(s, (struct lop_range){ 0x4f000000, 0x8000000 }, false, 0x4f000000, 0x1000000);
	assert_seen(s, (struct lop_range){ 0x51000000, 0x1000 }, true, 0x51000000, 0x1000);
	assert_true(lop_domain_address(s, s->domains[0], (struct lop_range){ 0x49000010, 4 },
				       &address));
	assert_true(address == 0x4f000010);
	assert_false(lop_domain_address(s, s->domains[0], (struct lop_range){ 0x4f000000, 4 },
					&address));
}

static void there_is_one_for_each_range(void **state)
{
	placed(*state, BOARD("1", RAM) ONE("memory = <0x48000000 0x1000 0x49000000 0x1000>;"
					   "memory-guest-address = <0 0x50000000>;"));
	assert_reported(*state, LOP_BAD_CELLS, "`memory-guest-address` of domain `d` has 8 bytes");
}

#define LOW "low: memory@20000000 { device_type = \"memory\"; reg = <0x20000000 0x100000>; };"

static void memory_by_its_node(void **state)
{
	struct lop_system *s =
		placed(*state, BOARD("1", RAM LOW) ONE("memory = <&low>; memory-guest-address ="
						       "<0 0x80000000>;"));

	assert_silent(*state);
	assert_seen(s, (struct lop_range){ 0x20001000, 0x1000 }, true, 0x80001000, 0x1000);
	placed(*state, BOARD("1", RAM LOW) ONE("memory = <&low>; memory-guest-address = <0>;"));
	assert_reported(*state, LOP_BAD_CELLS, "4 bytes for 1 ranges");
}

static void the_tree_has_what_is_seen(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v = viewed(f, placed(f, BOARD("1", RAM) ONE(SWAPPED)));

	assert_silent(f);
	ASSERT_CELLS(v, "/memory@50000000", "reg", 0x50000000, 0x1000000, 0x4f000000, 0x1000000,
		     0x4c000000, 0x100000);
	assert_false(has(v, "/memory@40000000"));
	drop(f, v);
}

static void memory_on_a_bus_moves_with_an_entry(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v = viewed(
		f,
		placed(f, BOARD("1", "mem { compatible = \"simple-bus\"; #address-cells = <1>;"
				     "#size-cells = <1>; ranges = <0 0x40000000 0x20000000>;"
				     "memory@0 { device_type = \"memory\"; reg = <0 0x20000000>; };"
				     "};") ONE("memory = <0x48000000 0x1000000>;"
					       "memory-guest-address = <0 0x80000000>;")));
	const struct lop_node *memory = NULL;
	struct lop_where where;

	assert_silent(f);
	for (const struct lop_node *n = v->tree->root; n; n = lop_node_next(n, v->tree->root))
		if (!strncmp(n->name, "memory@", 7))
			memory = n;
	assert_non_null(memory);
	where = lop_reg_to_root(v->tree, memory, 0);
	assert_true(where.mapped);
	assert_true(where.range.base == 0x80000000 && where.range.size == 0x1000000);
	drop(f, v);
}

/* One of a firmware, which lies across the border of both ranges. */
#define HOLES                                                    \
	RESERVED("fw@48f00000 { reg = <0x48f00000 0x200000>; };" \
		 "mine: mine@49800000 { reg = <0x49800000 0x100000>; };")

static void holes_are_what_is_inside(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v = viewed(
		f, placed(f, BOARD("1", RAM HOLES) ONE(SWAPPED "reserved-memory = <&mine>;")));

	assert_silent(f);
	ASSERT_CELLS(v, "/reserved-memory/fw@50f00000", "reg", 0x50f00000, 0x100000, 0x4f000000,
		     0x100000);
	ASSERT_CELLS(v, "/reserved-memory/mine@4f800000", "reg", 0x4f800000, 0x100000);
	drop(f, v);
}

/* The default domain has what nobody names, but for what it sees half of. */
static void a_default_domain_gets_holes_too(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v = viewed(
		f, placed(f, BOARD("1", RAM HOLES)
				     ONE("memory = <0x49000000 0x1000000>; lopper,access-keep-all;"
					 "memory-guest-address = <0 0x50000000>;")));

	assert_silent(f);
	ASSERT_CELLS(v, "/reserved-memory/fw@50000000", "reg", 0x50000000, 0x100000);
	ASSERT_CELLS(v, "/reserved-memory/mine@50800000", "reg", 0x50800000, 0x100000);
	drop(f, v);
}

static void scripts_keep_off_holes(void **state)
{
	struct fixture *f = *state;
	struct lop_system *s =
		placed(f, BOARD("1", RAM HOLES) ONE(
				  "memory = <0x49000000 0x1000000>; reserved-memory = <&mine>;"
				  "memory-guest-address = <0 0x4f000000>; trace = <0 0x1000>;"));
	struct lop_view *v = viewed(f, s);
	const struct lop_layout *l = lop_layout_build(s, v, 0);
	static const struct lop_range want[] = { { 0x4f100000, 0x700000 },
						 { 0x4f900000, 0x6ff000 },
						 { 0x4f800000, 0x100000 },
						 { 0x4ffff000, 0x1000 } };

	assert_silent(f);
	assert_int_equal(l->n_regions, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_true(l->regions[i]->range.base == want[i].base);
		assert_true(l->regions[i]->range.size == want[i].size);
	}
	drop(f, v);
}

/* What is placed would be at the lowest free addresses, where the domain sees other memory. */
static void places_keep_away(void **state)
{
	struct lop_system *s = placed(
		*state,
		BOARD("1", RAM) ONE(
			"memory = <0x5c000000 0x1000000 0x5d000000 0x1000000>;"
			"memory-guest-address = <0 0x1000 0 0x42000000>;"
			"memory-auto = <0 0x400000>;") "links { compatible = \"pm,links-v1\"; l { host = <&d>;"
						       "remote = <&e>; }; };");
	const struct lop_domain *d = s->domains[0];

	assert_silent(*state);
	assert_true(d->memory[2].range.base == 0x43000000);
	assert_null(lop_domain_guest(d, s->links[0]->window));
	assert_null(lop_domain_guest(d, (struct lop_range){ d->life->uart, 0x1000 }));
	assert_null(lop_domain_guest(d, (struct lop_range){ s->links[0]->doorbell[0], 0x1000 }));
}

static void memory_that_is_placed_can_be_moved(void **state)
{
	struct lop_system *s =
		placed(*state, BOARD("1", RAM) ONE("memory-auto = <0 0x200000 0 0x200000>;"
						   "memory-auto-guest-address ="
						   "<0xffffffff 0xffffffff 0 0x40000000>;"));
	uint64_t address;

	assert_silent(*state);
	assert_true(s->domains[0]->memory[0].range.base == 0x42200000);
	assert_true(s->domains[0]->memory[1].range.base == 0x40000000);
	assert_true(lop_domain_address(s, s->domains[0], s->domains[0]->memory[1].range, &address));
	assert_true(address == 0x40000000);
}

static void dma_goes_where_memory_is(void **state)
{
	struct fixture *f = *state;
	struct lop_view *v =
		viewed(f, placed(f, BOARD("1", RAM
					  "io { compatible = \"simple-bus\"; #address-cells = <1>;"
					  "#size-cells = <1>; ranges; dma-ranges = <0 0x48000000 "
					  "0x8000000>; m: m@a000000 { reg = <0xa000000 0x1000>; };"
					  "};") ONE(SWAPPED "access = <&m>;")));

	/* 0x4f000000 of the machine is not to be seen: other memory is */
	ASSERT_CELLS(v, "/io", "dma-ranges", 0, 0x50000000, 0x1000000, 0x1000000, 0x4f000000,
		     0x1000000, 0x2000000, 0x4a000000, 0x5000000);
	drop(f, v);
}

static void the_table_has_both(void **state)
{
	struct fixture *f = *state;
	struct lop_system *s = placed(f, BOARD("1", RAM) ONE(SWAPPED "trace = <0 0x4000>;"));
	struct lop_partition *p = lop_partition_begin(s);
	static const struct lop_range want[] = { { 0x50000000, 0xffc000 },
						 { 0x4f000000, 0x1000000 },
						 { 0x4c000000, 0x100000 },
						 { 0x50ffc000, 0x4000 } };
	static const uint64_t phys[] = { 0x48000000, 0x49000000, 0x4c000000, 0x48ffc000 };
	static unsigned char bytes[65536] __attribute__((aligned(8)));
	const struct pm_table *table = (const struct pm_table *)(const void *)bytes;
	struct lop_buf out = { 0 };

	for (size_t i = 0; i < s->n_domains; i++) {
		struct lop_view *view = lop_view_build(s, s->domains[i], &f->diags);

		lop_partition_add(p, view, 5000);
		lop_view_drop_tree(view);
	}
	lop_partition_finish(p, &out);
	lop_partition_free(p);
	assert_true(out.len <= sizeof(bytes));
	memcpy(bytes, out.data, out.len);
	assert_int_equal(pm_table_check(bytes, out.len, NULL), 0);
	lop_buf_free(&out);
	for (uint32_t i = 0; i < 4; i++) {
		const struct pm_region *r = pm_table_region(table, i);

		assert_true(r->guest == want[i].base && r->size == want[i].size);
		assert_true(r->phys == phys[i]);
	}
	assert_true(pm_table_domain(table, 0)->dtb == 0x50fe0000);
}

/* --- rules --- */

static void judge_one(void **state, const char *body)
{
	struct fixture *f = *state;

	lop_check_all(placed(f, body), &f->diags);
}

static void one_cell_has_4_gib(void **state)
{
	judge_one(state, BOARD("1", RAM) ONE("memory = <0x48000000 0x1000000>;"
					     "memory-guest-address = <0 0xff000000>;"));
	assert_silent(*state);
	judge_one(state, BOARD("1", RAM) ONE("memory = <0x48000000 0x1000000>;"
					     "memory-guest-address = <0 0xff001000>;"));
	assert_reported(*state, LOP_GUEST_ADDRESS, "16 MiB at 0xff001000");
	assert_helped(*state, LOP_GUEST_ADDRESS, "#address-cells = <2>");
}

static void another_domain_sees_it_elsewhere(void **state)
{
	judge_one(state, BOARD("1", RAM) ONE("memory = <0x48000000 0x1000000>;"
					     "memory-guest-address = <0 0x5f000000>;"));
	assert_silent(*state);
}

static void a_region_in_it_goes_along(void **state)
{
	judge_one(state, BOARD("1", RAM HOLES) ONE(SWAPPED "reserved-memory = <&mine>;"));
	assert_silent(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_domain_sees_what_is_moved),
		TEST(there_is_one_for_each_range),
		TEST(memory_by_its_node),
		TEST(the_tree_has_what_is_seen),
		TEST(memory_on_a_bus_moves_with_an_entry),
		TEST(holes_are_what_is_inside),
		TEST(a_default_domain_gets_holes_too),
		TEST(scripts_keep_off_holes),
		TEST(places_keep_away),
		TEST(memory_that_is_placed_can_be_moved),
		TEST(dma_goes_where_memory_is),
		TEST(the_table_has_both),
		TEST(one_cell_has_4_gib),
		TEST(another_domain_sees_it_elsewhere),
		TEST(a_region_in_it_goes_along),
	};

	return cmocka_run_group_tests_name("guest", tests, NULL, NULL);
}
