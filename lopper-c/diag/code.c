/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of codes, in the order of enum lop_code. lopper_passes is set for the errors that
 * lopper (commit 11977ab) accepts in silence or gets wrong, and only for those: what it refuses,
 * what dtc refuses for it, and what leaves nothing to go on with, stays an error in every mode.
 */
#include "lopper-c/diag/code.h"

#include <string.h>

/* The three switches of a row: warning, off, lopper_passes. */
#define ERROR	false, false, false
#define LENIENT false, false, true
#define WARNING true, false, false
#define QUIET	true, true, false

const struct lop_code_row lop_codes[LOP_CODE_COUNT] = {
	[LOP_IO] = { "io", ERROR, "a file cannot be read or written" },
	[LOP_CPP] = { "cpp", ERROR, "the C preprocessor failed" },
	[LOP_CPP_WARNING] = { "cpp-warning", WARNING, "the C preprocessor warns" },
	[LOP_LIMIT] = { "limit", ERROR, "nesting, size or count beyond what is accepted" },
	[LOP_UNSUPPORTED] = { "unsupported", ERROR, "understood, but not supported" },

	[LOP_DTS_SYNTAX] = { "dts-syntax", ERROR, "not the syntax of a DTS file" },
	[LOP_DTS_EXPRESSION] = { "dts-expression", ERROR, "an expression without a usable value" },
	[LOP_DTS_INCLUDE] = { "dts-include", ERROR,
			      "an included file is missing or includes itself" },
	[LOP_DTS_DUPLICATE] = { "dts-duplicate", ERROR, "a node, property or label defined twice" },
	[LOP_DTS_NAME] = { "dts-name", ERROR,
			   "a name with characters or a length it must not have" },
	[LOP_DTS_REF] = { "dts-ref", ERROR, "a reference to a label or path that does not exist" },
	[LOP_DTS_PHANDLE] = { "dts-phandle", ERROR,
			      "a phandle that is used twice or is no phandle" },
	[LOP_DTS_DANGLING] = { "dts-dangling", WARNING, "a phandle number that no node has" },
	[LOP_DTB_FORMAT] = { "dtb-format", ERROR, "a truncated or damaged device tree blob" },

	[LOP_YAML_SYNTAX] = { "yaml-syntax", ERROR, "not the syntax of a YAML file" },
	[LOP_YAML_DUPLICATE] = { "yaml-duplicate", ERROR, "a key twice in one mapping" },
	[LOP_YAML_MERGE] = { "yaml-merge", ERROR, "a merge key or alias that cannot be followed" },
	[LOP_YAML_TYPE] = { "yaml-type", ERROR, "a value of another kind than its key takes" },
	[LOP_YAML_CONFLICT] = { "yaml-conflict", WARNING,
				"a later file changes what an earlier one set" },
	[LOP_STALE_SYNTAX] = { "stale-syntax", ERROR,
			       "domain file syntax that is no longer in use" },

	[LOP_UNKNOWN_KEY] = { "unknown-key", LENIENT, "a key that nothing reads" },
	[LOP_UNKNOWN_NODE] = { "unknown-node", LENIENT, "a node that the tree does not have" },
	[LOP_UNKNOWN_DEVICE] = { "unknown-device", LENIENT,
				 "a device that the tree does not have" },
	[LOP_UNKNOWN_CLUSTER] = { "unknown-cluster", LENIENT,
				  "a cluster that the tree does not have" },
	[LOP_UNKNOWN_DOMAIN] = { "unknown-domain", LENIENT, "a domain that is not defined" },
	[LOP_UNKNOWN_GROUP] = { "unknown-group", LENIENT, "a resource group that is not defined" },
	[LOP_UNKNOWN_CARVEOUT] = { "unknown-carveout", LENIENT,
				   "a carveout that is no reserved memory" },
	[LOP_UNKNOWN_FLAG] = { "unknown-flag", LENIENT,
			       "an access or memory flag without a meaning" },
	[LOP_UNKNOWN_OS] = { "unknown-os", LENIENT, "an os,type that is not specified" },
	[LOP_AMBIGUOUS_NAME] = { "ambiguous-name", LENIENT, "a name that fits several nodes" },
	[LOP_WRONG_NODE] = { "wrong-node", LENIENT, "a name of the wrong kind of node" },
	[LOP_GLOB_MOVED] = { "glob-moved", QUIET, "a pattern took a device from its pool" },
	[LOP_GLOB_EMPTY] = { "glob-empty", ERROR, "a pattern without a match or without a pool" },

	[LOP_BAD_NUMBER] = { "bad-number", LENIENT, "a value that is no number or size" },
	[LOP_MISSING_VALUE] = { "missing-value", LENIENT,
				"a start, size or other value is missing" },
	[LOP_BAD_CHOICE] = { "bad-choice", ERROR, "a word that its key does not take" },
	[LOP_ADDRESS_OVERFLOW] = { "address-overflow", LENIENT,
				   "an address range beyond the address space" },
	[LOP_BAD_CELLS] = { "bad-cells", LENIENT,
			    "a property whose length does not fit its cells" },
	[LOP_ADDRESS_MAP] = { "address-map", LENIENT, "an address-map that fits neither reading" },

	[LOP_NO_DOMAINS] = { "no-domains", ERROR, "there is no domain to generate anything for" },
	[LOP_DUPLICATE_ID] = { "duplicate-id", LENIENT, "two domains with one id" },
	[LOP_DUPLICATE_NAME] = { "duplicate-name", LENIENT, "two domains with one name" },
	[LOP_DUPLICATE_CPU] = { "duplicate-cpu", LENIENT, "two CPUs of one cluster with one reg" },
	[LOP_PARENT_MISSING] = { "parent-missing", LENIENT, "a parent domain that does not exist" },
	[LOP_PARENT_CYCLE] = { "parent-cycle", LENIENT, "a domain that is its own ancestor" },
	[LOP_BEYOND_PARENT] = { "beyond-parent", LENIENT,
				"a domain has something its parent has not" },
	[LOP_CPU_MASK] = { "cpu-mask", LENIENT, "a cpu mask that is zero or beyond the cluster" },
	[LOP_CPU_ORDER] = { "cpu-order", WARNING,
			    "a cpu mask that means other CPUs by reg than by their order" },
	[LOP_CPU_MODE] = { "cpu-mode", LENIENT, "a cpu mode that the CPUs do not have" },
	[LOP_CPU_LEVEL] = { "cpu-level", WARNING,
			    "an execution level above the highest of the CPUs" },
	[LOP_CPU_TWICE] = { "cpu-twice", LENIENT, "a CPU given to two domains" },
	[LOP_DEVICE_TWICE] = { "device-twice", LENIENT, "a device given to two domains" },
	[LOP_IRQ_TWICE] = { "irq-twice", LENIENT, "devices of two domains raise one interrupt" },
	[LOP_DMA_OPEN] = { "dma-open", WARNING,
			   "a device with DMA, which a manager does not isolate" },
	[LOP_DEVICE_UNREACHABLE] = { "device-unreachable", LENIENT,
				     "a device that the domain's CPUs cannot reach" },
	[LOP_MEM_OUTSIDE] = { "mem-outside", LENIENT,
			      "memory of a domain that is no physical memory" },
	[LOP_MEM_UNREACHABLE] = { "mem-unreachable", LENIENT,
				  "memory of a domain at an address that its CPUs do not have" },
	[LOP_MEM_UNSEEN] = { "mem-unseen", WARNING,
			     "memory of a domain that its cluster's address-map does not show" },
	[LOP_MEM_OVERLAP] = { "mem-overlap", LENIENT,
			      "memory of two domains, or reserved, overlaps" },
	[LOP_MEM_SHARED] = { "mem-shared", WARNING,
			     "one range in two domains, not marked as shared" },
	[LOP_RESERVED_OVERLAP] = { "reserved-overlap", LENIENT, "reserved-memory regions overlap" },
	[LOP_REF_DROPPED] = { "ref-dropped", WARNING,
			      "a device refers to what another domain has" },
	[LOP_REG_CUT] = { "reg-cut", WARNING, "registers of a device that its CPUs do not see" },
	[LOP_REG_OVERLAP] = { "reg-overlap", WARNING,
			      "devices of two domains have registers in common" },
	[LOP_MEM_MISSING] = { "mem-missing", WARNING, "a domain without memory" },
	[LOP_CPUS_MISSING] = { "cpus-missing", WARNING, "a domain without CPUs" },
	[LOP_IRQ_UNROUTED] = { "irq-unrouted", WARNING,
			       "an interrupt that the domain's controller does not get" },
	[LOP_READING] = { "reading", QUIET,
			  "an ambiguity of the specification, and how it was read" },
	[LOP_LINK_NUMBER] = { "link-number", ERROR, "a number or name that a link cannot have" },
	[LOP_LINK_MEMORY] = { "link-memory", WARNING,
			      "a memory type that one end of a link cannot have" },
	[LOP_LINK_WINDOW] = { "link-window", ERROR, "shared memory that does not fit its link" },
	[LOP_START_CYCLE] = { "start-cycle", ERROR, "domains that start after one another" },
	[LOP_ISOLATION] = { "isolation", ERROR, "what the hardware cannot keep apart" },
	[LOP_MEM_FULL] = { "mem-full", ERROR,
			   "no memory is free for what is placed automatically" },
	[LOP_LINKER_NAME] = { "linker-name", ERROR, "a name that a linker script cannot have" },
	[LOP_LINKER_REGION] = { "linker-region", ERROR,
				"a section in a memory that the domain does not have" },
	[LOP_LINKER_RIGHTS] = { "linker-rights", ERROR,
				"a section in a memory without the rights it needs" },
	[LOP_LINKER_OFFSET] = { "linker-offset", ERROR, "a section outside its memory" },
	[LOP_LINKER_PROFILE] = { "linker-profile", ERROR,
				 "a layout that the CPU or the RTOS cannot start from" },
	[LOP_MPU_POLICY] = { "mpu-policy", ERROR,
			     "rights that the memory protection cannot express" },
	[LOP_RULE_BROKEN] = { "rule-broken", ERROR, "a rule of your own, not kept" },
	[LOP_RULE_WARNS] = { "rule-warns", WARNING, "a rule of your own that only warns" },
	[LOP_MULTI_CLUSTER] = { "multi-cluster", WARNING, "CPUs that do not fit into one /cpus" },

	[LOP_ELF_FORMAT] = { "elf-format", ERROR, "a damaged ELF file, or one of another kind" },
	[LOP_RSC_MISSING] = { "rsc-missing", ERROR, "a program without a resource table" },
	[LOP_RSC_FORMAT] = { "rsc-format", ERROR, "a resource table that is not sound" },
	[LOP_RSC_UNLOADED] = { "rsc-unloaded", WARNING, "a resource table that is not loaded" },
	[LOP_RSC_NOTIFYID] = { "rsc-notifyid", WARNING, "a notify id whose kicks are lost" },
	[LOP_RSC_OVERLAP] = { "rsc-overlap", WARNING, "rings, memory or segments in one place" },
	[LOP_RSC_ANY] = { "rsc-any", QUIET, "an address that only Linux as a host chooses" },
	[LOP_RSC_STATE] = { "rsc-state", WARNING, "fields of the host that are set in a file" },
	[LOP_RSC_NAME] = { "rsc-name", WARNING, "a name with unprintable characters" },
	[LOP_TABLE_FORMAT] = { "table-format", ERROR, "a partition table that no manager takes" },
};

enum lop_code lop_code_by_name(const char *name)
{
	unsigned code = 0;

	while (code < LOP_CODE_COUNT && strcmp(lop_codes[code].name, name))
		code++;
	return (enum lop_code)code;
}
