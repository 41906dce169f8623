/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the lines of a text start. Private to diag/. */
#ifndef LOP_DIAG_LINES_H
#define LOP_DIAG_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/arena.h"

struct lop_lines {
	const char *data;
	size_t len;
	const uint32_t *starts; /* offset of each line's first byte */
	size_t count;		/* a text that ends in a newline has an empty last line */
};

void lop_lines_init(struct lop_lines *lines, struct lop_arena *arena, const char *data, size_t len);
/* The line, counting from 0, that holds the byte; the last one for an offset beyond the text. */
size_t lop_lines_find(const struct lop_lines *lines, size_t offset);
/* The bytes of a line without its newline (LF or CR LF); len 0 beyond the last. */
const char *lop_lines_get(const struct lop_lines *lines, size_t line, size_t *len);

/*
 * The same place in two versions of one line, of which the first went through the C preprocessor:
 * bytes [start, end) of pp become those of user. A token that came from a macro becomes the macro's
 * call; if there is no such place, the whole line without the blanks at its ends.
 */
struct lop_piece {
	size_t start, end;
};
void lop_align(const char *pp, size_t pp_len, const char *user, size_t user_len,
	       struct lop_piece *piece);

#endif
