/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The validator of resource tables. Structure only: what a table says of a particular machine
 * (does the memory exist, is it ours) is for the caller, who knows it.
 */
#include "ipc/abi/le.h"
#include "ipc/abi/resource_table.h"
#include "ipc/abi/rpmsg.h"
#include "ipc/abi/vring.h"

#define OFFSETS sizeof(struct ipc_rsc_header)		/* where the array of offsets begins */
#define VRINGS	((uint32_t)sizeof(struct ipc_rsc_vdev)) /* where the rings of a vdev begin */

static const char *const texts[] = {
	[-IPC_RSC_OK] = "no error",
	[-IPC_RSC_TRUNCATED] = "ends beyond the table",
	[-IPC_RSC_BAD_VERSION] = "the version is not 1",
	[-IPC_RSC_BAD_RESERVED] = "a reserved field is not 0",
	[-IPC_RSC_TOO_MANY] = "more entries than any program has",
	[-IPC_RSC_BAD_OFFSET] = "an entry lies in the header or in another entry",
	[-IPC_RSC_BAD_TYPE] = "no such type of entry",
	[-IPC_RSC_BAD_NAME] = "the name does not end with NUL",
	[-IPC_RSC_BAD_RINGS] = "a device has at most two rings, one for rpmsg exactly two",
	[-IPC_RSC_BAD_NUM] = "the number of descriptors is no power of two, or too large",
	[-IPC_RSC_BAD_ALIGN] =
		"the alignment is none that rings have, or the ring is not aligned so",
	[-IPC_RSC_BAD_RANGE] = "ends beyond 32 bits",
	[-IPC_RSC_OVERLAP] = "the two rings of the device overlap",
};

const char *ipc_rsc_strerror(int error)
{
	if (error > 0 || error < IPC_RSC_OVERLAP)
		return "unknown error";
	return texts[-error];
}

struct checker {
	const unsigned char *table;
	uint32_t size;
	struct ipc_rsc_place *where;
};

static int fail(const struct checker *c, int error, uint32_t offset, const char *field)
{
	if (c->where)
		*c->where = (struct ipc_rsc_place){ offset, field };
	return error;
}

/* Does [offset, offset + len) lie in the table? */
static bool fits(const struct checker *c, uint32_t offset, uint32_t len)
{
	return offset <= c->size && len <= c->size - offset;
}

static bool is_power_of_two(uint32_t n)
{
	return n && !(n & (n - 1));
}

static bool ends_with_nul(const unsigned char *name)
{
	for (unsigned i = 0; i < IPC_RSC_NAME_SIZE; i++)
		if (!name[i])
			return true;
	return false;
}

static bool range_fits(uint32_t da, uint32_t len)
{
	return da == IPC_RSC_ADDR_ANY || !len || da <= UINT32_MAX - (len - 1);
}

/* Carveouts, devmem and trace differ in where len and name stand. Sets the entry's length. */
static int check_named(const struct checker *c, uint32_t at, uint32_t size, uint32_t len_at,
		       uint32_t *len)
{
	uint32_t name_at = size - IPC_RSC_NAME_SIZE, reserved_at = name_at - 4;

	if (!fits(c, at, size))
		return fail(c, IPC_RSC_TRUNCATED, at, "entry");
	if (ipc_le32(c->table + at + reserved_at))
		return fail(c, IPC_RSC_BAD_RESERVED, at + reserved_at, "reserved");
	if (!ends_with_nul(c->table + at + name_at))
		return fail(c, IPC_RSC_BAD_NAME, at + name_at, "name");
	if (!range_fits(ipc_le32(c->table + at + 4), ipc_le32(c->table + at + len_at)))
		return fail(c, IPC_RSC_BAD_RANGE, at + len_at, "len");
	*len = size;
	return IPC_RSC_OK;
}

static bool is_aligned(uint32_t da, uint32_t align)
{
	return da == IPC_RSC_ADDR_ANY || !(da & ((align - 1) | (IPC_VRING_DESC_ALIGN - 1)));
}

static int check_vring(const struct checker *c, uint32_t vdev, uint32_t i)
{
	uint32_t at = vdev + VRINGS + i * (uint32_t)sizeof(struct ipc_rsc_vring);
	struct ipc_rsc_vring ring = ipc_rsc_get_vring(c->table, vdev, i);

	if (!is_power_of_two(ring.align) || ring.align < IPC_VRING_ALIGN_MIN ||
	    ring.align > IPC_VRING_ALIGN_MAX)
		return fail(c, IPC_RSC_BAD_ALIGN, at + 4, "align");
	if (!is_power_of_two(ring.num) || ring.num > IPC_VRING_NUM_MAX)
		return fail(c, IPC_RSC_BAD_NUM, at + 8, "num");
	if (!is_aligned(ring.da, ring.align))
		return fail(c, IPC_RSC_BAD_ALIGN, at, "da");
	if (!range_fits(ring.da, ipc_vring_size(ring.num, ring.align)))
		return fail(c, IPC_RSC_BAD_RANGE, at, "da");
	return IPC_RSC_OK;
}

/* Each ring by itself, then both. */
static int check_vrings(const struct checker *c, uint32_t vdev, uint32_t n)
{
	struct ipc_rsc_vring a, b;

	for (uint32_t i = 0; i < n; i++) {
		int error = check_vring(c, vdev, i);

		if (error)
			return error;
	}
	if (n < 2)
		return IPC_RSC_OK;
	a = ipc_rsc_get_vring(c->table, vdev, 0);
	b = ipc_rsc_get_vring(c->table, vdev, 1);
	if (a.da == IPC_RSC_ADDR_ANY || b.da == IPC_RSC_ADDR_ANY)
		return IPC_RSC_OK;
	if (a.da <= b.da ? b.da - a.da < ipc_vring_size(a.num, a.align)
			 : a.da - b.da < ipc_vring_size(b.num, b.align))
		return fail(c, IPC_RSC_OVERLAP,
			    vdev + VRINGS + (uint32_t)sizeof(struct ipc_rsc_vring), "da");
	return IPC_RSC_OK;
}

static int check_vdev(const struct checker *c, uint32_t at, uint32_t *len)
{
	const uint32_t rings_at = at + offsetof(struct ipc_rsc_vdev, num_of_vrings);
	struct ipc_rsc_vdev vdev;

	if (!fits(c, at, VRINGS))
		return fail(c, IPC_RSC_TRUNCATED, at, "entry");
	vdev = ipc_rsc_get_vdev(c->table, at);
	if (vdev.reserved[0] || vdev.reserved[1])
		return fail(c, IPC_RSC_BAD_RESERVED, at + offsetof(struct ipc_rsc_vdev, reserved),
			    "reserved");
	if (vdev.num_of_vrings > IPC_RSC_VRINGS_MAX ||
	    (vdev.id == IPC_VIRTIO_ID_RPMSG && vdev.num_of_vrings != 2))
		return fail(c, IPC_RSC_BAD_RINGS, rings_at, "num_of_vrings");
	*len = VRINGS + vdev.num_of_vrings * (uint32_t)sizeof(struct ipc_rsc_vring);
	if (!fits(c, at, *len))
		return fail(c, IPC_RSC_TRUNCATED, rings_at, "num_of_vrings");
	if (vdev.config_len > c->size - at - *len)
		return fail(c, IPC_RSC_TRUNCATED, at + offsetof(struct ipc_rsc_vdev, config_len),
			    "config_len");
	*len += vdev.config_len;
	return check_vrings(c, at, vdev.num_of_vrings);
}

static int check_vendor(const struct checker *c, uint32_t at, uint32_t *len)
{
	uint32_t head = sizeof(struct ipc_rsc_vendor), body;

	if (!fits(c, at, head))
		return fail(c, IPC_RSC_TRUNCATED, at, "entry");
	body = ipc_le32(c->table + at + 4);
	if (body > c->size - at - head)
		return fail(c, IPC_RSC_TRUNCATED, at + 4, "len");
	*len = head + body;
	return IPC_RSC_OK;
}

static int check_entry(const struct checker *c, uint32_t at, uint32_t *len)
{
	uint32_t type;

	if (!fits(c, at, 4))
		return fail(c, IPC_RSC_TRUNCATED, at, "type");
	type = ipc_le32(c->table + at);
	switch (type) {
	case IPC_RSC_CARVEOUT:
	case IPC_RSC_DEVMEM:
		return check_named(c, at, sizeof(struct ipc_rsc_memory),
				   offsetof(struct ipc_rsc_memory, len), len);
	case IPC_RSC_TRACE:
		return check_named(c, at, sizeof(struct ipc_rsc_trace),
				   offsetof(struct ipc_rsc_trace, len), len);
	case IPC_RSC_VDEV:
		return check_vdev(c, at, len);
	default:
		if (type >= IPC_RSC_VENDOR_FIRST && type <= IPC_RSC_VENDOR_LAST)
			return check_vendor(c, at, len);
		return fail(c, IPC_RSC_BAD_TYPE, at, "type");
	}
}

/* Length of an entry that has been checked. */
static uint32_t entry_len(const struct checker *c, uint32_t at)
{
	struct ipc_rsc_vdev vdev;

	switch (ipc_le32(c->table + at)) {
	case IPC_RSC_CARVEOUT:
	case IPC_RSC_DEVMEM:
		return sizeof(struct ipc_rsc_memory);
	case IPC_RSC_TRACE:
		return sizeof(struct ipc_rsc_trace);
	case IPC_RSC_VDEV:
		vdev = ipc_rsc_get_vdev(c->table, at);
		return VRINGS + vdev.num_of_vrings * (uint32_t)sizeof(struct ipc_rsc_vring) +
		       vdev.config_len;
	default:
		return (uint32_t)sizeof(struct ipc_rsc_vendor) + ipc_le32(c->table + at + 4);
	}
}

/* Entries may come in any order, with gaps, but not on top of one another. */
static int check_apart(const struct checker *c, uint32_t n, uint32_t at, uint32_t len)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t other = ipc_le32(c->table + OFFSETS + 4 * i);
		uint32_t other_len = entry_len(c, other);

		if (at < other + other_len && other < at + len)
			return fail(c, IPC_RSC_BAD_OFFSET, (uint32_t)OFFSETS + 4 * n, "offset");
	}
	return IPC_RSC_OK;
}

static int check_header(const struct checker *c, uint32_t *num)
{
	if (!fits(c, 0, OFFSETS))
		return fail(c, IPC_RSC_TRUNCATED, 0, "header");
	if (ipc_le32(c->table) != IPC_RSC_VERSION)
		return fail(c, IPC_RSC_BAD_VERSION, 0, "ver");
	*num = ipc_le32(c->table + 4);
	if (*num > IPC_RSC_ENTRIES_MAX)
		return fail(c, IPC_RSC_TOO_MANY, 4, "num");
	if (ipc_le64(c->table + 8))
		return fail(c, IPC_RSC_BAD_RESERVED, 8, "reserved");
	if (!fits(c, OFFSETS, 4 * *num))
		return fail(c, IPC_RSC_TRUNCATED, OFFSETS, "offset");
	return IPC_RSC_OK;
}

int ipc_rsc_check(const void *table, size_t size, struct ipc_rsc_place *where, uint32_t *used)
{
	const struct checker c = { table, size > UINT32_MAX ? UINT32_MAX : (uint32_t)size, where };
	uint32_t num, end;
	int error = check_header(&c, &num);

	if (error)
		return error;
	end = (uint32_t)OFFSETS + 4 * num;
	for (uint32_t i = 0; i < num; i++) {
		uint32_t at = ipc_le32(c.table + OFFSETS + 4 * i), len = 0;

		if (at < OFFSETS + 4 * num)
			return fail(&c, IPC_RSC_BAD_OFFSET, (uint32_t)OFFSETS + 4 * i, "offset");
		error = check_entry(&c, at, &len);
		if (!error)
			error = check_apart(&c, i, at, len);
		if (error)
			return error;
		end = at + len > end ? at + len : end;
	}
	if (used)
		*used = end;
	return IPC_RSC_OK;
}

/* --- reading --- */

static const unsigned char *bytes(const void *table, uint32_t offset)
{
	return (const unsigned char *)table + offset;
}

static void copy_name(uint8_t *to, const unsigned char *from)
{
	for (unsigned i = 0; i < IPC_RSC_NAME_SIZE; i++)
		to[i] = from[i];
}

uint32_t ipc_rsc_entry(const void *table, uint32_t n, uint32_t *type)
{
	uint32_t offset = ipc_le32(bytes(table, (uint32_t)OFFSETS + 4 * n));

	*type = ipc_le32(bytes(table, offset));
	return offset;
}

struct ipc_rsc_header ipc_rsc_get_header(const void *table)
{
	const unsigned char *b = table;

	return (struct ipc_rsc_header){ ipc_le32(b),
					ipc_le32(b + 4),
					{ ipc_le32(b + 8), ipc_le32(b + 12) } };
}

struct ipc_rsc_memory ipc_rsc_get_memory(const void *table, uint32_t offset)
{
	const unsigned char *b = bytes(table, offset);
	struct ipc_rsc_memory memory = {
		.type = ipc_le32(b),
		.da = ipc_le32(b + 4),
		.pa = ipc_le32(b + 8),
		.len = ipc_le32(b + 12),
		.flags = ipc_le32(b + 16),
		.reserved = ipc_le32(b + 20),
	};

	copy_name(memory.name, b + offsetof(struct ipc_rsc_memory, name));
	return memory;
}

struct ipc_rsc_trace ipc_rsc_get_trace(const void *table, uint32_t offset)
{
	const unsigned char *b = bytes(table, offset);
	struct ipc_rsc_trace trace = {
		.type = ipc_le32(b),
		.da = ipc_le32(b + 4),
		.len = ipc_le32(b + 8),
		.reserved = ipc_le32(b + 12),
	};

	copy_name(trace.name, b + offsetof(struct ipc_rsc_trace, name));
	return trace;
}

struct ipc_rsc_vdev ipc_rsc_get_vdev(const void *table, uint32_t offset)
{
	const unsigned char *b = bytes(table, offset);

	return (struct ipc_rsc_vdev){
		.type = ipc_le32(b),
		.id = ipc_le32(b + 4),
		.notifyid = ipc_le32(b + 8),
		.dfeatures = ipc_le32(b + 12),
		.gfeatures = ipc_le32(b + 16),
		.config_len = ipc_le32(b + 20),
		.status = b[24],
		.num_of_vrings = b[25],
		.reserved = { b[26], b[27] },
	};
}

struct ipc_rsc_vring ipc_rsc_get_vring(const void *table, uint32_t vdev_offset, uint32_t ring)
{
	const unsigned char *b =
		bytes(table, vdev_offset + (uint32_t)sizeof(struct ipc_rsc_vdev) +
				     ring * (uint32_t)sizeof(struct ipc_rsc_vring));

	return (struct ipc_rsc_vring){ ipc_le32(b), ipc_le32(b + 4), ipc_le32(b + 8),
				       ipc_le32(b + 12), ipc_le32(b + 16) };
}

struct ipc_rsc_vendor ipc_rsc_get_vendor(const void *table, uint32_t offset)
{
	const unsigned char *b = bytes(table, offset);

	return (struct ipc_rsc_vendor){ ipc_le32(b), ipc_le32(b + 4) };
}

uint32_t ipc_rsc_config_offset(const void *table, uint32_t vdev_offset)
{
	uint32_t rings = bytes(table, vdev_offset)[offsetof(struct ipc_rsc_vdev, num_of_vrings)];

	return vdev_offset + (uint32_t)sizeof(struct ipc_rsc_vdev) +
	       rings * (uint32_t)sizeof(struct ipc_rsc_vring);
}
