/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Diagnostics for people: message, place, source lines with carets, include chain, helps, and one
 * line with the counts at the end.
 */
#include <string.h>

#include "lopper-c/diag/render.h"
#include "lopper-c/diag/snippet.h"

#define MAX_INCLUDES 12 /* steps of an include chain */

struct picture {
	struct lop_buf *out;
	struct lop_sources *sources;
	struct lop_paint paint;
	bool color;
	size_t width; /* of the line numbers */
	struct lop_mark marks[LOP_MARKS_MAX];
	size_t n, left_out;
};

static void choose_paint(struct picture *p, enum lop_severity severity)
{
	static const char *const colors[] = { "\33[1;33m", "\33[1;31m" };

	p->paint = (struct lop_paint){ "", "", "", "" };
	if (p->color)
		p->paint = (struct lop_paint){ colors[severity], "\33[1m", "\33[1;34m", "\33[0m" };
}

static void put_clean(struct picture *p, const char *s)
{
	lop_text_clean(p->out, s, strlen(s));
}

static void put_title(struct picture *p, const struct lop_diag *d)
{
	lop_buf_printf(p->out, "%s%s[%s]%s%s: ", p->paint.severity, lop_severity_name(d->severity),
		       lop_codes[d->code].name, p->paint.off, p->paint.bold);
	put_clean(p, d->message);
	lop_buf_printf(p->out, "%s\n", p->paint.off);
}

static void collect_marks(struct picture *p, const struct lop_diag *d)
{
	uint32_t last = 0;

	p->n = p->left_out = 0;
	p->width = 1;
	for (const struct lop_diag_label *l = d->labels; l; l = l->next) {
		struct lop_mark mark = { .text = l->text, .primary = l == d->labels };

		if (p->n == LOP_MARKS_MAX) {
			p->left_out++;
			continue;
		}
		mark.place = lop_sources_resolve(p->sources, l->span);
		if (!mark.place.file)
			continue;
		lop_mark_locate(&mark, p->sources);
		if (mark.line && mark.place.line > last)
			last = mark.place.line;
		p->marks[p->n++] = mark;
	}
	for (; last >= 10; last /= 10)
		p->width++;
}

static void put_place(struct picture *p, const char *arrow, const struct lop_place *place)
{
	lop_buf_fill(p->out, ' ', p->width);
	lop_buf_printf(p->out, "%s%s%s ", p->paint.dim, arrow, p->paint.off);
	put_clean(p, place->file);
	if (place->line)
		lop_buf_printf(p->out, ":%u:%u", place->line, place->column);
	lop_buf_putc(p->out, '\n');
}

static void put_gutter(struct picture *p)
{
	lop_snippet_gutter(p->out, &p->paint, p->width);
	lop_buf_putc(p->out, '\n');
}

/* "  = note: ", the start of what follows the snippets. */
static void begin_note(struct picture *p, const char *kind)
{
	lop_buf_fill(p->out, ' ', p->width + 1);
	lop_buf_printf(p->out, "%s=%s %s%s%s: ", p->paint.dim, p->paint.off, p->paint.bold, kind,
		       p->paint.off);
}

/* All marks in the file of marks[first], which has not been shown yet. */
static void put_file(struct picture *p, size_t first)
{
	struct lop_mark *marks[LOP_MARKS_MAX];
	const char *file = p->marks[first].place.file;
	size_t n = 0;

	if (first > 0)
		put_gutter(p);
	put_place(p, first == 0 ? "-->" : ":::", &p->marks[first].place);
	for (size_t i = first; i < p->n; i++)
		if (p->marks[i].line && strcmp(p->marks[i].place.file, file) == 0)
			marks[n++] = &p->marks[i];
	if (n == 0)
		return;
	if (first == 0)
		put_gutter(p);
	lop_snippet_render(p->out, &p->paint, p->width, marks, n);
}

static void put_snippets(struct picture *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct lop_mark *mark = &p->marks[i];

		if (mark->shown)
			continue;
		put_file(p, i);
		mark->shown = true;
		if (mark->line || !*mark->text)
			continue;
		begin_note(p, "note");
		put_clean(p, mark->text);
		lop_buf_putc(p->out, '\n');
	}
	if (p->left_out) {
		begin_note(p, "note");
		lop_buf_printf(p->out, "and %zu more %s\n", p->left_out,
			       p->left_out == 1 ? "place" : "places");
	}
}

static bool chain_shown(const struct picture *p, size_t mark)
{
	for (size_t i = 0; i < mark; i++)
		if (p->marks[i].place.include == p->marks[mark].place.include)
			return true;
	return false;
}

/* How the file of a mark was reached; the first one's need not be named. */
static void put_chain(struct picture *p, size_t mark)
{
	const struct lop_place *place = &p->marks[mark].place;
	size_t steps = 0;

	for (const struct lop_include *i = place->include; i; i = i->outer) {
		if (steps++ == MAX_INCLUDES) {
			begin_note(p, "note");
			lop_buf_puts(p->out, "included from further files\n");
			return;
		}
		begin_note(p, "note");
		if (mark > 0 && steps == 1) {
			put_clean(p, place->file);
			lop_buf_putc(p->out, ' ');
		}
		lop_buf_puts(p->out, "included from ");
		put_clean(p, i->file);
		lop_buf_printf(p->out, ":%u\n", i->line);
	}
}

static void put_diag(struct picture *p, const struct lop_diag *d)
{
	choose_paint(p, d->severity);
	put_title(p, d);
	collect_marks(p, d);
	put_snippets(p);
	for (size_t i = 0; i < p->n; i++)
		if (!chain_shown(p, i))
			put_chain(p, i);
	for (const struct lop_diag_help *h = d->helps; h; h = h->next) {
		begin_note(p, "help");
		put_clean(p, h->text);
		lop_buf_putc(p->out, '\n');
	}
	lop_buf_putc(p->out, '\n');
}

static void put_count(struct lop_buf *out, size_t n, const char *what)
{
	lop_buf_printf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static size_t count_lenient(const struct lop_diags *diags)
{
	size_t n = 0;

	for (const struct lop_diag *d = diags->first; d; d = d->next)
		n += d->severity == LOP_ERROR && lop_codes[d->code].lopper_passes;
	return n;
}

static void put_compat(const struct lop_diags *diags, struct lop_buf *out)
{
	size_t lenient = diags->compat_lopper ? 0 : count_lenient(diags);

	if (diags->downgraded) {
		lop_buf_puts(out, "sdtgen: --compat=lopper let ");
		put_count(out, diags->downgraded, "error");
		lop_buf_puts(out, diags->downgraded == 1 ? " pass as a warning\n"
							 : " pass as warnings\n");
	}
	if (!lenient)
		return;
	lop_buf_puts(out, "sdtgen: lopper lets ");
	if (diags->errors == 1)
		lop_buf_puts(out, "it");
	else
		lop_buf_printf(out, "%zu of them", lenient);
	lop_buf_printf(out, " pass; --compat=lopper makes %s\n",
		       lenient == 1 ? "it a warning" : "those warnings");
}

static void put_summary(const struct lop_diags *diags, struct lop_buf *out)
{
	if (diags->errors + diags->warnings == 0)
		return;
	lop_buf_puts(out, "sdtgen: ");
	if (diags->errors)
		put_count(out, diags->errors, "error");
	if (diags->errors && diags->warnings)
		lop_buf_puts(out, ", ");
	if (diags->warnings)
		put_count(out, diags->warnings, "warning");
	if (diags->errors > LOP_DIAG_MAX || diags->warnings > LOP_DIAG_MAX)
		lop_buf_printf(out, ", of which the first %d of each are shown", LOP_DIAG_MAX);
	lop_buf_putc(out, '\n');
	put_compat(diags, out);
}

void lop_render_text(const struct lop_diags *diags, bool color, struct lop_buf *out)
{
	struct picture p = { .out = out, .sources = diags->sources, .color = color };

	for (const struct lop_diag *d = diags->first; d; d = d->next)
		put_diag(&p, d);
	put_summary(diags, out);
}
