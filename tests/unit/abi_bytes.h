/* SPDX-License-Identifier: BSD-3-Clause */
/* What the tests of the abi folders share: little endian words into bytes, copies without slack. */
#ifndef LOP_TESTS_ABI_BYTES_H
#define LOP_TESTS_ABI_BYTES_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline void put16(unsigned char *at, uint16_t v)
{
	at[0] = (unsigned char)v;
	at[1] = (unsigned char)(v >> 8);
}

static inline void put32(unsigned char *at, uint32_t v)
{
	put16(at, (uint16_t)v);
	put16(at + 2, (uint16_t)(v >> 16));
}

static inline void put64(unsigned char *at, uint64_t v)
{
	put32(at, (uint32_t)v);
	put32(at + 4, (uint32_t)(v >> 32));
}

/* A copy of exactly size bytes, so that the sanitizer sees a read beyond them. */
static inline unsigned char *exact(const void *data, size_t size)
{
	unsigned char *copy = malloc(size ? size : 1);

	if (copy == NULL)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

#endif
