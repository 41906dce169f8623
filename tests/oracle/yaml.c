/* SPDX-License-Identifier: BSD-3-Clause */
/* Domain files: what each says of domains, and the nodes it adds to the tree. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

struct file {
	struct system *s;
	yaml_document_t *doc;
};

typedef void item_fn(struct file *f, struct domain *d, yaml_node_t *item);

static yaml_node_t *at(const struct file *f, int index)
{
	return yaml_document_get_node(f->doc, index);
}

static const char *text(const yaml_node_t *n)
{
	return n && n->type == YAML_SCALAR_NODE ? (const char *)n->data.scalar.value : NULL;
}

static bool is_merge_key(const char *key)
{
	return key &&
	       (strcmp(key, "<<") == 0 || strcmp(key, "<<+") == 0 || strcmp(key, "<<*") == 0);
}

static yaml_node_t *get(const struct file *f, yaml_node_t *map, const char *key);

static yaml_node_t *get_merged(const struct file *f, yaml_node_t *from, const char *key)
{
	yaml_node_item_t *i;
	yaml_node_t *found;

	if (from->type != YAML_SEQUENCE_NODE)
		return get(f, from, key);
	for (i = from->data.sequence.items.start; i < from->data.sequence.items.top; i++)
		if ((found = get(f, at(f, *i), key)))
			return found;
	return NULL;
}

static yaml_node_t *get(const struct file *f, yaml_node_t *map, const char *key)
{
	yaml_node_pair_t *p;
	yaml_node_t *found;

	if (!map || map->type != YAML_MAPPING_NODE)
		return NULL;
	for (p = map->data.mapping.pairs.start; p < map->data.mapping.pairs.top; p++)
		if (text(at(f, p->key)) && strcmp(text(at(f, p->key)), key) == 0)
			return at(f, p->value);
	for (p = map->data.mapping.pairs.start; p < map->data.mapping.pairs.top; p++)
		if (is_merge_key(text(at(f, p->key))) &&
		    (found = get_merged(f, at(f, p->value), key)))
			return found;
	return NULL;
}

static const char *get_text(const struct file *f, yaml_node_t *map, const char *key)
{
	return text(get(f, map, key));
}

/* Every item of a list, lists that merge keys join to it included; a single value is one item. */
static void each(struct file *f, struct domain *d, yaml_node_t *list, item_fn *fn)
{
	yaml_node_item_t *i;
	yaml_node_pair_t *p;

	if (!list || (text(list) && !*text(list)))
		return;
	if (list->type == YAML_SEQUENCE_NODE) {
		for (i = list->data.sequence.items.start; i < list->data.sequence.items.top; i++)
			each(f, d, at(f, *i), fn);
		return;
	}
	if (list->type == YAML_MAPPING_NODE) {
		p = list->data.mapping.pairs.start;
		if (p == list->data.mapping.pairs.top)
			return;
		if (p + 1 == list->data.mapping.pairs.top && is_merge_key(text(at(f, p->key)))) {
			each(f, d, at(f, p->value), fn);
			return;
		}
	}
	fn(f, d, list);
}

/* 12, 0x1f, 64K, 2MiB, 8 KB. */
static bool number(const char *s, uint64_t *out)
{
	static const char units[] = "KMGT";
	const char *unit;
	char *end;

	if (!s || *s < '0' || *s > '9')
		return false;
	*out = strtoull(s, &end, s[1] == 'x' || s[1] == 'X' ? 16 : 10);
	end += strspn(end, " ");
	if (!*end)
		return true;
	unit = strchr(units, *end);
	if (!unit)
		return false;
	*out <<= 10 * (unit - units + 1);
	end++;
	return !*end || !strcmp(end, "B") || !strcmp(end, "iB");
}

/* --- keys of a domain --- */

static void read_cpus(struct file *f, struct domain *d, yaml_node_t *item)
{
	const char *name = get_text(f, item, "cluster");
	const struct tree *t = f->s->tree;
	struct node *n;
	uint64_t mask = 0;
	struct use *u;
	size_t i;

	name = name ? name : get_text(f, item, "dev");
	if (!name)
		return;
	n = orc_by_label(t, name);
	for (i = 0; !n && i < t->n; i++)
		if (strcmp(t->all[i]->name, name) == 0 && orc_is_cluster(t, t->all[i]))
			n = t->all[i];
	if (!n || !orc_is_cluster(t, n) || !number(get_text(f, item, "cpumask"), &mask)) {
		d->unknown++;
		return;
	}
	d->uses = orc_grow(d->uses, d->n_uses, sizeof(*u));
	u = &d->uses[d->n_uses++];
	*u = (struct use){ .cluster = n, .mask = mask };
}

static bool add_node_range(struct file *f, const char *name, struct range **v, size_t *n)
{
	const struct node *node = orc_find_device(f->s->tree, name, NULL);
	struct range reg[16];
	size_t i, count = node ? orc_reg(f->s->tree, node, reg, 16) : 0;

	for (i = 0; i < count; i++) {
		if (!orc_to_root(f->s->tree, node, &reg[i]))
			return false;
		*v = orc_grow(*v, *n, sizeof(**v));
		(*v)[(*n)++] = reg[i];
	}
	return count > 0;
}

static void read_range(struct file *f, struct domain *d, yaml_node_t *item, struct range **v,
		       size_t *n)
{
	struct range r;

	if (text(item) && strcmp(text(item), "*") == 0) {
		d->all_memory = true;
		return;
	}
	if (text(item)) {
		d->unknown += !add_node_range(f, text(item), v, n);
		return;
	}
	if (!number(get_text(f, item, "start"), &r.base) ||
	    !number(get_text(f, item, "size"), &r.size)) {
		d->unknown++;
		return;
	}
	*v = orc_grow(*v, *n, sizeof(**v));
	(*v)[(*n)++] = r;
}

static void read_memory(struct file *f, struct domain *d, yaml_node_t *item)
{
	read_range(f, d, item, &d->memory, &d->n_memory);
}

static void read_sram(struct file *f, struct domain *d, yaml_node_t *item)
{
	read_range(f, d, item, &d->sram, &d->n_sram);
}

static void read_device(struct file *f, struct domain *d, const char *dev, yaml_node_t *item)
{
	const char *shared = get_text(f, get(f, item, "flags"), "shared");
	const char *timeshare = get_text(f, get(f, item, "flags"), "timeshare");
	struct grant g = { .dev = dev };

	if (strpbrk(dev, "*?")) {
		d->patterns = orc_grow(d->patterns, d->n_patterns, sizeof(dev));
		d->patterns[d->n_patterns++] = dev;
		return;
	}
	g.node = orc_find_device(f->s->tree, dev, get_text(f, item, "label"));
	g.shared = (shared && strcmp(shared, "true") == 0) ||
		   (timeshare && strcmp(timeshare, "true") == 0);
	if (!g.node) {
		d->unknown++;
		return;
	}
	d->grants = orc_grow(d->grants, d->n_grants, sizeof(g));
	d->grants[d->n_grants++] = g;
}

static void read_access(struct file *f, struct domain *d, yaml_node_t *item)
{
	yaml_node_t *dev = text(item) ? item : get(f, item, "dev");
	yaml_node_item_t *i;

	if (text(dev))
		read_device(f, d, orc_strndup(text(dev), strlen(text(dev))), item);
	if (!dev || dev->type != YAML_SEQUENCE_NODE)
		return;
	for (i = dev->data.sequence.items.start; i < dev->data.sequence.items.top; i++)
		if (text(at(f, *i)))
			read_device(f, d, orc_strndup(text(at(f, *i)), strlen(text(at(f, *i)))),
				    item);
}

static void read_named(struct file *f, struct domain *d, yaml_node_t *item)
{
	struct node *n = text(item) ? orc_find_device(f->s->tree, text(item), NULL) : NULL;

	if (!n)
		return;
	d->named = orc_grow(d->named, d->n_named, sizeof(struct grant));
	d->named[d->n_named++] = (struct grant){ .node = n, .dev = n->name };
}

/* domain-to-domain: { NAME: { relationN: { mbox: .., timer: .., carveouts: .. } } } */
static void read_relations(struct file *f, struct domain *d, yaml_node_t *map)
{
	static const char *const keys[] = { "mbox", "timer", "carveouts" };
	yaml_node_pair_t *p;
	size_t i;

	if (!map || map->type != YAML_MAPPING_NODE)
		return;
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		each(f, d, get(f, map, keys[i]), read_named);
	for (p = map->data.mapping.pairs.start; p < map->data.mapping.pairs.top; p++)
		read_relations(f, d, at(f, p->value));
}

static void read_include(struct file *f, struct domain *d, yaml_node_t *item)
{
	(void)f;
	if (!text(item))
		return;
	d->includes = orc_grow(d->includes, d->n_includes, sizeof(char *));
	d->includes[d->n_includes++] = orc_strndup(text(item), strlen(text(item)));
}

static bool compatible_has(struct file *f, yaml_node_t *map, const char *part)
{
	yaml_node_t *c = get(f, map, "compatible");
	yaml_node_item_t *i;

	if (text(c))
		return strstr(text(c), part) != NULL;
	if (!c || c->type != YAML_SEQUENCE_NODE)
		return false;
	for (i = c->data.sequence.items.start; i < c->data.sequence.items.top; i++)
		if (text(at(f, *i)) && strstr(text(at(f, *i)), part))
			return true;
	return false;
}

/* --- domains --- */

static struct domain *domain_for(struct system *s, const char *name, struct domain *parent)
{
	struct domain *d;
	size_t i;

	for (i = 0; i < s->n; i++) {
		d = s->domains[i];
		if (d->parent == parent &&
		    (strcmp(d->name, name) == 0 || (d->node && strcmp(d->node->name, name) == 0)))
			return d;
	}
	d = orc_alloc(sizeof(*d));
	d->name = orc_strndup(name, strlen(name));
	d->parent = parent;
	s->domains = orc_grow(s->domains, s->n, sizeof(d));
	s->domains[s->n++] = d;
	return d;
}

/* A key that a domain has and a device does not: what stands below it is a domain. */
static bool looks_like_domain(struct file *f, yaml_node_t *map)
{
	static const char *const keys[] = { "cpus", "access", "memory", "sram", "id", "os,type" };
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (get(f, map, keys[i]))
			return true;
	return compatible_has(f, map, "domain-v") || compatible_has(f, map, "subsystem");
}

/* Keys of a domain that are maps and no domains. */
static bool is_detail(const char *key)
{
	static const char *const keys[] = {
		"domain-to-domain", "chosen", "reserved-memory",
		"linker",	    "flags",  "access-implicit-default"
	};
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

static void read_domains(struct file *f, yaml_node_t *map, struct domain *parent, bool groups);

static void read_domain(struct file *f, struct domain *d, yaml_node_t *map)
{
	const char *parent = get_text(f, map, "parent");

	d->pool |= compatible_has(f, map, ",devices");
	d->group |= compatible_has(f, map, "group-v1");
	d->real |= !d->pool && !d->group && looks_like_domain(f, map);
	if (parent)
		d->parent_key = orc_strndup(parent, strlen(parent));
	each(f, d, get(f, map, "cpus"), read_cpus);
	each(f, d, get(f, map, "memory"), read_memory);
	each(f, d, get(f, map, "sram"), read_sram);
	each(f, d, get(f, map, "access"), read_access);
	each(f, d, get(f, map, "include"), read_include);
	read_relations(f, d, get(f, map, "domain-to-domain"));
	d->lists_access |= get(f, map, "access") != NULL;
	read_domains(f, map, d, false);
}

static void read_domains(struct file *f, yaml_node_t *map, struct domain *parent, bool groups)
{
	yaml_node_pair_t *p;

	if (!map || map->type != YAML_MAPPING_NODE)
		return;
	for (p = map->data.mapping.pairs.start; p < map->data.mapping.pairs.top; p++) {
		const char *key = text(at(f, p->key));
		yaml_node_t *value = at(f, p->value);
		struct domain *d;

		if (!key || value->type != YAML_MAPPING_NODE || is_merge_key(key) || is_detail(key))
			continue;
		if (strcmp(key, "domains") == 0) {
			read_domains(f, value, parent, false);
			continue;
		}
		if (!groups && !looks_like_domain(f, value) && !get(f, value, "domains"))
			continue;
		d = domain_for(f->s, key, parent);
		d->group |= groups;
		read_domain(f, d, value);
	}
}

/* --- nodes --- */

static struct node *child_for(struct file *f, struct node *top, const char *key, bool *is_new)
{
	struct tree *t = f->s->tree;
	struct node *n, *found = NULL;
	size_t count = 0;

	*is_new = false;
	for (n = top->first; n; n = n->next) {
		const char *label = orc_label_of(t, n);

		if (strcasecmp(n->name, key) == 0 || (label && strcmp(label, key) == 0))
			return n;
		if (strlen(key) == orc_base_len(n->name) &&
		    strncmp(n->name, key, strlen(key)) == 0) {
			found = n;
			count++;
		}
	}
	if (count == 1)
		return found;
	*is_new = true;
	return orc_tree_add(t, top, orc_strndup(key, strlen(key)), -1);
}

static void read_node(struct file *f, struct node *node, yaml_node_t *map)
{
	struct tree *t = f->s->tree;
	yaml_node_pair_t *p;

	for (p = map->data.mapping.pairs.start; p < map->data.mapping.pairs.top; p++) {
		const char *key = text(at(f, p->key));
		yaml_node_t *value = at(f, p->value);
		struct node *child;
		bool is_new;

		if (!key || value->type != YAML_MAPPING_NODE || is_merge_key(key))
			continue;
		child = child_for(f, node, orc_strndup(key, strcspn(key, "!")), &is_new);
		if (is_new && number(get_text(f, value, "start"), &child->made.base))
			(void)number(get_text(f, value, "size"), &child->made.size);
		if (is_new && get_text(f, value, "label")) {
			t->labels = orc_grow(t->labels, t->n_labels, sizeof(struct label));
			t->labels[t->n_labels++] =
				(struct label){ orc_strndup(get_text(f, value, "label"),
							    strlen(get_text(f, value, "label"))),
						child };
		}
		read_node(f, child, value);
	}
}

static void read_top(struct file *f, yaml_node_t *root, bool domains)
{
	yaml_node_pair_t *p;

	for (p = root->data.mapping.pairs.start; p < root->data.mapping.pairs.top; p++) {
		const char *key = text(at(f, p->key));
		yaml_node_t *value = at(f, p->value);
		bool groups = key && strcmp(key, "resource_groups") == 0, is_new;

		if (!key || value->type != YAML_MAPPING_NODE || !strcmp(key, "definitions"))
			continue;
		if (!strcmp(key, "domains") || groups) {
			if (domains)
				read_domains(f, value, NULL, groups);
		} else if (!domains) {
			read_node(f, child_for(f, f->s->tree->all[0], key, &is_new), value);
		}
	}
}

bool orc_yaml_merge(struct system *s, const char *path, bool domains)
{
	struct file f = { .s = s };
	yaml_document_t doc;
	yaml_parser_t parser;
	yaml_node_t *root;
	FILE *in = fopen(path, "rb");
	bool ok = false;

	if (!in || !yaml_parser_initialize(&parser)) {
		fprintf(stderr, "oracle: %s: cannot read\n", path);
		return false;
	}
	yaml_parser_set_input_file(&parser, in);
	if (yaml_parser_load(&parser, &doc)) {
		f.doc = &doc;
		root = yaml_document_get_root_node(&doc);
		ok = !root || root->type == YAML_MAPPING_NODE;
		if (root && ok)
			read_top(&f, root, domains);
		yaml_document_delete(&doc);
	}
	if (!ok)
		fprintf(stderr, "oracle: %s: no domain file\n", path);
	yaml_parser_delete(&parser);
	fclose(in);
	return ok;
}
