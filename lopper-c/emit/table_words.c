/* SPDX-License-Identifier: BSD-3-Clause */
/* Tables from numbers to names, of partition tables. */
#include "lopper-c/emit/table_words.h"

#include <stddef.h>

const char *lop_pm_isa(uint32_t isa)
{
	static const char *const names[] = {
		[PM_ISA_ARM64] = "arm64",
		[PM_ISA_RISCV64] = "riscv64",
		[PM_ISA_ARMV8M] = "armv8m",
	};

	return names[isa];
}

const char *lop_pm_uart(uint32_t kind)
{
	static const char *const names[] = {
		[PM_UART_NONE] = "none",
		[PM_UART_PL011] = "pl011",
		[PM_UART_16550] = "16550",
		[PM_UART_CMSDK] = "cmsdk",
	};

	return names[kind];
}

const char *lop_pm_intc(uint32_t kind)
{
	static const char *const names[] = {
		[PM_INTC_NONE] = "none", [PM_INTC_GICV2] = "gicv2", [PM_INTC_GICV3] = "gicv3",
		[PM_INTC_PLIC] = "plic", [PM_INTC_NVIC] = "nvic",
	};

	return names[kind];
}

const char *lop_pm_os(uint32_t os)
{
	static const char *const names[] = {
		[PM_OS_BAREMETAL] = "baremetal",
		[PM_OS_LINUX] = "linux",
		[PM_OS_RTOS] = "rtos",
	};

	return names[os];
}

const char *lop_pm_restart(uint32_t restart)
{
	static const char *const names[] = {
		[PM_RESTART_NEVER] = "never",
		[PM_RESTART_ON_FAULT] = "on-fault",
		[PM_RESTART_ALWAYS] = "always",
	};

	return names[restart];
}

const char *lop_pm_console(uint32_t console)
{
	static const char *const names[] = {
		[PM_CONSOLE_NONE] = "none",
		[PM_CONSOLE_VIRTUAL] = "virtual",
		[PM_CONSOLE_PASSTHROUGH] = "passthrough",
	};

	return names[console];
}

const char *lop_pm_region(uint32_t kind)
{
	static const char *const names[] = {
		[PM_REGION_MEMORY] = "memory",	 [PM_REGION_DEVICE] = "device",
		[PM_REGION_WINDOW] = "window",	 [PM_REGION_DOORBELL] = "doorbell",
		[PM_REGION_CONSOLE] = "console", [PM_REGION_SHARED] = "shared",
		[PM_REGION_SLOT] = "slot",	 [PM_REGION_INTC] = "intc",
	};

	return names[kind];
}

const char *lop_pm_type(uint32_t type)
{
	static const char *const names[] = {
		[PM_TYPE_WRITE_BACK] = "write-back",
		[PM_TYPE_NON_CACHEABLE] = "non-cacheable",
		[PM_TYPE_DEVICE] = "device",
	};

	return names[type];
}

const char *lop_pm_image(uint32_t kind)
{
	static const char *const names[] = {
		[PM_IMAGE_PROGRAM] = "program",
		[PM_IMAGE_INITRD] = "initrd",
		[PM_IMAGE_DTB] = "dtb",
		[PM_IMAGE_RAW] = "raw",
	};

	return names[kind];
}

const char *lop_pm_format(uint32_t format)
{
	static const char *const names[] = {
		[PM_FORMAT_RAW] = "raw",
		[PM_FORMAT_ELF] = "elf",
		[PM_FORMAT_ARM64_IMAGE] = "arm64-image",
		[PM_FORMAT_RISCV_IMAGE] = "riscv-image",
	};

	return names[format];
}

const char *const lop_pm_rights[] = { "query", "start", "stop", "load", NULL };

const char *lop_pm_owner(const struct pm_table *table, uint32_t domain)
{
	if (domain == PM_NONE)
		return "manager";
	return pm_table_text(table, pm_table_domain(table, domain)->name);
}
