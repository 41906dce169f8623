/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What has changed between two reports, by meaning: who lost or gained what, what moved, what has
 * another value. Reads report.json as it was parsed; knows no system.
 */
#ifndef LOP_REPORT_DIFF_H
#define LOP_REPORT_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/yaml/yaml.h"

enum lop_change_kind { LOP_CHANGE_LOST, LOP_CHANGE_GAINED, LOP_CHANGE_MOVED, LOP_CHANGE_VALUE };

struct lop_change {
	enum lop_change_kind kind;
	const char *subject; /* "domain", "link", "region", "manager", "system" */
	const char *name;    /* of the subject; "" for the last two */
	const char *what; /* "device", "memory", "CPU", "region", "value"; "": the subject itself */
	const char *item; /* which of them; "" for the subject itself */
	const char *before, *after; /* of what moved or has another value; "": none */
};

struct lop_diff {
	struct lop_arena *arena;
	struct lop_change *changes; /* in the order of the first report, then of the second */
	size_t n;
};

/* NULL, or why the value is no report that can be compared. */
const char *lop_diff_refuse(const struct lop_yaml *report);
void lop_diff_reports(struct lop_diff *diff, const struct lop_yaml *a, const struct lop_yaml *b);
/* A line for each change. */
void lop_diff_text(const struct lop_diff *diff, struct lop_buf *out);
/* docs/report.md describes it. */
void lop_diff_json(const struct lop_diff *diff, struct lop_buf *out);

#endif
