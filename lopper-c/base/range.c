/* SPDX-License-Identifier: BSD-3-Clause */
/* Arithmetic and text of address ranges. Knows nothing of what lies at an address. */
#include "lopper-c/base/range.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

bool lop_range_valid(struct lop_range r)
{
	return r.size == 0 || r.size - 1 <= UINT64_MAX - r.base;
}

/* A range that wraps is cut at the top of the address space. */
uint64_t lop_range_last(struct lop_range r)
{
	if (r.size == 0)
		return r.base;
	return lop_range_valid(r) ? r.base + (r.size - 1) : UINT64_MAX;
}

bool lop_range_contains(struct lop_range outer, struct lop_range inner)
{
	return outer.size && inner.size && lop_range_valid(inner) && inner.base >= outer.base &&
	       lop_range_last(inner) <= lop_range_last(outer);
}

bool lop_range_contains_addr(struct lop_range r, uint64_t addr)
{
	return r.size && addr >= r.base && addr <= lop_range_last(r);
}

bool lop_range_overlaps(struct lop_range a, struct lop_range b)
{
	return a.size && b.size && a.base <= lop_range_last(b) && b.base <= lop_range_last(a);
}

/* [base..last]; the whole 64-bit space, whose size does not fit, loses its last byte. */
static struct lop_range from_bounds(uint64_t base, uint64_t last)
{
	uint64_t less_one = last - base;

	return (struct lop_range){ .base = base,
				   .size = less_one == UINT64_MAX ? less_one : less_one + 1 };
}

struct lop_range lop_range_intersect(struct lop_range a, struct lop_range b)
{
	uint64_t base = a.base > b.base ? a.base : b.base;
	uint64_t last_a = lop_range_last(a), last_b = lop_range_last(b);

	if (!lop_range_overlaps(a, b))
		return (struct lop_range){ .base = base, .size = 0 };
	return from_bounds(base, last_a < last_b ? last_a : last_b);
}

size_t lop_range_subtract(struct lop_range outer, struct lop_range hole, struct lop_range out[2])
{
	size_t n = 0;

	if (outer.size == 0)
		return 0;
	if (!lop_range_overlaps(outer, hole)) {
		out[0] = outer;
		return 1;
	}
	if (hole.base > outer.base)
		out[n++] = from_bounds(outer.base, hole.base - 1);
	if (lop_range_last(hole) < lop_range_last(outer))
		out[n++] = from_bounds(lop_range_last(hole) + 1, lop_range_last(outer));
	return n;
}

static int by_base(const void *a, const void *b)
{
	const struct lop_range *x = a, *y = b;

	return x->base < y->base ? -1 : x->base > y->base;
}

size_t lop_ranges_join(struct lop_range *ranges, size_t n)
{
	size_t kept = 0;

	if (n)
		qsort(ranges, n, sizeof(*ranges), by_base);
	for (size_t i = 0; i < n; i++) {
		struct lop_range next = ranges[i], *top = kept ? &ranges[kept - 1] : NULL;
		uint64_t last = lop_range_last(next);

		if (!next.size)
			continue;
		if (!top ||
		    (next.base > lop_range_last(*top) && next.base - 1 > lop_range_last(*top)))
			ranges[kept++] = next;
		else if (last > lop_range_last(*top))
			*top = from_bounds(top->base, last);
	}
	return kept;
}

size_t lop_ranges_find(const struct lop_range *ranges, size_t n, uint64_t addr)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (lop_range_last(ranges[mid]) < addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool lop_range_move(uint64_t base, uint64_t from, uint64_t to, uint64_t *out)
{
	*out = base + (to - from);
	return to >= from ? base <= UINT64_MAX - (to - from) : base >= from - to;
}

uint64_t lop_range_room(uint64_t base, uint64_t size)
{
	if (!size || size - 1 <= UINT64_MAX - base)
		return size;
	return UINT64_MAX - base + 1; /* base is not 0: it fits */
}

const char *lop_range_text(struct lop_range r, char text[LOP_RANGE_TEXT])
{
	if (r.size == 0)
		snprintf(text, LOP_RANGE_TEXT, "[0x%" PRIx64 ", empty]", r.base);
	else
		snprintf(text, LOP_RANGE_TEXT, "[0x%" PRIx64 "..0x%" PRIx64 "]", r.base,
			 lop_range_last(r));
	return text;
}

const char *lop_size_text(uint64_t size, char text[LOP_RANGE_TEXT])
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	const char *unit = size == 1 ? "byte" : "bytes";

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (size == 0 || size % 1024)
			break;
		size /= 1024;
		unit = units[i];
	}
	snprintf(text, LOP_RANGE_TEXT, "%" PRIu64 " %s", size, unit);
	return text;
}

uint64_t lop_power_of_two_above(uint64_t n)
{
	uint64_t p = 1;

	while (p < n && p <= UINT64_MAX / 2)
		p <<= 1;
	return p;
}
