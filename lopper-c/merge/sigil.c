/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Conditional properties: `prop!condition!scheme`. A variant of a node is its complete property
 * list under one condition. The value that `append` and `prepend` extend is the merged tree's (not
 * only what stands further up in the YAML). They concatenate string lists and cells; `bootargs`,
 * which is one string for every consumer, is joined with a space instead.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/state.h"

/* Conditions are names of operating systems; more than this in one run is no domain file. */
#define MAX_CONDITIONS 64

static bool scheme_of(const char *word, enum lop_scheme *scheme)
{
	static const char *const words[] = { "replace", "append", "prepend", "delete" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(word, words[i]) == 0) {
			*scheme = (enum lop_scheme)i;
			return true;
		}
	}
	return false;
}

static bool bad_sigil(struct lop_merger *m, const char *key, struct lop_span span, const char *why)
{
	struct lop_diag *d =
		lop_report(m->diags, LOP_YAML_TYPE, span, "`%s` is no conditional key", key);

	lop_diag_label(d, span, "%s", why);
	lop_diag_help(d, "write `name!condition`, `name!condition!append` or `name!append`; the "
			 "schemes are replace, append, prepend and delete");
	return false;
}

static bool add_condition(struct lop_merger *m, struct lop_sigil *out, const char *word,
			  struct lop_span span)
{
	struct lop_conditions *c;

	for (const struct lop_conditions *have = out->conditions; have; have = have->next)
		if (strcmp(have->name, word) == 0)
			return true;
	if (!lop_map_get(&m->conditions, NULL, word)) {
		if (m->n_conditions >= MAX_CONDITIONS) {
			lop_diag_help(lop_report(m->diags, LOP_LIMIT, span,
						 "more than %d different conditions",
						 MAX_CONDITIONS),
				      "use fewer words behind `!`: those that a domain's "
				      "`lopper,activate` or os,type has");
			return false;
		}
		m->n_conditions++;
		lop_map_put(&m->conditions, NULL, word, m);
	}
	c = lop_arena_alloc(m->arena, sizeof(*c));
	*c = (struct lop_conditions){ .name = word, .next = out->conditions };
	out->conditions = c;
	return true;
}

bool lop_sigil_parse(struct lop_merger *m, const char *key, struct lop_span span,
		     struct lop_sigil *out)
{
	size_t len = strcspn(key, "!");

	*out = (struct lop_sigil){ .name = key };
	if (!key[len])
		return true;
	out->name = lop_arena_strndup(m->arena, key, len);
	if (!len)
		return bad_sigil(m, key, span, "no name before the `!`");
	for (const char *s = key + len; *s; s += len) {
		const char *word;
		enum lop_scheme scheme;

		len = strcspn(++s, "!");
		word = lop_arena_strndup(m->arena, s, len);
		if (!len)
			return bad_sigil(m, key, span, "nothing between two `!`");
		if (!scheme_of(word, &scheme)) {
			if (!add_condition(m, out, word, span))
				return false;
			continue;
		}
		if (out->has_scheme)
			return bad_sigil(m, key, span, "two schemes");
		out->has_scheme = true;
		out->scheme = scheme;
	}
	return true;
}

/* --- applying --- */

static struct lop_prop *copy_prop(struct lop_merger *m, const struct lop_prop *prop)
{
	static const struct lop_value nothing = { 0 };
	struct lop_prop *copy = lop_arena_dup(m->arena, prop, sizeof(*copy));

	copy->value = lop_value_join(m, &prop->value, &nothing);
	copy->labels = NULL;
	copy->next = copy->prev = NULL;
	return copy;
}

static struct lop_prop *find_prop(const struct lop_merger *m, const struct lop_variant *variant,
				  const char *name)
{
	return lop_map_get(&m->variant_props, variant, name);
}

static void add_prop(struct lop_merger *m, struct lop_variant *variant, struct lop_prop *prop)
{
	prop->prev = find_prop(m, variant, "");
	if (prop->prev)
		prop->prev->next = prop;
	else
		variant->props = prop;
	lop_map_put(&m->variant_props, variant, "", prop);
	lop_map_put(&m->variant_props, variant, prop->name, prop);
}

static struct lop_variant *variant_of(struct lop_merger *m, struct lop_node *node,
				      const char *condition)
{
	struct lop_variant **link = &node->variants, *v;

	for (; *link; link = &(*link)->next)
		if (strcmp((*link)->condition, condition) == 0)
			return *link;
	v = lop_arena_zalloc(m->arena, sizeof(*v));
	v->condition = condition;
	*link = v;
	for (const struct lop_prop *p = node->props; p; p = p->next)
		if (!p->hidden)
			add_prop(m, v, copy_prop(m, p));
	return v;
}

static void drop_prop(struct lop_merger *m, struct lop_variant *variant,
		      const struct lop_prop *prop)
{
	if (!prop)
		return;
	if (prop->prev)
		prop->prev->next = prop->next;
	else
		variant->props = prop->next;
	if (prop->next)
		prop->next->prev = prop->prev;
	else
		lop_map_put(&m->variant_props, variant, "", prop->prev);
	lop_map_put(&m->variant_props, variant, prop->name, NULL);
}

static struct lop_value with_space(struct lop_merger *m, const struct lop_value *first,
				   const struct lop_value *second)
{
	const char *a = lop_value_str(first, 0), *b = lop_value_str(second, 0);

	if (!a || !b)
		return a ? *first : *second;
	return lop_value_string(m->arena, lop_arena_printf(m->arena, "%s %s", a, b));
}

static struct lop_value extended(struct lop_merger *m, const struct lop_change *change,
				 const struct lop_prop *old, struct lop_value value)
{
	const struct lop_value *first = &value, *second = &value;

	if (!old || change->scheme == LOP_REPLACE)
		return value;
	if (change->scheme == LOP_APPEND_TO)
		first = &old->value;
	else
		second = &old->value;
	if (strcmp(change->name, "bootargs") == 0)
		return with_space(m, first, second);
	return lop_value_join(m, first, second);
}

static void change_variant(struct lop_merger *m, struct lop_variant *variant,
			   const struct lop_change *change, const struct lop_value *value)
{
	struct lop_prop *prop = find_prop(m, variant, change->name);

	if (!value) {
		drop_prop(m, variant, prop);
		return;
	}
	if (!prop) {
		prop = lop_arena_zalloc(m->arena, sizeof(*prop));
		prop->name = change->name;
		add_prop(m, variant, prop);
		prop->value = *value;
	} else {
		prop->value = extended(m, change, prop, *value);
	}
	prop->span = change->key_span;
	prop->value_span = change->value->span;
}

static bool has_address_key(const struct lop_change *change)
{
	return strcmp(change->name, "start") == 0 || strcmp(change->name, "size") == 0;
}

/* The value of a change; false: nothing to do. *gone: the property goes away. */
static bool value_of(struct lop_merger *m, const struct lop_change *change, struct lop_value *value,
		     bool *gone)
{
	enum lop_converted result;

	*gone = change->scheme == LOP_DELETE;
	if (*gone)
		return true;
	if (has_address_key(change)) {
		lop_diag_help(lop_report(m->diags, LOP_UNSUPPORTED, change->key_span,
					 "`%s` cannot depend on a condition", change->name),
			      "write the whole property: `reg!condition: [ { start: .., size: .. } "
			      "]`");
		return false;
	}
	result = lop_merge_convert(m, change->node, change->name, change->value, value);
	*gone = result == LOP_OMIT;
	return result != LOP_POISON;
}

static void apply_conditional(struct lop_merger *m, const struct lop_change *change)
{
	for (const struct lop_conditions *c = change->conditions; c; c = c->next) {
		struct lop_value value = { 0 };
		bool gone;

		if (!value_of(m, change, &value, &gone))
			return;
		change_variant(m, variant_of(m, change->node, c->name), change,
			       gone ? NULL : &value);
	}
}

/* A scheme without a condition changes the tree's own value at once. */
static void apply_scheme(struct lop_merger *m, const struct lop_change *change)
{
	const struct lop_prop *old = lop_prop_find(m->tree, change->node, change->name);
	struct lop_value value = { 0 };
	bool gone;

	if (!value_of(m, change, &value, &gone))
		return;
	if (gone)
		lop_prop_del(m->tree, change->node, change->name);
	else
		lop_merge_set(m, change->node, change->name, extended(m, change, old, value),
			      change->key_span, change->value->span);
}

void lop_merge_variants(struct lop_merger *m)
{
	for (const struct lop_change *c = m->changes; c; c = c->next)
		if (!c->conditions && c->scheme != LOP_REPLACE)
			apply_scheme(m, c);
	for (const struct lop_change *c = m->changes; c; c = c->next)
		if (c->conditions)
			apply_conditional(m, c);
}
