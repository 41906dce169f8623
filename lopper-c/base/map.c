/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The hash map: entries in order of insertion, and beside them a table of their indices with linear
 * probing, at most half full.
 *
 * A removed entry keeps its place in both; putting its name again revives it there. The hash is
 * seeded with an address, so that an input cannot be written to collide; the order of iteration
 * does not depend on it.
 */
#include "lopper-c/base/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/arena.h"

#define FIRST_SLOTS ((size_t)64)

static uint64_t mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ b) * UINT64_C(0x9e3779b97f4a7c15);

	return h ^ (h >> 29);
}

static uint32_t hash_of(const void *scope, const char *key, size_t len)
{
	static const char seed;
	uint64_t h = mix((uint64_t)(uintptr_t)&seed, (uint64_t)(uintptr_t)scope + len);
	uint64_t word;

	for (; len >= sizeof(word); key += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, key, sizeof(word));
		h = mix(h, word);
	}
	word = 0;
	if (len)
		memcpy(&word, key, len);
	h = mix(mix(h, word), h >> 32);
	return (uint32_t)(h >> 32);
}

/* The slot that holds the name, or the empty one where it belongs. */
static size_t find_slot(const struct lop_map *map, const void *scope, const char *key, size_t len,
			uint32_t hash)
{
	size_t mask = map->n_slots - 1;
	size_t i = hash & mask;

	for (; map->slots[i]; i = (i + 1) & mask) {
		const struct lop_map_entry *e = &map->entries[map->slots[i] - 1];

		if (e->hash == hash && e->scope == scope && e->key_len == len &&
		    memcmp(e->key, key, len) == 0)
			break;
	}
	return i;
}

static void grow_slots(struct lop_map *map)
{
	size_t n = map->n_slots ? map->n_slots * 2 : FIRST_SLOTS;

	free(map->slots);
	map->slots = lop_xmalloc(n * sizeof(*map->slots));
	memset(map->slots, 0, n * sizeof(*map->slots));
	map->n_slots = n;
	for (size_t i = 0; i < map->count; i++) {
		size_t slot = map->entries[i].hash & (n - 1);

		while (map->slots[slot])
			slot = (slot + 1) & (n - 1);
		map->slots[slot] = (uint32_t)(i + 1);
	}
}

static void grow_entries(struct lop_map *map)
{
	map->cap = map->cap ? map->cap * 2 : FIRST_SLOTS / 2;
	assert(map->cap < UINT32_MAX);
	map->entries = lop_xrealloc(map->entries, map->cap * sizeof(*map->entries));
}

void *lop_map_get_n(const struct lop_map *map, const void *scope, const char *key, size_t len)
{
	uint32_t index;

	if (map->count == 0)
		return NULL;
	index = map->slots[find_slot(map, scope, key, len, hash_of(scope, key, len))];
	return index ? map->entries[index - 1].value : NULL;
}

void *lop_map_get(const struct lop_map *map, const void *scope, const char *key)
{
	return lop_map_get_n(map, scope, key, strlen(key));
}

void lop_map_put(struct lop_map *map, const void *scope, const char *key, void *value)
{
	size_t len = strlen(key);
	uint32_t hash = hash_of(scope, key, len);
	size_t slot;

	if (map->count >= map->n_slots / 2)
		grow_slots(map);
	slot = find_slot(map, scope, key, len, hash);
	if (map->slots[slot]) {
		map->entries[map->slots[slot] - 1].value = value;
		return;
	}
	if (!value)
		return;
	if (map->count == map->cap)
		grow_entries(map);
	map->entries[map->count++] = (struct lop_map_entry){
		.scope = scope, .key = key, .key_len = len, .value = value, .hash = hash
	};
	map->slots[slot] = (uint32_t)map->count;
}

void lop_map_free(struct lop_map *map)
{
	free(map->entries);
	free(map->slots);
	memset(map, 0, sizeof(*map));
}
