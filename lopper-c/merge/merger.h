/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside merge/: what the steps of one merge share. The steps, in order: collect (node.c, domain.c)
 * makes every node and writes down every property; apply (prop.c) turns those into values; the
 * domains' keys (keys.c and the file of each key) become the properties of the specification;
 * variants (sigil.c) come last, when all base values stand.
 */
#ifndef LOP_MERGE_MERGER_H
#define LOP_MERGE_MERGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/map.h"
#include "lopper-c/diag/diag.h"
#include "lopper-c/tree/tree.h"
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
	const struct lop_grant *rest; /* the "*" of keep_all */
	bool listed;		      /* has an access list */
	unsigned mark;		      /* search for circles */
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
	struct lop_map ip_names;    /* linker.c: memories by xlnx,ip-name */
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

#endif
