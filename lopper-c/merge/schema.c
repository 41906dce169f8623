/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of keys. Rows only; what a key does stands in the file of that key. */
#include "lopper-c/merge/schema.h"

#include <string.h>

#include "lopper-c/base/str.h"

const struct lop_key lop_keys[] = {
	{ LOP_IN_TOP, "domains", LOP_KEY_MAP, "the domains, by name" },
	{ LOP_IN_TOP, "resource_groups", LOP_KEY_MAP, "resources that several domains include" },
	{ LOP_IN_TOP, "reserved-memory", LOP_KEY_MAP, "regions taken out of physical memory" },
	{ LOP_IN_TOP, "chosen", LOP_KEY_MAP, "/chosen of the default domain" },
	{ LOP_IN_TOP, "aliases", LOP_KEY_MAP, "short names of nodes" },
	{ LOP_IN_TOP, "definitions", LOP_KEY_ANY, "a place for anchors; not part of the tree" },
	{ LOP_IN_TOP, "links", LOP_KEY_MAP, "rpmsg links between domains, by name" },
	{ LOP_IN_TOP, "manager", LOP_KEY_MAP, "the partition manager that isolates the domains" },
	{ LOP_IN_TOP, "compatible", LOP_KEY_TEXT, "the kind of this file; no property" },

	{ LOP_IN_DOMAIN, "compatible", LOP_KEY_TEXT, "openamp,domain-v1 unless given" },
	{ LOP_IN_DOMAIN, "id", LOP_KEY_NUMBER, "number of the domain, unique" },
	{ LOP_IN_DOMAIN, "os,type", LOP_KEY_TEXT, "what runs in it: linux, zephyr, baremetal, .." },
	{ LOP_IN_DOMAIN, "parent", LOP_KEY_TEXT, "domain that this one is a part of, or auto" },
	{ LOP_IN_DOMAIN, "lopper,activate", LOP_KEY_TEXT, "condition whose properties apply" },
	{ LOP_IN_DOMAIN, "domains", LOP_KEY_MAP, "domains nested in this one" },
	{ LOP_IN_DOMAIN, "cpus", LOP_KEY_LIST, "CPUs: cluster, cpumask and mode of each entry" },
	{ LOP_IN_DOMAIN, "memory", LOP_KEY_LIST, "memory ranges, or '*' for all memory" },
	{ LOP_IN_DOMAIN, "sram", LOP_KEY_LIST, "on-chip memory: ranges, or names of nodes" },
	{ LOP_IN_DOMAIN, "access", LOP_KEY_LIST, "devices, by name, label, path or pattern" },
	{ LOP_IN_DOMAIN, "include", LOP_KEY_TEXT, "names of resource groups" },
	{ LOP_IN_DOMAIN, "reserved-memory", LOP_KEY_ANY, "names of reserved-memory regions" },
	{ LOP_IN_DOMAIN, "chosen", LOP_KEY_MAP, "/chosen of this domain" },
	{ LOP_IN_DOMAIN, "flags", LOP_KEY_MAP, "named sets of flags" },
	{ LOP_IN_DOMAIN, "access-implicit-default", LOP_KEY_FLAGS, "flags of every access entry" },
	{ LOP_IN_DOMAIN, "memory-implicit-default", LOP_KEY_FLAGS, "flags of every memory entry" },
	{ LOP_IN_DOMAIN, "sram-implicit-default", LOP_KEY_FLAGS, "flags of every sram entry" },
	{ LOP_IN_DOMAIN, "firewallconf", LOP_KEY_LIST, "whom the bus firewalls keep out" },
	{ LOP_IN_DOMAIN, "firewallconfig", LOP_KEY_LIST, "another spelling of firewallconf" },
	{ LOP_IN_DOMAIN, "domain-to-domain", LOP_KEY_MAP, "relations to other domains" },
	{ LOP_IN_DOMAIN, "linker", LOP_KEY_MAP, "where the sections of the program go" },
	{ LOP_IN_DOMAIN, "linker_file_output_name", LOP_KEY_STRINGS, "name of the linker script" },
	{ LOP_IN_DOMAIN, "linker_memories", LOP_KEY_LIST, "memories the linker script lists" },
	{ LOP_IN_DOMAIN, "mpu-policy", LOP_KEY_LIST, "rights on a memory: readable, .." },
	{ LOP_IN_DOMAIN, "zephyr-version", LOP_KEY_TEXT, "version that the output is for" },
	{ LOP_IN_DOMAIN, "image", LOP_KEY_STRINGS, "program: an ELF file, an Image, or raw" },
	{ LOP_IN_DOMAIN, "initrd", LOP_KEY_STRINGS, "initial RAM disk of a Linux image" },
	{ LOP_IN_DOMAIN, "bootargs", LOP_KEY_STRINGS, "kernel command line; bootargs of chosen" },
	{ LOP_IN_DOMAIN, "load", LOP_KEY_LIST, "further files, each put at an address" },
	{ LOP_IN_DOMAIN, "entry", LOP_KEY_BYTES, "address of the first instruction" },
	{ LOP_IN_DOMAIN, "autostart", LOP_KEY_SWITCH, "start it with the system; true" },
	{ LOP_IN_DOMAIN, "start-after", LOP_KEY_DOMAINS, "domains that are started before it" },
	{ LOP_IN_DOMAIN, "restart", LOP_KEY_ANY, "never, on-fault, always; or policy, limit, .." },
	{ LOP_IN_DOMAIN, "watchdog", LOP_KEY_TIME, "it is dead if it is silent for so long" },
	{ LOP_IN_DOMAIN, "console", LOP_KEY_CHOICE, "whose UART its output goes to" },
	{ LOP_IN_DOMAIN, "trace", LOP_KEY_BYTES, "size of its trace buffer" },
	{ LOP_IN_DOMAIN, "image-slot", LOP_KEY_BYTES, "room for an image loaded at run time" },
	{ LOP_IN_DOMAIN, "manages", LOP_KEY_DOMAINS, "domains it may start, stop and load" },
	{ LOP_IN_DOMAIN, "cluster_cpu", LOP_KEY_TEXT, "label of the CPU; informative" },
	{ LOP_IN_DOMAIN, "cpu_config_str", LOP_KEY_TEXT, "split or lockstep; informative" },
	{ LOP_IN_DOMAIN, "rpu_pd_val", LOP_KEY_ANY, "power domain of the core; informative" },
	{ LOP_IN_DOMAIN, "core_num", LOP_KEY_ANY, "number of the core; informative" },
	{ LOP_IN_DOMAIN, "label", LOP_KEY_TEXT, "label of the domain's node" },
	{ LOP_IN_DOMAIN, "status", LOP_KEY_TEXT, "okay or disabled" },
	{ LOP_IN_DOMAIN, "description", LOP_KEY_TEXT, "for people" },
	{ LOP_IN_DOMAIN, "aliases", LOP_KEY_MAP, "aliases of the board, in an inventory" },
	{ LOP_IN_DOMAIN, "model", LOP_KEY_TEXT, "name of the board, in an inventory" },
	{ LOP_IN_DOMAIN, "board", LOP_KEY_TEXT, "board, in an inventory" },
	{ LOP_IN_DOMAIN, "soc_family", LOP_KEY_TEXT, "chip family, in an inventory" },
	{ LOP_IN_DOMAIN, "#address-cells", LOP_KEY_NUMBER, "cells of addresses of nested domains" },
	{ LOP_IN_DOMAIN, "#size-cells", LOP_KEY_NUMBER, "cells of sizes of nested domains" },

	{ LOP_IN_CPU, "cluster", LOP_KEY_TEXT, "label or name of the cpus,cluster node" },
	{ LOP_IN_CPU, "dev", LOP_KEY_TEXT, "the same as cluster" },
	{ LOP_IN_CPU, "cpumask", LOP_KEY_NUMBER, "bit n: the CPU whose reg is n" },
	{ LOP_IN_CPU, "mode", LOP_KEY_ANY, "secure, lockstep, el" },
	{ LOP_IN_CPU, "secure", LOP_KEY_BOOL, "belongs into mode; accepted here" },
	{ LOP_IN_CPU, "lockstep", LOP_KEY_BOOL, "belongs into mode; accepted here" },
	{ LOP_IN_CPU, "el", LOP_KEY_NUMBER, "belongs into mode; accepted here" },
	{ LOP_IN_CPU, "cluster_cpu", LOP_KEY_TEXT, "label of the CPU; informative" },
	{ LOP_IN_CPU, "spec_name", LOP_KEY_TEXT, "name in the vendor's tool; informative" },
	{ LOP_IN_CPU, "label", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_CPU, "source", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_CPU, "compatible", LOP_KEY_TEXT, "informative, in an inventory" },

	{ LOP_IN_MODE, "secure", LOP_KEY_BOOL, "runs in the secure state" },
	{ LOP_IN_MODE, "lockstep", LOP_KEY_BOOL, "the CPUs of the cluster run in lockstep" },
	{ LOP_IN_MODE, "el", LOP_KEY_NUMBER, "highest exception level: 0 to 3" },

	{ LOP_IN_MEMORY, "start", LOP_KEY_SIZE, "first address" },
	{ LOP_IN_MEMORY, "size", LOP_KEY_SIZE, "length in bytes" },
	{ LOP_IN_MEMORY, "guest-address", LOP_KEY_SIZE, "where the domain sees it, by a manager" },
	{ LOP_IN_MEMORY, "dev", LOP_KEY_TEXT, "name of the memory; gives the range if alone" },
	{ LOP_IN_MEMORY, "flags", LOP_KEY_FLAGS, "flags of this range" },
	{ LOP_IN_MEMORY, "label", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_MEMORY, "spec_name", LOP_KEY_TEXT, "name in the vendor's tool; informative" },
	{ LOP_IN_MEMORY, "source", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_MEMORY, "status", LOP_KEY_TEXT, "informative" },

	{ LOP_IN_ACCESS, "dev", LOP_KEY_TEXT, "name, label, path or pattern of devices" },
	{ LOP_IN_ACCESS, "flags", LOP_KEY_FLAGS, "flags of this device" },
	{ LOP_IN_ACCESS, "label", LOP_KEY_TEXT, "decides between nodes of one name" },
	{ LOP_IN_ACCESS, "spec_name", LOP_KEY_TEXT, "name in the vendor's tool; informative" },
	{ LOP_IN_ACCESS, "source", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_ACCESS, "status", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_ACCESS, "pm_node", LOP_KEY_TEXT, "name of the power node; informative" },
	{ LOP_IN_ACCESS, "bootph", LOP_KEY_TEXT, "boot phase; informative" },

	{ LOP_IN_FIREWALL, "domain", LOP_KEY_TEXT, "domain or bus master; all if missing" },
	{ LOP_IN_FIREWALL, "block", LOP_KEY_ANY, "always, never, or a priority" },

	{ LOP_IN_RELATION, "remote", LOP_KEY_TEXT, "the domain that this one hosts" },
	{ LOP_IN_RELATION, "host", LOP_KEY_TEXT, "the domain that hosts this one" },
	{ LOP_IN_RELATION, "elfload", LOP_KEY_LIST, "memories the remote's program is loaded to" },
	{ LOP_IN_RELATION, "carveouts", LOP_KEY_LIST, "reserved-memory of the link" },
	{ LOP_IN_RELATION, "mbox", LOP_KEY_TEXT, "mailbox of the link" },
	{ LOP_IN_RELATION, "timer", LOP_KEY_TEXT, "timer of the link" },
	{ LOP_IN_RELATION, "compatible", LOP_KEY_TEXT, "kind of relation" },
	{ LOP_IN_RELATION, "cluster_cpu", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_RELATION, "rpu_pd_val", LOP_KEY_ANY, "informative" },
	{ LOP_IN_RELATION, "cpu_config_str", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_RELATION, "core_num", LOP_KEY_ANY, "informative" },
	{ LOP_IN_RELATION, "openamp-xlnx-native", LOP_KEY_ANY, "of older files; ignored" },

	{ LOP_IN_LINK, "host", LOP_KEY_DOMAIN, "the virtio driver's side, which owns the buffers" },
	{ LOP_IN_LINK, "remote", LOP_KEY_DOMAIN, "the virtio device's side" },
	{ LOP_IN_LINK, "buffers", LOP_KEY_PAIR, "number of buffers in each direction; 64" },
	{ LOP_IN_LINK, "buffer-size", LOP_KEY_PAIR, "bytes of a buffer, header included; 512" },
	{ LOP_IN_LINK, "ring-size", LOP_KEY_PAIR, "descriptors of a ring; as many as buffers" },
	{ LOP_IN_LINK, "align", LOP_KEY_COUNT, "alignment of the used rings; 4096" },
	{ LOP_IN_LINK, "window", LOP_KEY_RANGE, "the shared memory: auto, or start and size" },
	{ LOP_IN_LINK, "guest-address", LOP_KEY_ENDS, "where the ends see the window" },
	{ LOP_IN_LINK, "memory-type", LOP_KEY_CHOICE, "cacheable or not, for both ends" },
	{ LOP_IN_LINK, "doorbell", LOP_KEY_ENDS, "interrupt that each end gets; auto" },
	{ LOP_IN_LINK, "mbox", LOP_KEY_DEVICE, "mailbox that rings, without a manager" },
	{ LOP_IN_LINK, "remoteproc", LOP_KEY_DEVICE, "node of the remote processor, for Linux" },
	{ LOP_IN_LINK, "channels", LOP_KEY_STRINGS, "names of the rpmsg channels; for headers" },
	{ LOP_IN_LINK, "carveouts", LOP_KEY_REGIONS,
	  "regions that the remote needs, for its table" },
	{ LOP_IN_LINK, "devmem", LOP_KEY_DEVICES, "devices of the remote that its host maps" },
	{ LOP_IN_LINK, "vendor", LOP_KEY_LIST, "entries of the resource table in your own format" },

	{ LOP_IN_PAIR, "to-host", LOP_KEY_BYTES, "from the remote to the host: ring 0" },
	{ LOP_IN_PAIR, "to-remote", LOP_KEY_BYTES, "from the host to the remote: ring 1" },
	{ LOP_IN_ENDS, "host", LOP_KEY_BYTES, "at the host" },
	{ LOP_IN_ENDS, "remote", LOP_KEY_BYTES, "at the remote" },
	{ LOP_IN_VENDOR, "id", LOP_KEY_COUNT, "type of the entry, 128 to 512" },
	{ LOP_IN_VENDOR, "data", LOP_KEY_LIST, "its bytes" },
	{ LOP_IN_RANGE, "start", LOP_KEY_BYTES, "first address; auto if missing" },
	{ LOP_IN_RANGE, "size", LOP_KEY_BYTES, "length in bytes" },

	{ LOP_IN_MANAGER, "memory", LOP_KEY_RANGE,
	  "code, stacks, page tables, images of the domains" },
	{ LOP_IN_MANAGER, "console", LOP_KEY_DEVICE, "UART of the shell and of virtual consoles" },
	{ LOP_IN_MANAGER, "cpu", LOP_KEY_COUNT, "CPU whose idle time runs the shell; auto" },

	{ LOP_IN_RESTART, "policy", LOP_KEY_CHOICE, "when it is started again" },
	{ LOP_IN_RESTART, "limit", LOP_KEY_COUNT, "restarts before it is given up; 0: any number" },
	{ LOP_IN_RESTART, "backoff", LOP_KEY_TIME, "wait before the first, doubled each time" },

	{ LOP_IN_LOAD, "file", LOP_KEY_TEXT, "name of the file" },
	{ LOP_IN_LOAD, "address", LOP_KEY_SIZE, "where the domain finds it" },

	{ LOP_IN_LINKER, "linker_file_output_name", LOP_KEY_TEXT, "name of the linker script" },
	{ LOP_IN_LINKER, "linker_memories", LOP_KEY_LIST, "memories the linker script lists" },
	{ LOP_IN_LINKER, "entry", LOP_KEY_TEXT, "symbol at which the program starts" },
	{ LOP_IN_LINKER, "user_content", LOP_KEY_TEXT, "file that the script includes at its end" },
	{ LOP_IN_LINKER, "sections", LOP_KEY_MAP, "where each section goes" },
	{ LOP_IN_LINKER, "custom_sections", LOP_KEY_MAP, "sections of your own, by name" },
	{ LOP_IN_SECTIONS, "vector_table", LOP_KEY_MAP, "vectors, and what runs first" },
	{ LOP_IN_SECTIONS, "text", LOP_KEY_MAP, "code" },
	{ LOP_IN_SECTIONS, "rodata", LOP_KEY_MAP, "constants" },
	{ LOP_IN_SECTIONS, "data", LOP_KEY_MAP, "variables with a value" },
	{ LOP_IN_SECTIONS, "bss", LOP_KEY_MAP, "variables that start as 0" },
	{ LOP_IN_SECTIONS, "noinit", LOP_KEY_MAP, "variables that keep what is there" },
	{ LOP_IN_SECTIONS, "heap", LOP_KEY_MAP, "the heap" },
	{ LOP_IN_SECTIONS, "stack", LOP_KEY_MAP, "the stack" },
	{ LOP_IN_SECTIONS, "resource_table", LOP_KEY_MAP, "the resource table" },
	{ LOP_IN_SECTION, "region", LOP_KEY_TEXT, "memory that the section is in" },
	{ LOP_IN_SECTION, "offset", LOP_KEY_SIZE, "where it begins there" },
	{ LOP_IN_CUSTOM, "region", LOP_KEY_TEXT, "memory that the section is in" },
	{ LOP_IN_CUSTOM, "offset", LOP_KEY_SIZE, "where it begins there" },
	{ LOP_IN_CUSTOM, "input_sections", LOP_KEY_STRINGS, "patterns of what goes into it" },
	{ LOP_IN_CUSTOM, "alignment", LOP_KEY_COUNT, "a power of two" },
	{ LOP_IN_CUSTOM, "keep", LOP_KEY_SWITCH, "keep it where nothing refers to it" },
	{ LOP_IN_CUSTOM, "noload", LOP_KEY_SWITCH, "nothing of it is loaded" },
	{ LOP_IN_TOP, NULL, LOP_KEY_ANY, NULL },
};

static const struct {
	enum lop_key_where where;
	const char *name, *words;
} choices[] = {
	{ LOP_IN_DOMAIN, "console", "virtual|passthrough|none" },
	{ LOP_IN_DOMAIN, "restart", "never|on-fault|always" },
	{ LOP_IN_RESTART, "policy", "never|on-fault|always" },
	{ LOP_IN_LINK, "memory-type", "write-back|non-cacheable" },
};

const char *lop_key_choices(const struct lop_key *key)
{
	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
		if (choices[i].where == key->where && strcmp(choices[i].name, key->name) == 0)
			return choices[i].words;
	return "";
}

static const struct {
	enum lop_key_where where;
	const char *name; /* NULL: every key of the mapping */
	enum lop_key_form form;
	enum lop_key_where of;
} held[] = {
	{ LOP_IN_TOP, "domains", LOP_HOLDS_NAMED, LOP_IN_DOMAIN },
	{ LOP_IN_TOP, "resource_groups", LOP_HOLDS_NAMED, LOP_IN_DOMAIN },
	{ LOP_IN_TOP, "links", LOP_HOLDS_NAMED, LOP_IN_LINK },
	{ LOP_IN_TOP, "manager", LOP_HOLDS_ONE, LOP_IN_MANAGER },
	{ LOP_IN_DOMAIN, "domains", LOP_HOLDS_NAMED, LOP_IN_DOMAIN },
	{ LOP_IN_DOMAIN, "cpus", LOP_HOLDS_LIST, LOP_IN_CPU },
	{ LOP_IN_DOMAIN, "memory", LOP_HOLDS_ENTRIES, LOP_IN_MEMORY },
	{ LOP_IN_DOMAIN, "sram", LOP_HOLDS_ENTRIES, LOP_IN_MEMORY },
	{ LOP_IN_DOMAIN, "access", LOP_HOLDS_ENTRIES, LOP_IN_ACCESS },
	{ LOP_IN_DOMAIN, "firewallconf", LOP_HOLDS_FEW, LOP_IN_FIREWALL },
	{ LOP_IN_DOMAIN, "firewallconfig", LOP_HOLDS_FEW, LOP_IN_FIREWALL },
	{ LOP_IN_DOMAIN, "domain-to-domain", LOP_HOLDS_RELATIONS, LOP_IN_RELATION },
	{ LOP_IN_DOMAIN, "restart", LOP_HOLDS_ONE, LOP_IN_RESTART },
	{ LOP_IN_DOMAIN, "load", LOP_HOLDS_LIST, LOP_IN_LOAD },
	{ LOP_IN_DOMAIN, "linker", LOP_HOLDS_ONE, LOP_IN_LINKER },
	{ LOP_IN_LINK, "vendor", LOP_HOLDS_LIST, LOP_IN_VENDOR },
	{ LOP_IN_CPU, "mode", LOP_HOLDS_ONE, LOP_IN_MODE },
	{ LOP_IN_LINKER, "sections", LOP_HOLDS_ONE, LOP_IN_SECTIONS },
	{ LOP_IN_LINKER, "custom_sections", LOP_HOLDS_NAMED, LOP_IN_CUSTOM },
	{ LOP_IN_SECTIONS, NULL, LOP_HOLDS_ONE, LOP_IN_SECTION },
};

enum lop_key_form lop_key_holds(const struct lop_key *key, enum lop_key_where *of)
{
	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++) {
		if (held[i].where != key->where ||
		    (held[i].name && strcmp(held[i].name, key->name) != 0))
			continue;
		*of = held[i].of;
		return held[i].form;
	}
	return LOP_HOLDS_NONE;
}

static const struct {
	enum lop_key_where where;
	const char *words;
} needed[] = {
	{ LOP_IN_CPU, "cluster|dev" }, { LOP_IN_MEMORY, "size|dev" }, { LOP_IN_ACCESS, "dev" },
	{ LOP_IN_LOAD, "file" },       { LOP_IN_LOAD, "address" },
};

const char *lop_key_needed(enum lop_key_where where, size_t i)
{
	for (size_t k = 0; k < sizeof(needed) / sizeof(needed[0]); k++)
		if (needed[k].where == where && i-- == 0)
			return needed[k].words;
	return NULL;
}

const char *const lop_key_root_props[] = {
	"compatible", "model", "serial-number", "chassis-type", "interrupt-parent", NULL,
};

const char *lop_key_where_name(enum lop_key_where where)
{
	static const char *const names[LOP_N_WHERE] = {
		[LOP_IN_DOMAIN] = "domain",
		[LOP_IN_CPU] = "cpu",
		[LOP_IN_MODE] = "mode",
		[LOP_IN_MEMORY] = "memory",
		[LOP_IN_ACCESS] = "access",
		[LOP_IN_FIREWALL] = "firewall",
		[LOP_IN_RELATION] = "relation",
		[LOP_IN_LINK] = "link",
		[LOP_IN_VENDOR] = "vendor-entry",
		[LOP_IN_PAIR] = "pair",
		[LOP_IN_ENDS] = "ends",
		[LOP_IN_RANGE] = "range",
		[LOP_IN_MANAGER] = "manager",
		[LOP_IN_RESTART] = "restart",
		[LOP_IN_LOAD] = "load",
		[LOP_IN_LINKER] = "linker",
		[LOP_IN_SECTIONS] = "sections",
		[LOP_IN_SECTION] = "section",
		[LOP_IN_CUSTOM] = "custom-section",
		[LOP_IN_TOP] = "",
	};

	return names[where];
}

const struct lop_key *lop_key_find(enum lop_key_where where, const char *name)
{
	for (const struct lop_key *k = lop_keys; k->name; k++)
		if (k->where == where && strcmp(k->name, name) == 0)
			return k;
	return NULL;
}

const char *lop_key_nearest(enum lop_key_where where, const char *name)
{
	struct lop_nearest nearest = { .word = name };

	for (const struct lop_key *k = lop_keys; k->name; k++)
		if (k->where == where)
			lop_nearest_add(&nearest, k->name);
	return nearest.best;
}
