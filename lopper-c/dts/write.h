/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writing device trees: blobs laid out exactly as dtc lays them out, and DTS source that dtc
 * compiles to that same blob.
 */
#ifndef LOP_DTS_WRITE_H
#define LOP_DTS_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/diag/diag.h"
#include "lopper-c/tree/tree.h"

#define LOP_DTS_WIDTH 100 /* columns of a line of source, where it can be broken */

#define LOP_DTB_MAX UINT32_C(0x7fffffff) /* bytes of a blob: libfdt reads its sizes as int */

/* Appends a version 17 blob of a resolved tree; false, and nothing, if it is beyond LOP_DTB_MAX. */
bool lop_dtb_write(const struct lop_tree *tree, struct lop_buf *out);
/* What to say then: LOP_LIMIT. */
void lop_dtb_report_size(struct lop_diags *diags, const struct lop_tree *tree);

struct lop_dts_style {
	struct lop_sources *sources; /* with provenance: to resolve spans */
	bool provenance;	     /* a comment with file:line on every node and property */
	const char *header;	     /* comment text for the top of the file, or NULL */
};

/*
 * Appends DTS source of a resolved tree. Labels stay; references print as &label, or &{/path} where
 * the target has no label. A phandle property prints only where the tree has it as a property.
 * Cells print in hexadecimal, strings as strings; bytes without markers are shown by what they look
 * like.
 */
void lop_dts_write(const struct lop_tree *tree, const struct lop_dts_style *style,
		   struct lop_buf *out);

#endif
