/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The reader's front door, and what a scalar means as a number or a truth value. Knows files and
 * values; the events are compose.c's.
 */
#include "lopper-c/yaml/yaml.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "lopper-c/base/file.h"
#include "lopper-c/base/str.h"
#include "lopper-c/yaml/reader.h"

struct lop_yaml *lop_yaml_parse(struct lop_arena *arena, struct lop_diags *diags, const char *name,
				const char *data, size_t len)
{
	struct lop_yaml_reader reader = {
		.arena = arena, .diags = diags, .data = data, .len = len
	};
	struct lop_yaml *value = NULL;

	reader.text = lop_sources_add(diags->sources, name, data, len, NULL);
	lop_sources_mark_yaml(diags->sources, reader.text);
	if (!yaml_parser_initialize(&reader.parser)) {
		lop_diag_help_read(lop_report(diags, LOP_IO, (struct lop_span){ 0 },
					      "out of memory reading `%s`", name),
				   -ENOMEM);
		return NULL;
	}
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
		reader.bom = reader.mark_bytes = 3;
	yaml_parser_set_input_string(&reader.parser, (const unsigned char *)data + reader.bom,
				     len - reader.bom);
	value = lop_yaml_compose(&reader);
	yaml_parser_delete(&reader.parser);
	lop_map_free(&reader.anchors);
	lop_map_free(&reader.keys);
	return value;
}

struct lop_yaml *lop_yaml_read(struct lop_arena *arena, struct lop_diags *diags, const char *path)
{
	struct lop_buf buf = { 0 };
	int err = lop_file_read(path, &buf);
	const char *data;
	size_t len;

	if (err) {
		lop_report_read(diags, path, err);
		lop_buf_free(&buf);
		return NULL;
	}
	len = buf.len;
	data = lop_arena_strndup(arena, buf.data ? buf.data : "", len);
	lop_buf_free(&buf);
	return lop_yaml_parse(arena, diags, strcmp(path, "-") == 0 ? "<stdin>" : path, data, len);
}

void lop_yaml_push(struct lop_yaml *to, struct lop_yaml *value)
{
	value->next = NULL;
	if (to->last)
		to->last->next = value;
	else
		to->first = value;
	to->last = value;
	to->count++;
}

struct lop_yaml *lop_yaml_get(const struct lop_yaml *map, const char *key)
{
	if (!map || map->kind != LOP_YAML_MAP)
		return NULL;
	for (struct lop_yaml *v = map->first; v; v = v->next)
		if (strcmp(v->key, key) == 0)
			return v;
	return NULL;
}

bool lop_yaml_number(const struct lop_yaml *value, uint64_t *out)
{
	return value && value->kind == LOP_YAML_SCALAR && lop_str_number(value->text, out);
}

bool lop_yaml_bool(const struct lop_yaml *value, bool *out)
{
	static const struct {
		const char *text;
		bool value;
	} words[] = { { "true", true }, { "false", false }, { "yes", true }, { "no", false },
		      { "on", true },	{ "off", false },   { "1", true },   { "0", false } };

	if (!value || value->kind != LOP_YAML_SCALAR || value->quoted)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(value->text, words[i].text) == 0) {
			*out = words[i].value;
			return true;
		}
	}
	return false;
}
