/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The merge keys <<, <<+ and <<* (yaml.h says what they mean). Works on composed values; knows no
 * events.
 */
#include <string.h>

#include "lopper-c/yaml/reader.h"

static void bad_operand(struct lop_yaml_reader *reader, const struct lop_yaml_merge *merge,
			const struct lop_yaml *operand, const char *wanted)
{
	static const char *const kinds[] = { "nothing", "a scalar", "a list", "a mapping" };
	struct lop_span span = operand->span.text ? operand->span : merge->key_span;
	struct lop_diag *d =
		lop_report(reader->diags, LOP_YAML_MERGE, merge->key_span, "`%s` merges %s, not %s",
			   merge->extended ? "<<+" : "<<", wanted, kinds[operand->kind]);

	lop_diag_label(d, merge->key_span, "merged here");
	lop_diag_label(d, span, "this is %s", kinds[operand->kind]);
	if (operand->kind == LOP_YAML_LIST)
		lop_diag_help(d, "`<<+` joins lists");
	else
		lop_diag_help(d, "write an alias: `%s: *name`", merge->extended ? "<<+" : "<<");
}

static void add_shared(struct lop_yaml_reader *reader, struct lop_yaml *map, const char *key,
		       struct lop_span key_span, struct lop_yaml *value)
{
	struct lop_yaml *copy;

	if (lop_map_get(&reader->keys, map, key))
		return;
	copy = lop_yaml_share(reader, value);
	if (copy)
		lop_yaml_add_key(reader, map, key, key_span, copy);
}

static void add_keys_of(struct lop_yaml_reader *reader, struct lop_yaml *map,
			struct lop_yaml *operand)
{
	for (struct lop_yaml *v = operand->first; v && !reader->failed; v = v->next)
		add_shared(reader, map, v->key, v->key_span, v);
}

/* An operand is what one alias stands for; a list without an anchor is a list of operands. */
static bool is_operand_list(const struct lop_yaml *value)
{
	return value->kind == LOP_YAML_LIST && !value->anchor;
}

static struct lop_yaml *first_operand(struct lop_yaml *value)
{
	return is_operand_list(value) ? value->first : value;
}

static struct lop_yaml *next_operand(const struct lop_yaml *list, const struct lop_yaml *operand)
{
	return is_operand_list(list) ? operand->next : NULL;
}

static void merge_plain(struct lop_yaml_reader *reader, struct lop_yaml *map,
			const struct lop_yaml_merge *merge)
{
	struct lop_yaml *all = merge->operand;

	for (struct lop_yaml *op = first_operand(all); op; op = next_operand(all, op)) {
		if (op->kind == LOP_YAML_MAP)
			add_keys_of(reader, map, op);
		else if (!lop_yaml_cell(op)->poison)
			bad_operand(reader, merge, op, "mappings");
	}
}

/* How often the keys of the operands stand in all of them; the scope is the merge itself. */
static void note_operand_keys(struct lop_yaml_reader *reader, const struct lop_yaml_merge *merge)
{
	struct lop_yaml *all = merge->operand;

	for (struct lop_yaml *op = first_operand(all); op; op = next_operand(all, op)) {
		for (struct lop_yaml *v = op->kind == LOP_YAML_MAP ? op->first : NULL; v;
		     v = v->next) {
			bool again = lop_map_get(&reader->keys, merge, v->key) != NULL;

			lop_map_put(&reader->keys, merge, v->key,
				    again ? (void *)reader : (void *)op);
		}
	}
}

static bool shares_keys(const struct lop_yaml_reader *reader, const struct lop_yaml_merge *merge,
			const struct lop_yaml *operand)
{
	for (const struct lop_yaml *v = operand->first; v; v = v->next)
		if (lop_map_get(&reader->keys, merge, v->key) == (const void *)reader)
			return true;
	return false;
}

static void add_as_child(struct lop_yaml_reader *reader, struct lop_yaml *map,
			 const struct lop_yaml_merge *merge, struct lop_yaml *operand)
{
	struct lop_diag *d;

	if (operand->anchor) {
		add_shared(reader, map, operand->anchor, operand->span, operand);
		return;
	}
	d = lop_report(reader->diags, LOP_YAML_MERGE, operand->span,
		       "`<<+` cannot name this value: it has no anchor");
	lop_diag_label(d, merge->key_span, "merged here");
	lop_diag_help(d, "merge an alias (`*name`), or write the keys here");
}

static void merge_extended(struct lop_yaml_reader *reader, struct lop_yaml *map,
			   const struct lop_yaml_merge *merge)
{
	struct lop_yaml *all = merge->operand;

	note_operand_keys(reader, merge);
	for (struct lop_yaml *op = first_operand(all); op && !reader->failed;
	     op = next_operand(all, op)) {
		if (op->kind == LOP_YAML_MAP && !shares_keys(reader, merge, op))
			add_keys_of(reader, map, op);
		else if (op->kind == LOP_YAML_MAP || op->kind == LOP_YAML_LIST)
			add_as_child(reader, map, merge, op);
		else if (!lop_yaml_cell(op)->poison)
			bad_operand(reader, merge, op, "mappings and lists");
	}
}

static void splice(struct lop_yaml_reader *reader, struct lop_yaml *into, struct lop_yaml *value)
{
	struct lop_yaml *copy = lop_yaml_share(reader, value);

	if (copy)
		lop_yaml_append(into, copy);
}

static void splice_merge(struct lop_yaml_reader *reader, struct lop_yaml *into,
			 const struct lop_yaml_merge *merge)
{
	struct lop_yaml *all = merge->operand;

	for (struct lop_yaml *op = first_operand(all); op && !reader->failed;
	     op = next_operand(all, op)) {
		if (op->kind == LOP_YAML_MAP) {
			splice(reader, into, op);
			continue;
		}
		if (op->kind != LOP_YAML_LIST) {
			if (!lop_yaml_cell(op)->poison)
				bad_operand(reader, merge, op, "mappings and lists");
			continue;
		}
		for (struct lop_yaml *v = op->first; v && !reader->failed; v = v->next)
			splice(reader, into, v);
	}
}

static bool all_extended(const struct lop_yaml_merge *merges)
{
	for (; merges; merges = merges->next)
		if (!merges->extended)
			return false;
	return true;
}

void lop_yaml_apply_merges(struct lop_yaml_reader *reader, struct lop_yaml *map,
			   struct lop_yaml_merge *merges, bool in_list)
{
	bool spliced = in_list && !map->first && all_extended(merges);

	for (const struct lop_yaml_merge *m = merges; m && !reader->failed; m = m->next) {
		if (spliced)
			splice_merge(reader, map, m);
		else if (m->extended)
			merge_extended(reader, map, m);
		else
			merge_plain(reader, map, m);
	}
	lop_yaml_cell(map)->splice = spliced;
}
