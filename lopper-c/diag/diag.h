/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Diagnostics: collected, not printed. A stage reports and goes on with a poisoned value; the
 * command renders everything at the end of the run, once.
 *
 *	struct lop_diag *d = lop_report(diags, LOP_MEM_OVERLAP, span, "memory of `%s` ...", ...);
 *
 *	lop_diag_label(d, span, "`%s` asks for %s", ...);     first label: beside its caret
 *	lop_diag_label(d, other, "reserved here, 4 MiB");     another span: a second snippet
 *	lop_diag_help(d, "write `start: auto`");
 *
 * The help says what to write or change; tests/bad_test.sh wants one of every diagnostic.
 */
#ifndef LOP_DIAG_DIAG_H
#define LOP_DIAG_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/arena.h"
#include "lopper-c/base/buf.h"
#include "lopper-c/diag/code.h"
#include "lopper-c/diag/source.h"

/*
 * The severity of a diagnostic, in this order:
 *   - a warning is dropped by -Wno-<name>, or if it is off by default and -W<name> was not given;
 *   - an error that lopper lets pass is dropped by -Wno-<name>, and a warning under
 * --compat=lopper; other errors mean that there is nothing to go on with: no switch touches them;
 *   - a warning becomes an error by -Werror=<name>, or by -Werror unless --compat made it one.
 */
enum lop_severity { LOP_WARNING, LOP_ERROR };

struct lop_diag_label {
	struct lop_span span;
	const char *text; /* may be "" */
	struct lop_diag_label *next;
};

struct lop_diag_help {
	const char *text;
	struct lop_diag_help *next;
};

struct lop_diag {
	struct lop_arena *arena;
	enum lop_code code;
	enum lop_severity severity; /* after -W, -Werror and --compat */
	const char *message;
	uint32_t hash;		       /* of message */
	struct lop_diag_label *labels; /* the first is the primary place; NULL: none */
	struct lop_diag_label *last_label;
	struct lop_diag_help *helps;
	bool downgraded; /* an error by default, let pass by --compat */
	struct lop_diag *next;
};

/* A zeroed struct with sources and arena set is ready for use. */
struct lop_diags {
	struct lop_arena *arena;
	struct lop_sources *sources;
	struct lop_diag *first, *last;
	size_t errors, warnings, downgraded;
	bool disabled[LOP_CODE_COUNT]; /* -Wno-<name> */
	bool promoted[LOP_CODE_COUNT]; /* -Werror=<name> */
	bool enabled[LOP_CODE_COUNT];  /* -W<name>: for codes that are off by default */
	bool werror;
	bool compat_lopper;
	bool verbose;		  /* -v: what a message lists, it lists in full */
	struct lop_diag *ignored; /* what lop_report returns for a diagnostic that is not kept */
};

/*
 * Adds a diagnostic; the severity comes from the code's row and the switches. Never returns NULL: a
 * suppressed diagnostic is returned, can be labelled, and is forgotten. More than LOP_DIAG_MAX
 * errors, or as many warnings: counted, not kept. The same code at the same span with the same
 * message is kept and counted once. The span becomes the first label, with no text until
 * lop_diag_label gives it one; a span without place (text 0) makes none.
 */
#define LOP_DIAG_MAX 200
struct lop_diag *lop_report(struct lop_diags *diags, enum lop_code code, struct lop_span span,
			    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/*
 * Would lop_report only count this code now, or not even that? Asked before something is made for
 * the message alone, such as a path.
 */
bool lop_diags_full(const struct lop_diags *diags, enum lop_code code);
/* Text in printf form, copied. */
void lop_diag_label(struct lop_diag *d, struct lop_span span, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void lop_diag_help(struct lop_diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What to do about a file that could not be read or written; err is the -errno. */
void lop_diag_help_read(struct lop_diag *d, int err);
/* The whole of it for an input: LOP_IO, or LOP_LIMIT where it is too large; the place is the file.
 */
void lop_report_read(struct lop_diags *diags, const char *path, int err);
void lop_diag_help_write(struct lop_diag *d, int err);

/* Was something of this code reported, and kept? */
bool lop_diags_have(const struct lop_diags *diags, enum lop_code code);

/* Renderers (render.c, text.c, json.c, sarif.c) append to out and change nothing. */
enum lop_format { LOP_FORMAT_TEXT, LOP_FORMAT_JSON, LOP_FORMAT_SARIF };
void lop_diags_render(const struct lop_diags *diags, enum lop_format format, bool color,
		      struct lop_buf *out);

#endif
