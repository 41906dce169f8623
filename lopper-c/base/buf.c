/* SPDX-License-Identifier: BSD-3-Clause */
/* The growable byte buffer: doubling growth, big-endian stores. Knows no file and no format. */
#include "lopper-c/base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/arena.h"

#define FIRST_CAP ((size_t)256)

void lop_buf_free(struct lop_buf *buf)
{
	free(buf->data);
	memset(buf, 0, sizeof(*buf));
}

void lop_buf_reserve(struct lop_buf *buf, size_t extra)
{
	size_t need = buf->len + extra;
	size_t cap = buf->cap ? buf->cap : FIRST_CAP;

	if (need < extra)
		need = SIZE_MAX; /* cannot be had: xrealloc ends the process */
	if (need <= buf->cap)
		return;
	while (cap < need)
		cap = cap > SIZE_MAX / 2 ? SIZE_MAX : cap * 2;
	buf->data = lop_xrealloc(buf->data, cap);
	buf->cap = cap;
}

void lop_buf_add(struct lop_buf *buf, const void *data, size_t len)
{
	if (len == 0)
		return;
	if (len > buf->cap - buf->len)
		lop_buf_reserve(buf, len);
	memcpy(buf->data + buf->len, data, len);
	buf->len += len;
}

void lop_buf_puts(struct lop_buf *buf, const char *s)
{
	lop_buf_add(buf, s, strlen(s));
}

void lop_buf_putc(struct lop_buf *buf, char c)
{
	if (buf->len == buf->cap)
		lop_buf_reserve(buf, 1);
	buf->data[buf->len++] = c;
}

void lop_buf_fill(struct lop_buf *buf, char c, size_t count)
{
	if (count == 0)
		return;
	lop_buf_reserve(buf, count);
	memset(buf->data + buf->len, c, count);
	buf->len += count;
}

void lop_buf_be32(struct lop_buf *buf, uint32_t v)
{
	unsigned char bytes[4];

	for (int i = 3; i >= 0; i--, v >>= 8)
		bytes[i] = (unsigned char)(v & 0xff);
	lop_buf_add(buf, bytes, sizeof(bytes));
}

void lop_buf_be64(struct lop_buf *buf, uint64_t v)
{
	lop_buf_be32(buf, (uint32_t)(v >> 32));
	lop_buf_be32(buf, (uint32_t)v);
}

void lop_buf_vprintf(struct lop_buf *buf, const char *fmt, va_list ap)
{
	size_t room = buf->cap - buf->len;
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(room ? buf->data + buf->len : NULL, room, fmt, ap);
	assert(len >= 0);
	if ((size_t)len >= room) {
		lop_buf_reserve(buf, (size_t)len + 1);
		vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, again);
	}
	buf->len += (size_t)len;
	va_end(again);
}

void lop_buf_printf(struct lop_buf *buf, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	lop_buf_vprintf(buf, fmt, ap);
	va_end(ap);
}

const char *lop_buf_cstr(struct lop_buf *buf)
{
	lop_buf_reserve(buf, 1);
	buf->data[buf->len] = '\0';
	return buf->data;
}
