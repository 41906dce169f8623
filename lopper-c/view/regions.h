/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside view/: the memories of a domain's linker script. */
#ifndef LOP_VIEW_REGIONS_H
#define LOP_VIEW_REGIONS_H

#include "lopper-c/view/layout.h"

/* What both steps of a layout look at. */
struct lop_layout_job {
	const struct lop_system *system; /* the one that has places: addresses of links */
	const struct lop_system *active; /* as it is under the domain's condition */
	const struct lop_domain *domain; /* in system */
	const struct lop_domain *own;	 /* the same domain in active */
	const struct lop_view *view;
	struct lop_layout *layout;
	struct lop_range blob; /* lop_layout_blob */
};

/* Fills regions and trace. */
void lop_layout_regions(const struct lop_layout_job *job);
/* The first region of a memory; NULL: the script has none of it. */
const struct lop_region *lop_layout_region_of(const struct lop_layout *layout,
					      const struct lop_node *node);

#endif
