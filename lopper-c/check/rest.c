/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What nobody names, where several domains take everything: `*` without a pool, or the default
 * domain. One report for a domain, however many devices it is about.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/check/owner.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

#define NAMED_MAX 4u /* devices in a message */

static bool takes_rest(const struct lop_domain *domain)
{
	return domain->access_all || domain->is_default;
}

/*
 * Clocks, power domains, resets, phys and interrupt controllers are in every tree that needs them.
 * A GPIO controller often is an interrupt controller, too, but has one driver.
 */
static bool is_provider(const struct lop_tree *tree, const struct lop_node *node)
{
	static const char *const props[] = { "#clock-cells", "#reset-cells", "#phy-cells",
					     "#power-domain-cells", "interrupt-controller" };

	if (lop_prop_find(tree, node, "gpio-controller"))
		return false;
	for (size_t i = 0; i < sizeof(props) / sizeof(props[0]); i++)
		if (lop_prop_find(tree, node, props[i]))
			return true;
	return false;
}

static bool has_registers(const struct lop_system *system, const struct lop_node *node)
{
	const struct lop_tree *tree = system->tree;

	return lop_reg_count(tree, node) && !lop_node_compatible(tree, node, "simple-bus") &&
	       !lop_node_is_indirect_bus(tree, node) && !is_provider(tree, node) &&
	       !lop_node_is_cpu_part(tree, node) &&
	       !(system->manager && node == system->manager->uart);
}

bool *lop_given_rest(const struct lop_system *system)
{
	const struct lop_node *root = system->tree->root;
	struct lop_given *given = lop_given_heirs(system);
	bool *rest = lop_given_devices(system);
	bool *inside = lop_xmalloc(system->tree->n_nodes * sizeof(*inside));

	inside[root->index] = false;
	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root)) {
		rest[n->index] = rest[n->index] && !given[n->index].domain &&
				 !inside[n->parent->index] && has_registers(system, n);
		inside[n->index] = rest[n->index] || inside[n->parent->index];
	}
	free(inside);
	free(given);
	return rest;
}

static void add_taken(const struct lop_system *system, const struct lop_domain *d, const bool *rest,
		      struct lop_given *given)
{
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root))
		if (rest[n->index] && !given[n->index].domain && lop_given_reaches(system, d, n))
			given[n->index] = (struct lop_given){
				.domain = d, .node = n, .flags = d->rest_flags, .span = d->rest_span
			};
}

struct lop_given *lop_given_all(const struct lop_system *system)
{
	const struct lop_node *root = system->tree->root;
	struct lop_given *given = lop_given_heirs(system);
	bool *rest = lop_given_rest(system);

	for (size_t i = 0; i < system->n_domains; i++)
		if (takes_rest(system->domains[i]))
			add_taken(system, system->domains[i], rest, given);
	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root))
		if (!given[n->index].domain)
			given[n->index] = given[n->parent->index];
	free(rest);
	return given;
}

/* What a domain takes that another has taken already. */
struct clash {
	const struct lop_domain *other; /* who has the first of them */
	const struct lop_node *first;
	size_t n;
	struct lop_buf names; /* of the first few */
};

static void add_clash(struct clash *clash, const struct lop_domain *other,
		      const struct lop_node *node, size_t max)
{
	if (!clash->n) {
		clash->other = other;
		clash->first = node;
	}
	if (clash->n < max) {
		lop_buf_puts(&clash->names, clash->n ? ", `" : "`");
		lop_node_path(node, &clash->names);
		lop_buf_puts(&clash->names, "`");
	}
	clash->n++;
}

static void report_clash(struct lop_diags *diags, const struct lop_domain *domain,
			 struct clash *clash, size_t max)
{
	struct lop_diag *d =
		lop_report(diags, LOP_DEVICE_TWICE, domain->rest_span,
			   "%zu device%s that nobody names %s taken by `%s` and by `%s`", clash->n,
			   clash->n == 1 ? "" : "s", clash->n == 1 ? "is" : "are",
			   clash->other->name, domain->name);

	lop_diag_label(d, domain->rest_span, "`%s` takes what nobody names", domain->name);
	lop_diag_label(d, clash->other->rest_span, "%s",
		       clash->other->access_all ? "so does this one"
						: "so does this one: it is the default domain");
	lop_diag_label(d, clash->first->span, "`%s`%s", clash->first->name,
		       clash->n > 1 ? ", for one" : "");
	if (clash->n > max)
		lop_buf_printf(&clash->names, " and %zu more (-v names all)", clash->n - max);
	if (clash->n > 1)
		lop_diag_help(d, "they are %s", lop_buf_cstr(&clash->names));
	lop_diag_help(d, "at one of them name what it is to have instead of `*`; or write "
			 "`{ dev: \"*\", flags: { shared: true } }` at both");
}

/* holders: by node, who has taken it so far. */
static void take_rest(const struct lop_system *system, struct lop_diags *diags,
		      const struct lop_domain *domain, const bool *rest,
		      const struct lop_domain **holders)
{
	const uint64_t shared = LOP_FLAG_SHARED | LOP_FLAG_TIMESHARE;
	const struct lop_node *root = system->tree->root;
	size_t max = diags->verbose ? SIZE_MAX : NAMED_MAX;
	struct clash clash = { 0 };

	for (const struct lop_node *n = lop_node_next(root, root); n; n = lop_node_next(n, root)) {
		const struct lop_domain **holder = &holders[n->index];

		if (!rest[n->index] || !lop_given_reaches(system, domain, n))
			continue;
		if (!*holder || lop_domain_related(*holder, domain))
			*holder = domain;
		else if (!((*holder)->rest_flags & domain->rest_flags & shared))
			add_clash(&clash, *holder, n, max);
	}
	if (clash.n)
		report_clash(diags, domain, &clash, max);
	lop_buf_free(&clash.names);
}

void lop_rule_rest_exclusive(const struct lop_system *system, struct lop_diags *diags)
{
	size_t size = system->tree->n_nodes * sizeof(const struct lop_domain *), takers = 0;
	const struct lop_domain **holders;
	bool *rest;

	for (size_t i = 0; i < system->n_domains; i++)
		takers += takes_rest(system->domains[i]);
	if (takers < 2)
		return;
	holders = memset(lop_xmalloc(size), 0, size);
	rest = lop_given_rest(system);
	for (size_t i = 0; i < system->n_domains; i++)
		if (takes_rest(system->domains[i]))
			take_rest(system, diags, system->domains[i], rest, holders);
	free(rest);
	free(holders);
}
