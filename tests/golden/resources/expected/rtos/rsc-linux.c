/* The resource table between the host linux and the remote rtos, made by sdtgen. Do not edit. */
#include "rsc-linux.h"

_Static_assert(sizeof(struct rsc_linux) == (RSC_LINUX_SIZE + 7) / 8 * 8, "the table as made");

__attribute__((section(".resource_table"), used))
struct rsc_linux rsc_linux = {
	.ver = 1,
	.num = 12,
	.offset = { 64, 120, 176, 232, 288, 344, 392, 460, 540, 552, 560, 584 },
	.carveout0 = {
		.type = 0, /* carveout */
		.da = 0x20200000,
		.pa = 0x60200000,
		.len = 0x80000,
		.flags = 0x3,
		.name = "frames",
	},
	.carveout1 = {
		.type = 0, /* carveout */
		.da = 0x20280000,
		.pa = 0x60280000,
		.len = 0x1000,
		.flags = 0x3,
		.name = "calibration",
	},
	.devmem0 = {
		.type = 1, /* devmem */
		.da = 0x8f110000,
		.pa = 0xff110000,
		.len = 0x1000,
		.flags = 0x19,
		.name = "ttc0",
	},
	.devmem1 = {
		.type = 1, /* devmem */
		.da = 0x8f120000,
		.pa = 0xff120000,
		.len = 0x1000,
		.flags = 0x1b,
		.name = "dsp",
	},
	.devmem2 = {
		.type = 1, /* devmem */
		.da = 0x8f130000,
		.pa = 0xff130000,
		.len = 0x2000,
		.flags = 0x1b,
		.name = "dsp.1",
	},
	.trace0 = {
		.type = 2, /* trace */
		.da = 0x200fe000,
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
			{ .da = 0x20101000, .align = 0x1000, .num = 64, .notifyid = 0 }, /* remote to host */
			{ .da = 0x20103000, .align = 0x1000, .num = 64, .notifyid = 1 }, /* host to remote */
		},
	},
	.vdev1 = {
		.type = 3, /* virtio device */
		.id = 7, /* rpmsg */
		.notifyid = 30,
		.dfeatures = 0x3, /* name service, buffer sizes in config */
		.config_len = 11,
		.num_of_vrings = 2,
		.vring = {
			{ .da = 0x20180000, .align = 0x1000, .num = 64, .notifyid = 2 }, /* remote to host */
			{ .da = 0x20182000, .align = 0x1000, .num = 64, .notifyid = 3 }, /* host to remote */
		},
		.config_version = 1,
		.config_size = { 11, 0 },
		.txbuf_size = { 0x00, 0x08, 0x00, 0x00 },
		.rxbuf_size = { 0x00, 0x08, 0x00, 0x00 },
	},
	.vendor0 = {
		.type = 128, /* vendor */
		.len = 3,
		.data = {
			0x01, 0x02, 0xff,
		},
	},
	.vendor1 = {
		.type = 512, /* vendor */
		.len = 0,
	},
	.vendor2 = {
		.type = 128, /* vendor */
		.len = 13,
		.data = {
			0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b,
			0x1c,
		},
	},
	.vendor3 = {
		.type = 200, /* vendor */
		.len = 1,
		.data = {
			0x07,
		},
	},
};
