/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any bytes as a device tree blob. What reads without errors is written as a blob that
 * reads without errors again, and as source.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "lopper-c/dts/dts.h"
#include "lopper-c/dts/write.h"
#include "lopper-c/tree/resolve.h"

static struct lop_tree *read_tree(struct fuzz_run *run, const void *data, size_t size)
{
	struct lop_tree *tree = lop_dtb_parse(&run->arena, &run->diags, "fuzz.dtb", data, size);

	lop_tree_take_symbols(tree, &run->diags);
	lop_tree_resolve(tree, &run->diags, NULL);
	return tree;
}

static void check_round_trip(const struct lop_tree *tree)
{
	struct lop_dts_style style = { 0 };
	struct lop_buf blob = { 0 }, source = { 0 };
	struct fuzz_run again;

	lop_dtb_write(tree, &blob);
	lop_dts_write(tree, &style, &source);
	fuzz_begin(&again);
	lop_tree_free(read_tree(&again, blob.data, blob.len));
	if (again.diags.errors > 0)
		abort();
	fuzz_end(&again);
	lop_buf_free(&blob);
	lop_buf_free(&source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_run run;
	struct lop_tree *tree;

	fuzz_begin(&run);
	tree = read_tree(&run, data, size);
	fuzz_render(&run);
	if (run.diags.errors == 0)
		check_round_trip(tree);
	lop_tree_free(tree);
	fuzz_end(&run);
	return 0;
}
