/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The command line as data: one row per option, one struct that holds what the rows set. The help
 * and the parser read the same table. Knows no stage and prints nothing.
 */
#ifndef LOP_CMD_OPTIONS_H
#define LOP_CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/arena.h"
#include "lopper-c/base/buf.h"
#include "lopper-c/diag/diag.h"

struct lop_command;

/* Bits for option rows: which subcommands take an option. */
#define LOP_FOR_GEN	   1u
#define LOP_FOR_CHECK	   2u
#define LOP_FOR_DTB	   4u
#define LOP_FOR_FMT	   8u
#define LOP_FOR_EXPLAIN	   16u
#define LOP_FOR_HELP	   32u
#define LOP_FOR_RSC	   64u
#define LOP_FOR_TABLE	   128u
#define LOP_FOR_MAP	   256u
#define LOP_FOR_DIFF	   512u
#define LOP_FOR_SCHEMA	   1024u
#define LOP_FOR_INIT	   2048u
#define LOP_FOR_COMPLETION 4096u
#define LOP_FOR_PACK	   8192u
#define LOP_FOR_TREES	   (LOP_FOR_GEN | LOP_FOR_CHECK)
#define LOP_FOR_SYSTEM	   (LOP_FOR_TREES | LOP_FOR_MAP)
#define LOP_FOR_COMPILE	   (LOP_FOR_TREES | LOP_FOR_DTB)
#define LOP_FOR_MAKE	   (LOP_FOR_COMPILE | LOP_FOR_PACK)
#define LOP_FOR_TREE	   (LOP_FOR_SYSTEM | LOP_FOR_DTB | LOP_FOR_INIT)
#define LOP_FOR_INPUT	   (LOP_FOR_TREE | LOP_FOR_FMT)
#define LOP_FOR_READ	   (LOP_FOR_INPUT | LOP_FOR_RSC | LOP_FOR_TABLE | LOP_FOR_PACK)
#define LOP_FOR_FORMS	   (LOP_FOR_READ | LOP_FOR_DIFF)
#define LOP_FOR_ALL                                                                            \
	(LOP_FOR_READ | LOP_FOR_DIFF | LOP_FOR_SCHEMA | LOP_FOR_COMPLETION | LOP_FOR_EXPLAIN | \
	 LOP_FOR_HELP)

/* A list of words in the arena. */
struct lop_words {
	const char **items;
	size_t count, cap;
};

enum lop_color { LOP_COLOR_AUTO, LOP_COLOR_ALWAYS, LOP_COLOR_NEVER };

/* A picture of the map, instead of a table in the form that --format says. */
enum lop_map_form { LOP_MAP_TABLE, LOP_MAP_SVG, LOP_MAP_HTML };

/* What was said about one code; a word about a code beats a word about all. */
enum lop_switch { LOP_SWITCH_UNSET, LOP_SWITCH_ON, LOP_SWITCH_OFF };

struct lop_options {
	const struct lop_command *command; /* NULL: none, there were no words */
	struct lop_words inputs;	   /* the words after the subcommand */
	const char *output;		   /* NULL: the subcommand's default */
	struct lop_words include_dirs, defines;
	struct lop_words rules;	  /* files of the user's own rules */
	struct lop_words images;  /* folders in which pack looks for programs */
	struct lop_words targets; /* -MT and -MQ, as they stand before the colon */
	const char *depfile;	  /* -MF; NULL: made from the output's name */
	bool depend, phony;
	bool symbols, provenance, dry_run, trees;
	bool quiet, verbose, help, version, timing, list, check, force, man;
	bool werror, no_warnings, all_warnings, compat_lopper;
	unsigned char warn[LOP_CODE_COUNT]; /* enum lop_switch: -W<name>, -Wno-<name> */
	unsigned char
		error[LOP_CODE_COUNT]; /* enum lop_switch: -Werror=<name>, -Wno-error=<name> */
	enum lop_color color;
	enum lop_format format;
	enum lop_map_form map_form;
	uint64_t seen; /* bit i: row i of the table was used */
};

/* How an option takes its value. */
enum lop_option_value {
	LOP_VALUE_NONE,
	LOP_VALUE_NEEDED,   /* -oX, -o X, --output=X, --output X */
	LOP_VALUE_OPTIONAL, /* --color, --color=X, -Werror=X */
	LOP_VALUE_JOINED,   /* -WX only */
};

struct lop_argv;

struct lop_option {
	const char *letter; /* after one dash, "o" or "MF"; NULL: none */
	const char *name;   /* after two dashes; NULL: none */
	enum lop_option_value value;
	const char *arg;   /* name of the value in help */
	unsigned commands; /* LOP_FOR_ bits */
	const char *group; /* heading in help; NULL: not shown */
	const char *show;  /* in help, instead of the spelling made of letter, name and arg */
	const char *help;
	/* false after lop_argv_fail. value: NULL where there is none. */
	bool (*set)(struct lop_argv *argv, const struct lop_option *row, const char *value);
	size_t field; /* of the bool, word or list that set writes, as offset into lop_options */
};

extern const struct lop_option lop_option_table[]; /* ends with letter and name NULL */

/* A parse under way. */
struct lop_argv {
	struct lop_arena *arena;
	struct lop_options *options;
	struct lop_buf *error; /* the one message of a failed parse */
	bool only_words;       /* "--" has been seen */
	bool literal_first;    /* the first word came after "--": never a subcommand */
};

/* Notes the message and returns false. */
bool lop_argv_fail(struct lop_argv *argv, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Fills a zeroed options. argv[0] is skipped. False with a message in error (no newline) if the
 * command line makes no sense.
 */
bool lop_options_parse(struct lop_options *options, struct lop_arena *arena, int argc,
		       char *const argv[], struct lop_buf *error);

/* "-o" or "--color": how messages name a row. */
#define LOP_SPELLING_SIZE 32
const char *lop_option_spelling(const struct lop_option *row, char text[LOP_SPELLING_SIZE]);

void lop_words_add(struct lop_words *words, struct lop_arena *arena, const char *word);

#endif
