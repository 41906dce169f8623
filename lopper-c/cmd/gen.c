/* SPDX-License-Identifier: BSD-3-Clause */
/* sdtgen gen: inputs to a folder of device trees. */
#include <string.h>

#include "lopper-c/base/map.h"
#include "lopper-c/cmd/command.h"
#include "lopper-c/cmd/depfile.h"
#include "lopper-c/cmd/inputs.h"
#include "lopper-c/cmd/run.h"
#include "lopper-c/cmd/split.h"
#include "lopper-c/emit/emit.h"

#define DEFAULT_DIR "generated"

static int check_usage(struct lop_run *run, const char *dir)
{
	int code = lop_inputs_check_system(run);

	if (!code)
		code = lop_inputs_check_output(run, dir, true);
	if (!code)
		code = lop_inputs_check_depend(run, dir);
	return code;
}

static bool stays_inside(const char *name)
{
	return *name && strcmp(name, ".") && strcmp(name, "..") && !strchr(name, '/');
}

/*
 * The last line of defence: what checks report may have been switched off or let pass, but no name
 * leads out of the output folder, and no domain overwrites another.
 */
static void check_folders(struct lop_run *run, const struct lop_system *system)
{
	struct lop_map seen = { 0 };

	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_domain *domain = system->domains[i];
		const struct lop_domain *first = lop_map_get(&seen, NULL, domain->name);

		if (!stays_inside(domain->name))
			lop_diag_help(lop_report(&run->diags, LOP_DTS_NAME, domain->span,
						 "`%s` cannot be the name of an output folder",
						 domain->name),
				      "call the domain otherwise: its name is that of its folder");
		if (first)
			lop_diag_help(lop_report(&run->diags, LOP_UNSUPPORTED, domain->span,
						 "two domains called `%s` cannot be written to one "
						 "folder",
						 domain->name),
				      "call one of them otherwise");
		lop_map_put(&seen, NULL, domain->name, domain);
	}
	lop_map_free(&seen);
}

struct emission {
	const struct lop_emit_options *options;
	struct lop_outputs outs;
	struct lop_report report;
	bool begun; /* the report */
};

static size_t emit_view(const struct lop_split *split, const struct lop_view *view, void *context)
{
	struct emission *emission = context;

	if (!emission->begun && !emission->options->trees)
		lop_report_begin(&emission->report, split->system);
	emission->begun = true;
	if (!emission->options->trees)
		lop_report_add_view(&emission->report, view);
	return lop_emit_domain(split->system, view, emission->options, &emission->outs);
}

static void emit_report(struct lop_run *run, const struct lop_split *split,
			struct emission *emission)
{
	if (!emission->begun)
		lop_report_begin(&emission->report, split->system);
	lop_report_finish(&emission->report);
	lop_emit_report(&emission->report, emission->options, &emission->outs);
	lop_timing_mark(&run->timing, "report");
}

static int finish(struct lop_run *run, const struct lop_split *split, struct emission *emission)
{
	const struct lop_emit_options *options = emission->options;

	lop_emit_system(split->system, options, &emission->outs);
	if (split->partition && !options->trees)
		lop_emit_table(split->partition, options, &emission->outs);
	lop_timing_mark(&run->timing, "emit");
	if (!options->trees)
		emit_report(run, split, emission);
	lop_depfile_add(&run->options, &run->sources,
			lop_arena_printf(&run->arena, "%s/sdtgen.d", options->dir),
			&emission->outs);
	return lop_run_commit(run, &emission->outs, false);
}

static bool wants_summary(const struct lop_run *run)
{
	const struct lop_options *options = &run->options;

	return !options->quiet && !options->dry_run && options->format == LOP_FORMAT_TEXT;
}

int lop_cmd_gen(struct lop_run *run)
{
	const char *dir = run->options.output ? run->options.output : DEFAULT_DIR;
	struct lop_emit_options options = {
		.dir = dir,
		.provenance = run->options.provenance,
		.symbols = run->options.symbols,
		.trees = run->options.trees,
	};
	struct emission emission = {
		.options = &options,
		.outs = { .arena = &run->arena, .dir = dir },
	};
	struct lop_split split = { .each = emit_view, .context = &emission };
	int code = check_usage(run, dir);

	if (code)
		return code;
	lop_split_run(run, &split);
	if (!lop_run_failed(run))
		check_folders(run, split.system);
	if (!lop_run_failed(run))
		code = finish(run, &split, &emission);
	else
		lop_outputs_free(&emission.outs);
	if (!code && !lop_run_failed(run) && wants_summary(run))
		lop_emit_summary(split.system, split.views, &options, run->options.verbose,
				 &run->out);
	lop_split_free(&split);
	return code;
}
