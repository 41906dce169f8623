/* SPDX-License-Identifier: BSD-3-Clause */
/* report.json; docs/report.md describes every key. `sdtgen diff` reads it back. */
#include <string.h>

#include "lopper-c/diag/jsonw.h"
#include "lopper-c/report/fields.h"
#include "lopper-c/report/forms.h"
#include "lopper-c/report/steps.h"

struct json {
	const struct lop_report *report;
	struct lop_jsonw w;
};

static void source(struct json *j, const char *key, struct lop_span span)
{
	const char *text = lop_report_source(j->report, span);

	if (*text)
		lop_jsonw_text(&j->w, key, text);
}

static void text(struct json *j, const char *key, const char *value)
{
	if (value && *value)
		lop_jsonw_text(&j->w, key, value);
}

static void path(struct json *j, const char *key, const struct lop_node *node)
{
	if (node)
		lop_jsonw_text(&j->w, key, lop_node_path_dup(j->report->arena, node));
}

static void range(struct json *j, struct lop_range range)
{
	lop_jsonw_hex(&j->w, "start", range.base);
	lop_jsonw_hex(&j->w, "size", range.size);
}

/* --- maps --- */

static void put_owners(struct json *j, const struct lop_fact_region *region)
{
	lop_jsonw_open(&j->w, "owners", '[', false);
	if (region->manager)
		lop_jsonw_text(&j->w, NULL, "manager");
	for (const struct lop_owner *o = region->owner; o; o = o->next)
		lop_jsonw_text(&j->w, NULL, o->domain->name);
	lop_jsonw_close(&j->w, ']');
}

static void put_row(struct json *j, const struct lop_map_row *row)
{
	const struct lop_fact_region *r = row->region;

	lop_jsonw_open(&j->w, NULL, '{', false);
	range(j, row->range);
	if (row->root != row->range.base)
		lop_jsonw_hex(&j->w, "machine", row->root);
	lop_jsonw_text(&j->w, "kind", lop_fact_region_kind_name(r->kind));
	text(j, "name", r->name);
	text(j, "link", r->link ? r->link->name : NULL);
	path(j, "path", r->node);
	put_owners(j, r);
	if (row->depth)
		lop_jsonw_number(&j->w, "depth", row->depth);
	if (row->overlaps)
		lop_jsonw_flag(&j->w, "overlaps", true);
	text(j, "source", r->source);
	lop_jsonw_close(&j->w, '}');
}

static void put_overlap_side(struct json *j, const char *key, const struct lop_fact_region *region)
{
	lop_jsonw_open(&j->w, key, '{', false);
	lop_jsonw_text(&j->w, "kind", lop_fact_region_kind_name(region->kind));
	text(j, "name", region->name);
	put_owners(j, region);
	text(j, "source", region->source);
	lop_jsonw_close(&j->w, '}');
}

static void put_map(struct json *j, const struct lop_bus_map *map)
{
	lop_jsonw_open(&j->w, NULL, '{', false);
	lop_jsonw_text(&j->w, "name", map->name);
	path(j, "cluster", map->cluster ? map->cluster->node : NULL);
	text(j, "domain", map->domain ? map->domain->name : NULL);
	lop_jsonw_flag(&j->w, "same-as-root", map->same_as_root);
	lop_jsonw_flag(&j->w, "overlaps-cut", map->cut);
	lop_jsonw_open(&j->w, "entries", '[', true);
	for (size_t i = 0; i < map->n_rows; i++)
		put_row(j, &map->rows[i]);
	lop_jsonw_close(&j->w, ']');
	lop_jsonw_open(&j->w, "overlaps", '[', true);
	for (size_t i = 0; i < map->n_overlaps; i++) {
		lop_jsonw_open(&j->w, NULL, '{', false);
		range(j, map->overlaps[i].range);
		put_overlap_side(j, "first", map->overlaps[i].a);
		put_overlap_side(j, "second", map->overlaps[i].b);
		lop_jsonw_close(&j->w, '}');
	}
	lop_jsonw_close(&j->w, ']');
	lop_jsonw_close(&j->w, '}');
}

/* --- lists of fields --- */

static void put_value(struct json *j, const struct lop_field *f)
{
	switch (f->kind) {
	case LOP_FIELD_TEXT:
		lop_jsonw_text(&j->w, f->key, f->text);
		break;
	case LOP_FIELD_NUMBER:
		lop_jsonw_number(&j->w, f->key, f->number);
		break;
	case LOP_FIELD_FLAG:
		lop_jsonw_flag(&j->w, f->key, f->number);
		break;
	default:
		lop_jsonw_hex(&j->w, f->key, f->number);
	}
}

/* values, and sources of those that come from elsewhere than the whole. */
static void put_fields(struct json *j, const struct lop_fields *fields, struct lop_span whole)
{
	source(j, "source", whole);
	lop_jsonw_open(&j->w, "values", '{', false);
	for (size_t i = 0; i < fields->n; i++)
		put_value(j, &fields->list[i]);
	lop_jsonw_close(&j->w, '}');
	lop_jsonw_open(&j->w, "sources", '{', false);
	for (size_t i = 0; i < fields->n; i++)
		if (memcmp(&fields->list[i].span, &whole, sizeof(whole)))
			source(j, fields->list[i].key, fields->list[i].span);
	lop_jsonw_close(&j->w, '}');
}

/* --- domains --- */

static void put_cpus(struct json *j, const struct lop_domain *domain)
{
	lop_jsonw_open(&j->w, "cpus", '[', true);
	for (size_t i = 0; i < domain->n_cpus; i++) {
		const struct lop_cpu_use *use = &domain->cpus[i];

		lop_jsonw_open(&j->w, NULL, '{', false);
		lop_jsonw_text(&j->w, "cluster", use->cluster->name);
		lop_jsonw_open(&j->w, "cpus", '[', false);
		for (size_t k = 0; k < use->cluster->n_cpus && k < 64; k++)
			if (use->set >> k & 1)
				lop_jsonw_hex(&j->w, NULL, use->cluster->cpus[k].reg);
		lop_jsonw_close(&j->w, ']');
		lop_jsonw_number(&j->w, "el", use->el);
		lop_jsonw_flag(&j->w, "secure", use->secure);
		lop_jsonw_flag(&j->w, "lockstep", use->lockstep);
		source(j, "source", use->span);
		lop_jsonw_close(&j->w, '}');
	}
	lop_jsonw_close(&j->w, ']');
}

static void put_memory(struct json *j, const struct lop_view *view)
{
	lop_jsonw_open(&j->w, "memory", '[', true);
	for (size_t i = 0; view && i < view->n_memory; i++) {
		const struct lop_view_memory *m = &view->memory[i];

		lop_jsonw_open(&j->w, NULL, '{', false);
		range(j, m->range);
		lop_jsonw_hex(&j->w, "machine", m->root.base);
		lop_jsonw_text(&j->w, "kind", m->sram ? "sram" : "memory");
		path(j, "path", m->node);
		source(j, "source", m->span);
		lop_jsonw_close(&j->w, '}');
	}
	lop_jsonw_close(&j->w, ']');
}

static void put_irqs(struct json *j, const struct lop_device_use *use)
{
	lop_jsonw_open(&j->w, "interrupts", '[', false);
	for (size_t i = 0; i < use->n_irqs; i++) {
		lop_jsonw_open(&j->w, NULL, '{', false);
		lop_jsonw_number(&j->w, "number", use->irqs[i].number);
		lop_jsonw_text(&j->w, "kind", lop_irq_kind_name(use->irqs[i].kind));
		if (use->irqs[i].edge)
			lop_jsonw_flag(&j->w, "edge", true);
		lop_jsonw_close(&j->w, '}');
	}
	lop_jsonw_close(&j->w, ']');
}

static void put_devices(struct json *j, const struct lop_domain_facts *facts)
{
	lop_jsonw_open(&j->w, "devices", '[', true);
	for (size_t i = 0; i < facts->n_uses; i++) {
		const struct lop_device_use *use = facts->uses[i];

		lop_jsonw_open(&j->w, NULL, '{', false);
		lop_jsonw_text(&j->w, "name", lop_node_title(use->node));
		path(j, "path", use->node);
		lop_jsonw_flag(&j->w, "given", use->given);
		if (use->placed)
			range(j, use->range);
		put_irqs(j, use);
		text(j, "source", use->source);
		if (use->node_source != use->source)
			text(j, "node-source", use->node_source);
		lop_jsonw_close(&j->w, '}');
	}
	lop_jsonw_close(&j->w, ']');
}

static void put_reserved(struct json *j, const struct lop_domain *domain)
{
	lop_jsonw_open(&j->w, "reserved", '[', true);
	for (size_t i = 0; i < domain->n_reserved; i++) {
		if (!domain->reserved[i].node)
			continue;
		lop_jsonw_open(&j->w, NULL, '{', false);
		lop_jsonw_text(&j->w, "name", lop_node_title(domain->reserved[i].node));
		path(j, "path", domain->reserved[i].node);
		source(j, "source", domain->reserved[i].span);
		lop_jsonw_close(&j->w, '}');
	}
	lop_jsonw_close(&j->w, ']');
}

static void put_domain(struct json *j, const struct lop_domain_facts *facts)
{
	const struct lop_domain *domain = facts->domain;
	struct lop_fields fields = lop_fields_of_domain(j->report, domain);

	lop_jsonw_open(&j->w, NULL, '{', true);
	lop_jsonw_text(&j->w, "name", domain->name);
	put_fields(j, &fields, domain->span);
	put_cpus(j, domain);
	put_memory(j, facts->view);
	put_reserved(j, domain);
	put_devices(j, facts);
	lop_jsonw_close(&j->w, '}');
}

/* --- the whole --- */

static void put_system(struct json *j)
{
	const struct lop_system *system = j->report->system;
	struct lop_fields fields = lop_fields_of_manager(j->report);

	if (system->manager) {
		lop_jsonw_open(&j->w, "manager", '{', true);
		put_fields(j, &fields, system->manager->span);
		lop_jsonw_close(&j->w, '}');
	}
	lop_jsonw_open(&j->w, "domains", '[', true);
	for (size_t i = 0; i < system->n_domains; i++)
		put_domain(j, &j->report->domains[i]);
	lop_jsonw_close(&j->w, ']');
	lop_jsonw_open(&j->w, "links", '[', true);
	for (size_t i = 0; i < system->n_links; i++) {
		fields = lop_fields_of_link(j->report, system->links[i]);
		lop_jsonw_open(&j->w, NULL, '{', true);
		lop_jsonw_text(&j->w, "name", system->links[i]->name);
		put_fields(j, &fields, system->links[i]->span);
		lop_jsonw_close(&j->w, '}');
	}
	lop_jsonw_close(&j->w, ']');
}

static void print_json(const struct lop_report *report, bool maps_only, struct lop_buf *out)
{
	struct json j = { .report = report, .w = { .out = out } };

	lop_jsonw_open(&j.w, NULL, '{', true);
	lop_jsonw_text(&j.w, "schema", LOP_REPORT_SCHEMA);
	lop_jsonw_number(&j.w, "version", LOP_REPORT_VERSION);
	lop_jsonw_text(&j.w, "title", report->title);
	lop_jsonw_open(&j.w, "maps", '[', true);
	for (size_t i = 0; i < report->n_maps; i++)
		put_map(&j, &report->maps[i]);
	lop_jsonw_close(&j.w, ']');
	if (!maps_only)
		put_system(&j);
	lop_jsonw_close(&j.w, '}');
}

void lop_report_json(const struct lop_report *report, bool maps_only, struct lop_buf *out)
{
	struct lop_arena scratch = { 0 };
	struct lop_report own = *report;

	own.arena = &scratch;
	print_json(&own, maps_only, out);
	lop_arena_free(&scratch);
}
