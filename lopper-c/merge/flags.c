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

/* flag: in the 64-bit word, 0: none. word, sub: in the four words of a xilinx,subsystem flag set.
 */
static const struct flag_row {
	const char *name;
	uint64_t flag;
	unsigned char word, sub;
} flag_rows[] = {
	{ "timeshare", LOP_FLAG_TIMESHARE, 0, NO_BIT },
	{ "allow-secure", LOP_FLAG_ALLOW_SECURE, 0, 2 },
	{ "read-only", LOP_FLAG_READ_ONLY, 0, 4 },
	{ "requested", LOP_FLAG_REQUESTED, 0, 6 },
	{ "requested-secure", LOP_FLAG_REQUESTED_SECURE, 2, 4 },
	{ "coherent", LOP_FLAG_COHERENT, 2, 5 },
	{ "virtualized", LOP_FLAG_VIRTUALIZED, 2, 6 },
	{ "access", 0, 2, 0 },
	{ "context", 0, 2, 1 },
	{ "wakeup", 0, 2, 2 },
	{ "unusable", 0, 2, 3 },
	{ "shared", 0, 0, NO_BIT },
	/* in files in use, without a meaning that is written down */
	{ "requested_full_access", 0, 0, NO_BIT },
	{ "requested_emit_wakeup", 0, 0, NO_BIT },
	{ "requested_preserve_context", 0, 0, NO_BIT },
	{ "xen-flag-example1", 0, 0, NO_BIT },
	{ "qos", 0, 3, NO_BIT },
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
		if (flag_rows[i].flag)
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
	lop_diag_label(d, span, "has no meaning");
	lop_merge_did_you_mean(d, nearest.best, nearest.best || !d->arena ? NULL : list_flags(m));
}

/* The bit of a flag in the word; 0 where it has none. */
static uint64_t bit_of(const struct flag_row *row)
{
	return row ? row->flag : 0;
}

/* One entry in the making: its word, and the names "a,b". */
struct flags {
	uint64_t word;
	struct lop_buf names;
};

static void add_name(struct flags *flags, const char *name)
{
	if (flags->names.len)
		lop_buf_putc(&flags->names, ',');
	lop_buf_puts(&flags->names, name);
}

static void add_flag(struct lop_merger *m, const char *name, struct lop_span span,
		     struct flags *flags)
{
	const struct flag_row *row = row_of(name);

	if (!row)
		report_unknown(m, name, span);
	flags->word |= bit_of(row);
	add_name(flags, name);
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

static void add_qos(struct lop_merger *m, const struct lop_yaml *value, struct flags *flags)
{
	uint64_t qos;

	if (read_qos(m, value, &qos))
		add_name(flags, lop_arena_printf(m->arena, "qos=%llu", (unsigned long long)qos));
}

static void read_map(struct lop_merger *m, const struct lop_yaml *map, struct flags *flags)
{
	for (const struct lop_yaml *v = map->first; v; v = v->next) {
		const char *what = lop_arena_printf(m->arena, "flag `%s`", v->key);
		bool on;

		if (strcmp(v->key, "qos") == 0)
			add_qos(m, v, flags);
		else if (lop_merge_bool(m, v, what, &on) && on)
			add_flag(m, v->key, v->key_span, flags);
	}
}

static void read_scalar(struct lop_merger *m, const struct lop_yaml *value, struct flags *flags)
{
	uint64_t number;

	if (!isdigit((unsigned char)value->text[0]))
		add_flag(m, value->text, value->span, flags);
	else if (lop_merge_number(m, value, 64, "`flags`", &number))
		flags->word |= number;
}

/* More names than this in one entry are no flags. */
#define MAX_FLAGS 64

static bool within_bounds(struct lop_merger *m, const struct lop_yaml *value)
{
	struct lop_span span = value->key ? value->key_span : value->span;
	struct lop_diag *d;

	if (value->count <= MAX_FLAGS)
		return true;
	d = lop_report(m->diags, LOP_LIMIT, span, "more than %d flags in one entry", MAX_FLAGS);
	lop_diag_label(d, span, "%zu of them", value->count);
	lop_diag_help(d, "there are %zu different flags; write each once", N_ROWS);
	return false;
}

static void read_flags(struct lop_merger *m, const struct lop_yaml *value, struct flags *flags)
{
	if (!value || value->kind == LOP_YAML_NULL || !within_bounds(m, value))
		return;
	if (value->kind == LOP_YAML_MAP)
		read_map(m, value, flags);
	else if (value->kind == LOP_YAML_SCALAR)
		read_scalar(m, value, flags);
	for (const struct lop_yaml *v = value->kind == LOP_YAML_LIST ? value->first : NULL; v;
	     v = v->next)
		if (lop_merge_want(m, v, LOP_YAML_SCALAR, "a flag"))
			read_scalar(m, v, flags);
}

void lop_read_flags(struct lop_merger *m, const struct lop_yaml *value, uint64_t *word,
		    const char **names)
{
	struct flags flags = { 0 };

	read_flags(m, value, &flags);
	*word = flags.word;
	*names = flags.names.len ? lop_arena_strndup(m->arena, flags.names.data, flags.names.len)
				 : "";
	lop_buf_free(&flags.names);
}

/* --- access-implicit-default: { flag: true } --- */

void lop_apply_implicit(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	struct lop_val cells = { .arena = m->arena, .diags = m->diags };
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

	for (uint32_t at = 0; prop && (s = lop_value_next_str(&prop->value, &at));)
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

/* What the set named default gives to the others; read once. */
struct flag_defaults {
	const struct lop_yaml *set; /* NULL: none */
	uint64_t word;
	uint32_t words[4]; /* of a subsystem */
};

static void read_subsystem(struct lop_merger *m, const struct lop_yaml *set, uint32_t words[4])
{
	for (const struct lop_yaml *v = set->first; v; v = v->next)
		subsystem_flag(m, v, words);
}

static void read_defaults(struct lop_merger *m, const struct lop_yaml *set, bool subsystem,
			  struct flag_defaults *defaults)
{
	struct flags flags = { 0 };

	*defaults = (struct flag_defaults){ .words = { 1 << 2 | 1 << 4, 0xfffff, 0, 0 } };
	if (!set || set->kind != LOP_YAML_MAP || !within_bounds(m, set))
		return;
	defaults->set = set;
	if (subsystem) {
		read_subsystem(m, set, defaults->words);
		return;
	}
	read_map(m, set, &flags);
	defaults->word = flags.word;
	lop_buf_free(&flags.names);
}

static void add_subsystem_set(struct lop_merger *m, const struct lop_yaml *set,
			      const struct flag_defaults *defaults, struct lop_val *cells)
{
	uint32_t words[4];

	memcpy(words, defaults->words, sizeof(words));
	if (set != defaults->set)
		read_subsystem(m, set, words);
	for (size_t i = 0; i < 4; i++)
		lop_val_number(cells, words[i], 1);
}

/* The defaults hold for the flags that a set does not mention. */
static void add_plain_set(struct lop_merger *m, const struct lop_yaml *set,
			  const struct flag_defaults *defaults, struct lop_val *cells)
{
	struct flags flags = { 0 };
	uint64_t mentioned = 0;

	if (set != defaults->set) {
		for (const struct lop_yaml *v = set->first; v; v = v->next)
			mentioned |= bit_of(row_of(v->key));
		read_map(m, set, &flags);
	}
	lop_val_number(cells, flags.word | (defaults->word & ~mentioned), 2);
	lop_buf_free(&flags.names);
}

void lop_apply_flags(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	struct lop_val cells = { .arena = m->arena, .diags = m->diags };
	struct lop_val names = { .arena = m->arena, .diags = m->diags };
	bool subsystem = is_subsystem(m, e);
	const char *what = lop_arena_printf(m->arena, "`flags` of %s", lop_entity_text(m, e));
	struct flag_defaults defaults;

	if (!lop_merge_want(m, value, LOP_YAML_MAP, what))
		return;
	read_defaults(m, lop_yaml_get(value, "default"), subsystem, &defaults);
	for (const struct lop_yaml *set = value->first; set; set = set->next) {
		if (!lop_merge_want(m, set, LOP_YAML_MAP, "a set of flags") ||
		    !within_bounds(m, set))
			continue;
		lop_val_mark(&cells, LOP_MARK_U32, NULL, set->key_span);
		lop_val_string(&names, set->key, set->key_span);
		if (subsystem)
			add_subsystem_set(m, set, &defaults, &cells);
		else
			add_plain_set(m, set, &defaults, &cells);
	}
	lop_merge_set_cell(m, e->node, "flags-cells", subsystem ? 4 : 2, value->key_span);
	lop_merge_set(m, e->node, "flags", lop_val_take(&cells), value->key_span, value->span);
	lop_merge_set(m, e->node, "flags-names", lop_val_take(&names), value->key_span,
		      value->span);
}
