/* SPDX-License-Identifier: BSD-3-Clause */
/* Text helpers. Pure functions of their arguments; knows no file, tree or diagnostic. */
#include "lopper-c/base/str.h"

#include <string.h>

#define WORD_MAX ((size_t)128) /* longer words have no nearest name */

bool lop_str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool lop_str_ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool lop_glob_is_pattern(const char *s)
{
	return strpbrk(s, "*?") != NULL;
}

/* On a mismatch the last star takes one character more: no earlier star ever has to. */
bool lop_glob_match(const char *pattern, const char *s)
{
	const char *star = NULL, *resume = NULL;

	while (*s) {
		if (*pattern == '*') {
			star = pattern++;
			resume = s;
		} else if (*pattern == '?' || (*pattern && *pattern == *s)) {
			pattern++;
			s++;
		} else if (star) {
			pattern = star + 1;
			s = ++resume;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Digits of a base into *value; the end of the digits, NULL if there is none or it overflows. */
static const char *read_digits(const char *s, unsigned int base, uint64_t *value)
{
	const char *start = s;

	*value = 0;
	for (; digit_value(*s) < (int)base; s++) {
		uint64_t digit = (uint64_t)digit_value(*s);

		if (*value > (UINT64_MAX - digit) / base)
			return NULL;
		*value = *value * base + digit;
	}
	return s == start ? NULL : s;
}

/* "K", "KB", "KiB", "B", "" in either case: the power of two; -1 for anything else. */
static int unit_shift(const char *s)
{
	static const char prefixes[] = "kmgtpe";
	const char *prefix;
	int shift = 0;

	if (*s == '\0')
		return 0;
	prefix = strchr(prefixes, lower(*s));
	if (prefix) {
		shift = 10 * (int)(prefix - prefixes + 1);
		s++;
		if (lower(s[0]) == 'i' && lower(s[1]) == 'b')
			s++;
	}
	if (lower(*s) == 'b')
		s++;
	return *s ? -1 : shift;
}

bool lop_str_number(const char *s, uint64_t *out)
{
	uint64_t value;
	int shift;

	if (s[0] == '0' && lower(s[1]) == 'x') {
		s = read_digits(s + 2, 16, &value);
		if (!s || *s)
			return false;
		*out = value;
		return true;
	}
	s = read_digits(s, 10, &value);
	if (!s)
		return false;
	while (s[0] == ' ' && s[1])
		s++;
	shift = unit_shift(s);
	if (shift < 0 || value > UINT64_MAX >> shift)
		return false;
	*out = value << shift;
	return true;
}

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

/*
 * Damerau-Levenshtein distance with adjacent swaps (the optimal alignment form) over three rows, in
 * lower case so that case alone is a small matter; limit + 1 as soon as it must exceed the limit.
 */
static size_t distance(const char *a, size_t n, const char *b, size_t m, size_t limit)
{
	size_t rows[3][WORD_MAX + 1];

	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *row = rows[i % 3];
		const size_t *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];
		size_t least = i;

		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			bool same = lower(a[i - 1]) == lower(b[j - 1]);

			row[j] = min3(up[j] + 1, row[j - 1] + 1, up[j - 1] + !same);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
			    lower(a[i - 2]) == lower(b[j - 1]) && up2[j - 2] + 1 < row[j])
				row[j] = up2[j - 2] + 1;
			if (row[j] < least)
				least = row[j];
		}
		if (least > limit)
			return limit + 1;
	}
	return rows[n % 3][m];
}

void lop_nearest_add(struct lop_nearest *nearest, const char *candidate)
{
	size_t n, m, limit, gap, d;

	if (!nearest->word || !candidate)
		return;
	n = strlen(nearest->word);
	m = strlen(candidate);
	gap = n > m ? n - m : m - n;
	limit = (n > m ? n : m) / 3;
	if (nearest->best && nearest->distance <= limit) {
		if (nearest->distance == 0)
			return;
		limit = nearest->distance - 1;
	}
	if (n > WORD_MAX || m > WORD_MAX || gap > limit)
		return;
	d = distance(nearest->word, n, candidate, m, limit);
	if (d > limit)
		return;
	nearest->best = candidate;
	nearest->distance = d;
}

/* How many bytes a first byte announces, and the least character that needs so many. */
static size_t utf8_announced(unsigned char first, uint32_t *least)
{
	if (first < 0x80) {
		*least = 0;
		return 1;
	}
	if (first >= 0xc2 && first <= 0xdf) {
		*least = 0x80;
		return 2;
	}
	if ((first & 0xf0) == 0xe0) {
		*least = 0x800;
		return 3;
	}
	*least = 0x10000;
	return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

size_t lop_utf8_length(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t least, c;
	size_t len = utf8_announced(p[0], &least);

	if (len <= 1)
		return len;
	if (len > n)
		return 0;
	c = p[0] & (0x7fU >> len);
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3fU);
	}
	return c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) ? 0 : len;
}

void lop_str_ident(const char *s, char *out, size_t n)
{
	size_t i = 0;

	if (n == 0)
		return;
	if (*s >= '0' && *s <= '9' && n > 1)
		out[i++] = '_';
	for (; *s && i + 1 < n; s++) {
		bool alnum = (*s >= '0' && *s <= '9') || (lower(*s) >= 'a' && lower(*s) <= 'z');

		out[i++] = alnum ? *s : '_';
	}
	out[i] = '\0';
}
