/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Links: pairs of domains that talk rpmsg over virtio rings in shared memory, with every number of
 * them. Written as `links`, or as the relations of the wild; the same here. What was left open is
 * filled in by place/.
 *
 *	window: table | ring 0 | ring 1 | buffers        each on a page of its own
 *
 * The host is the virtio driver and owns the buffers. Ring 0 goes from the remote to the host, ring
 * 1 the other way. Links with the same host and the same remote are a pair and share one resource
 * table, which stands in the window of the first of them.
 */
#ifndef LOP_MODEL_LINK_H
#define LOP_MODEL_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lopper-c/base/range.h"
#include "lopper-c/diag/source.h"

struct lop_domain;
struct lop_node;
struct lop_relation;
struct lop_resources;

/* Indices of what a link has twice. */
enum lop_direction { LOP_TO_HOST, LOP_TO_REMOTE };
enum lop_end { LOP_HOST, LOP_REMOTE };

enum lop_memory_type { LOP_WRITE_BACK, LOP_NON_CACHEABLE };

#define LOP_LINK_BUFFERS     64u   /* in each direction, where nothing is said */
#define LOP_LINK_BUFFER_SIZE 512u  /* bytes, header included: what Linux takes by itself */
#define LOP_LINK_ALIGN	     4096u /* of the used rings: what every peer takes */
#define LOP_LINUX_BUFFERS    256u  /* the most that Linux has in one direction */
#define LOP_LINK_PAGE	     4096u

/* DMA: rings and buffers together, where Linux takes them out of one pool. */
enum lop_link_part {
	LOP_PART_RING_0,
	LOP_PART_RING_1,
	LOP_PART_POOL,
	LOP_PART_TABLE,
	LOP_PART_DMA,
};

/* A relation of the wild that two sides share memory by, without rings of ours. */
enum lop_link_kind { LOP_LINK_RPMSG, LOP_LINK_LIBMETAL };

struct lop_link {
	const char *name;
	uint32_t index; /* in system.links */
	enum lop_link_kind kind;
	struct lop_domain *end[2];
	const struct lop_node *node;		/* below /links; NULL: made of relations */
	const struct lop_relation *relation[2]; /* of each end; NULL: it has none */
	struct lop_span span;

	uint32_t buffers[2];	 /* number, by direction */
	uint32_t buffer_size[2]; /* bytes */
	uint32_t ring_num[2];	 /* descriptors, a power of two */
	uint32_t align;
	enum lop_memory_type type;
	const char **channels; /* names, for headers */
	size_t n_channels;
	const struct lop_node *mbox[2];	   /* of each end; NULL: none */
	const struct lop_node *remoteproc; /* of the remote, for Linux; NULL: not said */
	const struct lop_rproc *rproc;	   /* that of the two ends; NULL: Linux starts no remote */
	bool host_places; /* Linux takes rings and buffers out of a pool: no address is known */

	/* Root addresses. size 0: not placed yet; a link of relations has no window of its own. */
	struct lop_range window;
	struct lop_span window_span;	/* text 0: placed by us */
	uint64_t window_size;		/* asked for without an address; 0: as much as it needs */
	struct lop_range table;		/* size 0: another link of the pair has it, or nobody */
	struct lop_range ring[2], pool; /* pool: the buffers of ring 0, then those of ring 1 */
	const struct lop_node *part[4]; /* regions of relations, by lop_link_part */

	/* Of each end. */
	uint64_t guest[2];	  /* address of the window, UINT64_MAX: as its cluster sees it */
	struct lop_span irq_span; /* of doorbell; text 0: not given */
	uint32_t irq[2];	  /* INTID it is rung with; UINT32_MAX: not said, or no manager */
	uint64_t doorbell[2];	  /* guest address of the page it rings the other with; 0: none */

	struct lop_pair *pair;
	uint32_t vdev; /* which virtio device of the pair's resource table */
};

/* All links with one host and one remote. */
struct lop_pair {
	struct lop_domain *end[2];
	struct lop_link **links;
	size_t n_links;
	struct lop_resources *resources; /* resources.h; never NULL once built */
};

#endif
