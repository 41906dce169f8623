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
	LOP_KEY_FLAGS, /* a flag, a list of flags, or a mapping of flags to true */
	/* These become a property of the key's name by themselves; see typed.c for its cells. */
	LOP_KEY_SWITCH,	 /* true or false */
	LOP_KEY_COUNT,	 /* a number of 32 bits */
	LOP_KEY_BYTES,	 /* a size or address of 64 bits */
	LOP_KEY_TIME,	 /* 250ms, 2s, 1min */
	LOP_KEY_STRINGS, /* text, or a list of it */
	LOP_KEY_CHOICE,	 /* one of lop_key_choices */
	LOP_KEY_DOMAIN,	 /* the name of a domain */
	LOP_KEY_DOMAINS, /* a list of them, or one */
	LOP_KEY_DEVICE,	 /* a node by name, label or path */
	LOP_KEY_DEVICES, /* a list of them, or one */
	LOP_KEY_REGIONS, /* the same of /reserved-memory */
	LOP_KEY_PAIR,	 /* a size for both directions, or { to-host, to-remote } */
	LOP_KEY_ENDS,	 /* an address for both ends, or { host, remote } */
	LOP_KEY_RANGE,	 /* auto, or { start, size } */
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
	LOP_IN_LINK,	 /* an entry of links */
	LOP_IN_PAIR,	 /* a value of a link in both directions */
	LOP_IN_ENDS,	 /* a value of a link at both ends */
	LOP_IN_VENDOR,	 /* an entry of vendor of a link */
	LOP_IN_RANGE,	 /* a place: window, memory of the manager */
	LOP_IN_MANAGER,
	LOP_IN_RESTART,	 /* restart of a domain, written out */
	LOP_IN_LOAD,	 /* an entry of load */
	LOP_IN_LINKER,	 /* linker of a domain */
	LOP_IN_SECTIONS, /* sections of a linker */
	LOP_IN_SECTION,	 /* one of them */
	LOP_IN_CUSTOM,	 /* an entry of custom_sections */
	LOP_IN_TOP,	 /* a file, beside the names of nodes */
	LOP_N_WHERE,
};

struct lop_key {
	enum lop_key_where where;
	const char *name;
	enum lop_key_kind kind;
	const char *text; /* one line */
};

extern const struct lop_key lop_keys[]; /* ends with a NULL name */

/* The words that a key of kind LOP_KEY_CHOICE takes, with '|' between them. */
const char *lop_key_choices(const struct lop_key *key);

/* How mappings with keys of their own stand below a key. */
enum lop_key_form {
	LOP_HOLDS_NONE,
	LOP_HOLDS_ONE,	     /* the value is one; of kind LOP_KEY_ANY: or a single value */
	LOP_HOLDS_LIST,	     /* a list of them */
	LOP_HOLDS_ENTRIES,   /* a list of them and of names, or one name */
	LOP_HOLDS_FEW,	     /* a list of them, or one */
	LOP_HOLDS_NAMED,     /* a mapping of names to them */
	LOP_HOLDS_RELATIONS, /* the same, among notes that are single values */
};

/*
 * The sets of keys of which every mapping of that place needs one, such as "size|dev" for an entry
 * of memory: the i-th; NULL: no more. Only of mappings that one file holds whole: others may get
 * the rest from a further file.
 */
const char *lop_key_needed(enum lop_key_where where, size_t i);
/* Properties that the root of any tree may get from the top of a file; ends with NULL. */
extern const char *const lop_key_root_props[];

/* The form of a key, and the mapping: in *of, which LOP_HOLDS_NONE leaves alone. */
enum lop_key_form lop_key_holds(const struct lop_key *key, enum lop_key_where *of);
/* "domain", "custom-section": unique; "" for LOP_IN_TOP. */
const char *lop_key_where_name(enum lop_key_where where);

const struct lop_key *lop_key_find(enum lop_key_where where, const char *name);
/* The nearest key of the same mapping; NULL: none. */
const char *lop_key_nearest(enum lop_key_where where, const char *name);

#endif
