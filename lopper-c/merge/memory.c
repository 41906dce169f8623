/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * memory and sram of a domain: ranges as <start size>, in the cells of the node around the domain
 * (else the root's), and the names of their flags beside them.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/schema.h"
#include "lopper-c/merge/state.h"
#include "lopper-c/tree/bus.h"

/* One property in the making. */
struct ranges {
	struct lop_merger *m;
	const struct lop_entity *e;
	const struct lop_yaml *value;
	const char *what;		    /* "an entry in `memory` of domain `x`" */
	struct lop_val cells, names, sizes; /* sizes: of ranges that place/ puts somewhere */
	struct lop_val guests, size_guests; /* where the domain sees those of cells, of sizes */
	struct guest {
		uint64_t address; /* NOWHERE: as its cluster does */
		struct lop_span span;
	} guest; /* of the entry that is read */
	uint32_t ac, sc;
	bool any_flags, any_guest, any_size_guest, keep_all;
};

#define NOWHERE UINT64_MAX

static bool fits(uint64_t number, uint32_t n_cells)
{
	return n_cells >= 2 || (n_cells == 1 && number >> 32 == 0);
}

static void report_width(struct ranges *r, struct lop_range range, struct lop_span span)
{
	bool start = !fits(range.base, r->ac);
	struct lop_diag *d = lop_report(r->m->diags, LOP_ADDRESS_OVERFLOW, span,
					"%s does not fit into the cells of its place", r->what);

	lop_diag_label(d, span, "%s 0x%llx needs more than %u cell(s)", start ? "start" : "size",
		       (unsigned long long)(start ? range.base : range.size),
		       start ? r->ac : r->sc);
	lop_diag_help(d, "the cells are `#address-cells` and `#size-cells` of %s, else of the root",
		      lop_node_path_of(d, r->e->node->parent));
}

/* A range that stands twice is one range. */
static bool is_new(struct ranges *r, struct lop_range range, const char *names)
{
	const char *key = lop_arena_printf(
		r->m->arena, "%llx %llx %llx %s", (unsigned long long)range.base,
		(unsigned long long)range.size, (unsigned long long)r->guest.address, names);

	if (lop_map_get(&r->m->keys, r->value, key))
		return false;
	lop_map_put(&r->m->keys, r->value, key, r);
	return true;
}

static void add_guest(const struct ranges *r, struct lop_val *guests, bool *any,
		      struct lop_span span)
{
	bool given = r->guest.address != NOWHERE;

	lop_val_mark(guests, LOP_MARK_U32, NULL, given ? r->guest.span : span);
	lop_val_number(guests, r->guest.address, 2);
	*any = *any || given;
}

static void add_range(struct ranges *r, struct lop_range range, const char *names,
		      struct lop_span span)
{
	if (!fits(range.base, r->ac) || !fits(range.size, r->sc)) {
		report_width(r, range, span);
		return;
	}
	if (!is_new(r, range, names))
		return;
	lop_val_mark(&r->cells, LOP_MARK_U32, NULL, span);
	lop_val_number(&r->cells, range.base, r->ac);
	lop_val_number(&r->cells, range.size, r->sc);
	lop_val_string(&r->names, names, span);
	r->any_flags = r->any_flags || *names;
	add_guest(r, &r->guests, &r->any_guest, span);
}

static bool is_auto(const struct lop_yaml *start)
{
	return start && start->kind == LOP_YAML_SCALAR && strcmp(start->text, "auto") == 0;
}

/* Memory with a size alone: whose base is chosen. On-chip memory is too small to guess. */
static bool add_automatic(struct ranges *r, const struct lop_yaml *start,
			  const struct lop_yaml *size)
{
	const char *what = lop_arena_printf(r->m->arena, "`size` of %s", r->what);
	uint64_t bytes;

	if (strcmp(r->value->key, "memory") != 0 || !size || size->kind != LOP_YAML_SCALAR ||
	    (start && start->kind != LOP_YAML_NULL && !is_auto(start)))
		return false;
	if (!lop_merge_number(r->m, size, 64, what, &bytes))
		return true; /* reported */
	if (!bytes) {
		lop_diag_help(lop_report(r->m->diags, LOP_MISSING_VALUE, size->span,
					 "%s is empty: size 0", r->what),
			      "give it a size, or take the entry out");
		return true;
	}
	lop_val_mark(&r->sizes, LOP_MARK_U32, NULL, size->span);
	lop_val_number(&r->sizes, bytes, 2);
	add_guest(r, &r->size_guests, &r->any_size_guest, size->span);
	return true;
}

/* --- by name --- */

static void report_name(struct ranges *r, const struct lop_yaml *name, enum lop_found found,
			const struct lop_name_hit *hits)
{
	struct lop_diag *d;

	if (found == LOP_MANY) {
		d = lop_report(r->m->diags, LOP_AMBIGUOUS_NAME, name->span,
			       "%s: `%s` may be several nodes", r->what, name->text);
		lop_diag_label(d, name->span, "which one?");
		lop_names_list(r->m, d, name->text, hits);
		return;
	}
	d = lop_report(r->m->diags, LOP_UNKNOWN_DEVICE, name->span,
		       "%s names `%s`, which does not exist", r->what, name->text);
	lop_diag_label(d, name->span, "no such node or label");
	lop_merge_did_you_mean(d, lop_names_nearest(r->m, name->text), NULL);
	lop_diag_help(d, "or give `start` and `size`");
}

static struct lop_node *node_of(struct ranges *r, const struct lop_yaml *name,
				const struct lop_yaml *label)
{
	const char *hint = label && label->kind == LOP_YAML_SCALAR ? label->text : NULL;
	const struct lop_name_hit *hits;
	struct lop_node *node;
	enum lop_found found = lop_names_find(r->m, name->text, hint, &node, &hits);

	if (found == LOP_FOUND)
		return node;
	report_name(r, name, found, hits);
	return NULL;
}

static void report_no_address(struct ranges *r, const struct lop_yaml *name,
			      const struct lop_node *node)
{
	struct lop_diag *d = lop_report(r->m->diags, LOP_MISSING_VALUE, name->span,
					"%s names `%s`, which has no address", r->what, name->text);

	lop_diag_label(d, name->span, "no `start` and `size` beside it");
	lop_diag_label(d, node->span, "no memory mapped `reg` here");
	lop_diag_help(d, "give `start` and `size`, or leave the entry out: a region without an "
			 "address is placed by the operating system");
}

static void report_several(struct ranges *r, const struct lop_node *node)
{
	struct lop_diag *d = lop_report(r->m->diags, LOP_GUEST_ADDRESS, r->guest.span,
					"%s has one guest-address for the several ranges of `%s`",
					r->what, node->name);

	lop_diag_label(d, node->span, "each of its ranges would need one");
	lop_diag_help(d, "write an entry with `start`, `size` and `guest-address` for each range");
	r->guest.address = NOWHERE;
}

static void add_named(struct ranges *r, const struct lop_yaml *name, const struct lop_yaml *label,
		      const char *names)
{
	struct lop_node *node = node_of(r, name, label);
	size_t n = node ? lop_reg_count(r->m->tree, node) : 0, found = 0;

	if (n > 1 && r->guest.address != NOWHERE)
		report_several(r, node);

	for (size_t i = 0; i < n; i++) {
		struct lop_where where = lop_reg_to_root(r->m->tree, node, i);

		if (!where.mapped || !where.range.size)
			continue;
		add_range(r, where.range, names, name->span);
		found++;
	}
	if (node && !found)
		report_no_address(r, name, node);
}

/* --- entries --- */

static void add_text(struct ranges *r, const struct lop_yaml *item)
{
	struct lop_diag *d;

	if (strcmp(item->text, "*") == 0) {
		r->keep_all = true;
		return;
	}
	if (!lop_glob_is_pattern(item->text)) {
		add_named(r, item, NULL, "");
		return;
	}
	d = lop_report(r->m->diags, LOP_UNSUPPORTED, item->span, "%s is a pattern: `%s`", r->what,
		       item->text);
	lop_diag_label(d, item->span, "patterns select devices in `access` only");
	lop_diag_help(d, "'*' alone keeps all memory");
}

static bool is_missing(const struct lop_yaml *value)
{
	return !value || value->kind == LOP_YAML_NULL;
}

/* `dev` with a size but no start: the start of that memory. */
static bool start_of_dev(struct ranges *r, const struct lop_yaml *dev, const struct lop_yaml *size,
			 struct lop_range *out)
{
	const struct lop_name_hit *hits;
	struct lop_where where;
	struct lop_node *node;

	if (lop_names_find(r->m, dev->text, NULL, &node, &hits) != LOP_FOUND ||
	    !lop_reg_count(r->m->tree, node) || !lop_yaml_number(size, &out->size))
		return false;
	where = lop_reg_to_root(r->m->tree, node, 0);
	out->base = where.range.base;
	return where.mapped && out->size && out->size <= where.range.size;
}

/* False: only memory that is listed can be moved, and not what nobody has an address for. */
static bool may_move(struct ranges *r, const struct lop_yaml *entry, const struct lop_yaml *guest)
{
	const struct lop_yaml *dev = lop_yaml_get(entry, "dev");
	bool all = dev && dev->kind == LOP_YAML_SCALAR && strcmp(dev->text, "*") == 0;
	struct lop_diag *d;

	if (strcmp(r->value->key, "memory") == 0 && !all)
		return true;
	d = lop_report(r->m->diags, LOP_GUEST_ADDRESS, guest->key_span,
		       all ? "%s has a guest-address for all memory there is"
			   : "%s has a guest-address, which only `memory` can have",
		       r->what);
	lop_diag_help(d, all ? "list the ranges, each with the address where the domain sees it"
			     : "leave it out: the domain sees on-chip memory where it is");
	return false;
}

static struct guest guest_of(struct ranges *r, const struct lop_yaml *entry)
{
	const struct lop_yaml *value = lop_yaml_get(entry, "guest-address");
	const char *what = lop_arena_printf(r->m->arena, "`guest-address` of %s", r->what);
	struct guest guest = { .address = NOWHERE };

	if (!value || value->kind == LOP_YAML_NULL || !may_move(r, entry, value) ||
	    !lop_merge_number(r->m, value, 64, what, &guest.address))
		return (struct guest){ .address = NOWHERE };
	guest.span = value->span;
	if (guest.address == NOWHERE)
		lop_diag_help(lop_report(r->m->diags, LOP_GUEST_ADDRESS, value->span,
					 "%s is the last byte there is", what),
			      "write the address where the domain sees the memory begin");
	return guest;
}

static void add_entry(struct ranges *r, const struct lop_yaml *entry)
{
	const struct lop_yaml *start = lop_yaml_get(entry, "start");
	const struct lop_yaml *size = lop_yaml_get(entry, "size");
	const struct lop_yaml *dev = lop_yaml_get(entry, "dev");
	struct lop_range range;
	const char *names;
	uint64_t word;

	if (!lop_check_keys(r->m, entry, LOP_IN_MEMORY, r->what) && (!start || !size))
		return;
	lop_read_flags(r->m, lop_yaml_get(entry, "flags"), &word, &names);
	r->guest = guest_of(r, entry);
	if (dev && dev->kind != LOP_YAML_SCALAR)
		dev = NULL;
	if (dev && is_missing(start) && is_missing(size)) {
		if (strcmp(dev->text, "*") == 0)
			add_text(r, dev);
		else
			add_named(r, dev, lop_yaml_get(entry, "label"), names);
		return;
	}
	if (dev && is_missing(start) && start_of_dev(r, dev, size, &range)) {
		add_range(r, range, names, size->span);
		return;
	}
	if (!dev && add_automatic(r, start, size))
		return;
	if (lop_merge_start_size(r->m, entry, start, size, r->what, &range))
		add_range(r, range, names, start->span);
}

static void report_stale(struct lop_merger *m, const struct lop_entity *e,
			 const struct lop_yaml *value)
{
	struct lop_diag *d =
		lop_report(m->diags, LOP_STALE_SYNTAX, value->key_span, "`%s` of %s is a mapping",
			   value->key, lop_entity_text(m, e));

	lop_diag_label(d, value->key_span, "a form of older files");
	lop_diag_help(d, "write a list: `%s: [ { start: 0x40000000, size: 1G } ]`", value->key);
	if (lop_yaml_get(value, "os,type"))
		lop_diag_help(d, "`os,type` stands in the domain itself, beside `%s`", value->key);
}

/* Beside the ranges; those of a list before are not these. */
static void write_guests(struct ranges *r, const char *name, struct lop_val *guests, bool any)
{
	struct lop_value value = lop_val_take(guests);

	if (any)
		lop_merge_set(r->m, r->e->node, name, value, r->value->key_span, r->value->span);
	else
		lop_prop_del(r->m->tree, r->e->node, name);
}

static void write_ranges(struct ranges *r)
{
	struct lop_merger *m = r->m;
	const struct lop_yaml *value = r->value;
	bool any = r->cells.data.len > 0;
	struct lop_value cells = lop_val_take(&r->cells), names = lop_val_take(&r->names);
	const char *names_prop = lop_arena_printf(m->arena, "%s-flags-names", value->key);

	if (r->keep_all)
		lop_merge_set_cell(m, r->e->node,
				   lop_arena_printf(m->arena, "lopper,%s-keep-all", value->key), 1,
				   value->key_span);
	if (r->sizes.data.len) {
		lop_merge_set(m, r->e->node, "memory-auto", lop_val_take(&r->sizes),
			      value->key_span, value->span);
		write_guests(r, "memory-auto-guest-address", &r->size_guests, r->any_size_guest);
	}
	if (!any)
		return;
	if (strcmp(value->key, "memory") == 0)
		write_guests(r, "memory-guest-address", &r->guests, r->any_guest);
	lop_merge_set(m, r->e->node, value->key, cells, value->key_span, value->span);
	if (r->any_flags)
		lop_merge_set(m, r->e->node, names_prop, names, value->key_span, value->span);
	else
		lop_prop_del(m->tree, r->e->node, names_prop); /* of the ranges before */
	lop_prop_del(m->tree, r->e->node,
		     lop_arena_printf(m->arena, "#%s-flags-cells", value->key));
}

void lop_apply_memory(struct lop_merger *m, struct lop_entity *e, const struct lop_yaml *value)
{
	struct ranges r = { .m = m,
			    .e = e,
			    .value = value,
			    .cells = { .arena = m->arena, .diags = m->diags },
			    .names = { .arena = m->arena, .diags = m->diags },
			    .sizes = { .arena = m->arena, .diags = m->diags },
			    .guests = { .arena = m->arena, .diags = m->diags },
			    .size_guests = { .arena = m->arena, .diags = m->diags },
			    .guest = { .address = NOWHERE } };

	if (value->kind == LOP_YAML_MAP) {
		report_stale(m, e, value);
		return;
	}
	r.what = lop_arena_printf(m->arena, "an entry in `%s` of %s", value->key,
				  lop_entity_text(m, e));
	r.ac = lop_node_cell_around(m->tree, e->node, "#address-cells", 2);
	r.sc = lop_node_cell_around(m->tree, e->node, "#size-cells", 1);
	if (value->kind == LOP_YAML_SCALAR)
		add_text(&r, value);
	for (const struct lop_yaml *v = value->first; v; v = v->next) {
		if (v->kind == LOP_YAML_NULL || (v->kind == LOP_YAML_MAP && !v->count))
			continue;
		r.guest.address = NOWHERE;
		if (v->kind == LOP_YAML_SCALAR)
			add_text(&r, v);
		else if (lop_merge_want(m, v, LOP_YAML_MAP, r.what))
			add_entry(&r, v);
	}
	write_ranges(&r);
	lop_val_drop(&r.guests);
	lop_val_drop(&r.size_guests);
}
