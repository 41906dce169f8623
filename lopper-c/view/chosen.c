/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * /chosen and /aliases. A domain has its own chosen; the top-level one belongs to the default
 * domain, and where the system has none, to the only domain that runs Linux. Strings that are paths
 * follow their node; what names a node of somebody else is left out.
 */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/view/cut.h"

/* One string that names a node, whatever it is for; a number whose bytes look like a path is none.
 */
static const struct lop_node *node_of_prop(const struct lop_cut *cut, const struct lop_prop *prop)
{
	const struct lop_marker *m = prop->value.markers;
	const char *s = lop_value_str(&prop->value, 0);

	if (m && m->kind == LOP_MARK_REF_PATH)
		return m->target;
	if (!s || strlen(s) + 1 != prop->value.len || (m && m->kind == LOP_MARK_U32))
		return NULL;
	if (s[0] != '/' && strcmp(prop->name, "stdout-path") && strcmp(prop->name, "stdin-path"))
		return NULL;
	return lop_tree_by_console(cut->tree, s);
}

/* The top-level /chosen if this domain is the one to have it. */
static const struct lop_node *shared_chosen(const struct lop_cut *cut)
{
	const struct lop_node *top = lop_node_child(cut->tree, cut->tree->root, "chosen");

	if (cut->domain->is_default)
		return top;
	if (cut->system->default_domain || cut->domain->chosen)
		return NULL;
	/* a system without a default domain may still have just one that runs Linux */
	return cut->system->only_linux == cut->domain ? top : NULL;
}

static void keep_named(struct lop_cut *cut, const struct lop_node *node)
{
	unsigned char class = cut->class[node->index];

	if ((class == LOP_CLASS_DEVICE || class == LOP_CLASS_RESERVED ||
	     class == LOP_CLASS_MEMORY) &&
	    lop_cut_may_have(cut, node, LOP_REF_CONSUMER)) {
		lop_cut_want(cut, node, LOP_REF_CONSUMER);
		lop_cut_keep(cut, node, LOP_KEEP_DEPEND);
	}
}

/* What its own chosen names comes along, if the domain may have it. */
void lop_cut_mark_chosen(struct lop_cut *cut)
{
	const struct lop_node *chosen = cut->domain->chosen;

	for (const struct lop_node *n = chosen; n; n = lop_node_next(n, chosen)) {
		for (const struct lop_prop *p = n->props; p; p = p->next) {
			const struct lop_node *named = node_of_prop(cut, p);

			if (named)
				keep_named(cut, named);
			cut->refs.count = 0;
			lop_refs_scan(cut->tree, n, p, &cut->refs);
			for (size_t i = 0; i < cut->refs.count; i++)
				if (cut->refs.items[i].target)
					keep_named(cut, cut->refs.items[i].target);
		}
	}
	if (shared_chosen(cut))
		lop_cut_keep(cut, shared_chosen(cut), LOP_KEEP_PATH);
}

/* --- what it cannot say here --- */

/* Its own chosen says otherwise than the top-level one. */
static bool says_itself(const struct lop_cut *cut, const struct lop_prop *prop)
{
	return cut->domain->chosen && lop_prop_find(cut->tree, cut->domain->chosen, prop->name);
}

static struct lop_diag *report_top(struct lop_cut *cut, const struct lop_prop *prop,
				   const struct lop_node *node)
{
	struct lop_giver giver = { 0 };
	struct lop_diag *d;

	if (cut->claim[node->index] == LOP_CLAIM_OTHER)
		giver = lop_cut_giver(cut, node);
	d = giver.domain ? lop_report(cut->diags, LOP_REF_DROPPED, lop_prop_value_span(prop),
				      "`%s` of the top-level /chosen names `%s`, which `%s` has",
				      prop->name, node->name, giver.domain->name)
			 : lop_report(cut->diags, LOP_REF_DROPPED, lop_prop_value_span(prop),
				      "`%s` of the top-level /chosen names `%s`, which `%s` does "
				      "not have",
				      prop->name, node->name, cut->domain->name);
	if (giver.domain)
		lop_diag_label(d, giver.span, "given to `%s`", giver.domain->name);
	lop_diag_label(d, cut->domain->span, "has the top-level /chosen as the %s",
		       cut->domain->is_default ? "default domain" : "only one that runs Linux");
	return d;
}

static void report_loss(struct lop_cut *cut, const struct lop_node *from,
			const struct lop_prop *prop, const struct lop_node *node)
{
	if (cut->domain->chosen && lop_node_below(from, cut->domain->chosen))
		lop_cut_report_drop(cut, from, prop, node);
	else if (!says_itself(cut, prop))
		lop_diag_help(report_top(cut, prop, node),
			      "write `chosen: { %s: .. }` in `%s`; it is left out", prop->name,
			      cut->domain->name);
}

/* The device of somebody else that has registers at an address. */
static const struct lop_node *others_at(const struct lop_cut *cut, uint64_t addr)
{
	const struct lop_node *root = cut->tree->root;

	for (const struct lop_node *n = lop_cut_next(cut, root); n; n = lop_cut_next(cut, n)) {
		struct lop_where where = lop_reg_to_root(cut->tree, n, 0);

		if (where.mapped && cut->class[n->index] == LOP_CLASS_DEVICE &&
		    cut->claim[n->index] == LOP_CLAIM_OTHER && where.range.base == addr)
			return n;
	}
	return NULL;
}

/* "earlycon=pl011,mmio32,0xf1920000": whose console is it? NULL: the domain's, or none by address.
 */
static const struct lop_node *others_console(const struct lop_cut *cut, const char *word, size_t n)
{
	bool is_console = lop_str_starts(word, "earlycon=") || lop_str_starts(word, "console=");

	for (size_t i = 0; is_console && i + 2 < n; i++)
		if (word[i] == '0' && word[i + 1] == 'x')
			return others_at(cut, strtoull(word + i, NULL, 16));
	return NULL;
}

/* Without the words that name a console of another domain. */
static void copy_bootargs(struct lop_cut *cut, struct lop_node *to, const struct lop_prop *prop)
{
	const char *s = lop_value_str(&prop->value, 0);
	struct lop_buf text = { 0 };
	bool changed = false;

	while (*s) {
		size_t gap = strspn(s, " "), n = strcspn(s + gap, " ");
		const struct lop_node *node = others_console(cut, s + gap, n);

		if (node) {
			lop_diag_help(
				report_top(cut, prop, node),
				"write `chosen: { bootargs: .. }` in `%s`; `%.*s` is left out",
				cut->domain->name, (int)n, s + gap);
			changed = true;
		} else {
			lop_buf_add(&text, s + (text.len ? 0 : gap), n + (text.len ? gap : 0));
		}
		s += gap + n;
	}
	lop_cut_set(cut, to, prop->name,
		    changed ? lop_value_string(cut->out->arena, lop_buf_cstr(&text)) : prop->value,
		    prop->span);
	lop_buf_free(&text);
}

/* --- copying --- */

/* A path string becomes a reference, so that it follows its node; the rest of the string stays. */
static void copy_string(struct lop_cut *cut, const struct lop_node *from, struct lop_node *to,
			const struct lop_prop *prop)
{
	const struct lop_node *node = node_of_prop(cut, prop);
	const char *s = lop_value_str(&prop->value, 0);
	struct lop_value value = prop->value;

	if (node && !cut->copy[node->index]) {
		report_loss(cut, from, prop, node);
		return;
	}
	if (node && s && s[0] == '/' && !strchr(s, ':')) {
		struct lop_marker *m = lop_arena_zalloc(cut->out->arena, sizeof(*m));

		*m = (struct lop_marker){ .kind = LOP_MARK_REF_PATH,
					  .target = (struct lop_node *)node,
					  .span = prop->span };
		value.markers = m;
	} else if (node && s && s[0] == '/') {
		struct lop_buf text = { 0 };

		lop_node_path(cut->copy[node->index], &text);
		lop_buf_puts(&text, strchr(s, ':'));
		value = lop_value_string(cut->out->arena, lop_buf_cstr(&text));
		lop_buf_free(&text);
	}
	lop_cut_set(cut, to, prop->name, value, prop->span);
}

/* Of the top-level /chosen: a domain's own says what it wants. */
static bool is_bootargs(const struct lop_cut *cut, const struct lop_node *from,
			const struct lop_prop *prop)
{
	const char *s = lop_value_str(&prop->value, 0);

	return !strcmp(prop->name, "bootargs") && s && strlen(s) + 1 == prop->value.len &&
	       !(cut->domain->chosen && lop_node_below(from, cut->domain->chosen)) &&
	       !says_itself(cut, prop);
}

static void copy_chosen_props(struct lop_cut *cut, const struct lop_node *from, struct lop_node *to)
{
	cut->copy[from->index] = to;
	for (const struct lop_prop *p = from->props; p; p = p->next) {
		if (node_of_prop(cut, p))
			copy_string(cut, from, to, p);
		else if (is_bootargs(cut, from, p))
			copy_bootargs(cut, to, p);
		else
			lop_cut_copy_prop(cut, from, p);
	}
}

static void copy_chosen(struct lop_cut *cut, const struct lop_node *from, struct lop_node *to)
{
	copy_chosen_props(cut, from, to);
	for (const struct lop_node *n = lop_node_next(from, from); n; n = lop_node_next(n, from)) {
		lop_cut_add(cut, cut->copy[n->parent->index], n->name, n);
		copy_chosen_props(cut, n, cut->copy[n->index]);
	}
}

void lop_cut_chosen(struct lop_cut *cut)
{
	const struct lop_node *shared = shared_chosen(cut);
	const struct lop_node *own = cut->domain->chosen;
	struct lop_node *to = lop_node_child(cut->out, cut->out->root, "chosen");

	if (!shared && !own)
		return;
	if (!to)
		to = lop_node_add(cut->out, cut->out->root, "chosen", (own ? own : shared)->span);
	if (shared)
		copy_chosen(cut, shared, to);
	if (own)
		copy_chosen(cut, own, to);
}

void lop_cut_aliases(struct lop_cut *cut)
{
	const struct lop_node *from = lop_node_child(cut->tree, cut->tree->root, "aliases");
	struct lop_node *to = NULL;

	for (const struct lop_prop *p = from ? from->props : NULL; p; p = p->next) {
		const struct lop_node *node = node_of_prop(cut, p);

		if (!node || !cut->copy[node->index])
			continue;
		if (!to)
			to = lop_cut_add(cut, cut->out->root, "aliases", from);
		copy_string(cut, from, to, p);
	}
}
