/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Remote processors that Linux starts: for each pair of a domain that runs Linux and a remote of
 * it, the driver that is due (its flavour), and what the driver's binding wants and the tree says.
 * What the tree does not say is a lack, never a number of ours.
 *
 * Two shapes: NXP, ST and TI describe the processor by a node that the tree has already, and the
 * memory it shares is added to it; AMD's node is made of the CPU and its banks of TCM.
 */
#ifndef LOP_MODEL_RPROC_H
#define LOP_MODEL_RPROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/range.h"
#include "lopper-c/diag/source.h"
#include "lopper-c/model/link.h"

struct lop_cpu;
struct lop_domain;
struct lop_node;
struct lop_node_use;
struct lop_system;

enum lop_rproc_kind {
	LOP_RPROC_MANAGER, /* the partition manager starts it: pm,rproc */
	LOP_RPROC_AMD,
	LOP_RPROC_NODE, /* the tree has the node */
};

#define LOP_RPROC_PARTS 3 /* of a link in memory-region, at most */

struct lop_flavour {
	const char *compatible;	 /* of the node that the driver binds to */
	const char *const *socs; /* compatibles of the root, NULL at the end */
	enum lop_rproc_kind kind;
	unsigned family;	      /* enum lop_cpu_family of remotes */
	const char *binding;	      /* below Documentation/devicetree/bindings/remoteproc */
	const char *const *needs;     /* properties without which the driver gives up */
	const char *const *ipc_needs; /* without which it cannot ring */
	/*
	 * memory-region: the memory that programs are loaded to (of several the first, if
	 * program_first), these parts of each link (enum lop_link_part), the rest of that memory,
	 * the tables.
	 */
	unsigned char parts[LOP_RPROC_PARTS];
	unsigned char n_parts;
	bool program_first;
	bool lists_sram;      /* SRAM of the remote is in memory-region, too */
	bool has_tcm_mode;    /* AMD: of the R5 */
	const char *core;     /* AMD: compatible of a CPU's node */
	const char *child;    /* AMD: its name */
	bool one_address;     /* the driver takes the host's addresses for the remote's */
	bool needs_dma_range; /* each region lies in dma-ranges of the bus above the node */
};

#define LOP_RPROC_BANKS 8u /* of TCM, of one remote */

/* A bank of tightly coupled memory. */
struct lop_bank {
	const struct lop_node *node;
	char letter;	       /* a, b or c */
	unsigned ordinal;      /* among the banks of the letter, by address */
	struct lop_range root; /* as the system sees it */
	uint64_t host, local;  /* as Linux and as the CPU itself see it */
};

struct lop_lack {
	struct lop_span span;
	const char *text, *label, *help;
};

struct lop_rproc {
	const struct lop_flavour *flavour;
	struct lop_domain *host, *remote;
	const struct lop_node *node; /* of the tree; NULL: none, it is made */
	const struct lop_cpu *cpu;
	bool lockstep;
	const struct lop_rproc *mate; /* on the other CPU of the pair, of the same host */
	struct lop_bank banks[LOP_RPROC_BANKS];
	size_t n_banks;
	struct lop_link **links; /* rpmsg, with places */
	size_t n_links;
	const struct lop_node_use **firmware; /* regions of elfload; none: the remote's memory */
	size_t n_firmware;
	struct lop_span span;
	struct lop_lack *lacks;
	size_t n_lacks;
	bool unseen;	 /* AMD: the CPU's address-map leaves out its own banks */
	bool incomplete; /* a node without what lacks would be refused: there is none */
};

extern const struct lop_flavour lop_flavours[];
extern const size_t lop_n_flavours;

/* AMD: the mailbox that rings the remote; NULL: none, or none that Linux can use. */
const struct lop_node *lop_rproc_mbox(const struct lop_system *system,
				      const struct lop_rproc *rproc);
/* The number of the CPU within its pair: AMD's Cortex-R come in twos. */
unsigned lop_rproc_core(const struct lop_rproc *rproc);

#endif
