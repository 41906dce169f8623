/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the sections of a domain's program go: the memories of its linker script, as its CPUs see
 * them, and the sections in the order of the script. Decided by the domain's `linker`, and where it
 * says nothing: everything into the first DRAM, else the first on-chip memory, vectors first.
 */
#ifndef LOP_VIEW_LAYOUT_H
#define LOP_VIEW_LAYOUT_H

#include "lopper-c/model/linker.h"
#include "lopper-c/view/view.h"

enum lop_region_kind {
	LOP_REGION_MEMORY,
	LOP_REGION_RESERVED, /* a reserved-memory region that the domain uses */
	LOP_REGION_TRACE,
	LOP_REGION_BLOB, /* the domain's device tree, which its manager puts there */
	LOP_REGION_LINK, /* shared with the other end: nothing is loaded there */
};

/* Regions do not overlap. */
struct lop_region {
	const char *name;
	struct lop_range range; /* as the domain's CPUs see it */
	enum lop_region_kind kind;
	unsigned rights; /* LOP_MAY_ bits */
	bool sram;
	const struct lop_node *node; /* of the domain's merged tree; NULL: none */
};

/* Sections of one memory with the same rights, loaded together. */
struct lop_segment {
	const char *name;
	unsigned rights;
	const struct lop_region *region, *load;
};

struct lop_placed {
	enum lop_section section;		 /* LOP_SECTIONS: custom */
	const struct lop_custom_section *custom; /* NULL: it is section */
	const struct lop_region *region;
	const struct lop_region *load; /* where its content is loaded; mostly the same */
	bool has_offset;
	uint64_t offset;
	const struct lop_segment *segment; /* NULL: in no segment, the loader leaves it alone */
	bool opens; /* the first section of its segment: starts on the granule */
};

struct lop_layout {
	struct lop_region **regions;
	struct lop_segment **segments;
	struct lop_placed *sections;
	size_t n_regions, n_segments, n_sections;
	uint64_t granule; /* alignment of segments */
	const char *file, *entry;
	const char *profile; /* of Zephyr on a Cortex-R: r5-tcm, ..; NULL: another domain */
	const struct lop_linker *policy; /* NULL: none */
	const struct lop_region *trace;	 /* NULL: none */
	bool moves; /* a section is loaded elsewhere than it is: each says where it is loaded */
};

/*
 * blob_size: bytes of the domain's device tree, whose place a manager needs free; 0 where the
 * script is not for a program that a manager starts. NULL: the domain has no memory that a program
 * could be in. The system's arena's.
 */
struct lop_layout *lop_layout_build(const struct lop_system *system, const struct lop_view *view,
				    size_t blob_size);

/*
 * Where the manager puts a device tree of blob_size bytes, as the domain's CPUs see it, with room
 * for what finishing it adds. Empty: there is no manager, or no memory large enough.
 */
struct lop_range lop_layout_blob(const struct lop_system *system, const struct lop_domain *domain,
				 size_t blob_size);

#endif
