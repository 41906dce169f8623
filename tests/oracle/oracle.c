/* SPDX-License-Identifier: BSD-3-Clause */
/* Arguments in, exit code out: 0 agreed, 1 disagreements, 2 usage, 3 unreadable input. */
#include "oracle.h"

#include <stdio.h>
#include <string.h>

#define MAX_FILES 32

static int usage(void)
{
	fprintf(stderr, "usage: oracle SYSTEM.dtb [--yaml FILE ...] --out DIR\n");
	return 2;
}

static int run(const char *dtb, const char *const *files, size_t n_files, const char *dir)
{
	struct tree *t = orc_tree_load(dtb);
	struct system *s = t ? orc_system_load(t) : NULL;
	size_t i, bad = 0, n = 0;

	if (!s)
		return 3;
	for (i = 0; i < n_files * 2; i++)
		if (!orc_yaml_merge(s, files[i % n_files], i >= n_files))
			return 3;
	orc_system_finish(s);
	for (i = 0; i < s->n; i++) {
		if (!s->domains[i]->real)
			continue;
		n++;
		bad += orc_verify(s, s->domains[i], dir);
	}
	if (!n)
		printf("no domains\n");
	return bad || !n ? 1 : 0;
}

int main(int argc, char **argv)
{
	const char *files[MAX_FILES], *dtb = NULL, *dir = NULL;
	size_t n = 0;
	int i, rc;

	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--yaml") == 0 && i + 1 < argc && n < MAX_FILES)
			files[n++] = argv[++i];
		else if (strcmp(argv[i], "--out") == 0 && i + 1 < argc)
			dir = argv[++i];
		else if (argv[i][0] != '-' && !dtb)
			dtb = argv[i];
		else
			return usage();
	}
	if (!dtb || !dir)
		return usage();
	rc = run(dtb, files, n, dir);
	orc_free_all();
	return rc;
}
