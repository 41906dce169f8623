/* SPDX-License-Identifier: BSD-3-Clause */
/* What the command line says about files, judged before any is opened. */
#ifndef LOP_CMD_INPUTS_H
#define LOP_CMD_INPUTS_H

#include <stdbool.h>

#include "lopper-c/cmd/run.h"

/* All return LOP_EXIT_OK, or LOP_EXIT_USAGE after a message. */

/* One tree, then domain files, none of them twice. */
int lop_inputs_check_system(struct lop_run *run);
/* -M options that lack -MD, or a rule that would have no target or no file name. output: NULL where
 * nothing is written. */
int lop_inputs_check_depend(struct lop_run *run, const char *output);
/* -o must be (dir) or must not be (file) a folder, if it exists. */
int lop_inputs_check_output(struct lop_run *run, const char *output, bool dir);

/* Does the file begin like a blob? False for standard input and what cannot be read. */
bool lop_inputs_is_blob(const char *path);
/* Text that two names have in common exactly if they name one file; in the arena, or path itself.
 */
const char *lop_inputs_identity(struct lop_arena *arena, const char *path);

#endif
