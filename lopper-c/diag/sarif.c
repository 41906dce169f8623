/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Diagnostics as SARIF 2.1.0 (OASIS): one run, a rule per row of the code table, a result per
 * diagnostic. SARIF counts columns in characters, so ours are converted with the line at hand.
 */
#include "lopper-c/diag/render.h"

#include <string.h>

#include "lopper-c/base/str.h"

static const char head[] = "{\n"
			   "\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
			   "\"version\": \"2.1.0\",\n"
			   "\"runs\": [{\n"
			   "\"tool\": {\"driver\": {\"name\": \"sdtgen\", \"rules\": [";

static void put_rules(struct lop_buf *out)
{
	for (size_t i = 0; i < LOP_CODE_COUNT; i++) {
		const struct lop_code_row *row = &lop_codes[i];

		lop_buf_printf(out, "%s\n{\"id\": ", i ? "," : "");
		lop_json_string(out, row->name);
		lop_buf_puts(out, ", \"shortDescription\": {\"text\": ");
		lop_json_string(out, row->title);
		lop_buf_printf(
			out, "}, \"defaultConfiguration\": {\"enabled\": %s, \"level\": %s}}",
			row->off ? "false" : "true", row->warning ? "\"warning\"" : "\"error\"");
	}
}

/* Everything but what RFC 3986 leaves unreserved, and the slash, is percent-encoded. */
static void put_uri(struct lop_buf *out, const char *file)
{
	static const char unreserved[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "0123456789-._~/";

	lop_buf_puts(out, *file == '/' ? "\"file://" : "\"");
	for (; *file; file++) {
		if (strchr(unreserved, *file))
			lop_buf_putc(out, *file);
		else
			lop_buf_printf(out, "%%%02X", (unsigned)(unsigned char)*file);
	}
	lop_buf_putc(out, '"');
}

/* A byte column as a character column, both from 1. */
static size_t character_column(struct lop_sources *sources, const char *file, uint32_t line,
			       uint32_t column)
{
	size_t len, at = 0, count = 1;
	const char *s = lop_sources_line(sources, file, line, &len);

	if (!s)
		return column;
	while (at + 1 < column && at < len) {
		size_t n = lop_utf8_length(s + at, len - at);

		at += n ? n : 1;
		count++;
	}
	return count;
}

static void put_location(struct lop_buf *out, struct lop_sources *sources,
			 const struct lop_place *place, const char *label)
{
	lop_buf_puts(out, "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
	put_uri(out, place->file);
	lop_buf_putc(out, '}');
	if (place->line)
		lop_buf_printf(
			out,
			", \"region\": {\"startLine\": %u, \"startColumn\": %zu, \"endLine\": %u, "
			"\"endColumn\": %zu}",
			place->line,
			character_column(sources, place->file, place->line, place->column),
			place->end_line,
			character_column(sources, place->file, place->end_line, place->end_column));
	lop_buf_putc(out, '}');
	if (label && *label) {
		lop_buf_puts(out, ", \"message\": {\"text\": ");
		lop_json_string(out, label);
		lop_buf_putc(out, '}');
	}
	lop_buf_putc(out, '}');
}

/* The labels after the first, then the steps of the first one's include chain. */
static void put_related(struct lop_buf *out, struct lop_sources *sources, const struct lop_diag *d,
			const struct lop_include *include)
{
	const char *separator = "";

	lop_buf_puts(out, ", \"relatedLocations\": [");
	for (const struct lop_diag_label *l = d->labels ? d->labels->next : NULL; l; l = l->next) {
		struct lop_place place = lop_sources_resolve(sources, l->span);

		if (!place.file)
			continue;
		lop_buf_puts(out, separator);
		put_location(out, sources, &place, l->text);
		separator = ", ";
	}
	for (; include; include = include->outer) {
		struct lop_place place = { .file = include->file,
					   .line = include->line,
					   .column = 1,
					   .end_line = include->line,
					   .end_column = 1 };

		lop_buf_puts(out, separator);
		put_location(out, sources, &place, "included from here");
		separator = ", ";
	}
	lop_buf_putc(out, ']');
}

static void put_message(struct lop_buf *out, const struct lop_diag *d)
{
	struct lop_buf text = { 0 };

	lop_buf_puts(&text, d->message);
	for (const struct lop_diag_help *h = d->helps; h; h = h->next)
		lop_buf_printf(&text, "\nhelp: %s", h->text);
	lop_buf_puts(out, ", \"message\": {\"text\": ");
	lop_json_string(out, lop_buf_cstr(&text));
	lop_buf_putc(out, '}');
	lop_buf_free(&text);
}

static void put_result(struct lop_buf *out, struct lop_sources *sources, const struct lop_diag *d)
{
	struct lop_place place = { 0 };

	lop_buf_puts(out, "{\"ruleId\": ");
	lop_json_string(out, lop_codes[d->code].name);
	lop_buf_printf(out, ", \"ruleIndex\": %d, \"level\": \"%s\"", (int)d->code,
		       lop_severity_name(d->severity));
	put_message(out, d);
	if (d->labels)
		place = lop_sources_resolve(sources, d->labels->span);
	lop_buf_puts(out, ", \"locations\": [");
	if (place.file)
		put_location(out, sources, &place, d->labels->text);
	lop_buf_putc(out, ']');
	put_related(out, sources, d, place.include);
	lop_buf_putc(out, '}');
}

void lop_render_sarif(const struct lop_diags *diags, struct lop_buf *out)
{
	lop_buf_puts(out, head);
	put_rules(out);
	lop_buf_puts(out, "\n]}},\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": [");
	for (const struct lop_diag *d = diags->first; d; d = d->next) {
		lop_buf_puts(out, d == diags->first ? "\n" : ",\n");
		put_result(out, diags->sources, d);
	}
	lop_buf_puts(out, "\n]\n}]\n}\n");
}
