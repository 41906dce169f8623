/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading device trees: DTS source through cpp, lexer and parser; blobs through libfdt.
 *
 * The language is dtc's (1.6 and 1.7). Errors are reported with spans in the user's own files;
 * parsing goes on at the next `;` or `}`, so that one run shows them all. After errors the tree is
 * what could be read: good for looking up names, not for output.
 */
#ifndef LOP_DTS_DTS_H
#define LOP_DTS_DTS_H

#include <stdbool.h>
#include <stddef.h>

#include "lopper-c/diag/diag.h"
#include "lopper-c/tree/tree.h"

struct lop_dts_options {
	const char *const *include_dirs; /* -I: for #include, /include/ and /incbin/ */
	size_t n_include_dirs;
	const char *const *defines; /* -D: "NAME" or "NAME=VALUE" */
	size_t n_defines;
};

/* Nodes nested deeper than this are refused (LOP_LIMIT). libfdt, Linux and dtc have lower or no
 * limits. */
#define LOP_DTS_MAX_DEPTH 200

/*
 * Reads a DTS file ("-": standard input). cpp runs as a child process when the text has a
 * preprocessor directive or options->defines is not empty; line markers are understood either way.
 * Never NULL; problems are in diags. References are not resolved yet.
 */
struct lop_tree *lop_dts_read(struct lop_arena *arena, struct lop_diags *diags, const char *path,
			      const struct lop_dts_options *options);
/* The same from memory, without cpp; name is for messages. For tests and fuzzing. data must outlive
 * the tree. */
struct lop_tree *lop_dts_parse(struct lop_arena *arena, struct lop_diags *diags, const char *name,
			       const char *data, size_t len, const struct lop_dts_options *options);

/* Reads a blob. Spans name the file only. Labels are taken from __symbols__ later (resolve.h). */
struct lop_tree *lop_dtb_parse(struct lop_arena *arena, struct lop_diags *diags, const char *name,
			       const void *blob, size_t size);

/* Do these bytes start as a blob does? */
bool lop_is_blob(const char *data, size_t len);
/* Either, by content: a blob starts with the magic number 0xd00dfeed. Result is resolved, symbols
 * taken. */
struct lop_tree *lop_tree_read(struct lop_arena *arena, struct lop_diags *diags, const char *path,
			       const struct lop_dts_options *options);

#endif
