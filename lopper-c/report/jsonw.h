/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON, written as it comes; commas and lines are seen to here. */
#ifndef LOP_REPORT_JSONW_H
#define LOP_REPORT_JSONW_H

#include <stdbool.h>
#include <stdint.h>

#include "lopper-c/base/buf.h"

#define LOP_JSONW_DEPTH 16

/* A zeroed struct with out set is ready for use. */
struct lop_jsonw {
	struct lop_buf *out;
	unsigned depth;
	bool any[LOP_JSONW_DEPTH];   /* something stands in it already */
	bool lines[LOP_JSONW_DEPTH]; /* each item on a line of its own */
};

/* key: NULL in a list. bracket: '{' or '['. */
void lop_jsonw_open(struct lop_jsonw *w, const char *key, char bracket, bool lines);
void lop_jsonw_close(struct lop_jsonw *w, char bracket);
void lop_jsonw_text(struct lop_jsonw *w, const char *key, const char *value);
/* Counts; addresses and sizes can have more than the 53 bits of a number in JavaScript. */
void lop_jsonw_number(struct lop_jsonw *w, const char *key, uint64_t value);
void lop_jsonw_hex(struct lop_jsonw *w, const char *key, uint64_t value);
void lop_jsonw_flag(struct lop_jsonw *w, const char *key, bool value);

#endif
