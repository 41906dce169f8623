/* SPDX-License-Identifier: BSD-3-Clause */
/* Domains from the System Device Tree itself, and what all of them amount to in the end. */
#include "oracle.h"

#include <fnmatch.h>
#include <libfdt.h>
#include <string.h>

bool orc_related(const struct domain *a, const struct domain *b)
{
	const struct domain *d;

	for (d = a; d; d = d->parent)
		if (d == b)
			return true;
	for (d = b; d; d = d->parent)
		if (d == a)
			return true;
	return false;
}

/* --- names --- */

static bool is_device_place(const struct node *n)
{
	while (n->parent && n->parent->parent)
		n = n->parent;
	return n->parent && strcmp(n->name, "domains") != 0 && n->name[0] != '_' &&
	       strcmp(n->name, "aliases") != 0 && strcmp(n->name, "chosen") != 0;
}

static bool named(const struct tree *t, const struct node *n, const char *name, int how)
{
	size_t len = orc_base_len(n->name), i;

	if (how == 0)
		return strcmp(n->name, name) == 0;
	if (how == 2)
		return strlen(name) == len && strncmp(n->name, name, len) == 0;
	len = strcspn(name, "@"); /* label, label@unit */
	for (i = 0; i < t->n_labels; i++) {
		const char *unit = strchr(n->name, '@');

		if (t->labels[i].node != n || strlen(t->labels[i].name) != len ||
		    strncmp(t->labels[i].name, name, len) != 0)
			continue;
		if (!name[len] || (unit && strcmp(unit, name + len) == 0))
			return true;
	}
	return false;
}

static bool has_label(const struct tree *t, const struct node *n, const char *label)
{
	return label && named(t, n, label, 1);
}

/* By exact name, label, or name without unit address, whichever fits first; label decides. */
struct node *orc_find_device(const struct tree *t, const char *name, const char *label)
{
	struct node *found;
	size_t i, n;
	int how;

	if (name[0] == '/')
		return orc_by_path(t, name);
	for (how = 0; how < 3; how++) {
		found = NULL;
		for (i = n = 0; i < t->n; i++) {
			if (!is_device_place(t->all[i]) || !named(t, t->all[i], name, how))
				continue;
			if (has_label(t, t->all[i], label))
				return t->all[i];
			found = t->all[i];
			n++;
		}
		if (n)
			return n == 1 ? found : NULL;
	}
	return NULL;
}

/* --- domains of the tree --- */

static void tree_cpus(const struct tree *t, struct domain *d)
{
	int len, i;
	const void *p = orc_prop(t, d->node, "cpus", &len);

	for (i = 0; p && i + 2 < len / 4; i += 3) {
		struct node *n = orc_by_phandle(t, orc_cell(p, (size_t)i));
		struct use *u;

		if (!n || (!orc_is_cluster(t, n) && !n->parent)) {
			d->unknown++;
			continue;
		}
		d->uses = orc_grow(d->uses, d->n_uses, sizeof(*u));
		u = &d->uses[d->n_uses++];
		u->cpu = orc_is_cluster(t, n) ? NULL : n;
		u->cluster = u->cpu ? n->parent : n;
		u->mask = orc_cell(p, (size_t)i + 1);
	}
}

static size_t tree_nodes(const struct tree *t, const void *p, int len, struct range **out)
{
	size_t i, n = 0;

	for (i = 0; i < (size_t)len / 4; i++) {
		const struct node *node = orc_by_phandle(t, orc_cell(p, i));
		struct range reg[16];
		size_t k, count = node ? orc_reg(t, node, reg, 16) : 0;

		if (!node)
			return 0;
		for (k = 0; k < count; k++) {
			if (!orc_to_root(t, node, &reg[k]))
				continue;
			*out = orc_grow(*out, n, sizeof(struct range));
			(*out)[n++] = reg[k];
		}
	}
	return n;
}

static uint32_t cells_for(const struct tree *t, const struct domain *d, const char *name,
			  uint32_t def)
{
	return orc_number(t, d->node->parent, name, orc_number(t, t->all[0], name, def));
}

static size_t tree_ranges(const struct tree *t, const struct domain *d, const char *name,
			  const char *flags, struct range **out)
{
	uint32_t ac = cells_for(t, d, "#address-cells", 2), sc = cells_for(t, d, "#size-cells", 1);
	uint32_t stride = ac + sc + orc_number(t, d->node, flags, 0);
	size_t i, n = 0;
	int len;
	const void *p = orc_prop(t, d->node, name, &len);

	if (!p)
		return 0;
	if (strcmp(name, "sram") == 0 && (n = tree_nodes(t, p, len, out)) > 0)
		return n;
	for (i = 0; (i + stride) * 4 <= (size_t)len; i += stride) {
		*out = orc_grow(*out, n, sizeof(struct range));
		(*out)[n++] = (struct range){ orc_cells(p, i, ac), orc_cells(p, i + ac, sc) };
	}
	return n;
}

static size_t lost_with(const struct tree *t, const void *p, size_t n, size_t stride)
{
	size_t i, lost = 0;

	for (i = 0; i < n; i += stride)
		if (!orc_by_phandle(t, orc_cell(p, i)))
			lost++;
	return lost;
}

static void tree_access(const struct tree *t, struct domain *d)
{
	size_t i, n, stride;
	int len;
	const void *p = orc_prop(t, d->node, "access", &len);

	n = p ? (size_t)len / 4 : 0;
	stride = 1 + orc_number(t, d->node, "#access-flags-cells", 0);
	if (!orc_has(t, d->node, "#access-flags-cells") && n % 2 == 0 && lost_with(t, p, n, 1) &&
	    !lost_with(t, p, n, 2))
		stride = 2;
	d->lists_access |= p != NULL;
	for (i = 0; i < n; i += stride) {
		struct node *node = orc_by_phandle(t, orc_cell(p, i));

		if (!node) {
			d->unknown++;
			continue;
		}
		d->grants = orc_grow(d->grants, d->n_grants, sizeof(struct grant));
		d->grants[d->n_grants++] = (struct grant){ .node = node, .dev = node->name };
	}
}

static void tree_domains(struct system *s, struct node *top, struct domain *parent)
{
	struct node *n;

	for (n = top->first; n; n = n->next) {
		struct domain *d;

		if (strcmp(n->name, "chosen") == 0 || strcmp(n->name, "reserved-memory") == 0)
			continue;
		d = orc_alloc(sizeof(*d));
		d->node = n;
		d->name = orc_label_of(s->tree, n) ? orc_label_of(s->tree, n) : n->name;
		d->parent = parent;
		d->group = orc_compatible_part(s->tree, n, "group-v1");
		d->pool = orc_compatible_part(s->tree, n, ",devices");
		d->real = !d->group && !d->pool &&
			  (orc_has(s->tree, n, "cpus") || orc_has(s->tree, n, "id") ||
			   orc_compatible_part(s->tree, n, "domain-v") ||
			   orc_compatible_part(s->tree, n, "subsystem"));
		s->domains = orc_grow(s->domains, s->n, sizeof(struct domain *));
		s->domains[s->n++] = d;
		tree_cpus(s->tree, d);
		tree_access(s->tree, d);
		d->n_memory = tree_ranges(s->tree, d, "memory", "#memory-flags-cells", &d->memory);
		d->n_sram = tree_ranges(s->tree, d, "sram", "#sram-flags-cells", &d->sram);
		tree_domains(s, n, d);
	}
}

struct system *orc_system_load(struct tree *t)
{
	struct system *s = orc_alloc(sizeof(*s));
	struct node *domains = orc_by_path(t, "/domains");

	s->tree = t;
	if (domains)
		tree_domains(s, domains, NULL);
	return s;
}

/* --- after the last file --- */

static struct domain *domain_of_key(const struct system *s, const char *key)
{
	const char *last = strrchr(key, '/');
	size_t i;

	last = last ? last + 1 : key;
	for (i = 0; i < s->n; i++)
		if (strcmp(s->domains[i]->name, last) == 0)
			return s->domains[i];
	return NULL;
}

static void resolve_parent(const struct system *s, struct domain *d)
{
	struct domain *parent;

	if (!d->parent_key || strcmp(d->parent_key, "auto") == 0)
		return;
	parent = domain_of_key(s, d->parent_key);
	if (!parent || orc_related(parent, d))
		return;
	d->parent = parent;
}

static void take_group(const struct system *s, struct domain *d, const char *name)
{
	const struct domain *g = domain_of_key(s, name);
	size_t i;

	if (!g || !g->group) {
		d->unknown++;
		return;
	}
	for (i = 0; i < g->n_grants; i++) {
		d->grants = orc_grow(d->grants, d->n_grants, sizeof(struct grant));
		d->grants[d->n_grants] = g->grants[i];
		d->grants[d->n_grants++].shared = true;
	}
	for (i = 0; i < g->n_memory; i++) {
		d->memory = orc_grow(d->memory, d->n_memory, sizeof(struct range));
		d->memory[d->n_memory++] = g->memory[i];
	}
	for (i = 0; i < g->n_sram; i++) {
		d->sram = orc_grow(d->sram, d->n_sram, sizeof(struct range));
		d->sram[d->n_sram++] = g->sram[i];
	}
}

/* Whose list patterns choose from: an ancestor with a list, else an inventory beside one. */
static struct domain *pool_of(const struct system *s, const struct domain *d)
{
	struct domain *up;
	const struct domain *at;
	size_t i;

	for (up = d->parent; up; up = up->parent)
		if (up->lists_access)
			return up;
	for (at = d; at; at = at->parent)
		for (i = 0; i < s->n; i++)
			if (s->domains[i]->pool && s->domains[i]->parent == at->parent)
				return s->domains[i];
	return NULL;
}

/* Does another domain that draws from the same pool name the device itself? */
static bool named_by_peer(const struct system *s, const struct domain *d, const struct domain *pool,
			  const struct node *n)
{
	size_t i, k;

	for (i = 0; i < s->n; i++) {
		const struct domain *e = s->domains[i];

		if (e == d || e == pool || !e->real || orc_related(e, d) || pool_of(s, e) != pool)
			continue;
		for (k = 0; k < e->n_grants; k++)
			if (e->grants[k].node == n && !e->grants[k].globbed)
				return true;
	}
	return false;
}

static void resolve_pattern(const struct system *s, struct domain *d, const char *pattern)
{
	const struct domain *pool = pool_of(s, d);
	size_t i, before = d->n_grants;

	if (!pool) {
		d->all_devices |= strcmp(pattern, "*") == 0;
		d->unknown += strcmp(pattern, "*") != 0;
		return;
	}
	for (i = 0; i < pool->n_grants; i++) {
		struct grant g = pool->grants[i];

		if (fnmatch(pattern, g.dev, 0) != 0 || orc_given(d, g.node) ||
		    named_by_peer(s, d, pool, g.node))
			continue;
		g.globbed = true;
		d->grants = orc_grow(d->grants, d->n_grants, sizeof(g));
		d->grants[d->n_grants++] = g;
	}
	d->unknown += before == d->n_grants;
}

static bool outermost(const struct domain *d)
{
	for (d = d->parent; d; d = d->parent)
		if (d->n_uses)
			return false;
	return true;
}

static bool on_default_cluster(const struct tree *t, const struct domain *d)
{
	size_t i;

	for (i = 0; i < d->n_uses; i++)
		if (d->uses[i].cluster->parent == t->all[0] &&
		    strcmp(d->uses[i].cluster->name, "cpus") == 0)
			return true;
	return false;
}

/* On the default cluster: the only one, else the only one with "*", else the only silent one. */
static void find_default(const struct system *s)
{
	struct domain *only[3] = { NULL };
	size_t n[3] = { 0 }, i, k;

	for (i = 0; i < s->n; i++) {
		struct domain *d = s->domains[i];
		bool fits[3] = { true, d->all_devices, !d->n_grants && !d->all_devices };

		if (!d->real || !outermost(d) || !on_default_cluster(s->tree, d))
			continue;
		for (k = 0; k < 3; k++)
			if (fits[k])
				only[k] = d, n[k]++;
	}
	k = n[0] == 1 ? 0 : n[1] ? 1 : 2;
	if (n[k] == 1)
		only[k]->is_default = true;
}

/* What a relation names is given, too; it makes no domain less of a default. */
static void take_named(struct domain *d)
{
	size_t i;

	for (i = 0; i < d->n_named; i++) {
		d->grants = orc_grow(d->grants, d->n_grants, sizeof(struct grant));
		d->grants[d->n_grants++] = d->named[i];
	}
}

void orc_system_finish(struct system *s)
{
	size_t i, k;

	for (i = 0; i < s->n; i++)
		resolve_parent(s, s->domains[i]);
	for (i = 0; i < s->n; i++)
		for (k = 0; k < s->domains[i]->n_includes; k++)
			take_group(s, s->domains[i], s->domains[i]->includes[k]);
	for (i = 0; i < s->n; i++)
		for (k = 0; k < s->domains[i]->n_patterns; k++)
			resolve_pattern(s, s->domains[i], s->domains[i]->patterns[k]);
	find_default(s);
	for (i = 0; i < s->n; i++)
		take_named(s->domains[i]);
}
