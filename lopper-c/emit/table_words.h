/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the numbers of a partition table are called. Each function takes a value that the validator
 * has taken. Private to emit/.
 */
#ifndef LOP_EMIT_TABLE_WORDS_H
#define LOP_EMIT_TABLE_WORDS_H

#include "runtime/abi/image.h"
#include "runtime/abi/partition.h"

const char *lop_pm_isa(uint32_t isa);
const char *lop_pm_uart(uint32_t kind);
const char *lop_pm_intc(uint32_t kind);
const char *lop_pm_os(uint32_t os);
const char *lop_pm_restart(uint32_t restart);
const char *lop_pm_console(uint32_t console);
const char *lop_pm_region(uint32_t kind);
const char *lop_pm_type(uint32_t type);
const char *lop_pm_image(uint32_t kind);
const char *lop_pm_format(uint32_t format);

/* The rights that a domain can have over another, by bit; NULL at the end. */
extern const char *const lop_pm_rights[];

/* The name of a domain, or "manager" for PM_NONE. */
const char *lop_pm_owner(const struct pm_table *table, uint32_t domain);

#endif
