/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside check/: who was given a device, by an access list or by a relation. */
#ifndef LOP_CHECK_OWNER_H
#define LOP_CHECK_OWNER_H

#include "lopper-c/model/system.h"

/* One entry that gives a device to a domain. */
struct lop_given {
	const struct lop_domain *domain; /* NULL: nobody was given it */
	const struct lop_node *node, *group;
	uint64_t flags;
	struct lop_span span;
};

/* The i-th of n_access + n_named entries of a domain. */
struct lop_given lop_given_get(const struct lop_domain *domain, size_t i);

/* Both entries say so, or the domains do: nested, of one resource group, ends of a relation. */
bool lop_given_may_share(const struct lop_given *a, const struct lop_given *b);

/* Has registers that come along with whatever stands on it: one driver runs it. */
bool lop_given_is_carrier(const struct lop_system *system, const struct lop_node *node);

/* How to say that two domains may have a device, in the language of the entry. */
const char *lop_given_share_help(const struct lop_diags *diags, struct lop_span span);

/* Is it a device, and neither memory nor reserved memory? Those have rules of their own. */
bool lop_given_is_device(const struct lop_system *system, const struct lop_node *node);

/*
 * By node: the first entry that gives it, of related domains the innermost's; malloc memory. Each
 * further entry that may not have it is reported; diags NULL: nothing is.
 */
struct lop_given *lop_given_table(const struct lop_system *system, struct lop_diags *diags);

/*
 * The same with what stands below each: it comes along, unless it was given to somebody else. The
 * node of such an entry is the one that was named.
 */
struct lop_given *lop_given_heirs(const struct lop_system *system);

/* By node: is it part of the machine's devices, not of CPUs, memory, domains? malloc memory. */
bool *lop_given_devices(const struct lop_system *system);

/* Do the domain's CPUs see registers of the node? False where it has none with an address. */
bool lop_given_reaches(const struct lop_system *system, const struct lop_domain *domain,
		       const struct lop_node *node);

/*
 * By node: a device with registers that nobody is given and that stands in no other such; not
 * clocks and other providers, which are in every tree that needs them. malloc memory.
 */
bool *lop_given_rest(const struct lop_system *system);

/*
 * By node: the entry of lop_given_heirs, else the first domain that takes everything and reaches
 * it, with what stands below; domain NULL: nobody has it, or it is a provider. malloc memory.
 */
struct lop_given *lop_given_all(const struct lop_system *system);

/* Says at the entry whose it is. */
void lop_given_label(struct lop_diag *d, const struct lop_given *given);

/* Is the node, or does it stand below, the child of the root of this name? */
bool lop_below_top(const struct lop_system *system, const struct lop_node *node, const char *top);

#endif
