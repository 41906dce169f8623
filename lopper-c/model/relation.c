/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Relations between domains (openamp,domain-to-domain-v1) and firewall rules, as the model keeps
 * them for the artifacts that are made of them later.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"

static const struct {
	const char *prefix;
	enum lop_relation_kind kind;
} kinds[] = {
	{ "openamp,remoteproc-v", LOP_REL_REMOTEPROC },
	{ "openamp,rpmsg-v", LOP_REL_RPMSG },
	{ "libmetal,ipc-v", LOP_REL_LIBMETAL },
};

static bool relation_kind(const struct lop_tree *tree, const struct lop_node *node,
			  enum lop_relation_kind *kind)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "compatible");
	const char *s;

	for (uint32_t at = 0; prop && (s = lop_value_next_str(&prop->value, &at));) {
		for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
			if (!lop_str_starts(s, kinds[k].prefix))
				continue;
			*kind = kinds[k].kind;
			return true;
		}
	}
	return false;
}

static void add_nodes(struct lop_system *system, const struct lop_domain *domain,
		      const struct lop_node *relation, const char *name, struct lop_node_use **uses,
		      size_t *n_uses)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, relation, name);

	for (size_t c = 0; c < lop_whole_cells(system, domain, prop); c++) {
		const struct lop_node *node = lop_cell_target(system, prop, c);

		if (node)
			*LOP_APPEND(system->arena, *uses, *n_uses) =
				(struct lop_node_use){ node, lop_cell_span(system, prop, c) };
		else
			lop_diag_help(lop_report(system->diags, LOP_UNKNOWN_CARVEOUT,
						 lop_cell_span(system, prop, c),
						 "`%s` of relation `%s` names no node", name,
						 relation->name),
				      "write `%s = <&LABEL ..>;` with labels of nodes", name);
	}
}

static void find_peer(struct lop_system *system, struct lop_relation *relation)
{
	const struct lop_prop *remote = lop_prop_find(system->tree, relation->node, "remote");
	const struct lop_prop *host = lop_prop_find(system->tree, relation->node, "host");
	const struct lop_prop *prop = remote ? remote : host;
	const struct lop_node *node = prop ? lop_cell_target(system, prop, 0) : NULL;

	if (!prop || (remote && host)) {
		lop_diag_help(lop_report(system->diags, LOP_MISSING_VALUE, relation->span,
					 "relation `%s` needs either `remote` or `host`",
					 relation->node->name),
			      "the host's side names its `remote`, the remote's side its `host`");
		return;
	}
	relation->peer_is_remote = remote != NULL;
	relation->peer = node ? lop_domain_of_node(system, node) : NULL;
	if (!relation->peer)
		lop_diag_help(lop_report(system->diags, LOP_UNKNOWN_DOMAIN,
					 lop_cell_span(system, prop, 0),
					 "`%s` of relation `%s` names no domain", prop->name,
					 relation->node->name),
			      "write `%s = <&LABEL>;` with the label of a domain", prop->name);
}

/* What is no memory is a device, and given to the domain by being named. */
static void add_named(struct lop_system *system, struct lop_domain *domain,
		      const struct lop_node_use *uses, size_t n)
{
	const struct lop_node *reserved =
		lop_node_child(system->tree, system->tree->root, "reserved-memory");

	for (size_t i = 0; i < n; i++)
		if (!(reserved && lop_node_below(uses[i].node, reserved)) &&
		    !lop_system_is_memory(system, uses[i].node))
			*LOP_APPEND(system->arena, domain->named, domain->n_named) = uses[i];
}

static void add_relation(struct lop_system *system, struct lop_domain *domain,
			 const struct lop_node *node, enum lop_relation_kind kind)
{
	struct lop_relation *r = LOP_APPEND(system->arena, domain->relations, domain->n_relations);

	*r = (struct lop_relation){ .kind = kind, .node = node, .span = node->span };
	find_peer(system, r);
	add_nodes(system, domain, node, "carveouts", &r->carveouts, &r->n_carveouts);
	add_nodes(system, domain, node, "elfload", &r->elfload, &r->n_elfload);
	add_nodes(system, domain, node, "mbox", &r->mboxes, &r->n_mboxes);
	add_nodes(system, domain, node, "timer", &r->timers, &r->n_timers);
	add_named(system, domain, r->carveouts, r->n_carveouts);
	add_named(system, domain, r->mboxes, r->n_mboxes);
	add_named(system, domain, r->timers, r->n_timers);
}

bool lop_uses_have(const struct lop_node_use *uses, size_t n, const struct lop_node *node)
{
	for (size_t i = 0; i < n; i++)
		if (uses[i].node == node)
			return true;
	return false;
}

bool lop_domain_relates(const struct lop_domain *domain, const struct lop_domain *peer,
			const struct lop_node *node)
{
	for (size_t i = 0; i < domain->n_relations; i++) {
		const struct lop_relation *r = &domain->relations[i];

		if (peer && r->peer != peer)
			continue;
		if (lop_uses_have(r->carveouts, r->n_carveouts, node) ||
		    lop_uses_have(r->elfload, r->n_elfload, node) ||
		    lop_uses_have(r->mboxes, r->n_mboxes, node) ||
		    lop_uses_have(r->timers, r->n_timers, node))
			return true;
	}
	return false;
}

static void report_kind(struct lop_system *system, const struct lop_node *node)
{
	lop_diag_help(lop_report(system->diags, LOP_UNSUPPORTED, node->span,
				 "relation `%s` is of a kind that is not supported", node->name),
		      "compatible is one of openamp,remoteproc-v2, openamp,rpmsg-v1, "
		      "libmetal,ipc-v1");
}

void lop_build_relations(struct lop_system *system, struct lop_domain *domain)
{
	const struct lop_node *top = lop_node_child(system->tree, domain->node, "domain-to-domain");

	for (const struct lop_node *n = top ? top->children : NULL; n; n = n->next) {
		enum lop_relation_kind kind;

		if (!relation_kind(system->tree, n, &kind)) {
			report_kind(system, n);
			continue;
		}
		for (const struct lop_node *r = n->children; r; r = r->next)
			add_relation(system, domain, r, kind);
	}
}

/* --- firewallconf = <&target action priority> ..., firewallconf-default = <action priority> --- */

static void add_firewall(struct lop_system *system, struct lop_domain *domain,
			 const struct lop_prop *prop, size_t cell, bool with_target)
{
	struct lop_firewall *f = LOP_APPEND(system->arena, domain->firewalls, domain->n_firewalls);
	size_t c = cell + (with_target ? 1 : 0);

	f->target = with_target ? lop_cell_target(system, prop, cell) : NULL;
	f->action = lop_value_cell(&prop->value, c);
	f->priority = lop_value_cell(&prop->value, c + 1);
	f->span = lop_cell_span(system, prop, cell);
	if (f->action > 2)
		lop_diag_help(lop_report(system->diags, LOP_BAD_NUMBER, f->span,
					 "`%s` of domain `%s` has action %u", prop->name,
					 domain->name, f->action),
			      "0 blocks, 1 allows, 2 blocks if the entries suffice");
	if (with_target && !f->target)
		lop_diag_help(lop_report(system->diags, LOP_UNKNOWN_DOMAIN, f->span,
					 "`%s` of domain `%s` names no domain or bus master",
					 prop->name, domain->name),
			      "an entry is <&target action priority>: write a label as its target");
}

void lop_build_firewalls(struct lop_system *system, struct lop_domain *domain)
{
	/* the specification's text and its example spell the names differently */
	static const struct {
		const char *name;
		bool with_target;
	} props[] = {
		{ "firewallconf", true },
		{ "firewallconfig", true },
		{ "firewallconf-default", false },
		{ "firewallconfig-default", false },
	};

	for (size_t i = 0; i < sizeof(props) / sizeof(props[0]); i++) {
		const struct lop_prop *prop =
			lop_prop_find(system->tree, domain->node, props[i].name);
		size_t stride = props[i].with_target ? 3 : 2;
		size_t n = lop_whole_cells(system, domain, prop);

		if (n % stride)
			lop_diag_help(lop_report(system->diags, LOP_BAD_CELLS, prop->span,
						 "`%s` of domain `%s` has %zu cells, not entries "
						 "of %zu",
						 prop->name, domain->name, n, stride),
				      "an entry is <%saction priority>",
				      props[i].with_target ? "&target " : "");
		for (size_t c = 0; c + stride <= n; c += stride)
			add_firewall(system, domain, prop, c, props[i].with_target);
	}
}
