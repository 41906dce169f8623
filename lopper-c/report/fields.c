/* SPDX-License-Identifier: BSD-3-Clause */
/* The lists of fields.h. A field that has no value in a system is left out. */
#include "lopper-c/report/fields.h"

#include <inttypes.h>

#include "lopper-c/model/resources.h"
#include "lopper-c/report/steps.h"

static void add(struct lop_fields *fields, struct lop_field field)
{
	*LOP_APPEND(fields->arena, fields->list, fields->n) = field;
}

static void text(struct lop_fields *fields, const char *key, const char *value,
		 struct lop_span span)
{
	if (value && *value)
		add(fields, (struct lop_field){ key, LOP_FIELD_TEXT, value, 0, span });
}

static void number(struct lop_fields *fields, const char *key, uint64_t value, struct lop_span span)
{
	add(fields, (struct lop_field){ key, LOP_FIELD_NUMBER, NULL, value, span });
}

static void address(struct lop_fields *fields, const char *key, uint64_t value,
		    struct lop_span span)
{
	add(fields, (struct lop_field){ key, LOP_FIELD_ADDRESS, NULL, value, span });
}

static void size(struct lop_fields *fields, const char *key, uint64_t value, struct lop_span span)
{
	add(fields, (struct lop_field){ key, LOP_FIELD_SIZE, NULL, value, span });
}

static void flag(struct lop_fields *fields, const char *key, bool value, struct lop_span span)
{
	add(fields, (struct lop_field){ key, LOP_FIELD_FLAG, NULL, value, span });
}

/* "KEY" and "KEY-size"; nothing where there is no such range. */
static void range(struct lop_fields *fields, const char *key, struct lop_range value,
		  struct lop_span span)
{
	if (!value.size)
		return;
	address(fields, key, value.base, span);
	size(fields, lop_arena_printf(fields->arena, "%s-size", key), value.size, span);
}

/* --- domains --- */

static const char *peers(const struct lop_fields *fields, const struct lop_peer *list, size_t n)
{
	struct lop_buf names = { 0 };
	const char *copy;

	for (size_t i = 0; i < n; i++)
		lop_buf_printf(&names, "%s%s", i ? ", " : "", list[i].domain->name);
	copy = lop_arena_strndup(fields->arena, names.len ? names.data : "", names.len);
	lop_buf_free(&names);
	return copy;
}

static void add_files(struct lop_fields *f, const struct lop_life *life)
{
	text(f, "image", life->image, life->image_span);
	text(f, "initrd", life->initrd, life->initrd_span);
	for (size_t i = 0; i < life->n_load; i++)
		text(f, lop_arena_printf(f->arena, "load-%zu", i),
		     lop_arena_printf(f->arena, "%s at 0x%" PRIx64, life->load[i].file,
				      life->load[i].address),
		     life->load[i].span);
	if (life->entry)
		address(f, "entry", life->entry, life->span);
}

static void add_life(struct lop_fields *f, const struct lop_life *life)
{
	flag(f, "autostart", life->autostart, life->span);
	number(f, "start-order", life->order, life->span);
	text(f, "after", peers(f, life->after, life->n_after),
	     life->n_after ? life->after[0].span : life->span);
	text(f, "manages", peers(f, life->manages, life->n_manages),
	     life->n_manages ? life->manages[0].span : life->span);
	text(f, "restart", lop_restart_name(life->restart), life->span);
	if (life->restart != LOP_RESTART_NEVER) {
		number(f, "restart-limit", life->restart_limit, life->span);
		number(f, "restart-backoff-ms", life->restart_backoff, life->span);
	}
	if (life->watchdog)
		number(f, "watchdog-ms", life->watchdog, life->span);
	text(f, "console", lop_console_name(life->console), life->span);
	if (life->uart)
		address(f, "virtual-uart", life->uart, life->span);
	if (life->uart && life->uart_irq != UINT32_MAX)
		number(f, "virtual-uart-interrupt", life->uart_irq, life->span);
	range(f, "trace", life->trace, life->span);
	range(f, "image-slot", life->slot, life->span);
}

struct lop_fields lop_fields_of_domain(const struct lop_report *report,
				       const struct lop_domain *domain)
{
	struct lop_fields f = { .arena = report->arena };

	text(&f, "os", domain->os_type, domain->span);
	if (domain->has_id)
		number(&f, "id", domain->id, domain->span);
	text(&f, "parent", domain->parent ? domain->parent->name : NULL, domain->span);
	if (domain->is_default)
		flag(&f, "default", true, domain->span);
	add_files(&f, domain->life);
	add_life(&f, domain->life);
	return f;
}

/* --- links --- */

static void add_end(const struct lop_report *report, struct lop_fields *f,
		    const struct lop_link *link, enum lop_end end)
{
	const char *name = end == LOP_HOST ? "host" : "remote";
	struct lop_span span = link->irq_span.text ? link->irq_span : link->span;
	uint64_t at;

	if (lop_link_address(report->system, link, end, link->window, &at))
		address(f, lop_arena_printf(f->arena, "%s-window", name), at, link->span);
	if (link->doorbell[end])
		address(f, lop_arena_printf(f->arena, "%s-doorbell", name), link->doorbell[end],
			link->span);
	if (link->irq[end] != UINT32_MAX)
		number(f, lop_arena_printf(f->arena, "%s-interrupt", name), link->irq[end], span);
	if (link->mbox[end])
		text(f, lop_arena_printf(f->arena, "%s-mailbox", name),
		     lop_node_path_dup(f->arena, link->mbox[end]), link->mbox[end]->span);
}

static void add_rings(struct lop_fields *f, const struct lop_link *link)
{
	static const char *const direction[2] = { "to-host", "to-remote" };

	for (unsigned i = 0; i < 2; i++) {
		const char *d = direction[i];

		number(f, lop_arena_printf(f->arena, "%s-buffers", d), link->buffers[i],
		       link->span);
		size(f, lop_arena_printf(f->arena, "%s-buffer-size", d), link->buffer_size[i],
		     link->span);
		number(f, lop_arena_printf(f->arena, "%s-descriptors", d), link->ring_num[i],
		       link->span);
		range(f, lop_arena_printf(f->arena, "%s-ring", d), link->ring[i], link->span);
	}
	size(f, "ring-align", link->align, link->span);
}

static const char *channels(const struct lop_fields *f, const struct lop_link *link)
{
	struct lop_buf names = { 0 };
	const char *copy;

	for (size_t i = 0; i < link->n_channels; i++)
		lop_buf_printf(&names, "%s%s", i ? ", " : "", link->channels[i]);
	copy = lop_arena_strndup(f->arena, names.len ? names.data : "", names.len);
	lop_buf_free(&names);
	return copy;
}

/* Entries of the table that the link has a page for. */
static void add_resources(struct lop_fields *f, const struct lop_resources *r)
{
	for (size_t i = 0; i < r->n_carveouts; i++)
		range(f, lop_arena_printf(f->arena, "carveout-%s", r->carveouts[i].name),
		      r->carveouts[i].range, r->carveouts[i].span);
	for (size_t i = 0; i < r->n_devmem; i++)
		range(f, lop_arena_printf(f->arena, "devmem-%s", r->devmem[i].name),
		      r->devmem[i].range, r->devmem[i].span);
	for (size_t i = 0; i < r->n_vendors; i++)
		size(f, lop_arena_printf(f->arena, "vendor%zu-%u", i, r->vendors[i].id),
		     r->vendors[i].len, r->vendors[i].span);
}

struct lop_fields lop_fields_of_link(const struct lop_report *report, const struct lop_link *link)
{
	struct lop_fields f = { .arena = report->arena };
	struct lop_span window = link->window_span.text ? link->window_span : link->span;

	text(&f, "kind", link->kind == LOP_LINK_LIBMETAL ? "libmetal" : "rpmsg", link->span);
	text(&f, "host", link->end[LOP_HOST] ? link->end[LOP_HOST]->name : NULL, link->span);
	text(&f, "remote", link->end[LOP_REMOTE] ? link->end[LOP_REMOTE]->name : NULL, link->span);
	range(&f, "window", link->window, window);
	range(&f, "table", link->table, window);
	if (link->kind == LOP_LINK_RPMSG)
		add_rings(&f, link);
	range(&f, "pool", link->pool, window);
	text(&f, "memory-type", lop_memory_type_name(link->type), link->span);
	text(&f, "channels", channels(&f, link), link->span);
	if (link->kind == LOP_LINK_RPMSG)
		number(&f, "vdev", link->vdev, link->span);
	if (link->pair && link->vdev == 0)
		add_resources(&f, link->pair->resources);
	for (unsigned end = 0; end < 2; end++)
		if (link->end[end])
			add_end(report, &f, link, (enum lop_end)end);
	return f;
}

/* --- the manager --- */

struct lop_fields lop_fields_of_manager(const struct lop_report *report)
{
	const struct lop_manager *manager = report->system->manager;
	struct lop_fields f = { .arena = report->arena };

	if (!manager)
		return f;
	range(&f, "memory", manager->memory, manager->memory_span);
	if (manager->uart)
		text(&f, "uart", lop_node_path_dup(f.arena, manager->uart), manager->uart_span);
	if (manager->intc)
		text(&f, "interrupt-controller", lop_node_path_dup(f.arena, manager->intc),
		     manager->intc->span);
	if (manager->cpu != UINT64_MAX)
		address(&f, "shell-cpu", manager->cpu, manager->span);
	return f;
}

const char *lop_field_text(struct lop_arena *arena, const struct lop_field *field)
{
	char human[LOP_RANGE_TEXT];

	switch (field->kind) {
	case LOP_FIELD_NUMBER:
		return lop_arena_printf(arena, "%" PRIu64, field->number);
	case LOP_FIELD_ADDRESS:
		return lop_arena_printf(arena, "0x%" PRIx64, field->number);
	case LOP_FIELD_SIZE:
		return lop_arena_strdup(arena, lop_size_text(field->number, human));
	case LOP_FIELD_FLAG:
		return field->number ? "yes" : "no";
	default:
		return field->text;
	}
}
