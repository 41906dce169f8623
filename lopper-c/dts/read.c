/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A tree from either kind of file: looks at the first bytes, reads, and leaves a tree with labels
 * and resolved references. Knows neither language.
 */
#include <string.h>

#include "lopper-c/base/file.h"
#include "lopper-c/base/str.h"
#include "lopper-c/dts/dts.h"
#include "lopper-c/dts/dts_read.h"
#include "lopper-c/tree/resolve.h"

bool lop_is_blob(const char *data, size_t len)
{
	return len >= 4 && memcmp(data, "\xd0\x0d\xfe\xed", 4) == 0;
}

static struct lop_tree *read_blob(struct lop_arena *arena, struct lop_diags *diags,
				  const char *path, const struct lop_buf *file)
{
	struct lop_tree *tree = lop_dtb_parse(arena, diags, path, file->data, file->len);

	tree->unlabelled = !lop_node_child(tree, tree->root, "__symbols__");
	lop_tree_take_symbols(tree, diags);
	lop_tree_resolve(tree, diags, NULL);
	lop_tree_bind_numbers(tree);
	return tree;
}

/* Named like a blob, and neither that nor source. */
static bool claims_blob(const char *path, struct lop_buf *file)
{
	return (lop_str_ends(path, ".dtb") || lop_str_ends(path, ".dtbo")) &&
	       !strstr(lop_buf_cstr(file), "/dts-v1/");
}

static struct lop_tree *refuse_name(struct lop_arena *arena, struct lop_diags *diags,
				    const char *path)
{
	struct lop_span span = { .text = lop_sources_add(diags->sources, path, NULL, 0, NULL) };

	lop_diag_help(lop_report(diags, LOP_DTB_FORMAT, span,
				 "`%s` is no device tree blob: it does not begin with 0xd00dfeed",
				 path),
		      "name the blob that dtc or `sdtgen dtb` made, or its source");
	return lop_tree_new(arena);
}

struct lop_tree *lop_tree_read(struct lop_arena *arena, struct lop_diags *diags, const char *path,
			       const struct lop_dts_options *options)
{
	struct lop_buf file = { 0 };
	struct lop_tree *tree;
	int err = lop_file_read(path, &file);

	if (err) {
		lop_buf_free(&file);
		lop_report_read(diags, path, err);
		return lop_tree_new(arena);
	}
	if (lop_is_blob(file.data, file.len)) {
		tree = read_blob(arena, diags, path, &file);
	} else if (claims_blob(path, &file)) {
		tree = refuse_name(arena, diags, path);
	} else {
		const char *data = lop_arena_dup(arena, file.data, file.len);

		tree = lop_dts_read_text(arena, diags, path, data, file.len, options);
		lop_tree_resolve(tree, diags, NULL);
	}
	lop_buf_free(&file);
	return tree;
}
