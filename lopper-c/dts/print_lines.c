/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The parts of one value on lines, laid out as `sdtgen fmt` lays them out. They stand on one line,
 * or one below the other when that would be too long; one that is too long by itself breaks inside.
 */
#include <string.h>

#include "lopper-c/dts/print.h"

static void new_line(struct lop_printer *p, size_t column)
{
	lop_buf_putc(&p->out, '\n');
	p->line_start = p->out.len;
	lop_buf_fill(&p->out, '\t', column / 8);
	lop_buf_fill(&p->out, ' ', column % 8);
}

/* Puts text[at..end), breaking at its blanks; the lines after the first begin at column. */
static void put_words(struct lop_printer *p, size_t at, size_t end, size_t column)
{
	const char *text = p->text.data;

	while (at < end) {
		const char *blank = memchr(text + at, ' ', end - at);
		size_t word = (blank ? (size_t)(blank - text) : end) - at;
		size_t used = lop_print_column(p);

		if (used > column && used + 1 + word + 2 > LOP_DTS_WIDTH)
			new_line(p, column);
		else if (used > column)
			lop_buf_putc(&p->out, ' ');
		lop_buf_add(&p->out, text + at, word);
		at += word + 1;
	}
}

static size_t longest_word(const struct lop_printer *p, const struct lop_print_part *part)
{
	size_t longest = 0, word = 0;

	for (size_t at = part->inner; at < part->closed; at++) {
		word = p->text.data[at] == ' ' ? 0 : word + 1;
		longest = word > longest ? word : longest;
	}
	return longest;
}

static size_t indentation(const struct lop_printer *p)
{
	size_t at = p->line_start;

	while (at < p->out.len && p->out.data[at] == '\t')
		at++;
	return 8 * (at - p->line_start);
}

/*
 * A part that is too long for its line. A table, with the brackets on lines of their own, is the
 * last resort: only where a number would not even fit on a line that begins at the bracket.
 */
static void put_broken(struct lop_printer *p, const struct lop_print_part *part, bool alone)
{
	const char *text = p->text.data;
	size_t base = indentation(p);
	bool table;

	lop_buf_add(&p->out, text + part->start, part->inner - part->start);
	table = alone && lop_print_column(p) + longest_word(p, part) + 2 > LOP_DTS_WIDTH;
	if (table)
		new_line(p, base + 8);
	put_words(p, part->inner, part->closed, table ? base + 8 : lop_print_column(p));
	if (table)
		new_line(p, base);
	lop_buf_add(&p->out, text + part->closed, part->end - part->closed);
}

void lop_print_parts(struct lop_printer *p)
{
	const struct lop_print_part *parts =
		(const struct lop_print_part *)(const void *)p->parts.data;
	size_t n = p->parts.len / sizeof(*parts);
	size_t column = lop_print_column(p);
	bool one_line = column + p->text.len + 2 * (n - 1) + 1 <= LOP_DTS_WIDTH;

	for (size_t i = 0; i < n; i++) {
		size_t len = parts[i].end - parts[i].start;

		if (i) {
			lop_buf_putc(&p->out, ',');
			if (one_line)
				lop_buf_putc(&p->out, ' ');
			else
				new_line(p, column);
		}
		if (column + len + 1 > LOP_DTS_WIDTH && parts[i].inner)
			put_broken(p, &parts[i], n == 1);
		else
			lop_buf_add(&p->out, p->text.data + parts[i].start, len);
	}
}
