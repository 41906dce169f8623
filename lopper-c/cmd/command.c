/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of subcommands, in the order in which help shows them. */
#include "lopper-c/cmd/command.h"

#include <string.h>

#include "lopper-c/cmd/options.h"

const struct lop_command lop_commands[] = {
	{
		.name = "gen",
		.bit = LOP_FOR_GEN,
		.usage = "SYSTEM.dts|.dtb [DOMAINS.yaml ...] [-o DIR]",
		.title = "one device tree per domain; the word gen may be left out",
		.details =
			"Reads one System Device Tree and any number of domain files. Writes\n"
			"DIR/system.dts, the merged tree, and DIR/<domain>/domain.dts and\n"
			"domain.dtb for every domain; DIR is `generated` unless -o names another.\n"
			"Without a domain file the tree must have /domains itself. `-` reads\n"
			"standard input. After an error nothing is written, and a file that would\n"
			"not change is not touched.\n",
		.examples = "  sdtgen system.dts domains.yaml\n"
			    "  sdtgen gen -o out -MD -I include board.dts base.yaml board.yaml\n"
			    "  sdtgen -n --provenance system.dtb domains.yaml\n",
		.run = lop_cmd_gen,
	},
	{
		.name = "check",
		.bit = LOP_FOR_CHECK,
		.usage = "SYSTEM.dts|.dtb [DOMAINS.yaml ...]",
		.title = "everything that gen does, but for the writing",
		.details =
			"Takes the options of gen. Says nothing where nothing is wrong; with -v it\n"
			"names the domains. --list shows the rules and the codes of diagnostics.\n",
		.examples = "  sdtgen check system.dts domains.yaml\n"
			    "  sdtgen check -Werror --format=sarif system.dts domains.yaml "
			    "2>report.sarif\n"
			    "  sdtgen check --list\n",
		.run = lop_cmd_check,
	},
	{
		.name = "map",
		.bit = LOP_FOR_MAP,
		.usage = "SYSTEM.dts|.dtb [DOMAINS.yaml ...] [--json|--svg|--html] [-o FILE]",
		.title = "who has which addresses, what is free and what overlaps",
		.details =
			"One table for the machine and one for each cluster that sees it otherwise.\n"
			"Also of inputs with errors: they are reported, the map shows what could be\n"
			"read, and the exit code is 1. Without -o it goes to standard output.\n",
		.examples = "  sdtgen map system.dts domains.yaml\n"
			    "  sdtgen map --html system.dts domains.yaml -o map.html\n",
		.run = lop_cmd_map,
	},
	{
		.name = "diff",
		.bit = LOP_FOR_DIFF,
		.usage = "[--json] OLD NEW",
		.title = "what has changed between two systems, by meaning",
		.details =
			"OLD and NEW are reports, or folders that gen wrote. Says who lost or gained\n"
			"what, what moved and what has another value; where it stands in a source is\n"
			"no difference. Exit code 0: none, 1: some, 2: one of them is no report.\n",
		.examples = "  sdtgen diff generated.old generated\n"
			    "  sdtgen diff --json old/report.json new/report.json\n",
		.run = lop_cmd_diff,
	},
	{
		.name = "dtb",
		.bit = LOP_FOR_DTB,
		.usage = "[-@] FILE.dts -o FILE.dtb",
		.title = "compile one plain device tree, byte for byte as dtc does",
		.details =
			"Without -o the blob goes to standard output, unless that is a terminal.\n",
		.examples = "  sdtgen dtb board.dts -o board.dtb\n"
			    "  sdtgen dtb -@ -I include -MD board.dts -o board.dtb\n"
			    "  sdtgen dtb - <board.dts >board.dtb\n",
		.run = lop_cmd_dtb,
	},
	{
		.name = "fmt",
		.bit = LOP_FOR_FMT,
		.usage = "[--check] FILE.dts ...",
		.title = "canonical layout of device tree source; comments stay",
		.details =
			"Rewrites the files in place, all of them or none; a file that is formatted\n"
			"already is not touched. `-` formats standard input to standard output.\n",
		.examples = "  sdtgen fmt board.dts board.dtsi\n"
			    "  sdtgen fmt --check sdt/*.dts\n"
			    "  sdtgen fmt - <board.dts\n",
		.run = lop_cmd_fmt,
	},
	{
		.name = "rsc",
		.bit = LOP_FOR_RSC,
		.usage = "[--json] FIRMWARE.elf|TABLE.bin",
		.title = "show and check the resource table of a program",
		.details =
			"Prints the table in section .resource_table of an ELF file, or a file that is\n"
			"nothing but the table: memory, devices, where rings begin and end. Says what\n"
			"is wrong with it, and what does not work with every host. `-` reads standard\n"
			"input. --json prints the same for programs; -q only checks.\n",
		.examples = "  sdtgen rsc firmware.elf\n"
			    "  sdtgen rsc -q -Wall -Werror firmware.elf\n"
			    "  sdtgen rsc --json firmware.elf >table.json\n",
		.run = lop_cmd_rsc,
	},
	{
		.name = "table",
		.bit = LOP_FOR_TABLE,
		.usage = "[--json] PARTITIONS.bin",
		.title = "show the partition table of a manager",
		.details =
			"Prints what the manager is told: itself, every domain with its CPUs, memory,\n"
			"interrupts and policies, every link with its rings. A table that a manager\n"
			"would refuse is refused, with the record and the field. `-` reads standard\n"
			"input. --json prints the same for programs; -q only checks.\n",
		.examples = "  sdtgen table partitions.bin\n"
			    "  sdtgen table --json partitions.bin >partitions.json\n",
		.run = lop_cmd_table,
	},
	{
		.name = "pack",
		.bit = LOP_FOR_PACK,
		.usage = "MANAGER.elf DIR [--images DIR] -o BOOT.img | --list BOOT.img",
		.title = "join manager, table and programs into one boot image",
		.details =
			"DIR is what gen wrote for a supervised system: its partitions.bin names the\n"
			"images of the domains, which are looked for in the folders of --images, or in\n"
			"DIR. Each must be a program for its CPUs, or a file, that fits into the memory\n"
			"of its domain. The boot image is a Linux Image to boot loaders. --list shows\n"
			"what is in one, with --format=json for programs; -q only checks.\n",
		.examples = "  sdtgen pack manager.elf generated --images build -o boot.img\n"
			    "  sdtgen pack -MD manager.elf generated --images build -o boot.img\n"
			    "  sdtgen pack --list boot.img\n",
		.run = lop_cmd_pack,
	},
	{
		.name = "init",
		.bit = LOP_FOR_INIT,
		.usage = "SYSTEM.dts|.dtb [-o FILE]",
		.title = "a first domain file for a tree, to be filled in",
		.details =
			"One domain for each cluster of CPUs, with its mask and with memory that is\n"
			"free; devices, a link and a manager as comments. `check` takes it as it is.\n"
			"Without -o it goes to standard output. A file that exists is left alone\n"
			"unless --force is given.\n",
		.examples = "  sdtgen init system.dts -o domains.yaml\n",
		.run = lop_cmd_init,
	},
	{
		.name = "schema",
		.bit = LOP_FOR_SCHEMA,
		.usage = "[-o FILE]",
		.title = "JSON Schema of domain files, for editors",
		.details =
			"Made from the table that the files are read with: an editor that takes it\n"
			"completes keys, explains them and marks those that do not exist or that an\n"
			"entry lacks. Only `check` knows whether a name stands for something.\n",
		.examples = "  sdtgen schema -o domains.schema.json\n",
		.run = lop_cmd_schema,
	},
	{
		.name = "completion",
		.bit = LOP_FOR_COMPLETION,
		.usage = "bash|zsh|fish",
		.title = "what a shell needs to complete command lines",
		.details =
			"A script from the tables of commands and options. `make install` puts one\n"
			"for each shell where it looks for them.\n",
		.examples = "  . <(sdtgen completion bash)\n"
			    "  sdtgen completion fish >~/.config/fish/completions/sdtgen.fish\n",
		.run = lop_cmd_completion,
	},
	{
		.name = "explain",
		.bit = LOP_FOR_EXPLAIN,
		.usage = "[CODE ...]",
		.title = "what a diagnostic means, with an example and the fix",
		.details =
			"Without a code: all codes, what they are by default, and which of them\n"
			"--compat=lopper lets pass.\n",
		.examples = "  sdtgen explain mem-overlap\n"
			    "  sdtgen explain\n",
		.run = lop_cmd_explain,
	},
	{
		.name = "help",
		.bit = LOP_FOR_HELP,
		.usage = "[COMMAND]",
		.title = "this text, or that of a command",
		.details = "",
		.examples = "  sdtgen help gen\n",
		.run = lop_cmd_help,
	},
	{ 0 },
};

const struct lop_command *lop_command_by_name(const char *name)
{
	for (const struct lop_command *command = lop_commands; command->name; command++)
		if (!strcmp(command->name, name))
			return command;
	return NULL;
}
