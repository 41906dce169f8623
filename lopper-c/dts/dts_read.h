/* SPDX-License-Identifier: BSD-3-Clause */
/* For readers of either kind of file, who have the bytes already to see which kind it is. */
#ifndef LOP_DTS_DTS_READ_H
#define LOP_DTS_DTS_READ_H

#include "lopper-c/dts/dts.h"

/*
 * lop_dts_read without the reading: data is what the file path ("-": standard input) holds, and
 * must outlive the tree and the sources. cpp, where it is needed, reads the file by itself.
 */
struct lop_tree *lop_dts_read_text(struct lop_arena *arena, struct lop_diags *diags,
				   const char *path, const char *data, size_t len,
				   const struct lop_dts_options *options);

#endif
