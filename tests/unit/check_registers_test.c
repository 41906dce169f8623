/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rules about what two domains get without naming it twice: each with systems that keep it and such
 * that do not.
 */
#include "tests/unit/check_text.h"

#define ON(mask, name, more) D(name, "cpus = <&a " mask " 1>;" more)

/* Two nodes for one block of registers, and a part of a third one. */
#define NODES                                                                                       \
	"one: one@5000 { reg = <0x5000 0x1000>; };"                                                 \
	"two: two@5800 { reg = <0x5800 0x100>; };"                                                  \
	"mfd: mfd@6000 { compatible = \"simple-mfd\"; reg = <0x6000 0x1000>; #address-cells = <1>;" \
	"#size-cells = <0>; part0: part@0 { reg = <0>; }; part1: part@1 { reg = <1>; }; };"         \
	"i2c: i2c@7000 { reg = <0x7000 0x100>; #address-cells = <1>; #size-cells = <0>;"            \
	"chip0: chip@50 { reg = <0x50>; }; chip1: chip@51 { reg = <0x51>; }; };"                    \
	"box0: mailbox@8000 { reg = <0x8000 0x100>; #address-cells = <1>; #size-cells = <1>;"       \
	"ranges; ch0: channel@9000 { reg = <0x9000 0x100>; #mbox-cells = <0>; }; };"                \
	"box1: mailbox@9000 { reg = <0x9000 0x100>; };"                                             \
	"clk: clock@a000 { reg = <0xa000 0x100>; #clock-cells = <0>; };"                            \
	"far: cpus-b { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"     \
	"#ranges-address-cells = <1>; #ranges-size-cells = <1>;"                                    \
	"address-map = <0x80000000 &ddr 0x80000000 0x1000000>, <0xa000 &clk 0xa000 0x1000>;"        \
	"cpu@0 { device_type = \"cpu\"; reg = <0>; }; };"

static void judge_registers(void **state, const char *domains)
{
	struct fixture *f = *state;
	const char *body = SDT("%s") NODES;

	f->diags.disabled[LOP_CPUS_MISSING] = true;
	f->diags.disabled[LOP_RESERVED_OVERLAP] = true;
	check(f, lop_arena_printf(&f->arena, body, domains));
}

/* --- registers --- */

static void registers_of_two_domains(void **state)
{
	judge_registers(state, D("d", "access = <&one>;") D("e", "access = <&two>;"));
	assert_only(*state, LOP_REG_OVERLAP,
		    "`two@5800` of `e` has registers of `one@5000`, which `d` has");
}

static void registers_of_one_domain(void **state)
{
	judge_registers(state, D("d", "access = <&one &two>;"));
	assert_silent(*state);
}

static void registers_that_are_shared(void **state)
{
	judge_registers(state, D("d", "access = <&one>; access-flags-names = \"shared\";")
				       D("e", "access = <&two>; access-flags-names = \"shared\";"));
	assert_silent(*state);
}

static void registers_of_the_default_domain(void **state)
{
	judge_registers(state, ON("1", "d", "") D("e", "access = <&two>;"));
	assert_only(*state, LOP_REG_OVERLAP,
		    "`two@5800` of `e` has registers of `one@5000`, which `d` has");
	assert_labelled(*state, LOP_REG_OVERLAP, "`d` has what nobody names");
}

static void registers_of_a_nested_domain(void **state)
{
	judge_registers(state, D("d", "access = <&one &two>;" D("e", "access = <&two>;")));
	assert_silent(*state);
}

static void a_channel_shows_registers_of_the_other_end(void **state)
{
	judge_registers(state, D("d", "access = <&box0>;") D("e", "access = <&box1>;"));
	assert_silent(*state);
}

/* --- interrupts --- */

#define GIC                                                                                        \
	"gic: intc@b000 { compatible = \"arm,gic-400\"; reg = <0xb000 0x100>;"                     \
	"#interrupt-cells = <3>; interrupt-controller; };"                                         \
	"t0: t@c000 { reg = <0xc000 0x100>; interrupt-parent = <&gic>; interrupts = <0 5 4>; };"   \
	"t1: t@d000 { reg = <0xd000 0x100>; interrupt-parent = <&gic>;"                            \
	"interrupts = <0 6 4>, <0 5 4>; };"                                                        \
	"t2: t@e000 { reg = <0xe000 0x100>; interrupt-parent = <&gic>; interrupts = <1 5 4>; };"   \
	"combiner: c@f000 { reg = <0xf000 0x100>; #interrupt-cells = <2>; };"                      \
	"t3: t@f100 { reg = <0xf100 0x10>; interrupt-parent = <&combiner>; interrupts = <2 5>; };" \
	"t4: t@f200 { reg = <0xf200 0x10>; interrupt-parent = <&combiner>; interrupts = <2 6>; };" \
	"t5: t@f300 { reg = <0xf300 0x10>; interrupt-parent = <&combiner>; interrupts = <2 5>; };"

static void judge_interrupts(void **state, const char *domains)
{
	struct fixture *f = *state;
	const char *body = SDT("%s") GIC;

	f->diags.disabled[LOP_CPUS_MISSING] = true;
	f->diags.disabled[LOP_RESERVED_OVERLAP] = true;
	check(f, lop_arena_printf(&f->arena, body, domains));
}

static void an_interrupt_of_two_domains(void **state)
{
	judge_interrupts(state, D("d", "access = <&t0>;") D("e", "access = <&t1>;"));
	assert_only(*state, LOP_IRQ_TWICE,
		    "`t@c000` (domain `d`) and `t@d000` (domain `e`) raise one interrupt of "
		    "`intc@b000`: INTID 37");
}

static void an_interrupt_that_is_shared(void **state)
{
	judge_interrupts(state, D("d", "access = <&t0>; access-flags-names = \"shared\";")
					D("e", "access = <&t1>; access-flags-names = \"shared\";"));
	assert_silent(*state);
}

static void a_private_interrupt_of_the_same_number(void **state)
{
	judge_interrupts(state, D("d", "access = <&t0>;") D("e", "access = <&t2>;"));
	assert_silent(*state);
}

static void two_cells_of_a_combiner(void **state)
{
	judge_interrupts(state, D("d", "access = <&t3>;") D("e", "access = <&t4>;"));
	assert_silent(*state);
	judge_interrupts(state, D("d", "access = <&t3>;") D("e", "access = <&t5>;"));
	assert_only(*state, LOP_IRQ_TWICE, "raise one interrupt of `c@f000`: <2 5>");
}

/* --- what something is on --- */

static void two_chips_of_one_controller(void **state)
{
	judge_registers(state, D("d", "access = <&chip0>;") D("e", "access = <&chip1>;"));
	assert_only(*state, LOP_DEVICE_TWICE,
		    "`chip@50`, given to `d`, and `chip@51`, given to `e`, are both on `i2c@7000`");
}

static void two_chips_that_are_shared(void **state)
{
	judge_registers(state, D("d", "access = <&chip0>; access-flags-names = \"shared\";") D(
				       "e", "access = <&chip1>; access-flags-names = \"shared\";"));
	assert_silent(*state);
}

static void parts_that_are_devices_of_their_own(void **state)
{
	judge_registers(state, D("d", "access = <&part0>;") D("e", "access = <&part1>;"));
	assert_silent(*state);
}

/* --- the rest --- */

static void two_take_the_rest(void **state)
{
	judge_registers(state, ON("1", "d", "lopper,access-keep-all;")
				       ON("2", "e", "lopper,access-keep-all;"));
	assert_only(*state, LOP_DEVICE_TWICE,
		    "7 devices that nobody names are taken by `d` and by `e`");
}

static void the_default_domain_takes_the_rest_too(void **state)
{
	judge_registers(state,
			D("d", "cpus = <&a 1 1>;") D("e", "cpus = <&a 2 1>; access = <&uart>;")
				D("f", "lopper,access-keep-all; cpus = <&far 1 0>;"));
	assert_silent(*state); /* it sees none of the devices, but for a clock */
}

static void relatives_take_the_rest(void **state)
{
	judge_registers(
		state,
		ON("3", "d", "lopper,access-keep-all;" ON("1", "e", "lopper,access-keep-all;")));
	assert_int_equal(count_reports(*state, LOP_DEVICE_TWICE), 0);
}

static void all_of_the_rest_is_named(void **state)
{
	judge_registers(state, ON("1", "d",
				  "lopper,access-keep-all;"
				  "access = <&uart &one &two &mfd &i2c &box0 &box1>;")
				       ON("2", "e", "lopper,access-keep-all;"));
	assert_silent(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(registers_of_two_domains),
		TEST(registers_of_one_domain),
		TEST(registers_that_are_shared),
		TEST(registers_of_the_default_domain),
		TEST(registers_of_a_nested_domain),
		TEST(a_channel_shows_registers_of_the_other_end),
		TEST(an_interrupt_of_two_domains),
		TEST(an_interrupt_that_is_shared),
		TEST(a_private_interrupt_of_the_same_number),
		TEST(two_cells_of_a_combiner),
		TEST(two_chips_of_one_controller),
		TEST(two_chips_that_are_shared),
		TEST(parts_that_are_devices_of_their_own),
		TEST(two_take_the_rest),
		TEST(the_default_domain_takes_the_rest_too),
		TEST(relatives_take_the_rest),
		TEST(all_of_the_rest_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
