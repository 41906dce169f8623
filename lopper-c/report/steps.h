/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside report/: the steps of lop_report_finish, and words that all forms of a report use. */
#ifndef LOP_REPORT_STEPS_H
#define LOP_REPORT_STEPS_H

#include "lopper-c/base/buf.h"
#include "lopper-c/report/facts.h"

void lop_report_regions(struct lop_report *report);
void lop_report_maps(struct lop_report *report);

/* Is it what a cluster or a domain sees, with other addresses than the machine's? */
bool lop_map_is_view(const struct lop_bus_map *map);
/*
 * "file:line:column" of the user's own text; "" where there is none. The folder that all files are
 * in is left out, so that the place from which the command was called does not show. In the arena.
 */
const char *lop_report_source(const struct lop_report *report, struct lop_span span);
/* "memory", "link window": what a kind is called everywhere. */
const char *lop_fact_region_kind_name(enum lop_fact_kind kind);
/* Whose it is: "linux, rtos", "manager", "" for nobody. In the arena. */
const char *lop_fact_region_owners(const struct lop_report *report,
				   const struct lop_fact_region *region);
const char *lop_restart_name(enum lop_restart restart);
const char *lop_console_name(enum lop_console console);
const char *lop_memory_type_name(enum lop_memory_type type);
const char *lop_irq_kind_name(enum lop_irq_kind kind);
/* The label of a node, else its name. */
const char *lop_node_title(const struct lop_node *node);
/* "cpus_a53 0,1" of each use, joined by "; "; "none". In the arena. */
const char *lop_report_cpus(const struct lop_report *report, const struct lop_domain *domain);
/* "53, 27 private": the first of its interrupts, and how many more. In the arena. */
const char *lop_report_irqs(const struct lop_report *report, const struct lop_device_use *use);
/* "8 MiB"; "~510.8 MiB" where the exact number would be long. */
const char *lop_report_size(const struct lop_report *report, uint64_t size);
/* "0x48000000" */
const char *lop_report_hex(const struct lop_report *report, uint64_t number);

#endif
