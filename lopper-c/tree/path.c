/* SPDX-License-Identifier: BSD-3-Clause */
/* Paths of nodes, for blobs and for messages. Knows no map. */
#include "lopper-c/tree/tree.h"

#include <string.h>

void lop_node_path(const struct lop_node *node, struct lop_buf *out)
{
	size_t len = 0;

	if (!node->parent) {
		lop_buf_putc(out, '/');
		return;
	}
	for (const struct lop_node *n = node; n->parent; n = n->parent)
		len += strlen(n->name) + 1;
	lop_buf_fill(out, '/', len);

	char *end = out->data + out->len;

	for (const struct lop_node *n = node; n->parent; n = n->parent) {
		size_t name_len = strlen(n->name);

		end -= name_len;
		memcpy(end, n->name, name_len);
		end--;
	}
}

const char *lop_node_path_dup(struct lop_arena *arena, const struct lop_node *node)
{
	struct lop_buf buf = { 0 };
	const char *path;

	lop_node_path(node, &buf);
	path = lop_arena_strndup(arena, buf.data, buf.len);
	lop_buf_free(&buf);
	return path;
}

const char *lop_node_path_for(struct lop_diags *diags, enum lop_code code,
			      const struct lop_node *node)
{
	if (lop_diags_full(diags, code))
		return lop_node_shown(node);
	return lop_node_path_dup(diags->arena, node);
}

const char *lop_node_path_of(const struct lop_diag *d, const struct lop_node *node)
{
	return d->arena ? lop_node_path_dup(d->arena, node) : lop_node_shown(node);
}
