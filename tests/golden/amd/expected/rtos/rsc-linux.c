/* The resource table between the host linux and the remote rtos, made by sdtgen. Do not edit. */
#include "rsc-linux.h"

_Static_assert(sizeof(struct rsc_linux) == (RSC_LINUX_SIZE + 7) / 8 * 8, "the table as made");

__attribute__((section(".resource_table"), used))
struct rsc_linux rsc_linux = {
	.ver = 1,
	.num = 1,
	.offset = { 20 },
	.vdev0 = {
		.type = 3, /* virtio device */
		.id = 7, /* rpmsg */
		.notifyid = 31,
		.dfeatures = 0x1, /* name service */
		.config_len = 0,
		.num_of_vrings = 2,
		.vring = {
			{ .da = 0x20444000, .align = 0x1000, .num = 256, .notifyid = 0 }, /* remote to host */
			{ .da = 0x20440000, .align = 0x1000, .num = 256, .notifyid = 1 }, /* host to remote */
		},
	},
};
