/* SPDX-License-Identifier: BSD-3-Clause */
/* Growable byte buffer on malloc memory; the way every output file is built. */
#ifndef LOP_BASE_BUF_H
#define LOP_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* A zeroed struct lop_buf is a valid empty buffer. data is not NUL terminated. */
struct lop_buf {
	char *data;
	size_t len;
	size_t cap;
};

void lop_buf_free(struct lop_buf *buf);
void lop_buf_reserve(struct lop_buf *buf, size_t extra);
void lop_buf_add(struct lop_buf *buf, const void *data, size_t len);
void lop_buf_puts(struct lop_buf *buf, const char *s);
void lop_buf_putc(struct lop_buf *buf, char c);
void lop_buf_fill(struct lop_buf *buf, char c, size_t count);
void lop_buf_be32(struct lop_buf *buf, uint32_t v); /* big endian, as in a device tree blob */
void lop_buf_be64(struct lop_buf *buf, uint64_t v);
void lop_buf_printf(struct lop_buf *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void lop_buf_vprintf(struct lop_buf *buf, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
const char *lop_buf_cstr(struct lop_buf *buf); /* NUL terminates without counting the NUL */

#endif
