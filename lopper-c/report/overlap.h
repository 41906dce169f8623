/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside report/: which rows of a map contain which, and which must not have met. */
#ifndef LOP_REPORT_OVERLAP_H
#define LOP_REPORT_OVERLAP_H

#include "lopper-c/report/facts.h"

/* Sets depth and overlaps of every row, and the list of overlaps. The rows are sorted. */
void lop_map_compare(struct lop_report *report, struct lop_bus_map *map);

#endif
