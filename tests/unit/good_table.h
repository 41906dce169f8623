/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A sound partition table that has something of everything: two domains with two links, a console
 * each, shared memory, a trace buffer, a slot. Its struct is the file's layout.
 */
#ifndef LOP_TESTS_GOOD_TABLE_H
#define LOP_TESTS_GOOD_TABLE_H

#include "ipc/abi/resource_table.h"
#include "runtime/abi/partition.h"
#include "tests/unit/abi_bytes.h"

enum { LINUX, RTOS, N_DOMAINS };
enum { N_CPUS = 4, N_LINKS = 2, N_RIGHTS = 2, N_BYTES = 1024 };

enum {
	MANAGER_MEMORY,
	MANAGER_UART,
	MANAGER_INTC,
	MANAGER_REDIST,
	MANAGER_SLOT,
	LINUX_MEMORY,
	LINUX_WINDOW0,
	LINUX_WINDOW1,
	LINUX_BELL0,
	LINUX_BELL1,
	LINUX_CONSOLE,
	LINUX_RTC,
	LINUX_SHARED,
	RTOS_MEMORY,
	RTOS_WINDOW0,
	RTOS_WINDOW1,
	RTOS_BELL0,
	RTOS_BELL1,
	RTOS_CONSOLE,
	RTOS_INTC,
	RTOS_TRACE,
	RTOS_SHARED,
	N_REGIONS,
};

enum {
	LINUX_IRQ_RTC,
	LINUX_IRQ0,
	LINUX_IRQ1,
	LINUX_IRQ_CONSOLE,
	LINUX_IRQ_TIMER,
	RTOS_IRQ0,
	RTOS_IRQ1,
	RTOS_IRQ_CONSOLE,
	RTOS_IRQ_TIMER,
	N_IRQS,
};

enum { LINUX_KERNEL, LINUX_INITRD, LINUX_DTB, RTOS_PROGRAM, N_IMAGES };

struct good_table {
	struct pm_table header;
	struct pm_domain domains[N_DOMAINS];
	struct pm_cpu cpus[N_CPUS];
	struct pm_region regions[N_REGIONS];
	struct pm_irq irqs[N_IRQS];
	struct pm_link links[N_LINKS];
	struct pm_image images[N_IMAGES];
	struct pm_right rights[N_RIGHTS];
	unsigned char bytes[N_BYTES];
};

/* Adds a text to bytes, of which *used are taken; returns its offset. */
static inline uint32_t good_text(struct good_table *g, uint32_t *used, const char *text)
{
	uint32_t at = *used;

	memcpy(g->bytes + at, text, strlen(text) + 1);
	*used += (uint32_t)strlen(text) + 1;
	return at;
}

static inline void good_section(struct pm_section *s, uint32_t *at, uint32_t count, size_t size)
{
	*s = (struct pm_section){ *at, count };
	*at += count * (uint32_t)size;
}

static inline void good_sections(struct good_table *g)
{
	struct pm_table *t = &g->header;
	uint32_t at = sizeof(*t);

	good_section(&t->domains, &at, N_DOMAINS, sizeof(struct pm_domain));
	good_section(&t->cpus, &at, N_CPUS, sizeof(struct pm_cpu));
	good_section(&t->regions, &at, N_REGIONS, sizeof(struct pm_region));
	good_section(&t->irqs, &at, N_IRQS, sizeof(struct pm_irq));
	good_section(&t->links, &at, N_LINKS, sizeof(struct pm_link));
	good_section(&t->images, &at, N_IMAGES, sizeof(struct pm_image));
	good_section(&t->rights, &at, N_RIGHTS, sizeof(struct pm_right));
	good_section(&t->bytes, &at, N_BYTES, 1);
	t->size = at;
}

static inline void good_header(struct good_table *g)
{
	struct pm_table *t = &g->header;

	t->magic = PM_TABLE_MAGIC;
	t->version = PM_TABLE_VERSION;
	t->isa = PM_ISA_ARM64;
	t->memory = MANAGER_MEMORY;
	t->uart = MANAGER_UART;
	t->uart_kind = PM_UART_PL011;
	t->uart_irq = 33;
	t->uart_clock = 24000000;
	t->intc = MANAGER_INTC;
	t->intc_kind = PM_INTC_GICV3;
	t->redist = MANAGER_REDIST;
	t->redist_stride = 0x20000;
	t->maintenance_irq = 25;
	t->ram = 0x40000000;
	good_sections(g);
}

static inline void good_domains(struct good_table *g, uint32_t *used)
{
	g->domains[LINUX] = (struct pm_domain){
		.name = good_text(g, used, "linux"),
		.id = 1,
		.os = PM_OS_LINUX,
		.flags = PM_DOMAIN_AUTOSTART,
		.cpu = 0,
		.n_cpus = 2,
		.region = LINUX_MEMORY,
		.n_regions = RTOS_MEMORY - LINUX_MEMORY,
		.irq = 0,
		.n_irqs = RTOS_IRQ0,
		.image = 0,
		.n_images = RTOS_PROGRAM,
		.n_rights = 1,
		.dtb = 0x58000000,
		.start = 1,
		.console = PM_CONSOLE_VIRTUAL,
		.console_region = LINUX_CONSOLE,
		.console_irq = LINUX_IRQ_CONSOLE,
		.trace = PM_NONE,
		.slot = PM_NONE,
	};
	g->domains[RTOS] = (struct pm_domain){
		.name = good_text(g, used, "rtos"),
		.id = PM_NONE,
		.os = PM_OS_RTOS,
		.cpu = 2,
		.n_cpus = 1,
		.region = RTOS_MEMORY,
		.n_regions = N_REGIONS - RTOS_MEMORY,
		.irq = RTOS_IRQ0,
		.n_irqs = N_IRQS - RTOS_IRQ0,
		.image = RTOS_PROGRAM,
		.n_images = 1,
		.right = 1,
		.n_rights = 1,
		.entry = 0x48000040,
		.restart = PM_RESTART_ON_FAULT,
		.restart_limit = 5,
		.restart_backoff = 100,
		.watchdog = 2000,
		.console = PM_CONSOLE_VIRTUAL,
		.console_region = RTOS_CONSOLE,
		.console_irq = RTOS_IRQ_CONSOLE,
		.trace = RTOS_TRACE,
		.slot = MANAGER_SLOT,
	};
	for (uint32_t i = 0; i < N_CPUS; i++)
		g->cpus[i] = (struct pm_cpu){ .hwid = i, .domain = PM_NONE };
	g->cpus[0].domain = g->cpus[1].domain = LINUX;
	g->cpus[2].domain = RTOS;
	g->header.cpu = 3;
}

static inline void good_regions(struct good_table *g, uint32_t *used)
{
	const uint32_t rw = PM_REGION_READ | PM_REGION_WRITE, rwx = rw | PM_REGION_EXECUTE;
	const uint32_t virtual = rw | PM_REGION_VIRTUAL;
	static const uint32_t wb = PM_TYPE_WRITE_BACK, nc = PM_TYPE_NON_CACHEABLE,
			      dev = PM_TYPE_DEVICE;
	const struct {
		uint64_t guest, size;
		uint32_t kind, flags, type, link;
		const char *name;
	} rows[N_REGIONS] = {
		{ 0x40000000, 0x1000000, PM_REGION_MEMORY, rwx, wb, PM_NONE, "manager" },
		{ 0x09000000, 0x1000, PM_REGION_DEVICE, rw, dev, PM_NONE, "pl011@9000000" },
		{ 0x08000000, 0x10000, PM_REGION_DEVICE, rw, dev, PM_NONE, "intc@8000000" },
		{ 0x080a0000, 0xf60000, PM_REGION_DEVICE, rw, dev, PM_NONE, "redistributors" },
		{ 0x47000000, 0x100000, PM_REGION_SLOT, rw, wb, PM_NONE, "slot of rtos" },
		{ 0x50000000, 0x10000000, PM_REGION_MEMORY, rwx, wb, PM_NONE, "memory" },
		{ 0x4a000000, 0x20000, PM_REGION_WINDOW, rw, nc, 0, "sensor-data" },
		{ 0x4a100000, 0x10000, PM_REGION_WINDOW, rw, wb, 1, "bulk" },
		{ 0x0a000000, 0x1000, PM_REGION_DOORBELL, virtual, dev, 0, "doorbell" },
		{ 0x0a001000, 0x1000, PM_REGION_DOORBELL, virtual, dev, 1, "doorbell" },
		{ 0x0a002000, 0x1000, PM_REGION_CONSOLE, virtual, dev, PM_NONE, "console" },
		{ 0x09010000, 0x1000, PM_REGION_DEVICE, rw, dev, PM_NONE, "pl031@9010000" },
		{ 0x49000000, 0x100000, PM_REGION_SHARED, rw, wb, PM_NONE, "blackboard" },
		{ 0x48000000, 0x400000, PM_REGION_MEMORY, rwx, wb, PM_NONE, "memory" },
		{ 0x4a000000, 0x20000, PM_REGION_WINDOW, rw, nc, 0, "sensor-data" },
		{ 0x4a100000, 0x10000, PM_REGION_WINDOW, rw, wb, 1, "bulk" },
		{ 0x0a000000, 0x1000, PM_REGION_DOORBELL, virtual, dev, 0, "doorbell" },
		{ 0x0a001000, 0x1000, PM_REGION_DOORBELL, virtual, dev, 1, "doorbell" },
		{ 0x0a002000, 0x1000, PM_REGION_CONSOLE, virtual, dev, PM_NONE, "console" },
		{ 0x08000000, 0x10000, PM_REGION_INTC, virtual, dev, PM_NONE, "intc@8000000" },
		{ 0x48500000, 0x1000, PM_REGION_MEMORY, rw, nc, PM_NONE, "trace" },
		{ 0x49000000, 0x100000, PM_REGION_SHARED, rw, wb, PM_NONE, "blackboard" },
	};

	for (uint32_t i = 0; i < N_REGIONS; i++)
		g->regions[i] = (struct pm_region){
			.guest = rows[i].guest,
			.phys = rows[i].flags & PM_REGION_VIRTUAL ? 0 : rows[i].guest,
			.size = rows[i].size,
			.kind = rows[i].kind,
			.flags = rows[i].flags,
			.type = rows[i].type,
			.domain = i < LINUX_MEMORY  ? PM_NONE
				  : i < RTOS_MEMORY ? (uint32_t)LINUX
						    : (uint32_t)RTOS,
			.link = rows[i].link,
			.name = good_text(g, used, rows[i].name),
		};
}

static inline void good_irqs(struct good_table *g, uint32_t *used)
{
	const struct {
		uint32_t intid, flags;
	} rows[N_IRQS] = {
		{ 34, 0 },
		{ 200, PM_IRQ_EDGE | PM_IRQ_VIRTUAL },
		{ 201, PM_IRQ_EDGE | PM_IRQ_VIRTUAL },
		{ 202, PM_IRQ_VIRTUAL },
		{ 27, PM_IRQ_PRIVATE },
		{ 200, PM_IRQ_EDGE | PM_IRQ_VIRTUAL },
		{ 201, PM_IRQ_EDGE | PM_IRQ_VIRTUAL },
		{ 202, PM_IRQ_VIRTUAL },
		{ 27, PM_IRQ_PRIVATE },
	};
	const uint32_t name = good_text(g, used, "irq");

	for (uint32_t i = 0; i < N_IRQS; i++)
		g->irqs[i] =
			(struct pm_irq){ rows[i].intid, rows[i].flags,
					 i < RTOS_IRQ0 ? (uint32_t)LINUX : (uint32_t)RTOS, name };
}

/* A vdev at `at` of the resource table rsc. */
static inline void good_vdev(unsigned char *rsc, uint32_t n, uint32_t at, const struct pm_link *l,
			     uint64_t window)
{
	put32(rsc + 16 + 4 * n, at);
	put32(rsc + at, IPC_RSC_VDEV);
	put32(rsc + at + 4, 7);
	put32(rsc + at + 8, 31 + n);
	put32(rsc + at + 12, 1);
	rsc[at + 25] = 2;
	for (uint32_t r = 0; r < 2; r++) {
		unsigned char *ring = rsc + at + 28 + 20 * r;

		put32(ring, (uint32_t)window + l->ring[r]);
		put32(ring + 4, l->ring_align);
		put32(ring + 8, l->ring_num[r]);
		put32(ring + 12, 2 * n + r);
	}
}

enum { GOOD_VDEV0 = 24, GOOD_VDEV1 = 24 + 68, GOOD_RSC_SIZE = 24 + 2 * 68 };

static inline void good_links(struct good_table *g, uint32_t *used)
{
	const struct pm_link common = {
		.host = LINUX, .remote = RTOS, .table = PM_NONE, .pristine = PM_NONE
	};
	struct pm_link *a = &g->links[0], *b = &g->links[1];
	unsigned char *rsc;

	for (uint32_t i = 0; i < N_LINKS; i++) {
		g->links[i] = common;
		g->links[i].vdev = i;
		g->links[i].host_window = LINUX_WINDOW0 + i;
		g->links[i].remote_window = RTOS_WINDOW0 + i;
		g->links[i].host_irq = LINUX_IRQ0 + i;
		g->links[i].remote_irq = RTOS_IRQ0 + i;
		g->links[i].host_doorbell = LINUX_BELL0 + i;
		g->links[i].remote_doorbell = RTOS_BELL0 + i;
		g->links[i].name = good_text(g, used, i ? "bulk" : "sensor-data");
		g->links[i].type = g->regions[LINUX_WINDOW0 + i].type;
		g->links[i].ring_num[0] = g->links[i].ring_num[1] = i ? 16 : 64;
		g->links[i].ring_align = i ? 16 : 4096;
		g->links[i].buffers = i ? 0x400 : 0x5000;
		g->links[i].buffer_size[0] = i ? 1024 : 512;
		g->links[i].buffer_size[1] = i ? 256 : 512;
		g->links[i].buffer_count[0] = i ? 16 : 64;
		g->links[i].buffer_count[1] = i ? 8 : 64;
	}
	a->ring[0] = 0x1000;
	a->ring[1] = 0x3000;
	b->ring[1] = 0x200;
	a->table = 0;
	a->table_size = GOOD_RSC_SIZE;
	a->pristine = *used;
	rsc = g->bytes + *used;
	*used += GOOD_RSC_SIZE;
	put32(rsc, 1);
	put32(rsc + 4, N_LINKS);
	good_vdev(rsc, 0, GOOD_VDEV0, a, g->regions[RTOS_WINDOW0].guest);
	good_vdev(rsc, 1, GOOD_VDEV1, b, g->regions[RTOS_WINDOW1].guest);
}

static inline void good_table_make(struct good_table *g)
{
	uint32_t used = 0;

	memset(g, 0, sizeof(*g));
	good_header(g);
	g->header.name = good_text(g, &used, "demo");
	good_domains(g, &used);
	good_regions(g, &used);
	good_irqs(g, &used);
	good_links(g, &used);
	g->images[LINUX_KERNEL] = (struct pm_image){ good_text(g, &used, "Image"), PM_IMAGE_PROGRAM,
						     LINUX, 0, 0x50200000 };
	g->images[LINUX_INITRD] =
		(struct pm_image){ good_text(g, &used, "initrd.gz"), PM_IMAGE_INITRD, LINUX, 0, 0 };
	g->images[LINUX_DTB] = (struct pm_image){ good_text(g, &used, "domain.dtb"), PM_IMAGE_DTB,
						  LINUX, 0, 0x58000000 };
	g->images[RTOS_PROGRAM] = (struct pm_image){ good_text(g, &used, "sensor.elf"),
						     PM_IMAGE_PROGRAM, RTOS, 0, 0 };
	g->rights[0] = (struct pm_right){ LINUX, RTOS, PM_RIGHT_ALL, 0 };
	g->rights[1] = (struct pm_right){ RTOS, LINUX, PM_RIGHT_QUERY, 0 };
	if (used >= N_BYTES)
		abort();
	g->header.checksum = pm_table_checksum(&g->header);
}

#endif
