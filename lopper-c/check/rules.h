/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside check/: the rules, by file. Each has its row in check.c. */
#ifndef LOP_CHECK_RULES_H
#define LOP_CHECK_RULES_H

#include "lopper-c/model/system.h"

/* names.c */
void lop_rule_domains_exist(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_id_unique(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_name_unique(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_keys(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_os_type(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_console(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_cells(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_references(const struct lop_system *system, struct lop_diags *diags);

/* c_names.c */
void lop_rule_c_names(const struct lop_system *system, struct lop_diags *diags);

/* bus.c */
void lop_rule_ranges(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_reg_fits(const struct lop_system *system, struct lop_diags *diags);

/* cells.c */
void lop_rule_reg_cells(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_ranges_cells(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_interrupts_cells(const struct lop_system *system, struct lop_diags *diags);
/* cells_args.c */
void lop_rule_interrupt_map_cells(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_phandle_args(const struct lop_system *system, struct lop_diags *diags);

/* cpus.c */
void lop_rule_has_cpus(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_cpu_mask(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_cpu_mode(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_cpu_exclusive(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_cpus_within_parent(const struct lop_system *system, struct lop_diags *diags);

/* devices.c */
void lop_rule_device_kind(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_device_exclusive(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_devices_within_parent(const struct lop_system *system, struct lop_diags *diags);

/* dma.c */
void lop_rule_dma(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_dma_guest(const struct lop_system *system, struct lop_diags *diags);

/* guest.c */
void lop_rule_guest_address(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_guest_apart(const struct lop_system *system, struct lop_diags *diags);

/* irq.c */
void lop_rule_interrupts_apart(const struct lop_system *system, struct lop_diags *diags);

/* registers.c */
void lop_rule_registers_apart(const struct lop_system *system, struct lop_diags *diags);

/* rest.c */
void lop_rule_rest_exclusive(const struct lop_system *system, struct lop_diags *diags);

/* memory.c */
void lop_rule_memory_physical(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_has_memory(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_memory_visible(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_memory_overlap(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_memory_within_parent(const struct lop_system *system, struct lop_diags *diags);

/* load.c */
void lop_rule_load_address(const struct lop_system *system, struct lop_diags *diags);

/* linux_rpmsg.c */
void lop_rule_linux_rpmsg(const struct lop_system *system, struct lop_diags *diags);

/* effect.c */
void lop_rule_needs_manager(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_manager_heeds(const struct lop_system *system, struct lop_diags *diags);

/* life.c */
void lop_rule_names(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_manager_memory(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_manager_cpu(const struct lop_system *system, struct lop_diags *diags);

/* link.c */
void lop_rule_windows_apart(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_windows_visible(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_trace_address(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_pair_ids(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_pair_direction(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_start_order(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_manager_apart(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_manager_exclusive(const struct lop_system *system, struct lop_diags *diags);

/* relation.c */
void lop_rule_relation_parts(const struct lop_system *system, struct lop_diags *diags);

/* isolation.c */
void lop_rule_isolation_regions(const struct lop_system *system, struct lop_diags *diags);

/* rproc.c */
void lop_rule_remoteproc(const struct lop_system *system, struct lop_diags *diags);

/* tree.c */
void lop_rule_name_property(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_alias_path(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_region_name(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_region_physical(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_cpu_number(const struct lop_system *system, struct lop_diags *diags);

/* domain.c */
void lop_rule_domain_compatible(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_firewall_default(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_relation_peer(const struct lop_system *system, struct lop_diags *diags);

/* reserved.c */
void lop_rule_reserved_overlap(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_carveout_kind(const struct lop_system *system, struct lop_diags *diags);

/* resources.c */
void lop_rule_resources(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_tables(const struct lop_system *system, struct lop_diags *diags);

/* linker.c, linker_place.c */
void lop_rule_linker_names(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_linker_custom(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_linker_regions(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_linker_rights(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_linker_offsets(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_linker_profile(const struct lop_system *system, struct lop_diags *diags);

/* mpu.c */
void lop_rule_mpu_policy(const struct lop_system *system, struct lop_diags *diags);
void lop_rule_mpu_regions(const struct lop_system *system, struct lop_diags *diags);

#endif
