/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside the reader of partition tables: what its files share. */
#ifndef PM_ABI_PARTITION_CHECK_H
#define PM_ABI_PARTITION_CHECK_H

#include "runtime/abi/partition.h"

struct pm_check {
	const struct pm_table *table;
	struct pm_table_place *where; /* may be NULL */
};

/* Notes the place and returns error. */
int pm_check_fail(struct pm_check *c, int error, const char *record, uint32_t index,
		  const char *field);
/* Is there a text at this offset of bytes, closed, not too long, without control characters? */
bool pm_check_text(const struct pm_check *c, uint32_t offset);
/* The same, and is it not empty? */
bool pm_check_name(const struct pm_check *c, uint32_t offset);

static inline bool pm_same_text(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

/* Of ranges that do not wrap and are not empty. */
static inline bool pm_overlap(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
	return a <= b ? b - a < a_size : a - b < b_size;
}

/* The steps, in this order; each relies on those before. */

/* partition_manager.c: the kinds that the header names. */
int pm_check_kinds(struct pm_check *c);
/* partition_records.c: every field of every record by itself. */
int pm_check_records(struct pm_check *c);
/* partition_manager.c: what the manager has. */
int pm_check_manager(struct pm_check *c);
/* partition_relations.c: what belongs to whom, overlaps and doubles. */
int pm_check_relations(struct pm_check *c);
/* partition_links.c: the two ends of each link, its window, its resource table. */
int pm_check_links(struct pm_check *c);

/* The interrupt numbers of the controller of a table: in *private_irq those of one CPU. */
bool pm_check_intid(const struct pm_table *table, uint32_t intid, bool private_irq);

#endif
