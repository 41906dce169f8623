/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Flags of access and memory entries, named flag sets, implicit defaults. The specification leaves
 * their contents open; names and bits are those in use (`read-only` is bit 4, ...). Names without a
 * bit are kept as text beside the word.
 */
#include <ctype.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/state.h"

#define NO_BIT 255

/* bit: in the 64-bit word. word, sub: in the four words of a xilinx,subsystem flag set. */
static const struct flag_row {
	const char *name;
	unsigned char bit;
	unsigned char word, sub;
} flag_rows[] = {
	{ "timeshare", 0, 0, NO_BIT },
	{ "allow-secure", 2, 0, 2 },
	{ "read-only", 4, 0, 4 },
	{ "requested", 6, 0, 6 },
	{ "requested-secure", 36, 2, 4 },
	{ "coherent", 37, 2, 5 },
	{ "virtualized", 38, 2, 6 },
	{ "access", NO_BIT, 2, 0 },
	{ "context", NO_BIT, 2, 1 },
	{ "wakeup", NO_BIT, 2, 2 },
	{ "unusable", NO_BIT, 2, 3 },
	{ "shared", NO_BIT, 0, NO_BIT },
	/* in files in use, without a meaning that is written down */
	{ "requested_full_access", NO_BIT, 0, NO_BIT },
	{ "requested_emit_wakeup", NO_BIT, 0, NO_BIT },
	{ "requested_preserve_context", NO_BIT, 0, NO_BIT },
	{ "xen-flag-example1", NO_BIT, 0, NO_BIT },
	{ "qos", NO_BIT, 3, NO_BIT },
};

#define N_ROWS (sizeof(flag_rows) / sizeof(flag_rows[0]))

static const struct flag_row *row_of(const char *name)
{
	for (size_t i = 0; i < N_ROWS; i++)
		if (strcmp(flag_rows[i].name, name) == 0)
			return &flag_rows[i];
	return NULL;
}

/* Those with a meaning. */
static const char *list_flags(struct lop_merger *m)
{
	const char *list = "shared";

	for (size_t i = 0; i < N_ROWS; i++)
		if (flag_rows[i].bit != NO_BIT)
			list = lop_arena_printf(m->arena, "%s, %s", list, flag_rows[i].name);
	return lop_arena_printf(m->arena, "the flags are %s", list);
}

static void report_unknown(struct lop_merger *m, const char *name, struct lop_span span)
{
	struct lop_nearest nearest = { .word = name };
	struct lop_diag *d;

	for (size_t i = 0; i < N_ROWS; i++)
		lop_nearest_add(&nearest, flag_rows[i].name);
	d = lop_report(m->diags, LOP_UNKNOWN_FLAG, span, "flag `%s` is not known", name);
	lop_diag_label(d, span, "kept as a name, without effect");
	lop_merge_did_you_mean(d, nearest.best, nearest.best || !d->arena ? NULL : list_flags(m));
}

static void add_name(struct lop_merger *m, const char **names, const char *name)
{
	*names = **names ? lop_arena_printf(m->arena, "%s,%s", *names, name) : name;
}

static void add_flag(struct lop_merger *m, const char *name, struct lop_span span, uint64_t *word,
		     const char **names)
{
	const struct flag_row *row = row_of(name);

	if (!row)
		report_unknown(m, name, span);
	else if (row->bit != NO_BIT)
		*word |= UINT64_C(1) << row->bit;
	add_name(m, names, name);
}

#define MAX_QOS 100 /* a percentage in the vendor's firmware */

static bool read_qos(struct lop_merger *m, const struct lop_yaml *value, uint64_t *qos)
{
	struct lop_diag *d;

	if (!lop_merge_number(m, value, 32, "`qos`", qos))
		return false;
	if (*qos <= MAX_QOS)
		return true;
	d = lop_report(m->diags, LOP_BAD_NUMBER, value->span, "`qos` is %llu",
		       (unsigned long long)*qos);
	lop_diag_label(d, value->span, "a percentage");
	lop_diag_help(d, "write 0 to %d", MAX_QOS);
	return false;
}

static void add_qos(struct lop_merger *m, const struct lop_yaml *value, const char **names)
{
	uint64_t qos;

	if (read_qos(m, value, &qos))
		add_name(m, names, lop_arena_printf(m->arena, "qos=%llu", (unsigned long long)qos));
}

static void read_map(struct lop_merger *m, const struct lop_yaml *map, uint64_t *word,
		     const char **names)
{
	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		const char *what = lop_arena_printf(m->arena, "flag `%s`", v->key);
		bool on;

		if (strcmp(v->key, "qos") == 0)
			add_qos(m, v, names);
		else if (lop_merge_bool(m, v, what, &on) && on)
			add_flag(m, v->key, v->key_span, word, names);
	}
}

static void read_scalar(struct lop_merger *m, const struct lop_yaml *value, uint64_t *word,
			const char **names)
{
	uint64_t number;

	if (!isdigit((unsigned char)value->text[0]))
		add_flag(m, value->text, value->span, word, names);
	else if (lop_merge_number(m, value, 64, "`flags`", &number))
		*word |= number;
}

/* More names than this in one entry are no flags. */
#define MAX_FLAGS 64

void lop_read_flags(struct lop_merger *m, const struct lop_yaml *value, uint64_t *word,
		    const char **names)
{
	*word = 0;
	*names = "";
	if (!value || value->kind == LOP_YAML_NULL)
		return;
	if (value->count > MAX_FLAGS) {
		lop_diag_help(lop_report(m->diags, LOP_LIMIT, value->span,
					 "more than %d flags in one entry", MAX_FLAGS),
			      "write each flag once: there are %zu", N_ROWS);
		return;
	}
	if (value->kind == LOP_YAML_MAP)
		read_map(m, value, word, names);
	else if (value->kind == LOP_YAML_SCALAR)
		read_scalar(m, value, word, names);
	for (const struct lop_yaml *v = value->kind == LOP_YAML_LIST ? value->first : NULL; v;
	     v = v->next)
		if (lop_merge_want(m, v, LOP_YAML_SCALAR, "a flag"))
			read_scalar(m, v, word, names);
}

/* --- access-implicit-default: { flag: true } --- */

void lop_apply_implicit(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	struct lop_val cells = { .arena = m->arena };
	const char *names;
	uint64_t word;
	unsigned n;

	lop_read_flags(m, value, &word, &names);
	n = word >> 32 ? 2 : 1;
	lop_val_mark(&cells, LOP_MARK_U32, NULL, value->span);
	lop_val_number(&cells, word, n);
	lop_merge_set_cell(m, e->node, lop_arena_printf(m->arena, "#%s-cells", value->key), n,
			   value->key_span);
	lop_merge_set(m, e->node, value->key, lop_val_take(&cells), value->key_span, value->span);
	if (*names)
		lop_merge_set_string(m, e->node, lop_arena_printf(m->arena, "%s-names", value->key),
				     names, value->key_span, value->span);
}

/* --- flags: { NAME: { flag: true } } --- */

static bool is_subsystem(const struct lop_merger *m, const struct lop_entity *e)
{
	const struct lop_prop *prop = lop_prop_find(m->tree, e->node, "compatible");
	const char *s;

	for (size_t i = 0; prop && (s = lop_value_str(&prop->value, i)); i++)
		if (lop_str_starts(s, "xilinx,subsystem"))
			return true;
	return false;
}

/* The vendor's four words: two bits of the first are set unless their flag is. */
static void subsystem_flag(struct lop_merger *m, const struct lop_yaml *flag, uint32_t words[4])
{
	const struct flag_row *row = row_of(flag->key);
	const char *what = lop_arena_printf(m->arena, "flag `%s`", flag->key);
	uint64_t number;
	bool on;

	if (!row) {
		report_unknown(m, flag->key, flag->key_span);
		return;
	}
	if (row->word == 3) {
		if (read_qos(m, flag, &number))
			words[3] = (uint32_t)number;
		return;
	}
	if (!lop_merge_bool(m, flag, what, &on))
		return;
	if (strcmp(row->name, "timeshare") == 0)
		words[0] = on ? words[0] | 3 : words[0] & ~UINT32_C(3);
	if (row->sub == NO_BIT)
		return;
	if (row->word == 0 && row->sub != 6)
		on = !on;
	if (on)
		words[row->word] |= UINT32_C(1) << row->sub;
	else
		words[row->word] &= ~(UINT32_C(1) << row->sub);
}

static void subsystem_words(struct lop_merger *m, const struct lop_yaml *defaults,
			    const struct lop_yaml *set, struct lop_val *cells)
{
	uint32_t words[4] = { 1 << 2 | 1 << 4, 0xfffff, 0, 0 };
	const struct lop_yaml *const sources[] = { defaults, set };

	for (size_t i = 0; i < 2; i++)
		for (const struct lop_yaml *v = sources[i] ? sources[i]->first : NULL; v;
		     v = v->next)
			subsystem_flag(m, v, words);
	for (size_t i = 0; i < 4; i++)
		lop_val_number(cells, words[i], 1);
}

/* A set named default gives the flags that another set does not mention. */
static const struct lop_yaml *with_defaults(struct lop_merger *m, const struct lop_yaml *defaults,
					    const struct lop_yaml *set)
{
	struct lop_yaml *map = lop_arena_dup(m->arena, set, sizeof(*set));

	if (!defaults || defaults == set)
		return set;
	map->first = map->last = NULL;
	for (int pass = 0; pass < 2; pass++) {
		for (const struct lop_yaml *v = (pass ? defaults : set)->first; v; v = v->next) {
			struct lop_yaml *copy;

			if (pass && lop_yaml_get(set, v->key))
				continue;
			copy = lop_arena_dup(m->arena, v, sizeof(*v));
			copy->next = map->first;
			map->first = copy;
		}
	}
	return map;
}

void lop_apply_flags(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	struct lop_val cells = { .arena = m->arena }, names = { .arena = m->arena };
	bool subsystem = is_subsystem(m, e);
	const struct lop_yaml *defaults = lop_yaml_get(value, "default");
	const char *what = lop_arena_printf(m->arena, "`flags` of %s", lop_entity_text(m, e));

	if (!lop_merge_want(m, value, LOP_YAML_MAP, what))
		return;
	if (defaults && defaults->kind != LOP_YAML_MAP)
		defaults = NULL;
	for (const struct lop_yaml *set = value->first; set; set = set->next) {
		const char *text;
		uint64_t word;

		if (!lop_merge_want(m, set, LOP_YAML_MAP, "a set of flags") ||
		    set->count > MAX_FLAGS)
			continue;
		lop_val_mark(&cells, LOP_MARK_U32, NULL, set->key_span);
		lop_val_string(&names, set->key, set->key_span);
		if (subsystem) {
			subsystem_words(m, defaults, set, &cells);
			continue;
		}
		lop_read_flags(m, with_defaults(m, defaults, set), &word, &text);
		lop_val_number(&cells, word, 2);
	}
	lop_merge_set_cell(m, e->node, "flags-cells", subsystem ? 4 : 2, value->key_span);
	lop_merge_set(m, e->node, "flags", lop_val_take(&cells), value->key_span, value->span);
	lop_merge_set(m, e->node, "flags-names", lop_val_take(&names), value->key_span,
		      value->span);
}
