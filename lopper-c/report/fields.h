/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside report/: what there is to say of one domain, link or manager, as a list of keys and
 * values. Text, JSON and HTML print the list, so that none of them knows more than the others.
 */
#ifndef LOP_REPORT_FIELDS_H
#define LOP_REPORT_FIELDS_H

#include "lopper-c/report/facts.h"

enum lop_field_kind {
	LOP_FIELD_TEXT,
	LOP_FIELD_NUMBER,
	LOP_FIELD_ADDRESS,
	LOP_FIELD_SIZE,
	LOP_FIELD_FLAG, /* number: 0 or 1 */
};

struct lop_field {
	const char *key;
	enum lop_field_kind kind;
	const char *text;
	uint64_t number;
	struct lop_span span;
};

struct lop_fields {
	struct lop_arena *arena;
	struct lop_field *list;
	size_t n;
};

struct lop_fields lop_fields_of_domain(const struct lop_report *report,
				       const struct lop_domain *domain);
struct lop_fields lop_fields_of_link(const struct lop_report *report, const struct lop_link *link);
struct lop_fields lop_fields_of_manager(const struct lop_report *report);
/* The value as people read it. In the arena. */
const char *lop_field_text(struct lop_arena *arena, const struct lop_field *field);

#endif
