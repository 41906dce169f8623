/* SPDX-License-Identifier: BSD-3-Clause */
/* Mistakes of the command line that concern files: order, number, doubles, folders. */
#include "lopper-c/cmd/inputs.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lopper-c/base/map.h"
#include "lopper-c/base/str.h"
#include "lopper-c/cmd/command.h"
#include "lopper-c/dts/dts.h"

static bool has_ending(const char *path, const char *const *ends)
{
	for (; *ends; ends++)
		if (lop_str_ends(path, *ends))
			return true;
	return false;
}

static bool is_tree_name(const char *path)
{
	static const char *const ends[] = { ".dts", ".dtsi", ".dtso", ".dtb", ".dtbo", NULL };

	return has_ending(path, ends);
}

static bool is_yaml_name(const char *path)
{
	static const char *const ends[] = { ".yaml", ".yml", NULL };

	return has_ending(path, ends);
}

const char *lop_inputs_identity(struct lop_arena *arena, const char *path)
{
	struct stat st;

	if (!strcmp(path, "-") || stat(path, &st))
		return path;
	return lop_arena_printf(arena, "/%ju/%ju/", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
}

static int check_twice(struct lop_run *run)
{
	struct lop_words *words = &run->options.inputs;
	struct lop_map seen = { 0 };
	size_t i;

	for (i = 0; i < words->count; i++) {
		const char *identity = lop_inputs_identity(&run->arena, words->items[i]);

		if (lop_map_get(&seen, NULL, identity))
			break;
		lop_map_put(&seen, NULL, identity, words);
	}
	lop_map_free(&seen);
	if (i == words->count)
		return LOP_EXIT_OK;
	if (!strcmp(words->items[i], "-"))
		return lop_run_usage(run, "standard input can be read only once");
	return lop_run_usage(run, "'%s' is given twice", words->items[i]);
}

int lop_inputs_check_system(struct lop_run *run)
{
	const struct lop_words *words = &run->options.inputs;
	const char *command = run->options.command->name;

	if (!words->count)
		return lop_run_usage(run,
				     "no input; give a System Device Tree: sdtgen %s system.dts "
				     "domains.yaml",
				     command);
	if (is_yaml_name(words->items[0]))
		return lop_run_usage(run,
				     "'%s' is a domain file; the System Device Tree comes first: "
				     "sdtgen %s system.dts %s",
				     words->items[0], command, words->items[0]);
	for (size_t i = 1; i < words->count; i++)
		if (is_tree_name(words->items[i]))
			return lop_run_usage(run,
					     "'%s' is a second tree; one System Device Tree is "
					     "read, then domain files (.yaml)",
					     words->items[i]);
	return check_twice(run);
}

int lop_inputs_check_depend(struct lop_run *run, const char *output)
{
	const struct lop_options *o = &run->options;
	bool to_stdout = output && !strcmp(output, "-");

	if (!o->depend && (o->depfile || o->phony || o->targets.count))
		return lop_run_usage(run, "'%s' only means something together with '-MD'",
				     o->depfile ? "-MF"
				     : o->phony ? "-MP"
						: "-MT");
	if (o->depend && !output && !o->targets.count)
		return lop_run_usage(run,
				     "'-MD' needs '-MT TARGET': sdtgen %s writes no file that "
				     "could be the target",
				     o->command->name);
	if (o->depend && !output && !o->depfile)
		return lop_run_usage(run,
				     "'-MD' needs '-MF FILE': sdtgen %s writes no file that "
				     "could name it",
				     o->command->name);
	if (o->depend && to_stdout && !o->targets.count)
		return lop_run_usage(run, "'-MD' cannot name standard output as a target; "
					  "name one with '-MT TARGET'");
	if (o->depend && to_stdout && !o->depfile)
		return lop_run_usage(run, "'-MD' needs '-MF FILE' where the output is standard "
					  "output");
	if (o->depend && to_stdout && !strcmp(o->depfile, "-"))
		return lop_run_usage(run, "'-MF -' and '-o -' would mix on standard output");
	return LOP_EXIT_OK;
}

int lop_inputs_check_output(struct lop_run *run, const char *output, bool dir)
{
	struct stat st;

	if (dir && !strcmp(output, "-"))
		return lop_run_usage(run,
				     "'-o -': sdtgen %s writes a folder, which standard "
				     "output is not",
				     run->options.command->name);
	if (!strcmp(output, "-") || stat(output, &st))
		return LOP_EXIT_OK;
	if (dir && !S_ISDIR(st.st_mode))
		return lop_run_usage(run,
				     "'-o %s': a file of that name is in the way of the "
				     "output folder",
				     output);
	if (!dir && S_ISDIR(st.st_mode))
		return lop_run_usage(run, "'-o %s' is a folder; name the file to write", output);
	return LOP_EXIT_OK;
}

bool lop_inputs_is_blob(const char *path)
{
	char head[4];
	struct stat st;
	FILE *file;
	bool is_blob;

	/* opening a pipe would eat what the reader needs */
	if (!strcmp(path, "-") || stat(path, &st) || !S_ISREG(st.st_mode))
		return false;
	file = fopen(path, "rb");
	if (!file)
		return false;
	is_blob = lop_is_blob(head, fread(head, 1, sizeof(head), file));
	fclose(file);
	return is_blob;
}
