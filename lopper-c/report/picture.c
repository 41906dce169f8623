/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A map as a picture. The scale is broken at every border: between two borders a piece is as high
 * as the logarithm of its size, so that a page of 4 KiB can be read beside gigabytes, and what
 * nobody maps is one thin row. Devices in a row with the same owners are one block.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "lopper-c/report/forms.h"
#include "lopper-c/report/html.h"
#include "lopper-c/report/steps.h"

#define RIGHT 420u /* edge of the blocks; texts are 12 units high */
#define LINE  15u
#define PIECE 22u	/* height of the smallest piece */
#define GAP   26u	/* of what nothing maps */
#define NEAR  0x100000u /* devices further apart are not one block */
#define LANES 4u	/* blocks inside blocks, side by side */
static const unsigned lane_x[LANES] = { 0, 134, 190, 230 };

/* A block. */
struct item {
	const struct lop_map_row *row, *last; /* last of the devices that are one block */
	size_t n;			      /* devices */
	const char *owners;
	struct lop_range range;
	unsigned lane;
	bool has_inner; /* another block lies over its right part */
};

struct picture {
	const struct lop_report *report;
	const struct lop_bus_map *map;
	struct item *items;
	size_t n_items;
	uint64_t *borders; /* sorted, each once */
	unsigned *y;	   /* of each border */
	size_t n_borders;
	unsigned left; /* edge of the blocks */
	unsigned top;
	struct lop_buf *out;
};

/* --- blocks --- */

static bool joins(const struct item *item, const struct lop_map_row *row, const char *owners)
{
	return item->row->region->kind == LOP_FACT_DEVICE && row->region->kind == LOP_FACT_DEVICE &&
	       !item->row->overlaps && !row->overlaps && !item->row->depth && !row->depth &&
	       !strcmp(item->owners, owners) &&
	       row->range.base - lop_range_last(item->range) <= NEAR;
}

static struct lop_range join(struct lop_range a, struct lop_range b)
{
	return (struct lop_range){ a.base, lop_range_last(b) - a.base + 1 };
}

static void make_items(struct picture *p)
{
	for (size_t i = 0; i < p->map->n_rows; i++) {
		const struct lop_map_row *row = &p->map->rows[i];
		const char *owners = lop_fact_region_owners(p->report, row->region);
		struct item *last = p->n_items ? &p->items[p->n_items - 1] : NULL;

		if (last && joins(last, row, owners)) {
			last->range = join(last->range, row->range);
			last->last = row;
			last->n++;
			continue;
		}
		*LOP_APPEND(p->report->arena, p->items, p->n_items) = (struct item){
			.row = row, .last = row, .n = 1, .owners = owners, .range = row->range
		};
	}
}

/* The lane of a block is the number of those before it that reach it; the nearest few decide. */
static void choose_lanes(struct picture *p)
{
	struct item *active[LANES];
	size_t n = 0;

	for (size_t i = 0; i < p->n_items; i++) {
		struct item *item = &p->items[i];
		size_t kept = 0;

		for (size_t k = 0; k < n; k++)
			if (lop_range_last(active[k]->range) >= item->range.base)
				active[kept++] = active[k];
		n = kept;
		item->lane = n ? active[n - 1]->lane + 1 : 0;
		if (item->lane >= LANES)
			item->lane = LANES - 1;
		if (n)
			active[n - 1]->has_inner = true;
		if (n == LANES)
			n--;
		active[n++] = item;
	}
}

/* --- the scale --- */

static int by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The address behind a range; the last one there is for a range that ends the space. */
static uint64_t end_of(struct lop_range range)
{
	uint64_t last = lop_range_last(range);

	return last == UINT64_MAX ? last : last + 1;
}

static void make_borders(struct picture *p)
{
	uint64_t *all = lop_arena_alloc(p->report->arena, (2 * p->n_items + 1) * sizeof(*all));
	size_t n = 0;

	for (size_t i = 0; i < p->n_items; i++) {
		all[n++] = p->items[i].range.base;
		all[n++] = end_of(p->items[i].range);
	}
	qsort(all, n, sizeof(*all), by_number);
	p->borders = all;
	for (size_t i = 0; i < n; i++)
		if (!p->n_borders || all[i] != all[p->n_borders - 1])
			all[p->n_borders++] = all[i];
}

static unsigned height_of(uint64_t size)
{
	unsigned log = 0;

	for (; size > 4096; size /= 2)
		log++;
	return PIECE + 2 * log;
}

static void measure(struct picture *p)
{
	uint64_t reach = 0; /* last address that a block so far has */
	size_t next = 0;
	unsigned y = p->top;

	p->y = lop_arena_alloc(p->report->arena, (p->n_borders + 1) * sizeof(*p->y));
	for (size_t i = 0; i < p->n_borders; i++) {
		p->y[i] = y;
		for (; next < p->n_items && p->items[next].range.base <= p->borders[i]; next++)
			if (lop_range_last(p->items[next].range) > reach)
				reach = lop_range_last(p->items[next].range);
		if (i + 1 < p->n_borders)
			y += reach >= p->borders[i] ? height_of(p->borders[i + 1] - p->borders[i])
						    : GAP;
	}
}

static size_t border_at(const struct picture *p, uint64_t address)
{
	size_t low = 0, high = p->n_borders;

	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;

		if (p->borders[middle] <= address)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* --- drawing --- */

static void put_text(const struct picture *p, unsigned x, unsigned y, const char *class,
		     const char *text, size_t max)
{
	lop_buf_printf(p->out, "<text x=\"%u\" y=\"%u\"%s%s%s>", x, y, *class ? " class=\"" : "",
		       class, *class ? "\"" : "");
	lop_html_short(p->out, text, max);
	lop_buf_puts(p->out, "</text>");
}

static const char *title_of(const struct picture *p, const struct item *item)
{
	const struct lop_fact_region *r = item->row->region;

	if (item->n > 1)
		return lop_arena_printf(p->report->arena, "%zu devices: %s \xe2\x80\xa6 %s",
					item->n, r->name, item->last->region->name);
	if (r->kind == LOP_FACT_FREE)
		return "free";
	if (r->kind == LOP_FACT_DEVICE)
		return r->name;
	if (r->kind == LOP_FACT_RING || r->kind == LOP_FACT_TABLE || r->kind == LOP_FACT_BUFFERS ||
	    r->kind == LOP_FACT_TRACE)
		return r->name;
	if (r->kind == LOP_FACT_WINDOW)
		return lop_arena_printf(p->report->arena, "link %s", r->name);
	if (r->kind == LOP_FACT_MANAGER || !*r->name)
		return lop_fact_region_kind_name(r->kind);
	return lop_arena_printf(p->report->arena, "%s %s", lop_fact_region_kind_name(r->kind),
				r->name);
}

/* What a reader gets who points at it. */
static void put_tip(const struct picture *p, const struct item *item)
{
	char range[LOP_RANGE_TEXT];
	const char *source = item->row->region->source;

	lop_buf_puts(p->out, "<title>");
	lop_html_text(p->out, title_of(p, item));
	lop_buf_printf(p->out, " %s %s", lop_range_text(item->range, range),
		       lop_report_size(p->report, item->range.size));
	if (*item->owners)
		lop_buf_puts(p->out, ", ");
	lop_html_text(p->out, item->owners);
	if (*source)
		lop_buf_puts(p->out, ", ");
	lop_html_text(p->out, source);
	lop_buf_puts(p->out, "</title>");
}

/* Characters that fit: 7.6 units each, bold. */
static size_t room(unsigned width)
{
	return width > 16 ? (size_t)(width - 14) * 10 / 76 : 1;
}

static void put_words(const struct picture *p, const struct item *item, unsigned x, unsigned y,
		      unsigned width, unsigned height)
{
	const char *title = title_of(p, item);
	const char *size = lop_report_size(p->report, item->range.size);
	const char *owners = item->row->region->kind == LOP_FACT_FREE ? ""
			     : *item->owners			      ? item->owners
								      : "nobody";
	const bool part = item->lane && item->row->region->link;
	size_t max = room(width);
	unsigned lines = 1;

	if (item->has_inner)
		width = lane_x[item->lane + 1 < LANES ? item->lane + 1 : item->lane] -
			lane_x[item->lane];
	max = room(width);
	if (height < 3 * LINE - 6 && !part && *owners && !item->has_inner)
		title = lop_arena_printf(p->report->arena, "%s \xc2\xb7 %s", title, owners);
	if (item->row->overlaps)
		title = lop_arena_printf(p->report->arena, "\xe2\x9a\xa0 %s", title);
	if (!item->has_inner && strlen(size) + 12 < max) {
		put_text(p, x + width - 7, y + LINE, "q e", size, 20);
		max -= strlen(size) + 1;
	}
	put_text(p, x + 9, y + LINE, item->row->overlaps ? "t w" : "t", title, max);
	if (height >= (++lines + 1) * LINE - 6 && !part && *owners)
		put_text(p, x + 9, y + lines * LINE, "q", owners, room(width));
	if (item->has_inner && height >= (++lines + 1) * LINE - 6)
		put_text(p, x + 9, y + lines * LINE, "q", size, room(width));
}

static void put_item(const struct picture *p, const struct item *item)
{
	const struct lop_fact_region *r = item->row->region;
	unsigned x = p->left + lane_x[item->lane];
	unsigned y = p->y[border_at(p, item->range.base)];
	unsigned height = p->y[border_at(p, end_of(item->range))] - y;
	unsigned width = RIGHT - x;
	const char *class = lop_html_owner_class(p->report, r);

	if (height < 4)
		height = PIECE;
	height -= 2;
	lop_buf_printf(p->out, "<g class=\"%s%s%s\">", class,
		       r->kind == LOP_FACT_FREE ? " free" : "", item->row->overlaps ? " bad" : "");
	put_tip(p, item);
	lop_buf_printf(p->out, "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"3\"/>", x,
		       y, width, height);
	if (!strcmp(class, "cx"))
		lop_buf_printf(p->out,
			       "<rect class=\"over\" x=\"%u\" y=\"%u\" width=\"%u\" "
			       "height=\"%u\"/>",
			       x + 4, y, width - 4, height);
	if (r->kind != LOP_FACT_FREE)
		lop_buf_printf(p->out,
			       "<rect class=\"edge\" x=\"%u\" y=\"%u\" width=\"4\" height=\"%u\"/>",
			       x, y, height);
	put_words(p, item, x, y, width, height);
	lop_buf_puts(p->out, "</g>\n");
}

/* Addresses where something begins; what lies between blocks and is not mapped. */
static void put_scale(const struct picture *p)
{
	uint64_t reach = 0;
	size_t next = 0;
	bool any = false;

	for (size_t i = 0; i < p->n_borders; i++) {
		bool begins = false;

		for (; next < p->n_items && p->items[next].range.base <= p->borders[i]; next++) {
			begins = true;
			if (!any || lop_range_last(p->items[next].range) > reach)
				reach = lop_range_last(p->items[next].range);
			any = true;
		}
		if (begins || reach >= p->borders[i]) {
			put_text(p, p->left - 8, p->y[i] + LINE - 2, "a e",
				 lop_report_hex(p->report, p->borders[i]), 20);
			lop_buf_putc(p->out, '\n');
		} else if (i + 1 < p->n_borders) {
			lop_buf_printf(p->out, "<path class=\"gap\" d=\"M%u %uV%u\"/>",
				       p->left + 12, p->y[i] + 5, p->y[i + 1] - 6);
			put_text(
				p, p->left + 24, p->y[i] + LINE, "q",
				lop_arena_printf(p->report->arena, "%s of nothing",
						 lop_report_size(p->report, p->borders[i + 1] -
										    p->borders[i])),
				40);
			lop_buf_putc(p->out, '\n');
		}
	}
}

static struct picture prepare(const struct lop_report *report, const struct lop_bus_map *map,
			      unsigned top, struct lop_buf *out)
{
	struct picture p = { .report = report, .map = map, .top = top, .out = out };
	size_t digits = 0;

	make_items(&p);
	choose_lanes(&p);
	make_borders(&p);
	measure(&p);
	if (p.n_borders)
		digits = strlen(lop_report_hex(report, p.borders[p.n_borders - 1]));
	p.left = (unsigned)(digits * 68 / 10) + 10;
	return p;
}

static void draw(const struct picture *p)
{
	put_scale(p);
	for (size_t i = 0; i < p->n_items; i++)
		put_item(p, &p->items[i]);
}

void lop_picture_defs(struct lop_buf *out)
{
	lop_buf_puts(out, "<defs><pattern id=\"hatch\" width=\"7\" height=\"7\" "
			  "patternUnits=\"userSpaceOnUse\"><path d=\"M-1 1l2-2M0 7l7-7M6 8l2-2\"/>"
			  "</pattern></defs>");
}

void lop_picture_map(const struct lop_report *report, const struct lop_bus_map *map,
		     struct lop_buf *out)
{
	struct picture p = prepare(report, map, 2, out);

	lop_buf_printf(out, "<svg viewBox=\"0 0 %u %u\" width=\"%u\" role=\"img\"><title>",
		       RIGHT + 4, p.n_borders ? p.y[p.n_borders - 1] + 4 : 4, RIGHT + 4);
	lop_buf_puts(out,
		     lop_map_is_view(map) ? "Addresses as seen by " : "Addresses of the machine");
	if (lop_map_is_view(map))
		lop_html_text(out, map->name);
	lop_buf_puts(out, "</title>\n");
	draw(&p);
	lop_buf_puts(out, "</svg>");
}

/* All maps, one below the other, as a file of its own. */
static void print_map_svg(const struct lop_report *report, struct lop_buf *out)
{
	struct lop_buf body = { 0 };
	unsigned y = 20;

	for (size_t i = 0; i < report->n_maps; i++) {
		const struct lop_bus_map *map = &report->maps[i];
		struct picture p;

		if (map->same_as_root)
			continue;
		p = prepare(report, map, y + 12, &body);
		put_text(&p, 8, y, "t",
			 lop_map_is_view(map)
				 ? lop_arena_printf(report->arena, "As seen by %s", map->name)
				 : report->title,
			 60);
		draw(&p);
		y = (p.n_borders ? p.y[p.n_borders - 1] : y) + 40;
	}
	lop_buf_printf(out,
		       "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %u\" "
		       "width=\"%u\" height=\"%u\" role=\"img\">\n<title>",
		       RIGHT + 8, y, RIGHT + 8, y);
	lop_html_text(out, report->title);
	lop_buf_puts(out, "</title>\n<style>");
	lop_buf_puts(out, lop_html_style);
	lop_buf_puts(out, "svg{background:var(--card)}</style>\n");
	lop_picture_defs(out);
	lop_buf_putc(out, '\n');
	lop_buf_add(out, body.data, body.len);
	lop_buf_puts(out, "</svg>\n");
	lop_buf_free(&body);
}

void lop_report_map_svg(const struct lop_report *report, struct lop_buf *out)
{
	struct lop_arena scratch = { 0 };
	struct lop_report own = *report;

	own.arena = &scratch;
	print_map_svg(&own, out);
	lop_arena_free(&scratch);
}
