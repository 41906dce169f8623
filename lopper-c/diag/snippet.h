/* SPDX-License-Identifier: BSD-3-Clause */
/* Source lines with underlines, the pictures of text.c. Private to diag/. */
#ifndef LOP_DIAG_SNIPPET_H
#define LOP_DIAG_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/diag/source.h"

#define LOP_MARKS_MAX 16 /* labels that are shown of one diagnostic */

/* ANSI colours; empty strings where there are none. */
struct lop_paint {
	const char *severity, *bold, *dim, *off; /* dim: gutters and secondary labels */
};

/* One label, resolved. */
struct lop_mark {
	struct lop_place place;
	const char *text; /* may be "" */
	const char *line; /* the source line; NULL: not to be had */
	size_t line_len;
	size_t start, end; /* bytes of the line that are underlined, end > start */
	bool primary;	   /* ^^^^ instead of ---- */
	bool shown;
};

/* Fills line, start and end from the place. */
void lop_mark_locate(struct lop_mark *mark, struct lop_sources *sources);

/* "  |" with width columns for line numbers, without the end of the line. */
void lop_snippet_gutter(struct lop_buf *out, const struct lop_paint *paint, size_t width);
/*
 * The lines of one file that marks[0..n) stand on, n at most LOP_MARKS_MAX, in order of lines, each
 * with its underlines and the texts beside or below them. Sorts the marks.
 */
void lop_snippet_render(struct lop_buf *out, const struct lop_paint *paint, size_t width,
			struct lop_mark **marks, size_t n);

#endif
