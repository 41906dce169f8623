/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Resource tables of programs that exist: found in a file, checked, judged. Knows no domains; what
 * a table should say for a system is not its business.
 */
#ifndef LOP_CHECK_RSC_H
#define LOP_CHECK_RSC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ipc/abi/elf.h"
#include "ipc/abi/resource_table.h"
#include "lopper-c/base/range.h"
#include "lopper-c/diag/diag.h"

/* Bytes of a table that are looked at; a real one has a few hundred. */
#define LOP_RSC_SIZE_MAX (UINT32_C(1) << 20)

/* A sound table. Everything points into the file's bytes, which must outlive it. */
struct lop_rsc {
	const char *path;
	struct lop_span span; /* the file, without lines */
	bool is_elf; /* else the file is the table, and elf, section and loaded are empty */
	struct ipc_elf elf;
	struct ipc_elf_section section;
	bool loaded; /* the section lies in a segment that is loaded */
	const unsigned char *table;
	uint32_t size, used; /* bytes there are, bytes up to the end of the last entry */
};

/* False after a report: no table, or an ELF file or table that is not sound. */
bool lop_rsc_find(struct lop_rsc *rsc, struct lop_diags *diags, const char *path, const void *data,
		  size_t size);
/* Warnings of what is sound, but will not work, or not everywhere. */
void lop_rsc_lint(const struct lop_rsc *rsc, struct lop_diags *diags);

/* A ring or memory of a table as a range; size 0 where the host chooses the place. */
struct lop_range lop_rsc_range(uint32_t da, uint32_t size);
struct lop_range lop_rsc_ring_range(const struct ipc_rsc_vring *ring);

#endif
