/* SPDX-License-Identifier: BSD-3-Clause */
/* Collecting diagnostics: severity, limits, duplicates. Renders nothing, resolves nothing. */
#include "lopper-c/diag/diag.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

/* False if the diagnostic is to be dropped. */
static bool decide(const struct lop_diags *diags, enum lop_code code, enum lop_severity *severity,
		   bool *downgraded)
{
	const struct lop_code_row *row = &lop_codes[code];

	*downgraded = false;
	*severity = LOP_ERROR;
	if (!row->warning && !row->lopper_passes)
		return true;
	if (diags->disabled[code])
		return false;
	if (row->warning && row->off && !diags->enabled[code] && !diags->promoted[code])
		return false;
	if (diags->promoted[code])
		return true;
	if (row->warning) {
		*severity = diags->werror ? LOP_ERROR : LOP_WARNING;
	} else if (diags->compat_lopper) {
		*severity = LOP_WARNING;
		*downgraded = true;
	}
	return true;
}

static struct lop_diag *ignore(struct lop_diags *diags)
{
	if (!diags->ignored)
		diags->ignored = lop_arena_zalloc(diags->arena, sizeof(*diags->ignored));
	return diags->ignored;
}

static struct lop_span place_of(const struct lop_diag *d)
{
	return d->labels ? d->labels->span : (struct lop_span){ 0 };
}

static bool same_span(struct lop_span a, struct lop_span b)
{
	return a.text == b.text && a.offset == b.offset && a.len == b.len;
}

static uint32_t hash_of(const char *message)
{
	uint32_t hash = 0;

	for (; *message; message++)
		hash = hash * 31 + (unsigned char)*message;
	return hash;
}

static bool is_known(const struct lop_diags *diags, enum lop_code code, struct lop_span span,
		     const char *message)
{
	uint32_t hash = hash_of(message);

	for (const struct lop_diag *d = diags->first; d; d = d->next)
		if (d->hash == hash && d->code == code && same_span(place_of(d), span) &&
		    strcmp(d->message, message) == 0)
			return true;
	return false;
}

static void count(struct lop_diags *diags, enum lop_severity severity, bool downgraded)
{
	if (severity == LOP_ERROR)
		diags->errors++;
	else
		diags->warnings++;
	diags->downgraded += downgraded;
}

static void add_label(struct lop_diag *d, struct lop_span span, const char *text)
{
	struct lop_diag_label *label = lop_arena_alloc(d->arena, sizeof(*label));

	*label = (struct lop_diag_label){ .span = span, .text = text };
	if (d->last_label)
		d->last_label->next = label;
	else
		d->labels = label;
	d->last_label = label;
}

static struct lop_diag *keep(struct lop_diags *diags, enum lop_code code, struct lop_span span,
			     const char *message)
{
	struct lop_diag *d = lop_arena_zalloc(diags->arena, sizeof(*d));

	d->arena = diags->arena;
	d->code = code;
	d->message = lop_arena_strdup(diags->arena, message);
	d->hash = hash_of(message);
	if (span.text)
		add_label(d, span, "");
	if (diags->last)
		diags->last->next = d;
	else
		diags->first = d;
	diags->last = d;
	return d;
}

static bool is_full(const struct lop_diags *diags, enum lop_severity severity)
{
	return (severity == LOP_ERROR ? diags->errors : diags->warnings) >= LOP_DIAG_MAX;
}

bool lop_diags_full(const struct lop_diags *diags, enum lop_code code)
{
	enum lop_severity severity;
	bool downgraded;

	return !decide(diags, code, &severity, &downgraded) || is_full(diags, severity);
}

struct lop_diag *lop_report(struct lop_diags *diags, enum lop_code code, struct lop_span span,
			    const char *fmt, ...)
{
	enum lop_severity severity;
	struct lop_buf message = { 0 };
	struct lop_diag *d;
	bool downgraded;
	va_list ap;

	assert(code < LOP_CODE_COUNT);
	if (!decide(diags, code, &severity, &downgraded))
		return ignore(diags);
	if (is_full(diags, severity)) {
		count(diags, severity, downgraded);
		return ignore(diags);
	}
	va_start(ap, fmt);
	lop_buf_vprintf(&message, fmt, ap);
	va_end(ap);
	if (is_known(diags, code, span, lop_buf_cstr(&message))) {
		d = ignore(diags);
	} else {
		d = keep(diags, code, span, lop_buf_cstr(&message));
		d->severity = severity;
		d->downgraded = downgraded;
		count(diags, severity, downgraded);
	}
	lop_buf_free(&message);
	return d;
}

void lop_diag_label(struct lop_diag *d, struct lop_span span, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	if (!d->arena)
		return; /* suppressed */
	va_start(ap, fmt);
	text = lop_arena_vprintf(d->arena, fmt, ap);
	va_end(ap);
	if (d->labels && !*d->labels->text && same_span(d->labels->span, span))
		d->labels->text = text;
	else if (span.text)
		add_label(d, span, text);
}

void lop_diag_help(struct lop_diag *d, const char *fmt, ...)
{
	struct lop_diag_help **at = &d->helps;
	struct lop_diag_help *help;
	va_list ap;

	if (!d->arena)
		return;
	while (*at)
		at = &(*at)->next;
	help = lop_arena_zalloc(d->arena, sizeof(*help));
	va_start(ap, fmt);
	help->text = lop_arena_vprintf(d->arena, fmt, ap);
	va_end(ap);
	*at = help;
}

bool lop_diags_have(const struct lop_diags *diags, enum lop_code code)
{
	for (const struct lop_diag *d = diags->first; d; d = d->next)
		if (d->code == code)
			return true;
	return false;
}
