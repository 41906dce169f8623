/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of C out of names of the tree; see names.h. */
#include "lopper-c/emit/names.h"

#include <stdio.h>

#include "lopper-c/base/str.h"

void lop_c_name(const char *prefix, const char *name, char out[LOP_MACRO_MAX])
{
	char joined[LOP_MACRO_MAX];

	snprintf(joined, sizeof(joined), "%s%s%s", prefix, *prefix ? "_" : "", name);
	lop_str_ident(joined, out, LOP_MACRO_MAX);
}

void lop_c_macro(const char *prefix, const char *name, char out[LOP_MACRO_MAX])
{
	lop_c_name(prefix, name, out);
	for (char *c = out; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
}
