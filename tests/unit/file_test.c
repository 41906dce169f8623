/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading, and the commit of outputs: all or nothing, unchanged files, stale files, hostile lists.
 */
#include "lopper-c/base/file.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	char root[64]; /* an empty folder of its own, the working directory of the test */
	struct lop_arena arena;
	struct lop_outputs outs;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	snprintf(f->root, sizeof(f->root), "/tmp/sdtgen-file-test-XXXXXX");
	if (!f || !mkdtemp(f->root) || chdir(f->root) < 0)
		return -1;
	f->outs.arena = &f->arena;
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	char command[256];

	lop_outputs_free(&f->outs);
	lop_arena_free(&f->arena);
	snprintf(command, sizeof(command), "chmod -R u+w %s; rm -rf %s", f->root, f->root);
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

static void assert_content(const char *path, const char *text)
{
	struct lop_buf buf = { 0 };

	assert_int_equal(lop_file_read(path, &buf), 0);
	assert_string_equal(lop_buf_cstr(&buf), text);
	lop_buf_free(&buf);
}

static bool exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* How many names the working directory holds, those that begin with a dot included. */
static int count_entries(const char *dir)
{
	char command[256];
	FILE *pipe;
	int n = -1;

	snprintf(command, sizeof(command), "ls -A %s | wc -l", dir);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%d", &n), 1);
	pclose(pipe);
	return n;
}

static struct lop_output *add(struct fixture *f, const char *path, const char *text)
{
	struct lop_output *output = lop_outputs_add(&f->outs, path);

	lop_buf_puts(&output->data, text);
	return output;
}

/* Starts the next run in the same folder. */
static void renew(struct fixture *f, const char *dir)
{
	lop_outputs_free(&f->outs);
	memset(&f->outs, 0, sizeof(f->outs));
	f->outs.arena = &f->arena;
	f->outs.dir = dir;
}

static void test_read(void **state)
{
	struct lop_buf buf = { 0 };

	(void)state;
	put("a", "one\n");
	put("empty", "");
	lop_buf_puts(&buf, "0");
	assert_int_equal(lop_file_read("a", &buf), 0);
	assert_int_equal(lop_file_read("empty", &buf), 0);
	assert_string_equal(lop_buf_cstr(&buf), "0one\n");
	lop_buf_free(&buf);
}

static void test_read_refuses(void **state)
{
	struct lop_buf buf = { 0 };

	(void)state;
	lop_buf_puts(&buf, "kept");
	assert_int_equal(lop_file_read("missing", &buf), -ENOENT);
	assert_int_equal(lop_file_read("missing/file", &buf), -ENOENT);
	assert_int_equal(lop_file_read(".", &buf), -EISDIR);
	assert_int_equal(lop_file_read("", &buf), -ENOENT);
	put("a", "");
	assert_int_equal(lop_file_read("a/b", &buf), -ENOTDIR);
	assert_int_equal(truncate("a", (off_t)LOP_FILE_MAX + 1), 0);
	assert_int_equal(lop_file_read("a", &buf), -EFBIG);
	assert_string_equal(lop_buf_cstr(&buf), "kept");
	lop_buf_free(&buf);
}

static void test_commit_makes_folders(void **state)
{
	struct fixture *f = *state;
	struct lop_output *a = add(f, "out/apu/domain.dts", "A");

	add(f, "out/rpu/deep/er/domain.dts", "B");
	add(f, "plain", "");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_true(a->changed);
	assert_content("out/apu/domain.dts", "A");
	assert_content("out/rpu/deep/er/domain.dts", "B");
	assert_content("plain", "");
	assert_int_equal(count_entries("out/apu"), 1); /* no temporary file is left */
	assert_null(f->outs.failed);
	assert_ptr_equal(f->outs.first, a);
	assert_null(a->data.data);
}

static void test_unchanged_files_are_not_touched(void **state)
{
	struct fixture *f = *state;
	struct lop_output *same, *other;
	struct stat before, after;

	put("same", "text");
	put("other", "old!");
	assert_int_equal(chmod("other", 0640), 0);
	assert_int_equal(stat("same", &before), 0);
	same = add(f, "same", "text");
	other = add(f, "other", "new!");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_false(same->changed);
	assert_true(other->changed);
	assert_int_equal(stat("same", &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_content("other", "new!");
	assert_int_equal(stat("other", &after), 0);
	assert_int_equal(after.st_mode & 0777, 0640);
	assert_int_equal(count_entries("."), 2);
}

static void test_dry_run_writes_nothing(void **state)
{
	struct fixture *f = *state;
	struct lop_output *new, *same;

	put("same", "text");
	f->outs.dir = "out";
	new = add(f, "out/new", "x");
	same = add(f, "same", "text");
	assert_int_equal(lop_outputs_commit(&f->outs, true), 0);
	assert_true(new->changed);
	assert_false(same->changed);
	assert_int_equal(count_entries("."), 1);
}

static void test_nothing_is_written_when_one_cannot_be(void **state)
{
	struct fixture *f = *state;

	put("old", "old");
	assert_int_equal(mkdir("zdir", 0777), 0);
	add(f, "new/sub/file", "x");
	add(f, "old", "changed");
	add(f, "zdir", "a folder is in the way");
	assert_int_equal(lop_outputs_commit(&f->outs, false), -EISDIR);
	assert_string_equal(f->outs.failed, "zdir");
	assert_content("old", "old");
	assert_int_equal(count_entries("."), 2);
}

static void test_a_file_where_a_folder_must_be(void **state)
{
	struct fixture *f = *state;

	put("old", "old");
	put("zfile", "");
	add(f, "new/file", "x");
	add(f, "old", "changed");
	add(f, "zfile/sub/file", "x");
	assert_int_equal(lop_outputs_commit(&f->outs, false), -ENOTDIR);
	assert_string_equal(f->outs.failed, "zfile/sub/file");
	assert_content("old", "old");
	assert_int_equal(count_entries("."), 2);
}

static void test_a_name_that_is_too_long(void **state)
{
	struct fixture *f = *state;
	char name[300];

	put("a", "old a");
	memset(name, 'z', 256);
	name[256] = '\0';
	add(f, "a", "new a");
	add(f, "c/d/e", "new");
	add(f, name, "x");
	assert_int_equal(lop_outputs_commit(&f->outs, false), -ENAMETOOLONG);
	assert_content("a", "old a");
	assert_int_equal(count_entries("."), 1);
}

/* All temporary files are complete; then "b" turns out to be the folder that "b/c" needed. */
static void test_a_late_failure_restores_the_old_files(void **state)
{
	struct fixture *f = *state;
	struct stat before, after;

	put("a", "old a");
	assert_int_equal(stat("a", &before), 0);
	add(f, "a", "new a");
	add(f, "aa", "new");
	add(f, "b", "new");
	add(f, "b/c", "new");
	assert_int_equal(lop_outputs_commit(&f->outs, false), -EISDIR);
	assert_string_equal(f->outs.failed, "b");
	assert_content("a", "old a");
	assert_int_equal(stat("a", &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(count_entries("."), 1);
}

/* Streams come last: they cannot be taken back, but everything else can. */
static void test_a_failing_stream_undoes_the_renames(void **state)
{
	struct fixture *f = *state;

	put("a", "old a");
	add(f, "a", "new a");
	add(f, "b/c", "new");
	add(f, "/dev/full", "no space left")->named = true;
	assert_int_equal(lop_outputs_commit(&f->outs, false), -ENOSPC);
	assert_string_equal(f->outs.failed, "/dev/full");
	assert_content("a", "old a");
	assert_int_equal(count_entries("."), 1);
}

static void test_devices_are_written_not_replaced(void **state)
{
	struct fixture *f = *state;
	struct stat st;

	add(f, "/dev/null", "x")->named = true;
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
}

/* As every compiler does: /dev/stdout is a link, often to a file. */
static void test_a_named_link_is_written_through(void **state)
{
	struct fixture *f = *state;
	struct stat st;

	put("real", "something longer");
	assert_int_equal(symlink("real", "link"), 0);
	assert_int_equal(symlink("new", "dangling"), 0);
	add(f, "link", "1")->named = true;
	add(f, "dangling", "2")->named = true;
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_content("real", "1");
	assert_content("new", "2");
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(count_entries("."), 4);
}

static void test_one_path_twice(void **state)
{
	struct fixture *f = *state;

	add(f, "a", "1");
	add(f, "b", "2");
	add(f, "a", "3");
	assert_int_equal(lop_outputs_commit(&f->outs, false), -EEXIST);
	assert_string_equal(f->outs.failed, "a");
	assert_int_equal(count_entries("."), 0);
}

static void test_manifest_removes_what_is_produced_no_longer(void **state)
{
	struct fixture *f = *state;

	renew(f, "out");
	add(f, "out/system.dts", "s");
	add(f, "out/rpu/domain.dts", "r");
	add(f, "out/apu/domain.dts", "a");
	add(f, "elsewhere", "e");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_content("out/.sdtgen-manifest", "apu/domain.dts\nrpu/domain.dts\nsystem.dts\n");
	put("out/apu/mine", "not generated");

	renew(f, "out/");
	add(f, "out/system.dts", "s");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_content("out/.sdtgen-manifest", "system.dts\n");
	assert_false(exists("out/rpu"));
	assert_false(exists("out/apu/domain.dts"));
	assert_content("out/apu/mine", "not generated");
	assert_content("elsewhere", "e");
	assert_int_equal(count_entries("out"), 3);
}

static void test_manifest_survives_a_failed_run(void **state)
{
	struct fixture *f = *state;

	renew(f, "out");
	add(f, "out/a", "1");
	add(f, "out/b", "2");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	renew(f, "out");
	add(f, "out/c", "3");
	add(f, "/dev/full", "no space left")->named = true;
	assert_int_equal(lop_outputs_commit(&f->outs, false), -ENOSPC);
	assert_content("out/.sdtgen-manifest", "a\nb\n");
	assert_content("out/a", "1");
	assert_content("out/b", "2");
	assert_int_equal(count_entries("out"), 3);
}

static void test_hostile_manifest(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkdir("out", 0777), 0);
	assert_int_equal(mkdir("out/real", 0777), 0);
	assert_int_equal(mkdir("away", 0777), 0);
	put("victim", "v");
	put("away/victim", "v");
	put("out/kept", "k");
	put("out/gone", "g");
	assert_int_equal(symlink("../away", "out/link"), 0);
	assert_int_equal(symlink("../victim", "out/symlink"), 0);
	put("out/.sdtgen-manifest", "\n"
				    "../victim\n"
				    "./kept\n"
				    "/etc/hostname\n"
				    "gone\n"
				    "gone\n"
				    "link/victim\n"
				    "missing\n"
				    "missing/too\n"
				    "real\n"
				    "real/../kept\n"
				    "real//kept\n"
				    "symlink\n"
				    "kept");
	renew(f, "out");
	add(f, "out/new", "n");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_false(exists("out/gone"));
	assert_content("victim", "v");
	assert_content("away/victim", "v");
	assert_content("out/kept", "k");
	assert_true(exists("out/symlink"));
	assert_true(exists("out/real"));
	assert_content("out/.sdtgen-manifest", "new\n");
}

static void test_a_produced_file_is_never_stale(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkdir("out", 0777), 0);
	put("out/a", "1");
	put("out/.sdtgen-manifest", ".sdtgen-manifest\na\n");
	renew(f, "out");
	add(f, "out/a", "1");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_content("out/a", "1");
	assert_content("out/.sdtgen-manifest", "a\n");
}

static void test_dir_must_lead_to_a_folder(void **state)
{
	struct fixture *f = *state;

	put("file", "");
	assert_int_equal(symlink("file", "to-file"), 0);
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	assert_int_equal(symlink("circle", "circle"), 0);
	renew(f, "file");
	add(f, "file/a", "1");
	assert_int_equal(lop_outputs_commit(&f->outs, false), -ENOTDIR);
	renew(f, "to-file/");
	add(f, "to-file/a", "1");
	assert_int_equal(lop_outputs_commit(&f->outs, false), -ENOTDIR);
	assert_string_equal(f->outs.failed, "to-file/");
	renew(f, "dangling");
	add(f, "dangling/a", "1");
	assert_int_equal(lop_outputs_commit(&f->outs, false), -ENOENT);
	assert_string_equal(f->outs.why, "a symbolic link that leads nowhere");
	renew(f, "circle");
	add(f, "circle/a", "1");
	assert_int_equal(lop_outputs_commit(&f->outs, false), -ELOOP);
	assert_int_equal(count_entries("."), 4);
}

static void test_dir_may_be_a_link_to_a_folder(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkdir("real", 0777), 0);
	assert_int_equal(symlink("real", "link"), 0);
	renew(f, "link/");
	add(f, "link//a", "1");
	add(f, "link//b/c", "1");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_content("real/b/c", "1");
	renew(f, "link");
	add(f, "link/a", "2");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_content("real/a", "2");
	assert_false(exists("real/b"));
}

static void refuse(struct fixture *f, const char *path, int err, const char *failed)
{
	renew(f, "out");
	add(f, "out/a", "new");
	add(f, path, "new");
	assert_int_equal(lop_outputs_commit(&f->outs, false), err);
	assert_string_equal(f->outs.failed, failed);
	assert_non_null(f->outs.why);
	assert_content("out/a", "old");
	renew(f, "out");
	add(f, path, "new");
	assert_int_equal(lop_outputs_commit(&f->outs, true), err);
}

/* Nothing is followed or waited for, and nothing has been written by then. */
static void test_what_is_no_file_below_dir(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkdir("out", 0777), 0);
	assert_int_equal(mkdir("out/folder", 0777), 0);
	assert_int_equal(mkdir("victim", 0777), 0);
	put("victim/file", "old");
	put("out/a", "old");
	assert_int_equal(mkfifo("out/fifo", 0666), 0);
	assert_int_equal(symlink("../victim/file", "out/to-file"), 0);
	assert_int_equal(symlink("nowhere", "out/dangling"), 0);
	assert_int_equal(symlink("../victim", "out/to-folder"), 0);
	assert_int_equal(symlink("/dev/null", "out/to-device"), 0);
	refuse(f, "out/fifo", -EEXIST, "out/fifo");
	refuse(f, "out/folder", -EISDIR, "out/folder");
	refuse(f, "out/to-file", -ELOOP, "out/to-file");
	refuse(f, "out/dangling", -ELOOP, "out/dangling");
	refuse(f, "out/to-device", -ELOOP, "out/to-device");
	refuse(f, "out/to-folder/file", -ELOOP, "out/to-folder");
	refuse(f, "out/to-folder/new", -ELOOP, "out/to-folder");
	refuse(f, "out//to-folder//deep/new", -ELOOP, "out//to-folder");
	refuse(f, "out/dangling/x", -ELOOP, "out/dangling");
	refuse(f, "out/fifo/x", -ENOTDIR, "out/fifo");
	refuse(f, "/dev/null", -EEXIST, "/dev/null");
	assert_content("victim/file", "old");
	assert_int_equal(count_entries("victim"), 1);
	assert_int_equal(count_entries("out"), 7);
	assert_int_equal(symlink("../victim/file", "out/.sdtgen-manifest"), 0);
	refuse(f, "out/b", -ELOOP, "out/.sdtgen-manifest");
	assert_content("victim/file", "old");
}

static void test_stale_files_are_told(void **state)
{
	struct fixture *f = *state;

	renew(f, "out");
	add(f, "out/a", "1");
	add(f, "out/b/c", "1");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_int_equal(f->outs.n_stale, 0);
	for (int dry_run = 1; dry_run >= 0; dry_run--) {
		renew(f, "out");
		add(f, "out/a", "1");
		assert_int_equal(lop_outputs_commit(&f->outs, dry_run), 0);
		assert_int_equal(f->outs.n_stale, 1);
		assert_string_equal(f->outs.stale[0], "out/b/c");
		assert_int_equal(exists("out/b/c"), dry_run);
	}
}

static void test_a_link_is_replaced_not_followed(void **state)
{
	struct fixture *f = *state;
	struct stat st;

	put("target", "t");
	assert_int_equal(symlink("target", "out.dts"), 0);
	add(f, "out.dts", "new");
	assert_int_equal(lop_outputs_commit(&f->outs, false), 0);
	assert_int_equal(lstat("out.dts", &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_content("target", "t");
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FILE_TEST(test_read),
		FILE_TEST(test_read_refuses),
		FILE_TEST(test_commit_makes_folders),
		FILE_TEST(test_unchanged_files_are_not_touched),
		FILE_TEST(test_dry_run_writes_nothing),
		FILE_TEST(test_nothing_is_written_when_one_cannot_be),
		FILE_TEST(test_a_file_where_a_folder_must_be),
		FILE_TEST(test_a_name_that_is_too_long),
		FILE_TEST(test_a_late_failure_restores_the_old_files),
		FILE_TEST(test_a_failing_stream_undoes_the_renames),
		FILE_TEST(test_devices_are_written_not_replaced),
		FILE_TEST(test_a_named_link_is_written_through),
		FILE_TEST(test_one_path_twice),
		FILE_TEST(test_manifest_removes_what_is_produced_no_longer),
		FILE_TEST(test_manifest_survives_a_failed_run),
		FILE_TEST(test_hostile_manifest),
		FILE_TEST(test_a_produced_file_is_never_stale),
		FILE_TEST(test_dir_must_lead_to_a_folder),
		FILE_TEST(test_dir_may_be_a_link_to_a_folder),
		FILE_TEST(test_what_is_no_file_below_dir),
		FILE_TEST(test_stale_files_are_told),
		FILE_TEST(test_a_link_is_replaced_not_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
