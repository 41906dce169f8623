/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes the formatter's tokens: indentation, the blanks between two tokens, comments moved to
 * their new column. Keeps the column of the output; decides nothing about the layout of statements.
 */
#include "lopper-c/dts/format_token.h"

#include <string.h>

/* A comment's lines are not moved further right than this: output stays linear in the input. */
#define MAX_COMMENT_COLUMN 2000

size_t lop_fmt_advance(size_t col, char c)
{
	if (c == '\t')
		return (col / 8 + 1) * 8;
	return ((unsigned char)c & 0xc0) == 0x80 ? col : col + 1;
}

static size_t trim_end(const char *s, size_t len)
{
	while (len > 0 && strchr(" \t\r\f\v", s[len - 1]))
		len--;
	return len;
}

size_t lop_fmt_width(const struct fmt_printer *p, size_t i)
{
	const struct fmt_token *t = &p->tok[i];
	const char *s = p->data + t->start;
	const char *newline = memchr(s, '\n', t->len);
	size_t len = newline ? (size_t)(newline - s) : t->len;
	size_t width = 0;

	if (lop_fmt_is_comment(t))
		len = trim_end(s, len);
	for (size_t k = 0; k < len; k++)
		width += ((unsigned char)s[k] & 0xc0) != 0x80;
	return width;
}

static bool is_byte(const struct fmt_printer *p, const struct fmt_token *t, char c)
{
	return t->kind == FMT_PUNCT && p->data[t->start] == c;
}

/* Behind "<": nothing, unless the two would read as one operator. */
static bool gap_after_langle(const struct fmt_printer *p, const struct fmt_token *cur)
{
	return (is_byte(p, cur, '<') || is_byte(p, cur, '=')) && (cur->flags & FMT_SPACED);
}

static bool gap_before_rangle(const struct fmt_printer *p, const struct fmt_token *prev,
			      const struct fmt_token *cur)
{
	return (is_byte(p, prev, '>') || is_byte(p, prev, '-')) && (cur->flags & FMT_SPACED);
}

bool lop_fmt_gap(const struct fmt_printer *p, size_t i)
{
	const struct fmt_token *prev = &p->tok[i - 1], *cur = &p->tok[i];
	bool spaced = cur->flags & FMT_SPACED;

	if (cur->kind == FMT_SPLICE)
		return true;
	if ((cur->flags & FMT_IN_PARENS) || is_byte(p, prev, '/'))
		return spaced || cur->kind == FMT_LBRACE;
	if (prev->kind == FMT_LANGLE)
		return gap_after_langle(p, cur) || lop_fmt_is_trailing(p, i);
	if (cur->kind == FMT_RANGLE)
		return gap_before_rangle(p, prev, cur);
	if (cur->kind == FMT_SEMI || cur->kind == FMT_COMMA)
		return false;
	if (lop_fmt_is_comment(cur) || lop_fmt_is_comment(prev))
		return true;
	if (cur->kind == FMT_ASSIGN || prev->kind == FMT_ASSIGN || prev->kind == FMT_COMMA)
		return true;
	if (cur->kind == FMT_LBRACE || cur->kind == FMT_LANGLE)
		return true;
	if (prev->kind == FMT_COLON && cur->kind != FMT_COLON)
		return true;
	if (prev->kind == FMT_KEYWORD && !is_byte(p, cur, '('))
		return true;
	return spaced;
}

bool lop_fmt_hard_break(const struct fmt_printer *p, size_t i)
{
	const struct fmt_token *prev = &p->tok[i - 1], *cur = &p->tok[i];

	if (prev->kind == FMT_LINE_COMMENT || prev->kind == FMT_SPLICE)
		return true;
	if (prev->kind == FMT_DIRECTIVE || cur->kind == FMT_DIRECTIVE)
		return true;
	return cur->newlines && (lop_fmt_is_comment(prev) || lop_fmt_is_comment(cur));
}

bool lop_fmt_is_trailing(const struct fmt_printer *p, size_t i)
{
	const struct fmt_token *t = &p->tok[i];

	if (t->newlines)
		return false;
	if (t->kind == FMT_LINE_COMMENT || t->kind == FMT_SPLICE)
		return true;
	return lop_fmt_is_comment(t) && t[1].newlines;
}

static void put_byte(struct fmt_printer *p, char c)
{
	lop_buf_putc(p->out, c);
	p->col = c == '\n' ? 0 : lop_fmt_advance(p->col, c);
}

static void put_column(struct fmt_printer *p, size_t col)
{
	lop_buf_fill(p->out, '\t', col / 8);
	lop_buf_fill(p->out, ' ', col % 8);
	p->col = col;
}

void lop_fmt_break(struct fmt_printer *p, size_t i, bool blank, size_t col)
{
	if (p->out->len > p->start)
		lop_buf_putc(p->out, '\n');
	if (blank)
		lop_buf_putc(p->out, '\n');
	p->col = 0;
	if (p->tok[i].kind != FMT_DIRECTIVE)
		put_column(p, col);
}

/* Line ends become LF; the rest stays. */
static void put_lines(struct fmt_printer *p, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		size_t run = i;

		while (run < len && s[run] == '\r')
			run++;
		if (run < len && s[run] == '\n')
			i = run;
		for (; i < run; i++)
			put_byte(p, '\r');
		if (i < len)
			put_byte(p, s[i]);
	}
}

static void put_exact(struct fmt_printer *p, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		put_byte(p, s[i]);
}

/* The next line of a comment, its indentation taken off and measured. */
struct line {
	const char *text;
	size_t len;
	size_t col;
};

static const char *next_line(const char *s, const char *end, struct line *line)
{
	const char *stop = memchr(s, '\n', (size_t)(end - s));

	if (!stop)
		stop = end;
	line->col = 0;
	for (; s < stop && (*s == ' ' || *s == '\t'); s++)
		line->col = lop_fmt_advance(line->col, *s);
	line->text = s;
	line->len = trim_end(s, (size_t)(stop - s));
	return stop < end ? stop + 1 : end;
}

/* Every line behind the first begins with a star. */
static bool is_starred(const char *s, const char *end)
{
	struct line line;

	while (s < end) {
		s = next_line(s, end, &line);
		if (line.len && line.text[0] != '*')
			return false;
	}
	return true;
}

static size_t source_column(const char *data, size_t pos)
{
	size_t start = pos, col = 0;

	while (start > 0 && data[start - 1] != '\n')
		start--;
	if (start == 0)
		start = lop_fmt_mark(data, pos);
	for (; start < pos; start++)
		col = lop_fmt_advance(col, data[start]);
	return col;
}

static size_t at_most(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Stars go under the star of the first line; other text moves as far as the comment moves. */
static void put_block_comment(struct fmt_printer *p, const char *s, size_t len, size_t old)
{
	const char *end = s + len;
	const char *rest = memchr(s, '\n', len);
	size_t to = at_most(p->col, MAX_COMMENT_COLUMN);
	bool starred;

	if (!rest) {
		put_exact(p, s, len);
		return;
	}
	put_exact(p, s, trim_end(s, (size_t)(rest - s)));
	starred = is_starred(++rest, end);
	while (rest < end) {
		struct line line;

		rest = next_line(rest, end, &line);
		put_byte(p, '\n');
		if (!line.len)
			continue;
		line.col = starred ? to + 1 : line.col + to;
		put_column(p, starred ? line.col : line.col - at_most(line.col, old));
		put_exact(p, line.text, line.len);
	}
}

void lop_fmt_put(struct fmt_printer *p, size_t i)
{
	const struct fmt_token *t = &p->tok[i];
	const char *s = p->data + t->start;

	switch (t->kind) {
	case FMT_BLOCK_COMMENT:
		put_block_comment(
			p, s, t->len,
			memchr(s, '\n', t->len)
				? at_most(source_column(p->data, t->start), MAX_COMMENT_COLUMN)
				: 0);
		break;
	case FMT_LINE_COMMENT:
		put_lines(p, s, trim_end(s, t->len));
		break;
	case FMT_STRING:
	case FMT_RAW:
		put_exact(p, s, t->len);
		break;
	default:
		put_lines(p, s, t->len);
		break;
	}
}

void lop_fmt_flow(struct fmt_printer *p, size_t i, size_t col)
{
	if (lop_fmt_hard_break(p, i))
		lop_fmt_break(p, i, false, col);
	else if (lop_fmt_gap(p, i))
		put_byte(p, ' ');
	lop_fmt_put(p, i);
}
