/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values of amd.h out of the model: rings and buffers where they really are, the mailbox out of its
 * node.
 *
 *	ipi1: ipi@ff310000 {                    an agent: registers, interrupt and bit of one end
 *		xlnx,ipi-bitmask, xlnx,int-id, reg
 *		child@7 { xlnx,ipi-bitmask }    a channel: the bit of the agent it leads to
 *	}
 */
#include <inttypes.h>

#include "lopper-c/base/str.h"
#include "lopper-c/emit/amd.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/irq.h"

#define SPI_BASE 32u

static void add(struct lop_amd_values *values, struct lop_amd_value value)
{
	*LOP_APPEND(values->system->arena, values->list, values->n) = value;
}

static void add_hex(struct lop_amd_values *values, const char *name, uint64_t number,
		    struct lop_span span)
{
	add(values, (struct lop_amd_value){ name, LOP_AMD_HEX, number, NULL, span });
}

static void add_count(struct lop_amd_values *values, const char *name, uint64_t number,
		      struct lop_span span)
{
	add(values, (struct lop_amd_value){ name, LOP_AMD_COUNT, number, NULL, span });
}

static void add_text(struct lop_amd_values *values, const char *name, const char *text,
		     struct lop_span span)
{
	add(values, (struct lop_amd_value){ name, LOP_AMD_TEXT, 0, text, span });
}

static void add_missing(struct lop_amd_values *values, const char *name, const char *why)
{
	add(values, (struct lop_amd_value){ .name = name, .form = LOP_AMD_MISSING, .text = why });
}

/* "ff310000.ipi": what Linux calls the device of a node, and the demos do everywhere. */
static const char *device_name(const struct lop_amd_values *values, uint64_t base,
			       const struct lop_node *node)
{
	return lop_arena_printf(values->system->arena, "%" PRIx64 ".%.*s", base,
				(int)lop_node_base_len(node), node->name);
}

static const struct lop_prop *prop_of(const struct lop_amd_values *values,
				      const struct lop_node *node, const char *name)
{
	const struct lop_prop *prop = node ? lop_prop_find(values->system->tree, node, name) : NULL;

	return prop && prop->value.len >= 4 ? prop : NULL;
}

/* Where the end sees the first registers of a node; false: it does not. */
static bool registers_of(const struct lop_amd_values *values, const struct lop_node *node,
			 struct lop_range *range)
{
	const struct lop_system *system = values->system;
	const struct lop_cluster *cluster = lop_domain_cluster(values->link->end[values->end]);
	struct lop_where where;

	if (!node || !lop_reg_count(system->tree, node))
		return false;
	where = lop_reg_to_root(system->tree, node, 0);
	*range = where.range;
	if (!where.mapped || !cluster)
		return where.mapped;
	return lop_cluster_sees(system, cluster, node, where.range, range) ||
	       lop_cluster_sees_memory(system, cluster, where.range, false, range);
}

/* --- the inter-processor interrupt --- */

static bool is_agent(const struct lop_amd_values *values, const struct lop_node *node)
{
	return prop_of(values, node, "xlnx,ipi-bitmask") &&
	       lop_reg_count(values->system->tree, node);
}

/* The agent of a mailbox: the node that raises the interrupt; NULL: it is none of AMD's. */
static const struct lop_node *agent_of(const struct lop_amd_values *values,
				       const struct lop_node *mbox)
{
	if (mbox && mbox->parent && is_agent(values, mbox->parent))
		return mbox->parent;
	return mbox && is_agent(values, mbox) ? mbox : NULL;
}

static bool first_irq(const struct lop_irq *irq, void *context)
{
	*(uint32_t *)context = irq->number;
	return false;
}

/* A node as it is in the domain's tree; NULL: it is not in it. */
static const struct lop_node *copy_of(const struct lop_view *view, const struct lop_node *node)
{
	for (size_t i = 0; i < view->n_devices + view->n_depends; i++)
		if ((i < view->n_devices ? view->devices[i] : view->depends[i - view->n_devices]) ==
		    node)
			return view->copies[i];
	return NULL;
}

/* The same of an agent, which is there too where only its channel was given. */
static const struct lop_node *agent_copy(const struct lop_amd_values *values,
					 const struct lop_node *agent)
{
	const struct lop_node *copy = copy_of(values->view, agent);
	const struct lop_node *channel = values->link->mbox[values->end];

	if (copy || channel->parent != agent)
		return copy;
	copy = copy_of(values->view, channel);
	return copy ? copy->parent : NULL;
}

/* The number that the domain's interrupt controller has for it; 0: none. */
static uint32_t irq_of(const struct lop_amd_values *values, const struct lop_node *agent,
		       struct lop_span *span)
{
	const struct lop_prop *prop = prop_of(values, agent, "xlnx,int-id");
	const struct lop_node *copy;
	uint32_t number = 0;

	if (prop) {
		*span = prop->span;
		return lop_value_cell(&prop->value, 0);
	}
	copy = agent_copy(values, agent);
	if (copy)
		lop_irqs_of(values->view->tree, copy, first_irq, &number);
	*span = agent->span;
	return number;
}

/* The bit that rings the other end: of our channel, else of the other end's agent. */
static const struct lop_prop *peer_bit(const struct lop_amd_values *values,
				       const struct lop_node *agent)
{
	const struct lop_node *mbox = values->link->mbox[values->end];
	const struct lop_node *peer = agent_of(values, values->link->mbox[!values->end]);

	if (mbox && mbox != agent)
		return prop_of(values, mbox, "xlnx,ipi-bitmask");
	return peer && peer != agent ? prop_of(values, peer, "xlnx,ipi-bitmask") : NULL;
}

/* What the four values of a mailbox are called. */
struct ipi_names {
	const char *irq, *base, *mask, *device;
};

static void add_irq(struct lop_amd_values *values, const struct lop_node *agent, const char *name)
{
	const char *os = values->link->end[values->end]->os_type;
	struct lop_span span = { 0 };
	uint32_t irq = irq_of(values, agent, &span);

	if (os && lop_str_starts(os, "linux"))
		add_count(values, name, 0, span); /* Linux finds it in its tree */
	else if (!irq)
		add_missing(values, name, "its node has no interrupt");
	else if (os && lop_str_starts(os, "freertos") && irq >= SPI_BASE)
		add_count(values, name, irq - SPI_BASE, span);
	else
		add_count(values, name, irq, span);
}

static void add_ipi(struct lop_amd_values *values, const struct ipi_names *names)
{
	const struct lop_node *agent = agent_of(values, values->link->mbox[values->end]);
	const char *const all[] = { names->irq, names->base, names->mask, names->device };
	const struct lop_prop *bit;
	struct lop_range range;

	if (!agent || !registers_of(values, agent, &range)) {
		for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
			add_missing(values, all[i], "the link has no IPI mailbox at this end");
		return;
	}
	add_irq(values, agent, names->irq);
	add_hex(values, names->base, range.base, agent->span);
	bit = peer_bit(values, agent);
	if (bit)
		add_hex(values, names->mask, lop_value_cell(&bit->value, 0), bit->span);
	else
		add_missing(values, names->mask, "the other end has no mailbox of its own");
	add_text(values, names->device, device_name(values, range.base, agent), agent->span);
}

/* --- rpmsg --- */

static uint64_t end_of(struct lop_range range)
{
	return range.base + range.size;
}

/* Where the end sees a part of the link; false: it has none. */
static bool part_of(const struct lop_amd_values *values, struct lop_range part,
		    struct lop_range *seen)
{
	seen->size = part.size;
	return lop_link_address(values->system, values->link, values->end, part, &seen->base);
}

static struct lop_span span_of_part(const struct lop_link *link, unsigned part)
{
	if (link->part[part])
		return link->part[part]->span;
	return link->window_span.text ? link->window_span : link->span;
}

/* One range, rings first, then buffers up to its end: that is how programs cut it. */
static void add_shared(struct lop_amd_values *values)
{
	const struct lop_link *link = values->link;
	const char *const names[] = { "SHARED_MEM_PA", "SHARED_MEM_SIZE", "SHARED_BUF_OFFSET" };
	struct lop_range ring[2], pool;
	unsigned low;

	if (!part_of(values, link->ring[0], &ring[0]) ||
	    !part_of(values, link->ring[1], &ring[1]) || !part_of(values, link->pool, &pool) ||
	    pool.base < end_of(ring[0]) || pool.base < end_of(ring[1])) {
		for (size_t i = 0; i < 3; i++)
			add_missing(values, names[i], "the buffers do not lie behind the rings");
		return;
	}
	low = ring[1].base < ring[0].base;
	add_hex(values, names[0], ring[low].base, span_of_part(link, low));
	add_hex(values, names[1], end_of(pool) - ring[low].base, span_of_part(link, 2));
	add_hex(values, names[2], pool.base - ring[low].base, span_of_part(link, 2));
	add_text(values, "SHM_DEV_NAME",
		 link->part[low] ? device_name(values, ring[low].base, link->part[low])
				 : lop_arena_printf(values->system->arena, "%" PRIx64 ".shm",
						    ring[low].base),
		 span_of_part(link, low));
}

void lop_amd_rpmsg(struct lop_amd_values *values)
{
	static const struct ipi_names ipi = { "IPI_IRQ_VECT_ID", "POLL_BASE_ADDR",
					      "IPI_CHN_BITMASK", "IPI_DEV_NAME" };
	static const char *const rings[] = { "RING_TX", "RING_RX" }; /* of the remote */
	const struct lop_link *link = values->link;
	struct lop_range ring;

	add_ipi(values, &ipi);
	add_count(values, "NUM_VRINGS", 2, link->span);
	add_hex(values, "VRING_ALIGN", link->align, link->span);
	if (link->ring_num[0] == link->ring_num[1])
		add_count(values, "VRING_SIZE", link->ring_num[0], link->span);
	else
		add_missing(values, "VRING_SIZE", "the rings differ, see platform.h");
	for (unsigned i = 0; i < 2; i++)
		if (part_of(values, link->ring[i], &ring))
			add_hex(values, rings[i], ring.base, span_of_part(link, i));
		else
			add_missing(values, rings[i], "the domain does not see it");
	add_shared(values);
	add_text(values, "DEV_BUS_NAME", "generic", (struct lop_span){ 0 });
}

/* --- libmetal --- */

struct names {
	const char *base, *size;
};

/* A part by its node, which need not be reserved memory; false: said that it is missing. */
static bool add_part(struct lop_amd_values *values, const struct lop_node *node,
		     const struct names *names, struct lop_range *range)
{
	if (!registers_of(values, node, range)) {
		add_missing(values, names->base, "no address that the domain sees");
		add_missing(values, names->size, "no address that the domain sees");
		*range = (struct lop_range){ 0 };
		return false;
	}
	add_hex(values, names->base, range->base, node->span);
	add_hex(values, names->size, range->size, node->span);
	return true;
}

/* The first memory that the remote's program is loaded to, whichever end says it. */
static void add_image(struct lop_amd_values *values)
{
	static const struct names names = { "SHM_IMAGE_BASE", "SHM_IMAGE_SIZE" };
	const struct lop_node *image = NULL;
	struct lop_range range;

	for (unsigned end = 2; end-- > 0 && !image;) {
		const struct lop_relation *relation = values->link->relation[end];

		if (relation && relation->n_elfload)
			image = relation->elfload[0].node;
	}
	add_part(values, image, &names, &range);
}

/* Half of the data for each direction: the lower from the remote to the host, like ring 0. */
static void add_payload(struct lop_amd_values *values, struct lop_range *data)
{
	static const struct names names = { "SHM_PAYLOAD_BASE", "SHM_PAYLOAD_SIZE" };
	const struct lop_node *node = values->link->part[2];
	const bool host = values->end == LOP_HOST;
	uint64_t half;

	if (!add_part(values, node, &names, data))
		return;
	half = data->size / 2;
	add_hex(values, "SHM_PAYLOAD_HALF_SIZE", half, node->span);
	add_hex(values, "SHM_PAYLOAD_RX_OFFSET", host ? 0 : half, node->span);
	add_hex(values, "SHM_PAYLOAD_TX_OFFSET", host ? half : 0, node->span);
	add_text(values, "SHM_DEV_NAME", device_name(values, data->base, node), node->span);
}

static void add_descriptors(struct lop_amd_values *values, struct lop_range data)
{
	static const struct names names[2] = { { "SHM0_DESC_BASE", "SHM0_DESC_SIZE" },
					       { "SHM1_DESC_BASE", "SHM1_DESC_SIZE" } };
	static const char *const devices[2] = { "SHM0_DESC_DEV_NAME", "SHM1_DESC_DEV_NAME" };
	uint64_t first = data.base, end = end_of(data);
	const struct lop_node *lowest = values->link->part[2];
	struct lop_range range;

	for (unsigned i = 0; i < 2; i++) {
		const struct lop_node *node = values->link->part[i];

		if (!add_part(values, node, &names[i], &range))
			continue;
		add_text(values, devices[i], device_name(values, range.base, node), node->span);
		if (range.base < first)
			lowest = node;
		first = range.base < first ? range.base : first;
		end = end_of(range) > end ? end_of(range) : end;
	}
	if (!data.size)
		return;
	add_hex(values, "SHM_BASE_ADDR", first, lowest->span);
	add_hex(values, "SHM_SIZE", end - first, lowest->span);
}

static void add_timer(struct lop_amd_values *values)
{
	static const char *const names[] = { "TTC_DEV_NAME", "TTC_BASE_ADDR", "TTC_NODEID" };
	const struct lop_relation *relation = values->link->relation[values->end];
	const struct lop_node *timer =
		relation && relation->n_timers ? relation->timers[0].node : NULL;
	const struct lop_prop *power = prop_of(values, timer, "power-domains");
	struct lop_range range;

	if (!registers_of(values, timer, &range)) {
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			add_missing(values, names[i],
				    "the relation has no timer that the domain sees");
		return;
	}
	add_text(values, names[0], device_name(values, range.base, timer), timer->span);
	add_hex(values, names[1], range.base, timer->span);
	if (power && power->value.len >= 8)
		add_hex(values, names[2], lop_value_cell(&power->value, 1), power->span);
	else
		add_missing(values, names[2], "the timer has no power domain");
}

void lop_amd_libmetal(struct lop_amd_values *values)
{
	static const struct ipi_names ipi = { "IPI_IRQ_VECT_ID", "IPI_BASE_ADDR", "IPI_MASK",
					      "IPI_DEV_NAME" };
	const char *os = values->link->end[values->end]->os_type;
	struct lop_range data = { 0 };

	add_text(values, "BUS_NAME", os && lop_str_starts(os, "linux") ? "platform" : "generic",
		 values->link->end[values->end]->span);
	add_image(values);
	add_payload(values, &data);
	add_descriptors(values, data);
	add_timer(values);
	add_ipi(values, &ipi);
}
