/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a report says, derived from the system and the views and from nothing else: maps of memory,
 * devices of domains with their interrupts. Every form of a report (text, JSON, HTML) prints these;
 * CPUs, lives and links are printed as the system has them. Everything is the system's arena's.
 */
#ifndef LOP_REPORT_FACTS_H
#define LOP_REPORT_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/model/system.h"
#include "lopper-c/tree/irq.h"
#include "lopper-c/view/view.h"

enum lop_fact_kind {
	LOP_FACT_MEMORY, /* of a domain */
	LOP_FACT_SRAM,
	LOP_FACT_RESERVED,
	LOP_FACT_MANAGER,
	LOP_FACT_SLOT,	 /* keeps the image of a domain */
	LOP_FACT_WINDOW, /* of a link; the next three are its parts */
	LOP_FACT_TABLE,
	LOP_FACT_RING,
	LOP_FACT_BUFFERS,
	LOP_FACT_TRACE, /* part of a domain's memory */
	LOP_FACT_DEVICE,
	LOP_FACT_FREE, /* memory of the machine that nobody has */
};

struct lop_owner {
	const struct lop_domain *domain;
	struct lop_owner *next;
};

/* Something that stands at an address of the machine. */
struct lop_fact_region {
	enum lop_fact_kind kind;
	struct lop_range range; /* root addresses */
	const char *name;
	const struct lop_node *node; /* NULL: stands for no node */
	const struct lop_link *link; /* of a window and its parts; else NULL */
	struct lop_owner *owner;     /* list; NULL: nobody's, or the manager's */
	bool manager;		     /* the manager's */
	bool shared;		     /* its owners said so */
	const struct lop_node
		*bus;	   /* indirect-bus that it stands behind: not the machine's address */
	bool given;	   /* memory: asked for by a domain file, not what was left over */
	bool inner;	   /* device: stands in one that somebody has */
	bool carved;	   /* inside a region of reserved-memory */
	bool holds_others; /* a reserved region made for memory of domains */
	struct lop_span span;
	const char *source; /* span in words */
};

/* A row of a map: a region, or a part of one, where one bus shows it. */
struct lop_map_row {
	const struct lop_fact_region *region;
	struct lop_range range; /* as seen on this bus */
	uint64_t root;		/* the same place for the machine */
	unsigned depth;		/* how many other rows contain it */
	bool overlaps;
};

/* Rows with different owners that have a piece in common. */
struct lop_map_overlap {
	const struct lop_fact_region *a, *b;
	struct lop_range range;
};

#define LOP_OVERLAPS_MAX 1000 /* that are listed of one map; see lop_bus_map.cut */
#define LOP_ACTIVE_MAX	 256  /* rows at one address that are compared with one another */

struct lop_bus_map {
	const char *name;		   /* "root", the cluster's, "domain NAME" */
	const struct lop_cluster *cluster; /* NULL: the root, or a domain */
	const struct lop_domain *domain;   /* what it has, where a manager shows some elsewhere */
	struct lop_map_row *rows;	   /* in address order, containers first */
	size_t n_rows;
	struct lop_map_overlap *overlaps;
	size_t n_overlaps;
	bool cut;	   /* there may be more overlaps than are listed */
	bool same_as_root; /* rows is empty: it shows what the root does */
};

/* A device as one domain has it. */
struct lop_device_use {
	const struct lop_node *node; /* of the merged tree */
	size_t domain;		     /* index */
	bool given;		     /* else it came along with what was */
	bool placed;		     /* range says where */
	struct lop_range range;	     /* of its first registers, as the domain's CPUs see them */
	const struct lop_irq *irqs;  /* at the domain's controller */
	size_t n_irqs;
	struct lop_span span;		  /* what gave it; else the node's */
	const char *source, *node_source; /* in words: of span, and of the node */
	struct lop_device_use *next_use;  /* the same device in another domain */
};

struct lop_domain_facts {
	const struct lop_domain *domain;
	const struct lop_view *view;  /* NULL: its tree was not made */
	struct lop_device_use **uses; /* in document order: given, then what those need */
	size_t n_uses;
};

struct lop_report {
	struct lop_arena *arena;
	const struct lop_system *system;
	const char *title;		  /* model of the machine, or its first compatible */
	size_t common;			  /* bytes of the folder that all files read are in */
	struct lop_domain_facts *domains; /* of system->domains, in their order */
	struct lop_device_use **devices;  /* first use of each device that a domain has, by node */
	size_t n_devices;
	struct lop_fact_region *regions; /* in the order in which they were found */
	size_t n_regions;
	struct lop_bus_map *maps; /* the root, the clusters, domains that have moved memory */
	size_t n_maps;
	const size_t *domain_index;	   /* by node index of the domain's node */
	struct lop_device_use **first_use; /* by node index */
	const struct lop_access **access;  /* by node index; facts.c's own, all NULL between uses */
	size_t next;			   /* domain whose view is expected */
};

/*
 * Begin, add views as they are made (while they have their trees), finish; then read. Without views
 * (of an input with errors) it says what the domains ask for.
 */
void lop_report_begin(struct lop_report *report, const struct lop_system *system);
void lop_report_add_view(struct lop_report *report, const struct lop_view *view);
void lop_report_finish(struct lop_report *report);

#endif
