/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any text as a domains file for one small system, and as a file of rules. Whatever it
 * says, the whole way to the domains' trees ends in output or in diagnostics; a tree that came out
 * without errors has no dangling reference and reads again as a blob.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/check.h"
#include "lopper-c/check/user.h"
#include "lopper-c/dts/dts.h"
#include "lopper-c/dts/write.h"
#include "lopper-c/merge/merge.h"
#include "lopper-c/tree/resolve.h"
#include "lopper-c/view/view.h"

static const char board[] =
	"/dts-v1/;\n"
	"/ {\n"
	"	#address-cells = <2>; #size-cells = <2>; interrupt-parent = <&gic>;\n"
	"	cpus_a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;\n"
	"		cpu@0 { compatible = \"arm,cortex-a53\"; device_type = \"cpu\"; reg = <0>; };\n"
	"		cpu@1 { compatible = \"arm,cortex-a53\"; device_type = \"cpu\"; reg = <1>; };\n"
	"	};\n"
	"	cpus_r: cpus-r { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;\n"
	"		#ranges-address-cells = <1>; #ranges-size-cells = <1>;\n"
	"		address-map = <0xf0000000 &axi 0xf0000000 0x1000000>, <0 &mem 0 0x80000000>,\n"
	"			      <0 &tcm 0xffe00000 0x10000>;\n"
	"		cpu@0 { compatible = \"arm,cortex-r5\"; device_type = \"cpu\"; reg = <0>; };\n"
	"		cpu@1 { compatible = \"arm,cortex-r5\"; device_type = \"cpu\"; reg = <1>; };\n"
	"	};\n"
	"	mem: memory@0 { device_type = \"memory\"; reg = <0 0 0 0x80000000>; };\n"
	"	tcm: sram@ffe00000 { compatible = \"mmio-sram\"; reg = <0 0xffe00000 0 0x10000>; };\n"
	"	clk: clock { compatible = \"fixed-clock\"; #clock-cells = <0>; clock-frequency = <1>; };\n"
	"	reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges;\n"
	"		pool: pool@10000000 { reg = <0 0x10000000 0 0x100000>; no-map; };\n"
	"	};\n"
	"	gic: interrupt-controller@f9000000 { compatible = \"arm,gic-v3\"; interrupt-controller;\n"
	"		#interrupt-cells = <3>; reg = <0 0xf9000000 0 0x80000>; };\n"
	"	axi: axi { compatible = \"simple-bus\"; #address-cells = <2>; #size-cells = <2>; ranges;\n"
	"		uart0: serial@f0000000 { compatible = \"arm,pl011\"; reg = <0 0xf0000000 0 0x1000>;\n"
	"			interrupts = <0 1 4>; clocks = <&clk>; };\n"
	"		uart1: serial@f0010000 { compatible = \"arm,pl011\"; reg = <0 0xf0010000 0 0x1000>;\n"
	"			interrupts = <0 2 4>; clocks = <&clk>; memory-region = <&pool>; };\n"
	"		mbox: mailbox@f0020000 { compatible = \"x,mbox\"; reg = <0 0xf0020000 0 0x1000>;\n"
	"			#mbox-cells = <1>; };\n"
	"	};\n"
	"};\n";

static const struct lop_dts_options options;

/* What is written of a view reads again, as source and as a blob, and means the same. */
static void check_view(const struct lop_view *view)
{
	struct lop_dts_style style = { 0 };
	struct lop_buf blob = { 0 }, source = { 0 }, again = { 0 };
	struct lop_tree *tree;
	struct fuzz_run run;

	lop_dtb_write(view->tree, &blob);
	lop_dts_write(view->tree, &style, &source);
	fuzz_begin(&run);
	lop_tree_free(lop_dtb_parse(&run.arena, &run.diags, "domain.dtb", blob.data, blob.len));
	tree = lop_dts_parse(&run.arena, &run.diags, "domain.dts", source.data, source.len,
			     &options);
	lop_tree_resolve(tree, &run.diags, NULL);
	lop_dtb_write(tree, &again);
	if (run.diags.errors > 0 || blob.len != again.len ||
	    memcmp(blob.data, again.data, blob.len) != 0)
		abort();
	lop_tree_free(tree);
	fuzz_end(&run);
	lop_buf_free(&blob);
	lop_buf_free(&source);
	lop_buf_free(&again);
}

static void build_views(struct fuzz_run *run, struct lop_tree *tree)
{
	struct lop_system *system = lop_system_build(tree, &run->diags);

	lop_check_all(system, &run->diags);
	for (size_t i = 0; run->diags.errors == 0 && i < system->n_domains; i++) {
		struct lop_view *view = lop_view_build(system, system->domains[i], &run->diags);

		if (run->diags.errors == 0)
			check_view(view);
		lop_view_drop_tree(view);
	}
	lop_system_free(system);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_run run;
	struct lop_tree *tree;
	struct lop_user_rule *rules = NULL;
	struct lop_yaml *file;

	fuzz_begin(&run);
	/* A file that starts with a comment is read as --compat=lopper reads it. */
	run.diags.compat_lopper = size > 0 && data[0] == '#';
	tree = lop_dts_parse(&run.arena, &run.diags, "board.dts", board, strlen(board), &options);
	file = lop_yaml_parse(&run.arena, &run.diags, "fuzz.yaml", (const char *)data, size);
	if (file != NULL)
		lop_merge(tree, &run.diags, &file, 1);
	lop_tree_resolve(tree, &run.diags, NULL);
	lop_tree_number(tree);
	build_views(&run, tree);
	if (file != NULL)
		lop_user_rules_add(&rules, &run.diags, file);
	lop_user_rules_run(rules, tree, &run.diags);
	fuzz_render(&run);
	lop_tree_free(tree);
	fuzz_end(&run);
	return 0;
}
