/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The records of the table, domain by domain. Memory and devices are whole pages here: what stage 2
 * can say. The order of records is that of the views, so the same system gets the same bytes.
 */
#include "lopper-c/emit/partition.h"

#include <assert.h>
#include <string.h>

#include "lopper-c/emit/partition_table.h"
#include "lopper-c/emit/rsc.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/irq.h"
#include "lopper-c/view/layout.h"

struct lop_partition *lop_partition_begin(const struct lop_system *system)
{
	struct lop_partition *p;

	if (!system->manager)
		return NULL;
	p = lop_arena_zalloc(system->arena, sizeof(*p));
	p->system = system;
	p->arena = system->arena;
	p->table.magic = PM_TABLE_MAGIC;
	p->table.version = PM_TABLE_VERSION;
	p->table.isa = PM_ISA_ARM64;
	return p;
}

/* --- regions --- */

static struct pm_region *add_region(struct lop_partition *p, enum pm_region_kind kind,
				    struct lop_range phys, uint64_t guest, const char *name)
{
	struct pm_region *r = LOP_APPEND(p->arena, p->regions, p->n_regions);

	*r = (struct pm_region){
		.guest = guest,
		.phys = phys.base,
		.size = phys.size,
		.kind = kind,
		.domain = p->domain,
		.link = PM_NONE,
		.name = lop_partition_text(p, name),
	};
	return r;
}

/* Addresses that trap: nothing physical is behind them. */
static uint32_t add_virtual(struct lop_partition *p, enum pm_region_kind kind, uint64_t guest,
			    uint64_t size, const char *name)
{
	struct pm_region *r = add_region(p, kind, (struct lop_range){ 0, size }, guest, name);

	r->flags = PM_REGION_READ | PM_REGION_WRITE | PM_REGION_VIRTUAL;
	r->type = PM_TYPE_DEVICE;
	return (uint32_t)p->n_regions - 1;
}

static bool is_shared(const struct lop_partition *p, const struct lop_domain *domain,
		      struct lop_range range)
{
	for (size_t i = 0; i < p->system->n_domains; i++) {
		const struct lop_domain *d = p->system->domains[i];

		for (size_t k = 0; d != domain && k < d->n_memory; k++)
			if (lop_range_overlaps(d->memory[k].range, range))
				return true;
	}
	return false;
}

/* A range of memory without the trace buffer, which has a record of its own. */
static void add_memory(struct lop_partition *p, const struct lop_domain *domain,
		       const struct lop_memory_use *use)
{
	const struct lop_range trace = domain->life->trace;
	struct lop_range parts[2] = { use->range };
	size_t n = trace.size ? lop_range_subtract(use->range, trace, parts) : 1;
	bool shared = is_shared(p, domain, use->range);

	for (size_t i = 0; i < n; i++) {
		uint64_t guest = parts[i].base;
		struct pm_region *r;

		lop_domain_address(p->system, domain, parts[i], &guest);
		r = add_region(p, shared ? PM_REGION_SHARED : PM_REGION_MEMORY, parts[i], guest,
			       "memory");
		r->flags = PM_REGION_RIGHTS;
		if (use->flags & LOP_FLAG_READ_ONLY)
			r->flags &= ~(uint32_t)PM_REGION_WRITE;
	}
}

static void add_trace(struct lop_partition *p, const struct lop_domain *domain, uint32_t *trace)
{
	uint64_t guest = domain->life->trace.base;

	*trace = PM_NONE;
	if (!domain->life->trace.size)
		return;
	lop_domain_address(p->system, domain, domain->life->trace, &guest);
	add_region(p, PM_REGION_MEMORY, domain->life->trace, guest, "trace")->flags =
		PM_REGION_READ | PM_REGION_WRITE;
	*trace = (uint32_t)p->n_regions - 1;
}

static void add_memories(struct lop_partition *p, const struct lop_domain *domain)
{
	for (size_t i = 0; i < domain->n_memory; i++)
		add_memory(p, domain, &domain->memory[i]);
	for (size_t i = 0; i < domain->n_sram; i++)
		add_memory(p, domain, &domain->sram[i]);
}

/* --- the machine it is given --- */

static void add_machine(struct lop_partition *p, const struct lop_domain *domain,
			struct pm_domain *d)
{
	const struct lop_manager *manager = p->system->manager;

	d->console = domain->life->console == LOP_CONSOLE_VIRTUAL	? PM_CONSOLE_VIRTUAL
		     : domain->life->console == LOP_CONSOLE_PASSTHROUGH ? PM_CONSOLE_PASSTHROUGH
									: PM_CONSOLE_NONE;
	d->console_region = PM_NONE;
	if (domain->life->uart)
		d->console_region = add_virtual(p, PM_REGION_CONSOLE, domain->life->uart,
						LOP_LINK_PAGE, "console");
	for (size_t i = 0; manager->intc && i < lop_reg_count(p->system->tree, manager->intc);
	     i++) {
		struct lop_where where = lop_reg_to_root(p->system->tree, manager->intc, i);

		if (where.mapped && where.range.size)
			add_virtual(p, PM_REGION_INTC, where.range.base, where.range.size,
				    i ? "redistributors" : "distributor");
	}
}

/* --- links --- */

static void add_window(struct lop_partition *p, const struct lop_link *link, uint32_t index,
		       enum lop_end end)
{
	uint64_t guest = link->window.base;
	struct pm_region *r;

	lop_link_address(p->system, link, end, link->window, &guest);
	r = add_region(p, PM_REGION_WINDOW, link->window, guest, link->name);
	r->flags = PM_REGION_READ | PM_REGION_WRITE;
	r->type = link->type == LOP_WRITE_BACK ? PM_TYPE_WRITE_BACK : PM_TYPE_NON_CACHEABLE;
	r->link = index;
	p->links[index].window[end] = (uint32_t)p->n_regions - 1;
	p->links[index].doorbell[end] =
		add_virtual(p, PM_REGION_DOORBELL, link->doorbell[end], LOP_LINK_PAGE, link->name);
	p->regions[p->n_regions - 1].link = index;
}

static void add_links(struct lop_partition *p, const struct lop_domain *domain)
{
	for (size_t i = 0; i < p->system->n_links; i++)
		for (unsigned end = 0; end < 2; end++)
			if (p->system->links[i]->end[end] == domain)
				add_window(p, p->system->links[i], (uint32_t)i, (enum lop_end)end);
}

/* --- interrupts --- */

static uint32_t add_irq(struct lop_partition *p, uint32_t intid, uint32_t flags, const char *name)
{
	struct pm_irq *irq;

	for (size_t i = p->first_irq; i < p->n_irqs; i++)
		if (p->irqs[i].intid == intid)
			return (uint32_t)i; /* one line that two devices of the domain share */
	irq = LOP_APPEND(p->arena, p->irqs, p->n_irqs);
	*irq = (struct pm_irq){ intid, flags, p->domain, lop_partition_text(p, name) };
	return (uint32_t)p->n_irqs - 1;
}

struct irq_walk {
	struct lop_partition *p;
	const struct lop_node *node;
};

static bool take_irq(const struct lop_irq *irq, void *context)
{
	const struct irq_walk *walk = context;

	if (irq->kind != LOP_IRQ_OTHER)
		add_irq(walk->p, irq->number,
			(irq->edge ? PM_IRQ_EDGE : 0u) |
				(irq->kind == LOP_IRQ_PRIVATE ? PM_IRQ_PRIVATE : 0u),
			walk->node->name);
	return true;
}

/* Those of the devices in its tree, maps of bridges included; not those that the manager plays. */
static void add_irqs(struct lop_partition *p, const struct lop_view *view)
{
	const struct lop_node *root = view->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		struct irq_walk walk = { p, n };

		if (lop_prop_find(view->tree, n, "interrupt-controller") ||
		    lop_view_is_machine(view, n))
			continue;
		lop_irqs_of(view->tree, n, take_irq, &walk);
		lop_irqs_of_map(view->tree, n, take_irq, &walk);
	}
}

static void add_virtual_irqs(struct lop_partition *p, const struct lop_domain *domain,
			     struct pm_domain *d)
{
	d->console_irq = PM_NONE;
	if (domain->life->uart && domain->life->uart_irq != UINT32_MAX)
		d->console_irq = add_irq(p, domain->life->uart_irq, PM_IRQ_VIRTUAL, "console");
	for (size_t i = 0; i < p->system->n_links; i++)
		for (unsigned end = 0; end < 2; end++) {
			const struct lop_link *link = p->system->links[i];

			if (link->end[end] == domain)
				p->links[i].irq[end] =
					add_irq(p, link->irq[end], PM_IRQ_VIRTUAL | PM_IRQ_EDGE,
						link->name);
		}
}

/* --- images, rights, life --- */

static void add_image(struct lop_partition *p, enum pm_image_kind kind, const char *name,
		      uint64_t load)
{
	struct pm_image *image = LOP_APPEND(p->arena, p->images, p->n_images);

	*image = (struct pm_image){
		.name = lop_partition_text(p, name), .kind = kind, .domain = p->domain, .load = load
	};
}

static void add_images(struct lop_partition *p, const struct lop_domain *domain,
		       struct pm_domain *d, size_t dtb_size)
{
	const struct lop_life *life = domain->life;

	if (life->image)
		add_image(p, PM_IMAGE_PROGRAM, life->image, 0);
	if (life->initrd)
		add_image(p, PM_IMAGE_INITRD, life->initrd, 0);
	for (size_t i = 0; i < life->n_load; i++)
		add_image(p, PM_IMAGE_RAW, life->load[i].file, life->load[i].address);
	d->dtb = lop_layout_blob(p->system, domain, dtb_size).base;
	if (d->dtb)
		add_image(p, PM_IMAGE_DTB,
			  lop_arena_printf(p->arena, "%s/domain.dtb", domain->name), d->dtb);
}

static uint32_t index_of(const struct lop_system *system, const struct lop_domain *domain)
{
	uint32_t i = 0;

	while (i < system->n_domains && system->domains[i] != domain)
		i++;
	return i;
}

static void add_rights(struct lop_partition *p, const struct lop_domain *domain)
{
	for (size_t i = 0; i < domain->life->n_manages; i++) {
		struct pm_right *right = LOP_APPEND(p->arena, p->rights, p->n_rights);

		*right = (struct pm_right){
			.domain = p->domain,
			.target = index_of(p->system, domain->life->manages[i].domain),
			.rights = PM_RIGHT_ALL,
		};
	}
}

static void fill_life(struct lop_partition *p, const struct lop_domain *domain, struct pm_domain *d)
{
	static const enum pm_restart restarts[] = {
		[LOP_RESTART_NEVER] = PM_RESTART_NEVER,
		[LOP_RESTART_ON_FAULT] = PM_RESTART_ON_FAULT,
		[LOP_RESTART_ALWAYS] = PM_RESTART_ALWAYS,
	};
	const struct lop_life *life = domain->life;

	d->name = lop_partition_text(p, domain->name);
	d->id = domain->has_id ? (uint32_t)domain->id : PM_NONE;
	d->os = !domain->os_type || strncmp(domain->os_type, "baremetal", 9) == 0 ? PM_OS_BAREMETAL
		: strncmp(domain->os_type, "linux", 5) == 0			  ? PM_OS_LINUX
										  : PM_OS_RTOS;
	d->flags = life->autostart ? PM_DOMAIN_AUTOSTART : 0;
	d->entry = life->entry;
	d->start = life->order;
	d->restart = restarts[life->restart];
	d->restart_limit = life->restart_limit;
	d->restart_backoff = life->restart_backoff;
	d->watchdog = life->watchdog;
	d->slot = PM_NONE;
}

static void add_cpus(struct lop_partition *p, const struct lop_domain *domain)
{
	for (size_t i = 0; i < domain->n_cpus; i++) {
		const struct lop_cpu_use *use = &domain->cpus[i];

		for (size_t k = 0; k < use->cluster->n_cpus; k++)
			if (use->set >> k & 1)
				*LOP_APPEND(p->arena, p->cpus, p->n_cpus) =
					(struct pm_cpu){ use->cluster->cpus[k].reg, p->domain, 0 };
	}
}

void lop_partition_add(struct lop_partition *p, const struct lop_view *view, size_t dtb_size)
{
	const struct lop_domain *domain = view->domain;
	struct pm_domain d = { .cpu = (uint32_t)p->n_cpus,
			       .region = (uint32_t)p->n_regions,
			       .irq = (uint32_t)p->n_irqs,
			       .image = (uint32_t)p->n_images,
			       .right = (uint32_t)p->n_rights };

	p->domain = (uint32_t)p->n_domains;
	p->first_irq = p->n_irqs;
	if (!p->links)
		p->links = lop_arena_zalloc(p->arena, (p->system->n_links + 1) * sizeof(*p->links));
	fill_life(p, domain, &d);
	add_cpus(p, domain);
	add_memories(p, domain);
	add_trace(p, domain, &d.trace);
	lop_partition_devices(p, view);
	add_machine(p, domain, &d);
	add_links(p, domain);
	add_irqs(p, view);
	add_virtual_irqs(p, domain, &d);
	add_images(p, domain, &d, dtb_size);
	add_rights(p, domain);
	d.n_cpus = (uint32_t)p->n_cpus - d.cpu;
	d.n_regions = (uint32_t)p->n_regions - d.region;
	d.n_irqs = (uint32_t)p->n_irqs - d.irq;
	d.n_images = (uint32_t)p->n_images - d.image;
	d.n_rights = (uint32_t)p->n_rights - d.right;
	*LOP_APPEND(p->arena, p->domains, p->n_domains) = d;
}
