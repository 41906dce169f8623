/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The reader of ELF files. The two classes differ in where a field stands and how wide it is; both
 * are read through one table of places.
 */
#include "ipc/abi/elf.h"

#include "ipc/abi/le.h"

static const char *const texts[] = {
	[-IPC_ELF_OK] = "no error",
	[-IPC_ELF_TRUNCATED] = "the file ends too early",
	[-IPC_ELF_BAD_MAGIC] = "not an ELF file",
	[-IPC_ELF_BAD_CLASS] = "neither a 32-bit nor a 64-bit ELF file",
	[-IPC_ELF_BIG_ENDIAN] = "a big endian ELF file",
	[-IPC_ELF_BAD_VERSION] = "an unknown version of ELF",
	[-IPC_ELF_BAD_TYPE] = "no executable: an object file, or a core dump",
	[-IPC_ELF_BAD_SIZES] = "headers of an unusual size",
	[-IPC_ELF_TOO_MANY] = "more segments or sections than any program has",
	[-IPC_ELF_BAD_SEGMENT] = "a segment larger in the file than in memory, or one that wraps",
	[-IPC_ELF_NO_SEGMENT] = "no segment to load",
	[-IPC_ELF_NO_SECTION] = "no section of that name",
	[-IPC_ELF_BAD_NAMES] = "the names of the sections are damaged",
};

const char *ipc_elf_strerror(int error)
{
	if (error > 0 || error < IPC_ELF_BAD_NAMES)
		return "unknown error";
	return texts[-error];
}

/* Offsets in e_ident. */
enum { EI_CLASS = 4, EI_DATA = 5, EI_VERSION = 6, EI_NIDENT = 16 };
enum { ET_EXEC = 2, ET_DYN = 3 };

/* Sizes of file header, program header and section header. */
static uint32_t ehdr_size(const struct ipc_elf *elf)
{
	return elf->is64 ? 64 : 52;
}

static uint32_t phdr_size(const struct ipc_elf *elf)
{
	return elf->is64 ? 56 : 32;
}

static uint32_t shdr_size(const struct ipc_elf *elf)
{
	return elf->is64 ? 64 : 40;
}

/* An address or size: at32 in a header of class 32, at64 in one of class 64. */
static uint64_t word(const struct ipc_elf *elf, const unsigned char *header, uint32_t at32,
		     uint32_t at64)
{
	return elf->is64 ? ipc_le64(header + at64) : ipc_le32(header + at32);
}

static uint16_t half(const struct ipc_elf *elf, const unsigned char *header, uint32_t at32,
		     uint32_t at64)
{
	return ipc_le16(header + (elf->is64 ? at64 : at32));
}

static bool fits(const struct ipc_elf *elf, uint64_t offset, uint64_t len)
{
	return offset <= elf->size && len <= elf->size - offset;
}

static int check_ident(struct ipc_elf *elf)
{
	const unsigned char *ident = elf->file;

	if (elf->size < EI_NIDENT)
		return elf->size < 4 || ipc_le32(ident) != UINT32_C(0x464c457f) ? IPC_ELF_BAD_MAGIC
										: IPC_ELF_TRUNCATED;
	if (ipc_le32(ident) != UINT32_C(0x464c457f))
		return IPC_ELF_BAD_MAGIC;
	if (ident[EI_CLASS] != 1 && ident[EI_CLASS] != 2)
		return IPC_ELF_BAD_CLASS;
	if (ident[EI_DATA] != 1)
		return IPC_ELF_BIG_ENDIAN;
	elf->is64 = ident[EI_CLASS] == 2;
	if (!fits(elf, 0, ehdr_size(elf)))
		return IPC_ELF_TRUNCATED;
	return ident[EI_VERSION] == 1 ? IPC_ELF_OK : IPC_ELF_BAD_VERSION;
}

static int read_header(struct ipc_elf *elf)
{
	const unsigned char *h = elf->file;

	elf->type = ipc_le16(h + 16);
	elf->machine = ipc_le16(h + 18);
	elf->entry = word(elf, h, 24, 24);
	elf->phoff = word(elf, h, 28, 32);
	elf->shoff = word(elf, h, 32, 40);
	elf->flags = ipc_le32(h + (elf->is64 ? 48 : 36));
	elf->phnum = half(elf, h, 44, 56);
	elf->shnum = half(elf, h, 48, 60);
	elf->shstrndx = half(elf, h, 50, 62);
	if (ipc_le32(h + 20) != 1)
		return IPC_ELF_BAD_VERSION;
	if (elf->type != ET_EXEC && elf->type != ET_DYN)
		return IPC_ELF_BAD_TYPE;
	if (half(elf, h, 40, 52) != ehdr_size(elf) ||
	    (elf->phnum && half(elf, h, 42, 54) != phdr_size(elf)) ||
	    (elf->shnum && half(elf, h, 46, 58) != shdr_size(elf)))
		return IPC_ELF_BAD_SIZES;
	if (elf->phnum > IPC_ELF_HEADERS_MAX || elf->shnum > IPC_ELF_HEADERS_MAX)
		return IPC_ELF_TOO_MANY;
	return fits(elf, elf->phoff, (uint64_t)elf->phnum * phdr_size(elf)) ? IPC_ELF_OK
									    : IPC_ELF_TRUNCATED;
}

static int check_segment(const struct ipc_elf *elf, const struct ipc_elf_segment *s)
{
	uint64_t top = elf->is64 ? UINT64_MAX : UINT32_MAX;

	if (!fits(elf, s->offset, s->filesz))
		return IPC_ELF_TRUNCATED;
	if (s->memsz < s->filesz || (s->memsz && s->memsz - 1 > top - s->paddr) ||
	    (s->memsz && s->memsz - 1 > top - s->vaddr))
		return IPC_ELF_BAD_SEGMENT;
	return IPC_ELF_OK;
}

struct ipc_elf_segment ipc_elf_segment(const struct ipc_elf *elf, uint32_t n)
{
	const unsigned char *h = elf->file + elf->phoff + (uint64_t)n * phdr_size(elf);

	return (struct ipc_elf_segment){
		.type = ipc_le32(h),
		.flags = ipc_le32(h + (elf->is64 ? 4 : 24)),
		.offset = word(elf, h, 4, 8),
		.vaddr = word(elf, h, 8, 16),
		.paddr = word(elf, h, 12, 24),
		.filesz = word(elf, h, 16, 32),
		.memsz = word(elf, h, 20, 40),
		.align = word(elf, h, 28, 48),
	};
}

int ipc_elf_open(struct ipc_elf *elf, const void *file, size_t size)
{
	bool any = false;
	int error;

	*elf = (struct ipc_elf){ .file = file, .size = size };
	error = check_ident(elf);
	if (!error)
		error = read_header(elf);
	for (uint32_t i = 0; !error && i < elf->phnum; i++) {
		struct ipc_elf_segment s = ipc_elf_segment(elf, i);

		if (s.type != IPC_ELF_PT_LOAD)
			continue;
		any = any || s.memsz;
		error = check_segment(elf, &s);
	}
	if (!error && !any)
		error = IPC_ELF_NO_SEGMENT;
	return error;
}

/* The name at an offset of the string table: equal to name, and closed within the table? */
static bool is_named(const struct ipc_elf *elf, const struct ipc_elf_section *strings,
		     uint64_t offset, const char *name)
{
	for (; offset < strings->size; offset++, name++) {
		char c = (char)elf->file[strings->offset + offset];

		if (c != *name)
			return false;
		if (!c)
			return true;
	}
	return false;
}

static struct ipc_elf_section section_at(const struct ipc_elf *elf, uint32_t n, uint32_t *name)
{
	const unsigned char *h = elf->file + elf->shoff + (uint64_t)n * shdr_size(elf);

	*name = ipc_le32(h);
	return (struct ipc_elf_section){
		.type = ipc_le32(h + 4),
		.flags = word(elf, h, 8, 8),
		.addr = word(elf, h, 12, 16),
		.offset = word(elf, h, 16, 24),
		.size = word(elf, h, 20, 32),
		.align = word(elf, h, 32, 48),
	};
}

int ipc_elf_section(const struct ipc_elf *elf, const char *name, struct ipc_elf_section *section)
{
	struct ipc_elf_section strings;
	uint32_t at;

	if (!elf->shnum)
		return IPC_ELF_NO_SECTION;
	if (!fits(elf, elf->shoff, (uint64_t)elf->shnum * shdr_size(elf)))
		return IPC_ELF_TRUNCATED;
	if (elf->shstrndx >= elf->shnum)
		return IPC_ELF_BAD_NAMES;
	strings = section_at(elf, elf->shstrndx, &at);
	if (strings.type == IPC_ELF_SHT_NOBITS || !fits(elf, strings.offset, strings.size))
		return IPC_ELF_BAD_NAMES;
	for (uint32_t i = 1; i < elf->shnum; i++) {
		*section = section_at(elf, i, &at);
		if (!is_named(elf, &strings, at, name))
			continue;
		section->name = (const char *)elf->file + strings.offset + at;
		if (section->type != IPC_ELF_SHT_NOBITS &&
		    !fits(elf, section->offset, section->size))
			return IPC_ELF_TRUNCATED;
		return IPC_ELF_OK;
	}
	return IPC_ELF_NO_SECTION;
}
