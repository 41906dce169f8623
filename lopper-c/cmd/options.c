/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of options and what each row sets. Which argument belongs to which row is argv.c's
 * business.
 */
#include "lopper-c/cmd/options.h"

#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/cmd/depfile.h"

#define FIELD(name) offsetof(struct lop_options, name)

void lop_words_add(struct lop_words *words, struct lop_arena *arena, const char *word)
{
	if (words->count == words->cap) {
		size_t cap = words->cap ? words->cap * 2 : 8;
		const char **items = lop_arena_alloc(arena, cap * sizeof(*items));

		if (words->count)
			memcpy(items, words->items, words->count * sizeof(*items));
		words->items = items;
		words->cap = cap;
	}
	words->items[words->count++] = word;
}

static void *field_of(struct lop_argv *argv, const struct lop_option *row)
{
	return (char *)argv->options + row->field;
}

static bool fail_empty(struct lop_argv *argv, const struct lop_option *row)
{
	char spelling[LOP_SPELLING_SIZE];

	return lop_argv_fail(argv, "the %s of '%s' is empty", row->arg,
			     lop_option_spelling(row, spelling));
}

static bool set_flag(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	bool *flag = field_of(argv, row);

	(void)value;
	*flag = true;
	return true;
}

static bool set_word(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	const char **word = field_of(argv, row);

	if (!*value)
		return fail_empty(argv, row);
	*word = value;
	return true;
}

static bool add_word(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	if (!*value)
		return fail_empty(argv, row);
	lop_words_add(field_of(argv, row), argv->arena, value);
	return true;
}

static bool add_escaped(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	struct lop_buf text = { 0 };

	if (!*value)
		return fail_empty(argv, row);
	lop_depfile_escape(value, &text);
	lop_words_add(field_of(argv, row), argv->arena,
		      lop_arena_strndup(argv->arena, text.data, text.len));
	lop_buf_free(&text);
	return true;
}

static bool add_define(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	if (*value == '=')
		return lop_argv_fail(argv, "'-D%s' has no name before the '='", value);
	return add_word(argv, row, value);
}

/* The place of value in a list of choices that ends with NULL; -1 after a message. */
static int choose(struct lop_argv *argv, const struct lop_option *row, const char *value,
		  const char *const *choices)
{
	struct lop_nearest nearest = { .word = value };

	for (int i = 0; choices[i]; i++) {
		if (!strcmp(choices[i], value))
			return i;
		lop_nearest_add(&nearest, choices[i]);
	}
	if (nearest.best)
		lop_argv_fail(argv, "'--%s' does not know '%s'; did you mean '%s'?", row->name,
			      value, nearest.best);
	else
		lop_argv_fail(argv, "'--%s' does not know '%s'; it takes %s", row->name, value,
			      row->arg);
	return -1;
}

static bool set_color(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	static const char *const choices[] = {
		[LOP_COLOR_AUTO] = "auto",
		[LOP_COLOR_ALWAYS] = "always",
		[LOP_COLOR_NEVER] = "never",
		NULL,
	};
	int choice = value ? choose(argv, row, value, choices) : LOP_COLOR_ALWAYS;

	if (choice < 0)
		return false;
	argv->options->color = (enum lop_color)choice;
	return true;
}

static bool set_format(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	static const char *const choices[] = {
		[LOP_FORMAT_TEXT] = "text",
		[LOP_FORMAT_JSON] = "json",
		[LOP_FORMAT_SARIF] = "sarif",
		NULL,
	};
	int choice = choose(argv, row, value, choices);

	if (choice < 0)
		return false;
	argv->options->format = (enum lop_format)choice;
	return true;
}

static bool set_json(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	(void)row;
	(void)value;
	argv->options->format = LOP_FORMAT_JSON;
	return true;
}

/* The field of the row is the form. */
static bool set_map_form(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	enum lop_map_form form = (enum lop_map_form)row->field;

	(void)value;
	if (argv->options->map_form != LOP_MAP_TABLE && argv->options->map_form != form)
		return lop_argv_fail(argv, "'--%s' after another form of the map: give one",
				     row->name);
	argv->options->map_form = form;
	return true;
}

static bool set_compat(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	static const char *const choices[] = { "lopper", NULL };

	if (choose(argv, row, value, choices) < 0)
		return false;
	argv->options->compat_lopper = true;
	return true;
}

/* LOP_CODE_COUNT after a message. prefix: what stood before the name, with the dash. */
static enum lop_code code_named(struct lop_argv *argv, const char *prefix, const char *name)
{
	enum lop_code code = lop_code_by_name(name);
	struct lop_nearest nearest = { .word = name };

	if (code != LOP_CODE_COUNT)
		return code;
	for (int i = 0; i < LOP_CODE_COUNT; i++)
		lop_nearest_add(&nearest, lop_codes[i].name);
	if (nearest.best)
		lop_argv_fail(argv, "no diagnostic is named '%s'; did you mean '%s%s'?", name,
			      prefix, nearest.best);
	else
		lop_argv_fail(argv, "no diagnostic is named '%s'; `sdtgen explain` lists them",
			      name);
	return LOP_CODE_COUNT;
}

/* A code may itself begin with "no-": the whole word is tried first. */
static bool set_warning(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	bool off = lop_code_by_name(value) == LOP_CODE_COUNT && lop_str_starts(value, "no-");
	enum lop_code code = code_named(argv, off ? "-Wno-" : "-W", off ? value + 3 : value);

	(void)row;
	if (code == LOP_CODE_COUNT)
		return false;
	if (off && !lop_codes[code].warning && !lop_codes[code].lopper_passes)
		return lop_argv_fail(argv,
				     "'-W%s': nothing works after such an error; it cannot be "
				     "turned off",
				     value);
	argv->options->warn[code] = off ? LOP_SWITCH_OFF : LOP_SWITCH_ON;
	return true;
}

static bool set_werror(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	enum lop_code code;

	(void)row;
	if (!value) {
		argv->options->werror = true;
		return true;
	}
	code = code_named(argv, "-Werror=", value);
	if (code == LOP_CODE_COUNT)
		return false;
	argv->options->error[code] = LOP_SWITCH_ON;
	return true;
}

static bool set_no_werror(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	enum lop_code code;

	(void)row;
	if (!value) {
		argv->options->werror = false;
		return true;
	}
	code = code_named(argv, "-Wno-error=", value);
	if (code == LOP_CODE_COUNT)
		return false;
	argv->options->error[code] = LOP_SWITCH_OFF;
	return true;
}

static const char in_group[] = "Input";
static const char out_group[] = "Output";
static const char depend_group[] = "Dependencies for make";
static const char diag_group[] = "Diagnostics";
static const char other_group[] = "Other";

const struct lop_option lop_option_table[] = {
	{ "I", "include-dir", LOP_VALUE_NEEDED, "DIR", LOP_FOR_TREE, in_group, "-I DIR",
	  "look here for #include, /include/ and /incbin/", add_word, FIELD(include_dirs) },
	{ "D", "define", LOP_VALUE_NEEDED, "NAME[=VALUE]", LOP_FOR_TREE, in_group,
	  "-D NAME[=VALUE]", "define a macro for the C preprocessor", add_define, FIELD(defines) },
	{ NULL, "rules", LOP_VALUE_NEEDED, "FILE", LOP_FOR_SYSTEM, in_group, NULL,
	  "also check the rules of this YAML file", add_word, FIELD(rules) },
	{ NULL, "compat", LOP_VALUE_NEEDED, "lopper", LOP_FOR_SYSTEM, in_group, NULL,
	  "mistakes that lopper accepts are warnings, not errors", set_compat, 0 },

	{ NULL, "images", LOP_VALUE_NEEDED, "DIR", LOP_FOR_PACK, in_group, NULL,
	  "look for the programs of the domains here; may be repeated", add_word, FIELD(images) },

	{ "o", "output", LOP_VALUE_NEEDED, "PATH",
	  LOP_FOR_GEN | LOP_FOR_DTB | LOP_FOR_MAP | LOP_FOR_PACK | LOP_FOR_INIT | LOP_FOR_SCHEMA,
	  out_group, NULL, "gen: the folder to write to (generated); others: the file", set_word,
	  FIELD(output) },
	{ NULL, "force", LOP_VALUE_NONE, NULL, LOP_FOR_INIT, out_group, NULL,
	  "replace the file that -o names, if it exists", set_flag, FIELD(force) },
	{ "@", "symbols", LOP_VALUE_NONE, NULL, LOP_FOR_COMPILE, out_group, NULL,
	  "add __symbols__ to every blob, as overlays need it", set_flag, FIELD(symbols) },
	{ NULL, "trees", LOP_VALUE_NONE, NULL, LOP_FOR_GEN, out_group, NULL,
	  "write device trees only: no headers, linker scripts, tables, reports", set_flag,
	  FIELD(trees) },
	{ NULL, "provenance", LOP_VALUE_NONE, NULL, LOP_FOR_TREES, out_group, NULL,
	  "name the file and line that every node and property came from", set_flag,
	  FIELD(provenance) },
	{ "n", "dry-run", LOP_VALUE_NONE, NULL, LOP_FOR_INPUT | LOP_FOR_PACK, out_group, NULL,
	  "write nothing, say what would be written", set_flag, FIELD(dry_run) },
	{ NULL, "check", LOP_VALUE_NONE, NULL, LOP_FOR_FMT, out_group, NULL,
	  "write nothing, list files that are not formatted, exit 1", set_flag, FIELD(check) },
	{ NULL, "list", LOP_VALUE_NONE, NULL, LOP_FOR_CHECK | LOP_FOR_PACK, out_group, NULL,
	  "check: the rules, and all diagnostics; pack: what is in a boot image", set_flag,
	  FIELD(list) },
	{ NULL, "svg", LOP_VALUE_NONE, NULL, LOP_FOR_MAP, out_group, NULL, "the map as a picture",
	  set_map_form, LOP_MAP_SVG },
	{ NULL, "html", LOP_VALUE_NONE, NULL, LOP_FOR_MAP, out_group, NULL,
	  "the map as a page: picture and table", set_map_form, LOP_MAP_HTML },
	{ NULL, "format", LOP_VALUE_NEEDED, "text|json|sarif", LOP_FOR_FORMS, out_group, NULL,
	  "form of diagnostics and of what map, diff, rsc, table, pack print", set_format, 0 },
	{ NULL, "json", LOP_VALUE_NONE, NULL, LOP_FOR_FORMS, out_group, NULL,
	  "short for --format=json", set_json, 0 },
	{ "q", "quiet", LOP_VALUE_NONE, NULL, LOP_FOR_ALL, out_group, NULL,
	  "no summary; what is wrong is still said", set_flag, FIELD(quiet) },
	{ "v", "verbose", LOP_VALUE_NONE, NULL, LOP_FOR_ALL, out_group, NULL, "the full summary",
	  set_flag, FIELD(verbose) },

	{ "MD", NULL, LOP_VALUE_NONE, NULL, LOP_FOR_MAKE, depend_group, NULL,
	  "also write a make rule with every file that was read", set_flag, FIELD(depend) },
	{ "MF", NULL, LOP_VALUE_NEEDED, "FILE", LOP_FOR_MAKE, depend_group, NULL,
	  "write the rule here (gen: DIR/sdtgen.d; check: needed; others: FILE.d)", set_word,
	  FIELD(depfile) },
	{ "MT", NULL, LOP_VALUE_NEEDED, "TARGET", LOP_FOR_MAKE, depend_group, NULL,
	  "the target of the rule, as it stands, instead of all outputs", add_word,
	  FIELD(targets) },
	{ "MQ", NULL, LOP_VALUE_NEEDED, "TARGET", LOP_FOR_MAKE, depend_group, NULL,
	  "like -MT, with characters escaped that are special to make", add_escaped,
	  FIELD(targets) },
	{ "MP", NULL, LOP_VALUE_NONE, NULL, LOP_FOR_MAKE, depend_group, NULL,
	  "add an empty rule for every file but the main one", set_flag, FIELD(phony) },

	{ "Wall", NULL, LOP_VALUE_NONE, NULL, LOP_FOR_READ, diag_group, NULL,
	  "turn on every warning", set_flag, FIELD(all_warnings) },
	{ "Werror", NULL, LOP_VALUE_OPTIONAL, "<name>", LOP_FOR_READ, diag_group,
	  "-Werror[=<name>]", "make every warning an error, or the one of this name", set_werror,
	  0 },
	{ "Wno-error", NULL, LOP_VALUE_OPTIONAL, "<name>", LOP_FOR_READ, diag_group,
	  "-Wno-error[=<name>]", "undo -Werror, for all or for the one of this name", set_no_werror,
	  0 },
	{ "W", NULL, LOP_VALUE_JOINED, "<name>", LOP_FOR_READ, diag_group, "-W<name>, -Wno-<name>",
	  "turn a diagnostic on or off; `sdtgen explain` lists the names", set_warning, 0 },
	{ "w", NULL, LOP_VALUE_NONE, NULL, LOP_FOR_READ, diag_group, NULL, "no warnings at all",
	  set_flag, FIELD(no_warnings) },
	{ NULL, "color", LOP_VALUE_OPTIONAL, "auto|always|never", LOP_FOR_ALL, diag_group, NULL,
	  "colours on stderr; auto: on a terminal, unless NO_COLOR is set", set_color, 0 },

	{ "h", "help", LOP_VALUE_NONE, NULL, LOP_FOR_ALL, other_group, NULL,
	  "show all options; after a command, those that it takes", set_flag, FIELD(help) },
	{ NULL, "version", LOP_VALUE_NONE, NULL, LOP_FOR_ALL, other_group, NULL, "show the version",
	  set_flag, FIELD(version) },
	{ NULL, "man", LOP_VALUE_NONE, NULL, LOP_FOR_HELP | LOP_FOR_SCHEMA, NULL, NULL,
	  "the part of a manual page that the tables know, in mdoc", set_flag, FIELD(man) },
	{ NULL, "timing", LOP_VALUE_NONE, NULL, LOP_FOR_ALL, NULL, NULL,
	  "seconds and peak memory per stage on stderr", set_flag, FIELD(timing) },
	{ 0 },
};
