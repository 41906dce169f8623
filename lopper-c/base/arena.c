/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The region allocator: a chain of chunks that grow with use, each filled from its front.
 *
 * Owns the chunks and the one reaction to exhausted memory. Knows nothing of what is stored.
 */
#include "lopper-c/base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT   ((size_t)16)
#define CHUNK_FIRST ((size_t)32 << 10)
#define CHUNK_LAST  ((size_t)1 << 20)

struct lop_arena_chunk {
	struct lop_arena_chunk *older;
	size_t size; /* bytes of payload behind the header */
};

/* The header's size rounded up, so that the payload is aligned like the chunk itself. */
#define HEADER ((sizeof(struct lop_arena_chunk) + ALIGNMENT - 1) & ~(ALIGNMENT - 1))

static _Noreturn void out_of_memory(void)
{
	fputs("sdtgen: out of memory\n", stderr);
	exit(3);
}

void *lop_xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *lop_xrealloc(void *p, size_t size)
{
	void *q = realloc(p, size ? size : 1);

	if (!q)
		out_of_memory();
	return q;
}

static struct lop_arena_chunk *chunk_new(struct lop_arena *arena, size_t payload)
{
	struct lop_arena_chunk *chunk = lop_xmalloc(HEADER + payload);

	chunk->size = payload;
	arena->total += HEADER + payload;
	return chunk;
}

static char *chunk_payload(struct lop_arena_chunk *chunk)
{
	return (char *)chunk + HEADER;
}

/* An object too big to share a chunk gets one of its own, behind the head that is being filled. */
static void *alloc_alone(struct lop_arena *arena, size_t size)
{
	struct lop_arena_chunk *chunk = chunk_new(arena, size);

	if (arena->head) {
		chunk->older = arena->head->older;
		arena->head->older = chunk;
	} else {
		chunk->older = NULL;
		arena->head = chunk;
		arena->next = arena->end = chunk_payload(chunk) + size;
	}
	return chunk_payload(chunk);
}

static void *alloc_slow(struct lop_arena *arena, size_t size)
{
	size_t want = arena->total;
	struct lop_arena_chunk *chunk;

	if (want < CHUNK_FIRST)
		want = CHUNK_FIRST;
	if (want > CHUNK_LAST)
		want = CHUNK_LAST;
	if (size > want / 4)
		return alloc_alone(arena, size);
	chunk = chunk_new(arena, want);
	chunk->older = arena->head;
	arena->head = chunk;
	arena->next = chunk_payload(chunk) + size;
	arena->end = chunk_payload(chunk) + want;
	return chunk_payload(chunk);
}

void *lop_arena_alloc(struct lop_arena *arena, size_t size)
{
	char *p = arena->next;

	if (size > SIZE_MAX / 2)
		out_of_memory();
	size = size ? (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1) : ALIGNMENT;
	if (!p || size > (size_t)(arena->end - p))
		return alloc_slow(arena, size);
	arena->next = p + size;
	return p;
}

void *lop_arena_zalloc(struct lop_arena *arena, size_t size)
{
	return memset(lop_arena_alloc(arena, size), 0, size);
}

void *lop_arena_dup(struct lop_arena *arena, const void *data, size_t size)
{
	void *p = lop_arena_alloc(arena, size);

	if (size)
		memcpy(p, data, size);
	return p;
}

char *lop_arena_strndup(struct lop_arena *arena, const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *p = lop_arena_alloc(arena, len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *lop_arena_strdup(struct lop_arena *arena, const char *s)
{
	return lop_arena_dup(arena, s, strlen(s) + 1);
}

char *lop_arena_vprintf(struct lop_arena *arena, const char *fmt, va_list ap)
{
	va_list again;
	char *p;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	assert(len >= 0);
	p = lop_arena_alloc(arena, (size_t)len + 1);
	vsnprintf(p, (size_t)len + 1, fmt, again);
	va_end(again);
	return p;
}

char *lop_arena_printf(struct lop_arena *arena, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = lop_arena_vprintf(arena, fmt, ap);
	va_end(ap);
	return p;
}

void *lop_arena_grow(struct lop_arena *arena, void *p, size_t n, size_t item)
{
	void *grown;

	if (n & (n - 1) || (n && n < 4)) /* capacity is 4, then the next power of two */
		return p;
	grown = lop_arena_alloc(arena, (n ? 2 * n : 4) * item);
	if (n)
		memcpy(grown, p, n * item);
	return grown;
}

void lop_arena_free(struct lop_arena *arena)
{
	struct lop_arena_chunk *chunk = arena->head;

	while (chunk) {
		struct lop_arena_chunk *older = chunk->older;

		free(chunk);
		chunk = older;
	}
	memset(arena, 0, sizeof(*arena));
}
