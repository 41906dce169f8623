/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside merge/: what a name in YAML means, and the nearest one to a name that means nothing. */
#ifndef LOP_MERGE_NAMES_H
#define LOP_MERGE_NAMES_H

#include "lopper-c/merge/merger.h"

/*
 * A child by exact name, by name with the unit address in another spelling, by label, by
 * label@unit, or by name without unit if only one fits. many: set to a second one that fits.
 */
struct lop_node *lop_merge_child(struct lop_merger *m, struct lop_node *parent, const char *key,
				 struct lop_node **many);
/* Tells the index about a new child. */
void lop_merge_child_added(struct lop_merger *m, struct lop_node *node);
void lop_names_build(struct lop_merger *m);
enum lop_found { LOP_FOUND, LOP_NOT_FOUND, LOP_MANY };
/*
 * A node outside /domains by path, exact name, label, or name without unit; hint (may be NULL) is a
 * label that decides between several. LOP_MANY: *hits are the candidates.
 */
enum lop_found lop_names_find(struct lop_merger *m, const char *name, const char *hint,
			      struct lop_node **node, const struct lop_name_hit **hits);
void lop_names_list(struct lop_merger *m, struct lop_diag *d, const char *name,
		    const struct lop_name_hit *hits);
/* False: no more suggestions in this run. */
bool lop_merge_may_suggest(struct lop_merger *m);
/* The nearest name of a device, of a child (with its labels); NULL: none. */
const char *lop_names_nearest(struct lop_merger *m, const char *name);
const char *lop_merge_nearest_child(struct lop_merger *m, const struct lop_node *parent,
				    const char *name);
/* Adds "did you mean `x`?"; if best is NULL, otherwise, which may be NULL too. */
void lop_merge_did_you_mean(struct lop_diag *d, const char *best, const char *otherwise);
/* A child of /reserved-memory by name, label or name without unit; NULL: none or several. */
struct lop_node *lop_merge_region(struct lop_merger *m, const char *name);

/* --- domains, groups and inventories: domain.c, parent.c --- */

/* By exact name (or label, or path); *many if there are several. Groups and inventories too. */
struct lop_entity *lop_entity_find(struct lop_merger *m, const char *name, bool *many);
/* The domain of this name; NULL: reported. what names the value in the message. */
struct lop_entity *lop_merge_domain(struct lop_merger *m, const struct lop_yaml *name,
				    const char *what);
/* Labels e and those of its name, where they are written. */
void lop_entities_list(struct lop_diag *d, const struct lop_entity *e);
const char *lop_entity_nearest(struct lop_merger *m, const char *name, bool groups);
/* "domain `x`", "resource group `x`", ... on the arena. */
const char *lop_entity_text(struct lop_merger *m, const struct lop_entity *e);

#endif
