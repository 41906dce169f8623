/*
 * Domain zephyr-ddr as its programs see it, made by sdtgen. Do not edit.
 * Addresses and sizes are bytes, as the domain's CPUs see them.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#define PLATFORM_DOMAIN "zephyr-ddr"

/* --- CPUs --- */

#define PLATFORM_CPU0_ID 0x1 /* its reg: MPIDR affinity, hart or core number */
#define PLATFORM_CPUS 1

/* --- memory --- */

#define PLATFORM_MEMORY0_BASE 0x9900100
#define PLATFORM_MEMORY0_SIZE 0x5ef00 /* 388864 bytes */
#define PLATFORM_MEMORIES 1
#define PLATFORM_SRAMS 0

/* --- devices --- */

/* /ipc_shm@135000 */
#define DEV_IPC_SHM_135000_BASE 0x135000
#define DEV_IPC_SHM_135000_SIZE 0x15000

/* --- links --- */

/* to_ddr: remote of linux */
/* domains.yaml:74 */
#define LINK_TO_DDR_IS_HOST 0
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

#define PLATFORM_LINKS 1

#endif
