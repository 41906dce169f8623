/* The resource table between the host linux and the remote bare, made by sdtgen. Do not edit. */
#include "rsc-linux.h"

_Static_assert(sizeof(struct rsc_linux) == (RSC_LINUX_SIZE + 7) / 8 * 8, "the table as made");

__attribute__((section(".resource_table"), used))
struct rsc_linux rsc_linux = {
	.ver = 1,
	.num = 2,
	.offset = { 24, 104 },
	.vdev0 = {
		.type = 3, /* virtio device */
		.id = 7, /* rpmsg */
		.notifyid = 31,
		.dfeatures = 0x3, /* name service, buffer sizes in config */
		.config_len = 11,
		.num_of_vrings = 2,
		.vring = {
			{ .da = 0x20201000, .align = 0x1000, .num = 32, .notifyid = 0 }, /* remote to host */
			{ .da = 0x20203000, .align = 0x1000, .num = 32, .notifyid = 1 }, /* host to remote */
		},
		.config_version = 1,
		.config_size = { 11, 0 },
		.txbuf_size = { 0x00, 0x08, 0x00, 0x00 },
		.rxbuf_size = { 0x00, 0x01, 0x00, 0x00 },
	},
	.vdev1 = {
		.type = 3, /* virtio device */
		.id = 7, /* rpmsg */
		.notifyid = 30,
		.dfeatures = 0x1, /* name service */
		.config_len = 0,
		.num_of_vrings = 2,
		.vring = {
			{ .da = 0x20220000, .align = 0x1000, .num = 8, .notifyid = 2 }, /* remote to host */
			{ .da = 0x20222000, .align = 0x1000, .num = 8, .notifyid = 3 }, /* host to remote */
		},
	},
};
