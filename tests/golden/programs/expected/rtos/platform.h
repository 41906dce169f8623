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

#define PLATFORM_MEMORY0_BASE 0x62000000
#define PLATFORM_MEMORY0_SIZE 0x100000 /* 1 MiB */
#define PLATFORM_MEMORY1_BASE 0x64000000
#define PLATFORM_MEMORY1_SIZE 0x100000 /* 1 MiB */
#define PLATFORM_SRAM0_BASE 0x0
#define PLATFORM_SRAM0_SIZE 0x10000 /* 64 KiB */
#define PLATFORM_SRAM1_BASE 0x20000
#define PLATFORM_SRAM1_SIZE 0x10000 /* 64 KiB */
#define PLATFORM_MEMORIES 2
#define PLATFORM_SRAMS 2
#define PLATFORM_TRACE_BASE 0x620fe000 /* trace buffer, the end of its memory */
#define PLATFORM_TRACE_SIZE 0x2000 /* 8 KiB */

/* --- devices --- */

/* /soc/tcm@0 */
#define DEV_ATCM_BASE 0x0
#define DEV_ATCM_SIZE 0x10000
/* /soc/tcm@20000 */
#define DEV_BTCM_BASE 0x20000
#define DEV_BTCM_SIZE 0x10000

/* --- links --- */

/* sensor-data: remote of linux */
/* domains.yaml:43 */
#define LINK_SENSOR_DATA_IS_HOST 0
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

/* control: remote of bare */
/* domains.yaml:44 */
#define LINK_CONTROL_IS_HOST 0
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

#define PLATFORM_LINKS 2

#endif
