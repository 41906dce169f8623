/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Address ranges: base and size, all arithmetic safe at the top of the 64-bit space. The only place
 * where two ranges are compared.
 */
#ifndef LOP_BASE_RANGE_H
#define LOP_BASE_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lop_range {
	uint64_t base;
	uint64_t size; /* 0: empty, contains and overlaps nothing */
};

bool lop_range_valid(struct lop_range r);    /* base + size - 1 does not wrap */
uint64_t lop_range_last(struct lop_range r); /* address of the last byte; base when empty */
bool lop_range_contains(struct lop_range outer,
			struct lop_range inner); /* false if inner is empty */
bool lop_range_contains_addr(struct lop_range r, uint64_t addr);
bool lop_range_overlaps(struct lop_range a, struct lop_range b);
struct lop_range lop_range_intersect(struct lop_range a,
				     struct lop_range b); /* size 0 if disjoint */
/* outer minus hole, at most two pieces in address order; returns their number. */
size_t lop_range_subtract(struct lop_range outer, struct lop_range hole, struct lop_range out[2]);

/* Sorts, and joins what overlaps or touches; returns how many are left. */
size_t lop_ranges_join(struct lop_range *ranges, size_t n);
/* Of joined ranges: the first that does not end below addr; n if there is none. */
size_t lop_ranges_find(const struct lop_range *ranges, size_t n, uint64_t addr);

/* base moved by to - from; false: that is below 0 or beyond 64 bits. */
bool lop_range_move(uint64_t base, uint64_t from, uint64_t to, uint64_t *out);
/* As much of size as there is from base to the end of the address space. */
uint64_t lop_range_room(uint64_t base, uint64_t size);

/* The smallest power of two that is not below n; 2^63 at most. */
uint64_t lop_power_of_two_above(uint64_t n);

/* Room for any text of the two functions below. */
#define LOP_RANGE_TEXT 64
/* "[0x48000000..0x487fffff]" */
const char *lop_range_text(struct lop_range r, char text[LOP_RANGE_TEXT]);
/* "8 MiB", "64 KiB", "12 bytes": the largest unit that divides the size exactly. */
const char *lop_size_text(uint64_t size, char text[LOP_RANGE_TEXT]);

#endif
