/* SPDX-License-Identifier: BSD-3-Clause */
/* The line index of a text: built once, searched in O(log n). */
#include "lopper-c/diag/lines.h"

#include <string.h>

static size_t count_newlines(const char *data, size_t len)
{
	const char *end = data + len;
	size_t n = 0;

	while (len && (data = memchr(data, '\n', (size_t)(end - data)))) {
		n++;
		if (++data == end)
			break;
	}
	return n;
}

void lop_lines_init(struct lop_lines *lines, struct lop_arena *arena, const char *data, size_t len)
{
	size_t count = count_newlines(data, len) + 1;
	uint32_t *starts = lop_arena_alloc(arena, count * sizeof(*starts));
	const char *p = data;

	starts[0] = 0;
	for (size_t i = 1; i < count; i++) {
		p = (const char *)memchr(p, '\n', len - (size_t)(p - data)) + 1;
		starts[i] = (uint32_t)(p - data);
	}
	*lines = (struct lop_lines){ .data = data, .len = len, .starts = starts, .count = count };
}

size_t lop_lines_find(const struct lop_lines *lines, size_t offset)
{
	size_t low = 0, high = lines->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (lines->starts[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

const char *lop_lines_get(const struct lop_lines *lines, size_t line, size_t *len)
{
	const char *start;
	size_t end;

	*len = 0;
	if (line >= lines->count)
		return NULL;
	start = lines->data + lines->starts[line];
	end = line + 1 < lines->count ? lines->starts[line + 1] - 1 : lines->len;
	*len = end - lines->starts[line];
	if (*len && start[*len - 1] == '\r')
		(*len)--;
	return start;
}
