/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about where a linker policy puts sections. Rights are those under the domain's condition.
 */
#include <stdio.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

/* One section that somebody gave a place. */
struct placing {
	const struct lop_system *system; /* as it is under the domain's condition */
	const struct lop_domain *domain;
	const char *name;
	enum lop_section section; /* LOP_SECTIONS: custom */
	const struct lop_section_place *place;
	struct lop_range range; /* the domain's of the memory, root addresses; size 0: unknown */
	bool zephyr;
	struct lop_diags *diags;
};

static struct lop_range range_of(const struct lop_tree *tree, const struct lop_node *node)
{
	struct lop_where where = { .mapped = false };

	if (node && lop_reg_count(tree, node))
		where = lop_reg_to_root(tree, node, 0);
	return where.mapped ? where.range : (struct lop_range){ 0, 0 };
}

/* The domain's part of a memory: the first of its ranges there, without the trace buffer. */
static struct lop_range part_of(const struct lop_domain *domain, struct lop_range memory)
{
	for (size_t i = 0; i < domain->n_memory + domain->n_sram; i++) {
		struct lop_range part = i < domain->n_memory
						? domain->memory[i].range
						: domain->sram[i - domain->n_memory].range;
		struct lop_range trace = domain->life->trace;

		if (!lop_range_overlaps(part, memory))
			continue;
		if (part.size > memory.size && lop_range_contains(part, memory))
			return memory; /* a region within */
		if (trace.size && trace.size < part.size && lop_range_contains(part, trace))
			part.size -= trace.size;
		return part;
	}
	return memory; /* it has none there: reported by another rule, or a reserved region */
}

static void each_of(struct placing *p, void (*rule)(const struct placing *p))
{
	const struct lop_linker *l = p->domain->linker;

	for (unsigned s = 0; s < LOP_SECTIONS + l->n_custom; s++) {
		bool custom = s >= LOP_SECTIONS;

		p->section = custom ? LOP_SECTIONS : (enum lop_section)s;
		p->name = custom ? l->custom[s - LOP_SECTIONS].name : lop_section_names[s];
		p->place = custom ? &l->custom[s - LOP_SECTIONS].place : &l->sections[s];
		p->range = part_of(p->domain, range_of(p->system->tree, p->place->region));
		if (p->place->region || p->place->has_offset)
			rule(p);
	}
}

static void for_each(const struct lop_system *system, struct lop_diags *diags,
		     void (*rule)(const struct placing *p))
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		struct placing p = { .diags = diags };

		if (!domain->linker)
			continue;
		p.system = lop_system_under(system, domain->condition);
		p.domain = p.system == system ? domain : lop_system_domain(p.system, domain->name);
		if (!p.domain || !p.domain->linker)
			continue;
		p.zephyr = lop_domain_is_zephyr_r(p.domain);
		each_of(&p, rule);
	}
}

/* --- memories of the domain --- */

static bool in_uses(const struct lop_node_use *uses, size_t n, const struct lop_node *node)
{
	for (size_t i = 0; i < n; i++)
		if (uses[i].node == node)
			return true;
	return false;
}

static bool in_ranges(const struct lop_memory_use *uses, size_t n, struct lop_range range)
{
	for (size_t i = 0; i < n; i++)
		if (lop_range_overlaps(uses[i].range, range))
			return true;
	return false;
}

static bool is_loaded_to(const struct lop_system *system, const struct lop_domain *domain,
			 const struct lop_node *node)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *e = system->domains[i];

		for (size_t k = 0; k < e->n_relations; k++) {
			const struct lop_relation *r = &e->relations[k];

			if (e == domain && in_uses(r->carveouts, r->n_carveouts, node))
				return true;
			if (r->peer == domain && r->peer_is_remote &&
			    in_uses(r->elfload, r->n_elfload, node))
				return true;
		}
	}
	return false;
}

static bool has_memory(const struct placing *p)
{
	const struct lop_domain *d = p->domain;

	if (d->memory_all || d->sram_all || d->is_default)
		return true;
	return in_ranges(d->memory, d->n_memory, p->range) ||
	       in_ranges(d->sram, d->n_sram, p->range) ||
	       in_uses(d->reserved, d->n_reserved, p->place->region) ||
	       is_loaded_to(p->system, d, p->place->region);
}

static void help_memories(struct lop_diag *d, const struct placing *p)
{
	char list[256] = "", name[LOP_LINKER_NAME_MAX];
	size_t used = 0;

	for (size_t i = 0; i < p->system->n_physical; i++) {
		const struct lop_physical *m = &p->system->physical[i];
		const char *label = lop_node_label(m->node);

		if (!in_ranges(p->domain->memory, p->domain->n_memory, m->range) &&
		    !in_ranges(p->domain->sram, p->domain->n_sram, m->range))
			continue;
		if (used + sizeof(name) > sizeof(list))
			break;
		snprintf(name, sizeof(name), "%s`%s`", used ? ", " : "",
			 label ? label : m->node->name);
		memcpy(list + used, name, strlen(name) + 1);
		used += strlen(name);
	}
	if (used)
		lop_diag_help(d, "memories of the domain are %s", list);
	lop_diag_help(d, "give the memory to the domain, in `memory`, `sram` or "
			 "`reserved-memory`, or put the section elsewhere");
}

static bool is_shared(const struct placing *p)
{
	if (lop_memory_role_of(p->system->tree, p->place->region) == LOP_MEMORY_IPC)
		return true;
	for (size_t i = 0; i < p->system->n_links; i++) {
		const struct lop_link *link = p->system->links[i];

		for (unsigned k = 0; k < 3; k++) /* a table may stand with its program */
			if (link->part[k] == p->place->region)
				return true;
		if (lop_range_contains(link->window, p->range))
			return true;
	}
	return false;
}

static void check_region(const struct placing *p)
{
	const struct lop_node *node = p->place->region;
	struct lop_diag *d;

	if (!node)
		return;
	if (!p->range.size) {
		d = lop_report(p->diags, LOP_LINKER_REGION, p->place->span,
			       "section `%s` of domain `%s` is in `%s`, which is no memory",
			       p->name, p->domain->name, lop_node_path_dup(p->system->arena, node));
		lop_diag_help(d, "write a memory that has an address (`reg`)");
	} else if (!has_memory(p)) {
		d = lop_report(p->diags, LOP_LINKER_REGION, p->place->span,
			       "section `%s` of domain `%s` is in `%s`, which the domain does not "
			       "have",
			       p->name, p->domain->name, lop_node_path_dup(p->system->arena, node));
		help_memories(d, p);
	} else if (p->section != LOP_RESOURCE_TABLE && is_shared(p)) {
		d = lop_report(p->diags, LOP_LINKER_REGION, p->place->span,
			       "section `%s` of domain `%s` is in shared memory, `%s`", p->name,
			       p->domain->name, lop_node_path_dup(p->system->arena, node));
		lop_diag_help(d, "the other end writes there: put the section elsewhere; only "
				 "`resource_table` may be there");
	}
}

void lop_rule_linker_regions(const struct lop_system *system, struct lop_diags *diags)
{
	for_each(system, diags, check_region);
}

/* --- rights --- */

static unsigned needs_of(enum lop_section section)
{
	switch (section) {
	case LOP_VECTOR_TABLE:
	case LOP_TEXT:
		return LOP_MAY_READ | LOP_MAY_EXEC;
	case LOP_RODATA:
	case LOP_RESOURCE_TABLE:
		return LOP_MAY_READ;
	case LOP_SECTIONS:
		return 0;
	default:
		return LOP_MAY_WRITE;
	}
}

static void report_rights(const struct placing *p, const struct lop_policy *policy,
			  unsigned missing)
{
	const char *right = missing & LOP_MAY_EXEC    ? "executable"
			    : missing & LOP_MAY_WRITE ? "writable"
						      : "readable";
	const char *name = lop_node_label(p->place->region);
	struct lop_diag *d;

	name = name ? name : p->place->region->name;
	d = lop_report(p->diags, LOP_LINKER_RIGHTS, p->place->span,
		       "section `%s` of domain `%s` is in `%s`, which is not %s", p->name,
		       p->domain->name, name, right);
	if (policy->given) {
		lop_diag_label(d, policy->span, "what may be done with it");
		lop_diag_help(d, "put the section elsewhere, or add `%s` to `mpu-policy` of `%s`",
			      right, name);
	} else {
		lop_diag_help(d,
			      "Zephyr's memory protection opens what has an `mpu-policy`: give "
			      "one to `%s`, with `%s` in it",
			      name, right);
	}
}

static void check_rights(const struct placing *p)
{
	struct lop_policy policy = lop_policy_of(p->system->tree, p->place->region);
	unsigned needs = needs_of(p->section), missing = needs & ~policy.rights;

	if (!p->place->region)
		return;
	if (!policy.given && p->zephyr &&
	    lop_memory_role_of(p->system->tree, p->place->region) == LOP_MEMORY_IPC)
		missing &= LOP_MAY_EXEC;
	if (missing && (policy.given || p->zephyr))
		report_rights(p, &policy, missing);
}

void lop_rule_linker_rights(const struct lop_system *system, struct lop_diags *diags)
{
	for_each(system, diags, check_rights);
}

/* --- offsets --- */

static bool takes_offset(enum lop_section section)
{
	return section == LOP_VECTOR_TABLE || section == LOP_TEXT ||
	       section == LOP_RESOURCE_TABLE || section == LOP_SECTIONS;
}

static void check_offset(const struct placing *p)
{
	char size[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (!p->place->has_offset)
		return;
	if (!takes_offset(p->section)) {
		d = lop_report(p->diags, LOP_LINKER_OFFSET, p->place->offset_span,
			       "section `%s` of domain `%s` cannot have an offset", p->name,
			       p->domain->name);
		lop_diag_help(d, "leave it out; `vector_table`, `text`, `resource_table` and "
				 "custom sections may have one");
	} else if (!p->place->region &&
		   !lop_sources_is_yaml(p->diags->sources, p->place->offset_span)) {
		d = lop_report(p->diags, LOP_LINKER_OFFSET, p->place->offset_span,
			       "section `%s` of domain `%s` has an offset and no region", p->name,
			       p->domain->name);
		lop_diag_help(
			d,
			"write the memory that it counts from, as in linker-section-%s = <&memory>;",
			p->name);
	} else if (p->range.size && p->place->offset >= p->range.size) {
		d = lop_report(p->diags, LOP_LINKER_OFFSET, p->place->offset_span,
			       "section `%s` of domain `%s` begins outside its memory", p->name,
			       p->domain->name);
		lop_diag_help(d, "`%s` has %s of `%s`: write an offset below 0x%llx",
			      p->domain->name, lop_size_text(p->range.size, size),
			      p->place->region->name, (unsigned long long)p->range.size);
	}
}

void lop_rule_linker_offsets(const struct lop_system *system, struct lop_diags *diags)
{
	for_each(system, diags, check_offset);
}

/* --- what Zephyr starts from --- */

static struct lop_diag *profile(struct lop_diags *diags, const struct lop_domain *domain,
				struct lop_span span, const char *what)
{
	return lop_report(diags, LOP_LINKER_PROFILE, span, "%s, in domain `%s`", what,
			  domain->name);
}

static void check_complete(struct lop_diags *diags, const struct lop_domain *domain)
{
	const struct lop_linker *l = domain->linker;
	char list[160] = "";
	struct lop_diag *d;

	if (!l->file)
		strcat(list, " linker_file_output_name");
	if (!l->n_memories)
		strcat(list, " linker_memories");
	for (unsigned s = 0; s < LOP_SECTIONS; s++) {
		if (s == LOP_RESOURCE_TABLE || l->sections[s].region)
			continue;
		strcat(list, " ");
		strcat(list, lop_section_names[s]);
	}
	if (!*list)
		return;
	d = lop_report(diags, LOP_LINKER_PROFILE, l->span,
		       "the linker policy of Zephyr domain `%s` is not complete", domain->name);
	lop_diag_help(d, "Zephyr's script needs all of it; missing:%s", list);
}

/* Where its CPUs see the memory; root's address where they do not, which others report. */
static uint64_t seen_at(const struct lop_system *system, const struct lop_domain *domain,
			const struct lop_node *node)
{
	struct lop_range root = range_of(system->tree, node), seen = root;

	return lop_cluster_sees(system, lop_domain_cluster(domain), node, root, &seen) ? seen.base
										       : root.base;
}

static void check_vectors(struct lop_diags *diags, const struct lop_system *system,
			  const struct lop_domain *domain)
{
	const struct lop_section_place *v = &domain->linker->sections[LOP_VECTOR_TABLE];
	const bool r5 = lop_domain_cluster(domain)->family == LOP_CPU_ARM_R5;
	enum lop_memory_role kind;

	if (!v->region)
		return;
	kind = lop_memory_role_of(system->tree, v->region);
	if (kind == LOP_MEMORY_DDR && r5)
		lop_diag_help(
			profile(diags, domain, v->span, "a Cortex-R5 does not start from DDR"),
			"its vectors are at address 0: put `vector_table` into the ATCM");
	else if (kind != LOP_MEMORY_DDR && (r5 || kind != LOP_MEMORY_ATCM) &&
		 seen_at(system, domain, v->region)) /* an R52's TCMs can be moved */
		lop_diag_help(profile(diags, domain, v->span,
				      "vectors in on-chip memory that is not at address 0"),
			      "put `vector_table` into the ATCM, which its CPUs see there%s",
			      r5 ? "" : ", or into DDR");
	else if (r5 && v->has_offset && v->offset)
		lop_diag_help(profile(diags, domain, v->offset_span,
				      "vectors of a Cortex-R5 behind the start of the ATCM"),
			      "write `offset: 0`");
	else if (!r5 && v->has_offset && v->offset % 32)
		lop_diag_help(profile(diags, domain, v->offset_span,
				      "vectors of a Cortex-R52 at an odd place"),
			      "write an offset that is a multiple of 32");
}

static void check_profile(struct lop_diags *diags, const struct lop_system *system,
			  const struct lop_domain *domain)
{
	const struct lop_linker *l = domain->linker;
	const struct lop_section_place *stack = &l->sections[LOP_STACK];
	const struct lop_section_place *noinit = &l->sections[LOP_NOINIT];

	check_complete(diags, domain);
	check_vectors(diags, system, domain);
	if (l->entry && strcmp(l->entry, "_vector_table"))
		lop_diag_help(profile(diags, domain, l->entry_span,
				      "Zephyr on a Cortex-R starts at its vectors"),
			      "write `entry: _vector_table`, or leave it out");
	if (stack->region && noinit->region && stack->region != noinit->region)
		lop_diag_help(profile(diags, domain, stack->span,
				      "`stack` and `noinit` are not in one memory"),
			      "Zephyr 4.3 keeps its stacks in noinit: write the same region");
}

void lop_rule_linker_profile(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++)
		if (lop_domain_is_zephyr_r(system->domains[i]))
			check_profile(diags, system, system->domains[i]);
}
