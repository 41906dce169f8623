/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The keys of a domain file, as a plain table: what the merge knows, and what a misspelt key is
 * compared with.
 */
#ifndef LOP_MERGE_SCHEMA_H
#define LOP_MERGE_SCHEMA_H

#include <stddef.h>

enum lop_key_kind {
	LOP_KEY_TEXT,	/* a string, or a list of strings */
	LOP_KEY_NUMBER, /* decimal, 0x.., quoted or not */
	LOP_KEY_SIZE,	/* a number, or 64K, 2MiB, 6G */
	LOP_KEY_BOOL,
	LOP_KEY_LIST,
	LOP_KEY_MAP,
	LOP_KEY_ANY,
};

/* In which mapping a key stands. */
enum lop_key_where {
	LOP_IN_DOMAIN,
	LOP_IN_CPU,    /* an entry of cpus */
	LOP_IN_MODE,   /* mode of an entry of cpus */
	LOP_IN_MEMORY, /* an entry of memory or sram */
	LOP_IN_ACCESS, /* an entry of access */
	LOP_IN_FIREWALL,
	LOP_IN_RELATION, /* relation0, relation1, ... */
	LOP_IN_TOP,	 /* a file, beside the names of nodes */
};

struct lop_key {
	enum lop_key_where where;
	const char *name;
	enum lop_key_kind kind;
	const char *text; /* one line */
};

extern const struct lop_key lop_keys[]; /* ends with a NULL name */

const struct lop_key *lop_key_find(enum lop_key_where where, const char *name);
/* The nearest key of the same mapping; NULL: none. */
const char *lop_key_nearest(enum lop_key_where where, const char *name);

#endif
