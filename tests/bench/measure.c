/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs a command several times and prints the best CPU time (user and system, children of the
 * command included) in milliseconds and the highest peak memory of any one process in KiB.
 *
 *	measure RUNS COMMAND [ARG...]
 *
 * "{}" at the end of one argument becomes the number of the run.
 */
#define _DEFAULT_SOURCE

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double milliseconds(struct timeval t)
{
	return (double)t.tv_sec * 1000.0 + (double)t.tv_usec / 1000.0;
}

static double cpu_of_children(void)
{
	struct rusage usage;

	getrusage(RUSAGE_CHILDREN, &usage);
	return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

/* In the child only: argv is its own copy. */
static void number_arguments(char **argv, int run)
{
	static char text[4096];

	for (; *argv != NULL; argv++) {
		size_t len = strlen(*argv);

		if (len >= 2 && strcmp(*argv + len - 2, "{}") == 0) {
			snprintf(text, sizeof(text), "%.*s%d", (int)len - 2, *argv, run);
			*argv = text;
		}
	}
}

/* CPU milliseconds of one run; ends the program where the command fails. */
static double run_once(char **argv, int run)
{
	double before = cpu_of_children();
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		number_arguments(argv, run);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
		fprintf(stderr, "measure: %s failed\n", argv[0]);
		exit(1);
	}
	return cpu_of_children() - before;
}

int main(int argc, char **argv)
{
	int runs = argc > 2 ? atoi(argv[1]) : 0;
	double best = 0;
	struct rusage usage;

	if (runs < 1) {
		fprintf(stderr, "usage: measure RUNS COMMAND [ARG...]\n");
		return 2;
	}
	for (int i = 0; i < runs; i++) {
		double cpu = run_once(argv + 2, i);

		if (i == 0 || cpu < best)
			best = cpu;
	}
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%.1f %ld\n", best, usage.ru_maxrss);
	return 0;
}
