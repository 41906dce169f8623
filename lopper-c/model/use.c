/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a domain uses beside CPUs: its memory, sram, access and reserved-memory properties taken
 * apart (System Device Tree specification, "openamp,domain-v1"). The merge writes the same
 * properties for YAML.
 */
#include <stdio.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/kinds.h"

size_t lop_whole_cells(struct lop_system *system, const struct lop_domain *domain,
		       const struct lop_prop *prop)
{
	if (!prop)
		return 0;
	if (prop->value.len % 4)
		lop_diag_help(lop_report(system->diags, LOP_BAD_CELLS, prop->span,
					 "`%s` of domain `%s` has %u bytes, not whole cells",
					 prop->name, domain->name, prop->value.len),
			      "write it in < >: references and numbers of four bytes");
	return prop->value.len % 4 ? 0 : lop_value_n_cells(&prop->value);
}

/* --- flags --- */

/* Not to be had by writing a bit. */
#define FLAGS_OF_MODEL (LOP_FLAG_SHARED | LOP_FLAG_FROM_POOL)

/* Flags that memory has no cells for, or that have no bit; written by the merge. */
static const struct {
	const char *name;
	uint64_t flag;
} flag_words[] = {
	{ "shared", LOP_FLAG_SHARED },
	{ "from-pool", LOP_FLAG_FROM_POOL },
	{ "timeshare", LOP_FLAG_TIMESHARE },
	{ "read-only", LOP_FLAG_READ_ONLY },
};

/* The strings of a -flags-names property one after the other. */
struct names {
	const struct lop_value *value; /* NULL: there is none */
	uint32_t at;
};

static struct names names_of(const struct lop_system *system, const struct lop_node *node,
			     const char *name)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, name);

	return (struct names){ prop ? &prop->value : NULL, 0 };
}

/* The flags of the next string: words with commas between them. */
static uint64_t next_flags(struct names *names)
{
	uint64_t flags = 0;
	const char *s, *end;

	if (!names->value || names->at >= names->value->len)
		return 0;
	s = (const char *)names->value->data + names->at;
	end = memchr(s, 0, names->value->len - names->at);
	if (!end)
		return 0;
	names->at += (uint32_t)(end - s) + 1;
	while (*s) {
		size_t n = strcspn(s, ",");

		for (size_t k = 0; k < sizeof(flag_words) / sizeof(flag_words[0]); k++)
			if (strlen(flag_words[k].name) == n && !strncmp(s, flag_words[k].name, n))
				flags |= flag_words[k].flag;
		s += n + (s[n] == ',');
	}
	return flags;
}

/* Of every entry: the word, and the names that have no bit in it (`shared`). */
static uint64_t implicit_flags(const struct lop_system *system, const struct lop_node *node,
			       const char *prop)
{
	const struct lop_prop *flags = lop_prop_find(system->tree, node, prop);
	size_t n = flags ? lop_value_n_cells(&flags->value) : 0;
	char name[64];
	struct names names;

	if (!flags)
		return 0;
	snprintf(name, sizeof(name), "%s-names", prop);
	names = names_of(system, node, name);
	return (lop_value_number(&flags->value, 0, n > 2 ? 2 : n) & ~FLAGS_OF_MODEL) |
	       next_flags(&names);
}

#define FLAG_CELLS_MAX 2u /* a word of flags has 64 bits */

/* False: more cells of flags than a word has; reported. */
static bool flags_fit(struct lop_system *system, const struct lop_domain *domain,
		      const struct lop_node *node, const char *name)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, name);
	uint32_t cells = lop_node_cell(system->tree, node, name, 0);

	if (cells <= FLAG_CELLS_MAX)
		return true;
	lop_diag_help(lop_report(system->diags, LOP_UNSUPPORTED, lop_prop_value_span(prop),
				 "`%s` of domain `%s` is %u", name, domain->name,
				 lop_value_cell(&prop->value, 0)),
		      "flags of up to %u cells are read: no binding has more", FLAG_CELLS_MAX);
	return false;
}

/* --- memory and sram = <start size [flags]> ... --- */

struct range_shape {
	const char *prop, *flag_cells, *flag_names, *implicit;
	const char *guest; /* where the domain sees it; NULL: nobody translates it */
};
static const struct range_shape memory_shape = { "memory", "#memory-flags-cells",
						 "memory-flags-names", "memory-implicit-default",
						 "memory-guest-address" };
static const struct range_shape sram_shape = { "sram", "#sram-flags-cells", "sram-flags-names",
					       "sram-implicit-default", NULL };

/*
 * sram = <&tcm &ocm>: every cell is a node with reg. In a blob a number that happens to be a
 * phandle is told from an address by the others: some cell of a real range is 0 or no phandle.
 */
static bool all_nodes(const struct lop_system *system, const struct lop_prop *prop)
{
	size_t n = lop_value_n_cells(&prop->value);

	for (size_t c = 0; c < n; c++) {
		const struct lop_node *node = lop_cell_target(system, prop, c);

		if (!node || !lop_reg_count(system->tree, node))
			return false;
	}
	return n > 0;
}

static void add_named_ranges(struct lop_system *system, const struct lop_prop *prop,
			     struct lop_memory_use **uses, size_t *n_uses)
{
	for (size_t c = 0; c < lop_value_n_cells(&prop->value); c++) {
		const struct lop_node *node = lop_cell_target(system, prop, c);

		for (size_t i = 0; i < lop_reg_count(system->tree, node); i++) {
			struct lop_where where = lop_reg_to_root(system->tree, node, i);
			struct lop_memory_use *use;

			if (!where.mapped || !where.range.size)
				continue;
			use = LOP_APPEND(system->arena, *uses, *n_uses);
			*use = (struct lop_memory_use){ .range = where.range,
							.node = node,
							.span = lop_cell_span(system, prop, c) };
		}
	}
}

static void report_range(struct lop_system *system, const struct lop_domain *domain,
			 const struct range_shape *shape, struct lop_memory_use *use)
{
	char size[LOP_RANGE_TEXT];
	struct lop_diag *d;

	if (!use->range.size) {
		d = lop_report(system->diags, LOP_MISSING_VALUE, use->span,
			       "%s of domain `%s` at 0x%llx has no size", shape->prop, domain->name,
			       (unsigned long long)use->range.base);
		lop_diag_help(d, "give every range a size, or leave the entry out");
		return;
	}
	d = lop_report(system->diags, LOP_ADDRESS_OVERFLOW, use->span,
		       "%s of domain `%s` runs past the end of the address space", shape->prop,
		       domain->name);
	lop_diag_label(d, use->span, "0x%llx plus %s", (unsigned long long)use->range.base,
		       lop_size_text(use->range.size, size));
	lop_diag_help(d, "check start and size; 64 bits end at 0xffffffffffffffff");
}

/* How the entries of one memory or sram property are laid out. */
struct layout {
	const struct range_shape *shape;
	const struct lop_node *node, *group; /* group: the node, if it is no domain */
	uint32_t ac, sc, fc;		     /* cells of address, size, flags */
	uint64_t implicit;		     /* flags of every entry */
};

static struct layout layout_of(const struct lop_system *system, const struct lop_domain *domain,
			       const struct lop_node *node, const struct range_shape *shape)
{
	const struct lop_tree *tree = system->tree;

	return (struct layout){
		.shape = shape,
		.node = node,
		.group = node == domain->node ? NULL : node,
		.ac = lop_node_cell_around(tree, node, "#address-cells", 2),
		.sc = lop_node_cell_around(tree, node, "#size-cells", 1),
		.fc = lop_node_cell(tree, node, shape->flag_cells, 0),
		.implicit = implicit_flags(system, node, shape->implicit),
	};
}

static void report_misfit(struct lop_system *system, const struct lop_domain *domain,
			  const struct lop_prop *prop, const struct layout *l)
{
	struct lop_diag *d = lop_report(system->diags, LOP_BAD_CELLS, prop->span,
					"`%s` of domain `%s` has %u bytes, not whole entries",
					l->shape->prop, domain->name, prop->value.len);

	lop_diag_label(d, prop->span, "entries of %u + %u + %u cells (address, size, flags)", l->ac,
		       l->sc, l->fc);
	lop_diag_help(d,
		      "the cells are #address-cells and #size-cells of `%s` (or the root) "
		      "and %s of the domain",
		      l->node->parent->name, l->shape->flag_cells);
}

static struct lop_memory_use use_at(const struct lop_system *system, const struct lop_prop *prop,
				    const struct layout *l, size_t cell)
{
	struct lop_memory_use use = {
		.range = { lop_value_number(&prop->value, cell, l->ac),
			   lop_value_number(&prop->value, cell + l->ac, l->sc) },
		.flags = l->implicit,
		.group = l->group,
		.span = lop_cell_span(system, prop, cell),
	};

	if (l->fc)
		use.flags |= lop_value_number(&prop->value, cell + l->ac + l->sc, l->fc) &
			     ~FLAGS_OF_MODEL;
	return use;
}

static void add_ranges(struct lop_system *system, const struct lop_domain *domain,
		       const struct lop_node *node, const struct range_shape *shape,
		       struct lop_memory_use **uses, size_t *n_uses)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, shape->prop);
	const struct layout l = layout_of(system, domain, node, shape);
	size_t stride = (size_t)l.ac + l.sc + l.fc;
	size_t n = lop_whole_cells(system, domain, prop), before = *n_uses;
	struct names names = names_of(system, node, shape->flag_names);
	const struct lop_guest *guests;

	if (!prop || !n || !flags_fit(system, domain, node, shape->flag_cells))
		return;
	if (all_nodes(system, prop)) {
		add_named_ranges(system, prop, uses, n_uses);
		guests = lop_read_guests(system, domain, node, shape->guest, *n_uses - before);
		for (size_t i = before; i < *n_uses; i++)
			lop_take_guest(guests, i - before, &(*uses)[i]);
		return;
	}
	if (l.ac < 1 || l.ac > 2 || l.sc < 1 || l.sc > 2 || n % stride) {
		report_misfit(system, domain, prop, &l);
		return;
	}
	guests = lop_read_guests(system, domain, node, shape->guest, n / stride);
	for (size_t c = 0; c < n; c += stride) {
		struct lop_memory_use use = use_at(system, prop, &l, c);

		use.flags |= next_flags(&names);
		lop_take_guest(guests, c / stride, &use);
		if (!use.range.size || !lop_range_valid(use.range))
			report_range(system, domain, shape, &use);
		else
			*LOP_APPEND(system->arena, *uses, *n_uses) = use;
	}
}

/* --- access = <&device [flags]> ... --- */

static size_t unresolved(const struct lop_system *system, const struct lop_prop *prop,
			 size_t stride)
{
	size_t bad = 0;

	for (size_t c = 0; c < lop_value_n_cells(&prop->value); c += stride)
		if (!lop_cell_target(system, prop, c))
			bad++;
	return bad;
}

/* The specification's default is no flags cell; see `sdtgen explain bad-cells`. */
static size_t access_stride(struct lop_system *system, const struct lop_domain *domain,
			    const struct lop_node *node, const struct lop_prop *prop)
{
	size_t n = lop_value_n_cells(&prop->value);

	if (lop_prop_find(system->tree, node, "#access-flags-cells"))
		return 1 + (size_t)lop_node_cell(system->tree, node, "#access-flags-cells", 0);
	if (n % 2 || !unresolved(system, prop, 1) || unresolved(system, prop, 2))
		return 1;
	lop_diag_help(lop_report(system->diags, LOP_READING, prop->span,
				 "`access` of domain `%s` is read with one flags cell",
				 domain->name),
		      "write `#access-flags-cells = <1>;` beside it: the default is 0");
	return 2;
}

/* Says that a device is there only under a condition that is not the domain's; false: it is not. */
static bool report_elsewhere(struct lop_system *system, const struct lop_domain *domain,
			     struct lop_span span, uint32_t phandle)
{
	const struct lop_node *node =
		system->written ? lop_tree_by_phandle(system->written->tree, phandle) : NULL;
	const struct lop_node *n = node;
	struct lop_diag *d;

	while (n && !n->condition)
		n = n->parent;
	if (!n)
		return false;
	d = lop_report(system->diags, LOP_UNKNOWN_DEVICE, span,
		       "domain `%s` does not have `%s`, which is there under the condition `%s` "
		       "only",
		       domain->name, node->name, n->condition);
	lop_diag_label(d, n->span, "here");
	if (domain->condition)
		lop_diag_help(d, "the condition of `%s` is `%s`: write `lopper,activate: %s`",
			      domain->name, domain->condition, n->condition);
	else
		lop_diag_help(d, "`%s` has no condition: write `lopper,activate: %s`", domain->name,
			      n->condition);
	return true;
}

/* The entry at a cell, without the flags of access-flags-names; false: it names no node. */
static bool access_at(struct lop_system *system, const struct lop_domain *domain,
		      const struct lop_prop *prop, size_t c, size_t stride, struct lop_access *a)
{
	*a = (struct lop_access){ .node = lop_cell_target(system, prop, c),
				  .span = lop_cell_span(system, prop, c) };
	if (stride > 1)
		a->flags = lop_value_number(&prop->value, c + 1, stride - 1) & ~FLAGS_OF_MODEL;
	if (a->node)
		return true;
	if (report_elsewhere(system, domain, a->span, lop_value_cell(&prop->value, c)))
		return false;
	if (!lop_value_ref_at(&prop->value, (uint32_t)c * 4)) /* a number has no place of its own */
		a->span = lop_prop_value_span(prop);
	lop_diag_help(lop_report(system->diags, LOP_UNKNOWN_DEVICE, a->span,
				 "`access` of domain `%s` names no node: 0x%x", domain->name,
				 lop_value_cell(&prop->value, c)),
		      "write &label of the device, and behind it %zu flags cell%s "
		      "(#access-flags-cells)",
		      stride - 1, stride == 2 ? "" : "s");
	return false;
}

static void add_access_of(struct lop_system *system, struct lop_domain *domain,
			  const struct lop_node *node, const struct lop_node *group)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, "access");
	uint64_t implicit = implicit_flags(system, node, "access-implicit-default");
	size_t n = lop_whole_cells(system, domain, prop);
	struct names names = names_of(system, node, "access-flags-names");
	size_t stride;

	if (!prop || !n || !flags_fit(system, domain, node, "#access-flags-cells"))
		return;
	stride = access_stride(system, domain, node, prop);
	if (n % stride) {
		lop_diag_help(
			lop_report(system->diags, LOP_BAD_CELLS, prop->span,
				   "`access` of domain `%s` has %zu cells, not entries of %zu",
				   domain->name, n, stride),
			"an entry is a device and #access-flags-cells cells of flags");
		return;
	}
	for (size_t c = 0; c < n; c += stride) {
		uint64_t named = next_flags(&names) | implicit;
		struct lop_access a;

		if (!access_at(system, domain, prop, c, stride, &a))
			continue;
		a.group = group;
		a.from_pool = named & LOP_FLAG_FROM_POOL;
		a.flags |= named;
		*LOP_APPEND(system->arena, domain->access, domain->n_access) = a;
	}
}

static void report_no_node(struct lop_system *system, enum lop_code code,
			   const struct lop_domain *domain, const struct lop_prop *prop,
			   size_t cell, const char *wanted)
{
	lop_diag_help(lop_report(system->diags, code, lop_cell_span(system, prop, cell),
				 "`%s` of domain `%s` names no node", prop->name, domain->name),
		      "write `%s = <&LABEL ..>;` with %s", prop->name, wanted);
}

static void add_groups(struct lop_system *system, struct lop_domain *domain)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, domain->node, "include");

	for (size_t c = 0; c < lop_whole_cells(system, domain, prop); c++) {
		const struct lop_node *group = lop_cell_target(system, prop, c);

		if (!group) {
			report_no_node(system, LOP_UNKNOWN_GROUP, domain, prop, c,
				       "labels of groups");
			continue;
		}
		add_access_of(system, domain, group, group);
		add_ranges(system, domain, group, &memory_shape, &domain->memory,
			   &domain->n_memory);
		add_ranges(system, domain, group, &sram_shape, &domain->sram, &domain->n_sram);
	}
}

void lop_build_access(struct lop_system *system, struct lop_domain *domain)
{
	const struct lop_prop *rest =
		lop_prop_find(system->tree, domain->node, "lopper,access-keep-all");
	struct names names = names_of(system, domain->node, "lopper,access-keep-all-names");

	domain->rest_span = rest ? lop_prop_value_span(rest) : domain->span;
	domain->rest_flags = next_flags(&names) |
			     implicit_flags(system, domain->node, "access-implicit-default");
	add_access_of(system, domain, domain->node, NULL);
	add_groups(system, domain);
}

/* --- reserved-memory --- */

static void add_reserved(struct lop_system *system, struct lop_domain *domain)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, domain->node, "reserved-memory");
	const struct lop_node *own = lop_node_child(system->tree, domain->node, "reserved-memory");

	for (size_t c = 0; c < lop_whole_cells(system, domain, prop); c++) {
		const struct lop_node *node = lop_cell_target(system, prop, c);

		if (node)
			*LOP_APPEND(system->arena, domain->reserved, domain->n_reserved) =
				(struct lop_node_use){ node, lop_cell_span(system, prop, c) };
		else
			report_no_node(system, LOP_UNKNOWN_CARVEOUT, domain, prop, c,
				       "labels of children of /reserved-memory");
	}
	for (const struct lop_node *n = own ? own->children : NULL; n; n = n->next)
		*LOP_APPEND(system->arena, domain->reserved, domain->n_reserved) =
			(struct lop_node_use){ n, n->span };
}

void lop_build_ranges(struct lop_system *system, struct lop_domain *domain)
{
	add_ranges(system, domain, domain->node, &memory_shape, &domain->memory, &domain->n_memory);
	add_ranges(system, domain, domain->node, &sram_shape, &domain->sram, &domain->n_sram);
	add_reserved(system, domain);
}
