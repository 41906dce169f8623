/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The way from input files to one view per domain: the stages that gen and check share, in order.
 * Writes nothing.
 */
#ifndef LOP_CMD_SPLIT_H
#define LOP_CMD_SPLIT_H

#include <stddef.h>

#include "lopper-c/cmd/run.h"
#include "lopper-c/emit/partition.h"
#include "lopper-c/model/system.h"
#include "lopper-c/view/view.h"

struct lop_split {
	struct lop_tree *tree;
	struct lop_system *system; /* NULL: the inputs could not be read that far */
	struct lop_view **views; /* one per domain of system, in its order; their trees are gone */
	size_t n_views;
	struct lop_partition *partition; /* all domains added; NULL: there is no manager */
	/* Set by the caller: go as far as the inputs allow in spite of what was reported, with
	 * views of everything; what that would add to the reports is dropped. */
	bool insist;
	/* Called with each view while it has its tree, unless errors were reported and nobody
	 * insists; NULL: nobody asks. Returns the bytes of the domain's blob. */
	size_t (*each)(const struct lop_split *split, const struct lop_view *view, void *context);
	void *context;
};

/*
 * Runs every stage that still makes sense after what was reported. What a damaged input can only
 * make look missing is then not reported.
 */
void lop_split_run(struct lop_run *run, struct lop_split *split);
/*
 * The tree alone, unchecked: what it means as it stands, with nothing placed. No system after an
 * error.
 */
void lop_split_bare(struct lop_run *run, struct lop_split *split);
void lop_split_free(struct lop_split *split);

/* From the command line to the reader. */
struct lop_dts_options lop_split_dts_options(const struct lop_options *options);

#endif
