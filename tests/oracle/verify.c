/* SPDX-License-Identifier: BSD-3-Clause */
/* One written tree against what the domain must have. */
#include "oracle.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MAX_REG	 64
#define MAX_CPUS 256

struct check {
	const struct system *s;
	const struct domain *d;
	const struct tree *out;
	size_t bad, devices, unreachable, absent, references;
};

__attribute__((format(printf, 2, 3))) static void disagree(struct check *c, const char *fmt, ...)
{
	va_list ap;

	printf("  %s: ", c->d->name);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
	c->bad++;
}

static bool everything(const struct check *c)
{
	return c->d->all_devices || c->d->is_default;
}

static void path_of(const struct node *n, char *out, size_t size)
{
	size_t len;

	if (!n->parent) {
		*out = '\0';
		return;
	}
	path_of(n->parent, out, size);
	len = strlen(out);
	snprintf(out + len, size - len, "/%s", n->name);
}

/* --- CPUs --- */

static bool several_clusters(const struct domain *d)
{
	size_t i;

	for (i = 1; i < d->n_uses; i++)
		if (d->uses[i].cluster != d->uses[0].cluster)
			return true;
	return false;
}

/* CPUs of /cpus; of other clusters too where the domain has several, which one /cpus cannot hold.
 */
static size_t cpus_there(const struct check *c, uint64_t *out)
{
	struct domain all = { .name = c->d->name };
	struct use uses[MAX_CPUS];
	size_t i;

	all.uses = uses;
	for (i = 1; i < c->out->n && all.n_uses < MAX_CPUS; i++) {
		struct node *n = c->out->all[i];

		if (strncmp(n->name, "cpu@", 4) != 0 && strcmp(n->name, "cpu") != 0)
			continue;
		if (strcmp(n->parent->name, "cpus") == 0 ||
		    (several_clusters(c->d) && orc_compatible(c->out, n->parent, "cpus,cluster")))
			uses[all.n_uses++] = (struct use){ n->parent, n, 0 };
	}
	return orc_cpus(c->out, &all, out, MAX_CPUS);
}

static void check_cpus(struct check *c)
{
	uint64_t want[MAX_CPUS], have[MAX_CPUS];
	size_t n_want = orc_cpus(c->s->tree, c->d, want, MAX_CPUS), i;
	size_t n_have = cpus_there(c, have);

	if (n_have == n_want && memcmp(have, want, n_want * sizeof(*want)) == 0)
		return;
	disagree(c, "/cpus has %zu CPUs, the domain has %zu", n_have, n_want);
	for (i = 0; i < n_have; i++)
		printf("    there: cpu 0x%llx\n", (unsigned long long)have[i]);
	for (i = 0; i < n_want; i++)
		printf("    due:   cpu 0x%llx\n", (unsigned long long)want[i]);
}

/* A second cluster of the domain, under its own name. */
static bool own_cluster(const struct check *c, const struct node *n)
{
	size_t i;

	for (i = 0; i < c->d->n_uses; i++)
		if (strcmp(c->d->uses[i].cluster->name, n->name) == 0)
			return several_clusters(c->d);
	return false;
}

static void check_foreign(struct check *c)
{
	size_t i;

	if (orc_by_path(c->out, "/domains"))
		disagree(c, "has /domains");
	for (i = 1; i < c->out->n; i++) {
		const struct node *n = c->out->all[i];
		const char *type = orc_prop(c->out, n, "device_type", NULL);

		if (orc_compatible(c->out, n, "cpus,cluster") && strcmp(n->name, "cpus") != 0 &&
		    !own_cluster(c, n))
			disagree(c, "has a cluster `%s`", n->name);
		if (orc_has(c->out, n, "address-map"))
			disagree(c, "`%s` has an address-map", n->name);
		if (type && strcmp(type, "cpu") == 0 && strcmp(n->parent->name, "cpus") != 0 &&
		    !own_cluster(c, n->parent))
			disagree(c, "has a CPU outside /cpus: `%s`", n->name);
	}
}

/* --- memory --- */

static void collect(const struct tree *t, bool memory, bool others, struct ranges *out)
{
	struct range reg[MAX_REG];
	size_t i, k, n;

	for (i = 1; i < t->n; i++) {
		const struct node *node = t->all[i];

		if (orc_is_memory(t, node) ? !memory : !others)
			continue;
		n = orc_reg(t, node, reg, MAX_REG);
		for (k = 0; k < n; k++)
			if (orc_to_root(t, node, &reg[k]))
				orc_range_add(out, reg[k]);
	}
	orc_join(out);
}

/* Memory nodes among the devices a domain was given. */
static void add_given_memory(const struct check *c, struct ranges *out)
{
	const struct tree *t = c->s->tree;
	struct range reg[MAX_REG];
	size_t i, k, n;

	for (i = 0; i < c->d->n_grants; i++) {
		const struct node *node = c->d->grants[i].node;

		if (!orc_is_memory(t, node) && !orc_is_sram(t, node))
			continue;
		n = orc_reg(t, node, reg, MAX_REG);
		for (k = 0; k < n; k++)
			if (orc_to_root(t, node, &reg[k]))
				orc_view(t, c->d, node, reg[k], out);
	}
}

/* What the cluster cannot reach at all is a mistake of the input: there or not, nobody can say. */
static void add_invisible(const struct check *c, const struct range *v, size_t n,
			  struct ranges *out)
{
	struct ranges view = { 0 };
	size_t i;

	for (i = 0; i < n; i++, view.n = 0) {
		orc_view(c->s->tree, c->d, NULL, v[i], &view);
		if (!view.n)
			orc_range_add(out, v[i]);
	}
}

static void complain(struct check *c, const char *what, struct range r)
{
	disagree(c, "%s [0x%llx..0x%llx]", what, (unsigned long long)r.base,
		 (unsigned long long)(r.base + (r.size - 1)));
}

static void check_memory(struct check *c, struct ranges *due)
{
	struct ranges have = { 0 }, any = { 0 }, allowed = { 0 };
	const struct domain *d = c->d;
	struct range r;
	size_t i;

	orc_assigned(c->s->tree, d, d->memory, d->n_memory, due);
	orc_assigned(c->s->tree, d, d->sram, d->n_sram, due);
	for (i = 0; i < due->n; i++)
		orc_range_add(&allowed, due->v[i]);
	add_invisible(c, d->memory, d->n_memory, &allowed);
	add_invisible(c, d->sram, d->n_sram, &allowed);
	orc_join(due);
	add_given_memory(c, &allowed);
	orc_join(&allowed);
	collect(c->out, true, false, &have);
	collect(c->out, true, true, &any);
	if (orc_uncovered(due, &any, &r))
		complain(c, "no node for its memory", r);
	if (!d->all_memory && !(d->is_default && !d->n_memory) &&
	    orc_uncovered(&have, &allowed, &r))
		complain(c, "memory that is not its own", r);
}

/* --- devices --- */

static bool same_base(const char *a, const char *b)
{
	size_t len = orc_base_len(a);

	return len == orc_base_len(b) && strncmp(a, b, len) == 0;
}

/* Stands in a device with registers, not on a bus. */
static bool is_part(const struct tree *t, const struct node *n)
{
	return n->parent && n->parent->parent && orc_has(t, n->parent, "reg") &&
	       !orc_compatible(t, n->parent, "simple-bus") &&
	       !orc_compatible(t, n->parent, "indirect-bus");
}

/*
 * By base name and first address in the cluster's view; by name alone where it has none. A part
 * is looked for in what its device has become; a mailbox's channel needs no address to be there.
 */
static const struct node *find_out(const struct check *c, const struct node *n, bool *reachable)
{
	struct ranges view = { 0 };
	struct range reg, there;
	bool mapped = orc_reg(c->s->tree, n, &reg, 1) == 1 && orc_to_root(c->s->tree, n, &reg);
	bool up = true, part = is_part(c->s->tree, n);
	const struct node *in = part ? find_out(c, n->parent, &up) : NULL;
	size_t i;

	if (mapped)
		orc_view(c->s->tree, c->d, n, reg, &view);
	*reachable = !mapped || !reg.size || view.n > 0 ||
		     (part && up && orc_has(c->s->tree, n, "#mbox-cells"));
	if (part && mapped && !view.n)
		mapped = false;
	if (mapped && !view.n)
		view.v = &reg, view.n = 1;
	for (i = 1; i < c->out->n; i++) {
		const struct node *o = c->out->all[i];

		if (part && o->parent != in)
			continue;
		if (!mapped && strcmp(o->name, n->name) == 0)
			return o;
		if (mapped && same_base(o->name, n->name) && orc_reg(c->out, o, &there, 1) == 1 &&
		    orc_to_root(c->out, o, &there) && there.base == view.v[0].base)
			return o;
	}
	return NULL;
}

static bool is_cpu_place(const struct tree *t, const struct node *n)
{
	for (; n; n = n->parent)
		if (orc_is_cluster(t, n))
			return true;
	return false;
}

/* A pattern of a nested domain moves the device there: whether it stays here too is left open. */
static bool taken_below(const struct check *c, const struct node *n)
{
	size_t i, k;

	for (i = 0; i < c->s->n; i++) {
		const struct domain *e = c->s->domains[i];

		for (k = 0; e != c->d && orc_related(e, c->d) && k < e->n_grants; k++)
			if (e->grants[k].node == n && e->grants[k].globbed)
				return true;
	}
	return false;
}

static void check_given(struct check *c)
{
	size_t i;

	for (i = 0; i < c->d->n_grants; i++) {
		const struct node *n = c->d->grants[i].node;
		bool reachable;

		if (is_cpu_place(c->s->tree, n) || orc_is_memory(c->s->tree, n) ||
		    taken_below(c, n))
			continue;
		c->devices++;
		if (find_out(c, n, &reachable))
			continue;
		if (!reachable)
			c->unreachable++;
		else
			disagree(c, "`%s` was given to it and is not there", n->name);
	}
}

static void check_default(struct check *c)
{
	const struct tree *t = c->s->tree;
	size_t i;

	for (i = 1; i < t->n; i++) {
		bool reachable;

		if (orc_given(c->d, t->all[i]) || !orc_expect_by_default(c->s, c->d, t->all[i]))
			continue;
		c->devices++;
		if (!find_out(c, t->all[i], &reachable))
			disagree(c, "`%s` is nobody's and is not there", t->all[i]->name);
	}
}

/* What other devices live from stays with everybody. */
static bool is_provider(const struct tree *t, const struct node *n)
{
	static const char *const marks[] = { "#clock-cells",	    "#power-domain-cells",
					     "#reset-cells",	    "#phy-cells",
					     "#interconnect-cells", "interrupt-controller",
					     "regulator-name" };
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (orc_has(t, n, marks[i]))
			return true;
	return false;
}

/* On the way to something the domain has, or holding what others live from. */
static bool has_business(const struct check *c, const struct node *n)
{
	const struct node *k;
	size_t i;

	for (i = 0; i < c->d->n_grants; i++)
		if (orc_below(c->d->grants[i].node, n))
			return true;
	if (is_provider(c->s->tree, n))
		return true;
	for (k = n->first; k; k = k->next)
		if (has_business(c, k))
			return true;
	return false;
}

static bool exempt(const struct check *c, const struct node *n)
{
	const struct tree *t = c->s->tree;

	return orc_is_memory(t, n) || orc_is_sram(t, n) || is_cpu_place(t, n) ||
	       (n->parent && strcmp(n->parent->name, "reserved-memory") == 0) ||
	       has_business(c, n) || !orc_is_competitors(c->s, c->d, n);
}

static void check_competitors(struct check *c)
{
	size_t i, k;

	for (i = 0; i < c->s->n; i++) {
		const struct domain *e = c->s->domains[i];

		for (k = 0; e->real && !orc_related(e, c->d) && k < e->n_grants; k++) {
			const struct node *n = e->grants[k].node, *there;
			bool reachable;

			if (exempt(c, n))
				continue;
			c->absent++;
			there = find_out(c, n, &reachable);
			if (there)
				disagree(c, "`%s` belongs to `%s` and is there", there->name,
					 e->name);
		}
	}
}

/* --- references --- */

static const struct {
	const char *prop, *cells; /* NULL: a plain list */
} typed[] = {
	{ "clocks", "#clock-cells" },
	{ "assigned-clocks", "#clock-cells" },
	{ "power-domains", "#power-domain-cells" },
	{ "resets", "#reset-cells" },
	{ "iommus", "#iommu-cells" },
	{ "dmas", "#dma-cells" },
	{ "mboxes", "#mbox-cells" },
	{ "phys", "#phy-cells" },
	{ "interrupts-extended", "#interrupt-cells" },
	{ "memory-region", NULL },
	{ "interrupt-parent", NULL },
	{ "remote-endpoint", NULL },
	{ "next-level-cache", NULL },
	{ "cpu-idle-states", NULL },
	{ "operating-points-v2", NULL },
	{ "interrupt-affinity", NULL },
	{ "pinctrl-0", NULL },
	{ "phy-handle", NULL },
	{ "msi-parent", NULL },
	{ "cpu", NULL },
};

static void check_list(struct check *c, const struct node *n, const char *prop, const char *cells)
{
	size_t i = 0, count;
	char path[1024];
	int len;
	const void *p = orc_prop(c->out, n, prop, &len);

	count = p ? (size_t)len / 4 : 0;
	while (i < count) {
		uint32_t phandle = orc_cell(p, i);
		const struct node *target = orc_by_phandle(c->out, phandle);

		c->references++;
		if (phandle && !target) {
			path_of(n, path, sizeof(path));
			disagree(c, "%s: `%s` has 0x%x, which no node has", path, prop, phandle);
			return;
		}
		if (target && cells && !orc_has(c->out, target, cells)) {
			path_of(n, path, sizeof(path));
			disagree(c, "%s: `%s` names `%s`, which has no %s", path, prop,
				 target->name, cells);
			return;
		}
		i += 1 + (size_t)(target && cells ? orc_number(c->out, target, cells, 0) : 0);
	}
	if (i > count) {
		path_of(n, path, sizeof(path));
		disagree(c, "%s: the last entry of `%s` is cut off", path, prop);
	}
}

/* The specification's search: the nearest interrupt-parent, or a controller above. */
static const struct node *interrupt_parent(const struct tree *t, const struct node *n)
{
	for (; n; n = n->parent) {
		const struct node *up = n->parent;

		if (orc_has(t, n, "interrupt-parent"))
			return orc_by_phandle(t, orc_number(t, n, "interrupt-parent", 0));
		if (up &&
		    (orc_has(t, up, "interrupt-controller") || orc_has(t, up, "interrupt-map")))
			return up;
	}
	return NULL;
}

static void check_references(struct check *c)
{
	char path[1024];
	size_t i, k;

	for (i = 0; i < c->out->n; i++) {
		const struct node *n = c->out->all[i], *parent;

		if (n->name[0] == '_')
			continue;
		for (k = 0; k < sizeof(typed) / sizeof(typed[0]); k++)
			check_list(c, n, typed[k].prop, typed[k].cells);
		if (!orc_has(c->out, n, "interrupts") || orc_has(c->out, n, "interrupts-extended"))
			continue;
		parent = interrupt_parent(c->out, n);
		if (parent && orc_has(c->out, parent, "#interrupt-cells"))
			continue;
		path_of(n, path, sizeof(path));
		disagree(c, "%s: its interrupts lead to no controller", path);
	}
}

size_t orc_verify(const struct system *s, const struct domain *d, const char *dir)
{
	struct check c = { .s = s, .d = d };
	struct ranges due = { 0 };
	size_t len = strlen(dir) + strlen(d->name) + sizeof("//domain.dtb");
	char *path = orc_alloc(len);
	uint64_t cpus[MAX_CPUS];

	snprintf(path, len, "%s/%s/domain.dtb", dir, d->name);
	c.out = orc_tree_load(path);
	if (!c.out) {
		disagree(&c, "%s is missing", path);
		return c.bad;
	}
	check_cpus(&c);
	check_foreign(&c);
	check_memory(&c, &due);
	check_given(&c);
	if (everything(&c))
		check_default(&c);
	check_competitors(&c);
	check_references(&c);
	printf("%s: %zu cpus, %zu memory ranges, %zu devices (%zu out of reach), %zu of others, "
	       "%zu references, %zu unknown names%s: %s\n",
	       d->name, orc_cpus(s->tree, d, cpus, MAX_CPUS), due.n, c.devices, c.unreachable,
	       c.absent, c.references, d->unknown, everything(&c) ? ", everything" : "",
	       c.bad ? "DISAGREE" : "agree");
	return c.bad;
}
