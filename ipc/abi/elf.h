/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ELF files as loaders need them: header, loadable segments, sections by name (System V ABI, ELF32
 * and ELF64, little endian). Validators that host tools, the manager and a lead core share: no
 * heap, no libc, every offset bounded, the file changed by nobody and trusted by nobody.
 */
#ifndef IPC_ABI_ELF_H
#define IPC_ABI_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* e_machine of the targets. */
enum ipc_elf_machine {
	IPC_ELF_ARM = 40,
	IPC_ELF_MICROBLAZE = 189,
	IPC_ELF_AARCH64 = 183,
	IPC_ELF_RISCV = 243,
};

enum ipc_elf_error {
	IPC_ELF_OK = 0,
	IPC_ELF_TRUNCATED = -1, /* a header, table or content ends beyond the file */
	IPC_ELF_BAD_MAGIC = -2,
	IPC_ELF_BAD_CLASS = -3, /* neither 32 nor 64 bits */
	IPC_ELF_BIG_ENDIAN = -4,
	IPC_ELF_BAD_VERSION = -5,
	IPC_ELF_BAD_TYPE = -6,	  /* no executable (ET_EXEC), no shared object (ET_DYN) */
	IPC_ELF_BAD_SIZES = -7,	  /* sizes of the headers are not those of the class */
	IPC_ELF_TOO_MANY = -8,	  /* more segments or sections than IPC_ELF_HEADERS_MAX */
	IPC_ELF_BAD_SEGMENT = -9, /* memsz below filesz, or an address range that wraps */
	IPC_ELF_NO_SEGMENT = -10, /* nothing to load */
	IPC_ELF_NO_SECTION = -11, /* none of that name */
	IPC_ELF_BAD_NAMES = -12,  /* the table of section names is missing or damaged */
};

#define IPC_ELF_HEADERS_MAX 4096u

struct ipc_elf {
	const unsigned char *file;
	uint64_t size;
	bool is64;
	uint16_t type, machine;
	uint32_t flags;
	uint64_t entry;
	uint64_t phoff, shoff; /* of the tables in the file */
	uint32_t phnum, shnum, shstrndx;
};

#define IPC_ELF_PT_LOAD 1
#define IPC_ELF_PF_X	1
#define IPC_ELF_PF_W	2
#define IPC_ELF_PF_R	4

/* A program header. */
struct ipc_elf_segment {
	uint32_t type, flags;
	uint64_t offset, vaddr, paddr, filesz, memsz, align;
};

#define IPC_ELF_SHT_NOBITS 8 /* a section without content: its offset and size are not checked */

/* A section header; name points into the file and is NUL terminated there. */
struct ipc_elf_section {
	const char *name;
	uint32_t type;
	uint64_t flags, addr, offset, size, align;
};

const char *ipc_elf_strerror(int error);

/*
 * Checks the header and every segment of a file in memory and fills elf. 0 or a negative
 * enum ipc_elf_error. Sections are not needed to load and are checked when asked for.
 */
int ipc_elf_open(struct ipc_elf *elf, const void *file, size_t size);

/* The n-th program header, n < phnum, of an opened file. Loadable ones lie within the file. */
struct ipc_elf_segment ipc_elf_segment(const struct ipc_elf *elf, uint32_t n);

/* Finds a section by name. 0, IPC_ELF_NO_SECTION, or how the section table is damaged. */
int ipc_elf_section(const struct ipc_elf *elf, const char *name, struct ipc_elf_section *section);

#endif
