/* SPDX-License-Identifier: BSD-3-Clause */
/* `linker` of each domain and `mpu-policy` of memories, as the tree has them; see linker.h. */
#include "lopper-c/model/linker.h"

#include <stdio.h>
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/model/build.h"

const char *const lop_section_names[LOP_SECTIONS] = {
	[LOP_VECTOR_TABLE] = "vector_table",
	[LOP_TEXT] = "text",
	[LOP_RODATA] = "rodata",
	[LOP_DATA] = "data",
	[LOP_RESOURCE_TABLE] = "resource_table",
	[LOP_BSS] = "bss",
	[LOP_HEAP] = "heap",
	[LOP_STACK] = "stack",
	[LOP_NOINIT] = "noinit",
};

struct lop_policy lop_policy_of(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *prop = node ? lop_prop_find(tree, node, "mpu-policy") : NULL;
	struct lop_policy policy = { .given = prop != NULL };

	if (!prop)
		return policy;
	policy.span = lop_prop_value_span(prop);
	if (lop_value_has_str(&prop->value, "readable"))
		policy.rights |= LOP_MAY_READ;
	if (lop_value_has_str(&prop->value, "writable"))
		policy.rights |= LOP_MAY_WRITE;
	if (lop_value_has_str(&prop->value, "executable"))
		policy.rights |= LOP_MAY_EXEC;
	policy.cacheable = lop_value_has_str(&prop->value, "cacheable");
	policy.shareable = lop_value_has_str(&prop->value, "shareable");
	policy.userspace = lop_value_has_str(&prop->value, "userspace");
	policy.is_static = lop_value_has_str(&prop->value, "static");
	return policy;
}

static const char *name_of(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *ip = lop_prop_find(tree, node, "xlnx,ip-name");
	const char *s = lop_node_label(node);

	if (!s && ip)
		s = lop_value_str(&ip->value, 0);
	return s;
}

/* Words of linker scripts that are no names there. */
static bool is_keyword(const char *name)
{
	static const char *const words[] = { "SECTIONS", "PHDRS",    "ORIGIN",	"LENGTH", "ORG",
					     "LEN",	 "ALIGN",    "SIZEOF",	"ENTRY",  "INCLUDE",
					     "ABSOLUTE", "CONSTANT", "PROVIDE", "COMMON", "KEEP",
					     "AT",	 "TRACE",    "NONE",	"ASSERT", "OVERLAY",
					     "VERSION",	 "REGION",   "INPUT",	"L",	  "O" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i], name))
			return true;
	return false;
}

void lop_linker_name(const struct lop_tree *tree, const struct lop_node *node,
		     char out[LOP_LINKER_NAME_MAX])
{
	const char *given = name_of(tree, node);
	char text[LOP_LINKER_NAME_MAX - 4], name[LOP_LINKER_NAME_MAX - 4];
	const char *digit;

	if (given)
		snprintf(text, sizeof(text), "%s", given);
	else
		snprintf(text, sizeof(text), "%.*s", (int)lop_node_base_len(node), node->name);
	digit = *text >= '0' && *text <= '9' ? "MEM_" : "";
	lop_str_ident(text, name, sizeof(name));
	for (char *c = name; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	if (!strcmp(name, "MEMORY"))
		*name = '\0';
	/* an identifier has a `_` before its digit, MEM_ has its own */
	snprintf(out, LOP_LINKER_NAME_MAX, "%s%s", is_keyword(name) ? "MEM_" : digit,
		 name + (*digit && *name == '_'));
}
