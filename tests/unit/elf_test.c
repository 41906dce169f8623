/* SPDX-License-Identifier: BSD-3-Clause */
/* The reader of ELF files, both classes: good ones, and every error. */
#include "ipc/abi/elf.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/unit/abi_bytes.h"

/* One file of two segments and three sections, in either class. */
struct shape {
	bool is64;
	unsigned eh, ph, sh; /* sizes of the headers */
	unsigned phoff, text, table, names, shoff, size;
};

enum { TEXT_SIZE = 24, TABLE_SIZE = 16 };

static const char names[] = "\0.resource_table\0.shstrtab\0.bss";
static unsigned char file[1024];
static struct shape s;

/* An address or size: at32 or at64 of the header at base. */
static void put_word(unsigned base, unsigned at32, unsigned at64, uint64_t v)
{
	if (s.is64)
		put64(file + base + at64, v);
	else
		put32(file + base + at32, (uint32_t)v);
}

static void put_half(unsigned at32, unsigned at64, uint16_t v)
{
	put16(file + (s.is64 ? at64 : at32), v);
}

static void put_header(void)
{
	memcpy(file, "\177ELF", 4);
	file[4] = s.is64 ? 2 : 1;
	file[5] = 1;
	file[6] = 1;
	put16(file + 16, 2);
	put16(file + 18, s.is64 ? IPC_ELF_AARCH64 : IPC_ELF_ARM);
	put32(file + 20, 1);
	put_word(0, 24, 24, 0x1004);
	put_word(0, 28, 32, s.phoff);
	put_word(0, 32, 40, s.shoff);
	put_half(40, 52, (uint16_t)s.eh);
	put_half(42, 54, (uint16_t)s.ph);
	put_half(44, 56, 2);
	put_half(46, 58, (uint16_t)s.sh);
	put_half(48, 60, 4);
	put_half(50, 62, 2);
}

struct segment {
	uint32_t type, offset;
	uint64_t address, filesz, memsz;
};

static void put_segment(unsigned n, struct segment p)
{
	unsigned at = s.phoff + n * s.ph;

	put32(file + at, p.type);
	put32(file + at + (s.is64 ? 4 : 24), IPC_ELF_PF_R | IPC_ELF_PF_X);
	put_word(at, 4, 8, p.offset);
	put_word(at, 8, 16, p.address);
	put_word(at, 12, 24, p.address + 0x10);
	put_word(at, 16, 32, p.filesz);
	put_word(at, 20, 40, p.memsz);
	put_word(at, 28, 48, 4);
}

static void put_section(unsigned n, uint32_t name, uint32_t type, uint64_t offset, uint64_t size)
{
	unsigned at = s.shoff + n * s.sh;

	put32(file + at, name);
	put32(file + at + 4, type);
	put_word(at, 12, 16, 0x2000);
	put_word(at, 16, 24, offset);
	put_word(at, 20, 32, size);
}

static int make_good(bool is64)
{
	s = (struct shape){ .is64 = is64 };
	s.eh = is64 ? 64 : 52;
	s.ph = is64 ? 56 : 32;
	s.sh = is64 ? 64 : 40;
	s.phoff = s.eh;
	s.text = s.phoff + 2 * s.ph;
	s.table = s.text + TEXT_SIZE;
	s.names = s.table + TABLE_SIZE;
	s.shoff = s.names + sizeof(names);
	s.size = s.shoff + 4 * s.sh;
	memset(file, 0, sizeof(file));
	memcpy(file + s.names, names, sizeof(names));
	put_header();
	put_segment(0, (struct segment){ 1, s.text, 0x1000, TEXT_SIZE, 0x100 });
	put_segment(1, (struct segment){ 0x70000001, 0, 0, UINT32_MAX, 0 });
	put_section(1, 1, 1, s.table, TABLE_SIZE);
	put_section(2, 17, 3, s.names, sizeof(names));
	put_section(3, 27, IPC_ELF_SHT_NOBITS, UINT32_MAX, UINT32_MAX);
	return 0;
}

static int setup32(void **state)
{
	(void)state;
	return make_good(false);
}

static int setup64(void **state)
{
	(void)state;
	return make_good(true);
}

static int open_prefix(size_t size)
{
	unsigned char *copy = exact(file, size);
	struct ipc_elf elf;
	int error = ipc_elf_open(&elf, copy, size);

	free(copy);
	return error;
}

/* Opening, then looking for a section, in a copy without slack. */
static int find_prefix(size_t size, const char *name)
{
	unsigned char *copy = exact(file, size);
	struct ipc_elf_section section;
	struct ipc_elf elf;
	int error = ipc_elf_open(&elf, copy, size);

	if (error == IPC_ELF_OK)
		error = ipc_elf_section(&elf, name, &section);
	if (error == IPC_ELF_OK)
		assert_string_equal(section.name, name);
	free(copy);
	return error;
}

static void opens(int error)
{
	assert_int_equal(open_prefix(s.size), error);
}

static void finds(int error)
{
	assert_int_equal(find_prefix(s.size, ".resource_table"), error);
}

static void test_a_good_file(void **state)
{
	struct ipc_elf_segment segment;
	struct ipc_elf_section section;
	struct ipc_elf elf;

	(void)state;
	assert_int_equal(ipc_elf_open(&elf, file, s.size), IPC_ELF_OK);
	assert_int_equal(elf.machine, s.is64 ? IPC_ELF_AARCH64 : IPC_ELF_ARM);
	assert_int_equal(elf.entry, 0x1004);
	assert_int_equal(elf.phnum, 2);
	segment = ipc_elf_segment(&elf, 0);
	assert_int_equal(segment.type, IPC_ELF_PT_LOAD);
	assert_int_equal(segment.flags, IPC_ELF_PF_R | IPC_ELF_PF_X);
	assert_int_equal(segment.offset, s.text);
	assert_int_equal(segment.vaddr, 0x1000);
	assert_int_equal(segment.paddr, 0x1010);
	assert_int_equal(segment.filesz, TEXT_SIZE);
	assert_int_equal(segment.memsz, 0x100);
	assert_int_equal(segment.align, 4);
	assert_int_equal(ipc_elf_section(&elf, ".resource_table", &section), IPC_ELF_OK);
	assert_int_equal(section.offset, s.table);
	assert_int_equal(section.size, TABLE_SIZE);
	assert_int_equal(section.addr, 0x2000);
	assert_int_equal(ipc_elf_section(&elf, ".resource", &section), IPC_ELF_NO_SECTION);
	assert_int_equal(ipc_elf_section(&elf, ".bss", &section), IPC_ELF_OK);
	assert_int_equal(section.type, IPC_ELF_SHT_NOBITS);
}

static void test_truncation(void **state)
{
	(void)state;
	for (size_t size = 0; size < s.size; size++) {
		int error = find_prefix(size, ".resource_table");

		assert_true(error == (size < 4 ? IPC_ELF_BAD_MAGIC : IPC_ELF_TRUNCATED));
	}
}

static void test_corruption(void **state)
{
	unsigned char *copy = exact(file, s.size);
	struct ipc_elf_section section;
	struct ipc_elf elf;

	(void)state;
	for (size_t at = 0; at < s.size; at++) {
		for (unsigned v = 0; v < 256; v++) {
			copy[at] = (unsigned char)v;
			if (ipc_elf_open(&elf, copy, s.size) != IPC_ELF_OK)
				continue;
			for (uint32_t i = 0; i < elf.phnum; i++)
				ipc_elf_segment(&elf, i);
			ipc_elf_section(&elf, ".resource_table", &section);
		}
		copy[at] = file[at];
	}
	free(copy);
}

static void test_ident(void **state)
{
	(void)state;
	file[0] = 0;
	opens(IPC_ELF_BAD_MAGIC);
	assert_int_equal(open_prefix(8), IPC_ELF_BAD_MAGIC);
	file[0] = 0x7f;
	assert_int_equal(open_prefix(8), IPC_ELF_TRUNCATED);
	file[4] = 0;
	opens(IPC_ELF_BAD_CLASS);
	file[4] = 3;
	opens(IPC_ELF_BAD_CLASS);
	file[4] = s.is64 ? 2 : 1;
	file[5] = 2;
	opens(IPC_ELF_BIG_ENDIAN);
	file[5] = 1;
	file[6] = 0;
	opens(IPC_ELF_BAD_VERSION);
	file[6] = 1;
	put32(file + 20, 2);
	opens(IPC_ELF_BAD_VERSION);
}

static void test_type_and_sizes(void **state)
{
	(void)state;
	put16(file + 16, 1);
	opens(IPC_ELF_BAD_TYPE);
	put16(file + 16, 4);
	opens(IPC_ELF_BAD_TYPE);
	put16(file + 16, 3);
	opens(IPC_ELF_OK);
	put_half(40, 52, 51);
	opens(IPC_ELF_BAD_SIZES);
	put_header();
	put_half(42, 54, 0);
	opens(IPC_ELF_BAD_SIZES);
	put_header();
	put_half(46, 58, 1);
	opens(IPC_ELF_BAD_SIZES);
}

static void test_counts(void **state)
{
	(void)state;
	put_half(44, 56, UINT16_MAX);
	opens(IPC_ELF_TOO_MANY);
	put_half(44, 56, 4096);
	opens(IPC_ELF_TRUNCATED);
	put_header();
	put_half(48, 60, 4097);
	opens(IPC_ELF_TOO_MANY);
	put_header();
	put_word(0, 28, 32, s.is64 ? UINT64_MAX - 8 : UINT32_MAX);
	opens(IPC_ELF_TRUNCATED);
}

static void test_segments(void **state)
{
	uint64_t top = s.is64 ? UINT64_MAX : UINT32_MAX;

	(void)state;
	put_segment(0, (struct segment){ 1, s.text, 0x1000, s.size, s.size });
	opens(IPC_ELF_TRUNCATED);
	put_segment(0, (struct segment){ 1, s.text, 0x1000, UINT64_MAX, UINT64_MAX });
	opens(IPC_ELF_TRUNCATED);
	put_segment(0, (struct segment){ 1, s.text, 0x1000, TEXT_SIZE, TEXT_SIZE - 1 });
	opens(IPC_ELF_BAD_SEGMENT);
	put_segment(0, (struct segment){ 1, s.text, top - 0x3f, TEXT_SIZE, 0x40 });
	opens(IPC_ELF_BAD_SEGMENT); /* the physical address lies 16 bytes higher */
	put_segment(0, (struct segment){ 1, s.text, top - 0x4f, TEXT_SIZE, 0x40 });
	opens(IPC_ELF_OK);
	put_segment(0, (struct segment){ 1, s.text, top - 0x0f, TEXT_SIZE, 0x40 });
	opens(IPC_ELF_BAD_SEGMENT); /* the virtual one, when the physical one has wrapped */
}

static void test_nothing_to_load(void **state)
{
	(void)state;
	put_segment(0, (struct segment){ 1, s.text, 0x1000, 0, 0 });
	opens(IPC_ELF_NO_SEGMENT);
	put_segment(0, (struct segment){ 2, s.text, 0x1000, TEXT_SIZE, TEXT_SIZE });
	opens(IPC_ELF_NO_SEGMENT);
	put_half(44, 56, 0);
	opens(IPC_ELF_NO_SEGMENT);
}

static void test_sections(void **state)
{
	(void)state;
	put_section(1, 1, 1, s.table, s.size);
	finds(IPC_ELF_TRUNCATED);
	put_section(1, 1, 1, UINT32_MAX, 1);
	finds(IPC_ELF_TRUNCATED);
	put_section(1, UINT32_MAX, 1, s.table, TABLE_SIZE);
	finds(IPC_ELF_NO_SECTION);
	put_section(1, 2, 1, s.table, TABLE_SIZE);
	finds(IPC_ELF_NO_SECTION);
	put_word(0, 32, 40, s.size - 1);
	finds(IPC_ELF_TRUNCATED);
	put_half(48, 60, 0);
	finds(IPC_ELF_NO_SECTION);
}

static void test_names(void **state)
{
	(void)state;
	put_half(50, 62, 4);
	finds(IPC_ELF_BAD_NAMES);
	put_half(50, 62, UINT16_MAX);
	finds(IPC_ELF_BAD_NAMES);
	put_half(50, 62, 3); /* without content */
	finds(IPC_ELF_BAD_NAMES);
	put_half(50, 62, 2);
	put_section(2, 17, 3, s.names, s.size);
	finds(IPC_ELF_BAD_NAMES);
	/* the table of names ends within the one looked for, or right before its NUL */
	put_section(2, 17, 3, s.names, 10);
	finds(IPC_ELF_NO_SECTION);
	put_section(2, 17, 3, s.names, 16);
	finds(IPC_ELF_NO_SECTION);
	put_section(2, 17, 3, s.names, 17);
	finds(IPC_ELF_OK);
}

static void test_texts(void **state)
{
	(void)state;
	for (int error = 0; error >= IPC_ELF_BAD_NAMES; error--) {
		assert_non_null(ipc_elf_strerror(error));
		assert_string_not_equal(ipc_elf_strerror(error), "unknown error");
	}
	assert_string_equal(ipc_elf_strerror(1), "unknown error");
	assert_string_equal(ipc_elf_strerror(IPC_ELF_BAD_NAMES - 1), "unknown error");
}

#define BOTH(f)                                    \
	{ #f " (32)", f, setup32, NULL, NULL },    \
	{                                          \
#f " (64)", f, setup64, NULL, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_a_good_file),
		BOTH(test_truncation),
		BOTH(test_corruption),
		BOTH(test_ident),
		BOTH(test_counts),
		BOTH(test_type_and_sizes),
		BOTH(test_segments),
		BOTH(test_sections),
		BOTH(test_names),
		BOTH(test_nothing_to_load),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
