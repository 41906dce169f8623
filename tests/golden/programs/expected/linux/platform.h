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


/* --- links --- */

/* sensor-data: host of rtos */
/* domains.yaml:43 */
#define LINK_SENSOR_DATA_IS_HOST 1
#define LINK_SENSOR_DATA_WINDOW_BASE 0x50100000
#define LINK_SENSOR_DATA_WINDOW_SIZE 0x20000 /* 128 KiB */
#define LINK_SENSOR_DATA_TABLE_BASE 0x50100000
#define LINK_SENSOR_DATA_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_SENSOR_DATA_VDEV 0 /* of the resource table */
#define LINK_SENSOR_DATA_VRING0_BASE 0x50101000
#define LINK_SENSOR_DATA_VRING0_SIZE 0x1206 /* 4614 bytes */
#define LINK_SENSOR_DATA_VRING0_NUM 64 /* descriptors */
#define LINK_SENSOR_DATA_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_SENSOR_DATA_BUFFERS0 64 /* remote to host */
#define LINK_SENSOR_DATA_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_SENSOR_DATA_VRING1_BASE 0x50103000
#define LINK_SENSOR_DATA_VRING1_SIZE 0x1206 /* 4614 bytes */
#define LINK_SENSOR_DATA_VRING1_NUM 64 /* descriptors */
#define LINK_SENSOR_DATA_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_SENSOR_DATA_BUFFERS1 64 /* host to remote */
#define LINK_SENSOR_DATA_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_SENSOR_DATA_ALIGN 0x1000 /* of the used rings */
#define LINK_SENSOR_DATA_POOL_BASE 0x50105000
#define LINK_SENSOR_DATA_POOL_SIZE 0x10000 /* 64 KiB */
#define LINK_SENSOR_DATA_CACHEABLE 0 /* memory type of both ends */

/* to_bare: host of bare */
/* domains.yaml:45 */
#define LINK_TO_BARE_IS_HOST 1
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

/* to_hart: host of hart */
/* domains.yaml:46 */
#define LINK_TO_HART_IS_HOST 1
#define LINK_TO_HART_WINDOW_BASE 0x50140000
#define LINK_TO_HART_WINDOW_SIZE 0x20000 /* 128 KiB */
#define LINK_TO_HART_TABLE_BASE 0x50140000
#define LINK_TO_HART_TABLE_SIZE 0x1000 /* 4 KiB */
#define LINK_TO_HART_VDEV 0 /* of the resource table */
#define LINK_TO_HART_VRING0_BASE 0x50141000
#define LINK_TO_HART_VRING0_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_HART_VRING0_NUM 64 /* descriptors */
#define LINK_TO_HART_VRING0_USED 0x1000 /* offset of the used ring */
#define LINK_TO_HART_BUFFERS0 64 /* remote to host */
#define LINK_TO_HART_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_TO_HART_VRING1_BASE 0x50143000
#define LINK_TO_HART_VRING1_SIZE 0x1206 /* 4614 bytes */
#define LINK_TO_HART_VRING1_NUM 64 /* descriptors */
#define LINK_TO_HART_VRING1_USED 0x1000 /* offset of the used ring */
#define LINK_TO_HART_BUFFERS1 64 /* host to remote */
#define LINK_TO_HART_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_TO_HART_ALIGN 0x1000 /* of the used rings */
#define LINK_TO_HART_POOL_BASE 0x50145000
#define LINK_TO_HART_POOL_SIZE 0x10000 /* 64 KiB */
#define LINK_TO_HART_CACHEABLE 0 /* memory type of both ends */

#define PLATFORM_LINKS 3

#endif
