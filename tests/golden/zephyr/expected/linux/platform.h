/*
 * Domain linux as its programs see it, made by sdtgen. Do not edit.
 * Addresses and sizes are bytes, as the domain's CPUs see them.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#define PLATFORM_DOMAIN "linux"

/* --- CPUs --- */

#define PLATFORM_CPU0_ID 0x0 /* its reg: MPIDR affinity, hart or core number */
#define PLATFORM_CPUS 1

/* --- memory --- */

#define PLATFORM_MEMORY0_BASE 0x20000000
#define PLATFORM_MEMORY0_SIZE 0x10000000 /* 256 MiB */
#define PLATFORM_MEMORIES 1
#define PLATFORM_SRAMS 0

/* --- devices --- */


/* --- links --- */

/* to_r5: host of zephyr-r5 */
/* domains.yaml:72 */
#define LINK_TO_R5_IS_HOST 1
#define LINK_TO_R5_WINDOW_BASE 0x100000
#define LINK_TO_R5_WINDOW_SIZE 0x20000 /* 128 KiB */
#define LINK_TO_R5_TABLE_BASE 0x100000
#define LINK_TO_R5_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_TO_R5_VDEV 0 /* of the resource table */
#define LINK_TO_R5_VRING0_BASE 0x101000
#define LINK_TO_R5_VRING0_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_R5_VRING0_NUM 64 /* descriptors */
#define LINK_TO_R5_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_TO_R5_BUFFERS0 64 /* remote to host */
#define LINK_TO_R5_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_TO_R5_VRING1_BASE 0x103000
#define LINK_TO_R5_VRING1_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_R5_VRING1_NUM 64 /* descriptors */
#define LINK_TO_R5_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_TO_R5_BUFFERS1 64 /* host to remote */
#define LINK_TO_R5_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_TO_R5_ALIGN 0x1000 /* of the used rings */
#define LINK_TO_R5_POOL_BASE 0x105000
#define LINK_TO_R5_POOL_SIZE 0x10000 /* 64 KiB */
#define LINK_TO_R5_CACHEABLE 0 /* memory type of both ends */

/* to_r52: host of zephyr-r52 */
/* domains.yaml:73 */
#define LINK_TO_R52_IS_HOST 1
#define LINK_TO_R52_WINDOW_BASE 0x120000
#define LINK_TO_R52_WINDOW_SIZE 0x15000 /* 84 KiB */
#define LINK_TO_R52_TABLE_BASE 0x120000
#define LINK_TO_R52_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_TO_R52_VDEV 0 /* of the resource table */
#define LINK_TO_R52_VRING0_BASE 0x121000
#define LINK_TO_R52_VRING0_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_R52_VRING0_NUM 64 /* descriptors */
#define LINK_TO_R52_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_TO_R52_BUFFERS0 64 /* remote to host */
#define LINK_TO_R52_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_TO_R52_VRING1_BASE 0x123000
#define LINK_TO_R52_VRING1_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_R52_VRING1_NUM 64 /* descriptors */
#define LINK_TO_R52_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_TO_R52_BUFFERS1 64 /* host to remote */
#define LINK_TO_R52_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_TO_R52_ALIGN 0x1000 /* of the used rings */
#define LINK_TO_R52_POOL_BASE 0x125000
#define LINK_TO_R52_POOL_SIZE 0x10000 /* 64 KiB */
#define LINK_TO_R52_CACHEABLE 0 /* memory type of both ends */

/* to_ddr: host of zephyr-ddr */
/* domains.yaml:74 */
#define LINK_TO_DDR_IS_HOST 1
#define LINK_TO_DDR_WINDOW_BASE 0x135000
#define LINK_TO_DDR_WINDOW_SIZE 0x15000 /* 84 KiB */
#define LINK_TO_DDR_TABLE_BASE 0x135000
#define LINK_TO_DDR_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_TO_DDR_VDEV 0 /* of the resource table */
#define LINK_TO_DDR_VRING0_BASE 0x136000
#define LINK_TO_DDR_VRING0_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_DDR_VRING0_NUM 64 /* descriptors */
#define LINK_TO_DDR_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_TO_DDR_BUFFERS0 64 /* remote to host */
#define LINK_TO_DDR_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_TO_DDR_VRING1_BASE 0x138000
#define LINK_TO_DDR_VRING1_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_DDR_VRING1_NUM 64 /* descriptors */
#define LINK_TO_DDR_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_TO_DDR_BUFFERS1 64 /* host to remote */
#define LINK_TO_DDR_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_TO_DDR_ALIGN 0x1000 /* of the used rings */
#define LINK_TO_DDR_POOL_BASE 0x13a000
#define LINK_TO_DDR_POOL_SIZE 0x10000 /* 64 KiB */
#define LINK_TO_DDR_CACHEABLE 0 /* memory type of both ends */

#define PLATFORM_LINKS 3

#endif
