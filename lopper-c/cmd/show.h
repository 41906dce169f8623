/* SPDX-License-Identifier: BSD-3-Clause */
/* What the commands share that show one binary file. */
#ifndef LOP_CMD_SHOW_H
#define LOP_CMD_SHOW_H

#include <stdbool.h>

#include "lopper-c/cmd/run.h"

/* LOP_EXIT_OK if there is exactly one input, else LOP_EXIT_USAGE after a message. */
int lop_show_check_usage(struct lop_run *run, const char *example);
/* The one input in the arena, 16-byte aligned; NULL after a report. */
const void *lop_show_read(struct lop_run *run, size_t *size);
/* The one input as diagnostics call it. */
const char *lop_show_name(const struct lop_run *run);

#endif
