/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * DMA that reaches past a manager: stage-2 tables and PMP stop CPUs and translate for them, not for
 * bus masters, and the manager programs no IOMMU.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/map.h"
#include "lopper-c/check/owner.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/tree/bus.h"

/* Generic names (Devicetree Specification 2.2.2) of devices that read and write memory. */
static const char *const masters[] = { "crypto", "display",    "dma", "dma-controller",
				       "dsp",	 "ethernet",   "gpu", "ide",
				       "mmc",	 "nvme",       "pci", "pcie",
				       "sata",	 "scsi",       "ufs", "usb",
				       "video",	 "video-codec" };

static bool is_master(const struct lop_tree *tree, const struct lop_node *node)
{
	size_t len = lop_node_base_len(node);

	if (!lop_reg_count(tree, node) || !lop_node_enabled(tree, node))
		return false;
	if (lop_prop_find(tree, node, "iommus") || lop_prop_find(tree, node, "dma-coherent") ||
	    lop_prop_find(tree, node, "#dma-cells") ||
	    lop_node_compatible(tree, node, "virtio,mmio"))
		return true;
	for (size_t i = 0; i < sizeof(masters) / sizeof(masters[0]); i++)
		if (strlen(masters[i]) == len && !memcmp(masters[i], node->name, len))
			return true;
	return false;
}

/* What a domain has of them. */
struct open {
	const struct lop_node *first;
	size_t n;
	struct lop_given given; /* of the first */
};

static void report_open(const struct lop_system *system, struct lop_diags *diags,
			const struct open *open)
{
	const char *domain = open->given.domain->name;
	struct lop_diag *d;

	(void)system;
	if (open->n == 1)
		d = lop_report(diags, LOP_DMA_OPEN, open->given.span,
			       "`%s` of `%s` reaches all memory by DMA", open->first->name, domain);
	else
		d = lop_report(diags, LOP_DMA_OPEN, open->given.span,
			       "`%s` and %zu more of `%s` reach all memory by DMA",
			       open->first->name, open->n - 1, domain);
	lop_given_label(d, &open->given);
	lop_diag_label(d, open->first->span, "the manager stops CPUs, not this device");
	lop_diag_help(d,
		      "give `%s` devices without DMA, or trust it with all memory: "
		      "`-Wno-dma-open`",
		      domain);
}

/* --- addresses that nobody translates --- */

/* Takes addresses of the domain as they are: virtio, by default, and what an IOMMU stands before.
 */
static bool takes_any(const struct lop_tree *tree, const struct lop_node *node)
{
	return lop_node_compatible(tree, node, "virtio,mmio") ||
	       lop_prop_find(tree, node, "iommus");
}

/* Does its bus say where memory is, so that the view can say it anew? */
static bool is_told(const struct lop_tree *tree, const struct lop_node *node)
{
	struct lop_ranges ranges;

	if (takes_any(tree, node))
		return false;
	for (node = node->parent; node; node = node->parent)
		if (lop_ranges_read(tree, node, "dma-ranges", &ranges))
			return true;
	return false;
}

/* Memory of the domain that its devices do not find where it does; NULL: they find it. */
static const struct lop_memory_use *moved_away(const struct lop_domain *domain)
{
	for (size_t i = 0; i < domain->n_memory; i++)
		if (domain->memory[i].moved &&
		    domain->memory[i].guest != domain->memory[i].range.base)
			return &domain->memory[i];
	return NULL;
}

static bool is_lost(const struct lop_system *system, const struct lop_domain *domain,
		    const struct lop_node *node)
{
	return moved_away(domain) && !is_told(system->tree, node);
}

static void report_lost(const struct lop_system *system, struct lop_diags *diags,
			const struct open *open)
{
	const char *domain = open->given.domain->name;
	const struct lop_memory_use *use = moved_away(open->given.domain);
	char more[32] = "";
	struct lop_diag *d;

	if (open->n > 1)
		snprintf(more, sizeof(more), " and %zu more", open->n - 1);
	d = lop_report(diags, LOP_DMA_GUEST, open->given.span,
		       "`%s`%s of `%s` %s memory by DMA where `%s` does not have it",
		       open->first->name, more, domain, open->n > 1 ? "reach" : "reaches", domain);
	lop_given_label(d, &open->given);
	lop_diag_label(d, open->first->span, "reads and writes 0x%llx where `%s` means 0x%llx",
		       (unsigned long long)use->guest, domain, (unsigned long long)use->range.base);
	lop_diag_label(d, use->guest_span, "only CPUs see it there");
	lop_diag_help(d, "leave guest-address out of `%s`, or give it devices without DMA", domain);
	if (!takes_any(system->tree, open->first))
		lop_diag_help(d, "or say where memory is for what is on its bus: `dma-ranges`");
}

/* --- the rules --- */

static struct open *open_of(struct lop_arena *arena, struct lop_map *map,
			    const struct lop_domain *domain)
{
	struct open *open = lop_map_get(map, domain, "");

	if (open)
		return open;
	open = lop_arena_zalloc(arena, sizeof(*open));
	lop_map_put(map, domain, "", open);
	return open;
}

struct rule {
	bool (*applies)(const struct lop_system *system, const struct lop_domain *domain,
			const struct lop_node *node); /* NULL: always */
	void (*report)(const struct lop_system *system, struct lop_diags *diags,
		       const struct open *open);
};

/* One report for each domain that has bus masters to which the rule applies. */
static void run(const struct lop_system *system, struct lop_diags *diags, const struct rule *rule)
{
	const struct lop_node *root = system->tree->root;
	struct lop_map map = { 0 };
	struct lop_given *given;
	bool *device;

	if (!system->manager)
		return;
	given = lop_given_all(system);
	device = lop_given_devices(system);
	for (const struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		const struct lop_given *here = &given[n->index];
		struct open *open;

		if (!here->domain || !device[n->index] || !is_master(system->tree, n) ||
		    (rule->applies && !rule->applies(system, here->domain, n)))
			continue;
		open = open_of(system->arena, &map, here->domain);
		if (!open->n++) {
			open->first = n;
			open->given = *here;
		}
	}
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct open *open = lop_map_get(&map, system->domains[i], "");

		if (open)
			rule->report(system, diags, open);
	}
	lop_map_free(&map);
	free(device);
	free(given);
}

void lop_rule_dma(const struct lop_system *system, struct lop_diags *diags)
{
	static const struct rule rule = { NULL, report_open };

	run(system, diags, &rule);
}

void lop_rule_dma_guest(const struct lop_system *system, struct lop_diags *diags)
{
	static const struct rule rule = { is_lost, report_lost };

	run(system, diags, &rule);
}
