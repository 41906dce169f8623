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

#define PLATFORM_MEMORY0_BASE 0x40000000
#define PLATFORM_MEMORY0_SIZE 0x10000000 /* 256 MiB */
#define PLATFORM_MEMORIES 1
#define PLATFORM_SRAMS 0

/* --- devices --- */

/* /soc/interrupt-controller@f9010000 */
#define DEV_GIC_BASE 0xf9010000
#define DEV_GIC_SIZE 0x10000
#define DEV_GIC_BASE1 0xf9020000
#define DEV_GIC_SIZE1 0x20000

/* --- links --- */

/* commands: host of rtos */
/* domains.yaml:36 */
#define LINK_COMMANDS_IS_HOST 1
#define LINK_COMMANDS_WINDOW_BASE 0x60100000
#define LINK_COMMANDS_WINDOW_SIZE 0x20000 /* 128 KiB */
#define LINK_COMMANDS_TABLE_BASE 0x60100000
#define LINK_COMMANDS_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_COMMANDS_VDEV 0 /* of the resource table */
#define LINK_COMMANDS_VRING0_BASE 0x60101000
#define LINK_COMMANDS_VRING0_SIZE 0x1206 /* 4614 bytes */
#define LINK_COMMANDS_VRING0_NUM 64 /* descriptors */
#define LINK_COMMANDS_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_COMMANDS_BUFFERS0 64 /* remote to host */
#define LINK_COMMANDS_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_COMMANDS_VRING1_BASE 0x60103000
#define LINK_COMMANDS_VRING1_SIZE 0x1206 /* 4614 bytes */
#define LINK_COMMANDS_VRING1_NUM 64 /* descriptors */
#define LINK_COMMANDS_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_COMMANDS_BUFFERS1 64 /* host to remote */
#define LINK_COMMANDS_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_COMMANDS_ALIGN 0x1000 /* of the used rings */
#define LINK_COMMANDS_POOL_BASE 0x60105000
#define LINK_COMMANDS_POOL_SIZE 0x10000 /* 64 KiB */
#define LINK_COMMANDS_CACHEABLE 0 /* memory type of both ends */

/* bulk: host of rtos */
/* domains.yaml:45 */
#define LINK_BULK_IS_HOST 1
#define LINK_BULK_WINDOW_BASE 0x60180000
#define LINK_BULK_WINDOW_SIZE 0x80000 /* 512 KiB */
#define LINK_BULK_VDEV 1 /* of the resource table */
#define LINK_BULK_VRING0_BASE 0x60180000
#define LINK_BULK_VRING0_SIZE 0x1206 /* 4614 bytes */
#define LINK_BULK_VRING0_NUM 64 /* descriptors */
#define LINK_BULK_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_BULK_BUFFERS0 64 /* remote to host */
#define LINK_BULK_BUFFER0_SIZE 2048 /* bytes, header included */
#define LINK_BULK_VRING1_BASE 0x60182000
#define LINK_BULK_VRING1_SIZE 0x1206 /* 4614 bytes */
#define LINK_BULK_VRING1_NUM 64 /* descriptors */
#define LINK_BULK_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_BULK_BUFFERS1 64 /* host to remote */
#define LINK_BULK_BUFFER1_SIZE 2048 /* bytes, header included */
#define LINK_BULK_ALIGN 0x1000 /* of the used rings */
#define LINK_BULK_POOL_BASE 0x60184000
#define LINK_BULK_POOL_SIZE 0x40000 /* 256 KiB */
#define LINK_BULK_CACHEABLE 0 /* memory type of both ends */

/* linux-wild: host of wild */
/* domains.yaml:18 */
#define LINK_LINUX_WILD_IS_HOST 1
#define LINK_LINUX_WILD_VDEV 0 /* of the resource table */
#define LINK_LINUX_WILD_VRING0_BASE 0x60440000
#define LINK_LINUX_WILD_VRING0_SIZE 0x4000 /* 16 KiB */
#define LINK_LINUX_WILD_VRING0_NUM 256 /* descriptors */
#define LINK_LINUX_WILD_VRING0_USED 0x2000 /* offset of the used ring */
#define LINK_LINUX_WILD_BUFFERS0 256 /* remote to host */
#define LINK_LINUX_WILD_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_LINUX_WILD_VRING1_BASE 0x60444000
#define LINK_LINUX_WILD_VRING1_SIZE 0x4000 /* 16 KiB */
#define LINK_LINUX_WILD_VRING1_NUM 256 /* descriptors */
#define LINK_LINUX_WILD_VRING1_USED 0x2000 /* offset of the used ring */
#define LINK_LINUX_WILD_BUFFERS1 256 /* host to remote */
#define LINK_LINUX_WILD_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_LINUX_WILD_ALIGN 0x1000 /* of the used rings */
#define LINK_LINUX_WILD_POOL_BASE 0x60448000
#define LINK_LINUX_WILD_POOL_SIZE 0x40000 /* 256 KiB */
#define LINK_LINUX_WILD_CACHEABLE 0 /* memory type of both ends */

#define PLATFORM_LINKS 3

#endif
