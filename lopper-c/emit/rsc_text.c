/* SPDX-License-Identifier: BSD-3-Clause */
/* A resource table as people read it. */
#include <inttypes.h>
#include <string.h>

#include "ipc/abi/vring.h"
#include "lopper-c/diag/render.h"
#include "lopper-c/emit/inspect.h"
#include "lopper-c/emit/rsc_words.h"

#define BYTES_MAX 256u /* of a configuration space or vendor entry that are shown */

static void put_clean(struct lop_buf *out, const uint8_t *name)
{
	lop_text_clean(out, (const char *)name, strlen((const char *)name));
}

/* "da 0x3ed40000, " */
static void put_address(struct lop_buf *out, const char *what, uint32_t address)
{
	if (address == IPC_RSC_ADDR_ANY)
		lop_buf_printf(out, "%s any, ", what);
	else
		lop_buf_printf(out, "%s 0x%08" PRIx32 ", ", what, address);
}

/* "[0x3ed48000..0x3ee47fff] (1 MiB)" or "any address (1 MiB)" */
static void put_range(struct lop_buf *out, uint32_t da, uint32_t len)
{
	char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];

	if (da == IPC_RSC_ADDR_ANY)
		lop_buf_puts(out, "any address");
	else if (!len)
		lop_buf_printf(out, "0x%08" PRIx32, da);
	else
		lop_buf_puts(out, lop_range_text(lop_rsc_range(da, len), range));
	lop_buf_printf(out, " (%s)", lop_size_text(len, size));
}

static void put_bytes(struct lop_buf *out, const unsigned char *bytes, uint32_t len)
{
	const uint32_t shown = len < BYTES_MAX ? len : BYTES_MAX;

	for (uint32_t i = 0; i < shown; i++) {
		if (i % 16 == 0)
			lop_buf_printf(out, "    %04" PRIx32 ":", i);
		lop_buf_printf(out, " %02x%s", bytes[i],
			       i % 16 == 15 || i + 1 == shown ? "\n" : "");
	}
	if (shown < len)
		lop_buf_printf(out, "    ... and %" PRIu32 " more\n", len - shown);
}

/* --- entries --- */

static void put_memory(const struct lop_rsc *rsc, uint32_t at, struct lop_buf *out)
{
	const struct ipc_rsc_memory m = ipc_rsc_get_memory(rsc->table, at);

	lop_buf_puts(out, m.type == IPC_RSC_DEVMEM ? "devmem `" : "carveout `");
	put_clean(out, m.name);
	lop_buf_puts(out, "` ");
	put_range(out, m.da, m.len);
	lop_buf_puts(out, "\n    ");
	put_address(out, "da", m.da);
	put_address(out, "pa", m.pa);
	lop_buf_printf(out, "flags 0x%" PRIx32 "\n", m.flags);
}

static void put_trace(const struct lop_rsc *rsc, uint32_t at, struct lop_buf *out)
{
	const struct ipc_rsc_trace trace = ipc_rsc_get_trace(rsc->table, at);

	lop_buf_puts(out, "trace `");
	put_clean(out, trace.name);
	lop_buf_puts(out, "` ");
	put_range(out, trace.da, trace.len);
	lop_buf_putc(out, '\n');
}

static void put_features(struct lop_buf *out, const char *what, uint32_t id, uint32_t set)
{
	const char *comma = " ";

	lop_buf_printf(out, "    %s 0x%" PRIx32, what, set);
	for (unsigned bit = 0; bit < 32; bit++) {
		const char *name = lop_virtio_feature_name(id, bit);

		if (!(set >> bit & 1))
			continue;
		if (name)
			lop_buf_printf(out, "%s%s", comma, name);
		else
			lop_buf_printf(out, "%sbit %u", comma, bit);
		comma = ", ";
	}
	lop_buf_putc(out, '\n');
}

static void put_notifyid(struct lop_buf *out, uint32_t id)
{
	if (id == IPC_RSC_NOTIFY_ANY)
		lop_buf_puts(out, "notify id any");
	else
		lop_buf_printf(out, "notify id %" PRIu32, id);
}

static void put_ring(struct lop_buf *out, const struct ipc_rsc_vdev *vdev, uint32_t r,
		     const struct ipc_rsc_vring *ring)
{
	const uint32_t size = ipc_vring_size(ring->num, ring->align);
	const char *way = r ? " (host to remote)" : " (remote to host)";

	lop_buf_printf(out, "    ring %" PRIu32 "%s ", r,
		       vdev->id == IPC_VIRTIO_ID_RPMSG ? way : "");
	put_range(out, ring->da, size);
	lop_buf_printf(out,
		       "\n      %" PRIu32 " descriptors, align %" PRIu32
		       ", available ring at +0x%" PRIx32 ", used ring at +0x%" PRIx32 ", ",
		       ring->num, ring->align, ipc_vring_avail_offset(ring->num),
		       ipc_vring_used_offset(ring->num, ring->align));
	put_notifyid(out, ring->notifyid);
	if (ring->pa)
		lop_buf_printf(out, ", pa 0x%08" PRIx32, ring->pa);
	lop_buf_putc(out, '\n');
}

static void put_config(const struct lop_rsc *rsc, uint32_t at, const struct ipc_rsc_vdev *vdev,
		       struct lop_buf *out)
{
	struct ipc_rpmsg_config config;

	lop_buf_printf(out, "    configuration space, %" PRIu32 " byte%s", vdev->config_len,
		       vdev->config_len == 1 ? "" : "s");
	if (lop_rsc_bufsz(rsc->table, at, &config))
		lop_buf_printf(out,
			       ": buffers of %" PRIu32 " bytes to the host, %" PRIu32 " from it\n",
			       config.txbuf_size, config.rxbuf_size);
	else
		lop_buf_putc(out, '\n');
	put_bytes(out, rsc->table + ipc_rsc_config_offset(rsc->table, at), vdev->config_len);
}

static void put_vdev(const struct lop_rsc *rsc, uint32_t at, struct lop_buf *out)
{
	const struct ipc_rsc_vdev vdev = ipc_rsc_get_vdev(rsc->table, at);
	const char *name = lop_virtio_name(vdev.id);

	lop_buf_printf(out, "vdev %" PRIu32 "%s%s%s, ", vdev.id, name ? " (" : "", name ? name : "",
		       name ? ")" : "");
	put_notifyid(out, vdev.notifyid);
	lop_buf_printf(out, ", status 0x%x\n", vdev.status);
	put_features(out, "device features", vdev.id, vdev.dfeatures);
	put_features(out, "driver features", vdev.id, vdev.gfeatures);
	for (uint32_t r = 0; r < vdev.num_of_vrings; r++) {
		const struct ipc_rsc_vring ring = ipc_rsc_get_vring(rsc->table, at, r);

		put_ring(out, &vdev, r, &ring);
	}
	if (vdev.config_len)
		put_config(rsc, at, &vdev, out);
}

static void put_vendor(const struct lop_rsc *rsc, uint32_t at, struct lop_buf *out)
{
	const struct ipc_rsc_vendor vendor = ipc_rsc_get_vendor(rsc->table, at);
	char size[LOP_RANGE_TEXT];

	lop_buf_printf(out, "vendor entry of type %" PRIu32 ", %s\n", vendor.type,
		       lop_size_text(vendor.len, size));
	put_bytes(out, rsc->table + at + sizeof(vendor), vendor.len);
}

static void put_entry(const struct lop_rsc *rsc, uint32_t n, struct lop_buf *out)
{
	uint32_t type, at = ipc_rsc_entry(rsc->table, n, &type);

	lop_buf_printf(out, "  %" PRIu32 " at +0x%" PRIx32 ": ", n, at);
	switch (type) {
	case IPC_RSC_CARVEOUT:
	case IPC_RSC_DEVMEM:
		put_memory(rsc, at, out);
		break;
	case IPC_RSC_TRACE:
		put_trace(rsc, at, out);
		break;
	case IPC_RSC_VDEV:
		put_vdev(rsc, at, out);
		break;
	default:
		put_vendor(rsc, at, out);
	}
}

/* --- the whole --- */

static void put_elf(const struct lop_rsc *rsc, struct lop_buf *out)
{
	const struct ipc_elf *elf = &rsc->elf;
	const char *machine = lop_elf_machine_name(elf->machine);

	lop_buf_printf(out, "ELF%d, machine %u", elf->is64 ? 64 : 32, elf->machine);
	if (machine)
		lop_buf_printf(out, " (%s)", machine);
	lop_buf_printf(out, ", entry 0x%" PRIx64 "\n", elf->entry);
	lop_buf_printf(out, "section " IPC_RSC_SECTION " at 0x%" PRIx64 "%s\n", rsc->section.addr,
		       rsc->loaded ? "" : ", in no loadable segment");
	for (uint32_t i = 0; i < elf->phnum; i++) {
		const struct ipc_elf_segment s = ipc_elf_segment(elf, i);
		char range[LOP_RANGE_TEXT], size[LOP_RANGE_TEXT];

		if (s.type != IPC_ELF_PT_LOAD || !s.memsz)
			continue;
		lop_buf_printf(out, "segment %" PRIu32 " %s (%s) %c%c%c\n", i,
			       lop_range_text((struct lop_range){ s.paddr, s.memsz }, range),
			       lop_size_text(s.memsz, size), s.flags & IPC_ELF_PF_R ? 'r' : '-',
			       s.flags & IPC_ELF_PF_W ? 'w' : '-',
			       s.flags & IPC_ELF_PF_X ? 'x' : '-');
	}
}

void lop_emit_rsc_text(const struct lop_rsc *rsc, struct lop_buf *out)
{
	const struct ipc_rsc_header header = ipc_rsc_get_header(rsc->table);
	char size[LOP_RANGE_TEXT];

	if (rsc->is_elf)
		put_elf(rsc, out);
	lop_buf_printf(out, "resource table, version %" PRIu32 ", %s, %" PRIu32 " of them used\n",
		       header.ver, lop_size_text(rsc->size, size), rsc->used);
	for (uint32_t i = 0; i < header.num; i++)
		put_entry(rsc, i, out);
	if (!header.num)
		lop_buf_puts(out, "  no entries\n");
}
