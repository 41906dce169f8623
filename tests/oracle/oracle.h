/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A second opinion on what sdtgen writes. It reads the System Device Tree and the domain files
 * again, with libfdt and libyaml only, works out by the specification what every domain must
 * have, and compares. It must not know liblopper: what both got from one place proves nothing.
 *
 * A short-lived program on trusted input: memory is freed at the end, out of memory ends it.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct range {
	uint64_t base, size;
};

/* Growable; sorted and joined by orc_join. */
struct ranges {
	struct range *v;
	size_t n;
};

struct node {
	const char *name;
	struct node *parent, *first, *last, *next;
	int off;	   /* in the blob; -1: a YAML file made it */
	struct range made; /* of a node from YAML: start and size; size 0: none */
	uint32_t phandle;
};

struct label {
	const char *name;
	struct node *node;
};

struct tree {
	const void *fdt;
	struct node **all; /* document order, nodes from YAML at the end; all[0] is the root */
	size_t n;
	struct label *labels;
	size_t n_labels;
};

/* One triplet of cpus. */
struct use {
	struct node *cluster;
	struct node *cpu; /* a CPU named in the cluster's place, or NULL */
	uint64_t mask;
};

struct grant {
	struct node *node;
	const char *dev; /* as written: what patterns match */
	bool shared;
	bool globbed;
};

struct domain {
	const char *name;
	struct domain *parent; /* whose resources it divides */
	const char *parent_key;
	struct node *node; /* in the System Device Tree, or NULL */
	bool real;	   /* a domain, not a pool or container */
	bool pool;	   /* an inventory: compatible "...,devices" */
	bool group;	   /* a resource group */
	struct use *uses;
	struct range *memory, *sram;
	struct grant *grants;
	struct grant *named; /* by relations: mailboxes, timers, carveouts */
	const char **patterns;
	const char **includes;
	size_t n_uses, n_memory, n_sram, n_grants, n_named, n_patterns, n_includes;
	bool lists_access, all_devices, all_memory, is_default;
	size_t unknown; /* names and numbers of the input that lead nowhere */
};

struct system {
	struct tree *tree;
	struct domain **domains;
	size_t n;
};

/* tree.c */
void *orc_alloc(size_t size);			    /* zeroed, freed by orc_free_all */
void *orc_grow(void *array, size_t n, size_t item); /* room for one more */
char *orc_strndup(const char *s, size_t n);
void orc_free_all(void);
void *orc_read_file(const char *path, size_t *size); /* NULL: cannot */
struct tree *orc_tree_load(const char *path);	     /* NULL: no blob (said on stderr) */
struct node *orc_tree_add(struct tree *t, struct node *parent, const char *name, int off);
const void *orc_prop(const struct tree *t, const struct node *n, const char *name, int *len);
bool orc_has(const struct tree *t, const struct node *n, const char *name);
uint32_t orc_cell(const void *prop, size_t i);
uint64_t orc_cells(const void *prop, size_t i, uint32_t n);
uint32_t orc_number(const struct tree *t, const struct node *n, const char *name, uint32_t def);
bool orc_compatible(const struct tree *t, const struct node *n, const char *s);
bool orc_compatible_part(const struct tree *t, const struct node *n, const char *part);
struct node *orc_by_phandle(const struct tree *t, uint32_t phandle);
struct node *orc_by_label(const struct tree *t, const char *label);
struct node *orc_by_path(const struct tree *t, const char *path);
const char *orc_label_of(const struct tree *t, const struct node *n);
bool orc_below(const struct node *n, const struct node *top); /* or equal */
size_t orc_base_len(const char *name);
/* reg as it stands, in the parent's child address space. */
size_t orc_reg(const struct tree *t, const struct node *n, struct range *out, size_t max);
/* The same in the root's address space; false: not memory mapped. */
bool orc_to_root(const struct tree *t, const struct node *n, struct range *r);
bool orc_is_memory(const struct tree *t, const struct node *n);
bool orc_is_sram(const struct tree *t, const struct node *n);

/* input.c */
struct system *orc_system_load(struct tree *t);
/* Once for the nodes of every file, then once for the domains, which name them. */
bool orc_yaml_merge(struct system *s, const char *path, bool domains);
void orc_system_finish(struct system *s); /* after the last file: parents, patterns, default */
struct node *orc_find_device(const struct tree *t, const char *name, const char *label);
bool orc_related(const struct domain *a, const struct domain *b);

/* derive.c */
bool orc_is_cluster(const struct tree *t, const struct node *n);
/* Where the domain's first cluster sees a root range; node: what the range belongs to. */
void orc_view(const struct tree *t, const struct domain *d, const struct node *node,
	      struct range root, struct ranges *out);
/* Registers of the CPUs, sorted. */
size_t orc_cpus(const struct tree *t, const struct domain *d, uint64_t *out, size_t max);
void orc_assigned(const struct tree *t, const struct domain *d, const struct range *v, size_t n,
		  struct ranges *out);
void orc_range_add(struct ranges *r, struct range add);
void orc_join(struct ranges *r);
/* The first piece of a that b does not cover; false: b covers a. Both joined. */
bool orc_uncovered(const struct ranges *a, const struct ranges *b, struct range *out);
/* Has the domain been given n itself; the nearest giver above n, related ones left out. */
bool orc_given(const struct domain *d, const struct node *n);
bool orc_is_competitors(const struct system *s, const struct domain *d, const struct node *n);
/* A device that a domain with everything must have: has a visible address, nobody else's. */
bool orc_expect_by_default(const struct system *s, const struct domain *d, const struct node *n);

/* verify.c */
/* Compares DIR/<domain>/domain.dtb, prints, returns the number of disagreements. */
size_t orc_verify(const struct system *s, const struct domain *d, const char *dir);

#endif
