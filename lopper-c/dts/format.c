/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * `sdtgen fmt`: goes through the tokens of a DTS source statement by statement and decides lines,
 * blank lines and indentation. Nothing is sorted, dropped or rewritten, and the tree that the
 * source describes is not known here.
 */
#include "lopper-c/dts/format.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/file.h"
#include "lopper-c/dts/format_token.h"

/* "off" or "on" if the comment is a switch of the formatter, else NULL. */
static const char *format_switch(const char *data, const struct fmt_token *t)
{
	static const char *const words[] = { "off", "on" };
	static const char prefix[] = "dts-format ";
	const char *at = data + t->start + 2;
	size_t left = t->len - (t->kind == FMT_BLOCK_COMMENT ? 4 : 2);

	for (; left && strchr(" \t", *at); at++)
		left--;
	while (left && strchr(" \t\r", at[left - 1]))
		left--;
	if (left < strlen(prefix) || memcmp(at, prefix, strlen(prefix)) != 0)
		return NULL;
	at += strlen(prefix);
	left -= strlen(prefix);
	for (size_t i = 0; i < 2; i++)
		if (left == strlen(words[i]) && memcmp(at, words[i], left) == 0)
			return words[i];
	return NULL;
}

static bool is_switch(const char *data, const struct fmt_token *t, const char *word)
{
	const char *found = NULL;

	if (t->kind == FMT_LINE_COMMENT || t->kind == FMT_BLOCK_COMMENT)
		found = format_switch(data, t);
	return found && strcmp(found, word) == 0;
}

/* Each region that is not to be formatted becomes one token. */
static void fold_regions(const char *data, size_t len, struct fmt_tokens *tokens)
{
	size_t kept = 0;

	for (size_t i = 0; i < tokens->count; i++) {
		struct fmt_token t = tokens->list[i];

		if (is_switch(data, &t, "off")) {
			size_t end = len;

			while (++i < tokens->count && !is_switch(data, &tokens->list[i], "on"))
				;
			if (i < tokens->count)
				end = (size_t)tokens->list[i].start + tokens->list[i].len;
			t.kind = FMT_RAW;
			t.len = (uint32_t)(end - t.start);
		}
		tokens->list[kept++] = t;
	}
	tokens->list[kept] = tokens->list[tokens->count];
	tokens->count = kept;
}

/* What stands above the present line; decides about blank lines. */
enum above { TOP, OPEN_NODE, ITEM, COMMENT, DIRECTIVE };

struct walk {
	struct fmt_printer p;
	enum above above;
	bool led; /* so far this line holds comments only */
};

static size_t skip_comments(const struct fmt_token *tok, size_t i)
{
	while (lop_fmt_is_comment(&tok[i]))
		i++;
	return i;
}

/* Outside of values: whether a macro that stands for whole statements ends with token i, that is,
 * whether the next statement begins on another line. */
static bool ends_macro(const struct fmt_token *tok, size_t i)
{
	size_t next;
	bool new_line;

	if (tok[i].kind != FMT_WORD && tok[i].kind != FMT_PARENS)
		return false;
	next = skip_comments(tok, i + 1);
	new_line = tok[next].kind == FMT_DIRECTIVE;
	for (size_t k = i + 1; k <= next; k++)
		new_line = new_line || tok[k].newlines;
	switch (tok[next].kind) {
	case FMT_SEMI:
	case FMT_LBRACE:
	case FMT_ASSIGN:
	case FMT_COLON:
	case FMT_PARENS:
		return false;
	default:
		return new_line;
	}
}

static bool is_keyword(const struct fmt_printer *p, size_t i, const char *word)
{
	const struct fmt_token *t = &p->tok[i];

	return t->kind == FMT_KEYWORD && t->len == strlen(word) &&
	       memcmp(p->data + t->start, word, t->len) == 0;
}

/* `}` and the `;` that belongs to it, comments between them included. */
static size_t end_of_close(const struct fmt_token *tok, size_t i)
{
	size_t next = skip_comments(tok, i + 1);

	return tok[next].kind == FMT_SEMI ? next : i;
}

/* The last token of the statement that begins at i. */
static size_t end_of_statement(const struct fmt_printer *p, size_t i)
{
	const struct fmt_token *tok = p->tok;

	if (tok[i].kind == FMT_RBRACE)
		return end_of_close(tok, i);
	if (is_keyword(p, i, "/include/") && tok[i + 1].kind == FMT_STRING)
		return tok[i + 2].kind == FMT_SEMI ? i + 2 : i + 1;
	for (;; i++) {
		if (tok[i].kind == FMT_SEMI || tok[i].kind == FMT_LBRACE)
			return i;
		if (tok[i + 1].kind == FMT_RBRACE || tok[i + 1].kind == FMT_END)
			return i;
		if (!(tok[i].flags & FMT_VALUE) && ends_macro(tok, i))
			return i;
	}
}

/* The comments from i on, without a blank line, lead to a node. */
static bool leads_to_node(const struct fmt_printer *p, size_t i)
{
	const struct fmt_token *tok = p->tok;
	size_t at = i;

	while (lop_fmt_is_comment(&tok[at]) && (at == i || tok[at].newlines < 2))
		at++;
	if (at > i && tok[at].newlines > 1)
		return false;
	if (tok[at].kind == FMT_END || tok[at].kind == FMT_RBRACE || tok[at].kind == FMT_DIRECTIVE)
		return false;
	return tok[end_of_statement(p, at)].kind == FMT_LBRACE;
}

/* Begins the line on which token i stands, or goes on behind a comment on the same line. */
static void open_line(struct walk *w, size_t i)
{
	const struct fmt_token *t = &w->p.tok[i];
	size_t col = (size_t)8 * t->depth;
	bool blank;

	if (w->led && !t->newlines && t->kind != FMT_RBRACE && t->kind != FMT_DIRECTIVE) {
		lop_buf_putc(w->p.out, ' ');
		w->p.col++;
		return;
	}
	w->led = false;
	blank = t->newlines > 1 || (w->above == ITEM && leads_to_node(&w->p, i));
	if (w->above == TOP || w->above == OPEN_NODE || t->kind == FMT_RBRACE)
		blank = false;
	if (t->flags & FMT_VALUE && t->kind != FMT_DIRECTIVE && !lop_fmt_is_comment(t))
		col += 8;
	lop_fmt_break(&w->p, i, blank, col);
}

static bool is_behind_something(const struct walk *w, size_t i)
{
	const struct fmt_token *tok = w->p.tok;

	return i > 0 && !tok[i].newlines && tok[i - 1].kind != FMT_DIRECTIVE;
}

static void print_comment(struct walk *w, size_t i)
{
	if (is_behind_something(w, i)) {
		lop_buf_putc(w->p.out, ' ');
		w->p.col++;
	} else {
		open_line(w, i);
		w->above = COMMENT;
		w->led = true;
	}
	lop_fmt_put(&w->p, i);
}

static size_t find_assign(const struct fmt_token *tok, size_t first, size_t last)
{
	while (first <= last && tok[first].kind != FMT_ASSIGN)
		first++;
	return first;
}

static bool fits_line(const struct fmt_printer *p, size_t first, size_t end)
{
	size_t width = p->col + lop_fmt_width(p, first);

	for (size_t i = first + 1; i < end; i++)
		width += lop_fmt_width(p, i) + lop_fmt_gap(p, i);
	return width <= LOP_DTS_WIDTH;
}

/* Labels, name and what follows up to "=", "{" or ";". A row of labels too long for one line keeps
 * the author's lines. */
static void print_head(struct walk *w, size_t first, size_t end)
{
	const struct fmt_token *tok = w->p.tok;
	size_t col = (size_t)8 * tok[first].depth;
	bool fits = fits_line(&w->p, first, end);

	lop_fmt_put(&w->p, first);
	for (size_t i = first + 1; i < end; i++) {
		bool breaks = tok[i - 1].kind == FMT_COLON && !fits;

		if (tok[i].newlines && (breaks || is_keyword(&w->p, i - 1, "/omit-if-no-ref/"))) {
			lop_fmt_break(&w->p, i, false, col);
			lop_fmt_put(&w->p, i);
		} else {
			lop_fmt_flow(&w->p, i, col);
		}
	}
}

/* Returns the token behind the statement. */
static size_t print_statement(struct walk *w, size_t first)
{
	const struct fmt_token *tok = w->p.tok;
	size_t last = end_of_statement(&w->p, first);
	size_t assign = find_assign(tok, first, last);
	size_t base = (size_t)8 * tok[first].depth;

	open_line(w, first);
	if (tok[first].flags & FMT_VALUE) {
		lop_fmt_value(&w->p, first, last, base);
	} else {
		print_head(w, first, assign <= last ? assign + 1 : last + 1);
		if (assign < last)
			lop_fmt_value(&w->p, assign + 1, last, base);
	}
	w->above = tok[last].kind == FMT_LBRACE ? OPEN_NODE : ITEM;
	w->led = false;
	return last + 1;
}

static void print_all(struct walk *w)
{
	size_t i = 0;

	while (i < w->p.count && w->p.out->len - w->p.start <= LOP_FILE_MAX) {
		const struct fmt_token *t = &w->p.tok[i];

		if (lop_fmt_is_comment(t)) {
			print_comment(w, i++);
		} else if (t->kind == FMT_DIRECTIVE) {
			open_line(w, i);
			lop_fmt_put(&w->p, i++);
			w->above = DIRECTIVE;
		} else {
			i = print_statement(w, i);
		}
	}
	if (w->p.out->len > w->p.start && w->p.out->data[w->p.out->len - 1] != '\n')
		lop_buf_putc(w->p.out, '\n');
}

static bool report_size(struct lop_diags *diags, uint32_t text)
{
	struct lop_span span = { text, 0, 0 };

	lop_diag_help(lop_report(diags, LOP_LIMIT, span, "more than 256 MiB of DTS source"),
		      "split the file with `/include/`");
	return false;
}

bool lop_dts_format(struct lop_diags *diags, uint32_t text, const char *data, size_t len,
		    struct lop_buf *out)
{
	struct fmt_tokens tokens = { 0 };
	struct walk w = { .p = { .data = data, .out = out, .start = out->len } };
	size_t mark = lop_fmt_mark(data, len);
	bool ok;

	if (len > LOP_FILE_MAX)
		return report_size(diags, text);
	ok = lop_fmt_scan(diags, text, data, len, &tokens);
	if (ok) {
		fold_regions(data, len, &tokens);
		w.p.tok = tokens.list;
		w.p.count = tokens.count;
		lop_buf_add(out, data, mark);
		w.p.start += mark;
		print_all(&w);
		if (out->len - w.p.start > LOP_FILE_MAX)
			ok = report_size(diags, text);
		if (!ok)
			out->len = w.p.start - mark;
	}
	free(tokens.list);
	return ok;
}
