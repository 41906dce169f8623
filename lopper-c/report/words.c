/* SPDX-License-Identifier: BSD-3-Clause */
/* Names and short texts that every form of a report uses, so that all of them say the same. */
#include <inttypes.h>
#include <string.h>

#include "lopper-c/report/steps.h"

const char *lop_report_source(const struct lop_report *report, struct lop_span span)
{
	struct lop_place place = lop_sources_resolve(report->system->diags->sources, span);

	if (!place.file)
		return "";
	if (strlen(place.file) > report->common && *place.file != '<')
		place.file += report->common;
	if (!place.line)
		return place.file;
	return lop_arena_printf(report->arena, "%s:%u:%u", place.file, place.line, place.column);
}

const char *lop_fact_region_kind_name(enum lop_fact_kind kind)
{
	static const char *const names[] = {
		[LOP_FACT_MEMORY] = "memory",	     [LOP_FACT_SRAM] = "sram",
		[LOP_FACT_RESERVED] = "reserved",    [LOP_FACT_MANAGER] = "manager memory",
		[LOP_FACT_SLOT] = "image slot",	     [LOP_FACT_WINDOW] = "link window",
		[LOP_FACT_TABLE] = "resource table", [LOP_FACT_RING] = "ring",
		[LOP_FACT_BUFFERS] = "buffers",	     [LOP_FACT_TRACE] = "trace",
		[LOP_FACT_DEVICE] = "device",	     [LOP_FACT_FREE] = "free",
	};

	return names[kind];
}

const char *lop_fact_region_owners(const struct lop_report *report,
				   const struct lop_fact_region *region)
{
	struct lop_buf text = { 0 };
	const char *copy;

	if (region->manager)
		return "manager";
	if (!region->owner)
		return "";
	if (!region->owner->next)
		return region->owner->domain->name;
	for (const struct lop_owner *o = region->owner; o; o = o->next)
		lop_buf_printf(&text, "%s%s", o->domain->name, o->next ? ", " : "");
	copy = lop_arena_strndup(report->arena, text.data, text.len);
	lop_buf_free(&text);
	return copy;
}

const char *lop_restart_name(enum lop_restart restart)
{
	static const char *const names[] = { "never", "on-fault", "always" };

	return names[restart];
}

const char *lop_console_name(enum lop_console console)
{
	static const char *const names[] = { "none", "virtual", "passthrough" };

	return names[console];
}

const char *lop_memory_type_name(enum lop_memory_type type)
{
	static const char *const names[] = { "write-back", "non-cacheable" };

	return names[type];
}

const char *lop_irq_kind_name(enum lop_irq_kind kind)
{
	static const char *const names[] = { "shared", "private", "other" };

	return names[kind];
}

const char *lop_node_title(const struct lop_node *node)
{
	const char *label = lop_node_label(node);

	return label ? label : *node->name ? node->name : "/";
}

static void put_use(const struct lop_cpu_use *use, struct lop_buf *text)
{
	const char *comma = "";

	lop_buf_printf(text, "%s ", use->cluster->name);
	for (size_t k = 0; k < use->cluster->n_cpus && k < 64; k++) {
		if (!(use->set >> k & 1))
			continue;
		lop_buf_printf(text, "%s%" PRIu64, comma, use->cluster->cpus[k].reg);
		comma = ",";
	}
}

const char *lop_report_cpus(const struct lop_report *report, const struct lop_domain *domain)
{
	struct lop_buf text = { 0 };
	const char *copy;

	if (!domain->n_cpus)
		return "none";
	for (size_t i = 0; i < domain->n_cpus; i++) {
		lop_buf_puts(&text, i ? "; " : "");
		put_use(&domain->cpus[i], &text);
	}
	copy = lop_arena_strndup(report->arena, text.data, text.len);
	lop_buf_free(&text);
	return copy;
}

const char *lop_report_hex(const struct lop_report *report, uint64_t number)
{
	return lop_arena_printf(report->arena, "0x%" PRIx64, number);
}

const char *lop_report_size(const struct lop_report *report, uint64_t size)
{
	static const char *const units[] = { "bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	char text[LOP_RANGE_TEXT];
	size_t unit = 0;
	uint64_t left = size;

	lop_size_text(size, text);
	if (strcspn(text, " ") <= 4)
		return lop_arena_strdup(report->arena, text);
	for (; left >> 20; left >>= 10)
		unit++;
	return lop_arena_printf(report->arena, "~%" PRIu64 ".%" PRIu64 " %s", left >> 10,
				(left & 1023) * 10 >> 10, units[unit + 1]);
}

const char *lop_report_irqs(const struct lop_report *report, const struct lop_device_use *use)
{
	const char *text = "";

	for (size_t i = 0; i < use->n_irqs && i < 8; i++)
		text = lop_arena_printf(report->arena, "%s%s%" PRIu32 "%s", text, i ? ", " : "",
					use->irqs[i].number,
					use->irqs[i].kind == LOP_IRQ_PRIVATE ? " private"
					: use->irqs[i].kind == LOP_IRQ_OTHER ? " other"
									     : "");
	if (use->n_irqs > 8)
		text = lop_arena_printf(report->arena, "%s, and %zu more", text, use->n_irqs - 8);
	return text;
}
