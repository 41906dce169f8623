/* SPDX-License-Identifier: BSD-3-Clause */
/* The rules: each speaks up for its mistake, and all are silent where nothing is wrong. */
#include "tests/unit/check_text.h"

static void every_rule_has_a_name_and_a_function(void **state)
{
	size_t n = 0;

	(void)state;
	for (const struct lop_check *c = lop_checks; c->name; c++, n++) {
		assert_non_null(c->title);
		assert_non_null(c->run);
		for (const struct lop_check *d = lop_checks; d != c; d++)
			assert_string_not_equal(c->name, d->name);
	}
	assert_true(n >= 15);
}

static void a_sound_system_is_silent(void **state)
{
	check(*state, SDT(OWNER D("d", "id = <1>; cpus = <&a 1 1>; os,type = \"x-acme-os\";"
				       "memory = <0x80000000 0x1000>; access = <&uart>;")));
	assert_silent(*state);
}

static void no_domains(void **state)
{
	check(*state, "");
	assert_reported(*state, LOP_NO_DOMAINS, "there is no domain");
}

static void the_same_id(void **state)
{
	check(*state, SDT(OWNER D("d", "id = <1>;") D("e", "id = <1>;")));
	assert_reported(*state, LOP_DUPLICATE_ID, "the same id 0x1");
}

static void a_folder_name_that_leads_away(void **state)
{
	check(*state, SDT(OWNER "x..y { compatible = \"openamp,domain-v1\"; };"
				".hidden { compatible = \"openamp,domain-v1\"; };"));
	assert_reported(*state, LOP_DTS_NAME, "cannot be called `.hidden`");
}

/* `access-implicit-default: { shared: true }` of a domain file. */
static void an_implicit_flag_is_every_entrys(void **state)
{
	check(*state,
	      SDT(OWNER D("d", "id = <1>; access = <&uart>;"
			       "access-implicit-default = <0>;"
			       "access-implicit-default-names = \"shared\";")
			  D("e", "id = <2>; access = <&uart>; access-flags-names = \"shared\";")));
	assert_null(first_diag(*state, LOP_DEVICE_TWICE));
}

static void guests_of_a_hypervisor_share_cpus(void **state)
{
	check(*state, SDT("xen { compatible = \"openamp,hypervisor-v1\"; cpus = <&a 3 2>;"
			  "reserved-memory = <&r0 &r1>;" D("d", "cpus = <&a 3 1>;")
				  D("e", "cpus = <&a 3 1>;") "};"));
	assert_silent(*state);
}

static void others_do_not(void **state)
{
	check(*state, SDT(OWNER D("d", "cpus = <&a 2 1>;")));
	assert_reported(*state, LOP_CPU_TWICE, "`cpu@1` of cluster `a`");
}

static void a_device_of_two(void **state)
{
	check(*state, SDT(OWNER D("d", "access = <&uart>;") D("e", "access = <&uart>;")));
	assert_reported(*state, LOP_DEVICE_TWICE, "`uart@1000` is given to `d` and to `e`");
}

static void a_shared_device_of_two(void **state)
{
	check(*state, SDT(OWNER D("d", "access = <&uart>; access-flags-names = \"shared\";")
				  D("e", "access = <&uart>; access-flags-names = \"shared\";")));
	assert_null(first_diag(*state, LOP_DEVICE_TWICE));
}

static void shared_by_one_only(void **state)
{
	check(*state, SDT(OWNER D("d", "access = <&uart>; access-flags-names = \"shared\";")
				  D("e", "access = <&uart>;")));
	assert_reported(*state, LOP_DEVICE_TWICE, "given to `d` and to `e`");
}

static void a_cluster_as_a_device(void **state)
{
	check(*state, SDT(OWNER D("d", "access = <&a>;")));
	assert_reported(*state, LOP_WRONG_NODE, "which is a CPU cluster");
}

static void memory_outside(void **state)
{
	check(*state, SDT(OWNER D("d", "memory = <0x8ffff000 0x2000>;")));
	assert_reported(*state, LOP_MEM_OUTSIDE, "[0x8ffff000..0x90000fff] (8 KiB)");
}

static void memory_that_overlaps(void **state)
{
	check(*state, SDT(OWNER D("d", "memory = <0x80000000 0x2000>;")
				  D("e", "memory = <0x80001000 0x2000>;")));
	assert_reported(*state, LOP_MEM_OVERLAP, "in [0x80001000..0x80001fff] (4 KiB)");
}

static void the_same_memory_in_a_dts_is_shared(void **state)
{
	check(*state, SDT(OWNER D("d", "memory = <0x80000000 0x2000>;")
				  D("e", "memory = <0x80000000 0x2000>;")));
	assert_null(first_diag(*state, LOP_MEM_SHARED));
}

static void memory_carved_out_by_a_region(void **state)
{
	check(*state, SDT(OWNER D("d", "memory = <0x80000000 0x10000000>;")
				  D("e", "memory = <0x88000000 0x10000>;")));
	assert_null(first_diag(*state, LOP_MEM_OVERLAP));
}

static void memory_beyond_the_parent(void **state)
{
	check(*state, SDT(OWNER D("p", "memory = <0x80000000 0x1000>;" D(
					       "d", "memory = <0x80000800 0x1000>;"))));
	assert_reported(*state, LOP_BEYOND_PARENT, "memory of `d` is not within");
}

static void regions_that_overlap(void **state)
{
	check(*state, SDT(D("d", "cpus = <&a 1 1>;")));
	assert_reported(*state, LOP_RESERVED_OVERLAP, "`r@88001000` overlaps `r@88000000`");
}

static void a_number_that_is_nobodys_phandle(void **state)
{
	check(*state, SDT(OWNER) "dev { clocks = <0x55 1>; };");
	assert_reported(*state, LOP_DTS_DANGLING, "`clocks` of `dev` refers to phandle 0x55");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_has_a_name_and_a_function),
		TEST(a_sound_system_is_silent),
		TEST(no_domains),
		TEST(the_same_id),
		TEST(a_folder_name_that_leads_away),
		TEST(an_implicit_flag_is_every_entrys),
		TEST(guests_of_a_hypervisor_share_cpus),
		TEST(others_do_not),
		TEST(a_device_of_two),
		TEST(a_shared_device_of_two),
		TEST(shared_by_one_only),
		TEST(a_cluster_as_a_device),
		TEST(memory_outside),
		TEST(memory_that_overlaps),
		TEST(the_same_memory_in_a_dts_is_shared),
		TEST(memory_carved_out_by_a_region),
		TEST(memory_beyond_the_parent),
		TEST(regions_that_overlap),
		TEST(a_number_that_is_nobodys_phandle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
