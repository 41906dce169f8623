/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any text for `sdtgen fmt`. What it formats, it formats to the same text again.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "lopper-c/dts/format.h"

static bool format(struct fuzz_run *run, const char *data, size_t len, struct lop_buf *out)
{
	uint32_t text = lop_sources_add(&run->sources, "fuzz.dts", data, len, NULL);

	return lop_dts_format(&run->diags, text, data, len, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_run run;
	struct lop_buf once = { 0 }, twice = { 0 };

	fuzz_begin(&run);
	if (format(&run, (const char *)data, size, &once)) {
		if (!format(&run, once.data, once.len, &twice) || once.len != twice.len ||
		    (once.len > 0 && memcmp(once.data, twice.data, once.len) != 0))
			abort();
	}
	fuzz_render(&run);
	lop_buf_free(&once);
	lop_buf_free(&twice);
	fuzz_end(&run);
	return 0;
}
