/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside report/: the parts of the HTML page, and text that stays text in it. */
#ifndef LOP_REPORT_HTML_H
#define LOP_REPORT_HTML_H

#include "lopper-c/base/buf.h"
#include "lopper-c/report/fields.h"

extern const char lop_html_style[]; /* colours, for pages and pictures */
extern const char lop_html_page[];  /* the rest of a page's style sheet */

/* Escaped for element content and quoted attributes; what is no text becomes U+FFFD. */
void lop_html_text(struct lop_buf *out, const char *s);
/* At most max characters, the last one an ellipsis where more follow; escaped. */
void lop_html_short(struct lop_buf *out, const char *s, size_t max);

/* "c0" .. "c7" for a domain by its index, "cx" for several, "cm" for the manager, "cn" for nobody.
 */
const char *lop_html_owner_class(const struct lop_report *report,
				 const struct lop_fact_region *region);

/* Patterns that pictures refer to; once per document. */
void lop_picture_defs(struct lop_buf *out);
/* One map, or all links, as an <svg> of a page. */
void lop_picture_map(const struct lop_report *report, const struct lop_bus_map *map,
		     struct lop_buf *out);
void lop_picture_links(const struct lop_report *report, struct lop_buf *out);

/* Sections of the page. */
void lop_html_maps(const struct lop_report *report, struct lop_buf *out);
void lop_html_matrix(const struct lop_report *report, struct lop_buf *out);
void lop_html_domains(const struct lop_report *report, struct lop_buf *out);
void lop_html_links(const struct lop_report *report, struct lop_buf *out);

/*
 * A table begins in a box that scrolls by itself. heads end with NULL; kinds has a letter for each:
 * 'n' a number, 'm' a mark in the middle, the last letter is that of all further ones.
 */
void lop_html_table(struct lop_buf *out, const char *label, const char *const *heads,
		    const char *kinds);
void lop_html_table_end(struct lop_buf *out);
/* <td class="class">text</td>; class NULL: none. */
void lop_html_cell(struct lop_buf *out, const char *class, const char *text);
void lop_html_fields(const struct lop_report *report, const char *label,
		     const struct lop_fields *fields, struct lop_buf *out);

#endif
