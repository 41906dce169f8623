/*
 * Domain wild as its programs see it, made by sdtgen. Do not edit.
 * Addresses and sizes are bytes, as the domain's CPUs see them.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#define PLATFORM_DOMAIN "wild"

/* --- CPUs --- */

#define PLATFORM_CPU0_ID 0x1 /* its reg: MPIDR affinity, hart or core number */
#define PLATFORM_CPUS 1

/* --- memory --- */

#define PLATFORM_SRAM0_BASE 0x0
#define PLATFORM_SRAM0_SIZE 0x10000 /* 64 KiB */
#define PLATFORM_MEMORIES 0
#define PLATFORM_SRAMS 1

/* --- devices --- */

/* /soc/tcm@0 */
#define DEV_TCM_BASE 0x0
#define DEV_TCM_SIZE 0x10000

/* --- links --- */

/* linux-wild: remote of linux */
/* domains.yaml:18 */
#define LINK_LINUX_WILD_IS_HOST 0
#define LINK_LINUX_WILD_VDEV 0 /* of the resource table */
#define LINK_LINUX_WILD_VRING0_BASE 0x20440000
#define LINK_LINUX_WILD_VRING0_SIZE 0x4000 /* 16 KiB */
#define LINK_LINUX_WILD_VRING0_NUM 256 /* descriptors */
#define LINK_LINUX_WILD_VRING0_USED 0x2000 /* offset of the used ring */
#define LINK_LINUX_WILD_BUFFERS0 256 /* remote to host */
#define LINK_LINUX_WILD_BUFFER0_SIZE 512 /* bytes, header included */
#define LINK_LINUX_WILD_VRING1_BASE 0x20444000
#define LINK_LINUX_WILD_VRING1_SIZE 0x4000 /* 16 KiB */
#define LINK_LINUX_WILD_VRING1_NUM 256 /* descriptors */
#define LINK_LINUX_WILD_VRING1_USED 0x2000 /* offset of the used ring */
#define LINK_LINUX_WILD_BUFFERS1 256 /* host to remote */
#define LINK_LINUX_WILD_BUFFER1_SIZE 512 /* bytes, header included */
#define LINK_LINUX_WILD_ALIGN 0x1000 /* of the used rings */
#define LINK_LINUX_WILD_POOL_BASE 0x20448000
#define LINK_LINUX_WILD_POOL_SIZE 0x40000 /* 256 KiB */
#define LINK_LINUX_WILD_CACHEABLE 0 /* memory type of both ends */

#define PLATFORM_LINKS 1

#endif
