/* SPDX-License-Identifier: BSD-3-Clause */
/* The sections of the page. */
#include <inttypes.h>

#include "lopper-c/report/forms.h"
#include "lopper-c/report/html.h"
#include "lopper-c/report/steps.h"

/* --- maps --- */

static void put_row(const struct lop_report *report, const struct lop_bus_map *map,
		    const struct lop_map_row *row, struct lop_buf *out)
{
	const struct lop_fact_region *r = row->region;
	const bool free = r->kind == LOP_FACT_FREE;
	const char *owners = lop_fact_region_owners(report, r);

	lop_buf_printf(out, "<tr%s>",
		       row->overlaps ? " class=\"hit\""
		       : free	     ? " class=\"free\""
				     : "");
	lop_buf_printf(out, "<td class=\"x n own %s\">", lop_html_owner_class(report, r));
	lop_buf_printf(out, "%s0x%" PRIx64 "</td>", row->overlaps ? "\xe2\x9a\xa0 " : "",
		       row->range.base);
	lop_buf_printf(out, "<td class=\"x n\">0x%" PRIx64 "</td>", lop_range_last(row->range));
	lop_html_cell(out, "n", lop_report_size(report, row->range.size));
	if (lop_map_is_view(map))
		lop_html_cell(out, "x n",
			      row->root == row->range.base ? ""
							   : lop_report_hex(report, row->root));
	lop_buf_printf(out, "<td class=\"d%u\">%s</td>", row->depth < 3 ? row->depth : 3,
		       lop_fact_region_kind_name(r->kind));
	lop_html_cell(out, NULL, r->name);
	lop_html_cell(out, NULL, *owners ? owners : free ? "" : "nobody");
	lop_html_cell(out, "src", r->source);
	lop_buf_puts(out, "</tr>\n");
}

static void put_side(const struct lop_report *report, const struct lop_fact_region *region,
		     struct lop_buf *out)
{
	const char *owners = lop_fact_region_owners(report, region);

	lop_buf_printf(out, "%s ", lop_fact_region_kind_name(region->kind));
	lop_html_text(out, region->name);
	if (*owners)
		lop_buf_puts(out, " of ");
	lop_html_text(out, owners);
}

static void put_overlaps(const struct lop_report *report, const struct lop_bus_map *map,
			 struct lop_buf *out)
{
	char range[LOP_RANGE_TEXT];

	if (!map->n_overlaps)
		return;
	lop_buf_printf(out,
		       "<div class=\"alarm\"><strong>\xe2\x9a\xa0 %zu overlap%s</strong><ul>\n",
		       map->n_overlaps, map->n_overlaps == 1 ? "" : "s");
	for (size_t i = 0; i < map->n_overlaps; i++) {
		const struct lop_map_overlap *o = &map->overlaps[i];

		lop_buf_printf(out, "<li><span class=\"x\">%s</span> (%s): ",
			       lop_range_text(o->range, range),
			       lop_report_size(report, o->range.size));
		put_side(report, o->a, out);
		lop_buf_puts(out, " and ");
		put_side(report, o->b, out);
		lop_buf_puts(out, "</li>\n");
	}
	lop_buf_printf(out, "</ul>%s</div>\n",
		       map->cut ? "<p>There may be more; these are the first.</p>" : "");
}

static void put_map(const struct lop_report *report, const struct lop_bus_map *map,
		    struct lop_buf *out)
{
	static const char *const root_heads[] = { "Start", "End",   "Size",   "What",
						  "Name",  "Owner", "Source", NULL };
	static const char *const view_heads[] = { "Start", "End",   "Size",   "Machine", "What",
						  "Name",  "Owner", "Source", NULL };

	if (map->same_as_root || !map->n_rows) {
		lop_buf_puts(out, map->same_as_root
					  ? "<p class=\"sub\">The same as the machine's.</p>\n"
					  : "<p class=\"sub\">Nothing.</p>\n");
		return;
	}
	put_overlaps(report, map, out);
	lop_buf_puts(out, "<div class=\"map\">\n<div class=\"pic\" tabindex=\"0\" role=\"region\" "
			  "aria-label=\"Picture of the addresses\">");
	lop_picture_map(report, map, out);
	lop_buf_puts(out, "</div>\n");
	lop_html_table(out, "Table of the addresses",
		       lop_map_is_view(map) ? view_heads : root_heads,
		       lop_map_is_view(map) ? "nnnn." : "nnn.");
	for (size_t i = 0; i < map->n_rows; i++)
		put_row(report, map, &map->rows[i], out);
	lop_html_table_end(out);
	lop_buf_puts(out, "</div>\n");
}

void lop_html_maps(const struct lop_report *report, struct lop_buf *out)
{
	for (size_t i = 0; i < report->n_maps; i++) {
		const struct lop_bus_map *map = &report->maps[i];

		lop_buf_printf(out, "<section class=\"card\"><h3>%s",
			       lop_map_is_view(map) ? "As seen by " : "The machine");
		if (lop_map_is_view(map))
			lop_html_text(out, map->name);
		lop_buf_puts(out, "</h3>\n");
		put_map(report, map, out);
		lop_buf_puts(out, "</section>\n");
	}
}

/* --- devices and domains --- */

#define CELLS_MAX 200000u /* of a matrix; beyond, owners are listed by name */

static void put_marks(const struct lop_report *report, const struct lop_device_use *use,
		      struct lop_buf *out)
{
	for (size_t d = 0; d < report->system->n_domains; d++) {
		if (!use || use->domain != d) {
			lop_buf_puts(out, "<td></td>");
			continue;
		}
		lop_buf_printf(out, "<td class=\"mid\">%s</td>",
			       use->given ? "\xe2\x97\x8f<span class=\"away\"> given</span>"
					  : "\xe2\x97\x8b<span class=\"away\"> needed</span>");
		while (use && use->domain == d)
			use = use->next_use;
	}
}

static void put_names(const struct lop_report *report, const struct lop_device_use *use,
		      struct lop_buf *out)
{
	lop_buf_puts(out, "<td>");
	for (; use; use = use->next_use) {
		lop_html_text(out, report->domains[use->domain].domain->name);
		lop_buf_printf(out, "%s%s", use->given ? "" : " (needed)",
			       use->next_use ? ", " : "");
	}
	lop_buf_puts(out, "</td>");
}

void lop_html_matrix(const struct lop_report *report, struct lop_buf *out)
{
	const size_t n = report->system->n_domains;
	const bool wide = report->n_devices && n > CELLS_MAX / report->n_devices;
	const char **heads = lop_arena_zalloc(report->arena, (n + 4) * sizeof(*heads));
	char *kinds = lop_arena_zalloc(report->arena, n + 4);
	size_t k = 0;

	kinds[k] = '.';
	heads[k++] = "Device";
	for (size_t d = 0; d < n && !wide; d++) {
		kinds[k] = 'm';
		heads[k++] = report->system->domains[d]->name;
	}
	if (wide)
		heads[k++] = "Domains";
	kinds[k] = '.';
	heads[k++] = "Source";
	lop_buf_puts(out, "<section class=\"card\">\n<p class=\"sub\">\xe2\x97\x8f given to the "
			  "domain \xc2\xb7 \xe2\x97\x8b needed by something it was given</p>\n");
	lop_html_table(out, "Devices by domain", heads, wide ? "." : kinds);
	for (size_t i = 0; i < report->n_devices; i++) {
		const struct lop_device_use *use = report->devices[i];

		lop_buf_puts(out, "<tr><th scope=\"row\">");
		lop_html_text(out, lop_node_title(use->node));
		lop_buf_puts(out, "</th>");
		if (wide)
			put_names(report, use, out);
		else
			put_marks(report, use, out);
		lop_html_cell(out, "src", use->node_source);
		lop_buf_puts(out, "</tr>\n");
	}
	lop_html_table_end(out);
	lop_buf_puts(out, "</section>\n");
}

static void put_memory(const struct lop_report *report, const struct lop_view *view,
		       struct lop_buf *out)
{
	static const char *const heads[] = { "Memory", "Start",	 "Size", "Machine",
					     "Node",   "Source", NULL };

	if (!view || !view->n_memory)
		return;
	lop_buf_puts(out, "<h4>Memory, as its CPUs see it</h4>\n");
	lop_html_table(out, "Memory", heads, ".nnn.");
	for (size_t i = 0; i < view->n_memory; i++) {
		const struct lop_view_memory *m = &view->memory[i];

		lop_buf_puts(out, "<tr>");
		lop_html_cell(out, NULL, m->sram ? "sram" : "memory");
		lop_html_cell(out, "x n", lop_report_hex(report, m->range.base));
		lop_html_cell(out, "n", lop_report_size(report, m->range.size));
		lop_html_cell(out, "x n", lop_report_hex(report, m->root.base));
		lop_html_cell(out, NULL, m->node ? lop_node_title(m->node) : "");
		lop_html_cell(out, "src", lop_report_source(report, m->span));
		lop_buf_puts(out, "</tr>\n");
	}
	lop_html_table_end(out);
}

static void put_devices(const struct lop_report *report, const struct lop_domain_facts *facts,
			struct lop_buf *out)
{
	static const char *const heads[] = { "Device", "Address", "Size", "Interrupts",
					     "",       "Source",  NULL };

	if (!facts->n_uses)
		return;
	lop_buf_puts(out, "<h4>Devices, as its CPUs see them</h4>\n");
	lop_html_table(out, "Devices", heads, ".nn.");
	for (size_t i = 0; i < facts->n_uses; i++) {
		const struct lop_device_use *use = facts->uses[i];

		lop_buf_puts(out, "<tr><th scope=\"row\">");
		lop_html_text(out, lop_node_title(use->node));
		lop_buf_puts(out, "</th>");
		lop_html_cell(out, "x n",
			      use->placed ? lop_report_hex(report, use->range.base) : "");
		lop_html_cell(out, "n",
			      use->placed ? lop_report_size(report, use->range.size) : "");
		lop_html_cell(out, NULL, lop_report_irqs(report, use));
		lop_html_cell(out, NULL, use->given ? "" : "needed");
		lop_html_cell(out, "src", use->source);
		lop_buf_puts(out, "</tr>\n");
	}
	lop_html_table_end(out);
}

static void put_cpus(const struct lop_report *report, const struct lop_domain *domain,
		     struct lop_buf *out)
{
	lop_buf_puts(out, "<p>CPUs: ");
	lop_html_text(out, lop_report_cpus(report, domain));
	if (domain->n_cpus) {
		lop_buf_puts(out, " <span class=\"src\">");
		lop_html_text(out, lop_report_source(report, domain->cpus[0].span));
		lop_buf_puts(out, "</span>");
	}
	lop_buf_puts(out, "</p>\n");
}

void lop_html_domains(const struct lop_report *report, struct lop_buf *out)
{
	const struct lop_system *system = report->system;
	struct lop_fields fields = lop_fields_of_manager(report);

	lop_buf_puts(out, "<div class=\"two\">\n");
	if (system->manager) {
		lop_buf_puts(out, "<section class=\"card\"><h3><span class=\"sw cm\"></span> "
				  "The manager</h3>\n");
		lop_html_fields(report, "Facts of the manager", &fields, out);
		lop_buf_puts(out, "</section>\n");
	}
	for (size_t i = 0; i < system->n_domains; i++) {
		fields = lop_fields_of_domain(report, system->domains[i]);
		lop_buf_printf(out, "<section class=\"card\"><h3><span class=\"sw c%zu\"></span> ",
			       i % 8);
		lop_html_text(out, system->domains[i]->name);
		lop_buf_puts(out, "</h3>\n");
		put_cpus(report, system->domains[i], out);
		lop_html_fields(report, "Facts of the domain", &fields, out);
		put_memory(report, report->domains[i].view, out);
		put_devices(report, &report->domains[i], out);
		lop_buf_puts(out, "</section>\n");
	}
	lop_buf_puts(out, "</div>\n");
}

/* --- links --- */

void lop_html_links(const struct lop_report *report, struct lop_buf *out)
{
	const struct lop_system *system = report->system;

	lop_buf_puts(out, "<section class=\"card\"><div class=\"pic wide\" tabindex=\"0\" "
			  "role=\"region\" aria-label=\"Diagram of the links\">");
	lop_picture_links(report, out);
	lop_buf_puts(out, "</div></section>\n<div class=\"two\">\n");
	for (size_t i = 0; i < system->n_links; i++) {
		struct lop_fields fields = lop_fields_of_link(report, system->links[i]);

		lop_buf_puts(out, "<section class=\"card\"><h3>");
		lop_html_text(out, system->links[i]->name);
		lop_buf_puts(out, "</h3>\n");
		lop_html_fields(report, "Facts of the link", &fields, out);
		lop_buf_puts(out, "</section>\n");
	}
	lop_buf_puts(out, "</div>\n");
}
