/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * YAML files as trees of values with spans. libyaml gives the events; anchors, aliases and the
 * three merge keys are worked out here. Nothing here knows what a domain is.
 *
 * Merge keys: `<<: *a` (YAML 1.1: keys of the alias that the mapping does not have itself), `<<+`
 * with one alias or a list of them: in a mapping each alias of a mapping adds its keys (two with
 * equal keys each become a child named after its anchor), an alias of a list becomes a child named
 * after its anchor; in a list the lists are joined in place. `<<*` behaves as `<<+`.
 */
#ifndef LOP_YAML_YAML_H
#define LOP_YAML_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/diag/diag.h"

enum lop_yaml_kind { LOP_YAML_NULL, LOP_YAML_SCALAR, LOP_YAML_LIST, LOP_YAML_MAP };

struct lop_yaml {
	enum lop_yaml_kind kind;
	struct lop_span span; /* of a scalar: its text; of a map or list: its first line's part */
	const char *key;      /* in a map; NULL in a list */
	struct lop_span key_span;
	const char *text;   /* scalar: its text; NULL otherwise */
	bool quoted;	    /* scalar written in quotes or as a block: never a number or bool */
	const char *anchor; /* &name on this value, or NULL */
	struct lop_yaml *first, *last, *next;
	size_t count;
};

/* Limits of one file (LOP_LIMIT): levels of nesting; values, and bytes of text, after alias
 * expansion. */
#define LOP_YAML_MAX_DEPTH  64
#define LOP_YAML_MAX_VALUES 1000000
#define LOP_YAML_MAX_TEXT   ((size_t)64 << 20)

/*
 * Reads one document. NULL (and errors in diags) if it cannot be parsed at all; an empty file is an
 * empty map. More than one document is LOP_UNSUPPORTED. Duplicate keys in one mapping are
 * LOP_YAML_DUPLICATE.
 */
struct lop_yaml *lop_yaml_read(struct lop_arena *arena, struct lop_diags *diags, const char *path);
struct lop_yaml *lop_yaml_parse(struct lop_arena *arena, struct lop_diags *diags, const char *name,
				const char *data, size_t len);

/* Appends to a map or list that is made of others; the value stands in no list. */
void lop_yaml_push(struct lop_yaml *to, struct lop_yaml *value);
/* The value of a key; NULL if it is no map or has no such key. */
struct lop_yaml *lop_yaml_get(const struct lop_yaml *map, const char *key);
/* Plain integer, 0x hexadecimal, size ("64K"); quoted text counts too ('0x1'), see facts 2.4. */
bool lop_yaml_number(const struct lop_yaml *value, uint64_t *out);
/* Plain true/false/yes/no/on/off, and 0/1. */
bool lop_yaml_bool(const struct lop_yaml *value, bool *out);

#endif
