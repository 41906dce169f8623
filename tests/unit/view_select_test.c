/* SPDX-License-Identifier: BSD-3-Clause */
/* Which devices a domain gets: claims, reach, relations, what stands in or behind others. */
#include "tests/unit/view_text.h"

#define DEV(label, at, more) \
	label ": " label "@" #at " { compatible = \"x\"; reg = <0x" #at " 0x100>;" more "};"
/* d, and one more on its cluster, so that d is not the default domain. */
#define D(more)	      DOMAIN("d", "&a 1 1", more) DOMAIN("o", "&a 2 1", "")
#define ACCESS(nodes) "access = " nodes ";"

static void only_what_is_listed(void **state)
{
	struct lop_view *v = cut(
		*state, SDT(DEV("u", 10002000, "") DEV("w", 10003000, ""), D(ACCESS("<&u>"))), "d");

	assert_true(has(v, "/soc/u@10002000"));
	assert_false(has(v, "/soc/w@10003000"));
	assert_int_equal(v->n_devices, 1);
	assert_string_equal(v->devices[0]->name, "u@10002000");
	drop(*state, v);
}

static void what_stands_in_a_device_comes_along(void **state)
{
	struct lop_view *v = cut(
		*state,
		SDT(DEV("u", 10002000, "phy { bit: bit { x = <1>; }; };"), D(ACCESS("<&u>"))), "d");

	ASSERT_CELLS(v, "/soc/u@10002000/phy/bit", "x", 1);
	drop(*state, v);
}

static void but_not_what_is_another_domains(void **state)
{
	struct lop_view *v = cut(*state,
				 SDT(DEV("u", 10002000, "one: one { y: y { }; }; two: two { };"),
				     D(ACCESS("<&u>")) DOMAIN("e", "&b 1 0", ACCESS("<&one>"))),
				 "d");

	assert_false(has(v, "/soc/u@10002000/one"));
	assert_true(has(v, "/soc/u@10002000/two"));
	drop(*state, v);
}

/* Of two lists on one way to the root the nearer one decides. */
static void the_nearest_claim_decides(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT(DEV("u", 10002000, "one: one { y: y { }; };"),
			D(ACCESS("<&soc &y>")) DOMAIN("e", "&b 1 0", ACCESS("<&one>"))),
		    "d");

	assert_true(has(v, "/soc/u@10002000/one/y"));
	assert_true(has(v, "/soc/clock@10001000"));
	drop(*state, v);
}

static void the_default_domain_leaves_the_rest_alone(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT(DEV("u", 10002000, "") DEV("w", 10003000, ""),
			DOMAIN("d", "&a 1 1", "") DOMAIN("e", "&b 1 0", ACCESS("<&u>"))),
		    "d");

	assert_false(has(v, "/soc/u@10002000"));
	assert_true(has(v, "/soc/w@10003000"));
	assert_true(has(v, "/soc/far@20000000"));
	assert_false(has(v, "/private"));
	drop(*state, v);
}

/* --- reach --- */

static void a_chip_behind_a_controller(void **state)
{
	static const char system[] =
		SDT("i2c: i2c@10002000 { reg = <0x10002000 0x100>; #address-cells = <1>;"
		    "#size-cells = <0>; chip: chip@50 { compatible = \"x\"; reg = <0x50>; }; };",
		    D(ACCESS("<&chip>")));
	struct lop_view *v = cut(*state, system, "d");

	ASSERT_CELLS(v, "/soc/i2c@10002000/chip@50", "reg", 0x50);
	ASSERT_CELLS(v, "/soc/i2c@10002000", "reg", 0x10002000, 0x100);
	assert_silent(*state);
	drop(*state, v);
}

static void a_chip_behind_a_controller_out_of_reach(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT("i2c: i2c@10009000 { reg = <0x10009000 0x100>; #address-cells = <1>;"
			"#size-cells = <0>; chip: chip@50 { compatible = \"x\"; reg = <0x50>; };"
			"};",
			DOMAIN("d", "&b 1 0", ACCESS("<&chip>"))),
		    "d");

	assert_reported(*state, LOP_DEVICE_UNREACHABLE, "`chip@50` given to `d` is out of reach");
	drop(*state, v);
}

static void on_an_indirect_bus_the_map_names_it(void **state)
{
	struct lop_view *v = cut(*state, SDT("", DOMAIN("d", "&b 1 0", ACCESS("<&nvic>"))), "d");

	assert_true(has(v, "/private/interrupt-controller@e000e000"));
	assert_silent(*state);
	drop(*state, v);
}

static void a_device_out_of_reach_says_where_it_stands(void **state)
{
	struct lop_view *v = cut(
		*state, SDT(DEV("u", 30000000, ""), DOMAIN("d", "&b 1 0", ACCESS("<&u>"))), "d");

	assert_reported(*state, LOP_DEVICE_UNREACHABLE, "out of reach of cluster `b`");
	assert_helped(*state, LOP_DEVICE_UNREACHABLE,
		      "add an entry for the device or a bus above it");
	assert_int_equal(first_diag(*state, LOP_DEVICE_UNREACHABLE)->severity, LOP_ERROR);
	drop(*state, v);
}

static void a_bus_brings_what_is_in_reach(void **state)
{
	struct lop_view *v = cut(*state,
				 SDT(DEV("u", 10002000, "") DEV("w", 10009000, ""),
				     DOMAIN("d", "&b 1 0", ACCESS("<&soc>"))),
				 "d");

	assert_true(has(v, "/soc/u@10002000"));
	assert_false(has(v, "/soc/w@10009000"));
	assert_silent(*state);
	drop(*state, v);
}

/* --- what is referred to --- */

static void a_dependency_brings_its_own(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT(DEV("u", 10002000, "resets = <&w 3>;")
				DEV("w", 10003000, "#reset-cells = <1>; clocks = <&clk 2>;"),
			D(ACCESS("<&u>"))),
		    "d");

	assert_leads(v, "/soc/u@10002000", "resets", 0, "/soc/w@10003000");
	assert_leads(v, "/soc/w@10003000", "clocks", 0, "/soc/clock@10001000");
	assert_int_equal(v->n_depends, 1); /* the clock has no driver's name */
	assert_string_equal(v->depends[0]->name, "w@10003000");
	drop(*state, v);
}

static void a_circle_of_references_ends(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT(DEV("u", 10002000, "#clock-cells = <0>; clocks = <&w>;")
				DEV("w", 10003000, "#clock-cells = <0>; clocks = <&u>;"),
			D(ACCESS("<&u>"))),
		    "d");

	assert_leads(v, "/soc/w@10003000", "clocks", 0, "/soc/u@10002000");
	drop(*state, v);
}

static void an_endpoint_brings_its_device(void **state)
{
	struct lop_view *v = cut(
		*state,
		SDT(DEV("u", 10002000, "port { here: endpoint { remote-endpoint = <&there>; }; };")
			    DEV("w", 10003000,
				"port { there: endpoint { remote-endpoint = <&here>; }; };"
				"more { };"),
		    DOMAIN("d", "&b 1 0", ACCESS("<&u>"))),
		"d");

	assert_true(has(v, "/soc/w@10003000/more"));
	assert_leads(v, "/soc/u@10002000/port/endpoint", "remote-endpoint", 0,
		     "/soc/w@10003000/port/endpoint");
	drop(*state, v);
}

static void a_reference_to_a_bus_brings_no_devices(void **state)
{
	struct lop_view *v = cut(*state,
				 SDT(DEV("u", 10002000, "bus-handle = <&soc>; acme,x = <&soc>;")
					     DEV("w", 10003000, ""),
				     D(ACCESS("<&u>"))),
				 "d");

	assert_false(has(v, "/soc/w@10003000"));
	drop(*state, v);
}

/* --- relations --- */

#define RELATION(uses)                                                           \
	"domain-to-domain { compatible = \"openamp,domain-to-domain-v1\"; rel {" \
	"compatible = \"openamp,rpmsg-v1\"; relation0 { host = <&o>;" uses "}; }; };"

static void a_relation_brings_mailbox_timer_and_carveout(void **state)
{
	struct lop_view *v = cut(
		*state,
		SDT(DEV("m", 10002000, "") DEV("t", 10003000, "") DEV("c", 10004000, "")
			    DEV("w", 10005000, ""),
		    D(ACCESS("<&far>") RELATION("mbox = <&m>; timer = <&t>; carveouts = <&c>;"))),
		"d");

	assert_true(has(v, "/soc/m@10002000"));
	assert_true(has(v, "/soc/t@10003000"));
	assert_true(has(v, "/soc/c@10004000"));
	assert_false(has(v, "/soc/w@10005000"));
	drop(*state, v);
}

static void what_a_relation_names_is_given(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT(DEV("m", 10002000, ""), D(ACCESS("<&far>") RELATION("mbox = <&m>;"))
							DOMAIN("e", "&b 1 0", ACCESS("<&m>"))),
		    "d");

	assert_true(has(v, "/soc/m@10002000")); /* twice, says check */
	drop(*state, v);
}

static void nested_domains_are_no_competitors(void **state)
{
	static const char system[] =
		SDT(DEV("u", 10002000, "") DEV("w", 10003000, ""),
		    D(ACCESS("<&u &w>") DOMAIN("in", "&a 1 1", ACCESS("<&w>"))));
	struct lop_view *v = cut(*state, system, "d");

	assert_true(has(v, "/soc/w@10003000"));
	drop(*state, v);
	v = cut(*state, system, "in");
	assert_true(has(v, "/soc/w@10003000"));
	assert_false(has(v, "/soc/u@10002000"));
	drop(*state, v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_what_is_listed),
		TEST(what_stands_in_a_device_comes_along),
		TEST(but_not_what_is_another_domains),
		TEST(the_nearest_claim_decides),
		TEST(the_default_domain_leaves_the_rest_alone),
		TEST(a_chip_behind_a_controller),
		TEST(a_chip_behind_a_controller_out_of_reach),
		TEST(on_an_indirect_bus_the_map_names_it),
		TEST(a_device_out_of_reach_says_where_it_stands),
		TEST(a_bus_brings_what_is_in_reach),
		TEST(a_dependency_brings_its_own),
		TEST(a_circle_of_references_ends),
		TEST(an_endpoint_brings_its_device),
		TEST(a_reference_to_a_bus_brings_no_devices),
		TEST(a_relation_brings_mailbox_timer_and_carveout),
		TEST(what_a_relation_names_is_given),
		TEST(nested_domains_are_no_competitors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
