/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lists are compared by the keys of their items, whatever their order; values by their text, since
 * report.json writes equal values equally. Where something stands in a source is no difference.
 */
#include "lopper-c/report/diff.h"

#include <string.h>

#include "lopper-c/base/map.h"
#include "lopper-c/base/range.h"
#include "lopper-c/base/str.h"
#include "lopper-c/report/forms.h"

/* The subject that is compared. */
struct state {
	struct lop_diff *diff;
	const char *subject, *name;
	uint64_t shift; /* how far the window of a link moved: its parts went with it */
};

static const char *text_of(const struct lop_yaml *map, const char *key)
{
	const struct lop_yaml *v = lop_yaml_get(map, key);

	return v && v->text ? v->text : "";
}

static void add(struct state *s, enum lop_change_kind kind, const char *what, const char *item,
		const char *before, const char *after)
{
	*LOP_APPEND(s->diff->arena, s->diff->changes, s->diff->n) =
		(struct lop_change){ kind, s->subject, s->name, what, item, before, after };
}

/* Another value of something; nothing where it is the same. */
static void compare_text(struct state *s, const char *what, const char *item, const char *before,
			 const char *after)
{
	if (strcmp(before, after))
		add(s, LOP_CHANGE_VALUE, what, item, before, after);
}

static void compare_place(struct state *s, const char *what, const char *item, const char *before,
			  const char *after)
{
	if (strcmp(before, after))
		add(s, *before && *after ? LOP_CHANGE_MOVED : LOP_CHANGE_VALUE, what, item, before,
		    after);
}

/* --- lists by key --- */

struct keyed {
	const char *key;
	void (*both)(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b);
	void (*only)(struct state *s, const struct lop_yaml *item, enum lop_change_kind kind);
};

/* How many items with its key came before: part of the key, as the scope of the map. */
static const void *count_of(struct lop_map *seen, const char *key)
{
	uintptr_t n = (uintptr_t)lop_map_get(seen, NULL, key);

	lop_map_put(seen, NULL, key, (void *)(n + 1));
	return (const void *)n;
}

static void compare_keyed(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b,
			  const struct keyed *how)
{
	struct lop_map others = { 0 }, seen_a = { 0 }, seen_b = { 0 };

	for (struct lop_yaml *v = b ? b->first : NULL; v; v = v->next)
		lop_map_put(&others, count_of(&seen_b, text_of(v, how->key)), text_of(v, how->key),
			    v);
	for (struct lop_yaml *v = a ? a->first : NULL; v; v = v->next) {
		const char *key = text_of(v, how->key);
		const void *count = count_of(&seen_a, key);
		const struct lop_yaml *other = lop_map_get(&others, count, key);

		if (other)
			how->both(s, v, other);
		else
			how->only(s, v, LOP_CHANGE_LOST);
		lop_map_put(&others, count, key, NULL);
	}
	for (size_t i = 0; i < others.count; i++)
		if (others.entries[i].value)
			how->only(s, others.entries[i].value, LOP_CHANGE_GAINED);
	lop_map_free(&others);
	lop_map_free(&seen_a);
	lop_map_free(&seen_b);
}

/* --- values --- */

static bool is_address(const char *key, const char *text)
{
	return lop_str_starts(text, "0x") && !lop_str_ends(key, "-size") &&
	       !lop_str_ends(key, "-align");
}

/* Sizes as people write them. */
static const char *readable(const struct state *s, const char *key, const char *text)
{
	char size[LOP_RANGE_TEXT];
	uint64_t number;

	if (is_address(key, text) || !lop_str_starts(text, "0x") || !lop_str_number(text, &number))
		return text;
	return lop_arena_strdup(s->diff->arena, lop_size_text(number, size));
}

/* The parts of a window move with it, and one sentence is enough. */
static bool is_carried(struct state *s, const char *key, const char *before, const char *after)
{
	uint64_t old, new;

	if (strcmp(s->subject, "link") || !lop_str_number(before, &old) ||
	    !lop_str_number(after, &new))
		return false;
	if (!strcmp(key, "window"))
		s->shift = new - old;
	else
		return s->shift && new - old == s->shift;
	return false;
}

static void compare_value(struct state *s, const char *key, const char *before, const char *after)
{
	if (!is_address(key, before) || !is_address(key, after))
		compare_text(s, "value", key, readable(s, key, before), readable(s, key, after));
	else if (!is_carried(s, key, before, after))
		compare_place(s, "value", key, before, after);
}

static const struct lop_yaml *values_of(const struct lop_yaml *subject)
{
	const struct lop_yaml *values = lop_yaml_get(subject, "values");

	return values && values->kind == LOP_YAML_MAP ? values : NULL;
}

static void compare_values(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b)
{
	a = values_of(a);
	b = values_of(b);
	s->shift = 0;
	for (struct lop_yaml *v = a ? a->first : NULL; v; v = v->next)
		compare_value(s, v->key, v->text ? v->text : "", text_of(b, v->key));
	for (struct lop_yaml *v = b ? b->first : NULL; v; v = v->next)
		if (!lop_yaml_get(a, v->key))
			compare_value(s, v->key, "", v->text ? v->text : "");
}

/* --- devices and regions of a domain --- */

static const char *irqs_of(const struct state *s, const struct lop_yaml *device)
{
	const struct lop_yaml *list = lop_yaml_get(device, "interrupts");
	struct lop_buf text = { 0 };
	const char *copy;

	for (struct lop_yaml *v = list ? list->first : NULL; v; v = v->next)
		lop_buf_printf(&text, "%s%s", v == list->first ? "" : ", ", text_of(v, "number"));
	copy = lop_arena_strndup(s->diff->arena, text.len ? text.data : "", text.len);
	lop_buf_free(&text);
	return copy;
}

static void both_devices(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b)
{
	const char *name = text_of(b, "name");

	compare_place(s, "device", name, text_of(a, "start"), text_of(b, "start"));
	compare_text(s, "device", lop_arena_printf(s->diff->arena, "%s size", name),
		     readable(s, "-size", text_of(a, "size")),
		     readable(s, "-size", text_of(b, "size")));
	compare_text(s, "device", lop_arena_printf(s->diff->arena, "%s interrupts", name),
		     irqs_of(s, a), irqs_of(s, b));
	compare_text(s, "device", lop_arena_printf(s->diff->arena, "%s given", name),
		     text_of(a, "given"), text_of(b, "given"));
}

static void only_device(struct state *s, const struct lop_yaml *item, enum lop_change_kind kind)
{
	add(s, kind, "device", text_of(item, "name"), "", "");
}

static void both_same(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b)
{
	(void)s;
	(void)a;
	(void)b;
}

static void only_region(struct state *s, const struct lop_yaml *item, enum lop_change_kind kind)
{
	add(s, kind, "region", text_of(item, "name"), "", "");
}

/* --- CPUs --- */

/* The CPUs of all entries as a flat list: {"name": "cpus_a53 0x0", "el": ..}. */
static void add_cpus(const struct state *s, struct lop_map *map, const struct lop_yaml *domain)
{
	const struct lop_yaml *list = lop_yaml_get(domain, "cpus");

	for (struct lop_yaml *v = list ? list->first : NULL; v; v = v->next) {
		const struct lop_yaml *cpus = lop_yaml_get(v, "cpus");

		for (struct lop_yaml *c = cpus ? cpus->first : NULL; c; c = c->next)
			lop_map_put(map, NULL,
				    lop_arena_printf(s->diff->arena, "%s %s", text_of(v, "cluster"),
						     c->text ? c->text : ""),
				    v);
	}
}

static void compare_modes(struct state *s, const char *cpu, const struct lop_yaml *a,
			  const struct lop_yaml *b)
{
	static const char *const modes[] = { "el", "secure", "lockstep" };

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		compare_text(s, "CPU", lop_arena_printf(s->diff->arena, "CPU %s %s", cpu, modes[i]),
			     text_of(a, modes[i]), text_of(b, modes[i]));
}

static void compare_cpus(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b)
{
	struct lop_map old = { 0 }, new = { 0 };

	add_cpus(s, &old, a);
	add_cpus(s, &new, b);
	for (size_t i = 0; i < old.count; i++) {
		const struct lop_yaml *other = lop_map_get(&new, NULL, old.entries[i].key);

		if (other)
			compare_modes(s, old.entries[i].key, old.entries[i].value, other);
		else
			add(s, LOP_CHANGE_LOST, "CPU", old.entries[i].key, "", "");
	}
	for (size_t i = 0; i < new.count; i++)
		if (!lop_map_get(&old, NULL, new.entries[i].key))
			add(s, LOP_CHANGE_GAINED, "CPU", new.entries[i].key, "", "");
	lop_map_free(&old);
	lop_map_free(&new);
}

/* --- memory --- */

static const char *memory_key(const struct state *s, const struct lop_yaml *m)
{
	return lop_arena_printf(s->diff->arena, "%s %s %s %s", text_of(m, "kind"),
				text_of(m, "start"), text_of(m, "machine"), text_of(m, "size"));
}

/* The items that the other list does not have, from one on. */
static struct lop_yaml *next_new(const struct state *s, const struct lop_map *others,
				 struct lop_yaml *from)
{
	while (from && lop_map_get(others, NULL, memory_key(s, from)))
		from = from->next;
	return from;
}

static void learn_memory(const struct state *s, struct lop_map *map, const struct lop_yaml *list)
{
	for (struct lop_yaml *v = list ? list->first : NULL; v; v = v->next)
		lop_map_put(map, NULL, memory_key(s, v), v);
}

static const char *place_of(const struct state *s, const struct lop_yaml *m)
{
	return lop_arena_printf(
		s->diff->arena, "%s%s%s", text_of(m, "start"),
		strcmp(text_of(m, "start"), text_of(m, "machine")) ? " at " : "",
		strcmp(text_of(m, "start"), text_of(m, "machine")) ? text_of(m, "machine") : "");
}

static void only_memory(struct state *s, const struct lop_yaml *m, enum lop_change_kind kind)
{
	add(s, kind, "memory",
	    lop_arena_printf(s->diff->arena, "%s %s (%s)", text_of(m, "kind"), place_of(s, m),
			     readable(s, "-size", text_of(m, "size"))),
	    "", "");
}

/* Those that are not in both are taken for one another in their order: moved, or resized. */
static void compare_memory(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b)
{
	const struct lop_yaml *la = lop_yaml_get(a, "memory"), *lb = lop_yaml_get(b, "memory");
	struct lop_map old = { 0 }, new = { 0 };
	struct lop_yaml *x, *y;

	learn_memory(s, &old, la);
	learn_memory(s, &new, lb);
	x = next_new(s, &new, la ? la->first : NULL);
	y = next_new(s, &old, lb ? lb->first : NULL);
	for (; x && y; x = next_new(s, &new, x->next), y = next_new(s, &old, y->next)) {
		const char *kind = text_of(y, "kind");

		compare_text(s, "memory", "kind of memory", text_of(x, "kind"), kind);
		compare_place(s, "memory", kind, place_of(s, x), place_of(s, y));
		compare_text(s, "memory", lop_arena_printf(s->diff->arena, "%s size", kind),
			     readable(s, "-size", text_of(x, "size")),
			     readable(s, "-size", text_of(y, "size")));
	}
	for (; x; x = next_new(s, &new, x->next))
		only_memory(s, x, LOP_CHANGE_LOST);
	for (; y; y = next_new(s, &old, y->next))
		only_memory(s, y, LOP_CHANGE_GAINED);
	lop_map_free(&old);
	lop_map_free(&new);
}

/* --- subjects --- */

static void only_subject(struct state *s, const struct lop_yaml *item, enum lop_change_kind kind)
{
	s->name = text_of(item, "name");
	add(s, kind, "", "", "", "");
}

static void both_domains(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b)
{
	static const struct keyed devices = { "path", both_devices, only_device };
	static const struct keyed regions = { "path", both_same, only_region };

	s->name = text_of(a, "name");
	compare_values(s, a, b);
	compare_cpus(s, a, b);
	compare_memory(s, a, b);
	compare_keyed(s, lop_yaml_get(a, "reserved"), lop_yaml_get(b, "reserved"), &regions);
	compare_keyed(s, lop_yaml_get(a, "devices"), lop_yaml_get(b, "devices"), &devices);
}

static void both_links(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b)
{
	s->name = text_of(a, "name");
	compare_values(s, a, b);
}

static void compare_manager(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b)
{
	const struct lop_yaml *old = lop_yaml_get(a, "manager"), *new = lop_yaml_get(b, "manager");

	s->subject = "manager";
	s->name = "";
	if (old && new)
		compare_values(s, old, new);
	else if (old || new)
		only_subject(s, old ? old : new, old ? LOP_CHANGE_LOST : LOP_CHANGE_GAINED);
}

/* Regions of reserved-memory out of the machine's map. */
static struct lop_yaml *regions_of(const struct state *s, const struct lop_yaml *report)
{
	const struct lop_yaml *maps = lop_yaml_get(report, "maps");
	const struct lop_yaml *rows = lop_yaml_get(maps ? maps->first : NULL, "entries");
	struct lop_yaml *list = lop_arena_zalloc(s->diff->arena, sizeof(*list));

	for (struct lop_yaml *v = rows ? rows->first : NULL; v; v = v->next) {
		struct lop_yaml *copy;

		if (strcmp(text_of(v, "kind"), "reserved"))
			continue;
		copy = lop_arena_dup(s->diff->arena, v, sizeof(*v));
		copy->next = NULL;
		if (list->last)
			list->last->next = copy;
		else
			list->first = copy;
		list->last = copy;
	}
	return list;
}

static void both_regions(struct state *s, const struct lop_yaml *a, const struct lop_yaml *b)
{
	s->name = text_of(a, "name");
	compare_place(s, "value", "start", text_of(a, "start"), text_of(b, "start"));
	compare_text(s, "value", "size", readable(s, "-size", text_of(a, "size")),
		     readable(s, "-size", text_of(b, "size")));
}

const char *lop_diff_refuse(const struct lop_yaml *report)
{
	uint64_t version;

	if (!report || strcmp(text_of(report, "schema"), LOP_REPORT_SCHEMA))
		return "it has no `\"schema\": \"" LOP_REPORT_SCHEMA "\"`";
	if (!lop_yaml_number(lop_yaml_get(report, "version"), &version) ||
	    version != LOP_REPORT_VERSION)
		return "it is of another version of the schema; make it anew";
	if (!lop_yaml_get(report, "domains"))
		return "it holds a map alone; a report is what gen writes";
	return NULL;
}

void lop_diff_reports(struct lop_diff *diff, const struct lop_yaml *a, const struct lop_yaml *b)
{
	static const struct keyed domains = { "name", both_domains, only_subject };
	static const struct keyed links = { "name", both_links, only_subject };
	static const struct keyed regions = { "path", both_regions, only_subject };
	struct state s = { .diff = diff, .subject = "system", .name = "" };

	compare_text(&s, "value", "title", text_of(a, "title"), text_of(b, "title"));
	compare_manager(&s, a, b);
	s.subject = "domain";
	compare_keyed(&s, lop_yaml_get(a, "domains"), lop_yaml_get(b, "domains"), &domains);
	s.subject = "link";
	compare_keyed(&s, lop_yaml_get(a, "links"), lop_yaml_get(b, "links"), &links);
	s.subject = "region";
	compare_keyed(&s, regions_of(&s, a), regions_of(&s, b), &regions);
}
