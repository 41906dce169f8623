/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about names, ids and references. */
#include <stdlib.h>
#include <string.h>

#include "lopper-c/base/map.h"
#include "lopper-c/base/str.h"
#include "lopper-c/check/rules.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/tree/bus.h"
#include "lopper-c/tree/refs.h"

/* What was to hold the domains is of the wrong kind, or misspelt: said already. */
static bool was_reported(const struct lop_diags *diags)
{
	for (const struct lop_diag *d = diags->first; d; d = d->next)
		if (d->severity == LOP_ERROR &&
		    (d->code == LOP_YAML_TYPE || d->code == LOP_UNKNOWN_KEY ||
		     d->code == LOP_UNKNOWN_NODE))
			return true;
	return false;
}

void lop_rule_domains_exist(const struct lop_system *system, struct lop_diags *diags)
{
	struct lop_diag *d;

	if (system->n_domains || was_reported(diags))
		return;
	if (system->domains_place.text) {
		d = lop_report(diags, LOP_NO_DOMAINS, system->domains_place, "there is no domain");
		lop_diag_label(d, system->domains_place, "neither in this file nor in the tree");
		lop_diag_help(d, "write `domains:` and below it the name of each domain");
		return;
	}
	d = lop_report(diags, LOP_NO_DOMAINS, system->tree->root->span, "there is no domain");
	lop_diag_help(d, "give a domain file after the tree (`sdtgen SYSTEM.dts DOMAINS.yaml`), or "
			 "write /domains in the tree");
}

static int by_id(const void *a, const void *b)
{
	const struct lop_domain *x = *(struct lop_domain *const *)a;
	const struct lop_domain *y = *(struct lop_domain *const *)b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->node->index < y->node->index ? -1 : 1;
}

static struct lop_span id_span(const struct lop_system *system, const struct lop_domain *domain)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, domain->node, "id");

	return prop ? lop_prop_value_span(prop) : domain->span;
}

static void report_id(const struct lop_system *system, struct lop_diags *diags,
		      const struct lop_domain *first, const struct lop_domain *again)
{
	struct lop_diag *d = lop_report(diags, LOP_DUPLICATE_ID, id_span(system, again),
					"domains `%s` and `%s` have the same id 0x%llx",
					first->name, again->name, (unsigned long long)again->id);

	lop_diag_label(d, id_span(system, again), "id of `%s`", again->name);
	lop_diag_label(d, id_span(system, first), "id of `%s`", first->name);
	lop_diag_help(d, "an id is unique in a system: change one of them");
}

void lop_rule_id_unique(const struct lop_system *system, struct lop_diags *diags)
{
	size_t n = 0;
	struct lop_domain **sorted = lop_xmalloc((system->n_domains + 1) * sizeof(*sorted));

	for (size_t i = 0; i < system->n_domains; i++)
		if (system->domains[i]->has_id)
			sorted[n++] = system->domains[i];
	qsort(sorted, n, sizeof(*sorted), by_id);
	for (size_t i = 1, first = 0; i < n; i++) {
		if (sorted[i]->id != sorted[first]->id)
			first = i;
		else
			report_id(system, diags, sorted[first], sorted[i]);
	}
	free(sorted);
}

/* The name is also the name of a folder, beside the files of the whole system. */
static void check_folder_name(const struct lop_domain *domain, struct lop_diags *diags)
{
	static const char *const files[] = { "system.dts",  "partitions.bin", "report.txt",
					     "report.html", "report.json",    "sdtgen.d" };
	bool ours = false;
	struct lop_diag *d;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		ours = ours || !strcmp(domain->name, files[i]);
	if (!ours && domain->name[0] != '.')
		return;
	d = lop_report(diags, LOP_DTS_NAME, domain->span, "a domain cannot be called `%s`",
		       domain->name);
	if (ours)
		lop_diag_label(d, domain->span, "the output has a file of this name");
	lop_diag_help(d,
		      "call it otherwise, without a `.` in front: its output folder has this name");
}

void lop_rule_name_unique(const struct lop_system *system, struct lop_diags *diags)
{
	struct lop_map names = { 0 };

	for (size_t i = 0; i < system->n_domains; i++) {
		struct lop_domain *domain = system->domains[i];
		const struct lop_domain *first = lop_map_get(&names, NULL, domain->name);
		struct lop_diag *d;

		check_folder_name(domain, diags);
		if (!first) {
			lop_map_put(&names, NULL, domain->name, domain);
			continue;
		}
		d = lop_report(diags, LOP_DUPLICATE_NAME, domain->span,
			       "two domains are called `%s`", domain->name);
		lop_diag_label(d, domain->span, "the second one");
		lop_diag_label(d, first->span, "the first one");
		lop_diag_help(d, "a name is unique in a system, in every nesting: it names the "
				 "output folder");
	}
	lop_map_free(&names);
}

/* Properties of a domain's node that no domain file has: what the merge writes, and the DTS itself.
 */
static const char *const tree_keys[] = {
	"phandle",
	"name",
	"reg",
	"flags",
	"flags-names",
	"flags-cells",
	"memory-auto",
	"memory-guest-address",
	"memory-auto-guest-address",
	"load-files",
	"load-addresses",
	"restart-limit",
	"restart-backoff",
	/* the specification's cells, and what older files have */
	"#address-cells",
	"#size-cells",
	"#access-flags-cells",
	"#memory-flags-cells",
	"#sram-flags-cells",
	"#access-implicit-default-cells",
	"#memory-implicit-default-cells",
	"#sram-implicit-default-cells",
	"#cpus-mask-cells",
};
static const size_t n_tree_keys = sizeof(tree_keys) / sizeof(tree_keys[0]);

static bool is_tree_key(const char *name)
{
	static const char *const endings[] = { "-flags-names", "-default", "-implicit-default" };

	if (strchr(name, ',') || lop_linker_reads(name))
		return true;
	for (size_t i = 0; i < n_tree_keys; i++)
		if (!strcmp(name, tree_keys[i]))
			return true;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (lop_str_ends(name, endings[i]))
			return true;
	return false;
}

static const char *nearest_key(const char *name)
{
	struct lop_nearest nearest = { .word = name };

	if (name[0] != '#')
		return lop_key_nearest(LOP_IN_DOMAIN, name);
	for (size_t i = 0; i < n_tree_keys; i++)
		if (tree_keys[i][0] == '#')
			lop_nearest_add(&nearest, tree_keys[i]);
	return nearest.best;
}

/* What the merge does for domain files: a misspelt key is nobody's. */
void lop_rule_keys(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (const struct lop_prop *p = domain->node->props; p; p = p->next) {
			const char *nearest;
			struct lop_diag *d;

			if (lop_sources_is_yaml(diags->sources, p->span) || is_tree_key(p->name) ||
			    lop_key_find(LOP_IN_DOMAIN, p->name))
				continue;
			d = lop_report(diags, LOP_UNKNOWN_KEY, p->span,
				       "domain `%s` has a property `%s`, which nothing reads",
				       domain->name, p->name);
			nearest = nearest_key(p->name);
			if (nearest)
				lop_diag_help(d, "did you mean `%s`?", nearest);
			lop_diag_help(
				d, "a property of your own has a vendor prefix, as in `%sacme,%s`",
				p->name[0] == '#' ? "#" : "", p->name + (p->name[0] == '#'));
		}
	}
}

static const char *const os_types[] = {
	"baremetal", "linux", "freertos", "zephyr", "custom", "xen"
};

/* TYPE[,ID[,VERSION]], no part empty, no blanks. */
static bool has_os_form(const char *type)
{
	size_t parts = 1;

	for (const char *s = type; *s; s++) {
		if (*s == ' ' || *s == '\t' || (*s == ',' && (s == type || s[-1] == ',' || !s[1])))
			return false;
		parts += *s == ',';
	}
	return parts <= 3;
}

static bool known_os(const char *type)
{
	size_t n = strcspn(type, ",");

	if (!has_os_form(type))
		return false;
	if (lop_str_starts(type, "x-") && n > 2)
		return true;
	for (size_t i = 0; i < sizeof(os_types) / sizeof(os_types[0]); i++)
		if (strlen(os_types[i]) == n && !strncmp(type, os_types[i], n))
			return true;
	return false;
}

void lop_rule_os_type(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];
		const struct lop_prop *prop = lop_prop_find(system->tree, domain->node, "os,type");
		struct lop_nearest nearest = { .word = domain->os_type };
		struct lop_diag *d;

		if (!domain->os_type || known_os(domain->os_type))
			continue;
		d = lop_report(diags, LOP_UNKNOWN_OS, lop_prop_value_span(prop),
			       "os,type `%s` of domain `%s` is not known", domain->os_type,
			       domain->name);
		for (size_t k = 0; k < sizeof(os_types) / sizeof(os_types[0]); k++)
			lop_nearest_add(&nearest, os_types[k]);
		if (nearest.best)
			lop_diag_help(d, "did you mean `%s`?", nearest.best);
		lop_diag_help(d, "one of baremetal, linux, freertos, zephyr, custom, xen or "
				 "x-<vendor>, optionally with `,ID[,VERSION]`");
	}
}

static void check_cells(struct lop_diags *diags, const struct lop_node *node,
			const struct lop_prop *prop)
{
	const char *name = lop_node_shown(node);
	uint32_t cells = lop_value_cell(&prop->value, 0);

	if (prop->value.len != 4)
		lop_diag_help(lop_report(diags, LOP_BAD_CELLS, lop_prop_value_span(prop),
					 "`%s` of `%s` has %u bytes, not one cell", prop->name,
					 name, prop->value.len),
			      "write `%s = <N>;`", prop->name);
	else if (cells > LOP_MAX_CELLS)
		lop_diag_help(lop_report(diags, LOP_BAD_CELLS, lop_prop_value_span(prop),
					 "`%s` of `%s` is 0x%x", prop->name, name, cells),
			      "no address or specifier has more than %u cells", LOP_MAX_CELLS);
}

void lop_rule_cells(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_node *root = system->tree->root;

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root))
		for (const struct lop_prop *p = n->props; p; p = p->next)
			if (p->name[0] == '#' && lop_str_ends(p->name, "-cells"))
				check_cells(diags, n, p);
}

static void check_console(const struct lop_system *system, struct lop_diags *diags,
			  const struct lop_domain *domain, const struct lop_prop *prop)
{
	const struct lop_node *aliases =
		lop_node_child(system->tree, system->tree->root, "aliases");
	const char *s = lop_value_str(&prop->value, 0);
	struct lop_nearest nearest = { .word = s };
	struct lop_diag *d;

	if (!s || lop_tree_by_console(system->tree, s))
		return;
	d = lop_report(diags, LOP_UNKNOWN_NODE, lop_prop_value_span(prop),
		       "`%s` of domain `%s` names no node: `%s`", prop->name, domain->name, s);
	for (const struct lop_prop *p = aliases ? aliases->props : NULL; p; p = p->next)
		lop_nearest_add(&nearest, p->name);
	if (lop_tree_by_label(system->tree, s))
		lop_diag_help(d, "that is a label: write `&%s`", s);
	else if (nearest.best)
		lop_diag_help(d, "did you mean the alias `%s`?", nearest.best);
	lop_diag_help(d, "write a path, an alias, or `&label`");
}

void lop_rule_console(const struct lop_system *system, struct lop_diags *diags)
{
	static const char *const names[] = { "stdout-path", "stdin-path" };

	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		for (size_t k = 0; domain->chosen && k < 2; k++) {
			const struct lop_prop *prop =
				lop_prop_find(system->tree, domain->chosen, names[k]);

			if (prop)
				check_console(system, diags, domain, prop);
		}
	}
}

static void check_refs(const struct lop_system *system, struct lop_diags *diags,
		       const struct lop_node *node, const struct lop_prop *prop,
		       struct lop_refs *refs)
{
	refs->count = 0;
	lop_refs_scan(system->tree, node, prop, refs);
	for (size_t i = 0; i < refs->count; i++) {
		const struct lop_ref *ref = &refs->items[i];
		struct lop_diag *d;

		if (ref->target || !ref->phandle || ref->is_path || ref->phandle == UINT32_MAX)
			continue;
		d = lop_report(diags, LOP_DTS_DANGLING, lop_prop_value_span(prop),
			       "`%s` of `%s` refers to phandle 0x%x, which no node has", prop->name,
			       lop_node_shown(node), ref->phandle);
		lop_diag_help(d, "write a reference (&label) instead of the number; the entry does "
				 "not reach any domain's tree");
		return;
	}
}

void lop_rule_references(const struct lop_system *system, struct lop_diags *diags)
{
	const struct lop_node *root = system->tree->root;
	struct lop_refs refs = { 0 };

	for (const struct lop_node *n = root; n; n = lop_node_next(n, root))
		for (const struct lop_prop *p = n->props; p; p = p->next)
			check_refs(system, diags, n, p, &refs);
	free(refs.items);
}
