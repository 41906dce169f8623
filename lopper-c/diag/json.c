/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Diagnostics as JSON: one array, one object per diagnostic and line of output. Columns count
 * bytes, like everywhere but in SARIF.
 */
#include "lopper-c/diag/render.h"

#include <string.h>

#include "lopper-c/base/str.h"

static void json_control(struct lop_buf *out, char c)
{
	static const char from[] = "\n\t\r\b\f";
	static const char to[] = "ntrbf";
	const char *at = c ? strchr(from, c) : NULL;

	if (at)
		lop_buf_printf(out, "\\%c", to[at - from]);
	else
		lop_buf_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
}

/*
 * Characters that JSON takes but some reader of it does not: JavaScript has two line ends more,
 * YAML three, and no C1 controls, byte order marks and non-characters. n: bytes of the character.
 */
static unsigned escaped(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	unsigned c = n == 2   ? (u[0] & 0x1fu) << 6 | (u[1] & 0x3fu)
		     : n == 3 ? (u[0] & 0xfu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu)
			      : 0;

	if ((c >= 0x80 && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffe)
		return c;
	return 0;
}

void lop_json_string(struct lop_buf *out, const char *s)
{
	size_t len = strlen(s), n;

	lop_buf_putc(out, '"');
	for (; len; s += n, len -= n) {
		n = 0;
		while (n < len && s[n] >= 0x20 && s[n] < 0x7f && s[n] != '"' && s[n] != '\\')
			n++;
		if (n) {
			lop_buf_add(out, s, n);
			continue;
		}
		n = lop_utf8_length(s, len);
		if (n == 0) {
			n = 1;
			lop_buf_puts(out, LOP_REPLACEMENT);
		} else if ((unsigned char)*s < 0x20 || *s == 0x7f) {
			json_control(out, *s);
		} else if (escaped(s, n)) {
			lop_buf_printf(out, "\\u%04x", escaped(s, n));
		} else {
			if (*s == '"' || *s == '\\')
				lop_buf_putc(out, '\\');
			lop_buf_add(out, s, n);
		}
	}
	lop_buf_putc(out, '"');
}

static void put_member(struct lop_buf *out, const char *name, const char *value)
{
	lop_buf_printf(out, "\"%s\": ", name);
	lop_json_string(out, value);
}

static void put_place(struct lop_buf *out, const struct lop_place *place, const char *label)
{
	lop_buf_putc(out, '{');
	put_member(out, "file", place->file);
	if (place->line)
		lop_buf_printf(
			out, ", \"line\": %u, \"column\": %u, \"end_line\": %u, \"end_column\": %u",
			place->line, place->column, place->end_line, place->end_column);
	lop_buf_puts(out, ", ");
	put_member(out, "label", label);
	lop_buf_putc(out, '}');
}

static void put_places(struct lop_buf *out, struct lop_sources *sources, const struct lop_diag *d)
{
	const char *separator = "";

	lop_buf_puts(out, ", \"places\": [");
	for (const struct lop_diag_label *l = d->labels; l; l = l->next) {
		struct lop_place place = lop_sources_resolve(sources, l->span);

		if (!place.file)
			continue;
		lop_buf_puts(out, separator);
		put_place(out, &place, l->text);
		separator = ", ";
	}
	lop_buf_putc(out, ']');
}

/* How the file of the first place was reached, innermost step first. */
static void put_includes(struct lop_buf *out, struct lop_sources *sources, const struct lop_diag *d)
{
	const struct lop_include *i = NULL;

	if (d->labels)
		i = lop_sources_resolve(sources, d->labels->span).include;
	lop_buf_puts(out, ", \"includes\": [");
	for (; i; i = i->outer) {
		lop_buf_putc(out, '{');
		put_member(out, "file", i->file);
		lop_buf_printf(out, ", \"line\": %u}%s", i->line, i->outer ? ", " : "");
	}
	lop_buf_putc(out, ']');
}

static void put_helps(struct lop_buf *out, const struct lop_diag *d)
{
	lop_buf_puts(out, ", \"helps\": [");
	for (const struct lop_diag_help *h = d->helps; h; h = h->next) {
		lop_json_string(out, h->text);
		lop_buf_puts(out, h->next ? ", " : "");
	}
	lop_buf_putc(out, ']');
}

void lop_render_json(const struct lop_diags *diags, struct lop_buf *out)
{
	lop_buf_putc(out, '[');
	for (const struct lop_diag *d = diags->first; d; d = d->next) {
		lop_buf_puts(out, d == diags->first ? "\n{" : ",\n{");
		put_member(out, "code", lop_codes[d->code].name);
		lop_buf_puts(out, ", ");
		put_member(out, "severity", lop_severity_name(d->severity));
		lop_buf_puts(out, ", ");
		put_member(out, "message", d->message);
		lop_buf_printf(out, ", \"downgraded\": %s", d->downgraded ? "true" : "false");
		put_places(out, diags->sources, d);
		put_includes(out, diags->sources, d);
		put_helps(out, d);
		lop_buf_putc(out, '}');
	}
	lop_buf_puts(out, "\n]\n");
}
