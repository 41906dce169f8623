/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any text as a domain file; whatever is wrong with it, every form of its report comes
 * out, report.json reads back as a report, and nothing differs from itself. Any text as a report:
 * it is refused or compared.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/dts/dts.h"
#include "lopper-c/merge/merge.h"
#include "lopper-c/place/place.h"
#include "lopper-c/report/diff.h"
#include "lopper-c/report/forms.h"
#include "lopper-c/tree/resolve.h"

static const char board[] =
	"/dts-v1/;\n"
	"/ {\n"
	"	#address-cells = <2>; #size-cells = <2>; interrupt-parent = <&gic>;\n"
	"	cpus_a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;\n"
	"		cpu@0 { compatible = \"arm,cortex-a53\"; device_type = \"cpu\"; reg = <0>; };\n"
	"	};\n"
	"	cpus_r: cpus-r { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;\n"
	"		#ranges-address-cells = <1>; #ranges-size-cells = <1>;\n"
	"		address-map = <0xf0000000 &axi 0xf0000000 0x1000000>, <0x20000000 &mem 0 0x1000>,\n"
	"			      <0x10000000 &mem 0x1000 0x40000000>, <0 &tcm 0xffe00000 0x10000>;\n"
	"		cpu@0 { compatible = \"arm,cortex-r5\"; device_type = \"cpu\"; reg = <0>; };\n"
	"	};\n"
	"	mem: memory@0 { device_type = \"memory\"; reg = <0 0 0 0x80000000>,\n"
	"		<0xffffffff 0x80000000 0 0x80000000>; };\n"
	"	tcm: sram@ffe00000 { compatible = \"mmio-sram\"; reg = <0 0xffe00000 0 0x10000>; };\n"
	"	reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges;\n"
	"		pool: pool@10000000 { reg = <0 0x10000000 0 0x100000>, <0 0x20000000 0 0x1000>; };\n"
	"	};\n"
	"	gic: interrupt-controller@f9000000 { compatible = \"arm,gic-v3\"; interrupt-controller;\n"
	"		#interrupt-cells = <3>; reg = <0 0xf9000000 0 0x80000>; };\n"
	"	axi: axi { compatible = \"simple-bus\"; #address-cells = <2>; #size-cells = <2>; ranges;\n"
	"		uart0: serial@f0000000 { compatible = \"arm,pl011\"; reg = <0 0xf0000000 0 0x1000>;\n"
	"			interrupts = <0 1 4>; };\n"
	"		mbox: mailbox@f0020000 { compatible = \"x,mbox\"; reg = <0 0xf0020000 0 0x1000>; };\n"
	"	};\n"
	"};\n";

static void make_report(struct fuzz_run *run, const struct lop_system *system,
			struct lop_report *report)
{
	lop_report_begin(report, system);
	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_view *view = lop_view_build(system, system->domains[i], &run->diags);

		lop_report_add_view(report, view);
		lop_view_drop_tree(view);
	}
	lop_report_finish(report);
}

static void compare(struct fuzz_run *run, const struct lop_yaml *report)
{
	struct lop_diff diff = { .arena = &run->arena };
	struct lop_buf out = { 0 };

	lop_diff_reports(&diff, report, report);
	lop_diff_text(&diff, &out);
	lop_diff_json(&diff, &out);
	lop_buf_free(&out);
	if (diff.n)
		abort();
}

static void print_all(struct fuzz_run *run, const struct lop_report *report)
{
	struct lop_diags diags = { .arena = &run->arena, .sources = &run->sources };
	struct lop_buf json = { 0 }, out = { 0 };
	const struct lop_yaml *again;

	lop_report_text(report, &out);
	lop_report_html(report, &out);
	lop_report_map_svg(report, &out);
	lop_report_json(report, false, &json);
	again = lop_yaml_parse(&run->arena, &diags, "report.json", json.data, json.len);
	if (diags.errors || lop_diff_refuse(again))
		abort();
	compare(run, again);
	lop_buf_free(&json);
	lop_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct lop_dts_options options;
	struct lop_system *system;
	struct lop_report report;
	struct fuzz_run run;
	struct lop_tree *tree;
	struct lop_yaml *file;

	fuzz_begin(&run);
	tree = lop_dts_parse(&run.arena, &run.diags, "board.dts", board, strlen(board), &options);
	file = lop_yaml_parse(&run.arena, &run.diags, "fuzz.yaml", (const char *)data, size);
	if (file && !lop_diff_refuse(file))
		compare(&run, file);
	if (file)
		lop_merge(tree, &run.diags, &file, 1);
	lop_tree_resolve(tree, &run.diags, NULL);
	lop_tree_number(tree);
	system = lop_system_build(tree, &run.diags);
	lop_place(system);
	make_report(&run, system, &report);
	print_all(&run, &report);
	lop_system_free(system);
	lop_tree_free(tree);
	fuzz_end(&run);
	return 0;
}
