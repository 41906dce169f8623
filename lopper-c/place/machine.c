/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The machine that the manager plays for each domain: a page for the virtual UART, a page per end
 * of a link that rings the other end, and interrupts for both. All pages lie in one hole of the
 * address map, where the chip has nothing; interrupts are shared ones (SPIs) that no device of the
 * chip raises, the lowest first.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lopper-c/place/steps.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/gic.h"
#include "lopper-c/tree/irq.h"

#define SPI_FIRST 32u
#define SPI_END	  1020u /* one past the last (Arm GIC architecture, INTIDs) */

/* Which INTIDs are taken, by the chip's devices and by what was given out to one domain. */
struct intids {
	bool used[SPI_END];
};

/* --- the interrupt controller --- */

static const struct lop_node *find_gic(const struct lop_system *system,
				       const struct lop_cluster *cluster)
{
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		struct lop_range view;
		struct lop_where where;

		if (!lop_node_compatible(system->tree, n, "arm,gic-v3"))
			continue;
		where = lop_reg_to_root(system->tree, n, 0);
		if (!cluster || !where.mapped ||
		    lop_cluster_sees(system, cluster, n, where.range, &view))
			return n;
	}
	return NULL;
}

/* The manager runs at EL2 and filters a GICv3. */
bool lop_cluster_supervisable(const struct lop_system *system, const struct lop_cluster *cluster)
{
	return cluster->family == LOP_CPU_ARM_A64 && find_gic(system, cluster);
}

/* Say so early, and of which domain. */
static bool is_supported(struct lop_system *system, const struct lop_domain *domain)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);
	struct lop_diag *d;

	if (!cluster || lop_cluster_supervisable(system, cluster))
		return true;
	d = lop_report(
		system->diags, LOP_UNSUPPORTED, domain->span,
		"domain `%s` cannot be supervised: cluster `%s` %s", domain->name, cluster->name,
		cluster->family == LOP_CPU_ARM_A64 ? "has no GICv3" : "is no Armv8-A cluster");
	lop_diag_label(d, domain->span, "runs on `%s`", cluster->name);
	lop_diag_label(d, system->manager->span, "the system has a manager");
	lop_diag_help(d, "supervised are 64-bit Arm clusters with a GICv3; without `manager` the "
			 "domains are started the way remote processors are");
	return false;
}

static void report_gic(struct lop_system *system, const struct lop_node *gic, const char *what,
		       const char *label, const char *help)
{
	struct lop_diag *d = lop_report(system->diags, LOP_UNSUPPORTED, gic->span,
					"`%s` cannot be divided: %s", gic->name, what);

	lop_diag_label(d, gic->span, "%s", label);
	lop_diag_label(d, system->manager->span,
		       "a manager gives each domain the redistributors of its CPUs");
	lop_diag_help(d, "%s", help);
}

/* Every CPU has a redistributor within the regions. */
static void check_gic(struct lop_system *system, const struct lop_node *gic)
{
	uint64_t stride = lop_gic_stride(system->tree, gic), n = 0;
	struct lop_gic_frame last;
	char text[64];

	if (stride < 2 * LOP_GIC_PAGE || stride % LOP_GIC_PAGE || stride > UINT32_MAX) {
		snprintf(text, sizeof(text), "its redistributor-stride is 0x%" PRIx64, stride);
		report_gic(system, gic, text, "frames are pages of 64 KiB, two at least",
			   "redistributor-stride is the distance of two CPUs' frames: 0x20000 "
			   "where it is left out");
		return;
	}
	for (const struct lop_cpu *cpu = NULL; (cpu = lop_system_next_a64(system, cpu));)
		n++;
	if (!n || lop_gic_frame(system->tree, gic, n - 1, &last))
		return;
	snprintf(text, sizeof(text), "not all of %" PRIu64 " CPUs have a redistributor", n);
	report_gic(system, gic, text, "the regions of its reg are too small",
		   "reg has the distributor, then as many regions as #redistributor-regions says, "
		   "with redistributor-stride bytes for each CPU");
}

/* --- interrupts --- */

static bool mark(const struct lop_irq *irq, void *context)
{
	struct intids *ids = context;

	if (irq->kind == LOP_IRQ_SHARED && irq->number < SPI_END)
		ids->used[irq->number] = true;
	return true;
}

static uint32_t number_of(const struct lop_system *system, const struct lop_node *node,
			  const char *name)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, name);

	return prop ? lop_value_cell(&prop->value, 0) : 0;
}

/* Numbers that become interrupts when somebody writes a message: <first count> ..., from an SPI. */
static void mark_messages(const struct lop_system *system, const struct lop_node *node,
			  struct intids *ids)
{
	const struct lop_prop *ranges = lop_prop_find(system->tree, node, "mbi-ranges");
	uint32_t frame = number_of(system, node, "arm,msi-num-spis");
	uint32_t first = number_of(system, node, "arm,msi-base-spi");

	for (uint32_t i = 0; i < frame && i < SPI_END && first < SPI_END - i; i++)
		ids->used[first + i] = true;
	for (size_t c = 0; ranges && c + 2 <= lop_value_n_cells(&ranges->value); c += 2) {
		uint32_t base = lop_value_cell(&ranges->value, c);
		uint32_t count = lop_value_cell(&ranges->value, c + 1);

		for (uint32_t i = 0; i < count && i < SPI_END && base < SPI_END - i; i++)
			ids->used[base + i] = true;
	}
}

static void learn_intids(const struct lop_system *system, struct intids *ids)
{
	const struct lop_node *root = system->tree->root;

	memset(ids, 0, sizeof(*ids));
	for (const struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		lop_irqs_of(system->tree, n, mark, ids);
		lop_irqs_of_map(system->tree, n, mark, ids);
		mark_messages(system, n, ids);
	}
}

/* what: that it is for, said where none is left. */
static uint32_t next_spi(struct lop_system *system, struct intids *ids, struct lop_span span,
			 const char *what)
{
	struct lop_diag *d;

	for (uint32_t i = SPI_FIRST; i < SPI_END; i++) {
		if (ids->used[i])
			continue;
		ids->used[i] = true;
		return i;
	}
	d = lop_report(system->diags, LOP_LIMIT, span, "no interrupt is free for %s", what);
	lop_diag_help(d,
		      "devices and links have all of %u to %u; MSIs take what `mbi-ranges` and "
		      "`arm,msi-num-spis` say",
		      SPI_FIRST, SPI_END - 1);
	return UINT32_MAX;
}

static void report_irq(struct lop_system *system, const struct lop_link *link, enum lop_end end)
{
	struct lop_diag *d = lop_report(system->diags, LOP_LINK_NUMBER, link->irq_span,
					"`doorbell` of link `%s` at `%s` cannot be %u", link->name,
					link->end[end]->name, link->irq[end]);

	lop_diag_label(d, link->irq_span,
		       link->irq[end] < SPI_END && link->irq[end] >= SPI_FIRST
			       ? "a device or another link has this interrupt"
			       : "no shared interrupt has this number");
	lop_diag_help(d, "take one of %u to %u that nobody has, or leave `doorbell` out", SPI_FIRST,
		      SPI_END - 1);
}

/* Numbers the user gave first, so that no chosen one takes them away. */
static void take_given(struct lop_system *system, const struct lop_domain *domain,
		       struct intids *ids)
{
	for (size_t i = 0; i < system->n_links; i++) {
		struct lop_link *link = system->links[i];

		for (unsigned end = 0; end < 2; end++) {
			uint32_t irq = link->irq[end];

			if (link->end[end] != domain || irq == UINT32_MAX)
				continue;
			if (irq < SPI_FIRST || irq >= SPI_END || ids->used[irq])
				report_irq(system, link, (enum lop_end)end);
			else
				ids->used[irq] = true;
		}
	}
}

static void give_interrupts(struct lop_system *system, struct lop_domain *domain,
			    struct intids *ids)
{
	take_given(system, domain, ids);
	if (domain->life->console == LOP_CONSOLE_VIRTUAL)
		domain->life->uart_irq = next_spi(
			system, ids, domain->span,
			lop_arena_printf(system->arena, "the virtual console of domain `%s`",
					 domain->name));
	for (size_t i = 0; i < system->n_links; i++) {
		struct lop_link *link = system->links[i];

		for (unsigned end = 0; end < 2; end++)
			if (link->end[end] == domain && link->irq[end] == UINT32_MAX)
				link->irq[end] = next_spi(
					system, ids, link->span,
					lop_arena_printf(system->arena,
							 "the doorbell of link `%s` at `%s`",
							 link->name, domain->name));
	}
}

/* --- pages --- */

static int compare(const void *a, const void *b)
{
	const struct lop_range *x = a, *y = b;

	return x->base < y->base ? -1 : x->base > y->base;
}

static void add(struct lop_buf *list, struct lop_range range)
{
	if (range.size)
		lop_buf_add(list, &range, sizeof(range));
}

/* Everything that has an address, of the chip and of the domains, as the root and the domains see
 * it. */
static void collect_addresses(const struct lop_system *system, struct lop_buf *list)
{
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root))
		for (size_t i = 0; i < lop_reg_count(system->tree, n); i++) {
			struct lop_where where = lop_reg_to_root(system->tree, n, i);

			if (where.mapped)
				add(list, where.range);
		}
	for (size_t i = 0; i < system->n_clusters; i++)
		for (size_t k = 0; k < system->clusters[i].n_windows; k++) {
			const struct lop_window *w = &system->clusters[i].windows[k];

			add(list, (struct lop_range){ w->view, w->size });
		}
	for (size_t i = 0; i < system->n_domains; i++)
		for (size_t k = 0; k < system->domains[i]->n_memory; k++)
			if (system->domains[i]->memory[k].moved)
				add(list, lop_use_guest(&system->domains[i]->memory[k]));
	for (size_t i = 0; i < system->n_links; i++)
		for (unsigned end = 0; end < 2; end++)
			if (system->links[i]->guest[end] != UINT64_MAX)
				add(list, (struct lop_range){ system->links[i]->guest[end],
							      system->links[i]->window.size });
}

/* The lowest hole of size bytes below 4 GiB; 0: none. Never page 0, which catches NULL. */
static uint64_t find_hole(const struct lop_system *system, uint64_t size)
{
	struct lop_buf list = { 0 };
	struct lop_range *ranges;
	uint64_t at = LOP_LINK_PAGE;
	size_t n;

	collect_addresses(system, &list);
	ranges = (struct lop_range *)(void *)list.data;
	n = list.len / sizeof(*ranges);
	if (n)
		qsort(ranges, n, sizeof(*ranges), compare);
	for (size_t i = 0; i < n; i++) {
		uint64_t last = lop_range_last(ranges[i]);

		if (ranges[i].base >= at && ranges[i].base - at >= size)
			break;
		if (last >= at)
			at = last / LOP_LINK_PAGE * LOP_LINK_PAGE + LOP_LINK_PAGE;
	}
	lop_buf_free(&list);
	return at <= UINT32_MAX - size ? at : 0;
}

/* Page 0 of the hole is everybody's virtual UART, then come the doorbells, link by link. */
static void give_pages(struct lop_system *system)
{
	uint64_t size = (1 + 2 * (uint64_t)system->n_links) * LOP_LINK_PAGE;
	uint64_t at = find_hole(system, size);

	if (!at) {
		lop_diag_help(lop_report(system->diags, LOP_MEM_FULL, system->manager->span,
					 "no room for the pages of the manager: 0x%llx bytes of "
					 "addresses",
					 (unsigned long long)size),
			      "devices and memory take the whole address space below 4 GiB");
		return;
	}
	for (size_t i = 0; i < system->n_domains; i++)
		if (system->domains[i]->life->console == LOP_CONSOLE_VIRTUAL)
			system->domains[i]->life->uart = at;
	for (size_t i = 0; i < system->n_links; i++)
		for (unsigned end = 0; end < 2; end++)
			system->links[i]->doorbell[end] = at + (1 + 2 * i + end) * LOP_LINK_PAGE;
}

/* A relation of the wild has its rings where somebody put them, not in a window that can be mapped
 * and taken away as a whole. */
static bool has_windows(struct lop_system *system)
{
	bool all = true;

	for (size_t i = 0; i < system->n_links; i++) {
		struct lop_diag *d;

		if (system->links[i]->node)
			continue;
		all = false;
		d = lop_report(system->diags, LOP_UNSUPPORTED, system->links[i]->span,
			       "relation to `%s` in a system with a manager",
			       system->links[i]->end[LOP_REMOTE]->name);
		lop_diag_label(d, system->manager->span, "the system has a manager");
		lop_diag_help(d, "write it under `links:`; the window is then placed and isolated");
	}
	return all;
}

void lop_place_machines(struct lop_system *system)
{
	struct intids ids;

	if (!system->manager || !has_windows(system))
		return;
	for (size_t i = 0; i < system->n_domains; i++)
		if (!is_supported(system, system->domains[i]))
			return;
	if (system->n_domains)
		system->manager->intc = find_gic(system, lop_domain_cluster(system->domains[0]));
	if (system->manager->intc)
		check_gic(system, system->manager->intc);
	for (size_t i = 0; i < system->n_domains; i++) {
		learn_intids(system, &ids);
		give_interrupts(system, system->domains[i], &ids);
	}
	give_pages(system);
}
