/* SPDX-License-Identifier: BSD-3-Clause */
/* One self-contained page: no script, nothing from elsewhere. Text is escaped where it is put. */
#include "lopper-c/report/html.h"

#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/report/forms.h"
#include "lopper-c/report/steps.h"

/* --- text --- */

static bool is_text(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;

	if (!n || u[0] < 0x20 || u[0] == 0x7f)
		return false;
	if (n == 2 && u[0] == 0xc2 && u[1] < 0xa0)
		return false;
	/* U+202A..U+202E and U+2066..U+2069 turn the direction of what follows. */
	if (n == 3 && u[0] == 0xe2 && u[1] == 0x80 && u[2] >= 0xaa && u[2] <= 0xae)
		return false;
	if (n == 3 && u[0] == 0xe2 && u[1] == 0x81 && u[2] >= 0xa6 && u[2] <= 0xa9)
		return false;
	return !(n == 3 && u[0] == 0xef && u[1] == 0xbf && u[2] >= 0xbe);
}

static void put_char(struct lop_buf *out, const char *s, size_t n)
{
	static const char special[] = "<>&\"'";
	static const char *const names[] = { "&lt;", "&gt;", "&amp;", "&quot;", "&#39;" };
	const char *at = n == 1 ? strchr(special, *s) : NULL;

	if (!is_text(s, n))
		lop_buf_puts(out, "\xef\xbf\xbd");
	else if (at)
		lop_buf_puts(out, names[at - special]);
	else
		lop_buf_add(out, s, n);
}

/* Bytes at s that stand for themselves, at most n. */
static size_t plain_run(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] >= 0x20 && s[i] < 0x7f && s[i] != '<' && s[i] != '>' && s[i] != '&' &&
	       s[i] != '"' && s[i] != '\'')
		i++;
	return i;
}

void lop_html_short(struct lop_buf *out, const char *s, size_t max)
{
	size_t left = strlen(s), n;

	while (left) {
		n = plain_run(s, left < max ? left : max - 1);
		lop_buf_add(out, s, n);
		s += n;
		left -= n;
		max -= n;
		if (!left)
			return;
		n = lop_utf8_length(s, left);
		if (max == 1 && left > (n ? n : 1)) {
			lop_buf_puts(out, "\xe2\x80\xa6");
			return;
		}
		put_char(out, s, n);
		max--;
		s += n ? n : 1;
		left -= n ? n : 1;
	}
}

void lop_html_text(struct lop_buf *out, const char *s)
{
	lop_html_short(out, s, SIZE_MAX);
}

const char *lop_html_owner_class(const struct lop_report *report,
				 const struct lop_fact_region *region)
{
	static const char *const classes[] = { "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7" };

	if (region->manager)
		return "cm";
	if (!region->owner)
		return "cn";
	if (region->owner->next)
		return "cx";
	return classes[report->domain_index[region->owner->domain->node->index] % 8];
}

/* --- tables --- */

void lop_html_table(struct lop_buf *out, const char *label, const char *const *heads,
		    const char *kinds)
{
	lop_buf_puts(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
	lop_html_text(out, label);
	lop_buf_puts(out, "\"><table><thead><tr>");
	for (; *heads; heads++) {
		lop_buf_printf(out, "<th scope=\"col\"%s>",
			       *kinds == 'n'   ? " class=\"n\""
			       : *kinds == 'm' ? " class=\"mid\""
					       : "");
		lop_html_text(out, *heads);
		lop_buf_puts(out, "</th>");
		kinds += kinds[1] != 0;
	}
	lop_buf_puts(out, "</tr></thead><tbody>\n");
}

void lop_html_table_end(struct lop_buf *out)
{
	lop_buf_puts(out, "</tbody></table></div>\n");
}

void lop_html_cell(struct lop_buf *out, const char *class, const char *text)
{
	lop_buf_puts(out, "<td");
	if (class)
		lop_buf_printf(out, " class=\"%s\"", class);
	lop_buf_putc(out, '>');
	lop_html_text(out, text);
	lop_buf_puts(out, "</td>");
}

void lop_html_fields(const struct lop_report *report, const char *label,
		     const struct lop_fields *fields, struct lop_buf *out)
{
	static const char *const heads[] = { "Fact", "Value", "Source", NULL };

	lop_html_table(out, label, heads, ".");
	for (size_t i = 0; i < fields->n; i++) {
		const struct lop_field *f = &fields->list[i];

		lop_buf_puts(out, "<tr><th scope=\"row\">");
		lop_html_text(out, f->key);
		lop_buf_puts(out, "</th>");
		lop_html_cell(out, f->kind == LOP_FIELD_ADDRESS ? "x" : NULL,
			      lop_field_text(report->arena, f));
		lop_html_cell(out, "src", lop_report_source(report, f->span));
		lop_buf_puts(out, "</tr>\n");
	}
	lop_html_table_end(out);
}

/* --- the page --- */

static void put_head(const struct lop_report *report, struct lop_buf *out)
{
	lop_buf_puts(out,
		     "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		     "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
		     "<meta name=\"color-scheme\" content=\"light dark\">\n"
		     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
		     "style-src 'unsafe-inline'\">\n<title>");
	lop_html_text(out, report->title);
	lop_buf_puts(out, "</title>\n<style>\n");
	lop_buf_puts(out, lop_html_style);
	lop_buf_puts(out, lop_html_page);
	lop_buf_puts(out, "</style>\n</head>\n<body>\n"
			  "<svg width=\"0\" height=\"0\" class=\"away\" aria-hidden=\"true\">");
	lop_picture_defs(out);
	lop_buf_puts(out, "</svg>\n<header>\n<h1>");
	lop_html_text(out, report->title);
	lop_buf_puts(out, "</h1>\n");
}

static void put_count(size_t n, const char *what, const char *before, struct lop_buf *out)
{
	lop_buf_printf(out, "%s%zu %s%s", before, n, what, n == 1 ? "" : "s");
}

static void put_counts(const struct lop_report *report, struct lop_buf *out)
{
	const char *dot = " \xc2\xb7 ";

	lop_buf_puts(out, "<p class=\"sub\">");
	put_count(report->system->n_domains, "domain", "", out);
	put_count(report->system->n_cpus, "CPU", dot, out);
	put_count(report->n_devices, "device", dot, out);
	lop_buf_puts(out, " in use");
	put_count(report->system->n_links, "link", dot, out);
	put_count(report->maps[0].n_overlaps, "overlap", dot, out);
	lop_buf_printf(out, "%s%s</p>\n", dot,
		       report->system->manager ? "supervised" : "without a manager");
}

/* Whose colour is which. */
static void put_keys(const struct lop_report *report, struct lop_buf *out)
{
	const struct lop_system *system = report->system;

	lop_buf_puts(out, "<ul class=\"keys\" aria-label=\"Owners\">\n");
	for (size_t i = 0; i < system->n_domains; i++) {
		lop_buf_printf(out, "<li><span class=\"sw c%zu\"></span>", i % 8);
		lop_html_text(out, system->domains[i]->name);
		lop_buf_puts(out, "</li>\n");
	}
	if (system->manager)
		lop_buf_puts(out, "<li><span class=\"sw cm\"></span>manager</li>\n");
	lop_buf_puts(out, "<li><span class=\"sw cx\"></span>several</li>\n"
			  "<li><span class=\"sw cn\"></span>nobody</li>\n"
			  "<li><span class=\"sw free\"></span>free</li>\n</ul>\n");
}

static void put_end(struct lop_buf *out)
{
	lop_buf_puts(out,
		     "</main>\n<footer><p>Made by sdtgen from the sources named in each row, as "
		     "file:line:column. Sizes with ~ are rounded; addresses are exact.</p>"
		     "</footer>\n</body>\n</html>\n");
}

static void print_map_html(const struct lop_report *report, struct lop_buf *out)
{
	put_head(report, out);
	put_counts(report, out);
	lop_buf_puts(out, "</header>\n<main>\n<h2 id=\"map\">Addresses</h2>\n");
	put_keys(report, out);
	lop_html_maps(report, out);
	put_end(out);
}

static void print_html(const struct lop_report *report, struct lop_buf *out)
{
	bool links = report->system->n_links;

	put_head(report, out);
	put_counts(report, out);
	lop_buf_printf(out,
		       "<nav aria-label=\"Sections\"><a href=\"#map\">Addresses</a>"
		       "<a href=\"#devices\">Devices</a>%s<a href=\"#domains\">Domains</a></nav>\n"
		       "</header>\n<main>\n<h2 id=\"map\">Addresses</h2>\n",
		       links ? "<a href=\"#links\">Links</a>" : "");
	put_keys(report, out);
	lop_html_maps(report, out);
	lop_buf_puts(out, "<h2 id=\"devices\">Who has which device</h2>\n");
	lop_html_matrix(report, out);
	if (links)
		lop_buf_puts(out, "<h2 id=\"links\">Links</h2>\n");
	if (links)
		lop_html_links(report, out);
	lop_buf_puts(out, "<h2 id=\"domains\">Domains</h2>\n");
	lop_html_domains(report, out);
	put_end(out);
}

void lop_report_map_html(const struct lop_report *report, struct lop_buf *out)
{
	struct lop_arena scratch = { 0 };
	struct lop_report own = *report;

	own.arena = &scratch;
	print_map_html(&own, out);
	lop_arena_free(&scratch);
}

void lop_report_html(const struct lop_report *report, struct lop_buf *out)
{
	struct lop_arena scratch = { 0 };
	struct lop_report own = *report;

	own.arena = &scratch;
	print_html(&own, out);
	lop_arena_free(&scratch);
}
