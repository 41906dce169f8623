/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The resource table of remoteproc, version 1: what a remote's program tells (or is told) of the
 * memory and the virtio devices it shares with its host. Packed, little endian; in an ELF file the
 * section .resource_table.
 *
 *	struct ipc_rsc_header | uint32_t offset[num] | entries, each at one of the offsets
 *
 * Offsets count from the start of the table; each entry begins with its type.
 * Sources: Linux include/linux/remoteproc.h (6.1), OpenAMP remoteproc.h.
 *
 * The second half is the validator that host tools, the manager and remotes share: no heap, no
 * libc, trusts nothing. Tables may lie at any address, aligned or not. It reads words more than
 * once: a table that somebody else can still write is copied first, and the copy is checked.
 */
#ifndef IPC_ABI_RESOURCE_TABLE_H
#define IPC_ABI_RESOURCE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IPC_RSC_VERSION 1
#define IPC_RSC_SECTION ".resource_table"

struct ipc_rsc_header {
	uint32_t ver; /* IPC_RSC_VERSION; written last where a table is published in place */
	uint32_t num; /* entries */
	uint32_t reserved[2];
};

enum ipc_rsc_type {
	IPC_RSC_CARVEOUT = 0,
	IPC_RSC_DEVMEM = 1,
	IPC_RSC_TRACE = 2,
	IPC_RSC_VDEV = 3,
	IPC_RSC_VENDOR_FIRST = 128,
	IPC_RSC_VENDOR_LAST = 512,
};

/* Device address of a thing whose place the host chooses and writes back. */
#define IPC_RSC_ADDR_ANY UINT32_C(0xffffffff)
/* Notify id that stands for all rings of the device. */
#define IPC_RSC_NOTIFY_ANY UINT32_C(0xffffffff)
#define IPC_RSC_NAME_SIZE  32

/* Memory that the remote needs; also devmem, registers mapped for the remote. */
struct ipc_rsc_memory {
	uint32_t type;	/* IPC_RSC_CARVEOUT or IPC_RSC_DEVMEM */
	uint32_t da;	/* as the remote sees it */
	uint32_t pa;	/* as the host sees it */
	uint32_t len;	/* bytes */
	uint32_t flags; /* of the IOMMU mapping */
	uint32_t reserved;
	uint8_t name[IPC_RSC_NAME_SIZE]; /* NUL terminated */
};

/* A buffer that the remote logs text to. */
struct ipc_rsc_trace {
	uint32_t type;
	uint32_t da;
	uint32_t len;
	uint32_t reserved;
	uint8_t name[IPC_RSC_NAME_SIZE];
};

/* A virtio device, followed by num_of_vrings struct ipc_rsc_vring and config_len bytes. */
struct ipc_rsc_vdev {
	uint32_t type;
	uint32_t id;	    /* of virtio: 7 is rpmsg */
	uint32_t notifyid;  /* neither 0 nor 1: Linux gives those to the rings */
	uint32_t dfeatures; /* what the device offers */
	uint32_t gfeatures; /* what the driver took, written by it */
	uint32_t config_len;
	uint8_t status; /* of virtio, written by the driver */
	uint8_t num_of_vrings;
	uint8_t reserved[2];
};

struct ipc_rsc_vring {
	uint32_t da;	/* a multiple of align and of 16, or IPC_RSC_ADDR_ANY */
	uint32_t align; /* of the used ring, a power of two */
	uint32_t num;	/* descriptors, a power of two */
	uint32_t notifyid;
	uint32_t pa; /* reserved in a file; Linux writes the physical address */
};

/* An entry of a vendor: len bytes of its own follow. */
struct ipc_rsc_vendor {
	uint32_t type;
	uint32_t len;
};

_Static_assert(sizeof(struct ipc_rsc_header) == 16, "resource table header");
_Static_assert(sizeof(struct ipc_rsc_memory) == 56, "carveout");
_Static_assert(offsetof(struct ipc_rsc_memory, name) == 24, "carveout");
_Static_assert(sizeof(struct ipc_rsc_trace) == 48, "trace");
_Static_assert(offsetof(struct ipc_rsc_trace, name) == 16, "trace");
_Static_assert(sizeof(struct ipc_rsc_vdev) == 28, "vdev");
_Static_assert(offsetof(struct ipc_rsc_vdev, status) == 24, "vdev");
_Static_assert(sizeof(struct ipc_rsc_vring) == 20, "vring");

/* --- reading a table that somebody else wrote --- */

/* More entries or rings than any program has; a limit, so that a check ends. */
#define IPC_RSC_ENTRIES_MAX 256u
#define IPC_RSC_VRINGS_MAX  2u /* rpmsg, and what Linux takes of any device */

enum ipc_rsc_error {
	IPC_RSC_OK = 0,
	IPC_RSC_TRUNCATED = -1,	   /* an entry or the header ends beyond the table */
	IPC_RSC_BAD_VERSION = -2,  /* ver is not 1 */
	IPC_RSC_BAD_RESERVED = -3, /* a reserved field is not 0 */
	IPC_RSC_TOO_MANY = -4,	   /* num beyond IPC_RSC_ENTRIES_MAX */
	IPC_RSC_BAD_OFFSET = -5,   /* an offset into the header, or of an entry inside another */
	IPC_RSC_BAD_TYPE = -6,
	IPC_RSC_BAD_NAME = -7,	 /* not NUL terminated */
	IPC_RSC_BAD_RINGS = -8,	 /* a device with more than two rings, or rpmsg without two */
	IPC_RSC_BAD_NUM = -9,	 /* descriptors: 0, no power of two, or more than virtio has */
	IPC_RSC_BAD_ALIGN = -10, /* no power of two, less or more than rings have; da without it */
	IPC_RSC_BAD_RANGE = -11, /* da + len beyond 32 bits */
	IPC_RSC_OVERLAP = -12,	 /* the two rings of a device in one place */
};

/* Where an error is: a byte offset from the start of the table, and the field's name. */
struct ipc_rsc_place {
	uint32_t offset;
	const char *field;
};

/* One text per code, without a capital and without a stop; unknown codes have one too. */
const char *ipc_rsc_strerror(int error);

/*
 * Checks the whole table of size bytes. 0, or a negative enum ipc_rsc_error and where (may be
 * NULL). *used, may be NULL: bytes up to the end of the last entry.
 */
int ipc_rsc_check(const void *table, size_t size, struct ipc_rsc_place *where, uint32_t *used);

/* The n-th entry of a table that ipc_rsc_check took: its offset, its type in *type. */
uint32_t ipc_rsc_entry(const void *table, uint32_t n, uint32_t *type);

/* Entries of such a table, copied out in the CPU's byte order; offset as ipc_rsc_entry gives it. */
struct ipc_rsc_header ipc_rsc_get_header(const void *table);
struct ipc_rsc_memory ipc_rsc_get_memory(const void *table, uint32_t offset);
struct ipc_rsc_trace ipc_rsc_get_trace(const void *table, uint32_t offset);
struct ipc_rsc_vdev ipc_rsc_get_vdev(const void *table, uint32_t offset);
struct ipc_rsc_vring ipc_rsc_get_vring(const void *table, uint32_t vdev_offset, uint32_t ring);
struct ipc_rsc_vendor ipc_rsc_get_vendor(const void *table, uint32_t offset);
/* Offset of the configuration space of a vdev. */
uint32_t ipc_rsc_config_offset(const void *table, uint32_t vdev_offset);

#endif
