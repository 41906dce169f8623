/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between the files of the lexer: character classes, runs of them, reports at a run. The classes
 * are dtc's.
 */
#ifndef LOP_DTS_SCAN_H
#define LOP_DTS_SCAN_H

#include "lopper-c/dts/lexer.h"

/* One bit per character. */
struct lop_chars {
	uint32_t bits[8];
};

extern const struct lop_chars lop_name_chars, lop_path_chars, lop_ident_chars, lop_blank_chars;

static inline bool lop_scan_in(const struct lop_chars *set, char c)
{
	unsigned char u = (unsigned char)c;

	return set->bits[u >> 5] >> (u & 31) & 1;
}

static inline const char *lop_scan_run(const struct lop_chars *set, const char *p, const char *end)
{
	while (p < end && lop_scan_in(set, *p))
		p++;
	return p;
}

static inline bool lop_scan_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The newline at or after p, or end. */
const char *lop_scan_line_end(const char *p, const char *end);
/* The closing quote of the literal whose text starts at p; NULL if there is none. */
const char *lop_scan_quote(const char *p, const char *end, char quote);
struct lop_span lop_scan_span(const struct lop_lexer *lexer, const char *start, const char *end);
/* A syntax error with one label at the same place, and what to write instead. */
void lop_scan_report(struct lop_lexer *lexer, const char *start, const char *end,
		     const char *message, const char *label, const char *help);

/* number.c: the value of a hexadecimal digit, or -1; of a number, 0 (reported) if it is none. */
int lop_scan_hex(char c);
uint64_t lop_scan_number(struct lop_lexer *lexer, const char *start, const char *end);

/* Moves lexer->p over blanks, comments and line markers to a token or the end of the text. */
void lop_lexer_skip_blanks(struct lop_lexer *lexer);

#endif
