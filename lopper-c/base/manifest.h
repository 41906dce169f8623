/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The list of what earlier runs wrote into an output folder, and so of what may be removed from it:
 * sorted names relative to the folder, one per line. Private to base/outputs.c.
 */
#ifndef LOP_BASE_MANIFEST_H
#define LOP_BASE_MANIFEST_H

#include <stddef.h>

#include "lopper-c/base/arena.h"
#include "lopper-c/base/buf.h"

#define LOP_MANIFEST ".sdtgen-manifest"

/* Paths below dir, sorted by lop_manifest_sort. */
struct lop_manifest {
	struct lop_arena *arena;
	const char *dir;    /* without a slash at its end */
	const char **names; /* relative; malloc memory */
	size_t count, cap;
};

/* Notes a produced file; a path that is not below dir is no business of the manifest. */
void lop_manifest_add(struct lop_manifest *manifest, const char *path);
/* Sorts the names. Call once, after the last add and before the two below. */
void lop_manifest_sort(struct lop_manifest *manifest);
void lop_manifest_print(const struct lop_manifest *manifest, struct lop_buf *out);
/*
 * Paths of files that the manifest on disk has and this one has not. Only regular files that are
 * reached from dir through real folders by a plain relative name: the manifest is not trusted.
 * Returns their number; the array is the arena's.
 */
size_t lop_manifest_stale(const struct lop_manifest *manifest, const char ***paths);
void lop_manifest_free(struct lop_manifest *manifest);

#endif
