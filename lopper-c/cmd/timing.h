/* SPDX-License-Identifier: BSD-3-Clause */
/* --timing: what each stage took. Knows no stage. */
#ifndef LOP_CMD_TIMING_H
#define LOP_CMD_TIMING_H

#include <stddef.h>

#include "lopper-c/base/buf.h"

#define LOP_TIMING_MAX 16

struct lop_timing_mark {
	const char *stage;
	double wall, cpu; /* seconds since the start of the run; cpu with child processes */
	long peak_kib; /* largest resident set up to here, in KiB, the larger of us and a child */
};

struct lop_timing {
	struct lop_timing_mark start;
	struct lop_timing_mark marks[LOP_TIMING_MAX];
	size_t count;
};

void lop_timing_start(struct lop_timing *timing);
/* A stage has ended; marks beyond LOP_TIMING_MAX are forgotten. */
void lop_timing_mark(struct lop_timing *timing, const char *stage);
/* One line "timing: STAGE WALL s CPU s PEAK KiB" per stage and one for the total. */
void lop_timing_print(const struct lop_timing *timing, struct lop_buf *out);

#endif
