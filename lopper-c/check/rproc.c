/* SPDX-License-Identifier: BSD-3-Clause */
/* What Linux's drivers of remote processors want and the tree does not say, or says otherwise. */
#include <stdio.h>
#include <string.h>

#include "lopper-c/check/rules.h"
#include "lopper-c/model/rproc.h"
#include "lopper-c/tree/bus.h"

static void report_lacks(struct lop_diags *diags, const struct lop_rproc *rproc)
{
	for (size_t i = 0; i < rproc->n_lacks; i++) {
		const struct lop_lack *lack = &rproc->lacks[i];
		struct lop_diag *d =
			lop_report(diags, LOP_REMOTEPROC, lack->span, "%s", lack->text);

		if (lack->label)
			lop_diag_label(d, lack->span, "%s", lack->label);
		lop_diag_help(d, "%s", lack->help);
	}
}

/* --- addresses: the driver takes the host's for the remote's --- */

static void compare_ends(const struct lop_system *system, struct lop_diags *diags,
			 const struct lop_rproc *rproc, const struct lop_link *link,
			 struct lop_range part)
{
	uint64_t host, remote;
	struct lop_diag *d;

	if (!lop_link_address(system, link, LOP_HOST, part, &host) ||
	    !lop_link_address(system, link, LOP_REMOTE, part, &remote) || host == remote)
		return;
	d = lop_report(
		diags, LOP_REMOTEPROC, link->span,
		"`%s` sees link `%s` at 0x%llx, `%s` at 0x%llx, and Linux's driver knows one "
		"address only",
		rproc->host->name, link->name, (unsigned long long)host, rproc->remote->name,
		(unsigned long long)remote);
	lop_diag_label(d, link->span, "\"%s\" does not translate", rproc->flavour->compatible);
	lop_diag_help(d, "take memory that both see at one address");
}

/* --- dma-ranges: where the bus of the node shows memory to the remote --- */

static bool in_dma_ranges(const struct lop_system *system, const struct lop_node *bus,
			  struct lop_range range)
{
	struct lop_ranges ranges;

	if (!lop_ranges_read(system->tree, bus, "dma-ranges", &ranges))
		return false;
	for (size_t i = 0; i < ranges.n; i++) {
		struct lop_ranges_entry e = lop_ranges_get(&ranges, i);

		if (lop_range_contains((struct lop_range){ e.parent, e.child.size }, range))
			return true;
	}
	return false;
}

static void check_dma_ranges(const struct lop_system *system, struct lop_diags *diags,
			     const struct lop_rproc *rproc, struct lop_range range,
			     struct lop_span span, const char *what)
{
	const struct lop_node *bus = rproc->node ? rproc->node->parent : NULL;
	char text[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (!bus || !range.size || in_dma_ranges(system, bus, range))
		return;
	d = lop_report(diags, LOP_REMOTEPROC, span, "%s is not in `dma-ranges` of `%s`", what,
		       lop_node_shown(bus));
	lop_diag_label(d, span, "%s", lop_range_text(range, text));
	lop_diag_label(d, bus->span, "the bus of `%s`, whose driver asks it", rproc->node->name);
	lop_diag_help(d, "add an entry to dma-ranges, or take memory that one of them shows");
}

/* --- names: the driver finds rings and buffers by them --- */

static void check_name(struct lop_diags *diags, const struct lop_rproc *rproc,
		       const struct lop_link *link, enum lop_link_part part)
{
	const struct lop_node *node = link->part[part];
	struct lop_diag *d;
	char name[32];

	if (part == LOP_PART_POOL)
		snprintf(name, sizeof(name), "vdev%ubuffer", link->vdev);
	else
		snprintf(name, sizeof(name), "vdev%uvring%u", link->vdev, part);
	if (strlen(name) == lop_node_base_len(node) && !strncmp(node->name, name, strlen(name)))
		return;
	d = lop_report(diags, LOP_REMOTEPROC, node->span,
		       "`%s` of the link to `%s` is not called `%s`", node->name,
		       rproc->remote->name, name);
	lop_diag_label(d, node->span, "Linux looks for regions by their names");
	lop_diag_help(d, "call it `%s@%s`", name,
		      lop_node_unit(node) ? lop_node_unit(node) : "ADDRESS");
}

static void check_link(const struct lop_system *system, struct lop_diags *diags,
		       const struct lop_rproc *rproc, const struct lop_link *link)
{
	const struct lop_range parts[] = { link->ring[0], link->ring[1], link->pool, link->table };

	if (rproc->flavour->one_address)
		compare_ends(system, diags, rproc, link,
			     link->window.size ? link->window : link->ring[0]);
	for (unsigned i = 0; i < 4; i++) {
		if (rproc->flavour->needs_dma_range)
			check_dma_ranges(system, diags, rproc, parts[i],
					 link->part[i] ? link->part[i]->span : link->span,
					 link->part[i] ? lop_arena_printf(system->arena, "`%s`",
									  link->part[i]->name)
						       : lop_arena_printf(system->arena,
									  "the window of link `%s`",
									  link->name));
		if (link->part[i] && i <= LOP_PART_POOL && !link->host_places)
			check_name(diags, rproc, link, (enum lop_link_part)i);
	}
}

void lop_rule_remoteproc(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_rprocs; i++) {
		const struct lop_rproc *rproc = system->rprocs[i];

		if (!rproc->flavour || rproc->flavour->kind == LOP_RPROC_MANAGER)
			continue;
		report_lacks(diags, rproc);
		for (size_t k = 0; k < rproc->n_links && !rproc->incomplete; k++)
			check_link(system, diags, rproc, rproc->links[k]);
	}
}
