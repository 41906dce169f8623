/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of a table: the manager's own records, the links, and everything in its place, little
 * endian on every host.
 */
#include <assert.h>
#include <string.h>

#include "lopper-c/emit/partition_table.h"
#include "lopper-c/emit/rsc.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/gic.h"
#include "lopper-c/tree/irq.h"

uint32_t lop_partition_text(struct lop_partition *p, const char *text)
{
	uintptr_t known = (uintptr_t)lop_map_get(&p->texts, NULL, text);
	uint32_t offset = (uint32_t)p->bytes.len;

	if (known)
		return (uint32_t)(known - 1);
	lop_buf_puts(&p->bytes, text);
	lop_buf_putc(&p->bytes, '\0');
	lop_map_put(&p->texts, NULL, lop_arena_strdup(p->arena, text),
		    (void *)((uintptr_t)offset + 1));
	return offset;
}

/* --- the manager --- */

static uint32_t add_region(struct lop_partition *p, enum pm_region_kind kind,
			   struct lop_range range, const char *name)
{
	struct pm_region *r = LOP_APPEND(p->arena, p->regions, p->n_regions);

	*r = (struct pm_region){
		.guest = range.base,
		.phys = range.base,
		.size = range.size,
		.kind = kind,
		.flags = PM_REGION_READ | PM_REGION_WRITE,
		.type = kind == PM_REGION_DEVICE ? PM_TYPE_DEVICE : PM_TYPE_WRITE_BACK,
		.domain = PM_NONE,
		.link = PM_NONE,
		.name = lop_partition_text(p, name),
	};
	return (uint32_t)p->n_regions - 1;
}

static uint32_t add_registers(struct lop_partition *p, const struct lop_node *node, size_t i)
{
	struct lop_where where = lop_reg_to_root(p->system->tree, node, i);

	return i < lop_reg_count(p->system->tree, node) && where.mapped && where.range.size
		       ? add_region(p, PM_REGION_DEVICE, where.range, node->name)
		       : PM_NONE;
}

static bool first_irq(const struct lop_irq *irq, void *context)
{
	if (irq->kind == LOP_IRQ_OTHER)
		return true;
	*(uint32_t *)context = irq->number;
	return false;
}

static uint32_t irq_of(const struct lop_partition *p, const struct lop_node *node)
{
	uint32_t number = PM_NONE;

	lop_irqs_of(p->system->tree, node, first_irq, &number);
	return number;
}

static uint32_t uart_kind(const struct lop_partition *p)
{
	static const enum pm_uart_kind kinds[] = {
		[LOP_UART_NONE] = PM_UART_NONE,
		[LOP_UART_PL011] = PM_UART_PL011,
		[LOP_UART_16550] = PM_UART_16550,
		[LOP_UART_CMSDK] = PM_UART_CMSDK,
	};

	return kinds[p->system->manager->uart_kind];
}

static uint32_t clock_of(const struct lop_partition *p, const struct lop_node *node)
{
	const struct lop_prop *clocks = lop_prop_find(p->system->tree, node, "clocks");
	const struct lop_marker *m = clocks ? lop_value_ref_at(&clocks->value, 0) : NULL;
	const struct lop_prop *hz =
		m && m->target ? lop_prop_find(p->system->tree, m->target, "clock-frequency")
			       : lop_prop_find(p->system->tree, node, "clock-frequency");

	return hz ? lop_value_cell(&hz->value, 0) : 0;
}

static void set_uart(struct lop_partition *p)
{
	const struct lop_node *uart = p->system->manager->uart;

	p->table.uart = p->table.uart_irq = PM_NONE;
	if (!uart)
		return;
	p->table.uart_kind = uart_kind(p);
	p->table.uart = add_registers(p, uart, 0);
	p->table.uart_irq = irq_of(p, uart);
	p->table.uart_clock = clock_of(p, uart);
}

static void set_intc(struct lop_partition *p)
{
	const struct lop_node *intc = p->system->manager->intc;

	p->table.intc = p->table.redist = p->table.maintenance_irq = PM_NONE;
	if (!intc)
		return;
	p->table.intc_kind = PM_INTC_GICV3;
	p->table.intc = add_registers(p, intc, 0);
	p->table.redist = add_registers(p, intc, 1);
	p->table.redist_stride = (uint32_t)lop_gic_stride(p->system->tree, intc);
	p->table.maintenance_irq = irq_of(p, intc);
}

/* The table has one region of redistributors. */
void lop_partition_check(const struct lop_partition *p)
{
	const struct lop_manager *manager = p->system->manager;
	struct lop_diag *d;

	if (!manager->intc || lop_gic_regions(p->system->tree, manager->intc) == 1)
		return;
	d = lop_report(p->system->diags, LOP_UNSUPPORTED, manager->intc->span,
		       "`%s` has redistributors in %zu regions", manager->intc->name,
		       lop_gic_regions(p->system->tree, manager->intc));
	lop_diag_label(d, manager->intc->span, "more than the manager's table can say");
	lop_diag_label(d, manager->span, "the system has a manager");
	lop_diag_help(d, "the trees are right without the table: `sdtgen --trees`; a manager "
			 "takes one region, of all CPUs");
}

/* CPUs that no domain has. */
static void add_free_cpus(struct lop_partition *p)
{
	size_t given = p->n_cpus;

	for (size_t i = 0; i < p->system->n_clusters; i++) {
		const struct lop_cluster *cluster = &p->system->clusters[i];

		if (cluster->family != LOP_CPU_ARM_A64)
			continue;
		for (size_t k = 0; k < cluster->n_cpus; k++) {
			bool taken = false;

			for (size_t c = 0; c < given; c++)
				taken = taken || p->cpus[c].hwid == cluster->cpus[k].reg;
			if (!taken)
				*LOP_APPEND(p->arena, p->cpus, p->n_cpus) =
					(struct pm_cpu){ cluster->cpus[k].reg, PM_NONE, 0 };
		}
	}
	p->table.cpu = given < p->n_cpus ? (uint32_t)given : 0;
}

/* Where the lowest memory of the machine begins. */
static uint64_t ram_of(const struct lop_partition *p)
{
	uint64_t ram = p->system->manager->memory.base;

	for (size_t i = 0; i < p->system->n_physical; i++) {
		const struct lop_physical *physical = &p->system->physical[i];

		if (physical->typed && !physical->sram && physical->range.base < ram)
			ram = physical->range.base;
	}
	return ram;
}

static void set_manager(struct lop_partition *p)
{
	const struct lop_manager *manager = p->system->manager;

	p->domain = PM_NONE;
	add_free_cpus(p);
	for (uint32_t i = 0; i < p->n_cpus; i++)
		if (p->cpus[i].hwid == manager->cpu)
			p->table.cpu = i;
	p->table.memory = add_region(p, PM_REGION_MEMORY, manager->memory, "manager");
	p->regions[p->table.memory].flags |= PM_REGION_EXECUTE;
	p->table.ram = ram_of(p);
	set_uart(p);
	set_intc(p);
	for (size_t i = 0; i < p->n_domains; i++) {
		const struct lop_life *life = p->system->domains[i]->life;

		if (life->slot.size)
			p->domains[i].slot =
				add_region(p, PM_REGION_SLOT, life->slot, "image-slot");
	}
}

/* --- links --- */

static uint32_t domain_index(const struct lop_partition *p, const struct lop_domain *domain)
{
	uint32_t i = 0;

	while (i < p->system->n_domains && p->system->domains[i] != domain)
		i++;
	return i;
}

/* The table as it is before each start: bytes of its own, on a word. */
static void set_table(struct lop_partition *p, const struct lop_link *link, struct pm_link *l)
{
	size_t start;

	l->table = l->pristine = PM_NONE;
	if (!link->table.size)
		return;
	lop_buf_fill(&p->bytes, '\0', (8 - p->bytes.len % 8) % 8);
	start = p->bytes.len;
	lop_rsc_table(p->system, link->pair, &p->bytes);
	l->table = (uint32_t)(link->table.base - link->window.base);
	l->pristine = (uint32_t)start;
	l->table_size = (uint32_t)(p->bytes.len - start);
}

static struct pm_link link_record(struct lop_partition *p, size_t i)
{
	const struct lop_link *link = p->system->links[i];
	const struct lop_partition_link *have = &p->links[i];
	struct pm_link l = {
		.name = lop_partition_text(p, link->name),
		.host = domain_index(p, link->end[LOP_HOST]),
		.remote = domain_index(p, link->end[LOP_REMOTE]),
		.host_window = have->window[LOP_HOST],
		.remote_window = have->window[LOP_REMOTE],
		.type = link->type == LOP_WRITE_BACK ? PM_TYPE_WRITE_BACK : PM_TYPE_NON_CACHEABLE,
		.vdev = link->vdev,
		.ring_align = link->align,
		.buffers = (uint32_t)(link->pool.base - link->window.base),
		.host_irq = have->irq[LOP_HOST],
		.remote_irq = have->irq[LOP_REMOTE],
		.host_doorbell = have->doorbell[LOP_HOST],
		.remote_doorbell = have->doorbell[LOP_REMOTE],
	};

	for (unsigned r = 0; r < 2; r++) {
		l.ring[r] = (uint32_t)(link->ring[r].base - link->window.base);
		l.ring_num[r] = link->ring_num[r];
		l.buffer_size[r] = link->buffer_size[r];
		l.buffer_count[r] = link->buffers[r];
	}
	set_table(p, link, &l);
	return l;
}

/* --- bytes --- */

/* Records consist of words of 4 and 8 bytes; on a little endian host they are the table's bytes. */
static void put_records(struct lop_buf *out, size_t start, struct pm_section *section,
			const void *records, size_t n, size_t size)
{
	section->offset = (uint32_t)(out->len - start);
	section->count = (uint32_t)n;
	if (n)
		lop_buf_add(out, records, n * size);
}

static void put_all(struct lop_partition *p, const struct pm_link *links, struct lop_buf *out)
{
	struct pm_table *t = &p->table;
	size_t start = out->len;

	lop_buf_fill(&p->bytes, '\0', (8 - p->bytes.len % 8) % 8);
	lop_buf_putc(&p->bytes, '\0'); /* closes the last text, whatever stands before */
	lop_buf_fill(&p->bytes, '\0', (8 - p->bytes.len % 8) % 8);
	lop_buf_fill(out, '\0', sizeof(*t));
	put_records(out, start, &t->domains, p->domains, p->n_domains, sizeof(*p->domains));
	put_records(out, start, &t->cpus, p->cpus, p->n_cpus, sizeof(*p->cpus));
	put_records(out, start, &t->regions, p->regions, p->n_regions, sizeof(*p->regions));
	put_records(out, start, &t->irqs, p->irqs, p->n_irqs, sizeof(*p->irqs));
	put_records(out, start, &t->links, links, p->system->n_links, sizeof(*links));
	put_records(out, start, &t->images, p->images, p->n_images, sizeof(*p->images));
	put_records(out, start, &t->rights, p->rights, p->n_rights, sizeof(*p->rights));
	put_records(out, start, &t->bytes, p->bytes.data, p->bytes.len, 1);
	t->size = (uint32_t)(out->len - start);
	t->checksum = 0;
	memcpy(out->data + start, t, sizeof(*t));
	t->checksum = pm_crc32(0, out->data + start, t->size);
	memcpy(out->data + start, t, sizeof(*t));
}

/* What no rule found is our bug, and is not written. */
static void check_table(const struct lop_partition *p, const struct lop_buf *out, size_t start)
{
	size_t size = out->len - start;
	struct pm_table_place where;
	/* The reader wants it aligned, as memory of the arena is. */
	int error = pm_table_check(memcpy(lop_arena_alloc(p->arena, size), out->data + start, size),
				   size, &where);
	struct lop_diag *d;

	if (!error || p->system->diags->errors) /* an error explains it */
		return;
	d = lop_report(p->system->diags, LOP_TABLE_FORMAT, p->system->manager->span,
		       "internal error: the table of this system is one that no manager takes: %s "
		       "(%s %u, `%s`)",
		       pm_table_strerror(error), where.record, (unsigned)where.index, where.field);
	lop_diag_help(d, "a check is missing in sdtgen: report it, with your inputs; nothing was "
			 "written");
}

void lop_partition_finish(struct lop_partition *p, struct lop_buf *out)
{
	size_t start = out->len;
	struct pm_link *links =
		lop_arena_zalloc(p->arena, (p->system->n_links + 1) * sizeof(*links));
	const struct lop_prop *model =
		lop_prop_find(p->system->tree, p->system->tree->root, "model");
	const char *name = model ? lop_value_str(&model->value, 0) : NULL;

	p->table.name = lop_partition_text(p, name ? name : "");
	set_manager(p);
	for (size_t i = 0; i < p->system->n_links; i++)
		links[i] = link_record(p, i);
	put_all(p, links, out);
	check_table(p, out, start);
}

void lop_partition_free(struct lop_partition *p)
{
	if (!p)
		return;
	lop_buf_free(&p->bytes);
	lop_map_free(&p->texts);
}
