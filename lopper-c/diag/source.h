/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sources and spans: where every token, node, property and YAML value came from.
 *
 * A text is a buffer somebody read: a file, or what the C preprocessor made of one. A span is a
 * piece of a text. Text that went through cpp carries a line map (from its line markers), and a
 * span in it resolves to the user's own file, line and column: the map gives the line, the column
 * is that of the same token on the user's line. Nothing here knows DTS or YAML.
 */
#ifndef LOP_DIAG_SOURCE_H
#define LOP_DIAG_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/arena.h"

struct lop_span {
	uint32_t text; /* index of the text + 1; 0: no place */
	uint32_t offset;
	uint32_t len;
};

struct lop_text;	/* one buffer; see source.c */
struct lop_source_file; /* one file name, and its lines once somebody asked; see source.c */

/* A zeroed struct with arena set is ready for use; everything it gets is the arena's. */
struct lop_sources {
	struct lop_arena *arena;
	struct lop_text **texts;
	size_t count;
	size_t cap;
	struct lop_source_file *by_name; /* hash trie */
	const char **files;		 /* names of real files, in order of first appearance */
	size_t n_files, cap_files;
};

/* One step of an include chain: the place file:line where the #include or /include/ stands. */
struct lop_include {
	const char *file;
	uint32_t line;
	const struct lop_include *outer; /* how file was reached; NULL: command line */
};

/* A resolved place. Lines and columns count from 1; columns count bytes. line 0: whole file. */
struct lop_place {
	const char *file; /* NULL: no place (made by the tool) */
	uint32_t line, column;
	uint32_t end_line, end_column;	   /* one past the last byte */
	const struct lop_include *include; /* how the file was reached, NULL for the outermost */
};

/*
 * Registers a text and returns its index + 1 for use in spans. name is the file as the user wrote
 * it ("-" shows as <stdin>); it is copied. data must outlive the sources; NULL data: a file without
 * lines (a blob), whose spans resolve to line 0. One and the same file read twice may be registered
 * twice. include: how this file was reached, NULL for the outermost.
 */
uint32_t lop_sources_add(struct lop_sources *sources, const char *name, const char *data,
			 size_t len, const struct lop_include *include);
/*
 * From here (byte offset of the start of a line in text) on, lines belong to file, counting from
 * line. Offsets must ascend. This is what a "# line file" marker becomes: the offset is that of the
 * line after the marker.
 */
void lop_sources_map_line(struct lop_sources *sources, uint32_t text, uint32_t offset,
			  const char *file, uint32_t line, const struct lop_include *include);

struct lop_place lop_sources_resolve(struct lop_sources *sources, struct lop_span span);
/*
 * The text of a line of a file (without newline); NULL if not to be had. A registered text that
 * has no line map is its file's text, others are read from disk, once.
 */
const char *lop_sources_line(struct lop_sources *sources, const char *file, uint32_t line,
			     size_t *len);
/*
 * Every distinct file name registered or mapped, in order of first appearance, without those that
 * are no files (<stdin>, <built-in>); for -MD.
 */
size_t lop_sources_files(const struct lop_sources *sources, const char *const **files);

/* The language of a text: rules differ where a file says less than a tree does. */
void lop_sources_mark_yaml(struct lop_sources *sources, uint32_t text);
bool lop_sources_is_yaml(const struct lop_sources *sources, struct lop_span span);

#endif
