/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON documents piece by piece: commas and indentation are this file's business. Private to emit/.
 */
#ifndef LOP_EMIT_JSON_H
#define LOP_EMIT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "lopper-c/base/buf.h"

#define LOP_JSON_DEPTH 8

/* A zeroed struct with out set is ready for use. */
struct lop_json {
	struct lop_buf *out;
	unsigned depth;
	bool filled[LOP_JSON_DEPTH + 1]; /* has the object or array at this depth a member? */
};

/* key: NULL for members of arrays and the document itself. */
void lop_json_open(struct lop_json *j, const char *key, char bracket); /* '{' or '[' */
void lop_json_close(struct lop_json *j, char bracket);		       /* '}' or ']' */
void lop_json_text(struct lop_json *j, const char *key, const char *text);
void lop_json_number(struct lop_json *j, const char *key, uint64_t value);
void lop_json_hex(struct lop_json *j, const char *key, uint64_t value); /* "0x1000" */
void lop_json_bool(struct lop_json *j, const char *key, bool value);
void lop_json_null(struct lop_json *j, const char *key);

#endif
