/* SPDX-License-Identifier: BSD-3-Clause */
/* What Zephyr's build reads of memory protection. */
#include "tests/unit/view_text.h"

#define TREE(policy, more)                                                                    \
	"#address-cells = <1>; #size-cells = <1>;"                                            \
	"a: cpus-r { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;" \
	"cpu@0 { device_type = \"cpu\"; compatible = \"arm,cortex-r5\"; reg = <0>; }; };"     \
	"t0: tcm@0 { compatible = \"mmio-sram\"; reg = <0 0x1000>;"                           \
	"mpu-policy = \"readable\", \"writable\", \"executable\", \"cacheable\"; };"          \
	"reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges;"                  \
	"r0: r@80010000 { reg = <0x80010000 0x3000>; " policy " }; };"                        \
	"domains { d: d { compatible = \"openamp,domain-v1\"; cpus = <&a 1 1>;"               \
	"sram = <0 0x1000>; reserved-memory = <&r0>;" more "}; };"
#define POLICY "os,type = \"zephyr\"; linker-section-vector-table = <&t0>;"
#define R0     "/reserved-memory/r@80010000"

static void attributes_are_those_of_the_table(void **state)
{
	static const struct {
		const char *policy;
		uint32_t attr;
	} rows[] = {
		{ "\"readable\", \"writable\"", 0x200000 },
		{ "\"readable\", \"writable\", \"cacheable\"", 0x100000 },
		{ "\"readable\", \"cacheable\"", 0x11 },
		{ "\"readable\", \"executable\", \"cacheable\"", 0x51 },
		{ "\"readable\", \"writable\", \"executable\", \"cacheable\"", 0x71 },
		{ "\"readable\", \"writable\", \"shareable\", \"userspace\"", 0x3b0 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *body = TREE("mpu-policy = %s;", POLICY);
		struct lop_view *view =
			cut(f, lop_arena_printf(&f->arena, body, rows[i].policy), "d");

		ASSERT_CELLS(view, R0, "zephyr,memory-attr", rows[i].attr);
		assert_string_equal(text_at(view, R0, "compatible"), "zephyr,memory-region");
		assert_string_equal(text_at(view, R0, "zephyr,memory-region"), "R0");
		assert_false(has_prop(view, R0, "mpu-policy"));
		drop(f, view);
	}
}

static void regions_grow(void **state)
{
	struct lop_view *view =
		cut(*state, TREE("mpu-policy = \"readable\", \"writable\";", POLICY), "d");

	ASSERT_CELLS(view, R0, "reg", 0x80010000, 0x4000);
	ASSERT_CELLS(view, "/tcm@0", "reg", 0, 0x1000);
	assert_string_equal(text_at(view, "/chosen", "zephyr,sram"), "/tcm@0");
	drop(*state, view);
}

static void static_ones_do_not(void **state)
{
	struct lop_view *view = cut(
		*state, TREE("mpu-policy = \"readable\", \"writable\", \"static\";", POLICY), "d");

	ASSERT_CELLS(view, R0, "reg", 0x80010000, 0x3000);
	assert_string_equal(text_at(view, R0, "zephyr,memory-region"), "R0");
	assert_false(has_prop(view, R0, "zephyr,memory-attr"));
	drop(*state, view);
}

static void shared_memory_needs_no_policy(void **state)
{
	struct lop_view *view =
		cut(*state, TREE("compatible = \"acme,ipc\", \"mmio-sram\";", POLICY), "d");

	ASSERT_CELLS(view, R0, "zephyr,memory-attr", 0x200000);
	assert_string_equal(text_at(view, "/chosen", "zephyr,ipc_shm"), R0);
	drop(*state, view);
}

static void without_a_policy_it_only_goes(void **state)
{
	struct lop_view *view =
		cut(*state, TREE("mpu-policy = \"readable\";", "os,type = \"zephyr\";"), "d");

	assert_false(has_prop(view, R0, "mpu-policy"));
	assert_false(has_prop(view, R0, "compatible"));
	assert_false(has(view, "/chosen"));
	drop(*state, view);
}

static void others_keep_it(void **state)
{
	struct lop_view *view =
		cut(*state, TREE("mpu-policy = \"readable\";", "os,type = \"freertos\";"), "d");

	assert_true(has_prop(view, R0, "mpu-policy"));
	drop(*state, view);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(attributes_are_those_of_the_table),
		TEST(regions_grow),
		TEST(static_ones_do_not),
		TEST(shared_memory_needs_no_policy),
		TEST(without_a_policy_it_only_goes),
		TEST(others_keep_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
