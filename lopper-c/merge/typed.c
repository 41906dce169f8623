/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Keys whose kind in the schema says everything: each becomes a property of its own name, so that a
 * domain written in a DTS can say the same.
 *
 *	switch      <1> or <0>          strings   "a", "b"
 *	count       <n>                 choice    "word"
 *	bytes       <hi lo>             domain    <&domain ...>
 *	time        <milliseconds>      device    <&node>
 *	pair        <to-host to-remote> ends      <hi lo> of the host, <hi lo> of the remote
 *	devices, regions    <&node ...>
 *	range       <hi lo hi lo>: address and size; a size alone is <hi lo> of NAME-size
 *
 * `auto` where a number may stand is the same as no key at all.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"

struct typed {
	struct lop_merger *m;
	struct lop_node *node;
	const struct lop_key *key;
	const struct lop_yaml *value;
	const char *what; /* "`buffers` of link `x`" */
	struct lop_val val;
};

static struct lop_span span_of(const struct lop_yaml *value)
{
	return value->span.len ? value->span : value->key_span;
}

static bool is_auto(const struct lop_yaml *value)
{
	return value->kind == LOP_YAML_SCALAR && strcmp(value->text, "auto") == 0;
}

static void begin_cells(struct typed *t, const struct lop_yaml *value)
{
	lop_val_mark(&t->val, LOP_MARK_U32, NULL, span_of(value));
}

/* A number of that many bits; all ones stand for none in a property. */
static bool number_of(struct typed *t, const struct lop_yaml *value, unsigned bits,
		      uint64_t *number)
{
	struct lop_diag *d;

	if (!lop_merge_number(t->m, value, bits, t->what, number))
		return false;
	if (*number != (bits > 32 ? UINT64_MAX : UINT32_MAX))
		return true;
	d = lop_report(t->m->diags, LOP_BAD_NUMBER, value->span, "%s cannot be 0x%llx", t->what,
		       (unsigned long long)*number);
	lop_diag_label(d, value->span, "all ones stand for no number");
	lop_diag_help(d, "write a smaller number, or leave the key out");
	return false;
}

static void put_number(struct typed *t, const struct lop_yaml *value, unsigned bits)
{
	uint64_t number;

	if (!number_of(t, value, bits, &number))
		return;
	begin_cells(t, value);
	lop_val_number(&t->val, number, bits > 32 ? 2 : 1);
}

static void put_switch(struct typed *t)
{
	bool on;

	if (!lop_merge_bool(t->m, t->value, t->what, &on))
		return;
	begin_cells(t, t->value);
	lop_val_number(&t->val, on, 1);
}

/* A number with a unit, in milliseconds of at most 32 bits. */
static bool parse_time(const char *text, uint64_t *ms)
{
	static const struct {
		const char *unit;
		uint64_t ms;
	} units[] = { { "ms", 1 }, { "s", 1000 }, { "min", 60000 } };
	size_t digits = strspn(text, "0123456789");
	const char *unit = text + digits + strspn(text + digits, " ");
	uint64_t n = 0;

	if (!digits || digits > 9)
		return false;
	for (size_t i = 0; i < digits; i++)
		n = n * 10 + (uint64_t)(text[i] - '0');
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(unit, units[i].unit) != 0)
			continue;
		*ms = n * units[i].ms;
		return *ms <= UINT32_MAX;
	}
	return false;
}

static void put_time(struct typed *t)
{
	struct lop_diag *d;
	uint64_t ms;

	if (!lop_merge_want(t->m, t->value, LOP_YAML_SCALAR, t->what))
		return;
	if (parse_time(t->value->text, &ms)) {
		begin_cells(t, t->value);
		lop_val_number(&t->val, ms, 1);
		return;
	}
	d = lop_report(t->m->diags, LOP_BAD_NUMBER, t->value->span, "%s is no time: `%s`", t->what,
		       t->value->text);
	lop_diag_label(d, t->value->span, "a number and its unit are wanted");
	lop_diag_help(d, "write 250ms, 2s or 1min");
}

static void put_string(struct typed *t, const struct lop_yaml *value)
{
	if (lop_merge_want(t->m, value, LOP_YAML_SCALAR, t->what))
		lop_val_string(&t->val, value->text, span_of(value));
}

/* A list of values, or one. */
static void put_each(struct typed *t, void (*put_one)(struct typed *, const struct lop_yaml *))
{
	if (t->value->kind == LOP_YAML_LIST)
		for (const struct lop_yaml *v = t->value->first; v; v = v->next)
			put_one(t, v);
	else
		put_one(t, t->value);
}

static bool is_one_of(const char *words, const char *text)
{
	size_t len = strlen(text);

	while (*words) {
		size_t n = strcspn(words, "|");

		if (n == len && strncmp(words, text, n) == 0)
			return true;
		words += n + (words[n] == '|');
	}
	return false;
}

static const char *nearest_word(struct lop_merger *m, const char *words, const char *text)
{
	struct lop_nearest nearest = { .word = text };

	while (*words) {
		size_t n = strcspn(words, "|");

		lop_nearest_add(&nearest, lop_arena_strndup(m->arena, words, n));
		words += n + (words[n] == '|');
	}
	return nearest.best;
}

bool lop_merge_choice(struct lop_merger *m, const struct lop_yaml *value, const struct lop_key *key,
		      const char *what)
{
	const char *words = lop_key_choices(key);
	struct lop_diag *d;

	if (!lop_merge_want(m, value, LOP_YAML_SCALAR, what))
		return false;
	if (is_one_of(words, value->text))
		return true;
	d = lop_report(m->diags, LOP_BAD_CHOICE, value->span, "%s cannot be `%s`", what,
		       value->text);
	lop_diag_label(d, value->span, "not one of %s", words);
	lop_merge_did_you_mean(d, nearest_word(m, words, value->text), NULL);
	lop_diag_help(d, "write one of %s", words);
	return false;
}

static void put_domain(struct typed *t, const struct lop_yaml *name)
{
	const struct lop_entity *e = lop_merge_domain(t->m, name, t->what);

	if (!e)
		return;
	begin_cells(t, name);
	lop_val_node(t->m, &t->val, e->node, name->span);
}

/* A name that was reported leaves the property empty: it is there, and says nothing more. */
static void put_only_domain(struct typed *t)
{
	put_domain(t, t->value);
	if (!t->val.data.len)
		lop_merge_set(t->m, t->node, t->key->name, (struct lop_value){ 0 },
			      t->value->key_span, span_of(t->value));
}

/* Says why a name is no node, or not one alone. */
static void report_device(struct typed *t, const struct lop_yaml *name,
			  const struct lop_name_hit *hits)
{
	const bool region = t->key->kind == LOP_KEY_REGIONS;
	const char *best = NULL;
	struct lop_diag *d;

	if (hits) {
		d = lop_report(t->m->diags, LOP_AMBIGUOUS_NAME, name->span,
			       "%s: `%s` may be several nodes", t->what, name->text);
		lop_diag_label(d, name->span, "which one?");
		lop_names_list(t->m, d, name->text, hits);
		return;
	}
	d = lop_report(t->m->diags, region ? LOP_UNKNOWN_CARVEOUT : LOP_UNKNOWN_DEVICE, name->span,
		       "%s names `%s`, which does not exist", t->what, name->text);
	lop_diag_label(d, name->span, "no such node or label");
	if (region && t->m->reserved)
		best = lop_merge_nearest_child(t->m, t->m->reserved, name->text);
	lop_merge_did_you_mean(d, best ? best : lop_names_nearest(t->m, name->text),
			       "write the label or the name of a node of the tree");
}

static void put_device(struct typed *t, const struct lop_yaml *name)
{
	const struct lop_name_hit *hits = NULL;
	struct lop_node *node = NULL;
	enum lop_found found;

	if (!lop_merge_want(t->m, name, LOP_YAML_SCALAR, t->what))
		return;
	if (t->key->kind == LOP_KEY_REGIONS)
		node = lop_merge_region(t->m, name->text);
	found = node ? LOP_FOUND : lop_names_find(t->m, name->text, NULL, &node, &hits);
	if (found != LOP_FOUND) {
		report_device(t, name, found == LOP_MANY ? hits : NULL);
		return;
	}
	begin_cells(t, name);
	lop_val_node(t->m, &t->val, node, name->span);
}

/* Two numbers that one value, or a mapping with two keys, stands for; auto and missing: unset. */
static void put_two(struct typed *t, enum lop_key_where where, const char *const keys[2],
		    unsigned bits)
{
	const uint64_t unset = bits > 32 ? UINT64_MAX : UINT32_MAX;
	uint64_t numbers[2] = { unset, unset };

	if (t->value->kind == LOP_YAML_MAP) {
		lop_check_keys(t->m, t->value, where, t->what);
		for (unsigned i = 0; i < 2; i++) {
			const struct lop_yaml *v = lop_yaml_get(t->value, keys[i]);

			if (v && !is_auto(v) && !number_of(t, v, bits, &numbers[i]))
				return;
		}
	} else {
		if (!number_of(t, t->value, bits, &numbers[0]))
			return;
		numbers[1] = numbers[0];
	}
	begin_cells(t, t->value);
	for (unsigned i = 0; i < 2; i++)
		lop_val_number(&t->val, numbers[i], bits > 32 ? 2 : 1);
}

/* { start, size } is the property itself, { size } alone NAME-size. */
static void put_range(struct typed *t)
{
	const struct lop_yaml *start = lop_yaml_get(t->value, "start");
	const struct lop_yaml *size = lop_yaml_get(t->value, "size");
	struct lop_range range;

	if (!lop_merge_want(t->m, t->value, LOP_YAML_MAP, t->what))
		return;
	if (!lop_check_keys(t->m, t->value, LOP_IN_RANGE, t->what) && !size)
		return;
	if (size && (!start || is_auto(start))) {
		static const struct lop_key size_key = { LOP_IN_RANGE, "size", LOP_KEY_BYTES, "" };
		struct typed alone = *t;

		alone.key = &size_key;
		put_number(&alone, size, 64);
		lop_merge_set(t->m, t->node, lop_arena_printf(t->m->arena, "%s-size", t->key->name),
			      lop_val_take(&alone.val), size->key_span, size->span);
		return;
	}
	if (!lop_merge_start_size(t->m, t->value, start, size, t->what, &range))
		return;
	begin_cells(t, start);
	lop_val_number(&t->val, range.base, 2);
	lop_val_number(&t->val, range.size, 2);
}

static void put(struct typed *t)
{
	static const char *const directions[2] = { "to-host", "to-remote" };
	static const char *const ends[2] = { "host", "remote" };

	switch (t->key->kind) {
	case LOP_KEY_SWITCH:
		put_switch(t);
		break;
	case LOP_KEY_COUNT:
		put_number(t, t->value, 32);
		break;
	case LOP_KEY_BYTES:
		put_number(t, t->value, 64);
		break;
	case LOP_KEY_TIME:
		put_time(t);
		break;
	case LOP_KEY_STRINGS:
		put_each(t, put_string);
		break;
	case LOP_KEY_CHOICE:
		if (lop_merge_choice(t->m, t->value, t->key, t->what))
			lop_val_string(&t->val, t->value->text, t->value->span);
		break;
	case LOP_KEY_DOMAIN:
		put_only_domain(t);
		break;
	case LOP_KEY_DOMAINS:
		put_each(t, put_domain);
		break;
	case LOP_KEY_DEVICE:
		put_device(t, t->value);
		break;
	case LOP_KEY_DEVICES:
	case LOP_KEY_REGIONS:
		put_each(t, put_device);
		break;
	case LOP_KEY_PAIR:
		put_two(t, LOP_IN_PAIR, directions, 32);
		break;
	case LOP_KEY_ENDS:
		put_two(t, LOP_IN_ENDS, ends, 64);
		break;
	case LOP_KEY_RANGE:
		put_range(t);
		break;
	default:
		break;
	}
}

bool lop_key_is_typed(const struct lop_key *key)
{
	return key && key->kind >= LOP_KEY_SWITCH;
}

void lop_merge_typed(struct lop_merger *m, struct lop_node *node, const struct lop_key *key,
		     const struct lop_yaml *value, const char *owner)
{
	struct typed t = {
		.m = m,
		.node = node,
		.key = key,
		.value = value,
		.what = lop_arena_printf(m->arena, "`%s` of %s", key->name, owner),
		.val.arena = m->arena,
	};
	bool any;

	if (value->kind == LOP_YAML_NULL || (is_auto(value) && key->kind != LOP_KEY_STRINGS))
		return;
	put(&t);
	any = t.val.data.len > 0;
	if (any)
		lop_merge_set(m, node, key->name, lop_val_take(&t.val), value->key_span,
			      span_of(value));
	else
		lop_val_drop(&t.val);
}
