/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Relations as older files write them: all peers in one list, and beside it lists that all peers
 * share. Where it is clear which peer gets what, the present form is made of it: relation0..n, one
 * peer each. Elsewhere the message says the present form.
 */
#include <string.h>

#include "lopper-c/merge/state.h"

/* One domain has no more peers than this in one relation. */
#define MAX_PEERS 64

static struct lop_yaml *new_map(struct lop_merger *m, const char *key, const struct lop_yaml *like)
{
	struct lop_yaml *map = lop_arena_zalloc(m->arena, sizeof(*map));

	map->kind = LOP_YAML_MAP;
	map->key = key;
	map->key_span = like->key_span;
	map->span = like->span;
	return map;
}

static struct lop_yaml *copy_as(struct lop_merger *m, const struct lop_yaml *value,
				const struct lop_yaml *key)
{
	struct lop_yaml *copy = lop_arena_dup(m->arena, value, sizeof(*value));

	copy->key = key->key;
	copy->key_span = key->key_span;
	return copy;
}

static const struct lop_yaml *item(const struct lop_yaml *list, size_t i)
{
	const struct lop_yaml *v = list->first;

	while (i-- > 0)
		v = v->next;
	return v;
}

static struct lop_yaml *slice(struct lop_merger *m, const struct lop_yaml *list, size_t first,
			      size_t count)
{
	struct lop_yaml *part = copy_as(m, list, list);
	const struct lop_yaml *v = item(list, first);

	part->first = part->last = NULL;
	part->count = 0;
	for (; count > 0; count--, v = v->next)
		lop_yaml_push(part, lop_arena_dup(m->arena, v, sizeof(*v)));
	return part;
}

/* What the i-th of n peers gets of a value; NULL: not clear. */
static struct lop_yaml *share(struct lop_merger *m, const struct lop_yaml *value, size_t i,
			      size_t n)
{
	bool nested =
		value->kind == LOP_YAML_LIST && value->first && value->first->kind == LOP_YAML_LIST;

	if (nested)
		return value->count == n ? copy_as(m, item(value, i), value) : NULL;
	if (value->kind != LOP_YAML_LIST || n == 1)
		return copy_as(m, value, value);
	if (!value->count || value->count % n)
		return NULL;
	return slice(m, value, i * (value->count / n), value->count / n);
}

static struct lop_yaml *stale(struct lop_merger *m, const struct lop_yaml *value, size_t n)
{
	struct lop_diag *d = lop_report(m->diags, LOP_STALE_SYNTAX, value->key_span,
					"`%s` cannot be shared out among %zu peers", value->key, n);

	lop_diag_label(d, value->key_span, "a form of older files");
	lop_diag_help(d, "write one mapping for each peer: `relation0: { remote: DOMAIN, "
			 "carveouts: [ .. ], mbox: .. }`, `relation1: ..`");
	return NULL;
}

static bool is_shared_key(const char *key)
{
	static const char *const keys[] = { "elfload", "carveouts", "mbox", "timer" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

/* relation<i> for one peer; NULL: reported. */
static struct lop_yaml *relation_of(struct lop_merger *m, const struct lop_yaml *node,
				    const struct lop_yaml *peers, size_t i, size_t n)
{
	struct lop_yaml *map = new_map(m, lop_arena_printf(m->arena, "relation%zu", i), peers);

	lop_yaml_push(map,
		      copy_as(m, peers->kind == LOP_YAML_LIST ? item(peers, i) : peers, peers));
	for (const struct lop_yaml *v = node->first; v; v = v->next) {
		struct lop_yaml *part;

		if (!is_shared_key(v->key))
			continue;
		part = share(m, v, i, n);
		if (!part)
			return stale(m, v, n);
		lop_yaml_push(map, part);
	}
	return map;
}

/* remoteproc-v1 differs from v2 in nothing but this form. */
static struct lop_yaml *kind_of(struct lop_merger *m, const struct lop_yaml *compatible)
{
	struct lop_yaml *copy = copy_as(m, compatible, compatible);

	if (copy->kind == LOP_YAML_SCALAR && strcmp(copy->text, "openamp,remoteproc-v1") == 0)
		copy->text = "openamp,remoteproc-v2";
	return copy;
}

struct lop_yaml *lop_relation_modern(struct lop_merger *m, const struct lop_yaml *node)
{
	const struct lop_yaml *peers = lop_yaml_get(node, "remote");
	struct lop_yaml *map = new_map(m, node->key, node);
	size_t n;

	if (!peers)
		peers = lop_yaml_get(node, "host");
	n = peers->kind == LOP_YAML_LIST ? peers->count : 1;
	if (!n || n > MAX_PEERS)
		return stale(m, peers, n);
	for (const struct lop_yaml *v = node->first; v; v = v->next) {
		bool is_peer = strcmp(v->key, "remote") == 0 || strcmp(v->key, "host") == 0;

		if (strcmp(v->key, "compatible") == 0)
			lop_yaml_push(map, kind_of(m, v));
		else if (!is_peer && !is_shared_key(v->key))
			lop_yaml_push(map, copy_as(m, v, v));
	}
	for (size_t i = 0; i < n; i++) {
		struct lop_yaml *relation = relation_of(m, node, peers, i, n);

		if (!relation)
			return NULL;
		lop_yaml_push(map, relation);
	}
	return map;
}
