/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which nodes a domain's tree holds: what it was given, what nobody else was given if it is the
 * default domain, and what those refer to. Decides by nodes only; values are cut in copy.c, irq.c,
 * address.c.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"
#include "lopper-c/view/made.h"

/* --- classes --- */

static enum lop_class class_of_top(const struct lop_node *node)
{
	static const struct {
		const char *name;
		enum lop_class class;
	} tops[] = {
		{ "domains", LOP_CLASS_DOMAINS },	{ "reserved-memory", LOP_CLASS_RESERVED },
		{ "chosen", LOP_CLASS_META },		{ "aliases", LOP_CLASS_META },
		{ "__symbols__", LOP_CLASS_META },	{ "__fixups__", LOP_CLASS_META },
		{ "__local_fixups__", LOP_CLASS_META }, { "resource_groups", LOP_CLASS_DOMAINS },
		{ "cpus", LOP_CLASS_CLUSTER },
	};

	for (size_t i = 0; i < sizeof(tops) / sizeof(tops[0]); i++)
		if (!strcmp(node->name, tops[i].name))
			return tops[i].class;
	return LOP_CLASS_DEVICE;
}

static void find_classes(struct lop_cut *cut)
{
	const struct lop_system *system = cut->system;
	const struct lop_node *root = cut->tree->root;

	lop_cut_classify_manager(cut);
	for (size_t i = 0; i < system->n_clusters; i++)
		cut->class[system->clusters[i].node->index] = LOP_CLASS_CLUSTER;
	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root)) {
		unsigned char up = cut->class[n->parent->index];

		if (up != LOP_CLASS_DEVICE)
			cut->class[n->index] = up;
		else if (n->parent == root && !cut->class[n->index])
			cut->class[n->index] = (unsigned char)class_of_top(n);
	}
	for (size_t i = 0; i < system->n_physical; i++)
		cut->class[system->physical[i].node->index] = LOP_CLASS_MEMORY;
}

void lop_cut_classify(struct lop_cut *cut)
{
	struct lop_system *system = (struct lop_system *)cut->system; /* has the cache */

	if (system->classes) {
		memcpy(cut->class, system->classes, cut->tree->n_nodes);
		return;
	}
	find_classes(cut);
	system->classes = lop_arena_dup(system->arena, cut->class, cut->tree->n_nodes);
}

/* --- reach --- */

/* Stands in a device with registers of its own, not on a bus. */
static bool is_part(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_node *up = node->parent;

	return up && up->parent && lop_reg_count(cut->tree, up) &&
	       !lop_node_compatible(cut->tree, up, "simple-bus") &&
	       !lop_node_is_indirect_bus(cut->tree, up);
}

/* Has reg entries in memory-mapped space: then at least one must be visible to the cluster. */
static bool reaches(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_tree *tree = cut->tree;
	size_t mapped = 0;

	if (!cut->cluster || cut->class[node->index] == LOP_CLASS_CLUSTER)
		return true;
	for (size_t i = 0; i < lop_reg_count(tree, node); i++) {
		struct lop_where where = lop_reg_to_root(tree, node, i);
		struct lop_range view;

		if (!where.mapped)
			break;
		mapped++;
		if (lop_cluster_sees(cut->system, cut->cluster, node, where.range, &view))
			return true;
	}
	if (mapped) /* a mailbox's channel has the registers of the other end: not needed here */
		return is_part(cut, node) && lop_prop_find(tree, node, "#mbox-cells") &&
		       reaches(cut, node->parent);
	for (const struct lop_node *bus = node->parent; bus; bus = bus->parent) {
		if (lop_node_is_indirect_bus(tree, bus))
			return lop_cluster_names(cut->cluster, node);
		if (lop_reg_count(tree, bus) && bus->parent && !lop_node_is_bus(tree, bus))
			return reaches(cut, bus); /* behind a device: an i2c chip */
	}
	return true;
}

bool lop_cut_reaches(const struct lop_cut *cut, const struct lop_node *node)
{
	return cut->forced[node->index] || reaches(cut, node);
}

bool lop_cut_has_cpu(const struct lop_cut *cut, const struct lop_node *cpu)
{
	for (size_t i = 0; i < cut->domain->n_cpus; i++) {
		const struct lop_cpu_use *use = &cut->domain->cpus[i];

		for (size_t k = 0; k < use->cluster->n_cpus; k++)
			if (use->cluster->cpus[k].node == cpu && (use->set >> k & 1))
				return true;
	}
	return false;
}

/* The CPU that a node in a cluster belongs to; NULL for what all its CPUs share. */
static const struct lop_node *cpu_above(const struct lop_cut *cut, const struct lop_node *node)
{
	for (size_t i = 0; i < cut->system->n_clusters; i++) {
		const struct lop_cluster *c = &cut->system->clusters[i];

		for (const struct lop_node *n = node; n; n = n->parent) {
			if (n->parent != c->node)
				continue;
			for (size_t k = 0; k < c->n_cpus; k++)
				if (c->cpus[k].node == n)
					return n;
		}
	}
	return NULL;
}

static bool in_my_cluster(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_node *cpu = cpu_above(cut, node);

	if (cpu)
		return lop_cut_has_cpu(cut, cpu);
	for (size_t i = 0; i < cut->domain->n_cpus; i++)
		if (node != cut->domain->cpus[i].cluster->node &&
		    lop_node_below(node, cut->domain->cpus[i].cluster->node))
			return true;
	return false;
}

bool lop_cut_may_have(const struct lop_cut *cut, const struct lop_node *target,
		      enum lop_ref_kind kind)
{
	switch (cut->class[target->index]) {
	case LOP_CLASS_DOMAINS:
	case LOP_CLASS_META:
		return false;
	case LOP_CLASS_CLUSTER:
		return in_my_cluster(cut, target);
	case LOP_CLASS_RESERVED:
	case LOP_CLASS_HOLE:
		return true;
	default:
		break;
	}
	if (kind == LOP_REF_DOMAIN)
		return false;
	if (kind == LOP_REF_SYSCON && cut->claim[target->index] == LOP_CLAIM_OTHER)
		return false;
	if (kind != LOP_REF_PROVIDER && kind != LOP_REF_INTERRUPT && kind != LOP_REF_SYSCON &&
	    (cut->claim[target->index] == LOP_CLAIM_OTHER || lop_cut_contender(cut, target)))
		return false;
	return lop_cut_reaches(cut, target);
}

bool lop_cut_has_ref(const struct lop_cut *cut, const struct lop_ref *ref)
{
	return ref->target && ref->kind != LOP_REF_DOMAIN && cut->copy[ref->target->index];
}

/* --- keeping --- */

void lop_cut_keep(struct lop_cut *cut, const struct lop_node *node, enum lop_keep keep)
{
	for (const struct lop_node *n = node; n; n = n->parent) {
		unsigned char *have = &cut->keep[n->index];

		if (!*have)
			cut->work[cut->n_work++] = n;
		if (*have >= keep)
			return;
		*have = (unsigned char)keep;
		if (n == node)
			keep = LOP_KEEP_PATH;
	}
}

/* Next node of the walk below top that is not below skip. */
static const struct lop_node *after(const struct lop_node *skip, const struct lop_node *top)
{
	for (const struct lop_node *n = skip; n && n != top; n = n->parent)
		if (n->next)
			return n->next;
	return NULL;
}

/* May come along with top: of its kind, not another domain's, no multiplexer (see irq.c). */
static bool comes_along(const struct lop_cut *cut, const struct lop_node *node,
			const struct lop_node *top)
{
	if (lop_cut_is_mux(cut, node) && !lop_node_is_bus(cut->tree, node))
		return false;
	if (node == top)
		return true;
	if (cut->class[top->index] == LOP_CLASS_MEMORY) /* parts of an SRAM */
		return cut->class[node->index] == LOP_CLASS_DEVICE;
	return cut->claim[node->index] != LOP_CLAIM_OTHER &&
	       cut->class[node->index] == cut->class[top->index];
}

/* A node and all below it, but for what is another domain's or out of reach. */
static void keep_subtree(struct lop_cut *cut, const struct lop_node *top, enum lop_keep keep)
{
	const struct lop_node *n = top;

	if (cut->walked[top->index] >= keep)
		return;
	cut->walked[top->index] = (unsigned char)keep;
	while (n) {
		bool mine = comes_along(cut, n, top);

		if (mine && lop_node_is_indirect_bus(cut->tree, n)) {
			n = lop_node_next(n, top); /* there if a child is reached */
		} else if (mine && lop_cut_reaches(cut, n)) {
			lop_cut_keep(cut, n, keep);
			n = lop_node_next(n, top);
		} else if (mine && lop_node_is_bus(cut->tree, n)) {
			n = lop_node_next(n, top); /* its children may be mapped one by one */
		} else {
			if (mine && n != top && is_part(cut, n) && cut->keep[n->parent->index])
				lop_cut_add_reg_cut(cut, n);
			n = after(n, top);
		}
	}
}

/* Reported, and with all below taken to be where the root has it: --compat lets it pass. Silent
 * where entries of the map were lost: the way may have been one of them. */
static void force(struct lop_cut *cut, const struct lop_node *node, struct lop_span span)
{
	struct lop_where where = lop_reg_to_root(cut->tree, node, 0);
	char text[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (cut->cluster->map_lost)
		return;
	d = lop_report(cut->diags, LOP_DEVICE_UNREACHABLE, span,
		       "`%s` given to `%s` is out of reach of cluster `%s`", node->name,
		       cut->domain->name, cut->cluster->name);
	lop_diag_label(d, span, "given to `%s` here", cut->domain->name);
	if (where.mapped)
		lop_diag_label(d, node->span, "stands at %s", lop_range_text(where.range, text));
	lop_diag_help(
		d,
		cut->cluster->has_map
			? "add an entry for the device or a bus above it to the address-map of "
			  "`%s`, or leave the device out"
			: "give `%s` an address-map with an entry for the indirect-bus above "
			  "the device, or leave the device out",
		cut->cluster->name);
	for (const struct lop_node *n = node; n; n = lop_node_next(n, node))
		cut->forced[n->index] = true;
}

/* Something on a bus could come along, and the cluster reaches none of it. */
static bool is_all_out_of_reach(const struct lop_cut *cut, const struct lop_node *bus)
{
	bool any = false;

	if (lop_cut_reaches(cut, bus) && !lop_node_is_indirect_bus(cut->tree, bus))
		return false;
	for (const struct lop_node *n = lop_node_next(bus, bus); n; n = lop_node_next(n, bus)) {
		if (lop_cut_reaches(cut, n) && !lop_node_is_indirect_bus(cut->tree, n))
			return false;
		any |= cut->claim[n->index] != LOP_CLAIM_OTHER;
	}
	return any;
}

/* A bus given by name brings what is on it; so does any other device. */
static void keep_one(struct lop_cut *cut, const struct lop_node *node, struct lop_span span)
{
	if (cut->class[node->index] != LOP_CLASS_DEVICE &&
	    cut->class[node->index] != LOP_CLASS_MEMORY)
		return;
	if (cut->class[node->index] == LOP_CLASS_DEVICE &&
	    (lop_node_is_bus(cut->tree, node) ? is_all_out_of_reach(cut, node)
					      : !reaches(cut, node)))
		force(cut, node, span);
	keep_subtree(cut, node, LOP_KEEP_GIVEN);
}

/* What it lists, and what its relations name. */
static void keep_given(struct lop_cut *cut)
{
	const struct lop_domain *d = cut->domain;

	for (size_t i = 0; i < d->n_access; i++)
		keep_one(cut, d->access[i].node, d->access[i].span);
	for (size_t i = 0; i < d->n_named; i++)
		keep_one(cut, d->named[i].node, d->named[i].span);
}

/* Partitions of an SRAM (mmio-sram binding) that lie in what the domain has of it. */
static void keep_partitions(struct lop_cut *cut, const struct lop_piece *piece)
{
	const struct lop_node *sram = piece->physical->node;

	for (const struct lop_node *n = sram->children; n; n = n->next) {
		struct lop_where where = lop_reg_to_root(cut->tree, n, 0);

		if (where.mapped && lop_range_contains(piece->root, where.range) &&
		    cut->claim[n->index] != LOP_CLAIM_OTHER)
			keep_subtree(cut, n, LOP_KEEP_GIVEN);
	}
}

static void keep_rest(struct lop_cut *cut)
{
	for (const struct lop_node *n = cut->tree->root->children; n; n = n->next)
		if (cut->class[n->index] == LOP_CLASS_DEVICE &&
		    cut->claim[n->index] != LOP_CLAIM_OTHER)
			keep_subtree(cut, n, LOP_KEEP_GIVEN);
}

/* --- what belongs to CPUs rather than to a bus --- */

static bool has_prefix(const struct lop_tree *tree, const struct lop_node *node, const char *prefix)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "compatible");
	const char *s;

	for (uint32_t at = 0; prop && (s = lop_value_next_str(&prop->value, &at));)
		if (lop_str_starts(s, prefix))
			return true;
	return false;
}

static bool cpus_use_psci(const struct lop_cut *cut)
{
	for (size_t i = 0; i < cut->domain->n_cpus; i++) {
		const struct lop_cluster *c = cut->domain->cpus[i].cluster;

		for (size_t k = 0; k < c->n_cpus; k++) {
			const struct lop_prop *method =
				lop_prop_find(cut->tree, c->cpus[k].node, "enable-method");

			if (method && lop_value_has_str(&method->value, "psci"))
				return true;
		}
	}
	return false;
}

/* "arm,cortex-a72-pmu" belongs to "arm,cortex-a72"; "arm,armv8-pmuv3" and the timers to any. */
static bool is_my_pmu_or_timer(const struct lop_cut *cut, const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, node, "compatible");
	const struct lop_node *cpu = cut->cluster->n_cpus ? cut->cluster->cpus[0].node : NULL;
	const struct lop_prop *core = cpu ? lop_prop_find(cut->tree, cpu, "compatible") : NULL;
	const char *s = NULL, *c = core ? lop_value_str(&core->value, 0) : NULL;
	size_t n = c ? strlen(c) : 0;

	for (uint32_t at = 0; prop && (s = lop_value_next_str(&prop->value, &at));) {
		if (lop_str_starts(s, "arm,armv8-") || lop_str_starts(s, "arm,armv7-timer"))
			return true;
		if (n && !strncmp(s, c, n) && !strcmp(s + n, "-pmu"))
			return true;
	}
	return false;
}

/*
 * Architected timer, PMU and PSCI are parts of the CPUs: no list of devices names them, every
 * domain on such CPUs has them.
 */
static void keep_cpu_parts(struct lop_cut *cut)
{
	enum lop_cpu_family family = cut->cluster ? cut->cluster->family : LOP_CPU_OTHER;
	bool arm =
		family == LOP_CPU_ARM_A32 || family == LOP_CPU_ARM_A64 || family == LOP_CPU_ARM_R52;

	for (const struct lop_node *n = cut->tree->root; arm && n; n = lop_cut_next(cut, n)) {
		if (!lop_node_is_cpu_part(cut->tree, n) ||
		    cut->class[n->index] != LOP_CLASS_DEVICE ||
		    cut->claim[n->index] == LOP_CLAIM_OTHER || !lop_cut_reaches(cut, n))
			continue;
		if (has_prefix(cut->tree, n, "arm,psci") ? cpus_use_psci(cut)
							 : is_my_pmu_or_timer(cut, n))
			keep_subtree(cut, n, LOP_KEEP_DEPEND);
	}
}

/* --- what kept nodes refer to --- */

/* An endpoint stands deep in a device: that is what comes along, with its other ports. */
static const struct lop_node *device_around(const struct lop_cut *cut, const struct lop_node *node)
{
	for (const struct lop_node *n = node; n->parent; n = n->parent)
		if (lop_prop_find(cut->tree, n, "compatible"))
			return lop_node_is_bus(cut->tree, n) ? node : n;
	return node;
}

static void follow(struct lop_cut *cut, const struct lop_ref *ref)
{
	const struct lop_node *target = ref->target;

	if (!target || ref->kind == LOP_REF_INTERRUPT || ref->kind == LOP_REF_CPU)
		return;
	if (!strcmp(ref->prop->name, "remote-endpoint"))
		target = device_around(cut, target);
	if (!lop_cut_may_have(cut, target, ref->kind))
		return;
	lop_cut_want(cut, target, ref->kind);
	if (cut->class[target->index] == LOP_CLASS_RESERVED ||
	    lop_node_compatible(cut->tree, target, "simple-bus") ||
	    lop_node_is_indirect_bus(cut->tree, target))
		lop_cut_keep(cut, target, LOP_KEEP_DEPEND);
	else
		keep_subtree(cut, target, LOP_KEEP_DEPEND);
}

static void follow_prop(struct lop_cut *cut, const struct lop_node *node,
			const struct lop_prop *prop)
{
	cut->refs.count = 0;
	lop_refs_scan(cut->tree, node, prop, &cut->refs);
	for (size_t i = 0; i < cut->refs.count; i++) {
		struct lop_ref ref = cut->refs.items[i];

		follow(cut, &ref);
	}
}

void lop_cut_follow_named(struct lop_cut *cut, const struct lop_node *node, const char *name)
{
	const struct lop_prop *prop = lop_prop_find(cut->tree, node, name);

	if (prop)
		follow_prop(cut, node, prop);
}

static void follow_all(struct lop_cut *cut)
{
	while (cut->n_work) {
		const struct lop_node *n = cut->work[--cut->n_work];

		for (const struct lop_prop *p = n->props; p; p = p->next) {
			if (strcmp(p->name, "interrupts")) /* partitions of a GIC are irq.c's */
				follow_prop(cut, n, p);
			if (lop_str_starts(p->name, "interrupt"))
				lop_cut_follow_irq(cut, n, p);
		}
	}
}

void lop_cut_select(struct lop_cut *cut)
{
	lop_cut_find_claims(cut);
	lop_cut_keep(cut, cut->tree->root, LOP_KEEP_PATH);
	lop_cut_mark_cpus(cut);
	keep_given(cut);
	if (cut->everything)
		keep_rest(cut);
	keep_cpu_parts(cut);
	lop_cut_mark_memory(cut);
	for (size_t i = 0; i < cut->n_pieces; i++)
		if (cut->pieces[i].physical && cut->pieces[i].physical->sram)
			keep_partitions(cut, &cut->pieces[i]);
	lop_cut_mark_reserved(cut);
	lop_cut_mark_chosen(cut);
	lop_cut_follow_rprocs(cut);
	follow_all(cut);
	lop_cut_mark_holes(cut);
}
