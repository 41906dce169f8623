/* SPDX-License-Identifier: BSD-3-Clause */
/* What `sdtgen rsc` does with a file, for the targets of resource tables and of ELF files. */
#ifndef LOP_TESTS_SHOW_RSC_H
#define LOP_TESTS_SHOW_RSC_H

#include "lopper-c/check/rsc.h"
#include "lopper-c/emit/inspect.h"
#include "tests/fuzz/fuzz.h"

static inline void show_rsc(const uint8_t *data, size_t size)
{
	struct lop_buf out = { 0 };
	struct fuzz_run run;
	struct lop_rsc rsc;

	fuzz_begin(&run);
	if (lop_rsc_find(&rsc, &run.diags, "fuzz.elf", data, size)) {
		lop_rsc_lint(&rsc, &run.diags);
		lop_emit_rsc_text(&rsc, &out);
		lop_emit_rsc_json(&rsc, &out);
	}
	fuzz_render(&run);
	lop_buf_free(&out);
	fuzz_end(&run);
}

#endif
