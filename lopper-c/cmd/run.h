/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One run of the command: what every stage needs, made at the start and freed at the end. The only
 * place that writes to standard output and standard error.
 */
#ifndef LOP_CMD_RUN_H
#define LOP_CMD_RUN_H

#include <stdbool.h>

#include "lopper-c/base/arena.h"
#include "lopper-c/base/buf.h"
#include "lopper-c/base/file.h"
#include "lopper-c/cmd/options.h"
#include "lopper-c/cmd/timing.h"
#include "lopper-c/diag/diag.h"

/* Exit codes. */
enum {
	LOP_EXIT_OK = 0,
	LOP_EXIT_ERRORS = 1,  /* errors were reported; no output file has been touched */
	LOP_EXIT_USAGE = 2,   /* the command line makes no sense */
	LOP_EXIT_FAILURE = 3, /* a file cannot be read or written; our own fault */
};

struct lop_run {
	struct lop_arena arena;
	struct lop_sources sources;
	struct lop_diags diags;
	struct lop_options options;
	struct lop_timing timing;
	struct lop_buf out; /* for standard output, written once at the end */
};

void lop_run_start(struct lop_run *run);
/* Hands the switches of the command line to diags. */
void lop_run_configure(struct lop_run *run);
/* Writes what was reported, then out; frees everything; returns the exit code of the process. */
int lop_run_finish(struct lop_run *run, int code);

/* One line "sdtgen: ..." and where to find help, at once; returns LOP_EXIT_USAGE. */
int lop_run_usage(struct lop_run *run, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Is an error among what was reported? */
bool lop_run_failed(const struct lop_run *run);

/*
 * The end of gen, dtb and fmt: commits the outputs unless an error was reported, in a dry run says
 * what would be written. in_place: outputs may be inputs (fmt); else one that is, is refused.
 */
int lop_run_commit(struct lop_run *run, struct lop_outputs *outs, bool in_place);
/* The same, but in spite of errors: what is written tells what an input with errors says. */
int lop_run_commit_anyway(struct lop_run *run, struct lop_outputs *outs);

#endif
