/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * platform.h: what a bare-metal program or an RTOS has to know of its domain, as constants. All
 * addresses are those of the domain's CPUs. Usable from C and from assembler: numbers only.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ipc/abi/vring.h"
#include "lopper-c/base/map.h"
#include "lopper-c/emit/emit.h"
#include "lopper-c/emit/names.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/irq.h"

struct header {
	const struct lop_system *system;
	const struct lop_view *view;
	const struct lop_domain *domain;
	struct lop_buf *out;
	struct lop_map *devices; /* by prefix: how many are called so */
};

/* One constant; what says its unit, span where it comes from. */
static void put(const struct header *h, const char *prefix, const char *name, uint64_t value,
		const char *what)
{
	lop_buf_printf(h->out, "#define %s_%s 0x%" PRIx64 "%s%s%s\n", prefix, name, value,
		       *what ? " /* " : "", what, *what ? " */" : "");
}

static void put_count(const struct header *h, const char *prefix, const char *name, uint64_t value,
		      const char *what)
{
	lop_buf_printf(h->out, "#define %s_%s %" PRIu64 "%s%s%s\n", prefix, name, value,
		       *what ? " /* " : "", what, *what ? " */" : "");
}

/* The place a number comes from, as a line of its own. */
static void put_source(const struct header *h, struct lop_span span)
{
	struct lop_place place = lop_sources_resolve(h->system->diags->sources, span);

	if (place.file && place.line)
		lop_buf_printf(h->out, "/* %s:%u */\n", place.file, place.line);
}

static void put_title(const struct header *h, const char *title)
{
	lop_buf_printf(h->out, "\n/* --- %s --- */\n\n", title);
}

/* --- CPUs and memory --- */

static void put_cpus(const struct header *h)
{
	char prefix[LOP_MACRO_MAX];
	unsigned n = 0;

	put_title(h, "CPUs");
	for (size_t i = 0; i < h->domain->n_cpus; i++) {
		const struct lop_cpu_use *use = &h->domain->cpus[i];

		for (size_t k = 0; k < use->cluster->n_cpus; k++) {
			if (!(use->set >> k & 1))
				continue;
			snprintf(prefix, sizeof(prefix), "PLATFORM_CPU%u", n++);
			put(h, prefix, "ID", use->cluster->cpus[k].reg,
			    "its reg: MPIDR affinity, hart or core number");
		}
	}
	put_count(h, "PLATFORM", "CPUS", n, "");
}

static void put_memory(const struct header *h)
{
	const struct lop_range trace = h->domain->life->trace;
	char prefix[LOP_MACRO_MAX], size[LOP_RANGE_TEXT];
	unsigned n[2] = { 0, 0 };
	uint64_t address;

	put_title(h, "memory");
	for (size_t i = 0; i < h->view->n_memory; i++) {
		const struct lop_view_memory *m = &h->view->memory[i];

		snprintf(prefix, sizeof(prefix), "PLATFORM_%s%u", m->sram ? "SRAM" : "MEMORY",
			 n[m->sram]++);
		put(h, prefix, "BASE", m->range.base, "");
		put(h, prefix, "SIZE", m->range.size, lop_size_text(m->range.size, size));
	}
	put_count(h, "PLATFORM", "MEMORIES", n[0], "");
	put_count(h, "PLATFORM", "SRAMS", n[1], "");
	if (!trace.size || !lop_domain_address(h->system, h->domain, trace, &address))
		return;
	put(h, "PLATFORM", "TRACE_BASE", address, "trace buffer, the end of its memory");
	put(h, "PLATFORM", "TRACE_SIZE", trace.size, lop_size_text(trace.size, size));
}

/* --- devices --- */

/* Nodes that are something else than a device stand under these. */
static bool is_other(const struct lop_node *node)
{
	static const char *const names[] = { "cpus", "reserved-memory", "chosen", "aliases",
					     "__symbols__" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(node->name, names[i]) == 0)
			return true;
	return strncmp(node->name, "memory@", 7) == 0;
}

struct irq_list {
	const struct header *h;
	const char *prefix;
	unsigned n;
};

static bool put_irq(const struct lop_irq *irq, void *context)
{
	struct irq_list *list = context;
	char name[32];

	if (irq->kind == LOP_IRQ_OTHER)
		return true;
	snprintf(name, sizeof(name), list->n ? "IRQ%u" : "IRQ", list->n);
	put_count(list->h, list->prefix, name, irq->number,
		  irq->kind == LOP_IRQ_PRIVATE ? "private, of each CPU"
		  : irq->edge		       ? "edge"
					       : "");
	list->n++;
	return true;
}

/* A device that is called like one before it has a number behind its name. */
static void name_device(const struct header *h, const char *name, char prefix[LOP_MACRO_MAX])
{
	char plain[LOP_MACRO_MAX - 12];
	unsigned *n, *own = lop_arena_zalloc(h->system->arena, sizeof(*own));

	lop_c_macro("DEV", name, prefix);
	snprintf(plain, sizeof(plain), "%.*s", (int)sizeof(plain) - 1, prefix);
	for (n = lop_map_get(h->devices, NULL, prefix); n && lop_map_get(h->devices, NULL, prefix);)
		snprintf(prefix, LOP_MACRO_MAX, "%s_%u", plain, ++*n);
	*own = 1;
	lop_map_put(h->devices, NULL, lop_arena_strdup(h->system->arena, prefix), own);
}

static bool has_registers(const struct lop_tree *tree, const struct lop_node *node)
{
	for (size_t i = 0; i < lop_reg_count(tree, node); i++) {
		struct lop_where where = lop_reg_to_root(tree, node, i);

		if (where.mapped && where.range.size)
			return true;
	}
	return false;
}

static void put_device(const struct header *h, const struct lop_node *node)
{
	const struct lop_tree *tree = h->view->tree;
	const char *label = lop_node_label(node);
	char prefix[LOP_MACRO_MAX], name[32];
	struct irq_list list = { h, prefix, 0 };
	unsigned n = 0;

	if (!has_registers(tree, node))
		return;
	name_device(h, label ? label : node->name, prefix);
	lop_buf_printf(h->out, "/* %s */\n", lop_node_path_dup(h->system->arena, node));
	for (size_t i = 0; i < lop_reg_count(tree, node); i++) {
		struct lop_where where = lop_reg_to_root(tree, node, i);

		if (!where.mapped || !where.range.size)
			continue;
		snprintf(name, sizeof(name), n ? "BASE%u" : "BASE", n);
		put(h, prefix, name, where.range.base, "");
		snprintf(name, sizeof(name), n ? "SIZE%u" : "SIZE", n);
		put(h, prefix, name, where.range.size, "");
		n++;
	}
	lop_irqs_of(tree, node, put_irq, &list);
}

static void put_devices(const struct header *h)
{
	const struct lop_tree *tree = h->view->tree;
	const struct lop_node *node = lop_node_next(tree->root, tree->root);

	put_title(h, "devices");
	while (node) {
		if (is_other(node) && node->parent == tree->root) {
			const struct lop_node *end = node;

			while (end && !end->next)
				end = end->parent;
			node = end ? end->next : NULL;
			continue;
		}
		if (lop_prop_find(tree, node, "compatible"))
			put_device(h, node);
		node = lop_node_next(node, tree->root);
	}
}

/* --- links --- */

static void put_part(const struct header *h, const struct lop_link *link, enum lop_end end,
		     const char *prefix, const char *name, struct lop_range part)
{
	uint64_t address;
	char size[LOP_RANGE_TEXT], full[32];

	if (!lop_link_address(h->system, link, end, part, &address))
		return;
	snprintf(full, sizeof(full), "%s_BASE", name);
	put(h, prefix, full, address, "");
	snprintf(full, sizeof(full), "%s_SIZE", name);
	put(h, prefix, full, part.size, lop_size_text(part.size, size));
}

static void put_rings(const struct header *h, const struct lop_link *link, enum lop_end end,
		      const char *prefix)
{
	static const char *const direction[2] = { "remote to host", "host to remote" };
	char name[32];

	for (unsigned i = 0; i < 2; i++) {
		snprintf(name, sizeof(name), "VRING%u", i);
		if (!link->host_places)
			put_part(h, link, end, prefix, name, link->ring[i]);
		snprintf(name, sizeof(name), "VRING%u_NUM", i);
		put_count(h, prefix, name, link->ring_num[i], "descriptors");
		snprintf(name, sizeof(name), "VRING%u_USED", i);
		put(h, prefix, name, ipc_vring_used_offset(link->ring_num[i], link->align),
		    "offset of the used ring");
		snprintf(name, sizeof(name), "BUFFERS%u", i);
		put_count(h, prefix, name, link->buffers[i], direction[i]);
		snprintf(name, sizeof(name), "BUFFER%u_SIZE", i);
		put_count(h, prefix, name, link->buffer_size[i], "bytes, header included");
	}
	put(h, prefix, "ALIGN", link->align, "of the used rings");
}

static void put_channels(const struct header *h, const struct lop_link *link, const char *prefix)
{
	for (size_t i = 0; i < link->n_channels; i++)
		lop_buf_printf(h->out, "#define %s_CHANNEL%zu \"%s\"\n", prefix, i,
			       link->channels[i]);
}

static void put_link(const struct header *h, const struct lop_link *link, enum lop_end end)
{
	char prefix[LOP_MACRO_MAX];

	lop_c_macro("LINK", link->name, prefix);
	lop_buf_printf(h->out, "/* %s: %s of %s */\n", link->name, end ? "remote" : "host",
		       link->end[!end]->name);
	put_source(h, link->span);
	put_count(h, prefix, "IS_HOST", end == LOP_HOST, "");
	put_part(h, link, end, prefix, "WINDOW", link->window);
	put_part(h, link, end, prefix, "TABLE", link->table);
	put_count(h, prefix, "VDEV", link->vdev, "of the resource table");
	if (link->kind == LOP_LINK_RPMSG)
		put_rings(h, link, end, prefix);
	if (!link->host_places)
		put_part(h, link, end, prefix, "POOL", link->pool);
	put_count(h, prefix, "CACHEABLE", link->type == LOP_WRITE_BACK, "memory type of both ends");
	if (link->irq[end] != UINT32_MAX)
		put_count(h, prefix, "IRQ", link->irq[end], "the other end rings");
	if (link->doorbell[end])
		put(h, prefix, "DOORBELL", link->doorbell[end], "a write here rings the other end");
	put_channels(h, link, prefix);
	lop_buf_putc(h->out, '\n');
}

static void put_links(const struct header *h)
{
	unsigned n = 0;

	put_title(h, "links");
	for (size_t i = 0; i < h->system->n_links; i++) {
		const struct lop_link *link = h->system->links[i];

		for (unsigned end = 0; end < 2; end++) {
			if (link->end[end] != h->domain)
				continue;
			put_link(h, link, (enum lop_end)end);
			n++;
		}
	}
	put_count(h, "PLATFORM", "LINKS", n, "");
}

void lop_emit_platform(const struct lop_system *system, const struct lop_view *view,
		       struct lop_buf *out)
{
	struct lop_map devices = { 0 };
	const struct header h = { system, view, view->domain, out, &devices };

	lop_bus_learn(view->tree);
	lop_buf_printf(out,
		       "/*\n * Domain %s as its programs see it, made by sdtgen. Do not edit.\n"
		       " * Addresses and sizes are bytes, as the domain's CPUs see them.\n */\n"
		       "#ifndef PLATFORM_H\n#define PLATFORM_H\n\n"
		       "#define PLATFORM_DOMAIN \"%s\"\n",
		       view->domain->name, view->domain->name);
	put_cpus(&h);
	put_memory(&h);
	put_devices(&h);
	put_links(&h);
	lop_buf_puts(out, "\n#endif\n");
	lop_map_free(&devices);
}
