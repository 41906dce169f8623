/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * References get their targets and bytes. Owns the order in which dtc does this: explicit numbers,
 * phandle references of the whole tree, path references, then the nodes that nothing refers to go.
 * Knows no property but `phandle`; what a reference means is refs.h's.
 */
#include "lopper-c/tree/resolve.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/tree/phandle.h"

#define MAX_NEAREST 20 /* searches for the nearest name; each looks at many */

/* One run. The two arrays are by node index. */
struct run {
	struct lop_tree *tree;
	struct lop_diags *diags;
	bool *used; /* something refers to the node */
	bool *gone; /* dropped as /omit-if-no-ref/ */
	bool keep_labelled;
	uint64_t path_bytes;
	unsigned int n_nearest; /* searches for the nearest name made so far */
};

static bool is_ref(const struct lop_marker *m)
{
	return m->kind == LOP_MARK_REF_PHANDLE || m->kind == LOP_MARK_REF_PATH;
}

/* --- limits --- */

static uint64_t count_paths(const struct lop_node *node)
{
	uint64_t n = 0;

	for (const struct lop_label *l = node->labels; l; l = l->next)
		n++;
	for (const struct lop_prop *p = node->props; p; p = p->next)
		for (const struct lop_marker *m = p->value.markers; m; m = m->next)
			if (m->kind == LOP_MARK_REF_PHANDLE)
				n++;
	return n;
}

/* Every text that symbols and fixups would hold, before any of it is built. */
static void check_size(struct run *run)
{
	uint32_t *len = lop_xmalloc(((size_t)run->tree->n_nodes + 1) * sizeof(*len));
	uint64_t total = 0;
	struct lop_node *root = run->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		len[n->index] =
			n == root ? 1 : len[n->parent->index] + (uint32_t)strlen(n->name) + 1;
		total += count_paths(n) * len[n->index];
		if (total > LOP_TREE_MAX_PATHS)
			break;
	}
	run->path_bytes = total;
	free(len);
}

static bool too_big(struct run *run)
{
	struct lop_resolver *r = lop_resolver_of(run->tree);
	struct lop_diag *d;

	if (run->path_bytes <= LOP_TREE_MAX_PATHS || r->too_big)
		return r->too_big;
	r->too_big = true;
	d = lop_report(run->diags, LOP_LIMIT, run->tree->root->span,
		       "the paths of all labels and references are longer than 256 MiB together");
	lop_diag_help(d, "no hardware needs this; look for very long node names at great depth");
	return true;
}

/* --- references --- */

/* The node that a path starts from: the root, or what a label in front names. Moves *rest on. */
static const struct lop_node *start_of_path(const struct lop_tree *tree, const struct lop_diag *d,
					    const char **rest)
{
	const char *label;

	if (**rest == '/')
		return tree->root;
	label = lop_arena_strndup(d->arena, *rest, strcspn(*rest, "/"));
	*rest += strlen(label);
	return lop_tree_by_label(tree, label);
}

void lop_tree_help_path(const struct lop_tree *tree, struct lop_diag *d, const char *path,
			bool search)
{
	const char *rest = path;
	const struct lop_node *node = d->arena ? start_of_path(tree, d, &rest) : NULL;
	struct lop_nearest nearest = { 0 };

	if (!node) {
		lop_diag_help(d, "put `%.*s:` before a node", (int)strcspn(path, "/"), path);
		return;
	}
	for (;;) {
		rest += strspn(rest, "/");

		char *name = lop_arena_strndup(d->arena, rest, strcspn(rest, "/"));
		const struct lop_node *child = lop_node_child(tree, node, name);

		nearest.word = name;
		if (!child)
			break;
		node = child;
		rest += strlen(name);
	}
	for (const struct lop_node *c = search ? node->children : NULL; c; c = c->next)
		if (!c->hidden)
			lop_nearest_add(&nearest, c->name);
	if (nearest.best)
		lop_diag_help(d, "`%s` has no child `%s`; did you mean `%s`?",
			      lop_node_path_of(d, node), nearest.word, nearest.best);
	else
		lop_diag_help(d, "`%s` has no child `%s`: correct the path, or add the node",
			      lop_node_path_of(d, node), nearest.word);
}

static void help_label(struct run *run, struct lop_diag *d, const char *label)
{
	struct lop_nearest nearest = { .word = label };
	const struct lop_map *map = &run->tree->labels;

	for (size_t i = 0; i < map->count && run->n_nearest < MAX_NEAREST; i++)
		if (map->entries[i].value)
			lop_nearest_add(&nearest, map->entries[i].key);
	run->n_nearest++;
	if (nearest.best)
		lop_diag_help(d, "did you mean `&%s`?", nearest.best);
	else
		lop_diag_help(d,
			      "put `%s:` before the node that is meant, or include the file "
			      "that has it",
			      label);
}

static void report_missing(struct run *run, const struct lop_node *node,
			   const struct lop_prop *prop, const struct lop_marker *m)
{
	bool is_path = m->name[0] == '/';
	struct lop_diag *d;

	if (lop_diags_full(run->diags, LOP_DTS_REF)) {
		lop_report(run->diags, LOP_DTS_REF, m->span, "no node `%s`", m->name);
		return;
	}
	d = lop_report(run->diags, LOP_DTS_REF, m->span,
		       is_path ? "there is no node `%s`" : "no node has the label `%s`", m->name);
	if (!d->arena)
		return;
	lop_diag_label(d, m->span, "`%s` of `%s` refers to it", prop->name,
		       lop_node_path_of(d, node));
	if (is_path)
		lop_tree_help_path(run->tree, d, m->name, run->n_nearest++ < MAX_NEAREST);
	else
		help_label(run, d, m->name);
}

static void mark_used(struct run *run, const struct lop_node *node)
{
	assert(node->index < run->tree->n_nodes); /* else it is a node of another tree */
	run->used[node->index] = true;
}

static void fill_phandles(struct run *run, struct lop_node *node, struct lop_prop *prop)
{
	unsigned char *own = NULL;

	for (struct lop_marker *m = prop->value.markers; m; m = m->next) {
		if (m->kind != LOP_MARK_REF_PHANDLE)
			continue;
		if (!m->target && m->name)
			m->target = lop_tree_by_ref(run->tree, m->name);
		if (!m->target) {
			if (!run->tree->plugin && m->name)
				report_missing(run, node, prop, m);
			continue;
		}
		assert(m->offset + 4 <= prop->value.len);
		mark_used(run, m->target);

		uint32_t number = lop_phandle_give(run->tree, m->target);
		unsigned char cell[4] = { (unsigned char)(number >> 24),
					  (unsigned char)(number >> 16),
					  (unsigned char)(number >> 8), (unsigned char)number };

		if (memcmp(prop->value.data + m->offset, cell, 4) == 0)
			continue;
		/* The bytes may be shared with the tree this one was copied from. */
		if (!own)
			own = lop_arena_dup(run->tree->arena, prop->value.data, prop->value.len);
		memcpy(own + m->offset, cell, 4);
		prop->value.data = own;
	}
}

static bool has_path_ref(const struct lop_prop *prop)
{
	for (const struct lop_marker *m = prop->value.markers; m; m = m->next)
		if (m->kind == LOP_MARK_REF_PATH)
			return true;
	return false;
}

/*
 * Binds a path reference and appends its path. old: the bytes at its place. Returns how many of
 * them the path replaces.
 */
static size_t put_path(struct run *run, const struct lop_node *node, const struct lop_prop *prop,
		       struct lop_marker *m, const char *old, size_t old_len, struct lop_buf *out)
{
	size_t before = out->len;
	bool had = m->target != NULL;

	if (!had && m->name)
		m->target = lop_tree_by_ref(run->tree, m->name);
	if (!m->target) {
		if (m->name)
			report_missing(run, node, prop, m);
		return 0;
	}
	mark_used(run, m->target);
	if (!too_big(run)) {
		lop_node_path(m->target, out);
		lop_buf_putc(out, '\0');
	}
	run->path_bytes += out->len - before;
	if (!had)
		return 0;

	const char *nul = old_len ? memchr(old, '\0', old_len) : NULL;

	return nul ? (size_t)(nul - old) + 1 : old_len;
}

/* Builds the value anew with its paths in place, and moves the markers along. */
static void fill_paths(struct run *run, struct lop_node *node, struct lop_prop *prop)
{
	struct lop_buf out = { 0 };
	const char *data = (const char *)prop->value.data;
	size_t len = prop->value.len, pos = 0;

	if (!has_path_ref(prop))
		return;
	for (struct lop_marker *m = prop->value.markers; m; m = m->next) {
		assert(m->offset <= len);
		if (m->offset > pos) {
			lop_buf_add(&out, data + pos, m->offset - pos);
			pos = m->offset;
		}
		m->offset = (uint32_t)out.len;
		if (m->kind == LOP_MARK_REF_PATH)
			pos += put_path(run, node, prop, m, data ? data + pos : NULL, len - pos,
					&out);
	}
	if (len > pos)
		lop_buf_add(&out, data + pos, len - pos);
	prop->value.data = out.len ? lop_arena_dup(run->tree->arena, out.data, out.len) : NULL;
	prop->value.len = (uint32_t)out.len;
	lop_buf_free(&out);
}

/* --- nodes that nothing refers to --- */

static struct lop_node *next_beside(struct lop_node *node)
{
	while (node && !node->next)
		node = node->parent;
	return node ? node->next : NULL;
}

static bool is_unwanted(const struct run *run, const struct lop_node *node)
{
	if (!node->omit_if_no_ref || run->used[node->index] || !node->parent)
		return false;
	return !(run->keep_labelled && (node->labels || node->lost_labels));
}

static bool drop_unused(struct run *run)
{
	struct lop_node *next;
	bool dropped = false;

	for (struct lop_node *n = run->tree->root; n; n = next) {
		if (!is_unwanted(run, n)) {
			next = n->children ? n->children : next_beside(n);
			continue;
		}
		next = next_beside(n);
		for (const struct lop_node *g = n; g; g = lop_node_next(g, n))
			run->gone[g->index] = true;
		lop_node_del(run->tree, n);
		dropped = true;
	}
	return dropped;
}

/*
 * A node that something refers to may go with its parent. Its number stays where it stands, as with
 * dtc, but is no reference any more.
 */
static void unbind(struct run *run, const struct lop_node *node, struct lop_prop *prop)
{
	struct lop_marker **link = &prop->value.markers;

	while (*link) {
		struct lop_marker *m = *link;

		if (!is_ref(m) || !m->target || !run->gone[m->target->index]) {
			link = &m->next;
			continue;
		}
		lop_diag_help(
			lop_report(run->diags, LOP_DTS_DANGLING, m->span,
				   "`%s` of `%s` refers to `%s`, which goes with a parent that "
				   "is marked /omit-if-no-ref/",
				   prop->name,
				   lop_node_path_for(run->diags, LOP_DTS_DANGLING, node),
				   m->target->name),
			"remove /omit-if-no-ref/ from that parent, or refer to it as well");
		m->target = NULL;
		if (run->tree->plugin && m->kind == LOP_MARK_REF_PHANDLE)
			link = &m->next;
		else
			*link = m->next;
	}
}

/* --- the whole --- */

static void visit_list(struct run *run, struct lop_node *node, struct lop_prop *props,
		       void (*visit)(struct run *, struct lop_node *, struct lop_prop *))
{
	for (struct lop_prop *p = props; p; p = p->next)
		if (p->value.markers)
			visit(run, node, p);
}

/* Properties that stand under a condition too. */
static void each_prop(struct run *run,
		      void (*visit)(struct run *, struct lop_node *, struct lop_prop *))
{
	struct lop_node *root = run->tree->root;

	for (struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		visit_list(run, n, n->props, visit);
		for (const struct lop_variant *v = n->variants; v; v = v->next)
			visit_list(run, n, v->props, visit);
	}
}

static void unbind_prop(struct run *run, struct lop_node *node, struct lop_prop *prop)
{
	unbind(run, node, prop);
}

static bool *zeroed_flags(size_t n)
{
	bool *flags = lop_xmalloc(n + 1);

	memset(flags, 0, n + 1);
	return flags;
}

static void set_keep_free(struct lop_tree *tree, const struct lop_phandle_set *keep_free)
{
	struct lop_resolver *r = lop_resolver_of(tree);

	if (!keep_free || !keep_free->count)
		return;
	r->keep_free.numbers = lop_arena_dup(tree->arena, keep_free->numbers,
					     keep_free->count * sizeof(*keep_free->numbers));
	r->keep_free.count = keep_free->count;
}

static void resolve(struct lop_tree *tree, struct lop_diags *diags, bool keep_labelled)
{
	struct run run = { .tree = tree, .diags = diags, .keep_labelled = keep_labelled };

	lop_tree_number(tree);
	run.used = zeroed_flags(tree->n_nodes);
	run.gone = zeroed_flags(tree->n_nodes);
	check_size(&run);
	too_big(&run);
	lop_phandles_read(tree, diags);
	each_prop(&run, fill_phandles);
	each_prop(&run, fill_paths);
	if (drop_unused(&run))
		each_prop(&run, unbind_prop);
	free(run.used);
	free(run.gone);
}

void lop_tree_resolve(struct lop_tree *tree, struct lop_diags *diags,
		      const struct lop_phandle_set *keep_free)
{
	set_keep_free(tree, keep_free);
	resolve(tree, diags, false);
}

void lop_tree_compile(struct lop_tree *tree, struct lop_diags *diags, bool symbols)
{
	resolve(tree, diags, symbols);
	if (symbols)
		lop_tree_add_symbols(tree);
	if (tree->plugin)
		lop_tree_add_fixups(tree);
}
