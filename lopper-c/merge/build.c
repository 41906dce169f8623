/* SPDX-License-Identifier: BSD-3-Clause */
/* Properties that the merge makes, with the spans of the YAML they came from. Knows no keys. */
#include "lopper-c/merge/state.h"

const char *lop_ref_name(struct lop_merger *m, const struct lop_node *node)
{
	const char *label = lop_node_label(node);

	return label ? label : lop_node_path_dup(m->arena, node);
}

void lop_val_node(struct lop_merger *m, struct lop_val *cells, const struct lop_node *node,
		  struct lop_span span)
{
	lop_val_ref(cells, lop_ref_name(m, node), span);
}

struct lop_value lop_value_join(struct lop_merger *m, const struct lop_value *first,
				const struct lop_value *second)
{
	struct lop_val cells = { .arena = m->arena, .diags = m->diags };

	lop_val_copy(&cells, first, 0, first->len);
	lop_val_copy(&cells, second, 0, second->len);
	return lop_val_take(&cells);
}

void lop_merge_set(struct lop_merger *m, struct lop_node *node, const char *name,
		   struct lop_value value, struct lop_span key_span, struct lop_span value_span)
{
	lop_prop_set(m->tree, node, name, value, key_span)->value_span = value_span;
}

void lop_merge_set_string(struct lop_merger *m, struct lop_node *node, const char *name,
			  const char *text, struct lop_span key_span, struct lop_span span)
{
	lop_merge_set(m, node, name, lop_value_string(m->arena, text), key_span, span);
}

void lop_merge_set_cell(struct lop_merger *m, struct lop_node *node, const char *name,
			uint32_t cell, struct lop_span span)
{
	lop_merge_set(m, node, name, lop_value_cells(m->arena, &cell, 1), span, span);
}
