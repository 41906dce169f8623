/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which remote processors Linux starts, and for those that the tree describes by a node of their
 * own what lacks there. AMD's are taken together in rproc_amd.c.
 */
#include "lopper-c/model/rproc.h"

#include <string.h>

#include "lopper-c/base/map.h"
#include "lopper-c/model/build.h"
#include "lopper-c/model/rproc_build.h"
#include "lopper-c/tree/bus.h"

void lop_rproc_lack(struct lop_system *system, struct lop_rproc *rproc, const struct lop_lack *lack)
{
	*LOP_APPEND(system->arena, rproc->lacks, rproc->n_lacks) = *lack;
}

/* --- which flavour --- */

static bool is_soc(const struct lop_system *system, const struct lop_flavour *flavour)
{
	for (const char *const *soc = flavour->socs; *soc; soc++)
		if (lop_node_compatible(system->tree, system->tree->root, *soc))
			return true;
	return false;
}

static const struct lop_flavour *flavour_of(const struct lop_system *system, unsigned family)
{
	for (size_t i = 1; i < lop_n_flavours; i++)
		if (lop_flavours[i].family == family && is_soc(system, &lop_flavours[i]))
			return &lop_flavours[i];
	return NULL;
}

/* The flavour that a node of the tree says it is; NULL: none. */
static const struct lop_flavour *says(const struct lop_system *system, const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, "compatible");

	for (size_t i = 1; prop && i < lop_n_flavours; i++)
		if (lop_flavours[i].kind == LOP_RPROC_NODE &&
		    lop_value_has_str(&prop->value, lop_flavours[i].compatible))
			return &lop_flavours[i];
	return NULL;
}

/* --- nodes of the tree --- */

static void find_nodes(struct lop_system *system, struct lop_rproc_nodes *nodes)
{
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root))
		if (says(system, n))
			*LOP_APPEND(system->arena, nodes->items, nodes->count) = n;
}

/* The only node that can drive remotes of this family, or one of two; NULL: there is none. */
static const struct lop_node *only_node(const struct lop_system *system,
					const struct lop_rproc_nodes *nodes, unsigned family,
					const struct lop_node **second)
{
	const struct lop_node *only = NULL;

	*second = NULL;
	for (size_t i = 0; i < nodes->count; i++) {
		if (says(system, nodes->items[i])->family != family)
			continue;
		if (only) {
			*second = nodes->items[i];
			return only;
		}
		only = nodes->items[i];
	}
	return only;
}

static const char *shown(const struct lop_node *node)
{
	const char *label = lop_node_label(node);

	return label ? label : node->name;
}

static void lack_choice(struct lop_system *system, struct lop_rproc *rproc,
			const struct lop_node *one, const struct lop_node *two)
{
	const struct lop_lack lack = {
		.span = rproc->span,
		.text = lop_arena_printf(system->arena,
					 "`%s` or `%s`: either can be the remote processor of `%s`",
					 shown(one), shown(two), rproc->remote->name),
		.help = lop_arena_printf(system->arena, "write `remoteproc: %s` in the link",
					 shown(one)),
	};

	lop_rproc_lack(system, rproc, &lack);
	rproc->incomplete = true;
}

static void lack_node(struct lop_system *system, struct lop_rproc *rproc)
{
	const struct lop_lack lack = {
		.span = rproc->span,
		.text = lop_arena_printf(
			system->arena, "`%s` cannot start `%s`: no node is compatible with \"%s\"",
			rproc->host->name, rproc->remote->name, rproc->flavour->compatible),
		.help = lop_arena_printf(
			system->arena,
			"add the node of the board's Linux tree to the System Device Tree; the "
			"binding is %s",
			rproc->flavour->binding),
	};

	lop_rproc_lack(system, rproc, &lack);
	rproc->incomplete = true;
}

static void lack_prop(struct lop_system *system, struct lop_rproc *rproc, const char *name,
		      const char *why)
{
	const struct lop_lack lack = {
		.span = rproc->node->span,
		.text = lop_arena_printf(system->arena, "`%s` has no `%s`: %s", rproc->node->name,
					 name, why),
		.label = lop_arena_printf(system->arena, "compatible with \"%s\"",
					  rproc->flavour->compatible),
		.help = lop_arena_printf(system->arena, "add `%s` to the node; the binding is %s",
					 name, rproc->flavour->binding),
	};

	lop_rproc_lack(system, rproc, &lack);
}

static void check_props(struct lop_system *system, struct lop_rproc *rproc)
{
	for (const char *const *p = rproc->flavour->needs; *p; p++)
		if (!lop_prop_find(system->tree, rproc->node, *p))
			lack_prop(system, rproc, *p, "Linux cannot start the processor");
	for (const char *const *p = rproc->flavour->ipc_needs; rproc->n_links && *p; p++)
		if (!lop_prop_find(system->tree, rproc->node, *p))
			lack_prop(system, rproc, *p, "nobody rings the other end of its links");
}

/* Named in a link, else the only one of its family. */
static void find_node(struct lop_system *system, struct lop_rproc *rproc,
		      const struct lop_rproc_nodes *nodes, unsigned family)
{
	const struct lop_node *second = NULL;

	for (size_t i = 0; i < rproc->n_links && !rproc->node; i++)
		rproc->node = rproc->links[i]->remoteproc;
	if (!rproc->node)
		rproc->node = only_node(system, nodes, family, &second);
	if (rproc->node && says(system, rproc->node))
		rproc->flavour = says(system, rproc->node);
	if (second)
		lack_choice(system, rproc, rproc->node, second);
}

void lop_rproc_give(struct lop_system *system, struct lop_rproc *rproc, const struct lop_node *node)
{
	struct lop_domain *host = rproc->host;

	if (!host->n_access && !host->n_named && !host->n_all_regions)
		*LOP_APPEND(system->arena, system->naming, system->n_naming) = host;
	*LOP_APPEND(system->arena, host->named, host->n_named) =
		(struct lop_node_use){ node, rproc->span };
}

static void complete(struct lop_system *system, struct lop_rproc *rproc,
		     struct lop_rproc_nodes *nodes)
{
	if (rproc->flavour->kind == LOP_RPROC_AMD) {
		lop_build_rproc_amd(system, rproc, nodes);
	} else if (!rproc->node) {
		lack_node(system, rproc);
	} else if (!rproc->incomplete) {
		check_props(system, rproc);
		lop_rproc_give(system, rproc, rproc->node);
	}
}

/* --- which pairs --- */

/* Rings and buffers come out of one pool where Linux likes: the table leaves the rings open. */
static void open_rings(const struct lop_rproc *rproc)
{
	for (size_t i = 0; i < rproc->n_links; i++)
		rproc->links[i]->host_places = rproc->flavour->parts[0] == LOP_PART_DMA;
}

/* Of this pair; the map is by (host, name of the remote). */
static struct lop_rproc *rproc_of(struct lop_system *system, struct lop_map *map,
				  struct lop_domain *host, struct lop_domain *remote)
{
	struct lop_rproc *rproc = lop_map_get(map, host, remote->name);

	if (rproc)
		return rproc;
	rproc = lop_arena_zalloc(system->arena, sizeof(*rproc));
	rproc->host = host;
	rproc->remote = remote;
	lop_map_put(map, host, remote->name, rproc);
	*LOP_APPEND(system->arena, system->rprocs, system->n_rprocs) = rproc;
	return rproc;
}

/* Who says nothing of itself and starts its remote by a relation is Linux, too. */
static bool is_linux_host(const struct lop_map *map, const struct lop_link *link)
{
	const struct lop_domain *host = link->end[LOP_HOST];

	return lop_domain_runs_linux(host) ||
	       (!host->os_type && lop_map_get(map, host, link->end[LOP_REMOTE]->name));
}

static void add_links(struct lop_system *system, struct lop_map *map)
{
	for (size_t i = 0; i < system->n_links; i++) {
		struct lop_link *link = system->links[i];
		struct lop_rproc *rproc;

		if (link->kind != LOP_LINK_RPMSG || !is_linux_host(map, link))
			continue;
		rproc = rproc_of(system, map, link->end[LOP_HOST], link->end[LOP_REMOTE]);
		link->rproc = rproc;
		*LOP_APPEND(system->arena, rproc->links, rproc->n_links) = link;
		if (!rproc->span.text)
			rproc->span = link->span;
	}
}

static void add_elfload(struct lop_system *system, struct lop_rproc *rproc,
			const struct lop_relation *r)
{
	const struct lop_node *reserved =
		lop_node_child(system->tree, system->tree->root, "reserved-memory");

	for (size_t i = 0; i < r->n_elfload; i++)
		if (reserved && lop_node_below(r->elfload[i].node, reserved))
			*LOP_APPEND(system->arena, rproc->firmware, rproc->n_firmware) =
				&r->elfload[i];
	if (!rproc->span.text)
		rproc->span = r->span;
}

static void add_relations(struct lop_system *system, struct lop_map *map, struct lop_domain *host)
{
	for (size_t i = 0; i < host->n_relations; i++) {
		const struct lop_relation *r = &host->relations[i];

		if (r->kind == LOP_REL_REMOTEPROC && r->peer && r->peer_is_remote &&
		    r->peer != host)
			add_elfload(system, rproc_of(system, map, host, r->peer), r);
	}
}

/* Without a manager it is who Linux knows to start; with one, the manager is asked. */
static void choose(struct lop_system *system, struct lop_rproc *rproc,
		   struct lop_rproc_nodes *nodes)
{
	const struct lop_cluster *cluster = lop_domain_cluster(rproc->remote);

	if (system->manager) {
		rproc->flavour = &lop_flavours[0];
		return;
	}
	if (!cluster)
		return;
	rproc->flavour = flavour_of(system, cluster->family);
	if (!rproc->flavour || rproc->flavour->kind == LOP_RPROC_NODE)
		find_node(system, rproc, nodes, cluster->family);
	if (!rproc->flavour)
		return;
	complete(system, rproc, nodes);
	open_rings(rproc);
}

void lop_build_rprocs(struct lop_system *system)
{
	struct lop_rproc_nodes nodes = { 0 };
	struct lop_map map = { 0 };

	for (size_t i = 0; i < system->n_domains; i++)
		if (!system->domains[i]->os_type || lop_domain_runs_linux(system->domains[i]))
			add_relations(system, &map, system->domains[i]);
	add_links(system, &map);
	if (system->n_rprocs && !system->manager)
		find_nodes(system, &nodes);
	for (size_t i = 0; i < system->n_rprocs; i++)
		choose(system, system->rprocs[i], &nodes);
	lop_pair_rprocs(system);
	lop_map_free(&nodes.banks);
	lop_map_free(&map);
}
