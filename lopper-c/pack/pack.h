/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Joins a manager, the partition table and the images that it names into one boot image. Says of
 * every image whether its domain can have it, and chooses an address for those that have none.
 * Knows the formats of runtime/abi and ipc/abi and device tree blobs; nothing of how a system is
 * described, nor where files come from.
 *
 *	struct lop_pack pack = { .arena = arena, .diags = diags };
 *
 *	pack.manager = ...;
 *	lop_pack_table(&pack, &file)                      if the table is sound:
 *	pack.images[i] = ...                              the file of image i of pack.table
 *	lop_pack_join(&pack, &output->data)               false: what is wrong is in diags
 */
#ifndef LOP_PACK_PACK_H
#define LOP_PACK_PACK_H

#include <stdbool.h>

#include "lopper-c/base/arena.h"
#include "lopper-c/base/buf.h"
#include "lopper-c/diag/diag.h"
#include "runtime/abi/directory.h"

/* A file in memory that outlives the pack; data NULL: not to be had, which was reported. */
struct lop_pack_file {
	const char *path;
	const void *data; /* aligned to PM_TABLE_ALIGN */
	size_t size;
	struct lop_span span; /* the whole file */
};

struct lop_pack {
	struct lop_arena *arena;
	struct lop_diags *diags;
	struct lop_pack_file manager;	 /* an ELF file that begins with an Image header */
	const struct pm_table *table;	 /* set by lop_pack_table */
	struct lop_pack_file table_file; /* the same */
	struct lop_pack_file *images;	 /* one for each of the table's; zeroed by the same */
};

/* The table in a file, or NULL after a report why no manager would take it. */
const struct pm_table *lop_table_read(struct lop_diags *diags, const struct lop_pack_file *file);

/* The same for a pack. */
bool lop_pack_table(struct lop_pack *pack, const struct lop_pack_file *file);

/*
 * Appends the boot image to out. Everything wrong is reported in one run; false: something was, and
 * out is as it was.
 */
bool lop_pack_join(struct lop_pack *pack, struct lop_buf *out);

/* A boot image that exists. Pointers lead into its bytes. */
struct lop_boot {
	const char *path;
	size_t size;
	uint64_t load;			  /* where it belongs */
	uint64_t text_offset, image_size; /* of its header */
	const struct pm_directory *directory;
};

/* Takes the bytes of a boot image, aligned to PM_TABLE_ALIGN, or reports why it is none. */
bool lop_pack_open(struct lop_boot *boot, struct lop_diags *diags,
		   const struct lop_pack_file *file);

#endif
