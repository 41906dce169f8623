/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The parts of the manual pages that tables know, in mdoc: the options of sdtgen(1) and the list
 * of keys of domains.yaml(5). What a page says beyond one line stands in more[] or in the page.
 */
#include <ctype.h>
#include <string.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/help.h"
#include "lopper-c/cmd/options.h"
#include "lopper-c/merge/schema.h"

/* Sentences that follow the line of the option table. */
static const struct {
	const char *option; /* its letter, or its name where it has none */
	const char *text;   /* mdoc, whole lines */
} more[] = {
	{ "D", "It runs where a source has a directive or a macro is defined.\n" },
	{ "images", "The first folder that has a file wins.\n" },
	{ "rules", "See\n.Sx RULES .\nSeveral may be given.\n" },
	{ "compat",
	  "The entry is dropped or kept as lopper does, and a closing line tells how many there "
	  "were.\n.Nm Cm explain\nlists the diagnostics that this concerns.\n" },
	{ "n", "Says what would be removed, too.\n" },
	{ "format",
	  "On standard error: for people, one JSON document, or SARIF 2.1.0 for editors and\n"
	  "continuous integration.\nWhat a command prints on standard output is text or JSON;\n"
	  ".Cm diff\nhas no\n.Cm sarif .\n" },
	{ "v", "Names every device and every file.\n" },
	{ "MD", "These are sources, includes, included binaries and domain files.\n" },
	{ "MF", ".Cm check ,\nwhich writes nothing else, needs it, and a target.\n" },
	{ "MT", "May be given several times.\n" },
	{ "MP", "A deleted include then does not stop make.\n" },
	{ "Wall", "Those that are off by default, too.\n" },
	{ "W", "Its name stands in brackets in its first line.\n" },
};

static bool is_row(const struct lop_option *row)
{
	return row->letter || row->name;
}

/* A word of the language, not a name such as "os,type" or "gen:"? */
static bool begins_with_word(const char *text)
{
	while (islower((unsigned char)*text))
		text++;
	return !*text || *text == ' ' || (*text == ',' && text[1] == ' ');
}

/* Text at the start of a line, as a sentence. */
static void put_sentence(struct lop_buf *out, const char *text)
{
	if (text[0] == '.' || text[0] == '\'')
		lop_buf_puts(out, "\\&");
	if (begins_with_word(text))
		lop_buf_putc(out, (char)toupper((unsigned char)*text++));
	for (; *text; text++)
		lop_buf_puts(out, *text == '\\' ? "\\e" : (const char[]){ *text, '\0' });
	lop_buf_puts(out, ".\n");
}

/* "text|json": words as they are; "<name>", "FILE": what stands for others. */
static void put_word(struct lop_buf *out, const char *word, size_t len)
{
	bool literal = islower((unsigned char)*word);

	lop_buf_puts(out, literal ? "Cm " : "Ar ");
	for (size_t i = 0; i < len; i++) {
		if (word[i] == '|')
			lop_buf_puts(out, " | ");
		else if (word[i] != '<' && word[i] != '>')
			lop_buf_putc(out, word[i]);
	}
}

/* NAME[=VALUE] has a part that may be missing. */
static void put_arg(struct lop_buf *out, const char *arg)
{
	size_t len = strcspn(arg, "[");

	put_word(out, arg, len);
	if (!arg[len])
		return;
	lop_buf_puts(out, " Ns Oo = Ns ");
	put_word(out, arg + len + 2, strcspn(arg + len + 2, "]"));
	lop_buf_puts(out, " Oc");
}

static void put_short(struct lop_buf *out, const struct lop_option *row)
{
	lop_buf_printf(out, " Fl %s", row->letter);
	if (!row->arg || (row->value == LOP_VALUE_OPTIONAL && row->name))
		return;
	if (row->value == LOP_VALUE_OPTIONAL)
		lop_buf_puts(out, " Ns Oo = Ns ");
	else
		lop_buf_puts(out, row->value == LOP_VALUE_JOINED ? " Ns " : " ");
	put_arg(out, row->arg);
	if (row->value == LOP_VALUE_OPTIONAL)
		lop_buf_puts(out, " Oc");
	if (row->value == LOP_VALUE_JOINED) {
		lop_buf_printf(out, " , Fl %sno- Ns ", row->letter);
		put_arg(out, row->arg);
	}
}

static void put_long(struct lop_buf *out, const struct lop_option *row)
{
	lop_buf_printf(out, " Fl -%s", row->name);
	if (!row->arg)
		return;
	lop_buf_puts(out, row->value == LOP_VALUE_OPTIONAL ? " Ns Oo = Ns " : " Ns = Ns ");
	put_arg(out, row->arg);
	if (row->value == LOP_VALUE_OPTIONAL)
		lop_buf_puts(out, " Oc");
}

/* Which commands take it, where not all of those do that read something. */
static void put_scope(struct lop_buf *out, unsigned commands)
{
	const char *before = ".Pq Cm ";
	unsigned n = 0;

	for (const struct lop_command *c = lop_commands; c->name; c++)
		n += (c->bit & commands) != 0;
	if (n > 6)
		return;
	for (const struct lop_command *c = lop_commands; c->name; c++) {
		if (!(c->bit & commands))
			continue;
		lop_buf_printf(out, "%s%s", before, c->name);
		before = " , ";
	}
	lop_buf_putc(out, '\n');
}

static void put_option(struct lop_buf *out, const struct lop_option *row)
{
	const char *id = row->letter ? row->letter : row->name;

	lop_buf_puts(out, ".It");
	if (row->letter)
		put_short(out, row);
	if (row->letter && row->name)
		lop_buf_puts(out, " ,");
	if (row->name)
		put_long(out, row);
	lop_buf_putc(out, '\n');
	put_scope(out, row->commands);
	put_sentence(out, row->help);
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (!strcmp(more[i].option, id))
			lop_buf_puts(out, more[i].text);
}

void lop_man_options(struct lop_buf *out)
{
	const char *group = NULL;

	for (const struct lop_option *row = lop_option_table; is_row(row); row++) {
		if (!row->group)
			continue;
		if (row->group != group)
			lop_buf_printf(out, "%s%s:\n.Bl -tag -width Ds\n",
				       group ? ".El\n.Pp\n" : "", row->group);
		group = row->group;
		put_option(out, row);
	}
	lop_buf_puts(out, ".El\n");
}

/* --- keys --- */

/* How the keys of a mapping are headed: as the key path that leads to it. */
static void put_path(struct lop_buf *out, enum lop_key_where where)
{
	enum lop_key_where of = LOP_IN_TOP;
	const char *before = "";

	if (where == LOP_IN_TOP)
		lop_buf_puts(out, "the top of a file");
	for (const struct lop_key *key = lop_keys; key->name; key++) {
		if (lop_key_holds(key, &of) == LOP_HOLDS_NONE) {
			if (!(key->kind == LOP_KEY_PAIR && where == LOP_IN_PAIR) &&
			    !(key->kind == LOP_KEY_ENDS && where == LOP_IN_ENDS) &&
			    !(key->kind == LOP_KEY_RANGE && where == LOP_IN_RANGE))
				continue;
		} else if (of != where || key->where == where) {
			continue;
		}
		lop_buf_printf(out, "%s%s", before, key->name);
		before = " , ";
	}
}

/* "one of size, dev" */
static void put_needed(struct lop_buf *out, enum lop_key_where where)
{
	for (size_t i = 0; lop_key_needed(where, i); i++) {
		lop_buf_puts(out, i ? "\nand\n.Cm " : "Needed is\n.Cm ");
		for (const char *c = lop_key_needed(where, i); *c; c++)
			lop_buf_puts(out, *c == '|' ? "\nor\n.Cm " : (const char[]){ *c, '\0' });
	}
	lop_buf_puts(out, lop_key_needed(where, 0) ? " .\n" : "");
}

static void put_key(struct lop_buf *out, const struct lop_key *key)
{
	const char *choices = lop_key_choices(key);

	lop_buf_printf(out, ".It Cm %s\n", key->name);
	put_sentence(out, key->text);
	if (!*choices)
		return;
	lop_buf_puts(out, "One of\n.Li ");
	for (; *choices; choices++)
		lop_buf_puts(out, *choices == '|' ? " , " : (const char[]){ *choices, '\0' });
	lop_buf_puts(out, " .\n");
}

static void put_mapping(struct lop_buf *out, enum lop_key_where where)
{
	lop_buf_puts(out, ".Pp\nKeys of\n.Cm ");
	put_path(out, where);
	lop_buf_puts(out, " :\n");
	put_needed(out, where);
	lop_buf_puts(out, ".Bl -tag -width linker_memories -compact\n");
	for (const struct lop_key *key = lop_keys; key->name; key++)
		if (key->where == where)
			put_key(out, key);
	lop_buf_puts(out, ".El\n");
}

void lop_man_keys(struct lop_buf *out)
{
	put_mapping(out, LOP_IN_TOP);
	for (enum lop_key_where where = 0; where < LOP_N_WHERE; where++)
		if (where != LOP_IN_TOP)
			put_mapping(out, where);
}
