/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Patterns in access lists. A pattern selects from the entries of a pool: what `parent:` names,
 * else the nearest domain around this one that has an access list, else an inventory (",devices")
 * beside it or beside a domain around it. What matches moves from the pool to the domain, unless
 * some other user of the pool names it. Without a pool, "*" alone keeps every device.
 */
#include <string.h>

#include "lopper-c/base/str.h"
#include "lopper-c/merge/state.h"

/* Comparisons of patterns with names in one run; far beyond what domain files need. */
#define MAX_WORK ((size_t)100000000)

static struct lop_entity *inventory_beside(const struct lop_merger *m, const struct lop_entity *e)
{
	for (struct lop_entity *i = m->entities; i; i = i->next)
		if (i->inventory && i != e && i->parent == e->parent)
			return i;
	return NULL;
}

static struct lop_entity *pool_of(const struct lop_merger *m, const struct lop_entity *e)
{
	if (e->inventory || e->group)
		return NULL;
	if (e->pool)
		return e->pool;
	for (struct lop_entity *p = e->parent; p; p = p->parent)
		if (p->listed)
			return p;
	for (const struct lop_entity *a = e; m->any_inventory && a; a = a->parent) {
		struct lop_entity *inventory = inventory_beside(m, a);

		if (inventory)
			return inventory;
	}
	return NULL;
}

/* --- who names what --- */

static void claim_all(struct lop_merger *m, struct lop_entity *e)
{
	struct lop_entity *pool = pool_of(m, e);

	e->pool = pool;
	for (const struct lop_grant *g = pool ? e->grants.first : NULL; g; g = g->next)
		if (g->node && !lop_map_get(&m->claims, g->node, pool->pool_tag))
			lop_map_put(&m->claims, g->node, pool->pool_tag, e);
}

static bool is_free(const struct lop_merger *m, const struct lop_entity *pool,
		    const struct lop_grant *grant)
{
	return grant->node && !grant->moved &&
	       !lop_map_get(&m->claims, grant->node, pool->pool_tag);
}

/* --- one pattern --- */

static bool count_work(struct lop_merger *m, const struct lop_grant *pattern)
{
	if (m->glob_work++ < MAX_WORK)
		return true;
	if (m->glob_work == MAX_WORK + 1)
		lop_diag_help(
			lop_report(m->diags, LOP_LIMIT, pattern->span,
				   "the patterns of these files match against too many names"),
			"write fewer patterns: name devices, or let one domain take all");
	return false;
}

static void report_move(struct lop_merger *m, const struct lop_entity *e,
			const struct lop_entity *pool, const struct lop_grant *from,
			const struct lop_grant *pattern)
{
	struct lop_diag *d = lop_report(
		m->diags, LOP_GLOB_MOVED, pattern->span, "pattern `%s` moves `%s` from %s to %s",
		pattern->dev, from->node->name, lop_entity_text(m, pool), lop_entity_text(m, e));

	lop_diag_label(d, from->span, "listed here");
	lop_diag_help(d, "if that is meant, `dev: %s` here says so; if not, narrow the pattern",
		      from->node->name);
}

/* The entry moves with its flags; flags at the pattern replace them. */
static struct lop_grant *take(struct lop_merger *m, struct lop_entity *e, struct lop_entity *pool,
			      struct lop_grant *from, struct lop_grant *after,
			      const struct lop_grant *pattern)
{
	struct lop_grant *grant = lop_arena_dup(m->arena, from, sizeof(*from));

	grant->span = pattern->span;
	grant->globbed = true;
	if (pattern->flags || *pattern->flag_names) {
		grant->flags = pattern->flags;
		grant->flag_names = pattern->flag_names;
	}
	grant->next = after->next;
	after->next = grant;
	if (e->grants.last == after)
		e->grants.last = grant;
	lop_map_put(&m->claims, grant->node, e->tag, grant);
	from->moved = true;
	report_move(m, e, pool, from, pattern);
	pool->lost_some = pool->lost_some || !pool->map || !lop_yaml_get(pool->map, "access");
	return grant;
}

static void report_empty(struct lop_merger *m, const struct lop_entity *e,
			 const struct lop_entity *pool, const struct lop_grant *pattern,
			 const struct lop_grant *elsewhere)
{
	struct lop_diag *d = lop_report(m->diags, LOP_GLOB_EMPTY, pattern->span,
					pool ? "pattern `%s` of %s matches nothing in its pool"
					     : "pattern `%s` of %s has no pool to select from",
					pattern->dev, lop_entity_text(m, e));

	if (!pool) {
		lop_diag_label(d, pattern->span, "selects from whom?");
		lop_diag_help(d, "name the domain it takes devices from with `parent:`, or name "
				 "the devices; `*` alone means every device");
		return;
	}
	lop_diag_label(d, pattern->span, elsewhere ? "all that match are taken" : "no match");
	lop_diag_label(d, pool->span, "the pool is %s", lop_entity_text(m, pool));
	if (elsewhere)
		lop_diag_help(d,
			      "`%s` matches, but another domain has it already: take it out there",
			      elsewhere->dev);
	else if (pool->keep_all)
		lop_diag_help(d, "what a pool has through `*` is no list to select from: name the "
				 "devices here, or list them there");
	else
		lop_diag_help(
			d,
			"write a pattern that fits a name in its `access` list, or list devices there");
}

static void expand(struct lop_merger *m, struct lop_entity *e, struct lop_grant *pattern)
{
	struct lop_entity *pool = e->pool;
	struct lop_grant *after = pattern;
	const struct lop_grant *elsewhere = NULL;
	bool all = strcmp(pattern->dev, "*") == 0;
	bool hit = false;

	if (all && (!pool || pool->keep_all)) {
		e->keep_all = true;
		e->rest = pattern;
		return;
	}
	for (struct lop_grant *g = pool ? pool->grants.first : NULL; g; g = g->next) {
		if (!count_work(m, pattern))
			return;
		if (!lop_glob_match(pattern->dev, g->dev) || !(g->node || g->moved))
			continue;
		if (g->node && lop_map_get(&m->claims, g->node, e->tag)) {
			hit = true; /* named beside the pattern */
		} else if (is_free(m, pool, g)) {
			hit = true;
			after = take(m, e, pool, g, after, pattern);
		} else {
			elsewhere = g;
		}
	}
	if (!hit)
		report_empty(m, e, pool, pattern, elsewhere);
}

/* Parents first: what they got by patterns is in their list then. */
static void resolve(struct lop_merger *m, struct lop_entity *e)
{
	struct lop_grant *next;

	if (e->globbed)
		return;
	e->globbed = true;
	if (e->pool)
		resolve(m, e->pool);
	for (struct lop_grant *g = e->grants.first; g; g = next) {
		next = g->next;
		if (!g->node)
			expand(m, e, g);
	}
}

void lop_resolve_globs(struct lop_merger *m)
{
	for (struct lop_entity *e = m->entities; e; e = e->next)
		m->any_inventory = m->any_inventory || e->inventory;
	for (struct lop_entity *e = m->entities; e; e = e->next)
		claim_all(m, e);
	for (struct lop_entity *e = m->entities; e; e = e->next)
		resolve(m, e);
}
