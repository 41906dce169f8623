/* SPDX-License-Identifier: BSD-3-Clause */
/* Little endian words at any address, aligned or not. Each byte is read once. */
#ifndef IPC_ABI_LE_H
#define IPC_ABI_LE_H

#include <stdint.h>

static inline uint16_t ipc_le16(const void *at)
{
	const unsigned char *b = at;

	return (uint16_t)(b[0] | b[1] << 8);
}

static inline uint32_t ipc_le32(const void *at)
{
	const unsigned char *b = at;

	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static inline uint64_t ipc_le64(const void *at)
{
	const unsigned char *b = at;

	return ipc_le32(b) | (uint64_t)ipc_le32(b + 4) << 32;
}

#endif
