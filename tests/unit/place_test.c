/* SPDX-License-Identifier: BSD-3-Clause */
/* Free memory, the layout of windows, and where automatic things go. */
#include "lopper-c/place/place.h"

#include "ipc/abi/vring.h"
#include "lopper-c/place/free.h"
#include "tests/unit/merge_text.h"

#define TWO                                                                                        \
	"domains:\n  \"linux0\": {id: 1, \"os,type\": linux, cpus: [{cluster: a53, cpumask: 1}], " \
	"memory: [{start: 0, size: 512M}]}\n"                                                      \
	"  rtos0: {id: 2, \"os,type\": zephyr, cpus: [{cluster: a53, cpumask: 2}], "               \
	"memory: [{start: 0x30000000, size: 16M}]}\n"

static struct lop_system *placed(struct fixture *f, const char *yaml)
{
	struct lop_tree *tree = merged(f, yaml);
	struct lop_system *system;

	lop_tree_number(tree);
	system = lop_system_build(tree, &f->diags);
	lop_place(system);
	return system;
}

static void assert_range(struct lop_range range, uint64_t base, uint64_t size)
{
	assert_int_equal(range.base, base);
	assert_int_equal(range.size, size);
}

static void a_window_has_its_parts_on_pages(void **state)
{
	struct lop_system *s = placed(*state, TWO "links: { a: { host: linux0, remote: rtos0 } }");
	const struct lop_link *link = s->links[0];

	assert_int_equal(s->n_links, 1);
	assert_range(link->table, link->window.base, LOP_LINK_PAGE);
	assert_range(link->ring[0], link->window.base + 0x1000, ipc_vring_size(64, 4096));
	assert_range(link->ring[1], link->window.base + 0x3000, ipc_vring_size(64, 4096));
	assert_range(link->pool, link->window.base + 0x5000, 2 * 64 * 512);
	assert_int_equal(link->window.size, 0x5000 + 0x10000);
	assert_int_equal(link->window.base % LOP_LINK_PAGE, 0);
	assert_true(lop_range_last(link->window) <= UINT32_MAX);
}

static void only_the_first_link_of_a_pair_has_the_table(void **state)
{
	struct lop_system *s = placed(*state, TWO "links:\n"
						  "  a: { host: linux0, remote: rtos0 }\n"
						  "  b: { host: linux0, remote: rtos0 }\n"
						  "  c: { host: rtos0, remote: linux0 }\n");

	assert_int_equal(s->n_pairs, 2);
	assert_int_equal(s->pairs[0]->n_links, 2);
	assert_int_equal(s->links[1]->vdev, 1);
	assert_int_equal(s->links[1]->table.size, 0);
	assert_int_equal(s->links[2]->vdev, 0);
	assert_int_equal(s->links[2]->table.size, LOP_LINK_PAGE);
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(lop_range_overlaps(s->links[i]->window, s->links[k]->window));
}

static void sizes_of_both_directions_are_kept_apart(void **state)
{
	struct lop_system *s =
		placed(*state, TWO "links: { a: { host: rtos0, remote: linux0, align: 64,"
				   " buffers: { to-host: 3, to-remote: 100 },"
				   " buffer-size: { to-host: 2048 } } }");
	const struct lop_link *link = s->links[0];

	assert_int_equal(link->ring_num[LOP_TO_HOST], 4);
	assert_int_equal(link->ring_num[LOP_TO_REMOTE], 128);
	assert_int_equal(link->buffer_size[LOP_TO_REMOTE], LOP_LINK_BUFFER_SIZE);
	assert_int_equal(link->ring[1].size, ipc_vring_size(128, 64));
	assert_int_equal(link->pool.size, 3 * 2048 + 100 * 512);
}

/* Both rings are of one size, and the pool has what Linux takes out of it. */
static void linux_gets_what_it_takes(void **state)
{
	struct lop_system *s =
		placed(*state, TWO "links:\n"
				   "  a: { host: linux0, remote: rtos0, buffers: { to-host: 100, "
				   "to-remote: 16 } }\n"
				   "  b: { host: linux0, remote: rtos0, buffers: 400 }\n"
				   "  c: { host: linux0, remote: rtos0, buffers: 3, align: 16 }\n");
	const uint32_t rings[] = { 128, 512, 4 }, buffers[] = { 128, 256, 4 };

	for (size_t i = 0; i < 3; i++)
		for (unsigned k = 0; k < 2; k++) {
			assert_int_equal(s->links[i]->ring_num[k], rings[i]);
			assert_int_equal(s->links[i]->buffers[k], buffers[i]);
			assert_int_equal(s->links[i]->pool.size, 2 * buffers[i] * 512);
		}
}

static void nothing_automatic_touches_what_is_given(void **state)
{
	struct lop_system *s =
		placed(*state, "manager: { }\n"
			       "domains:\n"
			       "  linux0: {id: 1, cpus: [{cluster: a53, cpumask: 1}], memory: "
			       "[{start: 0x200000, size: 16M}, {size: 64M}]}\n"
			       "  rtos0: {id: 2, cpus: [{cluster: a53, cpumask: 2}], memory: "
			       "[{start: auto, size: 100K}], image-slot: 1M, trace: 10000}\n"
			       "links: { a: { host: linux0, remote: rtos0 } }");
	const struct lop_domain *a = s->domains[0], *b = s->domains[1];
	const struct lop_range all[] = {
		s->manager->memory, a->memory[0].range, a->memory[1].range,
		b->memory[0].range, b->life->slot,	s->links[0]->window
	};

	for (size_t i = 0; i < 6; i++) {
		assert_true(all[i].size > 0);
		for (size_t k = 0; k < i; k++)
			assert_false(lop_range_overlaps(all[i], all[k]));
		for (size_t k = 0; k < s->n_reserved; k++)
			assert_false(lop_range_overlaps(all[i], s->reserved[k].range));
	}
	assert_int_equal(s->manager->memory.size, 0x2000000);
	assert_int_equal(s->manager->memory.base % 0x200000, 0);
	assert_range(b->memory[0].range, 0, 0x19000); /* 100K in whole pages, the first hole */
	assert_range(b->life->trace, 0x19000 - 0x3000, 0x3000);
}

static void twice_the_same(void **state)
{
	const char *yaml = TWO "links:\n  a: {host: linux0, remote: rtos0}\n  b: {host: rtos0, "
			       "remote: linux0}\n";
	struct lop_system *one = placed(*state, yaml), *two = placed(*state, yaml);

	for (size_t i = 0; i < 2; i++)
		assert_range(one->links[i]->window, two->links[i]->window.base,
			     two->links[i]->window.size);
}

static void domains_start_after_those_they_name(void **state)
{
	struct lop_system *s = placed(
		*state, "domains:\n"
			"  c: {id: 3, cpus: [{cluster: a53, cpumask: 1}], memory: [{size: 1M}], "
			"start-after: [a, b]}\n"
			"  b: {id: 2, cpus: [{cluster: a53, cpumask: 2}], memory: [{size: 1M}], "
			"start-after: a}\n"
			"  a: {id: 1, cpus: [{cluster: r5, cpumask: 1}], memory: [{size: 1M}]}\n");

	assert_int_equal(s->domains[0]->life->order, 2);
	assert_int_equal(s->domains[1]->life->order, 1);
	assert_int_equal(s->domains[2]->life->order, 0);
}

/* PMSAv7 regions are powers of two at multiples of themselves. */
static void an_r5_gets_natural_places(void **state)
{
	struct lop_tree *tree = merge_into(
		*state,
		"m7: cpus-m { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = "
		"<0>; cpu@0 { compatible = \"arm,cortex-r5\"; device_type = \"cpu\"; reg = <0>; }; };",
		"domains:\n"
		"  first: {id: 1, cpus: [{cluster: a53, cpumask: 1}], memory: [{start: 0, size: 4K}]}\n"
		"  second: {id: 2, cpus: [{cluster: m7, cpumask: 1}], memory: [{size: 3M}]}\n",
		NULL);
	struct fixture *f = *state;
	struct lop_system *s;

	lop_tree_number(tree);
	s = lop_system_build(tree, &f->diags);
	lop_place(s);
	assert_range(s->domains[1]->memory[0].range, 0x400000, 0x400000);
}

#define GIC_BOARD                                                                                                     \
	"gic: interrupt-controller@8000000 { compatible = "                                                           \
	"\"arm,gic-v3\"; #interrupt-cells = <3>; #address-cells = <0>;"                                               \
	"reg = <0 0x8000000 0 0x10000>, <0 0x80a0000 0 0x40000>; };"                                                  \
	"serial@8010000 { interrupt-parent = <&gic>; reg = <0 0x8010000 0 0x1000>; interrupts = <0 0 4>, <0 2 4>; };" \
	"a57: cpus-a { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"                       \
	"cpu@8 { compatible = \"arm,cortex-a57\"; device_type = \"cpu\"; reg = <8>; };"                               \
	"cpu@9 { compatible = \"arm,cortex-a57\"; device_type = \"cpu\"; reg = <9>; }; };"

/* INTIDs 32 and 34 are the device's; memory ends at 2 GiB, which is the first hole. */
static void a_manager_plays_a_machine(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = merge_into(
		f, GIC_BOARD,
		"manager: {}\n"
		"domains:\n"
		"  a: {id: 1, cpus: [{cluster: a57, cpumask: 0x100}], memory: [{size: 1M}]}\n"
		"  b: {id: 2, cpus: [{cluster: a57, cpumask: 0x200}], memory: [{size: 1M}], "
		"console: none}\n"
		"links: { l: { host: a, remote: b, doorbell: { host: 35 } } }\n",
		NULL);
	const struct lop_link *link;
	struct lop_system *s;

	lop_tree_number(tree);
	s = lop_system_build(tree, &f->diags);
	lop_place(s);
	link = s->links[0];
	assert_int_equal(f->diags.errors, 0);
	assert_string_equal(s->manager->intc->name, "interrupt-controller@8000000");
	assert_int_equal(s->domains[0]->life->uart, 0x80000000);
	assert_int_equal(s->domains[0]->life->uart_irq, 33);
	assert_int_equal(s->domains[1]->life->uart, 0);
	assert_int_equal(s->domains[1]->life->uart_irq, UINT32_MAX);
	assert_int_equal(link->irq[LOP_HOST], 35);
	assert_int_equal(link->irq[LOP_REMOTE], 33);
	assert_int_equal(link->doorbell[LOP_HOST], 0x80001000);
	assert_int_equal(link->doorbell[LOP_REMOTE], 0x80002000);
}

/* Far behind what an end sees elsewhere, and in the same hole. */
static void a_window_is_behind_moved_memory(void **state)
{
	struct lop_system *s = placed(
		*state, "manager: { memory: { start: 0x7f000000, size: 16M } }\n"
			"domains:\n"
			"  a: {id: 1, cpus: [{cluster: a53, cpumask: 1}], memory: [{start: "
			"0x60000000, size: 256M, guest-address: 0x800}, {size: 4K}]}\n"
			"  b: {id: 2, cpus: [{cluster: a53, cpumask: 2}], memory: [{start: "
			"0x11000000, size: 1M}, {start: 0x70000000, size: 128M, guest-address: "
			"0x10001000}]}\n"
			"links: { l: { host: a, remote: b } }\n");

	assert_range(s->domains[0]->memory[1].range, 0x10001000, 0x1000);
	assert_int_equal(s->links[0]->window.base, 0x18001000);
}

/* The cluster sees memory from 0x30000000 on, in two pieces. */
static void memory_is_behind_what_a_cluster_does_not_see(void **state)
{
	struct fixture *f = *state;
	struct lop_tree *tree = merge_into(
		f,
		"m7: cpus-m { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = "
		"<0>; #ranges-address-cells = <1>; #ranges-size-cells = <1>;"
		"address-map = <0x90000000 &ddr 0x38000000 0x8000000>, "
		"<0x80000000 &ddr 0x30000000 0x4000000>;"
		"cpu@0 { compatible = \"arm,cortex-a9\"; device_type = \"cpu\"; reg = <0>; }; };",
		"domains:\n"
		"  a: {id: 1, cpus: [{cluster: m7, cpumask: 1}], memory: [{size: 4K}, {size: "
		"96M}]}\n",
		NULL);
	struct lop_system *s;

	lop_tree_number(tree);
	s = lop_system_build(tree, &f->diags);
	lop_place(s);
	assert_range(s->domains[0]->memory[0].range, 0x30000000, 0x1000);
	assert_range(s->domains[0]->memory[1].range, 0x38000000, 0x6000000);
}

/* QEMU has its own boot loader at the start of memory. */
static void a_manager_leaves_the_start_of_memory(void **state)
{
	static const char one[] = "domains: { a: {id: 1, cpus: [{cluster: a57, cpumask: 0x100}], "
				  "memory: [{start: 0x40000000, size: 1G}] } }\n";
	static const struct {
		const char *manager;
		uint64_t base, size;
	} rows[] = {
		{ "manager: {}\n", 0x200000, 0x2000000 },
		{ "manager: { memory: { size: 64K } }\n", 0x1000, 0x10000 },
		{ "manager: { memory: { size: 1002M } }\n", 0x200000, 0x3ea00000 },
		{ "manager: { memory: { size: 1004M } }\n", 0, 0x3ec00000 }, /* no other room */
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lop_tree *tree = merge_into(
			f,
			"gic: interrupt-controller@90000000 { compatible = \"arm,gic-v3\"; "
			"#interrupt-cells = <3>; reg = <0 0x90000000 0 0x10000>, "
			"<0 0x900a0000 0 0x40000>; };"
			"a57: cpus-a { compatible = \"cpus,cluster\"; #address-cells = <1>; "
			"#size-cells = <0>; cpu@8 { compatible = \"arm,cortex-a57\"; "
			"device_type = \"cpu\"; reg = <8>; }; };",
			lop_arena_printf(&f->arena, "%s%s", rows[i].manager, one), NULL);
		struct lop_system *s;

		lop_tree_number(tree);
		s = lop_system_build(tree, &f->diags);
		lop_place(s);
		assert_range(s->manager->memory, rows[i].base, rows[i].size);
	}
}

/* --- the list of free ranges --- */

static struct lop_free free_of(struct fixture *f, size_t n, const struct lop_range *ranges)
{
	struct lop_free free = { .arena = &f->arena };

	for (size_t i = 0; i < n; i++)
		*LOP_APPEND(&f->arena, free.ranges, free.n) = ranges[i];
	return free;
}

static void taking_cuts_holes(void **state)
{
	const struct lop_range all[] = { { 0x1000, 0x9000 } };
	struct lop_free free = free_of(*state, 1, all);

	lop_free_take(&free, (struct lop_range){ 0x3000, 0x1000 });
	assert_int_equal(free.n, 2);
	assert_range(free.ranges[0], 0x1000, 0x2000);
	assert_range(free.ranges[1], 0x4000, 0x6000);
	lop_free_take(&free, (struct lop_range){ 0, 0 });
	assert_int_equal(free.n, 2);
	lop_free_take(&free, (struct lop_range){ 0, UINT64_MAX });
	assert_int_equal(free.n, 0);
	assert_int_equal(lop_free_largest(&free).size, 0);
}

static void places_at_the_top_of_the_address_space(void **state)
{
	const struct lop_range all[] = { { UINT64_MAX - 0xfff, 0x1000 } };
	struct lop_free free = free_of(*state, 1, all);
	struct lop_want want = { .size = 0x1000,
				 .granule = { .align = 0x1000, .hardware = "" },
				 .last = UINT64_MAX };
	struct lop_range out;

	assert_true(lop_free_find(&free, &want, &out));
	assert_range(out, UINT64_MAX - 0xfff, 0x1000);
	assert_false(lop_free_find(&free, &want, &out));
	free = free_of(*state, 1, all);
	want.granule.align = 0x2000;
	assert_false(lop_free_find(&free, &want, &out));
	want.size = UINT64_MAX;
	want.granule = (struct lop_granule){ .align = 32, .natural = true, .hardware = "" };
	assert_false(lop_free_find(&free, &want, &out));
}

static void limits_are_kept(void **state)
{
	const struct lop_range all[] = { { 0xfffff000, 0x10000 } };
	struct lop_free free = free_of(*state, 1, all);
	struct lop_want want = { .size = 0x1000,
				 .granule = { .align = 0x1000, .hardware = "" },
				 .last = UINT32_MAX };
	struct lop_range out;

	assert_true(lop_free_find(&free, &want, &out));
	assert_false(lop_free_find(&free, &want, &out));
	want.last = UINT64_MAX;
	assert_true(lop_free_find(&free, &want, &out));
	assert_range(out, UINT64_C(0x100000000), 0x1000);
}

static bool from_context(const void *context, struct lop_range range, uint64_t *next)
{
	*next = *(const uint64_t *)context;
	return range.base >= *next;
}

static void obstacles_are_jumped_over(void **state)
{
	const struct lop_range all[] = { { 0x1000, 0x7fff0000 } };
	uint64_t from = 0x40000800;
	struct lop_free free = free_of(*state, 1, all);
	struct lop_want want = { .size = 0x1000,
				 .granule = { .align = 0x1000, .hardware = "" },
				 .last = UINT64_MAX,
				 .fits = from_context,
				 .context = &from };
	struct lop_range out;

	assert_true(lop_free_find(&free, &want, &out));
	assert_range(out, 0x40001000, 0x1000);
	from = UINT64_MAX;
	assert_false(lop_free_find(&free, &want, &out));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_window_has_its_parts_on_pages),
		TEST(only_the_first_link_of_a_pair_has_the_table),
		TEST(sizes_of_both_directions_are_kept_apart),
		TEST(linux_gets_what_it_takes),
		TEST(nothing_automatic_touches_what_is_given),
		TEST(twice_the_same),
		TEST(domains_start_after_those_they_name),
		TEST(an_r5_gets_natural_places),
		TEST(a_manager_plays_a_machine),
		TEST(a_window_is_behind_moved_memory),
		TEST(memory_is_behind_what_a_cluster_does_not_see),
		TEST(a_manager_leaves_the_start_of_memory),
		TEST(taking_cuts_holes),
		TEST(places_at_the_top_of_the_address_space),
		TEST(limits_are_kept),
		TEST(obstacles_are_jumped_over),
	};

	return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
