/* SPDX-License-Identifier: BSD-3-Clause */
/* A partition table as people read it: the manager, each domain with what it has, the links. */
#include <inttypes.h>
#include <string.h>

#include "ipc/abi/vring.h"
#include "lopper-c/base/range.h"
#include "lopper-c/diag/render.h"
#include "lopper-c/emit/inspect.h"
#include "lopper-c/emit/table_words.h"

struct printer {
	const struct pm_table *table;
	struct lop_buf *out;
};

static void put_text(struct printer *p, uint32_t offset)
{
	const char *text = pm_table_text(p->table, offset);

	lop_text_clean(p->out, text, strlen(text));
}

static void put_owner(struct printer *p, uint32_t domain)
{
	const char *name = lop_pm_owner(p->table, domain);

	lop_text_clean(p->out, name, strlen(name));
}

/* "  memory    " */
static void put_label(struct printer *p, const char *label)
{
	lop_buf_printf(p->out, "  %-10s", label);
}

/* "[0x40000000..0x40ffffff] (16 MiB)" */
static void put_range(struct printer *p, uint64_t base, uint64_t size)
{
	char range[LOP_RANGE_TEXT], text[LOP_RANGE_TEXT];

	lop_buf_printf(p->out, "%s (%s)", lop_range_text((struct lop_range){ base, size }, range),
		       lop_size_text(size, text));
}

static void put_region(struct printer *p, uint32_t index)
{
	const struct pm_region *r = pm_table_region(p->table, index);

	put_label(p, lop_pm_region(r->kind));
	put_range(p, r->guest, r->size);
	lop_buf_printf(p->out, " %c%c%c", r->flags & PM_REGION_READ ? 'r' : '-',
		       r->flags & PM_REGION_WRITE ? 'w' : '-',
		       r->flags & PM_REGION_EXECUTE ? 'x' : '-');
	if (r->flags & PM_REGION_VIRTUAL)
		lop_buf_puts(p->out, " virtual");
	else
		lop_buf_printf(p->out, " %s", lop_pm_type(r->type));
	if (r->phys != r->guest && !(r->flags & PM_REGION_VIRTUAL))
		lop_buf_printf(p->out, ", at 0x%" PRIx64 " on the bus", r->phys);
	lop_buf_puts(p->out, "  ");
	put_text(p, r->name);
	lop_buf_putc(p->out, '\n');
}

static void put_irq(struct printer *p, uint32_t index)
{
	const struct pm_irq *irq = pm_table_irq(p->table, index);

	put_label(p, "interrupt");
	lop_buf_printf(p->out, "%" PRIu32 " %s%s%s  ", irq->intid,
		       irq->flags & PM_IRQ_EDGE ? "edge" : "level",
		       irq->flags & PM_IRQ_PRIVATE ? " private" : "",
		       irq->flags & PM_IRQ_VIRTUAL ? " virtual" : "");
	put_text(p, irq->name);
	lop_buf_putc(p->out, '\n');
}

static void put_image(struct printer *p, uint32_t index)
{
	const struct pm_image *image = pm_table_image(p->table, index);

	put_label(p, "image");
	lop_buf_printf(p->out, "%s `", lop_pm_image(image->kind));
	put_text(p, image->name);
	lop_buf_putc(p->out, '`');
	if (image->load)
		lop_buf_printf(p->out, " at 0x%" PRIx64, image->load);
	lop_buf_putc(p->out, '\n');
}

static void put_right(struct printer *p, uint32_t index)
{
	const struct pm_right *right = pm_table_right(p->table, index);

	put_label(p, "may");
	for (unsigned bit = 0; lop_pm_rights[bit]; bit++)
		if (right->rights >> bit & 1)
			lop_buf_printf(p->out, "%s ", lop_pm_rights[bit]);
	put_owner(p, right->target);
	lop_buf_putc(p->out, '\n');
}

/* --- domains --- */

static void put_policy(struct printer *p, const struct pm_domain *d)
{
	put_label(p, "start");
	lop_buf_printf(p->out, "%s, place %" PRIu32 "\n",
		       d->flags & PM_DOMAIN_AUTOSTART ? "by itself" : "on request", d->start);
	put_label(p, "restart");
	lop_buf_puts(p->out, lop_pm_restart(d->restart));
	if (d->restart != PM_RESTART_NEVER && d->restart_limit)
		lop_buf_printf(p->out, ", at most %" PRIu32 " times", d->restart_limit);
	if (d->restart != PM_RESTART_NEVER && d->restart_backoff)
		lop_buf_printf(p->out, ", after %" PRIu32 " ms and twice as long each time",
			       d->restart_backoff);
	lop_buf_putc(p->out, '\n');
	if (d->watchdog) {
		put_label(p, "watchdog");
		lop_buf_printf(p->out, "%" PRIu32 " ms\n", d->watchdog);
	}
	put_label(p, "console");
	lop_buf_printf(p->out, "%s\n", lop_pm_console(d->console));
}

static void put_address(struct printer *p, const char *label, uint64_t address)
{
	if (!address)
		return;
	put_label(p, label);
	lop_buf_printf(p->out, "0x%" PRIx64 "\n", address);
}

static void put_cpus(struct printer *p, const struct pm_domain *d)
{
	put_label(p, "CPUs");
	for (uint32_t i = 0; i < d->n_cpus; i++)
		lop_buf_printf(p->out, "%s0x%" PRIx64, i ? ", " : "",
			       pm_table_cpu(p->table, d->cpu + i)->hwid);
	lop_buf_putc(p->out, '\n');
}

static void put_records(struct printer *p, uint32_t first, uint32_t count,
			void (*put)(struct printer *p, uint32_t index))
{
	for (uint32_t i = 0; i < count; i++)
		put(p, first + i);
}

static void put_domain(struct printer *p, uint32_t index)
{
	const struct pm_domain *d = pm_table_domain(p->table, index);

	lop_buf_puts(p->out, "\ndomain ");
	put_text(p, d->name);
	lop_buf_printf(p->out, " (%s", lop_pm_os(d->os));
	if (d->id != PM_NONE)
		lop_buf_printf(p->out, ", id %" PRIu32, d->id);
	lop_buf_puts(p->out, ")\n");
	put_cpus(p, d);
	put_policy(p, d);
	put_address(p, "entry", d->entry);
	put_address(p, "tree", d->dtb);
	put_records(p, d->region, d->n_regions, put_region);
	if (d->slot != PM_NONE)
		put_region(p, d->slot);
	put_records(p, d->irq, d->n_irqs, put_irq);
	put_records(p, d->image, d->n_images, put_image);
	put_records(p, d->right, d->n_rights, put_right);
}

/* --- links --- */

static void put_ring(struct printer *p, const struct pm_link *l, unsigned r)
{
	put_label(p, r ? "ring 1" : "ring 0");
	lop_buf_printf(p->out,
		       "+0x%" PRIx32 ", %" PRIu32 " descriptors, used ring at +0x%" PRIx32
		       ", %" PRIu32 " buffers of %" PRIu32 " bytes, ",
		       l->ring[r], l->ring_num[r],
		       l->ring[r] + ipc_vring_used_offset(l->ring_num[r], l->ring_align),
		       l->buffer_count[r], l->buffer_size[r]);
	put_owner(p, r ? l->host : l->remote);
	lop_buf_puts(p->out, " to ");
	put_owner(p, r ? l->remote : l->host);
	lop_buf_putc(p->out, '\n');
}

static void put_end(struct printer *p, const char *label, uint32_t domain, uint32_t irq,
		    uint32_t doorbell)
{
	put_label(p, label);
	put_owner(p, domain);
	lop_buf_printf(p->out, ", doorbell at 0x%" PRIx64 ", interrupt %" PRIu32 "\n",
		       pm_table_region(p->table, doorbell)->guest,
		       pm_table_irq(p->table, irq)->intid);
}

static void put_link(struct printer *p, uint32_t index)
{
	const struct pm_link *l = pm_table_link(p->table, index);
	const struct pm_region *window = pm_table_region(p->table, l->host_window);

	lop_buf_puts(p->out, "\nlink ");
	put_text(p, l->name);
	lop_buf_printf(p->out, " (vdev %" PRIu32 ")\n", l->vdev);
	put_end(p, "host", l->host, l->host_irq, l->host_doorbell);
	put_end(p, "remote", l->remote, l->remote_irq, l->remote_doorbell);
	put_label(p, "window");
	put_range(p, window->phys, window->size);
	lop_buf_printf(p->out, " %s, align %" PRIu32 "\n", lop_pm_type(l->type), l->ring_align);
	put_label(p, "table");
	if (l->table == PM_NONE)
		lop_buf_puts(p->out, "in the window of another link of this pair\n");
	else
		lop_buf_printf(p->out, "+0x%" PRIx32 ", %" PRIu32 " bytes\n", l->table,
			       l->table_size);
	put_ring(p, l, 0);
	put_ring(p, l, 1);
	put_label(p, "buffers");
	lop_buf_printf(p->out, "+0x%" PRIx32 "\n", l->buffers);
}

/* --- the manager --- */

static void put_uart(struct printer *p)
{
	const struct pm_table *t = p->table;

	put_label(p, "console");
	lop_buf_puts(p->out, lop_pm_uart(t->uart_kind));
	if (t->uart != PM_NONE)
		lop_buf_printf(p->out, " at 0x%" PRIx64, pm_table_region(t, t->uart)->phys);
	if (t->uart_irq != PM_NONE)
		lop_buf_printf(p->out, ", interrupt %" PRIu32, t->uart_irq);
	if (t->uart_clock)
		lop_buf_printf(p->out, ", %" PRIu32 " Hz", t->uart_clock);
	lop_buf_putc(p->out, '\n');
}

static void put_intc(struct printer *p)
{
	const struct pm_table *t = p->table;

	put_label(p, "intc");
	lop_buf_puts(p->out, lop_pm_intc(t->intc_kind));
	if (t->intc != PM_NONE)
		lop_buf_printf(p->out, " at 0x%" PRIx64, pm_table_region(t, t->intc)->phys);
	if (t->redist_stride)
		lop_buf_printf(p->out, ", redistributors at 0x%" PRIx64 " every 0x%" PRIx32,
			       pm_table_region(t, t->redist)->phys, t->redist_stride);
	if (t->maintenance_irq != PM_NONE)
		lop_buf_printf(p->out, ", maintenance interrupt %" PRIu32, t->maintenance_irq);
	lop_buf_putc(p->out, '\n');
}

static void put_manager(struct printer *p)
{
	const struct pm_table *t = p->table;

	lop_buf_puts(p->out, "\nmanager\n");
	put_label(p, "CPU");
	lop_buf_printf(p->out, "0x%" PRIx64 "\n", pm_table_cpu(t, t->cpu)->hwid);
	put_uart(p);
	put_intc(p);
	put_label(p, "RAM");
	lop_buf_printf(p->out, "from 0x%" PRIx64 "\n", t->ram);
	for (uint32_t i = 0; i < t->regions.count; i++)
		if (pm_table_region(t, i)->domain == PM_NONE)
			put_region(p, i);
}

void lop_emit_table_text(const struct pm_table *table, const char *path, struct lop_buf *out)
{
	struct printer p = { table, out };
	char size[LOP_RANGE_TEXT];

	lop_text_clean(out, path, strlen(path));
	lop_buf_printf(out, ": partition table of `");
	put_text(&p, table->name);
	lop_buf_printf(out, "`, %s, version %" PRIu32 ", %s, checksum 0x%08" PRIx32 "\n",
		       lop_pm_isa(table->isa), table->version, lop_size_text(table->size, size),
		       table->checksum);
	put_manager(&p);
	for (uint32_t i = 0; i < table->domains.count; i++)
		put_domain(&p, i);
	for (uint32_t i = 0; i < table->links.count; i++)
		put_link(&p, i);
}
