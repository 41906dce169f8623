/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Binary artifacts as text and as JSON, for `sdtgen rsc`, `sdtgen table` and
 * `sdtgen pack --list`. All print what has
 * been checked. The JSON is described in sdtgen(1); its member `schema` changes when a member
 * changes its meaning or goes away.
 */
#ifndef LOP_EMIT_INSPECT_H
#define LOP_EMIT_INSPECT_H

#include "lopper-c/base/buf.h"
#include "lopper-c/check/rsc.h"
#include "lopper-c/pack/pack.h"
#include "runtime/abi/partition.h"

#define LOP_RSC_SCHEMA	 "sdtgen-rsc-1"
#define LOP_TABLE_SCHEMA "sdtgen-table-1"
#define LOP_BOOT_SCHEMA	 "sdtgen-boot-1"

void lop_emit_rsc_text(const struct lop_rsc *rsc, struct lop_buf *out);
void lop_emit_rsc_json(const struct lop_rsc *rsc, struct lop_buf *out);

void lop_emit_table_text(const struct pm_table *table, const char *path, struct lop_buf *out);
void lop_emit_table_json(const struct pm_table *table, const char *path, struct lop_buf *out);

void lop_emit_boot_text(const struct lop_boot *boot, struct lop_buf *out);
void lop_emit_boot_json(const struct lop_boot *boot, struct lop_buf *out);

#endif
