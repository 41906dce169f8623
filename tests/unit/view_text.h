/* SPDX-License-Identifier: BSD-3-Clause */
/* For tests of view/: a small system in DTS with the domains given, and the view of one of them. */
#ifndef TESTS_UNIT_VIEW_TEXT_H
#define TESTS_UNIT_VIEW_TEXT_H

#include "lopper-c/view/view.h"
#include "tests/unit/tree_text.h"

/* Two clusters, a bus both see, a bus only the second sees, memory, and the domains given. */
#define SDT(devices, domains)                                                                      \
	"#address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;"                      \
	"a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"        \
	"c0: cpu@0 { device_type = \"cpu\"; reg = <0>; };"                                         \
	"c1: cpu@1 { device_type = \"cpu\"; reg = <1>; }; };"                                      \
	"b: cpus-b { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"      \
	"#ranges-address-cells = <1>; #ranges-size-cells = <1>;"                                   \
	"address-map = <0x10000000 &soc 0x10000000 0x8000>, <0x0 &ddr 0x80000000 0x1000000>,"      \
	"<0xe0000000 &private 0xe0000000 0x10000>, <0x40000000 &far 0x20000000 0x1000>;"           \
	"cpu@0 { device_type = \"cpu\"; reg = <0>; }; };"                                          \
	"ddr: memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x10000000>; };"       \
	"private: private { compatible = \"indirect-bus\"; #address-cells = <1>;"                  \
	"#size-cells = <1>; nvic: interrupt-controller@e000e000 { #interrupt-cells = <2>;"         \
	"interrupt-controller; reg = <0xe000e000 0x1000>; }; };"                                   \
	"soc: soc { compatible = \"simple-bus\"; #address-cells = <1>; #size-cells = <1>; ranges;" \
	"gic: interrupt-controller@10000000 { #interrupt-cells = <3>; interrupt-controller;"       \
	"reg = <0x10000000 0x1000>; };"                                                            \
	"clk: clock@10001000 { #clock-cells = <1>; reg = <0x10001000 0x1000>; };"                  \
	"far: far@20000000 { compatible = \"x\"; reg = <0x20000000 0x1000>; };" devices "};"       \
	"domains {" domains "};"

#define DOMAIN(name, cpus, more) \
	name ": " name " { compatible = \"openamp,domain-v1\"; cpus = <" cpus ">;" more "};"

static inline struct lop_view *cut(struct fixture *f, const char *body, const char *name)
{
	struct lop_tree *tree = parse_root(f, body);
	struct lop_system *system;
	struct lop_view *view;

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	system = lop_system_build(tree, &f->diags);
	view = lop_view_build(system, lop_system_domain(system, name), &f->diags);
	keep_tree(f, view->tree);
	return view;
}

/* The view's arena is not the fixture's: what a test looked at goes here. */
static inline void drop(struct fixture *f, struct lop_view *view)
{
	f->n_trees--;
	lop_view_drop_tree(view);
	assert_null(view->tree);
}

static inline bool has(const struct lop_view *view, const char *path)
{
	return lop_tree_by_path(view->tree, path) != NULL;
}

static inline void assert_cells(const struct lop_view *view, const char *path, const char *name,
				const uint32_t *want, size_t n)
{
	const struct lop_value *value = value_at(view->tree, path, name);

	assert_int_equal(lop_value_n_cells(value), n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(lop_value_cell(value, i), want[i]);
}

#define ASSERT_CELLS(view, path, name, ...)                               \
	assert_cells(view, path, name, (const uint32_t[]){ __VA_ARGS__ }, \
		     sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

static inline bool has_prop(const struct lop_view *view, const char *path, const char *name)
{
	return lop_prop_find(view->tree, node_at(view->tree, path), name) != NULL;
}

static inline const char *text_at(const struct lop_view *view, const char *path, const char *name)
{
	const char *text = lop_value_str(value_at(view->tree, path, name), 0);

	if (!text)
		fail_msg("%s of %s is no text", name, path);
	return text;
}

/* The cell of a property refers to this node of the view. */
static inline void assert_leads(const struct lop_view *view, const char *path, const char *name,
				size_t cell, const char *target)
{
	uint32_t phandle = cell_at(view->tree, path, name, cell);

	assert_true(phandle != 0);
	assert_ptr_equal(lop_tree_by_phandle(view->tree, phandle), node_at(view->tree, target));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
