/* SPDX-License-Identifier: BSD-3-Clause */
/* Programs for tests: ELF files of a few segments, Linux Images of a header. */
#ifndef LOP_TESTS_MAKE_ELF_H
#define LOP_TESTS_MAKE_ELF_H

#include <stdbool.h>

#include "runtime/abi/image.h"
#include "tests/unit/abi_bytes.h"

struct made_segment {
	uint32_t flags; /* IPC_ELF_PF_ */
	uint64_t vaddr, paddr, filesz, memsz;
};

struct made_elf {
	bool is64;
	uint16_t machine;
	uint64_t entry;
	struct made_segment segments[4];
	uint16_t n_segments;
};

static inline void made_word(const struct made_elf *elf, unsigned char *header, unsigned at32,
			     unsigned at64, uint64_t v)
{
	if (elf->is64)
		put64(header + at64, v);
	else
		put32(header + at32, (uint32_t)v);
}

/* Content of segment i is bytes of the value i + 1. Returns the size of the file. */
static inline size_t make_elf(const struct made_elf *elf, unsigned char *file)
{
	const uint16_t eh = elf->is64 ? 64 : 52, ph = elf->is64 ? 56 : 32;
	size_t at = eh + (size_t)elf->n_segments * ph;

	memset(file, 0, at);
	memcpy(file, elf->is64 ? "\177ELF\2\1\1" : "\177ELF\1\1\1", 7);
	put16(file + 16, 2);
	put16(file + 18, elf->machine);
	put32(file + 20, 1);
	made_word(elf, file, 24, 24, elf->entry);
	made_word(elf, file, 28, 32, eh);
	put16(file + (elf->is64 ? 52 : 40), eh);
	put16(file + (elf->is64 ? 54 : 42), ph);
	put16(file + (elf->is64 ? 56 : 44), elf->n_segments);
	for (uint16_t i = 0; i < elf->n_segments; i++) {
		const struct made_segment *s = &elf->segments[i];
		unsigned char *h = file + eh + (size_t)i * ph;

		put32(h, IPC_ELF_PT_LOAD);
		put32(h + (elf->is64 ? 4 : 24), s->flags);
		made_word(elf, h, 4, 8, at);
		made_word(elf, h, 8, 16, s->vaddr);
		made_word(elf, h, 12, 24, s->paddr);
		made_word(elf, h, 16, 32, s->filesz);
		made_word(elf, h, 20, 40, s->memsz);
		memset(file + at, i + 1, s->filesz);
		at += s->filesz;
	}
	return at;
}

/* A Linux Image of size bytes that takes memory bytes. */
static inline void make_linux(unsigned char *file, uint32_t magic, size_t size,
			      uint64_t text_offset, uint64_t memory)
{
	memset(file, 0, size);
	put32(file, 0x14000010); /* b +0x40 */
	put64(file + PM_LINUX_TEXT_OFFSET, text_offset);
	put64(file + PM_LINUX_SIZE, memory);
	put32(file + PM_LINUX_MAGIC, magic);
}

#endif
