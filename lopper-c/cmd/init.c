/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen init: a first domain file for a tree. Never takes the place of one that is there unasked.
 */
#include <string.h>
#include <sys/stat.h>

#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/inputs.h"
#include "lopper-c/cmd/run.h"
#include "lopper-c/cmd/split.h"
#include "lopper-c/emit/starter.h"

static int check_usage(struct lop_run *run, const char *path)
{
	const struct lop_words *words = &run->options.inputs;
	struct stat st;
	int code = lop_inputs_check_system(run);

	if (code)
		return code;
	if (words->count > 1)
		return lop_run_usage(run, "sdtgen init takes one tree; '%s' is too much",
				     words->items[1]);
	code = lop_inputs_check_output(run, path, false);
	if (code || run->options.force || !strcmp(path, "-") || lstat(path, &st) ||
	    !(S_ISREG(st.st_mode) || S_ISLNK(st.st_mode)))
		return code;
	return lop_run_usage(run, "'-o %s': there is a file of that name; '--force' replaces it",
			     path);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Then there is nobody to write a domain for. */
static bool has_cpus(struct lop_run *run, const struct lop_system *system)
{
	struct lop_diag *d;

	if (system->n_cpus)
		return true;
	d = lop_report(&run->diags, LOP_NO_DOMAINS, system->tree->root->span,
		       "the tree has no CPUs to make a domain of");
	lop_diag_help(d, "CPUs stand in /cpus or in a node with `compatible = \"cpus,cluster\"`, "
			 "each with `device_type = \"cpu\"`");
	return false;
}

int lop_cmd_init(struct lop_run *run)
{
	const char *path = run->options.output ? run->options.output : "-";
	struct lop_outputs outs = { .arena = &run->arena };
	struct lop_split split = { 0 };
	struct lop_output *output;
	int code = check_usage(run, path);

	if (code)
		return code;
	lop_split_bare(run, &split);
	if (split.system && has_cpus(run, split.system)) {
		output = lop_outputs_add(&outs, path);
		output->unlisted = output->named = true;
		lop_emit_starter(split.system, base_name(run->options.inputs.items[0]),
				 &output->data);
		code = lop_run_commit(run, &outs, false);
	}
	lop_split_free(&split);
	return code;
}
