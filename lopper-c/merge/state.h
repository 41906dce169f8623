/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside merge/: what the steps of one merge share. The steps, in order: collect (node.c, domain.c)
 * makes every node and writes down every property; apply (prop.c) turns those into values; the
 * domains' keys (keys.c and the file of each key) become the properties of the specification;
 * variants (sigil.c) come last, when all base values stand.
 */
#ifndef LOP_MERGE_STATE_H
#define LOP_MERGE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/buf.h"
#include "lopper-c/base/map.h"
#include "lopper-c/diag/diag.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/tree/kinds.h"
#include "lopper-c/tree/names.h"
#include "lopper-c/tree/tree.h"
#include "lopper-c/tree/val.h"
#include "lopper-c/yaml/yaml.h"

/* What `prop!cond!scheme` asks for. */
enum lop_scheme { LOP_REPLACE, LOP_APPEND_TO, LOP_PREPEND_TO, LOP_DELETE };

struct lop_conditions {
	const char *name;
	const struct lop_conditions *next;
};

/* One property of one node, as written. */
struct lop_change {
	struct lop_node *node;
	const char *name;
	const struct lop_yaml *value;
	struct lop_span key_span;
	enum lop_scheme scheme;
	const struct lop_conditions *conditions; /* NULL: always */
	struct lop_change *next;
};

/* One device that a domain (or pool) lists. */
struct lop_grant {
	const char *dev;       /* as written; in a DTS the node's name */
	struct lop_node *node; /* NULL: a pattern */
	uint64_t flags;
	const char *flag_names; /* "a,b", "" */
	struct lop_span span;	/* of the name */
	bool globbed;		/* came here through a pattern */
	bool moved;		/* a nested domain's pattern took it */
	struct lop_grant *next;
};

struct lop_grants {
	struct lop_grant *first, *last;
};

/* A domain, a resource group or a device inventory: whatever stands below /domains. */
struct lop_entity {
	const char *name;
	struct lop_span span;	   /* of the key that named it first */
	struct lop_entity *outer;  /* where it is written; NULL: /domains */
	struct lop_entity *parent; /* where it belongs, `parent:` included */
	struct lop_entity *pool;   /* what `parent:` names, an inventory too; NULL: nothing */
	struct lop_yaml *map;	   /* all files merged; NULL: only in the tree */
	struct lop_node *node;	   /* NULL until made */
	bool in_tree;		   /* the tree had it before */
	bool moved;		   /* `parent:` says where it belongs */
	bool placed, globbed;	   /* done already, in a walk that goes parents first */
	bool group, inventory, keep_all;
	bool listed;	/* has an access list */
	unsigned mark;	/* search for circles */
	bool lost_some; /* a nested domain's pattern took entries of the tree's list */
	const char *tag,
		*pool_tag; /* keys in claims: has it itself; some user of this pool names it */
	struct lop_name_hit *regions; /* reserved-memory written as a mapping */
	struct lop_grants grants;
	struct lop_entity *same_name; /* next one of this name, anywhere */
	struct lop_entity *next;
};

struct lop_name_hit {
	struct lop_node *node;
	struct lop_name_hit *next;
	struct lop_name_hit *tail; /* of the first: where the next one goes */
	struct lop_span span;	   /* of the name, where it was written */
};

struct lop_merger {
	struct lop_tree *tree;
	struct lop_arena *arena;
	struct lop_diags *diags;
	struct lop_node *domains, *reserved; /* NULL until there is one */
	struct lop_change *changes, **last_change;
	struct lop_map change_of; /* (node, name) -> unconditional change */
	struct lop_entity *entities, **last_entity;
	struct lop_map entity_at;   /* (outer entity, or the merger; name) -> entity */
	struct lop_map entity_name; /* name -> first entity of that name */
	struct lop_map made;	    /* (node, "") -> set for nodes that YAML made */
	struct lop_map children;    /* names.c: forgiving forms of child names */
	struct lop_map names;	    /* names.c: devices by name */
	struct lop_map claims;	    /* access.c, glob.c: (node, tag) -> grant or entity */
	bool any_inventory;
	size_t glob_work;	       /* comparisons so far; bounded */
	struct lop_map keys;	       /* combine.c: (map, key) -> value */
	struct lop_name_hit *clusters; /* cpus.c: NULL until the first domain with cpus */
	struct lop_map conditions;     /* distinct condition names */
	struct lop_map variant_props;  /* sigil.c: (variant, name) -> property; "": the last one */
	size_t n_conditions;
	size_t suggestions;		  /* searches for a nearest name; bounded */
	struct lop_yaml *links, *manager; /* of all files; NULL: there are none */
};

/* --- build.c: values --- */

/* The name of a reference to this node: its label, else its path. */
const char *lop_ref_name(struct lop_merger *m, const struct lop_node *node);
void lop_val_node(struct lop_merger *m, struct lop_val *cells, const struct lop_node *node,
		  struct lop_span span);
/* first, then second, with the markers of both. */
struct lop_value lop_value_join(struct lop_merger *m, const struct lop_value *first,
				const struct lop_value *second);
void lop_merge_set(struct lop_merger *m, struct lop_node *node, const char *name,
		   struct lop_value value, struct lop_span key_span, struct lop_span value_span);
void lop_merge_set_string(struct lop_merger *m, struct lop_node *node, const char *name,
			  const char *text, struct lop_span key_span, struct lop_span span);
void lop_merge_set_cell(struct lop_merger *m, struct lop_node *node, const char *name,
			uint32_t cell, struct lop_span span);

/* --- values.c: YAML scalars with the complaint that goes with them --- */

const char *lop_yaml_kind_text(const struct lop_yaml *value);
/* A number of at most max_bits; what names it in the message. False: reported. */
bool lop_merge_number(struct lop_merger *m, const struct lop_yaml *value, unsigned max_bits,
		      const char *what, uint64_t *out);
bool lop_merge_bool(struct lop_merger *m, const struct lop_yaml *value, const char *what,
		    bool *out);
/* Reports LOP_YAML_TYPE unless the value is of the kind; NULL values are for the caller. */
bool lop_merge_want(struct lop_merger *m, const struct lop_yaml *value, enum lop_yaml_kind kind,
		    const char *what);
/* start and size of one entry; false: reported. range size is never 0. */
bool lop_merge_start_size(struct lop_merger *m, const struct lop_yaml *entry,
			  const struct lop_yaml *start, const struct lop_yaml *size,
			  const char *what, struct lop_range *out);
/* How a name that is not valid may be written; prop: of a property, else of a node. */
void lop_merge_help_name(struct lop_diag *d, const char *name, bool prop);

/* --- names.c: what a name in YAML means --- */

/*
 * A child by exact name, by name with the unit address in another spelling, by label, by
 * label@unit, or by name without unit if only one fits. many: set to a second one that fits.
 */
struct lop_node *lop_merge_child(struct lop_merger *m, struct lop_node *parent, const char *key,
				 struct lop_node **many);
/* Tells the index about a new child. */
void lop_merge_child_added(struct lop_merger *m, struct lop_node *node);
void lop_names_build(struct lop_merger *m);
enum lop_found { LOP_FOUND, LOP_NOT_FOUND, LOP_MANY };
/*
 * A node outside /domains by path, exact name, label, or name without unit; hint (may be NULL) is a
 * label that decides between several. LOP_MANY: *hits are the candidates.
 */
enum lop_found lop_names_find(struct lop_merger *m, const char *name, const char *hint,
			      struct lop_node **node, const struct lop_name_hit **hits);
void lop_names_list(struct lop_merger *m, struct lop_diag *d, const char *name,
		    const struct lop_name_hit *hits);
/* False: no more suggestions in this run. */
bool lop_merge_may_suggest(struct lop_merger *m);
/* The nearest name of a device, of a child (with its labels); NULL: none. */
const char *lop_names_nearest(struct lop_merger *m, const char *name);
const char *lop_merge_nearest_child(struct lop_merger *m, const struct lop_node *parent,
				    const char *name);
/* Adds "did you mean `x`?"; if best is NULL, otherwise, which may be NULL too. */
void lop_merge_did_you_mean(struct lop_diag *d, const char *best, const char *otherwise);
/* A child of /reserved-memory by name, label or name without unit; NULL: none or several. */
struct lop_node *lop_merge_region(struct lop_merger *m, const char *name);

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

/* --- prop.c: values of any node --- */

enum lop_converted { LOP_SET, LOP_OMIT, LOP_POISON };
enum lop_converted lop_merge_convert(struct lop_merger *m, const struct lop_node *node,
				     const char *name, const struct lop_yaml *value,
				     struct lop_value *out);
void lop_apply_changes(struct lop_merger *m);

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
/* By exact name (or label, or path); *many if there are several. Groups and inventories too. */
struct lop_entity *lop_entity_find(struct lop_merger *m, const char *name, bool *many);
/* The domain of this name; NULL: reported. what names the value in the message. */
struct lop_entity *lop_merge_domain(struct lop_merger *m, const struct lop_yaml *name,
				    const char *what);
/* Labels e and those of its name, where they are written. */
void lop_entities_list(struct lop_diag *d, const struct lop_entity *e);
const char *lop_entity_nearest(struct lop_merger *m, const char *name, bool groups);
/* "domain `x`", "resource group `x`", ... on the arena. */
const char *lop_entity_text(struct lop_merger *m, const struct lop_entity *e);

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
