/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Region allocator: everything one run builds lives in one arena and dies with it.
 *
 * Owns memory only. There is no free of single objects; out of memory ends the process with exit
 * code 3, so that no caller has to test for NULL.
 */
#ifndef LOP_BASE_ARENA_H
#define LOP_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct lop_arena_chunk;

struct lop_arena {
	struct lop_arena_chunk *head;
	char *next;   /* first free byte of head */
	char *end;    /* one past the last byte of head */
	size_t total; /* bytes asked of malloc so far */
};

/* A zeroed struct lop_arena is a valid empty arena. */
void *lop_arena_alloc(struct lop_arena *arena, size_t size);  /* 16-byte aligned, uninitialised */
void *lop_arena_zalloc(struct lop_arena *arena, size_t size); /* the same, zeroed */
void *lop_arena_dup(struct lop_arena *arena, const void *data, size_t size);
char *lop_arena_strdup(struct lop_arena *arena, const char *s);
char *lop_arena_strndup(struct lop_arena *arena, const char *s, size_t n);
char *lop_arena_printf(struct lop_arena *arena, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
char *lop_arena_vprintf(struct lop_arena *arena, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
/* Growable array on the arena: p is the array, n its count; grows by doubling at powers of two. */
void *lop_arena_grow(struct lop_arena *arena, void *p, size_t n, size_t item);
#define LOP_APPEND(arena, p, n) ((p) = lop_arena_grow((arena), (p), (n), sizeof(*(p))), &(p)[(n)++])
void lop_arena_free(struct lop_arena *arena);

/* malloc/realloc that end the process (exit 3) instead of returning NULL. */
void *lop_xmalloc(size_t size);
void *lop_xrealloc(void *p, size_t size);

#endif
