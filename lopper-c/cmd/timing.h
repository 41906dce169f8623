/* SPDX-License-Identifier: BSD-3-Clause */
/* --timing: what each stage took. Knows no stage. */
#ifndef LOP_CMD_TIMING_H
#define LOP_CMD_TIMING_H

#include <stddef.h>

#include "lopper-c/base/buf.h"

#define LOP_TIMING_MAX 16

struct lop_timing_mark {
	const char *stage;
	double wall, cpu; /* seconds; cpu with child processes */
	long peak_kib; /* largest resident set up to here, in KiB, the larger of us and a child */
};

struct lop_timing {
	struct lop_timing_mark start, last;
	struct lop_timing_mark stages[LOP_TIMING_MAX]; /* sums, in order of first appearance */
	size_t count;
};

void lop_timing_start(struct lop_timing *timing);
/* A stage has ended; it may come back, its times add up. Beyond LOP_TIMING_MAX stages are
 * forgotten. */
void lop_timing_mark(struct lop_timing *timing, const char *stage);
/* One line "timing: STAGE WALL s CPU s PEAK KiB" per stage and one for the total. */
void lop_timing_print(const struct lop_timing *timing, struct lop_buf *out);

#endif
