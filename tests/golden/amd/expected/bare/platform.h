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

#define PLATFORM_MEMORY0_BASE 0x20100000
#define PLATFORM_MEMORY0_SIZE 0x100000 /* 1 MiB */
#define PLATFORM_MEMORIES 1
#define PLATFORM_SRAMS 0

/* --- devices --- */

/* /soc/interrupt-controller@f9010000 */
#define DEV_GIC_BASE 0xf9010000
#define DEV_GIC_SIZE 0x10000
#define DEV_GIC_BASE1 0xf9020000
#define DEV_GIC_SIZE1 0x20000
/* /soc/timer@8f110000 */
#define DEV_TTC0_BASE 0x8f110000
#define DEV_TTC0_SIZE 0x1000
/* /soc/ipi@8f320000 */
#define DEV_IPI2_BASE 0x8f320000
#define DEV_IPI2_SIZE 0x20
#define DEV_IPI2_IRQ 66

/* --- links --- */

/* frames: remote of linux */
/* domains.yaml:40 */
#define LINK_FRAMES_IS_HOST 0
#define LINK_FRAMES_WINDOW_BASE 0x20200000
#define LINK_FRAMES_WINDOW_SIZE 0x20000 /* 128 KiB */
#define LINK_FRAMES_TABLE_BASE 0x20200000
#define LINK_FRAMES_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_FRAMES_VDEV 0 /* of the resource table */
#define LINK_FRAMES_VRING0_BASE 0x20201000
#define LINK_FRAMES_VRING0_SIZE 0x1106 /* 4358 bytes */
#define LINK_FRAMES_VRING0_NUM 32 /* descriptors */
#define LINK_FRAMES_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_FRAMES_BUFFERS0 32 /* remote to host */
#define LINK_FRAMES_BUFFER0_SIZE 2048 /* bytes, header included */
#define LINK_FRAMES_VRING1_BASE 0x20203000
#define LINK_FRAMES_VRING1_SIZE 0x1106 /* 4358 bytes */
#define LINK_FRAMES_VRING1_NUM 32 /* descriptors */
#define LINK_FRAMES_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_FRAMES_BUFFERS1 32 /* host to remote */
#define LINK_FRAMES_BUFFER1_SIZE 256 /* bytes, header included */
#define LINK_FRAMES_ALIGN 0x1000 /* of the used rings */
#define LINK_FRAMES_POOL_BASE 0x20205000
#define LINK_FRAMES_POOL_SIZE 0x12000 /* 72 KiB */
#define LINK_FRAMES_CACHEABLE 0 /* memory type of both ends */

/* more: remote of linux */
/* domains.yaml:46 */
#define LINK_MORE_IS_HOST 0
#define LINK_MORE_WINDOW_BASE 0x20220000
#define LINK_MORE_WINDOW_SIZE 0x8000 /* 32 KiB */
#define LINK_MORE_VDEV 1 /* of the resource table */
#define LINK_MORE_VRING0_BASE 0x20220000
#define LINK_MORE_VRING0_SIZE 0x1046 /* 4166 bytes */
#define LINK_MORE_VRING0_NUM 8 /* descriptors */
#define LINK_MORE_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_MORE_BUFFERS0 8 /* remote to host */
#define LINK_MORE_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_MORE_VRING1_BASE 0x20222000
#define LINK_MORE_VRING1_SIZE 0x1046 /* 4166 bytes */
#define LINK_MORE_VRING1_NUM 8 /* descriptors */
#define LINK_MORE_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_MORE_BUFFERS1 8 /* host to remote */
#define LINK_MORE_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_MORE_ALIGN 0x1000 /* of the used rings */
#define LINK_MORE_POOL_BASE 0x20224000
#define LINK_MORE_POOL_SIZE 0x2000 /* 8 KiB */
#define LINK_MORE_CACHEABLE 0 /* memory type of both ends */

/* linux-bare-ipc: remote of linux */
/* domains.yaml:17 */
#define LINK_LINUX_BARE_IPC_IS_HOST 0
#define LINK_LINUX_BARE_IPC_VDEV 0 /* of the resource table */
#define LINK_LINUX_BARE_IPC_POOL_BASE 0x20510000
#define LINK_LINUX_BARE_IPC_POOL_SIZE 0x10000 /* 64 KiB */
#define LINK_LINUX_BARE_IPC_CACHEABLE 0 /* memory type of both ends */

#define PLATFORM_LINKS 3

#endif
