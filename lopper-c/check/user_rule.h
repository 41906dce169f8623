/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside check/: a user's rule, between its reader (user_read.c) and what runs it (user.c). */
#ifndef LOP_CHECK_USER_RULE_H
#define LOP_CHECK_USER_RULE_H

#include "lopper-c/check/user.h"
#include "lopper-c/yaml/yaml.h"

/* What a check is given; which of it, the row of the check says. */
struct lop_user_params {
	const struct lop_yaml *names; /* properties, values: a list of texts */
	const char *property, *token;
	uint64_t min, max;
};

struct lop_user_check {
	const char *name;
	/* Params that must be there, and those that may: words with blanks between them. */
	const char *needs, *takes;
	/* NULL: it compares the nodes with one another. Else: what is wrong with one, in the arena;
	 * NULL: nothing. *at: the property it is about, or NULL. */
	const char *(*judge)(const struct lop_tree *tree, const struct lop_node *node,
			     const struct lop_user_params *params, struct lop_arena *arena,
			     const struct lop_prop **at);
};

extern const struct lop_user_check lop_user_checks[]; /* ends with a NULL name */

/* "PATH:PROPERTY:VALUE", as globs; NULL: any. */
struct lop_user_selector {
	const char *path, *property, *value;
	struct lop_user_selector *next;
};

/* Narrows what the selectors chose. */
struct lop_user_filter {
	const struct lop_user_check *check;
	struct lop_user_params params;
	bool negate;
	struct lop_user_filter *next;
};

struct lop_user_rule {
	const char *id, *message;
	bool warns;
	struct lop_span span; /* of the id */
	struct lop_user_selector *selectors;
	struct lop_user_filter *filters;
	const struct lop_user_check *check;
	struct lop_user_params params;
	struct lop_user_rule *next;
};

#endif
