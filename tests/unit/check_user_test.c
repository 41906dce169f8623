/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules of users: what each check keeps and breaks, which nodes a selector chooses. */
#include "lopper-c/check/user.h"
#include "tests/unit/check_text.h"

static const char tree_text[] =
	"domains {"
	"a { compatible = \"openamp,domain-v1\"; id = <1>; os,type = \"linux\"; };"
	"b { compatible = \"openamp,domain-v1\", \"acme,b\"; id = <200>; os,type = \"zephyr\";"
	"parent = \"/domains/a\"; };"
	"group { compatible = \"openamp,group-v1\"; id = <1>; os,type = \"plan9\";"
	"parent = \"/domains/ghost\"; }; };"
	"serial@10 { label = \"x\"; };";

/* One rule: `rest` follows its id. Returns how many nodes break it. */
static size_t broken(void **state, const char *rest)
{
	struct fixture *f = *state;
	const char *text =
		lop_arena_printf(&f->arena, "drc:\n  - { id: r, message: m, %s }\n", rest);
	struct lop_user_rule *rules = NULL;
	struct lop_tree *tree;

	f->diags.first = f->diags.last = NULL;
	f->diags.errors = f->diags.warnings = 0;
	tree = parse_root(f, tree_text);
	lop_tree_resolve(tree, &f->diags, NULL);
	lop_user_rules_add(&rules, &f->diags,
			   lop_yaml_parse(&f->arena, &f->diags, "rules.yaml", text, strlen(text)));
	lop_user_rules_run(rules, tree, &f->diags);
	f->n_trees--;
	lop_tree_free(tree);
	return count_reports(f, LOP_RULE_BROKEN);
}

#define DOMAINS "select: '/domains/.*:compatible:openamp,domain-v1'"

static void each_check(void **state)
{
	static const struct {
		const char *rule;
		size_t broken;
	} rows[] = {
		{ DOMAINS ", check: required, params: { properties: [id, 'os,type'] }", 0 },
		{ DOMAINS ", check: required, params: { properties: parent }", 1 },
		{ DOMAINS ", check: forbidden, params: { properties: [reg, parent] }", 1 },
		{ DOMAINS ", check: enum, params: { property: 'os,type', values: [linux] }", 1 },
		{ DOMAINS ", check: enum, params: { property: none, values: [linux] }", 0 },
		{ DOMAINS ", check: range, params: { property: id, max: 99 }", 1 },
		{ DOMAINS ", check: range, params: { property: id, min: 2 }", 1 },
		{ DOMAINS ", check: compatible-contains, params: { token: 'acme,b' }", 1 },
		{ DOMAINS ", check: ref-exists, params: { property: parent }", 0 },
		{ "select: '/domains/.*', check: ref-exists, params: { property: parent }", 1 },
		{ DOMAINS ", check: exclusive-across, collect: 'property:id'", 0 },
		{ "group-by: '/domains/.*', check: exclusive-across, collect: 'property:id'", 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(broken(state, rows[i].rule), rows[i].broken);
}

#define NEVER ", check: required, params: { properties: never }"

static void selectors(void **state)
{
	assert_int_equal(broken(state, "select: '/domains/.'" NEVER), 2);
	assert_int_equal(broken(state, "select: '/domains/.*:os,type:.*n.*'" NEVER), 2);
	assert_int_equal(broken(state, "select: '/domains/.*:id:200'" NEVER), 1);
	assert_int_equal(broken(state, "select: ['/domains/a', '/serial@10:label']" NEVER), 2);
	assert_int_equal(broken(state, "select: '/serial@1\\0'" NEVER), 1);
	assert_int_equal(broken(state, "select: '/nowhere'" NEVER), 0);
	assert_int_equal(broken(state,
				"select: ['/domains/.*', { check: compatible-contains,"
				"params: { token: 'openamp,group-v1' }, negate: true }]" NEVER),
			 2);
}

static void a_warning(void **state)
{
	assert_int_equal(broken(state, "severity: warning, " DOMAINS NEVER), 0);
	assert_int_equal(count_reports(*state, LOP_RULE_WARNS), 2);
}

static void what_is_no_rule_is_left_out(void **state)
{
	static const struct {
		const char *rule;
		enum lop_code code;
	} rows[] = {
		{ DOMAINS ", check: subset-of", LOP_UNSUPPORTED },
		{ "select: '/a+'" NEVER, LOP_UNSUPPORTED },
		{ "check: required, params: { properties: never }", LOP_MISSING_VALUE },
		{ DOMAINS ", check: required", LOP_MISSING_VALUE },
		{ DOMAINS ", check: required, params: { properties: { a: b } }", LOP_YAML_TYPE },
		{ DOMAINS ", check: range, params: { property: id, min: x }", LOP_BAD_NUMBER },
		{ DOMAINS ", severity: fatal" NEVER, LOP_BAD_CHOICE },
		{ DOMAINS ", colour: red" NEVER, LOP_UNKNOWN_KEY },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(broken(state, rows[i].rule), 0);
		assert_int_equal(count_reports(*state, rows[i].code), 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_check),
		TEST(selectors),
		TEST(a_warning),
		TEST(what_is_no_rule_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
