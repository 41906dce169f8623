/* SPDX-License-Identifier: BSD-3-Clause */
/* `linker` of each domain and `mpu-policy` of memories, as the tree has them; see linker.h. */
#include "lopper-c/model/linker.h"

#include <stdio.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/model/build.h"

const char *const lop_section_names[LOP_SECTIONS] = {
	[LOP_VECTOR_TABLE] = "vector_table",
	[LOP_TEXT] = "text",
	[LOP_RODATA] = "rodata",
	[LOP_DATA] = "data",
	[LOP_RESOURCE_TABLE] = "resource_table",
	[LOP_BSS] = "bss",
	[LOP_HEAP] = "heap",
	[LOP_STACK] = "stack",
	[LOP_NOINIT] = "noinit",
};

struct lop_policy lop_policy_of(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *prop = node ? lop_prop_find(tree, node, "mpu-policy") : NULL;
	struct lop_policy policy = { .given = prop != NULL };

	if (!prop)
		return policy;
	policy.span = lop_prop_value_span(prop);
	if (lop_value_has_str(&prop->value, "readable"))
		policy.rights |= LOP_MAY_READ;
	if (lop_value_has_str(&prop->value, "writable"))
		policy.rights |= LOP_MAY_WRITE;
	if (lop_value_has_str(&prop->value, "executable"))
		policy.rights |= LOP_MAY_EXEC;
	policy.cacheable = lop_value_has_str(&prop->value, "cacheable");
	policy.shareable = lop_value_has_str(&prop->value, "shareable");
	policy.userspace = lop_value_has_str(&prop->value, "userspace");
	policy.is_static = lop_value_has_str(&prop->value, "static");
	return policy;
}

/* Is the word in its name, a label, its compatible, its IP? Words are lower case. */
static bool is_called(const struct lop_tree *tree, const struct lop_node *node, const char *word)
{
	static const char *const props[] = { "compatible", "label", "xlnx,ip-name" };
	const char *pattern, *s;
	char text[32];

	snprintf(text, sizeof(text), "*%s*", word);
	pattern = text;
	if (lop_glob_match(pattern, node->name))
		return true;
	for (const struct lop_label *l = node->labels; l; l = l->next)
		if (lop_glob_match(pattern, l->name))
			return true;
	for (size_t k = 0; k < sizeof(props) / sizeof(props[0]); k++) {
		const struct lop_prop *p = lop_prop_find(tree, node, props[k]);

		for (size_t i = 0; p && (s = lop_value_str(&p->value, i)); i++)
			if (lop_glob_match(pattern, s))
				return true;
	}
	return false;
}

enum lop_memory_role lop_memory_role_of(const struct lop_tree *tree, const struct lop_node *node)
{
	if (is_called(tree, node, "atcm"))
		return LOP_MEMORY_ATCM;
	if (is_called(tree, node, "btcm") || is_called(tree, node, "ctcm"))
		return LOP_MEMORY_TCM;
	if (is_called(tree, node, "ipc") &&
	    (is_called(tree, node, "shm") || is_called(tree, node, "mmio-sram")))
		return LOP_MEMORY_IPC;
	if ((node->parent && !strcmp(node->parent->name, "reserved-memory")) ||
	    is_called(tree, node, "ddr") || lop_str_starts(node->name, "memory@"))
		return LOP_MEMORY_DDR;
	return LOP_MEMORY_OTHER;
}

bool lop_domain_is_zephyr_r(const struct lop_domain *domain)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);

	return domain->linker && domain->os_type && lop_str_starts(domain->os_type, "zephyr") &&
	       cluster && (cluster->family == LOP_CPU_ARM_R5 || cluster->family == LOP_CPU_ARM_R52);
}

bool lop_pmsav7_grow(uint64_t base, uint64_t size, uint64_t *grown_base, uint64_t *grown_size)
{
	const uint64_t end = UINT64_C(1) << 32;
	uint64_t n = 32;

	if (!size || base >= end || size > end - base)
		return false;
	while (n < size || (base & ~(n - 1)) + n < base + size)
		n <<= 1;
	*grown_base = base & ~(n - 1);
	*grown_size = n;
	return *grown_base + n <= end;
}

static const char *name_of(const struct lop_tree *tree, const struct lop_node *node)
{
	static const char *const props[] = { "label", "xlnx,ip-name" };
	const struct lop_prop *prop = lop_prop_find(tree, node, "zephyr,memory-region");
	const char *s = prop ? lop_value_str(&prop->value, 0) : lop_node_label(node);

	for (size_t i = 0; !s && i < sizeof(props) / sizeof(props[0]); i++) {
		prop = lop_prop_find(tree, node, props[i]);
		s = prop ? lop_value_str(&prop->value, 0) : NULL;
	}
	return s;
}

/* Words of linker scripts that are no names there. */
static bool is_keyword(const char *name)
{
	static const char *const words[] = { "SECTIONS", "PHDRS",   "ORIGIN",	"LENGTH",
					     "ORG",	 "LEN",	    "ALIGN",	"SIZEOF",
					     "ENTRY",	 "INCLUDE", "ABSOLUTE", "CONSTANT",
					     "PROVIDE",	 "COMMON",  "KEEP",	"AT",
					     "NONE",	 "ASSERT",  "OVERLAY",	"VERSION",
					     "REGION",	 "INPUT",   "L",	"O" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], name))
			return true;
	return false;
}

void lop_linker_name(const struct lop_tree *tree, const struct lop_node *node,
		     char out[LOP_LINKER_NAME_MAX])
{
	const char *given = name_of(tree, node);
	char text[LOP_LINKER_NAME_MAX - 4], name[LOP_LINKER_NAME_MAX - 4];
	const char *digit;

	if (given)
		snprintf(text, sizeof(text), "%s", given);
	else
		snprintf(text, sizeof(text), "%.*s", (int)lop_node_base_len(node), node->name);
	digit = *text >= '0' && *text <= '9' ? "MEM_" : "";
	lop_str_ident(text, name, sizeof(name));
	for (char *c = name; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	if (!strcmp(name, "MEMORY"))
		*name = '\0';
	/* an identifier has a `_` before its digit, MEM_ has its own */
	snprintf(out, LOP_LINKER_NAME_MAX, "%s%s", is_keyword(name) ? "MEM_" : digit,
		 name + (*digit && *name == '_'));
}

/* --- the properties of a domain --- */

struct reader {
	struct lop_system *system;
	const struct lop_domain *domain;
	struct lop_linker *linker;
};

static const char *section_prop(const struct reader *r, enum lop_section section,
				const char *suffix)
{
	char *name = lop_arena_printf(r->system->arena, "linker-section-%s%s",
				      lop_section_names[section], suffix);

	for (char *c = name; *c; c++)
		if (*c == '_')
			*c = '-';
	return name;
}

static const struct lop_prop *prop_of(const struct reader *r, const char *name)
{
	return lop_prop_find(r->system->tree, r->domain->node, name);
}

static const char *text_of(const struct reader *r, const char *name, struct lop_span *span)
{
	const struct lop_prop *prop = prop_of(r, name);

	if (!prop)
		return NULL;
	*span = lop_prop_value_span(prop);
	return lop_value_str(&prop->value, 0);
}

/* One cell or two; else reported, and as if it were not there. */
static bool number_of(const struct reader *r, const char *name, uint64_t *number,
		      struct lop_span *span)
{
	const struct lop_prop *prop = prop_of(r, name);
	size_t n = lop_whole_cells(r->system, r->domain, prop);

	if (!prop)
		return false;
	*span = lop_prop_value_span(prop);
	*number = lop_value_number(&prop->value, 0, n);
	if (n == 1 || n == 2)
		return true;
	lop_diag_help(lop_report(r->system->diags, LOP_BAD_CELLS, *span,
				 "`%s` of domain `%s` is no number", name, r->domain->name),
		      "write one cell, or two for more than 32 bits");
	return false;
}

static void read_place(const struct reader *r, const char *region, const char *offset,
		       struct lop_section_place *place)
{
	const struct lop_prop *prop = prop_of(r, region);

	if (lop_whole_cells(r->system, r->domain, prop)) {
		place->span = lop_cell_span(r->system, prop, 0);
		place->region = lop_cell_target(r->system, prop, 0);
		if (!place->region)
			lop_diag_help(lop_report(r->system->diags, LOP_LINKER_REGION, place->span,
						 "`%s` of domain `%s` names no node", region,
						 r->domain->name),
				      "write <&label> of a memory that the domain has");
	}
	place->has_offset = number_of(r, offset, &place->offset, &place->offset_span);
	if (!place->span.text)
		place->span = place->offset_span;
}

static void read_custom(const struct reader *r, const char *name, struct lop_span span)
{
	struct lop_arena *arena = r->system->arena;
	const char *base = lop_arena_printf(arena, "linker-custom-section-%s", name);
	const struct lop_prop *inputs =
		prop_of(r, lop_arena_printf(arena, "%s-input-sections", base));
	struct lop_custom_section *c = LOP_APPEND(arena, r->linker->custom, r->linker->n_custom);
	const char *s;

	*c = (struct lop_custom_section){ .name = name, .span = span };
	read_place(r, lop_arena_printf(arena, "%s-region", base),
		   lop_arena_printf(arena, "%s-offset", base), &c->place);
	if (!c->place.span.text)
		c->place.span = span;
	c->inputs_span = inputs ? lop_prop_value_span(inputs) : span;
	for (size_t i = 0; inputs && (s = lop_value_str(&inputs->value, i)); i++)
		*LOP_APPEND(arena, c->inputs, c->n_inputs) = s;
	number_of(r, lop_arena_printf(arena, "%s-alignment", base), &c->align, &c->align_span);
	c->keep = prop_of(r, lop_arena_printf(arena, "%s-keep", base)) != NULL;
	c->noload = prop_of(r, lop_arena_printf(arena, "%s-noload", base)) != NULL;
}

static void read_customs(const struct reader *r)
{
	const struct lop_prop *prop = prop_of(r, "linker-custom-sections");
	const char *s;

	for (size_t i = 0; prop && (s = lop_value_str(&prop->value, i)); i++)
		read_custom(
			r, s,
			lop_value_span_at(&prop->value,
					  (uint32_t)((const unsigned char *)s - prop->value.data),
					  lop_prop_value_span(prop)));
}

static void read_memories(const struct reader *r)
{
	const struct lop_prop *prop = prop_of(r, "linker_memories");

	for (size_t c = 0; c < lop_whole_cells(r->system, r->domain, prop); c++) {
		struct lop_linker_memory m = { lop_cell_target(r->system, prop, c),
					       lop_cell_span(r->system, prop, c) };

		if (m.node) {
			*LOP_APPEND(r->system->arena, r->linker->memories, r->linker->n_memories) =
				m;
			continue;
		}
		lop_diag_help(lop_report(r->system->diags, LOP_LINKER_REGION, m.span,
					 "`linker_memories` of domain `%s` names no node",
					 r->domain->name),
			      "write <&label> of memories that the domain has");
	}
}

/* Properties that are read above, by what their names begin with. */
static bool is_linker_prop(const char *name)
{
	return lop_str_starts(name, "linker-") || lop_str_starts(name, "linker_");
}

static void build_linker(struct lop_system *system, struct lop_domain *domain)
{
	struct reader r = { system, domain, NULL };
	const struct lop_prop *first = domain->node->props;

	while (first && !is_linker_prop(first->name))
		first = first->next;
	if (!first)
		return;
	r.linker = domain->linker = lop_arena_zalloc(system->arena, sizeof(*r.linker));
	r.linker->span = first->span;
	r.linker->file = text_of(&r, "linker_file_output_name", &r.linker->file_span);
	r.linker->entry = text_of(&r, "linker-entry", &r.linker->entry_span);
	r.linker->user_content = text_of(&r, "linker-user-content", &r.linker->user_span);
	read_memories(&r);
	for (unsigned s = 0; s < LOP_SECTIONS; s++)
		read_place(&r, section_prop(&r, (enum lop_section)s, ""),
			   section_prop(&r, (enum lop_section)s, "-offset"),
			   &r.linker->sections[s]);
	read_customs(&r);
}

void lop_build_linkers(struct lop_system *system)
{
	for (size_t i = 0; i < system->n_domains; i++)
		build_linker(system, system->domains[i]);
}

/* --- which properties have a meaning --- */

static bool is_section_prop(const char *name)
{
	for (unsigned s = 0; s < LOP_SECTIONS; s++) {
		const char *a = name, *b = lop_section_names[s];

		while (*b && (*a == *b || (*a == '-' && *b == '_')))
			a++, b++;
		if (!*b && (!*a || !strcmp(a, "-offset")))
			return true;
	}
	return false;
}

bool lop_linker_reads(const char *prop)
{
	static const char section[] = "linker-section-", custom[] = "linker-custom-section-";
	static const char *const suffixes[] = { "-region", "-input-sections", "-alignment",
						"-offset", "-keep",	      "-noload" };

	if (!strcmp(prop, "linker-entry") || !strcmp(prop, "linker-user-content") ||
	    !strcmp(prop, "linker-custom-sections"))
		return true;
	if (lop_str_starts(prop, section))
		return is_section_prop(prop + sizeof(section) - 1);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (lop_str_starts(prop, custom) && lop_str_ends(prop, suffixes[i]))
			return true;
	return false;
}
