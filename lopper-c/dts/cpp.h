/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The C preprocessor as a child process: whether a text needs it, running it, and its complaints as
 * our diagnostics. Knows nothing of device trees.
 */
#ifndef LOP_DTS_CPP_H
#define LOP_DTS_CPP_H

#include <stdbool.h>
#include <stddef.h>

#include "lopper-c/diag/diag.h"
#include "lopper-c/dts/dts.h"

#define LOP_CPP_MAX_OUTPUT ((size_t)128 << 20) /* bytes; more is refused with LOP_LIMIT */

/*
 * Would cpp change this text? True for directives, continued lines and uses of predefined macros;
 * where that is not certain, true. Line markers do not need it.
 */
bool lop_cpp_is_needed(const char *data, size_t len);

/*
 * Runs $CPP (default: cpp) the way Linux does for its device trees. path names the file; "-": input
 * and len are its text. False if there is no output worth parsing; what was wrong is reported
 * either way. The caller frees out.
 */
bool lop_cpp_run(struct lop_diags *diags, const char *path, const char *input, size_t len,
		 const struct lop_dts_options *options, struct lop_buf *out);

/* cpp_errors.c: turns what cpp wrote to its standard error into diagnostics; returns the number
 * of errors. */
size_t lop_cpp_report(struct lop_diags *diags, const char *text, size_t len, bool *fatal);

#endif
