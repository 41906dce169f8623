/* SPDX-License-Identifier: BSD-3-Clause */
/* What to do about a file: one help for every error, and never none. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lopper-c/diag/diag.h"

struct row {
	int err;
	const char *words;
};

typedef void helper(struct lop_diag *d, int err);

static void assert_help(helper *help, int err, const char *words)
{
	struct lop_arena arena = { 0 };
	struct lop_sources sources = { .arena = &arena };
	struct lop_diags diags = { .arena = &arena, .sources = &sources };
	const struct lop_span nowhere = { 0 };
	struct lop_diag *d = lop_report(&diags, LOP_IO, nowhere, "m");

	help(d, err);
	assert_non_null(d->helps);
	assert_null(d->helps->next);
	if (!strstr(d->helps->text, words))
		fail_msg("%s: \"%s\" does not say \"%s\"", strerror(-err), d->helps->text, words);
	lop_arena_free(&arena);
}

static void files_that_cannot_be_read(void **state)
{
	static const struct row rows[] = {
		{ -ENOENT, "check the name" },
		{ -ENOTDIR, "must be a folder is a file" },
		{ -ENAMETOOLONG, "shorter" },
		{ -ELOOP, "lead in a circle" },
		{ -ENOMEM, "more memory" },
		{ -EMFILE, "ulimit -n" },
		{ -ENFILE, "ulimit -n" },
		{ -EACCES, "allow reading it" },
		{ -EPERM, "allow reading it" },
		{ -EISDIR, "name a file in this folder" },
		{ -EINVAL, "a pipe or a device" },
		{ -ENXIO, "a pipe or a device" },
		{ -EFBIG, "256 MiB" },
		{ -EIO, "check the disk" },
		{ -ESTALE, "check the disk" },
		{ 0, "check the disk" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_help(lop_diag_help_read, rows[i].err, rows[i].words);
}

static void files_that_cannot_be_written(void **state)
{
	static const struct row rows[] = {
		{ -EACCES, "allow writing there" },
		{ -EROFS, "allow writing there" },
		{ -ENOSPC, "make room" },
		{ -EDQUOT, "make room" },
		{ -EEXIST, "a name of its own" },
		{ -EISDIR, "move away what is there" },
		{ -ENOTDIR, "move away what is there" },
		{ -ENOENT, "make the folder" },
		{ -ELOOP, "remove the link" },
		{ -EPIPE, "the reader of the pipe" },
		{ -ENAMETOOLONG, "shorter" },
		{ -EIO, "check the disk" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_help(lop_diag_help_write, rows[i].err, rows[i].words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_that_cannot_be_read),
		cmocka_unit_test(files_that_cannot_be_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
