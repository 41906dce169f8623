/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Rules of users, from YAML files of the form that lopper's rule files have:
 *
 *	drc:
 *	  - id: acme-id-range
 *	    severity: error                          # or warning
 *	    select: "/domains/.*:compatible:openamp,domain-v1"
 *	    check: range
 *	    params: { property: id, min: 1, max: 99 }
 *	    message: "ids of our domains are below 100"
 *
 * A rule looks at nodes and properties of the merged tree and knows nothing of what they mean.
 */
#ifndef LOP_CHECK_USER_H
#define LOP_CHECK_USER_H

#include "lopper-c/diag/diag.h"
#include "lopper-c/tree/tree.h"
#include "lopper-c/yaml/yaml.h"

struct lop_user_rule;

/*
 * Appends the rules of a file to a list (NULL: empty); memory is diags'. What is wrong with one is
 * in diags, and the rule is left out.
 */
void lop_user_rules_read(struct lop_user_rule **rules, struct lop_diags *diags, const char *path);

/* The same, of a file that has been parsed. */
void lop_user_rules_add(struct lop_user_rule **rules, struct lop_diags *diags,
			const struct lop_yaml *file);

/* LOP_RULE_BROKEN or LOP_RULE_WARNS for every node that breaks one. */
void lop_user_rules_run(const struct lop_user_rule *rules, const struct lop_tree *tree,
			struct lop_diags *diags);

#endif
