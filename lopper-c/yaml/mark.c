/* SPDX-License-Identifier: BSD-3-Clause */
/* libyaml's marks as spans: characters into bytes. Knows no values. */
#include <string.h>

#include "lopper-c/yaml/reader.h"

/* More of a line than this says nothing; a file of one long line must not cost its square. */
#define MAX_LINE ((size_t)400)

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t lop_yaml_byte(struct lop_yaml_reader *reader, size_t chars)
{
	while (reader->mark_chars < chars && reader->mark_bytes < reader->len) {
		reader->mark_bytes++;
		while (reader->mark_bytes < reader->len &&
		       is_continuation(reader->data[reader->mark_bytes]))
			reader->mark_bytes++;
		reader->mark_chars++;
	}
	while (reader->mark_chars > chars && reader->mark_bytes > reader->bom) {
		reader->mark_bytes--;
		while (reader->mark_bytes > reader->bom &&
		       is_continuation(reader->data[reader->mark_bytes]))
			reader->mark_bytes--;
		reader->mark_chars--;
	}
	return reader->mark_bytes;
}

struct lop_span lop_yaml_span(struct lop_yaml_reader *reader, yaml_mark_t start, yaml_mark_t end)
{
	size_t from = lop_yaml_byte(reader, start.index), to = lop_yaml_byte(reader, end.index);
	const char *line_end = memchr(reader->data + from, '\n', to > from ? to - from : 0);

	if (line_end)
		to = (size_t)(line_end - reader->data);
	while (to > from && (reader->data[to - 1] == '\r' || reader->data[to - 1] == ' '))
		to--;
	return (struct lop_span){ reader->text, (uint32_t)from,
				  to > from ? (uint32_t)(to - from) : 0 };
}

struct lop_span lop_yaml_line(struct lop_yaml_reader *reader, yaml_mark_t start)
{
	size_t from = lop_yaml_byte(reader, start.index), to = from;
	size_t end = reader->len - from > MAX_LINE ? from + MAX_LINE : reader->len;

	while (to < end && reader->data[to] != '\n' &&
	       !(reader->data[to] == '#' && to > from && reader->data[to - 1] == ' '))
		to++;
	while (to > from && strchr(" \t\r", reader->data[to - 1]))
		to--;
	return (struct lop_span){ reader->text, (uint32_t)from, (uint32_t)(to - from) };
}

struct lop_span lop_yaml_point(struct lop_yaml_reader *reader, size_t byte)
{
	if (byte >= reader->len)
		byte = reader->len;
	return (struct lop_span){ reader->text, (uint32_t)byte, byte < reader->len };
}
