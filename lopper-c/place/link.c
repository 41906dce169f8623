/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The layout of windows, and places for those without an address.
 *
 *	page 0         resource table, in the first link of a pair
 *	next page      ring 0, aligned as its used ring asks for
 *	next page      ring 1
 *	next page      buffers of ring 0, then those of ring 1
 *
 * A window lies below 4 GiB, because resource tables have 32 bits for an address.
 */
#include "ipc/abi/vring.h"
#include "lopper-c/place/sight.h"
#include "lopper-c/place/steps.h"

static uint64_t pages(uint64_t size)
{
	return (size + LOP_LINK_PAGE - 1) / LOP_LINK_PAGE * LOP_LINK_PAGE;
}

/* Takes the next pages of a window. */
static struct lop_range next_part(uint64_t *at, uint64_t size, uint64_t align)
{
	struct lop_range part;

	*at = (*at + align - 1) / align * align;
	part = (struct lop_range){ *at, size };
	*at += pages(size);
	return part;
}

static uint64_t pool_size(const struct lop_link *link)
{
	return (uint64_t)link->buffers[0] * link->buffer_size[0] +
	       (uint64_t)link->buffers[1] * link->buffer_size[1];
}

/* Offsets from the start of the window; returns its size. */
static uint64_t lay_out(struct lop_link *link)
{
	uint64_t ring_align = link->align > LOP_LINK_PAGE ? link->align : LOP_LINK_PAGE;
	uint64_t at = 0;

	if (link->vdev == 0)
		link->table = next_part(&at, LOP_LINK_PAGE, LOP_LINK_PAGE);
	for (unsigned i = 0; i < 2; i++)
		link->ring[i] =
			next_part(&at, ipc_vring_size(link->ring_num[i], link->align), ring_align);
	link->pool = next_part(&at, pool_size(link), LOP_LINK_PAGE);
	return at;
}

static void move(struct lop_link *link, uint64_t base)
{
	if (link->table.size)
		link->table.base += base;
	link->ring[0].base += base;
	link->ring[1].base += base;
	link->pool.base += base;
}

struct ends {
	const struct lop_system *system;
	const struct lop_link *link;
};

/* Each end sees it, where its own address (if it has one) fits into 32 bits. */
static bool both_see(const void *context, struct lop_range range, uint64_t *next)
{
	const struct ends *e = context;

	for (unsigned i = 0; i < 2; i++) {
		const struct lop_domain *domain = e->link->end[i];
		bool own = e->link->guest[i] != UINT64_MAX;
		const struct lop_sight sight = { e->system, lop_domain_cluster(domain),
						 own ? NULL : domain, UINT32_MAX };

		if (!lop_sight_shows(&sight, range, next))
			return false;
	}
	return true;
}

/* The stricter of both ends; a window of a natural granule is a power of two. */
static struct lop_granule granule_of(const struct lop_link *link)
{
	struct lop_granule a = lop_granule_of(lop_domain_cluster(link->end[0]));
	struct lop_granule b = lop_granule_of(lop_domain_cluster(link->end[1]));
	struct lop_granule both = b.natural || b.align > a.align ? b : a;

	both.natural = a.natural || b.natural;
	if (both.align < LOP_LINK_PAGE)
		both.align = LOP_LINK_PAGE;
	if (both.align < link->align)
		both.align = link->align;
	return both;
}

static void report_small(struct lop_system *system, const struct lop_link *link, uint64_t needed,
			 uint64_t size, struct lop_span span)
{
	char need[LOP_RANGE_TEXT], has[LOP_RANGE_TEXT];
	struct lop_diag *d = lop_report(system->diags, LOP_LINK_WINDOW, span,
					"the window of link `%s` is too small: %s", link->name,
					lop_size_text(size, has));

	lop_diag_label(d, span, "rings and buffers need %s", lop_size_text(needed, need));
	lop_diag_help(d, "write `size: %s`, or take fewer or smaller buffers", need);
}

static void place_window(struct lop_system *system, struct lop_free *free, struct lop_link *link)
{
	const struct ends ends = { system, link };
	struct lop_want want = {
		.granule = granule_of(link), .last = UINT32_MAX, .fits = both_see, .context = &ends
	};
	uint64_t needed = lay_out(link);

	want.size = link->window_size > needed ? link->window_size : needed;
	if (link->window_size && link->window_size < needed)
		report_small(system, link, needed, link->window_size, link->span);
	if (!link->window.size && !lop_free_find(free, &want, &link->window)) {
		lop_place_report(
			system, free, &want, link->span,
			lop_arena_printf(system->arena, "the window of link `%s`", link->name));
		link->table.size = link->ring[0].size = link->ring[1].size = link->pool.size = 0;
		return;
	}
	if (link->window.size < needed)
		report_small(system, link, needed, link->window.size,
			     link->window_span.text ? link->window_span : link->span);
	move(link, link->window.base);
}

void lop_place_links(struct lop_system *system, struct lop_free *free)
{
	for (size_t i = 0; i < system->n_links; i++)
		if (system->links[i]->node)
			place_window(system, free, system->links[i]);
}
