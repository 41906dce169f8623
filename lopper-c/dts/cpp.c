/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Running cpp: the decision, the command line, the child and its two pipes. No shell is involved.
 * What cpp says is read by cpp_errors.c.
 */
#ifdef __linux__
#define _GNU_SOURCE /* prlimit */
#endif
#include "lopper-c/dts/cpp.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Address space of the child. cpp reads a file whole before it does anything with it, and an
 * #include can name a device without an end.
 */
#define MAX_MEMORY    ((rlim_t)2 << 30)
#define MAX_COMPLAINT ((size_t)256 << 10) /* bytes of cpp's standard error that are kept */

extern char **environ;

/* ---- the decision ---- */

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static const char *skip_spaces(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\f' || *p == '\v'))
		p++;
	return p;
}

/* p is behind a `#`. Line markers are not directives; a comment may hide one. */
static bool is_directive(const char *p, const char *end)
{
	static const char *const words[] = {
		"include", "include_next", "import",  "define", "undef",  "if",	      "ifdef",
		"ifndef",  "elif",	   "elifdef", "else",	"endif",  "line",     "error",
		"warning", "pragma",	   "ident",   "sccs",	"assert", "unassert",
	};
	const char *word = skip_spaces(p, end), *word_end = word;

	if (word < end && *word == '/')
		return true;
	while (word_end < end && is_word_char(*word_end))
		word_end++;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == (size_t)(word_end - word) &&
		    memcmp(words[i], word, strlen(words[i])) == 0)
			return true;
	return false;
}

/* `__` and a capital letter, as in __DTS__, __LINE__, __FILE__; or _Pragma. */
static bool is_predefined(const char *p, const char *end)
{
	if (end - p >= 3 && p[1] == '_')
		return p[2] >= 'A' && p[2] <= 'Z';
	return end - p >= 7 && memcmp(p, "_Pragma", 7) == 0;
}

static bool is_continued(const char *p, const char *end)
{
	for (p++; p < end && *p != '\n'; p++)
		if (*p != ' ' && *p != '\t' && *p != '\r' && *p != '\f' && *p != '\v')
			return false;
	return p < end;
}

bool lop_cpp_is_needed(const char *data, size_t len)
{
	const char *end = data + len;

	for (const char *p = data; p < end; p++) {
		switch (*p) {
		case '#':
			if (is_directive(p + 1, end))
				return true;
			break;
		case '_':
			if (is_predefined(p, end))
				return true;
			break;
		case '\\':
			if (is_continued(p, end))
				return true;
			break;
		case '%': /* another spelling of # */
			if (p + 1 < end && p[1] == ':')
				return true;
			break;
		default:
			break;
		}
	}
	return false;
}

/* ---- the command line ---- */

struct command {
	struct lop_arena *arena;
	const char **argv;
	size_t n, cap;
};

static void add(struct command *command, const char *arg)
{
	if (command->n == command->cap) {
		const char **old = command->argv;

		command->cap = command->cap ? command->cap * 2 : 32;
		command->argv =
			lop_arena_alloc(command->arena, command->cap * sizeof(*command->argv));
		if (old)
			memcpy(command->argv, old, command->n * sizeof(*old));
	}
	command->argv[command->n++] = arg;
}

/* $CPP may hold arguments, as in "clang -E". */
static void add_program(struct command *command)
{
	const char *program = getenv("CPP");

	if (!program || program[strspn(program, " \t")] == '\0')
		program = "cpp";
	while (*(program += strspn(program, " \t"))) {
		size_t len = strcspn(program, " \t");

		add(command, lop_arena_strndup(command->arena, program, len));
		program += len;
	}
}

static void build(struct command *command, const char *path, const struct lop_dts_options *options)
{
	add_program(command);
	add(command, "-nostdinc");
	add(command, "-undef");
	add(command, "-D__DTS__");
	add(command, "-x");
	add(command, "assembler-with-cpp");
	for (size_t i = 0; options && i < options->n_include_dirs; i++) {
		add(command, "-I");
		add(command, options->include_dirs[i]);
	}
	for (size_t i = 0; options && i < options->n_defines; i++) {
		add(command, "-D");
		add(command, options->defines[i]);
	}
	if (path[0] == '-' && path[1])
		path = lop_arena_printf(command->arena, "./%s", path);
	add(command, path);
	add(command, NULL);
}

/* ---- the child ---- */

struct child {
	pid_t pid;
	int out, err; /* what it writes; -1: closed */
};

static bool open_pipe(int fds[2])
{
	if (pipe(fds) < 0)
		return false;
	fcntl(fds[0], F_SETFD, FD_CLOEXEC);
	fcntl(fds[1], F_SETFD, FD_CLOEXEC);
	return true;
}

/* Is this `name=value` of a name that changes what cpp says, reads or writes besides? */
static bool is_meddling(const char *variable)
{
	static const char *const names[] = {
		"LC_ALL",
		"LANGUAGE", /* of its messages */
		"CPATH",
		"C_INCLUDE_PATH",
		"CPLUS_INCLUDE_PATH",
		"OBJC_INCLUDE_PATH",
		"OBJCPLUS_INCLUDE_PATH", /* folders with headers, which only -I may name */
		"DEPENDENCIES_OUTPUT",
		"SUNPRO_DEPENDENCIES", /* files to write a rule to */
		"GCC_EXEC_PREFIX",
		"COMPILER_PATH", /* which program really runs */
		"CCC_OVERRIDE_OPTIONS",
		"CCC_PRINT_OPTIONS",
		"CCC_PRINT_OPTIONS_FILE", /* of clang */
	};
	size_t len = strcspn(variable, "=");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == len && memcmp(names[i], variable, len) == 0)
			return true;
	return false;
}

/*
 * The environment without what would change the tree behind the command line's back, and with
 * English messages, which cpp_errors.c reads.
 */
static char **child_environment(struct lop_arena *arena)
{
	static char locale[] = "LC_ALL=C";
	size_t n = 0, kept = 0;
	char **copy;

	while (environ[n])
		n++;
	copy = lop_arena_alloc(arena, (n + 2) * sizeof(*copy));
	for (size_t i = 0; i < n; i++)
		if (!is_meddling(environ[i]))
			copy[kept++] = environ[i];
	copy[kept++] = locale;
	copy[kept] = NULL;
	return copy;
}

static void limit_memory(pid_t pid)
{
#ifdef __linux__
	const struct rlimit limit = { MAX_MEMORY, MAX_MEMORY };

	prlimit(pid, RLIMIT_AS, &limit, NULL); /* fails where the child has ended already */
#else
	(void)pid;
#endif
}

/* 0 or an errno. in: the child's standard input, -1 for none. */
static int spawn(struct lop_arena *arena, const struct command *command, int in, const int out[2],
		 const int err[2], pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return error;
	if (in >= 0)
		error = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	else
		error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
							 O_RDONLY, 0);
	if (!error)
		error = posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	if (!error)
		error = posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
	if (!error)
		error = posix_spawnp(pid, command->argv[0], &actions, NULL,
				     (char *const *)(uintptr_t)command->argv,
				     child_environment(arena));
	posix_spawn_file_actions_destroy(&actions);
	if (!error)
		limit_memory(*pid);
	return error;
}

static int start(struct lop_arena *arena, const struct command *command, int in,
		 struct child *child)
{
	int out[2], err[2];
	int error;

	if (!open_pipe(out))
		return errno;
	if (!open_pipe(err)) {
		error = errno;
		close(out[0]);
		close(out[1]);
		return error;
	}
	error = spawn(arena, command, in, out, err, &child->pid);
	close(out[1]);
	close(err[1]);
	child->out = out[0];
	child->err = err[0];
	if (error) {
		close(out[0]);
		close(err[0]);
	}
	return error;
}

/* Reads what is there, keeping max bytes at most; false if that was not enough. Closes at the end.
 */
static bool take(int *fd, struct lop_buf *buf, size_t max)
{
	char block[1 << 16];
	ssize_t n = read(*fd, block, sizeof(block));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n <= 0) {
		close(*fd);
		*fd = -1;
		return true;
	}
	if ((size_t)n > max - buf->len)
		return false;
	lop_buf_add(buf, block, (size_t)n);
	return true;
}

static void close_both(struct child *child)
{
	if (child->out >= 0)
		close(child->out);
	if (child->err >= 0)
		close(child->err);
	child->out = child->err = -1;
}

/* Reads both pipes to their ends; false if there is more output than we take. */
static bool collect(struct child *child, struct lop_buf *out, struct lop_buf *err)
{
	bool enough = false;

	while ((child->out >= 0 || child->err >= 0) && !enough) {
		struct pollfd fds[2] = { { .fd = child->out, .events = POLLIN },
					 { .fd = child->err, .events = POLLIN } };

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			break;
		if (fds[0].revents && !take(&child->out, out, LOP_CPP_MAX_OUTPUT))
			enough = true;
		if (fds[1].revents)
			take(&child->err, err, MAX_COMPLAINT);
	}
	close_both(child);
	return !enough;
}

static int wait_for(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* ---- together ---- */

static struct lop_span whole_file(struct lop_diags *diags, const char *path)
{
	uint32_t text = lop_sources_add(diags->sources, path, NULL, 0, NULL);

	return (struct lop_span){ .text = text };
}

static void report_start(struct lop_diags *diags, const char *path, const char *program, int error)
{
	struct lop_diag *d =
		lop_report(diags, LOP_CPP, whole_file(diags, path),
			   "cannot run the C preprocessor `%s`: %s", program, strerror(error));

	lop_diag_help(d, "install it (package cpp), or name another one in the environment "
			 "variable CPP");
}

static void report_size(struct lop_diags *diags, const char *path)
{
	struct lop_diag *d = lop_report(diags, LOP_LIMIT, whole_file(diags, path),
					"the C preprocessor makes more than %zu MiB of `%s`",
					LOP_CPP_MAX_OUTPUT >> 20, path);

	lop_diag_help(d, "look for a file that includes itself without an #ifndef around it, or "
			 "macros that multiply");
}

static void report_status(struct lop_diags *diags, const char *path, int status)
{
	struct lop_diag *d;

	if (WIFSIGNALED(status))
		d = lop_report(diags, LOP_CPP, whole_file(diags, path),
			       "the C preprocessor was killed by signal %d", WTERMSIG(status));
	else
		d = lop_report(diags, LOP_CPP, whole_file(diags, path),
			       "the C preprocessor failed with status %d and no message",
			       WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	lop_diag_help(d, "run it by hand to see why, or name another one in the environment "
			 "variable CPP");
}

static void report_temporary(struct lop_diags *diags, const char *path, int error)
{
	struct lop_diag *d =
		lop_report(diags, LOP_IO, whole_file(diags, path),
			   "cannot keep standard input in a temporary file: %s", strerror(error));

	lop_diag_help(d, "make room in /tmp, or name the file in place of `-`");
}

/* A file that holds the text, for a child to read; NULL with errno. */
static FILE *as_file(const char *input, size_t len)
{
	FILE *file = tmpfile();

	if (!file)
		return NULL;
	if (fwrite(input, 1, len, file) == len && fflush(file) == 0) {
		rewind(file);
		return file;
	}
	fclose(file);
	return NULL;
}

/* True if the output is worth parsing. */
static bool judge(struct lop_diags *diags, const char *path, int status, struct lop_buf *err)
{
	size_t errors = 0;
	bool fatal = false;

	if (err->len)
		errors = lop_cpp_report(diags, err->data, err->len, &fatal);
	if (status == 0)
		return true;
	if (errors == 0)
		report_status(diags, path, status);
	return errors > 0 && !fatal;
}

static bool run(struct lop_diags *diags, const char *path, const struct command *command, int in,
		struct lop_buf *out)
{
	struct child child = { .out = -1, .err = -1 };
	struct lop_buf err = { 0 };
	int error = start(diags->arena, command, in, &child);
	bool complete, good;
	int status;

	if (error) {
		report_start(diags, path, command->argv[0], error);
		return false;
	}
	complete = collect(&child, out, &err);
	if (!complete)
		kill(child.pid, SIGKILL);
	status = wait_for(child.pid);
	if (!complete)
		report_size(diags, path);
	good = complete && judge(diags, path, status, &err);
	lop_buf_free(&err);
	return good;
}

bool lop_cpp_run(struct lop_diags *diags, const char *path, const char *input, size_t len,
		 const struct lop_dts_options *options, struct lop_buf *out)
{
	struct command command = { .arena = diags->arena };
	FILE *file = NULL;
	bool good;

	build(&command, path, options);
	if (strcmp(path, "-") == 0) {
		file = as_file(input, len);
		if (!file) {
			report_temporary(diags, path, errno);
			return false;
		}
	}
	good = run(diags, path, &command, file ? fileno(file) : -1, out);
	if (file)
		fclose(file);
	return good;
}
