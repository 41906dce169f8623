/* The link linux-rtos of host linux and remote rtos as rtos sees it, made by sdtgen. */
/* Do not edit. Behind a value stands the line that it comes from. */

#ifndef AMD_PLATFORM_INFO_H
#define AMD_PLATFORM_INFO_H

#define IPI_IRQ_VECT_ID 33 /* system.dts:143 */
#define POLL_BASE_ADDR 0x8f310000 /* system.dts:138 */
#define IPI_CHN_BITMASK 0x1 /* system.dts:123 */
#define IPI_DEV_NAME "8f310000.ipi" /* system.dts:138 */
#define NUM_VRINGS 2 /* domains.yaml:14 */
#define VRING_ALIGN 0x1000 /* domains.yaml:14 */
#define VRING_SIZE 256 /* domains.yaml:14 */
#define RING_TX 0x20444000 /* system.dts:68 */
#define RING_RX 0x20440000 /* system.dts:73 */
#define SHARED_MEM_PA 0x20440000 /* system.dts:73 */
#define SHARED_MEM_SIZE 0x30000 /* system.dts:78 */
#define SHARED_BUF_OFFSET 0x10000 /* system.dts:78 */
#define SHM_DEV_NAME "20440000.vdev0vring1" /* system.dts:73 */
#define DEV_BUS_NAME "generic"

#endif
