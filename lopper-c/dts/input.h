/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the lexer reads: a stack of texts, one for every /include/ that is open, each with the place
 * its line markers have reached. Owns the search for files and the bounds on them; knows no token.
 */
#ifndef LOP_DTS_INPUT_H
#define LOP_DTS_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "lopper-c/diag/diag.h"
#include "lopper-c/dts/dts.h"

/* Bounds on /include/ and /incbin/ together, against files that multiply themselves. */
#define LOP_INPUT_MAX_NEST   200
#define LOP_INPUT_MAX_FILES  10000
#define LOP_INPUT_MAX_BYTES  ((size_t)256 << 20)
#define LOP_INPUT_MAX_ERRORS 1000 /* after so many errors nothing more is opened */

struct lop_input_text {
	struct lop_input_text *outer;
	const char *start, *end;
	uint32_t text;	  /* index in the sources */
	const char *name; /* as opened; its folder is searched first */
	dev_t dev;	  /* identity, against cycles; ino 0: none */
	ino_t ino;
	/* where line markers have got to */
	const char *marked; /* stands in line marked_line of marked_name */
	const char *mapped; /* line markers are known up to here */
	uint32_t marked_line;
	const char *marked_name;
	const struct lop_include *include; /* how marked_name was reached */
	const struct lop_include *base;	   /* how this text was reached */
	const char *resume;		   /* where the lexer stands while an inner text is read */
};

struct lop_input {
	struct lop_arena *arena;
	struct lop_diags *diags;
	const struct lop_dts_options *options;
	struct lop_input_text *top;
	size_t depth, files, bytes;
	bool refused; /* a bound was met and reported */
};

/* Starts with a text that is in memory already. path: of the file it was read from, or NULL. */
void lop_input_init(struct lop_input *input, const char *name, const char *path, const char *data,
		    size_t len);
/* Opens a file for /include/. False (reported at span) if it cannot be. */
bool lop_input_push(struct lop_input *input, const char *file, struct lop_span span);
/* Back to the outer text; false if there is none. */
bool lop_input_pop(struct lop_input *input);
/* The bytes of a file for /incbin/, which stands before top->resume; in the arena. False (reported
 * at span) if there are none. */
bool lop_input_binary(struct lop_input *input, const char *file, struct lop_span span,
		      const char **data, size_t *len);

/*
 * A line marker stands at p; the line after it, at next, is line of file. flag: 1 enters file, 2
 * returns to it, 0 neither.
 */
void lop_input_mark(struct lop_input *input, const char *p, const char *next, uint32_t line,
		    const char *file, unsigned int flag);

#endif
