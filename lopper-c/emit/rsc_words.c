/* SPDX-License-Identifier: BSD-3-Clause */
/* Tables from numbers to names, of ELF, virtio and rpmsg. */
#include "lopper-c/emit/rsc_words.h"

#include <stddef.h>

#include "ipc/abi/elf.h"
#include "ipc/abi/le.h"

struct word {
	uint32_t number;
	const char *name;
};

static const char *find(const struct word *words, uint32_t number)
{
	for (; words->name; words++)
		if (words->number == number)
			return words->name;
	return NULL;
}

const char *lop_elf_machine_name(uint16_t machine)
{
	static const struct word words[] = {
		{ 3, "x86" },
		{ 20, "PowerPC" },
		{ IPC_ELF_ARM, "Arm" },
		{ 62, "x86-64" },
		{ 94, "Xtensa" },
		{ 140, "TI C6000" },
		{ 144, "TI PRU" },
		{ 164, "Hexagon" },
		{ IPC_ELF_AARCH64, "AArch64" },
		{ IPC_ELF_MICROBLAZE, "MicroBlaze" },
		{ 195, "ARCv2" },
		{ IPC_ELF_RISCV, "RISC-V" },
		{ 0, NULL },
	};

	return find(words, machine);
}

const char *lop_virtio_name(uint32_t id)
{
	static const struct word words[] = {
		{ 1, "network" },
		{ 2, "block" },
		{ 3, "console" },
		{ 4, "entropy" },
		{ IPC_VIRTIO_ID_RPMSG, "rpmsg" },
		{ 11, "rproc serial" },
		{ 0, NULL },
	};

	return find(words, id);
}

const char *lop_virtio_feature_name(uint32_t id, unsigned bit)
{
	static const struct word rpmsg[] = { { IPC_RPMSG_F_NS, "F_NS" },
					     { IPC_RPMSG_F_BUFSZ, "F_BUFSZ" },
					     { 0, NULL } };
	static const struct word ring[] = {
		{ 24, "NOTIFY_ON_EMPTY" },
		{ 27, "ANY_LAYOUT" },
		{ 28, "INDIRECT_DESC" },
		{ IPC_VIRTIO_F_EVENT_IDX, "EVENT_IDX" },
		{ 0, NULL },
	};
	const char *name = id == IPC_VIRTIO_ID_RPMSG ? find(rpmsg, bit) : NULL;

	return name ? name : find(ring, bit);
}

bool lop_rsc_bufsz(const void *table, uint32_t vdev_offset, struct ipc_rpmsg_config *config)
{
	const struct ipc_rsc_vdev vdev = ipc_rsc_get_vdev(table, vdev_offset);
	const unsigned char *at =
		(const unsigned char *)table + ipc_rsc_config_offset(table, vdev_offset);

	if (vdev.id != IPC_VIRTIO_ID_RPMSG || !(vdev.dfeatures >> IPC_RPMSG_F_BUFSZ & 1) ||
	    vdev.config_len < IPC_RPMSG_CONFIG_SIZE)
		return false;
	config->version = at[0];
	config->size = ipc_le16(at + 1);
	config->txbuf_size = ipc_le32(at + 3);
	config->rxbuf_size = ipc_le32(at + 7);
	return config->version == IPC_RPMSG_CONFIG_VERSION &&
	       config->size >= IPC_RPMSG_CONFIG_SIZE && config->size <= vdev.config_len;
}
