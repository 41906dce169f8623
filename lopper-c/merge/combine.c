/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What several files say of one domain, as one mapping: mappings merge, the lists of what a domain
 * has are joined, anything else that changes is reported and the last file wins.
 */
#include <string.h>

#include "lopper-c/merge/state.h"

static bool joins(const char *key)
{
	static const char *const lists[] = { "access", "memory",	  "sram",
					     "cpus",   "reserved-memory", "include" };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (strcmp(key, lists[i]) == 0)
			return true;
	return false;
}

/* Depth is the YAML reader's (LOP_YAML_MAX_DEPTH). */
bool lop_yaml_equal(const struct lop_yaml *a, const struct lop_yaml *b)
{
	const struct lop_yaml *x = a->first, *y = b->first;

	if (a->kind != b->kind || a->count != b->count)
		return false;
	if (a->kind == LOP_YAML_SCALAR)
		return strcmp(a->text, b->text) == 0;
	for (; x && y; x = x->next, y = y->next)
		if ((x->key && strcmp(x->key, y->key) != 0) || !lop_yaml_equal(x, y))
			return false;
	return !x && !y;
}

void lop_report_conflict(struct lop_merger *m, const char *key, const struct lop_yaml *a,
			 const struct lop_yaml *b)
{
	struct lop_span here = b->span.len ? b->span : b->key_span;
	struct lop_span there = a->span.len ? a->span : a->key_span;
	struct lop_diag *d;

	if (a->kind == LOP_YAML_NULL || b->kind == LOP_YAML_NULL || lop_yaml_equal(a, b))
		return;
	d = lop_report(m->diags, LOP_YAML_CONFLICT, here, "`%s` is changed by a later file", key);
	lop_diag_label(d, here, "this value is used");
	lop_diag_label(d, there, "this one was given before");
	lop_diag_help(d, "keep the value in one of the files");
}

static struct lop_yaml *copy_head(struct lop_merger *m, const struct lop_yaml *value)
{
	struct lop_yaml *copy = lop_arena_dup(m->arena, value, sizeof(*copy));

	copy->next = NULL;
	return copy;
}

static void append_copies(struct lop_merger *m, struct lop_yaml *to, const struct lop_yaml *from)
{
	for (const struct lop_yaml *v = from->first; v; v = v->next)
		lop_yaml_push(to, copy_head(m, v));
}

static struct lop_yaml *empty_like(struct lop_merger *m, const struct lop_yaml *value)
{
	struct lop_yaml *copy = copy_head(m, value);

	copy->first = copy->last = NULL;
	copy->count = 0;
	return copy;
}

static struct lop_yaml *join_lists(struct lop_merger *m, const struct lop_yaml *a,
				   const struct lop_yaml *b)
{
	struct lop_yaml *list = empty_like(m, a);

	append_copies(m, list, a);
	append_copies(m, list, b);
	return list;
}

/* What one key holds after both files: a new value with b's place in no list. */
static struct lop_yaml *combined(struct lop_merger *m, const struct lop_yaml *a,
				 const struct lop_yaml *b)
{
	if (a->kind == LOP_YAML_MAP && b->kind == LOP_YAML_MAP)
		return lop_combine(m, a, b);
	if (a->kind == LOP_YAML_LIST && b->kind == LOP_YAML_LIST && joins(b->key))
		return join_lists(m, a, b);
	lop_report_conflict(m, b->key, a, b);
	return copy_head(m, b->kind == LOP_YAML_NULL ? a : b);
}

static void replace(struct lop_yaml *old, const struct lop_yaml *value)
{
	struct lop_yaml *next = old->next;

	*old = *value;
	old->next = next;
}

struct lop_yaml *lop_combine(struct lop_merger *m, const struct lop_yaml *a,
			     const struct lop_yaml *b)
{
	struct lop_yaml *map = empty_like(m, a ? a : b);

	if (a)
		append_copies(m, map, a);
	for (struct lop_yaml *v = map->first; v; v = v->next)
		lop_map_put(&m->keys, map, v->key, v);
	for (const struct lop_yaml *v = b->first; v; v = v->next) {
		struct lop_yaml *old = lop_map_get(&m->keys, map, v->key);

		if (old) {
			replace(old, combined(m, old, v));
			continue;
		}
		lop_yaml_push(map, copy_head(m, v));
		lop_map_put(&m->keys, map, v->key, map->last);
	}
	return map;
}
