/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about what stands in the tree beside domains: names, aliases, regions, CPU numbers. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

/* --- `name` --- */

static void check_name(const struct lop_tree *tree, struct lop_diags *diags,
		       const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "name");
	const char *s = prop ? lop_value_str(&prop->value, 0) : NULL;
	size_t n = lop_node_base_len(node);
	struct lop_diag *d;

	if (!prop || !strcmp(node->name, "__symbols__") ||
	    (s && strlen(s) == n && !strncmp(s, node->name, n)))
		return;
	d = lop_report(diags, LOP_DTS_NAME, prop->span,
		       "`name` of `%s` is another name than the node's", node->name);
	lop_diag_label(d, prop->span, "dtc refuses a tree with it");
	lop_diag_help(d, "leave it out: the name of a node stands before its braces; text for "
			 "people is called `label` or `model`");
}

void lop_rule_name_property(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_tree *tree = system->tree;

	for (const struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root))
		check_name(tree, diags, n);
}

/* --- aliases --- */

/* Boards keep aliases of devices that they do not have; who writes one anew means a node. */
void lop_rule_alias_path(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_tree *tree = system->tree;
	const struct lop_node *aliases = lop_node_child(tree, tree->root, "aliases");

	for (const struct lop_prop *p = aliases ? aliases->props : NULL; p; p = p->next) {
		const char *s = lop_value_str(&p->value, 0);
		struct lop_diag *d;

		if (!s || s[0] != '/' || lop_tree_by_loose_path(tree, s, strlen(s)) ||
		    !lop_sources_is_yaml(diags->sources, lop_prop_value_span(p)))
			continue;
		d = lop_report(diags, LOP_UNKNOWN_NODE, lop_prop_value_span(p),
			       "alias `%s` stands for `%s`, which is no node", p->name, s);
		lop_diag_help(d, "write the path of a node, or `&label`");
	}
}

/* --- regions of /reserved-memory --- */

/* Regions of a DTS are the board's and may be called as they like. */
void lop_rule_region_name(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_reserved; i++) {
		const struct lop_reserved *r = &system->reserved[i];
		const char *unit = lop_node_unit(r->node);
		const struct lop_prop *reg = lop_prop_find(system->tree, r->node, "reg");
		struct lop_diag *d;
		uint64_t base;
		char *end;

		if (!unit || !reg || (i && system->reserved[i - 1].node == r->node) ||
		    !lop_sources_is_yaml(diags->sources, r->node->span))
			continue;
		base = strtoull(unit, &end, 16);
		if (*end || !lop_reg_count(system->tree, r->node) ||
		    base == lop_reg_get(system->tree, r->node, 0).base)
			continue;
		base = lop_reg_get(system->tree, r->node, 0).base;
		d = lop_report(diags, LOP_BAD_NUMBER, lop_prop_value_span(reg),
			       "region `%s` starts at 0x%llx", r->node->name,
			       (unsigned long long)base);
		lop_diag_label(d, r->node->span, "its name says 0x%s", unit);
		lop_diag_help(d, "call it `%.*s@%llx`, or change `start`",
			      (int)lop_node_base_len(r->node), r->node->name,
			      (unsigned long long)base);
	}
}

/* Is every byte in some physical memory? */
static bool is_covered(const struct lop_system *system, struct lop_range left)
{
	while (left.size) {
		size_t i = 0;
		struct lop_range part;

		while (i < system->n_physical &&
		       !lop_range_contains_addr(system->physical[i].range, left.base))
			i++;
		if (i == system->n_physical)
			return false;
		part = lop_range_intersect(system->physical[i].range, left);
		left.base += part.size;
		left.size -= part.size;
	}
	return true;
}

void lop_rule_region_physical(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_reserved && system->n_physical; i++) {
		const struct lop_reserved *r = &system->reserved[i];
		char text[LOP_RANGE_TEXT];
		struct lop_diag *d;

		if (!lop_range_valid(r->range) || is_covered(system, r->range) ||
		    !lop_sources_is_yaml(diags->sources, r->node->span))
			continue;
		d = lop_report(diags, LOP_MEM_OUTSIDE, r->node->span,
			       "reserved memory `%s` is outside the machine's: %s", r->node->name,
			       lop_range_text(r->range, text));
		lop_diag_label(d, system->physical[0].node->span, "the machine has %s",
			       lop_range_text(system->physical[0].range, text));
		lop_diag_help(d, "move the region into memory that the tree has");
	}
}

/* --- CPU numbers --- */

void lop_rule_cpu_number(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_clusters; i++) {
		const struct lop_cluster *c = &system->clusters[i];

		for (size_t k = 1; k < c->n_cpus; k++) {
			size_t first = 0;
			struct lop_diag *d;

			while (c->cpus[first].reg != c->cpus[k].reg)
				first++;
			if (first == k)
				continue;
			d = lop_report(diags, LOP_DUPLICATE_CPU, c->cpus[k].node->span,
				       "two CPUs of cluster `%s` have reg 0x%llx", c->name,
				       (unsigned long long)c->cpus[k].reg);
			lop_diag_label(d, c->cpus[first].node->span, "the first of them");
			lop_diag_help(d, "give each CPU a number of its own: bit n of a cpumask is "
					 "the CPU whose reg is n");
		}
	}
}
