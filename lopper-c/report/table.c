/* SPDX-License-Identifier: BSD-3-Clause */
/* Cells are kept until the widths are known. */
#include "lopper-c/report/table.h"

#include <string.h>

#include "lopper-c/diag/render.h"

static const char *clean(struct lop_arena *arena, const char *s)
{
	struct lop_buf text = { 0 };
	const char *copy;

	lop_text_clean(&text, s, strlen(s));
	copy = lop_arena_strndup(arena, text.len ? text.data : "", text.len);
	lop_buf_free(&text);
	return copy;
}

/* Characters of UTF-8 text: bytes that continue none. */
static size_t width_of(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

void lop_table_add(struct lop_table *table, const char *const *cells)
{
	const char *(*row)[LOP_TABLE_COLUMNS] = LOP_APPEND(table->arena, table->rows, table->n);

	for (size_t i = 0; i < table->columns; i++)
		(*row)[i] = clean(table->arena, cells[i] ? cells[i] : "");
}

void lop_table_print(const struct lop_table *table, size_t indent, struct lop_buf *out)
{
	size_t width[LOP_TABLE_COLUMNS] = { 0 };

	for (size_t i = 0; i < table->n; i++)
		for (size_t c = 0; c < table->columns; c++)
			if (width_of(table->rows[i][c]) > width[c])
				width[c] = width_of(table->rows[i][c]);
	for (size_t i = 0; i < table->n; i++) {
		size_t blanks = indent;

		for (size_t c = 0; c < table->columns; c++) {
			const char *cell = table->rows[i][c];
			size_t pad = width[c] - width_of(cell);
			size_t before = table->right && table->right[c] == '1' ? pad : 0;

			if (*cell) {
				lop_buf_fill(out, ' ', blanks + before);
				lop_buf_puts(out, cell);
				blanks = pad - before;
			} else {
				blanks += width[c];
			}
			blanks += width[c] ? 2 : 0;
		}
		lop_buf_putc(out, '\n');
	}
}
