/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Columns through the C preprocessor: it keeps the line but not the blanks, comments and macros on
 * it. The tokens of both versions are aligned: equal ones at both ends first, a longest common
 * subsequence between; what is left of the user's tokens in a gap is the macro that was expanded
 * there. Knows no language beyond words, strings, comments and single characters.
 */
#include "lopper-c/diag/lines.h"

#include <stdbool.h>
#include <string.h>

#define MAX_TOKENS 256 /* per line; longer lines are compared column by column */
#define MAX_MIDDLE 96  /* tokens between the equal ends that are aligned one by one */

struct tokens {
	const char *line;
	struct lop_piece items[MAX_TOKENS];
	size_t count;
};

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\r';
}

/* The end of the comment that starts at i, i if none does. */
static size_t skip_comment(const char *s, size_t n, size_t i)
{
	if (i + 1 >= n || s[i] != '/')
		return i;
	if (s[i + 1] == '/')
		return n;
	if (s[i + 1] != '*')
		return i;
	for (i += 2; i + 1 < n; i++)
		if (s[i] == '*' && s[i + 1] == '/')
			return i + 2;
	return n;
}

/* The end of the parenthesis that opens at i. */
static size_t skip_call(const char *s, size_t n, size_t i)
{
	size_t depth = 0;

	for (; i < n; i++) {
		depth += s[i] == '(';
		if (s[i] == ')' && --depth == 0)
			return i + 1;
	}
	return n;
}

/* A word with a parenthesis right behind it is the call of a macro: one token. */
static size_t token_end(const char *s, size_t n, size_t i)
{
	char quote = s[i];

	if (is_word(s[i])) {
		while (i < n && is_word(s[i]))
			i++;
		return i < n && s[i] == '(' ? skip_call(s, n, i) : i;
	}
	if (quote != '"')
		return i + 1;
	for (i++; i < n && s[i] != quote; i++)
		if (s[i] == '\\' && i + 1 < n)
			i++;
	return i < n ? i + 1 : n;
}

/* False if there are more than the table holds. */
static bool tokenize(const char *s, size_t n, struct tokens *out)
{
	size_t i = 0;

	out->line = s;
	out->count = 0;
	while (i < n) {
		size_t end = is_blank(s[i]) ? i + 1 : skip_comment(s, n, i);

		if (end == i) {
			if (out->count == MAX_TOKENS)
				return false;
			end = token_end(s, n, i);
			out->items[out->count++] = (struct lop_piece){ i, end };
		}
		i = end;
	}
	return true;
}

static bool equal(const struct tokens *a, size_t i, const struct tokens *b, size_t j)
{
	struct lop_piece p = a->items[i], q = b->items[j];

	return p.end - p.start == q.end - q.start &&
	       memcmp(a->line + p.start, b->line + q.start, p.end - p.start) == 0;
}

/* match[i] of the tokens a[0..n) among b[0..m), which follow a0 and b0. */
static void match_middle(const struct tokens *a, size_t a0, size_t n, const struct tokens *b,
			 size_t b0, size_t m, int *match)
{
	unsigned char best[MAX_MIDDLE + 1][MAX_MIDDLE + 1];
	size_t i, j;

	if (n > MAX_MIDDLE || m > MAX_MIDDLE)
		return;
	memset(best, 0, sizeof(best));
	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;) {
			unsigned char skip = best[i + 1][j];

			if (best[i][j + 1] > skip)
				skip = best[i][j + 1];
			best[i][j] = equal(a, a0 + i, b, b0 + j)
					     ? (unsigned char)(best[i + 1][j + 1] + 1)
					     : skip;
		}
	for (i = 0, j = 0; i < n && j < m;) {
		if (equal(a, a0 + i, b, b0 + j))
			match[a0 + i++] = (int)(b0 + j++);
		else if (best[i][j + 1] >= best[i + 1][j])
			j++;
		else
			i++;
	}
}

static void match_tokens(const struct tokens *a, const struct tokens *b, int *match)
{
	size_t head = 0, n = a->count, m = b->count;

	for (size_t i = 0; i < n; i++)
		match[i] = -1;
	for (; head < n && head < m && equal(a, head, b, head); head++)
		match[head] = (int)head;
	for (; n > head && m > head && equal(a, n - 1, b, m - 1); n--, m--)
		match[n - 1] = (int)m - 1;
	match_middle(a, head, n - head, b, head, m - head, match);
}

/* The user's tokens [first, last] that token i came from; false if there is none. */
static bool origin(const struct tokens *a, const struct tokens *b, const int *match, size_t i,
		   size_t *first, size_t *last)
{
	size_t before = i, after = i;
	int low = 0, high = (int)b->count;

	while (before > 0 && match[before - 1] < 0)
		before--;
	while (after < a->count && match[after] < 0)
		after++;
	if (after == i) {
		*first = *last = (size_t)match[i];
		return true;
	}
	if (before > 0)
		low = match[before - 1] + 1;
	if (after < a->count)
		high = match[after];
	*first = (size_t)low;
	*last = (size_t)high - 1;
	return low < high;
}

/* The token that holds the byte, or the first one behind it. */
static size_t token_at(const struct tokens *t, size_t offset)
{
	size_t i = 0;

	while (i < t->count && t->items[i].end <= offset)
		i++;
	return i;
}

static bool align_tokens(const struct tokens *a, const struct tokens *b, struct lop_piece *piece)
{
	bool empty = piece->end == piece->start;
	size_t f = token_at(a, piece->start);
	size_t l = empty ? f : token_at(a, piece->end - 1);
	struct lop_piece out;
	size_t first, last;
	int match[MAX_TOKENS];

	match_tokens(a, b, match);
	/* an empty place right behind a token (a missing `;`) stays right behind it */
	if (empty && f > 0 && (f == a->count || a->items[f].start > piece->start)) {
		if (!origin(a, b, match, f - 1, &first, &last))
			return false;
		piece->start = piece->end = b->items[last].end;
		return true;
	}
	if (l > f && (l == a->count || a->items[l].start >= piece->end))
		l--; /* trailing blanks */
	if (f >= a->count || l < f || !origin(a, b, match, f, &first, &last))
		return false;
	out.start = b->items[first].start;
	if (match[f] >= 0 && piece->start > a->items[f].start)
		out.start += piece->start - a->items[f].start;
	out.end = out.start;
	if (!empty) {
		if (!origin(a, b, match, l, &first, &last))
			return false;
		out.end = b->items[last].end;
		if (match[l] >= 0 && piece->end > a->items[l].start && piece->end < a->items[l].end)
			out.end -= a->items[l].end - piece->end;
	}
	*piece = out;
	return true;
}

static void whole_line(const char *line, size_t len, struct lop_piece *piece)
{
	size_t start = 0;

	while (len > 0 && is_blank(line[len - 1]))
		len--;
	while (start < len && is_blank(line[start]))
		start++;
	*piece = (struct lop_piece){ start, len };
}

static bool same_columns(const char *pp, const char *user, size_t user_len,
			 const struct lop_piece *piece)
{
	return piece->end <= user_len &&
	       memcmp(pp + piece->start, user + piece->start, piece->end - piece->start) == 0;
}

void lop_align(const char *pp, size_t pp_len, const char *user, size_t user_len,
	       struct lop_piece *piece)
{
	struct tokens a, b;

	if (pp_len == user_len && memcmp(pp, user, pp_len) == 0)
		return;
	if (tokenize(pp, pp_len, &a) && tokenize(user, user_len, &b)) {
		if (align_tokens(&a, &b, piece))
			return;
	} else if (same_columns(pp, user, user_len, piece)) {
		return;
	}
	whole_line(user, user_len, piece);
}
