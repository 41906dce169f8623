/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From raw DTS source to tokens, and the proof that its brackets match. Alternatives of #if are
 * each scanned from the state before the #if, and the first one's state counts behind the #endif.
 * Knows where values begin and end, and no other grammar.
 */
#include "lopper-c/dts/format_token.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/arena.h"
#include "lopper-c/base/file.h"
#include "lopper-c/dts/dts.h"

#define MAX_CONDITIONS 200 /* of #if, one in the other */

static_assert(LOP_DTS_MAX_DEPTH <= UINT8_MAX, "struct fmt_token keeps the depth in a byte");

struct state {
	size_t depth; /* of braces */
	size_t parens;
	bool value;
	bool cells;
};

struct condition {
	struct state before;
	struct state after; /* of the first branch that was scanned; valid with has_after */
	bool has_after;
	bool skipped; /* the present branch is that of an #if 0 */
	size_t at;
};

struct scanner {
	struct lop_diags *diags;
	uint32_t text;
	const char *data;
	size_t len, pos;
	struct fmt_tokens *tokens;
	struct state now;
	size_t braces[LOP_DTS_MAX_DEPTH]; /* where each open { stands */
	size_t paren_at, cells_at;
	struct condition conditions[MAX_CONDITIONS];
	size_t n_conditions;
	bool line_start; /* only blanks and comments on this line so far */
	bool spaced;
	uint8_t newlines;
	bool failed;
};

static struct lop_diag *report(struct scanner *s, enum lop_code code, size_t at, size_t len,
			       const char *message)
{
	struct lop_span span = { s->text, (uint32_t)at, (uint32_t)len };

	s->failed = true;
	return lop_report(s->diags, code, span, "%s", message);
}

/* Scanning cannot go on behind this one. */
static void give_up(struct scanner *s, enum lop_code code, size_t at, size_t len,
		    const char *message, const char *help)
{
	lop_diag_help(report(s, code, at, len, message), "%s", help);
	s->pos = s->len;
}

static struct fmt_token *add_token(struct scanner *s, enum fmt_kind kind, size_t start, size_t end)
{
	struct fmt_tokens *tokens = s->tokens;
	unsigned flags = s->spaced ? FMT_SPACED : 0;

	flags |= s->now.value ? FMT_VALUE : 0;
	flags |= s->now.cells ? FMT_IN_CELLS : 0;
	flags |= s->now.parens > 0 ? FMT_IN_PARENS : 0;
	if (tokens->count == tokens->cap) {
		tokens->cap = tokens->cap ? tokens->cap * 2 : s->len / 4 + 64;
		tokens->list = lop_xrealloc(tokens->list, tokens->cap * sizeof(struct fmt_token));
	}
	tokens->list[tokens->count] = (struct fmt_token){
		.start = (uint32_t)start,
		.len = (uint32_t)(end - start),
		.kind = (uint8_t)kind,
		.flags = (uint8_t)flags,
		.newlines = s->newlines,
		.depth = (uint8_t)s->now.depth,
	};
	s->pos = end;
	s->spaced = false;
	s->newlines = 0;
	return &tokens->list[tokens->count++];
}

static void skip_space(struct scanner *s)
{
	for (; s->pos < s->len; s->pos++) {
		char c = s->data[s->pos];

		if (c == '\n') {
			s->line_start = true;
			s->newlines = (uint8_t)(s->newlines < 2 ? s->newlines + 1 : 2);
		} else if (c != ' ' && c != '\t' && c != '\r' && c != '\f' && c != '\v') {
			return;
		}
		s->spaced = true;
	}
}

/* A token that end_of() measures, or an error that it never ends. */
static void scan_to(struct scanner *s, enum fmt_kind kind,
		    size_t (*end_of)(const char *data, size_t len, size_t pos), size_t mark,
		    const char *message, const char *help)
{
	size_t end = end_of(s->data, s->len, s->pos);

	if (end == FMT_NONE)
		give_up(s, LOP_DTS_SYNTAX, s->pos, mark, message, help);
	else
		add_token(s, kind, s->pos, end);
}

static void open_condition(struct scanner *s, size_t at, size_t len, bool skipped)
{
	if (s->n_conditions == MAX_CONDITIONS) {
		give_up(s, LOP_LIMIT, at, len, "more than 200 `#if` one inside the other",
			"close each with `#endif`, or split the file");
		return;
	}
	s->conditions[s->n_conditions++] =
		(struct condition){ .before = s->now, .skipped = skipped, .at = at };
}

static void close_branch(struct scanner *s, struct condition *c)
{
	if (!c->has_after && !c->skipped) {
		c->after = s->now;
		c->has_after = true;
	}
	c->skipped = false;
}

/* The directive at..end has just become a token. */
static void follow_condition(struct scanner *s, enum fmt_directive kind, size_t at, size_t end)
{
	struct condition *c;

	if (kind == FMT_IF || kind == FMT_IF_0) {
		open_condition(s, at, end - at, kind == FMT_IF_0);
		return;
	}
	if (s->n_conditions == 0) {
		lop_diag_help(report(s, LOP_DTS_SYNTAX, at, end - at,
				     kind == FMT_ELSE ? "`#else` without `#if`"
						      : "`#endif` without `#if`"),
			      "remove the line, or add the `#if` that it belongs to");
		return;
	}
	c = &s->conditions[s->n_conditions - 1];
	close_branch(s, c);
	if (kind == FMT_ELSE) {
		s->now = c->before;
		return;
	}
	s->now = c->has_after ? c->after : c->before;
	s->n_conditions--;
}

/* Start of the line if only blanks stand between it and pos. */
static size_t with_indentation(const struct scanner *s, size_t pos)
{
	size_t at = pos;

	while (at > 0 && (s->data[at - 1] == ' ' || s->data[at - 1] == '\t'))
		at--;
	return at == 0 || s->data[at - 1] == '\n' ? at : pos;
}

static size_t without_cr(const struct scanner *s, size_t start, size_t end)
{
	while (end > start && s->data[end - 1] == '\r')
		end--;
	return end;
}

/* The lines of an #if 0 go into its token: they need not be DTS at all. */
static void scan_directive(struct scanner *s, enum fmt_directive kind)
{
	size_t hash = s->pos;
	size_t start = with_indentation(s, hash);
	size_t end = lop_fmt_end_directive(s->data, s->len, hash);
	size_t line_end = end;

	if (end == FMT_NONE) {
		give_up(s, LOP_DTS_SYNTAX, hash, 1,
			"a comment in this preprocessor line is never closed",
			"close it with `*/`");
		return;
	}
	if (kind == FMT_IF_0 && end < s->len) {
		end = lop_fmt_end_branch(s->data, s->len, end + 1);
		if (end == FMT_NONE) {
			give_up(s, LOP_DTS_SYNTAX, hash, line_end - hash, "`#if` without `#endif`",
				"add the `#endif`");
			return;
		}
		end--; /* the newline in front of the #else or #endif */
	}
	line_end = without_cr(s, hash, line_end);
	add_token(s, FMT_DIRECTIVE, start, without_cr(s, hash, end));
	if (kind != FMT_PLAIN)
		follow_condition(s, kind, hash, line_end);
}

static void cells_must_be_closed(struct scanner *s)
{
	if (!s->now.cells)
		return;
	s->now.cells = false;
	lop_diag_help(report(s, LOP_DTS_SYNTAX, s->cells_at, 1, "`<` is never closed"),
		      "close the cells with `>`");
}

static void end_value(struct scanner *s)
{
	cells_must_be_closed(s);
	s->now.value = false;
}

static void scan_lbrace(struct scanner *s)
{
	end_value(s);
	if (s->now.depth == LOP_DTS_MAX_DEPTH) {
		give_up(s, LOP_LIMIT, s->pos, 1, "more than 200 nodes one inside the other",
			"is a `};` missing further up? Trees of real boards nest ten levels");
		return;
	}
	s->braces[s->now.depth] = s->pos;
	add_token(s, FMT_LBRACE, s->pos, s->pos + 1);
	s->now.depth++;
}

static void scan_rbrace(struct scanner *s)
{
	end_value(s);
	if (s->now.depth > 0)
		s->now.depth--;
	else
		lop_diag_help(report(s, LOP_DTS_SYNTAX, s->pos, 1, "`}` closes nothing"),
			      "remove it, or add the `{` that it belongs to");
	add_token(s, FMT_RBRACE, s->pos, s->pos + 1);
}

static void scan_paren(struct scanner *s)
{
	if (s->data[s->pos] == '(' && !s->now.value) {
		scan_to(s, FMT_PARENS, lop_fmt_end_parens, 1, "`(` is never closed",
			"close it with `)`");
		return;
	}
	if (s->data[s->pos] == '(') {
		if (s->now.parens == 0)
			s->paren_at = s->pos;
		add_token(s, FMT_PUNCT, s->pos, s->pos + 1);
		s->now.parens++;
		return;
	}
	if (s->now.parens == 0)
		lop_diag_help(report(s, LOP_DTS_SYNTAX, s->pos, 1, "`)` closes nothing"),
			      "remove it, or add the `(` that it belongs to");
	add_token(s, FMT_PUNCT, s->pos, s->pos + 1);
	if (s->now.parens > 0)
		s->now.parens--;
}

static void scan_angle(struct scanner *s)
{
	char c = s->data[s->pos];
	bool opens = c == '<' && s->now.value && !s->now.cells;
	bool closes = c == '>' && s->now.cells;

	if (opens)
		s->cells_at = s->pos;
	add_token(s, opens ? FMT_LANGLE : closes ? FMT_RANGLE : FMT_PUNCT, s->pos, s->pos + 1);
	if (opens || closes)
		s->now.cells = opens;
}

static bool is_name_char(const struct scanner *s, size_t pos)
{
	return pos < s->len && lop_fmt_end_word(s->data, s->len, pos, true) > pos;
}

/* A comma with no blank on either side may be part of a name that a macro builds. */
static bool is_separator(const struct scanner *s)
{
	if (!s->now.value || s->now.cells)
		return false;
	return !is_name_char(s, s->pos + 1) || s->spaced || !is_name_char(s, s->pos - 1);
}

/* One byte that may separate, outside of parentheses. */
static void scan_separator(struct scanner *s)
{
	size_t end = s->pos + 1;

	switch (s->data[s->pos]) {
	case ';':
		cells_must_be_closed(s);
		add_token(s, FMT_SEMI, s->pos, end);
		s->now.value = false;
		break;
	case '=':
		add_token(s, s->now.value ? FMT_PUNCT : FMT_ASSIGN, s->pos, end);
		s->now.value = true;
		break;
	case ',':
		add_token(s, is_separator(s) ? FMT_COMMA : FMT_PUNCT, s->pos, end);
		break;
	case ':':
		add_token(s, FMT_COLON, s->pos, end);
		break;
	case '{':
		scan_lbrace(s);
		break;
	case '}':
		scan_rbrace(s);
		break;
	default:
		scan_angle(s);
		break;
	}
}

static void scan_slash(struct scanner *s)
{
	char next = s->pos + 1 < s->len ? s->data[s->pos + 1] : '\0';
	size_t end;

	if (next == '*') {
		scan_to(s, FMT_BLOCK_COMMENT, lop_fmt_end_block_comment, 2,
			"comment is never closed", "close it with `*/`");
		return;
	}
	if (next == '/') {
		add_token(s, FMT_LINE_COMMENT, s->pos,
			  lop_fmt_end_line_comment(s->data, s->len, s->pos));
		return;
	}
	s->line_start = false;
	end = lop_fmt_end_keyword(s->data, s->len, s->pos);
	if (end > s->pos)
		add_token(s, FMT_KEYWORD, s->pos, end);
	else
		add_token(s, FMT_PUNCT, s->pos, s->pos + 1);
}

static void scan_reference(struct scanner *s)
{
	size_t end = lop_fmt_end_word(s->data, s->len, s->pos + 1, true);

	if (s->pos + 1 < s->len && s->data[s->pos + 1] == '{')
		scan_to(s, FMT_REF, lop_fmt_end_path, 2, "path reference is never closed",
			"write it as `&{/path/to/node}` on one line");
	else
		add_token(s, end > s->pos + 1 ? FMT_REF : FMT_PUNCT, s->pos, end);
}

/* A backslash may stand before a name, or end a line of a value where blanks around it are
 * harmless, for there will be some. */
static void scan_backslash(struct scanner *s)
{
	size_t splice = lop_fmt_splice(s->data, s->len, s->pos);
	size_t next = s->pos + splice;

	while (next < s->len && (s->data[next] == ' ' || s->data[next] == '\t'))
		next++;
	if (!splice && !s->now.value && is_name_char(s, s->pos + 1))
		add_token(s, FMT_PUNCT, s->pos, s->pos + 1);
	else if (splice && s->now.value && (s->spaced || s->data[s->pos - 1] == ',') &&
		 next < s->len && !strchr("\\#/\r\n\f\v", s->data[next]))
		add_token(s, FMT_SPLICE, s->pos, s->pos + 1);
	else
		give_up(s, LOP_DTS_SYNTAX, s->pos, 1,
			"backslash outside of strings and preprocessor directives",
			"remove it: in DTS a statement may go on in the next line without one");
}

static void scan_word(struct scanner *s)
{
	size_t end = lop_fmt_end_word(s->data, s->len, s->pos, s->now.value);

	if (s->data[s->pos] == '\\')
		scan_backslash(s);
	else if (lop_fmt_mark(s->data + s->pos, s->len - s->pos))
		give_up(s, LOP_DTS_SYNTAX, s->pos, 3, "byte order mark inside the text",
			"remove it, or make it the first three bytes of the file");
	else
		add_token(s, end > s->pos ? FMT_WORD : FMT_PUNCT, s->pos,
			  end > s->pos ? end : s->pos + 1);
}

/* False: the # begins a name. Any other one could become a directive by getting a line of its own,
 * or cease to be one. */
static bool scan_hash(struct scanner *s)
{
	enum fmt_directive kind = lop_fmt_directive(s->data, s->len, s->pos);

	if (kind == FMT_NOT_A_DIRECTIVE && !s->now.value && is_name_char(s, s->pos + 1))
		return false;
	if (kind != FMT_NOT_A_DIRECTIVE && s->line_start)
		scan_directive(s, kind);
	else
		give_up(s, LOP_DTS_SYNTAX, s->pos, 1, "`#` begins neither a directive nor a name",
			"a preprocessor directive stands first on its line");
	return true;
}

static void scan_token(struct scanner *s)
{
	char c = s->data[s->pos];

	if (c == '#' && scan_hash(s))
		return;
	if (c == '/') {
		scan_slash(s);
		return;
	}
	s->line_start = false;
	if (c == '"')
		scan_to(s, FMT_STRING, lop_fmt_end_quoted, 1, "string is never closed",
			"close it with `\"`");
	else if (c == '\'')
		scan_to(s, FMT_STRING, lop_fmt_end_quoted, 1, "character is not closed on its line",
			"close it with `'`");
	else if (c == '(' || c == ')')
		scan_paren(s);
	else if (strchr("{};=,:<>", c) && s->now.parens == 0)
		scan_separator(s);
	else if (c == '&')
		scan_reference(s);
	else if (c == '[' && s->now.value && !s->now.cells && s->now.parens == 0)
		scan_to(s, FMT_STRING, lop_fmt_end_bytes, 1, "bytestring is never closed",
			"close it with `]`");
	else
		scan_word(s);
}

static void check_end(struct scanner *s)
{
	for (size_t i = 0; i < s->n_conditions; i++)
		lop_diag_help(
			report(s, LOP_DTS_SYNTAX, s->conditions[i].at, 3, "`#if` without `#endif`"),
			"add the `#endif`");
	if (s->now.parens > 0)
		lop_diag_help(report(s, LOP_DTS_SYNTAX, s->paren_at, 1, "`(` is never closed"),
			      "close it with `)`");
	cells_must_be_closed(s);
	for (size_t i = 0; i < s->now.depth; i++)
		lop_diag_help(report(s, LOP_DTS_SYNTAX, s->braces[i], 1, "`{` is never closed"),
			      "close the node with `};`");
}

bool lop_fmt_scan(struct lop_diags *diags, uint32_t text, const char *data, size_t len,
		  struct fmt_tokens *tokens)
{
	struct scanner s = { .diags = diags, .text = text, .data = data, .len = len };
	const char *nul = len ? memchr(data, '\0', len) : NULL;

	s.tokens = tokens;
	s.line_start = true;
	s.pos = lop_fmt_mark(data, len);
	if (nul)
		give_up(&s, LOP_DTS_SYNTAX, (size_t)(nul - data), 1, "NUL byte in DTS source",
			"is this a device tree blob? `dtc -I dtb -O dts` makes source of it");
	for (skip_space(&s); s.pos < len; skip_space(&s))
		scan_token(&s);
	if (!s.failed)
		check_end(&s);
	s.newlines = 1;
	add_token(&s, FMT_END, len, len);
	tokens->count--;
	return !s.failed;
}
