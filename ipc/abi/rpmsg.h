/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What stands in the buffers of an rpmsg link: message header, name service, feature bits and
 * configuration space. Formats only, little endian, for every side: sdtgen, host, remote.
 *
 * Sources: Linux drivers/rpmsg/virtio_rpmsg_bus.c and include/linux/rpmsg/ns.h (6.1), OpenAMP
 * rpmsg_internal.h. The virtio specification names the device (id 7) and leaves the rest to them.
 */
#ifndef IPC_ABI_RPMSG_H
#define IPC_ABI_RPMSG_H

#include <stddef.h>
#include <stdint.h>

#define IPC_VIRTIO_ID_RPMSG 7

/* In front of every payload. A receiver may scribble on reserved: written 0, never read. */
struct ipc_rpmsg_header {
	uint32_t src; /* sender's endpoint address */
	uint32_t dst; /* receiver's endpoint address */
	uint32_t reserved;
	uint16_t len;	/* bytes of payload */
	uint16_t flags; /* 0 */
};

_Static_assert(sizeof(struct ipc_rpmsg_header) == 16, "rpmsg header");
_Static_assert(offsetof(struct ipc_rpmsg_header, len) == 12, "rpmsg header");

#define IPC_RPMSG_ADDR_NS      53		    /* the name service's endpoint */
#define IPC_RPMSG_ADDR_DYNAMIC 1024		    /* the first that may be given out */
#define IPC_RPMSG_ADDR_ANY     UINT32_C(0xffffffff) /* not bound yet */
#define IPC_RPMSG_NAME_SIZE    32		    /* bytes; need not end with NUL */
#define IPC_RPMSG_BUFFER_SIZE  512 /* where nothing else was agreed, header included */
#define IPC_RPMSG_BUFFERS_MAX  512 /* of both directions together, that Linux ever allocates */

/* Payload of a message to IPC_RPMSG_ADDR_NS; one of another length is no announcement. */
struct ipc_rpmsg_ns {
	char name[IPC_RPMSG_NAME_SIZE];
	uint32_t addr;	/* of the endpoint announced */
	uint32_t flags; /* IPC_RPMSG_NS_CREATE or IPC_RPMSG_NS_DESTROY */
};

_Static_assert(sizeof(struct ipc_rpmsg_ns) == 40, "name service message");

#define IPC_RPMSG_NS_CREATE  0
#define IPC_RPMSG_NS_DESTROY 1

/* Bits of dfeatures and gfeatures. Linux, OpenAMP and NuttX use 0..3 and 24..29, NuttX 1 and 2 with
 * other meanings than Linux: bit 1 alone proves nothing. */
#define IPC_RPMSG_F_NS	       0 /* name service */
#define IPC_RPMSG_F_BUFSZ      1 /* struct ipc_rpmsg_config is there, if its version and size say so */
#define IPC_VIRTIO_F_EVENT_IDX 29

/*
 * Configuration space of a device with F_BUFSZ, packed. Directions are the remote's: it sends in
 * buffers of txbuf_size bytes. Valid if at least IPC_RPMSG_CONFIG_SIZE bytes long and version is
 * IPC_RPMSG_CONFIG_VERSION; else buffers have IPC_RPMSG_BUFFER_SIZE.
 */
#define IPC_RPMSG_CONFIG_VERSION 1
#define IPC_RPMSG_CONFIG_SIZE	 11

struct ipc_rpmsg_config {
	uint8_t version;
	uint16_t size; /* of the whole, in bytes */
	uint32_t txbuf_size, rxbuf_size;
} __attribute__((packed));

_Static_assert(sizeof(struct ipc_rpmsg_config) == IPC_RPMSG_CONFIG_SIZE, "configuration space");

#endif
