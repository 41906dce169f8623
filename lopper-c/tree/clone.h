/* SPDX-License-Identifier: BSD-3-Clause */
/* Copies of a resolved tree with the conditional parts of one condition put in place. */
#ifndef LOP_TREE_CLONE_H
#define LOP_TREE_CLONE_H

#include "lopper-c/tree/tree.h"

/* Does any node exist, or have other properties, only under a condition? */
bool lop_tree_is_conditional(const struct lop_tree *tree);

/*
 * A copy without variants: each node has the property list of the variant for condition, where it
 * has one, else its own; nodes of other conditions are gone. NULL: no condition. Values are shared,
 * references lead into the copy (one to a node that is gone has no target). Numbered; phandles as
 * in tree.
 */
struct lop_tree *lop_tree_clone(const struct lop_tree *tree, const char *condition);

#endif
