/* SPDX-License-Identifier: BSD-3-Clause */
/* See jsonw.h. Values of the outermost object stand on lines of their own too. */
#include "lopper-c/diag/jsonw.h"

#include <assert.h>
#include <inttypes.h>

#include "lopper-c/diag/render.h"

static void begin(struct lop_jsonw *w, const char *key)
{
	unsigned d = w->depth;

	if (d && w->any[d])
		lop_buf_putc(w->out, ',');
	if (d && w->lines[d]) {
		lop_buf_putc(w->out, '\n');
		lop_buf_fill(w->out, ' ', 2 * (size_t)d);
	} else if (d && w->any[d]) {
		lop_buf_putc(w->out, ' ');
	}
	w->any[d] = true;
	if (!key)
		return;
	lop_json_string(w->out, key);
	lop_buf_add(w->out, ": ", 2);
}

void lop_jsonw_open(struct lop_jsonw *w, const char *key, char bracket, bool lines)
{
	begin(w, key);
	lop_buf_putc(w->out, bracket);
	w->depth++;
	assert(w->depth < LOP_JSONW_DEPTH);
	w->any[w->depth] = false;
	w->lines[w->depth] = lines;
}

void lop_jsonw_close(struct lop_jsonw *w, char bracket)
{
	unsigned d = w->depth--;

	if (w->any[d] && w->lines[d]) {
		lop_buf_putc(w->out, '\n');
		lop_buf_fill(w->out, ' ', 2 * (size_t)(d - 1));
	}
	lop_buf_putc(w->out, bracket);
	if (!w->depth)
		lop_buf_putc(w->out, '\n');
}

void lop_jsonw_text(struct lop_jsonw *w, const char *key, const char *value)
{
	begin(w, key);
	lop_json_string(w->out, value);
}

void lop_jsonw_number(struct lop_jsonw *w, const char *key, uint64_t value)
{
	begin(w, key);
	lop_buf_printf(w->out, "%" PRIu64, value);
}

void lop_jsonw_hex(struct lop_jsonw *w, const char *key, uint64_t value)
{
	begin(w, key);
	lop_buf_printf(w->out, "\"0x%" PRIx64 "\"", value);
}

void lop_jsonw_flag(struct lop_jsonw *w, const char *key, bool value)
{
	begin(w, key);
	lop_buf_puts(w->out, value ? "true" : "false");
}

void lop_jsonw_null(struct lop_jsonw *w, const char *key)
{
	begin(w, key);
	lop_buf_puts(w->out, "null");
}
