/*
 * Domain hart as its programs see it, made by sdtgen. Do not edit.
 * Addresses and sizes are bytes, as the domain's CPUs see them.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#define PLATFORM_DOMAIN "hart"

/* --- CPUs --- */

#define PLATFORM_CPU0_ID 0x0 /* its reg: MPIDR affinity, hart or core number */
#define PLATFORM_CPUS 1

/* --- memory --- */

#define PLATFORM_MEMORY0_BASE 0x50000000
#define PLATFORM_MEMORY0_SIZE 0x100000 /* 1 MiB */
#define PLATFORM_MEMORIES 1
#define PLATFORM_SRAMS 0

/* --- devices --- */


/* --- links --- */

/* to_hart: remote of linux */
/* domains.yaml:46 */
#define LINK_TO_HART_IS_HOST 0
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

#define PLATFORM_LINKS 1

#endif
