/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is wrong with a sound resource table: one function per rule, one row each. The ranges of a
 * table are gathered once.
 */
#include "lopper-c/check/rsc.h"

#include <stdio.h>
#include <string.h>

#include "ipc/abi/rpmsg.h"
#include "ipc/abi/vring.h"
#include "lopper-c/base/str.h"

/* A thing of the table that has a place, or a notify id. */
enum kind { RING, CARVEOUT, DEVMEM, TRACE, VDEV };

#define NAME_SIZE 48

struct thing {
	enum kind kind;
	char name[NAME_SIZE]; /* as messages call it, in backquotes already where it is a name */
	uint32_t da;
	struct lop_range range; /* empty: none, or the host chooses */
	uint32_t notifyid;	/* of RING and VDEV */
	bool is_buffer;		/* a carveout for what rings point to */
};

/* Entries, and two rings for each that is a device. */
#define THINGS_MAX (3 * IPC_RSC_ENTRIES_MAX)

struct lint {
	const struct lop_rsc *rsc;
	struct lop_diags *diags;
	struct thing things[THINGS_MAX];
	size_t n;
	size_t overlaps; /* reported; more than LOP_DIAG_MAX are not looked for */
};

struct lop_range lop_rsc_ring_range(const struct ipc_rsc_vring *ring)
{
	return lop_rsc_range(ring->da, ipc_vring_size(ring->num, ring->align));
}

/* --- gathering --- */

static struct thing *add(struct lint *l, enum kind kind)
{
	struct thing *t = &l->things[l->n++];

	*t = (struct thing){ .kind = kind };
	return t;
}

static bool is_printable(const uint8_t *name)
{
	for (; *name; name++)
		if (*name < 0x20 || *name >= 0x7f)
			return false;
	return true;
}

/* "carveout `vdev0buffer`", or the number of the entry where the name is none. */
static void set_name(struct thing *t, const char *what, const uint8_t *name, uint32_t entry)
{
	if (*name && is_printable(name))
		snprintf(t->name, NAME_SIZE, "%s `%s`", what, (const char *)name);
	else
		snprintf(t->name, NAME_SIZE, "%s of entry %u", what, entry);
}

static void add_memory(struct lint *l, uint32_t entry, uint32_t at, uint32_t type)
{
	const struct ipc_rsc_memory m = ipc_rsc_get_memory(l->rsc->table, at);
	struct thing *t = add(l, type == IPC_RSC_DEVMEM ? DEVMEM : CARVEOUT);

	set_name(t, type == IPC_RSC_DEVMEM ? "devmem" : "carveout", m.name, entry);
	t->da = m.da;
	t->range = lop_rsc_range(m.da, m.len);
	t->is_buffer = lop_glob_match("vdev*buffer", (const char *)m.name);
}

static void add_trace(struct lint *l, uint32_t entry, uint32_t at)
{
	const struct ipc_rsc_trace trace = ipc_rsc_get_trace(l->rsc->table, at);
	struct thing *t = add(l, TRACE);

	set_name(t, "trace", trace.name, entry);
	t->da = trace.da;
	t->range = lop_rsc_range(trace.da, trace.len);
}

static void add_vdev(struct lint *l, uint32_t n, uint32_t at)
{
	const struct ipc_rsc_vdev vdev = ipc_rsc_get_vdev(l->rsc->table, at);
	struct thing *t = add(l, VDEV);

	snprintf(t->name, NAME_SIZE, "vdev %u", n);
	t->notifyid = vdev.notifyid;
	for (uint32_t r = 0; r < vdev.num_of_vrings; r++) {
		const struct ipc_rsc_vring ring = ipc_rsc_get_vring(l->rsc->table, at, r);

		t = add(l, RING);
		snprintf(t->name, NAME_SIZE, "ring %u of vdev %u", r, n);
		t->da = ring.da;
		t->notifyid = ring.notifyid;
		t->range = lop_rsc_ring_range(&ring);
	}
}

static void gather(struct lint *l)
{
	const uint32_t num = ipc_rsc_get_header(l->rsc->table).num;
	uint32_t vdevs = 0;

	for (uint32_t i = 0; i < num; i++) {
		uint32_t type, at = ipc_rsc_entry(l->rsc->table, i, &type);

		if (type == IPC_RSC_CARVEOUT || type == IPC_RSC_DEVMEM)
			add_memory(l, i, at, type);
		else if (type == IPC_RSC_TRACE)
			add_trace(l, i, at);
		else if (type == IPC_RSC_VDEV)
			add_vdev(l, vdevs++, at);
	}
}

/* --- rules --- */

static void check_loaded(struct lint *l)
{
	const struct lop_rsc *rsc = l->rsc;

	if (rsc->is_elf && !rsc->loaded)
		lop_diag_help(lop_report(l->diags, LOP_RSC_UNLOADED, rsc->span,
					 "section `" IPC_RSC_SECTION "` of `%s`, at 0x%llx, is in "
					 "no segment that is loaded",
					 rsc->path, (unsigned long long)rsc->section.addr),
			      "put the section into the memory of the program, flag it ALLOC, "
			      "and let a PT_LOAD segment hold it: the program reads there what "
			      "the host wrote");
}

/* Linux gives the rings 0, 1, ..., and OpenAMP ignores kicks with the id of the device. */
static void check_notifyids(struct lint *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct thing *t = &l->things[i];

		if (t->kind == VDEV && t->notifyid <= 1)
			lop_diag_help(lop_report(l->diags, LOP_RSC_NOTIFYID, l->rsc->span,
						 "%s has notify id %u, which Linux gives to a "
						 "ring: its kicks are lost",
						 t->name, t->notifyid),
				      "use another id, such as 31, or 0xffffffff for all rings");
	}
}

static bool has_notifyid(const struct thing *t)
{
	return (t->kind == VDEV || t->kind == RING) && t->notifyid != IPC_RSC_NOTIFY_ANY;
}

static void check_same_notifyid(struct lint *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct thing *t = &l->things[i];

		for (size_t k = 0; has_notifyid(t) && k < i; k++) {
			const struct thing *other = &l->things[k];

			if (!has_notifyid(other) || other->notifyid != t->notifyid)
				continue;
			lop_diag_help(lop_report(l->diags, LOP_RSC_NOTIFYID, l->rsc->span,
						 "%s and %s have the same notify id, %u",
						 other->name, t->name, t->notifyid),
				      "give each ring and each vdev an id of its own: OpenAMP "
				      "refuses the table");
			break;
		}
	}
}

/* Memory lies in a carveout as a rule, and rings in one, but nothing across the end of one. */
static bool may_overlap(const struct thing *a, const struct thing *b)
{
	const struct thing *outer = a->kind == CARVEOUT ? a : b, *inner = outer == a ? b : a;

	if (outer->kind != CARVEOUT || inner->kind == CARVEOUT)
		return false;
	if (inner->kind == RING && outer->is_buffer)
		return false;
	return lop_range_contains(outer->range, inner->range);
}

static void report_overlap(struct lint *l, const char *a, struct lop_range ra, const char *b,
			   struct lop_range rb)
{
	char text_a[LOP_RANGE_TEXT], text_b[LOP_RANGE_TEXT];

	if (l->overlaps++ > LOP_DIAG_MAX)
		return;
	lop_diag_help(lop_report(l->diags, LOP_RSC_OVERLAP, l->rsc->span, "%s %s overlaps %s %s", a,
				 lop_range_text(ra, text_a), b, lop_range_text(rb, text_b)),
		      "move one of them: what is written into one appears in the other");
}

static void check_overlaps(struct lint *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct thing *a = &l->things[i];

		for (size_t k = 0; k < i; k++) {
			const struct thing *b = &l->things[k];

			if (lop_range_overlaps(a->range, b->range) && !may_overlap(a, b))
				report_overlap(l, b->name, b->range, a->name, a->range);
		}
	}
}

/* A carveout holds the program as a rule; a trace buffer is in its bss. */
static bool may_load(const struct thing *t, struct lop_range segment)
{
	if (t->kind == TRACE)
		return true;
	return t->kind == CARVEOUT && !t->is_buffer && lop_range_contains(t->range, segment);
}

static void check_segment(struct lint *l, uint32_t n)
{
	const struct ipc_elf_segment s = ipc_elf_segment(&l->rsc->elf, n);
	const struct lop_range segment = { s.paddr, s.memsz };
	char name[NAME_SIZE];

	if (s.type != IPC_ELF_PT_LOAD)
		return;
	snprintf(name, sizeof(name), "segment %u", n);
	for (size_t i = 0; i < l->n; i++)
		if (lop_range_overlaps(l->things[i].range, segment) &&
		    !may_load(&l->things[i], segment))
			report_overlap(l, name, segment, l->things[i].name, l->things[i].range);
}

static void check_segments(struct lint *l)
{
	for (uint32_t i = 0; l->rsc->is_elf && i < l->rsc->elf.phnum; i++)
		check_segment(l, i);
}

static void check_any(struct lint *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->things[i].kind != VDEV && l->things[i].da == IPC_RSC_ADDR_ANY)
			lop_diag_help(lop_report(l->diags, LOP_RSC_ANY, l->rsc->span,
						 "%s has no address: Linux chooses one, a host "
						 "with OpenAMP does not",
						 l->things[i].name),
				      "write the address, unless the host is Linux");
}

static void check_vdev_state(struct lint *l, uint32_t n, uint32_t at)
{
	const struct ipc_rsc_vdev vdev = ipc_rsc_get_vdev(l->rsc->table, at);

	if (!vdev.gfeatures && !vdev.status)
		return;
	lop_diag_help(lop_report(l->diags, LOP_RSC_STATE, l->rsc->span,
				 "vdev %u has gfeatures 0x%x and status 0x%x in the file", n,
				 vdev.gfeatures, vdev.status),
		      "write 0: the host sets them, and a program that finds the status set "
		      "starts too early");
}

static void check_state(struct lint *l)
{
	const uint32_t num = ipc_rsc_get_header(l->rsc->table).num;
	uint32_t vdevs = 0;

	for (uint32_t i = 0; i < num; i++) {
		uint32_t type, at = ipc_rsc_entry(l->rsc->table, i, &type);

		if (type == IPC_RSC_VDEV)
			check_vdev_state(l, vdevs++, at);
	}
}

static void check_name(struct lint *l, uint32_t entry, const uint8_t *name)
{
	if (!is_printable(name))
		lop_diag_help(lop_report(l->diags, LOP_RSC_NAME, l->rsc->span,
					 "the name of entry %u has characters that are not "
					 "printable ASCII",
					 entry),
			      "use letters, digits, `-` and `_`: hosts print it and make file "
			      "names of it");
}

static void check_names(struct lint *l)
{
	const uint32_t num = ipc_rsc_get_header(l->rsc->table).num;

	for (uint32_t i = 0; i < num; i++) {
		uint32_t type, at = ipc_rsc_entry(l->rsc->table, i, &type);

		if (type == IPC_RSC_CARVEOUT || type == IPC_RSC_DEVMEM)
			check_name(l, i, ipc_rsc_get_memory(l->rsc->table, at).name);
		else if (type == IPC_RSC_TRACE)
			check_name(l, i, ipc_rsc_get_trace(l->rsc->table, at).name);
	}
}

static void (*const rules[])(struct lint *l) = {
	check_loaded,	check_notifyids, check_same_notifyid, check_overlaps,
	check_segments, check_any,	 check_state,	      check_names,
};

void lop_rsc_lint(const struct lop_rsc *rsc, struct lop_diags *diags)
{
	struct lint *l = lop_arena_alloc(diags->arena, sizeof(*l));

	l->rsc = rsc;
	l->diags = diags;
	l->n = l->overlaps = 0;
	gather(l);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		rules[i](l);
}
