/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside the formatter only: the tokens of raw DTS source, comments and preprocessor lines among
 * them, and the printer that the layout files share.
 *
 * format_lex.c finds where a token ends, format_scan.c turns a source into tokens and checks that
 * brackets match, format_print.c writes tokens, format_value.c lays out the value of a property,
 * format.c goes from statement to statement. None of them knows what a node or property means.
 */
#ifndef LOP_DTS_FORMAT_TOKEN_H
#define LOP_DTS_FORMAT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/diag/diag.h"
#include "lopper-c/dts/write.h"

enum fmt_kind {
	FMT_WORD,    /* name, number, macro */
	FMT_PUNCT,   /* one byte that has no role in the layout */
	FMT_STRING,  /* "...", '.', [...]: printed byte for byte */
	FMT_PARENS,  /* from ( to ) outside values: arguments of a macro, printed as they are */
	FMT_REF,     /* &label, &{/path} */
	FMT_KEYWORD, /* /bits/ and its like */
	FMT_LBRACE,
	FMT_RBRACE,
	FMT_SEMI,
	FMT_ASSIGN, /* between a property's name and its value */
	FMT_COMMA,  /* between the groups of a value */
	FMT_COLON,  /* behind a label */
	FMT_LANGLE, /* around cells; other < and > are FMT_PUNCT */
	FMT_RANGLE,
	FMT_LINE_COMMENT,
	FMT_BLOCK_COMMENT,
	FMT_RAW,       /* from "dts-format off" to "dts-format on", both comments included */
	FMT_DIRECTIVE, /* a preprocessor line, leading blanks and continuation lines included */
	FMT_SPLICE,    /* a backslash at the end of a line, alone */
	FMT_END	       /* closes the array of tokens */
};

#define FMT_SPACED    0x01u /* blank space, or a new line, before it */
#define FMT_VALUE     0x02u /* behind a FMT_ASSIGN */
#define FMT_IN_CELLS  0x04u /* between < and >; the > too */
#define FMT_IN_PARENS 0x08u /* between ( and ) in a value; the ) too */

struct fmt_token {
	uint32_t start, len;
	uint8_t kind;	  /* enum fmt_kind */
	uint8_t flags;	  /* FMT_SPACED, ... */
	uint8_t newlines; /* before it: 0, 1, or 2 for a blank line and more */
	uint8_t depth;	  /* of nodes around it; of a brace: around its node */
};

struct fmt_tokens {
	struct fmt_token *list; /* malloc; ends with FMT_END, which count does not count */
	size_t count, cap;
};

#define FMT_NONE SIZE_MAX

/* Each takes the position of a token's first byte and returns the one behind it; FMT_NONE: the end
 * of the text comes first. */
size_t lop_fmt_end_block_comment(const char *data, size_t len, size_t pos);
size_t lop_fmt_end_line_comment(const char *data, size_t len, size_t pos); /* never FMT_NONE */
size_t lop_fmt_end_quoted(const char *data, size_t len, size_t pos);	   /* "..." or '...' */
size_t lop_fmt_end_bytes(const char *data, size_t len, size_t pos);	   /* [...] */
size_t lop_fmt_end_parens(const char *data, size_t len, size_t pos);	   /* (...) */
size_t lop_fmt_end_path(const char *data, size_t len, size_t pos);	   /* &{...} */
size_t lop_fmt_end_directive(const char *data, size_t len, size_t pos);
/* Behind the branch that begins at pos, that is at its #else, #elif or #endif. */
size_t lop_fmt_end_branch(const char *data, size_t len, size_t pos);
size_t lop_fmt_end_word(const char *data, size_t len, size_t pos, bool value); /* pos: no word */
size_t lop_fmt_end_keyword(const char *data, size_t len, size_t pos);	       /* pos: no keyword */
/* Length of a backslash with the newline it hides (blanks between them as gcc has it), or 0. */
size_t lop_fmt_splice(const char *data, size_t len, size_t pos);

/* Length of the byte order mark at the start of the text, or 0. */
size_t lop_fmt_mark(const char *data, size_t len);

/* What a # at pos, first on its line, begins. */
enum fmt_directive {
	FMT_NOT_A_DIRECTIVE, /* a property's name, such as #address-cells */
	FMT_PLAIN,
	FMT_IF,
	FMT_IF_0,
	FMT_ELSE, /* and #elif */
	FMT_ENDIF
};
enum fmt_directive lop_fmt_directive(const char *data, size_t len, size_t pos);

/* False: errors are in diags. The tokens are to be freed either way. */
bool lop_fmt_scan(struct lop_diags *diags, uint32_t text, const char *data, size_t len,
		  struct fmt_tokens *tokens);

struct fmt_printer {
	const char *data;
	const struct fmt_token *tok;
	size_t count;
	struct lop_buf *out;
	size_t start; /* where in out this file begins */
	size_t col;   /* of the next byte on the line, counted from 0, tabs expanded */
};

static inline bool lop_fmt_is_comment(const struct fmt_token *t)
{
	return t->kind == FMT_LINE_COMMENT || t->kind == FMT_BLOCK_COMMENT || t->kind == FMT_RAW;
}

/* Column after c at col: tabs go to multiples of 8, UTF-8 sequences count once. */
size_t lop_fmt_advance(size_t col, char c);
/* Columns of a token's first line, a tab counting as one. */
size_t lop_fmt_width(const struct fmt_printer *p, size_t i);
/* Whether one blank stands between tokens i - 1 and i on one line. */
bool lop_fmt_gap(const struct fmt_printer *p, size_t i);
/* Whether tokens i - 1 and i must stand on two lines. */
bool lop_fmt_hard_break(const struct fmt_printer *p, size_t i);
/* A comment, or a backslash, that ends its line and does not begin it. */
bool lop_fmt_is_trailing(const struct fmt_printer *p, size_t i);

/* New line (none at the start of the file), before it an empty one if wanted; then blanks to col.
 * Nothing is put before a directive. */
void lop_fmt_break(struct fmt_printer *p, size_t i, bool blank, size_t col);
void lop_fmt_put(struct fmt_printer *p, size_t i);
/* Token i behind token i - 1 in running text: by hard breaks to col, else by lop_fmt_gap. */
void lop_fmt_flow(struct fmt_printer *p, size_t i, size_t col);

/* The tokens first..last of a value, ";" included, behind "name =" or at the start of a line; base
 * is the column of the statement. */
void lop_fmt_value(struct fmt_printer *p, size_t first, size_t last, size_t base);

#endif
