/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any text as DTS source. What reads without errors is resolved and written as a blob
 * and as source; that source reads without errors again and gives the same blob.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/dts/dts.h"
#include "lopper-c/dts/write.h"
#include "lopper-c/tree/resolve.h"

static const struct lop_dts_options options;

static struct lop_tree *read_tree(struct fuzz_run *run, const char *data, size_t len)
{
	struct lop_tree *tree =
		lop_dts_parse(&run->arena, &run->diags, "fuzz.dts", data, len, &options);

	lop_tree_resolve(tree, &run->diags, NULL);
	return tree;
}

/* Source made from a good tree is good, and means the same. */
static void check_round_trip(const struct lop_tree *tree)
{
	struct lop_dts_style style = { 0 };
	struct lop_buf source = { 0 }, first = { 0 }, second = { 0 };
	struct lop_tree *copy;
	struct fuzz_run again;

	lop_dtb_write(tree, &first);
	lop_dts_write(tree, &style, &source);
	fuzz_begin(&again);
	copy = read_tree(&again, source.data, source.len);
	lop_dtb_write(copy, &second);
	if (again.diags.errors > 0 || first.len != second.len ||
	    memcmp(first.data, second.data, first.len) != 0)
		abort();
	lop_tree_free(copy);
	fuzz_end(&again);
	lop_buf_free(&source);
	lop_buf_free(&first);
	lop_buf_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_run run;
	struct lop_tree *tree;

	fuzz_begin(&run);
	tree = read_tree(&run, (const char *)data, size);
	fuzz_render(&run);
	if (run.diags.errors == 0 && !tree->plugin)
		check_round_trip(tree);
	if (run.diags.errors == 0) {
		struct lop_buf out = { 0 };

		lop_tree_add_symbols(tree);
		lop_tree_add_fixups(tree);
		lop_dtb_write(tree, &out);
		lop_buf_free(&out);
	}
	lop_tree_free(tree);
	fuzz_end(&run);
	return 0;
}
