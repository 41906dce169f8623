/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of rules, in the order in which they are reported. */
#include "lopper-c/check/check.h"

#include "lopper-c/check/rules.h"

const struct lop_check lop_checks[] = {
	{ "domains-exist", "the tree or a domain file has at least one domain",
	  lop_rule_domains_exist },
	{ "domain-id-unique", "no two domains have the same id", lop_rule_id_unique },
	{ "domain-name-unique", "no two domains have the same name", lop_rule_name_unique },
	{ "domain-keys-known", "properties of a domain in a DTS have a meaning, or a vendor prefix",
	  lop_rule_keys },
	{ "domain-os-type", "os,type is one that the specification knows, or x-<vendor>",
	  lop_rule_os_type },
	{ "cells-sane", "#address-cells and its like are small numbers", lop_rule_cells },
	{ "reg-cells", "reg is whole entries of the parent's #address-cells and #size-cells",
	  lop_rule_reg_cells },
	{ "ranges-cells", "ranges and dma-ranges are whole entries of both buses' cells",
	  lop_rule_ranges_cells },
	{ "interrupts-cells", "interrupts is whole specifiers of the interrupt parent",
	  lop_rule_interrupts_cells },
	{ "interrupt-map-cells", "masks of an interrupt-map are as long as what they mask",
	  lop_rule_interrupt_map_cells },
	{ "phandle-args", "as many cells follow a phandle as the node it names says",
	  lop_rule_phandle_args },
	{ "references-resolve", "numbers that stand for phandles are some node's phandle",
	  lop_rule_references },
	{ "console-exists", "stdout-path of a domain's chosen names a node or an alias",
	  lop_rule_console },
	{ "domain-has-cpus", "a domain without nested ones has CPUs", lop_rule_has_cpus },
	{ "cpu-mask", "a cpumask is not zero and has only CPUs of its cluster", lop_rule_cpu_mask },
	{ "cpu-mode", "lockstep names one CPU, the execution level exists on the CPU",
	  lop_rule_cpu_mode },
	{ "cpu-exclusive", "a CPU belongs to one domain, but for guests of one hypervisor",
	  lop_rule_cpu_exclusive },
	{ "cpus-within-parent", "a nested domain has CPUs of its parent only",
	  lop_rule_cpus_within_parent },
	{ "access-names-devices", "access names devices, not clusters or domains",
	  lop_rule_device_kind },
	{ "device-exclusive", "a device belongs to one domain, unless every entry says `shared`",
	  lop_rule_device_exclusive },
	{ "access-within-parent", "a nested domain lists devices of its parent only",
	  lop_rule_devices_within_parent },
	{ "memory-within-physical", "memory and sram of a domain exist in the machine",
	  lop_rule_memory_physical },
	{ "memory-visible", "the domain's cluster has a window to its memory",
	  lop_rule_memory_visible },
	{ "memory-no-overlap", "memory of two domains does not overlap, unless it is shared",
	  lop_rule_memory_overlap },
	{ "memory-within-parent", "memory of a nested domain lies in its parent's",
	  lop_rule_memory_within_parent },
	{ "reserved-no-overlap", "reserved-memory regions do not overlap, but for a container",
	  lop_rule_reserved_overlap },
	{ "carveout-is-memory", "carveouts of a relation have an address", lop_rule_carveout_kind },
	{ "window-exclusive", "the window of a link is no other's memory", lop_rule_windows_apart },
	{ "window-visible", "both ends of a link see its window below 4 GiB",
	  lop_rule_windows_visible },
	{ "notify-ids", "the links of a pair have notify ids of their own", lop_rule_pair_ids },
	{ "start-order", "no domain starts after itself", lop_rule_start_order },
	{ "manager-memory-exclusive", "the manager's memory is nobody else's",
	  lop_rule_manager_apart },
	{ "manager-exclusive", "the manager's devices are given to nobody",
	  lop_rule_manager_exclusive },
	{ 0 },
};

void lop_check_all(const struct lop_system *system, struct lop_diags *diags)
{
	for (const struct lop_check *check = lop_checks; check->name; check++)
		check->run(system, diags);
}
