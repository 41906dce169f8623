/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The bytes of a resource table: memory and registers that the remote needs, trace buffer, one
 * virtio device per link of the pair, entries of vendors. Memory comes first, so that a host has
 * it when it reads on. Every da is the address at which the remote sees the thing; what has no
 * address yet is FW_RSC_ADDR_ANY, and the host chooses it.
 */
#include <assert.h>
#include <string.h>

#include "ipc/abi/resource_table.h"
#include "ipc/abi/rpmsg.h"
#include "lopper-c/emit/rsc.h"
#include "lopper-c/model/resources.h"

/* Ids of devices count down from here, those of rings up from 0: never the same (Linux gives rings
 * 0, 1, ... and OpenAMP has a bitmap of 32). */
#define VDEV_NOTIFYID 31u

static void put16(struct lop_buf *out, uint32_t v)
{
	lop_buf_putc(out, (char)(v & 0xff));
	lop_buf_putc(out, (char)(v >> 8 & 0xff));
}

static void put32(struct lop_buf *out, uint32_t v)
{
	put16(out, v & 0xffff);
	put16(out, v >> 16);
}

static void set32(struct lop_buf *out, size_t at, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		out->data[at + i] = (char)(v >> 8 * i & 0xff);
}

/* A name field: cut where it is too long, always closed. */
static void put_name(struct lop_buf *out, const char *name)
{
	size_t len = strlen(name);

	if (len > IPC_RSC_NAME_SIZE - 1)
		len = IPC_RSC_NAME_SIZE - 1;
	lop_buf_add(out, name, len);
	lop_buf_fill(out, '\0', IPC_RSC_NAME_SIZE - len);
}

static uint32_t device_address(const struct lop_system *system, const struct lop_link *link,
			       struct lop_range part)
{
	uint64_t address;

	if (link->host_places || !lop_link_address(system, link, LOP_REMOTE, part, &address) ||
	    address > UINT32_MAX)
		return IPC_RSC_ADDR_ANY;
	return (uint32_t)address;
}

static void put_trace(const struct lop_system *system, const struct lop_domain *remote,
		      struct lop_buf *out)
{
	uint64_t address = IPC_RSC_ADDR_ANY;

	lop_domain_address(system, remote, remote->life->trace, &address);
	put32(out, IPC_RSC_TRACE);
	put32(out, (uint32_t)address);
	put32(out, (uint32_t)remote->life->trace.size);
	put32(out, 0);
	put_name(out, lop_arena_printf(system->arena, "trace:%s", remote->name));
}

/* Directions are the remote's: it sends in buffers of ring 0. */
static void put_config(const struct lop_link *link, struct lop_buf *out)
{
	lop_buf_putc(out, IPC_RPMSG_CONFIG_VERSION);
	put16(out, IPC_RPMSG_CONFIG_SIZE);
	put32(out, link->buffer_size[LOP_TO_HOST]);
	put32(out, link->buffer_size[LOP_TO_REMOTE]);
	lop_buf_putc(out, 0); /* the next entry begins on a word */
}

static void put_vdev(const struct lop_system *system, const struct lop_link *link,
		     struct lop_buf *out)
{
	uint32_t features = UINT32_C(1) << IPC_RPMSG_F_NS;

	if (lop_link_says_sizes(link))
		features |= UINT32_C(1) << IPC_RPMSG_F_BUFSZ;
	put32(out, IPC_RSC_VDEV);
	put32(out, IPC_VIRTIO_ID_RPMSG);
	put32(out, VDEV_NOTIFYID - link->vdev);
	put32(out, features);
	put32(out, 0); /* gfeatures: the driver's */
	put32(out, lop_link_says_sizes(link) ? IPC_RPMSG_CONFIG_SIZE : 0);
	put32(out, UINT32_C(2) << 8); /* status 0, two rings, reserved */
	for (uint32_t i = 0; i < 2; i++) {
		put32(out, device_address(system, link, link->ring[i]));
		put32(out, link->align);
		put32(out, link->ring_num[i]);
		put32(out, 2 * link->vdev + i);
		put32(out, 0);
	}
	if (lop_link_says_sizes(link))
		put_config(link, out);
}

/* Bits of Linux's iommu_map, which is where flags of carveouts and registers end. */
#define MAP_READ   1u
#define MAP_WRITE  2u
#define MAP_NOEXEC 8u
#define MAP_DEVICE 16u

static void put_memory(const struct lop_system *system, const struct lop_pair *pair,
		       const struct lop_resource *resource, struct lop_buf *out)
{
	struct lop_range at[2] = { { 0, 0 }, { 0, 0 } };

	for (unsigned end = 0; end < 2; end++)
		if (!lop_resource_place(system, resource, pair->end[end], &at[end]) ||
		    !lop_resource_fits(at[end]))
			at[end].base = IPC_RSC_ADDR_ANY;
	put32(out, resource->registers ? IPC_RSC_DEVMEM : IPC_RSC_CARVEOUT);
	put32(out, (uint32_t)at[LOP_REMOTE].base);
	put32(out, (uint32_t)at[LOP_HOST].base);
	put32(out, (uint32_t)at[LOP_REMOTE].size);
	put32(out, MAP_READ | (resource->read_only ? 0 : MAP_WRITE) |
			   (resource->registers ? MAP_NOEXEC | MAP_DEVICE : 0));
	put32(out, 0);
	put_name(out, resource->name);
}

static void put_vendor(const struct lop_vendor *vendor, struct lop_buf *out)
{
	put32(out, vendor->id);
	put32(out, vendor->len);
	lop_buf_add(out, vendor->data, vendor->len);
	lop_buf_fill(out, '\0', -vendor->len & 3); /* the next entry begins on a word */
}

/* A table under construction: where it starts, and where its next offset stands. */
struct table {
	struct lop_buf *out;
	size_t start, offset;
};

/* The next entry begins here. */
static void begin_entry(struct table *t)
{
	set32(t->out, t->offset, (uint32_t)(t->out->len - t->start));
	t->offset += 4;
}

static void put_entries(const struct lop_system *system, const struct lop_pair *pair,
			struct table *t)
{
	const struct lop_resources *r = pair->resources;
	const struct lop_domain *remote = pair->end[LOP_REMOTE];

	for (size_t i = 0; i < r->n_carveouts; i++) {
		begin_entry(t);
		put_memory(system, pair, &r->carveouts[i], t->out);
	}
	for (size_t i = 0; i < r->n_devmem; i++) {
		begin_entry(t);
		put_memory(system, pair, &r->devmem[i], t->out);
	}
	if (remote->life->trace.size) {
		begin_entry(t);
		put_trace(system, remote, t->out);
	}
	for (size_t i = 0; i < pair->n_links; i++) {
		begin_entry(t);
		put_vdev(system, pair->links[i], t->out);
	}
	for (size_t i = 0; i < r->n_vendors; i++) {
		begin_entry(t);
		put_vendor(&r->vendors[i], t->out);
	}
}

void lop_rsc_table(const struct lop_system *system, const struct lop_pair *pair,
		   struct lop_buf *out)
{
	const struct lop_resources *r = pair->resources;
	const size_t n = r->n_carveouts + r->n_devmem + pair->n_links + r->n_vendors +
			 (pair->end[LOP_REMOTE]->life->trace.size != 0);
	struct table t = { out, out->len, out->len + sizeof(struct ipc_rsc_header) };

	put32(out, IPC_RSC_VERSION);
	put32(out, (uint32_t)n);
	put32(out, 0);
	put32(out, 0);
	lop_buf_fill(out, '\0', 4 * n);
	put_entries(system, pair, &t);
	assert(out->len - t.start == lop_pair_table_size(pair));
}
