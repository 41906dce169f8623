/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Prints the nodes and properties of a device tree blob, in their order, with the phandles in it as
 * the paths of what they refer to: two blobs that mean the same give the same lines, whatever
 *numbers their phandles have.
 *
 *	/axi/serial@9000000 clocks = 0000 {/clock} 0001
 *
 * A blob does not say which of its cells are phandles. A second blob does: one whose source had
 * references and was compiled with /plugin/, so that dtc listed them in /__local_fixups__. phandle
 * properties and fixups themselves are left out; labels, in /__symbols__, come last. Uses libfdt
 * only, nothing of lopper-c.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#define MAX_BLOB (16u << 20)
#define MAX_PATH 4096

struct blobs {
	const void *fdt;
	const void *fixups;
};

/* A property with the places of references in it: byte offsets, in cells. */
struct value {
	const unsigned char *bytes;
	int len;
	const fdt32_t *places;
	int n_places;
};

static bool is_left_out(const char *name)
{
	return strcmp(name, "phandle") == 0 || strcmp(name, "linux,phandle") == 0;
}

static bool is_fixups(const char *path)
{
	return strncmp(path, "/__local_fixups__", 17) == 0 || strcmp(path, "/__fixups__") == 0;
}

static void find_places(const struct blobs *b, const char *path, const char *name, struct value *v)
{
	char fixups[MAX_PATH + 32];
	int node, len = 0;

	snprintf(fixups, sizeof(fixups), "/__local_fixups__%s", strcmp(path, "/") == 0 ? "" : path);
	node = fdt_path_offset(b->fixups, fixups);
	v->places = node < 0 ? NULL : fdt_getprop(b->fixups, node, name, &len);
	v->n_places = v->places == NULL ? 0 : len / 4;
}

static bool is_reference(const struct value *v, int offset)
{
	for (int i = 0; i < v->n_places; i++)
		if (fdt32_to_cpu(v->places[i]) == (uint32_t)offset)
			return true;
	return false;
}

static void print_target(const void *fdt, const unsigned char *cell)
{
	uint32_t phandle = (uint32_t)cell[0] << 24 | (uint32_t)cell[1] << 16 |
			   (uint32_t)cell[2] << 8 | cell[3];
	int node = fdt_node_offset_by_phandle(fdt, phandle);
	char path[MAX_PATH];

	if (node < 0 || fdt_get_path(fdt, node, path, sizeof(path)) != 0)
		printf(" {nowhere: 0x%x}", phandle);
	else
		printf(" {%s}", path);
}

static void print_value(const void *fdt, const struct value *v)
{
	for (int i = 0; i < v->len;) {
		if (i + 4 <= v->len && is_reference(v, i)) {
			print_target(fdt, v->bytes + i);
			i += 4;
		} else {
			printf("%s%02x", i % 4 == 0 ? " " : "", v->bytes[i]);
			i++;
		}
	}
}

static void print_node(const struct blobs *b, int node, const char *path)
{
	int prop;

	printf("%s\n", path);
	fdt_for_each_property_offset(prop, b->fdt, node)
	{
		const char *name;
		struct value v = { 0 };

		v.bytes = fdt_getprop_by_offset(b->fdt, prop, &name, &v.len);
		if (v.bytes == NULL || is_left_out(name))
			continue;
		find_places(b, path, name, &v);
		printf("%s %s =", path, name);
		print_value(b->fdt, &v);
		printf("\n");
	}
}

static void print_reservations(const void *fdt)
{
	for (int i = 0; i < fdt_num_mem_rsv(fdt); i++) {
		uint64_t base, size;

		fdt_get_mem_rsv(fdt, i, &base, &size);
		printf("/memreserve/ 0x%llx 0x%llx\n", (unsigned long long)base,
		       (unsigned long long)size);
	}
}

static void *read_blob(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *blob = malloc(MAX_BLOB);
	size_t len;

	if (f == NULL || blob == NULL) {
		fprintf(stderr, "fdt_paths: cannot read %s\n", path);
		exit(2);
	}
	len = fread(blob, 1, MAX_BLOB, f);
	fclose(f);
	if (len < FDT_V1_SIZE || fdt_check_full(blob, len) != 0) {
		fprintf(stderr, "fdt_paths: %s is no device tree blob\n", path);
		exit(2);
	}
	return blob;
}

/* The nodes of one kind: labels stand where the one who wrote the blob put them. */
static void print_nodes(const struct blobs *b, bool symbols)
{
	char path[MAX_PATH];
	int depth = 0;

	for (int node = 0; node >= 0 && depth >= 0; node = fdt_next_node(b->fdt, node, &depth)) {
		if (fdt_get_path(b->fdt, node, path, sizeof(path)) != 0) {
			fprintf(stderr, "fdt_paths: a path is too long\n");
			exit(2);
		}
		if (!is_fixups(path) && (strcmp(path, "/__symbols__") == 0) == symbols)
			print_node(b, node, path);
	}
}

int main(int argc, char **argv)
{
	void *fdt, *fixups;

	if (argc != 3) {
		fprintf(stderr, "usage: fdt_paths FILE.dtb FIXUPS.dtb\n");
		return 2;
	}
	fdt = read_blob(argv[1]);
	fixups = read_blob(argv[2]);
	print_reservations(fdt);
	print_nodes(&(struct blobs){ fdt, fixups }, false);
	print_nodes(&(struct blobs){ fdt, fixups }, true);
	free(fdt);
	free(fixups);
	return 0;
}
