/* SPDX-License-Identifier: BSD-3-Clause */
/* What a run says on standard output: who got which CPUs, memory and devices, and where the files
 * are. */
#include <string.h>

#include "lopper-c/emit/emit.h"

static void put_cpus(const struct lop_domain *d, struct lop_buf *out)
{
	for (size_t i = 0; i < d->n_cpus; i++) {
		const struct lop_cpu_use *use = &d->cpus[i];
		const char *comma = "";

		lop_buf_printf(out, "%s%s ", i ? ", " : "", use->cluster->name);
		for (size_t k = 0; k < use->cluster->n_cpus; k++) {
			if (!(use->set >> k & 1))
				continue;
			lop_buf_printf(out, "%s%llu", comma,
				       (unsigned long long)use->cluster->cpus[k].reg);
			comma = ",";
		}
		if (use->lockstep)
			lop_buf_puts(out, " lockstep");
		if (use->secure)
			lop_buf_puts(out, " secure");
	}
	if (!d->n_cpus)
		lop_buf_puts(out, "none");
}

/* Ranges as the domain's CPUs see them. */
static void put_memory(const struct lop_view *view, bool sram, const char *label,
		       struct lop_buf *out)
{
	char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];
	size_t n = 0;

	for (size_t i = 0; i < view->n_memory; i++) {
		const struct lop_view_memory *m = &view->memory[i];

		if (m->sram != sram)
			continue;
		lop_buf_printf(out, "\n  %-10s%s (%s)%s%s", n++ ? "" : label,
			       lop_range_text(m->range, range), lop_size_text(m->range.size, size),
			       sram ? " " : "", sram ? m->node->name : "");
		if (!sram && lop_domain_moved(view->domain, m->root.base))
			lop_buf_printf(out, ", the machine's %s", lop_range_text(m->root, range));
	}
	if (!n && !sram)
		lop_buf_printf(out, "\n  %-10snone", label);
}

static size_t put_names(const struct lop_node **nodes, size_t n, bool full, struct lop_buf *out)
{
	size_t column = 12;

	for (size_t i = 0; i < n && full; i++) {
		size_t len = strlen(nodes[i]->name) + (i ? 2 : 0);

		if (i)
			lop_buf_puts(out, ",");
		if (i && column + len > 98) {
			lop_buf_puts(out, "\n            ");
			column = 12;
		} else if (i) {
			lop_buf_puts(out, " ");
		}
		lop_buf_puts(out, nodes[i]->name);
		column += len;
	}
	if (!full)
		lop_buf_printf(out, "%zu", n);
	else if (!n)
		lop_buf_puts(out, "none");
	return n;
}

static void put_view(const struct lop_view *view, const struct lop_emit_options *options, bool full,
		     struct lop_buf *out)
{
	const struct lop_domain *d = view->domain;

	lop_buf_printf(out, "%s%s%s%s%s\n", d->name, d->os_type ? " (" : "",
		       d->os_type ? d->os_type : "", d->os_type ? ")" : "",
		       d->is_default ? ", the default domain" : "");
	lop_buf_puts(out, "  CPUs      ");
	put_cpus(d, out);
	put_memory(view, false, "memory", out);
	put_memory(view, true, "sram", out);
	lop_buf_puts(out, "\n  devices   ");
	put_names(view->devices, view->n_devices, full, out);
	if (view->n_depends) {
		lop_buf_puts(out, "\n  and needs ");
		put_names(view->depends, view->n_depends, full, out);
	}
	lop_buf_putc(out, '\n');
	if (options->dir)
		lop_buf_printf(out, "  files     %s/%s/domain.dts, domain.dtb\n", options->dir,
			       d->name);
}

/* One line a domain: name, CPUs, total of memory, number of devices. */
static void put_line(const struct lop_view *view, int width, struct lop_buf *out)
{
	const struct lop_domain *d = view->domain;
	char size[LOP_RANGE_TEXT];
	size_t cpus = 0;
	uint64_t bytes = 0;

	for (size_t i = 0; i < d->n_cpus; i++)
		cpus += lop_cpu_set_size(d->cpus[i].set);
	for (size_t i = 0; i < view->n_memory; i++)
		bytes += view->memory[i].sram ? 0 : view->memory[i].range.size;
	lop_buf_printf(out, "  %-*s  %zu CPU%s, %s%smemory, %zu device%s\n", width, d->name, cpus,
		       cpus == 1 ? "" : "s", bytes ? lop_size_text(bytes, size) : "no",
		       bytes ? " of " : " ", view->n_devices, view->n_devices == 1 ? "" : "s");
}

void lop_emit_summary(const struct lop_system *system, struct lop_view *const *views,
		      const struct lop_emit_options *options, bool full, struct lop_buf *out)
{
	int width = 0;

	for (size_t i = 0; i < system->n_domains; i++)
		if ((int)strlen(system->domains[i]->name) > width)
			width = (int)strlen(system->domains[i]->name);
	for (size_t i = 0; i < system->n_domains; i++) {
		if (full)
			put_view(views[i], options, full, out);
		else
			put_line(views[i], width, out);
		if (full)
			lop_buf_putc(out, '\n');
	}
	lop_buf_printf(out, "%zu domain%s", system->n_domains, system->n_domains == 1 ? "" : "s");
	if (options->dir)
		lop_buf_printf(out, " in %s, the whole system in %s/system.dts", options->dir,
			       options->dir);
	lop_buf_putc(out, '\n');
}
