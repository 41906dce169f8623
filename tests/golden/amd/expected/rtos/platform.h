/*
 * Domain rtos as its programs see it, made by sdtgen. Do not edit.
 * Addresses and sizes are bytes, as the domain's CPUs see them.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#define PLATFORM_DOMAIN "rtos"

/* --- CPUs --- */

#define PLATFORM_CPU0_ID 0x0 /* its reg: MPIDR affinity, hart or core number */
#define PLATFORM_CPUS 1

/* --- memory --- */

#define PLATFORM_MEMORY0_BASE 0x20000000
#define PLATFORM_MEMORY0_SIZE 0x100000 /* 1 MiB */
#define PLATFORM_MEMORIES 1
#define PLATFORM_SRAMS 0

/* --- devices --- */

/* /soc/interrupt-controller@f9010000 */
#define DEV_GIC_BASE 0xf9010000
#define DEV_GIC_SIZE 0x10000
#define DEV_GIC_BASE1 0xf9020000
#define DEV_GIC_SIZE1 0x20000
/* /soc/ipi@8f310000 */
#define DEV_IPI1_BASE 0x8f310000
#define DEV_IPI1_SIZE 0x20
#define DEV_IPI1_IRQ 65

/* --- links --- */

/* linux-rtos: remote of linux */
/* domains.yaml:14 */
#define LINK_LINUX_RTOS_IS_HOST 0
#define LINK_LINUX_RTOS_VDEV 0 /* of the resource table */
#define LINK_LINUX_RTOS_VRING0_BASE 0x20444000
#define LINK_LINUX_RTOS_VRING0_SIZE 0x4000 /* 16 KiB */
#define LINK_LINUX_RTOS_VRING0_NUM 256 /* descriptors */
#define LINK_LINUX_RTOS_VRING0_USED 0x2000 /* offset of the used ring */
#define LINK_LINUX_RTOS_BUFFERS0 128 /* remote to host */
#define LINK_LINUX_RTOS_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_LINUX_RTOS_VRING1_BASE 0x20440000
#define LINK_LINUX_RTOS_VRING1_SIZE 0x4000 /* 16 KiB */
#define LINK_LINUX_RTOS_VRING1_NUM 256 /* descriptors */
#define LINK_LINUX_RTOS_VRING1_USED 0x2000 /* offset of the used ring */
#define LINK_LINUX_RTOS_BUFFERS1 128 /* host to remote */
#define LINK_LINUX_RTOS_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_LINUX_RTOS_ALIGN 0x1000 /* of the used rings */
#define LINK_LINUX_RTOS_POOL_BASE 0x20450000
#define LINK_LINUX_RTOS_POOL_SIZE 0x20000 /* 128 KiB */
#define LINK_LINUX_RTOS_CACHEABLE 0 /* memory type of both ends */

#define PLATFORM_LINKS 1

#endif
