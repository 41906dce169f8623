/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about mpu-policy: what the memory protection of Cortex-R5 and R52 can express. */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

static const char *const words[] = { "readable",  "writable",  "executable", "cacheable",
				     "shareable", "userspace", "static" };

/* False: one was reported. */
static bool check_words(const struct lop_tree *tree, const struct lop_node *node,
			struct lop_diags *diags)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "mpu-policy");
	const char *s;
	bool ok = true;

	for (size_t i = 0; (s = lop_value_str(&prop->value, i)); i++) {
		struct lop_nearest nearest = { .word = s };
		struct lop_diag *d;
		bool known = false;

		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
			lop_nearest_add(&nearest, words[k]);
			known |= !strcmp(words[k], s);
		}
		if (known)
			continue;
		ok = false;
		d = lop_report(diags, LOP_MPU_POLICY, lop_prop_value_span(prop),
			       "`mpu-policy` of `%s` cannot be `%s`", node->name, s);
		if (nearest.best)
			lop_diag_help(d, "did you mean `%s`?", nearest.best);
		lop_diag_help(d, "write any of readable, writable, executable, cacheable, "
				 "shareable, userspace, static");
	}
	return ok;
}

static bool is_supported(const struct lop_policy *p)
{
	const unsigned read = LOP_MAY_READ, write = LOP_MAY_READ | LOP_MAY_WRITE;

	if (p->shareable || p->userspace)
		return p->shareable && p->userspace && p->rights == write && !p->cacheable;
	if (!p->cacheable)
		return p->rights == write;
	return p->rights == read || p->rights == write || p->rights == (read | LOP_MAY_EXEC) ||
	       p->rights == LOP_MAY_ALL;
}

static void check_policy(const struct lop_system *system, const struct lop_node *node,
			 struct lop_diags *diags)
{
	struct lop_policy policy = lop_policy_of(system->tree, node);
	struct lop_diag *d;

	if (!policy.given)
		return;
	if (!check_words(system->tree, node, diags) || is_supported(&policy))
		return;
	d = lop_report(diags, LOP_MPU_POLICY, policy.span,
		       "`mpu-policy` of `%s` is none that a Cortex-R can have", node->name);
	lop_diag_help(d, "readable and writable; these or readable alone with cacheable, or all "
			 "with executable too; or readable, writable, shareable, userspace");
}

/* --- what a domain programs --- */

struct mpu {
	const struct lop_system *system; /* under the domain's condition */
	const struct lop_domain *domain;
	struct lop_diags *diags;
	bool r5;
	/* Dynamic regions so far, grown; a Cortex-R has 24 at most, more than that is not kept. */
	struct {
		const struct lop_node *node;
		struct lop_range range;
	} regions[32];
	size_t n;
};

static void each_range(struct mpu *mpu, const struct lop_memory_use *uses, size_t n, bool sram,
		       void (*each)(struct mpu *mpu, const struct lop_node *node))
{
	for (size_t i = 0; i < n; i++) {
		const struct lop_physical *home = lop_system_home(
			mpu->system, lop_domain_cluster(mpu->domain), uses[i].range.base, sram);

		if (home)
			each(mpu, home->node);
	}
}

static void each_memory(struct mpu *mpu, void (*each)(struct mpu *mpu, const struct lop_node *node))
{
	each_range(mpu, mpu->domain->memory, mpu->domain->n_memory, false, each);
	each_range(mpu, mpu->domain->sram, mpu->domain->n_sram, true, each);
	for (size_t i = 0; i < mpu->domain->n_reserved; i++)
		each(mpu, mpu->domain->reserved[i].node);
}

static void for_each(const struct lop_system *system, struct lop_diags *diags,
		     void (*each)(struct mpu *mpu, const struct lop_node *node))
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		struct mpu mpu = { .diags = diags };

		if (!lop_domain_is_zephyr_r(domain))
			continue;
		mpu.system = lop_system_under(system, domain->condition);
		mpu.domain =
			mpu.system == system ? domain : lop_system_domain(mpu.system, domain->name);
		mpu.r5 = lop_domain_cluster(domain)->family == LOP_CPU_ARM_R5;
		if (mpu.domain)
			each_memory(&mpu, each);
	}
}

static void policy_of_memory(struct mpu *mpu, const struct lop_node *node)
{
	check_policy(mpu->system, node, mpu->diags);
}

void lop_rule_mpu_policy(const struct lop_system *system, struct lop_diags *diags)
{
	for_each(system, diags, policy_of_memory);
}

/* --- regions --- */

static struct lop_span policy_span(const struct mpu *mpu, const struct lop_node *node)
{
	struct lop_policy policy = lop_policy_of(mpu->system->tree, node);

	return policy.given ? policy.span : node->span;
}

/* Somebody else's memory that a grown region would open. */
static bool meets_others(const struct mpu *mpu, struct lop_range range, const char **whose)
{
	for (size_t i = 0; i < mpu->system->n_domains; i++) {
		const struct lop_domain *e = mpu->system->domains[i];

		if (lop_domain_related(e, mpu->domain))
			continue;
		*whose = e->name;
		for (size_t k = 0; k < e->n_memory; k++)
			if (lop_range_overlaps(e->memory[k].range, range))
				return true;
		for (size_t k = 0; k < e->n_sram; k++)
			if (lop_range_overlaps(e->sram[k].range, range))
				return true;
	}
	return false;
}

/* PMSAv7: a power of two, aligned to itself. root: where the range is for others. False: reported.
 */
static bool grow(const struct mpu *mpu, const struct lop_node *node, uint64_t root,
		 struct lop_range *range)
{
	const enum lop_memory_role kind = lop_memory_role_of(mpu->system->tree, node);
	struct lop_range grown, rest[2];
	char from[LOP_RANGE_TEXT], to[LOP_RANGE_TEXT];
	struct lop_diag *d;
	const char *whose;
	size_t n;

	if (!lop_pmsav7_grow(range->base, range->size, &grown.base, &grown.size)) {
		d = lop_report(mpu->diags, LOP_MPU_POLICY, policy_span(mpu, node),
			       "`%s` of domain `%s` is no region of a Cortex-R5: %s", node->name,
			       mpu->domain->name, lop_range_text(*range, from));
		lop_diag_help(d, "regions lie below 4 GiB, with a power of two of bytes");
		return false;
	}
	lop_range_text(*range, from);
	lop_range_text(grown, to);
	if (kind == LOP_MEMORY_IPC && grown.size != range->size) {
		d = lop_report(mpu->diags, LOP_MPU_POLICY, policy_span(mpu, node),
			       "shared memory `%s` of domain `%s` is no region of a Cortex-R5: %s",
			       node->name, mpu->domain->name, from);
		lop_diag_help(d, "give it a power of two of bytes, aligned to itself, as in %s",
			      to);
		return false;
	}
	n = lop_range_subtract(grown, *range, rest);
	for (size_t i = 0; i < n; i++) {
		rest[i].base += root - range->base;
		if (!meets_others(mpu, rest[i], &whose))
			continue;
		d = lop_report(mpu->diags, LOP_MPU_POLICY, policy_span(mpu, node),
			       "the region of a Cortex-R5 for `%s` of domain `%s` opens memory of "
			       "domain `%s`",
			       node->name, mpu->domain->name, whose);
		lop_diag_help(d,
			      "%s grows to %s, a power of two aligned to itself; give it such a "
			      "size and place",
			      from, to);
		return false;
	}
	*range = grown;
	return true;
}

static void report_overlap(const struct mpu *mpu, const struct lop_node *node,
			   struct lop_range range, size_t other)
{
	char a[LOP_RANGE_TEXT], b[LOP_RANGE_TEXT];
	struct lop_diag *d =
		lop_report(mpu->diags, LOP_MPU_POLICY, policy_span(mpu, node),
			   "two regions of domain `%s` overlap: `%s` and `%s`", mpu->domain->name,
			   mpu->regions[other].node->name, node->name);

	lop_diag_label(d, policy_span(mpu, node), "%s", lop_range_text(range, a));
	lop_diag_label(d, policy_span(mpu, mpu->regions[other].node), "%s",
		       lop_range_text(mpu->regions[other].range, b));
	lop_diag_help(d, "move one, or make it smaller%s",
		      mpu->r5 ? "; a Cortex-R5 has regions of a power of two of bytes, aligned to "
				"themselves"
			      : "");
}

static void region_of_memory(struct mpu *mpu, const struct lop_node *node)
{
	const struct lop_policy policy = lop_policy_of(mpu->system->tree, node);
	const enum lop_memory_role kind = lop_memory_role_of(mpu->system->tree, node);
	struct lop_where where;
	struct lop_range seen;

	/* what is grown must not reach a TCM, whoever maps that */
	if ((policy.is_static &&
	     !(mpu->r5 && (kind == LOP_MEMORY_ATCM || kind == LOP_MEMORY_TCM))) ||
	    (!policy.given && kind != LOP_MEMORY_IPC) || !lop_reg_count(mpu->system->tree, node))
		return;
	where = lop_reg_to_root(mpu->system->tree, node, 0);
	if (!where.mapped || !where.range.size)
		return;
	seen = where.range;
	lop_cluster_sees(mpu->system, lop_domain_cluster(mpu->domain), node, where.range, &seen);
	if (mpu->r5 && (kind == LOP_MEMORY_DDR || kind == LOP_MEMORY_IPC) &&
	    !grow(mpu, node, where.range.base, &seen))
		return;
	for (size_t i = 0; i < mpu->n; i++) {
		if (mpu->regions[i].node == node)
			return;
		if (lop_range_overlaps(mpu->regions[i].range, seen))
			report_overlap(mpu, node, seen, i);
	}
	if (mpu->n < sizeof(mpu->regions) / sizeof(mpu->regions[0])) {
		mpu->regions[mpu->n].node = node;
		mpu->regions[mpu->n++].range = seen;
	}
}

void lop_rule_mpu_regions(const struct lop_system *system, struct lop_diags *diags)
{
	for_each(system, diags, region_of_memory);
}
