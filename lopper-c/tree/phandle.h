/* SPDX-License-Identifier: BSD-3-Clause */
/* Phandle numbers: reading the explicit ones, giving out the others. Inside tree/ only. */
#ifndef LOP_TREE_PHANDLE_H
#define LOP_TREE_PHANDLE_H

#include "lopper-c/tree/resolve.h"

/* What stays between calls; one per tree, in its arena. */
struct lop_resolver {
	uint32_t next; /* where the search for a free number goes on; never moves back */
	struct lop_phandle_set keep_free;
	bool too_big; /* LOP_TREE_MAX_PATHS was exceeded */
};

struct lop_resolver *lop_resolver_of(struct lop_tree *tree); /* made at the first call */

/* The node's number; gives it one, and a phandle property if it has none. */
uint32_t lop_phandle_give(struct lop_tree *tree, struct lop_node *node);
/* Reads every explicit number anew. Reports LOP_DTS_PHANDLE. */
void lop_phandles_read(struct lop_tree *tree, struct lop_diags *diags);

#endif
