/* SPDX-License-Identifier: BSD-3-Clause */
/* What messages about images say: the image, its domain, where it is, and what to do. */
#include <inttypes.h>
#include <stdarg.h>

#include "lopper-c/pack/steps.h"

const char *lop_pack_image(const struct lop_packing *p, uint32_t image)
{
	return pm_table_text(p->pack->table, pm_table_image(p->pack->table, image)->name);
}

const char *lop_pack_domain(const struct lop_packing *p, uint32_t image)
{
	const struct pm_table *table = p->pack->table;

	return pm_table_text(table,
			     pm_table_domain(table, pm_table_image(table, image)->domain)->name);
}

const char *lop_pack_range(const struct lop_packing *p, uint64_t base, uint64_t size)
{
	char range[LOP_RANGE_TEXT], text[LOP_RANGE_TEXT];

	return lop_arena_printf(p->pack->arena, "%s (%s)",
				lop_range_text((struct lop_range){ base, size }, range),
				lop_size_text(size, text));
}

const char *lop_pack_memories(const struct lop_packing *p, uint32_t domain)
{
	const struct pm_domain *d = pm_table_domain(p->pack->table, domain);
	const char *text = "";
	unsigned n = 0;

	for (uint32_t i = d->region; i - d->region < d->n_regions; i++) {
		const struct pm_region *r = pm_table_region(p->pack->table, i);

		if (r->kind != PM_REGION_MEMORY || i == d->trace)
			continue;
		if (++n > 4)
			return lop_arena_printf(p->pack->arena, "%s and more", text);
		text = lop_arena_printf(p->pack->arena, "%s%s%s %c%c%c", text, n > 1 ? ", " : "",
					lop_pack_range(p, r->guest, r->size),
					r->flags & PM_REGION_READ ? 'r' : '-',
					r->flags & PM_REGION_WRITE ? 'w' : '-',
					r->flags & PM_REGION_EXECUTE ? 'x' : '-');
	}
	return n ? text : "no memory";
}

const char *lop_pack_machine(const struct lop_packing *p, uint32_t machine, bool is64)
{
	static const struct {
		uint32_t machine;
		const char *text;
	} rows[] = {
		{ IPC_ELF_ARM, "32-bit Arm" },
		{ IPC_ELF_AARCH64, "64-bit Arm" },
		{ 3, "x86" },
		{ 62, "x86-64" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].machine == machine)
			return rows[i].text;
	if (machine == IPC_ELF_RISCV)
		return is64 ? "64-bit RISC-V" : "32-bit RISC-V";
	return lop_arena_printf(p->pack->arena, "ELF machine %" PRIu32, machine);
}

const char *lop_pack_target(const struct lop_packing *p)
{
	switch (p->pack->table->isa) {
	case PM_ISA_ARM64:
		return "64-bit Arm";
	case PM_ISA_RISCV64:
		return "64-bit RISC-V";
	default:
		return "Armv8-M";
	}
}

/* --- images --- */

struct report {
	struct lop_packing *p;
	uint32_t image, part;
	const struct pm_image_file *file;
	const char *name, *domain;
};

static struct lop_diag *add(const struct report *r, enum lop_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static struct lop_diag *add(const struct report *r, enum lop_code code, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = lop_arena_vprintf(r->p->pack->arena, fmt, ap);
	va_end(ap);
	return lop_report(r->p->pack->diags, code, r->p->pack->images[r->image].span,
			  "`%s` of `%s` %s", r->name, r->domain, text);
}

/* "has segment 1 at [0x..] (4 KiB)" */
static const char *part_text(const struct report *r)
{
	const struct pm_image_part part = pm_image_part(r->file, r->part);
	const char *range = lop_pack_range(r->p, part.address, part.size);

	if (r->file->format != PM_FORMAT_ELF)
		return lop_arena_printf(r->p->pack->arena, "takes %s", range);
	return lop_arena_printf(r->p->pack->arena, "has segment %" PRIu32 " at %s", r->part, range);
}

static bool runs_linux(const struct report *r)
{
	return pm_table_domain(r->p->pack->table, r->file->image->domain)->os == PM_OS_LINUX;
}

static void help_memory(const struct report *r, struct lop_diag *d)
{
	lop_diag_help(d, "`%s` has %s", r->domain, lop_pack_memories(r->p, r->file->image->domain));
	if (r->file->format == PM_FORMAT_ELF && runs_linux(r))
		lop_diag_help(d, "give the kernel's `Image` instead of its ELF file: it runs "
				 "wherever its memory is");
	else if (r->file->format == PM_FORMAT_ELF)
		lop_diag_help(d, "link it with `%s/linker.ld`, which stands beside the table",
			      r->domain);
	else if (r->file->image->kind == PM_IMAGE_DTB)
		lop_diag_help(d, "generate the system again: the tree is larger than its place");
	else
		lop_diag_help(d, "change its `address`, or the memory of `%s`, in the domain file",
			      r->domain);
}

static void report_format(const struct report *r, int error)
{
	struct lop_diag *d;

	if (error == PM_IMAGE_BAD_ELF) {
		d = add(r, LOP_ELF_FORMAT, "is not a program to load: %s",
			ipc_elf_strerror(r->file->elf_error));
		lop_diag_help(d, "give the linked program; if it was copied, copy it again");
		return;
	}
	d = add(r, LOP_IMAGE_FORMAT, "cannot be loaded: %s", pm_image_strerror(error));
	if (error == PM_IMAGE_COMPRESSED)
		lop_diag_help(d, "give the file as it is before: an ELF file, an `Image`, or a raw "
				 "binary");
	else if (error == PM_IMAGE_UNSIZED)
		lop_diag_help(d, "Linux says it since 3.17; give a newer kernel");
	else if (error == PM_IMAGE_AT_LOAD)
		lop_diag_help(d, "an ELF file is loaded where it is linked; leave the address out");
	else if (error == PM_IMAGE_TOO_MANY)
		lop_diag_help(d, "link it with at most %u program headers", PM_PARTS_MAX);
	else
		lop_diag_help(d,
			      "compare it with what was built; it may not have been copied whole");
}

static void report_machine(const struct report *r)
{
	const struct pm_image_file *f = r->file;
	const bool is_elf = f->format == PM_FORMAT_ELF;
	const char *what = is_elf ? lop_pack_machine(r->p, f->machine, f->elf.is64)
			   : f->format == PM_FORMAT_ARM64_IMAGE ? "64-bit Arm"
								: "RISC-V";
	const bool big = !is_elf && f->bytes[PM_LINUX_FLAGS] & PM_LINUX_BIG_ENDIAN;

	lop_diag_help(
		add(r, LOP_IMAGE_MACHINE, "is a %sprogram for %s", big ? "big-endian " : "", what),
		"the CPUs of `%s` are %s%s; build it for them", r->domain, lop_pack_target(r->p),
		big ? ", little endian" : "");
}

static void report_memory(const struct report *r, int error)
{
	const char *part = part_text(r);
	struct lop_diag *d;

	if (error == PM_IMAGE_OVERLAP) {
		d = add(r, LOP_IMAGE_OVERLAP, "%s, where another segment is", part);
		lop_diag_help(d, "correct its linker script; `readelf -lW` shows the segments");
		return;
	}
	if (error == PM_IMAGE_RIGHTS)
		d = add(r, LOP_IMAGE_MEMORY, "%s, in memory without the rights it needs", part);
	else
		d = add(r, LOP_IMAGE_MEMORY, "%s, outside the memory of its domain", part);
	help_memory(r, d);
}

static void report_entry(const struct report *r, int error)
{
	const uint64_t entry = pm_image_entry(r->file);
	struct lop_diag *d =
		add(r, LOP_IMAGE_ENTRY, "has its entry point at 0x%" PRIx64 ", %s", entry,
		    error == PM_IMAGE_ODD_ENTRY ? "where no instruction can begin"
						: "where it has no code to run");

	if (pm_table_domain(r->p->pack->table, r->file->image->domain)->entry)
		lop_diag_help(d, "correct `entry` of `%s` in the domain file, or leave it out",
			      r->domain);
	else
		lop_diag_help(d, "name the first instruction with ENTRY() in its linker script");
}

static void report_align(const struct report *r)
{
	const struct pm_image_file *f = r->file;
	struct lop_diag *d = add(r, LOP_IMAGE_ALIGN, "cannot be at 0x%" PRIx64, f->load);
	char align[LOP_RANGE_TEXT];

	lop_size_text(f->align, align);
	if (f->align_offset)
		lop_diag_help(
			d, "put it 0x%" PRIx64 " behind a multiple of %s, or leave its address out",
			f->align_offset, align);
	else
		lop_diag_help(d, "put it at a multiple of %s, or leave its address out", align);
}

void lop_pack_report(struct lop_packing *p, uint32_t image, int error, uint32_t part)
{
	const struct report r = { .p = p,
				  .image = image,
				  .part = part,
				  .file = &p->images[image].file,
				  .name = lop_pack_image(p, image),
				  .domain = lop_pack_domain(p, image) };

	switch (error) {
	case PM_IMAGE_MACHINE:
		report_machine(&r);
		break;
	case PM_IMAGE_OUTSIDE:
	case PM_IMAGE_RIGHTS:
	case PM_IMAGE_OVERLAP:
		report_memory(&r, error);
		break;
	case PM_IMAGE_BAD_ENTRY:
	case PM_IMAGE_ODD_ENTRY:
		report_entry(&r, error);
		break;
	case PM_IMAGE_MISALIGNED:
		report_align(&r);
		break;
	default:
		report_format(&r, error);
	}
}
