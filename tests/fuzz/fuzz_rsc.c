/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any bytes as a resource table. What the validator takes can be walked to its end,
 * and whatever it is, shown.
 */
#include "tests/fuzz/show_rsc.h"

#include <stdlib.h>

#include "ipc/abi/resource_table.h"
#include "ipc/abi/vring.h"

static void check_vdev(const uint8_t *data, uint32_t used, uint32_t at)
{
	const struct ipc_rsc_vdev vdev = ipc_rsc_get_vdev(data, at);

	for (uint32_t r = 0; r < vdev.num_of_vrings; r++) {
		const struct ipc_rsc_vring ring = ipc_rsc_get_vring(data, at, r);
		const uint32_t size = ipc_vring_size(ring.num, ring.align);

		if (ring.da != IPC_RSC_ADDR_ANY && ring.da + (size - 1) < ring.da)
			abort();
	}
	if (ipc_rsc_config_offset(data, at) + vdev.config_len > used)
		abort();
}

static void check_entry(const uint8_t *data, uint32_t used, uint32_t n)
{
	uint32_t type, at = ipc_rsc_entry(data, n, &type);

	switch (type) {
	case IPC_RSC_CARVEOUT:
	case IPC_RSC_DEVMEM:
		if (ipc_rsc_get_memory(data, at).name[IPC_RSC_NAME_SIZE - 1] && at > used)
			abort();
		break;
	case IPC_RSC_TRACE:
		ipc_rsc_get_trace(data, at);
		break;
	case IPC_RSC_VDEV:
		check_vdev(data, used, at);
		break;
	default:
		if (at + sizeof(struct ipc_rsc_vendor) + ipc_rsc_get_vendor(data, at).len > used)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ipc_rsc_place where = { 0 };
	uint32_t used = 0;
	int error = ipc_rsc_check(data, size, &where, &used);

	/* The help on rings that overlap reads them; other errors end at their text. */
	if (!error || error == IPC_RSC_OVERLAP)
		show_rsc(data, size);
	if (error) {
		if (where.field == NULL || ipc_rsc_strerror(error) == ipc_rsc_strerror(1))
			abort();
		return 0;
	}
	if (used > size)
		abort();
	for (uint32_t i = 0; i < ipc_rsc_get_header(data).num; i++)
		check_entry(data, used, i);
	return 0;
}
