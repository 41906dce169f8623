/* SPDX-License-Identifier: BSD-3-Clause */
/* A resource table as JSON, schema sdtgen-rsc-1. */
#include <stdio.h>

#include "ipc/abi/vring.h"
#include "lopper-c/diag/jsonw.h"
#include "lopper-c/emit/inspect.h"
#include "lopper-c/emit/rsc_words.h"

/* null: the other side chooses. */
static void put_address(struct lop_jsonw *j, const char *key, uint32_t address)
{
	if (address == IPC_RSC_ADDR_ANY)
		lop_jsonw_null(j, key);
	else
		lop_jsonw_hex(j, key, address);
}

static void put_notifyid(struct lop_jsonw *j, uint32_t id)
{
	if (id == IPC_RSC_NOTIFY_ANY)
		lop_jsonw_null(j, "notifyid");
	else
		lop_jsonw_number(j, "notifyid", id);
}

/* All bytes as hexadecimal digits. */
static void put_bytes(struct lop_jsonw *j, const char *key, const unsigned char *bytes,
		      uint32_t len)
{
	struct lop_buf text = { 0 };

	for (uint32_t i = 0; i < len; i++)
		lop_buf_printf(&text, "%02x", bytes[i]);
	lop_jsonw_text(j, key, lop_buf_cstr(&text));
	lop_buf_free(&text);
}

static void put_memory(const struct lop_rsc *rsc, uint32_t at, struct lop_jsonw *j)
{
	const struct ipc_rsc_memory m = ipc_rsc_get_memory(rsc->table, at);

	lop_jsonw_text(j, "type", m.type == IPC_RSC_DEVMEM ? "devmem" : "carveout");
	lop_jsonw_text(j, "name", (const char *)m.name);
	put_address(j, "da", m.da);
	put_address(j, "pa", m.pa);
	lop_jsonw_number(j, "size", m.len);
	lop_jsonw_hex(j, "flags", m.flags);
}

static void put_trace(const struct lop_rsc *rsc, uint32_t at, struct lop_jsonw *j)
{
	const struct ipc_rsc_trace trace = ipc_rsc_get_trace(rsc->table, at);

	lop_jsonw_text(j, "type", "trace");
	lop_jsonw_text(j, "name", (const char *)trace.name);
	put_address(j, "da", trace.da);
	lop_jsonw_number(j, "size", trace.len);
}

static void put_features(struct lop_jsonw *j, const char *key, uint32_t id, uint32_t set)
{
	lop_jsonw_open(j, key, '[', true);
	for (unsigned bit = 0; bit < 32; bit++) {
		const char *name = lop_virtio_feature_name(id, bit);

		if (!(set >> bit & 1))
			continue;
		lop_jsonw_open(j, NULL, '{', true);
		lop_jsonw_number(j, "bit", bit);
		if (name)
			lop_jsonw_text(j, "name", name);
		else
			lop_jsonw_null(j, "name");
		lop_jsonw_close(j, '}');
	}
	lop_jsonw_close(j, ']');
}

static void put_ring(struct lop_jsonw *j, const struct ipc_rsc_vring *ring)
{
	lop_jsonw_open(j, NULL, '{', true);
	put_address(j, "da", ring->da);
	lop_jsonw_number(j, "size", ipc_vring_size(ring->num, ring->align));
	lop_jsonw_number(j, "num", ring->num);
	lop_jsonw_number(j, "align", ring->align);
	lop_jsonw_number(j, "avail_offset", ipc_vring_avail_offset(ring->num));
	lop_jsonw_number(j, "used_offset", ipc_vring_used_offset(ring->num, ring->align));
	put_notifyid(j, ring->notifyid);
	lop_jsonw_hex(j, "pa", ring->pa);
	lop_jsonw_close(j, '}');
}

static void put_config(const struct lop_rsc *rsc, uint32_t at, const struct ipc_rsc_vdev *vdev,
		       struct lop_jsonw *j)
{
	struct ipc_rpmsg_config config;

	put_bytes(j, "config", rsc->table + ipc_rsc_config_offset(rsc->table, at),
		  vdev->config_len);
	if (!lop_rsc_bufsz(rsc->table, at, &config)) {
		lop_jsonw_null(j, "buffers");
		return;
	}
	lop_jsonw_open(j, "buffers", '{', true);
	lop_jsonw_number(j, "to_host_size", config.txbuf_size);
	lop_jsonw_number(j, "to_remote_size", config.rxbuf_size);
	lop_jsonw_close(j, '}');
}

static void put_vdev(const struct lop_rsc *rsc, uint32_t at, struct lop_jsonw *j)
{
	const struct ipc_rsc_vdev vdev = ipc_rsc_get_vdev(rsc->table, at);
	const char *name = lop_virtio_name(vdev.id);

	lop_jsonw_text(j, "type", "vdev");
	lop_jsonw_number(j, "id", vdev.id);
	if (name)
		lop_jsonw_text(j, "device", name);
	else
		lop_jsonw_null(j, "device");
	put_notifyid(j, vdev.notifyid);
	lop_jsonw_number(j, "status", vdev.status);
	put_features(j, "device_features", vdev.id, vdev.dfeatures);
	put_features(j, "driver_features", vdev.id, vdev.gfeatures);
	lop_jsonw_open(j, "rings", '[', true);
	for (uint32_t r = 0; r < vdev.num_of_vrings; r++) {
		const struct ipc_rsc_vring ring = ipc_rsc_get_vring(rsc->table, at, r);

		put_ring(j, &ring);
	}
	lop_jsonw_close(j, ']');
	put_config(rsc, at, &vdev, j);
}

static void put_vendor(const struct lop_rsc *rsc, uint32_t at, struct lop_jsonw *j)
{
	const struct ipc_rsc_vendor vendor = ipc_rsc_get_vendor(rsc->table, at);

	lop_jsonw_text(j, "type", "vendor");
	lop_jsonw_number(j, "number", vendor.type);
	put_bytes(j, "data", rsc->table + at + sizeof(vendor), vendor.len);
}

static void put_entry(const struct lop_rsc *rsc, uint32_t n, struct lop_jsonw *j)
{
	uint32_t type, at = ipc_rsc_entry(rsc->table, n, &type);

	lop_jsonw_open(j, NULL, '{', true);
	lop_jsonw_number(j, "offset", at);
	switch (type) {
	case IPC_RSC_CARVEOUT:
	case IPC_RSC_DEVMEM:
		put_memory(rsc, at, j);
		break;
	case IPC_RSC_TRACE:
		put_trace(rsc, at, j);
		break;
	case IPC_RSC_VDEV:
		put_vdev(rsc, at, j);
		break;
	default:
		put_vendor(rsc, at, j);
	}
	lop_jsonw_close(j, '}');
}

static void put_segments(const struct ipc_elf *elf, struct lop_jsonw *j)
{
	lop_jsonw_open(j, "segments", '[', true);
	for (uint32_t i = 0; i < elf->phnum; i++) {
		const struct ipc_elf_segment s = ipc_elf_segment(elf, i);

		if (s.type != IPC_ELF_PT_LOAD)
			continue;
		lop_jsonw_open(j, NULL, '{', true);
		lop_jsonw_hex(j, "address", s.paddr);
		lop_jsonw_hex(j, "virtual_address", s.vaddr);
		lop_jsonw_number(j, "file_size", s.filesz);
		lop_jsonw_number(j, "size", s.memsz);
		lop_jsonw_flag(j, "read", s.flags & IPC_ELF_PF_R);
		lop_jsonw_flag(j, "write", s.flags & IPC_ELF_PF_W);
		lop_jsonw_flag(j, "execute", s.flags & IPC_ELF_PF_X);
		lop_jsonw_close(j, '}');
	}
	lop_jsonw_close(j, ']');
}

static void put_elf(const struct lop_rsc *rsc, struct lop_jsonw *j)
{
	const char *machine = lop_elf_machine_name(rsc->elf.machine);

	if (!rsc->is_elf) {
		lop_jsonw_null(j, "elf");
		return;
	}
	lop_jsonw_open(j, "elf", '{', true);
	lop_jsonw_number(j, "class", rsc->elf.is64 ? 64 : 32);
	lop_jsonw_number(j, "machine", rsc->elf.machine);
	if (machine)
		lop_jsonw_text(j, "machine_name", machine);
	else
		lop_jsonw_null(j, "machine_name");
	lop_jsonw_hex(j, "entry", rsc->elf.entry);
	lop_jsonw_hex(j, "section_address", rsc->section.addr);
	lop_jsonw_flag(j, "section_loaded", rsc->loaded);
	put_segments(&rsc->elf, j);
	lop_jsonw_close(j, '}');
}

void lop_emit_rsc_json(const struct lop_rsc *rsc, struct lop_buf *out)
{
	const struct ipc_rsc_header header = ipc_rsc_get_header(rsc->table);
	struct lop_jsonw j = { .out = out };

	lop_jsonw_open(&j, NULL, '{', true);
	lop_jsonw_text(&j, "schema", LOP_RSC_SCHEMA);
	lop_jsonw_text(&j, "file", rsc->path);
	put_elf(rsc, &j);
	lop_jsonw_number(&j, "version", header.ver);
	lop_jsonw_number(&j, "size", rsc->size);
	lop_jsonw_number(&j, "used", rsc->used);
	lop_jsonw_open(&j, "entries", '[', true);
	for (uint32_t i = 0; i < header.num; i++)
		put_entry(rsc, i, &j);
	lop_jsonw_close(&j, ']');
	lop_jsonw_close(&j, '}');
}
