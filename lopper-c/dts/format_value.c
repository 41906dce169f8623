/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lays out the value of one property: on one line where it fits and the author did not break it,
 * else one group per line under the first one; a table of cells keeps its rows. Knows groups,
 * cells and columns, nothing of what the values mean.
 */
#include "lopper-c/dts/format_token.h"

#define MAX_NAME 72 /* values behind a longer name are not aligned to it */

enum shape {
	ONE_LINE,
	GROUPS, /* one per line */
	ROWS,	/* of strings, as the author has them */
	TABLE	/* "<", rows of cells, ">", each on lines of their own */
};

struct layout {
	size_t first, last;
	size_t base;  /* column of the statement */
	size_t align; /* column of the groups */
	enum shape shape;
	bool below;	  /* the first group begins a line of its own */
	bool rows;	  /* of the present group: the author's lines are kept */
	size_t group_col; /* of the present group's "<" */
	size_t cell_col;
	size_t paren_col; /* behind the outermost open "(" */
};

/* What the author's layout of a value looks like. */
struct survey {
	size_t width;	      /* on one line */
	size_t longest_row;   /* of the author's lines, without trailing comments */
	size_t longest_piece; /* the same, lines also ending behind each group */
	size_t groups, cell_lists;
	size_t rows;	   /* lines that begin with a group */
	size_t row_breaks; /* between cells */
	bool hard;	   /* has a break that must stay */
	bool split;	   /* lines end between groups */
	bool opened;	   /* a line ends behind "<" */
	bool strings;	   /* and nothing else */
};

static bool is_group_start(const struct fmt_printer *p, const struct layout *l, size_t i)
{
	return i == l->first || p->tok[i - 1].kind == FMT_COMMA;
}

/* The rest of a value whose beginning stands before an #else: it has its line already. */
static bool is_rest(const struct fmt_printer *p, const struct layout *l, size_t i)
{
	return i == l->first && p->tok[i - 1].kind != FMT_ASSIGN;
}

static void survey_break(const struct fmt_printer *p, const struct layout *l, size_t i,
			 struct survey *s)
{
	const struct fmt_token *prev = &p->tok[i - 1], *cur = &p->tok[i];
	bool in_cells = cur->flags & FMT_IN_CELLS;

	s->hard = s->hard || (!is_rest(p, l, i) && lop_fmt_hard_break(p, i));
	if (!cur->newlines || i == l->first)
		return;
	if (prev->kind == FMT_COMMA || cur->kind == FMT_COMMA)
		s->split = true;
	else if (prev->kind == FMT_LANGLE)
		s->opened = true;
	else if (in_cells && cur->kind != FMT_RANGLE)
		s->row_breaks++;
	s->rows += prev->kind == FMT_COMMA || (lop_fmt_is_comment(prev) && !in_cells);
}

static bool is_of_string_list(const struct fmt_token *t)
{
	return t->kind == FMT_STRING || t->kind == FMT_COMMA || t->kind == FMT_SEMI ||
	       t->kind == FMT_DIRECTIVE || lop_fmt_is_comment(t);
}

/* A trailing comment behind "<" makes the line end there, too. */
static bool opens_table(const struct fmt_printer *p, size_t i)
{
	return p->tok[i].kind == FMT_LANGLE && lop_fmt_is_trailing(p, i + 1);
}

/* A line end that stays where rows are kept. */
static bool starts_row(const struct fmt_printer *p, size_t i)
{
	const struct fmt_token *prev = &p->tok[i - 1], *cur = &p->tok[i];

	if (lop_fmt_hard_break(p, i))
		return true;
	if (cur->kind == FMT_RANGLE || cur->kind == FMT_SEMI || cur->kind == FMT_COMMA)
		return false;
	return cur->newlines && prev->kind != FMT_LANGLE;
}

static void survey_width(const struct fmt_printer *p, const struct layout *l, size_t i,
			 struct survey *s, size_t *row, size_t *piece)
{
	size_t width = lop_fmt_width(p, i) + (i > l->first && lop_fmt_gap(p, i));
	bool new_row = starts_row(p, i);

	s->width += width;
	if (lop_fmt_is_trailing(p, i))
		return;
	*piece = new_row || is_group_start(p, l, i) ? width : *piece + width;
	new_row = new_row && (p->tok[i - 1].kind == FMT_COMMA || lop_fmt_hard_break(p, i));
	*row = new_row ? width : *row + width;
	s->longest_row = *row > s->longest_row ? *row : s->longest_row;
	s->longest_piece = *piece > s->longest_piece ? *piece : s->longest_piece;
}

static struct survey survey_value(const struct fmt_printer *p, const struct layout *l)
{
	struct survey s = { .groups = 1, .rows = 1, .strings = true };
	size_t row = 0, piece = 0;

	for (size_t i = l->first; i <= l->last; i++) {
		survey_break(p, l, i, &s);
		survey_width(p, l, i, &s, &row, &piece);
		s.opened = s.opened || opens_table(p, i);
		s.cell_lists += p->tok[i].kind == FMT_LANGLE;
		s.groups += p->tok[i].kind == FMT_COMMA;
		s.strings = s.strings && is_of_string_list(&p->tok[i]);
	}
	return s;
}

/* Pairs of an audio route, the lines of a GPIO bank: rows that mean something. */
static bool is_grid(const struct survey *s)
{
	return s->strings && s->rows >= 3 && s->groups >= 2 * s->rows;
}

/* Cells in one "<...>" whose rows the author put on lines of their own, or whose rows are too long
 * to stand behind the name. */
static bool is_table(const struct survey *s, bool fits, bool too_wide)
{
	if (s->cell_lists != 1 || s->groups != 1)
		return false;
	if (s->opened)
		return s->row_breaks || !fits;
	return s->row_breaks && !fits && too_wide;
}

static void choose_shape(const struct fmt_printer *p, struct layout *l)
{
	struct survey s = survey_value(p, l);
	bool fits = !s.hard && !s.split && l->align + s.width <= LOP_DTS_WIDTH;
	bool grid = is_grid(&s);
	bool too_wide = l->align + (grid ? s.longest_row : s.longest_piece) > LOP_DTS_WIDTH;
	bool put_below = !is_rest(p, l, l->first) && (p->tok[l->first].newlines || grid);

	if (is_table(&s, fits, too_wide && !put_below))
		l->shape = TABLE;
	else if (fits)
		l->shape = ONE_LINE;
	else
		l->shape = grid ? ROWS : GROUPS;
	l->below = (l->shape == ROWS || l->shape == GROUPS) && too_wide && put_below;
	if (!is_rest(p, l, l->first) && lop_fmt_hard_break(p, l->first))
		l->below = true;
	if (l->below || l->align - l->base > MAX_NAME)
		l->align = l->base + 8;
}

/* Whether the group that starts at i keeps the author's lines. */
static bool keeps_rows(const struct fmt_printer *p, const struct layout *l, size_t i)
{
	size_t width = lop_fmt_width(p, i);

	for (i++; i <= l->last && p->tok[i - 1].kind != FMT_COMMA; i++) {
		if (lop_fmt_hard_break(p, i))
			return true;
		width += lop_fmt_width(p, i) + lop_fmt_gap(p, i);
	}
	return l->align + width > LOP_DTS_WIDTH;
}

static bool breaks_row(const struct fmt_printer *p, const struct layout *l, size_t i)
{
	if (l->shape == TABLE && p->tok[i - 1].kind == FMT_LANGLE)
		return !lop_fmt_is_trailing(p, i);
	if (l->shape == TABLE && p->tok[i].kind == FMT_RANGLE)
		return true;
	return l->rows && starts_row(p, i);
}

static bool breaks_before(const struct fmt_printer *p, const struct layout *l, size_t i)
{
	if (l->shape == ONE_LINE || is_rest(p, l, i))
		return false;
	if (lop_fmt_hard_break(p, i))
		return true;
	if (i == l->first)
		return l->below;
	if (p->tok[i - 1].kind == FMT_COMMA)
		return l->shape == ROWS ? p->tok[i].newlines : !lop_fmt_is_trailing(p, i);
	return breaks_row(p, l, i);
}

static size_t column_of(const struct fmt_printer *p, const struct layout *l, size_t i)
{
	const struct fmt_token *t = &p->tok[i];

	if (t->kind == FMT_RANGLE)
		return l->shape == TABLE ? l->base : l->group_col;
	if (t->flags & FMT_IN_PARENS)
		return l->paren_col;
	return t->flags & FMT_IN_CELLS ? l->cell_col : l->align;
}

/* Token i, an opening bracket perhaps, has just been written. */
static void note_columns(struct fmt_printer *p, struct layout *l, size_t i)
{
	const struct fmt_token *t = &p->tok[i];
	size_t left = t->flags & FMT_IN_CELLS ? l->cell_col : l->align;

	if (t->kind == FMT_LANGLE) {
		l->group_col = p->col - 1 - l->align > MAX_NAME ? l->align : p->col - 1;
		l->cell_col = l->shape == TABLE ? l->base + 8 : l->group_col + 1;
	}
	if (!(t->flags & FMT_IN_PARENS))
		l->paren_col = p->col - left > MAX_NAME ? left : p->col;
}

void lop_fmt_value(struct fmt_printer *p, size_t first, size_t last, size_t base)
{
	struct layout l = { .first = first, .last = last, .base = base };

	l.align = p->col + (is_rest(p, &l, first) ? 0 : lop_fmt_gap(p, first));
	choose_shape(p, &l);
	l.cell_col = l.group_col = l.paren_col = l.align;
	for (size_t i = first; i <= last; i++) {
		if (l.shape != ONE_LINE && is_group_start(p, &l, i))
			l.rows = l.shape == TABLE || keeps_rows(p, &l, i);
		if (breaks_before(p, &l, i)) {
			bool blank = p->tok[i].newlines > 1 && p->tok[i].kind != FMT_RANGLE &&
				     p->tok[i - 1].kind != FMT_LANGLE && i > first;

			lop_fmt_break(p, i, blank, column_of(p, &l, i));
		} else if (!is_rest(p, &l, i) && lop_fmt_gap(p, i)) {
			lop_buf_putc(p->out, ' ');
			p->col++;
		}
		lop_fmt_put(p, i);
		note_columns(p, &l, i);
	}
}
