/* SPDX-License-Identifier: BSD-3-Clause */
/* The report for terminals: maps as tables, then domains, devices and links. */
#include <string.h>

#include "lopper-c/diag/render.h"
#include "lopper-c/report/fields.h"
#include "lopper-c/report/forms.h"
#include "lopper-c/report/steps.h"
#include "lopper-c/report/table.h"

static void put_clean(struct lop_buf *out, const char *s)
{
	lop_text_clean(out, s, strlen(s));
}

static void put_title(const char *title, struct lop_buf *out)
{
	size_t start = out->len;

	put_clean(out, title);
	start = out->len - start;
	lop_buf_putc(out, '\n');
	lop_buf_fill(out, '-', start);
	lop_buf_puts(out, "\n\n");
}

/* --- maps --- */

static void add_map_row(const struct lop_report *report, const struct lop_bus_map *map,
			const struct lop_map_row *row, struct lop_table *table)
{
	const struct lop_fact_region *r = row->region;
	bool free = r->kind == LOP_FACT_FREE;
	unsigned depth = row->depth < 4 ? row->depth : 4;
	const char *cells[LOP_TABLE_COLUMNS];
	size_t n = 0;

	cells[n++] = row->overlaps ? "!" : "";
	cells[n++] = lop_report_hex(report, row->range.base);
	cells[n++] = lop_report_hex(report, lop_range_last(row->range));
	cells[n++] = lop_report_size(report, row->range.size);
	if (lop_map_is_view(map))
		cells[n++] = row->root == row->range.base ? "" : lop_report_hex(report, row->root);
	cells[n++] = lop_arena_printf(report->arena, "%*s%s", (int)(2 * depth), "",
				      free ? "<free>" : lop_fact_region_kind_name(r->kind));
	cells[n++] = r->name;
	cells[n++] = lop_fact_region_owners(report, r);
	cells[n++] = r->source;
	lop_table_add(table, cells);
}

static void put_overlaps(const struct lop_report *report, const struct lop_bus_map *map,
			 struct lop_buf *out)
{
	char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];

	for (size_t i = 0; i < map->n_overlaps; i++) {
		const struct lop_map_overlap *o = &map->overlaps[i];
		const struct lop_fact_region *side[2] = { o->a, o->b };

		lop_buf_printf(out, "%s! overlap of %s (%s):", i ? "" : "\n",
			       lop_range_text(o->range, range), lop_size_text(o->range.size, size));
		for (size_t k = 0; k < 2; k++) {
			const char *owners = lop_fact_region_owners(report, side[k]);

			lop_buf_printf(out, "%s %s", k ? " and" : "",
				       lop_fact_region_kind_name(side[k]->kind));
			if (*side[k]->name)
				lop_buf_putc(out, ' ');
			put_clean(out, side[k]->name);
			if (*owners)
				lop_buf_puts(out, " of ");
			put_clean(out, owners);
		}
		lop_buf_putc(out, '\n');
	}
	if (map->cut)
		lop_buf_printf(out,
			       "! more may overlap: the first %u are listed, and %u regions "
			       "at one address compared\n",
			       LOP_OVERLAPS_MAX, LOP_ACTIVE_MAX);
}

static void put_map(const struct lop_report *report, const struct lop_bus_map *map,
		    struct lop_buf *out)
{
	static const char *const root_head[] = { "",	 "Start", "End",   "Size",
						 "What", "Name",  "Owner", "Source" };
	static const char *const view_head[] = { "",	 "Start", "End",   "Size",  "Machine",
						 "What", "Name",  "Owner", "Source" };
	struct lop_table table = {
		.arena = report->arena,
		.columns = lop_map_is_view(map) ? 9 : 8,
		.right = "01110000000",
	};

	if (map->same_as_root) {
		lop_buf_puts(out, "The same as the machine's.\n\n");
		return;
	}
	if (!map->n_rows) {
		lop_buf_puts(out, "Nothing.\n\n");
		return;
	}
	lop_table_add(&table, lop_map_is_view(map) ? view_head : root_head);
	for (size_t i = 0; i < map->n_rows; i++)
		add_map_row(report, map, &map->rows[i], &table);
	lop_table_print(&table, 0, out);
	put_overlaps(report, map, out);
	lop_buf_putc(out, '\n');
}

static void print_map_text(const struct lop_report *report, struct lop_buf *out)
{
	for (size_t i = 0; i < report->n_maps; i++) {
		const struct lop_bus_map *map = &report->maps[i];

		put_title(lop_map_is_view(map)
				  ? lop_arena_printf(report->arena, "Addresses of %s", map->name)
				  : "Addresses of the machine",
			  out);
		put_map(report, map, out);
	}
}

/* --- domains --- */

static void put_fields(const struct lop_report *report, const struct lop_fields *fields,
		       struct lop_buf *out)
{
	struct lop_table table = { .arena = report->arena, .columns = 3 };

	for (size_t i = 0; i < fields->n; i++) {
		const char *cells[] = { fields->list[i].key,
					lop_field_text(report->arena, &fields->list[i]),
					lop_report_source(report, fields->list[i].span) };

		lop_table_add(&table, cells);
	}
	lop_table_print(&table, 0, out);
	lop_buf_putc(out, '\n');
}

static void put_devices(const struct lop_report *report, const struct lop_domain_facts *facts,
			struct lop_buf *out)
{
	struct lop_table table = { .arena = report->arena, .columns = 6, .right = "001000" };
	static const char *const head[] = {
		"Device", "Address", "Size", "Interrupts", "", "Source"
	};

	if (!facts->n_uses)
		return;
	lop_table_add(&table, head);
	for (size_t i = 0; i < facts->n_uses; i++) {
		const struct lop_device_use *use = facts->uses[i];
		const char *cells[] = {
			lop_node_title(use->node),
			use->placed ? lop_report_hex(report, use->range.base) : "",
			use->placed ? lop_report_size(report, use->range.size) : "",
			lop_report_irqs(report, use),
			use->given ? "" : "needed",
			use->source,
		};

		lop_table_add(&table, cells);
	}
	lop_table_print(&table, 0, out);
	lop_buf_putc(out, '\n');
}

static void put_memory(const struct lop_report *report, const struct lop_view *view,
		       struct lop_buf *out)
{
	struct lop_table table = { .arena = report->arena, .columns = 6, .right = "0110000" };
	static const char *const head[] = {
		"Memory", "Start", "Size", "Machine", "Node", "Source"
	};

	if (!view || !view->n_memory)
		return;
	lop_table_add(&table, head);
	for (size_t i = 0; i < view->n_memory; i++) {
		const struct lop_view_memory *m = &view->memory[i];
		const char *cells[] = {
			m->sram ? "sram" : "memory",
			lop_report_hex(report, m->range.base),
			lop_report_size(report, m->range.size),
			m->root.base == m->range.base ? "" : lop_report_hex(report, m->root.base),
			m->node ? lop_node_title(m->node) : "",
			lop_report_source(report, m->span),
		};

		lop_table_add(&table, cells);
	}
	lop_table_print(&table, 0, out);
	lop_buf_putc(out, '\n');
}

static void put_cpus(const struct lop_report *report, const struct lop_domain *domain,
		     struct lop_buf *out)
{
	lop_buf_puts(out, "CPUs: ");
	put_clean(out, lop_report_cpus(report, domain));
	if (domain->n_cpus) {
		lop_buf_puts(out, ", ");
		put_clean(out, lop_report_source(report, domain->cpus[0].span));
	}
	lop_buf_puts(out, "\n\n");
}

static void put_named(const struct lop_report *report, const char *what, const char *name,
		      const struct lop_fields *fields, struct lop_buf *out)
{
	put_title(lop_arena_printf(report->arena, "%s%s%s", what, *name ? " " : "", name), out);
	put_fields(report, fields, out);
}

static void print_text(const struct lop_report *report, struct lop_buf *out)
{
	const struct lop_system *system = report->system;
	struct lop_fields fields = lop_fields_of_manager(report);

	put_clean(out, report->title);
	lop_buf_printf(out, ": %zu domain%s, %zu link%s\n\n", system->n_domains,
		       system->n_domains == 1 ? "" : "s", system->n_links,
		       system->n_links == 1 ? "" : "s");
	print_map_text(report, out);
	if (system->manager)
		put_named(report, "Manager", "", &fields, out);
	for (size_t i = 0; i < system->n_domains; i++) {
		fields = lop_fields_of_domain(report, system->domains[i]);
		put_named(report, "Domain", system->domains[i]->name, &fields, out);
		put_cpus(report, system->domains[i], out);
		put_memory(report, report->domains[i].view, out);
		put_devices(report, &report->domains[i], out);
	}
	for (size_t i = 0; i < system->n_links; i++) {
		fields = lop_fields_of_link(report, system->links[i]);
		put_named(report, "Link", system->links[i]->name, &fields, out);
	}
}

void lop_report_map_text(const struct lop_report *report, struct lop_buf *out)
{
	struct lop_arena scratch = { 0 };
	struct lop_report own = *report;

	own.arena = &scratch;
	print_map_text(&own, out);
	lop_arena_free(&scratch);
}

void lop_report_text(const struct lop_report *report, struct lop_buf *out)
{
	struct lop_arena scratch = { 0 };
	struct lop_report own = *report;

	own.arena = &scratch;
	print_text(&own, out);
	lop_arena_free(&scratch);
}
