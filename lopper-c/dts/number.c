/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Integer literals: decimal, hexadecimal, octal, with the suffixes of C. Knows nothing of where
 * they stand.
 */
#include "lopper-c/dts/scan.h"

int lop_scan_hex(char c)
{
	if (lop_scan_is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The digits [p, end) in this base; false beyond 64 bits. */
static bool read_digits(const char *p, const char *end, unsigned int base, uint64_t *out)
{
	uint64_t value = 0;

	for (; p < end; p++) {
		unsigned int digit = (unsigned int)lop_scan_hex(*p);

		if (value > (UINT64_MAX - digit) / base)
			return false;
		value = value * base + digit;
	}
	*out = value;
	return true;
}

static const char *digits_end(const char *p, const char *end, unsigned int base)
{
	while (p < end && lop_scan_hex(*p) >= 0 && (unsigned int)lop_scan_hex(*p) < base)
		p++;
	return p;
}

/* U, L, UL, LL, ULL or nothing. */
static bool is_suffix(const char *p, const char *end)
{
	if (p < end && *p == 'U')
		p++;
	for (int i = 0; i < 2 && p < end && *p == 'L'; i++)
		p++;
	return p == end;
}

static void report_number(struct lop_lexer *lexer, const char *start, const char *end,
			  const char *digits, const char *rest)
{
	const char *help = "decimal, 0x hexadecimal or 0 octal; the suffixes are U, L, UL, LL and "
			   "ULL";

	if (digits == rest)
		help = "hexadecimal digits follow `0x`";
	else if (start[0] == '0' && lop_scan_is_digit(*rest))
		help = "a number that starts with 0 is octal: its digits are 0 to 7";
	lop_scan_report(lexer, start, end, "malformed number", "not a number", help);
}

static void report_range(struct lop_lexer *lexer, const char *start, const char *end)
{
	struct lop_span span = lop_scan_span(lexer, start, end);
	struct lop_diag *d =
		lop_report(lexer->input.diags, LOP_DTS_EXPRESSION, span, "a number beyond 64 bits");

	lop_diag_label(d, span, "the largest is 0xffffffffffffffff");
	lop_diag_help(d, "write at most 16 hexadecimal digits; what is longer takes several cells");
}

uint64_t lop_scan_number(struct lop_lexer *lexer, const char *start, const char *end)
{
	const char *digits = start, *rest;
	unsigned int base = 10;
	uint64_t value = 0;

	if (end - start > 1 && start[0] == '0') {
		base = (start[1] | 0x20) == 'x' ? 16 : 8;
		digits += base == 16 ? 2 : 0;
	}
	rest = digits_end(digits, end, base);
	if (digits == rest || !is_suffix(rest, end))
		report_number(lexer, start, end, digits, rest);
	else if (!read_digits(digits, rest, base, &value))
		report_range(lexer, start, end);
	return value;
}
