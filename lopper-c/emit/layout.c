/* SPDX-License-Identifier: BSD-3-Clause */
/* FILE.layout.txt: what a linker script of Zephyr puts where, for people. */
#include <inttypes.h>

#include "lopper-c/emit/emit.h"
#include "lopper-c/tree/tree.h"

static const char *rights_text(unsigned rights)
{
	static const char *const texts[] = { "", "r", "w", "rw", "x", "rx", "wx", "rwx" };

	return texts[rights & LOP_MAY_ALL];
}

static void put_memories(const struct lop_system *system, const struct lop_layout *layout,
			 struct lop_buf *out)
{
	lop_buf_puts(out, "memories:\n");
	for (size_t i = 0; i < layout->n_regions; i++) {
		const struct lop_region *r = layout->regions[i];

		lop_buf_printf(out, "  %s: 0x%" PRIx64 "-0x%" PRIx64 " (%s)%s%s\n", r->name,
			       r->range.base, r->range.base + r->range.size, rights_text(r->rights),
			       r->node ? " " : "",
			       r->node ? lop_node_path_dup(system->arena, r->node) : "");
	}
}

static void put_sections(const struct lop_layout *layout, struct lop_buf *out)
{
	lop_buf_puts(out, "sections:\n");
	for (size_t i = 0; i < layout->n_sections; i++) {
		const struct lop_placed *p = &layout->sections[i];

		lop_buf_printf(out, "  %s: %s",
			       p->custom ? p->custom->name : lop_section_names[p->section],
			       p->region->name);
		if (p->has_offset)
			lop_buf_printf(out, " + 0x%" PRIx64, p->offset);
		if (p->load != p->region)
			lop_buf_printf(out, ", loaded from %s", p->load->name);
		lop_buf_puts(out, p->custom ? " (custom)\n" : "\n");
	}
}

void lop_emit_layout(const struct lop_system *system, const struct lop_view *view,
		     const struct lop_layout *layout, struct lop_buf *out)
{
	const struct lop_cluster *cluster = lop_domain_cluster(view->domain);

	lop_buf_printf(out, "processor: %s\nprofile: %s\nzephyr-version: 4.3\nentry: %s\n",
		       cluster->family == LOP_CPU_ARM_R5 ? "cortexr5" : "cortexr52",
		       layout->profile, layout->entry);
	if (layout->policy->user_content)
		lop_buf_printf(out, "user-content: %s\n", layout->policy->user_content);
	put_memories(system, layout, out);
	put_sections(layout, out);
}
