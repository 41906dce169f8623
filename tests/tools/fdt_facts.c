/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Prints what a device tree blob says about the hardware, one fact a line, in a form that does not
 * depend on node names, phandle numbers or the nesting of buses: two descriptions of one machine
 * give the same lines once sorted.
 *
 *	arm,pl011@9000000 reg[0] 0x9000000 0x1000
 *	arm,pl011@9000000 interrupts[0] arm,gic-v3 0x0 0x1 0x4
 *
 * A node is known by its first compatible string (or device_type) and the address of its first
 * register range as the root node sees it. Uses libfdt only, nothing of lopper-c.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#define MAX_CELLS 4
#define MAX_BLOB  (16u << 20)

struct cells {
	const fdt32_t *at;
	int left;
};

/* A property as cells; none where the node does not have it. */
static struct cells cells_of(const void *fdt, int node, const char *name)
{
	int len = 0;
	const void *data = fdt_getprop(fdt, node, name, &len);
	struct cells c = { data, data == NULL ? 0 : len / 4 };

	return c;
}

static uint32_t cell_of(const void *fdt, int node, const char *name, uint32_t otherwise)
{
	struct cells c = cells_of(fdt, node, name);

	return c.left > 0 ? fdt32_to_cpu(c.at[0]) : otherwise;
}

/* #address-cells and the like; a count beyond what a number holds ends the program. */
static int count_of(const void *fdt, int node, const char *name, uint32_t otherwise)
{
	uint32_t n = cell_of(fdt, node, name, otherwise);

	if (n > MAX_CELLS) {
		fprintf(stderr, "fdt_facts: %s of %u cells\n", name, n);
		exit(2);
	}
	return (int)n;
}

static uint64_t take(struct cells *c, int n)
{
	uint64_t value = 0;

	for (; n > 0 && c->left > 0; n--, c->at++, c->left--)
		value = value << 32 | fdt32_to_cpu(*c->at);
	return value;
}

/* Does one entry of the bus's ranges hold addr? Moves it to the parent's view. */
static bool through_ranges(const void *fdt, int bus, uint64_t *addr)
{
	int len = 0;
	int up = fdt_parent_offset(fdt, bus);
	int child_cells = count_of(fdt, bus, "#address-cells", 2);
	int size_cells = count_of(fdt, bus, "#size-cells", 1);
	int parent_cells = count_of(fdt, up, "#address-cells", 2);
	struct cells c;

	if (fdt_getprop(fdt, bus, "ranges", &len) == NULL)
		return false;
	c = cells_of(fdt, bus, "ranges");
	if (len == 0)
		return true;
	while (c.left >= child_cells + parent_cells + size_cells) {
		uint64_t child = take(&c, child_cells);
		uint64_t parent = take(&c, parent_cells);
		uint64_t size = take(&c, size_cells);

		if (*addr >= child && *addr - child < size) {
			*addr += parent - child;
			return true;
		}
	}
	return false;
}

/* The address as the root sees it; as it stands where a bus on the way maps nothing (CPUs). */
static uint64_t root_address(const void *fdt, int node, uint64_t addr)
{
	uint64_t here = addr;
	int bus = fdt_parent_offset(fdt, node);

	for (; bus > 0; bus = fdt_parent_offset(fdt, bus)) {
		if (!through_ranges(fdt, bus, &here))
			return addr;
	}
	return here;
}

static const char *kind_of(const void *fdt, int node)
{
	const char *kind = fdt_getprop(fdt, node, "compatible", NULL);

	if (kind == NULL)
		kind = fdt_getprop(fdt, node, "device_type", NULL);
	return kind == NULL ? "?" : kind;
}

static void print_name(const void *fdt, int node, const char *what)
{
	struct cells reg = cells_of(fdt, node, "reg");
	int up = fdt_parent_offset(fdt, node);

	printf("%s", kind_of(fdt, node));
	if (reg.left > 0) {
		uint64_t addr = take(&reg, count_of(fdt, up, "#address-cells", 2));

		printf("@%" PRIx64, root_address(fdt, node, addr));
	}
	printf(" %s", what);
}

static void print_cells(struct cells *c, int n)
{
	for (; n > 0 && c->left > 0; n--)
		printf(" 0x%" PRIx64, take(c, 1));
}

static void print_reg(const void *fdt, int node)
{
	struct cells reg = cells_of(fdt, node, "reg");
	int up = fdt_parent_offset(fdt, node);
	int address_cells = count_of(fdt, up, "#address-cells", 2);
	int size_cells = count_of(fdt, up, "#size-cells", 1);

	for (int i = 0; address_cells > 0 && reg.left >= address_cells + size_cells; i++) {
		uint64_t addr = take(&reg, address_cells);

		print_name(fdt, node, "reg");
		printf("[%d] 0x%" PRIx64 " 0x%" PRIx64 "\n", i, root_address(fdt, node, addr),
		       take(&reg, size_cells));
	}
}

/* The node that interrupts of node go to, by the nearest interrupt-parent above; -1 for none. */
static int controller_of(const void *fdt, int node)
{
	for (; node >= 0; node = fdt_parent_offset(fdt, node)) {
		struct cells c = cells_of(fdt, node, "interrupt-parent");

		if (c.left > 0)
			return fdt_node_offset_by_phandle(fdt, fdt32_to_cpu(c.at[0]));
	}
	return -1;
}

static void print_interrupts(const void *fdt, int node)
{
	struct cells c = cells_of(fdt, node, "interrupts");
	int controller = c.left > 0 ? controller_of(fdt, node) : -1;
	int n = controller >= 0 ? count_of(fdt, controller, "#interrupt-cells", 1) : c.left;

	for (int i = 0; n > 0 && c.left >= n; i++) {
		print_name(fdt, node, "interrupts");
		printf("[%d] %s", i, controller >= 0 ? kind_of(fdt, controller) : "nowhere");
		print_cells(&c, n);
		printf("\n");
	}
}

static void print_interrupt_map(const void *fdt, int node)
{
	struct cells map = cells_of(fdt, node, "interrupt-map");
	struct cells mask = cells_of(fdt, node, "interrupt-map-mask");
	int child = count_of(fdt, node, "#address-cells", 0) +
		    count_of(fdt, node, "#interrupt-cells", 1);

	if (mask.left > 0) {
		print_name(fdt, node, "interrupt-map-mask");
		print_cells(&mask, child);
		printf("\n");
	}
	while (map.left > child) {
		int controller;

		print_name(fdt, node, "interrupt-map");
		print_cells(&map, child);
		controller = fdt_node_offset_by_phandle(fdt, (uint32_t)take(&map, 1));
		if (controller < 0) {
			printf(" nowhere\n");
			return;
		}
		printf(" %s", kind_of(fdt, controller));
		print_cells(&map, count_of(fdt, controller, "#address-cells", 0) +
					  count_of(fdt, controller, "#interrupt-cells", 1));
		printf("\n");
	}
}

/* Windows of a bus; the empty form says only that addresses stay as they are. */
static void print_ranges(const void *fdt, int node)
{
	struct cells c = cells_of(fdt, node, "ranges");
	int up = fdt_parent_offset(fdt, node);
	int n = c.left == 0 ? 0
			    : count_of(fdt, node, "#address-cells", 2) +
				      count_of(fdt, node, "#size-cells", 1) +
				      count_of(fdt, up, "#address-cells", 2);

	while (n > 0 && c.left >= n) {
		print_name(fdt, node, "ranges");
		print_cells(&c, n);
		printf("\n");
	}
}

static void print_facts(const void *fdt, int node)
{
	print_reg(fdt, node);
	print_ranges(fdt, node);
	print_interrupts(fdt, node);
	print_interrupt_map(fdt, node);
}

static void *read_blob(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *blob = malloc(MAX_BLOB);
	size_t len;

	if (f == NULL || blob == NULL) {
		fprintf(stderr, "fdt_facts: cannot read %s\n", path);
		exit(2);
	}
	len = fread(blob, 1, MAX_BLOB, f);
	fclose(f);
	if (len < FDT_V1_SIZE || fdt_check_full(blob, len) != 0) {
		fprintf(stderr, "fdt_facts: %s is no device tree blob\n", path);
		exit(2);
	}
	return blob;
}

int main(int argc, char **argv)
{
	void *fdt;
	int node, depth = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: fdt_facts FILE.dtb\n");
		return 2;
	}
	fdt = read_blob(argv[1]);
	for (node = fdt_next_node(fdt, 0, &depth); node >= 0 && depth > 0;
	     node = fdt_next_node(fdt, node, &depth))
		print_facts(fdt, node);
	free(fdt);
	return 0;
}
