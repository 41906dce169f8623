/* SPDX-License-Identifier: BSD-3-Clause */
/* The forms of a report, printed from its facts; each appends to out and changes nothing else. */
#ifndef LOP_REPORT_FORMS_H
#define LOP_REPORT_FORMS_H

#include "lopper-c/base/buf.h"
#include "lopper-c/report/facts.h"

#define LOP_REPORT_SCHEMA  "sdtgen-report"
#define LOP_REPORT_VERSION 1 /* raised when a field changes its meaning or goes away */

/* Maps alone: text with a row per region, one picture, one page. */
void lop_report_map_text(const struct lop_report *report, struct lop_buf *out);
void lop_report_map_svg(const struct lop_report *report, struct lop_buf *out);
void lop_report_map_html(const struct lop_report *report, struct lop_buf *out);

/* report.txt, report.html */
void lop_report_text(const struct lop_report *report, struct lop_buf *out);
void lop_report_html(const struct lop_report *report, struct lop_buf *out);
/* report.json, see docs/report.md; with maps alone the other lists are missing. */
void lop_report_json(const struct lop_report *report, bool maps_only, struct lop_buf *out);

#endif
