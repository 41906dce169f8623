/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sections of a program: which memory, which order, which segment. Sections at the start of a
 * memory come first, those further up last, so that the others grow in between; each that has an
 * offset is a segment of its own.
 */
#include "lopper-c/view/layout.h"

#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/place/place.h"
#include "lopper-c/view/regions.h"

#define BLOB_ALIGN UINT64_C(0x10000) /* of a domain's device tree in its memory */
#define BLOB_EXTRA UINT64_C(0x1000)  /* what finishing it (initrd, bootargs) may add */

static unsigned rights_of(enum lop_section section)
{
	switch (section) {
	case LOP_VECTOR_TABLE:
	case LOP_TEXT:
		return LOP_MAY_READ | LOP_MAY_EXEC;
	case LOP_RODATA:
		return LOP_MAY_READ;
	default:
		return LOP_MAY_READ | LOP_MAY_WRITE;
	}
}

/* --- the memory for what nobody said anything about --- */

static const struct lop_region *first_of(const struct lop_layout *layout, bool sram)
{
	for (size_t i = 0; i < layout->n_regions; i++) {
		const struct lop_region *r = layout->regions[i];

		if (r->kind == LOP_REGION_MEMORY && r->sram == sram)
			return r;
	}
	return NULL;
}

static const struct lop_region *usual_region(const struct lop_layout *layout)
{
	const struct lop_region *r = first_of(layout, false);

	if (!r)
		r = first_of(layout, true);
	if (!r && layout->policy)
		r = lop_layout_region_of(layout, layout->policy->sections[LOP_VECTOR_TABLE].region);
	return r;
}

/* --- order --- */

static struct lop_placed *add(const struct lop_layout_job *job, enum lop_section section,
			      const struct lop_region *region)
{
	struct lop_layout *layout = job->layout;
	struct lop_placed *p = LOP_APPEND(job->system->arena, layout->sections, layout->n_sections);

	*p = (struct lop_placed){ .section = section, .region = region, .load = region };
	return p;
}

/* Before the others, among them, or behind them. */
enum turn { TURN_FIRST, TURN_MIDDLE, TURN_LAST };

static enum turn turn_of(enum lop_section section, const struct lop_section_place *place)
{
	if (!place->has_offset || section == LOP_VECTOR_TABLE || section == LOP_TEXT)
		return TURN_MIDDLE;
	return place->offset ? TURN_LAST : TURN_FIRST;
}

static void add_section(const struct lop_layout_job *job, enum lop_section section, enum turn turn,
			const struct lop_region *usual)
{
	static const struct lop_section_place nothing = { 0 };
	const struct lop_linker *policy = job->layout->policy;
	const struct lop_section_place *place = policy ? &policy->sections[section] : &nothing;
	const struct lop_region *region = lop_layout_region_of(job->layout, place->region);
	struct lop_placed *p;

	if (turn_of(section, place) != turn)
		return;
	p = add(job, section, region ? region : usual);
	p->has_offset = place->has_offset;
	p->offset = place->offset;
}

static void add_custom(const struct lop_layout_job *job, enum turn turn,
		       const struct lop_region *usual)
{
	const struct lop_linker *policy = job->layout->policy;

	for (size_t i = 0; policy && i < policy->n_custom; i++) {
		const struct lop_custom_section *c = &policy->custom[i];
		const struct lop_region *region =
			lop_layout_region_of(job->layout, c->place.region);
		struct lop_placed *p;

		if (turn_of(LOP_SECTIONS, &c->place) != turn)
			continue;
		p = add(job, LOP_SECTIONS, region ? region : usual);
		p->custom = c;
		p->has_offset = c->place.has_offset;
		p->offset = c->place.offset;
	}
}

static void order_sections(const struct lop_layout_job *job, const struct lop_region *usual)
{
	for (unsigned turn = TURN_FIRST; turn <= TURN_LAST; turn++) {
		for (unsigned s = 0; s < LOP_SECTIONS; s++) {
			if (s == LOP_BSS)
				add_custom(job, (enum turn)turn, usual);
			add_section(job, (enum lop_section)s, (enum turn)turn, usual);
		}
	}
}

/* --- segments --- */

static const char *rights_name(unsigned rights)
{
	return rights & LOP_MAY_EXEC ? "text" : rights & LOP_MAY_WRITE ? "data" : "rodata";
}

/* The segment that a section can go on with: the last one of its memory, if the rights are its. */
static struct lop_segment *open_segment(const struct lop_layout *layout, const struct lop_placed *p,
					unsigned rights)
{
	for (size_t i = layout->n_segments; i; i--) {
		struct lop_segment *s = layout->segments[i - 1];

		if (s->region == p->region)
			return s->rights == rights && s->load == p->load ? s : NULL;
	}
	return NULL;
}

static bool name_taken(const struct lop_layout *layout, const char *name)
{
	for (size_t i = 0; i < layout->n_segments; i++)
		if (!strcmp(layout->segments[i]->name, name))
			return true;
	return false;
}

static struct lop_segment *new_segment(const struct lop_layout_job *job, const struct lop_placed *p,
				       unsigned rights)
{
	struct lop_arena *arena = job->system->arena;
	struct lop_layout *layout = job->layout;
	struct lop_segment *s = lop_arena_zalloc(arena, sizeof(*s));
	const char *base = rights_name(rights);

	s->name = base;
	for (unsigned n = 2; name_taken(layout, s->name); n++)
		s->name = lop_arena_printf(arena, "%s%u", base, n);
	s->rights = rights;
	s->region = p->region;
	s->load = p->load;
	*LOP_APPEND(arena, layout->segments, layout->n_segments) = s;
	return s;
}

/* What must keep its content while a program is loaded is in none. */
static bool is_loaded(const struct lop_placed *p)
{
	return p->section != LOP_NOINIT && !(p->custom && p->custom->noload);
}

/* An offset would make a hole in the file: but for text behind its vectors, a segment of its own.
 */
static void make_segments(const struct lop_layout_job *job)
{
	struct lop_layout *layout = job->layout;

	for (size_t i = 0; i < layout->n_sections; i++) {
		struct lop_placed *p = &layout->sections[i];
		unsigned rights = rights_of(p->section);
		struct lop_segment *s = open_segment(layout, p, rights);

		if (!is_loaded(p))
			continue;
		if (!s || (p->has_offset && p->section != LOP_TEXT)) {
			s = new_segment(job, p, rights);
			p->opens = true;
		}
		p->segment = s;
	}
}

/* --- Zephyr on a Cortex-R --- */

/* Out of the TCM data is copied by the program: it is loaded where the vectors are. */
static void set_profile(const struct lop_layout_job *job)
{
	struct lop_layout *layout = job->layout;
	const struct lop_region *vectors =
		lop_layout_region_of(layout, layout->policy->sections[LOP_VECTOR_TABLE].region);
	const bool r52 = lop_domain_cluster(job->own)->family == LOP_CPU_ARM_R52;
	const bool ddr =
		vectors && lop_memory_role_of(job->active->tree, vectors->node) == LOP_MEMORY_DDR;

	layout->profile = !r52 ? "r5-tcm" : ddr ? "r52-ddr" : "r52-tcm";
	for (size_t i = 0; r52 && !ddr && vectors && i < layout->n_sections; i++)
		if (layout->sections[i].section == LOP_DATA)
			layout->sections[i].load = vectors;
	layout->moves = r52 && !ddr;
}

static const char *entry_of(const struct lop_layout_job *job)
{
	const struct lop_linker *policy = job->layout->policy;

	if (policy && policy->entry)
		return policy->entry;
	return lop_domain_is_zephyr_r(job->own) ? "_vector_table" : "_start";
}

/* At the end of the largest memory, below the trace buffer. */
struct lop_range lop_layout_blob(const struct lop_system *system, const struct lop_domain *domain,
				 size_t blob_size)
{
	const uint64_t room = (blob_size + BLOB_EXTRA + BLOB_ALIGN - 1) / BLOB_ALIGN * BLOB_ALIGN;
	struct lop_range largest = { 0 }, place;
	uint64_t end, address = 0;

	for (size_t i = 0; i < domain->n_memory; i++)
		if (domain->memory[i].range.size > largest.size)
			largest = domain->memory[i].range;
	if (domain->life->trace.size && largest.size > domain->life->trace.size)
		largest.size -= domain->life->trace.size;
	if (!system->manager || !blob_size || largest.size < 2 * room)
		return (struct lop_range){ 0 };
	end = largest.base + largest.size;
	place.base = (end - room) / BLOB_ALIGN * BLOB_ALIGN;
	place.size = end - place.base;
	if (!lop_domain_address(system, domain, place, &address))
		return (struct lop_range){ 0 };
	end = address + place.size;
	place.base = address / BLOB_ALIGN * BLOB_ALIGN; /* there are two rooms */
	place.size = end - place.base;
	return place;
}

struct lop_layout *lop_layout_build(const struct lop_system *system, const struct lop_view *view,
				    size_t blob_size)
{
	struct lop_layout *layout = lop_arena_zalloc(system->arena, sizeof(*layout));
	struct lop_layout_job job = {
		.system = system,
		.domain = view->domain,
		.view = view,
		.layout = layout,
		.blob = lop_layout_blob(system, view->domain, blob_size),
	};
	const struct lop_region *usual;

	job.active = lop_system_under(system, view->domain->condition);
	job.own = job.active == system ? view->domain
				       : lop_system_domain(job.active, view->domain->name);
	layout->policy = job.own->linker;
	layout->granule = lop_granule_of(lop_domain_cluster(job.own)).align;
	layout->file = layout->policy && layout->policy->file ? layout->policy->file : "linker.ld";
	layout->entry = entry_of(&job);
	lop_layout_regions(&job);
	usual = usual_region(layout);
	if (!usual)
		return NULL;
	order_sections(&job, usual);
	if (lop_domain_is_zephyr_r(job.own))
		set_profile(&job);
	make_segments(&job);
	return layout;
}
