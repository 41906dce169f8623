/* SPDX-License-Identifier: BSD-3-Clause */
/* Differences in words, and as data. */
#include <string.h>

#include "lopper-c/diag/jsonw.h"
#include "lopper-c/diag/render.h"
#include "lopper-c/report/diff.h"

static const char *const kinds[] = {
	[LOP_CHANGE_LOST] = "lost",
	[LOP_CHANGE_GAINED] = "gained",
	[LOP_CHANGE_MOVED] = "moved",
	[LOP_CHANGE_VALUE] = "changed",
};

static void put_subject(const struct lop_change *c, struct lop_buf *text)
{
	if (strcmp(c->subject, "domain") || !*c->what)
		lop_buf_printf(text, "%s%s", c->subject, *c->name ? " " : "");
	lop_buf_puts(text, c->name);
}

/* "rtos0 lost uart1", "link data: window moved 0x48000000 -> 0x49000000" */
static void put_sentence(const struct lop_change *c, struct lop_buf *text)
{
	bool only = c->kind == LOP_CHANGE_LOST || c->kind == LOP_CHANGE_GAINED;

	put_subject(c, text);
	if (only && !*c->what) {
		lop_buf_puts(text, c->kind == LOP_CHANGE_LOST ? " is gone" : " is new");
		return;
	}
	if (only) {
		const bool plain = !strcmp(c->what, "device") || !strcmp(c->what, "memory");

		lop_buf_printf(text, " %s %s%s%s", kinds[c->kind], plain ? "" : c->what,
			       plain ? "" : " ", c->item);
		return;
	}
	lop_buf_printf(text, ": %s%s %s -> %s", c->item,
		       c->kind == LOP_CHANGE_MOVED ? " moved" : "", *c->before ? c->before : "none",
		       *c->after ? c->after : "none");
}

void lop_diff_text(const struct lop_diff *diff, struct lop_buf *out)
{
	struct lop_buf text = { 0 };

	for (size_t i = 0; i < diff->n; i++) {
		text.len = 0;
		put_sentence(&diff->changes[i], &text);
		lop_text_clean(out, text.data, text.len);
		lop_buf_putc(out, '\n');
	}
	lop_buf_free(&text);
}

static void put_text(struct lop_jsonw *w, const char *key, const char *value)
{
	if (*value)
		lop_jsonw_text(w, key, value);
}

void lop_diff_json(const struct lop_diff *diff, struct lop_buf *out)
{
	struct lop_jsonw w = { .out = out };
	struct lop_buf text = { 0 };

	lop_jsonw_open(&w, NULL, '{', true);
	lop_jsonw_text(&w, "schema", "sdtgen-diff");
	lop_jsonw_number(&w, "version", 1);
	lop_jsonw_open(&w, "changes", '[', true);
	for (size_t i = 0; i < diff->n; i++) {
		const struct lop_change *c = &diff->changes[i];

		text.len = 0;
		put_sentence(c, &text);
		lop_jsonw_open(&w, NULL, '{', false);
		lop_jsonw_text(&w, "change", kinds[c->kind]);
		lop_jsonw_text(&w, "subject", c->subject);
		put_text(&w, "name", c->name);
		put_text(&w, "what", c->what);
		put_text(&w, "item", c->item);
		put_text(&w, "before", c->before);
		put_text(&w, "after", c->after);
		lop_jsonw_text(&w, "text", lop_buf_cstr(&text));
		lop_jsonw_close(&w, '}');
	}
	lop_jsonw_close(&w, ']');
	lop_jsonw_close(&w, '}');
	lop_buf_free(&text);
}
