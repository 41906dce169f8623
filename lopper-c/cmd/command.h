/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The subcommands: one row and one function each. A function gets the run, calls stages, and
 * returns an exit code; what was reported can only raise it.
 */
#ifndef LOP_CMD_COMMAND_H
#define LOP_CMD_COMMAND_H

struct lop_run;

struct lop_command {
	const char *name;
	unsigned bit;	      /* LOP_FOR_ bit */
	const char *usage;    /* what follows the name */
	const char *title;    /* one line */
	const char *details;  /* paragraphs for `sdtgen NAME --help`, may be "" */
	const char *examples; /* lines "  sdtgen ..." */
	int (*run)(struct lop_run *run);
};

extern const struct lop_command lop_commands[]; /* ends with a NULL name */

/* NULL if there is none. */
const struct lop_command *lop_command_by_name(const char *name);

int lop_cmd_gen(struct lop_run *run);
int lop_cmd_check(struct lop_run *run);
int lop_cmd_map(struct lop_run *run);
int lop_cmd_diff(struct lop_run *run);
int lop_cmd_dtb(struct lop_run *run);
int lop_cmd_fmt(struct lop_run *run);
int lop_cmd_rsc(struct lop_run *run);
int lop_cmd_table(struct lop_run *run);
int lop_cmd_pack(struct lop_run *run);
int lop_cmd_init(struct lop_run *run);
int lop_cmd_schema(struct lop_run *run);
int lop_cmd_completion(struct lop_run *run);
int lop_cmd_explain(struct lop_run *run);
int lop_cmd_help(struct lop_run *run);

#endif
