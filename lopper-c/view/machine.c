/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The machine that a domain of a supervised system sees, where it is another than the chip: PSCI by
 * hvc, a GIC without ITS and maintenance interrupt and with the redistributors of its own CPUs, a
 * virtual PL011, the watchdog of the SMC calling convention. What the manager keeps for itself is
 * in no domain's tree.
 */
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/gic.h"
#include "lopper-c/view/cut.h"
#include "lopper-c/view/made.h"

#define UART_HZ	     24000000u
#define SMC_WATCHDOG UINT32_C(0x82003d06) /* default of Linux's arm,smc-wdt binding */

static bool is_its(const struct lop_cut *cut, const struct lop_node *node)
{
	return lop_node_compatible(cut->tree, node, "arm,gic-v3-its");
}

void lop_cut_classify_manager(struct lop_cut *cut)
{
	const struct lop_manager *manager = cut->system->manager;
	const struct lop_node *root = cut->tree->root;
	const struct lop_node *links = lop_node_child(cut->tree, root, "links");

	if (links && lop_node_compatible(cut->tree, links, "pm,links-v1"))
		cut->class[links->index] = LOP_CLASS_DOMAINS;
	if (!manager)
		return;
	if (manager->uart)
		cut->class[manager->uart->index] = LOP_CLASS_META;
	for (const struct lop_node *n = root; n; n = lop_node_next(n, root))
		if (is_its(cut, n))
			cut->class[n->index] = LOP_CLASS_META;
}

/* --- the interrupt controller --- */

/* Frames of CPUs that follow one another become one region. */
struct frames {
	size_t entry; /* of the chip's reg */
	uint64_t offset, size;
};

static void put_frames(struct lop_cut *cut, const struct lop_node *gic, const struct frames *frames,
		       struct lop_val *val)
{
	struct lop_range seen; /* as the domain's CPUs see the region */

	lop_cut_reg(cut, gic, frames->entry, &seen);
	lop_val_mark(val, LOP_MARK_U32, NULL, gic->span);
	lop_cut_put(cut, val, gic, seen.base + frames->offset,
		    lop_address_cells(cut->tree, gic->parent));
	lop_cut_put(cut, val, gic, frames->size, lop_size_cells(cut->tree, gic->parent));
}

/* The chip's redistributors are in the order of its CPUs; place/ saw that there are enough. */
static uint32_t put_redistributors(struct lop_cut *cut, const struct lop_domain *domain,
				   const struct lop_node *gic, struct lop_val *val)
{
	uint64_t stride = lop_gic_stride(cut->tree, gic), n = 0;
	struct frames run = { .size = 0 };
	struct lop_gic_frame at;
	uint32_t regions = 0;

	for (const struct lop_cpu *cpu = NULL; (cpu = lop_system_next_a64(cut->base, cpu)); n++) {
		if (!lop_domain_has_cpu(domain, cpu) || !lop_gic_frame(cut->tree, gic, n, &at))
			continue;
		if (run.size && (at.entry != run.entry || at.offset != run.offset + run.size)) {
			put_frames(cut, gic, &run, val);
			regions++;
			run.size = 0;
		}
		if (!run.size)
			run = (struct frames){ at.entry, at.offset, 0 };
		run.size += stride;
	}
	if (run.size)
		put_frames(cut, gic, &run, val);
	return regions + (run.size > 0);
}

static void trim_gic(struct lop_cut *cut, const struct lop_domain *domain, struct lop_node *gic,
		     const struct lop_node *from)
{
	struct lop_val val = { .arena = cut->out->arena, .diags = cut->diags };
	struct lop_range dist;
	uint32_t regions;

	lop_cut_reg(cut, from, 0, &dist);
	lop_val_mark(&val, LOP_MARK_U32, NULL, from->span);
	lop_cut_put(cut, &val, from, dist.base, lop_address_cells(cut->tree, from->parent));
	lop_cut_put(cut, &val, from, dist.size, lop_size_cells(cut->tree, from->parent));
	regions = put_redistributors(cut, domain, from, &val);
	lop_prop_set(cut->out, gic, "reg", lop_val_take(&val), from->span);
	lop_made_cell(cut, gic, "#redistributor-regions", regions, from->span);
	lop_prop_del(cut->out, gic, "interrupts"); /* maintenance: the manager's */
	lop_prop_del(cut->out, gic, "mbi-ranges");
}

/* --- the timer --- */

/* The fourth interrupt is that of EL2's timer, which is the manager's. */
static void trim_timers(struct lop_cut *cut)
{
	const uint32_t three = 3 * 3 * 4;
	struct lop_node *root = cut->out->root;

	for (struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		const struct lop_prop *irqs = lop_prop_find(cut->out, n, "interrupts");
		struct lop_val val = { .arena = cut->out->arena };

		if (!irqs || irqs->value.len <= three ||
		    !lop_node_compatible(cut->out, n, "arm,armv8-timer"))
			continue;
		lop_val_copy(&val, &irqs->value, 0, three);
		lop_prop_set(cut->out, n, "interrupts", lop_val_take(&val), irqs->span);
	}
}

/* --- PSCI --- */

static struct lop_node *find_psci(const struct lop_cut *cut)
{
	struct lop_node *root = cut->out->root;

	for (struct lop_node *n = root; n; n = lop_node_next(n, root)) {
		const struct lop_prop *prop = lop_prop_find(cut->out, n, "compatible");

		if (prop && (lop_value_has_str(&prop->value, "arm,psci-0.2") ||
			     lop_value_has_str(&prop->value, "arm,psci-1.0")))
			return n;
	}
	return NULL;
}

/* Function ids of the days before PSCI 0.2 go: the manager answers the standard ones. */
static void set_psci(struct lop_cut *cut, struct lop_span span)
{
	static const char *const ids[] = { "cpu_suspend", "cpu_off", "cpu_on", "migrate" };
	struct lop_node *psci = find_psci(cut);
	struct lop_val val = { .arena = cut->out->arena };

	if (!psci)
		psci = lop_made_node(cut, cut->out->root, "psci", span);
	lop_val_string(&val, "arm,psci-1.0", span);
	lop_val_string(&val, "arm,psci-0.2", span);
	lop_prop_set(cut->out, psci, "compatible", lop_val_take(&val), span);
	lop_made_string(cut, psci, "method", "hvc", span);
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		lop_prop_del(cut->out, psci, ids[i]);
}

/* --- console and watchdog --- */

static struct lop_node *add_clock(struct lop_cut *cut, struct lop_span span)
{
	struct lop_node *clock = lop_made_node(cut, cut->out->root, "pm-uart-clock", span);

	lop_made_string(cut, clock, "compatible", "fixed-clock", span);
	lop_made_cell(cut, clock, "#clock-cells", 0, span);
	lop_made_cell(cut, clock, "clock-frequency", UART_HZ, span);
	return clock;
}

static void put_pair(struct lop_cut *cut, struct lop_node *node, const char *name,
		     const char *first, const char *second, struct lop_span span)
{
	struct lop_val val = { .arena = cut->out->arena };

	lop_val_string(&val, first, span);
	lop_val_string(&val, second, span);
	lop_prop_set(cut->out, node, name, lop_val_take(&val), span);
}

static void set_stdout(struct lop_cut *cut, const struct lop_node *uart, struct lop_span span)
{
	struct lop_node *chosen = lop_made_node(cut, cut->out->root, "chosen", span);

	if (lop_prop_find(cut->out, chosen, "stdout-path"))
		return;
	lop_made_string(cut, chosen, "stdout-path",
			lop_arena_printf(cut->arena, "/%s:115200n8", uart->name), span);
}

static void add_uart(struct lop_cut *cut, const struct lop_life *life, struct lop_span span)
{
	struct lop_node *uart = lop_made_at(cut, cut->out->root, "serial", life->uart, span);
	struct lop_node *clock = add_clock(cut, span);
	struct lop_val clocks = { .arena = cut->out->arena };

	put_pair(cut, uart, "compatible", "arm,pl011", "arm,primecell", span);
	lop_made_reg(cut, uart, (struct lop_range){ life->uart, LOP_LINK_PAGE }, span);
	lop_made_irq(cut, uart, life->uart_irq, false, span);
	for (unsigned i = 0; i < 2; i++) {
		lop_val_mark(&clocks, LOP_MARK_U32, NULL, span);
		lop_val_target(&clocks, clock, span);
	}
	lop_prop_set(cut->out, uart, "clocks", lop_val_take(&clocks), span);
	put_pair(cut, uart, "clock-names", "uartclk", "apb_pclk", span);
	lop_node_add_label(cut->out, uart, "pm_uart", span);
	set_stdout(cut, uart, span);
	lop_made_machine(cut, uart);
}

/* The driver rounds to seconds, and 0 would be its default of half a minute. */
static void add_watchdog(struct lop_cut *cut, const struct lop_life *life, struct lop_span span)
{
	struct lop_node *node = lop_made_node(cut, cut->out->root, "watchdog", span);
	uint32_t seconds = life->watchdog / 1000;

	lop_made_string(cut, node, "compatible", "arm,smc-wdt", span);
	lop_made_cell(cut, node, "arm,smc-id", SMC_WATCHDOG, span);
	lop_made_cell(cut, node, "timeout-sec", seconds ? seconds : 1, span);
}

void lop_cut_machine(struct lop_cut *cut, const struct lop_domain *domain)
{
	const struct lop_manager *manager = cut->base->manager;
	const struct lop_node *intc = manager ? manager->intc : NULL;

	if (!manager)
		return;
	set_psci(cut, manager->span);
	trim_timers(cut);
	if (intc && cut->copy[intc->index])
		trim_gic(cut, domain, cut->copy[intc->index], intc);
	if (domain->life->uart)
		add_uart(cut, domain->life, domain->life->span);
	if (domain->life->watchdog)
		add_watchdog(cut, domain->life, domain->life->span);
}
