/* SPDX-License-Identifier: BSD-3-Clause */
/* Help texts, made from the tables of subcommands and options. */
#ifndef LOP_CMD_HELP_H
#define LOP_CMD_HELP_H

#include "lopper-c/base/buf.h"
#include "lopper-c/cmd/command.h"

#ifndef LOP_VERSION
#define LOP_VERSION "0.1.0"
#endif

/* `sdtgen` alone: what it is and two examples. */
void lop_help_short(struct lop_buf *out);
/* `sdtgen --help`. */
void lop_help_all(struct lop_buf *out);
/* `sdtgen COMMAND --help`. */
void lop_help_command(const struct lop_command *command, struct lop_buf *out);

/* Parts of the manual pages, in mdoc: `sdtgen help --man`, `sdtgen schema --man`. */
void lop_man_options(struct lop_buf *out);
void lop_man_keys(struct lop_buf *out);

#endif
