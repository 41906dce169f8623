/* SPDX-License-Identifier: BSD-3-Clause */
/* Clocks and resident set sizes, read at the end of each stage. */
#include "lopper-c/cmd/timing.h"

#include <sys/resource.h>
#include <time.h>

static double seconds(struct timeval tv)
{
	return (double)tv.tv_sec + (double)tv.tv_usec / 1e6;
}

static void take(struct lop_timing_mark *mark, const char *stage)
{
	struct rusage self = { 0 };
	struct rusage children = { 0 };
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	mark->stage = stage;
	mark->wall = (double)now.tv_sec + (double)now.tv_nsec / 1e9;
	mark->cpu = seconds(self.ru_utime) + seconds(self.ru_stime) + seconds(children.ru_utime) +
		    seconds(children.ru_stime);
	mark->peak_kib = self.ru_maxrss > children.ru_maxrss ? self.ru_maxrss : children.ru_maxrss;
}

void lop_timing_start(struct lop_timing *timing)
{
	timing->count = 0;
	take(&timing->start, "start");
}

void lop_timing_mark(struct lop_timing *timing, const char *stage)
{
	if (timing->count < LOP_TIMING_MAX)
		take(&timing->marks[timing->count++], stage);
}

static void print_line(const struct lop_timing_mark *from, const struct lop_timing_mark *to,
		       const char *stage, struct lop_buf *out)
{
	lop_buf_printf(out, "timing: %-8s %9.6f s wall %9.6f s cpu %8ld KiB peak\n", stage,
		       to->wall - from->wall, to->cpu - from->cpu, to->peak_kib);
}

void lop_timing_print(const struct lop_timing *timing, struct lop_buf *out)
{
	const struct lop_timing_mark *last = &timing->start;

	for (size_t i = 0; i < timing->count; i++) {
		print_line(last, &timing->marks[i], timing->marks[i].stage, out);
		last = &timing->marks[i];
	}
	print_line(&timing->start, last, "total", out);
}
