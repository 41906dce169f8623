/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside the reader of partition tables: what its three files share. */
#ifndef PM_ABI_PARTITION_CHECK_H
#define PM_ABI_PARTITION_CHECK_H

#include "runtime/abi/partition.h"

struct pm_check {
	const struct pm_table *table;
	struct pm_table_place *where; /* may be NULL */
};

/* Notes the place and returns error. */
int pm_check_fail(struct pm_check *c, int error, const char *name, uint32_t index,
		  const char *field);
/* Is there a text at this offset of bytes? */
bool pm_check_name(const struct pm_check *c, uint32_t offset);

/* partition_records.c: every field of every record by itself, when the sections are known. */
int pm_check_records(struct pm_check *c);
/* partition_relations.c: overlaps and doubles, when every record is sound. */
int pm_check_relations(struct pm_check *c);

#endif
