/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is inside a token: escapes of strings and character literals, and how a token shows in a
 * message. Knows no grammar.
 */
#include "lopper-c/dts/lexer.h"

#include <stdio.h>
#include <string.h>

static int digit_of(char c, int base)
{
	int digit = c >= '0' && c <= '9' ? c - '0' : base;

	if (c >= 'a' && c <= 'f')
		digit = c - 'a' + 10;
	else if (c >= 'A' && c <= 'F')
		digit = c - 'A' + 10;
	return digit < base ? digit : -1;
}

/* At most max digits; their number is returned. */
static size_t read_code(const char *p, size_t len, int base, size_t max, char *out)
{
	size_t n = 0;
	int value = 0;

	for (; n < max && n < len && digit_of(p[n], base) >= 0; n++)
		value = value * base + digit_of(p[n], base);
	*out = (char)value;
	return n;
}

/* The character of a one-letter escape; any other letter stands for itself. */
static char simple_escape(char c)
{
	static const char letters[] = "abtnvfr", values[] = "\a\b\t\n\v\f\r";
	const char *at = c ? strchr(letters, c) : NULL;

	return at ? values[at - letters] : c;
}

/* One escape; p is behind the backslash. Returns its length, 0 if it is none. */
static size_t read_escape(const char *p, size_t len, char *out)
{
	if (*p >= '0' && *p <= '7')
		return read_code(p, len, 8, 3, out);
	if (*p == 'x') {
		size_t n = read_code(p + 1, len - 1, 16, 2, out);

		return n ? n + 1 : 0;
	}
	*out = simple_escape(*p);
	return 1;
}

bool lop_lexer_unescape(const char *text, size_t len, struct lop_buf *out)
{
	const char *end = text + len;
	bool good = true;

	while (text < end) {
		const char *backslash = memchr(text, '\\', (size_t)(end - text));
		const char *plain_end = backslash ? backslash : end;
		size_t n;
		char c;

		lop_buf_add(out, text, (size_t)(plain_end - text));
		if (!backslash || backslash + 1 == end)
			break;
		n = read_escape(backslash + 1, (size_t)(end - backslash - 1), &c);
		if (n == 0)
			good = false;
		else
			lop_buf_putc(out, c);
		text = backslash + 1 + (n ? n : 1);
	}
	return good;
}

const char *lop_token_show(const struct lop_lexer *lexer, const struct lop_token *token,
			   char shown[LOP_TOKEN_SHOWN])
{
	const char *start = lexer->input.top->start + token->span.offset;
	size_t max = LOP_TOKEN_SHOWN / 2, n = token->span.len;

	if (token->kind == LOP_TOK_EOF) {
		snprintf(shown, LOP_TOKEN_SHOWN, "the end of the file");
		return shown;
	}
	if (n > max)
		n = max;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)start[i] < 0x20 || (unsigned char)start[i] > 0x7e)
			n = i;
	snprintf(shown, LOP_TOKEN_SHOWN, "`%.*s%s`", (int)n, start,
		 n < token->span.len ? "..." : "");
	return shown;
}
