/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about memory and sram of domains. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

/* --- it exists --- */

/* Ranges taken together; malloc memory. */
struct whole {
	struct lop_range *ranges;
	size_t n;
};

static bool holds(const struct whole *whole, struct lop_range range)
{
	size_t i = lop_ranges_find(whole->ranges, whole->n, range.base);

	/* empty: could not be placed, which is reported */
	return !range.size || (i < whole->n && lop_range_contains(whole->ranges[i], range));
}

/* All physical memory, of whatever nodes. */
static struct whole machine_of(const struct lop_system *system)
{
	struct whole whole = { .n = system->n_physical };

	whole.ranges = lop_xmalloc((whole.n + 1) * sizeof(*whole.ranges));
	for (size_t i = 0; i < whole.n; i++)
		whole.ranges[i] = system->physical[i].range;
	whole.n = lop_ranges_join(whole.ranges, whole.n);
	return whole;
}

static struct whole memory_of(const struct lop_domain *domain)
{
	struct whole whole = { .n = lop_domain_n_uses(domain) };

	whole.ranges = lop_xmalloc((whole.n + 1) * sizeof(*whole.ranges));
	for (size_t i = 0; i < whole.n; i++)
		whole.ranges[i] = lop_domain_use(domain, i)->range;
	whole.n = lop_ranges_join(whole.ranges, whole.n);
	return whole;
}

static const struct lop_physical *nearest_memory(const struct lop_system *system,
						 struct lop_range range)
{
	const struct lop_physical *best = NULL;
	uint64_t distance = UINT64_MAX;

	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_physical *p = &system->physical[i];
		uint64_t last = lop_range_last(p->range);
		uint64_t gap = range.base > last	    ? range.base - last
			       : p->range.base > range.base ? p->range.base - range.base
							    : 0;

		if (gap < distance) {
			distance = gap;
			best = p;
		}
	}
	return best;
}

static void report_outside(const struct lop_system *system, struct lop_diags *diags,
			   const struct lop_domain *domain, const struct lop_memory_use *use)
{
	char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	const struct lop_physical *p = nearest_memory(system, use->range);
	struct lop_diag *d =
		lop_report(diags, LOP_MEM_OUTSIDE, use->span,
			   "memory of `%s` is outside the machine's: %s (%s)", domain->name,
			   lop_range_text(use->range, range), lop_size_text(use->range.size, size));

	lop_diag_label(d, use->span, "`%s` asks for this", domain->name);
	if (p) {
		lop_diag_label(d, p->node->span, "the nearest memory: %s",
			       lop_range_text(p->range, range));
		lop_diag_help(d, "the machine has %s (%s) in `%s`", lop_range_text(p->range, range),
			      lop_size_text(p->range.size, size), p->node->name);
	} else {
		lop_diag_help(
			d,
			"the tree has no memory: add `memory@0 { device_type = \"memory\"; reg = <..>; };`");
	}
}

void lop_rule_memory_physical(const struct lop_system *system, struct lop_diags *diags)
{
	struct whole machine = machine_of(system);

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; k < lop_domain_n_uses(domain); k++)
			if (!holds(&machine, lop_domain_use(domain, k)->range))
				report_outside(system, diags, domain, lop_domain_use(domain, k));
	}
	free(machine.ranges);
}

/* How much of it the cluster has windows to. */
static uint64_t seen_of(const struct lop_system *system, const struct lop_cluster *cluster,
			struct lop_range left, bool in_sram)
{
	uint64_t seen = 0;

	while (left.size) {
		const struct lop_physical *p = lop_system_home(system, cluster, left.base, in_sram);
		struct lop_range here, part, view;

		if (!p)
			break;
		here = lop_range_intersect(p->range, left);
		left.base += here.size;
		left.size -= here.size;
		while (lop_cluster_next_part(system, cluster, p, &here, &part, &view))
			seen += part.size;
	}
	return seen;
}

/* On-chip memory, to its last byte. */
static bool is_on_chip(const struct lop_system *system, struct lop_range left)
{
	while (left.size) {
		const struct lop_physical *p = NULL;

		for (size_t i = 0; i < system->n_physical && !p; i++)
			if (system->physical[i].sram &&
			    lop_range_contains_addr(system->physical[i].range, left.base))
				p = &system->physical[i];
		if (!p)
			return false;
		if (lop_range_contains(p->range, left))
			return true;
		left.size -= lop_range_last(p->range) + 1 - left.base;
		left.base = lop_range_last(p->range) + 1;
	}
	return true;
}

/* Another thing that the cluster has at these addresses. */
static const struct lop_window *taken_by(const struct lop_cluster *cluster, struct lop_range view)
{
	for (size_t i = 0; i < cluster->n_windows; i++) {
		const struct lop_window *w = &cluster->windows[i];

		if (w->ref && lop_range_overlaps((struct lop_range){ w->view, w->size }, view))
			return w;
	}
	return NULL;
}

struct unseen {
	const struct lop_cluster *cluster;
	struct lop_range range;
	uint64_t seen; /* bytes of it that are */
	struct lop_span span;
	const char *message;
};

/* Nothing of it is seen: a core's own memory may be missing in the map, other memory may not. */
static void report_nothing(const struct lop_system *system, struct lop_diags *diags,
			   const struct unseen *u)
{
	const struct lop_window *w = taken_by(u->cluster, u->range);
	bool own = !w && is_on_chip(system, u->range);
	struct lop_diag *d = lop_report(diags, own ? LOP_MEM_UNSEEN : LOP_MEM_UNREACHABLE, u->span,
					"%s", u->message);

	lop_diag_label(d, u->cluster->node->span, "its address-map shows nothing of it");
	if (w)
		lop_diag_label(d, w->span, "there it shows `%s`", w->ref->name);
	lop_diag_help(d, "add an entry to the address-map of `%s`%s", u->cluster->name,
		      own ? "; the memory is taken to be where the root has it"
			  : ", or choose memory that it shows");
}

static void report_unseen(const struct lop_system *system, struct lop_diags *diags,
			  const struct unseen *u)
{
	char size[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (!u->seen) {
		report_nothing(system, diags, u);
		return;
	}
	d = lop_report(diags, LOP_MEM_UNSEEN, u->span, "%s", u->message);
	lop_diag_label(d, u->cluster->node->span, "its address-map shows %s of it",
		       lop_size_text(u->seen, size));
	lop_diag_help(d, "add an entry to the address-map of `%s`; the domain gets what it shows",
		      u->cluster->name);
}

static void check_ranges_visible(const struct lop_system *system, struct lop_diags *diags,
				 const struct lop_domain *domain, const struct whole *machine)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);

	for (size_t k = 0; k < lop_domain_n_uses(domain); k++) {
		const struct lop_memory_use *use = lop_domain_use(domain, k);
		struct unseen u = { cluster, use->range, .span = use->span };
		char range[LOP_RANGE_TEXT];

		if (use->all || !holds(machine, use->range))
			continue;
		u.seen = seen_of(system, cluster, use->range, k >= domain->n_memory);
		if (u.seen == use->range.size)
			continue;
		u.message = lop_arena_printf(diags->arena,
					     "cluster `%s` does not see%s memory of "
					     "`%s`: %s",
					     cluster->name, u.seen ? " all" : "", domain->name,
					     lop_range_text(use->range, range));
		report_unseen(system, diags, &u);
	}
}

static void check_region_visible(const struct lop_system *system, struct lop_diags *diags,
				 const struct lop_domain *domain, struct lop_node_use use)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);
	char range[LOP_RANGE_TEXT];
	struct lop_range view;

	for (size_t i = 0; i < lop_reg_count(system->tree, use.node); i++) {
		struct lop_where where = lop_reg_to_root(system->tree, use.node, i);
		struct unseen u = { cluster, where.range, .span = use.span };

		if (!where.mapped || !where.range.size ||
		    lop_cluster_sees_memory(system, cluster, where.range, false, &view))
			continue;
		u.message = lop_arena_printf(diags->arena,
					     "cluster `%s` does not see `%s`, which `%s` names: %s",
					     cluster->name, use.node->name, domain->name,
					     lop_range_text(where.range, range));
		report_unseen(system, diags, &u);
	}
}

void lop_rule_memory_visible(const struct lop_system *system, struct lop_diags *diags)
{
	struct whole machine = machine_of(system);

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		if (!lop_domain_cluster(domain) || lop_domain_cluster(domain)->map_lost)
			continue;
		check_ranges_visible(system, diags, domain, &machine);
		for (size_t k = 0; k < domain->n_regions; k++)
			check_region_visible(system, diags, domain, domain->regions[k]);
	}
	free(machine.ranges);
}

/* --- there is some --- */

/* Memory that it was given as a device. */
static bool given_memory(const struct lop_system *system, const struct lop_domain *domain)
{
	for (size_t i = 0; i < domain->n_access; i++)
		if (lop_system_is_memory(system, domain->access[i].node))
			return true;
	return false;
}

void lop_rule_has_memory(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		struct lop_diag *d;

		if (!domain->os_type || !lop_domain_cluster(domain) || domain->is_default ||
		    lop_domain_n_uses(domain) || given_memory(system, domain))
			continue;
		d = lop_report(diags, LOP_MEM_MISSING, domain->span,
			       "domain `%s` runs %s and has no memory", domain->name,
			       domain->os_type);
		lop_diag_help(d, "write `memory: [ { start: ADDRESS, size: SIZE } ]`, or `sram`");
	}
}

/* --- it is one domain's --- */

struct piece {
	const struct lop_domain *domain;
	const struct lop_memory_use *use;
	size_t place; /* in order of the input */
};

static int by_base(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->use->range.base != y->use->range.base)
		return x->use->range.base < y->use->range.base ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* A reserved-memory region around one of the ranges: carved out of the other's memory. */
static bool carved_out(const struct lop_system *system, struct lop_range a, struct lop_range b)
{
	for (size_t i = 0; i < system->n_reserved; i++) {
		struct lop_range r = system->reserved[i].range;

		if (lop_range_contains(r, a) || lop_range_contains(r, b))
			return true;
	}
	return false;
}

static bool same_range(struct lop_range a, struct lop_range b)
{
	return a.base == b.base && a.size == b.size;
}

static void report_shared(const struct lop_system *system, struct lop_diags *diags,
			  const struct piece *a, const struct piece *b)
{
	char range[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if ((a->use->flags & b->use->flags & LOP_FLAG_SHARED) ||
	    (!lop_sources_is_yaml(system->diags->sources, a->use->span) &&
	     !lop_sources_is_yaml(system->diags->sources, b->use->span)))
		return;
	d = lop_report(diags, LOP_MEM_SHARED, b->use->span,
		       "`%s` and `%s` share memory %s without saying so", a->domain->name,
		       b->domain->name, lop_range_text(b->use->range, range));
	lop_diag_label(d, b->use->span, "memory of `%s`", b->domain->name);
	lop_diag_label(d, a->use->span, "memory of `%s`", a->domain->name);
	lop_diag_help(d, "write `flags: { shared: true }` at both, or change one");
}

static void report_overlap(struct lop_diags *diags, const struct piece *a, const struct piece *b)
{
	struct lop_range both = lop_range_intersect(a->use->range, b->use->range);
	char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	bool own = a->domain == b->domain;
	struct lop_diag *d =
		own ? lop_report(diags, LOP_MEM_OVERLAP, b->use->span,
				 "domain `%s` is given the same memory twice: %s (%s)",
				 b->domain->name, lop_range_text(both, range),
				 lop_size_text(both.size, size))
		    : lop_report(diags, LOP_MEM_OVERLAP, b->use->span,
				 "memory of `%s` overlaps memory of `%s` in %s (%s)",
				 b->domain->name, a->domain->name, lop_range_text(both, range),
				 lop_size_text(both.size, size));

	lop_diag_label(d, b->use->span, "`%s` asks for %s", b->domain->name,
		       lop_range_text(b->use->range, range));
	lop_diag_label(d, a->use->span, "`%s` has %s", a->domain->name,
		       lop_range_text(a->use->range, range));
	lop_diag_help(
		d, own ? "leave one of the two entries out"
		   : a->use->all && b->use->all
			   ? "`*` is all that nobody else names: list the ranges of one of them"
			   : "change one of the ranges; to share memory give both the same range, "
			     "or name a reserved-memory region");
}

static void compare(const struct lop_system *system, struct lop_diags *diags, const struct piece *a,
		    const struct piece *b)
{
	if (a->domain != b->domain && lop_domain_related(a->domain, b->domain))
		return;
	if (a->domain == b->domain || (a->use->all && b->use->all))
		report_overlap(diags, a, b);
	else if (a->use->group && a->use->group == b->use->group)
		return; /* that is what a resource group is for */
	else if (same_range(a->use->range, b->use->range))
		report_shared(system, diags, a, b);
	else if (!carved_out(system, a->use->range, b->use->range))
		report_overlap(diags, a, b);
}

void lop_rule_memory_overlap(const struct lop_system *system, struct lop_diags *diags)
{
	struct piece *pieces;
	size_t n = 0;

	for (size_t i = 0; i < system->n_domains; i++)
		n += lop_domain_n_uses(system->domains[i]);
	pieces = lop_xmalloc((n + 1) * sizeof(*pieces));
	n = 0;
	for (size_t i = 0; i < system->n_domains; i++)
		for (size_t k = 0; k < lop_domain_n_uses(system->domains[i]); k++) {
			pieces[n] = (struct piece){ system->domains[i],
						    lop_domain_use(system->domains[i], k), n };
			n++;
		}
	qsort(pieces, n, sizeof(*pieces), by_base);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1;
		     k < n && diags->errors < LOP_DIAG_MAX &&
		     lop_range_overlaps(pieces[i].use->range, pieces[k].use->range);
		     k++)
			compare(system, diags, &pieces[i], &pieces[k]);
	free(pieces);
}

/* --- it is the parent's --- */

static void check_within(const struct lop_domain *domain, const struct lop_domain *parent,
			 const struct whole *around, struct lop_diags *diags)
{
	char range[LOP_RANGE_TEXT];

	for (size_t i = 0; i < lop_domain_n_uses(domain); i++) {
		const struct lop_memory_use *use = lop_domain_use(domain, i);
		struct lop_diag *d;

		if (holds(around, use->range))
			continue;
		d = lop_report(diags, LOP_BEYOND_PARENT, use->span,
			       "memory of `%s` is not within that of its parent `%s`: %s",
			       domain->name, parent->name, lop_range_text(use->range, range));
		lop_diag_label(d, parent->n_memory ? parent->memory[0].span : parent->span,
			       "the parent's");
		lop_diag_help(d, "%s",
			      use->all ? "list the ranges it shall have: `*` is all memory there is"
				       : "what a nested domain has comes out of its parent's: give "
					 "the parent this memory too");
	}
}

void lop_rule_memory_within_parent(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_domain *last = NULL; /* siblings have one parent */
	struct whole around = { 0 };

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *parent = system->domains[i]->parent;

		while (parent && !lop_domain_n_uses(parent))
			parent = parent->parent;
		if (!parent || !lop_domain_n_uses(system->domains[i]))
			continue;
		if (parent != last) {
			free(around.ranges);
			around = memory_of(parent);
		}
		last = parent;
		check_within(system->domains[i], parent, &around, diags);
	}
	free(around.ranges);
}
