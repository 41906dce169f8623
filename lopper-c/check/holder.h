/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside check/: who is given a device, for the rules about devices. */
#ifndef LOP_CHECK_HOLDER_H
#define LOP_CHECK_HOLDER_H

#include "lopper-c/model/system.h"

/* A domain and a node that it is given, by its access list or by a relation. */
struct lop_holder {
	const struct lop_domain *domain; /* NULL: nobody */
	const struct lop_node *node;	 /* NULL: by being the default domain */
	const struct lop_node *group;	 /* the resource group that gives it; NULL: none */
	uint64_t flags;
	struct lop_span span;
};

size_t lop_holder_count(const struct lop_domain *domain);
struct lop_holder lop_holder_nth(const struct lop_domain *domain, size_t i);

/*
 * Relatives, both through one resource group, both with a flag that says so, or the two ends of a
 * relation that names the node of a.
 */
bool lop_holders_may_share(const struct lop_holder *a, const struct lop_holder *b);

/* Who has which node, what stands in a named one included. */
struct lop_holders {
	const struct lop_system *system;
	struct lop_holder *named; /* by node; domain NULL: nobody names it */
	bool *other;		  /* by node: memory, a region, a CPU, a domain: no device */
};
struct lop_holders lop_holders_make(const struct lop_system *system);
void lop_holders_free(struct lop_holders *holders);
/* A default domain has what nobody names and is not switched off. */
struct lop_holder lop_holders_of(const struct lop_holders *holders, const struct lop_node *node);
/* Says at its entry, or at the default domain, that it has the device. */
void lop_holder_label(struct lop_diag *d, const struct lop_holder *holder);

/* Is the node in the top-level node of that name? */
bool lop_node_below_top(const struct lop_system *system, const struct lop_node *node,
			const char *top);

/* "write `flags: { shared: true }` .." in the language of the entry. */
const char *lop_holder_share_help(const struct lop_diags *diags, struct lop_span span);

#endif
