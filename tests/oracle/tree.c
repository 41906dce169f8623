/* SPDX-License-Identifier: BSD-3-Clause */
/* Blobs as trees of nodes, addresses through buses. Knows nothing of domains. */
#include "oracle.h"

#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct block {
	struct block *next;
	max_align_t data[];
};

static struct block *blocks;

void *orc_alloc(size_t size)
{
	struct block *b = calloc(1, sizeof(*b) + size);

	if (!b) {
		fprintf(stderr, "oracle: out of memory\n");
		exit(3);
	}
	b->next = blocks;
	blocks = b;
	return b->data;
}

void orc_free_all(void)
{
	while (blocks) {
		struct block *next = blocks->next;

		free(blocks);
		blocks = next;
	}
}

/* Doubles at powers of two; what was there stays allocated until the end. */
void *orc_grow(void *array, size_t n, size_t item)
{
	void *bigger;

	if (n && (n & (n - 1)))
		return array;
	bigger = orc_alloc((n ? n * 2 : 1) * item);
	if (n)
		memcpy(bigger, array, n * item);
	return bigger;
}

char *orc_strndup(const char *s, size_t n)
{
	char *copy = orc_alloc(n + 1);

	memcpy(copy, s, n);
	return copy;
}

void *orc_read_file(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	char *data = NULL;
	long len;

	if (!f)
		return NULL;
	if (fseek(f, 0, SEEK_END) == 0 && (len = ftell(f)) >= 0) {
		rewind(f);
		data = orc_alloc((size_t)len + 1);
		*size = fread(data, 1, (size_t)len, f);
	}
	fclose(f);
	return data;
}

struct node *orc_tree_add(struct tree *t, struct node *parent, const char *name, int off)
{
	struct node *n = orc_alloc(sizeof(*n));

	n->name = name;
	n->parent = parent;
	n->off = off;
	if (parent && parent->last)
		parent->last->next = n;
	else if (parent)
		parent->first = n;
	if (parent)
		parent->last = n;
	t->all = orc_grow(t->all, t->n, sizeof(struct node *));
	t->all[t->n++] = n;
	return n;
}

static void load_nodes(struct tree *t)
{
	struct node *at = NULL;
	int depth = -1, level = -1, off;

	for (off = fdt_next_node(t->fdt, -1, &depth); off >= 0 && depth >= 0;
	     off = fdt_next_node(t->fdt, off, &depth)) {
		for (; level >= depth; level--)
			at = at->parent;
		at = orc_tree_add(t, at, fdt_get_name(t->fdt, off, NULL), off);
		at->phandle = fdt_get_phandle(t->fdt, off);
		level = depth;
	}
}

static void load_labels(struct tree *t)
{
	int symbols = fdt_path_offset(t->fdt, "/__symbols__"), p;

	fdt_for_each_property_offset(p, t->fdt, symbols)
	{
		const char *name, *path = fdt_getprop_by_offset(t->fdt, p, &name, NULL);
		struct node *n = orc_by_path(t, path);

		if (!n)
			continue;
		t->labels = orc_grow(t->labels, t->n_labels, sizeof(struct label));
		t->labels[t->n_labels++] = (struct label){ name, n };
	}
}

struct tree *orc_tree_load(const char *path)
{
	struct tree *t = orc_alloc(sizeof(*t));
	size_t size = 0;

	t->fdt = orc_read_file(path, &size);
	if (!t->fdt || size < sizeof(struct fdt_header) || fdt_check_full(t->fdt, size) != 0) {
		fprintf(stderr, "oracle: %s: no device tree blob\n", path);
		return NULL;
	}
	load_nodes(t);
	load_labels(t);
	return t;
}

const void *orc_prop(const struct tree *t, const struct node *n, const char *name, int *len)
{
	int dummy;

	*(len ? len : &dummy) = 0;
	return n->off < 0 ? NULL : fdt_getprop(t->fdt, n->off, name, len ? len : &dummy);
}

bool orc_has(const struct tree *t, const struct node *n, const char *name)
{
	return orc_prop(t, n, name, NULL) != NULL;
}

uint32_t orc_cell(const void *prop, size_t i)
{
	return fdt32_ld((const fdt32_t *)prop + i);
}

uint64_t orc_cells(const void *prop, size_t i, uint32_t n)
{
	uint64_t v = 0;

	for (; n; n--)
		v = v << 32 | orc_cell(prop, i++);
	return v;
}

uint32_t orc_number(const struct tree *t, const struct node *n, const char *name, uint32_t def)
{
	int len;
	const void *p = orc_prop(t, n, name, &len);

	return p && len == 4 ? orc_cell(p, 0) : def;
}

bool orc_compatible(const struct tree *t, const struct node *n, const char *s)
{
	return n->off >= 0 && fdt_stringlist_search(t->fdt, n->off, "compatible", s) >= 0;
}

bool orc_compatible_part(const struct tree *t, const struct node *n, const char *part)
{
	int i, count = n->off < 0 ? 0 : fdt_stringlist_count(t->fdt, n->off, "compatible");

	for (i = 0; i < count; i++)
		if (strstr(fdt_stringlist_get(t->fdt, n->off, "compatible", i, NULL), part))
			return true;
	return false;
}

struct node *orc_by_phandle(const struct tree *t, uint32_t phandle)
{
	size_t i;

	for (i = 0; phandle && i < t->n; i++)
		if (t->all[i]->phandle == phandle)
			return t->all[i];
	return NULL;
}

struct node *orc_by_label(const struct tree *t, const char *label)
{
	size_t i;

	for (i = 0; i < t->n_labels; i++)
		if (strcmp(t->labels[i].name, label) == 0)
			return t->labels[i].node;
	return NULL;
}

struct node *orc_by_path(const struct tree *t, const char *path)
{
	struct node *n = t->all[0];

	while (n && *path) {
		size_t len = strcspn(path, "/");
		struct node *c = n->first;

		if (len == 0) {
			path++;
			continue;
		}
		while (c && (strlen(c->name) != len || strncmp(c->name, path, len) != 0))
			c = c->next;
		n = c;
		path += len;
	}
	return n;
}

const char *orc_label_of(const struct tree *t, const struct node *n)
{
	size_t i;

	for (i = 0; i < t->n_labels; i++)
		if (t->labels[i].node == n)
			return t->labels[i].name;
	return NULL;
}

bool orc_below(const struct node *n, const struct node *top)
{
	while (n && n != top)
		n = n->parent;
	return n != NULL;
}

size_t orc_base_len(const char *name)
{
	return strcspn(name, "@");
}

size_t orc_reg(const struct tree *t, const struct node *n, struct range *out, size_t max)
{
	uint32_t ac, sc;
	size_t i, count;
	const void *reg;
	int len;

	if (n->off < 0 && n->made.size) {
		*out = n->made;
		return 1;
	}
	reg = orc_prop(t, n, "reg", &len);
	if (!reg || !n->parent)
		return 0;
	ac = orc_number(t, n->parent, "#address-cells", 2);
	sc = orc_number(t, n->parent, "#size-cells", 1);
	if (ac < 1 || ac > 2 || sc > 2)
		return 0;
	count = (size_t)len / 4 / (ac + sc);
	for (i = 0; i < count && i < max; i++) {
		out[i].base = orc_cells(reg, i * (ac + sc), ac);
		out[i].size = orc_cells(reg, i * (ac + sc) + ac, sc);
	}
	return i;
}

/* One step up: from the space that bus gives its children to that of its parent. */
static bool through_bus(const struct tree *t, const struct node *bus, struct range *r)
{
	uint32_t ac = orc_number(t, bus, "#address-cells", 2);
	uint32_t sc = orc_number(t, bus, "#size-cells", 1);
	uint32_t pc = orc_number(t, bus->parent, "#address-cells", 2);
	const void *ranges;
	size_t i, stride = ac + pc + sc;
	int len;

	ranges = orc_prop(t, bus, "ranges", &len);
	if (bus->off < 0 || (ranges && len == 0))
		return true;
	if (!ranges)
		return orc_compatible(t, bus, "simple-bus") ||
		       orc_compatible(t, bus, "indirect-bus");
	if (ac < 1 || ac > 2 || pc > 2 || sc > 2)
		return false;
	for (i = 0; (i + stride) * 4 <= (size_t)len; i += stride) {
		uint64_t child = orc_cells(ranges, i, ac),
			 size = orc_cells(ranges, i + ac + pc, sc);

		if (r->base < child || r->base - child >= size)
			continue;
		if (r->size > size - (r->base - child))
			r->size = size - (r->base - child);
		r->base = r->base - child + orc_cells(ranges, i + ac, pc);
		return true;
	}
	return false;
}

bool orc_to_root(const struct tree *t, const struct node *n, struct range *r)
{
	const struct node *bus;

	for (bus = n->parent; bus && bus->parent; bus = bus->parent)
		if (!through_bus(t, bus, r))
			return false;
	return true;
}

bool orc_is_memory(const struct tree *t, const struct node *n)
{
	int len;
	const char *type = orc_prop(t, n, "device_type", &len);

	return type && len == 7 && memcmp(type, "memory", 7) == 0 &&
	       !(n->parent && strcmp(n->parent->name, "reserved-memory") == 0);
}

bool orc_is_sram(const struct tree *t, const struct node *n)
{
	return orc_compatible_part(t, n, "mmio-sram") || orc_compatible_part(t, n, "tcm") ||
	       orc_compatible_part(t, n, "-ocm");
}
