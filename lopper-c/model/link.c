/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Links out of /links, and out of the relations of the wild. Numbers that are wrong are reported
 * and replaced by ones that make sense, so that what follows has something to go on with.
 */
#include "lopper-c/model/link.h"

#include <string.h>

#include "lopper-c/model/build.h"
#include "lopper-c/tree/bus.h"

static const struct lop_prop *prop_of(const struct lop_system *system, const struct lop_link *link,
				      const char *name)
{
	return link->node ? lop_prop_find(system->tree, link->node, name) : NULL;
}

/* False, and a report, unless the property has n cells. */
static bool has_cells(struct lop_system *system, const struct lop_link *link,
		      const struct lop_prop *prop, size_t n)
{
	struct lop_diag *d;

	if (!prop)
		return false;
	if (prop->value.len == n * 4)
		return true;
	d = lop_report(system->diags, LOP_BAD_CELLS, lop_prop_value_span(prop),
		       "`%s` of link `%s` has %u bytes, not %zu cells", prop->name, link->name,
		       prop->value.len, n);
	lop_diag_help(d, "see domains.yaml(5), links");
	return false;
}

/* --- numbers --- */

struct bounds {
	const char *name;
	uint32_t least, most;
	uint32_t multiple; /* 0: a power of two */
	const char *help;
};

static void report_number(struct lop_system *system, const struct lop_link *link,
			  const struct lop_prop *prop, const struct bounds *b, uint32_t number)
{
	bool shape = number >= b->least && number <= b->most;
	const char *what = !shape	 ? "cannot be"
			   : b->multiple ? "is no multiple of 8:"
					 : "is no power of two:";
	struct lop_diag *d =
		lop_report(system->diags, LOP_LINK_NUMBER, lop_prop_value_span(prop),
			   "`%s` of link `%s` %s %u", b->name, link->name, what, number);

	if (shape && b->multiple)
		lop_diag_help(
			d, "the next one is %u: headers and 64-bit words of messages are aligned",
			(number + b->multiple - 1) / b->multiple * b->multiple);
	else if (shape)
		lop_diag_help(d, "the next one is %u", (uint32_t)lop_power_of_two_above(number));
	else
		lop_diag_help(d, "%u to %u: %s", b->least, b->most, b->help);
}

static bool is_sound(const struct bounds *b, uint32_t number)
{
	return number >= b->least && number <= b->most &&
	       (b->multiple ? number % b->multiple == 0 : !(number & (number - 1)));
}

/* Two cells, by direction; what is not said (all ones) keeps its value. */
static void read_pair(struct lop_system *system, struct lop_link *link, const struct bounds *b,
		      uint32_t value[2])
{
	const struct lop_prop *prop = prop_of(system, link, b->name);

	if (!has_cells(system, link, prop, 2))
		return;
	for (unsigned i = 0; i < 2; i++) {
		uint32_t number = lop_value_cell(&prop->value, i);

		if (number == UINT32_MAX)
			continue;
		if (is_sound(b, number))
			value[i] = number;
		else
			report_number(system, link, prop, b, number);
	}
}

static const struct bounds buffers_bounds = { "buffers", 1, 32768, 1,
					      "a ring has one descriptor for each buffer" };
static const struct bounds size_bounds = { "buffer-size", 32, 65536, 8,
					   "16 bytes are the header, and its length field has 16 "
					   "bits" };
static const struct bounds ring_bounds = { "ring-size", 1, 32768, 0,
					   "virtio counts descriptors with 16 bits" };
static const struct bounds align_bounds = { "align", 4, 65536, 0,
					    "peers take powers of two up to a page" };

/* A ring with fewer descriptors than buffers leaves some unused. */
static void check_ring(struct lop_system *system, struct lop_link *link, unsigned i)
{
	const struct lop_prop *prop = prop_of(system, link, "ring-size");
	struct lop_diag *d;

	if (link->ring_num[i] >= link->buffers[i])
		return;
	d = lop_report(system->diags, LOP_LINK_NUMBER,
		       prop ? lop_prop_value_span(prop) : link->span,
		       "ring %u of link `%s` has %u descriptors for %u buffers", i, link->name,
		       link->ring_num[i], link->buffers[i]);
	lop_diag_help(d, "write `ring-size: %u`, or leave it out",
		      (uint32_t)lop_power_of_two_above(link->buffers[i]));
	link->ring_num[i] = (uint32_t)lop_power_of_two_above(link->buffers[i]);
}

/*
 * Linux as the host fills both rings, which are of one size, up to a number that it knows itself,
 * and takes all of these buffers out of the pool.
 */
static void fit_linux(struct lop_link *link)
{
	for (unsigned i = 0; i < 2; i++)
		link->buffers[i] = link->ring_num[i] < LOP_LINUX_BUFFERS ? link->ring_num[i]
									 : LOP_LINUX_BUFFERS;
}

static void read_numbers(struct lop_system *system, struct lop_link *link)
{
	bool for_linux = lop_domain_runs_linux(link->end[LOP_HOST]);
	const struct lop_prop *align = prop_of(system, link, "align");

	read_pair(system, link, &buffers_bounds, link->buffers);
	read_pair(system, link, &size_bounds, link->buffer_size);
	for (unsigned i = 0; i < 2; i++)
		link->ring_num[i] = (uint32_t)lop_power_of_two_above(link->buffers[i]);
	if (for_linux)
		link->ring_num[0] = link->ring_num[1] =
			link->ring_num[link->ring_num[1] > link->ring_num[0]];
	read_pair(system, link, &ring_bounds, link->ring_num);
	for (unsigned i = 0; i < 2; i++)
		check_ring(system, link, i);
	if (for_linux)
		fit_linux(link);
	if (!has_cells(system, link, align, 1))
		return;
	if (is_sound(&align_bounds, lop_value_cell(&align->value, 0)))
		link->align = lop_value_cell(&align->value, 0);
	else
		report_number(system, link, align, &align_bounds, lop_value_cell(&align->value, 0));
}

/* --- places --- */

static void read_window(struct lop_system *system, struct lop_link *link)
{
	const struct lop_prop *window = prop_of(system, link, "window");
	const struct lop_prop *size = prop_of(system, link, "window-size");
	struct lop_diag *d;

	if (has_cells(system, link, size, 2))
		link->window_size = lop_value_number(&size->value, 0, 2);
	if (!has_cells(system, link, window, 4))
		return;
	link->window.base = lop_value_number(&window->value, 0, 2);
	link->window.size = lop_value_number(&window->value, 2, 2);
	link->window_span = lop_prop_value_span(window);
	if (link->window.base % LOP_LINK_PAGE == 0 && lop_range_valid(link->window))
		return;
	d = lop_report(system->diags, LOP_LINK_WINDOW, link->window_span,
		       "the window of link `%s` cannot start at 0x%llx", link->name,
		       (unsigned long long)link->window.base);
	lop_diag_help(d, "windows begin on a page: a multiple of 0x%x", LOP_LINK_PAGE);
	link->window = (struct lop_range){ 0 };
}

static void read_ends(struct lop_system *system, struct lop_link *link)
{
	const struct lop_prop *guest = prop_of(system, link, "guest-address");
	const struct lop_prop *bell = prop_of(system, link, "doorbell");
	const struct lop_prop *mbox = prop_of(system, link, "mbox");
	const struct lop_prop *rproc = prop_of(system, link, "remoteproc");

	link->irq_span = bell ? lop_prop_value_span(bell) : link->span;
	if (has_cells(system, link, rproc, 1))
		link->remoteproc = lop_cell_target(system, rproc, 0);
	for (unsigned i = 0; i < 2; i++) {
		link->guest[i] = UINT64_MAX;
		link->irq[i] = UINT32_MAX;
		if (has_cells(system, link, guest, 4))
			link->guest[i] = lop_value_number(&guest->value, 2 * i, 2);
		if (has_cells(system, link, bell, 4) &&
		    lop_value_number(&bell->value, 2 * i, 2) < UINT32_MAX)
			link->irq[i] = (uint32_t)lop_value_number(&bell->value, 2 * i, 2);
		if (has_cells(system, link, mbox, 1))
			link->mbox[i] = lop_cell_target(system, mbox, 0);
	}
}

static void read_channels(struct lop_system *system, struct lop_link *link)
{
	const struct lop_prop *prop = prop_of(system, link, "channels");
	const char *s;

	for (size_t i = 0; prop && (s = lop_value_str(&prop->value, i)); i++) {
		if (strlen(s) < 32) {
			*LOP_APPEND(system->arena, link->channels, link->n_channels) = s;
			continue;
		}
		lop_diag_help(lop_report(system->diags, LOP_LINK_NUMBER, lop_prop_value_span(prop),
					 "channel name `%s` of link `%s` is too long", s,
					 link->name),
			      "the name service has room for 31 bytes");
	}
}

/* --- memory type --- */

/*
 * Linux maps the rings of a remote processor write-combining, and cores of different kinds do not
 * snoop each other: then nobody may cache.
 */
static enum lop_memory_type default_type(const struct lop_link *link)
{
	const struct lop_cluster *a = lop_domain_cluster(link->end[LOP_HOST]);
	const struct lop_cluster *b = lop_domain_cluster(link->end[LOP_REMOTE]);

	if (lop_domain_runs_linux(link->end[LOP_HOST]) ||
	    lop_domain_runs_linux(link->end[LOP_REMOTE]))
		return LOP_NON_CACHEABLE;
	return a && b && a->family == b->family ? LOP_WRITE_BACK : LOP_NON_CACHEABLE;
}

/* Written down, though one end cannot have it. */
static void report_cached(struct lop_system *system, const struct lop_link *link,
			  const struct lop_prop *prop)
{
	const struct lop_domain *host = link->end[LOP_HOST], *remote = link->end[LOP_REMOTE];
	const struct lop_domain *linux_end = lop_domain_runs_linux(host)     ? host
					     : lop_domain_runs_linux(remote) ? remote
									     : NULL;
	struct lop_diag *d =
		lop_report(system->diags, LOP_LINK_MEMORY, lop_prop_value_span(prop),
			   "link `%s` is write-back, and `%s` and `%s` do not see each "
			   "other's caches",
			   link->name, host->name, remote->name);

	if (linux_end)
		lop_diag_label(d, linux_end->span, "Linux maps rings write-combining");
	else
		lop_diag_label(d, remote->span, "its CPUs are of another kind than `%s`'s",
			       host->name);
	lop_diag_help(d, "leave `memory-type` out, or write `memory-type: non-cacheable`");
}

static void read_type(struct lop_system *system, struct lop_link *link)
{
	const struct lop_prop *prop = prop_of(system, link, "memory-type");
	const char *word = prop ? lop_value_str(&prop->value, 0) : NULL;

	link->type = default_type(link);
	if (!prop)
		return;
	if (word && strcmp(word, "write-back") == 0) {
		if (link->type != LOP_WRITE_BACK)
			report_cached(system, link, prop);
		link->type = LOP_WRITE_BACK;
	} else if (word && strcmp(word, "non-cacheable") == 0) {
		link->type = LOP_NON_CACHEABLE;
	} else {
		lop_diag_help(lop_report(system->diags, LOP_BAD_CHOICE, lop_prop_value_span(prop),
					 "`memory-type` of link `%s` is no such thing", link->name),
			      "write \"write-back\" or \"non-cacheable\"");
	}
}

/* --- links of /links --- */

static struct lop_domain *read_end(struct lop_system *system, const struct lop_node *node,
				   const char *name)
{
	const struct lop_prop *prop = lop_prop_find(system->tree, node, name);
	const struct lop_node *target = prop ? lop_cell_target(system, prop, 0) : NULL;
	struct lop_domain *domain = target ? lop_domain_of_node(system, target) : NULL;
	struct lop_diag *d;

	if (domain || (prop && !prop->value.len))
		return domain; /* empty: reported */
	if (prop) {
		d = lop_report(system->diags, LOP_UNKNOWN_DOMAIN, lop_prop_value_span(prop),
			       "`%s` of link `%s` is no domain", name, node->name);
		lop_diag_help(d, "write the name of a domain that runs something");
		return NULL;
	}
	d = lop_report(system->diags, LOP_MISSING_VALUE, node->span, "link `%s` has no `%s`",
		       node->name, name);
	lop_diag_help(d, "a link is written `%s: { host: DOMAIN, remote: DOMAIN }`", node->name);
	return NULL;
}

static void report_itself(struct lop_system *system, const struct lop_node *node,
			  const struct lop_domain *domain)
{
	lop_diag_help(lop_report(system->diags, LOP_WRONG_NODE, node->span,
				 "link `%s` joins domain `%s` with itself", node->name,
				 domain->name),
		      "host and remote are two domains");
}

struct lop_link *lop_add_link(struct lop_system *system, const char *name, struct lop_domain *host,
			      struct lop_domain *remote)
{
	struct lop_link *link = lop_arena_zalloc(system->arena, sizeof(*link));

	link->index = (uint32_t)system->n_links;
	*LOP_APPEND(system->arena, system->links, system->n_links) = link;
	link->name = name;
	link->end[LOP_HOST] = host;
	link->end[LOP_REMOTE] = remote;
	link->align = LOP_LINK_ALIGN;
	for (unsigned i = 0; i < 2; i++) {
		link->buffers[i] = LOP_LINK_BUFFERS;
		link->buffer_size[i] = LOP_LINK_BUFFER_SIZE;
		link->ring_num[i] = LOP_LINK_BUFFERS;
	}
	return link;
}

static void build_link(struct lop_system *system, const struct lop_node *node)
{
	struct lop_domain *host = read_end(system, node, "host");
	struct lop_domain *remote = read_end(system, node, "remote");
	struct lop_link *link;

	if (!host || !remote)
		return;
	if (host == remote) {
		report_itself(system, node, host);
		return;
	}
	link = lop_add_link(system, node->name, host, remote);
	link->node = node;
	link->span = node->span;
	read_numbers(system, link);
	read_window(system, link);
	read_ends(system, link);
	read_channels(system, link);
	read_type(system, link);
}

/* --- pairs --- */

static struct lop_pair *pair_of(struct lop_system *system, const struct lop_link *link)
{
	struct lop_pair *pair;

	for (size_t i = 0; i < system->n_pairs; i++)
		if (system->pairs[i]->end[LOP_HOST] == link->end[LOP_HOST] &&
		    system->pairs[i]->end[LOP_REMOTE] == link->end[LOP_REMOTE])
			return system->pairs[i];
	pair = lop_arena_zalloc(system->arena, sizeof(*pair));
	*LOP_APPEND(system->arena, system->pairs, system->n_pairs) = pair;
	pair->end[LOP_HOST] = link->end[LOP_HOST];
	pair->end[LOP_REMOTE] = link->end[LOP_REMOTE];
	return pair;
}

static void join_pair(struct lop_system *system, struct lop_link *link)
{
	if (link->kind != LOP_LINK_RPMSG)
		return;
	link->pair = pair_of(system, link);
	link->vdev = (uint32_t)link->pair->n_links;
	*LOP_APPEND(system->arena, link->pair->links, link->pair->n_links) = link;
}

void lop_build_links(struct lop_system *system)
{
	const struct lop_node *top = lop_node_child(system->tree, system->tree->root, "links");

	if (top && lop_node_compatible(system->tree, top, "pm,links-v1"))
		for (const struct lop_node *n = top->children; n; n = n->next)
			build_link(system, n);
	lop_build_relation_links(system);
	for (size_t i = 0; i < system->n_links; i++)
		join_pair(system, system->links[i]);
}
