/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside report/: tables of plain text, columns as wide as their longest cell. */
#ifndef LOP_REPORT_TABLE_H
#define LOP_REPORT_TABLE_H

#include "lopper-c/base/arena.h"
#include "lopper-c/base/buf.h"

#define LOP_TABLE_COLUMNS 10

struct lop_table {
	struct lop_arena *arena;
	size_t columns;
	const char *right; /* which columns stand at the right: "0010" is the third; NULL: none */
	const char *(*rows)[LOP_TABLE_COLUMNS]; /* of clean text */
	size_t n;
};

/* A row of table->columns cells, which are copied; what a terminal would obey is replaced. */
void lop_table_add(struct lop_table *table, const char *const *cells);
/* Each row behind indent blanks; none of them ends in a blank. */
void lop_table_print(const struct lop_table *table, size_t indent, struct lop_buf *out);

#endif
