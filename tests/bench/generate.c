/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes a synthetic system of about N nodes: DIR/system.dts and DIR/domains.yaml. Four clusters of
 * four CPUs, buses of a hundred labelled devices with clocks, resets and interrupts, four domains
 * that each get a fifth of the devices by name. The same N gives the same bytes.
 *
 *	generate N DIR
 */
#include <stdio.h>
#include <stdlib.h>

#define CLUSTERS    4
#define CPUS	    4
#define BUS_DEVICES 100
#define DEVICE_SIZE 0x1000u
#define FIRST_REG   0x100000000ULL

static FILE *create(const char *dir, const char *name)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	if (f == NULL) {
		perror(path);
		exit(1);
	}
	return f;
}

static void finish(FILE *f)
{
	if (ferror(f) || fclose(f) != 0) {
		perror("generate");
		exit(1);
	}
}

static void write_head(FILE *f)
{
	fputs("/dts-v1/;\n\n/ {\n"
	      "\tmodel = \"synthetic\";\n\tcompatible = \"synthetic\";\n"
	      "\t#address-cells = <2>;\n\t#size-cells = <2>;\n"
	      "\tinterrupt-parent = <&gic>;\n\n"
	      "\tgic: interrupt-controller@f9000000 {\n"
	      "\t\tcompatible = \"arm,gic-v3\";\n\t\treg = <0x0 0xf9000000 0x0 0x80000>;\n"
	      "\t\tinterrupt-controller;\n\t\t#interrupt-cells = <3>;\n\t};\n\n"
	      "\tclk: clock-controller@f8000000 {\n"
	      "\t\tcompatible = \"vendor,clock\";\n\t\treg = <0x0 0xf8000000 0x0 0x1000>;\n"
	      "\t\t#clock-cells = <1>;\n\t\t#reset-cells = <1>;\n\t};\n\n"
	      "\tmemory@0 {\n\t\tdevice_type = \"memory\";\n"
	      "\t\treg = <0x0 0x0 0x0 0x80000000>;\n\t};\n\n",
	      f);
}

static void write_cluster(FILE *f, int cluster)
{
	fprintf(f, "\tcpus_%d: cpus-cluster-%d {\n\t\tcompatible = \"cpus,cluster\";\n", cluster,
		cluster);
	fputs("\t\t#address-cells = <1>;\n\t\t#size-cells = <0>;\n", f);
	for (int cpu = 0; cpu < CPUS; cpu++) {
		fprintf(f, "\n\t\tcpu_%d_%d: cpu@%d {\n", cluster, cpu, cpu);
		fprintf(f,
			"\t\t\tcompatible = \"arm,cortex-a53\";\n\t\t\tdevice_type = \"cpu\";\n");
		fprintf(f, "\t\t\treg = <%d>;\n\t\t\tclocks = <&clk %d>;\n\t\t};\n", cpu, cpu);
	}
	fputs("\t};\n\n", f);
}

static void write_device(FILE *f, int n)
{
	unsigned long long reg = FIRST_REG + (unsigned long long)n * DEVICE_SIZE;

	fprintf(f, "\n\t\tuart%d: serial@%llx {\n", n, reg);
	fputs("\t\t\tcompatible = \"arm,pl011\", \"arm,primecell\";\n", f);
	fprintf(f, "\t\t\treg = <0x%llx 0x%08llx 0x0 0x%x>;\n", reg >> 32, reg & 0xffffffffu,
		DEVICE_SIZE);
	fprintf(f, "\t\t\tinterrupts = <0 %d 4>;\n", n % 960);
	fprintf(f, "\t\t\tclocks = <&clk %d>, <&clk %d>;\n", n, n + 1);
	fputs("\t\t\tclock-names = \"uartclk\", \"apb_pclk\";\n", f);
	fprintf(f, "\t\t\tresets = <&clk %d>;\n\t\t\tstatus = \"okay\";\n\t\t};\n", n);
}

static void write_tree(FILE *f, int devices)
{
	write_head(f);
	for (int cluster = 0; cluster < CLUSTERS; cluster++)
		write_cluster(f, cluster);
	for (int n = 0; n < devices; n++) {
		if (n % BUS_DEVICES == 0) {
			fprintf(f, "%s\tbus%d: bus-%d {\n", n > 0 ? "\t};\n\n" : "",
				n / BUS_DEVICES, n / BUS_DEVICES);
			fputs("\t\tcompatible = \"simple-bus\";\n\t\t#address-cells = <2>;\n"
			      "\t\t#size-cells = <2>;\n\t\tranges;\n",
			      f);
		}
		write_device(f, n);
	}
	fputs("\t};\n};\n", f);
}

static void write_domains(FILE *f, int devices)
{
	fputs("domains:\n", f);
	for (int d = 0; d < CLUSTERS; d++) {
		fprintf(f, "  dom%d:\n    compatible: openamp,domain-v1\n    id: %d\n", d, d + 1);
		fprintf(f, "    cpus:\n      - cluster: cpus_%d\n        cpumask: 0xf\n", d);
		fputs("        mode:\n          el: 1\n          secure: false\n    memory:\n", f);
		fprintf(f, "      - start: 0x%x\n        size: 256MiB\n    access:\n",
			(unsigned)d * 0x10000000u);
		for (int n = d; n < devices; n += CLUSTERS + 1)
			fprintf(f, "      - dev: uart%d\n", n);
	}
}

int main(int argc, char **argv)
{
	int devices = argc == 3 ? atoi(argv[1]) : 0;
	FILE *f;

	if (devices < BUS_DEVICES || devices > 1000000) {
		fprintf(stderr, "usage: generate N DIR, with N from 100 to 1000000\n");
		return 2;
	}
	f = create(argv[2], "system.dts");
	write_tree(f, devices);
	finish(f);
	f = create(argv[2], "domains.yaml");
	write_domains(f, devices);
	finish(f);
	return 0;
}
