/*
 * Domain zephyr-r52 as its programs see it, made by sdtgen. Do not edit.
 * Addresses and sizes are bytes, as the domain's CPUs see them.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#define PLATFORM_DOMAIN "zephyr-r52"

/* --- CPUs --- */

#define PLATFORM_CPU0_ID 0x0 /* its reg: MPIDR affinity, hart or core number */
#define PLATFORM_CPUS 1

/* --- memory --- */

#define PLATFORM_SRAM0_BASE 0x0
#define PLATFORM_SRAM0_SIZE 0x10000 /* 64 KiB */
#define PLATFORM_SRAM1_BASE 0x10000
#define PLATFORM_SRAM1_SIZE 0x8000 /* 32 KiB */
#define PLATFORM_SRAM2_BASE 0x18000
#define PLATFORM_SRAM2_SIZE 0x8000 /* 32 KiB */
#define PLATFORM_MEMORIES 0
#define PLATFORM_SRAMS 3

/* --- devices --- */

/* /axi/tcm@0 */
#define DEV_R52_ATCM_BASE 0x0
#define DEV_R52_ATCM_SIZE 0x10000
/* /axi/tcm@10000 */
#define DEV_R52_BTCM_BASE 0x10000
#define DEV_R52_BTCM_SIZE 0x8000
/* /axi/tcm@18000 */
#define DEV_R52_CTCM_BASE 0x18000
#define DEV_R52_CTCM_SIZE 0x8000
/* /ipc_shm@120000 */
#define DEV_IPC_SHM_120000_BASE 0x120000
#define DEV_IPC_SHM_120000_SIZE 0x15000

/* --- links --- */

/* to_r52: remote of linux */
/* domains.yaml:73 */
#define LINK_TO_R52_IS_HOST 0
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

#define PLATFORM_LINKS 1

#endif
