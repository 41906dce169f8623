/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Source lines with underlines. Tabs are kept, in the line and before the carets, so that they line
 * up at any tab width; a character counts one column. Long lines are shown around the mark only.
 */
#include "lopper-c/diag/snippet.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/diag/render.h"

#define LONG_LINE ((size_t)160) /* bytes; longer ones are clipped */
#define WINDOW	  ((size_t)120)
#define LEAD	  ((size_t)40) /* of the window, before the mark */

/* The part of a line that is shown, and the marks in it. */
struct row {
	struct lop_buf *out;
	const struct lop_paint *paint;
	size_t width;
	const char *line;
	size_t start, end; /* of the window; end of the line without blanks */
	bool clipped_start, clipped_end;
	struct lop_mark *marks[LOP_MARKS_MAX]; /* in order of start */
	size_t n;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

void lop_mark_locate(struct lop_mark *mark, struct lop_sources *sources)
{
	const struct lop_place *p = &mark->place;
	size_t len;

	mark->line = lop_sources_line(sources, p->file, p->line, &len);
	if (!mark->line)
		return;
	mark->line_len = len;
	mark->start = p->column - 1 < len ? p->column - 1 : len;
	mark->end = p->end_line == p->line ? p->end_column - 1 : len;
	if (mark->end > len)
		mark->end = len;
	while (mark->end > mark->start + 1 && is_blank(mark->line[mark->end - 1]))
		mark->end--;
	if (mark->end <= mark->start)
		mark->end = mark->start + 1;
}

void lop_snippet_gutter(struct lop_buf *out, const struct lop_paint *paint, size_t width)
{
	lop_buf_fill(out, ' ', width + 1);
	lop_buf_printf(out, "%s|%s", paint->dim, paint->off);
}

static size_t character(const char *s, size_t n)
{
	size_t len = lop_utf8_length(s, n);

	return len ? len : 1;
}

static void put_line(const struct row *row, uint32_t number)
{
	struct lop_buf *out = row->out;

	lop_buf_printf(out, "%s%*u |%s", row->paint->dim, (int)row->width, number, row->paint->off);
	if (row->start < row->end)
		lop_buf_puts(out, row->clipped_start ? " ..." : " ");
	for (size_t i = row->start; i < row->end;) {
		size_t n = character(row->line + i, row->end - i);

		if (row->line[i] == '\t')
			lop_buf_putc(out, '\t');
		else
			lop_text_clean(out, row->line + i, n);
		i += n;
	}
	lop_buf_puts(out, row->clipped_end ? "...\n" : "\n");
}

/* Blanks as wide as the line from column `from` to `to`, with its tabs. */
static void put_blanks(const struct row *row, size_t from, size_t to)
{
	for (size_t i = from; i < to;) {
		bool inside = i < row->end;

		lop_buf_putc(row->out, inside && row->line[i] == '\t' ? '\t' : ' ');
		i += inside ? character(row->line + i, row->end - i) : 1;
	}
}

static void begin_marks(const struct row *row)
{
	lop_snippet_gutter(row->out, row->paint, row->width);
	lop_buf_puts(row->out, row->clipped_start ? "    " : " ");
}

static const char *mark_color(const struct row *row, const struct lop_mark *mark)
{
	return mark->primary ? row->paint->severity : row->paint->dim;
}

/* The mark that is seen at a column: the primary one wins, then the one that starts last. */
static const struct lop_mark *mark_at(const struct row *row, size_t column)
{
	const struct lop_mark *best = NULL;

	for (size_t i = 0; i < row->n; i++) {
		const struct lop_mark *m = row->marks[i];

		if (column >= m->start && column < m->end && !(best && best->primary))
			best = m;
	}
	return best;
}

/* A tab keeps its width; where a mark starts with one, its sign stands in front. */
static void put_underline(const struct row *row, const struct lop_mark *m, size_t column, bool last)
{
	bool tab = column < row->end && row->line[column] == '\t';

	if (!tab || (m && m->start == column))
		lop_buf_putc(row->out, !m ? ' ' : m->primary ? '^' : '-');
	if (tab && !(last && m && m->start == column))
		lop_buf_putc(row->out, '\t');
}

/* ^^^^ and ---- under the line. */
static void put_underlines(const struct row *row)
{
	const struct lop_mark *current = NULL;
	size_t end = 0;

	for (size_t i = 0; i < row->n; i++)
		if (row->marks[i]->end > end)
			end = row->marks[i]->end;
	if (end > row->end)
		end = row->end > row->marks[row->n - 1]->start ? row->end
							       : row->marks[row->n - 1]->start + 1;
	begin_marks(row);
	for (size_t i = row->start; i < end;) {
		const struct lop_mark *m = mark_at(row, i);
		size_t n = i < row->end ? character(row->line + i, row->end - i) : 1;

		if (m != current) {
			lop_buf_puts(row->out, current ? row->paint->off : "");
			lop_buf_puts(row->out, m ? mark_color(row, m) : "");
			current = m;
		}
		put_underline(row, m, i, i + n >= end);
		i += n;
	}
	lop_buf_puts(row->out, current ? row->paint->off : "");
}

static void put_text(const struct row *row, const struct lop_mark *mark)
{
	lop_buf_puts(row->out, mark_color(row, mark));
	lop_text_clean(row->out, mark->text, strlen(mark->text));
	lop_buf_puts(row->out, row->paint->off);
}

/* `|` under the start of each mark that still waits for its text; returns the column reached. */
static size_t put_connectors(const struct row *row, struct lop_mark *const *waiting, size_t n)
{
	size_t column = row->start;

	begin_marks(row);
	for (size_t i = 0; i < n; i++) {
		const struct lop_mark *m = waiting[i];

		if (m->start < column)
			continue; /* starts where another one does */
		put_blanks(row, column, m->start);
		lop_buf_printf(row->out, "%s|%s", mark_color(row, m), row->paint->off);
		column = m->start;
		column += column < row->end ? character(row->line + column, row->end - column) : 1;
	}
	return column;
}

/* The last text stands beside the underlines, the others each on a line below its mark. */
static void put_marks(const struct row *row)
{
	struct lop_mark *waiting[LOP_MARKS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++)
		if (*row->marks[i]->text)
			waiting[n++] = row->marks[i];
	put_underlines(row);
	if (n) {
		lop_buf_putc(row->out, ' ');
		put_text(row, waiting[--n]);
	}
	lop_buf_putc(row->out, '\n');
	if (n) {
		put_connectors(row, waiting, n);
		lop_buf_putc(row->out, '\n');
	}
	for (; n; n--) {
		const struct lop_mark *m = waiting[n - 1];
		size_t left = n - 1, column;

		while (left && waiting[left - 1]->start == m->start)
			left--;
		column = put_connectors(row, waiting, left);
		put_blanks(row, column, m->start);
		put_text(row, m);
		lop_buf_putc(row->out, '\n');
	}
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The window of a long line around a mark; the whole line otherwise. */
static void choose_window(struct row *row, const struct lop_mark *mark)
{
	size_t len = mark->line_len;

	while (len && is_blank(mark->line[len - 1]))
		len--;
	row->line = mark->line;
	row->start = 0;
	row->end = len;
	if (len > LONG_LINE) {
		row->start = mark->start > LEAD ? mark->start - LEAD : 0;
		if (row->start > len)
			row->start = len;
		if (len - row->start > WINDOW)
			row->end = row->start + WINDOW;
		for (int i = 0; i < 3 && row->start && is_continuation(row->line[row->start]); i++)
			row->start--;
		for (int i = 0; i < 3 && row->end < len && is_continuation(row->line[row->end]);
		     i++)
			row->end--;
	}
	row->clipped_start = row->start > 0;
	row->clipped_end = row->end < len;
}

/* One line, as often as it takes to show all marks that stand on it. */
static void put_rows(struct row *row, struct lop_mark **marks, size_t n)
{
	for (;;) {
		const struct lop_mark *base = NULL;

		for (size_t i = 0; i < n; i++)
			if (!marks[i]->shown && (!base || marks[i]->primary))
				base = marks[i];
		if (!base)
			return;
		choose_window(row, base);
		row->n = 0;
		for (size_t i = 0; i < n && row->n < LOP_MARKS_MAX; i++) {
			struct lop_mark *m = marks[i];

			if (m != base && (m->shown || m->start < row->start || m->start > row->end))
				continue;
			m->shown = true;
			row->marks[row->n++] = m;
		}
		put_line(row, base->place.line);
		put_marks(row);
	}
}

static int compare_marks(const void *a, const void *b)
{
	const struct lop_mark *p = *(struct lop_mark *const *)a;
	const struct lop_mark *q = *(struct lop_mark *const *)b;

	if (p->place.line != q->place.line)
		return p->place.line < q->place.line ? -1 : 1;
	if (p->start != q->start)
		return p->start < q->start ? -1 : 1;
	return (p->end < q->end) - (p->end > q->end); /* the wider one first */
}

void lop_snippet_render(struct lop_buf *out, const struct lop_paint *paint, size_t width,
			struct lop_mark **marks, size_t n)
{
	struct row row = { .out = out, .paint = paint, .width = width };
	uint32_t previous = 0;
	size_t end;

	qsort(marks, n, sizeof(struct lop_mark *), compare_marks);
	for (size_t i = 0; i < n; i = end) {
		uint32_t line = marks[i]->place.line;

		for (end = i + 1; end < n && marks[end]->place.line == line;)
			end++;
		if (i && line > previous + 1)
			lop_buf_printf(out, "%s...%s\n", paint->dim, paint->off);
		put_rows(&row, marks + i, end - i);
		previous = line;
	}
}
