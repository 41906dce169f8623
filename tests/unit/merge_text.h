/* SPDX-License-Identifier: BSD-3-Clause */
/* For tests of merge/: a small system in DTS, YAML texts merged into it, and what came out. */
#ifndef TESTS_UNIT_MERGE_TEXT_H
#define TESTS_UNIT_MERGE_TEXT_H

#include "lopper-c/merge/merge.h"
#include "lopper-c/yaml/yaml.h"
#include "tests/unit/tree_text.h"

static const char merge_board[] =
	"#address-cells = <2>; #size-cells = <2>;"
	"a53: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"
	"cpu@0 { device_type = \"cpu\"; reg = <0>; }; cpu@1 { device_type = \"cpu\"; reg = <1>; }; };"
	"r5: cpus-r5@0 { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"
	"r5_0: cpu@0 { device_type = \"cpu\"; reg = <0>; }; };"
	"ddr: memory@0 { device_type = \"memory\"; reg = <0 0 0 0x80000000>; };"
	"reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges;"
	"vring0: vring0@3ed40000 { reg = <0 0x3ed40000 0 0x4000>; no-map; };"
	"big: buffer@3ED80000 { reg = <0 0x3ed80000 0 0x4000>; };"
	"cma: linux,cma { size = <0 0x1000000>; }; };"
	"amba: axi { compatible = \"simple-bus\"; #address-cells = <2>; #size-cells = <2>; ranges;"
	"uart0: serial@ff000000 { compatible = \"arm,pl011\"; reg = <0 0xff000000 0 0x1000>; };"
	"uart1: serial@ff010000 { compatible = \"arm,pl011\"; reg = <0 0xff010000 0 0x1000>; };"
	"can0: can@ff020000 { reg = <0 0xff020000 0 0x1000>; status = \"disabled\"; };"
	"tcm: tcm@ffe00000 { compatible = \"mmio-sram\"; reg = <0 0xffe00000 0 0x10000>; };"
	"m0: mailbox@ff300000 { c0: child@0 { }; }; m1: mailbox@ff310000 { c1: child@0 { }; }; };";

static inline struct lop_yaml *read_yaml(struct fixture *f, const char *name, const char *text)
{
	return lop_yaml_parse(&f->arena, &f->diags, name, text, strlen(text));
}

/* The board (and more DTS inside its root) with one or two YAML texts merged, resolved. */
static inline struct lop_tree *merge_into(struct fixture *f, const char *dts, const char *one,
					  const char *two)
{
	struct lop_tree *tree =
		parse_root(f, lop_arena_printf(&f->arena, "%s%s", merge_board, dts));
	struct lop_yaml *files[2] = { read_yaml(f, "one.yaml", one), NULL };

	if (two)
		files[1] = read_yaml(f, "two.yaml", two);
	lop_merge(tree, &f->diags, files, 2);
	lop_tree_resolve(tree, &f->diags, NULL);
	return tree;
}

static inline struct lop_tree *merged(struct fixture *f, const char *yaml)
{
	return merge_into(f, "", yaml, NULL);
}

static inline bool has_prop(const struct lop_tree *tree, const char *path, const char *name)
{
	return lop_prop_find(tree, node_at(tree, path), name) != NULL;
}

static inline void assert_cells(const struct lop_tree *tree, const char *path, const char *name,
				size_t n, const uint32_t *cells)
{
	const struct lop_value *value = value_at(tree, path, name);

	assert_int_equal(value->len, n * 4);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(lop_value_cell(value, i), cells[i]);
}

#define CELLS(tree, path, name, ...)                                                  \
	assert_cells((tree), (path), (name), sizeof((uint32_t[]){ __VA_ARGS__ }) / 4, \
		     (uint32_t[]){ __VA_ARGS__ })

static inline void assert_text(const struct lop_tree *tree, const char *path, const char *name,
			       size_t i, const char *text)
{
	const char *s = lop_value_str(value_at(tree, path, name), i);

	assert_non_null(s);
	assert_string_equal(s, text);
}

/* The i-th cell refers to this node. */
static inline void assert_ref(const struct lop_tree *tree, const char *path, const char *name,
			      size_t i, const char *target)
{
	const struct lop_marker *m = lop_value_ref_at(value_at(tree, path, name), (uint32_t)i * 4);

	if (!m || !m->target)
		fail_msg("cell %zu of %s is no reference", i, name);
	assert_ptr_equal(m->target, node_at(tree, target));
	assert_int_equal(cell_at(tree, path, name, i), m->target->phandle);
}

static inline size_t count_reports(const struct fixture *f, enum lop_code code)
{
	size_t n = 0;

	for (const struct lop_diag *d = f->diags.first; d; d = d->next)
		n += d->code == code;
	return n;
}

/* Only this was reported, and once. */
static inline void assert_only(const struct fixture *f, enum lop_code code, const char *words)
{
	assert_reported(f, code, words);
	assert_int_equal(count_reports(f, code), 1);
	assert_null(f->diags.first->next);
}

/* One mistake: this YAML gets exactly this report. */
static inline void refuse(struct fixture *f, const char *yaml, enum lop_code code,
			  const char *words)
{
	merged(f, yaml);
	assert_only(f, code, words);
}

#endif
