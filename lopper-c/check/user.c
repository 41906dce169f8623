/* SPDX-License-Identifier: BSD-3-Clause */
/* Users' rules run on a tree: which nodes one is about, and whether they keep it. */
#include <inttypes.h>
#include <string.h>

#include "lopper-c/base/map.h"
#include "lopper-c/base/str.h"
#include "lopper-c/check/user_rule.h"

/* --- the checks --- */

static const char *judge_required(const struct lop_tree *tree, const struct lop_node *node,
				  const struct lop_user_params *params, struct lop_arena *arena,
				  const struct lop_prop **at)
{
	(void)at;
	for (const struct lop_yaml *v = params->names->first; v; v = v->next)
		if (!lop_prop_find(tree, node, v->text))
			return lop_arena_printf(arena, "it has no `%s`", v->text);
	return NULL;
}

static const char *judge_forbidden(const struct lop_tree *tree, const struct lop_node *node,
				   const struct lop_user_params *params, struct lop_arena *arena,
				   const struct lop_prop **at)
{
	for (const struct lop_yaml *v = params->names->first; v; v = v->next) {
		*at = lop_prop_find(tree, node, v->text);
		if (*at)
			return lop_arena_printf(arena, "it has `%s`", v->text);
	}
	return NULL;
}

static bool is_listed(const struct lop_yaml *list, const char *s)
{
	for (const struct lop_yaml *v = list->first; v; v = v->next)
		if (!strcmp(v->text, s))
			return true;
	return false;
}

static const char *judge_enum(const struct lop_tree *tree, const struct lop_node *node,
			      const struct lop_user_params *params, struct lop_arena *arena,
			      const struct lop_prop **at)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, params->property);
	const char *s;

	*at = prop;
	for (uint32_t pos = 0; prop && (s = lop_value_next_str(&prop->value, &pos));)
		if (!is_listed(params->names, s))
			return lop_arena_printf(arena, "`%s` is `%s`", prop->name, s);
	return NULL;
}

static const char *judge_range(const struct lop_tree *tree, const struct lop_node *node,
			       const struct lop_user_params *params, struct lop_arena *arena,
			       const struct lop_prop **at)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, params->property);
	size_t n = prop ? lop_value_n_cells(&prop->value) : 0;

	*at = prop;
	for (size_t i = 0; i < n; i++) {
		uint32_t cell = lop_value_cell(&prop->value, i);

		if (cell < params->min || cell > params->max)
			return lop_arena_printf(
				arena, "`%s` has 0x%" PRIx32 ", not 0x%" PRIx64 " to 0x%" PRIx64,
				prop->name, cell, params->min, params->max);
	}
	return NULL;
}

static const char *judge_compatible(const struct lop_tree *tree, const struct lop_node *node,
				    const struct lop_user_params *params, struct lop_arena *arena,
				    const struct lop_prop **at)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "compatible");

	*at = prop;
	if (prop && lop_value_has_str(&prop->value, params->token))
		return NULL;
	return lop_arena_printf(arena, "`compatible` does not have `%s`", params->token);
}

static const char *judge_ref(const struct lop_tree *tree, const struct lop_node *node,
			     const struct lop_user_params *params, struct lop_arena *arena,
			     const struct lop_prop **at)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, params->property);
	const char *s = prop ? lop_value_str(&prop->value, 0) : NULL;
	bool found;

	*at = prop;
	if (!prop)
		return NULL;
	if (s && s[0] == '/')
		found = lop_tree_by_path(tree, s);
	else
		found = prop->value.len == 4 &&
			lop_tree_by_phandle(tree, lop_value_cell(&prop->value, 0));
	return found ? NULL : lop_arena_printf(arena, "`%s` names no node", prop->name);
}

const struct lop_user_check lop_user_checks[] = {
	{ "required", "properties", "", judge_required },
	{ "forbidden", "properties", "", judge_forbidden },
	{ "enum", "property values", "", judge_enum },
	{ "range", "property", "min max", judge_range },
	{ "compatible-contains", "token", "", judge_compatible },
	{ "ref-exists", "property", "", judge_ref },
	{ "exclusive-across", "", "", NULL },
	{ 0 },
};

/* --- the nodes --- */

static bool has_value(const struct lop_prop *prop, const char *glob)
{
	uint64_t number;
	const char *s;

	for (uint32_t pos = 0; (s = lop_value_next_str(&prop->value, &pos));)
		if (lop_glob_match(glob, s))
			return true;
	if (!lop_str_number(glob, &number))
		return false;
	for (size_t i = 0; i < lop_value_n_cells(&prop->value); i++)
		if (lop_value_cell(&prop->value, i) == number)
			return true;
	return false;
}

static bool selects(const struct lop_user_selector *selector, const struct lop_tree *tree,
		    const struct lop_node *node, const char *path)
{
	const struct lop_prop *prop;

	if (!lop_glob_match(selector->path, path))
		return false;
	prop = selector->property ? lop_prop_find(tree, node, selector->property) : NULL;
	if (!selector->property || !prop)
		return !selector->property;
	return !selector->value || has_value(prop, selector->value);
}

static bool passes(const struct lop_user_filter *filter, const struct lop_tree *tree,
		   const struct lop_node *node, struct lop_arena *arena)
{
	const struct lop_prop *at = NULL;
	bool kept = !filter->check->judge(tree, node, &filter->params, arena, &at);

	return kept != filter->negate;
}

static bool is_chosen(const struct lop_user_rule *rule, const struct lop_tree *tree,
		      const struct lop_node *node, const char *path, struct lop_arena *arena)
{
	bool any = false;

	for (const struct lop_user_selector *s = rule->selectors; s && !any; s = s->next)
		any = selects(s, tree, node, path);
	for (const struct lop_user_filter *f = rule->filters; f && any; f = f->next)
		any = passes(f, tree, node, arena);
	return any;
}

/* --- reports --- */

static struct lop_diag *report(const struct lop_user_rule *rule, const struct lop_node *node,
			       const struct lop_prop *at, const char *what, struct lop_diags *diags)
{
	struct lop_span span = at ? at->span : node->span;
	struct lop_diag *d = lop_report(diags, rule->warns ? LOP_RULE_WARNS : LOP_RULE_BROKEN, span,
					"`%s`: %s", lop_node_shown(node), rule->message);

	lop_diag_label(d, span, "%s", what);
	lop_diag_label(d, rule->span, "the rule");
	lop_diag_help(d, "keep the rule `%s`, or change it", rule->id);
	return d;
}

/* The bytes of a property as a name in a map: no two values have the same. */
static const char *as_text(const struct lop_value *value, struct lop_arena *arena)
{
	struct lop_buf text = { 0 };
	const char *copy;

	for (uint32_t i = 0; i < value->len; i++)
		lop_buf_printf(&text, "%02x", value->data[i]);
	copy = lop_arena_strdup(arena, lop_buf_cstr(&text));
	lop_buf_free(&text);
	return copy;
}

#define COMPARED_MAX 4096u /* bytes of a value */

/* Has another node of the rule the same value? */
static void compare(const struct lop_user_rule *rule, const struct lop_tree *tree,
		    const struct lop_node *node, struct lop_map *values, struct lop_diags *diags)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, rule->params.property);
	const struct lop_node *first;
	const char *text;

	if (!prop || prop->value.len > COMPARED_MAX)
		return;
	text = as_text(&prop->value, diags->arena);
	first = lop_map_get(values, rule, text);
	if (first)
		lop_diag_label(report(rule, node, prop, "the same value", diags),
			       lop_prop_find(tree, first, rule->params.property)->span, "as here");
	else
		lop_map_put(values, rule, text, (void *)(uintptr_t)node);
}

void lop_user_rules_run(const struct lop_user_rule *rules, const struct lop_tree *tree,
			struct lop_diags *diags)
{
	struct lop_map values = { 0 };
	struct lop_buf path = { 0 };

	for (const struct lop_node *n = tree->root; rules && n; n = lop_node_next(n, tree->root)) {
		path.len = 0;
		lop_node_path(n, &path);
		for (const struct lop_user_rule *r = rules; r; r = r->next) {
			const struct lop_prop *at = NULL;
			const char *what;

			if (!is_chosen(r, tree, n, lop_buf_cstr(&path), diags->arena))
				continue;
			if (!r->check->judge) {
				compare(r, tree, n, &values, diags);
				continue;
			}
			what = r->check->judge(tree, n, &r->params, diags->arena, &at);
			if (what)
				report(r, n, at, what, diags);
		}
	}
	lop_buf_free(&path);
	lop_map_free(&values);
}
