/* The resource table between the host bare and the remote rtos, made by sdtgen. Do not edit. */
#include "rsc-bare.h"

_Static_assert(sizeof(struct rsc_bare) == (RSC_BARE_SIZE + 7) / 8 * 8, "the table as made");

__attribute__((section(".resource_table.bare"), used))
struct rsc_bare rsc_bare = {
	.ver = 1,
	.num = 2,
	.offset = { 24, 72 },
	.trace0 = {
		.type = 2, /* trace */
		.da = 0x620fe000,
		.len = 0x2000,
		.name = "trace:rtos",
	},
	.vdev0 = {
		.type = 3, /* virtio device */
		.id = 7, /* rpmsg */
		.notifyid = 31,
		.dfeatures = 0x1, /* name service */
		.config_len = 0,
		.num_of_vrings = 2,
		.vring = {
			{ .da = 0x50121000, .align = 0x1000, .num = 8, .notifyid = 0 }, /* remote to host */
			{ .da = 0x50123000, .align = 0x1000, .num = 8, .notifyid = 1 }, /* host to remote */
		},
	},
};
