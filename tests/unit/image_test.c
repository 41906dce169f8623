/* SPDX-License-Identifier: BSD-3-Clause */
/* What a file is, which addresses it takes, and every reason why a domain cannot have it there. */
#include "runtime/abi/image.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/unit/good_table.h"
#include "tests/unit/make_elf.h"

enum { R = IPC_ELF_PF_R, RW = IPC_ELF_PF_R | IPC_ELF_PF_W, RX = IPC_ELF_PF_R | IPC_ELF_PF_X };

static struct good_table g;
static struct made_elf elf; /* of rtos, whose memory is [0x48000000..0x483fffff] */
static unsigned char file[8192];
static struct pm_image_file f;

static int setup(void **state)
{
	(void)state;
	good_table_make(&g);
	g.domains[RTOS].entry = 0;
	elf = (struct made_elf){
		.is64 = true,
		.machine = IPC_ELF_AARCH64,
		.entry = 0x48000100,
		.segments = { { RX, 0x48000000, 0x48000000, 0x200, 0x200 },
			      { RW, 0x48001000, 0x48001000, 0x100, 0x1000 } },
		.n_segments = 2,
	};
	return 0;
}

/* In memory without slack; freed with the next one. */
static int open_as(uint32_t image, const void *bytes, size_t size)
{
	static unsigned char *copy;

	free(copy);
	copy = exact(bytes, size);
	return pm_image_open(&f, &g.header, &g.images[image], copy, size);
}

static int open_elf(void)
{
	return open_as(RTOS_PROGRAM, file, make_elf(&elf, file));
}

static void elf_fails(int error, uint32_t part)
{
	uint32_t where = 99;

	assert_int_equal(open_elf(), PM_IMAGE_OK);
	assert_int_equal(pm_image_check(&f, &where), error);
	assert_int_equal(where, part);
	assert_int_equal(pm_image_check(&f, NULL), error);
}

static void test_an_elf_file(void **state)
{
	struct pm_image_part part;

	(void)state;
	elf_fails(PM_IMAGE_OK, 2);
	assert_int_equal(f.format, PM_FORMAT_ELF);
	assert_int_equal(f.load, 0x48000000);
	assert_int_equal(f.span, 0x2000);
	assert_int_equal(pm_image_entry(&f), 0x48000100);
	part = pm_image_part(&f, 1);
	assert_int_equal(part.address, 0x48001000);
	assert_int_equal(part.size, 0x1000);
	assert_int_equal(part.filesz, 0x100);
	assert_int_equal(f.bytes[part.offset], 2);
	assert_int_equal(part.rights, PM_REGION_WRITE);
	g.domains[RTOS].entry = 0x48000104;
	assert_int_equal(pm_image_entry(&f), 0x48000104);
}

/* Linked at virtual addresses: loaded, and entered, at the physical ones. */
static void test_virtual_addresses(void **state)
{
	(void)state;
	elf.segments[0].vaddr = UINT64_C(0xffff000000000000);
	elf.entry = UINT64_C(0xffff000000000040);
	elf_fails(PM_IMAGE_OK, 2);
	assert_int_equal(pm_image_entry(&f), 0x48000040);
}

static void test_segments_without_memory(void **state)
{
	(void)state;
	elf.segments[2] = (struct made_segment){ R, 0, 0, 0, 0 };
	elf.n_segments = 3;
	elf_fails(PM_IMAGE_OK, 2);
	assert_int_equal(f.load, 0x48000000);
}

static void test_damaged_elf_files(void **state)
{
	size_t size = make_elf(&elf, file);

	(void)state;
	assert_int_equal(open_as(RTOS_PROGRAM, file, size - 1), PM_IMAGE_BAD_ELF);
	assert_int_equal(f.elf_error, IPC_ELF_TRUNCATED);
	for (size_t n = 4; n < size; n++)
		assert_int_equal(open_as(RTOS_PROGRAM, file, n), PM_IMAGE_BAD_ELF);
	put16(file + 56, PM_PARTS_MAX + 1);
	assert_int_equal(open_as(RTOS_PROGRAM, file, sizeof(file)), PM_IMAGE_TOO_MANY);
	assert_int_equal(open_as(RTOS_PROGRAM, file, 0), PM_IMAGE_EMPTY);
}

/* Any byte changed: an error or not, but nothing outside the file is read. */
static void test_hostile_elf_files(void **state)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	size_t size = make_elf(&elf, file);

	(void)state;
	for (size_t at = 0; at < 64 + 2 * 56; at++) {
		unsigned char old = file[at];

		for (size_t k = 0; k < sizeof(values); k++) {
			file[at] = values[k];
			if (open_as(RTOS_PROGRAM, file, size) || pm_image_check(&f, NULL))
				continue;
			for (uint32_t i = 0; i < f.n_parts; i++) {
				struct pm_image_part p = pm_image_part(&f, i);

				assert_true(p.offset + p.filesz <= size && p.filesz <= p.size);
				assert_true(p.address >= 0x48000000 &&
					    p.address + p.size <= 0x48400000);
			}
		}
		file[at] = old;
	}
}

static void test_other_machines(void **state)
{
	(void)state;
	elf.machine = IPC_ELF_RISCV;
	assert_int_equal(open_elf(), PM_IMAGE_MACHINE);
	assert_int_equal(f.machine, IPC_ELF_RISCV);
	elf.is64 = false;
	elf.machine = IPC_ELF_AARCH64;
	assert_int_equal(open_elf(), PM_IMAGE_MACHINE);
	g.header.isa = PM_ISA_ARMV8M;
	elf.machine = IPC_ELF_ARM;
	elf.entry |= 1;
	elf_fails(PM_IMAGE_OK, 2);
	elf.entry ^= 1;
	elf_fails(PM_IMAGE_ODD_ENTRY, 2);
	g.header.isa = PM_ISA_RISCV64;
	elf.is64 = true;
	elf.machine = IPC_ELF_RISCV;
	elf.entry = 0x48000102;
	elf_fails(PM_IMAGE_OK, 2);
}

static void test_outside(void **state)
{
	static const struct {
		uint64_t paddr, memsz;
	} rows[] = {
		{ 0x47fff000, 0x200 },
		{ 0x483fff00, 0x200 },
		{ 0x48400000, 0x200 },
		{ 0x48500000, 0x200 },
		{ 0x4a000000, 0x200 },
		{ 0x49000000, 0x200 },
		{ 0, 0x200 },
		{ 0x50000000, 0x200 },
		{ 0x48000000, 0x400001 },
		{ 0x48000000, 1u << 31 },
	};

	(void)state;
	g.domains[RTOS].trace = RTOS_TRACE;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		elf.segments[0].paddr = rows[i].paddr;
		elf.segments[0].memsz = rows[i].memsz;
		elf_fails(PM_IMAGE_OUTSIDE, 0);
	}
	elf.segments[0] = elf.segments[1];
	elf.segments[1].paddr = UINT64_C(0xfffffffffffff000);
	elf_fails(PM_IMAGE_OUTSIDE, 1);
	elf.segments[1].paddr = 0;
	elf.segments[0].paddr = UINT64_MAX - 0xfff;
	assert_int_equal(open_elf(), PM_IMAGE_TOO_LARGE);
}

static void test_rights(void **state)
{
	(void)state;
	g.regions[RTOS_MEMORY].flags = PM_REGION_READ | PM_REGION_WRITE;
	elf_fails(PM_IMAGE_RIGHTS, 0);
	g.regions[RTOS_MEMORY].flags = PM_REGION_READ | PM_REGION_EXECUTE;
	elf_fails(PM_IMAGE_RIGHTS, 1);
}

static void test_segments_in_one_place(void **state)
{
	(void)state;
	elf.segments[1].paddr = 0x480001ff;
	elf_fails(PM_IMAGE_OVERLAP, 1);
	elf.segments[1].paddr = 0x48000200;
	elf_fails(PM_IMAGE_OK, 2);
}

static void test_entries(void **state)
{
	(void)state;
	elf.entry = 0x48000102;
	elf_fails(PM_IMAGE_ODD_ENTRY, 2);
	elf.entry = 0x48000200;
	elf_fails(PM_IMAGE_BAD_ENTRY, 2);
	elf.entry = 0;
	elf_fails(PM_IMAGE_BAD_ENTRY, 2);
	g.domains[RTOS].entry = 0x480001fc;
	elf_fails(PM_IMAGE_OK, 2);
	g.domains[RTOS].entry = 0x48000200;
	elf_fails(PM_IMAGE_BAD_ENTRY, 2);
	g.domains[RTOS].entry = 0x48500000;
	g.domains[RTOS].trace = RTOS_TRACE;
	elf_fails(PM_IMAGE_BAD_ENTRY, 2);
	g.domains[RTOS].entry = 0;
	elf.entry = 0x48000100;
	elf.segments[0].flags = R;
	g.regions[RTOS_MEMORY].flags = PM_REGION_READ | PM_REGION_WRITE;
	elf_fails(PM_IMAGE_BAD_ENTRY, 2);
}

static void test_an_elf_file_has_its_own_addresses(void **state)
{
	(void)state;
	g.images[RTOS_PROGRAM].load = 0x48000000;
	assert_int_equal(open_elf(), PM_IMAGE_AT_LOAD);
	/* Unless it is not loaded, but put somewhere. */
	g.images[RTOS_PROGRAM].kind = PM_IMAGE_RAW;
	assert_int_equal(open_elf(), PM_IMAGE_OK);
	assert_int_equal(f.format, PM_FORMAT_RAW);
	assert_int_equal(pm_image_check(&f, NULL), PM_IMAGE_OK);
}

static void test_a_linux_image(void **state)
{
	(void)state;
	make_linux(file, PM_LINUX_ARM64, 4096, 0x80000, 0x200000);
	g.images[LINUX_KERNEL].load = 0;
	assert_int_equal(open_as(LINUX_KERNEL, file, 4096), PM_IMAGE_OK);
	assert_int_equal(f.format, PM_FORMAT_ARM64_IMAGE);
	assert_int_equal(f.span, 0x200000);
	assert_int_equal(f.align_offset, 0x80000);
	assert_int_equal(pm_image_check(&f, NULL), PM_IMAGE_UNPLACED);
	f.load = 0x50080000;
	assert_int_equal(pm_image_check(&f, NULL), PM_IMAGE_OK);
	assert_int_equal(pm_image_entry(&f), 0x50080000);
	f.load = 0x50100000;
	assert_int_equal(pm_image_check(&f, NULL), PM_IMAGE_MISALIGNED);
	f.load = 0x5fe80000;
	assert_int_equal(pm_image_check(&f, NULL), PM_IMAGE_OUTSIDE);
	file[PM_LINUX_FLAGS] |= PM_LINUX_BIG_ENDIAN;
	assert_int_equal(open_as(LINUX_KERNEL, file, 4096), PM_IMAGE_MACHINE);
}

static void test_odd_linux_images(void **state)
{
	(void)state;
	g.images[LINUX_KERNEL].load = 0x50000000;
	make_linux(file, PM_LINUX_ARM64, 4096, UINT64_MAX - 0x1fffff, 64);
	assert_int_equal(open_as(LINUX_KERNEL, file, 4096), PM_IMAGE_OK);
	assert_int_equal(f.span, 4096);
	assert_int_equal(f.align_offset, 0);
	put64(file + PM_LINUX_SIZE, UINT64_MAX);
	assert_int_equal(open_as(LINUX_KERNEL, file, 4096), PM_IMAGE_OK);
	assert_int_equal(pm_image_check(&f, NULL), PM_IMAGE_OUTSIDE);
	put64(file + PM_LINUX_SIZE, 0);
	assert_int_equal(open_as(LINUX_KERNEL, file, 4096), PM_IMAGE_UNSIZED);
	make_linux(file, PM_LINUX_RISCV, 4096, 0x200000, 4096);
	assert_int_equal(open_as(LINUX_KERNEL, file, 4096), PM_IMAGE_MACHINE);
	g.header.isa = PM_ISA_RISCV64;
	assert_int_equal(open_as(LINUX_KERNEL, file, 4096), PM_IMAGE_OK);
	assert_int_equal(f.format, PM_FORMAT_RISCV_IMAGE);
	/* Without its magic it is bytes. */
	assert_int_equal(open_as(LINUX_KERNEL, file, PM_LINUX_HEADER - 1), PM_IMAGE_OK);
	assert_int_equal(f.format, PM_FORMAT_RAW);
}

static void test_compressed_programs(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} rows[] = {
		{ "\x1f\x8b\x08", 3 }, { "\xfd\x37zXZ", 5 },	  { "\x28\xb5\x2f\xfd", 4 },
		{ "BZh9", 4 },	       { "\x02\x21\x4c\x18", 4 }, { "\x04\x22\x4d\x18", 4 },
		{ "MZ\0\0zimg", 8 },   { "\x27\x05\x19\x56", 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(file, 0, 64);
		memcpy(file, rows[i].bytes, rows[i].len);
		assert_int_equal(open_as(LINUX_KERNEL, file, 64), PM_IMAGE_COMPRESSED);
		assert_int_equal(open_as(LINUX_INITRD, file, 64), PM_IMAGE_OK);
	}
	assert_int_equal(open_as(LINUX_KERNEL, "\x1f", 1), PM_IMAGE_OK);
}

static void test_a_device_tree(void **state)
{
	unsigned char *large = calloc(1, PM_DTB_MAX + 1);

	(void)state;
	assert_non_null(large);
	assert_int_equal(open_as(LINUX_DTB, large, PM_DTB_MAX), PM_IMAGE_OK);
	assert_int_equal(pm_image_check(&f, NULL), PM_IMAGE_OK);
	f.load += 4;
	assert_int_equal(pm_image_check(&f, NULL), PM_IMAGE_MISALIGNED);
	assert_int_equal(open_as(LINUX_DTB, large, PM_DTB_MAX + 1), PM_IMAGE_TOO_LARGE);
	free(large);
}

static void test_two_images_in_one_place(void **state)
{
	struct pm_image_file raw;
	uint32_t parts[2];

	(void)state;
	assert_int_equal(open_elf(), PM_IMAGE_OK);
	assert_int_equal(pm_image_open(&raw, &g.header, &g.images[LINUX_INITRD], file, 16),
			 PM_IMAGE_OK);
	raw.load = 0x48000ff0; /* between the segments */
	assert_false(pm_image_overlap(&f, &raw, parts));
	raw.load++;
	assert_true(pm_image_overlap(&f, &raw, parts));
	assert_int_equal(parts[0], 1);
	assert_int_equal(parts[1], 0);
}

static void test_texts(void **state)
{
	(void)state;
	for (int error = PM_IMAGE_OK; error >= PM_IMAGE_AT_LOAD; error--)
		assert_non_null(pm_image_strerror(error));
	assert_string_equal(pm_image_strerror(1), "unknown error");
	assert_string_equal(pm_image_strerror(PM_IMAGE_AT_LOAD - 1), "unknown error");
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_an_elf_file),
		TEST(test_virtual_addresses),
		TEST(test_segments_without_memory),
		TEST(test_damaged_elf_files),
		TEST(test_hostile_elf_files),
		TEST(test_other_machines),
		TEST(test_outside),
		TEST(test_rights),
		TEST(test_segments_in_one_place),
		TEST(test_entries),
		TEST(test_an_elf_file_has_its_own_addresses),
		TEST(test_a_linux_image),
		TEST(test_odd_linux_images),
		TEST(test_compressed_programs),
		TEST(test_a_device_tree),
		TEST(test_two_images_in_one_place),
		TEST(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
