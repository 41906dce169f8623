/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside model/: the steps that fill a remote processor. */
#ifndef LOP_MODEL_RPROC_BUILD_H
#define LOP_MODEL_RPROC_BUILD_H

#include "lopper-c/base/map.h"
#include "lopper-c/model/rproc.h"
#include "lopper-c/model/system.h"

/* What was looked up once in the whole tree. */
struct lop_rproc_nodes {
	const struct lop_node **items; /* those that say to be a remote processor */
	size_t count;
	struct lop_map banks; /* nodes that are called a TCM, by name without unit address */
	bool banks_known;
};

void lop_rproc_lack(struct lop_system *system, struct lop_rproc *rproc,
		    const struct lop_lack *lack);
/* Gives the host a node that it starts or rings the remote with. */
void lop_rproc_give(struct lop_system *system, struct lop_rproc *rproc,
		    const struct lop_node *node);
/* The two of each pair of CPUs, once all are known. */
void lop_pair_rprocs(struct lop_system *system);
/* CPU and banks of TCM. */
void lop_build_rproc_amd(struct lop_system *system, struct lop_rproc *rproc,
			 struct lop_rproc_nodes *nodes);

#endif
