/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The split virtqueue in shared memory (virtio 1.2, section 2.7), little endian, with the alignment
 * of the used ring free as in the legacy layout that remoteproc uses.
 *
 *	offset 0                     desc[num]    16 bytes each
 *	       16 * num              avail        flags, idx, ring[num], used_event
 *	       aligned up to `align` used         flags, idx, ring[num] of 8 bytes, avail_event
 */
#ifndef IPC_ABI_VRING_H
#define IPC_ABI_VRING_H

#include <stddef.h>
#include <stdint.h>

struct ipc_vring_desc {
	uint64_t addr; /* of the buffer, as the driver (host) sees it */
	uint32_t len;  /* bytes */
	uint16_t flags;
	uint16_t next; /* with IPC_VRING_DESC_NEXT */
};

#define IPC_VRING_DESC_NEXT	1
#define IPC_VRING_DESC_WRITE	2 /* the device writes */
#define IPC_VRING_DESC_INDIRECT 4 /* not used by rpmsg */

struct ipc_vring_avail {
	uint16_t flags;
	uint16_t idx; /* free running */
	uint16_t ring[];
};

#define IPC_VRING_AVAIL_NO_INTERRUPT 1

struct ipc_vring_used_elem {
	uint32_t id;  /* of the first descriptor */
	uint32_t len; /* bytes written */
};

struct ipc_vring_used {
	uint16_t flags;
	uint16_t idx;
	struct ipc_vring_used_elem ring[];
};

#define IPC_VRING_USED_NO_NOTIFY 1

_Static_assert(sizeof(struct ipc_vring_desc) == 16, "descriptor");
_Static_assert(offsetof(struct ipc_vring_desc, next) == 14, "descriptor");
_Static_assert(offsetof(struct ipc_vring_avail, ring) == 4, "available ring");
_Static_assert(sizeof(struct ipc_vring_used_elem) == 8, "used element");
_Static_assert(offsetof(struct ipc_vring_used, ring) == 4, "used ring");

/* A ring has a power of two of descriptors, at most this many (virtio 1.2, section 2.7). */
#define IPC_VRING_NUM_MAX 32768u
/* What the used ring needs (virtio 1.2, section 2.7), and the largest page there is, which keeps
 * every sum below within 32 bits. */
#define IPC_VRING_ALIGN_MIN 4u
#define IPC_VRING_ALIGN_MAX 65536u
/* Of the ring itself: its descriptors. Drivers align the address of the used ring, not its offset,
 * so that a ring begins at a multiple of align, too, if both sides are to find the same. */
#define IPC_VRING_DESC_ALIGN 16u

/* Offsets and size in bytes; num and align are powers of two within the limits above. */
static inline uint32_t ipc_vring_avail_offset(uint32_t num)
{
	return 16 * num;
}

static inline uint32_t ipc_vring_used_offset(uint32_t num, uint32_t align)
{
	uint32_t end = ipc_vring_avail_offset(num) + 6 + 2 * num;

	return (end + align - 1) & ~(align - 1);
}

static inline uint32_t ipc_vring_size(uint32_t num, uint32_t align)
{
	return ipc_vring_used_offset(num, align) + 6 + 8 * num;
}

#endif
