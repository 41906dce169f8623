/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Registers of devices as regions of whole pages: neighbours become one region, and a page that
 * devices of two domains stand on is an error, because stage 2 cannot divide it.
 */
#include <stdlib.h>

#include "lopper-c/emit/partition_table.h"
#include "lopper-c/tree/bus.h"

#define PAGE UINT64_C(0x1000)

/* Pages of one register block. */
struct lop_page {
	struct lop_range phys;
	uint64_t guest;
	const struct lop_node *node;
	uint32_t domain;
	bool shared;
};

static struct lop_range whole_pages(struct lop_range r)
{
	uint64_t last = lop_range_last(r) / PAGE * PAGE + (PAGE - 1);

	return (struct lop_range){ r.base / PAGE * PAGE, last - r.base / PAGE * PAGE + 1 };
}

static bool is_shared(const struct lop_domain *domain, const struct lop_node *node)
{
	for (size_t i = 0; i < domain->n_access; i++)
		if (lop_node_below(node, domain->access[i].node))
			return domain->access[i].flags & (LOP_FLAG_SHARED | LOP_FLAG_TIMESHARE);
	return false;
}

static void report_page(struct lop_partition *p, const struct lop_view *view,
			const struct lop_page *page, const struct lop_page *other)
{
	const struct lop_system *system = p->system;
	char text[LOP_RANGE_TEXT];
	struct lop_diag *d = lop_report(
		system->diags, LOP_ISOLATION, page->node->span,
		"`%s` of `%s` and `%s` of `%s` are on one page: %s", page->node->name,
		view->domain->name, other->node->name, system->domains[other->domain]->name,
		lop_range_text(lop_range_intersect(page->phys, other->phys), text));

	lop_diag_label(d, page->node->span, "in the tree of `%s`", view->domain->name);
	lop_diag_label(d, other->node->span, "in the tree of `%s`",
		       system->domains[other->domain]->name);
	lop_diag_help(d, "stage 2 divides memory by pages of 4 KiB: give both to one domain, or "
			 "disable one of them");
}

static void check_page(struct lop_partition *p, const struct lop_view *view,
		       const struct lop_page *page)
{
	for (size_t i = 0; i < p->n_pages; i++) {
		const struct lop_page *other = &p->pages[i];

		if (other->domain == page->domain || (other->shared && page->shared) ||
		    !lop_range_overlaps(other->phys, page->phys))
			continue;
		report_page(p, view, page, other);
		return;
	}
}

/* What the manager plays is not passed through, what has no registers cannot be. */
static bool is_passed(const struct lop_partition *p, const struct lop_tree *tree,
		      const struct lop_node *node)
{
	return node != p->system->manager->intc && node != p->system->manager->uart &&
	       !lop_node_compatible(tree, node, "arm,gic-v3-its") &&
	       !lop_node_is_cpu_part(tree, node) && lop_node_enabled(tree, node);
}

static void add_node(struct lop_partition *p, const struct lop_view *view,
		     const struct lop_system *system, const struct lop_node *node)
{
	const struct lop_cluster *cluster = lop_domain_cluster(view->domain);

	for (size_t i = 0; i < lop_reg_count(system->tree, node); i++) {
		struct lop_where where = lop_reg_to_root(system->tree, node, i);
		struct lop_range seen = where.range;
		struct lop_page page;

		if (!where.mapped || !where.range.size)
			continue;
		if (cluster && !lop_cluster_sees(system, cluster, node, where.range, &seen))
			continue;
		page = (struct lop_page){
			.phys = whole_pages(where.range),
			.guest = seen.base / PAGE * PAGE,
			.node = node,
			.domain = p->domain,
			.shared = is_shared(view->domain, node),
		};
		check_page(p, view, &page);
		*LOP_APPEND(p->arena, p->pages, p->n_pages) = page;
	}
}

/* A device and the parts of it that have registers in the root's address space. */
static void add_subtree(struct lop_partition *p, const struct lop_view *view,
			const struct lop_system *system, const struct lop_node *top)
{
	const struct lop_node *n = top;

	while (n) {
		if (is_passed(p, system->tree, n)) {
			add_node(p, view, system, n);
			n = lop_node_next(n, top);
			continue;
		}
		while (n != top && !n->next)
			n = n->parent;
		n = n == top ? NULL : n->next;
	}
}

static int compare(const void *a, const void *b)
{
	const struct lop_page *x = a, *y = b;

	return x->phys.base < y->phys.base ? -1 : x->phys.base > y->phys.base;
}

/* Does the page continue the region, at both addresses, with the same rights? */
static bool continues(const struct pm_region *r, const struct lop_page *page)
{
	uint64_t end = r->phys + r->size;

	return page->phys.base <= end && page->guest - r->guest == page->phys.base - r->phys &&
	       (r->kind == PM_REGION_SHARED) == page->shared;
}

static void add_regions(struct lop_partition *p, const struct lop_page *pages, size_t n)
{
	struct pm_region *r = NULL;

	for (size_t i = 0; i < n; i++) {
		uint64_t end = pages[i].phys.base + pages[i].phys.size;

		if (r && continues(r, &pages[i])) {
			if (end > r->phys + r->size)
				r->size = end - r->phys;
			continue;
		}
		r = LOP_APPEND(p->arena, p->regions, p->n_regions);
		*r = (struct pm_region){
			.guest = pages[i].guest,
			.phys = pages[i].phys.base,
			.size = pages[i].phys.size,
			.kind = pages[i].shared ? PM_REGION_SHARED : PM_REGION_DEVICE,
			.flags = PM_REGION_READ | PM_REGION_WRITE,
			.type = PM_TYPE_DEVICE,
			.domain = p->domain,
			.link = PM_NONE,
			.name = lop_partition_text(p, pages[i].node->name),
		};
	}
}

void lop_partition_devices(struct lop_partition *p, const struct lop_view *view)
{
	const struct lop_system *system = lop_system_under(p->system, view->domain->condition);
	size_t first = p->n_pages;

	for (size_t i = 0; i < view->n_devices; i++)
		add_subtree(p, view, system, view->devices[i]);
	for (size_t i = 0; i < view->n_depends; i++)
		add_subtree(p, view, system, view->depends[i]);
	if (p->n_pages > first)
		qsort(p->pages + first, p->n_pages - first, sizeof(*p->pages), compare);
	add_regions(p, p->pages + first, p->n_pages - first);
}
