/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * -MD and its kin: the rule for make that names every file a run has read. Knows no stage; the
 * files come from the sources, the targets from the outputs.
 */
#ifndef LOP_CMD_DEPFILE_H
#define LOP_CMD_DEPFILE_H

#include <stdbool.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/base/file.h"
#include "lopper-c/cmd/options.h"
#include "lopper-c/diag/source.h"

/* Appends name so that make reads it as one word, as gcc writes it; a colon is escaped, too. */
void lop_depfile_escape(const char *name, struct lop_buf *out);

/* "out/a.dtb" -> "out/a.d". */
const char *lop_depfile_default(struct lop_arena *arena, const char *output);

/*
 * Adds the rule as one more output, if the options ask for one. Targets are the outputs so far,
 * unless -MT or -MQ named others. path: where to, unless -MF says.
 */
void lop_depfile_add(const struct lop_options *options, const struct lop_sources *sources,
		     const char *path, struct lop_outputs *outs);

#endif
