/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The lexer: one switch on the first character, then the longest token of its kind. Reports what is
 * no token at all (stray bytes, unclosed comments and strings, bad numbers) and goes on behind it;
 * knows no grammar.
 */
#include "lopper-c/dts/lexer.h"

#include "lopper-c/dts/scan.h"

#include <string.h>

#define MAX_CHAR 32 /* bytes of a character literal; beyond them it is not closed */

void lop_lexer_init(struct lop_lexer *lexer)
{
	static const char bom[] = "\xef\xbb\xbf";

	lexer->mode = LOP_LEX_VALUE;
	lexer->p = lexer->input.top->start;
	if (lexer->input.top->end - lexer->p >= 3 && memcmp(lexer->p, bom, 3) == 0)
		lexer->p += 3;
}

void lop_lexer_restart(struct lop_lexer *lexer, const char *p, enum lop_lexer_mode mode)
{
	lexer->p = p;
	lexer->mode = mode;
}

char lop_lexer_peek(const struct lop_lexer *lexer)
{
	const char *p = lop_scan_run(&lop_blank_chars, lexer->p, lexer->input.top->end);

	return p < lexer->input.top->end ? *p : '\0';
}

static void set_token(struct lop_lexer *lexer, struct lop_token *token, int kind, const char *start,
		      const char *end)
{
	token->kind = kind;
	token->span = lop_scan_span(lexer, start, end);
	token->text = start;
	token->len = (uint32_t)(end - start);
	token->number = 0;
	lexer->p = end;
}

/* The part of the token that is its name: without quotes, `&`, colon. */
static void set_text(struct lop_token *token, const char *start, const char *end)
{
	token->text = start;
	token->len = (uint32_t)(end - start);
}

/* Where a string that runs on over its line was probably meant to end: before the first `;`. */
static const char *likely_end(const char *start, const char *end)
{
	const char *last = lop_scan_line_end(start, end);
	const char *semicolon = memchr(start, ';', (size_t)(last - start));

	return semicolon ? semicolon : last;
}

static void refuse_nul(struct lop_lexer *lexer, const char *start, const char *end)
{
	const char *nul = memchr(start, '\0', (size_t)(end - start));

	if (nul)
		lop_scan_report(lexer, nul, nul + 1, "a NUL byte in the source", "write \\0 for it",
				"remove the byte, or write `\\0` in its place");
}

static void refuse_open_string(struct lop_lexer *lexer, const char *start, const char *end)
{
	lop_scan_report(lexer, start, end, "a string is not closed", "a `\"` is missing at its end",
			"write `\"` where the string ends");
}

static bool read_string(struct lop_lexer *lexer, struct lop_token *token, const char *start)
{
	const char *quote = lop_scan_quote(start + 1, lexer->input.top->end, '"');

	if (!quote) {
		quote = likely_end(start, lexer->input.top->end);
		refuse_open_string(lexer, start, quote);
		set_token(lexer, token, LOP_TOK_STRING, start, quote);
	} else {
		set_token(lexer, token, LOP_TOK_STRING, start, quote + 1);
	}
	set_text(token, start + 1, quote);
	refuse_nul(lexer, start, quote);
	return true;
}

static bool read_char(struct lop_lexer *lexer, struct lop_token *token, const char *start)
{
	const char *end = lexer->input.top->end;
	const char *quote;
	struct lop_buf buf = { 0 };

	if (end - start > MAX_CHAR)
		end = start + MAX_CHAR;
	end = lop_scan_line_end(start, end);
	quote = lop_scan_quote(start + 1, end, '\'');
	if (!quote) {
		lop_scan_report(lexer, start, start + 1, "a character literal is not closed",
				"starts here", "write `'` behind the character, as in 'a'");
		set_token(lexer, token, LOP_TOK_CHAR, start, start + (end - start > 1 ? 2 : 1));
		return true;
	}
	set_token(lexer, token, LOP_TOK_CHAR, start, quote + 1);
	set_text(token, start + 1, quote);
	refuse_nul(lexer, start, quote);
	if (!lop_lexer_unescape(token->text, token->len, &buf))
		lop_scan_report(lexer, start, quote + 1, "`\\x` without hexadecimal digits",
				"in this character literal", LOP_LEXER_ESCAPE_HELP);
	else if (buf.len != 1)
		lop_scan_report(
			lexer, start, quote + 1,
			buf.len ? "a character literal of more than one character"
				: "an empty character literal",
			"exactly one character stands between the quotes",
			buf.len ? "write one, as in 'a', or a string: \"text\" outside of < >"
				: "write the character between the quotes, as in 'a'");
	if (buf.len)
		token->number = (unsigned char)buf.data[0];
	lop_buf_free(&buf);
	return true;
}

static bool read_number(struct lop_lexer *lexer, struct lop_token *token, const char *start)
{
	const char *end = lop_scan_run(&lop_ident_chars, start, lexer->input.top->end);

	set_token(lexer, token, LOP_TOK_NUMBER, start, end);
	token->number = lop_scan_number(lexer, start, end);
	return true;
}

static bool read_reference(struct lop_lexer *lexer, struct lop_token *token, const char *start)
{
	const char *end = lexer->input.top->end;
	const char *p = start + 1, *s;

	if (p < end && *p == '{') {
		s = lop_scan_run(&lop_ident_chars, p + 1, end);
		s = s < end && *s == '/' ? lop_scan_run(&lop_path_chars, s, end) : s;
		if (s == end || *s != '}' || !memchr(p, '/', (size_t)(s - p))) {
			lop_scan_report(lexer, start, s,
					"a reference that is not closed or has no path",
					"the form is &{/path} or &{label/path}",
					"write `&{`, the path of the node from the root, and `}`");
			lexer->p = s < end && *s == '}' ? s + 1 : s;
			return false;
		}
		set_token(lexer, token, LOP_TOK_PATH_REF, start, s + 1);
		set_text(token, p + 1, s);
		return true;
	}
	s = p < end && !lop_scan_is_digit(*p) ? lop_scan_run(&lop_ident_chars, p, end) : p;
	if (s > p) {
		set_token(lexer, token, LOP_TOK_REF, start, s);
		set_text(token, p, s);
		return true;
	}
	if (p < end && *p == '&')
		set_token(lexer, token, LOP_TOK_AND, start, start + 2);
	else
		set_token(lexer, token, '&', start, start + 1);
	return true;
}

/* A label (an identifier with a colon right behind it), which may stand anywhere. */
static bool read_label(struct lop_lexer *lexer, struct lop_token *token, const char *start)
{
	const char *end = lexer->input.top->end;
	const char *s;

	if (lop_scan_is_digit(*start))
		return false;
	s = lop_scan_run(&lop_ident_chars, start, end);
	if (s == start || s == end || *s != ':')
		return false;
	set_token(lexer, token, LOP_TOK_LABEL, start, s);
	lexer->p = s + 1;
	return true;
}

static bool read_name(struct lop_lexer *lexer, struct lop_token *token, const char *start)
{
	const char *end = lexer->input.top->end;
	const char *name = *start == '\\' ? start + 1 : start;
	const char *s = lop_scan_run(&lop_name_chars, name, end);

	if (s == name)
		return false;
	set_token(lexer, token, LOP_TOK_NAME, start, s);
	set_text(token, name, s);
	lexer->mode = LOP_LEX_VALUE;
	return true;
}

static bool read_byte(struct lop_lexer *lexer, struct lop_token *token, const char *start)
{
	if (lexer->input.top->end - start < 2 || lop_scan_hex(start[0]) < 0 ||
	    lop_scan_hex(start[1]) < 0)
		return false;
	set_token(lexer, token, LOP_TOK_BYTE, start, start + 2);
	token->number =
		(unsigned int)lop_scan_hex(start[0]) << 4 | (unsigned int)lop_scan_hex(start[1]);
	return true;
}

struct keyword {
	const char *text;
	int kind;
	enum lop_lexer_mode mode;
};

#define INCLUDE (-1)

static const struct keyword keywords[] = {
	{ "/delete-node/", LOP_TOK_DEL_NODE, LOP_LEX_NAME },
	{ "/delete-property/", LOP_TOK_DEL_PROP, LOP_LEX_NAME },
	{ "/bits/", LOP_TOK_BITS, LOP_LEX_VALUE },
	{ "/dts-v1/", LOP_TOK_DTS_V1, LOP_LEX_VALUE },
	{ "/plugin/", LOP_TOK_PLUGIN, LOP_LEX_VALUE },
	{ "/memreserve/", LOP_TOK_MEMRESERVE, LOP_LEX_VALUE },
	{ "/omit-if-no-ref/", LOP_TOK_OMIT_NO_REF, LOP_LEX_NAME },
	{ "/incbin/", LOP_TOK_INCBIN, LOP_LEX_VALUE },
	{ "/include/", INCLUDE, LOP_LEX_VALUE },
};

static const struct keyword *find_keyword(const char *p, const char *end)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		size_t len = strlen(keywords[i].text);

		if ((size_t)(end - p) >= len && memcmp(p, keywords[i].text, len) == 0)
			return &keywords[i];
	}
	return NULL;
}

/* /include/ "file": the text goes on in that file. p is behind the keyword. */
static void enter_include(struct lop_lexer *lexer, const char *keyword, const char *p)
{
	const char *end = lexer->input.top->end;
	const char *start = lop_scan_run(&lop_blank_chars, p, end);
	const char *quote = NULL;
	struct lop_buf name = { 0 };

	if (start < end && *start == '"')
		quote = memchr(start + 1, '"', (size_t)(end - start - 1));
	if (!quote || memchr(start, '\n', (size_t)(quote - start))) {
		lop_scan_report(lexer, keyword, p, "`/include/` without a file name",
				"a name in double quotes follows",
				"write `/include/ \"FILE\"`; <FILE> goes with #include");
		lexer->p = p;
		return;
	}
	lexer->p = lexer->input.top->resume = quote + 1;
	lop_buf_add(&name, start + 1, (size_t)(quote - start - 1));
	if (memchr(name.data ? name.data : "", '\0', name.len) || name.len == 0)
		lop_scan_report(lexer, start, quote + 1, "not the name of a file",
				name.len ? "holds a NUL byte" : "empty",
				"write the name of the file between the quotes");
	else if (lop_input_push(&lexer->input,
				lop_arena_strdup(lexer->input.arena, lop_buf_cstr(&name)),
				lop_scan_span(lexer, start, quote + 1)))
		lexer->p = lexer->input.top->start;
	lop_buf_free(&name);
}

static bool read_slash(struct lop_lexer *lexer, struct lop_token *token, const char *start)
{
	const struct keyword *keyword = find_keyword(start, lexer->input.top->end);
	const char *after;

	if (!keyword) {
		set_token(lexer, token, '/', start, start + 1);
		return true;
	}
	after = start + strlen(keyword->text);
	if (keyword->kind == INCLUDE) {
		enter_include(lexer, start, after);
		return false;
	}
	set_token(lexer, token, keyword->kind, start, after);
	lexer->mode = keyword->mode;
	return true;
}

static int operator_kind(const char *p, const char *end)
{
	static const struct {
		char text[3];
		int kind;
	} pairs[] = {
		{ "<<", LOP_TOK_SHL }, { ">>", LOP_TOK_SHR }, { "<=", LOP_TOK_LE },
		{ ">=", LOP_TOK_GE },  { "==", LOP_TOK_EQ },  { "!=", LOP_TOK_NE },
		{ "||", LOP_TOK_OR },
	};

	if (end - p < 2)
		return 0;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (p[0] == pairs[i].text[0] && p[1] == pairs[i].text[1])
			return pairs[i].kind;
	return 0;
}

static bool read_punctuation(struct lop_lexer *lexer, struct lop_token *token, const char *start)
{
	int kind = operator_kind(start, lexer->input.top->end);

	if (kind) {
		set_token(lexer, token, kind, start, start + 2);
		return true;
	}
	set_token(lexer, token, (unsigned char)*start, start, start + 1);
	if (*start == '{' || *start == ';')
		lexer->mode = LOP_LEX_NAME;
	else if (*start == '[')
		lexer->mode = LOP_LEX_BYTES;
	else if (*start == ']')
		lexer->mode = LOP_LEX_VALUE;
	return true;
}

/* One of the typographic quotes U+2018 to U+201F, in UTF-8. */
static bool is_fancy_quote(const char *p, const char *end)
{
	return end - p >= 3 && memcmp(p, "\xe2\x80", 2) == 0 && (unsigned char)p[2] >= 0x98 &&
	       (unsigned char)p[2] <= 0x9f;
}

static const char *help_bytes(const char *start, const char *end)
{
	if (is_fancy_quote(start, end))
		return "strings stand between straight quotes: \"...\"";
	if (end - start >= 2 && memcmp(start, "\xc2\xa0", 2) == 0)
		return "write a plain blank: this one is a no-break space";
	if (*start == '\0')
		return "save the text as UTF-8; of a blob `dtc -I dtb -O dts` makes source";
	return (unsigned char)*start < 0x80 ? "remove it"
					    : "remove it, or put it into a string or a comment";
}

/* Bytes that are part of no token: one report for a whole run of them. */
static bool refuse_bytes(struct lop_lexer *lexer, const char *start)
{
	const char *end = start;
	unsigned char first = (unsigned char)*start;
	struct lop_span span;
	struct lop_diag *d;

	while (end < lexer->input.top->end &&
	       ((unsigned char)*end < 0x20 || (unsigned char)*end > 0x7e) &&
	       !lop_scan_in(&lop_blank_chars, *end))
		end++;
	span = lop_scan_span(lexer, start, end);
	d = lop_report(lexer->input.diags, LOP_DTS_SYNTAX, span,
		       "byte 0x%02x cannot stand in device tree source", first);
	lop_diag_label(d, span,
		       first == 0     ? "a NUL byte: is this a text file?"
		       : first < 0x80 ? "a control character"
				      : "outside strings and comments everything is ASCII");
	lop_diag_help(d, "%s", help_bytes(start, end));
	lexer->p = end;
	return false;
}

/* Reads a token at p; false if there was something else, which is now behind us. */
static bool read_token(struct lop_lexer *lexer, struct lop_token *token)
{
	const char *p = lexer->p;
	unsigned char c = (unsigned char)*p;

	if (lop_scan_in(&lop_ident_chars, *p) && read_label(lexer, token, p))
		return true;
	if (lexer->mode == LOP_LEX_NAME && (lop_scan_in(&lop_name_chars, *p) || c == '\\') &&
	    read_name(lexer, token, p))
		return true;
	if (lexer->mode == LOP_LEX_BYTES && read_byte(lexer, token, p))
		return true;
	if (lop_scan_is_digit(*p))
		return read_number(lexer, token, p);
	if (lop_scan_in(&lop_ident_chars, *p)) {
		set_token(lexer, token, LOP_TOK_WORD, p,
			  lop_scan_run(&lop_ident_chars, p, lexer->input.top->end));
		return true;
	}
	if (c < 0x20 || c > 0x7e)
		return refuse_bytes(lexer, p);
	switch (c) {
	case '"':
		return read_string(lexer, token, p);
	case '\'':
		return read_char(lexer, token, p);
	case '&':
		return read_reference(lexer, token, p);
	case '/':
		return read_slash(lexer, token, p);
	default:
		return read_punctuation(lexer, token, p);
	}
}

bool lop_lexer_unclosed_string(struct lop_lexer *lexer, const struct lop_token *token)
{
	const struct lop_input_text *top = lexer->input.top;
	const char *start = top->start + token->span.offset;
	const char *end = start + token->span.len;

	if (token->kind != LOP_TOK_STRING || token->span.text != top->text ||
	    lop_scan_line_end(start, end) == end)
		return false;
	end = likely_end(start, end);
	refuse_open_string(lexer, start, end);
	lop_lexer_restart(lexer, end, *end == ';' ? LOP_LEX_VALUE : LOP_LEX_NAME);
	return true;
}

void lop_lexer_skip_statement(struct lop_lexer *lexer)
{
	unsigned int depth = 0;

	lexer->mode = LOP_LEX_NAME;
	for (;;) {
		const char *end = lexer->input.top->end;
		const char *quote;

		lop_lexer_skip_blanks(lexer);
		if (lexer->p == end) {
			if (!lop_input_pop(&lexer->input))
				return;
			lexer->p = lexer->input.top->resume;
			continue;
		}
		if (*lexer->p == '}' && depth == 0)
			return;
		switch (*lexer->p++) {
		case '"':
			quote = lop_scan_quote(lexer->p, lop_scan_line_end(lexer->p, end), '"');
			lexer->p = quote ? quote + 1 : lexer->p;
			break;
		case '{':
			depth++;
			break;
		case '}':
			if (--depth > 0)
				break;
			if (lop_lexer_peek(lexer) == ';')
				lexer->p = (const char *)memchr(lexer->p, ';',
								(size_t)(end - lexer->p)) +
					   1;
			return;
		case ';':
			if (depth == 0)
				return;
		}
	}
}

void lop_lexer_next(struct lop_lexer *lexer, struct lop_token *token)
{
	for (;;) {
		lop_lexer_skip_blanks(lexer);
		if (lexer->p < lexer->input.top->end) {
			if (read_token(lexer, token))
				return;
		} else if (lop_input_pop(&lexer->input)) {
			lexer->p = lexer->input.top->resume;
		} else {
			set_token(lexer, token, LOP_TOK_EOF, lexer->p, lexer->p);
			return;
		}
	}
}
