/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of nodes, properties and labels: may one be called so? Knows no tree. */
#include "lopper-c/tree/names.h"

#include <string.h>

bool lop_node_name_valid(const char *name)
{
	size_t base = strspn(name, LOP_CHARS_NODE);

	if (!base)
		return false;
	if (name[base] != '@')
		return name[base] == '\0';
	name += base + 1;
	return *name && name[strspn(name, LOP_CHARS_NODE)] == '\0';
}

bool lop_node_name_readable(const char *name)
{
	const char *at = strchr(name, '@');

	return *name && name[strspn(name, LOP_CHARS_NODE "@")] == '\0' &&
	       !(at && strchr(at + 1, '@'));
}

bool lop_prop_name_valid(const char *name)
{
	return *name && name[strspn(name, LOP_CHARS_PROP)] == '\0';
}

bool lop_label_valid(const char *name)
{
	return *name && !strchr(LOP_CHARS_DIGITS, *name) &&
	       name[strspn(name, LOP_CHARS_LABEL)] == '\0';
}
