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
/* /soc/serial@ff000000 */
#define DEV_UART0_BASE 0xff000000
#define DEV_UART0_SIZE 0x1000
#define DEV_UART0_IRQ 53
/* /soc/timer@ff110000 */
#define DEV_TTC0_BASE 0xff110000
#define DEV_TTC0_SIZE 0x1000
#define DEV_TTC0_IRQ 68 /* edge */
#define DEV_TTC0_IRQ1 69

/* --- links --- */

/* bulk: host of rtos */
/* domains.yaml:20 */
#define LINK_BULK_IS_HOST 1
#define LINK_BULK_WINDOW_BASE 0x60100000
#define LINK_BULK_WINDOW_SIZE 0x20000 /* 128 KiB */
#define LINK_BULK_TABLE_BASE 0x60100000
#define LINK_BULK_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_BULK_VDEV 0 /* of the resource table */
#define LINK_BULK_VRING0_BASE 0x60101000
#define LINK_BULK_VRING0_SIZE 0x356 /* 854 bytes */
#define LINK_BULK_VRING0_NUM 32 /* descriptors */
#define LINK_BULK_VRING0_USED 0x250 /* offset of the used ring */
#define LINK_BULK_BUFFERS0 32 /* remote to host */
#define LINK_BULK_BUFFER0_SIZE 2048 /* bytes, header included */
#define LINK_BULK_VRING1_BASE 0x60102000
#define LINK_BULK_VRING1_SIZE 0x356 /* 854 bytes */
#define LINK_BULK_VRING1_NUM 32 /* descriptors */
#define LINK_BULK_VRING1_USED 0x250 /* offset of the used ring */
#define LINK_BULK_BUFFERS1 32 /* host to remote */
#define LINK_BULK_BUFFER1_SIZE 256 /* bytes, header included */
#define LINK_BULK_ALIGN 0x10 /* of the used rings */
#define LINK_BULK_POOL_BASE 0x60103000
#define LINK_BULK_POOL_SIZE 0x12000 /* 72 KiB */
#define LINK_BULK_CACHEABLE 0 /* memory type of both ends */
#define LINK_BULK_CHANNEL0 "frames"

/* commands: host of rtos */
/* domains.yaml:27 */
#define LINK_COMMANDS_IS_HOST 1
#define LINK_COMMANDS_WINDOW_BASE 0x60120000
#define LINK_COMMANDS_WINDOW_SIZE 0x8000 /* 32 KiB */
#define LINK_COMMANDS_VDEV 1 /* of the resource table */
#define LINK_COMMANDS_VRING0_BASE 0x60120000
#define LINK_COMMANDS_VRING0_SIZE 0x1046 /* 4166 bytes */
#define LINK_COMMANDS_VRING0_NUM 8 /* descriptors */
#define LINK_COMMANDS_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_COMMANDS_BUFFERS0 8 /* remote to host */
#define LINK_COMMANDS_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_COMMANDS_VRING1_BASE 0x60122000
#define LINK_COMMANDS_VRING1_SIZE 0x1046 /* 4166 bytes */
#define LINK_COMMANDS_VRING1_NUM 8 /* descriptors */
#define LINK_COMMANDS_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_COMMANDS_BUFFERS1 8 /* host to remote */
#define LINK_COMMANDS_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_COMMANDS_ALIGN 0x1000 /* of the used rings */
#define LINK_COMMANDS_POOL_BASE 0x60124000
#define LINK_COMMANDS_POOL_SIZE 0x2000 /* 8 KiB */
#define LINK_COMMANDS_CACHEABLE 0 /* memory type of both ends */

#define PLATFORM_LINKS 2

#endif
