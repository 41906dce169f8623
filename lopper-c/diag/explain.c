/* SPDX-License-Identifier: BSD-3-Clause */
/* From a code to its page. The pages themselves are in pages_*.c. */
#include "lopper-c/diag/code.h"
#include "lopper-c/diag/pages.h"

#include <stddef.h>

const char *lop_code_explain(enum lop_code code)
{
	static const char *const *const subjects[] = { lop_pages_input,	 lop_pages_name,
						       lop_pages_domain, lop_pages_device,
						       lop_pages_link,	 lop_pages_binary,
						       lop_pages_linker, lop_pages_boot };

	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
		if (subjects[i][code])
			return subjects[i][code];
	return lop_codes[code].title;
}
