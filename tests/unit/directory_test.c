/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The validator of image directories: a good one, one broken field after the other, and images that
 * are not what their entries say. What a manager relies on is a row here.
 */
#include "runtime/abi/directory.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/unit/good_boot.h"

static struct good_boot b;
static size_t total; /* of a good one, whatever it says now */

static int setup(void **state)
{
	(void)state;
	good_boot_make(&b);
	total = b.header.total;
	return 0;
}

/* As it stands, in memory without slack. */
static int check(size_t size, struct pm_table_place *where)
{
	unsigned char *copy = exact(&b, size);
	int error = pm_directory_check(copy, size, where);

	free(copy);
	return error;
}

static void fails(int error, const char *record, uint32_t index, const char *field)
{
	struct pm_table_place where = { "", 0, "" };

	b.header.checksum = pm_directory_checksum(&b.header);
	assert_int_equal(check(total, &where), error);
	assert_string_equal(where.record, record);
	assert_string_equal(where.field, field);
	assert_int_equal(where.index, index);
	assert_int_equal(check(total, NULL), error);
	good_boot_make(&b);
}

static int check_image(uint32_t i, int *image_error, struct pm_table_place *where)
{
	struct pm_image_file file;
	int error;

	*where = (struct pm_table_place){ "", 0, "" };
	*image_error = 0;
	error = pm_directory_check_image(&b.header, i, &file, image_error, where);
	assert_int_equal(pm_directory_check_image(&b.header, i, NULL, NULL, NULL), error);
	return error;
}

/* The first half takes it, the second does not. */
static void image_fails(uint32_t i, int error, const char *field, int image_error)
{
	struct pm_table_place where;
	int why;

	b.header.checksum = pm_directory_checksum(&b.header);
	assert_int_equal(check(total, NULL), PM_DIRECTORY_OK);
	assert_int_equal(check_image(i, &why, &where), error);
	assert_int_equal(why, image_error);
	assert_string_equal(where.record, "entry");
	assert_string_equal(where.field, field);
	assert_int_equal(where.index, i);
	good_boot_make(&b);
}

static void test_a_good_one(void **state)
{
	struct pm_table_place where;
	int why;

	(void)state;
	assert_int_equal(check(total, NULL), PM_DIRECTORY_OK);
	for (uint32_t i = 0; i < N_IMAGES; i++)
		assert_int_equal(check_image(i, &why, &where), PM_DIRECTORY_OK);
	assert_int_equal(pm_directory_table(&b.header)->images.count, N_IMAGES);
	assert_int_equal(pm_directory_entry(&b.header, RTOS_PROGRAM)->entry, 0x48000040);
	assert_memory_equal(pm_directory_file(&b.header, RTOS_PROGRAM), "\177ELF", 4);
}

static void test_truncation(void **state)
{
	(void)state;
	for (size_t size = 0; size < total; size += size < 256 ? 1 : 61)
		assert_int_equal(check(size, NULL), PM_DIRECTORY_TRUNCATED);
}

static void test_misaligned(void **state)
{
	unsigned char *copy = malloc(sizeof(b) + 8);

	(void)state;
	assert_non_null(copy);
	memcpy(copy + 4, &b, sizeof(b));
	assert_int_equal(pm_directory_check(copy + 4, sizeof(b), NULL), PM_DIRECTORY_MISALIGNED);
	free(copy);
}

/* One bit changed anywhere but in the padding: one of the three sums does not match. */
static void test_corruption(void **state)
{
	(void)state;
	for (size_t at = 0; at < b.header.size + sizeof(b.table); at++) {
		((unsigned char *)&b)[at] ^= 4;
		assert_int_not_equal(check(total, NULL), PM_DIRECTORY_OK);
		((unsigned char *)&b)[at] ^= 4;
	}
	for (uint32_t i = 0; i < N_IMAGES; i++) {
		good_file(&b, i)[b.entries[i].size - 1] ^= 4;
		image_fails(i, PM_DIRECTORY_BAD_CHECKSUM, "checksum", 0);
	}
}

static void test_header(void **state)
{
	(void)state;
	b.header.magic = PM_TABLE_MAGIC;
	fails(PM_DIRECTORY_BAD_MAGIC, "directory", 0, "magic");
	b.header.version++;
	fails(PM_DIRECTORY_BAD_VERSION, "directory", 0, "version");
	b.header.count = PM_RECORDS_MAX + 1;
	fails(PM_DIRECTORY_BAD_SIZE, "directory", 0, "count");
	b.header.count--;
	fails(PM_DIRECTORY_BAD_SIZE, "directory", 0, "size");
	b.header.load += 8;
	fails(PM_DIRECTORY_BAD_VALUE, "directory", 0, "load");
	b.header.load = 0x3ffff000;
	fails(PM_DIRECTORY_BAD_VALUE, "directory", 0, "load");
	b.header.load = 0x41000000;
	fails(PM_DIRECTORY_BAD_VALUE, "directory", 0, "load");
	b.header.load = 0x40fff000;
	fails(PM_DIRECTORY_BAD_VALUE, "directory", 0, "total");
	b.header.total--;
	fails(PM_DIRECTORY_BAD_OFFSET, "entry", N_IMAGES - 1, "size");
	b.header.total++;
	fails(PM_DIRECTORY_TRUNCATED, "directory", 0, "total");
	b.entries[N_IMAGES - 1].size--;
	fails(PM_DIRECTORY_BAD_SIZE, "directory", 0, "total");
}

static void test_the_table(void **state)
{
	(void)state;
	b.header.table += 8;
	fails(PM_DIRECTORY_BAD_OFFSET, "directory", 0, "table");
	b.header.table_size = UINT32_MAX;
	fails(PM_DIRECTORY_BAD_OFFSET, "directory", 0, "table");
	b.header.table_size += 8;
	fails(PM_DIRECTORY_BAD_SIZE, "directory", 0, "table_size");
	b.table.domains[1].watchdog ^= 1;
	fails(PM_DIRECTORY_BAD_TABLE, "header", 0, "checksum");
	b.table.images[0].kind = 9;
	b.table.header.checksum = pm_table_checksum(&b.table.header);
	fails(PM_DIRECTORY_BAD_TABLE, "image", 0, "kind");
	/* Sound, and another one. */
	b.table.domains[1].watchdog ^= 1;
	b.table.header.checksum = pm_table_checksum(&b.table.header);
	fails(PM_DIRECTORY_OTHER_TABLE, "directory", 0, "table_checksum");
}

/* An entry less: everything moves, and the table has an image more. */
static void test_count(void **state)
{
	struct good_boot *copy = malloc(sizeof(b));
	const size_t gone = sizeof(struct pm_entry);
	struct pm_table_place where;

	(void)state;
	assert_non_null(copy);
	memcpy(copy, &b, sizeof(b));
	memmove((unsigned char *)copy + b.header.size - gone, &copy->table, sizeof(copy->table));
	copy->header.count--;
	copy->header.size -= (uint32_t)gone;
	copy->header.table = copy->header.size;
	copy->header.checksum = pm_directory_checksum(&copy->header);
	assert_int_equal(pm_directory_check(copy, sizeof(b), &where), PM_DIRECTORY_OTHER_TABLE);
	assert_string_equal(where.field, "count");
	free(copy);
}

static void test_offsets(void **state)
{
	(void)state;
	b.entries[0].offset += 4096;
	fails(PM_DIRECTORY_BAD_OFFSET, "entry", 0, "offset");
	b.entries[1].offset = b.entries[0].offset;
	fails(PM_DIRECTORY_BAD_OFFSET, "entry", 1, "offset");
	b.entries[2].offset += 8;
	fails(PM_DIRECTORY_BAD_OFFSET, "entry", 2, "offset");
	b.entries[2].size = 0;
	fails(PM_DIRECTORY_BAD_OFFSET, "entry", 2, "size");
	b.entries[2].size = 4097;
	fails(PM_DIRECTORY_BAD_OFFSET, "entry", 3, "offset");
	b.entries[0].size = UINT64_MAX;
	fails(PM_DIRECTORY_BAD_OFFSET, "entry", 0, "size");
	b.header.total = 4000;
	fails(PM_DIRECTORY_BAD_OFFSET, "entry", 0, "offset");
}

static void test_entries_that_lie(void **state)
{
	(void)state;
	b.entries[RTOS_PROGRAM].load = 0x48000100;
	image_fails(RTOS_PROGRAM, PM_DIRECTORY_BAD_VALUE, "load", 0);
	b.entries[LINUX_KERNEL].load = 0x50400000; /* the table says where */
	image_fails(LINUX_KERNEL, PM_DIRECTORY_BAD_VALUE, "load", 0);
	b.entries[LINUX_KERNEL].span++;
	image_fails(LINUX_KERNEL, PM_DIRECTORY_BAD_VALUE, "span", 0);
	b.entries[LINUX_KERNEL].entry = 0x50200004;
	image_fails(LINUX_KERNEL, PM_DIRECTORY_BAD_VALUE, "entry", 0);
	b.entries[LINUX_INITRD].entry = 0x50200000;
	image_fails(LINUX_INITRD, PM_DIRECTORY_BAD_VALUE, "entry", 0);
	b.entries[RTOS_PROGRAM].format = PM_FORMAT_RAW;
	image_fails(RTOS_PROGRAM, PM_DIRECTORY_BAD_VALUE, "format", 0);
}

static void test_images_that_cannot_be_there(void **state)
{
	(void)state;
	b.entries[LINUX_INITRD].load = 0x48000000; /* somebody else's memory */
	image_fails(LINUX_INITRD, PM_DIRECTORY_BAD_IMAGE, "offset", PM_IMAGE_OUTSIDE);
	b.entries[LINUX_INITRD].load = 0;
	image_fails(LINUX_INITRD, PM_DIRECTORY_BAD_IMAGE, "offset", PM_IMAGE_UNPLACED);
	b.entries[LINUX_INITRD].load = UINT64_MAX;
	image_fails(LINUX_INITRD, PM_DIRECTORY_BAD_IMAGE, "offset", PM_IMAGE_OUTSIDE);
	put16(good_file(&b, RTOS_PROGRAM) + 18, IPC_ELF_RISCV);
	good_boot_sum(&b);
	image_fails(RTOS_PROGRAM, PM_DIRECTORY_BAD_IMAGE, "offset", PM_IMAGE_MACHINE);
}

static void test_images_in_one_place(void **state)
{
	(void)state;
	b.entries[LINUX_INITRD].load = 0x502fffff; /* the last byte of the kernel's bss */
	image_fails(LINUX_INITRD, PM_DIRECTORY_OVERLAP, "load", 0);
	b.entries[LINUX_INITRD].load = 0x57ffff9d;
	image_fails(LINUX_DTB, PM_DIRECTORY_OVERLAP, "load", 0);
	b.entries[LINUX_INITRD].load = 0x57ffff9c;
	b.header.checksum = pm_directory_checksum(&b.header);
	assert_int_equal(pm_directory_check_image(&b.header, LINUX_DTB, NULL, NULL, NULL),
			 PM_DIRECTORY_OK);
}

/* Any byte of header, entries and ELF header forged, sums made good: taken or not, no more. */
static void test_forgery(void **state)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	struct good_boot *copy = (struct good_boot *)exact(&b, total);
	unsigned char *bytes = (unsigned char *)copy;
	const size_t elf = b.entries[RTOS_PROGRAM].offset;

	(void)state;
	for (size_t at = 16; at < elf + 120; at = at + 1 == b.header.size ? elf : at + 1) {
		for (size_t k = 0; k < sizeof(values); k++) {
			bytes[at] = values[k];
			if (copy->header.size != b.header.size)
				continue;
			copy->header.checksum = pm_directory_checksum(&copy->header);
			if (pm_directory_check(copy, total, NULL))
				continue;
			for (uint32_t i = 0; i < N_IMAGES; i++) {
				copy->entries[i].checksum =
					pm_crc32(0, good_file(copy, i), copy->entries[i].size);
				pm_directory_check_image(&copy->header, i, NULL, NULL, NULL);
			}
		}
		bytes[at] = ((const unsigned char *)&b)[at];
	}
	free(copy);
}

static void test_texts(void **state)
{
	(void)state;
	for (int error = PM_DIRECTORY_OK; error >= PM_DIRECTORY_OVERLAP; error--)
		assert_non_null(pm_directory_strerror(error));
	assert_string_equal(pm_directory_strerror(1), "unknown error");
	assert_string_equal(pm_directory_strerror(PM_DIRECTORY_OVERLAP - 1), "unknown error");
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_good_one),
		TEST(test_truncation),
		TEST(test_misaligned),
		TEST(test_corruption),
		TEST(test_header),
		TEST(test_the_table),
		TEST(test_count),
		TEST(test_offsets),
		TEST(test_entries_that_lie),
		TEST(test_images_that_cannot_be_there),
		TEST(test_images_in_one_place),
		TEST(test_forgery),
		TEST(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
