/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Hash map from (scope, name) to a pointer. The scope is any pointer, NULL for global names; one
 * map so serves all children of all nodes of a tree. Iteration is in order of first insertion.
 */
#ifndef LOP_BASE_MAP_H
#define LOP_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct lop_map_entry {
	const void *scope;
	const char *key; /* not copied: must outlive the map */
	size_t key_len;
	void *value; /* NULL: removed */
	uint32_t hash;
};

/* A zeroed struct lop_map is a valid empty map. */
struct lop_map {
	struct lop_map_entry *entries; /* in order of insertion, removed ones included */
	size_t count;
	size_t cap;
	uint32_t *slots; /* open addressing; index into entries + 1, 0 is empty */
	size_t n_slots;	 /* power of two */
};

void *lop_map_get(const struct lop_map *map, const void *scope, const char *key);
void *lop_map_get_n(const struct lop_map *map, const void *scope, const char *key, size_t len);
/* Insert or replace. A NULL value removes. */
void lop_map_put(struct lop_map *map, const void *scope, const char *key, void *value);
void lop_map_free(struct lop_map *map);

#endif
