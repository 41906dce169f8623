/* SPDX-License-Identifier: BSD-3-Clause */
/* For tests of check/: a small system in DTS with the domains given, judged by all rules. */
#ifndef TESTS_UNIT_CHECK_TEXT_H
#define TESTS_UNIT_CHECK_TEXT_H

#include "lopper-c/check/check.h"
#include "tests/unit/tree_text.h"

#define SDT(domains)                                                                         \
	"#address-cells = <1>; #size-cells = <1>;"                                           \
	"a: cpus { compatible = \"cpus,cluster\"; #address-cells = <1>; #size-cells = <0>;"  \
	"cpu@0 { device_type = \"cpu\"; reg = <0>; };"                                       \
	"cpu@1 { device_type = \"cpu\"; reg = <1>; }; };"                                    \
	"ddr: memory@80000000 { device_type = \"memory\"; reg = <0x80000000 0x10000000>; };" \
	"reserved-memory { #address-cells = <1>; #size-cells = <1>; ranges;"                 \
	"r0: r@88000000 { reg = <0x88000000 0x10000>; };"                                    \
	"r1: r@88001000 { reg = <0x88001000 0x1000>; }; };"                                  \
	"uart: uart@1000 { reg = <0x1000 0x100>; };"                                         \
	"domains {" domains "};"

#define D(name, props) name ": " name " { compatible = \"openamp,domain-v1\";" props "};"

static inline void check(struct fixture *f, const char *body)
{
	struct lop_tree *tree = parse_root(f, body);

	lop_tree_resolve(tree, &f->diags, NULL);
	lop_tree_number(tree);
	lop_check_all(lop_system_build(tree, &f->diags), &f->diags);
}

/* Both regions, so that one may contain the other. */
#define OWNER D("o", "cpus = <&a 2 1>; reserved-memory = <&r0 &r1>;")

static inline size_t count_reports(const struct fixture *f, enum lop_code code)
{
	size_t n = 0;

	for (const struct lop_diag *d = f->diags.first; d; d = d->next)
		n += d->code == code;
	return n;
}

/* Of this code there is one report, with these words, and there is no other. */
static inline void assert_only(const struct fixture *f, enum lop_code code, const char *words)
{
	assert_reported(f, code, words);
	assert_int_equal(count_reports(f, code), 1);
	if (f->diags.first->next)
		fail_msg("also: %s / %s", f->diags.first->message, f->diags.first->next->message);
}

static inline void assert_labelled(const struct fixture *f, enum lop_code code, const char *text)
{
	const struct lop_diag *d = first_diag(f, code);
	const struct lop_diag_label *l = d ? d->labels : NULL;

	while (l && strcmp(l->text, text) != 0)
		l = l->next;
	if (!l)
		fail_msg("no label says \"%s\"", text);
}

/* Beside what makes the regions of the board nobody's overlap. */
static inline void judge(void **state, const char *domains)
{
	struct fixture *f = *state;
	const char *body = SDT(OWNER "%s");

	check(f, lop_arena_printf(&f->arena, body, domains));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
