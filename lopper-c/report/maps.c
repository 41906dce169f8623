/* SPDX-License-Identifier: BSD-3-Clause */
/* What each bus shows of the regions, in address order, with what is free; see facts.h. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/report/overlap.h"
#include "lopper-c/report/steps.h"

/* --- what a cluster sees --- */

struct shown {
	const struct lop_fact_region *region;
	struct lop_range range; /* on the bus */
	uint64_t root;
};

struct showing {
	struct lop_report *report;
	const struct lop_cluster *cluster; /* NULL: the root */
	const struct lop_domain *domain;   /* NULL: a bus */
	struct shown *list;
	size_t n;
};

static void show(struct showing *s, const struct lop_fact_region *region, struct lop_range range,
		 uint64_t root)
{
	*LOP_APPEND(s->report->arena, s->list, s->n) = (struct shown){ region, range, root };
}

#define PIECES_MAX 64 /* windows that one region is seen through, one after the other */

static void show_memory(struct showing *s, const struct lop_fact_region *region)
{
	bool sram = region->kind == LOP_FACT_SRAM;
	struct lop_range left = region->range, view;

	for (unsigned i = 0; i < PIECES_MAX && left.size; i++) {
		if (!lop_cluster_sees_memory(s->report->system, s->cluster, left, sram, &view) ||
		    !view.size)
			return;
		show(s, region, view, left.base);
		left.base += view.size;
		left.size -= view.size;
	}
}

/* --- what a domain sees of what it has --- */

static bool has_owner(const struct lop_fact_region *region, const struct lop_domain *domain)
{
	for (const struct lop_owner *o = region->owner; o; o = o->next)
		if (o->domain == domain)
			return true;
	return false;
}

/* Parts of a range that are not all seen, or in several places. */
static void show_parts(struct showing *s, const struct lop_fact_region *region,
		       struct lop_range left)
{
	const bool sram = region->kind == LOP_FACT_SRAM;
	struct lop_range view;

	for (unsigned i = 0; i < PIECES_MAX && left.size; i++) {
		if (lop_domain_sees_memory(s->report->system, s->domain, left, sram, &view))
			show(s, region, view, left.base);
		if (!view.size)
			return;
		left.base += view.size;
		left.size -= view.size;
	}
}

/* Reserved for somebody else, in the domain's memory. */
static void show_holes(struct showing *s, const struct lop_fact_region *region)
{
	for (size_t i = 0; i < s->domain->n_memory; i++)
		show_parts(s, region,
			   lop_range_intersect(s->domain->memory[i].range, region->range));
}

static void show_window(struct showing *s, const struct lop_fact_region *region)
{
	const struct lop_link *link = region->link;
	const enum lop_end end = link->end[LOP_HOST] == s->domain ? LOP_HOST : LOP_REMOTE;
	struct lop_range view = region->range;

	if (lop_link_address(s->report->system, link, end, view, &view.base))
		show(s, region, view, region->range.base);
}

static void show_device(struct showing *s, const struct lop_fact_region *region)
{
	const struct lop_cluster *cluster = lop_domain_cluster(s->domain);
	struct lop_range view = region->range;

	if (!cluster ||
	    (lop_cluster_sees(s->report->system, cluster, region->node, region->range, &view) &&
	     view.size))
		show(s, region, view, region->range.base);
}

static void show_own(struct showing *s, const struct lop_fact_region *region)
{
	if (!has_owner(region, s->domain)) {
		if (region->kind == LOP_FACT_RESERVED)
			show_holes(s, region);
	} else if (region->link) {
		show_window(s, region);
	} else if (region->kind == LOP_FACT_DEVICE) {
		show_device(s, region);
	} else {
		show_parts(s, region, region->range);
	}
}

static void show_region(struct showing *s, const struct lop_fact_region *region)
{
	struct lop_range view;

	if (s->domain) {
		show_own(s, region);
	} else if (!s->cluster) {
		show(s, region, region->range, region->range.base);
	} else if (region->kind != LOP_FACT_DEVICE) {
		show_memory(s, region);
	} else if (lop_cluster_sees(s->report->system, s->cluster, region->node, region->range,
				    &view) &&
		   view.size) {
		show(s, region, view, region->range.base);
	}
}

/* --- order --- */

static int by_address(const void *a, const void *b)
{
	const struct lop_map_row *x = a, *y = b;

	if (x->range.base != y->range.base)
		return x->range.base < y->range.base ? -1 : 1;
	if (x->range.size != y->range.size)
		return x->range.size > y->range.size ? -1 : 1;
	if (x->region->kind != y->region->kind)
		return x->region->kind < y->region->kind ? -1 : 1;
	return x->region < y->region ? -1 : x->region > y->region;
}

static void fill_rows(struct lop_bus_map *map, const struct showing *s, struct lop_arena *arena)
{
	map->rows = lop_arena_zalloc(arena, (s->n + 1) * sizeof(*map->rows));
	map->n_rows = s->n;
	for (size_t i = 0; i < s->n; i++) {
		map->rows[i].region = s->list[i].region;
		map->rows[i].range = s->list[i].range;
		map->rows[i].root = s->list[i].root;
	}
	qsort(map->rows, map->n_rows, sizeof(*map->rows), by_address);
}

/* --- holes --- */

static int by_start(const void *a, const void *b)
{
	const struct shown *x = a, *y = b;

	return x->range.base < y->range.base ? -1 : x->range.base > y->range.base;
}

struct holes {
	struct showing found;
	const struct lop_bus_map *map;
	size_t next;	  /* row that has not been looked at */
	bool any;	  /* `covered` means something */
	uint64_t covered; /* last address that is somebody's, or has been said to be free */
};

/* Rows that begin at or below an address move what is covered. */
static void cover(struct holes *h, uint64_t address)
{
	for (; h->next < h->map->n_rows; h->next++) {
		const struct lop_range range = h->map->rows[h->next].range;

		if (range.base > address)
			return;
		if (!h->any || lop_range_last(range) > h->covered)
			h->covered = lop_range_last(range);
		h->any = true;
	}
}

/* The holes in one memory; memories come in address order. */
static void find_holes(struct holes *h, const struct shown *memory)
{
	uint64_t at = memory->range.base, last = lop_range_last(memory->range);

	for (;;) {
		struct lop_range hole;
		uint64_t end = last;

		cover(h, at);
		if (h->any && h->covered >= at) {
			if (h->covered >= last)
				return;
			at = h->covered + 1;
			continue;
		}
		if (h->next < h->map->n_rows && h->map->rows[h->next].range.base <= last)
			end = h->map->rows[h->next].range.base - 1;
		hole = (struct lop_range){ at, end - at == UINT64_MAX ? end : end - at + 1 };
		show(&h->found, memory->region, hole, memory->root + (at - memory->range.base));
		h->covered = end;
		h->any = true;
	}
}

static void add_free(struct lop_report *report, struct lop_bus_map *map,
		     const struct lop_fact_region *physical)
{
	struct showing memory = { .report = report, .cluster = map->cluster };
	struct holes h = { .found = { .report = report }, .map = map };
	struct lop_map_row *rows;

	for (size_t i = 0; i < report->system->n_physical; i++)
		show_region(&memory, &physical[i]);
	if (memory.n)
		qsort(memory.list, memory.n, sizeof(*memory.list), by_start);
	for (size_t i = 0; i < memory.n; i++)
		find_holes(&h, &memory.list[i]);
	rows = lop_arena_zalloc(report->arena, (map->n_rows + h.found.n + 1) * sizeof(*rows));
	memcpy(rows, map->rows, map->n_rows * sizeof(*rows));
	for (size_t i = 0; i < h.found.n; i++) {
		struct lop_fact_region *region = lop_arena_dup(
			report->arena, h.found.list[i].region, sizeof(struct lop_fact_region));
		struct lop_map_row *row = &rows[map->n_rows++];

		region->kind = LOP_FACT_FREE;
		*row = (struct lop_map_row){ .region = region, .range = h.found.list[i].range };
		row->root = h.found.list[i].root;
	}
	map->rows = rows;
	qsort(map->rows, map->n_rows, sizeof(*map->rows), by_address);
}

/* Memory of the machine as regions, so that it is shown the way they are. */
static struct lop_fact_region *physical_regions(const struct lop_report *report)
{
	const struct lop_system *system = report->system;
	struct lop_fact_region *list =
		lop_arena_zalloc(report->arena, (system->n_physical + 1) * sizeof(*list));

	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_physical *p = &system->physical[i];
		const struct lop_prop *reg = lop_prop_find(system->tree, p->node, "reg");

		list[i] = (struct lop_fact_region){
			.kind = p->sram ? LOP_FACT_SRAM : LOP_FACT_MEMORY,
			.range = p->range,
			.name = lop_node_title(p->node),
			.node = p->node,
			.span = reg ? lop_prop_value_span(reg) : p->node->span,
		};
		list[i].source = lop_report_source(report, list[i].span);
	}
	return list;
}

/* --- all maps --- */

static bool is_same(const struct lop_bus_map *a, const struct lop_bus_map *b)
{
	if (a->n_rows != b->n_rows)
		return false;
	for (size_t i = 0; i < a->n_rows; i++) {
		const struct lop_map_row *x = &a->rows[i], *y = &b->rows[i];

		if ((x->region != y->region && x->region->kind != LOP_FACT_FREE) ||
		    x->region->kind != y->region->kind || x->range.base != y->range.base ||
		    x->range.size != y->range.size)
			return false;
	}
	return true;
}

static void make_map(struct lop_report *report, struct lop_bus_map *map,
		     const struct lop_fact_region *physical)
{
	struct showing s = { .report = report, .cluster = map->cluster, .domain = map->domain };

	map->name = map->domain	   ? lop_arena_printf(report->arena, "domain %s", map->domain->name)
		    : map->cluster ? map->cluster->name
				   : "root";
	for (size_t i = 0; i < report->n_regions; i++)
		show_region(&s, &report->regions[i]);
	fill_rows(map, &s, report->arena);
	if (!map->domain)
		add_free(report, map, physical);
	lop_map_compare(report, map);
	map->same_as_root = map->cluster && is_same(map, report->maps);
	if (map->same_as_root)
		map->n_rows = map->n_overlaps = 0;
}

void lop_report_maps(struct lop_report *report)
{
	const struct lop_system *system = report->system;
	struct lop_fact_region *physical = physical_regions(report);
	size_t most = 1 + system->n_clusters + system->n_domains;

	report->maps = lop_arena_zalloc(report->arena, most * sizeof(*report->maps));
	report->n_maps = 1;
	for (size_t i = 0; i < system->n_clusters; i++)
		report->maps[report->n_maps++].cluster = &system->clusters[i];
	for (size_t i = 0; i < system->n_domains && system->manager; i++)
		if (system->domains[i]->moves)
			report->maps[report->n_maps++].domain = system->domains[i];
	for (size_t i = 0; i < report->n_maps; i++)
		make_map(report, &report->maps[i], physical);
}

bool lop_map_is_view(const struct lop_bus_map *map)
{
	return map->cluster || map->domain;
}
