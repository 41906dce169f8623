/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Domain files into the tree: a YAML file is a partial tree, its mappings are nodes, its scalars
 * and lists are properties. Below /domains the keys of a domain become the properties that the
 * System Device Tree specification gives them, so that model/ has one form to read. Every property
 * made here has the span of the YAML text it came from, every cell group a marker with the span of
 * its entry.
 */
#ifndef LOP_MERGE_MERGE_H
#define LOP_MERGE_MERGE_H

#include "lopper-c/diag/diag.h"
#include "lopper-c/tree/tree.h"
#include "lopper-c/yaml/yaml.h"

/*
 * Merges files in the order given. Later files extend earlier ones; a value that a later file
 * changes is LOP_YAML_CONFLICT (lists of memory, access, cpus, ... are joined instead). References
 * written as labels or names are markers; call lop_tree_resolve afterwards. Unknown names are
 * errors, and their entry is left out. Names and texts of the files are kept: their arena must live
 * as long as the tree.
 *
 * What stands under a condition (`prop!cond`) becomes variants of its node (tree.h);
 * lop_tree_resolve and lop_tree_clone read those too. The keys of a domain file are listed in
 * merge/schema.h.
 */
void lop_merge(struct lop_tree *tree, struct lop_diags *diags, struct lop_yaml *const *files,
	       size_t n_files);

#endif
