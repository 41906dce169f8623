/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any bytes as an ELF file. What the reader takes, a loader may copy: every byte of
 * its segments and sections is there.
 */
#include "tests/fuzz/show_rsc.h"

#include <stdlib.h>
#include <string.h>

#include "ipc/abi/elf.h"

static void check_segments(const struct ipc_elf *elf)
{
	for (uint32_t i = 0; i < elf->phnum; i++) {
		const struct ipc_elf_segment s = ipc_elf_segment(elf, i);

		if (s.type != IPC_ELF_PT_LOAD)
			continue;
		if (s.filesz > s.memsz || s.offset > elf->size || s.filesz > elf->size - s.offset)
			abort();
		if (s.memsz &&
		    (s.paddr + (s.memsz - 1) < s.paddr || s.vaddr + (s.memsz - 1) < s.vaddr))
			abort();
	}
}

static void check_section(const struct ipc_elf *elf, const char *name)
{
	struct ipc_elf_section section;
	int error = ipc_elf_section(elf, name, &section);

	if (error) {
		if (ipc_elf_strerror(error) == ipc_elf_strerror(1))
			abort();
		return;
	}
	if (strcmp(section.name, name) != 0)
		abort();
	if (section.type != IPC_ELF_SHT_NOBITS &&
	    (section.offset > elf->size || section.size > elf->size - section.offset))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ipc_elf elf;

	if (ipc_elf_open(&elf, data, size) != IPC_ELF_OK)
		return 0;
	show_rsc(data, size);
	check_segments(&elf);
	check_section(&elf, ".resource_table");
	check_section(&elf, "");
	return 0;
}
