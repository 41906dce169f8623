/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For tests: a tree from source text, and what was reported about it. Knows nothing of what is
 * tested.
 */
#ifndef TESTS_UNIT_TREE_TEXT_H
#define TESTS_UNIT_TREE_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lopper-c/dts/dts.h"
#include "lopper-c/dts/write.h"
#include "lopper-c/tree/resolve.h"

struct fixture {
	struct lop_arena arena;
	struct lop_sources sources;
	struct lop_diags diags;
	struct lop_tree *trees[8];
	size_t n_trees;
};

static inline int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->sources.arena = &f->arena;
	f->diags.arena = &f->arena;
	f->diags.sources = &f->sources;
	*state = f;
	return 0;
}

/* Whatever a test makes the code report says what to do about it. */
static inline int tear_down(void **state)
{
	struct fixture *f = *state;
	bool helped = true;

	for (const struct lop_diag *d = f->diags.first; d; d = d->next)
		if (!d->helps) {
			print_error("without help: %s: %s\n", lop_codes[d->code].name, d->message);
			helped = false;
		}
	for (size_t i = 0; i < f->n_trees; i++)
		lop_tree_free(f->trees[i]);
	lop_arena_free(&f->arena);
	free(f);
	assert_true(helped); /* what is returned fails no test */
	return 0;
}

static inline struct lop_tree *keep_tree(struct fixture *f, struct lop_tree *tree)
{
	assert_true(f->n_trees < sizeof(f->trees) / sizeof(f->trees[0]));
	f->trees[f->n_trees++] = tree;
	return tree;
}

/* Parsed, not resolved; the text must be free of errors. */
static inline struct lop_tree *parse(struct fixture *f, const char *text)
{
	static const struct lop_dts_options none;
	struct lop_tree *tree =
		lop_dts_parse(&f->arena, &f->diags, "test.dts", text, strlen(text), &none);

	assert_int_equal(f->diags.errors, 0);
	return keep_tree(f, tree);
}

/* The same, with the part between the braces of the root only. */
static inline struct lop_tree *parse_root(struct fixture *f, const char *body)
{
	return parse(f, lop_arena_printf(&f->arena, "/dts-v1/;\n/ {\n%s\n};\n", body));
}

static inline const struct lop_diag *first_diag(const struct fixture *f, enum lop_code code)
{
	const struct lop_diag *d = f->diags.first;

	while (d && d->code != code)
		d = d->next;
	return d;
}

static inline void assert_reported(const struct fixture *f, enum lop_code code, const char *words)
{
	const struct lop_diag *d = first_diag(f, code);

	if (!d)
		fail_msg("no %s was reported", lop_codes[code].name);
	if (!strstr(d->message, words))
		fail_msg("\"%s\" does not say \"%s\"", d->message, words);
}

static inline void assert_helped(const struct fixture *f, enum lop_code code, const char *words)
{
	const struct lop_diag *d = first_diag(f, code);
	const struct lop_diag_help *h = d ? d->helps : NULL;

	while (h && !strstr(h->text, words))
		h = h->next;
	if (!h)
		fail_msg("no help says \"%s\"", words);
}

static inline void assert_silent(const struct fixture *f)
{
	if (f->diags.first)
		fail_msg("unexpected: %s", f->diags.first->message);
}

static inline struct lop_node *node_at(const struct lop_tree *tree, const char *path)
{
	struct lop_node *node = lop_tree_by_path(tree, path);

	if (!node)
		fail_msg("there is no %s", path);
	return node;
}

static inline const struct lop_value *value_at(const struct lop_tree *tree, const char *path,
					       const char *name)
{
	const struct lop_prop *prop = lop_prop_find(tree, node_at(tree, path), name);

	if (!prop)
		fail_msg("%s has no %s", path, name);
	return &prop->value;
}

static inline uint32_t cell_at(const struct lop_tree *tree, const char *path, const char *name,
			       size_t index)
{
	return lop_value_cell(value_at(tree, path, name), index);
}

#endif
