/* SPDX-License-Identifier: BSD-3-Clause */
/* The text of the rule: targets, a colon, files; lines that end early, as make likes them. */
#include "lopper-c/cmd/depfile.h"

#include <string.h>

#define LINE_MAX_COLUMN 76

void lop_depfile_escape(const char *name, struct lop_buf *out)
{
	size_t backslashes = 0;

	for (const char *p = name; *p; p++) {
		if (*p == ' ' || *p == '\t') {
			lop_buf_fill(out, '\\', backslashes + 1);
		} else if (*p == '$') {
			lop_buf_putc(out, '$');
		} else if (*p == '#' || *p == ':') {
			lop_buf_putc(out, '\\');
		}
		lop_buf_putc(out, *p);
		backslashes = *p == '\\' ? backslashes + 1 : 0;
	}
}

const char *lop_depfile_default(struct lop_arena *arena, const char *output)
{
	const char *slash = strrchr(output, '/');
	const char *base = slash ? slash + 1 : output;
	const char *dot = strrchr(base, '.');
	size_t len = dot && dot != base ? (size_t)(dot - output) : strlen(output);

	return lop_arena_printf(arena, "%.*s.d", (int)len, output);
}

/* Appends a word that is escaped already; column: where the line stands. */
static void add_word(struct lop_buf *out, size_t *column, const char *word, size_t len)
{
	if (*column && *column + len > LINE_MAX_COLUMN) {
		lop_buf_puts(out, " \\\n ");
		*column = 1;
	} else if (*column) {
		lop_buf_putc(out, ' ');
		*column += 1;
	}
	lop_buf_add(out, word, len);
	*column += len;
}

static void add_name(struct lop_buf *out, size_t *column, const char *name)
{
	struct lop_buf word = { 0 };

	lop_depfile_escape(name, &word);
	add_word(out, column, word.data, word.len);
	lop_buf_free(&word);
}

static void add_targets(const struct lop_options *options, const struct lop_output *first,
			struct lop_buf *out, size_t *column)
{
	const struct lop_words *words = &options->targets;

	for (size_t i = 0; i < words->count; i++)
		add_word(out, column, words->items[i], strlen(words->items[i]));
	for (const struct lop_output *o = first; o && !words->count; o = o->next)
		if (strcmp(o->path, "-"))
			add_name(out, column, o->path);
}

/* Standard input and what cpp names like <built-in> are no files. */
static bool is_file(const char *name)
{
	return *name && *name != '<' && strcmp(name, "-");
}

/* Empty rules, so that make goes on when a file is gone; not for the main one. */
static void add_phony(const char *const *files, size_t n, const char *main_file,
		      struct lop_buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_file(files[i]) || !strcmp(files[i], main_file))
			continue;
		lop_depfile_escape(files[i], out);
		lop_buf_puts(out, ":\n");
	}
}

void lop_depfile_add(const struct lop_options *options, const struct lop_sources *sources,
		     const char *path, struct lop_outputs *outs)
{
	const char *const *files;
	size_t n = lop_sources_files(sources, &files);
	struct lop_buf rule = { 0 };
	struct lop_output *o;
	size_t column = 0;

	if (!options->depend)
		return;
	add_targets(options, outs->first, &rule, &column);
	lop_buf_putc(&rule, ':');
	column++;
	for (size_t i = 0; i < n; i++)
		if (is_file(files[i]))
			add_name(&rule, &column, files[i]);
	lop_buf_putc(&rule, '\n');
	if (options->phony)
		add_phony(files, n, options->inputs.items[0], &rule);
	o = lop_outputs_add(outs, options->depfile ? options->depfile : path);
	o->data = rule;
	o->named = options->depfile != NULL;
	o->unlisted = true; /* make still needs it after a run without -MD */
}
