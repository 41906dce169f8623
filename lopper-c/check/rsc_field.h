/* SPDX-License-Identifier: BSD-3-Clause */
/* Which field of a resource table a byte belongs to. */
#ifndef LOP_CHECK_RSC_FIELD_H
#define LOP_CHECK_RSC_FIELD_H

#include <stdint.h>

#include "lopper-c/base/arena.h"

struct lop_rsc_field {
	const char *text;   /* "`da` of ring 0 of entry 1 (vdev)" */
	uint32_t at, width; /* in the table, bytes; a width of 32 is a name */
};

/* Of a sound table; the byte lies in it. */
struct lop_rsc_field lop_rsc_field(struct lop_arena *arena, const unsigned char *table,
				   uint32_t byte);

#endif
