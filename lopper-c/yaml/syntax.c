/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What libyaml could not read: its own message at the user's line, and what is usually wrong when
 * it says that. Looks at the text around the place; knows no values.
 */
#include <errno.h>
#include <string.h>

#include "lopper-c/yaml/reader.h"

/* More of a text than this is not looked at: a broken file must not cost its square. */
#define MAX_LOOK ((size_t)64 << 10)
#define MAX_WORD ((size_t)40)

#define WORD_END " \t\r\n:[]{},\"'#&*!|>"

static size_t line_start(const struct lop_yaml_reader *r, size_t at)
{
	while (at > 0 && r->data[at - 1] != '\n')
		at--;
	return at;
}

static size_t indent_at(const struct lop_yaml_reader *r, size_t line)
{
	size_t n = 0;

	while (line + n < r->len && r->data[line + n] == ' ')
		n++;
	return n;
}

static bool is_first_on_line(const struct lop_yaml_reader *r, size_t at)
{
	size_t line = line_start(r, at);

	return line + indent_at(r, line) == at;
}

static bool is_blank_line(const struct lop_yaml_reader *r, size_t line)
{
	size_t at = line + indent_at(r, line);

	return at >= r->len || strchr("#\r\n", r->data[at]);
}

/* What the line at fault may be indented by: as the mapping around it, or as the keys above. */
static void help_indent(struct lop_yaml_reader *r, struct lop_diag *d, size_t at)
{
	size_t line = line_start(r, at), bad = at - line, outer = r->parser.context_mark.column;
	size_t inner = 0, stop = at > MAX_LOOK ? at - MAX_LOOK : 0;

	for (size_t l = line; l > stop;) {
		l = line_start(r, l - 1);
		if (is_blank_line(r, l))
			continue;
		if (indent_at(r, l) <= outer)
			break;
		if (indent_at(r, l) > bad)
			inner = indent_at(r, l);
	}
	if (inner > bad && outer < bad)
		lop_diag_help(
			d,
			"indent this line by %zu spaces, as the lines above it, or by %zu, as "
			"the line that they belong to",
			inner, outer);
	else
		lop_diag_help(d, "indent this line by %zu spaces, as the first key of the mapping",
			      outer);
}

/* A `:` with a blank or the end of the line behind it. */
static bool has_colon(const struct lop_yaml_reader *r, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (r->data[i] == ':' && (i + 1 == to || strchr(" \r\n", r->data[i + 1])))
			return true;
	return false;
}

/* A line of text, from its first byte to its newline. */
struct line {
	size_t start, end;
	size_t number; /* from 1; 0: there is none */
};

static struct line line_above(const struct lop_yaml_reader *r, size_t at)
{
	struct line above = { .start = line_start(r, at), .number = r->parser.problem_mark.line };

	for (; above.start > 0; above.number--) {
		above.end = above.start - 1;
		above.start = line_start(r, above.end);
		if (!is_blank_line(r, above.start))
			return above;
	}
	return (struct line){ 0 };
}

/* True if the line above is a key without its `:`. */
static bool help_line_above(struct lop_yaml_reader *r, struct lop_diag *d, size_t at)
{
	struct line above = line_above(r, at);
	size_t first = above.start + indent_at(r, above.start), len = 0;

	if (!above.number || has_colon(r, above.start, above.end))
		return false;
	for (size_t i = first; i < above.end; i++)
		if (strchr("[]{}\"'", r->data[i])) /* the end of something longer */
			return false;
	while (first + len < above.end && len < MAX_WORD && !strchr(WORD_END, r->data[first + len]))
		len++;
	if (len == 0 || len == MAX_WORD || r->data[first] == '-')
		return false;
	lop_diag_help(d, "write `%.*s: ` in line %zu, with a blank behind the `:`", (int)len,
		      r->data + first, above.number);
	return true;
}

static void help_key(struct lop_yaml_reader *r, struct lop_diag *d, size_t at)
{
	bool first = is_first_on_line(r, at);

	if (first && r->data[at] == '-' && at - line_start(r, at) == r->parser.context_mark.column)
		lop_diag_help(d,
			      "write the items of a list below a key of their own, as `access:`");
	else if (first && at - line_start(r, at) == r->parser.context_mark.column)
		lop_diag_help(d, "write `key: value`");
	else if (first && !help_line_above(r, d, at))
		help_indent(r, d, at);
	else if (!first && r->data[at - 1] == '\'')
		lop_diag_help(d, "write `''` for a quote inside of quotes, or use double quotes");
	else if (!first)
		lop_diag_help(d, "remove what stands behind the value, or put all of it in quotes");
}

/* A list or mapping in brackets that does not go on as it must. */
static void help_brackets(struct lop_yaml_reader *r, struct lop_diag *d, size_t at, char closing)
{
	unsigned line = (unsigned)r->parser.context_mark.line + 1;
	char open = closing == ']' ? '[' : '{';

	if (at < r->len && (r->data[at] == ']' || r->data[at] == '}'))
		lop_diag_help(d,
			      "write `%c` before this `%c`: the last bracket that is open is `%c`",
			      closing, r->data[at], open);
	else if (at >= r->len || (r->data[at] == ':' && r->parser.problem_mark.line >= line))
		lop_diag_help(d, "write `%c` to close the `%c` of line %u", closing, open, line);
	else if (is_first_on_line(r, at))
		lop_diag_help(d, "write `%c` to close the `%c` of line %u, or `,` before this line",
			      closing, open, line);
	else
		lop_diag_help(d, "write `,` before this entry, or put text with blanks and `:` in "
				 "quotes");
}

/* A key where none may stand: behind another one, or below a line that is no key, or has a value.
 */
static void help_second_value(struct lop_yaml_reader *r, struct lop_diag *d, size_t at)
{
	if (has_colon(r, line_start(r, at), at))
		lop_diag_help(d, "put the value in quotes, or begin a new line for the second key");
	else if (!help_line_above(r, d, at))
		lop_diag_help(d, "indent this line by %zu spaces, as the line above it",
			      indent_at(r, line_above(r, at).start));
}

/* The start of a key that nothing follows: its `:` is missing, or the blank behind it. */
static void help_colon(struct lop_yaml_reader *r, struct lop_diag *d)
{
	size_t at = lop_yaml_byte(r, r->parser.context_mark.index), len = 0;
	const char *word = r->data + at;

	while (at + len < r->len && len < MAX_WORD && !strchr(WORD_END, word[len]))
		len++;
	if (len == 0 || len == MAX_WORD)
		lop_diag_help(d, "write `key: value`");
	else
		lop_diag_help(d, "write `%.*s: ` and the value, with a blank behind the `:`",
			      (int)len, word);
}

/* A quote that is never closed. */
static void help_quote(struct lop_yaml_reader *r, struct lop_diag *d)
{
	size_t at = lop_yaml_byte(r, r->parser.context_mark.index);
	bool quoted = at < r->len && strchr("'\"", r->data[at]);

	lop_diag_help(d, "write `%c` where the text that begins in line %u ends",
		      quoted ? r->data[at] : '"', (unsigned)r->parser.context_mark.line + 1);
}

static const char *plain_help(const char *problem)
{
	static const struct {
		const char *words, *help;
	} rows[] = {
		{ "control character", "remove it, or write it as \\xNN in double quotes" },
		{ "UTF-8", "save the file as UTF-8" },
		{ "UTF-16", "save the file as UTF-8" },
		{ "Unicode character escape",
		  "write a character that exists, as \\x41 or \\u0041" },
		{ "Unicode", "save the file as UTF-8" },
		{ "'-' indicator", "begin this line with `- `, or indent it as the item's keys" },
		{ "block sequence entries", "begin a new line for `- `, below the key" },
		{ "mapping keys are not", "write `key: value`, without the `?`" },
		{ "cannot start any token", "put the text that begins here in quotes" },
		{ "unknown escape", "write \\\\ for a backslash, or use single quotes" },
		{ "hexdecimal", "write two digits behind \\x, four behind \\u" },
		{ "comment or line break", "begin the text in the next line" },
		{ "indentation indicator", "leave the 0 out" },
		{ "alphabetic or numeric",
		  "put the text in quotes; an anchor or alias has a name" },
		{ "document start", "begin all keys of the file in the same column" },
		{ "node content", "write a value here, or remove the `,` before it" },
		{ "undefined tag", "leave the tag out" },
		{ "directive", "remove the line that begins with `%`" },
		{ "version", "remove the line that begins with `%`" },
		{ "unexpected ':'", "write a blank behind the `:`, or put the text in quotes" },
		{ "tag", "leave out what begins with `!`, or put it in quotes" },
		{ "URI", "leave out what begins with `!`, or put it in quotes" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strstr(problem, rows[i].words))
			return rows[i].help;
	return "write one `key: value` in each line, indented with spaces; other text goes in quotes";
}

static void help(struct lop_yaml_reader *r, struct lop_diag *d, const char *problem, size_t at)
{
	if (strstr(problem, "expected key"))
		help_key(r, d, at);
	else if (strstr(problem, "',' or ']'"))
		help_brackets(r, d, at, ']');
	else if (strstr(problem, "',' or '}'"))
		help_brackets(r, d, at, '}');
	else if (strstr(problem, "mapping values"))
		help_second_value(r, d, at);
	else if (strstr(problem, "expected ':'"))
		help_colon(r, d);
	else if (strstr(problem, "end of stream") || strstr(problem, "document indicator"))
		help_quote(r, d);
	else if (strstr(problem, "node content") && at >= r->len)
		lop_diag_help(d, "close the bracket that is still open");
	else if (r->parser.context && strstr(r->parser.context, "tag"))
		lop_diag_help(d, "%s", plain_help("tag"));
	else
		lop_diag_help(d, "%s", plain_help(problem));
}

void lop_yaml_report_syntax(struct lop_yaml_reader *r)
{
	const yaml_parser_t *p = &r->parser;
	bool decoding = p->error == YAML_READER_ERROR;
	size_t at = decoding ? p->problem_offset + r->bom : lop_yaml_byte(r, p->problem_mark.index);
	bool tab = !decoding && at < r->len && r->data[at] == '\t';
	struct lop_span span = lop_yaml_point(r, at);
	const char *problem = p->problem ? p->problem : "this is not YAML";
	struct lop_diag *d;

	r->failed = true;
	if (p->error == YAML_MEMORY_ERROR) {
		lop_diag_help_read(lop_report(r->diags, LOP_IO, span, "out of memory reading YAML"),
				   -ENOMEM);
		return;
	}
	d = lop_report(r->diags, LOP_YAML_SYNTAX, span, "%s",
		       tab ? "a tab cannot indent YAML" : problem);
	if (tab) {
		lop_diag_label(d, span, "a tab");
		lop_diag_help(d, "indent with spaces");
	} else {
		lop_diag_label(d, span, "here");
		help(r, d, problem, at);
	}
	if (!decoding && p->context && p->context_mark.index != p->problem_mark.index)
		lop_diag_label(d, lop_yaml_point(r, lop_yaml_byte(r, p->context_mark.index)), "%s",
			       p->context);
}
