/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What cpp complains about, as diagnostics at the user's file and line. Reads the messages of gcc
 * and clang: "file:line:column: error: text", and the "In file included from" lines before them.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/file.h"
#include "lopper-c/base/str.h"
#include "lopper-c/dts/cpp.h"

#define MAX_ERRORS 50

struct complaint {
	const char *file, *message;
	uint32_t line, column;
	bool error, fatal;
};

/* The file that complaints were about last: the next one is most likely about it too. */
struct place {
	const char *file; /* NULL: none yet */
	const char *data, *end;
	const struct lop_include *chain;
	uint32_t text;	   /* of file, reached by chain */
	uint32_t line;	   /* line number at ... */
	const char *start; /* ... this place */
};

/* "name:12" at s, as one step of the chain. */
static struct lop_include *read_step(struct lop_arena *arena, const char *s)
{
	struct lop_include *step = lop_arena_zalloc(arena, sizeof(*step));
	size_t len = strcspn(s, ":");

	step->file = lop_arena_strndup(arena, s, len);
	if (s[len] == ':')
		step->line = (uint32_t)strtoul(s + len + 1, NULL, 10);
	return step;
}

/*
 * gcc names the innermost step first ("from a:1," and under it "from b:2:"), clang the outermost,
 * each on an "In file included from" line of its own. True if the line is of that kind.
 */
static bool read_chain(struct lop_arena *arena, const char *line, struct lop_include **chain)
{
	static const char head[] = "In file included from ";
	struct lop_include *step, *outermost = *chain;

	if (lop_str_starts(line, head)) {
		step = read_step(arena, line + sizeof(head) - 1);
		step->outer = *chain;
		*chain = step;
		return true;
	}
	line += strspn(line, " ");
	if (!lop_str_starts(line, "from ") || !*chain)
		return false;
	step = read_step(arena, line + 5);
	while (outermost->outer)
		outermost = (struct lop_include *)(uintptr_t)outermost->outer;
	outermost->outer = step;
	return true;
}

/* ":12:3: " at s; returns what follows, NULL if it is not that. */
static const char *read_position(const char *s, struct complaint *c)
{
	char *end;

	if (s[0] != ':' || s[1] < '0' || s[1] > '9')
		return NULL;
	c->line = (uint32_t)strtoul(s + 1, &end, 10);
	c->column = 0;
	if (end[0] == ':' && end[1] >= '0' && end[1] <= '9')
		c->column = (uint32_t)strtoul(end + 1, &end, 10);
	return end[0] == ':' && end[1] == ' ' ? end + 2 : NULL;
}

/* Without the switch of gcc or clang behind it, as in "text [-Wcpp]": ours has another name. */
static char *message_of(struct lop_arena *arena, const char *s)
{
	size_t len = strlen(s);
	const char *tail = strstr(s, " [-W");

	while (tail && strstr(tail + 1, " [-W"))
		tail = strstr(tail + 1, " [-W");
	if (tail && s[len - 1] == ']')
		len = (size_t)(tail - s);
	return lop_arena_strndup(arena, s, len);
}

static bool read_severity(struct lop_arena *arena, const char *s, struct complaint *c)
{
	c->fatal = lop_str_starts(s, "fatal error: ");
	c->error = c->fatal || lop_str_starts(s, "error: ");
	if (!c->error && !lop_str_starts(s, "warning: "))
		return false;
	c->message = message_of(arena, strchr(s, ':') + 2);
	return true;
}

static bool read_complaint(struct lop_arena *arena, const char *line, struct complaint *c)
{
	*c = (struct complaint){ 0 };
	for (const char *colon = strchr(line, ':'); colon; colon = strchr(colon + 1, ':')) {
		const char *rest = read_position(colon, c);

		if (!rest || !read_severity(arena, rest, c))
			continue;
		c->file = lop_arena_strndup(arena, line, (size_t)(colon - line));
		return true;
	}
	/* "cpp: fatal error: no input files" */
	line = strstr(line, ": ");
	return line && read_severity(arena, line + 2, c);
}

/* The token at s: a quoted or bracketed name, else up to the next blank. */
static size_t token_len(const char *s, size_t len)
{
	const char *close = NULL;
	size_t n = 0;

	if (len && (*s == '"' || *s == '<'))
		close = memchr(s + 1, *s == '<' ? '>' : '"', len - 1);
	if (close)
		return (size_t)(close - s) + 1;
	while (n < len && s[n] != ' ' && s[n] != '\t' && s[n] != '\r')
		n++;
	return n;
}

/* Where the quoted or bracketed name on a line starts; its length if there is none. */
static size_t name_start(const char *line, size_t len)
{
	for (size_t at = 0; at < len; at++)
		if (line[at] == '"' || line[at] == '<')
			return at;
	return len;
}

static bool same_chain(const struct lop_include *a, const struct lop_include *b)
{
	for (; a && b; a = a->outer, b = b->outer)
		if (a->line != b->line || strcmp(a->file, b->file) != 0)
			return false;
	return a == b;
}

static void load(struct lop_diags *diags, struct place *place, const char *file)
{
	struct lop_buf buf = { 0 };

	if (file[0] != '<')
		lop_file_read(file, &buf);
	*place = (struct place){ .file = file };
	place->data = lop_arena_dup(diags->arena, buf.data, buf.len);
	place->end = place->data + buf.len;
	lop_buf_free(&buf);
}

/* Turns to a file, read once as long as complaints stay with it. */
static void enter(struct lop_diags *diags, struct place *place, const char *file,
		  const struct lop_include *chain)
{
	bool same = place->file && strcmp(place->file, file) == 0;

	if (!same)
		load(diags, place, file);
	if (!same || !same_chain(place->chain, chain))
		place->text = lop_sources_add(diags->sources, file, place->data,
					      (size_t)(place->end - place->data), chain);
	place->chain = chain;
}

/* The start of a line, or the end of the text. Complaints mostly go downwards. */
static const char *line_start(struct place *place, uint32_t line)
{
	if (!place->start || line < place->line) {
		place->start = place->data;
		place->line = 1;
	}
	for (; place->line < line && place->start < place->end; place->line++) {
		const char *newline =
			memchr(place->start, '\n', (size_t)(place->end - place->start));

		place->start = newline ? newline + 1 : place->end;
	}
	return place->start;
}

static struct lop_span locate(struct lop_diags *diags, const struct complaint *c,
			      const struct lop_include *chain, struct place *place)
{
	struct lop_span span = { 0 };
	const char *line, *end;

	if (!c->file)
		return span;
	enter(diags, place, c->file, chain);
	span.text = place->text;
	line = line_start(place, c->line);
	end = place->end;
	if (line < end && c->column > 0) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		size_t len = (size_t)((newline ? newline : end) - line);
		size_t at = c->column - 1 < len ? c->column - 1 : len;

		if (at == len) /* gcc points behind the name of a file it has no folder for */
			at = name_start(line, len);
		span.len = (uint32_t)token_len(line + at, len - at);
		line += at;
	}
	span.offset = (uint32_t)(line - place->data);
	return span;
}

static void report_missing(struct lop_diags *diags, struct lop_span span, const char *name,
			   size_t len)
{
	struct lop_diag *d =
		lop_report(diags, LOP_CPP, span, "cannot find the file `%.*s`", (int)len, name);

	lop_diag_label(d, span, "included here");
	lop_diag_help(d, "give the folder it is in with -I");
}

/* What to do about a message of gcc or clang that holds the words. */
static const char *help_of(const char *message)
{
	static const struct {
		const char *words, *help;
	} rows[] = {
		{ "#warning", "do what it asks for, or silence it with -Wno-cpp-warning" },
		{ "redefined", "remove one of the two, or write #undef before the second" },
		{ "#error", "the file asks for it: fulfil the #if around this line, as with -D" },
		{ "unterminated #", "add the `#endif`" },
		{ "unterminated conditional", "add the `#endif`" },
		{ "unterminated comment", "write `*/` where the comment ends" },
		{ "unterminated /* comment", "write `*/` where the comment ends" },
		{ "unterminated argument list", "close the call of the macro with `)`" },
		{ "unterminated function-like", "close the call of the macro with `)`" },
		{ "#endif without", "remove the line, or add the `#if` that it belongs to" },
		{ "#else without", "remove the line, or add the `#if` that it belongs to" },
		{ "#elif without", "remove the line, or add the `#if` that it belongs to" },
		{ "#else after", "keep one `#else` for each `#if`" },
		{ "arguments", "give the macro as many arguments as its #define has" },
		{ "argument", "give the macro as many arguments as its #define has" },
		{ "preprocessing directive", "the directives are #include, #define, #undef, #if, "
					     "#ifdef, #ifndef, #elif, #else, #endif and #error" },
		{ "FILENAME", "write #include \"FILE\" or #include <FILE>" },
		{ "macro name",
		  "a macro is called by letters, digits and `_`: #define NAME VALUE" },
		{ "expression", "a condition holds integers, macros, operators and defined(NAME)" },
		{ "operator", "a condition holds integers, macros, operators and defined(NAME)" },
		{ "division by zero", "divide by another number; a macro in it may be 0" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strstr(message, rows[i].words))
			return rows[i].help;
	return "correct the line: `cpp -x assembler-with-cpp` on this file says the same";
}

/* What cpp makes of files in a circle is two hundred copies: nothing to parse. */
static bool is_circle(const struct complaint *c)
{
	return strstr(c->message, "include nested") != NULL;
}

static void report(struct lop_diags *diags, const struct complaint *c,
		   const struct lop_include *chain, struct place *place)
{
	static const char gcc_missing[] = ": No such file or directory";
	static const char clang_missing[] = "' file not found";
	static const char no_folder[] = "no include path in which to search for ";
	struct lop_span span = locate(diags, c, chain, place);
	size_t len = strlen(c->message);
	struct lop_diag *d;

	if (lop_str_ends(c->message, gcc_missing)) {
		report_missing(diags, span, c->message, len - (sizeof(gcc_missing) - 1));
	} else if (c->message[0] == '\'' && lop_str_ends(c->message, clang_missing)) {
		report_missing(diags, span, c->message + 1, len - sizeof(clang_missing));
	} else if (lop_str_starts(c->message, no_folder)) {
		report_missing(diags, span, c->message + sizeof(no_folder) - 1,
			       len - (sizeof(no_folder) - 1));
	} else if (is_circle(c)) {
		d = lop_report(diags, LOP_LIMIT, span, "files include one another too deep");
		lop_diag_label(d, span, "the C preprocessor goes no further");
		lop_diag_help(d, "remove the line that closes the circle, or put #ifndef, #define "
				 "and #endif around each file");
	} else {
		d = lop_report(diags, c->error ? LOP_CPP : LOP_CPP_WARNING, span,
			       "the C preprocessor says: %s", c->message);
		lop_diag_label(d, span, "%s", "");
		lop_diag_help(d, "%s", help_of(c->message));
	}
}

size_t lop_cpp_report(struct lop_diags *diags, const char *text, size_t len, bool *fatal)
{
	const char *end = text + len;
	struct lop_include *chain = NULL;
	struct place place = { 0 };
	size_t errors = 0, complaints = 0;

	while (text < end && errors < MAX_ERRORS) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((newline ? newline : end) - text);
		char *line = lop_arena_strndup(diags->arena, text, n);
		struct complaint c;

		text += n + (newline ? 1 : 0);
		if (read_chain(diags->arena, line, &chain))
			continue;
		if (read_complaint(diags->arena, line, &c) &&
		    (c.error || complaints < MAX_ERRORS)) {
			report(diags, &c, chain, &place);
			complaints++;
			*fatal = *fatal || c.fatal || is_circle(&c);
			errors += c.error;
		}
		chain = NULL;
	}
	return errors;
}
