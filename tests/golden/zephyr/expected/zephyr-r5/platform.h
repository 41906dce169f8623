/*
 * Domain zephyr-r5 as its programs see it, made by sdtgen. Do not edit.
 * Addresses and sizes are bytes, as the domain's CPUs see them.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#define PLATFORM_DOMAIN "zephyr-r5"

/* --- CPUs --- */

#define PLATFORM_CPU0_ID 0x0 /* its reg: MPIDR affinity, hart or core number */
#define PLATFORM_CPUS 1

/* --- memory --- */

#define PLATFORM_SRAM0_BASE 0x0
#define PLATFORM_SRAM0_SIZE 0x10000 /* 64 KiB */
#define PLATFORM_SRAM1_BASE 0x20000
#define PLATFORM_SRAM1_SIZE 0x10000 /* 64 KiB */
#define PLATFORM_MEMORIES 0
#define PLATFORM_SRAMS 2

/* --- devices --- */

/* /axi/tcm@0 */
#define DEV_R5_ATCM_BASE 0x0
#define DEV_R5_ATCM_SIZE 0x10000
/* /axi/tcm@20000 */
#define DEV_R5_BTCM_BASE 0x20000
#define DEV_R5_BTCM_SIZE 0x10000

/* --- links --- */

/* to_r5: remote of linux */
/* domains.yaml:72 */
#define LINK_TO_R5_IS_HOST 0
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

#define PLATFORM_LINKS 1

#endif
