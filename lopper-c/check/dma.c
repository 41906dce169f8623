/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * DMA that reaches past a manager: stage-2 tables and PMP stop CPUs, not bus masters, and the
 * manager programs no IOMMU.
 */
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

static void report_open(struct lop_diags *diags, const struct open *open)
{
	const char *domain = open->given.domain->name;
	struct lop_diag *d;

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

void lop_rule_dma(const struct lop_system *system, struct lop_diags *diags)
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

		if (!here->domain || !device[n->index] || !is_master(system->tree, n))
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
			report_open(diags, open);
	}
	lop_map_free(&map);
	free(device);
	free(given);
}
