/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers, truth values, ranges and names out of YAML scalars, each with its complaint. Knows no
 * node and no key.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/state.h"

const char *lop_yaml_kind_text(const struct lop_yaml *value)
{
	static const char *const kinds[] = { "nothing", "a single value", "a list", "a mapping" };

	return kinds[value->kind];
}

static bool is_hex_text(const char *s)
{
	return *s && s[strspn(s, "0123456789abcdefABCDEF")] == '\0';
}

static bool all_digits(const char *s)
{
	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		return is_hex_text(s + 2);
	return *s && s[strspn(s, "0123456789")] == '\0';
}

static void report_bad_number(struct lop_merger *m, const struct lop_yaml *value, const char *what)
{
	struct lop_diag *d;

	if (all_digits(value->text)) {
		d = lop_report(m->diags, LOP_ADDRESS_OVERFLOW, value->span,
			       "%s does not fit into 64 bits", what);
		lop_diag_label(d, value->span, "beyond 0xffffffffffffffff");
		lop_diag_help(d, "write a number of at most 16 hexadecimal or 19 decimal digits");
		return;
	}
	d = lop_report(m->diags, LOP_BAD_NUMBER, value->span, "%s is no number: `%s`", what,
		       value->text);
	lop_diag_label(d, value->span, "a number is wanted");
	if (is_hex_text(value->text))
		lop_diag_help(d, "hexadecimal needs its prefix: 0x%s", value->text);
	else
		lop_diag_help(d, "write 4096, 0x1000 or 4K");
}

bool lop_merge_number(struct lop_merger *m, const struct lop_yaml *value, unsigned max_bits,
		      const char *what, uint64_t *out)
{
	struct lop_diag *d;

	if (value->kind != LOP_YAML_SCALAR) {
		d = lop_report(m->diags, LOP_BAD_NUMBER,
			       value->span.text ? value->span : value->key_span,
			       "%s is no number but %s", what, lop_yaml_kind_text(value));
		lop_diag_label(d, value->key_span.text ? value->key_span : value->span,
			       "a number is wanted");
		lop_diag_help(d, "write one number: 4096, 0x1000 or 4K");
		return false;
	}
	if (!lop_yaml_number(value, out)) {
		report_bad_number(m, value, what);
		return false;
	}
	if (max_bits >= 64 || *out >> max_bits == 0)
		return true;
	d = lop_report(m->diags, LOP_ADDRESS_OVERFLOW, value->span, "%s does not fit into %u bits",
		       what, max_bits);
	lop_diag_label(d, value->span, "0x%llx", (unsigned long long)*out);
	lop_diag_help(d, "write 0x%llx at most",
		      (unsigned long long)((UINT64_C(1) << max_bits) - 1));
	return false;
}

bool lop_merge_bool(struct lop_merger *m, const struct lop_yaml *value, const char *what, bool *out)
{
	struct lop_diag *d;

	if (lop_yaml_bool(value, out))
		return true;
	d = lop_report(m->diags, LOP_YAML_TYPE, value->span.len ? value->span : value->key_span,
		       "%s is neither true nor false", what);
	lop_diag_label(d, value->span.len ? value->span : value->key_span, "%s",
		       value->kind == LOP_YAML_SCALAR ? "this is text" : lop_yaml_kind_text(value));
	lop_diag_help(d, "write `true` or `false`, without quotes");
	return false;
}

bool lop_merge_want(struct lop_merger *m, const struct lop_yaml *value, enum lop_yaml_kind kind,
		    const char *what)
{
	static const char *const wanted[] = { "nothing", "a single value", "a list", "a mapping" };
	static const char *const helps[] = {
		"leave the value out",
		"write one value, without brackets and without keys below it",
		"a list item starts with `- `",
		"write `key: value` below it, or { key: value } behind it",
	};
	struct lop_span span = value->key ? value->key_span : value->span;
	struct lop_diag *d;

	if (value->kind == kind)
		return true;
	d = lop_report(m->diags, LOP_YAML_TYPE, span, "%s wants %s, not %s", what, wanted[kind],
		       lop_yaml_kind_text(value));
	lop_diag_label(d, span, "this is %s", lop_yaml_kind_text(value));
	if (kind == LOP_YAML_LIST && value->kind == LOP_YAML_SCALAR)
		lop_diag_help(d, "write it as a list: [ %s ]", value->text);
	else
		lop_diag_help(d, "%s", helps[kind]);
	return false;
}

static struct lop_span entry_span(const struct lop_yaml *entry)
{
	return entry->key ? entry->key_span : entry->span;
}

static void report_missing(struct lop_merger *m, const struct lop_yaml *entry, const char *key,
			   const char *what)
{
	struct lop_diag *d = lop_report(m->diags, LOP_MISSING_VALUE, entry_span(entry),
					"%s has no `%s`", what, key);

	lop_diag_label(d, entry_span(entry), "in this entry");
	lop_diag_help(d, "give both `start` and `size`, as in `{ start: 0x40000000, size: 64K }`");
}

static bool is_missing(const struct lop_yaml *value)
{
	return !value || value->kind == LOP_YAML_NULL;
}

static bool is_auto(const struct lop_yaml *value)
{
	return value && value->kind == LOP_YAML_SCALAR && strcmp(value->text, "auto") == 0;
}

static void report_placement(struct lop_merger *m, const struct lop_yaml *entry,
			     const struct lop_yaml *start, const char *what)
{
	struct lop_span span = start ? start->span : entry_span(entry);
	struct lop_diag *d =
		lop_report(m->diags, LOP_UNSUPPORTED, span,
			   "%s has no fixed address, and is not placed automatically", what);

	lop_diag_label(d, span, start ? "`auto` asks for placement" : "no `start` here");
	lop_diag_help(d, "write the address as `start:`; `auto` is for `memory` of domains, for "
			 "windows of links and for the manager");
}

bool lop_merge_start_size(struct lop_merger *m, const struct lop_yaml *entry,
			  const struct lop_yaml *start, const struct lop_yaml *size,
			  const char *what, struct lop_range *out)
{
	const char *start_of = lop_arena_printf(m->arena, "`start` of %s", what);
	const char *size_of = lop_arena_printf(m->arena, "`size` of %s", what);
	struct lop_diag *d;
	bool ok;

	if (is_auto(start) || (is_missing(start) && !is_missing(size))) {
		report_placement(m, entry, is_auto(start) ? start : NULL, what);
		return false;
	}
	if (is_missing(start) || is_missing(size)) {
		report_missing(m, entry, is_missing(start) ? "start" : "size", what);
		return false;
	}
	ok = lop_merge_number(m, start, 64, start_of, &out->base);
	if (!lop_merge_number(m, size, 64, size_of, &out->size) || !ok)
		return false;
	if (!out->size) {
		d = lop_report(m->diags, LOP_MISSING_VALUE, size->span, "%s is empty: size 0",
			       what);
		lop_diag_label(d, size->span, "no bytes");
		lop_diag_help(d, "give it a size, as in `size: 64K`, or leave the entry out");
		return false;
	}
	if (lop_range_valid(*out))
		return true;
	d = lop_report(m->diags, LOP_ADDRESS_OVERFLOW, start->span, "%s ends beyond 64 bits", what);
	lop_diag_label(d, start->span, "starts at 0x%llx", (unsigned long long)out->base);
	lop_diag_label(d, size->span, "and is 0x%llx bytes long", (unsigned long long)out->size);
	lop_diag_help(d, "write `size: 0x%llx` at most, or a lower `start`",
		      (unsigned long long)(0 - out->base));
	return false;
}

void lop_merge_help_name(struct lop_diag *d, const char *name, bool prop)
{
	const char *chars = prop ? LOP_CHARS_PROP : LOP_CHARS_NODE "@";
	char mended[64];
	size_t len = strlen(name), i = 0;
	bool at = prop;

	for (; i < len && i + 1 < sizeof(mended); i++) {
		bool good = strchr(chars, name[i]) && !(name[i] == '@' && at);

		mended[i] = name[i];
		if (!good)
			mended[i] = '-';
		at = at || name[i] == '@';
	}
	mended[i] = '\0';
	if (len && i == len && (prop || lop_node_name_valid(mended)))
		lop_diag_help(d, "use letters, digits and , . _ + -, as in `%s`", mended);
	else
		lop_diag_help(d, "use letters, digits and , . _ + -");
}
