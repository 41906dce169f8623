/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Texts, their line maps, and the files that lines are shown from.
 *
 * A place is found by two binary searches, for the line and for the line marker before it. Files
 * are read for their lines only when somebody asks, and only regular ones. Knows no language.
 */
#include "lopper-c/diag/source.h"

#include <assert.h>
#include <string.h>
#include <sys/stat.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/base/file.h"
#include "lopper-c/diag/lines.h"

struct lop_source_file {
	const char *name;
	uint64_t hash;
	struct lop_source_file *child[4];
	struct lop_text *texts; /* registered under this name, latest first */
	bool used;		/* registered or mapped, not only asked for */
	bool loaded;
	struct lop_lines lines; /* no starts: not to be had */
};

/* One line marker. */
struct mapping {
	uint32_t offset; /* of the first line it counts for */
	uint32_t line;
	struct lop_source_file *file;
	const struct lop_include *include;
};

struct lop_text {
	struct lop_source_file *file;
	struct lop_text *next; /* of the same file name */
	const struct lop_include *include;
	struct lop_lines lines; /* no starts: not indexed yet, or data is NULL */
	struct mapping *map;
	size_t n_map, cap_map;
	bool yaml;
};

/* The next room of a growing array in an arena; the old one is left behind. */
static void *grow(struct lop_arena *arena, const void *items, size_t size, size_t count,
		  size_t *cap)
{
	void *larger;

	*cap = *cap ? *cap * 2 : 8;
	larger = lop_arena_alloc(arena, *cap * size);
	if (count)
		memcpy(larger, items, count * size);
	return larger;
}

static uint64_t hash_name(const char *name)
{
	static const char seed;
	uint64_t h = (uint64_t)(uintptr_t)&seed;

	for (; *name; name++) {
		h = (h ^ (unsigned char)*name) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	return h;
}

/* "<stdin>", "<built-in>" and their like. */
static bool is_pseudo(const char *name)
{
	return name[0] == '<' && name[strlen(name) - 1] == '>';
}

static void list_file(struct lop_sources *sources, const char *name)
{
	if (sources->n_files == sources->cap_files)
		sources->files = grow(sources->arena, sources->files, sizeof(*sources->files),
				      sources->n_files, &sources->cap_files);
	sources->files[sources->n_files++] = name;
}

static struct lop_source_file *find_file(struct lop_sources *sources, const char *name)
{
	struct lop_source_file **at = &sources->by_name;
	uint64_t hash;

	if (strcmp(name, "-") == 0)
		name = "<stdin>";
	hash = hash_name(name);
	for (uint64_t bits = hash; *at; bits <<= 2) {
		if ((*at)->hash == hash && strcmp((*at)->name, name) == 0)
			return *at;
		at = &(*at)->child[bits >> 62];
	}
	*at = lop_arena_zalloc(sources->arena, sizeof(**at));
	(*at)->name = lop_arena_strdup(sources->arena, name);
	(*at)->hash = hash;
	return *at;
}

/* The same for a name that stands for something read. */
static struct lop_source_file *use_file(struct lop_sources *sources, const char *name)
{
	struct lop_source_file *file = find_file(sources, name);

	if (!file->used && !is_pseudo(file->name))
		list_file(sources, file->name);
	file->used = true;
	return file;
}

uint32_t lop_sources_add(struct lop_sources *sources, const char *name, const char *data,
			 size_t len, const struct lop_include *include)
{
	struct lop_text *text = lop_arena_zalloc(sources->arena, sizeof(*text));

	assert(len <= UINT32_MAX);
	text->file = use_file(sources, name);
	text->next = text->file->texts;
	text->file->texts = text;
	text->include = include;
	text->lines.data = data;
	text->lines.len = data ? len : 0;
	if (sources->count == sources->cap)
		sources->texts = grow(sources->arena, sources->texts, sizeof(*sources->texts),
				      sources->count, &sources->cap);
	sources->texts[sources->count++] = text;
	return (uint32_t)sources->count;
}

void lop_sources_map_line(struct lop_sources *sources, uint32_t index, uint32_t offset,
			  const char *file, uint32_t line, const struct lop_include *include)
{
	struct lop_text *text;

	assert(index > 0 && index <= sources->count);
	text = sources->texts[index - 1];
	assert(text->n_map == 0 || text->map[text->n_map - 1].offset <= offset);
	if (text->n_map && text->map[text->n_map - 1].offset == offset)
		text->n_map--; /* no line between two markers: the second counts */
	if (text->n_map == text->cap_map)
		text->map = grow(sources->arena, text->map, sizeof(*text->map), text->n_map,
				 &text->cap_map);
	text->map[text->n_map++] = (struct mapping){
		.offset = offset, .line = line, .file = use_file(sources, file), .include = include
	};
}

static const struct lop_lines *index_text(struct lop_sources *sources, struct lop_text *text)
{
	if (!text->lines.starts && text->lines.data)
		lop_lines_init(&text->lines, sources->arena, text->lines.data, text->lines.len);
	return &text->lines;
}

static void read_lines(struct lop_sources *sources, struct lop_source_file *file)
{
	struct lop_buf buf = { 0 };
	struct stat st;

	if (stat(file->name, &st) == 0 && S_ISREG(st.st_mode) &&
	    lop_file_read(file->name, &buf) == 0)
		lop_lines_init(&file->lines, sources->arena,
			       lop_arena_dup(sources->arena, buf.data, buf.len), buf.len);
	lop_buf_free(&buf);
}

static void load_lines(struct lop_sources *sources, struct lop_source_file *file)
{
	file->loaded = true;
	for (struct lop_text *text = file->texts; text; text = text->next)
		if (text->n_map == 0) {
			file->lines = *index_text(sources, text);
			return;
		}
	read_lines(sources, file);
}

static const char *file_line(struct lop_sources *sources, struct lop_source_file *file,
			     uint32_t line, size_t *len)
{
	*len = 0;
	if (!file->loaded)
		load_lines(sources, file);
	return file->lines.starts && line ? lop_lines_get(&file->lines, line - 1, len) : NULL;
}

const char *lop_sources_line(struct lop_sources *sources, const char *file, uint32_t line,
			     size_t *len)
{
	return file_line(sources, find_file(sources, file), line, len);
}

size_t lop_sources_files(const struct lop_sources *sources, const char *const **files)
{
	*files = sources->files;
	return sources->n_files;
}

/* The marker that counts for the byte, NULL before the first one. */
static const struct mapping *find_mapping(const struct lop_text *text, size_t offset)
{
	size_t low = 0, high = text->n_map;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (text->map[middle].offset <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &text->map[low - 1] : NULL;
}

static uint32_t mapped_line(const struct lop_text *text, const struct mapping *mapping, size_t line)
{
	uint64_t n = mapping->line + (line - lop_lines_find(&text->lines, mapping->offset));

	return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

/* The columns of a piece of a preprocessed line in the user's own line. */
static void user_columns(struct lop_sources *sources, const struct lop_text *text,
			 const struct mapping *mapping, size_t line, struct lop_piece *piece)
{
	size_t pp_len, len;
	const char *pp = lop_lines_get(&text->lines, line, &pp_len);
	const char *user =
		file_line(sources, mapping->file, mapped_line(text, mapping, line), &len);

	if (user && piece->end <= pp_len)
		lop_align(pp, pp_len, user, len, piece);
}

static size_t line_length(const struct lop_lines *lines, size_t line)
{
	size_t len;

	lop_lines_get(lines, line, &len);
	return len;
}

/* Where a span lies: its first and last line, and the columns in them, all from 0. */
struct extent {
	const struct mapping *mapping;
	size_t first, last;
	struct lop_piece piece;
};

/* The same columns in the user's own lines. */
static void resolve_mapped(struct lop_sources *sources, const struct lop_text *text,
			   const struct extent *e, struct lop_place *place)
{
	struct lop_piece head = e->piece, tail = e->piece;

	if (e->first != e->last) {
		head.end = line_length(&text->lines, e->first);
		tail.start = 0;
		if (head.end < head.start)
			head.end = head.start;
	}
	user_columns(sources, text, e->mapping, e->first, &head);
	if (e->first == e->last)
		tail = head;
	else if (tail.end)
		user_columns(sources, text, e->mapping, e->last, &tail);
	place->file = e->mapping->file->name;
	place->include = e->mapping->include;
	place->line = mapped_line(text, e->mapping, e->first);
	place->end_line = mapped_line(text, e->mapping, e->last);
	place->column = (uint32_t)head.start + 1;
	place->end_column = (uint32_t)tail.end + 1;
}

/* A span that runs into lines of another marker ends with its first line. */
static struct extent find_extent(const struct lop_text *text, struct lop_span span)
{
	const struct lop_lines *lines = &text->lines;
	size_t start = span.offset < lines->len ? span.offset : lines->len;
	size_t end = span.len < lines->len - start ? start + span.len : lines->len;
	struct extent e = { .first = lop_lines_find(lines, start),
			    .last = lop_lines_find(lines, end) };

	e.mapping = find_mapping(text, lines->starts[e.first]);
	if (e.mapping != find_mapping(text, lines->starts[e.last])) {
		e.last = e.first;
		end = lines->starts[e.first] + line_length(lines, e.first);
	}
	if (end < start)
		end = start;
	e.piece.start = start - lines->starts[e.first];
	e.piece.end = end - lines->starts[e.last];
	return e;
}

struct lop_place lop_sources_resolve(struct lop_sources *sources, struct lop_span span)
{
	struct lop_place place = { 0 };
	struct lop_text *text;
	struct extent e;

	if (span.text == 0 || span.text > sources->count)
		return place;
	text = sources->texts[span.text - 1];
	place.file = text->file->name;
	place.include = text->include;
	if (!index_text(sources, text)->starts)
		return place;
	e = find_extent(text, span);
	if (e.mapping) {
		resolve_mapped(sources, text, &e, &place);
		return place;
	}
	place.line = (uint32_t)e.first + 1;
	place.end_line = (uint32_t)e.last + 1;
	place.column = (uint32_t)e.piece.start + 1;
	place.end_column = (uint32_t)e.piece.end + 1;
	return place;
}

void lop_sources_mark_yaml(struct lop_sources *sources, uint32_t text)
{
	sources->texts[text - 1]->yaml = true;
}

bool lop_sources_is_yaml(const struct lop_sources *sources, struct lop_span span)
{
	return span.text && sources->texts[span.text - 1]->yaml;
}
