/* SPDX-License-Identifier: BSD-3-Clause */
/* The fields of a resource table by their places. */
#include "lopper-c/check/rsc_field.h"

#include <inttypes.h>

#include "ipc/abi/resource_table.h"

struct row {
	const char *name;
	uint32_t at, width;
};

/* Rows end with a name of NULL, whose place is the end of the struct. */
static const struct row header[] = { { "ver", 0, 4 },
				     { "num", 4, 4 },
				     { "reserved", 8, 4 },
				     { "reserved", 12, 4 },
				     { NULL, sizeof(struct ipc_rsc_header), 0 } };
static const struct row memory[] = { { "type", 0, 4 },
				     { "da", 4, 4 },
				     { "pa", 8, 4 },
				     { "len", 12, 4 },
				     { "flags", 16, 4 },
				     { "reserved", 20, 4 },
				     { "name", 24, IPC_RSC_NAME_SIZE },
				     { NULL, sizeof(struct ipc_rsc_memory), 0 } };
static const struct row trace[] = { { "type", 0, 4 },
				    { "da", 4, 4 },
				    { "len", 8, 4 },
				    { "reserved", 12, 4 },
				    { "name", 16, IPC_RSC_NAME_SIZE },
				    { NULL, sizeof(struct ipc_rsc_trace), 0 } };
static const struct row vdev[] = { { "type", 0, 4 },
				   { "id", 4, 4 },
				   { "notifyid", 8, 4 },
				   { "dfeatures", 12, 4 },
				   { "gfeatures", 16, 4 },
				   { "config_len", 20, 4 },
				   { "status", 24, 1 },
				   { "num_of_vrings", 25, 1 },
				   { "reserved", 26, 1 },
				   { "reserved", 27, 1 },
				   { NULL, sizeof(struct ipc_rsc_vdev), 0 } };
static const struct row vring[] = { { "da", 0, 4 },  { "align", 4, 4 },
				    { "num", 8, 4 }, { "notifyid", 12, 4 },
				    { "pa", 16, 4 }, { NULL, sizeof(struct ipc_rsc_vring), 0 } };
static const struct row vendor[] = { { "type", 0, 4 },
				     { "len", 4, 4 },
				     { NULL, sizeof(struct ipc_rsc_vendor), 0 } };

/* The row that has a byte of the struct; the last one: it lies behind. */
static const struct row *row_of(const struct row *rows, uint32_t byte)
{
	while (rows->name && byte - rows->at >= rows->width)
		rows++;
	return rows;
}

static const struct row *rows_of(uint32_t type, const char **kind)
{
	static const struct {
		const char *kind;
		const struct row *rows;
	} kinds[] = {
		[IPC_RSC_CARVEOUT] = { "carveout", memory },
		[IPC_RSC_DEVMEM] = { "devmem", memory },
		[IPC_RSC_TRACE] = { "trace", trace },
		[IPC_RSC_VDEV] = { "vdev", vdev },
	};

	*kind = type < IPC_RSC_VENDOR_FIRST ? kinds[type].kind : "vendor";
	return type < IPC_RSC_VENDOR_FIRST ? kinds[type].rows : vendor;
}

/* The last entry that begins at the byte or before it; false: none does. */
static bool entry_of(const unsigned char *table, uint32_t byte, uint32_t *entry)
{
	const uint32_t num = ipc_rsc_get_header(table).num;
	uint32_t best = 0, type;
	bool found = false;

	for (uint32_t i = 0; i < num; i++) {
		const uint32_t at = ipc_rsc_entry(table, i, &type);

		if (at > byte || (found && at < best))
			continue;
		found = true;
		best = at;
		*entry = i;
	}
	return found;
}

static struct lop_rsc_field in_header(struct lop_arena *arena, const unsigned char *table,
				      uint32_t byte)
{
	const struct row *row = row_of(header, byte);
	const uint32_t n = (byte - (uint32_t)sizeof(struct ipc_rsc_header)) / 4;

	if (row->name)
		return (struct lop_rsc_field){ lop_arena_printf(arena, "`%s`", row->name), row->at,
					       row->width };
	if (n < ipc_rsc_get_header(table).num)
		return (struct lop_rsc_field){ lop_arena_printf(arena,
								"the offset of entry %" PRIu32, n),
					       (uint32_t)sizeof(struct ipc_rsc_header) + 4 * n, 4 };
	return (struct lop_rsc_field){ lop_arena_printf(arena, "byte %" PRIu32, byte), byte, 1 };
}

/* at: of the vdev; byte: behind its head. */
static struct lop_rsc_field in_rings(struct lop_arena *arena, const unsigned char *table,
				     uint32_t at, uint32_t byte, const char *entry)
{
	const uint32_t rings = at + (uint32_t)sizeof(struct ipc_rsc_vdev);
	const uint32_t ring = (byte - rings) / (uint32_t)sizeof(struct ipc_rsc_vring);
	const uint32_t start = rings + ring * (uint32_t)sizeof(struct ipc_rsc_vring);
	const struct row *row = row_of(vring, byte - start);

	if (ring >= ipc_rsc_get_vdev(table, at).num_of_vrings)
		return (struct lop_rsc_field){
			lop_arena_printf(arena, "byte %" PRIu32 " of the configuration space of %s",
					 byte - ipc_rsc_config_offset(table, at), entry),
			byte, 1
		};
	return (struct lop_rsc_field){ lop_arena_printf(arena, "`%s` of ring %" PRIu32 " of %s",
							row->name, ring, entry),
				       start + row->at, row->width };
}

struct lop_rsc_field lop_rsc_field(struct lop_arena *arena, const unsigned char *table,
				   uint32_t byte)
{
	uint32_t n = 0, type, at;
	const struct row *row;
	const char *kind, *entry;

	if (!entry_of(table, byte, &n))
		return in_header(arena, table, byte);
	at = ipc_rsc_entry(table, n, &type);
	row = row_of(rows_of(type, &kind), byte - at);
	entry = lop_arena_printf(arena, "entry %" PRIu32 " (%s)", n, kind);
	if (row->name)
		return (struct lop_rsc_field){ lop_arena_printf(arena, "`%s` of %s", row->name,
								entry),
					       at + row->at, row->width };
	if (type == IPC_RSC_VDEV)
		return in_rings(arena, table, at, byte, entry);
	return (struct lop_rsc_field){
		lop_arena_printf(arena, "byte %" PRIu32 " of %s", byte - at, entry), byte, 1
	};
}
