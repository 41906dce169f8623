/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules about links, the manager and the order of starting, when everything has its place. */
#include "lopper-c/check/rules.h"

/* --- windows and the manager's memory are nobody else's --- */

struct holder {
	struct lop_range range;
	struct lop_span span;
	const char *what;
};

static void report_overlap(struct lop_diags *diags, enum lop_code code, const struct holder *a,
			   const struct holder *b)
{
	char one[LOP_RANGE_TEXT], two[LOP_RANGE_TEXT];
	struct lop_diag *d = lop_report(diags, code, a->span, "%s overlaps %s", a->what, b->what);

	lop_diag_label(d, a->span, "%s", lop_range_text(a->range, one));
	lop_diag_label(d, b->span, "%s", lop_range_text(b->range, two));
	lop_diag_help(d, "move one of them, or write `auto` and let it be placed");
}

static void compare(struct lop_diags *diags, enum lop_code code, const struct holder *a,
		    const struct holder *b)
{
	if (lop_range_overlaps(a->range, b->range))
		report_overlap(diags, code, a, b);
}

static struct holder window_of(const struct lop_system *system, const struct lop_link *link)
{
	return (struct holder){
		link->window, link->window_span.text ? link->window_span : link->span,
		lop_arena_printf(system->arena, "the window of link `%s`", link->name)
	};
}

static struct holder manager_of(const struct lop_system *system)
{
	return (struct holder){ system->manager->memory, system->manager->memory_span,
				"the memory of the manager" };
}

/* Memory of every domain, and every region with a place. */
static void compare_all(const struct lop_system *system, struct lop_diags *diags,
			enum lop_code code, const struct holder *one)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *d = system->domains[i];

		for (size_t k = 0; k < d->n_memory; k++) {
			const struct lop_memory_use *use = &d->memory[k];
			const struct holder other = { use->range, use->span,
						      lop_arena_printf(system->arena,
								       "memory of `%s`", d->name) };

			compare(diags, code, one, &other);
		}
	}
	for (size_t i = 0; i < system->n_reserved; i++) {
		const struct lop_reserved *r = &system->reserved[i];
		const struct holder other = { r->range, r->node->span,
					      lop_arena_printf(system->arena, "region `%s`",
							       r->node->name) };

		compare(diags, code, one, &other);
	}
}

void lop_rule_windows_apart(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_links; i++) {
		const struct holder one = window_of(system, system->links[i]);

		if (!one.range.size)
			continue;
		compare_all(system, diags, LOP_LINK_WINDOW, &one);
		for (size_t k = 0; k < i; k++) {
			const struct holder other = window_of(system, system->links[k]);

			compare(diags, LOP_LINK_WINDOW, &one, &other);
		}
	}
}

void lop_rule_manager_apart(const struct lop_system *system, struct lop_diags *diags)
{
	struct holder one;

	if (!system->manager || !system->manager->memory.size)
		return;
	one = manager_of(system);
	compare_all(system, diags, LOP_ISOLATION, &one);
	for (size_t i = 0; i < system->n_links; i++) {
		const struct holder window = window_of(system, system->links[i]);

		compare(diags, LOP_ISOLATION, &window, &one);
	}
}

/* --- windows exist, and both ends see them where a resource table can say it --- */

static bool in_memory(const struct lop_system *system, struct lop_range range)
{
	for (size_t i = 0; i < system->n_physical; i++)
		if (lop_range_contains(system->physical[i].range, range))
			return true;
	return false;
}

/* Moved memory of the domain is where it would see the window: reported there. */
static bool is_hidden(const struct lop_system *system, const struct lop_domain *domain,
		      struct lop_range window)
{
	const struct lop_cluster *cluster = lop_domain_cluster(domain);
	struct lop_range view = window;

	return (!cluster || lop_cluster_sees_memory(system, cluster, window, false, &view)) &&
	       lop_domain_guest(domain, view);
}

static void check_page(struct lop_diags *diags, const struct lop_link *link, enum lop_end end)
{
	struct lop_diag *d;

	if (link->guest[end] == UINT64_MAX || link->guest[end] % LOP_LINK_PAGE == 0)
		return;
	d = lop_report(diags, LOP_LINK_WINDOW, link->span,
		       "`%s` cannot see the window of link `%s` at 0x%llx", link->end[end]->name,
		       link->name, (unsigned long long)link->guest[end]);
	lop_diag_help(d, "write a `guest-address` on a page: a multiple of 0x%x", LOP_LINK_PAGE);
}

static void check_end(const struct lop_system *system, struct lop_diags *diags,
		      const struct lop_link *link, enum lop_end end)
{
	struct holder window = window_of(system, link);
	const struct lop_domain *domain = link->end[end];
	char text[LOP_RANGE_TEXT];
	struct lop_diag *d;
	uint64_t address;

	check_page(diags, link, end);
	if (!lop_link_address(system, link, end, link->window, &address)) {
		if (is_hidden(system, domain, link->window))
			return;
		d = lop_report(diags, LOP_LINK_WINDOW, window.span, "%s is out of sight of `%s`",
			       window.what, domain->name);
		lop_diag_label(d, window.span, "%s", lop_range_text(link->window, text));
		lop_diag_label(d, domain->span, "its cluster's address-map does not show it");
		lop_diag_help(d, "take memory that both clusters see, or write `window: auto`");
		return;
	}
	if (address <= UINT32_MAX && link->window.size - 1 <= UINT32_MAX - address)
		return;
	d = lop_report(diags, LOP_LINK_WINDOW, window.span, "%s is above 4 GiB for `%s`: 0x%llx",
		       window.what, domain->name, (unsigned long long)address);
	lop_diag_label(d, window.span, "a resource table has 32 bits for an address");
	lop_diag_help(d, "take a window below 4 GiB, or give it a `guest-address` there");
}

void lop_rule_windows_visible(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_links; i++) {
		const struct lop_link *link = system->links[i];
		struct holder window;
		struct lop_diag *d;

		if (!link->window.size)
			continue;
		window = window_of(system, link);
		if (!in_memory(system, link->window)) {
			d = lop_report(diags, LOP_LINK_WINDOW, window.span,
				       "%s is outside the machine's memory", window.what);
			lop_diag_help(d, "take a range of one of the memory nodes, or write "
					 "`window: auto`");
			continue;
		}
		check_end(system, diags, link, LOP_HOST);
		check_end(system, diags, link, LOP_REMOTE);
	}
}

/* --- so has the trace buffer --- */

void lop_rule_trace_address(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_pairs; i++) {
		const struct lop_domain *remote = system->pairs[i]->end[LOP_REMOTE];
		const struct lop_range trace = remote->life->trace;
		struct lop_diag *d;
		uint64_t address;

		if (!trace.size || !lop_domain_address(system, remote, trace, &address) ||
		    (address <= UINT32_MAX && trace.size - 1 <= UINT32_MAX - address))
			continue;
		d = lop_report(diags, LOP_LINK_WINDOW, remote->life->span,
			       "the trace buffer of `%s` is above 4 GiB for it: 0x%llx",
			       remote->name, (unsigned long long)address);
		lop_diag_label(d, system->pairs[i]->links[0]->span,
			       "a resource table has 32 bits for an address");
		lop_diag_help(d, "it is the end of the largest memory: take one below 4 GiB, or "
				 "leave `trace` out");
	}
}

/* --- one resource table has ids for so many devices --- */

/* Ids of devices count down from 31 and those of rings up from 0 in a bitmap of 32. */
#define LINKS_OF_A_PAIR 10u

void lop_rule_pair_ids(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_pairs; i++) {
		const struct lop_pair *pair = system->pairs[i];
		struct lop_diag *d;

		if (pair->n_links <= LINKS_OF_A_PAIR)
			continue;
		d = lop_report(diags, LOP_LINK_NUMBER, pair->links[LINKS_OF_A_PAIR]->span,
			       "%zu links from host `%s` to remote `%s`", pair->n_links,
			       pair->end[LOP_HOST]->name, pair->end[LOP_REMOTE]->name);
		lop_diag_label(d, pair->links[LINKS_OF_A_PAIR]->span, "the first one too many");
		lop_diag_help(d,
			      "notify ids of one resource table are enough for %u links: use "
			      "several channels of one link",
			      LINKS_OF_A_PAIR);
	}
}

static const struct lop_pair *mirror_of(const struct lop_system *system, size_t i)
{
	const struct lop_pair *pair = system->pairs[i];

	for (size_t k = 0; k < i; k++)
		if (system->pairs[k]->end[LOP_HOST] == pair->end[LOP_REMOTE] &&
		    system->pairs[k]->end[LOP_REMOTE] == pair->end[LOP_HOST])
			return system->pairs[k];
	return NULL;
}

void lop_rule_pair_direction(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_pairs; i++) {
		const struct lop_pair *pair = system->pairs[i], *other = mirror_of(system, i);
		struct lop_diag *d;

		if (!other)
			continue;
		d = lop_report(diags, LOP_UNSUPPORTED, pair->links[0]->span,
			       "`%s` and `%s` are host and remote of each other",
			       pair->end[LOP_HOST]->name, pair->end[LOP_REMOTE]->name);
		lop_diag_label(d, other->links[0]->span, "the other way round here");
		lop_diag_help(d, "let one of them be the host of all their links: messages go both "
				 "ways over each");
	}
}

/* --- the order of starting --- */

/* What a domain waits for that is in a circle or behind one: its order passed the number of domains
 * (see lop_place_order). NULL: nothing. */
static const struct lop_peer *waits_forever(const struct lop_system *system,
					    const struct lop_domain *domain)
{
	for (size_t i = 0; i < domain->life->n_after; i++)
		if (domain->life->after[i].domain->life->order >= system->n_domains)
			return &domain->life->after[i];
	return NULL;
}

static void report_circle(const struct lop_system *system, struct lop_diags *diags,
			  const struct lop_domain *domain)
{
	const struct lop_peer *peer = waits_forever(system, domain);
	struct lop_diag *d = lop_report(diags, LOP_START_CYCLE, peer->span,
					"domain `%s` starts after itself", domain->name);

	lop_diag_label(d, peer->span, "after `%s`, which in the end starts after `%s`",
		       peer->domain->name, domain->name);
	lop_diag_help(d, "take one `start-after` of the circle out");
}

/* After as many steps as there are domains the walk is in the circle, wherever it began. */
void lop_rule_start_order(const struct lop_system *system, struct lop_diags *diags)
{
	for (size_t i = 0; i < system->n_domains; i++) {
		const struct lop_domain *domain = system->domains[i];

		if (!waits_forever(system, domain))
			continue;
		for (size_t k = 0; k < system->n_domains; k++)
			domain = waits_forever(system, domain)->domain;
		report_circle(system, diags, domain);
		return;
	}
}

/* --- what the manager keeps --- */

static void check_access(const struct lop_system *system, struct lop_diags *diags,
			 const struct lop_domain *domain, const struct lop_node *node,
			 const char *what)
{
	for (size_t i = 0; node && i < domain->n_access; i++) {
		struct lop_diag *d;

		if (domain->access[i].node != node)
			continue;
		d = lop_report(diags, LOP_ISOLATION, domain->access[i].span,
			       "`%s` is given to `%s` and is the manager's %s", node->name,
			       domain->name, what);
		lop_diag_label(d, domain->access[i].span, "given to `%s`", domain->name);
		lop_diag_label(d, system->manager->span, "the system has a manager");
		lop_diag_help(d, "leave it out: the domain gets a virtual one");
	}
}

void lop_rule_manager_exclusive(const struct lop_system *system, struct lop_diags *diags)
{
	if (!system->manager)
		return;
	for (size_t i = 0; i < system->n_domains; i++) {
		check_access(system, diags, system->domains[i], system->manager->uart, "console");
		check_access(system, diags, system->domains[i], system->manager->intc,
			     "interrupt controller");
	}
}
