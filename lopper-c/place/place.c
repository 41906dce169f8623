/* SPDX-License-Identifier: BSD-3-Clause */
/* The order of placement, and what is said where there is no room. */
#include "lopper-c/place/place.h"

#include "lopper-c/place/steps.h"

void lop_place_report(struct lop_system *system, const struct lop_free *free,
		      const struct lop_want *want, struct lop_span span, const char *what)
{
	char size[LOP_RANGE_TEXT], hole[LOP_RANGE_TEXT], at[LOP_RANGE_TEXT];
	struct lop_range largest = lop_free_largest(free);
	struct lop_diag *d = lop_report(system->diags, LOP_MEM_FULL, span, "no room for %s: %s",
					what, lop_size_text(want->size, size));

	lop_diag_label(d, span, "%s, aligned for %s", size, want->granule.hardware);
	if (!largest.size) {
		lop_diag_help(d, "no memory of the machine is free at all");
		return;
	}
	lop_diag_help(d, "the largest hole is %s at %s", lop_size_text(largest.size, hole),
		      lop_range_text(largest, at));
	if (largest.size >= want->size)
		lop_diag_help(d,
			      want->last < lop_range_last(largest)
				      ? "but addresses above 0x%llx cannot be used for it"
				      : "but both ends must see it, at an address of its "
					"alignment, up to 0x%llx",
			      (unsigned long long)want->last);
	else
		lop_diag_help(d, "%s are missing: make a domain's memory smaller, or this",
			      lop_size_text(want->size - largest.size, size));
}

void lop_place(struct lop_system *system)
{
	struct lop_free free = lop_free_build(system);

	lop_place_manager(system, &free);
	lop_place_memory(system, &free);
	lop_system_share_rest(system);
	lop_place_slots(system, &free);
	lop_place_traces(system);
	lop_place_links(system, &free);
	lop_place_order(system);
	lop_place_machines(system);
}
