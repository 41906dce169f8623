/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The one struct between the stages: what the tree and the domain files mean. Readers fill it,
 * checks judge it, views and emitters print it. Pointers lead into the merged tree, which nobody
 * changes any more. Everything is the arena's; arrays are in document order.
 */
#ifndef LOP_MODEL_SYSTEM_H
#define LOP_MODEL_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/range.h"
#include "lopper-c/diag/diag.h"
#include "lopper-c/model/life.h"
#include "lopper-c/model/link.h"
#include "lopper-c/model/linker.h"
#include "lopper-c/model/rproc.h"
#include "lopper-c/tree/kinds.h"
#include "lopper-c/tree/tree.h"

struct lop_domain;

struct lop_cpu {
	const struct lop_node *node;
	struct lop_cluster *cluster;
	uint64_t reg;
};

/* One entry of an address-map: [view..] of the cluster shows [root..], through ref. */
struct lop_window {
	uint64_t view, root, size;
	const struct lop_node *ref; /* memory, device or bus; NULL: dangling */
	struct lop_span span;
};

enum lop_cpu_family {
	LOP_CPU_OTHER,
	LOP_CPU_ARM_A32, /* Armv7-A and older: modes up to HYP */
	LOP_CPU_ARM_A64, /* EL0..EL3 */
	LOP_CPU_ARM_R5,	 /* Armv7-R: no EL; secure, lockstep */
	LOP_CPU_ARM_R52, /* Armv8-R: EL0..EL2 */
	LOP_CPU_ARM_M,
	LOP_CPU_RISCV,
	LOP_CPU_MICROBLAZE,
};

struct lop_cluster {
	const struct lop_node *node;
	const char *name; /* label, else node name */
	struct lop_cpu *cpus;
	size_t n_cpus;
	uint64_t mask;	 /* every bit a cpumask may have; see lop_cluster_cpu_of_bit */
	bool by_place;	 /* its masks are read by document order, not by reg */
	bool is_default; /* /cpus: reaches every simple-bus without an entry */
	bool has_map;
	bool map_lost;		    /* some or all of its map was reported and left out */
	bool third_is_root_cells;   /* the specification's reading of the third field was taken */
	struct lop_window *windows; /* as written */
	size_t n_windows;
	const struct lop_window **by_ref; /* by node index, root address, then as written */
	uint32_t *furthest; /* of by_ref: which of its node, up to here, ends furthest; the first */
	uint64_t *starts;   /* root addresses of all windows, sorted */
	const struct lop_window **to_memory; /* windows to memory, as written */
	size_t n_to_memory;
	enum lop_cpu_family family;
	unsigned max_el; /* highest execution level of the family */
};

enum lop_memory_kind { LOP_NO_MEMORY, LOP_DRAM, LOP_SRAM };

/* One (start, size) of physical memory, in root addresses. */
struct lop_physical {
	const struct lop_node *node;
	struct lop_range range;
	bool sram;  /* on-chip: mmio-sram, TCM, OCM; else device_type = "memory" */
	bool typed; /* has device_type = "memory" */
};

struct lop_reserved {
	const struct lop_node *node;
	struct lop_range range; /* size 0: placed by the OS (size/alloc-ranges) */
	bool domain_memory;	/* openamp,domain-memory-v1: hides somebody's memory, always kept */
};

/* Beside the flags of tree/kinds.h, only in the model: from access-flags-names. */
#define LOP_FLAG_FROM_POOL (UINT64_C(1) << 62) /* a pattern took it from its pool */
#define LOP_FLAG_SHARED	   (UINT64_C(1) << 63)

struct lop_cpu_use { /* one triplet of cpus */
	struct lop_cluster *cluster;
	uint64_t mask; /* as written */
	uint64_t set;  /* bit n: the cluster's n-th CPU in document order */
	unsigned el;
	bool secure, lockstep;
	uint32_t mode; /* as written */
	struct lop_span span, mode_span;
};

struct lop_memory_use {
	struct lop_range range; /* root addresses */
	uint64_t flags;
	bool automatic;		      /* only a size was asked for; place/ chose the base */
	const struct lop_node *node;  /* sram given by name: that node; else NULL */
	const struct lop_node *group; /* through include of this resource group; else NULL */
	bool all;		      /* a part of what "*" stands for */
	bool moved;		      /* the domain sees it at guest: its manager translates */
	uint64_t guest;
	struct lop_span span, guest_span;
};

/* Memory or sram that a domain has. */
struct lop_taken {
	struct lop_range range;
	const struct lop_domain *domain;
};

struct lop_access {
	const struct lop_node *node;
	uint64_t flags;
	const struct lop_node
		*group; /* through include of this resource group; NULL: its own list */
	bool from_pool; /* a pattern moved it here from the parent or another pool */
	struct lop_span span;
};

struct lop_node_use {
	const struct lop_node *node;
	struct lop_span span;
};

enum lop_relation_kind { LOP_REL_REMOTEPROC, LOP_REL_RPMSG, LOP_REL_LIBMETAL };

struct lop_relation {
	enum lop_relation_kind kind;
	const struct lop_node *node;
	struct lop_domain *peer; /* NULL: unknown, reported */
	bool peer_is_remote;	 /* this side is the host */
	struct lop_node_use *carveouts, *elfload, *mboxes, *timers;
	size_t n_carveouts, n_elfload, n_mboxes, n_timers;
	struct lop_span span;
};

struct lop_firewall {
	const struct lop_node *target; /* domain or bus master; NULL: the default */
	uint32_t action;	       /* 0 block, 1 allow, 2 block-desirable */
	uint32_t priority;
	struct lop_span span;
};

/* How a domain may be told apart from others of its kind. */
enum lop_domain_kind {
	LOP_DOMAIN,	       /* openamp,domain-v1 and what the wild calls so, xilinx,subsystem */
	LOP_DOMAIN_HYPERVISOR, /* openamp,hypervisor-v1 */
};

struct lop_domain {
	const struct lop_node *node;
	const char *name; /* unique; also the name of its output folder */
	enum lop_domain_kind kind;
	struct lop_domain *parent; /* NULL: child of /domains */
	uint64_t id;
	bool has_id;
	const char *os_type;   /* NULL: none */
	const char *condition; /* lopper,activate, else os,type; NULL: none */
	struct lop_cpu_use *cpus;
	struct lop_memory_use *memory, *sram;
	struct lop_access *access;
	struct lop_node_use *reserved;
	struct lop_relation *relations;
	struct lop_node_use *named; /* devices that its relations name: given to it as well */
	/* of /reserved-memory: named by any of its lists, each once, then used by its devices */
	struct lop_node_use *regions;
	size_t n_regions, n_all_regions; /* the named ones, all */
	struct lop_firewall *firewalls;
	size_t n_cpus, n_memory, n_sram, n_access, n_reserved, n_relations, n_named, n_firewalls;
	bool memory_all, sram_all, access_all; /* "*" without a pool; of memory: also listed */
	bool moves;			       /* some of its memory: lop_memory_use.moved */
	bool is_default;		       /* gets everything nobody else has been given */
	uint64_t rest_flags;		       /* of "*" in access: LOP_FLAG_SHARED and its like */
	struct lop_span rest_span;	       /* of that, else the domain's */
	const struct lop_node *chosen;	       /* its own, NULL: none */
	struct lop_life *life;		       /* never NULL once built */
	struct lop_linker *linker;	       /* NULL: it says nothing */
	struct lop_span span;
};

struct lop_system {
	struct lop_arena *arena;
	struct lop_diags *diags;
	struct lop_tree *tree; /* merged, resolved, numbered */
	struct lop_cluster *clusters;
	struct lop_physical *physical;
	unsigned char *memory; /* by node: enum lop_memory_kind */
	struct lop_reserved *reserved;
	struct lop_domain **domains; /* parents before their children */
	size_t n_clusters, n_cpus, n_physical, n_reserved, n_domains;
	const struct lop_domain **naming; /* those that name devices or regions */
	struct lop_taken *taken;	  /* memory and sram of all domains, by address */
	size_t n_naming, n_taken;
	struct lop_domain *default_domain;   /* NULL: the system has none */
	const struct lop_domain *only_linux; /* where one domain runs it; else NULL */
	struct lop_link **links;	     /* in document order, those of relations last */
	struct lop_pair **pairs;
	size_t n_links, n_pairs;
	struct lop_rproc **rprocs; /* what Linux starts; those of no flavour too */
	size_t n_rprocs;
	struct lop_manager *manager;	  /* NULL: unsupervised */
	struct lop_variants *variants;	  /* see lop_system_under */
	const struct lop_map *conditions; /* ("", condition): those that change anything */
	struct lop_needs *needs;	  /* view's own, made when it first asks */
	unsigned char *classes;		  /* the same */
	const struct lop_system
		*written;	       /* under a condition: as it is written; NULL: this is it */
	const char *condition;	       /* then; "" for none */
	const uint32_t *origin;	       /* under a condition: by node, its index as it is written */
	struct lop_cell_cache *cells;  /* system.c's own */
	struct lop_span domains_place; /* where domains would be written; text 0: in the tree */
};

/*
 * The meaning of a merged and resolved tree. Never NULL; what does not make sense is in diags and
 * left out.
 */
struct lop_system *lop_system_build(struct lop_tree *tree, struct lop_diags *diags);

/*
 * The system as it is where a condition is active (`prop!cond` in a domain file): itself, if the
 * tree has no conditional parts; else one built of a tree with the variants put in place, made once
 * per condition, and once for all those that change nothing.
 */
const struct lop_system *lop_system_under(const struct lop_system *system, const char *condition);

/* Is the system what a domain (of it) sees, or the one as it is written? */
bool lop_system_is_of(const struct lop_system *system, const struct lop_domain *domain);

/* A domain of the system as it is written, in what lop_system_under made of it; NULL: is none. */
const struct lop_domain *lop_system_same(const struct lop_system *system,
					 const struct lop_domain *domain);

/* Frees what is not the arena's: the trees made by lop_system_under. Not the system's own tree. */
void lop_system_free(struct lop_system *system);

const struct lop_domain *lop_system_domain(const struct lop_system *system, const char *name);

/*
 * The CPU (ordinal) that a bit of a cpumask names: the one whose reg is the bit's number, or, in a
 * cluster whose masks only make sense that way (by_place), the one in that place in document order.
 * By reg, a CPU whose reg is 64 or more has the bit of its place, if no CPU has that as its reg.
 * n_cpus if there is none. No two bits name one CPU.
 */
size_t lop_cluster_cpu_of_bit(const struct lop_cluster *cluster, unsigned bit);
/* *set: the CPUs of a mask in one of the two readings; returns the bits without a CPU. */
uint64_t lop_cluster_read_mask(const struct lop_cluster *cluster, uint64_t mask, bool place,
			       uint64_t *set);

/*
 * Where a cluster sees a root address range that belongs to node (a device, memory or bus). False:
 * not at all. The result is cut where the window ends; of several windows that show its start the
 * one that ends furthest counts, the first of equals. How it is reached decides: an address-map
 * entry for the node itself, else for the nearest bus above it, else (no map, or the default
 * cluster) 1:1 unless it is behind an indirect-bus.
 */
bool lop_cluster_sees(const struct lop_system *system, const struct lop_cluster *cluster,
		      const struct lop_node *node, struct lop_range root, struct lop_range *view);
/* How many CPUs a set has. */
unsigned lop_cpu_set_size(uint64_t set);

/*
 * Where the next window above a root address begins: one to the node or a bus above it, or (node
 * NULL) any. False: there is none.
 */
bool lop_cluster_next_window(const struct lop_cluster *cluster, const struct lop_node *node,
			     uint64_t addr, uint64_t *start);
/* Does the map name the node (or a bus above it) at all, zero-length entries included? */
bool lop_cluster_names(const struct lop_cluster *cluster, const struct lop_node *node);
/*
 * The same for memory, by its address: any window to memory of that kind (sram or not), or to a bus
 * that such memory is on, will do if it shows the start of the range. The result is cut where the
 * window ends.
 */
bool lop_cluster_sees_memory(const struct lop_system *system, const struct lop_cluster *cluster,
			     struct lop_range root, bool sram, struct lop_range *view);

/* --- what a domain sees; see guest.c --- */

/* The moved memory of a domain that has a root address; NULL: none. */
const struct lop_memory_use *lop_domain_moved(const struct lop_domain *domain, uint64_t root);
/* The first moved memory that the domain sees somewhere in a range; NULL: none. */
const struct lop_memory_use *lop_domain_guest(const struct lop_domain *domain,
					      struct lop_range view);
/* The range in which the domain sees memory that is moved. */
struct lop_range lop_use_guest(const struct lop_memory_use *use);
/*
 * lop_cluster_sees_memory for a domain: its own moved memory at its guest-address, and nothing else
 * there. Without a cluster it sees the rest 1:1. The result is cut where either ends; where it is
 * false, size says for how many bytes.
 */
bool lop_domain_sees_memory(const struct lop_system *system, const struct lop_domain *domain,
			    struct lop_range root, bool sram, struct lop_range *view);
/* Where a domain sees the start of a range of DRAM; false: it does not. */
bool lop_domain_address(const struct lop_system *system, const struct lop_domain *domain,
			struct lop_range root, uint64_t *address);
/*
 * Where an end of a link sees a part of it: at guest-address, else as its cluster does. False: the
 * part has no place yet, or that end does not see it.
 */
bool lop_link_address(const struct lop_system *system, const struct lop_link *link,
		      enum lop_end end, struct lop_range part, uint64_t *address);
/*
 * Takes the first part that the cluster sees off a range of physical memory p: part in the root,
 * view as the cluster sees it. False: it sees nothing (more) of it. NULL cluster: all, 1:1.
 */
bool lop_cluster_next_part(const struct lop_system *system, const struct lop_cluster *cluster,
			   const struct lop_physical *p, struct lop_range *left,
			   struct lop_range *part, struct lop_range *view);

/* The cluster of the domain's first CPUs, or of the nearest domain above it; NULL: none. */
const struct lop_cluster *lop_domain_cluster(const struct lop_domain *domain);
bool lop_domain_runs_linux(const struct lop_domain *domain);
/* Is the CPU one of the domain's? */
/* The CPU behind one, or the first, of the 64-bit Arm clusters, in document order; NULL: none. */
const struct lop_cpu *lop_system_next_a64(const struct lop_system *system,
					  const struct lop_cpu *cpu);
bool lop_domain_has_cpu(const struct lop_domain *domain, const struct lop_cpu *cpu);
/* Memory and on-chip memory of a domain, as one list. */
size_t lop_domain_n_uses(const struct lop_domain *domain);
const struct lop_memory_use *lop_domain_use(const struct lop_domain *domain, size_t i);
/* Is the node physical memory? */
bool lop_system_is_memory(const struct lop_system *system, const struct lop_node *node);
/*
 * The physical memory that stands for an address in a domain's list: of the wanted kind, named by
 * the cluster's address-map (NULL: no cluster), with a device_type, in this order of weight; of
 * equals the first in the tree. NULL: there is no memory at the address.
 */
const struct lop_physical *lop_system_home(const struct lop_system *system,
					   const struct lop_cluster *cluster, uint64_t addr,
					   bool sram);
/* Does its compatible say so? */
bool lop_node_says_domain(const struct lop_tree *tree, const struct lop_node *node);
/* Does a contain b, or is it b? A parent and its nested domains are not competitors. */
bool lop_domain_related(const struct lop_domain *a, const struct lop_domain *b);
/*
 * Writes out anew what "*" of memory stands for: once place/ has chosen where automatic memory is,
 * other ranges are left than when the system was built.
 */
void lop_system_share_rest(struct lop_system *system);
bool lop_uses_have(const struct lop_node_use *uses, size_t n, const struct lop_node *node);
/* Does a relation of the domain, of those to peer (NULL: to anybody), name the node? */
bool lop_domain_relates(const struct lop_domain *domain, const struct lop_domain *peer,
			const struct lop_node *node);

#endif
