/* SPDX-License-Identifier: BSD-3-Clause */
/* What a file is, and whether a domain may have it where it wants to be. */
#include "runtime/abi/image.h"

#include "ipc/abi/le.h"
#include "runtime/abi/partition_check.h"

static const char *const texts[] = {
	[-PM_IMAGE_OK] = "no error",
	[-PM_IMAGE_EMPTY] = "an empty file",
	[-PM_IMAGE_BAD_ELF] = "a damaged ELF file",
	[-PM_IMAGE_COMPRESSED] = "compressed, or wrapped for another boot loader",
	[-PM_IMAGE_TRUNCATED] = "an Image that ends in its header",
	[-PM_IMAGE_UNSIZED] = "an Image that does not say how much memory it takes",
	[-PM_IMAGE_MACHINE] = "a program for another CPU",
	[-PM_IMAGE_TOO_MANY] = "more segments than a loader takes",
	[-PM_IMAGE_TOO_LARGE] = "more than there can be",
	[-PM_IMAGE_UNPLACED] = "no address to put it at",
	[-PM_IMAGE_OUTSIDE] = "outside the memory of its domain",
	[-PM_IMAGE_RIGHTS] = "in memory without the rights it needs",
	[-PM_IMAGE_OVERLAP] = "two segments in one place",
	[-PM_IMAGE_MISALIGNED] = "not aligned as its format wants it",
	[-PM_IMAGE_BAD_ENTRY] = "the entry point is in no code",
	[-PM_IMAGE_ODD_ENTRY] = "no instruction can begin at the entry point",
	[-PM_IMAGE_AT_LOAD] = "an ELF file with a second address to be put at",
};

const char *pm_image_strerror(int error)
{
	if (error > 0 || error < PM_IMAGE_AT_LOAD)
		return "unknown error";
	return texts[-error];
}

/* What runs on an instruction set: ELF files of this machine and width, an Image with this magic.
 */
struct target {
	uint32_t machine, linux_magic;
	bool is64;
	uint32_t code_align; /* of instructions, bytes */
	bool thumb;	     /* bit 0 of an address to jump to is set */
};

static const struct target targets[] = {
	[PM_ISA_ARM64] = { IPC_ELF_AARCH64, PM_LINUX_ARM64, true, 4, false },
	[PM_ISA_RISCV64] = { IPC_ELF_RISCV, PM_LINUX_RISCV, true, 2, false },
	[PM_ISA_ARMV8M] = { IPC_ELF_ARM, 0, false, 2, true },
};

static const struct target *target_of(const struct pm_image_file *f)
{
	return &targets[f->table->isa];
}

/* --- ELF --- */

static bool is_part(const struct ipc_elf_segment *s)
{
	return s->type == IPC_ELF_PT_LOAD && s->memsz;
}

/* The entry is a virtual address; segments are loaded at physical ones. */
static void find_elf_entry(struct pm_image_file *f, const struct ipc_elf_segment *s)
{
	uint64_t entry = f->elf.entry;

	if (f->elf_entry_inside || entry < s->vaddr || entry - s->vaddr >= s->memsz)
		return;
	f->elf_entry_inside = true;
	f->elf_entry = s->paddr + (entry - s->vaddr);
}

static int open_elf(struct pm_image_file *f)
{
	const struct target *target = target_of(f);
	uint64_t last = 0;

	f->format = PM_FORMAT_ELF;
	f->elf_error = ipc_elf_open(&f->elf, f->bytes, f->size);
	f->machine = f->elf.machine;
	if (f->elf_error)
		return PM_IMAGE_BAD_ELF;
	if (f->machine != target->machine || f->elf.is64 != target->is64)
		return PM_IMAGE_MACHINE;
	if (f->load)
		return PM_IMAGE_AT_LOAD;
	if (f->elf.phnum > PM_PARTS_MAX)
		return PM_IMAGE_TOO_MANY;
	f->load = UINT64_MAX;
	f->elf_entry = f->elf.entry;
	for (uint32_t i = 0; i < f->elf.phnum; i++) {
		struct ipc_elf_segment s = ipc_elf_segment(&f->elf, i);

		if (!is_part(&s))
			continue;
		f->n_parts++;
		f->load = s.paddr < f->load ? s.paddr : f->load;
		last = s.paddr + (s.memsz - 1) > last ? s.paddr + (s.memsz - 1) : last;
		find_elf_entry(f, &s);
	}
	f->span = last - f->load + 1;
	return f->span ? PM_IMAGE_OK : PM_IMAGE_TOO_LARGE;
}

static struct pm_image_part elf_part(const struct pm_image_file *f, uint32_t n)
{
	struct ipc_elf_segment s = { 0 };

	for (uint32_t i = 0, k = 0; i < f->elf.phnum; i++) {
		s = ipc_elf_segment(&f->elf, i);
		if (is_part(&s) && k++ == n)
			break;
	}
	return (struct pm_image_part){
		.address = s.paddr,
		.size = s.memsz,
		.offset = s.offset,
		.filesz = s.filesz,
		.rights = (s.flags & IPC_ELF_PF_X ? PM_REGION_EXECUTE : 0u) |
			  (s.flags & IPC_ELF_PF_W ? PM_REGION_WRITE : 0u),
	};
}

/* --- Image --- */

static int open_linux(struct pm_image_file *f, uint32_t format, uint32_t magic)
{
	uint64_t size = ipc_le64(f->bytes + PM_LINUX_SIZE);

	f->format = format;
	if (magic != target_of(f)->linux_magic ||
	    ipc_le64(f->bytes + PM_LINUX_FLAGS) & PM_LINUX_BIG_ENDIAN)
		return PM_IMAGE_MACHINE;
	if (!size)
		return PM_IMAGE_UNSIZED;
	f->span = size > f->size ? size : f->size;
	f->align = PM_LINUX_BASE;
	f->align_offset = ipc_le64(f->bytes + PM_LINUX_TEXT_OFFSET) % PM_LINUX_BASE;
	return PM_IMAGE_OK;
}

/* --- anything --- */

static bool begins(const struct pm_image_file *f, uint64_t at, const char *bytes, uint64_t len)
{
	if (f->size < at || f->size - at < len)
		return false;
	for (uint64_t i = 0; i < len; i++)
		if (f->bytes[at + i] != (unsigned char)bytes[i])
			return false;
	return true;
}

/* Of a program: what would run as nonsense if it were taken for raw bytes. */
static bool is_compressed(const struct pm_image_file *f)
{
	static const struct {
		const char *bytes;
		uint64_t at, len;
	} rows[] = {
		{ "\x1f\x8b", 0, 2 },	      /* gzip */
		{ "\xfd\x37zXZ", 0, 5 },      /* xz */
		{ "\x28\xb5\x2f\xfd", 0, 4 }, /* zstd */
		{ "BZh", 0, 3 },	      /* bzip2 */
		{ "\x02\x21\x4c\x18", 0, 4 }, /* lz4 of Linux */
		{ "\x04\x22\x4d\x18", 0, 4 }, /* lz4 */
		{ "zimg", 4, 4 },	      /* an EFI program that unpacks itself */
		{ "\x27\x05\x19\x56", 0, 4 }, /* uImage */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (begins(f, rows[i].at, rows[i].bytes, rows[i].len))
			return true;
	return false;
}

static int open_program(struct pm_image_file *f)
{
	uint32_t magic = f->size >= PM_LINUX_HEADER ? ipc_le32(f->bytes + PM_LINUX_MAGIC) : 0;

	if (begins(f, 0, "\177ELF", 4))
		return open_elf(f);
	if (magic == PM_LINUX_ARM64)
		return open_linux(f, PM_FORMAT_ARM64_IMAGE, magic);
	if (magic == PM_LINUX_RISCV)
		return open_linux(f, PM_FORMAT_RISCV_IMAGE, magic);
	f->align = target_of(f)->code_align;
	return is_compressed(f) ? PM_IMAGE_COMPRESSED : PM_IMAGE_OK;
}

int pm_image_open(struct pm_image_file *f, const struct pm_table *table,
		  const struct pm_image *image, const void *bytes, uint64_t size)
{
	int error = PM_IMAGE_OK;

	*f = (struct pm_image_file){ .table = table,
				     .image = image,
				     .bytes = bytes,
				     .size = size,
				     .load = image->load,
				     .span = size,
				     .align = image->kind == PM_IMAGE_DTB ? 8 : 1 };
	if (!size)
		return PM_IMAGE_EMPTY;
	if (image->kind == PM_IMAGE_DTB && size > PM_DTB_MAX)
		return PM_IMAGE_TOO_LARGE;
	if (image->kind == PM_IMAGE_PROGRAM)
		error = open_program(f);
	if (f->format != PM_FORMAT_ELF)
		f->n_parts = 1;
	return error;
}

struct pm_image_part pm_image_part(const struct pm_image_file *f, uint32_t n)
{
	if (f->format == PM_FORMAT_ELF)
		return elf_part(f, n);
	return (struct pm_image_part){ .address = f->load, .size = f->span, .filesz = f->size };
}

uint64_t pm_image_entry(const struct pm_image_file *f)
{
	uint64_t entry = pm_table_domain(f->table, f->image->domain)->entry;

	if (entry)
		return entry;
	return f->format == PM_FORMAT_ELF ? f->elf_entry : f->load;
}

/* --- where it may be --- */

const struct pm_region *pm_image_memory(const struct pm_table *table, uint32_t domain,
					uint64_t address, uint64_t size)
{
	const struct pm_domain *d = pm_table_domain(table, domain);

	for (uint32_t i = d->region; i - d->region < d->n_regions; i++) {
		const struct pm_region *r = pm_table_region(table, i);

		if (r->kind == PM_REGION_MEMORY && i != d->trace && address >= r->guest &&
		    address - r->guest < r->size && size <= r->size - (address - r->guest))
			return r;
	}
	return NULL;
}

static int check_part(const struct pm_image_file *f, uint32_t n)
{
	const struct pm_image_part part = pm_image_part(f, n);
	const struct pm_region *r =
		pm_image_memory(f->table, f->image->domain, part.address, part.size);

	if (!r)
		return PM_IMAGE_OUTSIDE;
	if ((r->flags & part.rights) != part.rights)
		return PM_IMAGE_RIGHTS;
	for (uint32_t k = 0; k < n; k++) {
		const struct pm_image_part other = pm_image_part(f, k);

		if (pm_overlap(part.address, part.size, other.address, other.size))
			return PM_IMAGE_OVERLAP;
	}
	return PM_IMAGE_OK;
}

static bool is_in_part(const struct pm_image_file *f, uint64_t address)
{
	for (uint32_t n = 0; n < f->n_parts; n++) {
		const struct pm_image_part part = pm_image_part(f, n);

		if (address >= part.address && address - part.address < part.size)
			return true;
	}
	return false;
}

static int check_entry(const struct pm_image_file *f)
{
	const struct target *target = target_of(f);
	const uint64_t entry = pm_image_entry(f), odd = target->thumb ? 1 : 0;
	const struct pm_region *r;

	if (f->image->kind != PM_IMAGE_PROGRAM)
		return PM_IMAGE_OK;
	if (entry % target->code_align != odd)
		return PM_IMAGE_ODD_ENTRY;
	r = pm_image_memory(f->table, f->image->domain, entry - odd, target->code_align);
	if (!r || !(r->flags & PM_REGION_EXECUTE))
		return PM_IMAGE_BAD_ENTRY;
	return is_in_part(f, entry - odd) ? PM_IMAGE_OK : PM_IMAGE_BAD_ENTRY;
}

int pm_image_check(const struct pm_image_file *f, uint32_t *part)
{
	uint32_t n = f->n_parts, nowhere;
	int error = PM_IMAGE_OK;

	part = part ? part : &nowhere;
	*part = n;
	if (!f->load && f->format != PM_FORMAT_ELF)
		return PM_IMAGE_UNPLACED;
	if (f->load % f->align != f->align_offset)
		return PM_IMAGE_MISALIGNED;
	for (uint32_t i = 0; i < n; i++) {
		error = check_part(f, i);
		*part = i;
		if (error)
			return error;
	}
	*part = n;
	return check_entry(f);
}

bool pm_image_overlap(const struct pm_image_file *a, const struct pm_image_file *b,
		      uint32_t part[2])
{
	for (part[0] = 0; part[0] < a->n_parts; part[0]++) {
		const struct pm_image_part x = pm_image_part(a, part[0]);

		for (part[1] = 0; part[1] < b->n_parts; part[1]++) {
			const struct pm_image_part y = pm_image_part(b, part[1]);

			if (pm_overlap(x.address, x.size, y.address, y.size))
				return true;
		}
	}
	return false;
}
