/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Property values: strings, cells, bytes, references, /incbin/, joined by commas and sprinkled with
 * labels, into bytes and markers. Knows no property by name.
 */
#include "lopper-c/dts/parser.h"

#include <inttypes.h>
#include <string.h>

#include "lopper-c/dts/scan.h"
#include "lopper-c/tree/val.h"

static struct lop_marker *mark(struct lop_parser *p, enum lop_marker_kind kind,
			       struct lop_span span)
{
	struct lop_marker *marker = lop_arena_zalloc(p->arena, sizeof(*marker));

	marker->kind = kind;
	marker->offset = (uint32_t)p->bytes.len;
	marker->span = span;
	if (p->last_marker)
		p->last_marker->next = marker;
	else
		p->first_marker = marker;
	p->last_marker = marker;
	return marker;
}

/* A marker for the token ahead, with its text as name; reads the token. */
static void mark_named(struct lop_parser *p, enum lop_marker_kind kind)
{
	mark(p, kind, p->tok.span)->name = lop_parser_text(p);
	lop_parser_advance(p);
}

static void read_labels(struct lop_parser *p)
{
	while (p->tok.kind == LOP_TOK_LABEL) {
		p->value_labels = true;
		mark_named(p, LOP_MARK_LABEL);
	}
}

static bool is_reference(int kind)
{
	return kind == LOP_TOK_REF || kind == LOP_TOK_PATH_REF;
}

/* ---- < cells > ---- */

static void add_integer(struct lop_parser *p, uint64_t value, unsigned int bits)
{
	unsigned char bytes[8];
	unsigned int n = bits / 8;

	for (unsigned int i = 0; i < n; i++)
		bytes[i] = (unsigned char)(value >> (bits - 8 * (i + 1)));
	lop_buf_add(&p->bytes, bytes, n);
}

/* Too big for the width, unless it is a negative number that fits. */
static void check_width(struct lop_parser *p, uint64_t value, unsigned int bits,
			struct lop_span span)
{
	uint64_t mask = bits < 64 ? (UINT64_C(1) << bits) - 1 : UINT64_MAX;
	struct lop_diag *d;

	if (value <= mask || (value | mask) == UINT64_MAX)
		return;
	d = lop_report(p->diags, LOP_DTS_EXPRESSION, span,
		       "0x%" PRIx64 " does not fit into %u bits", value, bits);
	lop_diag_label(d, span, "the largest is 0x%" PRIx64, mask);
	if (bits == 32)
		lop_diag_help(d, "write two cells: <0x%" PRIx64 " 0x%" PRIx64 ">", value >> 32,
			      value & mask);
	else
		lop_diag_help(d, "write wider cells, `/bits/ %d < >`, or a smaller number",
			      value >> 32   ? 64
			      : value >> 16 ? 32
					    : 16);
}

/* False after a reported error. */
static bool read_integer(struct lop_parser *p, unsigned int bits)
{
	struct lop_span start = p->tok.span;
	uint64_t value;
	bool good = lop_parser_integer(p, &value);

	if (good)
		check_width(p, value, bits, lop_parser_since(p, start));
	add_integer(p, value, bits);
	return good;
}

static void read_cell_reference(struct lop_parser *p, unsigned int bits)
{
	if (bits == 32) {
		mark_named(p, LOP_MARK_REF_PHANDLE);
	} else {
		bool is_path = p->tok.kind == LOP_TOK_PATH_REF;
		struct lop_diag *d = lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span,
						"a reference needs 32-bit cells");

		lop_diag_label(d, p->tok.span, "stands among %u-bit cells", bits);
		lop_diag_help(d, "write it in cells of its own: /bits/ %u <..>, <&%s%s%s>", bits,
			      is_path ? "{" : "", lop_parser_text(p), is_path ? "}" : "");
		lop_parser_advance(p);
	}
	add_integer(p, UINT64_MAX, bits);
}

static void report_unclosed(struct lop_parser *p, struct lop_span open, const char *closing)
{
	char shown[LOP_TOKEN_SHOWN];
	struct lop_span gap = lop_parser_gap(p);
	struct lop_diag *d = lop_report(p->diags, LOP_DTS_SYNTAX, gap, "missing `%s`", closing);

	lop_diag_label(d, gap, "`%s` belongs here, before %s", closing,
		       lop_token_show(&p->lexer, &p->tok, shown));
	lop_diag_label(d, open, "opened here");
	lop_diag_help(d, "write `%s` behind the last %s", closing,
		      *closing == '>' ? "cell" : "byte");
}

/* A token that ends the statement although the bracket is still open. */
static bool ends_group(struct lop_parser *p)
{
	switch (p->tok.kind) {
	case ';':
	case '{':
	case '}':
	case '=':
	case LOP_TOK_EOF:
		return true;
	case LOP_TOK_WORD:
		return lop_parser_new_line(p) && lop_lexer_peek(&p->lexer) == '=';
	default:
		return false;
	}
}

static void report_word(struct lop_parser *p)
{
	const char *word = lop_parser_text(p);
	struct lop_diag *d =
		lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span, "`%s` is not a number", word);

	lop_diag_label(d, p->tok.span, "neither a number nor a reference");
	if (lop_tree_by_label(p->tree, word))
		lop_diag_help(d, "there is a label of that name: write `&%s`", word);
	else
		lop_diag_help(
			d,
			"if it is a macro, include the file that defines it, or give it with -D");
}

/* A token that cannot stand between `<` and `>`. It is skipped; only the first one is reported. */
static void refuse_in_cells(struct lop_parser *p, bool *refused)
{
	if (p->tok.kind == LOP_TOK_WORD) {
		report_word(p);
	} else if (!*refused) {
		lop_parser_unexpected(p, "a number, a reference or `>`",
				      p->tok.kind == ',' ? "inside `< >` blanks separate the cells"
				      : p->tok.kind == LOP_TOK_STRING
					      ? "strings stand outside `< >`: write <..>, \"..\""
				      : p->tok.kind == ')'
					      ? "remove it, or add the `(` that it belongs to"
					      : "an expression inside `< >` needs parentheses: "
						"<(1 + 2)>");
		*refused = true;
	}
	if (p->tok.kind != ';')
		lop_parser_advance(p);
}

static unsigned int read_bits(struct lop_parser *p)
{
	uint64_t bits = p->tok.number;
	struct lop_diag *d;

	if (p->tok.kind != LOP_TOK_NUMBER) {
		lop_parser_unexpected(p, "8, 16, 32 or 64",
				      "write the width of a cell, as in `/bits/ 16 <1>`");
		while (p->tok.kind != '<' && !ends_group(p))
			lop_parser_advance(p);
		return 32;
	}
	if (bits != 8 && bits != 16 && bits != 32 && bits != 64) {
		d = lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span,
			       "cells of %" PRIu64 " bits do not exist", bits);
		lop_diag_label(d, p->tok.span, "8, 16, 32 or 64");
		lop_diag_help(d, "write `/bits/ %d`",
			      bits < 8	  ? 8
			      : bits < 16 ? 16
			      : bits < 32 ? 32
					  : 64);
		bits = 32;
	}
	lop_parser_advance(p);
	return (unsigned int)bits;
}

static enum lop_marker_kind kind_of_width(unsigned int bits)
{
	return bits == 8    ? LOP_MARK_U8
	       : bits == 16 ? LOP_MARK_U16
	       : bits == 32 ? LOP_MARK_U32
			    : LOP_MARK_U64;
}

/* [/bits/ N] < ... > */
static bool read_cells(struct lop_parser *p)
{
	struct lop_span start = p->tok.span, open;
	unsigned int bits = lop_parser_accept(p, LOP_TOK_BITS) ? read_bits(p) : 32;
	struct lop_marker *group;
	bool refused = false;

	open = p->tok.span;
	if (!lop_parser_accept(p, '<')) {
		lop_parser_unexpected(p, "`<`", "write the cells in < >, as in `/bits/ 16 <1>`");
		return false;
	}
	group = mark(p, kind_of_width(bits), start);
	while (p->tok.kind != '>') {
		bool good = true;

		if (p->tok.kind == LOP_TOK_NUMBER || p->tok.kind == LOP_TOK_CHAR ||
		    p->tok.kind == '(')
			good = read_integer(p, bits);
		else if (is_reference(p->tok.kind))
			read_cell_reference(p, bits);
		else if (p->tok.kind == LOP_TOK_LABEL)
			read_labels(p);
		else if (!ends_group(p))
			refuse_in_cells(p, &refused);
		if (ends_group(p)) {
			if (good) /* or else the `>` may have been part of that expression */
				report_unclosed(p, open, ">");
			p->semicolon_reported = true;
			return true;
		}
	}
	lop_parser_advance(p);
	group->span = lop_parser_since(p, start);
	return true;
}

/* ---- [ bytes ] ---- */

static void refuse_in_bytes(struct lop_parser *p, bool *refused)
{
	if (!*refused)
		lop_parser_unexpected(p, "a byte or `]`",
				      "inside `[ ]` every byte is two hexadecimal digits, without "
				      "0x");
	*refused = true;
	if (p->tok.kind != ';')
		lop_parser_advance(p);
}

static bool read_bytes(struct lop_parser *p)
{
	struct lop_span open = p->tok.span;
	struct lop_marker *group = mark(p, LOP_MARK_U8, open);
	bool refused = false;

	lop_parser_advance(p);
	while (p->tok.kind != ']') {
		if (ends_group(p)) {
			report_unclosed(p, open, "]");
			p->semicolon_reported = true;
			return true;
		}
		if (p->tok.kind == LOP_TOK_BYTE) {
			lop_buf_putc(&p->bytes, (char)p->tok.number);
			lop_parser_advance(p);
		} else if (p->tok.kind == LOP_TOK_LABEL) {
			read_labels(p);
		} else {
			refuse_in_bytes(p, &refused);
		}
	}
	lop_parser_advance(p);
	group->span = lop_parser_since(p, open);
	return true;
}

/* ---- strings, references, files ---- */

static bool read_string(struct lop_parser *p)
{
	struct lop_diag *d;

	mark(p, LOP_MARK_STRING, p->tok.span);
	if (!lop_lexer_unescape(p->tok.text, p->tok.len, &p->bytes)) {
		d = lop_report(p->diags, LOP_DTS_SYNTAX, p->tok.span,
			       "`\\x` without hexadecimal digits");
		lop_diag_label(d, p->tok.span, "in this string");
		lop_diag_help(d, LOP_LEXER_ESCAPE_HELP);
	}
	lop_buf_putc(&p->bytes, '\0');
	lop_parser_advance(p);
	return true;
}

/* The next token of an /incbin/. */
static bool expect(struct lop_parser *p, int kind, const char *wanted)
{
	if (p->tok.kind != kind) {
		lop_parser_unexpected(
			p, wanted,
			"write /incbin/(\"FILE\") or /incbin/(\"FILE\", OFFSET, LENGTH)");
		return false;
	}
	if (kind != LOP_TOK_STRING) /* the caller wants its text first */
		lop_parser_advance(p);
	return true;
}

/* No file reaches that far: a place in one is a signed number of 64 bits. */
static bool check_offset(struct lop_parser *p, uint64_t offset, struct lop_span span)
{
	struct lop_diag *d;

	if (offset <= INT64_MAX)
		return true;
	d = lop_report(p->diags, LOP_DTS_EXPRESSION, span, "no file has an offset of 0x%" PRIx64,
		       offset);
	lop_diag_label(d, span, "the largest is 0x7fffffffffffffff");
	lop_diag_help(d, "write an offset below the size of the file");
	return false;
}

/* `, offset, length` of an /incbin/, if they are there. */
static bool read_part(struct lop_parser *p, uint64_t *offset, struct lop_span *span, uint64_t *len)
{
	bool good;

	if (!lop_parser_accept(p, ','))
		return true;
	*span = p->tok.span;
	good = lop_parser_integer(p, offset);
	*span = lop_parser_since(p, *span);
	return good && expect(p, ',', "`,` and a length") && lop_parser_integer(p, len);
}

static void add_file(struct lop_parser *p, const char *file, struct lop_span span, uint64_t offset,
		     uint64_t len)
{
	const char *data;
	size_t size;

	p->lexer.input.top->resume = p->lexer.p;
	if (!lop_input_binary(&p->lexer.input, file, span, &data, &size))
		return;
	if (offset > size)
		offset = size;
	if (len > size - offset)
		len = size - offset;
	lop_buf_add(&p->bytes, data + offset, (size_t)len);
}

/* /incbin/("file") or /incbin/("file", offset, length) */
static bool read_incbin(struct lop_parser *p)
{
	uint64_t offset = 0, len = UINT64_MAX;
	struct lop_buf name = { 0 };
	struct lop_span span, place = { 0 };
	const char *file;

	mark(p, LOP_MARK_U8, p->tok.span);
	lop_parser_advance(p);
	if (!expect(p, '(', "`(`"))
		return false;
	span = p->tok.span;
	if (!expect(p, LOP_TOK_STRING, "the name of a file, in quotes"))
		return false;
	lop_lexer_unescape(p->tok.text, p->tok.len, &name);
	file = lop_arena_strndup(p->arena, name.data ? name.data : "", name.len);
	lop_buf_free(&name);
	lop_parser_advance(p);
	if (!read_part(p, &offset, &place, &len) || !expect(p, ')', "`)`"))
		return false;
	if (check_offset(p, offset, place))
		add_file(p, file, span, offset, len);
	return true;
}

static bool read_path(struct lop_parser *p)
{
	mark(p, LOP_MARK_STRING, p->tok.span);
	mark_named(p, LOP_MARK_REF_PATH);
	return true;
}

static bool starts_value(int kind)
{
	return kind == LOP_TOK_STRING || kind == '<' || kind == '[' || kind == LOP_TOK_BITS ||
	       kind == LOP_TOK_INCBIN || is_reference(kind);
}

/* `status = okay`, `reg = 0x10`: shows how it is written. */
static bool refuse_value(struct lop_parser *p)
{
	const char *end = lop_scan_run(&lop_name_chars, p->tok.text, p->lexer.input.top->end);
	const char *help =
		"write \"TEXT\", <CELLS>, [BYTES] or &LABEL here; a property without a value "
		"has no `=`";

	if (p->tok.kind == LOP_TOK_WORD)
		help = lop_arena_printf(p->arena, "a string stands in quotes: \"%.*s\"",
					(int)(end - p->tok.text), p->tok.text);
	else if (p->tok.kind == LOP_TOK_NUMBER || p->tok.kind == '(')
		help = lop_arena_printf(p->arena, "a number stands in angle brackets: <%.*s>",
					(int)p->tok.len, p->tok.text);
	lop_parser_unexpected(p, "a value", help);
	return false;
}

static bool read_element(struct lop_parser *p)
{
	switch (p->tok.kind) {
	case LOP_TOK_STRING:
		return read_string(p);
	case '<':
	case LOP_TOK_BITS:
		return read_cells(p);
	case '[':
		return read_bytes(p);
	case LOP_TOK_REF:
	case LOP_TOK_PATH_REF:
		return read_path(p);
	case LOP_TOK_INCBIN:
		return read_incbin(p);
	default:
		return refuse_value(p);
	}
}

static bool read_comma(struct lop_parser *p)
{
	struct lop_span gap;
	struct lop_diag *d;

	if (lop_parser_accept(p, ','))
		return true;
	if (!starts_value(p->tok.kind) || p->semicolon_reported)
		return false;
	gap = lop_parser_gap(p);
	d = lop_report(p->diags, LOP_DTS_SYNTAX, gap, "missing `,` between two values");
	lop_diag_label(d, gap, "`,` belongs here");
	lop_diag_help(d, "write `,` here, or `;` if the value ends here");
	return true;
}

/* What was read of it is forgotten; the parser goes on behind the property. */
static bool refuse_size(struct lop_parser *p, struct lop_span span)
{
	lop_value_report_size(p->diags, span);
	p->bytes.len = 0;
	p->first_marker = p->last_marker = NULL;
	return false;
}

bool lop_parser_value(struct lop_parser *p, struct lop_value *value, struct lop_span *span)
{
	struct lop_span start = p->tok.span;
	bool good = true;

	p->bytes.len = 0;
	p->first_marker = p->last_marker = NULL;
	do {
		read_labels(p);
		good = read_element(p);
		read_labels(p);
		if (p->bytes.len > LOP_VALUE_MAX)
			good = refuse_size(p, start);
	} while (good && read_comma(p));
	value->len = (uint32_t)p->bytes.len;
	value->data = value->len ? lop_arena_dup(p->arena, p->bytes.data, value->len) : NULL;
	value->markers = p->first_marker;
	*span = lop_parser_since(p, start);
	return good;
}
