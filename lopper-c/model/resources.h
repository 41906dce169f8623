/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a resource table has beside trace buffer and virtio devices: memory that the remote needs,
 * registers that the host maps for it, entries of vendors. Said at the links of a pair; for links
 * made of relations the regions that the remote's program is loaded to. Addresses are the root's;
 * whether an entry can be is for check/ to say.
 */
#ifndef LOP_MODEL_RESOURCES_H
#define LOP_MODEL_RESOURCES_H

#include "lopper-c/model/system.h"

struct lop_resource {
	const struct lop_node *node;
	const char *name;
	struct lop_range range; /* size 0: it has no address */
	bool registers;		/* of a device, else memory */
	bool derived;		/* of a relation: nobody asked for it here */
	bool read_only;
	struct lop_span span;
};

struct lop_vendor {
	uint32_t id;
	const unsigned char *data;
	uint32_t len;
	struct lop_span span;
};

/* Of a pair, in the order of its links. */
struct lop_resources {
	struct lop_resource *carveouts; /* regions of /reserved-memory, unless check/ objects */
	struct lop_resource *devmem;	/* one per range of registers */
	struct lop_vendor *vendors;
	size_t n_carveouts, n_devmem, n_vendors;
};

/*
 * Where an end of a pair sees all of it; false: it does not. Registers are on whole pages, which is
 * what an IOMMU maps.
 */
bool lop_resource_place(const struct lop_system *system, const struct lop_resource *resource,
			const struct lop_domain *end, struct lop_range *place);
/* Can the 32 bits of a table say it? */
bool lop_resource_fits(struct lop_range place);

/* Does a link say the sizes of its buffers in the configuration space of its device? */
bool lop_link_says_sizes(const struct lop_link *link);

/* Bytes of the pair's resource table. */
uint64_t lop_pair_table_size(const struct lop_pair *pair);

#endif
