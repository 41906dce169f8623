/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads rules of users. Selectors are regular expressions in lopper's files; of those, `.`, `.*`
 * and
 * `\` before a character are understood here, which is what such files use.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/check/user_rule.h"

struct reader {
	struct lop_diags *diags;
	const char *id; /* of the rule that is read */
	bool failed;	/* it is left out */
};

static struct lop_diag *fail(struct reader *r, enum lop_code code, struct lop_span span,
			     const char *what)
{
	r->failed = true;
	return lop_report(r->diags, code, span, "rule `%s`: %s", r->id, what);
}

static const char *printed(struct reader *r, const char *fmt, const char *word)
{
	struct lop_buf text = { 0 };
	const char *copy;

	for (; *fmt; fmt++)
		if (*fmt == '%')
			lop_buf_puts(&text, word);
		else
			lop_buf_putc(&text, *fmt);
	copy = lop_arena_strdup(r->diags->arena, lop_buf_cstr(&text));
	lop_buf_free(&text);
	return copy;
}

/* --- values --- */

/* The text of a key; NULL: there is none, or it is no text (reported). */
static const char *text_of(struct reader *r, const struct lop_yaml *map, const char *key)
{
	const struct lop_yaml *value = lop_yaml_get(map, key);

	if (!value)
		return NULL;
	if (value->kind == LOP_YAML_SCALAR)
		return value->text;
	lop_diag_help(fail(r, LOP_YAML_TYPE, value->key_span,
			   printed(r, "`%` wants a single value", key)),
		      "write `%s: TEXT`", key);
	return NULL;
}

/* A list of texts, or one. */
static const struct lop_yaml *texts_of(struct reader *r, const struct lop_yaml *map,
				       const char *key)
{
	struct lop_yaml *value = lop_yaml_get(map, key), *list;

	if (value && value->kind == LOP_YAML_SCALAR) {
		list = lop_arena_zalloc(r->diags->arena, sizeof(*list));
		list->kind = LOP_YAML_LIST;
		list->first = lop_arena_dup(r->diags->arena, value, sizeof(*value));
		list->first->next = NULL;
		return list;
	}
	if (value && value->kind == LOP_YAML_LIST) {
		const struct lop_yaml *v = value->first;

		while (v && v->kind == LOP_YAML_SCALAR)
			v = v->next;
		if (!v)
			return value;
	}
	lop_diag_help(fail(r, LOP_YAML_TYPE, value ? value->key_span : map->span,
			   printed(r, "`%` wants a list of texts", key)),
		      "write `%s: [ONE, TWO]`", key);
	return NULL;
}

static void number_of(struct reader *r, const struct lop_yaml *map, const char *key, uint64_t *out)
{
	const struct lop_yaml *value = lop_yaml_get(map, key);

	if (value && !lop_yaml_number(value, out))
		lop_diag_help(fail(r, LOP_BAD_NUMBER, value->key_span,
				   printed(r, "`%` is no number", key)),
			      "write 4096, 0x1000 or 4K");
}

/* --- keys --- */

static bool has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = words; *s; s += strspn(s, " ")) {
		size_t len = strcspn(s, " ");

		if (len == n && !memcmp(s, word, n))
			return true;
		s += len;
	}
	return false;
}

static void only_keys(struct reader *r, const struct lop_yaml *map, const char *needs,
		      const char *takes)
{
	for (const struct lop_yaml *v = map->first; v; v = v->next)
		if (!has_word(needs, v->key) && !has_word(takes, v->key))
			lop_diag_help(fail(r, LOP_UNKNOWN_KEY, v->key_span,
					   printed(r, "nothing reads `%`", v->key)),
				      "the keys are: %s%s%s", needs, *needs && *takes ? " " : "",
				      takes);
}

/* Reports the words of needs that are no keys of the mapping (NULL: it is missing as a whole). */
static void need_keys(struct reader *r, const struct lop_yaml *map, const char *needs,
		      struct lop_span span)
{
	for (const char *s = needs; *s; s += strspn(s, " ")) {
		size_t len = strcspn(s, " ");
		const char *key = lop_arena_strndup(r->diags->arena, s, len);

		if (!lop_yaml_get(map, key))
			lop_diag_help(fail(r, LOP_MISSING_VALUE, map ? map->span : span,
					   printed(r, "`%` is missing", key)),
				      "write `%s:`", key);
		s += len;
	}
}

/* --- checks and their params --- */

static const struct lop_user_check *check_of(struct reader *r, const struct lop_yaml *map)
{
	const struct lop_yaml *value = lop_yaml_get(map, "check");
	const char *name = text_of(r, map, "check");
	struct lop_buf known = { 0 };

	if (!name)
		return NULL;
	for (const struct lop_user_check *c = lop_user_checks; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	for (const struct lop_user_check *c = lop_user_checks; c->name; c++)
		lop_buf_printf(&known, "%s%s", known.len ? ", " : "", c->name);
	lop_diag_help(
		fail(r, LOP_UNSUPPORTED, value->span, printed(r, "there is no check `%`", name)),
		"the checks are: %s; what sdtgen checks by itself is listed by `sdtgen "
		"check --list`",
		lop_buf_cstr(&known));
	lop_buf_free(&known);
	return NULL;
}

static struct lop_user_params params_of(struct reader *r, const struct lop_user_check *check,
					const struct lop_yaml *owner)
{
	const struct lop_yaml *map = lop_yaml_get(owner, "params");
	struct lop_user_params params = { .max = UINT64_MAX };

	if (map && map->kind != LOP_YAML_MAP) {
		lop_diag_help(fail(r, LOP_YAML_TYPE, map->key_span, "`params` wants a mapping"),
			      "write `params: { KEY: VALUE }`");
		return params;
	}
	if (map)
		only_keys(r, map, check->needs, check->takes);
	need_keys(r, map, check->needs, owner->span);
	if (!map)
		return params;
	if (has_word(check->needs, "properties") && lop_yaml_get(map, "properties"))
		params.names = texts_of(r, map, "properties");
	if (has_word(check->needs, "values") && lop_yaml_get(map, "values"))
		params.names = texts_of(r, map, "values");
	params.property = text_of(r, map, "property");
	params.token = text_of(r, map, "token");
	number_of(r, map, "min", &params.min);
	number_of(r, map, "max", &params.max);
	return params;
}

/* --- selectors --- */

/* A part of a selector as a glob; NULL (reported): more than `.`, `.*` and `\c`. */
static const char *glob_of(struct reader *r, const char *s, size_t len, struct lop_span span)
{
	struct lop_buf glob = { 0 };
	const char *copy;
	size_t i;

	for (i = 0; i < len; i++) {
		if (s[i] == '.' && i + 1 < len && s[i + 1] == '*') {
			lop_buf_putc(&glob, '*');
			i++;
		} else if (s[i] == '\\' && i + 1 < len && s[i + 1] != '*' && s[i + 1] != '?') {
			lop_buf_putc(&glob, s[++i]);
		} else if (strchr("*?+[](){}|^$\\", s[i])) {
			break;
		} else {
			lop_buf_putc(&glob, s[i] == '.' ? '?' : s[i]);
		}
	}
	copy = lop_arena_strdup(r->diags->arena, lop_buf_cstr(&glob));
	lop_buf_free(&glob);
	if (i >= len)
		return copy;
	lop_diag_help(
		fail(r, LOP_UNSUPPORTED, span,
		     printed(r, "`%` in a selector", lop_arena_strndup(r->diags->arena, s + i, 1))),
		"of regular expressions only `.`, `.*` and `\\` are understood; a list of "
		"selectors is an `or`");
	return NULL;
}

static void add_selector(struct reader *r, struct lop_user_rule *rule, const struct lop_yaml *value)
{
	struct lop_user_selector *s = lop_arena_zalloc(r->diags->arena, sizeof(*s));
	struct lop_user_selector **end = &rule->selectors;
	const char *property = strchr(value->text, ':');
	size_t len = property ? (size_t)(property - value->text) : strlen(value->text);
	const char *text = property ? strchr(property + 1, ':') : NULL;

	s->path = glob_of(r, value->text, len, value->span);
	if (property)
		s->property = lop_arena_strndup(r->diags->arena, property + 1,
						text ? (size_t)(text - property - 1)
						     : strlen(property + 1));
	if (text)
		s->value = glob_of(r, text + 1, strlen(text + 1), value->span);
	while (*end)
		end = &(*end)->next;
	*end = s;
}

static void add_filter(struct reader *r, struct lop_user_rule *rule, const struct lop_yaml *map)
{
	struct lop_user_filter *f = lop_arena_zalloc(r->diags->arena, sizeof(*f));
	const struct lop_yaml *negate = lop_yaml_get(map, "negate");

	only_keys(r, map, "check", "params negate");
	need_keys(r, map, "check", map->span);
	f->check = check_of(r, map);
	if (!f->check)
		return;
	if (!f->check->judge)
		lop_diag_help(fail(r, LOP_UNSUPPORTED, map->span,
				   printed(r, "`%` cannot choose nodes", f->check->name)),
			      "use a check that looks at one node");
	f->params = params_of(r, f->check, map);
	if (negate && !lop_yaml_bool(negate, &f->negate))
		lop_diag_help(fail(r, LOP_YAML_TYPE, negate->key_span,
				   "`negate` is neither true nor false"),
			      "write `negate: true`");
	f->next = rule->filters;
	rule->filters = f;
}

static void read_selectors(struct reader *r, struct lop_user_rule *rule, const struct lop_yaml *map,
			   const char *key)
{
	const struct lop_yaml *value = lop_yaml_get(map, key);

	if (value && value->kind == LOP_YAML_SCALAR)
		add_selector(r, rule, value);
	for (const struct lop_yaml *v = value && value->kind == LOP_YAML_LIST ? value->first : NULL;
	     v; v = v->next) {
		if (v->kind == LOP_YAML_SCALAR)
			add_selector(r, rule, v);
		else if (v->kind == LOP_YAML_MAP)
			add_filter(r, rule, v);
	}
	if (!rule->selectors && !r->failed)
		lop_diag_help(fail(r, LOP_MISSING_VALUE, map->span,
				   printed(r, "`%` chooses no nodes", key)),
			      "write `%s: \"/domains/.*:compatible:openamp,domain-v1\"`", key);
}

/* --- rules --- */

static void read_severity(struct reader *r, struct lop_user_rule *rule, const struct lop_yaml *map)
{
	const char *severity = text_of(r, map, "severity");

	if (!severity || !strcmp(severity, "error") || !strcmp(severity, "block"))
		return;
	rule->warns = !strcmp(severity, "warning") || !strcmp(severity, "warn");
	if (!rule->warns)
		lop_diag_help(fail(r, LOP_BAD_CHOICE, lop_yaml_get(map, "severity")->span,
				   printed(r, "severity `%`", severity)),
			      "write error or warning");
}

/* exclusive-across: what is compared. */
static void read_collect(struct reader *r, struct lop_user_rule *rule, const struct lop_yaml *map)
{
	const char *collect = text_of(r, map, "collect");

	if (collect && lop_str_starts(collect, "property:") && collect[9])
		rule->params.property = collect + 9;
	else if (!r->failed)
		lop_diag_help(fail(r, LOP_UNSUPPORTED,
				   collect ? lop_yaml_get(map, "collect")->span : map->span,
				   collect ? printed(r, "`%` is not compared", collect)
					   : "`collect` is missing"),
			      "write `collect: \"property:NAME\"`; CPUs, devices and memory are "
			      "compared by sdtgen itself");
}

static void read_rule(struct reader *r, struct lop_user_rule *rule, const struct lop_yaml *map)
{
	static const char takes[] = "severity phase description select group-by collect params";

	only_keys(r, map, "id check message", takes);
	need_keys(r, map, "check message", map->span);
	read_severity(r, rule, map);
	rule->message = text_of(r, map, "message");
	rule->check = check_of(r, map);
	if (!rule->check)
		return;
	rule->params = params_of(r, rule->check, map);
	if (rule->check->judge) {
		read_selectors(r, rule, map, "select");
		return;
	}
	read_selectors(r, rule, map, lop_yaml_get(map, "select") ? "select" : "group-by");
	read_collect(r, rule, map);
}

static void add_rule(struct lop_user_rule **rules, struct lop_diags *diags,
		     const struct lop_yaml *map)
{
	const struct lop_yaml *id = lop_yaml_get(map, "id");
	struct lop_user_rule *rule = lop_arena_zalloc(diags->arena, sizeof(*rule));
	struct reader r = { .diags = diags };
	struct lop_user_rule **end = rules;

	if (map->kind != LOP_YAML_MAP || !id || id->kind != LOP_YAML_SCALAR) {
		lop_diag_help(
			lop_report(diags, LOP_MISSING_VALUE, map->span, "a rule without `id`"),
			"write `- id: NAME` and below it `select`, `check` and `message`");
		return;
	}
	r.id = rule->id = id->text;
	rule->span = id->span;
	read_rule(&r, rule, map);
	while (*end && strcmp((*end)->id, rule->id))
		end = &(*end)->next;
	if (*end) {
		struct lop_diag *d =
			fail(&r, LOP_DUPLICATE_NAME, rule->span, "there are two of it");

		lop_diag_label(d, (*end)->span, "the first one");
		lop_diag_help(d, "give one of them another `id`");
	}
	if (!r.failed)
		*end = rule;
}

void lop_user_rules_read(struct lop_user_rule **rules, struct lop_diags *diags, const char *path)
{
	const struct lop_yaml *file = lop_yaml_read(diags->arena, diags, path);

	if (file)
		lop_user_rules_add(rules, diags, file);
}

void lop_user_rules_add(struct lop_user_rule **rules, struct lop_diags *diags,
			const struct lop_yaml *file)
{
	const struct lop_yaml *list = lop_yaml_get(file, "drc");

	if (!list || list->kind != LOP_YAML_LIST) {
		lop_diag_help(lop_report(diags, LOP_MISSING_VALUE, file->span,
					 "there is no list of rules"),
			      "write `drc:` and below it `- id: NAME` for each rule");
		return;
	}
	for (const struct lop_yaml *v = list->first; v; v = v->next)
		add_rule(rules, diags, v);
}
