/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside pack/: the steps, in this order, and what they hand on. */
#ifndef LOP_PACK_STEPS_H
#define LOP_PACK_STEPS_H

#include "lopper-c/base/range.h"
#include "lopper-c/pack/pack.h"

/* An image on its way. */
struct lop_packed {
	struct pm_image_file file;
	struct lop_range *reserved; /* DTB: what the domain's tree keeps for others */
	size_t n_reserved;
	bool sound; /* what it is, is known; else it was reported */
};

struct lop_packing {
	struct lop_pack *pack;
	struct lop_packed *images; /* one for each of the table's */
	struct lop_buf manager;	   /* flat: what is at `load`, bss included */
	uint64_t load;		   /* address of the manager's first byte */
};

/* Does it have an address? */
static inline bool lop_packed_is_placed(const struct lop_packed *image)
{
	return image->sound && (image->file.load || image->file.format == PM_FORMAT_ELF);
}

/* manager.c: are there boot images for the CPUs of the table? Else reported. */
bool lop_pack_is_supported(struct lop_packing *p);
/* The manager as it will lie in memory, its Image header filled in. False: reported. */
bool lop_pack_manager(struct lop_packing *p);

/*
 * What text_offset counts from: a boot loader takes the first multiple of 2 MiB in memory.
 */
uint64_t lop_pack_origin(const struct pm_table *table);

/* images.c: what every image is; */
void lop_pack_read(struct lop_packing *p);
/* rsc.c: is the resource table of each program the manager's? */
void lop_pack_compare_tables(struct lop_packing *p);
/* place.c: an address for those that have none; */
void lop_pack_place(struct lop_packing *p);
/* tree.c: the initrd in the domain's tree, which becomes another blob; */
void lop_pack_finish_trees(struct lop_packing *p);
/* images.c: whether each can be where it is. */
void lop_pack_judge(struct lop_packing *p);

/* tree.c: reads what a blob reserves; false: it is no sound blob, which is reported. */
bool lop_pack_read_tree(struct lop_packing *p, uint32_t image);

/* table.c: "header, `checksum`", "entry 4, `offset`" */
const char *lop_table_place(struct lop_arena *arena, const struct pm_table_place *where);

/* --- report.c: what messages say --- */

/* Names of the table. */
const char *lop_pack_image(const struct lop_packing *p, uint32_t image);
const char *lop_pack_domain(const struct lop_packing *p, uint32_t image);
/* "[0x..] (16 MiB) rwx, ...": where images of a domain may be; at most four. */
const char *lop_pack_memories(const struct lop_packing *p, uint32_t domain);
/* "[0x40000000..0x40000fff] (4 KiB)" */
const char *lop_pack_range(const struct lop_packing *p, uint64_t base, uint64_t size);
/* "RISC-V": what runs an ELF file. */
const char *lop_pack_machine(const struct lop_packing *p, uint32_t machine, bool is64);
/* What the table's CPUs run, in the same words. */
const char *lop_pack_target(const struct lop_packing *p);
/* An image that cannot be read, or cannot be where it is: error is an enum pm_image_error. */
void lop_pack_report(struct lop_packing *p, uint32_t image, int error, uint32_t part);

#endif
