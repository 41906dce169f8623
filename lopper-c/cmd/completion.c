/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * sdtgen completion: what a shell completes, from the tables of commands and options. Options that
 * a value must follow in the next word or behind '=' are told from those where it may be missing.
 */
#include <ctype.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/run.h"

static bool is_row(const struct lop_option *row)
{
	return row->letter || row->name;
}

static bool is_shown(const struct lop_option *row, unsigned commands)
{
	return row->group && row->commands & commands;
}

/* "text|json": the value is one of these words. */
static bool has_choices(const struct lop_option *row)
{
	return row->arg && islower((unsigned char)row->arg[0]);
}

static bool takes_dir(const struct lop_option *row)
{
	return row->arg && !strcmp(row->arg, "DIR");
}

/* Text inside single quotes, with a backslash before those of its characters that are special. */
static void put_escaped(struct lop_buf *out, const char *text, const char *special)
{
	for (; *text; text++) {
		if (*text == '\'') {
			lop_buf_puts(out, "'\\''");
			continue;
		}
		if (strchr(special, *text))
			lop_buf_putc(out, '\\');
		lop_buf_putc(out, *text);
	}
}

/* "text|json" with another separator. */
static void put_choices(struct lop_buf *out, const char *words)
{
	for (; *words; words++)
		lop_buf_putc(out, *words == '|' ? ' ' : *words);
}

static void put_commands(struct lop_buf *out, char separator, unsigned which)
{
	const char *before = "";
	const char between[2] = { separator, '\0' };

	for (const struct lop_command *c = lop_commands; c->name; c++) {
		if (!(c->bit & which))
			continue;
		lop_buf_printf(out, "%s%s", before, c->name);
		before = between;
	}
}

static void put_codes(struct lop_buf *out)
{
	for (int i = 0; i < LOP_CODE_COUNT; i++)
		lop_buf_printf(out, "%s%s", i ? " " : "", lop_codes[i].name);
}

static void put_shells(struct lop_buf *out)
{
	lop_buf_puts(out, "bash zsh fish");
}

static void put_all_commands(struct lop_buf *out)
{
	put_commands(out, ' ', LOP_FOR_ALL);
}

typedef void word_list(struct lop_buf *out);

/* The words that may follow a command; NULL: files. */
static word_list *words_after(const struct lop_command *c)
{
	switch (c->bit) {
	case LOP_FOR_EXPLAIN:
		return put_codes;
	case LOP_FOR_HELP:
		return put_all_commands;
	case LOP_FOR_COMPLETION:
		return put_shells;
	default:
		return NULL;
	}
}

/* --- bash --- */

/* "-o --output" of every option that these commands have. */
static void bash_options(struct lop_buf *out, unsigned commands)
{
	const char *before = "";

	for (const struct lop_option *row = lop_option_table; is_row(row); row++) {
		if (!is_shown(row, commands))
			continue;
		if (row->letter)
			lop_buf_printf(out, "%s-%s", before, row->letter);
		if (row->letter)
			before = " ";
		if (row->name)
			lop_buf_printf(out, "%s--%s", before, row->name);
		before = " ";
	}
}

/* What follows an option, as cases of "$prev". */
static void bash_values(struct lop_buf *out)
{
	for (const struct lop_option *row = lop_option_table; is_row(row); row++) {
		if (!row->group || !row->arg || row->value == LOP_VALUE_JOINED ||
		    (row->value == LOP_VALUE_OPTIONAL && !row->name))
			continue;
		lop_buf_puts(out, "\t");
		if (row->letter)
			lop_buf_printf(out, "-%s%s", row->letter, row->name ? "|" : "");
		if (row->name)
			lop_buf_printf(out, "--%s%s", row->name,
				       row->value == LOP_VALUE_OPTIONAL ? "=" : "|--");
		if (row->name && row->value == LOP_VALUE_NEEDED)
			lop_buf_printf(out, "%s=", row->name);
		lop_buf_puts(out, ") ");
		if (has_choices(row)) {
			lop_buf_puts(out, "words='");
			put_choices(out, row->arg);
			lop_buf_puts(out, "' ;;\n");
		} else {
			lop_buf_printf(out, "files=-%c ;;\n", takes_dir(row) ? 'd' : 'f');
		}
	}
}

static void bash_command(struct lop_buf *out, const struct lop_command *c)
{
	word_list *words = words_after(c);

	lop_buf_printf(out, "\t%s)\n\t\toptions='", c->name);
	bash_options(out, c->bit);
	lop_buf_puts(out, "'\n");
	if (words) {
		lop_buf_puts(out, "\t\tafter='");
		words(out);
		lop_buf_puts(out, "'\n");
	}
	lop_buf_puts(out, "\t\t;;\n");
}

static void complete_bash(struct lop_buf *out)
{
	lop_buf_puts(out,
		     "# bash completion of sdtgen, made by `sdtgen completion bash`\n"
		     "_sdtgen()\n{\n"
		     "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
		     "\tlocal command= words= files= options= after= i\n\n"
		     "\tCOMPREPLY=()\n"
		     "\t# --format=json is three words here\n"
		     "\tif [ \"$cur\" = = ]; then\n"
		     "\t\tcur= prev=$prev=\n"
		     "\telif [ \"$prev\" = = ] && [ \"$COMP_CWORD\" -gt 2 ]; then\n"
		     "\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}=\n"
		     "\tfi\n"
		     "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		     "\t\tcase ${COMP_WORDS[i]} in\n\t\t");
	put_commands(out, '|', LOP_FOR_ALL);
	lop_buf_puts(out, ")\n\t\t\tcommand=${COMP_WORDS[i]}\n\t\t\tbreak\n\t\t\t;;\n"
			  "\t\tesac\n\tdone\n\tcase $prev in\n");
	bash_values(out);
	lop_buf_puts(out, "\tesac\n\tcase ${command:-gen} in\n");
	for (const struct lop_command *c = lop_commands; c->name; c++)
		bash_command(out, c);
	lop_buf_puts(out, "\tesac\n"
			  "\tif [ -z \"$words$files\" ]; then\n"
			  "\t\tcase $cur in\n"
			  "\t\t-W*)\n\t\t\twords='");
	put_codes(out);
	lop_buf_puts(out, "'\n\t\t\twords=\"-Wall -Werror ${words// / -W}\"\n"
			  "\t\t\t;;\n"
			  "\t\t-*) words=$options ;;\n"
			  "\t\t*) words=$after ;;\n"
			  "\t\tesac\n"
			  "\t\tif [ -z \"$command\" ] && [ -z \"$words\" ]; then\n"
			  "\t\t\twords='");
	put_commands(out, ' ', LOP_FOR_ALL);
	lop_buf_puts(out, "'\n\t\t\tfiles=-f\n"
			  "\t\telif [ -z \"$words\" ]; then\n"
			  "\t\t\tfiles=-f\n"
			  "\t\tfi\n"
			  "\tfi\n"
			  "\tif [ -n \"$files\" ]; then\n"
			  "\t\tcompopt -o filenames 2>/dev/null\n"
			  "\t\twhile read -r i; do\n"
			  "\t\t\tCOMPREPLY+=(\"$i\")\n"
			  "\t\tdone < <(compgen \"$files\" -- \"$cur\")\n"
			  "\tfi\n"
			  "\twhile read -r i; do\n"
			  "\t\tCOMPREPLY+=(\"$i\")\n"
			  "\tdone < <(compgen -W \"$words\" -- \"$cur\")\n"
			  "}\n"
			  "complete -F _sdtgen sdtgen\n");
}

/* --- zsh --- */

/* One spelling: '-o+[help]:PATH:_files'. after: what _arguments wants between it and the help. */
static void zsh_option(struct lop_buf *out, const struct lop_option *row, const char *dashes,
		       const char *name, const char *after)
{
	lop_buf_printf(out, "\t\t'*%s%s%s[", dashes, name, row->arg ? after : "");
	put_escaped(out, row->help, "[]:\\");
	lop_buf_putc(out, ']');
	if (row->arg) {
		lop_buf_puts(out, row->value == LOP_VALUE_OPTIONAL ? "::value:" : ":value:");
		if (row->arg[0] == '<') {
			lop_buf_putc(out, '(');
			put_codes(out);
			lop_buf_putc(out, ')');
		} else if (has_choices(row)) {
			lop_buf_putc(out, '(');
			put_choices(out, row->arg);
			lop_buf_putc(out, ')');
		} else {
			lop_buf_puts(out, takes_dir(row) ? "_files -/" : "_files");
		}
	}
	lop_buf_puts(out, "'\n");
}

static void zsh_command(struct lop_buf *out, const struct lop_command *c)
{
	word_list *words = words_after(c);

	lop_buf_printf(out, "\t(%s) options=(\n", c->name);
	for (const struct lop_option *row = lop_option_table; is_row(row); row++) {
		bool optional = row->value == LOP_VALUE_OPTIONAL;

		if (!is_shown(row, c->bit))
			continue;
		if (row->letter)
			zsh_option(out, row, "-", row->letter,
				   row->value == LOP_VALUE_JOINED ? "-"
				   : optional			  ? "=-"
								  : "+");
		if (row->name)
			zsh_option(out, row, "--", row->name, optional ? "=-" : "=");
	}
	lop_buf_puts(out, "\t\t'*:word:");
	if (words) {
		lop_buf_putc(out, '(');
		words(out);
		lop_buf_putc(out, ')');
	} else {
		lop_buf_puts(out, "_files");
	}
	lop_buf_puts(out, "'\n\t) ;;\n");
}

static void complete_zsh(struct lop_buf *out)
{
	lop_buf_puts(out, "#compdef sdtgen\n"
			  "# zsh completion of sdtgen, made by `sdtgen completion zsh`\n"
			  "_sdtgen() {\n"
			  "\tlocal -a commands options\n"
			  "\tlocal command=$words[2]\n\n"
			  "\tcommands=(\n");
	for (const struct lop_command *c = lop_commands; c->name; c++) {
		lop_buf_printf(out, "\t\t'%s:", c->name);
		put_escaped(out, c->title, ":\\");
		lop_buf_puts(out, "'\n");
	}
	lop_buf_puts(out, "\t)\n"
			  "\tif (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then\n"
			  "\t\t_describe command commands\n"
			  "\t\t_files\n"
			  "\t\treturn\n"
			  "\tfi\n"
			  "\t(( ${commands[(I)${command}:*]} )) || command=gen\n"
			  "\tcase $command in\n");
	for (const struct lop_command *c = lop_commands; c->name; c++)
		zsh_command(out, c);
	lop_buf_puts(out, "\tesac\n"
			  "\t_arguments $options\n"
			  "}\n"
			  "_sdtgen \"$@\"\n");
}

/* --- fish --- */

/* Which commands: those named, or, as gen need not be written, all but those that lack it. */
static void fish_condition(struct lop_buf *out, unsigned commands)
{
	bool gen = commands & LOP_FOR_GEN;
	unsigned named = gen ? LOP_FOR_ALL & ~commands : commands;

	if (!named)
		return;
	lop_buf_printf(out, " -n '%s__fish_seen_subcommand_from ", gen ? "not " : "");
	put_commands(out, ' ', named);
	lop_buf_putc(out, '\'');
}

static void fish_option(struct lop_buf *out, const struct lop_option *row)
{
	lop_buf_puts(out, "complete -c sdtgen");
	fish_condition(out, row->commands);
	if (row->letter)
		lop_buf_printf(out, " -%c %s", row->letter[1] ? 'o' : 's', row->letter);
	if (row->name)
		lop_buf_printf(out, " -l %s", row->name);
	if (has_choices(row)) {
		lop_buf_printf(out, " -%c -a '", row->value == LOP_VALUE_OPTIONAL ? 'f' : 'x');
		put_choices(out, row->arg);
		lop_buf_putc(out, '\'');
	} else if (takes_dir(row)) {
		lop_buf_puts(out, " -x -a '(__fish_complete_directories)'");
	} else if (row->value == LOP_VALUE_NEEDED) {
		lop_buf_puts(out, " -r -F");
	}
	lop_buf_puts(out, " -d '");
	for (const char *c = row->help; *c; c++) {
		if (*c == '\'' || *c == '\\')
			lop_buf_putc(out, '\\');
		lop_buf_putc(out, *c);
	}
	lop_buf_puts(out, "'\n");
}

static void complete_fish(struct lop_buf *out)
{
	lop_buf_puts(out, "# fish completion of sdtgen, made by `sdtgen completion fish`\n");
	for (const struct lop_command *c = lop_commands; c->name; c++) {
		word_list *words = words_after(c);

		lop_buf_printf(out, "complete -c sdtgen -n __fish_use_subcommand -a %s -d '%s'\n",
			       c->name, c->title);
		if (!words)
			continue;
		lop_buf_puts(out, "complete -c sdtgen");
		fish_condition(out, c->bit);
		lop_buf_puts(out, " -f -a '");
		words(out);
		lop_buf_puts(out, "'\n");
	}
	for (const struct lop_option *row = lop_option_table; is_row(row); row++)
		if (row->group && row->value != LOP_VALUE_JOINED)
			fish_option(out, row);
	lop_buf_puts(out, "for code in ");
	put_codes(out);
	lop_buf_puts(out, "\n    complete -c sdtgen -o W$code\n"
			  "    complete -c sdtgen -o Wno-$code\nend\n");
}

/* --- the command --- */

static const struct {
	const char *name;
	void (*print)(struct lop_buf *out);
} shells[] = {
	{ "bash", complete_bash },
	{ "zsh", complete_zsh },
	{ "fish", complete_fish },
};

int lop_cmd_completion(struct lop_run *run)
{
	const struct lop_words *words = &run->options.inputs;

	if (words->count != 1)
		return lop_run_usage(run, "name one shell: sdtgen completion bash|zsh|fish");
	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
		if (strcmp(shells[i].name, words->items[0]) != 0)
			continue;
		shells[i].print(&run->out);
		return LOP_EXIT_OK;
	}
	return lop_run_usage(run, "no completion for '%s'; there are bash, zsh and fish",
			     words->items[0]);
}
