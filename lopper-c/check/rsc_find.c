/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the resource table of a file is, and whether it is one. */
#include "lopper-c/check/rsc.h"

#include <string.h>

static bool is_elf(const void *data, size_t size)
{
	return size >= 4 && !memcmp(data, "\177ELF", 4);
}

static bool fail_elf(const struct lop_rsc *rsc, struct lop_diags *diags, int error)
{
	struct lop_diag *d =
		lop_report(diags, LOP_ELF_FORMAT, rsc->span, "`%s` is not a program to load: %s",
			   rsc->path, ipc_elf_strerror(error));

	if (error == IPC_ELF_BAD_TYPE)
		lop_diag_help(d, "link it first; addresses in an object file are not final");
	else if (error == IPC_ELF_BIG_ENDIAN)
		lop_diag_help(d, "build it for a little endian machine; hosts take no other");
	else
		lop_diag_help(d, "link it again, and compare with what `readelf -lS` shows");
	return false;
}

static bool fail_missing(const struct lop_rsc *rsc, struct lop_diags *diags, const char *why)
{
	struct lop_diag *d = lop_report(diags, LOP_RSC_MISSING, rsc->span,
					"`%s` has no resource table: %s", rsc->path, why);

	lop_diag_help(d, "define a `struct resource_table` with "
			 "__attribute__((section(\".resource_table\"), used)), and keep it in the "
			 "linker script with KEEP(*(.resource_table))");
	return false;
}

static bool is_loaded(const struct lop_rsc *rsc)
{
	const struct lop_range section = { rsc->section.addr, rsc->section.size };

	for (uint32_t i = 0; i < rsc->elf.phnum; i++) {
		const struct ipc_elf_segment s = ipc_elf_segment(&rsc->elf, i);
		const struct lop_range loaded = { s.vaddr, s.filesz };

		if (s.type == IPC_ELF_PT_LOAD && lop_range_contains(loaded, section))
			return true;
	}
	return false;
}

static bool find_section(struct lop_rsc *rsc, struct lop_diags *diags)
{
	int error = ipc_elf_section(&rsc->elf, IPC_RSC_SECTION, &rsc->section);

	if (error == IPC_ELF_NO_SECTION)
		return fail_missing(rsc, diags,
				    rsc->elf.shnum ? "there is no section `" IPC_RSC_SECTION "`"
						   : "it has no sections, it was stripped of them");
	if (error)
		return fail_elf(rsc, diags, error);
	if (rsc->section.type == IPC_ELF_SHT_NOBITS)
		return fail_missing(rsc, diags,
				    "section `" IPC_RSC_SECTION "` has no content (NOBITS)");
	rsc->table = rsc->elf.file + rsc->section.offset;
	rsc->size = rsc->section.size > UINT32_MAX ? UINT32_MAX : (uint32_t)rsc->section.size;
	rsc->loaded = is_loaded(rsc);
	return true;
}

static bool find_table(struct lop_rsc *rsc, struct lop_diags *diags, const void *data, size_t size)
{
	int error;

	rsc->is_elf = is_elf(data, size);
	if (!rsc->is_elf) {
		rsc->table = data;
		rsc->size = size > UINT32_MAX ? UINT32_MAX : (uint32_t)size;
		return true;
	}
	error = ipc_elf_open(&rsc->elf, data, size);
	return error ? fail_elf(rsc, diags, error) : find_section(rsc, diags);
}

static bool fail_size(const struct lop_rsc *rsc, struct lop_diags *diags)
{
	lop_diag_help(lop_report(diags, LOP_LIMIT, rsc->span,
				 "the resource table of `%s` would have %u bytes, more than 1 MiB",
				 rsc->path, rsc->size),
		      "give an ELF file, or the bytes of its section " IPC_RSC_SECTION
		      ": a few hundred");
	return false;
}

/* at: where ring 1 has its address; everything of both rings but that they are apart is sound. */
static void help_overlap(struct lop_diag *d, const struct lop_rsc *rsc, uint32_t at)
{
	const uint32_t vdev =
		at - (uint32_t)(sizeof(struct ipc_rsc_vring) + sizeof(struct ipc_rsc_vdev));

	for (uint32_t r = 0; r < 2; r++) {
		const struct ipc_rsc_vring ring = ipc_rsc_get_vring(rsc->table, vdev, r);
		char text[LOP_RANGE_TEXT];

		lop_diag_help(d, "ring %u, of %u descriptors, takes %s: move it or ring %u", r,
			      ring.num, lop_range_text(lop_rsc_ring_range(&ring), text), 1 - r);
	}
}

static void help_format(struct lop_diag *d, const struct lop_rsc *rsc, int error, uint32_t at)
{
	if (!rsc->is_elf && error == IPC_RSC_BAD_VERSION)
		lop_diag_help(d, "give an ELF file, or the bytes of its section " IPC_RSC_SECTION
				 ", as `objcopy -O binary -j` writes them");
	else if (error == IPC_RSC_BAD_NUM)
		lop_diag_help(d, "rings have 1, 2, 4, ... up to 32768 descriptors");
	else if (error == IPC_RSC_BAD_ALIGN)
		lop_diag_help(d, "align is a power of two from 4 to 65536, and `da` a multiple of "
				 "it and of 16");
	else if (error == IPC_RSC_OVERLAP)
		help_overlap(d, rsc, at);
	else if (error == IPC_RSC_TRUNCATED)
		lop_diag_help(d, "make the table as large as its counts say, or the counts "
				 "smaller: `num`, `num_of_vrings`, `config_len`, `len`");
	else
		lop_diag_help(d, "correct the field; `sdtgen explain rsc-format` lists what a "
				 "table has to keep to");
}

bool lop_rsc_find(struct lop_rsc *rsc, struct lop_diags *diags, const char *path, const void *data,
		  size_t size)
{
	struct ipc_rsc_place where;
	int error;

	*rsc = (struct lop_rsc){ .path = path };
	rsc->span.text = lop_sources_add(diags->sources, path, NULL, 0, NULL);
	if (!find_table(rsc, diags, data, size))
		return false;
	if (rsc->size > LOP_RSC_SIZE_MAX)
		return fail_size(rsc, diags);
	error = ipc_rsc_check(rsc->table, rsc->size, &where, &rsc->used);
	if (error)
		help_format(lop_report(diags, LOP_RSC_FORMAT, rsc->span,
				       "the resource table of `%s` is not sound: %s (`%s` at byte "
				       "0x%x of the table)",
				       path, ipc_rsc_strerror(error), where.field, where.offset),
			    rsc, error, where.offset);
	return !error;
}

struct lop_range lop_rsc_range(uint32_t da, uint32_t size)
{
	return (struct lop_range){ da, da == IPC_RSC_ADDR_ANY ? 0 : size };
}
