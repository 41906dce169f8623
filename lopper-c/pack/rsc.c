/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The resource table that a program was linked with beside those that the manager puts into the
 * windows of its domain. A program built for other windows would talk past its host.
 */
#include <inttypes.h>
#include <string.h>

#include "ipc/abi/resource_table.h"
#include "lopper-c/base/str.h"
#include "lopper-c/check/rsc_field.h"
#include "lopper-c/pack/steps.h"

/* A table of the program, and the manager's for the same host. */
struct tables {
	uint32_t image;
	const struct pm_link *link; /* that has the manager's */
	const unsigned char *found, *wanted;
	uint32_t size; /* bytes of found, at most those of wanted */
};

static const unsigned char *pristine(const struct lop_packing *p, const struct pm_link *link)
{
	return (const unsigned char *)pm_table_text(p->pack->table, link->pristine);
}

/* The table of a section. False: the program has none of that name. */
static bool find_section(const struct lop_packing *p, const char *name, struct tables *t)
{
	const struct ipc_elf *elf = &p->images[t->image].file.elf;
	struct ipc_elf_section section;

	if (ipc_elf_section(elf, name, &section) || section.type == IPC_ELF_SHT_NOBITS)
		return false;
	t->found = elf->file + section.offset;
	t->size = section.size < t->link->table_size ? (uint32_t)section.size : t->link->table_size;
	return true;
}

/* A remote of several hosts has a section for each, named as linker scripts can name it. */
static const char *section_of(const struct lop_packing *p, const struct pm_link *link)
{
	const struct pm_table *table = p->pack->table;
	char *name =
		lop_arena_printf(p->pack->arena, IPC_RSC_SECTION ".%s",
				 pm_table_text(table, pm_table_domain(table, link->host)->name));

	for (char *c = name; *c; c++)
		if (*c == ',' || *c == '+')
			*c = '_';
	return name;
}

static bool is_same(const struct tables *t)
{
	return t->size == t->link->table_size && !memcmp(t->found, t->wanted, t->size);
}

/* "0x40001000"; a name in quotes, cut before what does not print. */
static const char *value_text(struct lop_arena *arena, const unsigned char *table,
			      const struct lop_rsc_field *field)
{
	uint64_t value = 0;
	unsigned n = 0;

	if (field->width == IPC_RSC_NAME_SIZE) {
		while (n < field->width && table[field->at + n] > ' ' && table[field->at + n] < 127)
			n++;
		return lop_arena_printf(arena, "`%.*s`", (int)n, (const char *)table + field->at);
	}
	for (unsigned i = field->width; i; i--)
		value = value << 8 | table[field->at + i - 1];
	return lop_arena_printf(arena, "0x%" PRIx64, value);
}

/* "`da` of ring 0 of entry 1 (vdev) is 0x40001000, the manager's 0x40002000" */
static const char *difference(struct lop_arena *arena, const struct tables *t)
{
	struct lop_rsc_field field;
	uint32_t at = 0;

	while (at < t->size && t->found[at] == t->wanted[at])
		at++;
	field = lop_rsc_field(arena, t->wanted, at); /* up to there both are laid out alike */
	if (field.at + field.width > t->size)
		return lop_arena_printf(
			arena, "it ends after %" PRIu32 " bytes, the manager's after %" PRIu32,
			t->size, t->link->table_size);
	return lop_arena_printf(arena, "%s is %s, the manager's %s", field.text,
				value_text(arena, t->found, &field),
				value_text(arena, t->wanted, &field));
}

static void report_stale(struct lop_packing *p, const struct tables *t)
{
	const struct pm_table *table = p->pack->table;
	const char *domain = lop_pack_domain(p, t->image);
	struct lop_diag *d = lop_report(
		p->pack->diags, LOP_RSC_STALE, p->pack->images[t->image].span,
		"`%s` of `%s` has another resource table than the manager for host `%s`: %s",
		lop_pack_image(p, t->image), domain,
		pm_table_text(table, pm_table_domain(table, t->link->host)->name),
		difference(p->pack->arena, t));
	lop_diag_help(d,
		      "build it again: `%s/resource_table.c` beside the table has what it "
		      "needs; the one in the file is of another system, or older",
		      domain);
}

/* The section that is not for one host only: is it the table of any? */
static bool is_any(struct lop_packing *p, struct tables t)
{
	const struct pm_table *table = p->pack->table;
	const uint32_t remote = t.link->remote;

	for (uint32_t i = 0; i < table->links.count; i++) {
		t.link = pm_table_link(table, i);
		if (t.link->remote != remote || t.link->pristine == PM_NONE ||
		    !find_section(p, IPC_RSC_SECTION, &t))
			continue;
		t.wanted = pristine(p, t.link);
		if (is_same(&t))
			return true;
	}
	return false;
}

static void compare(struct lop_packing *p, uint32_t image, const struct pm_link *link)
{
	struct tables t = { .image = image, .link = link, .wanted = pristine(p, link) };

	if (find_section(p, section_of(p, link), &t)) {
		if (!is_same(&t))
			report_stale(p, &t);
	} else if (find_section(p, IPC_RSC_SECTION, &t) && !is_any(p, t)) {
		report_stale(p, &t);
	}
}

void lop_pack_compare_tables(struct lop_packing *p)
{
	const struct pm_table *table = p->pack->table;

	for (uint32_t i = 0; i < table->images.count; i++) {
		const struct pm_image *image = pm_table_image(table, i);

		if (image->kind != PM_IMAGE_PROGRAM || !p->images[i].sound ||
		    p->images[i].file.format != PM_FORMAT_ELF)
			continue;
		for (uint32_t k = 0; k < table->links.count; k++) {
			const struct pm_link *link = pm_table_link(table, k);

			if (link->remote == image->domain && link->pristine != PM_NONE)
				compare(p, i, link);
		}
	}
}
