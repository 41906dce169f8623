/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside merge/: the functions of its steps, by file. What they share is merger.h. */
#ifndef LOP_MERGE_STATE_H
#define LOP_MERGE_STATE_H

#include "lopper-c/base/buf.h"
#include "lopper-c/merge/convert.h"
#include "lopper-c/merge/merger.h"
#include "lopper-c/merge/names.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/tree/kinds.h"
#include "lopper-c/tree/names.h"

/* --- sigil.c --- */

struct lop_sigil {
	const char *name;
	enum lop_scheme scheme;
	bool has_scheme;
	const struct lop_conditions *conditions;
};

/* False: reported. */
bool lop_sigil_parse(struct lop_merger *m, const char *key, struct lop_span span,
		     struct lop_sigil *out);
void lop_merge_variants(struct lop_merger *m);

/* --- node.c: mappings that are nodes of the tree --- */

/* Everything a mapping says of a node; outer: conditions it stands under. */
void lop_collect_node(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *map,
		      const struct lop_conditions *outer);
/* A node below a domain (chosen, linker, ...): every mapping is a node, made where missing. */
void lop_collect_free(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *map);
struct lop_node *lop_merge_new_node(struct lop_merger *m, struct lop_node *parent, const char *name,
				    struct lop_span span);
void lop_collect_change(struct lop_merger *m, struct lop_node *node, const struct lop_yaml *value,
			const struct lop_conditions *outer);
struct lop_node *lop_merge_reserved(struct lop_merger *m, struct lop_span span);

/* --- combine.c: several files --- */

/* a with b's keys merged into it; a may be NULL. Reports LOP_YAML_CONFLICT. */
struct lop_yaml *lop_combine(struct lop_merger *m, const struct lop_yaml *a,
			     const struct lop_yaml *b);
bool lop_yaml_equal(const struct lop_yaml *a, const struct lop_yaml *b);
/* Reports that b changes a, if it does. */
void lop_report_conflict(struct lop_merger *m, const char *key, const struct lop_yaml *a,
			 const struct lop_yaml *b);

/* --- domain.c, parent.c --- */

void lop_entities_from_tree(struct lop_merger *m);
void lop_collect_domains(struct lop_merger *m, const struct lop_yaml *map);
void lop_collect_groups(struct lop_merger *m, const struct lop_yaml *map);
void lop_entities_place(struct lop_merger *m); /* parents, then nodes */

/* --- keys of a domain --- */

void lop_collect_entities(struct lop_merger *m); /* keys.c: nodes and plain properties */
void lop_apply_entities(struct lop_merger *m);	 /* keys.c: the rest */
void lop_apply_cpus(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_memory(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_include(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_reserved(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_flags(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_implicit(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_firewall(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_relations(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
/* Reports `name!condition` below /domains, however it was reached. */
void lop_report_conditional(struct lop_merger *m, const struct lop_yaml *value, const char *name);
void lop_collect_regions(struct lop_merger *m, struct lop_entity *e); /* reserved.c */
/*
 * Reports keys of an entry that the table does not have; false: there was one, and what is missing
 * may well be it.
 */
bool lop_check_keys(struct lop_merger *m, const struct lop_yaml *map, enum lop_key_where where,
		    const char *what);

/* --- typed.c: keys whose kind says everything --- */

struct lop_key;
bool lop_key_is_typed(const struct lop_key *key); /* NULL: false */
/* Sets the property of the key's name; owner names whose key it is in messages. */
void lop_merge_typed(struct lop_merger *m, struct lop_node *node, const struct lop_key *key,
		     const struct lop_yaml *value, const char *owner);
/* Is the value one of the words of a key of kind LOP_KEY_CHOICE? False: reported. */
bool lop_merge_choice(struct lop_merger *m, const struct lop_yaml *value, const struct lop_key *key,
		      const char *what);

/* --- link.c: links and manager of the whole system; life.c: how a domain lives --- */

void lop_collect_links(struct lop_merger *m, const struct lop_yaml *map);
void lop_collect_manager(struct lop_merger *m, const struct lop_yaml *map);
void lop_apply_links(struct lop_merger *m);
void lop_apply_manager(struct lop_merger *m);
void lop_apply_restart(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_load(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_bootargs(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);

/* --- linker.c --- */

void lop_apply_linker(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value);
void lop_apply_linker_memories(struct lop_merger *m, struct lop_entity *e,
			       const struct lop_yaml *value);

/* --- access.c, glob.c --- */

void lop_collect_access(struct lop_merger *m, struct lop_entity *e);
void lop_resolve_globs(struct lop_merger *m);
void lop_write_access(struct lop_merger *m, struct lop_entity *e);
void lop_add_grant(struct lop_merger *m, struct lop_entity *e, const struct lop_grant *grant);

/* --- flags.c --- */

/* The flags of an entry: word, and the names in text ("a,b", or ""). */
void lop_read_flags(struct lop_merger *m, const struct lop_yaml *value, uint64_t *word,
		    const char **names);

/* --- relation.c and relation_old.c --- */

/*
 * A relation node written the old way (remote as a list, keys without relationN) as a map of
 * relation0..n; NULL: reported.
 */
struct lop_yaml *lop_relation_modern(struct lop_merger *m, const struct lop_yaml *node);

#endif
