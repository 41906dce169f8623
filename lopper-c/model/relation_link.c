/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Links out of relations: openamp,rpmsg-v1 with its carveouts (vring0, vring1, buffer) and
 * libmetal,ipc-v1 with its (descriptors 0, descriptors 1, data). The host's relation makes the
 * link; what the remote says of it adds its mailbox and timer.
 */
#include <string.h>

#include "ipc/abi/vring.h"
#include "lopper-c/model/build.h"
#include "lopper-c/model/link.h"
#include "lopper-c/tree/bus.h"

#define N_PARTS 3 /* ring 0, ring 1, pool */

const struct lop_range *lop_reserved_range(const struct lop_system *system,
					   const struct lop_node *node)
{
	for (size_t i = 0; i < system->n_reserved; i++)
		if (system->reserved[i].node == node)
			return &system->reserved[i].range;
	return NULL;
}

/* The remote's relation of this kind to the host; NULL: it has none. */
static const struct lop_relation *answer(const struct lop_domain *remote,
					 const struct lop_domain *host, enum lop_relation_kind kind)
{
	for (size_t i = 0; i < remote->n_relations; i++) {
		const struct lop_relation *r = &remote->relations[i];

		if (r->kind == kind && r->peer == host && !r->peer_is_remote)
			return r;
	}
	return NULL;
}

/* As many descriptors as fit, a power of two; 0: not one. */
static uint32_t ring_num_for(uint64_t size, uint32_t align)
{
	uint32_t num = 256;

	while (num && ipc_vring_size(num, align) > size)
		num /= 2;
	return num;
}

static void take_part(struct lop_system *system, struct lop_link *link, size_t i,
		      const struct lop_node_use *use)
{
	const struct lop_range *range = lop_reserved_range(system, use->node);
	struct lop_range *const parts[N_PARTS] = { &link->ring[0], &link->ring[1], &link->pool };

	link->part[i] = use->node;
	if (range)
		*parts[i] = *range;
	if (i < 2 && range && link->kind == LOP_LINK_RPMSG)
		link->ring_num[i] = ring_num_for(range->size, link->align);
}

/* Buffers of both directions share the pool, as Linux and OpenAMP divide it: half and half. */
static void fit_buffers(struct lop_link *link)
{
	uint64_t fit = link->pool.size / (2 * (uint64_t)LOP_LINK_BUFFER_SIZE);

	for (unsigned i = 0; i < 2; i++)
		link->buffers[i] = fit < link->ring_num[i] ? (uint32_t)fit : link->ring_num[i];
}

static const char *link_name(struct lop_system *system, const struct lop_domain *host,
			     const struct lop_domain *remote, enum lop_relation_kind kind)
{
	return lop_arena_printf(system->arena, "%s-%s%s", host->name, remote->name,
				kind == LOP_REL_LIBMETAL ? "-ipc" : "");
}

static void report_parts(struct lop_system *system, const struct lop_domain *host,
			 const struct lop_relation *r)
{
	struct lop_diag *d = lop_report(system->diags, LOP_MISSING_VALUE, r->span,
					"relation `%s` of domain `%s` has %zu carveouts, not 3",
					r->node->name, host->name, r->n_carveouts);

	lop_diag_help(d, r->kind == LOP_REL_LIBMETAL
				 ? "libmetal: descriptors 0, descriptors 1, data"
				 : "rpmsg: ring from the remote, ring to the remote, buffers");
}

static void add_relation_link(struct lop_system *system, struct lop_domain *host,
			      const struct lop_relation *r)
{
	struct lop_link *link;

	if (r->n_carveouts != N_PARTS) {
		if (!lop_diags_have(system->diags, LOP_UNKNOWN_CARVEOUT))
			report_parts(system, host, r); /* else one was not found: said already */
		return;
	}
	link = lop_add_link(system, link_name(system, host, r->peer, r->kind), host, r->peer);
	link->kind = r->kind == LOP_REL_LIBMETAL ? LOP_LINK_LIBMETAL : LOP_LINK_RPMSG;
	link->span = r->span;
	link->relation[LOP_HOST] = r;
	link->relation[LOP_REMOTE] = answer(r->peer, host, r->kind);
	for (size_t i = 0; i < N_PARTS; i++)
		take_part(system, link, i, &r->carveouts[i]);
	if (link->kind == LOP_LINK_RPMSG)
		fit_buffers(link);
	for (unsigned end = 0; end < 2; end++) {
		const struct lop_relation *side = link->relation[end];

		link->guest[end] = UINT64_MAX;
		link->irq[end] = UINT32_MAX;
		link->mbox[end] = side && side->n_mboxes ? side->mboxes[0].node : NULL;
	}
	link->type = LOP_NON_CACHEABLE;
}

void lop_build_relation_links(struct lop_system *system)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_domain *host = system->domains[i];

		for (size_t k = 0; k < host->n_relations; k++) {
			const struct lop_relation *r = &host->relations[k];

			if (r->kind != LOP_REL_REMOTEPROC && r->peer && r->peer_is_remote &&
			    r->n_carveouts)
				add_relation_link(system, host, r);
		}
	}
}
