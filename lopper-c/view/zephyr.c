/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Zephyr's tree: `mpu-policy` is ours and goes; on a Cortex-R5 or R52 with a linker policy it
 * becomes what Zephyr reads: a zephyr,memory-region with the name that the script has for it, and
 * the attributes that its memory protection programs. A Cortex-R5 has regions of a power of two, so
 * dynamic ones in DDR grow; check/mpu.c has seen that they may.
 */
#include "lopper-c/view/zephyr.h"

#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/view/layout.h"
#include "lopper-c/view/made.h"
#include "lopper-c/view/regions.h"

/* zephyr/dt-bindings/memory-attr/memory-attr.h, memory-attr-arm.h */
#define ATTR_CACHEABLE	   0x1u
#define ATTR_READABLE	   0x10u
#define ATTR_WRITABLE	   0x20u
#define ATTR_EXECUTABLE	   0x40u
#define ATTR_SHAREABLE	   0x80u
#define ATTR_NON_CACHEABLE 0x100u
#define ATTR_USERSPACE	   0x200u
#define ATTR_RAM	   0x100000u /* Arm MPU type RAM */
#define ATTR_RAM_NOCACHE   0x200000u

uint32_t lop_zephyr_ram(bool cacheable)
{
	return cacheable ? ATTR_RAM : ATTR_RAM_NOCACHE;
}

static uint32_t attributes(const struct lop_policy *p)
{
	const bool plain =
		p->rights == (LOP_MAY_READ | LOP_MAY_WRITE) && !p->shareable && !p->userspace;

	if (plain)
		return lop_zephyr_ram(p->cacheable);
	return (p->rights & LOP_MAY_READ ? ATTR_READABLE : 0) |
	       (p->rights & LOP_MAY_WRITE ? ATTR_WRITABLE : 0) |
	       (p->rights & LOP_MAY_EXEC ? ATTR_EXECUTABLE : 0) |
	       (p->shareable ? ATTR_SHAREABLE : 0) | (p->userspace ? ATTR_USERSPACE : 0) |
	       (p->cacheable ? ATTR_CACHEABLE : ATTR_NON_CACHEABLE);
}

struct zephyr {
	struct lop_cut *cut;
	const struct lop_layout *layout; /* NULL: none */
	struct lop_node *ipc;		 /* the first region of shared memory; NULL: none */
	bool r5;
};

/* Other compatibles stay behind it. */
static void set_compatible(struct lop_cut *cut, const struct lop_node *node, struct lop_node *copy)
{
	const struct lop_prop *old = lop_prop_find(cut->out, copy, "compatible");
	struct lop_val val = { .arena = cut->out->arena };
	const char *s;

	lop_val_string(&val, "zephyr,memory-region", node->span);
	for (size_t i = 0; old && (s = lop_value_str(&old->value, i)); i++)
		if (strcmp(s, "zephyr,memory-region"))
			lop_val_string(&val, s, old->span);
	lop_cut_set(cut, copy, "compatible", lop_val_take(&val), old ? old->span : node->span);
}

/* The first entry of reg, grown; the addresses of its bus and of the CPUs differ by a constant. */
static void grow(struct lop_cut *cut, const struct lop_node *node, struct lop_node *copy)
{
	struct lop_range child = lop_reg_get(cut->out, copy, 0), seen = child, grown;
	struct lop_where where = lop_reg_to_root(cut->tree, node, 0);
	const struct lop_prop *reg = lop_prop_find(cut->out, copy, "reg");
	const uint32_t ac = lop_address_cells(cut->out, copy->parent);
	const uint32_t sc = lop_size_cells(cut->out, copy->parent);
	struct lop_val val = { .arena = cut->out->arena };

	if (where.mapped)
		lop_cluster_sees(cut->system, cut->cluster, node, where.range, &seen);
	if (!reg || !lop_pmsav7_grow(seen.base, seen.size, &grown.base, &grown.size) ||
	    grown.size == child.size)
		return;
	lop_val_mark(&val, LOP_MARK_U32, NULL, reg->span);
	lop_cut_put(cut, &val, node, child.base - (seen.base - grown.base), ac);
	lop_cut_put(cut, &val, node, grown.size, sc);
	lop_val_copy(&val, &reg->value, 4 * (ac + sc), reg->value.len - 4 * (ac + sc));
	lop_cut_set(cut, copy, "reg", lop_val_take(&val), reg->span);
}

static const char *region_name(const struct zephyr *z, const struct lop_node *node)
{
	const struct lop_region *region = z->layout ? lop_layout_region_of(z->layout, node) : NULL;
	char name[LOP_LINKER_NAME_MAX];

	if (region)
		return region->name;
	lop_linker_name(z->cut->tree, node, name);
	return lop_arena_strdup(z->cut->out->arena, *name ? name : "MEMORY0");
}

static void apply(struct zephyr *z, const struct lop_node *node)
{
	struct lop_cut *cut = z->cut;
	struct lop_policy policy = lop_policy_of(cut->tree, node);
	const enum lop_memory_role kind = lop_memory_role_of(cut->tree, node);
	struct lop_node *copy = cut->copy[node->index];

	if (!copy || (!policy.given && kind != LOP_MEMORY_IPC) || !lop_reg_count(cut->out, copy))
		return;
	if (!policy.given)
		policy.rights = LOP_MAY_READ | LOP_MAY_WRITE;
	if (!z->ipc && kind == LOP_MEMORY_IPC)
		z->ipc = copy;
	if (lop_prop_find(cut->out, copy, "zephyr,memory-attr"))
		return; /* named twice, or said by the user */
	set_compatible(cut, node, copy);
	if (!lop_prop_find(cut->out, copy, "zephyr,memory-region"))
		lop_made_string(cut, copy, "zephyr,memory-region", region_name(z, node),
				node->span);
	if (policy.is_static)
		return;
	lop_made_cell(cut, copy, "zephyr,memory-attr", attributes(&policy), node->span);
	if (z->r5 && (kind == LOP_MEMORY_DDR || kind == LOP_MEMORY_IPC))
		grow(cut, node, copy);
}

void lop_zephyr_choose(struct lop_cut *cut, const char *name, const struct lop_node *node)
{
	struct lop_node *chosen;
	struct lop_buf path = { 0 };

	if (!node)
		return;
	chosen = lop_made_node(cut, cut->out->root, "chosen", cut->domain->span);
	if (!lop_prop_find(cut->out, chosen, name)) {
		lop_node_path(node, &path);
		lop_made_string(cut, chosen, name,
				lop_arena_strdup(cut->out->arena, lop_buf_cstr(&path)),
				cut->domain->span);
	}
	lop_buf_free(&path);
}

static void apply_policies(struct lop_cut *cut, const struct lop_view *view)
{
	const struct lop_domain *domain = cut->domain;
	const struct lop_node *vectors = domain->linker->sections[LOP_VECTOR_TABLE].region;
	struct zephyr z = { .cut = cut,
			    .layout = lop_layout_build(cut->base, view, 0),
			    .r5 = cut->cluster->family == LOP_CPU_ARM_R5 };

	for (size_t i = 0; i < view->n_memory; i++)
		if (view->memory[i].node)
			apply(&z, view->memory[i].node);
	for (size_t i = 0; i < domain->n_reserved; i++)
		apply(&z, domain->reserved[i].node);
	if (vectors)
		lop_zephyr_choose(cut, "zephyr,sram", cut->copy[vectors->index]);
	lop_zephyr_choose(cut, "zephyr,ipc_shm", z.ipc);
}

void lop_cut_zephyr(struct lop_cut *cut, const struct lop_view *view)
{
	const struct lop_node *root = cut->out->root;

	if (!cut->domain->os_type || !lop_str_starts(cut->domain->os_type, "zephyr"))
		return;
	if (lop_domain_is_zephyr_r(cut->domain))
		apply_policies(cut, view);
	lop_cut_zephyr_ipc(cut, view->domain);
	for (struct lop_node *n = cut->out->root; n; n = lop_node_next(n, root))
		lop_prop_del(cut->out, n, "mpu-policy");
}
