/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside yaml/: the state of one reading, shared by the composer and the merge keys. */
#ifndef LOP_YAML_READER_H
#define LOP_YAML_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <yaml.h>

#include "lopper-c/base/map.h"
#include "lopper-c/yaml/yaml.h"

/* What a merge key was written with, in order of appearance. */
struct lop_yaml_merge {
	bool extended; /* <<+ or <<*, else << */
	struct lop_span key_span;
	struct lop_yaml *operand;
	struct lop_yaml_merge *next;
};

/* Every value is allocated as one of these; the reader's own bookkeeping stands behind it. */
struct lop_yaml_cell {
	struct lop_yaml yaml;
	size_t expanded; /* this value and all below, aliases counted as often as they stand */
	size_t bytes;	 /* text of the same */
	unsigned height; /* levels below */
	bool open;	 /* still being read: an alias to it would be a circle */
	bool poison;	 /* stands for what could not be read; reported already */
	bool splice;	 /* list item made of <<+ alone: its children join the list */
};

struct lop_yaml_reader {
	struct lop_arena *arena;
	struct lop_diags *diags;
	const char *data;
	size_t len;
	size_t bom;    /* bytes of a byte order mark, which libyaml does not get to see */
	uint32_t text; /* index for spans */
	yaml_parser_t parser;
	struct lop_map anchors;	       /* name -> value */
	struct lop_map keys;	       /* (map, key) -> value */
	size_t total, total_bytes;     /* values and their text so far, aliases expanded */
	size_t mark_chars, mark_bytes; /* one place known both ways */
	bool failed;		       /* nothing more to be had from this file */
};

static inline struct lop_yaml_cell *lop_yaml_cell(struct lop_yaml *value)
{
	return (struct lop_yaml_cell *)value;
}

/* --- mark.c --- */

/* libyaml counts characters; marks mostly ascend, so walking from the last one is cheap. */
size_t lop_yaml_byte(struct lop_yaml_reader *reader, size_t chars);
/* From one mark to another, cut at the end of the first line. */
struct lop_span lop_yaml_span(struct lop_yaml_reader *reader, yaml_mark_t start, yaml_mark_t end);
/* From a mark to the end of its line without comment; for maps and lists. */
struct lop_span lop_yaml_line(struct lop_yaml_reader *reader, yaml_mark_t start);
/* One byte; none at the end of the text. */
struct lop_span lop_yaml_point(struct lop_yaml_reader *reader, size_t byte);

/* --- syntax.c --- */

/* What libyaml could not read, as a diagnostic; the reader has failed. */
void lop_yaml_report_syntax(struct lop_yaml_reader *reader);

/* --- compose.c, mergekey.c --- */

/* A copy of the head: key and place in a list are its own, what is below is shared. */
struct lop_yaml *lop_yaml_share(struct lop_yaml_reader *reader, struct lop_yaml *value);
/* Appends to a map or list; depth and size of the container are brought up to date. */
void lop_yaml_append(struct lop_yaml *container, struct lop_yaml *value);
/* Counts n more values with their text; false (reported, reader failed) beyond a limit. */
bool lop_yaml_count(struct lop_yaml_reader *reader, size_t n, size_t bytes, struct lop_span span);
/* Appends a value under a key that the map does not have yet. */
void lop_yaml_add_key(struct lop_yaml_reader *reader, struct lop_yaml *map, const char *key,
		      struct lop_span key_span, struct lop_yaml *value);

/* Carries out the merge keys of a map; in_list: it is an item of a list. */
void lop_yaml_apply_merges(struct lop_yaml_reader *reader, struct lop_yaml *map,
			   struct lop_yaml_merge *merges, bool in_list);

/* The document of a set-up reader; NULL after an error that ends it. */
struct lop_yaml *lop_yaml_compose(struct lop_yaml_reader *reader);

#endif
