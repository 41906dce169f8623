/* SPDX-License-Identifier: BSD-3-Clause */
/* Physical memory and reserved-memory of the whole machine. Knows no domains. */
#include <string.h>
#include <strings.h>

#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"

/*
 * On-chip memories carry no device_type; these words in a compatible string or a node name mark one
 * (trees made by vendor tools have nothing better) ...
 */
static const char *const sram_words[] = { "mmio-sram", "tcm",  "ocm_ram",
					  "bram",      "sram", "imx-code-bus" };
/* ... unless the name says that it is the controller of a memory, or what guards one. */
static const char *const guard_words[] = { "memory-controller", "xmpu", "xppu", "bbram", "fuse" };

static bool has_word(const char *text, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++)
		if (!strncasecmp(text + i, word, n))
			return true;
	return false;
}

static bool has_any(const char *text, size_t len, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (has_word(text, len, words[i]))
			return true;
	return false;
}

static bool is_sram(const struct lop_tree *tree, const struct lop_node *node)
{
	const size_t n_words = sizeof(sram_words) / sizeof(sram_words[0]);
	const struct lop_prop *prop = lop_prop_find(tree, node, "compatible");
	size_t base = lop_node_base_len(node);
	const char *s;

	if (has_any(node->name, base, guard_words, sizeof(guard_words) / sizeof(guard_words[0])))
		return false;
	for (uint32_t at = 0; prop && (s = lop_value_next_str(&prop->value, &at));)
		if (has_any(s, strlen(s), sram_words, n_words))
			return true;
	return has_any(node->name, base, sram_words, n_words);
}

static bool is_dram(const struct lop_tree *tree, const struct lop_node *node)
{
	const struct lop_prop *type = lop_prop_find(tree, node, "device_type");

	return type && lop_value_has_str(&type->value, "memory");
}

static void add_physical(struct lop_system *system, const struct lop_node *node, bool sram)
{
	for (size_t i = 0; i < lop_reg_count(system->tree, node); i++) {
		struct lop_where where = lop_reg_to_root(system->tree, node, i);
		struct lop_physical *p;

		if (!where.mapped || !where.range.size)
			continue;
		p = LOP_APPEND(system->arena, system->physical, system->n_physical);
		*p = (struct lop_physical){ node, where.range, sram, is_dram(system->tree, node) };
		system->memory[node->index] = sram ? LOP_SRAM : LOP_DRAM;
	}
}

static void add_region(struct lop_system *system, const struct lop_node *node)
{
	const struct lop_tree *tree = system->tree;
	bool domain_memory = lop_node_compatible(tree, node, "openamp,domain-memory-v1");
	size_t n = lop_reg_count(tree, node);

	for (size_t i = 0; i < n || (i == 0 && !n); i++) {
		struct lop_where where = lop_reg_to_root(tree, node, i);
		struct lop_reserved *r =
			LOP_APPEND(system->arena, system->reserved, system->n_reserved);

		*r = (struct lop_reserved){ node, where.range, domain_memory };
	}
}

void lop_build_memory(struct lop_system *system)
{
	const struct lop_tree *tree = system->tree;
	const struct lop_node *reserved = lop_node_child(tree, tree->root, "reserved-memory");
	const struct lop_node *domains = lop_node_child(tree, tree->root, "domains");

	system->memory = lop_arena_zalloc(system->arena, tree->n_nodes);
	for (const struct lop_node *n = tree->root; n; n = lop_node_next(n, tree->root)) {
		if (n == reserved || n == domains) { /* skip what is below */
			const struct lop_node *last = n;

			while (last->last_child)
				last = last->last_child;
			n = last;
			continue;
		}
		if (is_dram(tree, n))
			add_physical(system, n, lop_node_compatible(tree, n, "mmio-sram"));
		else if (lop_prop_find(tree, n, "reg") && is_sram(tree, n))
			add_physical(system, n, true);
	}
	for (const struct lop_node *n = reserved ? reserved->children : NULL; n; n = n->next)
		add_region(system, n);
}

const struct lop_physical *lop_system_home(const struct lop_system *system,
					   const struct lop_cluster *cluster, uint64_t addr,
					   bool sram)
{
	const struct lop_physical *best = NULL;
	unsigned best_weight = 0;

	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_physical *p = &system->physical[i];
		unsigned weight = (p->sram == sram ? 4u : 0u) + (p->typed ? 1u : 0u);

		if (!lop_range_contains_addr(p->range, addr))
			continue;
		if (cluster && lop_cluster_names(cluster, p->node))
			weight += 2;
		if (best && weight <= best_weight)
			continue;
		best = p;
		best_weight = weight;
	}
	return best;
}

bool lop_system_is_memory(const struct lop_system *system, const struct lop_node *node)
{
	return system->memory[node->index] != LOP_NO_MEMORY;
}
