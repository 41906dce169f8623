/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Making property values piece by piece, bytes and markers together. Knows nothing of what a
 * property means.
 *
 *	struct lop_val val = { .arena = arena };
 *
 *	lop_val_mark(&val, LOP_MARK_U32, NULL, span);	a < > group begins
 *	lop_val_target(&val, gic, span);		&gic
 *	lop_val_number(&val, 7, 1);
 *	value = lop_val_take(&val);
 */
#ifndef LOP_TREE_VAL_H
#define LOP_TREE_VAL_H

#include "lopper-c/diag/diag.h"
#include "lopper-c/tree/tree.h"

/*
 * Bytes of one value. More is refused with LOP_LIMIT where diags is set: what would pass the limit
 * is left out, and the value taken in the end is empty.
 */
#define LOP_VALUE_MAX ((size_t)256 << 20)

struct lop_val {
	struct lop_arena *arena; /* for the markers and, in the end, the bytes */
	struct lop_diags *diags; /* NULL: the values it is made of are known to be small */
	struct lop_buf data;
	struct lop_marker *first, *last;
	const struct lop_marker *source, *resume; /* the list copied from last, and how far */
	bool too_big;
};

void lop_val_mark(struct lop_val *val, enum lop_marker_kind kind, const char *name,
		  struct lop_span span);
/* n_cells big-endian cells, zeros in front where there are more than two. */
void lop_val_number(struct lop_val *val, uint64_t number, unsigned n_cells);
void lop_val_string(struct lop_val *val, const char *s, struct lop_span span);
/* A phandle reference: by a name that is resolved later, or to a node (name set later). */
void lop_val_ref(struct lop_val *val, const char *name, struct lop_span span);
void lop_val_target(struct lop_val *val, const struct lop_node *target, struct lop_span span);
/* Bytes [start, start + len) of a value, with copies of their markers; quick where they ascend. */
void lop_val_copy(struct lop_val *val, const struct lop_value *value, uint32_t start, uint32_t len);
/* Forgets what was added since val had this many bytes and this last marker. */
void lop_val_rewind(struct lop_val *val, size_t len, struct lop_marker *last);
/* The value, its bytes on the arena; val is empty again. */
struct lop_value lop_val_take(struct lop_val *val);
/* Reports a value beyond LOP_VALUE_MAX. */
void lop_value_report_size(struct lop_diags *diags, struct lop_span span);
void lop_val_drop(struct lop_val *val);

#endif
