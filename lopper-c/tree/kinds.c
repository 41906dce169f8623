/* SPDX-License-Identifier: BSD-3-Clause */
/* Which node is what, by the words of the specification and of the wild. Knows no stage. */
#include "lopper-c/tree/kinds.h"

#include <string.h>

#include "lopper-c/tree/bus.h"

/* A part of a compatible string, whoever the vendor is. */
static const struct {
	const char *part;
	unsigned kind;
} marks[] = {
	{ ",domain-v", LOP_KIND_DOMAIN },	   { "xilinx,subsystem", LOP_KIND_SUBSYSTEM },
	{ ",hypervisor-v", LOP_KIND_HYPERVISOR },  { ",group-v", LOP_KIND_GROUP },
	{ "resourcegroup", LOP_KIND_GROUP },	   { ",devices", LOP_KIND_INVENTORY },
	{ "domain-to-domain", LOP_KIND_RELATION },
};

unsigned lop_kinds_of_text(const char *compatible)
{
	unsigned kinds = 0;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strstr(compatible, marks[i].part))
			kinds |= marks[i].kind;
	return kinds;
}

unsigned lop_kinds_of_value(const struct lop_value *compatible)
{
	unsigned kinds = 0;
	const char *s;

	for (uint32_t at = 0; (s = lop_value_next_str(compatible, &at));)
		kinds |= lop_kinds_of_text(s);
	return kinds;
}

unsigned lop_kinds_of_node(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *prop = lop_prop_find(tree, node, "compatible");

	return prop ? lop_kinds_of_value(&prop->value) : 0;
}

bool lop_node_runs(const struct lop_tree *tree, const struct lop_node *node)
{
	return lop_prop_find(tree, node, "cpus") || lop_prop_find(tree, node, "os,type");
}

bool lop_node_is_cpu(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *type = lop_prop_find(tree, node, "device_type");

	if (type && lop_value_has_str(&type->value, "cpu"))
		return true;
	return strncmp(node->name, "cpu@", 4) == 0;
}

static bool has_cpus(const struct lop_tree *tree, const struct lop_node *node)
{
	for (const struct lop_node *n = node->children; n; n = n->next)
		if (lop_node_is_cpu(tree, n))
			return true;
	return false;
}

bool lop_node_is_cluster(const struct lop_tree *tree, const struct lop_node *node)
{
	if (lop_node_compatible(tree, node, "cpus,cluster"))
		return true;
	return node->parent == tree->root && strcmp(node->name, "cpus") == 0 &&
	       has_cpus(tree, node);
}
