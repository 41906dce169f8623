/* SPDX-License-Identifier: BSD-3-Clause */
/* Text helpers: numbers as people write them, globs, the nearest name to a misspelt one. */
#ifndef LOP_BASE_STR_H
#define LOP_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool lop_str_starts(const char *s, const char *prefix);
bool lop_str_ends(const char *s, const char *suffix);

/* '*' and '?' only, against the whole of s. Linear space, no recursion. */
bool lop_glob_match(const char *pattern, const char *s);
bool lop_glob_is_pattern(const char *s); /* contains '*' or '?' */

/*
 * Decimal, 0x hexadecimal, or a binary size ("64K", "2MiB", "8 KB", "6G": all powers of 1024).
 * False for anything else, a negative number or one beyond 64 bits.
 */
bool lop_str_number(const char *s, uint64_t *out);

/*
 * The best candidate for a misspelt word: feed candidates one by one, then read best (NULL if none
 * is near enough: Damerau-Levenshtein distance at most a third of the longer length).
 */
struct lop_nearest {
	const char *word;
	const char *best;
	size_t distance;
};
void lop_nearest_add(struct lop_nearest *nearest, const char *candidate);

/* Bytes of the UTF-8 character at s, at most n; 0 if the bytes there are none. n is at least 1. */
size_t lop_utf8_length(const char *s, size_t n);

/*
 * C identifier characters only, others become '_', one more '_' before a digit at the start; into a
 * caller's buffer of n bytes.
 */
void lop_str_ident(const char *s, char *out, size_t n);

#endif
