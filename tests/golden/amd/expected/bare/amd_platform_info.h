/* The link frames of host linux and remote bare as bare sees it, made by sdtgen. */
/* Do not edit. Behind a value stands the line that it comes from. */
/* The domain has 1 more such link, see platform.h. */

#ifndef AMD_PLATFORM_INFO_H
#define AMD_PLATFORM_INFO_H

#define IPI_IRQ_VECT_ID 66 /* system.dts:146 */
#define POLL_BASE_ADDR 0x8f320000 /* system.dts:146 */
#define IPI_CHN_BITMASK 0x1 /* system.dts:156 */
#define IPI_DEV_NAME "8f320000.ipi" /* system.dts:146 */
#define NUM_VRINGS 2 /* domains.yaml:40 */
#define VRING_ALIGN 0x1000 /* domains.yaml:40 */
#define VRING_SIZE 32 /* domains.yaml:40 */
#define RING_TX 0x20201000 /* domains.yaml:40 */
#define RING_RX 0x20203000 /* domains.yaml:40 */
#define SHARED_MEM_PA 0x20201000 /* domains.yaml:40 */
#define SHARED_MEM_SIZE 0x16000 /* domains.yaml:40 */
#define SHARED_BUF_OFFSET 0x4000 /* domains.yaml:40 */
#define SHM_DEV_NAME "20201000.shm" /* domains.yaml:40 */
#define DEV_BUS_NAME "generic"

#endif
