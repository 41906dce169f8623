/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The manager: an ELF file becomes the bytes that a boot loader copies. It begins with the header
 * of a Linux Image, in whose fields boot loaders look where it belongs:
 *
 *	text_offset	from the start of memory, at a multiple of 2 MiB, to the manager
 *	image_size	from there to the end of its memory: bss, directory, images, its own heap
 *
 * (Linux, Documentation/arm64/booting and riscv/boot-image-header.)
 */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "ipc/abi/le.h"
#include "lopper-c/base/file.h"
#include "lopper-c/pack/steps.h"

/* QEMU's own boot loader; an image that wants to be there lands 2 MiB further (hw/arm/boot.c). */
#define QEMU_LOADER 4096u

struct kind {
	uint32_t isa, machine, magic;
	const char *text;    /* of the magic */
	uint64_t clear, set; /* of flags: near the start of memory, pages of 4 KiB */
};

static const struct kind kinds[] = {
	{ PM_ISA_ARM64, IPC_ELF_AARCH64, PM_LINUX_ARM64, "ARM\\x64",
	  PM_LINUX_ARM64_ANY | PM_LINUX_ARM64_PAGES, PM_LINUX_ARM64_4K },
	{ PM_ISA_RISCV64, IPC_ELF_RISCV, PM_LINUX_RISCV, "RSC\\x05", 0, 0 },
};

struct step {
	struct lop_packing *p;
	struct ipc_elf elf;
	const struct kind *kind;
	const struct pm_region *memory;
	uint64_t end; /* one past the last byte */
};

static struct lop_diag *report(const struct step *s, enum lop_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static struct lop_diag *report(const struct step *s, enum lop_code code, const char *fmt, ...)
{
	const struct lop_pack_file *file = &s->p->pack->manager;
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = lop_arena_vprintf(s->p->pack->arena, fmt, ap);
	va_end(ap);
	return lop_report(s->p->pack->diags, code, file->span, "manager `%s` %s", file->path, text);
}

static bool open_elf(struct step *s)
{
	const struct lop_pack_file *file = &s->p->pack->manager;
	int error = ipc_elf_open(&s->elf, file->data, file->size);

	if (error) {
		lop_diag_help(lop_report(s->p->pack->diags, LOP_ELF_FORMAT, file->span,
					 "manager `%s` is not a program to load: %s", file->path,
					 ipc_elf_strerror(error)),
			      "give the linked ELF file of the manager");
		return false;
	}
	if (s->elf.machine == s->kind->machine && s->elf.is64)
		return true;
	lop_diag_help(report(s, LOP_IMAGE_MACHINE, "is a program for %s",
			     lop_pack_machine(s->p, s->elf.machine, s->elf.is64)),
		      "the table is for %s; build the manager for it", lop_pack_target(s->p));
	return false;
}

/* --- header --- */

static bool is_part(const struct ipc_elf_segment *segment)
{
	return segment->type == IPC_ELF_PT_LOAD && segment->memsz;
}

/* The lowest segment that takes memory; its size is 0 where there is none. */
static struct ipc_elf_segment first_segment(const struct step *s)
{
	struct ipc_elf_segment first = { .paddr = UINT64_MAX };

	for (uint32_t i = 0; i < s->elf.phnum; i++) {
		const struct ipc_elf_segment segment = ipc_elf_segment(&s->elf, i);

		if (is_part(&segment) && segment.paddr < first.paddr)
			first = segment;
	}
	return first;
}

/* Asked first: a program that is no manager has nothing else to be told. */
static bool has_header(const struct step *s)
{
	const struct ipc_elf_segment first = first_segment(s);

	if (first.filesz >= PM_LINUX_HEADER &&
	    ipc_le32(s->elf.file + first.offset + PM_LINUX_MAGIC) == s->kind->magic)
		return true;
	lop_diag_help(report(s, LOP_MANAGER_HEADER, "does not begin with an Image header"),
		      "link it so that it begins with %u bytes, the first of them a branch behind "
		      "them, with \"%s\" at byte %d",
		      PM_LINUX_HEADER, s->kind->text, PM_LINUX_MAGIC);
	return false;
}

/* --- segments --- */

static bool is_inside(const struct step *s, uint32_t i, const struct ipc_elf_segment *segment)
{
	const struct lop_range memory = { s->memory->phys, s->memory->size };
	const struct lop_range range = { segment->paddr, segment->memsz };
	struct lop_diag *d;

	if (lop_range_contains(memory, range))
		return true;
	d = report(s, LOP_IMAGE_MEMORY, "has segment %" PRIu32 " at %s, outside its memory %s", i,
		   lop_pack_range(s->p, range.base, range.size),
		   lop_pack_range(s->p, memory.base, memory.size));
	lop_diag_help(d,
		      "link it into that memory, or write `memory: { start: 0x%" PRIx64 " }` "
		      "of `manager`",
		      range.base);
	return false;
}

static bool is_apart(const struct step *s, uint32_t i, const struct ipc_elf_segment *segment)
{
	for (uint32_t k = 0; k < i; k++) {
		const struct ipc_elf_segment other = ipc_elf_segment(&s->elf, k);

		if (!is_part(&other) ||
		    !lop_range_overlaps((struct lop_range){ segment->paddr, segment->memsz },
					(struct lop_range){ other.paddr, other.memsz }))
			continue;
		lop_diag_help(report(s, LOP_IMAGE_OVERLAP,
				     "has segments %" PRIu32 " and %" PRIu32 " in one place: %s", k,
				     i, lop_pack_range(s->p, segment->paddr, segment->memsz)),
			      "correct its linker script; `readelf -lW` shows the segments");
		return false;
	}
	return true;
}

static bool check_segments(struct step *s)
{
	bool sound = true;

	if (s->elf.phnum > PM_PARTS_MAX) {
		lop_diag_help(report(s, LOP_LIMIT, "has more segments than a loader takes"),
			      "link it with at most %u program headers", PM_PARTS_MAX);
		return false;
	}
	s->p->load = UINT64_MAX;
	for (uint32_t i = 0; i < s->elf.phnum; i++) {
		const struct ipc_elf_segment segment = ipc_elf_segment(&s->elf, i);

		if (!is_part(&segment))
			continue;
		if (!is_inside(s, i, &segment) || !is_apart(s, i, &segment)) {
			sound = false;
			continue;
		}
		if (segment.paddr < s->p->load)
			s->p->load = segment.paddr;
		if (segment.paddr + segment.memsz > s->end)
			s->end = segment.paddr + segment.memsz;
	}
	return sound;
}

/* What the segments are in memory, zeros between them. False: too large to be a boot image. */
static bool flatten(struct step *s)
{
	struct lop_buf *out = &s->p->manager;

	if (s->end - s->p->load > LOP_FILE_MAX) {
		lop_diag_help(report(s, LOP_LIMIT, "is larger than 256 MiB in memory"),
			      "the boot image has its bss as zeros: let it take large buffers from "
			      "its memory behind the images instead");
		return false;
	}
	lop_buf_fill(out, '\0', s->end - s->p->load);
	for (uint32_t i = 0; i < s->elf.phnum; i++) {
		const struct ipc_elf_segment segment = ipc_elf_segment(&s->elf, i);

		if (is_part(&segment) && segment.filesz)
			memcpy(out->data + (segment.paddr - s->p->load),
			       s->elf.file + segment.offset, segment.filesz);
	}
	return true;
}

/* --- what the header says --- */

static bool enters_at_start(const struct step *s)
{
	uint64_t entry = s->elf.entry;

	for (uint32_t i = 0; i < s->elf.phnum; i++) {
		const struct ipc_elf_segment segment = ipc_elf_segment(&s->elf, i);

		if (!is_part(&segment) || entry < segment.vaddr ||
		    entry - segment.vaddr >= segment.memsz)
			continue;
		entry = segment.paddr + (entry - segment.vaddr);
		break;
	}
	if (entry == s->p->load)
		return true;
	lop_diag_help(report(s, LOP_IMAGE_ENTRY,
			     "has its entry point at 0x%" PRIx64
			     ", but boot loaders enter an Image at its start, "
			     "0x%" PRIx64,
			     entry, s->p->load),
		      "let the entry point be the Image header, whose first instruction branches "
		      "to the code");
	return false;
}

uint64_t lop_pack_origin(const struct pm_table *table)
{
	return (table->ram + (PM_LINUX_BASE - 1)) / PM_LINUX_BASE * PM_LINUX_BASE;
}

static bool check_place(const struct step *s)
{
	const uint64_t origin = lop_pack_origin(s->p->pack->table), load = s->p->load;
	struct lop_diag *d;

	if (load % PM_DIRECTORY_ALIGN) {
		lop_diag_help(report(s, LOP_IMAGE_ALIGN,
				     "begins at 0x%" PRIx64 ", which is no multiple of 4 KiB",
				     load),
			      "link it at the start of a page");
		return false;
	}
	if (load >= origin && load - origin >= QEMU_LOADER)
		return true;
	if (load < origin) {
		lop_diag_help(report(s, LOP_IMAGE_ALIGN,
				     "begins at 0x%" PRIx64 ", where no boot loader puts an Image",
				     load),
			      "link it at 0x%" PRIx64 " or above", origin);
		return false;
	}
	d = report(s, LOP_BOOT_PLACE,
		   "begins at 0x%" PRIx64 ", the start of memory: QEMU has its own "
		   "boot loader there and puts it at 0x%" PRIx64,
		   load, load + PM_LINUX_BASE);
	lop_diag_help(d,
		      "give it memory from 0x%" PRIx64 " on and link it there; where no QEMU "
		      "starts it, -Wno-boot-place",
		      origin + PM_LINUX_BASE);
	return true;
}

static void put64(char *at, uint64_t v)
{
	for (unsigned i = 0; i < 8; i++)
		at[i] = (char)(v >> 8 * i & 0xff);
}

static void fill_header(const struct step *s)
{
	char *header = s->p->manager.data;
	uint64_t flags = ipc_le64(header + PM_LINUX_FLAGS);

	put64(header + PM_LINUX_TEXT_OFFSET, s->p->load - lop_pack_origin(s->p->pack->table));
	put64(header + PM_LINUX_SIZE, s->memory->size - (s->p->load - s->memory->phys));
	put64(header + PM_LINUX_FLAGS, (flags & ~s->kind->clear) | s->kind->set);
}

static const struct kind *find_kind(const struct pm_table *table)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].isa == table->isa)
			return &kinds[i];
	return NULL;
}

bool lop_pack_is_supported(struct lop_packing *p)
{
	if (find_kind(p->pack->table))
		return true;
	lop_diag_help(lop_report(p->pack->diags, LOP_UNSUPPORTED, p->pack->table_file.span,
				 "no boot image for %s: no boot loader there takes an Image",
				 lop_pack_target(p)),
		      "boot images are for 64-bit Arm and RISC-V");
	return false;
}

bool lop_pack_manager(struct lop_packing *p)
{
	const struct pm_table *table = p->pack->table;
	struct step s = { .p = p,
			  .kind = find_kind(table),
			  .memory = pm_table_region(table, table->memory) };

	if (!p->pack->manager.data || !open_elf(&s) || !has_header(&s) || !check_segments(&s) ||
	    !flatten(&s) || !enters_at_start(&s) || !check_place(&s))
		return false;
	fill_header(&s);
	return true;
}
