/* SPDX-License-Identifier: BSD-3-Clause */
/* Entries of resource tables out of /links, and out of the relations of the wild. */
#include "lopper-c/model/resources.h"

#include <string.h>

#include "ipc/abi/resource_table.h"
#include "ipc/abi/rpmsg.h"
#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"

/* --- carveouts --- */

static struct lop_resource carveout(struct lop_system *system, const struct lop_node *node,
				    struct lop_span span)
{
	const struct lop_range *range = lop_reserved_range(system, node);

	return (struct lop_resource){
		.node = node,
		.name = lop_arena_strndup(system->arena, node->name, lop_node_base_len(node)),
		.range = range ? *range : (struct lop_range){ 0 },
		.span = span,
	};
}

static void read_carveouts(struct lop_system *system, struct lop_resources *r,
			   const struct lop_link *link)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, link->node, "carveouts");

	for (size_t c = 0; prop && c < lop_value_n_cells(&prop->value); c++) {
		const struct lop_node *node = lop_cell_target(system, prop, c);

		if (node)
			*LOP_APPEND(system->arena, r->carveouts, r->n_carveouts) =
				carveout(system, node, lop_cell_span(system, prop, c));
		else
			lop_diag_help(lop_report(system->diags, LOP_UNKNOWN_CARVEOUT,
						 lop_cell_span(system, prop, c),
						 "`carveouts` of link `%s` names no node",
						 link->name),
				      "write `carveouts = <&LABEL ..>;` with labels of regions");
	}
}

/* --- devmem --- */

static bool is_read_only(const struct lop_domain *domain, const struct lop_node *node)
{
	for (size_t i = 0; i < domain->n_access; i++)
		if (domain->access[i].node == node)
			return domain->access[i].flags & LOP_FLAG_READ_ONLY;
	return false;
}

static void add_registers(struct lop_system *system, struct lop_resources *r,
			  const struct lop_link *link, const struct lop_node *node,
			  struct lop_span span)
{
	const char *label = lop_node_label(node);
	struct lop_resource one = carveout(system, node, span);
	const char *base = label ? label : one.name;
	size_t n = 0;

	one.registers = true;
	one.read_only = is_read_only(link->end[LOP_REMOTE], node);
	for (size_t i = 0; i < lop_reg_count(system->tree, node); i++) {
		struct lop_where where = lop_reg_to_root(system->tree, node, i);

		if (!where.mapped || !where.range.size)
			continue;
		one.range = where.range;
		one.name = n ? lop_arena_printf(system->arena, "%s.%zu", base, n) : base;
		*LOP_APPEND(system->arena, r->devmem, r->n_devmem) = one;
		n++;
	}
	if (n)
		return;
	one.range = (struct lop_range){ 0 };
	*LOP_APPEND(system->arena, r->devmem, r->n_devmem) = one;
}

static void read_devmem(struct lop_system *system, struct lop_resources *r,
			const struct lop_link *link)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, link->node, "devmem");

	for (size_t c = 0; prop && c < lop_value_n_cells(&prop->value); c++) {
		const struct lop_node *node = lop_cell_target(system, prop, c);

		if (node)
			add_registers(system, r, link, node, lop_cell_span(system, prop, c));
		else
			lop_diag_help(lop_report(system->diags, LOP_UNKNOWN_DEVICE,
						 lop_cell_span(system, prop, c),
						 "`devmem` of link `%s` names no node", link->name),
				      "write `devmem = <&LABEL ..>;` with labels of devices");
	}
}

/* --- vendor = <id bytes>, [the bytes, zeros up to a whole cell], ... --- */

static void read_vendors(struct lop_system *system, struct lop_resources *r,
			 const struct lop_link *link)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, link->node, "vendor");
	uint32_t at = 0;

	while (prop && prop->value.len - at >= 8) {
		struct lop_vendor v = {
			.id = lop_value_cell(&prop->value, at / 4),
			.len = lop_value_cell(&prop->value, at / 4 + 1),
			.data = prop->value.data + at + 8,
			.span = lop_cell_span(system, prop, at / 4),
		};

		if (((uint64_t)v.len + 3) / 4 * 4 > prop->value.len - at - 8)
			break;
		at += 8 + (v.len + 3) / 4 * 4;
		*LOP_APPEND(system->arena, r->vendors, r->n_vendors) = v;
	}
	if (prop && at != prop->value.len)
		lop_diag_help(lop_report(system->diags, LOP_BAD_CELLS, lop_prop_value_span(prop),
					 "`vendor` of link `%s` ends within an entry", link->name),
			      "an entry is <id bytes>, then as many bytes, then zeros up to a "
			      "whole cell");
}

/* --- relations: the regions that the remote's program is loaded to --- */

static bool is_part(const struct lop_pair *pair, const struct lop_node *node)
{
	for (size_t i = 0; i < pair->n_links; i++)
		for (size_t k = 0; k < sizeof(pair->links[i]->part) / sizeof(*pair->links[i]->part);
		     k++)
			if (pair->links[i]->part[k] == node)
				return true;
	return false;
}

/* The table itself, which the host has found when it reads of it. */
static bool has_table(const struct lop_pair *pair, const struct lop_node *node)
{
	const struct lop_linker *linker = pair->end[LOP_REMOTE]->linker;

	return linker && linker->sections[LOP_RESOURCE_TABLE].region == node;
}

/* What an entry of a table can say: an address of 32 bits at both ends, a name of its own. */
static bool can_be(const struct lop_system *system, const struct lop_pair *pair,
		   const struct lop_resources *r, const struct lop_resource *one)
{
	struct lop_range place;

	for (size_t i = 0; i < r->n_carveouts; i++)
		if (strcmp(r->carveouts[i].name, one->name) == 0)
			return false;
	for (unsigned end = 0; end < 2; end++)
		if (!lop_resource_place(system, one, pair->end[end], &place) ||
		    !lop_resource_fits(place))
			return false;
	return strlen(one->name) < IPC_RSC_NAME_SIZE;
}

static void derive(struct lop_system *system, const struct lop_pair *pair, struct lop_resources *r,
		   const struct lop_relation *relation)
{
	for (size_t i = 0; i < relation->n_elfload; i++) {
		const struct lop_node_use *use = &relation->elfload[i];
		struct lop_resource one = carveout(system, use->node, use->span);

		one.derived = true;
		if (!is_part(pair, use->node) && !has_table(pair, use->node) &&
		    can_be(system, pair, r, &one))
			*LOP_APPEND(system->arena, r->carveouts, r->n_carveouts) = one;
	}
}

static void derive_all(struct lop_system *system, const struct lop_pair *pair,
		       struct lop_resources *r)
{
	const struct lop_domain *host = pair->end[LOP_HOST];

	for (size_t i = 0; i < host->n_relations; i++) {
		const struct lop_relation *relation = &host->relations[i];

		if (relation->kind == LOP_REL_REMOTEPROC && relation->peer_is_remote &&
		    relation->peer == pair->end[LOP_REMOTE])
			derive(system, pair, r, relation);
	}
}

void lop_build_resources(struct lop_system *system)
{
	for (size_t i = 0; i < system->n_pairs; i++) {
		struct lop_pair *pair = system->pairs[i];
		struct lop_resources *r = lop_arena_zalloc(system->arena, sizeof(*r));

		pair->resources = r;
		for (size_t k = 0; k < pair->n_links; k++) {
			if (!pair->links[k]->node)
				continue;
			read_carveouts(system, r, pair->links[k]);
			read_devmem(system, r, pair->links[k]);
			read_vendors(system, r, pair->links[k]);
		}
		derive_all(system, pair, r);
	}
}

/* --- questions --- */

/* Whole pages, which is what an IOMMU maps. */
static struct lop_range pages_of(struct lop_range range)
{
	const uint64_t below = range.base % LOP_LINK_PAGE;

	range.base -= below;
	range.size = (range.size + below + LOP_LINK_PAGE - 1) / LOP_LINK_PAGE * LOP_LINK_PAGE;
	return range;
}

bool lop_resource_place(const struct lop_system *system, const struct lop_resource *resource,
			const struct lop_domain *end, struct lop_range *place)
{
	const struct lop_cluster *cluster = lop_domain_cluster(end);
	const struct lop_range range = resource->range;
	bool seen = range.size != 0;

	*place = range;
	if (cluster && resource->registers)
		seen &= lop_cluster_sees(system, cluster, resource->node, range, place);
	else if (!resource->registers)
		seen &= lop_domain_sees_memory(system, end, range, false, place) ||
			lop_domain_sees_memory(system, end, range, true, place);
	if (!seen || place->size < range.size)
		return false;
	if (resource->registers)
		*place = pages_of(*place);
	return true;
}

bool lop_resource_fits(struct lop_range place)
{
	return place.base <= UINT32_MAX && place.size - 1 <= UINT32_MAX - place.base;
}

bool lop_link_says_sizes(const struct lop_link *link)
{
	return link->buffer_size[0] != IPC_RPMSG_BUFFER_SIZE ||
	       link->buffer_size[1] != IPC_RPMSG_BUFFER_SIZE;
}

static uint64_t vdev_size(const struct lop_link *link)
{
	const size_t config = lop_link_says_sizes(link) ? (IPC_RPMSG_CONFIG_SIZE + 3) / 4 * 4 : 0;

	return sizeof(struct ipc_rsc_vdev) + 2 * sizeof(struct ipc_rsc_vring) + config;
}

uint64_t lop_pair_table_size(const struct lop_pair *pair)
{
	const struct lop_resources *r = pair->resources;
	const bool trace = pair->end[LOP_REMOTE]->life->trace.size != 0;
	const size_t n = trace + r->n_carveouts + r->n_devmem + pair->n_links + r->n_vendors;
	uint64_t size = sizeof(struct ipc_rsc_header) + 4 * n;

	size += trace ? sizeof(struct ipc_rsc_trace) : 0;
	size += (r->n_carveouts + r->n_devmem) * sizeof(struct ipc_rsc_memory);
	for (size_t i = 0; i < pair->n_links; i++)
		size += vdev_size(pair->links[i]);
	for (size_t i = 0; i < r->n_vendors; i++)
		size += sizeof(struct ipc_rsc_vendor) + ((uint64_t)r->vendors[i].len + 3) / 4 * 4;
	return size;
}
