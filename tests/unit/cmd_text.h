/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For tests of cmd/: a command line run in this process, in an empty folder of its own, with what
 * it said on standard output and standard error. Knows no subcommand.
 */
#ifndef TESTS_UNIT_CMD_TEXT_H
#define TESTS_UNIT_CMD_TEXT_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/run.h"

struct command {
	char root[64]; /* the working directory of the test */
	int saved[2];  /* the real standard output and error while a command runs */
	struct lop_run run;
	struct lop_buf out, err;
	int code;
};

static inline int set_up_command(void **state)
{
	struct command *c = calloc(1, sizeof(*c));

	snprintf(c->root, sizeof(c->root), "/tmp/sdtgen-cmd-test-XXXXXX");
	if (!mkdtemp(c->root) || chdir(c->root) < 0)
		return -1;
	*state = c;
	return 0;
}

static inline int tear_down_command(void **state)
{
	struct command *c = *state;
	char command[128];

	lop_buf_free(&c->out);
	lop_buf_free(&c->err);
	snprintf(command, sizeof(command), "rm -rf %s", c->root);
	if (chdir("/") < 0 || system(command) != 0)
		return -1;
	free(c);
	return 0;
}

static inline void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static inline bool exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static inline void take(int fd, int saved, const char *path, struct lop_buf *text)
{
	dup2(saved, fd);
	close(saved);
	text->len = 0;
	assert_int_equal(lop_file_read(path, text), 0);
	unlink(path);
}

static inline void redirect(struct command *c)
{
	static const char *const names[] = { ".stdout", ".stderr" };

	fflush(NULL);
	for (int i = 0; i < 2; i++) {
		int fd = open(names[i], O_WRONLY | O_CREAT | O_TRUNC, 0600);

		assert_true(fd >= 0);
		c->saved[i] = dup(i + 1);
		dup2(fd, i + 1);
		close(fd);
	}
}

static inline void restore(struct command *c)
{
	fflush(NULL);
	take(STDOUT_FILENO, c->saved[0], ".stdout", &c->out);
	take(STDERR_FILENO, c->saved[1], ".stderr", &c->err);
}

/* A run whose command line has been read, for tests of what comes between; see end. */
static inline void begin(struct command *c, const char *words)
{
	char *argv[24] = { 0 };
	int argc = 0;
	struct lop_buf error = { 0 };

	lop_run_start(&c->run);
	argv[argc++] = lop_arena_strdup(&c->run.arena, "sdtgen");
	for (char *word = strtok(lop_arena_strdup(&c->run.arena, words), " "); word;
	     word = strtok(NULL, " ")) {
		assert_true(argc < 24);
		argv[argc++] = word;
	}
	if (!lop_options_parse(&c->run.options, &c->run.arena, argc, argv, &error))
		fail_msg("%s: %s", words, lop_buf_cstr(&error));
	lop_run_configure(&c->run);
	redirect(c);
}

static inline void end(struct command *c, int code)
{
	c->code = lop_run_finish(&c->run, code);
	restore(c);
}

/* The whole of it: words separated by one blank. */
static inline int sdtgen(struct command *c, const char *words)
{
	begin(c, words);
	assert_non_null(c->run.options.command);
	end(c, c->run.options.command->run(&c->run));
	return c->code;
}

static inline const char *out_of(struct command *c)
{
	return lop_buf_cstr(&c->out);
}

static inline const char *err_of(struct command *c)
{
	return lop_buf_cstr(&c->err);
}

static inline void assert_says(const char *text, const char *words)
{
	if (!strstr(text, words))
		fail_msg("\"%s\" does not say \"%s\"", text, words);
}

static inline void assert_says_not(const char *text, const char *words)
{
	if (strstr(text, words))
		fail_msg("\"%s\" says \"%s\"", text, words);
}

/* A mistake of usage: this first line, exit 2, nothing on standard output. */
static inline void assert_usage(struct command *c, const char *words, const char *message)
{
	if (sdtgen(c, words) != LOP_EXIT_USAGE)
		fail_msg("%s: exit %d", words, c->code);
	assert_int_equal(c->out.len, 0);
	assert_int_equal(strncmp(err_of(c), "sdtgen: ", 8), 0);
	assert_says(err_of(c), message);
	assert_says(err_of(c), "\nTry 'sdtgen");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_command, tear_down_command)

#endif
