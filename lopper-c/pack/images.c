/* SPDX-License-Identifier: BSD-3-Clause */
/* Each image by itself and beside the others of its domain. */
#include "lopper-c/pack/steps.h"

static bool read_image(struct lop_packing *p, uint32_t i)
{
	const struct lop_pack_file *file = &p->pack->images[i];
	const struct pm_image *image = pm_table_image(p->pack->table, i);
	int error;

	if (!file->data)
		return false;
	if (image->kind == PM_IMAGE_DTB && !lop_pack_read_tree(p, i))
		return false;
	error = pm_image_open(&p->images[i].file, p->pack->table, image, file->data, file->size);
	if (error)
		lop_pack_report(p, i, error, 0);
	return !error;
}

void lop_pack_read(struct lop_packing *p)
{
	for (uint32_t i = 0; i < p->pack->table->images.count; i++)
		p->images[i].sound = read_image(p, i);
}

/* --- beside one another --- */

/* The place of a domain's tree is in no file of the user's: what meets it has to move. */
static void help_overlap(const struct lop_packing *p, struct lop_diag *d, const uint32_t images[2])
{
	const struct pm_image_file *a = &p->images[images[0]].file, *b = &p->images[images[1]].file;
	const bool a_is_tree = a->image->kind == PM_IMAGE_DTB;
	const struct pm_image_file *other = a_is_tree ? b : a;

	if (!a_is_tree && b->image->kind != PM_IMAGE_DTB)
		lop_diag_help(d,
			      "move one of them: by `load` of the domain, or in a linker script");
	else if (other->format == PM_FORMAT_ELF &&
		 pm_table_domain(p->pack->table, other->image->domain)->os != PM_OS_LINUX)
		lop_diag_help(d,
			      "link the program with `%s/linker.ld`, which keeps the place of the "
			      "tree free",
			      lop_pack_domain(p, images[0]));
	else
		lop_diag_help(d,
			      "the tree is at the end of the domain's largest memory: give `%s` "
			      "more, or move the other",
			      lop_pack_domain(p, images[0]));
}

static void report_overlap(struct lop_packing *p, const uint32_t images[2], const uint32_t parts[2])
{
	const struct pm_image_part a = pm_image_part(&p->images[images[0]].file, parts[0]);
	const struct pm_image_part b = pm_image_part(&p->images[images[1]].file, parts[1]);
	struct lop_diag *d = lop_report(
		p->pack->diags, LOP_IMAGE_OVERLAP, p->pack->images[images[1]].span,
		"`%s` at %s overlaps `%s` at %s in domain `%s`", lop_pack_image(p, images[1]),
		lop_pack_range(p, b.address, b.size), lop_pack_image(p, images[0]),
		lop_pack_range(p, a.address, a.size), lop_pack_domain(p, images[0]));

	lop_diag_label(d, p->pack->images[images[0]].span, "this is there already");
	help_overlap(p, d, images);
}

/* Of a domain: with those before it. Images of one domain lie side by side in the table. */
static void judge_overlaps(struct lop_packing *p, uint32_t i)
{
	const struct pm_table *table = p->pack->table;
	const struct pm_domain *domain = pm_table_domain(table, pm_table_image(table, i)->domain);
	uint32_t parts[2];

	for (uint32_t k = domain->image; k < i; k++)
		if (p->images[k].sound &&
		    pm_image_overlap(&p->images[k].file, &p->images[i].file, parts))
			report_overlap(p, (const uint32_t[]){ k, i }, parts);
}

void lop_pack_judge(struct lop_packing *p)
{
	for (uint32_t i = 0; i < p->pack->table->images.count; i++) {
		struct lop_packed *image = &p->images[i];
		uint32_t part;
		int error;

		if (!lop_packed_is_placed(image))
			continue;
		error = pm_image_check(&image->file, &part);
		image->sound = !error;
		if (error)
			lop_pack_report(p, i, error, part);
		else
			judge_overlaps(p, i);
	}
}
