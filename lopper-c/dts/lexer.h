/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Tokens of DTS source. What a run of characters is depends on what came before it (a property name
 * may be `1-2#3`); the lexer keeps that state itself, the way dtc does: names after `{`, `;` and
 * the delete keywords, bytes after `[`, values elsewhere. /include/ and line markers never show.
 */
#ifndef LOP_DTS_LEXER_H
#define LOP_DTS_LEXER_H

#include "lopper-c/base/buf.h"
#include "lopper-c/dts/input.h"

enum lop_token_kind {
	/* below 256: that character */
	LOP_TOK_EOF = 256,
	LOP_TOK_NAME,	  /* of a node or property */
	LOP_TOK_WORD,	  /* an identifier where none may stand: for messages */
	LOP_TOK_LABEL,	  /* text: without the colon */
	LOP_TOK_NUMBER,	  /* number is its value */
	LOP_TOK_CHAR,	  /* the same, of a character literal */
	LOP_TOK_STRING,	  /* text: between the quotes, escapes as written */
	LOP_TOK_BYTE,	  /* number */
	LOP_TOK_REF,	  /* text: "label", of &label */
	LOP_TOK_PATH_REF, /* text: "/path" or "label/path", of &{...} */
	LOP_TOK_DTS_V1,
	LOP_TOK_PLUGIN,
	LOP_TOK_MEMRESERVE,
	LOP_TOK_BITS,
	LOP_TOK_DEL_PROP,
	LOP_TOK_DEL_NODE,
	LOP_TOK_OMIT_NO_REF,
	LOP_TOK_INCBIN,
	LOP_TOK_SHL,
	LOP_TOK_SHR,
	LOP_TOK_LE,
	LOP_TOK_GE,
	LOP_TOK_EQ,
	LOP_TOK_NE,
	LOP_TOK_AND,
	LOP_TOK_OR,
};

enum lop_lexer_mode { LOP_LEX_VALUE, LOP_LEX_NAME, LOP_LEX_BYTES };

struct lop_token {
	int kind;
	struct lop_span span; /* the whole token */
	const char *text;     /* not terminated */
	uint32_t len;
	uint64_t number;
};

struct lop_lexer {
	struct lop_input input;
	enum lop_lexer_mode mode;
	const char *p;	    /* in input.top */
	bool bad_directive; /* reported once */
	bool cut_off;	    /* an unclosed comment has swallowed the rest */
};

/* lexer->input is set up. */
void lop_lexer_init(struct lop_lexer *lexer);
void lop_lexer_next(struct lop_lexer *lexer, struct lop_token *token);
/* Reads on from p, a place in the text that the token read last came from. */
void lop_lexer_restart(struct lop_lexer *lexer, const char *p, enum lop_lexer_mode mode);
/*
 * For recovery: to behind the next `;` or the `};` that closes the next `{`, or before the `}` that
 * closes what is around.
 */
void lop_lexer_skip_statement(struct lop_lexer *lexer);
/*
 * If this string, read just before the token that surprised the parser, runs over several lines,
 * its closing quote is probably missing: reports that, reads on at the end of its first line and is
 * true.
 */
bool lop_lexer_unclosed_string(struct lop_lexer *lexer, const struct lop_token *token);
/* The next character that is not blank, without reading it; 0 at the end of the text. */
char lop_lexer_peek(const struct lop_lexer *lexer);

/*
 * Appends the bytes that a string or character literal stands for (text as in the token, without
 * the final NUL). False if an escape is not one: \x without digits.
 */
bool lop_lexer_unescape(const char *text, size_t len, struct lop_buf *out);
#define LOP_LEXER_ESCAPE_HELP "write digits, as in \\x0a, or \\\\ for a backslash"
/* The text of a token for a message, short and printable: "`okay`", "the end of the file". */
#define LOP_TOKEN_SHOWN 64
const char *lop_token_show(const struct lop_lexer *lexer, const struct lop_token *token,
			   char shown[LOP_TOKEN_SHOWN]);

#endif
