/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The JSON Schema of domain files: one definition for each kind of value and for each mapping.
 * Knows which kinds and mappings there are; the keys are those of merge/schema.h.
 *
 * A reader of YAML 1.1 takes `yes` for a truth value and 0x40 for a number, one of YAML 1.2 may
 * take them for text: both pass. A key without a value is as good as none, so null passes
 * everywhere.
 */
#include "lopper-c/emit/json_schema.h"

#include <string.h>

#include "lopper-c/diag/jsonw.h"
#include "lopper-c/merge/schema.h"

#define MERGE_KEYS "^<<[+*]?$"
#define NUMBER	   "^(0[xX][0-9a-fA-F]+|[0-9]+) *([kKmMgGtTpPeE]([iI][bB])?)?[bB]?$"

/* --- pieces --- */

static void open(struct lop_jsonw *w, const char *key)
{
	lop_jsonw_open(w, key, '{', true);
}

static void close(struct lop_jsonw *w)
{
	lop_jsonw_close(w, '}');
}

/* { "type": ... } for one word, key: [ ... ] for several with '|' between them. */
static void put_words(struct lop_jsonw *w, const char *key, const char *words)
{
	if (!strchr(words, '|')) {
		lop_jsonw_text(w, key, words);
		return;
	}
	lop_jsonw_open(w, key, '[', false);
	while (*words) {
		char word[32];
		size_t n = strcspn(words, "|");

		memcpy(word, words, n);
		word[n] = '\0';
		lop_jsonw_text(w, NULL, word);
		words += n + (words[n] == '|');
	}
	lop_jsonw_close(w, ']');
}

static void put_type(struct lop_jsonw *w, const char *key, const char *types)
{
	lop_jsonw_open(w, key, '{', false);
	put_words(w, "type", types);
	lop_jsonw_close(w, '}');
}

static void put_ref(struct lop_jsonw *w, const char *key, const char *definition)
{
	char ref[64] = "#/definitions/";

	strcat(ref, definition);
	lop_jsonw_open(w, key, '{', false);
	lop_jsonw_text(w, "$ref", ref);
	lop_jsonw_close(w, '}');
}

/* { "anyOf": [ two definitions ] } */
static void put_either(struct lop_jsonw *w, const char *key, const char *one, const char *other)
{
	lop_jsonw_open(w, key, '{', false);
	lop_jsonw_open(w, "anyOf", '[', false);
	put_ref(w, NULL, one);
	put_ref(w, NULL, other);
	lop_jsonw_close(w, ']');
	lop_jsonw_close(w, '}');
}

static void put_pattern(struct lop_jsonw *w, const char *pattern)
{
	lop_jsonw_open(w, NULL, '{', false);
	lop_jsonw_text(w, "type", "string");
	lop_jsonw_text(w, "pattern", pattern);
	lop_jsonw_close(w, '}');
}

static void put_anything(struct lop_jsonw *w, const char *key)
{
	lop_jsonw_open(w, key, '{', false);
	lop_jsonw_close(w, '}');
}

/* --- definitions of values --- */

static void define_simple(struct lop_jsonw *w)
{
	put_type(w, "scalar", "string|number|boolean|null");
	put_type(w, "list", "array|string|number|boolean|null");
	put_type(w, "map", "object|null");
	put_type(w, "flags", "object|array|string|number|null");
	open(w, "text");
	put_words(w, "type", "string|number|boolean|array|null");
	put_ref(w, "items", "scalar");
	close(w);
}

/* max: the highest; 0: whatever fits 64 bits. */
static void define_number(struct lop_jsonw *w, const char *name, uint64_t max)
{
	open(w, name);
	lop_jsonw_open(w, "anyOf", '[', true);
	lop_jsonw_open(w, NULL, '{', false);
	lop_jsonw_text(w, "type", "integer");
	lop_jsonw_number(w, "minimum", 0);
	if (max)
		lop_jsonw_number(w, "maximum", max);
	lop_jsonw_close(w, '}');
	put_pattern(w, NUMBER);
	put_pattern(w, "^auto$");
	put_type(w, NULL, "null");
	lop_jsonw_close(w, ']');
	close(w);
}

static void define_bool(struct lop_jsonw *w)
{
	open(w, "bool");
	lop_jsonw_open(w, "anyOf", '[', true);
	put_type(w, NULL, "boolean|null");
	put_pattern(w, "^([tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[yY][eE][sS]|[nN][oO]|"
		       "[oO][nN]|[oO][fF][fF]|auto)$");
	lop_jsonw_open(w, NULL, '{', false);
	lop_jsonw_text(w, "type", "integer");
	lop_jsonw_number(w, "minimum", 0);
	lop_jsonw_number(w, "maximum", 1);
	lop_jsonw_close(w, '}');
	lop_jsonw_close(w, ']');
	close(w);
}

static void define_time(struct lop_jsonw *w)
{
	open(w, "time");
	lop_jsonw_open(w, "anyOf", '[', true);
	put_pattern(w, "^([0-9]{1,9} *(ms|s|min)|auto)$");
	put_type(w, NULL, "null");
	lop_jsonw_close(w, ']');
	close(w);
}

/* --- keys --- */

static const char *definition_of(enum lop_key_kind kind)
{
	switch (kind) {
	case LOP_KEY_NUMBER:
	case LOP_KEY_SIZE:
	case LOP_KEY_BYTES:
		return "number";
	case LOP_KEY_COUNT:
		return "count";
	case LOP_KEY_BOOL:
	case LOP_KEY_SWITCH:
		return "bool";
	case LOP_KEY_LIST:
		return "list";
	case LOP_KEY_MAP:
		return "map";
	case LOP_KEY_FLAGS:
		return "flags";
	case LOP_KEY_TIME:
		return "time";
	case LOP_KEY_DOMAIN:
	case LOP_KEY_DEVICE:
		return "scalar";
	default:
		return "text";
	}
}

/* The alternatives of a choice, in the list that is open. */
static void put_choices(struct lop_jsonw *w, const struct lop_key *key)
{
	lop_jsonw_open(w, NULL, '{', false);
	lop_jsonw_open(w, "enum", '[', false);
	for (const char *words = lop_key_choices(key); *words;) {
		char word[32];
		size_t n = strcspn(words, "|");

		memcpy(word, words, n);
		word[n] = '\0';
		lop_jsonw_text(w, NULL, word);
		words += n + (words[n] == '|');
	}
	lop_jsonw_close(w, ']');
	lop_jsonw_close(w, '}');
	put_type(w, NULL, "null");
}

static void put_list_of(struct lop_jsonw *w, const char *mapping, const char *other)
{
	lop_jsonw_open(w, NULL, '{', false);
	put_words(w, "type", "array|null");
	if (other)
		put_either(w, "items", mapping, other);
	else
		put_ref(w, "items", mapping);
	lop_jsonw_close(w, '}');
}

/* Values that contain mappings of this name. */
static void put_held(struct lop_jsonw *w, const struct lop_key *key, enum lop_key_form form,
		     const char *mapping)
{
	switch (form) {
	case LOP_HOLDS_LIST:
		put_list_of(w, mapping, NULL);
		break;
	case LOP_HOLDS_ENTRIES:
		put_list_of(w, mapping, "scalar");
		put_ref(w, NULL, "scalar");
		break;
	case LOP_HOLDS_FEW:
		put_list_of(w, mapping, NULL);
		put_ref(w, NULL, mapping);
		break;
	case LOP_HOLDS_NAMED:
	case LOP_HOLDS_RELATIONS:
		lop_jsonw_open(w, NULL, '{', false);
		put_words(w, "type", "object|null");
		if (strcmp(key->name, "domains") == 0) {
			lop_jsonw_open(w, "patternProperties", '{', false);
			put_anything(w, "^#|,|^compatible$|^ranges$");
			lop_jsonw_close(w, '}');
		}
		if (form == LOP_HOLDS_RELATIONS)
			put_either(w, "additionalProperties", mapping, "text");
		else
			put_ref(w, "additionalProperties", mapping);
		lop_jsonw_close(w, '}');
		break;
	default:
		put_ref(w, NULL, mapping);
		if (key->kind == LOP_KEY_ANY && *lop_key_choices(key))
			put_choices(w, key);
		else if (key->kind == LOP_KEY_ANY)
			put_ref(w, NULL, "number");
	}
}

/* Values by the kind of the key alone. */
static void put_kind(struct lop_jsonw *w, const struct lop_key *key)
{
	switch (key->kind) {
	case LOP_KEY_ANY:
		put_anything(w, NULL);
		break;
	case LOP_KEY_CHOICE:
		put_choices(w, key);
		break;
	case LOP_KEY_PAIR:
		put_ref(w, NULL, "count");
		put_ref(w, NULL, lop_key_where_name(LOP_IN_PAIR));
		break;
	case LOP_KEY_ENDS:
		put_ref(w, NULL, "number");
		put_ref(w, NULL, lop_key_where_name(LOP_IN_ENDS));
		break;
	case LOP_KEY_RANGE:
		put_pattern(w, "^auto$");
		put_ref(w, NULL, lop_key_where_name(LOP_IN_RANGE));
		break;
	default:
		put_ref(w, NULL, definition_of(key->kind));
	}
}

static void put_key(struct lop_jsonw *w, const struct lop_key *key)
{
	enum lop_key_where of = LOP_IN_TOP;
	enum lop_key_form form = lop_key_holds(key, &of);

	open(w, key->name);
	lop_jsonw_text(w, "description", key->text);
	lop_jsonw_open(w, "anyOf", '[', false);
	if (form == LOP_HOLDS_NONE)
		put_kind(w, key);
	else
		put_held(w, key, form, lop_key_where_name(of));
	lop_jsonw_close(w, ']');
	close(w);
}

static void put_keys(struct lop_jsonw *w, enum lop_key_where where)
{
	open(w, "properties");
	for (const struct lop_key *key = lop_keys; key->name; key++)
		if (key->where == where)
			put_key(w, key);
	close(w);
}

/* --- definitions of mappings --- */

/* { "required": [ word ] } */
static void put_required(struct lop_jsonw *w, const char *word)
{
	lop_jsonw_open(w, NULL, '{', false);
	lop_jsonw_open(w, "required", '[', false);
	lop_jsonw_text(w, NULL, word);
	lop_jsonw_close(w, ']');
	lop_jsonw_close(w, '}');
}

/* A mapping inside a domain that looks like a domain is one. */
static void put_nested(struct lop_jsonw *w)
{
	static const char *const marks[] = { "compatible", "cpus", "os,type" };

	open(w, "additionalProperties");
	lop_jsonw_text(w, "type", "object");
	lop_jsonw_open(w, "anyOf", '[', false);
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		put_required(w, marks[i]);
	lop_jsonw_close(w, ']');
	lop_jsonw_open(w, "allOf", '[', false);
	put_ref(w, NULL, lop_key_where_name(LOP_IN_DOMAIN));
	lop_jsonw_close(w, ']');
	close(w);
}

/* One of these words, or a merge key that may bring it, or nothing at all. */
static void put_one_of(struct lop_jsonw *w, const char *words)
{
	lop_jsonw_open(w, NULL, '{', false);
	lop_jsonw_open(w, "anyOf", '[', false);
	while (*words) {
		char word[32];
		size_t n = strcspn(words, "|");

		memcpy(word, words, n);
		word[n] = '\0';
		put_required(w, word);
		words += n + (words[n] == '|');
	}
	put_required(w, "<<");
	put_required(w, "<<+");
	put_required(w, "<<*");
	lop_jsonw_open(w, NULL, '{', false);
	lop_jsonw_number(w, "maxProperties", 0);
	lop_jsonw_close(w, '}');
	lop_jsonw_close(w, ']');
	lop_jsonw_close(w, '}');
}

static void put_needed(struct lop_jsonw *w, enum lop_key_where where)
{
	if (!lop_key_needed(where, 0))
		return;
	lop_jsonw_open(w, "allOf", '[', true);
	for (size_t i = 0; lop_key_needed(where, i); i++)
		put_one_of(w, lop_key_needed(where, i));
	lop_jsonw_close(w, ']');
}

/* Beside the keys stand nodes, which are mappings, and properties of the root. */
static void put_top(struct lop_jsonw *w)
{
	struct lop_buf pattern = { 0 };

	put_keys(w, LOP_IN_TOP);
	lop_buf_puts(&pattern, "^#|[,!]|" MERGE_KEYS "|^(");
	for (const char *const *prop = lop_key_root_props; *prop; prop++)
		lop_buf_printf(&pattern, "%s%s", prop == lop_key_root_props ? "" : "|", *prop);
	lop_buf_puts(&pattern, ")$");
	lop_jsonw_open(w, "patternProperties", '{', false);
	put_anything(w, lop_buf_cstr(&pattern));
	lop_jsonw_close(w, '}');
	put_ref(w, "additionalProperties", "map");
	lop_buf_free(&pattern);
}

static void define_mapping(struct lop_jsonw *w, enum lop_key_where where)
{
	open(w, lop_key_where_name(where));
	put_words(w, "type", "object|null");
	put_keys(w, where);
	lop_jsonw_open(w, "patternProperties", '{', false);
	put_anything(w, where == LOP_IN_DOMAIN ? "[,!]|" MERGE_KEYS : ",|" MERGE_KEYS);
	if (where == LOP_IN_RELATION)
		put_ref(w, "^relation[0-9]+$", lop_key_where_name(where));
	lop_jsonw_close(w, '}');
	put_needed(w, where);
	if (where == LOP_IN_DOMAIN)
		put_nested(w);
	else
		lop_jsonw_flag(w, "additionalProperties", false);
	close(w);
}

void lop_emit_json_schema(struct lop_buf *out)
{
	struct lop_jsonw w = { .out = out };

	open(&w, NULL);
	lop_jsonw_text(&w, "$schema", "http://json-schema.org/draft-07/schema#");
	lop_jsonw_text(&w, "title", "Domains of a System Device Tree");
	put_words(&w, "type", "object|null");
	put_top(&w);
	open(&w, "definitions");
	define_simple(&w);
	define_number(&w, "number", 0);
	define_number(&w, "count", UINT32_MAX);
	define_bool(&w);
	define_time(&w);
	for (enum lop_key_where where = 0; where < LOP_N_WHERE; where++)
		if (where != LOP_IN_TOP)
			define_mapping(&w, where);
	close(&w);
	close(&w);
}
