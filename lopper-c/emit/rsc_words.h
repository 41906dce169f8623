/* SPDX-License-Identifier: BSD-3-Clause */
/* What numbers of ELF files and resource tables are called. Private to emit/. */
#ifndef LOP_EMIT_RSC_WORDS_H
#define LOP_EMIT_RSC_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "ipc/abi/resource_table.h"
#include "ipc/abi/rpmsg.h"

/* NULL where there is none. */
const char *lop_elf_machine_name(uint16_t machine);
const char *lop_virtio_name(uint32_t id);
const char *lop_virtio_feature_name(uint32_t id, unsigned bit);

/*
 * The configuration space of a vdev of rpmsg that offers F_BUFSZ. False: there is none, or it is
 * not valid, and buffers have IPC_RPMSG_BUFFER_SIZE.
 */
bool lop_rsc_bufsz(const void *table, uint32_t vdev_offset, struct ipc_rpmsg_config *config);

#endif
