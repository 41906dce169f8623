/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the System Device Tree specification and its users write, once: which nodes are domains,
 * CPUs and clusters, the bits of modes and flags. The merge writes them, the model reads them.
 */
#ifndef LOP_TREE_KINDS_H
#define LOP_TREE_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include "lopper-c/tree/tree.h"

/* What a compatible says a node below /domains is; several may hold. */
#define LOP_KIND_DOMAIN	    1u	/* openamp,domain-v1 and those of other vendors */
#define LOP_KIND_SUBSYSTEM  2u	/* xilinx,subsystem */
#define LOP_KIND_HYPERVISOR 4u	/* openamp,hypervisor-v1 */
#define LOP_KIND_GROUP	    8u	/* a resource group: an access list that runs nothing */
#define LOP_KIND_INVENTORY  16u /* the devices of a board, for the patterns of domains */
#define LOP_KIND_RELATION   32u /* below a domain: how it stands to others */

#define LOP_KINDS_RUNNING (LOP_KIND_DOMAIN | LOP_KIND_SUBSYSTEM | LOP_KIND_HYPERVISOR)
/* Whatever has a name and a list of its own below /domains. */
#define LOP_KINDS_NAMED (LOP_KINDS_RUNNING | LOP_KIND_GROUP | LOP_KIND_INVENTORY)

unsigned lop_kinds_of_text(const char *compatible); /* one string */
unsigned lop_kinds_of_value(const struct lop_value *compatible);
unsigned lop_kinds_of_node(const struct lop_tree *tree, const struct lop_node *node);
/* Has it what only domains have? A domain need not say that it is one. */
bool lop_node_runs(const struct lop_tree *tree, const struct lop_node *node);

/* By its device_type, or by its name where it has none. */
bool lop_node_is_cpu(const struct lop_tree *tree, const struct lop_node *node);
/* Compatible with cpus,cluster, or /cpus with CPUs in it. */
bool lop_node_is_cluster(const struct lop_tree *tree, const struct lop_node *node);

/* The mode of a triplet in cpus (specification, openamp,domain-v1). */
#define LOP_MODE_SECURE	  (UINT32_C(1) << 31)
#define LOP_MODE_LOCKSTEP (UINT32_C(1) << 30)
#define LOP_MODE_EL	  UINT32_C(3) /* the exception level as written, 0 where none is */

/* Access and memory flags; the numbers of the specification's tools (facts 2.6). */
#define LOP_FLAG_TIMESHARE	  (UINT64_C(1) << 0)
#define LOP_FLAG_ALLOW_SECURE	  (UINT64_C(1) << 2)
#define LOP_FLAG_READ_ONLY	  (UINT64_C(1) << 4)
#define LOP_FLAG_REQUESTED	  (UINT64_C(1) << 6)
#define LOP_FLAG_REQUESTED_SECURE (UINT64_C(1) << 36)
#define LOP_FLAG_COHERENT	  (UINT64_C(1) << 37)
#define LOP_FLAG_VIRTUALIZED	  (UINT64_C(1) << 38)

#endif
