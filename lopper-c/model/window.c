/* SPDX-License-Identifier: BSD-3-Clause */
/* What a cluster sees of the root address space: its address-map applied; see system.h. */
#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"

/* First window of a node in by_ref order, or n_windows. */
static size_t first_window(const struct lop_cluster *cluster, const struct lop_node *node)
{
	size_t lo = 0, hi = cluster->n_windows;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (cluster->by_ref[mid]->ref->index < node->index)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < cluster->n_windows && cluster->by_ref[lo]->ref == node)
		return lo;
	return cluster->n_windows;
}

static bool through(const struct lop_window *w, struct lop_range root, struct lop_range *view)
{
	struct lop_range window = { w->root, w->size };
	uint64_t offset = root.base - w->root;

	if (!lop_range_contains_addr(window, root.base))
		return false;
	view->base = w->view + offset;
	view->size = root.size < w->size - offset ? root.size : w->size - offset;
	return true;
}

/* Any of the node's own windows, the one that shows most of the range. */
static bool through_node(const struct lop_cluster *cluster, const struct lop_node *node,
			 struct lop_range root, struct lop_range *view)
{
	bool found = false;

	for (size_t i = first_window(cluster, node);
	     i < cluster->n_windows && cluster->by_ref[i]->ref == node; i++) {
		struct lop_range v;

		if (!through(cluster->by_ref[i], root, &v) || (found && v.size <= view->size))
			continue;
		*view = v;
		found = true;
	}
	return found;
}

bool lop_cluster_names(const struct lop_cluster *cluster, const struct lop_node *node)
{
	for (; node; node = node->parent)
		if (first_window(cluster, node) < cluster->n_windows)
			return true;
	return false;
}

static bool behind_indirect_bus(const struct lop_system *system, const struct lop_node *node)
{
	for (const struct lop_node *bus = node->parent; bus; bus = bus->parent)
		if (lop_node_is_indirect_bus(system->tree, bus))
			return true;
	return false;
}

/* A window to memory that shows all of the range. */
static bool through_memory(const struct lop_system *system, const struct lop_cluster *cluster,
			   struct lop_range root, struct lop_range *view)
{
	for (size_t i = 0; i < cluster->n_windows; i++) {
		const struct lop_window *w = &cluster->windows[i];

		if (lop_range_contains((struct lop_range){ w->root, w->size }, root) &&
		    lop_system_is_memory(system, w->ref) && through(w, root, view))
			return true;
	}
	return false;
}

bool lop_cluster_sees(const struct lop_system *system, const struct lop_cluster *cluster,
		      const struct lop_node *node, struct lop_range root, struct lop_range *view)
{
	for (const struct lop_node *n = node; n && cluster->n_windows; n = n->parent)
		if (through_node(cluster, n, root, view))
			return true;
	if ((!cluster->has_map || cluster->is_default) && !behind_indirect_bus(system, node)) {
		*view = root;
		return true;
	}
	return through_memory(system, cluster, root, view); /* made of memory: a shared buffer */
}

/* Nodes of the other kind of memory can stand at the same root address: a core's own TCM at 0. */
static bool may_show(const struct lop_system *system, const struct lop_window *w, bool sram)
{
	unsigned char kind = system->memory[w->ref->index];

	return kind == LOP_NO_MEMORY || (kind == LOP_SRAM) == sram;
}

bool lop_cluster_sees_memory(const struct lop_system *system, const struct lop_cluster *cluster,
			     struct lop_range root, bool sram, struct lop_range *view)
{
	bool found = false;

	for (size_t i = 0; i < cluster->n_windows; i++) {
		struct lop_range v;

		if (!through(&cluster->windows[i], root, &v) || (found && v.size <= view->size) ||
		    !may_show(system, &cluster->windows[i], sram))
			continue;
		*view = v;
		found = true;
	}
	if (found)
		return true;
	if (cluster->has_map && !cluster->is_default)
		return false;
	*view = root;
	return true;
}

static bool sees_part(const struct lop_system *system, const struct lop_cluster *cluster,
		      const struct lop_physical *p, struct lop_range root, struct lop_range *view)
{
	*view = root;
	if (!cluster)
		return true;
	if (lop_cluster_names(cluster, p->node) &&
	    lop_cluster_sees(system, cluster, p->node, root, view) && view->size)
		return true;
	return lop_cluster_sees_memory(system, cluster, root, p->sram, view) && view->size;
}

/* Where the next window above an address begins; false: nowhere. */
static bool next_window(const struct lop_cluster *cluster, uint64_t addr, uint64_t *start)
{
	bool found = false;

	for (size_t i = 0; i < cluster->n_windows; i++) {
		uint64_t root = cluster->windows[i].root;

		if (root <= addr || (found && root >= *start))
			continue;
		*start = root;
		found = true;
	}
	return found;
}

bool lop_cluster_next_part(const struct lop_system *system, const struct lop_cluster *cluster,
			   const struct lop_physical *p, struct lop_range *left,
			   struct lop_range *part, struct lop_range *view)
{
	uint64_t next = 0;

	while (left->size && !sees_part(system, cluster, p, *left, view)) {
		if (!next_window(cluster, left->base, &next) || next - left->base >= left->size)
			return false;
		left->size -= next - left->base;
		left->base = next;
	}
	if (!left->size)
		return false;
	*part = (struct lop_range){ left->base, view->size };
	left->base += part->size;
	left->size -= part->size;
	return true;
}

const struct lop_cluster *lop_domain_cluster(const struct lop_domain *domain)
{
	for (; domain; domain = domain->parent)
		if (domain->n_cpus)
			return domain->cpus[0].cluster;
	return NULL;
}

bool lop_domain_address(const struct lop_system *system, const struct lop_domain *domain,
			struct lop_range root, uint64_t *address)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);
	struct lop_range view = root;

	if (cluster && !lop_cluster_sees_memory(system, cluster, root, false, &view))
		return false;
	*address = view.base;
	return true;
}

bool lop_link_address(const struct lop_system *system, const struct lop_link *link,
		      enum lop_end end, struct lop_range part, uint64_t *address)
{
	if (!part.size)
		return false;
	if (link->guest[end] == UINT64_MAX)
		return lop_domain_address(system, link->end[end], part, address);
	*address = link->guest[end] + (part.base - link->window.base);
	return true;
}
