/*
 * Domain bare as its programs see it, made by sdtgen. Do not edit.
 * Addresses and sizes are bytes, as the domain's CPUs see them.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#define PLATFORM_DOMAIN "bare"

/* --- CPUs --- */

#define PLATFORM_CPU0_ID 0x1 /* its reg: MPIDR affinity, hart or core number */
#define PLATFORM_CPUS 1

/* --- memory --- */

#define PLATFORM_MEMORY0_BASE 0x60000000
#define PLATFORM_MEMORY0_SIZE 0x100000 /* 1 MiB */
#define PLATFORM_MEMORIES 1
#define PLATFORM_SRAMS 0

/* --- devices --- */


/* --- links --- */

/* control: host of rtos */
/* domains.yaml:44 */
#define LINK_CONTROL_IS_HOST 1
#define LINK_CONTROL_WINDOW_BASE 0x50120000
#define LINK_CONTROL_WINDOW_SIZE 0x8000 /* 32 KiB */
#define LINK_CONTROL_TABLE_BASE 0x50120000
#define LINK_CONTROL_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_CONTROL_VDEV 0 /* of the resource table */
#define LINK_CONTROL_VRING0_BASE 0x50121000
#define LINK_CONTROL_VRING0_SIZE 0x1046 /* 4166 bytes */
#define LINK_CONTROL_VRING0_NUM 8 /* descriptors */
#define LINK_CONTROL_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_CONTROL_BUFFERS0 8 /* remote to host */
#define LINK_CONTROL_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_CONTROL_VRING1_BASE 0x50123000
#define LINK_CONTROL_VRING1_SIZE 0x1046 /* 4166 bytes */
#define LINK_CONTROL_VRING1_NUM 8 /* descriptors */
#define LINK_CONTROL_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_CONTROL_BUFFERS1 8 /* host to remote */
#define LINK_CONTROL_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_CONTROL_ALIGN 0x1000 /* of the used rings */
#define LINK_CONTROL_POOL_BASE 0x50125000
#define LINK_CONTROL_POOL_SIZE 0x2000 /* 8 KiB */
#define LINK_CONTROL_CACHEABLE 0 /* memory type of both ends */

/* to_bare: remote of linux */
/* domains.yaml:45 */
#define LINK_TO_BARE_IS_HOST 0
#define LINK_TO_BARE_WINDOW_BASE 0x50128000
#define LINK_TO_BARE_WINDOW_SIZE 0x15000 /* 84 KiB */
#define LINK_TO_BARE_TABLE_BASE 0x50128000
#define LINK_TO_BARE_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_TO_BARE_VDEV 0 /* of the resource table */
#define LINK_TO_BARE_VRING0_BASE 0x50129000
#define LINK_TO_BARE_VRING0_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_BARE_VRING0_NUM 64 /* descriptors */
#define LINK_TO_BARE_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_TO_BARE_BUFFERS0 64 /* remote to host */
#define LINK_TO_BARE_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_TO_BARE_VRING1_BASE 0x5012b000
#define LINK_TO_BARE_VRING1_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_BARE_VRING1_NUM 64 /* descriptors */
#define LINK_TO_BARE_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_TO_BARE_BUFFERS1 64 /* host to remote */
#define LINK_TO_BARE_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_TO_BARE_ALIGN 0x1000 /* of the used rings */
#define LINK_TO_BARE_POOL_BASE 0x5012d000
#define LINK_TO_BARE_POOL_SIZE 0x10000 /* 64 KiB */
#define LINK_TO_BARE_CACHEABLE 0 /* memory type of both ends */

#define PLATFORM_LINKS 2

#endif
