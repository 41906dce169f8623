/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Blobs in, through libfdt. Owns what is refused: damage of any kind, names that no source could
 * have, depth and lengths beyond the limits. Knows nothing of what nodes mean; labels come from
 * __symbols__ later.
 *
 * Blobs are hostile. Everything is checked by libfdt before the first node is made, and the walk
 * uses no recursion. Names and values stay in one copy of the blob.
 */
#include "lopper-c/dts/dts.h"

#include <libfdt.h>
#include <string.h>

#include "lopper-c/tree/names.h"

/* A property name longer than this is refused: it would make libfdt's checks quadratic. */
#define MAX_NAME 1024

struct reader {
	struct lop_tree *tree;
	struct lop_diags *diags;
	const char *name;
	const void *fdt;
	struct lop_span span;		/* the whole file */
	struct lop_node *node;		/* the innermost open node that is kept */
	const struct lop_node *path_of; /* whose path this is */
	const char *path;
	int depth;   /* open nodes, dropped ones included */
	int dropped; /* of these, how many lie in (and are) a dropped one */
};

/* What libfdt's errors mean for a file that is only read. */
static const char *reason_of(int error)
{
	switch (-error) {
	case FDT_ERR_TRUNCATED:
		return "it ends too early";
	case FDT_ERR_BADMAGIC:
		return "it does not begin with 0xd00dfeed";
	case FDT_ERR_BADVERSION:
		return "its version is unknown";
	case FDT_ERR_BADSTRUCTURE:
		return "its structure block is damaged";
	case FDT_ERR_BADLAYOUT:
		return "its blocks do not lie in the usual order";
	case FDT_ERR_BADOFFSET:
		return "an offset points out of its block";
	case FDT_ERR_ALIGNMENT:
		return "a block is not aligned";
	default:
		return "its header or a block is damaged";
	}
}

static void compile_again(struct lop_diag *d)
{
	lop_diag_help(d, "compile it again from its source with `dtc -@`");
}

static void report_damage(struct reader *r, const char *reason)
{
	struct lop_diag *d =
		lop_report(r->diags, LOP_DTB_FORMAT, r->span,
			   "`%s` is not a sound device tree blob: %s", r->name, reason);

	compile_again(d);
}

static bool names_are_short(const void *fdt)
{
	const char *strings = (const char *)fdt + fdt_off_dt_strings(fdt);
	const char *end = strings + fdt_size_dt_strings(fdt);

	while (strings < end) {
		const char *nul = memchr(strings, '\0', (size_t)(end - strings));
		const char *stop = nul ? nul : end;

		if (stop - strings > MAX_NAME)
			return false;
		strings = stop + 1;
	}
	return true;
}

static bool check_blob(struct reader *r, size_t size)
{
	int error;

	if (size < sizeof(struct fdt_header)) {
		report_damage(r, "it is shorter than a header");
		return false;
	}
	if (fdt_magic(r->fdt) == FDT_MAGIC && fdt_version(r->fdt) < 16) {
		lop_diag_help(
			lop_report(r->diags, LOP_UNSUPPORTED, r->span,
				   "`%s` is a blob of version %u; versions 16 and 17 are read",
				   r->name, fdt_version(r->fdt)),
			"convert it: `dtc -I dtb -O dtb -V 17 -o NEW.dtb %s`", r->name);
		return false;
	}
	error = fdt_check_header(r->fdt);
	if (error == 0 && fdt_totalsize(r->fdt) > size)
		error = -FDT_ERR_TRUNCATED;
	if (error == 0 && !names_are_short(r->fdt)) {
		lop_diag_help(lop_report(r->diags, LOP_LIMIT, r->span,
					 "`%s` has a property name of more than %d bytes", r->name,
					 MAX_NAME),
			      "shorten the name in the source to 31 characters and compile again");
		return false;
	}
	if (error == 0)
		error = fdt_check_full(r->fdt, size);
	if (error)
		report_damage(r, reason_of(error));
	return error == 0;
}

static void read_reservations(struct reader *r)
{
	struct lop_memreserve **link = &r->tree->memreserves;
	int n = fdt_num_mem_rsv(r->fdt);

	for (int i = 0; i < n; i++) {
		struct lop_memreserve *m = lop_arena_zalloc(r->tree->arena, sizeof(*m));

		if (fdt_get_mem_rsv(r->fdt, i, &m->range.base, &m->range.size))
			return;
		m->span = r->span;
		*link = m;
		link = &m->next;
	}
}

/* Of the innermost open node, for a message; made once for all its children. */
static const char *path_here(struct reader *r)
{
	if (r->path_of != r->node && !lop_diags_full(r->diags, LOP_DTB_FORMAT)) {
		r->path_of = r->node;
		r->path = lop_node_path_dup(r->diags->arena, r->node);
	}
	return r->path_of == r->node ? r->path : r->node->name;
}

/* Bytes of a bad name must not reach a terminal. */
static const char *printable(struct lop_arena *arena, const char *s)
{
	char *copy = lop_arena_strndup(arena, s, 64);

	for (char *c = copy; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	return copy;
}

/* The new child, or NULL after a report. */
static struct lop_node *add_node(struct reader *r, const char *name)
{
	if (!lop_node_name_readable(name)) {
		compile_again(lop_report(r->diags, LOP_DTB_FORMAT, r->span,
					 "`%s` has a child with a bad name, `%s`", path_here(r),
					 printable(r->diags->arena, name)));
		return NULL;
	}
	if (lop_node_child(r->tree, r->node, name)) {
		compile_again(lop_report(r->diags, LOP_DTB_FORMAT, r->span,
					 "`%s` has two children named `%s`", path_here(r), name));
		return NULL;
	}
	return lop_node_add(r->tree, r->node, name, r->span);
}

/* False: too deep, stop. */
static bool open_node(struct reader *r, int offset)
{
	const char *name = fdt_get_name(r->fdt, offset, NULL);
	struct lop_node *node;

	if (r->depth++ == 0)
		return true; /* the root is there, and has no name */
	if (r->depth > LOP_DTS_MAX_DEPTH) {
		lop_diag_help(lop_report(r->diags, LOP_LIMIT, r->span,
					 "`%s` nests nodes deeper than %d levels", r->name,
					 LOP_DTS_MAX_DEPTH),
			      "close nodes in the source before others begin, and compile again");
		return false;
	}
	if (r->dropped) {
		r->dropped++;
		return true;
	}
	node = add_node(r, name);
	if (node)
		r->node = node;
	else
		r->dropped = 1;
	return true;
}

static void close_node(struct reader *r)
{
	r->depth--;
	if (r->dropped)
		r->dropped--;
	else if (r->node->parent)
		r->node = r->node->parent;
}

/* Old blobs repeat the node's name as a property; it says nothing and is left out. */
static void check_name_prop(struct reader *r, const char *data, size_t size)
{
	size_t len = lop_node_base_len(r->node);

	if (size == len + 1 && memcmp(data, r->node->name, len) == 0 && data[len] == '\0')
		return;
	lop_diag_help(lop_report(r->diags, LOP_DTB_FORMAT, r->span,
				 "the `name` property of `%s` is not the node's name",
				 path_here(r)),
		      "leave the property out of the source: the node has its name already");
}

static void add_prop(struct reader *r, int offset)
{
	const char *name;
	int len;
	const void *data = fdt_getprop_by_offset(r->fdt, offset, &name, &len);
	struct lop_value value;

	if (r->dropped || !data)
		return;
	if (!lop_prop_name_valid(name)) {
		compile_again(lop_report(r->diags, LOP_DTB_FORMAT, r->span,
					 "`%s` has a property with a bad name, `%s`", path_here(r),
					 printable(r->diags->arena, name)));
		return;
	}
	if (lop_prop_find(r->tree, r->node, name)) {
		compile_again(lop_report(r->diags, LOP_DTB_FORMAT, r->span,
					 "`%s` has property `%s` twice", path_here(r), name));
		return;
	}
	if (strcmp(name, "name") == 0) {
		check_name_prop(r, data, (size_t)len);
		return;
	}
	value = (struct lop_value){ .data = len ? data : NULL, .len = (uint32_t)len };
	lop_prop_set(r->tree, r->node, name, value, r->span);
}

static void read_nodes(struct reader *r)
{
	int next = 0;

	r->node = r->tree->root;
	r->node->span = r->span;
	for (int offset = 0; offset >= 0; offset = next) {
		switch (fdt_next_tag(r->fdt, offset, &next)) {
		case FDT_BEGIN_NODE:
			if (!open_node(r, offset))
				return;
			break;
		case FDT_END_NODE:
			close_node(r);
			if (r->depth == 0)
				return;
			break;
		case FDT_PROP:
			add_prop(r, offset);
			break;
		case FDT_END:
			return;
		default:
			break;
		}
	}
}

struct lop_tree *lop_dtb_parse(struct lop_arena *arena, struct lop_diags *diags, const char *name,
			       const void *blob, size_t size)
{
	struct reader r = { .tree = lop_tree_new(arena), .diags = diags, .name = name };

	r.span.text = lop_sources_add(diags->sources, name, NULL, 0, NULL);
	r.fdt = lop_arena_dup(arena, blob, size);
	if (!check_blob(&r, size))
		return r.tree;
	r.tree->boot_cpu = fdt_boot_cpuid_phys(r.fdt);
	read_reservations(&r);
	read_nodes(&r);
	return r.tree;
}
