/* SPDX-License-Identifier: BSD-3-Clause */
/* The manifest by itself, and commits that fail at every place in the list: as it was before. */
#include "lopper-c/base/manifest.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lopper-c/base/file.h"

#define N 5

struct fixture {
	char root[64];
	struct lop_arena arena;
	struct lop_manifest manifest;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	snprintf(f->root, sizeof(f->root), "/tmp/sdtgen-manifest-test-XXXXXX");
	if (!mkdtemp(f->root) || chdir(f->root) < 0 || mkdir("out", 0777) < 0)
		return -1;
	f->manifest = (struct lop_manifest){ .arena = &f->arena, .dir = "out" };
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	char command[128];

	lop_manifest_free(&f->manifest);
	lop_arena_free(&f->arena);
	snprintf(command, sizeof(command), "rm -rf %s", f->root);
	if (chdir("/") < 0 || system(command) != 0)
		return -1;
	free(f);
	return 0;
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static bool is_content(const char *path, const char *text)
{
	struct lop_buf buf = { 0 };
	bool same = lop_file_read(path, &buf) == 0 && strcmp(lop_buf_cstr(&buf), text) == 0;

	lop_buf_free(&buf);
	return same;
}

static size_t count_stale(struct fixture *f, const char *text)
{
	const char **paths;

	put("out/" LOP_MANIFEST, text);
	return lop_manifest_stale(&f->manifest, &paths);
}

static void names_are_relative_and_sorted(void **state)
{
	struct fixture *f = *state;
	struct lop_buf text = { 0 };

	lop_manifest_add(&f->manifest, "out/z");
	lop_manifest_add(&f->manifest, "out//b/c");
	lop_manifest_add(&f->manifest, "out/b/a");
	lop_manifest_sort(&f->manifest);
	lop_manifest_print(&f->manifest, &text);
	assert_string_equal(lop_buf_cstr(&text), "b/a\nb/c\nz\n");
	lop_buf_free(&text);
}

static void what_is_not_below_is_none_of_its_business(void **state)
{
	struct fixture *f = *state;
	static const char *const paths[] = { "outer/a", "out", "ou", "-", "/out/a", "a" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		lop_manifest_add(&f->manifest, paths[i]);
	assert_int_equal(f->manifest.count, 0);
	lop_manifest_sort(&f->manifest);
}

static void many_names(void **state)
{
	struct fixture *f = *state;
	const char **paths;

	for (int i = 0; i < 1000; i++)
		lop_manifest_add(&f->manifest, lop_arena_printf(&f->arena, "out/%d", 999 - i));
	lop_manifest_sort(&f->manifest);
	assert_int_equal(f->manifest.count, 1000);
	assert_string_equal(f->manifest.names[0], "0");
	assert_string_equal(f->manifest.names[999], "999");
	assert_int_equal(lop_manifest_stale(&f->manifest, &paths), 0);
	assert_null(paths);
}

static void what_is_produced_no_longer(void **state)
{
	struct fixture *f = *state;
	const char **paths;

	put("out/a", "");
	put("out/b", "");
	put("out/c", "");
	lop_manifest_add(&f->manifest, "out/b");
	lop_manifest_sort(&f->manifest);
	assert_int_equal(count_stale(f, "a\nb\nc\n"), 2);
	assert_int_equal(lop_manifest_stale(&f->manifest, &paths), 2);
	assert_string_equal(paths[0], "out/a");
	assert_string_equal(paths[1], "out/c");
}

static void lists_that_are_not_ours(void **state)
{
	struct fixture *f = *state;

	put("out/a", "");
	put("out/b", "");
	assert_int_equal(count_stale(f, ""), 0);
	assert_int_equal(count_stale(f, "a"), 0);      /* no newline: torn */
	assert_int_equal(count_stale(f, "b\na\n"), 1); /* not in order */
	assert_int_equal(count_stale(f, "a\na\n"), 1);
	assert_int_equal(count_stale(f, "a/\n/a\n./a\nb/..\n..\n.\n"), 0);
	assert_int_equal(count_stale(f, LOP_MANIFEST "\n"), 0);
	assert_int_equal(count_stale(f, "a\r\n"), 0);
	unlink("out/" LOP_MANIFEST);
	assert_int_equal(mkdir("out/" LOP_MANIFEST, 0777), 0);
	assert_int_equal(lop_manifest_stale(&f->manifest, &(const char **){ NULL }), 0);
}

static void a_nul_byte_ends_the_list(void **state)
{
	struct fixture *f = *state;
	const char **paths;
	FILE *file = fopen("out/" LOP_MANIFEST, "w");

	put("out/a", "");
	put("out/b", "");
	assert_int_equal(fwrite("a\n\0b\n", 1, 5, file), 5);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(lop_manifest_stale(&f->manifest, &paths), 1);
	assert_string_equal(paths[0], "out/a");
}

/* --- failures in the middle --- */

static void commit_of(struct fixture *f, struct lop_outputs *outs, size_t big, char letter)
{
	*outs = (struct lop_outputs){ .arena = &f->arena, .dir = "out" };
	for (size_t i = 0; i < N; i++) {
		struct lop_output *o = lop_outputs_add(
			outs, lop_arena_printf(&f->arena, "out/%c/%zu", (int)('a' + i % 2), i));

		lop_buf_fill(&o->data, letter, i == big ? 8192 : 4);
	}
}

static int count_files(void)
{
	FILE *pipe = popen("find out | wc -l", "r");
	int n = -1;

	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%d", &n), 1);
	pclose(pipe);
	return n;
}

static void limit_files(rlim_t size)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = size < limit.rlim_max ? size : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* The k-th file is larger than a file may be: whatever k is, nothing has changed. */
static void assert_all_or_none(struct fixture *f, size_t k, int files_before)
{
	struct lop_outputs outs;
	char path[32];
	int err;

	commit_of(f, &outs, k, 'n');
	limit_files(4096);
	err = lop_outputs_commit(&outs, false);
	limit_files(RLIM_INFINITY);
	assert_int_equal(err, -EFBIG);
	snprintf(path, sizeof(path), "out/%c/%zu", (int)('a' + k % 2), k);
	assert_string_equal(outs.failed, path);
	assert_non_null(outs.why);
	assert_int_equal(count_files(), files_before);
	lop_outputs_free(&outs);
}

static void a_file_that_cannot_grow_leaves_nothing_behind(void **state)
{
	struct fixture *f = *state;

	signal(SIGXFSZ, SIG_IGN);
	for (size_t k = 0; k < N; k++)
		assert_all_or_none(f, k, 1);
}

static void and_the_old_files_as_they_were(void **state)
{
	struct fixture *f = *state;
	struct lop_outputs outs;
	int files;

	signal(SIGXFSZ, SIG_IGN);
	commit_of(f, &outs, N, 'o');
	assert_int_equal(lop_outputs_commit(&outs, false), 0);
	lop_outputs_free(&outs);
	files = count_files();
	for (size_t k = 0; k < N; k++) {
		assert_all_or_none(f, k, files);
		assert_true(is_content("out/a/0", "oooo"));
		assert_true(is_content("out/b/3", "oooo"));
		assert_true(is_content("out/" LOP_MANIFEST, "a/0\na/2\na/4\nb/1\nb/3\n"));
	}
}

static void a_second_commit_touches_nothing(void **state)
{
	struct fixture *f = *state;
	struct lop_outputs outs;
	struct stat before, after;

	commit_of(f, &outs, N, 'o');
	assert_int_equal(lop_outputs_commit(&outs, false), 0);
	lop_outputs_free(&outs);
	assert_int_equal(stat("out/a/0", &before), 0);
	commit_of(f, &outs, 1, 'o');
	assert_int_equal(lop_outputs_commit(&outs, false), 0);
	assert_int_equal(stat("out/a/0", &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	for (const struct lop_output *o = outs.first; o; o = o->next)
		assert_int_equal(o->changed, strcmp(o->path, "out/b/1") == 0);
	lop_outputs_free(&outs);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(names_are_relative_and_sorted),
		TEST(what_is_not_below_is_none_of_its_business),
		TEST(many_names),
		TEST(what_is_produced_no_longer),
		TEST(lists_that_are_not_ours),
		TEST(a_nul_byte_ends_the_list),
		TEST(a_file_that_cannot_grow_leaves_nothing_behind),
		TEST(and_the_old_files_as_they_were),
		TEST(a_second_commit_touches_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
