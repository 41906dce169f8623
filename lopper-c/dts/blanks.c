/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What stands between tokens: blanks, comments, line markers. Owns the character classes and the
 * searches that the whole lexer uses; knows no token.
 */
#include "lopper-c/dts/scan.h"

#include <string.h>

const struct lop_chars lop_name_chars = { { 0, 0x83ff7c08, 0x87ffffff, 0x07fffffe } };
const struct lop_chars lop_path_chars = { { 0, 0x83fffc08, 0x87ffffff, 0x07fffffe } };
const struct lop_chars lop_ident_chars = { { 0, 0x03ff0000, 0x87fffffe, 0x07fffffe } };
const struct lop_chars lop_blank_chars = { { 0x00003e00, 0x00000001 } };

const char *lop_scan_line_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline ? newline : end;
}

const char *lop_scan_quote(const char *p, const char *end, char quote)
{
	while (p < end && *p != quote)
		p += *p == '\\' && p + 1 < end ? 2 : 1;
	return p < end ? p : NULL;
}

struct lop_span lop_scan_span(const struct lop_lexer *lexer, const char *start, const char *end)
{
	const struct lop_input_text *top = lexer->input.top;

	return (struct lop_span){
		.text = top->text,
		.offset = (uint32_t)(start - top->start),
		.len = (uint32_t)(end - start),
	};
}

void lop_scan_report(struct lop_lexer *lexer, const char *start, const char *end,
		     const char *message, const char *label, const char *help)
{
	struct lop_span span = lop_scan_span(lexer, start, end);
	struct lop_diag *d = lop_report(lexer->input.diags, LOP_DTS_SYNTAX, span, "%s", message);

	lop_diag_label(d, span, "%s", label);
	lop_diag_help(d, "%s", help);
}

static const char *skip_block_comment(struct lop_lexer *lexer, const char *p)
{
	const char *end = lexer->input.top->end;

	for (const char *s = p + 2; s < end; s++) {
		s = memchr(s, '*', (size_t)(end - s));
		if (!s)
			break;
		if (s + 1 < end && s[1] == '/')
			return s + 2;
	}
	lexer->cut_off = true;
	lop_scan_report(lexer, p, p + 2, "a comment is not closed",
			"starts here and reaches the end of the file",
			"write `*/` where the comment ends");
	return end;
}

static const char *skip_spaces(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

/* Digits at *p; saturates. */
static uint32_t read_decimal(const char **p, const char *end)
{
	uint32_t value = 0;

	for (; *p < end && lop_scan_is_digit(**p); ++*p)
		value = value < 100000000 ? value * 10 + (uint32_t)(**p - '0') : value;
	return value;
}

static const char *marker_file(struct lop_lexer *lexer, const char *start, const char *quote)
{
	struct lop_buf buf = { 0 };
	const char *file = NULL;

	lop_lexer_unescape(start, (size_t)(quote - start), &buf);
	if (buf.len && !memchr(buf.data, '\0', buf.len))
		file = lop_arena_strndup(lexer->input.arena, buf.data, buf.len);
	lop_buf_free(&buf);
	return file;
}

/* `# 12 "file" 1` or `#line 12 "file"` at the start of a line; NULL if p is neither. */
static const char *skip_line_marker(struct lop_lexer *lexer, const char *p)
{
	const char *end = lop_scan_line_end(p, lexer->input.top->end);
	const char *s = p + 1, *quote, *digits, *file;
	unsigned int flag = 0;
	uint32_t line;

	if (end - s > 4 && memcmp(s, "line", 4) == 0)
		s += 4;
	digits = skip_spaces(s, end);
	if (digits == s || digits == end || !lop_scan_is_digit(*digits))
		return NULL;
	line = read_decimal(&digits, end);
	s = skip_spaces(digits, end);
	if (s == digits || s == end || *s != '"')
		return NULL;
	quote = lop_scan_quote(++s, end, '"');
	if (!quote)
		return NULL;
	file = marker_file(lexer, s, quote);
	s = skip_spaces(quote + 1, end);
	if (s < end && (*s == '1' || *s == '2') && (s + 1 == end || !lop_scan_is_digit(s[1])))
		flag = (unsigned int)(*s - '0');
	if (file)
		lop_input_mark(&lexer->input, p, end < lexer->input.top->end ? end + 1 : end, line,
			       file, flag);
	return end;
}

/* A preprocessor line that cpp did not see, because the file came in through /include/. */
static const char *skip_directive(struct lop_lexer *lexer, const char *p)
{
	static const char *const words[] = { "include", "define", "undef", "if",    "ifdef",
					     "ifndef",	"elif",	  "else",  "endif", "error" };
	const char *end = lop_scan_line_end(p, lexer->input.top->end);
	const char *word = skip_spaces(p + 1, end);
	const char *word_end = lop_scan_run(&lop_ident_chars, word, end);

	if (word_end < end && *word_end != ' ' && *word_end != '\t' && *word_end != '<' &&
	    *word_end != '"' && *word_end != '\r')
		return NULL;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i]);

		if ((size_t)(word_end - word) != len || memcmp(word, words[i], len) != 0)
			continue;
		if (!lexer->bad_directive)
			lop_scan_report(lexer, p, word_end,
					"a preprocessor line that the preprocessor never saw",
					"not read by cpp",
					"a file that /include/ names is not preprocessed: name it "
					"with #include instead");
		lexer->bad_directive = true;
		return end;
	}
	return NULL;
}

static const char *skip_hash_line(struct lop_lexer *lexer, const char *p)
{
	const char *next;

	if (p > lexer->input.top->start && p[-1] != '\n')
		return NULL;
	next = skip_line_marker(lexer, p);
	return next ? next : skip_directive(lexer, p);
}

void lop_lexer_skip_blanks(struct lop_lexer *lexer)
{
	const char *end = lexer->input.top->end;
	const char *p = lexer->p;

	for (;;) {
		const char *next = NULL;

		p = lop_scan_run(&lop_blank_chars, p, end);
		if (p == end)
			break;
		if (*p == '#')
			next = skip_hash_line(lexer, p);
		else if (*p == '/' && p + 1 < end && p[1] == '*')
			next = skip_block_comment(lexer, p);
		else if (*p == '/' && p + 1 < end && p[1] == '/')
			next = lop_scan_line_end(p, end);
		if (!next)
			break;
		p = next;
	}
	lexer->p = p;
}
