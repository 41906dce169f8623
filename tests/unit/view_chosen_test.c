/* SPDX-License-Identifier: BSD-3-Clause */
/* /chosen and /aliases of a domain: whose they are, and paths that follow their node. */
#include "tests/unit/view_text.h"

#define UART                                                                            \
	"u: serial@10002000 { compatible = \"arm,pl011\"; reg = <0x10002000 0x100>; };" \
	"w: serial@10003000 { compatible = \"arm,pl011\"; reg = <0x10003000 0x100>; };"
#define OWN(chosen) "chosen {" chosen "};"

/* One more on the cluster, so that a domain with a list is not the default one. */
#define O DOMAIN("o", "&a 2 1", "")

/* The board with more nodes beside the buses. */
#define WITH(top, devices, domains) SDT(devices, domains) top

static void its_own_chosen(void **state)
{
	struct lop_view *v = cut(
		*state,
		SDT(UART, DOMAIN("d", "&a 1 1",
				 "access = <&u>;" OWN("bootargs = \"quiet\"; stdout-path = &u;"))),
		"d");

	assert_string_equal(text_at(v, "/chosen", "bootargs"), "quiet");
	assert_string_equal(text_at(v, "/chosen", "stdout-path"), "/soc/serial@10002000");
	assert_silent(*state);
	drop(*state, v);
}

static void a_console_brings_its_device(void **state)
{
	struct lop_view *v = cut(
		*state,
		SDT(UART, DOMAIN("d", "&b 1 0", "access = <&clk>;" OWN("stdout-path = &u;"))), "d");

	assert_true(has(v, "/soc/serial@10002000"));
	assert_false(has(v, "/soc/serial@10003000"));
	drop(*state, v);
}

static void a_console_of_another_domain_is_left_out(void **state)
{
	struct lop_view *v = cut(
		*state,
		SDT(UART, DOMAIN("d", "&a 1 1",
				 OWN("stdout-path = &u;"
				     "bootargs = \"b\";")) DOMAIN("e", "&a 2 1", "access = <&u>;")),
		"d");

	assert_false(has(v, "/soc/serial@10002000"));
	assert_false(has_prop(v, "/chosen", "stdout-path"));
	assert_string_equal(text_at(v, "/chosen", "bootargs"), "b");
	drop(*state, v);
}

static void a_path_with_options_follows_its_node(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT("", DOMAIN("d", "&b 1 0",
				   "access = <&far>;" OWN(
					   "stdout-path = \"/soc/far@20000000:115200n8\";"))),
		    "d");

	assert_string_equal(text_at(v, "/chosen", "stdout-path"), "/soc/far@40000000:115200n8");
	drop(*state, v);
}

static void a_path_without_options_follows_its_node(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT("", DOMAIN("d", "&b 1 0",
				   "access = <&far>;" OWN("stdout-path = \"/soc/far@20000000\";"))),
		    "d");

	assert_string_equal(text_at(v, "/chosen", "stdout-path"), "/soc/far@40000000");
	drop(*state, v);
}

static void an_alias_stays_an_alias(void **state)
{
	struct lop_view *v =
		cut(*state,
		    WITH("aliases { serial0 = &u; serial1 = &w; };", UART,
			 DOMAIN("d", "&a 1 1",
				"access = <&u>;" OWN("stdout-path = \"serial0:9600\";")) O),
		    "d");

	assert_string_equal(text_at(v, "/chosen", "stdout-path"), "serial0:9600");
	assert_string_equal(text_at(v, "/aliases", "serial0"), "/soc/serial@10002000");
	assert_false(has_prop(v, "/aliases", "serial1"));
	drop(*state, v);
}

static void aliases_follow_their_nodes(void **state)
{
	struct lop_view *v = cut(*state,
				 WITH("aliases { far0 = \"/soc/far@20000000\"; gone = \"/nowhere\";"
				      "number = <1>; };",
				      UART, DOMAIN("d", "&b 1 0", "access = <&far>;")),
				 "d");

	assert_string_equal(text_at(v, "/aliases", "far0"), "/soc/far@40000000");
	assert_false(has_prop(v, "/aliases", "gone"));
	assert_false(has_prop(v, "/aliases", "number"));
	drop(*state, v);
}

static void without_an_alias_of_its_own_there_is_no_node(void **state)
{
	struct lop_view *v = cut(
		*state,
		WITH("aliases { serial0 = &u; };", UART, DOMAIN("d", "&a 1 1", "access = <&w>;") O),
		"d");

	assert_false(has(v, "/aliases"));
	drop(*state, v);
}

/* --- the top-level /chosen --- */

#define TOP			"chosen { bootargs = \"top\"; stdout-path = \"/soc/serial@10002000\"; };"
#define LINUX(name, cpus, more) DOMAIN(name, cpus, "os,type = \"linux\";" more)
/* A list makes a domain one that is not the default. */
#define LISTS "access = <&u>; memory = <0x80000000 0x1000>;"

static void the_top_one_is_the_default_domains(void **state)
{
	static const char system[] =
		WITH(TOP, UART,
		     DOMAIN("d", "&a 1 1", "") DOMAIN("e", "&a 2 1",
						      "access = <&w>;"
						      "memory = <0x80000000 0x1000>;"));
	struct lop_view *v = cut(*state, system, "d");

	assert_string_equal(text_at(v, "/chosen", "bootargs"), "top");
	assert_string_equal(text_at(v, "/chosen", "stdout-path"), "/soc/serial@10002000");
	drop(*state, v);
	v = cut(*state, system, "e");
	assert_false(has(v, "/chosen"));
	drop(*state, v);
}

static void or_the_only_linux(void **state)
{
	static const char system[] = WITH(
		TOP, UART, LINUX("d", "&a 1 1", LISTS) DOMAIN("e", "&a 2 1", "access = <&w>;"));
	struct lop_view *v = cut(*state, system, "d");

	assert_string_equal(text_at(v, "/chosen", "bootargs"), "top");
	drop(*state, v);
	v = cut(*state, system, "e");
	assert_false(has(v, "/chosen"));
	drop(*state, v);
}

static void two_that_run_linux_have_none(void **state)
{
	struct lop_view *v = cut(
		*state,
		WITH(TOP, UART, LINUX("d", "&a 1 1", LISTS) LINUX("e", "&a 2 1", "access = <&w>;")),
		"d");

	assert_false(has(v, "/chosen"));
	drop(*state, v);
}

static void one_of_its_own_comes_instead(void **state)
{
	struct lop_view *v =
		cut(*state,
		    WITH(TOP, UART, LINUX("d", "&a 1 1", LISTS OWN("bootargs = \"own\";")) O), "d");

	assert_string_equal(text_at(v, "/chosen", "bootargs"), "own");
	assert_false(has_prop(v, "/chosen", "stdout-path"));
	drop(*state, v);
}

static void a_console_it_does_not_have_is_not_mentioned(void **state)
{
	struct lop_view *v =
		cut(*state,
		    WITH(TOP, UART,
			 LINUX("d", "&a 1 1", "access = <&w>; memory = <0x80000000 0x1000>;")
				 DOMAIN("e", "&a 2 1", "access = <&u>;")),
		    "d");

	assert_string_equal(text_at(v, "/chosen", "bootargs"), "top");
	assert_false(has_prop(v, "/chosen", "stdout-path"));
	drop(*state, v);
}

/* --- what only looks like a path --- */

static void numbers_are_no_paths(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT(UART, DOMAIN("d", "&a 1 1",
				     "access = <&u>;" OWN("linux,initrd-start = <0x2f736f63>;"
							  "linux,initrd-end = <0x2f736f00>;"
							  "rng-seed = [2f 00];"))),
		    "d");

	assert_int_equal(cell_at(v->tree, "/chosen", "linux,initrd-start", 0), 0x2f736f63);
	assert_int_equal(cell_at(v->tree, "/chosen", "linux,initrd-end", 0), 0x2f736f00);
	drop(*state, v);
}

static void other_strings_are_no_paths(void **state)
{
	struct lop_view *v =
		cut(*state,
		    SDT(UART, DOMAIN("d", "&a 1 1",
				     "access = <&u>;" OWN(
					     "bootargs = \"/dev/ttyAMA0\"; list = \"/soc\", \"x\";"
					     "empty = \"\"; flag;"))),
		    "d");

	assert_string_equal(text_at(v, "/chosen", "bootargs"), "/dev/ttyAMA0");
	assert_int_equal(value_at(v->tree, "/chosen", "list")->len, 7);
	assert_int_equal(value_at(v->tree, "/chosen", "empty")->len, 1);
	assert_int_equal(value_at(v->tree, "/chosen", "flag")->len, 0);
	drop(*state, v);
}

static void nodes_below_come_along(void **state)
{
	struct lop_view *v = cut(
		*state,
		SDT(UART, DOMAIN("d", "&a 1 1",
				 OWN("framebuffer { #size-cells = <0>; deep { clocks = <&clk 1>;"
				     "display = &w; }; };"))),
		"d");

	assert_leads(v, "/chosen/framebuffer/deep", "clocks", 0, "/soc/clock@10001000");
	assert_string_equal(text_at(v, "/chosen/framebuffer/deep", "display"),
			    "/soc/serial@10003000");
	drop(*state, v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(its_own_chosen),
		TEST(a_console_brings_its_device),
		TEST(a_console_of_another_domain_is_left_out),
		TEST(a_path_with_options_follows_its_node),
		TEST(a_path_without_options_follows_its_node),
		TEST(an_alias_stays_an_alias),
		TEST(aliases_follow_their_nodes),
		TEST(without_an_alias_of_its_own_there_is_no_node),
		TEST(the_top_one_is_the_default_domains),
		TEST(or_the_only_linux),
		TEST(two_that_run_linux_have_none),
		TEST(one_of_its_own_comes_instead),
		TEST(a_console_it_does_not_have_is_not_mentioned),
		TEST(numbers_are_no_paths),
		TEST(other_strings_are_no_paths),
		TEST(nodes_below_come_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
