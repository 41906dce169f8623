/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the tokens of raw DTS source end: comments, quoted text, preprocessor lines, words. Knows
 * characters only; what a token means where it stands is the scanner's matter.
 */
#include "lopper-c/dts/format_token.h"

#include <string.h>

static bool is_word(unsigned char c, bool value)
{
	if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return true;
	if (c == '_' || c >= 0x80)
		return true;
	return !value && c != '\0' && strchr(",.+*#?@-", c);
}

size_t lop_fmt_splice(const char *data, size_t len, size_t pos)
{
	size_t at = pos + 1;

	if (data[pos] != '\\')
		return 0;
	while (at < len && data[at] != '\0' && strchr(" \t\r\f\v", data[at]))
		at++;
	if (at == len)
		return at - pos; /* a final newline will be put there */
	return data[at] == '\n' ? at + 1 - pos : 0;
}

size_t lop_fmt_mark(const char *data, size_t len)
{
	static const char mark[] = "\xef\xbb\xbf";

	return len >= strlen(mark) && memcmp(data, mark, strlen(mark)) == 0 ? strlen(mark) : 0;
}

size_t lop_fmt_end_block_comment(const char *data, size_t len, size_t pos)
{
	for (size_t at = pos + 2; at + 1 < len; at++) {
		const char *star = memchr(data + at, '*', len - 1 - at);

		if (!star)
			break;
		at = (size_t)(star - data);
		if (star[1] == '/')
			return at + 2;
	}
	return FMT_NONE;
}

size_t lop_fmt_end_line_comment(const char *data, size_t len, size_t pos)
{
	while (pos < len && data[pos] != '\n') {
		size_t splice = lop_fmt_splice(data, len, pos);

		pos += splice ? splice : 1;
	}
	return pos;
}

/* A character constant ends on its line, a string need not. */
size_t lop_fmt_end_quoted(const char *data, size_t len, size_t pos)
{
	char quote = data[pos++];

	while (pos < len && data[pos] != quote) {
		if (quote == '\'' && data[pos] == '\n')
			return FMT_NONE;
		pos += data[pos] == '\\' ? 2 : 1;
	}
	return pos < len ? pos + 1 : FMT_NONE;
}

static bool starts_comment(const char *data, size_t len, size_t pos, char second)
{
	return data[pos] == '/' && pos + 1 < len && data[pos + 1] == second;
}

/* Behind the comment, string, character or single byte at pos. */
static size_t skip_one(const char *data, size_t len, size_t pos)
{
	if (starts_comment(data, len, pos, '*'))
		return lop_fmt_end_block_comment(data, len, pos);
	if (starts_comment(data, len, pos, '/'))
		return lop_fmt_end_line_comment(data, len, pos);
	if (data[pos] == '"' || data[pos] == '\'')
		return lop_fmt_end_quoted(data, len, pos);
	return pos + 1;
}

size_t lop_fmt_end_bytes(const char *data, size_t len, size_t pos)
{
	while (pos < len && data[pos] != ']')
		pos = skip_one(data, len, pos);
	return pos < len ? pos + 1 : FMT_NONE;
}

size_t lop_fmt_end_parens(const char *data, size_t len, size_t pos)
{
	size_t depth = 0;

	while (pos < len) {
		if (data[pos] == '(')
			depth++;
		else if (data[pos] == ')' && --depth == 0)
			return pos + 1;
		pos = skip_one(data, len, pos);
	}
	return FMT_NONE;
}

size_t lop_fmt_end_path(const char *data, size_t len, size_t pos)
{
	while (pos < len && data[pos] != '}' && data[pos] != '\n')
		pos++;
	return pos < len && data[pos] == '}' ? pos + 1 : FMT_NONE;
}

/* A quote in a directive that does not close on its line is an apostrophe. */
static size_t skip_quote(const char *data, size_t len, size_t pos)
{
	for (size_t at = pos + 1; at < len && data[at] != '\n'; at++) {
		if (data[at] == data[pos])
			return at + 1;
		if (data[at] == '\\' && at + 1 < len && data[at + 1] != '\n')
			at++;
	}
	return FMT_NONE;
}

/* Up to the newline that ends the logical line of pos. Where a quote has no partner, no other one
 * of its kind on that line is looked at, so that a line full of them takes no longer. */
size_t lop_fmt_end_directive(const char *data, size_t len, size_t pos)
{
	bool unclosed[2] = { false, false };

	while (pos < len && data[pos] != '\n') {
		size_t next = lop_fmt_splice(data, len, pos);

		if (next) {
			unclosed[0] = unclosed[1] = false;
			pos += next;
			continue;
		}
		if (starts_comment(data, len, pos, '*')) {
			pos = lop_fmt_end_block_comment(data, len, pos);
			continue;
		}
		if (starts_comment(data, len, pos, '/'))
			return lop_fmt_end_line_comment(data, len, pos);
		next = pos + 1;
		if ((data[pos] == '"' || data[pos] == '\'') && !unclosed[data[pos] == '"']) {
			next = skip_quote(data, len, pos);
			unclosed[data[pos] == '"'] = next == FMT_NONE;
		}
		pos = next == FMT_NONE ? pos + 1 : next;
	}
	return pos;
}

static size_t skip_blanks(const char *data, size_t len, size_t pos)
{
	while (pos < len && data[pos] != '\0' && strchr(" \t\f\v", data[pos]))
		pos++;
	return pos;
}

size_t lop_fmt_end_branch(const char *data, size_t len, size_t pos)
{
	size_t nested = 0;

	while (pos < len) {
		size_t at = skip_blanks(data, len, pos);
		enum fmt_directive kind = FMT_NOT_A_DIRECTIVE;

		if (at < len && data[at] == '#')
			kind = lop_fmt_directive(data, len, at);
		if (nested == 0 && (kind == FMT_ELSE || kind == FMT_ENDIF))
			return pos;
		if (kind == FMT_IF || kind == FMT_IF_0)
			nested++;
		else if (kind == FMT_ENDIF)
			nested--;
		pos = lop_fmt_end_directive(data, len, at);
		if (pos != FMT_NONE)
			pos++;
	}
	return FMT_NONE;
}

size_t lop_fmt_end_word(const char *data, size_t len, size_t pos, bool value)
{
	while (pos < len && is_word((unsigned char)data[pos], value))
		pos++;
	return pos;
}

static size_t match_word(const char *data, size_t len, size_t pos, const char *const words[],
			 size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t word_len = strlen(words[i]);

		if (word_len <= len - pos && memcmp(data + pos, words[i], word_len) == 0 &&
		    (word_len == len - pos || !is_word((unsigned char)data[pos + word_len], false)))
			return i;
	}
	return n;
}

size_t lop_fmt_end_keyword(const char *data, size_t len, size_t pos)
{
	static const char *const words[] = { "/dts-v1",		"/plugin",	"/include",
					     "/memreserve",	"/delete-node", "/delete-property",
					     "/omit-if-no-ref", "/bits",	"/incbin" };
	size_t n = sizeof words / sizeof *words;
	size_t i = match_word(data, len, pos, words, n);
	size_t end = i < n ? pos + strlen(words[i]) : pos;

	return end > pos && end < len && data[end] == '/' ? end + 1 : pos;
}

static bool is_zero(const char *data, size_t len, size_t pos)
{
	pos = skip_blanks(data, len, pos);
	if (pos >= len || data[pos] != '0')
		return false;
	pos = skip_blanks(data, len, pos + 1);
	return pos >= len || data[pos] == '\n' || data[pos] == '\r' || data[pos] == '/';
}

enum fmt_directive lop_fmt_directive(const char *data, size_t len, size_t pos)
{
	static const struct {
		const char *word;
		enum fmt_directive kind;
	} rows[] = {
		{ "if", FMT_IF },	  { "ifdef", FMT_IF },
		{ "ifndef", FMT_IF },	  { "else", FMT_ELSE },
		{ "elif", FMT_ELSE },	  { "elifdef", FMT_ELSE },
		{ "elifndef", FMT_ELSE }, { "endif", FMT_ENDIF },
		{ "include", FMT_PLAIN }, { "include_next", FMT_PLAIN },
		{ "define", FMT_PLAIN },  { "undef", FMT_PLAIN },
		{ "error", FMT_PLAIN },	  { "warning", FMT_PLAIN },
		{ "pragma", FMT_PLAIN },  { "line", FMT_PLAIN },
		{ "ident", FMT_PLAIN },
	};

	bool blank;

	blank = skip_blanks(data, len, pos + 1) > pos + 1;
	pos = skip_blanks(data, len, pos + 1);
	if (pos >= len || data[pos] == '\n' || data[pos] == '\r')
		return FMT_PLAIN;
	if (blank && data[pos] >= '0' && data[pos] <= '9')
		return FMT_PLAIN;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (match_word(data, len, pos, &rows[i].word, 1) != 0)
			continue;
		if (rows[i].kind == FMT_IF && is_zero(data, len, pos + strlen(rows[i].word)))
			return FMT_IF_0;
		return rows[i].kind;
	}
	return FMT_NOT_A_DIRECTIVE;
}
