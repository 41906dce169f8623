/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of a parse: the boot CPU, then everything deleted is taken away, then what can be
 * said only of the whole tree. Works on the tree alone, in the order in which dtc does it.
 */
#include "lopper-c/dts/parser.h"

#include <string.h>

/* A `name` property repeats the node's name and is left out, or it is wrong. */
static void check_name_prop(struct lop_parser *p, struct lop_node *node)
{
	struct lop_prop *prop = lop_prop_find(p->tree, node, "name");
	size_t len = lop_node_base_len(node);
	struct lop_diag *d;

	if (!prop)
		return;
	if (prop->value.len == len + 1 && memcmp(prop->value.data, node->name, len) == 0 &&
	    prop->value.data[len] == '\0') {
		lop_prop_del(p->tree, node, "name");
		return;
	}
	d = lop_report(p->diags, LOP_DTS_NAME, prop->span,
		       "the `name` property of node `%s` is not its name", node->name);
	lop_diag_label(d, prop->span, "can only be \"%.*s\"", (int)len, node->name);
	lop_diag_help(d, "leave the property out: the node has its name already");
}

static void check_name_props(struct lop_parser *p)
{
	struct lop_node *root = p->tree->root;

	for (struct lop_node *n = root; n; n = lop_node_next(n, root))
		check_name_prop(p, n);
}

void lop_parser_finish(struct lop_parser *p)
{
	p->tree->boot_cpu = lop_tree_guess_boot_cpu(p->tree);
	lop_tree_sweep(p->tree);
	lop_parser_check_labels(p);
	if (p->name_props)
		check_name_props(p);
}
