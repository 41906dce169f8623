/* SPDX-License-Identifier: BSD-3-Clause */
/* gen, check, dtb and fmt in one process: what is written, and what one mistake makes of the rest.
 */
#include "lopper-c/cmd/split.h"

#include "tests/unit/cmd_text.h"

static const char board[] =
	"/dts-v1/;\n/ { #address-cells = <1>; #size-cells = <1>;\n"
	"a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;\n"
	"cpu@0 { device_type = \"cpu\"; reg = <0>; }; };\n"
	"memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x100000>; };\n"
	"uart: uart@1000 { compatible = \"x\"; reg = <0x1000 0x100>; }; };\n";

static const char domains[] = "domains:\n  d:\n    compatible: openamp,domain-v1\n"
			      "    cpus: [ { cluster: a, cpumask: 0x1 } ]\n"
			      "    access: [ { dev: uart } ]\n";

static void put_inputs(void)
{
	put("s.dts", board);
	put("d.yaml", domains);
}

static void assert_file(const char *path, const char *words)
{
	struct lop_buf text = { 0 };

	assert_int_equal(lop_file_read(path, &text), 0);
	assert_says(lop_buf_cstr(&text), words);
	lop_buf_free(&text);
}

static void gen_writes_a_folder(void **state)
{
	struct command *c = *state;

	put_inputs();
	assert_int_equal(sdtgen(c, "gen s.dts d.yaml"), LOP_EXIT_OK);
	assert_string_equal(out_of(c), "  d  1 CPU, 1 MiB of memory, 1 device\n"
				       "1 domain in generated, the whole system in "
				       "generated/system.dts\n");
	assert_file("generated/d/domain.dts", "uart: uart@1000");
	assert_file("generated/system.dts", "access = <&uart 0x0>;");
	assert_true(exists("generated/d/domain.dtb"));
	assert_int_equal(c->err.len, 0);
}

static void a_domain_that_went_goes(void **state)
{
	struct command *c = *state;

	put_inputs();
	sdtgen(c, "gen s.dts d.yaml -o out");
	put("d.yaml", "domains:\n  e:\n    compatible: openamp,domain-v1\n"
		      "    cpus: [ { cluster: a, cpumask: 0x1 } ]\n");
	assert_int_equal(sdtgen(c, "gen -n s.dts d.yaml -o out"), LOP_EXIT_OK);
	assert_says(out_of(c), "would remove out/d/domain.dtb\n");
	assert_true(exists("out/d/domain.dtb"));
	assert_int_equal(sdtgen(c, "gen s.dts d.yaml -o out"), LOP_EXIT_OK);
	assert_false(exists("out/d"));
	assert_true(exists("out/e/domain.dtb"));
}

static void names_stay_in_the_folder(void **state)
{
	struct command *c = *state;

	put("s.dts", "/dts-v1/;\n/ { domains { .. { compatible = \"openamp,domain-v1\"; };\n"
		     "x { compatible = \"openamp,domain-v1\"; x { "
		     "compatible = \"openamp,domain-v1\"; }; }; }; };\n");
	assert_int_equal(sdtgen(c, "gen s.dts --compat=lopper -w -o out"), LOP_EXIT_ERRORS);
	assert_says(err_of(c), "[dts-name]");
	assert_false(exists("out"));
}

static void two_of_one_name_are_refused_whatever_the_switches(void **state)
{
	struct command *c = *state;

	put("s.dts", "/dts-v1/;\n/ { domains { x { compatible = \"openamp,domain-v1\"; x { "
		     "compatible = \"openamp,domain-v1\"; }; }; }; };\n");
	assert_int_equal(sdtgen(c, "gen s.dts --compat=lopper -w -o out"), LOP_EXIT_ERRORS);
	assert_says(err_of(c), "two domains called `x` cannot be written to one folder");
	assert_false(exists("out"));
}

static void an_empty_tree(void **state)
{
	struct command *c = *state;

	put("s.dts", "/dts-v1/;\n/ { };\n");
	assert_int_equal(sdtgen(c, "gen s.dts -o out"), LOP_EXIT_ERRORS);
	assert_says(err_of(c), "error[no-domains]: there is no domain");
	assert_int_equal(sdtgen(c, "check -v s.dts"), LOP_EXIT_ERRORS);
	assert_false(exists("out"));
}

/* --- what a damaged input proves --- */

static int check(struct command *c, const char *tree, const char *yaml)
{
	put("s.dts", tree);
	put("d.yaml", yaml);
	return sdtgen(c, "check s.dts d.yaml");
}

static void after_a_missing_include_nothing_is_unknown(void **state)
{
	struct command *c = *state;

	assert_int_equal(check(c, "/dts-v1/;\n/include/ \"gone.dtsi\"\n/ { };\n", domains),
			 LOP_EXIT_ERRORS);
	assert_says(err_of(c), "error[dts-include]");
	assert_says(err_of(c), "sdtgen: 1 error");
}

static void after_a_lost_statement_values_are_unknown(void **state)
{
	struct command *c = *state;

	check(c,
	      "/dts-v1/;\n/ { #address-cells = <<1>;\n uart: uart@1000 { reg = <0x1000>; }; };\n",
	      "domains:\n  d:\n    compatible: openamp,domain-v1\n"
	      "    access: [ { dev: uarf } ]\n");
	assert_says(err_of(c), "error[dts-syntax]");
	assert_says(err_of(c), "error[unknown-device]");
	assert_says_not(err_of(c), "[bad-cells]");
	assert_says_not(err_of(c), "[cpus-missing]");
}

static void a_yaml_that_cannot_be_read_does_not_hide_the_tree(void **state)
{
	struct command *c = *state;

	assert_int_equal(check(c, "/dts-v1/;\n/ { x = <&gone>; };\n", "domains: ["),
			 LOP_EXIT_ERRORS);
	assert_says(err_of(c), "error[yaml-syntax]");
	assert_says(err_of(c), "`gone`");
	assert_says_not(err_of(c), "[no-domains]");
}

static void missing_files(void **state)
{
	struct command *c = *state;

	assert_int_equal(sdtgen(c, "check gone.dts gone.yaml"), LOP_EXIT_FAILURE);
	assert_says(err_of(c), "gone.dts");
	assert_says(err_of(c), "gone.yaml");
	assert_says_not(err_of(c), "[no-domains]");
}

/* A number that the source uses without a node stays nobody's. */
static void a_number_is_not_given_away(void **state)
{
	struct command *c = *state;

	put("s.dts", "/dts-v1/;\n/ { x { clocks = <1>; y = <&z>; }; z: z { };\n"
		     "domains { d { compatible = \"openamp,domain-v1\"; }; }; };\n");
	assert_int_equal(sdtgen(c, "gen -q s.dts -o out"), LOP_EXIT_OK);
	assert_says(err_of(c), "`clocks` of `x` refers to phandle 0x1, which no node has");
	assert_file("out/system.dts", "clocks = <0x1>");
}

/* --- dtb --- */

static void dtb_writes_one_file(void **state)
{
	struct command *c = *state;

	put_inputs();
	assert_int_equal(sdtgen(c, "dtb s.dts"), LOP_EXIT_OK);
	assert_int_equal(memcmp(c->out.data, "\xd0\x0d\xfe\xed", 4), 0);
	assert_int_equal(sdtgen(c, "dtb -@ s.dts -o s.dtb"), LOP_EXIT_OK);
	assert_int_equal(c->out.len, 0);
	assert_int_equal(sdtgen(c, "dtb s.dtb -o t.dtb"), LOP_EXIT_ERRORS);
	assert_says(err_of(c), "error[unsupported]: `s.dtb` is a blob already");
	assert_false(exists("t.dtb"));
	assert_int_equal(sdtgen(c, "gen -q s.dtb d.yaml -o out"), LOP_EXIT_OK);
	assert_true(exists("out/d/domain.dtb"));
}

static void mistakes_of_dtb(void **state)
{
	struct command *c = *state;

	put_inputs();
	assert_usage(c, "dtb", "no input; give one file");
	assert_usage(c, "dtb s.dts t.dts", "one file at a time; 't.dts' is a second one");
	assert_usage(c, "dtb s.dts -o s.dts", "the output 's.dts' would overwrite an input");
	assert_usage(c, "dtb s.dts -o .", "'-o .' is a folder");
	put("bad.dts", "/dts-v1/;\n/ { a = ; };\n");
	assert_int_equal(sdtgen(c, "dtb bad.dts -o bad.dtb"), LOP_EXIT_ERRORS);
	assert_false(exists("bad.dtb"));
}

/* --- fmt --- */

static void fmt_rewrites_all_or_none(void **state)
{
	struct command *c = *state;

	put("a.dts", "/dts-v1/;\n/ { a=<1>; };\n");
	put("b.dts", "/dts-v1/;\n/ { \"torn\n");
	assert_int_equal(sdtgen(c, "fmt a.dts b.dts"), LOP_EXIT_ERRORS);
	assert_file("a.dts", "a=<1>");
	assert_int_equal(sdtgen(c, "fmt --check a.dts ./a.dts"), LOP_EXIT_ERRORS);
	assert_string_equal(out_of(c), "a.dts\n");
	assert_int_equal(sdtgen(c, "fmt a.dts"), LOP_EXIT_OK);
	assert_file("a.dts", "/dts-v1/;\n\n/ {\n\ta = <1>;\n};\n");
	assert_int_equal(sdtgen(c, "fmt --check a.dts"), LOP_EXIT_OK);
	assert_string_equal(out_of(c), "");
}

static void fmt_takes_sources_only(void **state)
{
	struct command *c = *state;

	put("x.yaml", "a: 1\n");
	put("x.dts", "\xd0\x0d\xfe\xed");
	assert_int_equal(sdtgen(c, "fmt x.yaml"), LOP_EXIT_ERRORS);
	assert_says(err_of(c), "`x.yaml` is no device tree source by its name");
	assert_int_equal(sdtgen(c, "fmt x.dts"), LOP_EXIT_ERRORS);
	assert_says(err_of(c), "`x.dts` is a blob");
	assert_int_equal(sdtgen(c, "fmt gone.dts"), LOP_EXIT_FAILURE);
	assert_says(err_of(c), "cannot read `gone.dts`: No such file or directory");
	assert_usage(c, "fmt", "no input");
}

static void fmt_writes_through_a_link(void **state)
{
	struct command *c = *state;
	struct stat st;

	put("a.dts", "/dts-v1/;\n/ { a=<1>; };\n");
	assert_int_equal(symlink("a.dts", "l.dts"), 0);
	assert_int_equal(sdtgen(c, "fmt l.dts"), LOP_EXIT_OK);
	assert_int_equal(lstat("l.dts", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_file("a.dts", "\ta = <1>;\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(gen_writes_a_folder),
		TEST(a_domain_that_went_goes),
		TEST(names_stay_in_the_folder),
		TEST(two_of_one_name_are_refused_whatever_the_switches),
		TEST(an_empty_tree),
		TEST(after_a_missing_include_nothing_is_unknown),
		TEST(after_a_lost_statement_values_are_unknown),
		TEST(a_yaml_that_cannot_be_read_does_not_hide_the_tree),
		TEST(missing_files),
		TEST(a_number_is_not_given_away),
		TEST(dtb_writes_one_file),
		TEST(mistakes_of_dtb),
		TEST(fmt_rewrites_all_or_none),
		TEST(fmt_takes_sources_only),
		TEST(fmt_writes_through_a_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
