/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Images: files that a loader puts into the memory of a domain. What a file is, told by its first
 * bytes; which addresses it takes; whether its domain may have it there. One source for sdtgen pack
 * and the manager, which asks the same of an image that arrives at run time: no heap, no libc.
 *
 *	struct pm_image_file f;
 *	error = pm_image_open(&f, table, image, bytes, size);
 *	if (!error && !f.load)	... choose a place: f.load % f.align == f.align_offset ...
 *	if (!error)
 *		error = pm_image_check(&f, &part);
 *	for (n = 0; n < f.n_parts; n++)
 *		part = pm_image_part(&f, n); copy part.filesz bytes, clear the rest
 */
#ifndef PM_ABI_IMAGE_H
#define PM_ABI_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ipc/abi/elf.h"
#include "runtime/abi/partition.h"

enum pm_image_format {
	PM_FORMAT_RAW = 0, /* bytes, as they are */
	PM_FORMAT_ELF = 1, /* of 32 or 64 bits; loaded at the physical addresses of its segments */
	PM_FORMAT_ARM64_IMAGE = 2, /* Linux, Documentation/arm64/booting */
	PM_FORMAT_RISCV_IMAGE = 3, /* Linux, Documentation/riscv/boot-image-header */
};

/* The header of both kinds of Image: offsets of its fields in bytes, all little endian. */
enum {
	PM_LINUX_TEXT_OFFSET = 8, /* u64: where it wants to be, from a multiple of PM_LINUX_BASE */
	PM_LINUX_SIZE = 16,	  /* u64: memory that it takes, bss included */
	PM_LINUX_FLAGS = 24,	  /* u64 */
	PM_LINUX_MAGIC = 56,	  /* u32 */
	PM_LINUX_HEADER = 64,	  /* bytes of all */
};
#define PM_LINUX_ARM64	     UINT32_C(0x644d5241) /* "ARM\x64" */
#define PM_LINUX_RISCV	     UINT32_C(0x05435352) /* "RSC\x05" */
#define PM_LINUX_BASE	     UINT64_C(0x200000)
#define PM_LINUX_BIG_ENDIAN  UINT64_C(1)	/* flags of both: data and kernel; unsupported */
#define PM_LINUX_ARM64_PAGES (UINT64_C(3) << 1) /* flags of arm64: size of pages, */
#define PM_LINUX_ARM64_4K    (UINT64_C(1) << 1) /* 4 KiB of them; */
#define PM_LINUX_ARM64_ANY   (UINT64_C(1) << 3) /* anywhere in memory, not near its start */

/* Program headers of an ELF file; more is refused, so that a check on the target ends soon. */
#define PM_PARTS_MAX 64u
/* A device tree: Linux maps two blocks of 2 MiB for it (Documentation/arm64/booting). */
#define PM_DTB_MAX UINT64_C(0x200000)

enum pm_image_error {
	PM_IMAGE_OK = 0,
	PM_IMAGE_EMPTY = -1,
	PM_IMAGE_BAD_ELF = -2,	  /* see elf_error */
	PM_IMAGE_COMPRESSED = -3, /* no loader here unpacks it */
	PM_IMAGE_TRUNCATED = -4,  /* an Image shorter than its header */
	PM_IMAGE_UNSIZED = -5,	  /* an Image that does not say how much memory it takes */
	PM_IMAGE_MACHINE = -6,	  /* for another CPU, or another width */
	PM_IMAGE_TOO_MANY = -7,	  /* segments, over PM_PARTS_MAX */
	PM_IMAGE_TOO_LARGE = -8,  /* a device tree over PM_DTB_MAX; a range that wraps */
	PM_IMAGE_UNPLACED = -9,	  /* it has no address yet */
	PM_IMAGE_OUTSIDE = -10,	  /* a part in no memory of the domain, or in its trace buffer */
	PM_IMAGE_RIGHTS = -11,	/* code where nothing is executed, data where nothing is written */
	PM_IMAGE_OVERLAP = -12, /* two parts of one image */
	PM_IMAGE_MISALIGNED = -13, /* load is not where its format wants it */
	PM_IMAGE_BAD_ENTRY = -14,  /* in no part, or where nothing is executed */
	PM_IMAGE_ODD_ENTRY = -15,  /* where no instruction can begin */
	PM_IMAGE_AT_LOAD = -16,	   /* `load` of an ELF file, which has addresses of its own */
};

/* An image and what its bytes say of it. */
struct pm_image_file {
	const struct pm_table *table;
	const struct pm_image *image; /* the table's record */
	const unsigned char *bytes;
	uint64_t size;
	struct ipc_elf elf; /* of an ELF file */
	int elf_error;	    /* enum ipc_elf_error, with PM_IMAGE_BAD_ELF */
	uint32_t format;    /* enum pm_image_format */
	uint32_t machine;   /* ELF: e_machine */
	/* Guest addresses. */
	uint64_t load; /* the lowest that it takes; 0: not placed yet */
	uint64_t span; /* bytes from there to the end of the highest part, bss included */
	uint64_t align, align_offset; /* where load may be */
	uint64_t elf_entry;	      /* where an ELF file begins, by physical address */
	bool elf_entry_inside;	      /* is that in one of its segments? */
	uint32_t n_parts;
};

/* A contiguous piece; what is beyond filesz is zero. */
struct pm_image_part {
	uint64_t address, size; /* guest address, bytes in memory */
	uint64_t offset, filesz;
	uint32_t rights; /* PM_REGION_ that its memory must have */
};

const char *pm_image_strerror(int error);

/*
 * Reads what a file is. load comes from the table, or from the file's segments. The file is changed
 * by nobody meanwhile and trusted by nobody. 0 or a negative enum pm_image_error; also then
 * format, machine and elf_error are set as far as they are known.
 */
int pm_image_open(struct pm_image_file *f, const struct pm_table *table,
		  const struct pm_image *image, const void *bytes, uint64_t size);

/* Part n of an opened and placed image, n below n_parts. */
struct pm_image_part pm_image_part(const struct pm_image_file *f, uint32_t n);

/* Of a program: the guest address of its first instruction. The table's word counts, if it has one.
 */
uint64_t pm_image_entry(const struct pm_image_file *f);

/*
 * May the domain have it there? Every part in one memory of the domain with the rights it needs,
 * apart from the others; load and entry where they can be. *part (may be NULL) is the part that is
 * meant, n_parts if none is.
 */
int pm_image_check(const struct pm_image_file *f, uint32_t *part);

/* Do parts of two images, both of one domain, overlap? Which, in part[2]. */
bool pm_image_overlap(const struct pm_image_file *a, const struct pm_image_file *b,
		      uint32_t part[2]);

/* The memory of a domain that has a whole range, but for its trace buffer; NULL: none. */
const struct pm_region *pm_image_memory(const struct pm_table *table, uint32_t domain,
					uint64_t address, uint64_t size);

#endif
