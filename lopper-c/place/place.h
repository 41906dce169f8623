/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Places for what the user left to us: memory of domains and of the manager, windows of links,
 * trace buffers, image slots. First fit in document order in what the tree really has, so that the
 * same input gets the same addresses, aligned for the hardware that keeps the domains apart. The
 * only stage that completes a system; after it nothing changes any more.
 */
#ifndef LOP_PLACE_PLACE_H
#define LOP_PLACE_PLACE_H

#include "lopper-c/model/isolation.h"
#include "lopper-c/model/system.h"

/* Reports LOP_MEM_FULL, LOP_LINK_WINDOW. What has no room stays without an address (size 0). */
void lop_place(struct lop_system *system);

/* Can a manager keep domains on this cluster apart? */
bool lop_cluster_supervisable(const struct lop_system *system, const struct lop_cluster *cluster);

#endif
