/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside emit/: a partition table in the making; shared by its files. */
#ifndef LOP_EMIT_PARTITION_TABLE_H
#define LOP_EMIT_PARTITION_TABLE_H

#include "lopper-c/emit/partition.h"
#include "runtime/abi/partition.h"

/* What a link's record needs of the records of its ends; by end. */
struct lop_partition_link {
	uint32_t window[2], doorbell[2], irq[2];
};

struct lop_partition {
	const struct lop_system *system;
	struct lop_arena *arena;
	struct pm_table table;
	struct pm_domain *domains;
	struct pm_cpu *cpus;
	struct pm_region *regions;
	struct pm_irq *irqs;
	struct pm_image *images;
	struct pm_right *rights;
	struct lop_partition_link *links; /* of the system's links */
	struct lop_buf bytes;
	struct lop_map texts; /* text -> offset + 1 in bytes */
	size_t n_domains, n_cpus, n_regions, n_irqs, n_images, n_rights;
	struct lop_page *pages; /* of devices, of all domains; partition_device.c */
	size_t n_pages;
	uint32_t domain; /* being added; PM_NONE: the manager */
	size_t first_irq;
};

/* Offset of a text in bytes; the same text stands there once. */
uint32_t lop_partition_text(struct lop_partition *p, const char *text);

/* partition_device.c: registers of the domain's devices, as pages */
void lop_partition_devices(struct lop_partition *p, const struct lop_view *view);

#endif
