/* SPDX-License-Identifier: BSD-3-Clause */
/* The validator of resource tables: good ones, and every error with its place. */
#include "ipc/abi/resource_table.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "ipc/abi/vring.h"
#include "tests/unit/abi_bytes.h"

/* Places in the good table: four entries, each of another type, and one of a vendor. */
enum {
	N = 5,
	CARVEOUT = 16 + 4 * N,
	TRACE = CARVEOUT + 56,
	VDEV = TRACE + 48,
	RING0 = VDEV + 28,
	RING1 = RING0 + 20,
	CONFIG = RING1 + 20,
	VENDOR = CONFIG + 11,
	DEVMEM = VENDOR + 8 + 3,
	SIZE = DEVMEM + 56,
};

static unsigned char table[SIZE + 64];

static void put_ring(unsigned at, uint32_t da, uint32_t align, uint32_t num, uint32_t notifyid)
{
	put32(table + at, da);
	put32(table + at + 4, align);
	put32(table + at + 8, num);
	put32(table + at + 12, notifyid);
}

static void put_memory(unsigned at, uint32_t type, uint32_t da, uint32_t len, const char *name)
{
	put32(table + at, type);
	put32(table + at + 4, da);
	put32(table + at + 8, da);
	put32(table + at + 12, len);
	memcpy(table + at + 24, name, strlen(name));
}

static int make_good(void **state)
{
	static const uint32_t offsets[N] = { CARVEOUT, TRACE, VDEV, VENDOR, DEVMEM };

	(void)state;
	memset(table, 0, sizeof(table));
	put32(table, 1);
	put32(table + 4, N);
	for (unsigned i = 0; i < N; i++)
		put32(table + 16 + 4 * i, offsets[i]);
	put_memory(CARVEOUT, IPC_RSC_CARVEOUT, 0x3ed00000, 0x40000, "text");
	put32(table + TRACE, IPC_RSC_TRACE);
	put32(table + TRACE + 4, 0x3ed38000);
	put32(table + TRACE + 8, 0x1000);
	memcpy(table + TRACE + 16, "log", 3);
	put32(table + VDEV, IPC_RSC_VDEV);
	put32(table + VDEV + 4, 7);
	put32(table + VDEV + 8, 31);
	put32(table + VDEV + 12, 3);
	put32(table + VDEV + 20, 11);
	table[VDEV + 25] = 2;
	put_ring(RING0, 0x3ed40000, 0x1000, 256, 1);
	put_ring(RING1, 0x3ed44000, 0x1000, 256, 2);
	table[CONFIG] = 1;
	put16(table + CONFIG + 1, 11);
	put32(table + CONFIG + 3, 512);
	put32(table + CONFIG + 7, 1024);
	put32(table + VENDOR, 128);
	put32(table + VENDOR + 4, 3);
	memcpy(table + VENDOR + 8, "abc", 3);
	put_memory(DEVMEM, IPC_RSC_DEVMEM, 0xff000000, 0x1000000, "registers");
	return 0;
}

static int check(size_t size, struct ipc_rsc_place *where, uint32_t *used)
{
	unsigned char *copy = exact(table, size);
	int error = ipc_rsc_check(copy, size, where, used);

	free(copy);
	return error;
}

/* The table fails here; without a place to write to, it fails the same way. */
static void fails(int error, uint32_t offset, const char *field)
{
	struct ipc_rsc_place where = { 0 };

	assert_int_equal(check(SIZE, &where, NULL), error);
	assert_string_equal(where.field, field);
	assert_int_equal(where.offset, offset);
	assert_int_equal(check(SIZE, NULL, NULL), error);
}

static void passes(void)
{
	assert_int_equal(check(SIZE, NULL, NULL), IPC_RSC_OK);
}

static void test_a_good_table_reads_back(void **state)
{
	uint32_t type, used = 0;
	struct ipc_rsc_vdev vdev;
	struct ipc_rsc_vring ring;
	struct ipc_rsc_memory devmem;
	struct ipc_rsc_trace trace;

	(void)state;
	assert_int_equal(check(SIZE + 64, NULL, &used), IPC_RSC_OK);
	assert_int_equal(used, SIZE);
	assert_int_equal(ipc_rsc_get_header(table).num, N);
	assert_int_equal(ipc_rsc_entry(table, 2, &type), VDEV);
	assert_int_equal(type, IPC_RSC_VDEV);
	vdev = ipc_rsc_get_vdev(table, VDEV);
	assert_int_equal(vdev.id, 7);
	assert_int_equal(vdev.notifyid, 31);
	assert_int_equal(vdev.dfeatures, 3);
	assert_int_equal(vdev.config_len, 11);
	assert_int_equal(vdev.num_of_vrings, 2);
	ring = ipc_rsc_get_vring(table, VDEV, 1);
	assert_int_equal(ring.da, 0x3ed44000);
	assert_int_equal(ring.num, 256);
	assert_int_equal(ring.notifyid, 2);
	assert_int_equal(ipc_rsc_config_offset(table, VDEV), CONFIG);
	trace = ipc_rsc_get_trace(table, TRACE);
	assert_int_equal(trace.len, 0x1000);
	assert_string_equal((const char *)trace.name, "log");
	devmem = ipc_rsc_get_memory(table, DEVMEM);
	assert_int_equal(devmem.type, IPC_RSC_DEVMEM);
	assert_int_equal(devmem.len, 0x1000000);
	assert_string_equal((const char *)devmem.name, "registers");
	assert_int_equal(ipc_rsc_get_vendor(table, VENDOR).len, 3);
}

static void test_an_empty_table_is_one(void **state)
{
	uint32_t used = 0;

	(void)state;
	put32(table + 4, 0);
	assert_int_equal(check(16, NULL, &used), IPC_RSC_OK);
	assert_int_equal(used, 16);
}

/* Every prefix fails, and reads nothing beyond its end. */
static void test_truncation(void **state)
{
	(void)state;
	for (size_t size = 0; size < SIZE; size++) {
		struct ipc_rsc_place where = { 0 };
		int error = check(size, &where, NULL);

		assert_int_equal(error, IPC_RSC_TRUNCATED);
		assert_non_null(where.field);
		assert_true(where.offset <= size);
	}
}

/* Any byte changed to anything: passes or fails, and what passes can be walked. */
static void walk(const unsigned char *copy)
{
	uint32_t n = ipc_rsc_get_header(copy).num;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t type, at = ipc_rsc_entry(copy, i, &type);

		if (type == IPC_RSC_VDEV && ipc_rsc_get_vdev(copy, at).num_of_vrings > 1)
			ipc_rsc_get_vring(copy, at, 1);
		else if (type == IPC_RSC_TRACE)
			ipc_rsc_get_trace(copy, at);
		else if (type == IPC_RSC_CARVEOUT || type == IPC_RSC_DEVMEM)
			ipc_rsc_get_memory(copy, at);
	}
}

static void test_corruption(void **state)
{
	unsigned char *copy = exact(table, SIZE);

	(void)state;
	for (size_t at = 0; at < SIZE; at++) {
		for (unsigned v = 0; v < 256; v++) {
			copy[at] = (unsigned char)v;
			if (ipc_rsc_check(copy, SIZE, NULL, NULL) == IPC_RSC_OK)
				walk(copy);
		}
		copy[at] = table[at];
	}
	free(copy);
}

static void test_truncated(void **state)
{
	(void)state;
	put32(table + 16 + 4 * 4, SIZE - 3);
	fails(IPC_RSC_TRUNCATED, SIZE - 3, "type");
	put32(table + 16 + 4 * 4, SIZE + 1);
	fails(IPC_RSC_TRUNCATED, SIZE + 1, "type");
	put32(table + 16 + 4 * 4, UINT32_MAX);
	fails(IPC_RSC_TRUNCATED, UINT32_MAX, "type");
	put32(table + 16 + 4 * 4, DEVMEM + 4);
	put32(table + DEVMEM + 4, IPC_RSC_DEVMEM);
	fails(IPC_RSC_TRUNCATED, DEVMEM + 4, "entry");
	make_good(NULL);
	put32(table + VENDOR + 4, UINT32_MAX);
	fails(IPC_RSC_TRUNCATED, VENDOR + 4, "len");
	make_good(NULL);
	put32(table + VDEV + 20, UINT32_MAX);
	fails(IPC_RSC_TRUNCATED, VDEV + 20, "config_len");
	put32(table + VDEV + 20, SIZE - CONFIG + 1);
	fails(IPC_RSC_TRUNCATED, VDEV + 20, "config_len");
}

static void test_rings_beyond_the_table(void **state)
{
	const uint32_t at = SIZE - 28 - 20;

	(void)state;
	put32(table + 4, 1);
	put32(table + 16, at);
	memset(table + at, 0, 48);
	put32(table + at, IPC_RSC_VDEV);
	table[at + 25] = 2;
	fails(IPC_RSC_TRUNCATED, at + 25, "num_of_vrings");
}

static void test_header(void **state)
{
	(void)state;
	put32(table, 2);
	fails(IPC_RSC_BAD_VERSION, 0, "ver");
	put32(table, 0);
	fails(IPC_RSC_BAD_VERSION, 0, "ver");
	put32(table, 1);
	put32(table + 4, 257);
	fails(IPC_RSC_TOO_MANY, 4, "num");
	put32(table + 4, UINT32_MAX);
	fails(IPC_RSC_TOO_MANY, 4, "num");
	put32(table + 4, 256);
	fails(IPC_RSC_TRUNCATED, 16, "offset");
	put32(table + 4, N);
	table[15] = 1;
	fails(IPC_RSC_BAD_RESERVED, 8, "reserved");
}

static void test_offsets(void **state)
{
	(void)state;
	put32(table + 16, 16 + 4 * N - 1);
	fails(IPC_RSC_BAD_OFFSET, 16, "offset");
	put32(table + 16, 0);
	fails(IPC_RSC_BAD_OFFSET, 16, "offset");
	put32(table + 16, CARVEOUT);
	/* twice the same, and one that begins inside another */
	put32(table + 16 + 4, CARVEOUT);
	fails(IPC_RSC_BAD_OFFSET, 16 + 4, "offset");
	put32(table + 16 + 4, TRACE);
	put32(table + VENDOR + 4, 4);
	fails(IPC_RSC_BAD_OFFSET, 16 + 4 * 4, "offset");
	put32(table + VENDOR + 4, 2);
	passes(); /* a gap */
}

static void test_entries_in_any_order(void **state)
{
	(void)state;
	put32(table + 16, DEVMEM);
	put32(table + 16 + 4 * 4, CARVEOUT);
	passes();
}

static void test_types(void **state)
{
	static const uint32_t none[] = { 4, 5, 127, 513, UINT32_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		put32(table + VENDOR, none[i]);
		fails(IPC_RSC_BAD_TYPE, VENDOR, "type");
	}
	put32(table + VENDOR, 512);
	passes();
}

static void test_named_entries(void **state)
{
	(void)state;
	put32(table + CARVEOUT + 20, 1);
	fails(IPC_RSC_BAD_RESERVED, CARVEOUT + 20, "reserved");
	put32(table + CARVEOUT + 20, 0);
	put32(table + TRACE + 12, 1);
	fails(IPC_RSC_BAD_RESERVED, TRACE + 12, "reserved");
	put32(table + TRACE + 12, 0);
	memset(table + TRACE + 16, 'x', 32);
	fails(IPC_RSC_BAD_NAME, TRACE + 16, "name");
	table[TRACE + 16 + 31] = 0;
	passes();
	memset(table + DEVMEM + 24, 'x', 32);
	fails(IPC_RSC_BAD_NAME, DEVMEM + 24, "name");
	make_good(NULL);
	put32(table + DEVMEM + 12, 0x1000001);
	fails(IPC_RSC_BAD_RANGE, DEVMEM + 12, "len");
	put32(table + DEVMEM + 4, IPC_RSC_ADDR_ANY);
	passes();
	put32(table + TRACE + 8, UINT32_MAX);
	fails(IPC_RSC_BAD_RANGE, TRACE + 8, "len");
}

static void test_vdev(void **state)
{
	(void)state;
	table[VDEV + 27] = 1;
	fails(IPC_RSC_BAD_RESERVED, VDEV + 26, "reserved");
	table[VDEV + 27] = 0;
	table[VDEV + 25] = 3;
	fails(IPC_RSC_BAD_RINGS, VDEV + 25, "num_of_vrings");
	table[VDEV + 25] = 255;
	fails(IPC_RSC_BAD_RINGS, VDEV + 25, "num_of_vrings");
	table[VDEV + 25] = 1;
	fails(IPC_RSC_BAD_RINGS, VDEV + 25, "num_of_vrings");
	put32(table + VDEV + 4, 3);
	passes(); /* a console may have one; its other ring is configuration space then, or a gap */
	table[VDEV + 25] = 0;
	passes();
}

static void test_ring_numbers(void **state)
{
	static const uint32_t bad[] = { 0, 3, 255, 65536, UINT32_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		put_ring(RING1, 0x3ed44000, 0x1000, bad[i], 2);
		fails(IPC_RSC_BAD_NUM, RING1 + 8, "num");
	}
	put_ring(RING1, 0x10000000, 0x10000, 32768, 2);
	passes();
}

static void test_ring_alignments(void **state)
{
	static const uint32_t bad[] = { 0, 1, 2, 3, 0x1001, 0x20000, UINT32_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		put_ring(RING0, 0x10000000, bad[i], 256, 1);
		fails(IPC_RSC_BAD_ALIGN, RING0 + 4, "align");
	}
	put_ring(RING0, 0x10000000, 4, 256, 1);
	passes();
	put_ring(RING0, 0x10000008, 4, 256, 1); /* descriptors need 16 */
	fails(IPC_RSC_BAD_ALIGN, RING0, "da");
	put_ring(RING0, 0x10000800, 0x1000, 256, 1);
	fails(IPC_RSC_BAD_ALIGN, RING0, "da");
	put_ring(RING0, IPC_RSC_ADDR_ANY, 0x1000, 256, 1);
	passes();
}

static void test_ring_ranges(void **state)
{
	(void)state;
	put_ring(RING1, 0xfffff000, 0x1000, 256, 2);
	fails(IPC_RSC_BAD_RANGE, RING1, "da");
	put_ring(RING1, 0x3ed41000, 0x1000, 256, 2); /* inside ring 0 */
	fails(IPC_RSC_OVERLAP, RING1, "da");
	put_ring(RING1, 0x3ed40000, 0x1000, 256, 2);
	fails(IPC_RSC_OVERLAP, RING1, "da");
	put_ring(RING1, 0x3ed3e000, 0x1000, 256, 2); /* ends inside it: 10246 bytes */
	fails(IPC_RSC_OVERLAP, RING1, "da");
	put_ring(RING1, 0x3ed3d000, 0x1000, 256, 2);
	passes();
	put_ring(RING0, IPC_RSC_ADDR_ANY, 0x1000, 256, 1);
	put_ring(RING1, IPC_RSC_ADDR_ANY, 0x1000, 256, 2);
	passes();
}

static void test_ring_layout(void **state)
{
	(void)state;
	assert_int_equal(ipc_vring_used_offset(256, 4096), 8192);
	assert_int_equal(ipc_vring_size(256, 4096), 8192 + 6 + 2048);
	assert_int_equal(ipc_vring_used_offset(1, 4), 24);
	assert_int_equal(ipc_vring_size(IPC_VRING_NUM_MAX, IPC_VRING_ALIGN_MAX), 917510);
}

static void test_texts(void **state)
{
	(void)state;
	for (int error = 0; error >= IPC_RSC_OVERLAP; error--) {
		assert_non_null(ipc_rsc_strerror(error));
		assert_string_not_equal(ipc_rsc_strerror(error), "unknown error");
	}
	assert_string_equal(ipc_rsc_strerror(1), "unknown error");
	assert_string_equal(ipc_rsc_strerror(IPC_RSC_OVERLAP - 1), "unknown error");
	assert_string_equal(ipc_rsc_strerror(INT32_MIN), "unknown error");
}

#define TEST(f) cmocka_unit_test_setup(f, make_good)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_good_table_reads_back),
		TEST(test_an_empty_table_is_one),
		TEST(test_truncation),
		TEST(test_corruption),
		TEST(test_truncated),
		TEST(test_rings_beyond_the_table),
		TEST(test_header),
		TEST(test_offsets),
		TEST(test_entries_in_any_order),
		TEST(test_types),
		TEST(test_named_entries),
		TEST(test_vdev),
		TEST(test_ring_numbers),
		TEST(test_ring_alignments),
		TEST(test_ring_ranges),
		TEST(test_ring_layout),
		TEST(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
