/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Addresses for images that have none: an arm64 or RISC-V Image, a raw program, an initrd. The
 * lowest place in memory of the domain that is aligned as the format wants it and that no other
 * image of the domain, and nothing that its device tree reserves, takes. Programs come first, the
 * others behind them where there is room: older kernels do not use memory before their Image.
 */
#include "lopper-c/pack/steps.h"

#define PAGE UINT64_C(4096)

struct search {
	const struct lop_packing *p;
	uint32_t domain;
	struct lop_range *taken; /* sorted and joined */
	size_t n_taken, cap;
};

static void take(struct search *s, struct lop_range range)
{
	if (range.size && s->n_taken < s->cap)
		s->taken[s->n_taken++] = range;
}

static size_t count(const struct lop_packing *p, const struct pm_domain *d)
{
	size_t n = 0;

	for (uint32_t i = d->image; i - d->image < d->n_images; i++)
		n += PM_PARTS_MAX * (p->images[i].file.format == PM_FORMAT_ELF) + 1 +
		     p->images[i].n_reserved;
	return n;
}

static void take_image(struct search *s, const struct lop_packed *image)
{
	for (size_t k = 0; k < image->n_reserved; k++)
		take(s, image->reserved[k]);
	for (uint32_t n = 0; lop_packed_is_placed(image) && n < image->file.n_parts; n++) {
		const struct pm_image_part part = pm_image_part(&image->file, n);

		take(s,
		     (struct lop_range){ part.address, lop_range_room(part.address, part.size) });
	}
}

static struct search begin(const struct lop_packing *p, uint32_t domain)
{
	const struct pm_domain *d = pm_table_domain(p->pack->table, domain);
	struct search s = { .p = p, .domain = domain, .cap = count(p, d) };

	s.taken = lop_arena_alloc(p->pack->arena, (s.cap + 1) * sizeof(*s.taken));
	for (uint32_t i = d->image; i - d->image < d->n_images; i++)
		take_image(&s, &p->images[i]);
	s.n_taken = lop_ranges_join(s.taken, s.n_taken);
	return s;
}

/* The lowest address from `from` on with this alignment; 0: beyond 64 bits. */
static uint64_t align_up(uint64_t from, uint64_t align, uint64_t offset)
{
	uint64_t past = (from - offset) % align;

	if (!past)
		return from;
	return from + (align - past) < from ? 0 : from + (align - past);
}

/* In one memory; 0: there is none. */
static uint64_t find_in(const struct search *s, const struct pm_region *r,
			const struct pm_image_file *file, uint64_t from)
{
	const struct lop_range memory = { r->guest, r->size };
	const uint64_t align = file->align < PAGE ? PAGE : file->align;
	uint64_t at = align_up(from < r->guest ? r->guest : from, align, file->align_offset);
	size_t i = lop_ranges_find(s->taken, s->n_taken, at);

	while (at && lop_range_contains(memory, (struct lop_range){ at, file->span })) {
		if (i == s->n_taken ||
		    !lop_range_overlaps(s->taken[i], (struct lop_range){ at, file->span }))
			return at;
		at = lop_range_last(s->taken[i]) == UINT64_MAX
			     ? 0
			     : align_up(lop_range_last(s->taken[i]) + 1, align, file->align_offset);
		i = lop_ranges_find(s->taken, s->n_taken, at);
	}
	return 0;
}

/* In the lowest memory that has room, not below `from`. */
static uint64_t find(const struct search *s, const struct pm_image_file *file, uint64_t from)
{
	const struct pm_domain *d = pm_table_domain(s->p->pack->table, s->domain);
	const uint32_t rights =
		file->image->kind == PM_IMAGE_PROGRAM ? PM_REGION_EXECUTE : PM_REGION_READ;
	uint64_t best = 0;

	for (uint32_t i = d->region; i - d->region < d->n_regions; i++) {
		const struct pm_region *r = pm_table_region(s->p->pack->table, i);
		uint64_t at;

		if (r->kind != PM_REGION_MEMORY || i == d->trace || (r->flags & rights) != rights)
			continue;
		at = find_in(s, r, file, from);
		if (at && (!best || at < best))
			best = at;
	}
	return best;
}

static void report_full(struct lop_packing *p, uint32_t i)
{
	const struct pm_image_file *file = &p->images[i].file;
	char size[LOP_RANGE_TEXT];
	struct lop_diag *d =
		lop_report(p->pack->diags, LOP_IMAGE_MEMORY, p->pack->images[i].span,
			   "no room for `%s` (%s) in the memory of `%s`", lop_pack_image(p, i),
			   lop_size_text(file->span, size), lop_pack_domain(p, i));

	lop_diag_help(d, "it has %s, less what its other images and its reserved memory take",
		      lop_pack_memories(p, file->image->domain));
	lop_diag_help(d, "give the domain more memory in the domain file, and generate again");
}

/* Where the program of a domain ends; PAGE: it has none. Never page 0, which catches NULL. */
static uint64_t end_of_program(const struct lop_packing *p, uint32_t domain)
{
	const struct pm_domain *d = pm_table_domain(p->pack->table, domain);

	for (uint32_t i = d->image; i - d->image < d->n_images; i++) {
		const struct pm_image_file *file = &p->images[i].file;
		const uint64_t room = lop_range_room(file->load, file->span);

		if (lop_packed_is_placed(&p->images[i]) && file->image->kind == PM_IMAGE_PROGRAM &&
		    file->load + room > file->load)
			return file->load + room;
	}
	return PAGE;
}

static void place(struct lop_packing *p, uint32_t i)
{
	struct lop_packed *image = &p->images[i];
	const struct search s = begin(p, image->file.image->domain);

	image->file.load = find(&s, &image->file, end_of_program(p, s.domain));
	if (!image->file.load)
		image->file.load = find(&s, &image->file, PAGE);
	if (image->file.load)
		return;
	report_full(p, i);
	image->sound = false;
}

void lop_pack_place(struct lop_packing *p)
{
	const uint32_t n = p->pack->table->images.count;

	for (unsigned round = 0; round < 2; round++)
		for (uint32_t i = 0; i < n; i++) {
			const bool program =
				pm_table_image(p->pack->table, i)->kind == PM_IMAGE_PROGRAM;

			if (p->images[i].sound && !lop_packed_is_placed(&p->images[i]) &&
			    program == !round)
				place(p, i);
		}
}
