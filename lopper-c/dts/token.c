/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Steps from token to token, and what happens when the wrong one comes: the report, and where the
 * parser goes on. Knows statements end with `;` and bodies with `}`, nothing more of the grammar.
 */
#include "lopper-c/dts/parser.h"

#include <stdarg.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/tree/resolve.h"

#define MAX_NEAREST 20 /* searches for the nearest label; later errors go without */

void lop_parser_advance(struct lop_parser *p)
{
	p->prev = p->tok;
	lop_lexer_next(&p->lexer, &p->tok);
}

bool lop_parser_accept(struct lop_parser *p, int kind)
{
	if (p->tok.kind != kind)
		return false;
	lop_parser_advance(p);
	return true;
}

const char *lop_parser_intern(struct lop_parser *p, const char *text, size_t len)
{
	char *name = lop_map_get_n(&p->names, NULL, text, len);

	if (!name) {
		name = lop_arena_strndup(p->arena, text, len);
		lop_map_put(&p->names, NULL, name, name);
	}
	return name;
}

const char *lop_parser_text(struct lop_parser *p)
{
	return lop_parser_intern(p, p->tok.text, p->tok.len);
}

bool lop_parser_new_line(const struct lop_parser *p)
{
	const struct lop_input_text *top = p->lexer.input.top;
	uint32_t end = p->prev.span.offset + p->prev.span.len;

	if (p->prev.span.text != top->text || p->tok.span.text != top->text)
		return true;
	return memchr(top->start + end, '\n', p->tok.span.offset - end) != NULL;
}

struct lop_span lop_parser_gap(const struct lop_parser *p)
{
	struct lop_span span = p->prev.span;

	span.offset += span.len;
	span.len = 0;
	return span;
}

struct lop_span lop_parser_since(const struct lop_parser *p, struct lop_span first)
{
	if (first.text == p->prev.span.text && p->prev.span.offset >= first.offset)
		first.len = p->prev.span.offset + p->prev.span.len - first.offset;
	return first;
}

/* For what the caller wants to add to a report that is not made. */
static struct lop_diag *forgotten(struct lop_parser *p)
{
	struct lop_diag *d = lop_arena_zalloc(p->arena, sizeof(*d));

	d->arena = p->arena;
	return d;
}

struct lop_diag *lop_parser_unexpected(struct lop_parser *p, const char *wanted, const char *help)
{
	char shown[LOP_TOKEN_SHOWN];
	struct lop_diag *d;

	if (lop_lexer_unclosed_string(&p->lexer, &p->prev)) {
		lop_parser_advance(p);
		p->synced = p->tok.kind != ';';
		return forgotten(p);
	}
	if (p->tok.kind == LOP_TOK_EOF && p->lexer.cut_off)
		return forgotten(p);
	if (p->tok.kind == LOP_TOK_EOF)
		p->at_end = true;
	d = lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span, "expected %s, found %s", wanted,
		       lop_token_show(&p->lexer, &p->tok, shown));
	lop_diag_label(d, p->tok.span, "%s belongs here", wanted);
	lop_diag_help(d, "%s", help);
	return d;
}

static const char *token_start(const struct lop_parser *p)
{
	return p->lexer.input.top->start + p->tok.span.offset;
}

void lop_parser_sync(struct lop_parser *p)
{
	bool synced = p->synced;

	p->synced = p->semicolon_reported = false;
	if (synced || p->tok.kind == LOP_TOK_EOF)
		return;
	if (p->tok.span.text == p->lexer.input.top->text)
		lop_lexer_restart(&p->lexer, token_start(p), LOP_LEX_NAME);
	lop_lexer_skip_statement(&p->lexer);
	lop_parser_advance(p);
}

/* The statement ends here although it has no `;`: what is ahead begins the next one. */
static void begin_statement(struct lop_parser *p)
{
	if (p->tok.kind == '}' || p->tok.kind == LOP_TOK_EOF ||
	    p->tok.span.text != p->lexer.input.top->text)
		return;
	lop_lexer_restart(&p->lexer, token_start(p), LOP_LEX_NAME);
	lop_lexer_next(&p->lexer, &p->tok);
}

void lop_parser_semicolon(struct lop_parser *p, const char *what, ...)
{
	bool reported = p->semicolon_reported || p->lexer.cut_off;
	char shown[LOP_TOKEN_SHOWN];
	struct lop_diag *d;
	va_list ap;

	p->semicolon_reported = false;
	if (lop_parser_accept(p, ';'))
		return;
	if (p->tok.kind != '}' && p->tok.kind != LOP_TOK_EOF && !lop_parser_new_line(p)) {
		if (!reported)
			lop_parser_unexpected(p, "`;`",
					      "write `;` here, or remove what is too much before "
					      "the next one");
		lop_parser_sync(p);
		return;
	}
	if (reported) {
		begin_statement(p);
		return;
	}
	if (lop_lexer_unclosed_string(&p->lexer, &p->prev)) {
		lop_parser_advance(p);
		lop_parser_accept(p, ';');
		return;
	}
	va_start(ap, what);
	d = lop_report(p->diags, LOP_DTS_SYNTAX, lop_parser_gap(p), "missing `;` after %s",
		       lop_arena_vprintf(p->arena, what, ap));
	va_end(ap);
	begin_statement(p);
	lop_diag_label(d, lop_parser_gap(p), "`;` belongs here, before %s",
		       lop_token_show(&p->lexer, &p->tok, shown));
	lop_diag_help(d, "write `;` here: every property and every node ends with one");
	if (p->tok.kind == LOP_TOK_EOF)
		p->at_end = true;
}

void lop_parser_no_target(struct lop_parser *p, const char *ref, struct lop_span span)
{
	struct lop_nearest nearest = { .word = ref };
	const struct lop_map *labels = &p->tree->labels;
	bool is_path = strchr(ref, '/') != NULL;
	struct lop_diag *d;

	d = lop_report(p->diags, LOP_DTS_REF, span, "%s `%s` does not exist",
		       is_path ? "the node" : "the label", ref);
	lop_diag_label(d, span, "no such %s before this line", is_path ? "node" : "label");
	if (is_path) {
		lop_tree_help_path(p->tree, d, ref, p->n_nearest++ < MAX_NEAREST);
		return;
	}
	for (size_t i = 0; i < labels->count && p->n_nearest < MAX_NEAREST; i++)
		if (labels->entries[i].value)
			lop_nearest_add(&nearest, labels->entries[i].key);
	p->n_nearest++;
	if (nearest.best)
		lop_diag_help(d, "did you mean `&%s`?", nearest.best);
	else
		lop_diag_help(d,
			      "put `%s:` before a node above this line, or include its file first",
			      ref);
}
