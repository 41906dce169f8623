/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Artifacts: one function per file that a run writes, each from the system and the domain's view
 * alone. They print what is decided and decide nothing.
 */
#ifndef LOP_EMIT_EMIT_H
#define LOP_EMIT_EMIT_H

#include "lopper-c/base/file.h"
#include "lopper-c/emit/partition.h"
#include "lopper-c/model/system.h"
#include "lopper-c/report/facts.h"
#include "lopper-c/view/layout.h"
#include "lopper-c/view/view.h"

struct lop_emit_options {
	const char *dir; /* output folder; NULL where nothing is written */
	bool trees;	 /* nothing but device trees */
	bool provenance; /* comments with file:line in every DTS */
	bool symbols;	 /* -@: __symbols__ in every blob */
};

/*
 * Everything in DIR/<domain>/: domain.dts and domain.dtb, platform.h, and for each pair of links
 * the domain has an end of rsc-<peer>.h and rsc-<peer>.bin; the remote's folder also has the
 * table's source, rsc-<peer>.c, and where it has one host resource_table.c, .h and .bin, the same
 * by the usual name. Where no Linux runs, the linker script too: linker.ld, or what the domain
 * calls it. On machines of AMD amd_platform_info.h and libmetal.cmake, see amd.h.
 */
/* Returns the size of the blob in bytes. */
size_t lop_emit_domain(const struct lop_system *system, const struct lop_view *view,
		       const struct lop_emit_options *options, struct lop_outputs *outs);
/* platform.h of a domain whose view still has its tree. */
void lop_emit_platform(const struct lop_system *system, const struct lop_view *view,
		       struct lop_buf *out);
/* The linker script of a domain. */
void lop_emit_linker(const struct lop_system *system, const struct lop_view *view,
		     const struct lop_layout *layout, struct lop_buf *out);
/* DIR/partitions.bin: the manager's table. */
void lop_emit_table(struct lop_partition *partition, const struct lop_emit_options *options,
		    struct lop_outputs *outs);
/* The report beside it, of a layout that has a profile. */
void lop_emit_layout(const struct lop_system *system, const struct lop_view *view,
		     const struct lop_layout *layout, struct lop_buf *out);
/* DIR/system.dts: the merged tree, domains included; reads back as the same system, but for what
 * stands under conditions: its header says so. */
void lop_emit_system(const struct lop_system *system, const struct lop_emit_options *options,
		     struct lop_outputs *outs);
/* DIR/report.txt, report.html and report.json of a finished report. */
void lop_emit_report(const struct lop_report *report, const struct lop_emit_options *options,
		     struct lop_outputs *outs);
/* The text people read after a run: per domain its CPUs, memory, devices, files. full: every device
 * by name. */
void lop_emit_summary(const struct lop_system *system, struct lop_view *const *views,
		      const struct lop_emit_options *options, bool full, struct lop_buf *out);

#endif
