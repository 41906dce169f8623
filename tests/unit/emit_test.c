/* SPDX-License-Identifier: BSD-3-Clause */
/* What a run writes: trees per domain, the merged tree, and the summary for people. */
#include "lopper-c/emit/emit.h"

#include <libfdt.h>

#include "tests/unit/view_text.h"

#define UART "u: u@10002000 { compatible = \"x\"; reg = <0x10002000 0x100>; };"
#define D \
	DOMAIN("d", "&a 1 1", "access = <&u>; os,type = \"linux\"; memory = <0x80000000 0x100000>;")
#define E DOMAIN("longer", "&a 2 1", "access = <&far>;")

struct emission {
	struct lop_system *system;
	struct lop_view *views[4];
	struct lop_outputs outs;
	struct lop_emit_options options;
	struct lop_buf text;
};

static struct emission emission_of(struct fixture *f, const char *body)
{
	struct emission e = { .outs = { .arena = &f->arena }, .options = { .dir = "out" } };
	struct lop_tree *tree = parse_root(f, body);

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	e.system = lop_system_build(tree, &f->diags);
	for (size_t i = 0; i < e.system->n_domains; i++)
		e.views[i] = lop_view_build(e.system, e.system->domains[i], &f->diags);
	return e;
}

static void done(struct emission *e)
{
	for (size_t i = 0; i < e->system->n_domains; i++)
		lop_view_drop_tree(e->views[i]);
	lop_outputs_free(&e->outs);
	lop_buf_free(&e->text);
	lop_system_free(e->system);
}

/* Whatever else is written. */
static struct lop_output *output(struct emission *e, const char *path)
{
	for (struct lop_output *o = e->outs.first; o; o = o->next)
		if (strcmp(o->path, path) == 0)
			return o;
	fail_msg("there is no %s", path);
	return NULL;
}

static const char *data_of(struct lop_output *out)
{
	return lop_buf_cstr(&out->data);
}

static void a_domain_is_a_source_and_a_blob(void **state)
{
	struct emission e = emission_of(*state, SDT(UART, D E));
	struct lop_output *dts, *dtb;

	lop_emit_domain(e.system, e.views[0], &e.options, &e.outs);
	dts = output(&e, "out/d/domain.dts");
	dtb = output(&e, "out/d/domain.dtb");
	assert_non_null(strstr(data_of(dts), "/* The device tree of domain d, made by sdtgen."));
	assert_non_null(strstr(data_of(dts), "u: u@10002000"));
	assert_null(strstr(data_of(dts), "far@"));
	assert_int_equal(fdt_check_full(dtb->data.data, dtb->data.len), 0);
	assert_true(fdt_path_offset(dtb->data.data, "/soc/u@10002000") > 0);
	assert_true(fdt_path_offset(dtb->data.data, "/__symbols__") < 0);
	done(&e);
}

static void symbols_are_in_the_blob_only(void **state)
{
	struct emission e = emission_of(*state, SDT(UART, D E));
	const void *blob;
	const char *path;

	e.options.symbols = true;
	lop_emit_domain(e.system, e.views[0], &e.options, &e.outs);
	assert_null(strstr(data_of(e.outs.first), "__symbols__"));
	blob = output(&e, "out/d/domain.dtb")->data.data;
	path = fdt_getprop(blob, fdt_path_offset(blob, "/__symbols__"), "u", NULL);
	assert_non_null(path);
	assert_string_equal(path, "/soc/u@10002000");
	done(&e);
}

static void provenance_names_files_and_lines(void **state)
{
	struct emission e = emission_of(*state, SDT(UART, D E));
	size_t blob;

	lop_emit_domain(e.system, e.views[0], &e.options, &e.outs);
	assert_null(strstr(data_of(e.outs.first), "test.dts:"));
	blob = output(&e, "out/d/domain.dtb")->data.len;
	lop_outputs_free(&e.outs);
	e.options.provenance = true;
	lop_emit_domain(e.system, e.views[0], &e.options, &e.outs);
	assert_non_null(strstr(data_of(e.outs.first), "/* test.dts:3 */"));
	assert_int_equal(output(&e, "out/d/domain.dtb")->data.len, blob);
	done(&e);
}

static void the_system_has_its_domains(void **state)
{
	struct emission e = emission_of(*state, SDT(UART, D E));
	const char *dts;

	lop_emit_system(e.system, &e.options, &e.outs);
	assert_string_equal(e.outs.first->path, "out/system.dts");
	assert_null(e.outs.first->next);
	dts = data_of(e.outs.first);
	assert_non_null(strstr(dts, "/* The system device tree with its domains,"));
	assert_non_null(strstr(dts, "access = <&u>;"));
	assert_non_null(strstr(dts, "memory = <0x80000000 0x100000>;"));
	done(&e);
}

/* What was written is read again, and means the same. */
static void the_system_reads_back(void **state)
{
	struct fixture *f = *state;
	struct emission e = emission_of(f, SDT(UART, D E));
	struct lop_system *again;
	struct lop_tree *tree;

	lop_emit_system(e.system, &e.options, &e.outs);
	tree = parse(f, lop_arena_strdup(&f->arena, data_of(e.outs.first)));
	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	again = lop_system_build(tree, &f->diags);
	assert_int_equal(again->n_domains, 2);
	assert_string_equal(again->domains[0]->access[0].node->name, "u@10002000");
	assert_true(again->domains[0]->memory[0].range.size == 0x100000);
	assert_silent(f);
	lop_system_free(again);
	done(&e);
}

/* --- the summary --- */

static void assert_summary(struct emission *e, bool full, const char *text)
{
	lop_emit_summary(e->system, e->views, &e->options, full, &e->text);
	assert_string_equal(lop_buf_cstr(&e->text), text);
}

static void one_line_a_domain(void **state)
{
	struct emission e = emission_of(*state, SDT(UART, D E));

	assert_summary(&e, false,
		       "  d       1 CPU, 1 MiB of memory, 1 device\n"
		       "  longer  1 CPU, no memory, 1 device\n"
		       "2 domains in out, the whole system in out/system.dts\n");
	done(&e);
}

static void nothing_written_is_not_said_to_be(void **state)
{
	struct emission e = emission_of(*state, SDT(UART, DOMAIN("d", "&a 3 1", "")));

	e.options.dir = NULL;
	assert_summary(&e, false, "  d  2 CPUs, 256 MiB of memory, 2 devices\n1 domain\n");
	done(&e);
}

static void in_full_every_device_by_name(void **state)
{
	struct emission e = emission_of(*state, SDT(UART, D E));

	assert_summary(&e, true,
		       "d (linux)\n"
		       "  CPUs      a 0\n"
		       "  memory    [0x80000000..0x800fffff] (1 MiB)\n"
		       "  devices   u@10002000\n"
		       "  files     out/d/domain.dts, domain.dtb\n\n"
		       "longer\n"
		       "  CPUs      a 1\n"
		       "  memory    none\n"
		       "  devices   far@20000000\n"
		       "  files     out/longer/domain.dts, domain.dtb\n\n"
		       "2 domains in out, the whole system in out/system.dts\n");
	done(&e);
}

static void cpus_of_several_clusters_and_modes(void **state)
{
	struct emission e = emission_of(
		*state, SDT(UART, DOMAIN("d", "&a 3 0x80000001>, <&b 1 0x40000000",
					 "access = <&u>;") DOMAIN("none", "", "access = <&far>;")));

	lop_emit_summary(e.system, e.views, &e.options, true, &e.text);
	assert_non_null(strstr(lop_buf_cstr(&e.text), "  CPUs      a 0,1 secure, b 0 lockstep\n"));
	assert_non_null(strstr(lop_buf_cstr(&e.text), "none\n  CPUs      none\n"));
	done(&e);
}

static void sram_and_the_default_domain(void **state)
{
	struct emission e = emission_of(
		*state,
		SDT("s: sram@10004000 { compatible = \"mmio-sram\"; reg = <0x10004000 0x1000>; };",
		    DOMAIN("d", "&a 3 1", "sram = <0x10004000 0x1000>;")));
	const char *text;

	lop_emit_summary(e.system, e.views, &e.options, true, &e.text);
	text = lop_buf_cstr(&e.text);
	assert_non_null(strstr(text, "d, the default domain\n"));
	assert_non_null(
		strstr(text, "  sram      [0x10004000..0x10004fff] (4 KiB) sram@10004000\n"));
	done(&e);
}

static void long_lists_are_broken(void **state)
{
	struct fixture *f = *state;
	struct lop_buf nodes = { 0 };
	struct emission e;

	for (unsigned i = 0; i < 40; i++)
		lop_buf_printf(&nodes, "x@1000%x { compatible = \"x\"; reg = <0x1000%x 4>; };",
			       0x2000 + 16 * i, 0x2000 + 16 * i);
	e = emission_of(f, lop_arena_printf(&f->arena, SDT("%s", "%s"), lop_buf_cstr(&nodes),
					    DOMAIN("d", "&a 1 1", "")));
	lop_emit_summary(e.system, e.views, &e.options, true, &e.text);
	for (const char *p = lop_buf_cstr(&e.text); *p; p += strcspn(p, "\n") + 1)
		assert_true(strcspn(p, "\n") <= 100);
	assert_non_null(strstr(lop_buf_cstr(&e.text), ",\n            x@"));
	assert_non_null(strstr(lop_buf_cstr(&e.text), "x@10002270"));
	lop_buf_free(&nodes);
	done(&e);
}

/* Of one name in capitals: two without a label, one that has the number already. */
static void devices_of_one_name_have_numbers(void **state)
{
	struct emission e = emission_of(
		*state, SDT("dev@10002000 { compatible = \"x\"; reg = <0x10002000 0x100>; };"
			    "a1: x { compatible = \"simple-bus\"; #address-cells = <1>;"
			    "#size-cells = <1>; ranges; dev@10002000 { compatible = \"x\";"
			    "reg = <0x10003000 0x100>; }; }; A1: y@10004000 { compatible = "
			    "\"x\"; reg = <0x10004000 0x100>; };",
			    DOMAIN("d", "&a 1 1",
				   "access = <&a1>, <&A1>, <&{/soc/dev@10002000}>, "
				   "<&{/soc/x/dev@10002000}>;")));

	lop_emit_platform(e.system, e.views[0], &e.text);
	assert_non_null(
		strstr(lop_buf_cstr(&e.text), "\n#define DEV_DEV_10002000_BASE 0x10002000"));
	assert_non_null(
		strstr(lop_buf_cstr(&e.text), "\n#define DEV_DEV_10002000_2_BASE 0x10003000"));
	assert_non_null(strstr(lop_buf_cstr(&e.text), "\n#define DEV_A1_BASE 0x10004000"));
	done(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_domain_is_a_source_and_a_blob),
		TEST(symbols_are_in_the_blob_only),
		TEST(provenance_names_files_and_lines),
		TEST(the_system_has_its_domains),
		TEST(the_system_reads_back),
		TEST(one_line_a_domain),
		TEST(nothing_written_is_not_said_to_be),
		TEST(in_full_every_device_by_name),
		TEST(cpus_of_several_clusters_and_modes),
		TEST(sram_and_the_default_domain),
		TEST(long_lists_are_broken),
		TEST(devices_of_one_name_have_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
