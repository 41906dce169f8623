/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * `linker` of a domain: where the sections of its program go. Becomes the flat properties that
 * trees have: linker-section-text = <&memory>, linker-section-text-offset = <n>, and so on.
 */
#include <string.h>

#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"
#include "lopper-c/tree/bus.h"

struct policy {
	struct lop_merger *m;
	struct lop_node *node; /* of the domain */
	const char *owner;     /* "domain `x`" */
};

/* --- memories by name --- */

/* Vendors' trees name the kind of a memory in a property; the first of a name counts. */
static void index_ip_names(struct lop_merger *m)
{
	static const char *const props[] = { "xlnx,ip-name", "label" };
	struct lop_node *root = m->tree->root;

	lop_map_put(&m->ip_names, m, "", m); /* done */
	for (struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		for (size_t i = 0; i < sizeof(props) / sizeof(props[0]); i++) {
			const struct lop_prop *p = lop_prop_find(m->tree, n, props[i]);
			const char *s = p ? lop_value_str(&p->value, 0) : NULL;

			if (s && lop_prop_find(m->tree, n, "reg") &&
			    !lop_map_get(&m->ip_names, NULL, s))
				lop_map_put(&m->ip_names, NULL, s, n);
		}
	}
}

static struct lop_node *by_ip_name(struct lop_merger *m, const char *name)
{
	if (!lop_map_get(&m->ip_names, m, ""))
		index_ip_names(m);
	return lop_map_get(&m->ip_names, NULL, name);
}

static struct lop_node *find_memory(const struct policy *p, const struct lop_yaml *name,
				    const char *what)
{
	const struct lop_name_hit *hits;
	struct lop_node *node = NULL;
	enum lop_found found;
	struct lop_diag *d;

	if (!lop_merge_want(p->m, name, LOP_YAML_SCALAR, what))
		return NULL;
	found = lop_names_find(p->m, name->text, NULL, &node, &hits);
	if (found == LOP_FOUND)
		return node;
	node = found == LOP_NOT_FOUND ? lop_merge_region(p->m, name->text) : NULL;
	if (!node && found == LOP_NOT_FOUND)
		node = by_ip_name(p->m, name->text);
	if (node)
		return node;
	if (found == LOP_MANY) {
		d = lop_report(p->m->diags, LOP_AMBIGUOUS_NAME, name->span,
			       "%s: `%s` may be several nodes", what, name->text);
		lop_diag_label(d, name->span, "which one?");
		lop_names_list(p->m, d, name->text, hits);
		return NULL;
	}
	d = lop_report(p->m->diags, LOP_LINKER_REGION, name->span,
		       "%s names `%s`, which does not exist", what, name->text);
	lop_diag_label(d, name->span, "no such memory");
	lop_merge_did_you_mean(d, lop_names_nearest(p->m, name->text), NULL);
	lop_diag_help(d, "write the label, node, path or `xlnx,ip-name` of a memory that the "
			 "domain has");
	return NULL;
}

/* --- properties --- */

static const char *prop_name(const struct policy *p, const char *prefix, const char *name,
			     const char *suffix)
{
	char *text = lop_arena_printf(p->m->arena, "%s%s%s", prefix, name, suffix);

	return text;
}

static void set_ref(const struct policy *p, const char *prop, const struct lop_yaml *value,
		    const struct lop_node *node)
{
	struct lop_val val = { .arena = p->m->arena };

	lop_val_mark(&val, LOP_MARK_U32, NULL, value->span);
	lop_val_node(p->m, &val, node, value->span);
	lop_merge_set(p->m, p->node, prop, lop_val_take(&val), value->key_span, value->span);
}

static void set_number(const struct policy *p, const char *prop, const struct lop_yaml *value,
		       const char *what)
{
	struct lop_val val = { .arena = p->m->arena };
	uint64_t number;

	if (!lop_merge_number(p->m, value, 64, what, &number))
		return;
	lop_val_mark(&val, LOP_MARK_U32, NULL, value->span);
	lop_val_number(&val, number, number > UINT32_MAX ? 2 : 1);
	lop_merge_set(p->m, p->node, prop, lop_val_take(&val), value->key_span, value->span);
}

/* What a section cannot be without; not said where a misspelt key may well be it. */
static void report_missing(const struct policy *p, const struct lop_yaml *map, const char *what,
			   const char *key, const char *fix)
{
	struct lop_diag *d = lop_report(p->m->diags, LOP_MISSING_VALUE, map->key_span,
					"%s has no `%s`", what, key);

	lop_diag_label(d, map->key_span, "in this entry");
	lop_diag_help(d, "write `%s: { %s }`", map->key, fix);
}

/* region and offset, which every kind of section may have. */
static void apply_place(const struct policy *p, const char *prefix, const char *name,
			const char *region_suffix, const struct lop_yaml *map, const char *what)
{
	const struct lop_yaml *region = lop_yaml_get(map, "region");
	const struct lop_yaml *offset = lop_yaml_get(map, "offset");
	struct lop_node *node = region ? find_memory(p, region, what) : NULL;

	if (node)
		set_ref(p, prop_name(p, prefix, name, region_suffix), region, node);
	if (offset)
		set_number(p, prop_name(p, prefix, name, "-offset"), offset,
			   lop_arena_printf(p->m->arena, "`offset` of %s", what));
}

/* vector_table: { region, offset } */
static void apply_section(const struct policy *p, const struct lop_yaml *map)
{
	const char *what = lop_arena_printf(p->m->arena, "section `%s` of %s", map->key, p->owner);
	char *name;

	if (!lop_key_find(LOP_IN_SECTIONS, map->key) ||
	    !lop_merge_want(p->m, map, LOP_YAML_MAP, what))
		return;
	if (lop_check_keys(p->m, map, LOP_IN_SECTION, what) && !lop_yaml_get(map, "region"))
		report_missing(p, map, what, "region", "region: MEMORY");
	name = lop_arena_strdup(p->m->arena, map->key);
	for (char *c = name; *c; c++)
		if (*c == '_')
			*c = '-';
	apply_place(p, "linker-section-", name, "", map, what);
}

static void apply_sections(const struct policy *p, const struct lop_yaml *map)
{
	const char *what = lop_arena_printf(p->m->arena, "`sections` of %s", p->owner);

	if (!lop_merge_want(p->m, map, LOP_YAML_MAP, what))
		return;
	lop_check_keys(p->m, map, LOP_IN_SECTIONS, what);
	for (const struct lop_yaml *v = map->first; v; v = v->next)
		apply_section(p, v);
}

/* --- sections of the user's own --- */

static const struct {
	const char *key, *suffix;
} custom_props[] = {
	{ "input_sections", "-input-sections" },
	{ "alignment", "-alignment" },
	{ "keep", "-keep" },
	{ "noload", "-noload" },
};

/* keep and noload are there or not. */
static void set_custom(const struct policy *p, const struct lop_yaml *value, const char *name,
		       const char *suffix, const char *what)
{
	struct lop_key key = *lop_key_find(LOP_IN_CUSTOM, value->key);
	bool on;

	key.name = prop_name(p, "linker-custom-section-", name, suffix);
	if (key.kind != LOP_KEY_SWITCH)
		lop_merge_typed(p->m, p->node, &key, value, what);
	else if (lop_merge_bool(p->m, value, what, &on) && on)
		lop_merge_set(p->m, p->node, key.name, (struct lop_value){ 0 }, value->key_span,
			      value->span);
}

static void apply_custom(const struct policy *p, const struct lop_yaml *map)
{
	const char *what =
		lop_arena_printf(p->m->arena, "custom section `%s` of %s", map->key, p->owner);

	if (!lop_merge_want(p->m, map, LOP_YAML_MAP, what))
		return;
	if (lop_check_keys(p->m, map, LOP_IN_CUSTOM, what)) {
		static const char fix[] = "region: MEMORY, input_sections: [ .NAME, .NAME.* ]";

		if (!lop_yaml_get(map, "region"))
			report_missing(p, map, what, "region", fix);
		if (!lop_yaml_get(map, "input_sections"))
			report_missing(p, map, what, "input_sections", fix);
	}
	apply_place(p, "linker-custom-section-", map->key, "-region", map, what);
	for (size_t i = 0; i < sizeof(custom_props) / sizeof(custom_props[0]); i++) {
		const struct lop_yaml *v = lop_yaml_get(map, custom_props[i].key);

		if (v)
			set_custom(p, v, map->key, custom_props[i].suffix, what);
	}
}

static bool name_is_usable(const struct policy *p, const struct lop_yaml *map)
{
	struct lop_diag *d;

	if (lop_prop_name_valid(map->key) && strlen(map->key) <= 64)
		return true;
	d = lop_report(p->m->diags, LOP_LINKER_NAME, map->key_span,
		       "`%s` cannot be the name of a section", map->key);
	lop_diag_label(d, map->key_span, "becomes a part of property names");
	lop_diag_help(d, "use letters, digits and `_`, at most 64 of them");
	return false;
}

static void apply_customs(const struct policy *p, const struct lop_yaml *map)
{
	struct lop_val names = { .arena = p->m->arena };

	if (!lop_merge_want(p->m, map, LOP_YAML_MAP,
			    lop_arena_printf(p->m->arena, "`custom_sections` of %s", p->owner)))
		return;
	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		if (!name_is_usable(p, v))
			continue;
		lop_val_string(&names, v->key, v->key_span);
		apply_custom(p, v);
	}
	if (names.data.len)
		lop_merge_set(p->m, p->node, "linker-custom-sections", lop_val_take(&names),
			      map->key_span, map->span);
}

/* --- the keys --- */

static void apply_memories(const struct policy *p, const struct lop_yaml *list)
{
	const char *what = lop_arena_printf(p->m->arena, "`linker_memories` of %s", p->owner);
	struct lop_val cells = { .arena = p->m->arena };

	if (!lop_merge_want(p->m, list, LOP_YAML_LIST, what))
		return;
	for (const struct lop_yaml *v = list->first; v; v = v->next) {
		const struct lop_node *node = find_memory(p, v, what);

		if (!node)
			continue;
		lop_val_mark(&cells, LOP_MARK_U32, NULL, v->span);
		lop_val_node(p->m, &cells, node, v->span);
	}
	if (cells.data.len)
		lop_merge_set(p->m, p->node, "linker_memories", lop_val_take(&cells),
			      list->key_span, list->span);
}

static void set_text(const struct policy *p, const char *prop, const struct lop_yaml *value)
{
	const char *what = lop_arena_printf(p->m->arena, "`%s` of %s", value->key, p->owner);

	if (lop_merge_want(p->m, value, LOP_YAML_SCALAR, what))
		lop_merge_set_string(p->m, p->node, prop, value->text, value->key_span,
				     value->span);
}

void lop_apply_linker(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *map)
{
	const struct policy p = { m, e->node, lop_entity_text(m, e) };
	const char *what = lop_arena_printf(m->arena, "`linker` of %s", p.owner);

	if (!lop_merge_want(m, map, LOP_YAML_MAP, what))
		return;
	lop_check_keys(m, map, LOP_IN_LINKER, what);
	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		if (v->kind == LOP_YAML_NULL)
			continue;
		if (!strcmp(v->key, "linker_file_output_name"))
			set_text(&p, "linker_file_output_name", v);
		else if (!strcmp(v->key, "entry"))
			set_text(&p, "linker-entry", v);
		else if (!strcmp(v->key, "user_content"))
			set_text(&p, "linker-user-content", v);
		else if (!strcmp(v->key, "linker_memories"))
			apply_memories(&p, v);
		else if (!strcmp(v->key, "sections"))
			apply_sections(&p, v);
		else if (!strcmp(v->key, "custom_sections"))
			apply_customs(&p, v);
	}
}

/* The same keys without `linker` around them. */
void lop_apply_linker_memories(struct lop_merger *m, struct lop_entity *e,
			       const struct lop_yaml *list)
{
	const struct policy p = { m, e->node, lop_entity_text(m, e) };

	apply_memories(&p, list);
}
