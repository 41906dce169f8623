/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The manager's table (runtime/abi/partition.h), made from the system and the views of its domains.
 * Views come one by one, while they have their trees; the table is complete when all have been.
 *
 *	struct lop_partition *p = lop_partition_begin(system);
 *	for each view: lop_partition_add(p, view);
 *	lop_partition_check(p); where nothing was reported:
 *	lop_partition_finish(p, &out);
 */
#ifndef LOP_EMIT_PARTITION_H
#define LOP_EMIT_PARTITION_H

#include "lopper-c/view/view.h"

struct lop_partition;

/* NULL: the system has no manager. Everything is the system's arena's. */
struct lop_partition *lop_partition_begin(const struct lop_system *system);
/*
 * Adds one domain, in the order of the system's domains. dtb_size: bytes of its blob. Reports
 * LOP_ISOLATION where pages cannot keep the domain apart from one added before, or where its
 * regions are more than the table holds.
 */
void lop_partition_add(struct lop_partition *p, const struct lop_view *view, size_t dtb_size);
/* Reports LOP_UNSUPPORTED where the chip is one that the table cannot describe. */
void lop_partition_check(const struct lop_partition *p);
/* Frees what is not the arena's; after finish, or instead of it. NULL is fine. */
void lop_partition_free(struct lop_partition *p);
/*
 * Appends the table. Not to be called after an error was reported. Reads it as a manager does, and
 * reports LOP_TABLE_FORMAT where it would be refused: no such table may be written.
 */
void lop_partition_finish(struct lop_partition *p, struct lop_buf *out);

#endif
