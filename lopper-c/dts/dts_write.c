/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Device trees as source: nodes, properties, labels and their comments. What it prints compiles to
 * the blob that dtb_write.c makes of the same tree. Values are print_value.c's.
 */
#include "lopper-c/dts/write.h"

#include <string.h>

#include "lopper-c/dts/print.h"
#include "lopper-c/tree/resolve.h"

size_t lop_print_column(const struct lop_printer *p)
{
	size_t column = 0;

	for (size_t i = p->line_start; i < p->out.len; i++)
		column = p->out.data[i] == '\t' ? (column / 8 + 1) * 8 : column + 1;
	return column;
}

static void end_line(struct lop_printer *p)
{
	lop_buf_putc(&p->out, '\n');
	p->line_start = p->out.len;
}

/* Text for a comment: one that ends it early, or breaks the line, is defused. */
static void put_comment_text(struct lop_buf *out, const char *text)
{
	for (; *text; text++) {
		lop_buf_putc(out, (unsigned char)*text < ' ' || *text == 0x7f ? '?' : *text);
		if (text[0] == '*' && text[1] == '/')
			lop_buf_putc(out, ' ');
	}
}

static void put_provenance(struct lop_printer *p, struct lop_span span)
{
	struct lop_place place;

	if (!p->style->provenance)
		return;
	place = lop_sources_resolve(p->style->sources, span);
	lop_buf_puts(&p->out, " /* ");
	put_comment_text(&p->out, place.file ? place.file : "made by the tool");
	if (place.file && place.line)
		lop_buf_printf(&p->out, ":%u", place.line);
	lop_buf_puts(&p->out, " */");
}

static void put_header(struct lop_printer *p, const char *text)
{
	if (!text)
		return;
	if (!strchr(text, '\n')) {
		lop_buf_puts(&p->out, "/* ");
		put_comment_text(&p->out, text);
		lop_buf_puts(&p->out, " */\n");
		return;
	}
	lop_buf_puts(&p->out, "/*\n");
	while (*text) {
		size_t len = strcspn(text, "\n");
		struct lop_buf line = { 0 };

		lop_buf_add(&line, text, len);
		lop_buf_puts(&p->out, len ? " * " : " *");
		put_comment_text(&p->out, lop_buf_cstr(&line));
		lop_buf_putc(&p->out, '\n');
		lop_buf_free(&line);
		text += len + (text[len] == '\n');
	}
	lop_buf_puts(&p->out, " */\n");
}

static void put_labels(struct lop_printer *p, const struct lop_label *label)
{
	for (; label; label = label->next)
		lop_buf_printf(&p->out, "%s: ", label->name);
}

static void put_reservations(struct lop_printer *p)
{
	for (const struct lop_memreserve *r = p->tree->memreserves; r; r = r->next) {
		put_labels(p, r->labels);
		lop_buf_printf(&p->out, "/memreserve/ 0x%llx 0x%llx;",
			       (unsigned long long)r->range.base,
			       (unsigned long long)r->range.size);
		put_provenance(p, r->span);
		end_line(p);
	}
	if (p->tree->memreserves)
		end_line(p);
}

/* --- what is left out because dtc makes it again --- */

static bool leaves_out_prop(const struct lop_printer *p, const struct lop_prop *prop)
{
	return !p->all_phandles && lop_phandle_is_automatic(prop);
}

static struct lop_node *root_child(const struct lop_tree *tree, const char *name)
{
	return lop_node_child(tree, tree->root, name);
}

/* Fixups of paths and of phandle properties are beyond what a plain source can say. */
static bool can_be_spelled(const struct lop_node *fixups)
{
	for (const struct lop_node *n = fixups; n; n = lop_node_next(n, fixups))
		for (const struct lop_prop *p = n->props; p; p = p->next)
			if (strchr(p->name, '/') || strcmp(p->name, "phandle") == 0 ||
			    strcmp(p->name, "linux,phandle") == 0)
				return false;
	return true;
}

/*
 * A plugin's fixups come back by themselves, unless the source wrote some of them by hand: dtc
 * would then add its own to all of them. Such a tree is printed as a plain one.
 */
static bool is_plugin(const struct lop_tree *tree)
{
	const struct lop_node *fixups = root_child(tree, "__fixups__");
	const struct lop_node *local = root_child(tree, "__local_fixups__");

	bool by_hand = (fixups && fixups->span.text) || (local && local->span.text);

	return tree->plugin && !(by_hand && can_be_spelled(fixups) && can_be_spelled(local));
}

static bool leaves_out_node(const struct lop_printer *p, const struct lop_node *node)
{
	return p->plugin && (node == p->fixups || node == p->local_fixups);
}

static struct lop_node *kept(const struct lop_printer *p, struct lop_node *node)
{
	while (node && leaves_out_node(p, node))
		node = node->next;
	return node;
}

/* --- the tree --- */

static bool put_props(struct lop_printer *p, const struct lop_node *node, size_t level)
{
	bool any = false;

	for (const struct lop_prop *prop = node->props; prop; prop = prop->next) {
		if (leaves_out_prop(p, prop))
			continue;
		any = true;
		lop_buf_fill(&p->out, '\t', level + 1);
		put_labels(p, prop->labels);
		lop_buf_puts(&p->out, prop->name);
		lop_print_value(p, prop);
		lop_buf_putc(&p->out, ';');
		put_provenance(p, prop->span);
		end_line(p);
	}
	return any;
}

/* Opens the node, prints its properties; says whether there were any. */
static bool open_node(struct lop_printer *p, const struct lop_node *node, size_t level)
{
	lop_buf_fill(&p->out, '\t', level);
	if (node->parent) {
		put_labels(p, node->labels);
		lop_buf_printf(&p->out, "%s {", node->name);
	} else {
		lop_buf_puts(&p->out, "/ {");
	}
	put_provenance(p, node->span);
	end_line(p);
	return put_props(p, node, level);
}

static void close_node(struct lop_printer *p, size_t level)
{
	lop_buf_fill(&p->out, '\t', level);
	lop_buf_puts(&p->out, "};");
	end_line(p);
}

static void put_nodes(struct lop_printer *p)
{
	struct lop_node *node = p->tree->root;
	size_t level = 0;

	for (;;) {
		bool props = open_node(p, node, level);
		struct lop_node *next = kept(p, node->children);

		if (next) {
			if (props)
				end_line(p);
			node = next;
			level++;
			continue;
		}
		close_node(p, level);
		while (node->parent && !(next = kept(p, node->next))) {
			node = node->parent;
			close_node(p, --level);
		}
		if (!node->parent)
			return;
		end_line(p);
		node = next;
	}
}

/*
 * The root cannot be labelled where it stands. The last label goes first, because dtc puts each new
 * one in front.
 */
static void put_root_labels(struct lop_printer *p, const struct lop_label *labels)
{
	const struct lop_label *label;
	struct lop_buf stack = { 0 };

	for (label = labels; label; label = label->next)
		lop_buf_add(&stack, &label, sizeof(label));
	while (stack.len) {
		stack.len -= sizeof(label);
		memcpy(&label, stack.data + stack.len, sizeof(label));
		end_line(p);
		lop_buf_printf(&p->out, "%s: &{/} {", label->name);
		put_provenance(p, label->span);
		end_line(p);
		lop_buf_puts(&p->out, "};");
		end_line(p);
	}
	lop_buf_free(&stack);
}

static void print_all(struct lop_printer *p)
{
	p->out.len = p->line_start = p->targets.len = 0;
	p->lost_ref = false;
	put_header(p, p->style->header);
	lop_buf_puts(&p->out, p->plugin ? "/dts-v1/;\n/plugin/;\n\n" : "/dts-v1/;\n\n");
	p->line_start = p->out.len;
	put_reservations(p);
	put_nodes(p);
	put_root_labels(p, p->tree->root->labels);
}

void lop_dts_write(const struct lop_tree *tree, const struct lop_dts_style *style,
		   struct lop_buf *out)
{
	struct lop_printer p = { .tree = tree,
				 .style = style,
				 .plugin = is_plugin(tree),
				 .fixups = root_child(tree, "__fixups__"),
				 .local_fixups = root_child(tree, "__local_fixups__") };

	print_all(&p);
	if (!lop_print_numbers_agree(&p)) {
		p.all_phandles = true;
		print_all(&p);
	}
	/* a reference that is a number now has no fixup for dtc to make */
	if (p.plugin && p.lost_ref && can_be_spelled(p.fixups) && can_be_spelled(p.local_fixups)) {
		p.plugin = false;
		print_all(&p);
	}
	lop_buf_add(out, p.out.data, p.out.len);
	lop_buf_free(&p.out);
	lop_buf_free(&p.targets);
	lop_buf_free(&p.text);
	lop_buf_free(&p.parts);
}
