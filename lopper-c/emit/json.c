/* SPDX-License-Identifier: BSD-3-Clause */
/* A writer of JSON: two spaces a level, one member a line. */
#include "lopper-c/emit/json.h"

#include <assert.h>
#include <inttypes.h>

#include "lopper-c/diag/render.h"

static void start(struct lop_json *j, const char *key)
{
	if (j->depth) {
		lop_buf_puts(j->out, j->filled[j->depth] ? ",\n" : "\n");
		lop_buf_fill(j->out, ' ', 2 * j->depth);
	}
	j->filled[j->depth] = true;
	if (key) {
		lop_json_string(j->out, key);
		lop_buf_puts(j->out, ": ");
	}
}

void lop_json_open(struct lop_json *j, const char *key, char bracket)
{
	start(j, key);
	lop_buf_putc(j->out, bracket);
	j->depth++;
	assert(j->depth <= LOP_JSON_DEPTH);
	j->filled[j->depth] = false;
}

void lop_json_close(struct lop_json *j, char bracket)
{
	bool filled = j->filled[j->depth];

	j->depth--;
	if (filled) {
		lop_buf_putc(j->out, '\n');
		lop_buf_fill(j->out, ' ', 2 * j->depth);
	}
	lop_buf_putc(j->out, bracket);
	if (!j->depth)
		lop_buf_putc(j->out, '\n');
}

void lop_json_text(struct lop_json *j, const char *key, const char *text)
{
	start(j, key);
	lop_json_string(j->out, text);
}

void lop_json_number(struct lop_json *j, const char *key, uint64_t value)
{
	start(j, key);
	lop_buf_printf(j->out, "%" PRIu64, value);
}

void lop_json_hex(struct lop_json *j, const char *key, uint64_t value)
{
	start(j, key);
	lop_buf_printf(j->out, "\"0x%" PRIx64 "\"", value);
}

void lop_json_bool(struct lop_json *j, const char *key, bool value)
{
	start(j, key);
	lop_buf_puts(j->out, value ? "true" : "false");
}

void lop_json_null(struct lop_json *j, const char *key)
{
	start(j, key);
	lop_buf_puts(j->out, "null");
}
