/* SPDX-License-Identifier: BSD-3-Clause */
/* Clocks and resident set sizes, read at the end of each stage. */
#include "lopper-c/cmd/timing.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double seconds(struct timeval tv)
{
	return (double)tv.tv_sec + (double)tv.tv_usec / 1e6;
}

static struct lop_timing_mark take(const char *stage)
{
	struct lop_timing_mark mark = { .stage = stage };
	struct rusage self = { 0 };
	struct rusage children = { 0 };
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	mark.wall = (double)now.tv_sec + (double)now.tv_nsec / 1e9;
	mark.cpu = seconds(self.ru_utime) + seconds(self.ru_stime) + seconds(children.ru_utime) +
		   seconds(children.ru_stime);
	mark.peak_kib = self.ru_maxrss > children.ru_maxrss ? self.ru_maxrss : children.ru_maxrss;
	return mark;
}

void lop_timing_start(struct lop_timing *timing)
{
	timing->count = 0;
	timing->start = timing->last = take("start");
}

void lop_timing_mark(struct lop_timing *timing, const char *stage)
{
	struct lop_timing_mark now = take(stage);
	size_t i = 0;

	while (i < timing->count && strcmp(timing->stages[i].stage, stage) != 0)
		i++;
	if (i == LOP_TIMING_MAX)
		return;
	if (i == timing->count)
		timing->stages[timing->count++] = (struct lop_timing_mark){ .stage = stage };
	timing->stages[i].wall += now.wall - timing->last.wall;
	timing->stages[i].cpu += now.cpu - timing->last.cpu;
	timing->stages[i].peak_kib = now.peak_kib;
	timing->last = now;
}

static void print_line(const char *stage, double wall, double cpu, long peak_kib,
		       struct lop_buf *out)
{
	lop_buf_printf(out, "timing: %-8s %9.6f s wall %9.6f s cpu %8ld KiB peak\n", stage, wall,
		       cpu, peak_kib);
}

void lop_timing_print(const struct lop_timing *timing, struct lop_buf *out)
{
	for (size_t i = 0; i < timing->count; i++) {
		const struct lop_timing_mark *stage = &timing->stages[i];

		print_line(stage->stage, stage->wall, stage->cpu, stage->peak_kib, out);
	}
	print_line("total", timing->last.wall - timing->start.wall,
		   timing->last.cpu - timing->start.cpu, timing->last.peak_kib, out);
}
