/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Binary artifacts as text and as JSON, for `sdtgen rsc`. All print what has been checked. The JSON
 * is described in sdtgen(1); its member `schema` changes when a member changes its meaning or goes
 * away.
 */
#ifndef LOP_EMIT_INSPECT_H
#define LOP_EMIT_INSPECT_H

#include "lopper-c/base/buf.h"
#include "lopper-c/check/rsc.h"

#define LOP_RSC_SCHEMA "sdtgen-rsc-1"

void lop_emit_rsc_text(const struct lop_rsc *rsc, struct lop_buf *out);
void lop_emit_rsc_json(const struct lop_rsc *rsc, struct lop_buf *out);

#endif
