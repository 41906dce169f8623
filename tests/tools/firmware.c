/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes the inputs of `sdtgen rsc`, `table` and `pack` without a cross compiler.
 *
 *	firmware KIND FILE [PATCH ...]
 *
 * rsc: a resource table; elf32, elf64: a program of one segment that holds it in its section
 * .resource_table; table: a partition table; manager, program, linux: what pack joins with that
 * table, an ELF file of one segment, one of two, and an Image; remote: the program with the table's
 * resource table; boot: a boot image of them. What comes out is sound unless a PATCH says
 * otherwise:
 *
 *	OFFSET:WIDTH=VALUE   WIDTH bytes, little endian, from the start of the resource table, the
 *	                     partition table or the image directory, whose checksums are made anew
 *	file+OFFSET:WIDTH=VALUE   from the start of the file, checksum left alone
 *	cut=SIZE             the file ends here
 *
 * Places: vdev 36, ring0 64, ring1 84, carveout 115, trace 171, vendor 219.
 */
#include <stdbool.h>
#include <stdio.h>

#include "tests/unit/good_boot.h"

enum {
	ENTRIES = 4,
	VDEV = 16 + 4 * 5,
	RING0 = VDEV + 28,
	RING1 = RING0 + 20,
	CONFIG = RING1 + 20,
	CARVEOUT = CONFIG + 11,
	TRACE = CARVEOUT + 56,
	VENDOR = TRACE + 48,
	RSC_SIZE = VENDOR + 8 + 5,
};

static _Alignas(8) unsigned char file[65536];
static size_t size;  /* of the file */
static size_t table; /* where the table begins in it */

static void put_ring(unsigned char *at, uint32_t da, uint32_t notifyid)
{
	put32(at, da);
	put32(at + 4, 4096);
	put32(at + 8, 256);
	put32(at + 12, notifyid);
}

static void put_vdev(unsigned char *rsc)
{
	put32(rsc + VDEV, IPC_RSC_VDEV);
	put32(rsc + VDEV + 4, 7);
	put32(rsc + VDEV + 8, 31);
	put32(rsc + VDEV + 12, 3);
	put32(rsc + VDEV + 20, 11);
	rsc[VDEV + 25] = 2;
	put_ring(rsc + RING0, 0x3ed40000, 2);
	put_ring(rsc + RING1, 0x3ed44000, 3);
	rsc[CONFIG] = 1;
	put16(rsc + CONFIG + 1, 11);
	put32(rsc + CONFIG + 3, 1024);
	put32(rsc + CONFIG + 7, 512);
}

static void put_rsc(unsigned char *rsc)
{
	static const uint32_t offsets[ENTRIES] = { VDEV, CARVEOUT, TRACE, VENDOR };

	put32(rsc, 1);
	put32(rsc + 4, ENTRIES);
	for (unsigned i = 0; i < ENTRIES; i++)
		put32(rsc + 16 + 4 * i, offsets[i]);
	put_vdev(rsc);
	put32(rsc + CARVEOUT, IPC_RSC_CARVEOUT);
	put32(rsc + CARVEOUT + 4, 0x3ed48000);
	put32(rsc + CARVEOUT + 8, 0x3ed48000);
	put32(rsc + CARVEOUT + 12, 0x100000);
	memcpy(rsc + CARVEOUT + 24, "vdev0buffer", 11);
	put32(rsc + TRACE, IPC_RSC_TRACE);
	put32(rsc + TRACE + 4, 0x3ed00800);
	put32(rsc + TRACE + 8, 0x800);
	memcpy(rsc + TRACE + 16, "log", 3);
	put32(rsc + VENDOR, 128);
	put32(rsc + VENDOR + 4, 5);
	memcpy(rsc + VENDOR + 8, "\1\2\xfe\xff\0", 5);
	table = (size_t)(rsc - file);
	size = table + RSC_SIZE;
}

static bool is64;

static void put_word(unsigned char *header, unsigned at32, unsigned at64, uint64_t v)
{
	if (is64)
		put64(header + at64, v);
	else
		put32(header + at32, (uint32_t)v);
}

static void put_section(unsigned char *h, uint32_t name, uint32_t type, uint64_t at, uint64_t len)
{
	put32(h, name);
	put32(h + 4, type);
	put_word(h, 12, 16, type == 1 ? 0x3ed00100 : 0);
	put_word(h, 16, 24, at);
	put_word(h, 20, 32, len);
}

/* Header, program header, text of which the table is a part, names, section headers. */
static void put_elf(void)
{
	static const char names[] = "\0.resource_table\0.shstrtab";
	const uint16_t eh = is64 ? 64 : 52, ph = is64 ? 56 : 32, sh = is64 ? 64 : 40;
	const unsigned text = 256, names_at = 1024, sections = 1056;

	memcpy(file, is64 ? "\177ELF\2\1\1" : "\177ELF\1\1\1", 7);
	put16(file + 16, 2);
	put16(file + 18, is64 ? 183 : 40);
	put32(file + 20, 1);
	put_word(file, 24, 24, 0x3ed00000);
	put_word(file, 28, 32, eh);
	put_word(file, 32, 40, sections);
	put16(file + (is64 ? 52 : 40), eh);
	put16(file + (is64 ? 54 : 42), ph);
	put16(file + (is64 ? 56 : 44), 1);
	put16(file + (is64 ? 58 : 46), sh);
	put16(file + (is64 ? 60 : 48), 3);
	put16(file + (is64 ? 62 : 50), 2);
	put32(file + eh, 1);
	put32(file + eh + (is64 ? 4 : 24), 7);
	put_word(file + eh, 4, 8, text);
	put_word(file + eh, 8, 16, 0x3ed00000);
	put_word(file + eh, 12, 24, 0x3ed00000);
	put_word(file + eh, 16, 32, names_at - text);
	put_word(file + eh, 20, 40, 0x1000);
	put_rsc(file + text + 0x100);
	memcpy(file + names_at, names, sizeof(names));
	put_section(file + sections + sh, 1, 1, table, RSC_SIZE);
	put_section(file + sections + 2 * sh, 17, 3, names_at, sizeof(names));
	size = sections + 3u * sh;
}

/* --- what becomes a boot image --- */

enum { MANAGER = 0x40200000, MANAGER_SIZE = 4096 };

static void put_manager(void)
{
	const struct made_elf elf = {
		.is64 = true,
		.machine = IPC_ELF_AARCH64,
		.entry = MANAGER,
		.segments = { { IPC_ELF_PF_R | IPC_ELF_PF_W | IPC_ELF_PF_X, MANAGER, MANAGER,
				MANAGER_SIZE, MANAGER_SIZE } },
		.n_segments = 1,
	};

	size = make_elf(&elf, file);
	put32(file + size - MANAGER_SIZE + PM_LINUX_MAGIC, PM_LINUX_ARM64);
}

static void put_program(void)
{
	const uint32_t rx = IPC_ELF_PF_R | IPC_ELF_PF_X, rw = IPC_ELF_PF_R | IPC_ELF_PF_W;
	const struct made_elf elf = {
		.is64 = true,
		.machine = IPC_ELF_AARCH64,
		.entry = 0x48000040,
		.segments = { { rx, 0x48000000, 0x48000000, 256, 256 },
			      { rw, 0x48001000, 0x48001000, 64, 0x1000 } },
		.n_segments = 2,
	};

	size = make_elf(&elf, file);
}

/* The program again, behind it the resource table of the good table, names and sections. */
static void put_remote(void)
{
	static const char names[] = "\0.resource_table.linux\0.shstrtab\0.resource_table";
	static struct good_table good;
	size_t names_at;

	put_program();
	is64 = true;
	good_table_make(&good);
	table = size;
	memcpy(file + table, good.bytes + good.links[0].pristine, GOOD_RSC_SIZE);
	names_at = table + GOOD_RSC_SIZE;
	memcpy(file + names_at, names, sizeof(names));
	size = (names_at + sizeof(names) + 7) / 8 * 8;
	put64(file + 40, size);
	put16(file + 58, 64);
	put16(file + 60, 3);
	put16(file + 62, 2);
	put_section(file + size + 64, 33, 1, table, GOOD_RSC_SIZE);
	put_section(file + size + 128, 23, 3, names_at, sizeof(names));
	size += 3 * 64;
}

static void put_boot(void)
{
	struct good_boot *boot = (struct good_boot *)(void *)(file + MANAGER_SIZE);

	make_linux(file, PM_LINUX_ARM64, MANAGER_SIZE, MANAGER - 0x40000000, 0xe00000);
	good_boot_make(boot);
	boot->header.load = MANAGER + MANAGER_SIZE;
	good_boot_sum(boot);
	table = MANAGER_SIZE;
	size = MANAGER_SIZE + boot->header.total;
}

/* Patches change what the checksums say. */
static void sum(const char *kind)
{
	if (!strcmp(kind, "table"))
		put32(file + 12, pm_table_checksum((const void *)file));
	else if (!strcmp(kind, "boot"))
		good_boot_sum((struct good_boot *)(void *)(file + MANAGER_SIZE));
}

static bool make(const char *kind)
{
	static const struct {
		const char *kind;
		void (*put)(void);
	} rows[] = {
		{ "manager", put_manager },
		{ "program", put_program },
		{ "remote", put_remote },
		{ "boot", put_boot },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(kind, rows[i].kind) != 0)
			continue;
		rows[i].put();
		return true;
	}
	is64 = !strcmp(kind, "elf64");
	if (!strcmp(kind, "rsc")) {
		put_rsc(file);
	} else if (is64 || !strcmp(kind, "elf32")) {
		put_elf();
	} else if (!strcmp(kind, "table")) {
		good_table_make((struct good_table *)(void *)file);
		size = sizeof(struct good_table);
	} else if (!strcmp(kind, "linux")) {
		size = 4096;
		make_linux(file, PM_LINUX_ARM64, size, 0, 0x100000);
	} else {
		return false;
	}
	return true;
}

/* False for a patch that makes no sense. */
static bool patch(const char *kind, const char *text)
{
	const bool of_file = !strncmp(text, "file+", 5);
	char *end;
	unsigned long at = strtoul(text + (of_file		      ? 5
					   : strncmp(text, "cut=", 4) ? 0
								      : 4),
				   &end, 0);
	unsigned long width, value;

	if (!strncmp(text, "cut=", 4)) {
		size = at;
		return !*end;
	}
	if (*end != ':')
		return false;
	width = strtoul(end + 1, &end, 0);
	at += of_file ? 0 : table;
	if (*end != '=' || width > 8 || at + width > sizeof(file))
		return false;
	value = strtoul(end + 1, &end, 0);
	for (unsigned long i = 0; i < width; i++)
		file[at + i] = (unsigned char)(value >> 8 * i);
	if (!of_file)
		sum(kind);
	return !*end;
}

int main(int argc, char *argv[])
{
	FILE *out;
	bool ok = argc >= 3 && make(argv[1]);

	for (int i = 3; ok && i < argc; i++)
		ok = patch(argv[1], argv[i]);
	if (!ok) {
		fprintf(stderr, "usage: firmware KIND FILE [PATCH ...]\n");
		return 2;
	}
	out = fopen(argv[2], "wb");
	if (out == NULL || fwrite(file, 1, size, out) != size || fclose(out) != 0) {
		perror(argv[2]);
		return 1;
	}
	return 0;
}
