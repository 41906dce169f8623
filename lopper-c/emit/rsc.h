/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside emit/: resource tables. The bytes are made first, from the model; the C source is printed
 * from the bytes, so that what a program is built with and what a loader copies cannot differ.
 */
#ifndef LOP_EMIT_RSC_H
#define LOP_EMIT_RSC_H

#include "lopper-c/model/system.h"

/* Appends the table of a pair as the remote sees it (ipc/abi/resource_table.h). */
void lop_rsc_table(const struct lop_system *system, const struct lop_pair *pair,
		   struct lop_buf *out);

/* How a table is called in C: of the pair, seen by one of its ends. */
struct lop_rsc_source {
	const char *peer; /* the other end, for names: rsc_<peer>, RSC_<PEER>_ */
	const char *host, *remote;
	const char *section; /* of the ELF file */
	const unsigned char *table;
	size_t size;
};

void lop_rsc_header(const struct lop_rsc_source *source, struct lop_buf *out);
void lop_rsc_body(const struct lop_rsc_source *source, struct lop_buf *out);

#endif
