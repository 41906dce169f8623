/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * `sdtgen fmt`: canonical layout of DTS source, comments and preprocessor lines kept. Works on
 * tokens, not on the tree: what it prints means what it read (the blob stays the same) and
 * formatting twice changes nothing. Only blank space ever changes.
 *
 * Layout is that of Linux (Documentation/devicetree/bindings/dts-coding-style.rst): tabs, one
 * statement per line, 100 columns. A value stands on one line if it fits; one that the author broke
 * between groups has one group per line, under the first. Three line breaks of the author mean
 * something and stay: rows of cells behind a "<" that ends its line; three and more rows of strings
 * with two and more of them on average (audio routes, GPIO banks); cells that fit on no line.
 */
#ifndef LOP_DTS_FORMAT_H
#define LOP_DTS_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/diag/diag.h"

/*
 * Appends to out. False, with errors in diags and out as it was, if the text cannot be split into
 * tokens or its brackets or #ifs do not match (LOP_DTS_SYNTAX), or something is nested too deeply
 * or too long (LOP_LIMIT). text is the index of the registered source. Regions between "dts-format
 * off" and "dts-format on" comments stay as they are to the byte, and so do the lines of an #if 0.
 */
bool lop_dts_format(struct lop_diags *diags, uint32_t text, const char *data, size_t len,
		    struct lop_buf *out);

#endif
