/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about links that relations of the wild describe: their regions hold what they are for. */
#include "ipc/abi/vring.h"
#include "lopper-c/check/rules.h"

static void check_ring(struct lop_diags *diags, const struct lop_link *link, unsigned i)
{
	const struct lop_node_use *use = &link->relation[LOP_HOST]->carveouts[i];
	char has[LOP_RANGE_TEXT], need[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (!link->ring[i].size || link->ring_num[i])
		return;
	d = lop_report(diags, LOP_LINK_WINDOW, use->span, "`%s` of link `%s` holds no ring: %s",
		       use->node->name, link->name, lop_size_text(link->ring[i].size, has));
	lop_diag_label(d, use->span, "a ring of one descriptor takes %s",
		       lop_size_text(ipc_vring_size(1, link->align), need));
	lop_diag_help(d, "make the region larger: 0x4000 bytes hold 256 descriptors");
}

static void check_pool(struct lop_diags *diags, const struct lop_link *link)
{
	const struct lop_node_use *use = &link->relation[LOP_HOST]->carveouts[LOP_PART_POOL];
	char has[LOP_RANGE_TEXT], need[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (!link->pool.size || !link->ring_num[0] || !link->ring_num[1] ||
	    (link->buffers[0] && link->buffers[1]))
		return;
	d = lop_report(diags, LOP_LINK_WINDOW, use->span,
		       "`%s` of link `%s` holds no buffer for each direction: %s", use->node->name,
		       link->name, lop_size_text(link->pool.size, has));
	lop_diag_label(d, use->span, "two take %s", lop_size_text(2 * LOP_LINK_BUFFER_SIZE, need));
	lop_diag_help(d, "make the region larger: 0x40000 bytes hold 256 buffers each way");
}

/* A remote that names rings and buffers, too, names the same. */
static void compare_ends(struct lop_diags *diags, const struct lop_link *link)
{
	const struct lop_relation *host = link->relation[LOP_HOST];
	const struct lop_relation *remote = link->relation[LOP_REMOTE];

	for (size_t i = 0;
	     remote && remote->n_carveouts == host->n_carveouts && i < host->n_carveouts; i++) {
		const struct lop_node_use *ours = &host->carveouts[i];
		const struct lop_node_use *theirs = &remote->carveouts[i];
		struct lop_diag *d;

		if (ours->node == theirs->node)
			continue;
		d = lop_report(diags, LOP_LINK_WINDOW, theirs->span,
			       "the ends of link `%s` name different regions: `%s` and `%s`",
			       link->name, ours->node->name, theirs->node->name);
		lop_diag_label(d, theirs->span, "`%s`, the remote", link->end[LOP_REMOTE]->name);
		lop_diag_label(d, ours->span, "`%s`, the host", link->end[LOP_HOST]->name);
		lop_diag_help(d, "list the same regions in the same order at both ends");
		return;
	}
}

void lop_rule_relation_parts(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_links; i++) {
		const struct lop_link *link = system->links[i];

		if (!link->relation[LOP_HOST])
			continue;
		compare_ends(diags, link);
		if (link->kind != LOP_LINK_RPMSG)
			continue;
		check_ring(diags, link, 0);
		check_ring(diags, link, 1);
		check_pool(diags, link);
	}
}
