/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The rules that a system must keep before anything boots. One row and one function each; every
 * rule runs, none stops another; they report and change nothing.
 */
#ifndef LOP_CHECK_CHECK_H
#define LOP_CHECK_CHECK_H

#include "lopper-c/model/system.h"

struct lop_check {
	const char *name;  /* for `sdtgen check --list` */
	const char *title; /* one line: what must hold */
	void (*run)(const struct lop_system *system, struct lop_diags *diags);
};

extern const struct lop_check lop_checks[]; /* ends with a NULL name */

void lop_check_all(const struct lop_system *system, struct lop_diags *diags);

#endif
