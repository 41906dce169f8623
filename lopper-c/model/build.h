/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside model/: the steps that fill a system, in this order, and what they share. */
#ifndef LOP_MODEL_BUILD_H
#define LOP_MODEL_BUILD_H

#include "lopper-c/model/system.h"

/* A cell as a reference: its marker's target, or the node with that phandle number; NULL: none. */
const struct lop_node *lop_cell_target(const struct lop_system *system, const struct lop_prop *prop,
				       size_t cell);
/* The span of a cell: of the reference, else of the group that it stands in. */
struct lop_span lop_cell_span(const struct lop_system *system, const struct lop_prop *prop,
			      size_t cell);

/* The span of the group that starts at a cell (YAML: what tells most of an entry), else of the
 * cell. */
struct lop_span lop_entry_span(const struct lop_system *system, const struct lop_prop *prop,
			       size_t cell);

/* Where a cell of an entry was written (YAML: LOP_MARK_PLACE), else the span of the entry. */
struct lop_span lop_cell_place(const struct lop_system *system, const struct lop_prop *prop,
			       size_t entry, size_t cell);

/* Cells of a domain's property; bytes that are no whole cells are LOP_BAD_CELLS and count as none.
 */
size_t lop_whole_cells(struct lop_system *system, const struct lop_domain *domain,
		       const struct lop_prop *prop);

/* Where a range is seen; all ones: where it is. */
struct lop_guest {
	uint64_t address;
	struct lop_span span;
};
/*
 * Those of n ranges, out of a property of node (name NULL: there is none), read before the ranges
 * are: cells of one property are asked for in a row. NULL: no such property, or not for so many
 * (LOP_BAD_CELLS).
 */
const struct lop_guest *lop_read_guests(struct lop_system *system, const struct lop_domain *domain,
					const struct lop_node *node, const char *name, size_t n);
/* Gives the i-th range its own, if there is one. */
void lop_take_guest(const struct lop_guest *guests, size_t i, struct lop_memory_use *use);

void lop_build_clusters(struct lop_system *system);
/* Of one cluster: its windows. */
void lop_build_map(struct lop_system *system, struct lop_cluster *cluster);
void lop_build_memory(struct lop_system *system);
/* Of all clusters, once it is known what memory is. */
void lop_build_memory_windows(struct lop_system *system);
void lop_build_domains(struct lop_system *system);
void lop_build_all_memory(struct lop_system *system); /* last of the domains' memory */
/* Of one domain, once all domains exist. */
void lop_build_cpus(struct lop_system *system, struct lop_domain *domain);
/* What their masks name, once all are known. */
void lop_build_masks(struct lop_system *system);
void lop_build_ranges(struct lop_system *system, struct lop_domain *domain);
void lop_build_access(struct lop_system *system, struct lop_domain *domain);
void lop_build_relations(struct lop_system *system, struct lop_domain *domain);
void lop_build_regions(struct lop_system *system, struct lop_domain *domain); /* after relations */
void lop_build_firewalls(struct lop_system *system, struct lop_domain *domain);

/* links, pairs; of relations too, once they are all known */
void lop_build_links(struct lop_system *system);
void lop_build_relation_links(struct lop_system *system);
/* A link with every number at its default. */
struct lop_link *lop_add_link(struct lop_system *system, const char *name, struct lop_domain *host,
			      struct lop_domain *remote);
/* remote processors that Linux starts, of links and relations */
void lop_build_rprocs(struct lop_system *system);
/* The range of a region in /reserved-memory; NULL: the node is none. */
const struct lop_range *lop_reserved_range(const struct lop_system *system,
					   const struct lop_node *node);
/* what the tables of pairs have beside their links */
void lop_build_resources(struct lop_system *system);
/* linker of every domain */
void lop_build_linkers(struct lop_system *system);
/* life of every domain, and the manager */
void lop_build_lives(struct lop_system *system);
bool lop_node_is_manager(const struct lop_tree *tree, const struct lop_node *node);

/* Is this child of /domains (or of a domain) a domain? */
bool lop_node_is_domain(const struct lop_tree *tree, const struct lop_node *node);
struct lop_domain *lop_domain_of_node(const struct lop_system *system, const struct lop_node *node);

#endif
