/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Arguments to rows of the option table: short ones alone, combined or with their value joined,
 * long ones with "=" or a following word, and the subcommand. Sets nothing itself.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lopper-c/base/str.h"
#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/options.h"

/* The arguments not yet looked at. */
struct rest {
	char *const *next;
	char *const *end;
};

bool lop_argv_fail(struct lop_argv *argv, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	lop_buf_vprintf(argv->error, fmt, ap);
	va_end(ap);
	return false;
}

const char *lop_option_spelling(const struct lop_option *row, char text[LOP_SPELLING_SIZE])
{
	snprintf(text, LOP_SPELLING_SIZE, "%s%s", row->letter ? "-" : "--",
		 row->letter ? row->letter : row->name);
	return text;
}

static bool is_row(const struct lop_option *row)
{
	return row->letter || row->name;
}

/* letter: the one of several that is unknown, 0 if arg is one option. */
static bool fail_unknown(struct lop_argv *argv, const char *arg, char letter)
{
	struct lop_nearest nearest = { .word = arg };

	for (const struct lop_option *row = lop_option_table; is_row(row); row++) {
		if (row->letter && row->letter[1])
			lop_nearest_add(&nearest,
					lop_arena_printf(argv->arena, "-%s", row->letter));
		if (row->name)
			lop_nearest_add(&nearest, lop_arena_printf(argv->arena, "--%s", row->name));
	}
	if (nearest.best)
		return lop_argv_fail(argv, "unknown option '%s'; did you mean '%s'?", arg,
				     nearest.best);
	if (letter)
		return lop_argv_fail(argv, "unknown option '-%c' in '%s'", letter, arg);
	return lop_argv_fail(argv, "unknown option '%s'", arg);
}

static bool apply(struct lop_argv *argv, const struct lop_option *row, const char *value)
{
	size_t index = (size_t)(row - lop_option_table);

	assert(index < 64);
	argv->options->seen |= UINT64_C(1) << index;
	return row->set(argv, row, value);
}

/* The value is the following argument. */
static bool apply_next(struct lop_argv *argv, const struct lop_option *row, const char *arg,
		       struct rest *rest)
{
	if (rest->next == rest->end)
		return lop_argv_fail(argv, "'%s' needs a value: %s %s", arg, arg, row->arg);
	return apply(argv, row, *rest->next++);
}

static bool take_long(struct lop_argv *argv, const char *arg, struct rest *rest)
{
	size_t len = strcspn(arg + 2, "=");
	const char *value = arg[2 + len] ? arg + 2 + len + 1 : NULL;
	const struct lop_option *row = lop_option_table;

	while (is_row(row) &&
	       !(row->name && strlen(row->name) == len && !memcmp(row->name, arg + 2, len)))
		row++;
	if (!is_row(row))
		return fail_unknown(argv, lop_arena_strndup(argv->arena, arg, len + 2), 0);
	if (value && row->value == LOP_VALUE_NONE)
		return lop_argv_fail(argv, "'--%s' takes no value", row->name);
	if (!value && row->value == LOP_VALUE_NEEDED)
		return apply_next(argv, row, arg, rest);
	return apply(argv, row, value);
}

/* Does this row of several letters, or with a joined value, own the argument behind the dash? */
static bool owns_word(const struct lop_option *row, const char *word)
{
	size_t len;

	if (!row->letter || !lop_str_starts(word, row->letter))
		return false;
	len = strlen(row->letter);
	if (len == 1)
		return row->value == LOP_VALUE_JOINED;
	if (row->value == LOP_VALUE_NEEDED || !word[len])
		return true;
	return row->value == LOP_VALUE_OPTIONAL && word[len] == '=';
}

static bool take_word(struct lop_argv *argv, const struct lop_option *row, const char *arg,
		      struct rest *rest)
{
	const char *value = arg + 1 + strlen(row->letter);

	if (row->value == LOP_VALUE_NONE)
		return apply(argv, row, NULL);
	if (row->value == LOP_VALUE_OPTIONAL)
		return apply(argv, row, *value ? value + 1 : NULL);
	if (*value)
		return apply(argv, row, value);
	if (row->value == LOP_VALUE_JOINED)
		return lop_argv_fail(argv, "'%s' needs a name right behind it: %s%s", arg, arg,
				     row->arg);
	return apply_next(argv, row, arg, rest);
}

static const struct lop_option *row_of_letter(char letter)
{
	for (const struct lop_option *row = lop_option_table; is_row(row); row++)
		if (row->letter && row->letter[0] == letter && !row->letter[1])
			return row;
	return NULL;
}

/* -nqoDIR: flags, then at most one option with a value. Unknown letters fail before any is set. */
static bool take_letters(struct lop_argv *argv, const char *arg, struct rest *rest)
{
	const struct lop_option *row = NULL;

	for (const char *p = arg + 1; *p; p++) {
		row = row_of_letter(*p);
		if (!row || row->value == LOP_VALUE_JOINED)
			return fail_unknown(argv, arg, arg[2] ? *p : 0);
		if (row->value != LOP_VALUE_NONE)
			break;
	}
	for (const char *p = arg + 1; *p; p++) {
		row = row_of_letter(*p);
		if (row->value == LOP_VALUE_NEEDED) {
			const char short_arg[] = { '-', *p, '\0' };

			return p[1] ? apply(argv, row, p + 1)
				    : apply_next(argv, row, short_arg, rest);
		}
		if (!apply(argv, row, NULL))
			return false;
	}
	return true;
}

static bool take_short(struct lop_argv *argv, const char *arg, struct rest *rest)
{
	for (const struct lop_option *row = lop_option_table; is_row(row); row++)
		if (owns_word(row, arg + 1))
			return take_word(argv, row, arg, rest);
	return take_letters(argv, arg, rest);
}

static bool take_one(struct lop_argv *argv, const char *arg, struct rest *rest)
{
	if (!argv->only_words && !strcmp(arg, "--")) {
		argv->only_words = true;
		return true;
	}
	if (argv->only_words || arg[0] != '-' || !arg[1]) {
		if (!argv->options->inputs.count)
			argv->literal_first = argv->only_words;
		lop_words_add(&argv->options->inputs, argv->arena, arg);
		return true;
	}
	return arg[1] == '-' ? take_long(argv, arg, rest) : take_short(argv, arg, rest);
}

/* A first word that is no subcommand is gen's input if it can be one. */
static bool looks_like_input(const char *word)
{
	static const char *const ends[] = { ".dts", ".dtb", ".dtsi", ".yaml", ".yml" };
	struct stat st;

	if (!strcmp(word, "-") || strchr(word, '/') || !stat(word, &st))
		return true;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (lop_str_ends(word, ends[i]))
			return true;
	return false;
}

static bool fail_no_command(struct lop_argv *argv, const char *word)
{
	struct lop_nearest nearest = { .word = word };

	for (const struct lop_command *row = lop_commands; row->name; row++)
		lop_nearest_add(&nearest, row->name);
	if (nearest.best)
		return lop_argv_fail(argv, "no such file or command '%s'; did you mean '%s'?", word,
				     nearest.best);
	return lop_argv_fail(argv, "no such file or command '%s'", word);
}

/* Takes the subcommand out of the words; gen where there is none. */
static bool find_command(struct lop_argv *argv)
{
	struct lop_words *words = &argv->options->inputs;
	const struct lop_command *command = NULL;

	if (words->count && !argv->literal_first)
		command = lop_command_by_name(words->items[0]);
	if (command) {
		words->items++;
		words->count--;
		words->cap--;
	} else if (words->count) {
		if (!argv->literal_first && !looks_like_input(words->items[0]))
			return fail_no_command(argv, words->items[0]);
		command = lop_command_by_name("gen");
	}
	argv->options->command = command;
	return true;
}

static bool check_scope(struct lop_argv *argv)
{
	const struct lop_command *command = argv->options->command;
	char spelling[LOP_SPELLING_SIZE];

	if (!command)
		return true;
	for (size_t i = 0; is_row(&lop_option_table[i]); i++) {
		const struct lop_option *row = &lop_option_table[i];

		if (!(argv->options->seen >> i & 1) || row->commands & command->bit)
			continue;
		lop_argv_fail(argv, "'sdtgen %s' has no option '%s'; these have:", command->name,
			      lop_option_spelling(row, spelling));
		for (const struct lop_command *c = lop_commands; c->name; c++)
			if (row->commands & c->bit)
				lop_argv_fail(argv, " %s", c->name);
		return false;
	}
	return true;
}

bool lop_options_parse(struct lop_options *options, struct lop_arena *arena, int argc,
		       char *const argv[], struct lop_buf *error)
{
	struct lop_argv state = { .arena = arena, .options = options, .error = error };
	struct rest rest = { argv + (argc > 0), argv + argc };

	while (rest.next != rest.end) {
		const char *arg = *rest.next++;

		if (!take_one(&state, arg, &rest))
			return false;
	}
	return find_command(&state) && check_scope(&state);
}
