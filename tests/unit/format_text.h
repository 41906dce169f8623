/* SPDX-License-Identifier: BSD-3-Clause */
/* For tests of the DTS formatter: text in, text out. Knows nothing of the layout. */
#ifndef TESTS_UNIT_FORMAT_TEXT_H
#define TESTS_UNIT_FORMAT_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lopper-c/dts/format.h"

struct run {
	struct lop_arena arena;
	struct lop_sources sources;
	struct lop_diags diags;
	struct lop_buf out;
	bool ok;
};

static inline void run_format(struct run *r, const char *text, size_t len)
{
	uint32_t index;

	memset(r, 0, sizeof(*r));
	r->sources.arena = &r->arena;
	r->diags.arena = &r->arena;
	r->diags.sources = &r->sources;
	index = lop_sources_add(&r->sources, "test.dts", text, len, NULL);
	r->ok = lop_dts_format(&r->diags, index, text, len, &r->out);
}

static inline void run_free(struct run *r)
{
	lop_buf_free(&r->out);
	lop_arena_free(&r->arena);
}

static inline void expect_n(const char *in, size_t in_len, const char *out, size_t out_len)
{
	struct run r;

	run_format(&r, in, in_len);
	assert_true(r.ok);
	assert_null(r.diags.first);
	if (r.out.len != out_len || memcmp(lop_buf_cstr(&r.out), out, out_len) != 0)
		fail_msg("expected:\n%s\ngot:\n%s", out, lop_buf_cstr(&r.out));
	run_free(&r);
}

/* Formats to out, and out formats to itself. */
static inline void expect(const char *in, const char *out)
{
	expect_n(in, strlen(in), out, strlen(out));
	expect_n(out, strlen(out), out, strlen(out));
}

static inline void expect_same(const char *text)
{
	expect(text, text);
}

#endif
