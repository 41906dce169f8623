/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * libyaml's events into values: spans, anchors and aliases, limits. Aliases share what is below
 * them, so an alias bomb costs nothing until it is counted, and the count is bounded. Recursion is
 * bounded by LOP_YAML_MAX_DEPTH.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/yaml/reader.h"

#define CORE_TAG "tag:yaml.org,2002:"

static bool next_event(struct lop_yaml_reader *r, yaml_event_t *event)
{
	if (r->failed)
		return false;
	if (yaml_parser_parse(&r->parser, event))
		return true;
	lop_yaml_report_syntax(r);
	return false;
}

bool lop_yaml_count(struct lop_yaml_reader *reader, size_t n, size_t bytes, struct lop_span span)
{
	bool few = n <= LOP_YAML_MAX_VALUES - reader->total;
	struct lop_diag *d;

	if (reader->failed)
		return false;
	if (few && bytes <= LOP_YAML_MAX_TEXT - reader->total_bytes) {
		reader->total += n;
		reader->total_bytes += bytes;
		return true;
	}
	reader->failed = true;
	if (few)
		d = lop_report(reader->diags, LOP_LIMIT, span,
			       "this file has more than %zu MiB of text once its aliases are "
			       "expanded",
			       LOP_YAML_MAX_TEXT >> 20);
	else
		d = lop_report(reader->diags, LOP_LIMIT, span,
			       "this file has more than %d values once its aliases are expanded",
			       LOP_YAML_MAX_VALUES);
	lop_diag_label(d, span, "the limit is passed here");
	lop_diag_help(
		d, "the limit stops aliases that multiply: use fewer in what other aliases name");
	return false;
}

static void report_depth(struct lop_yaml_reader *r, struct lop_span span)
{
	struct lop_diag *d = lop_report(r->diags, LOP_LIMIT, span,
					"nested more than %d levels deep", LOP_YAML_MAX_DEPTH);

	lop_diag_label(d, span, "level %d", LOP_YAML_MAX_DEPTH + 1);
	lop_diag_help(d, "remove brackets or levels of indentation: nothing real nests this deep");
	r->failed = true;
}

static struct lop_yaml *new_value(struct lop_yaml_reader *r, enum lop_yaml_kind kind, size_t bytes,
				  struct lop_span span)
{
	struct lop_yaml_cell *cell;

	if (!lop_yaml_count(r, 1, bytes, span))
		return NULL;
	cell = lop_arena_zalloc(r->arena, sizeof(*cell));
	cell->yaml.kind = kind;
	cell->yaml.span = span;
	cell->expanded = 1;
	cell->bytes = bytes;
	return &cell->yaml;
}

struct lop_yaml *lop_yaml_share(struct lop_yaml_reader *reader, struct lop_yaml *value)
{
	struct lop_yaml_cell *copy;

	if (!lop_yaml_count(reader, lop_yaml_cell(value)->expanded, lop_yaml_cell(value)->bytes,
			    value->span))
		return NULL;
	copy = lop_arena_dup(reader->arena, value, sizeof(*copy));
	copy->yaml.key = NULL;
	copy->yaml.next = NULL;
	return &copy->yaml;
}

void lop_yaml_append(struct lop_yaml *container, struct lop_yaml *value)
{
	struct lop_yaml_cell *outer = lop_yaml_cell(container), *inner = lop_yaml_cell(value);

	lop_yaml_push(container, value);
	outer->expanded += inner->expanded;
	outer->bytes += inner->bytes;
	if (inner->height + 1 > outer->height)
		outer->height = inner->height + 1;
}

void lop_yaml_add_key(struct lop_yaml_reader *reader, struct lop_yaml *map, const char *key,
		      struct lop_span key_span, struct lop_yaml *value)
{
	value->key = key;
	value->key_span = key_span;
	lop_map_put(&reader->keys, map, key, value);
	lop_yaml_cell(map)->bytes += strlen(key);
	lop_yaml_append(map, value);
}

/* Core tags change nothing but !!str, which makes text; the others have no device tree form. */
static void check_tag(struct lop_yaml_reader *r, const char *tag, struct lop_span span,
		      struct lop_yaml *value)
{
	static const char *const known[] = { "str", "int", "bool", "float", "null", "map", "seq" };
	struct lop_diag *d;

	if (!tag || !value)
		return;
	if (strcmp(tag, "!") == 0 || strcmp(tag, CORE_TAG "str") == 0) {
		value->quoted = true;
		return;
	}
	for (size_t i = 0; lop_str_starts(tag, CORE_TAG) && i < sizeof(known) / sizeof(known[0]);
	     i++)
		if (strcmp(tag + strlen(CORE_TAG), known[i]) == 0)
			return;
	d = lop_report(r->diags, LOP_UNSUPPORTED, span, "the tag `%s` is not supported", tag);
	lop_diag_label(d, span, "tagged here");
	lop_diag_help(d, "leave the tag out");
}

static void set_anchor(struct lop_yaml_reader *r, const yaml_char_t *name, struct lop_yaml *value)
{
	if (!name || !value)
		return;
	value->anchor = lop_arena_strdup(r->arena, (const char *)name);
	lop_map_put(&r->anchors, NULL, value->anchor, value);
}

static bool is_null_text(const char *s)
{
	return !*s || strcmp(s, "~") == 0 || strcmp(s, "null") == 0 || strcmp(s, "Null") == 0 ||
	       strcmp(s, "NULL") == 0;
}

/* Text with a NUL in it cannot become a string of a device tree; it ends there. */
static const char *scalar_text(struct lop_yaml_reader *r, const yaml_event_t *event,
			       struct lop_span span)
{
	const char *text = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;
	struct lop_diag *d;

	if (memchr(text, '\0', len)) {
		d = lop_report(r->diags, LOP_UNSUPPORTED, span,
			       "a NUL character in a string is not supported");
		lop_diag_label(d, span, "in this string");
		lop_diag_help(d, "remove the `\\0`, or write two strings: [ \"a\", \"b\" ]");
	}
	return lop_arena_strndup(r->arena, text, strnlen(text, len));
}

static struct lop_yaml *compose_scalar(struct lop_yaml_reader *r, const yaml_event_t *event)
{
	struct lop_span span = lop_yaml_span(r, event->start_mark, event->end_mark);
	struct lop_yaml *value = new_value(r, LOP_YAML_SCALAR, event->data.scalar.length, span);

	if (!value)
		return NULL;
	value->text = scalar_text(r, event, span);
	value->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	check_tag(r, (const char *)event->data.scalar.tag, span, value);
	if (!value->quoted && is_null_text(value->text)) {
		value->kind = LOP_YAML_NULL;
		value->text = NULL;
	}
	set_anchor(r, event->data.scalar.anchor, value);
	return value;
}

static struct lop_yaml *new_poison(struct lop_yaml_reader *r, struct lop_span span)
{
	struct lop_yaml *value = new_value(r, LOP_YAML_NULL, 0, span);

	if (value)
		lop_yaml_cell(value)->poison = true;
	return value;
}

static void report_unknown_alias(struct lop_yaml_reader *r, const char *name, struct lop_span span)
{
	struct lop_nearest nearest = { .word = name };
	struct lop_diag *d;

	for (size_t i = 0; i < r->anchors.count; i++)
		lop_nearest_add(&nearest, r->anchors.entries[i].key);
	d = lop_report(r->diags, LOP_YAML_MERGE, span, "no anchor is called `%s`", name);
	lop_diag_label(d, span, "not defined above");
	if (nearest.best)
		lop_diag_help(d, "did you mean `*%s`?", nearest.best);
	else
		lop_diag_help(d,
			      "an anchor is written `&%s` before the value, further up in the "
			      "same file",
			      name);
}

static struct lop_yaml *compose_alias(struct lop_yaml_reader *r, const yaml_event_t *event,
				      unsigned depth)
{
	const char *name = (const char *)event->data.alias.anchor;
	struct lop_span span = lop_yaml_span(r, event->start_mark, event->end_mark);
	struct lop_yaml *target = lop_map_get(&r->anchors, NULL, name);

	if (!target) {
		report_unknown_alias(r, name, span);
		return new_poison(r, span);
	}
	if (lop_yaml_cell(target)->open) {
		struct lop_diag *d =
			lop_report(r->diags, LOP_YAML_MERGE, span,
				   "alias `*%s` stands inside the value it names", name);

		lop_diag_label(d, span, "this would never end");
		lop_diag_label(d, target->span, "`&%s` starts here", name);
		lop_diag_help(d, "move `&%s` to a value that is complete above this line", name);
		return new_poison(r, span);
	}
	if (depth + lop_yaml_cell(target)->height > LOP_YAML_MAX_DEPTH) {
		report_depth(r, span);
		return NULL;
	}
	return lop_yaml_share(r, target);
}

static struct lop_yaml *compose(struct lop_yaml_reader *r, yaml_event_t *event, unsigned depth,
				bool in_list);

static struct lop_yaml *compose_list(struct lop_yaml_reader *r, const yaml_event_t *start,
				     unsigned depth)
{
	struct lop_yaml *list = new_value(r, LOP_YAML_LIST, 0, lop_yaml_line(r, start->start_mark));
	yaml_event_t event;

	if (!list)
		return NULL;
	check_tag(r, (const char *)start->data.sequence_start.tag, list->span, list);
	set_anchor(r, start->data.sequence_start.anchor, list);
	lop_yaml_cell(list)->open = true;
	while (next_event(r, &event)) {
		struct lop_yaml *item;

		if (event.type == YAML_SEQUENCE_END_EVENT) {
			yaml_event_delete(&event);
			break;
		}
		item = compose(r, &event, depth + 1, true);
		if (!item)
			break;
		if (!lop_yaml_cell(item)->splice) {
			lop_yaml_append(list, item);
			continue;
		}
		for (struct lop_yaml *v = item->first, *next; v; v = next) {
			next = v->next;
			v->next = NULL;
			lop_yaml_append(list, v);
		}
	}
	lop_yaml_cell(list)->open = false;
	return r->failed ? NULL : list;
}

static void report_key(struct lop_yaml_reader *r, const struct lop_yaml *key)
{
	bool empty = key->kind == LOP_YAML_SCALAR || key->kind == LOP_YAML_NULL;
	struct lop_diag *d = lop_report(
		r->diags, LOP_YAML_TYPE, key->span,
		empty ? "a key is empty" : "a key must be plain text, not a list or a mapping");

	lop_diag_label(d, key->span, "this key");
	lop_diag_help(d, "%s",
		      empty ? "write a name before the `:`"
			    : "write an entry for each name; text with [ ] or { } goes in quotes");
}

/* The text of a key; NULL (reported) where it is no scalar. Consumes the event. */
static const char *compose_key(struct lop_yaml_reader *r, yaml_event_t *event, unsigned depth,
			       struct lop_span *span, bool *plain)
{
	struct lop_yaml *key = compose(r, event, depth, false);

	if (!key)
		return NULL;
	r->total--; /* a key is no value */
	*span = key->span;
	*plain = !key->quoted;
	if (key->kind == LOP_YAML_SCALAR && key->text[0])
		return key->text;
	if (!lop_yaml_cell(key)->poison)
		report_key(r, key);
	return NULL;
}

static void report_duplicate(struct lop_yaml_reader *r, const char *key, struct lop_span span,
			     const struct lop_yaml *earlier)
{
	struct lop_diag *d = lop_report(r->diags, LOP_YAML_DUPLICATE, span,
					"`%s` stands twice in one mapping", key);

	lop_diag_label(d, span, "again here");
	lop_diag_label(d, earlier->key_span, "first here");
	lop_diag_help(d, "join the two, or give one of them another name");
}

struct map_frame {
	struct lop_yaml *map;
	struct lop_yaml_merge *merges, **last_merge;
};

static bool is_merge_key(const char *key)
{
	return strcmp(key, "<<") == 0 || strcmp(key, "<<+") == 0 || strcmp(key, "<<*") == 0;
}

static void add_entry(struct lop_yaml_reader *r, struct map_frame *frame, const char *key,
		      struct lop_span key_span, bool plain, struct lop_yaml *value)
{
	const struct lop_yaml *earlier = lop_map_get(&r->keys, frame->map, key);
	struct lop_yaml_merge *merge;

	if (plain && is_merge_key(key)) {
		merge = lop_arena_zalloc(r->arena, sizeof(*merge));
		merge->extended = key[2] != '\0';
		merge->key_span = key_span;
		merge->operand = value;
		*frame->last_merge = merge;
		frame->last_merge = &merge->next;
	} else if (earlier) {
		report_duplicate(r, key, key_span, earlier);
	} else {
		lop_yaml_add_key(r, frame->map, key, key_span, value);
	}
}

static struct lop_yaml *compose_map(struct lop_yaml_reader *r, const yaml_event_t *start,
				    unsigned depth, bool in_list)
{
	struct map_frame frame = { .map = new_value(r, LOP_YAML_MAP, 0,
						    lop_yaml_line(r, start->start_mark)) };
	yaml_event_t event;

	frame.last_merge = &frame.merges;
	if (!frame.map)
		return NULL;
	check_tag(r, (const char *)start->data.mapping_start.tag, frame.map->span, frame.map);
	set_anchor(r, start->data.mapping_start.anchor, frame.map);
	lop_yaml_cell(frame.map)->open = true;
	while (next_event(r, &event)) {
		struct lop_span key_span = { 0 };
		struct lop_yaml *value;
		const char *key;
		bool plain = false;

		if (event.type == YAML_MAPPING_END_EVENT) {
			yaml_event_delete(&event);
			break;
		}
		key = compose_key(r, &event, depth + 1, &key_span, &plain);
		if (!next_event(r, &event))
			break;
		value = compose(r, &event, depth + 1, false);
		if (key && value)
			add_entry(r, &frame, key, key_span, plain, value);
	}
	if (frame.merges && !r->failed)
		lop_yaml_apply_merges(r, frame.map, frame.merges, in_list);
	lop_yaml_cell(frame.map)->open = false;
	return r->failed ? NULL : frame.map;
}

/* The value that starts with this event; consumes the event. NULL: the reader failed. */
static struct lop_yaml *compose(struct lop_yaml_reader *r, yaml_event_t *event, unsigned depth,
				bool in_list)
{
	struct lop_yaml *value = NULL;

	if (depth > LOP_YAML_MAX_DEPTH)
		report_depth(r, lop_yaml_point(r, lop_yaml_byte(r, event->start_mark.index)));
	else if (event->type == YAML_SCALAR_EVENT)
		value = compose_scalar(r, event);
	else if (event->type == YAML_ALIAS_EVENT)
		value = compose_alias(r, event, depth);
	else if (event->type == YAML_SEQUENCE_START_EVENT)
		value = compose_list(r, event, depth);
	else if (event->type == YAML_MAPPING_START_EVENT)
		value = compose_map(r, event, depth, in_list);
	yaml_event_delete(event);
	return value;
}

/* After the first document only the end may come. */
static void expect_end(struct lop_yaml_reader *r)
{
	yaml_event_t event;
	bool more;

	while (next_event(r, &event)) {
		more = event.type == YAML_DOCUMENT_START_EVENT;
		if (more) {
			struct lop_span span = lop_yaml_line(r, event.start_mark);

			struct lop_diag *d = lop_report(r->diags, LOP_UNSUPPORTED, span,
							"a second document in one file");

			lop_diag_label(d, span, "starts here");
			lop_diag_help(d, "put it into a file of its own and give both on the "
					 "command line");
		}
		more = more || event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		if (more)
			return;
	}
}

struct lop_yaml *lop_yaml_compose(struct lop_yaml_reader *reader)
{
	struct lop_yaml *value = NULL;
	yaml_event_t event;
	yaml_event_type_t type;

	while (next_event(reader, &event)) {
		type = event.type;
		if (type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT) {
			yaml_event_delete(&event);
			continue;
		}
		if (type != YAML_STREAM_END_EVENT)
			value = compose(reader, &event, 0, false);
		else
			yaml_event_delete(&event);
		if (value)
			expect_end(reader);
		break;
	}
	if (reader->failed)
		return NULL;
	if (!value || value->kind == LOP_YAML_NULL) {
		value = new_value(reader, LOP_YAML_MAP, 0, lop_yaml_point(reader, 0));
		value->span.len = 0;
	}
	return value;
}
