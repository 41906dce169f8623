/* SPDX-License-Identifier: BSD-3-Clause */
/* A first domain file for a system. */
#ifndef LOP_EMIT_STARTER_H
#define LOP_EMIT_STARTER_H

#include "lopper-c/base/buf.h"
#include "lopper-c/model/system.h"

/*
 * One domain for each cluster that has CPUs left, with memory that nobody has and that its CPUs
 * see; devices, a link and a manager as comments. Merged into the tree that the system was built of
 * it adds no error. file: the tree's name, for the comments.
 */
void lop_emit_starter(const struct lop_system *system, const char *file, struct lop_buf *out);

#endif
