/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between the files of the DTS parser: the state of one run, and the steps that structure
 * (parser.c, body.c), values (propvalue.c), expressions (expr.c) and recovery (token.c) share.
 * The parser looks one token ahead.
 */
#ifndef LOP_DTS_PARSER_H
#define LOP_DTS_PARSER_H

#include "lopper-c/dts/lexer.h"
#include "lopper-c/tree/tree.h"

#define LOP_PARSER_MAX_NAME 255 /* bytes of a node or property name */
#define LOP_PARSER_MAX_EXPR 100 /* nested parentheses and unary operators */
/* Nodes and properties that all deletions together look at; what is deleted and added again over
 * and over is looked at every time. */
#define LOP_PARSER_MAX_HIDE ((size_t)20000000)

/* A label that another node has as well; settled when that one is deleted, or reported at the end.
 */
struct lop_parser_conflict {
	struct lop_node *node;
	const char *label;
	struct lop_span span;
	struct lop_parser_conflict *next;
};

/* A label that has been read and waits for what it stands on. */
struct lop_parser_label {
	const char *name;
	struct lop_span span;
	struct lop_parser_label *next;
};

struct lop_parser {
	struct lop_arena *arena;
	struct lop_diags *diags;
	struct lop_tree *tree;
	struct lop_lexer lexer;
	struct lop_token tok;  /* the one ahead */
	struct lop_token prev; /* the one before it */
	struct lop_map names;  /* interned */
	/* the value that is being read */
	struct lop_buf bytes;
	struct lop_marker *first_marker, *last_marker;
	/* the tree so far */
	struct lop_node *lost; /* takes in bodies whose node does not exist; not in the tree */
	struct lop_parser_conflict *conflicts;
	size_t n_conflicts;
	struct lop_memreserve **reserve_end;
	size_t hide_work;	  /* see LOP_PARSER_MAX_HIDE */
	unsigned int n_fragments; /* fragment@N made so far */
	unsigned int depth;	  /* of the body that is being read */
	unsigned int expr_depth;
	unsigned int n_nearest;	 /* searches for a nearest label made so far */
	bool tree_begun;	 /* something of the tree has been read */
	bool value_labels;	 /* a property or value has a label: to be checked at the end */
	bool name_props;	 /* a property is called `name`: likewise */
	bool expr_bad;		 /* the expression has an error that is reported */
	bool semicolon_reported; /* the missing `;` follows from what was reported last */
	bool synced;		 /* recovery is done already */
	bool at_end;		 /* that the file ends too early is reported */
	bool unwinding;		 /* a top-level node begins inside a body: leave them all */
};

void lop_parser_source(struct lop_parser *p); /* parser.c: a whole source */

/* body.c. `{` is the token ahead. fresh: the node was not there before this body. */
void lop_parser_body(struct lop_parser *p, struct lop_node *node, bool fresh);

/* labels.c */
struct lop_parser_label *lop_parser_labels(struct lop_parser *p); /* all ahead, the last first */
void lop_parser_add_label(struct lop_parser *p, struct lop_node *node, const char *label,
			  struct lop_span span);
/* The labels before a node, in the order in which dtc gives them to a new or an old node. */
void lop_parser_label_node(struct lop_parser *p, struct lop_node *node,
			   struct lop_parser_label *labels, bool fresh);
void lop_parser_label_prop(struct lop_parser *p, struct lop_prop *prop,
			   struct lop_parser_label *labels);
void lop_parser_hide(struct lop_parser *p, struct lop_node *node); /* its labels are free again */
void lop_parser_check_labels(struct lop_parser *p);		   /* at the end */

/* finish.c: what can be said only of the whole tree; then the sweep. */
void lop_parser_finish(struct lop_parser *p);

/* propvalue.c: what follows `=`. False after a reported error; what could be read is in value. */
bool lop_parser_value(struct lop_parser *p, struct lop_value *value, struct lop_span *span);

/* expr.c: a literal or a parenthesised expression. False after a reported error. */
bool lop_parser_integer(struct lop_parser *p, uint64_t *value);

/* token.c: steps and recovery. */
void lop_parser_advance(struct lop_parser *p);
bool lop_parser_accept(struct lop_parser *p, int kind);
const char *lop_parser_intern(struct lop_parser *p, const char *text, size_t len);
const char *lop_parser_text(struct lop_parser *p);    /* text of the token ahead, interned */
bool lop_parser_new_line(const struct lop_parser *p); /* between the last token and this one */
struct lop_span lop_parser_gap(const struct lop_parser *p); /* right behind the last token */
struct lop_span lop_parser_since(const struct lop_parser *p, struct lop_span first);
/* Reports that the token ahead is not what is wanted ("a value"), and what to write. */
struct lop_diag *lop_parser_unexpected(struct lop_parser *p, const char *wanted, const char *help);
/* Skips the rest of the statement. */
void lop_parser_sync(struct lop_parser *p);
/* `;`, or a report that it is missing after this; what is in printf form. */
void lop_parser_semicolon(struct lop_parser *p, const char *what, ...)
	__attribute__((format(printf, 2, 3)));
/* Reports a reference to what does not exist. */
void lop_parser_no_target(struct lop_parser *p, const char *ref, struct lop_span span);

#endif
