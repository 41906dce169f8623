/* SPDX-License-Identifier: BSD-3-Clause */
/* The stages in order, and which of them run after errors. */
#include "lopper-c/cmd/split.h"

#include <stdlib.h>

#include "lopper-c/check/check.h"
#include "lopper-c/dts/dts.h"
#include "lopper-c/merge/merge.h"
#include "lopper-c/place/place.h"
#include "lopper-c/tree/refs.h"
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
	{ LOP_MEM_UNSEEN, LOST_VALUES },      { LOP_MEM_MISSING, LOST_VALUES },
	{ LOP_CPUS_MISSING, LOST_VALUES },
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

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Sorts, drops doubles, moves to the arena. */
static struct lop_phandle_set make_set(struct lop_arena *arena, struct lop_buf *numbers)
{
	struct lop_phandle_set set = { 0 };
	size_t n = numbers->len / sizeof(uint32_t);

	set.numbers = lop_arena_dup(arena, numbers->data, numbers->len);
	if (n)
		qsort(set.numbers, n, sizeof(*set.numbers), compare_numbers);
	for (size_t i = 0; i < n; i++)
		if (!i || set.numbers[i] != set.numbers[i - 1])
			set.numbers[set.count++] = set.numbers[i];
	return set;
}

static void collect_plain(const struct lop_refs *refs, struct lop_buf *numbers)
{
	for (size_t i = 0; i < refs->count; i++) {
		const struct lop_ref *ref = &refs->items[i];

		if (!ref->is_path && ref->phandle && ref->phandle != UINT32_MAX &&
		    !lop_value_ref_at(&ref->prop->value, ref->ref))
			lop_buf_add(numbers, &ref->phandle, sizeof(ref->phandle));
	}
}

/* The numbers that the input writes where a phandle stands, without saying whose it is. */
static struct lop_phandle_set plain_numbers(const struct lop_tree *tree, struct lop_arena *arena)
{
	struct lop_refs refs = { 0 };
	struct lop_buf numbers = { 0 };
	struct lop_phandle_set set;

	for (struct lop_node *node = tree->root; node; node = lop_node_next(node, tree->root)) {
		for (struct lop_prop *prop = node->props; prop; prop = prop->next) {
			refs.count = 0;
			if (!lop_refs_is_typed(prop->name))
				continue;
			lop_refs_scan(tree, node, prop, &refs);
			collect_plain(&refs, &numbers);
		}
	}
	set = make_set(arena, &numbers);
	lop_buf_free(&numbers);
	free(refs.items);
	return set;
}

/* False if a domain file could not be read at all. */
static bool merge_yaml(struct lop_run *run, struct lop_tree *tree)
{
	const struct lop_words *inputs = &run->options.inputs;
	size_t n = inputs->count - 1;
	struct lop_yaml **files = lop_arena_alloc(&run->arena, (n + 1) * sizeof(*files));
	bool whole = true;

	for (size_t i = 0; i < n; i++) {
		files[i] = lop_yaml_read(&run->arena, &run->diags, inputs->items[i + 1]);
		whole = whole && files[i];
	}
	lop_timing_mark(&run->timing, "yaml");
	if (whole)
		lop_merge(tree, &run->diags, files, n);
	lop_timing_mark(&run->timing, "merge");
	return whole;
}

static void build_views(struct lop_run *run, struct lop_split *split)
{
	const struct lop_system *system = split->system;

	split->views =
		lop_arena_alloc(&run->arena, (system->n_domains + 1) * sizeof(*split->views));
	split->partition = lop_partition_begin(system);
	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_view *view = lop_view_build(system, system->domains[i], &run->diags);

		split->views[split->n_views++] = view;
		lop_timing_mark(&run->timing, "view");
		if (!lop_run_failed(run)) {
			size_t dtb = split->each ? split->each(split, view, split->context) : 0;

			if (split->partition)
				lop_partition_add(split->partition, view, dtb);
		}
		lop_view_drop_tree(view); /* the trees of all domains together can be large */
		lop_timing_mark(&run->timing, "emit");
	}
}

/* The reader has numbered the tree once, so that the scan knows every target; now for good. */
static void resolve(struct lop_run *run, struct lop_tree *tree)
{
	struct lop_phandle_set keep_free = plain_numbers(tree, &run->arena);

	lop_tree_forget_phandles(tree);
	lop_tree_resolve(tree, &run->diags, &keep_free);
	lop_tree_number(tree);
	lop_timing_mark(&run->timing, "resolve");
}

static void judge(struct lop_run *run, struct lop_split *split)
{
	split->system = lop_system_build(split->tree, &run->diags);
	lop_timing_mark(&run->timing, "model");
	lop_place(split->system);
	lop_timing_mark(&run->timing, "place");
	lop_check_all(split->system, &run->diags);
	lop_timing_mark(&run->timing, "check");
}

void lop_split_run(struct lop_run *run, struct lop_split *split)
{
	struct lop_dts_options dts = lop_split_dts_options(&run->options);
	struct lop_diag *after_reading;
	enum loss loss;
	bool whole;

	split->tree = lop_tree_read(&run->arena, &run->diags, run->options.inputs.items[0], &dts);
	lop_timing_mark(&run->timing, "read");
	after_reading = run->diags.last;
	loss = find_loss(&run->diags);
	whole = merge_yaml(run, split->tree);
	resolve(run, split->tree);
	if (whole && (loss == LOST_NOTHING || split->tree->root->children))
		judge(run, split);
	if (whole)
		loss = find_loss(&run->diags);
	if (loss != LOST_NOTHING)
		forget_absence(&run->diags, after_reading, loss);
	else if (split->system)
		build_views(run, split);
}

void lop_split_free(struct lop_split *split)
{
	lop_partition_free(split->partition);
	if (split->system)
		lop_system_free(split->system);
	if (split->tree)
		lop_tree_free(split->tree);
}
