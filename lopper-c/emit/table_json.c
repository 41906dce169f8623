/* SPDX-License-Identifier: BSD-3-Clause */
/* A partition table as JSON, schema sdtgen-table-1. Records keep their order and so their index. */
#include <stddef.h>

#include "lopper-c/diag/jsonw.h"
#include "lopper-c/emit/inspect.h"
#include "lopper-c/emit/table_words.h"

struct printer {
	const struct pm_table *table;
	struct lop_jsonw json;
};

static void put_text(struct printer *p, const char *key, uint32_t offset)
{
	lop_jsonw_text(&p->json, key, pm_table_text(p->table, offset));
}

/* An index or number, null for PM_NONE. */
static void put_index(struct printer *p, const char *key, uint32_t index)
{
	if (index == PM_NONE)
		lop_jsonw_null(&p->json, key);
	else
		lop_jsonw_number(&p->json, key, index);
}

/* A guest address, null for 0. */
static void put_address(struct printer *p, const char *key, uint64_t address)
{
	if (address)
		lop_jsonw_hex(&p->json, key, address);
	else
		lop_jsonw_null(&p->json, key);
}

static void put_slice(struct printer *p, const char *key, uint32_t first, uint32_t count)
{
	lop_jsonw_open(&p->json, key, '[', true);
	for (uint32_t i = 0; i < count; i++)
		lop_jsonw_number(&p->json, NULL, first + i);
	lop_jsonw_close(&p->json, ']');
}

static void put_pair(struct printer *p, const char *key, const uint32_t values[2])
{
	lop_jsonw_open(&p->json, key, '[', true);
	lop_jsonw_number(&p->json, NULL, values[0]);
	lop_jsonw_number(&p->json, NULL, values[1]);
	lop_jsonw_close(&p->json, ']');
}

static void put_manager(struct printer *p)
{
	const struct pm_table *t = p->table;
	struct lop_jsonw *j = &p->json;

	lop_jsonw_open(j, "manager", '{', true);
	lop_jsonw_number(j, "memory", t->memory);
	lop_jsonw_number(j, "cpu", t->cpu);
	lop_jsonw_text(j, "uart_kind", lop_pm_uart(t->uart_kind));
	put_index(p, "uart", t->uart);
	put_index(p, "uart_irq", t->uart_irq);
	lop_jsonw_number(j, "uart_clock", t->uart_clock);
	lop_jsonw_text(j, "intc_kind", lop_pm_intc(t->intc_kind));
	put_index(p, "intc", t->intc);
	put_index(p, "redist", t->redist);
	lop_jsonw_number(j, "redist_stride", t->redist_stride);
	put_index(p, "maintenance_irq", t->maintenance_irq);
	lop_jsonw_hex(j, "ram", t->ram);
	lop_jsonw_close(j, '}');
}

static void put_domain(struct printer *p, uint32_t i)
{
	const struct pm_domain *d = pm_table_domain(p->table, i);
	struct lop_jsonw *j = &p->json;

	put_text(p, "name", d->name);
	put_index(p, "id", d->id);
	lop_jsonw_text(j, "os", lop_pm_os(d->os));
	lop_jsonw_flag(j, "autostart", d->flags & PM_DOMAIN_AUTOSTART);
	lop_jsonw_number(j, "start", d->start);
	put_slice(p, "cpus", d->cpu, d->n_cpus);
	put_slice(p, "regions", d->region, d->n_regions);
	put_slice(p, "irqs", d->irq, d->n_irqs);
	put_slice(p, "images", d->image, d->n_images);
	put_slice(p, "rights", d->right, d->n_rights);
	put_address(p, "entry", d->entry);
	put_address(p, "dtb", d->dtb);
	lop_jsonw_text(j, "restart", lop_pm_restart(d->restart));
	lop_jsonw_number(j, "restart_limit", d->restart_limit);
	lop_jsonw_number(j, "restart_backoff", d->restart_backoff);
	lop_jsonw_number(j, "watchdog", d->watchdog);
	lop_jsonw_text(j, "console", lop_pm_console(d->console));
	put_index(p, "console_region", d->console_region);
	put_index(p, "console_irq", d->console_irq);
	put_index(p, "trace", d->trace);
	put_index(p, "slot", d->slot);
}

static void put_cpu(struct printer *p, uint32_t i)
{
	const struct pm_cpu *cpu = pm_table_cpu(p->table, i);

	lop_jsonw_hex(&p->json, "hwid", cpu->hwid);
	put_index(p, "domain", cpu->domain);
}

static void put_region(struct printer *p, uint32_t i)
{
	const struct pm_region *r = pm_table_region(p->table, i);
	struct lop_jsonw *j = &p->json;
	const bool virtual = r->flags & PM_REGION_VIRTUAL;

	put_text(p, "name", r->name);
	lop_jsonw_text(j, "kind", lop_pm_region(r->kind));
	put_index(p, "domain", r->domain);
	lop_jsonw_hex(j, "guest", r->guest);
	if (virtual)
		lop_jsonw_null(j, "phys");
	else
		lop_jsonw_hex(j, "phys", r->phys);
	lop_jsonw_number(j, "size", r->size);
	lop_jsonw_flag(j, "read", r->flags & PM_REGION_READ);
	lop_jsonw_flag(j, "write", r->flags & PM_REGION_WRITE);
	lop_jsonw_flag(j, "execute", r->flags & PM_REGION_EXECUTE);
	lop_jsonw_flag(j, "virtual", virtual);
	lop_jsonw_text(j, "type", lop_pm_type(r->type));
	put_index(p, "link", r->link);
}

static void put_irq(struct printer *p, uint32_t i)
{
	const struct pm_irq *irq = pm_table_irq(p->table, i);
	struct lop_jsonw *j = &p->json;

	put_text(p, "name", irq->name);
	lop_jsonw_number(j, "intid", irq->intid);
	lop_jsonw_number(j, "domain", irq->domain);
	lop_jsonw_flag(j, "edge", irq->flags & PM_IRQ_EDGE);
	lop_jsonw_flag(j, "private", irq->flags & PM_IRQ_PRIVATE);
	lop_jsonw_flag(j, "virtual", irq->flags & PM_IRQ_VIRTUAL);
}

static void put_link(struct printer *p, uint32_t i)
{
	const struct pm_link *l = pm_table_link(p->table, i);
	struct lop_jsonw *j = &p->json;

	put_text(p, "name", l->name);
	lop_jsonw_number(j, "host", l->host);
	lop_jsonw_number(j, "remote", l->remote);
	lop_jsonw_number(j, "host_window", l->host_window);
	lop_jsonw_number(j, "remote_window", l->remote_window);
	lop_jsonw_text(j, "type", lop_pm_type(l->type));
	put_index(p, "table", l->table);
	lop_jsonw_number(j, "table_size", l->table_size);
	lop_jsonw_number(j, "vdev", l->vdev);
	put_pair(p, "ring", l->ring);
	put_pair(p, "ring_num", l->ring_num);
	lop_jsonw_number(j, "ring_align", l->ring_align);
	lop_jsonw_number(j, "buffers", l->buffers);
	put_pair(p, "buffer_size", l->buffer_size);
	put_pair(p, "buffer_count", l->buffer_count);
	lop_jsonw_number(j, "host_irq", l->host_irq);
	lop_jsonw_number(j, "remote_irq", l->remote_irq);
	lop_jsonw_number(j, "host_doorbell", l->host_doorbell);
	lop_jsonw_number(j, "remote_doorbell", l->remote_doorbell);
}

static void put_image(struct printer *p, uint32_t i)
{
	const struct pm_image *image = pm_table_image(p->table, i);

	put_text(p, "name", image->name);
	lop_jsonw_text(&p->json, "kind", lop_pm_image(image->kind));
	lop_jsonw_number(&p->json, "domain", image->domain);
	put_address(p, "load", image->load);
}

static void put_right(struct printer *p, uint32_t i)
{
	const struct pm_right *right = pm_table_right(p->table, i);

	lop_jsonw_number(&p->json, "domain", right->domain);
	lop_jsonw_number(&p->json, "target", right->target);
	lop_jsonw_open(&p->json, "rights", '[', true);
	for (unsigned bit = 0; lop_pm_rights[bit]; bit++)
		if (right->rights >> bit & 1)
			lop_jsonw_text(&p->json, NULL, lop_pm_rights[bit]);
	lop_jsonw_close(&p->json, ']');
}

static void put_records(struct printer *p, const char *key, uint32_t count,
			void (*put)(struct printer *p, uint32_t index))
{
	lop_jsonw_open(&p->json, key, '[', true);
	for (uint32_t i = 0; i < count; i++) {
		lop_jsonw_open(&p->json, NULL, '{', true);
		put(p, i);
		lop_jsonw_close(&p->json, '}');
	}
	lop_jsonw_close(&p->json, ']');
}

void lop_emit_table_json(const struct pm_table *table, const char *path, struct lop_buf *out)
{
	struct printer p = { table, { .out = out } };
	struct lop_jsonw *j = &p.json;

	lop_jsonw_open(j, NULL, '{', true);
	lop_jsonw_text(j, "schema", LOP_TABLE_SCHEMA);
	lop_jsonw_text(j, "file", path);
	lop_jsonw_number(j, "version", table->version);
	lop_jsonw_number(j, "size", table->size);
	lop_jsonw_hex(j, "checksum", table->checksum);
	put_text(&p, "name", table->name);
	lop_jsonw_text(j, "isa", lop_pm_isa(table->isa));
	put_manager(&p);
	put_records(&p, "domains", table->domains.count, put_domain);
	put_records(&p, "cpus", table->cpus.count, put_cpu);
	put_records(&p, "regions", table->regions.count, put_region);
	put_records(&p, "irqs", table->irqs.count, put_irq);
	put_records(&p, "links", table->links.count, put_link);
	put_records(&p, "images", table->images.count, put_image);
	put_records(&p, "rights", table->rights.count, put_right);
	lop_jsonw_close(j, '}');
}
