/* SPDX-License-Identifier: BSD-3-Clause */
/* The stages in order, and which of them run after errors. */
#include "lopper-c/cmd/split.h"

#include "lopper-c/check/check.h"
#include "lopper-c/check/user.h"
#include "lopper-c/dts/dts.h"
#include "lopper-c/merge/merge.h"
#include "lopper-c/place/place.h"
#include "lopper-c/tree/resolve.h"
#include "lopper-c/yaml/yaml.h"

/* What reading may have lost, by the errors it reported. */
enum loss {
	LOST_NOTHING,
	LOST_VALUES, /* a statement was skipped: properties are missing, nodes hardly ever */
	LOST_NAMES,  /* a whole file or the rest of one */
};

struct loss_row {
	enum lop_code code;
	enum loss loss;
};

static const struct loss_row losses[] = {
	{ LOP_IO, LOST_NAMES },		 { LOP_CPP, LOST_NAMES },
	{ LOP_LIMIT, LOST_NAMES },	 { LOP_DTS_INCLUDE, LOST_NAMES },
	{ LOP_DTB_FORMAT, LOST_NAMES },	 { LOP_YAML_SYNTAX, LOST_NAMES },
	{ LOP_DTS_SYNTAX, LOST_VALUES },
};

/* After which loss such a report proves nothing: it says that something is not there. */
static const struct loss_row absences[] = {
	{ LOP_DTS_REF, LOST_NAMES },	      { LOP_UNKNOWN_NODE, LOST_NAMES },
	{ LOP_UNKNOWN_DEVICE, LOST_NAMES },   { LOP_UNKNOWN_CLUSTER, LOST_NAMES },
	{ LOP_UNKNOWN_DOMAIN, LOST_NAMES },   { LOP_UNKNOWN_GROUP, LOST_NAMES },
	{ LOP_UNKNOWN_CARVEOUT, LOST_NAMES }, { LOP_GLOB_EMPTY, LOST_NAMES },
	{ LOP_PARENT_MISSING, LOST_NAMES },   { LOP_DTS_DANGLING, LOST_VALUES },
	{ LOP_WRONG_NODE, LOST_VALUES },      { LOP_MISSING_VALUE, LOST_VALUES },
	{ LOP_BAD_CELLS, LOST_VALUES },	      { LOP_ADDRESS_MAP, LOST_VALUES },
	{ LOP_NO_DOMAINS, LOST_VALUES },      { LOP_BEYOND_PARENT, LOST_VALUES },
	{ LOP_CPU_MASK, LOST_VALUES },	      { LOP_CPU_MODE, LOST_VALUES },
	{ LOP_CPU_LEVEL, LOST_VALUES },	      { LOP_MEM_OUTSIDE, LOST_VALUES },
	{ LOP_MEM_UNREACHABLE, LOST_VALUES }, { LOP_MEM_UNSEEN, LOST_VALUES },
	{ LOP_MEM_MISSING, LOST_VALUES },     { LOP_CPUS_MISSING, LOST_VALUES },
};

struct lop_dts_options lop_split_dts_options(const struct lop_options *options)
{
	return (struct lop_dts_options){
		.include_dirs = options->include_dirs.items,
		.n_include_dirs = options->include_dirs.count,
		.defines = options->defines.items,
		.n_defines = options->defines.count,
	};
}

static enum loss find_loss(const struct lop_diags *diags)
{
	enum loss worst = LOST_NOTHING;

	for (const struct lop_diag *d = diags->first; d; d = d->next)
		for (size_t i = 0; i < sizeof(losses) / sizeof(losses[0]); i++)
			if (d->severity == LOP_ERROR && d->code == losses[i].code &&
			    losses[i].loss > worst)
				worst = losses[i].loss;
	return worst;
}

static bool proves_nothing(enum lop_code code, enum loss loss)
{
	for (size_t i = 0; i < sizeof(absences) / sizeof(absences[0]); i++)
		if (absences[i].code == code)
			return loss >= absences[i].loss;
	return false;
}

/* Takes back what was reported after `after` (NULL: all) and may only come from the loss. */
static void forget_absence(struct lop_diags *diags, struct lop_diag *after, enum loss loss)
{
	struct lop_diag **link = after ? &after->next : &diags->first;

	diags->last = after;
	while (*link) {
		struct lop_diag *d = *link;

		if (!proves_nothing(d->code, loss)) {
			diags->last = d;
			link = &d->next;
			continue;
		}
		*link = d->next;
		diags->errors -= d->severity == LOP_ERROR;
		diags->warnings -= d->severity == LOP_WARNING;
		diags->downgraded -= d->downgraded;
	}
}

/* False if a domain file could not be read at all. *last: the last file, if there is one. */
static bool merge_yaml(struct lop_run *run, struct lop_tree *tree, const struct lop_yaml **last)
{
	const struct lop_words *inputs = &run->options.inputs;
	size_t n = inputs->count - 1;
	struct lop_yaml **files = lop_arena_alloc(&run->arena, (n + 1) * sizeof(*files));
	bool whole = true;

	for (size_t i = 0; i < n; i++) {
		files[i] = lop_yaml_read(&run->arena, &run->diags, inputs->items[i + 1]);
		whole = whole && files[i];
		*last = files[i];
	}
	lop_timing_mark(&run->timing, "yaml");
	if (whole)
		lop_merge(tree, &run->diags, files, n);
	lop_timing_mark(&run->timing, "merge");
	return whole;
}

static void build_views(struct lop_run *run, struct lop_split *split, struct lop_diags *diags)
{
	const struct lop_system *system = split->system;

	split->views =
		lop_arena_alloc(&run->arena, (system->n_domains + 1) * sizeof(*split->views));
	split->partition = lop_partition_begin(system);
	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_view *view = lop_view_build(system, system->domains[i], diags);

		split->views[split->n_views++] = view;
		lop_timing_mark(&run->timing, "view");
		if (split->insist || !lop_run_failed(run)) {
			size_t dtb = split->each ? split->each(split, view, split->context) : 0;

			if (split->partition && !lop_run_failed(run))
				lop_partition_add(split->partition, view, dtb);
		}
		lop_view_drop_tree(view); /* the trees of all domains together can be large */
		lop_timing_mark(&run->timing, "emit");
	}
	if (split->partition && !run->options.trees)
		lop_partition_check(split->partition);
}

/* The reader has numbered the tree once, so that the scan knows every target; now for good. */
static void resolve(struct lop_run *run, struct lop_tree *tree)
{
	struct lop_phandle_set keep_free = lop_tree_plain_numbers(tree, &run->arena);

	lop_tree_forget_phandles(tree);
	lop_tree_resolve(tree, &run->diags, &keep_free);
	lop_tree_number(tree);
	lop_timing_mark(&run->timing, "resolve");
}

static void check_user_rules(struct lop_run *run, const struct lop_split *split,
			     struct lop_diags *diags)
{
	struct lop_user_rule *rules = NULL;

	for (size_t i = 0; i < run->options.rules.count; i++)
		lop_user_rules_read(&rules, diags, run->options.rules.items[i]);
	lop_user_rules_run(rules, split->tree, diags);
}

static void judge(struct lop_run *run, struct lop_split *split, const struct lop_yaml *file,
		  struct lop_diags *diags)
{
	split->system = lop_system_build(split->tree, diags);
	lop_timing_mark(&run->timing, "model");
	lop_place(split->system);
	lop_timing_mark(&run->timing, "place");
	if (file)
		split->system->domains_place = file->span;
	lop_check_all(split->system, diags);
	check_user_rules(run, split, diags);
	lop_timing_mark(&run->timing, "check");
}

/* An overlay names what it changes, not what there is. */
static bool is_overlay(const struct lop_tree *tree)
{
	if (tree->plugin)
		return true;
	for (const struct lop_node *n = tree->root->children; n; n = n->next)
		if (lop_node_child(tree, n, "__overlay__"))
			return true;
	return false;
}

static void refuse_overlay(struct lop_run *run, const struct lop_tree *tree)
{
	const char *path = run->options.inputs.items[0];
	const struct lop_node *place = tree->root->span.text ? tree->root : tree->root->children;
	struct lop_diag *d =
		lop_report(&run->diags, LOP_UNSUPPORTED, place ? place->span : tree->root->span,
			   "`%s` is an overlay, not a system", path);

	if (place)
		lop_diag_label(d, place->span, "changes a tree that is not here");
	lop_diag_help(d,
		      "give the tree that it belongs to, with the overlay applied: `fdtoverlay -i "
		      "BASE.dtb -o SYSTEM.dtb OVERLAY.dtbo`");
}

/* A blob compiled without -@ has lost its labels: said once, where the first one is missed. */
static void explain_unlabelled(struct lop_run *run, struct lop_diag *after)
{
	static const enum lop_code codes[] = { LOP_UNKNOWN_NODE, LOP_UNKNOWN_DEVICE,
					       LOP_UNKNOWN_CLUSTER, LOP_UNKNOWN_CARVEOUT };
	struct lop_diag *d = after ? after->next : run->diags.first;

	for (; d; d = d->next) {
		for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
			if (d->code != codes[i])
				continue;
			lop_diag_help(d,
				      "`%s` has no labels: compile its source with `dtc -@` or "
				      "`sdtgen dtb -@`",
				      run->options.inputs.items[0]);
			return;
		}
	}
}

/* What damaged inputs still say, without a word about what they fail to say. */
static void go_on(struct lop_run *run, struct lop_split *split)
{
	struct lop_diags *unheard = lop_arena_zalloc(&run->arena, sizeof(*unheard));

	unheard->arena = &run->arena;
	unheard->sources = &run->sources;
	if (!split->system)
		judge(run, split, NULL, unheard);
	build_views(run, split, unheard);
}

void lop_split_run(struct lop_run *run, struct lop_split *split)
{
	struct lop_dts_options dts = lop_split_dts_options(&run->options);
	const struct lop_yaml *file = NULL;
	struct lop_diag *after_reading;
	enum loss loss;
	bool whole, any; /* of the tree, before domain files add to it */

	split->tree = lop_tree_read(&run->arena, &run->diags, run->options.inputs.items[0], &dts);
	lop_timing_mark(&run->timing, "read");
	after_reading = run->diags.last;
	loss = find_loss(&run->diags);
	if (is_overlay(split->tree)) {
		refuse_overlay(run, split->tree);
		return;
	}
	any = split->tree->root->children;
	if (loss != LOST_NOTHING && !any)
		loss = LOST_NAMES;
	whole = merge_yaml(run, split->tree, &file);
	if (split->tree->unlabelled)
		explain_unlabelled(run, after_reading);
	resolve(run, split->tree);
	if (whole && (loss == LOST_NOTHING || any)) {
		judge(run, split, file, &run->diags);
		loss = find_loss(&run->diags);
	}
	if (loss != LOST_NOTHING)
		forget_absence(&run->diags, after_reading, loss);
	else if (split->system)
		build_views(run, split, &run->diags);
	if (split->insist && split->tree->root->children && !split->views)
		go_on(run, split);
}

void lop_split_bare(struct lop_run *run, struct lop_split *split)
{
	struct lop_dts_options dts = lop_split_dts_options(&run->options);

	split->tree = lop_tree_read(&run->arena, &run->diags, run->options.inputs.items[0], &dts);
	lop_timing_mark(&run->timing, "read");
	if (is_overlay(split->tree)) {
		refuse_overlay(run, split->tree);
		return;
	}
	resolve(run, split->tree);
	if (lop_run_failed(run))
		return;
	split->system = lop_system_build(split->tree, &run->diags);
	lop_timing_mark(&run->timing, "model");
}

void lop_split_free(struct lop_split *split)
{
	lop_partition_free(split->partition);
	if (split->system)
		lop_system_free(split->system);
	if (split->tree)
		lop_tree_free(split->tree);
}
