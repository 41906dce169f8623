/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about access to devices: each with a system that keeps it and one that does not. */
#include "tests/unit/check_text.h"

#define A(name, nodes, more) D(name, "access = " nodes ";" more)
#define CPU		     "cpus = <&a 1 1>;"

/* A bus and a controller with a chip, beside the board's uart. */
#define NODES                                                                              \
	"i2c: i2c@2000 { reg = <0x2000 0x100>; #address-cells = <1>; #size-cells = <0>;"   \
	"chip: chip@50 { reg = <0x50>; }; rtc: rtc@51 { reg = <0x51>; }; };"               \
	"bus: bus { compatible = \"simple-bus\"; #address-cells = <1>; #size-cells = <1>;" \
	"ranges; dev: dev@3000 { reg = <0x3000 0x100>; }; };"                              \
	"aliases { serial0 = &uart; }; chosen { };"

/* Without reports of missing CPUs, which most of these domains do not need. */
static void judge_devices(void **state, const char *domains)
{
	struct fixture *f = *state;
	const char *body = SDT(OWNER "%s") NODES;

	f->diags.disabled[LOP_CPUS_MISSING] = true;
	check(f, lop_arena_printf(&f->arena, body, domains));
}

/* --- what is a device --- */

static void devices_are_devices(void **state)
{
	judge_devices(state, A("d", "<&uart &i2c &bus &ddr &r0>", CPU));
	assert_silent(*state);
}

static void what_is_none(void **state)
{
	static const struct {
		const char *access, *words;
	} rows[] = {
		{ "<&{/}>", "`access` of domain `d` names `/`, which is the root" },
		{ "<&o>", "names `o`, which is a domain" },
		{ "<&{/domains}>", "names `domains`, which is a domain" },
		{ "<&a>", "names `cpus`, which is a CPU cluster or a part of one" },
		{ "<&{/cpus/cpu@0}>", "names `cpu@0`, which is a CPU cluster or a part of one" },
		{ "<&{/chosen}>", "names `chosen`, which is no device" },
		{ "<&{/aliases}>", "names `aliases`, which is no device" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture *f = *state;
		const char *domain = D("d", CPU "access = %s;");

		f->diags.first = f->diags.last = NULL;
		f->diags.errors = 0;
		judge_devices(state, lop_arena_printf(&f->arena, domain, rows[i].access));
		assert_only(f, LOP_WRONG_NODE, rows[i].words);
	}
}

/* --- one owner --- */

static void of_two(void **state)
{
	judge_devices(state, A("d", "<&uart>", "") A("e", "<&uart>", ""));
	assert_only(*state, LOP_DEVICE_TWICE, "device `uart@1000` is given to `d` and to `e`");
	assert_helped(*state, LOP_DEVICE_TWICE, "access-flags-names = \"shared\";");
}

static void of_three_is_two_reports(void **state)
{
	judge_devices(state, A("d", "<&uart>", "") A("e", "<&uart>", "") A("f", "<&uart>", ""));
	assert_int_equal(count_reports(*state, LOP_DEVICE_TWICE), 2);
}

static void timeshared(void **state)
{
	judge_devices(state, A("d", "<&uart>",
			       "#access-flags-cells = <0>; access-flags-names = \"timeshare\";")
				     A("e", "<&uart>",
				       "#access-flags-cells = <0>;"
				       "access-flags-names = \"timeshare\";"));
	assert_null(first_diag(*state, LOP_DEVICE_TWICE));
}

static void memory_and_regions_are_judged_elsewhere(void **state)
{
	judge_devices(state, A("d", "<&ddr &r0>", "") A("e", "<&ddr &r0>", ""));
	assert_null(first_diag(*state, LOP_DEVICE_TWICE));
}

static void parent_and_child_have_it_both(void **state)
{
	judge_devices(state, A("d", "<&uart>", A("in", "<&uart>", "")));
	assert_silent(*state);
}

static void two_children_do_not(void **state)
{
	judge_devices(state, A("d", "<&uart>", A("in", "<&uart>", "") A("on", "<&uart>", "")));
	assert_only(*state, LOP_DEVICE_TWICE, "is given to `in` and to `on`");
}

static void a_bus_and_a_device_on_it(void **state)
{
	judge_devices(state, A("d", "<&bus>", "") A("e", "<&dev>", ""));
	assert_silent(*state);
}

static void a_controller_and_a_chip_on_it(void **state)
{
	judge_devices(state, A("d", "<&i2c>", "") A("e", "<&chip>", ""));
	assert_only(*state, LOP_DEVICE_TWICE,
		    "`chip@50`, given to `e`, is on `i2c@2000`, which is given to `d`");
}

/* A second domain on the default cluster that lists nothing. */
#define NO_DEFAULT D("s", CPU)

static void a_chip_on_a_controller_of_the_default_domain(void **state)
{
	judge_devices(state, A("d", "<&chip>", ""));
	assert_only(*state, LOP_DEVICE_TWICE,
		    "`chip@50`, given to `d`, is on `i2c@2000`, which is given to `o`");
}

static void two_chips_on_one_controller(void **state)
{
	judge_devices(state, NO_DEFAULT A("d", "<&chip>", "") A("e", "<&rtc>", ""));
	assert_only(*state, LOP_DEVICE_TWICE,
		    "`chip@50`, given to `d`, and `rtc@51`, given to `e`, are both on `i2c@2000`");
	assert_helped(*state, LOP_DEVICE_TWICE, "access-flags-names = \"shared\";");
}

static void two_chips_of_parent_and_child(void **state)
{
	judge_devices(state, NO_DEFAULT A("d", "<&chip &rtc>", A("in", "<&rtc>", "")));
	assert_silent(*state);
}

#define SHARED "#access-flags-cells = <0>; access-flags-names = \"shared\";"

static void two_chips_that_both_share(void **state)
{
	judge_devices(state, NO_DEFAULT A("d", "<&chip>", SHARED) A("e", "<&rtc>", SHARED));
	assert_null(first_diag(*state, LOP_DEVICE_TWICE));
}

static void a_controller_alone(void **state)
{
	judge_devices(state, A("d", "<&i2c &chip>", ""));
	assert_silent(*state);
}

#define RELATION(peer, use)                                                      \
	"domain-to-domain { compatible = \"openamp,domain-to-domain-v1\"; rel {" \
	"compatible = \"openamp,rpmsg-v1\"; relation0 { " peer ";" use "}; }; };"

static void the_two_ends_of_a_relation(void **state)
{
	judge_devices(state, A("d", "<&uart>", RELATION("remote = <&e>", "mbox = <&uart>;"))
				     A("e", "<&uart>", RELATION("host = <&d>", "mbox = <&uart>;")));
	assert_silent(*state);
}

static void a_third_is_no_end(void **state)
{
	judge_devices(state, A("d", "<&uart>", RELATION("remote = <&e>", "mbox = <&uart>;"))
				     A("e", "<&dev>", "") A("f", "<&uart>", ""));
	assert_only(*state, LOP_DEVICE_TWICE, "is given to `d` and to `f`");
}

/* --- registers --- */

/* Beside the board: a syscon on a bus of other addresses, over the uart; channels of a mailbox. */
#define BLOCKS                                                                           \
	"up: up@10000 { compatible = \"simple-bus\"; #address-cells = <1>;"              \
	"#size-cells = <1>; ranges = <0x10000 0 0x4000>;"                                \
	"con: syscon@11000 { reg = <0x11000 0x800>; }; };"                               \
	"box: box@5000 { reg = <0x5000 0x100>; #address-cells = <1>; #size-cells = <1>;" \
	"ranges; ch: ch@1000 { reg = <0x1000 0x100>; #mbox-cells = <0>; }; };"

static void judge_blocks(void **state, const char *domains)
{
	struct fixture *f = *state;
	const char *body = SDT(OWNER "%s") NODES BLOCKS;

	f->diags.disabled[LOP_CPUS_MISSING] = true;
	check(f, lop_arena_printf(&f->arena, body, domains));
}

static void two_devices_in_one_place(void **state)
{
	judge_blocks(state, A("d", "<&uart>", "") A("e", "<&con>", ""));
	assert_only(*state, LOP_REG_OVERLAP,
		    "`syscon@11000` of `e` has registers of `uart@1000`, which `d` has");
	assert_labelled(*state, LOP_REG_OVERLAP, "both have [0x1000..0x10ff] (256 bytes)");
	assert_helped(*state, LOP_REG_OVERLAP, "access-flags-names");
}

static void two_devices_in_one_place_that_share(void **state)
{
	judge_blocks(state, A("d", "<&uart>", SHARED) A("e", "<&con>", SHARED));
	assert_null(first_diag(*state, LOP_REG_OVERLAP));
}

static void two_devices_in_one_place_of_one(void **state)
{
	judge_blocks(state, A("d", "<&uart &con>", A("in", "<&con>", "")));
	assert_silent(*state);
}

static void what_comes_along_is_compared(void **state)
{
	judge_blocks(state, A("d", "<&uart>", "") A("e", "<&up>", ""));
	assert_only(*state, LOP_REG_OVERLAP, "`syscon@11000` of `e` has registers of `uart@1000`");
}

static void a_channel_is_of_both_ends(void **state)
{
	judge_blocks(state, A("d", "<&uart &con>", "") A("e", "<&box>", ""));
	assert_silent(*state);
}

/* --- what nobody names --- */

#define ALL	   CPU "lopper,access-keep-all = <1>;"
#define ALL_SHARED ALL "lopper,access-keep-all-names = \"shared\";"

static void two_take_the_rest(void **state)
{
	judge_devices(state, D("d", ALL) D("e", ALL A("in", "<&dev>", "")));
	assert_reported(*state, LOP_DEVICE_TWICE,
			"2 devices that nobody names are taken by `d` and by `e`");
	assert_helped(*state, LOP_DEVICE_TWICE, "they are `/uart@1000`, `/i2c@2000`");
	assert_int_equal(count_reports(*state, LOP_DEVICE_TWICE), 1);
}

static void two_share_the_rest(void **state)
{
	judge_devices(state, D("d", ALL_SHARED) D("e", ALL_SHARED));
	assert_null(first_diag(*state, LOP_DEVICE_TWICE));
}

static void one_does_not_say_that_it_shares_the_rest(void **state)
{
	judge_devices(state, D("d", ALL_SHARED) D("e", ALL));
	assert_int_equal(count_reports(*state, LOP_DEVICE_TWICE), 1);
}

static void parent_and_child_take_the_rest(void **state)
{
	judge_devices(state, D("d", ALL D("in", ALL)));
	assert_null(first_diag(*state, LOP_DEVICE_TWICE));
}

static void two_children_take_the_rest(void **state)
{
	judge_devices(state, D("d", ALL D("in", ALL) D("on", ALL)));
	assert_reported(*state, LOP_DEVICE_TWICE, "are taken by `in` and by `on`");
}

static void nothing_is_left_to_take(void **state)
{
	judge_devices(state, A("o1", "<&uart &i2c &bus>", "") D("d", ALL) D("e", ALL));
	assert_null(first_diag(*state, LOP_DEVICE_TWICE));
}

/* --- within the parent --- */

static void what_the_parent_lists(void **state)
{
	judge_devices(state, A("p", "<&uart &bus>", A("d", "<&dev>", "")));
	assert_silent(*state);
}

static void what_the_parent_does_not_list(void **state)
{
	judge_devices(state, A("p", "<&uart>", A("d", "<&dev>", "")));
	assert_only(*state, LOP_BEYOND_PARENT,
		    "domain `d` lists `dev@3000`, its parent `p` does not");
}

static void a_parent_that_lists_nothing(void **state)
{
	judge_devices(state, D("p", A("d", "<&dev>", "")));
	assert_silent(*state);
}

static void a_part_is_not_the_whole(void **state)
{
	judge_devices(state, A("p", "<&dev>", A("d", "<&bus>", "")));
	assert_only(*state, LOP_BEYOND_PARENT, "domain `d` lists `bus`");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(devices_are_devices),
		TEST(what_is_none),
		TEST(of_two),
		TEST(of_three_is_two_reports),
		TEST(timeshared),
		TEST(memory_and_regions_are_judged_elsewhere),
		TEST(parent_and_child_have_it_both),
		TEST(two_children_do_not),
		TEST(a_bus_and_a_device_on_it),
		TEST(a_controller_and_a_chip_on_it),
		TEST(a_chip_on_a_controller_of_the_default_domain),
		TEST(two_chips_on_one_controller),
		TEST(two_chips_of_parent_and_child),
		TEST(two_chips_that_both_share),
		TEST(a_controller_alone),
		TEST(the_two_ends_of_a_relation),
		TEST(a_third_is_no_end),
		TEST(two_devices_in_one_place),
		TEST(two_devices_in_one_place_that_share),
		TEST(two_devices_in_one_place_of_one),
		TEST(what_comes_along_is_compared),
		TEST(a_channel_is_of_both_ends),
		TEST(two_take_the_rest),
		TEST(two_share_the_rest),
		TEST(one_does_not_say_that_it_shares_the_rest),
		TEST(parent_and_child_take_the_rest),
		TEST(two_children_take_the_rest),
		TEST(nothing_is_left_to_take),
		TEST(what_the_parent_lists),
		TEST(what_the_parent_does_not_list),
		TEST(a_parent_that_lists_nothing),
		TEST(a_part_is_not_the_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
