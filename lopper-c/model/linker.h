/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a user wants the sections of a domain's program: `linker` of a domain file, flattened into
 * properties of the domain (linker-section-text = <&memory>, ...), and what programs may do with a
 * memory (`mpu-policy`). What nobody says is left open here; view/layout.c fills it in.
 */
#ifndef LOP_MODEL_LINKER_H
#define LOP_MODEL_LINKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/diag/source.h"

struct lop_domain;
struct lop_node;
struct lop_tree;

/* The sections that have a place of their own, in the order of addresses. */
enum lop_section {
	LOP_VECTOR_TABLE,
	LOP_TEXT,
	LOP_RODATA,
	LOP_DATA,
	LOP_RESOURCE_TABLE,
	LOP_BSS,
	LOP_HEAP,
	LOP_STACK,
	LOP_NOINIT,
	LOP_SECTIONS
};

extern const char *const lop_section_names[LOP_SECTIONS]; /* "vector_table", ... */

/* Where a section goes. */
struct lop_section_place {
	const struct lop_node *region; /* NULL: not said */
	bool has_offset;
	uint64_t offset; /* in the memory */
	struct lop_span span, offset_span;
};

/* A section of the user's own. */
struct lop_custom_section {
	const char *name;
	struct lop_section_place place;
	const char **inputs; /* patterns of input sections */
	size_t n_inputs;
	uint64_t align; /* 0: as the input sections are */
	bool keep, noload;
	struct lop_span span, inputs_span, align_span;
};

struct lop_linker_memory {
	const struct lop_node *node;
	struct lop_span span;
};

struct lop_linker {
	const char *file, *entry, *user_content; /* NULL: not said */
	struct lop_span file_span, entry_span, user_span;
	struct lop_linker_memory *memories; /* what the script lists; none: all the domain has */
	size_t n_memories;
	struct lop_section_place sections[LOP_SECTIONS];
	struct lop_custom_section *custom;
	size_t n_custom;
	struct lop_span span;
};

/* Is this a property of a domain that a policy is read from (beside the keys of domain files)? */
bool lop_linker_reads(const char *prop);

/* What programs may do with a memory. */
#define LOP_MAY_READ  1u
#define LOP_MAY_WRITE 2u
#define LOP_MAY_EXEC  4u
#define LOP_MAY_ALL   (LOP_MAY_READ | LOP_MAY_WRITE | LOP_MAY_EXEC)

/* mpu-policy of a memory. */
struct lop_policy {
	bool given; /* false: the node has none */
	unsigned rights;
	bool cacheable, shareable, userspace;
	bool is_static; /* the chip's own table maps it: nothing to program */
	struct lop_span span;
};
struct lop_policy lop_policy_of(const struct lop_tree *tree, const struct lop_node *node);

/* What a memory is by its names, as the tools around Zephyr take it. */
enum lop_memory_role {
	LOP_MEMORY_OTHER,
	LOP_MEMORY_ATCM,
	LOP_MEMORY_TCM,
	LOP_MEMORY_IPC,
	LOP_MEMORY_DDR
};
enum lop_memory_role lop_memory_role_of(const struct lop_tree *tree, const struct lop_node *node);

/*
 * Does the domain run Zephyr on a Cortex-R5 or R52 with a policy? Then the script is Zephyr's, and
 * its tree says what memory protection programs.
 */
bool lop_domain_is_zephyr_r(const struct lop_domain *domain);

/*
 * The range as PMSAv7 can express it: the smallest power of two, aligned to itself, around it.
 * False: it would leave 32 bits.
 */
bool lop_pmsav7_grow(uint64_t base, uint64_t size, uint64_t *grown_base, uint64_t *grown_size);

/*
 * How a memory is called in a linker script, before names are made unique: its
 * zephyr,memory-region, else after its label, its IP (xlnx,ip-name) or its node, in capitals.
 * Empty: it is just called `memory`, a word of the script language. */
#define LOP_LINKER_NAME_MAX 64
void lop_linker_name(const struct lop_tree *tree, const struct lop_node *node,
		     char out[LOP_LINKER_NAME_MAX]);

#endif
