/* SPDX-License-Identifier: BSD-3-Clause */
/* The command line: every way to write an option, and every way to get one wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/options.h"

#define MAX_ARGS 16

struct parsed {
	struct lop_arena arena;
	struct lop_options options;
	struct lop_buf error;
	bool ok;
};

/* words: arguments separated by one blank; "''" stands for an empty one. */
static void parse(struct parsed *p, const char *words)
{
	char *argv[MAX_ARGS] = { 0 };
	int argc = 0;
	char *text, *word;

	memset(p, 0, sizeof(*p));
	text = lop_arena_strdup(&p->arena, words);
	argv[argc++] = lop_arena_strdup(&p->arena, "sdtgen");
	for (word = strtok(text, " "); word; word = strtok(NULL, " ")) {
		assert_true(argc < MAX_ARGS);
		argv[argc++] = strcmp(word, "''") ? word : lop_arena_strdup(&p->arena, "");
	}
	p->ok = lop_options_parse(&p->options, &p->arena, argc, argv, &p->error);
}

static void release(struct parsed *p)
{
	lop_buf_free(&p->error);
	lop_arena_free(&p->arena);
}

static void accept(struct parsed *p, const char *words)
{
	parse(p, words);
	if (!p->ok)
		fail_msg("%s: %s", words, lop_buf_cstr(&p->error));
	assert_int_equal(p->error.len, 0);
}

static void reject(const char *words, const char *message)
{
	struct parsed p;

	parse(&p, words);
	if (p.ok)
		fail_msg("%s: accepted", words);
	assert_string_equal(lop_buf_cstr(&p.error), message);
	release(&p);
}

static void test_no_words(void **state)
{
	struct parsed p;

	(void)state;
	accept(&p, "");
	assert_null(p.options.command);
	release(&p);
	accept(&p, "--help");
	assert_null(p.options.command);
	assert_true(p.options.help);
	release(&p);
}

static void test_no_argv(void **state)
{
	char *argv[] = { NULL };
	struct lop_arena arena = { 0 };
	struct lop_options options = { 0 };
	struct lop_buf error = { 0 };

	(void)state;
	assert_true(lop_options_parse(&options, &arena, 0, argv, &error));
	assert_null(options.command);
	lop_arena_free(&arena);
}

static void expect_command(const char *words, const char *command, const char *first_input)
{
	struct parsed p;

	accept(&p, words);
	assert_non_null(p.options.command);
	assert_string_equal(p.options.command->name, command);
	if (first_input)
		assert_string_equal(p.options.inputs.items[0], first_input);
	else
		assert_int_equal(p.options.inputs.count, 0);
	release(&p);
}

static void test_commands(void **state)
{
	(void)state;
	expect_command("gen a.dts", "gen", "a.dts");
	expect_command("a.dts b.yaml", "gen", "a.dts");
	expect_command("missing.dtb", "gen", "missing.dtb");
	expect_command("-", "gen", "-");
	expect_command("no/such/thing", "gen", "no/such/thing");
	expect_command("check a.dts", "check", "a.dts");
	expect_command("check", "check", NULL);
	expect_command("-q -I inc check -v a.dts", "check", "a.dts");
	expect_command("-- check", "gen", "check");
	expect_command("check -- check", "check", "check");
	expect_command("check check", "check", "check");
	expect_command("fmt --check -- --odd.dts", "fmt", "--odd.dts");
	expect_command("explain", "explain", NULL);
	expect_command("help gen", "help", "gen");
}

static void test_command_misspelt(void **state)
{
	(void)state;
	reject("chek", "no such file or command 'chek'; did you mean 'check'?");
	reject("explian", "no such file or command 'explian'; did you mean 'explain'?");
	reject("zzzzzz", "no such file or command 'zzzzzz'");
	reject("''", "no such file or command ''");
	reject("Check", "no such file or command 'Check'; did you mean 'check'?");
}

static void test_flags(void **state)
{
	struct parsed p;

	(void)state;
	accept(&p, "-nqv@ a.dts -MD --provenance");
	assert_true(p.options.dry_run && p.options.quiet && p.options.verbose);
	assert_true(p.options.symbols && p.options.depend && p.options.provenance);
	assert_false(p.options.phony || p.options.help || p.options.timing);
	release(&p);
	accept(&p, "--dry-run --quiet --verbose --symbols a.dts --timing -MP -w -Wall");
	assert_true(p.options.dry_run && p.options.quiet && p.options.verbose);
	assert_true(p.options.symbols && p.options.timing && p.options.phony);
	assert_true(p.options.no_warnings && p.options.all_warnings);
	release(&p);
}

static void expect_output(const char *words, const char *output)
{
	struct parsed p;

	accept(&p, words);
	assert_string_equal(p.options.output, output);
	release(&p);
}

static void test_values(void **state)
{
	(void)state;
	expect_output("a.dts -o dir", "dir");
	expect_output("a.dts -odir", "dir");
	expect_output("a.dts -nqodir", "dir");
	expect_output("a.dts -nqo dir", "dir");
	expect_output("a.dts --output=dir", "dir");
	expect_output("a.dts --output dir", "dir");
	expect_output("a.dts --output=a=b", "a=b");
	expect_output("-o a a.dts -o b", "b");
	expect_output("-o - dtb a.dts", "-");
	expect_output("-o -n a.dts", "-n");
	expect_output("-o -- a.dts", "--");
}

static void test_values_missing(void **state)
{
	(void)state;
	reject("a.dts -o", "'-o' needs a value: -o PATH");
	reject("a.dts -qo", "'-o' needs a value: -o PATH");
	reject("a.dts --output", "'--output' needs a value: --output PATH");
	reject("a.dts -o ''", "the PATH of '-o' is empty");
	reject("a.dts --output=", "the PATH of '-o' is empty");
	reject("a.dts -I", "'-I' needs a value: -I DIR");
	reject("a.dts -I ''", "the DIR of '-I' is empty");
	reject("a.dts -D", "'-D' needs a value: -D NAME[=VALUE]");
	reject("a.dts -D=1", "'-D=1' has no name before the '='");
	reject("a.dts -MF", "'-MF' needs a value: -MF FILE");
	reject("a.dts -MT", "'-MT' needs a value: -MT TARGET");
	reject("a.dts -MQ ''", "the TARGET of '-MQ' is empty");
	reject("a.dts --format", "'--format' needs a value: --format text|json|sarif");
	reject("a.dts --quiet=1", "'--quiet' takes no value");
	reject("a.dts --help=gen", "'--help' takes no value");
}

static void expect_words(const struct lop_words *words, const char *joined)
{
	struct lop_buf text = { 0 };

	for (size_t i = 0; i < words->count; i++)
		lop_buf_printf(&text, "%s|", words->items[i]);
	assert_string_equal(lop_buf_cstr(&text), joined);
	lop_buf_free(&text);
}

static void test_lists(void **state)
{
	struct parsed p;

	(void)state;
	accept(&p, "-I a -Ib --include-dir=c -DX -D Y=1 --define Z=a=b s.dts x.yaml -- -y.yaml");
	expect_words(&p.options.include_dirs, "a|b|c|");
	expect_words(&p.options.defines, "X|Y=1|Z=a=b|");
	expect_words(&p.options.inputs, "s.dts|x.yaml|-y.yaml|");
	release(&p);
}

static void test_depend(void **state)
{
	struct parsed p;

	(void)state;
	accept(&p, "a.dts -MD -MF f.d -MTx -MT y$z -MQ a$b");
	assert_true(p.options.depend);
	assert_string_equal(p.options.depfile, "f.d");
	expect_words(&p.options.targets, "x|y$z|a$$b|");
	release(&p);
	accept(&p, "a.dts -MFother.d");
	assert_string_equal(p.options.depfile, "other.d");
	assert_false(p.options.depend);
	release(&p);
}

static void test_choices(void **state)
{
	struct parsed p;

	(void)state;
	accept(&p, "a.dts --color --format sarif --compat=lopper");
	assert_int_equal(p.options.color, LOP_COLOR_ALWAYS);
	assert_int_equal(p.options.format, LOP_FORMAT_SARIF);
	assert_true(p.options.compat_lopper);
	release(&p);
	accept(&p, "a.dts --color=always --color=never --format=json --format=text");
	assert_int_equal(p.options.color, LOP_COLOR_NEVER);
	assert_int_equal(p.options.format, LOP_FORMAT_TEXT);
	release(&p);
}

static void test_choices_wrong(void **state)
{
	(void)state;
	reject("a.dts --color=alwys", "'--color' does not know 'alwys'; did you mean 'always'?");
	reject("a.dts --color=", "'--color' does not know ''; it takes auto|always|never");
	reject("a.dts --format=xml", "'--format' does not know 'xml'; it takes text|json|sarif");
	reject("a.dts --format JSON", "'--format' does not know 'JSON'; did you mean 'json'?");
	reject("a.dts --compat=lop", "'--compat' does not know 'lop'; it takes lopper");
	reject("a.dts --compat=loper", "'--compat' does not know 'loper'; did you mean 'lopper'?");
}

static void test_warnings(void **state)
{
	struct parsed p;

	(void)state;
	accept(&p, "a.dts -Wmem-shared -Wno-irq-unrouted -Werror -Werror=mem-shared "
		   "-Wno-error=reading");
	assert_int_equal(p.options.warn[LOP_MEM_SHARED], LOP_SWITCH_ON);
	assert_int_equal(p.options.warn[LOP_IRQ_UNROUTED], LOP_SWITCH_OFF);
	assert_int_equal(p.options.error[LOP_MEM_SHARED], LOP_SWITCH_ON);
	assert_int_equal(p.options.error[LOP_READING], LOP_SWITCH_OFF);
	assert_int_equal(p.options.warn[LOP_MEM_OVERLAP], LOP_SWITCH_UNSET);
	assert_true(p.options.werror);
	release(&p);
	accept(&p, "a.dts -Werror -Wno-error -Wno-mem-shared -Wmem-shared -Wno-domains");
	assert_false(p.options.werror);
	assert_int_equal(p.options.warn[LOP_MEM_SHARED], LOP_SWITCH_ON);
	assert_int_equal(p.options.warn[LOP_NO_DOMAINS], LOP_SWITCH_ON);
	release(&p);
}

static void test_warnings_wrong(void **state)
{
	(void)state;
	reject("a.dts -Wmem-overlp",
	       "no diagnostic is named 'mem-overlp'; did you mean '-Wmem-overlap'?");
	reject("a.dts -Wno-mem-overlp",
	       "no diagnostic is named 'mem-overlp'; did you mean '-Wno-mem-overlap'?");
	reject("a.dts -Werror=mem-overlp",
	       "no diagnostic is named 'mem-overlp'; did you mean '-Werror=mem-overlap'?");
	reject("a.dts -Wno-error=mem-overlp",
	       "no diagnostic is named 'mem-overlp'; did you mean '-Wno-error=mem-overlap'?");
	reject("a.dts -Wx", "no diagnostic is named 'x'; `sdtgen explain` lists them");
	reject("a.dts -Wno-", "no diagnostic is named ''; `sdtgen explain` lists them");
	reject("a.dts -Werror=", "no diagnostic is named ''; `sdtgen explain` lists them");
	reject("a.dts -W", "'-W' needs a name right behind it: -W<name>");
	reject("a.dts -W mem-overlap", "'-W' needs a name right behind it: -W<name>");
	reject("a.dts -Wno-dts-syntax",
	       "'-Wno-dts-syntax': nothing works after such an error; it cannot be turned off");
}

static void test_unknown(void **state)
{
	(void)state;
	reject("a.dts -x", "unknown option '-x'");
	reject("a.dts -qx", "unknown option '-x' in '-qx'");
	reject("a.dts -MDx", "unknown option '-MDx'; did you mean '-MD'?");
	reject("a.dts -qW", "unknown option '-W' in '-qW'");
	reject("a.dts -help", "unknown option '-help'; did you mean '--help'?");
	reject("a.dts -version", "unknown option '-version'; did you mean '--version'?");
	reject("a.dts --provenence", "unknown option '--provenence'; did you mean '--provenance'?");
	reject("a.dts --formt=json", "unknown option '--formt'; did you mean '--format'?");
}

static void test_scope(void **state)
{
	(void)state;
	reject("fmt --provenance a.dts",
	       "'sdtgen fmt' has no option '--provenance'; these have: gen check");
	reject("gen --list", "'sdtgen gen' has no option '--list'; these have: check pack");
	reject("explain -MD",
	       "'sdtgen explain' has no option '-MD'; these have: gen check dtb pack");
	reject("dtb --compat=lopper a.dts",
	       "'sdtgen dtb' has no option '--compat'; these have: gen check map");
	reject("-o x fmt a.dts",
	       "'sdtgen fmt' has no option '-o'; these have: gen map dtb pack init schema");
	reject("explain -Wmem-overlap",
	       "'sdtgen explain' has no option '-W'; these have: gen check map dtb fmt rsc table pack init");
}

static void test_many(void **state)
{
	struct lop_arena arena = { 0 };
	struct lop_options options = { 0 };
	struct lop_buf error = { 0 };
	char *argv[2001];
	char name[] = "sdtgen", tree[] = "a.dts", include[] = "-Iinc";

	(void)state;
	for (size_t i = 0; i < 2001; i++)
		argv[i] = i == 0 ? name : i % 2 ? include : tree;
	assert_true(lop_options_parse(&options, &arena, 2001, argv, &error));
	assert_int_equal(options.inputs.count, 1000);
	assert_int_equal(options.include_dirs.count, 1000);
	assert_string_equal(options.include_dirs.items[999], "inc");
	lop_arena_free(&arena);
}

/* The set of used rows is one 64-bit word, and no two rows share a spelling. */
static void test_table(void **state)
{
	const struct lop_option *table = lop_option_table;
	size_t n = 0;

	(void)state;
	while (table[n].letter || table[n].name)
		n++;
	assert_true(n < 64);
	for (size_t i = 0; i < n; i++) {
		assert_non_null(table[i].set);
		assert_non_null(table[i].help);
		assert_true((table[i].value == LOP_VALUE_NONE) == (table[i].arg == NULL));
		for (size_t j = 0; j < i; j++) {
			assert_false(table[i].letter && table[j].letter &&
				     !strcmp(table[i].letter, table[j].letter));
			assert_false(table[i].name && table[j].name &&
				     !strcmp(table[i].name, table[j].name));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_words),       cmocka_unit_test(test_no_argv),
		cmocka_unit_test(test_commands),       cmocka_unit_test(test_command_misspelt),
		cmocka_unit_test(test_flags),	       cmocka_unit_test(test_values),
		cmocka_unit_test(test_values_missing), cmocka_unit_test(test_lists),
		cmocka_unit_test(test_depend),	       cmocka_unit_test(test_choices),
		cmocka_unit_test(test_choices_wrong),  cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_warnings_wrong), cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_scope),	       cmocka_unit_test(test_many),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
