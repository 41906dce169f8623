/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From a file or a text to a tree: reading, cpp where it is needed, parsing. Owns the order of
 * these steps; knows no syntax.
 */
#include "lopper-c/dts/dts_read.h"

#include <string.h>

#include "lopper-c/base/file.h"
#include "lopper-c/dts/cpp.h"
#include "lopper-c/dts/parser.h"

/* path: the file that the text is, or was made of; NULL if it is none. */
static struct lop_tree *parse(struct lop_arena *arena, struct lop_diags *diags, const char *name,
			      const char *path, const char *data, size_t len,
			      const struct lop_dts_options *options)
{
	struct lop_parser parser = {
		.arena = arena,
		.diags = diags,
		.tree = lop_tree_new(arena),
		.lexer.input = { .arena = arena, .diags = diags, .options = options },
	};

	parser.lost = lop_arena_zalloc(arena, sizeof(*parser.lost));
	parser.lost->name = "";
	parser.reserve_end = &parser.tree->memreserves;
	lop_input_init(&parser.lexer.input, name, path, data, len);
	lop_lexer_init(&parser.lexer);
	lop_parser_source(&parser);
	lop_buf_free(&parser.bytes);
	lop_map_free(&parser.names);
	return parser.tree;
}

struct lop_tree *lop_dts_parse(struct lop_arena *arena, struct lop_diags *diags, const char *name,
			       const char *data, size_t len, const struct lop_dts_options *options)
{
	return parse(arena, diags, name, NULL, data, len, options);
}

struct lop_tree *lop_dts_read_text(struct lop_arena *arena, struct lop_diags *diags,
				   const char *path, const char *data, size_t len,
				   const struct lop_dts_options *options)
{
	struct lop_buf out = { 0 };
	struct lop_tree *tree;

	if (!(options && options->n_defines) && !lop_cpp_is_needed(data, len))
		return parse(arena, diags, path, path, data, len, options);
	if (strcmp(path, "-") == 0) /* to show its lines: nobody can read them again */
		lop_sources_add(diags->sources, path, data, len, NULL);
	if (lop_cpp_run(diags, path, data, len, options, &out)) {
		data = lop_arena_dup(arena, out.data, out.len);
		tree = parse(arena, diags, path, path, data, out.len, options);
	} else {
		tree = lop_tree_new(arena);
	}
	lop_buf_free(&out);
	return tree;
}

struct lop_tree *lop_dts_read(struct lop_arena *arena, struct lop_diags *diags, const char *path,
			      const struct lop_dts_options *options)
{
	struct lop_buf text = { 0 };
	struct lop_tree *tree;
	int err = lop_file_read(path, &text);

	if (err) {
		lop_report_read(diags, path, err);
		tree = lop_tree_new(arena);
	} else {
		const char *data = lop_arena_dup(arena, text.data, text.len);

		tree = lop_dts_read_text(arena, diags, path, data, text.len, options);
	}
	lop_buf_free(&text);
	return tree;
}
