/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The bytes of a resource table: trace buffer, then one virtio device per link of the pair. Every
 * da is the address at which the remote sees the thing; what has no address yet is FW_RSC_ADDR_ANY,
 * and the host chooses it.
 */
#include <string.h>

#include "ipc/abi/resource_table.h"
#include "ipc/abi/rpmsg.h"
#include "lopper-c/emit/rsc.h"

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

/* Another size than the one that everybody assumes has to be said. */
static bool has_config(const struct lop_link *link)
{
	return link->buffer_size[0] != IPC_RPMSG_BUFFER_SIZE ||
	       link->buffer_size[1] != IPC_RPMSG_BUFFER_SIZE;
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

	if (has_config(link))
		features |= UINT32_C(1) << IPC_RPMSG_F_BUFSZ;
	put32(out, IPC_RSC_VDEV);
	put32(out, IPC_VIRTIO_ID_RPMSG);
	put32(out, VDEV_NOTIFYID - link->vdev);
	put32(out, features);
	put32(out, 0); /* gfeatures: the driver's */
	put32(out, has_config(link) ? IPC_RPMSG_CONFIG_SIZE : 0);
	put32(out, UINT32_C(2) << 8); /* status 0, two rings, reserved */
	for (uint32_t i = 0; i < 2; i++) {
		put32(out, device_address(system, link, link->ring[i]));
		put32(out, link->align);
		put32(out, link->ring_num[i]);
		put32(out, 2 * link->vdev + i);
		put32(out, 0);
	}
	if (has_config(link))
		put_config(link, out);
}

void lop_rsc_table(const struct lop_system *system, const struct lop_pair *pair,
		   struct lop_buf *out)
{
	const bool trace = pair->end[LOP_REMOTE]->life->trace.size != 0;
	const size_t n = pair->n_links + trace, start = out->len;
	size_t offset = start + sizeof(struct ipc_rsc_header);

	put32(out, IPC_RSC_VERSION);
	put32(out, (uint32_t)n);
	put32(out, 0);
	put32(out, 0);
	lop_buf_fill(out, '\0', 4 * n);
	if (trace) {
		set32(out, offset, (uint32_t)(out->len - start));
		offset += 4;
		put_trace(system, pair->end[LOP_REMOTE], out);
	}
	for (size_t i = 0; i < pair->n_links; i++, offset += 4) {
		set32(out, offset, (uint32_t)(out->len - start));
		put_vdev(system, pair->links[i], out);
	}
}
