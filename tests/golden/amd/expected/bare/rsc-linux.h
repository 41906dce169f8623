/*
 * The resource table between the host linux and the remote bare, made by sdtgen.
 * Do not edit.
 */
#ifndef RSC_LINUX_H
#define RSC_LINUX_H

#define RSC_LINUX_SIZE 172 /* bytes of the table */
#define RSC_LINUX_VDEV0_NOTIFYID 31
#define RSC_LINUX_VDEV0_VRING0_DA 0x20201000 /* remote to host */
#define RSC_LINUX_VDEV0_VRING0_ALIGN 0x1000
#define RSC_LINUX_VDEV0_VRING0_NUM 32
#define RSC_LINUX_VDEV0_VRING0_NOTIFYID 0
#define RSC_LINUX_VDEV0_VRING1_DA 0x20203000 /* host to remote */
#define RSC_LINUX_VDEV0_VRING1_ALIGN 0x1000
#define RSC_LINUX_VDEV0_VRING1_NUM 32
#define RSC_LINUX_VDEV0_VRING1_NOTIFYID 1
#define RSC_LINUX_VDEV1_NOTIFYID 30
#define RSC_LINUX_VDEV1_VRING0_DA 0x20220000 /* remote to host */
#define RSC_LINUX_VDEV1_VRING0_ALIGN 0x1000
#define RSC_LINUX_VDEV1_VRING0_NUM 8
#define RSC_LINUX_VDEV1_VRING0_NOTIFYID 2
#define RSC_LINUX_VDEV1_VRING1_DA 0x20222000 /* host to remote */
#define RSC_LINUX_VDEV1_VRING1_ALIGN 0x1000
#define RSC_LINUX_VDEV1_VRING1_NUM 8
#define RSC_LINUX_VDEV1_VRING1_NOTIFYID 3

#ifndef __ASSEMBLER__
#include <stdint.h>

/* The layout of remoteproc's resource table, version 1: little endian, packed. */
struct rsc_linux_vring {
	uint32_t da;       /* of the ring, as the remote sees it */
	uint32_t align;    /* of the used ring, bytes */
	uint32_t num;      /* descriptors */
	uint32_t notifyid;
	uint32_t reserved; /* the host writes the physical address */
};

struct rsc_linux {
	uint32_t ver, num, reserved[2];
	uint32_t offset[2];
	struct {
		uint32_t type, id, notifyid, dfeatures, gfeatures, config_len;
		uint8_t status, num_of_vrings, reserved[2];
		struct rsc_linux_vring vring[2];
		uint8_t config_version, config_size[2];
		uint8_t txbuf_size[4], rxbuf_size[4]; /* of the remote */
		uint8_t padding;
	} vdev0;
	struct {
		uint32_t type, id, notifyid, dfeatures, gfeatures, config_len;
		uint8_t status, num_of_vrings, reserved[2];
		struct rsc_linux_vring vring[2];
	} vdev1;
} __attribute__((packed, aligned(8)));

extern struct rsc_linux rsc_linux;
#endif

#endif
