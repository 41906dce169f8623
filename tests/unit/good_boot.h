/* SPDX-License-Identifier: BSD-3-Clause */
/* A sound image directory with the table of good_table.h and what its four images may be. */
#ifndef LOP_TESTS_GOOD_BOOT_H
#define LOP_TESTS_GOOD_BOOT_H

#include "runtime/abi/directory.h"
#include "tests/unit/good_table.h"
#include "tests/unit/make_elf.h"

#define GOOD_BOOT_LOAD UINT64_C(0x40300000)

struct good_boot {
	struct pm_directory header;
	struct pm_entry entries[N_IMAGES];
	struct good_table table;
	unsigned char files[N_IMAGES * 4096 + 8192];
};

static inline unsigned char *good_file(struct good_boot *b, uint32_t i)
{
	return (unsigned char *)b + b->entries[i].offset;
}

/* Makes the sums of changed files, entries and table anew. */
static inline void good_boot_sum(struct good_boot *b)
{
	for (uint32_t i = 0; i < N_IMAGES; i++)
		b->entries[i].checksum = pm_crc32(0, good_file(b, i), b->entries[i].size);
	b->table.header.checksum = pm_table_checksum(&b->table.header);
	b->header.table_checksum = b->table.header.checksum;
	b->header.checksum = pm_directory_checksum(&b->header);
}

static inline void good_entry(struct good_boot *b, uint32_t i, size_t size, uint64_t load,
			      uint64_t span)
{
	b->entries[i].size = size;
	b->entries[i].load = load;
	b->entries[i].span = span;
	b->header.total = b->entries[i].offset + size;
}

static inline void good_boot_make(struct good_boot *b)
{
	static const struct made_elf elf = {
		.is64 = true,
		.machine = IPC_ELF_AARCH64,
		.entry = 0x48000040,
		.segments = { { IPC_ELF_PF_R | IPC_ELF_PF_X, 0x48000000, 0x48000000, 64, 0x800 } },
		.n_segments = 1,
	};

	memset(b, 0, sizeof(*b));
	good_table_make(&b->table);
	b->header.magic = PM_DIRECTORY_MAGIC;
	b->header.version = PM_DIRECTORY_VERSION;
	b->header.size = offsetof(struct good_boot, table);
	b->header.load = GOOD_BOOT_LOAD;
	b->header.count = N_IMAGES;
	b->header.table = b->header.size;
	b->header.table_size = sizeof(b->table);
	for (uint32_t i = 0; i < N_IMAGES; i++)
		b->entries[i].offset = 4096 * (i + 1u);
	make_linux(good_file(b, LINUX_KERNEL), PM_LINUX_ARM64, 4096, 0, 0x100000);
	good_entry(b, LINUX_KERNEL, 4096, 0x50200000, 0x100000);
	b->entries[LINUX_KERNEL].format = PM_FORMAT_ARM64_IMAGE;
	b->entries[LINUX_KERNEL].entry = 0x50200000;
	memset(good_file(b, LINUX_INITRD), 'i', 100);
	good_entry(b, LINUX_INITRD, 100, 0x57000000, 100);
	memset(good_file(b, LINUX_DTB), 'd', 64);
	good_entry(b, LINUX_DTB, 64, 0x58000000, 64);
	good_entry(b, RTOS_PROGRAM, make_elf(&elf, good_file(b, RTOS_PROGRAM)), 0x48000000, 0x800);
	b->entries[RTOS_PROGRAM].format = PM_FORMAT_ELF;
	b->entries[RTOS_PROGRAM].entry = 0x48000040;
	good_boot_sum(b);
}

#endif
