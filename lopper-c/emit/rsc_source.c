/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A resource table as C: the header has the types and the addresses, the source the table itself.
 * Both are printed from the bytes of the table and need nothing of ours to compile.
 */
#include <stdio.h>

#include "ipc/abi/resource_table.h"
#include "ipc/abi/rpmsg.h"
#include "ipc/abi/vring.h"
#include "lopper-c/base/str.h"
#include "lopper-c/emit/emit.h"
#include "lopper-c/emit/names.h"
#include "lopper-c/emit/rsc.h"

static const char *kind_name(uint32_t type)
{
	static const char *const names[] = {
		[IPC_RSC_CARVEOUT] = "carveout",
		[IPC_RSC_DEVMEM] = "devmem",
		[IPC_RSC_TRACE] = "trace",
		[IPC_RSC_VDEV] = "vdev",
	};

	return type >= IPC_RSC_VENDOR_FIRST ? "vendor" : names[type];
}

/* The name of the n-th entry as a member: trace0, vdev0, vdev1. */
static void put_member(const struct lop_rsc_source *s, uint32_t n, struct lop_buf *out)
{
	uint32_t type, other, count = 0;
	const char *name;

	ipc_rsc_entry(s->table, n, &type);
	name = kind_name(type);
	for (uint32_t i = 0; i < n; i++) {
		ipc_rsc_entry(s->table, i, &other);
		count += kind_name(other) == name;
	}
	lop_buf_printf(out, "%s%u", name, count);
}

/* --- the header --- */

static const char word_types[] =
	"/* The layout of remoteproc's resource table, version 1: little endian, packed. */\n"
	"struct %s_vring {\n"
	"\tuint32_t da;       /* of the ring, as the remote sees it */\n"
	"\tuint32_t align;    /* of the used ring, bytes */\n"
	"\tuint32_t num;      /* descriptors */\n"
	"\tuint32_t notifyid;\n"
	"\tuint32_t reserved; /* the host writes the physical address */\n"
	"};\n\n"
	"struct %s {\n"
	"\tuint32_t ver, num, reserved[2];\n"
	"\tuint32_t offset[%u];\n";

static void put_vdev_type(const struct lop_rsc_source *s, uint32_t offset, const char *type,
			  struct lop_buf *out)
{
	struct ipc_rsc_vdev vdev = ipc_rsc_get_vdev(s->table, offset);

	lop_buf_printf(out,
		       "\tstruct {\n"
		       "\t\tuint32_t type, id, notifyid, dfeatures, gfeatures, config_len;\n"
		       "\t\tuint8_t status, num_of_vrings, reserved[2];\n"
		       "\t\tstruct %s_vring vring[%u];\n",
		       type, vdev.num_of_vrings);
	if (vdev.config_len)
		lop_buf_puts(out, "\t\tuint8_t config_version, config_size[2];\n"
				  "\t\tuint8_t txbuf_size[4], rxbuf_size[4]; /* of the remote */\n"
				  "\t\tuint8_t padding;\n");
	lop_buf_puts(out, "\t} ");
}

/* Data up to a whole word; none: no member, C has no empty arrays. */
static void put_vendor_type(const struct lop_rsc_source *s, uint32_t offset, struct lop_buf *out)
{
	const struct ipc_rsc_vendor vendor = ipc_rsc_get_vendor(s->table, offset);

	lop_buf_puts(out, "\tstruct {\n\t\tuint32_t type, len;\n");
	if (vendor.len)
		lop_buf_printf(out, "\t\tuint8_t data[%u]; /* %u of them, then zeros */\n",
			       (vendor.len + 3) / 4 * 4, vendor.len);
	lop_buf_puts(out, "\t} ");
}

static void put_type(const struct lop_rsc_source *s, uint32_t kind, uint32_t offset,
		     const char *type, struct lop_buf *out)
{
	if (kind == IPC_RSC_VDEV)
		put_vdev_type(s, offset, type, out);
	else if (kind == IPC_RSC_TRACE)
		lop_buf_puts(out, "\tstruct {\n\t\tuint32_t type, da, len, reserved;\n"
				  "\t\tuint8_t name[32];\n\t} ");
	else if (kind >= IPC_RSC_VENDOR_FIRST)
		put_vendor_type(s, offset, out);
	else
		lop_buf_puts(out, "\tstruct {\n\t\tuint32_t type, da, pa, len, flags, reserved;\n"
				  "\t\tuint8_t name[32];\n\t} ");
}

static void put_types(const struct lop_rsc_source *s, const char *type, struct lop_buf *out)
{
	uint32_t num = ipc_rsc_get_header(s->table).num;

	lop_buf_printf(out, word_types, type, type, num);
	for (uint32_t i = 0; i < num; i++) {
		uint32_t kind, offset = ipc_rsc_entry(s->table, i, &kind);

		put_type(s, kind, offset, type, out);
		put_member(s, i, out);
		lop_buf_puts(out, ";\n");
	}
	lop_buf_printf(out, "} __attribute__((packed, aligned(8)));\n\nextern struct %s %s;\n",
		       type, type);
}

static void put_vdev_numbers(const struct lop_rsc_source *s, uint32_t offset, const char *prefix,
			     struct lop_buf *out)
{
	struct ipc_rsc_vdev vdev = ipc_rsc_get_vdev(s->table, offset);

	lop_buf_printf(out, "#define %s_NOTIFYID %u\n", prefix, vdev.notifyid);
	for (uint32_t i = 0; i < vdev.num_of_vrings; i++) {
		struct ipc_rsc_vring ring = ipc_rsc_get_vring(s->table, offset, i);

		lop_buf_printf(out,
			       "#define %s_VRING%u_DA 0x%x /* %s */\n"
			       "#define %s_VRING%u_ALIGN 0x%x\n"
			       "#define %s_VRING%u_NUM %u\n"
			       "#define %s_VRING%u_NOTIFYID %u\n",
			       prefix, i, ring.da, i ? "host to remote" : "remote to host", prefix,
			       i, ring.align, prefix, i, ring.num, prefix, i, ring.notifyid);
	}
}

static void put_numbers(const struct lop_rsc_source *s, const char *macro, struct lop_buf *out)
{
	uint32_t num = ipc_rsc_get_header(s->table).num, vdevs = 0;
	char prefix[LOP_MACRO_MAX + 8];

	lop_buf_printf(out, "#define %s_SIZE %zu /* bytes of the table */\n", macro, s->size);
	for (uint32_t i = 0; i < num; i++) {
		uint32_t kind, offset = ipc_rsc_entry(s->table, i, &kind);

		if (kind != IPC_RSC_VDEV)
			continue;
		snprintf(prefix, sizeof(prefix), "%s_VDEV%u", macro, vdevs++);
		put_vdev_numbers(s, offset, prefix, out);
	}
	lop_buf_putc(out, '\n');
}

void lop_rsc_header(const struct lop_rsc_source *s, struct lop_buf *out)
{
	char type[LOP_MACRO_MAX], macro[LOP_MACRO_MAX];

	lop_c_name("rsc", s->peer, type);
	lop_c_macro("RSC", s->peer, macro);
	lop_buf_printf(out,
		       "/*\n * The resource table between the host %s and the remote %s, made by "
		       "sdtgen.\n * Do not edit.\n */\n"
		       "#ifndef %s_H\n#define %s_H\n\n",
		       s->host, s->remote, macro, macro);
	put_numbers(s, macro, out);
	lop_buf_puts(out, "#ifndef __ASSEMBLER__\n#include <stdint.h>\n\n");
	put_types(s, type, out);
	lop_buf_puts(out, "#endif\n\n#endif\n");
}

/* --- the source --- */

static void put_name_value(const uint8_t *name, struct lop_buf *out)
{
	lop_buf_putc(out, '"');
	for (; *name; name++)
		lop_buf_printf(out,
			       *name >= ' ' && *name < 0x7f && *name != '"' && *name != '\\'
				       ? "%c"
				       : "\\%03o",
			       *name);
	lop_buf_putc(out, '"');
}

static void put_trace_value(const struct lop_rsc_source *s, uint32_t offset, struct lop_buf *out)
{
	struct ipc_rsc_trace trace = ipc_rsc_get_trace(s->table, offset);

	lop_buf_printf(out, "{\n\t\t.type = %u, /* trace */\n\t\t.da = 0x%x,\n\t\t.len = 0x%x,\n",
		       trace.type, trace.da, trace.len);
	lop_buf_puts(out, "\t\t.name = ");
	put_name_value(trace.name, out);
	lop_buf_puts(out, ",\n\t},\n");
}

static void put_memory_value(const struct lop_rsc_source *s, uint32_t offset, struct lop_buf *out)
{
	const struct ipc_rsc_memory m = ipc_rsc_get_memory(s->table, offset);

	lop_buf_printf(out,
		       "{\n\t\t.type = %u, /* %s */\n\t\t.da = 0x%x,\n\t\t.pa = 0x%x,\n"
		       "\t\t.len = 0x%x,\n\t\t.flags = 0x%x,\n\t\t.name = ",
		       m.type, kind_name(m.type), m.da, m.pa, m.len, m.flags);
	put_name_value(m.name, out);
	lop_buf_puts(out, ",\n\t},\n");
}

static void put_vendor_value(const struct lop_rsc_source *s, uint32_t offset, struct lop_buf *out)
{
	const struct ipc_rsc_vendor vendor = ipc_rsc_get_vendor(s->table, offset);
	const unsigned char *data = s->table + offset + sizeof(vendor);

	lop_buf_printf(out, "{\n\t\t.type = %u, /* vendor */\n\t\t.len = %u,\n", vendor.type,
		       vendor.len);
	if (vendor.len)
		lop_buf_puts(out, "\t\t.data = {");
	for (uint32_t i = 0; i < vendor.len; i++)
		lop_buf_printf(out, "%s0x%02x,", i % 12 ? " " : "\n\t\t\t", data[i]);
	if (vendor.len)
		lop_buf_puts(out, "\n\t\t},\n");
	lop_buf_puts(out, "\t},\n");
}

static void put_config_value(const unsigned char *config, struct lop_buf *out)
{
	lop_buf_printf(out, "\t\t.config_version = %u,\n\t\t.config_size = { %u, %u },\n",
		       config[0], config[1], config[2]);
	lop_buf_printf(out, "\t\t.txbuf_size = { 0x%02x, 0x%02x, 0x%02x, 0x%02x },\n", config[3],
		       config[4], config[5], config[6]);
	lop_buf_printf(out, "\t\t.rxbuf_size = { 0x%02x, 0x%02x, 0x%02x, 0x%02x },\n", config[7],
		       config[8], config[9], config[10]);
}

static void put_features(uint32_t features, struct lop_buf *out)
{
	lop_buf_printf(out, "\t\t.dfeatures = 0x%x, /* name service%s */\n", features,
		       features >> IPC_RPMSG_F_BUFSZ & 1 ? ", buffer sizes in config" : "");
}

static void put_vdev_value(const struct lop_rsc_source *s, uint32_t offset, struct lop_buf *out)
{
	struct ipc_rsc_vdev vdev = ipc_rsc_get_vdev(s->table, offset);

	lop_buf_printf(out,
		       "{\n\t\t.type = %u, /* virtio device */\n\t\t.id = %u, /* rpmsg */\n"
		       "\t\t.notifyid = %u,\n",
		       vdev.type, vdev.id, vdev.notifyid);
	put_features(vdev.dfeatures, out);
	lop_buf_printf(out, "\t\t.config_len = %u,\n\t\t.num_of_vrings = %u,\n\t\t.vring = {\n",
		       vdev.config_len, vdev.num_of_vrings);
	for (uint32_t i = 0; i < vdev.num_of_vrings; i++) {
		struct ipc_rsc_vring ring = ipc_rsc_get_vring(s->table, offset, i);

		lop_buf_printf(out,
			       "\t\t\t{ .da = 0x%x, .align = 0x%x, .num = %u, .notifyid = %u }, "
			       "/* %s */\n",
			       ring.da, ring.align, ring.num, ring.notifyid,
			       i ? "host to remote" : "remote to host");
	}
	lop_buf_puts(out, "\t\t},\n");
	if (vdev.config_len)
		put_config_value(s->table + ipc_rsc_config_offset(s->table, offset), out);
	lop_buf_puts(out, "\t},\n");
}

static void put_value(const struct lop_rsc_source *s, uint32_t kind, uint32_t offset,
		      struct lop_buf *out)
{
	if (kind == IPC_RSC_VDEV)
		put_vdev_value(s, offset, out);
	else if (kind == IPC_RSC_TRACE)
		put_trace_value(s, offset, out);
	else if (kind >= IPC_RSC_VENDOR_FIRST)
		put_vendor_value(s, offset, out);
	else
		put_memory_value(s, offset, out);
}

void lop_rsc_body(const struct lop_rsc_source *s, struct lop_buf *out)
{
	struct ipc_rsc_header header = ipc_rsc_get_header(s->table);
	char type[LOP_MACRO_MAX], macro[LOP_MACRO_MAX];

	lop_c_name("rsc", s->peer, type);
	lop_c_macro("RSC", s->peer, macro);
	lop_buf_printf(
		out,
		"/* The resource table between the host %s and the remote %s, made by sdtgen. "
		"Do not edit. */\n"
		"#include \"rsc-%s.h\"\n\n"
		"_Static_assert(sizeof(struct %s) == (%s_SIZE + 7) / 8 * 8, \"the "
		"table as made\");\n\n",
		s->host, s->remote, s->peer, type, macro);
	lop_buf_printf(out, "__attribute__((section(\"%s\"), used))\nstruct %s %s = {\n",
		       s->section, type, type);
	lop_buf_printf(out, "\t.ver = %u,\n\t.num = %u,\n\t.offset = {", header.ver, header.num);
	for (uint32_t i = 0; i < header.num; i++) {
		uint32_t kind;

		lop_buf_printf(out, "%s %u", i ? "," : "", ipc_rsc_entry(s->table, i, &kind));
	}
	lop_buf_puts(out, " },\n");
	for (uint32_t i = 0; i < header.num; i++) {
		uint32_t kind, offset = ipc_rsc_entry(s->table, i, &kind);

		lop_buf_puts(out, "\t.");
		put_member(s, i, out);
		lop_buf_puts(out, " = ");
		put_value(s, kind, offset, out);
	}
	lop_buf_puts(out, "};\n");
}
