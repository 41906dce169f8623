/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The image directory: what stands behind the manager in a boot image, made by sdtgen pack. Little
 * endian, position independent, fixed width.
 *
 *	manager, its bss as zeros | struct pm_directory | entries | partition table | images
 *
 * It begins at the first multiple of PM_DIRECTORY_ALIGN that is not below the end of the manager's
 * bss, which the manager knows from its linker script. Entry i belongs to image i of the table.
 * Offsets count from the directory; what follows another begins at the next aligned offset.
 */
#ifndef PM_ABI_DIRECTORY_H
#define PM_ABI_DIRECTORY_H

#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/image.h"
#include "runtime/abi/partition.h"

#define PM_DIRECTORY_MAGIC   UINT32_C(0x44494d50) /* "PMID" */
#define PM_DIRECTORY_VERSION 1u			  /* a reader takes its own version only */
#define PM_DIRECTORY_ALIGN   UINT64_C(4096)	  /* bytes; of the directory and of each image */

struct pm_directory {
	uint32_t magic;	   /* PM_DIRECTORY_MAGIC */
	uint32_t version;  /* PM_DIRECTORY_VERSION */
	uint32_t size;	   /* bytes of this header and the entries */
	uint32_t checksum; /* CRC-32 (IEEE 802.3) of these bytes with this field 0 */
	uint64_t load;	   /* address on the bus where this header is when all is loaded */
	uint64_t total;	   /* bytes to the end of the last image, or of the table */
	uint32_t count;	   /* entries, as many as the table has images */
	uint32_t table;	   /* offset of the table: size, aligned to PM_TABLE_ALIGN */
	uint32_t table_size;
	uint32_t table_checksum; /* of the table that it belongs to */
};

struct pm_entry {
	uint64_t offset;   /* of the file */
	uint64_t size;	   /* bytes of the file, not 0 */
	uint64_t load;	   /* guest address: the lowest that it takes */
	uint64_t span;	   /* bytes from there to the end of what it takes, bss included */
	uint64_t entry;	   /* guest address of the first instruction; 0: no program */
	uint32_t format;   /* enum pm_image_format */
	uint32_t checksum; /* CRC-32 of the file */
};

_Static_assert(sizeof(struct pm_directory) == 48, "directory");
_Static_assert(offsetof(struct pm_directory, load) == 16, "directory");
_Static_assert(offsetof(struct pm_directory, count) == 32, "directory");
_Static_assert(sizeof(struct pm_entry) == 48, "entry");
_Static_assert(offsetof(struct pm_entry, format) == 40, "entry");

enum pm_directory_error {
	PM_DIRECTORY_OK = 0,
	PM_DIRECTORY_TRUNCATED = -1, /* shorter than it says */
	PM_DIRECTORY_BAD_MAGIC = -2,
	PM_DIRECTORY_BAD_VERSION = -3,
	PM_DIRECTORY_BAD_SIZE = -4,
	PM_DIRECTORY_BAD_CHECKSUM = -5,
	PM_DIRECTORY_MISALIGNED = -6,  /* the memory it was given in */
	PM_DIRECTORY_BAD_TABLE = -7,   /* the table in it is unsound: place is that of the table */
	PM_DIRECTORY_OTHER_TABLE = -8, /* sound, but not the one that it belongs to */
	PM_DIRECTORY_BAD_OFFSET = -9,  /* a file not where the one before ends, or beyond all */
	PM_DIRECTORY_BAD_IMAGE = -10,  /* a file that its domain cannot have: see pm_image_check */
	PM_DIRECTORY_BAD_VALUE = -11,  /* an entry that says something else than its file */
	PM_DIRECTORY_OVERLAP = -12,    /* two images of a domain in one place */
};

const char *pm_directory_strerror(int error);

/* What the checksum of a directory must be, whose size is true. */
uint32_t pm_directory_checksum(const struct pm_directory *directory);
/* The next offset at which an image, or at bytes the table, can begin. */
uint64_t pm_directory_align(uint64_t offset);

/*
 * Takes a directory in memory of at least size bytes, aligned to PM_TABLE_ALIGN, with the table
 * behind it, but not yet what is in the images: header, entries, table, and that everything lies
 * within size. 0, or a negative enum pm_directory_error and where (may be NULL). The memory must
 * not change afterwards.
 */
int pm_directory_check(const void *data, size_t size, struct pm_table_place *where);

/* Of a checked directory; index below count. */
const struct pm_table *pm_directory_table(const struct pm_directory *directory);
const struct pm_entry *pm_directory_entry(const struct pm_directory *directory, uint32_t index);
const void *pm_directory_file(const struct pm_directory *directory, uint32_t index);

/*
 * The second half, image by image, by whoever loads it: its checksum, what it is, and that its
 * domain may have it where the entry says. Fills file (may be NULL), ready for pm_image_part.
 * *error (may be NULL) is the enum pm_image_error with PM_DIRECTORY_BAD_IMAGE.
 */
int pm_directory_check_image(const struct pm_directory *directory, uint32_t index,
			     struct pm_image_file *file, int *error, struct pm_table_place *where);

#endif
