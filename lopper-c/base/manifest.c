/* SPDX-License-Identifier: BSD-3-Clause */
/* The manifest: reading what an earlier run left with suspicion. Removes and writes nothing. */
#include "lopper-c/base/manifest.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lopper-c/base/file.h"

void lop_manifest_add(struct lop_manifest *manifest, const char *path)
{
	size_t n = strlen(manifest->dir);

	if (strncmp(path, manifest->dir, n) || path[n] != '/')
		return;
	for (path += n; *path == '/';)
		path++;
	if (manifest->count == manifest->cap) {
		manifest->cap = manifest->cap ? manifest->cap * 2 : 32;
		manifest->names =
			lop_xrealloc(manifest->names, manifest->cap * sizeof(*manifest->names));
	}
	manifest->names[manifest->count++] = path;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void lop_manifest_sort(struct lop_manifest *manifest)
{
	if (manifest->count)
		qsort(manifest->names, manifest->count, sizeof(*manifest->names), compare_names);
}

void lop_manifest_print(const struct lop_manifest *manifest, struct lop_buf *out)
{
	for (size_t i = 0; i < manifest->count; i++) {
		lop_buf_puts(out, manifest->names[i]);
		lop_buf_putc(out, '\n');
	}
}

static bool is_listed(const struct lop_manifest *manifest, const char *name)
{
	return manifest->count && bsearch(&name, manifest->names, manifest->count,
					  sizeof(*manifest->names), compare_names);
}

/* Relative, and no component is empty, "." or "..". */
static bool is_plain(const char *name)
{
	for (;;) {
		size_t n = strcspn(name, "/");

		if (n == 0 || (n == 1 && name[0] == '.') || (n == 2 && memcmp(name, "..", 2) == 0))
			return false;
		if (name[n] == '\0')
			return true;
		name += n + 1;
	}
}

/* A regular file, reached from dir through real folders only. */
static bool may_remove(const struct lop_manifest *manifest, char *path)
{
	struct stat st;
	char *slash = path + strlen(manifest->dir) + 1;

	for (; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode)) {
			*slash = '/';
			return false;
		}
	}
	return lstat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static size_t count_lines(const struct lop_buf *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->len; i++)
		n += text->data[i] == '\n';
	return n;
}

/* Names are in order, so that none is met twice; others than that are not ours. */
static size_t collect_stale(const struct lop_manifest *manifest, char *text, const char **paths)
{
	const char *previous = "";
	size_t n = 0;
	char *end;

	for (; (end = strchr(text, '\n')); text = end + 1) {
		char *path;

		*end = '\0';
		if (!is_plain(text) || strcmp(text, LOP_MANIFEST) == 0 ||
		    strcmp(text, previous) <= 0 || is_listed(manifest, text))
			continue;
		previous = text;
		path = lop_arena_printf(manifest->arena, "%s/%s", manifest->dir, text);
		if (may_remove(manifest, path))
			paths[n++] = path;
	}
	return n;
}

size_t lop_manifest_stale(const struct lop_manifest *manifest, const char ***paths)
{
	const char *path = lop_arena_printf(manifest->arena, "%s/%s", manifest->dir, LOP_MANIFEST);
	struct lop_buf text = { 0 };
	struct stat st;
	size_t n = 0;

	*paths = NULL;
	if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && lop_file_read(path, &text) == 0) {
		lop_buf_cstr(&text);
		*paths =
			lop_arena_alloc(manifest->arena, count_lines(&text) * sizeof(const char *));
		n = collect_stale(manifest, text.data, *paths);
	}
	lop_buf_free(&text);
	return n;
}

void lop_manifest_free(struct lop_manifest *manifest)
{
	free(manifest->names);
	manifest->names = NULL;
	manifest->count = manifest->cap = 0;
}
