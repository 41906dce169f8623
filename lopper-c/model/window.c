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

/* How many of the node's windows, which begin at first, start at or below an address. */
static size_t n_below(const struct lop_cluster *cluster, const struct lop_node *node, size_t first,
		      uint64_t addr)
{
	size_t lo = first, hi = cluster->n_windows;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct lop_window *w = cluster->by_ref[mid];

		if (w->ref == node && w->root <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo - first;
}

/* The node's own window that shows most of what follows the start of the range. */
static bool through_node(const struct lop_cluster *cluster, const struct lop_node *node,
			 struct lop_range root, struct lop_range *view)
{
	size_t first = first_window(cluster, node);
	size_t n = n_below(cluster, node, first, root.base);

	return n && through(cluster->by_ref[cluster->furthest[first + n - 1]], root, view);
}

static bool next_of_node(const struct lop_cluster *cluster, const struct lop_node *node,
			 uint64_t addr, uint64_t *start)
{
	size_t first = first_window(cluster, node);
	size_t at = first + n_below(cluster, node, first, addr);

	if (at >= cluster->n_windows || cluster->by_ref[at]->ref != node)
		return false;
	*start = cluster->by_ref[at]->root;
	return true;
}

static bool next_of_any(const struct lop_cluster *cluster, uint64_t addr, uint64_t *start)
{
	size_t lo = 0, hi = cluster->n_windows;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (cluster->starts[mid] <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < cluster->n_windows)
		*start = cluster->starts[lo];
	return lo < cluster->n_windows;
}

bool lop_cluster_next_window(const struct lop_cluster *cluster, const struct lop_node *node,
			     uint64_t addr, uint64_t *start)
{
	bool found = false;
	uint64_t next;

	if (!node)
		return next_of_any(cluster, addr, start);
	for (; node; node = node->parent) {
		if (!next_of_node(cluster, node, addr, &next) || (found && next >= *start))
			continue;
		*start = next;
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
static bool through_memory(const struct lop_cluster *cluster, struct lop_range root,
			   struct lop_range *view)
{
	for (size_t i = 0; i < cluster->n_to_memory; i++) {
		const struct lop_window *w = cluster->to_memory[i];

		if (lop_range_contains((struct lop_range){ w->root, w->size }, root) &&
		    through(w, root, view))
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
	return through_memory(cluster, root, view); /* made of memory: a shared buffer */
}

/* --- memory by its address alone --- */

/*
 * Does what stands behind ref hold the wanted kind of memory at the address? Memory itself does if
 * it is of that kind: nodes of the other one can stand at the same root address, a core's own TCM
 * at 0. A bus does if such memory is on it, or if there is none at the address at all.
 */
static bool holds_memory(const struct lop_system *system, const struct lop_node *ref, uint64_t addr,
			 bool sram)
{
	bool elsewhere = false;

	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_physical *p = &system->physical[i];

		if (p->node == ref)
			return p->sram == sram;
		if (p->sram != sram || !lop_range_contains_addr(p->range, addr))
			continue;
		if (lop_node_below(p->node, ref))
			return true;
		elsewhere = true;
	}
	return !elsewhere;
}

/* Is memory of that kind at the address, and all of it behind an indirect-bus? */
static bool hidden_memory(const struct lop_system *system, uint64_t addr, bool sram)
{
	bool hidden = false;

	for (size_t i = 0; i < system->n_physical; i++) {
		const struct lop_physical *p = &system->physical[i];

		if (p->sram != sram || !lop_range_contains_addr(p->range, addr))
			continue;
		if (!behind_indirect_bus(system, p->node))
			return false;
		hidden = true;
	}
	return hidden;
}

bool lop_cluster_sees_memory(const struct lop_system *system, const struct lop_cluster *cluster,
			     struct lop_range root, bool sram, struct lop_range *view)
{
	bool found = false;

	for (size_t i = 0; i < cluster->n_windows; i++) {
		const struct lop_window *w = &cluster->windows[i];
		struct lop_range v;

		if (!through(w, root, &v) || (found && v.size <= view->size) ||
		    !holds_memory(system, w->ref, root.base, sram))
			continue;
		*view = v;
		found = true;
	}
	if (found)
		return true;
	if ((cluster->has_map && !cluster->is_default) || hidden_memory(system, root.base, sram))
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
