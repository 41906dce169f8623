/* SPDX-License-Identifier: BSD-3-Clause */
/* YAML into values: kinds, spans, limits, and what is refused. Merge keys have a test of their own.
 */
#include "lopper-c/yaml/yaml.h"

#include "tests/unit/merge_text.h"

static struct lop_yaml *read_text(struct fixture *f, const char *text)
{
	return read_yaml(f, "test.yaml", text);
}

static struct lop_place place_of(struct fixture *f, struct lop_span span)
{
	return lop_sources_resolve(&f->sources, span);
}

static void kinds_are_told_apart(void **state)
{
	struct fixture *f = *state;
	struct lop_yaml *map = read_text(f, "a: text\nb: [1, 2, 3]\nc: {x: y}\nd:\ne: ~\nf: ''\n");

	assert_silent(f);
	assert_int_equal(map->kind, LOP_YAML_MAP);
	assert_int_equal(map->count, 6);
	assert_string_equal(lop_yaml_get(map, "a")->text, "text");
	assert_int_equal(lop_yaml_get(map, "b")->kind, LOP_YAML_LIST);
	assert_int_equal(lop_yaml_get(map, "b")->count, 3);
	assert_string_equal(lop_yaml_get(lop_yaml_get(map, "c"), "x")->text, "y");
	assert_int_equal(lop_yaml_get(map, "d")->kind, LOP_YAML_NULL);
	assert_int_equal(lop_yaml_get(map, "e")->kind, LOP_YAML_NULL);
	assert_int_equal(lop_yaml_get(map, "f")->kind, LOP_YAML_SCALAR);
	assert_null(lop_yaml_get(map, "g"));
	assert_null(lop_yaml_get(lop_yaml_get(map, "a"), "x"));
}

static void empty_files_are_empty_maps(void **state)
{
	static const char *const texts[] = { "", "# only a comment\n", "---\n", "---\n...\n", "~" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct lop_yaml *map = read_text(f, texts[i]);

		assert_non_null(map);
		assert_int_equal(map->kind, LOP_YAML_MAP);
		assert_int_equal(map->count, 0);
	}
	assert_silent(f);
}

static void spans_are_bytes(void **state)
{
	struct fixture *f = *state;
	struct lop_yaml *map = read_text(
		f, "# grüße aus Köln ∞\nä: x\n\xc3\xb6\xe2\x88\x9e: 'ß' # z\nkey: last\n");
	struct lop_place place = place_of(f, lop_yaml_get(map, "key")->span);

	assert_int_equal(place.line, 4);
	assert_int_equal(place.column, 6);
	assert_int_equal(place.end_column, 10);
	place = place_of(f, map->first->next->span);
	assert_int_equal(place.line, 3);
	assert_int_equal(place.column, 8);
	assert_int_equal(map->first->next->span.len, 4);
}

static void a_byte_order_mark_and_crlf_are_fine(void **state)
{
	struct fixture *f = *state;
	struct lop_yaml *map = read_text(f, "\xef\xbb\xbf"
					    "a: 1\r\nb: two\r\n");
	struct lop_place place = place_of(f, lop_yaml_get(map, "b")->span);

	assert_silent(f);
	assert_string_equal(lop_yaml_get(map, "b")->text, "two");
	assert_int_equal(place.line, 2);
	assert_int_equal(place.column, 4);
	assert_int_equal(place.end_column, 7);
}

static void a_map_shows_its_first_line(void **state)
{
	struct fixture *f = *state;
	struct lop_yaml *map = read_text(f, "list:\n  - dev: a   # why\n    flags: 0\n");
	const struct lop_yaml *item = lop_yaml_get(map, "list")->first;

	assert_int_equal(item->span.len, strlen("dev: a"));
	assert_int_equal(place_of(f, item->span).line, 2);
	assert_int_equal(place_of(f, map->first->key_span).column, 1);
}

static void quotes_keep_text(void **state)
{
	struct lop_yaml *map = read_text(*state, "a: '0x1'\nb: 0x1\nc: |\n  true\nd: !!str 5\n");

	assert_true(lop_yaml_get(map, "a")->quoted);
	assert_false(lop_yaml_get(map, "b")->quoted);
	assert_true(lop_yaml_get(map, "c")->quoted);
	assert_true(lop_yaml_get(map, "d")->quoted);
}

static void numbers_in_every_spelling(void **state)
{
	static const struct {
		const char *text;
		uint64_t number;
	} rows[] = {
		{ "7", 7 },	      { "0x1F", 31 },	       { "'0x1c000000'", 0x1c000000 },
		{ "64K", 65536 },     { "2MiB", 2 << 20 },     { "8 KB", 8192 },
		{ "6G", 6ull << 30 }, { "'512M'", 512 << 20 }, { "0x50000000000", 0x50000000000 },
		{ "010", 10 },
	};
	struct fixture *f = *state;
	uint64_t number;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct lop_yaml *map =
			read_text(f, lop_arena_printf(&f->arena, "v: %s\n", rows[i].text));

		assert_true(lop_yaml_number(map->first, &number));
		assert_int_equal(number, rows[i].number);
	}
}

static void what_is_no_number(void **state)
{
	static const char *const texts[] = { "ff", "0x",  "1.5",  "-1", "[1]",
					     "~",  "64Q", "0x1G", "''", "18446744073709551616" };
	struct fixture *f = *state;
	uint64_t number;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(lop_yaml_number(
			read_text(f, lop_arena_printf(&f->arena, "v: %s\n", texts[i]))->first,
			&number));
	assert_false(lop_yaml_number(NULL, &number));
}

static void truth_values(void **state)
{
	struct lop_yaml *map = read_text(*state, "[true, Yes, on, 1, FALSE, no, off, 0]");
	const struct lop_yaml *v = map->first;
	bool on;

	for (size_t i = 0; i < 8; i++, v = v->next) {
		assert_true(lop_yaml_bool(v, &on));
		assert_int_equal(on, i < 4);
	}
	map = read_text(*state, "['true', maybe, 2, [], ~]");
	for (v = map->first; v; v = v->next)
		assert_false(lop_yaml_bool(v, &on));
}

static void aliases_share(void **state)
{
	struct fixture *f = *state;
	struct lop_yaml *map = read_text(f, "a: &x {k: [1, 2]}\nb: *x\nc: [*x, *x]\n");

	assert_silent(f);
	assert_string_equal(lop_yaml_get(map, "b")->anchor, "x");
	assert_ptr_equal(lop_yaml_get(map, "a")->first, lop_yaml_get(map, "b")->first);
	assert_ptr_not_equal(lop_yaml_get(map, "a"), lop_yaml_get(map, "b"));
	assert_int_equal(lop_yaml_get(map, "c")->count, 2);
}

static void an_alias_may_be_a_key(void **state)
{
	struct lop_yaml *map = read_text(*state, "a: &name serial\n*name : 5\n");

	assert_string_equal(lop_yaml_get(map, "serial")->text, "5");
}

static void syntax_errors_show_the_place(void **state)
{
	struct fixture *f = *state;

	assert_null(read_text(f, "a:\n  b: [1, 2\nc: 3\n"));
	assert_reported(f, LOP_YAML_SYNTAX, "expected");
	assert_int_equal(place_of(f, f->diags.first->labels->span).line, 3);
}

static void tabs_are_named(void **state)
{
	assert_null(read_text(*state, "a:\n\t- b\n"));
	assert_reported(*state, LOP_YAML_SYNTAX, "tab");
	assert_helped(*state, LOP_YAML_SYNTAX, "spaces");
}

static void syntax_errors_say_the_fix(void **state)
{
	static const struct {
		const char *text, *help;
	} rows[] = {
		{ "a:\n  b: [1, 2\nc: 3\n", "write `]` to close the `[` of line 2" },
		{ "a: { b: 1 ]\n", "write `}` before this `]`" },
		{ "a: [ b c: d: e ]\n", "write `,` before" },
		{ "a: {\n", "close the bracket" },
		{ "a:\n  b:\n    c: 1\n   d: 2\n", "by 4 spaces" },
		{ "a:\n  b:\n    c: 1\n   d: 2\n", "or by 2" },
		{ "a:\n   b: 1\n    c: 2\n", "by 3 spaces" },
		{ "a:\n  - b: 1\n - b: 2\n", "by 2 spaces" },
		{ "a: 1\n- b\n", "below a key" },
		{ "a: b: c\n", "put the value in quotes" },
		{ "a:\n  my-id 1\n  b: 2\n", "write `my-id: ` in line 2" },
		{ "a:\n  id:1\n\n  # so\n  b: 2\n", "write `id: ` in line 2" },
		{ "a:\n  b: 1\n  ccc\n", "write `ccc: `" },
		{ "a: 'it's'\n", "write `''`" },
		{ "a: \"b\" c\n", "behind the value" },
		{ "a: 1\nb: \"c\n", "write `\"` where the text that begins in line 2" },
		{ "a: *\n", "in quotes" },
		{ "a: @b\n", "in quotes" },
		{ "a: - b\n", "new line for `- `" },
		{ "a: \"\\q\"\n", "single quotes" },
		{ "%NO\n---\na: 1\n", "begins with `%`" },
		{ " a: 1\nb: 2\n", "same column" },
		{ "a: \"\001\"\n", "\\xNN" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		f->diags.first = f->diags.last = NULL;
		assert_null(read_text(f, rows[i].text));
		assert_helped(f, LOP_YAML_SYNTAX, rows[i].help);
	}
}

static void other_encodings_are_refused(void **state)
{
	struct fixture *f = *state;

	assert_null(lop_yaml_parse(&f->arena, &f->diags, "x",
				   "\xff\xfe"
				   "a\0:\0 \0b\0",
				   10));
	assert_reported(f, LOP_YAML_SYNTAX, "UTF-8");
}

static void duplicates_are_reported_with_both_places(void **state)
{
	struct fixture *f = *state;
	struct lop_yaml *map = read_text(f, "a: 1\nb: 2\na: 3\n");
	const struct lop_diag *d = first_diag(f, LOP_YAML_DUPLICATE);

	assert_non_null(d);
	assert_int_equal(place_of(f, d->labels->span).line, 3);
	assert_int_equal(place_of(f, d->labels->next->span).line, 1);
	assert_string_equal(lop_yaml_get(map, "a")->text, "1");
}

static void strange_keys_are_refused(void **state)
{
	struct fixture *f = *state;

	read_text(f, "? [a, b]\n: 1\nok: 2\n");
	assert_only(f, LOP_YAML_TYPE, "plain text");
	read_text(f, "'': 1\n");
	assert_int_equal(count_reports(f, LOP_YAML_TYPE), 2);
}

static void a_second_document_is_refused(void **state)
{
	assert_non_null(read_text(*state, "---\na: 1\n---\nb: 2\n"));
	assert_only(*state, LOP_UNSUPPORTED, "second document");
}

static void foreign_tags_are_refused(void **state)
{
	read_text(*state, "a: !mine 5\nb: !!set {x}\nc: !!int 4\nd: !!map {}\n");
	assert_int_equal(count_reports(*state, LOP_UNSUPPORTED), 2);
}

static void a_nul_in_a_string_is_refused(void **state)
{
	read_text(*state, "a: \"x\\0y\"\n");
	assert_only(*state, LOP_UNSUPPORTED, "NUL");
}

static void unknown_aliases_are_reported(void **state)
{
	read_text(*state, "anchor: &serial 1\nb: *seriel\n");
	assert_only(*state, LOP_YAML_MERGE, "seriel");
	assert_helped(*state, LOP_YAML_MERGE, "*serial");
}

static void circles_are_refused(void **state)
{
	assert_non_null(read_text(*state, "a: &a\n  b: [*a]\n"));
	assert_only(*state, LOP_YAML_MERGE, "inside");
}

static char *repeat(struct fixture *f, char c, size_t n)
{
	char *text = lop_arena_alloc(&f->arena, n + 1);

	memset(text, c, n);
	text[n] = '\0';
	return text;
}

static void depth_is_bounded(void **state)
{
	struct fixture *f = *state;

	assert_non_null(read_text(
		f, lop_arena_printf(&f->arena, "%s%s", repeat(f, '[', 65), repeat(f, ']', 65))));
	assert_silent(f);
	assert_null(read_text(f, repeat(f, '[', 10000)));
	assert_only(f, LOP_LIMIT, "64 levels");
}

static void aliases_count_into_the_depth(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };

	lop_buf_puts(&text, "a0: &a0 [x]\n");
	for (int i = 1; i < 100; i++)
		lop_buf_printf(&text, "a%d: &a%d [*a%d]\n", i, i, i - 1);
	assert_null(read_text(f, lop_buf_cstr(&text)));
	assert_only(f, LOP_LIMIT, "levels");
	lop_buf_free(&text);
}

static void alias_bombs_are_counted(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };

	lop_buf_puts(&text, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
	for (int i = 1; i < 20; i++) {
		lop_buf_printf(&text, "a%d: &a%d [", i, i);
		for (int k = 0; k < 10; k++)
			lop_buf_printf(&text, "*a%d,", i - 1);
		lop_buf_puts(&text, "]\n");
	}
	assert_null(read_text(f, lop_buf_cstr(&text)));
	assert_only(f, LOP_LIMIT, "1000000");
	lop_buf_free(&text);
}

static void a_missing_file_is_reported(void **state)
{
	struct fixture *f = *state;

	assert_null(lop_yaml_read(&f->arena, &f->diags, "no/such/file.yaml"));
	assert_only(f, LOP_IO, "no/such/file.yaml");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(kinds_are_told_apart),
		T(empty_files_are_empty_maps),
		T(spans_are_bytes),
		T(a_byte_order_mark_and_crlf_are_fine),
		T(a_map_shows_its_first_line),
		T(quotes_keep_text),
		T(numbers_in_every_spelling),
		T(what_is_no_number),
		T(truth_values),
		T(aliases_share),
		T(an_alias_may_be_a_key),
		T(syntax_errors_show_the_place),
		T(tabs_are_named),
		T(syntax_errors_say_the_fix),
		T(other_encodings_are_refused),
		T(duplicates_are_reported_with_both_places),
		T(strange_keys_are_refused),
		T(a_second_document_is_refused),
		T(foreign_tags_are_refused),
		T(a_nul_in_a_string_is_refused),
		T(unknown_aliases_are_reported),
		T(circles_are_refused),
		T(depth_is_bounded),
		T(aliases_count_into_the_depth),
		T(alias_bombs_are_counted),
		T(a_missing_file_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
