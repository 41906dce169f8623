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
	{ LOP_IN_TOP, "definitions", LOP_KEY_MAP, "a place for anchors; not part of the tree" },
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
	{ LOP_IN_DOMAIN, "reserved-memory", LOP_KEY_LIST, "names of reserved-memory regions" },
	{ LOP_IN_DOMAIN, "chosen", LOP_KEY_MAP, "/chosen of this domain" },
	{ LOP_IN_DOMAIN, "flags", LOP_KEY_MAP, "named sets of flags" },
	{ LOP_IN_DOMAIN, "access-implicit-default", LOP_KEY_MAP, "flags of every access entry" },
	{ LOP_IN_DOMAIN, "memory-implicit-default", LOP_KEY_MAP, "flags of every memory entry" },
	{ LOP_IN_DOMAIN, "sram-implicit-default", LOP_KEY_MAP, "flags of every sram entry" },
	{ LOP_IN_DOMAIN, "firewallconf", LOP_KEY_LIST, "whom the bus firewalls keep out" },
	{ LOP_IN_DOMAIN, "firewallconfig", LOP_KEY_LIST, "another spelling of firewallconf" },
	{ LOP_IN_DOMAIN, "domain-to-domain", LOP_KEY_MAP, "relations to other domains" },
	{ LOP_IN_DOMAIN, "linker", LOP_KEY_MAP, "where the sections of the program go" },
	{ LOP_IN_DOMAIN, "linker_file_output_name", LOP_KEY_TEXT, "path of the linker script" },
	{ LOP_IN_DOMAIN, "linker_memories", LOP_KEY_LIST, "memories the linker script lists" },
	{ LOP_IN_DOMAIN, "mpu-policy", LOP_KEY_LIST, "rights on a memory: readable, .." },
	{ LOP_IN_DOMAIN, "zephyr-version", LOP_KEY_TEXT, "version that the output is for" },
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
	{ LOP_IN_CPU, "mode", LOP_KEY_MAP, "secure, lockstep, el" },
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
	{ LOP_IN_MEMORY, "dev", LOP_KEY_TEXT, "name of the memory; gives the range if alone" },
	{ LOP_IN_MEMORY, "flags", LOP_KEY_MAP, "flags of this range" },
	{ LOP_IN_MEMORY, "label", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_MEMORY, "spec_name", LOP_KEY_TEXT, "name in the vendor's tool; informative" },
	{ LOP_IN_MEMORY, "source", LOP_KEY_TEXT, "informative" },
	{ LOP_IN_MEMORY, "status", LOP_KEY_TEXT, "informative" },

	{ LOP_IN_ACCESS, "dev", LOP_KEY_TEXT, "name, label, path or pattern of devices" },
	{ LOP_IN_ACCESS, "flags", LOP_KEY_MAP, "flags of this device" },
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
	{ LOP_IN_TOP, NULL, LOP_KEY_ANY, NULL },
};

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
