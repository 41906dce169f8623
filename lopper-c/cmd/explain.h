/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of codes as text; the pages are diag/explain.c's. */
#ifndef LOP_CMD_EXPLAIN_H
#define LOP_CMD_EXPLAIN_H

#include "lopper-c/base/buf.h"

/* One line per code: name, severity by default, whether --compat=lopper lets it pass, title. */
void lop_explain_list(struct lop_buf *out);

#endif
