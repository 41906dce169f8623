/* SPDX-License-Identifier: BSD-3-Clause */
/* What follows from a domain's entries: its CPUs, its ranges as its cluster sees them, its devices.
 */
#include "oracle.h"

#include <stdlib.h>
#include <string.h>

#define MAX_REG 64

struct window {
	uint64_t view, root, size;
	const struct node *ref;
};

bool orc_is_cluster(const struct tree *t, const struct node *n)
{
	return orc_compatible(t, n, "cpus,cluster") ||
	       (strcmp(n->name, "cpus") == 0 && n->parent == t->all[0]);
}

static bool is_cpu(const struct tree *t, const struct node *n)
{
	const char *type = orc_prop(t, n, "device_type", NULL);

	return (type && strcmp(type, "cpu") == 0) || strncmp(n->name, "cpu@", 4) == 0;
}

/* --- CPUs --- */

/* Bit i is the CPU whose reg is i; where there is none, the i-th. */
static const struct node *cpu_of_bit(const struct tree *t, const struct node *cluster, unsigned bit)
{
	const struct node *n, *nth = NULL;
	unsigned count = 0;

	for (n = cluster->first; n; n = n->next) {
		if (!is_cpu(t, n))
			continue;
		if (orc_number(t, n, "reg", UINT32_MAX) == bit)
			return n;
		if (count++ == bit)
			nth = n;
	}
	return nth;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static bool seen_before(const struct node *const *seen, size_t n, const struct node *cpu)
{
	while (n--)
		if (seen[n] == cpu)
			return true;
	return false;
}

size_t orc_cpus(const struct tree *t, const struct domain *d, uint64_t *out, size_t max)
{
	const struct node *seen[256];
	size_t i, n = 0;
	unsigned bit;

	for (i = 0; i < d->n_uses; i++) {
		const struct use *u = &d->uses[i];

		for (bit = 0; bit < 64; bit++) {
			const struct node *cpu = u->cpu;

			if (!cpu && u->mask >> bit & 1)
				cpu = cpu_of_bit(t, u->cluster, bit);
			if (!cpu || n == max || n == 256 || seen_before(seen, n, cpu))
				continue;
			seen[n] = cpu;
			out[n++] = orc_number(t, cpu, "reg", 0);
		}
	}
	qsort(out, n, sizeof(*out), by_value);
	return n;
}

/* --- ranges --- */

void orc_range_add(struct ranges *r, struct range add)
{
	if (!add.size)
		return;
	r->v = orc_grow(r->v, r->n, sizeof(struct range));
	r->v[r->n++] = add;
}

static int by_base(const void *a, const void *b)
{
	return by_value(&((const struct range *)a)->base, &((const struct range *)b)->base);
}

static uint64_t last_of(struct range r)
{
	return r.base + (r.size - 1);
}

void orc_join(struct ranges *r)
{
	size_t i, n = 0;

	if (r->n)
		qsort(r->v, r->n, sizeof(*r->v), by_base);
	for (i = 0; i < r->n; i++) {
		struct range *top = n ? &r->v[n - 1] : NULL;

		if (top && (last_of(*top) == UINT64_MAX || r->v[i].base <= last_of(*top) + 1)) {
			if (last_of(r->v[i]) > last_of(*top))
				top->size = last_of(r->v[i]) - top->base + 1;
			continue;
		}
		r->v[n++] = r->v[i];
	}
	r->n = n;
}

bool orc_uncovered(const struct ranges *a, const struct ranges *b, struct range *out)
{
	size_t i, k;

	for (i = 0; i < a->n; i++) {
		*out = a->v[i];
		for (k = 0; k < b->n; k++)
			if (b->v[k].base <= out->base && last_of(b->v[k]) >= out->base)
				break;
		if (k == b->n)
			return true;
		if (last_of(b->v[k]) >= last_of(*out))
			continue;
		out->size = last_of(*out) - last_of(b->v[k]);
		out->base = last_of(b->v[k]) + 1;
		return true;
	}
	return false;
}

/* --- the cluster's view --- */

static size_t resolving(const struct tree *t, const void *map, size_t n, size_t stride, size_t at)
{
	size_t i, good = 0;

	for (i = at; i < n; i += stride)
		if (orc_by_phandle(t, orc_cell(map, i)))
			good++;
	return good;
}

/* Root #address-cells or #ranges-address-cells for the third field: what leads to nodes. */
static size_t read_map(const struct tree *t, const struct node *cluster, struct window **out)
{
	uint32_t va = orc_number(t, cluster, "#ranges-address-cells", 0);
	uint32_t vs = orc_number(t, cluster, "#ranges-size-cells", 0);
	uint32_t ra = va, root = orc_number(t, t->all[0], "#address-cells", 2);
	size_t n, i, stride, count = 0;
	int len;
	const void *map = orc_prop(t, cluster, "address-map", &len);

	if (!map || va < 1 || va > 2 || vs < 1 || vs > 2)
		return 0;
	n = (size_t)len / 4;
	if (n % (va + 1 + va + vs) != 0 ||
	    (n % (va + 1 + root + vs) == 0 &&
	     resolving(t, map, n, va + 1 + va + vs, va) < n / (va + 1 + va + vs) &&
	     resolving(t, map, n, va + 1 + root + vs, va) == n / (va + 1 + root + vs)))
		ra = root;
	stride = va + 1 + ra + vs;
	*out = orc_alloc((n / stride + 1) * sizeof(**out));
	for (i = 0; i + stride <= n; i += stride)
		(*out)[count++] = (struct window){
			.view = orc_cells(map, i, va),
			.ref = orc_by_phandle(t, orc_cell(map, i + va)),
			.root = orc_cells(map, i + va + 1, ra),
			.size = orc_cells(map, i + va + 1 + ra, vs),
		};
	return count;
}

/* Of the cluster asked for last: every device of a domain asks for the same one. */
static size_t windows_of(const struct tree *t, const struct node *cluster, struct window **out)
{
	static const struct node *known;
	static struct window *windows;
	static size_t n;

	if (known != cluster)
		n = read_map(t, cluster, &windows);
	known = cluster;
	*out = windows;
	return n;
}

static size_t depth_of(const struct node *n)
{
	size_t depth = 0;

	while ((n = n->parent))
		depth++;
	return depth;
}

/* How well a window suits a range of node: its own entry best, then the nearest bus; 0: not. */
static size_t suits(const struct window *w, const struct node *node, bool any)
{
	if (w->ref && node && orc_below(node, w->ref))
		return 2 + depth_of(w->ref);
	return any && w->ref ? 1 : 0;
}

static void through_windows(const struct window *w, size_t n_w, const struct node *node, bool any,
			    struct range root, struct ranges *out)
{
	uint64_t at = root.base, last = last_of(root);

	for (;;) {
		const struct window *best = NULL;
		uint64_t next = UINT64_MAX, end;
		size_t i;

		for (i = 0; i < n_w; i++) {
			if (!w[i].size || !suits(&w[i], node, any))
				continue;
			if (w[i].root > at && w[i].root < next)
				next = w[i].root;
			if (at < w[i].root || at - w[i].root >= w[i].size)
				continue;
			if (!best || suits(&w[i], node, any) > suits(best, node, any))
				best = &w[i];
		}
		if (!best && (next == UINT64_MAX || next > last))
			return;
		if (!best) {
			at = next;
			continue;
		}
		end = best->root + (best->size - 1);
		end = end < last ? end : last;
		orc_range_add(out, (struct range){ best->view + (at - best->root), end - at + 1 });
		if (end == last)
			return;
		at = end + 1;
	}
}

static bool behind_indirect(const struct tree *t, const struct node *n)
{
	for (; n; n = n->parent)
		if (orc_compatible(t, n, "indirect-bus"))
			return true;
	return false;
}

static bool starts_in(const struct tree *t, const struct node *n, struct range r)
{
	struct range reg[MAX_REG];
	size_t k, count = orc_reg(t, n, reg, MAX_REG);

	for (k = 0; k < count; k++)
		if (orc_to_root(t, n, &reg[k]) && r.base >= reg[k].base &&
		    r.base - reg[k].base < reg[k].size)
			return true;
	return false;
}

/* The physical memory that a range starts in, else the SRAM. */
static const struct node *home_of(const struct tree *t, struct range r)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (orc_is_memory(t, t->all[i]) && starts_in(t, t->all[i], r))
			return t->all[i];
	for (i = 0; i < t->n; i++)
		if (orc_is_sram(t, t->all[i]) && starts_in(t, t->all[i], r))
			return t->all[i];
	return NULL;
}

/* A window to a core's own memory shows no DDR that happens to have the same address in the root.
 */
static size_t of_its_kind(const struct tree *t, const struct node *home, struct window *w, size_t n)
{
	size_t i, kept = 0;

	for (i = 0; i < n; i++)
		if (!home || !w[i].ref || !orc_is_memory(t, home) || !orc_is_sram(t, w[i].ref) ||
		    orc_is_memory(t, w[i].ref))
			w[kept++] = w[i];
	return kept;
}

/* A domain without CPUs of its own sees what its parent sees. */
static const struct node *cluster_of(const struct domain *d)
{
	while (d && !d->n_uses)
		d = d->parent;
	return d ? d->uses[0].cluster : NULL;
}

void orc_view(const struct tree *t, const struct domain *d, const struct node *node,
	      struct range root, struct ranges *out)
{
	const struct node *cluster = cluster_of(d);
	struct window *w = NULL;
	size_t n_w = cluster ? windows_of(t, cluster, &w) : 0, before = out->n;
	bool is_default = cluster && cluster->parent == t->all[0] && !strcmp(cluster->name, "cpus");

	if (!root.size)
		return;
	if (n_w && node)
		through_windows(w, n_w, node, false, root, out);
	else if (n_w)
		through_windows(w, of_its_kind(t, home_of(t, root), w, n_w), home_of(t, root), true,
				root, out);
	if (out->n == before && (!n_w || is_default) &&
	    !(node && is_default && behind_indirect(t, node)))
		orc_range_add(out, root);
}

void orc_assigned(const struct tree *t, const struct domain *d, const struct range *v, size_t n,
		  struct ranges *out)
{
	size_t i;

	for (i = 0; i < n; i++)
		orc_view(t, d, NULL, v[i], out);
}

/* --- devices --- */

bool orc_given(const struct domain *d, const struct node *n)
{
	size_t i;

	for (i = 0; i < d->n_grants; i++)
		if (d->grants[i].node == n)
			return true;
	return false;
}

static bool shared_by(const struct domain *d, const struct node *n)
{
	size_t i;

	for (i = 0; i < d->n_grants; i++)
		if (d->grants[i].node == n && d->grants[i].shared)
			return true;
	return false;
}

/* The nearest grant on the way up decides. */
bool orc_is_competitors(const struct system *s, const struct domain *d, const struct node *n)
{
	size_t i;

	for (; n && n->parent; n = n->parent) {
		bool theirs = false;

		if (orc_given(d, n))
			return false;
		for (i = 0; i < s->n; i++) {
			const struct domain *e = s->domains[i];

			if (!e->real || orc_related(e, d) || !orc_given(e, n))
				continue;
			theirs = true;
			if (shared_by(e, n))
				return false;
		}
		if (theirs)
			return true;
	}
	return false;
}

static bool on_bus(const struct tree *t, const struct node *n)
{
	for (n = n->parent; n && n->parent; n = n->parent)
		if (!orc_compatible(t, n, "simple-bus"))
			return false;
	return true;
}

bool orc_expect_by_default(const struct system *s, const struct domain *d, const struct node *n)
{
	const struct tree *t = s->tree;
	struct ranges view = { 0 };
	struct range reg;

	if (!n->parent || !on_bus(t, n) || !orc_has(t, n, "compatible") || orc_is_cluster(t, n))
		return false;
	if (orc_is_memory(t, n) || orc_is_sram(t, n) || orc_has(t, n, "interrupt-controller") ||
	    orc_has(t, n, "ranges") || orc_compatible(t, n, "simple-bus") ||
	    orc_compatible_part(t, n, "interrupt-multiplex"))
		return false;
	if (orc_is_competitors(s, d, n) || orc_reg(t, n, &reg, 1) != 1 || !orc_to_root(t, n, &reg))
		return false;
	orc_view(t, d, n, reg, &view);
	return view.n > 0;
}
