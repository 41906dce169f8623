/* SPDX-License-Identifier: BSD-3-Clause */
/* How many regions of each kind of isolation hardware a range takes. */
#include "lopper-c/model/isolation.h"

#include "lopper-c/model/system.h"
#include "tests/unit/merge_text.h"

struct row {
	enum lop_cpu_family family;
	uint64_t base, size;
	size_t n;
};

static const struct row rows[] = {
	/* PMSAv7: powers of two, aligned to their size; */
	{ LOP_CPU_ARM_R5, 0x1000, 0x1000, 1 },
	{ LOP_CPU_ARM_R5, 0, 0x80000000, 1 },
	{ LOP_CPU_ARM_R5, 0, UINT64_C(0x100000000), 1 },
	{ LOP_CPU_ARM_R5, 0x20, 0x20, 1 },
	{ LOP_CPU_ARM_R5, 0x20, 0x40, 2 }, /* below 256 bytes there are no subregions */
	{ LOP_CPU_ARM_R5, 0x10, 0x40, 0 },
	{ LOP_CPU_ARM_R5, 0x40, 0x10, 0 },
	/* seven eighths, the upper three of eight, */
	{ LOP_CPU_ARM_R5, 0x0, 0x700, 1 },
	{ LOP_CPU_ARM_R5, 0x500, 0x300, 1 },
	/* across a border in the middle, */
	{ LOP_CPU_ARM_R5, 0x600, 0x400, 1 },
	{ LOP_CPU_ARM_R5, 0x600, 0x500, 2 },
	/* a page behind 256 KiB */
	{ LOP_CPU_ARM_R5, 0x3ed00000, 0x41000, 2 },
	/* PMP: any range in two entries */
	{ LOP_CPU_RISCV, 0x80000000, 0x200000, 1 },
	{ LOP_CPU_RISCV, 0x80100000, 0x200000, 2 },
	{ LOP_CPU_RISCV, 0x80001000, 0x7ff000, 2 },
	{ LOP_CPU_RISCV, 0x80000800, 0x1000, 0 },
	/* base and limit */
	{ LOP_CPU_ARM_R52, 0x40, 0x7ffc0, 1 },
	{ LOP_CPU_ARM_R52, 0x20, 0x40, 0 },
	{ LOP_CPU_ARM_M, 0x20000020, 0x1fe0, 1 },
	/* stage 2 */
	{ LOP_CPU_OTHER, 0x1000, 0x3000, 1 },
	{ LOP_CPU_OTHER, 0x1000, 0x3001, 0 },
	/* up to the last byte that there is */
	{ LOP_CPU_RISCV, UINT64_C(0xffffffffffff0000), 0x10000, 1 },
	{ LOP_CPU_ARM_R5, 0x1000, 0, 0 },
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct lop_cluster cluster = { .family = rows[i].family };
		const struct lop_granule granule = lop_granule_of(&cluster);
		const struct lop_range range = { rows[i].base, rows[i].size };

		if (lop_granule_count(&granule, range) != rows[i].n)
			fail_msg("row %zu: %zu", i, lop_granule_count(&granule, range));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
