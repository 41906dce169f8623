/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the fuzz targets share: one run's arena, sources and diagnostics, and the rule that whatever
 * was reported can be rendered in every format.
 */
#ifndef LOP_TESTS_FUZZ_H
#define LOP_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "lopper-c/diag/diag.h"

struct fuzz_run {
	struct lop_arena arena;
	struct lop_sources sources;
	struct lop_diags diags;
};

/* The entry point that libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void fuzz_begin(struct fuzz_run *run)
{
	*run = (struct fuzz_run){ 0 };
	run->sources.arena = &run->arena;
	run->diags.arena = &run->arena;
	run->diags.sources = &run->sources;
}

static inline void fuzz_render(const struct fuzz_run *run)
{
	static const enum lop_format formats[] = { LOP_FORMAT_TEXT, LOP_FORMAT_JSON,
						   LOP_FORMAT_SARIF };
	struct lop_buf out = { 0 };

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		lop_diags_render(&run->diags, formats[i], false, &out);
	lop_buf_free(&out);
}

static inline void fuzz_end(struct fuzz_run *run)
{
	lop_arena_free(&run->arena);
}

#endif
