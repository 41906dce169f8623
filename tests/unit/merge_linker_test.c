/* SPDX-License-Identifier: BSD-3-Clause */
/* `linker` of a domain file becomes the flat properties that trees have. */
#include "tests/unit/merge_text.h"

#define MORE                                                                              \
	"sram: sram@a0000000 { reg = <0 0xa0000000 0 0x1000>; xlnx,ip-name = \"ocm\"; };" \
	"other@a0010000 { reg = <0 0xa0010000 0 0x1000>; label = \"box\"; };"

static struct lop_tree *linker(void **state, const char *lines)
{
	struct fixture *f = *state;

	return merge_into(f, MORE,
			  lop_arena_printf(&f->arena, "domains:\n  a:\n    linker:\n%s", lines),
			  NULL);
}

static void assert_target(const struct lop_tree *tree, const char *name, size_t cell,
			  const char *path)
{
	const struct lop_value *value = value_at(tree, "/domains/a", name);

	assert_ptr_equal(lop_tree_by_phandle(tree, lop_value_cell(value, cell)),
			 node_at(tree, path));
}

static void sections_are_flat(void **state)
{
	struct lop_tree *t = linker(state, "      linker_file_output_name: x.ld\n"
					   "      entry: go\n"
					   "      user_content: more.ld\n"
					   "      sections:\n"
					   "        vector_table: { region: tcm, offset: 0x10 }\n"
					   "        heap: { region: /axi/tcm@ffe00000 }\n");

	assert_silent(*state);
	assert_text(t, "/domains/a", "linker_file_output_name", 0, "x.ld");
	assert_text(t, "/domains/a", "linker-entry", 0, "go");
	assert_text(t, "/domains/a", "linker-user-content", 0, "more.ld");
	assert_target(t, "linker-section-vector-table", 0, "/axi/tcm@ffe00000");
	assert_target(t, "linker-section-heap", 0, "/axi/tcm@ffe00000");
	CELLS(t, "/domains/a", "linker-section-vector-table-offset", 0x10);
}

static void memories_have_many_names(void **state)
{
	struct lop_tree *t = linker(
		state, "      linker_memories: [ ddr, tcm, vring0, vring0@3ed40000, ocm, box ]\n");
	static const char *const paths[] = { "/memory@0",
					     "/axi/tcm@ffe00000",
					     "/reserved-memory/vring0@3ed40000",
					     "/reserved-memory/vring0@3ed40000",
					     "/sram@a0000000",
					     "/other@a0010000" };

	assert_silent(*state);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_target(t, "linker_memories", i, paths[i]);
}

static void a_memory_that_is_none(void **state)
{
	linker(state, "      sections: { text: { region: tcn } }\n");
	assert_reported(*state, LOP_LINKER_REGION, "section `text` of domain `a` names `tcn`");
}

static void custom_sections(void **state)
{
	struct lop_tree *t = linker(state, "      custom_sections:\n"
					   "        log:\n"
					   "          region: tcm\n"
					   "          input_sections: [ .log, .log.* ]\n"
					   "          alignment: 64\n"
					   "          keep: true\n"
					   "          noload: false\n");

	assert_silent(*state);
	assert_text(t, "/domains/a", "linker-custom-sections", 0, "log");
	assert_target(t, "linker-custom-section-log-region", 0, "/axi/tcm@ffe00000");
	assert_text(t, "/domains/a", "linker-custom-section-log-input-sections", 1, ".log.*");
	CELLS(t, "/domains/a", "linker-custom-section-log-alignment", 64);
	assert_true(has_prop(t, "/domains/a", "linker-custom-section-log-keep"));
	assert_false(has_prop(t, "/domains/a", "linker-custom-section-log-noload"));
}

static void of_another_kind(void **state)
{
	linker(state, "      sections: [ text ]\n");
	assert_reported(*state, LOP_YAML_TYPE, "`sections` of domain `a` wants a mapping");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sections_are_flat, set_up, tear_down),
		cmocka_unit_test_setup_teardown(memories_have_many_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_memory_that_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(custom_sections, set_up, tear_down),
		cmocka_unit_test_setup_teardown(of_another_kind, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
