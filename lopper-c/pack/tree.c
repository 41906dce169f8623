/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The device tree that a domain finds: the blob that sdtgen wrote, with the place of the initrd,
 * which only we know. Nothing else in it changes, and a domain without an initrd gets it as it is.
 */
#include <libfdt.h>

#include "lopper-c/pack/steps.h"

#define ROOM 512 /* bytes that /chosen and two properties take at most */

static void report_blob(struct lop_packing *p, uint32_t i, const char *why)
{
	lop_diag_help(lop_report(p->pack->diags, LOP_DTB_FORMAT, p->pack->images[i].span,
				 "`%s` is not a sound device tree blob: %s", lop_pack_image(p, i),
				 why),
		      "generate the system again");
}

static bool is_blob(const struct lop_pack_file *file)
{
	return file->size >= sizeof(struct fdt_header) && fdt_magic(file->data) == FDT_MAGIC &&
	       !fdt_check_header(file->data) && fdt_totalsize(file->data) <= file->size &&
	       !fdt_check_full(file->data, file->size);
}

/* --- what it reserves --- */

static uint64_t cells(const fdt32_t *at, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 32 | fdt32_to_cpu(at[i]);
	return v;
}

static void reserve(struct lop_packing *p, struct lop_packed *image, uint64_t base, uint64_t size)
{
	const struct lop_range range = { base, lop_range_room(base, size) };

	if (range.size)
		*LOP_APPEND(p->pack->arena, image->reserved, image->n_reserved) = range;
}

static void reserve_reg(struct lop_packing *p, struct lop_packed *image, const void *fdt,
			int parent, int node)
{
	const int na = fdt_address_cells(fdt, parent), ns = fdt_size_cells(fdt, parent);
	int len;
	const fdt32_t *reg = fdt_getprop(fdt, node, "reg", &len);
	const int step = (na + ns) * (int)sizeof(*reg);

	if (na < 1 || na > 2 || ns < 1 || ns > 2)
		return;
	for (int at = 0; reg && len - at >= step; at += step) {
		reserve(p, image, cells(reg, na), cells(reg + na, ns));
		reg += na + ns;
	}
}

bool lop_pack_read_tree(struct lop_packing *p, uint32_t i)
{
	const struct lop_pack_file *file = &p->pack->images[i];
	const void *fdt = file->data;
	int parent, node;

	if (!is_blob(file)) {
		report_blob(p, i, "truncated or damaged");
		return false;
	}
	for (int k = 0; k < fdt_num_mem_rsv(fdt); k++) {
		uint64_t base, size;

		if (!fdt_get_mem_rsv(fdt, k, &base, &size))
			reserve(p, &p->images[i], base, size);
	}
	parent = fdt_path_offset(fdt, "/reserved-memory");
	if (parent < 0)
		return true;
	fdt_for_each_subnode(node, fdt, parent) reserve_reg(p, &p->images[i], fdt, parent, node);
	return true;
}

/* --- the initrd --- */

/* The image of this kind in a domain; PM_NONE: there is none. */
static uint32_t image_of(const struct lop_packing *p, uint32_t domain, uint32_t kind)
{
	const struct pm_domain *d = pm_table_domain(p->pack->table, domain);

	for (uint32_t i = d->image; i - d->image < d->n_images; i++)
		if (pm_table_image(p->pack->table, i)->kind == kind)
			return i;
	return PM_NONE;
}

static int set_initrd(void *fdt, const struct pm_image_file *initrd)
{
	int chosen = fdt_path_offset(fdt, "/chosen");
	int error;

	if (chosen == -FDT_ERR_NOTFOUND)
		chosen = fdt_add_subnode(fdt, 0, "chosen");
	if (chosen < 0)
		return chosen;
	error = fdt_setprop_u64(fdt, chosen, "linux,initrd-start", initrd->load);
	return error ? error
		     : fdt_setprop_u64(fdt, chosen, "linux,initrd-end",
				       initrd->load + initrd->span);
}

static void finish(struct lop_packing *p, uint32_t i, const struct pm_image_file *initrd)
{
	struct pm_image_file *file = &p->images[i].file;
	const size_t size = (size_t)file->size + ROOM;
	void *fdt = lop_arena_zalloc(p->pack->arena, size);
	int error = fdt_open_into(file->bytes, fdt, (int)size);

	if (!error)
		error = set_initrd(fdt, initrd);
	if (!error)
		error = fdt_pack(fdt);
	if (error) {
		report_blob(p, i, fdt_strerror(error));
		p->images[i].sound = false;
		return;
	}
	file->bytes = fdt;
	file->size = file->span = fdt_totalsize(fdt);
}

static void report_nowhere(struct lop_packing *p, uint32_t initrd)
{
	lop_diag_help(lop_report(p->pack->diags, LOP_IMAGE_MEMORY, p->pack->images[initrd].span,
				 "domain `%s` has an initrd and no device tree to name it in",
				 lop_pack_domain(p, initrd)),
		      "give the domain more memory: there was no room for its device tree");
}

void lop_pack_finish_trees(struct lop_packing *p)
{
	for (uint32_t d = 0; d < p->pack->table->domains.count; d++) {
		const uint32_t initrd = image_of(p, d, PM_IMAGE_INITRD);
		const uint32_t tree = image_of(p, d, PM_IMAGE_DTB);

		if (initrd != PM_NONE && tree == PM_NONE)
			report_nowhere(p, initrd);
		else if (initrd != PM_NONE && p->images[initrd].sound && p->images[tree].sound)
			finish(p, tree, &p->images[initrd].file);
	}
}
