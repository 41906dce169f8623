/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Opening what /include/ and /incbin/ name, and following line markers. Knows files and lines, no
 * token of the language.
 */
#include "lopper-c/dts/input.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "lopper-c/base/file.h"

static struct lop_input_text *open_text(struct lop_input *input, const char *name, const char *data,
					size_t len, const struct lop_include *include)
{
	struct lop_input_text *text = lop_arena_zalloc(input->arena, sizeof(*text));

	text->outer = input->top;
	text->start = text->resume = text->marked = text->mapped = data;
	text->end = data + len;
	text->name = text->marked_name = name;
	text->marked_line = 1;
	text->include = text->base = include;
	text->text = lop_sources_add(input->diags->sources, name, data, len, include);
	input->top = text;
	input->depth++;
	return text;
}

void lop_input_init(struct lop_input *input, const char *name, const char *path, const char *data,
		    size_t len)
{
	struct lop_input_text *text = open_text(input, name, data, len, NULL);
	struct stat st;

	if (path && stat(path, &st) == 0) {
		text->dev = st.st_dev;
		text->ino = st.st_ino;
	}
}

static const char *join(struct lop_input *input, const char *dir, size_t len, const char *file)
{
	if (len == 0)
		return file;
	return lop_arena_printf(input->arena, "%.*s%s%s", (int)len, dir,
				dir[len - 1] == '/' ? "" : "/", file);
}

static bool exists(const char *path, struct stat *st)
{
	return path && stat(path, st) == 0;
}

static const char *beside(struct lop_input *input, const char *name, const char *file)
{
	const char *slash = strrchr(name, '/');

	return join(input, name, slash ? (size_t)(slash - name) + 1 : 0, file);
}

/*
 * Beside the text that is read, beside the file that its line markers name (they differ where cpp
 * included it), then in the -I folders.
 */
static const char *find_file(struct lop_input *input, const char *file, struct stat *st)
{
	const struct lop_dts_options *options = input->options;
	const char *path;

	if (file[0] == '/')
		return exists(file, st) ? file : NULL;
	path = beside(input, input->top->name, file);
	if (exists(path, st))
		return path;
	path = beside(input, input->top->marked_name, file);
	if (exists(path, st))
		return path;
	for (size_t i = 0; options && i < options->n_include_dirs; i++) {
		const char *dir = options->include_dirs[i];

		path = join(input, dir, strlen(dir), file);
		if (exists(path, st))
			return path;
	}
	return NULL;
}

static void report_missing(struct lop_input *input, const char *file, struct lop_span span)
{
	struct lop_diag *d =
		lop_report(input->diags, LOP_DTS_INCLUDE, span, "cannot find the file `%s`", file);

	lop_diag_label(d, span, "named here");
	lop_diag_help(d, "relative names are looked up beside the file that names them, then in "
			 "the folders given with -I");
}

static bool within_bounds(struct lop_input *input, const char *file, size_t size,
			  struct lop_span span)
{
	struct lop_diag *d;

	if (input->refused)
		return false;
	if (input->files < LOP_INPUT_MAX_FILES && size <= LOP_INPUT_MAX_BYTES - input->bytes)
		return true;
	input->refused = true;
	d = lop_report(input->diags, LOP_LIMIT, span,
		       "`%s` is more than can be included: at most %d files and %zu MiB in all",
		       file, LOP_INPUT_MAX_FILES, LOP_INPUT_MAX_BYTES >> 20);
	lop_diag_label(d, span, "this one is left out, and all that follow");
	lop_diag_help(
		d, "the limit stops files that include others again and again: include each once");
	return false;
}

/* Reads a regular file into the arena. */
static bool load(struct lop_input *input, const char *path, const struct stat *st,
		 struct lop_span span, const char **data, size_t *len)
{
	struct lop_buf buf = { 0 };
	int err = S_ISREG(st->st_mode) ? 0 : -EINVAL;

	if (err == 0 && !within_bounds(input, path, (size_t)st->st_size, span))
		return false;
	if (err == 0)
		err = lop_file_read(path, &buf);
	if (err) {
		struct lop_diag *d =
			lop_report(input->diags, LOP_IO, span, "cannot read `%s`: %s", path,
				   S_ISREG(st->st_mode) ? strerror(-err) : "not a regular file");

		lop_diag_label(d, span, "named here");
		lop_diag_help_read(d, err);
		lop_buf_free(&buf);
		return false;
	}
	*data = lop_arena_dup(input->arena, buf.data, buf.len);
	*len = buf.len;
	lop_buf_free(&buf);
	input->files++;
	input->bytes += *len;
	return true;
}

static bool is_open(struct lop_input *input, const char *path, const struct stat *st,
		    struct lop_span span)
{
	for (struct lop_input_text *t = input->top; t; t = t->outer) {
		struct lop_diag *d;

		if (t->ino != st->st_ino || t->dev != st->st_dev)
			continue;
		d = lop_report(input->diags, LOP_DTS_INCLUDE, span, "`%s` includes itself", path);
		lop_diag_label(d, span,
			       t->outer ? "included again before its end is reached"
					: "this is the file that is being read");
		lop_diag_help(d, "remove this line; what two files need of each other goes into a "
				 "third");
		return true;
	}
	return false;
}

/* The step that leads from the place where the top text stands into another file. */
static const struct lop_include *step_into(struct lop_input *input, const char *p)
{
	struct lop_input_text *top = input->top;
	struct lop_include *step = lop_arena_zalloc(input->arena, sizeof(*step));

	for (const char *s = top->marked; s < p; s++) {
		s = memchr(s, '\n', (size_t)(p - s));
		if (!s)
			break;
		top->marked_line++;
	}
	top->marked = p;
	step->file = top->marked_name;
	step->line = top->marked_line;
	step->outer = top->include;
	return step;
}

bool lop_input_push(struct lop_input *input, const char *file, struct lop_span span)
{
	struct lop_input_text *text;
	const char *path, *data;
	struct stat st;
	size_t len;

	if (input->diags->errors > LOP_INPUT_MAX_ERRORS)
		return false;
	path = find_file(input, file, &st);
	if (!path) {
		report_missing(input, file, span);
		return false;
	}
	if (is_open(input, path, &st, span))
		return false;
	if (input->depth >= LOP_INPUT_MAX_NEST) {
		struct lop_diag *d = lop_report(
			input->diags, LOP_LIMIT, span,
			"files include one another more than %d levels deep", LOP_INPUT_MAX_NEST);

		lop_diag_label(d, span, "`%s` is left out", file);
		lop_diag_help(d, "include it from a file further up in this chain");
		return false;
	}
	if (!load(input, path, &st, span, &data, &len))
		return false;
	text = open_text(input, path, data, len, step_into(input, input->top->resume));
	text->dev = st.st_dev;
	text->ino = st.st_ino;
	return true;
}

bool lop_input_pop(struct lop_input *input)
{
	if (!input->top->outer)
		return false;
	input->top = input->top->outer;
	input->depth--;
	return true;
}

bool lop_input_binary(struct lop_input *input, const char *file, struct lop_span span,
		      const char **data, size_t *len)
{
	struct stat st;
	const char *path;

	if (input->diags->errors > LOP_INPUT_MAX_ERRORS)
		return false;
	path = find_file(input, file, &st);
	if (!path) {
		report_missing(input, file, span);
		return false;
	}
	if (!load(input, path, &st, span, data, len))
		return false;
	lop_sources_add(input->diags->sources, path, *data, *len,
			step_into(input, input->top->resume));
	return true;
}

void lop_input_mark(struct lop_input *input, const char *p, const char *next, uint32_t line,
		    const char *file, unsigned int flag)
{
	struct lop_input_text *top = input->top;

	if (next <= top->mapped) /* read again after an error */
		return;
	top->mapped = next;
	if (flag == 1)
		top->include = step_into(input, p);
	else if (flag == 2)
		top->include =
			top->include && top->include != top->base ? top->include->outer : top->base;
	if (strcmp(file, top->marked_name) != 0)
		top->marked_name = lop_arena_strdup(input->arena, file);
	top->marked = next;
	top->marked_line = line;
	lop_sources_map_line(input->diags->sources, top->text, (uint32_t)(next - top->start),
			     top->marked_name, line, top->include);
}
