/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of the DTS printer; inside dts/ only. */
#ifndef LOP_DTS_PRINT_H
#define LOP_DTS_PRINT_H

#include <stdbool.h>
#include <stddef.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/dts/write.h"
#include "lopper-c/tree/tree.h"

struct lop_printer {
	const struct lop_tree *tree;
	const struct lop_dts_style *style;
	struct lop_buf out;
	bool plugin; /* print as one */
	const struct lop_node *fixups, *local_fixups;
	size_t line_start;	/* offset in out */
	bool all_phandles;	/* print the numbers that the tool gave out, too */
	bool lost_ref;		/* a reference was printed as a number */
	struct lop_buf targets; /* const struct lop_node *: phandle references as printed */
	struct lop_buf text;	/* one value, without line breaks */
	struct lop_buf parts;	/* struct lop_print_part: what text consists of, in order */
};

/* What stands between two commas of a value: `<0x1 &gic>`, `"text"`, `[ab cd]`, `&label`. */
struct lop_print_part {
	size_t start, end;    /* in printer->text */
	size_t inner, closed; /* what may break at its spaces; equal: nothing */
};

/* The column (tabs are 8 wide) at which out ends. */
size_t lop_print_column(const struct lop_printer *p);
/* Puts the value that text and parts hold; see print_lines.c. */
void lop_print_parts(struct lop_printer *p);
/* " = ..." without the semicolon; nothing for an empty value. */
void lop_print_value(struct lop_printer *p, const struct lop_prop *prop);
/* Appends "label" or "{/path}": what follows the & of a reference with a target or a name. */
void lop_print_ref(struct lop_buf *out, const struct lop_marker *marker);

/*
 * Will dtc, given what was printed, number the nodes as they are numbered here? Only then may the
 * tool's own phandle properties be left out.
 */
bool lop_print_numbers_agree(const struct lop_printer *p);

#endif
